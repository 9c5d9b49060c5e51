"""The line after a run: management's decisions.

decisions -> settle -> allocate -> documents, with the register read before and written last.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from labkesmas_batch.approval.decisions import ReturnedSchedule
from labkesmas_batch.commands.approved import approval, what_documents_tell
from labkesmas_batch.commands.decided import Review, decided_week, review
from labkesmas_batch.commands.files import (
    DOCUMENTS,
    FIELD_REPORT,
    FINAL,
    SCHEDULE,
    runs_folder,
    tidy_up,
)
from labkesmas_batch.commands.final_schedule import write_final
from labkesmas_batch.commands.inputs import read_schedule
from labkesmas_batch.commands.signature import publish_signature
from labkesmas_batch.documents.numbering import assign, newest
from labkesmas_batch.documents.registry import document_findings, identities
from labkesmas_batch.documents.write import other_files, write_documents
from labkesmas_batch.errors import InputError
from labkesmas_batch.findings import Finding
from labkesmas_batch.model.decisions import SignOff
from labkesmas_batch.model.history import REGISTER_FILE, Standing
from labkesmas_batch.model.week import Week
from labkesmas_batch.publishing.publish import publish_into
from labkesmas_batch.publishing.run_folder import newest_edition
from labkesmas_batch.register.before_approval import before_approval
from labkesmas_batch.register.document_codec import dump_final
from labkesmas_batch.register.documents import DocumentSources
from labkesmas_batch.register.register import Register, Say, silent
from labkesmas_batch.register.session import Session
from labkesmas_batch.text.indonesian import short_date
from labkesmas_batch.text.names import number_key

CALENDARS = "kalender"


@dataclass(frozen=True, slots=True)
class FinalizeResult:
    """What ``finalize`` left behind; ``week`` is None where it had been done before.

    ``signed_before`` is the signature that was put right.
    """

    run: str
    folder: Path
    schedule: Path
    form: Path
    week: Week | None
    findings: tuple[Finding, ...]
    by: str
    documents: Path
    signed_before: SignOff | None = None

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
        if session.approved_decisions(reviewed.run):
            if not session.was_signed_with(reviewed.run, reviewed.sha256):
                return _sign_again(reviewed, path, folder, memory, session, today)
            return _again(reviewed.run, folder, session)
        seen = review(reviewed, session, path, today)
        week = decided_week(seen, reviewed, session)
        lacking = _publish(week, seen, path, folder, session)
        by = seen.decisions.signed.by
        return FinalizeResult(
            reviewed.run,
            folder,
            folder / FINAL,
            folder / FIELD_REPORT,
            week,
            (*seen.found, *lacking),
            by,
            folder / DOCUMENTS,
        )


def _again(run: str, folder: Path, session: Session) -> FinalizeResult:
    """Return what was approved before."""
    final, documents = (
        newest_edition(folder, name) or folder / name for name in (FINAL, DOCUMENTS)
    )
    by = session.sign_off(run).by
    return FinalizeResult(run, folder, final, folder / FIELD_REPORT, None, (), by, documents)


def _sign_again(
    reviewed: ReturnedSchedule,
    path: Path,
    folder: Path,
    memory: Register,
    session: Session,
    today: date | None,
) -> FinalizeResult:
    """Put the signature under an approved schedule right; refuse whatever else is different."""
    run, before = reviewed.run, session.sign_off(reviewed.run)
    with before_approval(memory.path, run, session.runs()) as earlier:
        seen = review(reviewed, earlier, path, today)
        if not session.has_decisions(run, seen.decisions):
            raise InputError(
                f"Jadwal {run} sudah disahkan oleh {before.by} dengan keputusan yang lain dan "
                "tidak berubah lagi. Jalankan run lagi; kunjungan yang terkunci dapat diputuskan "
                "di sana."
            )
        week = decided_week(seen, reviewed, earlier)
    signed = seen.decisions.signed
    if signed == before:
        return _again(run, folder, session)
    if (last := session.last_approved()) != run:
        raise InputError(
            f"Jadwal {run} sudah disahkan oleh {before.by} pada {short_date(before.on)}, dan "
            f"sesudahnya jadwal {last}. Tanda tangannya tidak dapat dibetulkan lagi."
        )
    lacking = publish_signature(week, seen.decisions, path, folder, session)
    again = _again(run, folder, session)
    return replace(again, findings=(*seen.found, *lacking), signed_before=before)


def _publish(
    week: Week, seen: Review, signed: Path, folder: Path, session: Session
) -> tuple[Finding, ...]:
    """Write what follows from the decisions, then record it; return what documents still lack."""
    from labkesmas_batch.team_calendars import write_calendars  # noqa: PLC0415 - a refusal does without
    from labkesmas_batch.workbooks.field_form import write_field_form  # noqa: PLC0415

    draft, decisions, drafted, history = seen.draft, seen.decisions, seen.drafted, seen.history
    issued = what_documents_tell(week, drafted, decisions, draft.run, history)
    numbers = assign(identities(issued), newest(session.given_numbers()))
    version = len(session.runs())

    def build(temporary: Path) -> None:
        nonlocal issued
        write_final(temporary, folder, signed, week)
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
