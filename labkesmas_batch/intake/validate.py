"""Raw intake tables in; valid requests, rows on hold and findings out.

A row with an error is on hold as a whole: nothing of it is scheduled until it is fixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from labkesmas_batch import findings
from labkesmas_batch.findings import Finding
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.forms.typed import Typed, with_faults
from labkesmas_batch.intake.checks import CHECKS, Intake
from labkesmas_batch.intake.data_rows import data_rows
from labkesmas_batch.intake.typed_requests import CLASS, CUSTOMER, NUMBER, typed_requests
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import CustomerClass, Request, RowOnHold


@dataclass(frozen=True, slots=True)
class Validated:
    """Every data row of the intake, either a request or on hold, with all findings.

    ``examples`` counts the template's example rows, ``remarks`` rows that hold a remark of staff;
    neither are data.
    """

    requests: tuple[Request, ...]
    on_hold: tuple[RowOnHold, ...]
    findings: tuple[Finding, ...]
    examples: int
    remarks: int


def validate(tables: Sequence[RawTable], reference: Reference, run_date: date) -> Validated:
    """Validate the intake of a week (SOP steps 4 and 5).

    Parameters
    ----------
    tables
        One table for each intake workbook.
    reference
        Names and numbers to check against.
    run_date
        Tanggal pengaturan jadwal; no request may be younger.

    Returns
    -------
    Validated
        Requests and rows on hold together are as many as the tables have data rows.
    """
    data = [data_rows(table) for table in tables]
    typed = {at: typed_requests(each.table, reference) for at, each in enumerate(data)}
    intake = Intake(typed, reference, run_date)
    told = (each for check in CHECKS for each in check(intake))
    checked = tuple(with_faults(typed, told).values())
    found = [finding for each in checked for finding in each.findings(NUMBER)]
    found += [
        findings.finding(findings.NO_ROWS, file=each.table.file, sheet=each.table.sheet)
        for each in checked
        if not each.table.rows
    ]
    requests, on_hold = [], []
    for each in checked:
        requests += _requests(each)
        on_hold += _held(each)
    return Validated(
        requests=tuple(requests),
        on_hold=tuple(on_hold),
        findings=tuple(found),
        examples=sum(each.examples for each in data),
        remarks=sum(each.remarks for each in data),
    )


_HEADERS = schema.REQUESTS.headers
_CLASSES = {each.value: each for each in CustomerClass}


def _requests(typed: Typed) -> list[Request]:
    """Return the rows without an error as requests."""
    cells = zip(*(typed.columns[header] for header in _HEADERS), strict=True)
    bad = typed.bad_rows()
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
