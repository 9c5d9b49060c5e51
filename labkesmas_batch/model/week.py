"""A run as a whole, and its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from labkesmas_batch.findings import Finding
from labkesmas_batch.model.history import Change, Trend
from labkesmas_batch.model.institution import Issuer
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.plan import Plan
from labkesmas_batch.model.reference import PairDecision, Reference
from labkesmas_batch.model.requests import CustomerClass, Request, RowOnHold
from labkesmas_batch.model.schedule import Reason, Visit


@dataclass(frozen=True, slots=True)
class Facts:
    """What a run planned with: validated inputs and the register's requests among them.

    Parameters
    ----------
    requests
        Of the intake and carried over from the register, in no order; without locked ones.
    repeated
        Canonical numbers of the locked, done or cancelled requests that the intake repeats.
    copies
        Rows that only repeat another row.
    pairs
        What the Kepala decided in earlier weeks about pairs of requests that still wait, the newest
        first.
    contacts
        Locked requests whose contact data the intake has otherwise: as the register has them, with
        the new data.
    """

    run_date: date
    intakes: tuple[Source, ...]
    reference_source: Source
    packaged: bool
    requests: tuple[Request, ...]
    repeated: frozenset[str]
    on_hold: tuple[RowOnHold, ...]
    findings: tuple[Finding, ...]
    examples: int
    remark_rows: int
    remarks: tuple[str, ...]
    copies: int = 0
    pairs: tuple[PairDecision, ...] = ()
    contacts: tuple[Request, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """An input workbook that was read: identity for the audit trail."""

    path: Path
    name: str
    sha256: str
    template: str


class LoadGroup(StrEnum):
    """Whose capacity a load uses."""

    TEAM = "Tim"
    LABORATORY = "Laboratorium"
    EQUIPMENT = "Peralatan"


@dataclass(frozen=True, slots=True)
class Load:
    """What one resource carries in one week, day by day from Monday.

    Parameters
    ----------
    name
        Of the team, the sample type or the equipment.
    measure
        What is counted: ``kunjungan``, ``contoh uji`` or ``unit``.
    used
        Seven numbers.
    capacity
        Seven numbers: 0 where it is not there, None where there is no limit.
    """

    group: LoadGroup
    name: str
    measure: str
    used: tuple[int, ...]
    capacity: tuple[int | None, ...]

    @property
    def share(self) -> float | None:
        """Return the share of the week's capacity that is used, None without limit or capacity."""
        limits = [limit for limit in self.capacity if limit is not None]
        if len(limits) < len(self.capacity) or not sum(limits):
            return None
        return sum(self.used) / sum(limits)


@dataclass(frozen=True, slots=True)
class Binding:
    """What kept requests from days of one week, and their numbers in order of rank."""

    reason: Reason
    names: tuple[str, ...]
    requests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """One week from its Monday: its loads, and what bound, the most requests first."""

    monday: date
    visits: int
    loads: tuple[Load, ...]
    bindings: tuple[Binding, ...]

    @property
    def team_share(self) -> float | None:
        """Return the share of all teams' visits that is used, None where one has no limit."""
        teams = [load for load in self.loads if load.measure == "kunjungan"]
        limits = [limit for load in teams for limit in load.capacity]
        known = [limit for limit in limits if limit is not None]
        if len(known) < len(limits) or not sum(known):
            return None
        return sum(sum(load.used) for load in teams) / sum(known)


UNKNOWN_CLASS = "Tidak terbaca"
CLASSES = (CustomerClass.INTERNAL, CustomerClass.EXTERNAL, UNKNOWN_CLASS)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Calendar days from request to first day of the visit, for one class."""

    customer_class: str
    visits: int
    median: float
    longest: int


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Rows of the forms, and requests without one, beside what became of each request.

    Parameters
    ----------
    brought
        Waiting requests that the register brought, without a row.
    locked_alone
        Locked visits without a row.
    new
        Requests that no approved schedule has seen.
    copies
        Rows that only repeat another one.
    done, cancelled
        Rows of requests that are over.
    """

    brought: int = 0
    locked_alone: int = 0
    new: int = 0
    copies: int = 0
    done: int = 0
    cancelled: int = 0


