"""The same week with changes that somebody supposes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import cast

from labkesmas_batch.model.policy import SETTINGS
from labkesmas_batch.model.reference import Equipment, Holiday, Leave, Reference, Team
from labkesmas_batch.model.requests import CustomerClass, Request, RowOnHold
from labkesmas_batch.model.schedule import (
    Accepted,
    Ranked,
)
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.text.names import number_key
from labkesmas_batch.what_if.types import SupposedChange

ALL = "Semua"


@dataclass(frozen=True, slots=True)
class Supposed:
    """What the changes make of a week.

    Parameters
    ----------
    reference
        With the changes.
    requests
        All but the urgent ones.
    urgent
        Go before everybody, each on the day named and on no other.
    """

    reference: Reference
    requests: tuple[Request, ...]
    urgent: tuple[Accepted, ...]


def suppose(
    changes: Iterable[SupposedChange],
    reference: Reference,
    requests: Sequence[Request],
    run_date: date,
) -> Supposed:
    """Make the changes, in the order given.

    Raises
    ------
    ValueError
        Two settings that exclude each other, with what to say.
    """
    urgent: dict[str, Accepted] = {}
    for change in changes:
        if change.kind == "Mendesak":
            request = _urgent(change, requests, run_date)
            day = cast(date, change.first)
            urgent[request.number] = Accepted(request, day, max(day, run_date), None)
        else:
            reference = _MAKE[change.kind](change, reference)
    if reference.policy.internal_gap >= reference.policy.external_gap:
        raise ValueError("selisih_internal_hari harus lebih kecil daripada selisih_eksternal_hari.")
    rest = tuple(request for request in requests if request.number not in urgent)
    return Supposed(reference, rest, tuple(urgent.values()))


def _urgent(change: SupposedChange, requests: Sequence[Request], run_date: date) -> Request:
    day = change.first
    known = next(
        (each for each in requests if number_key(each.number) == number_key(change.name)), None
    )
    if known is not None:
        return replace(known, proposed=day, deadline=day)
    return Request(
        change.name,
        datetime.combine(run_date, time()),
        CustomerClass.EXTERNAL,
        "Permintaan mendesak",
        "",
        "",
        "",
        "",
        "",
        change.region,
        change.sample_type,
        (),
        change.samples,
        day,
        day,
        "",
        "",
        "",
        0,
    )


def _with_number(before: int | None, value: object) -> int | None:
    """Return a capacity after a change; one without limit has nothing to add to."""
    relative, number = cast(tuple[bool, int], value)
    if not relative:
        return number
    return None if before is None else max(0, before + number)


def _teams(reference: Reference, name: str, change: Callable[[Team], Team]) -> Reference:
    return replace(
        reference,
        teams=tuple(change(team) if name in (team.name, ALL) else team for team in reference.teams),
    )


def _add_team(change: SupposedChange, reference: Reference) -> Reference:
    like = next((team for team in reference.teams if team.name == change.value), None)
    if like is None:
        like = next(iter(reference.teams), Team(change.name, "", "", None, None, None))
    added = replace(like, name=change.name, leader="", members="")
    others = tuple(team for team in reference.teams if team.name != change.name)
    return replace(reference, teams=(*others, added))


def _without_team(change: SupposedChange, reference: Reference) -> Reference:
    return replace(
        reference,
        teams=tuple(team for team in reference.teams if team.name != change.name),
        leaves=tuple(leave for leave in reference.leaves if leave.team != change.name),
    )


def _visits(change: SupposedChange, reference: Reference) -> Reference:
    return _teams(
        reference,
        change.name,
        lambda t: replace(t, visits_per_day=_with_number(t.visits_per_day, change.value)),
    )


def _samples(change: SupposedChange, reference: Reference) -> Reference:
    return _teams(
        reference,
        change.name,
        lambda t: replace(t, samples_per_day=_with_number(t.samples_per_day, change.value)),
    )


def _competence(change: SupposedChange, reference: Reference) -> Reference:
    def learn(team: Team) -> Team:
        if team.sample_types is None:
            return team
        return replace(team, sample_types=team.sample_types | {change.sample_type})

    return _teams(reference, change.name, learn)


def _leave(change: SupposedChange, reference: Reference) -> Reference:
    first, last = cast(date, change.first), cast(date, change.last)
    away = Leave(change.name, first, last, "diandaikan")
    return replace(reference, leaves=(*reference.leaves, away))


def _no_leave(change: SupposedChange, reference: Reference) -> Reference:
    kept = tuple(leave for leave in reference.leaves if leave.team != change.name)
    return replace(reference, leaves=kept)


def _laboratory(change: SupposedChange, reference: Reference) -> Reference:
    kind = reference.sample_types[change.name]
    capacity = _with_number(kind.lab_capacity, change.value)
    kinds = {**reference.sample_types, change.name: replace(kind, lab_capacity=capacity)}
    return replace(reference, sample_types=kinds)


def _units(change: SupposedChange, reference: Reference) -> Reference:
    """Change how many units there are: fewer from the last row up, more without calibration end."""
    rows = [each for each in reference.equipment if each.name == change.name]
    others = tuple(each for each in reference.equipment if each.name != change.name)
    before = None if any(e.units is None for e in rows) else sum(e.units or 0 for e in rows)
    after = _with_number(before, change.value)
    if after is None:
        return reference
    if before is None:
        return replace(reference, equipment=(*others, Equipment(change.name, after, None)))
    kept: list[Equipment] = []
    space = after
    for each in rows:
        kept.append(replace(each, units=min(each.units or 0, space)))
        space -= kept[-1].units or 0
    if space:
        kept.append(Equipment(change.name, space, None))
    return replace(reference, equipment=(*others, *kept))


def _holiday(change: SupposedChange, reference: Reference) -> Reference:
    first, last = cast(date, change.first), cast(date, change.last)
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    added = {day: Holiday(day, change.name, "diandaikan") for day in days}
    return replace(reference, holidays={**reference.holidays, **added})


def _setting(change: SupposedChange, reference: Reference) -> Reference:
    setting = next(each for each in SETTINGS if each.key == change.name)
    changed = {setting.field: change.value}
    policy = replace(reference.policy, **changed)  # type: ignore[arg-type]  # checked on reading
    return replace(reference, policy=policy)


_MAKE: Mapping[str, Callable[[SupposedChange, Reference], Reference]] = {
    "Tim tambahan": _add_team,
    "Tanpa tim": _without_team,
    "Kunjungan per hari": _visits,
    "Contoh uji per hari": _samples,
    "Menguasai": _competence,
    "Cuti": _leave,
    "Batal cuti": _no_leave,
    "Kapasitas lab": _laboratory,
    "Jumlah unit": _units,
    "Hari libur": _holiday,
    SheetName.POLICY: _setting,
}


def before_everybody(urgent: Sequence[Accepted], ranked: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """Return the order with the urgent ones first, as the change says."""
    first = tuple(
        Ranked(place, reviewed, reviewed.request.received_on, None, None)
        for place, reviewed in enumerate(urgent, start=1)
    )
    return (*first, *(replace(each, rank=each.rank + len(first)) for each in ranked))


def still_on_hold(
    on_hold: Sequence[RowOnHold], urgent: Sequence[Accepted]
) -> tuple[RowOnHold, ...]:
    """Return the rows on hold without those that urgent changes stand in for, one row each."""
    left = [number_key(each.request.number) for each in urgent]
    kept = []
    for each in on_hold:
        if number_key(each.number) in left:
            left.remove(number_key(each.number))
        else:
            kept.append(each)
    return tuple(kept)
