"""The Kepala's decisions about pairs: an order as close to the key as they allow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import combinations, pairwise, permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st
from openpyxl import load_workbook

from labkesmas_batch.errors import RefusedError
from labkesmas_batch.explanation import order as sentences
from labkesmas_batch.model.policy import Policy, Rule, SilentZone
from labkesmas_batch.model.reference import PairDecision
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Ranked
from labkesmas_batch.precedence.clauses import clause
from labkesmas_batch.precedence.pair_decisions import decision_findings
from labkesmas_batch.precedence.rank import rank
from tests.precedence.test_rank import policies
from tests.support.builders import (
    decision,
    policy,
    request,
    reviewed,
    row,
    settings,
    write_intake,
    write_reference,
)
from tests.support.dump import Answer, call, records

FIRST_COME = policy(silent_zone=SilentZone.FIRST_COME)
START = date(2026, 5, 1)
Pairs = Sequence[tuple[str, str]]


def external(number: str, day: int) -> Request:
    return request(number, START + timedelta(days=day), "Eksternal")


def internal(number: str, day: int) -> Request:
    return request(number, START + timedelta(days=day), "Internal")


def decisions(pairs: Pairs) -> list[PairDecision]:
    """The decisions as they stand on the sheet, the first one in row 2."""
    return [decision(*pair, row=at) for at, pair in enumerate(pairs, start=2)]


def ordered(
    week: Iterable[Request], pairs: Pairs = (), rules: Policy = FIRST_COME
) -> tuple[Ranked, ...]:
    return rank([reviewed(each) for each in week], rules, decisions(pairs))


def numbers(week: Iterable[Request], pairs: Pairs = (), rules: Policy = FIRST_COME) -> list[str]:
    return [each.request.number for each in ordered(week, pairs, rules)]


# docs/rules.md, section 2: the example and the chain.
EXAMPLE = (
    external("E-1", 7), external("E-2", 10), internal("I-1", 14), internal("I-2", 15),
    internal("I-3", 20), internal("I-4", 21),
)  # fmt: skip
BY_KEY = ["I-1", "E-1", "I-2", "E-2", "I-3", "I-4"]
CHAIN = (external("A", 0), external("B", 5), internal("C", 13), internal("D", 18))


def test_the_example_of_the_rules_comes_out_as_it_stands_there() -> None:
    assert numbers(EXAMPLE) == BY_KEY
    assert numbers(EXAMPLE, [("I-2", "E-1")]) == ["I-1", "I-2", "E-1", "E-2", "I-3", "I-4"]


def test_a_chain_of_decisions_goes_further_than_each_of_its_links() -> None:
    assert numbers(CHAIN) == ["A", "B", "C", "D"]
    chain = [("D", "B"), ("B", "C"), ("C", "A")]
    assert numbers(CHAIN, chain) == ["D", "B", "C", "A"]


def test_a_request_waits_for_all_that_are_decided_before_it() -> None:
    assert numbers(EXAMPLE, [("I-2", "I-1"), ("I-4", "I-1")]) == [
        "E-1",
        "I-2",
        "E-2",
        "I-3",
        "I-4",
        "I-1",
    ]


def test_without_decisions_the_order_is_the_keys_and_names_nobodys_word() -> None:
    assert ordered(EXAMPLE) == ordered(EXAMPLE, [("X-1", "X-2")])
    for each in ordered(EXAMPLE):
        assert (each.above_by, each.below_by) == (None, None)


@pytest.mark.parametrize("pair", [("X-1", "I-1"), ("I-4", "X-1"), ("X-1", "X-2"), ("E-10", "I-1")])
def test_a_decision_about_a_request_that_is_not_there_changes_nothing(
    pair: tuple[str, str],
) -> None:
    assert ordered(EXAMPLE, [pair]) == ordered(EXAMPLE)


def test_a_circle_that_closes_only_over_an_absent_request_is_none() -> None:
    assert numbers(EXAMPLE, [("I-2", "X-1"), ("X-1", "E-1"), ("E-1", "I-2")]) == BY_KEY


@pytest.mark.parametrize("written", ["i-2", " I-2 ", "I-2\u200b", "Ｉ-2"])
def test_a_number_is_found_whatever_its_case_width_and_spaces(written: str) -> None:
    plain = numbers(EXAMPLE, [("I-2", "E-1")])
    assert numbers(EXAMPLE, [(written, "e-1")]) == plain != BY_KEY


def test_the_same_pair_decided_twice_counts_once_and_its_first_row_is_named() -> None:
    twice = ordered(EXAMPLE, [("I-2", "E-1"), ("i-2", "E-1")])
    assert [each.request.number for each in twice] == numbers(EXAMPLE, [("I-2", "E-1")])
    (by,) = [each.above_by for each in twice if each.above_by]
    assert by.row == 2


def test_ranks_and_effective_dates_stay_what_they_are() -> None:
    order = ordered(EXAMPLE, [("I-2", "E-1")])
    assert [each.rank for each in order] == [1, 2, 3, 4, 5, 6]
    plain = {each.request.number: each.effective for each in ordered(EXAMPLE)}
    assert {each.request.number: each.effective for each in order} == plain


def test_decided_neighbours_name_r_antara_and_the_decision_on_both_sides() -> None:
    order = {each.request.number: each for each in ordered(EXAMPLE, [("I-2", "E-1")])}
    by = decision("I-2", "E-1")
    assert (order["I-2"].below, order["I-2"].below_by) == (Rule.SILENT, by)
    assert (order["E-1"].above, order["E-1"].above_by) == (Rule.SILENT, by)
    assert (order["I-2"].above, order["I-2"].above_by) == (Rule.ORDER, None)
    assert (order["E-1"].below, order["E-1"].below_by) == (Rule.ORDER, None)


@pytest.mark.parametrize(
    ("basis", "said"),
    [("Nota 7", "menurut keputusan Kepala, dasar: Nota 7 (R-ANTARA)."),
     ("", "menurut keputusan Kepala (R-ANTARA).")],
)  # fmt: skip
def test_the_sentence_names_the_kepala_and_the_basis_if_there_is_one(basis: str, said: str) -> None:
    said_first = f"I-2 (Internal, 16 Mei 2026) didahulukan atas E-1 (Eksternal, 8 Mei 2026) {said}"
    by = decision("I-2", "E-1", basis)
    one, other = EXAMPLE[3], EXAMPLE[0]
    assert sentences.precedence(one, other, Rule.SILENT, FIRST_COME, by) == said_first
    order = rank([reviewed(each) for each in EXAMPLE], FIRST_COME, [by])
    assert sentences.place_in_order(order[2], one, EXAMPLE[1], FIRST_COME) == said_first


def refused(week: Iterable[Request], pairs: Pairs, rules: Policy = FIRST_COME) -> str:
    with pytest.raises(RefusedError) as error:
        ordered(week, pairs, rules)
    assert error.value.findings == ()
    return str(error.value)


def assert_names_a_circle(message: str, pairs: Pairs) -> list[str]:
    """The message names requests in a circle, each pair with the row on which it stands."""
    found = re.fullmatch(
        r"acuan\.xlsx, lembar Keputusan Pasangan: keputusan tentang pasangan saling bertentangan, "
        r"(.+) \(baris ([\d, ]+)\)\. Hapus salah satunya; jadwal tidak disusun\.",
        message,
    )
    assert found, message
    circle = found[1].split(" → ")
    assert circle[0] == circle[-1]
    assert len(set(circle)) == len(circle) - 1
    rows = [int(each) for each in found[2].split(", ")]
    assert len(rows) == len(circle) - 1
    for named, at in zip(pairwise(circle), rows, strict=True):
        assert tuple(map(str.casefold, pairs[at - 2])) == tuple(map(str.casefold, named))
    return circle[:-1]


@pytest.mark.parametrize(
    "circle",
    [("E-1", "I-2"), ("I-1", "E-2"), ("E-1", "E-2"), ("I-2", "E-1", "I-4"), ("I-1", "E-1", "E-2"),
     ("I-4", "I-3", "E-2", "E-1")],
)  # fmt: skip
def test_decisions_in_a_circle_are_refused_in_every_order_of_the_rows(
    circle: tuple[str, ...],
) -> None:
    pairs = list(pairwise((*circle, circle[0])))
    for turned in permutations(pairs):
        named = assert_names_a_circle(refused(EXAMPLE, turned), turned)
        at = circle.index(named[0])
        assert (*circle[at:], *circle[:at]) == tuple(named)


@pytest.mark.parametrize(
    "week",
    list(permutations(EXAMPLE[:4]))[::5],
    ids=lambda week: " ".join(each.number for each in week),
)
def test_the_circle_is_named_alike_whatever_the_order_of_the_requests(
    week: tuple[Request, ...],
) -> None:
    pairs = [("E-1", "I-1"), ("I-1", "I-2"), ("I-2", "E-1")]
    assert refused(week, pairs) == refused(EXAMPLE[:4], pairs)


def test_only_the_circle_is_named_and_not_what_hangs_on_it() -> None:
    pairs = [("I-1", "E-1"), ("E-1", "I-2"), ("I-2", "E-1"), ("I-2", "E-2"), ("E-2", "I-4")]
    named = assert_names_a_circle(refused(EXAMPLE, pairs), pairs)
    assert set(named) == {"E-1", "I-2"}


def test_of_two_circles_one_is_named() -> None:
    pairs = [("E-1", "I-2"), ("I-2", "E-1"), ("E-2", "I-4"), ("I-4", "E-2")]
    named = assert_names_a_circle(refused(EXAMPLE, pairs), pairs)
    assert set(named) in ({"E-1", "I-2"}, {"E-2", "I-4"})


@st.composite
def weeks(draw: st.DrawFn) -> list[Request]:
    """Up to six requests of 20 days; no two numbers differ in case alone."""
    names = draw(
        st.lists(
            st.sampled_from(["P-1", "p-2", "P-10", "P-3a", "Lab/7-1", "P-02"]),
            unique=True,
            max_size=6,
        )
    )
    return [
        request(
            number,
            datetime(2026, 5, 1)
            + timedelta(days=draw(st.integers(0, 20)), hours=draw(st.sampled_from([0, 0, 9]))),
            draw(st.sampled_from(["Internal", "Eksternal"])),
        )
        for number in names
    ]


@st.composite
def decided_weeks(draw: st.DrawFn) -> tuple[list[Request], list[tuple[str, str]]]:
    """A week with up to four different decisions, some about requests that are not there."""
    week = draw(weeks())
    names = st.sampled_from([*(each.number for each in week), "X-1", "X-2"])
    spelt = st.builds(
        lambda name, how: how(name), names, st.sampled_from([str, str.upper, str.lower])
    )
    pairs = st.tuples(spelt, spelt).filter(lambda pair: pair[0].casefold() != pair[1].casefold())
    return week, draw(
        st.lists(pairs, max_size=4, unique_by=lambda p: (p[0].casefold(), p[1].casefold()))
    )


@st.composite
def honoured_weeks(draw: st.DrawFn) -> tuple[list[Request], list[tuple[str, str]]]:
    """A week with up to four decisions that some order honours."""
    week = draw(weeks())
    hidden = draw(st.permutations([each.number for each in week]))
    pairs = list(combinations(hidden, 2))
    return week, draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True)) if pairs else []


@st.composite
def contradictory_weeks(draw: st.DrawFn) -> tuple[list[Request], list[tuple[str, str]]]:
    """A week with a circle of decisions and up to two others, in any order."""
    week = draw(weeks().filter(lambda week: len(week) > 1))
    names = draw(st.permutations([each.number for each in week]))
    circle = names[: draw(st.integers(2, min(4, len(names))))]
    others = st.lists(st.sampled_from(list(permutations(names, 2))), max_size=2)
    pairs = dict.fromkeys([*pairwise((*circle, circle[0])), *draw(others)])
    return week, draw(st.permutations(list(pairs)))


def places_of(week: Sequence[Request], pairs: Pairs, rules: Policy) -> list[tuple[int, int]]:
    """The decisions as places in the key's order, without those about absent requests."""
    place = {number.casefold(): at for at, number in enumerate(numbers(week, (), rules))}
    return [
        (place[one.casefold()], place[other.casefold()])
        for one, other in pairs
        if one.casefold() in place and other.casefold() in place
    ]


