"""Days and teams for the ranked requests, one after another, best rank first.

Serial schedule generation: each request takes the first day that is possible given what better
ranks hold, and nobody later ever moves somebody ahead of him. Teams of visits already placed are
reassigned where that alone frees the earlier day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from labkesmas_batch.allocation.conditions import NO_LIMIT, equipment_held
from labkesmas_batch.allocation.conflicts import conflicts
from labkesmas_batch.allocation.exchange import Changes, reassign_teams
from labkesmas_batch.allocation.ledger import Booking, Ledger
from labkesmas_batch.allocation.obstacles import Obstacles
from labkesmas_batch.allocation.team_search import SearchBudget
from labkesmas_batch.allocation.workdays import Starts, Workdays
from labkesmas_batch.frozen import frozen
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.reference import Reference, Region, SampleType
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Allocation, Obstacle, Ranked, Reason, Unplaced, Visit
from labkesmas_batch.text.indonesian import listing

# So many days are looked at for a remedy; and in a huge week, where nobody would read more, so
# many days of a request are explained one by one.
MOST_EXPLAINED = 10
HUGE = 5_000
# Beyond this rank of a huge week only the first day is explained, which gives the reason.
FULLY_EXPLAINED = 10_000


def allocate(
    ranked: Iterable[Ranked],
    reference: Reference,
    run_date: date,
    locked: Sequence[Visit] = (),
    decided: Sequence[Visit] = (),
    *,
    explained: bool = True,
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
        Visits of earlier weeks: they hold their resources before anything is placed, and never
        change their days or team.
    decided
        Visits of ``ranked`` whose day and team management set. They too hold their resources
        first; in their turn it is only said what stood in the way of an earlier day.
    explained
        False leaves out what stood in the way and what would have helped; days and teams are the
        same, in a fraction of the time.
    """
    ranked = tuple(ranked)
    most = MOST_EXPLAINED if len(ranked) > HUGE else None
    planner = _Planner(reference, run_date, most if explained else 0)
    planner.lock(locked)
    ordered = {visit.request.number: visit for visit in decided}
    booked = dict(zip(ordered, planner.lock(decided), strict=True))
    broken = planner.conflicts((*locked, *decided))
    placed: list[_Draft | Visit] = []
    unplaced = []
    for each in ranked:
        number = each.request.number
        if number in ordered:
            visit = replace(ordered[number], ranked=each)
            placed.append(planner.decided(visit, booked[number]))
        elif isinstance(found := planner.place(each), _Draft):
            placed.append(found)
        else:
            unplaced.append(found)
    visits = [planner.visit(one) if isinstance(one, _Draft) else one for one in placed]
    return Allocation(tuple(visits), tuple(unplaced), broken)


@frozen
class _Draft:
    """A visit whose team may still be changed."""

    ranked: Ranked
    entry: Booking
    moved: bool
    obstacles: tuple[Obstacle, ...]
    blocked_days: int
    off: str
    first_start: date | None


@dataclass(frozen=True, slots=True)
class _Want:
    """What a request asks of the ledger."""

    region: Region
    kind: SampleType
    samples: int


