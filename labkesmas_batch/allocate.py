"""Days and teams for the ranked requests, one after another, best rank first.

Serial schedule generation: each request takes the first day that is possible given what better
ranks hold, and nobody later ever moves somebody ahead of him.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from labkesmas_batch.ledger import Ledger
from labkesmas_batch.model import (
    Allocation,
    Obstacle,
    Ranked,
    Reason,
    Reference,
    Region,
    SampleType,
    Status,
    Unplaced,
    Visit,
)
from labkesmas_batch.workdays import Workdays


def allocate(
    ranked: Iterable[Ranked],
    reference: Reference,
    run_date: date,
    locked: Sequence[Visit] = (),
) -> Allocation:
    """Give each ranked request its days and team, or the reason why it gets none.

    Parameters
    ----------
    ranked
        Rank 1 first.
    reference
        Capacities, calendar and policy.
    run_date
        Tanggal pengaturan jadwal; nothing starts later than ``horizon_days`` after it.
    locked
        Visits of earlier weeks: they hold their resources before anything is placed.
    """
    planner = _Planner(reference, run_date)
    for visit in locked:
        planner.enter(visit)
    visits, unplaced = [], []
    for each in ranked:
        placed = planner.place(each)
        if isinstance(placed, Visit):
            visits.append(placed)
        else:
            unplaced.append(placed)
    return Allocation(tuple(visits), tuple(unplaced))


class _Planner:
    """The ledger and, for each kind of visit, the days that are not yet known to be taken."""

    def __init__(self, reference: Reference, run_date: date) -> None:
        self._reference, self._run_date = reference, run_date
        self._horizon = reference.policy.horizon_days
        longest = max((region.travel_days for region in reference.regions.values()), default=0)
        self._ledger = Ledger(reference, run_date, self._horizon + longest + 1)
        self._workdays = Workdays(reference.policy.workdays, reference.holidays)
        self._open: dict[tuple[str, str], list[int]] = {}
        self._next: dict[tuple[str, str, int], list[int]] = {}

    def enter(self, visit: Visit) -> None:
        """Take a visit into the ledger."""
        days = range(self._number(visit.first), self._number(visit.last) + 1)
        self._ledger.occupy(visit.team, days, visit.request)

    def place(self, ranked: Ranked) -> Visit | Unplaced:
        """Place one request on its first possible day."""
        request = ranked.request
        region = self._reference.regions[request.region]
        kind = self._reference.sample_types[request.sample_type]
        if not self._ledger.competent(kind):
            return self._unplaced(ranked, Reason.NO_TEAM, (kind.name,))
        target = self._number(ranked.reviewed.target)
        found = self._first_possible(target, region, kind, request.samples)
        if found is None:
            return self._fits_nowhere(ranked, target, region, kind)
        first, team = found
        if request.deadline is not None and first > self._number(request.deadline):
            blocked = self._blocked(ranked, region, kind, target, self._number(request.deadline))
            return self._unplaced(ranked, Reason.DEADLINE, (), self._date(first), blocked[:1])
        return self._visit(ranked, first, team, region, kind)

    def _visit(
        self, ranked: Ranked, first: int, team: int, region: Region, kind: SampleType
    ) -> Visit:
        request = ranked.request
        start = self._date(first)
        moved = request.proposed is not None and start > request.proposed
        obstacle = self._why_moved(ranked, first, region, kind) if moved else None
        visit = Visit(
            ranked=ranked,
            first=start,
            last=start + timedelta(days=region.travel_days),
            team=self._reference.teams[team].name,
            status=Status.MOVED if moved else Status.SCHEDULED,
            obstacle=obstacle,
        )
        self.enter(visit)
        return visit

    # --- the first possible day --------------------------------------------------------------

    def _first_possible(
        self, target: int, region: Region, kind: SampleType, samples: int
    ) -> tuple[int, int] | None:
        """Return day and team, or None within the horizon.

        Resources only fill up, so a day once found taken for visits of one kind, place and size
        stays so: it is skipped for good, and the search as a whole stays linear.
        """
        ahead = self._next.setdefault(
            (region.name, kind.name, samples), list(range(self._horizon + 2))
        )
        starts = self._starts(region, kind)
        day = _find(ahead, target) if target <= self._horizon else self._horizon + 1
        while day <= self._horizon:
            if starts[day]:
                team = self._ledger.team_for(day, region, kind, samples)
                if team is not None:
                    return day, team
            ahead[day] = day + 1
            day = _find(ahead, day)
        return None

    def _starts(self, region: Region, kind: SampleType) -> list[int]:
        """Return for each day up to the horizon whether condition 1 lets a visit start."""
        key = (region.name, kind.name)
        if key not in self._open:
            self._open[key] = [
                self._workdays.may_start(self._date(day), region, kind)
                for day in range(self._horizon + 1)
            ]
        return self._open[key]

    # --- why not earlier ---------------------------------------------------------------------

    def _why_moved(self, ranked: Ranked, first: int, region: Region, kind: SampleType) -> Obstacle:
        """Say what blocked the first day from the target on that condition 1 allows."""
        target = self._number(ranked.reviewed.target)
        starts = self._starts(region, kind)
        first_open = next(day for day in range(target, first + 1) if starts[day])
        if first_open < first:
            return self._ledger.obstacle(first_open, region, kind, ranked.request.samples)
        proposed = ranked.request.proposed
        assert proposed is not None
        skipped = [
            self._workdays.why_not(proposed + timedelta(days=step), region, kind)
            for step in range((self._date(first) - proposed).days)
        ]
        shift = ranked.reviewed.shift
        if all(skipped) or shift is None:
            causes = tuple(dict.fromkeys(skipped))
            return Obstacle(Reason.DAY_OFF, proposed, self._date(first - 1), causes)
        return Obstacle(shift, proposed, self._date(first - 1))

    def _fits_nowhere(
        self, ranked: Ranked, target: int, region: Region, kind: SampleType
    ) -> Unplaced:
        if target > self._horizon:
            return self._unplaced(ranked, Reason.HORIZON, ())
        if never := self._ledger.never(kind, ranked.request.samples):
            return self._unplaced(ranked, never, ())
        blocked = self._blocked(ranked, region, kind, target, self._horizon)
        if not blocked:
            days = range(target, self._horizon + 1)
            causes = (self._workdays.why_not(self._date(day), region, kind) for day in days)
            return self._unplaced(ranked, Reason.DAY_OFF, tuple(dict.fromkeys(causes)))
        return self._unplaced(ranked, Reason.HORIZON, (), None, blocked)

    def _blocked(
        self, ranked: Ranked, region: Region, kind: SampleType, first: int, last: int
    ) -> tuple[Obstacle, ...]:
        """Return what stands in the way on the first and last day that condition 1 allows."""
        starts = self._starts(region, kind)
        allowed = [day for day in range(first, last + 1) if starts[day]]
        return tuple(
            self._ledger.obstacle(day, region, kind, ranked.request.samples)
            for day in dict.fromkeys((*allowed[:1], *allowed[-1:]))
        )

    def _unplaced(
        self,
        ranked: Ranked,
        reason: Reason,
        names: tuple[str, ...],
        nearest: date | None = None,
        blocked: tuple[Obstacle, ...] = (),
    ) -> Unplaced:
        last = self._date(self._horizon)
        if reason is Reason.DEADLINE and ranked.request.deadline is not None:
            last = ranked.request.deadline
        return Unplaced(
            ranked, Obstacle(reason, ranked.reviewed.target, last, names), nearest, blocked
        )

    def _number(self, day: date) -> int:
        return (day - self._run_date).days

    def _date(self, number: int) -> date:
        return self._run_date + timedelta(days=number)


def _find(ahead: list[int], day: int) -> int:
    """Return the first day from ``day`` on that is not known to be taken, shortening the path."""
    while ahead[day] != day:
        ahead[day] = ahead[ahead[day]]
        day = ahead[day]
    return day
