"""What kept a visit from a day, what would have helped, and what a locked visit breaks today."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

import pytest
from builders import (
    RUN_DATE,
    equipment,
    leave,
    policy,
    reference,
    region,
    request,
    sample_type,
    team,
)
from models import days, june, plan, unplaced_of, visit_of
from test_ledger import AIR, BATAM, LINGGA, NONGSA, WATER, Book, sampler

from labkesmas_batch.allocate import allocate
from labkesmas_batch.ledger import Ledger
from labkesmas_batch.model import (
    Obstacle,
    Ranked,
    Reason,
    Reference,
    Region,
    Remedy,
    Request,
    SampleType,
    Status,
    Unplaced,
    Visit,
)
from labkesmas_batch.obstacles import MOST_HOLDERS, Obstacles, conflicts
from labkesmas_batch.rank import rank
from labkesmas_batch.review import review
from labkesmas_batch.workdays import Workdays

WASTE = sample_type("Limbah")


class Inquiry(Book):
    """A ledger of June 2026 and its obstacles, asked by day of the month."""

    def __init__(self, *teams: object, **given: object) -> None:
        super().__init__(*teams, **given)
        self.obstacles = Obstacles(self.ledger)

    def why(
        self, day: int, region: Region = BATAM, kind: SampleType = WATER, samples: int = 1
    ) -> Obstacle:
        return self.obstacles.on(day - 1, region, kind, samples)

    def never(self, kind: SampleType, samples: int) -> Reason | None:
        return self.obstacles.never(kind, samples)

    def helps(
        self, *from_days: int, region: Region = BATAM, kind: SampleType = WATER, samples: int = 1
    ) -> tuple[Remedy, ...]:
        starts = [day - 1 for day in from_days]
        return self.obstacles.remedies(starts, region, kind, samples)


# --- what stands in the way ------------------------------------------------------------------


def full(
    first: date, last: date, names: tuple[str, ...], holders: tuple[str, ...] = (), **more: object
) -> Obstacle:
    return Obstacle(Reason.TEAM_FULL, first, last, names, holders, **more)


def test_leave_of_all_competent_teams_names_them_and_the_days() -> None:
    book = Inquiry(
        team("A"), team("B"), team("C", ["Udara"]),
        leaves=[leave("A", june(2)), leave("B", june(3))], sample_types=(WATER, AIR),
        equipment=[equipment("Sampler")],
    )  # fmt: skip
    assert book.why(2, LINGGA) == Obstacle(Reason.LEAVE, june(2), june(3), ("A", "B"))


def test_a_full_team_is_named_with_those_who_hold_it_in_the_order_they_came() -> None:
    book = Inquiry(team("A", visits_per_day=2), team("B"), leaves=[leave("B", june(2))])
    book.take("P-9", 2)
    book.take("P-1", 2)
    book.take("P-2", 3)
    assert book.why(2) == full(june(2), june(2), ("A",), ("P-9", "P-1"), absent=("B",))


def test_whoever_holds_a_team_for_a_whole_trip_is_named_once() -> None:
    book = Inquiry(team(visits_per_day=1))
    book.take("P-1", 2, region=LINGGA)
    assert book.why(2, LINGGA) == full(june(2), june(3), ("Tim 1",), ("P-1",))


def test_a_team_elsewhere_counts_as_full_and_is_said_to_be_elsewhere() -> None:
    book = Inquiry()
    book.take("P-1", 2, region=NONGSA)
    assert book.why(2) == full(june(2), june(2), ("Tim 1",), ("P-1",), elsewhere=True)


def test_a_team_that_is_full_elsewhere_is_just_full() -> None:
    book = Inquiry(team(visits_per_day=1))
    book.take("P-1", 2, region=NONGSA)
    assert book.why(2) == full(june(2), june(2), ("Tim 1",), ("P-1",))


def test_used_equipment_is_named_with_its_users() -> None:
    book = Inquiry(team("A"), team("B"), **sampler())
    book.take("P-1", 2, kind=AIR)
    book.take("P-2", 2, at=1)
    expected = Obstacle(Reason.EQUIPMENT, june(2), june(2), ("Sampler",), ("P-1",))
    assert book.why(2, kind=AIR) == expected


def test_equipment_out_of_calibration_has_no_users() -> None:
    book = Inquiry(**sampler(valid_until=june(2)))
    book.take("P-1", 2, kind=AIR)
    expected = Obstacle(Reason.EQUIPMENT, june(3), june(3), ("Sampler",))
    assert book.why(3, kind=AIR) == expected


def test_a_full_laboratory_is_named_for_the_day_of_arrival() -> None:
    kind = sample_type(lab_capacity=10)
    book = Inquiry(team("A"), team("B"), sample_types=(kind,))
    book.take("P-1", 3, kind=kind, samples=10)
    expected = Obstacle(Reason.LABORATORY, june(3), june(3), ("Air Minum",), ("P-1",))
    assert book.why(2, LINGGA, kind) == expected


def test_who_uses_equipment_on_another_day_of_the_trip_does_not_stand_in_the_way() -> None:
    book = Inquiry(team("A"), team("B"), **sampler(units=2, valid_until=june(2)))
    book.take("P-1", 2, kind=AIR)
    assert book.team(2, kind=AIR) is not None  # 2 June has a unit left, 3 June has none at all
    assert book.why(2, LINGGA, AIR).holders == ()


def test_who_holds_a_team_on_a_day_with_room_does_not_stand_in_the_way() -> None:
    book = Inquiry(team(visits_per_day=2))
    book.take("P-1", 2, region=LINGGA)
    book.take("P-2", 4)
    assert book.team(2, LINGGA) == 0  # beside P-1 there is room on 2 and 3 June
    assert book.why(3, LINGGA).holders == ("P-2",)


def test_a_team_that_could_never_carry_the_samples_is_not_said_to_be_full() -> None:
    book = Inquiry(
        team("A", samples_per_day=3), team("B", samples_per_day=20), leaves=[leave("B", june(2))]
    )
    book.take("P-1", 2)
    assert book.why(2, samples=10).holders == ()


def test_equipment_that_is_used_up_on_one_day_and_out_of_calibration_on_the_next_has_no_users() -> (
    None
):
    book = Inquiry(team("A"), team("B"), **sampler(units=1, valid_until=june(2)))
    book.take("P-1", 2, kind=AIR)
    assert book.why(2, LINGGA, AIR).holders == ()


def test_a_team_that_could_never_carry_the_samples_is_named_where_no_other_is_there() -> None:
    book = Inquiry(team("A", samples_per_day=3), team("B"), leaves=[leave("B", june(2))])
    assert book.why(2, samples=10) == full(june(2), june(2), ("A",), absent=("B",))


def test_a_team_that_could_just_carry_the_samples_is_said_to_be_full() -> None:
    book = Inquiry(team("A", samples_per_day=10))
    book.take("P-1", 2)
    assert book.why(2, samples=10).holders == ("P-1",)


def test_only_teams_that_could_carry_the_samples_are_said_to_be_full() -> None:
    book = Inquiry(team("A", samples_per_day=3), team("B", samples_per_day=12))
    book.take("P-1", 2, at=0)
    book.take("P-2", 2, at=1, samples=5)
    assert book.why(2, samples=10) == full(june(2), june(2), ("B",), ("P-2",))


def test_the_days_of_a_trip_on_which_a_team_is_away_are_named_and_no_others() -> None:
    book = Inquiry(leaves=[leave("Tim 1", june(3))])
    assert book.why(2, LINGGA) == Obstacle(Reason.LEAVE, june(3), june(3), ("Tim 1",))


def test_leave_is_named_before_equipment_this_before_the_laboratory_and_that_before_teams() -> None:
    kind = sample_type("Udara", ["Sampler"], lab_capacity=1)

    def reason(units: int, capacity: int, away: int) -> Reason:
        book = Inquiry(
            team(visits_per_day=1), sample_types=(replace(kind, lab_capacity=capacity),),
            equipment=[equipment("Sampler", units)], leaves=[leave("Tim 1", june(away))],
        )  # fmt: skip
        book.take("P-1", 2, kind=kind)
        return book.why(2, kind=kind).reason

    assert reason(1, 1, away=2) is Reason.LEAVE
    assert reason(1, 1, away=3) is Reason.EQUIPMENT
    assert reason(2, 1, away=3) is Reason.LABORATORY
    assert reason(2, 2, away=3) is Reason.TEAM_FULL


def test_a_visit_that_needs_two_short_things_hears_of_the_first_of_its_sample_type() -> None:
    both = sample_type("Udara", ["Sampler", "Kotak"])
    book = Inquiry(
        team("A"), team("B"), sample_types=(both,),
        equipment=[equipment("Kotak", 1), equipment("Sampler", 1)],
    )  # fmt: skip
    book.take("P-1", 2, kind=both)
    assert book.why(2, kind=both).names == ("Sampler",)


def test_who_holds_the_teams_is_asked_anew_for_fewer_samples() -> None:
    book = Inquiry(team(samples_per_day=10))
    book.take("P-1", 2, samples=6)
    assert book.why(2, samples=5).holders == ("P-1",)
    book.take("P-2", 2, samples=4)
    assert book.why(2, samples=1).holders == ("P-1", "P-2")
    assert book.why(2, samples=1).names == ("Tim 1",)


def test_a_trip_names_only_its_days_on_which_a_team_is_full() -> None:
    book = Inquiry(team(visits_per_day=1))
    book.take("P-1", 3)
    assert book.why(2, LINGGA) == full(june(3), june(3), ("Tim 1",), ("P-1",))


def test_a_trip_that_one_team_keeps_from_its_first_and_another_from_its_last_day_names_both() -> (
    None
):
    book = Inquiry(team("A", visits_per_day=1), team("B", visits_per_day=1))
    book.take("P-1", 2, at=0)
    book.take("P-2", 3, at=1)
    assert book.why(2, LINGGA) == full(june(2), june(3), ("A", "B"), ("P-1", "P-2"))


# --- teams that would do but are away --------------------------------------------------------


def test_competent_teams_on_leave_are_named_beside_the_full_ones() -> None:
    teams = (team("A", visits_per_day=1), team("B"), team("C"), team("D", visits_per_day=1))
    book = Inquiry(*teams, leaves=[leave("B", june(2)), leave("C", june(1), june(9))])
    book.take("P-1", 2, at=0)
    book.take("P-2", 2, at=3)
    assert book.why(2) == full(june(2), june(2), ("A", "D"), ("P-1", "P-2"), absent=("B", "C"))


def test_a_team_that_is_away_on_one_day_of_a_trip_is_absent() -> None:
    teams = (team("A", visits_per_day=1), team("B"))
    book = Inquiry(*teams, leaves=[leave("B", june(3))])
    book.take("P-1", 2, at=0)
    found = book.why(2, LINGGA)
    assert (found.names, found.absent) == (("A",), ("B",))


@pytest.mark.parametrize(
    "away",
    [team("B", ["Udara"]), team("B", samples_per_day=4), team("B", visits_per_day=0)],
    ids=["not competent", "carries too little", "makes no visits"],
)
def test_a_team_on_leave_that_would_not_do_anyway_is_not_named(away: object) -> None:
    book = Inquiry(
        team("A", visits_per_day=1), away, leaves=[leave("B", june(2))],
        sample_types=(WATER, AIR), equipment=[equipment("Sampler")],
    )  # fmt: skip
    book.take("P-1", 2, samples=5)
    assert book.why(2, samples=5) == full(june(2), june(2), ("A",), ("P-1",))


# --- teams that could take over --------------------------------------------------------------


KINDS = {"sample_types": (WATER, AIR, WASTE), "equipment": [equipment("Sampler")]}


def chain(*more: object, **given: object) -> Inquiry:
    """Udara is A's alone; B could take over Air Minum from A, and C Limbah from B."""
    teams = (
        team("A", ["Udara", "Air Minum"], 1),
        team("B", ["Air Minum", "Limbah"], 1),
        team("C", ["Limbah"], 1),
    )
    return Inquiry(*teams, *more, **KINDS | given)


