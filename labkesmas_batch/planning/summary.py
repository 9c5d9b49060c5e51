"""Figures for management: what became of the rows, visits a week, waiting times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from labkesmas_batch.model.decisions import ASIDE_AS, Verdict
from labkesmas_batch.model.outcome import OF_A_RUN, Outcome
from labkesmas_batch.model.requests import CustomerClass, Request, RowOnHold
from labkesmas_batch.model.schedule import Returned, Unplaced, Visit
from labkesmas_batch.model.week import CLASSES, UNKNOWN_CLASS, Summary, Waiting


def summarize(
    visits: Sequence[Visit],
    returned: Sequence[Returned],
    unplaced: Sequence[Unplaced],
    on_hold: Sequence[RowOnHold],
    teams: Sequence[str],
    set_aside: Sequence[tuple[Request, Verdict]] = (),
) -> Summary:
    """Count what became of every data row.

    ``set_aside`` are requests that management postponed or cancelled: they have rows of their own
    where there are any.
    """
    outcomes = {
        each: _by_class(v.request.customer_class for v in visits if v.status is each)
        for each in Outcome
        if each.has_day
    }
    outcomes[Outcome.RETURNED] = _by_class(r.request.customer_class for r in returned)
    outcomes[Outcome.WAITING] = _by_class(u.request.customer_class for u in unplaced)
    outcomes[Outcome.ON_HOLD] = _by_class(h.customer_class or UNKNOWN_CLASS for h in on_hold)
    counted = {name: outcomes[name] for name in OF_A_RUN}
    for verdict, name in ASIDE_AS.items():
        if which := [request for request, word in set_aside if word is verdict]:
            counted[name] = _by_class(request.customer_class for request in which)
    weeks, loads, waiting = _tables(visits, teams) if visits else ((), _idle(teams), ())
    return Summary(counted, weeks, loads, waiting)


def _by_class(classes: object) -> tuple[int, int, int]:
    found = [str(name) for name in classes]  # type: ignore[attr-defined]  # any iterable
    internal, external, unknown = (found.count(str(name)) for name in CLASSES)
    return internal, external, unknown


def _idle(teams: Sequence[str]) -> tuple[tuple[str, int, int], ...]:
    return tuple((team, 0, 0) for team in teams)


def _tables(
    visits: Sequence[Visit], teams: Sequence[str]
) -> tuple[
    tuple[tuple[date, int, int], ...], tuple[tuple[str, int, int], ...], tuple[Waiting, ...]
]:
    """Return visits a week, load a team and waiting a class."""
    mondays = Counter(
        (visit.first - timedelta(days=visit.first.weekday()), visit.request.customer_class)
        for visit in visits
    )
    first, last = (end(monday for monday, _ in mondays) for end in (min, max))
    every_week = (first + timedelta(days=step) for step in range(0, (last - first).days + 1, 7))
    weeks = tuple(
        (monday, mondays[monday, CustomerClass.INTERNAL], mondays[monday, CustomerClass.EXTERNAL])
        for monday in every_week
    )
    count: Counter[str] = Counter()
    samples: Counter[str] = Counter()
    waits: dict[str, list[int]] = {name: [] for name in CustomerClass}
    for visit in visits:
        request = visit.request
        count[visit.team] += 1
        samples[visit.team] += request.samples
        waits[request.customer_class].append((visit.first - request.received_on).days)
    gone = sorted(set(count) - set(teams))
    loads = tuple((team, count[team], samples[team]) for team in (*teams, *gone))
    waiting = tuple(
        Waiting(str(name), len(days), _median(days), max(days))
        for name, days in waits.items()
        if days
    )
    return weeks, loads, waiting


def _median(numbers: Sequence[int]) -> float:
    ordered, middle = sorted(numbers), len(numbers) // 2
    return (ordered[middle] + ordered[-1 - middle]) / 2
