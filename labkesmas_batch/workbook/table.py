"""A sheet that is one table: header in row 1, filter, frozen panes, typed cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from labkesmas_batch.wording import LINE_HEIGHT, ROOM, line_count
from labkesmas_batch.workbook.rows import RowSheet, Shapes, rows_xml
from labkesmas_batch.workbook.styles import DATE, MOMENT, Book, Look, in_pixels, index_of

_MOST_HEIGHT = 409.0
# So many rows are made at once.
_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table.

    Parameters
    ----------
    header
        As in the contract.
    width
        In characters.
    value
        Row object to str, int, float, date, datetime or None.
    look
        Row object to the look of its cell; plain where it is left out.
    centred
        For short values that read better in the middle.
    """

    header: str
    width: float
    value: Callable[[Any], object]
    look: Callable[[Any], Look] | None = None
    centred: bool = False


def write_table(
    book: Book,
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
    for column, field in enumerate(fields):
        sheet.set_column(column, column, field.width)
    _write_header(book, sheet, fields)
    writers = [_Column(book, field) for field in fields]
    left, count = iter(rows), 0
    while chunk := list(islice(left, _CHUNK)):
        lines = [1] * len(chunk)
        columns = [writer.shapes(chunk, lines) for writer in writers]
        heights = [_height(tallest) for tallest in lines]
        xml = rows_xml(count + 2, columns, heights)
        count += len(chunk)
        sheet.append_rows(xml, count, len(fields) - 1)
    sheet.freeze_panes(1, frozen)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(count, 1), len(fields) - 1)
    if not count and when_empty:
        sheet.insert_textbox(2, 0, when_empty, {"width": 520, "height": 40, "font": {"size": 11}})
    return count


def _write_header(book: Book, sheet: RowSheet, fields: Sequence[Field]) -> None:
    lines = max(line_count(field.header, field.width * 0.9) for field in fields)
    look = index_of(book.header(align="center"))
    shapes = Shapes(look, look, look, look)
    columns = [shapes.of([field.header]) for field in fields]
    xml = rows_xml(1, columns, [in_pixels((lines + 0.6) * LINE_HEIGHT)])
    sheet.append_rows(xml, 0, len(fields) - 1)


class _Column:
    """Makes the cells of one column, with a set of formats for each of its looks."""

    def __init__(self, book: Book, field: Field) -> None:
        self._book, self._field = book, field
        self._shapes: dict[Look, Shapes] = {}

    def shapes(self, rows: Sequence[object], lines: list[int]) -> list[str]:
        """Return the cells as XML, and raise the rows' numbers of lines to what they need."""
        field = self._field
        values = list(map(field.value, rows))
        self._raise(values, lines)
        looks = list(map(field.look, rows)) if field.look else [Look.PLAIN]
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
        blank = day if self._field.header.startswith("Tanggal") else plain
        return Shapes(plain, day, moment, blank)


def _height(lines: int) -> float:
    """Return the height of a row of so many lines, 0 for the sheet's own."""
    return in_pixels(min(_MOST_HEIGHT, lines * LINE_HEIGHT + ROOM)) if lines > 1 else 0
