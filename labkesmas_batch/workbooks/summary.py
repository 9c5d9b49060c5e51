"""The sheet Ringkasan: one printed page for management."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.explanation import week as sentences
from labkesmas_batch.model.decisions import ASIDE_AS
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.model.week import CLASSES, Week
from labkesmas_batch.text.indonesian import day_date, number, short_date
from labkesmas_batch.workbooks.links import SheetLinks
from labkesmas_batch.workbooks.summary_charts import write_charts
from labkesmas_batch.workbooks.trend import against_earlier, write_trend
from labkesmas_batch.xlsx.book import Look, WorkbookWriter
from labkesmas_batch.xlsx.palette import (
    ATTENTION,
    DARK,
    DATE,
    FAULT,
    GREY_TEXT,
    LINK,
    SHADE,
    TAB_MAIN,
    WHOLE,
)
from labkesmas_batch.xlsx.text_size import line_count

_WIDTHS = (20.0, *(8.5,) * 4, 1.5, 12.0, *(8.5,) * 5)
_LAST = len(_WIDTHS) - 1
# Where the right half of the page begins; a chart takes so many rows of this height.
_RIGHT, _CHART_ROWS = 6, 11
# A need's sentence, and the requests that are named beside it.
_TEXT_TO, _MOST_NAMED = 7, 4
_TEXT_WIDTH = sum(_WIDTHS[: _TEXT_TO + 1])
_MOST_NEEDS = 10


def write_summary(book: WorkbookWriter, week: Week, run: str, places: SheetLinks) -> None:
    """Write the sheet Ringkasan."""
    sheet = book.sheet(
        SheetName.SUMMARY, "Ringkasan Pengaturan Jadwal", landscape=False, tab=TAB_MAIN
    )
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    _title(book, sheet, week, run)
    _tiles(book, sheet, week, 5)
    below = max(_outcomes(book, sheet, week, 8), _earlier(book, sheet, week, 8))
    write_charts(book, sheet, week, below + 1, _CHART_ROWS)
    row = below + 1 + (2 * _CHART_ROWS if week.ahead else 0)
    row = _attention(book, sheet, week, places, row + 1)
    row = _sign_off(book, sheet, week, row + 1)
    sheet.print_area(0, 0, row, _LAST)
    sheet.fit_to_pages(1, 1)
    sheet.activate()


def _title(book: WorkbookWriter, sheet: Worksheet, week: Week, run: str) -> None:
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, "Ringkasan Pengaturan Jadwal", book.heading(16))
    said = f"Tanggal pengaturan jadwal: {day_date(week.run_date)}    Nomor: {run}"
    sheet.write_string(1, 0, said, book.format())
    sheet.write_string(2, 0, book.issuer.sop, book.format(font_color=GREY_TEXT, font_size=9))
    look = book.format(bold=True, text_wrap=True, valign="vcenter", font_size=11)
    text = sentences.week(week)
    sheet.merge_range(3, 0, 3, _LAST, text, look)
    sheet.set_row(3, 15.0 * line_count(text, sum(_WIDTHS) * 0.85) + 3)
    sheet.set_row(4, 6)


def _tiles(book: WorkbookWriter, sheet: Worksheet, week: Week, row: int) -> None:
    """Write the key figures; those after the first add up to it."""
    sheet.set_row(row, 27)
    sheet.set_row(row + 1, 15)
    sheet.set_row(row + 2, 8)
    places = ((0, 0), (1, 2), (3, 4), (_RIGHT, 7), (8, 9), (10, 11))
    for (first, last), (value, label, target, waits) in zip(
        places, _key_figures(week), strict=True
    ):
        shade = {"bg_color": ATTENTION if waits else SHADE, "align": "center", "valign": "vcenter"}
        big = book.format(bold=True, font_size=18, font_color=DARK, num_format=WHOLE, **shade)
        small = book.format(
            font_size=9, **shade, **({"font_color": LINK, "underline": 1} if target else {})
        )
        for at, look in ((row, big), (row + 1, small)):
            if last > first:
                sheet.merge_range(at, first, at, last, "", look)
        if isinstance(value, str):
            sheet.write_string(row, first, value, big)
        else:
            sheet.write_number(row, first, value, big)
        sheet.write_string(row + 1, first, label, small)
        if target:
            sheet.write_url(row + 1, first, f"internal:{target}", small, label)


def _key_figures(week: Week) -> Iterator[tuple[int | str, str, str, bool]]:
    """Yield value, label, where it leads, and whether it waits for somebody."""
    counts = week.summary.counts
    yield week.summary.open, "permintaan", "", False
    yield week.summary.dated, "= mendapat hari", "Jadwal!A2", False
    for key, sheet in (
        ("dikembalikan", SheetName.RETURNED),
        ("antrean", SheetName.WAITING),
        ("ditahan", SheetName.FINDINGS),
    ):
        yield counts[key], f"+ {key}", f"{sheet}!A2", bool(counts[key])
    ends = (week.summary.outcomes.get(name, ()) for name in ASIDE_AS.values())
    aside = sum(map(sum, ends))
    if aside:
        yield aside, "+ ditunda atau batal", f"'{sentences.SET_ASIDE}'!A2", False
    else:
        yield counts["digeser"], "digeser dari usulan", "Jadwal!A2", False


def _heading(book: WorkbookWriter, sheet: Worksheet, row: int, column: int, text: str) -> None:
    sheet.write_string(row, column, text, book.heading())


def _outcomes(book: WorkbookWriter, sheet: Worksheet, week: Week, row: int) -> int:
    """Write what became of the rows, by class; return the row below."""
    _heading(book, sheet, row, 0, "Jumlah permintaan")
    row += 1
    for column, text in enumerate((Header.RESULT, *CLASSES, "Jumlah")):
        sheet.write_string(row, column, str(text), book.header(align="center", font_size=8))
    sheet.set_row(row, 26)
    totals = [0, 0, 0]
    for name, by_class in week.summary.outcomes.items():
        row += 1
        _count_line(book, sheet, row, name, by_class, Look.PLAIN)
        totals = [total + count for total, count in zip(totals, by_class, strict=True)]
    said = sentences.rows(week)
    label = "Jumlah" if said else "Baris yang dibaca"
    _count_line(book, sheet, row + 1, label, (totals[0], totals[1], totals[2]), Look.BOLD)
    if not said:
        return row + 2
    look = book.format(font_size=8, italic=True, text_wrap=True, font_color=GREY_TEXT)
    sheet.merge_range(row + 2, 0, row + 3, len(CLASSES) + 1, said, look)
    return row + 4


def _count_line(
    book: WorkbookWriter,
    sheet: Worksheet,
    row: int,
    name: str,
    by_class: tuple[int, int, int],
    look: Look,
) -> None:
    sheet.write_string(row, 0, name, book.body(look))
    for at, count in enumerate((*by_class, sum(by_class)), start=1):
        sheet.write_number(row, at, count, book.body(look, align="center", num_format=WHOLE))


def _earlier(book: WorkbookWriter, sheet: Worksheet, week: Week, row: int) -> int:
    """Write the schedules before this one beside it; return the row below."""
    _heading(book, sheet, row, _RIGHT, "Dibanding jadwal sebelumnya")
    row = write_trend(book, sheet, week, row + 1, _RIGHT)
    look = book.format(font_size=8, italic=True, text_wrap=True, font_color=GREY_TEXT)
    said = f"{against_earlier(week)} Tunggu: median hari kalender dari permintaan sampai kunjungan."
    sheet.merge_range(row, _RIGHT, row + 2, _LAST, said, look)
    return row + 3


def _attention(
    book: WorkbookWriter, sheet: Worksheet, week: Week, places: SheetLinks, row: int
) -> int:
    """Write what waits, each with the requests concerned; return the row below."""
    _heading(book, sheet, row, 0, "Perlu keputusan atau tindak lanjut")
    # A failed test of the order comes first, and nobody may overlook it.
    alarm = not all(holds for _, holds in week.tests)
    found = list(sentences.pending(week))[:_MOST_NEEDS]
    for at, need in enumerate(found):
        row += 1
        loud = {"bold": True, "bg_color": FAULT} if alarm and not at else {}
        text = f"•  {need.text}"
        look = book.format(text_wrap=True, valign="vcenter", font_size=9, **loud)
        sheet.merge_range(row, 0, row, _TEXT_TO, text, look)
        sheet.set_row(row, 12.0 * line_count(text, _TEXT_WIDTH * 1.08) + 3)
        _links(book, sheet, row, need, places)
    if not found:
        row += 1
        sheet.write_string(row, 0, "•  Tidak ada yang menunggu.", book.format(font_size=9))
    return row + 1


def _links(
    book: WorkbookWriter, sheet: Worksheet, row: int, need: sentences.Need, places: SheetLinks
) -> None:
    """Write links to the rows of the requests concerned; the last one leads to the rest."""
    linked = book.format(
        font_color=LINK, underline=1, font_size=8, valign="vcenter", align="center", shrink=True
    )
    numbers = list(dict.fromkeys(need.numbers))
    shown = [(each, places.on(need.sheet, each)) for each in numbers[:_MOST_NAMED]]
    if len(numbers) > _MOST_NAMED:
        more = len(numbers) - _MOST_NAMED + 1
        rest = places.on(need.sheet, numbers[_MOST_NAMED - 1])
        shown[-1] = f"+{number(more)} lagi", rest
    if not need.numbers and need.sheet:
        shown = [("buka", f"'{need.sheet}'!A2")]
    for column, (text, place) in enumerate(shown, start=_TEXT_TO + 1):
        if place:
            sheet.write_url(row, column, f"internal:{place}", linked, text)


def _sign_off(book: WorkbookWriter, sheet: Worksheet, week: Week, row: int) -> int:
    """Write the cells that finalize reads; return the last row."""
    _heading(book, sheet, row, 0, "Persetujuan")
    signed = week.plan.approved
    said = (signed.by, short_date(signed.on), "") if signed else ("", "", "")
    look = Look.PLAIN if signed else Look.INPUT
    for offset, label in enumerate((Header.SIGNED_BY, Header.DATE, "Tanda tangan"), start=1):
        sheet.write_string(row + offset, 0, label, book.body(Look.BOLD, valign="vcenter"))
        dated = {"num_format": DATE, "align": "left"} if label == Header.DATE else {}
        framed = book.body(look, valign="vcenter", **dated)
        sheet.merge_range(row + offset, 1, row + offset, 4, said[offset - 1], framed)
        sheet.set_row(row + offset, 36 if label == "Tanda tangan" else 18)
    for offset, name in ((1, "disetujui_oleh"), (2, "tanggal_persetujuan")):
        book.workbook.define_name(name, f"=Ringkasan!$B${row + offset + 1}")
    return row + 3
