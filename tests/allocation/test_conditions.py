"""The five conditions one by one, and the ledger against them in weeks at random."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import product

import pytest

from labkesmas_batch.allocation.conditions import (
    NO_LIMIT,
    SEVERAL,
    is_calibrated,
    is_competent,
    is_overfull,
    is_present,
    is_workday,
    laboratory_takes,
    takes_one_more,
    valid_units,
    why_no_start,
)
from labkesmas_batch.allocation.ledger import Ledger
from labkesmas_batch.allocation.workdays import Workdays
from labkesmas_batch.model.reference import Reference, Region, SampleType
from tests.support.builders import (
    RUN_DATE,
    equipment,
    leave,
    reference,
    region,
    request,
    sample_type,
    team,
)
from tests.support.models import june

MONDAY_TO_FRIDAY = frozenset(range(5))


@pytest.mark.parametrize(
    ("day", "works"), [(june(5), True), (june(6), False), (june(8), False), (june(9), True)]
)
def test_1_a_working_day_is_one_of_hari_kerja_and_no_holiday(day: date, works: bool):
    assert is_workday(day, MONDAY_TO_FRIDAY, {june(8)}) is works


def test_1_what_keeps_a_visit_from_starting_is_named():
    works = Workdays(MONDAY_TO_FRIDAY, {june(8)}).is_workday
    water = sample_type("Air Minum", no_sampling_days={3})
    near, far = region("Batam", departure_days={0, 1, 2, 3}), region("Lingga", 2)
    assert why_no_start(june(6), near, water, works) == "bukan hari kerja"
    assert why_no_start(june(5), near, water, works) == "bukan hari berangkat ke Batam"
    assert why_no_start(june(4), near, water, works) == "bukan hari pengambilan Air Minum"
    assert "akan mengenai hari libur" in why_no_start(june(5), far, water, works)
    assert why_no_start(june(3), near, water, works) == ""


def test_2_a_team_is_competent_and_not_on_leave():
    water = sample_type("Air Minum")
    assert is_competent(team("Tim 1", ["Air Minum"]), water)
    assert not is_competent(team("Tim 1", ["Udara"]), water)
    given = reference(teams=[team("Tim 1")], leaves=[leave("Tim 1", june(3), june(4))])
    assert [is_present(given, "Tim 1", june(day)) for day in (2, 3, 4, 5)] == [
        True, False, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("remaining", "fits"),
    [
        ((1, 3, ""), True),
        ((1, 3, "Batam"), True),
        ((1, 3, "Bintan"), False),
        ((0, 3, "Batam"), False),
        ((1, 2, "Batam"), False),
        ((9, 9, SEVERAL), False),
        ((NO_LIMIT, NO_LIMIT, ""), True),
    ],
)
def test_3_a_visit_fits_what_its_team_has_left(remaining: tuple[int, int, str], fits: bool):
    assert takes_one_more(remaining, "Batam", 3) is fits


@pytest.mark.parametrize(
    ("remaining", "over"),
    [((0, 0, "Batam"), False), ((-1, 9, "Batam"), True), ((9, -1, "Batam"), True),
     ((9, 9, SEVERAL), True)],
)  # fmt: skip
def test_3_a_team_is_overfull_beyond_its_limits_or_in_several_places(
    remaining: tuple[int, int, str], over: bool
):
    assert is_overfull(remaining) is over


def test_4_units_count_up_to_the_last_day_of_their_calibration():
    rows = [equipment("Impinger", 2, june(9)), equipment("Impinger", 1, None)]
    assert is_calibrated(rows[0], june(9)) and not is_calibrated(rows[0], june(10))
    assert [valid_units(rows, "Impinger", june(day)) for day in (9, 10)] == [3, 1]
    assert valid_units([*rows, equipment("Impinger", None, None)], "Impinger", june(9)) is None
    assert valid_units(rows, "pH Meter", june(9)) == 0


def test_5_samples_that_arrive_stay_within_the_laboratory():
    kind = sample_type("Air Minum", lab_capacity=10)
    assert laboratory_takes(kind, 10) and not laboratory_takes(kind, 11)
    assert laboratory_takes(sample_type("Air Minum"), 1_000_000)


def laboratory(chance: random.Random) -> Reference:
    kinds = ("Air", "Udara", "Tanah")
    days = [june(day) for day in range(1, 8)]
    return reference(
        teams=[
            team(
                f"Tim {n}",
                chance.sample(kinds, 2),
                chance.choice([0, 1, 2, None]),
                chance.choice([5, None]),
            )
            for n in range(3)
        ],
        leaves=[leave(f"Tim {chance.randrange(3)}", *sorted(chance.sample(days, 2)))],
        regions=[region("Dekat"), region("Jauh", 1)],
        sample_types=[
            sample_type(
                kind, chance.sample(("A", "B"), 1), lab_capacity=chance.choice([6, 9, None])
            )
            for kind in kinds
        ],
        equipment=[
            equipment("A", chance.choice([1, 2, None]), chance.choice([*days, None])),
            equipment("B", 1, None),
            equipment("B", 1, chance.choice(days)),
        ],
    )


Booked = list[tuple[str, range, Region, SampleType, int]]


def by_the_rules(
    given: Reference, held: Booked, days: range, where: Region, kind: SampleType, samples: int
) -> tuple[list[str], bool, bool]:
    """The teams that conditions 2 and 3 leave, and whether 4 and 5 hold, counted anew."""
    dates = [RUN_DATE + timedelta(days=day) for day in days]
    free = []
    for each in given.teams:
        fits = is_competent(each, kind) and all(is_present(given, each.name, d) for d in dates)
        for day in days:
            there = [one for one in held if one[0] == each.name and day in one[1]]
            places = {one[2].name for one in there}
            most = NO_LIMIT if each.visits_per_day is None else each.visits_per_day
            carried = NO_LIMIT if each.samples_per_day is None else each.samples_per_day
            left = (
                most - len(there),
                carried - sum(one[4] for one in there),
                SEVERAL if len(places) > 1 else "".join(places),
            )
            fits = fits and takes_one_more(left, where.name, samples)
        free += [each.name] if fits else []
    units = True
    for name, day, at in (
        (n, d, i) for n in kind.equipment for d, i in zip(dates, days, strict=True)
    ):
        valid = valid_units(given.equipment, name, day)
        used = sum(name in one[3].equipment and at in one[1] for one in held)
        units = units and (valid is None or used < valid)
    arriving = sum(one[4] for one in held if one[3] == kind and one[1][-1] == days[-1])
    return free, units, laboratory_takes(kind, arriving + samples)


@pytest.mark.parametrize("seed", range(60))
def test_the_ledger_says_what_the_conditions_say(seed: int):
    chance = random.Random(seed)
    given = laboratory(chance)
    ledger, held = Ledger(given, RUN_DATE, 7), []
    kinds, places = list(given.sample_types.values()), list(given.regions.values())
    for step in range(12):
        for first, where, kind in product(range(5), places, kinds):
            samples = chance.randint(1, 4)
            days = range(first, first + where.travel_days + 1)
            free, units, lab = by_the_rules(given, held, days, where, kind, samples)
            found = ledger.team_for(first, where, kind, samples)
            assert (found is not None) is bool(free)
            assert found is None or ledger.name(found) in free
            assert (ledger.short_equipment(days, kind) == "") is units
            assert ledger.lab_full(days[-1], kind, samples) is not lab
        first, where, kind = chance.randrange(5), chance.choice(places), chance.choice(kinds)
        name, samples = f"Tim {chance.randrange(3)}", chance.randint(1, 4)
        days = range(first, first + where.travel_days + 1)
        asked = request(f"P-{step}", region=where.name, sample_type=kind.name, samples=samples)
        ledger.occupy(name, days, asked)
        held.append((name, days, where, kind, samples))