def stepwise(count: int, edges: Sequence[tuple[int, int]]) -> list[int] | None:
    """Repeatedly the smallest key among those whose decided predecessors are all placed."""
    placed: list[int] = []
    while len(placed) < count:
        free = [
            at
            for at in range(count)
            if at not in placed and all(first in placed for first, second in edges if second == at)
        ]
        if not free:
            return None
        placed.append(min(free))
    return placed


def smallest(count: int, edges: Sequence[tuple[int, int]]) -> list[int] | None:
    """Of all permutations that honour every decision, the first in the dictionary of keys."""
    honouring = (
        order
        for order in permutations(range(count))
        if all(order.index(first) < order.index(second) for first, second in edges)
    )
    return list(min(honouring, default=())) if count else []


def result(week: Sequence[Request], pairs: Pairs, rules: Policy) -> list[int] | None:
    """What rank() makes of it, as places in the key's order; None where it refuses."""
    place = {number: at for at, number in enumerate(numbers(week, (), rules))}
    try:
        return [place[number] for number in numbers(week, pairs, rules)]
    except RefusedError:
        return None


@runs(max_examples=250)
@given(decided_weeks(), policies())
def test_the_order_is_the_one_closest_to_the_key_that_honours_every_decision(
    drawn: tuple[list[Request], list[tuple[str, str]]], rules: Policy
) -> None:
    week, pairs = drawn
    edges = places_of(week, pairs, rules)
    got = result(week, pairs, rules)
    assert got == stepwise(len(week), edges)
    assert (got or []) == smallest(len(week), edges)
    assert got is not None or week


