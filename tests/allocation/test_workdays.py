"""Working days, and the days on which a visit may set out: condition 1 of the allocation."""

from __future__ import annotations

from datetime import date

import pytest

from labkesmas_batch.allocation.workdays import Workdays
from tests.support.builders import region, sample_type
from tests.support.models import june

MONDAY_TO_FRIDAY = range(5)
MONDAY, TUESDAY, WEDNESDAY, FRIDAY, SATURDAY = 0, 1, 2, 4, 5
OFFICE = Workdays(MONDAY_TO_FRIDAY, [june(16)])  # 16 June 2026 is a Tuesday
ANYWHERE, ANYTHING = region(), sample_type()


def may_start(day: date, travel: int = 0, **more: object) -> bool:
    kind = sample_type(no_sampling_days=more.pop("no_sampling_days", ()))
    return OFFICE.may_start(day, region(travel_days=travel, **more), kind)


@pytest.mark.parametrize("day", [1, 2, 3, 4, 5])
def test_monday_to_friday_are_working_days(day: int) -> None:
    assert OFFICE.is_workday(june(day))


@pytest.mark.parametrize("day", [6, 7])
def test_saturday_and_sunday_are_not(day: int) -> None:
    assert not OFFICE.is_workday(june(day))


def test_a_holiday_is_no_working_day_though_its_weekday_is() -> None:
    assert not OFFICE.is_workday(june(16))
    assert OFFICE.is_workday(june(9))


def test_hari_kerja_may_take_in_saturday_and_leave_out_wednesday() -> None:
    workdays = Workdays([MONDAY, TUESDAY, SATURDAY], [])
    assert [workdays.is_workday(june(day)) for day in range(1, 8)] == [
        True,
        True,
        False,
        False,
        False,
        True,
        False,
    ]


def test_a_visit_of_one_day_may_start_on_any_working_day() -> None:
    assert [day for day in range(1, 20) if may_start(june(day))] == [
        1,
        2,
        3,
        4,
        5,
        8,
        9,
        10,
        11,
        12,
        15,
        17,
        18,
        19,
    ]


def test_a_trip_may_not_run_into_the_weekend() -> None:
    assert [day for day in range(1, 8) if may_start(june(day), travel=2)] == [1, 2, 3]


def test_a_trip_may_not_run_over_a_holiday() -> None:
    assert [day for day in range(15, 20) if may_start(june(day), travel=1)] == [17, 18]


def test_a_visit_sets_out_on_hari_berangkat_only() -> None:
    open_days = [day for day in range(1, 14) if may_start(june(day), departure_days=[TUESDAY])]
    assert open_days == [2, 9]


def test_hari_berangkat_that_is_a_holiday_does_not_count() -> None:
    assert not may_start(june(16), departure_days=[TUESDAY])


def test_the_second_day_of_a_trip_need_be_no_hari_berangkat() -> None:
    assert may_start(june(2), travel=1, departure_days=[TUESDAY])


def test_nothing_is_sampled_on_hari_tanpa_pengambilan() -> None:
    open_days = [day for day in range(1, 8) if may_start(june(day), no_sampling_days=[FRIDAY])]
    assert open_days == [1, 2, 3, 4]


def test_samples_may_be_on_their_way_home_on_hari_tanpa_pengambilan() -> None:
    assert may_start(june(4), travel=1, no_sampling_days=[FRIDAY])


def test_a_region_without_any_hari_berangkat_is_never_visited() -> None:
    assert not any(may_start(june(day), departure_days=()) for day in range(1, 31))


def test_nobody_goes_anywhere_where_no_weekday_is_a_working_day() -> None:
    closed = Workdays((), [])
    assert not any(closed.may_start(june(day), ANYWHERE, ANYTHING) for day in range(1, 31))


def why_not(day: int, travel: int = 0, **more: object) -> str:
    kind = sample_type("Air Minum", no_sampling_days=more.pop("no_sampling_days", ()))
    return OFFICE.why_not(june(day), region("Lingga", travel, **more), kind)


def test_nothing_keeps_a_visit_from_a_day_on_which_it_may_start() -> None:
    assert why_not(2) == ""
    assert why_not(2, travel=1, departure_days=[TUESDAY]) == ""


@pytest.mark.parametrize("day", [6, 16])
def test_a_weekend_and_a_holiday_are_no_working_days(day: int) -> None:
    assert why_not(day) == "bukan hari kerja"


def test_a_day_off_is_named_before_anything_else() -> None:
    said = why_not(6, travel=1, departure_days=[TUESDAY], no_sampling_days=[SATURDAY])
    assert said == "bukan hari kerja"


def test_the_wilayah_is_named_where_the_day_is_no_hari_berangkat() -> None:
    assert why_not(3, departure_days=[TUESDAY]) == "bukan hari berangkat ke Lingga"


def test_the_sample_type_is_named_on_hari_tanpa_pengambilan() -> None:
    assert why_not(5, no_sampling_days=[FRIDAY]) == "bukan hari pengambilan Air Minum"


def test_a_trip_that_would_run_into_a_day_off_is_not_called_a_day_off_itself() -> None:
    said = why_not(5, travel=1)
    assert said.startswith("perjalanan ke Lingga")
    assert "bukan hari kerja" not in said
