"""The sheet Ringkasan: one printed page for management."""

from __future__ import annotations

from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from labkesmas_batch import sentences
from labkesmas_batch.model import CLASSES, Week
from labkesmas_batch.wording import day_date, short_date
from labkesmas_batch.workbook.styles import (
    DARK,
    DATE,
    EXTERNAL_BAR,
    FAULT,
    INTERNAL_BAR,
    LINE,
    SOP,
    Book,
    Look,
)

_WEEKS_SHOWN = 14
_TEAMS_SHOWN = 20
_COLUMNS = 10
# The charts' figures stand to the right of the printed page.
_DATA = 11
Area = tuple[int, int, int]
"""First row, last row and left column of a chart's figures."""


def write_summary(book: Book, week: Week, run: str) -> None:
    """Write the sheet Ringkasan."""
    sheet = book.sheet("Ringkasan", "Ringkasan Pengaturan Jadwal", landscape=False, tab=DARK)
    sheet.set_column(0, 0, 21)
    sheet.set_column(1, _COLUMNS - 1, 9.5)
    _title(book, sheet, week, run)
    _outcomes(book, sheet, week, 6)
    _waiting(book, sheet, week, 6)
    weeks, teams = _chart_data(book, sheet, week)
    if week.visits:
        _charts(book, sheet, weeks, teams)
    _attention(book, sheet, week, 35)
    _sign_off(book, sheet, week, 47)
    sheet.print_area(0, 0, 51, _COLUMNS - 1)
    sheet.fit_to_pages(1, 1)


def _title(book: Book, sheet: Worksheet, week: Week, run: str) -> None:
    sheet.set_row(0, 24)
    sheet.write_string(
        0, 0, "Ringkasan Pengaturan Jadwal", book.format(bold=True, font_size=16, font_color=DARK)
    )
    sheet.write_string(
        1, 0, f"Tanggal pengaturan jadwal: {day_date(week.run_date)}    Nomor: {run}", book.format()
    )
    sheet.write_string(2, 0, SOP, book.format(font_color="#555555", font_size=9))
    sheet.set_row(3, 30)
    sheet.merge_range(
        3, 0, 3, _COLUMNS - 1, sentences.week(week),
        book.format(bold=True, text_wrap=True, valign="vcenter", font_size=11),
    )  # fmt: skip


def _heading(book: Book, sheet: Worksheet, row: int, column: int, text: str) -> None:
    sheet.write_string(row, column, text, book.format(bold=True, font_size=11, font_color=DARK))


def _outcomes(book: Book, sheet: Worksheet, week: Week, row: int) -> None:
    _heading(book, sheet, row - 1, 0, "Jumlah permintaan")
    for column, text in enumerate(("Hasil", *CLASSES, "Jumlah")):
        sheet.write_string(row, column, str(text), book.header(align="center", font_size=9))
    sheet.set_row(row, 26)
    totals = [0, 0, 0]
    for name, by_class in week.summary.outcomes.items():
        row += 1
        sheet.write_string(row, 0, name, book.body(Look.PLAIN))
        for at, count in enumerate((*by_class, sum(by_class))):
            sheet.write_number(row, at + 1, count, book.body(Look.PLAIN, align="center"))
        totals = [total + count for total, count in zip(totals, by_class, strict=True)]
    row += 1
    sheet.write_string(row, 0, "Baris yang dibaca", book.body(Look.BOLD))
    for at, count in enumerate((*totals, sum(totals))):
        sheet.write_number(row, at + 1, count, book.body(Look.BOLD, align="center"))


def _waiting(book: Book, sheet: Worksheet, week: Week, row: int) -> None:
    _heading(book, sheet, row - 1, 6, "Waktu tunggu (hari kalender)")
    for column, text in enumerate(("Golongan", "Kunjungan", "Median", "Terlama"), start=6):
        sheet.write_string(row, column, text, book.header(align="center", font_size=9))
    for waiting in week.summary.waiting:
        row += 1
        cells = (waiting.visits, waiting.median, waiting.longest)
        sheet.write_string(row, 6, waiting.customer_class, book.body(Look.PLAIN))
        for column, value in enumerate(cells, start=7):
            sheet.write_number(row, column, value, book.body(Look.PLAIN, align="center"))
    note = "Dari Tanggal Permintaan sampai Tanggal Mulai, permintaan yang mendapat hari."
    sheet.merge_range(
        row + 1, 6, row + 2, 9, note,
        book.format(font_size=8, italic=True, text_wrap=True, font_color="#555555"),
    )  # fmt: skip


