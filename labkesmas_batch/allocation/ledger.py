"""What the visits placed so far hold, day by day, and which team could take one more.

Days are numbered from the run date, 0 being the run date itself. Sets of teams are bit masks in
the order of the sheet Tim: the lowest bit is the first team.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from labkesmas_batch.allocation.bitsets import bits
from labkesmas_batch.allocation.conditions import SEVERAL, is_competent, limit
from labkesmas_batch.allocation.team_search import SearchBudget
from labkesmas_batch.model.reference import Equipment, Reference, Region, SampleType
from labkesmas_batch.model.requests import Request


@dataclass(eq=False, slots=True)
class Booking:
    """A visit in the ledger.

    Parameters
    ----------
    order
        Entered as the how manyth.
    team
        -1 for one that the reference no longer has.
    arrives
        The day on which its samples reach the laboratory, also where the ledger ends before.
    movable
        It may get another team.
    equipment
        What it holds a unit of.
    for_whom
        Requests that got their day because this visit changed its team.
    like
        Place, kind and size: visits of one day that are alike in this lead to the same places when
        teams are reassigned. None for those that stay where they are then.
    """

    order: int
    request: Request
    team: int
    days: range
    arrives: int
    movable: bool
    equipment: tuple[str, ...]
    for_whom: list[str] = field(default_factory=list)
    like: tuple[str, str, int] | None = None


class Ledger:
    """Teams, equipment and laboratory over the days from the run date on.

    Parameters
    ----------
    reference
        Capacities, leave, calibration.
    run_date
        Day 0.
    days
        How many days the ledger covers; what lies outside is not held.
    """

    def __init__(self, reference: Reference, run_date: date, days: int) -> None:
        self.reference, self.run_date, self.days = reference, run_date, days
        self._dates: dict[int, date] = {}
        teams = reference.teams
        self.most_visits = [limit(team.visits_per_day) for team in teams]
        self.most_samples = [limit(team.samples_per_day) for team in teams]
        self._team_at = {team.name: at for at, team in enumerate(teams)}
        self.present = self._present_days()
        self._competent = {
            name: sum(1 << at for at, team in enumerate(teams) if is_competent(team, kind))
            for name, kind in reference.sample_types.items()
        }
        self._able: dict[int, int] = {}
        self._visits = [[0] * len(teams) for _ in range(days)]
        self._samples = [[0] * len(teams) for _ in range(days)]
        self._region = [[""] * len(teams) for _ in range(days)]
        # Teams without a visit, and by Wilayah those that could take one more there; teams with
        # just one, and by Wilayah all that are there.
        willing = sum(1 << at for at, most in enumerate(self.most_visits) if most)
        self._empty = [present & willing for present in self.present]
        self._open: list[dict[str, int]] = [{} for _ in range(days)]
        self._single = [0] * days
        self._there: list[dict[str, int]] = [{} for _ in range(days)]
        self._by_team: list[dict[int, list[Booking]]] = [defaultdict(list) for _ in range(days)]
        self._units = self._valid_units()
        self._users: dict[tuple[str, int], list[Booking]] = defaultdict(list)
        self._arriving: dict[tuple[str, int], list[Booking]] = defaultdict(list)
        # Units and samples that are left, of each equipment and kind: asked for most of all.
        self._spare = {name: list(units) for name, units in self._units.items()}
        self._lab_left = {
            name: [limit(kind.lab_capacity)] * days for name, kind in reference.sample_types.items()
        }
        self._on: list[list[Booking]] = [[] for _ in range(days)]
        self._trips: list[list[Booking]] = [[] for _ in range(days)]
        self._one_day = [0] * days
        self._changes = [0] * days
        self._entered = 0
        # What searches for a reassignment of teams may still spend on this ledger.
        self.budget = SearchBudget()

    def _present_days(self) -> list[int]:
        """Return for each day the teams that are not on leave."""
        present = [(1 << len(self.reference.teams)) - 1] * self.days
        for leave in self.reference.leaves:
            first = max(0, (leave.first - self.run_date).days)
            last = min(self.days - 1, (leave.last - self.run_date).days)
            for day in range(first, last + 1):
                present[day] &= ~(1 << self._team_at[leave.team])
        return present

    def _valid_units(self) -> dict[str, list[int]]:
        """Return units with a valid calibration for each equipment and day."""
        units: dict[str, list[int]] = {}
        for equipment in self.reference.equipment:
            counts = units.setdefault(equipment.name, [0] * self.days)
            for day in range(min(self.days, self._valid_days(equipment))):
                counts[day] += limit(equipment.units)
        return units

    def _valid_days(self, equipment: Equipment) -> int:
        if equipment.valid_until is None:
            return self.days
        return max(0, (equipment.valid_until - self.run_date).days + 1)

    def competent(self, kind: SampleType) -> int:
        """Return the teams that may sample the kind."""
        return self._competent[kind.name]

    def able(self, samples: int) -> int:
        """Return the teams that could carry so many samples on a day without other visits."""
        if samples not in self._able:
            self._able[samples] = sum(
                1 << at
                for at, most in enumerate(self.most_samples)
                if samples <= most and self.most_visits[at]
            )
        return self._able[samples]

    def there(self, days: range) -> int:
        """Return the teams that are on leave on none of the days."""
        present = -1
        for day in days:
            present &= self.present[day]
        return present

    def units(self, equipment: str, day: int) -> int:
        """Return how many units have a valid calibration that day."""
        return self._units[equipment][day]

    def team(self, name: str) -> int | None:
        """Return the team of that name, None where the reference has none."""
        return self._team_at.get(name)

    def name(self, team: int) -> str:
        """Return the team's name."""
        return self.reference.teams[team].name

    def visits_of(self, day: int, team: int) -> Sequence[Booking]:
        """Return the visits of a team on a day, in the order they were entered."""
        return self._by_team[day].get(team, ())

    def visits_by_team(self, day: int) -> Mapping[int, Sequence[Booking]]:
        """Return the visits of a day by team."""
        return self._by_team[day]

    def on(self, day: int) -> Sequence[Booking]:
        """Return all visits of a day that have a team, in the order they were entered."""
        return self._on[day]

    def trips(self, day: int) -> Sequence[Booking]:
        """Return those of them that last longer than the day."""
        return self._trips[day]

    def movable(self, day: int) -> int:
        """Return how many visits of that day only may change their team."""
        return self._one_day[day]

    def load(self, day: int, team: int) -> tuple[int, int, str]:
        """Return the visits, samples and place of a team on a day."""
        return self._visits[day][team], self._samples[day][team], self._region[day][team]

    def visits(self, day: int, teams: int) -> int:
        """Return how many visits the teams make on a day."""
        visits = self._visits[day]
        return sum([visits[team] for team in bits(teams)])

    def users(self, equipment: str, day: int) -> Sequence[Booking]:
        """Return the visits that use the equipment that day."""
        return self._users.get((equipment, day), ())

    def arriving(self, kind: SampleType, day: int) -> Sequence[Booking]:
        """Return the visits whose samples of the kind reach the laboratory that day."""
        return self._arriving.get((kind.name, day), ())

    def changes(self, days: range) -> tuple[int, ...]:
        """Return a stamp that is another one as soon as anything changes on one of the days."""
        return tuple(self._changes[day] for day in days)

    def short_equipment(self, days: range, kind: SampleType) -> str:
        """Return the equipment that is used up or out of calibration on one of the days."""
        for name in kind.equipment:
            spare = self._spare[name]
            for day in days:
                if spare[day] < 1:
                    return name
        return ""

    def lab_full(self, last: int, kind: SampleType, samples: int) -> bool:
        """Tell whether the samples would exceed what the laboratory takes that day."""
        return samples > self._lab_left[kind.name][last]

    def team_for(self, first: int, region: Region, kind: SampleType, samples: int) -> int | None:
        """Return the team of a visit that starts on day ``first``, None where none has capacity.

        Conditions 2 and 3 with all teams as they are. Among the teams possible: one already in
        that Wilayah that day, then the one with fewest visits that day, then the sheet's order.
        """
        days = range(first, first + region.travel_days + 1)
        return self.fitting_team(days, region.name, self._competent[kind.name], samples)

    def fitting_team(self, days: range, region: str, teams: int, samples: int) -> int | None:
        """Return which of the teams takes a visit by condition 3, None where none has capacity."""
        teams &= self.able(samples)
        for day in days:
            teams &= self._empty[day] | self._open[day].get(region, 0)
        first = days.start
        idle = teams & self._empty[first]
        visits, found = self._visits[first], -1
        for team in bits(teams ^ idle):
            if (found < 0 or visits[team] < visits[found]) and self._carries(team, days, samples):
                found = team
        if found >= 0:
            return found
        while idle:  # by hand: nearly always the first of very many will do
            team = (idle & -idle).bit_length() - 1
            if self._carries(team, days, samples):
                return team
            idle &= idle - 1
        return None

    def _carries(self, team: int, days: range, samples: int) -> bool:
        left = self.most_samples[team] - samples
        for day in days:  # noqa: SIM110 - asked more often than anything else
            if self._samples[day][team] > left:
                return False
        return True

    def fits(self, team: int, days: range, region: str, samples: int) -> bool:
        """Tell whether the team itself has capacity on all the days: condition 3 and leave."""
        return self.fitting_team(days, region, 1 << team, samples) is not None

    def has_capacity(self, day: int) -> bool:
        """Tell whether any team could make one more visit that day, wherever it is."""
        return bool(self._empty[day] or any(self._open[day].values()))

    def may_end(self, day: int, region: str) -> bool:
        """Tell whether reassignments that begin with a visit to that Wilayah could end anywhere.

        Whoever gives way goes where he would go anyway, unless his team has no other visit.
        """
        if self._empty[day]:
            return True
        here, single = self._open[day], self._single[day]
        left = (place for place, teams in self._there[day].items() if teams & single)
        return any(here.get(place) for place in (region, *left))

    def left(self, team: int, others: Sequence[Booking]) -> tuple[int, int, str]:
        """Return visits, samples and place that a team has left beside those others."""
        carried = sum(entry.request.samples for entry in others)
        places = {entry.request.region for entry in others}
        place = SEVERAL if len(places) > 1 else "".join(places)
        return self.most_visits[team] - len(others), self.most_samples[team] - carried, place

    def teams_fitting(self, day: int, region: str, samples: int) -> int:
        """Return the teams that have capacity for a visit that day by condition 3."""
        teams = self.able(samples) & (self._empty[day] | self._open[day].get(region, 0))
        carried, most = self._samples[day], self.most_samples
        return teams ^ sum([1 << t for t in bits(teams) if carried[t] + samples > most[t]])

    def elsewhere(self, day: int, region: str, teams: int, samples: int) -> bool:
        """Tell whether nothing but its place of that day keeps one of the teams from a visit."""
        carried, most = self._samples[day], self.most_samples
        return any(
            carried[team] + samples <= most[team]
            for place, there in self._open[day].items()
            if place != region
            for team in bits(there & teams)
        )

    def idle(self, day: int) -> int:
        """Return the teams that are there and have no visit that day."""
        return self._empty[day]

    def reachable(self, day: int, region: str) -> int:
        """Return the teams in that Wilayah and those whose only visit of the day is elsewhere."""
        return self._there[day].get(region, 0) | self._single[day]

    def fits_instead(self, team: int, day: int, samples: int, other: Booking) -> bool:
        """Tell whether so many samples would fit the team that day instead of the other visit."""
        carried = self._samples[day][team] - other.request.samples
        return (
            carried + samples <= self.most_samples[team]
            and self._visits[day][team] <= self.most_visits[team]
        )

    def occupy(
        self,
        team: str,
        days: range,
        request: Request,
        *,
        movable: bool = False,
        equipment: tuple[str, ...] | None = None,
    ) -> Booking:
        """Enter a visit, whether or not it fits: a locked one may break a rule of today.

        A team, equipment or sample type that the reference no longer has holds nothing. Without
        ``equipment`` it holds what its sample type needs.
        """
        if equipment is None:
            kind = self.reference.sample_types.get(request.sample_type)
            equipment = kind.equipment if kind else ()
        inside = range(max(0, days.start), min(self.days, days.stop))
        team_at = self._team_at.get(team, -1)
        entry = Booking(self._entered, request, team_at, inside, days.stop - 1, movable, equipment)
        self._entered += 1
        if movable and len(inside) == 1:
            entry.like = request.region, request.sample_type, request.samples
        self.enter(entry)
        return entry

    def enter(self, entry: Booking) -> None:
        """Let a visit hold what it needs; after `take_out`, the same as before."""
        for holding in self._holding(entry):
            holding.append(entry)
        self._count(entry, 1)
        self._join(entry)

    def take_out(self, entry: Booking) -> None:
        """Let a visit hold nothing, as if it had not been entered."""
        for holding in self._holding(entry):
            holding.remove(entry)
        self._count(entry, -1)
        self._leave(entry)

    def _holding(self, entry: Booking) -> Iterator[list[Booking]]:
        """Yield the lists, but those by team, in which the visit stands."""
        kind = self.reference.sample_types.get(entry.request.sample_type)
        for day in entry.days:
            if entry.team >= 0:
                yield self._on[day]
                if len(entry.days) > 1:
                    yield self._trips[day]
            for name in entry.equipment:
                yield self._users[name, day]
        if kind is not None and entry.arrives in entry.days:
            yield self._arriving[kind.name, entry.arrives]

    def _count(self, entry: Booking, sign: int) -> None:
        """Count a visit in, or out of, what is left of equipment and laboratory."""
        kind = self.reference.sample_types.get(entry.request.sample_type)
        if entry.movable and len(entry.days) == 1:
            self._one_day[entry.days[0]] += sign
        for day in entry.days:
            self._changes[day] += 1
            for name in entry.equipment:
                self._spare[name][day] -= sign
        if kind is not None and entry.arrives in entry.days:
            self._lab_left[kind.name][entry.arrives] -= sign * entry.request.samples

    def reassign(self, changes: Sequence[tuple[Booking, int]]) -> None:
        """Give visits other teams; their days stay."""
        for entry, _ in changes:
            self._leave(entry)
        for entry, team in changes:
            entry.team = team
            self._join(entry)

    def _join(self, entry: Booking) -> None:
        if entry.team >= 0:
            for day in entry.days:
                self._by_team[day][entry.team].append(entry)
                self._load(day, entry.team, 1, entry.request.samples)

    def _leave(self, entry: Booking) -> None:
        if entry.team >= 0:
            for day in entry.days:
                self._by_team[day][entry.team].remove(entry)
                self._load(day, entry.team, -1, -entry.request.samples)

    def _load(self, day: int, team: int, visits: int, samples: int) -> None:
        bit, before = 1 << team, self._region[day][team]
        self._changes[day] += 1
        self._visits[day][team] += visits
        self._samples[day][team] += samples
        if visits > 0 and before:
            joined = self._by_team[day][team][-1].request.region
            now = before if joined == before else SEVERAL
        else:
            places = {entry.request.region for entry in self._by_team[day][team]}
            now = places.pop() if len(places) == 1 else SEVERAL if places else ""
        self._region[day][team] = now
        for group in (self._open[day], self._there[day]):
            if before in group:
                group[before] &= ~bit
        self._empty[day] &= ~bit
        self._single[day] &= ~bit
        held = self._visits[day][team]
        if now:
            self._there[day][now] = self._there[day].get(now, 0) | bit
        if held == 1:
            self._single[day] |= bit
        if not self.present[day] & bit or held >= self.most_visits[team]:
            return
        if not now:
            self._empty[day] |= bit
        elif now != SEVERAL:
            self._open[day][now] = self._open[day].get(now, 0) | bit

    def day(self, number: int) -> date:
        """Return the date of a day number, one object for a day."""
        found = self._dates.get(number)
        if found is None:
            found = self._dates[number] = self.run_date + timedelta(days=number)
        return found
