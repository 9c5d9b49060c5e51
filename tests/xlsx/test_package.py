"""The look inside the .xlsx package: far cells, error cells, formulas without a value, damage."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from labkesmas_batch.errors import InputError
from labkesmas_batch.xlsx import extent, package
from labkesmas_batch.xlsx.package import Package
from tests.support import builders
from tests.support.builders import Error, Formula, row, write_intake
from tests.support.dump import ROOT

Spelling = Callable[[str], str]
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PARTS = {
    "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{RELATIONS}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
    '<sheet name="A &amp; B" sheetId="1" r:id="r1"/></sheets></workbook>',
}


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def scan(rows: str, spelling: Spelling = str) -> package.SheetScan:
    """Scan a hand-made sheet with that XML as its rows."""
    sheet = spelling(f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>')
    return Package(zipped(PARTS | {"xl/worksheets/sheet1.xml": sheet}), "buku.xlsx").scan("A & B")


def assert_indonesian(error: pytest.ExceptionInfo[InputError], *names: str) -> None:
    message = str(error.value)
    assert message.endswith("."), message
    assert any(word in message for word in (" simpan ", " Salin ", " Hapus ")), message
    for name in names:
        assert name in message


def test_the_farthest_cell_of_all_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "jauh.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Permintaan")
        sheet.write("A1", "No. Permintaan")
        sheet.write("XFD1048576", "x")
    with pytest.raises(InputError) as error:
        Package(path.read_bytes(), path.name).scan("Permintaan")
    assert_indonesian(error, "jauh.xlsx", "Permintaan", "XFD")


@pytest.mark.parametrize(
    ("cell", "named"), [("Z1048576", "baris 1048576"), ("XFD2000", "kolom XFD")]
)
def test_the_message_names_the_row_or_the_column_that_is_far(cell: str, named: str) -> None:
    with pytest.raises(InputError) as error:
        scan(f'<row><c r="A1"><v>1</v></c></row><row><c r="{cell}"><v>1</v></c></row>')
    assert_indonesian(error, "buku.xlsx", "A & B", named)


def test_a_far_row_and_a_far_column_in_different_cells_span_the_same_rectangle() -> None:
    with pytest.raises(InputError):
        scan('<c r="XFD1"><v>1</v></c><c r="A1048576"><v>1</v></c>')


def test_a_far_cell_that_is_formatted_and_empty_does_not_matter() -> None:
    assert scan('<c r="A1"><v>1</v></c><c r="XFD1048576" s="3"/>') == package.SheetScan(
        {}, frozenset()
    )


def test_the_form_filled_to_the_last_row_of_excel_is_not_far() -> None:
    filled = "".join(f'<c r="A{at}"><v>1</v></c>' for at in range(1, 900_000))
    assert scan(filled + '<c r="Q1048576"><v>1</v></c>').errors == {}


@pytest.mark.parametrize(
    ("last", "named"), [("S1049000", "baris 1049000"), ("T1048576", "baris 1048576")]
)
def test_a_full_sheet_with_a_cell_too_far_is_refused(last: str, named: str) -> None:
    """The first row beyond Excel's last, and one column more than so many rows may have."""
    filled = "".join(f'<c r="A{at}"><v>1</v></c>' for at in range(1, 1_000_000))
    with pytest.raises(InputError, match=named):
        scan(f'{filled}<c r="{last}"><v>1</v></c>')


def test_a_sheet_that_is_all_but_empty_up_to_a_far_cell_is_refused() -> None:
    with pytest.raises(InputError, match="baris 1048576"):
        scan('<c r="A1"><v>1</v></c><c r="Q1048576"><v>1</v></c>')


def test_the_limit_counts_the_whole_rectangle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extent, "MOST_CELLS", 6)
    assert scan('<c r="C2"><v>1</v></c>').errors == {}
    for beyond in ("C3", "D2"):
        with pytest.raises(InputError):
            scan(f'<c r="{beyond}"><v>1</v></c>')


FAR = '<c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c>'
# All three are the same XML to a reader, and python-calamine reads all three.
SPELLINGS: dict[str, Spelling] = {
    "prefix": lambda xml: re.sub(r"<(/?)(\w)", r"<\1x:\2", xml).replace("xmlns=", "xmlns:x="),
    "single quotes": lambda xml: xml.replace('"', "'"),
    "line break": lambda xml: xml.replace("<c ", "<c\n"),
}


def test_a_cell_that_is_far_by_its_place_alone_is_found_behind_near_ones() -> None:
    """Cells without an address stand beside the one before, whatever stands in their tag."""
    near = "".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(1, 400))
    last = '<row r="199999">' + '<c\n s="1"><v>1</v></c>' * 40 + "</row>"
    with pytest.raises(InputError, match="baris 199999"):
        scan(near + last)


