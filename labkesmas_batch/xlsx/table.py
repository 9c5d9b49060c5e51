"""A sheet that is one table: header in row 1, filter, frozen panes, typed cells, links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from labkesmas_batch.model.sheets import Header
from labkesmas_batch.text.indonesian import number
from labkesmas_batch.xlsx.book import Look, WorkbookWriter, in_pixels, index_of
from labkesmas_batch.xlsx.paging import scale_for_width
from labkesmas_batch.xlsx.palette import DATE, MOMENT
from labkesmas_batch.xlsx.rows import MOST_LINKS, RowSheet, Shapes, rows_xml
from labkesmas_batch.xlsx.text_size import LINE_HEIGHT, PADDING, line_count

# So many rows are linked and measured: more than anybody leafs through, and both takes long.
MOST_LINKED = 10_000
_MOST_HEIGHT = 409.0
# So many rows are made at once.
_CHUNK = 1_000
# Letters of a bold header are wider than those that a column's width counts; the button of the
# filter takes space beside them.
_BOLD, _BUTTON = 1.2, 3.0
# Space beside the longest text of a column, the lengths of a date and of one with its time.
_BESIDE, _DAY, _MOMENT = 2.0, 11, 17
# Columns from this width on hold sentences, which take all the space there is.
_PROSE = 40.0


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table.

    Parameters
    ----------
    header
        As in the contract.
    width
        In characters, at most; a column whose contents are shorter is narrower.
    value
        Row object to str, int, float, date, datetime or None.
    look
        Row object to the look of its cell; plain where it is left out.
    centred
        For short values that read better in the middle.
    link
        Row object to another place of the workbook, as in ``'Jadwal'!B5``, '' for none.
    """

    header: str
    width: float
    value: Callable[[Any], object]
    look: Callable[[Any], Look] | None = None
    centred: bool = False
    link: Callable[[Any], str] | None = None


def column(fields: Sequence[Field], header: str) -> int:
    """Return which column of a table has that header, from 0."""
    return [field.header for field in fields].index(header)


def write_table(
    book: WorkbookWriter,
    sheet: RowSheet,
    fields: Sequence[Field],
    rows: Iterable[object],
    *,
    frozen: int = 2,
    when_empty: str = "",
) -> int:
    """Write a table and return how many rows it has.

    Parameters
    ----------
    fields
        Columns from the left.
    rows
        What the fields' functions take.
    frozen
        Columns that stay in view.
    when_empty
        Said in a box below the header where there is no row, so that no cell pretends to be one.
    """
    left, count = iter(rows), 0
    chunk = list(islice(left, _CHUNK))
    fields = [replace(field, width=_width(field, chunk)) for field in fields]
    sheet.widths = tuple(field.width for field in fields)
    for column, width in enumerate(sheet.widths):
        sheet.set_column(column, column, width)
    _write_header(book, sheet, fields)
    writers = [_Column(book, field) for field in fields]
    while chunk:
        # Excel measures rows that have no height when it opens them.
        lines = [1] * len(chunk) if count < MOST_LINKED else []
        linked = chunk if count < MOST_LINKED else []
        targets = [writer.targets(linked) for writer in writers]
        columns = [
            writer.shapes(chunk, lines, links)
            for writer, links in zip(writers, targets, strict=True)
        ]
        heights = [_height(tallest) for tallest in lines] or [0.0] * len(chunk)
        xml = rows_xml(count + 2, columns, heights)
        _link(sheet, targets, count + 2)
        count += len(chunk)
        sheet.append_rows(xml, count, len(fields) - 1)
        chunk = list(islice(left, _CHUNK))
    if count > MOST_LINKED:
        _say_linked(sheet, fields)
    _dress(sheet, fields, count, frozen)
    if not count and when_empty:
        sheet.insert_textbox(2, 0, when_empty, {"width": 520, "height": 40, "font": {"size": 11}})
    return count


def print_in_two(sheet: RowSheet, at: int, repeated: int) -> None:
    """Print a wide table on two pages side by side, as large as both of them hold.

    Parameters
    ----------
    at
        The column that the second page begins with.
    repeated
        Columns from the left that stand on both pages.
    """
    halves = sheet.widths[:at], sheet.widths[:repeated] + sheet.widths[at:]
    sheet.set_print_scale(min(scale_for_width(half, least=40) for half in halves))
    sheet.set_v_pagebreaks([at])
    sheet.repeat_columns(0, repeated - 1)
    sheet.print_across()


def _dress(sheet: RowSheet, fields: Sequence[Field], count: int, frozen: int) -> None:
    """Freeze and repeat the header, and let people filter."""
    sheet.freeze_panes(1, frozen)
    sheet.set_selection(1, 0, 1, 0)
    sheet.repeat_rows(0)
    if count:
        name = "tabel_" + sheet.name.casefold().replace(" ", "_")
        sheet.make_table(name, [field.header for field in fields], count)
    else:
        # An Excel table has a row at least.
        sheet.autofilter(0, 0, 1, len(fields) - 1)


