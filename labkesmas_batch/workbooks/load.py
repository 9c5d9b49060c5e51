"""The sheet Beban Tim: teams, laboratory and equipment against their capacity, week by week."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.allocation.conditions import is_calibrated, is_present, is_workday
from labkesmas_batch.explanation import days as day_sentences
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.model.week import Load, LoadGroup, Week, WeekLoad
from labkesmas_batch.text.indonesian import DAYS, brief_span
from labkesmas_batch.xlsx.book import Look, WorkbookWriter
from labkesmas_batch.xlsx.paging import paginate, scale_for_width
from labkesmas_batch.xlsx.palette import DARK, GREY_TEXT, SHADE
from labkesmas_batch.xlsx.text_size import line_count

_NAME_WIDTH, _DAY_WIDTH = 27.0, 9.0
_DAYS_AT, _SUM_AT, _SHARE_AT = 3, 10, 11
_LAST = _SHARE_AT
_WIDTHS = (_NAME_WIDTH, 12.0, 10.0, *(_DAY_WIDTH,) * 7, 9.0, 10.0)
_BINDING_WIDTH = sum(_WIDTHS)
# From idle to full; the steps differ in grey print, too.
_IDLE, _HALF, _FULL = "#FFFFFF", "#FCE3BF", "#E8893A"
_ROW, _HEAD = 15.0, 27.0


def write_loads(book: WorkbookWriter, week: Week) -> None:
    """Write the sheet Beban Tim: an overview, then a block for each week."""
    sheet = book.sheet(SheetName.LOAD, "Beban Tim, Laboratorium dan Peralatan", tab=DARK)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    if not week.loads:
        sheet.write_string(0, 0, "Belum ada kunjungan.", book.format(italic=True))
        return
    row, height = _overview(book, sheet, week.loads)
    starts, heights = [0], [height]
    for load in week.loads:
        if not any(any(each.used) for each in load.loads):
            continue  # its line in the overview says why nobody goes
        starts.append(row)
        row, height = _block(book, sheet, load, week, row)
        heights.append(height)
    scale, pages, _ = paginate(heights, scale_for_width(_WIDTHS))
    sheet.set_print_scale(scale)
    sheet.set_h_pagebreaks([starts[place] for place in pages])
    sheet.print_area(0, 0, max(row - 2, 1), _LAST)


def _overview(
    book: WorkbookWriter, sheet: Worksheet, weeks: tuple[WeekLoad, ...]
) -> tuple[int, float]:
    """Write a line for each week: visits, share of the teams' visits, what bound most.

    Returns the row below, and its height.
    """
    height = _HEAD + _HEAD + _ROW
    legend = (
        "Angka: beban sehari. Warna: putih kosong, jingga penuh. Kapasitas menurut acuan; "
        "yang kosong tanpa batas. Perjalanan yang bermalam dihitung pada tiap harinya, jadi jumlah "
        "sepekan dapat melebihi banyaknya kunjungan."
    )
    look = book.format(italic=True, font_color=GREY_TEXT, text_wrap=True)
    sheet.merge_range(0, 0, 0, _LAST, legend, look)
    sheet.set_row(0, _HEAD)
    for column, text in enumerate(("Pekan", "Kunjungan mulai", "Terpakai tim")):
        sheet.write_string(1, column, text, book.header(align="center"))
    sheet.merge_range(1, _DAYS_AT, 1, _LAST, "Yang paling menghambat", book.header())
    sheet.set_row(1, 27)
    centred = book.body(Look.PLAIN, align="center")
    for row, week in enumerate(weeks, start=2):
        sheet.write_string(row, 0, _title(week.monday), book.body(Look.BOLD))
        sheet.write_number(row, 1, week.visits, centred)
        _write_share(book, sheet, row, 2, week.team_share)
        said = day_sentences.binding(week.bindings[:1])
        sheet.merge_range(row, _DAYS_AT, row, _LAST, said, book.body(Look.PLAIN))
        wide = _BINDING_WIDTH - _NAME_WIDTH - 22
        tall = 12.75 * line_count(said, wide) + 3
        sheet.set_row(row, tall)
        height += tall
    _bars(sheet, 2, 2, len(weeks) + 1)
    return len(weeks) + 3, height


def _title(monday: date) -> str:
    sunday = monday + timedelta(days=6)
    return f"Pekan {brief_span(monday, sunday)} {sunday.year}"


def _block(
    book: WorkbookWriter, sheet: Worksheet, load: WeekLoad, week: Week, row: int
) -> tuple[int, float]:
    """Write one week's load and return the row below it, and its height."""
    title = book.format(bold=True, font_size=12, font_color=DARK)
    sheet.write_string(row, 0, _title(load.monday), title)
    row += 1
    days = [load.monday + timedelta(days=step) for step in range(7)]
    heads = ("Tim, laboratorium, alat", "Ukuran", "Kapasitas sehari")
    for column, text in enumerate((*heads, *map(_day_head, days), "Jumlah", "Terpakai")):
        sheet.write_string(row, column, text, book.header(align="center" if column else "left"))
    sheet.set_row(row, 27)
    first = row + 1
    for row, each in enumerate(load.loads, start=first):
        _write_load(book, sheet, row, each, days, week)
    _bars(sheet, _SHARE_AT, first, row)
    said = f"Yang menghambat pekan ini: {day_sentences.binding(load.bindings)}"
    sheet.merge_range(row + 1, 0, row + 1, _LAST, said, book.body(Look.ATTENTION))
    tall = 12.75 * line_count(said, _BINDING_WIDTH) + 3
    sheet.set_row(row + 1, tall)
    return row + 3, 2 * _ROW + _HEAD + _ROW * len(load.loads) + tall


