"""Where each request stands in the schedule workbook, for the links between its sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from labkesmas_batch.explanation.week import SET_ASIDE
from labkesmas_batch.model.schedule import Returned, Unplaced, Visit
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.model.week import Week


class SheetLinks:
    """The rows of requests, by No. Permintaan; '' for a request that a sheet does not have.

    Parameters
    ----------
    calendar
        No. Permintaan to the cell of its first day on Kalender.
    """

    def __init__(self, week: Week, calendar: Mapping[str, str]) -> None:
        rows: list[tuple[str, str, Sequence[Visit | Unplaced | Returned]]] = [
            (SheetName.SCHEDULE, "B", week.visits),
            (SheetName.WAITING, "A", week.plan.allocation.unplaced),
            (SheetName.RETURNED, "A", week.plan.returned),
        ]
        self._standing = {
            each.request.number: f"{sheet}!{column}{row}"
            for sheet, column, these in rows
            for row, each in enumerate(these, start=2)
        }
        self._standing |= {
            request.number: f"'{SET_ASIDE}'!A{row}"
            for row, (request, _) in enumerate(week.plan.set_aside, start=2)
        }
        self._calendar = calendar
        self._silent_zone = {
            each.request.number: row for row, each in enumerate(week.plan.zone, start=2)
        }
        self._problems: dict[str, int] = {}
        for row, finding in enumerate(week.findings, start=2):
            if finding.is_error:
                self._problems.setdefault(finding.number, row)
        self._changes = {each.request.number: row for row, each in enumerate(week.changes, start=2)}

    def on(self, sheet: str, number: str) -> str:
        """Return its row on that sheet, or else the first row there."""
        rows: Mapping[str, Callable[[str], str]] = {
            SheetName.SILENT_ZONE: self.silent_zone,
            SheetName.CHANGES: self.change,
            SheetName.FINDINGS: self._problem,
        }
        found = rows.get(sheet, self.standing)(number)
        return found or f"'{sheet}'!A2"

    def _problem(self, number: str) -> str:
        row = self._problems.get(number)
        return f"Kesalahan!G{row}" if row else ""

    def standing(self, number: str) -> str:
        """Return its row on the sheet that says what became of it."""
        return self._standing.get(number, "")

    def precedence(self, rank: int, number: str) -> str:
        """Return its row on Prioritas; one that was not ranked may stand on Perubahan."""
        return f"Prioritas!B{rank + 1}" if rank else self.change(number)

    def calendar(self, number: str) -> str:
        """Return the cell of its first day on Kalender."""
        cell = self._calendar.get(number)
        return f"Kalender!{cell}" if cell else ""

    def silent_zone(self, number: str) -> str:
        """Return its row on Zona Antara."""
        row = self._silent_zone.get(number)
        return f"'Zona Antara'!B{row}" if row else ""

    def change(self, number: str) -> str:
        """Return its row on Perubahan."""
        row = self._changes.get(number)
        return f"Perubahan!B{row}" if row else ""
