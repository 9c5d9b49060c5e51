"""Step 7 of the SOP: the order in which requests are served, as one sort key.

docs/rules.md proves that sorting by this key agrees with 7a and 7b on every pair.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise

from labkesmas_batch.cells import Natural, natural
from labkesmas_batch.model import Ranked, Request, Reviewed
from labkesmas_batch.policy import Policy, Rule

Key = tuple[date, bool, datetime, Natural, str]


def rank(accepted: Iterable[Reviewed], policy: Policy) -> tuple[Ranked, ...]:
    """Put the accepted requests in the order of service.

    Parameters
    ----------
    accepted
        In any order: the result does not depend on it.
    policy
        Gives the threshold T (R-7A, R-7B, R-ANTARA).

    Returns
    -------
    tuple of Ranked
        Rank 1 first.
    """
    order = sorted(accepted, key=lambda reviewed: sort_key(reviewed.request, policy))
    silent = _SilentPairs(order, policy)
    between = [clause(upper.request, lower.request, policy) for upper, lower in pairwise(order)]
    return tuple(
        Ranked(
            rank=place + 1,
            reviewed=reviewed,
            effective=effective_date(reviewed.request, policy),
            above=between[place - 1] if place else None,
            below=between[place] if place < len(between) else None,
            silent=silent.concern(reviewed.request),
        )
        for place, reviewed in enumerate(order)
    )


class _SilentPairs:
    """Which requests have somebody of the other class in the days that the SOP leaves open."""

    def __init__(self, order: Iterable[Reviewed], policy: Policy) -> None:
        requests = [reviewed.request for reviewed in order]
        self._dates = {
            internal: sorted(each.received_on for each in requests if each.internal is internal)
            for internal in (True, False)
        }
        self._first = timedelta(days=policy.internal_gap + 1)
        self._last = timedelta(days=policy.external_gap - 1)

    def concern(self, request: Request) -> bool:
        """Tell whether an internal request came in those days after an external one."""
        day, others = request.received_on, self._dates[not request.internal]
        if request.internal:
            first, last = day - self._last, day - self._first
        else:
            first, last = day + self._first, day + self._last
        at = bisect_left(others, first)
        return at < len(others) and others[at] <= last


def effective_date(request: Request, policy: Policy) -> date:
    """Return the request date, brought forward by T days for an internal customer."""
    if request.internal:
        return request.received_on - timedelta(days=policy.threshold)
    return request.received_on


def sort_key(request: Request, policy: Policy) -> Key:
    """Return the whole of the precedence: smaller goes first, and no two keys are equal."""
    return (
        effective_date(request, policy),
        not request.internal,
        request.received,
        natural(request.number),
        request.number,
    )


def clause(one: Request, other: Request, policy: Policy) -> Rule:
    """Return the rule that decides between two requests, whichever of them goes first."""
    if one.customer_class is other.customer_class:
        return Rule.SERIES if one.received_on == other.received_on else Rule.ORDER
    internal, external = (one, other) if one.internal else (other, one)
    days_later = (internal.received_on - external.received_on).days
    if days_later < 0:
        return Rule.ORDER
    if days_later <= policy.internal_gap:
        return Rule.CLAUSE_7A
    if days_later < policy.external_gap:
        return Rule.SILENT
    return Rule.CLAUSE_7B
