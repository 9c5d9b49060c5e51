"""``explain`` after an approval: from what was approved, and what became of it since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.support.dump import call
from tests.support.paperwork import full_row
from tests.support.weekly import decided, reported, scheduled

DAY = date(2026, 6, 9)
ROWS = [full_row(f"P-{n}", tanggal_usulan=DAY) for n in (1, 2, 3)]
SIGNED = "Menurut jadwal yang disahkan 1 Jun 2026 oleh Kepala Contoh (2026-06-01-r1)."


def said(folder: Path, *arguments: str) -> list[str]:
    answer = call("explain", *arguments, "--output", folder / "output")
    assert answer.code == 0, answer
    return answer.out.splitlines()


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """P-1 on another day, P-2 cancelled, P-3 postponed."""
    schedule, _ = scheduled(tmp_path, ROWS)
    jadwal = {
        "P-1": {"Keputusan": "Ubah", "Tanggal Baru": date(2026, 6, 15), "Catatan": "rapat"},
        "P-2": {"Keputusan": "Batal", "Catatan": "pindah kota"},
        "P-3": {"Keputusan": "Tunda"},
    }
    assert not [each for each in decided(schedule, jadwal=jadwal) if each.is_error]
    return tmp_path


def test_the_day_is_the_approved_one(week: Path) -> None:
    lines = said(week, "P-1")
    assert any(line.startswith("Hari: Senin, 15 Jun 2026") for line in lines)
    assert "ditetapkan manajemen: rapat." in " ".join(lines)
    assert lines[-1] == SIGNED


def test_who_was_set_aside_has_no_day(week: Path) -> None:
    assert said(week, "P-2") == [
        "P-2 (Eksternal, 4 Mei 2026), Puskesmas P-2: batal.",
        "Dibatalkan manajemen: pindah kota.",
        SIGNED,
    ]
    assert said(week, "P-3")[:2] == [
        "P-3 (Eksternal, 4 Mei 2026), Puskesmas P-3: ditunda.",
        "Ditunda manajemen. Direncanakan lagi pada jadwal berikutnya.",
    ]


def test_a_newer_draft_speaks_of_those_alone_whom_nothing_approved_settles(week: Path) -> None:
    scheduled(week, ROWS, date(2026, 6, 8))
    assert said(week, "P-1")[-1] == said(week, "P-2")[-1] == SIGNED
    *_, source, since = said(week, "P-3")
    assert source == "Menurut rancangan jadwal 2026-06-08-r1, belum disahkan."
    assert since == "P-3 Ditunda pada jadwal 2026-06-01-r1; hari barunya baru usulan."


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (
            {"Hasil": "Selesai", "Tanggal Nyata": date(2026, 6, 15), "Jumlah Nyata": 2},
            "P-1 Selesai: kunjungannya dilaksanakan Senin, 15 Jun 2026.",
        ),
        ({"Hasil": "Batal"}, "P-1 Batal: kunjungannya tidak dilaksanakan."),
        (
            {"Hasil": "Ditunda"},
            "P-1 Ditunda: kunjungannya direncanakan lagi pada jadwal berikutnya.",
        ),
    ],
)
def test_what_took_place_is_told(week: Path, cells: dict[str, object], line: str) -> None:
    form = week / "output" / "2026-06-01-r1" / "realisasi.xlsx"
    assert not reported(form, cells, date(2026, 6, 16))
    assert said(week, "P-1")[-2:] == [SIGNED, line]


def test_an_approval_of_an_older_program_is_told_from_the_register(week: Path) -> None:
    (week / "output" / "2026-06-01-r1" / "keputusan-final.json").unlink()
    *_, source, since = said(week, "P-1")
    assert source == "Menurut rancangan jadwal 2026-06-01-r1, belum disahkan."
    assert since.startswith("P-1 sudah disahkan pada jadwal 2026-06-01-r1: Senin, 15 Jun 2026, Tim")


def test_a_draft_that_is_named_is_answered_from_that_draft(week: Path) -> None:
    assert said(week, "P-1", "--run", "2026-06-01-r1")[-1] == SIGNED
    scheduled(week, ROWS, date(2026, 6, 8))
    assert "terkunci" in said(week, "P-1", "--run", "2026-06-08-r1")[0]
