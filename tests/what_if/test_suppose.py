"""Suppose changes and compare: each kind does what the form promises, and no more than that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.commands.inputs import gather
from labkesmas_batch.intake.review import review
from labkesmas_batch.intake.validate import validate
from labkesmas_batch.model.policy import Policy, ShortLead, SilentZone
from labkesmas_batch.model.reference import Equipment, Holiday, Leave, Reference, Team
from labkesmas_batch.model.requests import Request, RowOnHold
from labkesmas_batch.model.schedule import Allocation, Visit
from labkesmas_batch.planning.collect import checked_reference
from labkesmas_batch.planning.summary import summarize
from labkesmas_batch.precedence.rank import rank
from labkesmas_batch.what_if import sentences as what_if_sentences
from labkesmas_batch.what_if.compare import ComparedPlan, compare
from labkesmas_batch.what_if.form import read_changes, typed_change
from labkesmas_batch.what_if.suppose import Supposed, before_everybody, suppose
from labkesmas_batch.what_if.types import Compared, Comparison
from tests.support.builders import (
    RUN_DATE,
    equipment,
    holiday,
    leave,
    policy,
    reference,
    region,
    request,
    sample_type,
    team,
)
from tests.support.models import june, plan
from tests.support.weeks import random_week, write_week

TEAMS = (
    team("Tim 1", ["Air Minum"], 3, 40),
    team("Tim 2", None, 2, None),
    team("Tim 3", ["Udara Ambien"], None, 15),
)
LEAVES = (leave("Tim 1", "2026-06-10"), leave("Tim 2", "2026-06-10", "2026-06-12"),
          leave("Tim 1", "2026-07-01", "2026-07-03"))  # fmt: skip
KINDS = (sample_type("Air Minum", lab_capacity=20), sample_type("Udara Ambien"))
UNITS = (
    equipment("Kotak", 3, "2026-06-10"),
    equipment("Pompa", 7),
    equipment("Kotak", 2),
    equipment("Kotak", 1, "2026-12-31"),
)
GIVEN = reference(
    teams=TEAMS, leaves=LEAVES, sample_types=KINDS, equipment=UNITS, holidays=[june(16)],
    regions=[region("Batam"), region("Lingga", 1)],
)  # fmt: skip


def supposing(
    *texts: str,
    given: Reference = GIVEN,
    requests: Sequence[Request] = (),
    run_date: date = RUN_DATE,
) -> Supposed:
    """What typed changes make of a week."""
    changes = []
    for text in texts:
        read, found = read_changes(
            typed_change(text, given), given, [each.number for each in requests]
        )
        assert [finding.problem for finding in found] == []
        changes += read
    return suppose(changes, given, requests, run_date)


def changed(*texts: str, given: Reference = GIVEN) -> Reference:
    return supposing(*texts, given=given).reference


def by_name(teams: Iterable[Team]) -> dict[str, Team]:
    return {each.name: each for each in teams}


def test_an_additional_team_is_like_the_one_named_and_stands_last():
    after = changed("Tim tambahan; Tim 9; Tim 3")
    assert after == replace(GIVEN, teams=(*TEAMS, replace(TEAMS[2], name="Tim 9")))


def test_an_additional_team_is_like_the_first_where_none_is_named():
    after = changed("Tim tambahan; Tim 9")
    assert after == replace(GIVEN, teams=(*TEAMS, replace(TEAMS[0], name="Tim 9")))


def test_an_additional_team_takes_neither_the_people_nor_the_leave_of_its_model():
    peopled = replace(GIVEN, teams=(replace(TEAMS[0], leader="Ketua", members="A; B"),))
    added = changed("Tim tambahan; Tim 9; Tim 1", given=peopled).teams[-1]
    assert (added.leader, added.members) == ("", "")
    assert changed("Tim tambahan; Tim 9; Tim 1").leaves == LEAVES


def test_the_first_team_of_all_can_do_everything_without_limit():
    after = changed("Tim tambahan; Tim 1", given=replace(GIVEN, teams=(), leaves=()))
    assert after.teams == (Team("Tim 1", "", "", None, None, None),)


def test_a_team_that_is_missing_goes_with_its_leave():
    after = changed("Tanpa tim; Tim 1")
    assert after == replace(GIVEN, teams=TEAMS[1:], leaves=(LEAVES[1],))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("5", (5, 2, None)), ("0", (0, 2, None)), ("tambah 1", (4, 2, None)),
        ("kurang 1", (2, 2, None)), ("kurang 3", (0, 2, None)), ("kurang 4", (0, 2, None)),
    ],
)  # fmt: skip
def test_the_visits_of_one_team_change_and_never_below_none(
    said: str, expected: tuple[int | None, ...]
):
    after = changed(f"Kunjungan per hari; Tim 1; {said}")
    assert tuple(each.visits_per_day for each in after.teams) == expected
    assert [replace(each, visits_per_day=None) for each in after.teams] == [
        replace(each, visits_per_day=None) for each in TEAMS
    ]
    assert after == replace(GIVEN, teams=after.teams)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("5", (5, 5, 5)), ("tambah 2", (5, 4, None)), ("kurang 2", (1, 0, None)),
        ("kurang 9", (0, 0, None)),
    ],
)  # fmt: skip
def test_the_visits_of_all_teams_change_and_no_limit_stays_none(
    said: str, expected: tuple[int | None, ...]
):
    after = changed(f"Kunjungan per hari; Semua; {said}")
    assert tuple(each.visits_per_day for each in after.teams) == expected


@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [
        ("Tim 1", "10", (10, None, 15)), ("Tim 2", "10", (40, 10, 15)),
        ("Tim 2", "tambah 10", (40, None, 15)), ("Tim 2", "kurang 10", (40, None, 15)),
        ("Semua", "tambah 10", (50, None, 25)), ("Semua", "kurang 20", (20, None, 0)),
        ("Semua", "8", (8, 8, 8)),
    ],
)  # fmt: skip
def test_the_samples_of_teams_change_and_no_limit_stays_none(
    name: str, said: str, expected: tuple[int | None, ...]
):
    after = changed(f"Contoh uji per hari; {name}; {said}")
    assert tuple(each.samples_per_day for each in after.teams) == expected
    assert tuple(each.visits_per_day for each in after.teams) == (3, 2, None)


def test_a_team_learns_a_sample_type_beside_its_own():
    after = changed("Menguasai; Tim 1; Udara Ambien")
    learnt = replace(TEAMS[0], sample_types=frozenset({"Air Minum", "Udara Ambien"}))
    assert after == replace(GIVEN, teams=(learnt, *TEAMS[1:]))


def test_a_team_that_can_do_everything_has_nothing_to_learn():
    assert changed("Menguasai; Tim 2; Udara Ambien") == GIVEN
    assert changed("Menguasai; Tim 1; Air Minum") == GIVEN


def test_leave_comes_beside_the_leave_there_is():
    after = changed("Cuti; Tim 3; 8/6/2026; 9/6/2026")
    away = Leave("Tim 3", june(8), june(9), "diandaikan")
    assert after == replace(GIVEN, leaves=(*LEAVES, away))


def test_leave_without_a_last_day_is_one_day():
    assert changed("Cuti; Tim 3; 8/6/2026").leaves[-1].last == june(8)


def test_cancelled_leave_is_all_leave_of_that_team_and_of_no_other():
    assert changed("Batal cuti; Tim 1") == replace(GIVEN, leaves=(LEAVES[1],))
    assert changed("Batal cuti; Tim 3") == GIVEN


def test_a_holiday_lasts_from_its_first_day_to_its_last():
    after = changed("Hari libur; Rapat kerja; 15/6/2026; 17/6/2026")
    added = {june(day): Holiday(june(day), "Rapat kerja", "diandaikan") for day in (15, 16, 17)}
    assert after == replace(GIVEN, holidays=added)
    other = changed("Hari libur; Rapat kerja; 29/6/2026; 1/7/2026")
    assert sorted(other.holidays) == [june(16), june(29), june(30), date(2026, 7, 1)]
    assert other.holidays[june(16)] == GIVEN.holidays[june(16)]


def test_a_holiday_without_a_last_day_is_one_day():
    assert sorted(changed("Hari libur; Rapat; 17/6/2026").holidays) == [june(16), june(17)]


@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [
        ("Air Minum", "30", (30, None)), ("Air Minum", "tambah 5", (25, None)),
        ("Air Minum", "kurang 5", (15, None)), ("Air Minum", "kurang 21", (0, None)),
        ("Udara Ambien", "tambah 5", (20, None)), ("Udara Ambien", "kurang 5", (20, None)),
        ("Udara Ambien", "5", (20, 5)),
    ],
)  # fmt: skip
def test_the_laboratorys_capacity_changes_for_one_sample_type(
    name: str, said: str, expected: tuple[int | None, ...]
):
    after = changed(f"Kapasitas lab; {name}; {said}")
    assert tuple(kind.lab_capacity for kind in after.sample_types.values()) == expected
    assert list(after.sample_types) == ["Air Minum", "Udara Ambien"]
    assert after == replace(GIVEN, sample_types=after.sample_types)


def units(after: Reference, name: str = "Kotak") -> list[tuple[int | None, date | None]]:
    return [(each.units, each.valid_until) for each in after.equipment if each.name == name]


FIRST, LAST = june(10), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("kurang 1", [(3, FIRST), (2, None), (0, LAST)]),
        ("kurang 2", [(3, FIRST), (1, None), (0, LAST)]),
        ("kurang 5", [(1, FIRST), (0, None), (0, LAST)]),
        ("kurang 6", [(0, FIRST), (0, None), (0, LAST)]),
        ("kurang 99", [(0, FIRST), (0, None), (0, LAST)]),
        ("4", [(3, FIRST), (1, None), (0, LAST)]),
        ("0", [(0, FIRST), (0, None), (0, LAST)]),
        ("6", [(3, FIRST), (2, None), (1, LAST)]),
        ("8", [(3, FIRST), (2, None), (1, LAST), (2, None)]),
        ("tambah 2", [(3, FIRST), (2, None), (1, LAST), (2, None)]),
    ],
)
def test_fewer_units_go_from_the_last_row_and_more_are_calibrated(
    said: str, expected: list[tuple[int | None, date | None]]
):
    after = changed(f"Jumlah unit; Kotak; {said}")
    assert units(after) == expected
    assert units(after, "Pompa") == [(7, None)]
    assert replace(after, equipment=()) == replace(GIVEN, equipment=())


@pytest.mark.parametrize("said", ["tambah 2", "kurang 2"])
def test_units_without_limit_stay_without_limit(said: str):
    given = replace(GIVEN, equipment=(equipment("Kotak", 3), equipment("Kotak", None)))
    assert changed(f"Jumlah unit; Kotak; {said}", given=given) == given


def test_a_new_number_of_units_holds_for_equipment_without_limit_too():
    given = replace(GIVEN, equipment=(equipment("Kotak", None),))
    assert units(changed("Jumlah unit; Kotak; 2", given=given)) == [(2, None)]


@pytest.mark.parametrize(
    ("key", "said", "expected"),
    [
        ("tenggang_permintaan_hari", "14", {"lead_days": 14}),
        ("tenggang_kurang", "geser", {"short_lead": ShortLead.SHIFT}),
        ("selisih_internal_hari", "13", {"internal_gap": 13}),
        ("selisih_eksternal_hari", "8", {"external_gap": 8}),
        ("zona_antara", "internal", {"silent_zone": SilentZone.INTERNAL}),
        ("jeda_terbit_hari", "0", {"issue_days": 0}),
        ("horizon_hari", "30", {"horizon_days": 30}),
        ("hari_kerja", "Senin-Sabtu", {"workdays": frozenset(range(6))}),
    ],
)
def test_a_setting_changes_alone(key: str, said: str, expected: dict[str, object]):
    after = changed(f"Ketentuan; {key}; {said}")
    assert after == replace(GIVEN, policy=policy(**expected))
    assert isinstance(after.policy, Policy)


@pytest.mark.parametrize(
    "texts",
    [
        ("Ketentuan; selisih_internal_hari; 14",),
        ("Ketentuan; selisih_internal_hari; 15",),
        ("Ketentuan; selisih_eksternal_hari; 7",),
        ("Ketentuan; selisih_eksternal_hari; 0",),
        ("Ketentuan; selisih_internal_hari; 5", "Ketentuan; selisih_eksternal_hari; 5"),
    ],
)
def test_gaps_that_contradict_each_other_are_refused(texts: tuple[str, ...]):
    with pytest.raises(ValueError, match="selisih_internal_hari harus lebih kecil"):
        supposing(*texts)


@pytest.mark.parametrize("order", [1, -1])
def test_both_gaps_may_change_together_in_any_order(order: int):
    texts = ["Ketentuan; selisih_internal_hari; 20", "Ketentuan; selisih_eksternal_hari; 21"]
    after = changed(*texts[::order]).policy
    assert (after.internal_gap, after.external_gap) == (20, 21)


def test_changes_are_made_in_the_order_given():
    first = changed("Kunjungan per hari; Tim 1; 5", "Kunjungan per hari; Semua; tambah 1")
    assert [each.visits_per_day for each in first.teams] == [6, 3, None]
    second = changed("Kunjungan per hari; Semua; tambah 1", "Kunjungan per hari; Tim 1; 5")
    assert [each.visits_per_day for each in second.teams] == [5, 3, None]
    more = changed("Jumlah unit; Kotak; kurang 9", "Jumlah unit; Kotak; tambah 2")
    assert sum(count or 0 for count, _ in units(more)) == 2


def test_leave_can_be_cancelled_and_taken_on_another_day():
    after = changed("Batal cuti; Tim 1", "Cuti; Tim 1; 15/6/2026")
    assert [(each.team, each.first) for each in after.leaves] == [
        ("Tim 2", june(10)),
        ("Tim 1", june(15)),
    ]


def test_what_is_given_stays_as_it_is():
    before = deepcopy(GIVEN)
    changed(
        "Tim tambahan; Tim 9",
        "Tanpa tim; Tim 3",
        "Hari libur; X; 17/6/2026",
        "Cuti; Tim 2; 9/6/2026",
        "Kapasitas lab; Air Minum; 1",
        "Jumlah unit; Kotak; 1",
        "Ketentuan; horizon_hari; 30",
    )
    assert before == GIVEN


def test_no_change_at_all_supposes_the_week_itself():
    asked = [request("P-1"), request("P-2")]
    assert suppose((), GIVEN, asked, RUN_DATE) == Supposed(GIVEN, tuple(asked), ())


ONE_VISIT = reference(teams=[team(visits_per_day=1)])


def replan(
    *texts: str, given: Reference, requests: Sequence[Request], run_date: date = RUN_DATE
) -> Allocation:
    """The supposed plan's visits and queue."""
    made = supposing(*texts, given=given, requests=requests, run_date=run_date)
    return _allocated(made, run_date)