def _chart_data(book: Book, sheet: Worksheet, week: Week) -> tuple[Area, Area]:
    """Write the charts' figures beside the page; return where weeks and teams stand."""
    weeks = [
        (short_date(monday), internal, external)
        for monday, internal, external in week.summary.weeks[:_WEEKS_SHOWN]
    ]
    teams = list(week.summary.teams[:_TEAMS_SHOWN])
    titles = ("Pekan mulai Senin", "Internal", "Eksternal"), ("Tim", "Kunjungan", "Contoh Uji")
    areas = []
    for left, header, rows in ((_DATA, titles[0], weeks), (_DATA + 4, titles[1], teams)):
        sheet.set_column(left, left, 18)
        for column, text in enumerate(header, start=left):
            sheet.write_string(1, column, text, book.header(align="center", font_size=9))
        for at, (label, *figures) in enumerate(rows, start=2):
            sheet.write_string(at, left, str(label), book.body(Look.PLAIN))
            for column, figure in enumerate(figures, start=left + 1):
                sheet.write_number(at, column, figure, book.body(Look.PLAIN, align="center"))
        areas.append((2, 1 + len(rows), left))
    _heading(book, sheet, 0, _DATA, "Data grafik")
    return areas[0], areas[1]


def _charts(book: Book, sheet: Worksheet, weeks: Area, teams: Area) -> None:
    bars = ((1, "Internal", INTERNAL_BAR), (2, "Eksternal", EXTERNAL_BAR))
    by_week = _chart(book, "Kunjungan per pekan", "Pekan mulai Senin", "stacked", weeks, bars, 425)
    by_week.set_legend({"position": "top"})
    sheet.insert_chart(16, 0, by_week, {"description": "Kunjungan per pekan menurut golongan"})
    by_team = _chart(
        book, "Kunjungan per tim", "Tim", "clustered", teams, ((1, "Kunjungan", DARK),), 345
    )
    by_team.set_legend({"none": True})
    sheet.insert_chart(
        16, 5, by_team, {"x_offset": 8, "description": "Kunjungan per tim sepanjang rencana"}
    )


def _chart(
    book: Book,
    title: str,
    axis: str,
    subtype: str,
    area: Area,
    bars: tuple[tuple[int, str, str], ...],
    width: int,
) -> Chart:
    """Return a column chart with labelled axes and values."""
    first, last, left = area
    kind = {"type": "column", "subtype": subtype} if subtype == "stacked" else {"type": "column"}
    chart = book.workbook.add_chart(kind)
    label = {"value": True, "num_format": "0;;", "font": {"size": 8, "color": "#FFFFFF"},
             "position": "center"}  # fmt: skip
    for offset, name, colour in bars:
        chart.add_series(
            {
                "name": name,
                "categories": ["Ringkasan", first, left, last, left],
                "values": ["Ringkasan", first, left + offset, last, left + offset],
                "fill": {"color": colour},
                "gap": 60,
                "data_labels": label,
            }
        )
    chart.set_title({"name": title, "name_font": {"size": 11}})
    chart.set_x_axis({"name": axis, "name_font": {"size": 9}, "num_font": {"size": 8}})
    chart.set_y_axis(
        {"name": "Kunjungan", "name_font": {"size": 9}, "num_format": "0", "min": 0,
         "major_gridlines": {"visible": True, "line": {"color": LINE}}}
    )  # fmt: skip
    chart.set_size({"width": width, "height": 320})
    return chart


def _attention(book: Book, sheet: Worksheet, week: Week, row: int) -> None:
    _heading(book, sheet, row - 1, 0, "Perlu keputusan atau tindak lanjut")
    plain = {"text_wrap": True, "valign": "vcenter"}
    # A failed test of the order comes first, and nobody may overlook it.
    alarm = not all(holds for _, holds in week.tests)
    for at, text in enumerate(list(sentences.needs(week))[:10]):
        loud = {"bold": True, "bg_color": FAULT} if alarm and not at else {}
        looks = book.format(**(plain | loud))
        sheet.merge_range(row, 0, row, _COLUMNS - 1, f"•  {text}", looks)
        sheet.set_row(row, 15 if len(text) < 105 else 28)
        row += 1


def _sign_off(book: Book, sheet: Worksheet, week: Week, row: int) -> None:
    _heading(book, sheet, row - 1, 0, "Persetujuan")
    signed = week.approved
    said = (signed.by, short_date(signed.on), "") if signed else ("", "", "")
    look = Look.PLAIN if signed else Look.INPUT
    for offset, label in enumerate(("Disetujui oleh", "Tanggal", "Tanda tangan")):
        sheet.write_string(row + offset, 0, label, book.body(Look.BOLD, valign="vcenter"))
        dated = {"num_format": DATE, "align": "left"} if label == "Tanggal" else {}
        framed = book.body(look, **dated)
        sheet.merge_range(row + offset, 1, row + offset, 4, said[offset], framed)
        sheet.set_row(row + offset, 40 if label == "Tanda tangan" else 20)