NO_MORE_ROWS = RowCounts()


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one run.

    Parameters
    ----------
    outcomes
        For each outcome the rows by class in the order of ``CLASSES``.
    weeks
        (Monday, internal visits, external visits), without gaps from first to last.
    teams
        (team, visits, samples), every team, in the reference's order.
    waiting
        One entry for each class that has visits.
    rows
        What the forms hold beside the requests of this week.
    """

    outcomes: dict[Outcome, tuple[int, int, int]]
    weeks: tuple[tuple[date, int, int], ...]
    teams: tuple[tuple[str, int, int], ...]
    waiting: tuple[Waiting, ...]
    rows: RowCounts = NO_MORE_ROWS

    @property
    def counts(self) -> dict[str, int]:
        """Return the contract's counts: all rows, and what became of each.

        ``baris`` + ``dibawa`` + ``terkunci_tanpa_baris`` is the sum of ``ganda``, the six outcomes,
        ``selesai`` and ``batal``; in an approved schedule of ``ditunda`` too.
        """
        rows = self.rows
        by_outcome = {name.lower(): sum(row) for name, row in self.outcomes.items()}
        cancelled = by_outcome.pop("batal", 0) + rows.cancelled
        ends = {"ganda": rows.copies, **by_outcome, "selesai": rows.done, "batal": cancelled}
        beside = {"dibawa": rows.brought, "terkunci_tanpa_baris": rows.locked_alone}
        lines = sum(ends.values()) - sum(beside.values())
        return {"baris": lines, **beside, "baru": rows.new, **ends}

    @property
    def open(self) -> int:
        """Return how many requests this week decides about: all but the locked ones."""
        rows = (row for name, row in self.outcomes.items() if name is not Outcome.LOCKED)
        return sum(map(sum, rows))

    @property
    def dated(self) -> int:
        """Return how many of them get a day."""
        return sum(map(sum, (self.outcomes[Outcome.SCHEDULED], self.outcomes[Outcome.MOVED])))


@dataclass(frozen=True, slots=True)
class Week:
    """A planned week with everything that is said of it, ready to be written.

    Parameters
    ----------
    facts
        What it was planned with.
    plan
        The plan that all the rest speaks of.
    loads
        How much of teams, laboratory and equipment each week uses.
    tests
        What the run tested of its own order, and whether it holds.
    summary
        The figures.
    findings
        About the intakes, the reference and the plan, in the order of files and sheets.
    changes
        Against ``last_run``, the newest schedule before this one; '' where there is none.
    trend
        The last eight approved schedules before this one, oldest first.
    """

    facts: Facts
    plan: Plan
    loads: tuple[WeekLoad, ...]
    tests: tuple[tuple[str, bool], ...]
    summary: Summary
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...] = ()
    last_run: str = ""
    trend: tuple[Trend, ...] = ()

    @property
    def run_date(self) -> date:
        """Return the day of this planning (tanggal pengaturan jadwal)."""
        return self.facts.run_date

    @property
    def reference(self) -> Reference:
        """Return what was planned with."""
        return self.plan.reference

    @property
    def issuer(self) -> Issuer:
        """Return whose week it is."""
        return self.reference.office.issuer

    @property
    def visits(self) -> tuple[Visit, ...]:
        """Return every visit, this week's in order of rank before the locked ones."""
        return self.plan.visits

    @property
    def ahead(self) -> tuple[Visit, ...]:
        """Return the visits that are not over by the run date."""
        return tuple(visit for visit in self.visits if visit.last >= self.run_date)

    @property
    def errors(self) -> int:
        """Return how many findings put a row on hold."""
        return sum(finding.is_error for finding in self.findings)
