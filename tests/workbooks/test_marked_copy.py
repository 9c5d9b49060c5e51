"""The annotated copy: the staff's own workbook, every faulty cell coloured and commented."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from labkesmas_batch import findings
from labkesmas_batch.errors import NotCopiedError
from labkesmas_batch.findings import Finding, FindingKind
from labkesmas_batch.workbooks.marked_copy import annotate
from tests.support.builders import Formula, row, write_intake, write_reference
from tests.support.dump import EXAMPLE, EXAMPLE_DATE, call

STAMP = datetime(2026, 6, 1)
DAY = ("--date", "2026-06-01")


def found(kind: FindingKind, cell: str, sheet: str = "Permintaan") -> Finding:
    """A finding at a cell of the first 26 columns, '' for one about the whole sheet."""
    column, at = (ord(cell[0]) - 64, int(cell[1:])) if cell else (0, 0)
    return findings.finding(
        kind,
        file="permintaan.xlsx",
        sheet=sheet,
        row=at,
        column=column,
        header="Wilayah",
        value="Batm",
        hint=" Maksud Anda “Batam”?",
        words="Air Minum",
    )


def marked(sheet: Worksheet) -> list[str]:
    return [cell.coordinate for line in sheet.iter_rows() for cell in line if cell.comment]


def coloured(cell: Cell) -> object:
    """The colour of a filled cell, None without one."""
    return cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_intake(tmp_path / "permintaan.xlsx", [row("P-1", wilayah="Batm"), row("P-2")])


def copy_of(source: Path, *here: Finding) -> Workbook:
    target = source.with_name("salinan.xlsx")
    target.write_bytes(annotate(source, here, STAMP))
    return load_workbook(target)


def test_an_error_is_filled_and_its_comment_says_what_is_wrong_and_how_to_mend_it(source: Path):
    sheet = copy_of(source, found(findings.UNKNOWN_CHOICE, "J2"))["Permintaan"]
    assert marked(sheet) == ["J2"]
    assert coloured(sheet["J2"]) is not None
    assert sheet["J2"].comment.text == (
        "Galat S10: Wilayah “Batm” tidak dikenal. Maksud Anda “Batam”?\n"
        "Perbaikan: Pilih salah satu dari daftar; nama yang memang baru ditambahkan dahulu di "
        "acuan.xlsx."
    )
    assert sheet["J2"].value == "Batm"
    assert coloured(sheet["J3"]) is None


def test_a_warning_has_another_colour_than_an_error(source: Path):
    sheet = copy_of(
        source, found(findings.UNKNOWN_PARAMETER, "L2"), found(findings.UNKNOWN_CHOICE, "J2")
    )["Permintaan"]
    assert None is not coloured(sheet["L2"]) != coloured(sheet["J2"]) is not None
    assert sheet["L2"].comment.text.startswith("Peringatan S11: ")


def test_several_findings_of_one_cell_share_a_comment_and_the_graver_colour(source: Path):
    sheet = copy_of(
        source,
        found(findings.UNKNOWN_PARAMETER, "J2"),
        found(findings.UNKNOWN_CHOICE, "J2"),
        found(findings.UNKNOWN_CHOICE, "K2"),
    )["Permintaan"]
    assert [word in sheet["J2"].comment.text for word in ("S11", "S10")] == [True, True]
    assert coloured(sheet["J2"]) == coloured(sheet["K2"])


def test_a_blank_cell_can_be_marked(source: Path):
    sheet = copy_of(source, found(findings.BLANK, "N3"))["Permintaan"]
    assert sheet["N3"].value is None
    assert coloured(sheet["N3"]) is not None


def test_a_finding_without_a_cell_marks_nothing(source: Path):
    assert marked(copy_of(source, found(findings.NO_ROWS, ""))["Permintaan"]) == []


def test_the_staffs_own_comment_stays_in_front(source: Path):
    book = load_workbook(source)
    book["Permintaan"]["J2"].comment = Comment("Tanya Bu Rina dahulu", "Petugas")
    book.save(source)
    said = copy_of(source, found(findings.UNKNOWN_CHOICE, "J2"))["Permintaan"]["J2"].comment.text
    assert said.startswith("Tanya Bu Rina dahulu\n\nGalat S10")


def test_every_faulty_cell_of_the_example_week_is_marked_and_no_other(tmp_path: Path):
    answer = call("check", EXAMPLE, "--date", EXAMPLE_DATE, "--output", tmp_path, "--json")
    faulty = {finding["sel"] for finding in answer.record["findings"]} - {""}
    sheet = load_workbook(tmp_path / "contoh-permintaan-diperiksa.xlsx")["Permintaan"]
    headers = {cell.coordinate for cell in sheet[1]}
    assert set(marked(sheet)) - headers == faulty
    assert len(faulty) > 5


def test_a_fault_under_a_merged_cell_is_marked_where_people_see_it(tmp_path: Path):
    source = write_intake(tmp_path / "permintaan.xlsx", [row("P-1"), row("P-2", wilayah=None)])
    book = load_workbook(source)
    book["Permintaan"].merge_cells("J2:J3")
    book.save(source)
    write_reference(tmp_path / "acuan.xlsx")
    answer = call("check", source, "--json", *DAY)
    assert [finding["sel"] for finding in answer.record["findings"]] == ["J3"]
    sheet = load_workbook(tmp_path / "permintaan-diperiksa.xlsx")["Permintaan"]
    assert marked(sheet) == ["J2"]


@pytest.fixture
def furnished(tmp_path: Path) -> Path:
    """A workbook as staff keep it: notes, widths, dropdowns, hidden columns, formulas, links."""
    source = write_intake(
        tmp_path / "permintaan.xlsx",
        [row("P-1", wilayah="Batm", keterangan="=1+1", jumlah_contoh_uji=Formula("=1+1"))],
        others={"Catatan": [["Telepon Pak Budi"], [3.5], [date(2026, 5, 4)]], "Rahasia": [["x"]]},
    )
    book = load_workbook(source)
    sheet = book["Permintaan"]
    sheet.column_dimensions["D"].width = 41.5
    sheet.column_dimensions["H"].hidden = True
    sheet.row_dimensions[2].height = 33
    sheet.freeze_panes = "B2"
    sheet["D2"].number_format = "@"
    sheet["D2"].hyperlink = "https://contoh.example"
    choice = DataValidation("list", formula1='"Internal,Eksternal"', sqref="C2:C50")
    sheet.add_data_validation(choice)
    book["Rahasia"].sheet_state = "hidden"
    book.save(source)
    return source


def test_sheets_widths_dropdowns_and_values_are_kept(furnished: Path):
    before, after = load_workbook(furnished), copy_of(furnished, found(findings.BLANK, "J2"))
    assert before.sheetnames == ["Permintaan", "Catatan", "Rahasia"]
    assert after.sheetnames == [*before.sheetnames, "Temuan"]
    assert after["Rahasia"].sheet_state == "hidden"
    for name in before.sheetnames:
        old, new = list(before[name].values), list(after[name].values)
        assert new == old
    sheet = after["Permintaan"]
    assert sheet.column_dimensions["D"].width == 41.5
    assert sheet.column_dimensions["H"].hidden
    assert sheet.row_dimensions[2].height == 33
    assert sheet.freeze_panes == "B2"
    assert sheet["D2"].hyperlink.target == "https://contoh.example"
    (validation,) = sheet.data_validations.dataValidation
    assert (validation.formula1, str(validation.sqref)) == ('"Internal,Eksternal"', "C2:C50")


def test_text_that_looks_like_a_formula_stays_text_and_a_formula_stays_a_formula(furnished: Path):
    sheet = copy_of(furnished, found(findings.BLANK, "J2"))["Permintaan"]
    assert (sheet["Q2"].value, sheet["Q2"].data_type) == ("=1+1", "s")
    assert (sheet["M2"].value, sheet["M2"].data_type) == ("=1+1", "f")


def test_the_templates_dropdowns_and_header_comments_are_kept(tmp_path: Path):
    call("check", EXAMPLE, "--date", EXAMPLE_DATE, "--output", tmp_path)
    before, after = load_workbook(EXAMPLE), load_workbook(next(tmp_path.iterdir()))
    assert after.sheetnames == [*before.sheetnames, "Temuan"]
    assert after["Daftar"].sheet_state == "hidden"
    assert dict(after.defined_names).keys() == dict(before.defined_names).keys()

    def shape(book: Workbook) -> list[object]:
        sheet = book["Permintaan"]
        validations = sorted(
            (str(each.sqref), str(each.type), each.formula1 or "")
            for each in sheet.data_validations.dataValidation
        )
        comments = [cell.comment.text for cell in sheet[1]]
        return [validations, comments, {k: v.width for k, v in sheet.column_dimensions.items()}]

    assert shape(after) == shape(before)
    assert len(shape(before)[0]) == 17


def test_the_original_is_only_read(furnished: Path):
    before = furnished.read_bytes()
    copy_of(furnished, found(findings.BLANK, "J2"))
    assert furnished.read_bytes() == before


def test_the_copy_can_be_mended_and_read_again(tmp_path: Path):
    write_intake(tmp_path / "permintaan.xlsx", [row("P-1", wilayah="Batm"), row("P-2")])
    write_reference(tmp_path / "acuan.xlsx")
    assert call("check", tmp_path / "permintaan.xlsx", *DAY).code == 1
    copy = tmp_path / "permintaan-diperiksa.xlsx"
    _mend(copy, "J2", "Batam")
    answer = call("check", copy, "--json", *DAY)
    assert (answer.code, answer.record["findings"]) == (0, [])
    assert answer.record["counts"]["baris"] == 2


def _mend(path: Path, cell: str, value: object) -> None:
    book = load_workbook(path)
    book["Permintaan"][cell].value = value
    book.save(path)


def _mend_one_of_two(folder: Path, comment: str = "") -> Worksheet:
    """Check, mend J2 in the copy, leave J3, check the copy; return the second copy's sheet."""
    source = write_intake(
        folder / "permintaan.xlsx", [row("P-1", wilayah="Batm"), row("P-2", wilayah="Btm")]
    )
    write_reference(folder / "acuan.xlsx")
    if comment:
        book = load_workbook(source)
        for cell in ("J2", "J3"):
            book["Permintaan"][cell].comment = Comment(comment, "Petugas")
        book.save(source)
    call("check", source, *DAY)
    copy = folder / "permintaan-diperiksa.xlsx"
    _mend(copy, "J2", "Batam")
    answer = call("check", copy, "--output", folder / "kedua", "--json", *DAY)
    return load_workbook(answer.record["files"]["diperiksa"][0])["Permintaan"]


