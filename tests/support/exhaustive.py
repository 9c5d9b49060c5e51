"""The dates that the rules allow, found by trying everything, and small weeks that are tight.

Written from rules.md, section Allocation: requests come in rank order, and each takes the first
day for which some choice of teams, for all visits placed so far and for itself, keeps all five
conditions. Slow and plain; of the package it uses the types, and its order of ranks.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from typing import Any, NamedTuple

from labkesmas_batch.intake.review import review
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.reference import Leave, Reference, SampleType, Team
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Accepted, Allocation, Ranked, Visit
from labkesmas_batch.precedence.rank import rank
from tests.support.builders import (
    RUN_DATE,
    equipment,
    leave,
    policy,
    reference,
    region,
    request,
    sample_type,
)
from tests.support.builders import team as a_team

ANY = ""  # the team of a visit that any team may have in the end


@dataclass(frozen=True)
class Booked:
    """A visit: who, which days, which team."""

    request: Request
    days: tuple[date, ...]
    team: str


def held(visit: Visit) -> Booked:
    length = (visit.last - visit.first).days + 1
    return Booked(visit.request, _in_a_row(visit.first, length), visit.team)


def span(given: Reference, one: Request, start: date) -> tuple[date, ...]:
    """The days of a visit that starts then."""
    return _in_a_row(start, 1 + given.regions[one.region].travel_days)


def _in_a_row(start: date, length: int) -> tuple[date, ...]:
    return tuple(start + timedelta(days=n) for n in range(length))


def broken(given: Reference, visits: Sequence[Booked]) -> list[str]:
    """Every condition that these visits break together, from the rules' own words."""
    found = [text for visit in visits for text in broken_alone(given, visit)]
    for day in {d for visit in visits for d in visit.days}:
        there = [visit for visit in visits if day in visit.days]
        for each in given.teams:
            found += crowded(each, load(v.request for v in there if v.team == each.name))
        found += short(given, day, there)
    return found


def broken_alone(given: Reference, visit: Booked) -> list[str]:
    """Conditions 1 and 2."""
    named = next(t for t in given.teams if t.name == visit.team)
    checks = {
        "2 competence": not named.can_sample(visit.request.sample_type),
        "2 leave": away(given, named, visit.days),
    }
    return wrong_days(given, visit) + [name for name, problem in checks.items() if problem]


def wrong_days(given: Reference, visit: Booked) -> list[str]:
    """Condition 1."""
    place = given.regions[visit.request.region]
    kind = given.sample_types[visit.request.sample_type]
    start = visit.days[0]
    off = [d for d in visit.days if d.weekday() not in given.policy.workdays or d in given.holidays]
    checks = {
        "1 length": len(visit.days) != 1 + place.travel_days,
        "1 working days": off,
        "1 Hari Berangkat": place.departure_days is not None
        and start.weekday() not in place.departure_days,
        "1 Hari Tanpa Pengambilan": start.weekday() in kind.no_sampling_days,
    }
    return [name for name, problem in checks.items() if problem]


def away(given: Reference, each: Team, days: Iterable[date]) -> bool:
    mine = [leave for leave in given.leaves if leave.team == each.name]
    return any(leave.first <= day <= leave.last for leave in mine for day in days)


class Load(NamedTuple):
    """A team's visits of one day."""

    visits: int = 0
    samples: int = 0
    places: frozenset[str] = frozenset()

    def and_one_more(self, one: Request) -> Load:
        return Load(self.visits + 1, self.samples + one.samples, self.places | {one.region})


def load(crowd: Iterable[Request]) -> Load:
    return reduce(Load.and_one_more, crowd, Load())


def crowded(each: Team, day: Load) -> list[str]:
    """Condition 3 for one team's visits of one day."""
    checks = {
        "3 Kunjungan per Hari": over(each.visits_per_day, day.visits),
        "3 Contoh Uji per Hari": over(each.samples_per_day, day.samples),
        "3 Wilayah": len(day.places) > 1,
    }
    return [name for name, problem in checks.items() if problem]


def short(given: Reference, day: date, there: Sequence[Booked]) -> list[str]:
    """Conditions 4 and 5 for one day."""
    found = []
    for name in {e.name for e in given.equipment}:
        if over(units(given, name, day), len(users(given, name, there))):
            found.append("4 equipment")
    for kind in given.sample_types.values():
        if over(kind.lab_capacity, sum(v.request.samples for v in arriving(kind, day, there))):
            found.append("5 laboratory")
    return found


