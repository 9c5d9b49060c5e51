"""The run's test of its own order: it passes what is right, and each of its parts can fail."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from random import Random
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st
from openpyxl import load_workbook

from labkesmas_batch.cli.run_messages import say_week
from labkesmas_batch.commands.run import Published
from labkesmas_batch.explanation import week as sentences
from labkesmas_batch.model.policy import Policy, SilentZone
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Ranked
from labkesmas_batch.precedence import self_test as self_test_module
from labkesmas_batch.precedence.rank import rank
from labkesmas_batch.precedence.self_test import disagreements, self_test
from labkesmas_batch.workbooks.schedule import write_schedule
from labkesmas_batch.xlsx.palette import FAULT
from tests.precedence.test_rank import policies, weeks
from tests.support.builders import (
    decision,
    policy,
    request,
    reviewed,
    row,
    write_intake,
    write_reference,
)
from tests.support.dump import EXAMPLE, EXAMPLE_DATE, Answer, call, records
from tests.support.models import week_of

FIRST_COME = policy(silent_zone=SilentZone.FIRST_COME)
START = date(2026, 5, 1)
TEXTS = (
    "Urutan lengkap: setiap permintaan satu peringkat, tanpa seri",
    "Sesuai SOP 7a dan 7b untuk setiap pasangan",
    "Sama bila baris permintaan diacak",
    "Keputusan Kepala tentang pasangan dipenuhi",
)


def order_of(requests: Iterable[Request], rules: Policy = FIRST_COME) -> tuple[Ranked, ...]:
    return rank([reviewed(each) for each in requests], rules)


def renumbered(order: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """The same requests in this order, with ranks from 1 on."""
    return tuple(replace(each, rank=at) for at, each in enumerate(order, start=1))


def swapped(order: Sequence[Ranked], one: int, other: int) -> tuple[Ranked, ...]:
    """The order with two requests in each other's place."""
    turned = list(order)
    turned[one], turned[other] = turned[other], turned[one]
    return renumbered(turned)


def goes_first(one: Request, other: Request, rules: Policy) -> Request | None:
    """Who goes first by R-7A, R-7B, R-ANTARA and R-URUT; None where only R-SERI decides."""
    if one.customer_class == other.customer_class:
        if one.received_on == other.received_on:
            return None
        return one if one.received_on < other.received_on else other
    inside = one if one.customer_class == "Internal" else other
    outside = other if inside is one else one
    days_later = (inside.received_on - outside.received_on).days
    if days_later <= rules.internal_gap:  # R-7A; the older internal request by R-URUT
        return inside
    if days_later >= rules.external_gap:  # R-7B
        return outside
    return inside if rules.silent_zone == "internal" else outside


def wrong_pairs(order: Sequence[Ranked], rules: Policy) -> list[tuple[Request, Request]]:
    """All pairs of which the wrong one stands first, by looking at every pair."""
    pairs = combinations([each.request for each in order], 2)
    return [(upper, lower) for upper, lower in pairs if goes_first(upper, lower, rules) is lower]


def big_week(seed: int, count: int, days: int = 45) -> tuple[list[Request], Policy]:
    rng = Random(seed)
    inner = rng.randint(0, 9)
    rules = policy(
        internal_gap=inner,
        external_gap=inner + rng.randint(1, 9),
        silent_zone=rng.choice(list(SilentZone)),
    )
    return [
        request(
            f"P-{at}",
            START + timedelta(days=rng.randrange(days)),
            rng.choice(["Internal", "Eksternal"]),
        )
        for at in range(count)
    ], rules


@given(weeks(), policies())
def test_the_order_of_the_key_has_no_wrong_pair_under_any_policy(
    week: list[Request], rules: Policy
) -> None:
    order = order_of(week, rules)
    assert list(disagreements(order, rules)) == wrong_pairs(order, rules) == []


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_a_big_week_has_no_wrong_pair(seed: int) -> None:
    week, rules = big_week(seed, 300)
    order = order_of(week, rules)
    assert list(disagreements(order, rules)) == wrong_pairs(order, rules) == []


