"""Raw tables of the acuan workbook in; the checked reference and findings out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from labkesmas_batch import findings
from labkesmas_batch.findings import Finding
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.forms.typed import Typed, parse
from labkesmas_batch.model.policy import Policy
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
from labkesmas_batch.reference.institution_sheets import check_office, read_office
from labkesmas_batch.reference.policy_sheet import read_policy
from labkesmas_batch.text.indonesian import short_date
from labkesmas_batch.text.names import fold, suggestion

ALL_TYPES = "semua"


@dataclass(frozen=True, slots=True)
class CheckedReference:
    """The reference, None where it has an error, and all findings about it."""

    reference: Reference | None
    findings: tuple[Finding, ...]


def check_reference(tables: Mapping[str, RawTable | None], file: str) -> CheckedReference:
    """Type and check the reference workbook.

    Parameters
    ----------
    tables
        Sheet name to its raw table, None for a sheet that the workbook lacks.
    file
        Its name, for findings about a missing sheet.
    """
    typed, found = _typed(tables, file)
    policy = read_policy(typed["Ketentuan"])
    _check_names(typed)
    teams = _teams(typed["Tim"], _names(typed, "Jenis Contoh Uji"))
    _check_equipment(typed)
    _check_leaves(typed["Tim Cuti"])
    _check_decisions(typed["Keputusan Pasangan"])
    _check_competence(typed["Jenis Contoh Uji"], teams)
    check_office(typed)
    for sheet in typed.values():
        found += sheet.findings()
        found += _still_example(sheet)
    if policy is None or any(finding.is_error for finding in found):
        return CheckedReference(None, tuple(found))
    return CheckedReference(_build(typed, policy, teams), tuple(found))


def holiday_findings(reference: Reference, file: str, first: date, last: date) -> list[Finding]:
    """Warn of each planned year, from ``first`` to ``last``, without any holiday."""
    covered = {day.year for day in reference.holidays}
    return [
        findings.finding(
            findings.YEAR_WITHOUT_HOLIDAYS, file=file, sheet="Hari Libur", value=str(year)
        )
        for year in range(first.year, last.year + 1)
        if year not in covered
    ]


def _typed(
    tables: Mapping[str, RawTable | None], file: str
) -> tuple[dict[str, Typed], list[Finding]]:
    typed: dict[str, Typed] = {}
    found: list[Finding] = []
    known: dict[str, tuple[str, ...]] = {}
    names_first = sorted(schema.REFERENCE.sheets, key=lambda sheet: sheet.name in _WITH_LOOKUPS)
    for sheet in names_first:
        table = tables.get(sheet.name)
        if table is None:
            if not sheet.late:
                found.append(
                    findings.finding(
                        findings.NO_SHEET, file=file, sheet=sheet.name, value=sheet.name
                    )
                )
            table = RawTable(file, sheet.name, 1, {}, ())
        typed[sheet.name] = parse(table, sheet, known)
        known[sheet.name] = _names(typed, sheet.name)
    return {sheet.name: typed[sheet.name] for sheet in schema.REFERENCE.sheets}, found


_WITH_LOOKUPS = tuple(
    sheet.name
    for sheet in schema.REFERENCE.sheets
    if any(column.source for column in sheet.columns)
)


def _names(typed: Mapping[str, Typed], sheet: str) -> tuple[str, ...]:
    """Return the names in a sheet's first column."""
    first = schema.REFERENCE.sheet(sheet).columns[0].header
    return tuple(str(name) for name in typed[sheet].columns[first] if name)


def _still_example(typed: Typed) -> list[Finding]:
    """Warn once a sheet that made-up content of the template is still there."""
    count = sum(
        isinstance(cell, str) and schema.PLACEHOLDER in cell
        for row in typed.table.rows
        for cell in row.cells
    )
    if not count:
        return []
    table = typed.table
    return [
        findings.finding(
            findings.STILL_EXAMPLE,
            file=table.file,
            sheet=table.sheet,
            value=table.sheet,
            hint=count,
        )
    ]


# Equipment may stand on several rows, one for each calibration date.
_UNIQUE = {"Tim": "Nama Tim", "Wilayah": "Wilayah", "Jenis Contoh Uji": "Jenis Contoh Uji"}


def _check_names(typed: Mapping[str, Typed]) -> None:
    for sheet, header in _UNIQUE.items():
        seen: dict[str, int] = {}
        for index, name in enumerate(typed[sheet].columns[header]):
            first = seen.setdefault(fold(name or ""), index)
            if name and first != index:
                place = f"baris {typed[sheet].table.rows[first].number}"
                typed[sheet].fault(index, header, findings.NAME_TWICE, name, hint=place)


def _teams(typed: Typed, kinds: tuple[str, ...]) -> list[Team]:
    known = {fold(kind): kind for kind in kinds}
    teams = []
    for index in range(len(typed.table.rows)):
        get = _getter(typed, index)
        wanted = cast("tuple[str, ...]", get("Jenis Contoh Uji") or ())
        every = any(fold(name) == ALL_TYPES for name in wanted)
        for name in () if every else wanted:
            if fold(name) not in known:
                typed.fault(
                    index,
                    "Jenis Contoh Uji",
                    findings.UNKNOWN_REFERENCE,
                    name,
                    words="Jenis Contoh Uji",
                    hint=suggestion(name, kinds),
                )
        types = None if every else frozenset(known.get(fold(name), name) for name in wanted)
        teams.append(
            Team(
                name=_text(get("Nama Tim")),
                leader=_text(get("Ketua")),
                members=_text(get("Anggota")),
                sample_types=types,
                visits_per_day=cast("int | None", get("Kunjungan per Hari")),
                samples_per_day=cast("int | None", get("Contoh Uji per Hari")),
            )
        )
    return teams


