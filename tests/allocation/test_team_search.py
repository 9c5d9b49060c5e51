"""The search for teams, on plain data, against trying every combination."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, product

import pytest

from labkesmas_batch.allocation.conditions import NO_LIMIT, SEVERAL
from labkesmas_batch.allocation.packing import Packing, Remaining, RemainingByDay, VisitDemand
from labkesmas_batch.allocation.team_search import (
    EACH_STEPS,
    LEAST_STEPS,
    SearchBudget,
    _Search,
    assign,
)

Instance = tuple[list[VisitDemand], dict[tuple[int, int], Remaining]]


def item(
    teams: Sequence[int] = (0, 1),
    days: Sequence[int] = (0,),
    region: str = "Batam",
    samples: int = 1,
    team: int | None = None,
) -> VisitDemand:
    return VisitDemand(tuple(days), region, samples, tuple(teams), team)


def each_day(*teams: Remaining, days: int = 1) -> dict[tuple[int, int], Remaining]:
    """The same room on each day."""
    return {(at, day): room for at, room in enumerate(teams) for day in range(days)}


def a_day(visits: int = NO_LIMIT, samples: int = NO_LIMIT, region: str = "") -> Remaining:
    return Remaining(visits, samples, region)


def fits(items: Sequence[VisitDemand], given: RemainingByDay, choice: Sequence[int]) -> bool:
    """Whether each team stays within its room, from the words of Room alone."""
    for (team, day), left in given.items():
        mine = [i for i, t in zip(items, choice, strict=True) if t == team and day in i.days]
        places = {i.region for i in mine} | ({left.region} if left.region else set())
        if mine and (len(mine) > left.visits or len(places) > 1):
            return False
        if mine and sum(i.samples for i in mine) > left.samples:
            return False
    return all(team in i.teams for i, team in zip(items, choice, strict=True))


def by_force(items: Sequence[VisitDemand], given: RemainingByDay) -> Iterator[tuple[int, ...]]:
    every = product(*(each.teams for each in items))
    return (choice for choice in every if fits(items, given, choice))


def small(seed: int) -> Instance:
    """Up to six visits and three teams; in half of them the days hang together by trips."""
    rng = random.Random(seed)
    teams, days = rng.choice([2, 3, 3]), rng.choice([1, 3])
    places = ("Batam", "Bintan", "Lingga")[: rng.choice([1, 2, 2, 3])]
    items = []
    for _ in range(rng.randint(2, 6)):
        first = rng.randrange(days)
        last = rng.randint(first, days - 1)
        able = sorted(rng.sample(range(teams), rng.randint(1, teams)))
        has = rng.choice([None, *able])
        items.append(item(able, range(first, last + 1), rng.choice(places), rng.randint(1, 5), has))
    given = {
        (team, day): a_day(
            rng.choice([1, 2, 3, 4, NO_LIMIT]) if rng.random() < 0.95 else 0,
            rng.choice([4, 8, 12, NO_LIMIT, NO_LIMIT, NO_LIMIT]),
            rng.choice(["", *places, SEVERAL]) if rng.random() < 0.2 else "",
        )
        for team in range(teams)
        for day in range(days)
    }
    return items, given


@pytest.mark.parametrize("first", range(0, 600, 100))
def test_a_choice_is_found_exactly_where_there_is_one_and_it_is_right(first: int) -> None:
    outcomes: Counter[tuple[str, bool]] = Counter()
    for seed in range(first, first + 100):
        items, given = small(seed)
        chosen = assign(items, given)
        possible = next(by_force(items, given), None)
        assert (chosen is None) == (possible is None), f"seed {seed}"
        assert chosen is None or fits(items, given, chosen), f"seed {seed}"
        trips = any(len(each.days) > 1 for each in items)
        outcomes["trips" if trips else "one day", chosen is not None] += 1
    assert len(outcomes) == 4
    assert min(outcomes.values()) >= 5, outcomes


@pytest.mark.parametrize("seed", range(40))
def test_a_combination_that_was_planted_is_found_and_one_visit_more_is_not(seed: int) -> None:
    """Teams that are filled to the last visit and the last sample by twelve visits."""
    rng = random.Random(seed)
    hidden = [rng.randrange(3) for _ in range(12)]
    items = [
        item(
            sorted({team, rng.randrange(3), rng.randrange(3)}),
            samples=rng.randint(1, 9),
            region=f"Wilayah {team}",
        )
        for team in hidden
    ]
    given = {
        (team, 0): a_day(
            hidden.count(team),
            sum(i.samples for i, t in zip(items, hidden, strict=True) if t == team),
        )
        for team in range(3)
    }
    chosen = assign(items, given)
    assert chosen is not None
    assert fits(items, given, chosen)
    assert assign([*items, item(range(3))], given) is None


def test_the_result_stands_in_the_order_of_the_visits_whatever_order_is_searched() -> None:
    items = [item((0, 1), samples=1), item((1,), samples=9), item((0, 1), samples=5)]
    assert assign(items, each_day(a_day(2), a_day(1))) == [0, 1, 0]


def test_without_visits_there_is_nothing_to_choose() -> None:
    assert assign([], {}) == []


def test_a_visit_that_no_team_may_take_fits_nowhere() -> None:
    assert assign([item(())], each_day(a_day())) is None


def test_a_visit_stays_with_its_team_where_that_is_as_good() -> None:
    assert assign([item(team=1)], each_day(a_day(), a_day())) == [1]


def test_a_team_that_is_there_already_goes_before_an_idle_one() -> None:
    assert assign([item()], each_day(a_day(), a_day(region="Batam"))) == [1]


def test_a_team_that_has_left_for_elsewhere_or_for_several_places_takes_nobody() -> None:
    assert assign([item()], each_day(a_day(region="Bintan"), a_day(region=SEVERAL))) is None


def test_a_team_goes_to_one_place_a_day_and_to_another_on_the_next() -> None:
    two = [item((0,), (0,)), item((0,), (1,), "Bintan")]
    assert assign(two, each_day(a_day(), days=2)) == [0, 0]
    assert assign([*two, item((0,), (1,))], each_day(a_day(), days=2)) is None


def test_a_trip_needs_room_on_each_of_its_days() -> None:
    given = {(0, 0): a_day(), (0, 1): a_day(0), (1, 0): a_day(), (1, 1): a_day()}
    assert assign([item(days=(0, 1))], given) == [1]


def test_a_team_that_is_overloaded_by_now_takes_nobody() -> None:
    assert assign([item((0,))], each_day(a_day(-1, 5))) is None
    assert assign([item((0,))], each_day(a_day(5, -1))) is None


def test_what_one_team_carries_too_much_is_not_taken_off_what_another_has_left() -> None:
    given = each_day(a_day(samples=-5, region="Batam"), a_day(1, 4), a_day(1, 4))
    items = [item((0, 1, 2), samples=4), item((1,), samples=4)]
    assert fits(items, given, [2, 1])
    assert assign(items, given) == [2, 1]


def steps(items: Sequence[VisitDemand], given: RemainingByDay) -> tuple[list[int] | None, int]:
    search = _Search(items, given)
    return search.run(), search.steps


def packed(seed: int) -> Instance:
    """A day of 24 visits that fill six teams to the last visit: two places, three kinds."""
    rng = random.Random(seed)
    hidden = [team for team in range(6) for _ in range(4)]
    kinds = {0: (0, 1, 2, 3), 1: (2, 3, 4, 5), 2: (0, 1, 4, 5)}
    items = [
        item(
            rng.choice([kinds[k] for k in kinds if team in kinds[k]]),
            region="Batam" if team % 2 else "Bintan",
            samples=rng.randint(1, 12),
        )
        for team in hidden
    ]
    given = each_day(
        *(
            a_day(4, sum(i.samples for i, t in zip(items, hidden, strict=True) if t == team) + 6)
            for team in range(6)
        )
    )
    rng.shuffle(items)
    return items, given


@pytest.mark.parametrize("seed", range(20))
def test_a_day_of_24_visits_that_just_fit_takes_few_steps(seed: int) -> None:
    items, given = packed(seed)
    chosen, taken = steps(items, given)
    assert chosen is not None
    assert fits(items, given, chosen)
    assert taken < EACH_STEPS / 5


@pytest.mark.parametrize("seed", range(20))
def test_a_day_of_24_visits_for_23_seats_takes_few_steps(seed: int) -> None:
    items, given = packed(seed)
    given[0, 0] = a_day(3)
    chosen, taken = steps(items, given)
    assert chosen is None
    assert taken < EACH_STEPS / 5


def test_alike_teams_and_visits_are_not_tried_one_for_the_other() -> None:
    """25 visits for 24 seats, all alike: 24! ways to fail."""
    chosen, taken = steps([item(range(6))] * 25, each_day(*[a_day(4)] * 6))
    assert chosen is None
    assert taken < 100


def test_teams_that_twenty_visits_fill_to_the_last_sample_are_found() -> None:
    visits = [
        (14, (0, 4)), (8, (1, 2, 3)), (18, (1, 2, 3)), (2, (0, 3, 4)), (8, (1, 2, 3, 4)),
        (19, (0, 1, 2, 3)), (2, (0, 1, 4)), (2, (0, 2, 4)), (10, (0, 3, 4)), (5, (0, 4)),
        (19, (0, 1, 2, 3)), (18, (0, 1, 2, 4)), (4, (0, 2, 4)), (12, (0, 3, 4)),
        (18, (1, 2, 3, 4)), (19, (0, 1, 2, 3)), (20, (1, 2, 3)), (16, (0, 2, 4)),
        (11, (0, 3, 4)), (19, (0, 4)),
    ]  # fmt: skip
    items = [item(teams, samples=samples) for samples, teams in visits]
    given = each_day(*(a_day(samples=left) for left in (71, 48, 40, 35, 50)))
    assert fits(items, given, [0, 1, 2, 3, 4] * 4)
    assert assign(items, given) is not None


def hard(seed: int) -> Instance:
    """Twelve teams of all sorts, 24 visits in pairs of at most 18 samples."""
    rng = random.Random(seed)
    able = [tuple(sorted(rng.sample(range(12), 6))) for _ in range(6)]
    items = [
        item(rng.choice(able), region=rng.choice(["Batam", "Bintan"]), samples=rng.randint(1, 14))
        for _ in range(24)
    ]
    return items, each_day(*[a_day(2, 18)] * 12)


def test_a_search_stops_after_its_steps_and_takes_them_off_what_all_may_take() -> None:
    items, given = hard(24)
    chosen, taken = steps(items, given)
    assert chosen is None
    assert EACH_STEPS < taken < EACH_STEPS + 100  # those on the way back
    budget = SearchBudget(steps=2_500, each=1_000)
    allowed = []
    for _ in range(4):
        allowed.append(budget.next())
        assert assign(items, given, budget) is None
    assert allowed[:2] == [1_000, 1_000]
    assert LEAST_STEPS < allowed[2] < 500
    assert allowed[3] == LEAST_STEPS


@pytest.mark.parametrize("seed", range(20))
def test_when_the_patience_is_spent_what_is_easy_is_found_all_the_same(seed: int) -> None:
    items, given = packed(seed)
    chosen = assign(items, given, SearchBudget(steps=0))
    assert chosen is not None
    assert fits(items, given, chosen)


@pytest.mark.parametrize("seed", range(40))
def test_the_most_that_fits_is_that_of_all_selections(seed: int) -> None:
    rng = random.Random(seed)
    items = [
        item(
            rng.choice([(0,), (0, 1), (1,)]),
            rng.choice([(0,), (0, 1)]),
            rng.choice(["Batam", "Bintan"]),
            rng.randint(1, 9),
        )
        for _ in range(7)
    ]
    given = each_day(
        a_day(rng.choice([1, 2, 3, NO_LIMIT]), rng.choice([0, 5, 14, NO_LIMIT])), a_day(), days=2
    )
    packing = Packing(items, given)
    for depth, day, place in product(range(8), range(2), ["Batam", "Bintan"]):
        left = given[0, day]
        mine = [
            i.samples for i in items[depth:] if 0 in i.teams and day in i.days and i.region == place
        ]
        some = [
            chosen
            for count in range(len(mine) + 1)
            for chosen in combinations(mine, count)
            if count <= left.visits and sum(chosen) <= left.samples
        ]
        most = packing.most(0, day, place, depth, (left.visits, left.samples))
        assert most == (max(map(len, some)), max(map(sum, some)))


def test_samples_by_the_million_are_not_added_up_one_by_one() -> None:
    items = [item(samples=900_000 + n) for n in range(24)]
    packing = Packing(items, each_day(a_day(3, 5_000_000), a_day()))
    assert packing.most(0, 0, "Batam", 0, (3, 5_000_000)) == (3, 5_000_000)
    assert assign(items, each_day(*[a_day(3, 5_000_000)] * 2)) is None
