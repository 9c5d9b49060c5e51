"""The rule between any two requests, and the one key that agrees with it on every pair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from labkesmas_batch.model.policy import Policy, Rule
from labkesmas_batch.model.reference import PairDecision
from labkesmas_batch.model.requests import Request
from labkesmas_batch.text.names import Natural, natural, number_key

Key = tuple[date, bool, datetime, Natural, str]
Decided = Mapping[tuple[str, str], PairDecision]
"""The Kepala's decisions by the numbers, who goes first and who second."""


def effective_date(request: Request, policy: Policy) -> date:
    """Return the request date, brought forward by T days for an internal customer."""
    return effective_dates(policy)(request)


def certain_from(request: Request, policy: Policy) -> date:
    """Return the day from which no request that is received gets ahead of this one.

    Of an internal one received on day d that is d + 1, of an external one d + T + 1: whoever comes
    later has a later effective date. What can still change its rank stands in ``UNLESS``.
    """
    days = 1 if request.internal else policy.threshold + 1
    return request.received_on + timedelta(days=days)


def effective_dates(policy: Policy) -> Callable[[Request], date]:
    """Return the function that gives a request its effective date; for many, ask for it once."""
    ahead = timedelta(days=policy.threshold)
    # One object for a day: there are few days and many requests.
    brought_forward = cache(lambda day: day - ahead)

    def effective(request: Request) -> date:
        day = request.received_on
        return brought_forward(day) if request.internal else day

    return effective


def sort_key(request: Request, policy: Policy) -> Key:
    """Return the whole of the precedence: smaller goes first, and no two keys are equal."""
    return sort_keys(policy)(request)


def sort_keys(policy: Policy) -> Callable[[Request], Key]:
    """Return the function that gives a request its key; to sort many, ask for it once."""
    effective = effective_dates(policy)

    def key(request: Request) -> Key:
        number = request.number
        return (
            effective(request), not request.internal, request.received, natural(number), number,
        )  # fmt: skip

    return key


def clause(one: Request, other: Request, policy: Policy) -> Rule:
    """Return the rule that decides between two requests, whichever of them goes first."""
    if one.customer_class is other.customer_class:
        return Rule.SERIES if one.received_on == other.received_on else Rule.ORDER
    internal, external = (one, other) if one.internal else (other, one)
    days_later = (internal.received_on - external.received_on).days
    if days_later < 0:
        return Rule.ORDER
    if days_later <= policy.internal_gap:
        return Rule.CLAUSE_7A
    if days_later < policy.external_gap:
        return Rule.SILENT
    return Rule.CLAUSE_7B


@dataclass(frozen=True, slots=True)
class Between:
    """What puts one request before another.

    Parameters
    ----------
    rule
        The SOP's clause, R-ANTARA where it is the Kepala's word.
    by
        The Kepala's decision about the pair, if there is one.
    turned
        The clause alone would have it the other way round: a decision about another pair moved
        one of the two.
    """

    rule: Rule
    by: PairDecision | None = None
    turned: bool = False


_BY_THE_SOP = {rule: Between(rule) for rule in Rule}


def decided_pairs(requests: Iterable[Request], decisions: Iterable[PairDecision]) -> Decided:
    """Return the decisions about requests that are there, by the numbers as these have them."""
    decisions = tuple(decisions)
    if not decisions:
        return {}
    numbers = {number_key(request.number): request.number for request in requests}
    return {
        (numbers[number_key(each.first)], numbers[number_key(each.second)]): each
        for each in reversed(decisions)
        if number_key(each.first) in numbers and number_key(each.second) in numbers
    }


def between(upper: Request, lower: Request, policy: Policy, decided: Decided) -> Between:
    """Return what puts ``upper`` before ``lower`` in an order that honours the decisions."""
    if decision := decided.get((upper.number, lower.number)):
        return Between(Rule.SILENT, decision)
    if decided and sort_key(lower, policy) < sort_key(upper, policy):
        return Between(Rule.SILENT, turned=True)
    return _BY_THE_SOP[clause(upper, lower, policy)]


def waits_for(
    lower: Request, decided: Decided, ranks: Mapping[str, int]
) -> tuple[str, PairDecision] | None:
    """Return for whom a request had to wait the longest, and the decision; None for nobody."""
    held = [(first, by) for (first, second), by in decided.items() if second == lower.number]
    return max(held, key=lambda each: ranks[each[0]]) if held else None
