"""Everything that is said of a plan: figures, loads, findings, changes against last time.

Workbooks, the record and ``explain`` speak of a Week alone, so they cannot speak of another plan
than the one they show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace

from labkesmas_batch import findings
from labkesmas_batch.explanation.days import clash
from labkesmas_batch.findings import Finding
from labkesmas_batch.model.history import REGISTER_NAME, History
from labkesmas_batch.model.plan import Plan
from labkesmas_batch.model.schedule import Allocation
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.model.week import Facts, Week
from labkesmas_batch.planning.causes import causes
from labkesmas_batch.planning.changes import decided, differences, outcomes
from labkesmas_batch.planning.summary import row_counts, summarize
from labkesmas_batch.planning.utilization import utilize
from labkesmas_batch.precedence.pair_decisions import decision_findings
from labkesmas_batch.precedence.rank import order
from labkesmas_batch.precedence.self_test import self_test
from labkesmas_batch.text.indonesian import listing


def describe(plan: Plan, facts: Facts, history: History) -> Week:
    """Bring together what is said of a plan.

    Parameters
    ----------
    facts
        What it was planned with.
    history
        What the register knew then.
    """
    reference = plan.reference
    policy, decisions = reference.policy, reference.decisions
    turned = order(plan.by_key[::-1], policy, decisions)
    now = outcomes(plan.visits, plan.allocation.unplaced, plan.returned, plan.set_aside)
    ahead = tuple(visit for visit in plan.visits if visit.last >= facts.run_date)
    week = Week(
        facts=facts,
        plan=plan,
        loads=utilize(replace(plan.allocation, visits=ahead), reference, facts.run_date),
        tests=self_test(plan.ranked, plan.by_key, turned, policy, decisions),
        summary=summarize(
            plan.visits,
            plan.returned,
            plan.allocation.unplaced,
            facts.on_hold,
            [team.name for team in reference.teams],
            [(request, order.verdict) for request, order in plan.set_aside],
            row_counts(facts, plan.locked, plan.set_aside, history),
            facts.run_date,
        ),
        findings=(
            *facts.findings,
            *decision_findings(
                [each for each in decisions if each.file != REGISTER_NAME],
                [each.request for each in plan.ranked],
                policy,
            ),
            *_broken(plan.allocation),
            *_nameless(plan, facts),
        ),
        changes=differences(
            now,
            facts.on_hold,
            causes(plan, facts, history.last) if history.last else {},
            history,
            facts.run_date,
            decided(plan.visits, plan.set_aside),
        ),
        last_run=history.last.run if history.last else "",
        trend=history.trend,
    )
    _conserve(week)
    return week


def _broken(allocation: Allocation) -> Iterator[Finding]:
    """Yield a warning for each locked visit that breaks a rule of today."""
    for visit, obstacle in allocation.conflicts:
        number = visit.request.number
        yield findings.finding(
            findings.LOCKED_BREAKS,
            file=REGISTER_NAME,
            sheet="",
            number=number,
            value=number,
            hint=clash(obstacle, visit),
        )


def _nameless(plan: Plan, facts: Facts) -> Iterator[Finding]:
    """Yield a warning for each name that locked visits need and the reference no longer has."""
    reference = plan.reference
    known: dict[SheetName, Collection[str]] = {
        SheetName.SAMPLE_TYPES: reference.sample_types,
        SheetName.REGIONS: reference.regions,
        SheetName.EQUIPMENT: {each.name for each in reference.equipment},
    }
    missing: dict[tuple[SheetName, str], list[str]] = defaultdict(list)
    for visit in plan.locked:
        request = visit.request
        needs = [(SheetName.SAMPLE_TYPES, request.sample_type), (SheetName.REGIONS, request.region)]
        needs += [(SheetName.EQUIPMENT, name) for name in visit.equipment or ()]
        for sheet, name in needs:
            if visit.last >= facts.run_date and name not in known[sheet]:
                missing[sheet, name].append(request.number)
    for (sheet, name), numbers in missing.items():
        yield findings.finding(
            findings.LOCKED_WITHOUT_NAME,
            file=facts.reference_source.name,
            sheet=sheet,
            value=name,
            hint=listing(numbers, most=10),
        )


def _conserve(week: Week) -> None:
    """Every row in ends in exactly one place; anything else is a bug, not bad data."""
    facts = week.facts
    files = [*(each.file for each in facts.requests), *(each.file for each in facts.on_hold)]
    rows = sum(file != REGISTER_NAME for file in files) + len(facts.repeated) + facts.copies
    assert rows == week.summary.counts["baris"], (rows, week.summary.counts)
