"""Teams of placed visits are exchanged where that frees an earlier day, and nowhere else."""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import pytest

from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.allocation.exchange import EXACT, reassign_teams
from labkesmas_batch.allocation.ledger import Booking, Ledger
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.reference import Reference, Region, SampleType, Team
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Allocation, Obstacle, Ranked, Reason, Visit
from tests.support.builders import (
    RUN_DATE,
    leave,
    policy,
    reference,
    region,
    request,
    sample_type,
    team,
)
from tests.support.exhaustive import (
    ANY,
    Booked,
    Placed,
    TightWeek,
    Turn,
    best,
    choices,
    exchanged,
    greedy,
    has_capacity,
    held,
    possible,
    replay,
    takers,
    tie_break,
    tight_week,
    together,
    turns,
)
from tests.support.models import days, june, plan, teams, visit_of

BATAM, NONGSA = region("Batam"), region("Nongsa")
LINGGA = region("Lingga", travel_days=1)
PLACES = (BATAM, NONGSA, LINGGA)
WATER, AIR = sample_type("Air Minum"), sample_type("Udara")
FOOD, SOIL = sample_type("Makanan"), sample_type("Tanah")
KINDS = (WATER, AIR, FOOD, SOIL)


def allocated(week: TightWeek, first: int | None = None) -> Allocation:
    """The package's plan of the week, or of its first requests by rank alone."""
    return allocate(week.order[:first], week.given, RUN_DATE, week.locked)


def the_best(week: TightWeek) -> list[Turn]:
    return best(week.order, week.given, RUN_DATE, week.locked)


def the_greedy(week: TightWeek) -> list[Turn]:
    return greedy(week.order, week.given, RUN_DATE, week.locked)[0]


@pytest.mark.parametrize("first", range(0, 400, 50))
def test_every_one_day_visit_has_the_day_that_the_best_choice_of_teams_allows(first: int) -> None:
    with_exchange = worse_without = 0
    for seed in range(first, first + 50):
        week = tight_week(seed, trips=False)
        allocation = allocated(week)
        assert turns(allocation) == the_best(week), f"seed {seed}"
        with_exchange += exchanged(allocation)
        worse_without += the_greedy(week) != the_best(week)
    assert with_exchange >= 50 / 4
    assert worse_without >= 50 / 4


@dataclass
class Figures:
    """How the dates of some weeks compare with the best ones."""

    what: str
    weeks: int = 0
    requests: int = 0
    with_exchange: int = 0
    worse_without: int = 0
    worse_weeks: int = 0
    later: int = 0
    days: int = 0
    most_days: int = 0

    def add(self, week: TightWeek, allocation: Allocation, horizon: date) -> None:
        """Count a week; who has no day counts as the day after the horizon."""
        mine, ideal, plain = turns(allocation), the_best(week), the_greedy(week)
        self.weeks += 1
        self.requests += len(mine)
        self.with_exchange += exchanged(allocation)
        self.worse_without += plain != ideal
        late = [
            ((one.first or horizon) - (other.first or horizon)).days
            for one, other in zip(mine, ideal, strict=True)
        ]
        self.worse_weeks += mine != ideal
        self.later += sum(n > 0 for n in late)
        self.days += sum(n for n in late if n > 0)
        self.most_days = max(self.most_days, *late)

    def __str__(self) -> str:
        """A line of a Markdown table."""
        return (
            f"| {self.what} | {self.weeks} | {self.requests} | {self.with_exchange} "
            f"| {self.worse_without} | {self.worse_weeks} | {self.later} | {self.days} "
            f"| {self.most_days} |"
        )


HEADER = (
    "| weeks | number | requests | with an exchange | greedy not the best | not the best "
    "| requests later | days together | days at most |\n|---|" + "---:|" * 8
)


def test_with_trips_of_two_and_three_days_no_visit_is_later_than_the_best_choice_allows() -> None:
    """`pytest -s -k trips_of_two` shows the figures."""
    figures = Figures("trips, up to 14 requests, 3 teams")
    for seed in range(300):
        week = tight_week(seed, trips=True)
        after = RUN_DATE + timedelta(days=week.given.policy.horizon_days + 1)
        figures.add(week, allocated(week), after)
    sys.stdout.write(f"\n{HEADER}\n{figures}\n")
    assert figures.with_exchange >= 300 / 4
    assert figures.worse_without >= 300 / 4
    assert (figures.worse_weeks, figures.days) == (0, 0)


