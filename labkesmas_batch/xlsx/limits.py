"""The file format's limits of texts, counted as spreadsheet programs count: in UTF-16 units.

An emoji is one character to Python and two units to them; a text cut by ``len`` may be too long.
"""

from __future__ import annotations

SHEET_NAME, CELL, PROPERTY = 31, 32_767, 255


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int) -> str:
    """Return as much of a text as fits into so many units, never half a character."""
    if 2 * len(text) <= most or units(text) <= most:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * most].decode("utf-16-le", "ignore")
