"""Days and teams: each condition in a small week, and what must hold in any week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.explanation import days as day_sentences
from labkesmas_batch.intake.review import review
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.policy import SilentZone
from labkesmas_batch.model.reference import Reference, SampleType
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Accepted, Allocation, Obstacle, Reason, Unplaced, Visit
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
    team,
)
from tests.support.exhaustive import Booked, best, broken, exchanged, greedy, held, turns
from tests.support.models import days, june, plan, teams, unplaced_of, visit_of

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
ONE_A_DAY = (team(visits_per_day=1),)
BATAM, NONGSA = region("Batam"), region("Nongsa")
LINGGA = region("Lingga", travel_days=1)
PLACES = (BATAM, NONGSA, LINGGA)


def ask(place: int, proposed: int | None = None, **more: object) -> Request:
    """The request that is served in that place; its lead time is kept, its day one of June."""
    received = date(2026, 4, 1) + timedelta(days=place)
    day = None if proposed is None else june(proposed)
    return request(f"P-{place}", received, proposed=day, **more)


def three(proposed: int | None = None, **more: object) -> list[Request]:
    return [ask(place, proposed, **more) for place in (1, 2, 3)]


def test_a_request_gets_the_day_that_it_proposed() -> None:
    visit = visit_of(plan([ask(1, 10)]), "P-1")
    assert (visit.first, visit.last, visit.team) == (june(10), june(10), "Tim 1")
    assert (visit.status, visit.obstacle) == (Outcome.SCHEDULED, None)


def test_a_request_without_proposal_gets_the_first_day_after_jeda_and_is_never_moved() -> None:
    week = plan(three(), reference(teams=ONE_A_DAY))
    assert days(week) == {"P-1": 2, "P-2": 3, "P-3": 4}
    assert {(v.status, v.obstacle) for v in week.visits} == {(Outcome.SCHEDULED, None)}


@pytest.mark.parametrize(("jeda", "day"), [(0, 1), (1, 2), (3, 4)])
def test_jeda_terbit_sets_the_first_day_for_the_target(jeda: int, day: int) -> None:
    assert days(plan([ask(1)], reference(policy=policy(issue_days=jeda)))) == {"P-1": day}


def test_with_no_jeda_the_run_date_itself_counts_once_among_the_blocked_days() -> None:
    given = reference(policy=policy(issue_days=0), teams=ONE_A_DAY)
    assert visit_of(plan([ask(1, 1), ask(2, 1)], given), "P-2").blocked_days == 1


def test_better_ranks_are_served_first_whatever_the_order_of_the_rows() -> None:
    given = reference(teams=ONE_A_DAY)
    assert days(plan(reversed(three(10)), given)) == {"P-1": 10, "P-2": 11, "P-3": 12}


def test_a_worse_rank_fills_a_day_that_a_better_one_did_not_want() -> None:
    week = plan([ask(1, 10), ask(2, 9)], reference(teams=ONE_A_DAY))
    assert days(week) == {"P-1": 10, "P-2": 9}


def test_visits_and_queue_stand_in_the_order_of_rank() -> None:
    week = plan(
        [*three(9), *(ask(place, 9, deadline=june(9)) for place in (4, 5))],
        reference(teams=ONE_A_DAY),
    )
    assert [v.ranked.rank for v in week.visits] == [1, 2, 3]
    assert [u.ranked.rank for u in week.unplaced] == [4, 5]


def test_nothing_to_plan_gives_nothing() -> None:
    assert plan([]) == Allocation((), ())


def test_no_visit_falls_on_a_weekend_or_a_holiday() -> None:
    week = plan([ask(1, 6), ask(2, 16), ask(3, 15)], reference(holidays=[june(16)]))
    assert days(week) == {"P-1": 8, "P-2": 17, "P-3": 15}


def test_a_trip_lasts_one_day_more_for_each_hari_perjalanan() -> None:
    far = region("Natuna", travel_days=2)
    visit = visit_of(plan([ask(1, 8, region="Natuna")], reference(regions=[far])), "P-1")
    assert (visit.first, visit.last) == (june(8), june(10))


def test_a_trip_that_would_run_into_the_weekend_waits_for_monday() -> None:
    given = reference(regions=PLACES)
    assert days(plan([ask(1, 4, region="Lingga"), ask(2, 5, region="Lingga")], given)) == {
        "P-1": 4,
        "P-2": 8,
    }


def test_a_trip_that_would_run_over_a_holiday_waits() -> None:
    given = reference(regions=PLACES, holidays=[june(16)])
    assert days(plan([ask(1, 15, region="Lingga")], given)) == {"P-1": 17}


def test_a_visit_waits_for_hari_berangkat() -> None:
    given = reference(regions=[region("Lingga", 1, [TUESDAY, THURSDAY])])
    assert days(plan([ask(1, 8, region="Lingga"), ask(2, 10, region="Lingga")], given)) == {
        "P-1": 9,
        "P-2": 11,
    }


def test_a_visit_avoids_hari_tanpa_pengambilan() -> None:
    given = reference(sample_types=[sample_type(no_sampling_days=[THURSDAY, FRIDAY])])
    assert days(plan([ask(1, 11)], given)) == {"P-1": 15}


def test_hari_kerja_decides_whether_saturday_is_a_working_day() -> None:
    given = reference(policy=policy(workdays=frozenset(range(6))))
    assert days(plan([ask(1, 6), ask(2, 7)], given)) == {"P-1": 6, "P-2": 8}


def test_only_a_competent_team_goes() -> None:
    given = reference(
        teams=[team("A", ["Udara"]), team("B", ["Air Minum"])],
        sample_types=[sample_type("Air Minum"), sample_type("Udara")],
    )
    week = plan([ask(1, 9), ask(2, 9, sample_type="Udara")], given)
    assert teams(week) == {"P-1": "B", "P-2": "A"}


def test_a_visit_waits_for_the_end_of_leave() -> None:
    given = reference(leaves=[leave("Tim 1", june(9), june(11))])
    assert days(plan([ask(1, 9)], given)) == {"P-1": 12}


def test_a_trip_must_be_back_before_leave_begins() -> None:
    given = reference(regions=PLACES, leaves=[leave("Tim 1", june(10), june(10))])
    week = plan([ask(1, 8, region="Lingga"), ask(2, 9, region="Lingga")], given)
    assert days(week) == {"P-1": 8, "P-2": 11}


def test_a_team_makes_no_more_than_kunjungan_per_hari() -> None:
    week = plan(three(9), reference(teams=[team(visits_per_day=2)]))
    assert days(week) == {"P-1": 9, "P-2": 9, "P-3": 10}


def test_a_team_carries_no_more_than_contoh_uji_per_hari() -> None:
    week = plan(three(9, samples=5), reference(teams=[team(samples_per_day=10)]))
    assert days(week) == {"P-1": 9, "P-2": 9, "P-3": 10}


def test_a_small_request_still_fits_where_a_bigger_one_did_not() -> None:
    week = plan(
        [ask(1, 9, samples=6), ask(2, 9, samples=6), ask(3, 9, samples=4)],
        reference(teams=[team(samples_per_day=10)]),
    )
    assert days(week) == {"P-1": 9, "P-2": 10, "P-3": 9}


def test_a_team_visits_one_wilayah_a_day() -> None:
    given = reference(regions=PLACES)
    week = plan([ask(1, 9), ask(2, 9, region="Nongsa"), ask(3, 9)], given)
    assert days(week) == {"P-1": 9, "P-2": 10, "P-3": 9}


def test_a_trip_holds_its_team_until_it_is_back() -> None:
    given = reference(regions=PLACES)
    week = plan([ask(1, 9, region="Lingga"), ask(2, 10), ask(3, 11)], given)
    assert days(week) == {"P-1": 9, "P-2": 11, "P-3": 11}


def with_sampler(units: int | None, valid_until: date | None = None) -> Reference:
    return reference(
        teams=[team("A"), team("B"), team("C")],
        regions=PLACES,
        sample_types=[sample_type("Air Minum", ["Sampler"])],
        equipment=[equipment("Sampler", units, valid_until)],
    )


def test_no_more_visits_a_day_than_units() -> None:
    assert days(plan(three(9), with_sampler(2))) == {"P-1": 9, "P-2": 9, "P-3": 10}


def test_a_trip_keeps_its_unit_until_it_is_back() -> None:
    week = plan([ask(1, 9, region="Lingga"), ask(2, 10)], with_sampler(1))
    assert days(week) == {"P-1": 9, "P-2": 11}


def test_equipment_serves_through_the_last_day_of_its_calibration() -> None:
    given = with_sampler(None, june(10))
    week = plan([ask(1, 10), ask(2, 11), ask(3, 10, region="Lingga")], given)
    assert days(week) == {"P-1": 10}
    blocked = unplaced_of(week, "P-2").blocked
    assert {(each.reason, each.names) for each in blocked} == {(Reason.EQUIPMENT, ("Sampler",))}


def test_no_more_samples_of_a_type_arrive_than_the_laboratory_takes() -> None:
    given = reference(
        teams=[team("A"), team("B")],
        sample_types=[sample_type("Air Minum", lab_capacity=10), sample_type("Udara")],
    )
    week = plan([*three(9, samples=5), ask(4, 9, samples=50, sample_type="Udara")], given)
    assert days(week) == {"P-1": 9, "P-2": 9, "P-3": 10, "P-4": 9}


def test_a_trips_samples_count_on_the_day_of_its_return() -> None:
    given = reference(
        teams=[team("A"), team("B")],
        regions=PLACES,
        sample_types=[sample_type(lab_capacity=10)],
    )
    week = plan([ask(1, 9, samples=10, region="Lingga"), ask(2, 9), ask(3, 10)], given)
    assert days(week) == {"P-1": 9, "P-2": 9, "P-3": 11}


def test_the_sheets_order_decides_between_idle_teams() -> None:
    given = reference(teams=[team("B", visits_per_day=1), team("A", visits_per_day=1)])
    assert teams(plan([ask(1, 9), ask(2, 9)], given)) == {"P-1": "B", "P-2": "A"}


def test_a_team_in_the_wilayah_is_taken_before_an_idle_one() -> None:
    given = reference(teams=[team("A"), team("B")], regions=PLACES)
    week = plan([ask(1, 9), ask(2, 9, region="Nongsa"), ask(3, 9, region="Nongsa")], given)
    assert teams(week) == {"P-1": "A", "P-2": "B", "P-3": "B"}


def test_of_two_teams_in_the_wilayah_the_one_with_fewest_visits_is_taken() -> None:
    given = reference(
        teams=[team("A", ["Air Minum"]), team("B")],
        sample_types=[sample_type("Air Minum"), sample_type("Udara")],
    )
    udara = {"sample_type": "Udara"}
    week = plan([ask(1, 9), ask(2, 9), ask(3, 9, **udara), ask(4, 9)], given)
    assert teams(week) == {"P-1": "A", "P-2": "A", "P-3": "B", "P-4": "B"}


def test_an_earlier_day_with_any_team_goes_before_a_later_one_with_the_team_in_the_wilayah() -> (
    None
):
    given = reference(teams=[team("A", visits_per_day=1), team("B", visits_per_day=1)])
    assert teams(plan([ask(1, 9), ask(2, 9)], given)) == {"P-1": "A", "P-2": "B"}


@pytest.mark.parametrize(("proposed", "placed"), [(11, True), (12, False)])
def test_a_visit_may_start_on_the_last_day_of_the_horizon_and_no_later(
    proposed: int, placed: bool
) -> None:
    week = plan([ask(1, proposed)], reference(policy=policy(horizon_days=10)))
    assert bool(week.visits) is placed
    if not placed:
        without = unplaced_of(week, "P-1")
        assert (without.obstacle.reason, without.nearest) == (Reason.HORIZON, None)


def test_a_trip_that_starts_within_the_horizon_may_end_after_it() -> None:
    given = reference(policy=policy(horizon_days=10), regions=PLACES, teams=ONE_A_DAY)
    visit = visit_of(plan([ask(1, 11, region="Lingga")], given), "P-1")
    assert (visit.first, visit.last) == (june(11), june(12))


def test_a_horizon_of_no_days_plans_for_the_run_date_alone() -> None:
    given = reference(policy=policy(horizon_days=0, issue_days=0), teams=ONE_A_DAY)
    week = plan([ask(1), ask(2)], given)
    assert days(week) == {"P-1": 1}
    assert unplaced_of(week, "P-2").obstacle.reason is Reason.HORIZON


def test_a_full_calendar_names_what_stands_in_the_way_on_each_open_day() -> None:
    # The horizon ends on Sunday, 7 June.
    given = reference(policy=policy(horizon_days=6), teams=ONE_A_DAY)
    without = unplaced_of(plan([*three(), ask(4), ask(5)], given), "P-5")
    assert without.obstacle == Obstacle(Reason.HORIZON, june(2), june(7))
    assert without.blocked_days == 4
    assert without.blocked == tuple(
        Obstacle(Reason.TEAM_FULL, june(day), june(day), ("Tim 1",), (f"P-{day - 1}",))
        for day in (2, 3, 4, 5)
    )


def test_a_huge_week_explains_few_days_and_beyond_a_rank_the_first_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Days, teams, reasons and how many days were taken are the same; only the list is shorter."""
    given = reference(policy=policy(horizon_days=60), teams=ONE_A_DAY)
    week = [ask(place, 2) for place in range(1, 21)]
    full = plan(week, given)
    monkeypatch.setattr("labkesmas_batch.allocation.allocate.HUGE", 19)
    monkeypatch.setattr("labkesmas_batch.allocation.allocate.FULLY_EXPLAINED", 15)
    short = plan(week, given)
    for long, brief in zip(full.visits, short.visits, strict=True):
        blocked = long.blocked_days
        assert (long.obstacle, long.blocked_days) == (brief.obstacle, brief.blocked_days)
        assert (long.first, long.team) == (brief.first, brief.team)
        assert len(long.also) + bool(long.obstacle) == blocked
        told = min(blocked, 10 if brief.ranked.rank <= 15 else 1)
        assert brief.also == long.also[: max(0, told - 1)]
    assert [visit.blocked_days for visit in short.visits] == [*range(20)]


