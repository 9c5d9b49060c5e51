"""Step 7: the order between customers, clause by clause, and its properties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import combinations, pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkesmas_batch.model.policy import Policy, Rule, SilentZone
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Ranked
from labkesmas_batch.precedence.clauses import clause, effective_date
from labkesmas_batch.precedence.rank import rank
from labkesmas_batch.text.names import natural
from tests.support.builders import policy, request, reviewed

FIRST_COME = policy(silent_zone=SilentZone.FIRST_COME)
INTERNAL_FIRST = policy(silent_zone=SilentZone.INTERNAL)
ZONES = pytest.mark.parametrize("rules", [FIRST_COME, INTERNAL_FIRST], ids=lambda p: p.silent_zone)
START = date(2026, 5, 1)


def external(number: str = "E", day: float = 0) -> Request:
    return request(number, START + timedelta(days=day), "Eksternal")


def internal(number: str = "I", day: float = 0) -> Request:
    return request(number, START + timedelta(days=day), "Internal")


def ordered(requests: Iterable[Request], rules: Policy = FIRST_COME) -> tuple[Ranked, ...]:
    return rank([reviewed(each) for each in requests], rules)


def numbers(requests: Iterable[Request], rules: Policy = FIRST_COME) -> list[str]:
    return [ranked.request.number for ranked in ordered(requests, rules)]


def decided(days_later: int, rules: Policy) -> tuple[str, Rule | None]:
    """Who goes first when the internal request comes so many days later, and by which rule."""
    first, _ = ordered([external(), internal(day=days_later)], rules)
    return first.request.number, first.below


@ZONES
def test_internal_goes_first_when_it_came_seven_days_later(rules: Policy) -> None:
    assert decided(7, rules) == ("I", Rule.CLAUSE_7A)


@pytest.mark.parametrize("days", [8, 13])
def test_external_goes_first_after_8_to_13_days_where_first_come_fills_the_gap(days: int) -> None:
    assert decided(days, FIRST_COME) == ("E", Rule.SILENT)


@pytest.mark.parametrize("days", [8, 13])
def test_internal_goes_first_after_8_to_13_days_where_the_gap_is_internals(days: int) -> None:
    assert decided(days, INTERNAL_FIRST) == ("I", Rule.SILENT)


@ZONES
def test_external_goes_first_when_it_came_fourteen_days_earlier(rules: Policy) -> None:
    assert decided(14, rules) == ("E", Rule.CLAUSE_7B)


@ZONES
def test_internal_goes_first_when_both_came_on_the_same_day(rules: Policy) -> None:
    assert decided(0, rules) == ("I", Rule.CLAUSE_7A)


@ZONES
def test_internal_goes_first_as_first_come_when_it_is_the_older_one(rules: Policy) -> None:
    assert decided(-1, rules) == ("I", Rule.ORDER)


def test_the_days_between_are_calendar_days_whatever_the_time_of_day() -> None:
    early = replace(external(), received=datetime(2026, 5, 1, 0, 1))
    late = replace(internal(), received=datetime(2026, 5, 8, 23, 59))
    assert numbers([early, late]) == ["I", "E"]
    early = replace(external(), received=datetime(2026, 5, 1, 23, 59))
    late = replace(internal(), received=datetime(2026, 5, 9, 0, 1))
    assert numbers([early, late]) == ["E", "I"]


def test_other_numbers_in_ketentuan_move_both_boundaries() -> None:
    rules = policy(internal_gap=2, external_gap=4)
    got = [decided(days, rules) for days in (2, 3, 4)]
    assert got == [("I", Rule.CLAUSE_7A), ("E", Rule.SILENT), ("E", Rule.CLAUSE_7B)]


def test_where_no_day_lies_between_the_clauses_both_settings_agree() -> None:
    for zone in SilentZone:
        rules = policy(internal_gap=7, external_gap=8, silent_zone=zone)
        got = [decided(days, rules) for days in (7, 8)]
        assert got == [("I", Rule.CLAUSE_7A), ("E", Rule.CLAUSE_7B)]


def test_first_come_inside_a_week_makes_no_cycle_with_7a() -> None:
    week = [external("E-0", 0), internal("I-1", 1), internal("I-7", 7)]
    assert numbers(week) == ["I-1", "I-7", "E-0"]


@pytest.mark.parametrize("kind", ["Internal", "Eksternal"])
def test_within_a_class_the_earlier_date_goes_first(kind: str) -> None:
    week = [request("P-1", "2026-05-02", kind), request("P-2", "2026-05-01", kind)]
    assert numbers(week) == ["P-2", "P-1"]
    assert ordered(week)[0].below is Rule.ORDER


def test_on_one_date_the_time_of_day_decides_before_the_number() -> None:
    week = [request("P-1", "2026-05-01T10:00"), request("P-2", "2026-05-01T09:59")]
    assert numbers(week) == ["P-2", "P-1"]
    assert ordered(week)[0].below is Rule.SERIES


def test_on_one_date_the_numbers_stand_in_natural_order() -> None:
    week = [external(number) for number in ("P-10", "P-9", "P-2", "Lab/7-3", "P-10a", "P-1b2")]
    assert numbers(week) == ["Lab/7-3", "P-1b2", "P-2", "P-9", "P-10", "P-10a"]


def test_natural_order_knows_neither_case_nor_leading_zeros() -> None:
    assert natural("P-007b") == natural("p-7B")
    week = [external(number) for number in ("p-3", "P-0002", "P-1")]
    assert numbers(week) == ["P-1", "P-0002", "p-3"]


def test_numbers_alike_in_natural_order_still_have_one_order() -> None:
    week = [external(number) for number in ("P-7", "P-007", "p-7")]
    assert numbers(week) == numbers(reversed(week)) == ["P-007", "P-7", "p-7"]


def test_internal_goes_before_external_where_the_effective_dates_are_equal() -> None:
    week = [external("A", 0), internal("B", 7)]
    assert {r.effective for r in ordered(week)} == {START}
    assert numbers(week) == ["B", "A"]


def test_a_very_long_number_has_a_place_too() -> None:
    assert numbers([external("P-" + "9" * 5000), external("P-1")])[0] == "P-1"


def test_an_internal_request_counts_from_seven_days_earlier() -> None:
    assert effective_date(internal(day=7), FIRST_COME) == START
    assert effective_date(external(day=7), FIRST_COME) == START + timedelta(days=7)


def test_an_internal_request_counts_from_13_days_earlier_where_the_gap_is_internals() -> None:
    assert effective_date(internal(day=13), INTERNAL_FIRST) == START


def test_nothing_to_rank_gives_nothing() -> None:
    assert ordered([]) == ()


def test_an_only_request_has_rank_1_and_no_clause() -> None:
    (alone,) = ordered([external()])
    assert (alone.rank, alone.above, alone.below, alone.clause) == (1, None, None, None)


def test_each_request_names_the_rules_towards_both_its_neighbours() -> None:
    week = [internal("I", 7), external("E-1", 0), external("E-2", 1)]
    got = [(r.rank, r.request.number, r.above, r.below, r.clause) for r in ordered(week)]
    assert got == [
        (1, "I", None, Rule.CLAUSE_7A, Rule.CLAUSE_7A),
        (2, "E-1", Rule.CLAUSE_7A, Rule.ORDER, Rule.CLAUSE_7A),
        (3, "E-2", Rule.ORDER, None, Rule.ORDER),
    ]


def test_the_clause_between_two_does_not_depend_on_who_is_named_first() -> None:
    for days in (-1, 0, 7, 8, 13, 14):
        one, other = external(), internal(day=days)
        assert clause(one, other, FIRST_COME) is clause(other, one, FIRST_COME)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    inner = draw(st.integers(0, 9))
    return policy(
        internal_gap=inner,
        external_gap=inner + draw(st.integers(1, 9)),
        silent_zone=draw(st.sampled_from(SilentZone)),
    )


@st.composite
def weeks(draw: st.DrawFn) -> list[Request]:
    """Up to a dozen requests of 25 days, many on one date, their numbers easily confused."""
    names = st.builds(
        "{}{}{}".format,
        st.sampled_from(["P-", "p-"]),
        st.sampled_from(["1", "2", "02", "9", "10", "010"]),
        st.sampled_from(["", "a", "B"]),
    )
    moments = st.builds(
        lambda day, clock: datetime(2026, 5, 1) + timedelta(days=day, hours=clock),
        st.integers(0, 24),
        st.sampled_from([0, 0, 8, 15]),
    )
    return [
        request(number, draw(moments), draw(st.sampled_from(["Internal", "Eksternal"])))
        for number in draw(st.lists(names, unique=True, max_size=12))
    ]


def winner(one: Request, other: Request, rules: Policy) -> Request | None:
    """What the SOP says about two requests; None where R-SERI decides."""
    if one.customer_class is other.customer_class:
        if one.received_on == other.received_on:
            return None
        return min(one, other, key=lambda r: r.received_on)
    inside, outside = (one, other) if one.internal else (other, one)
    later = (inside.received_on - outside.received_on).days
    if later <= rules.internal_gap:
        return inside
    if later >= rules.external_gap:
        return outside
    return inside if rules.silent_zone is SilentZone.INTERNAL else outside


@given(weeks(), policies())
def test_the_order_agrees_with_7a_and_7b_on_every_pair(week: list[Request], rules: Policy) -> None:
    for upper, lower in combinations([r.request for r in ordered(week, rules)], 2):
        first = winner(upper, lower, rules)
        if first is None:
            assert upper.received <= lower.received
            if upper.received == lower.received:
                assert natural(upper.number) <= natural(lower.number)
        else:
            assert first is upper


@given(weeks(), policies())
def test_ranks_run_from_1_and_every_request_has_one(week: list[Request], rules: Policy) -> None:
    order = ordered(week, rules)
    assert [r.rank for r in order] == list(range(1, len(week) + 1))
    assert sorted(map(id, week)) == sorted(id(r.request) for r in order)


@given(weeks().filter(bool), policies())
def test_the_rules_named_are_those_between_the_neighbours(
    week: list[Request], rules: Policy
) -> None:
    order = ordered(week, rules)
    between = [clause(a.request, b.request, rules) for a, b in pairwise(order)]
    assert [r.above for r in order] == [None, *between]
    assert [r.below for r in order] == [*between, None]


@given(weeks(), policies(), st.randoms(use_true_random=False))
def test_the_row_order_does_not_matter(week: list[Request], rules: Policy, rng: Random) -> None:
    shuffled = list(week)
    rng.shuffle(shuffled)
    assert ordered(week, rules) == ordered(shuffled, rules)


@given(weeks().filter(bool), policies(), st.integers(0, 100), st.integers(1, 30))
def test_an_earlier_request_date_never_worsens_ones_own_rank(
    week: list[Request], rules: Policy, at: int, days: int
) -> None:
    mine = week[at % len(week)]
    sooner = replace(mine, received=mine.received - timedelta(days=days))
    before = numbers(week, rules).index(mine.number)
    after = numbers([sooner if r is mine else r for r in week], rules).index(mine.number)
    assert after <= before


@given(weeks(), policies())
def test_no_external_is_overtaken_by_an_internal_that_came_selisih_eksternal_later(
    week: list[Request], rules: Policy
) -> None:
    for upper, lower in combinations([r.request for r in ordered(week, rules)], 2):
        if upper.internal and not lower.internal:
            assert (upper.received_on - lower.received_on).days < rules.external_gap