@pytest.mark.parametrize("trips", [False, True], ids=["one day", "trips"])
def test_the_tight_weeks_are_tight_in_every_way(trips: bool) -> None:
    seen: Counter[Reason] = Counter()
    for seed in range(120):
        allocation = allocated(tight_week(seed, trips=trips))
        for each in (*allocation.visits, *allocation.unplaced):
            if each.obstacle:
                seen[each.obstacle.reason] += 1
            seen["locked"] += bool(allocation.conflicts)
    assert seen.keys() >= {
        Reason.DAY_OFF,
        Reason.LEAVE,
        Reason.EQUIPMENT,
        Reason.LABORATORY,
        Reason.TEAM_FULL,
        Reason.DEADLINE,
        Reason.HORIZON,
    }


@dataclass(frozen=True)
class Step:
    """A request's turn: the week's visits before and after it."""

    week: TightWeek
    newcomer: Ranked
    before: tuple[Visit, ...]
    after: tuple[Visit, ...]

    @property
    def own(self) -> Visit | None:
        """The newcomer's visit."""
        number = self.newcomer.request.number
        return next((visit for visit in self.after if visit.request.number == number), None)

    @property
    def others(self) -> list[tuple[Visit, Visit]]:
        """Those who were there already, before and after."""
        return list(zip(self.before, (v for v in self.after if v != self.own), strict=True))

    @property
    def changed(self) -> list[tuple[Visit, Visit]]:
        return [(was, now) for was, now in self.others if was.team != now.team]


@cache
def steps(*, trips: bool) -> list[Step]:
    found = []
    for seed in range(100):
        week = tight_week(seed, trips=trips)
        before: tuple[Visit, ...] = ()
        for at, newcomer in enumerate(week.order):
            after = allocated(week, at + 1).visits
            found.append(Step(week, newcomer, before, after))
            before = after
    return found


def by_day(visits: Iterable[Visit]) -> Placed:
    placed: Placed = defaultdict(list)
    for visit in map(held, visits):
        for day in visit.days:
            placed[day].append(visit)
    return placed


BOTH = pytest.mark.parametrize("trips", [False, True], ids=["one day", "trips"])


@BOTH
def test_no_visit_ever_changes_its_days(trips: bool) -> None:
    for step in steps(trips=trips):
        for was, now in step.others:
            assert (was.request, was.first, was.last) == (now.request, now.first, now.last)


@BOTH
def test_teams_change_only_where_the_newcomer_had_no_team_and_now_has_one(trips: bool) -> None:
    made = 0
    for step in steps(trips=trips):
        if step.own is None:
            assert step.changed == []
            continue
        trial = Booked(step.newcomer.request, held(step.own).days, ANY)
        placed = by_day([*step.week.locked, *step.before])
        assert bool(step.changed) == (tie_break(step.week.given, placed, trial) is None)
        made += bool(step.changed)
    assert made > 30


@BOTH
def test_the_newcomer_goes_with_the_team_of_the_tie_break_once_there_is_room(trips: bool) -> None:
    for step in steps(trips=trips):
        if step.own is not None:
            trial = Booked(step.newcomer.request, held(step.own).days, ANY)
            placed = by_day([*step.week.locked, *(now for _, now in step.others)])
            assert step.own.team == tie_break(step.week.given, placed, trial)


@BOTH
def test_whoever_changes_his_team_names_the_newcomer_and_nobody_else_does(trips: bool) -> None:
    for step in steps(trips=trips):
        assert step.own is None or step.own.team_changed_for == ()
        for was, now in step.others:
            gainers = dict.fromkeys(was.team_changed_for)
            if was.team != now.team:
                gainers[step.newcomer.request.number] = None
            assert now.team_changed_for == tuple(gainers)


@BOTH
def test_a_better_ranked_visit_keeps_its_team_before_a_worse_ranked_one(trips: bool) -> None:
    """Nobody changes who could stay with all better ranks as they are now."""
    for step in steps(trips=trips):
        if not step.changed:
            continue
        given = step.week.given
        placed = by_day([*step.week.locked, *step.after])
        there = together(placed, held(step.own).days)
        locked = {visit.request.number for visit in step.week.locked}
        anew = [v if v.request.number in locked else Booked(v.request, v.days, ANY) for v in there]
        settled: dict[str, str] = {}
        for was, now in step.others:
            if was.team != now.team:
                stays = settled | {was.request.number: was.team}
                assert next(choices(given, anew, stays), None) is None
            settled[now.request.number] = now.team


