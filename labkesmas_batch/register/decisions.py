"""What management decided of a run and who signed it, as the register keeps it."""

from __future__ import annotations

import sqlite3
from datetime import date

from labkesmas_batch.model.decisions import Decisions, SignOff
from labkesmas_batch.model.sheets import Header

# Whom the one goes before, in the note of a decision about a pair.
ABOVE = "atas "


def approved_decisions(connection: sqlite3.Connection, run: str) -> str:
    """Return the SHA-256 of the decisions with which a run was approved, '' for a draft."""
    query = "SELECT decisions_sha256 FROM runs WHERE run = ?"
    found = connection.execute(query, (run,)).fetchone()
    return found[0] if found else ""


def sign_off(connection: sqlite3.Connection, run: str) -> SignOff:
    """Return who approved a run, and when."""
    query = "SELECT approved_by, approved_on FROM runs WHERE run = ?"
    by, on = connection.execute(query, (run,)).fetchone()
    return SignOff(by, date.fromisoformat(on))


def sign_again(connection: sqlite3.Connection, run: str, decisions: Decisions) -> None:
    """Write another signature under a run whose decisions stay as they are."""
    values = decisions.signed.by, decisions.signed.on.isoformat(), run
    connection.execute(
        "UPDATE runs SET approved_by = ?, approved_on = ?, decisions_sha256 = ? WHERE run = ?",
        (*values[:2], decisions.sha256, run),
    )
    connection.execute("UPDATE decisions SET decided_by = ?, decided_on = ? WHERE run = ?", values)
    add_signature(connection, run, decisions)


def add_signature(connection: sqlite3.Connection, run: str, decisions: Decisions) -> None:
    """Write that a run was signed."""
    signed = decisions.signed
    connection.execute(
        "INSERT INTO signatures (run, approved_by, approved_on, decisions_sha256) "
        "VALUES (?, ?, ?, ?)",
        (run, signed.by, signed.on.isoformat(), decisions.sha256),
    )


def last_approved(connection: sqlite3.Connection) -> str:
    """Return the run that was approved last, '' where none was."""
    query = "SELECT run FROM signatures GROUP BY run ORDER BY min(id) DESC LIMIT 1"
    row = connection.execute(query).fetchone()
    return row[0] if row else ""


def was_signed_with(connection: sqlite3.Connection, run: str, sha256: str) -> bool:
    """Tell whether a run bore the signature of that workbook, now or before."""
    query = "SELECT 1 FROM signatures WHERE run = ? AND decisions_sha256 = ?"
    return connection.execute(query, (run, sha256)).fetchone() is not None


def has_decisions(connection: sqlite3.Connection, run: str, decisions: Decisions) -> bool:
    """Tell whether a run was approved with just these decisions, whoever signed them."""
    query = "SELECT number, verdict, day, team, note FROM decisions WHERE run = ? ORDER BY place"
    return connection.execute(query, (run,)).fetchall() == _decision_rows(decisions)


def add_decisions(connection: sqlite3.Connection, run: str, decisions: Decisions) -> None:
    """Write the decisions of a run."""
    signed, rows = decisions.signed, _decision_rows(decisions)
    connection.executemany(
        "INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(run, place, *row, signed.by, signed.on.isoformat()) for place, row in enumerate(rows)],
    )


def _decision_rows(decisions: Decisions) -> list[tuple[str, str, str | None, str, str]]:
    rows: list[tuple[str, str, str | None, str, str]] = [
        (
            order.number,
            order.verdict.value,
            order.day.isoformat() if order.day else None,
            order.team,
            order.note,
        )
        for order in decisions.orders
    ]
    rows += [
        (pair.first, Header.GOES_FIRST, None, "", f"{ABOVE}{pair.second}")
        for pair in decisions.pairs
    ]
    return rows
