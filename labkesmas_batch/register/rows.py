"""What the register's rows say: each function reads or writes one kind of them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from labkesmas_batch.frozen import frozen
from labkesmas_batch.model.decisions import Decisions
from labkesmas_batch.model.documents import Numbered
from labkesmas_batch.model.history import (
    Known,
    Told,
)
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.requests import Request, RowOnHold
from labkesmas_batch.model.week import Facts
from labkesmas_batch.register.codec import dump_facts, dump_request, load_facts, load_request
from labkesmas_batch.register.decisions import add_decisions, add_signature
from labkesmas_batch.register.documents import DocumentSources, issue
from labkesmas_batch.text.names import number_key

COUNTS = ("baris", "dibawa", "terkunci_tanpa_baris", "baru", "ganda", "terjadwal", "digeser",
          "terkunci", "dikembalikan", "antrean", "ditahan", "selesai", "batal")  # fmt: skip
# So many drafts can still be approved, the newest ones.
KEPT_DRAFTS = 12


@frozen
class RequestOutcome:
    """What became of a request, or of a row on hold, in a run."""

    request: Request | RowOnHold
    outcome: Outcome
    first: date | None = None
    team: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """Everything that the register keeps of a run in draft."""

    run: str
    facts: Facts
    counts: Mapping[str, int]
    outcomes: Sequence[RequestOutcome]
    reference: bytes
    schedule: bytes
    made_on: date


@dataclass(frozen=True, slots=True)
class Draft:
    """A run as it was recorded, and on which day; None where an older program recorded it."""

    run: str
    facts: Facts
    reference: bytes
    schedule: bytes
    made_on: date | None


@dataclass(frozen=True, slots=True)
class Approval:
    """What ``finalize`` writes: the decisions, and where every request stands after them.

    ``contacts`` are requests that stand as they did, with new contact data.
    """

    run: str
    decisions: Decisions
    counts: Mapping[str, int]
    outcomes: Sequence[RequestOutcome]
    standings: Sequence[Known]
    contacts: Sequence[Request]
    papers: DocumentSources
    numbers: Sequence[Numbered]
    folder: str
    told: frozenset[Told] = frozenset()


def day_of(text: str | None) -> date | None:
    """Return a day as the register writes it, read back."""
    return date.fromisoformat(text) if text else None


def iso(day: date | None) -> str | None:
    """Return a day as the register writes it."""
    return day.isoformat() if day else None


def run_order(run: str) -> tuple[str, int]:
    """Return a key that puts run ids in the order of time: r10 after r9."""
    day, _, number = run.rpartition("-r")
    return day, int(number)


def run_ids(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of all runs in the order in which they took place, whatever their dates."""
    return [run for (run,) in connection.execute("SELECT run FROM runs ORDER BY rowid")]


def add_run(connection: sqlite3.Connection, record: RunRecord) -> None:
    """Record that a run took place, and forget what only drafts of long ago needed."""
    values: dict[str, object] = {"run": record.run, "run_date": record.facts.run_date.isoformat()}
    values["made_on"] = record.made_on.isoformat()
    values |= {name: record.counts[name] for name in COUNTS}
    names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    connection.execute(f"INSERT INTO runs ({names}) VALUES ({marks})", values)
    _add_outcomes(connection, record.run, record.outcomes)
    books = [
        (hashlib.sha256(each).hexdigest(), each) for each in (record.reference, record.schedule)
    ]
    connection.executemany("INSERT OR IGNORE INTO workbooks VALUES (?, ?)", books)
    connection.execute(
        "INSERT INTO drafts VALUES (?, ?, ?, ?)",
        (record.run, dump_facts(record.facts), books[0][0], books[1][0]),
    )
    connection.execute(
        "DELETE FROM drafts WHERE run NOT IN "
        "(SELECT run FROM runs WHERE approved_on = '' ORDER BY rowid DESC LIMIT ?)",
        (KEPT_DRAFTS,),
    )
    connection.execute(
        "UPDATE requests SET data = NULL WHERE run IN (SELECT run FROM runs "
        "WHERE approved_on = '' AND run NOT IN (SELECT run FROM drafts))"
    )
    connection.execute(
        "DELETE FROM workbooks WHERE sha256 NOT IN "
        "(SELECT reference FROM drafts UNION SELECT schedule FROM drafts "
        "UNION SELECT reference FROM papers)"
    )


