"""Rows written as XML: every value comes back from every reader as the one that went in."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.xlsx import limits, table
from labkesmas_batch.xlsx.book import Look, WorkbookWriter
from labkesmas_batch.xlsx.rows import Shapes
from labkesmas_batch.xlsx.table import Field, write_table

ODD = [
    "biasa", "=1+1", "+62", "@nama", "a & b <c> \"d\" 'e'", "  di muka", "di belakang ",
    "dua\nbaris",
    "_x0041_", "bel\x07", "tab\tdi tengah", "kereta\r\nkuda", "\ufffe", "😀", " ", "</t></is></c>",
    "https://contoh.example", "mailto:nama@contoh.example", "0012", "1e5", "TRUE", "#N/A", "é",
]  # fmt: skip


def written(path: Path, values: list[object], header: str = "Isi") -> Path:
    """A table with a value in each row, written by ours."""
    book = WorkbookWriter(path, "Uji", datetime(2026, 6, 1))
    field = Field(header, 20, lambda value: value)
    write_table(book, book.sheet("Uji", "Uji"), (field,), values)
    book.close()
    return path


def by_xlsxwriter(path: Path, values: list[object]) -> Path:
    """The same cells, one by one, strings in their cells."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Uji")
        sheet.write_string(0, 0, "Isi")
        for row, value in enumerate(values, start=1):
            sheet.write_string(row, 0, str(value))
    return path


@pytest.mark.parametrize("value", ODD)
def test_text_reads_as_if_xlsxwriter_had_written_it(tmp_path: Path, value: str):
    ours = written(tmp_path / "uji.xlsx", [value])
    theirs = by_xlsxwriter(tmp_path / "lain.xlsx", [value])
    assert load_workbook(ours)["Uji"]["A2"].value == load_workbook(theirs)["Uji"]["A2"].value
    fast = [
        CalamineWorkbook.from_path(book).get_sheet_by_name("Uji").to_python()
        for book in (ours, theirs)
    ]
    assert fast[0] == fast[1]


@pytest.mark.parametrize("value", ODD)
def test_a_text_among_plain_ones_reads_as_it_does_alone(tmp_path: Path, value: str):
    among = load_workbook(written(tmp_path / "uji.xlsx", ["a", "█", value, "b █ c"]))["Uji"]
    alone = load_workbook(written(tmp_path / "lain.xlsx", [value]))["Uji"]
    assert among["A4"].value == alone["A2"].value
    assert [among[f"A{row}"].value for row in (2, 3, 5)] == ["a", "█", "b █ c"]


@pytest.mark.parametrize("value", ["biasa", *ODD])
def test_a_text_in_many_cells_reads_as_it_does_in_one(tmp_path: Path, value: str):
    many = written(tmp_path / "uji.xlsx", [value, "lain", value, None, "lain"] * 8)
    alone = written(tmp_path / "lain.xlsx", [value])
    sheet = load_workbook(many)["Uji"]
    one = load_workbook(alone)["Uji"]["A2"].value
    assert [cell.value for (cell,) in sheet.iter_rows(min_row=2)] == [
        one,
        "lain",
        one,
        None,
        "lain",
    ] * 8
    fast = [
        CalamineWorkbook.from_path(book).get_sheet_by_name("Uji").to_python()[1]
        for book in (many, alone)
    ]
    assert fast[0] == fast[1]


def test_text_never_becomes_a_formula_or_a_link(tmp_path: Path):
    sheet = load_workbook(written(tmp_path / "uji.xlsx", list(ODD)))["Uji"]
    assert {cell.data_type for (cell,) in sheet.iter_rows(min_row=2)} == {"s"}
    assert not [cell for (cell,) in sheet.iter_rows() if cell.hyperlink]


@pytest.mark.parametrize("letter", ["a", "😀"])
def test_a_text_is_cut_where_excel_would_refuse_it(tmp_path: Path, letter: str):
    cell = load_workbook(written(tmp_path / "uji.xlsx", [letter * 40_000]))["Uji"]["A2"].value
    units = len(cell.encode("utf-16-le")) // 2
    assert limits.CELL - 1 <= units <= limits.CELL
    assert set(cell) == {letter}


def test_numbers_and_dates_keep_their_type(tmp_path: Path):
    values = [
        1, 2.5, 0, -3, 1e-7, 123_456_789_012, date(2026, 6, 1), datetime(2026, 6, 1),
        datetime(2026, 6, 1, 7, 35, 10), Outcome.MOVED,
    ]  # fmt: skip
    sheet = load_workbook(written(tmp_path / "uji.xlsx", values))["Uji"]
    back = [cell.value for (cell,) in sheet.iter_rows(min_row=2)]
    midnight = datetime(2026, 6, 1)
    assert back == [*values[:6], midnight, midnight, datetime(2026, 6, 1, 7, 35, 10), "Digeser"]