def ask(place: int, proposed: int | None = None, **more: object) -> Request:
    """The request that is served in that place; its lead time is kept, its day one of June."""
    day = None if proposed is None else june(proposed)
    received = date(2026, 4, 1) + timedelta(days=place)
    return request(f"P-{place}", received, proposed=day, **more)


def test_teams_that_could_take_over_are_named_with_who_holds_them_and_those_after_them() -> None:
    book = chain()
    book.take("P-3", 2, at=2, kind=WASTE, movable=True)
    book.take("P-2", 2, at=1, kind=WASTE, movable=True)
    book.take("P-1", 2, at=0, kind=WATER, movable=True)
    found = book.why(2, kind=AIR)
    assert found == full(
        june(2), june(2), ("A", "B", "C"), ("P-3", "P-2", "P-1"), exchanged=True
    )  # in the order they were entered, which is that of rank


def test_nobody_takes_over_a_locked_visit() -> None:
    book = chain()
    book.take("P-1", 2, at=0, kind=WATER)
    book.take("P-2", 2, at=1, kind=WASTE, movable=True)
    assert book.why(2, kind=AIR) == full(june(2), june(2), ("A",), ("P-1",))


def test_a_locked_visit_holds_a_team_that_could_take_over_and_ends_the_chain() -> None:
    book = chain()
    book.take("P-1", 2, at=0, kind=WATER, movable=True)
    book.take("P-2", 2, at=1, kind=WASTE)
    book.take("P-3", 2, at=2, kind=WASTE, movable=True)
    expected = full(june(2), june(2), ("A", "B"), ("P-1", "P-2"), exchanged=True)
    assert book.why(2, kind=AIR) == expected


