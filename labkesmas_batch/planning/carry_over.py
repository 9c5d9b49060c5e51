"""What the register knows, brought together with this week's intake.

Requests that wait come along with their original date, whether or not the intake repeats them;
those that have a day already keep it; and a request that comes again is recognised by its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from labkesmas_batch import findings
from labkesmas_batch.findings import Finding
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.raw import RawRow, RawTable
from labkesmas_batch.model.history import FIELDS, REGISTER_NAME, History, Known, Standing, differing
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.policy import Policy
from labkesmas_batch.model.requests import Request, RowOnHold
from labkesmas_batch.model.schedule import Accepted, Ranked, Visit
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.planning.same_request import is_another
from labkesmas_batch.precedence.clauses import effective_date
from labkesmas_batch.text.indonesian import listing, long_date, short_date
from labkesmas_batch.text.names import number_key

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
        Canonical numbers of requests that have a day already and that the intake repeats.
    brought
        Waiting ones whose number the intake uses for another request.
    """

    requests: tuple[Request, ...]
    on_hold: tuple[RowOnHold, ...]
    findings: tuple[Finding, ...]
    repeated: frozenset[str]
    brought: tuple[Request, ...] = ()


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
    requests: Iterable[Request],
    on_hold: Sequence[RowOnHold],
    history: History,
    tables: Mapping[str, RawTable],
) -> Recognised:
    """Tell apart what is new, what comes again, and what has a day already.

    Parameters
    ----------
    requests, on_hold
        As validated, those carried over among them.
    history
        Of earlier weeks.
    tables
        File name to its form.
    """
    known = {number_key(each.request.number): each for each in history.known}
    plan: list[Request] = []
    more_on_hold: list[RowOnHold] = []
    found: list[Finding] = []
    repeated: set[str] = set()
    brought: list[Request] = []
    for request in requests:
        before = known.get(number_key(request.number))
        if before is None or request.file == REGISTER_NAME:
            plan.append(request)
        elif (another := is_another(before, request)) or before.standing is Standing.CANCELLED:
            more_on_hold.append(_held(request, tables[request.file]))
            kind = findings.NUMBER_TAKEN if another else findings.CANCELLED_BEFORE
            found.append(_about(request, kind, tables[request.file], before, _who(before)))
            if before.standing.waits:
                brought.append(replace(before.request, file=REGISTER_NAME, row=1))
        elif before.standing.has_day:
            repeated.add(number_key(request.number))
            if changed := differing(before.request, request):
                hint = listing(changed, most=16)
                found.append(
                    _about(
                        request, findings.LOCKED_CHANGED, tables[request.file], before, hint=hint
                    )
                )
        else:
            if before.request.received_on != request.received_on:
                found.append(_about(request, findings.DATE_CHANGED, tables[request.file], before))
            plan.append(replace(request, received=before.request.received))
    on_hold = (*on_hold, *more_on_hold)
    return Recognised(tuple(plan), on_hold, tuple(found), frozenset(repeated), tuple(brought))


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


def locked_visits(
    history: History, repeated: frozenset[str], policy: Policy, run_date: date
) -> tuple[Visit, ...]:
    """Return the visits that have their day, by date and number.

    Those still to come, and those over that the intake repeats. One that is done stands on the
    days on which it took place and frees those on which it was planned.
    """
    visits = [
        _visit(known, policy)
        for known in history.known
        if known.standing.has_day
        and known.days is not None
        and (known.days[1] >= run_date or number_key(known.request.number) in repeated)
    ]
    return tuple(sorted(visits, key=lambda each: (each.first, each.team, each.request.number)))


def _visit(known: Known, policy: Policy) -> Visit:
    assert known.days is not None
    first, last = known.days
    reviewed = Accepted(known.request, known.request.received_on, first, None)
    effective = effective_date(known.request, policy)
    ranked = Ranked(0, reviewed, effective, None, None)
    return Visit(ranked, first, last, known.team, Outcome.LOCKED, None, locked_in=known.run)
