"""The types that travel along the line, one for each stage. All are immutable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from labkesmas_batch.design import Issuer
from labkesmas_batch.findings import Finding, Kind
from labkesmas_batch.frozen import frozen
from labkesmas_batch.office import Office
from labkesmas_batch.policy import Policy, Rule

if TYPE_CHECKING:
    from labkesmas_batch.memory import Change, Order, SignOff, Trend


class CustomerClass(StrEnum):
    """The two customers of the SOP."""

    INTERNAL = "Internal"
    EXTERNAL = "Eksternal"


class Reason(StrEnum):
    """Why a request is held, returned, moved or not placed: one token each."""

    BAD_DATA = "DataSalah"
    SHORT_LEAD = "TenggangKurang"
    PROPOSAL_PASSED = "UsulanTerlewat"
    NO_TEAM = "TanpaTimKompeten"
    DAY_OFF = "BukanHariKerja"
    LEAVE = "TimCuti"
    EQUIPMENT = "AlatHabis"
    LABORATORY = "KapasitasLab"
    TEAM_FULL = "TimPenuh"
    DEADLINE = "BatasAkhir"
    HORIZON = "Horizon"


class Status(StrEnum):
    """What became of a request that has a day."""

    SCHEDULED = "Terjadwal"
    MOVED = "Digeser"
    LOCKED = "Terkunci"


# --- reading ---------------------------------------------------------------------------------


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
    notes: tuple[tuple[Kind, int, str, str], ...] = ()
    epoch_1904: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """An input workbook that was read: identity for the audit trail."""

    path: Path
    name: str
    sha256: str
    template: str


# --- reference -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Team:
    """A sampling team. ``sample_types`` None means all; a capacity of None means no limit."""

    name: str
    leader: str
    members: str
    sample_types: frozenset[str] | None
    visits_per_day: int | None
    samples_per_day: int | None

    def can_sample(self, sample_type: str) -> bool:
        """Tell whether the team is competent for the sample type."""
        return self.sample_types is None or sample_type in self.sample_types


@dataclass(frozen=True, slots=True)
class Leave:
    """Days, both ends included, on which a team makes no visit."""

    team: str
    first: date
    last: date
    why: str


@dataclass(frozen=True, slots=True)
class Region:
    """A Wilayah. A visit lasts ``1 + travel_days``; ``departure_days`` None means any weekday."""

    name: str
    travel_days: int
    departure_days: frozenset[int] | None
    transport: str
    travel_hours: float | None


@dataclass(frozen=True, slots=True)
class SampleType:
    """A Jenis Contoh Uji with what it needs; ``lab_capacity`` in samples a day, None no limit."""

    name: str
    equipment: tuple[str, ...]
    storage_hours: float | None
    no_sampling_days: frozenset[int]
    lab_capacity: int | None


@dataclass(frozen=True, slots=True)
class Equipment:
    """Units of one kind; valid through ``valid_until`` included. None means no limit."""

    name: str
    units: int | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Tariff:
    """The price in rupiah of one parameter of a sample type; None where the cell is blank."""

    sample_type: str
    parameter: str
    amount: float | None
    basis: str


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which nobody samples."""

    day: date
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Official:
    """Who signs."""

    role: str
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class PairDecision:
    """The Kepala's word on one pair: ``first`` goes before ``second`` (R-ANTARA).

    ``basis`` is what it rests on, a letter for instance; file, sheet, row and the 1-based columns
    of the two numbers say where it stands.
    """

    first: str
    second: str
    basis: str
    file: str
    sheet: str
    row: int
    columns: tuple[int, int] = (1, 2)


