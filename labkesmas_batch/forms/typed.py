"""A raw table in, typed columns out, with a fault for every cell that could not be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeVar

from labkesmas_batch import findings
from labkesmas_batch.findings import Finding, FindingKind
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.cells import Parsed, Parser
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.forms.swapped_dates import swapped
from labkesmas_batch.text.fillers import is_filler
from labkesmas_batch.text.indonesian import listing
from labkesmas_batch.text.names import is_blank, plain, suggestion

# So many blank required cells make one finding of a row.
MANY = 3
_DAYS_TO_1904 = 1462
# Spreadsheet programs keep fifteen digits of a number.
_ROUNDED_FROM = 10**15
_REFERENCE_SHEETS = frozenset(sheet.name for sheet in schema.REFERENCE.sheets)
# The index of a finding about the sheet and none of its rows.
NO_ROW = -1
_BLANK = Parsed(None)
# So many different cells of a column are remembered; one in which most differ gains nothing by it.
_MOST_KNOWN = 4_096
# Names a fault that puts its row on hold and is told by another one.
UNTOLD = "untold"
Key = TypeVar("Key")


class Fault(NamedTuple):
    """What is wrong with the cell of ``header`` in the row of index ``at``, or ``NO_ROW``.

    ``words`` are what the texts of its kind name beside header and value.
    """

    at: int
    header: str
    kind: FindingKind
    value: object
    words: Mapping[str, object]

    @property
    def is_error(self) -> bool:
        """Tell whether the fault puts its row on hold."""
        return self.kind.level is findings.Level.ERROR


def fault(at: int, header: str, kind: FindingKind, value: object = None, **words: object) -> Fault:
    """Return a fault of a cell; a check yields them and changes nothing."""
    return Fault(at, header, kind, value, words)


@dataclass(frozen=True, slots=True)
class Typed:
    """A table's columns, typed, and what is wrong with them.

    Parameters
    ----------
    table, sheet
        Where the values come from, and its schema.
    columns
        Header to values, as many as the table has rows, of the type that the schema gives the
        column; None where a cell is blank or unreadable.
    faults
        In no order, but for those of one kind about one cell.
    """

    table: RawTable
    sheet: schema.Sheet
    columns: Mapping[str, tuple[Any, ...]]
    faults: tuple[Fault, ...]

    def bad_rows(self) -> frozenset[int]:
        """Return the indices of the rows that have an error; each call looks at every fault."""
        return frozenset(each.at for each in self.faults if each.is_error)

    def with_faults(self, found: Iterable[Fault]) -> Typed:
        """Return the table with further faults."""
        return replace(self, faults=(*self.faults, *found))

    def without_faults(self, rows: Collection[int]) -> Typed:
        """Return the table without the faults of the rows of these indices."""
        return replace(self, faults=tuple(each for each in self.faults if each.at not in rows))

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
            if not words.get(UNTOLD)
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
        Reference sheet to the names it holds, by which cells are spelled.
    """
    in_reference = sheet.name in _REFERENCE_SHEETS
    columns: dict[str, tuple[object, ...]] = {}
    faults: list[Fault] = []
    for position, column in enumerate(sheet.columns):
        parser = column.parser(known.get(column.source or column.spelling, ()))
        if column.is_text:
            parser = _careful(parser, column, in_reference=in_reference)
        columns[column.header], found = _parse_column(table, position, column, parser)
        faults += found
        if column.type in (schema.Type.DATE, schema.Type.MOMENT):
            faults += _swapped(table, position, column.header)
    return Typed(table, sheet, columns, tuple(_blanks_together(faults)))


def with_faults(
    tables: Mapping[Key, Typed], found: Iterable[tuple[Key, Fault]]
) -> dict[Key, Typed]:
    """Return the tables with further faults, each told with the key of its table."""
    by_table: dict[Key, list[Fault]] = defaultdict(list)
    for key, each in found:
        by_table[key].append(each)
    return {key: typed.with_faults(by_table[key]) for key, typed in tables.items()}


def _blanks_together(faults: Sequence[Fault]) -> Iterator[Fault]:
    """Yield the faults, the blank required cells of a row as one where they are several."""
    blank: dict[int, list[str]] = defaultdict(list)
    for each in faults:
        if each.kind is findings.BLANK:
            blank[each.at].append(each.header)
    for each in faults:
        headers = blank[each.at] if each.kind is findings.BLANK else []
        if len(headers) < MANY:
            yield each
        elif each.header == headers[0]:
            yield fault(each.at, each.header, findings.INCOMPLETE, hint=listing(headers, most=12))


def _parse_column(
    table: RawTable, position: int, column: schema.Column, parser: Parser
) -> tuple[tuple[object, ...], list[Fault]]:
    """Parse one column; what many cells hold is parsed once."""
    memo = dict[object, Parsed]()
    at = table.columns.get(column.header, -1)
    dated = table.epoch_1904 and column.type in (schema.Type.DATE, schema.Type.MOMENT)
    values: list[object] = []
    faults: list[Fault] = []
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
                faults += _blank(table, index, column, (row.number, at))
            continue
        if parsed.kind is not None:
            faults.append(fault(index, column.header, parsed.kind, cell, hint=parsed.hint))
    return tuple(values), faults


def _swapped(table: RawTable, position: int, header: str) -> Iterator[Fault]:
    """Warn once of a column in which days and months may be swapped."""
    found = swapped(table, position, header) if header in table.columns else None
    if found is not None:
        at, real, typed = found
        yield fault(at, header, findings.SWAPPED_DATES, header, hint=real, words=typed)


def _careful(parser: Parser, column: schema.Column, *, in_reference: bool) -> Parser:
    """Return a text column's parser that takes fillers for blanks, and no number that lost digits.

    In the reference such a number stops no schedule, unless the column has to be filled.
    """
    lax = in_reference and not column.required
    rounded = findings.ROUNDED_IN_REFERENCE if lax else findings.ROUNDED_NUMBER

    def parse(value: object) -> Parsed:
        if isinstance(value, (int, float)) and abs(value) >= _ROUNDED_FROM:
            return Parsed(None, rounded)
        if not column.required and is_filler(plain(value)):
            return Parsed(None, findings.FILLER if column.decides else None)
        return parser(value)

    return parse


def _blank(
    table: RawTable, index: int, column: schema.Column, place: tuple[int, int]
) -> Iterator[Fault]:
    """Tell a cell that only looks blank from one that is."""
    if (shown := table.errors.get(place)) is not None:
        yield fault(index, column.header, findings.CELL_ERROR, shown)
    elif place in table.uncalculated:
        yield fault(index, column.header, findings.NOT_CALCULATED)
    elif column.required:
        yield fault(index, column.header, findings.BLANK)


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