@runs(max_examples=150)
@given(contradictory_weeks(), policies())
def test_what_is_refused_has_a_circle_and_the_message_names_it(
    drawn: tuple[list[Request], list[tuple[str, str]]], rules: Policy
) -> None:
    week, pairs = drawn
    assert_names_a_circle(refused(week, pairs, rules), pairs)


@given(honoured_weeks(), policies(), st.randoms(use_true_random=False))
def test_neither_the_order_of_the_rows_nor_of_the_decisions_matters(
    drawn: tuple[list[Request], list[tuple[str, str]]], rules: Policy, rng: Random
) -> None:
    week, pairs = drawn
    stands = decisions(pairs)
    order = rank([reviewed(each) for each in week], rules, stands)
    rng.shuffle(week)
    rng.shuffle(stands)
    assert rank([reviewed(each) for each in week], rules, stands) == order


@given(weeks(), policies(), st.data())
def test_decisions_that_agree_with_the_key_change_nothing_but_whose_word_is_named(
    week: list[Request], rules: Policy, data: st.DataObject
) -> None:
    plain = numbers(week, (), rules)
    pairs = list(combinations(plain, 2))
    agreed = data.draw(st.lists(st.sampled_from(pairs), max_size=4)) if pairs else []
    order = ordered(week, agreed, rules)
    assert [each.request.number for each in order] == plain
    for upper, lower in pairwise(order):
        decided = (upper.request.number, lower.request.number) in agreed
        assert bool(upper.below_by) == bool(lower.above_by) == decided


