"""The line after a run: management's decisions.

decisions -> settle -> allocate -> documents, with the register read before and written last.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.approval.apply import Applied, apply_decisions, contradiction
from labkesmas_batch.approval.changed_cells import changed_cells
from labkesmas_batch.approval.decisions import ReturnedSchedule, read_decisions
from labkesmas_batch.commands.approved import approval, what_documents_tell
from labkesmas_batch.commands.drafts import (
    other_drafts,
    planned_again,
    recorded_draft,
    reference_of,
    signing_days,
    with_last_reference,
)
from labkesmas_batch.commands.files import DOCUMENTS, FIELD_REPORT, SCHEDULE, runs_folder, tidy_up
from labkesmas_batch.commands.inputs import grids_of, read_schedule
from labkesmas_batch.documents.numbering import assign, newest
from labkesmas_batch.documents.registry import document_findings, identities
from labkesmas_batch.documents.write import other_files, write_documents
from labkesmas_batch.errors import InputError, RefusedError
from labkesmas_batch.explanation.days import reasons as reasons_of
from labkesmas_batch.explanation.record import decisions_record
from labkesmas_batch.findings import Finding, column_letters
from labkesmas_batch.model.decisions import Decisions
from labkesmas_batch.model.history import REGISTER_FILE, History, Standing
from labkesmas_batch.model.plan import Plan
from labkesmas_batch.model.schedule import Obstacle, Visit
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.model.week import Facts, Week
from labkesmas_batch.planning.describe import describe
from labkesmas_batch.planning.plan import contradicted, settle
from labkesmas_batch.publishing.publish import publish_into
from labkesmas_batch.publishing.run_folder import FINAL_RECORD, write_record
from labkesmas_batch.register.document_codec import dump_final
from labkesmas_batch.register.documents import DocumentSources
from labkesmas_batch.register.register import Register, Say, silent
from labkesmas_batch.register.rows import Draft
from labkesmas_batch.register.session import Session
from labkesmas_batch.text.names import number_key

FINAL, CALENDARS = "jadwal-final.xlsx", "kalender"
# What management decided and signed, where that was not done in the run's folder itself.
DECIDED = "jadwal-keputusan.xlsx"


@dataclass(frozen=True, slots=True)
class FinalizeResult:
    """What ``finalize`` left behind; ``week`` is None where it had been done before."""

    run: str
    folder: Path
    schedule: Path
    form: Path
    week: Week | None
    findings: tuple[Finding, ...]
    by: str

    @property
    def calendars(self) -> Path:
        """Return the folder of the teams' calendars; without a visit there is none."""
        return self.folder / CALENDARS


def finalize(
    path: Path,
    output: Path | None,
    register: Path | None,
    say: Say = silent,
    today: date | None = None,
) -> FinalizeResult:
    """Read management's decisions, lock the schedule, and issue what follows from it.

    Parameters
    ----------
    path
        The schedule workbook that management filled in and signed.
    output
        Folder of all runs; where it is left out, the one that the workbook's folder lies in, or
        ``output`` for a workbook that was sent about.
    today
        The day by the clock, after which nobody has signed; that of the run where it is left out.

    Raises
    ------
    RefusedError
        Not signed, or decisions that cannot be; all of them are told and nothing is changed.
    InputError
        No schedule of ours, or one that would come out otherwise now.
    """
    path = path / SCHEDULE if path.is_dir() else path
    reviewed = read_schedule(path)
    output = runs_folder(path, output, register)
    memory = Register(register or output / REGISTER_FILE)
    memory.must_exist(
        "Jalankan finalize pada jadwal di dalam folder hasilnya, atau sebut --output dan "
        "--register."
    )
    with memory.holding("finalize", say) as session:
        tidy_up(output, memory, session)
        folder = output / reviewed.run
        if done := session.approved_decisions(reviewed.run):
            return _again(done, reviewed, folder, session)
        draft = recorded_draft(reviewed, session, path)
        found = changed_cells(reviewed.file, grids_of(SCHEDULE, draft.schedule), reviewed.grids)
        reference = reference_of(draft)
        history = session.history(reviewed.run)
        facts, drafted = planned_again(draft, reference, history, session)
        found = (*found, *other_drafts(reviewed, session))
        decisions, faults = _decisions(reviewed, drafted, signing_days(draft, today))
        applied = applied_decisions(decisions, drafted, facts, reviewed.file)
        faults = faults or tuple(_contradictions(reviewed, drafted, facts, decisions, applied))
        if faults or applied.findings:
            raise RefusedError(
                "Keputusan pada jadwal belum dapat dipakai; tidak ada yang diubah.",
                (*faults, *applied.findings, *found),
            )
        history = with_last_reference(history, session, draft.reference, reference)
        week = describe(settle(drafted, facts, decisions, applied), facts, history)
        lacking = _publish(week, drafted, decisions, draft, path, folder, session, history)
        by = decisions.signed.by
        return FinalizeResult(
            reviewed.run,
            folder,
            folder / FINAL,
            folder / FIELD_REPORT,
            week,
            (*found, *lacking),
            by,
        )


