"""Links: from every request number to its row and back, from a need to the rows concerned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell

from labkesmas_batch.xlsx import rows as table_rows
from labkesmas_batch.xlsx import table
from labkesmas_batch.xlsx.book import WorkbookWriter
from labkesmas_batch.xlsx.table import Field, write_table
from tests.support.dump import Answer, records

NUMBER = "No. Permintaan"


@pytest.fixture(scope="module")
def book(example_run: Answer) -> Workbook:
    return load_workbook(example_run.record["files"]["jadwal"])


def links(book: Workbook) -> Iterator[tuple[Cell, Cell]]:
    """Every link within the workbook: the cell, and the one that it leads to."""
    for sheet in book:
        for line in sheet.iter_rows():
            for cell in line:
                if cell.hyperlink and cell.hyperlink.location and not cell.hyperlink.target:
                    name, place = re.fullmatch(
                        r"'?([^'!]+)'?!([A-Z]+\d+)", cell.hyperlink.location
                    ).groups()
                    yield cell, book[name][place]


def column(cell: Cell) -> str:
    return str(cell.parent.cell(1, cell.column).value)


def number_at(cell: Cell) -> str:
    """The request that a cell is about: of its row, or of a cell of the calendar."""
    if cell.parent.title == "Kalender":
        return re.match(r"(?:→ )?(P-\d+)\b", str(cell.value))[1]
    headers = [each.value for each in cell.parent[1]]
    return str(cell.parent.cell(cell.row, headers.index(NUMBER) + 1).value)


def test_a_number_leads_to_a_row_of_that_number(book: Workbook):
    seen = set()
    for cell, target in links(book):
        if cell.parent.title == "Ringkasan":
            continue
        meant = str(cell.value) if column(cell) == "Permintaan Lawan" else number_at(cell)
        assert number_at(target) == meant, (cell, target)
        seen.add((cell.parent.title, column(cell), target.parent.title))
    assert {
        ("Jadwal", NUMBER, "Prioritas"),
        ("Prioritas", NUMBER, "Jadwal"),
        ("Prioritas", NUMBER, "Antrean"),
        ("Antrean", NUMBER, "Prioritas"),
        ("Jadwal", "Tanggal Mulai", "Kalender"),
        ("Jadwal", "Klausul", "Zona Antara"),
        ("Zona Antara", NUMBER, "Jadwal"),
        ("Zona Antara", "Permintaan Lawan", "Jadwal"),
        ("Kesalahan", NUMBER, "Jadwal"),
    } <= seen
    assert {target for sheet, _, target in seen if sheet == "Kalender"} == {"Jadwal"}


@pytest.mark.parametrize("name", ["Jadwal", "Prioritas", "Antrean", "Zona Antara"])
def test_no_number_is_without_its_link(book: Workbook, name: str):
    sheet = book[name]
    linked = {
        cell.row for cell, _ in links(book) if cell.parent.title == name and column(cell) == NUMBER
    }
    assert linked == set(range(2, len(records(sheet)) + 2))


def test_every_visit_on_the_calendar_is_linked(book: Workbook):
    linked = {cell.coordinate for cell, _ in links(book) if cell.parent.title == "Kalender"}
    named = {
        cell.coordinate
        for line in book["Kalender"].iter_rows()
        for cell in line
        if re.match(r"(→ )?P-\d+", str(cell.value))
    }
    assert linked == named


def test_what_waits_for_somebody_leads_to_the_rows_concerned(book: Workbook):
    found = [(cell, target) for cell, target in links(book) if cell.parent.title == "Ringkasan"]
    numbers = [(cell, target) for cell, target in found if str(cell.value).startswith("P-")]
    assert len(numbers) > 5
    for cell, target in numbers:
        assert number_at(target) == cell.value
    sheets = {target.parent.title for _, target in found}
    assert {"Kesalahan", "Dikembalikan", "Antrean", "Zona Antara", "Jadwal"} <= sheets


def test_a_link_is_seen_as_one(book: Workbook):
    for cell, _ in links(book):
        if cell.parent.title != "Kalender":
            assert cell.font.u == "single", cell


def test_links_end_with_a_note_where_excel_keeps_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for module in (table_rows, table):
        monkeypatch.setattr(module, "MOST_LINKS", 3)
    book = WorkbookWriter(tmp_path / "uji.xlsx", "Uji", datetime(2026, 6, 1))
    fields = (Field(NUMBER, 12, lambda n: f"P-{n}", link=lambda n: f"Uji!A{n + 2}"),)
    write_table(book, book.sheet("Uji", "Uji"), fields, range(5))
    book.close()
    sheet = load_workbook(tmp_path / "uji.xlsx")["Uji"]
    assert [bool(cell.hyperlink) for (cell,) in sheet.iter_rows(min_row=2)] == [True] * 3 + [
        False
    ] * 2
    assert "paling banyak 3 tautan" in sheet["A1"].comment.text


def test_without_too_many_links_there_is_no_note(book: Workbook):
    noted = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.comment]
    assert [cell.value for cell in noted] == ["Peringkat Pasti Sejak"]


def test_the_cells_of_the_signature_have_names(book: Workbook):
    for name, label in (("disetujui_oleh", "Disetujui oleh"), ("tanggal_persetujuan", "Tanggal")):
        ((sheet, place),) = book.defined_names[name].destinations
        cell = book[sheet][place.replace("$", "")]
        assert book[sheet].cell(cell.row, 1).value == label
        assert not cell.protection.locked