def assert_noticed_just_where_wrong(order: Sequence[Ranked], rules: Policy) -> bool:
    wrong = wrong_pairs(order, rules)
    found = list(disagreements(order, rules))
    assert bool(found) == bool(wrong)
    concerned = {id(each) for pair in wrong for each in pair}
    assert {id(each) for each in found} <= concerned
    return bool(wrong)


@runs(max_examples=200)
@given(weeks().filter(bool), policies(), st.integers(0, 99), st.integers(0, 99))
def test_two_that_are_exchanged_are_noticed_just_where_looking_at_every_pair_finds_them(
    week: list[Request], rules: Policy, one: int, other: int
) -> None:
    order = order_of(week, rules)
    assert_noticed_just_where_wrong(swapped(order, one % len(order), other % len(order)), rules)


@runs(max_examples=200)
@given(weeks(), policies(), st.randoms(use_true_random=False))
def test_any_order_at_all_is_judged_as_looking_at_every_pair_judges_it(
    week: list[Request], rules: Policy, rng: Random
) -> None:
    order = list(order_of(week, rules))
    rng.shuffle(order)
    assert_noticed_just_where_wrong(renumbered(order), rules)


@pytest.mark.parametrize("seed", range(60))
def test_one_exchange_of_neighbours_in_a_big_week_is_noticed_where_it_is_wrong(seed: int) -> None:
    week, rules = big_week(seed, 120)
    order = order_of(week, rules)
    at = Random(seed).randrange(len(order) - 1)
    assert_noticed_just_where_wrong(swapped(order, at, at + 1), rules)


def test_the_exchanges_of_neighbours_are_of_both_kinds() -> None:
    """Some of them break a rule and some only tie-breaks, or the test above is idle."""
    seen = set()
    for seed in range(60):
        week, rules = big_week(seed, 120)
        order = order_of(week, rules)
        at = Random(seed).randrange(len(order) - 1)
        seen.add(bool(wrong_pairs(swapped(order, at, at + 1), rules)))
    assert seen == {True, False}


@pytest.mark.parametrize("zone", SilentZone)
@pytest.mark.parametrize("days", [-1, 0, 7, 8, 13, 14])
def test_a_pair_at_each_boundary_is_right_in_one_order_only(days: int, zone: SilentZone) -> None:
    rules = policy(silent_zone=zone)
    week = [
        request("E", START, "Eksternal"),
        request("I", START + timedelta(days=days), "Internal"),
    ]
    order = order_of(week, rules)
    assert not list(disagreements(order, rules))
    assert list(disagreements(swapped(order, 0, 1), rules))


def test_the_days_that_the_sop_leaves_open_count_as_zona_antara_says() -> None:
    week, other = [request("E", START), request("I", date(2026, 5, 10), "Internal")], "internal"
    order = order_of(week)
    assert not list(disagreements(order, FIRST_COME))
    assert list(disagreements(order, policy(silent_zone=SilentZone(other))))


def test_the_tie_breaks_of_one_class_and_date_are_no_matter_of_7a_and_7b() -> None:
    """R-SERI is ours and not the SOP's; the line in Jejak promises 7a and 7b."""
    order = order_of([request("P-1", START), request("P-2", START)])
    assert not list(disagreements(swapped(order, 0, 1), FIRST_COME))


def results(
    ranked: Sequence[Ranked],
    by_key: Sequence[Ranked] | None = None,
    again: Sequence[Ranked] | None = None,
    pairs: Iterable[tuple[str, str]] = (),
) -> list[bool]:
    tests = self_test(
        ranked,
        ranked if by_key is None else by_key,
        ranked if again is None else again,
        FIRST_COME,
        [decision(*pair) for pair in pairs],
    )
    assert tuple(text for text, _ in tests) == TEXTS
    return [holds for _, holds in tests]


WEEK = order_of(
    request(f"P-{at}", START + timedelta(days=3 * at), ("Internal", "Eksternal")[at % 2])
    for at in range(6)
)
NUMBERS = [each.request.number for each in WEEK]


def test_all_four_hold_for_a_right_order() -> None:
    assert results(WEEK) == [True] * 4


