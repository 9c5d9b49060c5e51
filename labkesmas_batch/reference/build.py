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
from labkesmas_batch.model.sheets import Header, SheetName
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
        teams=_teams(typed[SheetName.TEAMS]),
        leaves=_leaves(typed[SheetName.LEAVE]),
        regions=_regions(typed[SheetName.REGIONS]),
        sample_types=_sample_types(typed[SheetName.SAMPLE_TYPES]),
        equipment=_equipment(typed[SheetName.EQUIPMENT]),
        tariffs=_tariffs(typed[SheetName.TARIFFS]),
        holidays=_holidays(typed[SheetName.HOLIDAYS]),
        officials=_officials(typed[SheetName.OFFICIALS]),
        decisions=_decisions(typed[SheetName.PAIR_DECISIONS]),
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
            name=_text(get(Header.TEAM_NAME)),
            leader=_text(get(Header.LEADER)),
            members=_text(get(Header.MEMBERS)),
            sample_types=sample_types(cast("tuple[str, ...] | None", get(Header.SAMPLE_TYPE))),
            visits_per_day=cast("int | None", get(Header.VISITS_PER_DAY)),
            samples_per_day=cast("int | None", get(Header.SAMPLES_PER_DAY)),
        )
        for get in _rows(typed)
    )


def _leaves(typed: Typed) -> tuple[Leave, ...]:
    return tuple(
        Leave(
            _text(get(Header.TEAM_NAME)),
            cast("date", get(Header.FROM)),
            cast("date", get(Header.UNTIL)),
            _text(get(Header.EXPLANATION)),
            row.number,
        )
        for row, get in zip(typed.table.rows, _rows(typed), strict=True)
    )


def _regions(typed: Typed) -> dict[str, Region]:
    regions = (
        Region(
            _text(get(Header.REGION)),
            cast("int", get(Header.TRAVEL_DAYS) or 0),
            cast("frozenset[int] | None", get(Header.DEPARTURE_DAYS) or None),
            _text(get(Header.TRANSPORT)),
            cast("float | None", get(Header.TRAVEL_HOURS)),
        )
        for get in _rows(typed)
    )
    return {region.name: region for region in regions}


def _sample_types(typed: Typed) -> dict[str, SampleType]:
    any_day: frozenset[int] = frozenset()
    kinds = (
        SampleType(
            _text(get(Header.SAMPLE_TYPE)),
            cast("tuple[str, ...]", get(Header.EQUIPMENT) or ()),
            cast("float | None", get(Header.HOLDING_TIME)),
            cast("frozenset[int]", get(Header.NO_SAMPLING_DAYS) or any_day),
            cast("int | None", get(Header.LAB_CAPACITY)),
        )
        for get in _rows(typed)
    )
    return {kind.name: kind for kind in kinds}


def _equipment(typed: Typed) -> tuple[Equipment, ...]:
    return tuple(
        Equipment(
            _text(get(Header.EQUIPMENT)),
            cast("int | None", get(Header.UNITS)),
            cast("date | None", get(Header.CALIBRATED_UNTIL)),
        )
        for get in _rows(typed)
    )


def _tariffs(typed: Typed) -> tuple[Tariff, ...]:
    return tuple(
        Tariff(
            _text(get(Header.SAMPLE_TYPE)),
            _text(get(Header.PARAMETERS)),
            cast("float | None", get(Header.TARIFF)),
            _text(get(Header.BASIS)),
        )
        for get in _rows(typed)
    )


def _holidays(typed: Typed) -> dict[date, Holiday]:
    """Return the holidays by their day, the first row of a day that stands there twice."""
    holidays: dict[date, Holiday] = {}
    for get in _rows(typed):
        day = cast("date", get(Header.DATE))
        holidays.setdefault(day, Holiday(day, _text(get(Header.NOTE)), _text(get(Header.KIND))))
    return holidays


def _officials(typed: Typed) -> tuple[Official, ...]:
    return tuple(
        Official(
            _text(get(Header.POSITION)), _text(get(Header.NAME)), _text(get(Header.STAFF_NUMBER))
        )
        for get in _rows(typed)
    )


def _decisions(typed: Typed) -> tuple[PairDecision, ...]:
    table = typed.table
    first, second = (table.columns.get(header, -1) + 1 for header in (Header.NUMBER, Header.LOWER))
    return tuple(
        PairDecision(
            _text(get(Header.NUMBER)),
            _text(get(Header.LOWER)),
            _text(get(Header.BASIS)),
            table.file,
            table.sheet,
            row.number,
            (first, second),
        )
        for row, get in zip(table.rows, _rows(typed), strict=True)
    )