def units(given: Reference, name: str, day: date) -> int | None:
    valid = [
        e.units
        for e in given.equipment
        if e.name == name and (e.valid_until is None or day <= e.valid_until)
    ]
    known = [units for units in valid if units is not None]
    return sum(known) if len(known) == len(valid) else None


def users(given: Reference, name: str, there: Iterable[Booked]) -> list[Booked]:
    return [v for v in there if name in given.sample_types[v.request.sample_type].equipment]


def arriving(kind: SampleType, day: date, there: Iterable[Booked]) -> list[Booked]:
    return [v for v in there if v.days[-1] == day and v.request.sample_type == kind.name]


def over(limit: int | None, amount: int) -> bool:
    return limit is not None and amount > limit


@dataclass(frozen=True)
class Turn:
    """What a request gets: its first possible day, and whether Batas Akhir lets it have that."""

    number: str
    first: date | None
    served: bool


Placed = dict[date, list[Booked]]  # by day, a trip on each of its days
Choose = Callable[[Reference, Placed, Booked], Booked | None]


def turns(allocation: Allocation) -> list[Turn]:
    """The same of the package's plan; ``nearest`` is the first day without Batas Akhir."""
    served = [(v.ranked.rank, Turn(v.request.number, v.first, True)) for v in allocation.visits]
    waits = [(u.ranked.rank, Turn(u.request.number, u.nearest, False)) for u in allocation.unplaced]
    return [turn for _, turn in sorted(served + waits, key=lambda each: each[0])]


def exchanged(allocation: Allocation) -> bool:
    """Whether anybody changed his team for another."""
    return any(visit.team_changed_for for visit in allocation.visits)


def best(
    order: Iterable[Ranked],
    given: Reference,
    run_date: date = RUN_DATE,
    locked: Iterable[Visit] = (),
) -> list[Turn]:
    """The dates where teams may be exchanged at will, dates never."""
    return [turn for turn, _ in replay(order, given, run_date, locked, with_any_teams)]


def greedy(
    order: Iterable[Ranked],
    given: Reference,
    run_date: date = RUN_DATE,
    locked: Iterable[Visit] = (),
) -> tuple[list[Turn], dict[str, str]]:
    """The dates and teams where a team once given stays given."""
    result = replay(order, given, run_date, locked, _as_they_are)
    teams = {visit.request.number: visit.team for _, visit in result if visit is not None}
    return [turn for turn, _ in result], teams


def replay(
    order: Iterable[Ranked],
    given: Reference,
    run_date: date,
    locked: Iterable[Visit],
    choose: Choose,
) -> list[tuple[Turn, Booked | None]]:
    """Each takes the first day that ``choose`` finds a visit for, and holds that."""
    placed: Placed = defaultdict(list)
    for visit in locked:
        _enter(placed, held(visit))
    result = []
    for each in order:
        one = each.request
        trials = (Booked(one, span(given, one, day), ANY) for day in outlook(given, each, run_date))
        chosen = (
            choose(given, placed, trial) for trial in trials if possible(given, placed, trial)
        )
        found = next((found for found in chosen if found is not None), None)
        first = found.days[0] if found else None
        served = first is not None and (one.deadline is None or first <= one.deadline)
        if found is not None and served:
            _enter(placed, found)
        result.append((Turn(one.number, first, served), found if served else None))
    return result


def outlook(given: Reference, each: Ranked, run_date: date) -> list[date]:
    """From the target day to the horizon."""
    target = each.reviewed.target
    last = run_date + timedelta(days=given.policy.horizon_days)
    return [target + timedelta(days=n) for n in range((last - target).days + 1)]


def _enter(placed: Placed, visit: Booked) -> None:
    for day in visit.days:
        placed[day].append(visit)


def possible(given: Reference, placed: Placed, trial: Booked) -> bool:
    """Conditions 1, 4 and 5, which are the same whatever team goes."""
    if wrong_days(given, trial):
        return False
    kind = given.sample_types[trial.request.sample_type]
    for day in trial.days:
        for name in kind.equipment:
            if over(units(given, name, day), len(users(given, name, placed[day])) + 1):
                return False
    there = arriving(kind, trial.days[-1], placed[trial.days[-1]])
    held_there = sum(visit.request.samples for visit in there)
    return not over(kind.lab_capacity, held_there + trial.request.samples)


