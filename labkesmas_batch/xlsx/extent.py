"""How far the cells of a sheet reach, seen in its XML before any reader opens it.

A single cell far away from the table makes a reader ask for the whole rectangle in between.
"""

from __future__ import annotations

import re
from itertools import pairwise

from labkesmas_batch.findings import column_letters

# The largest sheet that Excel can hold, with the form's columns and a few more, fits in this.
MOST_CELLS = 20_000_000
# A sheet this empty is an accident or an attack; below the lower bound nobody minds.
SPARSE_CELLS, MOST_SPARSE = 6_000_000, 20
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

# Other programs write prefixes, single quotes and line breaks where Excel writes none.
TAG = rb"<(?:[A-Za-z0-9_]+:)?"
AT = rb"""\br\s*=\s*["']([A-Za-z]{1,12})([0-9]{1,12})["']"""
# The rest of a tag up to its address, and behind it. Neither is tried again in another way: a tag
# of a megabyte that repeats its address would otherwise be read once for each of them.
UP_TO_AT = rb"(?>[^<>]*?" + AT + rb")"
IN_TAG = rb"[^<>]*+"
_CELL = re.compile(TAG + rb"c\s" + UP_TO_AT + IN_TAG + rb"(?<!/)>")
_ANY_CELL = re.compile(TAG + rb"c[\s/>]")
_ANY_PLACED = re.compile(TAG + rb"c\s[^<>]*?" + AT)
_ROW = re.compile(TAG + rb"""row\b(?:[^<>]*?\br\s*=\s*["']([0-9]{1,12})["'])?""")
# Cells that do not say where they are, as programs do.
_UNPLACED = re.compile(rb"<c(?![of]| r=)")
# Those that do not say that it is in the columns A to S, more than the form has, and in the rows up
# to 299,999, or up to the last one: without them no sheet needs to be measured by the cell.
_COLUMNS, _FEW_ROWS = 19, 299_999
_BEYOND_FEW = re.compile(rb"""<c(?![of]| r="[A-S](?:[0-9]{1,5}|[12][0-9]{5})")""")
_BEYOND_ALL = re.compile(
    rb"""<c(?![of]| r="[A-S](?:[0-9]{1,6}|10(?:[0-3][0-9]{4}"""
    rb"""|4(?:[0-7][0-9]{3}|8(?:[0-4][0-9]{2}|5(?:[0-6][0-9]|7[0-6])))))")"""
)


class Corner:
    """Whether all cells stand in the upper left corner of the sheet, which is quickly seen."""

    def __init__(self) -> None:
        self._few = self._placed = True
        self._cells = 0

    def add(self, chunk: bytes) -> None:
        """Take in a piece of the sheet's XML that ends with a whole cell or row."""
        self._cells += chunk.count(b"</c>")
        if b":c" in chunk:  # a prefix, which the patterns do not know
            self._few = self._placed = False
        self._few = self._few and not _BEYOND_FEW.search(chunk)
        if not self._few:
            self._placed = self._placed and not _BEYOND_ALL.search(chunk)

    @property
    def holds_all(self) -> bool:
        """Tell whether no rectangle around the cells can be too large or too empty."""
        if self._few:
            return min(SPARSE_CELLS, MOST_CELLS) >= _COLUMNS * _FEW_ROWS
        full = min(MOST_CELLS, MOST_SPARSE * self._cells) >= _COLUMNS * LAST_ROW
        return self._placed and full


class Extent:
    """How far a sheet's cells reach, and how many there are with content."""

    def __init__(self) -> None:
        self.cells = self.last_row = 0
        self._letters: set[bytes] = set()
        self._unplaced = 0
        self._row = 0

    @property
    def last_column(self) -> int:
        """Return the 1-based last column."""
        placed = max((column_of(letters) for letters in self._letters), default=-1) + 1
        return max(placed, self._unplaced)

    @property
    def is_too_far(self) -> bool:
        """Tell whether the rectangle from A1 is larger than any form, or all but empty."""
        rows, columns = self.last_row, self.last_column
        most = min(MOST_CELLS, max(SPARSE_CELLS, MOST_SPARSE * self.cells))
        return rows * columns > most or rows > LAST_ROW or columns > LAST_COLUMN

    @property
    def farthest(self) -> str:
        """Return in words where the last cell stands."""
        columns = self.last_column
        return f"baris {self.last_row}" if columns < 200 else f"kolom {column_letters(columns)}"

    def add(self, chunk: bytes) -> None:
        """Take in a piece of the sheet's XML that ends with a whole cell or row."""
        if found := _CELL.findall(chunk):
            self.cells += len(found)
            self._letters.update({letters for letters, _ in found})
            self.last_row = max(self.last_row, *map(int, {row for _, row in found}))
        # Cells without an address stand where the reader counts them; programs write addresses.
        if _UNPLACED.search(chunk) or b":c" in chunk:
            self._count(chunk)

    def _count(self, chunk: bytes) -> None:
        if len(_ANY_CELL.findall(chunk)) == len(_ANY_PLACED.findall(chunk)):
            return
        starts = [(found.start(), found[1]) for found in _ROW.finditer(chunk)]
        pieces = [(0, b""), *starts, (len(chunk), b"")]
        for (start, number), (end, _) in pairwise(pieces):
            if start or number:
                self._row = int(number) if number else self._row + 1
            cells = len(_ANY_CELL.findall(chunk, start, end))
            if cells:
                self.last_row = max(self.last_row, self._row)
                self._unplaced = max(self._unplaced, cells)
                self.cells += cells


def column_of(letters: bytes) -> int:
    """Return the 0-based column of its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1
