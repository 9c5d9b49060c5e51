"""Outputs appear whole or not at all: built under a passing name, then renamed.

What has its name but is not yet recorded carries a mark, so that the next command can take away
what a killed one left.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date
from pathlib import Path

from labkesmas_batch.errors import OutputError, TakenError
from labkesmas_batch.publishing.unrecorded import PASSING, UNRECORDED, WHOLE, remove, take_back
from labkesmas_batch.text.editions import editions, names_in, next_edition

_TRIES = 20


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
            temporary = Path(tempfile.mkdtemp(prefix=PASSING, dir=output))
            try:
                temporary.chmod(0o755)
                build(temporary, run)
                (temporary / UNRECORDED).write_text(WHOLE)
                with recording(run):
                    _claim(temporary, output / run)
                    temporary = output / run
                # Once recorded, the next command may take the mark away as well.
                (temporary / UNRECORDED).unlink(missing_ok=True)
                return output / run, run
            except TakenError:
                shutil.rmtree(temporary, ignore_errors=True)
            except BaseException:
                shutil.rmtree(temporary, ignore_errors=True)
                raise
        raise _unwritable(output)


def publish_into(
    folder: Path,
    build: Callable[[Path], None],
    recording: Callable[[], AbstractContextManager[None]],
) -> None:
    """Build files and folders and put them into a folder that is there.

    Parameters
    ----------
    folder
        A run's. What it has of the same names is what a killed command left, and is replaced.
    build
        Takes a temporary folder and writes everything.
    recording
        The names are given inside this context; an error in it takes them back.

    Raises
    ------
    OutputError
        The folder cannot be written; nothing is left behind.
    """
    with _folder(folder):
        temporary = Path(tempfile.mkdtemp(prefix=PASSING, dir=folder.parent))
        try:
            temporary.chmod(0o755)
            build(temporary)
            _put(
                folder, temporary, sorted(entry.name for entry in temporary.iterdir()), recording()
            )
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def publish_edition(
    folder: Path,
    name: str,
    build: Callable[[Path], None],
    taken: Collection[str],
    recording: Callable[[str], AbstractContextManager[None]],
) -> tuple[Path, tuple[str, ...]]:
    """Build files and put them where nothing has to give way: what lies there stays as it is.

    Parameters
    ----------
    folder, name
        A run's, and the folder in it that the files belong to. Files that are all there already,
        byte for byte, are not written again; single ones that are missing come back; where one
        lies there with other content, all go to a new folder: ``name-2``, ``name-3`` and so on.
    build
        Takes the folder to write into, and makes it.
    taken
        Names of folders that are not to be used, whether they are still there or not.
    recording
        Takes the name of the folder; as in :func:`publish_into`.

    Returns
    -------
    folder, written
        Where all the files are now, and the names of those that were not there before.

    Raises
    ------
    OutputError
        The folder cannot be written; nothing is left behind.
    """
    with _folder(folder):
        temporary = Path(tempfile.mkdtemp(prefix=PASSING, dir=folder.parent))
        try:
            build(temporary / name)
            files = {path.name: path.read_bytes() for path in sorted((temporary / name).iterdir())}
            chosen, missing = _edition(folder, name, files, taken)
            if chosen != name:
                (temporary / name).rename(temporary / chosen)
            there = (folder / chosen).exists()
            names = [f"{chosen}/{each}" for each in missing] if there else [chosen]
            _put(folder, temporary, names, recording(chosen))
            return folder / chosen, missing
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def _edition(
    folder: Path, name: str, files: Mapping[str, bytes], taken: Collection[str]
) -> tuple[str, tuple[str, ...]]:
    """Return which folder files go to, and which of them it lacks."""
    names = {*taken, *names_in(folder)}
    usable = [each for each in reversed(editions(name, names)) if each not in taken]
    for each in usable:
        if all(_holds(folder / each / file, content) for file, content in files.items()):
            return each, ()
    for each in usable[:1]:  # an older one is not added to: it is what was once issued
        missing = tuple(file for file in files if not (folder / each / file).exists())
        rest = ((folder / each / file, files[file]) for file in files if file not in missing)
        if all(_holds(path, content) for path, content in rest):
            return each, missing
    return next_edition(name, names), tuple(files)


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _put(
    folder: Path, temporary: Path, names: Sequence[str], recording: AbstractContextManager[None]
) -> None:
    """Give files and folders their names in a run's folder, and record it."""
    mark = folder / UNRECORDED
    (temporary / UNRECORDED).write_text("\n".join(names), encoding="utf-8")
    (temporary / UNRECORDED).replace(mark)
    try:
        with recording:
            for name in names:
                remove(folder / name)
                (temporary / name).rename(folder / name)
    except BaseException:
        take_back(folder)
        raise
    mark.unlink(missing_ok=True)


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
            temporary = target.with_name(f"{PASSING}{number}-{target.name}")
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
    return target.with_name(next_edition(target.name, names_in(target.parent)))


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