class _Planner:
    """The ledger and, for each kind of visit, the days that are not yet known to be taken."""

    def __init__(self, reference: Reference, run_date: date, explained: int | None) -> None:
        self._reference, self._run_date, self._explained = reference, run_date, explained
        self._horizon = reference.policy.horizon_days
        longest = max((region.travel_days for region in reference.regions.values()), default=0)
        self._ledger = Ledger(reference, run_date, self._horizon + longest + 1)
        self._obstacles = Obstacles(self._ledger, lasting=explained is not None)
        self._workdays = Workdays(reference.policy.workdays, reference.holidays)
        self._open: dict[tuple[str, str], Starts] = {}
        self._next: dict[tuple[str, str, int], list[int]] = {}
        self._too_many: dict[tuple[str, str], list[int]] = {}

    def lock(self, visits: Iterable[Visit]) -> list[Booking]:
        """Enter visits whose days and team stay."""
        return [
            self._ledger.occupy(
                visit.team,
                range(self._number(visit.first), self._number(visit.last) + 1),
                visit.request,
                equipment=equipment_held(visit, self._reference),
            )
            for visit in visits
        ]

    def conflicts(self, visits: Iterable[Visit]) -> tuple[tuple[Visit, Obstacle], ...]:
        """Return the locked visits that break a rule of today."""
        return tuple(conflicts(visits, self._ledger, self._workdays))

    def place(self, ranked: Ranked) -> _Draft | Unplaced:
        """Place one request on its first possible day."""
        request = ranked.request
        want = self._want(request)
        target = self._number(ranked.reviewed.target)
        if not self._ledger.competent(want.kind):
            return self._unplaced(ranked, want, Reason.NO_TEAM, (want.kind.name,))
        found = self._first_possible(target, want)
        if found is None:
            return self._fits_nowhere(ranked, target, want)
        first, team, changes = found
        if request.deadline is not None and first > self._number(request.deadline):
            return self._unplaced(ranked, want, Reason.DEADLINE, (), self._date(first))
        moved = request.proposed is not None and self._date(first) > request.proposed
        obstacles, blocked = self._blocked(target, first, want, ranked.rank)
        off, start = "", None
        if moved and self._explained != 0:
            obstacles, off, start = self._of_moved(ranked, first, want, obstacles)
        entry = self._enter(ranked, first, want, team, changes)
        return _Draft(ranked, entry, moved, obstacles, blocked, off, start)

    def decided(self, visit: Visit, entry: Booking) -> Visit:
        """Return a visit that management set, with what stood in the way of earlier days.

        Asked as if it held nothing itself, beside all that better ranks hold by now; a day on
        which nothing stood in the way is one that management did not take.
        """
        if self._explained == 0:
            return visit
        request, want = visit.request, self._want(visit.request)
        target, first = self._number(visit.ranked.reviewed.target), self._number(visit.first)
        self._ledger.take_out(entry)
        obstacles, _ = self._blocked(target, first, want, visit.ranked.rank, decided=True)
        # In a huge week not every day was looked at, and of the others nothing can be said.
        looked_at = len(obstacles)
        self._ledger.enter(entry)
        off, start = "", None
        moved = request.proposed is not None and visit.first > request.proposed
        if moved:
            obstacles, off, start = self._of_moved(visit.ranked, first, want, obstacles)
        return replace(
            visit,
            obstacle=obstacles[0] if moved else None,
            also=obstacles[1:] if moved else obstacles,
            blocked_days=looked_at,
            team_changed_for=(),
            off=off,
            first_start=start,
        )

    def _want(self, request: Request) -> _Want:
        kind = self._reference.sample_types[request.sample_type]
        return _Want(self._reference.regions[request.region], kind, request.samples)

    def _of_moved(
        self, ranked: Ranked, first: int, want: _Want, obstacles: tuple[Obstacle, ...]
    ) -> tuple[tuple[Obstacle, ...], str, date]:
        """Return what moved a request, why condition 1 lets none start first, and from when on."""
        skipped, day = [], self._number(ranked.reviewed.target)
        while day <= self._horizon and not self._starts(want)[day]:
            skipped.append(self._workdays.why_not(self._date(day), want.region, want.kind))
            day += 1
        off = listing(dict.fromkeys(skipped))
        return obstacles or (self._why_moved(ranked, first, want),), off, self._date(day)

    def _enter(
        self, ranked: Ranked, first: int, want: _Want, team: int | None, changes: Changes
    ) -> Booking:
        """Take the visit into the ledger once the others have given way."""
        request = ranked.request
        if changes:
            self._ledger.reassign(changes)
            for entry, _ in changes:
                entry.for_whom.append(request.number)
            team = self._ledger.team_for(first, want.region, want.kind, want.samples)
        assert team is not None, "the changes make room"
        days = range(first, first + want.region.travel_days + 1)
        return self._ledger.occupy(self._ledger.name(team), days, request, movable=True)

    def visit(self, draft: _Draft) -> Visit:
        """Return the visit with the team that it has in the end."""
        moved, obstacles = draft.moved, draft.obstacles
        return Visit(
            ranked=draft.ranked,
            first=self._date(draft.entry.days[0]),
            last=self._date(draft.entry.days[-1]),
            team=self._ledger.name(draft.entry.team),
            status=Outcome.MOVED if moved else Outcome.SCHEDULED,
            obstacle=obstacles[0] if moved and obstacles else None,
            also=obstacles[1:] if moved else obstacles,
            blocked_days=draft.blocked_days,
            team_changed_for=tuple(dict.fromkeys(draft.entry.for_whom)),
            off=draft.off,
            first_start=draft.first_start,
        )

    def _first_possible(self, target: int, want: _Want) -> tuple[int, int | None, Changes] | None:
        """Return the day with its team or with who gives way on it, or None within the horizon.

        Resources only fill up, and a day that no choice of teams makes possible stays so: once
        found taken for visits of one kind, place and size it is skipped for good, and the search
        as a whole stays linear.
        """
        key = (want.region.name, want.kind.name, want.samples)
        ahead = self._next.get(key)
        if ahead is None:
            ahead = self._next[key] = list(range(self._horizon + 2))
            self._too_many.setdefault(key[:2], [NO_LIMIT] * (self._horizon + 1))
        starts = self._starts(want)
        # Where so many samples do not fit, more of them do not either.
        too_many = self._too_many[key[:2]]
        day = _find(ahead, target) if target <= self._horizon else self._horizon + 1
        while day <= self._horizon:
            if starts[day] and want.samples < too_many[day]:
                team, changes = self._remaining(day, want)
                if changes is not None:
                    return day, team, changes
                too_many[day] = want.samples
            ahead[day] = day + 1
            day = _find(ahead, day)
        return None

    def _remaining(self, day: int, want: _Want) -> tuple[int | None, Changes | None]:
        """Return the team of a visit that day, and whose teams have to change for it.

        The latter is None where it is impossible.
        """
        region, kind, samples = want.region, want.kind, want.samples
        days = range(day, day + region.travel_days + 1)
        if self._ledger.short_equipment(days, kind):
            return None, None
        if self._ledger.lab_full(days[-1], kind, samples):
            return None, None
        team = self._ledger.team_for(day, region, kind, samples)
        if team is not None:
            return team, []
        return None, reassign_teams(self._ledger, day, region, kind, samples)

    def _starts(self, want: _Want) -> Starts:
        key = (want.region.name, want.kind.name)
        if key not in self._open:
            self._open[key] = Starts(
                [
                    self._workdays.may_start(self._date(day), want.region, want.kind)
                    for day in range(self._horizon + 1)
                ]
            )
        return self._open[key]

    def _blocked(
        self, target: int, first: int, want: _Want, rank: int, *, decided: bool = False
    ) -> tuple[tuple[Obstacle, ...], int]:
        """Say what blocked the days before the first that condition 1 allows, and how many."""
        if target == first:
            return (), 0
        starts = self._starts(want)
        most = self._explained
        if most and rank > FULLY_EXPLAINED:
            most = 1
        days = islice(starts.between(target, first - 1), most)
        say = self._on_or_free if decided else self._on
        return tuple(say(day, want) for day in days), starts.count(target, first - 1)

    def _why_moved(self, ranked: Ranked, first: int, want: _Want) -> Obstacle:
        """Say why a request lies later than proposed though no day that is allowed was taken."""
        proposed = ranked.request.proposed
        assert proposed is not None
        skipped = [
            self._workdays.why_not(proposed + timedelta(days=step), want.region, want.kind)
            for step in range((self._date(first) - proposed).days)
        ]
        shift = ranked.reviewed.shift
        if all(skipped) or shift is None:
            causes = tuple(dict.fromkeys(skipped))
            return Obstacle(Reason.DAY_OFF, proposed, self._date(first - 1), causes)
        return Obstacle(shift, proposed, self._date(first - 1))

    def _on(self, day: int, want: _Want) -> Obstacle:
        return self._obstacles.on(day, want.region, want.kind, want.samples)

    def _on_or_free(self, day: int, want: _Want) -> Obstacle:
        # What is only said takes nothing from what the placing may still search.
        budget, self._ledger.budget = self._ledger.budget, SearchBudget()
        taken = self._remaining(day, want)[1] is None
        self._ledger.budget = budget
        if taken:
            return self._on(day, want)
        return Obstacle(Reason.DECIDED, self._date(day), self._date(day))

    def _fits_nowhere(self, ranked: Ranked, target: int, want: _Want) -> Unplaced:
        if target > self._horizon:
            return self._unplaced(ranked, want, Reason.HORIZON, ())
        if never := self._obstacles.never(want.kind, want.samples):
            return self._unplaced(ranked, want, never, ())
        if not self._starts(want).count(target, self._horizon):
            causes = self._why_no_start(want, target, self._horizon)
            return self._unplaced(ranked, want, Reason.DAY_OFF, causes)
        return self._unplaced(ranked, want, Reason.HORIZON, ())

    def _why_no_start(self, want: _Want, first: int, last: int) -> tuple[str, ...]:
        """Return why condition 1 lets no visit start on any of the days."""
        days = (self._date(day) for day in range(first, last + 1))
        causes = (self._workdays.why_not(day, want.region, want.kind) for day in days)
        return tuple(dict.fromkeys(causes))

    def _unplaced(
        self,
        ranked: Ranked,
        want: _Want,
        reason: Reason,
        names: tuple[str, ...],
        nearest: date | None = None,
    ) -> Unplaced:
        """Return the request with what stood in the way, and what would have to change."""
        if self._explained == 0:
            return Unplaced(
                ranked, Obstacle(reason, ranked.reviewed.target, self._date(0)), nearest
            )
        target, last = ranked.reviewed.target, self._date(self._horizon)
        if reason is Reason.DEADLINE and ranked.request.deadline is not None:
            last = ranked.request.deadline
        days = list(self._starts(want).between(self._number(target), self._number(last)))
        blocked: tuple[Obstacle, ...] = ()
        if reason is Reason.DEADLINE or (reason is Reason.HORIZON and days):
            blocked = tuple(self._on(day, want) for day in days[: self._explained])
        useful = days
        if ranked.request.deadline is not None:
            useful = [day for day in days if self._date(day) <= ranked.request.deadline]
        if reason is Reason.DEADLINE and not days:
            names = self._why_no_start(want, self._number(target), self._number(last))
        remedies = self._obstacles.remedies(
            useful[:MOST_EXPLAINED], want.region, want.kind, want.samples
        )
        obstacle = Obstacle(reason, target, last, names)
        blocked_days = len(days) if blocked else 0
        return Unplaced(ranked, obstacle, nearest, blocked, blocked_days, remedies)

    def _number(self, day: date) -> int:
        return (day - self._run_date).days

    def _date(self, number: int) -> date:
        return self._ledger.day(number)


def _find(ahead: list[int], day: int) -> int:
    """Return the first day from ``day`` on that is not known to be taken, shortening the path."""
    while ahead[day] != day:
        ahead[day] = ahead[ahead[day]]
        day = ahead[day]
    return day
