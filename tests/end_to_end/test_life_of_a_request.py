"""What becomes of a request over several weeks, through the real commands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from labkesmas_batch import findings
from labkesmas_batch.commands.finalize import finalize
from labkesmas_batch.errors import InputError
from labkesmas_batch.model.history import Standing
from labkesmas_batch.register.register import Register
from tests.support.builders import RUN_DATE, row
from tests.support.paperwork import full_row
from tests.support.signing import fill_schedule
from tests.support.weekly import decided, scheduled

# One team, one visit a day.
NARROW = [("Tim 1", None, None, "Semua", 1, None)]
LATER = date(2026, 6, 8)


def standings(schedule: Path) -> dict[str, Standing]:
    """Where each request stands in the register beside a schedule's folder."""
    history = Register(schedule.parents[1] / "register.db").history()
    return {each.request.number: each.standing for each in history.known}


def test_a_long_name_with_an_emoji_gets_all_its_papers(tmp_path: Path) -> None:
    name = "\U0001f9ea RSUD Embung Fatimah Kota Batam, Instalasi Sanitasi \U0001f9ea"
    schedule, _ = scheduled(tmp_path, [row("017/YAN/XI/2026", nama_customer=name)])
    decided(schedule)
    papers = sorted((schedule.parent / "documents").glob("*.xlsx"))
    assert len(papers) >= 10
    for paper in papers:
        load_workbook(paper)


@pytest.mark.parametrize("other", [date(2027, 6, 1), date(2026, 5, 29), RUN_DATE])
def test_no_other_draft_refuses_a_signed_one(tmp_path: Path, other: date) -> None:
    """One with a mistyped year, one of an earlier day, one that says the same."""
    rows = [full_row("P-1"), full_row("P-2")]
    signed, _ = scheduled(tmp_path, rows)
    fill_schedule(signed)
    scheduled(tmp_path, rows, other)
    assert not decided(signed)
    assert standings(signed) == {"P-1": Standing.LOCKED, "P-2": Standing.LOCKED}


def test_a_later_week_is_approved_beside_a_draft_of_next_year(tmp_path: Path) -> None:
    rows = [full_row("P-1")]
    scheduled(tmp_path, rows, date(2027, 6, 1))
    for day in (RUN_DATE, LATER):
        schedule, _ = scheduled(tmp_path, [*rows, full_row(f"Q-{day.day}")], day)
        decided(schedule)
        assert standings(schedule)[f"Q-{day.day}"] is Standing.LOCKED


def test_a_draft_that_would_come_out_otherwise_now_is_refused_with_what_differs(
    tmp_path: Path,
) -> None:
    signed, _ = scheduled(tmp_path, [full_row("P-1")], tim=NARROW)
    fill_schedule(signed)
    other, _ = scheduled(tmp_path, [full_row("P-0")], tim=NARROW)
    decided(other)
    day_before = standings(other)
    with pytest.raises(InputError, match=r"tidak berlaku lagi.*P-1: semula Terjadwal .*2 Jun 2026"):
        finalize(signed, None, None)
    assert standings(other) == day_before


def test_a_draft_is_approved_beside_what_came_to_wait_since(tmp_path: Path) -> None:
    signed, _ = scheduled(tmp_path, [full_row("P-1")], tim=NARROW)
    fill_schedule(signed)
    waits = full_row("P-9", tanggal_permintaan=date(2026, 5, 6))
    other, _ = scheduled(tmp_path, [waits], tim=NARROW)
    decided(other, jadwal={"P-9": {"Keputusan": "Tunda"}})
    assert not decided(signed)
    assert standings(signed) == {"P-1": Standing.LOCKED, "P-9": Standing.POSTPONED}


def test_a_draft_is_refused_where_what_came_to_wait_since_goes_first(tmp_path: Path) -> None:
    signed, _ = scheduled(tmp_path, [full_row("P-1")], tim=NARROW)
    fill_schedule(signed)
    waits = full_row("P-0", tanggal_permintaan=date(2026, 5, 1))
    other, _ = scheduled(tmp_path, [waits], tim=NARROW)
    decided(other, jadwal={"P-0": {"Keputusan": "Tunda"}})
    with pytest.raises(InputError, match="P-1: semula"):
        finalize(signed, None, None)


def test_a_later_draft_of_the_same_day_that_proposes_otherwise_is_told(tmp_path: Path) -> None:
    signed, _ = scheduled(tmp_path, [full_row("P-1"), full_row("P-2")])
    fill_schedule(signed)
    scheduled(tmp_path, [full_row("P-1")])
    (told,) = decided(signed)
    assert told.kind is findings.OTHER_DRAFT
    assert "P-2" in told.problem


@pytest.mark.parametrize(
    ("on", "well"),
    [("2026-05-29", True), ("2026-05-28", False), ("2026-06-03", True), ("2026-06-04", False),
     ("2001-06-01", False), ("2099-06-01", False)],
)  # fmt: skip
def test_a_signing_date_lies_between_the_making_and_today(
    tmp_path: Path, on: str, *, well: bool
) -> None:
    """The schedule of Monday was made on Friday, and comes back signed on Wednesday."""
    schedule, _ = scheduled(tmp_path, [full_row("P-1")], made_on=date(2026, 5, 29))
    told = decided(schedule, today=date(2026, 6, 3), on=date.fromisoformat(on))
    assert [each.kind for each in told] == ([] if well else [findings.SIGNED_ANOTHER_DAY])
