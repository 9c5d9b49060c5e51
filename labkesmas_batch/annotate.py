"""The staff's own workbook with each faulty cell filled and commented.

openpyxl loads and saves the copy; the original is only read. The archive is written anew with
fixed times, because openpyxl puts the clock into it and the same input must give the same bytes.
"""

from __future__ import annotations

import re
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
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from labkesmas_batch.errors import OutputError
from labkesmas_batch.findings import Finding

_FILLS = {True: "F4B6C2", False: "FFF2B3"}
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_AUTHOR = "labkesmas-batch"
# A comment of ours begins so; what stands before it are the staff's own words.
_OUR_WORDS = re.compile(r"^(?:Galat|Peringatan) [A-Z]\d\d: ", re.MULTILINE)


def annotate(source: Path, target: Path, findings: Iterable[Finding], stamp: datetime) -> None:
    """Write a copy of ``source`` in which every finding is marked on its cell.

    Parameters
    ----------
    source
        The workbook as it was read; never written to.
    target
        The copy.
    findings
        Those about this workbook; ones without a cell are left to the sheet Kesalahan.
    stamp
        Stands in for the clock in the document's properties.

    Raises
    ------
    OutputError
        openpyxl cannot carry the workbook over.
    """
    try:
        workbook = load_workbook(source)
        by_cell: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in findings:
            if finding.cell:
                by_cell[finding.sheet, finding.cell].append(finding)
        _clear_earlier_marks(workbook)
        for (name, address), here in by_cell.items():
            sheet = workbook[name]
            cell = _seen(sheet, sheet[address])
            _dress(cell, sheet)
            _mark(cell, here)
        buffer = BytesIO()
        workbook.save(buffer)
    except Exception as error:  # openpyxl raises any type on workbooks by other programs
        raise OutputError(
            f"Salinan bertanda dari {source.name} tidak dapat dibuat. Salin isinya ke templat yang "
            "baru."
        ) from error
    target.write_bytes(_pinned(buffer.getvalue(), stamp))


def _clear_earlier_marks(workbook: Workbook) -> None:
    """Take away what an earlier check left, where its copy was mended and handed in again."""
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
    comment = Comment((earlier + said)[:32000], _AUTHOR)
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
