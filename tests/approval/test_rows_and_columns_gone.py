"""A schedule that comes back with rows or columns deleted, added or sorted: one sentence each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from labkesmas_batch.findings import Finding
from labkesmas_batch.model.history import Standing
from tests.support.builders import RUN_DATE
from tests.support.dump import columns
from tests.support.paperwork import full_row
from tests.support.weekly import decided, on_sheet, scheduled, standings

pytestmark = pytest.mark.slow

LONG = "Puskesmas Sungai Panas Kota Batam Kepulauan Riau"
ROWS = [
    full_row("017/YAN/XI/2026", nama_customer=LONG),
    *(full_row(f"P-{number}") for number in range(2, 7)),
    full_row("P-7", batas_akhir=date(2026, 6, 1)),
    full_row("P-8", tanggal_permintaan=date(2026, 5, 20), tanggal_usulan=date(2026, 6, 3)),
]
NARROW = [("Tim 1", None, None, "Semua", 1, None)]
EIGHT_APART = [
    full_row("E-1"),
    full_row("I-1", jenis_customer="Internal", tanggal_permintaan=date(2026, 5, 12)),
]


@pytest.fixture
def schedule(tmp_path: Path) -> Path:
    return scheduled(tmp_path, ROWS)[0]


def edited(schedule: Path, edit: Callable[[Workbook], object]) -> Sequence[Finding]:
    """Edit a schedule, finalize it, and return what is said."""
    book = load_workbook(schedule)
    edit(book)
    book.save(schedule)
    return decided(schedule)


def line(sheet: Worksheet, number: str) -> int:
    at = columns(sheet)["No. Permintaan"]
    return next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, at).value == number)


def without(sheet: str, *numbers: str) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        unlink(book[sheet])
        for number in numbers:
            book[sheet].delete_rows(line(book[sheet], number))

    return edit


def unlink(sheet: Worksheet) -> None:
    """Drop the links, which openpyxl leaves where they were when rows go."""
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.hyperlink = None


def codes(found: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(each.kind.code, str(each.value)) for each in found]


def test_a_row_deleted_in_jadwal_is_refused_in_one_sentence(schedule: Path) -> None:
    found = edited(schedule, without("Jadwal", "017/YAN/XI/2026"))
    assert codes(found) == [("K18", "017/YAN/XI/2026")]
    assert found[0].number == "017/YAN/XI/2026"
    assert not standings(schedule), "nothing was approved"


def test_each_deleted_row_has_its_sentence(schedule: Path) -> None:
    found = edited(schedule, without("Jadwal", "P-3", "P-5"))
    assert codes(found) == [("K18", "P-3"), ("K18", "P-5")]


def test_a_row_of_which_all_cells_were_cleared_is_gone_as_well(schedule: Path) -> None:
    def clear(book: Workbook) -> None:
        at = line(book["Jadwal"], "P-4")
        for cell in book["Jadwal"][at]:
            cell.value = cell.hyperlink = None

    assert codes(edited(schedule, clear)) == [("K18", "P-4")]


def test_the_number_written_into_a_blank_row_with_a_word_settles_it(schedule: Path) -> None:
    without_it = without("Jadwal", "P-3")
    assert codes(edited(schedule, without_it)) == [("K18", "P-3")]

    def settle(book: Workbook) -> None:
        sheet = book["Jadwal"]
        headers, last = columns(sheet), sheet.max_row + 1
        sheet.cell(last, headers["No. Permintaan"]).value = "P-3"
        sheet.cell(last, headers["Keputusan"]).value = "Batal"

    found = edited(schedule, settle)
    assert not [each for each in found if each.is_error]
    assert standings(schedule)["P-3"] is Standing.CANCELLED
    assert standings(schedule)["P-4"] is Standing.LOCKED


def test_the_deleted_row_of_a_locked_visit_leaves_it_as_it_is(tmp_path: Path) -> None:
    first, _ = scheduled(tmp_path, ROWS)
    assert not decided(first)
    second, _ = scheduled(tmp_path, [*ROWS, full_row("P-9")], RUN_DATE)
    found = edited(second, without("Jadwal", "P-3"))
    assert codes(found) == [("K19", "P-3")]
    assert "kunjungan yang terkunci itu tetap" in found[0].problem
    assert standings(second)["P-3"] is Standing.LOCKED
    assert standings(second)["P-9"] is Standing.LOCKED


@pytest.mark.parametrize(
    ("sheet", "number", "said"),
    [("Antrean", "P-7", "tetap menunggu"), ("Dikembalikan", "P-8", "jadwal tidak berubah"),
     ("Prioritas", "P-2", "jadwal tidak berubah")],
)  # fmt: skip
def test_a_row_deleted_elsewhere_is_told_once(
    schedule: Path, sheet: str, number: str, said: str
) -> None:
    found = edited(schedule, without(sheet, number))
    assert codes(found) == [("K19", number)]
    assert said in found[0].problem
    assert standings(schedule)["P-7"] is Standing.WAITING


def test_a_row_deleted_in_zona_antara_is_told_once(tmp_path: Path) -> None:
    schedule, _ = scheduled(tmp_path, EIGHT_APART, tim=NARROW)
    assert "E-1" in on_sheet(schedule, "Zona Antara")
    assert codes(edited(schedule, without("Zona Antara", "E-1"))) == [("K19", "E-1")]


def test_sorting_and_moving_rows_is_no_change(schedule: Path) -> None:
    def turn(book: Workbook) -> None:
        sheet = book["Jadwal"]
        last = max(line(sheet, f"P-{number}") for number in range(2, 7))
        rows = [[cell.value for cell in sheet[at]] for at in range(2, last + 1)]
        for at, cells in enumerate(reversed(rows), start=2):
            for column, value in enumerate(cells, start=1):
                sheet.cell(at, column).value = value

    assert not edited(schedule, turn)
    assert standings(schedule)["P-6"] is Standing.LOCKED


def test_a_request_typed_into_jadwal_is_not_taken_for_scheduled(schedule: Path) -> None:
    def add(book: Workbook) -> None:
        sheet = book["Jadwal"]
        sheet.cell(sheet.max_row + 1, columns(sheet)["No. Permintaan"]).value = "P-99"

    assert codes(edited(schedule, add)) == [("K21", "P-99")]
    assert "P-99" not in standings(schedule)


def test_the_same_row_twice_is_no_change(schedule: Path) -> None:
    def copy(book: Workbook) -> None:
        sheet = book["Jadwal"]
        values = [cell.value for cell in sheet[line(sheet, "P-2")]]
        for column, value in enumerate(values, start=1):
            sheet.cell(sheet.max_row + (column == 1), column).value = value

    assert not edited(schedule, copy)


def test_a_deleted_column_is_one_sentence(schedule: Path) -> None:
    def delete(book: Workbook) -> None:
        book["Jadwal"].delete_cols(columns(book["Jadwal"])["Wilayah"])

    found = edited(schedule, delete)
    assert codes(found) == [("K09", "kolom tidak ada")]
    assert "Wilayah" in found[0].problem
    assert standings(schedule)["P-2"] is Standing.LOCKED


@pytest.mark.parametrize("header", ["Keputusan", "Catatan"])
def test_a_column_of_decisions_that_is_gone_is_refused(schedule: Path, header: str) -> None:
    def delete(book: Workbook) -> None:
        book["Jadwal"].delete_cols(columns(book["Jadwal"])[header])

    assert codes(edited(schedule, delete)) == [("K20", header)]
    assert not standings(schedule)


def test_a_row_deleted_on_a_page_is_not_told_of_all_rows_below(schedule: Path) -> None:
    found = edited(schedule, lambda book: book["Beban Tim"].delete_rows(3))
    assert codes(found) == [("K09", "baris tidak ada")]