def _allocated(made: Supposed, run_date: date) -> Allocation:
    rules = made.reference.policy
    ranked = rank(review(made.requests, rules, run_date).accepted, rules)
    return allocate(before_everybody(made.urgent, ranked), made.reference, run_date)


def starts(allocation: Allocation) -> dict[str, date]:
    return {visit.request.number: visit.first for visit in allocation.visits}


def queue(allocation: Allocation) -> dict[str, str]:
    return {each.request.number: each.obstacle.reason.value for each in allocation.unplaced}


def test_an_urgent_request_takes_its_day_from_whoever_has_it():
    requests = [
        request("P-1", "2026-04-01", proposed=june(3)),
        request("P-2", "2026-05-01", proposed=june(8)),
    ]
    assert starts(plan(requests, ONE_VISIT)) == {"P-1": june(3), "P-2": june(8)}
    asked = replan("Mendesak; P-2; 3/6/2026", given=ONE_VISIT, requests=requests)
    assert starts(asked) == {"P-2": june(3), "P-1": june(4)}


def test_an_urgent_request_goes_before_everybody_and_the_others_keep_their_order():
    requests = [request(f"P-{n}", f"2026-04-0{n}") for n in range(1, 5)]
    made = supposing(
        "Mendesak; P-3; 3/6/2026", "Mendesak; U-1; 4/6/2026; Batam; Air Minum; 2", requests=requests
    )
    assert [each.number for each in made.requests] == ["P-1", "P-2", "P-4"]
    rules = made.reference.policy
    ranked = before_everybody(
        made.urgent, rank(review(made.requests, rules, RUN_DATE).accepted, rules)
    )
    assert [(each.rank, each.request.number) for each in ranked] == [
        (1, "P-3"),
        (2, "U-1"),
        (3, "P-1"),
        (4, "P-2"),
        (5, "P-4"),
    ]


