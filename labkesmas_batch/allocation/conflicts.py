"""Locked visits against the rules of today: what has changed since they got their day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labkesmas_batch.allocation.conditions import equipment_held, is_overfull
from labkesmas_batch.allocation.ledger import Ledger
from labkesmas_batch.allocation.obstacles import obstacle_of
from labkesmas_batch.allocation.workdays import Workdays
from labkesmas_batch.model.schedule import Obstacle, Reason, Visit
from labkesmas_batch.text.indonesian import OFF


def conflicts(
    locked: Iterable[Visit], ledger: Ledger, workdays: Workdays
) -> Iterator[tuple[Visit, Obstacle]]:
    """Yield each locked visit that breaks a condition of today, with the first one it breaks.

    Parameters
    ----------
    locked
        All of them stand in the ledger, and nothing else does.
    ledger, workdays
        Read only.
    """
    for visit in locked:
        first, last = ((day - ledger.run_date).days for day in (visit.first, visit.last))
        days = range(max(0, first), min(ledger.days, last + 1))
        broken = _broken(visit, days, ledger, workdays) if days else iter(())
        if found := next(broken, None):
            yield visit, found


def _broken(  # noqa: C901 - a branch for each condition
    visit: Visit, days: range, ledger: Ledger, workdays: Workdays
) -> Iterator[Obstacle]:
    """Yield what a locked visit breaks: days, competence, leave, equipment, laboratory, load."""
    reference, request = ledger.reference, visit.request
    kind = reference.sample_types.get(request.sample_type)
    region = reference.regions.get(request.region)
    if off := [day for day in days if not workdays.is_workday(ledger.day(day))]:
        names = [h.name for d in off if (h := reference.holidays.get(ledger.day(d))) and h.name]
        said = f"{OFF} ({', '.join(dict.fromkeys(names))})" if names else OFF
        yield obstacle_of(ledger, Reason.DAY_OFF, off, [said])
    sets_out = visit.first >= ledger.run_date
    if sets_out and region and kind and (why := workdays.why_not(visit.first, region, kind)):
        yield obstacle_of(ledger, Reason.DAY_OFF, days, [why])
    if region and (visit.last - visit.first).days != region.travel_days:
        length = f"perjalanan ke {region.name} kini {region.travel_days + 1} hari"
        yield obstacle_of(ledger, Reason.DAY_OFF, days, [length])
    team = ledger.team(visit.team)
    if team is None or (kind and not ledger.competent(kind) >> team & 1):
        yield obstacle_of(ledger, Reason.NO_TEAM, days, [visit.team])
    elif away := [day for day in days if not ledger.present[day] >> team & 1]:
        yield obstacle_of(ledger, Reason.LEAVE, away, [visit.team])
    for name in equipment_held(visit, reference):
        if over := [day for day in days if len(ledger.users(name, day)) > ledger.units(name, day)]:
            valid = [day for day in over if ledger.units(name, day)]
            holders = [entry for day in valid for entry in ledger.users(name, day)]
            yield obstacle_of(ledger, Reason.EQUIPMENT, over, [name], holders)
    if kind and ledger.lab_full(days[-1], kind, 0):
        at_once = ledger.arriving(kind, days[-1])
        yield obstacle_of(ledger, Reason.LABORATORY, days[-1:], [kind.name], at_once)
    if team is not None:
        visits_by_team = {day: ledger.visits_of(day, team) for day in days}
        if over := [day for day in days if is_overfull(ledger.left(team, visits_by_team[day]))]:
            holders = [entry for day in over for entry in visits_by_team[day]]
            yield obstacle_of(ledger, Reason.TEAM_FULL, over, [visit.team], holders)
