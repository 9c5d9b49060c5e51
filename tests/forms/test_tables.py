"""Workbooks on disk: what is read, where it stood, and how a file that is none is refused."""

from __future__ import annotations

import hashlib
import random
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart

from labkesmas_batch.errors import InputError
from labkesmas_batch.forms import schema, template
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.forms.tables import WorkbookReader
from labkesmas_batch.xlsx import package
from tests.support import builders
from tests.support.builders import HEADERS, Error, Formula, row, write_intake


def read(path: Path) -> RawTable:
    return WorkbookReader(path).table_anywhere(schema.REQUESTS)


def cell(table: RawTable, at: int, header: str) -> object:
    return table.rows[at].cells[HEADERS.index(header)]


def refused(path: Path) -> str:
    """Return the message with which the file is refused: Indonesian, and it says what to do."""
    with pytest.raises(InputError) as error:
        read(path)
    message = str(error.value)
    assert path.name in message
    assert message.endswith(".")
    assert re.search(r"\b(Buka|Simpan|Salin|Hapus|Perbaiki|Pakai|Periksa|Tutup|Beri) ", message)
    return message


@pytest.mark.parametrize("above", [0, 1, 7, 19])
def test_the_header_is_found_in_any_of_the_first_twenty_rows(above: int, tmp_path: Path) -> None:
    table = read(write_intake(tmp_path / "a.xlsx", [row("P-1"), row("P-2")], above=above))
    assert table.header_row == above + 1
    assert [each.number for each in table.rows] == [above + 2, above + 3]
    assert cell(table, 1, "No. Permintaan") == "P-2"


def test_a_header_in_row_21_is_not_looked_for(tmp_path: Path) -> None:
    message = refused(write_intake(tmp_path / "a.xlsx", [row()], above=20))
    assert "20 baris pertama" in message
    assert "No. Permintaan" in message


@pytest.mark.parametrize("seed", range(5))
def test_the_headers_may_stand_in_any_order(seed: int, tmp_path: Path) -> None:
    headers = random.Random(seed).sample(HEADERS, len(HEADERS))
    filled = {header: f"isi {header}" for header in HEADERS}
    table = read(write_intake(tmp_path / "a.xlsx", [filled], headers))
    assert table.rows[0].cells == tuple(f"isi {header}" for header in HEADERS)
    assert table.columns == {header: headers.index(header) for header in HEADERS}


@pytest.mark.parametrize(
    "spelling",
    ["NAMA CUSTOMER", "nama customer", " Nama  Customer ", "Nama\nCustomer", "Nama \r\n Customer",
     "Nama\u00a0Customer", "Nama Customer *", "Nama Customer:", "*Nama Customer*"],
)  # fmt: skip
def test_case_spaces_and_line_breaks_in_a_header_do_not_matter(
    spelling: str, tmp_path: Path
) -> None:
    headers = [spelling if header == "Nama Customer" else header for header in HEADERS]
    values = [row().get(header) for header in HEADERS]
    table = read(write_intake(tmp_path / "a.xlsx", [values], headers))
    assert cell(table, 0, "Nama Customer") == "Puskesmas P-1"
    assert table.surplus == ()


@pytest.mark.parametrize("spelling", ["No.Permintaan", "No . Permintaan"])
def test_a_header_without_its_spaces_is_the_same_header(spelling: str, tmp_path: Path) -> None:
    values = [row().get(header) for header in HEADERS]
    table = read(write_intake(tmp_path / "a.xlsx", [values], [spelling, *HEADERS[1:]]))
    assert table.columns["No. Permintaan"] == 0


def test_of_two_header_rows_the_first_counts(tmp_path: Path) -> None:
    again = dict(zip(HEADERS, HEADERS, strict=True))
    table = read(write_intake(tmp_path / "a.xlsx", [row("P-1"), again, row("P-2")]))
    assert table.header_row == 1
    assert [each.cells[0] for each in table.rows] == ["P-1", "No. Permintaan", "P-2"]


