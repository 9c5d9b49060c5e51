"""``simulasi-….xlsx``: what waiting times to expect, with charts that argue for or against."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from statistics import fmean

from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.explanation import week as sentences
from labkesmas_batch.model.institution import US, Issuer
from labkesmas_batch.model.requests import CustomerClass
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.simulation import sentences as simulation_sentences
from labkesmas_batch.simulation.types import ScenarioFigures, Simulation
from labkesmas_batch.text.indonesian import day_date, number
from labkesmas_batch.workbooks import simulation_charts as charts
from labkesmas_batch.xlsx.book import CLASS_LOOK, Look, WorkbookWriter
from labkesmas_batch.xlsx.palette import DARK, GREY_TEXT, ONE_PLACE, WARNING_TEXT
from labkesmas_batch.xlsx.text_size import line_count

_COLUMNS, _COLUMN_WIDTH = 9, 10.5
_TEXT_WIDTH = _COLUMNS * _COLUMN_WIDTH
_CHART_ROWS = 15


def write_simulation(path: Path, simulation: Simulation, issuer: Issuer = US) -> None:
    """Write the workbook: a page for the teams, one for the readings, figures, assumptions."""
    title = f"Simulasi {simulation.first_day}"
    book = WorkbookWriter(path, title, datetime.combine(simulation.first_day, time()), issuer)
    teams = book.sheet(SheetName.TEAMS, "Simulasi: Banyaknya Tim", landscape=False, tab=DARK)
    readings = book.sheet("Bacaan SOP", "Simulasi: Bacaan SOP", landscape=False, tab=DARK)
    figures = book.sheet("Angka", "Simulasi: Angka", tab=DARK)
    rows = _figures(book, figures, simulation)
    weekly = _weekly(book, figures, simulation, max(rows.values()) + 5)
    _team_page(book, teams, simulation, rows, weekly)
    _reading_page(book, readings, simulation, rows)
    _assumptions(book, simulation)
    book.close()


_HEADS = (
    "Skenario", "Golongan", "Kunjungan", "Tunggu rata-rata (hari)", "Tunggu median (hari)",
    "Sembilan dari sepuluh paling lama (hari)", "Terlama (hari)", "Terlambat rata-rata (hari)",
    "Tepat hari yang diminta", *(f"Terlambat: {name}" for name in charts.LATE_NAMES),
    "Lewat Batas Akhir", "Tidak dapat dilayani", "Menunggu pada akhir",
)  # fmt: skip


_COUNTS_AT = len(_HEADS) - 3


def _figures(book: WorkbookWriter, sheet: Worksheet, simulation: Simulation) -> dict[str, int]:
    """Write a row for each scenario and class; return the first row of each scenario."""
    sheet.set_column(0, 0, 38)
    sheet.set_column(1, len(_HEADS) - 1, 11)
    sheet.set_row(0, 68)
    for column, head in enumerate(_HEADS):
        sheet.write_string(0, column, head, book.header(align="center" if column else "left"))
    days, share = (
        book.body(Look.PLAIN, align="center", num_format=shown) for shown in (ONE_PLACE, "0%")
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
            if not times.visits:
                # A chart would draw a text as a bar of nothing.
                for column in range(3, 9):
                    sheet.write_blank(row, column, None, whole)
                continue
            for column, value in enumerate((times.mean, times.median), start=3):
                sheet.write_number(row, column, value, days)
            sheet.write_number(row, 5, times.ninth_decile, whole)
            sheet.write_number(row, 6, times.longest, whole)
            sheet.write_number(row, 7, times.mean_late, days)
            sheet.write_number(row, 8, times.on_time, share)
        for column, value in enumerate(each.late_shares if each.all.visits else (), start=9):
            sheet.write_number(row, column, value, share)
        for column, value in enumerate((each.missed, each.never, each.waiting), start=_COUNTS_AT):
            sheet.write_number(row, column, value, whole)
    sheet.freeze_panes(1, 2)
    sheet.fit_to_pages(1, 0)
    return rows


def _weekly(book: WorkbookWriter, sheet: Worksheet, simulation: Simulation, row: int) -> int:
    """Write the requests that wait, week by week, and return the row of the header."""
    sheet.write_string(
        row - 1,
        0,
        "Permintaan yang menunggu kunjungan, per pekan",
        book.format(bold=True, font_color=DARK),
    )
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


def _page(book: WorkbookWriter, sheet: Worksheet, title: str, simulation: Simulation) -> int:
    sheet.set_column(0, _COLUMNS - 1, _COLUMN_WIDTH)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, title, book.format(bold=True, font_size=16, font_color=DARK))
    said = (
        f"{simulation.weeks} pekan sejak {day_date(simulation.first_day)}; "
        f"{simulation_sentences.source(simulation)} "
        f"{sentences.reference_used(simulation.reference, simulation.packaged)}."
    )
    row = _sentence(book, sheet, 1, said, italic=True)
    if without := simulation_sentences.left_out(simulation.history):
        row = _sentence(book, sheet, row, without, italic=True)
    return row + 1


def _sentence(book: WorkbookWriter, sheet: Worksheet, row: int, text: str, **look: object) -> int:
    sheet.merge_range(row, 0, row, _COLUMNS - 1, text, book.format(text_wrap=True, **look))
    sheet.set_row(row, 13 * line_count(text, _TEXT_WIDTH) + 4)
    return row + 1


def _against(
    book: WorkbookWriter, sheet: Worksheet, row: int, text: str, others: Sequence[str]
) -> int:
    return _sentence(book, sheet, row, f"{'; '.join((text, *others))}.", bold=True)


def _team_page(
    book: WorkbookWriter,
    sheet: Worksheet,
    simulation: Simulation,
    rows: dict[str, int],
    weekly: int,
) -> None:
    row = _page(book, sheet, "Apa arti satu tim lebih atau kurang", simulation)
    for text in simulation_sentences.overload(simulation.teams):
        row = _sentence(book, sheet, row, text, bold=True, font_color=WARNING_TEXT)
    now, *others = simulation.teams
    text = "Tidak ada satu pun kunjungan, jadi tidak ada yang tepat dan tidak ada yang terlambat"
    if now.all.visits:
        text = f"Kunjungan terlambat rata-rata {_days(now.all.mean_late)} dari hari yang diminta"
    row = _against(book, sheet, row, text, [f"{_lower(each)} {_late(each)}" for each in others])
    row = _put(
        sheet, row, charts.by_class(book, simulation.teams, rows, 7, "Terlambat rata-rata (hari)")
    )
    text = f"Rata-rata {_mean(now.backlog)} permintaan menunggu kunjungannya"
    said = [f"{_lower(each)} {_mean(each.backlog)}" for each in others]
    row = _against(book, sheet, row, text, said)
    row = _put(sheet, row, charts.backlog(book, simulation, weekly))
    if now.all.visits:
        text = f"{_percent(now)} kunjungan tepat pada hari yang diminta"
        said = [f"{_lower(each)} {_percent(each)}" for each in others]
        row = _against(book, sheet, row, text, said)
    row = _put(sheet, row, charts.lateness(book, simulation.teams, rows))
    sheet.print_area(0, 0, row, _COLUMNS - 1)
    sheet.fit_to_pages(1, 1)


def _reading_page(
    book: WorkbookWriter, sheet: Worksheet, simulation: Simulation, rows: dict[str, int]
) -> None:
    row = _page(book, sheet, "Apa arti bacaan SOP yang lain", simulation)
    now, *others = simulation.readings
    for text in simulation_sentences.overload([now]):
        row = _sentence(book, sheet, row, text, bold=True, font_color=WARNING_TEXT)
    for each in others:
        said = [
            f"{name} menunggu {_days(times.mean)} (bacaan yang berlaku {_days(before.mean)})"
            for (name, times), (_, before) in zip(each.classes, now.classes, strict=True)
            if name in list(CustomerClass) and times.visits and before.visits
        ]
        text = "; ".join(said) or "tidak ada kunjungan"
        row = _sentence(book, sheet, row, f"{each.name}: {text}.", bold=True)
    row = _put(
        sheet, row, charts.by_class(book, simulation.readings, rows, 3, "Tunggu rata-rata (hari)")
    )
    row = _put(
        sheet,
        row,
        charts.by_class(book, simulation.readings, rows, 7, "Terlambat rata-rata (hari)"),
    )
    note = simulation_sentences.reading_note(simulation)
    row = _sentence(book, sheet, row, note, italic=True, font_color=GREY_TEXT)
    sheet.print_area(0, 0, row, _COLUMNS - 1)
    sheet.fit_to_pages(1, 1)


def _lower(each: ScenarioFigures) -> str:
    name = each.name.partition(",")[0]
    return f"{name[0].lower()}{name[1:]}"


def _mean(backlog: Sequence[int]) -> str:
    return number(round(fmean(backlog)))


def _days(value: float) -> str:
    return f"{number(round(value, 1))} hari"


def _late(each: ScenarioFigures) -> str:
    return _days(each.all.mean_late) if each.all.visits else "tidak ada kunjungan"


def _percent(each: ScenarioFigures) -> str:
    return f"{round(100 * each.all.on_time)}%" if each.all.visits else "tidak ada kunjungan"


def _put(sheet: Worksheet, row: int, chart: Chart) -> int:
    sheet.insert_chart(row, 0, chart, {"object_position": 2})
    return row + _CHART_ROWS


def _assumptions(book: WorkbookWriter, simulation: Simulation) -> None:
    sheet = book.sheet("Anggapan", "Simulasi: Anggapan", landscape=False, tab=DARK)
    sheet.set_column(0, _COLUMNS - 1, _COLUMN_WIDTH)
    title = book.format(bold=True, font_size=16, font_color=DARK)
    sheet.write_string(0, 0, "Anggapan simulasi", title)
    sheet.set_row(0, 24)
    row = 2
    for text in (*simulation.remarks, *simulation.assumptions):
        row = _sentence(book, sheet, row, f"• {text}")
    sheet.fit_to_pages(1, 0)