@pytest.mark.parametrize("count", [0, 1])
def test_all_four_hold_for_no_request_and_for_one(count: int) -> None:
    few = order_of([request("P-1", START)][:count])
    assert results(few) == [True] * 4
    assert results(few, pairs=[("P-1", "P-2"), ("P-3", "P-1")]) == [True] * 4
    assert list(disagreements(few, FIRST_COME)) == []


@pytest.mark.parametrize(
    "order",
    [
        pytest.param((*WEEK[:-1], replace(WEEK[-1], rank=5)), id="a rank twice"),
        pytest.param((*WEEK[:-1], replace(WEEK[-1], rank=7)), id="a gap"),
        pytest.param(tuple(replace(e, rank=e.rank - 1) for e in WEEK), id="from 0 on"),
        pytest.param((*WEEK, replace(WEEK[-1], rank=7)), id="a request twice"),
        pytest.param(WEEK[1:], id="the first one missing"),
    ],
)
def test_the_first_one_fails_where_ranks_are_not_1_to_n_or_somebody_stands_twice(
    order: Sequence[Ranked],
) -> None:
    assert results(order)[0] is False


def test_the_second_one_fails_where_the_order_of_the_key_breaks_a_clause() -> None:
    assert results(WEEK, by_key=swapped(WEEK, 0, 5)) == [True, False, True, True]


def test_the_second_one_does_not_mind_what_the_kepala_has_decided() -> None:
    last, first = NUMBERS[-1], NUMBERS[0]
    decided = rank([each.reviewed for each in WEEK], FIRST_COME, [decision(last, first)])
    assert list(disagreements(decided, FIRST_COME))
    assert results(decided, by_key=WEEK, pairs=[(last, first)]) == [True] * 4


def test_the_third_one_fails_where_other_rows_give_another_order() -> None:
    assert results(WEEK, again=swapped(WEEK, 2, 3)) == [True, True, False, True]
    assert results(WEEK, again=WEEK[:-1]) == [True, True, False, True]


def test_the_fourth_one_fails_where_a_decision_is_not_honoured() -> None:
    pair = (NUMBERS[4], NUMBERS[1])
    assert results(WEEK, pairs=[pair]) == [True, True, True, False]
    assert results(WEEK, pairs=[pair[::-1], (pair[0].lower(), pair[1].lower())])[3] is False
    assert results(WEEK, pairs=[pair[::-1]]) == [True] * 4


@pytest.mark.parametrize("pair", [("X-1", "P-1"), ("P-5", "X-1"), ("X-1", "X-2")])
def test_the_fourth_one_does_not_mind_decisions_about_requests_that_are_not_there(
    pair: tuple[str, str],
) -> None:
    assert results(WEEK, pairs=[pair]) == [True] * 4


def lines(book: Path) -> list[tuple[object, object]]:
    trail = records(load_workbook(book)["Jejak"])
    return [(each["Keterangan"], each["Nilai"]) for each in trail if each["Hal"] == "Uji urutan"]


def trail_of(answer: Answer) -> list[tuple[object, object]]:
    assert answer.code in (0, 1), answer.err
    return lines(Path(answer.record["files"]["jadwal"]))


def test_jejak_has_the_four_lines_for_the_example_week(tmp_path: Path) -> None:
    answer = call("run", EXAMPLE, "--date", EXAMPLE_DATE, "--output", tmp_path, "--json")
    assert trail_of(answer) == [(text, "terpenuhi") for text in TEXTS]


@pytest.mark.parametrize("count", [0, 1])
def test_jejak_has_the_four_lines_for_no_request_and_for_one(count: int, tmp_path: Path) -> None:
    write_intake(tmp_path / "permintaan.xlsx", [row("P-1")][:count])
    write_reference(tmp_path / "acuan.xlsx", keputusan_pasangan=[("P-1", "P-2", None)])
    answer = call(
        "run",
        tmp_path / "permintaan.xlsx",
        "--output",
        tmp_path / "output",
        "--json",
        "--date",
        "2026-06-01",
    )
    assert trail_of(answer) == [(text, "terpenuhi") for text in TEXTS]


