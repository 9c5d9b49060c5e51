"""What the visits placed so far hold, day by day, and whether one more would fit.

Days are numbered from the run date, 0 being the run date itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from labkesmas_batch.model import Obstacle, Reason, Reference, Region, Request, SampleType

_NO_LIMIT = 1 << 60
# A team that locked visits send to more than one Wilayah can take nobody else that day.
_SEVERAL = "\0"


class Ledger:
    """Teams, equipment and laboratory over the days from the run date on.

    Parameters
    ----------
    reference
        Capacities, leave, calibration.
    run_date
        Day 0.
    days
        How many days the ledger covers; visits must lie within them.
    """

    def __init__(self, reference: Reference, run_date: date, days: int) -> None:
        self._reference, self._run_date, self._days = reference, run_date, days
        teams = reference.teams
        self._visits = [[0] * days for _ in teams]
        self._samples = [[0] * days for _ in teams]
        self._region: list[list[str]] = [[""] * days for _ in teams]
        self._most_visits = [_limit(team.visits_per_day) for team in teams]
        self._most_samples = [_limit(team.samples_per_day) for team in teams]
        self._team_at = {team.name: at for at, team in enumerate(teams)}
        self._leave = self._leave_days()
        self._units = self._valid_units()
        self._used: dict[str, list[int]] = {name: [0] * days for name in self._units}
        self._arriving: dict[str, list[int]] = {name: [0] * days for name in reference.sample_types}
        self._competent = {
            kind: [at for at, team in enumerate(teams) if team.can_sample(kind)]
            for kind in reference.sample_types
        }
        self._holders: dict[tuple[str, int], list[str]] = defaultdict(list)

    def _leave_days(self) -> list[set[int]]:
        away: list[set[int]] = [set() for _ in self._reference.teams]
        for leave in self._reference.leaves:
            first = max(0, (leave.first - self._run_date).days)
            last = min(self._days - 1, (leave.last - self._run_date).days)
            away[self._team_at[leave.team]].update(range(first, last + 1))
        return away

    def _valid_units(self) -> dict[str, list[int]]:
        """Return units with a valid calibration for each equipment and day."""
        units: dict[str, list[int]] = {}
        for equipment in self._reference.equipment:
            valid = self._days
            if equipment.valid_until is not None:
                valid = max(0, min(valid, (equipment.valid_until - self._run_date).days + 1))
            counts = units.setdefault(equipment.name, [0] * self._days)
            for day in range(valid):
                counts[day] += _limit(equipment.units)
        return units

    def competent(self, kind: SampleType) -> Sequence[int]:
        """Return the indices of the teams that may sample the kind, in the sheet's order."""
        return self._competent[kind.name]

    def team_for(self, first: int, region: Region, kind: SampleType, samples: int) -> int | None:
        """Return the team of a visit that starts on day ``first``, None where none can.

        Conditions 2 to 5. Among the teams possible: one already in that Wilayah that day, then
        the one with fewest visits that day, then the sheet's order.
        """
        days = range(first, first + region.travel_days + 1)
        if self._short_equipment(days, kind) or self._lab_full(days[-1], kind, samples):
            return None
        fit = [t for t in self._competent[kind.name] if self._fits(t, days, region.name, samples)]
        if not fit:
            return None
        return min(
            fit, key=lambda t: (self._region[t][first] != region.name, self._visits[t][first], t)
        )

    def _fits(self, team: int, days: range, region: str, samples: int) -> bool:
        """Tell whether the team can take the visit on all its days: conditions 2 and 3."""
        visits, carried, places = self._visits[team], self._samples[team], self._region[team]
        most_visits, most_samples = self._most_visits[team], self._most_samples[team]
        away = self._leave[team]
        return all(
            visits[day] < most_visits
            and carried[day] + samples <= most_samples
            and places[day] in ("", region)
            and day not in away
            for day in days
        )

    def _short_equipment(self, days: range, kind: SampleType) -> str:
        """Return the equipment that is used up or out of calibration on one of the days."""
        for name in kind.equipment:
            units, used = self._units[name], self._used[name]
            if any(used[day] >= units[day] for day in days):
                return name
        return ""

    def _lab_full(self, last: int, kind: SampleType, samples: int) -> bool:
        return self._arriving[kind.name][last] + samples > _limit(kind.lab_capacity)

    def occupy(self, team: str, days: range, request: Request) -> None:
        """Enter a visit, whether or not it fits: a locked one may break a rule of today.

        A team, equipment or sample type that the reference no longer has holds nothing.
        """
        days = range(max(0, days.start), min(self._days, days.stop))
        kind = self._reference.sample_types.get(request.sample_type)
        if not days:
            return
        for day in days:
            if team in self._team_at:
                self._load_team(self._team_at[team], day, request)
                self._holders[team, day].append(request.number)
            for name in kind.equipment if kind else ():
                self._used[name][day] += 1
                self._holders[f"alat {name}", day].append(request.number)
        if kind is not None:
            self._arriving[kind.name][days[-1]] += request.samples
            self._holders[f"lab {kind.name}", days[-1]].append(request.number)

    def _load_team(self, team: int, day: int, request: Request) -> None:
        self._visits[team][day] += 1
        self._samples[team][day] += request.samples
        here = self._region[team][day]
        self._region[team][day] = request.region if here in ("", request.region) else _SEVERAL

    def obstacle(self, first: int, region: Region, kind: SampleType, samples: int) -> Obstacle:
        """Say what keeps a visit from starting on day ``first``; something must.

        All competent teams on leave come before equipment, laboratory, and full teams.
        """
        days = range(first, first + region.travel_days + 1)
        competent = self._competent[kind.name]
        present = [t for t in competent if not any(day in self._leave[t] for day in days)]
        if not present:
            return self._obstacle(Reason.LEAVE, days, self._names(competent))
        if name := self._short_equipment(days, kind):
            short = [day for day in days if self._used[name][day] >= self._units[name][day]]
            used_up = [day for day in short if self._units[name][day]]
            holders = self._held(used_up, f"alat {name}") if used_up == short else []
            return self._obstacle(Reason.EQUIPMENT, short, [name], holders)
        if self._lab_full(days[-1], kind, samples):
            last = range(days[-1], days[-1] + 1)
            return self._obstacle(
                Reason.LABORATORY, last, [kind.name], self._held(last, f"lab {kind.name}")
            )
        able = [t for t in present if self._most_visits[t] and samples <= self._most_samples[t]]
        holders, blocked = [], set[int]()
        for team in able:
            full = [day for day in days if not self._fits(team, range(day, day + 1), region.name,
                                                          samples)]  # fmt: skip
            holders += self._held(full, self._reference.teams[team].name)
            blocked.update(full)
        going = [t for t in present if self._most_visits[t]]
        span = sorted(blocked) or days
        return self._obstacle(Reason.TEAM_FULL, span, self._names(able or going), holders)

    def _names(self, teams: Sequence[int]) -> list[str]:
        return [self._reference.teams[team].name for team in teams]

    def never(self, kind: SampleType, samples: int) -> Reason | None:
        """Return why the visit fits no day even on an empty calendar, None where one would do."""
        if any(max(self._units[name], default=0) == 0 for name in kind.equipment):
            return Reason.EQUIPMENT
        if samples > _limit(kind.lab_capacity):
            return Reason.LABORATORY
        if not any(
            self._most_visits[t] and samples <= self._most_samples[t]
            for t in self._competent[kind.name]
        ):
            return Reason.TEAM_FULL
        return None

    def _held(self, days: Iterable[int], resource: str) -> list[str]:
        return [number for day in days for number in self._holders[resource, day]]

    def _obstacle(
        self, reason: Reason, days: Sequence[int], names: Sequence[str], holders: Sequence[str] = ()
    ) -> Obstacle:
        first = self._run_date + timedelta(days=days[0])
        last = self._run_date + timedelta(days=days[-1])
        return Obstacle(reason, first, last, tuple(names), tuple(dict.fromkeys(holders)))


def _limit(capacity: int | None) -> int:
    return _NO_LIMIT if capacity is None else capacity