@given(honoured_weeks(), policies())
def test_requests_that_wait_for_nobody_keep_their_order_among_themselves(
    drawn: tuple[list[Request], list[tuple[str, str]]], rules: Policy
) -> None:
    week, pairs = drawn
    got = result(week, pairs, rules)
    assert got is not None
    edges = places_of(week, pairs, rules)
    downstream = {second for _, second in edges}
    free = [at for at in got if at not in downstream]
    assert free == sorted(free)


@given(honoured_weeks(), policies())
def test_ranks_run_from_1_and_every_request_has_one_under_decisions_too(
    drawn: tuple[list[Request], list[tuple[str, str]]], rules: Policy
) -> None:
    week, pairs = drawn
    order = ordered(week, pairs, rules)
    assert [each.rank for each in order] == list(range(1, len(week) + 1))
    assert sorted(map(id, week)) == sorted(id(each.request) for each in order)


@runs(max_examples=250)
@given(honoured_weeks(), policies())
def test_neighbours_that_stand_contrary_to_the_key_are_decided_and_the_sentence_says_so(
    drawn: tuple[list[Request], list[tuple[str, str]]], rules: Policy
) -> None:
    week, pairs = drawn
    got = result(week, pairs, rules)
    assert got is not None
    order = ordered(week, pairs, rules)
    place = {number: at for at, number in enumerate(numbers(week, (), rules))}
    contrary = 0
    for upper, lower in pairwise(order):
        one, other = upper.request.number, lower.request.number
        assert upper.below is lower.above
        assert upper.below_by == lower.above_by
        said = sentences.place_in_order(lower, upper.request, None, rules)
        if place[one] > place[other]:
            contrary += 1
            assert lower.above_by is not None
        if lower.above_by is None:
            assert "keputusan Kepala" not in said
        else:
            by = lower.above_by
            decided = (by.first.casefold(), by.second.casefold())
            assert decided == (one.casefold(), other.casefold())
            assert said.startswith(f"{one} (")
            assert f"didahulukan atas {other} (" in said
            assert said.endswith("menurut keputusan Kepala, dasar: Rapat 1 Juni 2026 (R-ANTARA).")
    assert bool(contrary) == (got != sorted(got))


