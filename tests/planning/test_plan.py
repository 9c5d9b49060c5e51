"""A week planned, settled and described: each step leaves the one before as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.approval.apply import Applied, apply_decisions
from labkesmas_batch.model.decisions import Decisions, Order, SignOff, Verdict
from labkesmas_batch.model.history import NOTHING_KNOWN
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.plan import Plan
from labkesmas_batch.model.reference import PairDecision, Reference
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.week import Facts, Source
from labkesmas_batch.planning.describe import describe
from labkesmas_batch.planning.plan import plan, settle
from tests.support.builders import RUN_DATE, decision, policy, reference, request, team
from tests.support.models import june

# One visit a day: the order shows in the days.
ONE = reference(policy=policy(lead_days=0), teams=[team("Tim 1", visits_per_day=1)])
SIGNED = SignOff("Kepala Contoh", RUN_DATE)


def facts(*requests: Request) -> Facts:
    source = Source(Path("acuan.xlsx"), "acuan.xlsx", "", "")
    return Facts(RUN_DATE, (), source, False, requests, frozenset(), (), (), 0, 0, ())


THREE = facts(
    request("P-1", RUN_DATE),
    request("P-2", date(2026, 5, 30)),
    request("P-3", date(2026, 5, 29)),
)


def days(planned: Plan) -> dict[str, date]:
    return {visit.request.number: visit.first for visit in planned.visits}


def decided(draft: Plan, *orders: Order, given: Reference = ONE) -> Applied:
    return apply_decisions(
        draft.allocation.visits,
        [each.request for each in draft.allocation.unplaced],
        draft.locked,
        orders,
        given,
        RUN_DATE,
        lambda visits: allocate((), given, RUN_DATE, visits).conflicts,
        "jadwal.xlsx",
    )


def word(*orders: Order, pairs: tuple[PairDecision, ...] = ()) -> Decisions:
    return Decisions(orders, pairs, SIGNED, "")


def order(number: str, verdict: Verdict, day: date | None = None) -> Order:
    return Order(number, verdict, day, "", "", "Jadwal")


def test_a_plan_gives_days_in_the_order_of_the_key():
    drafted = plan(THREE, ONE, ())
    assert [each.request.number for each in drafted.ranked] == ["P-3", "P-2", "P-1"]
    assert days(drafted) == {"P-3": june(2), "P-2": june(3), "P-1": june(4)}
    assert (drafted.set_aside, drafted.approved) == ((), None)


def test_a_settled_plan_without_a_change_keeps_what_was_proposed():
    drafted = plan(THREE, ONE, ())
    agreed = order("P-2", Verdict.AGREED)
    settled = settle(drafted, THREE, word(agreed), decided(drafted, agreed))
    assert days(settled) == days(drafted)
    assert settled.approved == SIGNED
    assert drafted.approved is None


def test_what_a_postponed_visit_leaves_free_goes_to_the_next():
    drafted = plan(THREE, ONE, ())
    later = order("P-3", Verdict.POSTPONED)
    settled = settle(drafted, THREE, word(later), decided(drafted, later))
    assert days(settled) == {"P-2": june(2), "P-1": june(3)}
    assert [each.number for each, _ in settled.set_aside] == ["P-3"]
    assert "P-3" in {each.number for each in settled.reviewed}


def test_a_pair_that_was_decided_turns_the_order():
    drafted = plan(THREE, ONE, ())
    settled = settle(drafted, THREE, word(pairs=(decision("P-1", "P-3"),)), decided(drafted))
    numbers = [each.request.number for each in settled.ranked]
    assert numbers.index("P-1") < numbers.index("P-3")
    assert settled.reference.decisions


def test_a_week_speaks_of_the_plan_it_shows():
    drafted = plan(THREE, ONE, ())
    cancelled = order("P-2", Verdict.CANCELLED)
    settled = settle(drafted, THREE, word(cancelled), decided(drafted, cancelled))
    for planned in (drafted, settled):
        week = describe(planned, THREE, NOTHING_KNOWN)
        assert week.plan is planned
        assert week.summary.counts["terjadwal"] + week.summary.counts["digeser"] == len(
            planned.visits
        )
        assert sum(load.visits for load in week.loads) == len(planned.visits)
        assert all(holds for _, holds in week.tests)
    assert week.summary.counts["batal"] == 1


def test_a_locked_visit_holds_its_day_before_anything_is_placed():
    first = plan(facts(request("P-9", date(2026, 5, 29))), ONE, ())
    on_hold = tuple(replace(visit, status=Outcome.LOCKED) for visit in first.allocation.visits)
    drafted = plan(THREE, ONE, on_hold)
    assert days(drafted)["P-9"] == june(2)
    assert min(day for number, day in days(drafted).items() if number != "P-9") == june(3)
