"""What killed commands left: marks of runs that nobody recorded, and taking away what they name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

PASSING = ".sementara-"
# In a run's folder until its record is kept; it names what has to go if that never happens.
UNRECORDED = ".belum-tercatat"
WHOLE = "*"
# A mark can have been written by anybody. It counts in a run's folder alone, and what it names is a
# file or folder there, or one in a folder there.
_RUN = re.compile(r"\d{4}-\d{2}-\d{2}-r\d+")
_NAMED = re.compile(r"(?!\.{1,2}(?:/|$))[^/\\:\0]+(?:/(?!\.{1,2}$)[^/\\:\0]+)?")
_MOST_MARK = 1 << 20


def sweep(output: Path, recorded: Callable[[str, Sequence[str]], bool], *, alone: bool) -> None:
    """Take away what killed commands left in the output folder.

    Parameters
    ----------
    recorded
        Takes a run's id and the names that a mark in its folder holds, none for the whole folder;
        tells whether the register knows of them.
    alone
        No other command can be at work in this folder now.
    """
    if not output.is_dir():
        return
    for entry in list(output.iterdir()):
        if entry.name.startswith(PASSING):
            if alone:
                remove(entry)
        elif _RUN.fullmatch(entry.name) and (names := _marked(entry)):
            if recorded(entry.name, [name for name in names if name != WHOLE]):
                (entry / UNRECORDED).unlink(missing_ok=True)
            elif alone:
                take_back(entry)


def take_back(folder: Path) -> None:
    """Remove what the mark in a run's folder names; the mark goes last."""
    mark, names = folder / UNRECORDED, _marked(folder)
    if names == [WHOLE]:
        for entry in sorted(folder.iterdir()):
            if entry != mark:
                remove(entry)
        shutil.rmtree(folder, ignore_errors=True)
        return
    for name in names:
        remove(folder / name)
    mark.unlink(missing_ok=True)


def _marked(folder: Path) -> list[str]:
    """Return what the mark in a run's folder names; nothing where it is none of ours."""
    mark = folder / UNRECORDED
    if folder.is_symlink() or mark.is_symlink() or not mark.is_file():
        return []
    if mark.stat().st_size > _MOST_MARK:
        return []
    try:
        names = [name for name in mark.read_text(encoding="utf-8").split("\n") if name]
    except UnicodeDecodeError:
        return []
    if names == [WHOLE]:
        return names
    ours = all(
        _NAMED.fullmatch(name)
        and name != WHOLE
        and not (folder / name.partition("/")[0]).is_symlink()
        for name in names
    )
    return names if ours else []


def remove(path: Path) -> None:
    """Remove a file, a link or a folder with all that is in it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
