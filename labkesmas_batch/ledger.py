"""What the visits placed so far hold, day by day, and whether one more would fit.

Days are numbered from the run date, 0 being the run date itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from labkesmas_batch.model import Obstacle, Reason, Reference, Region, SampleType

_NO_LIMIT = 1 << 60


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
        at = {team.name: index for index, team in enumerate(self._reference.teams)}
        away: list[set[int]] = [set() for _ in self._reference.teams]
        for leave in self._reference.leaves:
            first = max(0, (leave.first - self._run_date).days)
            last = min(self._days - 1, (leave.last - self._run_date).days)
            away[at[leave.team]].update(range(first, last + 1))
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

    def occupy(
        self, team: int, first: int, region: Region, kind: SampleType, samples: int, number: str
    ) -> None:
        """Enter a visit, whether or not it fits: a locked one may break a rule of today."""
        days = range(max(0, first), min(self._days, first + region.travel_days + 1))
        for day in days:
            self._visits[team][day] += 1
            self._samples[team][day] += samples
            self._region[team][day] = region.name
            self._holders[self._reference.teams[team].name, day].append(number)
            for name in kind.equipment:
                self._used[name][day] += 1
                self._holders[f"alat {name}", day].append(number)
        if days:
            self._arriving[kind.name][days[-1]] += samples
            self._holders[f"lab {kind.name}", days[-1]].append(number)

    def obstacle(self, first: int, region: Region, kind: SampleType, samples: int) -> Obstacle:
        """Say what keeps a visit from starting on day ``first``; something must.

        All competent teams on leave come before equipment, laboratory, and full teams.
        """
        days = range(first, first + region.travel_days + 1)
        teams = [self._reference.teams[t].name for t in self._competent[kind.name]]
        away = [any(day in self._leave[t] for day in days) for t in self._competent[kind.name]]
        if all(away):
            return self._obstacle(Reason.LEAVE, days, teams)
        if name := self._short_equipment(days, kind):
            holders = self._held(days, [f"alat {name}"])
            return self._obstacle(Reason.EQUIPMENT, days, [name], holders)
        if self._lab_full(days[-1], kind, samples):
            last = range(days[-1], days[-1] + 1)
            holders = self._held(last, [f"lab {kind.name}"])
            return self._obstacle(Reason.LABORATORY, last, [kind.name], holders)
        present = [team for team, absent in zip(teams, away, strict=True) if not absent]
        return self._obstacle(Reason.TEAM_FULL, days, present, self._held(days, present))

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

    def _held(self, days: range, resources: Sequence[str]) -> tuple[str, ...]:
        numbers = (n for day in days for name in resources for n in self._holders[name, day])
        return tuple(dict.fromkeys(numbers))

    def _obstacle(
        self, reason: Reason, days: range, names: Sequence[str], holders: tuple[str, ...] = ()
    ) -> Obstacle:
        first = self._run_date + timedelta(days=days[0])
        last = self._run_date + timedelta(days=days[-1])
        return Obstacle(reason, first, last, tuple(names), holders)


def _limit(capacity: int | None) -> int:
    return _NO_LIMIT if capacity is None else capacity
