"""The sheet Mutu Baku: the SOP's steps with standard times, this week's amounts, actual times.

The register has days, not minutes: of step 7 it knows from when to when, of the steps that take
minutes only on which days they fell. Those stay blank for people, and the sheet says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.model.week import Week
from labkesmas_batch.text.indonesian import short_date
from labkesmas_batch.text.names import fold
from labkesmas_batch.xlsx.book import Look, WorkbookWriter
from labkesmas_batch.xlsx.table import Field, write_table

_MINUTES, _DAY = "menit", "hari"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the SOP.

    Parameters
    ----------
    time, amount
        What it takes each time by the SOP, and how often this week.
    actual, source
        What it took, '' where that is not known; and how that is known, or why it is not.
    """

    number: int
    what: str
    time: int
    measure: str
    each: str
    amount: int
    source: str
    actual: str

    @property
    def total(self) -> int:
        """Return the time of the whole week."""
        return self.time * self.amount


def steps(week: Week) -> tuple[Step, ...]:
    """Return the eight steps; the SOP's table numbers them 1, 2, 2, 3, 3, 4, 5, 6."""
    reviewed = week.plan.reviewed
    names = {fold(request.customer) for request in reviewed}
    names |= {fold(on_hold.customer) for on_hold in week.facts.on_hold if on_hold.customer}
    requests = len(reviewed) + len(week.facts.on_hold)
    samples = sum(visit.request.samples for visit in week.plan.allocation.visits)
    asked = _asked(reviewed)
    table: tuple[tuple[str, int, str, str, int, str, str], ...] = (
        ("Kepala menugaskan Instalasi Sampling", 10, _MINUTES, "penugasan", 1, _BY_PEOPLE, ""),
        ("Membuat ketentuan waktu permintaan", 120, _MINUTES, "ketentuan", 1, _BY_PEOPLE, ""),
        ("Menginformasikan ketentuan kepada customer", 5, _MINUTES, "customer", len(names),
         _BY_PEOPLE, ""),
        ("Customer menyampaikan permintaan pelayanan", 5, _MINUTES, "permintaan", requests,
         asked, ""),
        ("Customer menyampaikan permintaan jadwal", 5, _MINUTES, "permintaan", requests, asked, ""),
        ("Mengkaji dan menentukan jadwal", 30, _MINUTES, "permintaan", len(reviewed),
         _waited(reviewed, week), ""),
        ("Menentukan jadwal menurut urutan layanan", 1, _DAY, "pengaturan jadwal", 1,
         _scheduled(week), _scheduling(week)),
        ("Menyampaikan jadwal pelaksanaan", 2, _MINUTES, "contoh uji", samples, _BY_PEOPLE, ""),
    )  # fmt: skip
    return tuple(Step(number, *row) for number, row in enumerate(table, start=1))


_BY_PEOPLE = "Tidak tercatat di register; isi dari catatan petugas."


def _asked(requests: Sequence[Request]) -> str:
    days = [request.received_on for request in requests]
    if not days:
        return _BY_PEOPLE
    return f"Tercatat harinya saja: diterima {_span(min(days), max(days))}."


def _waited(requests: Sequence[Request], week: Week) -> str:
    """Say how long requests lay before they were reviewed, which is not how long that took."""
    days = [(week.run_date - request.received_on).days for request in requests]
    if not days:
        return _BY_PEOPLE
    least, most = min(days), max(days)
    after = f"{least} hari" if least == most else f"{least} s.d. {most} hari"
    return f"Tercatat harinya saja: {short_date(week.run_date)}, {after} sesudah diterima."


def _scheduled(week: Week) -> str:
    """Say from when to when the schedule was made."""
    if week.plan.approved is None:
        return "Diketahui setelah disahkan: lihat jadwal-final.xlsx."
    first, last = week.run_date, week.plan.approved.on
    said = f"Disusun {short_date(first)}, disahkan {short_date(last)}."
    return said if last >= first else f"{said} Periksa kedua tanggal itu."


def _scheduling(week: Week) -> str:
    """Return how long that took, '' where it is not known."""
    days = (week.plan.approved.on - week.run_date).days if week.plan.approved else -1
    return "" if days < 0 else (f"{days} hari" if days else "hari itu juga")


def _span(first: date, last: date) -> str:
    return f"{short_date(first)} s.d. {short_date(last)}" if first != last else short_date(first)


def write_standard_times(book: WorkbookWriter, week: Week) -> None:
    """Write the sheet Mutu Baku, with space for the times that only people know."""
    rows = steps(week)
    minutes = sum(step.total for step in rows if step.measure == _MINUTES)
    days = sum(step.total for step in rows if step.measure == _DAY)
    total = f"{minutes // 60} jam {minutes % 60} menit dan {days} hari"
    fields = (
        Field("Langkah", 9, lambda s: s.number if s else "", centred=True),
        Field("Kegiatan", 44, lambda s: s.what if s else f"Jumlah seluruhnya: {total}",
              lambda s: Look.PLAIN if s else Look.BOLD),
        Field("Waktu Baku", 10, lambda s: s.time if s else "", centred=True),
        Field("Satuan Waktu", 10, lambda s: s.measure if s else _MINUTES, centred=True),
        Field("Untuk Setiap", 18, lambda s: s.each if s else ""),
        Field("Jumlah Pekan Ini", 12, lambda s: s.amount if s else "", centred=True),
        Field("Jumlah Waktu", 12, lambda s: s.total if s else minutes,
              lambda s: Look.PLAIN if s else Look.BOLD, True),
        Field("Waktu Nyata", 14, lambda s: s.actual if s else "",
              lambda s: Look.INPUT if s and not s.actual else Look.PLAIN, True),
        Field("Asal Waktu Nyata", 40, lambda s: s.source if s else ""),
    )  # fmt: skip
    sheet = book.sheet(SheetName.STANDARD_TIMES, "Mutu Baku: Waktu Langkah-Langkah SOP")
    write_table(book, sheet, fields, (*rows, None), frozen=2)
    sheet.fit_to_pages(1, 0)