def _as_they_are(given: Reference, placed: Placed, trial: Booked) -> Booked | None:
    """With the tie-break's team, all others as they are."""
    team = tie_break(given, placed, trial)
    return None if team is None else Booked(trial.request, trial.days, team)


def tie_break(given: Reference, placed: Placed, trial: Booked) -> str | None:
    """One in that Wilayah on the first day, then fewest visits on it, then the sheet's order."""

    def order(each: Team) -> tuple[bool, int, int]:
        there = [v.request for v in placed[trial.days[0]] if v.team == each.name]
        near = any(one.region == trial.request.region for one in there)
        return not near, len(there), given.teams.index(each)

    fitting = [each for each in takers(given, trial) if has_capacity(each, placed, trial)]
    return min(fitting, key=order).name if fitting else None


def has_capacity(team: Team, placed: Placed, trial: Booked) -> bool:
    """Condition 3 for one more visit of the team's."""
    loads = (load(v.request for v in placed[day] if v.team == team.name) for day in trial.days)
    return not any(crowded(team, each.and_one_more(trial.request)) for each in loads)


def takers(given: Reference, visit: Booked) -> list[Team]:
    """The teams that may go by condition 2."""
    competent = (each for each in given.teams if each.can_sample(visit.request.sample_type))
    return [each for each in competent if not away(given, each, visit.days)]


def with_any_teams(given: Reference, placed: Placed, trial: Booked) -> Booked | None:
    """With any team, if some choice of teams has room for all."""
    return trial if next(choices(given, [*together(placed, trial.days), trial]), None) else None


def together(placed: Placed, days: Iterable[date]) -> list[Booked]:
    """The visits that hang together with those days through trips."""
    seen, found, todo = set[date](), list[Booked](), list(days)
    while todo:
        day = todo.pop()
        if day not in seen:
            seen.add(day)
            new = [visit for visit in placed[day] if visit not in found]
            found += new
            todo += [day for visit in new for day in visit.days]
    return found


def choices(
    given: Reference, visits: Iterable[Booked], fixed: Mapping[str, str] | None = None
) -> Iterator[dict[str, str]]:
    """Every choice of teams that has room for all; locked visits, which name theirs, keep it.

    ``fixed`` names the only team that some requests may have.
    """
    return _Choices(given, list(visits), fixed or {}).from_visit(0)


class _Choices:
    """One visit after another, any of its teams; nothing hopeless is tried twice."""

    def __init__(self, given: Reference, visits: list[Booked], fixed: Mapping[str, str]) -> None:
        self._loads: dict[tuple[str, date], Load] = {}
        for visit in visits:
            if visit.team:
                self._loads |= self._with(visit, visit.team)
        options = {v: takers(given, v) for v in visits if not v.team}
        self._options = {
            v: [t for t in teams if fixed.get(v.request.number, t.name) == t.name]
            for v, teams in options.items()
        }
        self._visits = sorted(
            options, key=lambda v: (-len(v.days), v.request.region, len(self._options[v]))
        )
        self._hopeless: set[object] = set()
        self._chosen: dict[str, str] = {}

    def from_visit(self, at: int) -> Iterator[dict[str, str]]:
        if at == len(self._visits):
            yield dict(self._chosen)
            return
        visit, before, found = self._visits[at], self._loads, False
        here = at, frozenset(before.items())  # all that the rest of the search depends on
        for team in () if here in self._hopeless else self._options[visit]:
            changed = self._with(visit, team.name)
            if any(crowded(team, day) for day in changed.values()):
                continue
            self._loads = before | changed
            self._chosen[visit.request.number] = team.name
            for choice in self.from_visit(at + 1):
                found = True
                yield choice
            self._loads = before
        if not found:
            self._hopeless.add(here)

    def _with(self, visit: Booked, team: str) -> dict[tuple[str, date], Load]:
        """The team's days with one more visit."""
        slots = [(team, day) for day in visit.days]
        return {slot: self._loads.get(slot, Load()).and_one_more(visit.request) for slot in slots}


KINDS = ("Air", "Udara", "Makanan")
PLACES = ("Batam", "Bintan", "Karimun", "Lingga", "Natuna")


