"""The laboratory's memory between weeks, in SQLite.

The register is looked at before any work, held for as long as a command works, and written in one
transaction when everything else is done: a killed command leaves it as it was.
"""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path

from labkesmas_batch.errors import InputError, OutputError, TakenError
from labkesmas_batch.model.history import NOTHING_KNOWN, History, Known
from labkesmas_batch.register import history, rows
from labkesmas_batch.register.migrations import MIGRATIONS, applied_to, bring_up_to_date, missing
from labkesmas_batch.register.network_share import is_network_share
from labkesmas_batch.register.session import Session
from labkesmas_batch.register.tables import tables
from labkesmas_batch.text.editions import names_in, next_edition

# How long a command waits for another one that holds the register, and after how long it says so.
WAIT_SECONDS, TELL_AFTER_SECONDS = 30.0, 2.0
BACKUPS = "cadangan"
# Less space than this on the disk, and a week may not fit.
_LEAST_FREE_BYTES = 20_000_000
# Kibibytes of pages that stay in memory while a huge week is written.
_CACHE = -65_536
Say = Callable[[str], None]


def silent(_: str) -> None:
    """Say nothing."""


class Register:
    """The register at a path; the file is made with the first record.

    Raises
    ------
    InputError
        The file is there and is no register, is damaged, or was made by a newer program.
    OutputError
        The file is on a network share or a full disk, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if is_network_share(path):
            raise OutputError(
                f"Register {path} terletak di folder jaringan; di sana basis data mudah rusak. "
                "Sebut berkas di komputer ini dengan --register, mis. C:\\labkesmas\\register.db."
            )
        if path.exists():
            self._inspect()
        self._check_free_space()

    def must_exist(self, remedy: str) -> None:
        """Refuse to go on without a register.

        Raises
        ------
        InputError
            There is none; the message ends with the remedy.
        """
        if not self.path.exists():
            raise InputError(f"Register {self.path} tidak ada. {remedy}")

    def history(self) -> History:
        """Return what is known of earlier weeks, nothing where there is no register yet."""
        if not self._has_weeks():
            return NOTHING_KNOWN
        with self._reading() as connection:
            return history.read_history(connection)

    def standing(self, number: str) -> Known | None:
        """Return where a request stands, None where the register does not know it."""
        if not self._has_weeks():
            return None
        with self._reading() as connection:
            return history.read_standing(connection, number)

    def last_number(self, run_date: date) -> int:
        """Return the highest N of the runs ``<date>-r<N>`` that the register knows, or 0."""
        prefix = f"{run_date}-r"
        runs = self._inspect() if self.path.exists() else []
        numbers = (run.removeprefix(prefix) for run in runs if run.startswith(prefix))
        return max(map(int, numbers), default=0)

    def tables(self) -> list[tuple[str, list[str], list[tuple[object, ...]]]]:
        """Return each table for people: name, column names, rows.

        Raises
        ------
        InputError
            There is no register yet.
        """
        if not self._has_weeks():
            raise InputError(
                f"Register {self.path} belum ada. Jalankan “run” dahulu, atau sebut berkasnya "
                "dengan --register."
            )
        with self._reading() as connection:
            return list(tables(connection))

    def newest_reference(self) -> bytes:
        """Return the reference workbook of the newest run, b"" where the register has none."""
        if not self._has_weeks():
            return b""
        with self._reading() as connection:
            return rows.newest_reference(connection)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Open the register to be read: one of an older program as a copy, brought up to date."""
        with closing(self._connect()) as connection:
            if not missing(applied_to(connection)):
                yield connection
                return
            with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
                connection.backup(copy)
                bring_up_to_date(copy)
                yield copy

    def _has_weeks(self) -> bool:
        if not self.path.exists():
            return False
        with closing(self._connect()) as connection:
            return "002-weeks" in applied_to(connection)

    def _inspect(self) -> list[str]:
        """Return the ids of all runs, after a look whether this is a register that we know."""
        runs: list[str] = []
        try:
            with closing(self._connect()) as connection:
                (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
                if sound != "ok":
                    raise sqlite3.DatabaseError(sound)
                applied = applied_to(connection)
                if not applied and _has_tables(connection):
                    raise sqlite3.DatabaseError("another program's database")
                if applied:
                    runs = rows.run_ids(connection)
        except sqlite3.OperationalError as error:
            raise self._unusable() from error
        except sqlite3.DatabaseError as error:
            raise InputError(
                f"{self.path}: bukan register, atau register yang rusak. Kembalikan dari folder "
                f"{BACKUPS} di sampingnya, atau sebut berkas lain dengan --register."
            ) from error
        if newer := [name for name in applied if name not in MIGRATIONS]:
            raise InputError(
                f"{self.path}: register ini dibuat program yang lebih baru ({', '.join(newer)}). "
                "Perbarui programnya."
            )
        return runs

    def _check_free_space(self) -> None:
        there = next(each for each in self.path.absolute().parents if each.exists())
        free = shutil.disk_usage(there).free
        if free < _LEAST_FREE_BYTES:
            raise OutputError(
                f"Ruang penyimpanan untuk register {self.path} hampir habis "
                f"({free // 1_000_000} MB). Kosongkan dahulu, lalu jalankan lagi."
            )

    def _check_writable(self) -> None:
        """Refuse a file that may only be read: SQLite would say so at the first writing only."""
        needed = [self.path, self.path.parent] if self.path.exists() else []
        if not all(os.access(each, os.W_OK) for each in needed):
            raise self._unusable()

    @contextmanager
    def holding(self, command: str, say: Say = silent) -> Iterator[Session]:
        """Hold the register for a command; only :meth:`Session.keep` makes its writing last.

        Parameters
        ----------
        command
            Said to others who wait meanwhile.
        say
            Called once where another command has to be waited for.

        Raises
        ------
        OutputError
            The register cannot be written, or another command holds it for too long.
        """
        self._check_writable()
        made = [each for each in self.path.parents if not each.exists()]
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = self._begin(say)
        except (sqlite3.Error, OSError) as error:
            _remove_empty(made)
            raise self._unusable() from error
        try:
            with closing(connection):
                self._note_holder(command)
                try:
                    yield Session(connection, self.back_up)
                except sqlite3.IntegrityError as error:
                    if "runs.run" in str(error):
                        raise TakenError from error
                    raise self._unusable() from error
                except sqlite3.Error as error:
                    raise self._unusable() from error
                finally:
                    with suppress(OSError):
                        self._holder.unlink(missing_ok=True)
                    self._remove_unused()
        finally:
            _remove_empty(made)

    def _begin(self, say: Say) -> sqlite3.Connection:
        """Return a connection that nobody else can write beside."""
        waited = 0.0
        while True:
            connection = sqlite3.connect(
                self.path, timeout=TELL_AFTER_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                connection.execute(f"PRAGMA cache_size = {_CACHE}")
                connection.execute("BEGIN IMMEDIATE")
                if self.path.exists():
                    self._migrate(connection)
                    return connection
            except sqlite3.OperationalError as error:
                busy = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
                if not busy:
                    connection.close()
                    raise
                if not waited:
                    say(f"Menunggu register{self._held_by()} ...")
                waited += TELL_AFTER_SECONDS
                if waited >= WAIT_SECONDS:
                    connection.close()
                    raise OutputError(
                        f"Register {self.path} sudah {WAIT_SECONDS:.0f} detik dipakai perintah "
                        f"lain{self._held_by()}. Tunggu sampai selesai, lalu jalankan lagi."
                    ) from error
            except BaseException:
                connection.close()
                raise
            connection.close()

    def _migrate(self, connection: sqlite3.Connection) -> None:
        if (applied := applied_to(connection)) and (steps := missing(applied)):
            self.back_up(f"sebelum-{steps[0]}")
        bring_up_to_date(connection)

    def back_up(self, why: str) -> Path:
        """Copy the register, as it is before this command, into the folder beside it."""
        folder = self.path.parent / BACKUPS
        target = folder / next_edition(f"{self.path.stem}-{why}.db", names_in(folder))
        passing = folder / f".sementara-{target.name}"
        try:
            folder.mkdir(exist_ok=True)
            passing.unlink(missing_ok=True)
            with closing(self._connect()) as source, closing(sqlite3.connect(passing)) as copy:
                source.backup(copy)
            passing.replace(target)
        except (sqlite3.Error, OSError) as error:
            with suppress(OSError):  # whatever hindered it may hinder this as well
                passing.unlink()
            raise OutputError(
                f"Cadangan register tidak dapat ditulis di {folder}. Periksa izin dan ruangnya; "
                "tidak ada yang diubah."
            ) from error
        return target

    @property
    def _holder(self) -> Path:
        return self.path.with_name(f".{self.path.name}-pemegang")

    def _note_holder(self, command: str) -> None:
        user = "?"
        with suppress(Exception):  # no such user in some containers
            user = getpass.getuser()
        text = f"“{command}” oleh {user} di {socket.gethostname()} (proses {os.getpid()})"
        with suppress(OSError):  # a courtesy only
            self._holder.write_text(text, encoding="utf-8")

    def _held_by(self) -> str:
        with suppress(OSError):
            return f", dipakai {self._holder.read_text(encoding='utf-8')}"
        return ""

    def _remove_unused(self) -> None:
        """Take away the empty file that holding a register made, if nothing was recorded."""
        with suppress(OSError):
            if self.path.stat().st_size == 0:
                self.path.unlink()

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)

    def _unusable(self) -> OutputError:
        return OutputError(
            f"Register {self.path} tidak dapat dipakai: mungkin sedang dipakai perintah lain, "
            "hanya boleh dibaca, atau ruang penyimpanan habis. Coba lagi, atau periksa izinnya."
        )


def _has_tables(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None


def _remove_empty(folders: Sequence[Path]) -> None:
    for folder in folders:
        with suppress(OSError):  # something is in it, or it was never made
            folder.rmdir()
