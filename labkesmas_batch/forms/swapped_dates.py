"""Columns of dates in which a machine took the day for the month.

A computer with American settings turns ``10/06/2026`` into 6 October, a real date, and leaves
``13/06/2026`` as it was typed: then no real date has a day above 12, and some texts do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from labkesmas_batch.findings import column_letters
from labkesmas_batch.forms import dates
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.text.indonesian import listing, short_date

_MOST_MONTH = 12
# So many of each make a pattern; fewer are chance.
_ENOUGH = 2
_SHOWN = 3


def swapped(table: RawTable, position: int, header: str) -> tuple[int, str, str] | None:
    """Tell whether the days and months of a column may be swapped.

    Returns
    -------
    index, real, typed
        Of the first row with a real date; example cells with real dates, and with texts.
    """
    real: list[int] = []
    typed: list[int] = []
    for index, row in enumerate(table.rows):
        cell = row.cells[position]
        if isinstance(cell, date):
            if cell.day > _MOST_MONTH:
                return None
            real.append(index)
        elif isinstance(cell, str) and dates.numeric_day(cell) > _MOST_MONTH:
            typed.append(index)
    if len(real) < _ENOUGH or len(typed) < _ENOUGH:
        return None
    letters = column_letters(table.columns[header] + 1)

    def shown(indices: Iterable[int], say: Callable[[Any], str]) -> str:
        rows = [table.rows[index] for index in indices]
        cells = (f"{letters}{row.number} {say(row.cells[position])}" for row in rows)
        return listing(list(cells)[:_SHOWN])

    return real[0], shown(real, short_date), shown(typed, str)
