"""Why a day differs from the last schedule: what is told brings the old day back when undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.builders import REFERENCE_ROWS, RUN_DATE
from tests.support.paperwork import full_row
from tests.support.weekly import decided, on_sheet, scheduled

ONE = [("Tim 1", None, None, "Semua", 1, None)]
CALM: Mapping[str, Any] = {
    "tim": ONE,
    "tim_cuti": [],
    "jenis_contoh_uji": [("Air Minum", None, 24, None, 40), ("Udara Ambien", None, 72, None, 40)],
}
TUESDAY, WEDNESDAY = date(2026, 6, 9), date(2026, 6, 10)
MINE = full_row("P-5", tanggal_permintaan=date(2026, 5, 12), tanggal_usulan=TUESDAY)
OLDER = full_row("P-1", tanggal_permintaan=date(2026, 5, 11), tanggal_usulan=TUESDAY)
YOUNGER = full_row("P-9", tanggal_permintaan=date(2026, 5, 13), tanggal_usulan=TUESDAY)


def rules(**changed: object) -> list[tuple[object, ...]]:
    rows = REFERENCE_ROWS["Ketentuan"]
    return [(key, changed.get(str(key), value), why) for key, value, why in rows]


def told(folder: Path, before: list[Any], now: list[Any], first: Any = CALM, **then: Any) -> str:
    """What Perubahan says of P-5, run with these rows and then with those."""
    scheduled(folder, before, **first)
    schedule, _ = scheduled(folder, now, **{**CALM, **then})
    row = on_sheet(schedule, "Perubahan")["P-5"]
    return "" if row["Perubahan"] == "tetap" else str(row["Sebab"] or "")


@pytest.mark.parametrize(
    ("before", "now", "then", "said"),
    [
        (
            [MINE],
            [MINE, OLDER],
            {},
            "Tim 1 penuh pada 9 Jun oleh P-1. Tanpa permintaan baru P-1 harinya tetap 9 Jun 2026.",
        ),
        ([MINE], [MINE, YOUNGER], {}, ""),
        (
            [MINE, OLDER],
            [MINE],
            {},
            "Bila P-1 masih diminta, harinya tetap 10 Jun 2026.",
        ),
        (
            [MINE],
            [MINE | {"Tanggal Usulan": WEDNESDAY}],
            {},
            "Isian berubah: Tanggal Usulan. Tanpa perubahan Tanggal Usulan harinya tetap "
            "9 Jun 2026.",
        ),
        (
            [MINE, OLDER | {"Tanggal Usulan": WEDNESDAY}],
            [MINE, OLDER],
            {},
            "Tim 1 penuh pada 9 Jun oleh P-1. Tanpa perubahan Tanggal Usulan pada P-1 harinya "
            "tetap 9 Jun 2026.",
        ),
        (
            [MINE, OLDER],
            [MINE, OLDER],
            {"tim": [("Tim 1", None, None, "Semua", 2, None)]},
            "Tanpa perubahan lembar Tim pada acuan harinya tetap 10 Jun 2026.",
        ),
        (
            [MINE],
            [MINE],
            {"tim_cuti": [("Tim 1", TUESDAY, TUESDAY, "Rapat")]},
            "Tanpa perubahan lembar Tim Cuti pada acuan harinya tetap 9 Jun 2026.",
        ),
        (
            [MINE],
            [MINE],
            {"hari_libur": [(TUESDAY, "Libur Rekaan", "Libur Nasional", None)]},
            "Tanpa perubahan lembar Hari Libur pada acuan harinya tetap 9 Jun 2026.",
        ),
        (
            [MINE | {"Tanggal Usulan": None}],
            [MINE | {"Tanggal Usulan": None}],
            {"ketentuan": rules(tenggang_permintaan_hari=30)},
            "Tanpa perubahan tenggang_permintaan_hari pada Ketentuan harinya tetap 2 Jun 2026.",
        ),
        # Two differences together: neither alone brings the old day back, so none is claimed.
        (
            [MINE, OLDER],
            [MINE],
            {"hari_libur": [(WEDNESDAY, "Libur Rekaan", "Libur Nasional", None)]},
            "",
        ),
    ],
)
def test_a_cause_is_what_brings_the_old_day_back(
    tmp_path: Path, before: list[Any], now: list[Any], then: Any, said: str
) -> None:
    assert told(tmp_path, before, now, **then) == said


def test_a_decision_about_another_is_a_cause_in_the_approved_schedule(tmp_path: Path) -> None:
    rows = [MINE, OLDER]
    scheduled(tmp_path, rows, **CALM)
    schedule, _ = scheduled(tmp_path, rows, **CALM)
    word = {"P-1": {"Keputusan": "Batal"}}
    assert not [each for each in decided(schedule, jadwal=word) if each.is_error]
    row = on_sheet(schedule.with_name("jadwal-final.xlsx"), "Perubahan")["P-5"]
    assert row["Sebab"] == "Bila P-1 tidak ditunda atau dibatalkan, harinya tetap 10 Jun 2026."


def test_a_later_run_date_is_a_cause(tmp_path: Path) -> None:
    near = MINE | {"Tanggal Usulan": date(2026, 6, 3)}
    scheduled(tmp_path, [near], **CALM)
    schedule, _ = scheduled(tmp_path, [near], date(2026, 6, 5), **CALM)
    row = on_sheet(schedule, "Perubahan")["P-5"]
    assert f"{row['Sebab']}".endswith(
        "Pada tanggal pengaturan jadwal semula, 1 Jun 2026, harinya tetap 3 Jun 2026."
    )
    assert date(2026, 6, 1) == RUN_DATE
