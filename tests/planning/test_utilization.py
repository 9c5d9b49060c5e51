"""Loads and what bound: counted by hand, and the same in the sheet Beban Tim."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from labkesmas_batch.commands.inputs import gather
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Allocation, Obstacle, Ranked, Reason, Unplaced, Visit
from labkesmas_batch.model.week import Binding, Load, Week, WeekLoad
from labkesmas_batch.planning.utilization import utilize
from labkesmas_batch.planning.weekly import decide
from tests.support.builders import (
    equipment,
    leave,
    policy,
    reference,
    region,
    request,
    reviewed,
    row,
    sample_type,
    settings,
    team,
    write_intake,
    write_reference,
)
from tests.support.dump import EXAMPLE, EXAMPLE_DATE, Answer, call
from tests.support.models import june, plan

# RUN_DATE is Monday, 1 June 2026.
FREE = (0, 0, 0, 0, 0, 0, 0)


def visit(of: Request, first: int, last: int | None = None, team: str = "Tim 1") -> Visit:
    ranked = Ranked(1, reviewed(of), of.received_on, None, None)
    return Visit(ranked, june(first), june(last or first), team, Outcome.SCHEDULED, None)


def weeks(visits: Iterable[Visit], given: Reference) -> tuple[WeekLoad, ...]:
    return utilize(Allocation(tuple(visits), ()), given)


def load(week: WeekLoad, name: str, measure: str) -> Load:
    (found,) = (each for each in week.loads if (each.name, each.measure) == (name, measure))
    return found


def figures(week: WeekLoad, name: str, measure: str) -> tuple[object, object]:
    found = load(week, name, measure)
    return found.used, found.capacity


GIVEN = reference(
    teams=[team("Tim 1", None, 3, 20), team("Tim 2", None, 2, None)],
    regions=[region("Batam"), region("Lingga", 2)],
    sample_types=[sample_type("Air Minum", ["Kotak"], lab_capacity=15), sample_type("Usap")],
    equipment=[equipment("Kotak", 4), equipment("Pompa", 1)],
)


def test_visits_samples_units_and_arrivals_are_counted_by_day():
    (week,) = weeks(
        [
            visit(request("P-1", samples=2), 1),
            visit(request("P-2", samples=5), 1),
            visit(request("P-3", samples=4, sample_type="Usap"), 1, team="Tim 2"),
            visit(request("P-4", samples=9), 5),
        ],
        GIVEN,
    )
    assert (week.monday, week.visits) == (june(1), 4)
    assert figures(week, "Tim 1", "kunjungan") == ((2, 0, 0, 0, 1, 0, 0), (3, 3, 3, 3, 3, 0, 0))
    assert figures(week, "Tim 1", "contoh uji") == (
        (7, 0, 0, 0, 9, 0, 0),
        (20, 20, 20, 20, 20, 0, 0),
    )
    assert figures(week, "Tim 2", "kunjungan") == ((1, 0, 0, 0, 0, 0, 0), (2, 2, 2, 2, 2, 0, 0))
    assert figures(week, "Kotak", "unit") == ((2, 0, 0, 0, 1, 0, 0), (4, 4, 4, 4, 4, 0, 0))
    assert figures(week, "Air Minum", "contoh uji") == (
        (7, 0, 0, 0, 9, 0, 0),
        (15, 15, 15, 15, 15, 0, 0),
    )


def test_a_trip_holds_team_and_units_every_day_and_reaches_the_laboratory_on_its_last():
    (week,) = weeks([visit(request("P-1", samples=6, region="Lingga"), 2, 4)], GIVEN)
    assert week.visits == 1
    assert load(week, "Tim 1", "kunjungan").used == (0, 1, 1, 1, 0, 0, 0)
    assert load(week, "Tim 1", "contoh uji").used == (0, 6, 6, 6, 0, 0, 0)
    assert load(week, "Kotak", "unit").used == (0, 1, 1, 1, 0, 0, 0)
    assert load(week, "Air Minum", "contoh uji").used == (0, 0, 0, 6, 0, 0, 0)


def test_a_trip_over_the_weekend_loads_both_weeks_and_counts_in_its_first():
    every_day = replace(GIVEN, policy=policy(workdays=frozenset(range(7))))
    one, two = weeks([visit(request("P-1", samples=6, region="Lingga"), 6, 8)], every_day)
    assert (one.monday, one.visits, two.monday, two.visits) == (june(1), 1, june(8), 0)
    assert load(one, "Tim 1", "kunjungan").used == (0, 0, 0, 0, 0, 1, 1)
    assert load(two, "Tim 1", "kunjungan").used == (1, 0, 0, 0, 0, 0, 0)
    assert load(two, "Air Minum", "contoh uji").used == (6, 0, 0, 0, 0, 0, 0)
    assert [each.name for each in one.loads if each.group == "Laboratorium"] == []


def test_a_team_on_leave_has_no_capacity_on_those_days():
    given = replace(GIVEN, leaves=(leave("Tim 1", june(2), june(3)), leave("Tim 2", june(5))))
    (week,) = weeks([visit(request(), 1)], given)
    assert load(week, "Tim 1", "kunjungan").capacity == (3, 0, 0, 3, 3, 0, 0)
    assert load(week, "Tim 1", "contoh uji").capacity == (20, 0, 0, 20, 20, 0, 0)
    assert load(week, "Tim 2", "kunjungan").capacity == (2, 2, 2, 2, 0, 0, 0)
    assert load(week, "Kotak", "unit").capacity == (4, 4, 4, 4, 4, 0, 0)


def test_nothing_has_capacity_on_a_day_off():
    given = replace(
        GIVEN,
        holidays=reference(holidays=[june(3)]).holidays,
        policy=policy(workdays=frozenset({0, 1, 2, 5})),
    )
    (week,) = weeks([visit(request(), 1)], given)
    for each in week.loads:
        if each.capacity[0] is not None:
            assert [bool(limit) for limit in each.capacity] == [True, True] + [False] * 3 + [
                True,
                False,
            ]


def test_what_is_used_on_a_day_off_keeps_its_capacity():
    """A visit that was locked before the day became a holiday is seen against its limit."""
    given = replace(GIVEN, holidays=reference(holidays=[june(3)]).holidays)
    (week,) = weeks([visit(request(), 3)], given)
    assert figures(week, "Tim 1", "kunjungan") == ((0, 0, 1, 0, 0, 0, 0), (3, 3, 3, 3, 3, 0, 0))
    assert load(week, "Tim 2", "kunjungan").capacity == (2, 2, 0, 2, 2, 0, 0)


def test_units_end_with_their_calibration_and_are_added_up_over_rows():
    given = replace(
        GIVEN,
        equipment=(
            equipment("Kotak", 2, june(2)),
            equipment("Kotak", 1),
            equipment("Kotak", 4, june(4)),
        ),
    )
    first, second = weeks([visit(request(), 1), visit(request("P-2"), 8)], given)
    assert load(first, "Kotak", "unit").capacity == (7, 7, 5, 5, 1, 0, 0)
    assert load(second, "Kotak", "unit").capacity == (1, 1, 1, 1, 1, 0, 0)


def test_units_without_limit_make_the_kind_limitless_while_they_are_calibrated():
    given = replace(GIVEN, equipment=(equipment("Kotak", 2), equipment("Kotak", None, june(2))))
    (week,) = weeks([visit(request(), 1)], given)
    assert load(week, "Kotak", "unit").capacity == (None, None, 2, 2, 2, 0, 0)


def test_without_a_limit_there_is_no_share():
    (week,) = weeks([visit(request(), 1, team="Tim 2")], GIVEN)
    assert load(week, "Tim 2", "contoh uji").capacity == (None,) * 5 + (0, 0)
    assert load(week, "Tim 2", "contoh uji").share is None
    assert load(week, "Tim 2", "kunjungan").share == pytest.approx(1 / 10)


def test_a_share_counts_what_is_there_that_week():
    given = replace(GIVEN, leaves=(leave("Tim 1", june(1), june(3)),))
    (week,) = weeks([visit(request("P-1", samples=10), 4), visit(request("P-2"), 5)], given)
    assert load(week, "Tim 1", "kunjungan").share == pytest.approx(2 / 6)
    assert load(week, "Tim 1", "contoh uji").share == pytest.approx(11 / 40)


def test_a_team_that_is_away_all_week_has_no_share():
    given = replace(GIVEN, leaves=(leave("Tim 1", june(1), june(7)),))
    (week,) = weeks([visit(request(), 1, team="Tim 2")], given)
    assert load(week, "Tim 1", "kunjungan").capacity == FREE
    assert load(week, "Tim 1", "kunjungan").share is None


def test_the_teams_share_is_of_the_visits_of_all_who_are_there():
    given = replace(GIVEN, leaves=(leave("Tim 2", june(4), june(5)),))
    (week,) = weeks([visit(request(f"P-{n}"), n) for n in (1, 2, 3)], given)
    assert week.team_share == pytest.approx(3 / (15 + 6))


def test_one_team_without_limit_leaves_the_share_of_all_open():
    given = replace(GIVEN, teams=(*GIVEN.teams, team("Tim 3")))
    (week,) = weeks([visit(request(), 1)], given)
    assert week.team_share is None
    away = replace(given, leaves=(leave("Tim 3", june(1), june(7)),))
    (week,) = weeks([visit(request(), 1)], away)
    assert week.team_share == pytest.approx(1 / 25)


def test_every_team_is_there_and_laboratory_and_equipment_where_they_are_used():
    (week,) = weeks([visit(request(sample_type="Usap"), 1)], GIVEN)
    assert [(each.group, each.name, each.measure) for each in week.loads] == [
        ("Tim", "Tim 1", "kunjungan"),
        ("Tim", "Tim 1", "contoh uji"),
        ("Tim", "Tim 2", "kunjungan"),
        ("Tim", "Tim 2", "contoh uji"),
        ("Laboratorium", "Usap", "contoh uji"),
    ]
    assert load(week, "Usap", "contoh uji").capacity == (None,) * 5 + (0, 0)


def test_the_weeks_follow_without_gaps_from_the_first_to_the_last():
    found = weeks([visit(request("P-1"), 5), visit(request("P-2"), 22)], GIVEN)
    assert [week.monday for week in found] == [june(1), june(8), june(15), june(22)]
    assert [week.visits for week in found] == [1, 0, 0, 1]
    assert load(found[1], "Tim 1", "kunjungan").used == FREE


def test_a_week_without_visits_and_obstacles_has_no_load():
    assert weeks([], GIVEN) == ()


def test_the_order_of_the_visits_does_not_matter():
    visits = [visit(request(f"P-{n}", samples=n), 1 + n % 5) for n in range(1, 9)]
    assert weeks(visits, GIVEN) == weeks(visits[::-1], GIVEN)


def obstacle(reason: Reason, day: int, *names: str, last: int | None = None) -> Obstacle:
    return Obstacle(reason, june(day), june(last or day), names)


def moved(number: str, rank: int, first: int, *obstacles: Obstacle) -> Visit:
    of = request(number, proposed=june(1))
    ranked = Ranked(rank, reviewed(of), of.received_on, None, None)
    return Visit(
        ranked,
        june(first),
        june(first),
        "Tim 1",
        Outcome.MOVED,
        obstacles[0],
        obstacles[1:],
        len(obstacles),
    )


def queued(
    number: str, rank: int, *blocked: Obstacle, reason: Reason = Reason.DEADLINE
) -> Unplaced:
    of = request(number, proposed=june(1))
    ranked = Ranked(rank, reviewed(of), of.received_on, None, None)
    return Unplaced(ranked, Obstacle(reason, june(1), june(30)), None, blocked, len(blocked))


def bindings(
    visits: Iterable[Visit] = (), unplaced: Iterable[Unplaced] = ()
) -> dict[int, tuple[Binding, ...]]:
    found = utilize(Allocation(tuple(visits), tuple(unplaced)), GIVEN)
    return {week.monday.day: week.bindings for week in found}


FULL, LEAVE, UNITS, LAB = Reason.TEAM_FULL, Reason.LEAVE, Reason.EQUIPMENT, Reason.LABORATORY


def test_a_request_counts_once_a_week_and_cause():
    found = bindings(
        [
            moved(
                "P-1",
                1,
                12,
                *(obstacle(FULL, day, "Tim 1") for day in (1, 2, 3, 8, 9)),
                obstacle(LEAVE, 10, "Tim 1"),
            ),
        ]
    )
    assert found == {
        1: (Binding(FULL, ("Tim 1",), ("P-1",)),),
        8: (Binding(FULL, ("Tim 1",), ("P-1",)), Binding(LEAVE, ("Tim 1",), ("P-1",))),
    }


def test_requests_are_named_in_order_of_rank_and_the_most_held_cause_stands_first():
    found = bindings(
        [
            moved("P-3", 5, 3, obstacle(LAB, 1, "Air Minum")),
            moved("P-1", 2, 3, obstacle(FULL, 1, "Tim 1", "Tim 2")),
        ],
        [
            queued("P-2", 1, obstacle(LAB, 2, "Air Minum")),
            queued("P-4", 3, obstacle(LAB, 1, "Air Minum"), obstacle(UNITS, 2, "Kotak")),
        ],
    )
    assert found[1][0] == Binding(LAB, ("Air Minum",), ("P-2", "P-4", "P-3"))
    assert set(found[1][1:]) == {
        Binding(FULL, ("Tim 1", "Tim 2"), ("P-1",)),
        Binding(UNITS, ("Kotak",), ("P-4",)),
    }


def test_causes_of_other_teams_or_equipment_stand_apart():
    found = bindings(
        [
            moved("P-1", 1, 3, obstacle(FULL, 1, "Tim 1")),
            moved("P-2", 2, 3, obstacle(FULL, 1, "Tim 1", "Tim 2")),
        ]
    )
    assert len(found[1]) == 2


@pytest.mark.parametrize(
    "reason", [each for each in Reason if each not in (FULL, LEAVE, UNITS, LAB)]
)
def test_the_calendar_and_the_rules_bind_nobodys_capacity(reason: Reason):
    found = bindings([moved("P-1", 1, 12, obstacle(reason, 1, "Minggu"))])
    assert set(found.values()) == {()}


def test_weeks_in_which_somebody_was_held_are_shown_though_nobody_is_visited_in_them():
    found = bindings(unplaced=[queued("P-1", 1, obstacle(UNITS, 16, "Kotak"))])
    assert found == {15: (Binding(UNITS, ("Kotak",), ("P-1",)),)}


def test_a_planned_week_binds_what_its_plan_says():
    """One team, one visit a day: the second and the third wait for it, the fourth gives up."""
    given = replace(GIVEN, teams=(team("Tim 1", None, 1),))
    asked = [request(f"P-{n}", "2026-04-01", proposed=june(2)) for n in (1, 2, 3)]
    asked.append(request("P-4", "2026-04-02", proposed=june(2), deadline=june(3)))
    allocation = plan(asked, given)
    assert len(allocation.visits) == 3
    (week,) = utilize(allocation, given)
    assert week.bindings == (Binding(FULL, ("Tim 1",), ("P-2", "P-3", "P-4")),)
    assert load(week, "Tim 1", "kunjungan").used == (0, 1, 1, 1, 0, 0, 0)
    assert week.team_share == pytest.approx(3 / 5)


def test_who_asks_for_no_day_is_held_by_a_full_team_too():
    given = replace(GIVEN, teams=(team("Tim 1", None, 1),))
    allocation = plan([request(f"P-{n}", "2026-04-01") for n in (1, 2, 3)], given)
    assert [each.first for each in allocation.visits] == [june(2), june(3), june(4)]
    (week,) = utilize(allocation, given)
    assert week.bindings == (Binding(FULL, ("Tim 1",), ("P-2", "P-3")),)


ACUAN = {
    "tim": [("Tim 1", None, None, "Semua", 2, 12), ("Tim 2", None, None, "Air Minum", None, None)],
    "tim_cuti": [("Tim 1", date(2026, 6, 11), date(2026, 6, 12), "Pelatihan"),
                 ("Tim 2", date(2026, 6, 1), date(2026, 6, 12), "Umrah")],
    "wilayah": [("Batam", 0, None, None, None), ("Lingga", 1, None, None, None)],
    "jenis_contoh_uji": [("Air Minum", "Kotak", None, None, 20), ("Udara Ambien", "Pompa", None,
                                                                 None, None)],
    "peralatan": [("Kotak", 3, None), ("Pompa", 1, date(2026, 6, 9))],
    "tarif": [],
    "hari_libur": [(date(2026, 6, 4), "Libur", "Libur Nasional", None)],
    "ketentuan": settings(hari_kerja="Senin-Jumat"),
}  # fmt: skip
ROWS = [
    row("P-1", tanggal_usulan=date(2026, 6, 2), jumlah_contoh_uji=4),
    row("P-2", tanggal_usulan=date(2026, 6, 2), jumlah_contoh_uji=5),
    row("P-3", tanggal_usulan=date(2026, 6, 2), jumlah_contoh_uji=1),
    row("P-4", tanggal_usulan=date(2026, 6, 8), wilayah="Lingga", jenis_contoh_uji="Udara Ambien"),
    row("P-5", tanggal_usulan=date(2026, 6, 15), jumlah_contoh_uji=3),
]


@pytest.fixture(scope="module")
def week_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Answer, Path]:
    folder = tmp_path_factory.mktemp("beban")
    write_reference(folder / "acuan.xlsx", **ACUAN)
    write_intake(folder / "permintaan.xlsx", ROWS)
    answer = call(
        "run",
        folder / "permintaan.xlsx",
        "--output",
        folder / "output",
        "--json",
        "--date",
        "2026-06-01",
    )
    assert answer.code == 0, answer.err
    return answer, folder


def opened(answer: Answer) -> Worksheet:
    return load_workbook(answer.record["files"]["jadwal"])["Beban Tim"]


def blocks(sheet: Worksheet) -> dict[str, dict[tuple[str, str], list[object]]]:
    """Every week's lines by name and measure: capacity, seven days, sum and share."""
    found: dict[str, dict[tuple[str, str], list[object]]] = {}
    title = name = ""
    for cells in sheet.iter_rows(values_only=True):
        first = str(cells[0] or "")
        if first.startswith("Pekan ") and cells[1] is None:
            title = first
            found[title] = {}
        elif first.startswith("Yang menghambat pekan ini: "):
            found[title]["menghambat", ""] = [first]
        elif title and cells[1] in ("kunjungan", "contoh uji", "unit"):
            name = first or name
            found[title][name, str(cells[1])] = list(cells[2:12])
    return found


