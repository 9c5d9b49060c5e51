"""The week beside the approved schedules before it: a sentence and a table on Ringkasan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.model.requests import CustomerClass
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.model.week import Week
from labkesmas_batch.text.indonesian import number
from labkesmas_batch.xlsx.book import Look, WorkbookWriter
from labkesmas_batch.xlsx.palette import DATE

_HEADS = (
    SheetName.SCHEDULE,
    "Baru",
    "Mendapat hari",
    SheetName.WAITING,
    "Tunggu Internal",
    "Tunggu Eksternal",
)


def against_earlier(decided: Week) -> str:
    """Say how this week compares with the approved schedules before it."""
    if not decided.trend:
        return "Belum ada jadwal yang disahkan sebelum ini, jadi belum ada pembandingnya."
    before = f"rata-rata {len(decided.trend)} jadwal sebelumnya"
    if len(decided.trend) == 1:
        before = "jadwal sebelumnya"
    rows = decided.summary.counts["baru"]
    earlier = [week.counts["baru"] for week in decided.trend]
    said = [
        f"{number(rows)} permintaan baru, {_compared(rows, earlier)} {before} "
        f"({number(_mean(earlier))})"
    ]
    for waiting in decided.summary.waiting:
        days = [
            week.waiting[waiting.customer_class]
            for week in decided.trend
            if waiting.customer_class in week.waiting
        ]
        if days:
            said.append(
                f"median tunggu {waiting.customer_class} {number(waiting.median)} hari, "
                f"{_compared(waiting.median, days)} sebelumnya ({number(_mean(days))})"
            )
    return f"{'; '.join(said)}."


def _compared(now: float, earlier: Sequence[float]) -> str:
    mean = _mean(earlier)
    if now == mean:
        return "sama dengan"
    return "di atas" if now > mean else "di bawah"


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 1)


def write_trend(book: WorkbookWriter, sheet: Worksheet, week: Week, row: int, column: int) -> int:
    """Write a line for each approved schedule and one for this; return the row below."""
    for at, text in enumerate(_HEADS, start=column):
        sheet.write_string(row, at, text, book.header(align="center", font_size=8))
    for each in week.trend:
        row += 1
        _line(book, sheet, row, column, Look.PLAIN, each.run_date, each.counts, each.waiting)
    waiting = {each.customer_class: each.median for each in week.summary.waiting}
    row += 1
    _line(book, sheet, row, column, Look.BOLD, week.run_date, week.summary.counts, waiting)
    return row + 1


def _line(
    book: WorkbookWriter,
    sheet: Worksheet,
    row: int,
    column: int,
    look: Look,
    day: date,
    counts: Mapping[str, int],
    waiting: Mapping[str, float],
) -> None:
    centred = book.body(look, align="center", font_size=9)
    dated = book.body(look, align="center", font_size=9, num_format=DATE)
    sheet.write_datetime(row, column, datetime(day.year, day.month, day.day), dated)
    with_day = counts["terjadwal"] + counts["digeser"]
    for at, count in enumerate((counts["baru"], with_day, counts["antrean"]), start=column + 1):
        sheet.write_number(row, at, count, centred)
    for at, name in enumerate(CustomerClass, start=column + 4):
        median = waiting.get(name)
        if median is None:
            sheet.write_string(row, at, "–", centred)
        else:
            sheet.write_number(row, at, median, centred)
