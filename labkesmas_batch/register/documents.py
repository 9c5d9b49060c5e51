"""What the register keeps of documents: their numbers, and what they can be made again of."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from labkesmas_batch.model.documents import DocumentKind, Given, Numbered


@dataclass(frozen=True, slots=True)
class DocumentSources:
    """What the documents of an approved run are made of.

    Parameters
    ----------
    content
        What was decided, as the documents write it down.
    reference
        The reference workbook that they were last made with.
    """

    run: str
    content: str
    reference: bytes


def issue(
    connection: sqlite3.Connection,
    papers: DocumentSources,
    numbers: Iterable[Numbered],
    folder: str,
) -> None:
    """Write what documents are made of, and their numbers; those given before stay as they are."""
    sha256 = hashlib.sha256(papers.reference).hexdigest()
    connection.execute("INSERT OR IGNORE INTO workbooks VALUES (?, ?)", (sha256, papers.reference))
    connection.execute(
        "INSERT OR REPLACE INTO papers VALUES (?, ?, ?)", (papers.run, papers.content, sha256)
    )
    connection.executemany(
        "INSERT INTO document_numbers VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (kind, key, revision) DO NOTHING",
        [
            (
                each.kind.value,
                each.key,
                each.year,
                each.serial,
                each.revision,
                each.fingerprint,
                papers.run,
                folder,
            )
            for each in numbers
        ],
    )


def read_papers(connection: sqlite3.Connection, run: str) -> DocumentSources | None:
    """Return what the documents of a run are made of, None where the register does not know."""
    found = connection.execute(
        "SELECT papers.content, workbooks.content FROM papers "
        "JOIN workbooks ON sha256 = reference WHERE run = ?",
        (run,),
    ).fetchone()
    return DocumentSources(run, *found) if found else None


def given_numbers(connection: sqlite3.Connection) -> tuple[Given, ...]:
    """Return every number ever given, the revisions of a document in their order."""
    query = (
        "SELECT run, folder, kind, key, year, serial, revision, fingerprint FROM document_numbers "
        "ORDER BY kind, key, revision"
    )
    return tuple(
        Given(run, folder, Numbered(DocumentKind(kind), *rest))
        for run, folder, kind, *rest in connection.execute(query)
    )
