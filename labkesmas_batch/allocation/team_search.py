"""Which team takes which visit, so that all of them fit: an exact search on plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from labkesmas_batch.allocation.conditions import takes_one_more
from labkesmas_batch.allocation.packing import Packing, RemainingByDay, VisitDemand

# So many steps a search may take before it gives up, of which real days need a few hundred, and
# so many all searches of a run together: some ten seconds.
EACH_STEPS, RUN_STEPS = 20_000, 300_000
# Once those are spent, so many a search: almost all that is possible is found in them.
LEAST_STEPS = 400
# After so many steps the search reckons sharper at each further one, which costs time.
EASY_STEPS = 100


Use = tuple[int, int, str]
# Which of the remaining visits the team may take, as a mask, then the use of each day.
State = tuple[int, tuple[Use, ...]]


class SearchBudget:
    """How many steps searches may take, all of them together and each by itself.

    Parameters
    ----------
    steps
        For all; once they are spent each search may still take ``LEAST_STEPS``.
    each
        For one.
    """

    def __init__(self, steps: int = RUN_STEPS, each: int = EACH_STEPS) -> None:
        self._left, self._each = steps, each

    def next(self) -> int:
        """Return how many steps the next search may take."""
        return max(LEAST_STEPS, min(self._left, self._each))

    def spend(self, steps: int) -> None:
        """Take off what a search took."""
        self._left -= steps


def assign(
    items: Sequence[VisitDemand], remaining: RemainingByDay, budget: SearchBudget | None = None
) -> list[int] | None:
    """Choose a team for each item so that each team stays within what it has left each day.

    Parameters
    ----------
    items
        At most a few dozen.
    remaining
        By (team, day), for all teams and days of the items.
    budget
        Shared by searches; ``EACH_STEPS`` for this one where none is given.

    Returns
    -------
    list of int or None
        A team for each item, in their order; None where no choice fits all, or none was found
        in time.
    """
    budget = budget or SearchBudget()
    search = _Search(items, remaining, budget.next())
    found = search.run()
    budget.spend(search.steps)
    return found


class _Search:
    """Depth first, the tightest visits first, never the same state twice.

    Teams that may take the same of the remaining visits and have the same left are alike: only
    one of them is tried, and states that differ in nothing but their names count as one. After
    ``EASY_STEPS`` what a team has left is what the remaining visits can fill of it, which makes
    more states alike and shows sooner that they cannot all fit.
    """

    def __init__(
        self, items: Sequence[VisitDemand], remaining: RemainingByDay, most_steps: int = EACH_STEPS
    ) -> None:
        self._order = sorted(range(len(items)), key=lambda at: _tightness(items[at], at))
        self._items = [items[at] for at in self._order]
        self._teams = sorted({team for item in items for team in item.teams})
        self._days = sorted({day for item in items for day in item.days})
        self._left = {
            key: (remaining.visits, remaining.samples, remaining.region)
            for key, remaining in remaining.items()
        }
        self._takes = {
            team: sum(1 << at for at, item in enumerate(self._items) if team in item.teams)
            for team in self._teams
        }
        self._needs = self._remaining_needs()
        self._samples = self._remaining_samples()
        self._packing = Packing(self._items, remaining)
        self._dead = set[tuple[object, ...]]()
        self._chosen = [-1] * len(items)
        self._most_steps, self.steps = most_steps, 0

    def _remaining_needs(self) -> list[dict[int, dict[str, tuple[int, int]]]]:
        """Return for each depth by day and place the visits and samples from there on."""
        needs: list[dict[int, dict[str, tuple[int, int]]]] = [{}]
        for item in reversed(self._items):
            here = dict(needs[-1])
            for day in item.days:
                places = dict(here.get(day, {}))
                visits, samples = places.get(item.region, (0, 0))
                places[item.region] = visits + 1, samples + item.samples
                here[day] = places
            needs.append(here)
        return needs[::-1]

    def _remaining_samples(self) -> list[int]:
        totals = [0]
        for item in reversed(self._items):
            totals.append(totals[-1] + item.samples)
        return totals[::-1]

    def run(self) -> list[int] | None:
        """Return the team of each item in the order given."""
        if not self._place(0):
            return None
        result = [-1] * len(self._order)
        for at, original in enumerate(self._order):
            result[original] = self._chosen[at]
        return result

    def _place(self, depth: int) -> bool:
        if depth == len(self._items):
            return True
        self.steps += 1
        if self.steps > self._most_steps:
            return False
        states = {team: self._state(team, depth) for team in self._teams}
        key = (depth, *sorted(state for state in states.values() if state))
        if key in self._dead:
            return False
        if self._too_many(depth) or (self.steps > EASY_STEPS and self._wasteful(depth, states)):
            self._dead.add(key)
            return False
        item, tried = self._items[depth], set[object]()
        for team in self._candidates(item):
            if states[team] in tried:
                continue
            tried.add(states[team])
            before = self._enter(team, item)
            self._chosen[depth] = team
            if self._place(depth + 1):
                return True
            for day, left in before:
                self._left[team, day] = left
        self._dead.add(key)
        return False

    def _state(self, team: int, depth: int) -> State | None:
        """Return what the rest of the search can tell of a team; None where it takes nobody."""
        takes = self._takes[team] >> depth
        if not takes:
            return None
        return takes, tuple(self._use(team, day, depth) for day in self._days)

    def _use(self, team: int, day: int, depth: int) -> Use:
        """Return what the remaining visits could use of a team's day."""
        visits, samples, region = self._left[team, day]
        places = self._needs[depth].get(day, {})
        if visits < 1 or samples < 1 or not places or (region and region not in places):
            return 0, 0, ""
        if self.steps <= EASY_STEPS:
            return min(visits, len(self._items) - depth), min(samples, self._samples[depth]), region
        among = (region,) if region else places
        each = [self._most(team, day, place, depth, (visits, samples)) for place in among]
        return max(visits for visits, _ in each), max(samples for _, samples in each), region

    def _most(
        self, team: int, day: int, region: str, depth: int, left: tuple[int, int]
    ) -> tuple[int, int]:
        """Return what the team has left there, or sharper what the remaining visits fill of it."""
        if self.steps <= EASY_STEPS:
            return left
        return self._packing.most(team, day, region, depth, left)

    def _too_many(self, depth: int) -> bool:
        """Tell whether what remains is more than the teams have left, place by place.

        What does not go into the teams that are there already needs idle teams, and each of
        those goes to one place only.
        """
        for day, places in self._needs[depth].items():
            idle: list[tuple[int, tuple[int, int]]] = []
            remaining: dict[str, tuple[int, int]] = {}
            for team in self._teams:
                *left, region = self._left[team, day]
                if min(left) < 1 or not self._takes[team] >> depth:
                    continue
                if not region:
                    idle.append((team, (left[0], left[1])))
                elif region in places:
                    more = self._most(team, day, region, depth, (left[0], left[1]))
                    before = remaining.get(region, (0, 0))
                    remaining[region] = before[0] + more[0], before[1] + more[1]
            needed = 0
            for region, (count, total) in places.items():
                visits, samples = remaining.get(region, (0, 0))
                if count > visits or total > samples:
                    could = [self._most(team, day, region, depth, left) for team, left in idle]
                    needed += max(
                        _fewest(count - visits, [each[0] for each in could]),
                        _fewest(total - samples, [each[1] for each in could]),
                    )
            if needed > len(idle):
                return True
        return False

    def _wasteful(self, depth: int, states: Mapping[int, State | None]) -> bool:
        """Tell whether visits that only some teams may take are more than those can be filled."""
        for at, day in enumerate(self._days):
            left = {team: state[1][at] for team, state in states.items() if state}
            for teams, count, total in self._packing.exclusive_demand(day, depth):
                uses = [left[team] for team in teams if team in left]
                if sum(use[0] for use in uses) < count or sum(use[1] for use in uses) < total:
                    return True
        return False

    def _candidates(self, item: VisitDemand) -> Iterator[int]:
        """Yield the teams with capacity: the one that has it, those already there, the others."""
        fit = [team for team in item.teams if self._fits(team, item)]
        first = item.days[0]
        yield from sorted(
            fit, key=lambda t: (t != item.team, self._left[t, first][2] != item.region, t)
        )

    def _fits(self, team: int, item: VisitDemand) -> bool:
        left = self._left
        return all(takes_one_more(left[team, day], item.region, item.samples) for day in item.days)

    def _enter(self, team: int, item: VisitDemand) -> list[tuple[int, Use]]:
        before = [(day, self._left[team, day]) for day in item.days]
        for day, (visits, samples, _) in before:
            self._left[team, day] = visits - 1, samples - item.samples, item.region
        return before


def _tightness(item: VisitDemand, at: int) -> tuple[object, ...]:
    """Order the settled ones and the trips first, then place by place, the most exclusive first."""
    return (
        len(item.teams) > 1, -len(item.days), item.days[0], item.region, len(item.teams),
        -item.samples, at,
    )  # fmt: skip


def _fewest(amount: int, sizes: list[int]) -> int:
    """Return how many of the sizes make up the amount; more than there are where all do not."""
    fewest = 0
    for size in sorted(sizes, reverse=True):
        if amount <= 0:
            break
        amount -= size
        fewest += 1
    return fewest if amount <= 0 else len(sizes) + 1