def test_a_new_urgent_request_is_what_was_said_of_it():
    (urgent,) = supposing("Mendesak; U-1; 4/6/2026; Lingga; Udara Ambien; 7").urgent
    asked = urgent.request
    assert (asked.number, asked.region, asked.sample_type, asked.samples) == (
        "U-1",
        "Lingga",
        "Udara Ambien",
        7,
    )
    assert (asked.proposed, asked.deadline, urgent.target) == (june(4), june(4), june(4))
    assert asked.received_on == RUN_DATE


def test_a_known_urgent_request_keeps_all_but_its_dates():
    known = request("P-1", samples=9, proposed=june(20), deadline=june(30), customer="Puskesmas A")
    (urgent,) = supposing("Mendesak; p-1; 4/6/2026", requests=[known]).urgent
    assert urgent.request == replace(known, proposed=june(4), deadline=june(4))


def test_neither_the_lead_time_nor_the_days_for_the_spt_hold_an_urgent_request_back():
    for day in (june(1), june(2)):
        asked = replan(f"Mendesak; U-1; {day}; Batam; Air Minum; 2", given=ONE_VISIT, requests=[])
        assert starts(asked) == {"U-1": day}


def test_a_request_that_was_returned_gets_its_day_when_it_is_urgent():
    returned = request("P-1", "2026-05-20", proposed=june(3))
    assert plan([returned], ONE_VISIT) == Allocation((), ())
    asked = replan("Mendesak; P-1; 3/6/2026", given=ONE_VISIT, requests=[returned])
    assert starts(asked) == {"P-1": june(3)}


