"""Rows that repeat a request which has its day or its end, read by what the register has of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from labkesmas_batch.forms import schema
from labkesmas_batch.forms.typed import Typed
from labkesmas_batch.intake.same_request import is_another
from labkesmas_batch.intake.typed_requests import NUMBER
from labkesmas_batch.model.history import CONTACT, FIELDS, Known
from labkesmas_batch.model.requests import Request
from labkesmas_batch.text.names import is_blank, number_key, tidy

_AT = {header: at for at, header in enumerate(schema.REQUESTS.headers)}
_REQUIRED = frozenset(each.header for each in schema.REQUESTS.columns if each.required)


@dataclass(frozen=True, slots=True)
class SettledRow:
    """A row that repeats a request which has its day or its end.

    Parameters
    ----------
    request
        As the row has it; a cell that cannot be read holds what the register has.
    unread
        Headers of those cells, where they do not hold the register's own text.
    """

    request: Request
    unread: tuple[str, ...]


def settled_rows(typed: Typed, known: Mapping[str, Known]) -> dict[int, SettledRow]:
    """Return by index the rows that mean a request which is locked, done or cancelled."""
    found = {}
    for at, number in enumerate(typed.columns[NUMBER]):
        before = known.get(number_key(number)) if number else None
        if before is None or before.standing.waits:
            continue
        row = _read(typed, at, before.request)
        if not is_another(before, row.request):
            found[at] = row
    return found


def _read(typed: Typed, at: int, before: Request) -> SettledRow:
    values: dict[str, Any] = {}
    unread = []
    cells = typed.table.rows[at].cells
    for header, name in FIELDS.items():
        value, cell, ours = typed.columns[header][at], cells[_AT[header]], getattr(before, name)
        if value is not None:
            values[name] = type(ours)(value) if name == "customer_class" else value
        elif is_blank(cell) and header not in _REQUIRED:
            values[name] = type(ours)() if isinstance(ours, (str, tuple)) else None
        elif header in CONTACT:
            if tidy(cell) != (ours if isinstance(ours, str) else "; ".join(ours)):
                unread.append(header)
        elif isinstance(ours, str) and name != "customer_class" and not is_blank(cell):
            values[name] = tidy(cell)  # a name that today's reference does not know
        else:
            unread.append(header)
    request = replace(before, **values, file=typed.table.file, row=typed.table.rows[at].number)
    return SettledRow(request, tuple(unread))