def test_what_stands_in_the_way_of_the_only_open_day_is_named_once() -> None:
    given = reference(policy=policy(horizon_days=1), teams=ONE_A_DAY)
    without = unplaced_of(plan([ask(1), ask(2)], given), "P-2")
    assert [each.holders for each in without.blocked] == [("P-1",)]


def test_nothing_stands_in_the_way_of_a_day_that_is_beyond_the_horizon() -> None:
    week = plan([ask(1, 12)], reference(policy=policy(horizon_days=10)))
    assert unplaced_of(week, "P-1").blocked == ()


def test_a_horizon_that_ends_on_a_day_off_is_told_as_that_day_off() -> None:
    """The last day of the plan is still one of its days."""
    week = plan([ask(1, 6)], reference(policy=policy(horizon_days=5)))
    told = unplaced_of(week, "P-1").obstacle
    assert told == Obstacle(Reason.DAY_OFF, june(6), june(6), ("bukan hari kerja",))


def test_a_kind_that_no_team_masters_is_named_though_its_day_is_beyond_the_horizon() -> None:
    given = reference(sample_types=[sample_type("Tanah")], teams=[team("Tim 1", ["Air Minum"])])
    day = RUN_DATE + timedelta(days=91)
    week = plan([replace(ask(1), sample_type="Tanah", proposed=day)], given)
    told = unplaced_of(week, "P-1").obstacle
    assert (told.reason, told.names) == (Reason.NO_TEAM, ("Tanah",))


