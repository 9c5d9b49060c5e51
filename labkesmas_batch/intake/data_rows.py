"""Which rows of the form are data: not the template's example, and no remarks of staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from labkesmas_batch import findings
from labkesmas_batch.forms import dates, schema
from labkesmas_batch.forms.raw import RawRow, RawTable
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.text.names import fold, is_blank, tidy

_EXAMPLE = tuple(column.example for column in schema.REQUESTS.columns)


@dataclass(frozen=True, slots=True)
class DataRows:
    """A table with its data rows only, and how many rows of the other sorts it had."""

    table: RawTable
    examples: int
    remarks: int


def data_rows(table: RawTable) -> DataRows:
    """Leave out the template's example silently, and what is no request with a warning each."""
    kept, notes, examples = [], [], 0
    # Cells that only look blank: such a row is a request begun, however little it seems to hold.
    odd = {number for number, _ in (*table.errors, *table.uncalculated)}
    for row in table.rows:
        if is_example(row.cells):
            examples += 1
        elif row.number not in odd and (text := _remark(row, table)):
            notes.append((findings.REMARK_ROW, row.number, text, ""))
        else:
            kept.append(row)
    table = replace(table, rows=tuple(kept), notes=(*table.notes, *notes))
    return DataRows(table, examples, len(notes))


def _remark(row: RawRow, table: RawTable) -> str:
    """Return what a row says that is no request, '' where it may be one.

    The header once more, the columns' numbers below it, a line of totals, a sentence or the
    head of a signature. A lone number or customer may be a request begun.
    """
    cells = row.cells
    if isinstance(cells[1], date):
        return ""  # the usual row, at once
    if _column_numbers(row, table):
        return "nomor kolom"
    filled = [(at, cell) for at, cell in enumerate(cells) if not is_blank(cell)]
    if not filled:
        return ""
    text = tidy(filled[0][1])
    again = sum(fold(cell).rstrip("*: ") == _FOLDED[at] for at, cell in filled)
    if again >= _ENOUGH or _total(filled):
        return text
    return text if len(filled) == 1 and _sentence(*filled[0]) else ""


def _total(filled: Sequence[tuple[int, object]]) -> bool:
    label = fold(filled[0][1]).rstrip(": ")
    return label in _TOTALS and not any(isinstance(cell, str) for _, cell in filled[1:])


def _sentence(at: int, cell: object) -> bool:
    """Tell whether a lone cell is a remark: by its place, its ending or its first words."""
    if not isinstance(cell, str):
        return False
    text = fold(cell)
    if text.endswith((":", ",")) or text.startswith(_HEADS) or _HEADERS[at] not in _MAY_BEGIN:
        return True
    return _HEADERS[at] == Header.NUMBER and len(text.split()) > 2


def _column_numbers(row: RawRow, table: RawTable) -> bool:
    """Tell whether the row just below the header numbers the columns: 1, 2, 3 or (1), (2)."""
    if row.number != table.header_row + 1:
        return False
    said = [tidy(cell).strip("()") for cell in row.cells if not is_blank(cell)]
    return len(said) >= _ENOUGH and said == [str(at) for at in range(1, len(said) + 1)]


_HEADERS = schema.REQUESTS.headers
_FOLDED = tuple(map(fold, _HEADERS))
_ENOUGH = 3
_MAY_BEGIN = (Header.NUMBER, Header.CUSTOMER)
_TOTALS = ("total", "jumlah", "jumlah total", "total contoh uji", "jumlah contoh uji")
_HEADS = ("mengetahui", "kepala ", "nip", "dibuat oleh", "diperiksa oleh", "disetujui",
          "catatan", "keterangan", "mohon ", "harap ", "tolong ", "batam,")  # fmt: skip


def is_example(cells: Sequence[object]) -> bool:
    """Tell whether the row is the template's example, untouched but for its two lookups."""
    if not isinstance(cells[0], str) or fold(cells[0]) != fold(schema.EXAMPLE_NUMBER):
        return False
    return all(
        _same_example(cells[at], example)
        for at, example in enumerate(_EXAMPLE)
        if example is not None
    )


def _same_example(cell: object, example: object) -> bool:
    """Compare a cell with the example as it was written, whatever type it came back in."""
    if isinstance(cell, date):
        return dates.moment(cell).value == dates.moment(example).value
    if isinstance(cell, (int, float)) and isinstance(example, int):
        return cell == example
    return tidy(cell) == tidy(example)
