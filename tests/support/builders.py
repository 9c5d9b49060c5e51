"""Small builders for tests: workbooks on disk, raw tables, and objects of the model.

Every argument has a default that is valid on its own, so that a test names only what it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, overload

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from labkesmas_batch.forms import schema
from labkesmas_batch.forms.raw import RawRow, RawTable
from labkesmas_batch.model.policy import SETTINGS, Policy, ShortLead, SilentZone
from labkesmas_batch.model.reference import (
    Equipment,
    Holiday,
    Leave,
    Official,
    PairDecision,
    Reference,
    Region,
    SampleType,
    Tariff,
    Team,
)
from labkesmas_batch.model.requests import CustomerClass, Request
from labkesmas_batch.model.schedule import Accepted, Reason

RUN_DATE = date(2026, 6, 1)  # a Monday
HEADERS = schema.REQUESTS.headers


@dataclass(frozen=True)
class Formula:
    """A formula without a saved value, as programs write it that do not calculate."""

    text: str


@dataclass(frozen=True)
class Error:
    """A cell that shows an Excel error."""

    text: str = "#REF!"


def row(number: object = "P-1", **cells: Any) -> dict[str, Any]:
    """A valid intake row by header; a cell is named as in ``tanggal_usulan=...``.

    Any other name is a column that the form does not know.
    """
    by_name = {_identifier(header): header for header in HEADERS}
    valid: dict[str, Any] = {
        "No. Permintaan": number,
        "Tanggal Permintaan": date(2026, 5, 4),
        "Jenis Customer": "Eksternal",
        "Nama Customer": f"Puskesmas {number}",
        "Lokasi Sampling": f"Depot {number}",
        "Wilayah": "Batam",
        "Jenis Contoh Uji": "Air Minum",
        "Jumlah Contoh Uji": 2,
    }
    return valid | {by_name.get(name, name): value for name, value in cells.items()}


def write_intake(
    path: Path,
    rows: Iterable[Mapping[str, object] | Sequence[object]],
    headers: Sequence[object] = HEADERS,
    *,
    sheet: str = "Permintaan",
    above: int = 0,
    others: Mapping[str, Sequence[Sequence[object]]] | None = None,
    hidden: Iterable[int] = (),
) -> Path:
    """Write an intake workbook and return its path.

    ``rows`` are mappings by header or sequences in the order of ``headers``; ``above`` is the
    number of rows before the header; ``others`` are further sheets, given as their rows;
    ``hidden`` are row numbers that are not to be seen.
    """
    book = Workbook()
    form = book.active
    assert isinstance(form, Worksheet)
    form.title = sheet
    for at in hidden:
        form.row_dimensions[at].hidden = True
    _write_row(form, above + 1, headers)
    for at, cells in enumerate(rows, start=above + 2):
        values = [cells.get(str(h)) for h in headers] if isinstance(cells, Mapping) else cells
        _write_row(form, at, values)
    for name, content in (others or {}).items():
        other = book.create_sheet(name)
        for at, values in enumerate(content, start=1):
            _write_row(other, at, values)
    book.save(path)
    return path


REFERENCE_ROWS: dict[str, tuple[tuple[object, ...], ...]] = {
    "Ketentuan": tuple((setting.key, setting.default, None) for setting in SETTINGS),
    "Tim": (
        ("Tim 1", "Ketua 1", "Anggota 1", "Semua", 3, 40),
        ("Tim 2", None, None, "Air Minum; Udara Ambien", None, None),
    ),
    "Tim Cuti": (("Tim 1", date(2026, 6, 10), date(2026, 6, 12), "Pelatihan"),),
    "Wilayah": (("Batam", 0, None, "Darat", 1), ("Lingga", 1, "Selasa; Kamis", "Feri", 6)),
    "Jenis Contoh Uji": (
        ("Air Minum", "Kotak Pendingin", 24, "Jumat", 40),
        ("Udara Ambien", "High Volume Air Sampler; Kotak Pendingin", 72, None, None),
    ),
    "Peralatan": (("Kotak Pendingin", 4, None), ("High Volume Air Sampler", 1, date(2026, 12, 10))),
    "Tarif": (("Air Minum", "E. coli", 100_000, "contoh"), ("Udara Ambien", "PM10", None, None)),
    "Hari Libur": ((date(2026, 6, 16), "1 Muharam", "Libur Nasional", None),),
    "Pejabat": (("Kepala", "Nama Kepala", "196501011990031001"),),
    "Keputusan Pasangan": (),
    "Instansi": (),
    "Anggota Tim": (),
    "Cara Sampling": (),
    "Teks MoU": (),
}
# What only the documents need; a week is planned without it.
OFFICE_ROWS: dict[str, tuple[tuple[object, ...], ...]] = {
    "Instansi": (
        ("Alamat", "Jalan Contoh 1", None),
        ("Narahubung Layanan", "Ibu Contoh, 0812-3456-7890", None),
        ("Penawaran Berlaku (Hari)", "30", None),
        ("Jatuh Tempo Tagihan (Hari)", "14", None),
    ),
    "Anggota Tim": (
        ("Tim 1", "Ketua 1", "197501012000031001", "Penata / III-c", "Ketua Tim"),
        ("Tim 2", "Ketua 2", "197601012001031002", "Penata / III-c", "Ketua Tim"),
    ),
    "Cara Sampling": (
        ("Air Minum", "botol", "Botol steril", "500 mL", "Dingin", "Sesaat", "Blanko", "Akses"),
        ("Udara Ambien", "titik", "Filter", "1 set", "Tertutup", "Aktif", "Blanko", "Listrik"),
    ),
    "Teks MoU": (("1", "Tujuan", "Pengujian {jenis_contoh_uji} milik {nama_customer}."),),
}


def reference_rows(**sheets: Sequence[Sequence[object]] | None) -> dict[str, Any]:
    """The rows of a valid reference with some sheets replaced: ``tim_cuti=[...]``; None omits."""
    by_name = {_identifier(sheet.name): sheet.name for sheet in schema.REFERENCE.sheets}
    replaced = {by_name[name]: rows for name, rows in sheets.items()}
    return {**REFERENCE_ROWS, **replaced}


def settings(**values: Any) -> tuple[tuple[object, ...], ...]:
    """Rows of Ketentuan with some values replaced."""
    return tuple(
        (key, values.get(str(key), value), text) for key, value, text in REFERENCE_ROWS["Ketentuan"]
    )


def write_reference(path: Path, **sheets: Sequence[Sequence[object]] | None) -> Path:
    """Write a reference workbook, sheets replaced as in :func:`reference_rows`."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in reference_rows(**sheets).items():
        if rows is None:
            continue
        form = book.create_sheet(name)
        _write_row(form, 1, schema.REFERENCE.sheet(name).headers)
        for at, cells in enumerate(rows, start=2):
            _write_row(form, at, cells)
    book.save(path)
    return path


