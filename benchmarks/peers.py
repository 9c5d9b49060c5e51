"""Rank and allocate against others that solve the same instance, with equal results.

    python -m benchmarks.peers

rank: sorting by its key alone, and a plain pairwise order of the SOP's clauses. allocate: OR-Tools
CP-SAT, which asks for the best day of one request after another with all better-ranked dates
fixed, and the hospital-resident solver of ``matching``, where days are hospitals that rank requests
by the program's order. The two come with ``pip install labkesmas-batch[bench]``; without one its
lines are left out.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib.util import find_spec

from benchmarks.speed import remember
from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.intake.review import review
from labkesmas_batch.model.policy import Policy, Rule, ShortLead, SilentZone
from labkesmas_batch.model.reference import Reference, Region, SampleType, Team
from labkesmas_batch.model.requests import CustomerClass, Request
from labkesmas_batch.model.schedule import Accepted, Ranked
from labkesmas_batch.precedence.clauses import clause, sort_key
from labkesmas_batch.precedence.rank import rank

RUN_DATE = date(2026, 6, 1)
KINDS = ("Air Minum", "Air Limbah", "Udara")
PLACES = ("Batam", "Bintan")
HORIZON = 45
POLICY = Policy(21, ShortLead.RETURN, 7, 14, SilentZone.FIRST_COME, 1, HORIZON, frozenset(range(5)))


def laboratory(
    teams: tuple[Team, ...], kinds: tuple[str, ...], places: tuple[str, ...]
) -> Reference:
    """Return a laboratory without other limits than its teams."""
    regions = {name: Region(name, 0, None, "", None) for name in places}
    types = {name: SampleType(name, (), None, frozenset(), None) for name in kinds}
    return Reference(POLICY, teams, (), regions, types, (), (), {}, ())


def requests(size: int, kinds: tuple[str, ...], places: tuple[str, ...]) -> tuple[Accepted, ...]:
    """Return accepted requests of five weeks that crowd on a few days."""
    chance = random.Random(size)
    made = []
    for number in range(size):
        ago = chance.randrange(35)
        received = datetime(2026, 6, 1) - timedelta(days=ago)
        proposed = received.date() + timedelta(days=ago + 21 + chance.randrange(5))
        made.append(
            Request(
                f"P-{number}",
                received,
                chance.choice(list(CustomerClass)),
                f"Contoh {number}",
                "",
                "",
                "",
                "",
                "",
                chance.choice(places),
                chance.choice(kinds),
                (),
                chance.randint(1, 6),
                proposed,
                None,
                "",
                "",
                "",
                number + 2,
            )
        )
    return review(made, POLICY, RUN_DATE).accepted


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Return the CPU seconds of some work, and its result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def pairwise(accepted: tuple[Accepted, ...]) -> list[Accepted]:
    """Order by counting for each request whom the clauses put before it."""

    def before(one: Request, other: Request) -> bool:
        rule = clause(one, other, POLICY)
        if one.customer_class is other.customer_class or rule is Rule.ORDER:
            return _came(one) < _came(other)
        return one.internal is (rule is Rule.CLAUSE_7A)

    found = [each.request for each in accepted]
    above = [sum(before(other, one) for other in found if other is not one) for one in found]
    return [accepted[at] for at in sorted(range(len(found)), key=above.__getitem__)]


def _came(request: Request) -> tuple[object, ...]:
    return sort_key(request, POLICY)[2:]


def compare_rank(size: int) -> dict[str, object]:
    """Measure rank, sort alone and, where it is not too many, all pairs."""
    accepted = requests(size, KINDS, PLACES)
    ours, ranked = timed(lambda: rank(accepted, POLICY))
    numbers = [each.request.number for each in ranked]  # type: ignore[attr-defined]
    alone, ordered = timed(
        lambda: sorted(accepted, key=lambda each: sort_key(each.request, POLICY))
    )
    equal = numbers == [each.request.number for each in ordered]  # type: ignore[attr-defined]
    found: dict[str, object] = {"size": size, "rank": ours, "sort": alone, "equal": equal}
    if size <= 1_000:
        slow, pairs = timed(lambda: pairwise(accepted))
        same = numbers == [each.request.number for each in pairs]  # type: ignore[attr-defined]
        found |= {"pairwise": slow, "equal": equal and same}
    return found


def by_cp_sat(ranked: tuple[Ranked, ...], lab: Reference) -> list[date | None]:
    """Return the days of the lexicographically best plan, request by request."""
    from ortools.sat.python import cp_model  # noqa: PLC0415

    model = cp_model.CpModel()
    days = [RUN_DATE + timedelta(days=n) for n in range(HORIZON + 1)]
    workdays = [at for at, day in enumerate(days) if day.weekday() < 5]
    starts: list[dict[tuple[int, int], object]] = []
    at_place = {
        (team, at, place): model.new_bool_var("")
        for team in range(len(lab.teams))
        for at in workdays
        for place in lab.regions
    }
    for team in range(len(lab.teams)):
        for at in workdays:
            model.add_at_most_one(at_place[team, at, place] for place in lab.regions)
    for each in ranked:
        first = (each.reviewed.target - RUN_DATE).days
        starts.append(
            {
                (team, at): model.new_bool_var("")
                for team, who in enumerate(lab.teams)
                if who.can_sample(each.request.sample_type)
                for at in workdays
                if at >= first
            }
        )
        model.add_exactly_one(starts[-1].values())
        for (team, at), here in starts[-1].items():
            model.add_implication(here, at_place[team, at, each.request.region])
    for team, who in enumerate(lab.teams):
        for at in workdays:
            here = [(vars_.get((team, at)), one) for vars_, one in zip(starts, ranked, strict=True)]
            visits = [(var, one.request.samples) for var, one in here if var is not None]
            model.add(sum(var for var, _ in visits) <= who.visits_per_day)
            model.add(sum(var * samples for var, samples in visits) <= who.samples_per_day)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = 1, 1
    found: list[date | None] = []
    for vars_ in starts:
        model.minimize(sum(at * var for (_, at), var in vars_.items()))
        assert solver.solve(model) == cp_model.OPTIMAL
        best = round(solver.objective_value)
        for (_, at), var in vars_.items():
            if at != best:
                model.add(var == 0)
        found.append(days[best])
    return found


def by_matching(ranked: tuple[Ranked, ...], lab: Reference) -> list[date | None]:
    """Return the days of the stable matching that is best for the requests."""
    from matching.games import HospitalResident  # noqa: PLC0415

    days = [RUN_DATE + timedelta(days=n) for n in range(HORIZON + 1)]
    days = [day for day in days if day.weekday() < 5]
    places = sum(team.visits_per_day or 0 for team in lab.teams)
    wishes = {r.rank: [day for day in days if day >= r.reviewed.target] for r in ranked}
    wanted = {day: [number for number, all_ in wishes.items() if day in all_] for day in days}
    open_days = {day: who for day, who in wanted.items() if who}
    game = HospitalResident.create_from_dictionaries(
        wishes, open_days, dict.fromkeys(open_days, places)
    )
    got = {
        resident.name: hospital.name
        for hospital, residents in game.solve().items()
        for resident in residents
    }
    return [got.get(each.rank) for each in ranked]


def compare_allocate(peer: str, size: int) -> dict[str, object]:
    """Measure allocate and a peer on the same instance."""
    simple = peer == "matching"
    kinds, places = (KINDS[:1], PLACES[:1]) if simple else (KINDS, PLACES)
    teams = tuple(
        Team(
            f"Tim {n}",
            "",
            "",
            None if simple else frozenset(KINDS[n % 3 :] + KINDS[: n % 2]),
            max(2, size // 20),
            None if simple else 4 * max(2, size // 20),
        )
        for n in range(2 if simple else 3)
    )
    lab = laboratory(teams, kinds, places)
    ranked = rank(requests(size, kinds, places), POLICY)
    ours, allocation = timed(lambda: allocate(ranked, lab, RUN_DATE))
    bare, _ = timed(lambda: allocate(ranked, lab, RUN_DATE, explained=False))
    day = {visit.ranked.rank: visit.first for visit in allocation.visits}  # type: ignore[attr-defined]
    solve = by_matching if simple else by_cp_sat
    theirs, dates = timed(lambda: solve(ranked, lab))
    equal = dates == [day.get(each.rank) for each in ranked]
    return {"peer": peer, "size": size, "allocate": ours, "bare": bare, "theirs": theirs,
            "equal": equal}  # fmt: skip


def main() -> None:
    """Measure all, and print."""
    ranks = [compare_rank(size) for size in (100, 1_000, 100_000)]
    for found in ranks:
        print(found, flush=True)
    remember("rank", ranks)
    peers = (("ortools", (10, 20, 40)), ("matching", (100, 500, 1_000)))
    met = []
    for peer, sizes in peers:
        if find_spec(peer) is None:
            print(f"{peer} is not installed: left out")
            continue
        for size in sizes:
            met.append(compare_allocate(peer, size))
            print(met[-1], flush=True)
    remember("peers", met)


if __name__ == "__main__":
    main()
