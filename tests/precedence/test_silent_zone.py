"""What hangs on the reading of the SOP's silence: both dates, the pair, and the sheet."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.explanation import week as sentences
from labkesmas_batch.forms import schema
from labkesmas_batch.intake.review import review
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.policy import Policy, SilentZone
from labkesmas_batch.model.reference import PairDecision, Reference
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Accepted, Allocation, Ranked, Visit, ZoneEffect
from labkesmas_batch.model.week import Source, Week
from labkesmas_batch.planning.inputs import Inputs
from labkesmas_batch.planning.weekly import decide
from labkesmas_batch.precedence import silent_zone as zone
from labkesmas_batch.precedence.rank import in_ranks, order, rank
from labkesmas_batch.precedence.silent_zone import compared, zone_effects
from labkesmas_batch.text.indonesian import number
from labkesmas_batch.workbooks import silent_zone
from tests.precedence.test_self_test import counting_lines
from tests.support.builders import (
    RUN_DATE,
    decision,
    policy,
    reference,
    region,
    request,
    row,
    sample_type,
    settings,
    table,
    team,
    write_intake,
    write_reference,
)
from tests.support.dump import EXAMPLE, EXAMPLE_DATE, Answer, call, records
from tests.support.models import week_of
from tests.support.weeks import Cells, random_week
from tests.support.weeks import Week as Drawn

Dates = Mapping[str, date | None]
OTHER = {SilentZone.FIRST_COME: SilentZone.INTERNAL, SilentZone.INTERNAL: SilentZone.FIRST_COME}


def assert_right(
    effects: Sequence[ZoneEffect],
    here: Dates,
    there: Dates,
    week: Iterable[Request],
    rules: Policy,
    orders: tuple[Sequence[Ranked], Sequence[Ranked]] | None = None,
) -> None:
    """The effects are just those whose date differs, with both dates and a pair that is open.

    Parameters
    ----------
    here, there
        The date of every ranked request in two full runs, None for none.
    week
        All requests that were ranked.
    orders
        Under both readings; where the Kepala has decided, a pair is open only if it stands the
        other way round in the other one.
    """
    places = [{each.request.number: each.rank for each in order} for order in orders or ()]
    assert here.keys() == there.keys()
    got = {each.request.number: (each.here, each.there) for each in effects}
    assert len(got) == len(effects)
    assert got == {
        number: (here[number], there[number]) for number in here if here[number] != there[number]
    }
    assert all(one.ranked.rank < other.ranked.rank for one, other in pairwise(effects))
    by_class: dict[bool, list[Request]] = {True: [], False: []}
    for each in week:
        by_class[each.internal].append(each)
    for effect in effects:
        others = by_class[not effect.request.internal]
        number = effect.request.number
        open_to = {
            each.number
            for each in others
            if is_open(effect.request, each, rules)
            and (not places or len({p[number] < p[each.number] for p in places}) == 2)
        }
        if effect.opponent is None:
            assert not open_to
        else:
            assert effect.opponent.number in open_to


def dates_of(week: Week) -> Dates:
    """The date of every ranked request, None for none."""
    dates: dict[str, date | None] = {each.request.number: None for each in week.plan.ranked}
    return dates | {each.request.number: each.first for each in week.plan.allocation.visits}


def is_open(one: Request, other: Request, rules: Policy) -> bool:
    """The SOP names no winner: internal came more than a and fewer than b days later."""
    assert one.internal is not other.internal
    internal, external = (one, other) if one.internal else (other, one)
    later = (internal.received_on - external.received_on).days
    return rules.internal_gap < later < rules.external_gap


KINDS = ("Air Minum", "Udara Ambien", "Makanan")
PLACES = ("Batam", "Nongsa", "Lingga")


def big_week(count: int = 2_000, seed: int = 7) -> list[Request]:
    """Requests of ten weeks, most of which ask for a day."""
    rng = Random(seed)
    week = []
    for at in range(count):
        day = RUN_DATE - timedelta(days=rng.randrange(70))
        asked = day + timedelta(days=21 + rng.randrange(60))
        week.append(
            request(
                f"P-{at}",
                day,
                rng.choice(["Internal", "Eksternal"]),
                region=rng.choices(PLACES, (10, 5, 1))[0],
                sample_type=rng.choice(KINDS),
                samples=rng.randint(1, 6),
                proposed=asked if rng.random() < 0.8 else None,
            )
        )
    return week


@cache
def big(zone: SilentZone) -> Week:
    """A full run of them, with room for some thirty a day, so that many have to wait."""
    given = reference(
        policy=policy(silent_zone=zone, horizon_days=200),
        teams=[team(f"Tim {at}", None if at % 2 else KINDS[:2], 10) for at in range(3)],
        regions=map(region, PLACES),
        sample_types=[sample_type(KINDS[0], lab_capacity=60), *map(sample_type, KINDS[1:])],
    )
    return week_of(big_week(), given)


@pytest.mark.parametrize("zone", SilentZone)
def test_of_2000_requests_just_those_are_listed_whose_date_differs_between_two_full_runs(
    zone: SilentZone,
) -> None:
    week, here, there = big(zone), dates_of(big(zone)), dates_of(big(OTHER[zone]))
    rules = week.reference.policy
    assert_right(week.plan.zone, here, there, [each.request for each in week.plan.ranked], rules)
    moved = sum(visit.status is Outcome.MOVED for visit in week.plan.allocation.visits)
    assert moved > len(here) / 4
    assert len(here) / 10 < len(week.plan.zone) < len(here)


def test_the_two_readings_see_each_others_dates() -> None:
    one, other = (
        {each.request.number: (each.here, each.there) for each in big(zone).plan.zone}
        for zone in SilentZone
    )
    assert one == {number: dates[::-1] for number, dates in other.items()}


@pytest.mark.parametrize("zone", SilentZone)
def test_the_opponent_stands_on_the_other_side_under_the_other_reading(zone: SilentZone) -> None:
    week = big(zone)
    both = (week, big(OTHER[zone]))
    here, there = ({e.request.number: e.rank for e in each.plan.ranked} for each in both)
    for effect in week.plan.zone:
        if effect.opponent is not None:
            one, other = effect.request.number, effect.opponent.number
            assert (here[one] < here[other]) != (there[one] < there[other])
            said = sentences.zone_effect(effect)
            first, second = (one, other) if here[one] < here[other] else (other, one)
            assert f"Kini {first} didahulukan; menurut bacaan lain {second}." in said


def test_the_opponent_is_one_whose_date_hangs_on_the_reading_too_where_there_is_one_near() -> None:
    week = big(SilentZone.FIRST_COME)
    changed = {each.request.number for each in week.plan.zone}
    too = sum(
        each.opponent is not None and each.opponent.number in changed for each in week.plan.zone
    )
    assert too > 0.9 * len(week.plan.zone)


@pytest.mark.parametrize("zone", SilentZone)
def test_the_summary_counts_the_dates_and_the_places_that_hang_on_the_reading(
    zone: SilentZone,
) -> None:
    week = big(zone)
    requests = [each.request for each in week.plan.ranked]
    rules, days = week.reference.policy, timedelta(days=1)
    dates = {
        internal: {each.received_on for each in requests if each.internal is internal}
        for internal in (True, False)
    }
    depending = sum(
        any(
            each.received_on + (-later if each.internal else later) * days
            in dates[not each.internal]
            for later in range(rules.internal_gap + 1, rules.external_gap)
        )
        for each in requests
    )
    said = (
        f"Selisih 8 s.d. 13 hari tidak diatur SOP (R-ANTARA, zona_antara = {zone}): urutan "
        f"{number(depending)} dari {number(len(requests))} permintaan bergantung padanya, dan "
        f"{number(len(week.plan.zone))} dari {number(len(requests))} tanggal: lihat lembar "
        "Zona Antara."
    )
    assert sentences.depending_on_reading(week) == said
    assert said in sentences.needs(week)


def decided(drawn: Drawn, pairs: Sequence[tuple[str, str]] = ()) -> Week:
    """Everything that a run decides about a drawn week."""
    tables = {
        sheet.name: table(drawn.reference.get(sheet.name, ()), sheet, file="acuan.xlsx")
        for sheet in schema.REFERENCE.sheets
    }
    decisions = [(*pair, None) for pair in pairs]
    tables["Keputusan Pasangan"] = table(
        decisions, schema.REFERENCE.sheet("Keputusan Pasangan"), file="acuan.xlsx"
    )
    source = Source(Path("acuan.xlsx"), "acuan.xlsx", "", "")
    return decide(Inputs((), (table(drawn.intake),), (), source, False, tables), drawn.run_date)


def setting(drawn: Drawn, key: str) -> Cells:
    return next(row for row in drawn.reference["Ketentuan"] if row["Kunci"] == key)


def turned(drawn: Drawn) -> Drawn:
    """The same week under the other reading."""
    other = deepcopy(drawn)
    cell = setting(other, "zona_antara")
    cell["Nilai"] = OTHER[SilentZone(str(cell["Nilai"]))].value
    return other


@cache
def small(seed: int) -> tuple[Week, Week]:
    drawn = random_week(seed, requests=30, trips=seed % 2 == 0)
    return decided(drawn), decided(turned(drawn))


@pytest.mark.parametrize("seed", range(30))
def test_a_random_week_lists_what_a_run_under_the_other_reading_would_change(seed: int) -> None:
    for week, other in (small(seed), small(seed)[::-1]):
        assert week.reference.policy.silent_zone is not other.reference.policy.silent_zone
        requests = [each.request for each in week.plan.ranked]
        assert_right(
            week.plan.zone, dates_of(week), dates_of(other), requests, week.reference.policy
        )


def test_the_random_weeks_are_of_every_kind() -> None:
    """Dates that change, that come and go, and no silent day at all, or the test above is idle."""
    weeks = [week for seed in range(30) for week in small(seed)]
    effects = [effect for week in weeks for effect in week.plan.zone]
    assert any(not week.plan.zone for week in weeks)
    assert sum(bool(week.plan.zone) for week in weeks) >= 15
    assert any(effect.here and effect.there for effect in effects)
    assert any(effect.here is None or effect.there is None for effect in effects)
    assert any(
        week.reference.policy.external_gap == week.reference.policy.internal_gap + 1
        for week in weeks
    )
    assert any(effect.opponent is None for effect in effects)


@pytest.mark.parametrize("seed", range(8))
def test_with_the_kepalas_decisions_both_runs_follow_them(seed: int) -> None:
    drawn = random_week(seed, requests=30, trips=seed % 2 == 0)
    plain = decided(drawn)
    order = [each.request.number for each in plain.plan.ranked]
    pairs = [(order[-1], order[0]), (order[-2], order[2])] if len(order) > 5 else []
    # Three of the pairs that the sheet itself would name are decided, too, against the key.
    named = {
        tuple(sorted((e.request.number, e.opponent.number), key=order.index))
        for e in plain.plan.zone
        if e.opponent and {e.request.number, e.opponent.number}.isdisjoint(sum(pairs, ()))
    }
    pairs += [(later, first) for first, later in sorted(named)[:3]]
    week, other = decided(drawn, pairs), decided(turned(drawn), pairs)
    assert_right(
        week.plan.zone,
        dates_of(week),
        dates_of(other),
        [each.request for each in week.plan.ranked],
        week.reference.policy,
        (week.plan.ranked, other.plan.ranked),
    )
    place = {each.request.number: each.rank for each in week.plan.ranked}
    for effect in week.plan.zone:
        if effect.opponent is not None:
            pair = effect.request.number, effect.opponent.number
            assert pair not in pairs
            assert pair[::-1] not in pairs
            assert f"Kini {min(pair, key=place.__getitem__)} " in sentences.zone_effect(effect)


ONE_A_DAY = [team(visits_per_day=1)]
NO_LEAD = policy(lead_days=0)


def pair_of(days: int, rules: Policy = NO_LEAD) -> Week:
    """Two requests of both classes for one place a day, the internal one so many days later."""
    week = [
        request("E", date(2026, 5, 4)),
        request("I", date(2026, 5, 4) + timedelta(days=days), "Internal"),
    ]
    return week_of(week, reference(policy=rules, teams=ONE_A_DAY))


@pytest.mark.parametrize("days", [-1, 0, 7, 14])
def test_a_pair_that_the_sop_decides_hangs_on_nothing(days: int) -> None:
    week = pair_of(days)
    assert week.plan.zone == ()
    assert not any(each.silent for each in week.plan.ranked)
    assert not any("R-ANTARA" in text for text in sentences.needs(week))


@pytest.mark.parametrize("days", [8, 13])
def test_a_pair_of_the_silent_days_changes_places_and_names_each_other(days: int) -> None:
    tuesday, wednesday = date(2026, 6, 2), date(2026, 6, 3)
    one, other = pair_of(days).plan.zone
    assert (one.request.number, one.here, one.there) == ("E", tuesday, wednesday)
    assert (other.request.number, other.here, other.there) == ("I", wednesday, tuesday)
    assert (one.opponent, other.opponent) == (other.request, one.request)


def test_the_sentence_says_who_came_when_and_who_goes_first_under_each_reading() -> None:
    said = "I (Internal, 13 Mei 2026) datang 9 hari sesudah E (Eksternal, 4 Mei 2026)."
    for effect in pair_of(9).plan.zone:
        text = sentences.zone_effect(effect)
        assert text == f"{said} Kini E didahulukan; menurut bacaan lain I."
    rules = replace(NO_LEAD, silent_zone=SilentZone.INTERNAL)
    for effect in pair_of(9, rules).plan.zone:
        text = sentences.zone_effect(effect)
        assert text == f"{said} Kini I didahulukan; menurut bacaan lain E."


def test_where_the_order_hangs_on_the_reading_and_no_date_does_the_sentence_says_both() -> None:
    fitting_team = [request("E", date(2026, 5, 4)), request("I", date(2026, 5, 13), "Internal")]
    week = week_of(fitting_team, reference(policy=NO_LEAD))
    assert week.plan.zone == ()
    assert sentences.depending_on_reading(week).endswith(
        "urutan 2 dari 2 permintaan bergantung padanya, tetapi tidak satu pun tanggalnya."
    )


def test_whoever_moves_only_because_others_do_has_no_opponent_and_is_told_so() -> None:
    """Under the other reading E has no day at all, and E-2, of no open pair, moves up."""
    day = date(2026, 6, 2)
    week = week_of(
        [
            request("E", date(2026, 5, 4), proposed=day, deadline=day),
            request("E-2", date(2026, 5, 12)),
            request("I", date(2026, 5, 13), "Internal"),
        ],
        reference(policy=NO_LEAD, teams=ONE_A_DAY),
    )
    effects = {each.request.number: each for each in week.plan.zone}
    assert effects.keys() == {"E", "I", "E-2"}
    assert (effects["E"].here, effects["E"].there) == (day, None)
    alone = effects["E-2"]
    assert (alone.here, alone.there) == (date(2026, 6, 4), date(2026, 6, 3))
    assert alone.opponent is None
    assert sentences.zone_effect(alone) == (
        "Tidak ada pasangannya sendiri yang bergantung pada bacaan SOP; tanggalnya berubah karena "
        "permintaan lain berpindah."
    )


@pytest.mark.parametrize("zone", SilentZone)
def test_the_other_reading_differs_in_nothing_else_and_comes_back(zone: SilentZone) -> None:
    rules = policy(silent_zone=zone, internal_gap=3, external_gap=9, lead_days=5)
    assert rules.other_reading == replace(rules, silent_zone=OTHER[zone])
    assert rules.other_reading.other_reading == rules


def effects_with(
    week: Iterable[Request], given: Reference, decisions: Sequence[PairDecision]
) -> tuple[ZoneEffect, ...]:
    accepted = review(week, given.policy, RUN_DATE).accepted
    ranked = rank(accepted, given.policy, decisions)
    other = rank(accepted, given.policy.other_reading, decisions)
    return zone_effects(
        ranked, allocate(ranked, given, RUN_DATE), allocate(other, given, RUN_DATE), given.policy
    )


def opponent_of(effects: Iterable[ZoneEffect], number: str) -> str | None:
    return next(
        each.opponent.number if each.opponent else None
        for each in effects
        if each.request.number == number
    )


def test_the_opponent_is_the_nearest_in_rank() -> None:
    week = [
        request("E-1", date(2026, 5, 1)),
        request("E-2", date(2026, 5, 6)),
        request("I", date(2026, 5, 14), "Internal"),
    ]
    given = reference(policy=NO_LEAD, teams=ONE_A_DAY)
    assert opponent_of(effects_with(week, given, ()), "I") == "E-2"


def test_the_opponent_lies_within_the_silent_days_whatever_the_kepala_decided() -> None:
    """Her decisions put ranks where the dates alone would not."""
    external, internal = date(2026, 5, 1), date(2026, 5, 9)
    week = [
        request("E", external),
        *(request(f"I-{at}", internal + timedelta(at - 1), "Internal") for at in (1, 2, 3)),
    ]
    given = reference(policy=NO_LEAD, teams=ONE_A_DAY)
    effects = effects_with(week, given, [decision("E", "I-2")])
    assert opponent_of(effects, "I-2") is None
    assert opponent_of(effects, "E") == "I-1"


def test_the_opponent_is_no_pair_that_the_sop_decides_though_decisions_turn_it() -> None:
    """P-3 and P-4 change sides because of others' decisions; their 7 days are those of R-7A."""
    week = [
        request("P-0", date(2026, 5, 15), "Internal"),
        request("P-1", date(2026, 5, 16), "Internal"),
        request("P-2", date(2026, 5, 7)),
        request("P-3", date(2026, 5, 8)),
        request("P-4", date(2026, 5, 15), "Internal"),
    ]
    words = [decision("P-1", "P-2"), decision("P-0", "P-2"), decision("P-2", "P-4")]
    effects = effects_with(week, reference(policy=NO_LEAD, teams=ONE_A_DAY), words)
    assert opponent_of(effects, "P-4") is None


