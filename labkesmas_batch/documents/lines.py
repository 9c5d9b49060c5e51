"""Lines of a sheet with their cells and looks, and how much space their texts take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from labkesmas_batch.documents.amounts import rupiah
from labkesmas_batch.documents.content import Document, Gap, Link, Rupiah, Value
from labkesmas_batch.text.indonesian import long_date
from labkesmas_batch.xlsx.text_size import LINE_HEIGHT, PADDING, line_count

Props = tuple[tuple[str, object], ...]

_MOST_HEIGHT = 400.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in columns ``first`` to ``last`` of a line, with its looks."""

    first: int
    last: int
    value: Value
    props: Props


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: height in points, cells; ``keep`` holds it with the line below.

    ``head`` is the line to say again where a page begins with this one.
    """

    height: float
    cells: tuple[Cell, ...] = ()
    keep: bool = False
    head: Line | None = None


def props(**looks: object) -> Props:
    """Return looks in the form in which cells carry them."""
    return tuple(sorted(looks.items()))


def shown(value: Value) -> str:
    """Return what a reader sees of a value, for measuring."""
    match value:
        case None:
            return ""
        case Gap():
            return f"{value.lead}……… ({value.label})"
        case Rupiah():
            return rupiah(value.amount)
        case Link():
            return value.text
        case date():
            return long_date(value)
        case _:
            return str(value)


def last(document: Document) -> int:
    """Return the last column."""
    return len(document.grid) - 1


def wide(document: Document, value: Value, looks: Props) -> Cell:
    """Return a cell across the page."""
    return Cell(0, last(document), value, looks)


def width(document: Document, first: int, last: int) -> float:
    """Return the width of columns in characters; each further one adds its padding."""
    wide_sum = sum(document.grid[first : last + 1]) + 0.7 * (last - first)
    # Long lines have their share of narrow letters.
    return wide_sum * 1.12 if wide_sum > 40 else wide_sum


def middle(document: Document) -> int:
    """Return the column at which the right half begins."""
    half = sum(document.grid) * 0.45
    return next(at for at in range(len(document.grid)) if sum(document.grid[:at]) >= half)


def _remaining(value: Value, width: float) -> float:
    """Return the width that a value has: the label in a gap is small."""
    return width * 1.3 if isinstance(value, Gap) else width


def height(texts: Iterable[tuple[Value, float]]) -> float:
    """Return the height of a line that holds these values in columns of these widths."""
    count = max(
        (line_count(shown(value), _remaining(value, width)) for value, width in texts), default=1
    )
    return min(_MOST_HEIGHT, count * LINE_HEIGHT + PADDING)