@pytest.mark.parametrize(
    ("other", "given"),
    [
        (team("D", ["Limbah"], 1), {}),
        (team("D", ["Air Minum"], 1, 2), {}),
        (team("D", ["Air Minum"], 1), {"leaves": [leave("D", june(2))]}),
    ],
    ids=["not competent", "carries too little", "on leave"],
)
def test_a_team_that_could_not_take_over_is_not_named(other: object, given: object) -> None:
    book = chain(other, **given)
    book.take("P-1", 2, at=0, kind=WATER, samples=3, movable=True)
    book.take("P-2", 2, at=1, kind=WATER, movable=True)
    book.take("P-4", 2, at=3, kind=WASTE, movable=True)
    expected = full(june(2), june(2), ("A", "B"), ("P-1", "P-2"), exchanged=True)
    assert book.why(2, kind=AIR) == expected


def test_a_team_that_could_take_over_is_held_by_a_trip_on_that_day_too() -> None:
    book = chain()
    book.take("P-1", 2, at=0, kind=WATER, movable=True)
    book.take("P-2", 1, at=1, region=LINGGA, kind=WATER, movable=True)
    expected = full(june(2), june(2), ("A", "B"), ("P-1", "P-2"), exchanged=True)
    assert book.why(2, kind=AIR) == expected