def test_the_sheet_holds_the_loads_counted_by_hand(week_run: tuple[Answer, Path]):
    found = blocks(opened(week_run[0]))
    assert list(found) == ["Pekan 1–7 Jun 2026", "Pekan 8–14 Jun 2026", "Pekan 15–21 Jun 2026"]
    first, second, third = found.values()
    none = ""  # weekends are left empty
    # P-1 and P-2 on Tuesday; P-3, for whom the team has no visit left, on Wednesday.
    assert first["Tim 1", "kunjungan"] == [2, 0, 2, 1, "libur", 0, none, none, 3, 3 / 8]
    assert first["Tim 1", "contoh uji"] == [
        12,
        0,
        9,
        1,
        "libur",
        0,
        none,
        none,
        10,
        pytest.approx(10 / 48),
    ]
    away = ["cuti"] * 3 + ["libur", "cuti", none, none]
    assert first["Tim 2", "kunjungan"] == [0, *away, 0, "–"]
    assert first["Lab: Air Minum", "contoh uji"] == [
        20,
        0,
        9,
        1,
        "libur",
        0,
        none,
        none,
        10,
        10 / 80,
    ]
    assert first["Kotak", "unit"] == [3, 0, 2, 1, "libur", 0, none, none, 3, 3 / 12]
    # P-4 is on its way on Monday and Tuesday; the pump's calibration ends on Tuesday.
    assert second["Tim 1", "kunjungan"] == [
        2,
        1,
        1,
        0,
        "cuti",
        "cuti",
        none,
        none,
        2,
        pytest.approx(2 / 6),
    ]
    assert second["Pompa", "unit"] == [
        1,
        1,
        1,
        "kalibrasi",
        "kalibrasi",
        "kalibrasi",
        none,
        none,
        2,
        1,
    ]
    assert second["Lab: Udara Ambien", "contoh uji"] == [
        "tanpa batas",
        0,
        2,
        0,
        0,
        0,
        none,
        none,
        2,
        "–",
    ]
    assert third["Tim 2", "kunjungan"][0] == "tanpa batas"
    assert third["Tim 1", "kunjungan"][8] + third["Tim 2", "kunjungan"][8] == 1


