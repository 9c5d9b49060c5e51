"""What is wrong between the cells of the acuan workbook; ``CHECKS`` is the table of contents.

A check looks at the typed sheets and yields faults, each with the name of its sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from labkesmas_batch import findings
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.typed import Fault, Typed, fault
from labkesmas_batch.model.institution import FACT_KEYS
from labkesmas_batch.model.policy import Policy
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.reference.build import sample_types
from labkesmas_batch.text.indonesian import short_date
from labkesmas_batch.text.names import fold, number_key, suggestion

Sheets = Mapping[str, Typed]
Faults = Iterator[tuple[str, Fault]]


def names(typed: Typed) -> tuple[str, ...]:
    """Return the names in a sheet's first column."""
    return tuple(str(name) for name in typed.columns[typed.sheet.columns[0].header] if name)


# Equipment may stand on several rows, one for each calibration date.
_UNIQUE = {
    SheetName.TEAMS: Header.TEAM_NAME,
    SheetName.REGIONS: Header.REGION,
    SheetName.SAMPLE_TYPES: Header.SAMPLE_TYPE,
}


def _unique_names(sheets: Sheets) -> Faults:
    for sheet, header in _UNIQUE.items():
        seen: dict[str, int] = {}
        for at, name in enumerate(sheets[sheet].columns[header]):
            first = seen.setdefault(fold(name or ""), at)
            if name and first != at:
                hint = f"baris {sheets[sheet].table.rows[first].number}"
                yield sheet, fault(at, header, findings.NAME_TWICE, name, hint=hint)


def _known_sample_types(sheets: Sheets) -> Faults:
    """Tell the sample types of a team that have no row; Semua stands for every one."""
    known = names(sheets[SheetName.SAMPLE_TYPES])
    for at, listed in enumerate(sheets[SheetName.TEAMS].columns[Header.SAMPLE_TYPE]):
        if sample_types(listed) is not None:
            yield from _unknown(SheetName.TEAMS, Header.SAMPLE_TYPE, at, listed, known)


def _known_equipment(sheets: Sheets) -> Faults:
    known = tuple({fold(name): name for name in names(sheets[SheetName.EQUIPMENT])}.values())
    for at, listed in enumerate(sheets[SheetName.SAMPLE_TYPES].columns[Header.EQUIPMENT]):
        yield from _unknown(SheetName.SAMPLE_TYPES, Header.EQUIPMENT, at, listed, known)


def _unknown(
    sheet: str, header: str, at: int, listed: tuple[str, ...] | None, known: tuple[str, ...]
) -> Faults:
    """Yield a fault for each name of a cell that the sheet called as its column lacks."""
    folded = {fold(name) for name in known}
    for name in listed or ():
        if fold(name) not in folded:
            hint = suggestion(name, known)
            kind = findings.UNKNOWN_REFERENCE
            yield sheet, fault(at, header, kind, name, words=header, hint=hint)


def _leaves_in_order(sheets: Sheets) -> Faults:
    columns = sheets[SheetName.LEAVE].columns
    for at, (first, last) in enumerate(
        zip(columns[Header.FROM], columns[Header.UNTIL], strict=True)
    ):
        if isinstance(first, date) and isinstance(last, date) and last < first:
            hint = short_date(first)
            kind = findings.LEAVE_REVERSED
            yield SheetName.LEAVE, fault(at, Header.UNTIL, kind, short_date(last), hint=hint)


def _pairs_of_two(sheets: Sheets) -> Faults:
    columns = sheets[SheetName.PAIR_DECISIONS].columns
    pairs = zip(columns[Header.NUMBER], columns[Header.LOWER], strict=True)
    for at, (first, second) in enumerate(pairs):
        if first and second and number_key(first) == number_key(second):
            kind = findings.DECISION_ON_ITSELF
            yield SheetName.PAIR_DECISIONS, fault(at, Header.LOWER, kind, second)


def _somebody_samples(sheets: Sheets) -> Faults:
    teams = [sample_types(listed) for listed in sheets[SheetName.TEAMS].columns[Header.SAMPLE_TYPE]]
    for at, name in enumerate(sheets[SheetName.SAMPLE_TYPES].columns[Header.SAMPLE_TYPE]):
        if name and not any(types is None or name in types for types in teams):
            yield (
                SheetName.SAMPLE_TYPES,
                fault(at, Header.SAMPLE_TYPE, findings.NOBODY_SAMPLES, name),
            )


def _used_rows(sheets: Sheets) -> Faults:
    """Warn of rows that only the documents need and that name no team or sample type."""
    for sheet in (SheetName.TEAM_MEMBERS, SheetName.SAMPLING_METHODS):
        column = schema.REFERENCE.sheet(sheet).columns[0]
        known = names(sheets[column.source])
        folded = {fold(name) for name in known}
        for at, name in enumerate(sheets[sheet].columns[column.header]):
            if name and fold(name) not in folded:
                hint = suggestion(str(name), known)
                kind = findings.ROW_UNUSED
                yield sheet, fault(at, column.header, kind, name, words=column.source, hint=hint)


def _known_facts(sheets: Sheets) -> Faults:
    keys = {fold(key) for key in FACT_KEYS}
    for at, key in enumerate(sheets[SheetName.INSTITUTION].columns[Header.SUBJECT]):
        if key and fold(key) not in keys:
            hint = suggestion(str(key), FACT_KEYS)
            yield (
                SheetName.INSTITUTION,
                fault(at, Header.SUBJECT, findings.FACT_UNKNOWN, key, hint=hint),
            )


def _one_method_each(sheets: Sheets) -> Faults:
    methods = sheets[SheetName.SAMPLING_METHODS]
    seen: dict[object, int] = {}
    for at, name in enumerate(methods.columns[Header.SAMPLE_TYPE]):
        first = seen.setdefault(name, at)
        if name and first != at:
            hint = f"baris {methods.table.rows[first].number}"
            kind = findings.NAME_TWICE
            yield SheetName.SAMPLING_METHODS, fault(at, Header.SAMPLE_TYPE, kind, name, hint=hint)


def dated(sheets: Sheets, policy: Policy, run_date: date) -> Faults:
    """Ask about leave that is long and holidays that are far ahead."""
    leave = sheets[SheetName.LEAVE].columns
    columns = (leave[header] for header in (Header.TEAM_NAME, Header.FROM, Header.UNTIL))
    for at, (team, first, last) in enumerate(zip(*columns, strict=True)):
        if isinstance(first, date) and isinstance(last, date):
            days = (last - first).days + 1
            if days > policy.leave_days:
                words, kind = f"{team}, {short_date(first)}", findings.LONG_LEAVE
                found = fault(at, Header.UNTIL, kind, short_date(last), hint=days, words=words)
                yield SheetName.LEAVE, found
    for at, day in enumerate(sheets[SheetName.HOLIDAYS].columns[Header.DATE]):
        if isinstance(day, date) and (day - run_date).days > policy.holiday_days:
            hint, kind = policy.holiday_days, findings.FAR_HOLIDAY
            yield SheetName.HOLIDAYS, fault(at, Header.DATE, kind, short_date(day), hint=hint)


CHECKS = (
    _unique_names,
    _known_sample_types,
    _known_equipment,
    _leaves_in_order,
    _pairs_of_two,
    _somebody_samples,
    _used_rows,
    _known_facts,
    _one_method_each,
)
