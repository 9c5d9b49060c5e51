"""The staff's own workbook with each faulty cell filled and commented.

openpyxl loads and saves the copy; the original is only read. The archive is written anew with
fixed times, because openpyxl puts the clock into it and the same input must give the same bytes.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from datetime import datetime
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from labkesmas_batch.errors import NotCopiedError
from labkesmas_batch.findings import Finding
from labkesmas_batch.model.institution import US, Issuer
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.text.indonesian import listing
from labkesmas_batch.xlsx import limits
from labkesmas_batch.xlsx.palette import ATTENTION, DARK, FAULT, FONT, LINE, LINK, in_head
from labkesmas_batch.xlsx.text_size import LINE_HEIGHT, PADDING, line_count

# openpyxl takes colours without their sign.
_FILLS = {True: FAULT.removeprefix("#"), False: ATTENTION.removeprefix("#")}
_EDGE = Side("thin", LINE.removeprefix("#"))
_FRAME = Border(_EDGE, _EDGE, _EDGE, _EDGE)
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_AUTHOR = "labkesmas-batch"
LIST_SHEET = "Temuan"
_FONT = FONT
_LIST_TITLE = "Temuan pada berkas ini"
_LIST_COLUMNS = (
    (Header.LEVEL, 12), (Header.CELL, 10), (Header.COLUMN, 20), (Header.NUMBER, 18),
    (Header.VALUE, 24), (Header.PROBLEM, 56), (Header.REMEDY, 56), (Header.CODE, 8),
)  # fmt: skip
_MOST_LINKS = 65_000
# openpyxl keeps a cell in some 500 bytes; beyond this a copy takes minutes and gigabytes.
MOST_BYTES, MOST_MERGED, MOST_TAGS = 25 * 1024**2, 200_000, 10_000
MOST_CELLS, MOST_FINDINGS = 2_000_000, 10_000
_MOST_IN_COMMENT = 32_000
_MERGED = re.compile(
    rb"""(?:mergeCell|hyperlink)\s[^<>]*?ref\s*=\s*["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']"""
)
_LOST = (
    ("vbaProject", "makro"), ("/charts/", "grafik"), ("/media/", "gambar"),
    ("/pivotTables/", "tabel pivot"), ("/slicers/", "pemotong tabel"),
    ("/externalLinks/", "tautan ke berkas lain"), ("/activeX/", "tombol"),
)  # fmt: skip
# A comment of ours begins so; what stands before it are the staff's own words.
_OUR_WORDS = re.compile(r"^(?:Galat|Peringatan) [A-Z]\d\d: ", re.MULTILINE)


def annotate(
    source: Path, findings: Iterable[Finding], stamp: datetime, issuer: Issuer = US
) -> bytes:
    """Return a copy of ``source`` in which every finding is marked on its cell.

    Parameters
    ----------
    source
        The workbook as it was read; never written to.
    findings
        Those about this workbook; the sheet ``Temuan`` lists them all, with links.
    stamp
        Stands in for the clock in the document's properties.
    issuer
        Whose sheet ``Temuan`` is.

    Raises
    ------
    NotCopiedError
        The workbook is too large, or openpyxl cannot carry it over.
    """
    listed = list(findings)
    if len(listed) > MOST_FINDINGS:
        raise _too_large(source)
    try:
        lost = _lost(source)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, in English, on what it leaves out
            workbook = load_workbook(source)
        if any(sheet.max_row * sheet.max_column > MOST_CELLS for sheet in workbook.worksheets):
            raise _too_large(source)
        _clear_earlier_marks(workbook)
        by_cell: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in listed:
            if finding.cell:
                by_cell[finding.sheet, finding.cell].append(finding)
        for (name, address), here in by_cell.items():
            sheet = workbook[name]
            cell = _seen(sheet, sheet[address])
            _dress(cell, sheet)
            _mark(cell, here)
        _write_list(workbook, listed, lost, issuer)
        buffer = BytesIO()
        workbook.save(buffer)
        return _pinned(buffer.getvalue(), stamp)
    except NotCopiedError:
        raise
    except Exception as error:  # openpyxl raises any type on workbooks by other programs
        raise NotCopiedError(
            f"Salinan bertanda dari {source.name} tidak dapat dibuat; semua temuannya tetap "
            "disebut. Salin isinya ke templat yang baru bila salinan diperlukan."
        ) from error


