"""Which team takes which visit, so that all of them fit: an exact search on plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

# A guard, not a working limit: real days need a few hundred steps.
MOST_STEPS = 200_000


@dataclass(frozen=True, slots=True)
class Item:
    """A visit: its days, place and samples, the teams that may take it, the one that has it."""

    days: tuple[int, ...]
    region: str
    samples: int
    teams: tuple[int, ...]
    team: int | None


@dataclass(frozen=True, slots=True)
class Room:
    """What a team has left on a day; ``region`` is '' as long as it may be anywhere."""

    visits: int
    samples: int
    region: str


Rooms = Mapping[tuple[int, int], Room]
Use = tuple[int, int, str]
# Which of the remaining visits the team may take, as a mask, then the use of each day.
State = tuple[int, tuple[Use, ...]]


def assign(items: Sequence[Item], rooms: Rooms) -> list[int] | None:
    """Choose a team for each item so that each team stays within its room each day.

    Parameters
    ----------
    items
        At most a few dozen.
    rooms
        By (team, day), for all teams and days of the items.

    Returns
    -------
    list of int or None
        A team for each item, in their order; None where no choice fits all.
    """
    return _Search(items, rooms).run()


class _Search:
    """Depth first, the tightest visits first, never the same state twice.

    Teams that may take the same of the remaining visits and have the same left are alike: only
    one of them is tried, and states that differ in nothing but their names count as one.
    """

    def __init__(self, items: Sequence[Item], rooms: Rooms) -> None:
        self._order = sorted(range(len(items)), key=lambda at: _tightness(items[at], at))
        self._items = [items[at] for at in self._order]
        self._teams = sorted({team for item in items for team in item.teams})
        self._days = sorted({day for item in items for day in item.days})
        self._left = {key: (room.visits, room.samples, room.region) for key, room in rooms.items()}
        self._takes = {
            team: sum(1 << at for at, item in enumerate(self._items) if team in item.teams)
            for team in self._teams
        }
        self._needs = self._remaining_needs()
        self._samples = self._remaining_samples()
        self._dead = set[tuple[object, ...]]()
        self._chosen = [-1] * len(items)
        self._steps = 0

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
        self._steps += 1
        states = {team: self._state(team, depth) for team in self._teams}
        key = (depth, *sorted(state for state in states.values() if state))
        if key in self._dead or self._steps > MOST_STEPS or self._too_many(depth):
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
        if visits < 1 or not places or (region and region not in places):
            return 0, 0, ""
        return min(visits, len(self._items) - depth), min(samples, self._samples[depth]), region

    def _too_many(self, depth: int) -> bool:
        """Tell whether what remains is more than the teams have left, place by place.

        What does not go into the teams that are there already needs idle teams, and each of
        those goes to one place only.
        """
        for day, places in self._needs[depth].items():
            idle: list[tuple[int, int]] = []
            room: dict[str, tuple[int, int]] = {}
            for team in self._teams:
                visits, samples, region = self._left[team, day]
                if visits < 1 or samples < 1 or not self._takes[team] >> depth:
                    continue
                if region:
                    before = room.get(region, (0, 0))
                    room[region] = before[0] + visits, before[1] + samples
                else:
                    idle.append((visits, samples))
            needed = 0
            most_visits = max((visits for visits, _ in idle), default=0)
            most_samples = max((samples for _, samples in idle), default=0)
            for region, (count, total) in places.items():
                visits, samples = room.get(region, (0, 0))
                if (count > visits and not most_visits) or (total > samples and not most_samples):
                    return True
                more = max(
                    _parts(count - visits, most_visits), _parts(total - samples, most_samples)
                )
                needed += more
            if needed > len(idle):
                return True
        return False

    def _candidates(self, item: Item) -> Iterator[int]:
        """Yield the teams with room: the one that has it, those already there, the others."""
        fit = [team for team in item.teams if self._fits(team, item)]
        first = item.days[0]
        yield from sorted(
            fit, key=lambda t: (t != item.team, self._left[t, first][2] != item.region, t)
        )

    def _fits(self, team: int, item: Item) -> bool:
        for day in item.days:
            visits, samples, region = self._left[team, day]
            if visits < 1 or samples < item.samples or region not in ("", item.region):
                return False
        return True

    def _enter(self, team: int, item: Item) -> list[tuple[int, Use]]:
        before = [(day, self._left[team, day]) for day in item.days]
        for day, (visits, samples, _) in before:
            self._left[team, day] = visits - 1, samples - item.samples, item.region
        return before


def _tightness(item: Item, at: int) -> tuple[object, ...]:
    """Order the settled ones and the trips first, then place by place, the choosiest first."""
    return (
        len(item.teams) > 1, -len(item.days), item.days[0], item.region, len(item.teams),
        -item.samples, at,
    )  # fmt: skip


def _parts(amount: int, size: int) -> int:
    """Return how many parts of at most ``size`` hold the amount."""
    return -(-amount // size) if amount > 0 else 0