def test_a_title_that_is_a_header_by_chance_is_not_the_header_row(tmp_path: Path) -> None:
    path = write_intake(tmp_path / "a.xlsx", [row()], above=3)
    book = load_workbook(path)
    book["Permintaan"]["A1"], book["Permintaan"]["B1"] = "Wilayah", "Keterangan"
    book.save(path)
    assert read(path).header_row == 4


def test_the_table_may_begin_in_any_column(tmp_path: Path) -> None:
    values = [None, None, *(row().get(header) for header in HEADERS)]
    table = read(write_intake(tmp_path / "a.xlsx", [values], [None, None, *HEADERS], above=2))
    assert table.columns["No. Permintaan"] == 2
    assert cell(table, 0, "No. Permintaan") == "P-1"


def test_an_optional_column_may_be_missing(tmp_path: Path) -> None:
    headers = [header for header in HEADERS if header != "Alamat"]
    table = read(write_intake(tmp_path / "a.xlsx", [row(keterangan="x")], headers))
    assert "Alamat" not in table.columns
    assert (cell(table, 0, "Alamat"), cell(table, 0, "Keterangan")) == (None, "x")


def test_surplus_columns_are_left_alone_and_named_with_their_place(tmp_path: Path) -> None:
    headers = ["Catatan  admin", *HEADERS, None, "Paraf"]
    table = read(write_intake(tmp_path / "a.xlsx", [row(Paraf="x")], headers))
    assert table.surplus == ((0, "Catatan admin"), (19, "Paraf"))
    assert len(table.rows[0].cells) == len(HEADERS)


@pytest.mark.parametrize(
    "header", [column.header for column in schema.REQUESTS.columns if column.required]
)
def test_a_missing_required_column_is_refused_by_name(header: str, tmp_path: Path) -> None:
    headers = [each for each in HEADERS if each != header]
    message = refused(write_intake(tmp_path / "a.xlsx", [row()], headers))
    assert header in message
    assert sum(other in message for other in headers) == 0


def test_a_near_miss_of_a_missing_required_column_is_suggested(tmp_path: Path) -> None:
    headers = ["Wilayahh" if header == "Wilayah" else header for header in HEADERS]
    message = refused(write_intake(tmp_path / "a.xlsx", [row()], headers, above=2))
    assert "Wilayah (tertulis “Wilayahh”?)" in message
    assert "baris 3" in message


@pytest.mark.parametrize("header", ["Wilayah", "Keterangan"])
def test_a_doubled_header_is_refused_with_both_cells(header: str, tmp_path: Path) -> None:
    headers = [*HEADERS, f" {header.upper()}\n"]
    message = refused(write_intake(tmp_path / "a.xlsx", [row()], headers, above=4))
    first = {"Wilayah": "J5", "Keterangan": "Q5"}[header]
    assert header in message
    assert "R5" in message
    assert first in message


@pytest.mark.parametrize("name", ["Sheet1", "Data Juni", "Wilayah"])
def test_a_form_saved_under_another_sheet_name_is_read_by_its_headers(
    name: str, tmp_path: Path
) -> None:
    others = {"Catatan": [["apa saja"]], "Wilayah 2": [["Wilayah"], ["Batam"]]}
    table = read(write_intake(tmp_path / "a.xlsx", [row()], sheet=name, others=others))
    assert (table.sheet, len(table.rows)) == (name, 1)


def test_a_form_of_the_required_columns_only_is_read_by_its_headers(tmp_path: Path) -> None:
    headers = [column.header for column in schema.REQUESTS.columns if column.required]
    table = read(write_intake(tmp_path / "a.xlsx", [row()], headers, sheet="Data"))
    assert (cell(table, 0, "No. Permintaan"), cell(table, 0, "Jumlah Contoh Uji")) == ("P-1", 2)
    assert cell(table, 0, "Keterangan") is None


@pytest.mark.parametrize("headers", [["Jabatan"], ["NIP", "Jabatan"], ["Paraf", "Jabatan", "NIP"]])
def test_a_sheet_with_few_of_its_columns_is_read(headers: list[str], tmp_path: Path) -> None:
    path = write_intake(
        tmp_path / "a.xlsx", [{"Jabatan": "Kepala", "NIP": "1"}], headers, sheet="Pejabat"
    )
    table = WorkbookReader(path).table(schema.REFERENCE.sheet("Pejabat"))
    assert table is not None
    assert table.rows[0].cells == ("Kepala", None, "1" if "NIP" in headers else None)