@runs(max_examples=250)
@given(honoured_weeks(), policies())
def test_a_place_hangs_on_the_reading_if_it_changes_sides_with_somebody_and_only_then(
    drawn: tuple[list[Request], list[tuple[str, str]]], rules: Policy
) -> None:
    week, pairs = drawn
    here, there = (ordered(week, pairs, each) for each in (rules, rules.other_reading))
    other = {each.request.number: each.rank for each in there}
    for each in here:
        changed = any(
            (each.rank < one.rank) != (other[each.request.number] < other[one.request.number])
            for one in here
            if one is not each
        )
        assert each.silent is changed


@given(weeks(), policies())
def test_without_decisions_a_place_hangs_on_the_reading_where_the_sop_is_silent(
    week: list[Request], rules: Policy
) -> None:
    for each in ordered(week, (), rules):
        silent = any(
            clause(each.request, other, rules) is Rule.SILENT
            for other in week
            if other is not each.request
        )
        assert each.silent is silent


def told(pair: tuple[str, str], rules: Policy = FIRST_COME) -> list[tuple[str, str, str]]:
    found = decision_findings(decisions([pair]), EXAMPLE, rules)
    assert not any(each.is_error for each in found)
    return [(each.kind.code, each.cell, each.value) for each in found]


def test_a_decision_about_a_pair_that_the_sop_leaves_open_is_taken_without_a_word() -> None:
    assert told(("I-2", "E-1")) == told(("e-1", "i-2")) == []


def test_each_absent_request_of_a_decision_is_told_at_its_own_cell() -> None:
    assert told(("X-1", "E-1")) == [("A11", "A2", "X-1")]
    assert told(("E-1", "X-2")) == [("A11", "B2", "X-2")]
    assert told(("X-1", "X-2")) == [("A11", "A2", "X-1"), ("A11", "B2", "X-2")]


@pytest.mark.parametrize(
    ("pair", "rule"),
    [(("E-1", "I-1"), Rule.CLAUSE_7A), (("I-4", "E-1"), Rule.CLAUSE_7B),
     (("E-2", "E-1"), Rule.ORDER), (("I-2", "I-1"), Rule.ORDER)],
)  # fmt: skip
def test_a_decision_about_a_pair_that_the_sop_decides_is_told_with_the_rule_and_followed(
    pair: tuple[str, str], rule: Rule
) -> None:
    (found,) = decision_findings(decisions([pair]), EXAMPLE, FIRST_COME)
    assert (found.kind.code, found.cell, found.is_error) == ("A12", "A2", False)
    assert found.value == " dan ".join(pair)
    assert f"({rule})" in found.problem
    order = numbers(EXAMPLE, [pair])
    assert order.index(pair[0]) < order.index(pair[1])


@runs(max_examples=150)
@given(contradictory_weeks(), policies())
def test_what_a_run_would_refuse_is_told_with_its_circle(
    drawn: tuple[list[Request], list[tuple[str, str]]], rules: Policy
) -> None:
    week, pairs = drawn
    found = [e for e in decision_findings(decisions(pairs), week, rules) if e.is_error]
    assert found
    assert {each.kind.code for each in found} == {"A14"}
    named = refused(week, pairs, rules)
    for each in found:
        rows = re.search(r"\(baris ([\d, ]+)\)", each.problem)
        assert rows
        assert each.row == int(rows[1].split(", ")[0])
        said = (
            f"acuan.xlsx, lembar Keputusan Pasangan: keputusan tentang pasangan saling "
            f"bertentangan, {each.value} (baris {rows[1]}). Hapus salah satunya; jadwal tidak "
            "disusun."
        )
        assert_names_a_circle(said, pairs)
    assert found[0].value in named