@pytest.mark.parametrize("failed", range(4))
def test_jejak_says_which_one_failed(failed: int, tmp_path: Path) -> None:
    holds = [at != failed for at in range(4)]
    week = replace(week_of([request()]), tests=tuple(zip(TEXTS, holds, strict=True)))
    write_schedule(tmp_path / "jadwal.xlsx", week, "2026-06-01-r1", {})
    said = ["terpenuhi" if each else "TIDAK TERPENUHI" for each in holds]
    assert lines(tmp_path / "jadwal.xlsx") == list(zip(TEXTS, said, strict=True))


@pytest.mark.parametrize("failed", range(4))
def test_a_failed_test_is_the_first_thing_that_management_and_the_terminal_are_told(
    failed: int, tmp_path: Path
) -> None:
    holds = [at != failed for at in range(4)]
    week = replace(week_of([request()]), tests=tuple(zip(TEXTS, holds, strict=True)))
    first, *rest = sentences.needs(week)
    assert first == (
        f"JANGAN PAKAI JADWAL INI: uji urutan gagal ({TEXTS[failed]}). Laporkan kepada petugas TI "
        "(lembar Jejak)."
    )
    assert rest == list(sentences.needs(replace(week, tests=())))
    write_schedule(tmp_path / "jadwal.xlsx", week, "2026-06-01-r1", {})
    page = load_workbook(tmp_path / "jadwal.xlsx")["Ringkasan"]
    (cell,) = [c for line in page.iter_rows() for c in line if str(c.value).startswith("•  JANGAN")]
    above = page.cell(cell.row - 1, 1).value
    assert above == "Perlu keputusan atau tindak lanjut"
    assert cell.fill.fgColor.rgb == "FF" + FAULT.removeprefix("#")
    said: list[str] = []
    say_week(said.append, week, Published("2026-06-01-r1", tmp_path / "jadwal.xlsx", (), ()))
    assert f"  - {first}" in said


def test_where_all_tests_hold_nothing_is_said_of_them() -> None:
    assert not [text for text in sentences.needs(week_of([request()])) if "uji urutan" in text]


class Counted(date):
    """A date that counts how often it is compared."""

    compared = 0

    def __lt__(self, other: date) -> bool:
        Counted.compared += 1
        return date.__lt__(self, other)

    def __gt__(self, other: date) -> bool:
        Counted.compared += 1
        return date.__gt__(self, other)


class Moment(datetime):
    """A time whose date counts its comparisons."""

    def date(self) -> date:
        return Counted(self.year, self.month, self.day)


def counted_week(count: int) -> tuple[Ranked, ...]:
    """An order of so many requests of four months, whose dates count from now on."""
    rng, kinds = Random(count), ("Internal", "Eksternal")
    moments = (datetime(2026, rng.randint(1, 4), rng.randint(1, 28)) for _ in range(count))
    order = order_of(request(f"P-{at}", m, rng.choice(kinds)) for at, m in enumerate(moments))
    return tuple(_counted(each) for each in order)


def _counted(ranked: Ranked) -> Ranked:
    day = ranked.request.received_on
    counted = replace(ranked.request, received=Moment(day.year, day.month, day.day))
    return replace(ranked, reviewed=replace(ranked.reviewed, request=counted))


@contextmanager
def counting_lines(file: str) -> Iterator[list[int]]:
    """Count the lines of a module that are executed."""
    count = [0]

    def step(frame: FrameType, event: str, arg: object) -> object:
        if frame.f_code.co_filename != file:
            return None
        count[0] += event == "line"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        yield count
    finally:
        sys.settrace(before)


def work(count: int) -> tuple[int, int]:
    """The date comparisons and the lines that testing an order of so many requests takes."""
    order = counted_week(count)
    Counted.compared = 0
    with counting_lines(str(self_test_module.__file__)) as steps:
        tests = self_test(order, order, order, FIRST_COME)
    assert all(holds for _, holds in tests)
    return Counted.compared, steps[0]


def test_ten_times_the_requests_take_hardly_more_than_ten_times_the_work() -> None:
    """Growth as of n log n, so that 100,000 requests are no matter either."""
    small, big = work(2_000), work(20_000)
    assert all(few > 2_000 for few in small), "the work is counted at all"
    for few, many in zip(small, big, strict=True):
        assert many < 15 * few
    compared, _ = big
    assert compared < 60 * 20_000
