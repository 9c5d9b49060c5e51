# ruff: noqa: E501
"""Files made to do harm: each ends with findings or one message, within 1 GB.

Every file is checked in a process of its own with that much address space, so that what a reader
asks for beyond it fails here as it would harm there.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from tests.support.builders import HEADERS, row, write_intake, write_reference
from tests.support.dump import on_time

pytestmark = pytest.mark.slow

resource = pytest.importorskip("resource", reason="no limits on this system")

# A limit on memory, and on time only against a command that would never end.
HANGS_AFTER, SPACE = 300, 1024**3
HERE = Path(__file__).parent
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
_LIMITED = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2); "
    "sys.argv[:2] = ['labkesmas-batch']; from labkesmas_batch.cli.main import main; main()"
)
BAD = row("P-9", jenis_customer="Ekstrnal")  # something to mark in an annotated copy


@pytest.fixture(scope="module")
def acuan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reference(tmp_path_factory.mktemp("acuan") / "acuan.xlsx")


@pytest.fixture
def parts(tmp_path: Path) -> dict[str, bytes]:
    """A small valid workbook with one row that has an error, as its parts."""
    path = tmp_path / "baik.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        form = book.add_worksheet("Permintaan")
        form.write_row(0, 0, HEADERS)
        for at, cells in enumerate([row("P-1"), BAD], start=1):
            form.write_row(at, 0, [cells.get(header) for header in HEADERS])
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class Ended:
    """How a command ended: exit code and output."""

    def __init__(self, command: str, path: Path, acuan: Path) -> None:
        output = path.parent / "hasil"
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                _LIMITED,
                str(SPACE),
                command,
                str(path),
                "--output",
                output,
                "--reference",
                acuan,
                "--date",
                "2026-06-01",
            ],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=HANGS_AFTER,
            cwd=HERE.parent,
            check=False,
        )
        self.code, self.out, self.err = done.returncode, done.stdout, on_time(done.stderr)
        self.left = list(output.rglob("*")) if output.exists() else []


def survived(ended: Ended, *codes: int) -> None:
    said = ended.out + ended.err
    assert ended.code in codes, (ended.code, said[-1500:])
    assert "Traceback" not in said, said
    assert "panicked" not in said, said
    assert "di dalam program" not in said, said
    assert not [each for each in ended.left if ".sementara-" in each.name]
    if ended.code == 3:
        assert not ended.left
        assert not ended.out
        assert re.fullmatch(r"Galat: [^\n]+\n", ended.err), ended.err
    else:
        assert not ended.err, ended.err


def put(folder: Path, parts: dict[str, bytes], name: str = "jahat.xlsx") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def in_sheet(parts: dict[str, bytes], rows: str = "", after: str = "") -> dict[str, bytes]:
    """Put XML at the end of the sheet's rows, and after them."""
    old = parts[SHEET]
    assert old.count(b"</sheetData>") == 1
    return parts | {SHEET: old.replace(b"</sheetData>", f"{rows}</sheetData>{after}".encode())}


def bomb(root: str) -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE {root} [<!ENTITY l0 "ha ha ha ha ha">{levels}]>'.encode()


def with_doctype(content: bytes, doctype: bytes, entity: bytes) -> bytes:
    body = re.sub(rb"^<\?xml[^>]*\?>\s*", b"", content)
    return doctype + body.replace(b"P-1", entity).replace(
        b'name="Permintaan"', b'name="%s"' % entity
    )


@pytest.mark.parametrize("part", [SHEET, BOOK, "xl/sharedStrings.xml", "xl/media/image1.png"])
def test_a_zip_bomb(tmp_path: Path, acuan: Path, parts: dict[str, bytes], part: str) -> None:
    path = put(tmp_path, parts | {part: b" " * 300 * 1024**2})
    survived(Ended("check", path, acuan), 3)


def test_a_bomb_with_a_false_size_in_its_directory(
    tmp_path: Path, acuan: Path, parts: dict[str, bytes]
) -> None:
    size = 300 * 1024**2
    path = put(tmp_path, parts | {"xl/sharedStrings.xml": b" " * size})
    data = path.read_bytes().replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path.write_bytes(data)
    survived(Ended("check", path, acuan), 0, 1, 3)


