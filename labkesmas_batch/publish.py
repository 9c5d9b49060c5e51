"""Outputs appear whole or not at all: built in a folder beside the target, then renamed."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from labkesmas_batch.errors import OutputError

_TRIES = 5


def publish_run(
    output: Path, run_date: date, last_number: int, build: Callable[[Path, str], None]
) -> tuple[Path, str]:
    """Build a run's folder and give it the next free name ``<date>-r<N>``.

    Parameters
    ----------
    output
        Folder of all runs; made where it does not exist.
    run_date
        First part of the name.
    last_number
        N is larger than this one, and than that of any folder there.
    build
        Takes the temporary folder and the run id, and writes every file.

    Returns
    -------
    folder, run
        The published folder and its run id.

    Raises
    ------
    OutputError
        The folder cannot be written; nothing is left behind.
    """
    made = _make(output)
    try:
        for _ in range(_TRIES):
            run = f"{run_date}-r{max(last_number, _last_number(output, run_date)) + 1}"
            temporary = Path(tempfile.mkdtemp(prefix=".sementara-", dir=output))
            try:
                temporary.chmod(0o755)
                build(temporary, run)
                if _claim(temporary, output / run):
                    return output / run, run
            finally:
                shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        raise _unwritable(output) from error
    finally:
        _remove_empty(output, made)
    raise _unwritable(output)


def _claim(temporary: Path, folder: Path) -> bool:
    """Rename the folder to its final name; False where another run has taken it meanwhile."""
    try:
        temporary.rename(folder)
    except OSError:
        if folder.exists():
            return False
        raise
    return True


def withdraw(folder: Path) -> None:
    """Take back a run's folder whose command could not be completed."""
    shutil.rmtree(folder, ignore_errors=True)
    _remove_empty(folder.parent, made=True)


def publish_file(target: Path, build: Callable[[Path], None]) -> Path:
    """Build one file and put it at ``target``, or beside it with a number where that is taken.

    Raises
    ------
    OutputError
        The folder cannot be written.
    """
    made = _make(target.parent)
    temporary = target.with_name(f".sementara-{target.name}")
    try:
        build(temporary)
        free = _free(target)
        temporary.replace(free)
    except OSError as error:
        raise _unwritable(target.parent) from error
    finally:
        temporary.unlink(missing_ok=True)
        _remove_empty(target.parent, made)
    return free


def _free(target: Path) -> Path:
    free, number = target, 1
    while free.exists():
        number += 1
        free = target.with_name(f"{target.stem}-{number}{target.suffix}")
    return free


def _last_number(output: Path, run_date: date) -> int:
    pattern = re.compile(rf"{run_date}-r(\d+)$")
    taken = (pattern.match(entry.name) for entry in output.iterdir())
    return max((int(match[1]) for match in taken if match), default=0)


def _make(folder: Path) -> bool:
    """Make the folder and tell whether it was missing."""
    if folder.is_dir():
        return False
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise _unwritable(folder) from error
    return True


def _remove_empty(folder: Path, made: bool) -> None:
    if made and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _unwritable(folder: Path) -> OutputError:
    return OutputError(
        f"Folder {folder} tidak dapat ditulisi. Periksa izin dan sisa ruangnya, tutup berkas di "
        "dalamnya, atau pilih folder lain dengan --output."
    )
