"""Figures for management: what became of the rows, visits a week, waiting times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from labkesmas_batch.model.decisions import ASIDE_AS, Order, Verdict
from labkesmas_batch.model.history import REGISTER_NAME, History, Standing
from labkesmas_batch.model.outcome import OF_A_RUN, Outcome
from labkesmas_batch.model.requests import CustomerClass, Request, RowOnHold
from labkesmas_batch.model.schedule import Returned, Unplaced, Visit
from labkesmas_batch.model.week import (
    CLASSES,
    NO_MORE_ROWS,
    UNKNOWN_CLASS,
    Facts,
    RowCounts,
    Summary,
    Waiting,
)
from labkesmas_batch.text.names import number_key


def summarize(
    visits: Sequence[Visit],
    returned: Sequence[Returned],
    unplaced: Sequence[Unplaced],
    on_hold: Sequence[RowOnHold],
    teams: Sequence[str],
    set_aside: Sequence[tuple[Request, Verdict]] = (),
    rows: RowCounts = NO_MORE_ROWS,
    run_date: date = date.min,
) -> Summary:
    """Count what became of every data row.

    Parameters
    ----------
    set_aside
        Requests that management postponed or cancelled: they have rows of their own where there
        are any.
    rows
        What the forms hold beside.
    run_date
        Weeks and teams tell of the visits from that day on, waiting times of those that this run
        gave their day.
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
    ahead = [visit for visit in visits if visit.last >= run_date]
    weeks, loads = _tables(ahead, teams) if ahead else ((), _idle(teams))
    given = [visit for visit in visits if visit.status is not Outcome.LOCKED]
    return Summary(counted, weeks, loads, tuple(_waiting(given)), rows)


def row_counts(
    facts: Facts,
    locked_visits: Iterable[Visit],
    set_aside: Iterable[tuple[Request, Order]],
    history: History,
) -> RowCounts:
    """Count what the forms hold beside the requests that a plan of these facts speaks of."""
    known = history.by_number
    planned = {number_key(request.number) for request in facts.requests}
    aside = {number_key(request.number) for request, _ in set_aside}
    locked = {number_key(visit.request.number) for visit in locked_visits} | (aside - planned)
    over = [known[key].standing for key in facts.repeated - locked]
    rows: list[Request | RowOnHold] = [*facts.requests, *facts.on_hold]
    here = [number_key(each.number) for each in rows if each.file != REGISTER_NAME]
    return RowCounts(
        brought=len(rows) - len(here),
        locked_alone=len(locked - facts.repeated),
        new=sum(key not in known and key not in history.seen for key in here),
        copies=facts.copies,
        done=over.count(Standing.DONE),
        cancelled=len(over) - over.count(Standing.DONE),
    )


def _by_class(classes: object) -> tuple[int, int, int]:
    found = [str(name) for name in classes]  # type: ignore[attr-defined]  # any iterable
    internal, external, unknown = (found.count(str(name)) for name in CLASSES)
    return internal, external, unknown


def _idle(teams: Sequence[str]) -> tuple[tuple[str, int, int], ...]:
    return tuple((team, 0, 0) for team in teams)


def _tables(
    visits: Sequence[Visit], teams: Sequence[str]
) -> tuple[tuple[tuple[date, int, int], ...], tuple[tuple[str, int, int], ...]]:
    """Return visits a week and the load of each team."""
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
    for visit in visits:
        count[visit.team] += 1
        samples[visit.team] += visit.request.samples
    gone = sorted(set(count) - set(teams))
    loads = tuple((team, count[team], samples[team]) for team in (*teams, *gone))
    return weeks, loads


def _waiting(visits: Sequence[Visit]) -> Iterator[Waiting]:
    """Yield for each class with visits the days from request to visit."""
    for name in CustomerClass:
        days = [
            (visit.first - visit.request.received_on).days
            for visit in visits
            if visit.request.customer_class is name
        ]
        if days:
            yield Waiting(str(name), len(days), _median(days), max(days))


def _median(numbers: Sequence[int]) -> float:
    ordered, middle = sorted(numbers), len(numbers) // 2
    return (ordered[middle] + ordered[-1 - middle]) / 2
