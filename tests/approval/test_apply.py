"""Management's word on visits: which day and team it gives them, and what cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.approval.apply import Applied, apply_decisions
from labkesmas_batch.findings import BREAKS_RULE, TOO_EARLY, TOO_LATE
from labkesmas_batch.model.decisions import Order, Verdict
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Accepted, Ranked, Visit
from tests.support.builders import RUN_DATE, policy, reference, region, request, team
from tests.support.models import june

CREW = reference(
    teams=[team("Tim 1"), team("Tim 2")], regions=[region("Batam"), region("Lingga", 2)]
)


def visit(
    of: Request, first: date, last: date | None = None, status: Outcome = Outcome.SCHEDULED
) -> Visit:
    ranked = Ranked(1, Accepted(of, first, first, None), of.received_on, None, None)
    return Visit(ranked, first, last or first, "Tim 1", status, None)


def word(number: str = "P-1", **fields: Any) -> Order:
    cells = {"Keputusan": "S2", "Tanggal Baru": "T2", "Tim Baru": "U2"}
    given = {"verdict": Verdict.CHANGED, "day": None, "team": "", "note": ""} | fields
    return Order(number, sheet="Jadwal", cells=cells, **given)


def decided(visits: Sequence[Visit], *orders: Order, given: Reference = CREW) -> Applied:
    return apply_decisions(
        [each for each in visits if each.status is not Outcome.LOCKED],
        [],
        [each for each in visits if each.status is Outcome.LOCKED],
        orders,
        given,
        RUN_DATE,
        lambda held: allocate((), given, RUN_DATE, held).conflicts,
        "jadwal.xlsx",
    )


def moved_to(day: date, **fields: Any) -> list[str]:
    """The codes of what is wrong where a visit of 22 June is moved to that day."""
    of = request("P-1", **{"received": june(1), "sample_type": "Air Minum"} | fields)
    return [each.kind.code for each in decided([visit(of, june(22))], word(day=day)).findings]


def test_a_new_day_up_to_batas_akhir_is_taken_and_one_after_it_is_not():
    early = {"received": date(2026, 5, 1), "deadline": june(12)}
    assert moved_to(june(9), **early) == []
    assert moved_to(june(12), **early) == []
    assert moved_to(june(15), **early) == [TOO_LATE.code]


def test_a_new_day_within_the_lead_time_is_too_early():
    assert moved_to(june(10)) == [TOO_EARLY.code]


def test_a_waiver_lifts_the_lead_time_for_a_new_day_too():
    assert moved_to(june(4), waiver="12/KEP/2026") == []


def test_the_day_that_the_remedy_names_is_taken():
    assert moved_to(june(10), received=date(2026, 5, 20)) == []
    assert moved_to(june(9), received=date(2026, 5, 20)) == [TOO_EARLY.code]


@pytest.mark.parametrize(("horizon", "codes"), [(21, []), (20, [TOO_LATE.code])])
def test_a_new_day_on_the_last_day_of_the_plan_is_taken(horizon: int, codes: list[str]):
    given = replace(CREW, policy=policy(horizon_days=horizon))
    of = request("P-1", june(1))
    done = decided([visit(of, june(22))], word(day=june(22)), given=given)
    assert [each.kind.code for each in done.findings] == codes


def test_another_team_alone_leaves_the_days_of_a_trip():
    trip = visit(request("P-1", date(2026, 5, 1), region="Lingga"), june(8), june(10))
    (done,) = decided([trip], word(team="Tim 2")).fixed
    assert (done.first, done.last, done.team) == (june(8), june(10), "Tim 2")


def test_a_moved_trip_keeps_its_length_where_its_wilayah_left_the_reference():
    trip = visit(request("P-1", date(2026, 5, 1), region="Pulau Lain"), june(8), june(10))
    (done,) = decided([trip], word(day=june(15))).fixed
    assert (done.first, done.last) == (june(15), june(17))


def test_a_visit_that_is_moved_later_than_asked_for_counts_as_moved():
    asked = visit(request("P-1", date(2026, 5, 1), proposed=june(8)), june(8))
    (same,) = decided([asked], word(day=june(8))).fixed
    (later,) = decided([asked], word(day=june(9))).fixed
    assert (same.status, later.status) == (Outcome.SCHEDULED, Outcome.MOVED)


def test_what_breaks_a_rule_names_its_request_and_nobody_who_is_not_there():
    alone = visit(request("P-1", date(2026, 5, 1)), june(8))
    (found,) = decided([alone], word(day=june(13))).findings
    assert found.kind is BREAKS_RULE
    assert found.value == "P-1"
    assert "bersama ." not in found.problem and "bersama " not in found.problem
    assert found.cell == "T2"


def test_a_locked_visit_without_a_word_stays_and_one_that_is_cancelled_goes():
    stays = visit(request("P-1", date(2026, 5, 1)), june(8), status=Outcome.LOCKED)
    goes = visit(request("P-2", date(2026, 5, 1)), june(9), status=Outcome.LOCKED)
    done = decided([stays, goes], word("P-2", verdict=Verdict.CANCELLED))
    assert [each.request.number for each in done.locked] == ["P-1"]
    assert [each.number for each, _ in done.set_aside] == ["P-2"]
    assert done.free
