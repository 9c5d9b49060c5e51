"""Raw intake tables in; valid requests, held rows and findings out.

Each check is a small function; ``_CHECKS`` is their table of contents. A row with an error is
held whole: nothing of it is scheduled until it is mended.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from labkesmas_batch import findings
from labkesmas_batch.findings import Finding
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.forms.typed import Typed, parse
from labkesmas_batch.intake.data_rows import data_rows
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import CustomerClass, Held, Request
from labkesmas_batch.text.indonesian import listing, number, short_date
from labkesmas_batch.text.names import MOST_HINTS, fold, suggestion

NUMBER, RECEIVED, CLASS = "No. Permintaan", "Tanggal Permintaan", "Jenis Customer"
CUSTOMER, SITE, REGION, KIND = "Nama Customer", "Lokasi Sampling", "Wilayah", "Jenis Contoh Uji"
PARAMETERS, PROPOSED, DEADLINE = "Parameter", "Tanggal Usulan", "Batas Akhir"
WAIVER = "Surat Dispensasi"


@dataclass(frozen=True, slots=True)
class Validated:
    """Every data row of the intake, either a request or held, with all findings.

    ``examples`` counts the template's example rows, ``remarks`` rows that hold a remark of staff;
    neither are data.
    """

    requests: tuple[Request, ...]
    held: tuple[Held, ...]
    findings: tuple[Finding, ...]
    examples: int
    remarks: int


class _Row(NamedTuple):
    """A row of one of the tables, for checks that look across files."""

    typed: Typed
    at: int

    def get(self, header: str) -> Any:
        return self.typed.columns[header][self.at]

    @property
    def place(self) -> str:
        table = self.typed.table
        return f"{table.file} baris {table.rows[self.at].number}"


@dataclass(frozen=True, slots=True)
class _Intake:
    rows: tuple[_Row, ...]
    reference: Reference
    run_date: date


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
        Requests and held rows together are as many as the tables have data rows.
    """
    known = {"Wilayah": tuple(reference.regions), "Jenis Contoh Uji": tuple(reference.sample_types)}
    data = [data_rows(table) for table in tables]
    typed_tables = [parse(each.table, schema.REQUESTS, known) for each in data]
    rows = tuple(_Row(typed, index) for typed in typed_tables for index in _indices(typed))
    for check in _CHECKS:
        check(_Intake(rows, reference, run_date))
    found = [finding for typed in typed_tables for finding in typed.findings(NUMBER)]
    found += [
        findings.finding(findings.NO_ROWS, file=typed.table.file, sheet=typed.table.sheet)
        for typed in typed_tables
        if not typed.table.rows
    ]
    requests, held = [], []
    for typed in typed_tables:
        requests += _requests(typed)
        held += _held(typed)
    return Validated(
        requests=tuple(requests),
        held=tuple(held),
        findings=tuple(found),
        examples=sum(each.examples for each in data),
        remarks=sum(each.remarks for each in data),
    )


def _indices(typed: Typed) -> range:
    return range(len(typed.table.rows))


_HEADERS = schema.REQUESTS.headers
_CLASSES = {each.value: each for each in CustomerClass}


def _example_number(intake: _Intake) -> None:
    for typed, index in intake.rows:
        value = typed.columns[NUMBER][index]
        if value and fold(value) == fold(schema.EXAMPLE_NUMBER):
            typed.fault(index, NUMBER, findings.EXAMPLE_NUMBER, value)


def _unique_numbers(intake: _Intake) -> None:
    """Hold every row of a doubled number: which of them is right only people know (R-SERI)."""
    for rows in _groups(intake.rows, lambda row: fold(row.get(NUMBER) or "")):
        places = [row.place for row in rows]
        for at, row in enumerate(rows):
            others = listing((*places[:at][:4], *places[at + 1 : at + 5]), most=3)
            others = others if len(rows) <= 4 else f"{places[at == 0]} dan {len(rows) - 2} lainnya"
            row.typed.fault(row.at, NUMBER, findings.DUPLICATE_NUMBER, row.get(NUMBER), hint=others)


def _dates_in_order(intake: _Intake) -> None:
    for typed, index in intake.rows:
        received: datetime | None = typed.columns[RECEIVED][index]
        if received and received.date() > intake.run_date:
            typed.fault(
                index,
                RECEIVED,
                findings.FUTURE_REQUEST,
                short_date(received),
                hint=short_date(intake.run_date),
            )
        proposed: date | None = typed.columns[PROPOSED][index]
        deadline: date | None = typed.columns[DEADLINE][index]
        if proposed and deadline and deadline < proposed:
            typed.fault(
                index,
                DEADLINE,
                findings.DEADLINE_BEFORE_PROPOSAL,
                short_date(deadline),
                hint=short_date(proposed),
            )