def _write_row(form: Worksheet, at: int, values: Sequence[object]) -> None:
    for column, value in enumerate(values, start=1):
        if value is None:
            continue
        cell = form.cell(at, column)
        if isinstance(value, Formula):
            cell.value = value.text
        elif isinstance(value, Error):
            cell.value = value.text
            cell.data_type = "e"
        else:
            cell.value = value  # type: ignore[assignment]  # what no cell takes is tried, too
            if isinstance(value, str):
                cell.data_type = "s"  # openpyxl makes a formula of a text that begins with =


def _identifier(name: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in name.casefold()).strip("_").replace("__", "_")


def table(
    rows: Iterable[Mapping[str, object] | Sequence[object]],
    sheet: schema.Sheet = schema.REQUESTS,
    *,
    file: str = "permintaan.xlsx",
    **more: Any,
) -> RawTable:
    """A raw table with the header in row 1; rows by header or in the sheet's order."""
    raw = []
    for number, cells in enumerate(rows, start=2):
        given = (
            cells if isinstance(cells, Mapping) else dict(zip(sheet.headers, cells, strict=True))
        )
        raw.append(RawRow(number, tuple(given.get(header) for header in sheet.headers)))
    columns = {header: at for at, header in enumerate(sheet.headers)}
    return RawTable(file, sheet.name, 1, columns, tuple(raw), **more)


def reference_tables(**sheets: Sequence[Sequence[object]] | None) -> dict[str, RawTable | None]:
    """The raw tables of a reference workbook, sheets replaced as in :func:`reference_rows`."""
    return {
        name: rows if rows is None else table(rows, schema.REFERENCE.sheet(name), file="acuan.xlsx")
        for name, rows in reference_rows(**sheets).items()
    }


@overload
def _date(value: date | str) -> date: ...
@overload
def _date(value: None) -> None: ...
@overload
def _date(value: date | str | None) -> date | None: ...
def _date(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _datetime(value: datetime | date | str) -> datetime:
    if isinstance(value, str):
        return datetime.fromisoformat(value)
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)


def request(
    number: str = "P-1",
    received: datetime | date | str = "2026-05-04",
    customer_class: CustomerClass | str = "Eksternal",
    *,
    customer: str = "Puskesmas Contoh",
    address: str = "",
    contact: str = "",
    phone: str = "",
    email: str = "",
    site: str = "Depot",
    region: str = "Batam",
    sample_type: str = "Air Minum",
    parameters: tuple[str, ...] = (),
    samples: int = 1,
    proposed: date | str | None = None,
    deadline: date | str | None = None,
    waiver: str = "",
    note: str = "",
    file: str = "permintaan.xlsx",
    row: int = 2,
) -> Request:
    """A valid request; dates may be ISO text."""
    return Request(
        number,
        _datetime(received),
        CustomerClass(customer_class),
        customer,
        address,
        contact,
        phone,
        email,
        site,
        region,
        sample_type,
        parameters,
        samples,
        _date(proposed),
        _date(deadline),
        waiver,
        note,
        file,
        row,
    )


