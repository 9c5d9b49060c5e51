"""The five conditions of rules.md under which a visit starts on a day with a team.

A function or two each, numbered as there, on plain values. Whoever asks whether a visit may be
somewhere, why it may not, whether a locked one still may, or how full a day is, asks here; the
:class:`~labkesmas_batch.allocation.ledger.Ledger` keeps the answers for all teams at once as bit
masks, and a property test holds it to these functions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta

from labkesmas_batch.model.reference import Equipment, Reference, Region, SampleType, Team
from labkesmas_batch.model.schedule import Visit
from labkesmas_batch.text.indonesian import OFF

NO_LIMIT = 1 << 60
# What a team has for a place where its visits of one day are in more than one Wilayah: no further
# visit fits it.
SEVERAL = "\0"


def equipment_held(visit: Visit, reference: Reference) -> tuple[str, ...]:
    """Return what a visit holds a unit of, of the equipment that the reference has."""
    held = visit.equipment
    if held is None:
        # The kind of a locked visit may have left the reference since.
        kind = reference.sample_types.get(visit.request.sample_type)
        return kind.equipment if kind else ()
    known = {each.name for each in reference.equipment}
    return tuple(name for name in held if name in known)


def limit(capacity: int | None) -> int:
    """Return a capacity as a number; a blank one is no limit."""
    return NO_LIMIT if capacity is None else capacity


def is_workday(day: date, weekdays: Collection[int], holidays: Collection[date]) -> bool:
    """Condition 1: a day of ``hari_kerja`` (Monday 0) that is no holiday."""
    return day.weekday() in weekdays and day not in holidays


def why_no_start(
    day: date, region: Region, sample_type: SampleType, works: Callable[[date], bool]
) -> str:
    """Condition 1: return what keeps a visit from starting that day, '' where nothing does.

    All its days are working days, which ``works`` tells, and the first respects Hari Berangkat of
    the Wilayah and Hari Tanpa Pengambilan of the Jenis Contoh Uji.
    """
    if not works(day):
        return OFF
    if region.departure_days is not None and day.weekday() not in region.departure_days:
        return f"bukan hari berangkat ke {region.name}"
    if day.weekday() in sample_type.no_sampling_days:
        return f"bukan hari pengambilan {sample_type.name}"
    later = (day + timedelta(days=step) for step in range(1, region.travel_days + 1))
    if not all(map(works, later)):
        return f"perjalanan ke {region.name} akan mengenai hari libur"
    return ""


def is_competent(team: Team, sample_type: SampleType) -> bool:
    """Condition 2: the team is competent for the Jenis Contoh Uji."""
    return team.can_sample(sample_type.name)


def is_present(reference: Reference, team: str, day: date) -> bool:
    """Condition 2: the team is not on leave that day."""
    return reference.leave_of(team, day) is None


def takes_one_more(remaining: tuple[int, int, str], region: str, samples: int) -> bool:
    """Condition 3: a visit with so many samples fits what a team has left of a day.

    Parameters
    ----------
    remaining
        Visits and samples that are left, and the Wilayah of the team's visits of that day, '' where
        it has none.
    """
    visits, left, there = remaining
    return visits > 0 and samples <= left and there in ("", region)


def is_overfull(remaining: tuple[int, int, str]) -> bool:
    """Condition 3: a team's visits of a day are more than it can make, or in several Wilayah."""
    visits, samples, there = remaining
    return visits < 0 or samples < 0 or there == SEVERAL


def is_calibrated(equipment: Equipment, day: date) -> bool:
    """Condition 4: the calibration of these units is valid that day."""
    return equipment.valid_until is None or day <= equipment.valid_until


def valid_units(equipment: Iterable[Equipment], name: str, day: date) -> int | None:
    """Condition 4: return the units with a valid calibration that day, None for no limit."""
    valid = [each.units for each in equipment if each.name == name and is_calibrated(each, day)]
    known = [units for units in valid if units is not None]
    return sum(known) if len(known) == len(valid) else None


def laboratory_takes(sample_type: SampleType, arriving: int) -> bool:
    """Condition 5: so many samples of the kind may reach the laboratory on one day."""
    return arriving <= limit(sample_type.lab_capacity)
