"""Step 7 of the SOP: the order in which requests are served, as one sort key.

docs/rules.md proves that sorting by this key agrees with 7a and 7b on every pair.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from heapq import heappop, heappush
from itertools import pairwise

from labkesmas_batch import findings
from labkesmas_batch.cells import fold
from labkesmas_batch.clauses import clause, effective_date, sort_key
from labkesmas_batch.errors import RefusedError
from labkesmas_batch.findings import Finding, Kind
from labkesmas_batch.model import PairDecision, Ranked, Request, Reviewed
from labkesmas_batch.policy import Policy, Rule

Decided = Mapping[tuple[str, str], PairDecision]


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
    order, decided = _ordered(accepted, policy, decisions)
    silent = _SilentPairs(order, policy)
    between = [
        _between(upper.request, lower.request, policy, decided) for upper, lower in pairwise(order)
    ]
    none = None, None
    return tuple(
        Ranked(
            rank=place + 1,
            reviewed=reviewed,
            effective=effective_date(reviewed.request, policy),
            above=(between[place - 1] if place else none)[0],
            below=(between[place] if place < len(between) else none)[0],
            silent=silent.concern(reviewed.request),
            above_by=(between[place - 1] if place else none)[1],
            below_by=(between[place] if place < len(between) else none)[1],
        )
        for place, reviewed in enumerate(order)
    )


def order(
    accepted: Iterable[Reviewed], policy: Policy, decisions: Iterable[PairDecision] = ()
) -> tuple[Ranked, ...]:
    """Put the requests in the order that :func:`rank` gives, without saying why.

    Their neighbours' rules and decisions are left out, and whether the SOP's silence concerns them.
    """
    return tuple(
        Ranked(place, each, effective_date(each.request, policy), None, None)
        for place, each in enumerate(_ordered(accepted, policy, decisions)[0], start=1)
    )


def _ordered(
    accepted: Iterable[Reviewed], policy: Policy, decisions: Iterable[PairDecision]
) -> tuple[list[Reviewed], Decided]:
    by_key = sorted(accepted, key=lambda reviewed: sort_key(reviewed.request, policy))
    decided = _decided(by_key, decisions)
    return (_closest(by_key, decided) if decided else by_key), decided


def _between(
    upper: Request, lower: Request, policy: Policy, decided: Decided
) -> tuple[Rule, PairDecision | None]:
    """Return the rule between two neighbours, and the decision that gives it if there is one."""
    decision = decided.get((upper.number, lower.number))
    return (clause(upper, lower, policy), None) if decision is None else (Rule.SILENT, decision)


# --- the Kepala's decisions ------------------------------------------------------------------


def _decided(order: Iterable[Reviewed], decisions: Iterable[PairDecision]) -> Decided:
    """Return the decisions about requests that are there, by the numbers as these have them."""
    decisions = tuple(decisions)
    if not decisions:
        return {}
    numbers = {fold(each.request.number): each.request.number for each in order}
    return {
        (numbers[fold(each.first)], numbers[fold(each.second)]): each
        for each in reversed(decisions)
        if fold(each.first) in numbers and fold(each.second) in numbers
    }


def _closest(order: Sequence[Reviewed], decided: Decided) -> list[Reviewed]:
    """Return the topological order that stays closest to the key."""
    place = {reviewed.request.number: at for at, reviewed in enumerate(order)}
    after: dict[int, list[int]] = defaultdict(list)
    waits = [0] * len(order)
    for first, second in decided:
        after[place[first]].append(place[second])
        waits[place[second]] += 1
    free = [at for at, count in enumerate(waits) if not count]
    result: list[Reviewed] = []
    while free:
        at = heappop(free)
        result.append(order[at])
        for later in after[at]:
            waits[later] -= 1
            if not waits[later]:
                heappush(free, later)
    if len(result) < len(order):
        left = {at for at, count in enumerate(waits) if count}
        raise _contradiction([order[at].request.number for at in _circle(after, left)], decided)
    return result


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
    pairs = list(pairwise((*circle, circle[0])))
    rows = ", ".join(str(decided[pair].row) for pair in pairs)
    one = decided[pairs[0]]
    named = " → ".join((*circle, circle[0]))
    return RefusedError(
        f"{one.file}, lembar {one.sheet}: keputusan tentang pasangan saling bertentangan, {named} "
        f"(baris {rows}). Hapus salah satunya; jadwal tidak disusun.",
        (),
    )


def decision_findings(
    decisions: Iterable[PairDecision], requests: Iterable[Request], policy: Policy
) -> list[Finding]:
    """Warn of decisions about requests that are not there, and of those that the SOP decides."""
    known = {fold(request.number): request for request in requests}
    found = []
    for each in decisions:
        one, other = known.get(fold(each.first)), known.get(fold(each.second))
        if one is None:
            found.append(_about(each, findings.DECISION_UNUSED, 1, each.first))
        if other is None:
            found.append(_about(each, findings.DECISION_UNUSED, 2, each.second))
        if one is None or other is None:
            continue
        rule = clause(one, other, policy)
        if rule is not Rule.SILENT:
            pair = f"{one.number} dan {other.number}"
            found.append(_about(each, findings.DECISION_OUTSIDE, 1, pair, rule))
    return found


def _about(decision: PairDecision, kind: Kind, column: int, value: str, hint: str = "") -> Finding:
    return findings.finding(
        kind, file=decision.file, sheet=decision.sheet, row=decision.row, column=column,
        header=("No. Permintaan", "Didahulukan Atas")[column - 1], number=decision.first,
        value=value, hint=hint,
    )  # fmt: skip


class _SilentPairs:
    """Which requests have somebody of the other class in the days that the SOP leaves open."""

    def __init__(self, order: Iterable[Reviewed], policy: Policy) -> None:
        requests = [reviewed.request for reviewed in order]
        self._dates = {
            internal: sorted(each.received_on for each in requests if each.internal is internal)
            for internal in (True, False)
        }
        self._first = timedelta(days=policy.internal_gap + 1)
        self._last = timedelta(days=policy.external_gap - 1)

    def concern(self, request: Request) -> bool:
        """Tell whether an internal request came in those days after an external one."""
        day, others = request.received_on, self._dates[not request.internal]
        if request.internal:
            first, last = day - self._last, day - self._first
        else:
            first, last = day + self._first, day + self._last
        at = bisect_left(others, first)
        return at < len(others) and others[at] <= last