FAR = {
    "at the end of the sheet": '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "beyond the last row": '<row r="99999999"><c r="A99999999"><v>1</v></c></row>',
    "beyond the last column": '<row r="9"><c r="ZZZZZZ9"><v>1</v></c></row>',
    "in small letters": '<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
    "in a row with a number, in cells without": '<row r="1048576">'
    + "<c/>" * 2000 + "<c><v>1</v></c></row>",
    "with its reference spelt in entities": '<row><c r="&#88;FD1048576"><v>1</v></c></row>',
    "with > in an attribute before": '<row><c cm=">" r="XFD1048576"><v>1</v></c></row>',
    "in a tag of many lines": '<row><c\n\tr = "XFD1048576"\n><v>1</v></c></row>',
    "without content": '<row r="1048576"><c r="XFD1048576"/></row>',
}  # fmt: skip


@pytest.mark.parametrize("where", FAR)
def test_a_far_cell(tmp_path: Path, acuan: Path, parts: dict[str, bytes], where: str) -> None:
    survived(Ended("check", put(tmp_path, in_sheet(parts, FAR[where])), acuan), 1, 3)


def test_a_sheet_that_claims_a_million_columns(
    tmp_path: Path, acuan: Path, parts: dict[str, bytes]
) -> None:
    sheet = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:AZZZZ1048576"', parts[SHEET])
    sheet = sheet.replace(
        b"<sheetData>", b'<cols><col min="1" max="1000000" width="9"/></cols><sheetData>'
    )
    survived(Ended("check", put(tmp_path, parts | {SHEET: sheet}), acuan), 1, 3)


def test_300_000_shared_strings(tmp_path: Path, acuan: Path, parts: dict[str, bytes]) -> None:
    strings = parts["xl/sharedStrings.xml"].replace(
        b"</sst>", b"".join(b"<si><t>teks %d</t></si>" % n for n in range(300_000)) + b"</sst>"
    )
    survived(Ended("check", put(tmp_path, parts | {"xl/sharedStrings.xml": strings}), acuan), 1)


def test_100_000_styled_blank_cells(tmp_path: Path, acuan: Path, parts: dict[str, bytes]) -> None:
    rows = "".join(
        f'<row r="{at}">' + "".join(f'<c r="{c}{at}" s="0"/>' for c in "ABCDEFGHIJ") + "</row>"
        for at in range(10, 10_010)
    )
    survived(Ended("check", put(tmp_path, in_sheet(parts, rows)), acuan), 1)


def test_the_most_cells_that_the_scan_lets_through(
    tmp_path: Path, acuan: Path, parts: dict[str, bytes]
) -> None:
    rows = (
        "".join(
            f'<row r="{at}">' + f'<c r="S{at}"><v>1</v></c>' + "</row>" for at in range(10, 400_000)
        )
        + '<row r="1000000"><c r="S1000000"><v>1</v></c></row>'
    )
    survived(Ended("check", put(tmp_path, in_sheet(parts, rows)), acuan), 1, 3)


@pytest.mark.parametrize("part", [BOOK, SHEET, "xl/sharedStrings.xml", "xl/styles.xml"])
def test_an_entity_bomb(tmp_path: Path, acuan: Path, parts: dict[str, bytes], part: str) -> None:
    hostile = with_doctype(parts[part], bomb("x"), b"&l9;")
    survived(Ended("check", put(tmp_path, parts | {part: hostile}), acuan), 1, 3)


@pytest.mark.parametrize("part", [BOOK, SHEET, "xl/sharedStrings.xml", "docProps/core.xml"])
def test_an_external_entity_is_never_read(
    tmp_path: Path, acuan: Path, parts: dict[str, bytes], part: str
) -> None:
    secret = tmp_path / "rahasia.txt"
    secret.write_text("RAHASIA-123")
    doctype = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'.encode()
    hostile = with_doctype(parts[part], doctype, b"&a;")
    ended = Ended("check", put(tmp_path, parts | {part: hostile}), acuan)
    survived(ended, 1, 3)
    assert "RAHASIA" not in ended.out + ended.err
    for copy in (each for each in ended.left if each.is_file()):
        with zipfile.ZipFile(copy) as archive:
            assert not any(b"RAHASIA" in archive.read(name) for name in archive.namelist())


