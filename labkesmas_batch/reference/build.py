"""The checked sheets of the acuan workbook in; the reference out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import cast

from labkesmas_batch.forms.typed import Typed
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
from labkesmas_batch.reference.institution_sheets import read_office
from labkesmas_batch.text.names import fold

ALL_TYPES = "semua"


def sample_types(listed: tuple[str, ...] | None) -> frozenset[str] | None:
    """Return the sample types of a team as its row lists them, None where it takes every one."""
    names = listed or ()
    return None if any(fold(name) == ALL_TYPES for name in names) else frozenset(names)


def build_reference(typed: Mapping[str, Typed], policy: Policy) -> Reference:
    """Return what the sheets say, none of which has an error; the policy was read beforehand."""
    return Reference(
        policy=policy,
        teams=_teams(typed["Tim"]),
        leaves=_leaves(typed["Tim Cuti"]),
        regions=_regions(typed["Wilayah"]),
        sample_types=_sample_types(typed["Jenis Contoh Uji"]),
        equipment=_equipment(typed["Peralatan"]),
        tariffs=_tariffs(typed["Tarif"]),
        holidays=_holidays(typed["Hari Libur"]),
        officials=_officials(typed["Pejabat"]),
        decisions=_decisions(typed["Keputusan Pasangan"]),
        office=read_office(typed),
    )


def _rows(typed: Typed) -> list[Callable[[str], object]]:
    """Return for each row what gives its value under a header."""
    return [partial(_value, typed, index) for index in range(len(typed.table.rows))]


def _value(typed: Typed, index: int, header: str) -> object:
    return typed.columns[header][index]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _teams(typed: Typed) -> tuple[Team, ...]:
    return tuple(
        Team(
            name=_text(get("Nama Tim")),
            leader=_text(get("Ketua")),
            members=_text(get("Anggota")),
            sample_types=sample_types(cast("tuple[str, ...] | None", get("Jenis Contoh Uji"))),
            visits_per_day=cast("int | None", get("Kunjungan per Hari")),
            samples_per_day=cast("int | None", get("Contoh Uji per Hari")),
        )
        for get in _rows(typed)
    )


def _leaves(typed: Typed) -> tuple[Leave, ...]:
    return tuple(
        Leave(
            _text(get("Nama Tim")),
            cast("date", get("Dari")),
            cast("date", get("Sampai")),
            _text(get("Alasan")),
        )
        for get in _rows(typed)
    )


def _regions(typed: Typed) -> dict[str, Region]:
    regions = (
        Region(
            _text(get("Wilayah")),
            cast("int", get("Hari Perjalanan") or 0),
            cast("frozenset[int] | None", get("Hari Berangkat") or None),
            _text(get("Moda")),
            cast("float | None", get("Jam Tempuh")),
        )
        for get in _rows(typed)
    )
    return {region.name: region for region in regions}


def _sample_types(typed: Typed) -> dict[str, SampleType]:
    any_day: frozenset[int] = frozenset()
    kinds = (
        SampleType(
            _text(get("Jenis Contoh Uji")),
            cast("tuple[str, ...]", get("Peralatan") or ()),
            cast("float | None", get("Waktu Simpan (Jam)")),
            cast("frozenset[int]", get("Hari Tanpa Pengambilan") or any_day),
            cast("int | None", get("Kapasitas Lab per Hari")),
        )
        for get in _rows(typed)
    )
    return {kind.name: kind for kind in kinds}


def _equipment(typed: Typed) -> tuple[Equipment, ...]:
    return tuple(
        Equipment(
            _text(get("Peralatan")),
            cast("int | None", get("Jumlah Unit")),
            cast("date | None", get("Kalibrasi Berlaku Sampai")),
        )
        for get in _rows(typed)
    )


def _tariffs(typed: Typed) -> tuple[Tariff, ...]:
    return tuple(
        Tariff(
            _text(get("Jenis Contoh Uji")),
            _text(get("Parameter")),
            cast("float | None", get("Tarif (Rp)")),
            _text(get("Dasar")),
        )
        for get in _rows(typed)
    )


def _holidays(typed: Typed) -> dict[date, Holiday]:
    """Return the holidays by their day, the first row of a day that stands there twice."""
    holidays: dict[date, Holiday] = {}
    for get in _rows(typed):
        day = cast("date", get("Tanggal"))
        holidays.setdefault(day, Holiday(day, _text(get("Keterangan")), _text(get("Jenis"))))
    return holidays


def _officials(typed: Typed) -> tuple[Official, ...]:
    return tuple(
        Official(_text(get("Jabatan")), _text(get("Nama")), _text(get("NIP")))
        for get in _rows(typed)
    )


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
        for row, get in zip(table.rows, _rows(typed), strict=True)
    )
