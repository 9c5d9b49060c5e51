"""Pages of lines onto sheets of a workbook: the only part of this package that writes cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.documents.content import Document, Gap, Link, Rupiah, Value
from labkesmas_batch.documents.layout import LIST_SCALE, TIGHT_SCALE, pages
from labkesmas_batch.documents.lines import Cell, Line, shown
from labkesmas_batch.model.institution import US, Issuer
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.xlsx import limits
from labkesmas_batch.xlsx.book import WorkbookWriter
from labkesmas_batch.xlsx.palette import FONT, LINK, LONG_DATE

# Beyond so many documents of a kind a workbook is no longer handy to leaf through.
MOST_SHEETS = 40
# Excel takes 1,023 page breaks a sheet.
_STACK = 250
# Space at the right is part of the number format: some programs forget the indent of a number.
_AMOUNT = "[$-421]#,##0_)_)"
_UNFIT = re.compile(r"[\[\]:*?/\\']")
# Hatched, so that it shows in grey print, too.
_GAP = {
    "pattern": 14, "fg_color": "#E2B84C", "bg_color": "#FFF7D6", "font_size": 8, "italic": True,
    "font_color": "#7A6420", "bold": False, "underline": 0, "text_wrap": True,
}  # fmt: skip


def write_workbook(
    path: Path,
    title: str,
    documents: Sequence[Document],
    numbers: Mapping[str, str],
    created: datetime,
    issuer: Issuer = US,
) -> Printed:
    """Write documents of one kind into a workbook and return what it is like.

    Parameters
    ----------
    documents
        In order. Letters beyond ``MOST_SHEETS`` stand one below the other on one sheet, each on
        a page of its own; lists have a sheet each, always.
    numbers
        Document key to running number.
    created
        Stands in for the clock.
    issuer
        For the workbook's properties.
    """
    book = WorkbookWriter(path, title, created, issuer)
    sheets = tuple(_sheets(title, documents, numbers))
    for each in sheets:
        first = each.documents[0]
        sheet = _sheet(book, first, each.name, each.scale)
        _write_pages(book, sheet, each.pages, first)
        if each.stacked:
            # Each page says above which of its letter's pages it is; these are the sheet's.
            _footer(sheet, first, "", len(each.pages), Header.SHEET)
        else:
            _footer(sheet, first, numbers.get(first.key, ""), len(each.pages))
    if not documents:
        book.workbook.add_worksheet("Kosong").write_string(0, 0, "Tidak ada dokumen jenis ini.")
    book.close()
    return _printed(sheets)


@dataclass(frozen=True, slots=True)
class Printed:
    """How many pages a workbook prints, and where in it each document begins, by its key."""

    pages: int
    places: Mapping[str, str]


def printed(title: str, documents: Sequence[Document], numbers: Mapping[str, str]) -> Printed:
    """Return what :func:`write_workbook` would make of documents."""
    return _printed(_sheets(title, documents, numbers))


def _printed(sheets: Iterable[_Sheet]) -> Printed:
    count, places = 0, dict[str, str]()
    for sheet in sheets:
        row = 1
        for document, tall in zip(sheet.documents, sheet.heights, strict=True):
            places[document.key] = f"'{sheet.name}'!A{row}"
            row += tall
        count += len(sheet.pages)
    return Printed(count or 1, places)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What goes on one sheet, in pages; ``scale`` in percent, ``heights`` in rows a document."""

    name: str
    documents: Sequence[Document]
    stacked: bool
    scale: int
    pages: Sequence[Sequence[Line]]
    heights: Sequence[int]


def _sheets(
    title: str, documents: Sequence[Document], numbers: Mapping[str, str]
) -> Iterator[_Sheet]:
    """Yield sheets: letters one by one, or many one below the other; lists one by one, always."""
    letters = [document for document in documents if not document.landscape]
    stacked, taken = len(letters) > MOST_SHEETS, set[str]()
    for at in range(0, len(letters) if stacked else 0, _STACK):
        some = letters[at : at + _STACK]
        yield _broken(_tab(title, taken), some, numbers, stacked=True)
    for document in documents:
        if not stacked or document.landscape:
            yield _broken(_tab(document.tab, taken), [document], numbers, stacked=False)