BLOCKED = {
    "weekend": (ONE_VISIT, "6/6/2026"),
    "holiday": (replace(ONE_VISIT, holidays={june(3): holiday(june(3))}), "3/6/2026"),
    "leave": (replace(ONE_VISIT, leaves=(leave("Tim 1", june(3)),)), "3/6/2026"),
    "out of calibration": (
        replace(
            ONE_VISIT,
            sample_types={"Air Minum": sample_type("Air Minum", ["Kotak"])},
            equipment=(equipment("Kotak", 1, june(4)),),
        ),
        "5/6/2026",
    ),
    "past": (ONE_VISIT, "29/5/2026"),
}


@pytest.mark.parametrize(("given", "day"), BLOCKED.values(), ids=BLOCKED)
def test_an_urgent_request_whose_day_nothing_allows_waits(given: Reference, day: str):
    asked = replan(
        f"Mendesak; U-1; {day}; Batam; Air Minum; 2",
        given=given,
        requests=[request("P-1", "2026-04-01")],
    )
    assert starts(asked) == {"P-1": june(2)}
    # No day after the end of all calibration is possible; of the others the day alone is to blame.
    horizon = given.equipment != ()
    assert queue(asked) == {"U-1": "Horizon" if horizon else "BatasAkhir"}


def test_an_urgent_request_beyond_the_horizon_or_without_a_team_waits_too():
    given = replace(ONE_VISIT, policy=policy(horizon_days=10))
    asked = replan("Mendesak; U-1; 1/7/2026; Batam; Air Minum; 2", given=given, requests=[])
    assert list(queue(asked)) == ["U-1"]
    given = replace(ONE_VISIT, teams=(team("Tim 1", ["Udara Ambien"]),))
    asked = replan("Mendesak; U-1; 3/6/2026; Batam; Air Minum; 2", given=given, requests=[])
    assert queue(asked) == {"U-1": "TanpaTimKompeten"}


