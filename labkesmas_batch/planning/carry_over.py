"""What the register knows, brought together with this week's intake.

Requests that wait come along with their original date, whether or not the intake repeats them;
those that have a day already keep it; and a request that comes again is recognised by its number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from labkesmas_batch import findings
from labkesmas_batch.findings import Finding
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.raw import RawRow, RawTable
from labkesmas_batch.intake.same_request import is_another, name_key
from labkesmas_batch.intake.settled_rows import SettledRow
from labkesmas_batch.intake.validate import Validated
from labkesmas_batch.model.history import (
    CONTACT,
    FIELDS,
    REGISTER_NAME,
    History,
    Known,
    Standing,
    differing,
    with_contact,
)
from labkesmas_batch.model.requests import Request, RowOnHold
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.text.indonesian import listing, long_date, short_date
from labkesmas_batch.text.names import natural, number_key

_KEYS = {Header.NUMBER: "number", **FIELDS}


@dataclass(frozen=True, slots=True)
class Recognised:
    """The week's rows, told apart.

    Parameters
    ----------
    requests
        Those to be planned.
    on_hold
        With those whose number was cancelled.
    repeated
        Canonical numbers of requests that have their day or their end and that the intake repeats.
    copies
        Further rows of a number that the register knows.
    contacts
        Locked requests with contact data that are new.
    brought
        Waiting ones whose number the intake uses for another request.
    """

    requests: tuple[Request, ...]
    on_hold: tuple[RowOnHold, ...]
    findings: tuple[Finding, ...]
    repeated: frozenset[str]
    brought: tuple[Request, ...] = ()
    copies: int = 0
    contacts: tuple[Request, ...] = ()


def carried_table(history: History, tables: Iterable[RawTable]) -> RawTable | None:
    """Return the requests that wait and that no intake repeats, as a table like an intake's.

    They go through the same validation: what they name may have left the reference meanwhile.
    """
    here = {number_key(row.cells[0]) for table in tables for row in table.rows}
    waiting = [
        known.request
        for known in history.known
        if known.standing.waits and number_key(known.request.number) not in here
    ]
    if not waiting:
        return None
    headers = schema.REQUESTS.headers
    rows = tuple(
        RawRow(at, tuple(_cell(getattr(request, _KEYS[header])) for header in headers))
        for at, request in enumerate(waiting, start=1)
    )
    columns = {header: at for at, header in enumerate(headers)}
    return RawTable(REGISTER_NAME, schema.REQUESTS.name, 0, columns, rows)


def _cell(value: object) -> object:
    """Return a field of a request as its cell held it."""
    if isinstance(value, tuple):
        return "; ".join(map(str, value)) or None
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value if value != "" else None


def recognise(
    validated: Validated,
    history: History,
    tables: Mapping[str, RawTable],
) -> Recognised:
    """Tell apart what is new, what comes again, and what has a day already.

    Parameters
    ----------
    validated
        Those carried over among them.
    history
        Of earlier weeks.
    tables
        File name to its form.
    """
    known = history.by_number
    plan: list[Request] = []
    more_on_hold: list[RowOnHold] = []
    repeated = frozenset(number_key(row.request.number) for row in validated.settled)
    found = list(_changes(validated.settled, known, tables))
    brought: list[Request] = []
    copies = len(validated.settled) - len(repeated)
    waiting: dict[str, int] = {}
    twins = _Twins(history, repeated)
    for request in validated.requests:
        key = number_key(request.number)
        earlier = known.get(key)
        if request.file == REGISTER_NAME:
            plan.append(request)
        elif earlier is None:
            plan.append(request)
            found += twins.told(request, tables[request.file])
        elif is_another(earlier, request):
            table = tables[request.file]
            more_on_hold.append(_held(request, table))
            found.append(_about(request, findings.NUMBER_TAKEN, table, earlier, _who(earlier)))
            if earlier.standing.waits and key not in waiting:
                waiting[key] = -1
                brought.append(replace(earlier.request, file=REGISTER_NAME, row=1))
        elif key in waiting:
            copies += 1
            if (at := waiting[key]) >= 0:  # which row is right nobody knows: as it was approved
                first = plan[at]
                plan[at] = replace(earlier.request, file=first.file, row=first.row)
        else:
            if earlier.request.received_on != request.received_on:
                found.append(_about(request, findings.DATE_CHANGED, tables[request.file], earlier))
            waiting[key] = len(plan)
            plan.append(replace(request, received=earlier.request.received))
    return Recognised(
        tuple(plan),
        (*validated.on_hold, *more_on_hold),
        tuple(found),
        repeated,
        tuple(brought),
        copies,
        tuple(new_contacts(validated.settled, known)),
    )


class _Twins:
    """Visits of the register by all that makes two numbers look like one request.

    What waits comes along as a row, and is compared with the others as one.
    """

    def __init__(self, history: History, repeated: Collection[str]) -> None:
        visits = [
            each
            for key, each in history.by_number.items()
            if each.standing.has_day and key not in repeated
        ]
        self._same = {self._key(each.request): each for each in visits}
        self._alike = {natural(each.request.number): each for each in visits}

    def told(self, request: Request, table: RawTable) -> Iterator[Finding]:
        """Yield a warning where a new request, or its number, looks like one of them."""
        if not self._same:
            return
        twin, kind = self._same.get(self._key(request)), findings.TWIN_IN_REGISTER
        if twin is None:
            twin, kind = self._alike.get(natural(request.number)), findings.ALIKE_NUMBERS
        if twin is not None:
            hint = f"{twin.request.number} ({twin.standing.value})"
            yield _about(request, kind, table, twin, hint=hint)

    @staticmethod
    def _key(request: Request) -> tuple[object, ...]:
        where = name_key(request.customer), name_key(request.site)
        return *where, request.sample_type, request.received_on


def _changes(
    settled: Iterable[SettledRow], known: Mapping[str, Known], tables: Mapping[str, RawTable]
) -> Iterator[Finding]:
    """Yield a warning for each row that says something else of a locked request."""
    for row in settled:
        before = known[number_key(row.request.number)]
        if before.standing is not Standing.LOCKED:
            continue
        changed = [
            f"{header}: {_said(getattr(row.request, FIELDS[header]))}"
            for header in differing(before.request, row.request)
            if header not in CONTACT
        ] + [f"{header} tidak terbaca" for header in row.unread if header not in CONTACT]
        contact = [header for header in row.unread if header in CONTACT]
        kinds = (findings.LOCKED_CHANGED, changed), (findings.CONTACT_UNREAD, contact)
        for kind, said in kinds:
            if said:
                hint = listing(said, most=16)
                yield _about(row.request, kind, tables[row.request.file], before, hint=hint)


def new_contacts(
    settled: Iterable[SettledRow],
    known: Mapping[str, Known],
    standings: Collection[Standing] = (Standing.LOCKED,),
) -> Iterator[Request]:
    """Yield requests whose contact data the intake has otherwise, with the new ones.

    Where its rows tell of two, nobody knows which are the newer ones, and the register's stay.
    """
    rows: dict[str, list[Request]] = {}
    for each in settled:
        rows.setdefault(number_key(each.request.number), []).append(each.request)
    for key, told in rows.items():
        before = known[key]
        now = with_contact(before.request, told[0])
        agree = all(not differing(now, with_contact(before.request, each)) for each in told)
        if before.standing in standings and agree and differing(before.request, now):
            yield now


def _said(value: object) -> str:
    if isinstance(value, date):
        return short_date(value)
    return "kosong" if value in (None, "", ()) else str(value)


def _held(request: Request, table: RawTable) -> RowOnHold:
    return RowOnHold(
        request.number,
        request.customer,
        request.customer_class.value,
        request.file,
        table.sheet,
        request.row,
    )


def _who(known: Known) -> str:
    """Return whose request the register knows, and where it stands."""
    request = known.request
    what = f"{request.customer}, {request.sample_type}, {short_date(request.received_on)}"
    return f"{what} ({known.standing.value})"


def _about(
    request: Request, kind: findings.FindingKind, table: RawTable, before: Known, hint: str = ""
) -> Finding:
    header = Header.RECEIVED if kind is findings.DATE_CHANGED else Header.NUMBER
    return findings.finding(
        kind,
        file=request.file,
        sheet=table.sheet,
        row=request.row,
        column=table.columns[header] + 1,
        header=header,
        number=request.number,
        value=request.received_on if kind is findings.DATE_CHANGED else request.number,
        hint=hint,
        run=before.run,
        day=long_date(before.first) if before.first else "",
        registered=short_date(before.request.received_on),
    )
