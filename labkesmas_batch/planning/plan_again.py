"""A draft planned once more, from what the register holds when it is to be approved."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from labkesmas_batch.model.history import History, Past
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.plan import Plan
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.week import Facts
from labkesmas_batch.planning.changes import by_number, outcomes
from labkesmas_batch.planning.locked_visits import locked_visits
from labkesmas_batch.planning.plan import plan
from labkesmas_batch.text.indonesian import day_date
from labkesmas_batch.text.names import number_key


def plan_again(
    facts: Facts, before: Collection[Past], reference: Reference, history: History
) -> tuple[Facts, Plan, tuple[str, ...]]:
    """Plan a draft again.

    Parameters
    ----------
    facts, reference
        What the draft was planned with.
    before
        What it proposed.
    history
        As the register holds it now.

    Returns
    -------
    facts, plan, differences
        What was planned with now; a sentence for each request of the draft that comes out
        otherwise. What was locked since, or has come to wait, counts only by whom it displaces.
    """
    facts, more = _as_it_stands(facts, history)
    locked = locked_visits(history, reference.policy, facts.run_date, facts.contacts)
    again = plan(facts, reference, locked)
    differs = _of_draft(before, again)
    if more and not differs:
        known = reference.regions, reference.sample_types
        usable = [each for each in more if each.region in known[0] and each.sample_type in known[1]]
        beside = plan(replace(facts, requests=(*facts.requests, *usable)), reference, locked)
        differs = _of_draft(before, beside)
    return facts, again, differs


def otherwise(before: Iterable[Past], now: Iterable[Past]) -> tuple[str, ...]:
    """Return in sentences which requests are proposed otherwise, or by one of the two alone."""
    was, is_now = by_number(before), by_number(now)
    return tuple(
        f"{(was.get(key) or is_now[key]).request.number}: semula {_said(was.get(key))}, "
        f"kini {_said(is_now.get(key))}"
        for key in {**was, **is_now}
        if _said(was.get(key)) != _said(is_now.get(key))
    )


def _said(past: Past | None) -> str:
    if past is None:
        return "tidak ada"
    return f"{past.outcome} {day_date(past.first)}, {past.team}" if past.first else past.outcome


def _of_draft(before: Collection[Past], now: Plan) -> tuple[str, ...]:
    """Compare what a plan says of the requests of a draft, and of nobody else.

    Of its locked visits those that are over since, as a report told, are left out: approving the
    draft says nothing about them.
    """
    found = outcomes(now.visits, now.allocation.unplaced, now.returned)
    ours = {
        key: past
        for key, past in by_number(before).items()
        if past.outcome is not Outcome.LOCKED or key in found
    }
    return otherwise(ours.values(), (past for key, past in found.items() if key in ours))


def _as_it_stands(facts: Facts, history: History) -> tuple[Facts, tuple[Request, ...]]:
    """Return what a draft planned with as the register has it now.

    Returns
    -------
    facts, more
        Without the requests that have got their day or their end since; and the requests that
        have come to wait since.
    """
    known = history.by_number
    here = {number_key(request.number) for request in facts.requests}
    open_ones = tuple(
        request
        for request in facts.requests
        if (before := known.get(number_key(request.number))) is None or before.standing.waits
    )
    more = tuple(
        each.request for key, each in known.items() if each.standing.waits and key not in here
    )
    return replace(facts, requests=open_ones), more