def _width(field: Field, rows: Sequence[object]) -> float:
    """Return a column's width: its contents', at most the field's, at least its header's."""
    least = head_width(field.header)
    if field.width >= _PROSE:
        return field.width
    taken = [_length(value) for value in map(field.value, rows) if value not in (None, "")]
    # What waits to be filled in has the space for it.
    return max(least, min(field.width, max(taken) + _BESIDE) if taken else field.width)


def head_width(header: str) -> float:
    """Return the width that a header's longest word takes beside the button of a filter."""
    return max(len(word) for word in header.split()) * _BOLD + _BUTTON


def head_height(headers: Sequence[str], widths: Sequence[float]) -> float:
    """Return the height of a row of headers, in points."""
    lines = max(
        line_count(header, width - _BUTTON + 1)
        for header, width in zip(headers, widths, strict=True)
    )
    return in_pixels((lines + 0.6) * LINE_HEIGHT)


def _length(value: object) -> int:
    if isinstance(value, datetime) and value.time() != time():
        return _MOMENT
    return _DAY if isinstance(value, date) else len(str(value))


def _say_linked(sheet: RowSheet, fields: Sequence[Field]) -> None:
    for column, field in enumerate(fields):
        if field.link:
            said = f"Tautan ada pada {number(MOST_LINKED)} baris pertama."
            sheet.write_comment(0, column, said)


def _link(sheet: RowSheet, targets: Sequence[Sequence[str]], first: int) -> None:
    for column, places in enumerate(targets):
        if places and not sheet.add_links(xl_col_to_name(column), first, places):
            said = (
                f"Excel menyimpan paling banyak {number(MOST_LINKS)} tautan pada satu lembar; "
                "nomor pada baris-baris sesudahnya tanpa tautan."
            )
            sheet.write_comment(0, column, said)


def _write_header(book: WorkbookWriter, sheet: RowSheet, fields: Sequence[Field]) -> None:
    height = head_height([field.header for field in fields], sheet.widths)
    look = index_of(book.header(align="center"))
    shapes = Shapes(look, look, look, look, book.share)
    columns = [shapes.of([field.header]) for field in fields]
    xml = rows_xml(1, columns, [height])
    sheet.append_rows(xml, 0, len(fields) - 1)


class _Column:
    """Makes the cells of one column, with a set of formats for each of its looks."""

    def __init__(self, book: WorkbookWriter, field: Field) -> None:
        self._book, self._field = book, field
        self._shapes: dict[Look, Shapes] = {}

    def targets(self, rows: Sequence[object]) -> list[str]:
        """Return where each cell leads, '' for nowhere; nothing for a column without links."""
        return list(map(self._field.link, rows)) if self._field.link else []

    def shapes(
        self, rows: Sequence[object], lines: list[int], links: Sequence[str] = ()
    ) -> list[str]:
        """Return the cells as XML, and raise the rows' numbers of lines, if any, as they need.

        ``links`` are those of :meth:`targets`; a cell that leads somewhere shows it.
        """
        field = self._field
        values = list(map(field.value, rows))
        if lines:
            self._raise(values, lines)
        looks = list(map(field.look, rows)) if field.look else [Look.PLAIN]
        if any(links):
            looks = looks * len(rows) if len(looks) < len(rows) else looks
            looks = [Look.LINK if to else look for look, to in zip(looks, links, strict=True)]
        first, *others = sorted(set(looks))
        shapes = self._of(first).of(values)
        for look in others:
            at = [place for place, each in enumerate(looks) if each is look]
            found = self._of(look).of([values[place] for place in at])
            for place, shape in zip(at, found, strict=True):
                shapes[place] = shape
        return shapes

    def _raise(self, values: Sequence[object], lines: list[int]) -> None:
        width = self._field.width
        long = [at for at, v in enumerate(values) if isinstance(v, str) and len(v) >= width - 1]
        for at in long:
            lines[at] = max(lines[at], line_count(str(values[at]), width))

    def _of(self, look: Look) -> Shapes:
        found = self._shapes.get(look)
        if found is None:
            found = self._shapes[look] = self._made(look)
        return found

    def _made(self, look: Look) -> Shapes:
        body = self._book.body
        align: dict[str, object] = {"align": "center"} if self._field.centred else {}
        plain = index_of(body(look, **align))
        day = index_of(body(look, num_format=DATE, align="center"))
        moment = index_of(body(look, num_format=MOMENT, align="center"))
        # A blank cell that waits for a date shows it as one.
        blank = day if self._field.header.startswith(Header.DATE) else plain
        return Shapes(plain, day, moment, blank, self._book.share)


def _height(lines: int) -> float:
    """Return the height of a row of so many lines, 0 for the sheet's own."""
    return in_pixels(min(_MOST_HEIGHT, lines * LINE_HEIGHT + PADDING)) if lines > 1 else 0