def _check_equipment(typed: Mapping[str, Typed]) -> None:
    known = {fold(name): name for name in _names(typed, "Peralatan")}
    kinds = typed["Jenis Contoh Uji"]
    for index, listed in enumerate(kinds.columns["Peralatan"]):
        names = cast("tuple[str, ...]", listed or ())
        kinds.columns["Peralatan"][index] = tuple(
            dict.fromkeys(known.get(fold(name), name) for name in names)
        )
        for name in names:
            if fold(name) not in known:
                kinds.fault(
                    index,
                    "Peralatan",
                    findings.UNKNOWN_REFERENCE,
                    name,
                    words="Peralatan",
                    hint=suggestion(name, tuple(known.values())),
                )


def _check_leaves(typed: Typed) -> None:
    dates = zip(typed.columns["Dari"], typed.columns["Sampai"], strict=True)
    for index, (first, last) in enumerate(dates):
        if isinstance(first, date) and isinstance(last, date) and last < first:
            typed.fault(
                index,
                "Sampai",
                findings.LEAVE_REVERSED,
                short_date(last),
                hint=short_date(first),
            )


def _check_decisions(typed: Typed) -> None:
    pairs = zip(typed.columns["No. Permintaan"], typed.columns["Didahulukan Atas"], strict=True)
    for index, (first, second) in enumerate(pairs):
        if first and second and fold(first) == fold(second):
            typed.fault(index, "Didahulukan Atas", findings.DECISION_ON_ITSELF, second)


def _decisions(typed: Typed) -> tuple[PairDecision, ...]:
    table = typed.table
    first, second = (
        table.columns.get(header, -1) + 1 for header in ("No. Permintaan", "Didahulukan Atas")
    )
    return tuple(
        PairDecision(
            _text(get("No. Permintaan")),
            _text(get("Didahulukan Atas")),
            _text(get("Dasar")),
            table.file,
            table.sheet,
            row.number,
            (first, second),
        )
        for row, get in zip(
            table.rows, (_getter(typed, i) for i in range(len(table.rows))), strict=True
        )
    )


def _check_competence(typed: Typed, teams: list[Team]) -> None:
    for index, name in enumerate(typed.columns["Jenis Contoh Uji"]):
        if name and not any(team.can_sample(str(name)) for team in teams):
            typed.fault(index, "Jenis Contoh Uji", findings.NOBODY_SAMPLES, name)


def _getter(typed: Typed, index: int) -> Callable[[str], object]:
    return lambda header: typed.columns[header][index]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _build(typed: Mapping[str, Typed], policy: Policy, teams: list[Team]) -> Reference:
    def rows(sheet: str) -> list[Callable[[str], object]]:
        return [_getter(typed[sheet], index) for index in range(len(typed[sheet].table.rows))]

    any_day: frozenset[int] = frozenset()
    regions = [
        Region(
            _text(get("Wilayah")),
            cast("int", get("Hari Perjalanan") or 0),
            cast("frozenset[int] | None", get("Hari Berangkat") or None),
            _text(get("Moda")),
            cast("float | None", get("Jam Tempuh")),
        )
        for get in rows("Wilayah")
    ]
    kinds = [
        SampleType(
            _text(get("Jenis Contoh Uji")),
            cast("tuple[str, ...]", get("Peralatan")),
            cast("float | None", get("Waktu Simpan (Jam)")),
            cast("frozenset[int]", get("Hari Tanpa Pengambilan") or any_day),
            cast("int | None", get("Kapasitas Lab per Hari")),
        )
        for get in rows("Jenis Contoh Uji")
    ]
    holidays: dict[date, Holiday] = {}
    for get in rows("Hari Libur"):
        day = cast("date", get("Tanggal"))
        holidays.setdefault(day, Holiday(day, _text(get("Keterangan")), _text(get("Jenis"))))
    return Reference(
        policy=policy,
        teams=tuple(teams),
        leaves=tuple(
            Leave(
                _text(get("Nama Tim")),
                cast("date", get("Dari")),
                cast("date", get("Sampai")),
                _text(get("Alasan")),
            )
            for get in rows("Tim Cuti")
        ),
        regions={region.name: region for region in regions},
        sample_types={kind.name: kind for kind in kinds},
        equipment=tuple(
            Equipment(
                _text(get("Peralatan")),
                cast("int | None", get("Jumlah Unit")),
                cast("date | None", get("Kalibrasi Berlaku Sampai")),
            )
            for get in rows("Peralatan")
        ),
        tariffs=tuple(
            Tariff(
                _text(get("Jenis Contoh Uji")),
                _text(get("Parameter")),
                cast("float | None", get("Tarif (Rp)")),
                _text(get("Dasar")),
            )
            for get in rows("Tarif")
        ),
        holidays=holidays,
        officials=tuple(
            Official(_text(get("Jabatan")), _text(get("Nama")), _text(get("NIP")))
            for get in rows("Pejabat")
        ),
        decisions=_decisions(typed["Keputusan Pasangan"]),
        office=read_office(typed),
    )
