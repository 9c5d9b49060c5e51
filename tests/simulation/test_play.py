"""Weeks one after another: waiting times by hand, fixed visits that stay, nobody lost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labkesmas_batch.model.policy import ShortLead, SilentZone
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import CustomerClass, Request
from labkesmas_batch.model.schedule import Allocation, Visit
from labkesmas_batch.simulation.arrivals import from_rate
from labkesmas_batch.simulation.play import (
    COOL_DOWN,
    LATE_STEPS,
    NEXT_DAYS,
    WARM_UP,
    assumptions,
    figures,
    late_shares,
    play,
    prepared,
    scenarios,
    waiting_times,
)
from labkesmas_batch.simulation.types import Scenario, ScenarioResult, Served, SimulatedWeek
from tests.support.builders import (
    equipment,
    leave,
    policy,
    reference,
    region,
    request,
    sample_type,
    team,
)
from tests.support.models import plan

START = date(2026, 1, 5)  # a Monday
WEEK = timedelta(days=7)
FIRST = START + WARM_UP * WEEK  # the Monday of the first week that counts
INTERNAL, EXTERNAL = CustomerClass.INTERNAL, CustomerClass.EXTERNAL
ONE = prepared(reference(teams=[team(visits_per_day=1)]))


def day(number: int) -> date:
    """A day of the first week that counts, 0 its Monday."""
    return FIRST + timedelta(days=number)


def weeks_of(requests: Iterable[Request], counted: int = 1) -> tuple[SimulatedWeek, ...]:
    """The requests in the weeks that they came in."""
    by_week: dict[int, list[Request]] = defaultdict(list)
    for each in requests:
        by_week[(each.received_on - START).days // 7].append(each)
    count = WARM_UP + counted + COOL_DOWN
    assert all(0 <= week < count for week in by_week)
    return tuple(
        SimulatedWeek(START + (week + 1) * WEEK, tuple(by_week[week])) for week in range(count)
    )


@dataclass
class Recorder:
    """Plans with the rules of the weekly batch and keeps what it was asked and answered."""

    asked: list[tuple[date, tuple[Request, ...], tuple[Visit, ...]]] = field(default_factory=list)
    answers: list[Allocation] = field(default_factory=list)

    def __call__(
        self,
        requests: Sequence[Request],
        given: Reference,
        run_date: date,
        locked: Sequence[Visit],
    ) -> Allocation:
        self.asked.append((run_date, tuple(requests), tuple(locked)))
        self.answers.append(plan(requests, given, run_date, locked))
        return self.answers[-1]

    def visits(self, lock_days: int | None) -> dict[str, Visit]:
        """Every visit as it was when it became fixed."""
        found = {}
        for (run_date, *_), answer in zip(self.asked, self.answers, strict=True):
            for visit in answer.visits:
                if lock_days is None or (visit.first - run_date).days <= lock_days:
                    assert visit.request.number not in found
                    found[visit.request.number] = visit
        return found


def played(
    requests: Iterable[Request],
    given: Reference = ONE,
    lock_days: int | None = None,
    counted: int = 1,
) -> tuple[ScenarioResult, Recorder]:
    recorder, weeks = Recorder(), weeks_of(requests, counted)
    steps = list(play(Scenario("coba", "Tim", given, lock_days), weeks, recorder))
    assert steps[:-1] == [None] * len(weeks)
    result = steps[-1]
    assert result is not None
    return result, recorder


def waits(result: ScenarioResult) -> list[tuple[int, int]]:
    return [(each.wait, each.late) for each in result.served]


def test_one_team_with_one_visit_a_day_serves_one_after_the_other():
    """All three come on Monday and ask for the Monday four weeks later."""
    three = [request(f"P-{n}", day(0), proposed=day(28)) for n in (1, 2, 3)]
    result, recorder = played(three)
    assert waits(result) == [(28, 0), (29, 1), (30, 2)]
    assert {
        number: (visit.first - FIRST).days for number, visit in recorder.visits(None).items()
    } == {"P-1": 28, "P-2": 29, "P-3": 30}
    times = waiting_times(result)
    assert (times.visits, times.mean, times.median, times.longest) == (3, 29, 29, 30)
    assert (times.mean_late, times.on_time) == (1, pytest.approx(1 / 3))
    assert (result.missed, result.never, result.waiting) == (0, 0, 0)


def test_who_comes_a_week_later_finds_the_days_of_the_first_week_taken():
    """All are fixed each week: the internal request cannot overtake, whatever its rank."""
    first = [request(f"P-{n}", day(0), proposed=day(28)) for n in (1, 2)]
    later = [request("P-3", day(7), "Internal", proposed=day(28))]
    result, recorder = played(first + later, counted=2)
    assert Counter(waits(result)) == Counter([(28, 0), (29, 1), (23, 2)])
    assert recorder.visits(None)["P-3"].first == day(30)


def test_where_only_the_next_days_are_fixed_a_later_request_can_overtake():
    """P-3 came seven days later, so it goes first (R-7A), and those before move by one day."""
    first = [request(f"P-{n}", day(0), proposed=day(28)) for n in (1, 2)]
    later = [request("P-3", day(7), "Internal", proposed=day(28))]
    result, recorder = played(first + later, lock_days=NEXT_DAYS, counted=2)
    assert {
        number: (visit.first - FIRST).days for number, visit in recorder.visits(NEXT_DAYS).items()
    } == {"P-3": 28, "P-1": 29, "P-2": 30}
    assert Counter(waits(result)) == Counter([(21, 0), (29, 1), (30, 2)])


def test_a_weekend_and_a_holiday_are_waited_for():
    given = replace(ONE, holidays={day(30): reference(holidays=[day(30)]).holidays[day(30)]})
    asked = [request("P-1", day(0), proposed=day(30)), request("P-2", day(1), proposed=day(33))]
    result, _ = played(asked, given)
    # Wednesday is a holiday, so Thursday; Saturday is a weekend, so Monday. Neither is late for
    # a day on which nobody could have come.
    assert waits(result) == [(31, 0), (34, 0)]


def test_who_waits_beyond_a_day_off_is_late_from_the_first_day_after_it():
    """Both ask for the Saturday; the second finds the Monday taken. Trips leave on Wednesdays."""
    asked = [request(f"P-{n}", day(0), proposed=day(33)) for n in (1, 2)]
    result, _ = played(asked)
    assert waits(result) == [(35, 0), (36, 1)]
    given = replace(ONE, regions={"Lingga": region("Lingga", 1, [2])})
    far = [request(f"P-{n}", day(0), proposed=day(28), region="Lingga") for n in (1, 2)]
    result, _ = played(far, given)
    assert waits(result) == [(30, 0), (37, 7)]


def test_late_is_counted_from_the_earliest_compliant_day_where_less_was_asked():
    asked = [
        request("P-1", day(0)),  # nothing asked: 21 days later
        request("P-2", day(1), proposed=day(3)),  # too early: 21 days later
        request("P-3", day(2), proposed=day(9), waiver="DSP/1"),  # exempt: the day asked for
    ]
    result, recorder = played(asked)
    assert [(v.first - FIRST).days for v in recorder.visits(None).values()] == [21, 22, 9]
    assert waits(result) == [(21, 0), (21, 0), (7, 0)]


def test_classes_and_teams_are_told_apart():
    given = replace(ONE, teams=(team("Tim 1", None, 1), team("Tim 2", ["Air Minum"], 1)))
    asked = [request("P-1", day(0), "Internal", proposed=day(28)),
             request("P-2", day(0), proposed=day(28)),
             request("P-3", day(0), proposed=day(28))]  # fmt: skip
    result, _ = played(asked, given)
    assert result.served == (
        Served(INTERNAL, 28, 0, "Tim 1"),
        Served(EXTERNAL, 28, 0, "Tim 2"),
        Served(EXTERNAL, 29, 1, "Tim 1"),
    )
    assert waiting_times(result, INTERNAL).mean == 28
    assert waiting_times(result, EXTERNAL).mean == 28.5
    assert waiting_times(result).visits == 3


def test_requests_of_the_warm_up_and_the_cool_down_hold_days_but_do_not_count():
    before = request("P-0", START, proposed=day(28))
    last_before = request("P-1", day(-1), proposed=day(29))
    mine = request("P-2", day(0), proposed=day(28))
    after = request("P-3", day(7), proposed=day(30))
    result, recorder = played([before, last_before, mine, after])
    assert len(recorder.visits(None)) == 4
    assert waits(result) == [(30, 2)]


@pytest.mark.parametrize("counted", [1, 2, 5])
def test_every_week_between_counts_and_has_its_backlog(counted: int):
    weeks = WARM_UP + counted + COOL_DOWN
    asked = [request(f"P-{n}", START + n * WEEK) for n in range(weeks)]
    result, _ = played(asked, counted=counted)
    assert len(result.served) == counted
    assert len(result.backlog) == counted


def test_the_backlog_is_who_has_no_visit_yet_whether_fixed_or_not():
    """P-1 and P-2 are planned on Monday 7 and visited on days 28 and 29."""
    asked = [request(f"P-{n}", day(0), proposed=day(28)) for n in (1, 2)]
    for lock_days in (None, NEXT_DAYS):
        result, _ = played(asked, lock_days=lock_days, counted=6)
        # On the Mondays 7, 14, 21 both wait; on Monday 28 P-1 has its visit.
        assert result.backlog == (2, 2, 2, 1, 0, 0)


def test_a_visit_of_several_days_holds_its_team_over_the_week_and_is_served_once():
    given = replace(
        ONE,
        regions={"Lingga": region("Lingga", 3)},
        policy=replace(ONE.policy, workdays=frozenset(range(7))),
    )
    asked = [
        request("P-1", day(0), proposed=day(26), region="Lingga"),
        request("P-2", day(20), proposed=day(27), region="Lingga", waiver="DSP/2"),
    ]
    result, recorder = played(asked, given, counted=3)
    assert [visit.first for visit in recorder.visits(None).values()] == [day(26), day(30)]
    # On Monday 28 P-1 is on its way: it still holds its team.
    on_hold = {run: [v.request.number for v in locked] for run, _, locked in recorder.asked}
    assert on_hold[day(28)] == ["P-1", "P-2"]
    assert waits(result) == [(26, 0), (10, 3)]


def test_who_cannot_be_served_before_the_deadline_has_missed_it():
    asked = [
        request("P-1", day(0), proposed=day(28)),
        request("P-2", day(0), proposed=day(28), deadline=day(28)),
    ]
    result, recorder = played(asked, counted=6)
    assert (len(result.served), result.missed, result.never, result.waiting) == (1, 1, 0, 0)
    # It is tried every Monday before its deadline, and no longer.
    tried = [run for run, requests, _ in recorder.asked if "P-2" in [r.number for r in requests]]
    assert tried == [day(7), day(14), day(21), day(28)]


def test_who_no_team_or_day_can_ever_serve_is_counted_once_and_given_up():
    given = replace(
        ONE,
        teams=(team("Tim 1", ["Air Minum"], 1, 10),),
        sample_types={"Air Minum": sample_type(), "Usap": sample_type("Usap")},
    )
    asked = [request("P-1", day(0), sample_type="Usap"), request("P-2", day(0), samples=11),
             request("P-3", day(0))]  # fmt: skip
    result, recorder = played(asked, given)
    assert (len(result.served), result.missed, result.never, result.waiting) == (1, 0, 2, 0)
    assert all(len(requests) == 0 for run, requests, _ in recorder.asked if run > day(7))


def test_who_fits_no_day_of_the_plan_comes_again_the_next_week_with_its_request_date():
    given = replace(ONE, policy=replace(ONE.policy, horizon_days=21))
    asked = [request("P-1", day(0), proposed=day(42))]
    result, recorder = played(asked, given)
    tried = [(run - FIRST).days for run, requests, _ in recorder.asked if requests]
    assert tried == [7, 14, 21]
    assert {r for _, requests, _ in recorder.asked for r in requests} == set(asked)
    assert waits(result) == [(42, 0)]


def test_who_has_no_fixed_day_at_the_end_is_waiting():
    late = [request(f"P-{n}", day(0), proposed=day(7 * COOL_DOWN + 30)) for n in (1, 2)]
    fixed, _ = played(late)
    assert (len(fixed.served), fixed.waiting) == (2, 0)
    planned_again, _ = played(late, lock_days=NEXT_DAYS)
    assert (len(planned_again.served), planned_again.waiting) == (0, 2)


@pytest.mark.parametrize("ahead", [89, 90])
def test_a_day_off_at_the_end_of_the_plan_is_tried_again_the_next_week(ahead: int):
    result, _ = played([request("P-1", day(0), proposed=day(7 + ahead))])
    assert (len(result.served), result.never) == (1, 0)


def test_a_day_without_departure_at_the_end_of_the_plan_is_tried_again():
    given = replace(ONE, regions={"Natuna": region("Natuna", 0, [1])})
    result, _ = played([request("P-1", day(0), proposed=day(7 + 86), region="Natuna")], given)
    assert (len(result.served), result.never) == (1, 0)


CROWDED = prepared(
    reference(
        teams=[team("Tim 1", ["Air Minum"], 1, 12), team("Tim 2", None, 2, 9)],
        leaves=[leave("Tim 2", day(20), day(33))],
        regions=[region("Batam"), region("Lingga", 1, [1, 3])],
        sample_types=[sample_type("Air Minum", lab_capacity=10),
                      sample_type("Usap", ["Kotak"], no_sampling_days=[4])],
        equipment=[equipment("Kotak", 1)],
        holidays=[day(30), day(31)],
        policy=policy(horizon_days=45),
    )
)  # fmt: skip
COUNTED = 5


@st.composite
def visits_by_team(draw: st.DrawFn) -> list[Request]:
    """Requests of all weeks, many at once, some with a deadline, some that nobody can serve."""
    asked = []
    for number in range(draw(st.integers(1, 60))):
        received = START + timedelta(days=draw(st.integers(0, 7 * (WARM_UP + COUNTED + 2))))
        ahead = draw(st.one_of(st.none(), st.integers(5, 60)))
        proposed = received + timedelta(days=ahead) if ahead is not None else None
        space = draw(st.one_of(st.none(), st.integers(0, 20)))
        deadline = proposed + timedelta(days=space) if proposed and space is not None else None
        asked.append(
            request(
                f"P-{number}",
                received,
                draw(st.sampled_from(["Internal", "Eksternal"])),
                region=draw(st.sampled_from(["Batam", "Batam", "Lingga"])),
                sample_type=draw(st.sampled_from(["Air Minum", "Usap"])),
                samples=draw(st.sampled_from([1, 2, 5, 9, 13])),
                proposed=proposed,
                deadline=deadline,
                waiver=draw(st.sampled_from(["", "", "DSP/1"])),
            )
        )
    return asked


def counts(asked: Iterable[Request]) -> int:
    return sum(FIRST <= each.received_on < FIRST + COUNTED * WEEK for each in asked)


@pytest.mark.parametrize("lock_days", [None, NEXT_DAYS])
@settings(max_examples=40)
@given(asked=visits_by_team())
def test_every_request_that_counts_ends_in_exactly_one_place(
    lock_days: int | None, asked: list[Request]
):
    result, _ = played(asked, CROWDED, lock_days, COUNTED)
    ends = len(result.served) + result.missed + result.never + result.waiting
    assert ends == counts(asked)


@pytest.mark.parametrize("lock_days", [None, NEXT_DAYS])
@settings(max_examples=40)
@given(asked=visits_by_team())
def test_a_fixed_visit_never_moves(lock_days: int | None, asked: list[Request]):
    """Once fixed it is handed on as it was until it is over, and its request never comes again."""
    _, recorder = played(asked, CROWDED, lock_days, COUNTED)
    fixed: dict[str, Visit] = {}
    for (run_date, requests, locked), answer in zip(recorder.asked, recorder.answers, strict=True):
        assert {v.request.number: v for v in locked} == {
            number: visit for number, visit in fixed.items() if visit.last >= run_date
        }
        assert not fixed.keys() & {each.number for each in requests}
        assert len({each.number for each in requests}) == len(requests)
        assert answer.conflicts == ()
        for visit in answer.visits:
            assert visit.first > run_date
            if lock_days is None or (visit.first - run_date).days <= lock_days:
                fixed[visit.request.number] = visit
    crowd = Counter(
        (visit.team, visit.first + timedelta(days=step))
        for visit in fixed.values()
        for step in range((visit.last - visit.first).days + 1)
    )
    most = {each.name: each.visits_per_day for each in CROWDED.teams}
    assert all(count <= most[name] for (name, _), count in crowd.items())


def could_start(on: date, asked: Request) -> bool:
    """Condition 1 for CROWDED, in its own words."""
    if asked.region == "Lingga" and on.weekday() not in (1, 3):
        return False
    if asked.sample_type == "Usap" and on.weekday() == 4:
        return False
    nights = 1 if asked.region == "Lingga" else 0
    days = [on + timedelta(days=n) for n in range(nights + 1)]
    return all(each.weekday() < 5 and each not in CROWDED.holidays for each in days)


@settings(max_examples=40)
@given(asked=visits_by_team())
def test_waiting_adds_up_from_the_visits(asked: list[Request]):
    result, recorder = played(asked, CROWDED, None, COUNTED)
    counted = [visit for visit in recorder.visits(None).values() if counts([visit.request])]
    assert Counter(each.wait for each in result.served) == Counter(
        (visit.first - visit.request.received_on).days for visit in counted
    )
    for visit, served in zip(counted, result.served, strict=True):
        asked_for = visit.ranked.reviewed.request.proposed
        early = visit.request.received_on + timedelta(days=0 if visit.request.waiver else 21)
        wanted = max(asked_for or early, early)
        days = (wanted + timedelta(days=n) for n in range((visit.first - wanted).days))
        assert (served.late == 0) == (not any(could_start(day, visit.request) for day in days))
        assert served.late <= max(0, (visit.first - wanted).days)
    for at, waiting in enumerate(result.backlog):
        run_date = FIRST + (at + 1) * WEEK
        fixed = sum(
            visit.first > run_date >= run
            for (run, *_), answer in zip(recorder.asked, recorder.answers, strict=True)
            for visit in answer.visits
        )
        assert waiting >= fixed


@st.composite
def simple(draw: st.DrawFn) -> list[Request]:
    """Requests of one place, kind and size: only the day they come and ask for differ."""
    days = draw(
        st.lists(
            st.tuples(
                st.integers(0, 7 * (WARM_UP + COUNTED) - 1),
                st.integers(0, 40),
                st.sampled_from(["Internal", "Eksternal"]),
            ),
            min_size=1,
            max_size=70,
        )
    )
    return [
        request(f"P-{n}", START + timedelta(days=at), kind, proposed=START + timedelta(at + ahead))
        for n, (at, ahead, kind) in enumerate(days)
    ]


@settings(max_examples=40)
@given(asked=simple(), visits=st.integers(1, 3))
def test_more_visits_a_day_let_nobody_wait_longer_where_all_visits_are_alike(
    asked: list[Request], visits: int
):
    wide = replace(ONE, policy=replace(ONE.policy, horizon_days=400))
    few = replace(wide, teams=(team(visits_per_day=visits),))
    more = replace(wide, teams=(team(visits_per_day=visits + 1),))
    slow, before = played(asked, few, None, COUNTED)
    fast, after = played(asked, more, None, COUNTED)
    assert len(slow.served) == len(fast.served) == counts(asked)
    then = {number: visit.first for number, visit in after.visits(None).items()}
    assert all(then[number] <= visit.first for number, visit in before.visits(None).items())
    assert waiting_times(fast).mean <= waiting_times(slow).mean
    assert waiting_times(fast).mean_late <= waiting_times(slow).mean_late
    assert sum(fast.backlog) <= sum(slow.backlog)


@settings(max_examples=40)
@given(asked=simple())
def test_both_readings_give_the_same_result_where_all_visits_are_fixed_each_week(
    asked: list[Request],
):
    """Requests of one week are never eight days apart, so the SOP is never silent about them."""
    wide = replace(ONE.policy, horizon_days=400)
    results = []
    for zone in SilentZone:
        given = replace(ONE, policy=replace(wide, silent_zone=zone))
        result, recorder = played(asked, given, None, COUNTED)
        results.append(
            (
                result.served,
                result.backlog,
                result.missed,
                result.never,
                result.waiting,
                {n: (v.first, v.team) for n, v in recorder.visits(None).items()},
            )
        )
    assert results[0] == results[1]


def test_the_readings_do_differ_where_only_the_next_days_are_fixed():
    """Ten days apart: the SOP is silent. Under the one the external goes first, then not."""
    asked = [
        request("P-1", day(0), proposed=day(35)),
        request("P-2", day(10), "Internal", proposed=day(35)),
    ]
    days = []
    for zone in SilentZone:
        given = replace(ONE, policy=replace(ONE.policy, silent_zone=zone))
        result, _ = played(asked, given, NEXT_DAYS, counted=3)
        days.append({each.customer_class: each.wait for each in result.served})
    assert days == [{EXTERNAL: 35, INTERNAL: 26}, {EXTERNAL: 36, INTERNAL: 25}]


THREE = reference(
    teams=[team("Tim 1", None, 1), team("Tim 2", None, 2), team("Tim 3", None, 3)],
    leaves=[leave("Tim 3", day(1)), leave("Tim 1", day(2))],
)


def test_the_busiest_team_is_doubled_and_the_idlest_left_out():
    now, more, fewer, *_ = scenarios(THREE, Counter({"Tim 2": 9, "Tim 1": 4, "Tim 3": 1}))
    assert [each.group for each in (now, more, fewer)] == ["Tim"] * 3
    assert [each.lock_days for each in (now, more, fewer)] == [None] * 3
    assert now.reference == THREE
    assert more.name == "Satu tim lagi, seperti Tim 2"
    added = replace(THREE.teams[1], name="Tim 2 kedua")
    assert more.reference == replace(THREE, teams=(*THREE.teams, added))
    assert fewer.name == "Satu tim kurang, tanpa Tim 3"
    assert fewer.reference == replace(THREE, teams=THREE.teams[:2], leaves=THREE.leaves[1:])


def test_of_teams_as_busy_the_first_is_doubled_and_the_last_left_out():
    _, more, fewer, *_ = scenarios(THREE, Counter())
    assert (more.name, fewer.name) == (
        "Satu tim lagi, seperti Tim 1",
        "Satu tim kurang, tanpa Tim 3",
    )


@pytest.mark.parametrize(("count", "names"), [(1, 2), (0, 1)])
def test_a_laboratory_of_one_team_or_none_is_not_made_smaller(count: int, names: int):
    few = replace(THREE, teams=THREE.teams[:count])
    found = [each.name for each in scenarios(few, Counter()) if each.group == "Tim"]
    assert len(found) == names
    assert not any("kurang" in name for name in found)


@pytest.mark.parametrize("zone", SilentZone)
def test_the_readings_are_the_one_in_force_the_other_one_and_dates_alone(zone: SilentZone):
    rules = policy(silent_zone=zone, internal_gap=5, external_gap=10)
    given = replace(THREE, policy=rules)
    read = [each for each in scenarios(given, Counter()) if each.group == "Bacaan SOP"]
    other = next(each for each in SilentZone if each is not zone)
    assert [each.reference.policy for each in read] == [
        rules,
        replace(rules, silent_zone=other),
        replace(rules, internal_gap=0, external_gap=1, silent_zone=SilentZone.FIRST_COME),
    ]
    assert [each.name for each in read] == [
        f"zona_antara = {zone} (berlaku)",
        f"zona_antara = {other}",
        "urut tanggal permintaan saja",
    ]
    assert {each.lock_days for each in read} == {NEXT_DAYS}
    assert all(each.reference.teams == THREE.teams for each in read)


def test_the_names_of_the_scenarios_are_all_different():
    names = [each.name for each in scenarios(THREE, Counter())]
    assert len(names) == len(set(names)) == 6


def test_a_long_simulation_returns_nobody_and_renews_calibrations():
    given = replace(THREE, equipment=(equipment("Kotak", 2, day(0)), equipment("Pompa", None)))
    ready = prepared(given)
    assert ready.policy == replace(given.policy, short_lead=ShortLead.SHIFT)
    assert ready.equipment == (equipment("Kotak", 2), equipment("Pompa", None))
    assert replace(ready, policy=given.policy, equipment=given.equipment) == given


def result_of(*served: tuple[int, int], internal: int = 0) -> ScenarioResult:
    """Visits by wait and days late, the first few of them internal."""
    kinds = [INTERNAL] * internal + [EXTERNAL] * (len(served) - internal)
    made = tuple(
        Served(kind, wait, late, "Tim 1") for kind, (wait, late) in zip(kinds, served, strict=True)
    )
    return ScenarioResult(Scenario("coba", "Tim", ONE, None), made, (3, 4), 5, 6, 7)


def test_figures_are_the_plain_ones():
    result = result_of((21, 0), (40, 10), (22, 0), (35, 3), internal=2)
    found = figures(result)
    assert [name for name, _ in found.classes] == ["Internal", "Eksternal", "Semua"]
    internal, external, every = (times for _, times in found.classes)
    assert (internal.visits, internal.mean, internal.median, internal.longest) == (
        2,
        30.5,
        30.5,
        40,
    )
    assert (external.mean, external.mean_late, external.on_time) == (28.5, 1.5, 0.5)
    assert (every.visits, every.mean, every.median) == (4, 29.5, 28.5)
    assert found.all == every
    assert (found.backlog, found.missed, found.never, found.waiting) == ((3, 4), 5, 6, 7)


def test_without_a_visit_all_figures_are_nought():
    found = figures(result_of())
    assert {times.visits for _, times in found.classes} == {0}
    assert found.all.mean == found.all.on_time == 0
    assert found.late_shares == (0,) * 5


def test_the_shares_of_lateness_have_their_bounds_included_and_add_up_to_one():
    late = [0, 1, 7, 8, 14, 15, 28, 29, 400, 0]
    shares = late_shares(result_of(*((50, each) for each in late)))
    assert LATE_STEPS == (0, 7, 14, 28)
    assert shares == pytest.approx((0.2, 0.2, 0.2, 0.2, 0.2))


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (4, 4), (9, 9), (11, 10), (25, 23)])
def test_nine_of_ten_wait_at_most_the_ninth_decile(count: int, expected: int):
    result = result_of(*((wait, 0) for wait in range(1, count + 1)))
    assert waiting_times(result).ninth_decile == expected


@pytest.mark.parametrize(("count", "expected"), [(10, 9), (20, 18), (100, 90)])
def test_nine_of_ten_wait_at_most_the_ninth_decile_of_full_tens(count: int, expected: int):
    result = result_of(*((wait, 0) for wait in range(1, count + 1)))
    assert waiting_times(result).ninth_decile == expected


def with_backlog(*backlog: int) -> ScenarioResult:
    """One visit a week."""
    served = tuple(Served(EXTERNAL, 30, 0, "Tim 1") for _ in backlog)
    return ScenarioResult(Scenario("coba", "Tim", ONE, None), served, backlog, 0, 0, 0)


@pytest.mark.parametrize(
    ("backlog", "grows"),
    [
        (range(52), (6, 45)),
        ([4] * 52, None),
        ([4, 5] * 26, None),
        ([*range(26), *range(26, 0, -1)], None),  # a wave
        ([*[4] * 13, *[5] * 13, *[6] * 26], None),  # the last half no more
        ([n / 60 for n in range(52)], None),  # by less than comes in a week
        (range(11), None),  # too few weeks to tell
    ],
)
def test_a_queue_grows_where_each_quarter_is_longer_than_the_one_before(
    backlog: Sequence[int], grows: tuple[float, float] | None
):
    assert figures(with_backlog(*backlog)).grows == grows


def test_one_team_for_six_a_week_never_catches_up_and_for_three_it_does():
    def grows(each_week: int) -> bool:
        weeks = WARM_UP + 24 + COOL_DOWN
        asked = [
            request(f"P-{week}-{n}", START + week * WEEK, proposed=START + (week + 4) * WEEK)
            for week in range(weeks)
            for n in range(each_week)
        ]
        result, _ = played(asked, counted=24)
        return figures(result).grows is not None

    assert (grows(6), grows(3)) == (True, False)


def test_the_assumptions_name_the_seed_and_the_weeks_left_out():
    said = " ".join(assumptions(THREE, 2027, 17))
    assert "benih 17" in said
    assert f"{WARM_UP} pekan pertama" in said
    assert f"{COOL_DOWN} pekan terakhir" in said


def test_years_beyond_the_holidays_of_the_reference_are_told():
    given = replace(THREE, holidays=reference(holidays=["2026-12-25"]).holidays)
    assert not any("hari libur" in each for each in assumptions(given, 2026, 1))
    assert any("sesudah 2026" in each for each in assumptions(given, 2027, 1))


def test_a_reference_without_any_holiday_is_told_too():
    assert any("hari libur" in each for each in assumptions(THREE, 2027, 1))


def test_a_drawn_simulation_is_the_same_every_time_and_its_scenarios_differ():
    given = replace(CROWDED, policy=replace(CROWDED.policy, horizon_days=90))
    weeks = from_rate(given, (), 6.0, 0.5, START, WARM_UP + COUNTED + COOL_DOWN, 3)

    def results() -> list[ScenarioResult | None]:
        return [list(play(each, weeks, plan))[-1] for each in scenarios(given, Counter())]

    first = results()
    assert first == results()
    now, more, fewer, *_ = (figures(each) for each in first if each is not None)
    assert now.all != more.all
    assert now.all != fewer.all