def _lost(source: Path) -> list[str]:
    """Name what the copy will not have, and refuse what is too large to copy in good time."""
    with zipfile.ZipFile(source) as archive:
        parts = archive.infolist()
        text = [part for part in parts if not part.filename.startswith("xl/media/")]
        merged = tags = 0
        extended = False
        for part in text:
            if part.filename.startswith("xl/worksheets/") and part.file_size <= MOST_BYTES:
                content = archive.read(part)
                merged += sum(_area(*found) for found in _MERGED.findall(content))
                tags += content.count(b"<mergeCell ") + content.count(b"<hyperlink ")
                extended = extended or b"extLst" in content
    if (
        sum(part.file_size for part in text) > MOST_BYTES
        or merged > MOST_MERGED
        or tags > MOST_TAGS
    ):
        raise _too_large(source)
    names = [part.filename for part in parts]
    lost = [said for sign, said in _LOST if any(sign in name for name in names)]
    return lost + (["daftar pilihan atau format khusus Excel baru"] if extended else [])


def _too_large(source: Path) -> NotCopiedError:
    return NotCopiedError(
        f"Salinan bertanda dari {source.name} tidak dibuat karena isi atau temuannya terlalu "
        "banyak; semua temuannya tetap disebut."
    )


def _area(first: bytes, top: bytes, last: bytes, bottom: bytes) -> int:
    columns = column_index_from_string(last.decode()) - column_index_from_string(first.decode())
    return (columns + 1) * (int(bottom) - int(top) + 1)


def _write_list(
    workbook: Workbook, findings: list[Finding], lost: list[str], issuer: Issuer
) -> None:
    """Put all findings on a sheet in front, each with a link to its cell."""
    for sheet in [each for each in workbook.worksheets if each["A1"].value == _LIST_TITLE]:
        workbook.remove(sheet)
    sheet = workbook.create_sheet(LIST_SHEET)
    sheet["A1"] = _LIST_TITLE
    sheet["A1"].font = Font(name=_FONT, bold=True, size=16, color=DARK.removeprefix("#"))
    sheet["A2"] = (
        "Perbaiki sel yang diberi warna, simpan, lalu periksa lagi. Sel di kolom B dapat diklik."
    )
    if lost:
        sheet["A3"] = f"Salinan ini tidak memuat {listing(lost)}; berkas aslinya tetap utuh."
    for column, (header, width) in enumerate(_LIST_COLUMNS, start=1):
        cell = sheet.cell(5, column, header)
        cell.font, cell.fill = (
            Font(name=_FONT, size=10, bold=True, color="FFFFFF"),
            PatternFill("solid", fgColor=DARK.removeprefix("#")),
        )
        cell.alignment, cell.border = Alignment(horizontal="center", vertical="center"), _FRAME
        sheet.column_dimensions[cell.column_letter].width = width
    for row, finding in enumerate(findings, start=6):
        _write_finding(sheet, row, finding)
    _set_up(sheet, issuer)


def _set_up(sheet: Worksheet, issuer: Issuer) -> None:
    """Set the list up as the other workbooks' tables are: filter, frozen header, A4 across."""
    sheet.freeze_panes = "C6"
    sheet.auto_filter.ref = f"A5:{sheet.cell(max(sheet.max_row, 6), len(_LIST_COLUMNS)).coordinate}"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = "5:5"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    header, footer = sheet.oddHeader, sheet.oddFooter
    assert header is not None
    assert footer is not None
    for part, (size, text) in (
        (header.left, in_head(issuer.name)),
        (header.right, in_head(issuer.sop_number)),
        (footer.left, (8, "&F")),
        (footer.center, (8, "&A")),
        (footer.right, (8, "Halaman &P dari &N")),
    ):
        part.text, part.size, part.font = text, size, f"{_FONT},Regular"