@given(honoured_weeks(), policies())
def test_of_decisions_that_some_order_honours_no_circle_is_told(
    drawn: tuple[list[Request], list[tuple[str, str]]], rules: Policy
) -> None:
    week, pairs = drawn
    assert not [e for e in decision_findings(decisions(pairs), week, rules) if e.is_error]


def test_every_circle_is_told() -> None:
    pairs = [("E-1", "I-2"), ("I-2", "E-1"), ("E-2", "I-4"), ("I-4", "E-2")]
    found = [e for e in decision_findings(decisions(pairs), EXAMPLE, FIRST_COME) if e.is_error]
    assert {each.value for each in found} <= {
        "E-1 → I-2 → E-1",
        "I-2 → E-1 → I-2",
        "E-2 → I-4 → E-2",
        "I-4 → E-2 → I-4",
    }
    assert len(found) == 2


@pytest.mark.parametrize(
    ("days", "code"), [(3, ["A12"]), (4, []), (8, []), (9, ["A12"]), (13, ["A12"])]
)
def test_other_numbers_in_ketentuan_move_the_days_about_which_nothing_is_told(
    days: int, code: list[str]
) -> None:
    week = [external("E", 0), internal("I", days)]
    rules = policy(internal_gap=3, external_gap=9)
    found = decision_findings(decisions([("I", "E")]), week, rules)
    assert [each.kind.code for each in found] == code
    assert not any(re.search(r"\b(8|13) ", each.problem) for each in found)


@pytest.mark.parametrize(
    "week",
    [(external("P-1", 0), external("P-2", 9)), (internal("P-1", 0), external("P-2", 9))],
    ids=["one class", "internal older"],
)
def test_two_that_are_nine_days_apart_are_not_said_to_be_anything_else(
    week: tuple[Request, Request],
) -> None:
    (found,) = decision_findings(decisions([("P-2", "P-1")]), week, FIRST_COME)
    assert "(R-URUT)" in found.problem
    assert "hari" not in found.problem


DAY = ("--date", "2026-06-01")
WEEK = [
    row("E-1", tanggal_permintaan=date(2026, 5, 1)),
    row("E-2", tanggal_permintaan=date(2026, 5, 4)),
    row("I-1", tanggal_permintaan=date(2026, 5, 10), jenis_customer="Internal"),
    row("I-2", tanggal_permintaan=date(2026, 5, 11), jenis_customer="Internal"),
]
ONE_A_DAY = [("Tim 1", None, None, "Semua", 1, None)]


def run(folder: Path, pairs: Sequence[tuple[object, ...]] | None, *more: object) -> Answer:
    """Schedule the week with these rows of Keputusan Pasangan; one visit a day."""
    write_intake(folder / "permintaan.xlsx", WEEK)
    write_reference(
        folder / "acuan.xlsx",
        tim=ONE_A_DAY,
        tim_cuti=(),
        keputusan_pasangan=pairs,
        ketentuan=settings(tenggang_permintaan_hari=0),
    )
    return call(
        "run", folder / "permintaan.xlsx", "--output", folder / "output", "--json", *DAY, *more
    )


def sheet(answer: Answer, name: str) -> list[dict[str, object]]:
    assert answer.code in (0, 1), answer.err
    return records(load_workbook(answer.record["files"]["jadwal"])[name])


def by_number(lines: Iterable[dict[str, object]], header: str) -> dict[object, object]:
    return {line["No. Permintaan"]: line[header] for line in lines}