def test_of_two_urgent_requests_for_one_place_the_first_named_gets_it():
    texts = [
        "Mendesak; U-1; 3/6/2026; Batam; Air Minum; 2",
        "Mendesak; U-2; 3/6/2026; Batam; Air Minum; 2",
    ]
    for first, second in ((0, 1), (1, 0)):
        asked = replan(texts[first], texts[second], given=ONE_VISIT, requests=[])
        assert starts(asked) == {f"U-{first + 1}": june(3)}
        assert queue(asked) == {f"U-{second + 1}": "BatasAkhir"}


def test_an_urgent_trip_holds_all_its_days():
    given = replace(ONE_VISIT, regions={"Batam": region(), "Lingga": region("Lingga", 1)})
    requests = [
        request("P-1", "2026-04-01", proposed=june(3)),
        request("P-2", "2026-04-02", proposed=june(4)),
    ]
    asked = replan("Mendesak; U-1; 3/6/2026; Lingga; Air Minum; 2", given=given, requests=requests)
    assert starts(asked) == {"U-1": june(3), "P-1": june(5), "P-2": june(8)}


def a_plan(
    requests: Sequence[Request],
    given: Reference,
    urgent: Supposed | None = None,
    on_hold: Sequence[RowOnHold] = (),
) -> ComparedPlan:
    """One of the two plans, through the stages of the weekly batch."""
    made = urgent or Supposed(given, tuple(requests), ())
    reviewed = review(made.requests, made.reference.policy, RUN_DATE)
    allocation = _allocated(made, RUN_DATE)
    names = [each.name for each in made.reference.teams]
    summary = summarize(allocation.visits, reviewed.returned, allocation.unplaced, on_hold, names)
    return ComparedPlan(allocation, reviewed.returned, summary)


def compared(*texts: str, given: Reference, requests: Sequence[Request]) -> Comparison:
    made = supposing(*texts, given=given, requests=requests)
    return compare((), a_plan(requests, given), a_plan(requests, given, made))


