"""Step 6: the lead time of three weeks, the waiver, and the day that a request asks for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkesmas_batch.intake.review import review
from labkesmas_batch.model.policy import Policy, ShortLead
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Accepted, Reason, Returned
from tests.support.builders import RUN_DATE, policy, request
from tests.support.models import june

RECEIVED = date(2026, 5, 20)
COMPLIANT = date(2026, 6, 10)  # 21 days later
SHIFT = policy(short_lead=ShortLead.SHIFT)
BOTH = pytest.mark.parametrize("rules", [policy(), SHIFT], ids=["kembalikan", "geser"])


def asked(
    proposed: date | None = None, received: date | str = RECEIVED, waiver: str = ""
) -> Request:
    return request(received=received, proposed=proposed, waiver=waiver)


def accepted(one: Request, rules: Policy | None = None, run_date: date = RUN_DATE) -> Accepted:
    result = review([one], rules or policy(), run_date)
    assert result.returned == ()
    return result.accepted[0]


def returned(one: Request) -> Returned:
    result = review([one], policy(), RUN_DATE)
    assert result.accepted == ()
    return result.returned[0]


def test_a_proposal_20_days_after_the_request_is_returned_one_day_short() -> None:
    back = returned(asked(COMPLIANT - timedelta(days=1)))
    assert (back.days_short, back.nearest) == (1, COMPLIANT)


def test_a_proposal_on_the_day_of_the_request_is_returned_21_days_short() -> None:
    back = returned(asked(RECEIVED))
    assert (back.days_short, back.nearest) == (21, COMPLIANT)


@BOTH
@pytest.mark.parametrize("days", [21, 22])
def test_a_proposal_21_or_more_days_after_the_request_is_planned_for_its_day(
    days: int, rules: Policy
) -> None:
    proposed = RECEIVED + timedelta(days=days)
    reviewed = accepted(asked(proposed), rules)
    assert (reviewed.earliest, reviewed.target, reviewed.shift) == (COMPLIANT, proposed, None)


def test_lead_time_is_counted_in_whole_days_whatever_the_time_of_day() -> None:
    reviewed = accepted(asked(COMPLIANT, "2026-05-20T23:59"))
    assert (reviewed.target, reviewed.shift) == (COMPLIANT, None)


def test_lead_time_counts_calendar_days_so_the_earliest_date_may_be_a_sunday() -> None:
    assert accepted(asked(received="2026-05-24")).earliest == june(14)


def test_a_returned_request_is_to_ask_for_its_compliant_date() -> None:
    assert returned(asked(june(9))).ask_from == COMPLIANT


def test_a_returned_request_is_to_ask_for_a_day_still_to_come() -> None:
    # Compliant from 25 May on, which has passed on 1 June: the first visit is on 2 June.
    back = returned(asked(date(2026, 5, 24), "2026-05-04"))
    assert (back.days_short, back.nearest, back.ask_from) == (1, date(2026, 5, 25), june(2))


def test_another_lead_time_moves_the_boundary() -> None:
    result = review([asked(COMPLIANT)], policy(lead_days=22), RUN_DATE)
    assert [(r.days_short, r.nearest) for r in result.returned] == [(1, june(11))]


def returned_numbers(*requests: Request) -> list[str]:
    return [back.request.number for back in review(requests, policy(), RUN_DATE).returned]


def short_of_time(number: str, received: str = "2026-05-20") -> Request:
    return request(number, received, proposed=june(1))


def test_returned_requests_stand_by_date_and_number_whatever_the_order_of_the_rows() -> None:
    week = [
        short_of_time("P-10"),
        short_of_time("P-2"),
        short_of_time("P-99", "2026-05-19"),
        short_of_time("P-1", "2026-05-20T08:00"),
    ]
    assert returned_numbers(*week) == ["P-99", "P-2", "P-10", "P-1"]
    assert returned_numbers(*reversed(week)) == ["P-99", "P-2", "P-10", "P-1"]


def test_returned_requests_whose_numbers_are_alike_stand_in_one_order_too() -> None:
    one, other = short_of_time("P-7"), short_of_time("P-007")
    assert returned_numbers(one, other) == returned_numbers(other, one)


def test_with_geser_an_early_proposal_is_planned_from_the_compliant_date_and_says_so() -> None:
    reviewed = accepted(asked(COMPLIANT - timedelta(days=1)), SHIFT)
    assert (reviewed.target, reviewed.shift) == (COMPLIANT, Reason.SHORT_LEAD)


def test_with_geser_a_compliant_date_that_has_passed_makes_the_proposal_passed() -> None:
    reviewed = accepted(asked(june(8)), SHIFT, run_date=june(10))
    assert (reviewed.target, reviewed.shift) == (june(11), Reason.PROPOSAL_PASSED)


@BOTH
def test_a_waiver_exempts_from_the_lead_time(rules: Policy) -> None:
    reviewed = accepted(asked(june(3), waiver="DSP/1"), rules)
    assert (reviewed.earliest, reviewed.target, reviewed.shift) == (RECEIVED, june(3), None)


@BOTH
def test_a_waived_request_is_not_returned_even_for_a_day_before_it_was_made(rules: Policy) -> None:
    odd = asked(RECEIVED - timedelta(days=1), waiver="DSP/1")
    assert accepted(odd, rules).target == june(2)


def test_a_waiver_without_a_proposal_asks_for_the_first_possible_day() -> None:
    assert accepted(asked(waiver="DSP/1")).target == june(2)


def test_a_waived_request_is_never_said_to_lack_lead_time() -> None:
    odd = asked(RECEIVED - timedelta(days=1), waiver="DSP/1")
    reviewed = accepted(odd, policy(issue_days=0), run_date=RECEIVED)
    assert reviewed.shift is not Reason.SHORT_LEAD


def test_a_request_without_proposal_asks_for_the_earliest_compliant_date() -> None:
    reviewed = accepted(asked())
    assert (reviewed.target, reviewed.shift) == (COMPLIANT, None)


def test_a_request_without_proposal_whose_date_has_passed_asks_for_the_day_after_the_run() -> None:
    reviewed = accepted(asked(received="2026-05-04"))
    assert (reviewed.target, reviewed.shift) == (june(2), None)


def test_a_proposal_on_the_first_day_after_jeda_is_kept() -> None:
    reviewed = accepted(asked(june(2), "2026-05-04"))
    assert (reviewed.target, reviewed.shift) == (june(2), None)


def test_a_proposal_on_the_run_date_has_passed() -> None:
    reviewed = accepted(asked(june(1), "2026-05-04"))
    assert (reviewed.target, reviewed.shift) == (june(2), Reason.PROPOSAL_PASSED)


@pytest.mark.parametrize("jeda", [0, 1, 3])
def test_jeda_terbit_sets_the_first_day_after_the_run(jeda: int) -> None:
    rules = policy(issue_days=jeda)
    assert accepted(asked(received="2026-05-04"), rules).target == june(1 + jeda)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    received = RUN_DATE - timedelta(days=draw(st.integers(0, 40)))
    late = draw(st.none() | st.integers(0, 60))
    proposed = None if late is None else received + timedelta(days=late)
    return asked(proposed, received, draw(st.sampled_from(["", "", "DSP/1"])))


@given(
    st.lists(requests(), max_size=8),
    st.integers(0, 30),
    st.sampled_from(ShortLead),
    st.integers(0, 3),
)
def test_each_request_is_either_accepted_or_returned_and_never_planned_too_early(
    week: list[Request], lead: int, short_lead: ShortLead, jeda: int
) -> None:
    rules = policy(lead_days=lead, short_lead=short_lead, issue_days=jeda)
    result = review(week, rules, RUN_DATE)
    after = [r.request for r in (*result.accepted, *result.returned)]
    assert sorted(map(id, after)) == sorted(map(id, week))
    for reviewed in result.accepted:
        one = reviewed.request
        assert reviewed.target >= RUN_DATE + timedelta(days=jeda)
        assert one.waiver or reviewed.target >= one.received_on + timedelta(days=lead)
        assert one.proposed is None or reviewed.target >= one.proposed
        moved = one.proposed is not None and reviewed.target > one.proposed
        assert (reviewed.shift is not None) == moved
    for back in result.returned:
        assert back.days_short >= 1
        assert short_lead is ShortLead.RETURN
        assert not back.request.waiver
        assert back.ask_from == max(back.nearest, RUN_DATE + timedelta(days=jeda))
        assert back.request.proposed == back.nearest - timedelta(days=back.days_short)
