"""What a date may be: each with the last day that passes and the first that does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from labkesmas_batch.cli import options
from labkesmas_batch.findings import Finding
from labkesmas_batch.forms import schema
from labkesmas_batch.intake.validate import Validated, validate
from labkesmas_batch.model.history import Known, Standing
from labkesmas_batch.model.policy import SETTINGS
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.reference.read import check_reference, past_leaves
from tests.support.builders import (
    RUN_DATE,
    policy,
    reference,
    reference_tables,
    region,
    row,
    sample_type,
    settings,
    table,
    write_intake,
)
from tests.support.dump import call
from tests.support.paperwork import full_row
from tests.support.weekly import approved_form, done, scheduled

USUAL = reference(regions=[region("Batam")], sample_types=[sample_type("Air Minum")])


def before(days: int) -> date:
    return RUN_DATE - timedelta(days=days)


def check(*rows: dict[str, Any], known: Sequence[Known] = (), **windows: int) -> Validated:
    using = reference(
        regions=[region("Batam")],
        sample_types=[sample_type("Air Minum")],
        policy=policy(**windows),
    )
    seen = {each.request.number.casefold(): each for each in known}
    return validate([table(rows)], using, RUN_DATE, seen)


def told(found: Validated) -> list[tuple[str, str]]:
    return [(each.kind.code, each.cell) for each in found.findings]


@pytest.mark.parametrize(
    ("days", "code"), [(0, ""), (90, ""), (91, "B15"), (365, "B15"), (366, "B16"), (-1, "B02")]
)
def test_a_new_request_is_no_older_than_its_window(days: int, code: str) -> None:
    found = check(row(tanggal_permintaan=before(days)))
    assert told(found) == ([(code, "B2")] if code else [])
    assert bool(found.on_hold) is (code in ("B16", "B02"))


def test_the_windows_are_rows_of_ketentuan() -> None:
    old = row(tanggal_permintaan=before(60))
    assert told(check(old, asked_age_days=60)) == []
    assert told(check(old, asked_age_days=59)) == [("B15", "B2")]
    assert told(check(old, most_age_days=59)) == [("B16", "B2")]
    far = row(tanggal_usulan=RUN_DATE + timedelta(days=31))
    assert told(check(far, ahead_days=30)) == [("B18", "N2")]


@pytest.mark.parametrize("standing", [Standing.WAITING, Standing.POSTPONED, Standing.LOCKED])
def test_the_age_of_a_known_request_is_nobodys_question(standing: Standing) -> None:
    cells = row(tanggal_permintaan=before(400))
    known = Known(
        check(cells, asked_age_days=500, most_age_days=500).requests[0],
        standing,
        "2026-05-25-r1",
        RUN_DATE,
        RUN_DATE,
    )
    assert told(check(cells, known=[known])) == []


@pytest.mark.parametrize(("header", "cell"), [("tanggal_usulan", "N2"), ("batas_akhir", "O2")])
@pytest.mark.parametrize(("days", "code"), [(0, ""), (-1, "B17")])
def test_no_day_is_asked_for_before_the_request(
    header: str, cell: str, days: int, code: str
) -> None:
    received = before(30)
    day = received + timedelta(days=days)
    found = check(row(tanggal_permintaan=received, **{header: day}))
    assert told(found) == ([(code, cell)] if code else [])


@pytest.mark.parametrize(("header", "cell"), [("tanggal_usulan", "N2"), ("batas_akhir", "O2")])
@pytest.mark.parametrize(("days", "code"), [(365, ""), (366, "B18")])
def test_a_day_far_ahead_is_asked_about(header: str, cell: str, days: int, code: str) -> None:
    found = check(row(**{header: RUN_DATE + timedelta(days=days)}))
    assert told(found) == ([(code, cell)] if code else [])
    assert not found.on_hold


# Leave and holidays.


def acuan(**sheets: Any) -> list[tuple[str, str, str]]:
    checked = check_reference(reference_tables(**sheets), "acuan.xlsx", RUN_DATE)
    assert checked.reference is not None
    return [(each.kind.code, each.sheet, each.cell) for each in checked.findings]


@pytest.mark.parametrize(("days", "codes"), [(100, []), (101, [("A18", "Tim Cuti", "C2")])])
def test_long_leave_is_asked_about(days: int, codes: list[Any]) -> None:
    last = RUN_DATE + timedelta(days=days - 1)
    assert acuan(tim_cuti=[("Tim 1", RUN_DATE, last, None)]) == codes


@pytest.mark.parametrize(("days", "codes"), [(730, []), (731, [("A20", "Hari Libur", "A2")])])
def test_a_holiday_far_ahead_is_asked_about(days: int, codes: list[Any]) -> None:
    day = RUN_DATE + timedelta(days=days)
    assert acuan(hari_libur=[(day, "Libur", None, None)]) == codes


def with_leaves(*leaves: tuple[Any, ...]) -> Reference:
    tables = reference_tables(tim_cuti=[(*each, None) for each in leaves])
    made = check_reference(tables, "acuan.xlsx").reference
    assert made is not None
    return made


def test_leave_that_is_past_is_asked_about_when_it_is_first_seen() -> None:
    yesterday = RUN_DATE - timedelta(days=1)
    old = ("Tim 1", before(9), yesterday)
    now = with_leaves(old, ("Tim 2", before(9), RUN_DATE))

    def cells(earlier: Reference | None) -> list[tuple[str, str]]:
        found: list[Finding] = past_leaves(now, earlier, "acuan.xlsx", RUN_DATE)
        return [(each.kind.code, each.cell) for each in found]

    assert cells(None) == [("A19", "A2")]
    assert cells(with_leaves()) == [("A19", "A2")]
    assert cells(with_leaves(old)) == []


@pytest.mark.slow
def test_a_run_asks_about_past_leave_once(tmp_path: Path) -> None:
    leaves = [("Tim 1", date(2025, 6, 8), date(2025, 6, 12), None)]
    _, found = scheduled(tmp_path, [full_row("P-1")], tim_cuti=leaves)
    assert [each.kind.code for each in found] == ["A19"]
    _, found = scheduled(tmp_path, [full_row("P-1")], tim_cuti=leaves)
    assert not found


# Days of the field.


@pytest.mark.slow
@pytest.mark.parametrize(
    ("apart", "days", "codes"), [(14, 14, []), (14, 15, ["H06"]), (3, 3, []), (3, 4, ["H06"])]
)
def test_an_actual_day_far_from_the_planned_one_is_asked_about(
    tmp_path: Path, apart: int, days: int, codes: list[str]
) -> None:
    rows = settings(selisih_realisasi_hari=apart)
    form = approved_form(tmp_path, [full_row("P-1")], ketentuan=rows)
    day = date(2026, 6, 2) + timedelta(days=days)
    assert done(form, day, day) == codes


# Days and months swapped by a machine.


def column(*cells: object) -> list[tuple[str, str]]:
    rows = [row(f"P-{at}", tanggal_usulan=cell) for at, cell in enumerate(cells, 1)]
    return [each for each in told(check(*rows, ahead_days=3_000)) if each[0] == "B19"]


SWAPPED = datetime(2026, 10, 6), "13/06/2026", datetime(2026, 12, 7), "25-07-2026"


def test_a_column_whose_days_and_months_were_swapped_is_told_once() -> None:
    assert column(*SWAPPED) == [("B19", "N2")]


@pytest.mark.parametrize(
    "cells",
    [
        (*SWAPPED, datetime(2026, 6, 13)),  # a real date that nobody swapped
        SWAPPED[:3],  # one text alone
        (*SWAPPED[:2], SWAPPED[3]),  # one real date alone
        (SWAPPED[0], "10/06/2026", SWAPPED[2], "11-07-2026"),  # texts that say nothing
        (SWAPPED[0], "13 Juni 2026", SWAPPED[2], "25 Juli 2026"),  # words are never swapped
    ],
)
def test_other_columns_are_not(cells: tuple[object, ...]) -> None:
    assert column(*cells) == []


def test_the_sentence_shows_cells_of_both_kinds() -> None:
    rows = [row(f"P-{at}", tanggal_usulan=cell) for at, cell in enumerate(SWAPPED, 1)]
    (found,) = [each for each in check(*rows).findings if each.kind.code == "B19"]
    assert "N2 6 Okt 2026" in found.problem and "N4 7 Des 2026" in found.problem
    assert "N3 13/06/2026" in found.problem and "N5 25-07-2026" in found.problem


def test_a_column_of_the_reference_is_looked_at_as_well() -> None:
    days = [(cell, "Libur", None, None) for cell in SWAPPED]
    assert acuan(hari_libur=days) == [("B19", "Hari Libur", "A2")]


# What is said of it.


@pytest.mark.slow
@pytest.mark.parametrize(("younger", "said"), [(1, True), (0, False)])
def test_an_old_request_that_overtakes_somebody_needs_a_decision(
    tmp_path: Path, younger: int, *, said: bool
) -> None:
    rows = [row("017/YAN/XI/2026", tanggal_permintaan=before(120))]
    rows += [row("P-2", tanggal_permintaan=before(30), lokasi_sampling="Lain")] * younger
    form = write_intake(tmp_path / "permintaan.xlsx", rows)
    output = tmp_path / "hasil"
    answer = call("run", form, "--date", RUN_DATE, "--output", output)
    sentence = "1 permintaan baru sangat tua dan mendahului permintaan lain (017/YAN/XI/2026)"
    assert (sentence in answer.err + answer.out) is said


@pytest.mark.parametrize(
    ("date_", "side"), [("2026-11-08", "19 hari sebelum"), ("2027-11-27", "365 hari sesudah")]
)
def test_a_date_far_from_the_clock_is_said_on_stderr_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, date_: str, side: str
) -> None:
    form = write_intake(tmp_path / "permintaan.xlsx", [row(tanggal_permintaan=date(2026, 11, 1))])
    command = ("check", form, "--date", date_, "--json")
    quiet = call(*command)
    form.with_name("permintaan-diperiksa.xlsx").unlink(missing_ok=True)
    monkeypatch.setattr(options, "FAR_DAYS", 14)
    monkeypatch.setattr(options, "today", lambda: date(2026, 11, 27))
    loud = call(*command)
    assert loud.out == quiet.out
    assert f"--date {date_} {side} tanggal jam komputer ini." in loud.err
    near = call("check", form, "--date", "2026-11-13")
    assert "jam komputer" not in near.err


def test_a_workbook_without_the_late_rows_is_not_asked_for_them() -> None:
    early = [(each.key, each.default, None) for each in SETTINGS if not each.late]
    assert acuan(ketentuan=early) == []
    assert {each.key for each in SETTINGS if each.late} <= set(schema.SETTING_KEYS)
