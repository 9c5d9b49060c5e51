"""ComparedPlan the week with supposed changes, and compare the two plans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.intake.review import review
from labkesmas_batch.model.history import History
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.requests import Request, RowOnHold
from labkesmas_batch.model.schedule import Allocation, Reason, Returned, Unplaced, Visit
from labkesmas_batch.model.week import Facts, Summary
from labkesmas_batch.planning.summary import row_counts, summarize
from labkesmas_batch.precedence.rank import rank
from labkesmas_batch.text.names import number_key
from labkesmas_batch.what_if.suppose import Supposed, before_everybody
from labkesmas_batch.what_if.types import Compared, Comparison, Position, SupposedChange


def plan_supposed(
    supposed: Supposed, facts: Facts, locked: Sequence[Visit], history: History
) -> ComparedPlan:
    """Plan a week by the stages of the weekly batch, urgent requests before everybody.

    ``facts`` are those of the week as it is, with the rows that are still on hold.
    """
    run_date, on_hold = facts.run_date, facts.on_hold
    policy = supposed.reference.policy
    reviewed = review(supposed.requests, policy, run_date)
    decided = rank(reviewed.accepted, policy, supposed.reference.decisions)
    ranked = before_everybody(supposed.urgent, decided)
    allocation = allocate(ranked, supposed.reference, run_date, locked)
    summary = summarize(
        (*allocation.visits, *locked),
        reviewed.returned,
        allocation.unplaced,
        on_hold,
        [team.name for team in supposed.reference.teams],
        (),
        row_counts(replace(facts, requests=tuple(supposed.requests)), locked, (), history),
        run_date,
    )
    return ComparedPlan(allocation, reviewed.returned, summary, on_hold, locked)


@dataclass(frozen=True, slots=True)
class ComparedPlan:
    """One of the two plans: what became of every request."""

    allocation: Allocation
    returned: Sequence[Returned]
    summary: Summary
    on_hold: Sequence[RowOnHold] = ()
    locked: Sequence[Visit] = ()

    def standings(self) -> dict[str, tuple[Request, Position]]:
        """Return by No. Permintaan where each request stands, in order of rank."""
        placed: list[Visit | Unplaced] = [*self.allocation.visits, *self.allocation.unplaced]
        found: dict[str, tuple[Request, Position]] = {}
        for each in sorted(placed, key=lambda each: each.ranked.rank):
            why = each.obstacle.reason.value if each.obstacle else ""
            standing = (
                Position(each.status.value, each.first, each.team, why)
                if isinstance(each, Visit)
                else Position(Outcome.WAITING, None, "", why)
            )
            found[each.request.number] = each.request, standing
        for visit in self.locked:
            standing = Position(visit.status.value, visit.first, visit.team, "")
            found[visit.request.number] = visit.request, standing
        for back in self.returned:
            standing = Position(Outcome.RETURNED, None, "", "TenggangKurang")
            found[back.request.number] = back.request, standing
        return found


def compare(
    changes: Iterable[SupposedChange], before: ComparedPlan, after: ComparedPlan
) -> Comparison:
    """Put the two plans side by side, in the plain plan's order of rank."""
    one, other = before.standings(), after.standings()
    on_hold = {number_key(each.number) for each in before.on_hold}
    requests = []
    for number in dict.fromkeys((*one, *other)):
        known, was = one.get(number, (None, None))
        supposed, is_now = other.get(number, (None, None))
        if was is None and number_key(number) in on_hold:
            was = Position(Outcome.ON_HOLD, None, "", Reason.BAD_DATA.value)
        requests.append(Compared(cast(Request, known or supposed), was, is_now))
    return Comparison(tuple(changes), before.summary, after.summary, tuple(requests))
