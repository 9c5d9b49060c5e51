"""What the visits placed so far hold: one condition at a time, day by day."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from labkesmas_batch.allocation.bitsets import bits
from labkesmas_batch.allocation.conditions import NO_LIMIT
from labkesmas_batch.allocation.ledger import SEVERAL, Booking, Ledger
from labkesmas_batch.model.reference import Reference, Region, SampleType, Team
from tests.support.builders import (
    RUN_DATE,
    equipment,
    leave,
    reference,
    region,
    request,
    sample_type,
    team,
)
from tests.support.models import june

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
    ) -> Booking:
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
    for more, fewer in ((0, 1), (1, 0)):
        book = Book(team("A"), team("B"))
        for number, at in (("P-1", more), ("P-2", more), ("P-3", fewer)):
            book.take(number, 2, at=at)
        assert book.team(2) == fewer


def test_of_two_teams_in_the_wilayah_with_as_many_visits_the_first_of_the_sheet_goes() -> None:
    book = Book(team("A"), team("B"))
    book.take("P-1", 2, at=1)
    book.take("P-2", 2, at=0)
    assert book.team(2) == 0


def test_a_team_that_is_full_is_passed_over_though_it_is_there_already() -> None:
    book = Book(team("A"), team("B", visits_per_day=1))
    book.take("P-1", 2, at=1)
    assert book.team(2) == 0


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


def test_samples_of_a_trip_that_comes_home_after_the_ledgers_end_do_not_arrive_before() -> None:
    kind = sample_type(lab_capacity=10)
    book = Book(team("A"), team("B"), sample_types=(kind,))
    book.take("P-1", 30, region=LINGGA, kind=kind, samples=10)
    assert book.team(30, kind=kind) == 1


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


def test_short_equipment_names_the_first_in_the_order_of_the_sample_type() -> None:
    both = sample_type("Udara", ["Sampler", "Kotak"])
    rows = [equipment("Kotak", 1, june(3)), equipment("Sampler", 1, june(4))]
    book = Book(sample_types=(both,), equipment=rows)
    short = [book.ledger.short_equipment(span(day, BATAM), both) for day in (3, 4, 5)]
    assert short == ["", "Kotak", "Sampler"]
    assert book.ledger.short_equipment(span(3, LINGGA), both) == "Kotak"


def test_equipment_and_laboratory_do_not_ask_for_a_team_nor_the_team_for_them() -> None:
    kind = sample_type("Udara", ["Sampler"], lab_capacity=1)
    book = Book(team(visits_per_day=0), sample_types=(kind,), equipment=[equipment("Sampler")])
    assert book.ledger.short_equipment(range(1, 2), kind) == ""
    assert [book.ledger.lab_full(1, kind, n) for n in (1, 2)] == [False, True]
    book = Book(sample_types=(kind,), equipment=[equipment("Sampler", 0)])
    assert book.ledger.team_for(1, BATAM, kind, 2) == 0


def test_a_blank_number_of_units_is_no_limit_while_the_calibration_is_valid() -> None:
    book = Book(**sampler(units=None, valid_until=june(2)))
    for number in range(5):
        book.take(f"P-{number}", 2, kind=AIR)
    assert [book.ledger.units("Sampler", day) for day in (1, 2)] == [NO_LIMIT, 0]
    assert [book.team(day, kind=AIR) for day in (2, 3)] == [0, None]


def test_only_teams_that_ever_carry_so_many_samples_are_able() -> None:
    teams = (team("A", samples_per_day=3), team("B"), team("C", visits_per_day=0))
    ledger = Book(*teams).ledger
    assert [list(bits(ledger.able(n))) for n in (3, 4)] == [[0, 1], [1]]


def test_only_teams_without_leave_on_all_of_the_days_are_there() -> None:
    teams = (team("A"), team("B"), team("C"))
    ledger = Book(*teams, leaves=[leave("A", june(2)), leave("B", june(3))]).ledger
    there = [list(bits(ledger.there(days) & 0b111)) for days in (range(1, 2), range(1, 3))]
    assert there == [[1, 2], [2]]


def test_the_team_itself_is_asked_for_room_and_leave_whatever_its_competence() -> None:
    teams = (team("A", ["Udara"], visits_per_day=1), team("B"), team("C"))
    book = Book(*teams, leaves=[leave("C", june(3))])
    book.take("P-1", 2, at=1, region=NONGSA)
    days = range(1, 3)
    assert [book.ledger.fits(at, days, "Lingga", 1) for at in (0, 1, 2)] == [True, False, False]
    book.take("P-2", 3, at=0)
    assert not book.ledger.fits(0, days, "Lingga", 1)


def test_what_is_left_beside_others_counts_these_alone() -> None:
    book = Book(team(visits_per_day=3, samples_per_day=10))
    first = book.take("P-1", 2, samples=4)
    second = book.take("P-2", 2, samples=5)
    abroad = book.take("P-3", 2, region=NONGSA)
    left = [book.ledger.left(0, some) for some in ([], [first, second], [first, abroad])]
    assert left == [(3, 10, ""), (1, 1, "Batam"), (1, 5, SEVERAL)]


def full_house() -> Book:
    """On 2 June: A idle, B in Batam with a visit left, C full in Batam, D in Nongsa, E on leave."""
    teams = (
        team("A"), team("B", visits_per_day=2), team("C", visits_per_day=1),
        team("D", samples_per_day=5), team("E"),
    )  # fmt: skip
    book = Book(*teams, leaves=[leave("E", june(2))])
    for number, at, place in (("P-1", 1, BATAM), ("P-2", 2, BATAM), ("P-3", 3, NONGSA)):
        book.take(number, 2, at=at, region=place, samples=2)
    return book


def test_with_room_are_the_idle_teams_and_those_there_already_with_a_visit_left() -> None:
    ledger = full_house().ledger
    remaining = [list(bits(ledger.teams_fitting(1, place.name, 1))) for place in PLACES]
    assert remaining == [[0, 1], [0, 3], [0]]


def test_with_room_counts_the_samples_that_a_team_carries_already() -> None:
    ledger = full_house().ledger
    remaining = [list(bits(ledger.teams_fitting(1, "Nongsa", n))) for n in (3, 4, 6)]
    assert remaining == [[0, 3], [0], [0]]


def test_idle_are_the_teams_that_are_there_and_have_no_visit_yet() -> None:
    book = full_house()
    assert [list(bits(book.ledger.idle(day))) for day in (0, 1)] == [[0, 1, 2, 3, 4], [0]]
    assert Book(team(visits_per_day=0)).ledger.idle(0) == 0


def test_a_team_that_is_in_two_wilayah_has_room_in_neither() -> None:
    book = full_house()
    book.take("P-4", 2, at=1, region=NONGSA)
    remaining = [list(bits(book.ledger.teams_fitting(1, place.name, 1))) for place in PLACES]
    assert remaining == [[0], [0, 3], [0]]


def test_elsewhere_is_a_team_that_nothing_but_its_place_keeps_from_a_visit() -> None:
    book = full_house()

    def elsewhere(place: Region, samples: int = 1) -> list[int]:
        asked = book.ledger.elsewhere
        return [at for at in range(5) if asked(1, place.name, 1 << at, samples)]

    assert [elsewhere(place) for place in PLACES] == [[3], [1], [1, 3]]
    assert [elsewhere(BATAM, samples=n) for n in (3, 4)] == [[3], []]
    assert book.ledger.elsewhere(1, "Batam", 0b01011, 1)
    assert not book.ledger.elsewhere(1, "Batam", 0b10111, 1)
    book.take("P-4", 2, at=3)  # D is in two places now and could make no visit anywhere
    assert elsewhere(LINGGA) == [1]


def test_a_day_has_room_as_long_as_one_team_can_make_one_more_visit_anywhere() -> None:
    book = Book(team("A", visits_per_day=1), team("B", visits_per_day=2))
    book.take("P-1", 2, at=0)
    book.take("P-2", 2, at=1)
    assert book.ledger.has_capacity(1)
    book.take("P-3", 2, at=1)
    assert [book.ledger.has_capacity(day) for day in (0, 1, 2)] == [True, False, True]


def test_a_day_has_no_room_where_the_only_free_team_is_on_leave_or_in_two_wilayah() -> None:
    book = Book(leaves=[leave("Tim 1", june(3))])
    book.take("P-1", 2)
    book.take("P-2", 2, region=NONGSA)
    assert [book.ledger.has_capacity(day) for day in (0, 1, 2, 3)] == [True, False, False, True]


def test_a_day_has_no_room_where_no_team_makes_visits() -> None:
    assert not Book(team(visits_per_day=0)).ledger.has_capacity(1)


def test_reachable_are_teams_in_the_wilayah_and_those_with_a_single_visit_elsewhere() -> None:
    book = full_house()
    assert [list(bits(book.ledger.reachable(1, place.name))) for place in PLACES] == [
        [1, 2, 3],
        [1, 2, 3],
        [1, 2, 3],
    ]
    book.take("P-4", 2, at=1)  # B has two visits in Batam now and cannot leave it by one exchange
    assert [list(bits(book.ledger.reachable(1, place.name))) for place in PLACES] == [
        [1, 2, 3],
        [2, 3],
        [2, 3],
    ]
    book.take("P-5", 2, at=1, region=NONGSA)  # in two places it is in none of them
    assert list(bits(book.ledger.reachable(1, "Batam"))) == [2, 3]
    assert book.ledger.reachable(0, "Batam") == 0


def test_samples_fit_a_team_instead_of_another_visits() -> None:
    book = Book(team(visits_per_day=2, samples_per_day=10))
    big, small = book.take("P-1", 2, samples=6), book.take("P-2", 2, samples=3)
    fits = [
        [book.ledger.fits_instead(0, 1, samples, other) for samples in (4, 5, 7, 8)]
        for other in (big, small)
    ]
    assert fits == [[True, True, True, False], [True, False, False, False]]


def test_nothing_fits_instead_where_locked_visits_are_too_many_anyway() -> None:
    book = Book(team(visits_per_day=1))
    one = book.take("P-1", 2)
    assert book.ledger.fits_instead(0, 1, 1, one)
    book.take("P-2", 2)
    assert not book.ledger.fits_instead(0, 1, 1, one)


def numbers(entries: Sequence[Booking]) -> list[str]:
    return [entry.request.number for entry in entries]


def test_visits_are_found_by_day_team_equipment_and_laboratory_in_the_order_they_came() -> None:
    book = Book(team("A"), team("B"), **sampler(units=3))
    book.take("P-9", 2, kind=AIR, region=LINGGA)
    book.take("P-5", 3, at=1, kind=AIR)
    book.take("P-1", 3)
    ledger = book.ledger
    assert [numbers(ledger.on(day)) for day in range(4)] == [
        [],
        ["P-9"],
        ["P-9", "P-5", "P-1"],
        [],
    ]
    assert [numbers(ledger.visits_of(2, at)) for at in (0, 1)] == [["P-9", "P-1"], ["P-5"]]
    assert [numbers(ledger.users("Sampler", day)) for day in (1, 2)] == [["P-9"], ["P-9", "P-5"]]
    assert [numbers(ledger.arriving(AIR, day)) for day in (1, 2)] == [[], ["P-9", "P-5"]]
    assert numbers(ledger.arriving(WATER, 2)) == ["P-1"]


def test_visits_are_numbered_as_they_come_and_days_from_the_run_date() -> None:
    book = Book()
    entries = [book.take(number, 2) for number in ("P-9", "P-5", "P-7")]
    assert [entry.order for entry in entries] == [0, 1, 2]
    assert [book.ledger.day(number) for number in (0, 29)] == [RUN_DATE, june(30)]


def test_visits_of_one_day_that_may_change_their_team_are_counted() -> None:
    book = Book()
    book.take("P-1", 2, movable=True)
    book.take("P-2", 2)
    book.take("P-3", 3, region=LINGGA, movable=True)
    assert [book.ledger.movable(day) for day in range(5)] == [0, 1, 0, 0, 0]


def test_a_visit_that_changes_its_team_frees_the_one_and_fills_the_other() -> None:
    book = Book(team("A", visits_per_day=1), team("B", visits_per_day=1))
    entry = book.take("P-1", 2, samples=4, movable=True)
    assert (book.loads(2), book.team(2)) == ([(1, 4, "Batam"), (0, 0, "")], 1)
    book.ledger.reassign([(entry, 1)])
    assert (book.loads(2), book.team(2)) == ([(0, 0, ""), (1, 4, "Batam")], 0)
    assert [numbers(book.ledger.visits_of(1, at)) for at in (0, 1)] == [[], ["P-1"]]
    book.ledger.reassign([(entry, 0)])
    assert (book.loads(2), book.team(2)) == ([(1, 4, "Batam"), (0, 0, "")], 1)


def test_two_visits_change_places_at_once_though_neither_team_has_room_for_both() -> None:
    book = Book(team("A", visits_per_day=1), team("B", visits_per_day=1))
    here = book.take("P-1", 2, at=0, movable=True)
    there = book.take("P-2", 2, at=1, region=NONGSA, samples=3, movable=True)
    book.ledger.reassign([(here, 1), (there, 0)])
    assert book.loads(2) == [(1, 3, "Nongsa"), (1, 1, "Batam")]
    assert (book.team(2), book.ledger.has_capacity(1)) == (None, False)
    assert (here.team, there.team) == (1, 0)


def test_a_trip_changes_its_team_on_each_of_its_days_and_keeps_equipment_and_laboratory() -> None:
    kind = sample_type("Udara", ["Sampler"], lab_capacity=5)
    book = Book(
        team("A", visits_per_day=1),
        team("B", visits_per_day=1),
        sample_types=(kind,),
        equipment=[equipment("Sampler", 2)],
    )
    entry = book.take("P-1", 2, region=LINGGA, kind=kind, samples=2, movable=True)
    book.ledger.reassign([(entry, 1)])
    assert [book.loads(day) for day in (2, 3)] == [[(0, 0, ""), (1, 2, "Lingga")]] * 2
    assert [book.team(day, LINGGA, kind) for day in (1, 2, 3)] == [0, 0, 0]
    assert [numbers(book.ledger.users("Sampler", day)) for day in (1, 2)] == [["P-1"]] * 2
    assert [book.ledger.lab_full(2, kind, n) for n in (3, 4)] == [False, True]
    assert list(entry.days) == [1, 2]


def test_a_team_stays_in_the_wilayah_of_those_who_stay_with_it() -> None:
    book = Book(team("A"), team("B"))
    first, _ = book.take("P-1", 2, movable=True), book.take("P-2", 2, movable=True)
    book.ledger.reassign([(first, 1)])
    assert book.loads(2) == [(1, 1, "Batam")] * 2
    assert list(bits(book.ledger.reachable(1, "Nongsa"))) == [0, 1]


def test_a_team_that_locked_visits_send_to_two_wilayah_takes_nobody_until_one_leaves_it() -> None:
    book = Book(team("A"), team("B"))
    book.take("P-1", 2)
    guest = book.take("P-2", 2, region=NONGSA, movable=True)
    assert book.loads(2)[0] == (2, 2, SEVERAL)
    book.ledger.reassign([(guest, 1)])
    assert book.loads(2) == [(1, 1, "Batam"), (1, 1, "Nongsa")]
    assert [book.team(2, place) for place in PLACES] == [0, 1, None]
    book.ledger.reassign([(guest, 0)])
    assert book.loads(2) == [(2, 2, SEVERAL), (0, 0, "")]
    assert [book.team(2, place) for place in PLACES] == [1, 1, 1]


def test_a_team_in_two_wilayah_stays_so_when_one_of_three_visits_leaves_and_comes_back() -> None:
    book = Book(team("A"), team("B", visits_per_day=0))
    book.take("P-1", 2)
    book.take("P-2", 2, region=NONGSA)
    third = book.take("P-3", 2, movable=True)
    for at in (1, 0):
        book.ledger.reassign([(third, at)])
        assert book.loads(2)[0][2] == SEVERAL
        assert [book.team(2, place) for place in PLACES] == [None, None, None]


Visits = list[tuple[int, int, int, int]]
CREW = (team("A", visits_per_day=2), team("B", samples_per_day=6), team("C", visits_per_day=1))
CREWS_LEAVE = [leave("A", june(3)), leave("C", june(1), june(2))]


def entered(visits: Visits) -> tuple[Book, list[Booking]]:
    """A ledger with visits of (team, day, place, samples), whether or not they fit."""
    book = Book(*CREW, leaves=CREWS_LEAVE)
    taken = [
        book.take(f"P-{number}", day, at, PLACES[place], samples=samples, movable=True)
        for number, (at, day, place, samples) in enumerate(visits)
    ]
    return book, taken


def everything(book: Book) -> list[object]:
    """What the ledger answers about the first five days."""
    ledger, found = book.ledger, list[object]()
    for day in range(1, 6):
        found += [day, ledger.has_capacity(day - 1), ledger.idle(day - 1), book.loads(day)]
        found += [sorted(numbers(ledger.visits_of(day - 1, at))) for at in range(3)]
        for place in PLACES:
            found.append(ledger.reachable(day - 1, place.name))
            for samples in (1, 3, 6):
                found.append(book.team(day, place, samples=samples))
                found.append(ledger.teams_fitting(day - 1, place.name, samples))
    return found


VISITS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(1, 4), st.integers(0, 2), st.integers(1, 4)),
    min_size=1,
    max_size=7,
)


@settings(max_examples=200)
@given(VISITS, st.lists(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2))), max_size=4))
def test_after_any_changes_of_teams_the_ledger_is_that_of_visits_entered_with_these_teams(
    visits: Visits, steps: list[list[tuple[int, int]]]
) -> None:
    book, entries = entered(visits)
    teams = [at for at, *_ in visits]
    for step in steps:
        changes = {which: at for which, at in step if which < len(visits)}
        book.ledger.reassign([(entries[which], at) for which, at in changes.items()])
        for which, at in changes.items():
            teams[which] = at
    again, _ = entered([(at, *rest) for at, (_, *rest) in zip(teams, visits, strict=True)])
    assert everything(book) == everything(again)
    first, _ = entered(visits)
    book.ledger.reassign(list(zip(entries, (at for at, *_ in visits), strict=True)))
    assert everything(book) == everything(first)


def test_the_stamp_of_days_is_another_one_after_a_visit_on_one_of_them() -> None:
    book = Book()
    before = book.ledger.changes(range(1, 3))
    book.take("P-1", 3)
    assert book.ledger.changes(range(1, 3)) != before


def test_the_stamp_of_days_stays_as_long_as_nothing_happens_on_them() -> None:
    book = Book(team("A"), team("B"))
    before = book.ledger.changes(range(1, 3))
    book.take("P-1", 1)
    entry = book.take("P-2", 4, region=LINGGA, movable=True)
    book.ledger.reassign([(entry, 1)])
    book.team(2)
    assert book.ledger.changes(range(1, 3)) == before


def test_the_stamp_changes_on_each_day_of_a_trip_that_changes_its_team_and_never_returns() -> None:
    book = Book(team("A"), team("B"))
    entry = book.take("P-1", 2, region=LINGGA, movable=True)
    seen = {day: {book.ledger.changes(range(day, day + 1))} for day in (1, 2)}
    for at in (1, 0):
        book.ledger.reassign([(entry, at)])
        for day, stamps in seen.items():
            stamps.add(book.ledger.changes(range(day, day + 1)))
    assert [len(stamps) for stamps in seen.values()] == [3, 3]


def test_the_stamp_changes_where_a_visit_of_a_team_that_is_gone_takes_equipment() -> None:
    book = Book(**sampler())
    before = book.ledger.changes(range(1, 2))
    book.ledger.occupy("Tim lama", range(1, 2), request("P-1", sample_type="Udara"))
    assert book.ledger.changes(range(1, 2)) != before
