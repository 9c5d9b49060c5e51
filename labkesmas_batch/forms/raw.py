"""Raw cells that know where they stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from labkesmas_batch.findings import FindingKind
from labkesmas_batch.frozen import frozen

Grid = Sequence[Sequence[object]]


@frozen
class RawRow:
    """One data row: its true row number and its cells in the order of the table's columns."""

    number: int
    cells: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """A sheet whose header was found.

    Parameters
    ----------
    file, sheet
        Names as people see them.
    header_row
        1-based.
    columns
        Schema header to 0-based column; headers that the sheet lacks are absent.
    rows
        Data rows in sheet order, blank ones left out.
    surplus
        0-based column and text of each header that the schema does not know.
    errors
        (row, 0-based column) of cells that show an Excel error, with its text.
    uncalculated
        (row, 0-based column) of formulas without a saved value.
    notes
        What is odd about the sheet as a whole: kind, row or 0, value, hint.
    epoch_1904
        Bare day numbers count from 1904, as old Macs wrote them.
    """

    file: str
    sheet: str
    header_row: int
    columns: Mapping[str, int]
    rows: tuple[RawRow, ...]
    surplus: tuple[tuple[int, str], ...] = ()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    notes: tuple[tuple[FindingKind, int, str, str], ...] = ()
    epoch_1904: bool = False
