"""The charts of ``simulasi-….xlsx``: one figure of several scenarios beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.chart import Chart

from labkesmas_batch.model.requests import CustomerClass
from labkesmas_batch.simulation.types import ScenarioFigures, Simulation
from labkesmas_batch.xlsx.book import WorkbookWriter
from labkesmas_batch.xlsx.palette import (
    DARK,
    EXTERNAL_BAR,
    FONT,
    INTERNAL_BAR,
    LINE,
    MUTED,
    ONE_PLACE,
)

_CHART = {"width": 690, "height": 285}
_LINES = (DARK, EXTERNAL_BAR, MUTED)
# From on time to very late: light to dark, so that grey print tells them apart.
_LATE = ("#DCE9F5", "#9DC3E6", "#5B8FC4", "#2F5D94", "#16304F")
LATE_NAMES = ("tepat", "1–7 hari", "8–14 hari", "15–28 hari", "lebih dari 28 hari")


def by_class(
    book: WorkbookWriter,
    shown: Sequence[ScenarioFigures],
    rows: dict[str, int],
    column: int,
    axis: str,
) -> Chart:
    """Return columns of one figure: a group for each scenario, a bar for each class."""
    chart = book.workbook.add_chart({"type": "column"})
    for at, (each, colour) in enumerate(
        zip(CustomerClass, (INTERNAL_BAR, EXTERNAL_BAR), strict=True)
    ):
        cells = [f"Angka!${_letter(column)}${rows[one.name] + at + 1}" for one in shown]
        names = [f"Angka!$A${rows[one.name] + 1}" for one in shown]
        chart.add_series(
            {
                "name": each.value,
                "categories": f"=({','.join(names)})",
                "values": f"=({','.join(cells)})",
                "fill": {"color": colour},
                "categories_data": [one.name for one in shown],
                "values_data": [_figure(one, at, column) for one in shown],
                "gap": 80,
                "data_labels": {
                    "value": True,
                    "num_format": ONE_PLACE,
                    "font": {"name": FONT, "size": 9},
                },
            },
        )
    return _dressed(chart, axis)


def _figure(each: ScenarioFigures, at: int, column: int) -> float:
    _, times = each.classes[at]
    return {3: times.mean, 7: times.mean_late}[column]


def backlog(book: WorkbookWriter, simulation: Simulation, weekly: int) -> Chart:
    """Return a line for each scenario: who waits, week by week."""
    chart = book.workbook.add_chart({"type": "line"})
    last = weekly + simulation.weeks
    for at, (_, colour) in enumerate(zip(simulation.teams, _LINES, strict=False), start=1):
        dash = ("solid", "dash", "round_dot")[at - 1]
        chart.add_series(
            {
                "name": ["Angka", weekly, at],
                "categories": ["Angka", weekly + 1, 0, last, 0],
                "values": ["Angka", weekly + 1, at, last, at],
                "line": {"color": colour, "width": 2.25, "dash_type": dash},
            },
        )
    return _dressed(chart, "Menunggu", across={"name": "Pekan", "interval_unit": 4})


def lateness(book: WorkbookWriter, shown: Sequence[ScenarioFigures], rows: dict[str, int]) -> Chart:
    """Return a bar for each scenario, parted by how late its visits are."""
    chart = book.workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for at, (name, colour) in enumerate(zip(LATE_NAMES, _LATE, strict=True)):
        cells = [f"Angka!${_letter(9 + at)}${rows[one.name] + 3}" for one in shown]
        names = [f"Angka!$A${rows[one.name] + 1}" for one in shown]
        chart.add_series(
            {
                "name": name,
                "categories": f"=({','.join(names)})",
                "values": f"=({','.join(cells)})",
                "fill": {"color": colour},
                "gap": 60,
                "categories_data": [one.name for one in shown],
                "values_data": [one.late_shares[at] for one in shown],
                "border": {"color": "#FFFFFF"},
            },
        )
    return _dressed(chart, "Bagian kunjungan menurut keterlambatannya", horizontal=True)


def _dressed(
    chart: Chart, axis: str, *, horizontal: bool = False, across: dict[str, object] | None = None
) -> Chart:
    font = {"name": FONT, "size": 9}
    named = {"name": axis, "name_font": font, "num_font": font,
             "major_gridlines": {"visible": True, "line": {"color": LINE}}}  # fmt: skip
    if horizontal:
        chart.set_x_axis(named | {"num_format": "0%"})
        chart.set_y_axis({"reverse": True, "num_font": font})
    else:
        chart.set_x_axis({"num_font": font, "name_font": font} | (across or {}))
        chart.set_y_axis(named | {"min": 0})
    # Of a chart with one series the name would be shown as its title.
    chart.set_title({"none": True})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_size(_CHART)
    return chart


def _letter(column: int) -> str:
    return chr(65 + column)
