"""The charts of Ringkasan, and the figures that they are drawn from, beside the printed page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.schedule import Reason, Visit
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.model.week import LoadGroup, Week
from labkesmas_batch.text.indonesian import short_date
from labkesmas_batch.xlsx.book import Look, WorkbookWriter
from labkesmas_batch.xlsx.palette import (
    DARK,
    EXTERNAL_BAR,
    FONT,
    GREY_TEXT,
    INTERNAL_BAR,
    LINE,
    MUTED,
)

# With more bars nobody reads their labels.
_MOST_WEEKS, _MOST_TEAMS = 14, 20
# The first column of the figures, right of the printed page.
DATA = 13
# The row of their headers: that of the table of counts, which is as high as they need.
_HEADS = 9
HEIGHT = 216
Bars = tuple[tuple[int, str, str], ...]
"""Column of the figures, name and colour of each series."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a chart is drawn from: first and last row, and the column of the labels."""

    first: int
    last: int
    left: int

    def cells(self, offset: int) -> list[object]:
        """Return a column of them as xlsxwriter takes it."""
        at = self.left + offset
        return [SheetName.SUMMARY, self.first, at, self.last, at]


def write_charts(book: WorkbookWriter, sheet: Worksheet, week: Week, row: int, step: int) -> None:
    """Write the figures and four charts, two beside each other, from this row on.

    Parameters
    ----------
    step
        Rows that a chart takes.
    """
    weeks, waiting, teams, reasons = _write_figures(book, sheet, week)
    if not week.ahead:
        return
    left, right = {"object_position": 2}, {"object_position": 2, "x_offset": 4}
    sheet.insert_chart(row, 0, _by_week(book, week, weeks), left)
    sheet.insert_chart(row, 6, _by_class(book, waiting), right)
    sheet.insert_chart(row + step, 0, _by_team(book, week, teams), left)
    if _reasons(week):
        sheet.insert_chart(row + step, 6, _by_reason(book, reasons), right)
    else:
        said = "Tidak ada kunjungan yang digeser dari usulannya."
        sheet.write_string(row + step + 2, 6, said, book.format(italic=True, font_color=GREY_TEXT))


def _write_figures(book: WorkbookWriter, sheet: Worksheet, week: Week) -> list[Figures]:
    tables: tuple[tuple[Sequence[str], Sequence[Sequence[object]]], ...] = (
        (("Pekan mulai Senin", "Internal", "Eksternal"),
         [(short_date(monday), *counts) for monday, *counts in week.summary.weeks[:_MOST_WEEKS]]),
        (("Golongan", "Median hari", "Terlama (hari)", "Kunjungan"),
         [(w.customer_class, w.median, w.longest, w.visits) for w in week.summary.waiting]),
        ((Header.TEAM, "Kunjungan", "Contoh Uji", "Terpakai"), _teams(week)),
        (("Sebab digeser", "Kunjungan"), _reasons(week)),
    )  # fmt: skip
    sheet.write_string(_HEADS - 1, DATA, "Data grafik", book.heading())
    found, left = [], DATA
    for heads, rows in tables:
        sheet.set_column(left, left, 20)
        sheet.set_column(left + 1, left + len(heads) - 1, 11)
        for column, text in enumerate(heads, start=left):
            sheet.write_string(_HEADS, column, text, book.header(align="center", font_size=9))
        for at, values in enumerate(rows, start=_HEADS + 1):
            for column, value in enumerate(values, start=left):
                _write(book, sheet, at, column, value)
        found.append(Figures(_HEADS + 1, _HEADS + max(1, len(rows)), left))
        left += len(heads) + 1
    return found


def _write(book: WorkbookWriter, sheet: Worksheet, row: int, column: int, value: object) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value, book.body(Look.PLAIN, text_wrap=False))
    elif isinstance(value, _Share):
        share = book.body(Look.PLAIN, align="center", num_format="0%")
        sheet.write_number(row, column, value, share)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value, book.body(Look.PLAIN, align="center"))


class _Share(float):
    """A part of a whole."""


def _teams(week: Week) -> list[tuple[object, ...]]:
    """Return visits, samples and the share of its visits a day that each team uses."""
    used: Counter[str] = Counter()
    limits: Counter[str] = Counter()
    # Weeks without any visit say nothing about how busy a team is.
    for load in (load for each in week.loads if each.visits for load in each.loads):
        if (
            load.group is LoadGroup.TEAM
            and load.measure == "kunjungan"
            and None not in load.capacity
        ):
            used[load.name] += sum(load.used)
            limits[load.name] += sum(limit or 0 for limit in load.capacity)
    return [
        (name, visits, samples, _Share(used[name] / limits[name]) if limits[name] else None)
        for name, visits, samples in week.summary.teams[:_MOST_TEAMS]
    ]