def _day_head(day: date) -> str:
    return f"{DAYS[day.weekday()]}\n{brief_span(day, day)}"


def _write_load(
    book: WorkbookWriter,
    sheet: Worksheet,
    row: int,
    load: Load,
    days: list[date],
    week: Week,
) -> None:
    named = load.measure != "contoh uji" or load.group is LoadGroup.LABORATORY
    label = load.name if load.group != "Laboratorium" else f"Lab: {load.name}"
    plain, centred = book.body(Look.PLAIN), book.body(Look.PLAIN, align="center")
    sheet.write_string(row, 0, label if named else "", book.body(Look.BOLD))
    sheet.write_string(row, 1, load.measure, plain)
    limits = [limit for limit in load.capacity if limit]
    most = max(limits, default=0)
    if None in load.capacity:
        sheet.write_string(row, 2, "tanpa batas", centred)
    else:
        sheet.write_number(row, 2, most, centred)
    for column, (day, used, limit) in enumerate(
        zip(days, load.used, load.capacity, strict=True), start=_DAYS_AT
    ):
        if limit == 0 and not used:
            shaded = book.body(Look.PLAIN, align="center", bg_color=SHADE, font_size=8)
            sheet.write_string(row, column, _why_shut(load, day, week), shaded)
            continue
        sheet.write_number(row, column, used, centred)
    _scale(sheet, row, load)
    sheet.write_number(row, _SUM_AT, sum(load.used), centred)
    _write_share(book, sheet, row, _SHARE_AT, load.share)


def _why_shut(load: Load, day: date, week: Week) -> str:
    reference = week.reference
    if day < week.run_date:
        return "lewat"
    if day in reference.holidays:
        return "libur"
    if not is_workday(day, reference.policy.workdays, ()):
        return ""
    if load.group is LoadGroup.TEAM and not is_present(reference, load.name, day):
        return "cuti"
    if load.group is LoadGroup.EQUIPMENT and not all(
        is_calibrated(each, day) for each in reference.equipment if each.name == load.name
    ):
        return "kalibrasi"
    return "tutup"


def _write_share(
    book: WorkbookWriter, sheet: Worksheet, row: int, column: int, share: float | None
) -> None:
    if share is None:
        sheet.write_string(row, column, "–", book.body(Look.PLAIN, align="center"))
    else:
        percent = book.body(Look.PLAIN, align="center", num_format="0%")
        sheet.write_number(row, column, share, percent)


def _scale(sheet: Worksheet, row: int, load: Load) -> None:
    """Colour days from idle to full, one rule for days in a row with one capacity."""
    column = _DAYS_AT
    for limit, days in groupby(load.capacity):
        last = column + len(list(days)) - 1
        if limit:
            sheet.conditional_format(
                row,
                column,
                row,
                last,
                {
                    "type": "3_color_scale",
                    "min_type": "num",
                    "min_value": 0,
                    "min_color": _IDLE,
                    "mid_type": "num",
                    "mid_value": limit / 2,
                    "mid_color": _HALF,
                    "max_type": "num",
                    "max_value": limit,
                    "max_color": _FULL,
                },
            )
        column = last + 1


def _bars(sheet: Worksheet, column: int, first: int, last: int) -> None:
    sheet.conditional_format(
        first,
        column,
        last,
        column,
        {
            "type": "data_bar",
            "bar_color": "#9DB7D5",
            "bar_solid": True,
            "min_type": "num",
            "min_value": 0,
            "max_type": "num",
            "max_value": 1,
        },
    )
