"""Many weeks one after another through the real rules, and what waiting comes of them.

What plans a week is handed in, so that it is the same line as the weekly batch's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from statistics import fmean, median

from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.allocation.workdays import Workdays
from labkesmas_batch.intake.review import review
from labkesmas_batch.model.policy import Policy, ShortLead, SilentZone
from labkesmas_batch.model.reference import Reference, Team
from labkesmas_batch.model.requests import CustomerClass, Request
from labkesmas_batch.model.schedule import Allocation, Reason, Visit
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.precedence.rank import in_ranks, order
from labkesmas_batch.simulation.types import (
    Scenario,
    ScenarioFigures,
    ScenarioResult,
    Served,
    SimulatedWeek,
    WaitingTimes,
)

# Weeks at the start in which the calendar fills up; their requests are not counted.
WARM_UP = 8
# And weeks at the end in which nobody new is counted, so that whoever came last gets a visit.
COOL_DOWN = 8
# Where not all visits are fixed each week, those of the next days are: their SPT is issued.
NEXT_DAYS = 7
BUSY, READINGS = SheetName.TEAMS, "Bacaan SOP"
# Fewer weeks than this do not show whether a queue grows.
LEAST_TREND = 12
# Days late: at most so many, for each share of the chart.
LATE_STEPS = (0, 7, 14, 28)

# Reasons that may be gone a week later: the plan reaches further then.
_FOR_NOW = (Reason.HORIZON, Reason.DEADLINE, Reason.DAY_OFF)

PlanWeek = Callable[[Sequence[Request], Reference, date, Sequence[Visit]], Allocation]


def scenarios(reference: Reference, load: Counter[str]) -> tuple[Scenario, ...]:
    """Return what is compared: the policy in force, other readings, a team more or less.

    Parameters
    ----------
    reference
        As the laboratory has it.
    load
        Visits by team under the policy in force: the busiest team is doubled, the idlest left
        out.
    """
    policy = reference.policy
    other = (
        SilentZone.INTERNAL
        if policy.silent_zone is SilentZone.FIRST_COME
        else SilentZone.FIRST_COME
    )
    # A threshold of no day at all: internal goes first on the same day only.
    plain = replace(policy, internal_gap=0, external_gap=1, silent_zone=SilentZone.FIRST_COME)
    readings = (
        (f"zona_antara = {policy.silent_zone} (berlaku)", policy),
        (f"zona_antara = {other}", replace(policy, silent_zone=other)),
        ("urut tanggal permintaan saja", plain),
    )
    found = [Scenario("Ketentuan dan tim sekarang", BUSY, reference, None)]
    teams = sorted(reference.teams, key=lambda team: -load[team.name])
    if teams:
        extra = replace(teams[0], name=f"{teams[0].name} kedua")
        more = replace(reference, teams=(*reference.teams, extra))
        found.append(Scenario(f"Satu tim lagi, seperti {teams[0].name}", BUSY, more, None))
    if len(teams) > 1:
        found.append(_without(reference, teams[-1]))
    for name, changed in readings:
        read = _with_policy(reference, changed)
        found.append(Scenario(name, READINGS, read, NEXT_DAYS))
    return tuple(found)


def _without(reference: Reference, team: Team) -> Scenario:
    fewer = replace(
        reference,
        teams=tuple(each for each in reference.teams if each is not team),
        leaves=tuple(leave for leave in reference.leaves if leave.team != team.name),
    )
    return Scenario(f"Satu tim kurang, tanpa {team.name}", BUSY, fewer, None)


def _with_policy(reference: Reference, policy: Policy) -> Reference:
    return replace(reference, policy=policy)


def prepared(reference: Reference) -> Reference:
    """Return the reference as a long simulation needs it.

    Requests with too short a lead time come again for their earliest date (``geser``), and
    calibrations are renewed in time.
    """
    return replace(
        reference,
        policy=replace(reference.policy, short_lead=ShortLead.SHIFT),
        equipment=tuple(replace(each, valid_until=None) for each in reference.equipment),
    )


def play(
    scenario: Scenario, weeks: Sequence[SimulatedWeek], plan: PlanWeek
) -> Iterator[ScenarioResult | None]:
    """Plan week after week; yield None after each, and the result at the end.

    Visits once fixed stay put. Requests without a fixed day come along with their request date.
    """
    fixed: list[Visit] = []
    waiting: list[Request] = []
    served: list[Served] = []
    backlog: list[int] = []
    missed = never = 0
    reference = scenario.reference
    workdays = Workdays(reference.policy.workdays, reference.holidays)
    for at, week in enumerate(weeks):
        on_hold = [visit for visit in fixed if visit.last >= week.run_date]
        allocation = plan([*waiting, *week.requests], reference, week.run_date, on_hold)
        last = _last_fixed(scenario, week.run_date)
        now = [visit for visit in allocation.visits if visit.first <= last]
        fixed = on_hold + now
        counted = [visit for visit in now if _counts(visit.request, weeks)]
        served += [_served(visit, reference, workdays) for visit in counted]
        waiting = [visit.request for visit in allocation.visits if visit.first > last]
        for each in allocation.unplaced:
            over = each.request.deadline is not None and each.request.deadline <= week.run_date
            if each.obstacle.reason not in _FOR_NOW:
                never += _counts(each.request, weeks)
            elif over:
                missed += _counts(each.request, weeks)
            else:
                waiting.append(each.request)
        if WARM_UP <= at < len(weeks) - COOL_DOWN:
            backlog.append(sum(visit.first > week.run_date for visit in fixed) + len(waiting))
        yield None
    left = sum(_counts(request, weeks) for request in waiting)
    yield ScenarioResult(scenario, tuple(served), tuple(backlog), missed, never, left)


def _last_fixed(scenario: Scenario, run_date: date) -> date:
    return date.max if scenario.lock_days is None else run_date + timedelta(days=scenario.lock_days)


def _counts(request: Request, weeks: Sequence[SimulatedWeek]) -> bool:
    """Tell whether the request came between warm-up and cool-down."""
    first, end = weeks[WARM_UP].run_date, weeks[len(weeks) - COOL_DOWN].run_date
    week = timedelta(days=7)
    return first - week <= request.received_on < end - week


def _served(visit: Visit, reference: Reference, workdays: Workdays) -> Served:
    """Count the days; nobody is late for a day on which the calendar lets no visit start."""
    request = visit.request
    region, kind = reference.regions[request.region], reference.sample_types[request.sample_type]
    earliest = reference.policy.earliest(request.received_on, request.waiver)
    asked = max(request.proposed or earliest, earliest)
    while asked < visit.first and not workdays.may_start(asked, region, kind):
        asked += timedelta(days=1)
    return Served(
        request.customer_class,
        (visit.first - request.received_on).days,
        max(0, (visit.first - asked).days),
        visit.team,
    )


def waiting_times(result: ScenarioResult, customer_class: str = "") -> WaitingTimes:
    """Return the waiting times of one class, of both where none is named."""
    served = [s for s in result.served if customer_class in ("", s.customer_class)]
    waits, late = sorted(s.wait for s in served), [s.late for s in served]
    if not served:
        return WaitingTimes(0, 0.0, 0.0, 0, 0, 0.0, 0.0)
    return WaitingTimes(
        len(served),
        fmean(waits),
        median(waits),
        waits[_at(len(waits), 0.9)],
        waits[-1],
        fmean(late),
        sum(not days for days in late) / len(late),
    )


def _at(count: int, share: float) -> int:
    return min(count - 1, max(0, ceil(round(share * count, 9)) - 1))


def late_shares(result: ScenarioResult) -> tuple[float, ...]:
    """Return the shares of visits that are late by at most each of ``LATE_STEPS``, and by more."""
    late = [served.late for served in result.served]
    bounds = (-1, *LATE_STEPS, 1_000_000)
    return tuple(
        sum(low < days <= high for days in late) / max(1, len(late))
        for low, high in pairwise(bounds)
    )


def figures(result: ScenarioResult) -> ScenarioFigures:
    """Return what management reads of a scenario."""
    names = [*(each.value for each in CustomerClass), "Semua"]
    classes = tuple(
        (name, waiting_times(result, "" if name == "Semua" else name)) for name in names
    )
    return ScenarioFigures(
        result.scenario.name,
        classes,
        late_shares(result),
        result.backlog,
        result.missed,
        result.never,
        result.waiting,
        _growth(result),
    )


def _growth(result: ScenarioResult) -> tuple[float, float] | None:
    """Return the mean backlog of the first and last quarter where each quarter's is higher.

    And where it grew by more than comes in a week: less may be chance.
    """
    weeks = len(result.backlog)
    if weeks < LEAST_TREND:
        return None
    bounds = [round(weeks * quarter / 4) for quarter in range(5)]
    means = [fmean(result.backlog[first:end]) for first, end in pairwise(bounds)]
    a_week = (len(result.served) + result.missed + result.never + result.waiting) / weeks
    grows = all(low < high for low, high in pairwise(means)) and means[-1] - means[0] > a_week
    return (means[0], means[-1]) if grows else None


def assumptions(reference: Reference, last_year: int, seed: int) -> tuple[str, ...]:
    """Return what the simulation takes for granted, a sentence each."""
    years = {day.year for day in reference.holidays}
    said = [
        "Permintaan sepekan disusun pada hari Senin berikutnya, dengan urutan dan pembagian hari "
        "yang sama seperti perintah run.",
        "Pada halaman Tim semua kunjungan yang sudah mendapat hari tetap; pada halaman Bacaan SOP "
        f"hanya yang mulai dalam {NEXT_DAYS} hari.",
        "Permintaan yang tenggangnya kurang dianggap diajukan lagi untuk tanggal terdekatnya.",
        "Kalibrasi peralatan dianggap selalu diperbarui sebelum habis. Cuti tim hanya yang "
        "tertulis pada acuan.",
        f"{WARM_UP} pekan pertama hanya mengisi kalender, {COOL_DOWN} pekan terakhir hanya "
        "melayani yang sudah datang; permintaannya tidak dihitung.",
        "Tim tambahan meniru tim yang paling banyak berkunjung; tim yang kurang adalah yang "
        "paling sedikit berkunjung.",
        "Terlambat dihitung dari hari yang diminta: Tanggal Usulan, atau tanggal terdekat yang "
        "memenuhi tenggang bila usulan kosong atau terlalu dini; bila pada hari itu kunjungan "
        "tidak dapat dimulai menurut kalender, dari hari pertama sesudahnya yang dapat.",
        f"Undian memakai benih {seed}: benih yang sama memberi hasil yang sama. Ulangi dengan "
        "--seed lain untuk melihat seberapa jauh hasilnya kebetulan.",
    ]
    if not years or last_year > max(years):
        since = f" sesudah {max(years)}" if years else ""
        said.append(f"Acuan belum memuat hari libur{since}: dianggap tidak ada hari libur.")
    return tuple(said)


def play_scenarios(
    reference: Reference,
    weeks: Sequence[SimulatedWeek],
    progress: Callable[[int], AbstractContextManager[Callable[[], None]]],
) -> list[ScenarioResult]:
    """Play the scenario in force first, since it tells which team is the busiest."""
    first, *_ = scenarios(reference, Counter())
    results: list[ScenarioResult] = []
    with progress(len(weeks) * len(scenarios(reference, Counter()))) as step:

        def played(scenario: Scenario) -> None:
            for result in play(scenario, weeks, plan_week):
                if result is None:
                    step()
                else:
                    results.append(result)

        played(first)
        load = Counter(served.team for served in results[0].served)
        for scenario in scenarios(reference, load)[1:]:
            played(scenario)
    return results


def plan_week(
    requests: Sequence[Request], reference: Reference, run_date: date, locked: Sequence[Visit]
) -> Allocation:
    """Plan one week by the stages of the weekly batch, without the reasons."""
    accepted = review(requests, reference.policy, run_date).accepted
    ranked = in_ranks(order(accepted, reference.policy), reference.policy)
    return allocate(ranked, reference, run_date, locked, explained=False)
