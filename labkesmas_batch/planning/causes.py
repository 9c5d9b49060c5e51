"""Why a request has another day than in the last schedule: shown by planning again, never guessed.

One difference is undone at a time: a row of Ketentuan, a sheet of the reference, the run date, what
another request is or says. Where that alone brings the old day back, it is told as a cause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.errors import RefusedError
from labkesmas_batch.explanation.days import blocked
from labkesmas_batch.intake.review import review
from labkesmas_batch.model.history import LastSchedule, Past, differing
from labkesmas_batch.model.plan import Plan
from labkesmas_batch.model.policy import SETTINGS
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Obstacle, Unplaced, Visit
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.model.week import Facts
from labkesmas_batch.precedence.pair_decisions import with_kept
from labkesmas_batch.precedence.rank import rank
from labkesmas_batch.text.indonesian import listing, short_date
from labkesmas_batch.text.names import number_key

# Of more requests nobody waits for every plan without one of them.
_MOST_REQUESTS, _MOST_EACH = 1_000, 8
_SHEETS: Mapping[str, str] = {
    "teams": SheetName.TEAMS,
    "leaves": SheetName.LEAVE,
    "regions": SheetName.REGIONS,
    "sample_types": SheetName.SAMPLE_TYPES,
    "equipment": SheetName.EQUIPMENT,
    "holidays": SheetName.HOLIDAYS,
    "decisions": SheetName.PAIR_DECISIONS,
}
Days = Mapping[str, date | None]


def causes(plan: Plan, facts: Facts, last: LastSchedule) -> Mapping[str, tuple[str, ...]]:
    """Return in sentences what gave each request another day, by canonical number.

    Parameters
    ----------
    plan, facts
        Of this week.
    last
        What it is compared with.
    """
    placed: list[Visit | Unplaced] = [*plan.allocation.visits, *plan.allocation.unplaced]
    now = {number_key(each.request.number): each for each in placed}
    moved = {
        number_key(past.request.number): past
        for past in last.requests
        if (here := now.get(number_key(past.request.number))) is not None
        and past.outcome.has_day
        and _day(here) != past.first
        and not (isinstance(here, Visit) and here.order)
    }
    if not moved:
        return {}
    found = {key: list(_at_the_old_day(now[key], past)) for key, past in moved.items()}
    if len(plan.accepted) <= _MOST_REQUESTS:
        trials = _Trials(plan, facts, last, moved)
        for said, days in trials.all():
            for key, past in moved.items():
                if past.first is not None and days.get(key) == past.first:
                    found[key].append(f"{said(key)} harinya tetap {short_date(past.first)}.")
    return {key: tuple(said) for key, said in found.items() if said}


def _day(placed: Visit | Unplaced) -> date | None:
    return placed.first if isinstance(placed, Visit) else None


def _at_the_old_day(placed: Visit | Unplaced, past: Past) -> Iterator[str]:
    """Say what stands in the way of the old day now."""
    if isinstance(placed, Visit):
        stood: Sequence[Obstacle] = [*([placed.obstacle] if placed.obstacle else []), *placed.also]
    else:
        stood = placed.blocked
    day = past.first
    for each in stood:
        if each.holders and day is not None and each.first <= day <= each.last:
            yield blocked(each, placed.request.samples)


Said = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Trials:
    """The week planned again, each time with one difference undone."""

    plan: Plan
    facts: Facts
    last: LastSchedule
    moved: Mapping[str, Past]

    @property
    def asked(self) -> list[Request]:
        """Return the requests of this week, but for those that management set aside."""
        ranked = (each.request for each in self.plan.ranked)
        return [*ranked, *(back.request for back in self.plan.returned)]

    def all(self) -> Iterator[tuple[Said, Days]]:
        """Yield what was undone, and the days by canonical number."""
        yield from self._requests()
        if self.last.reference is not None:
            yield from self._settings(self.last.reference)
            yield from self._sheets(self.last.reference)
        before = date.fromisoformat(self.last.run[:10])
        if before != self.facts.run_date:
            said = f"Pada tanggal pengaturan jadwal semula, {short_date(before)},"
            yield _of_all(said), self._days(run_date=before)

    def _requests(self) -> Iterator[tuple[Said, Days]]:
        asked = self.asked
        here = {number_key(each.number): each for each in asked}
        before = {number_key(past.request.number): past.request for past in self.last.requests}
        aside = {number_key(request.number) for request, _ in self.plan.set_aside}
        changed = [key for key in here if key in before and differing(before[key], here[key])]
        for key in sorted(changed, key=lambda key: key not in self.moved)[:_MOST_EACH]:
            fields = listing(differing(before[key], here[key]), most=4)
            again = [before[key] if each is here[key] else each for each in asked]
            yield _own_or_other(key, here[key].number, fields), self._days(again)
        new = [each for key, each in here.items() if key not in before]
        for each in new[:_MOST_EACH]:
            yield (
                _of_all(f"Tanpa permintaan baru {each.number}"),
                self._days([one for one in asked if one is not each]),
            )
        if len(new) > 1:
            rest = [one for one in asked if one not in new]
            yield _of_all(f"Tanpa {len(new)} permintaan baru"), self._days(rest)
        gone = [
            past.request
            for past in self.last.requests
            if past.outcome.has_day
            and number_key(past.request.number) not in here.keys() | self._locked()
        ]
        for each in gone[:_MOST_EACH]:
            stays = "masih diminta"
            if number_key(each.number) in aside:
                stays = "tidak ditunda atau dibatalkan"
            yield _of_all(f"Bila {each.number} {stays},"), self._days([*asked, each])

    def _settings(self, before: Reference) -> Iterator[tuple[Said, Days]]:
        policy = self.plan.reference.policy
        for setting in SETTINGS:
            old, new = getattr(before.policy, setting.field), getattr(policy, setting.field)
            if old != new:
                again = replace(policy, **{setting.field: old})
                yield (
                    _of_all(f"Tanpa perubahan {setting.key} pada Ketentuan"),
                    self._days(reference=replace(self.plan.reference, policy=again)),
                )

    def _sheets(self, before: Reference) -> Iterator[tuple[Said, Days]]:
        now = self.plan.reference
        for field, sheet in _SHEETS.items():
            old, new = getattr(before, field), getattr(now, field)
            if field == "decisions":  # those on Zona Antara and of earlier weeks stay
                others = (each for each in new if each.sheet != sheet)
                old = with_kept(old, others, self.asked)
            if old != new:
                again = replace(now, **{field: old})
                teams = {team.name for team in again.teams}
                leaves = tuple(each for each in again.leaves if each.team in teams)
                yield (
                    _of_all(f"Tanpa perubahan lembar {sheet} pada acuan"),
                    self._days(reference=replace(again, leaves=leaves)),
                )

    def _locked(self) -> set[str]:
        return {number_key(visit.request.number) for visit in self.plan.locked}

    def _days(
        self,
        requests: Sequence[Request] | None = None,
        reference: Reference | None = None,
        run_date: date | None = None,
    ) -> Days:
        """Plan the week with one thing as it was; return the first day of each request."""
        reference = reference or self.plan.reference
        run_date = run_date or self.facts.run_date
        usable = [
            each
            for each in (self.asked if requests is None else requests)
            if each.region in reference.regions and each.sample_type in reference.sample_types
        ]
        accepted = review(usable, reference.policy, run_date).accepted
        decided = [visit for visit in self.plan.allocation.visits if visit.order is not None]
        numbers = {number_key(each.request.number) for each in accepted}
        decided = [each for each in decided if number_key(each.request.number) in numbers]
        try:
            ranked = rank(accepted, reference.policy, reference.decisions)
        except RefusedError:  # decisions that contradict each other about who is not there now
            return {}
        found = allocate(ranked, reference, run_date, self.plan.locked, decided, explained=False)
        return {number_key(each.request.number): each.first for each in found.visits}


def _of_all(said: str) -> Said:
    return lambda _: said


def _own_or_other(key: str, number: str, fields: str) -> Said:
    def said(asked: str) -> str:
        if asked == key:
            return f"Tanpa perubahan {fields}"
        return f"Tanpa perubahan {fields} pada {number}"

    return said