def _add_outcomes(
    connection: sqlite3.Connection, run: str, outcomes: Iterable[RequestOutcome]
) -> None:
    connection.executemany(
        "INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                run,
                place,
                number_key(each.request.number),
                each.request.number,
                each.outcome,
                iso(each.first),
                each.team,
                each.reason,
                dump_request(each.request) if isinstance(each.request, Request) else None,
            )
            for place, each in enumerate(outcomes)
        ),
    )


def read_draft(connection: sqlite3.Connection, run: str) -> Draft | None:
    """Return the run as it was recorded, None where that was too many drafts ago."""
    found = connection.execute(
        "SELECT facts, acuan.content, jadwal.content, made_on FROM drafts JOIN runs USING (run) "
        "JOIN workbooks AS acuan ON acuan.sha256 = reference "
        "JOIN workbooks AS jadwal ON jadwal.sha256 = schedule WHERE run = ?",
        (run,),
    ).fetchone()
    if found is None:
        return None
    rows = connection.execute(
        "SELECT data FROM requests WHERE run = ? AND data IS NOT NULL AND outcome != 'Terkunci' "
        "ORDER BY place",
        (run,),
    )
    requests = tuple(load_request(data) for (data,) in rows)
    facts, reference, schedule, made_on = found
    made = day_of(made_on or None)
    return Draft(run, load_facts(facts, requests), reference, schedule, made)


def newest_reference(connection: sqlite3.Connection) -> bytes:
    """Return the reference workbook of the newest run, b"" where none is kept."""
    found = connection.execute(
        "SELECT content FROM drafts JOIN workbooks ON sha256 = reference "
        "JOIN runs USING (run) ORDER BY runs.rowid DESC"
    ).fetchone()
    return found[0] if found else b""


def reference_of(connection: sqlite3.Connection, run: str) -> bytes:
    """Return the reference workbook of a run, b"" where it is not kept any more."""
    query = (
        "SELECT content FROM workbooks WHERE sha256 IN "
        "(SELECT reference FROM drafts WHERE run = :run "
        "UNION SELECT reference FROM papers WHERE run = :run)"
    )
    row = connection.execute(query, {"run": run}).fetchone()
    return bytes(row[0]) if row else b""


def approve(connection: sqlite3.Connection, approval: Approval) -> None:
    """Write the decisions of a run, and where its requests stand from now on."""
    run, signed = approval.run, approval.decisions.signed
    counts = ", ".join(f"{name} = :{name}" for name in COUNTS)
    values: dict[str, object] = {name: approval.counts[name] for name in COUNTS}
    values |= {"run": run, "by": signed.by, "on": signed.on.isoformat()}
    connection.execute(
        f"UPDATE runs SET approved_by = :by, approved_on = :on, decisions_sha256 = :sha, {counts} "
        "WHERE run = :run",
        values | {"sha": approval.decisions.sha256},
    )
    add_signature(connection, run, approval.decisions)
    connection.execute(
        "INSERT INTO proposals SELECT run, place, key, number, outcome, first, team, reason "
        "FROM requests WHERE run = ?",
        (run,),
    )
    connection.execute("DELETE FROM requests WHERE run = ?", (run,))
    _add_outcomes(connection, run, approval.outcomes)
    add_decisions(connection, run, approval.decisions)
    connection.executemany(
        "INSERT OR IGNORE INTO told VALUES (?, ?, ?, ?, ?)",
        [(*each, run) for each in sorted(approval.told)],
    )
    for known in approval.standings:
        _put_standing(connection, known)
    put_contacts(connection, approval.contacts)
    issue(connection, approval.papers, approval.numbers, approval.folder)


def put_contacts(connection: sqlite3.Connection, requests: Iterable[Request]) -> None:
    """Write new contact data of requests that stand as they did."""
    connection.executemany(
        "UPDATE standings SET data = ? WHERE key = ?",
        [(dump_request(each), number_key(each.number)) for each in requests],
    )


def _put_standing(connection: sqlite3.Connection, known: Known) -> None:
    connection.execute(
        "INSERT INTO standings (key, number, standing, run, first, last, team, equipment, data) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
        "number = excluded.number, standing = excluded.standing, run = excluded.run, "
        "first = excluded.first, last = excluded.last, team = excluded.team, "
        "equipment = excluded.equipment, data = excluded.data, actual = NULL, samples = NULL, "
        "note = ''",
        (
            number_key(known.request.number),
            known.request.number,
            known.standing.value,
            known.run,
            iso(known.first),
            iso(known.last),
            known.team,
            None if known.equipment is None else json.dumps(known.equipment, ensure_ascii=False),
            dump_request(known.request),
        ),
    )
