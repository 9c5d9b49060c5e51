"""What the laboratory remembers between weeks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.reference import PairDecision, Reference
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.text.names import number_key

# How findings and sheets call the register where a file's name stands otherwise.
REGISTER_FILE = "register.db"
REGISTER_NAME = "register"


class Standing(StrEnum):
    """Where a request stands once a schedule with it has been approved."""

    LOCKED = "terkunci"
    WAITING = "antrean"
    POSTPONED = "ditunda"
    CANCELLED = "batal"
    DONE = "selesai"

    @property
    def waits(self) -> bool:
        """Tell whether the request comes along to the next week, for a day."""
        return self in (Standing.WAITING, Standing.POSTPONED)

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more happens, save by a correction."""
        return self in (Standing.DONE, Standing.CANCELLED)

    @property
    def has_day(self) -> bool:
        """Tell whether there is or was a visit."""
        return self in (Standing.LOCKED, Standing.DONE)


@dataclass(frozen=True, slots=True)
class Known:
    """A request of an approved schedule.

    Parameters
    ----------
    request
        As it stood when it was approved, with its original Tanggal Permintaan.
    run
        The schedule that gave it its standing.
    first, last, team
        Of its visit; None and '' where it has none.
    actual
        The day on which a visit that is done took place.
    equipment
        What its visit holds a unit of, as it was approved; None where nobody noted it.
    """

    request: Request
    standing: Standing
    run: str
    first: date | None = None
    last: date | None = None
    team: str = ""
    actual: date | None = None
    equipment: tuple[str, ...] | None = None

    @property
    def days(self) -> tuple[date, date] | None:
        """Return the first and the last day of its visit: of one that is done the actual ones."""
        if self.first is None or self.last is None:
            return None
        if self.standing is not Standing.DONE or self.actual is None:
            return self.first, self.last
        return self.actual, self.actual + (self.last - self.first)


@dataclass(frozen=True, slots=True)
class Past:
    """What became of a request in an earlier run."""

    request: Request
    outcome: Outcome
    first: date | None = None
    team: str = ""


@dataclass(frozen=True, slots=True)
class LastSchedule:
    """The newest run that the register knows.

    Parameters
    ----------
    reference
        The one that it was planned with; None where nobody needs it or has it any more.
    """

    run: str
    approved: bool
    requests: tuple[Past, ...]
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """An earlier approved run, for the weeks side by side.

    Parameters
    ----------
    counts
        The contract's.
    waiting
        Class of customers to the median of the calendar days from request to visit; a class
        without visits is absent.
    """

    run: str
    run_date: date
    counts: Mapping[str, int]
    waiting: Mapping[str, float]


# Code, canonical number and value of a warning, and its sentence where more can change.
Told = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class History:
    """All that a run takes from the register.

    ``seen`` are canonical numbers of requests without a standing that an approved schedule had:
    returned or on hold. ``told`` are the warnings that approved schedules took; ``pairs`` what the
    Kepala decided about pairs of which both still wait, the newest first.
    """

    known: tuple[Known, ...] = ()
    last: LastSchedule | None = None
    trend: tuple[Trend, ...] = ()
    seen: frozenset[str] = frozenset()
    told: frozenset[Told] = frozenset()
    pairs: tuple[PairDecision, ...] = ()

    @property
    def by_number(self) -> dict[str, Known]:
        """Return the requests by their canonical numbers; each call makes it anew."""
        return {number_key(each.request.number): each for each in self.known}


NOTHING_KNOWN = History()

# The form's columns and the fields of a request that hold them.
FIELDS: Mapping[str, str] = {
    Header.RECEIVED: "received",
    Header.CUSTOMER_CLASS: "customer_class",
    Header.CUSTOMER: "customer",
    Header.ADDRESS: "address",
    Header.CONTACT: "contact",
    Header.PHONE: "phone",
    Header.EMAIL: "email",
    Header.SITE: "site",
    Header.REGION: "region",
    Header.SAMPLE_TYPE: "sample_type",
    Header.PARAMETERS: "parameters",
    Header.SAMPLES: "samples",
    Header.PROPOSED: "proposed",
    Header.DEADLINE: "deadline",
    Header.WAIVER: "waiver",
    Header.NOTE: "note",
}

# These change no day and nobody's place; they follow the newest form and reach the papers with the
# next approval.
CONTACT = frozenset(
    (
        Header.ADDRESS,
        Header.CONTACT,
        Header.PHONE,
        Header.EMAIL,
        Header.PARAMETERS,
        Header.NOTE,
    )
)


def with_contact(request: Request, newer: Request) -> Request:
    """Return a request with the contact data of a newer row, which findings then speak of."""
    values: dict[str, Any] = {FIELDS[header]: getattr(newer, FIELDS[header]) for header in CONTACT}
    return replace(request, **values, file=newer.file, row=newer.row)


def differing(before: Request, now: Request) -> tuple[str, ...]:
    """Return the columns that hold something else now."""
    return tuple(
        header for header, name in FIELDS.items() if getattr(before, name) != getattr(now, name)
    )


class ChangeKind(StrEnum):
    """The four of the sheet Perubahan."""

    NEW = "baru"
    SAME = "tetap"
    CHANGED = "berubah"
    GONE = "hilang"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a request between the last schedule and this one.

    Parameters
    ----------
    before, after
        Outcome, first day and team in each; ``before`` is None for a new one, ``after`` for one
        that is gone.
    fields
        Columns of the form that hold something else now.
    causes
        Why, in sentences.
    inform
        Whom to tell.
    """

    kind: ChangeKind
    request: Request
    before: Past | None
    after: Past | None
    fields: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    inform: tuple[str, ...] = ()


"""A sheet's cells, row by row."""


class FieldResult(StrEnum):
    """The column Hasil of ``realisasi.xlsx``."""

    DONE = "Selesai"
    CANCELLED = "Batal"
    POSTPONED = "Ditunda"


@dataclass(frozen=True, slots=True)
class FieldReport:
    """What took place of a locked visit; ``actual`` and ``samples`` are given for a visit done.

    ``planned`` is the day on which it was to take place, None where a form does not say.
    """

    number: str
    result: FieldResult
    actual: date | None
    samples: int | None
    note: str
    planned: date | None = None
