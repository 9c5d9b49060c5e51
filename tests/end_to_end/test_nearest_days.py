"""Tanggal Terdekat and the days that a sentence promises: days on which a visit can set out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.support.builders import REFERENCE_ROWS
from tests.support.paperwork import full_row
from tests.support.weekly import on_sheet, scheduled

# Monday 1 June; received on 16 May the 21 days end on Saturday 6 June.
RECEIVED, SATURDAY = date(2026, 5, 16), date(2026, 6, 6)
WEEK_OFF = [(date(2026, 6, day), "Cuti Bersama", "Cuti Bersama", None) for day in range(8, 13)]
EARLY = {"tanggal_permintaan": RECEIVED, "tanggal_usulan": date(2026, 6, 3)}


def ketentuan(**changed: object) -> list[tuple[object, ...]]:
    rows = REFERENCE_ROWS["Ketentuan"]
    return [(key, changed.get(str(key), value), why) for key, value, why in rows]


@pytest.mark.parametrize(
    ("more", "sheets", "nearest", "said"),
    [
        ({}, {}, date(2026, 6, 8), "Ajukan 8 Jun 2026 atau sesudahnya"),
        ({}, {"hari_libur": WEEK_OFF}, date(2026, 6, 15), "Ajukan 15 Jun 2026 atau sesudahnya"),
        # Boats for Lingga leave on Tuesdays and Thursdays.
        ({"wilayah": "Lingga"}, {}, date(2026, 6, 9), "Ajukan 9 Jun 2026 atau sesudahnya"),
        (
            {"batas_akhir": date(2026, 6, 7)},
            {},
            None,
            "Sampai Batas Akhir 7 Jun 2026 tidak ada hari yang memenuhinya: undurkan Batas Akhir",
        ),
        ({"batas_akhir": date(2026, 6, 8)}, {}, date(2026, 6, 8), "Ajukan 8 Jun 2026"),
    ],
)
def test_a_returned_request_may_ask_for_a_day_on_which_somebody_goes(
    tmp_path: Path,
    more: dict[str, object],
    sheets: dict[str, object],
    nearest: date | None,
    said: str,
) -> None:
    schedule, _ = scheduled(tmp_path, [full_row("P-1", **EARLY, **more)], **sheets)
    back = on_sheet(schedule, "Dikembalikan")["P-1"]
    day = back["Tanggal Terdekat"]
    assert (day.date() if day else None) == nearest  # type: ignore[attr-defined]
    assert said in str(back["Alasan"])
    assert back["Hari Kurang"] == 3


@pytest.mark.parametrize(
    ("sheets", "first", "said"),
    [
        (
            {},
            8,
            "digeser ke tanggal terdekat 8 Jun 2026 (6\N{EN DASH}7 Jun bukan hari kerja) (R-KAJI).",
        ),
        (
            {"hari_libur": WEEK_OFF},
            15,
            "digeser ke tanggal terdekat 15 Jun 2026 (6\N{EN DASH}14 Jun bukan hari kerja",
        ),
    ],
)
def test_a_request_moved_to_the_nearest_day_is_told_that_day(
    tmp_path: Path, sheets: dict[str, object], first: int, said: str
) -> None:
    rules = ketentuan(tenggang_kurang="geser")
    schedule, _ = scheduled(tmp_path, [full_row("P-1", **EARLY)], ketentuan=rules, **sheets)
    visit = on_sheet(schedule, "Jadwal")["P-1"]
    assert visit["Tanggal Mulai"].day == first  # type: ignore[attr-defined]
    assert said in str(visit["Alasan"])


def test_a_proposal_that_is_over_is_told_the_day_on_which_somebody_goes(tmp_path: Path) -> None:
    over = full_row("P-1", tanggal_permintaan=date(2026, 5, 1), tanggal_usulan=date(2026, 6, 4))
    schedule, _ = scheduled(tmp_path, [over], date(2026, 6, 5))
    said = str(on_sheet(schedule, "Jadwal")["P-1"]["Alasan"])
    assert said.startswith(
        "Usulan 4 Jun 2026 sudah terlewat; kunjungan paling cepat 8 Jun 2026 "
        "(6\N{EN DASH}7 Jun bukan hari kerja)."
    )
