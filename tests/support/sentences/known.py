"""What an outsider knows of a schedule: forms, reference, decisions, and the workbook's own rows."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook

from tests.support.dump import records
from tests.support.oracle import Visit, World

Row = dict[str, object]
TABLES = ("Jadwal", "Dikembalikan", "Antrean", "Prioritas", "Zona Antara", "Perubahan")
# Management's word on a request: verdict, new day, new team, note.
Order = tuple[object, ...]


def as_day(cell: object) -> date | None:
    """Return the day of a cell, None for a text or a blank."""
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else None


@dataclass
class Known:
    """A schedule workbook beside what it must agree with.

    Parameters
    ----------
    world
        Requests as they count, and the reference, of the run date.
    path
        The workbook.
    pairs
        Upper and lower number of each pair that the Kepala decided, of earlier weeks, too.
    orders
        Management's words, in a final workbook.
    aside
        Numbers that were postponed or cancelled in it.
    last
        The schedule before it, None for the first.
    last_approved
        Whether that one was approved.
    locked_in
        Number to the run that gave its visit the day.
    """

    world: World
    path: Path
    pairs: Collection[tuple[str, str]] = ()
    orders: Mapping[str, Order] = field(default_factory=dict)
    last: Path | None = None
    last_approved: bool = False
    locked_in: Mapping[str, str] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(init=False)
    rank: dict[str, int] = field(init=False)
    visits: dict[str, Visit] = field(init=False)
    status: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = read_rows(self.path)
        self.rank = {
            str(r["No. Permintaan"]): int(str(r["Peringkat"])) for r in self.rows["Prioritas"]
        }
        self.pairs = {pair for pair in self.pairs if self.rank.keys() >= set(pair)}
        self.visits, self.status = {}, {}
        for row in self.rows["Jadwal"]:
            no, first, last = (
                str(row["No. Permintaan"]),
                *map(as_day, (row["Tanggal Mulai"], row["Tanggal Selesai"])),
            )
            assert first is not None and last is not None
            self.visits[no] = Visit(
                self.world.asked[no], first, str(row["Tim"]), (last - first).days + 1
            )
            self.status[no] = str(row["Status"])

    def fixed(self, no: str) -> bool:
        """Tell whether a visit had its day before anybody was placed."""
        return self.status.get(no) == "Terkunci" or no in self.orders

    def before(self, no: str) -> list[Visit]:
        """Return the visits that were placed before a request's."""
        mine = self.rank.get(no, 0)
        return [
            visit
            for key, visit in self.visits.items()
            if key != no and (self.fixed(key) or self.rank[key] < mine)
        ]


def read_rows(path: Path) -> dict[str, list[Row]]:
    """Return the rows of the tables that have a No. Permintaan."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(path)
    return {
        name: [row for row in records(book[name]) if row.get("No. Permintaan")] for name in TABLES
    }