def _write_finding(sheet: Worksheet, row: int, finding: Finding) -> None:
    values = (
        finding.kind.level.value,
        finding.cell or finding.sheet,
        finding.header,
        finding.number,
        finding.value,
        finding.problem,
        finding.remedy,
        finding.kind.code,
    )
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column)
        cell.value, cell.data_type = value, "s"  # a name that begins with = stays a name
        cell.font = Font(name=_FONT, size=10)
        cell.alignment, cell.border = Alignment(wrap_text=True, vertical="top"), _FRAME
    lines = max(
        line_count(str(value), width)
        for value, (_, width) in zip(values, _LIST_COLUMNS, strict=True)
    )
    sheet.row_dimensions[row].height = lines * LINE_HEIGHT + PADDING
    sheet.cell(row, 1).fill = PatternFill("solid", fgColor=_FILLS[finding.is_error])
    if finding.cell and row < _MOST_LINKS:
        name = finding.sheet.replace("'", "''")
        sheet.cell(row, 2).hyperlink = Hyperlink(ref=f"B{row}", location=f"'{name}'!{finding.cell}")
        sheet.cell(row, 2).font = Font(
            name=_FONT, size=10, color=LINK.removeprefix("#"), underline="single"
        )


def _clear_earlier_marks(workbook: Workbook) -> None:
    """Take away what an earlier check left, where its copy was fixed and handed in again."""
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                comment = cell.comment if isinstance(cell, Cell) else None
                mark = _OUR_WORDS.search(comment.text) if comment else None
                if comment is None or mark is None:
                    continue
                kept = comment.text[: mark.start()].strip()
                cell.comment = Comment(kept, comment.author) if kept else None
                cell.fill = PatternFill()


def _seen(sheet: Worksheet, cell: Cell | MergedCell) -> Cell:
    """Return the cell, or for one under a merge the corner that people see."""
    if isinstance(cell, Cell):
        return cell
    merged = next(each for each in sheet.merged_cells.ranges if cell.coordinate in each)
    corner = sheet.cell(merged.min_row, merged.min_col)
    assert isinstance(corner, Cell)
    return corner


def _dress(cell: Cell, sheet: Worksheet) -> None:
    """Give a blank cell the looks of its column, which it loses by getting some of its own."""
    column = sheet.column_dimensions.get(cell.column_letter)
    if column is not None and not cell.has_style:
        cell.number_format = column.number_format
        for part in ("font", "alignment", "border"):
            setattr(cell, part, copy(getattr(column, part)))


def _mark(cell: Cell, here: list[Finding]) -> None:
    said = "\n\n".join(
        f"{finding.kind.level} {finding.kind.code}: {finding.problem}\nPerbaikan: {finding.remedy}"
        for finding in here
    )
    cell.fill = PatternFill("solid", fgColor=_FILLS[any(finding.is_error for finding in here)])
    earlier = f"{cell.comment.text}\n\n" if cell.comment and cell.comment.text else ""
    comment = Comment(limits.cut(earlier + said, _MOST_IN_COMMENT), _AUTHOR)
    comment.width, comment.height = 360, 60 + 18 * (len(said) // 45 + said.count("\n"))
    cell.comment = comment


def _pinned(data: bytes, stamp: datetime) -> bytes:
    """Return the archive with every time in it replaced by ``stamp`` or a constant."""
    buffer = BytesIO()
    moment = stamp.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + moment + rb"\g<2>", content)
            fixed = zipfile.ZipInfo(part.filename, _ZIP_TIME)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, content)
    return buffer.getvalue()
