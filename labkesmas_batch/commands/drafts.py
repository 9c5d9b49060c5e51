"""The draft that a signed workbook is about, and whether it may still be approved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from labkesmas_batch.approval.decisions import ReturnedSchedule
from labkesmas_batch.commands.inputs import reference_again
from labkesmas_batch.errors import InputError
from labkesmas_batch.findings import OTHER_DRAFT, Finding, finding
from labkesmas_batch.model.history import History
from labkesmas_batch.model.plan import Plan
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.model.week import Facts, Source
from labkesmas_batch.planning.plan_again import otherwise, plan_again
from labkesmas_batch.reference.read import check_reference
from labkesmas_batch.register.rows import KEPT_DRAFTS, Draft
from labkesmas_batch.register.session import Session
from labkesmas_batch.text.indonesian import listing

_MOST_DIFFERENCES = 8


def recorded_draft(reviewed: ReturnedSchedule, session: Session, path: Path) -> Draft:
    """Return the run that the workbook is about, as it was recorded."""
    if reviewed.run not in session.runs():
        raise InputError(
            f"{path.name}: jadwal {reviewed.run} tidak tercatat di register ini. Sebut register "
            "yang benar dengan --register, atau jalankan run lagi."
        )
    draft = session.draft(reviewed.run)
    if draft is None:
        raise InputError(
            f"{path.name}: rancangan {reviewed.run} tidak disimpan lagi di register; sesudahnya "
            f"ada {KEPT_DRAFTS} rancangan lain. Jalankan run lagi untuk jadwal yang baru."
        )
    return draft


def reference_of(draft: Draft) -> Reference:
    """Return the reference as the run used it."""
    source = draft.facts.reference_source
    checked = check_reference(reference_again(source, draft.reference), source.name)
    assert checked.reference is not None, "the run took it"
    return checked.reference


def with_last_reference(
    history: History, session: Session, content: bytes, reference: Reference
) -> History:
    """Return the history with the reference of its last schedule.

    Parameters
    ----------
    content, reference
        Those of this run: most weeks they are the same.
    """
    if history.last is None:
        return history
    before: Reference | None = reference
    if (kept := session.reference_of(history.last.run)) != content:
        before = kept_reference(kept) if kept else None
    return replace(history, last=replace(history.last, reference=before))


def kept_reference(content: bytes) -> Reference | None:
    """Return a kept reference; None where this program cannot read it or refuses it by now."""
    name = Path("acuan.xlsx")
    try:
        tables = reference_again(Source(name, name.name, "", ""), content)
    except InputError:
        return None
    return check_reference(tables, name.name).reference


def planned_again(
    draft: Draft, reference: Reference, history: History, session: Session
) -> tuple[Facts, Plan]:
    """Plan a draft again from what the register holds now.

    Raises
    ------
    InputError
        That gives other days or teams: what was signed would not be what is approved.
    """
    before = session.proposed(draft.run)
    facts, again, differs = plan_again(draft.facts, before, reference, history)
    if differs:
        raise InputError(
            f"Rancangan {draft.run} tidak berlaku lagi: register berubah sesudahnya, sehingga "
            f"menyusunnya lagi memberi hasil lain. {listing(differs, most=_MOST_DIFFERENCES)}. "
            "Jalankan run lagi, lalu isi dan sahkan jadwal yang baru."
        )
    return facts, again


def other_drafts(reviewed: ReturnedSchedule, session: Session) -> Iterator[Finding]:
    """Warn of later drafts of the same date that propose otherwise."""
    ours = session.proposed(reviewed.run)
    for other in session.later_drafts(reviewed.run):
        if differs := otherwise(ours, session.proposed(other)):
            hint = listing(differs, most=_MOST_DIFFERENCES)
            yield finding(
                OTHER_DRAFT, file=reviewed.file, sheet=SheetName.SUMMARY, value=other, hint=hint
            )


def signing_days(draft: Draft, today: date | None) -> tuple[date, date]:
    """Return the first and the last day on which a draft can have been approved."""
    run_date = draft.facts.run_date
    now = today or run_date
    return min(run_date, draft.made_on or now), max(run_date, now)
