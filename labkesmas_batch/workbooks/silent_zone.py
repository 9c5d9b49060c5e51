"""The sheet Zona Antara: dates that depend on the reading of the gap in the SOP."""

from __future__ import annotations

from datetime import date

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.explanation import week as sentences
from labkesmas_batch.model.schedule import MOST_COMPARED, ZoneEffect
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.model.week import Week
from labkesmas_batch.text.indonesian import number as write_number
from labkesmas_batch.workbooks.links import SheetLinks
from labkesmas_batch.xlsx.book import CLASS_LOOK, LISTS, Look, WorkbookWriter
from labkesmas_batch.xlsx.palette import ATTENTION
from labkesmas_batch.xlsx.table import Field, column, write_table

# Where on the sheet of lists the two numbers stand that Dahulukan offers, on its own row.
_PAIR = ("C", "D")
# So many cells have a list to choose from; each has a rule of its own.
MOST_CHOICES = 1_000
_SAID = {
    "input_title": Header.GOES_FIRST, "error_title": Header.GOES_FIRST,
    "input_message": "Nomor yang didahulukan Kepala; kosong berarti ikut bacaan kini.",
    "error_message": "Pilih salah satu dari kedua nomor.",
}  # fmt: skip


def write_silent_zone(book: WorkbookWriter, week: Week, places: SheetLinks) -> None:
    """Write the sheet: both dates, the opposing request, and Dahulukan for the Kepala."""

    def days(effect: ZoneEffect) -> int | None:
        if effect.here is None or effect.there is None:
            return None
        return (effect.there - effect.here).days

    def day(when: date | None) -> object:
        return when or "belum dapat"

    fields = (
        Field(Header.RANK, 9, lambda e: e.ranked.rank, centred=True),
        Field(Header.NUMBER, 13, lambda e: e.request.number, lambda _: Look.BOLD,
              link=lambda e: places.standing(e.request.number)),
        Field(Header.CUSTOMER, 24, lambda e: e.request.customer),
        Field(Header.CUSTOMER_CLASS, 11, lambda e: e.request.customer_class.value,
              lambda e: CLASS_LOOK[e.request.customer_class], True),
        Field(Header.RECEIVED, 12, lambda e: e.request.received_on),
        Field("Tanggal Kini", 13, lambda e: day(e.here), lambda _: Look.BOLD, True),
        Field("Tanggal Bacaan Lain", 13, lambda e: day(e.there), centred=True),
        Field("Selisih Hari", 8, days, centred=True),
        Field(Header.OPPONENT, 13, lambda e: e.opponent.number if e.opponent else "",
              link=lambda e: places.standing(e.opponent.number) if e.opponent else ""),
        Field("Penjelasan", 58, sentences.zone_effect),
        Field(Header.GOES_FIRST, 13, lambda _: "",
              lambda e: Look.TYPED if e.opponent else Look.PLAIN, True),
    )  # fmt: skip
    sheet = book.sheet(SheetName.SILENT_ZONE, "Bergantung pada Bacaan SOP", tab=ATTENTION)
    write_table(
        book,
        sheet,
        fields,
        week.plan.zone,
        frozen=2,
        when_empty="Tidak ada tanggal yang bergantung pada bacaan SOP.",
    )
    _offer(sheet, week, column(fields, Header.GOES_FIRST))
    if len(week.plan.ranked) > MOST_COMPARED:
        said = f"Yang dibandingkan: {write_number(MOST_COMPARED)} peringkat pertama."
        sheet.write_comment(0, 0, said)
    sheet.fit_to_pages(1, 0)


def _offer(sheet: Worksheet, week: Week, choice: int) -> None:
    """Let the Kepala choose one of the two numbers in each row."""
    for row, effect in enumerate(week.plan.zone, start=1):
        if effect.opponent is not None and row <= MOST_CHOICES:
            rule = {"validate": "list", "source": _pair_cells(row + 1)}
            sheet.data_validation(row, choice, row, choice, rule | _SAID)
    if len(week.plan.zone) > MOST_CHOICES:
        # One rule for all that follow, without a list to choose from: Excel bears no more lists.
        first = f"{LISTS}!${_PAIR[0]}{MOST_CHOICES + 2}:${_PAIR[1]}{MOST_CHOICES + 2}"
        cell = xl_rowcol_to_cell(MOST_CHOICES + 1, choice)
        rule = {"validate": "custom", "value": f"=COUNTIF({first},{cell})>0"}
        sheet.data_validation(MOST_CHOICES + 1, choice, len(week.plan.zone), choice, rule | _SAID)


def _pair_cells(row: int) -> str:
    """Return where the two numbers stand; in the rule itself a comma would part a number in two."""
    return f"={LISTS}!${_PAIR[0]}${row}:${_PAIR[1]}${row}"


def write_pairs(lists: Worksheet, week: Week) -> None:
    """Write the pairs that Dahulukan offers on the sheet of lists, each on its own row."""
    for letter, title in zip(_PAIR, (Header.GOES_FIRST, "atau"), strict=True):
        lists.write_string(f"{letter}1", title)
    for row, effect in enumerate(week.plan.zone, start=2):
        if effect.opponent is not None:
            for column, request in zip(_PAIR, (effect.request, effect.opponent), strict=True):
                lists.write_string(f"{column}{row}", request.number)
