"""``realisasi.xlsx``: the form in which staff record what took place on the field days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, time
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.forms import schema
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.model.week import Week
from labkesmas_batch.text.names import fold
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
    )
    sheet = book.sheet(SheetName.FIELD_REPORT, "Realisasi Kunjungan", tab=DARK)
    left = [visit for visit in week.visits if fold(visit.request.number) not in done]
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
    result, actual, samples = (
        column(fields, header)
        for header in (Header.RESULT, Header.ACTUAL_DATE, Header.ACTUAL_SAMPLES)
    )
    sheet.set_selection(1, result, 1, result)
    sheet.data_validation(
        1,
        result,
        count,
        result,
        {
            "validate": "list",
            "source": list(schema.FIELD_REPORT.column(Header.RESULT).choices),
            "input_title": Header.RESULT,
            "input_message": "Selesai, Batal, atau Ditunda. Kosong: belum.",
            "error_title": Header.RESULT,
            "error_message": "Pilih Selesai, Batal atau Ditunda.",
        },
    )
    sheet.data_validation(
        1,
        actual,
        count,
        actual,
        {
            "validate": "date",
            "criteria": ">=",
            "value": datetime(2000, 1, 1),
            "error_title": Header.ACTUAL_DATE,
            "error_message": "Isi dengan tanggal.",
        },
    )
    sheet.data_validation(
        1,
        samples,
        count,
        samples,
        {
            "validate": "integer",
            "criteria": ">=",
            "value": 0,
            "error_title": Header.ACTUAL_SAMPLES,
            "error_message": "Isi dengan bilangan bulat.",
        },
    )