def _broken(
    name: str, documents: Sequence[Document], numbers: Mapping[str, str], *, stacked: bool
) -> _Sheet:
    """Break the documents of a sheet into pages, a little smaller where that makes fewer."""

    def at(scale: int) -> _Sheet:
        found = [
            pages(each, numbers.get(each.key, ""), stacked=stacked, scale=scale)
            for each in documents
        ]
        whole = [page for broken in found for page in broken]
        heights = [sum(len(page) for page in broken) for broken in found]
        return _Sheet(name, documents, stacked, scale, whole, heights)

    if documents[0].landscape:
        return at(LIST_SCALE)
    full = at(100)
    if len(full.pages) > len(documents):
        tight = at(TIGHT_SCALE)
        if len(tight.pages) < len(full.pages):
            return tight
    return full


def _sheet(book: WorkbookWriter, document: Document, name: str, scale: int) -> Worksheet:
    sheet = book.workbook.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    if document.landscape:
        sheet.set_landscape()
    if scale != 100:
        sheet.set_print_scale(scale)
    sheet.set_margins(left=0.7, right=0.5, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    for column, width in enumerate(document.grid):
        sheet.set_column(column, column, width)
    return sheet


def _footer(
    sheet: Worksheet, document: Document, number: str, count: int, word: str = "Halaman"
) -> None:
    """Say the page and of how many; the count is written, for other sheets print along."""
    sop = limits.cut(document.head.sop, 60).replace("&", "&&")
    sheet.set_start_page(1)
    sheet.set_footer(
        f'&L&"{FONT},Regular"&8SOP {sop}&C&"{FONT},Regular"&8{number}'
        f'&R&"{FONT},Regular"&8{word} &P dari {count}'
    )


def _write_pages(
    book: WorkbookWriter, sheet: Worksheet, broken: Sequence[Sequence[Line]], document: Document
) -> None:
    row, breaks = 0, list[int]()
    heads = {line.head.cells for page in broken for line in page if line.head is not None}
    for page in broken:
        for line in page:
            if document.landscape and line.cells in heads:
                sheet.repeat_rows(row)
                sheet.freeze_panes(row + 1, 0)
            sheet.set_row(row, line.height)
            for cell in line.cells:
                _write_cell(book, sheet, row, cell)
            row += 1
        breaks.append(row)
    sheet.print_area(0, 0, max(row - 1, 0), len(document.grid) - 1)
    sheet.set_h_pagebreaks(breaks[:-1])


def _write_cell(book: WorkbookWriter, sheet: Worksheet, row: int, cell: Cell) -> None:
    looks = dict(cell.props) | _looks(cell.value)
    form = book.format(**looks)
    if cell.last > cell.first:
        sheet.merge_range(row, cell.first, row, cell.last, "", form)
    at, value = cell.first, cell.value
    if value is None or value == "":
        sheet.write_blank(row, at, None, form)
    elif isinstance(value, Rupiah):
        sheet.write_number(row, at, value.amount, form)
    elif isinstance(value, int):
        sheet.write_number(row, at, value, form)
    elif isinstance(value, date):
        sheet.write_datetime(row, at, datetime(value.year, value.month, value.day), form)
    elif isinstance(value, Link):
        sheet.write_url(row, at, value.address, form, value.text)
    else:
        sheet.write_string(row, at, limits.cut(shown(value), limits.CELL), form)


def _looks(value: Value) -> dict[str, object]:
    """Return the looks that follow from what kind of value it is."""
    match value:
        case Gap():
            return dict(_GAP)
        case Rupiah():
            return {"num_format": _AMOUNT, "align": "right", "indent": 0}
        case Link():
            return {"font_color": LINK, "underline": 1}
        case date():
            return {"num_format": LONG_DATE}
        case _:
            return {}


def _tab(wanted: str, taken: set[str]) -> str:
    """Return a sheet name that Excel takes and that is not taken."""
    fitting = " ".join(_UNFIT.sub("-", wanted).split())
    base = limits.cut(fitting, limits.SHEET_NAME).strip() or "Dokumen"
    if base.casefold() == "history":
        base = "History-"  # Excel keeps that name for itself
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        suffix = f" ({number})"
        name = limits.cut(base, limits.SHEET_NAME - len(suffix)) + suffix
    taken.add(name.casefold())
    return name
