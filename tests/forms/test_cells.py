"""Single cells: what people type, and how it is read or refused."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from labkesmas_batch import findings
from labkesmas_batch.forms import cells, dates
from labkesmas_batch.forms.cells import Parsed
from labkesmas_batch.text import names as text_names
from labkesmas_batch.text.indonesian import MONTHS, MONTHS_SHORT

TENTH = datetime(2026, 6, 10)


def assert_refused(parsed: Parsed, kind: findings.FindingKind) -> None:
    assert (parsed.value, parsed.kind) == (None, kind)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-06-10",
        "2026-6-10",
        "2026/06/10",
        "2026.06.10",
        "10/06/2026",
        "10/6/2026",
        "10-06-2026",
        "10-6-2026",
        "10.06.2026",
        "10 / 06 / 2026",
        "10. 06. 2026",
        "10 Juni 2026",
        "10 JUNI 2026",
        "10 juni 2026",
        "10 Jun 2026",
        "10 Jun. 2026",
        "10-Jun-2026",
        "10-Juni-2026",
        "10/Juni/2026",
        "10 Juni, 2026",
        "10Juni2026",
        "10 June 2026",
        "Rabu, 10 Juni 2026",
        "rabu 10/06/2026",
        "  10  Juni\n2026 ",
        "10\u00a0Juni\u00a02026",
        "\u200e10/06/2026\u200f",
        "\ufeff10/06/2026",
        "１０/０６/２０２６",
        "'10/06/2026",
    ],
)
def test_every_spelling_of_one_day_is_read_as_that_day(typed: str) -> None:
    assert dates.moment(typed) == Parsed(TENTH)
    assert dates.day(typed) == Parsed(TENTH.date())


@pytest.mark.parametrize("month", range(1, 13))
def test_all_month_names_and_their_usual_abbreviations_are_known(month: int) -> None:
    for name in (MONTHS[month - 1], MONTHS_SHORT[month - 1]):
        for spelling in (name, name.upper(), name.lower(), name + "."):
            assert dates.day(f"3 {spelling} 2026") == Parsed(date(2026, month, 3)), spelling


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("Pebruari", 2),
        ("Peb", 2),
        ("Mrt", 3),
        ("Agt", 8),
        ("Ags", 8),
        ("Agst", 8),
        ("Sept", 9),
        ("Nopember", 11),
        ("Nop", 11),
        ("January", 1),
        ("February", 2),
        ("March", 3),
        ("May", 5),
        ("June", 6),
        ("July", 7),
        ("August", 8),
        ("Aug", 8),
        ("October", 10),
        ("Oct", 10),
        ("December", 12),
        ("Dec", 12),
    ],
)
def test_old_and_english_month_names_are_known(name: str, month: int) -> None:
    assert dates.day(f"28 {name} 2026") == Parsed(date(2026, month, 28))


@pytest.mark.parametrize(
    "typed",
    ["12/31/2026", "06/13/2026", "12-31-2026", "12.31.2026", "2026-31-12"],
)
def test_a_date_typed_month_first_is_an_error_and_never_swapped(typed: str) -> None:
    assert_refused(dates.moment(typed), findings.DATE_IMPOSSIBLE)
    assert_refused(dates.day(typed), findings.DATE_IMPOSSIBLE)


@pytest.mark.parametrize("typed", ["06/07/2026", "06-07-2026", "06.07.2026"])
def test_a_date_with_two_readings_is_read_day_first(typed: str) -> None:
    assert dates.day(typed) == Parsed(date(2026, 7, 6))


@pytest.mark.parametrize(
    "typed",
    ["31/02/2026", "31 Februari 2026", "29/02/2026", "2026-02-30", "31 Juni 2026", "00/06/2026",
     "10/00/2026", "32/01/2026", "0 Mei 2026"],
)  # fmt: skip
def test_a_day_that_no_calendar_has_is_an_error(typed: str) -> None:
    assert_refused(dates.moment(typed), findings.DATE_IMPOSSIBLE)


def test_29_february_is_read_in_a_leap_year() -> None:
    assert dates.day("29/02/2028") == Parsed(date(2028, 2, 29))


@pytest.mark.parametrize(
    "typed", ["10/06/26", "10-06-26", "10.06.26", "10 Juni 26", "10-Jun-26", "10 Jun '26"]
)
def test_a_year_of_two_digits_is_an_error(typed: str) -> None:
    assert_refused(dates.moment(typed), findings.DATE_TWO_DIGIT_YEAR)


@pytest.mark.parametrize(
    "typed",
    ["minggu depan", "secepatnya", "-", "?", "Juni 2026", "10 Juni", "10/06", "10/06-2026",
     "10 06 2026", "20260610", "10/06/202", "10/06/20266", "10 Junni 2026", "10.06.2026 s.d. "
     "12.06.2026", "10-12 Juni 2026", "10/06/2026 24:00", "10/06/2026 09:60", "10/06/2026 09:30:60",
     "x10/06/2026",
     "10/06/2026x", "+10/06/2026", "=TODAY()", "1 2 3 4"],
)  # fmt: skip
def test_what_is_no_date_is_unreadable(typed: str) -> None:
    assert_refused(dates.moment(typed), findings.DATE_UNREADABLE)


@pytest.mark.parametrize(
    "typed", ["10/06/1999", "10 Juni 2101", "2206-06-10", "10/06/1026", "0026-06-10"]
)
def test_a_year_outside_2000_to_2100_is_an_error(typed: str) -> None:
    assert_refused(dates.moment(typed), findings.DATE_IMPLAUSIBLE)


@pytest.mark.parametrize("typed", ["1/1/2000", "31/12/2100"])
def test_the_first_and_the_last_year_are_accepted(typed: str) -> None:
    assert dates.day(typed).kind is None


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("10/06/2026 09:30", time(9, 30)),
        ("10/06/2026 9.30", time(9, 30)),
        ("10.06.2026 09.30", time(9, 30)),
        ("10/06/2026, 09:30", time(9, 30)),
        ("2026-06-10T09:30", time(9, 30)),
        ("2026-06-10 09:30:15", time(9, 30, 15)),
        ("2026-06-10 09:30:15.250", time(9, 30, 15)),
        ("10 Juni 2026 pukul 09.30 WIB", time(9, 30)),
        ("10 Juni 2026 Pkl. 9.30", time(9, 30)),
        ("10 Juni 2026 jam 23:59", time(23, 59)),
        ("Rabu, 10 Juni 2026 00:00", time()),
    ],
)
def test_a_time_of_day_is_kept_in_a_moment_and_dropped_from_a_day(typed: str, clock: time) -> None:
    assert dates.moment(typed) == Parsed(datetime.combine(TENTH, clock))
    assert dates.day(typed) == Parsed(TENTH.date())


def test_real_date_cells_are_taken_as_they_are() -> None:
    assert dates.moment(date(2026, 6, 10)) == Parsed(TENTH)
    assert dates.moment(datetime(2026, 6, 10, 9, 30)) == Parsed(datetime(2026, 6, 10, 9, 30))
    assert dates.day(datetime(2026, 6, 10, 9, 30)) == Parsed(date(2026, 6, 10))


@pytest.mark.parametrize("value", [date(1999, 12, 31), date(1900, 1, 21), datetime(2101, 1, 1)])
def test_real_date_cells_of_an_implausible_year_are_errors(value: date) -> None:
    assert_refused(dates.moment(value), findings.DATE_IMPLAUSIBLE)


@pytest.mark.parametrize("value", [time(9, 30), timedelta(days=3), True, False])
def test_a_time_a_duration_and_a_truth_value_are_no_dates(value: object) -> None:
    assert_refused(dates.moment(value), findings.DATE_UNREADABLE)


@pytest.mark.parametrize("value", [46183, 46183.0, "46183", " 46183 "])
def test_a_serial_number_is_a_date_with_a_warning_that_names_the_day(value: object) -> None:
    assert dates.day(value) == Parsed(date(2026, 6, 10), findings.DATE_SERIAL, "10 Jun 2026")
    assert dates.day(value).kind.level is not findings.Level.ERROR


@pytest.mark.parametrize("value", [46183.395833333336, "46183.395833333336"])
def test_a_serial_number_keeps_its_time_of_day_to_the_second(value: object) -> None:
    assert dates.moment(value).value == datetime(2026, 6, 10, 9, 30)


@pytest.mark.parametrize(
    ("serial", "day"), [(36526, date(2000, 1, 1)), (73415, date(2100, 12, 31))]
)
def test_the_first_and_the_last_plausible_serial_are_read(serial: int, day: date) -> None:
    assert dates.day(serial) == Parsed(day, findings.DATE_SERIAL, dates.day(serial).hint)


@pytest.mark.parametrize("serial", [36525, 73416, 0, -46183, 2026, 10062026, 20260610, 1e300])
def test_a_number_that_is_no_plausible_serial_is_unreadable(serial: float) -> None:
    assert_refused(dates.moment(serial), findings.DATE_UNREADABLE)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (12, 12),
        (12.0, 12),
        ("12", 12),
        (" 12 ", 12),
        ("'12", 12),
        ("１２", 12),
        ("+12", 12),
        ("1.500", 1500),
        ("1.500.000", 1_500_000),
        ("12,0", 12),
        ("12.0", 12),
        ("Rp 1.500", 1500),
        ("Rp. 1.500", 1500),
        ("Rp1.500", 1500),
    ],
)
def test_whole_numbers_are_read_as_people_type_them(typed: object, number: int) -> None:
    parsed = cells.whole(1)(typed)
    assert parsed == Parsed(number)
    assert type(parsed.value) is int


@pytest.mark.parametrize("typed", [2.5, "2,5", "2.5", "1.500,5"])
def test_a_fraction_is_no_whole_number(typed: object) -> None:
    assert_refused(cells.whole(1)(typed), findings.NUMBER_NOT_WHOLE)


@pytest.mark.parametrize("typed", [0, "0", -1, "-3"])
def test_a_number_below_the_least_is_an_error_that_names_the_least(typed: object) -> None:
    assert cells.whole(1)(typed) == Parsed(None, findings.NUMBER_TOO_SMALL, "1")


def test_the_least_itself_is_accepted() -> None:
    assert cells.whole(0)(0) == Parsed(0)
    assert cells.whole(1)(1) == Parsed(1)
    assert cells.decimal(0)(0) == Parsed(0.0)


@pytest.mark.parametrize("typed", [31, "31", "1.000.000"])
def test_a_number_above_the_most_is_an_error_that_names_the_most(typed: object) -> None:
    assert cells.whole(0, 30)(typed) == Parsed(None, findings.NUMBER_TOO_LARGE, "30")
    assert cells.whole(0, 30)(30) == Parsed(30)


@pytest.mark.parametrize(
    "typed",
    ["2 buah", "dua", "2-3", "±5", "1e3", "0x10", "inf", "nan", "1.50.0", "1,5,0", "", True,
     False, date(2026, 6, 10), time(1), "=1+1"],
)  # fmt: skip
@pytest.mark.parametrize("parser", [cells.whole(0), cells.decimal(0)])
def test_what_is_no_number_is_unreadable(typed: object, parser: cells.Parser) -> None:
    assert_refused(parser(typed), findings.NUMBER_UNREADABLE)


@pytest.mark.parametrize(
    ("typed", "number"),
    [(2.5, 2.5), ("2,5", 2.5), ("2.5", 2.5), ("1.500,75", 1500.75), ("1.500", 1500), (3, 3)],
)
def test_decimals_are_read_the_indonesian_way(typed: object, number: float) -> None:
    assert cells.decimal(0)(typed) == Parsed(number)


def test_a_negative_decimal_is_an_error() -> None:
    assert cells.decimal(0)("-2,5") == Parsed(None, findings.NUMBER_TOO_SMALL, "0")


def test_a_decimal_may_have_no_least() -> None:
    assert cells.decimal(None)(-2.5) == Parsed(-2.5)


@pytest.mark.parametrize(
    "typed",
    ['=HYPERLINK("http://x")', "+62 812", "-", "- mohon pagi", "@admin", "=1+1", "P-1/2026"],
)
def test_text_that_begins_like_a_formula_stays_that_text(typed: str) -> None:
    assert cells.text(typed) == Parsed(typed)
    assert cells.long_text(typed) == Parsed(typed)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("  a \t b ", "a b"),
        ("a\nb", "a b"),
        ("a\u00a0b", "a b"),
        ("a\u200bb", "ab"),
        ("a\x07b", "a b"),
        (12.0, "12"),
        (12, "12"),
        (12.5, "12.5"),
        (True, "Benar"),
        (False, "Salah"),
        (date(2026, 6, 10), "2026-06-10"),
        (datetime(2026, 6, 10, 9, 30), "2026-06-10 09:30"),
    ],
)
def test_any_value_becomes_one_tidy_line(value: object, shown: str) -> None:
    assert cells.text(value) == Parsed(shown)


def test_long_text_keeps_its_line_breaks_and_tidies_each_line() -> None:
    assert cells.long_text("\n Jalan  A \r\n\tNo. 1\n") == Parsed("Jalan A\nNo. 1")


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("0812-0000-0001", "0812-0000-0001"),
        ("081200000001", "081200000001"),
        (81200000001.0, "081200000001"),
        (81200000001, "081200000001"),
        ("81200000001", "81200000001"),
        (6281200000001.0, "6281200000001"),
        ("+62 812 0000 0001", "+62 812 0000 0001"),
    ],
)
def test_a_telephone_number_keeps_or_regains_its_leading_zero(value: object, number: str) -> None:
    assert cells.phone(value) == Parsed(number)


@pytest.mark.parametrize("value", [None, "", " ", "\n\t", "\u00a0", "\u200b", "\ufeff \x07"])
def test_what_nobody_can_see_is_blank(value: object) -> None:
    assert text_names.is_blank(value)


@pytest.mark.parametrize("value", [0, 0.0, False, "0", "-", time(), date(2026, 1, 1)])
def test_zero_and_marks_are_not_blank(value: object) -> None:
    assert not text_names.is_blank(value)


@pytest.mark.parametrize(
    "other", ["air minum", "AIR MINUM", " Air  Minum ", "Air\nMinum", "Ａir Minum"]
)
def test_names_are_compared_without_case_spaces_and_width(other: str) -> None:
    assert text_names.fold(other) == text_names.fold("Air Minum")


def test_different_names_stay_different() -> None:
    assert text_names.fold("Air Minum") != text_names.fold("Air Minun")
    assert text_names.fold("P-1") != text_names.fold("P-01")


def test_numbers_of_requests_sort_as_people_count() -> None:
    numbers = ["P-1", "P-2", "P-10", "P-100", "Q-1", "Q-1/2", "Q-1/10"]
    assert sorted(sorted(numbers), key=text_names.natural) == numbers
    assert sorted(numbers) != numbers
    assert text_names.natural("p-010 ") == text_names.natural("P-10")
    assert text_names.natural("9" * 5000) < text_names.natural("1" + "0" * 5000)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("pH", ("pH",)),
        ("pH; BOD;COD", ("pH", "BOD", "COD")),
        (" pH ;; BOD ; ", ("pH", "BOD")),
        ("pH\nBOD", ("pH", "BOD")),
        ("pH; pH", ("pH",)),
        ("Besi (Fe), total; Nitrat", ("Besi (Fe), total", "Nitrat")),
        (";", ()),
        (7.0, ("7",)),
    ],
)
def test_a_list_is_separated_by_semicolons_or_lines(typed: object, names: tuple[str, ...]) -> None:
    assert cells.names(typed) == Parsed(names)


WHOLE_WEEK, WORKING_WEEK = frozenset(range(7)), frozenset(range(5))


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("Senin-Jumat", WORKING_WEEK),
        ("senin - jumat", WORKING_WEEK),
        ("SENIN–JUMAT", WORKING_WEEK),
        ("Senin — Jumat", WORKING_WEEK),
        ("Senin s.d Jumat", WORKING_WEEK),
        ("Senin sd Jumat", WORKING_WEEK),
        ("Senin s.d. Jumat", WORKING_WEEK),
        ("Senin s/d Jumat", WORKING_WEEK),
        ("Senin sampai Jumat", WORKING_WEEK),
        ("Senin hingga Jumat", WORKING_WEEK),
        ("Senin-Minggu", WHOLE_WEEK),
        ("Sen-Jum", WORKING_WEEK),
        ("Senin-Kamis; Sabtu", {0, 1, 2, 3, 5}),
        ("Jumat-Senin", {4, 5, 6, 0}),
        ("Senin-Senin", {0}),
        ("Senin; Rabu; Jumat", {0, 2, 4}),
        ("Senin, Rabu,Jumat", {0, 2, 4}),
        ("Senin;Senin;", {0}),
        ("Selasa", {1}),
        ("Kam", {3}),
        ("Jum'at", {4}),
        ("Jum’at", {4}),
        ("Ahad", {6}),
        ("Monday; Sunday", {0, 6}),
    ],
)
def test_day_names_are_read_as_list_or_range(typed: str, days: set[int]) -> None:
    assert dates.weekdays(typed) == Parsed(frozenset(days))


def test_day_names_on_lines_of_their_own_are_a_list() -> None:
    assert dates.weekdays("Senin\nRabu\nJumat") == Parsed(frozenset({0, 2, 4}))


@pytest.mark.parametrize(
    "typed",
    ["Senen-Kemis", "Senin dan Rabu", "setiap hari", "1-5", "Senin-Rabu-Jumat", "Senin-", "-"],
)
def test_unknown_day_names_are_errors(typed: str) -> None:
    assert_refused(dates.weekdays(typed), findings.DAY_UNKNOWN)


def test_a_near_miss_of_a_day_name_is_suggested() -> None:
    assert dates.weekdays("Senin; Raabu").hint == " Maksud Anda “Rabu”?"


def test_known_names_are_spelled_as_they_stand_and_others_stay() -> None:
    known = ("Air Minum", "Usap Alat")
    assert cells.known_text(known)(" air  MINUM ") == Parsed("Air Minum")
    assert cells.known_text(known)("Air Minun") == Parsed("Air Minun")
    assert cells.known_names(known)("usap alat; Vektor;USAP ALAT") == Parsed(
        ("Usap Alat", "Vektor")
    )


@pytest.mark.parametrize("typed", ["Air Minum", "air minum", " AIR  MINUM\n", "Air\u00a0Minum"])
def test_a_choice_is_known_whatever_its_case_and_spaces(typed: str) -> None:
    assert cells.choice(("Air Minum", "Usap Alat"))(typed) == Parsed("Air Minum")


def test_an_alias_stands_for_its_choice() -> None:
    parse = cells.choice(("Eksternal",), {"external": "Eksternal"})
    assert parse("EXTERNAL") == Parsed("Eksternal")


def test_a_near_miss_is_suggested_and_not_taken() -> None:
    parsed = cells.choice(("Air Minum", "Usap Alat"))("Air Minun")
    assert parsed == Parsed(None, findings.UNKNOWN_CHOICE, " Maksud Anda “Air Minum”?")


def test_what_resembles_nothing_gets_no_suggestion() -> None:
    assert cells.choice(("Air Minum",))("Tanah") == Parsed(None, findings.UNKNOWN_CHOICE, "")


def test_a_choice_with_nothing_to_choose_from_refuses_everything() -> None:
    assert_refused(cells.choice(())("Air Minum"), findings.UNKNOWN_CHOICE)


def test_a_suggestion_is_written_as_the_name_is_in_the_list() -> None:
    assert text_names.nearest("lingga ", ("Batam", "LINGGA")) == "LINGGA"
    assert text_names.nearest("Linga", ("Batam", "Lingga")) == "Lingga"
    assert text_names.nearest("Jakarta", ("Batam", "Lingga")) == ""
