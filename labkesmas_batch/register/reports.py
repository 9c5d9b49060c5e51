"""What the field reported, as the register keeps it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date

from labkesmas_batch.model.history import FieldReport, FieldResult, Standing
from labkesmas_batch.model.life import becomes, reported
from labkesmas_batch.register.rows import day_of, iso
from labkesmas_batch.text.names import number_key


def read_reports(connection: sqlite3.Connection) -> tuple[FieldReport, ...]:
    """Return what was reported of field days, oldest first."""
    query = "SELECT number, result, actual, samples, note, planned FROM reports ORDER BY id"
    return tuple(
        FieldReport(number, FieldResult(result), day_of(actual), samples, note, day_of(planned))
        for number, result, actual, samples, note, planned in connection.execute(query)
    )


def add_reports(
    connection: sqlite3.Connection, reports: Iterable[FieldReport], reported_on: date
) -> None:
    """Write what took place of locked visits."""
    for each in reports:
        key = number_key(each.number)
        query = "SELECT first, standing FROM standings WHERE key = ?"
        planned, before = connection.execute(query, (key,)).fetchone()
        standing = Standing(before)
        standing = becomes(standing, reported(standing, each.result))
        connection.execute(
            "INSERT INTO reports "
            "(number, key, result, planned, actual, samples, note, reported_on) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                each.number,
                key,
                each.result.value,
                planned,
                iso(each.actual),
                each.samples,
                each.note,
                reported_on.isoformat(),
            ),
        )
        connection.execute(
            "UPDATE standings SET standing = ?, actual = ?, samples = ?, note = ? WHERE key = ?",
            (standing.value, iso(each.actual), each.samples, each.note, key),
        )
