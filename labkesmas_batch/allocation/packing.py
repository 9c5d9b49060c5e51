"""How much of some visits fits a team's day: exactly, by the sums that they can make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

# With more samples than this in a day the sums are not listed, and what is left is the bound.
MOST_SUMS = 20_000


@dataclass(frozen=True, slots=True)
class VisitDemand:
    """A visit: its days, place and samples, the teams that may take it, the one that has it."""

    days: tuple[int, ...]
    region: str
    samples: int
    teams: tuple[int, ...]
    team: int | None


@dataclass(frozen=True, slots=True)
class Remaining:
    """What a team has left on a day; ``region`` is '' as long as it may be anywhere."""

    visits: int
    samples: int
    region: str


RemainingByDay = Mapping[tuple[int, int], Remaining]


class Packing:
    """Of visits in a fixed order, what from each depth on still fits whom.

    Parameters
    ----------
    items
        In the order in which a search settles them; depth is how many are settled.
    remaining
        What each team has left before any is settled.
    """

    def __init__(self, items: Sequence[VisitDemand], remaining: RemainingByDay) -> None:
        self._items, self._remaining_by_day = items, remaining
        self._total = sum(item.samples for item in items)
        self._sums: dict[tuple[int, int, str], list[list[int]]] = {}
        self._most: dict[tuple[object, ...], tuple[int, int]] = {}
        self._exclusive: dict[tuple[int, int], list[tuple[frozenset[int], int, int]]] = {}

    def most(
        self, team: int, day: int, region: str, depth: int, left: tuple[int, int]
    ) -> tuple[int, int]:
        """Return how many visits, and how many samples, the team can take of the rest at most.

        Parameters
        ----------
        left
            Visits and samples that it has capacity for on that day.
        """
        key = team, day, region, depth, left
        if key not in self._most:
            self._most[key] = self._filled(*key)
        return self._most[key]

    def _filled(
        self, team: int, day: int, region: str, depth: int, left: tuple[int, int]
    ) -> tuple[int, int]:
        visits, samples = left
        if min(samples, self._total) > MOST_SUMS:
            return min(visits, len(self._items) - depth), min(samples, self._total)
        place = team, day, region
        if place not in self._sums:
            self._sums[place] = self._reachable(*place)
        mask = (2 << min(samples, self._total)) - 1
        most = best = 0
        for count, sums in enumerate(self._sums[place][depth][: visits + 1]):
            if not sums & mask:
                break  # the smallest sum of more visits is larger still
            most, best = count, max(best, (sums & mask).bit_length() - 1)
        return most, best

    def _reachable(self, team: int, day: int, region: str) -> list[list[int]]:
        """Return for each depth and number of visits the sums that they can make, as bits."""
        most = max(0, min(self._remaining_by_day[team, day].visits, len(self._items)))
        found = [[1] + [0] * most]
        for item in reversed(self._items):
            sums = found[-1]
            if team in item.teams and day in item.days and region == item.region:
                sums = [1, *(same | fewer << item.samples for fewer, same in pairwise(sums))]
            found.append(sums)
        return found[::-1]

    def exclusive_demand(self, day: int, depth: int) -> list[tuple[frozenset[int], int, int]]:
        """Return for sets of teams the visits and samples of the rest that only they may take."""
        if (day, depth) not in self._exclusive:
            rest = [item for item in self._items[depth:] if day in item.days]
            sets = {frozenset(item.teams) for item in rest}
            sets |= {one | other for one in sets for other in sets}
            self._exclusive[day, depth] = [
                (teams, len(only), sum(item.samples for item in only))
                for teams in sorted(sets, key=sorted)
                if (only := [item for item in rest if teams.issuperset(item.teams)])
            ]
        return self._exclusive[day, depth]
