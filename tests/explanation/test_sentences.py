"""What management reads: each clause in its sentence, and what waits for somebody."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

import pytest

from labkesmas_batch import findings
from labkesmas_batch.explanation import order as sentences
from labkesmas_batch.explanation import week as explanation_week
from labkesmas_batch.findings import Finding, FindingKind
from labkesmas_batch.intake.review import review
from labkesmas_batch.model.policy import Policy, Rule, SilentZone
from labkesmas_batch.model.requests import Request, RowOnHold
from labkesmas_batch.precedence.clauses import clause
from labkesmas_batch.precedence.rank import rank
from tests.support.builders import RUN_DATE, policy, reference, request, team
from tests.support.models import june, week_of

SOP = policy()


def shows(said: str, *words: str) -> None:
    """Every word is in the sentence, whole; whatever is asked for elsewhere may not hide it."""
    missing = [word for word in words if word not in said]
    assert not missing, (missing, said)
    assert said.endswith(".")
    assert "  " not in said
    assert "None" not in said
    assert not re.search(r"(?<!\w)-\d", said), said  # no negative number of days


def decided(upper: Request, lower: Request, rules: Policy = SOP) -> str:
    rule = clause(upper, lower, rules)
    said = sentences.precedence(upper, lower, rule, rules)
    assert rank_of([lower, upper], rules) == [upper.number, lower.number]
    assert said.index(upper.number) < said.index(lower.number)
    return said


def rank_of(requests: Sequence[Request], rules: Policy) -> list[str]:
    accepted = review(requests, rules, RUN_DATE).accepted
    return [ranked.request.number for ranked in rank(accepted, rules)]


def external(number: str = "E-1", received: str = "2026-05-01") -> Request:
    return request(number, received, "Eksternal")


def internal(number: str = "I-1", received: str = "2026-05-01") -> Request:
    return request(number, received, "Internal")


def test_7a_says_how_many_days_later_internal_came_and_up_to_how_many_it_may() -> None:
    said = decided(internal(received="2026-05-06"), external())
    shows(said, "I-1 (Internal, 6 Mei 2026)", "E-1 (Eksternal, 1 Mei 2026)", "R-7A")
    shows(said, "5 hari sesudah", "7 hari Internal didahulukan")


def test_7a_on_one_day_says_so_instead_of_0_days() -> None:
    said = decided(internal(), external())
    shows(said, "pada hari yang sama", "R-7A")
    assert "0 hari" not in said


def test_7b_says_how_many_days_before_external_came_and_from_how_many_on_it_wins() -> None:
    said = decided(external(), internal(received="2026-05-16"))
    shows(said, "15 hari sebelum", "14 hari Eksternal didahulukan", "R-7B")


def test_the_numbers_of_the_clauses_are_those_of_ketentuan() -> None:
    rules = policy(internal_gap=3, external_gap=5)
    shows(decided(internal(received="2026-05-04"), external(), rules), "selisih 3 hari")
    shows(decided(external(), internal(received="2026-05-06"), rules), "selisih 5 hari")


def test_the_silent_zone_says_that_the_sop_is_silent_and_what_was_set() -> None:
    said = decided(external(), internal(received="2026-05-11"))
    shows(said, "10 hari", "tidak diatur SOP", "zona_antara = urut_permintaan", "R-ANTARA")
    shows(said, "E-1 didahulukan")
    rules = policy(silent_zone=SilentZone.INTERNAL)
    said = decided(internal(received="2026-05-11"), external(), rules)
    shows(said, "10 hari", "zona_antara = internal", "I-1 didahulukan", "R-ANTARA")


@pytest.mark.parametrize("make", [external, internal])
def test_first_come_first_served_says_how_many_days_earlier(
    make: Callable[[str, str], Request],
) -> None:
    said = decided(make("P-1", "2026-05-01"), make("P-2", "2026-05-04"))
    shows(said, "3 hari lebih dahulu", "R-URUT")


def test_an_older_internal_request_goes_first_as_first_come() -> None:
    shows(decided(internal(), external(received="2026-05-03")), "2 hari lebih dahulu", "R-URUT")


def test_one_date_in_one_class_names_what_told_them_apart() -> None:
    said = decided(external("P-2"), external("P-10"))
    shows(said, "tanggal yang sama", "menurut No. Permintaan", "R-SERI")
    said = decided(external("P-10", "2026-05-01T08:00"), external("P-2", "2026-05-01T09:00"))
    shows(said, "tanggal yang sama", "menurut jam permintaan", "R-SERI")


def placed_in_order(requests: Sequence[Request], at: int) -> str:
    order = rank(review(requests, SOP, RUN_DATE).accepted, SOP)
    around = [None, *(r.request for r in order), None]
    return sentences.place_in_order(order[at], around[at], around[at + 2], SOP)


def test_a_place_is_explained_by_the_one_above_and_the_first_place_by_the_one_below() -> None:
    week = [external("P-1"), external("P-2", "2026-05-04"), internal("P-3", "2026-05-20")]
    shows(placed_in_order(week, 0), "P-1", "P-2", "3 hari lebih dahulu", "R-URUT")
    shows(placed_in_order(week, 1), "P-1", "P-2", "3 hari lebih dahulu", "R-URUT")
    shows(placed_in_order(week, 2), "P-2", "P-3", "16 hari sebelum", "R-7B")


def test_an_only_request_is_said_to_be_alone() -> None:
    shows(placed_in_order([external()], 0), "Satu-satunya")


def test_every_rule_about_order_has_its_sentence() -> None:
    pairs = {
        Rule.CLAUSE_7A: (internal(), external()),
        Rule.CLAUSE_7B: (external(), internal(received="2026-05-15")),
        Rule.SILENT: (external(), internal(received="2026-05-09")),
        Rule.ORDER: (internal(), external(received="2026-05-02")),
        Rule.SERIES: (external("P-1"), external("P-2")),
    }
    assert set(pairs) == set(Rule) - {Rule.LEAD, Rule.REVIEW}
    for rule, pair in pairs.items():
        shows(decided(*pair), f"({rule.value})")


def test_a_returned_request_says_the_days_short_and_the_earliest_date() -> None:
    (back,) = review([request(received="2026-05-20", proposed=june(9))], SOP, RUN_DATE).returned
    said = sentences.returned(back, SOP)
    shows(said, "Usulan 9 Jun 2026", "20 hari sesudah", "20 Mei 2026", "kurang 1 hari", "21 hari")
    shows(said, "R-TENGGANG", "Ajukan 10 Jun 2026 atau sesudahnya", "Surat Dispensasi")


def test_a_returned_request_is_told_a_day_that_is_still_to_come() -> None:
    early = request(received="2026-05-04", proposed=date(2026, 5, 24))
    (back,) = review([early], SOP, RUN_DATE).returned
    said = sentences.returned(back, SOP)
    shows(said, "kurang 1 hari", "Ajukan 2 Jun 2026 atau sesudahnya")


CREW = reference(teams=[team("Tim 1", visits_per_day=1)])


def ask(place: int, proposed: int, **more: object) -> Request:
    """The request that is served in that place; its lead time is kept, its day one of June."""
    return request(f"P-{place}", date(2026, 4, place), proposed=june(proposed), **more)


def on_hold(number: str = "P-9") -> RowOnHold:
    return RowOnHold(number, "", "", "permintaan.xlsx", "Permintaan", 2)


def finding(kind: FindingKind) -> Finding:
    return findings.finding(kind, file="permintaan.xlsx", sheet="Permintaan", value="x", hint="y")


EARLY = request("P-8", "2026-05-31", proposed=june(9))
FAULT, WARNING = findings.FUTURE_REQUEST, findings.WAIVER_NOT_NEEDED


def test_a_week_without_rows_is_said_to_have_none() -> None:
    assert explanation_week.week(week_of()) == "Tidak ada permintaan pada pekan ini."
    assert list(explanation_week.needs(week_of())) == []


def test_a_week_in_which_everybody_has_the_day_asked_for_says_no_more() -> None:
    assert explanation_week.week(week_of([ask(1, 9)])) == "Dari 1 permintaan, 1 mendapat hari."


def test_a_week_is_said_with_everything_that_became_of_its_rows() -> None:
    requests = [ask(1, 9), ask(2, 9), ask(3, 9, deadline=june(9)), EARLY]
    said = explanation_week.week(week_of(requests, CREW, on_hold=[on_hold()]))
    shows(said, "Dari 5 permintaan, 2 mendapat hari", "1 di antaranya digeser")
    shows(said, "1 dikembalikan", "1 masuk antrean", "1 ditahan")


def test_each_thing_that_waits_for_somebody_is_a_sentence() -> None:
    requests = [
        request("P-1", "2026-04-01", proposed=june(9)),
        request("P-2", "2026-04-11", "Internal", proposed=june(9), deadline=june(9)),
        request("P-3", "2026-05-30", proposed=june(10), waiver="DSP/1"),
        EARLY,
    ]
    found = [finding(FAULT), finding(WARNING)]
    assert [each.is_error for each in found] == [True, False]
    week = week_of(requests, CREW, [on_hold()], found, packaged=True)
    faulty, back, queue, silent, waived, warned, packaged, decide = explanation_week.needs(week)
    shows(faulty, "1 baris ditahan", "DataSalah", "Kesalahan")
    shows(back, "1 permintaan dikembalikan", "Dikembalikan")
    shows(queue, "1 permintaan belum mendapat hari", "Antrean")
    shows(silent, "2 dari 3 permintaan", "R-ANTARA", "zona_antara = urut_permintaan")
    shows(waived, "1 kunjungan", "Surat Dispensasi")
    shows(warned, "1 peringatan", "Kesalahan")
    shows(packaged, "bawaan program")
    shows(decide, "Keputusan", "Jadwal")


def test_a_plain_week_waits_for_the_decisions_alone() -> None:
    (decide,) = explanation_week.needs(week_of([ask(1, 9)]))
    shows(decide, "Keputusan")
