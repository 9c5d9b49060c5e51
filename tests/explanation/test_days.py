"""What management reads of days: why a visit has its day and team, and why a request has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest

from labkesmas_batch.explanation import days as day_sentences
from labkesmas_batch.explanation import no_day
from labkesmas_batch.explanation import order as sentences
from labkesmas_batch.explanation import week as explanation_week
from labkesmas_batch.intake.review import review
from labkesmas_batch.intake.validate import validate
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Obstacle, Reason, Remedy, Unplaced
from labkesmas_batch.model.week import Binding
from tests.explanation.test_sentences import shows
from tests.support.builders import (
    RUN_DATE,
    equipment,
    leave,
    policy,
    reference,
    region,
    request,
    row,
    sample_type,
    table,
    team,
)
from tests.support.models import june, plan, unplaced_of, visit_of, week_of

SOP = policy()
GESER, SHORT = policy(short_lead="geser"), policy(horizon_days=2)
FRIDAY = 4
ONE_A_DAY = (team("Tim 1", visits_per_day=1),)
TWO_A_DAY = (*ONE_A_DAY, team("Tim 2", visits_per_day=1))
BATAM, LINGGA = region("Batam"), region("Lingga", travel_days=1)


def ask(place: int, proposed: int | None = None, **more: object) -> Request:
    """The request that is served in that place; its lead time is kept, its day one of June."""
    day = None if proposed is None else june(proposed)
    return request(f"P-{place}", date(2026, 4, place), proposed=day, **more)


def crew(**given: object) -> Reference:
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


def said_of(requests: Sequence[Request], given: Reference = CREW) -> str:
    """What is said of the last request, whatever became of it."""
    number, week = requests[-1].number, plan(requests, given)
    if any(visit.request.number == number for visit in week.visits):
        return day_sentences.visit(visit_of(week, number), given.policy)
    return no_day.unplaced(unplaced_of(week, number), given.policy)


PROVIDED = ", selama yang peringkatnya lebih tinggi tetap pada harinya."


@dataclass(frozen=True)
class Told:
    """A small week whose last request is not served as asked, and all that is said of it."""

    requests: tuple[Request, ...]
    said: str
    given: Reference = CREW


TOLD: dict[Reason, Told] = {
    Reason.SHORT_LEAD: Told(
        (request("P-1", "2026-05-20", proposed=june(9)),),
        "Usulan 9 Jun 2026 kurang dari 21 hari sejak permintaan; digeser ke tanggal terdekat "
        "10 Jun 2026 (R-KAJI).",
        crew(policy=GESER),
    ),
    Reason.PROPOSAL_PASSED: Told(
        (request("P-1", date(2026, 4, 1), proposed=date(2026, 5, 29)),),
        "Usulan 29 Mei 2026 sudah terlewat; kunjungan paling cepat 2 Jun 2026.",
    ),
    Reason.NO_TEAM: Told(
        (ask(1, 9),),
        "Tidak ada tim yang menguasai Air Minum. Lengkapi lembar Tim. Dapat dijadwalkan bila Tim 1 "
        f"juga menguasai Air Minum (9 Jun 2026){PROVIDED}",
        crew(teams=[team("Tim 1", ["Udara"])]),
    ),
    Reason.DAY_OFF: Told((ask(1, 6),), "6–7 Jun bukan hari kerja."),
    Reason.LEAVE: Told(
        (ask(1, 9),),
        "Tim 1 cuti pada 9 Jun. Hari pertama yang mungkin Rabu, 10 Jun 2026.",
        crew(leaves=[leave("Tim 1", june(9))]),
    ),
    Reason.EQUIPMENT: Told(
        (ask(1, 9, **AIR), ask(2, 9, **AIR)),
        "Sampler terpakai oleh P-1 pada 9 Jun. Hari pertama yang mungkin Rabu, 10 Jun 2026.",
        crew(**IDLE),
    ),
    Reason.LABORATORY: Told(
        (ask(1, 9, samples=7), ask(2, 9, samples=7)),
        "Sisa kapasitas laboratorium untuk Air Minum pada 9 Jun tidak cukup, sudah dipakai oleh "
        "P-1. Hari pertama yang mungkin Rabu, 10 Jun 2026.",
        crew(**IDLE, sample_types=[sample_type(lab_capacity=10)]),
    ),
    Reason.TEAM_FULL: Told(
        (ask(1, 9), ask(2, 9)),
        "Tim 1 penuh pada 9 Jun oleh P-1. Hari pertama yang mungkin Rabu, 10 Jun 2026.",
    ),
    Reason.DEADLINE: Told(
        (ask(1, 8), ask(2, 9), ask(3, 8, deadline=june(9))),
        "Tidak ada hari yang mungkin dari 8 Jun 2026 sampai Batas Akhir 9 Jun 2026: Tim 1 penuh "
        "pada 8–9 Jun oleh P-1 dan P-2. Hari pertama yang mungkin Rabu, 10 Jun 2026, bila Batas "
        "Akhir diundur. Dapat dijadwalkan dalam Batas Akhir bila Tim 1 menerima satu kunjungan "
        f"lagi sehari (8 Jun 2026){PROVIDED}",
    ),
    Reason.HORIZON: Told(
        (ask(1), ask(2), ask(3)),
        "Tidak ada hari yang mungkin dari 2 Jun 2026 sampai batas rencana 2 hari: Tim 1 penuh "
        "pada 2–3 Jun oleh P-1 dan P-2. Dapat dijadwalkan bila Tim 1 menerima satu kunjungan lagi "
        f"sehari (2 Jun 2026){PROVIDED}",
        crew(policy=SHORT),
    ),
}


@pytest.mark.parametrize("reason", TOLD)
def test_a_reason_is_told_in_these_words(reason: Reason) -> None:
    told = TOLD[reason]
    number, week = told.requests[-1].number, plan(told.requests, told.given)
    (found,) = (x for x in (*week.visits, *week.unplaced) if x.request.number == number)
    assert found.obstacle is not None
    assert found.obstacle.reason is reason
    assert said_of(told.requests, told.given) == told.said


def test_a_returned_request_is_told_in_these_words() -> None:
    early = request("P-1", "2026-05-20", proposed=june(9))
    (back,) = review([early], SOP, RUN_DATE).returned
    assert sentences.returned(back, SOP) == (
        "Usulan 9 Jun 2026 hanya 20 hari sesudah permintaan 20 Mei 2026; kurang 1 hari dari 21 "
        "hari (R-TENGGANG). Ajukan 10 Jun 2026 atau sesudahnya, atau lampirkan Surat Dispensasi."
    )


def test_a_row_that_is_held_is_told_in_these_words() -> None:
    rows = [row("P-1", jumlah_contoh_uji="dua botol")]
    checked = validate([table(rows)], CREW, RUN_DATE)
    (fault,) = checked.findings
    assert f"{fault.problem} {fault.remedy}" == (
        "“dua botol” bukan angka. Isi Jumlah Contoh Uji dengan angka saja, tanpa satuan."
    )
    (needed,) = explanation_week.needs(week_of([], CREW, checked.on_hold, checked.findings))
    assert needed == (
        "1 baris ditahan (DataSalah): perbaiki menurut lembar Kesalahan dan salinan -diperiksa."
    )


def test_every_reason_has_its_words() -> None:
    # DataSalah belongs to held rows: the findings on Kesalahan say what is wrong with them.
    # Keputusan is said of approved schedules: tests/end_to_end/test_approved_reasons.py.
    assert set(TOLD) == set(Reason) - {Reason.BAD_DATA, Reason.DECIDED}


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
        Reason.PROPOSAL_PASSED,
        (request("P-1", date(2026, 4, 1), proposed=date(2026, 5, 31)),),
        ("Usulan 31 Mei 2026", "sudah terlewat", "2 Jun 2026"),
    ),
    "a proposal of the run date": Case(
        Reason.PROPOSAL_PASSED,
        (ask(1, 1),),
        ("Usulan 1 Jun 2026 terlalu dekat", "1 hari sejak 1 Jun 2026", "cepat 2 Jun 2026"),
    ),
    "a proposal while letters are signed": Case(
        Reason.PROPOSAL_PASSED,
        (ask(1, 2),),
        ("Usulan 2 Jun 2026 terlalu dekat", "3 hari sejak 1 Jun 2026", "cepat 4 Jun 2026"),
        crew(policy=policy(issue_days=3)),
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
        ("Tim 1 cuti pada", "Kamis, 11 Jun 2026"),
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
    "a full team": Case(
        Reason.TEAM_FULL, (ask(1, 9), ask(2, 9)), ("Tim 1 penuh pada 9 Jun oleh P-1",)
    ),
    "full teams": Case(
        Reason.TEAM_FULL,
        (ask(1, 9), ask(2, 9), ask(3, 9)),
        ("Tim A dan Tim B penuh pada 9 Jun oleh P-1 dan P-2",),
        crew(teams=[team("Tim A", visits_per_day=1), team("Tim B", visits_per_day=1)]),
    ),
    "a team that is on a trip over the end of the month": Case(
        Reason.TEAM_FULL,
        (ask(1, 30, region="Lingga"), ask(2, 30, region="Lingga")),
        ("Tim 1 penuh pada 30 Jun–1 Jul oleh P-1",),
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
        ("Usulan 9 Jun 2026", "10 Jun 2026", "R-KAJI", "Tim 1 penuh pada 10 Jun oleh P-1"),
        crew(policy=GESER),
    ),
    "a full team after a proposal that is too near": Case(
        Reason.TEAM_FULL,
        (ask(1, 2), ask(2, 1)),
        ("Usulan 1 Jun 2026", "terlalu dekat", "Tim 1 penuh pada 2 Jun oleh P-1"),
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
        ("2 Jun 2026", "2 hari", "Tim 1 penuh pada 2–3 Jun oleh P-1 dan P-2"),
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
        ("2 Jun 2026", "2 hari", "Tim 1 cuti pada 2–3 Jun"),
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
    said = day_sentences.visit(visit, case.given.policy)
    shows(said, *case.shown)
    assert not [word for word in case.hidden if word in said], said


@pytest.mark.parametrize("case", UNPLACED.values(), ids=UNPLACED.keys())
def test_a_request_in_the_queue_says_why_no_day_would_do(case: Case) -> None:
    without = unplaced_of(plan(case.requests, case.given), last(case))
    assert without.obstacle.reason is case.reason
    said = no_day.unplaced(without, case.given.policy)
    shows(said, *case.shown)
    assert not [word for word in case.hidden if word in said], said


def test_a_trip_that_no_run_of_working_days_is_long_enough_for_says_so() -> None:
    given = crew(policy=policy(workdays=frozenset([0, 2, 4])))
    without = unplaced_of(plan([ask(1, 8, region="Lingga")], given), "P-1")
    assert without.obstacle.reason is Reason.DAY_OFF
    shows(no_day.unplaced(without, SOP), "perjalanan ke Lingga")


def test_a_visit_on_its_day_says_so() -> None:
    said = said_of([ask(1, 9)])
    shows(said, "Sesuai Tanggal Usulan")


def test_a_visit_without_proposal_says_from_which_day_on_one_was_sought() -> None:
    assert said_of([ask(1)]) == "Tanpa Tanggal Usulan: hari pertama yang mungkin sejak 2 Jun 2026."


def test_a_visit_without_proposal_says_what_blocked_the_days_before() -> None:
    assert said_of([ask(1), ask(2)]) == (
        "Tanpa Tanggal Usulan: hari pertama yang mungkin sejak 2 Jun 2026. Tim 1 penuh pada 2 Jun "
        "oleh P-1."
    )


def test_a_waiver_is_named_with_its_number_for_a_visit() -> None:
    one = request(received="2026-05-20", proposed=june(3), waiver="DSP/007/2026")
    shows(said_of([one]), "Surat Dispensasi DSP/007/2026", "R-TENGGANG", "Sesuai Tanggal Usulan")


def test_a_waiver_is_named_with_its_number_in_the_queue() -> None:
    given = crew(teams=[team("Tim 1", ["Udara"])])
    one = request(received="2026-05-20", proposed=june(3), waiver="DSP/007/2026")
    without = unplaced_of(plan([one], given), "P-1")
    assert isinstance(without, Unplaced)
    shows(no_day.unplaced(without, SOP), "Surat Dispensasi DSP/007/2026", "Tidak ada tim")


def test_no_waiver_is_named_where_there_is_none() -> None:
    assert "Dispensasi" not in said_of([ask(1, 9)])


def test_what_nobody_holds_is_said_to_be_missing_not_in_use() -> None:
    def blocked(reason: Reason, name: str) -> str:
        return day_sentences.blocked(Obstacle(reason, june(9), june(9), (name,)), samples=12)

    for said, word in (
        (blocked(Reason.EQUIPMENT, "Sampler"), "kalibrasi"),
        (blocked(Reason.LABORATORY, "Air Minum"), "12 contoh uji"),
        (blocked(Reason.TEAM_FULL, "Tim 1"), "12 contoh uji"),
    ):
        shows(said, word)
        assert " oleh " not in said
        assert "pakai" not in said


def test_a_request_that_missed_batas_akhir_names_who_holds_the_days_before_it() -> None:
    case = UNPLACED["a deadline"]
    shows(said_of(case.requests, case.given), "Tim 1", "P-1", "P-2")


def test_a_batas_akhir_that_has_passed_is_not_said_to_follow_the_target() -> None:
    without = unplaced_of(plan([ask(1, deadline=date(2026, 5, 20))], crew()), "P-1")
    assert "dari 2 Jun 2026 sampai Batas Akhir 20 Mei 2026" not in no_day.unplaced(without, SOP)


def test_teams_that_make_no_visits_are_not_said_to_carry_too_little() -> None:
    given = crew(teams=[team("Tim 1", visits_per_day=0)])
    without = unplaced_of(plan([ask(1, 9)], given), "P-1")
    assert "melebihi" not in no_day.unplaced(without, SOP)


def test_days_of_one_cause_are_told_together_with_all_who_hold_them() -> None:
    requests = [ask(1, 3, region="Lingga"), ask(2, 3), ask(3, 4), ask(4, 3)]
    assert said_of(requests, crew(teams=TWO_A_DAY)) == (
        "Tim 1 dan Tim 2 penuh pada 3–4 Jun oleh P-1, P-2 dan P-3. "
        "Hari pertama yang mungkin Jumat, 5 Jun 2026."
    )


def test_days_of_one_cause_are_told_together_over_a_weekend_and_the_end_of_a_month() -> None:
    requests = [*(ask(place, 24 + place) for place in (1, 2)), ask(3, 29), ask(4, 30), ask(5, 25)]
    assert said_of(requests) == (
        "Tim 1 penuh pada 25–30 Jun oleh P-1, P-2, P-3 dan P-4. "
        "Hari pertama yang mungkin Rabu, 1 Jul 2026."
    )


def test_days_of_several_causes_are_told_one_after_another() -> None:
    given = crew(leaves=[leave("Tim 1", june(10), june(11))])
    assert said_of([ask(1, 9), ask(2, 9)], given) == (
        "Tim 1 penuh pada 9 Jun oleh P-1. Tim 1 cuti pada 10–11 Jun. "
        "Hari pertama yang mungkin Jumat, 12 Jun 2026."
    )


EVERY_OTHER_DAY = crew(leaves=[leave("Tim 1", june(day)) for day in (8, 10, 12)])
BETWEEN = (ask(1, 9), ask(2, 11))


def test_after_three_causes_the_other_days_are_counted() -> None:
    assert said_of([*BETWEEN, ask(3, 8)], EVERY_OTHER_DAY) == (
        "Tim 1 cuti pada 8 Jun. Tim 1 penuh pada 9 Jun oleh P-1. Tim 1 cuti pada 10 Jun. "
        "2 hari keberangkatan berikutnya juga tidak tersedia. "
        "Hari pertama yang mungkin Senin, 15 Jun 2026."
    )


def test_three_causes_are_told_without_a_count() -> None:
    assert said_of([*BETWEEN, ask(3, 10)], EVERY_OTHER_DAY) == (
        "Tim 1 cuti pada 10 Jun. Tim 1 penuh pada 11 Jun oleh P-2. Tim 1 cuti pada 12 Jun. "
        "Hari pertama yang mungkin Senin, 15 Jun 2026."
    )


def test_the_count_of_other_days_is_right_where_a_cause_holds_several() -> None:
    leaves = [leave("Tim 1", june(8), june(9)), leave("Tim 1", june(11)), leave("Tim 1", june(15))]
    requests = [ask(1, 10), ask(2, 12), ask(3, 16), ask(4, 8)]
    assert said_of(requests, crew(leaves=leaves)) == (
        "Tim 1 cuti pada 8–9 Jun. Tim 1 penuh pada 10 Jun oleh P-1. Tim 1 cuti pada 11 Jun. "
        "3 hari keberangkatan berikutnya juga tidak tersedia. "
        "Hari pertama yang mungkin Rabu, 17 Jun 2026."
    )


def test_days_that_a_huge_week_does_not_explain_are_counted() -> None:
    week = plan([ask(1, 9), ask(2, 9)], CREW)
    visit = replace(visit_of(week, "P-2"), blocked_days=8)
    assert day_sentences.visit(visit, SOP) == (
        "Tim 1 penuh pada 9 Jun oleh P-1. 7 hari keberangkatan berikutnya juga tidak tersedia. "
        "Hari pertama yang mungkin Rabu, 10 Jun 2026."
    )


def test_the_days_before_batas_akhir_and_before_the_horizon_are_told_together_too() -> None:
    given = crew(policy=policy(horizon_days=4), leaves=[leave("Tim 1", june(4), june(5))])
    requests = [ask(1), ask(2), ask(3)]
    assert said_of(requests, given) == (
        "Tidak ada hari yang mungkin dari 2 Jun 2026 sampai batas rencana 4 hari: Tim 1 penuh "
        "pada 2–3 Jun oleh P-1 dan P-2. Tim 1 cuti pada 4–5 Jun. Dapat dijadwalkan bila Tim 1 "
        "menerima satu kunjungan lagi sehari (2 Jun 2026), atau Tim 1 tidak cuti (4 Jun "
        f"2026){PROVIDED}"
    )
    given = crew(leaves=[leave("Tim 1", june(4), june(5))])
    requests[-1] = ask(3, 2, deadline=june(5))
    assert said_of(requests, given) == (
        "Tidak ada hari yang mungkin dari 2 Jun 2026 sampai Batas Akhir 5 Jun 2026: Tim 1 penuh "
        "pada 2–3 Jun oleh P-1 dan P-2. Tim 1 cuti pada 4–5 Jun. Hari pertama yang mungkin Senin, "
        "8 Jun 2026, bila Batas Akhir diundur. Dapat dijadwalkan dalam Batas Akhir bila Tim 1 "
        "menerima satu kunjungan lagi sehari (2 Jun 2026), atau Tim 1 tidak cuti "
        f"(4 Jun 2026){PROVIDED}"
    )


def test_leave_is_not_told_of_days_on_which_the_team_is_there() -> None:
    given = crew(leaves=[leave("Tim 1", june(10))])
    assert said_of([ask(1, 9, region="Lingga")], given) == (
        "Tim 1 cuti pada 10 Jun. Hari pertama yang mungkin Kamis, 11 Jun 2026."
    )


def test_days_are_not_told_together_with_days_between_them_that_are_free() -> None:
    # Visits to Lingga start on Fridays only; Tim 1 is idle on the days between 5 and 12 June.
    given = crew(regions=[region("Lingga", departure_days=[FRIDAY])])
    requests = [ask(place, day, region="Lingga") for place, day in ((1, 5), (2, 12), (3, 5))]
    assert "5–12 Jun" not in said_of(requests, given)


def test_holders_beyond_those_named_are_counted_over_all_days_told_together() -> None:
    given = crew(teams=[team("Tim 1", visits_per_day=60)])
    first = [request(f"P-{place}", "2026-04-01", proposed=june(9)) for place in range(60)]
    second = [request(f"Q-{place}", "2026-04-01", proposed=june(10)) for place in range(60)]
    said = said_of([*first, *second, request("R-1", "2026-04-02", proposed=june(9))], given)
    shows(said, "Tim 1 penuh pada 9–10 Jun oleh", "dan sedikitnya 94 lainnya")


def test_a_trip_that_holds_both_days_is_not_counted_twice() -> None:
    """60 trips hold both days, 50 of them by name: never more than 60 are spoken of."""
    given = crew(teams=[team("Tim 1", visits_per_day=60)], regions=[region("Lingga", 1)])
    trips = [
        request(f"P-{place}", "2026-04-01", proposed=june(9), region="Lingga")
        for place in range(60)
    ]
    said = said_of([*trips, request("R-1", "2026-04-02", proposed=june(9), region="Lingga")], given)
    shows(said, "Tim 1 penuh pada 9–10 Jun oleh", "dan sedikitnya 54 lainnya")


def test_teams_that_could_take_over_are_told_with_those_who_hold_them() -> None:
    given = crew(teams=[team("Tim 1", visits_per_day=1), team("Tim 2", ["Air Minum"], 1)])
    assert said_of([ask(1, 9), ask(2, 9), ask(3, 9, **AIR)], given) == (
        "Tim 1 dan Tim 2 penuh pada 9 Jun oleh P-1 dan P-2, juga bila timnya dipertukarkan. "
        "Hari pertama yang mungkin Rabu, 10 Jun 2026."
    )


def test_a_visit_whose_team_changed_says_for_whom_and_that_its_day_stays() -> None:
    given = crew(teams=[team("Tim 1", visits_per_day=1), team("Tim 2", ["Air Minum"], 1)])
    requests = [ask(1, 9), ask(2, 9, **AIR)]
    week = plan(requests, given)
    assert day_sentences.visit(visit_of(week, "P-1"), SOP) == (
        "Sesuai Tanggal Usulan. Timnya ditukar agar P-2 mendapat hari yang lebih awal; "
        "harinya tetap."
    )
    assert day_sentences.visit(visit_of(week, "P-2"), SOP) == "Sesuai Tanggal Usulan."


def test_a_visit_whose_team_changed_for_many_counts_those_beyond_six() -> None:
    visit = visit_of(plan([ask(1, 9)]), "P-1")
    many = tuple(f"P-{place}" for place in range(2, 10))
    shows(
        day_sentences.visit(replace(visit, team_changed_for=many), SOP),
        "Timnya ditukar agar P-2, P-3, P-4, P-5, P-6, P-7 dan 2 lainnya mendapat",
    )


def test_a_moved_visit_whose_team_changed_says_both() -> None:
    given = crew(teams=[team("Tim 1", visits_per_day=1), team("Tim 2", ["Air Minum"], 1)])
    week = plan([ask(1, 6), ask(2, 8, **AIR)], given)
    assert day_sentences.visit(visit_of(week, "P-1"), SOP) == (
        "6–7 Jun bukan hari kerja. Timnya ditukar agar P-2 mendapat hari yang lebih awal; "
        "harinya tetap."
    )


def test_teams_on_leave_are_told_beside_those_that_are_full() -> None:
    given = crew(teams=TWO_A_DAY, leaves=[leave("Tim 2", june(9))])
    assert said_of([ask(1, 9), ask(2, 9)], given) == (
        "Tim 1 penuh pada 9 Jun oleh P-1; Tim 2 cuti. Hari pertama yang mungkin Rabu, 10 Jun 2026."
    )


def test_teams_on_leave_are_told_after_those_that_could_be_exchanged() -> None:
    teams = [team("Tim 1", None, 1), team("Tim 2", ["Air Minum"], 1), team("Tim 3", None, 1)]
    given = crew(teams=teams, leaves=[leave("Tim 3", june(9))])
    assert said_of([ask(1, 9), ask(2, 9), ask(3, 9, **AIR)], given) == (
        "Tim 1 dan Tim 2 penuh pada 9 Jun oleh P-1 dan P-2, juga bila timnya dipertukarkan; "
        "Tim 3 cuti. Hari pertama yang mungkin Rabu, 10 Jun 2026."
    )


def test_a_team_with_visits_left_in_another_wilayah_is_told_to_be_there() -> None:
    given = crew(teams=[team("Tim 1")], regions=[BATAM, region("Nongsa")])
    assert said_of([ask(1, 9), ask(2, 9, region="Nongsa")], given) == (
        "Tim 1 penuh atau di Wilayah lain pada 9 Jun oleh P-1. "
        "Hari pertama yang mungkin Rabu, 10 Jun 2026."
    )


def test_days_told_together_are_elsewhere_as_soon_as_the_team_is_on_one_of_them() -> None:
    given = crew(teams=[team("Tim 1", visits_per_day=2)], regions=[BATAM, region("Nongsa")])
    for first, second in ((9, 10), (10, 9)):
        requests = [ask(1, first), ask(2, second), ask(3, second), ask(4, 9, region="Nongsa")]
        shows(said_of(requests, given), "Tim 1 penuh atau di Wilayah lain pada 9–10 Jun oleh P-")


def test_more_than_six_holders_are_counted_not_named() -> None:
    given = crew(teams=[team("Tim 1", visits_per_day=8)])
    assert said_of([ask(place, 9) for place in range(1, 10)], given) == (
        "Tim 1 penuh pada 9 Jun oleh P-1, P-2, P-3, P-4, P-5, P-6 dan 2 lainnya. "
        "Hari pertama yang mungkin Rabu, 10 Jun 2026."
    )


def test_six_holders_are_all_named() -> None:
    given = crew(teams=[team("Tim 1", visits_per_day=6)])
    shows(
        said_of([ask(place, 9) for place in range(1, 8)], given),
        "oleh P-1, P-2, P-3, P-4, P-5 dan P-6.",
    )


def test_holders_beyond_fifty_are_counted_too() -> None:
    given = crew(teams=[team("Tim 1", visits_per_day=60)])
    requests = [request(f"P-{place}", "2026-04-01", proposed=june(9)) for place in range(1, 62)]
    shows(said_of(requests, given), "oleh P-1, P-2, P-3, P-4, P-5, P-6 dan 54 lainnya.")


def test_several_changes_are_told_as_alternatives_each_with_its_day() -> None:
    teams = [team("Tim 1", None, 1), team("Tim 2", ["Udara"]), team("Tim 3", ["Air Minum"])]
    leaves = [leave("Tim 3", june(1), june(9)), leave("Tim 2", june(2))]
    given = crew(policy=SHORT, teams=teams, leaves=leaves)
    assert said_of([ask(1), ask(2), ask(3)], given) == (
        "Tidak ada hari yang mungkin dari 2 Jun 2026 sampai batas rencana 2 hari: Tim 1 penuh "
        "pada 2–3 Jun oleh P-1 dan P-2; Tim 3 cuti. Dapat dijadwalkan bila Tim 3 tidak cuti (2 Jun "
        "2026), atau Tim 1 menerima satu kunjungan lagi sehari (2 Jun 2026), atau Tim 2 juga "
        f"menguasai Air Minum (3 Jun 2026){PROVIDED}"
    )


@pytest.mark.parametrize(
    ("reason", "name", "said"),
    [
        (Reason.NO_TEAM, "Tim 2", "Tim 2 juga menguasai Air Minum (9 Jun 2026)"),
        (Reason.LEAVE, "Tim 2", "Tim 2 tidak cuti (9 Jun 2026)"),
        (Reason.TEAM_FULL, "Tim 2", "Tim 2 menerima satu kunjungan lagi sehari (9 Jun 2026)"),
        (
            Reason.EQUIPMENT,
            "Sampler",
            "ada satu unit Sampler lagi yang berlaku kalibrasinya (9 Jun 2026)",
        ),
        (
            Reason.LABORATORY,
            "Air Minum",
            "laboratorium menerima lebih banyak Air Minum sehari (9 Jun 2026)",
        ),
    ],
)
def test_each_change_is_told_in_these_words(reason: Reason, name: str, said: str) -> None:
    without = unplaced_of(plan([ask(1, 9)], crew(policy=SHORT)), "P-1")
    without = replace(without, remedies=(Remedy(reason, june(9), name),))
    assert no_day.unplaced(without, SHORT) == (
        "Tanggal 9 Jun 2026 melewati batas rencana, 2 hari sejak pengaturan jadwal. Dapat "
        f"dijadwalkan bila {said}{PROVIDED}"
    )


def test_where_no_change_alone_helps_none_is_told() -> None:
    given = crew(sample_types=[sample_type(lab_capacity=1)], policy=SHORT)
    assert " bila " not in said_of([ask(1), ask(2), ask(3)], given)


def test_working_days_on_which_nobody_sets_out_are_not_said_to_be_days_off() -> None:
    given = crew(regions=[region("Lingga", departure_days=[FRIDAY])])
    said = said_of([ask(1, 8, region="Lingga", deadline=june(9))], given)
    assert "Tidak ada hari kerja di antaranya" not in said
    shows(said, "bukan hari berangkat ke Lingga", "Jumat, 12 Jun 2026")


def test_a_batas_akhir_before_the_first_possible_day_is_told_in_these_words() -> None:
    assert said_of([ask(1, deadline=date(2026, 5, 20))]) == (
        "Batas Akhir 20 Mei 2026 lebih dahulu daripada 2 Jun 2026, hari paling cepat yang dapat "
        "direncanakan. Hari pertama yang mungkin Selasa, 2 Jun 2026, bila Batas Akhir diundur."
    )


def test_a_batas_akhir_on_the_only_day_asked_for_is_told_in_these_words() -> None:
    assert said_of([ask(1, 9), ask(2, 9, deadline=june(9))]) == (
        "Tidak mungkin pada 9 Jun 2026, hari yang diminta sekaligus Batas Akhir: Tim 1 penuh pada "
        "9 Jun oleh P-1. Hari pertama yang mungkin Rabu, 10 Jun 2026, bila Batas Akhir diundur. "
        "Dapat dijadwalkan dalam Batas Akhir bila Tim 1 menerima satu kunjungan lagi sehari "
        f"(9 Jun 2026){PROVIDED}"
    )


def test_no_working_day_before_batas_akhir_is_told_in_these_words() -> None:
    assert said_of([ask(1, 6, deadline=june(7))]) == (
        "Tidak ada hari yang mungkin dari 6 Jun 2026 sampai Batas Akhir 7 Jun 2026: Tidak ada "
        "hari kerja di antaranya. Hari pertama yang mungkin Senin, 8 Jun 2026, bila Batas Akhir "
        "diundur."
    )


def test_what_binds_a_week_is_told_with_the_requests_that_it_kept_from_days() -> None:
    many = tuple(f"P-{place}" for place in range(1, 9))
    bindings = [
        Binding(Reason.TEAM_FULL, ("Tim 1", "Tim 2"), many),
        Binding(Reason.LABORATORY, ("Air Minum",), ("P-1", "P-2")),
        Binding(Reason.EQUIPMENT, ("Sampler",), ("P-3",)),
        Binding(Reason.LEAVE, ("Tim 3",), ("P-4",)),
    ]
    assert day_sentences.binding(bindings) == (
        "Tim 1 dan Tim 2 terpakai, menahan 8 permintaan (P-1, P-2, P-3, P-4, P-5, P-6 dan 2 "
        "lainnya); Air Minum melewati kapasitas laboratorium, menahan 2 permintaan (P-1 dan "
        "P-2); Sampler tidak cukup, menahan 1 permintaan (P-3); Tim 3 cuti, menahan 1 permintaan "
        "(P-4)."
    )


def test_a_week_that_nothing_binds_is_told_so() -> None:
    assert day_sentences.binding([]) == "tidak ada permintaan yang tertahan."
