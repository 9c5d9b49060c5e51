"""A sheet that is one table: header in row 1, filter, frozen panes, typed cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.wording import LINE_HEIGHT, ROOM, line_count
from labkesmas_batch.workbook.styles import DATE, MOMENT, Book, Look

_MOST_HEIGHT = 409.0


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
    sheet: Worksheet,
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
        sheet.write_string(0, column, field.header, book.header(align="center"))
    header_lines = max(line_count(field.header, field.width * 0.9) for field in fields)
    sheet.set_row(0, (header_lines + 0.6) * LINE_HEIGHT)
    count = 0
    for count, row in enumerate(rows, start=1):
        tallest = 1
        for column, field in enumerate(fields):
            look = field.look(row) if field.look else Look.PLAIN
            value = field.value(row)
            _write(book, sheet, count, column, field, look, value)
            if isinstance(value, str) and len(value) >= field.width - 1:
                tallest = max(tallest, line_count(value, field.width))
        if tallest > 1:
            sheet.set_row(count, min(_MOST_HEIGHT, tallest * LINE_HEIGHT + ROOM))
    sheet.freeze_panes(1, frozen)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(count, 1), len(fields) - 1)
    if not count and when_empty:
        sheet.insert_textbox(2, 0, when_empty, {"width": 520, "height": 40, "font": {"size": 11}})
    return count


def _write(
    book: Book, sheet: Worksheet, row: int, column: int, field: Field, look: Look, value: object
) -> None:
    align: dict[str, object] = {"align": "center"} if field.centred else {}
    if value is None or value == "":
        sheet.write_blank(row, column, None, book.body(look, **_empty_format(field, align)))
    elif isinstance(value, str):
        sheet.write_string(row, column, value[:32767], book.body(look, **align))
    elif isinstance(value, datetime) and (value.hour or value.minute or value.second):
        sheet.write_datetime(row, column, value, book.body(look, num_format=MOMENT, align="center"))
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, book.body(look, num_format=DATE, align="center"))
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value, book.body(look, **align))
    else:
        raise TypeError(f"{field.header}: {value!r}")


def _empty_format(field: Field, align: dict[str, object]) -> dict[str, object]:
    """Return the format of a blank cell: one that waits for a date shows it as one."""
    return {"num_format": DATE, "align": "center"} if field.header.startswith("Tanggal") else align
