"""Which rows of the form are data: not the template's example, and no remarks of staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from labkesmas_batch import dates, findings, schema
from labkesmas_batch.cells import fold, is_blank, tidy
from labkesmas_batch.model import RawTable

_EXAMPLE = tuple(column.example for column in schema.REQUESTS.columns)


def without_remarks(table: RawTable) -> RawTable:
    """Take rows that hold a remark and no request out of the table, and say so."""
    said = {row.number: _remark(row.cells) for row in table.rows if is_blank(row.cells[1])}
    remarks = {number: text for number, text in said.items() if text}
    if not remarks:
        return table
    notes = tuple((findings.REMARK_ROW, number, text, "") for number, text in remarks.items())
    rows = tuple(row for row in table.rows if row.number not in remarks)
    return replace(table, rows=rows, notes=(*table.notes, *notes))


def _remark(cells: Sequence[object]) -> str:
    """Return the remark that a row consists of, '' where it may be a request.

    A single sentence, or a line of totals; a lone number or name may be a request begun.
    """
    filled = [cell for cell in cells if not is_blank(cell)]
    if not filled or not isinstance(filled[0], str):
        return ""
    text = tidy(filled[0])
    total = fold(text).rstrip(":") in _TOTALS and not any(isinstance(c, str) for c in filled[1:])
    sentence = len(filled) == 1 and (len(text.split()) > 2 or text.endswith(":"))
    return text if total or sentence else ""


_TOTALS = ("total", "jumlah", "jumlah total", "total contoh uji", "jumlah contoh uji")


def is_example(cells: Sequence[object]) -> bool:
    """Tell whether the row is the template's example, untouched but for its two lookups."""
    if not isinstance(cells[0], str) or fold(cells[0]) != fold(schema.EXAMPLE_NUMBER):
        return False
    return all(
        _same_example(cells[at], example)
        for at, example in enumerate(_EXAMPLE)
        if example is not None
    )


def _same_example(cell: object, example: object) -> bool:
    """Compare a cell with the example as it was written, whatever type it came back in."""
    if isinstance(cell, date):
        return dates.moment(cell).value == dates.moment(example).value
    if isinstance(cell, (int, float)) and isinstance(example, int):
        return cell == example
    return tidy(cell) == tidy(example)
