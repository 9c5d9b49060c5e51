"""What the stages make of a request: reviewed, ranked, placed or not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from labkesmas_batch.frozen import frozen
from labkesmas_batch.model.decisions import Order
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.policy import Rule
from labkesmas_batch.model.reference import PairDecision
from labkesmas_batch.model.requests import Request


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
    # Of an approved schedule only: the day was possible, and management gave another one.
    DECIDED = "Keputusan"


@frozen
class Accepted:
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

    ``nearest`` is its earliest compliant date; ``ask_from`` the first of those still to come on
    which a visit may start, None where its Batas Akhir lies before that.
    """

    request: Request
    days_short: int
    nearest: date
    ask_from: date | None


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
        Somebody who is before this request would be behind it under the other reading of the gap in
        the SOP, or the other way round: its place depends on ``zona_antara`` (R-ANTARA).
    above_by, below_by
        The Kepala's decision about the pair, if that is what gives its order.
    """

    rank: int
    reviewed: Accepted
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
        For a moved one: why the calendar allows no visit from the first day asked for up to the
        first that it allows, '' where it allows that day.
    first_start
        For a moved one: the first day from the one asked for on that the calendar allows.
    equipment
        For a locked one: what it holds a unit of, as it was approved, whatever its Jenis needs by
        now; None where nobody noted it.
    done
        It took place already, today, and only holds what it uses.
    """

    ranked: Ranked
    first: date
    last: date
    team: str
    status: Outcome
    obstacle: Obstacle | None
    also: tuple[Obstacle, ...] = ()
    blocked_days: int = 0
    team_changed_for: tuple[str, ...] = ()
    locked_in: str = ""
    order: Order | None = None
    off: str = ""
    first_start: date | None = None
    equipment: tuple[str, ...] | None = None
    done: bool = False
    request: Request = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the request at hand."""
        object.__setattr__(self, "request", self.ranked.request)

    def with_request(self, request: Request) -> Visit:
        """Return the visit with other data of its request."""
        reviewed = replace(self.ranked.reviewed, request=request)
        return replace(self, ranked=replace(self.ranked, reviewed=reviewed))


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
    """A request whose date depends on the reading of the gap in the SOP (R-ANTARA).

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