def test_a_batas_akhir_that_full_teams_missed_is_not_put_down_to_days_off() -> None:
    """6 and 7 June are a weekend, but the day before them could have been given."""
    week = plan([ask(1, 5), ask(2, 5, deadline=june(7))], reference(teams=ONE_A_DAY))
    without = unplaced_of(week, "P-2")
    assert without.obstacle == Obstacle(Reason.DEADLINE, june(5), june(7), ())
    assert without.nearest == june(8)


def test_who_stands_in_the_way_in_an_ordinary_week_is_worked_out_for_each_size_of_its_own() -> None:
    """What three samples met is not what two of them meet."""
    given = reference(sample_types=[sample_type(lab_capacity=2)])
    week = plan([ask(at, 8, samples=samples) for at, samples in enumerate((1, 2, 1, 2), 1)], given)
    first = visit_of(week, "P-4").obstacle
    assert first is not None
    assert first.holders == ("P-1", "P-3")


@pytest.mark.parametrize(("deadline", "placed"), [(10, True), (9, False)])
def test_a_visit_may_start_on_batas_akhir_and_no_later(deadline: int, placed: bool) -> None:
    week = plan([ask(1, 9), ask(2, 9, deadline=june(deadline))], reference(teams=ONE_A_DAY))
    assert ("P-2" in days(week)) is placed
    if not placed:
        without = unplaced_of(week, "P-2")
        assert (without.obstacle.reason, without.nearest) == (Reason.DEADLINE, june(10))


