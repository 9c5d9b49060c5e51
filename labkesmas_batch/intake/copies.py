"""Rows that stand in the forms more than once, equal in every column: each counts once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from labkesmas_batch import findings
from labkesmas_batch.forms.raw import RawRow, RawTable
from labkesmas_batch.text.names import is_blank, number_key, tidy


def without_copies(tables: Sequence[RawTable]) -> tuple[list[RawTable], int]:
    """Leave out each row that equals an earlier one of the same number, in whichever form.

    Returns
    -------
    tables, copies
        With a note for each pair of forms; and how many rows were left out.
    """
    numbers = Counter(_key(row) for table in tables for row in table.rows)
    first: dict[tuple[object, ...], str] = {}
    kept_tables, copies = [], 0
    for table in tables:
        kept = []
        pairs: Counter[str] = Counter()
        places: dict[str, int] = {}
        odd = {number for number, _ in (*table.errors, *table.uncalculated)}
        for row in table.rows:
            key = _key(row)
            if not key or numbers[key] == 1 or row.number in odd:
                kept.append(row)
                continue
            content = tuple(None if is_blank(cell) else _plain(cell) for cell in row.cells)
            if content not in first:
                first[content] = table.file
                kept.append(row)
            else:
                pairs[first[content]] += 1
                places.setdefault(first[content], row.number)
        copies += pairs.total()
        notes = (
            (
                findings.COPIED_ROWS,
                places[file],
                str(count),
                "berkas ini" if file == table.file else file,
            )
            for file, count in pairs.items()
        )
        kept_tables.append(replace(table, rows=tuple(kept), notes=(*table.notes, *notes)))
    return kept_tables, copies


def _key(row: RawRow) -> str:
    return "" if is_blank(row.cells[0]) else number_key(row.cells[0])


def _plain(cell: object) -> object:
    return tidy(cell) if isinstance(cell, str) else cell