def effects(comparison: Comparison) -> dict[str, str]:
    return {each.request.number: what_if_sentences.effect(each) for each in comparison.requests}


WEEK = [
    request("P-1", "2026-04-01", proposed=june(3)),
    request("P-2", "2026-04-02", proposed=june(3)),
    request("P-3", "2026-04-03", proposed=june(3), deadline=june(4)),
    request("P-4", "2026-05-25", proposed=june(3)),
]


def test_who_moves_by_how_many_days_who_gets_in_and_who_falls_out():
    more = compared("Kunjungan per hari; Tim 1; 3", given=ONE_VISIT, requests=WEEK)
    assert effects(more) == {
        "P-1": "tetap",
        "P-2": "maju 1 hari",
        "P-3": "masuk: mendapat 3 Jun 2026",
        "P-4": "tetap",
    }
    assert [each.days for each in more.requests] == [0, -1, None, None]
    assert what_if_sentences.effects(more) == (
        "1 permintaan maju (jumlah 1 hari) dan 1 permintaan jadi mendapat hari."
    )
    away = compared("Cuti; Tim 1; 3/6/2026; 5/6/2026", given=ONE_VISIT, requests=WEEK)
    assert effects(away)["P-1"] == "mundur 5 hari"
    assert what_if_sentences.effects(away) == "2 permintaan mundur (jumlah 10 hari)."
    never = compared("Kunjungan per hari; Tim 1; 0", given=ONE_VISIT, requests=WEEK)
    assert effects(never)["P-1"] == "keluar: antrean (TimPenuh)"
    assert what_if_sentences.effects(never) == "2 permintaan kehilangan harinya."


def test_a_new_request_is_new_and_stands_after_those_of_the_week():
    fits = compared("Mendesak; U-1; 5/6/2026; Batam; Air Minum; 1", given=ONE_VISIT, requests=WEEK)
    assert list(effects(fits)) == ["P-1", "P-2", "P-3", "P-4", "U-1"]
    assert effects(fits)["U-1"] == "baru: 5 Jun 2026"
    none = compared("Mendesak; U-1; 6/6/2026; Batam; Air Minum; 1", given=ONE_VISIT, requests=WEEK)
    assert effects(none)["U-1"] == "baru: tidak mendapat hari"
    (new,) = (each for each in fits.requests if each.request.number == "U-1")
    assert (new.before, new.days) == (None, None)


@pytest.mark.parametrize("day", [5, 6])
def test_the_sentence_speaks_of_a_new_request(day: int):
    """On the Friday it gets its day, on the Saturday it does not."""
    text = f"Mendesak; U-1; {day}/6/2026; Batam; Air Minum; 1"
    new = compared(text, given=ONE_VISIT, requests=WEEK)
    assert what_if_sentences.effects(new) != "Tidak ada tanggal yang berubah."


def test_another_team_on_the_same_day_is_said():
    given = reference(teams=[team("Tim 1"), team("Tim 2")])
    only = compared("Cuti; Tim 1; 3/6/2026", given=given, requests=WEEK[:1])
    assert effects(only) == {"P-1": "hari tetap, tim berganti"}
    assert what_if_sentences.effects(only) == "Tidak ada tanggal yang berubah."
    (each,) = only.requests
    assert each.before is not None
    assert each.after is not None
    assert (each.before.team, each.after.team, each.days) == ("Tim 1", "Tim 2", 0)


def test_a_returned_request_gets_in_or_changes_its_outcome():
    shifted = compared("Ketentuan; tenggang_kurang; geser", given=ONE_VISIT, requests=WEEK)
    assert effects(shifted)["P-4"] == "masuk: mendapat 15 Jun 2026"
    beyond = compared(
        "Ketentuan; tenggang_kurang; geser",
        "Ketentuan; horizon_hari; 5",
        given=ONE_VISIT,
        requests=WEEK,
    )
    assert effects(beyond)["P-4"] == "menjadi antrean"
    longer = compared("Ketentuan; tenggang_permintaan_hari; 90", given=ONE_VISIT, requests=WEEK)
    assert effects(longer)["P-1"] == "keluar: dikembalikan (TenggangKurang)"


@pytest.mark.parametrize(
    "text",
    ["Batal cuti; Tim 1", "Kunjungan per hari; Tim 1; 1", "Jumlah unit; Kotak; tambah 1",
     "Hari libur; Sabtu; 6/6/2026", "Ketentuan; zona_antara; urut_permintaan"],
)  # fmt: skip
def test_a_change_that_does_nothing_says_so(text: str):
    given = replace(ONE_VISIT, equipment=(equipment("Kotak", 1),))
    same = compared(text, given=given, requests=WEEK)
    assert set(effects(same).values()) == {"tetap"}
    assert what_if_sentences.effects(same) == "Tidak ada tanggal yang berubah."
    assert same.before == same.after
    assert all(each.before == each.after for each in same.requests)


