"""The sheet Mutu Baku: the SOP's steps with their standard times and this week's amounts."""

from __future__ import annotations

from dataclasses import dataclass

from labkesmas_batch.cells import fold
from labkesmas_batch.model import Week
from labkesmas_batch.workbook.styles import Book, Look
from labkesmas_batch.workbook.table import Field, write_table

_MINUTES, _DAY = "menit", "hari"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the SOP; ``amount`` is how often this week, ``time`` what it takes each time."""

    number: int
    what: str
    time: int
    measure: str
    each: str
    amount: int

    @property
    def total(self) -> int:
        """Return the time of the whole week."""
        return self.time * self.amount


def steps(week: Week) -> tuple[Step, ...]:
    """Return the eight steps; the SOP's table numbers them 1, 2, 2, 3, 3, 4, 5, 6."""
    reviewed = [each.request for each in week.ranked] + [each.request for each in week.returned]
    names = {fold(request.customer) for request in reviewed}
    names |= {fold(held.customer) for held in week.held if held.customer}
    requests = len(reviewed) + len(week.held)
    samples = sum(visit.request.samples for visit in week.allocation.visits)
    table = (
        ("Kepala menugaskan Instalasi Sampling", 10, _MINUTES, "penugasan", 1),
        ("Membuat ketentuan waktu permintaan", 120, _MINUTES, "ketentuan", 1),
        ("Menginformasikan ketentuan kepada customer", 5, _MINUTES, "customer", len(names)),
        ("Customer menyampaikan permintaan pelayanan", 5, _MINUTES, "permintaan", requests),
        ("Customer menyampaikan permintaan jadwal", 5, _MINUTES, "permintaan", requests),
        ("Mengkaji dan menentukan jadwal", 30, _MINUTES, "permintaan", len(reviewed)),
        ("Menentukan jadwal menurut urutan layanan", 1, _DAY, "pengaturan jadwal", 1),
        ("Menyampaikan jadwal pelaksanaan", 2, _MINUTES, "contoh uji", samples),
    )
    return tuple(Step(number, *row) for number, row in enumerate(table, start=1))


def write_standard_times(book: Book, week: Week) -> None:
    """Write the sheet Mutu Baku, with room for the time that it really took."""
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
        Field("Waktu Nyata", 14, lambda _: "", lambda s: Look.INPUT if s else Look.PLAIN, True),
    )  # fmt: skip
    sheet = book.sheet("Mutu Baku", "Mutu Baku: Waktu Langkah-Langkah SOP")
    write_table(book, sheet, fields, (*rows, None), frozen=2)
    sheet.fit_to_pages(1, 0)