@pytest.mark.parametrize("name", ["PERMINTAAN", "permintaan", " Permintaan "])
def test_the_sheet_name_is_known_in_any_case(name: str, tmp_path: Path) -> None:
    others = {"Salinan": [HEADERS, list(row().values())]}
    assert read(write_intake(tmp_path / "a.xlsx", [row()], sheet=name, others=others)).sheet == name


def test_two_sheets_that_could_be_the_form_are_refused_by_name(tmp_path: Path) -> None:
    others = {"Juli": [HEADERS]}
    message = refused(write_intake(tmp_path / "a.xlsx", [row()], sheet="Juni", others=others))
    assert "Juni dan Juli" in message


def test_a_workbook_without_the_form_is_refused(tmp_path: Path) -> None:
    message = refused(write_intake(tmp_path / "a.xlsx", [["x"]], ["Nama", "Umur"], sheet="Data"))
    assert "labkesmas-batch template" in message


def test_a_schedule_that_the_program_wrote_is_no_form(tmp_path: Path) -> None:
    others: dict[str, list[list[object]]] = {"Jejak": [[*HEADERS]]}
    path = write_intake(tmp_path / "jadwal.xlsx", [row()], sheet="Jadwal", others=others)
    with pytest.raises(InputError, match=r"jadwal\.xlsx: ini jadwal yang ditulis program"):
        read(path)


def test_an_empty_sheet_of_the_right_name_is_refused(tmp_path: Path) -> None:
    assert "judul kolom tidak ditemukan" in refused(write_intake(tmp_path / "a.xlsx", [], []))


def test_a_chart_sheet_does_not_stand_in_the_way(tmp_path: Path) -> None:
    path = write_intake(tmp_path / "a.xlsx", [row()], sheet="Data")
    book = load_workbook(path)
    book.create_chartsheet("Grafik", 0).add_chart(BarChart())
    book.save(path)
    assert read(path).sheet == "Data"


def test_a_sheet_that_the_workbook_lacks_is_none(tmp_path: Path) -> None:
    book = WorkbookReader(write_intake(tmp_path / "a.xlsx", [row()]))
    assert book.table(schema.REFERENCE.sheet("Tim Cuti")) is None


def test_blank_rows_are_skipped_and_do_not_shift_row_numbers(tmp_path: Path) -> None:
    blank: dict[str, object] = {"Nama Customer": "  ", "Keterangan": "\u00a0\n"}
    rows = [{}, row("P-1"), blank, {}, row("P-2"), {}]
    table = read(write_intake(tmp_path / "a.xlsx", rows, above=1))
    assert [(each.number, each.cells[0]) for each in table.rows] == [(4, "P-1"), (7, "P-2")]


def test_a_form_without_rows_has_none(tmp_path: Path) -> None:
    assert read(write_intake(tmp_path / "a.xlsx", [])).rows == ()


def test_a_row_that_has_one_cell_only_is_a_row(tmp_path: Path) -> None:
    table = read(write_intake(tmp_path / "a.xlsx", [{"Keterangan": "x"}, {"Wilayah": 0}]))
    assert [each.number for each in table.rows] == [2, 3]


def test_what_stands_in_a_surplus_column_only_is_no_row(tmp_path: Path) -> None:
    path = write_intake(tmp_path / "a.xlsx", [row(), {"Paraf": "x"}], [*HEADERS, "Paraf"])
    assert [each.number for each in read(path).rows] == [2]


def test_an_error_in_a_surplus_column_only_is_no_row(tmp_path: Path) -> None:
    path = write_intake(tmp_path / "a.xlsx", [row(), {"Bantu": Error("#N/A")}], [*HEADERS, "Bantu"])
    assert [each.number for each in read(path).rows] == [2]


def test_a_row_that_shows_nothing_but_an_error_is_a_row(tmp_path: Path) -> None:
    table = read(write_intake(tmp_path / "a.xlsx", [row(), {"Wilayah": Error("#N/A")}]))
    assert [each.number for each in table.rows] == [2, 3]
    assert table.errors == {(3, HEADERS.index("Wilayah")): "#N/A"}