def test_where_the_competent_teams_could_only_change_places_nothing_is_exchanged() -> None:
    book = Inquiry(team("A", visits_per_day=1), team("B", visits_per_day=1))
    book.take("P-1", 2, at=0, movable=True)
    book.take("P-2", 2, at=1, movable=True)
    assert book.why(2) == full(june(2), june(2), ("A", "B"), ("P-1", "P-2"))


def test_a_moved_visit_names_the_teams_that_could_not_be_exchanged_either() -> None:
    teams = [team("A", visits_per_day=1), team("B", ["Air Minum"], 1)]
    given = reference(teams=teams, **KINDS)
    week = plan([ask(1, 9), ask(2, 9), ask(3, 9, sample_type="Udara")], given)
    found = visit_of(week, "P-3").obstacle
    assert found == full(june(9), june(9), ("A", "B"), ("P-1", "P-2"), exchanged=True)


# --- more than can be named ------------------------------------------------------------------


def crowd(book: Inquiry, first: int, last: int, at: int = 0, **more: object) -> None:
    for place in range(first, last + 1):
        book.take(f"P-{place}", 2, at=at, **more)


@pytest.mark.parametrize("many", [MOST_HOLDERS - 1, MOST_HOLDERS, MOST_HOLDERS + 1, 80])
def test_of_many_holders_the_best_ranked_are_named_and_the_others_counted(many: int) -> None:
    book = Inquiry(team(visits_per_day=many))
    crowd(book, 1, many)
    found = book.why(2)
    assert found.holders == tuple(f"P-{place}" for place in range(1, min(many, 50) + 1))
    assert len(found.holders) + found.more_holders == many


