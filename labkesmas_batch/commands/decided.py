"""What a signed workbook decides of its draft: the draft planned again, the decisions applied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.approval.apply import Applied, apply_decisions, contradiction
from labkesmas_batch.approval.changed_cells import changed_cells
from labkesmas_batch.approval.decisions import ReturnedSchedule, read_decisions
from labkesmas_batch.commands.drafts import (
    other_drafts,
    planned_again,
    recorded_draft,
    reference_of,
    signing_days,
    with_last_reference,
)
from labkesmas_batch.commands.files import SCHEDULE
from labkesmas_batch.commands.inputs import grids_of
from labkesmas_batch.errors import RefusedError
from labkesmas_batch.findings import Finding, column_letters
from labkesmas_batch.model.decisions import Decisions
from labkesmas_batch.model.history import History
from labkesmas_batch.model.plan import Plan
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.schedule import Obstacle, Visit
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.model.week import Facts, Week
from labkesmas_batch.planning.describe import describe
from labkesmas_batch.planning.plan import contradicted, settle
from labkesmas_batch.register.rows import Draft
from labkesmas_batch.register.session import Session
from labkesmas_batch.text.names import number_key


@dataclass(frozen=True, slots=True)
class Review:
    """A draft beside what management wrote into its workbook.

    Parameters
    ----------
    reference, history, facts, drafted
        What the draft was planned with, and its plan as the register gives it now.
    decisions, faults
        As far as they can be read, and why the rest cannot.
    found
        Warnings about the workbook.
    """

    draft: Draft
    reference: Reference
    history: History
    facts: Facts
    drafted: Plan
    decisions: Decisions
    faults: tuple[Finding, ...]
    found: tuple[Finding, ...]


def review(reviewed: ReturnedSchedule, session: Session, path: Path, today: date | None) -> Review:
    """Read a workbook beside its draft.

    Raises
    ------
    InputError
        The draft is not there any more, or comes out otherwise now.
    """
    draft = recorded_draft(reviewed, session, path)
    reference = reference_of(draft)
    history = session.history(reviewed.run)
    facts, drafted = planned_again(draft, reference, history, session)
    locked = {number_key(visit.request.number) for visit in drafted.locked}
    written = grids_of(SCHEDULE, draft.schedule)
    changed = changed_cells(reviewed.file, written, reviewed.grids, locked)
    found = [each for each in changed if not each.is_error]
    decisions, faults = _decisions(reviewed, drafted, signing_days(draft, today))
    faults = (*faults, *(each for each in changed if each.is_error))
    return Review(
        draft,
        reference,
        history,
        facts,
        drafted,
        decisions,
        faults,
        (*found, *other_drafts(reviewed, session)),
    )


def decided_week(seen: Review, reviewed: ReturnedSchedule, session: Session) -> Week:
    """Return the week as it was decided.

    Raises
    ------
    RefusedError
        Not signed, or decisions that cannot be; all of them are told.
    """
    drafted, facts, decisions = seen.drafted, seen.facts, seen.decisions
    applied = applied_decisions(decisions, drafted, facts, reviewed.file)
    faults = seen.faults or tuple(_contradictions(reviewed, drafted, facts, decisions, applied))
    if faults or applied.findings:
        raise RefusedError(
            "Keputusan pada jadwal belum dapat dipakai; tidak ada yang diubah.",
            (*faults, *applied.findings, *seen.found),
        )
    history = with_last_reference(seen.history, session, seen.draft.reference, seen.reference)
    return describe(settle(drafted, facts, decisions, applied), facts, history)


def _decisions(
    reviewed: ReturnedSchedule, drafted: Plan, days: tuple[date, date]
) -> tuple[Decisions, tuple[Finding, ...]]:
    return read_decisions(
        reviewed,
        [team.name for team in drafted.reference.teams],
        [visit.request.number for visit in drafted.visits],
        [each.request.number for each in drafted.allocation.unplaced],
        reviewed.run,
        days,
    )


def _contradictions(
    reviewed: ReturnedSchedule, draft: Plan, facts: Facts, decisions: Decisions, applied: Applied
) -> Iterator[Finding]:
    """Yield the refusal of each agreement beside a contrary Dahulukan, with both cells."""
    if applied.findings or reviewed.zona is None:
        return
    column = column_letters(reviewed.zona.columns[Header.GOES_FIRST] + 1)
    for order, pair in contradicted(draft, facts, decisions, applied):
        yield contradiction(order, f"{pair.sheet}!{column}{pair.row}", reviewed.file)


def applied_decisions(decisions: Decisions, draft: Plan, facts: Facts, file: str) -> Applied:
    """Return what the decisions make of the draft's visits."""

    def conflicts(visits: Sequence[Visit]) -> tuple[tuple[Visit, Obstacle], ...]:
        return allocate((), draft.reference, facts.run_date, visits).conflicts

    return apply_decisions(
        draft.allocation.visits,
        [each.request for each in draft.allocation.unplaced],
        draft.locked,
        decisions.orders,
        draft.reference,
        facts.run_date,
        conflicts,
        file,
    )
