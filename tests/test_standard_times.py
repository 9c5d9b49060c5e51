"""The sheet Mutu Baku: the SOP's standard times with this week's amounts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from builders import request
from dump import records
from models import week_of
from openpyxl import load_workbook

from labkesmas_batch.model import Held
from labkesmas_batch.workbook import write_schedule


def sheet_of(tmp_path: Path) -> list[dict[str, object]]:
    asked = [
        request("P-1", customer="Hotel A", samples=3),
        request("P-2", customer="hotel  a", samples=5),
        request("P-3", customer="Hotel B", samples=7, proposed=date(2026, 5, 20)),  # returned
    ]
    held = [Held("P-4", "Hotel C", "Eksternal", "p.xlsx", "Permintaan", 5)]
    write_schedule(tmp_path / "jadwal.xlsx", week_of(asked, held=held), "2026-06-01-r1", {})
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
    assert all(row["Waktu Nyata"] is None for row in rows)


def test_the_last_row_adds_the_minutes_and_names_the_day(tmp_path: Path) -> None:
    *rows, last = sheet_of(tmp_path)
    minutes = sum(row["Jumlah Waktu"] for row in rows if row["Satuan Waktu"] == "menit")
    assert last["Jumlah Waktu"] == minutes == 291
    assert last["Kegiatan"] == "Jumlah seluruhnya: 4 jam 51 menit dan 1 hari"
