"""How much of teams, laboratory and equipment each week uses, and what bound in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from labkesmas_batch.allocation.conditions import (
    equipment_held,
    is_present,
    is_workday,
    valid_units,
)
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.schedule import Allocation, Obstacle, Reason, Visit
from labkesmas_batch.model.week import Binding, Load, LoadGroup, WeekLoad

Used = Counter[tuple[LoadGroup, str, str, date]]
_BINDING = (Reason.LEAVE, Reason.EQUIPMENT, Reason.LABORATORY, Reason.TEAM_FULL)


def utilize(
    allocation: Allocation, reference: Reference, since: date = date.min
) -> tuple[WeekLoad, ...]:
    """Count the load of every week, without gaps from the first visit to the last.

    Parameters
    ----------
    allocation
        The visits, and what stood in the way of those that are moved or not placed.
    reference
        Capacities, leave, calibration, days off.
    since
        Days before it are not spoken of: what took place on them is the field's to tell.
    """
    used = _used(allocation.visits, reference, since)
    bindings = _bindings(allocation)
    starts = Counter(_monday(visit.first) for visit in allocation.visits)
    mondays = [*(_monday(day) for *_, day in used), *bindings]
    if not mondays:
        return ()
    weeks = (max(mondays) - min(mondays)).days // 7 + 1
    every = (min(mondays) + timedelta(days=7 * week) for week in range(weeks))
    return tuple(
        WeekLoad(
            monday,
            starts[monday],
            tuple(_loads(used, reference, monday, since)),
            tuple(sorted(bindings[monday], key=lambda each: -len(each.requests))),
        )
        for monday in every
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _used(visits: Iterable[Visit], reference: Reference, since: date) -> Used:
    """Count visits and samples of teams, arriving samples and units in use, by day."""
    used: Used = Counter()
    for visit in visits:
        request = visit.request
        for step in range((visit.last - visit.first).days + 1):
            day = visit.first + timedelta(days=step)
            if day < since:
                continue
            used[LoadGroup.TEAM, visit.team, "kunjungan", day] += 1
            used[LoadGroup.TEAM, visit.team, "contoh uji", day] += request.samples
            for name in equipment_held(visit, reference):
                used[LoadGroup.EQUIPMENT, name, "unit", day] += 1
        used[LoadGroup.LABORATORY, request.sample_type, "contoh uji", visit.last] += request.samples
    return used


def _loads(used: Used, reference: Reference, monday: date, since: date) -> Iterator[Load]:
    """Yield the loads of all teams, and of the laboratory and equipment in use that week."""
    days = [monday + timedelta(days=step) for step in range(7)]
    policy, holidays = reference.policy, reference.holidays
    works = [day >= since and is_workday(day, policy.workdays, holidays) for day in days]

    def load(group: LoadGroup, name: str, measure: str, capacity: Sequence[int | None]) -> Load:
        here = tuple(used[group, name, measure, day] for day in days)
        open_days = (
            limit if work or count else 0
            for limit, work, count in zip(capacity, works, here, strict=True)
        )
        return Load(group, name, measure, here, tuple(open_days))

    for team in reference.teams:
        at_work = [is_present(reference, team.name, day) for day in days]
        for measure, most in (
            ("kunjungan", team.visits_per_day),
            ("contoh uji", team.samples_per_day),
        ):
            yield load(
                LoadGroup.TEAM, team.name, measure, [most if here else 0 for here in at_work]
            )
    for kind in reference.sample_types.values():
        found = load(LoadGroup.LABORATORY, kind.name, "contoh uji", [kind.lab_capacity] * 7)
        if any(found.used):
            yield found
    for name in dict.fromkeys(each.name for each in reference.equipment):
        found = load(
            LoadGroup.EQUIPMENT,
            name,
            "unit",
            [valid_units(reference.equipment, name, day) for day in days],
        )
        if any(found.used):
            yield found


def _bindings(allocation: Allocation) -> defaultdict[date, list[Binding]]:
    """Return for each Monday what kept whom from a day of that week."""
    # Of a request without Tanggal Usulan all that stood in the way is in ``also``.
    stood: list[tuple[int, str, Sequence[Obstacle]]] = [
        (
            visit.ranked.rank,
            visit.request.number,
            (visit.obstacle, *visit.also) if visit.obstacle else visit.also,
        )
        for visit in allocation.visits
    ]
    stood += [(each.ranked.rank, each.request.number, each.blocked) for each in allocation.unplaced]
    found: dict[tuple[date, Reason, tuple[str, ...]], dict[str, None]] = defaultdict(dict)
    for _, number, obstacles in sorted(stood, key=lambda one: one[0]):
        for obstacle in obstacles:
            if obstacle.reason in _BINDING:
                key = _monday(obstacle.first), obstacle.reason, obstacle.names
                found[key][number] = None
    weeks: defaultdict[date, list[Binding]] = defaultdict(list)
    for (monday, reason, names), numbers in found.items():
        weeks[monday].append(Binding(reason, names, tuple(numbers)))
    return weeks