def test_a_request_that_missed_batas_akhir_takes_nothing_from_those_after_it() -> None:
    week = plan([ask(1, 9), ask(2, 9, deadline=june(9)), ask(3, 9)], reference(teams=ONE_A_DAY))
    assert days(week) == {"P-1": 9, "P-3": 10}


def test_a_batas_akhir_that_has_passed_still_tells_the_first_possible_day() -> None:
    week = plan([ask(1, deadline=date(2026, 5, 20))])
    without = unplaced_of(week, "P-1")
    assert (without.obstacle.reason, without.nearest) == (Reason.DEADLINE, june(2))


def test_a_batas_akhir_on_a_trips_first_day_is_kept() -> None:
    given = reference(regions=PLACES)
    assert days(plan([ask(1, 9, region="Lingga", deadline=june(9))], given)) == {"P-1": 9}


def cause(week: Allocation, number: str) -> Reason | None:
    visit = visit_of(week, number)
    assert (visit.status is Outcome.MOVED) == (visit.obstacle is not None)
    return visit.obstacle.reason if visit.obstacle else None


def test_a_day_off_is_the_cause_where_nothing_else_was_skipped() -> None:
    week = plan([ask(1, 6)])
    visit = visit_of(week, "P-1")
    assert cause(week, "P-1") is Reason.DAY_OFF
    assert visit.obstacle == Obstacle(Reason.DAY_OFF, june(6), june(7), ("bukan hari kerja",))


def test_each_kind_of_day_off_is_a_cause_once_in_the_order_of_the_days() -> None:
    given = reference(regions=[region("Lingga", 1, [MONDAY, FRIDAY])])
    visit = visit_of(plan([ask(1, 4, region="Lingga")], given), "P-1")
    assert (visit.first, visit.obstacle.reason) == (june(8), Reason.DAY_OFF)
    departure, trip, off = visit.obstacle.names
    assert (departure, off) == ("bukan hari berangkat ke Lingga", "bukan hari kerja")
    assert trip.startswith("perjalanan ke Lingga")


