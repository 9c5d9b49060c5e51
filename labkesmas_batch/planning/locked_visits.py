"""The visits that have their day, as a week is planned around them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from labkesmas_batch.model.history import History, Known, Standing, with_contact
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.policy import Policy
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Accepted, Ranked, Visit
from labkesmas_batch.precedence.clauses import effective_date
from labkesmas_batch.text.names import number_key


def locked_visits(
    history: History, policy: Policy, run_date: date, contacts: Iterable[Request] = ()
) -> tuple[Visit, ...]:
    """Return the visits that have their day, by date and number.

    Of those over the ones that nobody reported. One that is done stands on the days on which it
    took place and frees those on which it was planned.

    Parameters
    ----------
    contacts
        Requests with new contact data, which visits that are done do without.
    """
    newer = {number_key(each.number): each for each in contacts}
    visits = [
        _visit(known, policy, newer.get(number_key(known.request.number)) if newer else None)
        for known in history.known
        if known.standing.has_day
        and known.days is not None
        and (known.days[1] >= run_date or known.standing is Standing.LOCKED)
    ]
    return tuple(sorted(visits, key=lambda each: (each.first, each.team, each.request.number)))


def _visit(known: Known, policy: Policy, newer: Request | None) -> Visit:
    assert known.days is not None
    first, last = known.days
    request = known.request
    if newer is not None and known.standing is Standing.LOCKED:
        request = with_contact(request, newer)
    reviewed = Accepted(request, request.received_on, first, None)
    effective = effective_date(request, policy)
    ranked = Ranked(0, reviewed, effective, None, None)
    return Visit(
        ranked,
        first,
        last,
        known.team,
        Outcome.LOCKED,
        None,
        locked_in=known.run,
        equipment=known.equipment,
        done=known.standing is Standing.DONE,
    )