@dataclass(frozen=True)
class TightWeek:
    """What a plan is made from; the requests in any order."""

    given: Reference
    requests: tuple[Request, ...]
    locked: tuple[Visit, ...] = ()

    @property
    def order(self) -> tuple[Ranked, ...]:
        """The requests by rank."""
        accepted = review(self.requests, self.given.policy, RUN_DATE).accepted
        return rank(accepted, self.given.policy)


def tight_week(seed: int, *, trips: bool) -> TightWeek:
    """Up to three teams that differ, and more requests than their few days take.

    With trips, two of the places take two and three days. A third of the weeks have locked
    visits, which may break any rule of today.
    """
    rng = random.Random(seed)
    names = ["Tim A", "Tim B", "Tim C"][: rng.choice([2, 3, 3, 3])]
    lengths = (0, 0, 0, 1, 2) if trips else (0, 0, 0, 0, 0)
    places = PLACES if trips else PLACES[: rng.randint(2, 4)]
    given = reference(
        policy=policy(
            lead_days=0,
            short_lead="geser",
            issue_days=rng.randint(0, 1),
            horizon_days=rng.randint(4, 11),
            workdays=frozenset(range(rng.choice([5, 5, 6]))),
        ),
        teams=[_team(rng, name) for name in names],
        leaves=[_leave(rng, rng.choice(names)) for _ in range(rng.randint(0, 2))],
        regions=[
            region(name, lengths[at], _maybe(rng, 0.2, rng.sample(range(6), 3)))
            for at, name in enumerate(places)
        ],
        sample_types=[_kind(rng, name) for name in KINDS],
        equipment=[
            equipment("Sampler", rng.choice([1, 2, 3, None]), _maybe(rng, 0.3, _day(rng, 2, 8)))
        ],
        holidays=[_day(rng, 1, 8)] if rng.random() < 0.3 else [],
    )
    asked = [_request(rng, f"P-{number}", places) for number in range(1, rng.randint(8, 15))]
    locked = rng.randint(1, 4) if rng.random() < 0.34 else 0
    return TightWeek(
        given,
        tuple(asked),
        tuple(_locked(rng, f"L-{number}", given, places) for number in range(1, locked + 1)),
    )


def _maybe(rng: random.Random, chance: float, value: Any) -> Any:
    return value if rng.random() < chance else None


def _day(rng: random.Random, first: int, last: int) -> date:
    return RUN_DATE + timedelta(days=rng.randint(first, last))


def _team(rng: random.Random, name: str) -> Team:
    competence = rng.choice(
        [None, rng.sample(KINDS, 2), rng.sample(KINDS, 2), rng.sample(KINDS, 1)]
    )
    return a_team(name, competence, rng.choice([1, 2, 2, 3, None]), rng.choice([None, None, 4, 6]))


def _leave(rng: random.Random, name: str) -> Leave:
    first = _day(rng, 0, 6)
    return leave(name, first, first + timedelta(days=rng.randint(0, 1)))


def _kind(rng: random.Random, name: str) -> SampleType:
    return sample_type(
        name,
        ("Sampler",) if name == "Udara" else (),
        no_sampling_days=[rng.randint(0, 4)] if rng.random() < 0.2 else (),
        lab_capacity=rng.choice([None, None, 6, 9]),
    )


def _request(rng: random.Random, number: str, places: Sequence[str]) -> Request:
    proposed = rng.choice([None, 1, 1, 2, 3])
    latest = _maybe(rng, 0.2, (proposed or 0) + rng.randint(0, 4))
    return request(
        number,
        RUN_DATE - timedelta(days=rng.randint(0, 20)),
        rng.choice(["Internal", "Eksternal"]),
        region=rng.choice([*places[:2], *places]),
        sample_type=rng.choice(KINDS),
        samples=rng.randint(1, 4),
        proposed=None if proposed is None else RUN_DATE + timedelta(days=proposed),
        deadline=None if latest is None else RUN_DATE + timedelta(days=latest),
        waiver=rng.choice(["", "DSP/1"]),
    )


def _locked(rng: random.Random, number: str, given: Reference, places: Sequence[str]) -> Visit:
    """A visit of last week's, on any day, with any team: the rules may have changed since."""
    asked = _request(rng, number, places)
    days = span(given, asked, _day(rng, 0, 5))
    ranked = Ranked(0, Accepted(asked, days[0], days[0], None), days[0], None, None)
    who = rng.choice(given.teams).name
    return Visit(ranked, days[0], days[-1], who, Outcome.LOCKED, None)
