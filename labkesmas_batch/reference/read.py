"""Raw tables of the acuan workbook in; the checked reference and findings out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from graphlib import TopologicalSorter

from labkesmas_batch import findings
from labkesmas_batch.findings import Finding
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.forms.typed import Fault, Typed, parse, with_faults
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.reference.build import build_reference
from labkesmas_batch.reference.checks import CHECKS, dated, names
from labkesmas_batch.reference.policy_sheet import read_policy
from labkesmas_batch.text.indonesian import short_date


@dataclass(frozen=True, slots=True)
class CheckedReference:
    """The reference, None where it has an error, and all findings about it."""

    reference: Reference | None
    findings: tuple[Finding, ...]


def check_reference(
    tables: Mapping[str, RawTable | None], file: str, run_date: date | None = None
) -> CheckedReference:
    """Type and check the reference workbook.

    Parameters
    ----------
    tables
        Sheet name to its raw table, None for a sheet that the workbook lacks.
    file
        Its name, for findings about a missing sheet.
    run_date
        Dates are asked about that are far from it; None where nobody plans.
    """
    sheets = _typed(tables, file)
    policy, about_policy = read_policy(sheets[SheetName.POLICY])
    told: list[tuple[str, Fault]] = [(SheetName.POLICY, each) for each in about_policy]
    told += [each for check in CHECKS for each in check(sheets)]
    if policy is not None and run_date is not None:
        told += dated(sheets, policy, run_date)
    found = [*_missing(tables, file)]
    for sheet in with_faults(sheets, told).values():
        found += sheet.findings()
        found += _still_example(sheet)
    if policy is None or any(finding.is_error for finding in found):
        return CheckedReference(None, tuple(found))
    return CheckedReference(build_reference(sheets, policy), tuple(found))


def holiday_findings(reference: Reference, file: str, first: date, last: date) -> list[Finding]:
    """Warn of each planned year, from ``first`` to ``last``, without any holiday."""
    covered = {day.year for day in reference.holidays}
    return [
        findings.finding(
            findings.YEAR_WITHOUT_HOLIDAYS, file=file, sheet=SheetName.HOLIDAYS, value=str(year)
        )
        for year in range(first.year, last.year + 1)
        if year not in covered
    ]


def past_leaves(
    reference: Reference, before: Reference | None, file: str, run_date: date
) -> list[Finding]:
    """Warn of leave that is wholly past and that an earlier reference did not have."""
    known = before.leaves if before else ()
    return [
        findings.finding(
            findings.PAST_LEAVE,
            file=file,
            sheet=SheetName.LEAVE,
            row=each.row,
            column=1,
            value=short_date(each.last),
            words=f"{each.team}, {short_date(each.first)}",
        )
        for each in reference.leaves
        if each.last < run_date and each not in known
    ]


def _typed(tables: Mapping[str, RawTable | None], file: str) -> dict[str, Typed]:
    """Type the sheets, each after those by whose names its own cells are spelled."""
    typed: dict[str, Typed] = {}
    known: dict[str, tuple[str, ...]] = {}
    for name in TopologicalSorter(_SPELLED_BY).static_order():
        table = tables.get(name) or RawTable(file, name, 1, {}, ())
        typed[name] = parse(table, schema.REFERENCE.sheet(name), known)
        known[name] = names(typed[name])
    return {sheet.name: typed[sheet.name] for sheet in schema.REFERENCE.sheets}


_SPELLED_BY = {
    sheet.name: {column.source or column.spelling for column in sheet.columns} - {""}
    for sheet in schema.REFERENCE.sheets
}


def _missing(tables: Mapping[str, RawTable | None], file: str) -> Iterator[Finding]:
    """Warn of each sheet that the workbook lacks, of those that offer no names of others first."""
    sheets = schema.REFERENCE.sheets
    for sheet in sorted(sheets, key=lambda sheet: any(column.source for column in sheet.columns)):
        if tables.get(sheet.name) is None and not sheet.late:
            kind = findings.NO_SHEET
            yield findings.finding(kind, file=file, sheet=sheet.name, value=sheet.name)


def _still_example(typed: Typed) -> list[Finding]:
    """Warn once a sheet that made-up content of the template is still there."""
    count = sum(
        isinstance(cell, str) and schema.PLACEHOLDER in cell
        for row in typed.table.rows
        for cell in row.cells
    )
    if not count:
        return []
    table = typed.table
    return [
        findings.finding(
            findings.STILL_EXAMPLE,
            file=table.file,
            sheet=table.sheet,
            value=table.sheet,
            hint=count,
        )
    ]
