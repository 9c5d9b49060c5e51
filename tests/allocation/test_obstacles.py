"""What kept a visit from a day, what would have helped, and what a locked visit breaks today."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

import pytest

from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.allocation.conflicts import conflicts
from labkesmas_batch.allocation.ledger import Ledger
from labkesmas_batch.allocation.obstacles import MOST_HOLDERS, Obstacles
from labkesmas_batch.allocation.workdays import Workdays
from labkesmas_batch.intake.review import review
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.reference import Reference, Region, SampleType, Team
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Obstacle, Ranked, Reason, Remedy, Unplaced, Visit
from labkesmas_batch.precedence.rank import rank
from tests.allocation.test_ledger import AIR, BATAM, LINGGA, NONGSA, WATER, Book, sampler
from tests.support.builders import (
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
from tests.support.models import days, june, plan, unplaced_of, visit_of

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


def full(
    first: date, last: date, names: tuple[str, ...], holders: tuple[str, ...] = (), **more: object
) -> Obstacle:
    return Obstacle(Reason.TEAM_FULL, first, last, names, holders, **more)


def test_leave_of_all_competent_teams_names_them_and_the_days() -> None:
    book = Inquiry(
        team("A"),
        team("B"),
        team("C", ["Udara"]),
        leaves=[leave("A", june(2)), leave("B", june(3))],
        sample_types=(WATER, AIR),
        equipment=[equipment("Sampler")],
    )
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
    found = book.why(2, LINGGA, AIR)
    assert (found.first, found.last, found.holders) == (june(3), june(3), ())


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
    def reason(units: int, capacity: int, away: int) -> Reason:
        kind = sample_type("Udara", ["Sampler"], lab_capacity=capacity)
        book = Inquiry(
            team(visits_per_day=1),
            sample_types=(kind,),
            equipment=[equipment("Sampler", units)],
            leaves=[leave("Tim 1", june(away))],
        )
        book.take("P-1", 2, kind=kind)
        return book.why(2, kind=kind).reason

    assert reason(1, 1, away=2) is Reason.LEAVE
    assert reason(1, 1, away=3) is Reason.EQUIPMENT
    assert reason(2, 1, away=3) is Reason.LABORATORY
    assert reason(2, 2, away=3) is Reason.TEAM_FULL


def test_a_visit_that_needs_two_short_things_hears_of_the_first_of_its_sample_type() -> None:
    both = sample_type("Udara", ["Sampler", "Kotak"])
    book = Inquiry(
        team("A"),
        team("B"),
        sample_types=(both,),
        equipment=[equipment("Kotak", 1), equipment("Sampler", 1)],
    )
    book.take("P-1", 2, kind=both)
    assert book.why(2, kind=both).names == ("Sampler",)


def test_who_holds_the_teams_is_asked_anew_for_fewer_samples() -> None:
    book = Inquiry(team(samples_per_day=10))
    book.take("P-1", 2, samples=6)
    assert book.why(2, samples=5).holders == ("P-1",)
    book.take("P-2", 2, samples=4)
    assert book.why(2, samples=1).holders == ("P-1", "P-2")
    assert book.why(2, samples=1).names == ("Tim 1",)


def test_teams_that_could_not_carry_more_are_left_out_when_more_is_asked() -> None:
    book = Inquiry(team("A", visits_per_day=1, samples_per_day=3), team("B", visits_per_day=1))
    book.take("P-1", 2, at=0)
    book.take("P-2", 2, at=1)
    assert [book.why(2, samples=n).names for n in (3, 4)] == [("A", "B"), ("B",)]


def test_a_trip_is_kept_by_a_team_that_is_elsewhere_on_one_of_its_days() -> None:
    book = Inquiry(team(visits_per_day=2))
    for number, day in (("P-1", 2), ("P-2", 2), ("P-3", 3)):
        book.take(number, day)
    expected = full(june(2), june(3), ("Tim 1",), ("P-1", "P-2", "P-3"), elsewhere=True)
    assert book.why(2, LINGGA) == expected


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
        team("A", visits_per_day=1),
        away,
        leaves=[leave("B", june(2))],
        sample_types=(WATER, AIR),
        equipment=[equipment("Sampler")],
    )
    book.take("P-1", 2, samples=5)
    assert book.why(2, samples=5) == full(june(2), june(2), ("A",), ("P-1",))


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
    book.take("P-2", 2, at=1, kind=WATER, samples=3, movable=True)
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


def visits_of(book: Inquiry, first: int, last: int, at: int = 0, **more: object) -> None:
    for place in range(first, last + 1):
        book.take(f"P-{place}", 2, at=at, **more)


@pytest.mark.parametrize("many", [MOST_HOLDERS - 1, MOST_HOLDERS, MOST_HOLDERS + 1, 80])
def test_of_many_holders_the_best_ranked_are_named_and_the_others_counted(many: int) -> None:
    book = Inquiry(team(visits_per_day=many))
    visits_of(book, 1, many)
    found = book.why(2)
    assert found.holders == tuple(f"P-{place}" for place in range(1, min(many, 50) + 1))
    assert len(found.holders) + found.more_holders == many


def test_of_many_holders_of_two_teams_the_best_ranked_of_both_are_named() -> None:
    book = Inquiry(team("A", visits_per_day=40), team("B", visits_per_day=40))
    visits_of(book, 1, 20, at=1)
    visits_of(book, 21, 60, at=0)
    visits_of(book, 61, 80, at=1)
    found = book.why(2)
    assert found.holders == tuple(f"P-{place}" for place in range(1, 51))
    assert (found.names, found.more_holders) == (("A", "B"), 30)


def test_whoever_holds_a_team_on_several_days_of_a_trip_is_counted_once() -> None:
    book = Inquiry(team(visits_per_day=60))
    visits_of(book, 1, 60, region=LINGGA)
    found = book.why(2, LINGGA)
    assert (found.first, found.last) == (june(2), june(3))
    assert (len(found.holders), found.more_holders) == (50, 10)


def test_of_many_holders_on_several_days_of_a_trip_the_best_ranked_are_named() -> None:
    book = Inquiry(team(visits_per_day=50))
    for place in range(1, 101):
        book.take(f"P-{place}", 3 if place <= 50 else 2)
    found = book.why(2, LINGGA)
    assert (len(found.holders), found.more_holders) == (50, 50)
    assert found.holders == tuple(f"P-{place}" for place in range(1, 51))


def test_of_many_who_use_equipment_or_fill_the_laboratory_the_others_are_counted() -> None:
    kind = sample_type("Udara", ["Sampler"], lab_capacity=70)
    book = Inquiry(sample_types=(kind,), equipment=[equipment("Sampler", 60)])
    visits_of(book, 1, 60, kind=kind)
    assert [len(book.why(2, kind=kind).holders), book.why(2, kind=kind).more_holders] == [50, 10]
    book = Inquiry(sample_types=(kind,), equipment=[equipment("Sampler")])
    visits_of(book, 1, 70, kind=kind)
    found = book.why(2, kind=kind)
    assert (found.reason, len(found.holders), found.more_holders) == (Reason.LABORATORY, 50, 20)


def test_holders_of_teams_that_could_take_over_are_counted_with_the_others() -> None:
    book = Inquiry(
        team("A", visits_per_day=40),
        team("B", ["Air Minum"], visits_per_day=40),
        sample_types=(WATER, AIR),
        equipment=[equipment("Sampler")],
    )
    visits_of(book, 1, 40, at=0, movable=True)
    visits_of(book, 41, 80, at=1, movable=True)
    found = book.why(2, kind=AIR)
    assert (found.names, found.exchanged) == (("A", "B"), True)
    assert found.holders == tuple(f"P-{place}" for place in range(1, 51))
    assert found.more_holders == 30


def test_a_visit_that_fits_an_empty_calendar_is_never_ruled_out() -> None:
    book = Inquiry(team(visits_per_day=1))
    for day in range(1, 31):
        book.take(f"P-{day}", day)
    assert book.never(WATER, 1) is None


@pytest.mark.parametrize(
    "given", [sampler(units=0), sampler(valid_until="2026-05-31")], ids=["no unit", "expired"]
)
def test_equipment_that_is_never_there_rules_a_visit_out(given: dict[str, object]) -> None:
    assert Inquiry(**given).never(AIR, 1) is Reason.EQUIPMENT


def test_equipment_that_is_there_on_one_day_rules_no_visit_out() -> None:
    assert Inquiry(**sampler(valid_until=RUN_DATE)).never(AIR, 1) is None


def test_more_samples_than_the_laboratory_takes_a_day_rule_a_visit_out() -> None:
    kind = sample_type(lab_capacity=10)
    book = Inquiry(sample_types=(kind,))
    assert [book.never(kind, n) for n in (10, 11)] == [None, Reason.LABORATORY]


def test_more_samples_than_any_competent_team_carries_rule_a_visit_out() -> None:
    teams = (team("A", samples_per_day=4), team("B", samples_per_day=9), team("C", ["Udara"]))
    book = Inquiry(*teams, sample_types=(WATER, AIR), equipment=[equipment("Sampler")])
    assert [book.never(WATER, n) for n in (9, 10)] == [None, Reason.TEAM_FULL]


def test_teams_that_make_no_visits_at_all_rule_a_visit_out() -> None:
    assert Inquiry(team(visits_per_day=0)).never(WATER, 1) is Reason.TEAM_FULL


def remedy(reason: Reason, day: int, name: str) -> Remedy:
    return Remedy(reason, june(day), name)


def test_where_no_team_is_competent_the_first_one_with_room_could_learn_it() -> None:
    teams = (
        team("A", ["Udara"], 1), team("B", ["Udara"]), team("C", ["Udara"], samples_per_day=2),
        team("D", ["Udara"]), team("E", ["Udara"]),
    )  # fmt: skip
    book = Inquiry(*teams, leaves=[leave("B", june(2))], **KINDS)
    book.take("P-1", 2, at=0, kind=AIR)
    assert book.helps(2, samples=3) == (remedy(Reason.NO_TEAM, 2, "D"),)


def test_leave_of_the_first_team_that_would_have_room_is_what_could_be_given_up() -> None:
    teams = (team("A", visits_per_day=0), team("B"), team("C"))
    book = Inquiry(*teams, leaves=[leave(name, june(2)) for name in "ABC"])
    book.take("P-1", 2, at=1)  # locked although B is on leave: B is not free without it either
    assert book.helps(2) == (remedy(Reason.LEAVE, 2, "C"),)


def test_one_visit_more_helps_the_first_team_that_is_there_and_still_carries_the_samples() -> None:
    teams = (
        team("A", visits_per_day=1), team("B", visits_per_day=1, samples_per_day=4),
        team("C", visits_per_day=1), team("D", visits_per_day=1),
    )  # fmt: skip
    book = Inquiry(*teams)
    book.take("P-1", 2, at=0, region=NONGSA)
    for at in (1, 2, 3):
        book.take(f"P-{at + 1}", 2, at=at, samples=3)
    assert book.helps(2, samples=2) == (remedy(Reason.TEAM_FULL, 2, "C"),)
    assert book.helps(2, samples=1) == (remedy(Reason.TEAM_FULL, 2, "B"),)


def test_one_visit_more_helps_a_team_that_has_several_already() -> None:
    book = Inquiry(team("A", visits_per_day=2))
    for number in ("P-1", "P-2"):
        book.take(number, 2, region=LINGGA)
    assert book.helps(2) == ()
    assert book.helps(2, region=LINGGA) == (remedy(Reason.TEAM_FULL, 2, "A"),)


def test_one_visit_more_does_not_help_a_team_that_is_short_of_samples_or_elsewhere() -> None:
    book = Inquiry(team("A", samples_per_day=4), team("B"))
    book.take("P-1", 2, at=0, samples=3)
    book.take("P-2", 2, at=1, region=NONGSA)
    assert book.helps(2, samples=2) == ()


def test_one_unit_more_helps_where_nothing_else_is_short() -> None:
    book = Inquiry(team("A"), team("B"), **sampler(units=1, valid_until=june(3)))
    book.take("P-1", 3, kind=AIR)
    assert [book.helps(day, kind=AIR) for day in (2, 3, 4)] == [
        (),
        (remedy(Reason.EQUIPMENT, 3, "Sampler"),),
        (remedy(Reason.EQUIPMENT, 4, "Sampler"),),
    ]


def test_more_of_the_laboratory_helps_where_nothing_else_is_short() -> None:
    kind = sample_type(lab_capacity=3)
    book = Inquiry(team("A"), team("B"), sample_types=(kind,))
    book.take("P-1", 3, kind=kind, samples=2)
    assert book.helps(3, kind=kind, samples=2) == (remedy(Reason.LABORATORY, 3, "Air Minum"),)
    expected = (remedy(Reason.LABORATORY, 2, "Air Minum"),)  # the day on which the trip sets out
    assert book.helps(2, region=LINGGA, kind=kind, samples=2) == expected


def test_where_two_things_are_short_at_once_no_single_change_helps() -> None:
    both = sample_type("Udara", ["Sampler", "Kotak"], lab_capacity=1)
    rows = [equipment("Sampler", 1), equipment("Kotak", 1)]
    book = Inquiry(team("A", visits_per_day=3), sample_types=(both,), equipment=rows)
    book.take("P-1", 2, kind=both)
    assert book.helps(2, kind=both) == ()
    one = sample_type("Udara", ["Sampler"], lab_capacity=1)
    book = Inquiry(sample_types=(one,), equipment=rows)
    book.take("P-1", 2, kind=one)
    assert book.helps(2, kind=one) == ()
    book = Inquiry(team(visits_per_day=1), **sampler())
    book.take("P-1", 2, kind=AIR)
    assert book.helps(2, kind=AIR) == ()


def test_each_kind_of_change_is_named_once_for_the_earliest_day_that_it_makes_possible() -> None:
    teams = (team("A", visits_per_day=1), team("B"), team("C", ["Udara"]))
    book = Inquiry(*teams, leaves=[leave("B", june(3), june(4)), leave("C", june(2))], **KINDS)
    for day in (2, 3, 4):
        book.take(f"P-{day}", day, at=0)
    book.take("P-9", 2, at=1, region=NONGSA)
    assert book.helps(2, 3, 4) == (
        remedy(Reason.TEAM_FULL, 2, "A"),
        remedy(Reason.NO_TEAM, 3, "C"),
        remedy(Reason.LEAVE, 3, "B"),
    )


def test_what_would_help_is_asked_anew_when_somebody_took_it() -> None:
    book = Inquiry(team("A", visits_per_day=1), team("B", ["Udara"], 1), **KINDS)
    book.take("P-1", 2, at=0)
    expected = (remedy(Reason.NO_TEAM, 2, "B"), remedy(Reason.TEAM_FULL, 2, "A"))
    assert book.helps(2) == expected
    entry = book.take("P-2", 2, at=1, kind=AIR, movable=True)
    assert book.helps(2) == expected[1:]
    book.ledger.reassign([(entry, 0)])  # which leaves A two visits over one: one more is too few
    assert book.helps(2) == expected[:1]


def test_no_day_no_change() -> None:
    assert Inquiry().helps() == ()


def test_one_visit_more_does_not_help_a_team_that_locked_visits_overbook() -> None:
    book = Inquiry(team(visits_per_day=1))
    book.take("P-1", 2)
    book.take("P-2", 2)
    assert book.helps(2) == ()


def test_one_unit_more_does_not_help_where_locked_visits_use_more_units_than_there_are() -> None:
    book = Inquiry(team("A"), team("B"), **sampler(units=1))
    book.take("P-1", 2, kind=AIR)
    book.take("P-2", 2, kind=AIR)
    assert book.helps(2, kind=AIR) == ()


def with_change(given: Reference, change: Remedy, one: Request) -> Reference:
    """The reference after the change, with nothing else touched."""

    def of_team(**fields: object) -> Reference:
        teams = tuple(replace(t, **fields) if t.name == change.name else t for t in given.teams)
        assert teams != given.teams
        return replace(given, teams=teams)

    kinds = given.sample_types
    if change.reason in (Reason.NO_TEAM, Reason.TEAM_FULL):
        (changed,) = (each for each in given.teams if each.name == change.name)
        if change.reason is Reason.NO_TEAM:
            assert changed.sample_types is not None
            return of_team(sample_types=changed.sample_types | {one.sample_type})
        assert changed.visits_per_day is not None
        return of_team(visits_per_day=changed.visits_per_day + 1)
    if change.reason is Reason.LEAVE:
        stay = tuple(each for each in given.leaves if each.team != change.name)
        assert stay != given.leaves
        return replace(given, leaves=stay)
    if change.reason is Reason.EQUIPMENT:
        assert change.name in kinds[one.sample_type].equipment
        return replace(given, equipment=(*given.equipment, equipment(change.name, 1)))
    assert (change.reason, change.name) == (Reason.LABORATORY, one.sample_type)
    larger = replace(kinds[change.name], lab_capacity=1_000_000)
    return replace(given, sample_types={**kinds, change.name: larger})


SHORT = policy(horizon_days=2)  # 2 and 3 June
ONE_A_DAY = (team("A", visits_per_day=1),)
DEARTH: dict[Reason, tuple[Reference, list[Request], str]] = {
    Reason.NO_TEAM: (
        reference(teams=[team("A", ["Udara"]), team("B", ["Udara"])], **KINDS),
        [ask(1, 9)],
        "A",
    ),
    Reason.LEAVE: (
        reference(
            policy=SHORT,
            teams=[*ONE_A_DAY, team("B", visits_per_day=1)],
            leaves=[leave("B", june(1), june(9))],
        ),
        [ask(1, 2), ask(2, 3), ask(3)],
        "B",
    ),
    Reason.TEAM_FULL: (
        reference(policy=SHORT, teams=ONE_A_DAY),
        [ask(1, 2), ask(2, 3), ask(3)],
        "A",
    ),
    Reason.EQUIPMENT: (
        reference(
            policy=SHORT,
            teams=[team("A"), team("B")],
            sample_types=[AIR],
            equipment=[equipment("Sampler", 1, june(2))],
        ),
        [ask(1, sample_type="Udara"), ask(2, sample_type="Udara")],
        "Sampler",
    ),
    Reason.LABORATORY: (
        reference(policy=SHORT, sample_types=[sample_type(lab_capacity=5)]),
        [ask(1, 2, samples=4), ask(2, 3, samples=4), ask(3, samples=4)],
        "Air Minum",
    ),
}


@pytest.mark.parametrize("reason", DEARTH)
def test_the_change_that_is_named_gives_the_request_a_day_when_the_week_is_planned_again(
    reason: Reason,
) -> None:
    given, requests, name = DEARTH[reason]
    last = requests[-1]
    change = next(
        each
        for each in unplaced_of(plan(requests, given), last.number).remedies
        if each.reason is reason
    )
    assert change.name == name
    week = plan(requests, with_change(given, change, last))
    assert visit_of(week, last.number).first <= change.day
    assert not week.unplaced


def test_a_change_within_batas_akhir_keeps_it() -> None:
    given = reference(teams=[team("A", visits_per_day=1)])
    requests = [ask(1, 9), ask(2, 10), ask(3, 9, deadline=june(10))]
    without = unplaced_of(plan(requests, given), "P-3")
    assert without.remedies == (remedy(Reason.TEAM_FULL, 9, "A"),)
    week = plan(requests, with_change(given, without.remedies[0], requests[-1]))
    assert days(week)["P-3"] == 9


def test_a_better_rank_that_waits_for_the_same_thing_takes_it_first() -> None:
    # A change is judged with all better ranks where they are. Planned anew, it is P-2 that comes
    # to 2 June with one visit a day more, and nothing is left for P-4.
    given = reference(policy=policy(horizon_days=3), teams=ONE_A_DAY)
    requests = [ask(1, 2), ask(2, 2), ask(3, 4), ask(4, 2, deadline=june(2))]
    without = unplaced_of(plan(requests, given), "P-4")
    assert without.remedies == (remedy(Reason.TEAM_FULL, 2, "A"),)
    week = plan(requests, with_change(given, without.remedies[0], requests[-1]))
    assert days(week) == {"P-1": 2, "P-2": 2, "P-3": 4}


BEYOND = "allocate._unplaced looks for changes up to the horizon, past Batas Akhir"


def test_no_change_is_named_that_helps_only_after_batas_akhir_where_no_team_is_competent() -> None:
    given = reference(teams=[team("A", ["Udara"])], leaves=[leave("A", june(8), june(12))], **KINDS)
    assert unplaced_of(plan([ask(1, 8, deadline=june(12))], given), "P-1").remedies == ()


def test_no_change_is_named_that_helps_only_after_batas_akhir_where_no_day_is_free() -> None:
    given = reference(
        policy=policy(horizon_days=10),
        sample_types=(AIR,),
        equipment=[equipment("Sampler", 1, june(7))],
        leaves=[leave("Tim 1", june(8), june(9))],
    )
    one = ask(1, 8, deadline=june(9), sample_type="Udara")
    assert unplaced_of(plan([one], given), "P-1").remedies == ()


CROWDED_WEEKS = 300


def crowded(seed: int) -> tuple[Reference, list[Request]]:
    """A few days with too few teams, units and places in the laboratory for up to ten requests."""
    rng = random.Random(seed)
    names = ["A", "B", "C"][: rng.randint(1, 3)]
    able = [None, ["Air Minum"], ["Udara", "Limbah"], ["Air Minum", "Limbah"]]

    def until() -> date | None:
        return rng.choice([None, None, june(rng.randint(2, 8))])

    given = reference(
        policy=policy(lead_days=0, short_lead="geser", horizon_days=rng.randint(2, 9)),
        teams=[
            team(name, rng.choice(able), rng.choice([None, 1, 1, 2]), rng.choice([None, 4, 8]))
            for name in names
        ],
        leaves=[
            leave(rng.choice(names), june(first), june(first + rng.randint(0, 5)))
            for first in rng.sample(range(1, 9), rng.randint(0, 2))
        ],
        regions=[BATAM, NONGSA, LINGGA],
        sample_types=[
            sample_type("Air Minum", lab_capacity=rng.choice([None, 3, 5])),
            sample_type("Udara", ["Sampler"], lab_capacity=rng.choice([None, 3, 5])),
            sample_type("Limbah", rng.choice([[], ["Kotak"], ["Sampler", "Kotak"]])),
        ],
        equipment=[equipment(name, rng.randint(1, 2), until()) for name in ("Sampler", "Kotak")],
    )
    return given, [wish(rng, place) for place in range(1, rng.randint(4, 11))]


def wish(rng: random.Random, place: int) -> Request:
    proposed = rng.choice([None, rng.randint(2, 8)])
    latest = (proposed or 2) + rng.randint(0, 4)
    return ask(
        place,
        proposed,
        region=rng.choice(["Batam", "Batam", "Nongsa", "Lingga"]),
        sample_type=rng.choice(["Air Minum", "Udara", "Limbah"]),
        samples=rng.randint(1, 4),
        deadline=june(latest) if rng.random() < 0.4 else None,
    )


@dataclass(frozen=True)
class Turn:
    """A request at its turn: what was placed before it, and what became of it."""

    given: Reference
    before: tuple[Visit, ...]
    ranked: Ranked
    became: Visit | Unplaced

    @property
    def request(self) -> Request:
        return self.ranked.request


@cache
def turns() -> list[Turn]:
    """All requests of all crowded weeks."""
    found = []
    for given, requests in map(crowded, range(CROWDED_WEEKS)):
        order = rank(review(requests, given.policy, RUN_DATE).accepted, given.policy)
        assert len(order) == len(requests)
        before: tuple[Visit, ...] = ()
        for at, ranked in enumerate(order, start=1):
            week = allocate(order[:at], given, RUN_DATE)
            (became,) = (x for x in (*week.visits, *week.unplaced) if x.request == ranked.request)
            found.append(Turn(given, before, ranked, became))
            before = week.visits
    return found


def wanting() -> Iterator[tuple[Turn, Remedy]]:
    """Every request that fits no day, with each change that would help it."""
    for turn in turns():
        if isinstance(turn.became, Unplaced):
            for change in turn.became.remedies:
                if turn.request.deadline is None or change.day <= turn.request.deadline:
                    yield turn, change  # others help nobody, as the tests above tell


def test_each_change_that_is_named_alone_gives_the_request_that_day_or_an_earlier_one() -> None:
    # Better ranks stay where they are: planned anew they might take what the change gives.
    wanted = Counter[Reason]()
    for turn, change in wanting():
        given = with_change(turn.given, change, turn.request)
        week = allocate([turn.ranked], given, RUN_DATE, turn.before)
        assert [v.first <= change.day for v in week.visits] == [True], (turn, change)
        wanted[change.reason] += 1
    assert set(wanted) == set(DEARTH)
    assert min(wanted.values()) >= 10, wanted


def full_teams() -> Iterator[tuple[Turn, Obstacle]]:
    """Every day of the weeks that full teams kept from somebody."""
    for turn in turns():
        became = turn.became
        if isinstance(became, Unplaced):
            found = became.blocked
        else:
            found = (became.obstacle, *became.also) if became.obstacle else ()
        for obstacle in found:
            if obstacle.reason is Reason.TEAM_FULL and obstacle.holders:
                yield turn, obstacle


def days_of(visit: Visit | Obstacle) -> set[date]:
    return {visit.first + timedelta(days=n) for n in range((visit.last - visit.first).days + 1)}


def holding(turn: Turn, obstacle: Obstacle) -> list[Visit]:
    """The visits of those named, which must all be there, in order of rank."""
    there = [visit for visit in turn.before if days_of(visit) & days_of(obstacle)]
    found = [visit for visit in there if visit.request.number in obstacle.holders]
    assert [visit.request.number for visit in found] == list(obstacle.holders), turn
    return found


def test_each_team_that_is_named_as_full_is_held_on_these_days_by_those_named() -> None:
    for turn, obstacle in full_teams():
        assert {visit.team for visit in holding(turn, obstacle)} == set(obstacle.names), turn
        assert obstacle.more_holders == 0


def test_whoever_holds_a_full_team_could_go_to_no_busy_team_that_is_not_named() -> None:
    for turn, obstacle in full_teams():
        there = {visit.team for visit in turn.before if days_of(visit) & days_of(obstacle)}
        for visit in holding(turn, obstacle):
            possible = {
                each.name
                for each in turn.given.teams
                if able(each, visit.request) and not away(turn.given, each.name, days_of(visit))
            }
            assert possible & there <= set(obstacle.names), turn


def test_teams_are_named_as_exchanged_exactly_where_it_matters_that_they_could_be() -> None:
    """One named could not go itself, or a visit of one could go to an idle team."""
    exchanged = Counter[bool]()
    for turn, obstacle in full_teams():
        named = [each for each in turn.given.teams if each.name in obstacle.names]
        assert [each.name for each in named] == list(obstacle.names)
        able_ones = [able(each, turn.request) for each in named]
        assert any(able_ones)
        there = {visit.team for visit in turn.before if days_of(visit) & days_of(obstacle)}
        leaving = any(
            able(each, visit.request) and not away(turn.given, each.name, days_of(visit))
            for visit in holding(turn, obstacle)
            for each in turn.given.teams
            if each.name not in there and each.visits_per_day != 0
        )
        assert obstacle.exchanged is (leaving or not all(able_ones)), turn
        exchanged[obstacle.exchanged] += 1
    assert min(exchanged[True], exchanged[False]) >= 10, exchanged


def test_absent_teams_are_competent_and_on_leave_and_no_others_are() -> None:
    absences = 0
    for turn, obstacle in full_teams():
        travel = turn.given.regions[turn.request.region].travel_days
        if travel:
            continue  # which day the trip would set out on, the obstacle does not say
        expected = [
            each.name
            for each in turn.given.teams
            if able(each, turn.request) and away(turn.given, each.name, days_of(obstacle))
        ]
        assert list(obstacle.absent) == expected, turn
        absences += len(expected)
    assert absences >= 10


def able(each: Team, one: Request) -> bool:
    most = each.samples_per_day
    return each.can_sample(one.sample_type) and (most is None or one.samples <= most)


def away(given: Reference, name: str, days: set[date]) -> bool:
    leaves = [each for each in given.leaves if each.team == name]
    return any(each.first <= day <= each.last for each in leaves for day in days)


TWO = (team("Tim 1"), team("Tim 2"))
BOTH = (WATER, AIR)


@dataclass(frozen=True)
class Today:
    """Visits locked with Tim 1 when it was idle, and what is another today than it was then."""

    expected: Obstacle | None
    locked: Sequence[Request] = field(default_factory=lambda: [ask(1, 9)])
    given: dict[str, object] = field(default_factory=dict)

    @property
    def reference(self) -> Reference:
        return world(**self.given)

    @property
    def visits(self) -> list[Visit]:
        return [locked(each) for each in self.locked]


def world(**given: object) -> Reference:
    """Two teams without limits, one place on a trip, one sampler without end."""
    usual = {
        "teams": TWO,
        "regions": [BATAM, NONGSA, LINGGA],
        "sample_types": BOTH,
        "equipment": [equipment("Sampler")],
    }
    return reference(**usual | given)


def locked(one: Request, team: str = "Tim 1") -> Visit:
    visit = visit_of(plan([one], world()), one.number)
    assert visit.first == one.proposed
    return replace(visit, team=team, status=Outcome.LOCKED)


def at(reason: Reason, day: int, name: str, *holders: str, last: int = 0) -> Obstacle:
    return Obstacle(reason, june(day), june(last or day), (name,), holders)


PAIR = [ask(1, 9, samples=3), ask(2, 9, samples=3)]
SAMPLED = [ask(1, 9, sample_type="Udara"), ask(2, 9, sample_type="Udara")]
TRIP = [ask(1, 9, region="Lingga")]

BROKEN: dict[str, Today] = {
    "a day that is a holiday now": Today(
        at(Reason.DAY_OFF, 9, "bukan hari kerja (Libur)"), given={"holidays": [june(9)]}
    ),
    "a weekday that is no working day now": Today(
        at(Reason.DAY_OFF, 9, "bukan hari kerja"),
        given={"policy": policy(workdays=frozenset([0, 2, 3, 4]))},
    ),
    "a trip whose second day is a holiday now": Today(
        at(Reason.DAY_OFF, 10, "bukan hari kerja (Libur)"), TRIP, {"holidays": [june(10)]}
    ),
    "a weekday that is no Hari Berangkat now": Today(
        at(Reason.DAY_OFF, 9, "bukan hari berangkat ke Lingga", last=10),
        TRIP,
        {"regions": [BATAM, region("Lingga", 1, [4])]},
    ),
    "a Hari Tanpa Pengambilan now": Today(
        at(Reason.DAY_OFF, 9, "bukan hari pengambilan Air Minum"),
        given={"sample_types": [sample_type(no_sampling_days=[1])]},
    ),
    "a team that is gone": Today(at(Reason.NO_TEAM, 9, "Tim 1"), given={"teams": [team("Tim 2")]}),
    "a team that is no longer competent": Today(
        at(Reason.NO_TEAM, 9, "Tim 1", last=10),
        TRIP,
        {"teams": [team("Tim 1", ["Udara"]), team("Tim 2")]},
    ),
    "leave": Today(at(Reason.LEAVE, 9, "Tim 1"), given={"leaves": [leave("Tim 1", june(9))]}),
    "leave on the second day of a trip": Today(
        at(Reason.LEAVE, 10, "Tim 1"), TRIP, {"leaves": [leave("Tim 1", june(10), june(12))]}
    ),
    "fewer units than visits": Today(
        at(Reason.EQUIPMENT, 9, "Sampler", "P-1", "P-2"),
        SAMPLED,
        {"equipment": [equipment("Sampler", 1)]},
    ),
    "more samples than the laboratory takes": Today(
        at(Reason.LABORATORY, 9, "Air Minum", "P-1", "P-2"),
        PAIR,
        {"sample_types": [sample_type(lab_capacity=5)]},
    ),
    "more visits than the team makes": Today(
        at(Reason.TEAM_FULL, 9, "Tim 1", "P-1", "P-2"),
        PAIR,
        {"teams": [team("Tim 1", visits_per_day=1)]},
    ),
    "more samples than the team carries": Today(
        at(Reason.TEAM_FULL, 9, "Tim 1", "P-1", "P-2"),
        PAIR,
        {"teams": [team("Tim 1", samples_per_day=5)]},
    ),
    "a team in two Wilayah": Today(
        at(Reason.TEAM_FULL, 9, "Tim 1", "P-1", "P-2"), [ask(1, 9), ask(2, 9, region="Nongsa")]
    ),
}

KEPT: dict[str, Today] = {
    "nothing has changed": Today(None),
    "nothing has changed for two on one day": Today(None, PAIR),
    "nothing has changed for a trip": Today(None, TRIP),
    "another day is a holiday": Today(None, TRIP, {"holidays": [june(8), june(11)]}),
    "its weekday is a Hari Berangkat": Today(None, TRIP, {"regions": [region("Lingga", 1, [1])]}),
    "the day after a trip's first is no Hari Tanpa Pengambilan": Today(
        None, TRIP, {"sample_types": [sample_type(no_sampling_days=[2])]}
    ),
    "another team is gone": Today(None, given={"teams": [team("Tim 1", ["Air Minum"])]}),
    "leave of another team and on other days": Today(
        None,
        given={"leaves": [leave("Tim 2", june(9)), leave("Tim 1", june(8))]},
    ),
    "as many units as visits": Today(None, SAMPLED, {"equipment": [equipment("Sampler", 2)]}),
    "a calibration that ends that day": Today(
        None, SAMPLED, {"equipment": [equipment("Sampler", 2, june(9))]}
    ),
    "as many samples as the laboratory takes": Today(
        None, PAIR, {"sample_types": [sample_type(lab_capacity=6)]}
    ),
    "as much as the team makes and carries": Today(
        None, PAIR, {"teams": [team("Tim 1", None, 2, 6)]}
    ),
}


@pytest.mark.parametrize("today", BROKEN.values(), ids=BROKEN.keys())
def test_a_locked_visit_that_breaks_a_rule_of_today_says_which(today: Today) -> None:
    found = plan([], today.reference, locked=today.visits).conflicts
    assert found == tuple((visit, today.expected) for visit in today.visits)


@pytest.mark.parametrize("today", KEPT.values(), ids=KEPT.keys())
def test_a_locked_visit_that_breaks_no_rule_of_today_says_nothing(today: Today) -> None:
    assert plan([], today.reference, locked=today.visits).conflicts == ()


def test_only_the_visits_that_break_a_rule_are_named_in_the_order_in_which_they_were_locked() -> (
    None
):
    visits = [locked(ask(place, day)) for place, day in ((3, 10), (2, 9), (1, 10))]
    week = plan([ask(4, 10)], world(holidays=[june(10)]), locked=visits)
    assert [visit.request.number for visit, _ in week.conflicts] == ["P-3", "P-1"]
    assert days(week) == {"P-4": 11}


def test_a_locked_visit_names_the_first_of_the_rules_that_it_breaks() -> None:
    visit = locked(ask(1, 9, samples=9, sample_type="Udara"))
    lab = {"sample_types": [sample_type("Udara", ["Sampler"], lab_capacity=8)]}
    none_left = {"equipment": [equipment("Sampler", 0)]}
    away = {"leaves": [leave("Tim 1", june(9))]}
    off, small = {"holidays": [june(9)]}, {"teams": [team("Tim 1", samples_per_day=8)]}

    def reason(**given: object) -> Reason:
        ((_, obstacle),) = plan([], world(**given), locked=[visit]).conflicts
        return obstacle.reason

    every = small | lab | none_left | away | off
    unable = {"teams": [team("Tim 1", ["Air Minum"], samples_per_day=8)]}
    assert reason(**every) is Reason.DAY_OFF
    assert reason(**lab | none_left | away | unable) is Reason.NO_TEAM
    assert reason(**small | lab | none_left | away) is Reason.LEAVE
    assert reason(**small | lab | none_left) is Reason.EQUIPMENT
    assert reason(**small | lab) is Reason.LABORATORY
    assert reason(**small) is Reason.TEAM_FULL


def test_requests_planned_this_week_do_not_make_a_locked_visit_break_a_rule() -> None:
    week = plan([ask(2, 9)], world(teams=ONE_A_DAY), locked=[locked(ask(1, 9), team="A")])
    assert (days(week), week.conflicts) == ({"P-2": 10}, ())


def test_a_locked_visit_that_is_over_breaks_no_rule_and_one_under_way_those_of_its_other_days() -> (
    None
):
    visits = [locked(ask(1, 8)), locked(ask(2, 9, region="Lingga"))]
    given = world(leaves=[leave("Tim 1", june(8), june(9))])
    assert plan([], given, run_date=june(10), locked=visits).conflicts == ()
    given = world(leaves=[leave("Tim 1", june(8), june(10))])
    found = plan([], given, run_date=june(10), locked=visits).conflicts
    assert found == ((visits[1], at(Reason.LEAVE, 10, "Tim 1")),)


def test_a_locked_visit_for_what_is_gone_from_the_reference_is_judged_by_the_rest() -> None:
    visits = [locked(ask(1, 9, region="Nongsa")), locked(ask(2, 10, sample_type="Udara"))]
    given = world(regions=[BATAM], sample_types=[WATER])
    assert plan([], given, locked=visits).conflicts == ()
    away = world(regions=[BATAM], sample_types=[WATER], leaves=[leave("Tim 1", june(9), june(10))])
    found = plan([], away, locked=visits).conflicts
    assert [obstacle.reason for _, obstacle in found] == [Reason.LEAVE, Reason.LEAVE]


def test_conflicts_are_those_of_the_ledger_that_holds_the_locked_visits() -> None:
    visits, given = [locked(each) for each in PAIR], world(teams=ONE_A_DAY)
    visits = [replace(visit, team="A") for visit in visits]
    ledger = Ledger(given, RUN_DATE, 30)
    for visit in visits:
        first, last = ((day - RUN_DATE).days for day in (visit.first, visit.last))
        ledger.occupy(visit.team, range(first, last + 1), visit.request)
    days_of_work = Workdays(given.policy.workdays, given.holidays)
    expected = at(Reason.TEAM_FULL, 9, "A", "P-1", "P-2")
    assert list(conflicts(visits, ledger, days_of_work)) == [(each, expected) for each in visits]
    assert list(conflicts([], ledger, days_of_work)) == []


def test_a_locked_visit_with_equipment_out_of_calibration_is_not_said_to_use_it_up() -> None:
    visits = [locked(SAMPLED[0])]
    given = world(equipment=[equipment("Sampler", 1, june(8))])
    found = plan([], given, locked=visits).conflicts
    assert found == ((visits[0], at(Reason.EQUIPMENT, 9, "Sampler")),)


def test_a_locked_visit_that_is_shorter_than_its_trip_takes_today_is_told() -> None:
    given = world(regions=[region("Batam", travel_days=1)])
    found = plan([], given, locked=[locked(ask(1, 9))]).conflicts
    assert [visit.request.number for visit, _ in found] == ["P-1"]


def test_a_trip_under_way_is_not_said_to_break_a_rule_on_a_day_that_is_over() -> None:
    visits = [locked(ask(1, 9, region="Lingga"))]
    given = world(holidays=[june(9)])
    assert plan([], given, run_date=june(10), locked=visits).conflicts == ()
