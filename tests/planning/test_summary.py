"""The figures on Ringkasan: they add up, and are right for no visit, one and many."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkesmas_batch.model.outcome import OF_A_RUN, Outcome
from labkesmas_batch.model.requests import Request, RowOnHold
from labkesmas_batch.model.schedule import Obstacle, Ranked, Reason, Returned, Unplaced, Visit
from labkesmas_batch.model.week import Waiting
from labkesmas_batch.planning.summary import summarize
from tests.support.builders import request, reviewed
from tests.support.counts import COUNTS, SIX, adds_up, six
from tests.support.models import june

TEAMS = ("Tim 1", "Tim 2")
INTERNAL, EXTERNAL = "Internal", "Eksternal"


def ranked(of: Request) -> Ranked:
    return Ranked(1, reviewed(of), of.received_on, None, None)


def visit(
    first: date,
    received: date = date(2026, 5, 1),
    kind: str = EXTERNAL,
    team: str = "Tim 1",
    samples: int = 1,
    status: Outcome = Outcome.SCHEDULED,
) -> Visit:
    of = request(received=received, customer_class=kind, samples=samples)
    return Visit(ranked(of), first, first, team, status, None)


def returned(kind: str = EXTERNAL) -> Returned:
    return Returned(request(customer_class=kind), 1, june(1), june(2))


def unplaced(kind: str = EXTERNAL) -> Unplaced:
    obstacle = Obstacle(Reason.NO_TEAM, june(1), june(2))
    return Unplaced(ranked(request(customer_class=kind)), obstacle, None)


def on_hold(kind: str = "") -> RowOnHold:
    return RowOnHold("P-1", "", kind, "permintaan.xlsx", "Permintaan", 2)


def test_a_week_without_rows_is_all_zeros() -> None:
    summary = summarize([], [], [], [], TEAMS)
    assert six(summary.counts) == dict.fromkeys(SIX, 0)
    assert (summary.weeks, summary.waiting) == ((), ())
    assert summary.teams == (("Tim 1", 0, 0), ("Tim 2", 0, 0))


def test_a_week_without_teams_has_no_loads() -> None:
    assert summarize([], [], [], [], ()).teams == ()


def test_one_visit_is_one_week_one_team_and_one_waiting_time() -> None:
    one = visit(june(10), date(2026, 5, 1), INTERNAL, "Tim 2", samples=4)
    summary = summarize([one], [], [], [], TEAMS)
    assert summary.counts["baris"] == summary.counts["terjadwal"] == 1
    assert summary.weeks == ((june(8), 1, 0),)
    assert summary.teams == (("Tim 1", 0, 0), ("Tim 2", 1, 4))
    assert summary.waiting == (Waiting(INTERNAL, 1, 40.0, 40),)


def test_many_visits_are_counted_by_week_team_and_class() -> None:
    visits = [
        visit(june(2), date(2026, 5, 3), EXTERNAL, "Tim 1", 5),
        visit(june(5), date(2026, 5, 1), INTERNAL, "Tim 2", 3),
        visit(june(8), date(2026, 5, 9), EXTERNAL, "Tim 1", 2),
        visit(june(22), date(2026, 5, 8), EXTERNAL, "Tim 1", 1),
        visit(june(23), date(2026, 5, 13), EXTERNAL, "Tim 2", 9),
    ]
    summary = summarize(visits, [], [], [], TEAMS)
    assert summary.weeks == (
        (june(1), 1, 1),
        (june(8), 0, 1),
        (june(15), 0, 0),
        (june(22), 0, 2),
    )
    assert summary.teams == (("Tim 1", 3, 8), ("Tim 2", 2, 12))
    assert summary.waiting == (Waiting(INTERNAL, 1, 35.0, 35), Waiting(EXTERNAL, 4, 35.5, 45))


def test_the_order_of_the_visits_does_not_matter() -> None:
    visits = [visit(june(22)), visit(june(2), kind=INTERNAL), visit(june(9), team="Tim 2")]
    summary = summarize(visits, [], [], [], TEAMS)
    assert summary == summarize(visits[::-1], [], [], [], TEAMS)
    assert [week[0] for week in summary.weeks] == [june(1), june(8), june(15), june(22)]


@pytest.mark.parametrize(("day", "monday"), [(1, 1), (7, 1), (8, 8), (14, 8)])
def test_a_week_runs_from_monday_to_sunday(day: int, monday: int) -> None:
    assert summarize([visit(june(day))], [], [], [], TEAMS).weeks[0][0] == june(monday)


def test_weeks_go_on_over_the_new_year() -> None:
    summary = summarize([visit(date(2026, 12, 30)), visit(date(2027, 1, 12))], [], [], [], TEAMS)
    mondays = [date(2026, 12, 28), date(2027, 1, 4), date(2027, 1, 11)]
    assert [week[0] for week in summary.weeks] == mondays


def test_waiting_time_counts_calendar_days_whatever_the_time_of_day() -> None:
    of = request(received="2026-05-01T23:59")
    one = Visit(ranked(of), june(1), june(1), "Tim 1", Outcome.SCHEDULED, None)
    assert summarize([one], [], [], [], TEAMS).waiting == (Waiting(EXTERNAL, 1, 31.0, 31),)


def test_a_locked_visit_of_a_team_that_is_gone_is_still_in_the_loads() -> None:
    visits = [visit(june(2)), visit(june(3), team="Tim lama", status=Outcome.LOCKED)]
    summary = summarize(visits, [], [], [], TEAMS)
    assert sum(count for _, count, _ in summary.teams) == 2


def test_each_outcome_is_counted_by_class() -> None:
    summary = summarize(
        [
            visit(june(2)),
            visit(june(2), kind=INTERNAL),
            visit(june(2), kind=INTERNAL, status=Outcome.MOVED),
            visit(june(2), status=Outcome.LOCKED),
        ],
        [returned(), returned(INTERNAL), returned()],
        [unplaced(INTERNAL)],
        [on_hold(INTERNAL), on_hold(EXTERNAL), on_hold(), on_hold()],
        TEAMS,
    )
    assert summary.outcomes == {
        "Terjadwal": (1, 1, 0),
        "Digeser": (1, 0, 0),
        "Terkunci": (0, 1, 0),
        "Dikembalikan": (1, 2, 0),
        "Antrean": (1, 0, 0),
        "Ditahan": (1, 1, 2),
    }
    assert summary.counts | {"baru": 0} == dict.fromkeys(COUNTS, 0) | {
        "baris": 12,
        "terjadwal": 2,
        "digeser": 1,
        "terkunci": 1,
        "dikembalikan": 3,
        "antrean": 1,
        "ditahan": 4,
    }


def test_the_outcomes_stand_in_their_fixed_order() -> None:
    assert tuple(summarize([], [], [], [], ()).outcomes) == OF_A_RUN


VISITS = st.lists(
    st.builds(
        visit,
        st.dates(date(2026, 5, 25), date(2026, 7, 31)),
        st.dates(date(2026, 4, 1), date(2026, 5, 25)),
        st.sampled_from([INTERNAL, EXTERNAL]),
        st.sampled_from(TEAMS),
        st.integers(1, 30),
        st.sampled_from([each for each in Outcome if each.has_day]),
    ),
    max_size=12,
)
CLASSES = st.lists(st.sampled_from([INTERNAL, EXTERNAL]), max_size=4)
WRITTEN = st.lists(st.sampled_from([INTERNAL, EXTERNAL, ""]), max_size=4)


@given(VISITS, CLASSES, CLASSES, WRITTEN)
def test_the_figures_of_any_week_reconcile(
    visits: list[Visit], back: list[str], queue: list[str], faulty: list[str]
) -> None:
    summary = summarize(
        visits, [*map(returned, back)], [*map(unplaced, queue)], [*map(on_hold, faulty)], TEAMS
    )
    counts = dict(summary.counts)
    assert adds_up(counts)
    assert counts["baris"] == len(visits) + len(back) + len(queue) + len(faulty)
    by_class = {
        name: sum(v.request.customer_class == name for v in visits) for name in (INTERNAL, EXTERNAL)
    }
    assert [sum(week[at] for week in summary.weeks) for at in (1, 2)] == list(by_class.values())
    given = [v.request.customer_class for v in visits if v.status != Outcome.LOCKED]
    assert {w.customer_class: w.visits for w in summary.waiting} == {
        name: given.count(name) for name in by_class if name in given
    }
    assert sum(count for _, count, _ in summary.teams) == len(visits)
    assert sum(total for *_, total in summary.teams) == sum(v.request.samples for v in visits)
    for waiting in summary.waiting:
        days = sorted(
            (v.first - v.request.received_on).days
            for v in visits
            if v.request.customer_class == waiting.customer_class and v.status != Outcome.LOCKED
        )
        middle = (days[(len(days) - 1) // 2] + days[len(days) // 2]) / 2
        assert (waiting.median, waiting.longest) == (middle, days[-1])
