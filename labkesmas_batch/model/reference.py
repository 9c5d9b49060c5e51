"""The reference workbook, checked: teams, regions, kinds, equipment, holidays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from labkesmas_batch.model.institution import Office
from labkesmas_batch.model.policy import Policy


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
    """Days, both ends included, on which a team makes no visit; ``row`` of the sheet says so."""

    team: str
    first: date
    last: date
    why: str
    row: int = field(default=0, compare=False)


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