@dataclass(frozen=True, slots=True)
class Reference:
    """The acuan workbook, checked. Mappings are keyed by the name as written in the workbook."""

    policy: Policy
    teams: tuple[Team, ...]
    leaves: tuple[Leave, ...]
    regions: Mapping[str, Region]
    sample_types: Mapping[str, SampleType]
    equipment: tuple[Equipment, ...]
    tariffs: tuple[Tariff, ...]
    holidays: Mapping[date, Holiday]
    officials: tuple[Official, ...]
    decisions: tuple[PairDecision, ...] = ()
    office: Office = field(default_factory=Office)
    _leaves_of: Mapping[str, Sequence[Leave]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort leave by team: each day of each team asks for it."""
        found: dict[str, list[Leave]] = {}
        for leave in self.leaves:
            found.setdefault(leave.team, []).append(leave)
        object.__setattr__(self, "_leaves_of", found)

    def leave_of(self, team: str, day: date) -> Leave | None:
        """Return the leave on which the team is that day, None for none."""
        leaves = self._leaves_of.get(team, ())
        return next((leave for leave in leaves if leave.first <= day <= leave.last), None)


# --- requests --------------------------------------------------------------------------------


@frozen
class Request:
    """A valid row of the intake (SOP steps 4 and 5)."""

    number: str
    received: datetime
    customer_class: CustomerClass
    customer: str
    address: str
    contact: str
    phone: str
    email: str
    site: str
    region: str
    sample_type: str
    parameters: tuple[str, ...]
    samples: int
    proposed: date | None
    deadline: date | None
    waiver: str
    note: str
    file: str
    row: int
    # Waktu permintaan as the SOP counts it, a calendar date, and whether the customer is internal:
    # kept here since the order asks for them, many times.
    received_on: date = field(init=False, repr=False, compare=False)
    internal: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep at hand what the order asks for."""
        object.__setattr__(self, "received_on", self.received.date())
        object.__setattr__(self, "internal", self.customer_class is CustomerClass.INTERNAL)


@dataclass(frozen=True, slots=True)
class Held:
    """A data row with an error: it waits until somebody mends it. '' is what is unreadable."""

    number: str
    customer: str
    customer_class: str
    file: str
    sheet: str
    row: int


@frozen
class Reviewed:
    """A request that passed step 6: ``earliest`` by R-TENGGANG, ``target`` the day asked for.

    ``shift`` says why the target lies after the proposed date, None where it does not.
    """

    request: Request
    earliest: date
    target: date
    shift: Reason | None


@dataclass(frozen=True, slots=True)
class Returned:
    """A request that goes back to its customer (step 6, "Tidak").

    ``nearest`` is its earliest compliant date; ``ask_from`` the first of those still to come.
    """

    request: Request
    days_short: int
    nearest: date
    ask_from: date


@frozen
class Ranked:
    """A request with its place in the order.

    Parameters
    ----------
    rank
        1 is served first.
    effective
        Request date, less T days for an internal customer.
    above, below
        The rule that decides between this request and the one just above or below it; None
        where there is none.
    silent
        Somebody who is before this request would be behind it under the other reading of the SOP's
        silence, or the other way round: its place hangs on ``zona_antara`` (R-ANTARA).
    above_by, below_by
        The Kepala's decision about the pair, if that is what gives its order.
    """

    rank: int
    reviewed: Reviewed
    effective: date
    above: Rule | None
    below: Rule | None
    silent: bool = False
    above_by: PairDecision | None = None
    below_by: PairDecision | None = None
    # Of its reviewed one; kept here since everything asks for it, many times.
    request: Request = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the request at hand."""
        object.__setattr__(self, "request", self.reviewed.request)

    @property
    def clause(self) -> Rule | None:
        """Return the rule that gave the place: against the one above, else the one below."""
        return self.above or self.below


@frozen
class Obstacle:
    """What kept a request from the days ``first`` to ``last``.

    Parameters
    ----------
    names
        The teams, equipment or sample type concerned, for a day off its causes.
    holders
        Numbers of the better-ranked requests that hold them.
    absent
        Teams that would be competent but are on leave.
    exchanged
        ``names`` has teams, too, that are not competent but could take over from the holders.
    elsewhere
        Some of the teams could make one more visit, but not in that Wilayah.
    more_holders
        How many hold it beside the best-ranked ones that are named.
    """

    reason: Reason
    first: date
    last: date
    names: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    exchanged: bool = False
    more_holders: int = 0
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change that alone would have made ``day`` possible, of what ``name`` names.

    The reason says which: ``NO_TEAM`` this team's competence, ``LEAVE`` its presence,
    ``TEAM_FULL`` one visit a day more for it, ``EQUIPMENT`` one unit more, ``LABORATORY`` more
    capacity for the sample type.
    """

    reason: Reason
    day: date
    name: str


@frozen
class Visit:
    """A request with its days and team.

    Parameters
    ----------
    obstacle
        For a moved one: what kept it from the first day that the calendar allows.
    also
        What kept it from the next such days, or all of them for one that is not moved; in a
        huge week from a few of them.
    blocked_days
        On how many such days something stood in the way.
    team_changed_for
        Requests that got their day because this visit changed its team.
    locked_in
        The earlier schedule that gave a locked visit its day.
    order
        Management's word on it.
    off
        Why the calendar allows no visit on the first day asked for, '' where it does; said of a
        moved one beside its obstacles.
    """

    ranked: Ranked
    first: date
    last: date
    team: str
    status: Status
    obstacle: Obstacle | None
    also: tuple[Obstacle, ...] = ()
    blocked_days: int = 0
    team_changed_for: tuple[str, ...] = ()
    locked_in: str = ""
    order: Order | None = None
    off: str = ""
    request: Request = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the request at hand."""
        object.__setattr__(self, "request", self.ranked.request)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A request that fits no day.

    Parameters
    ----------
    nearest
        The first day possible but for Batas Akhir.
    blocked
        What stood in the way, day by day, on those that the calendar allows.
    blocked_days
        How many those are; in a huge week ``blocked`` has the first ones only.
    remedies
        What would have to change, one change each.
    """

    ranked: Ranked
    obstacle: Obstacle
    nearest: date | None
    blocked: tuple[Obstacle, ...] = ()
    blocked_days: int = 0
    remedies: tuple[Remedy, ...] = ()

    @property
    def request(self) -> Request:
        """Return the request itself."""
        return self.ranked.request


@dataclass(frozen=True, slots=True)
class Allocation:
    """Every ranked request, either with a visit or without; both in rank order.

    ``conflicts`` are locked visits that break a rule of today, with what they break.
    """

    visits: tuple[Visit, ...]
    unplaced: tuple[Unplaced, ...]
    conflicts: tuple[tuple[Visit, Obstacle], ...] = ()


# Of a huge week so many ranks are compared, more than people read; the first are due first.
MOST_COMPARED = 10_000


@dataclass(frozen=True, slots=True)
class ZoneEffect:
    """A request whose date hangs on the reading of the SOP's silence (R-ANTARA).

    Parameters
    ----------
    ranked
        Under the reading in force.
    here, there
        Its date under that reading and under the other, None for none.
    opponent
        The nearest request of the other class that the SOP does not put before or after it and
        that stands on its other side under the other reading; None where there is none.
    ahead
        This request goes before its opponent under the reading in force.
    """

    ranked: Ranked
    here: date | None
    there: date | None
    opponent: Request | None
    ahead: bool = True

    @property
    def request(self) -> Request:
        """Return the request itself."""
        return self.ranked.request


# --- how much of what there is, is used --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Load:
    """What one resource carries in one week, day by day from Monday.

    Parameters
    ----------
    group
        ``Tim``, ``Laboratorium`` or ``Peralatan``.
    name
        Of the team, the sample type or the equipment.
    measure
        What is counted: ``kunjungan``, ``contoh uji`` or ``unit``.
    used
        Seven numbers.
    capacity
        Seven numbers: 0 where it is not there, None where there is no limit.
    """

    group: str
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


# --- the week as a whole ---------------------------------------------------------------------

OUTCOMES = ("Terjadwal", "Digeser", "Terkunci", "Dikembalikan", "Antrean", "Ditahan")
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
        For each of ``OUTCOMES`` the rows by class in the order of ``CLASSES``.
    weeks
        (Monday, internal visits, external visits), without gaps from first to last.
    teams
        (team, visits, samples), every team, in the reference's order.
    waiting
        One entry for each class that has visits.
    """

    outcomes: dict[str, tuple[int, int, int]]
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
    """Everything that one run decided, ready to be written.

    Parameters
    ----------
    run_date
        Tanggal pengaturan jadwal.
    intakes, reference_source
        The input workbooks.
    packaged
        The reference is the one that ships with the program.
    zone
        Requests whose date hangs on ``zona_antara``, in order of rank.
    tests
        What the run tested of its own order, and whether it holds.
    findings
        About the intakes and the reference, in the order of files and sheets.
    examples, remark_rows
        Example rows of the template that were passed over.
    remarks
        What the user should know of the files: copies passed over, files open elsewhere.
    locked
        Visits of earlier weeks that keep their day, by date.
    changes
        Against ``last_run``, the newest schedule before this one; '' where there is none.
    approved
        Who approved it; None for a draft.
    set_aside
        Requests that management postponed or cancelled, with its word.
    reviewed
        This week's valid requests, also those that were returned or set aside.
    trend
        The last eight approved schedules before this one, oldest first.
    """

    run_date: date
    intakes: tuple[Source, ...]
    reference_source: Source
    packaged: bool
    reference: Reference
    held: tuple[Held, ...]
    returned: tuple[Returned, ...]
    ranked: tuple[Ranked, ...]
    allocation: Allocation
    loads: tuple[WeekLoad, ...]
    zone: tuple[ZoneEffect, ...]
    tests: tuple[tuple[str, bool], ...]
    summary: Summary
    findings: tuple[Finding, ...]
    examples: int
    remark_rows: int
    remarks: tuple[str, ...]
    locked: tuple[Visit, ...] = ()
    changes: tuple[Change, ...] = ()
    last_run: str = ""
    approved: SignOff | None = None
    set_aside: tuple[tuple[Request, Order], ...] = ()
    reviewed: tuple[Request, ...] = ()
    trend: tuple[Trend, ...] = ()

    @property
    def issuer(self) -> Issuer:
        """Return whose week it is."""
        return self.reference.office.issuer

    @property
    def visits(self) -> tuple[Visit, ...]:
        """Return every visit, this week's in order of rank before the locked ones."""
        return (*self.allocation.visits, *self.locked)

    @property
    def errors(self) -> int:
        """Return how many findings hold a row."""
        return sum(finding.is_error for finding in self.findings)