@pytest.mark.parametrize("cell", ["S299999", "A300000", "T1", "AA1", "a200000", "S0000002"])
def test_whether_a_sheet_is_measured_by_the_cell_or_not_it_is_taken(cell: str) -> None:
    found = scan(f'<c r="A1"><v>1</v></c><c r="{cell}" t="e"><v>#N/A</v></c>')
    assert list(found.errors.values()) == ["#N/A"]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_far_cell_is_found_however_its_xml_is_spelt(spelling: str) -> None:
    with pytest.raises(InputError):
        scan(FAR, SPELLINGS[spelling])


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_error_cell_is_found_however_its_xml_is_spelt(spelling: str) -> None:
    found = scan('<c r="B2" t="e"><v>#REF!</v></c>', SPELLINGS[spelling])
    assert found.errors == {(2, 1): "#REF!"}


def test_error_cells_are_found_with_their_place_and_text(tmp_path: Path) -> None:
    path = write_intake(
        tmp_path / "a.xlsx",
        [row(tanggal_usulan=Error("#REF!")), row(), row(wilayah=Error("#N/A"))],
        above=3,
    )
    found = Package(path.read_bytes(), path.name).scan("Permintaan")
    assert found.errors == {
        (5, builders.HEADERS.index("Tanggal Usulan")): "#REF!",
        (7, builders.HEADERS.index("Wilayah")): "#N/A",
    }
    assert found.uncalculated == frozenset()


def test_a_formula_that_ends_in_an_error_is_an_error_cell() -> None:
    found = scan('<c r="AB12" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
    assert found.errors == {(12, 27): "#DIV/0!"}
    assert found.uncalculated == frozenset()


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B3"><f>1+1</f></c>',
        '<c r="B3"><f>1+1</f><v></v></c>',
        '<c r="B3"><f>1+1</f><v/></c>',
        '<c r="B3"><f>1+1</f><v /></c>',
        '<c r="B3" s="4"> <f ca="1">TODAY()</f> </c>',
        '<c r="B3"><f t="shared" si="0"/></c>',
        '<c r="B3"><f t="array" ref="B3:B5">A1:A3</f></c>',
    ],
)
def test_formulas_without_a_saved_value_are_found(cell: str) -> None:
    assert scan(cell).uncalculated == {(3, 1)}


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B3"><f>1+1</f><v>2</v></c>',
        '<c r="B3"><f>1-1</f><v>0</v></c>',
        '<c r="B3" t="str"><f>A1</f><v>Batam</v></c>',
        '<c r="B3"><f t="shared" si="0"/><v>2</v></c>',
        '<c r="B3"><v>2</v></c>',
        '<c r="B3" s="1"/>',
        '<c r="B3" t="inlineStr"><is><t>=1+1</t></is></c>',
    ],
)
def test_cells_with_a_value_are_not_taken_for_formulas_without_one(cell: str) -> None:
    assert scan(cell) == package.SheetScan({}, frozenset())


def test_a_formula_whose_saved_result_is_the_empty_text_was_calculated() -> None:
    saved = '<c r="B3" t="str"><f>IF(A3="","",A3)</f><v></v></c>'
    assert scan(saved).uncalculated == frozenset()


MIXED = "".join(
    f'<row r="{at}"><c r="A{at}" t="e"><f t="shared" si="0"/><v>#N/A</v></c>'
    f'<c r="B{at}"><f>1+1</f><v/></c><c r="C{at}" s="1"/><c r="D{at}" t="s"><v>1</v></c></row>'
    for at in range(1, 40)
)


def test_a_sheet_of_many_cells_is_scanned_whole() -> None:
    assert set(scan(MIXED).errors) == {(at, 0) for at in range(1, 40)}
    assert scan(MIXED).uncalculated == {(at, 1) for at in range(1, 40)}


