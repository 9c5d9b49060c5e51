"""The life of a request: the table in code, the register's constraint, and what commands may do."""

from __future__ import annotations

import re
import sqlite3

import pytest

from labkesmas_batch.model.history import FieldResult, Standing
from labkesmas_batch.model.life import LIFE, Event, becomes, reported
from labkesmas_batch.register.migrations import bring_up_to_date

OVER = (Standing.DONE, Standing.CANCELLED)
STATES = tuple(Standing)
STEPS = {(before, after) for (before, _), after in LIFE.items() if before is not None}


@pytest.fixture
def register() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    bring_up_to_date(connection)
    return connection


def put(register: sqlite3.Connection, standing: Standing) -> None:
    register.execute("DELETE FROM standings")
    begun = Standing.LOCKED if standing is Standing.DONE else standing
    register.execute(
        "INSERT INTO standings (key, number, standing, run, first, team, data) "
        "VALUES ('p-1', 'P-1', ?, '', '2026-06-02', '', '{}')",
        (begun.value,),
    )
    turn(register, standing)


def turn(register: sqlite3.Connection, standing: Standing) -> None:
    register.execute("UPDATE standings SET standing = ?", (standing.value,))


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_the_register_takes_the_steps_of_the_table_and_no_others(
    register: sqlite3.Connection, before: Standing, after: Standing
) -> None:
    put(register, before)
    if (before, after) in STEPS:
        turn(register, after)
    else:
        with pytest.raises(sqlite3.IntegrityError, match="no step"):
            turn(register, after)


def test_nothing_begins_as_done(register: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="no step"):
        register.execute(
            "INSERT INTO standings (key, number, standing, run, first, team, data) "
            "VALUES ('p-1', 'P-1', 'selesai', '', '2026-06-02', '', '{}')"
        )


@pytest.mark.parametrize("over", OVER)
def test_what_is_over_stays_so_save_by_a_correction(over: Standing) -> None:
    steps = [event for before, event in LIFE if before is over]
    assert steps
    assert all(event.name.startswith("CORRECTED") for event in steps)


def test_only_an_approval_takes_up_a_new_request_or_one_that_waits() -> None:
    open_ones = (None, Standing.WAITING, Standing.POSTPONED)
    steps = {event for before, event in LIFE if before in open_ones}
    assert steps == {Event.PLACED, Event.QUEUED, Event.POSTPONED, Event.CANCELLED}


@pytest.mark.parametrize(
    ("before", "result", "after"),
    [
        (Standing.LOCKED, FieldResult.DONE, Standing.DONE),
        (Standing.LOCKED, FieldResult.POSTPONED, Standing.POSTPONED),
        (Standing.CANCELLED, FieldResult.DONE, Standing.DONE),
        (Standing.DONE, FieldResult.CANCELLED, Standing.CANCELLED),
    ],
)
def test_a_report_of_what_is_over_corrects_it(
    before: Standing, result: FieldResult, after: Standing
) -> None:
    event = reported(before, result)
    assert event.name.startswith("CORRECTED") is (before in OVER)
    assert becomes(before, event) is after


def test_a_step_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match=re.escape("batal, `finalize`: a day")):
        becomes(Standing.CANCELLED, Event.PLACED)