AFTER = {
    "a merge of everything": '<mergeCells><mergeCell ref="A5:XFD1048576"/></mergeCells>',
    "a merge of everything in single quotes": "<mergeCells><mergeCell ref='A5:XFD1048576'/></mergeCells>",
    "a merge of everything in dollars": '<mergeCells><mergeCell ref="$A$5:$XFD$1048576"/></mergeCells>',
    "a merge of whole columns": '<mergeCells><mergeCell ref="A:XFD"/></mergeCells>',
    "a merge upside down": '<mergeCells><mergeCell ref="XFD1048576:A5"/></mergeCells>',
    "50,000 merges": "<mergeCells>"
    + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(10, 50_010)) + "</mergeCells>",
    "a format with 100,000 ranges": '<conditionalFormatting sqref="'
    + " ".join(f"A{2 * n}:B{2 * n}" for n in range(1, 100_001))
    + '"><cfRule type="expression" priority="1"><formula>TRUE</formula></cfRule>'
    "</conditionalFormatting>",
    "a validation with 100,000 ranges": '<dataValidations count="1"><dataValidation type="list" sqref="'
    + " ".join(f"A{2 * n}:B{2 * n}" for n in range(1, 100_001))
    + '"><formula1>"a,b"</formula1></dataValidation></dataValidations>',
    "a validation of whole columns": '<dataValidations count="1"><dataValidation type="list" '
    'sqref="A1:XFD1048576"><formula1>"a,b"</formula1></dataValidation></dataValidations>',
    "100,000 links": "<hyperlinks>"
    + "".join(f'<hyperlink ref="A{n}" location="B{n}"/>' for n in range(10, 100_010))
    + "</hyperlinks>",
    "a link over everything": '<hyperlinks><hyperlink ref="A1:XFD1048576" location="B2"/></hyperlinks>',
}  # fmt: skip


@pytest.mark.parametrize("what", AFTER)
def test_a_finding_beside(tmp_path: Path, acuan: Path, parts: dict[str, bytes], what: str) -> None:
    survived(Ended("check", put(tmp_path, in_sheet(parts, after=AFTER[what])), acuan), 1, 3)


def test_deep_nesting(tmp_path: Path, acuan: Path, parts: dict[str, bytes]) -> None:
    deep = "<a>" * 100_000 + "</a>" * 100_000
    survived(Ended("check", put(tmp_path, in_sheet(parts, after=deep)), acuan), 1, 3)


@pytest.mark.parametrize(
    "part",
    [
        BOOK,
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
    ],
)
def test_deep_nesting_in_another_part(
    tmp_path: Path, acuan: Path, parts: dict[str, bytes], part: str
) -> None:
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    at = parts[part].rindex(b"</")
    hostile = parts[part][:at] + deep + parts[part][at:]
    survived(Ended("check", put(tmp_path, parts | {part: hostile}), acuan), 1, 3)


def test_no_sheets(tmp_path: Path, acuan: Path, parts: dict[str, bytes]) -> None:
    empty = re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", parts[BOOK])
    survived(Ended("check", put(tmp_path, parts | {BOOK: empty}), acuan), 3)


def test_two_sheets_of_one_name(tmp_path: Path, acuan: Path, parts: dict[str, bytes]) -> None:
    twice = re.sub(rb"(<sheet [^>]*/>)", rb"\1\1", parts[BOOK])
    survived(Ended("check", put(tmp_path, parts | {BOOK: twice}), acuan), 1, 3)


def test_macros_and_external_links_are_left_alone(
    tmp_path: Path, acuan: Path, parts: dict[str, bytes]
) -> None:
    content = parts["[Content_Types].xml"].replace(
        b"spreadsheetml.sheet.main+xml", b"spreadsheetml.sheet.macroEnabled.main+xml"
    )
    more = {
        "[Content_Types].xml": content,
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"Shell calc" * 99,
        "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"/>'.encode(),
        "xl/externalLinks/_rels/externalLink1.xml.rels": b'<Relationships><Relationship Id="r1" '
        b'Type="x" Target="file://///127.0.0.1/c$/x.xlsx" TargetMode="External"/></Relationships>',
    }
    survived(Ended("check", put(tmp_path, parts | more), acuan), 1)


@pytest.mark.parametrize("text", ["x" * 32_767, "=1+1;" * 6_553, "\u202e" * 32_767, "a " * 16_383])
@pytest.mark.parametrize("header", ["Nama Customer", "Parameter", "Tanggal Usulan", "Wilayah"])
def test_a_cell_of_32767_characters(tmp_path: Path, acuan: Path, text: str, header: str) -> None:
    path = write_intake(tmp_path / "panjang.xlsx", [row("P-1") | {header: text}, BAD])
    survived(Ended("check", path, acuan), 1)


