"""What people read after a review: the final schedule says what was decided, forms come again."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.builders import write_intake, write_reference
from tests.support.dump import Answer, call, records
from tests.support.paperwork import COMPLETE, full_row
from tests.support.signing import fill_schedule

MONDAY = "2026-06-01"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A week of four requests in draft."""
    rows = [full_row(f"P-{number}") for number in range(1, 5)]
    write_intake(tmp_path / "permintaan.xlsx", rows)
    write_reference(tmp_path / "acuan.xlsx", **COMPLETE)
    assert run(tmp_path, MONDAY).code == 0
    return tmp_path


def run(desk: Path, day: str) -> Answer:
    return call("run", desk / "permintaan.xlsx", "--output", desk / "output", "--date", day)


def sheet(path: Path, name: str) -> dict[object, dict[str, object]]:
    return {row["No. Permintaan"]: row for row in records(load_workbook(path)[name])}


def finalized(desk: Path, folder: str, **words: dict[str, object]) -> Path:
    draft = desk / "output" / folder
    fill_schedule(draft / "jadwal.xlsx", jadwal=words or None)
    answer = call("finalize", draft)
    assert answer.code == 0, answer.err
    return draft


def report(form: Path, day: str, **results: tuple[object, ...]) -> Answer:
    book = load_workbook(form)
    rows = book["Realisasi"]
    at = {cell.value: cell.column for cell in rows[1]}
    for row in range(2, rows.max_row + 1):
        given = results.get(str(rows.cell(row, at["No. Permintaan"]).value).replace("-", "_"))
        for header, value in zip(
            ("Hasil", "Tanggal Nyata", "Jumlah Nyata"), given or (), strict=False
        ):
            rows.cell(row, at[header]).value = value
    book.save(form)
    return call("report", form, "--date", day)


def test_the_final_schedule_says_of_the_postponed_and_the_cancelled_what_was_decided(desk: Path):
    assert run(desk, MONDAY).code == 0
    draft = finalized(
        desk,
        f"{MONDAY}-r2",
        **{
            "P-1": {"Keputusan": "Tunda", "Catatan": "Sumur kering"},
            "P-2": {"Keputusan": "Batal"},
            "P-3": {"Keputusan": "Ubah", "Tanggal Baru": date(2026, 6, 9), "Catatan": "Diminta"},
        },
    )
    changes = sheet(draft / "jadwal-final.xlsx", "Perubahan")
    told = {
        number: (row["Perubahan"], row["Hasil Baru"], row["Sebab"])
        for number, row in changes.items()
    }
    assert told["P-1"] == (
        "berubah",
        "Ditunda",
        "Ditunda menurut keputusan manajemen: Sumur kering.",
    )
    assert told["P-2"] == ("berubah", "Batal", "Dibatalkan menurut keputusan manajemen.")
    assert told["P-3"][2] == "Diubah menurut keputusan manajemen: Diminta."
    assert all(changes[number]["Beri Tahu"] for number in ("P-1", "P-2", "P-3"))
    assert "hilang" not in {row["Perubahan"] for row in changes.values()}
    # In the register's list of schedules, too, every row is counted once.
    call("register", "--output", desk / "output", "--date", MONDAY)
    weeks = records(load_workbook(desk / "output" / f"register-{MONDAY}.xlsx")["Jadwal"])
    kinds = ("Terjadwal", "Digeser", "Terkunci", "Dikembalikan", "Antrean", "Ditahan", "Ditunda",
             "Batal")  # fmt: skip
    assert [[week[kind] for kind in ("Ditunda", "Batal")] for week in weeks] == [[0, 0], [1, 1]]
    assert all(sum(week[kind] for kind in kinds) == week["Baris"] for week in weeks)


def test_a_form_of_field_days_is_handed_in_again_as_it_fills_up(desk: Path):
    form = finalized(desk, f"{MONDAY}-r1") / "realisasi.xlsx"
    done = "Selesai", date(2026, 6, 2), 2
    first = report(form, "2026-06-03", P_1=done, P_2=("Ditunda",))
    assert "2 kunjungan dicatat" in first.out, first.err
    second = report(form, "2026-06-03", P_3=("Selesai", date(2026, 6, 3), 2))
    assert "1 kunjungan dicatat" in second.out, second.err
    call("register", "--output", desk / "output", "--date", "2026-06-03")
    rows = records(load_workbook(desk / "output" / "register-2026-06-03.xlsx")["Realisasi"])
    assert [row["No. Permintaan"] for row in rows if row["No. Permintaan"]] == ["P-1", "P-2", "P-3"]
    # The next week's form asks for those that are still to come, the postponed one among them.
    assert run(desk, "2026-06-08").code == 0
    later = finalized(desk, "2026-06-08-r1") / "realisasi.xlsx"
    assert set(sheet(later, "Realisasi")) == {"P-2", "P-4"}
    # What was said of the postponed visit is not said of its new one.
    assert "Tidak ada yang baru" in call("report", form, "--date", "2026-06-08").out
    number = sheet(later, "Realisasi")["P-2"]
    assert isinstance(number["Tanggal Mulai"], datetime)
    again = report(later, "2026-06-30", P_2=("Ditunda",))
    assert "1 kunjungan dicatat" in again.out, again.err


def test_report_on_another_workbook_names_the_right_one(desk: Path):
    answer = call("report", desk / "output" / f"{MONDAY}-r1" / "jadwal.xlsx")
    assert answer.code == 3
    assert "Sebut realisasi.xlsx dari folder yang sama." in answer.err