def drawn(random: Random, count: int, first: date, days: int) -> list[Request]:
    """Requests of both classes, received on some of so many days."""
    return [
        request(
            f"P-{at}",
            first + timedelta(random.randrange(days)),
            random.choice(("Eksternal", "Internal")),
        )
        for at in range(count)
    ]


@pytest.mark.parametrize("seed", range(60))
def test_every_opponent_of_a_decided_week_is_so_many_days_away_as_the_sop_is_silent_of(
    seed: int,
) -> None:
    random = Random(seed)
    week = drawn(random, 12, date(2026, 5, 1), 25)
    pairs = [
        (one, other)
        for one in week
        for other in week
        if one.internal and not other.internal and 8 <= days_after(one, other) <= 13
    ]
    chosen = random.sample(pairs, min(2, len(pairs)))
    words = [decision(*random.sample([a.number, b.number], 2)) for a, b in chosen]
    given = reference(policy=NO_LEAD, teams=ONE_A_DAY)
    for effect in effects_with(week, given, words):
        if effect.opponent is not None:
            one, other = effect.request, effect.opponent
            later, earlier = (one, other) if one.internal else (other, one)
            assert 8 <= days_after(later, earlier) <= 13


def days_after(later: Request, earlier: Request) -> int:
    return (later.received_on - earlier.received_on).days