def _reasons(week: Week) -> list[tuple[object, ...]]:
    """Return how many visits were moved for each reason, most first."""
    counted = Counter(_reason(visit) for visit in week.visits if visit.status is Outcome.MOVED)
    return list(counted.most_common())


def _reason(visit: Visit) -> str:
    """Return why a visit was moved; on a day that management chose nothing may have hindered it."""
    if visit.obstacle and visit.obstacle.reason is not Reason.DECIDED:
        return _words(visit.obstacle.reason)
    return "keputusan manajemen" if visit.order else "lainnya"


@cache
def _words(token: str) -> str:
    """Return a reason's token as words, as in ``tim penuh``."""
    return re.sub("(?<!^)([A-Z])", r" \1", token).lower()


def _by_week(book: WorkbookWriter, week: Week, figures: Figures) -> Chart:
    title = "Kunjungan per pekan"
    if len(week.summary.weeks) > _MOST_WEEKS:
        title = f"{title} ({_MOST_WEEKS} pekan pertama)"
    bars = (1, "Internal", INTERNAL_BAR), (2, "Eksternal", EXTERNAL_BAR)
    inside = {"value": True, "num_format": "0;;", "position": "center", "font": {"size": 8}}
    chart = _chart(book, figures, bars, inside, stacked=True)
    return _dressed(chart, title, "Pekan mulai Senin", "Kunjungan", legend=True, width=405)


def _by_class(book: WorkbookWriter, figures: Figures) -> Chart:
    bars = (1, "Median hari", DARK), (2, "Terlama (hari)", "#9FB3CC")
    chart = _chart(book, figures, bars, {"value": True, "font": {"size": 8}})
    title = "Waktu tunggu menurut golongan"
    return _dressed(chart, title, "Golongan customer", "Hari kalender", legend=True, width=400)


def _by_team(book: WorkbookWriter, week: Week, figures: Figures) -> Chart:
    title = "Kunjungan per tim"
    if len(week.summary.teams) > _MOST_TEAMS:
        title = f"{title} ({_MOST_TEAMS} tim pertama)"
    shares = [
        f"{visits} ({share:.0%})" if isinstance(share, float) else str(visits)
        for _, visits, _, share in _teams(week)
    ]
    labels = _OUTSIDE | {"custom": [{"value": text} for text in shares]}
    chart = _chart(book, figures, ((1, "Kunjungan", INTERNAL_BAR),), labels)
    across = "Tim (bagian kapasitasnya yang terpakai pada pekan-pekan itu)"
    return _dressed(chart, title, across, "Kunjungan", legend=False, width=405)


def _by_reason(book: WorkbookWriter, figures: Figures) -> Chart:
    chart = _chart(book, figures, ((1, "Kunjungan", MUTED),), _OUTSIDE, kind="bar")
    title = "Sebab kunjungan digeser"
    return _dressed(chart, title, "Kunjungan", Header.REASON, legend=False, width=400, lying=True)


_OUTSIDE = {"value": True, "num_format": "0", "font": {"size": 8}}


def _chart(
    book: WorkbookWriter,
    figures: Figures,
    bars: Bars,
    labels: dict[str, object],
    *,
    stacked: bool = False,
    kind: str = "column",
) -> Chart:
    options = {"type": kind} | ({"subtype": "stacked"} if stacked else {})
    chart = book.workbook.add_chart(options)
    for offset, name, colour in bars:
        light = colour not in (DARK, INTERNAL_BAR)
        font = {"name": FONT, "size": 8, "color": "#000000" if light or not stacked else "#FFFFFF"}
        chart.add_series(
            {
                "name": name,
                "categories": figures.cells(0),
                "values": figures.cells(offset),
                "fill": {"color": colour},
                "gap": 60,
                "data_labels": labels | {"font": font},
            },
        )
    return chart


def _dressed(
    chart: Chart,
    title: str,
    across: str,
    up: str,
    *,
    legend: bool,
    width: int,
    lying: bool = False,
) -> Chart:
    """Name axes and chart; of lying bars the values stand across."""
    font = {"name": FONT, "size": 8}
    small = {"name_font": font | {"bold": False}, "num_font": font}
    grid = {"major_gridlines": {"visible": True, "line": {"color": LINE}}}
    values: dict[str, object] = {"num_format": "0", "min": 0, "name": across if lying else up}
    labels: dict[str, object] = {"name": up if lying else across}
    if lying:
        chart.set_x_axis(values | small | grid)
        chart.set_y_axis(labels | small | {"reverse": True, "major_gridlines": {"visible": False}})
    else:
        chart.set_x_axis(labels | small)
        chart.set_y_axis(values | small | grid)
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 10, "color": DARK}})
    chart.set_legend({"position": "top", "font": font} if legend else {"none": True})
    chart.set_size({"width": width, "height": HEIGHT})
    return chart
