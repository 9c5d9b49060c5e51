"""The two pages for the Kepala on the readings of 7a and 7b: the same, right, and what a run does.

Everything is read from the pages. What they say of a reading is held against a plain rule here,
which decides one pair from the days between its two requests and shares no code with the package.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import combinations, pairwise, permutations, product
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.builders import row, settings, write_intake, write_reference
from tests.support.dump import ROOT, call, records

RUN_DATE = "2026-09-28"
FIRST_DAY = date(2026, 9, 1)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
DAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
ARRIVAL, ONE_CLASS, NUMBER = "arrival", "one class", "number"

SOP = """\
4. Customer Internal dan Eksternal menyampaikan permintaan pelayanan 3 minggu sebelum pengaturan \
jadwal kegiatan pengambilan sampel.
5. Customer Eksternal dan Internal menyampaikan permintaan jadwal kegiatan pengambilan sampel.
a. Pelayanan didahulukan kepada Customer Internal apabila selisih waktu permintaan hanya 1 minggu \
dengan Customer Eksternal.
b. Pelayanan didahulukan kepada Customer Eksternal apabila selisih waktu permintaan 2 minggu \
dengan Customer Internal."""

# What the English page says, in the words of the other.
WORDS = {
    "yes": "ya", "no, circle": "tidak, melingkar", "no, hangs on the rows":
    "tidak, bergantung pada baris", "before": "mendahului", "days": "hari",
    "order of arrival": "urutan datang", "one class": "segolongan", "number": "nomor",
    "Mon": "Sen", "Tue": "Sel", "Wed": "Rab", "Thu": "Kam", "Fri": "Jum", "Aug": "Agu",
    "Oct": "Okt",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One of the eight, or of those made up here."""

    number: int
    internal: bool
    received: date
    proposed: date = FIRST_DAY


@dataclass(frozen=True)
class Page:
    """One of the two pages; its tables without their headers."""

    text: str

    @cached_property
    def tables(self) -> list[list[list[str]]]:
        """All tables: requests, days between, glance, ours, the others, circles, neighbours."""
        blocks = re.findall(r"(?:^\|.*\n)+", self.text, re.MULTILINE)
        return [[_cells(line) for line in block.splitlines()[2:]] for block in blocks]

    @cached_property
    def tops(self) -> list[list[str]]:
        """The headers of all tables."""
        return [_cells(block) for block in re.findall(r"(?<=\n\n)\|.*", self.text)]

    @cached_property
    def requests(self) -> dict[str, Asked]:
        """The eight, in the order of their rows."""
        return {
            number: Asked(_number(number), kind == "Internal", _day(received), _day(proposed))
            for number, kind, received, proposed in self.tables[0]
        }

    @cached_property
    def glance(self) -> dict[int, tuple[str, str, str]]:
        """Verdict, order or circle, and pairs against 7a or 7b, by reading."""
        return {int(cells[0]): tuple(cells[2:]) for cells in self.tables[2]}

    def order(self, reading: int) -> list[str]:
        """The order that comes out."""
        return self.glance[reading][1].split(", ")

    def against(self, reading: int) -> list[tuple[str, ...]]:
        """The pairs that the page says to be against 7a or 7b, the one in front first."""
        pairs = self.glance[reading][2]
        return [] if pairs == "–" else [tuple(_numbers(pair)) for pair in pairs.split(", ")]

    def readings(self, verdict: str) -> set[int]:
        """The readings with that verdict."""
        return {reading for reading, (said, *_) in self.glance.items() if said == verdict}


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _numbers(text: str) -> list[str]:
    return re.findall(r"P-\d", text)


def _number(text: str) -> int:
    return int(text.removeprefix("P-"))


def _whole(text: str) -> int:
    return int(text.replace("−", "-"))


def _translated(text: str) -> str:
    """Turn the words of an English table into Indonesian."""
    for word, other in WORDS.items():
        text = re.sub(rf"\b{word}\b", other, text)
    return text


def _day(text: str) -> date:
    """Read a day of 2026 in either language; a weekday before it must be its own."""
    *weekday, day, month = _translated(text).split()
    read = date(2026, MONTHS.index(month) + 1, int(day))
    assert weekday in ([], [DAYS[read.weekday()]]), text
    return read