def test_prioritas_and_jadwal_show_the_kepalas_word_with_its_basis(tmp_path: Path) -> None:
    answer = run(tmp_path, [("i-2", "E-1", "Nota Kepala 7/2026")])
    lines = sheet(answer, "Prioritas")
    assert [line["No. Permintaan"] for line in lines] == ["I-1", "I-2", "E-1", "E-2"]
    first, second = lines[1], lines[2]
    assert (first["Di Bawahnya"], first["Klausul terhadap Bawah"]) == ("E-1", "R-ANTARA")
    assert (second["Di Atasnya"], second["Klausul terhadap Atas"]) == ("I-2", "R-ANTARA")
    said = (
        "I-2 (Internal, 11 Mei 2026) didahulukan atas E-1 (Eksternal, 1 Mei 2026) menurut "
        "keputusan Kepala, dasar: Nota Kepala 7/2026 (R-ANTARA)."
    )
    assert second["Penjelasan"] == said
    visits = sheet(answer, "Jadwal")
    assert str(by_number(visits, "Alasan")["E-1"]).endswith(said)
    assert by_number(visits, "Klausul")["E-1"] == "R-ANTARA"
    days = by_number(visits, "Tanggal Mulai")
    assert days["I-2"] < days["E-1"]
    assert sheet(answer, "Kesalahan") == []


def test_a_workbook_without_the_sheet_schedules_as_one_with_an_empty_sheet(tmp_path: Path) -> None:
    seen = []
    for name, pairs in (("none", None), ("empty", ()), ("absent", [("X-1", "X-2", None)])):
        (tmp_path / name).mkdir()
        answer = run(tmp_path / name, pairs)
        seen.append([sheet(answer, each) for each in ("Jadwal", "Prioritas", "Zona Antara")])
        codes = [line["Kode"] for line in sheet(answer, "Kesalahan")]
        assert codes == (["A11", "A11"] if name == "absent" else [])
    assert seen[0] == seen[1] == seen[2]


def test_a_decision_about_a_held_or_returned_request_is_told_and_does_nothing(
    tmp_path: Path,
) -> None:
    rows = [*WEEK[:2], WEEK[2] | {"Jumlah Contoh Uji": "dua"},
            WEEK[3] | {"Tanggal Usulan": date(2026, 5, 20)}]  # fmt: skip
    write_intake(tmp_path / "permintaan.xlsx", rows)
    pairs = [("I-1", "E-1", None), ("I-2", "E-1", None)]
    write_reference(tmp_path / "acuan.xlsx", keputusan_pasangan=pairs)
    output = tmp_path / "output"
    answer = call("run", tmp_path / "permintaan.xlsx", "--output", output, "--json", *DAY)
    assert answer.code == 1
    told = [
        (line["Kode"], line["Sel"], line["Nilai"])
        for line in sheet(answer, "Kesalahan")
        if line["Lembar"] == "Keputusan Pasangan"
    ]
    assert told == [("A11", "A2", "I-1"), ("A11", "A3", "I-2")]
    order = [line["No. Permintaan"] for line in sheet(answer, "Prioritas")]
    assert order == ["E-1", "E-2"]


@pytest.mark.parametrize(
    ("pairs", "circle"),
    [
        ([("E-1", "I-1"), ("i-1", "e-1")], {"E-1", "I-1"}),
        ([("E-1", "I-1"), ("I-1", "E-2"), ("E-2", "E-1")], {"E-1", "I-1", "E-2"}),
    ],
    ids=["two", "three"],
)
def test_a_contradiction_ends_in_exit_3_with_one_sentence_and_nothing_written(
    pairs: list[tuple[str, str]], circle: set[str], tmp_path: Path
) -> None:
    answer = run(tmp_path, [(*pair, None) for pair in pairs])
    assert (answer.code, answer.out) == (3, "")
    (line,) = [line for line in answer.err.splitlines() if line.strip()]
    message = line[line.index("acuan.xlsx, lembar") :]
    assert set(assert_names_a_circle(message, pairs)) == circle
    assert sorted(each.name for each in tmp_path.iterdir()) == ["acuan.xlsx", "permintaan.xlsx"]


def test_a_contradiction_leaves_earlier_runs_and_the_register_as_they_were(tmp_path: Path) -> None:
    run(tmp_path, [])
    before = {path: path.read_bytes() for path in (tmp_path / "output").rglob("*.*")}
    answer = run(tmp_path, [("E-1", "I-1", None), ("I-1", "E-1", None)])
    assert answer.code == 3
    assert {path: path.read_bytes() for path in (tmp_path / "output").rglob("*.*")} == before
    assert any(path.name == "register.db" for path in before)


def test_a_request_before_itself_is_refused_with_its_cell(tmp_path: Path) -> None:
    answer = run(tmp_path, [("E-1", "e-1", None)])
    assert answer.code == 3
    assert "A13" in answer.err
    assert not (tmp_path / "output").exists()