def test_a_week_without_requests_compares_to_nothing():
    empty = compared("Tanpa tim; Tim 1", given=ONE_VISIT, requests=[])
    assert empty.requests == ()
    assert what_if_sentences.effects(empty) == "Tidak ada tanggal yang berubah."


def test_the_requests_stand_in_the_plain_plans_order_of_rank():
    requests = [
        request("P-9", "2026-04-01"), request("P-1", "2026-04-09"), request("P-5", "2026-04-05"),
        request("P-0", "2026-05-25", proposed=june(3)),
    ]  # fmt: skip
    one = compared("Mendesak; P-1; 5/6/2026", given=ONE_VISIT, requests=requests)
    assert list(effects(one)) == ["P-9", "P-5", "P-1", "P-0"]


SEEDS = range(12)
MORE = (
    "Kunjungan per hari; Semua; tambah 1",
    "Contoh uji per hari; Semua; tambah 10",
    "Tim tambahan; Tim Baru",
)


@cache
def drawn(seed: int) -> tuple[Reference, tuple[Request, ...], date]:
    """A random week as the reader hands it on."""
    week = random_week(seed, requests=30, trips=seed % 2 == 0)
    with TemporaryDirectory() as folder:
        inputs = gather([write_week(week, Path(folder))[0]], None)
        given, _ = checked_reference(inputs)
        assert given is not None
        requests = validate(inputs.tables, given, week.run_date).requests
    assert len(requests) == 30
    return given, requests, week.run_date


def both(seed: int, *texts: str) -> tuple[Allocation, Allocation, Supposed]:
    given, requests, run_date = drawn(seed)
    made = supposing(*texts, given=given, requests=requests, run_date=run_date)
    return plan(requests, given, run_date), _allocated(made, run_date), made


def first_ranked(seed: int) -> str:
    given, requests, run_date = drawn(seed)
    return rank(review(requests, given.policy, run_date).accepted, given.policy)[0].request.number


def capacity_texts(seed: int) -> list[str]:
    given, _, _ = drawn(seed)
    labs = [f"Kapasitas lab; {name}; tambah 10" for name in given.sample_types]
    more_units = [f"Jumlah unit; {each.name}; tambah 1" for each in given.equipment]
    return [*MORE, *labs, *more_units]


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_is_first_is_never_later_with_more_capacity(seed: int):
    """Only of the first can that be said: others may lose a day to somebody who has moved."""
    number = first_ranked(seed)
    for text in capacity_texts(seed):
        before, after, _ = both(seed, text)
        if number in starts(before):
            assert starts(after)[number] <= starts(before)[number], text


def broken(allocation: Allocation, given: Reference, run_date: date) -> list[str]:
    """The conditions of rules.md, counted day by day; nothing of the package's own ledger."""
    found: list[str] = []
    visits, samples, users, arrived = Counter(), Counter(), Counter(), Counter()
    places: dict[tuple[str, date], set[str]] = {}
    by_team = by_name(given.teams)
    for visit in allocation.visits:
        asked, kind = visit.request, given.sample_types[visit.request.sample_type]
        place = given.regions[asked.region]
        days = [visit.first + timedelta(days=n) for n in range(place.travel_days + 1)]
        found += _alone(visit, days, given, run_date)
        arrived[kind.name, days[-1]] += asked.samples
        for day in days:
            visits[visit.team, day] += 1
            samples[visit.team, day] += asked.samples
            places.setdefault((visit.team, day), set()).add(asked.region)
            for name in kind.equipment:
                users[name, day] += 1
    for key, count in visits.items():
        most = by_team[key[0]].visits_per_day
        found += [f"visits {key}"] if most is not None and count > most else []
    for key, count in samples.items():
        most = by_team[key[0]].samples_per_day
        found += [f"samples {key}"] if most is not None and count > most else []
    found += [f"two places {key}" for key, names in places.items() if len(names) > 1]
    found += [f"units {key}" for key, count in users.items() if count > _units(given, *key)]
    for (name, day), count in arrived.items():
        most = given.sample_types[name].lab_capacity
        found += [f"laboratory {name} {day}"] if most is not None and count > most else []
    return found


