"""Outputs appear whole or not at all: built under a passing name, then renamed."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date
from pathlib import Path

from labkesmas_batch.errors import OutputError, TakenError

_TRIES = 20
_PASSING = ".sementara-"


def publish_run(
    output: Path,
    run_date: date,
    last_number: Callable[[], int],
    build: Callable[[Path, str], None],
    recording: Callable[[str], AbstractContextManager[None]],
) -> tuple[Path, str]:
    """Build a run's folder and give it the next free name ``<date>-r<N>``.

    Parameters
    ----------
    output
        Folder of all runs; made where it does not exist.
    run_date
        First part of the name.
    last_number
        Asked anew for each try; N is larger than its answer, and than that of any folder there.
    build
        Takes the temporary folder and the run id, and writes every file.
    recording
        Called with the run id; the folder gets its name inside this context, so that a register
        which another command holds is waited for before anything is to be seen. A TakenError
        from it means that the next number has to do.

    Returns
    -------
    folder, run
        The published folder and its run id.

    Raises
    ------
    OutputError
        The folder cannot be written; nothing is left behind.
    """
    with _folder(output):
        for _ in range(_TRIES):
            run = f"{run_date}-r{max(last_number(), _last_number(output, run_date)) + 1}"
            temporary = Path(tempfile.mkdtemp(prefix=_PASSING, dir=output))
            try:
                temporary.chmod(0o755)
                build(temporary, run)
                with recording(run):
                    _claim(temporary, output / run)
                    temporary = output / run
                return output / run, run
            except TakenError:
                shutil.rmtree(temporary, ignore_errors=True)
            except BaseException:
                shutil.rmtree(temporary, ignore_errors=True)
                raise
        raise _unwritable(output)


def publish_files(jobs: Sequence[tuple[Path, Callable[[Path], None]]]) -> tuple[Path, ...]:
    """Build files and put each at its target, or beside it with a number where that is taken.

    Parameters
    ----------
    jobs
        Target and the function that writes the file to the path it is given. All are built
        before the first gets its name.

    Raises
    ------
    OutputError
        A folder cannot be written; nothing is left behind.
    """
    with ExitStack() as stack:
        passing = []
        for number, (target, build) in enumerate(jobs):
            stack.enter_context(_folder(target.parent))
            temporary = target.with_name(f"{_PASSING}{number}-{target.name}")
            stack.callback(temporary.unlink, missing_ok=True)
            passing.append(temporary)
            build(temporary)
        published = []
        for (target, _), temporary in zip(jobs, passing, strict=True):
            published.append(_free(target))
            temporary.replace(published[-1])
    return tuple(published)


def _claim(temporary: Path, folder: Path) -> None:
    """Rename the folder to its final name."""
    try:
        temporary.rename(folder)
    except OSError as error:
        if folder.exists():
            raise TakenError from error
        raise


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


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """Make a folder where it is missing, and take away again what was made if nothing came of it.

    Raises
    ------
    OutputError
        For any error of the file system in between.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise _unwritable(folder) from error
    finally:
        for each in missing:
            if each.is_dir() and not any(each.iterdir()):
                each.rmdir()


def _unwritable(folder: Path) -> OutputError:
    return OutputError(
        f"Folder {folder} tidak dapat ditulisi. Periksa izin dan sisa ruangnya, tutup berkas di "
        "dalamnya, atau pilih folder lain dengan --output."
    )
