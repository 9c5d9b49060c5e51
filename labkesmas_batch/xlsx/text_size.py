"""How much space text takes in a cell: lines of a column, heights of rows."""

from __future__ import annotations

from math import ceil

# Heights in points of a line of the body's typeface and of the room above and below it.
LINE_HEIGHT, ROOM = 12.75, 3.0


def line_count(text: str, width: float) -> int:
    """Return into how many lines a column of that width in characters breaks a text.

    Spreadsheet programs do not measure rows on opening reliably, so the height is written; the
    room taken off the width keeps the estimate on the safe side.
    """
    room = max(4.0, width * 1.03 - 1.5)
    if "\n" not in text:
        return _lines(text, int(room), ceil(room))
    return sum(_lines(part, int(room), ceil(room)) for part in text.split("\n"))


def _lines(text: str, room: int, broken: int) -> int:
    """Return how many lines a text without line breaks takes.

    ``room`` is what a line holds, ``broken`` where a word that is longer than that is broken.
    """
    lines, start, length = 1, 0, len(text)
    while length - start > room:
        lines += 1
        space = text.rfind(" ", start, start + room + 1)
        if space > start:
            start = space + 1
        else:
            start += broken
            start += text.startswith(" ", start)
    return lines