def test_the_overview_names_visits_share_and_what_bound_most(week_run: tuple[Answer, Path]):
    sheet = opened(week_run[0])
    lines = [
        (cells[0], cells[1], cells[2], cells[3])
        for cells in sheet.iter_rows(min_row=3, max_row=5, values_only=True)
    ]
    assert lines == [
        ("Pekan 1–7 Jun 2026", 3, 3 / 8, "Tim 1 terpakai, menahan 1 permintaan (P-3)."),
        ("Pekan 8–14 Jun 2026", 1, 2 / 6, "tidak ada permintaan yang tertahan."),
        ("Pekan 15–21 Jun 2026", 1, "–", "tidak ada permintaan yang tertahan."),
    ]


def decided(folder: Path, name: str, day: date) -> Week:
    return decide(gather([folder / name], None), day)


def assert_sheet_is(sheet: Worksheet, loads: tuple[WeekLoad, ...]) -> None:
    """Every number of the sheet is the load's, and a shut day says why in its place.

    A week in which nobody goes has its line in the overview and no block of its own.
    """
    found = blocks(sheet)
    busy = [week for week in loads if any(any(each.used) for each in week.loads)]
    for lines, week in zip(found.values(), busy, strict=True):
        assert len(lines) == len(week.loads) + 1
        for each in week.loads:
            name = f"Lab: {each.name}" if each.group == "Laboratorium" else each.name
            _, *days, total, share = lines[name, each.measure]
            assert total == sum(each.used)
            assert share == ("–" if each.share is None else pytest.approx(each.share))
            for shown, used, limit in zip(days, each.used, each.capacity, strict=True):
                if limit == 0 and not used:
                    assert shown in ("", "libur", "cuti", "kalibrasi", "tutup")
                else:
                    assert shown == used