def test_of_many_holders_of_two_teams_the_best_ranked_of_both_are_named() -> None:
    book = Inquiry(team("A", visits_per_day=40), team("B", visits_per_day=40))
    crowd(book, 1, 20, at=1)
    crowd(book, 21, 60, at=0)
    crowd(book, 61, 80, at=1)
    found = book.why(2)
    assert found.holders == tuple(f"P-{place}" for place in range(1, 51))
    assert (found.names, found.more_holders) == (("A", "B"), 30)


def test_whoever_holds_a_team_on_several_days_of_a_trip_is_counted_once() -> None:
    book = Inquiry(team(visits_per_day=60))
    crowd(book, 1, 60, region=LINGGA)
    found = book.why(2, LINGGA)
    assert (found.first, found.last) == (june(2), june(3))
    assert (len(found.holders), found.more_holders) == (50, 10)


def test_of_many_who_use_equipment_or_fill_the_laboratory_the_others_are_counted() -> None:
    kind = sample_type("Udara", ["Sampler"], lab_capacity=70)
    book = Inquiry(sample_types=(kind,), equipment=[equipment("Sampler", 60)])
    crowd(book, 1, 60, kind=kind)
    assert [len(book.why(2, kind=kind).holders), book.why(2, kind=kind).more_holders] == [50, 10]
    book = Inquiry(sample_types=(kind,), equipment=[equipment("Sampler")])
    crowd(book, 1, 70, kind=kind)
    found = book.why(2, kind=kind)
    assert (found.reason, len(found.holders), found.more_holders) == (Reason.LABORATORY, 50, 20)


def test_holders_of_teams_that_could_take_over_are_counted_with_the_others() -> None:
    book = Inquiry(
        team("A", visits_per_day=40), team("B", ["Air Minum"], visits_per_day=40),
        sample_types=(WATER, AIR), equipment=[equipment("Sampler")],
    )  # fmt: skip
    crowd(book, 1, 40, at=0, movable=True)
    crowd(book, 41, 80, at=1, movable=True)
    found = book.why(2, kind=AIR)
    assert (found.names, found.exchanged) == (("A", "B"), True)
    assert found.holders == tuple(f"P-{place}" for place in range(1, 51))
    assert found.more_holders == 30


# --- never -----------------------------------------------------------------------------------


def test_a_visit_that_fits_an_empty_calendar_is_never_ruled_out() -> None:
    book = Inquiry(team(visits_per_day=1))
    for day in range(1, 31):
        book.take(f"P-{day}", day)
    assert book.never(WATER, 1) is None


@pytest.mark.parametrize(
    "given", [sampler(units=0), sampler(valid_until="2026-05-31")], ids=["no unit", "expired"]
)
def test_equipment_that_is_never_there_rules_a_visit_out(given: dict[str, object]) -> None:
    assert Inquiry(**given).ledger.never(AIR, 1) is Reason.EQUIPMENT


def test_more_samples_than_the_laboratory_takes_a_day_rule_a_visit_out() -> None:
    kind = sample_type(lab_capacity=10)
    book = Inquiry(sample_types=(kind,))
    assert [book.never(kind, n) for n in (10, 11)] == [None, Reason.LABORATORY]


def test_more_samples_than_any_competent_team_carries_rule_a_visit_out() -> None:
    teams = (team("A", samples_per_day=4), team("B", samples_per_day=9), team("C", ["Udara"]))
    book = Inquiry(*teams, sample_types=(WATER, AIR), equipment=[equipment("Sampler")])
    assert [book.never(WATER, n) for n in (9, 10)] == [None, Reason.TEAM_FULL]


def test_teams_that_make_no_visits_at_all_rule_a_visit_out() -> None:
    assert Inquiry(team(visits_per_day=0)).ledger.never(WATER, 1) is Reason.TEAM_FULL


# --- what would have helped ------------------------------------------------------------------
