"""What took place on the field days, read from the sheet Realisasi."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from labkesmas_batch import findings
from labkesmas_batch.findings import Finding
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.forms.typed import parse
from labkesmas_batch.model.history import FieldReport, FieldResult, Known, Standing
from labkesmas_batch.text.indonesian import short_date
from labkesmas_batch.text.names import fold

NUMBER, ACTUAL, SAMPLES = "No. Permintaan", "Tanggal Nyata", "Jumlah Nyata"


def read_reports(
    table: RawTable, known: Mapping[str, Known], told: Collection[FieldReport], today: date
) -> tuple[tuple[FieldReport, ...], tuple[Finding, ...]]:
    """Read the rows that have a Hasil.

    Parameters
    ----------
    known
        Folded number to what the register knows.
    told
        What was recorded before: a form is handed in as often as it is filled in further, and
        rows that say the same again are passed over.
    today
        Nothing took place after it.

    Returns
    -------
    reports, findings
        Findings are errors only.
    """
    typed = parse(table, schema.HAPPENED, {})
    columns = typed.columns
    reports: list[FieldReport] = []
    seen: dict[str, int] = {}
    for at, row in enumerate(table.rows):
        number = cast("str | None", columns[NUMBER][at])
        result = cast("str | None", columns["Hasil"][at])
        if not number or not result:
            continue
        report = _report(columns, at, number, FieldResult(result))
        if any(_same(report, each) for each in told):
            continue
        before = known.get(fold(number))
        if before is None or before.standing not in (Standing.LOCKED, Standing.DONE):
            typed.fault(at, NUMBER, findings.NOT_LOCKED, number)
        if fold(number) in seen:
            hint = f"baris {seen[fold(number)]}"
            typed.fault(at, NUMBER, findings.DECIDED_TWICE, number, hint=hint)
        seen[fold(number)] = row.number
        if result == FieldResult.DONE:
            for header, value in ((ACTUAL, report.actual), (SAMPLES, report.samples)):
                if value is None and at not in typed.bad:
                    typed.fault(at, header, findings.ACTUAL_MISSING)
        if report.actual and report.actual > today:
            typed.fault(at, ACTUAL, findings.NOT_YET, report.actual, hint=short_date(today))
        reports.append(report)
    return tuple(reports), tuple(each for each in typed.findings(NUMBER) if each.is_error)


def _report(
    columns: Mapping[str, Sequence[object]], at: int, number: str, result: FieldResult
) -> FieldReport:
    return FieldReport(
        number,
        result,
        cast("date | None", columns[ACTUAL][at]),
        cast("int | None", columns[SAMPLES][at]),
        cast("str | None", columns["Keterangan"][at]) or "",
        cast("date | None", columns["Tanggal Mulai"][at]),
    )


def _same(report: FieldReport, told: FieldReport) -> bool:
    """Tell whether the same was reported of the same visit before."""
    if fold(report.number) != fold(told.number):
        return False
    planned = report.planned or told.planned
    return replace(report, number=told.number, planned=planned) == told
