"""The rows of a week, one table after the other, as checks look at them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from labkesmas_batch.findings import FindingKind
from labkesmas_batch.forms.typed import Fault, Typed, fault
from labkesmas_batch.intake.typed_requests import NUMBER
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.text.names import number_key

Faults = Iterator[tuple[int, Fault]]


class Row(NamedTuple):
    """A row of one of the week's tables, which it knows by its place among them."""

    table: int
    typed: Typed
    at: int

    def get(self, header: str) -> Any:
        """Return the value under a header."""
        return self.typed.columns[header][self.at]

    @property
    def place(self) -> str:
        """Return where the row stands, for people."""
        table = self.typed.table
        return f"{table.file} baris {table.rows[self.at].number}"

    def fault(
        self, header: str, kind: FindingKind, value: object, **words: object
    ) -> tuple[int, Fault]:
        """Return a fault of its cell under a header, with the place of its table."""
        return self.table, fault(self.at, header, kind, value, **words)


class Intake:
    """The rows of a week, one table after the other, and what they are checked against.

    Parameters
    ----------
    tables
        The week's tables by their place.
    run_date
        No request may be younger.
    known
        Canonical numbers that the register has.
    """

    def __init__(
        self,
        tables: Mapping[int, Typed],
        reference: Reference,
        run_date: date,
        known: Collection[str] = frozenset(),
    ) -> None:
        self.reference, self.run_date, self._known = reference, run_date, known
        self.rows = tuple(
            Row(key, typed, at)
            for key, typed in tables.items()
            for at in range(len(typed.table.rows))
        )
        self._columns = [typed.columns for typed in tables.values()]

    def knows(self, row: Row) -> bool:
        """Tell whether the register has a request of the row's number."""
        return number_key(row.get(NUMBER) or "") in self._known

    def known_first(self, rows: Iterable[Row]) -> list[Row]:
        """Return rows with those first that the register knows: it is told of the others."""
        return sorted(rows, key=lambda row: not self.knows(row))

    def each(self, *headers: str) -> Iterator[tuple[Any, ...]]:
        """Return each row with its values under the headers."""
        return zip(self.rows, *map(self._column, headers), strict=True)

    def _column(self, header: str) -> Iterator[Any]:
        return chain.from_iterable(columns[header] for columns in self._columns)


def groups(rows: Iterable[Row], key: Callable[[Row], object], least: int = 2) -> list[list[Row]]:
    """Return the rows that share a key, '' being none, in groups of at least ``least``."""
    rows = tuple(rows)
    keys = list(map(key, rows))
    counts = Counter(keys)
    if least > 1 and len(counts) == len(rows):
        return []
    groups: dict[object, list[Row]] = {}
    for group, row in zip(keys, rows, strict=True):
        if group != "" and counts[group] >= least:
            groups.setdefault(group, []).append(row)
    return list(groups.values())