def test_the_sheet_is_what_was_counted(week_run: tuple[Answer, Path]):
    answer, folder = week_run
    week = decided(folder, "permintaan.xlsx", date(2026, 6, 1))
    assert_sheet_is(opened(answer), week.loads)


def test_the_example_weeks_sheet_is_what_was_counted(tmp_path: Path):
    (tmp_path / EXAMPLE.name).write_bytes(EXAMPLE.read_bytes())
    answer = call(
        "run",
        tmp_path / EXAMPLE.name,
        "--date",
        EXAMPLE_DATE,
        "--output",
        tmp_path / "output",
        "--json",
    )
    week = decided(tmp_path, EXAMPLE.name, date.fromisoformat(EXAMPLE_DATE))
    assert len(week.loads) > 5
    assert_sheet_is(opened(answer), week.loads)
    starts = Counter(
        each.first - timedelta(days=each.first.weekday()) for each in week.plan.allocation.visits
    )
    assert {each.monday: each.visits for each in week.loads if each.visits} == starts
    lines = [
        cells[:3]
        for cells in opened(answer).iter_rows(
            min_row=3, max_row=2 + len(week.loads), values_only=True
        )
    ]
    assert lines == [
        (cells[0], each.visits, pytest.approx(each.team_share))
        for cells, each in zip(lines, week.loads, strict=True)
    ]
    assert all(str(cells[0]).startswith("Pekan ") for cells in lines)


