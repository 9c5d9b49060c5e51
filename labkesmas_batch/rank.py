"""Step 7 of the SOP: the order in which requests are served, as one sort key.

docs/rules.md proves that sorting by this key agrees with 7a and 7b on every pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from heapq import heappop, heappush
from itertools import accumulate, pairwise

from labkesmas_batch import findings
from labkesmas_batch.cells import fold
from labkesmas_batch.clauses import (
    Between,
    Decided,
    between,
    clause,
    decided_pairs,
    effective_dates,
    sort_keys,
)
from labkesmas_batch.errors import RefusedError
from labkesmas_batch.findings import Finding, Kind
from labkesmas_batch.model import PairDecision, Ranked, Request, Reviewed
from labkesmas_batch.policy import Policy, Rule

# So many circles of decisions are told at once.
_MOST_CIRCLES = 20


def rank(
    accepted: Iterable[Reviewed], policy: Policy, decisions: Iterable[PairDecision] = ()
) -> tuple[Ranked, ...]:
    """Put the accepted requests in the order of service.

    Parameters
    ----------
    accepted
        In any order: the result does not depend on it.
    policy
        Gives the threshold T (R-7A, R-7B, R-ANTARA).
    decisions
        The Kepala's, about pairs; those about requests that are not there do nothing.

    Returns
    -------
    tuple of Ranked
        Rank 1 first: the order of the key, or with decisions the one closest to it, which takes
        the smallest key among those that wait for nobody.

    Raises
    ------
    RefusedError
        Decisions contradict each other; the message names the circle.
    """
    by_key, decided = _by_key(accepted, policy, decisions)
    ordered = _closest(by_key, decided)
    hanging = _hanging(by_key, ordered, policy, decided)
    gaps = [
        between(upper.request, lower.request, policy, decided) for upper, lower in pairwise(ordered)
    ]
    around: list[Between | None] = [None, *gaps, None] if ordered else []
    effective = effective_dates(policy)
    return tuple(
        Ranked(
            rank=place + 1,
            reviewed=reviewed,
            effective=effective(reviewed.request),
            above=above.rule if above else None,
            below=below.rule if below else None,
            silent=reviewed.request.number in hanging,
            above_by=above.by if above else None,
            below_by=below.by if below else None,
        )
        for place, (reviewed, (above, below)) in enumerate(
            zip(ordered, pairwise(around), strict=True)
        )
    )


def order(
    accepted: Iterable[Reviewed], policy: Policy, decisions: Iterable[PairDecision] = ()
) -> Sequence[Reviewed]:
    """Put the requests in the order that :func:`rank` gives, without saying why."""
    return _closest(*_by_key(accepted, policy, decisions))


def reread(
    by_key: Sequence[Reviewed], other: Policy, decisions: Iterable[PairDecision] = ()
) -> Sequence[Reviewed]:
    """Put requests that stand in the order of one reading's key in the order of the other one.

    Within a class both readings have one order, which the stable sort keeps.
    """
    requests = [reviewed.request for reviewed in by_key]
    return _reread(by_key, other, decided_pairs(requests, decisions))


def _reread(by_key: Sequence[Reviewed], other: Policy, decided: Decided) -> Sequence[Reviewed]:
    effective = effective_dates(other)

    def key(each: Reviewed) -> tuple[date, bool]:
        return effective(each.request), not each.request.internal

    return _closest(sorted(by_key, key=key), decided)


def in_ranks(ordered: Sequence[Reviewed], policy: Policy) -> tuple[Ranked, ...]:
    """Give requests in an order their ranks.

    Their neighbours' rules and decisions are left out, and whether the SOP's silence concerns them.
    """
    effective = effective_dates(policy)
    return tuple(
        Ranked(place, each, effective(each.request), None, None)
        for place, each in enumerate(ordered, start=1)
    )


def _by_key(
    accepted: Iterable[Reviewed], policy: Policy, decisions: Iterable[PairDecision]
) -> tuple[list[Reviewed], Decided]:
    key = sort_keys(policy)
    by_key = sorted(accepted, key=lambda reviewed: key(reviewed.request))
    return by_key, decided_pairs([reviewed.request for reviewed in by_key], decisions)


def _hanging(
    by_key: Sequence[Reviewed], ordered: Sequence[Reviewed], policy: Policy, decided: Decided
) -> set[str]:
    """Return the numbers of those that change sides with somebody under the other reading."""
    other = policy.other_reading
    if other.threshold == policy.threshold:
        return set()
    there = _reread(by_key, other, decided)
    place = {reviewed.request.number: at for at, reviewed in enumerate(there)}
    places = [place[reviewed.request.number] for reviewed in ordered]
    best_after = list(accumulate(places[::-1], min))[::-1]
    worst_before = list(accumulate(places, max))
    # Whoever has the same requests before it, and so behind it, changes sides with nobody.
    return {
        reviewed.request.number
        for reviewed, worst, best, at in zip(ordered, worst_before, best_after, places, strict=True)
        if worst > at or best < at
    }


# --- the Kepala's decisions ------------------------------------------------------------------


def _closest(by_key: Sequence[Reviewed], decided: Decided) -> Sequence[Reviewed]:
    """Return the topological order that stays closest to the key."""
    if not decided:
        return by_key
    numbers = [reviewed.request.number for reviewed in by_key]
    places = _topological(numbers, decided)
    if len(places) < len(by_key):
        raise _contradiction(next(_circles(numbers, decided)), decided)
    return [by_key[at] for at in places]


def _topological(numbers: Sequence[str], decided: Decided) -> list[int]:
    """Return places that wait for nobody, smallest first; those in or behind circles are absent."""
    after, waits = _graph(numbers, decided)
    free = [at for at, count in enumerate(waits) if not count]
    result: list[int] = []
    while free:
        at = heappop(free)
        result.append(at)
        for later in after[at]:
            waits[later] -= 1
            if not waits[later]:
                heappush(free, later)
    return result


def _graph(numbers: Sequence[str], decided: Decided) -> tuple[Mapping[int, list[int]], list[int]]:
    """Return who comes after whom, and for how many each one waits."""
    place = {number: at for at, number in enumerate(numbers)}
    after: dict[int, list[int]] = defaultdict(list)
    waits = [0] * len(numbers)
    for first, second in decided:
        after[place[first]].append(place[second])
        waits[place[second]] += 1
    return after, waits


def _circles(numbers: Sequence[str], decided: Decided) -> Iterator[list[str]]:
    """Yield circles of decisions, no two with a decision in common."""
    rest = dict(decided)
    while left := set(range(len(numbers))) - set(_topological(numbers, rest)):
        circle = [numbers[at] for at in _circle(_graph(numbers, rest)[0], left)]
        yield circle
        for pair in pairwise((*circle, circle[0])):
            del rest[pair]


def _circle(after: Mapping[int, Sequence[int]], left: Collection[int]) -> list[int]:
    """Return requests that each go before the next, and the last before the first."""
    before = {later: at for at in sorted(left) for later in after.get(at, ()) if later in left}
    at, seen = min(before), dict[int, None]()
    while at not in seen:
        seen[at] = None
        at = before[at]
    path = list(seen)
    return path[path.index(at) :][::-1]


def _contradiction(circle: Sequence[str], decided: Decided) -> RefusedError:
    one = decided[circle[0], circle[1]]
    named, rows = _named(circle, decided)
    return RefusedError(
        f"{one.file}, lembar {one.sheet}: keputusan tentang pasangan saling bertentangan, {named} "
        f"(baris {rows}). Hapus salah satunya; jadwal tidak disusun.",
        (),
    )


def _named(circle: Sequence[str], decided: Decided) -> tuple[str, str]:
    """Return the numbers of a circle and the rows of its decisions, as people read them."""
    around = (*circle, circle[0])
    return " → ".join(around), ", ".join(str(decided[pair].row) for pair in pairwise(around))


def decision_findings(
    decisions: Sequence[PairDecision], requests: Sequence[Request], policy: Policy
) -> list[Finding]:
    """Tell of decisions that have no use, that the SOP has made already, or that contradict.

    Parameters
    ----------
    requests
        Those that are ranked.
    """
    if not decisions:
        return []
    known = {fold(request.number): request for request in requests}
    found = []
    for each in decisions:
        one, other = known.get(fold(each.first)), known.get(fold(each.second))
        if one is None:
            found.append(_about(each, findings.DECISION_UNUSED, 0, each.first))
        if other is None:
            found.append(_about(each, findings.DECISION_UNUSED, 1, each.second))
        if one is None or other is None:
            continue
        rule = clause(one, other, policy)
        if rule is not Rule.SILENT:
            pair = f"{one.number} dan {other.number}"
            found.append(_about(each, findings.DECISION_OUTSIDE, 0, pair, rule))
    return found + list(_contradictions(decisions, requests, policy))


def _contradictions(
    decisions: Iterable[PairDecision], requests: Iterable[Request], policy: Policy
) -> Iterator[Finding]:
    requests = sorted(requests, key=sort_keys(policy))
    decided = decided_pairs(requests, decisions)
    circles = _circles([request.number for request in requests], decided) if decided else ()
    for circle, _ in zip(circles, range(_MOST_CIRCLES), strict=False):
        named, rows = _named(circle, decided)
        one = decided[circle[0], circle[1]]
        yield _about(one, findings.DECISION_CIRCLE, 0, named, rows)


def _about(decision: PairDecision, kind: Kind, at: int, value: str, hint: str = "") -> Finding:
    """Return a finding about a decision's cell of who goes first (0) or of who is behind (1)."""
    return findings.finding(
        kind, file=decision.file, sheet=decision.sheet, row=decision.row,
        column=decision.columns[at], header=("No. Permintaan", "Didahulukan Atas")[at],
        number=decision.first, value=value, hint=hint,
    )  # fmt: skip