def _alone(visit: Visit, days: Sequence[date], given: Reference, run_date: date) -> list[str]:
    asked, found = visit.request, []
    kind, place = given.sample_types[asked.sample_type], given.regions[asked.region]
    rules = given.policy
    if visit.last != days[-1]:
        found.append(f"{asked.number}: {visit.last}")
    if any(day.weekday() not in rules.workdays or day in given.holidays for day in days):
        found.append(f"{asked.number}: day off")
    if place.departure_days is not None and visit.first.weekday() not in place.departure_days:
        found.append(f"{asked.number}: no departure")
    if visit.first.weekday() in kind.no_sampling_days:
        found.append(f"{asked.number}: no sampling")
    if not run_date <= visit.first <= run_date + timedelta(days=rules.horizon_days):
        found.append(f"{asked.number}: out of the plan")
    if asked.deadline is not None and visit.first > asked.deadline:
        found.append(f"{asked.number}: after its deadline")
    if not by_name(given.teams)[visit.team].can_sample(kind.name):
        found.append(f"{asked.number}: not competent")
    away = (each for each in given.leaves if each.team == visit.team)
    if any(each.first <= day <= each.last for each in away for day in days):
        found.append(f"{asked.number}: on leave")
    return found


def _units(given: Reference, name: str, day: date) -> int:
    rows: list[Equipment] = [
        each
        for each in given.equipment
        if each.name == name and (each.valid_until is None or each.valid_until >= day)
    ]
    return sum(10**6 if each.units is None else each.units for each in rows)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_supposed_week_breaks_no_condition_and_loses_nobody(seed: int):
    given, requests, run_date = drawn(seed)
    numbers = {each.number for each in requests}
    name = given.teams[0].name
    kind, place = next(iter(given.sample_types)), next(iter(given.regions))
    day = run_date + timedelta(days=8)
    questions = [
        *capacity_texts(seed)[:4], f"Cuti; {name}; {day}; {day + timedelta(days=6)}",
        f"Hari libur; Rapat; {day}; {day + timedelta(days=3)}", f"Menguasai; {name}; {kind}",
        f"Kapasitas lab; {kind}; kurang 5", "Kunjungan per hari; Semua; kurang 1",
        f"Mendesak; {requests[0].number}; {day}",
        f"Mendesak; BARU-1; {day}; {place}; {kind}; 3", "Ketentuan; zona_antara; internal",
    ]  # fmt: skip
    if len(given.teams) > 1:
        questions.append(f"Tanpa tim; {name}")
    for text in questions:
        before, after, made = both(seed, text)
        assert broken(before, given, run_date) == []
        assert broken(after, made.reference, run_date) == [], text
        returned = review(made.requests, made.reference.policy, run_date).returned
        ended = Counter([*starts(after), *queue(after), *(r.request.number for r in returned)])
        assert ended == Counter(numbers | {each.request.number for each in made.urgent}), text


@pytest.mark.parametrize("seed", SEEDS)
def test_an_urgent_request_of_a_random_week_has_its_day_if_an_empty_week_had_it(seed: int):
    _, requests, run_date = drawn(seed)
    number = requests[seed].number
    for step in range(1, 15):
        day = run_date + timedelta(days=step)
        _, after, made = both(seed, f"Mendesak; {number}; {day}")
        alone = _allocated(replace(made, requests=()), run_date)
        assert starts(after).get(number) == starts(alone).get(number)
        assert starts(after).get(number, day) == day
        for each in after.unplaced:
            if each.request.number == number and queue(after)[number] == "BatasAkhir":
                assert each.nearest is not None
                assert each.nearest > day


@pytest.mark.parametrize("seed", SEEDS)
def test_a_change_of_nothing_leaves_a_random_week_as_it_is(seed: int):
    for text in ("Kunjungan per hari; Semua; tambah 0", "Hari libur; Lama; 1/1/2020"):
        before, after, _ = both(seed, text)
        assert before == after


def test_the_random_weeks_are_not_all_easy():
    """Capacity does let somebody be earlier, and, greedy as the rules are, somebody later."""
    earlier = later = 0
    for seed in SEEDS:
        for text in capacity_texts(seed):
            before, after, _ = both(seed, text)
            shared = starts(before).keys() & starts(after).keys()
            earlier += sum(starts(after)[number] < starts(before)[number] for number in shared)
            later += sum(starts(after)[number] > starts(before)[number] for number in shared)
    assert earlier > 20
    assert later > 0


def test_days_need_two_days():
    known = request("P-1")
    assert Compared(known, None, None).days is None