def test_a_full_team_is_the_cause_where_a_weekend_was_skipped_too() -> None:
    week = plan([ask(1, 5), ask(2, 5)], reference(teams=ONE_A_DAY))
    assert days(week) == {"P-1": 5, "P-2": 8}
    assert cause(week, "P-2") is Reason.TEAM_FULL


def test_what_blocked_the_first_open_day_is_the_cause_where_the_proposal_was_a_day_off() -> None:
    week = plan([ask(1, 8), ask(2, 6)], reference(teams=ONE_A_DAY))
    visit = visit_of(week, "P-2")
    assert (visit.first, cause(week, "P-2")) == (june(9), Reason.TEAM_FULL)
    assert visit.obstacle.first == june(8)


def test_of_a_moved_one_the_calendar_is_told_too_where_it_took_the_day_asked_for() -> None:
    week = plan([ask(1, 8), ask(2, 6)], reference(teams=ONE_A_DAY))
    assert visit_of(week, "P-2").off == "bukan hari kerja"
    said = day_sentences.visit(visit_of(week, "P-2"), policy())
    assert said == (
        "6–7 Jun bukan hari kerja. Tim 1 penuh pada 8 Jun oleh P-1. Hari pertama yang mungkin "
        "Selasa, 9 Jun 2026."
    )
    assert visit_of(plan([ask(1, 8), ask(2, 8)], reference(teams=ONE_A_DAY)), "P-2").off == ""


def test_the_first_blocked_day_is_the_cause_not_the_last() -> None:
    given = reference(teams=ONE_A_DAY, leaves=[leave("Tim 1", june(10))])
    week = plan([ask(1, 9), ask(2, 9)], given)
    assert (days(week)["P-2"], cause(week, "P-2")) == (11, Reason.TEAM_FULL)
    week = plan([ask(1, 11), ask(2, 10)], given)
    assert (days(week)["P-2"], cause(week, "P-2")) == (12, Reason.LEAVE)


def test_a_passed_proposal_is_the_cause_where_the_first_day_after_it_was_free() -> None:
    week = plan([ask(1, 1)])
    assert (days(week)["P-1"], cause(week, "P-1")) == (2, Reason.PROPOSAL_PASSED)


def test_days_off_are_the_cause_where_the_passed_proposal_was_one_of_them() -> None:
    # Run on Sunday, 7 June; proposed for that Sunday; the first day after jeda is Monday.
    week = plan([ask(1, 7)], run_date=june(7))
    assert (days(week)["P-1"], cause(week, "P-1")) == (8, Reason.DAY_OFF)


def test_short_lead_is_the_cause_under_geser() -> None:
    rules = policy(short_lead="geser")
    late = request("P-1", "2026-05-20", proposed=june(9))  # compliant from 10 June on
    week = plan([late], reference(policy=rules))
    assert (days(week)["P-1"], cause(week, "P-1")) == (10, Reason.SHORT_LEAD)


def test_a_request_on_its_day_has_no_cause_though_it_is_late_in_the_order() -> None:
    assert cause(plan(three(9)), "P-3") is None


def test_a_holder_who_changes_to_an_idle_team_later_is_told_with_its_teams_exchanged() -> None:
    """P-1 leaves Tim 1 for P-3's sake; for P-2, who wants another place, it would not help."""
    given = reference(
        regions=PLACES,
        sample_types=[sample_type(), sample_type("Makanan")],
        teams=[team("Tim 1", visits_per_day=2), team("Tim 2", ["Makanan"])],
    )
    week = [
        ask(1, 8, sample_type="Makanan", region="Nongsa"),
        ask(2, 8),
        ask(3, 8, region="Nongsa"),
    ]
    found = plan(week, given, locked=[locked_visit(8, given, region="Nongsa")])
    assert teams(found) == {"P-1": "Tim 2", "P-2": "Tim 1", "P-3": "Tim 1"}
    told = visit_of(found, "P-2").obstacle
    assert told is not None
    assert (told.first, told.names, told.exchanged) == (june(8), ("Tim 1",), True)
    assert day_sentences.blocked(told, 1).endswith("P-1, juga bila timnya dipertukarkan.")


def locked_visit(day: int, given: Reference, **more: object) -> Visit:
    """A visit of last week's plan, the number P-0."""
    placed = visit_of(plan([ask(0, day, **more)], given), "P-0")
    return replace(placed, status=Outcome.LOCKED)


