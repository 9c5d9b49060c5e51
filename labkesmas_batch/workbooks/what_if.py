"""``andaikan-….xlsx``: the week as it is beside the week with the supposed changes."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.explanation import week as sentences
from labkesmas_batch.model.outcome import OF_A_RUN
from labkesmas_batch.model.requests import CustomerClass
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.model.week import Summary, Week
from labkesmas_batch.text.indonesian import day_date
from labkesmas_batch.what_if import sentences as what_if_sentences
from labkesmas_batch.what_if.types import Compared, Comparison
from labkesmas_batch.xlsx.book import CLASS_LOOK, Look, WorkbookWriter
from labkesmas_batch.xlsx.palette import (
    DARK,
    EXTERNAL_BAR,
    FONT,
    GREY_TEXT,
    INTERNAL_BAR,
    LINE,
    ONE_PLACE,
    SIGNED,
)
from labkesmas_batch.xlsx.table import Field, write_table
from labkesmas_batch.xlsx.text_size import line_count

_WIDTHS = (26, 14, 14, 14, 22)
_TEXT_WIDTH = sum(_WIDTHS)
_CHANGED_BAR = EXTERNAL_BAR


def write_comparison(path: Path, comparison: Comparison, week: Week) -> None:
    """Write the workbook: one page of figures, then every request in both plans."""
    title = f"Pengandaian {week.run_date}"
    book = WorkbookWriter(path, title, datetime.combine(week.run_date, time()), week.issuer)
    _figures(book, comparison, week)
    _requests(book, comparison)
    book.close()


def _figures(book: WorkbookWriter, comparison: Comparison, week: Week) -> None:
    sheet = book.sheet("Pengandaian", "Pengandaian Jadwal", landscape=False, tab=DARK)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    big = book.format(bold=True, font_size=16, font_color=DARK)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, "Pengandaian Jadwal", big)
    used = sentences.reference_used(week.facts.reference_source.name, week.facts.packaged)
    said = f"Tanggal pengaturan jadwal: {day_date(week.run_date)}. {used}."
    sheet.write_string(1, 0, said, book.format())
    note = "Hanya pengandaian: jadwal dan register tidak berubah."
    sheet.write_string(2, 0, note, book.format(italic=True, font_color=GREY_TEXT))
    row = _lines(book, sheet, 4, "Yang diandaikan", [each.said for each in comparison.changes])
    effects = [
        each
        for each in (what_if_sentences.effects(comparison), what_if_sentences.blocked(comparison))
        if each
    ]
    row = _lines(book, sheet, row, "Akibatnya", effects)
    if remarks := [
        each
        for each in (what_if_sentences.without(week.facts.on_hold), *week.facts.remarks)
        if each
    ]:
        row = _lines(book, sheet, row, "Perlu diketahui", remarks)
    row = _outcomes(book, sheet, row, comparison)
    first = _waiting(book, sheet, row, comparison)
    _chart(book, sheet, first, first + 5)
    sheet.fit_to_pages(1, 1)


def _lines(book: WorkbookWriter, sheet: Worksheet, row: int, head: str, lines: list[str]) -> int:
    sheet.write_string(row, 0, head, book.format(bold=True, font_color=DARK))
    for line in lines:
        row += 1
        sheet.merge_range(
            row, 0, row, len(_WIDTHS) - 1, line, book.format(text_wrap=True, valign="vcenter")
        )
        sheet.set_row(row, 13 * line_count(line, _TEXT_WIDTH) + 4)
    return row + 2


def _outcomes(book: WorkbookWriter, sheet: Worksheet, row: int, comparison: Comparison) -> int:
    for column, text in enumerate(("Menjadi", "Jadwal ini", "Diandaikan", "Selisih")):
        sheet.write_string(row, column, text, book.header(align="center" if column else "left"))
    number = book.body(Look.PLAIN, align="center")
    signed = book.body(Look.BOLD, align="center", num_format="+0;-0;0")
    for name in OF_A_RUN:
        row += 1
        before, after = (sum(plan.outcomes[name]) for plan in (comparison.before, comparison.after))
        sheet.write_string(row, 0, name, book.body(Look.PLAIN))
        sheet.write_number(row, 1, before, number)
        sheet.write_number(row, 2, after, number)
        sheet.write_number(row, 3, after - before, signed)
    return row + 2


def _median(plan: Summary, customer_class: str) -> float | None:
    return next((w.median for w in plan.waiting if w.customer_class == customer_class), None)


def _waiting(book: WorkbookWriter, sheet: Worksheet, row: int, comparison: Comparison) -> int:
    """Write the waiting times and return the row of the header."""
    sheet.set_row(row, 40)
    for column, text in enumerate(
        ("Waktu tunggu, median hari sejak permintaan", "Jadwal ini", "Diandaikan", "Selisih")
    ):
        sheet.write_string(row, column, text, book.header(align="center" if column else "left"))
    number = book.body(Look.PLAIN, align="center", num_format=ONE_PLACE)
    signed = book.body(Look.BOLD, align="center", num_format=SIGNED)
    for at, each in enumerate(CustomerClass, start=row + 1):
        before, after = (_median(plan, each) for plan in (comparison.before, comparison.after))
        sheet.write_string(at, 0, each.value, book.body(CLASS_LOOK[each]))
        for column, value in ((1, before), (2, after)):
            if value is None:
                sheet.write_blank(at, column, None, number)
            else:
                sheet.write_number(at, column, value, number)
        if before is not None and after is not None:
            sheet.write_number(at, 3, after - before, signed)
    return row


def _chart(book: WorkbookWriter, sheet: Worksheet, data: int, row: int) -> None:
    chart = book.workbook.add_chart({"type": "column"})
    for column, colour in ((1, INTERNAL_BAR), (2, _CHANGED_BAR)):
        chart.add_series(
            {
                "name": [sheet.name, data, column],
                "categories": [sheet.name, data + 1, 0, data + 2, 0],
                "values": [sheet.name, data + 1, column, data + 2, column],
                "fill": {"color": colour},
                "data_labels": {
                    "value": True,
                    "num_format": ONE_PLACE,
                    "font": {"name": FONT, "size": 9},
                },
            },
        )
    font = {"name": FONT, "size": 9}
    title = {"name": FONT, "size": 11, "color": DARK}
    chart.set_title({"name": "Waktu tunggu menurut golongan", "name_font": title})
    chart.set_x_axis({"name": "Golongan customer", "name_font": font, "num_font": font})
    chart.set_y_axis(
        {
            "name": "Median hari",
            "min": 0,
            "name_font": font,
            "num_font": font,
            "major_gridlines": {"visible": True, "line": {"color": LINE}},
        },
    )
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_size({"width": 640, "height": 260})
    sheet.insert_chart(row, 0, chart)


def _requests(book: WorkbookWriter, comparison: Comparison) -> None:
    """Write the requests, those that change first."""

    def look(each: Compared) -> Look:
        return Look.PLAIN if what_if_sentences.effect(each) == "tetap" else Look.ATTENTION

    fields = (
        Field(Header.NUMBER, 15, lambda c: c.request.number, lambda _: Look.BOLD),
        Field(Header.CUSTOMER, 28, lambda c: c.request.customer),
        Field(Header.CUSTOMER_CLASS, 11, lambda c: c.request.customer_class.value,
              lambda c: CLASS_LOOK[c.request.customer_class], True),
        Field(Header.SAMPLE_TYPE, 18, lambda c: c.request.sample_type),
        Field(Header.REGION, 16, lambda c: c.request.region),
        Field("Status Sekarang", 13, lambda c: c.before.outcome if c.before else ""),
        Field("Tanggal Sekarang", 13, lambda c: c.before.first if c.before else None),
        Field("Tim Sekarang", 11, lambda c: c.before.team if c.before else "", centred=True),
        Field("Status Diandaikan", 13, lambda c: c.after.outcome if c.after else ""),
        Field("Tanggal Diandaikan", 13, lambda c: c.after.first if c.after else None),
        Field("Tim Diandaikan", 11, lambda c: c.after.team if c.after else "", centred=True),
        Field("Selisih Hari", 9, lambda c: c.days, centred=True),
        Field("Akibat", 32, what_if_sentences.effect, look),
    )  # fmt: skip
    sheet = book.sheet(SheetName.REQUESTS, "Permintaan dalam Kedua Jadwal", tab=DARK)
    rows = sorted(comparison.requests, key=lambda each: what_if_sentences.effect(each) == "tetap")
    write_table(book, sheet, fields, rows, frozen=1, when_empty="Tidak ada permintaan.")
    sheet.fit_to_pages(1, 0)
