"""Where a table's header stands, and which column is which."""

from __future__ import annotations

from collections.abc import Sequence

from labkesmas_batch.errors import InputError
from labkesmas_batch.findings import column_letters
from labkesmas_batch.forms import schema
from labkesmas_batch.text.names import fold, is_blank, nearest, tidy

HEADER_ROWS = 20


def folded(cell: object) -> str:
    """Return the form in which headers are compared: letters and digits only."""
    return "".join(filter(str.isalnum, fold(cell))) if isinstance(cell, str) else ""


def find_header(
    grid: Sequence[Sequence[object]], sheet: schema.Sheet
) -> tuple[int, dict[str, int], Sequence[object]]:
    """Return where the header ends (0-based row), header to column, and the headers as read.

    The row, or the two rows read as one, that know the most headers. Two are tried because
    staff put a merged title over several columns, or break a long header into two cells.
    """
    by_fold = {folded(header): header for header in sheet.headers}
    best: tuple[int, dict[str, int], Sequence[object]] = (0, {}, grid[0] if grid else ())
    for at, row in enumerate(grid[:HEADER_ROWS]):
        columns = _known_headers([[cell] for cell in row], by_fold)
        if len(columns) > len(best[1]):
            best = (at, columns, row)
        if at + 1 < min(len(grid), HEADER_ROWS):
            spelt = _two_lines(row, grid[at + 1])
            columns = _known_headers(spelt, by_fold)
            if len(columns) > len(best[1]):
                best = (at + 1, columns, [names[0] for names in spelt])
    return best


def _known_headers(spelt: Sequence[Sequence[object]], by_fold: dict[str, str]) -> dict[str, int]:
    """Return header to column; each column may be spelt in several ways."""
    columns: dict[str, int] = {}
    for index, names in enumerate(spelt):
        for name in names:
            if (header := by_fold.get(folded(name))) is not None:
                columns.setdefault(header, index)
                break
    return columns


def _two_lines(upper: Sequence[object], lower: Sequence[object]) -> list[list[str]]:
    """Return how each column of a two-line header may be read."""
    spelt, title = [], ""
    for above, below in zip(upper, lower, strict=False):
        if not is_blank(above):
            title = tidy(above)
        under = tidy(below) if isinstance(below, str) else ""
        own = tidy(above) if isinstance(above, str) else ""
        spelt.append([under, f"{title} {under}", f"{under} {title}"] if under else [own])
    return spelt


def require_columns(
    place: str,
    row: Sequence[object],
    at: int,
    columns: dict[str, int],
    sheet: schema.Sheet,
) -> None:
    """Refuse a table without its required columns, or with a column twice.

    Raises
    ------
    InputError
        Names what is missing or doubled, with the near miss that stands in its place.
    """
    required = [column.header for column in sheet.columns if column.required]
    missing = [header for header in required if header not in columns]
    if len(missing) == len(required):
        raise InputError(
            f"{place}: judul kolom tidak ditemukan pada {HEADER_ROWS} baris pertama. Pakai "
            f"templatnya; kolom wajib: {', '.join(required)}."
        )
    twice = [
        f"{header} ({column_letters(index + 1)}{at + 1} dan {column_letters(columns[header] + 1)}"
        f"{at + 1})"
        for header in columns
        for index, cell in enumerate(row)
        if index != columns[header] and folded(cell) == folded(header)
    ]
    if twice:
        raise InputError(
            f"{place}: judul kolom ganda: {', '.join(twice)}. Hapus atau ganti nama salah satunya."
        )
    if missing:
        others = [tidy(cell) for i, cell in enumerate(row) if i not in columns.values()]
        hints = []
        for header in missing:
            near = nearest(header, [other for other in others if other])
            hints.append(header + (f" (tertulis “{near}”?)" if near else ""))
        raise InputError(
            f"{place}: kolom wajib tidak ada: {', '.join(hints)}. Perbaiki judul kolomnya pada "
            f"baris {at + 1}."
        )
