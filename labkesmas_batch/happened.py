"""What took place on the field days, read from the sheet Realisasi."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from labkesmas_batch import findings, schema
from labkesmas_batch.cells import fold
from labkesmas_batch.findings import Finding
from labkesmas_batch.memory import FieldReport, FieldResult, Known, Standing
from labkesmas_batch.model import RawTable
from labkesmas_batch.parse import parse
from labkesmas_batch.wording import short_date

NUMBER, ACTUAL, SAMPLES = "No. Permintaan", "Tanggal Nyata", "Jumlah Nyata"


def read_reports(
    table: RawTable, known: Mapping[str, Known], today: date
) -> tuple[tuple[FieldReport, ...], tuple[Finding, ...]]:
    """Read the rows that have a Hasil.

    Parameters
    ----------
    known
        Folded number to what the register knows.
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
        before = known.get(fold(number))
        if before is None or before.standing not in (Standing.LOCKED, Standing.DONE):
            typed.fault(at, NUMBER, findings.NOT_LOCKED, number)
        if fold(number) in seen:
            hint = f"baris {seen[fold(number)]}"
            typed.fault(at, NUMBER, findings.DECIDED_TWICE, number, hint=hint)
        seen[fold(number)] = row.number
        actual = cast("date | None", columns[ACTUAL][at])
        samples = cast("int | None", columns[SAMPLES][at])
        if result == FieldResult.DONE:
            for header, value in ((ACTUAL, actual), (SAMPLES, samples)):
                if value is None and at not in typed.bad:
                    typed.fault(at, header, findings.ACTUAL_MISSING)
        if actual and actual > today:
            typed.fault(at, ACTUAL, findings.NOT_YET, actual, hint=short_date(today))
        note = cast("str | None", columns["Keterangan"][at])
        reports.append(FieldReport(number, FieldResult(result), actual, samples, note or ""))
    return tuple(reports), tuple(each for each in typed.findings(NUMBER) if each.is_error)
