"""The sheet Perubahan: this schedule against the last one."""

from __future__ import annotations

from labkesmas_batch.model.history import Change, ChangeKind, Past
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.model.week import Week
from labkesmas_batch.text.indonesian import listing
from labkesmas_batch.workbooks.links import SheetLinks
from labkesmas_batch.xlsx.book import CLASS_LOOK, Look, WorkbookWriter
from labkesmas_batch.xlsx.palette import ATTENTION
from labkesmas_batch.xlsx.table import Field, write_table

_LOOKS = {ChangeKind.CHANGED: Look.ATTENTION, ChangeKind.GONE: Look.FAULT}


def write_changes(book: WorkbookWriter, week: Week, places: SheetLinks) -> None:
    """Write the sheet: what changed, from which day to which, why, and whom to tell."""

    def said(past: Past | None) -> str:
        return past.outcome if past else ""

    def days(change: Change) -> int | None:
        if change.before is None or change.after is None:
            return None
        if change.before.first is None or change.after.first is None:
            return None
        return (change.after.first - change.before.first).days

    fields = (
        Field(Header.CHANGE, 11, lambda c: c.kind.value,
              lambda c: _LOOKS.get(c.kind, Look.PLAIN), True),
        Field(Header.NUMBER, 13, lambda c: c.request.number, lambda _: Look.BOLD,
              link=lambda c: places.standing(c.request.number)),
        Field(Header.CUSTOMER, 24, lambda c: c.request.customer),
        Field(Header.CUSTOMER_CLASS, 11, lambda c: c.request.customer_class.value,
              lambda c: CLASS_LOOK[c.request.customer_class], True),
        Field("Hasil Lama", 12, lambda c: said(c.before), centred=True),
        Field("Tanggal Lama", 13, lambda c: c.before.first if c.before else None),
        Field("Tim Lama", 10, lambda c: c.before.team if c.before else "", centred=True),
        Field("Hasil Baru", 12, lambda c: said(c.after), centred=True),
        Field(Header.NEW_DATE, 13, lambda c: c.after.first if c.after else None,
              lambda _: Look.BOLD),
        Field(Header.NEW_TEAM, 10, lambda c: c.after.team if c.after else "", centred=True),
        Field("Selisih Hari", 8, days, centred=True),
        Field(Header.REASON, 44, lambda c: " ".join(c.causes)),
        Field("Beri Tahu", 26, lambda c: listing(c.inform)),
    )  # fmt: skip
    sheet = book.sheet(SheetName.CHANGES, "Perubahan terhadap Jadwal Terakhir", tab=ATTENTION)
    first = "Belum ada jadwal sebelumnya untuk dibandingkan."
    none = f"Tidak ada perubahan terhadap jadwal {week.last_run}." if week.last_run else first
    write_table(book, sheet, fields, week.changes, frozen=2, when_empty=none)
    sheet.fit_to_pages(1, 0)