def test_a_decided_pair_no_longer_changes_its_dates() -> None:
    week = [request("E", date(2026, 5, 4)), request("I", date(2026, 5, 13), "Internal")]
    given = reference(policy=NO_LEAD, teams=ONE_A_DAY)
    assert len(effects_with(week, given, ())) == 2
    for pair in (("E", "I"), ("I", "E")):
        assert effects_with(week, given, [decision(*pair)]) == ()


def test_the_sentence_about_a_decided_pair_names_who_really_goes_first() -> None:
    """I-1 before E-1 is decided; both change their dates because of others, who are not."""
    week = [
        request("E-1", date(2026, 5, 4)),
        request("I-1", date(2026, 5, 13), "Internal"),
        request("I-2", date(2026, 5, 13), "Internal"),
        request("I-3", date(2026, 5, 13), "Internal"),
        request("E-2", date(2026, 5, 4)),
    ]
    given = reference(policy=NO_LEAD, teams=ONE_A_DAY)
    pair = [decision("I-1", "E-1")]
    accepted = review(week, NO_LEAD, RUN_DATE).accepted
    place = {each.request.number: each.rank for each in rank(accepted, NO_LEAD, pair)}
    effects = effects_with(week, given, pair)
    assert effects
    for effect in effects:
        said = sentences.zone_effect(effect)
        if effect.opponent is not None:
            first = min(effect.request.number, effect.opponent.number, key=place.__getitem__)
            assert f"Kini {first} didahulukan" in said