def misfits(week: TightWeek, allocation: Allocation) -> list[str]:
    """The planned visits that break a condition beside all others, locked ones included."""
    placed = by_day([*week.locked, *allocation.visits])
    found = []
    for visit in map(held, allocation.visits):
        others: Placed = defaultdict(list)
        others |= {day: [v for v in there if v != visit] for day, there in placed.items()}
        teams = {team.name: team for team in takers(week.given, visit)}
        team_fits = visit.team in teams and has_capacity(teams[visit.team], others, visit)
        if not team_fits or not possible(week.given, others, visit):
            found.append(visit.request.number)
    return found


@BOTH
def test_beside_locked_visits_whatever_they_break_nothing_is_overbooked(trips: bool) -> None:
    locked = 0
    for seed in range(400):
        week = tight_week(seed, trips=trips)
        if week.locked:
            allocation = allocated(week)
            assert misfits(week, allocation) == [], f"seed {seed}"
            numbers = {visit.request.number for visit in week.locked}
            assert not numbers & {visit.request.number for visit in allocation.visits}
            locked += exchanged(allocation)
    assert locked > 10


@BOTH
def test_the_order_of_the_rows_changes_no_day_no_team_and_no_exchange(trips: bool) -> None:
    for seed in range(60):
        week = tight_week(seed, trips=trips)
        rows = list(week.requests)
        random.Random(seed).shuffle(rows)
        assert allocated(replace(week, requests=tuple(rows))) == allocated(week)


# Of the first ones, 7 and 16 take the package some seconds each.
CROWDED = (*range(8, 16), *range(17, 23))


def crowded_week(seed: int, *, trips: bool, places: int | None = None) -> TightWeek:
    """Some hundred requests for two days; a day takes thirty to fifty visits.

    With trips, some places take two and three days, so that the days hang together. Teams are
    many and not too choosy, so that the days are full of visits before they are short of teams.
    """
    rng = random.Random(seed)
    kinds = ("Air", "Udara", "Makanan", "Tanah", "Usap")
    lengths = (0, 0, 1, 2) if trips else (0, 0, 0)
    lengths = lengths[: places or rng.randint(2, 4)]
    given = reference(
        policy=policy(lead_days=0, short_lead="geser", issue_days=0, horizon_days=4),
        teams=[
            team(
                f"Tim {n}",
                rng.sample(kinds, rng.randint(1, 4)),
                rng.randint(3, 5),
                rng.choice([None, None, None, 14]) if places != 1 else None,
            )
            for n in range(rng.randint(11, 15))
        ],
        regions=[region(f"Wilayah {n}", length) for n, length in enumerate(lengths)],
        sample_types=[sample_type(kind) for kind in kinds],
    )
    asked = [
        request(
            f"P-{number}",
            RUN_DATE - timedelta(days=rng.randint(0, 20)),
            rng.choice(["Internal", "Eksternal"]),
            region=rng.choice(list(given.regions)),
            sample_type=rng.choice(kinds),
            samples=rng.randint(1, 4),
            proposed=RUN_DATE + timedelta(days=rng.choice([1, 1, 2])),
        )
        for number in range(1, rng.randint(80, 120))
    ]
    return TightWeek(given, tuple(asked))


def busiest(visits: Iterable[Visit]) -> int:
    return max(len(there) for there in by_day(visits).values())


def not_worse(mine: list[Turn], other: list[Turn]) -> bool:
    """Whether the first request that the two treat differently is better off in the first."""
    for one, another in zip(mine, other, strict=True):
        if one != another:
            return one.first is not None and (another.first is None or one.first < another.first)
    return True


@BOTH
def test_crowded_weeks_are_never_overbooked_nor_worse_than_without_exchange(trips: bool) -> None:
    better = 0
    for seed in CROWDED:
        week = crowded_week(seed, trips=trips)
        allocation = allocated(week)
        assert busiest(allocation.visits) > EXACT
        assert misfits(week, allocation) == [], f"seed {seed}"
        assert not_worse(turns(allocation), the_greedy(week)), f"seed {seed}"
        better += exchanged(allocation)
    assert better > 10


@BOTH
def test_crowded_weeks_do_not_depend_on_the_order_of_the_rows(trips: bool) -> None:
    for seed in CROWDED[:4]:
        week = crowded_week(seed, trips=trips)
        rows = list(week.requests)
        random.Random(seed).shuffle(rows)
        assert allocated(replace(week, requests=tuple(rows))) == allocated(week)


