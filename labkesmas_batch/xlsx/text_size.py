"""How much space text takes in a cell: lines of a column, heights of rows."""

from __future__ import annotations

from math import ceil

# Heights in points of a line of the body's typeface and of the space above and below it.
LINE_HEIGHT, PADDING = 12.75, 3.0


def line_count(text: str, width: float) -> int:
    """Return into how many lines a column of that width in characters breaks a text.

    Spreadsheet programs do not measure rows on opening reliably, so the height is written; the
    space taken off the width keeps the estimate on the safe side.
    """
    space = max(4.0, width * 1.03 - 1.5)
    if "\n" not in text:
        return _lines(text, int(space), ceil(space))
    return sum(_lines(part, int(space), ceil(space)) for part in text.split("\n"))


def _lines(text: str, fits: int, broken: int) -> int:
    """Return how many lines a text without line breaks takes.

    ``fits`` is how much a line holds, ``broken`` where a word that is longer than that is broken.
    """
    lines, start, length = 1, 0, len(text)
    while length - start > fits:
        lines += 1
        space = text.rfind(" ", start, start + fits + 1)
        if space > start:
            start = space + 1
        else:
            start += broken
            start += text.startswith(" ", start)
    return lines
