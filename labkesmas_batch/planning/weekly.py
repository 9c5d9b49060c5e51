"""Step 2 of the line: everything that a run decides, purely. No rules live here.

Inputs and the register's history in, a week ready to be written out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from labkesmas_batch import findings
from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.approval.settle import Settled
from labkesmas_batch.errors import RefusedError
from labkesmas_batch.explanation.days import clash
from labkesmas_batch.findings import Finding
from labkesmas_batch.intake.review import review
from labkesmas_batch.intake.validate import validate
from labkesmas_batch.model.decisions import SignOff
from labkesmas_batch.model.history import NOTHING_KNOWN, REGISTER_NAME, History
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.schedule import Accepted, Allocation, Ranked, Unplaced, Visit, ZoneEffect
from labkesmas_batch.model.week import Facts, Week
from labkesmas_batch.planning.carry_over import carried_table, locked_visits, recognise
from labkesmas_batch.planning.changes import decided, differences, outcomes
from labkesmas_batch.planning.inputs import Inputs
from labkesmas_batch.planning.reminders import reminders, too_late
from labkesmas_batch.planning.summary import summarize
from labkesmas_batch.planning.utilization import utilize
from labkesmas_batch.precedence.pair_decisions import decision_findings
from labkesmas_batch.precedence.rank import in_ranks, order, rank, reread
from labkesmas_batch.precedence.self_test import self_test
from labkesmas_batch.precedence.silent_zone import compared, zone_effects
from labkesmas_batch.reference.read import check_reference, holiday_findings
from labkesmas_batch.text.names import fold

Watch = Callable[[str, float], None]
"""Is told the stage that begins, and the share of a large run that usually lies behind it."""


def unwatched(stage: str, share: float) -> None:
    """Watch nothing."""


def checked_reference(inputs: Inputs) -> tuple[Reference | None, tuple[Finding, ...]]:
    """Return the reference, None where it has an error, with its findings."""
    checked = check_reference(inputs.reference_tables, inputs.reference_source.name)
    return checked.reference, checked.findings


def decide(inputs: Inputs, run_date: date, history: History = NOTHING_KNOWN) -> Week:
    """Take the inputs through validation, review, rank and allocation.

    Raises
    ------
    RefusedError
        The reference has errors: a schedule made with it could be unfair.
    """
    reference, facts = collect(inputs, run_date, history)
    return arrange(facts, reference, history)


def collect(
    inputs: Inputs, run_date: date, history: History, watch: Watch = unwatched
) -> tuple[Reference, Facts]:
    """Validate the inputs and recognise what the register knows.

    Raises
    ------
    RefusedError
        The reference has errors.
    """
    reference, found = checked_reference(inputs)
    if reference is None:
        raise RefusedError(
            f"{inputs.reference_source.name}: acuan berisi galat, jadwal tidak disusun.", found
        )
    watch("Memeriksa isian", 0.1)
    carried = carried_table(history, inputs.tables)
    tables = (*inputs.tables, *([carried] if carried else ()))
    validated = validate(tables, reference, run_date)
    by_file = {table.file: table for table in tables}
    seen = recognise(validated.requests, validated.held, history, by_file)
    last = run_date + timedelta(days=reference.policy.horizon_days)
    years = holiday_findings(reference, inputs.reference_source.name, run_date, last)
    gone = reminders(inputs.tables, history, run_date)
    facts = Facts(
        run_date,
        inputs.intakes,
        inputs.reference_source,
        inputs.packaged,
        seen.requests,
        seen.repeated,
        seen.held,
        (*validated.findings, *seen.findings, *found, *years, *gone),
        validated.examples,
        validated.remarks,
        (*inputs.remarks, *too_late(history, run_date)),
    )
    rows = sum(len(table.rows) for table in tables) - facts.examples - facts.remark_rows
    kept = len(facts.requests) + len(facts.held) + len(facts.repeated)
    assert rows == kept, (rows, kept)
    return reference, facts


@dataclass(frozen=True, slots=True)
class Approved:
    """A draft, what management made of it, and who signed."""

    draft: Week
    settled: Settled
    signed: SignOff


def arrange(
    facts: Facts,
    reference: Reference,
    history: History,
    approved: Approved | None = None,
    watch: Watch = unwatched,
) -> Week:
    """Review, rank and allocate, and bring together what is to be written.

    Parameters
    ----------
    approved
        None for a draft.
    """
    policy, decisions, run_date = reference.policy, reference.decisions, facts.run_date
    watch("Mengurutkan", 0.18)
    reviewed = review(facts.requests, policy, run_date)
    aside = approved.settled.set_aside if approved else ()
    apart = {fold(request.number) for request, _ in aside}
    accepted = [each for each in reviewed.accepted if fold(each.request.number) not in apart]
    ranked = rank(accepted, policy, decisions)
    by_key = order(accepted, policy) if decisions else [each.reviewed for each in ranked]
    watch("Menentukan hari dan tim", 0.22)
    if approved:
        locked = approved.settled.locked
        allocation = _around(approved.settled, ranked, reference, run_date)
        zone = _still(approved.draft.zone, allocation)
    else:
        locked = locked_visits(history, facts.repeated, policy, run_date)
        allocation = allocate(ranked, reference, run_date, locked)
        watch("Membandingkan bacaan SOP", 0.4)
        zone = _zone(ranked, by_key, allocation, reference, run_date, locked)
    visits = (*allocation.visits, *locked)
    now = outcomes(visits, allocation.unplaced, reviewed.returned, aside)
    week = Week(
        run_date=run_date,
        intakes=facts.intakes,
        reference_source=facts.reference_source,
        packaged=facts.packaged,
        reference=reference,
        held=facts.held,
        returned=reviewed.returned,
        ranked=ranked,
        allocation=allocation,
        loads=utilize(replace(allocation, visits=visits), reference),
        zone=zone,
        tests=self_test(
            ranked, by_key, order(accepted[::-1], policy, decisions), policy, decisions
        ),
        summary=summarize(
            visits,
            reviewed.returned,
            allocation.unplaced,
            facts.held,
            [team.name for team in reference.teams],
            [(r, order.verdict) for r, order in aside],
        ),
        findings=(
            *facts.findings,
            *decision_findings(decisions, [each.request for each in ranked], policy),
            *_broken(allocation),
        ),
        examples=facts.examples,
        remark_rows=facts.remark_rows,
        remarks=facts.remarks,
        locked=locked,
        changes=differences(
            now, facts.held, _reasons(allocation), history, run_date, decided(visits, aside)
        ),
        last_run=history.last.run if history.last else "",
        approved=approved.signed if approved else None,
        set_aside=aside,
        reviewed=(
            *(each.request for each in reviewed.accepted),
            *(back.request for back in reviewed.returned),
        ),
        trend=history.trend,
    )
    _conserve(facts, week)
    return week


def _zone(
    ranked: Sequence[Ranked],
    by_key: Sequence[Accepted],
    allocation: Allocation,
    reference: Reference,
    run_date: date,
    locked: Sequence[Visit],
) -> tuple[ZoneEffect, ...]:
    """Return whose date hangs on the reading of the SOP's silence (R-ANTARA)."""
    policy = reference.policy
    if not any(each.silent for each in ranked):
        return ()
    read = reread(by_key, policy.other_reading, reference.decisions)
    first = in_ranks(compared(ranked, read), policy.other_reading)
    other = allocate(first, reference, run_date, locked, explained=False)
    return zone_effects(ranked, allocation, other, policy)


