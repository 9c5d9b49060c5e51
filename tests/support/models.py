"""The middle of the line on objects in memory: review, rank and allocate in one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.findings import Finding
from labkesmas_batch.intake.review import review
from labkesmas_batch.model.plan import Plan
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import Request, RowOnHold
from labkesmas_batch.model.schedule import Allocation, Unplaced, Visit
from labkesmas_batch.model.week import Facts, Source, Week
from labkesmas_batch.planning.summary import summarize
from labkesmas_batch.planning.utilization import utilize
from labkesmas_batch.precedence.rank import rank
from labkesmas_batch.precedence.self_test import self_test
from labkesmas_batch.precedence.silent_zone import zone_effects
from tests.support.builders import RUN_DATE, reference

# RUN_DATE is Monday, 1 June 2026: 6 and 7, 13 and 14 June are weekends.


def june(day: int) -> date:
    return date(2026, 6, day)


def plan(
    requests: Iterable[Request],
    given: Reference | None = None,
    run_date: date = RUN_DATE,
    locked: Sequence[Visit] = (),
) -> Allocation:
    """Plan the requests that are not returned."""
    given = given or reference()
    accepted = review(requests, given.policy, run_date).accepted
    return allocate(rank(accepted, given.policy), given, run_date, locked)


def week_of(
    requests: Iterable[Request] = (),
    given: Reference | None = None,
    on_hold: Sequence[RowOnHold] = (),
    findings: Sequence[Finding] = (),
    packaged: bool = False,
) -> Week:
    """Everything that a run decides about the requests."""
    given, requests = given or reference(), tuple(requests)
    reviewed = review(requests, given.policy, RUN_DATE)
    ranked = rank(reviewed.accepted, given.policy)
    allocation = allocate(ranked, given, RUN_DATE)
    read = rank(reviewed.accepted, given.policy.other_reading)
    other = allocate(read, given, RUN_DATE)
    names = [team.name for team in given.teams]
    facts = Facts(
        run_date=RUN_DATE,
        intakes=(),
        reference_source=Source(Path("acuan.xlsx"), "acuan.xlsx", "", ""),
        packaged=packaged,
        requests=tuple(requests),
        repeated=frozenset(),
        on_hold=tuple(on_hold),
        findings=tuple(findings),
        examples=0,
        remark_rows=0,
        remarks=(),
    )
    planned = Plan(
        reference=given,
        accepted=reviewed.accepted,
        returned=reviewed.returned,
        by_key=tuple(each.reviewed for each in ranked),
        ranked=ranked,
        allocation=allocation,
        zone=zone_effects(ranked, allocation, other, given.policy),
    )
    return Week(
        facts=facts,
        plan=planned,
        loads=utilize(allocation, given),
        tests=self_test(ranked, ranked, ranked, given.policy),
        summary=summarize(
            allocation.visits, reviewed.returned, allocation.unplaced, on_hold, names
        ),
        findings=tuple(findings),
    )


def days(allocation: Allocation) -> dict[str, int]:
    """The day of June on which each visit starts, by request number."""
    return {visit.request.number: visit.first.day for visit in allocation.visits}


def teams(allocation: Allocation) -> dict[str, str]:
    """The team of each visit, by request number."""
    return {visit.request.number: visit.team for visit in allocation.visits}


def visit_of(allocation: Allocation, number: str) -> Visit:
    return next(visit for visit in allocation.visits if visit.request.number == number)


def unplaced_of(allocation: Allocation, number: str) -> Unplaced:
    return next(each for each in allocation.unplaced if each.request.number == number)
