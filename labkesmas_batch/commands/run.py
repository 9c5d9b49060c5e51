"""The line from intake to schedule on one screen. No rules live here.

Step 1 gathers inputs, step 2 decides and is pure (planning/), step 3 writes results.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from labkesmas_batch.commands.drafts import with_last_reference
from labkesmas_batch.commands.files import SCHEDULE, annotated_copies, tidy_up
from labkesmas_batch.commands.inputs import gather
from labkesmas_batch.errors import RefusedError
from labkesmas_batch.explanation import days as day_sentences
from labkesmas_batch.explanation.record import decisions_record
from labkesmas_batch.model.decisions import ASIDE_AS
from labkesmas_batch.model.history import REGISTER_FILE
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.schedule import Reason
from labkesmas_batch.model.week import Week
from labkesmas_batch.planning.collect import Watch, collect, unwatched, with_past_leaves
from labkesmas_batch.planning.describe import describe
from labkesmas_batch.planning.inputs import Inputs
from labkesmas_batch.planning.locked_visits import locked_visits
from labkesmas_batch.planning.plan import plan
from labkesmas_batch.publishing.publish import publish_run
from labkesmas_batch.publishing.run_folder import RECORD, write_record
from labkesmas_batch.register.register import Register, Say, silent
from labkesmas_batch.register.rows import RequestOutcome, RunRecord
from labkesmas_batch.register.session import Session


@dataclass(frozen=True, slots=True)
class Published:
    """What a command left behind."""

    run: str
    schedule: Path
    annotated: tuple[Path, ...]
    not_copied: tuple[str, ...]
    register: RegisterUsed | None = None


@dataclass(frozen=True, slots=True)
class RegisterUsed:
    """The register that a run read: whether it made it, and how many visits it holds locked."""

    path: Path
    new: bool
    locked: int


def publish(
    week: Week,
    inputs: Inputs,
    output: Path,
    session: Session,
    made_on: date,
    watch: Watch = unwatched,
) -> Published:
    """Write the schedule and the annotated copies into a folder of their own, then record it."""
    from labkesmas_batch.workbooks.schedule import write_schedule  # noqa: PLC0415 - check does without

    copies = annotated_copies(week.facts.intakes, week.findings, week.run_date, week.issuer)
    schedule = b""

    def build(folder: Path, run: str) -> None:
        nonlocal schedule
        for name, content in copies.files.values():
            (folder / name).write_bytes(content)
        names = {source.name: name for source, (name, _) in copies.files.items()}
        watch("Menulis jadwal", 0.6)
        reasons = day_sentences.reasons(week.visits, week.reference.policy)
        write_schedule(folder / SCHEDULE, week, run, names, reasons)
        watch("Menulis catatan keputusan", 0.93)
        write_record(folder / RECORD, decisions_record(week, run, reasons))
        schedule = (folder / SCHEDULE).read_bytes()

    @contextmanager
    def recording(run: str) -> Iterator[None]:
        outcomes = list(run_outcomes(week))
        content = inputs.reference_content
        counts = week.summary.counts
        session.record(RunRecord(run, week.facts, counts, outcomes, content, schedule, made_on))
        yield
        session.keep()

    def last() -> int:
        return session.last_number(week.run_date)

    folder, run = publish_run(output, week.run_date, last, build, recording)
    paths = tuple(folder / name for name, _ in copies.files.values())
    return Published(run, folder / SCHEDULE, paths, copies.missing)


def run_outcomes(week: Week) -> Iterator[RequestOutcome]:
    """Yield what became of every row, for the register."""
    for visit in week.visits:
        reason = visit.obstacle.reason.value if visit.obstacle else ""
        yield RequestOutcome(visit.request, visit.status, visit.first, visit.team, reason)
    for each in week.plan.allocation.unplaced:
        yield RequestOutcome(each.request, Outcome.WAITING, reason=each.obstacle.reason.value)
    for back in week.plan.returned:
        yield RequestOutcome(back.request, Outcome.RETURNED, reason=Reason.SHORT_LEAD.value)
    for on_hold in week.facts.on_hold:
        yield RequestOutcome(on_hold, Outcome.ON_HOLD, reason=Reason.BAD_DATA.value)
    for request, order in week.plan.set_aside:
        yield RequestOutcome(request, ASIDE_AS[order.verdict])


def run(
    paths: Sequence[Path],
    reference: Path | None,
    output: Path,
    register: Path | None,
    run_date: date,
    *,
    strict: bool,
    watch: Watch = unwatched,
    say: Say = silent,
    today: date | None = None,
) -> tuple[Week, Published]:
    """Do the weekly batch.

    ``say`` is told of what the command waits for; ``today`` is the day by the clock, that of the
    run where it is left out.

    Raises
    ------
    RefusedError
        The reference has errors, or the intake has and ``strict`` is set.
    """
    memory = Register(register or output / REGISTER_FILE)
    is_new = not memory.path.exists()
    watch("Membaca berkas", 0.0)
    inputs = gather(paths, reference)
    with memory.holding("run", say) as session:
        tidy_up(output, memory, session)
        history = session.history()
        checked, facts = collect(inputs, run_date, history, watch)
        history = with_last_reference(history, session, inputs.reference_content, checked)
        facts = with_past_leaves(facts, checked, history.last)
        inputs = replace(inputs, tables=())  # the raw cells of a huge week take up much space
        locked = locked_visits(history, checked.policy, run_date, facts.contacts)
        week = describe(plan(facts, checked, locked, watch), facts, history)
        if strict and week.errors:
            raise RefusedError(
                f"{week.errors} galat pada data; dengan --strict jadwal tidak disusun.",
                week.findings,
            )
        published = publish(week, inputs, output, session, today or run_date, watch)
        used = RegisterUsed(memory.path, is_new, len(locked))
        return week, replace(published, register=used)