def with_matched_teams(given: Reference, placed: Placed, trial: Booked) -> Booked | None:
    """One-day visits to one place, any number of samples: a matching of visits and seats."""
    seats = [(each, n) for each in given.teams for n in range(each.visits_per_day or 0)]
    sitting: dict[tuple[Team, int], Booked] = {}

    def seated(visit: Booked, tried: set[tuple[Team, int]]) -> bool:
        for seat in (s for s in seats if s[0].can_sample(visit.request.sample_type)):
            if seat not in tried:
                tried.add(seat)
                if seat not in sitting or seated(sitting[seat], tried):
                    sitting[seat] = visit
                    return True
        return False

    everybody = [*placed[trial.days[0]], trial]
    return trial if all(seated(visit, set()) for visit in everybody) else None


@pytest.mark.parametrize("seed", range(10))
def test_where_only_competence_and_visits_count_the_chain_misses_nothing(seed: int) -> None:
    week = crowded_week(seed, trips=False, places=1)
    allocation = allocated(week)
    ideal = replay(week.order, week.given, RUN_DATE, (), with_matched_teams)
    assert turns(allocation) == [turn for turn, _ in ideal]
    assert exchanged(allocation)
    assert busiest(allocation.visits) > EXACT


class Book:
    """A ledger of June 2026, entered visit by visit."""

    def __init__(self, *teams: Team, **given: object) -> None:
        named = {"regions": PLACES, "sample_types": KINDS}
        self.given = reference(teams=teams, **named | given)
        self.ledger = Ledger(self.given, RUN_DATE, 30)

    def take(
        self,
        number: str,
        day: int,
        team: str,
        kind: SampleType = WATER,
        region: Region = BATAM,
        samples: int = 1,
        *,
        locked: bool = False,
    ) -> Booking:
        asked = request(number, region=region.name, sample_type=kind.name, samples=samples)
        days = range(day - 1, day + region.travel_days)
        return self.ledger.occupy(team, days, asked, movable=not locked)

    def remaining(
        self, day: int, kind: SampleType = WATER, region: Region = BATAM, samples: int = 1
    ) -> dict[str, str] | None:
        """Who has to change to which team, by request number."""
        changes = reassign_teams(self.ledger, day - 1, region, kind, samples)
        if changes is None:
            return None
        return {entry.request.number: self.ledger.name(team) for entry, team in changes}


def both(name: str, visits: int | None = 1, samples: int | None = None) -> Team:
    return team(name, ["Air Minum", "Udara"], visits, samples)


def only(name: str, kind: SampleType, visits: int | None = 1, samples: int | None = None) -> Team:
    return team(name, [kind.name], visits, samples)


def test_a_visit_gives_way_where_another_team_can_take_it() -> None:
    book = Book(both("A"), only("B", WATER))
    book.take("P-1", 9, "A")
    assert book.remaining(9, AIR) == {"P-1": "B"}


def test_making_room_changes_nothing_by_itself() -> None:
    book = Book(both("A"), only("B", WATER))
    entry = book.take("P-1", 9, "A")
    stamp = book.ledger.changes(range(30))
    book.remaining(9, AIR)
    assert (entry.team, entry.for_whom) == (0, [])
    assert book.ledger.changes(range(30)) == stamp


def test_no_room_is_made_where_no_exchange_helps() -> None:
    book = Book(both("A"), only("B", AIR))
    book.take("P-1", 9, "A")
    book.take("P-2", 9, "B", AIR)
    assert book.remaining(9, AIR) is None


def test_of_two_that_could_give_way_the_worse_ranked_one_does() -> None:
    book = Book(both("A"), both("B"), only("C", WATER))
    book.take("P-1", 9, "A")
    book.take("P-2", 9, "B")
    assert book.remaining(9, AIR) == {"P-2": "C"}


def test_a_better_ranked_visit_keeps_its_team_though_two_others_have_to_change() -> None:
    # P-1 could make room alone, by going to E.
    book = Book(
        team("A", ["Makanan", "Udara"], 1),
        both("B"),
        team("C", ["Air Minum", "Tanah"], 1),
        only("D", SOIL),
        only("E", FOOD),
    )
    book.take("P-1", 9, "A", FOOD)
    book.take("P-2", 9, "B", WATER)
    book.take("P-3", 9, "C", SOIL)
    assert book.remaining(9, AIR) == {"P-2": "C", "P-3": "D"}


