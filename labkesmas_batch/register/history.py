"""What the register tells a run of earlier weeks."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from labkesmas_batch.model.history import (
    REGISTER_NAME,
    History,
    Known,
    LastSchedule,
    Past,
    Standing,
    Trend,
)
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.reference import PairDecision
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.register.codec import load_request
from labkesmas_batch.register.decisions import ABOVE, approved_decisions
from labkesmas_batch.register.rows import COUNTS, day_of, run_ids
from labkesmas_batch.text.names import number_key

_MOST_WEEKS = 8


def read_history(connection: sqlite3.Connection, before: str = "") -> History:
    """Return what is known of earlier weeks; with ``before``, as it was for that run."""
    known = tuple(_known(row) for row in connection.execute(f"{_STANDINGS} ORDER BY key"))
    runs = run_ids(connection)
    runs = runs[: runs.index(before)] if before in runs else runs
    last = read_schedule(connection, runs[-1]) if runs else None
    told = frozenset(connection.execute("SELECT code, key, value, said FROM told"))
    pairs = tuple(_waiting_pairs(connection, known))
    return History(known, last, _trend(connection, runs), _seen(connection), told, pairs)


def _waiting_pairs(
    connection: sqlite3.Connection, known: Iterable[Known]
) -> Iterator[PairDecision]:
    """Yield what was decided about pairs of which both still wait, the newest first."""
    waiting = {number_key(each.request.number) for each in known if each.standing.waits}
    if not waiting:
        return
    for run, first, note in connection.execute(
        "SELECT run, number, note FROM decisions JOIN runs USING (run) WHERE verdict = ? "
        "ORDER BY runs.rowid DESC, place",
        (Header.GOES_FIRST,),
    ):
        second = note.removeprefix(ABOVE)
        if {number_key(first), number_key(second)} <= waiting:
            yield PairDecision(first, second, f"jadwal {run}", REGISTER_NAME, "", 0)


def _seen(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the numbers that approved schedules returned or held."""
    found = connection.execute(
        "SELECT DISTINCT key FROM requests JOIN runs USING (run) "
        "WHERE approved_on != '' AND outcome IN (?, ?)",
        (Outcome.RETURNED, Outcome.ON_HOLD),
    )
    return frozenset(key for (key,) in found)


def read_standing(connection: sqlite3.Connection, number: str) -> Known | None:
    """Return where a request stands, None where it is not known."""
    connection.create_function("number_key", 1, number_key, deterministic=True)
    # Not by the key: one of an older register was made by another rule.
    query = f"{_STANDINGS} WHERE number_key(number) = ?"
    row = connection.execute(query, (number_key(number),)).fetchone()
    return _known(row) if row else None


_STANDINGS = "SELECT standing, run, first, last, team, actual, equipment, data FROM standings"


def _known(row: Sequence[str]) -> Known:
    standing, run, first, last, team, on, equipment, data = row
    return Known(
        load_request(data),
        Standing(standing),
        run,
        day_of(first),
        day_of(last),
        team,
        day_of(on),
        None if equipment is None else tuple(json.loads(equipment)),
    )


def read_schedule(connection: sqlite3.Connection, run: str) -> LastSchedule:
    """Return what a run said of its requests, rows on hold left out."""
    approved = bool(approved_decisions(connection, run))
    requests = tuple(
        Past(load_request(data), Outcome(outcome), day_of(first), team)
        for outcome, first, team, data in connection.execute(
            "SELECT outcome, first, team, data FROM requests "
            "WHERE run = ? AND data IS NOT NULL ORDER BY place",
            (run,),
        )
    )
    return LastSchedule(run, approved, requests)


def _trend(connection: sqlite3.Connection, runs: Sequence[str]) -> tuple[Trend, ...]:
    query = "SELECT run FROM runs WHERE approved_on != ''"
    approved = {run for (run,) in connection.execute(query)}
    return tuple(
        _week(connection, run) for run in [run for run in runs if run in approved][-_MOST_WEEKS:]
    )


def _week(connection: sqlite3.Connection, run: str) -> Trend:
    query = f"SELECT run_date, {', '.join(COUNTS)} FROM runs WHERE run = ?"
    run_date, *counts = connection.execute(query, (run,)).fetchone()
    days: dict[str, list[float]] = defaultdict(list)
    for customer_class, waited in connection.execute(
        "SELECT json_extract(data, '$.customer_class'), "
        "julianday(first) - julianday(substr(json_extract(data, '$.received'), 1, 10)) "
        "FROM requests WHERE run = ? AND first IS NOT NULL AND data IS NOT NULL AND outcome != ?",
        (run, Outcome.LOCKED),
    ):
        days[customer_class].append(waited)
    return Trend(
        run,
        date.fromisoformat(run_date),
        dict(zip(COUNTS, counts, strict=True)),
        {customer_class: _median(waited) for customer_class, waited in days.items()},
    )


def _median(numbers: Sequence[float]) -> float:
    ordered, middle = sorted(numbers), len(numbers) // 2
    return (ordered[middle] + ordered[-1 - middle]) / 2
