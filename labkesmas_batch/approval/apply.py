"""Management's decisions applied to a drafted schedule: what is fixed, what is free again.

Whatever breaks a rule is told with its cell, all of it at once; nothing is changed then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from labkesmas_batch import findings
from labkesmas_batch.explanation.days import clash
from labkesmas_batch.findings import Finding, FindingKind
from labkesmas_batch.model.decisions import Order, Verdict
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Obstacle, Reason, Visit
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.text.indonesian import day_date, short_date
from labkesmas_batch.text.names import number_key

_KEEPS = {Verdict.AGREED, Verdict.CHANGED}
Conflicts = Callable[[Sequence[Visit]], Iterable[tuple[Visit, Obstacle]]]


@dataclass(frozen=True, slots=True)
class Applied:
    """A schedule after management's word on its requests.

    Parameters
    ----------
    fixed
        This week's visits that management set, with its word.
    locked
        Those of earlier weeks that stay, or that management moved.
    set_aside
        Requests without a day now, postponed or cancelled.
    free
        Something moved, so that visits without a decision are to be placed again.
    findings
        What cannot be; then nothing of it counts.
    """

    fixed: tuple[Visit, ...]
    locked: tuple[Visit, ...]
    set_aside: tuple[tuple[Request, Order], ...]
    free: bool
    findings: tuple[Finding, ...]


def apply_decisions(
    drafted: Sequence[Visit],
    unplaced: Sequence[Request],
    locked: Sequence[Visit],
    orders: Sequence[Order],
    reference: Reference,
    run_date: date,
    conflicts: Conflicts,
    file: str,
) -> Applied:
    """Apply the decisions.

    Parameters
    ----------
    drafted, unplaced
        Of this week, as the draft has them.
    locked
        Of earlier weeks.
    conflicts
        Takes visits that are to hold their resources together; yields each that breaks a rule.
    file
        Name of the schedule workbook, for findings.
    """
    by_number = {number_key(order.number): order for order in orders}
    found: list[Finding] = []
    fixed: list[Visit] = []
    kept: list[Visit] = []
    aside: list[tuple[Request, Order]] = []
    for visit in (*drafted, *locked):
        order = by_number.get(number_key(visit.request.number))
        mine = kept if visit.status is Outcome.LOCKED else fixed
        if order is None or (visit.status is Outcome.LOCKED and order.verdict is Verdict.AGREED):
            # A locked visit stays as it is; agreeing to that is no news to anybody.
            if visit.status is Outcome.LOCKED:
                kept.append(visit)
        elif visit.status is Outcome.LOCKED and (visit.done or visit.last < run_date):
            found.append(_about(order, findings.VISIT_OVER, file, hint=short_date(visit.first)))
        elif order.verdict in _KEEPS:
            moved = _moved(visit, order, reference)
            found += _misplaced(moved, order, reference, run_date, file)
            mine.append(moved)
        else:
            aside.append((visit.request, order))
    for request in unplaced:
        if order := by_number.get(number_key(request.number)):
            aside.append((request, order))
    found += _conflicting((*kept, *fixed), conflicts, file)
    free = bool(aside) or any(order.verdict is Verdict.CHANGED for order in by_number.values())
    return Applied(tuple(fixed), tuple(kept), tuple(aside), free, tuple(found))


def _moved(visit: Visit, order: Order, reference: Reference) -> Visit:
    """Return the visit on the day and with the team that management gave it."""
    if order.verdict is not Verdict.CHANGED:
        return replace(visit, order=order)
    region = reference.regions.get(visit.request.region)
    length = timedelta(days=region.travel_days) if region else visit.last - visit.first
    first = order.day or visit.first
    proposed = visit.request.proposed
    status = visit.status
    if status is not Outcome.LOCKED:
        status = Outcome.MOVED if proposed and first > proposed else Outcome.SCHEDULED
    return replace(
        visit,
        first=first,
        last=first + length,
        team=order.team or visit.team,
        status=status,
        obstacle=None,
        also=(),
        blocked_days=0,
        team_changed_for=(),
        order=order,
    )


def _misplaced(
    visit: Visit, order: Order, reference: Reference, run_date: date, file: str
) -> list[Finding]:
    """Return what is wrong with the day that management chose, but for what others hold."""
    if order.day is None:
        return []
    policy, request = reference.policy, visit.request
    earliest = max(
        policy.earliest(request.received_on, request.waiver),
        run_date + timedelta(days=policy.issue_days),
        request.proposed or date.min,
    )
    horizon = run_date + timedelta(days=policy.horizon_days)
    if visit.first < earliest:
        return [_about(order, findings.TOO_EARLY, file, Header.NEW_DATE, hint=day_date(earliest))]
    if request.deadline and visit.first > request.deadline:
        hint = f"Batas Akhir {short_date(request.deadline)}"
        return [_about(order, findings.TOO_LATE, file, Header.NEW_DATE, hint=hint)]
    if visit.first > horizon:
        hint = f"{short_date(horizon)}, batas rencana ({policy.horizon_days} hari)"
        return [_about(order, findings.TOO_LATE, file, Header.NEW_DATE, hint=hint)]
    return []


def _conflicting(visits: Sequence[Visit], conflicts: Conflicts, file: str) -> Iterable[Finding]:
    """Yield a finding for each visit that management changed and that cannot be there."""
    for visit, obstacle in conflicts(visits):
        order = visit.order
        if order is not None and order.verdict is Verdict.CHANGED:
            at = Header.NEW_DATE if order.day else Header.NEW_TEAM
            if obstacle.reason is Reason.NO_TEAM and order.team:
                at = Header.NEW_TEAM
            yield _about(order, findings.BREAKS_RULE, file, at, hint=clash(obstacle, visit))


def _about(
    order: Order, kind: FindingKind, file: str, header: str = Header.DECISION, hint: str = ""
) -> Finding:
    cell = order.cells.get(header) or order.cells.get(Header.DECISION, "")
    column, row = _place(cell)
    value: object = (
        order.day if header == Header.NEW_DATE and kind is not findings.BREAKS_RULE else ""
    )
    return findings.finding(
        kind,
        file=file,
        sheet=order.sheet,
        row=row,
        column=column,
        header=header,
        number=order.number,
        value=value or order.number,
        hint=hint,
    )


def contradiction(order: Order, cell: str, file: str) -> Finding:
    """Return the refusal of an agreement that the pair decided in another cell contradicts."""
    return _about(order, findings.AGREED_AGAINST_PAIR, file, hint=cell)


def _place(cell: str) -> tuple[int, int]:
    """Return column and row of an address as in ``S12``."""
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column, int(cell[len(letters) :] or 0)