def _known_parameters(intake: _Intake) -> None:
    tariffs: dict[str, dict[str, str]] = defaultdict(dict)
    for tariff in intake.reference.tariffs:
        tariffs[tariff.sample_type][fold(tariff.parameter)] = tariff.parameter
    misses = 0
    known_lists: dict[tuple[str, tuple[str, ...]], tuple[tuple[str, ...], list[str]]] = {}
    for typed, index in intake.rows:
        kind: str | None = typed.columns[KIND][index]
        wanted: tuple[str, ...] | None = typed.columns[PARAMETERS][index]
        if not kind or not wanted:
            continue
        known = tariffs.get(kind, {})
        if (kind, wanted) not in known_lists:
            mended = dict.fromkeys(known.get(fold(name), name) for name in wanted)
            strange = [name for name in wanted if fold(name) not in known]
            known_lists[kind, wanted] = tuple(mended), strange
        typed.columns[PARAMETERS][index], unknown = known_lists[kind, wanted]
        for name in unknown:
            misses += 1
            hint = suggestion(name, tuple(known.values())) if misses <= MOST_HINTS else ""
            typed.fault(index, PARAMETERS, findings.UNKNOWN_PARAMETER, name, words=kind, hint=hint)


def _waivers_needed(intake: _Intake) -> None:
    lead = timedelta(days=intake.reference.policy.lead_days)
    for typed, index in intake.rows:
        received: datetime | None = typed.columns[RECEIVED][index]
        proposed: date | None = typed.columns[PROPOSED][index]
        waiver = typed.columns[WAIVER][index]
        if waiver and received and proposed and proposed >= received.date() + lead:
            typed.fault(index, WAIVER, findings.WAIVER_NOT_NEEDED, waiver)


def _looks_twice(intake: _Intake) -> None:
    def key(row: _Row) -> object:
        parts = (row.get(CUSTOMER), row.get(SITE), row.get(KIND), row.get(RECEIVED))
        if not all(parts):
            return ""
        return (fold(parts[0]), fold(parts[1]), parts[2], parts[3].date())

    for rows in _groups(intake.rows, key):
        numbers = {fold(row.get(NUMBER) or "") for row in rows}
        if len(numbers) < len(rows):
            continue  # a doubled number is the one mistake here, and already told
        for row in rows[1:]:
            first = f"{rows[0].get(NUMBER)} ({rows[0].place})"
            row.typed.fault(row.at, NUMBER, findings.LOOKS_TWICE, row.get(NUMBER), hint=first)


def _one_class_each(intake: _Intake) -> None:
    for rows in _groups(intake.rows, lambda row: fold(row.get(CUSTOMER) or "")):
        if not _CLASSES.keys() <= {row.get(CLASS) for row in rows}:
            continue
        by_class = {
            name: [str(row.get(NUMBER)) for row in rows if row.get(CLASS) == name]
            for name in CustomerClass
        }
        hint = "; ".join(f"{name}: {listing(which)}" for name, which in by_class.items())
        row = rows[0]
        row.typed.fault(row.at, CUSTOMER, findings.BOTH_CLASSES, row.get(CUSTOMER), hint=hint)


def _travel_within_storage(intake: _Intake) -> None:
    """One warning for each pair of place and kind, not one for each row."""
    for rows in _groups(intake.rows, lambda row: _pair(row.get(REGION), row.get(KIND)), least=1):
        row = rows[0]
        region = intake.reference.regions[row.get(REGION)]
        kind = intake.reference.sample_types[row.get(KIND)]
        if region.travel_hours is None or kind.storage_hours is None:
            continue
        if region.travel_hours > kind.storage_hours:
            row.typed.fault(
                row.at,
                REGION,
                findings.TRAVEL_BEYOND_STORAGE,
                region.name,
                hours=number(region.travel_hours),
                storage=number(kind.storage_hours),
                sample_type=kind.name,
                hint=listing(str(each.get(NUMBER)) for each in rows),
            )


def _pair(first: object, second: object) -> object:
    return (first, second) if first and second else ""


def _groups(
    rows: Iterable[_Row], key: Callable[[_Row], object], least: int = 2
) -> list[list[_Row]]:
    """Return the rows that share a key, '' being none, in groups of at least ``least``."""
    rows = tuple(rows)
    keys = list(map(key, rows))
    counts = Counter(keys)
    if least > 1 and len(counts) == len(rows):
        return []
    groups: dict[object, list[_Row]] = {}
    for group, row in zip(keys, rows, strict=True):
        if group != "" and counts[group] >= least:
            groups.setdefault(group, []).append(row)
    return list(groups.values())


_CHECKS = (
    _example_number,
    _unique_numbers,
    _dates_in_order,
    _known_parameters,
    _waivers_needed,
    _looks_twice,
    _one_class_each,
    _travel_within_storage,
)


def _requests(typed: Typed) -> list[Request]:
    """Return the rows without an error as requests."""
    cells = zip(*(typed.columns[header] for header in _HEADERS), strict=True)
    made = []
    for index, (row, typed_cells) in enumerate(zip(typed.table.rows, cells, strict=True)):
        if index in typed.bad:
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


def _held(typed: Typed) -> list[Held]:
    return [
        Held(
            number=str(typed.columns[NUMBER][index] or ""),
            customer=str(typed.columns[CUSTOMER][index] or ""),
            customer_class=str(typed.columns[CLASS][index] or ""),
            file=typed.table.file,
            sheet=typed.table.sheet,
            row=typed.table.rows[index].number,
        )
        for index in sorted(typed.bad)
    ]
