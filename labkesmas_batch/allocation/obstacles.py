"""What kept a visit from a day: which resource, held by whom, and what would have helped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import merge, nsmallest
from itertools import groupby, islice

from labkesmas_batch.allocation.bitsets import bits
from labkesmas_batch.allocation.conditions import laboratory_takes
from labkesmas_batch.allocation.ledger import Booking, Ledger
from labkesmas_batch.model.reference import Region, SampleType
from labkesmas_batch.model.schedule import Obstacle, Reason, Remedy

# So many requests are named at most, and on days with more visits nobody asks who could have
# stood in for whom.
MOST_HOLDERS = 50


class Obstacles:
    """Answers about one ledger as it stands.

    Parameters
    ----------
    ledger
        Read only.
    lasting
        What filled the teams of a day once is told to all who come later with as many samples
        or more: it is there still, and ranks better than they. For huge weeks, where to name all
        who came since would take too long.
    """

    def __init__(self, ledger: Ledger, *, lasting: bool = False) -> None:
        self._ledger, self._lasting = ledger, lasting
        self._full: dict[tuple[object, ...], tuple[int, tuple[int, ...], Obstacle]] = {}
        self._remedies: dict[tuple[object, ...], tuple[tuple[int, ...], list[Remedy]]] = {}

    def on(self, first: int, region: Region, kind: SampleType, samples: int) -> Obstacle:
        """Say what keeps a visit from starting on day ``first``; something must.

        All competent teams on leave come before equipment, laboratory, and full teams.
        """
        ledger, days = self._ledger, range(first, first + region.travel_days + 1)
        competent = ledger.competent(kind)
        if not competent & ledger.there(days):
            away = [day for day in days if competent & ~ledger.present[day]]
            return obstacle_of(ledger, Reason.LEAVE, away, self._names(competent))
        if name := ledger.short_equipment(days, kind):
            return self._lasting_one((days, name), samples, lambda: self._short(days, name))
        if ledger.lab_full(days[-1], kind, samples):
            return self._lasting_one(
                (days[-1], kind.name), samples, lambda: self._lab_full(days[-1:], kind)
            )
        key = first, region.name, kind.name, competent & ledger.able(samples)
        stamp = () if self._lasting else (samples, *ledger.changes(days))
        known = self._full.get(key)
        if known is None or known[1] != stamp or samples < known[0]:
            found = self._teams_full(days, region, kind, samples)
            known = self._full[key] = samples, stamp, found
        return known[2]

    def _lasting_one(
        self, key: tuple[object, ...], samples: int, find: Callable[[], Obstacle]
    ) -> Obstacle:
        """Return what was found before for as many samples or fewer, where that is to last."""
        known = self._full.get(key)
        if known is None or not self._lasting or samples < known[0]:
            known = self._full[key] = samples, (), find()
        return known[2]

    def _lab_full(self, last: range, kind: SampleType) -> Obstacle:
        holders = self._ledger.arriving(kind, last[0])
        return obstacle_of(self._ledger, Reason.LABORATORY, last, [kind.name], holders)

    def _teams_full(self, days: range, region: Region, kind: SampleType, samples: int) -> Obstacle:
        ledger = self._ledger
        present = ledger.competent(kind) & ledger.there(days)
        able = present & ledger.able(samples)
        full = {day: able & ~ledger.teams_fitting(day, region.name, samples) for day in days}
        span = [day for day in days if full[day]] or list(days)
        holders, more = self._holders(full, span)
        teams, leaving = (able, False) if more else self._takers(holders, able, span)
        if teams != able:
            others, more = self._holders(dict.fromkeys(span, teams & ~able), span)
            holders += others
        going = sum(1 << team for team in bits(present) if ledger.most_visits[team])
        absent = self._names(ledger.competent(kind) & ~present & ledger.able(samples))
        found = obstacle_of(
            ledger, Reason.TEAM_FULL, span, self._names(teams or going), holders, absent
        )
        elsewhere = any(ledger.elsewhere(day, region.name, full[day], samples) for day in span)
        more += found.more_holders
        exchanged = leaving or teams != able
        return replace(found, exchanged=exchanged, more_holders=more, elsewhere=elsewhere)

    def _holders(self, teams: Mapping[int, int], days: Sequence[int]) -> tuple[list[Booking], int]:
        """Return the visits that hold the teams, the best-ranked ones, and how many more do."""
        ledger = self._ledger
        named = {day: frozenset(bits(teams[day])) for day in days}

        def holding(day: int) -> Iterator[Booking]:
            return (entry for entry in ledger.on(day) if entry.team in named[day])

        in_order = merge(*map(holding, days), key=lambda entry: entry.order)
        found = list(islice((entry for entry, _ in groupby(in_order)), MOST_HOLDERS))
        every = sum(ledger.visits(day, teams[day]) for day in days)
        if len(days) > 1:
            seen = set[int]()
            for day in days:
                there = {entry.order for entry in ledger.trips(day) if entry.team in named[day]}
                every -= len(there & seen)
                seen |= there
        return found, max(0, every - MOST_HOLDERS)

    def _short(self, days: range, name: str) -> Obstacle:
        ledger = self._ledger
        short = [d for d in days if len(ledger.users(name, d)) >= ledger.units(name, d)]
        # Whoever holds the others of the days, none would do where no unit is valid.
        if without := [day for day in short if not ledger.units(name, day)]:
            return obstacle_of(ledger, Reason.EQUIPMENT, without, [name])
        holders = [entry for day in short for entry in ledger.users(name, day)]
        return obstacle_of(ledger, Reason.EQUIPMENT, short, [name], holders)

    def _takers(
        self, holders: Sequence[Booking], able: int, span: Sequence[int]
    ) -> tuple[int, bool]:
        """Return all teams that could take over from the holders, or from those who hold these.

        Whoever holds one of them cannot leave them, so that the names stay true whatever teams
        are reassigned later; save to an idle team, which is not full and not among them. Whether
        one could leave so is told, too: it would not help, but it may be done for another's sake.
        """
        ledger, teams, todo, leaving = self._ledger, able, list(holders), False
        while todo:
            entry = todo.pop()
            if not entry.movable:
                continue
            kind = ledger.reference.sample_types[entry.request.sample_type]
            more = ledger.competent(kind) & ledger.able(entry.request.samples) & ~teams
            for team in bits(more & ledger.there(entry.days)):
                if visits_of := [entry for day in span for entry in ledger.visits_of(day, team)]:
                    teams |= 1 << team
                    todo += visits_of
                elif ledger.most_visits[team]:
                    leaving = True
        return teams, leaving

    def _names(self, teams: int) -> list[str]:
        return [self._ledger.name(team) for team in bits(teams)]

    def never(self, kind: SampleType, samples: int) -> Reason | None:
        """Return why the visit fits no day even on an empty calendar, None where one would do."""
        ledger = self._ledger
        every_day = range(ledger.days)
        if any(not any(ledger.units(name, d) for d in every_day) for name in kind.equipment):
            return Reason.EQUIPMENT
        if not laboratory_takes(kind, samples):
            return Reason.LABORATORY
        if not ledger.competent(kind) & ledger.able(samples):
            return Reason.TEAM_FULL
        return None

    def remedies(
        self, starts: Iterable[int], region: Region, kind: SampleType, samples: int
    ) -> tuple[Remedy, ...]:
        """Return the changes each of which alone would have made one of the days possible.

        The earliest day for each: a unit more, laboratory capacity, a team that were competent,
        not on leave, or made one more visit.
        """
        found: dict[Reason, Remedy] = {}
        for first in starts:
            days = range(first, first + region.travel_days + 1)
            key, stamp = (first, region.name, kind.name, samples), self._ledger.changes(days)
            known = self._remedies.get(key)
            if known is None or known[0] != stamp:
                known = stamp, self._remedies_on(first, region, kind, samples)
                self._remedies[key] = known
            for remedy in known[1]:
                found.setdefault(remedy.reason, remedy)
        return tuple(found.values())

    def _remedies_on(  # noqa: C901 - a branch for each kind of change
        self, first: int, region: Region, kind: SampleType, samples: int
    ) -> list[Remedy]:
        ledger, found = self._ledger, []
        days = range(first, first + region.travel_days + 1)

        def helps(reason: Reason, name: str) -> None:
            found.append(Remedy(reason, ledger.day(first), name))

        def left(name: str) -> int:
            return min(ledger.units(name, day) - len(ledger.users(name, day)) for day in days)

        short = [name for name in kind.equipment if left(name) < 1]
        if any(left(name) < 0 for name in short):
            return found
        full = ledger.lab_full(days[-1], kind, samples)
        team = ledger.fitting_team(
            days, region.name, ledger.competent(kind) & ledger.there(days), samples
        )
        if team is not None and len(short) + full == 1:
            helps(*((Reason.LABORATORY, kind.name) if full else (Reason.EQUIPMENT, short[0])))
        if team is not None or short or full:
            return found
        others = ~ledger.competent(kind) & ledger.able(samples) & ledger.there(days)
        stand_in = ledger.fitting_team(days, region.name, others, samples)
        if stand_in is not None:
            helps(Reason.NO_TEAM, ledger.name(stand_in))
        away = ledger.competent(kind) & ledger.able(samples) & ~ledger.there(days)
        for away_team in bits(away):
            if not any(ledger.visits_of(day, away_team) for day in days):
                helps(Reason.LEAVE, ledger.name(away_team))
                break
        busy = ledger.competent(kind) & ledger.able(samples) & ledger.there(days)
        for day in days:
            busy &= ledger.reachable(day, region.name) | ledger.idle(day)
        for team in bits(busy):
            if self._one_more_visit(team, days, region.name, samples):
                helps(Reason.TEAM_FULL, ledger.name(team))
                break
        return found

    def _one_more_visit(self, team: int, days: range, region: str, samples: int) -> bool:
        """Tell whether nothing but Kunjungan per Hari keeps the team from the visit."""
        loads = [self._ledger.load(day, team) for day in days]
        most = self._ledger.most_samples[team]
        return all(
            visits <= self._ledger.most_visits[team]
            and carried + samples <= most
            and place in ("", region)
            for visits, carried, place in loads
        )


def obstacle_of(
    ledger: Ledger,
    reason: Reason,
    days: Sequence[int],
    names: Sequence[str],
    holders: Sequence[Booking] = (),
    absent: Sequence[str] = (),
) -> Obstacle:
    """Return what stands in the way on days of the ledger, with the best-ranked holders."""
    every = {entry.order: entry for entry in holders}
    best = [every[order].request.number for order in nsmallest(MOST_HOLDERS, every)]
    return Obstacle(
        reason,
        ledger.day(days[0]),
        ledger.day(days[-1]),
        tuple(names),
        tuple(best),
        tuple(absent),
        more_holders=max(0, len(every) - MOST_HOLDERS),
    )
