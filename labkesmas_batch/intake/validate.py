"""Raw intake tables in; valid requests, rows on hold and findings out.

A row with an error is on hold as a whole: nothing of it is scheduled until it is fixed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from labkesmas_batch import findings
from labkesmas_batch.findings import Finding
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.forms.typed import Typed, with_faults
from labkesmas_batch.intake.checks import CHECKS
from labkesmas_batch.intake.copies import without_copies
from labkesmas_batch.intake.data_rows import data_rows
from labkesmas_batch.intake.rows import Intake
from labkesmas_batch.intake.settled_rows import SettledRow, settled_rows
from labkesmas_batch.intake.typed_requests import CLASS, CUSTOMER, NUMBER, typed_requests
from labkesmas_batch.model.history import Known
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import CustomerClass, Request, RowOnHold

NOTHING: Mapping[str, Known] = {}


@dataclass(frozen=True, slots=True)
class Validated:
    """Every data row of the intake, either a request or on hold, with all findings.

    ``examples`` counts the template's example rows, ``remarks`` rows that hold a remark of staff;
    neither are data. ``copies`` counts rows equal to another one, ``settled`` are those that repeat
    a request which has its day or its end: neither are planned.
    """

    requests: tuple[Request, ...]
    on_hold: tuple[RowOnHold, ...]
    findings: tuple[Finding, ...]
    examples: int
    remarks: int
    copies: int = 0
    settled: tuple[SettledRow, ...] = ()


def validate(
    tables: Sequence[RawTable],
    reference: Reference,
    run_date: date,
    known: Mapping[str, Known] = NOTHING,
) -> Validated:
    """Validate the intake of a week (SOP steps 4 and 5).

    Parameters
    ----------
    tables
        One table for each intake workbook.
    reference
        Names and numbers to check against.
    run_date
        Tanggal pengaturan jadwal; no request may be younger.
    known
        Canonical number to what the register has of it. A row that repeats a request which has its
        day or its end is not measured by today's reference: nothing of it is planned any more.

    Returns
    -------
    Validated
        Requests, rows on hold, settled ones and copies together are as many as the tables have data
        rows.
    """
    data = [data_rows(table) for table in tables]
    once, copies = without_copies([each.table for each in data])
    typed = {at: typed_requests(table, reference) for at, table in enumerate(once)}
    intake = Intake(typed, reference, run_date, known)
    told = (each for check in CHECKS for each in check(intake))
    settled = {at: settled_rows(each, known) for at, each in typed.items()} if known else {}
    checked = tuple(
        each.without_faults(settled[at]) if settled.get(at) else each
        for at, each in with_faults(typed, told).items()
    )
    found = [finding for each in checked for finding in each.findings(NUMBER)]
    found += [
        findings.finding(findings.NO_ROWS, file=each.table.file, sheet=each.table.sheet)
        for each in data
        if not each.table.rows
    ]
    requests, on_hold = [], []
    for at, each in enumerate(checked):
        requests += _requests(each, settled.get(at, {}))
        on_hold += _held(each)
    return Validated(
        requests=tuple(requests),
        on_hold=tuple(on_hold),
        findings=tuple(found),
        examples=sum(each.examples for each in data),
        remarks=sum(each.remarks for each in data),
        copies=copies,
        settled=tuple(row for rows in settled.values() for row in rows.values()),
    )


_HEADERS = schema.REQUESTS.headers
_CLASSES = {each.value: each for each in CustomerClass}


def _requests(typed: Typed, settled: Collection[int]) -> list[Request]:
    """Return the rows without an error as requests, but for the settled ones."""
    cells = zip(*(typed.columns[header] for header in _HEADERS), strict=True)
    bad = typed.bad_rows().union(settled)
    made = []
    for index, (row, typed_cells) in enumerate(zip(typed.table.rows, cells, strict=True)):
        if index in bad:
            continue
        (
            no,
            received,
            customer_class,
            customer,
            address,
            contact,
            phone,
            email,
            site,
            region,
            kind,
            parameters,
            samples,
            proposed,
            deadline,
            waiver,
            note,
        ) = typed_cells
        made.append(
            Request(
                number=no,
                received=received,
                customer_class=_CLASSES[customer_class],
                customer=customer,
                address=address or "",
                contact=contact or "",
                phone=phone or "",
                email=email or "",
                site=site,
                region=region,
                sample_type=kind,
                parameters=parameters or (),
                samples=samples,
                proposed=proposed,
                deadline=deadline,
                waiver=waiver or "",
                note=note or "",
                file=typed.table.file,
                row=row.number,
            )
        )
    return made


def _held(typed: Typed) -> list[RowOnHold]:
    return [
        RowOnHold(
            number=str(typed.columns[NUMBER][index] or ""),
            customer=str(typed.columns[CUSTOMER][index] or ""),
            customer_class=str(typed.columns[CLASS][index] or ""),
            file=typed.table.file,
            sheet=typed.table.sheet,
            row=typed.table.rows[index].number,
        )
        for index in sorted(typed.bad_rows())
    ]
