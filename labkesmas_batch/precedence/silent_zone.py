"""What depends on the reading of the gap in the SOP: dates under the one and under the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from labkesmas_batch.model.policy import Policy
from labkesmas_batch.model.schedule import (
    MOST_COMPARED,
    Accepted,
    Allocation,
    Ranked,
    Unplaced,
    Visit,
    ZoneEffect,
)

# So many requests of the other class are looked at for one that changes, too.
_MOST = 50


def zone_effects(
    ranked: Sequence[Ranked], here: Allocation, there: Allocation, policy: Policy
) -> tuple[ZoneEffect, ...]:
    """Return the requests whose date is another one under the other reading.

    Parameters
    ----------
    ranked, here
        Under the reading in force, best rank first.
    there
        What the same requests get under the other; of a huge week those of :func:`compared`.
    policy
        In force.

    Returns
    -------
    tuple of ZoneEffect
        In order of rank; each with the nearest request of the other class in the silent zone that
        stands on its other side under the other reading, one whose date changes, too, if there is
        one. So it is never a pair that the Kepala has decided.
    """
    now, then, places = _dates(here), _dates(there), _ranks(there)
    changed = {number for number in places if now.get(number) != then.get(number)}
    opponents = _Opponents([e for e in ranked if e.request.number in places], places, policy)
    effects = []
    for each in ranked[:MOST_COMPARED]:
        number = each.request.number
        if number in changed:
            opponent = opponents.of(each, changed)
            effects.append(
                ZoneEffect(
                    each,
                    now.get(number),
                    then.get(number),
                    opponent.request if opponent else None,
                    opponent is None or each.rank < opponent.rank,
                )
            )
    return tuple(effects)


def compared(ranked: Sequence[Ranked], there: Sequence[Accepted]) -> Sequence[Accepted]:
    """Return of the other reading's order what has to be placed to compare the first ranks.

    Days depend on those that go before alone, so that the rest of a huge week can be left out; and
    whoever changes sides with one of the first ranks stands among them or before them there.
    """
    wanted = {each.request.number for each in ranked[:MOST_COMPARED]}
    ranks = (rank for rank, each in enumerate(there, 1) if each.request.number in wanted)
    return there[: max(ranks, default=0)]


def _dates(allocation: Allocation) -> dict[str, date]:
    return {visit.request.number: visit.first for visit in allocation.visits}


def _ranks(allocation: Allocation) -> dict[str, int]:
    both: list[Visit | Unplaced] = [*allocation.visits, *allocation.unplaced]
    return {each.request.number: each.ranked.rank for each in both}


class _Opponents:
    """For a request the nearest of the other class so many days away that the SOP says nothing."""

    def __init__(self, ranked: Sequence[Ranked], there: Mapping[str, int], policy: Policy) -> None:
        self._there = there
        self._by_class = {
            internal: sorted(
                (each for each in ranked if each.request.internal is internal),
                key=lambda each: (each.request.received_on, each.rank),
            )
            for internal in (True, False)
        }
        # As plain columns: a huge week asks for millions of them.
        self._days = {
            internal: [each.request.received_on for each in group]
            for internal, group in self._by_class.items()
        }
        self._places = {
            internal: [(each.rank, there[each.request.number]) for each in group]
            for internal, group in self._by_class.items()
        }
        self._nearest = timedelta(days=policy.internal_gap + 1)
        self._farthest = timedelta(days=policy.external_gap - 1)

    def of(self, ranked: Ranked, changed: set[str]) -> Ranked | None:
        """Return it, None where there is none: then the date depends on another pair."""
        request = ranked.request
        day, others = request.received_on, self._by_class[not request.internal]
        first, last = day + self._nearest, day + self._farthest
        if request.internal:
            first, last = day - self._farthest, day - self._nearest
        days = self._days[not request.internal]
        start, end = bisect_left(days, first), bisect_right(days, last)
        # By the key the nearest in rank stand at one end of those days; only decisions of the
        # Kepala can put them elsewhere, and then all are looked at.
        upper, lower = min(start + _MOST, end), max(start + _MOST, end - _MOST)
        ends = [*range(start, upper), *range(lower, end)]
        near = self._change_sides(ranked, ends)
        if not near:
            near = self._change_sides(ranked, range(start + _MOST, lower))
        found = [others[at] for _, at in sorted(near)[:_MOST]]
        too = (each for each in found if each.request.number in changed)
        return next(too, None) or next(iter(found), None)

    def _change_sides(self, one: Ranked, others: Iterable[int]) -> list[tuple[int, int]]:
        """Return how far away in rank each is that changes sides, and where it stands."""
        rank, there = one.rank, self._there[one.request.number]
        places = self._places[not one.request.internal]
        return [
            (abs(here - rank), at)
            for at in others
            for here, other in (places[at],)
            if (rank < here) != (there < other)
        ]
