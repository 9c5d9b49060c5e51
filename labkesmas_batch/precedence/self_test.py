"""A run's test of its own order: total, agreed with the SOP on every pair, and no matter of chance.

All pairs are looked at in n log n: whoever must come before a request came up to some day, or
from some day on, so that the best or worst place among those is enough.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate

from labkesmas_batch.model.policy import Policy
from labkesmas_batch.model.reference import PairDecision
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Accepted, Ranked
from labkesmas_batch.text.names import number_key

Placed = Accepted | Ranked


def self_test(
    ranked: Sequence[Ranked],
    by_key: Sequence[Placed],
    again: Sequence[Placed],
    policy: Policy,
    decisions: Sequence[PairDecision] = (),
) -> tuple[tuple[str, bool], ...]:
    """Return each test in words that management reads, and whether it holds.

    Parameters
    ----------
    ranked
        The order in force.
    by_key
        The order without the Kepala's decisions; the same one where there are none.
    again
        The order in force made anew from the requests in reverse.
    decisions
        The Kepala's; those about requests that are not there do nothing.
    """
    return (
        ("Urutan lengkap: setiap permintaan satu peringkat, tanpa seri", _total(ranked)),
        ("Sesuai SOP 7a dan 7b untuk setiap pasangan", not any(disagreements(by_key, policy))),
        ("Sama bila baris permintaan diacak", _numbers(ranked) == _numbers(again)),
        ("Keputusan Kepala tentang pasangan dipenuhi", _decided(ranked, decisions)),
    )


def _numbers(order: Sequence[Placed]) -> list[str]:
    return [each.request.number for each in order]


def _total(ranked: Sequence[Ranked]) -> bool:
    ranks = [each.rank for each in ranked]
    return ranks == list(range(1, len(ranked) + 1)) and len(set(_numbers(ranked))) == len(ranked)


def _decided(ranked: Sequence[Ranked], decisions: Sequence[PairDecision]) -> bool:
    if not decisions:
        return True
    place = {number_key(each.request.number): each.rank for each in ranked}
    return all(
        place.get(number_key(pair.first), 0) < place.get(number_key(pair.second), len(place) + 1)
        for pair in decisions
    )


def disagreements(order: Sequence[Placed], policy: Policy) -> Iterator[Request]:
    """Yield each request that stands before somebody whom the SOP puts before it.

    7a and 7b between the classes, first come, first served within each and where the internal
    request is the older one. The days of which the SOP says nothing count as ``zona_antara`` says.
    """
    requests = [each.request for each in order]
    for internal in (True, False):
        yield from _unordered(each for each in requests if each.internal is internal)
    external = _Side(requests)
    ahead = timedelta(days=policy.threshold)
    for at, request in enumerate(requests):
        if not request.internal:
            continue
        day = request.received_on - ahead
        # Internal goes first where it came at most T days after the external one.
        if external.first_from(day) < at:
            yield request
        if external.last_before(day) > at:
            yield request


def _unordered(order: Iterable[Request]) -> Iterator[Request]:
    """Yield requests of one class that stand before an earlier one."""
    latest = date.min
    for each in order:
        if each.received_on < latest:
            yield each
        latest = max(latest, each.received_on)


class _Side:
    """The external requests by date, with the best and the worst place up to and from each."""

    def __init__(self, order: Sequence[Request]) -> None:
        side = [(each.received_on, at) for at, each in enumerate(order) if not each.internal]
        side.sort()
        self._days = [day for day, _ in side]
        places = [at for _, at in side]
        self._last = list(accumulate(places, max))
        self._first = list(accumulate(places[::-1], min))[::-1]

    def first_from(self, day: date) -> float:
        """Return the best place of those that came on that day or later."""
        at = bisect_left(self._days, day)
        return self._first[at] if at < len(self._first) else float("inf")

    def last_before(self, day: date) -> float:
        """Return the worst place of those that came before that day."""
        at = bisect_left(self._days, day)
        return self._last[at - 1] if at else -1
