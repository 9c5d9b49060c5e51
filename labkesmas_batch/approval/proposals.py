"""What a draft proposed, against what planning it again gives now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.plan import Plan
from labkesmas_batch.text.indonesian import day_date
from labkesmas_batch.text.names import number_key


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a draft says of one request; None and '' where it gives no day."""

    number: str
    outcome: Outcome
    first: date | None = None
    team: str = ""

    def __str__(self) -> str:
        """Return it in the words of the sheets."""
        if self.first is None:
            return self.outcome.value
        return f"{self.outcome.value} {day_date(self.first)}, {self.team}"


def proposals(plan: Plan) -> Iterator[Proposal]:
    """Yield what a plan proposes for each request."""
    for visit in plan.visits:
        yield Proposal(visit.request.number, visit.status, visit.first, visit.team)
    for each in plan.allocation.unplaced:
        yield Proposal(each.request.number, Outcome.WAITING)
    for back in plan.returned:
        yield Proposal(back.request.number, Outcome.RETURNED)


def otherwise(before: Iterable[Proposal], now: Iterable[Proposal]) -> tuple[str, ...]:
    """Return in sentences which requests are proposed otherwise, or by one of the two alone.

    Rows on hold have no day either way and are left out.
    """
    was, is_now = _by_number(before), _by_number(now)
    return tuple(
        f"{(was.get(key) or is_now[key]).number}: semula {was.get(key, _NOT_THERE)}, "
        f"kini {is_now.get(key, _NOT_THERE)}"
        for key in {**was, **is_now}
        if not _same(was.get(key), is_now.get(key))
    )


_NOT_THERE = "tidak ada"


def _by_number(proposed: Iterable[Proposal]) -> Mapping[str, Proposal]:
    return {
        number_key(each.number): each for each in proposed if each.outcome is not Outcome.ON_HOLD
    }


def _same(one: Proposal | None, other: Proposal | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.outcome, one.first, one.team) == (other.outcome, other.first, other.team)