def test_a_header_of_32767_characters(tmp_path: Path, acuan: Path) -> None:
    headers = ["Nama Custmer" * 2700 if h == "Nama Customer" else h for h in HEADERS]
    survived(Ended("check", write_intake(tmp_path / "j.xlsx", [], headers), acuan), 3)


@pytest.mark.parametrize("value", ["-1e308", "-9e15"])
def test_a_panic_of_the_reader(
    tmp_path: Path, acuan: Path, parts: dict[str, bytes], value: str
) -> None:
    styles = parts["xl/styles.xml"].replace(b"</cellXfs>", b'<xf numFmtId="14"/></cellXfs>')
    last = styles[styles.index(b"<cellXfs") : styles.index(b"</cellXfs>")].count(b"<xf ") - 1
    panic = f'<row r="9"><c r="A9" s="{last}"><v>{value}</v></c></row>'
    path = put(tmp_path, in_sheet(parts, panic) | {"xl/styles.xml": styles})
    survived(Ended("check", path, acuan), 1, 3)


def _choices() -> Iterator[dict[str, object]]:
    """Rows that are as dear to check as possible: near misses, doubles, long lists."""
    chance = random.Random(1)
    for n in range(20_000):
        letters = "".join(chance.choices("abcdefghij", k=12))
        yield row(
            f"P-{n % 50}",
            wilayah=f"Bata{letters}",
            jenis_contoh_uji=f"Air Minu{letters}",
            jenis_customer=f"Ekster{letters}",
            tanggal_usulan=f"{letters} 2026",
            parameter=f"{letters};E. col{letters}",
            nama_customer="sama",
        )


def _megabyte_of_faults(folder: Path) -> Path:
    return write_intake(folder / "berat.xlsx", _choices())


def _megabyte_of_hidden_rows(folder: Path) -> Path:
    rows = [row(f"P-{n}") for n in range(20_000)]
    return write_intake(folder / "berat.xlsx", rows, hidden=range(2, 20_002))


@pytest.mark.parametrize(
    "build",
    [
        _megabyte_of_faults,
        _megabyte_of_hidden_rows,
    ],
)
def test_a_heavy_megabyte_of_rows(tmp_path: Path, acuan: Path, build: object) -> None:
    path = build(tmp_path)
    survived(Ended("check", path, acuan), 1, 0)


SLOW = {
    "no cell ever ends": "<c " * 15_000_000,
    "cells that never close": '<c r="A9" t="e"><v>' * 1_000_000,
    "formulas that never close": '<c r="A9"><f>' * 2_000_000,
    "spaces in a tag": '<c r="A9"' + " " * 40_000_000 + ">",
    "hidden rows that never close": "<row hidden='1' " * 2_000_000,
    "one very long text": '<c r="A9" t="inlineStr"><is><t>' + "x" * 20_000_000 + "</t></is></c>",
    "errors": "".join(f'<row r="{n}"><c r="A{n}" t="e"><v>#REF!</v></c></row>'
                      for n in range(9, 200_000)),
    "formulas without a value": "".join(f'<row r="{n}"><c r="A{n}"><f>A1</f></c></row>'
                                        for n in range(9, 200_000)),
}  # fmt: skip


@pytest.mark.parametrize("what", SLOW)
def test_xml_that_is_slow_to_scan(
    tmp_path: Path, acuan: Path, parts: dict[str, bytes], what: str
) -> None:
    path = put(tmp_path, in_sheet(parts, SLOW[what]))
    assert path.stat().st_size < 3 * 1024**2
    survived(Ended("check", path, acuan), 0, 1, 3)


def test_a_thousand_sheets(tmp_path: Path, acuan: Path, parts: dict[str, bytes]) -> None:
    sheets = b"".join(
        b'<sheet name="L%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(9, 1009)
    )
    many = re.sub(rb"(<sheet [^>]*/>)", rb"\1" + sheets, parts[BOOK]).replace(
        b"Permintaan", b"Lain"
    )
    relation = re.search(rb'<sheet [^>]*r:id="([^"]+)"', parts[BOOK])
    assert relation
    many = many.replace(b'r:id="rId1"', b'r:id="%s"' % relation[1])
    survived(Ended("check", put(tmp_path, parts | {BOOK: many}), acuan), 1, 3)