def test_where_all_stand_in_each_others_silent_days_the_work_grows_with_their_number() -> None:
    """One day of external requests, and as many internal ones nine days later."""
    steps = []
    for count in (500, 5_000):
        week = [
            request(f"P-{at}", date(2026, 5, 4 + 9 * (at % 2)), ("Eksternal", "Internal")[at % 2])
            for at in range(count)
        ]
        accepted = review(week, NO_LEAD, RUN_DATE).accepted
        orders = [rank(accepted, rules) for rules in (NO_LEAD, NO_LEAD.other_reading)]
        here, there = (
            Allocation(
                tuple(
                    Visit(e, RUN_DATE + timedelta(e.rank), RUN_DATE, "", Outcome.SCHEDULED, None)
                    for e in order
                ),
                (),
            )
            for order in orders
        )
        with counting_lines(str(zone.__file__)) as lines:
            effects = zone_effects(orders[0], here, there, NO_LEAD)
        assert len(effects) == count
        assert all(effect.opponent is not None for effect in effects)
        steps.append(lines[0])
    assert steps[0] > 500
    assert steps[1] < 12 * steps[0]


@pytest.mark.parametrize("seed", range(12))
def test_of_a_huge_week_the_first_ranks_are_compared_as_in_the_whole(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    week = drawn(Random(seed), 60, date(2026, 4, 20), 40)
    given = reference(policy=NO_LEAD, teams=ONE_A_DAY)
    accepted = review(week, NO_LEAD, RUN_DATE).accepted
    ranked = rank(accepted, NO_LEAD)
    read = order(accepted, NO_LEAD.other_reading)
    here = allocate(ranked, given, RUN_DATE)

    def effects(first: Sequence[Accepted]) -> list[ZoneEffect]:
        ranks = in_ranks(first, NO_LEAD.other_reading)
        there = allocate(ranks, given, RUN_DATE, explained=False)
        found = zone_effects(ranked, here, there, NO_LEAD)
        return [each for each in found if each.ranked.rank <= 15]

    whole = effects(read)
    monkeypatch.setattr(zone, "MOST_COMPARED", 15)
    first = compared(ranked, read)
    assert 15 <= len(first) < len(read)
    assert effects(first) == whole


DAY = ("--date", "2026-06-01")


def run(folder: Path, *numbers: str, days: int = 9, visits: int | None = 1) -> Answer:
    """Schedule an external and an internal request, so many days later, one visit a day."""
    one, other = numbers or ("P-1", "P-2")
    later = date(2026, 5, 4) + timedelta(days=days)
    rows = [row(one), row(other, tanggal_permintaan=later, jenis_customer="Internal")]
    write_intake(folder / "permintaan.xlsx", rows)
    write_reference(
        folder / "acuan.xlsx",
        tim=[("Tim 1", None, None, "Semua", visits, None)],
        tim_cuti=(),
        ketentuan=settings(tenggang_permintaan_hari=0),
    )
    return call("run", folder / "permintaan.xlsx", "--output", folder / "output", "--json", *DAY)


def path_of(answer: Answer) -> Path:
    assert answer.code in (0, 1), answer.err
    return Path(answer.record["files"]["jadwal"])


def sheet_of(answer: Answer) -> Worksheet:
    return load_workbook(path_of(answer))["Zona Antara"]


def offered(sheet: Worksheet) -> dict[object, list[object]]:
    """By No. Permintaan what the dropdown of its cell Dahulukan offers."""
    headers = [cell.value for cell in sheet[1]]
    column = headers.index("Dahulukan") + 1
    found = {}
    for line in range(2, sheet.max_row + 1):
        place = sheet.cell(line, column).coordinate
        for rule in sheet.data_validations.dataValidation:
            if place in rule.sqref:
                assert rule.type == "list"
                number = sheet.cell(line, headers.index("No. Permintaan") + 1).value
                found[number] = choices(sheet, rule.formula1)
    return found


def choices(sheet: Worksheet, formula: str) -> list[object]:
    """What a list offers, whether it stands in the rule itself or in cells."""
    if formula.startswith('"'):
        listed = formula[1:-1]
        assert '"' not in listed.replace('""', ""), f"Excel cannot read {formula}"
        return [*listed.replace('""', '"').split(",")]
    area = formula.removeprefix("=")
    names = sheet.parent.defined_names
    name, cells = (names[area].attr_text if area in names else area).split("!")
    lines = sheet.parent[name.strip("'")][cells]
    return [cell.value for line in lines for cell in line]


def test_the_example_week_shows_the_four_whose_dates_hang_on_the_reading(
    example_run: Answer,
) -> None:
    lines = records(sheet_of(example_run))
    assert [line["No. Permintaan"] for line in lines] == ["P-16", "P-17", "P-24", "P-27"]
    for line in lines:
        days = (line["Tanggal Bacaan Lain"] - line["Tanggal Kini"]).days
        assert line["Selisih Hari"] == days != 0
        assert line["Permintaan Lawan"] in line["Penjelasan"]
        assert line["Dahulukan"] is None
    jadwal = records(load_workbook(path_of(example_run))["Jadwal"])
    dates = {line["No. Permintaan"]: line["Tanggal Mulai"] for line in jadwal}
    for line in lines:
        assert line["Tanggal Kini"] == dates[line["No. Permintaan"]]


def test_the_other_dates_of_the_example_are_those_of_a_run_under_the_other_reading(
    example_run: Answer, tmp_path: Path
) -> None:
    packaged = Path(schema.__file__).parents[1] / "data" / "acuan.xlsx"
    acuan = load_workbook(packaged)
    (cell,) = [line[1] for line in acuan["Ketentuan"].iter_rows() if line[0].value == "zona_antara"]
    cell.value = "internal"
    acuan.save(tmp_path / "acuan.xlsx")
    other = call(
        "run",
        EXAMPLE,
        "--date",
        EXAMPLE_DATE,
        "--output",
        tmp_path / "output",
        "--json",
        "--reference",
        tmp_path / "acuan.xlsx",
    )
    jadwal = records(load_workbook(path_of(other))["Jadwal"])
    dates = {line["No. Permintaan"]: line["Tanggal Mulai"] for line in jadwal}
    lines = records(sheet_of(example_run))
    assert {e["No. Permintaan"]: e["Tanggal Bacaan Lain"] for e in lines} == {
        e["No. Permintaan"]: dates[e["No. Permintaan"]] for e in lines
    }
    turned = records(sheet_of(other))
    assert {e["No. Permintaan"] for e in turned} == {e["No. Permintaan"] for e in lines}


def test_dahulukan_offers_the_two_numbers_of_the_pair(example_run: Answer) -> None:
    sheet = sheet_of(example_run)
    lines = records(sheet)
    assert len(lines) == 4
    assert offered(sheet) == {
        line["No. Permintaan"]: [line["No. Permintaan"], line["Permintaan Lawan"]] for line in lines
    }


def test_a_number_typed_into_dahulukan_stays_as_it_is(example_run: Answer) -> None:
    """As text: Excel would make 12 of the number 0012."""
    sheet = sheet_of(example_run)
    column = [cell.value for cell in sheet[1]].index("Dahulukan") + 1
    cells = [sheet.cell(line, column) for line in range(2, sheet.max_row + 1)]
    assert [(cell.number_format, cell.protection.locked) for cell in cells] == [("@", False)] * 4


def test_beyond_the_lists_that_excel_bears_one_rule_takes_either_number(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(silent_zone, "MOST_CHOICES", 2)
    answer = call("run", EXAMPLE, "--date", EXAMPLE_DATE, "--output", tmp_path, "--json")
    sheet = sheet_of(answer)
    lines = records(sheet)
    *lists, last = sheet.data_validations.dataValidation
    assert [rule.type for rule in lists] == ["list", "list"]
    assert (last.type, str(last.sqref)) == ("custom", "K4:K5")
    # Excel moves the rows along, as they have no sign before them; the first row's are written.
    area = re.fullmatch(r"COUNTIF\(([^$]+!\$[A-Z]+4:\$[A-Z]+4),K4\)>0", last.formula1)
    assert area, last.formula1
    assert choices(sheet, area[1].replace("$", "")) == [
        lines[2]["No. Permintaan"],
        lines[2]["Permintaan Lawan"],
    ]


def test_ringkasan_counts_the_dates_of_the_sheet(example_run: Answer) -> None:
    book = load_workbook(path_of(example_run))
    said = [str(cell.value) for line in book["Ringkasan"].iter_rows() for cell in line]
    (text,) = [each for each in said if "R-ANTARA" in each]
    marked = [line["Bergantung R-ANTARA"] for line in records(book["Prioritas"])]
    depending, everybody = marked.count("Ya"), len(marked)
    assert f"urutan {depending} dari {everybody} permintaan bergantung padanya" in text
    assert f"dan 4 dari {everybody} tanggal: lihat lembar Zona Antara." in text


def texts_of_boxes(path: Path) -> str:
    """The texts of the boxes that lie on the sheet Zona Antara."""
    with zipfile.ZipFile(path) as book:
        names = [each.title for each in load_workbook(path).worksheets]
        at = names.index("Zona Antara") + 1
        related = fromstring(book.read(f"xl/worksheets/_rels/sheet{at}.xml.rels"))
        drawings = [each.get("Target") for each in related if "drawing" in str(each.get("Type"))]
        parts = [fromstring(book.read(f"xl/drawings/{Path(str(d)).name}")) for d in drawings]
    return " ".join(each.text or "" for part in parts for each in part.iter() if each.text)


@pytest.mark.parametrize(
    ("days", "visits"), [(7, 1), (14, 1), (9, None)], ids=["7a", "7b", "room for both"]
)
def test_the_sheet_says_so_where_no_date_hangs_on_the_reading(
    days: int, visits: int | None, tmp_path: Path
) -> None:
    answer = run(tmp_path, days=days, visits=visits)
    sheet = sheet_of(answer)
    assert records(sheet) == []
    assert offered(sheet) == {}
    said = "Tidak ada tanggal yang bergantung pada bacaan SOP."
    assert said in texts_of_boxes(path_of(answer))


def test_a_week_without_requests_has_the_sheet_too(tmp_path: Path) -> None:
    write_intake(tmp_path / "permintaan.xlsx", [])
    answer = call(
        "run", tmp_path / "permintaan.xlsx", "--output", tmp_path / "output", "--json", *DAY
    )
    assert records(sheet_of(answer)) == []


def test_a_date_that_there_is_under_one_reading_only_is_told_in_words(tmp_path: Path) -> None:
    """Both must be sampled by the same day, and that day has one place."""
    last = {"tanggal_usulan": date(2026, 6, 2), "batas_akhir": date(2026, 6, 2)}
    later = {"tanggal_permintaan": date(2026, 5, 13), "jenis_customer": "Internal"}
    write_intake(tmp_path / "permintaan.xlsx", [row("P-1", **last), row("P-2", **later, **last)])
    write_reference(
        tmp_path / "acuan.xlsx",
        tim=[("Tim 1", None, None, "Semua", 1, None)],
        tim_cuti=(),
        ketentuan=settings(tenggang_permintaan_hari=0),
    )
    answer = call(
        "run", tmp_path / "permintaan.xlsx", "--output", tmp_path / "output", "--json", *DAY
    )
    one, other = records(sheet_of(answer))
    assert one["Tanggal Kini"].date() == date(2026, 6, 2)
    assert one["Tanggal Bacaan Lain"] == "belum dapat"
    assert other["Tanggal Kini"] == "belum dapat"
    assert other["Tanggal Bacaan Lain"].date() == date(2026, 6, 2)
    assert (one["Selisih Hari"], other["Selisih Hari"]) == (None, None)


@pytest.mark.parametrize(
    "numbers",
    [
        ("P-1", "P-2"),
        ("=P-1", "+P-2"),
        ("12, rev", "P-2"),
        ('P"1', "P-2"),
        ("X" * 150, "Y" * 150),
    ],
    ids=["plain", "formula signs", "comma", "quote", "long"],
)
def test_dahulukan_offers_any_two_numbers_as_they_are(
    numbers: tuple[str, str], tmp_path: Path
) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")
        warnings.filterwarnings("error", module="xlsxwriter")
        sheet = sheet_of(run(tmp_path, *numbers))
    assert offered(sheet) == {numbers[0]: list(numbers), numbers[1]: list(numbers[::-1])}
