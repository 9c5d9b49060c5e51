"""A schedule reviewed in LibreOffice: filled in, saved there, finalized."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.dump import EXAMPLE, EXAMPLE_DATE, ROOT, Answer, call, records

SOFFICE = shutil.which("soffice")
RUN = f"{EXAMPLE_DATE}-r1"
REFERENCE = ROOT / "input_templates" / "acuan.xlsx"
NUMBER = "No. Permintaan"
Cells = dict[tuple[str, str, str], object]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.libreoffice,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed"),
]


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an example week in draft, to be copied."""
    output = tmp_path_factory.mktemp("usulan") / "output"
    answer = call(
        "run", EXAMPLE, "--reference", REFERENCE, "--date", EXAMPLE_DATE, "--output", output
    )
    assert answer.code == 1
    return output


@pytest.fixture
def output(drafted: Path, tmp_path: Path) -> Path:
    return shutil.copytree(drafted, tmp_path / "output")


def fill(schedule: Path, cells: Cells) -> None:
    """Sign, and write cells by sheet, number and header, as a person does."""
    book = load_workbook(schedule)
    signed_on = max(date(2026, 11, 24), date.fromisoformat(schedule.parent.name[:10]))
    for label, beside in book["Ringkasan"].iter_rows(max_col=2):
        if label.value in ("Disetujui oleh", "Tanggal"):
            beside.value = "Kepala Contoh" if label.value != "Tanggal" else signed_on
    for (sheet, number, header), value in cells.items():
        form = book[sheet]
        headers = {cell.value: cell.column for cell in form[1]}
        rows = {form.cell(at, headers[NUMBER]).value: at for at in range(2, form.max_row + 1)}
        form.cell(rows[number], headers[header]).value = value
    book.save(schedule)


def save_in_libreoffice(schedule: Path, folder: Path, kind: str = "xlsx") -> Path:
    """Open the workbook in LibreOffice and save it."""
    done = subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={(folder / 'profil').as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder / "disimpan"),
            str(schedule),
        ],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    saved = folder / "disimpan" / schedule.with_suffix(f".{kind}").name
    assert saved.is_file(), done.stdout + done.stderr
    return saved


def finalize(saved: Path, output: Path) -> Answer:
    return call("finalize", saved, "--output", output)


def standings(output: Path) -> dict[str, tuple[object, ...]]:
    query = "SELECT number, standing, first, team FROM standings"
    with closing(sqlite3.connect(output / "register.db")) as connection:
        return {number: rest for number, *rest in connection.execute(query)}


def everything(output: Path) -> dict[str, object]:
    files = {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and path.name != "register.db"
    }
    with closing(sqlite3.connect(output / "register.db")) as connection:
        return {**files, "register.db": [*connection.iterdump()]}


def visits(schedule: Path) -> dict[str, dict[str, object]]:
    return {str(row[NUMBER]): row for row in records(load_workbook(schedule)["Jadwal"])}


def test_a_review_saved_in_libreoffice_arrives_and_nothing_seems_changed(
    output: Path, tmp_path: Path
):
    schedule = output / RUN / "jadwal.xlsx"
    before = visits(schedule)
    agreed, moved, later, gone, *_ = before
    # A week later is free: everybody else is placed around it.
    day = before[moved]["Tanggal Mulai"].date() + (date(2026, 1, 8) - date(2026, 1, 1))
    zone = records(load_workbook(schedule)["Zona Antara"])
    pair = next(row for row in zone if row["Permintaan Lawan"])
    cells: Cells = {
        ("Jadwal", agreed, "Keputusan"): "Setuju",
        ("Jadwal", moved, "Keputusan"): "Ubah",
        ("Jadwal", moved, "Tanggal Baru"): day,
        ("Jadwal", moved, "Catatan"): "Permintaan customer = telepon\n(+62)",
        ("Jadwal", later, "Keputusan"): "Tunda",
        ("Jadwal", gone, "Keputusan"): "Batal",
        ("Zona Antara", pair[NUMBER], "Dahulukan"): pair["Permintaan Lawan"],
    }
    fill(schedule, cells)
    answer = finalize(save_in_libreoffice(schedule, tmp_path), output)
    assert answer.code == 0, answer.err
    assert "K09" not in answer.out + answer.err
    now = standings(output)
    assert now[agreed] == [
        "terkunci",
        before[agreed]["Tanggal Mulai"].date().isoformat(),
        before[agreed]["Tim"],
    ]
    assert now[moved][:2] == ["terkunci", day.isoformat()]
    assert [now[later][0], now[gone][0]] == ["ditunda", "batal"]
    with closing(sqlite3.connect(output / "register.db")) as connection:
        query = "SELECT number, verdict, day, note, decided_by, decided_on FROM decisions"
        decisions = connection.execute(f"{query} ORDER BY place").fetchall()
    who = ("Kepala Contoh", "2026-11-24")
    assert decisions == [
        (agreed, "Setuju", None, "", *who),
        (moved, "Ubah", day.isoformat(), "Permintaan customer = telepon\n(+62)", *who),
        (later, "Tunda", None, "", *who),
        (gone, "Batal", None, "", *who),
        (pair["Permintaan Lawan"], "Dahulukan", None, f"atas {pair[NUMBER]}", *who),
    ]
    final = visits(output / RUN / "jadwal-final.xlsx")
    assert later not in final
    assert final[moved]["Tanggal Mulai"] == datetime(day.year, day.month, day.day)


