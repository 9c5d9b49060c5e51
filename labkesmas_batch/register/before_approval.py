"""The register as it was before an approval, out of the copy that was made then."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from labkesmas_batch.errors import InputError
from labkesmas_batch.register.migrations import bring_up_to_date
from labkesmas_batch.register.register import BACKUPS
from labkesmas_batch.register.session import Session, copy_name
from labkesmas_batch.text.editions import editions, names_in


@contextmanager
def before_approval(register: Path, run: str, runs: Sequence[str]) -> Iterator[Session]:
    """Give the register as it was before a run was approved; what is written there is lost.

    Parameters
    ----------
    register
        The register's file.
    runs
        Those that it has now; the copy has the first of them.

    Raises
    ------
    InputError
        There is no such copy, or it is another register's.
    """
    folder = register.parent / BACKUPS
    found = editions(f"{register.stem}-{copy_name(run)}.db", names_in(folder))
    unusable = InputError(
        f"Salinan register dari sebelum {run} disahkan tidak ada di {folder}, atau tidak dapat "
        "dibaca; tanpa itu tanda tangannya tidak dapat dibetulkan. Kembalikan salinan itu."
    )
    if not found:
        raise unusable
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        try:
            with closing(sqlite3.connect(folder / found[-1])) as kept:
                kept.backup(copy)
            bring_up_to_date(copy)
            earlier = Session(copy, lambda _: None)
            there = earlier.runs()
            ours = run in there and there == list(runs[: len(there)])
        except sqlite3.Error as error:
            raise unusable from error
        if not ours or earlier.approved_decisions(run):
            raise unusable
        yield earlier
