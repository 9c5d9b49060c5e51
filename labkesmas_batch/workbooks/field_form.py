"""``realisasi.xlsx``: the form in which staff record what took place on the field days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, time
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.forms import schema
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.model.week import Week
from labkesmas_batch.text.names import number_key
from labkesmas_batch.xlsx.book import Look, WorkbookWriter
from labkesmas_batch.xlsx.palette import DARK
from labkesmas_batch.xlsx.table import Field, column, write_table


def write_field_form(path: Path, week: Week, run: str, done: Collection[str]) -> None:
    """Write the form: every visit with its plan, and blanks for what took place.

    Parameters
    ----------
    done
        Folded numbers of visits that are reported as done already; they are left out.
    """
    book = WorkbookWriter(
        path, f"Realisasi {run}", datetime.combine(week.run_date, time()), week.issuer
    )
    fields = (
        Field(Header.NUMBER, 14, lambda v: v.request.number, lambda _: Look.BOLD),
        Field(Header.CUSTOMER, 26, lambda v: v.request.customer),
        Field(Header.SITE, 24, lambda v: v.request.site),
        Field(Header.FIRST_DAY, 13, lambda v: v.first),
        Field(Header.LAST_DAY, 13, lambda v: v.last),
        Field(Header.TEAM, 10, lambda v: v.team, centred=True),
        Field(Header.SAMPLE_TYPE, 18, lambda v: v.request.sample_type),
        Field(Header.SAMPLES, 10, lambda v: v.request.samples, centred=True),
        Field(Header.RESULT, 11, lambda _: "", lambda _: Look.INPUT, True),
        Field(Header.ACTUAL_DATE, 13, lambda _: "", lambda _: Look.INPUT),
        Field(Header.ACTUAL_SAMPLES, 10, lambda _: "", lambda _: Look.INPUT, True),
        Field(Header.NOTE, 34, lambda _: "", lambda _: Look.INPUT),
        Field(Header.CORRECTION, 10, lambda _: "", lambda _: Look.INPUT, True),
    )
    sheet = book.sheet(SheetName.FIELD_REPORT, "Realisasi Kunjungan", tab=DARK)
    left = [visit for visit in week.visits if number_key(visit.request.number) not in done]
    visits = sorted(left, key=lambda visit: (visit.first, visit.team, visit.request.number))
    count = write_table(
        book, sheet, fields, visits, frozen=1, when_empty="Tidak ada kunjungan pada jadwal ini."
    )
    if count:
        _offer(sheet, fields, count)
    sheet.fit_to_pages(1, 0)
    book.protect(sheet)
    book.close()


def _offer(sheet: Worksheet, fields: Sequence[Field], count: int) -> None:
    """Let people choose a result, and warn of what is no date or number."""

    def rule(header: str, what: dict[str, object], message: str, wrong: str) -> None:
        said = {"input_title": header, "input_message": message} if message else {}
        refused = {"error_title": header, "error_message": wrong}
        at = column(fields, header)
        sheet.data_validation(1, at, count, at, what | said | refused)

    def choices(header: str) -> dict[str, object]:
        return {
            "validate": "list",
            "source": list(schema.FIELD_REPORT.column(header).choices),
        }

    result = column(fields, Header.RESULT)
    sheet.set_selection(1, result, 1, result)
    rule(
        Header.RESULT,
        choices(Header.RESULT),
        "Selesai, Batal, atau Ditunda. Kosong: belum.",
        "Pilih Selesai, Batal atau Ditunda.",
    )
    rule(
        Header.CORRECTION,
        choices(Header.CORRECTION),
        "Ya, hanya bila membetulkan hasil Selesai yang sudah dicatat.",
        "Pilih Ya atau kosongkan.",
    )
    rule(
        Header.ACTUAL_DATE,
        {"validate": "date", "criteria": ">=", "value": datetime(2000, 1, 1)},
        "",
        "Isi dengan tanggal.",
    )
    rule(
        Header.ACTUAL_SAMPLES,
        {"validate": "integer", "criteria": ">=", "value": 0},
        "",
        "Isi dengan bilangan bulat.",
    )
