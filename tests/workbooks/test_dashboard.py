"""Ringkasan and Kalender: figures that add up, charts with their words, weeks that stay whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Accepted, Ranked, Visit
from labkesmas_batch.model.week import Week
from labkesmas_batch.workbooks.calendar_layout import LINES, lay_out
from labkesmas_batch.workbooks.schedule import write_schedule
from labkesmas_batch.xlsx.paging import LEAST_SCALE, paginate
from tests.support.builders import RUN_DATE, holiday, leave, reference, region, request, row, team
from tests.support.dump import Answer
from tests.support.labels import CHART, DRAWN, charts
from tests.support.models import june, week_of
from tests.support.weekly import decided, scheduled

CREW = reference(
    teams=[team("Tim 1"), team("Tim 2")],
    regions=[region(), region("Lingga", travel_days=2)],
    holidays=[holiday("2026-06-16", "Tahun Baru Islam")],
    leaves=[leave("Tim 2", "2026-06-10", "2026-06-11")],
)


def tiles(sheet: Worksheet) -> dict[str, object]:
    """The key figures by their labels."""
    labels, values = sheet[7], sheet[6]
    return {
        str(label.value): value.value
        for label, value in zip(labels, values, strict=True)
        if label.value
    }


def weeks(tmp_path: Path) -> Iterator[Workbook]:
    """Weeks of none, one and a few requests, a draft and an approved one."""
    few = [row("P-1"), row("P-2", tanggal_usulan=date(2026, 5, 6)), row("P-3", wilayah="Batm"),
           row("P-4", batas_akhir=date(2026, 6, 1)), row("P-5")]  # fmt: skip
    for name, rows in (("tanpa", []), ("satu", few[:1]), ("beberapa", few)):
        (tmp_path / name).mkdir()
        schedule, _ = scheduled(tmp_path / name, rows)
        yield load_workbook(schedule)
    words = {"P-1": {"Keputusan": "Tunda"}, "P-5": {"Keputusan": "Batal"}}
    assert not [each for each in decided(schedule, jadwal=words) if each.is_error]
    yield load_workbook(schedule.parent / "jadwal-final.xlsx")


def test_the_key_figures_add_up_in_every_week(tmp_path: Path) -> None:
    rows = []
    for book in weeks(tmp_path):
        figures = tiles(book["Ringkasan"])
        whole = figures.pop("permintaan")
        parts = [value for label, value in figures.items() if label[0] in "=+"]
        assert sum(parts) == whole
        assert 4 <= len(parts) <= 5
        rows.append(whole)
    assert rows == [0, 1, 5, 5]
    assert figures["+ ditunda atau batal"] == 2


def said(part: Element | None) -> str:
    return "".join(each.text or "" for each in part.iter(f"{DRAWN}t")) if part is not None else ""


def test_every_chart_has_a_title_names_for_both_axes_and_values_at_its_bars(example_run: Answer):
    found = charts(Path(example_run.record["files"]["jadwal"]))
    titles = [said(chart.find(f"{CHART}chart/{CHART}title")) for chart in found]
    assert titles == [
        "Kunjungan per pekan",
        "Waktu tunggu menurut golongan",
        "Kunjungan per tim",
        "Sebab kunjungan digeser",
    ]
    for chart, title in zip(found, titles, strict=True):
        for axis in (*chart.iter(f"{CHART}catAx"), *chart.iter(f"{CHART}valAx")):
            assert said(axis.find(f"{CHART}title")), title
        for series in chart.iter(f"{CHART}ser"):
            assert series.find(f"{CHART}dLbls") is not None, title
            # A cell, not a copy: somebody who changes it changes the chart.
            assert "Ringkasan!" in str(series.find(f"{CHART}val/{CHART}numRef/{CHART}f").text)


def test_a_week_without_visits_has_no_empty_charts(tmp_path: Path) -> None:
    schedule, _ = scheduled(tmp_path, [])
    assert charts(schedule) == []


def locked(of: Request, first: date, last: date, name: str) -> Visit:
    ranked = Ranked(0, Accepted(of, first, first, None), of.received_on, None, None)
    return Visit(ranked, first, last, name, Outcome.LOCKED, None, locked_in="2026-05-25-r1")


def with_visits(*visits: Visit) -> Week:
    week = week_of([], CREW)
    return replace(week, plan=replace(week.plan, locked=visits))


def sheet_of(tmp_path: Path, week: Week) -> Worksheet:
    write_schedule(tmp_path / "jadwal.xlsx", week, "2026-06-01-r1", {})
    return load_workbook(tmp_path / "jadwal.xlsx")["Kalender"]


def cell_with(sheet: Worksheet, text: str) -> list[Cell]:
    return [c for line in sheet.iter_rows() for c in line if text in str(c.value)]


def test_a_trip_keeps_its_row_while_it_lasts_and_names_itself_each_day(tmp_path: Path) -> None:
    trip = locked(request("P-1", region="Lingga"), june(2), june(4), "Tim 1")
    others = [
        locked(request(f"P-{n}"), june(day), june(day), "Tim 1")
        for n, day in ((2, 2), (3, 3), (4, 4))
    ]
    sheet = sheet_of(tmp_path, with_visits(*others[::-1], trip))
    days = cell_with(sheet, "P-1")
    assert len({cell.row for cell in days}) == 1
    assert [cell.column for cell in days] == [3, 4, 5]
    assert [str(cell.value)[0] for cell in days] == ["P", "→", "→"]
    assert days[0].border.right.style is None
    assert days[1].border.left.style is None


def test_a_trip_over_the_weekend_goes_on_in_the_next_week(tmp_path: Path) -> None:
    trip = locked(request("P-1", region="Lingga"), june(5), june(8), "Tim 1")
    week = with_visits(trip)
    assert [block.monday for block in lay_out(week).blocks] == [june(1), june(8)]
    sheet = sheet_of(tmp_path, week)
    assert len(cell_with(sheet, "P-1")) == 4


def test_a_locked_visit_is_framed_and_marked(tmp_path: Path) -> None:
    one = locked(request("P-1"), june(2), june(2), "Tim 1")
    (cell,) = cell_with(sheet_of(tmp_path, with_visits(one)), "P-1")
    assert str(cell.value).endswith("■")
    assert cell.border.left.style == cell.border.top.style == "medium"


def test_holidays_are_named_and_days_off_shaded(tmp_path: Path) -> None:
    visits = [
        locked(request("P-1"), june(9), june(9), "Tim 1"),
        locked(request("P-2"), june(17), june(17), "Tim 1"),
    ]
    sheet = sheet_of(tmp_path, with_visits(*visits))
    (head,) = cell_with(sheet, "Tahun Baru Islam")
    assert head.value == "Selasa, 16 Jun 2026\nTahun Baru Islam"
    below = sheet.cell(head.row + 1, head.column)
    weekend = sheet.cell(head.row + 1, 7)
    on_leave = cell_with(sheet, "Cuti")
    (grey,) = {cell.fill.fgColor.rgb for cell in (below, weekend, *on_leave)}
    assert grey != sheet.cell(head.row + 1, 2).fill.fgColor.rgb
    assert [cell.column for cell in on_leave[-2:]] == [4, 5]


def test_the_page_says_whether_it_holds(tmp_path: Path) -> None:
    schedule, _ = scheduled(tmp_path, [row("P-1")])
    draft = load_workbook(schedule)["Kalender"]["A2"].value
    assert draft == "Jadwal 2026-06-01-r1: usulan 1 Jun 2026, belum disahkan."
    assert not [each for each in decided(schedule) if each.is_error]
    final = load_workbook(schedule.parent / "jadwal-final.xlsx")["Kalender"]["A2"].value
    assert final == ("Jadwal 2026-06-01-r1: disahkan oleh Kepala Contoh pada 1 Jun 2026.")


def many(count: int, teams: int) -> Week:
    """A week with ``count`` visits a team and day, for two weeks."""
    crew = reference(teams=[team(f"Tim {n}") for n in range(teams)])
    days: Iterable[date] = [RUN_DATE + timedelta(days=n) for n in (0, 1, 2, 3, 4, 7, 8)]
    visits = [
        locked(request(f"P-{day:%d}-{n}-{at}"), day, day, f"Tim {n}")
        for day in days
        for n in range(teams)
        for at in range(count)
    ]
    week = week_of([], crew)
    return replace(week, plan=replace(week.plan, locked=tuple(visits)))


@pytest.mark.parametrize(("count", "teams"), [(1, 1), (1, 12), (2, 6), (3, 5), (1, 40), (9, 9)])
def test_pages_begin_with_weeks_or_where_that_cannot_be_with_teams(count: int, teams: int):
    layout = lay_out(many(count, teams))
    first, second = layout.blocks
    starts = {first.row + 2 + LINES * count * n for n in range(teams)} | {
        second.row + 2 + LINES * count * n for n in range(teams)
    }
    assert set(layout.breaks) <= starts | {second.row}
    space = 100 * 480.0 / layout.scale - 40
    if first.height <= space:
        assert not starts & set(layout.breaks)
    assert (second.row in layout.breaks) == (first.height + second.height > space)
    assert 50 <= layout.scale <= 83


def test_every_visit_has_a_place_of_its_own():
    layout = lay_out(many(3, 5))
    assert len(layout.places) == len(set(layout.places.values())) == 7 * 15


def test_beyond_five_thousand_visits_cells_only_count_them(tmp_path: Path) -> None:
    week = many(80, 9)
    assert len(week.visits) > 5_000
    assert lay_out(week).places == {}
    sheet = sheet_of(tmp_path, week)
    assert "tiap sel hanya menyebut jumlahnya" in sheet["A2"].value
    assert len(cell_with(sheet, "80 kunjungan (80)")) == 7 * 9


@pytest.mark.parametrize(
    ("heights", "starts"),
    [
        ([], []),
        ([100], []),
        ([200, 200], []),
        ([200, 200, 200], [2]),
        ([300, 300, 300], [1, 2]),
        ([2_000, 10], [1]),
    ],
)
def test_blocks_stay_whole_where_a_page_holds_them(heights: list[float], starts: list[int]):
    scale, found, space = paginate(heights, 100)
    assert found == starts
    assert LEAST_SCALE <= scale <= 100
    assert max(heights, default=0) <= space or scale == LEAST_SCALE


def test_a_tall_block_makes_the_whole_sheet_smaller():
    scale, starts, space = paginate([600, 100], 100)
    assert scale == 80
    assert space == 600
    assert starts == [1]


def test_every_week_of_beban_tim_is_on_a_page_of_its_own(example_run: Answer):
    sheet = load_workbook(example_run.record["files"]["jadwal"])["Beban Tim"]
    titles = {
        cell.row
        for cell in sheet["A"]
        if str(cell.value).startswith("Pekan ") and sheet.cell(cell.row, 2).value is None
    }
    # openpyxl counts from the row above the page.
    assert {each.id + 1 for each in sheet.row_breaks.brk} <= titles
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage  # Excel would pass over the breaks
