"""Step 6 of the SOP: whether the lead time is kept, and for which day a request is planned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from labkesmas_batch.model.policy import Policy, ShortLead
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Accepted, Reason, Returned
from labkesmas_batch.text.names import Natural, natural


@dataclass(frozen=True, slots=True)
class Review:
    """Every request, either accepted for planning or returned, the latter by date and number."""

    accepted: tuple[Accepted, ...]
    returned: tuple[Returned, ...]


def review(requests: Iterable[Request], policy: Policy, run_date: date) -> Review:
    """Apply R-TENGGANG and R-KAJI to each request.

    A waiver exempts from the lead time altogether: the earliest date is then the request date.
    """
    first_possible = run_date + timedelta(days=policy.issue_days)
    accepted, returned = [], []
    for request in requests:
        earliest = policy.earliest(request.received_on, request.waiver)
        short = (earliest - request.proposed).days if request.proposed else 0
        if short > 0 and not request.waiver and policy.short_lead is ShortLead.RETURN:
            returned.append(Returned(request, short, earliest, max(earliest, first_possible)))
        else:
            accepted.append(_accepted(request, earliest, first_possible))
    returned.sort(key=_by_date_and_number)
    return Review(tuple(accepted), tuple(returned))


def _by_date_and_number(back: Returned) -> tuple[datetime, Natural, str]:
    return back.request.received, natural(back.request.number), back.request.number


def _accepted(request: Request, earliest: date, first_possible: date) -> Accepted:
    asked = request.proposed or earliest
    if not request.waiver:
        asked = max(asked, earliest)
    target = max(asked, first_possible)
    if request.proposed is None or target == request.proposed:
        shift = None
    elif earliest >= first_possible and not request.waiver:
        shift = Reason.SHORT_LEAD
    else:
        shift = Reason.PROPOSAL_PASSED
    return Accepted(request, earliest, target, shift)
