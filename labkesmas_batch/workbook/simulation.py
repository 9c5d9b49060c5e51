"""``simulasi-….xlsx``: what waiting times to expect, with charts that argue for or against."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from statistics import fmean

from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.answers import ScenarioFigures, Simulation
from labkesmas_batch.model import (
    CustomerClass,
)
from labkesmas_batch.wording import day_date, line_count, number
from labkesmas_batch.workbook.styles import (
    CLASS_LOOK,
    DARK,
    EXTERNAL_BAR,
    INTERNAL_BAR,
    LINE,
    Book,
    Look,
)

_COLUMNS, _COLUMN_WIDTH = 9, 10.5
_TEXT_WIDTH = _COLUMNS * _COLUMN_WIDTH
_CHART = {"width": 690, "height": 285}
_CHART_ROWS = 15
_LINES = (DARK, EXTERNAL_BAR, "#7A8696")
# From on time to very late: light to dark, so that grey print tells them apart.
_LATE = ("#DCE9F5", "#9DC3E6", "#5B8FC4", "#2F5D94", "#16304F")
_LATE_NAMES = ("tepat", "1–7 hari", "8–14 hari", "15–28 hari", "lebih dari 28 hari")


def write_simulation(path: Path, simulation: Simulation) -> None:
    """Write the workbook: a page for the teams, one for the readings, figures, assumptions."""
    title = f"Simulasi {simulation.first_day}"
    book = Book(path, title, datetime.combine(simulation.first_day, time()))
    teams = book.sheet("Tim", "Simulasi: Banyaknya Tim", landscape=False, tab=DARK)
    readings = book.sheet("Bacaan SOP", "Simulasi: Bacaan SOP", landscape=False, tab=DARK)
    figures = book.sheet("Angka", "Simulasi: Angka", tab=DARK)
    rows = _figures(book, figures, simulation)
    weekly = _weekly(book, figures, simulation, max(rows.values()) + 5)
    _team_page(book, teams, simulation, rows, weekly)
    _reading_page(book, readings, simulation, rows)
    _assumptions(book, simulation)
    book.close()


# --- figures ---------------------------------------------------------------------------------

_HEADS = (
    "Skenario", "Golongan", "Kunjungan", "Tunggu rata-rata (hari)", "Tunggu median (hari)",
    "Sembilan dari sepuluh paling lama (hari)", "Terlama (hari)", "Terlambat rata-rata (hari)",
    "Tepat hari yang diminta", *(f"Terlambat: {name}" for name in _LATE_NAMES),
    "Lewat Batas Akhir", "Tidak dapat dilayani", "Menunggu pada akhir",
)  # fmt: skip


def _figures(book: Book, sheet: Worksheet, simulation: Simulation) -> dict[str, int]:
    """Write a row for each scenario and class; return the first row of each scenario."""
    sheet.set_column(0, 0, 38)
    sheet.set_column(1, len(_HEADS) - 1, 11)
    sheet.set_row(0, 54)
    for column, head in enumerate(_HEADS):
        sheet.write_string(0, column, head, book.header(align="center" if column else "left"))
    days, share = (
        book.body(Look.PLAIN, align="center", num_format=shown) for shown in ("0.0", "0%")
    )
    whole = book.body(Look.PLAIN, align="center")
    rows, row = {}, 0
    for each in simulation.figures:
        rows[each.name] = row + 1
        for name, times in each.classes:
            row += 1
            sheet.write_string(row, 0, each.name, book.body(Look.BOLD))
            sheet.write_string(row, 1, name, book.body(CLASS_LOOK.get(name, Look.PLAIN)))
            sheet.write_number(row, 2, times.visits, whole)
            for column, value in enumerate((times.mean, times.median), start=3):
                sheet.write_number(row, column, value, days)
            sheet.write_number(row, 5, times.ninth_decile, whole)
            sheet.write_number(row, 6, times.longest, whole)
            sheet.write_number(row, 7, times.mean_late, days)
            sheet.write_number(row, 8, times.on_time, share)
        for column, value in enumerate(each.late_shares, start=9):
            sheet.write_number(row, column, value, share)
        counts = (each.missed, each.never, each.waiting)
        for column, value in enumerate(counts, start=9 + len(_LATE_NAMES)):
            sheet.write_number(row, column, value, whole)
    sheet.freeze_panes(1, 2)
    sheet.fit_to_pages(1, 0)
    return rows


def _weekly(book: Book, sheet: Worksheet, simulation: Simulation, row: int) -> int:
    """Write the requests that wait, week by week, and return the row of the header."""
    sheet.write_string(row - 1, 0, "Permintaan yang menunggu kunjungan, per pekan",
                       book.format(bold=True, font_color=DARK))  # fmt: skip
    sheet.write_string(row, 0, "Pekan", book.header())
    for column, each in enumerate(simulation.teams, start=1):
        sheet.write_string(row, column, each.name, book.header(align="center"))
    sheet.set_row(row, 54)
    for week in range(simulation.weeks):
        sheet.write_number(row + 1 + week, 0, week + 1, book.body(Look.PLAIN, align="left"))
        for column, each in enumerate(simulation.teams, start=1):
            sheet.write_number(
                row + 1 + week, column, each.backlog[week], book.body(Look.PLAIN, align="center")
            )
    return row


# --- pages -----------------------------------------------------------------------------------


def _page(book: Book, sheet: Worksheet, title: str, simulation: Simulation) -> int:
    sheet.set_column(0, _COLUMNS - 1, _COLUMN_WIDTH)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, title, book.format(bold=True, font_size=16, font_color=DARK))
    said = f"{simulation.weeks} pekan sejak {day_date(simulation.first_day)}; {simulation.source}"
    return _sentence(book, sheet, 1, said, italic=True) + 1


def _sentence(book: Book, sheet: Worksheet, row: int, text: str, **look: object) -> int:
    sheet.merge_range(row, 0, row, _COLUMNS - 1, text, book.format(text_wrap=True, **look))
    sheet.set_row(row, 13 * line_count(text, _TEXT_WIDTH) + 4)
    return row + 1


def _team_page(
    book: Book, sheet: Worksheet, simulation: Simulation, rows: dict[str, int], weekly: int
) -> None:
    row = _page(book, sheet, "Apa arti satu tim lebih atau kurang", simulation)
    now, *others = simulation.teams
    said = "; ".join(f"{_lower(each)} {_days(each.all.mean_late)}" for each in others)
    text = f"Kunjungan terlambat rata-rata {_days(now.all.mean_late)} dari hari yang diminta"
    row = _sentence(book, sheet, row, f"{text}; {said}." if said else f"{text}.", bold=True)
    row = _put(sheet, row, _by_class(book, simulation.teams, rows, 7, "Terlambat rata-rata (hari)"))
    said = "; ".join(f"{_lower(each)} {_mean(each.backlog)}" for each in others)
    text = f"Rata-rata {_mean(now.backlog)} permintaan menunggu kunjungannya"
    row = _sentence(book, sheet, row, f"{text}; {said}." if said else f"{text}.", bold=True)
    row = _put(sheet, row, _backlog(book, simulation, weekly))
    said = "; ".join(f"{_lower(each)} {_percent(each.all.on_time)}" for each in others)
    text = f"{_percent(now.all.on_time)} kunjungan tepat pada hari yang diminta"
    row = _sentence(book, sheet, row, f"{text}; {said}." if said else f"{text}.", bold=True)
    row = _put(sheet, row, _lateness(book, simulation.teams, rows))
    sheet.print_area(0, 0, row, _COLUMNS - 1)
    sheet.fit_to_pages(1, 1)


def _reading_page(
    book: Book, sheet: Worksheet, simulation: Simulation, rows: dict[str, int]
) -> None:
    row = _page(book, sheet, "Apa arti bacaan SOP yang lain", simulation)
    now, *others = simulation.readings
    for each in others:
        said = [
            f"{name} menunggu {_days(times.mean)} (sekarang {_days(before.mean)})"
            for (name, times), (_, before) in zip(each.classes, now.classes, strict=True)
            if name in list(CustomerClass)
        ]
        row = _sentence(book, sheet, row, f"{each.name}: {'; '.join(said)}.", bold=True)
    row = _put(sheet, row, _by_class(book, simulation.readings, rows, 3, "Tunggu rata-rata (hari)"))
    row = _put(sheet, row, _by_class(book, simulation.readings, rows, 7,
                                     "Terlambat rata-rata (hari)"))  # fmt: skip
    note = (
        "Pada halaman ini setiap pekan hanya kunjungan tujuh hari berikutnya yang tetap; sisanya "
        "disusun lagi. Bila semua kunjungan tetap sejak pekan pertamanya, urutan hanya berlaku di "
        "antara permintaan satu pekan, yang tidak pernah berselisih delapan hari atau lebih: "
        "kedua bacaan zona_antara lalu memberi jadwal yang sama."
    )
    row = _sentence(book, sheet, row, note, italic=True, font_color="#555555")
    sheet.print_area(0, 0, row, _COLUMNS - 1)
    sheet.fit_to_pages(1, 1)


def _lower(each: ScenarioFigures) -> str:
    name = each.name.partition(",")[0]
    return f"{name[0].lower()}{name[1:]}"


def _mean(backlog: Sequence[int]) -> str:
    return number(round(fmean(backlog)))


def _days(value: float) -> str:
    return f"{number(round(value, 1))} hari"


def _percent(share: float) -> str:
    return f"{round(100 * share)}%"


def _put(sheet: Worksheet, row: int, chart: Chart) -> int:
    sheet.insert_chart(row, 0, chart, {"object_position": 2})
    return row + _CHART_ROWS


# --- charts ----------------------------------------------------------------------------------


def _by_class(
    book: Book, shown: Sequence[ScenarioFigures], rows: dict[str, int], column: int, axis: str
) -> Chart:
    """Return columns of one figure: a group for each scenario, a bar for each class."""
    chart = book.workbook.add_chart({"type": "column"})
    for at, (each, colour) in enumerate(
        zip(CustomerClass, (INTERNAL_BAR, EXTERNAL_BAR), strict=True)
    ):
        cells = [f"Angka!${_letter(column)}${rows[one.name] + at + 1}" for one in shown]
        names = [f"Angka!$A${rows[one.name] + 1}" for one in shown]
        chart.add_series(
            {"name": each.value, "categories": f"=({','.join(names)})",
             "values": f"=({','.join(cells)})", "fill": {"color": colour},
             "categories_data": [one.name for one in shown],
             "values_data": [_figure(one, at, column) for one in shown],
             "data_labels": {"value": True, "num_format": "0.0"}, "gap": 80},
        )  # fmt: skip
    return _dressed(chart, axis)


def _figure(each: ScenarioFigures, at: int, column: int) -> float:
    _, times = each.classes[at]
    return {3: times.mean, 7: times.mean_late}[column]


def _backlog(book: Book, simulation: Simulation, weekly: int) -> Chart:
    chart = book.workbook.add_chart({"type": "line"})
    last = weekly + simulation.weeks
    for at, (_, colour) in enumerate(zip(simulation.teams, _LINES, strict=False), start=1):
        dash = ("solid", "dash", "round_dot")[at - 1]
        chart.add_series(
            {"name": ["Angka", weekly, at], "categories": ["Angka", weekly + 1, 0, last, 0],
             "values": ["Angka", weekly + 1, at, last, at],
             "line": {"color": colour, "width": 2.25, "dash_type": dash}},
        )  # fmt: skip
    chart.set_x_axis({"name": "Pekan", "interval_unit": 4})
    return _dressed(chart, "Menunggu")


def _lateness(book: Book, shown: Sequence[ScenarioFigures], rows: dict[str, int]) -> Chart:
    chart = book.workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for at, (name, colour) in enumerate(zip(_LATE_NAMES, _LATE, strict=True)):
        cells = [f"Angka!${_letter(9 + at)}${rows[one.name] + 3}" for one in shown]
        names = [f"Angka!$A${rows[one.name] + 1}" for one in shown]
        chart.add_series(
            {"name": name, "categories": f"=({','.join(names)})",
             "values": f"=({','.join(cells)})", "fill": {"color": colour}, "gap": 60,
             "categories_data": [one.name for one in shown],
             "values_data": [one.late_shares[at] for one in shown],
             "border": {"color": "#FFFFFF"}},
        )  # fmt: skip
    chart.set_y_axis({"reverse": True})
    return _dressed(chart, "Bagian kunjungan menurut keterlambatannya", horizontal=True)


def _dressed(chart: Chart, axis: str, *, horizontal: bool = False) -> Chart:
    grid = {"visible": True, "line": {"color": LINE}}
    if horizontal:
        chart.set_x_axis({"name": axis, "major_gridlines": grid, "num_format": "0%"})
    else:
        chart.set_y_axis({"name": axis, "min": 0, "major_gridlines": grid})
    chart.set_legend({"position": "bottom"})
    chart.set_size(_CHART)
    return chart


def _letter(column: int) -> str:
    return chr(65 + column)


# --- assumptions -----------------------------------------------------------------------------


def _assumptions(book: Book, simulation: Simulation) -> None:
    sheet = book.sheet("Anggapan", "Simulasi: Anggapan", landscape=False, tab=DARK)
    sheet.set_column(0, _COLUMNS - 1, _COLUMN_WIDTH)
    title = book.format(bold=True, font_size=16, font_color=DARK)
    sheet.write_string(0, 0, "Anggapan simulasi", title)
    sheet.set_row(0, 24)
    row = 2
    for text in simulation.assumptions:
        row = _sentence(book, sheet, row, f"• {text}")
    sheet.fit_to_pages(1, 0)