def test_jejak_says_that_the_decisions_are_honoured(tmp_path: Path) -> None:
    trail = sheet(run(tmp_path, [("I-2", "E-1", None), ("I-1", "E-2", None)]), "Jejak")
    tests = {line["Keterangan"]: line["Nilai"] for line in trail if line["Hal"] == "Uji urutan"}
    assert set(tests.values()) == {"terpenuhi"}
    assert len(tests) == 4


def test_what_if_follows_the_decisions_too(tmp_path: Path) -> None:
    """A change that touches nobody moves nobody."""
    answer = run(tmp_path, [("I-2", "E-1", None)], "--what-if", "Hari libur; Uji; 30 Agu 2026")
    assert answer.code in (0, 1), answer.err
    moved = [
        each["no_permintaan"]
        for each in answer.record["requests"]
        if each["before"] != each["after"]
    ]
    assert moved == []


def test_columns_in_another_order_are_named_by_their_own_letters(tmp_path: Path) -> None:
    run(tmp_path, [])
    path = tmp_path / "acuan.xlsx"
    book = load_workbook(path)
    form = book["Keputusan Pasangan"]
    form.delete_rows(1, 5)
    form.append(["Dasar", "Didahulukan Atas", "No. Permintaan"])
    form.append(["Rapat", "X-2", "X-1"])
    book.save(path)
    answer = call(
        "run", tmp_path / "permintaan.xlsx", "--output", tmp_path / "output", "--json", *DAY
    )
    told = {line["Nilai"]: line["Sel"] for line in sheet(answer, "Kesalahan")}
    assert told == {"X-1": "C2", "X-2": "B2"}


def test_check_tells_of_an_unused_decision_as_run_does(tmp_path: Path) -> None:
    run(tmp_path, [("X-1", "E-1", None)])
    answer = call("check", tmp_path / "permintaan.xlsx", "--json", *DAY)
    codes = [each["kode"] for each in answer.record["findings"]]
    assert codes == ["A11"]


def test_check_tells_of_a_contradiction_at_its_cell_and_writes_no_schedule(tmp_path: Path) -> None:
    run(tmp_path, [("E-1", "I-1", None), ("I-1", "E-1", None)])
    answer = call("check", tmp_path / "permintaan.xlsx", "--json", *DAY)
    assert answer.code == 1
    (found,) = [each for each in answer.record["findings"] if each["tingkat"] == "Galat"]
    assert (found["kode"], found["lembar"], found["sel"]) == ("A14", "Keputusan Pasangan", "A3")
    assert answer.record["counts"]["galat"] == 1
    assert "saling bertentangan" in answer.err
    assert not (tmp_path / "output").exists()


def test_prioritas_names_the_kepalas_word_about_the_nearest_of_the_other_class_too(
    tmp_path: Path,
) -> None:
    """E-1 waits for I-2 by a decision, and so I-1 is before it, too, which the key is against."""
    answer = run(tmp_path, [("I-2", "E-1", None), ("I-2", "E-2", None), ("E-1", "E-2", None)])
    lines = {str(line["No. Permintaan"]): line for line in sheet(answer, "Prioritas")}
    assert list(lines) == ["I-1", "I-2", "E-1", "E-2"]
    assert lines["E-2"]["Golongan Lain Terdekat di Atas"] == (
        "I-2, 7 hari, R-ANTARA (keputusan Kepala)"
    )
    assert lines["I-1"]["Golongan Lain Terdekat di Bawah"] == (
        "E-1, 9 hari, R-ANTARA (akibat keputusan Kepala)"
    )


def test_once_the_kepala_has_decided_the_only_open_pair_nothing_hangs_on_the_reading(
    tmp_path: Path,
) -> None:
    write_intake(tmp_path / "permintaan.xlsx", [WEEK[0], WEEK[2]])
    write_reference(tmp_path / "acuan.xlsx", keputusan_pasangan=[("I-1", "E-1", None)])
    answer = call(
        "run", tmp_path / "permintaan.xlsx", "--output", tmp_path / "output", "--json", *DAY
    )
    hangs = by_number(sheet(answer, "Prioritas"), "Bergantung R-ANTARA")
    assert set(hangs.values()) == {None}
    assert "bergantung padanya" not in answer.err