def test_a_locked_visit_holds_its_team_before_anything_is_placed() -> None:
    given = reference(teams=ONE_A_DAY)
    week = plan([ask(1, 9)], given, locked=[locked_visit(9, given)])
    assert days(week) == {"P-1": 10}
    assert visit_of(week, "P-1").obstacle.holders == ("P-0",)


def test_a_locked_visit_holds_its_equipment() -> None:
    given = with_sampler(1)
    assert days(plan([ask(1, 9)], given, locked=[locked_visit(9, given)])) == {"P-1": 10}


def test_a_locked_visit_holds_its_place_in_the_laboratory() -> None:
    given = reference(teams=[team("A"), team("B")], sample_types=[sample_type(lab_capacity=10)])
    locked = locked_visit(9, given, samples=10)
    assert days(plan([ask(1, 9)], given, locked=[locked])) == {"P-1": 10}


def test_a_locked_trip_holds_its_team_on_each_day() -> None:
    given = reference(teams=ONE_A_DAY, regions=PLACES)
    locked = locked_visit(9, given, region="Lingga")
    assert days(plan([ask(1, 9), ask(2, 9)], given, locked=[locked])) == {"P-1": 11, "P-2": 12}


def test_a_locked_visit_on_a_day_that_is_a_holiday_now_still_holds_its_team() -> None:
    given = reference(teams=ONE_A_DAY)
    locked = locked_visit(9, given)
    week = plan([ask(1, 9)], reference(teams=ONE_A_DAY, holidays=[june(9)]), locked=[locked])
    assert days(week) == {"P-1": 10}


def test_a_locked_visit_is_not_planned_again() -> None:
    given = reference(teams=ONE_A_DAY)
    week = plan([ask(1, 9)], given, locked=[locked_visit(9, given)])
    assert [v.request.number for v in week.visits] == ["P-1"]


def test_a_locked_visit_by_a_team_that_is_gone_holds_no_team() -> None:
    locked = locked_visit(9, reference(teams=[team("Tim lama")]))
    assert days(plan([ask(1, 9)], reference(teams=ONE_A_DAY), locked=[locked])) == {"P-1": 9}


def test_a_locked_visit_by_a_team_that_is_gone_still_holds_its_equipment() -> None:
    given = with_sampler(1)
    locked = replace(locked_visit(9, given), team="Tim lama")
    assert days(plan([ask(1, 9)], given, locked=[locked])) == {"P-1": 10}


def test_a_locked_visit_to_a_wilayah_that_is_gone_still_holds_its_team() -> None:
    locked = locked_visit(9, reference(teams=ONE_A_DAY, regions=PLACES), region="Nongsa")
    assert days(plan([ask(1, 9)], reference(teams=ONE_A_DAY), locked=[locked])) == {"P-1": 10}


def test_a_locked_trip_holds_its_team_as_long_as_it_was_locked_for() -> None:
    locked = locked_visit(9, reference(teams=ONE_A_DAY, regions=PLACES), region="Lingga")
    given = reference(teams=ONE_A_DAY, regions=[BATAM, region("Lingga", travel_days=0)])
    assert days(plan([ask(1, 10)], given, locked=[locked])) == {"P-1": 11}


LIMITS = st.none() | st.integers(0, 4)
KINDS = ("Air Minum", "Udara")


def day_of(draw: st.DrawFn, first: int, last: int) -> date:
    return RUN_DATE + timedelta(days=draw(st.integers(first, last)))


@st.composite
def references(draw: st.DrawFn) -> Reference:
    """A crowded fortnight or two: up to three teams, three places, two sample types."""
    some_days = st.frozensets(st.integers(0, 6), min_size=2)
    names = ["A", "B", "C"][: draw(st.integers(1, 3))]
    competence = st.none() | st.frozensets(st.sampled_from(KINDS))
    return reference(
        policy=policy(
            lead_days=draw(st.sampled_from([0, 7])),
            short_lead="geser",
            issue_days=draw(st.integers(0, 2)),
            horizon_days=draw(st.integers(2, 16)),
            workdays=draw(st.just(frozenset(range(5))) | some_days),
            silent_zone=draw(st.sampled_from(SilentZone)),
        ),
        teams=[
            team(name, draw(competence), draw(LIMITS), draw(st.none() | st.integers(2, 9)))
            for name in names
        ],
        leaves=[
            leave(
                name, start := day_of(draw, -2, 12), start + timedelta(days=draw(st.integers(0, 3)))
            )
            for name in draw(st.lists(st.sampled_from(names), max_size=2))
        ],
        regions=[
            region("Batam"),
            region("Lingga", 1, draw(st.none() | some_days)),
            region("Natuna", 2, draw(st.none() | some_days)),
        ],
        sample_types=[kind(draw, name) for name in KINDS],
        equipment=[
            equipment("Sampler", draw(LIMITS), draw(st.none() | st.just(day_of(draw, 0, 20))))
            for _ in range(draw(st.integers(1, 2)))
        ],
        holidays=[day_of(draw, 0, 12) for _ in range(draw(st.integers(0, 2)))],
    )


