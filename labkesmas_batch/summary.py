"""Figures for management: what became of the rows, visits a week, waiting times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from labkesmas_batch.memory import Verdict
from labkesmas_batch.model import (
    CLASSES,
    OUTCOMES,
    UNKNOWN_CLASS,
    CustomerClass,
    Held,
    Request,
    Returned,
    Status,
    Summary,
    Unplaced,
    Visit,
    Waiting,
)


def summarize(
    visits: Sequence[Visit],
    returned: Sequence[Returned],
    unplaced: Sequence[Unplaced],
    held: Sequence[Held],
    teams: Sequence[str],
    set_aside: Sequence[tuple[Request, Verdict]] = (),
) -> Summary:
    """Count what became of every data row.

    ``set_aside`` are requests that management postponed or cancelled: they have rows of their own
    where there are any.
    """
    outcomes = {
        status.value: _by_class(v.request.customer_class for v in visits if v.status is status)
        for status in Status
    }
    outcomes["Dikembalikan"] = _by_class(r.request.customer_class for r in returned)
    outcomes["Antrean"] = _by_class(u.request.customer_class for u in unplaced)
    outcomes["Ditahan"] = _by_class(h.customer_class or UNKNOWN_CLASS for h in held)
    counted = {name: outcomes[name] for name in OUTCOMES}
    for name, verdict in (("Ditunda", Verdict.POSTPONED), ("Batal", Verdict.CANCELLED)):
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
    import pandas as pd  # noqa: PLC0415 - half of a run's start-up; only needed here

    table = pd.DataFrame(
        {
            "class": [v.request.customer_class.value for v in visits],
            "team": [v.team for v in visits],
            "samples": [v.request.samples for v in visits],
            "first": pd.to_datetime([v.first for v in visits]),
            "wait": [(v.first - v.request.received_on).days for v in visits],
        }
    )
    monday = table["first"] - pd.to_timedelta(table["first"].dt.day_of_week, unit="D")
    weekly = pd.crosstab(monday, table["class"])
    every_week = pd.date_range(monday.min(), monday.max(), freq="7D")
    weekly = weekly.reindex(
        index=every_week, columns=[c.value for c in CustomerClass], fill_value=0
    )
    weeks = tuple(
        (monday.date(), int(internal), int(external))
        for monday, internal, external in weekly.itertuples()
    )
    by_team = table.groupby("team")["samples"].agg(["count", "sum"])
    gone = [team for team in by_team.index if team not in teams]
    by_team = by_team.reindex([*teams, *gone], fill_value=0)
    loads = tuple((str(t), int(count), int(total)) for t, count, total in by_team.itertuples())
    by_class = table.groupby("class")["wait"].agg(["count", "median", "max"])
    by_class = by_class.reindex([c.value for c in CustomerClass]).dropna()
    waiting = tuple(
        Waiting(str(name), int(count), float(median), int(longest))
        for name, count, median, longest in by_class.itertuples()
    )
    return weeks, loads, waiting