def test_a_row_of_formulas_without_a_saved_value_is_a_row(tmp_path: Path) -> None:
    formulas = {header: Formula("=A1") for header in HEADERS}
    table = read(write_intake(tmp_path / "a.xlsx", [row(), formulas, row()]))
    assert [each.number for each in table.rows] == [2, 3, 4]


def test_a_last_row_of_formulas_without_a_saved_value_is_a_row(tmp_path: Path) -> None:
    formulas = {header: Formula("=A1") for header in HEADERS}
    table = read(write_intake(tmp_path / "a.xlsx", [row(), formulas]))
    assert [each.number for each in table.rows] == [2, 3]


def test_errors_and_formulas_outside_the_table_are_not_reported(tmp_path: Path) -> None:
    rows = [row(Bantu=Error("#N/A"), Hitung=Formula("=1+1"))]
    table = read(write_intake(tmp_path / "a.xlsx", rows, [*HEADERS, "Bantu", "Hitung"]))
    assert (table.errors, table.uncalculated) == ({}, frozenset())


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x","y")', "+62 812", "-", "@admin", "=1+1", "'x", "#REF!", "{x}"]
)
def test_text_that_begins_like_a_formula_comes_in_as_that_text(text: str, tmp_path: Path) -> None:
    table = read(write_intake(tmp_path / "a.xlsx", [row(nama_customer=text)]))
    assert cell(table, 0, "Nama Customer") == text
    assert (table.errors, table.uncalculated) == ({}, frozenset())


def test_a_telephone_number_typed_as_text_keeps_its_zero(tmp_path: Path) -> None:
    table = read(write_intake(tmp_path / "a.xlsx", [row(telepon="081200000001")]))
    assert cell(table, 0, "Telepon") == "081200000001"


def test_date_cells_come_in_as_dates_with_their_time_of_day(tmp_path: Path) -> None:
    moments = [datetime(2026, 5, 4, 9, 30), datetime(2026, 5, 4, 23, 59, 59), date(2026, 5, 4)]
    table = read(write_intake(tmp_path / "a.xlsx", [row(tanggal_permintaan=m) for m in moments]))
    assert [cell(table, at, "Tanggal Permintaan") for at in range(3)] == moments


def test_a_formula_with_a_saved_value_is_that_value(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Permintaan")
        sheet.write_row(0, 0, HEADERS)
        sheet.write(1, 0, "P-1")
        sheet.write_formula(1, HEADERS.index("Jumlah Contoh Uji"), "=1+2", None, 3)
        sheet.write_formula(1, HEADERS.index("Wilayah"), '="Ba"&"tam"', None, "Batam")
        sheet.write_formula(1, HEADERS.index("Keterangan"), "=1/0", None, "#DIV/0!")
    table = read(tmp_path / "a.xlsx")
    assert cell(table, 0, "Jumlah Contoh Uji") == 3
    assert cell(table, 0, "Wilayah") == "Batam"
    assert table.errors == {(2, HEADERS.index("Keterangan")): "#DIV/0!"}
    assert table.uncalculated == frozenset()


def test_a_formula_without_a_saved_value_is_told_from_a_blank_cell(tmp_path: Path) -> None:
    table = read(write_intake(tmp_path / "a.xlsx", [row(tanggal_usulan=Formula("=TODAY()"))]))
    assert table.uncalculated == {(2, HEADERS.index("Tanggal Usulan"))}


def test_the_source_knows_name_checksum_and_template_of_the_workbook(tmp_path: Path) -> None:
    mark = [["labkesmas-permintaan", 1]]
    path = write_intake(tmp_path / "a.xlsx", [row()], others={schema.LIST_SHEET: mark})
    data = path.read_bytes()
    source = WorkbookReader(path).source
    assert (source.path, source.name, source.template) == (path, "a.xlsx", "labkesmas-permintaan/1")
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert path.read_bytes() == data
    assert WorkbookReader(path, "folder/a.xlsx").name == "folder/a.xlsx"


@pytest.mark.parametrize("others", [{}, {"Daftar": []}, {"Daftar": [["Batam", 1]]}])
def test_a_workbook_that_lost_its_template_mark_is_read_all_the_same(
    others: dict[str, list[list[object]]], tmp_path: Path
) -> None:
    path = write_intake(tmp_path / "a.xlsx", [row()], others=others)
    assert WorkbookReader(path).source.template == ""
    assert len(read(path).rows) == 1


def test_our_own_template_is_read_with_its_mark_and_its_example_row(tmp_path: Path) -> None:
    path = tmp_path / "permintaan.xlsx"
    names = {"Wilayah": ("Batam",), "Jenis Contoh Uji": ("Air Minum",)}
    template.write_intake(path, names, None, builders.RUN_DATE)
    table = read(path)
    assert WorkbookReader(path).source.template == "labkesmas-permintaan/1"
    assert tuple(table.columns) == HEADERS
    assert [each.cells[0] for each in table.rows] == [schema.EXAMPLE_NUMBER]


OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("terkunci.xlsx", OLE + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
        ("lama.xls", OLE + b"\0" * 500, ".xls"),
        ("data.csv", b"No. Permintaan;Wilayah\nP-1;Batam\n", "bukan buku kerja Excel"),
        ("kosong.xlsx", b"", "berkas kosong"),
        ("surat.pdf", b"%PDF-1.7", "bukan buku kerja Excel"),
        ("laman.xls", b"<html><table></table></html>", "bukan buku kerja Excel"),
        ("arsip.xlsx", b"PK\x03\x04" + b"\0" * 99, "rusak"),
    ],
)
def test_a_file_that_is_no_xlsx_workbook_is_refused_with_what_to_do(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert said in refused(path)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95])
def test_a_truncated_workbook_is_refused(share: float, tmp_path: Path) -> None:
    path = write_intake(tmp_path / "putus.xlsx", [row(n) for n in range(30)])
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert "rusak" in refused(path)


