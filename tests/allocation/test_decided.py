"""Visits that management set: they hold first, and saying why they stand there moves nobody."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.commands.inputs import gather
from labkesmas_batch.model.decisions import Order, Verdict
from labkesmas_batch.model.schedule import Allocation, Reason, Visit
from labkesmas_batch.planning.weekly import decide
from tests.support.weeks import random_week, write_week


def where(allocation: Allocation) -> dict[str, tuple[object, ...]]:
    """Days and team by number."""
    return {each.request.number: (each.first, each.last, each.team) for each in allocation.visits}


def obstacles(visit: Visit) -> list[tuple[Reason, object]]:
    found = [*([visit.obstacle] if visit.obstacle else []), *visit.also]
    return [(each.reason, each.first) for each in found]


@pytest.mark.parametrize("seed", range(12))
def test_explaining_a_decided_visit_changes_no_other(seed: int, tmp_path: Path) -> None:
    rng, week = random.Random(seed), random_week(seed)
    form, acuan = write_week(week, tmp_path)
    drafted = decide(gather([form], acuan), week.run_date)
    plan = drafted.plan
    agreed = [
        replace(visit, order=Order(visit.request.number, Verdict.AGREED, None, "", "", "Jadwal"))
        for visit in plan.allocation.visits
        if rng.random() < 0.5
    ]
    numbers = {each.request.number for each in agreed}
    dropped = set(rng.sample(sorted(numbers), len(numbers) // 3))
    staying = [each for each in plan.ranked if each.request.number not in dropped]
    kept = [each for each in agreed if each.request.number not in dropped]
    free = [each for each in staying if each.request.number not in numbers]
    given = plan.reference, week.run_date

    here = allocate(staying, *given, plan.locked, kept)
    around = allocate(free, *given, (*plan.locked, *kept))
    unsaid = allocate(staying, *given, plan.locked, kept, explained=False)

    as_set = {each.request.number: (each.first, each.last, each.team) for each in kept}
    assert where(here) == where(around) | as_set == where(unsaid)
    for visit in here.visits:
        # Only of a visit that management set can a day be free that it does not have, ...
        decided = [first for reason, first in obstacles(visit) if reason is Reason.DECIDED]
        assert not decided or visit.request.number in as_set
        # ... and nobody holds a day who is not there any more.
        holders = {name for each in (visit.obstacle, *visit.also) if each for name in each.holders}
        assert not holders & dropped
