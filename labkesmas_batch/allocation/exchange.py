"""Other teams for visits already placed, their dates untouched, so that one more fits a day.

Exact where at most ``EXACT`` visits are linked: then a place is found if any choice of teams has
it. Above that an augmenting path is searched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from labkesmas_batch.allocation.bitsets import bits
from labkesmas_batch.allocation.ledger import Booking, Ledger
from labkesmas_batch.allocation.packing import Remaining, RemainingByDay, VisitDemand
from labkesmas_batch.allocation.team_search import SearchBudget, assign
from labkesmas_batch.model.reference import Region, SampleType

EXACT = 24
# Above that, so many looks at visits before a search for an augmenting path gives up: all that
# there are on a day of some forty visits.
MOST_LOOKS = 2_000
Changes = list[tuple[Booking, int]]


def reassign_teams(
    ledger: Ledger, first: int, region: Region, kind: SampleType, samples: int
) -> Changes | None:
    """Return the changes of teams that let one more visit start on day ``first``.

    Parameters
    ----------
    ledger
        Read only.
    first, region, kind, samples
        The visit, for which equipment and laboratory have capacity that day and no team has.

    Returns
    -------
    list of (entry, team) or None
        Visits that change their team, and to which. A better-ranked visit keeps its team before
        others do. None where no reassignment helps.
    """
    days = range(first, first + region.travel_days + 1)
    teams = ledger.competent(kind) & ledger.able(samples) & ledger.there(days)
    if not teams or not all(ledger.has_capacity(day) for day in days):
        return None
    wanted = VisitDemand(tuple(days), region.name, samples, tuple(bits(teams)), None)
    together = _together(ledger, wanted.days)
    if len(together) < EXACT:
        return _exactly(ledger, together, wanted)
    if len(days) == 1:
        return _on_one_day(ledger, wanted)
    for day in days:
        if (
            ledger.movable(day) >= EXACT
        ):  # an augmenting path frees no team with several visits elsewhere
            teams &= ledger.reachable(day, region.name) | ledger.idle(day)
    wanted = replace(wanted, teams=tuple(bits(teams)))
    around = (_around_trips(ledger, replace(wanted, teams=(team,))) for team in wanted.teams)
    return next((changes for changes in around if changes is not None), None)


def _around_trips(ledger: Ledger, wanted: VisitDemand) -> Changes | None:
    """Reassign teams for a trip of one team, each of its days by itself."""
    changes: Changes = []
    for day in wanted.days:
        found = _on_one_day(ledger, replace(wanted, days=(day,)))
        if found is None:
            return None
        changes += found
    return changes


def _together(ledger: Ledger, days: Sequence[int]) -> list[Booking]:
    """Return the movable visits that are linked with the days through trips, or too many."""
    seen, found, todo = set(days), dict[int, Booking](), list(days)
    while todo:
        for entry in ledger.on(todo.pop()):
            if entry.movable and entry.order not in found:
                found[entry.order] = entry
                if len(found) == EXACT:
                    return list(found.values())
                todo += set(entry.days) - seen
                seen |= set(entry.days)
    return list(found.values())


def _on_one_day(ledger: Ledger, wanted: VisitDemand) -> Changes | None:
    """Reassign teams on one day around the trips, which stay with their teams."""
    (day,) = wanted.days
    if ledger.movable(day) >= EXACT:
        return _by_chain(ledger, wanted)
    movable = [entry for entry in ledger.on(day) if entry.movable and len(entry.days) == 1]
    return _exactly(ledger, movable, wanted)


def _exactly(ledger: Ledger, entries: Sequence[Booking], wanted: VisitDemand) -> Changes | None:
    """Choose teams for the visits and the one wanted; whoever ranks better keeps his first."""
    entries = sorted(entries, key=lambda entry: entry.order)
    items = [*(_item(ledger, entry) for entry in entries), wanted]
    remaining = _remaining_by_day(ledger, items, entries)
    budget = ledger.budget
    chosen = assign(items, remaining, budget)
    if chosen is None:
        return None
    may_take = [item.teams for item in items]
    for at, entry in enumerate(entries):
        chosen = _pinned(items, remaining, chosen, at, (entry.team,), budget)
    for at, entry in enumerate(entries):
        if len(items[at].teams) > 1 or chosen[at] != entry.team:
            chosen = _pinned(items, remaining, chosen, at, may_take[at], budget)
    moved = zip(entries, chosen, strict=False)  # chosen has the one wanted at its end
    return [(entry, team) for entry, team in moved if entry.team != team]


def _pinned(
    items: list[VisitDemand],
    remaining: RemainingByDay,
    chosen: list[int],
    at: int,
    teams: Sequence[int],
    budget: SearchBudget,
) -> list[int]:
    """Give an item the first of the teams that leaves a choice for all; pin it if one does."""
    before = items[at]
    for team in teams:
        items[at] = replace(before, teams=(team,))
        settled = chosen if chosen[at] == team else assign(items, remaining, budget)
        if settled is not None:
            return settled
    items[at] = before
    return chosen


def _item(ledger: Ledger, entry: Booking) -> VisitDemand:
    request = entry.request
    teams = tuple(bits(_takers(ledger, entry)))
    return VisitDemand(tuple(entry.days), request.region, request.samples, teams, entry.team)


def _takers(ledger: Ledger, entry: Booking) -> int:
    """Return the teams that could take over the visit by condition 2."""
    kind = ledger.reference.sample_types[entry.request.sample_type]
    return ledger.competent(kind) & ledger.able(entry.request.samples) & ledger.there(entry.days)


def _remaining_by_day(
    ledger: Ledger, items: Sequence[VisitDemand], entries: Sequence[Booking]
) -> dict[tuple[int, int], Remaining]:
    """Return what each team has left each day when the visits are taken away."""
    away = {entry.order for entry in entries}
    teams = {team for item in items for team in item.teams}
    days = {day for item in items for day in item.days}
    remaining = {}
    for team in teams:
        for day in days:
            stay = [entry for entry in ledger.visits_of(day, team) if entry.order not in away]
            remaining[team, day] = Remaining(*ledger.left(team, stay))
    return remaining


@dataclass(frozen=True, slots=True)
class _Link:
    """A visit without a place; whoever is ``before`` it takes the place that it had."""

    entry: Booking | None
    teams: int
    region: str
    samples: int
    before: _Link | None

    def chain(self) -> Iterator[Booking]:
        """Yield the visits that give up their places, the last one first."""
        link: _Link | None = self
        while link is not None and link.entry is not None:
            yield link.entry
            link = link.before


def _by_chain(ledger: Ledger, wanted: VisitDemand) -> Changes | None:
    """Search the shortest augmenting path: a visit takes the place of one that takes another's.

    Visits of one kind, place and size lead to the same places, so that the first of them stands
    for all; at most ``MOST_LOOKS`` visits are looked at.
    """
    (day,) = wanted.days
    if not ledger.may_end(day, wanted.region):
        return None
    teams = sum(1 << team for team in wanted.teams)
    visits_by_team = ledger.visits_by_team(day)
    links = [_Link(None, teams, wanted.region, wanted.samples, None)]
    seen, looks = set[tuple[str, str, int]](), 0
    remaining: dict[tuple[str, int], int] = {}
    for link in links:  # which grows on the way
        used = sum(1 << entry.team for entry in link.chain())
        free = link.teams & ~used
        like = link.region, link.samples
        if like not in remaining:
            remaining[like] = ledger.teams_fitting(day, *like)
        if homes := remaining[like] & free:
            return _moves(link, bits(homes)[0])
        for team in bits(ledger.reachable(day, link.region) & free):
            visits_of = visits_by_team[team]
            looks += len(visits_of)
            for other in visits_of:
                kind = other.like
                if (
                    kind is not None
                    and kind not in seen
                    and ledger.fits_instead(team, day, link.samples, other)
                ):
                    seen.add(kind)
                    place, _, samples = kind
                    links.append(_Link(other, _takers(ledger, other), place, samples, link))
        if looks > MOST_LOOKS:
            break
    return None


def _moves(link: _Link, home: int) -> Changes:
    """Return who goes where: the last of the chain home, each before it to the next one's place."""
    changes, team = [], home
    for entry in link.chain():
        changes.append((entry, team))
        team = entry.team
    return changes
