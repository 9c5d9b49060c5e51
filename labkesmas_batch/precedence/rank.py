"""Step 7 of the SOP: the order in which requests are served, as one sort key.

docs/rules.md proves that sorting by this key agrees with 7a and 7b on every pair.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate, pairwise

from labkesmas_batch.model.policy import Policy
from labkesmas_batch.model.reference import PairDecision
from labkesmas_batch.model.schedule import Accepted, Ranked
from labkesmas_batch.precedence.clauses import (
    Between,
    Decided,
    between,
    decided_pairs,
    effective_dates,
    sort_keys,
)
from labkesmas_batch.precedence.pair_decisions import closest


def rank(
    accepted: Iterable[Accepted], policy: Policy, decisions: Iterable[PairDecision] = ()
) -> tuple[Ranked, ...]:
    """Put the accepted requests in the order of service.

    Parameters
    ----------
    accepted
        In any order: the result does not depend on it.
    policy
        Gives the threshold T (R-7A, R-7B, R-ANTARA).
    decisions
        The Kepala's, about pairs; those about requests that are not there do nothing.

    Returns
    -------
    tuple of Ranked
        Rank 1 first: the order of the key, or with decisions the one closest to it, which takes
        the smallest key among those that wait for nobody.

    Raises
    ------
    RefusedError
        Decisions contradict each other; the message names the cycle.
    """
    by_key, decided = _by_key(accepted, policy, decisions)
    ordered = closest(by_key, decided)
    depending_on_reading = _hanging(by_key, ordered, policy, decided)
    gaps = [
        between(upper.request, lower.request, policy, decided) for upper, lower in pairwise(ordered)
    ]
    around: list[Between | None] = [None, *gaps, None] if ordered else []
    effective = effective_dates(policy)
    return tuple(
        Ranked(
            rank=place + 1,
            reviewed=reviewed,
            effective=effective(reviewed.request),
            above=above.rule if above else None,
            below=below.rule if below else None,
            silent=reviewed.request.number in depending_on_reading,
            above_by=above.by if above else None,
            below_by=below.by if below else None,
        )
        for place, (reviewed, (above, below)) in enumerate(
            zip(ordered, pairwise(around), strict=True)
        )
    )


def order(
    accepted: Iterable[Accepted], policy: Policy, decisions: Iterable[PairDecision] = ()
) -> Sequence[Accepted]:
    """Put the requests in the order that :func:`rank` gives, without saying why."""
    return closest(*_by_key(accepted, policy, decisions))


def reread(
    by_key: Sequence[Accepted], other: Policy, decisions: Iterable[PairDecision] = ()
) -> Sequence[Accepted]:
    """Put requests that stand in the order of one reading's key in the order of the other one.

    Within a class both readings have one order, which the stable sort keeps.
    """
    requests = [reviewed.request for reviewed in by_key]
    return _reread(by_key, other, decided_pairs(requests, decisions))


def _reread(by_key: Sequence[Accepted], other: Policy, decided: Decided) -> Sequence[Accepted]:
    effective = effective_dates(other)

    def key(each: Accepted) -> tuple[date, bool]:
        return effective(each.request), not each.request.internal

    return closest(sorted(by_key, key=key), decided)


def in_ranks(ordered: Sequence[Accepted], policy: Policy) -> tuple[Ranked, ...]:
    """Give requests in an order their ranks.

    Their neighbours' rules and decisions are left out, and whether the gap in the SOP concerns
    them.
    """
    effective = effective_dates(policy)
    return tuple(
        Ranked(place, each, effective(each.request), None, None)
        for place, each in enumerate(ordered, start=1)
    )


def _by_key(
    accepted: Iterable[Accepted], policy: Policy, decisions: Iterable[PairDecision]
) -> tuple[list[Accepted], Decided]:
    key = sort_keys(policy)
    by_key = sorted(accepted, key=lambda reviewed: key(reviewed.request))
    return by_key, decided_pairs([reviewed.request for reviewed in by_key], decisions)


def _hanging(
    by_key: Sequence[Accepted], ordered: Sequence[Accepted], policy: Policy, decided: Decided
) -> set[str]:
    """Return the numbers of those that change sides with somebody under the other reading."""
    other = policy.other_reading
    if other.threshold == policy.threshold:
        return set()
    there = _reread(by_key, other, decided)
    place = {reviewed.request.number: at for at, reviewed in enumerate(there)}
    places = [place[reviewed.request.number] for reviewed in ordered]
    best_after = list(accumulate(places[::-1], min))[::-1]
    worst_before = list(accumulate(places, max))
    # Whoever has the same requests before it, and so behind it, changes sides with nobody.
    return {
        reviewed.request.number
        for reviewed, worst, best, at in zip(ordered, worst_before, best_after, places, strict=True)
        if worst > at or best < at
    }
