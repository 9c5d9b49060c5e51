"""The register as people read it: a table for each kind of row, and what happened to whom."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.text.names import number_key


def tables(
    connection: sqlite3.Connection,
) -> Iterator[tuple[str, list[str], list[tuple[object, ...]]]]:
    """Yield each table for people: name, column names, rows."""
    connection.create_function("number_key", 1, number_key, deterministic=True)
    for name, query in _TABLES.items():
        cursor = connection.execute(query)
        yield name, [column[0] for column in cursor.description], cursor.fetchall()


_TABLES = {
    SheetName.SCHEDULE: """
        SELECT run, run_date, approved_by, approved_on, baris, dibawa, terkunci_tanpa_baris, baru,
               ganda, terjadwal, digeser, terkunci, dikembalikan, antrean, ditahan, selesai,
               coalesce(sum(outcome = 'Ditunda'), 0) AS ditunda, batal
        FROM runs LEFT JOIN requests USING (run)
        GROUP BY run ORDER BY run_date, length(run), run""",
    "Pengesahan": """
        SELECT run, approved_by, approved_on,
               CASE WHEN EXISTS (SELECT 1 FROM signatures AS later
                                 WHERE later.run = here.run AND later.id > here.id)
               THEN 'dibetulkan' ELSE 'berlaku' END AS standing
        FROM signatures AS here ORDER BY id""",
    SheetName.REQUESTS: "SELECT number, standing, run, first, last, team, actual, samples, note, "
    "data FROM standings ORDER BY key",
    Header.DECISION: "SELECT run, number, verdict, day, team, note, decided_by, decided_on "
    "FROM decisions ORDER BY run, place",
    SheetName.FIELD_REPORT: "SELECT number, result, planned, actual, samples, note, reported_on "
    "FROM reports ORDER BY id",
    "Nomor Dokumen": "SELECT kind, year, serial, revision, key, run FROM document_numbers "
    "ORDER BY kind, year, serial, revision",
    # Everything that ever happened to a request, in the order in which it happened.
    "Riwayat": """
        SELECT number, date, event, outcome, first, team, reason, decided_by, run FROM (
            SELECT key, number, run_date AS date, 1 AS step, 'Diusulkan' AS event, outcome, first,
                   team, reason, '' AS decided_by, run
            FROM proposals JOIN runs USING (run)
            UNION ALL
            SELECT key, number, run_date, 1, 'Diusulkan', outcome, first, team, reason, '', run
            FROM requests JOIN runs USING (run) WHERE approved_on = ''
            UNION ALL
            SELECT number_key(number), number, decided_on, 2, 'Diputuskan', verdict, day, team,
                   note, decided_by, run
            FROM decisions
            UNION ALL
            SELECT key, number, approved_on, 3, 'Disahkan', outcome, first, team, reason,
                   approved_by, run
            FROM requests JOIN runs USING (run) WHERE approved_on != ''
            UNION ALL
            SELECT key, number, reported_on, 4, 'Dilaporkan', result, actual, '', note, '', ''
            FROM reports
        ) ORDER BY key, date, step, run""",
}