def test_a_week_after_another_saved_in_libreoffice_seems_unchanged_too(
    output: Path, tmp_path: Path
):
    """With locked visits, Perubahan and the trend of weeks there is more to save differently."""
    schedule = output / RUN / "jadwal.xlsx"
    fill(schedule, {})
    assert finalize(schedule, output).code == 0
    again = call(
        "run", EXAMPLE, "--reference", REFERENCE, "--date", "2026-11-30", "--output", output
    )
    assert again.code == 1
    schedule = output / "2026-11-30-r1" / "jadwal.xlsx"
    fill(schedule, {})
    answer = finalize(save_in_libreoffice(schedule, tmp_path), output)
    assert answer.code == 0, answer.err
    assert "K09" not in answer.out + answer.err


def test_a_tampered_date_an_unknown_team_and_a_holiday_are_told_by_their_cells(
    output: Path, tmp_path: Path
):
    schedule = output / RUN / "jadwal.xlsx"
    before = everything(output)
    tampered, unknown, holiday, *_ = visits(schedule)
    cells: Cells = {
        ("Jadwal", tampered, "Tanggal Mulai"): date(2026, 12, 31),
        ("Jadwal", unknown, "Keputusan"): "Ubah",
        ("Jadwal", unknown, "Tim Baru"): "Tim 99",
        ("Jadwal", holiday, "Keputusan"): "Ubah",
        ("Jadwal", holiday, "Tanggal Baru"): date(2026, 12, 25),
    }
    fill(schedule, cells)
    answer = finalize(save_in_libreoffice(schedule, tmp_path), output)
    assert answer.code == 3
    assert "tidak ada yang diubah" in answer.err
    told = re.findall(r"^(Galat|Peringatan) (\w+) \S+ Jadwal!(\w+)", answer.err, re.MULTILINE)
    assert sorted(told) == [
        ("Galat", "K06", "T4"),
        ("Galat", "S10", "U3"),
        ("Peringatan", "K09", "H2"),
    ]
    assert "Tim 99" in answer.err
    assert "25 Des 2026" in answer.err
    assert "31 Des 2026" in answer.err or "2026-12-31" in answer.err
    del before[f"{RUN}/jadwal.xlsx"]
    after = everything(output)
    del after[f"{RUN}/jadwal.xlsx"]
    assert after == before


def test_a_date_tampered_with_is_named_and_not_believed(output: Path, tmp_path: Path):
    schedule = output / RUN / "jadwal.xlsx"
    first, before = next(iter(visits(schedule).items()))
    fill(schedule, {("Jadwal", first, "Tanggal Mulai"): date(2026, 12, 31)})
    answer = finalize(save_in_libreoffice(schedule, tmp_path), output)
    assert answer.code == 0, answer.err
    assert (answer.out + answer.err).count("K09") == 1
    final = visits(output / RUN / "jadwal-final.xlsx")
    assert final[first]["Tanggal Mulai"] == before["Tanggal Mulai"]