@pytest.mark.parametrize("size", [1, 7, 64])
def test_what_is_found_does_not_depend_on_where_the_pieces_are_cut(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = scan(MIXED)
    monkeypatch.setattr(package, "_CHUNK", size)
    assert scan(MIXED) == whole


def test_sheets_are_found_by_name_whoever_wrote_the_package(tmp_path: Path) -> None:
    path = write_intake(tmp_path / "a.xlsx", [row()], others={"Lain & lain": [["x"]]})
    assert set(Package(path.read_bytes(), path.name).parts) == {"Permintaan", "Lain & lain"}
    with xlsxwriter.Workbook(tmp_path / "b.xlsx") as book:
        book.add_worksheet("Permintaan")
    assert set(Package((tmp_path / "b.xlsx").read_bytes(), "b.xlsx").parts) == {"Permintaan"}


def test_a_package_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(PARTS | {"xl/worksheets/sheet1.xml": b" " * 1_000_000})
    Package(bomb, "bom.xlsx")
    monkeypatch.setattr(package, "MOST_BYTES", 1_000_000)
    with pytest.raises(InputError) as error:
        Package(bomb, "bom.xlsx")
    assert_indonesian(error, "bom.xlsx", "terlalu besar")


def test_a_list_of_sheets_that_unpacks_to_too_much_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(package, "_SMALL_PART", 100)
    with pytest.raises(InputError) as error:
        Package(zipped(PARTS), "bom.xlsx")
    assert_indonesian(error, "bom.xlsx")


ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({}, id="empty"),
        pytest.param({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, id="ods"),
        pytest.param({"_rels/.rels": PARTS["_rels/.rels"]}, id="no-workbook"),
        pytest.param(PARTS | {"xl/workbook.xml": b"\x80\x01\x02"}, id="xlsb"),
        pytest.param(PARTS | {"xl/workbook.xml": "<workbook><sheets>"}, id="cut-xml"),
        pytest.param(PARTS | {"_rels/.rels": ""}, id="empty-xml"),
        pytest.param(
            PARTS | {"xl/workbook.xml": ENTITIES + "<workbook>&b;</workbook>"}, id="entities"
        ),
        pytest.param(
            PARTS | {"xl/workbook.xml": EXTERNAL + "<workbook>&a;</workbook>"}, id="external"
        ),
    ],
)
def test_an_archive_that_is_no_workbook_is_refused(parts: dict[str, str | bytes]) -> None:
    with pytest.raises(InputError) as error:
        Package(zipped(parts), "lain.xlsx")
    assert_indonesian(error, "lain.xlsx")


def test_a_sheet_whose_part_is_missing_is_refused_by_name() -> None:
    with pytest.raises(InputError) as error:
        Package(zipped(PARTS), "buku.xlsx").scan("A & B")
    assert_indonesian(error, "buku.xlsx", "A & B")


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_refused(share: float, tmp_path: Path) -> None:
    data = write_intake(tmp_path / "a.xlsx", [row(n) for n in range(50)]).read_bytes()
    with pytest.raises(InputError) as error:
        Package(data[: int(len(data) * share)], "putus.xlsx")
    assert_indonesian(error, "putus.xlsx")


def damaged(data: bytes, part: str) -> bytes:
    """Return the archive with the packed content of one part overwritten."""
    info = zipfile.ZipFile(BytesIO(data)).getinfo(part)
    start = info.header_offset + 30 + len(part)
    return data[:start] + b"\xff" * info.compress_size + data[start + info.compress_size :]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_part_that_cannot_be_unpacked_is_refused(part: str, tmp_path: Path) -> None:
    data = write_intake(tmp_path / "a.xlsx", [row(n) for n in range(50)]).read_bytes()
    with pytest.raises(InputError) as error:
        Package(damaged(data, part), "rusak.xlsx").scan("Permintaan")
    assert_indonesian(error, "rusak.xlsx")


def test_a_formula_in_the_form_is_found_at_its_place(tmp_path: Path) -> None:
    path = write_intake(tmp_path / "a.xlsx", [row(), row(jumlah_contoh_uji=Formula("=1+1"))])
    found = Package(path.read_bytes(), path.name).scan("Permintaan")
    assert found.uncalculated == {(3, builders.HEADERS.index("Jumlah Contoh Uji"))}


MANY = 200_000


@pytest.mark.parametrize(
    "cell",
    [
        "<c " + 'r="A1" ' * MANY + "/>",
        "<c " + 'r="A1" ' * MANY + "<",
        '<c t="e" ' + 'r="A1" ' * MANY + "<",
        '<c t="e" r="A1">' + " " * MANY + "</c>",
        "<c " + 'r="A1" ' * MANY + "><f/></x>",
        '<c r="A1"><f/>' + " " * MANY + "</x>",
        "<c " + 't = "n" ' * MANY + 'r="A1"><f/></x>',
        '<row hidden="1" ' + "r=1 " * MANY + ">",
        "<c" + " " * MANY + "<",
        "<" + "c" * MANY,
        "=" * MANY,
        '="' * MANY,
        '="a>' * MANY,
    ],
    ids=lambda cell: cell[:24],
)
def test_a_sheet_that_repeats_itself_is_scanned_in_one_pass(cell: str) -> None:
    """Patterns that went back over what they had read took hours; the limit only ends a hang."""
    script = (
        "import sys; from tests.xlsx.test_package import scan\n"
        "from labkesmas_batch.errors import InputError\n"
        "try:\n    scan(sys.stdin.read())\nexcept InputError:\n    pass\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=cell, cwd=ROOT, text=True, timeout=60, check=False
    )
    assert done.returncode == 0
