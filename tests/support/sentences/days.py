"""Why a request has its day, or none: every day and holder that Alasan names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tests.support.oracle import (
    Asked,
    Team,
    Visit,
    calendar_problem,
    equipment_problem,
    lab_problem,
    needs,
    other_teams,
    team_day_problem,
)
from tests.support.sentences.known import Known
from tests.support.sentences.reading import (
    DATE,
    SPAN,
    UntrueError,
    a_day,
    a_span,
    each_day,
    holds,
    names,
)

_OFF = r"(?:(?: dan |, )?(?:bukan hari kerja|hari libur|bukan hari berangkat ke [^,.()]+?|bukan hari pengambilan [^,.()]+?|perjalanan ke [^,.()]+? akan mengenai [^,.()]+?))+"


@dataclass
class Case:
    """A request whose sentences are read, and what they have said so far.

    Parameters
    ----------
    first, until
        The first day that it may start on, and the last one that the sentences speak of.
    """

    known: Known
    asked: Asked
    first: date
    until: date
    holders: list[Visit]
    covered: set[date] = field(default_factory=set)
    free: set[date] = field(default_factory=set)
    rest: int = 0
    rest_free: int | None = None
    spans: int = 0

    def allowed(self, first: date, last: date) -> list[date]:
        """Return the days on which the calendar lets a visit start."""
        world = self.known.world
        return [d for d in each_day(first, last) if calendar_problem(world, self.asked, d) is None]

    def trial(self, start: date, team: str = "") -> Visit:
        return Visit(self.asked, start, team, self.known.world.length(self.asked))

    def competent(self) -> list[Team]:
        kinds = (self.asked.kind, "Semua", "semua")
        return [t for t in self.known.world.teams if any(k in t.kinds for k in kinds)]

    def crowd(self, team: Team, day: date) -> list[Visit]:
        return [v for v in self.holders if v.team == team.name and day in v.days]

    def team_problem(self, team: Team, start: date) -> str | None:
        """Say why a competent team cannot take the visit."""
        trial = self.trial(start, team.name)
        if any(map(team.away, trial.days)):
            return "leave"
        for day in trial.days:
            if text := team_day_problem(team, [*self.crowd(team, day), trial]):
                return text
        return None

    def users(self, name: str, day: date) -> list[Visit]:
        world = self.known.world
        return [v for v in self.holders if day in v.days and name in needs(world, v.asked)]

    def equipment_short(self, name: str, start: date) -> bool:
        world, trial = self.known.world, self.trial(start)
        return any(
            equipment_problem(world, name, day, [*self.users(name, day), trial])
            for day in trial.days
        )

    def arriving(self, start: date) -> list[Visit]:
        last = self.trial(start).end
        return [v for v in self.holders if v.end == last and v.asked.kind == self.asked.kind]

    def lab_short(self, start: date) -> bool:
        trial = self.trial(start)
        return (
            lab_problem(self.known.world, self.asked.kind, [*self.arriving(start), trial])
            is not None
        )

    def possible(self, start: date, *, exchange: bool = False) -> bool:
        """Tell whether the visit fits on a day, with the teams as they stand or with others."""
        if calendar_problem(self.known.world, self.asked, start) is not None:
            return False
        if any(self.equipment_short(name, start) for name in needs(self.known.world, self.asked)):
            return False
        if self.lab_short(start):
            return False
        if any(self.team_problem(team, start) is None for team in self.competent()):
            return True
        if not exchange:
            return False
        trial = self.trial(start)
        there = [v for v in self.holders if set(v.days) & set(trial.days)]
        return other_teams(self.known.world, [*there, trial]) is not False


def _starts(case: Case, span: str) -> list[date]:
    """Return the days of departure that a span speaks of, and note them as explained.

    Of a trip it names the days on which something is short, whatever day it sets out.
    """
    first, last = a_span(span, case.until)
    trip = timedelta(days=case.known.world.length(case.asked) - 1)
    asked = case.allowed(case.first, case.until)
    days = [d for d in asked if first <= d + trip and d <= last]
    holds(days, f"{span}: no visit can start then")
    if not trip:
        inside = first >= case.first and last <= case.until
        holds(inside, f"{span} lies outside the days asked for")
        holds(not case.covered & set(days), f"{span} is told twice")
    case.spans += 1
    return days


def _on_some(case: Case, span: str, check: Callable[[date], None]) -> None:
    """Hold a check on each day of departure; of trips, on those whose days it means."""
    starts, failed, held = _starts(case, span), None, False
    for start in starts:
        try:
            check(start)
        except UntrueError as error:
            failed = error
            if case.known.world.length(case.asked) == 1:
                raise
        else:
            case.covered.add(start)
            held = True
    if failed and not held:
        raise failed


def _held(case: Case, text: str, among: Callable[[Visit], bool], what: str) -> None:
    """Hold that each visit named was placed before and is one of those, and that others are."""
    numbers, more = names(text)
    there = {v.asked.no for v in case.holders if among(v)}
    for no in numbers:
        holds(no in there, f"{no} does not hold {what}")
    holds(len(there) >= len(numbers) + more, f"{what}: {len(there)} hold it, not {more} more")


def _full(case: Case, parts: Sequence[str | None]) -> None:
    teams, _, span, by, exchanged, absent = parts
    assert teams and span and by
    named = names(teams)[0]
    away = names(absent)[0] if absent else []
    known = {team.name: team for team in case.competent()}
    everybody = {team.name for team in case.known.world.teams}
    holds(everybody >= {*named, *away}, f"{teams}: no such team")

    def check(start: date) -> None:
        days = set(case.trial(start).days)
        for name in named:
            holds(name in known or exchanged, f"{name} does not sample {case.asked.kind}")
            problem = case.team_problem(known[name], start) if name in known else "exchanged"
            holds(problem and (problem != "leave" or exchanged), f"{name} is not full on {start}")
        for name in away:
            holds(name in known and any(map(known[name].away, days)), f"{name} is not on leave")
        for team in known.values():
            if team.name not in (*named, *away):
                holds(case.team_problem(team, start), f"{team.name} could go on {start}")

    _on_some(case, span, check)
    within = _within(case, span)

    def among(visit: Visit) -> bool:
        return bool(within & set(visit.days)) and (visit.team in named or bool(exchanged))

    _held(case, by, among, f"{teams} {span}")


def _within(case: Case, span: str) -> set[date]:
    """Return the days of visits that start in a span."""
    first, last = a_span(span, case.until)
    trip = timedelta(days=case.known.world.length(case.asked) - 1)
    return set(each_day(first - trip, last + trip))


def _leave(case: Case, parts: Sequence[str | None]) -> None:
    teams, span = str(parts[0]), str(parts[1])
    named = names(teams)[0]

    def check(start: date) -> None:
        for team in case.competent():
            away = any(map(team.away, case.trial(start).days))
            holds(away or team.name not in named, f"{team.name} is not on leave on {start}")
            holds(away or case.team_problem(team, start), f"{team.name} could go on {start}")

    _on_some(case, span, check)


def _equipment(case: Case, parts: Sequence[str | None]) -> None:
    name, by, span = str(parts[0]), str(parts[1]), str(parts[2])
    items = names(name)[0]

    def check(start: date) -> None:
        for item in items:
            holds(item in needs(case.known.world, case.asked), f"nobody needs {item}")
        holds(any(case.equipment_short(i, start) for i in items), f"{name} is there on {start}")

    _on_some(case, span, check)
    within = _within(case, span)

    def among(visit: Visit) -> bool:
        uses = any(item in needs(case.known.world, visit.asked) for item in items)
        return uses and bool(within & set(visit.days))

    _held(case, by, among, f"{name} {span}")


def _uncalibrated(case: Case, parts: Sequence[str | None]) -> None:
    name, span = str(parts[0]), str(parts[1])

    def without(day: date) -> bool:
        trial, world = [case.trial(day)], case.known.world
        return any(equipment_problem(world, item, day, trial) for item in names(name)[0])

    for day in each_day(*a_span(span, case.until)):
        holds(without(day), f"{name} has a unit on {day}")
    _on_some(case, span, lambda start: holds(any(map(without, case.trial(start).days)), span))


def _laboratory(case: Case, parts: Sequence[str | None]) -> None:
    kind, span, by = str(parts[0]), str(parts[1]), str(parts[2])
    holds(kind == case.asked.kind, f"{kind} is not asked for")
    among: set[str] = set()

    def check(start: date) -> None:
        holds(case.lab_short(start), f"the laboratory has places on {start}")
        among.update(v.asked.no for v in case.arriving(start))

    _on_some(case, span, check)
    _held(case, by, lambda v: v.asked.no in among, f"laboratory {span}")


def _too_many(case: Case, parts: Sequence[str | None]) -> None:
    kind, span, samples = str(parts[0]), str(parts[1]), str(parts[2])
    holds(kind == case.asked.kind and int(samples) == case.asked.samples, f"{kind}, {samples}")
    alone = Case(case.known, case.asked, case.first, case.until, [])

    def check(start: date) -> None:
        holds(alone.lab_short(start), f"the laboratory could take it on {start}")

    _on_some(case, span, check)


def _too_heavy(case: Case, parts: Sequence[str | None]) -> None:
    holds(int(str(parts[1])) == case.asked.samples, f"{parts[1]} contoh uji")
    alone = Case(case.known, case.asked, case.first, case.until, [])
    for name in names(str(parts[0]))[0]:
        team = next(t for t in case.competent() if t.name == name)
        holds(alone.team_problem(team, case.first), f"{name} can carry it")


def _nobody(case: Case, parts: Sequence[str | None]) -> None:
    _on_some(case, str(parts[0]), lambda day: holds(not case.possible(day), f"{day} is possible"))


def _free(case: Case, parts: Sequence[str | None]) -> None:
    def check(start: date) -> None:
        holds(case.possible(start, exchange=True), f"{start} was not possible")
        case.free.add(start)

    _on_some(case, str(parts[0]), check)


def _rest(case: Case, parts: Sequence[str | None]) -> None:
    case.rest = int(str(parts[0]))


def _rest_free(case: Case, parts: Sequence[str | None]) -> None:
    case.rest, case.rest_free = int(str(parts[0])), int(str(parts[1]))


def _off(case: Case, parts: Sequence[str | None]) -> None:
    days_off(case, str(parts[0]))


def days_off(case: Case, span: str) -> None:
    """Hold that the calendar lets no visit start on these days."""
    first, last = a_span(span, case.until)
    for day in each_day(first, last):
        holds(calendar_problem(case.known.world, case.asked, day), f"a visit can start on {day}")


Check = Callable[[Case, Sequence["str | None"]], None]
BLOCKS: Sequence[tuple[str, Check]] = (
    (rf"(.+?) penuh( atau di Wilayah lain)? pada ({SPAN}) oleh (.+?)(, juga bila timnya dipertukarkan)?(?:; (.+) cuti)?\.", _full),
    (rf"(.+) cuti pada ({SPAN})\.", _leave),
    (rf"(.+) terpakai oleh (.+) pada ({SPAN})\.", _equipment),
    (rf"(.+) tidak mempunyai unit dengan kalibrasi yang berlaku pada ({SPAN})\.", _uncalibrated),
    (rf"Sisa kapasitas laboratorium untuk (.+) pada ({SPAN}) tidak cukup, sudah dipakai oleh (.+)\.", _laboratory),
    (rf"Kapasitas laboratorium untuk (.+) pada ({SPAN}) tidak cukup untuk (\d+) contoh uji\.", _too_many),
    (r"(.+) tidak sanggup membawa (\d+) contoh uji sehari(?:; .+ cuti)?\.", _too_heavy),
    (rf"Tidak ada tim yang berkunjung pada ({SPAN})\.", _nobody),
    (rf"({SPAN}) mungkin, tetapi manajemen memilih hari lain\.", _free),
    (r"Dari (\d+) hari keberangkatan berikutnya (\d+) mungkin, tetapi manajemen memilih hari lain\.", _rest_free),
    (r"(\d+) hari keberangkatan berikutnya juga tidak tersedia\.", _rest),
    (rf"({SPAN}) ({_OFF})\.", _off),
)  # fmt: skip


def block(case: Case, sentence: str) -> bool:
    """Check a sentence about days that were not to be had; False for any other."""
    for pattern, check in BLOCKS:
        if found := re.fullmatch(pattern, sentence):
            check(case, found.groups())
            return True
    return False


def all_told(case: Case, last: date) -> None:
    """Hold that the days up to the last are all explained, and were not to be had."""
    days = case.allowed(case.first, last)
    if (case.spans or case.rest) and case.known.world.length(case.asked) == 1:
        told = len(case.covered) + case.rest
        holds(told == len(days), f"{told} days are told, but {len(days)} lie before")
    for day in days:
        if day not in case.free and case.rest_free is None:
            holds(not case.possible(day), f"{day} was possible")


def relaxed(case: Case, change: str) -> Case | None:
    """Return the case with one more of what a remedy names; None where no pattern knows it."""
    world = case.known.world
    if found := re.fullmatch(r"(.+) juga menguasai (.+)", change):
        teams = tuple(
            replace(t, kinds=(*t.kinds, found[2])) if t.name == found[1] else t for t in world.teams
        )
    elif found := re.fullmatch(r"(.+) tidak cuti", change):
        teams = tuple(replace(t, leave=()) if t.name == found[1] else t for t in world.teams)
    elif found := re.fullmatch(r"(.+) menerima satu kunjungan lagi sehari", change):
        teams = tuple(
            replace(t, visits=t.visits + 1) if t.name == found[1] and t.visits is not None else t
            for t in world.teams
        )
    elif found := re.fullmatch(r"ada satu unit (.+) lagi yang berlaku kalibrasinya", change):
        row = {"Peralatan": found[1], "Jumlah Unit": 1, "Kalibrasi Berlaku Sampai": None}
        more = replace(world, equipment=(*world.equipment, row))
        return replace(case, known=_in(case.known, more))
    elif found := re.fullmatch(r"laboratorium menerima lebih banyak (.+) sehari", change):
        kinds = {**world.kinds, found[1]: {**world.kinds[found[1]], "Kapasitas Lab per Hari": None}}
        return replace(case, known=_in(case.known, replace(world, kinds=kinds)))
    else:
        return None
    return replace(case, known=_in(case.known, replace(world, teams=teams)))


def _in(known: Known, world: object) -> Known:
    other = object.__new__(Known)
    other.__dict__.update({**known.__dict__, "world": world})
    return other


def remedies(case: Case, text: str) -> None:
    """Hold that each change would give a day in time, and that without it there is none."""
    for change, on in re.findall(rf"(.+?) \(({DATE})\)(?:, atau |$)", text):
        day, other = a_day(on), relaxed(case, change)
        if other is None:
            raise UntrueError(f"no pattern knows: {change}")
        holds(not case.possible(day), f"{day} was possible without {change}")
        holds(other.possible(day, exchange=True), f"{change} would not give {day}")
        within = day <= case.known.world.last(case.asked)
        holds(day >= case.first and within, f"{day} lies outside the days asked for")