def rules(path: Path) -> list[tuple[str, str, list[str], list[str]]]:
    """Every conditional format of the sheet, from its XML: cells, kind, values, colours."""
    with zipfile.ZipFile(path) as archive:
        book = fromstring(archive.read("xl/workbook.xml"))
        names = [each.get("name") for each in book.iter() if each.tag.endswith("}sheet")]
        sheet = fromstring(archive.read(f"xl/worksheets/sheet{names.index('Beban Tim') + 1}.xml"))
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    found = []
    for area in sheet.iter(f"{main}conditionalFormatting"):
        for rule in area.iter(f"{main}cfRule"):
            values = [each.get("val") for each in rule.iter(f"{main}cfvo")]
            colours = [each.get("rgb") for each in rule.iter(f"{main}color")]
            found.append((str(area.get("sqref")), str(rule.get("type")), values, colours))
    return found


def test_every_limited_day_has_a_scale_from_none_over_half_to_its_own_limit(
    week_run: tuple[Answer, Path],
):
    answer, folder = week_run
    sheet = opened(answer)
    areas = [
        (cells, values, colours)
        for cells, kind, values, colours in rules(Path(answer.record["files"]["jadwal"]))
        if kind == "colorScale"
    ]
    scales = {
        cell.coordinate: (values, colours)
        for cells, values, colours in areas
        for cell in (sheet[cells][0] if ":" in cells else (sheet[cells],))
    }
    assert len(areas) < len(scales)  # days in a row with one limit share a rule
    week = decided(folder, "permintaan.xlsx", date(2026, 6, 1))
    limits = Counter(
        limit
        for each in week.loads
        for load_ in each.loads
        for used, limit in zip(load_.used, load_.capacity, strict=True)
        if limit
    )
    assert Counter(int(values[2]) for values, _ in scales.values()) == limits
    for values, colours in scales.values():
        assert [float(each) for each in values] == [0, float(values[2]) / 2, float(values[2])]
        assert len(set(colours)) == 3
        assert colours[0] == "FFFFFFFF"
    for cell in scales:
        assert isinstance(sheet[cell].value, int)