def _again(done: str, reviewed: ReturnedSchedule, folder: Path, session: Session) -> FinalizeResult:
    """Return what an earlier ``finalize`` with the same workbook left; refuse another one."""
    signed = session.sign_off(reviewed.run)
    schedule, form = folder / FINAL, folder / FIELD_REPORT
    if done != reviewed.sha256:
        raise InputError(
            f"Jadwal {reviewed.run} sudah disahkan oleh {signed.by} dengan keputusan yang lain dan "
            "tidak berubah lagi. Jalankan run lagi; kunjungan yang terkunci dapat diputuskan di "
            "sana."
        )
    return FinalizeResult(reviewed.run, folder, schedule, form, None, (), signed.by)


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


def _publish(
    week: Week,
    drafted: Plan,
    decisions: Decisions,
    draft: Draft,
    signed: Path,
    folder: Path,
    session: Session,
    history: History,
) -> tuple[Finding, ...]:
    """Write what follows from the decisions, then record it; return what documents still lack."""
    from labkesmas_batch.team_calendars import write_calendars  # noqa: PLC0415 - a refusal does without
    from labkesmas_batch.workbooks.field_form import write_field_form  # noqa: PLC0415
    from labkesmas_batch.workbooks.schedule import write_schedule  # noqa: PLC0415

    issued = what_documents_tell(week, drafted, decisions, draft.run, history)
    numbers = assign(identities(issued), newest(session.given_numbers()))
    version = len(session.runs())

    def build(temporary: Path) -> None:
        nonlocal issued
        if signed.absolute().parent != folder.absolute():
            shutil.copyfile(signed, temporary / DECIDED)
        reasons = reasons_of(week.visits, week.reference.policy)
        write_schedule(temporary / FINAL, week, draft.run, {}, reasons)
        write_record(temporary / FINAL_RECORD, decisions_record(week, draft.run, reasons))
        write_field_form(temporary / FIELD_REPORT, week, draft.run, _done(session))
        when = week.run_date, version
        write_calendars(temporary / CALENDARS, *when, week.visits, drafted.locked)
        issued = replace(issued, files=other_files(folder, temporary))
        write_documents(temporary / DOCUMENTS, issued, numbers)

    @contextmanager
    def recording() -> Iterator[None]:
        made_of = DocumentSources(draft.run, dump_final(issued), draft.reference)
        session.approve(approval(week, decisions, draft.run, made_of, numbers, history))
        yield
        session.keep()

    publish_into(folder, build, recording)
    return document_findings(issued)


def _done(session: Session) -> set[str]:
    """Return the canonical numbers of the visits that are done."""
    known = session.history().known
    return {number_key(e.request.number) for e in known if e.standing is Standing.DONE}
