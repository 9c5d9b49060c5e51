"""The Kepala's decisions about pairs: edges on top of the key, and the cycles they close."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import pairwise

from labkesmas_batch import findings
from labkesmas_batch.errors import RefusedError
from labkesmas_batch.findings import Finding, FindingKind
from labkesmas_batch.model.policy import Policy, Rule
from labkesmas_batch.model.reference import PairDecision
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Accepted
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.precedence.clauses import (
    Decided,
    clause,
    decided_pairs,
    sort_keys,
)
from labkesmas_batch.text.names import number_key

# So many cycles of decisions are told at once.
_MOST_CYCLES = 20


def closest(by_key: Sequence[Accepted], decided: Decided) -> Sequence[Accepted]:
    """Return the topological order that stays closest to the key."""
    if not decided:
        return by_key
    numbers = [reviewed.request.number for reviewed in by_key]
    places = _topological(numbers, decided)
    if len(places) < len(by_key):
        raise _contradiction(next(_cycles(numbers, decided)), decided)
    return [by_key[at] for at in places]


def with_kept(
    decisions: Sequence[PairDecision], kept: Iterable[PairDecision], requests: Iterable[Request]
) -> tuple[PairDecision, ...]:
    """Add to this week's decisions those of earlier weeks that still count.

    Parameters
    ----------
    kept
        The newest first; one that goes against newer ones counts no more.
    requests
        Those that are ranked; a decision about others counts for nothing here.
    """
    requests = list(requests)
    here = {number_key(each.number) for each in requests}
    numbers = [each.number for each in requests]
    result = tuple(decisions)
    for each in kept:
        if {number_key(each.first), number_key(each.second)} <= here:
            more = (*result, each)
            decided = decided_pairs(requests, more)
            if len(_topological(numbers, decided)) == len(numbers):
                result = more
    return result


def _topological(numbers: Sequence[str], decided: Decided) -> list[int]:
    """Return places that wait for nobody, smallest first; those in or behind cycles are absent."""
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


def _cycles(numbers: Sequence[str], decided: Decided) -> Iterator[list[str]]:
    """Yield cycles of decisions, no two with a decision in common."""
    rest = dict(decided)
    while left := set(range(len(numbers))) - set(_topological(numbers, rest)):
        circle = [numbers[at] for at in _cycle(_graph(numbers, rest)[0], left)]
        yield circle
        for pair in pairwise((*circle, circle[0])):
            del rest[pair]


def _cycle(after: Mapping[int, Sequence[int]], left: Collection[int]) -> list[int]:
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
    """Return the numbers of a cycle and the rows of its decisions, as people read them."""
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
    known = {number_key(request.number): request for request in requests}
    found = []
    for each in decisions:
        one, other = known.get(number_key(each.first)), known.get(number_key(each.second))
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
    circles = _cycles([request.number for request in requests], decided) if decided else ()
    for circle, _ in zip(circles, range(_MOST_CYCLES), strict=False):
        named, rows = _named(circle, decided)
        one = decided[circle[0], circle[1]]
        yield _about(one, findings.DECISION_CIRCLE, 0, named, rows)


def _about(
    decision: PairDecision, kind: FindingKind, at: int, value: str, hint: str = ""
) -> Finding:
    """Return a finding about a decision's cell of who goes first (0) or of who is behind (1)."""
    return findings.finding(
        kind,
        file=decision.file,
        sheet=decision.sheet,
        row=decision.row,
        column=decision.columns[at],
        header=(Header.NUMBER, Header.LOWER)[at],
        number=decision.first,
        value=value,
        hint=hint,
    )