def test_an_equal_number_and_date_of_other_types_are_not_mixed_up(tmp_path: Path):
    back = load_workbook(written(tmp_path / "uji.xlsx", [46174, date(2026, 6, 1), "46174"]))["Uji"]
    assert [back[f"A{row}"].value for row in (2, 3, 4)] == [46174, datetime(2026, 6, 1), "46174"]


def test_a_blank_cell_keeps_its_looks(tmp_path: Path):
    sheet = load_workbook(written(tmp_path / "uji.xlsx", [None, ""], "Tanggal Baru"))["Uji"]
    for address in ("A2", "A3"):
        assert sheet[address].value is None
        assert sheet[address].border.left.style == "thin"
        assert "mmm" in sheet[address].number_format


def test_a_value_that_no_cell_holds_is_refused():
    with pytest.raises(TypeError):
        Shapes(1, 2, 3, 4, len).of([("a", "b")])


def test_more_rows_than_a_chunk_stand_in_their_order_with_their_looks(tmp_path: Path):
    book = WorkbookWriter(tmp_path / "uji.xlsx", "Uji", datetime(2026, 6, 1))
    fields = (
        Field("Nomor", 9, lambda n: n, lambda n: Look.BOLD if n % 2 else Look.PLAIN),
        Field("Kata", 9, lambda n: f"baris {n}" * (1 + n % 3)),
    )
    assert write_table(book, book.sheet("Uji", "Uji"), fields, range(2_500)) == 2_500
    book.close()
    sheet = load_workbook(tmp_path / "uji.xlsx")["Uji"]
    assert sheet.dimensions == "A1:B2501"
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == list(range(2_500))
    assert [row[0].font.bold for row in sheet.iter_rows(min_row=2)] == [False, True] * 1_250
    heights = [sheet.row_dimensions[row].height for row in (2, 3, 4)]
    assert heights[0] < heights[1] < heights[2] if heights[0] else heights[1] < heights[2]


def test_in_a_huge_table_the_first_rows_are_linked_and_measured_and_its_head_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "MOST_LINKED", 20)
    monkeypatch.setattr(table, "_CHUNK", 10)
    fields = (
        Field("Nomor", 9, lambda n: f"P-{n}", link=lambda n: f"'Uji'!B{n + 2}"),
        Field("Kata", 9, lambda n: f"baris {n} dari beberapa"),
    )
    for count in (20, 47):
        book = WorkbookWriter(tmp_path / f"{count}.xlsx", "Uji", datetime(2026, 6, 1))
        assert write_table(book, book.sheet("Uji", "Uji"), fields, range(count)) == count
        book.close()
        sheet = load_workbook(tmp_path / f"{count}.xlsx")["Uji"]
        assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [
            f"P-{n}" for n in range(count)
        ]
        linked = [row[0].hyperlink is not None for row in sheet.iter_rows(min_row=2)]
        assert linked == [n < 20 for n in range(count)]
        tall = [sheet.row_dimensions[line].height is not None for line in range(2, count + 2)]
        assert tall == linked
        said = sheet["A1"].comment and sheet["A1"].comment.text
        assert said == ("Tautan ada pada 20 baris pertama." if count > 20 else None)
        assert sheet["B1"].comment is None


@pytest.mark.parametrize(
    "text", ["<r>P-2</r>", "<r>a & <b></r>", "<r></r>", f"<r>{'&' * 9000}</r>"]
)
def test_a_text_that_xlsxwriter_would_take_for_its_own_xml_stays_a_text(tmp_path: Path, text: str):
    book = WorkbookWriter(tmp_path / "uji.xlsx", "Uji", datetime(2026, 6, 1))
    for sheet in (book.sheet("Uji", "Uji"), book.workbook.add_worksheet("Lain")):
        sheet.write_string(0, 0, text)
        sheet.write_url(1, 0, "internal:'Uji'!A1", None, text)
    book.close()
    for sheet in load_workbook(tmp_path / "uji.xlsx"):
        assert [sheet[place].value for place in ("A1", "A2")] == [text[:5000]] * 2


def test_a_cell_that_the_rows_would_hide_is_a_fault_of_the_program(tmp_path: Path) -> None:
    book = WorkbookWriter(tmp_path / "uji.xlsx", "Uji", datetime(2026, 6, 1))
    sheet = book.sheet("Uji", "Uji")
    write_table(book, sheet, (Field("Isi", 9, str),), [1, 2])
    sheet.write_blank(1, 0, None, book.body(Look.INPUT))
    with pytest.raises(AssertionError, match="Uji"):
        book.close()