def test_a_missing_file_is_refused_by_its_path(tmp_path: Path) -> None:
    assert "tidak ditemukan" in refused(tmp_path / "tidak-ada.xlsx")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    refused(tmp_path)


def test_a_far_cell_in_the_form_is_refused(tmp_path: Path) -> None:
    path = write_intake(tmp_path / "jauh.xlsx", [row()])
    book = load_workbook(path)
    book["Permintaan"]["XFD1048576"] = "x"
    book.save(path)
    assert "jauh sekali" in refused(path)


def test_a_far_cell_is_refused_in_a_sheet_that_may_be_the_form(tmp_path: Path) -> None:
    path = write_intake(tmp_path / "jauh.xlsx", [row()], sheet="Data")
    book = load_workbook(path)
    book.create_sheet("Lain")["XFD1048576"] = "x"
    book.save(path)
    assert "Lain" in refused(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_intake(tmp_path / "bom.xlsx", [row(n) for n in range(30)])
    monkeypatch.setattr(package, "MOST_BYTES", 1000)
    assert "terlalu besar" in refused(path)


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_a_part_whose_xml_stops_in_the_middle_is_refused(part: str, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Permintaan")
        for at in range(9):
            sheet.write_row(at, 0, HEADERS)
    cut = tmp_path / "putus.xlsx"
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(cut, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[: len(content) // 2] if name == part else content)
    assert "tidak terbaca" in refused(cut)


def test_another_sheets_trouble_is_not_the_forms(tmp_path: Path) -> None:
    far = [["jauh"], *[[]] * 200_000, [*[None] * 99, "sekali"]]
    path = write_intake(tmp_path / "a.xlsx", [row()], others={"Coretan": far})
    assert len(read(path).rows) == 1


def test_a_workbook_whose_only_sheet_is_in_trouble_says_what_the_trouble_is(tmp_path: Path) -> None:
    far = [["jauh"], *[[]] * 200_000, [*[None] * 99, "sekali"]]
    book = Workbook()
    for at, values in enumerate(far, start=1):
        for column, value in enumerate(values, start=1):
            if value:
                book.active.cell(at, column, value)
    book.save(tmp_path / "c.xlsx")
    with pytest.raises(InputError, match="jauh sekali dari tabel"):
        read(tmp_path / "c.xlsx")
