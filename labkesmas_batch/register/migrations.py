"""The register's tables as named steps, applied in order; a register remembers which it has."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping

from labkesmas_batch.text.names import number_key

MIGRATIONS: Mapping[str, tuple[str, ...]] = {
    "001-runs": (
        """CREATE TABLE runs (
            run TEXT PRIMARY KEY,
            run_date TEXT NOT NULL,
            baris INTEGER NOT NULL,
            terjadwal INTEGER NOT NULL,
            digeser INTEGER NOT NULL,
            terkunci INTEGER NOT NULL,
            dikembalikan INTEGER NOT NULL,
            antrean INTEGER NOT NULL,
            ditahan INTEGER NOT NULL
        ) STRICT""",
    ),
    "002-weeks": (
        # What a reference workbook held when it was used; weeks share one where it is the same.
        """CREATE TABLE workbooks (
            sha256 TEXT PRIMARY KEY,
            content BLOB NOT NULL
        ) STRICT, WITHOUT ROWID""",
        # A run as it took place: what validation left of it, and the schedule as it was written.
        """CREATE TABLE drafts (
            run TEXT PRIMARY KEY REFERENCES runs,
            facts TEXT NOT NULL,
            reference TEXT NOT NULL REFERENCES workbooks,
            schedule TEXT NOT NULL REFERENCES workbooks
        ) STRICT""",
        "ALTER TABLE runs ADD COLUMN approved_by TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE runs ADD COLUMN approved_on TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE runs ADD COLUMN decisions_sha256 TEXT NOT NULL DEFAULT ''",
        # Each request as it stood in a run, and what became of it there.
        """CREATE TABLE requests (
            run TEXT NOT NULL REFERENCES runs,
            place INTEGER NOT NULL,
            key TEXT NOT NULL,
            number TEXT NOT NULL,
            outcome TEXT NOT NULL,
            first TEXT,
            team TEXT NOT NULL,
            reason TEXT NOT NULL,
            data TEXT,
            PRIMARY KEY (run, place)
        ) STRICT, WITHOUT ROWID""",
        # What an approved run had proposed before management's decisions.
        """CREATE TABLE proposals (
            run TEXT NOT NULL REFERENCES runs,
            place INTEGER NOT NULL,
            key TEXT NOT NULL,
            number TEXT NOT NULL,
            outcome TEXT NOT NULL,
            first TEXT,
            team TEXT NOT NULL,
            reason TEXT NOT NULL,
            PRIMARY KEY (run, place)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX requests_by_key ON requests (key, run)",
        # Where each request of an approved schedule stands now.
        """CREATE TABLE standings (
            key TEXT PRIMARY KEY,
            number TEXT NOT NULL,
            standing TEXT NOT NULL
                CHECK (standing IN ('terkunci', 'antrean', 'ditunda', 'batal', 'selesai')),
            run TEXT NOT NULL REFERENCES runs,
            first TEXT,
            last TEXT,
            team TEXT NOT NULL,
            actual TEXT,
            samples INTEGER,
            note TEXT NOT NULL DEFAULT '',
            data TEXT NOT NULL,
            CHECK (standing NOT IN ('terkunci', 'selesai') OR first IS NOT NULL)
        ) STRICT, WITHOUT ROWID""",
        # What management decided, with its reason; time is the sign-off's date.
        """CREATE TABLE decisions (
            run TEXT NOT NULL REFERENCES runs,
            place INTEGER NOT NULL,
            number TEXT NOT NULL,
            verdict TEXT NOT NULL,
            day TEXT,
            team TEXT NOT NULL,
            note TEXT NOT NULL,
            decided_by TEXT NOT NULL,
            decided_on TEXT NOT NULL,
            PRIMARY KEY (run, place)
        ) STRICT, WITHOUT ROWID""",
        # What took place on the field day, as it was reported.
        """CREATE TABLE reports (
            id INTEGER PRIMARY KEY,
            number TEXT NOT NULL,
            key TEXT NOT NULL,
            result TEXT NOT NULL,
            planned TEXT,
            actual TEXT,
            samples INTEGER,
            note TEXT NOT NULL,
            reported_on TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE document_numbers (
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            year INTEGER NOT NULL,
            serial INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            fingerprint TEXT NOT NULL,
            run TEXT NOT NULL REFERENCES runs,
            PRIMARY KEY (kind, key),
            UNIQUE (kind, year, serial)
        ) STRICT, WITHOUT ROWID""",
    ),
    "003-papers": (
        # What the documents of an approved run are made of, so that they can be made again.
        """CREATE TABLE papers (
            run TEXT PRIMARY KEY REFERENCES runs,
            content TEXT NOT NULL,
            reference TEXT NOT NULL REFERENCES workbooks
        ) STRICT, WITHOUT ROWID""",
        # Every number ever given, each revision a row, with the run and folder of its first issue.
        """CREATE TABLE given_numbers (
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            year INTEGER NOT NULL,
            serial INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            fingerprint TEXT NOT NULL,
            run TEXT NOT NULL REFERENCES runs,
            folder TEXT NOT NULL,
            PRIMARY KEY (kind, key, revision),
            UNIQUE (kind, year, serial, revision)
        ) STRICT, WITHOUT ROWID""",
        "INSERT INTO given_numbers SELECT kind, key, year, serial, revision, fingerprint, run, "
        "'documents' FROM document_numbers",
        "DROP TABLE document_numbers",
        "ALTER TABLE given_numbers RENAME TO document_numbers",
    ),
    "004-drafts": (
        # The day on which a schedule was made, whatever its own date; '' where nobody noted it.
        "ALTER TABLE runs ADD COLUMN made_on TEXT NOT NULL DEFAULT ''",
    ),
    "005-identity": (
        # One canonical form of a number. Where requests meet in it, all live on, those after
        # the first under a number that says so.
        "UPDATE OR IGNORE standings SET key = number_key(number)",
        *(
            f"UPDATE OR IGNORE standings SET number = number || '{mark}', "
            f"key = number_key(number || '{mark}'), "
            f"data = json_set(data, '$.number', number || '{mark}') WHERE key != number_key(number)"
            for mark in (" (ganda)", *(f" (ganda {at})" for at in range(2, 100)))
        ),
        *(
            f"UPDATE {table} SET key = number_key(number)"
            for table in ("requests", "proposals", "reports")
        ),
    ),
    "006-counts": (
        *(
            f"ALTER TABLE runs ADD COLUMN {name} INTEGER NOT NULL DEFAULT 0"
            for name in ("dibawa", "terkunci_tanpa_baris", "baru", "ganda", "selesai", "batal")
        ),
        # New was whatever no schedule approved before had; nobody noted the others.
        "UPDATE runs SET baru = (SELECT count(*) FROM requests AS here WHERE here.run = runs.run "
        "AND NOT EXISTS (SELECT 1 FROM requests AS earlier JOIN runs AS before "
        "ON before.run = earlier.run WHERE earlier.key = here.key AND here.key != '' "
        "AND before.approved_on != '' AND before.rowid < runs.rowid))",
        "UPDATE runs SET batal = (SELECT count(*) FROM requests "
        "WHERE requests.run = runs.run AND outcome = 'Batal')",
        # What an approved schedule warned of: it is not told again of an unchanged row.
        """CREATE TABLE told (
            code TEXT NOT NULL,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            said TEXT NOT NULL,
            run TEXT NOT NULL REFERENCES runs,
            PRIMARY KEY (code, key, value, said)
        ) STRICT, WITHOUT ROWID""",
    ),
    "007-held": (
        # The equipment of which a visit holds a unit, as it was approved; NULL where nobody noted
        # it: then it holds what its sample type needs by today's reference.
        "ALTER TABLE standings ADD COLUMN equipment TEXT",
    ),
    "008-life": (
        # The steps of model/life.py: whatever writes here, a request lives by them.
        """CREATE TRIGGER begins BEFORE INSERT ON standings WHEN new.standing = 'selesai'
        BEGIN SELECT RAISE(ABORT, 'no step of a request''s life'); END""",
        """CREATE TRIGGER lives BEFORE UPDATE OF standing ON standings
        WHEN old.standing || ' ' || new.standing NOT IN (
            'antrean terkunci', 'antrean antrean', 'antrean ditunda', 'antrean batal',
            'ditunda terkunci', 'ditunda antrean', 'ditunda ditunda', 'ditunda batal',
            'terkunci terkunci', 'terkunci ditunda', 'terkunci batal', 'terkunci selesai',
            'selesai selesai', 'selesai ditunda', 'selesai batal',
            'batal selesai', 'batal ditunda', 'batal batal'
        )
        BEGIN SELECT RAISE(ABORT, 'no step of a request''s life'); END""",
    ),
    "009-signatures": (
        # Every signature under a schedule, in the order in which they came; a run's last one holds.
        """CREATE TABLE signatures (
            id INTEGER PRIMARY KEY,
            run TEXT NOT NULL REFERENCES runs,
            approved_by TEXT NOT NULL,
            approved_on TEXT NOT NULL,
            decisions_sha256 TEXT NOT NULL
        ) STRICT""",
        "INSERT INTO signatures (run, approved_by, approved_on, decisions_sha256) "
        "SELECT run, approved_by, approved_on, decisions_sha256 FROM runs "
        "WHERE approved_on != '' ORDER BY approved_on, rowid",
    ),
}


def applied_to(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the migrations that the register has."""
    known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'"
    if connection.execute(known).fetchone() is None:
        return []
    return [name for (name,) in connection.execute("SELECT name FROM migrations ORDER BY name")]


def missing(applied: Collection[str]) -> list[str]:
    """Return the names of the migrations that a register still lacks, in their order."""
    return [name for name in MIGRATIONS if name not in applied]


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Bring a register up to date, step by step."""
    connection.create_function("number_key", 1, number_key, deterministic=True)
    for name in missing(applied_to(connection)):
        connection.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT")
        for statement in MIGRATIONS[name]:
            connection.execute(statement)
        connection.execute("INSERT INTO migrations VALUES (?)", (name,))