def test_nobody_changes_who_could_stay_while_all_better_ranks_that_stay_do() -> None:
    book = Book(only("A", WATER), both("B"), only("C", WATER))
    book.take("P-1", 9, "B")
    book.take("P-2", 9, "A")
    assert book.remaining(9, AIR) == {"P-1": "C"}


def test_a_chain_of_exchanges_is_found() -> None:
    book = Book(both("A"), team("B", ["Air Minum", "Makanan"], 1), only("C", FOOD))
    book.take("P-1", 9, "A")
    book.take("P-2", 9, "B", FOOD)
    assert book.remaining(9, AIR) == {"P-1": "B", "P-2": "C"}


def test_two_visits_swap_where_their_samples_ask_for_it() -> None:
    # A carries 10 and B 6: with 6 and 3 on A there is no room for 4, with 6 and 4 there is.
    book = Book(both("A", None, 10), both("B", None, 6))
    book.take("P-1", 9, "A", samples=6)
    book.take("P-2", 9, "A", samples=3)
    book.take("P-3", 9, "B", samples=3)
    assert book.remaining(9, samples=4) == {"P-2": "B"}


def test_teams_change_places_so_that_each_is_in_one_wilayah() -> None:
    book = Book(both("A", 2), only("B", WATER, 2))
    book.take("P-1", 9, "A")
    book.take("P-2", 9, "B", region=NONGSA)
    assert book.remaining(9, AIR, NONGSA) == {"P-1": "B", "P-2": "A"}


def test_a_locked_visit_never_gives_way() -> None:
    book = Book(both("A"), only("B", WATER))
    book.take("P-0", 9, "A", locked=True)
    assert book.remaining(9, AIR) is None


def test_a_visit_does_not_go_to_a_team_on_leave() -> None:
    book = Book(both("A"), only("B", WATER), leaves=[leave("B", june(9))])
    book.take("P-1", 9, "A")
    assert book.remaining(9, AIR) is None


def test_a_trip_does_not_go_to_a_team_on_leave_on_its_second_day() -> None:
    book = Book(both("A"), only("B", WATER), leaves=[leave("B", june(10))])
    book.take("P-1", 9, "A", region=LINGGA)
    assert book.remaining(9, AIR) is None


def test_a_one_day_visit_gives_way_to_a_trip_on_each_day_that_it_needs() -> None:
    book = Book(both("A"), only("B", WATER))
    book.take("P-1", 9, "A")
    book.take("P-2", 10, "A")
    assert book.remaining(9, AIR, LINGGA) == {"P-1": "B", "P-2": "B"}


def test_a_trip_gives_way_to_a_one_day_visit() -> None:
    book = Book(both("A"), only("B", WATER))
    book.take("P-1", 9, "A", region=LINGGA)
    assert book.remaining(10, AIR) == {"P-1": "B"}


def test_a_trip_does_not_give_way_where_the_other_team_is_busy_on_one_of_its_days() -> None:
    book = Book(both("A"), team("B", ["Air Minum", "Makanan"], 1))
    book.take("P-1", 9, "A", region=LINGGA)
    book.take("P-2", 10, "B", FOOD)
    assert book.remaining(9, AIR) is None


def test_an_exchange_may_reach_over_days_that_hang_together_through_trips() -> None:
    # Asked for the 9th, P-1 goes to B if P-2 leaves B on the 10th, for C.
    book = Book(both("A"), team("B", ["Air Minum", "Makanan"], 1), only("C", FOOD))
    book.take("P-1", 9, "A", region=LINGGA)
    book.take("P-2", 10, "B", FOOD)
    assert book.remaining(9, AIR) == {"P-1": "B", "P-2": "C"}


def asks(*kinds: SampleType, **more: object) -> list[Request]:
    """Requests P-1, P-2 ... by rank for 9 June, one for each kind."""
    return [
        request(
            f"P-{number}",
            date(2026, 4, number),
            sample_type=kind.name,
            **{"proposed": june(9)} | more,
        )
        for number, kind in enumerate(kinds, start=1)
    ]


def given_teams(*named: Team, **more: object) -> Reference:
    return reference(teams=named, regions=PLACES, sample_types=KINDS, **more)


