"""The rule between any two requests, and the one key that agrees with it on every pair."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from labkesmas_batch.cells import Natural, natural
from labkesmas_batch.model import Request
from labkesmas_batch.policy import Policy, Rule

Key = tuple[date, bool, datetime, Natural, str]


def effective_date(request: Request, policy: Policy) -> date:
    """Return the request date, brought forward by T days for an internal customer."""
    if request.internal:
        return request.received_on - timedelta(days=policy.threshold)
    return request.received_on


def sort_key(request: Request, policy: Policy) -> Key:
    """Return the whole of the precedence: smaller goes first, and no two keys are equal."""
    return (
        effective_date(request, policy),
        not request.internal,
        request.received,
        natural(request.number),
        request.number,
    )


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
