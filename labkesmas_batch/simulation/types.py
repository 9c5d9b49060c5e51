"""The types of ``simulate``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from labkesmas_batch.findings import Finding
from labkesmas_batch.model.policy import Policy
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import CustomerClass, Request


@dataclass(frozen=True, slots=True)
class RequestHistory:
    """Requests of past intakes, to draw weeks from.

    Parameters
    ----------
    rows
        How many data rows the intakes have.
    on_hold
        Rows with an error.
    doubled
        Rows that stand in another intake with the same content.
    faults
        The errors.
    """

    requests: tuple[Request, ...] = ()
    rows: int = 0
    on_hold: int = 0
    doubled: int = 0
    faults: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class SimulatedWeek:
    """Requests of one week, and the Monday after it on which they are planned."""

    run_date: date
    requests: tuple[Request, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way to run the laboratory.

    Parameters
    ----------
    name, group
        As management reads them; scenarios of one group are compared.
    reference
        Teams and policy.
    lock_days
        Each week the visits of so many days are fixed, the others planned again; None fixes all.
    """

    name: str
    group: str
    reference: Reference
    lock_days: int | None


@dataclass(frozen=True, slots=True)
class Served:
    """A simulated visit: days from request to visit, and days later than asked for."""

    customer_class: CustomerClass
    wait: int
    late: int
    team: str


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """What came of one scenario.

    Parameters
    ----------
    served
        Visits of requests that came after the warm-up.
    backlog
        For each week the requests that still wait for their visit.
    missed, never, waiting
        Requests whose Batas Akhir passed; that no team or calendar can serve; that had no fixed
        day at the end.
    """

    scenario: Scenario
    served: tuple[Served, ...]
    backlog: tuple[int, ...]
    missed: int
    never: int
    waiting: int


@dataclass(frozen=True, slots=True)
class WaitingTimes:
    """Days from request to visit, days late, and the share that is not late at all."""

    visits: int
    mean: float
    median: float
    ninth_decile: int
    longest: int
    mean_late: float
    on_time: float


@dataclass(frozen=True, slots=True)
class ScenarioFigures:
    """The figures of one scenario.

    Parameters
    ----------
    classes
        Name and waiting times of both classes, then of all together.
    late_shares
        Shares of all visits: on time, up to 7, 14, 28 days late, later.
    backlog, missed, never, waiting
        As in ScenarioResult.
    grows
        Mean backlog of the first and of the last quarter where more comes than is served, so that
        every figure depends on how long is simulated; None where the queue does not grow.
    """

    name: str
    classes: tuple[tuple[str, WaitingTimes], ...]
    late_shares: tuple[float, ...]
    backlog: tuple[int, ...]
    missed: int
    never: int
    waiting: int
    grows: tuple[float, float] | None

    @property
    def all(self) -> WaitingTimes:
        """Return the waiting times of both classes together."""
        return self.classes[-1][1]


@dataclass(frozen=True, slots=True)
class Simulation:
    """A year of weeks under several scenarios; the first of each group is the one in force.

    Parameters
    ----------
    history, rate
        What the weeks are drawn from; a rate of 0 draws whole weeks of the history.
    reference, packaged
        Name of the reference, and whether it is the program's own example.
    remarks
        What was noticed about the files.
    policy
        The one in force.
    next_days
        Among the readings each week the visits of so many days are fixed.
    """

    first_day: date
    weeks: int
    history: RequestHistory
    rate: float
    reference: str
    packaged: bool
    remarks: tuple[str, ...]
    policy: Policy
    next_days: int
    teams: tuple[ScenarioFigures, ...]
    readings: tuple[ScenarioFigures, ...]
    assumptions: tuple[str, ...]

    @property
    def figures(self) -> tuple[ScenarioFigures, ...]:
        """Return all scenarios."""
        return (*self.teams, *self.readings)
