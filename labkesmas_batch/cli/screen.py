"""How a line is shown on a terminal: broken at its width, a word of warning in colour.

A file, a pipe or another program gets the line as it is.
"""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Mapping
from typing import TextIO

# A line that is read is not wider than a page, however wide the window.
WIDEST = 80
_COLOURS = {"Galat": "1;31", "Peringatan": "33", "Perlu perhatian:": "1"}
_WARNING = re.compile(rf"^({'|'.join(_COLOURS)})(?!\w)")
# Columns side by side: breaking them would make them unreadable.
_COLUMNS = re.compile(r"\S {2,}\S")


def width_of(stream: TextIO) -> int:
    """Return the width for text on the terminal, 0 where the stream is none."""
    return min(shutil.get_terminal_size().columns, WIDEST) if stream.isatty() else 0


def dressed(text: str, width: int, *, colours: bool) -> str:
    """Return a line of text as a terminal of that width shows it; with width 0 as it is."""
    if not width:
        return text
    fitted = "\n".join(_fitted(line, width) for line in text.split("\n"))
    if not colours:
        return fitted
    return _WARNING.sub(lambda word: f"\x1b[{_COLOURS[word[1]]}m{word[1]}\x1b[0m", fitted)


def wants_colours(environment: Mapping[str, str]) -> bool:
    """Tell whether the user wants colours, see https://no-color.org."""
    return not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def _fitted(line: str, width: int) -> str:
    """Break a line where it is too long; a path or an address is never broken."""
    bare = line.lstrip()
    if len(line) <= width or _COLUMNS.search(bare):
        return line
    indent = " " * (len(line) - len(bare) + 2)
    return textwrap.fill(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