def test_every_share_has_a_bar_up_to_the_whole(week_run: tuple[Answer, Path]):
    answer, _ = week_run
    bars = [each for each in rules(Path(answer.record["files"]["jadwal"])) if each[1] == "dataBar"]
    assert len(bars) == 1 + 3  # the overview, and one a week
    for cells, _, values, _ in bars:
        assert re.fullmatch(r"[CL]\d+(:[CL]\d+)?", cells)
        assert values == ["0", "1"]


def test_a_week_without_visits_says_so_instead_of_a_table(tmp_path: Path):
    write_reference(tmp_path / "acuan.xlsx")
    write_intake(tmp_path / "permintaan.xlsx", [])
    answer = call(
        "run",
        tmp_path / "permintaan.xlsx",
        "--output",
        tmp_path / "output",
        "--json",
        "--date",
        "2026-06-01",
    )
    sheet = opened(answer)
    assert sheet["A1"].value == "Belum ada kunjungan."
    assert sheet.max_row == 1


def test_a_team_without_any_visit_a_day_is_not_called_on_leave(tmp_path: Path):
    write_reference(
        tmp_path / "acuan.xlsx",
        tim_cuti=[],
        tim=[("Tim 1", None, None, "Semua", 2, None), ("Tim 2", None, None, "Semua", 0, None)],
    )
    write_intake(tmp_path / "permintaan.xlsx", [row("P-1")])
    answer = call(
        "run",
        tmp_path / "permintaan.xlsx",
        "--output",
        tmp_path / "output",
        "--json",
        "--date",
        "2026-06-01",
    )
    (first, *_) = blocks(opened(answer)).values()
    assert "cuti" not in first["Tim 2", "kunjungan"]


def test_days_that_are_over_are_not_spoken_of() -> None:
    trip = visit(request("P-1", region="Lingga"), 1, 3)
    (week,) = utilize(Allocation((trip,), ()), GIVEN, june(2))
    assert figures(week, "Tim 1", "kunjungan") == ((0, 1, 1, 0, 0, 0, 0), (0, 3, 3, 3, 3, 0, 0))