def _still(zone: Sequence[ZoneEffect], allocation: Allocation) -> tuple[ZoneEffect, ...]:
    """Return what management saw of the other reading, for visits that stay as proposed."""
    days = {visit.request.number: visit.first for visit in allocation.visits}
    waits = {each.request.number for each in allocation.unplaced}
    return tuple(
        each
        for each in zone
        if days.get(each.request.number) == each.here
        and (each.here is not None or each.request.number in waits)
    )


def _around(
    settled: Settled, ranked: Sequence[Ranked], reference: Reference, run_date: date
) -> Allocation:
    """Place again what management left free, around what it fixed."""
    by_number = {each.request.number: each for each in ranked}
    fixed = tuple(replace(visit, ranked=by_number[visit.request.number]) for visit in settled.fixed)
    taken = {visit.request.number for visit in fixed}
    free = [each for each in ranked if each.request.number not in taken]
    found = allocate(free, reference, run_date, (*settled.locked, *fixed))
    visits = sorted((*fixed, *found.visits), key=lambda visit: visit.ranked.rank)
    return replace(found, visits=tuple(visits))


def _broken(allocation: Allocation) -> Iterator[Finding]:
    """Yield a warning for each locked visit that breaks a rule of today."""
    for visit, obstacle in allocation.conflicts:
        number = visit.request.number
        yield findings.finding(
            findings.LOCKED_BREAKS,
            file=REGISTER_NAME,
            sheet="",
            number=number,
            value=number,
            hint=clash(obstacle, visit),
        )


def _reasons(allocation: Allocation) -> Mapping[str, str]:
    """Return in a word why each request has its day, or none, by folded number."""
    found = {}
    placed: list[Visit | Unplaced] = [*allocation.visits, *allocation.unplaced]
    for each in placed:
        if each.obstacle is not None:
            held = f" oleh {', '.join(each.obstacle.holders[:4])}" if each.obstacle.holders else ""
            found[fold(each.request.number)] = f"{each.obstacle.reason}{held}."
    return found


def _conserve(facts: Facts, week: Week) -> None:
    """Every row in ends in exactly one place; anything else is a bug, not bad data."""
    planned = {fold(request.number) for request in facts.requests}
    moved = sum(fold(request.number) not in planned for request, _ in week.set_aside)
    rows = len(facts.requests) + len(facts.held) + len(week.locked) + moved
    assert rows == week.summary.counts["baris"], (rows, week.summary.counts)
