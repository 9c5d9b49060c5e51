"""What took place on the field days, read from the sheet Realisasi."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import cast

from labkesmas_batch import findings
from labkesmas_batch.findings import Finding, column_letters
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.forms.typed import Fault, fault, parse
from labkesmas_batch.model.history import FieldReport, FieldResult, Known, Standing
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.text.indonesian import short_date
from labkesmas_batch.text.names import number_key

NUMBER, ACTUAL, SAMPLES = Header.NUMBER, Header.ACTUAL_DATE, Header.ACTUAL_SAMPLES

# What a form tells of a visit, and the cell where it does.
Told = tuple[FieldReport, str]


def read_forms(
    tables: Iterable[RawTable],
    known: Mapping[str, Known],
    told: Sequence[FieldReport],
    today: date,
    apart: int,
) -> tuple[tuple[FieldReport, ...], tuple[Finding, ...]]:
    """Read forms of field days handed in together, as :func:`read_reports` reads each.

    What two of them tell alike counts once; what they tell otherwise is an error.
    """
    elsewhere: dict[str, Told] = {}
    found: list[Finding] = []
    for table in tables:
        here, more = read_reports(table, known, told, today, apart, elsewhere)
        elsewhere |= here
        found += more
    return tuple(report for report, _ in elsewhere.values()), tuple(found)


def read_reports(
    table: RawTable,
    known: Mapping[str, Known],
    told: Sequence[FieldReport],
    today: date,
    apart: int,
    elsewhere: Mapping[str, Told] = MappingProxyType({}),
) -> tuple[dict[str, Told], tuple[Finding, ...]]:
    """Read the rows that have a Hasil.

    Parameters
    ----------
    known
        Folded number to what the register knows.
    told
        What was recorded before, oldest first: a form is handed in as often as it is filled in
        further, and rows that say the same again are passed over.
    today
        Nothing took place after it.
    apart
        Days between plan and visit beyond which the date is asked about.
    elsewhere
        What other forms tell, by canonical number.

    Returns
    -------
    reports, findings
        By canonical number; errors, and warnings about days.
    """
    typed = parse(table, schema.FIELD_REPORT, {})
    columns = typed.columns
    bad = typed.bad_rows()
    reports: dict[str, Told] = {}
    faults: list[Fault] = []
    newest = {number_key(each.number): each for each in told}
    seen: dict[str, int] = {}
    for at, row in enumerate(table.rows):
        number = cast("str | None", columns[NUMBER][at])
        result = cast("str | None", columns[Header.RESULT][at])
        if not number or not result:
            continue
        key, report = number_key(number), _report(columns, at, number, FieldResult(result))
        corrects = bool(columns[Header.CORRECTION][at])
        before = [newest[key]] if corrects and key in newest else told
        if any(_same(report, each) for each in before):
            continue
        other = elsewhere.get(key)
        if other is not None and _same(report, other[0]):
            continue
        wrong = [*_check_visit(at, number, known, seen)]
        if at not in bad and not wrong:
            wrong += _check_amounts(at, report)
        if (visit := known.get(number_key(number))) is not None:
            wrong += _check_days(at, report, visit, today, apart)
            if _reported(visit) and not corrects:
                hint = f"{visit.standing} {short_date(visit.actual or visit.first or today)}"
                wrong.append(fault(at, Header.RESULT, findings.REPORTED_BEFORE, number, hint=hint))
        if other is not None:
            kind = findings.TOLD_OTHERWISE
            wrong.append(fault(at, Header.RESULT, kind, number, hint=other[1]))
        seen[key] = row.number
        faults += wrong
        cell = f"{column_letters(table.columns[Header.RESULT] + 1)}{row.number}"
        reports[key] = report, f"{table.file} {table.sheet}!{cell}"
    found = typed.with_faults(faults).findings(NUMBER)
    ours = tuple(each for each in found if each.is_error or each.kind is findings.FAR_FROM_PLAN)
    return reports, ours


def _check_visit(
    at: int, number: str, known: Mapping[str, Known], seen: Mapping[str, int]
) -> Iterator[Fault]:
    """Tell a number that is no locked visit, and one that an earlier row reports already."""
    before = known.get(number_key(number))
    if before is None or not (before.standing is Standing.LOCKED or _reported(before)):
        yield fault(at, NUMBER, findings.NOT_LOCKED, number)
    if number_key(number) in seen:
        hint = f"baris {seen[number_key(number)]}"
        yield fault(at, NUMBER, findings.DECIDED_TWICE, number, hint=hint)


def _reported(known: Known) -> bool:
    """Tell a visit that was reported as done or as cancelled; one cancelled before has no day."""
    return known.standing.is_over and known.first is not None


def _check_days(
    at: int, report: FieldReport, visit: Known, today: date, apart: int
) -> Iterator[Fault]:
    """Tell a row about another day than the visit's, and an actual date that cannot be."""
    if report.planned and visit.first and report.planned != visit.first:
        hint = short_date(visit.first)
        yield fault(at, Header.FIRST_DAY, findings.OTHER_VISIT, report.planned, hint=hint)
    actual, received = report.actual, visit.request.received_on
    if actual is None:
        return
    if actual > today:
        yield fault(at, ACTUAL, findings.NOT_YET, actual, hint=short_date(today))
    elif actual < received:
        yield fault(at, ACTUAL, findings.BEFORE_REQUEST, actual, hint=short_date(received))
    elif visit.first and abs((actual - visit.first).days) > apart:
        hint = f"{short_date(visit.first)}, selisih lebih dari {apart} hari"
        yield fault(at, ACTUAL, findings.FAR_FROM_PLAN, actual, hint=hint)


def _check_amounts(at: int, report: FieldReport) -> Iterator[Fault]:
    """Tell the first that is missing of what a visit that took place needs."""
    if report.result == FieldResult.DONE:
        needed = ((ACTUAL, report.actual), (SAMPLES, report.samples))
        missing = next((header for header, value in needed if value is None), None)
        if missing is not None:
            yield fault(at, missing, findings.ACTUAL_MISSING)


def _report(
    columns: Mapping[str, Sequence[object]], at: int, number: str, result: FieldResult
) -> FieldReport:
    return FieldReport(
        number,
        result,
        cast("date | None", columns[ACTUAL][at]),
        cast("int | None", columns[SAMPLES][at]),
        cast("str | None", columns[Header.NOTE][at]) or "",
        cast("date | None", columns[Header.FIRST_DAY][at]),
    )


def _same(report: FieldReport, told: FieldReport) -> bool:
    """Tell whether the same was reported of the same visit before."""
    if number_key(report.number) != number_key(told.number):
        return False
    planned = report.planned or told.planned
    return replace(report, number=told.number, planned=planned) == told
