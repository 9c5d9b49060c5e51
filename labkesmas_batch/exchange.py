"""Other teams for visits already placed, their dates untouched, so that one more fits a day.

Exact where at most ``EXACT`` visits hang together: then room is found if any choice of teams has
it. Above that a chain of single exchanges is searched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from labkesmas_batch.ledger import Entry, Ledger, bits
from labkesmas_batch.model import Region, SampleType
from labkesmas_batch.teamwork import Item, Room, assign

EXACT = 24
Changes = list[tuple[Entry, int]]


def make_room(
    ledger: Ledger, first: int, region: Region, kind: SampleType, samples: int
) -> Changes | None:
    """Return the changes of teams that let one more visit start on day ``first``.

    Parameters
    ----------
    ledger
        Read only.
    first, region, kind, samples
        The visit, for which equipment and laboratory have room that day and no team has.

    Returns
    -------
    list of (entry, team) or None
        Visits that change their team, and to which. A better-ranked visit keeps its team before
        others do. None where no exchange helps.
    """
    days = range(first, first + region.travel_days + 1)
    teams = ledger.competent(kind) & ledger.able(samples) & ledger.there(days)
    if not teams or not all(ledger.has_room(day) for day in days):
        return None
    wanted = Item(tuple(days), region.name, samples, tuple(bits(teams)), None)
    together = _together(ledger, wanted.days)
    if len(together) < EXACT:
        return _exactly(ledger, together, wanted)
    if len(days) == 1:
        return _on_one_day(ledger, wanted)
    for team in wanted.teams:
        found = [_on_one_day(ledger, replace(wanted, days=(d,), teams=(team,))) for d in days]
        if None not in found:
            return [change for changes in found for change in changes or ()]
    return None


def _together(ledger: Ledger, days: Sequence[int]) -> list[Entry]:
    """Return the movable visits that hang together with the days through trips, or too many."""
    seen, found, todo = set(days), dict[int, Entry](), list(days)
    while todo and len(found) < EXACT:
        for entry in ledger.on(todo.pop()):
            if entry.movable and entry.order not in found:
                found[entry.order] = entry
                todo += set(entry.days) - seen
                seen |= set(entry.days)
    return list(found.values())


def _on_one_day(ledger: Ledger, wanted: Item) -> Changes | None:
    """Make room on one day around the trips, which stay with their teams."""
    movable = [e for e in ledger.on(wanted.days[0]) if e.movable and len(e.days) == 1]
    if len(movable) < EXACT:
        return _exactly(ledger, movable, wanted)
    return _by_chain(ledger, wanted)


# --- exactly ---------------------------------------------------------------------------------


def _exactly(ledger: Ledger, entries: Sequence[Entry], wanted: Item) -> Changes | None:
    """Choose teams for the visits and the one wanted; whoever ranks better keeps his first."""
    entries = sorted(entries, key=lambda entry: entry.order)
    items = [*(_item(ledger, entry) for entry in entries), wanted]
    rooms = _rooms(ledger, items, entries)
    chosen = assign(items, rooms)
    if chosen is None:
        return None
    for at, entry in enumerate(entries):
        for team in dict.fromkeys((entry.team, *items[at].teams)):
            items[at] = replace(items[at], teams=(team,))
            settled = chosen if chosen[at] == team else assign(items, rooms)
            if settled is not None:
                chosen = settled
                break
    moved = zip(entries, chosen, strict=False)  # chosen has the one wanted at its end
    return [(entry, team) for entry, team in moved if entry.team != team]


def _item(ledger: Ledger, entry: Entry) -> Item:
    request = entry.request
    kind = ledger.reference.sample_types[request.sample_type]
    teams = ledger.competent(kind) & ledger.able(request.samples) & ledger.there(entry.days)
    return Item(tuple(entry.days), request.region, request.samples, tuple(bits(teams)), entry.team)


def _rooms(
    ledger: Ledger, items: Sequence[Item], entries: Sequence[Entry]
) -> dict[tuple[int, int], Room]:
    """Return what each team has left each day when the visits are taken away."""
    away = {entry.order for entry in entries}
    teams = {team for item in items for team in item.teams}
    days = {day for item in items for day in item.days}
    rooms = {}
    for team in teams:
        for day in days:
            stay = [entry for entry in ledger.crowd(day, team) if entry.order not in away]
            rooms[team, day] = Room(*ledger.left(team, stay))
    return rooms


# --- by a chain of exchanges -----------------------------------------------------------------


def _by_chain(ledger: Ledger, wanted: Item) -> Changes | None:
    """Search the shortest chain: the wanted one takes a place whose visit takes another's.

    Each team is used once. Visits of one kind, place and size lead to the same places, so that
    the first of them stands for all.
    """
    (day,) = wanted.days
    # A link: a visit without a place, and the link whose visit takes the place it had.
    links: list[tuple[Entry | None, Item, int]] = [(None, wanted, -1)]
    seen = set[tuple[str, str, int]]()
    at = 0
    while at < len(links):
        _, item, _ = links[at]
        used = {entry.team for entry, _ in _chain(links, at)}
        free = sum(1 << team for team in item.teams if team not in used)
        home = ledger.roomy(range(day, day + 1), item.region, free, item.samples)
        if home is not None:
            return _moves(links, at, home)
        for team in bits(free):
            for other in ledger.crowd(day, team):
                request = other.request
                like = request.region, request.sample_type, request.samples
                if (
                    other.movable
                    and len(other.days) == 1
                    and like not in seen
                    and ledger.fits_without(team, day, item.region, item.samples, other)
                ):
                    seen.add(like)
                    links.append((other, _item(ledger, other), at))
        at += 1
    return None


def _chain(links: Sequence[tuple[Entry | None, Item, int]], at: int) -> list[tuple[Entry, int]]:
    """Return the visits that give up their places up to a link, the last one first."""
    found = []
    while at >= 0:
        entry, _, before = links[at]
        if entry is not None:
            found.append((entry, before))
        at = before
    return found


def _moves(links: Sequence[tuple[Entry | None, Item, int]], at: int, home: int) -> Changes:
    """Return who goes where: the last of the chain home, each before it to the next one's place."""
    changes, team = [], home
    for entry, _ in _chain(links, at):
        changes.append((entry, team))
        team = entry.team
    return changes
