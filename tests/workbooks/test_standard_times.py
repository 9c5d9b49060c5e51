"""The sheet Mutu Baku: the SOP's standard times with this week's amounts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from labkesmas_batch.model.decisions import SignOff
from labkesmas_batch.model.requests import RowOnHold
from labkesmas_batch.workbooks.schedule import write_schedule
from tests.support.builders import request
from tests.support.dump import records
from tests.support.models import week_of


def sheet_of(tmp_path: Path, signed: SignOff | None = None) -> list[dict[str, object]]:
    asked = [
        request("P-1", customer="Hotel A", samples=3),
        request("P-2", customer="hotel  a", samples=5),
        request("P-3", customer="Hotel B", samples=7, proposed=date(2026, 5, 20)),  # returned
    ]
    on_hold = [RowOnHold("P-4", "Hotel C", "Eksternal", "p.xlsx", "Permintaan", 5)]
    week = week_of(asked, on_hold=on_hold)
    week = replace(week, plan=replace(week.plan, approved=signed))
    write_schedule(tmp_path / "jadwal.xlsx", week, "2026-06-01-r1", {})
    return records(load_workbook(tmp_path / "jadwal.xlsx")["Mutu Baku"])


def test_the_eight_steps_have_the_sop_s_times_and_this_week_s_amounts(tmp_path: Path) -> None:
    rows = sheet_of(tmp_path)[:-1]
    amounts = [(r["Waktu Baku"], r["Satuan Waktu"], r["Jumlah Pekan Ini"]) for r in rows]
    assert [row["Langkah"] for row in rows] == list(range(1, 9))
    assert amounts == [
        (10, "menit", 1),
        (120, "menit", 1),
        (5, "menit", 3),  # Hotel A, B and C
        (5, "menit", 4),
        (5, "menit", 4),
        (30, "menit", 3),
        (1, "hari", 1),
        (2, "menit", 8),
    ]
    assert all(row["Jumlah Waktu"] == row["Waktu Baku"] * row["Jumlah Pekan Ini"] for row in rows)


def test_a_draft_knows_no_actual_time_and_says_of_each_why(tmp_path: Path) -> None:
    *rows, last = sheet_of(tmp_path)
    assert all(row["Waktu Nyata"] is None for row in rows)
    sources = [str(row["Asal Waktu Nyata"]) for row in rows]
    assert [source.split()[0] for source in sources] == [
        "Tidak",
        "Tidak",
        "Tidak",
        "Tercatat",
        "Tercatat",
        "Tercatat",
        "Diketahui",
        "Tidak",
    ]
    assert sources[3] == "Tercatat harinya saja: diterima 4 Mei 2026."
    assert sources[5] == "Tercatat harinya saja: 1 Jun 2026, 28 hari sesudah diterima."
    assert last["Asal Waktu Nyata"] is None


@pytest.mark.parametrize(
    ("signed", "actual", "source"),
    [
        (date(2026, 6, 3), "2 hari", "Disusun 1 Jun 2026, disahkan 3 Jun 2026."),
        (date(2026, 6, 1), "hari itu juga", "Disusun 1 Jun 2026, disahkan 1 Jun 2026."),
        (date(2026, 5, 30), None,
         "Disusun 1 Jun 2026, disahkan 30 Mei 2026. Periksa kedua tanggal itu."),
    ],
)  # fmt: skip
def test_an_approved_schedule_knows_from_when_to_when_it_was_made(
    tmp_path: Path, signed: date, actual: str | None, source: str
) -> None:
    *rows, _ = sheet_of(tmp_path, SignOff("Kepala Contoh", signed))
    assert (rows[6]["Waktu Nyata"], rows[6]["Asal Waktu Nyata"]) == (actual, source)
    assert [row["Waktu Nyata"] for row in rows[:6]] == [None] * 6


def test_the_last_row_adds_the_minutes_and_names_the_day(tmp_path: Path) -> None:
    *rows, last = sheet_of(tmp_path)
    minutes = sum(row["Jumlah Waktu"] for row in rows if row["Satuan Waktu"] == "menit")
    assert last["Jumlah Waktu"] == minutes == 291
    assert last["Kegiatan"] == "Jumlah seluruhnya: 4 jam 51 menit dan 1 hari"