def kind(draw: st.DrawFn, name: str) -> SampleType:
    return sample_type(
        name,
        draw(st.sampled_from([(), ("Sampler",)])),
        no_sampling_days=draw(st.frozensets(st.integers(0, 6), max_size=2)),
        lab_capacity=draw(st.none() | st.integers(3, 12)),
    )


@st.composite
def queues(draw: st.DrawFn, least: int = 1, most: int = 9) -> list[Request]:
    return [one(draw, f"P-{number}") for number in range(1, draw(st.integers(least, most)) + 1)]


def one(draw: st.DrawFn, number: str) -> Request:
    proposed = draw(st.none() | st.integers(-3, 18))
    deadline = draw(st.none() | st.integers(0, 6))
    start = proposed if proposed is not None else 0
    return request(
        number,
        day_of(draw, -20, 0),
        draw(st.sampled_from(["Internal", "Eksternal"])),
        region=draw(st.sampled_from(["Batam", "Batam", "Lingga", "Natuna"])),
        sample_type=draw(st.sampled_from(KINDS)),
        samples=draw(st.integers(1, 5)),
        proposed=None if proposed is None else RUN_DATE + timedelta(days=proposed),
        deadline=None if deadline is None else RUN_DATE + timedelta(days=start + deadline),
        waiver=draw(st.sampled_from(["", "DSP/1"])),
    )


def accepted(week: list[Request], given: Reference) -> tuple[Accepted, ...]:
    return review(week, given.policy, RUN_DATE).accepted


ANY_WEEK = settings(max_examples=150)


@ANY_WEEK
@given(references(), queues())
def test_nothing_is_overbooked_and_each_request_is_in_exactly_one_place(
    given: Reference, week: list[Request]
) -> None:
    allocation = plan(week, given)
    assert broken(given, [held(visit) for visit in allocation.visits]) == []
    order = [r.request.number for r in rank(accepted(week, given), given.policy)]
    places = [v.request.number for v in (*allocation.visits, *allocation.unplaced)]
    assert Counter(places) == Counter(order)
    for group in (allocation.visits, allocation.unplaced):
        assert [v.request.number for v in group] == sorted(
            (v.request.number for v in group), key=order.index
        )


@ANY_WEEK
@given(references(), queues())
def test_nobody_could_start_earlier_without_taking_from_a_better_rank(
    given: Reference, week: list[Request]
) -> None:
    """Not even with other teams for all better ranks, their days untouched."""
    order = rank(accepted(week, given), given.policy)
    assert turns(plan(week, given)) == best(order, given)


@ANY_WEEK
@given(references(), queues())
def test_where_nobody_changed_his_team_each_goes_with_that_of_the_tie_break(
    given: Reference, week: list[Request]
) -> None:
    allocation = plan(week, given)
    assume(not exchanged(allocation))
    assert teams(allocation) == greedy(rank(accepted(week, given), given.policy), given)[1]


OF_A_DAY = {
    Reason.LEAVE: "2 leave",
    Reason.EQUIPMENT: "4 equipment",
    Reason.LABORATORY: "5 laboratory",
    Reason.TEAM_FULL: "",
}


def obstacles(allocation: Allocation) -> list[tuple[Visit | Unplaced, Obstacle]]:
    """Who could not have a day, and what stood in the way on it."""
    found = [(visit, visit.obstacle) for visit in allocation.visits if visit.obstacle]
    found += [(each, blocked) for each in allocation.unplaced for blocked in each.blocked]
    return [(each, obstacle) for each, obstacle in found if obstacle.reason in OF_A_DAY]


@ANY_WEEK
@given(references(), queues(least=3))
def test_whoever_stands_in_the_way_is_better_ranked_and_there_on_the_days_named(
    given: Reference, week: list[Request]
) -> None:
    allocation = plan(week, given)
    by_number = {visit.request.number: visit for visit in allocation.visits}
    for each, obstacle in obstacles(allocation):
        assert len(set(obstacle.holders)) == len(obstacle.holders)
        for holder in map(by_number.__getitem__, obstacle.holders):
            assert holder.ranked.rank < each.ranked.rank
            assert holder.first <= obstacle.last
            assert holder.last >= obstacle.first
            if obstacle.reason is Reason.TEAM_FULL:
                assert holder.team in obstacle.names
            elif obstacle.reason is Reason.EQUIPMENT:
                assert obstacle.names == ("Sampler",)
            else:
                assert obstacle.reason is Reason.LABORATORY
                assert obstacle.names == (holder.request.sample_type,)