def _written(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


ENGLISH = Page((ROOT / "docs" / "readings.md").read_text("utf-8"))
INDONESIAN = Page((ROOT / "docs" / "bacaan-sop.md").read_text("utf-8"))
PAGES = pytest.mark.parametrize("page", [ENGLISH, INDONESIAN], ids=["readings", "bacaan-sop"])
EIGHT = ENGLISH.requests
CONSISTENT = ENGLISH.readings("yes")
IN_CIRCLES = ENGLISH.readings("no, circle")


def calendar_day(asked: Asked) -> int:
    return asked.received.toordinal()


def proposed_day(asked: Asked) -> int:
    return asked.proposed.toordinal()


def week(asked: Asked) -> int:
    return asked.received.isocalendar().week


def working_day(asked: Asked) -> int:
    """Count Monday to Friday from 1 September on, which is 1; a weekend counts as its Friday."""
    days = range((asked.received - FIRST_DAY).days + 1)
    return sum((FIRST_DAY + timedelta(days=each)).weekday() < 5 for each in days)


@dataclass(frozen=True)
class Reading:
    """Which clause decides where the internal request came so many days, or weeks, later."""

    clause: Callable[[int], str]
    measure: Callable[[Asked], int] = calendar_day
    own_class: Callable[[Asked], int] = calendar_day

    def why(self, one: Asked, other: Asked) -> str:
        """Name what decides between two."""
        if one.internal == other.internal:
            return ONE_CLASS
        return self.clause(self._later(one, other))

    def before(self, one: Asked, other: Asked) -> bool:
        """Tell whether the first goes before the second."""
        why = self.why(one, other)
        if why == ONE_CLASS:
            return (self.own_class(one), one.number) < (self.own_class(other), other.number)
        if why == NUMBER:
            return one.number < other.number
        internal_first = why == "7a" or (why == ARRIVAL and self._later(one, other) <= 0)
        return one.internal is internal_first

    def _later(self, one: Asked, other: Asked) -> int:
        internal, external = (one, other) if one.internal else (other, one)
        return self.measure(internal) - self.measure(external)


def up_to(last: int, first: int) -> Callable[[int], str]:
    """7a from 0 to ``last``, 7b from ``first`` on, in between and below 0 order of arrival."""
    return lambda later: "7a" if 0 <= later <= last else "7b" if later >= first else ARRIVAL


READINGS = {
    1: Reading(up_to(7, 14)),
    2: Reading(up_to(13, 14)),
    3: Reading(lambda later: up_to(13, 14)(later) if later >= 7 else ARRIVAL),
    4: Reading(lambda later: "7a" if abs(later) <= 7 else "7b" if abs(later) >= 14 else ARRIVAL),
    5: Reading(lambda later: NUMBER if 8 <= later <= 13 else up_to(7, 14)(later)),
    6: Reading(up_to(0, 999)),
    7: Reading(lambda _: "7a"),
    8: Reading(up_to(7, 14), proposed_day, proposed_day),
    10: Reading(up_to(1, 2), week),
    11: Reading(lambda later: {7: "7a", 14: "7b"}.get(later, ARRIVAL)),
    12: Reading(up_to(10, 11)),
    13: Reading(up_to(6, 13)),
    14: Reading(up_to(5, 10), working_day),
}
PLAIN = READINGS[1]  # names 7a and 7b where they stand, counted in days

# What each column of the second table of keys compares: the measure, and what Internal is given.
KEYS = {6: 0, 8: 7, 10: 1, 12: 10, 13: 6, 14: 5}

# The numbers that a page names where it says in short what a reading is; 7a and 7b apart.
IN_SHORT = {
    1: (7,), 2: (13,), 3: (7, 7, 13, 14), 4: (), 5: (8, 13), 6: (), 7: (), 8: (1,), 9: (),
    10: (1, 2), 11: (7, 14), 12: (10, 11), 13: (1, 6), 14: (1, 5, 10),
}  # fmt: skip


def circles(requests: Iterable[Asked], reading: Reading) -> set[tuple[Asked, ...]]:
    """Every three that go round. Where each pair is decided, no three means no circle at all."""
    return {
        circle
        for three in combinations(requests, 3)
        for circle in (three, three[::-1])
        if all(reading.before(*pair) for pair in pairwise((*circle, circle[0])))
    }


def order_of(requests: Sequence[Asked], reading: Reading) -> list[str]:
    """The order without circles: whoever goes before more of the others stands further up."""
    wins = {
        one: sum(reading.before(one, other) for other in requests if other is not one)
        for one in requests
    }
    assert sorted(wins.values()) == list(range(len(requests)))
    return [f"P-{one.number}" for one in sorted(requests, key=lambda each: -wins[each])]


def breaches(order: Sequence[str]) -> set[tuple[str, ...]]:
    """The pairs of an order that 7a or 7b, counted in days, would have the other way round."""
    return {
        (upper, lower)
        for upper, lower in combinations(order, 2)
        if PLAIN.why(EIGHT[upper], EIGHT[lower]) in ("7a", "7b")
        and not PLAIN.before(EIGHT[upper], EIGHT[lower])
    }


def neighbours(rows: Iterable[str]) -> list[str]:
    """Reading 9: swap neighbours where 7a or 7b says so, until nothing changes."""
    rows = list(rows)
    swapped = True
    while swapped:
        swapped = False
        for at in range(len(rows) - 1):
            if breaches(rows[at : at + 2]):
                rows[at : at + 2] = rows[at + 1], rows[at]
                swapped = True
    return rows


def by_arrival() -> list[str]:
    return sorted(EIGHT, key=lambda number: (EIGHT[number].received, _number(number)))


def everybody() -> list[Asked]:
    """Both classes on each of 22 days, proposed 21 to 30 days later."""
    found = product(range(22), (True, False))
    return [
        Asked(number, internal, received, received + timedelta(days=21 + number * 7 % 10))
        for number, (later, internal) in enumerate(found)
        for received in [FIRST_DAY + timedelta(days=later)]
    ]


def prioritas(
    folder: Path, rows: Iterable[str] = EIGHT, decided: tuple[str, ...] = (), **ketentuan: str
) -> list[dict[str, object]]:
    """Run the eight through the command line and return the sheet Prioritas."""
    intake = write_intake(
        folder / "permintaan.xlsx",
        [
            row(
                number,
                jenis_customer="Internal" if EIGHT[number].internal else "Eksternal",
                tanggal_permintaan=EIGHT[number].received,
                tanggal_usulan=EIGHT[number].proposed,
            )
            for number in rows
        ],
    )
    more = {"keputusan_pasangan": [(*decided, "Nota Kepala")]} if decided else {}
    reference = write_reference(folder / "acuan.xlsx", ketentuan=settings(**ketentuan), **more)
    answer = call(
        "run",
        intake,
        "--reference",
        reference,
        "--output",
        folder / "output",
        "--date",
        RUN_DATE,
        "--json",
    )
    assert answer.code in (0, 1), answer.err
    return records(load_workbook(answer.record["files"]["jadwal"])["Prioritas"])


def numbers(sheet: Iterable[dict[str, object]]) -> list[str]:
    return [str(line["No. Permintaan"]) for line in sheet]


def effective(sheet: Iterable[dict[str, object]]) -> dict[str, str]:
    found = {str(line["No. Permintaan"]): line["Tanggal Efektif"] for line in sheet}
    assert all(isinstance(day, datetime) for day in found.values())
    return {number: _written(day) for number, day in found.items()}


@PAGES
@pytest.mark.parametrize(
    ("zone", "reading", "column"), [("urut_permintaan", 1, 3), ("internal", 2, 5)]
)
def test_a_run_gives_the_order_and_the_effective_dates_of_our_readings(
    page: Page, zone: str, reading: int, column: int, tmp_path: Path
):
    sheet = prioritas(tmp_path, zona_antara=zone)
    assert numbers(sheet) == page.order(reading)
    table = {cells[0]: cells for cells in page.tables[3]}
    assert effective(sheet) == {no: _translated(cells[column]) for no, cells in table.items()}
    ranks = {str(line["No. Permintaan"]): str(line["Peringkat"]) for line in sheet}
    assert ranks == {no: cells[column + 1] for no, cells in table.items()}
    assert {str(line["No. Permintaan"]): line["Jenis Customer"] for line in sheet} == {
        no: cells[1] for no, cells in table.items()
    }


def test_our_reading_does_not_ask_how_the_rows_stand(tmp_path: Path):
    assert numbers(prioritas(tmp_path, reversed(EIGHT))) == ENGLISH.order(1)


@PAGES
def test_the_pairs_that_hang_on_the_sops_silence_are_named(page: Page, tmp_path: Path):
    said = re.findall(r"(P-\d) \w+ (P-\d) \((\d+)\)", page.text)
    silent = {
        (one, other): days
        for one, other in permutations(EIGHT, 2)
        if EIGHT[one].internal
        and not EIGHT[other].internal
        and 8 <= (days := (EIGHT[one].received - EIGHT[other].received).days) <= 13
    }
    assert {(one, other): int(days) for one, other, days in said} == silent
    assert len(said) == len(silent)
    sheet = prioritas(tmp_path)
    depending_on_reading = set(
        numbers(line for line in sheet if line["Bergantung R-ANTARA"] == "Ya")
    )
    assert depending_on_reading == {number for pair in silent for number in pair}
    differ = {
        frozenset(pair)
        for pair in combinations(page.order(1), 2)
        if page.order(2).index(pair[0]) > page.order(2).index(pair[1])
    }
    assert differ == {frozenset(pair) for pair in silent}


@PAGES
def test_the_decided_pair_gives_the_order_that_is_printed(page: Page, tmp_path: Path):
    part = page.text.split("`Keputusan Pasangan`")[1]
    first, second, *order = _numbers(part)[: 2 + len(EIGHT)]
    assert numbers(prioritas(tmp_path, decided=(first, second))) == order
    assert (first, second) not in set(combinations(page.order(1), 2))


def test_both_pages_carry_the_same_tables():
    assert len(ENGLISH.tables) == len(INDONESIAN.tables) == 7
    for at, (english, other) in enumerate(zip(ENGLISH.tables, INDONESIAN.tables, strict=True)):
        prose = {1} if at == 2 else set()  # a reading in short
        for cells, others in zip(english, other, strict=True):
            same = [_translated(c) == o for c, o in zip(cells, others, strict=True)]
            assert {column for column, agrees in enumerate(same) if not agrees} <= prose, cells
    assert ENGLISH.requests == INDONESIAN.requests
    assert [len(top) for top in ENGLISH.tops] == [len(top) for top in INDONESIAN.tops]
    for pages in zip(ENGLISH.tops, INDONESIAN.tops, strict=True):
        assert [re.findall(r"\d+|P-\d", cell) for cell in pages[0]] == [
            re.findall(r"\d+|P-\d", cell) for cell in pages[1]
        ]


def test_both_pages_name_the_same_numbers_in_their_prose():
    def named(page: Page) -> list[list[str]]:
        parts = re.split(r"^## ", page.text, flags=re.MULTILINE)
        return [sorted(re.findall(r"P-\d|\bT = \d+", part)) for part in parts]

    assert named(ENGLISH) == named(INDONESIAN)


@PAGES
def test_a_reading_in_short_names_its_numbers(page: Page):
    short = {int(cells[0]): cells[1] for cells in page.tables[2]}
    assert {
        reading: tuple(int(number) for number in re.findall(r"\b\d+\b", said))
        for reading, said in short.items()
    } == IN_SHORT
    clauses = {
        reading: re.findall(r"7[ab]|Internal|`\w+`", said) for reading, said in short.items()
    }
    assert clauses == {
        1: ["`zona_antara`", "`urut_permintaan`", "Internal"],
        2: ["`zona_antara`", "`internal`", "Internal"],
        3: ["7a", "7b"],
        4: [],
        5: [],
        6: ["Internal"],
        7: ["Internal"],
        8: [],
        9: [],
        10: ["7a", "7b"],
        11: [],
        12: ["7a", "7b"],
        13: ["7a"],
        14: ["7a", "7b"],
    }
    said = {top.split(":")[0]: int(top.split("T = ")[1]) for top in page.tops[4] if "T = " in top}
    assert said == {str(reading): KEYS[reading] for reading in (8, 12, 13)}
    assert [top.split("T = ")[1] for top in page.tops[3] if "T = " in top] == ["7", "13"]


@PAGES
def test_the_eight_hold_every_difference_that_matters(page: Page):
    tops = [_numbers(cell)[0] for cell in page.tops[1][1:]]
    days = {
        (cells[0], top): _whole(cell)
        for cells in page.tables[1]
        for top, cell in zip(tops, cells[1:], strict=True)
    }
    assert days == {
        (one, other): (EIGHT[one].received - EIGHT[other].received).days
        for one, other in product(EIGHT, EIGHT)
        if EIGHT[one].internal and not EIGHT[other].internal
    }
    assert {0, 1, 7, 8, 13, 14} <= set(days.values())
    assert min(days.values()) < 0
    assert len({each.internal for each in EIGHT.values()}) == 2
    assert len(EIGHT) == 8


@PAGES
def test_our_table_repeats_the_classes_and_dates_of_the_requests(page: Page):
    first = [[number, kind, day.split(" ", 1)[1]] for number, kind, day, _ in page.tables[0]]
    assert [cells[:3] for cells in page.tables[3]] == first


@PAGES
def test_what_the_other_consistent_readings_compare_is_worked_out_rightly(page: Page):
    columns = {int(top.split(":")[0]): at for at, top in enumerate(page.tops[4]) if ":" in top}
    assert set(columns) == CONSISTENT - {1, 2}
    for cells in page.tables[4]:
        asked = EIGHT[cells[0]]
        for reading, at in columns.items():
            value, rank = re.fullmatch(r"(.+) \((\d)\)", _translated(cells[at])).groups()
            assert value == _key(asked, reading), (cells[0], reading)
            assert page.order(reading)[int(rank) - 1] == cells[0], reading


def _key(asked: Asked, reading: int) -> str:
    """What a reading compares, as the page writes it."""
    if reading == 7:
        return f"{'I' if asked.internal else 'E'}, {_written(asked.received)}"
    measure = READINGS[reading].measure
    value = measure(asked) - (KEYS[reading] if asked.internal else 0)
    if measure in (calendar_day, proposed_day):
        return _written(date.fromordinal(value))
    return str(value).replace("-", "−")


def test_every_reading_has_a_verdict():
    assert set(ENGLISH.glance) == {*READINGS, 9} == set(range(1, 15))
    assert {*CONSISTENT, *IN_CIRCLES, 9} == set(ENGLISH.glance)
    assert ENGLISH.readings("no, hangs on the rows") == {9}


@PAGES
@pytest.mark.parametrize("reading", sorted(CONSISTENT))
def test_a_consistent_reading_has_no_circle_and_gives_the_order_printed(page: Page, reading: int):
    rule = READINGS[reading]
    assert circles(EIGHT.values(), rule) == set()
    assert order_of(list(EIGHT.values()), rule) == page.order(reading)
    assert circles(everybody(), rule) == set()
    assert set(page.against(reading)) == breaches(page.order(reading))
    assert len(page.against(reading)) == len(set(page.against(reading)))


@PAGES
@pytest.mark.parametrize("reading", sorted(IN_CIRCLES))
def test_a_circle_really_goes_round(page: Page, reading: int):
    one, other, third, again = page.glance[reading][1].split(" → ")
    assert one == again
    rule, steps = READINGS[reading], [(one, other), (other, third), (third, one)]
    assert all(rule.before(EIGHT[a], EIGHT[b]) for a, b in steps)
    assert page.glance[reading][2] == "–"
    (cells,) = [cells[1:] for cells in page.tables[5] if cells[0] == str(reading)]
    for (a, b), cell in zip(steps, cells, strict=True):
        apart = abs((EIGHT[a].received - EIGHT[b].received).days)
        why = rule.why(EIGHT[a], EIGHT[b]).replace(ARRIVAL, "order of arrival")
        assert _translated(cell) == _translated(f"{a} before {b}: {apart} days, {why}")


@PAGES
def test_the_table_of_circles_holds_exactly_the_readings_with_that_verdict(page: Page):
    assert {int(cells[0]) for cells in page.tables[5]} == IN_CIRCLES


@PAGES
def test_comparing_neighbours_gives_what_is_printed_and_hangs_on_the_rows(page: Page):
    table = [(start.split(", "), end.split(", ")) for start, end in page.tables[6]]
    assert [start for start, _ in table] == [[*EIGHT], [*EIGHT][::-1], by_arrival()]
    for start, end in table:
        assert neighbours(start) == end
    (_, typed), (_, backwards), (_, arrived) = table
    assert typed == page.order(9) != backwards
    assert set(page.against(9)) == breaches(typed)
    assert breaches(backwards)
    assert arrived == page.order(1)


@PAGES
def test_7a_and_7b_are_quoted_whole_and_every_quotation_is_the_sops(page: Page):
    for sentence in SOP.splitlines()[2:]:
        assert f"> {sentence}" in page.text
    quoted = re.findall(r"“([^”]+)”", page.text)
    assert len(quoted) > 10
    words = [" ".join(each.split()) for each in quoted]
    assert [each for each in words if each and each not in SOP] == []


@PAGES
def test_the_readings_said_never_to_go_against_7a_or_7b_are_those(page: Page):
    line = re.search(r"\b1, 2, (\d+) \w+ (\d+)\b", page.text)
    said = {1, 2, int(line[1]), int(line[2])}
    pairs = [pair for pair in permutations(everybody(), 2) if PLAIN.why(*pair) in ("7a", "7b")]
    keep = {
        reading
        for reading in CONSISTENT
        if all(READINGS[reading].before(*pair) == PLAIN.before(*pair) for pair in pairs)
    }
    assert said == keep - {14}  # which keeps them as long as no weekday is off


def test_any_limit_from_7_to_13_days_keeps_7a_and_7b():
    for limit in range(22):
        order = order_of(list(EIGHT.values()), Reading(up_to(limit, limit + 1)))
        assert (breaches(order) == set()) is (7 <= limit <= 13), limit


def test_rounding_up_is_reading_1_and_rounding_down_reading_2():
    eight = list(EIGHT.values())
    up = Reading(lambda later: up_to(1, 2)(-(-later // 7)))
    down = Reading(lambda later: up_to(1, 2)(later // 7) if later >= 0 else ARRIVAL)
    assert order_of(eight, up) == ENGLISH.order(1)
    assert order_of(eight, down) == ENGLISH.order(2)


def test_the_zone_by_row_is_reading_1_where_the_rows_stand_in_order_of_arrival():
    assert [*EIGHT] == sorted(EIGHT, key=_number)  # so rows and numbers give the same circle
    placed = [
        Asked(at, EIGHT[number].internal, EIGHT[number].received)
        for at, number in enumerate(by_arrival())
    ]
    order = order_of(placed, READINGS[5])
    assert [by_arrival()[_number(place)] for place in order] == ENGLISH.order(1)


def test_over_five_weekdays_off_14_days_are_7a_in_working_days():
    later = working_day(EIGHT["P-4"]) - working_day(EIGHT["P-7"])
    assert (later, READINGS[14].clause(later), READINGS[14].clause(later - 5)) == (10, "7b", "7a")


def test_the_oldest_requests_are_those_named():
    oldest = {
        kind: min((n for n in EIGHT if EIGHT[n].internal is kind), key=lambda n: EIGHT[n].received)
        for kind in (True, False)
    }
    assert oldest == {True: "P-5", False: "P-7"}
    assert by_arrival()[0] == "P-5"
    assert ENGLISH.order(8)[-1] == "P-7"


def test_eight_days_are_one_calendar_week_or_two_by_the_weekday():
    monday, sunday = EIGHT["P-7"], Asked(9, False, date(2026, 9, 6))
    assert week(EIGHT["P-2"]) - week(monday) == 1
    assert week(Asked(10, True, date(2026, 9, 14))) - week(sunday) == 2


@pytest.mark.parametrize("name", ["readings.md", "bacaan-sop.md"])
def test_a_page_stays_short(name: str):
    lines = (ROOT / "docs" / name).read_text("utf-8").splitlines()
    assert len(lines) < 150
    assert [line for line in lines if len(line) > 140 and not line.startswith("|")] == []
