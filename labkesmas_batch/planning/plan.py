"""Plan a week: review, rank, allocate; and plan again around what management decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.allocation.workdays import first_start
from labkesmas_batch.approval.apply import Applied
from labkesmas_batch.intake.review import review
from labkesmas_batch.model.decisions import Decisions, Order, Verdict
from labkesmas_batch.model.history import REGISTER_NAME
from labkesmas_batch.model.plan import Plan
from labkesmas_batch.model.reference import PairDecision, Reference
from labkesmas_batch.model.schedule import Accepted, Allocation, Ranked, Returned, Visit, ZoneEffect
from labkesmas_batch.model.week import Facts
from labkesmas_batch.planning.collect import Watch, unwatched
from labkesmas_batch.precedence.pair_decisions import with_kept
from labkesmas_batch.precedence.rank import in_ranks, order, rank, reread
from labkesmas_batch.precedence.silent_zone import compared, zone_effects
from labkesmas_batch.text.names import number_key


def plan(
    facts: Facts, reference: Reference, locked: Sequence[Visit], watch: Watch = unwatched
) -> Plan:
    """Plan a week by SOP steps 6 and 7.

    Parameters
    ----------
    locked
        Visits that keep their day; they hold their resources before anything is placed.
    """
    watch("Mengurutkan", 0.18)
    reviewed = review(facts.requests, reference.policy, facts.run_date)
    reference = _with_kept(reference, facts.pairs, reviewed.accepted)
    ranked, by_key = _in_order(reviewed.accepted, reference)
    watch("Menentukan hari dan tim", 0.22)
    allocation = allocate(ranked, reference, facts.run_date, locked)
    watch("Membandingkan bacaan SOP", 0.4)
    zone = _zone(ranked, by_key, allocation, reference, facts.run_date, locked)
    return Plan(
        reference=reference,
        accepted=reviewed.accepted,
        returned=tuple(_with_day(each, reference) for each in reviewed.returned),
        by_key=tuple(by_key),
        ranked=ranked,
        allocation=allocation,
        locked=tuple(locked),
        zone=zone,
    )


def _with_day(back: Returned, reference: Reference) -> Returned:
    """Return a request that goes back with the first day that it may ask for, if there is one."""
    assert back.ask_from is not None
    return replace(back, ask_from=first_start(back.ask_from, back.request, reference))


def settle(draft: Plan, facts: Facts, decisions: Decisions, applied: Applied) -> Plan:
    """Return the draft as management decided it: what it left free is placed again.

    Parameters
    ----------
    decisions
        Its word, the pairs that it decided among it.
    applied
        What that word makes of each visit of the draft.
    """
    reference = draft.reference
    if decisions.pairs:
        this_week = [each for each in reference.decisions if each.file != REGISTER_NAME]
        reference = replace(reference, decisions=(*decisions.pairs, *this_week))
        reference = _with_kept(reference, facts.pairs, draft.accepted)
    apart = {number_key(request.number) for request, _ in applied.set_aside}
    staying = [each for each in draft.accepted if number_key(each.request.number) not in apart]
    ranked, by_key = _in_order(staying, reference)
    if decisions.pairs or applied.free:
        around = applied.locked, applied.fixed
        allocation = allocate(ranked, reference, facts.run_date, *around)
        zone = _zone_around(allocation, ranked, by_key, reference, facts.run_date, applied)
    else:
        allocation, zone = _as_drafted(applied, draft), draft.zone
    allocation = _from_now_on(allocation, reference, facts.run_date, applied.locked)
    return replace(
        draft,
        reference=reference,
        by_key=tuple(by_key),
        ranked=ranked,
        allocation=allocation,
        locked=applied.locked,
        zone=zone,
        set_aside=applied.set_aside,
        approved=decisions.signed,
    )


def contradicted(
    draft: Plan, facts: Facts, decisions: Decisions, applied: Applied
) -> Iterator[tuple[Order, PairDecision]]:
    """Yield each agreement that keeps a day which a decided pair would have to change.

    Without the agreements about its two requests the pair gives one of them another day: both
    words cannot be meant.
    """
    agreed = {
        number_key(each.number): each for each in decisions.orders if each.verdict is Verdict.AGREED
    }
    decided = [
        (number_key(number), pair)
        for pair in decisions.pairs
        for number in (pair.first, pair.second)
        if number_key(number) in agreed
    ]
    if not decided:
        return
    both = {key for key, _ in decided}
    others = [each for each in applied.fixed if number_key(each.request.number) not in both]
    kept = {number_key(each.request.number): each.first for each in applied.fixed}
    wished = settle(draft, facts, decisions, replace(applied, fixed=tuple(others)))
    days = {number_key(each.request.number): each.first for each in wished.allocation.visits}
    for key, pair in decided:
        if key in kept and days.get(key) != kept[key]:
            yield agreed[key], pair


def _with_kept(
    reference: Reference, kept: Sequence[PairDecision], accepted: Sequence[Accepted]
) -> Reference:
    """Return the reference with what the Kepala decided in earlier weeks about those who wait."""
    if not kept:
        return reference
    requests = [each.request for each in accepted]
    return replace(reference, decisions=with_kept(reference.decisions, kept, requests))


def _in_order(
    accepted: Sequence[Accepted], reference: Reference
) -> tuple[tuple[Ranked, ...], Sequence[Accepted]]:
    """Return the requests in order, and sorted by the key alone."""
    policy, decisions = reference.policy, reference.decisions
    ranked = rank(accepted, policy, decisions)
    return ranked, order(accepted, policy) if decisions else [each.reviewed for each in ranked]


def _as_drafted(applied: Applied, draft: Plan) -> Allocation:
    """Return what the draft proposed, where management moved nothing of it."""
    ordered = {visit.request.number: visit for visit in applied.fixed}
    visits = (ordered.get(visit.request.number, visit) for visit in draft.allocation.visits)
    return replace(draft.allocation, visits=tuple(visits))


def _from_now_on(
    allocation: Allocation, reference: Reference, run_date: date, locked: Sequence[Visit]
) -> Allocation:
    """Return an allocation as it is approved: nobody gives up a day for those without one.

    Their next day, and what would give them one, are worked out beside all that has a day now, the
    visits of lower ranks among it.
    """
    if not allocation.unplaced:
        return allocation
    held = (*locked, *allocation.visits)
    alone = [each.ranked for each in allocation.unplaced]
    now = {
        each.request.number: each for each in allocate(alone, reference, run_date, held).unplaced
    }
    unplaced = (
        replace(each, nearest=after.nearest, remedies=after.remedies)
        if (after := now.get(each.request.number)) is not None
        else each
        for each in allocation.unplaced
    )
    return replace(allocation, unplaced=tuple(unplaced))


def _zone(
    ranked: Sequence[Ranked],
    by_key: Sequence[Accepted],
    allocation: Allocation | None,
    reference: Reference,
    run_date: date,
    locked: Sequence[Visit],
    chosen: Sequence[Visit] = (),
) -> tuple[ZoneEffect, ...]:
    """Return whose date depends on the reading of the gap in the SOP (R-ANTARA).

    ``chosen`` keep their day under either reading; without an ``allocation`` the one under the
    reading in force is worked out here.
    """
    policy = reference.policy
    if not any(each.silent for each in ranked):
        return ()
    read = reread(by_key, policy.other_reading, reference.decisions)
    first = in_ranks(compared(ranked, read), policy.other_reading)
    fixed = locked, chosen
    here = allocation or allocate(ranked, reference, run_date, *fixed, explained=False)
    there = allocate(first, reference, run_date, *fixed, explained=False)
    return zone_effects(ranked, here, there, policy)


def _zone_around(
    allocation: Allocation,
    ranked: Sequence[Ranked],
    by_key: Sequence[Accepted],
    reference: Reference,
    run_date: date,
    applied: Applied,
) -> tuple[ZoneEffect, ...]:
    """Return whose date would be another one under the other reading, after the decisions.

    A day that management chose is what it is; one that it only agreed to came of the reading, so
    both readings are worked out as if nobody had agreed, and compared where the day is the same.
    """
    chosen = [
        each for each in applied.fixed if each.order and each.order.verdict is Verdict.CHANGED
    ]
    effects = _zone(ranked, by_key, None, reference, run_date, applied.locked, chosen)
    days = {visit.request.number: visit.first for visit in allocation.visits}
    return tuple(each for each in effects if days.get(each.request.number) == each.here)
