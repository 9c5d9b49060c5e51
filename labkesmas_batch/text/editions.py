"""Names of files and folders that come once more: ``name``, ``name-2``, ``name-3`` and so on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path, PurePath


def editions(name: str, names: Iterable[str]) -> list[str]:
    """Return those of some names that are editions of a name, the newest last."""
    return [found for _, found in sorted(_numbered(name, names).items())]


def next_edition(name: str, names: Iterable[str]) -> str:
    """Return the name of the next edition; one whose number was ever used is not used again."""
    last = max(_numbered(name, names), default=0)
    path = PurePath(name)
    return f"{path.stem}-{last + 1}{path.suffix}" if last else name


def names_in(folder: Path) -> list[str]:
    """Return the names of what lies in a folder, nothing where it is gone."""
    return [path.name for path in folder.iterdir()] if folder.is_dir() else []


def _numbered(name: str, names: Iterable[str]) -> dict[int, str]:
    path = PurePath(name)
    pattern = re.compile(rf"{re.escape(path.stem)}(?:-(\d+))?{re.escape(path.suffix)}")
    return {int(match[1] or 1): each for each in names if (match := pattern.fullmatch(each))}
