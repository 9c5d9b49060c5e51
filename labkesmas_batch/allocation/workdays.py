"""On which days anybody works, and on which a visit may set out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate

from labkesmas_batch.allocation.conditions import is_workday, why_no_start
from labkesmas_batch.model.reference import Reference, Region, SampleType
from labkesmas_batch.model.requests import Request

_A_YEAR = 366


class Workdays:
    """The working days of the laboratory.

    Parameters
    ----------
    weekdays
        Weekday numbers of ``hari_kerja``, Monday 0.
    holidays
        Days off whatever their weekday.
    """

    def __init__(self, weekdays: Collection[int], holidays: Collection[date]) -> None:
        self._weekdays = frozenset(weekdays)
        self._holidays = frozenset(holidays)

    def is_workday(self, day: date) -> bool:
        """Tell whether the laboratory works on that day."""
        return is_workday(day, self._weekdays, self._holidays)

    def may_start(self, day: date, region: Region, sample_type: SampleType) -> bool:
        """Tell whether a visit may start that day: condition 1 of the allocation."""
        return not self.why_not(day, region, sample_type)

    def why_not(self, day: date, region: Region, sample_type: SampleType) -> str:
        """Return what keeps a visit from starting that day, '' where nothing does."""
        return why_no_start(day, region, sample_type, self.is_workday)


def first_start(day: date, request: Request, reference: Reference) -> date | None:
    """Return the first day from ``day`` on that condition 1 allows, None where there is none.

    A request whose Batas Akhir lies before that has none; nor has one whose place or kind the
    reference does not know, or whose place no boat leaves for within a year.
    """
    region = reference.regions.get(request.region)
    kind = reference.sample_types.get(request.sample_type)
    if region is None or kind is None:
        return None
    workdays = Workdays(reference.policy.workdays, reference.holidays)
    last = day + timedelta(days=_A_YEAR)
    if request.deadline is not None:
        last = min(last, request.deadline)
    days = (day + timedelta(days=step) for step in range((last - day).days + 1))
    return next((each for each in days if workdays.may_start(each, region, kind)), None)


class Starts:
    """The days, numbered from the run date, on which condition 1 lets a visit of a kind start."""

    def __init__(self, may_start: Sequence[bool]) -> None:
        self._may_start = may_start
        self._before = [0, *accumulate(map(int, may_start))]

    def __getitem__(self, day: int) -> bool:
        return self._may_start[day]

    def between(self, first: int, last: int) -> Iterator[int]:
        """Yield those from ``first`` to ``last``, both included."""
        return (day for day in range(first, last + 1) if self._may_start[day])

    def count(self, first: int, last: int) -> int:
        """Return how many those are."""
        return self._before[last + 1] - self._before[first] if first <= last else 0
