"""What the visits placed so far hold: one condition at a time, day by day."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from builders import RUN_DATE, equipment, leave, reference, region, request, sample_type, team
from hypothesis import given, settings
from hypothesis import strategies as st
from models import june

from labkesmas_batch.ledger import NO_LIMIT, SEVERAL, Entry, Ledger, bits
from labkesmas_batch.model import Reference, Region, SampleType, Team

BATAM, NONGSA = region("Batam"), region("Nongsa")
LINGGA = region("Lingga", travel_days=1)
PLACES = (BATAM, NONGSA, LINGGA)
WATER, AIR = sample_type("Air Minum"), sample_type("Udara", ["Sampler"])


class Book:
    """A ledger of June 2026 that is asked by day of the month."""

    def __init__(self, *teams: Team, **given: object) -> None:
        self.reference: Reference = reference(
            teams=teams or (team(),),
            regions=PLACES,
            **{"sample_types": (WATER,)} | given,
        )
        self.ledger = Ledger(self.reference, RUN_DATE, 30)

    def take(
        self,
        number: str,
        day: int,
        at: int = 0,
        region: Region = BATAM,
        kind: SampleType = WATER,
        samples: int = 1,
        movable: bool = False,
    ) -> Entry:
        """Enter a visit of the team that stands there in the sheet."""
        asked = request(number, region=region.name, sample_type=kind.name, samples=samples)
        name = self.reference.teams[at].name
        return self.ledger.occupy(name, span(day, region), asked, movable=movable)

    def team(
        self, day: int, region: Region = BATAM, kind: SampleType = WATER, samples: int = 1
    ) -> int | None:
        """The team of one more visit by the conditions 2 to 5, None where one does not hold."""
        days = span(day, region)
        if self.ledger.short_equipment(days, kind):
            return None
        if self.ledger.lab_full(days[-1], kind, samples):
            return None
        return self.ledger.team_for(days[0], region, kind, samples)

    def loads(self, day: int) -> list[tuple[int, int, str]]:
        """Visits, samples and place of each team on that day."""
        return [self.ledger.load(day - 1, at) for at in range(len(self.reference.teams))]


def span(day: int, region: Region) -> range:
    """The days of a visit as the ledger counts them, from the run date, 1 June, on."""
    return range(day - 1, day + region.travel_days)


# --- condition 2: competence and leave -------------------------------------------------------


def test_only_competent_teams_are_offered_in_the_order_of_the_sheet() -> None:
    teams = (team("A", ["Udara"]), team("B", ["Air Minum"]), team("C", None), team("D", ()))
    book = Book(*teams)
    assert list(bits(book.ledger.competent(WATER))) == [1, 2]
    assert book.team(2) == 1


def test_a_team_is_away_on_the_first_and_the_last_day_of_its_leave() -> None:
    book = Book(leaves=[leave("Tim 1", june(3), june(4))])
    assert [book.team(day) for day in (2, 3, 4, 5)] == [0, None, None, 0]


def test_a_trip_may_not_touch_a_day_of_leave() -> None:
    book = Book(leaves=[leave("Tim 1", june(3))])
    assert [book.team(day, LINGGA) for day in (1, 2, 3, 4)] == [0, None, None, 0]


def test_leave_that_began_before_the_run_and_leave_beyond_the_ledger_count_in_between() -> None:
    book = Book(
        leaves=[leave("Tim 1", "2026-05-01", june(2)), leave("Tim 1", june(29), "2027-01-01")]
    )
    assert [book.team(day) for day in (1, 2, 3, 28, 29, 30)] == [None, None, 0, 0, None, None]


def test_leave_of_one_team_leaves_the_other_free() -> None:
    book = Book(team("A"), team("B"), leaves=[leave("A", june(3))])
    assert book.team(3) == 1


# --- condition 3: the team's day -------------------------------------------------------------


def test_a_team_takes_visits_up_to_kunjungan_per_hari() -> None:
    book = Book(team(visits_per_day=2))
    book.take("P-1", 2)
    assert book.team(2) == 0
    book.take("P-2", 2)
    assert [book.team(day) for day in (2, 3)] == [None, 0]


def test_a_team_carries_samples_up_to_contoh_uji_per_hari() -> None:
    book = Book(team(samples_per_day=10))
    book.take("P-1", 2, samples=6)
    assert [book.team(2, samples=n) for n in (4, 5)] == [0, None]


def test_a_blank_capacity_is_no_limit() -> None:
    book = Book(team())
    for number in range(100):
        book.take(f"P-{number}", 2, samples=1000)
    assert book.team(2, samples=1000) == 0


def test_a_capacity_of_zero_is_a_limit() -> None:
    assert Book(team(visits_per_day=0)).team(2) is None
    assert Book(team(samples_per_day=0)).team(2) is None


def test_a_team_stays_in_one_wilayah_a_day() -> None:
    book = Book()
    book.take("P-1", 2, region=BATAM)
    assert [book.team(2, NONGSA), book.team(2, BATAM), book.team(3, NONGSA)] == [None, 0, 0]


def test_a_trip_holds_its_team_on_each_of_its_days() -> None:
    book = Book(team(visits_per_day=1))
    book.take("P-1", 2, region=LINGGA)
    assert [book.team(day) for day in (1, 2, 3, 4)] == [0, None, None, 0]
    assert book.team(1, LINGGA) is None


def test_a_trip_carries_its_samples_on_each_of_its_days() -> None:
    book = Book(team(samples_per_day=10))
    book.take("P-1", 2, region=LINGGA, samples=6)
    assert [book.team(day, LINGGA, samples=5) for day in (1, 3, 4)] == [None, None, 0]


# --- condition 4: equipment ------------------------------------------------------------------


def sampler(units: int | None = 1, valid_until: object = None) -> dict[str, object]:
    return {
        "sample_types": (WATER, AIR),
        "equipment": [equipment("Sampler", units, valid_until)],
    }


def test_each_visit_takes_one_unit_on_each_of_its_days() -> None:
    book = Book(team("A"), team("B"), **sampler(units=1))
    book.take("P-1", 2, region=LINGGA, kind=AIR)
    assert [book.team(day, kind=AIR) for day in (1, 2, 3, 4)] == [0, None, None, 0]
    assert book.team(2, LINGGA, WATER) == 0


def test_two_units_serve_two_visits() -> None:
    book = Book(team("A"), team("B"), **sampler(units=2))
    book.take("P-1", 2, kind=AIR)
    assert book.team(2, kind=AIR) == 0
    book.take("P-2", 2, kind=AIR)
    assert book.team(2, kind=AIR) is None


def test_calibration_is_valid_through_its_last_day() -> None:
    book = Book(**sampler(valid_until=june(3)))
    assert [book.team(day, kind=AIR) for day in (2, 3, 4)] == [0, 0, None]


def test_calibration_must_last_for_the_whole_trip() -> None:
    book = Book(**sampler(valid_until=june(3)))
    assert [book.team(day, LINGGA, AIR) for day in (2, 3)] == [0, None]


def test_units_of_two_rows_add_up_while_both_are_valid() -> None:
    rows = [equipment("Sampler", 1, june(3)), equipment("Sampler", 1)]
    book = Book(team("A"), team("B"), sample_types=(WATER, AIR), equipment=rows)
    for day in (3, 4):
        book.take(f"P-{day}", day, kind=AIR)
    assert [book.team(day, kind=AIR) for day in (3, 4)] == [0, None]


def test_every_equipment_of_the_sample_type_is_needed() -> None:
    both = sample_type("Udara", ["Sampler", "Kotak"])
    rows = [equipment("Sampler", 1), equipment("Kotak", 1, june(2))]
    book = Book(sample_types=(both,), equipment=rows)
    assert [book.team(day, kind=both) for day in (2, 3)] == [0, None]


# --- condition 5: the laboratory -------------------------------------------------------------


def test_samples_that_arrive_stay_within_the_laboratorys_capacity() -> None:
    kind = sample_type(lab_capacity=10)
    book = Book(sample_types=(kind,))
    book.take("P-1", 2, kind=kind, samples=6)
    assert [book.team(2, kind=kind, samples=n) for n in (4, 5)] == [0, None]


def test_samples_of_a_trip_arrive_on_its_last_day() -> None:
    kind = sample_type(lab_capacity=10)
    book = Book(team("A"), team("B"), sample_types=(kind,))
    book.take("P-1", 2, region=LINGGA, kind=kind, samples=10)
    assert [book.team(day, kind=kind) is None for day in (2, 3, 4)] == [False, True, False]
    assert [book.team(day, LINGGA, kind) is None for day in (1, 2, 3)] == [False, True, False]


def test_the_laboratorys_capacity_is_the_sample_types_own() -> None:
    water, waste = sample_type("Air Minum", lab_capacity=5), sample_type("Limbah", lab_capacity=5)
    book = Book(sample_types=(water, waste))
    book.take("P-1", 2, kind=water, samples=5)
    assert [book.team(2, kind=kind) for kind in (water, waste)] == [None, 0]


# --- which of the possible teams -------------------------------------------------------------


def test_the_first_team_of_the_sheet_goes_where_nothing_else_tells_them_apart() -> None:
    assert Book(team("B"), team("A")).team(2) == 0


def test_for_a_trip_it_is_the_first_day_that_tells_where_the_teams_are() -> None:
    book = Book(team("A"), team("B"))
    book.take("P-1", 3, at=0, region=LINGGA)
    book.take("P-2", 1, at=1, region=LINGGA)
    assert book.team(2, LINGGA) == 1


def test_a_team_already_in_the_wilayah_goes_before_an_idle_one() -> None:
    book = Book(team("A"), team("B"))
    book.take("P-1", 2, at=1)
    book.take("P-2", 2, at=1)
    assert [book.team(2, BATAM), book.team(2, NONGSA), book.team(3, BATAM)] == [1, 0, 0]


def test_of_two_teams_in_the_wilayah_the_one_with_fewer_visits_goes() -> None:
    book = Book(team("A"), team("B"))
    for number, at in (("P-1", 0), ("P-2", 0), ("P-3", 1)):
        book.take(number, 2, at=at)
    assert book.team(2) == 1


def test_a_team_that_is_full_is_passed_over_though_it_is_there_already() -> None:
    book = Book(team("A"), team("B", visits_per_day=1))
    book.take("P-1", 2, at=1)
    assert book.team(2) == 0


# --- what was there before -------------------------------------------------------------------


def test_a_visit_under_way_at_the_run_date_holds_what_is_left_of_it() -> None:
    kind = sample_type(lab_capacity=10)
    book = Book(team(visits_per_day=1), team("B"), sample_types=(kind,))
    book.take("P-1", 0, region=LINGGA, kind=kind, samples=10)
    assert [book.team(day, kind=kind) for day in (1, 2)] == [None, 0]


def test_a_visit_before_the_run_date_holds_nothing() -> None:
    book = Book(team(visits_per_day=1))
    book.take("P-1", -1, region=LINGGA)
    assert book.team(1) == 0


def test_a_visit_beyond_the_ledger_holds_nothing() -> None:
    book = Book(team(visits_per_day=1))
    book.take("P-1", 31)
    assert book.team(30) == 0


def test_a_visit_is_entered_even_where_it_does_not_fit() -> None:
    book = Book(team(visits_per_day=1))
    book.take("P-1", 2)
    book.take("P-2", 2)
    assert book.team(2) is None


def test_a_team_that_is_in_two_wilayah_already_takes_nobody_else_that_day() -> None:
    book = Book()
    book.take("P-1", 2, region=BATAM)
    book.take("P-2", 2, region=NONGSA)
    assert [book.team(2, region) for region in (BATAM, NONGSA)] == [None, None]


def test_a_team_that_is_in_two_wilayah_takes_nobody_even_after_a_third_visit_there() -> None:
    book = Book()
    for number, place in (("P-1", BATAM), ("P-2", NONGSA), ("P-3", NONGSA)):
        book.take(number, 2, region=place)
    assert [book.team(2, place) for place in (BATAM, NONGSA)] == [None, None]


def test_a_visit_of_a_team_that_is_gone_holds_the_rest_of_what_it_needs() -> None:
    book = Book(**sampler(units=1))
    asked = request("P-1", region="Batam", sample_type="Udara")
    book.ledger.occupy("Tim lama", range(1, 2), asked)
    assert [book.team(2, kind=AIR), book.team(2, kind=WATER)] == [None, 0]
    assert [entry.request.number for entry in book.ledger.users("Sampler", 1)] == ["P-1"]
    assert book.ledger.on(1) == []


def test_a_visit_for_a_sample_type_that_is_gone_holds_its_team() -> None:
    book = Book(team(visits_per_day=1))
    book.ledger.occupy("Tim 1", range(1, 2), request("P-1", sample_type="Limbah"))
    assert [book.team(1), book.team(2)] == [0, None]


