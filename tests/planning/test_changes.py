"""What has changed since the last schedule, request by request, and whom to tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pytest

from labkesmas_batch.model.history import (
    Change,
    ChangeKind,
    History,
    Known,
    LastSchedule,
    Past,
    Standing,
)
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.requests import RowOnHold
from labkesmas_batch.planning.changes import differences
from tests.support.builders import RUN_DATE, request
from tests.support.models import june

ASKED = request("P-1", "2026-05-04", customer="Puskesmas Rekaan")
LAST_RUN = "2026-05-25-r1"
HOLD = RowOnHold("P-1", "Puskesmas Rekaan", "Eksternal", "permintaan.xlsx", "Permintaan", 5)


def past(outcome: Outcome, day: date | None = None, team: str = "") -> Past:
    return Past(ASKED, outcome, day, team)


def compared(
    before: Past | None,
    now: Past | None,
    *,
    approved: bool = True,
    on_hold: Sequence[RowOnHold] = (),
    known: Sequence[Known] = (),
    reasons: Mapping[str, Sequence[str]] | None = None,
) -> list[Change]:
    last = LastSchedule(LAST_RUN, approved, (before,) if before else ())
    outcomes = {"p-1": now} if now else {}
    history = History(tuple(known), last)
    return list(differences(outcomes, on_hold, reasons or {}, history, RUN_DATE))


@pytest.mark.parametrize("now", [Outcome.LOCKED, Outcome.MOVED, Outcome.SCHEDULED])
def test_the_same_day_and_team_is_no_change_whatever_the_day_is_called(now: Outcome):
    before = past(Outcome.SCHEDULED, june(8), "Tim 1")
    (change,) = compared(before, past(now, june(8), "Tim 1"))
    assert change.kind is ChangeKind.SAME
    assert (change.inform, change.causes) == ((), ())


def test_a_request_whose_row_is_on_hold_now_is_told_as_such():
    (change,) = compared(past(Outcome.WAITING), None, on_hold=[HOLD])
    assert change.kind is ChangeKind.CHANGED
    assert change.after is not None and change.after.outcome is Outcome.ON_HOLD
    (waits,) = compared(
        past(Outcome.WAITING),
        None,
        on_hold=[HOLD],
        known=[Known(ASKED, Standing.WAITING, LAST_RUN)],
    )
    assert waits.kind is ChangeKind.CHANGED


@pytest.mark.parametrize("standing", [Standing.CANCELLED, Standing.DONE])
def test_what_is_cancelled_or_done_is_not_told_again(standing: Standing):
    outcome = Outcome.CANCELLED if standing is Standing.CANCELLED else Outcome.SCHEDULED
    assert compared(past(outcome), None, known=[Known(ASKED, standing, LAST_RUN)]) == []


@pytest.mark.parametrize(("last", "told"), [(RUN_DATE - timedelta(days=1), 0), (RUN_DATE, 1)])
def test_a_visit_that_is_over_is_told_no_more(last: date, told: int):
    known = [Known(ASKED, Standing.LOCKED, LAST_RUN, last, last, "Tim 1")]
    assert len(compared(past(Outcome.SCHEDULED, last, "Tim 1"), None, known=known)) == told


def test_customer_and_team_are_told_of_an_approved_visit_that_is_gone():
    (change,) = compared(past(Outcome.MOVED, june(8), "Tim 1"), None)
    assert change.kind is ChangeKind.GONE
    assert change.inform == ("Puskesmas Rekaan", "Tim 1")
    (draft,) = compared(past(Outcome.MOVED, june(8), "Tim 1"), None, approved=False)
    assert draft.inform == ()


def test_who_loses_his_day_is_informed_and_who_stays_is_not():
    (lost,) = compared(past(Outcome.SCHEDULED, june(8), "Tim 1"), past(Outcome.WAITING))
    assert lost.inform == ("Puskesmas Rekaan", "Tim 1")
    larger = request("P-1", "2026-05-04", customer="Puskesmas Rekaan", samples=9)
    more = Past(larger, Outcome.SCHEDULED, june(8), "Tim 1")
    (stays,) = compared(past(Outcome.SCHEDULED, june(8), "Tim 1"), more)
    assert stays.kind is ChangeKind.CHANGED
    assert stays.fields == ("Jumlah Contoh Uji",)
    assert stays.inform == ()


def test_a_first_day_has_its_cause_and_waiting_that_becomes_returned_has_none():
    (gets,) = compared(past(Outcome.WAITING), past(Outcome.SCHEDULED, june(10), "Tim 1"))
    assert gets.causes == ("Kini mendapat hari.",)
    (back,) = compared(past(Outcome.WAITING), past(Outcome.RETURNED))
    assert back.causes == ()
    (team,) = compared(
        past(Outcome.SCHEDULED, june(8), "Tim 1"), past(Outcome.SCHEDULED, june(8), "Tim 2")
    )
    assert team.causes == ("Timnya berganti; harinya tetap.",)


@pytest.mark.parametrize(
    ("before", "approved", "cause"),
    [
        (past(Outcome.MOVED, june(8), "Tim 1"), True,
         f"Tidak ada lagi pada formulir sejak jadwal {LAST_RUN}."),
        (past(Outcome.SCHEDULED, june(8), "Tim 1"), False,
         f"Ada pada jadwal {LAST_RUN} yang belum disahkan, tidak ada lagi pada formulir. Masukkan "
         "kembali bila masih diminta."),
        (past(Outcome.RETURNED), True,
         f"Dikembalikan pada jadwal {LAST_RUN} dan belum diajukan lagi."),
        (past(Outcome.POSTPONED), True, f"Ditunda oleh manajemen pada jadwal {LAST_RUN}."),
    ],
)  # fmt: skip
def test_what_is_gone_has_the_cause_that_fits_its_past(before: Past, approved: bool, cause: str):
    (change,) = compared(before, None, approved=approved)
    assert change.causes == (cause,)


def test_without_a_last_schedule_nothing_is_compared():
    outcomes = {"p-1": past(Outcome.WAITING)}
    assert differences(outcomes, (), {}, History(), RUN_DATE) == ()


@pytest.mark.parametrize("day", [8, 10])
def test_another_day_claims_no_cause_that_nobody_has_shown(day: int):
    """It may be the form, the reference or a decision as well as a day that became free."""
    before = past(Outcome.MOVED, june(9), "Tim 1")
    (change,) = compared(before, past(Outcome.MOVED, june(day), "Tim 1"))
    assert (change.kind, change.causes) == (ChangeKind.CHANGED, ())
    shown = ("Tanpa permintaan baru P-9 harinya tetap 9 Jun 2026.",)
    (change,) = compared(before, past(Outcome.MOVED, june(day), "Tim 1"), reasons={"p-1": shown})
    assert change.causes == shown
