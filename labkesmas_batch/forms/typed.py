"""A raw table in, typed columns out, with a finding for every cell that could not be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from labkesmas_batch import findings
from labkesmas_batch.findings import Finding, FindingKind
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.cells import Parsed, Parser
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.text.indonesian import listing
from labkesmas_batch.text.names import is_blank, suggestion

# So many blank required cells make one finding of a row.
MANY = 3
_DAYS_TO_1904 = 1462
# The index of a finding about the sheet and none of its rows.
NO_ROW = -1
_BLANK = Parsed(None)
# So many different cells of a column are remembered; one in which most differ gains nothing by it.
_MOST_KNOWN = 4_096


@dataclass(slots=True)
class Typed:
    """A table's columns, typed; lists are as long as the table has rows.

    Parameters
    ----------
    table, sheet
        Where the values come from, and its schema.
    columns
        Header to values, of the type that the schema gives the column; None where a cell is blank
        or unreadable.
    faults
        (row index, header, kind, value, words) of every finding, in no order.
    bad
        Indices of the rows that have an error.
    blanks
        Row index to the headers of required cells that are blank.
    """

    table: RawTable
    sheet: schema.Sheet
    columns: dict[str, list[Any]] = field(default_factory=dict)
    faults: list[tuple[int, str, FindingKind, object, Mapping[str, object]]] = field(
        default_factory=list
    )
    bad: set[int] = field(default_factory=set)
    blanks: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def fault(
        self, index: int, header: str, kind: FindingKind, value: object = None, **words: object
    ) -> None:
        """Note a finding about the cell of ``header`` in the row of that index, or ``NO_ROW``."""
        self.faults.append((index, header, kind, value, words))
        if kind.level is findings.Level.ERROR:
            self.bad.add(index)

    def findings(self, number_header: str = "") -> list[Finding]:
        """Return the faults as findings, in sheet order.

        ``number_header`` is the column whose value names a row for people.
        """
        numbers = self.columns.get(number_header)
        placed = [
            findings.finding(
                kind,
                file=self.table.file,
                sheet=self.table.sheet,
                row=self.table.rows[index].number if index != NO_ROW else 0,
                column=self.table.columns.get(header, -1) + 1,
                header=header,
                number=str(numbers[index] or "") if numbers and index != NO_ROW else "",
                value=value,
                **words,
            )
            for index, header, kind, value, words in self.faults
        ]
        return (
            _notes(self.table)
            + _surplus(self)
            + sorted(placed, key=lambda f: (f.row, f.column, f.kind.code))
        )


def parse(table: RawTable, sheet: schema.Sheet, known: Mapping[str, tuple[str, ...]]) -> Typed:
    """Type a table's cells column by column.

    Parameters
    ----------
    table
        Raw cells in the order of ``sheet.columns``.
    sheet
        The schema of that sheet.
    known
        For lookups: reference sheet to the names it holds.
    """
    typed = Typed(table, sheet)
    for position, column in enumerate(sheet.columns):
        parser = column.parser(known.get(column.source, ()))
        typed.columns[column.header] = _parse_column(typed, position, column, parser)
    _tell_blanks(typed)
    return typed


def _tell_blanks(typed: Typed) -> None:
    """Fault required cells that are blank, once for a row in which several are."""
    for index, headers in typed.blanks.items():
        if len(headers) >= MANY:
            hint = listing(headers, most=12)
            typed.fault(index, headers[0], findings.INCOMPLETE, None, hint=hint)
            continue
        for header in headers:
            typed.fault(index, header, findings.BLANK)


def _parse_column(
    typed: Typed, position: int, column: schema.Column, parser: Parser
) -> list[object]:
    """Parse one column; what many cells hold is parsed once."""
    table, memo = typed.table, dict[object, Parsed]()
    at = table.columns.get(column.header, -1)
    dated = table.epoch_1904 and column.type in (schema.Type.DATE, schema.Type.MOMENT)
    values: list[object] = []
    odd = (*table.errors, *table.uncalculated)
    watched = column.required or any(place == at for _, place in odd)
    for index, row in enumerate(table.rows):
        cell = row.cells[position]
        if dated and isinstance(cell, float):
            cell += _DAYS_TO_1904
        key = cell if isinstance(cell, str) else (type(cell), cell)
        parsed = memo.get(key)
        if parsed is None:
            parsed = _BLANK if is_blank(cell) else parser(cell)
            if len(memo) < _MOST_KNOWN:
                memo[key] = parsed
        values.append(parsed.value)
        if parsed is _BLANK:
            if watched:
                _blank(typed, index, column, (row.number, at))
            continue
        if parsed.kind is not None:
            typed.fault(index, column.header, parsed.kind, cell, hint=parsed.hint)
    return values


def _blank(typed: Typed, index: int, column: schema.Column, place: tuple[int, int]) -> None:
    """Tell a cell that only looks blank from one that is."""
    if (shown := typed.table.errors.get(place)) is not None:
        typed.fault(index, column.header, findings.CELL_ERROR, shown)
    elif place in typed.table.uncalculated:
        typed.fault(index, column.header, findings.NOT_CALCULATED)
    elif column.required:
        typed.blanks[index].append(column.header)


def _notes(table: RawTable) -> list[Finding]:
    """Return what is odd about the sheet as a whole."""
    return [
        findings.finding(
            kind,
            file=table.file,
            sheet=table.sheet,
            row=row,
            column=1 if row else 0,
            value=value,
            hint=hint,
        )
        for kind, row, value, hint in table.notes
    ]


def _surplus(typed: Typed) -> list[Finding]:
    """Name the columns that the schema does not know, with the missing one each resembles."""
    table = typed.table
    missing = [header for header in typed.sheet.headers if header not in table.columns]
    return [
        findings.finding(
            findings.SURPLUS_COLUMN,
            file=table.file,
            sheet=table.sheet,
            row=table.header_row,
            column=index + 1,
            value=header,
            hint=suggestion(header, missing),
        )
        for index, header in table.surplus
    ]
