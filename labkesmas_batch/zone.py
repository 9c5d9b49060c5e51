"""What hangs on the reading of the SOP's silence: dates under the one and under the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from heapq import merge
from itertools import islice

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
        self._ranked = ranked
        # By class the days of request, and for each day the places in the order, from 0.
        self._places: dict[bool, dict[date, list[int]]] = {True: {}, False: {}}
        for place, each in enumerate(ranked):
            by_day = self._places[each.request.internal]
            by_day.setdefault(each.request.received_on, []).append(place)
        self._days = {internal: sorted(by_day) for internal, by_day in self._places.items()}
        self._nearest = timedelta(days=policy.internal_gap + 1)
        self._farthest = timedelta(days=policy.external_gap - 1)

    def of(self, ranked: Ranked, changed: set[str]) -> Request | None:
        """Return it, None where there is none: then the date hangs on another pair."""
        request = ranked.request
        day, others = request.received_on, not request.internal
        first, last = day + self._nearest, day + self._farthest
        if request.internal:
            first, last = day - self._farthest, day - self._nearest
        days = self._days[others]
        near = days[bisect_left(days, first) : bisect_right(days, last)]
        at = ranked.rank - 1
        by_day = (_outward(self._places[others][each], at) for each in near)
        found = None
        for place in islice(merge(*by_day, key=lambda place: abs(place - at)), _MOST):
            other = self._ranked[place].request
            found = found or other
            if other.number in changed:
                return other
        return found


def _outward(places: Sequence[int], middle: int) -> Iterator[int]:
    """Yield the sorted places, the nearest to the middle first, the smaller of two as near."""
    right = bisect_left(places, middle)
    left = right - 1
    while left >= 0 or right < len(places):
        if right == len(places) or (left >= 0 and middle - places[left] <= places[right] - middle):
            yield places[left]
            left -= 1
        else:
            yield places[right]
            right += 1
