"""``realisasi.xlsx``: the form in which staff record what took place on the field days."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time
from pathlib import Path

from labkesmas_batch.forms import schema
from labkesmas_batch.model.week import Week
from labkesmas_batch.text.names import fold
from labkesmas_batch.xlsx.book import Look, WorkbookWriter
from labkesmas_batch.xlsx.palette import DARK
from labkesmas_batch.xlsx.table import Field, write_table

_RESULT, _ACTUAL, _SAMPLES = 8, 9, 10


def write_happened(path: Path, week: Week, run: str, done: Collection[str]) -> None:
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
        Field("No. Permintaan", 14, lambda v: v.request.number, lambda _: Look.BOLD),
        Field("Nama Customer", 26, lambda v: v.request.customer),
        Field("Lokasi Sampling", 24, lambda v: v.request.site),
        Field("Tanggal Mulai", 13, lambda v: v.first),
        Field("Tanggal Selesai", 13, lambda v: v.last),
        Field("Tim", 10, lambda v: v.team, centred=True),
        Field("Jenis Contoh Uji", 18, lambda v: v.request.sample_type),
        Field("Jumlah Contoh Uji", 10, lambda v: v.request.samples, centred=True),
        Field("Hasil", 11, lambda _: "", lambda _: Look.INPUT, True),
        Field("Tanggal Nyata", 13, lambda _: "", lambda _: Look.INPUT),
        Field("Jumlah Nyata", 10, lambda _: "", lambda _: Look.INPUT, True),
        Field("Keterangan", 34, lambda _: "", lambda _: Look.INPUT),
    )
    sheet = book.sheet("Realisasi", "Realisasi Kunjungan", tab=DARK)
    left = [visit for visit in week.visits if fold(visit.request.number) not in done]
    visits = sorted(left, key=lambda visit: (visit.first, visit.team, visit.request.number))
    count = write_table(
        book, sheet, fields, visits, frozen=1, when_empty="Tidak ada kunjungan pada jadwal ini."
    )
    if count:
        sheet.set_selection(1, _RESULT, 1, _RESULT)
        sheet.data_validation(
            1,
            _RESULT,
            count,
            _RESULT,
            {
                "validate": "list",
                "source": list(schema.HAPPENED.column("Hasil").choices),
                "input_title": "Hasil",
                "input_message": "Selesai, Batal, atau Ditunda. Kosong: belum.",
                "error_title": "Hasil",
                "error_message": "Pilih Selesai, Batal atau Ditunda.",
            },
        )
        sheet.data_validation(
            1,
            _ACTUAL,
            count,
            _ACTUAL,
            {
                "validate": "date",
                "criteria": ">=",
                "value": datetime(2000, 1, 1),
                "error_title": "Tanggal Nyata",
                "error_message": "Isi dengan tanggal.",
            },
        )
        sheet.data_validation(
            1,
            _SAMPLES,
            count,
            _SAMPLES,
            {
                "validate": "integer",
                "criteria": ">=",
                "value": 0,
                "error_title": "Jumlah Nyata",
                "error_message": "Isi dengan bilangan bulat.",
            },
        )
    sheet.fit_to_pages(1, 0)
    book.protect(sheet)
    book.close()