@ANY_WEEK
@given(references(), queues(least=3))
def test_the_day_would_be_free_without_those_named_and_where_nobody_is_named_it_never_is(
    given: Reference, week: list[Request]
) -> None:
    allocation = plan(week, given)
    for each, obstacle in obstacles(allocation):
        travel = given.regions[each.request.region].travel_days
        # The obstacle names the days that are blocked; the trip may have set out before them.
        free = {
            _free_without_holders(given, allocation, each, obstacle, obstacle.first - timedelta(n))
            for n in range(travel + 1)
        }
        assert bool(obstacle.holders) in free, obstacle


def _free_without_holders(
    given: Reference,
    allocation: Allocation,
    each: Visit | Unplaced,
    obstacle: Obstacle,
    start: date,
) -> bool:
    """Whether the trip could start that day, for its reason, if the holders were not there."""
    travel = given.regions[each.request.region].travel_days
    spanned = tuple(start + timedelta(days=n) for n in range(travel + 1))
    others = [
        held(visit)
        for visit in allocation.visits
        if visit.ranked.rank < each.ranked.rank
        and visit.request.number not in obstacle.holders
        and obstacle.holders
    ]
    problems = [
        broken(given, [*others, Booked(each.request, spanned, team.name)])
        for team in given.teams
        if team.can_sample(each.request.sample_type)
    ]
    if obstacle.reason is Reason.TEAM_FULL:
        return [] in problems
    return not all(OF_A_DAY[obstacle.reason] in found for found in problems)


@ANY_WEEK
@given(references(), queues())
def test_a_visit_is_moved_exactly_where_it_starts_after_its_proposal_and_then_has_a_cause(
    given: Reference, week: list[Request]
) -> None:
    for visit in plan(week, given).visits:
        proposed = visit.request.proposed
        moved = proposed is not None and visit.first > proposed
        assert (visit.status is Outcome.MOVED) == moved
        assert (visit.obstacle is not None) == moved
        if visit.obstacle and visit.obstacle.reason is Reason.DAY_OFF:
            skipped = (visit.first - proposed).days
            alone = Booked(visit.request, (), visit.team)
            for start in (proposed + timedelta(days=n) for n in range(skipped)):
                length = 1 + given.regions[visit.request.region].travel_days
                spanned = tuple(start + timedelta(days=n) for n in range(length))
                problems = broken(given, [replace(alone, days=spanned)])
                assert any(text.startswith("1 ") for text in problems), start


@ANY_WEEK
@given(references(), queues(least=2), st.integers(1, 8))
def test_visits_locked_last_week_count_like_better_ranked_ones(
    given: Reference, week: list[Request], cut: int
) -> None:
    assume(cut < len(week))
    together = plan(week, given)
    first = [v for v in together.visits if v.ranked.rank <= cut]
    served = {
        v.request.number for v in (*together.visits, *together.unplaced) if v.ranked.rank <= cut
    }
    rest = [r for r in week if r.number not in served]
    locked = [replace(visit, status=Outcome.LOCKED) for visit in reversed(first)]
    after = plan(rest, given, locked=locked)

    def dates(visits: Iterable[Visit]) -> dict[str, date]:
        return {v.request.number: v.first for v in visits}

    def nearest(allocation: Allocation) -> list[date]:
        rest = [u for u in allocation.unplaced if u.request.number not in served]
        return [u.nearest or date.max for u in rest]

    assert dates(first) | dates(after.visits) == dates(together.visits)
    # Locked visits do not change their teams for anybody any more.
    pairs = zip(nearest(after), nearest(together), strict=True)
    assert all(later >= earlier for later, earlier in pairs)
    if not exchanged(together):
        assert not exchanged(after)
        assert {v.request.number: v.team for v in first} | teams(after) == teams(together)


def test_days_and_teams_are_the_same_without_explanations() -> None:
    given = reference(
        teams=[team("Tim 1", None, 2, 9), team("Tim 2", ["Air Minum"], 2, 6)],
        regions=PLACES,
    )
    asked = [
        ask(
            place,
            8 + place % 9,
            region="Lingga" if place % 5 == 0 else "Batam",
            samples=1 + place % 4,
            deadline=june(24) if place % 7 == 0 else None,
        )
        for place in range(1, 90)
    ]
    ranked = rank(review(asked, given.policy, RUN_DATE).accepted, given.policy)
    told, bare = (allocate(ranked, given, RUN_DATE, explained=said) for said in (True, False))
    assert told.unplaced and any(visit.obstacle for visit in told.visits)

    def placed(week: Allocation) -> list[tuple[object, ...]]:
        return [
            (v.ranked.rank, v.first, v.last, v.team, v.status, v.team_changed_for)
            for v in week.visits
        ]

    assert placed(bare) == placed(told)
    assert [u.ranked.rank for u in bare.unplaced] == [u.ranked.rank for u in told.unplaced]
    assert not any(visit.obstacle or visit.also for visit in bare.visits)