def test_two_teams_that_differ_serve_both_requests_on_the_day_that_they_proposed() -> None:
    week = plan(asks(WATER, AIR), given_teams(both("A"), only("B", WATER)))
    assert days(week) == {"P-1": 9, "P-2": 9}
    assert teams(week) == {"P-1": "B", "P-2": "A"}
    assert visit_of(week, "P-1").team_changed_for == ("P-2",)
    assert visit_of(week, "P-2").team_changed_for == ()
    assert {visit.status for visit in week.visits} == {Outcome.SCHEDULED}


def test_a_visit_that_gave_way_twice_names_both_who_gained_in_that_order() -> None:
    kinds = asks(WATER, AIR, FOOD)
    named = (team("A", None, 1), team("B", ["Air Minum", "Makanan"], 1), only("C", WATER))
    week = plan(kinds, given_teams(*named))
    assert teams(week) == {"P-1": "C", "P-2": "A", "P-3": "B"}
    assert visit_of(week, "P-1").team_changed_for == ("P-2", "P-3")


def test_where_a_team_has_room_nobody_changes_and_the_tie_break_names_it() -> None:
    # With A for P-1 and C for P-2 all is well, though B would be there for P-1 alone.
    week = plan(asks(WATER, AIR), given_teams(both("A"), only("B", WATER), only("C", AIR)))
    assert teams(week) == {"P-1": "A", "P-2": "C"}
    assert not exchanged(week)


def test_nobody_changes_for_a_day_that_stays_impossible() -> None:
    named = (both("A"), only("B", WATER))
    week = plan(asks(WATER, AIR), given_teams(*named, leaves=[leave("B", june(9))]))
    assert days(week) == {"P-1": 9, "P-2": 10}
    assert teams(week) == {"P-1": "A", "P-2": "A"}
    assert not exchanged(week)


def test_nobody_changes_for_a_request_whose_batas_akhir_comes_before_the_day_gained() -> None:
    first, second = asks(WATER, AIR)
    late = replace(second, proposed=june(10), deadline=june(9))
    week = plan([replace(first, proposed=june(10)), late], given_teams(both("A"), only("B", WATER)))
    assert teams(week) == {"P-1": "A"}
    assert not exchanged(week)
    assert [each.nearest for each in week.unplaced] == [june(10)]


def test_nobody_changes_where_equipment_or_laboratory_would_stand_in_the_way_still() -> None:
    air = sample_type("Udara", lab_capacity=1)
    given = reference(teams=[both("A"), only("B", WATER)], sample_types=[WATER, air])
    locked = locked_visit(request("P-0", sample_type="Udara"), "A", june(9), june(9))
    week = plan(asks(WATER, AIR), given, locked=[locked])
    assert days(week) == {"P-1": 9, "P-2": 10}
    assert not exchanged(week)


def locked_visit(asked: Request, team: str, first: date, last: date) -> Visit:
    """A visit of last week's plan."""
    placed = visit_of(plan([asked], reference(sample_types=KINDS, regions=PLACES)), asked.number)
    return replace(placed, first=first, last=last, team=team, status=Outcome.LOCKED)


def test_a_trip_swaps_one_day_visits_out_of_its_way() -> None:
    one, two, three = asks(WATER, WATER, AIR)
    trip = replace(three, region="Lingga")
    later = replace(two, proposed=june(10))
    week = plan([one, later, trip], given_teams(both("A"), only("B", WATER)))
    assert days(week) == {"P-1": 9, "P-2": 10, "P-3": 9}
    assert teams(week) == {"P-1": "B", "P-2": "B", "P-3": "A"}
    assert [v.team_changed_for for v in week.visits] == [("P-3",), ("P-3",), ()]


def test_a_locked_visit_keeps_the_team_that_a_request_would_need() -> None:
    given = given_teams(both("A"), only("B", WATER))
    locked = locked_visit(request("P-0"), "A", june(9), june(9))
    week = plan(asks(AIR), given, locked=[locked])
    assert days(week) == {"P-1": 10}
    blocked = visit_of(week, "P-1").obstacle
    assert blocked == Obstacle(Reason.TEAM_FULL, june(9), june(9), ("A",), ("P-0",))


def test_exchanges_are_made_around_a_locked_visit_that_breaks_the_rules_of_today() -> None:
    # L has more contoh uji than A may carry by now; P-1 can still leave B for C.
    named = (only("A", WATER, None, 10), both("B", 1, 4), only("C", WATER, 1, 4))
    locked = locked_visit(request("L", samples=15), "A", june(9), june(9))
    week = plan(asks(WATER, AIR, samples=4), given_teams(*named), locked=[locked])
    assert days(week) == {"P-1": 9, "P-2": 9}
