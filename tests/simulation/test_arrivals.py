"""Made-up weeks of requests: drawn from the seed alone, like the history, and none is lost."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from statistics import fmean, pvariance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkesmas_batch.model.requests import CustomerClass, Request
from labkesmas_batch.simulation.arrivals import from_history, from_rate, joined
from labkesmas_batch.simulation.types import SimulatedWeek
from tests.support.builders import policy, reference, region, request, sample_type
from tests.support.dump import ROOT

MONDAY = date(2026, 6, 1)
WEEK = timedelta(days=7)
GIVEN = reference(
    regions=[region("Batam"), region("Lingga", 1)],
    sample_types=[sample_type("Air Minum"), sample_type("Udara Ambien"), sample_type("Usap")],
)
HISTORY = (
    request("A-1", "2025-03-03T09:30", "Internal", proposed="2025-03-28", deadline="2025-04-04",
            region="Lingga", samples=7, waiver="DSP/1", customer="Instalasi A"),
    request("A-2", "2025-03-07", proposed="2025-03-01"),
    request("A-3", "2025-03-09T23:59", sample_type="Udara Ambien"),  # a Sunday
    # No request in the three weeks between.
    request("A-4", "2025-03-31", deadline="2025-05-01", samples=2),
)  # fmt: skip


def drawn(
    weeks: int = 200, seed: int = 1, history: tuple[Request, ...] = HISTORY, monday: date = MONDAY
) -> tuple[SimulatedWeek, ...]:
    return from_history(history, monday, weeks, seed)


def rated(
    rate: float = 3.0,
    weeks: int = 200,
    seed: int = 1,
    pattern: tuple[Request, ...] = (),
    share: float = 0.5,
) -> tuple[SimulatedWeek, ...]:
    return from_rate(GIVEN, pattern, rate, share, MONDAY, weeks, seed)


def every(weeks: tuple[SimulatedWeek, ...]) -> list[Request]:
    return [each for week in weeks for each in week.requests]


@pytest.mark.parametrize("draw", [drawn, rated, lambda **seed: rated(pattern=HISTORY, **seed)],
                         ids=["history", "rate", "rate like history"])  # fmt: skip
def test_the_same_seed_draws_the_same_weeks_and_another_seed_others(draw: object):
    assert draw(seed=5) == draw(seed=5)
    assert draw(seed=5) != draw(seed=6)


def test_a_process_of_its_own_draws_the_same_weeks():
    """No hash order, no clock: what was drawn on one machine is drawn on another."""
    script = (
        "from tests.simulation.test_arrivals import drawn, rated, HISTORY\n"
        "print([drawn(9, 4), rated(2.5, 9, 4), rated(2.5, 9, 4, HISTORY)])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert said == {f"{[drawn(9, 4), rated(2.5, 9, 4), rated(2.5, 9, 4, HISTORY)]}\n"}


def test_a_longer_simulation_begins_with_the_weeks_of_a_shorter_one():
    assert drawn(50)[:20] == drawn(20)
    assert rated(weeks=50)[:20] == rated(weeks=20)


@pytest.mark.parametrize("weeks", [drawn(30), rated(weeks=30), rated(weeks=30, pattern=HISTORY)],
                         ids=["history", "rate", "rate like history"])  # fmt: skip
def test_the_weeks_follow_one_another_and_are_planned_on_the_monday_after(
    weeks: tuple[SimulatedWeek, ...],
):
    assert [week.run_date for week in weeks] == [MONDAY + n * WEEK for n in range(1, 31)]
    for week in weeks:
        assert all(
            week.run_date - WEEK <= each.received_on < week.run_date for each in week.requests
        )


@pytest.mark.parametrize("weeks", [drawn(400), rated(8.0), rated(8.0, pattern=HISTORY)],
                         ids=["history", "rate", "rate like history"])  # fmt: skip
def test_no_number_is_drawn_twice(weeks: tuple[SimulatedWeek, ...]):
    numbers = [each.number for each in every(weeks)]
    assert len(numbers) > 300
    assert len(numbers) == len(set(numbers))


def test_numbers_stay_apart_whatever_the_history_calls_them():
    odd = tuple(
        request(number, "2025-03-03") for number in ("1", "-1", "1-1", "W1-1", "11-1", "W1-W1-1")
    )
    numbers = [each.number for each in every(drawn(120, history=odd))]
    assert len(numbers) == len(set(numbers)) == 720


def test_a_drawn_request_is_one_of_the_history_moved_by_whole_weeks():
    by_number = {each.number: each for each in HISTORY}
    for each in every(drawn()):
        source = by_number[each.number.partition("-")[2]]
        moved = each.received - source.received
        assert moved % WEEK == timedelta()
        assert each == replace(
            source,
            number=each.number,
            received=source.received + moved,
            proposed=source.proposed and source.proposed + moved,
            deadline=source.deadline and source.deadline + moved,
        )


def test_a_history_keeps_time_of_day_weekday_and_the_days_between_its_dates():
    found = {each.number.partition("-")[2]: each for each in every(drawn())}
    first = found["A-1"]
    assert first.received.time() == datetime(2025, 3, 3, 9, 30).time()
    assert first.received_on.weekday() == 0
    assert first.proposed - first.received_on == timedelta(days=25)
    assert first.deadline - first.proposed == timedelta(days=7)
    assert (found["A-2"].proposed - found["A-2"].received_on).days == -6
    assert found["A-3"].received_on.weekday() == 6
    assert (found["A-3"].proposed, found["A-3"].deadline) == (None, None)


def test_a_week_is_drawn_whole_or_not_at_all():
    sizes = Counter(
        tuple(sorted(each.number.partition("-")[2] for each in week.requests)) for week in drawn()
    )
    assert set(sizes) == {("A-1", "A-2", "A-3"), ("A-4",), ()}


def test_weeks_without_a_request_count_and_each_week_is_as_likely():
    sizes = Counter(len(week.requests) for week in drawn(4000, seed=3))
    # Five weeks, of which three are empty: see HISTORY.
    assert sizes[0] == pytest.approx(2400, abs=130)
    assert sizes[1] == pytest.approx(800, abs=130)
    assert sizes[3] == pytest.approx(800, abs=130)


def test_every_week_between_the_first_and_the_last_of_the_history_can_be_drawn():
    long_ago = (request("A", "2025-01-01"), request("B", "2025-12-31"))
    weeks = drawn(3000, history=long_ago, seed=2)
    # 53 Mondays from 30 December 2024 to 29 December 2025.
    assert len(every(weeks)) / 3000 == pytest.approx(2 / 53, rel=0.25)


def test_a_history_of_one_request_is_drawn_every_week():
    assert [len(week.requests) for week in drawn(30, history=HISTORY[:1])] == [1] * 30


def test_the_order_of_the_history_draws_the_same_requests():
    one, other = drawn(60), drawn(60, history=HISTORY[::-1])
    assert [set(week.requests) for week in one] == [set(week.requests) for week in other]


@given(st.integers(0, 10**6), st.integers(1, 30), st.dates(date(2025, 1, 1), date(2030, 1, 1)))
def test_no_request_of_a_drawn_week_is_lost(seed: int, weeks: int, monday: date):
    monday -= timedelta(days=monday.weekday())
    sizes = {0: 0, 3: 3, 1: 1}
    for week in drawn(weeks, seed, monday=monday):
        assert len(week.requests) in sizes
        names = {each.number.partition("-")[2] for each in week.requests}
        assert len(names) == len(week.requests)
        assert names in ({"A-1", "A-2", "A-3"}, {"A-4"}, set())


@pytest.mark.parametrize("rate", [0.1, 0.5, 3.0, 20.0, 49.9, 50.0, 50.1, 120.0, 260.0])
def test_the_requests_of_a_week_have_the_mean_and_the_spread_of_a_poisson_number(rate: float):
    weeks = min(3000, int(40_000 / rate))
    counts = [len(week.requests) for week in rated(rate, weeks=weeks, seed=11)]
    error = (rate / weeks) ** 0.5
    assert fmean(counts) == pytest.approx(rate, abs=3 * error)
    # The variance of a Poisson number is its mean.
    assert pvariance(counts) == pytest.approx(rate, rel=0.35)


def test_a_small_rate_leaves_weeks_empty_as_often_as_it_should():
    counts = Counter(len(week.requests) for week in rated(0.5, weeks=4000, seed=2))
    assert counts[0] / 4000 == pytest.approx(0.6065, abs=0.03)
    assert counts[1] / 4000 == pytest.approx(0.3033, abs=0.03)


def test_a_rate_draws_working_days_alone_and_all_of_them():
    days = Counter(each.received_on.weekday() for each in every(rated(10.0)))
    assert sorted(days) == [0, 1, 2, 3, 4]
    assert min(days.values()) > 0.8 * max(days.values())


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_the_share_of_internal_customers_is_the_one_asked_for(share: float):
    found = every(rated(10.0, share=share, seed=4))
    internal = sum(each.customer_class is CustomerClass.INTERNAL for each in found)
    assert internal / len(found) == pytest.approx(share, abs=0.04)


def test_without_a_pattern_every_place_and_kind_is_drawn_alike_and_the_lead_time_is_kept():
    found = every(rated(10.0))
    assert set(Counter(each.region for each in found)) == {"Batam", "Lingga"}
    kinds = Counter(each.sample_type for each in found)
    assert set(kinds) == {"Air Minum", "Udara Ambien", "Usap"}
    assert min(kinds.values()) > 0.85 * max(kinds.values())
    assert {each.samples for each in found} == set(range(1, 9))
    leads = {(each.proposed - each.received_on).days for each in found}
    assert leads == set(range(21, 36))


def test_the_lead_time_drawn_is_that_of_the_reference():
    short = replace(GIVEN, policy=policy(lead_days=3))
    found = every(from_rate(short, (), 10.0, 0.5, MONDAY, 100, 1))
    assert min((each.proposed - each.received_on).days for each in found) == 3


def test_a_pattern_gives_everything_but_number_and_day():
    def key(each: Request) -> tuple[object, ...]:
        return each.region, each.sample_type, each.samples

    by_key = {key(each): each for each in HISTORY}
    assert len(by_key) == 4
    drawn_from: Counter[str] = Counter()
    found = every(rated(5.0, pattern=HISTORY, share=1.0))
    for each in found:
        source = by_key[key(each)]
        drawn_from[source.number] += 1
        moved = timedelta(days=(each.received_on - source.received_on).days)
        assert each == replace(
            source,
            number=each.number,
            received=source.received + moved,
            proposed=source.proposed and source.proposed + moved,
            deadline=source.deadline and source.deadline + moved,
        )
    assert {name: count / len(found) for name, count in drawn_from.items()} == {
        each.number: pytest.approx(0.25, abs=0.05) for each in HISTORY
    }


def test_numbers_that_two_files_share_become_distinct_and_the_rest_stays():
    first = [replace(request("1", "2025-03-03"), file="2025.xlsx"), request("2", "2025-03-04")]
    second = [
        replace(request("1", "2026-03-03"), file="2026.xlsx", row=7),
        request("3", "2026-03-04"),
    ]
    found = joined([first, second])
    assert [each.number for each in found] == ["1", "2", "1 (2026.xlsx)", "3"]
    assert found[2] == replace(second[0], number="1 (2026.xlsx)")


def test_the_same_row_in_two_files_is_one_request():
    one = replace(request("1", "2025-03-03"), file="a.xlsx", row=2)
    assert joined([[one], [replace(one, file="b.xlsx", row=9)]]) == (one,)
