"""What is wrong with the dates of requests."""

from __future__ import annotations

from labkesmas_batch import findings
from labkesmas_batch.intake.rows import Faults, Intake
from labkesmas_batch.intake.typed_requests import DEADLINE, PROPOSED, RECEIVED
from labkesmas_batch.text.indonesian import short_date


def received_by_the_run(intake: Intake) -> Faults:
    """Hold a request from after the run date."""
    today = short_date(intake.run_date)
    for row, received in intake.each(RECEIVED):
        if received and received.date() > intake.run_date:
            yield row.fault(RECEIVED, findings.FUTURE_REQUEST, short_date(received), hint=today)


def age(intake: Intake) -> Faults:
    """Ask about a new request that is old, and hold one that is very old."""
    policy = intake.reference.policy
    for row, received in intake.each(RECEIVED):
        days = (intake.run_date - received.date()).days if received else 0
        if days > min(policy.asked_age_days, policy.most_age_days) and not intake.knows(row):
            too_old = days > policy.most_age_days
            kind = findings.TOO_OLD_REQUEST if too_old else findings.OLD_REQUEST
            yield row.fault(RECEIVED, kind, short_date(received), hint=days)


def days_asked_for(intake: Intake) -> Faults:
    """Refuse days before the request, and ask about those far ahead."""
    ahead = intake.reference.policy.ahead_days
    for row, received, *days in intake.each(RECEIVED, PROPOSED, DEADLINE):
        for header, day in zip((PROPOSED, DEADLINE), days, strict=True):
            if day and received and day < received.date():
                kind, hint = findings.BEFORE_THE_REQUEST, short_date(received)
                yield row.fault(header, kind, short_date(day), hint=hint)
            elif day and (day - intake.run_date).days > ahead:
                yield row.fault(header, findings.FAR_AHEAD, short_date(day), hint=ahead)


def dates_in_order(intake: Intake) -> Faults:
    """Refuse a deadline before the proposed day."""
    for row, proposed, deadline in intake.each(PROPOSED, DEADLINE):
        if proposed and deadline and deadline < proposed:
            kind = findings.DEADLINE_BEFORE_PROPOSAL
            yield row.fault(DEADLINE, kind, short_date(deadline), hint=short_date(proposed))
