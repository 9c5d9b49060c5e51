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
from labkesmas_batch.model.reference import Reference
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
        Folded numbers of the locked or finished requests that the intake repeats.
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
    """

    outcomes: dict[Outcome, tuple[int, int, int]]
    weeks: tuple[tuple[date, int, int], ...]
    teams: tuple[tuple[str, int, int], ...]
    waiting: tuple[Waiting, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Return the contract's counts: ``baris`` and what adds up to it.

        Those are the six, and of an approved schedule what management set aside.
        """
        by_outcome = {name.lower(): sum(row) for name, row in self.outcomes.items()}
        return {"baris": sum(by_outcome.values()), **by_outcome}


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
    def errors(self) -> int:
        """Return how many findings put a row on hold."""
        return sum(finding.is_error for finding in self.findings)
