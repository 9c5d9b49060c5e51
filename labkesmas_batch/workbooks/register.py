"""The register as a workbook: a sheet for each table, history, punctuality and trend."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

from labkesmas_batch.model.institution import US, Issuer
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.text.indonesian import short_date
from labkesmas_batch.text.names import fold, number_key
from labkesmas_batch.workbooks.punctuality import write_punctuality
from labkesmas_batch.xlsx.book import Look, WorkbookWriter
from labkesmas_batch.xlsx.palette import DARK
from labkesmas_batch.xlsx.table import Field, write_table

Table = tuple[str, list[str], list[tuple[object, ...]]]
_TITLES = {
    "run": ("No. Jadwal", 16), "run_date": ("Tanggal Jadwal", 13),
    "approved_by": (Header.SIGNED_BY, 26),
    "approved_on": ("Tanggal Persetujuan", 13), "number": (Header.NUMBER, 15),
    "standing": ("Keadaan", 12), "first": (Header.FIRST_DAY, 13), "last": (Header.LAST_DAY, 13),
    "team": (Header.TEAM, 11), "actual": (Header.ACTUAL_DATE, 13),
    "samples": (Header.ACTUAL_SAMPLES, 10),
    "note": (Header.REMARK, 34), "verdict": (Header.DECISION, 12), "day": (Header.NEW_DATE, 13),
    "decided_by": ("Oleh", 26), "decided_on": ("Tanggal Keputusan", 13),
    "result": (Header.RESULT, 11), "planned": ("Tanggal Rencana", 13),
    "reported_on": ("Dicatat pada", 13),
    "kind": ("Dokumen", 20), "year": ("Tahun", 8), "serial": ("No. Urut", 9),
    "revision": ("Revisi", 8), "key": ("Milik", 34), "outcome": (Header.RESULT, 14),
    "reason": ("Sebab atau Catatan", 30), "customer": (Header.CUSTOMER, 28),
    "received": (Header.RECEIVED, 13), "date": (Header.DATE, 13), "event": ("Peristiwa", 14),
}  # fmt: skip
_DATES = {"run_date", "approved_on", "first", "last", "actual", "day", "decided_on", "planned",
          "reported_on", "received", "date"}  # fmt: skip
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
# Documents that are known by their letters.
_KINDS = {"mou": "MoU", "spt": "SPT"}
_CENTRED = {"baris", "terjadwal", "digeser", "terkunci", "dikembalikan", "antrean", "ditahan",
            "ditunda", "batal", "samples", "year", "serial", "revision", "team"}  # fmt: skip


def write_register(
    path: Path, tables: Sequence[Table], number: str, today: date, issuer: Issuer = US
) -> None:
    """Write the workbook; with a number, only what is known of that request."""
    if number:
        wanted = number_key(number)
        tables = [
            (name, names, [row for row in rows if number_key(row[names.index("number")]) == wanted])
            for name, names, rows in tables
            if "number" in names
        ]
    people = _people(tables)
    whose = f" {number}" if number else ""
    book = WorkbookWriter(
        path, f"Register laboratorium{whose}", datetime.combine(today, time()), issuer
    )
    for name, names, rows in tables:
        if name == SheetName.REQUESTS:
            names, rows = _unpacked(names, rows)  # noqa: PLW2901 - the same table, readable
        if name == "Nomor Dokumen":
            rows = _named(names, rows, people)  # noqa: PLW2901
        _write(book, f"Register{whose}: {name}", name, names, rows)
    write_punctuality(book, {name: (names, rows) for name, names, rows in tables})
    book.close()


def _write(
    book: WorkbookWriter,
    title: str,
    name: str,
    names: Sequence[str],
    rows: Sequence[tuple[object, ...]],
) -> None:
    def cell(column: str, at: int) -> Field:
        title, width = _TITLES.get(column, (column.capitalize(), 11))

        def value(row: tuple[object, ...]) -> object:
            on_hold = row[at]
            if not isinstance(on_hold, str):
                return on_hold
            if column == "kind":
                return _KINDS.get(on_hold, on_hold.replace("-", " ").capitalize())
            return date.fromisoformat(on_hold[:10]) if column in _DATES and on_hold else on_hold

        look = (lambda _: Look.BOLD) if at == 0 else None
        return Field(title, width, value, look, centred=column in _CENTRED)

    sheet = book.sheet(name, title, tab=DARK)
    fields = [cell(column, at) for at, column in enumerate(names)]
    write_table(book, sheet, fields, rows, frozen=1, when_empty="Belum ada isinya.")
    sheet.fit_to_pages(1, 0)


def _people(tables: Sequence[Table]) -> dict[str, str]:
    """Return customers as they are written, by the form in which names are compared."""
    return {
        fold(customer): customer
        for name, names, rows in tables
        if name == SheetName.REQUESTS
        for row in rows
        for customer in [str(json.loads(str(row[names.index("data")]))["customer"])]
    }


def _named(
    names: Sequence[str], rows: Sequence[tuple[object, ...]], people: Mapping[str, str]
) -> list[tuple[object, ...]]:
    """Spell whose a document is as people write it: names, dates."""
    at = names.index("key")

    def said(part: str) -> str:
        if _ISO_DATE.fullmatch(part):
            return short_date(date.fromisoformat(part))
        return people.get(part, part)

    def key(on_hold: object) -> str:
        return ", ".join(said(part) for part in str(on_hold).split("|") if part)

    return [(*row[:at], key(row[at]), *row[at + 1 :]) for row in rows]


def _unpacked(
    names: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> tuple[list[str], list[tuple[object, ...]]]:
    """Replace a request's stored form by its customer and date."""
    found = []
    for *values, data in rows:
        request: Mapping[str, str] = json.loads(str(data))
        found.append((*values, request["customer"], request["received"]))
    return [*names[:-1], "customer", "received"], found