def test_a_mended_cell_loses_its_mark_and_one_that_is_not_keeps_one(tmp_path: Path):
    sheet = _mend_one_of_two(tmp_path)
    assert marked(sheet) == ["J3"]
    assert (coloured(sheet["J2"]), coloured(sheet["J3"]) is None) == (None, False)
    assert sheet["J3"].comment.text.count("Galat S10") == 1


def test_the_staffs_own_comment_outlives_a_second_check(tmp_path: Path):
    sheet = _mend_one_of_two(tmp_path, "Tanya Bu Rina dahulu")
    assert sheet["J3"].comment.text.startswith("Tanya Bu Rina dahulu\n\nGalat S10")
    assert sheet["J2"].comment.text == "Tanya Bu Rina dahulu"


def test_the_same_input_gives_the_same_bytes_whatever_the_clock_says(source: Path):
    copies = []
    for name in ("satu.xlsx", "dua.xlsx"):
        marked = annotate(source, [found(findings.BLANK, "J2")], STAMP)
        source.with_name(name).write_bytes(marked)
        copies.append(source.with_name(name))
    assert copies[0].read_bytes() == copies[1].read_bytes()
    with zipfile.ZipFile(copies[0]) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert re.findall(r"<dcterms:modified[^>]*>([^<]*)<", core) == ["2026-06-01T00:00:00Z"]


def test_a_workbook_that_cannot_be_copied_is_named(source: Path):
    source.write_bytes(b"PK\x03\x04 rusak")
    with pytest.raises(NotCopiedError, match=r"permintaan\.xlsx"):
        annotate(source, [found(findings.BLANK, "J2")], STAMP)


def test_a_workbook_that_cannot_be_copied_is_checked_all_the_same(tmp_path: Path):
    source = write_intake(tmp_path / "permintaan.xlsx", [row("P-1", wilayah="Batm")])
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(source, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b'"gray125"', b'"entah"'))
    answer = call("check", source, *DAY)
    assert answer.code == 1
    assert "Salinan bertanda dari permintaan.xlsx tidak dapat dibuat" in answer.out
    assert "Galat S10" in answer.out
    assert ".sementara" not in answer.out + answer.err
