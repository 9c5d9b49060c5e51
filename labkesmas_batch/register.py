"""The laboratory's memory between weeks, in SQLite: so far, which runs took place.

The register is looked at before any work, so that a damaged one is known at once, and written
in one transaction when everything else is done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path

from labkesmas_batch.errors import InputError, OutputError, TakenError

# Named steps, applied in order; a register remembers which it has.
MIGRATIONS: Mapping[str, str] = {
    "001-runs": """
        CREATE TABLE runs (
            run TEXT PRIMARY KEY,
            run_date TEXT NOT NULL,
            baris INTEGER NOT NULL,
            terjadwal INTEGER NOT NULL,
            digeser INTEGER NOT NULL,
            terkunci INTEGER NOT NULL,
            dikembalikan INTEGER NOT NULL,
            antrean INTEGER NOT NULL,
            ditahan INTEGER NOT NULL
        ) STRICT
    """,
}
# How long a command waits for another one that holds the register.
WAIT_SECONDS = 30.0


class Register:
    """The register at a path; the file is made with the first record.

    Raises
    ------
    InputError
        The file is there and is no register, is damaged, or was made by a newer program.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        if path.exists():
            self._inspect()

    def last_number(self, run_date: date) -> int:
        """Return the highest N of the runs ``<date>-r<N>`` that the register knows, or 0."""
        prefix = f"{run_date}-r"
        runs = self._inspect() if self._path.exists() else []
        numbers = (run.removeprefix(prefix) for run in runs if run.startswith(prefix))
        return max(map(int, numbers), default=0)

    def _inspect(self) -> list[str]:
        """Return the ids of all runs, after a look whether this is a register that we know."""
        runs: list[str] = []
        try:
            with closing(self._connect()) as connection:
                applied = _applied(connection)
                if not applied and _has_tables(connection):
                    raise sqlite3.DatabaseError("another program's database")
                if applied:
                    runs = [run for (run,) in connection.execute("SELECT run FROM runs")]
        except sqlite3.OperationalError as error:
            raise self._unusable() from error
        except sqlite3.DatabaseError as error:
            raise InputError(
                f"{self._path}: bukan register, atau register yang rusak. Kembalikan dari "
                "cadangan, atau sebut berkas lain dengan --register."
            ) from error
        if newer := [name for name in applied if name not in MIGRATIONS]:
            raise InputError(
                f"{self._path}: register ini dibuat program yang lebih baru ({', '.join(newer)}). "
                "Perbarui programnya."
            )
        return runs

    @contextmanager
    def recording(self, run: str, run_date: date, counts: Mapping[str, int]) -> Iterator[None]:
        """Record that a run took place, with the contract's counts, if what is inside succeeds.

        Raises
        ------
        OutputError
            The register cannot be written, or another command holds it for too long.
        TakenError
            The register knows a run of that id.
        """
        values = {"run": run, "run_date": run_date.isoformat(), **counts}
        names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
        with ExitStack() as stack:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                connection = stack.enter_context(closing(self._connect()))
                connection.execute("BEGIN IMMEDIATE")
                _migrate(connection)
                connection.execute(f"INSERT INTO runs ({names}) VALUES ({marks})", values)
            except sqlite3.IntegrityError as error:
                if "runs.run" in str(error):
                    raise TakenError(run) from error
                raise self._unusable() from error
            except (sqlite3.Error, OSError) as error:
                raise self._unusable() from error
            yield  # an error in here closes the connection, which takes everything back
            try:
                connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise self._unusable() from error

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=WAIT_SECONDS, isolation_level=None)

    def _unusable(self) -> OutputError:
        return OutputError(
            f"Register {self._path} tidak dapat dipakai: mungkin sedang dipakai perintah lain, "
            "hanya boleh dibaca, atau ruang penyimpanan habis. Coba lagi, atau periksa izinnya."
        )


def _has_tables(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None


def _applied(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the migrations that the register has."""
    known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'"
    if connection.execute(known).fetchone() is None:
        return []
    return [name for (name,) in connection.execute("SELECT name FROM migrations ORDER BY name")]


def _migrate(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT")
    applied = _applied(connection)
    for name, statement in MIGRATIONS.items():
        if name not in applied:
            connection.execute(statement)
            connection.execute("INSERT INTO migrations VALUES (?)", (name,))