def reviewed(
    of: Request | None = None,
    *,
    target: date | str | None = None,
    earliest: date | str | None = None,
    shift: Reason | None = None,
    **fields: Any,
) -> Accepted:
    """A reviewed request; the target is the proposed or else the request date where left out."""
    of = of or request(**fields)
    first = _date(earliest) or of.received_on
    return Accepted(of, first, _date(target) or of.proposed or first, shift)


def policy(**fields: Any) -> Policy:
    """The SOP's defaults, some replaced."""
    defaults: dict[str, Any] = {
        "lead_days": 21,
        "short_lead": ShortLead.RETURN,
        "internal_gap": 7,
        "external_gap": 14,
        "silent_zone": SilentZone.FIRST_COME,
        "issue_days": 1,
        "horizon_days": 90,
        "workdays": frozenset(range(5)),
    }
    return Policy(**(defaults | fields))


def team(
    name: str = "Tim 1",
    sample_types: Iterable[str] | None = None,
    visits_per_day: int | None = None,
    samples_per_day: int | None = None,
) -> Team:
    """A team; by default it can sample everything without limit."""
    types = None if sample_types is None else frozenset(sample_types)
    return Team(name, "", "", types, visits_per_day, samples_per_day)


def leave(
    name: str = "Tim 1", first: date | str = RUN_DATE, last: date | str | None = None
) -> Leave:
    """Days off of a team, one day where the last is left out."""
    start = _date(first)
    return Leave(name, start, _date(last) or start, "")


def region(
    name: str = "Batam",
    travel_days: int = 0,
    departure_days: Iterable[int] | None = None,
    travel_hours: float | None = None,
) -> Region:
    """A place; by default there and back on one day, any day."""
    days = None if departure_days is None else frozenset(departure_days)
    return Region(name, travel_days, days, "", travel_hours)


def sample_type(
    name: str = "Air Minum",
    equipment: Iterable[str] = (),
    *,
    storage_hours: float | None = None,
    no_sampling_days: Iterable[int] = (),
    lab_capacity: int | None = None,
) -> SampleType:
    """A kind of sample that by default needs nothing and has no limit."""
    return SampleType(
        name, tuple(equipment), storage_hours, frozenset(no_sampling_days), lab_capacity
    )


def equipment(
    name: str = "Kotak Pendingin", units: int | None = None, valid_until: date | str | None = None
) -> Equipment:
    """Equipment, by default without a limit."""
    return Equipment(name, units, _date(valid_until))


def holiday(day: date | str = "2026-06-16", name: str = "Libur") -> Holiday:
    """A public holiday."""
    return Holiday(_date(day), name, "Libur Nasional")


def tariff(
    kind: str = "Air Minum", parameter: str = "E. coli", amount: float | None = 1.0
) -> Tariff:
    """The price of one parameter."""
    return Tariff(kind, parameter, amount, "")


def decision(
    first: str, second: str, basis: str = "Rapat 1 Juni 2026", *, row: int = 2
) -> PairDecision:
    """The Kepala's word that one request goes before another."""
    return PairDecision(first, second, basis, "acuan.xlsx", "Keputusan Pasangan", row)


def reference(
    *,
    policy: Policy | None = None,
    teams: Iterable[Team] | None = None,
    leaves: Iterable[Leave] = (),
    regions: Iterable[Region] | None = None,
    sample_types: Iterable[SampleType] | None = None,
    equipment: Iterable[Equipment] = (),
    tariffs: Iterable[Tariff] = (),
    holidays: Iterable[Holiday | date | str] = (),
    officials: Iterable[Official] = (),
    decisions: Iterable[PairDecision] = (),
) -> Reference:
    """A reference: one team without limits, Batam and Air Minum where nothing else is said."""
    days = [each if isinstance(each, Holiday) else holiday(each) for each in holidays]
    return Reference(
        policy=policy or _policy(),
        teams=tuple(teams if teams is not None else (team(),)),
        leaves=tuple(leaves),
        regions={each.name: each for each in (regions if regions is not None else (region(),))},
        sample_types={
            each.name: each
            for each in (sample_types if sample_types is not None else (sample_type(),))
        },
        equipment=tuple(equipment),
        tariffs=tuple(tariffs),
        holidays={each.day: each for each in days},
        officials=tuple(officials),
        decisions=tuple(decisions),
    )


_policy = policy  # reference() has an argument of that name
