"""What management reads: each clause and each reason in its sentence, with days and holders."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pytest
from builders import (
    RUN_DATE,
    equipment,
    leave,
    policy,
    reference,
    region,
    request,
    sample_type,
    team,
)
from models import june, plan, unplaced_of, visit_of, week_of

from labkesmas_batch import findings, placing, sentences
from labkesmas_batch.findings import Finding, Kind
from labkesmas_batch.model import Held, Obstacle, Reason, Reference, Request, Unplaced, Visit
from labkesmas_batch.policy import Policy, Rule, SilentZone
from labkesmas_batch.rank import clause, rank
from labkesmas_batch.review import review

SOP = policy()
FRIDAY = 4
ONE_A_DAY = (team("Tim 1", visits_per_day=1),)
BATAM, LINGGA = region("Batam"), region("Lingga", travel_days=1)


def shows(said: str, *words: str) -> None:
    """Every word is in the sentence, whole; whatever is asked for elsewhere may not hide it."""
    missing = [word for word in words if word not in said]
    assert not missing, (missing, said)
    assert said.endswith(".")
    assert "  " not in said
    assert "None" not in said
    assert not re.search(r"(?<!\w)-\d", said), said  # no negative number of days


# --- clauses ---------------------------------------------------------------------------------


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


# --- reasons ---------------------------------------------------------------------------------


def ask(place: int, proposed: int | None = None, **more: object) -> Request:
    """The request that is served in that place; its lead time is kept, its day one of June."""
    day = None if proposed is None else june(proposed)
    return request(f"P-{place}", date(2026, 4, place), proposed=day, **more)


def crew(*more: object, **given: object) -> Reference:
    """Teams with one visit a day; Batam, Lingga; Air Minum, Udara; one sampler for Udara."""
    return reference(
        **{
            "teams": ONE_A_DAY,
            "regions": [BATAM, LINGGA],
            "sample_types": [sample_type(), sample_type("Udara", ["Sampler"])],
            "equipment": [equipment("Sampler", 1)],
        }
        | given
    )


CREW = crew()
IDLE = {"teams": [team("Tim 1"), team("Tim 2")]}
AIR = {"sample_type": "Udara"}


@dataclass(frozen=True)
class Case:
    """A week in which the last request is not served on its day, and what its sentence shows."""

    reason: Reason
    requests: tuple[Request, ...]
    shown: tuple[str, ...]
    given: Reference = CREW
    hidden: tuple[str, ...] = ()


GESER = policy(short_lead="geser")
SHORT = policy(horizon_days=2)

MOVED: dict[str, Case] = {
    "an early proposal under geser": Case(
        Reason.SHORT_LEAD,
        (request("P-1", "2026-05-20", proposed=june(9)),),
        ("Usulan 9 Jun 2026", "21 hari", "10 Jun 2026", "R-KAJI"),
        crew(policy=GESER),
    ),
    "a proposal that has passed": Case(
        Reason.PROPOSAL_PASSED, (ask(1, 1),), ("Usulan 1 Jun 2026", "terlewat", "2 Jun 2026")
    ),
    "a weekend": Case(Reason.DAY_OFF, (ask(1, 6),), ("6–7 Jun bukan hari kerja",)),
    "a holiday": Case(
        Reason.DAY_OFF,
        (ask(1, 16),),
        ("16 Jun bukan hari kerja",),
        crew(holidays=[june(16)]),
        ("–",),
    ),
    "no day of departure": Case(
        Reason.DAY_OFF,
        (ask(1, 8, region="Lingga"),),
        ("8–11 Jun", "hari berangkat ke Lingga"),
        crew(regions=[region("Lingga", departure_days=[FRIDAY])]),
    ),
    "no day of sampling": Case(
        Reason.DAY_OFF,
        (ask(1, 5),),
        ("5–7 Jun bukan hari pengambilan Air Minum dan bukan hari kerja",),
        crew(sample_types=[sample_type(no_sampling_days=[FRIDAY])]),
    ),
    "a trip into the weekend": Case(
        Reason.DAY_OFF, (ask(1, 5, region="Lingga"),), ("5–7 Jun", "perjalanan ke Lingga")
    ),
    "leave": Case(
        Reason.LEAVE,
        (ask(1, 9),),
        ("Tim 1 cuti pada 9 Jun",),
        crew(leaves=[leave("Tim 1", june(9))]),
    ),
    "leave during a trip": Case(
        Reason.LEAVE,
        (ask(1, 9, region="Lingga"),),
        ("Tim 1 cuti pada 9–10 Jun",),
        crew(leaves=[leave("Tim 1", june(10))]),
    ),
    "equipment in use": Case(
        Reason.EQUIPMENT,
        (ask(1, 9, **AIR), ask(2, 9, **AIR)),
        ("Sampler terpakai oleh P-1 pada 9 Jun",),
        crew(**IDLE),
    ),
    "a full laboratory": Case(
        Reason.LABORATORY,
        (ask(1, 9, samples=7), ask(2, 9, samples=7)),
        ("laboratorium", "Air Minum", "9 Jun", "oleh P-1"),
        crew(**IDLE, sample_types=[sample_type(lab_capacity=10)]),
    ),
    "a laboratory that is full when the trip comes home": Case(
        Reason.LABORATORY,
        (ask(1, 10, samples=7), ask(2, 9, samples=7, region="Lingga")),
        ("laboratorium", "Air Minum", "10 Jun", "oleh P-1"),
        crew(**IDLE, sample_types=[sample_type(lab_capacity=10)]),
        ("9–10",),
    ),
    "a full team": Case(Reason.TEAM_FULL, (ask(1, 9), ask(2, 9)), ("Tim 1 penuh 9 Jun oleh P-1",)),
    "full teams": Case(
        Reason.TEAM_FULL,
        (ask(1, 9), ask(2, 9), ask(3, 9)),
        ("Tim A dan Tim B penuh 9 Jun oleh P-1 dan P-2",),
        crew(teams=[team("Tim A", visits_per_day=1), team("Tim B", visits_per_day=1)]),
    ),
    "a team that is on a trip over the end of the month": Case(
        Reason.TEAM_FULL,
        (ask(1, 30, region="Lingga"), ask(2, 30, region="Lingga")),
        ("Tim 1 penuh 30 Jun–1 Jul oleh P-1",),
    ),
    "a team too small while the other is on leave": Case(
        Reason.TEAM_FULL,
        (ask(1, 9, samples=8),),
        ("Tim A tidak sanggup membawa 8 contoh uji",),
        crew(
            teams=[team("Tim A", samples_per_day=5), team("Tim B")],
            leaves=[leave("Tim B", june(9))],
        ),
    ),
    "a full team after an early proposal": Case(
        Reason.TEAM_FULL,
        (ask(1, 10), request("P-2", "2026-05-20", proposed=june(9))),
        ("Usulan 9 Jun 2026", "10 Jun 2026", "R-KAJI", "Tim 1 penuh 10 Jun oleh P-1"),
        crew(policy=GESER),
    ),
    "a full team after a proposal that has passed": Case(
        Reason.TEAM_FULL,
        (ask(1, 2), ask(2, 1)),
        ("Usulan 1 Jun 2026", "terlewat", "Tim 1 penuh 2 Jun oleh P-1"),
    ),
}

UNPLACED: dict[str, Case] = {
    "no competent team": Case(
        Reason.NO_TEAM,
        (ask(1, 9),),
        ("Tidak ada tim", "Air Minum"),
        crew(teams=[team("Tim 1", ["Udara"])]),
    ),
    "a deadline": Case(
        Reason.DEADLINE,
        (ask(1, 8), ask(2, 9), ask(3, 8, deadline=june(9))),
        ("8 Jun 2026", "Batas Akhir 9 Jun 2026", "Rabu, 10 Jun 2026"),
    ),
    "a day asked for beyond the horizon": Case(
        Reason.HORIZON, (ask(1, 9),), ("9 Jun 2026", "2 hari"), crew(policy=SHORT), ("terpakai",)
    ),
    "a calendar that is full to the horizon": Case(
        Reason.HORIZON,
        (ask(1), ask(2), ask(3)),
        ("2 Jun 2026", "2 hari", "Tim 1 penuh 2 Jun oleh P-1", "Tim 1 penuh 3 Jun oleh P-2"),
        crew(policy=SHORT),
    ),
    "a calibration that lapses before the first day": Case(
        Reason.HORIZON,
        (ask(1, 9, **AIR),),
        ("9 Jun 2026", "Sampler tidak mempunyai unit dengan kalibrasi yang berlaku pada 9 Jun"),
        crew(equipment=[equipment("Sampler", 1, june(8))]),
        ("terpakai",),
    ),
    "leave up to the horizon": Case(
        Reason.HORIZON,
        (ask(1),),
        ("2 Jun 2026", "2 hari", "Tim 1 cuti pada 2 Jun", "Tim 1 cuti pada 3 Jun"),
        crew(policy=SHORT, leaves=[leave("Tim 1", june(1), june(30))]),
        (" oleh ",),
    ),
    "no day on which all calendars agree": Case(
        Reason.DAY_OFF,
        (ask(1, 9, region="Lingga"),),
        ("9 Jun 2026", "hari berangkat ke Lingga", "hari pengambilan Air Minum"),
        crew(
            regions=[region("Lingga", departure_days=[FRIDAY])],
            sample_types=[sample_type(no_sampling_days=[FRIDAY])],
        ),
    ),
    "equipment that is never there": Case(
        Reason.EQUIPMENT,
        (ask(1, 9, **AIR),),
        ("Udara", "kalibrasi"),
        crew(equipment=[equipment("Sampler", 1, date(2026, 5, 1))]),
    ),
    "more samples than the laboratory ever takes": Case(
        Reason.LABORATORY,
        (ask(1, 9, samples=11),),
        ("11 contoh uji", "laboratorium", "Air Minum"),
        crew(sample_types=[sample_type(lab_capacity=10)]),
    ),
    "more samples than any team ever carries": Case(
        Reason.TEAM_FULL,
        (ask(1, 9, samples=11),),
        ("Tidak ada tim", "11 contoh uji", "Air Minum"),
        crew(teams=[team(samples_per_day=10)]),
    ),
}


def last(case: Case) -> str:
    return case.requests[-1].number


@pytest.mark.parametrize("case", MOVED.values(), ids=MOVED.keys())
def test_a_moved_visit_says_what_kept_it_from_its_day(case: Case) -> None:
    visit = visit_of(plan(case.requests, case.given), last(case))
    assert visit.obstacle is not None
    assert visit.obstacle.reason is case.reason
    said = placing.visit(visit, case.given.policy)
    shows(said, *case.shown)
    assert not [word for word in case.hidden if word in said], said


@pytest.mark.parametrize("case", UNPLACED.values(), ids=UNPLACED.keys())
def test_a_request_in_the_queue_says_why_no_day_would_do(case: Case) -> None:
    without = unplaced_of(plan(case.requests, case.given), last(case))
    assert without.obstacle.reason is case.reason
    said = placing.unplaced(without, case.given.policy)
    shows(said, *case.shown)
    assert not [word for word in case.hidden if word in said], said


def test_a_trip_that_no_run_of_working_days_is_long_enough_for_says_so() -> None:
    given = crew(policy=policy(workdays=frozenset([0, 2, 4])))
    without = unplaced_of(plan([ask(1, 8, region="Lingga")], given), "P-1")
    assert without.obstacle.reason is Reason.DAY_OFF
    shows(placing.unplaced(without, SOP), "perjalanan ke Lingga")


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


def test_every_reason_has_its_sentence() -> None:
    # DataSalah belongs to held rows: the findings on Kesalahan say what is wrong with them.
    provoked = {case.reason for case in (*MOVED.values(), *UNPLACED.values())}
    assert provoked == set(Reason) - {Reason.BAD_DATA}


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


# --- visits that were not moved --------------------------------------------------------------


def said_of(*requests: Request, given: Reference | None = None) -> str:
    visit = visit_of(plan(requests, given or crew()), requests[-1].number)
    assert isinstance(visit, Visit)
    return placing.visit(visit, SOP)


def test_a_visit_on_its_day_says_so() -> None:
    said = said_of(ask(1, 9))
    shows(said, "Sesuai Tanggal Usulan")


def test_a_visit_without_proposal_says_from_which_day_on_one_was_sought() -> None:
    said = said_of(ask(1), ask(2))
    shows(said, "Tanpa Tanggal Usulan", "2 Jun 2026")


# --- what stands beside a sentence -----------------------------------------------------------


def test_a_waiver_is_named_with_its_number_for_a_visit() -> None:
    one = request(received="2026-05-20", proposed=june(3), waiver="DSP/007/2026")
    shows(said_of(one), "Surat Dispensasi DSP/007/2026", "R-TENGGANG", "Sesuai Tanggal Usulan")


def test_a_waiver_is_named_with_its_number_in_the_queue() -> None:
    given = crew(teams=[team("Tim 1", ["Udara"])])
    one = request(received="2026-05-20", proposed=june(3), waiver="DSP/007/2026")
    without = unplaced_of(plan([one], given), "P-1")
    assert isinstance(without, Unplaced)
    shows(placing.unplaced(without, SOP), "Surat Dispensasi DSP/007/2026", "Tidak ada tim")


def test_no_waiver_is_named_where_there_is_none() -> None:
    assert "Dispensasi" not in said_of(ask(1, 9))


def test_more_than_six_holders_are_counted_not_named() -> None:
    given = crew(teams=[team("Tim 1", visits_per_day=8)])
    said = said_of(*(ask(place, 9) for place in range(1, 10)), given=given)
    shows(said, "P-1, P-2, P-3, P-4, P-5, P-6 dan 2 lainnya")
    assert "P-7" not in said


def test_what_nobody_holds_is_said_to_be_missing_not_in_use() -> None:
    def blocked(reason: Reason, name: str) -> str:
        return placing.blocked(Obstacle(reason, june(9), june(9), (name,)), samples=12)

    for said, word in (
        (blocked(Reason.EQUIPMENT, "Sampler"), "kalibrasi"),
        (blocked(Reason.LABORATORY, "Air Minum"), "12 contoh uji"),
        (blocked(Reason.TEAM_FULL, "Tim 1"), "12 contoh uji"),
    ):
        shows(said, word)
        assert " oleh " not in said
        assert "terpakai" not in said


def test_a_request_that_missed_batas_akhir_names_who_holds_the_days_before_it() -> None:
    case = UNPLACED["a deadline"]
    without = unplaced_of(plan(case.requests, case.given), last(case))
    shows(placing.unplaced(without, SOP), "Tim 1", "P-1")


def test_a_batas_akhir_that_has_passed_is_not_said_to_follow_the_target() -> None:
    without = unplaced_of(plan([ask(1, deadline=date(2026, 5, 20))], crew()), "P-1")
    assert "dari 2 Jun 2026 sampai Batas Akhir 20 Mei 2026" not in placing.unplaced(without, SOP)


def test_teams_that_make_no_visits_are_not_said_to_carry_too_little() -> None:
    given = crew(teams=[team("Tim 1", visits_per_day=0)])
    without = unplaced_of(plan([ask(1, 9)], given), "P-1")
    assert "melebihi" not in placing.unplaced(without, SOP)


# --- the week as a whole ---------------------------------------------------------------------


def held(number: str = "P-9") -> Held:
    return Held(number, "", "", "permintaan.xlsx", "Permintaan", 2)


def finding(kind: Kind) -> Finding:
    return findings.finding(kind, file="permintaan.xlsx", sheet="Permintaan", value="x", hint="y")


EARLY = request("P-8", "2026-05-31", proposed=june(9))
FAULT, WARNING = findings.FUTURE_REQUEST, findings.WAIVER_NOT_NEEDED


def test_a_week_without_rows_is_said_to_have_none() -> None:
    assert sentences.week(week_of()) == "Tidak ada permintaan pada pekan ini."
    assert list(sentences.needs(week_of())) == []


def test_a_week_in_which_everybody_has_the_day_asked_for_says_no_more() -> None:
    assert sentences.week(week_of([ask(1, 9)])) == "Dari 1 permintaan, 1 mendapat hari."


def test_a_week_is_said_with_everything_that_became_of_its_rows() -> None:
    requests = [ask(1, 9), ask(2, 9), ask(3, 9, deadline=june(9)), EARLY]
    said = sentences.week(week_of(requests, CREW, held=[held()]))
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
    week = week_of(requests, CREW, [held()], found, packaged=True)
    faulty, back, queue, silent, waived, warned, packaged, decide = sentences.needs(week)
    shows(faulty, "1 baris ditahan", "DataSalah", "Kesalahan")
    shows(back, "1 permintaan dikembalikan", "Dikembalikan")
    shows(queue, "1 permintaan belum mendapat hari", "Antrean")
    shows(silent, "2 dari 3 permintaan", "R-ANTARA", "zona_antara = urut_permintaan")
    shows(waived, "1 kunjungan", "Surat Dispensasi")
    shows(warned, "1 peringatan", "Kesalahan")
    shows(packaged, "bawaan program")
    shows(decide, "Keputusan", "Jadwal")


def test_a_plain_week_waits_for_the_decisions_alone() -> None:
    (decide,) = sentences.needs(week_of([ask(1, 9)]))
    shows(decide, "Keputusan")
