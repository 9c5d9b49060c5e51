"""What hangs on the reading of the SOP's silence: dates under the one and under the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from labkesmas_batch.model import Allocation, Ranked, Request, ZoneEffect
from labkesmas_batch.policy import Policy, SilentZone

# So many requests of the other class are looked at for one that changes, too.
_MOST = 50


def other_reading(policy: Policy) -> Policy:
    """Return the policy with the other value of ``zona_antara``."""
    first = policy.silent_zone is SilentZone.FIRST_COME
    return replace(policy, silent_zone=SilentZone.INTERNAL if first else SilentZone.FIRST_COME)


def zone_effects(
    ranked: Sequence[Ranked], here: Allocation, there: Allocation, policy: Policy
) -> tuple[ZoneEffect, ...]:
    """Return the requests whose date is another one under the other reading.

    Parameters
    ----------
    ranked, here
        Under the reading in force, best rank first.
    there
        What the same requests get under the other.
    policy
        In force.

    Returns
    -------
    tuple of ZoneEffect
        In order of rank; each with the nearest request of the other class in the silent zone,
        one whose date changes, too, if there is one.
    """
    now, then = _dates(here), _dates(there)
    changed = {number for number in now.keys() | then.keys() if now.get(number) != then.get(number)}
    opponents = _Opponents(ranked, policy)
    return tuple(
        ZoneEffect(
            each, now.get(each.request.number), then.get(each.request.number),
            opponents.of(each, changed),
        )
        for each in ranked
        if each.request.number in changed
    )  # fmt: skip


def _dates(allocation: Allocation) -> dict[str, date]:
    return {visit.request.number: visit.first for visit in allocation.visits}


class _Opponents:
    """For a request the nearest of the other class so many days away that the SOP is silent."""

    def __init__(self, ranked: Sequence[Ranked], policy: Policy) -> None:
        self._by_class = {
            internal: sorted(
                (each for each in ranked if each.request.internal is internal),
                key=lambda each: (each.request.received_on, each.rank),
            )
            for internal in (True, False)
        }
        self._days = {
            internal: [each.request.received_on for each in group]
            for internal, group in self._by_class.items()
        }
        self._nearest = timedelta(days=policy.internal_gap + 1)
        self._farthest = timedelta(days=policy.external_gap - 1)

    def of(self, ranked: Ranked, changed: set[str]) -> Request | None:
        """Return it, None where there is none: then the date hangs on another pair."""
        request = ranked.request
        day, others = request.received_on, self._by_class[not request.internal]
        first, last = day + self._nearest, day + self._farthest
        if request.internal:
            first, last = day - self._farthest, day - self._nearest
        days = self._days[not request.internal]
        near = others[bisect_left(days, first) : bisect_right(days, last)]
        near = sorted(near, key=lambda each: abs(each.rank - ranked.rank))[:_MOST]
        too = (each for each in near if each.request.number in changed)
        found = next(too, None) or next(iter(near), None)
        return found.request if found else None
