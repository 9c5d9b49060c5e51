"""The line from intake to schedule on one screen. No rules live here.

Step 1 gathers inputs, step 2 decides and is pure (decide.py), step 3 writes results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from labkesmas_batch import placing, schema
from labkesmas_batch.archive import write_record
from labkesmas_batch.decide import Watch, arrange, checked_reference, collect, unwatched
from labkesmas_batch.design import US, Issuer
from labkesmas_batch.errors import NotCopiedError, RefusedError
from labkesmas_batch.findings import Finding
from labkesmas_batch.gather import Inputs, gather, read_reference
from labkesmas_batch.memory import ASIDE_AS, REGISTER_FILE, Facts
from labkesmas_batch.model import Reason, Source, Week
from labkesmas_batch.publish import publish_files, publish_run, sweep
from labkesmas_batch.rank import decision_findings
from labkesmas_batch.record import decisions_record
from labkesmas_batch.reference import check_reference, holiday_findings
from labkesmas_batch.register import Outcome, Register, RunRecord, Say, Session, silent
from labkesmas_batch.review import review
from labkesmas_batch.validate import validate

SCHEDULE = "jadwal.xlsx"
HAPPENED = "realisasi.xlsx"
DOCUMENTS = "documents"
# Where commands write unless told otherwise.
OUTPUT = Path("output")


@dataclass(frozen=True, slots=True)
class Published:
    """What a command left behind."""

    run: str
    schedule: Path
    annotated: tuple[Path, ...]
    not_copied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What ``check`` found; ``rows`` is None where errors in the reference came before."""

    reference_name: str
    packaged: bool
    rows: int | None
    held: int
    findings: tuple[Finding, ...]
    annotated: tuple[Path, ...]
    remarks: tuple[str, ...]
    not_copied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copies:
    """Annotated copies, ready to be written: name and bytes; and why some could not be made."""

    files: dict[Source, tuple[str, bytes]]
    missing: tuple[str, ...]


# --- step 3: write ---------------------------------------------------------------------------


def publish(
    week: Week, facts: Facts, inputs: Inputs, output: Path, session: Session,
    watch: Watch = unwatched,
) -> Published:  # fmt: skip
    """Write the schedule and the annotated copies into a folder of their own, then record it."""
    from labkesmas_batch.workbook import write_schedule  # noqa: PLC0415 - check does without

    copies = annotated_copies(week.intakes, week.findings, week.run_date, week.issuer)
    schedule = b""

    def build(folder: Path, run: str) -> None:
        nonlocal schedule
        for name, content in copies.files.values():
            (folder / name).write_bytes(content)
        names = {source.name: name for source, (name, _) in copies.files.items()}
        watch("Menulis jadwal", 0.6)
        reasons = placing.reasons(week.visits, week.reference.policy)
        write_schedule(folder / SCHEDULE, week, run, names, reasons)
        watch("Menulis catatan keputusan", 0.93)
        write_record(folder, decisions_record(week, run, reasons))
        schedule = (folder / SCHEDULE).read_bytes()

    @contextmanager
    def recording(run: str) -> Iterator[None]:
        outcomes = list(run_outcomes(week))
        content = inputs.reference_content
        session.record(RunRecord(run, facts, week.summary.counts, outcomes, content, schedule))
        yield
        session.keep()

    def last() -> int:
        return session.last_number(week.run_date)

    folder, run = publish_run(output, week.run_date, last, build, recording)
    paths = tuple(folder / name for name, _ in copies.files.values())
    return Published(run, folder / SCHEDULE, paths, copies.missing)


def runs_folder(path: Path, output: Path | None, register: Path | None) -> Path:
    """Return the folder of all runs for a workbook that people filled in."""
    above = path.absolute().parent.parent
    return output or (above if register or (above / REGISTER_FILE).exists() else OUTPUT)


def run_outcomes(week: Week) -> Iterator[Outcome]:
    """Yield what became of every row, for the register."""
    for visit in week.visits:
        reason = visit.obstacle.reason.value if visit.obstacle else ""
        yield Outcome(visit.request, visit.status.value, visit.first, visit.team, reason)
    for each in week.allocation.unplaced:
        yield Outcome(each.request, "Antrean", reason=each.obstacle.reason.value)
    for back in week.returned:
        yield Outcome(back.request, "Dikembalikan", reason=Reason.SHORT_LEAD.value)
    for held in week.held:
        yield Outcome(held, "Ditahan", reason=Reason.BAD_DATA.value)
    for request, order in week.set_aside:
        yield Outcome(request, ASIDE_AS[order.verdict])


def publish_copies(copies: Copies, output: Path | None) -> tuple[Path, ...]:
    """Write the annotated copies only: beside their originals, or into one folder."""
    return publish_files(
        [
            ((output or source.path.parent) / name, partial(_write, content))
            for source, (name, content) in copies.files.items()
        ]
    )


def _write(content: bytes, path: Path) -> None:
    path.write_bytes(content)


def annotated_copies(
    sources: Sequence[Source], found: Sequence[Finding], run_date: date, issuer: Issuer = US
) -> Copies:
    """Make the annotated copy of each workbook that has a finding."""
    files_with_marks = {finding.file for finding in found if finding.cell}
    concerned = [source for source in sources if source.name in files_with_marks]
    files: dict[Source, tuple[str, bytes]] = {}
    missing: list[str] = []
    for source in concerned:
        from labkesmas_batch.annotate import annotate  # noqa: PLC0415 - only with a finding

        here = [finding for finding in found if finding.file == source.name]
        try:
            content = annotate(source.path, here, datetime.combine(run_date, time()), issuer)
        except NotCopiedError as error:
            missing.append(str(error))
        else:
            files[source] = _free_name(source, {name for name, _ in files.values()}), content
    return Copies(files, tuple(missing))


def _free_name(source: Source, taken: set[str]) -> str:
    stem, number = source.path.stem.partition(schema.COPY_SUFFIX)[0], 1
    name = f"{stem}{schema.COPY_SUFFIX}.xlsx"
    while name in taken:
        number += 1
        name = f"{stem}-{number}{schema.COPY_SUFFIX}.xlsx"
    return name


# --- the commands ----------------------------------------------------------------------------


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
) -> tuple[Week, Published]:
    """Do the weekly batch.

    ``say`` is told of what the command waits for.

    Raises
    ------
    RefusedError
        The reference has errors, or the intake has and ``strict`` is set.
    """
    memory = Register(register or output / REGISTER_FILE)
    watch("Membaca berkas", 0.0)
    inputs = gather(paths, reference)
    with memory.holding("run", say) as session:
        tidy_up(output, memory, session)
        history = session.history()
        checked, facts = collect(inputs, run_date, history, watch)
        inputs = replace(inputs, tables=())  # the raw cells of a huge week take up much room
        week = arrange(facts, checked, history, watch=watch)
        if strict and week.errors:
            raise RefusedError(
                f"{week.errors} galat pada data; dengan --strict jadwal tidak disusun.",
                week.findings,
            )
        return week, publish(week, facts, inputs, output, session, watch)


def tidy_up(output: Path, memory: Register, session: Session) -> None:
    """Take away what killed commands left in the output folder."""

    def recorded(run: str, names: Sequence[str]) -> bool:
        if not names:
            return run in session.runs()
        issued = {each.folder for each in session.given_numbers() if each.run == run}
        later = (name for name in names if name.startswith(f"{DOCUMENTS}-"))
        return bool(session.approved_decisions(run)) and issued.issuperset(later)

    # The register's holder is alone in its own folder; elsewhere others may be at work.
    sweep(output, recorded, alone=memory.path.parent.resolve() == output.resolve())


def check(
    paths: Sequence[Path], reference: Path | None, output: Path | None, run_date: date
) -> Checked:
    """Read and validate only, and write the annotated copies."""
    inputs = gather(paths, reference)
    checked, found = checked_reference(inputs)
    held, rows = 0, None
    if checked is not None:
        validated = validate(inputs.tables, checked, run_date)
        accepted = review(validated.requests, checked.policy, run_date).accepted
        told = decision_findings(
            checked.decisions, [each.request for each in accepted], checked.policy
        )
        last = run_date + timedelta(days=checked.policy.horizon_days)
        years = holiday_findings(checked, inputs.reference_source.name, run_date, last)
        found = (*validated.findings, *found, *told, *years)
        held = len(validated.held)
        rows = len(validated.requests) + len(validated.held)
    sources = inputs.intakes
    if not inputs.packaged:
        sources = (*sources, inputs.reference_source)
    issuer = checked.office.issuer if checked else US
    copies = annotated_copies(sources, found, run_date, issuer)
    annotated = publish_copies(copies, output)
    return Checked(inputs.reference_source.name, inputs.packaged, rows, held, found, annotated,
        inputs.remarks, copies.missing,
    )  # fmt: skip


def write_templates(
    output: Path, reference: Path | None, today: date, *, what_if: bool = False
) -> tuple[list[Path], list[Path]]:
    """Write the blank templates and return those written and those that were there already.

    ``what_if`` asks for the form of supposed changes instead.
    """
    from labkesmas_batch import template  # noqa: PLC0415 - only this command writes templates

    rows = template.reference_rows((today.year, today.year + 1))
    names = template.intake_names(rows)
    issuer = US
    jobs: dict[str, Callable[[Path], None]] = {}
    if reference is None and not what_if:
        jobs[schema.REFERENCE.file] = lambda path: template.write_reference(path, rows, today)
    elif reference is not None:
        checked = check_reference(read_reference(reference), reference.name)
        if checked.reference is None:
            raise RefusedError(
                f"{reference.name}: acuan berisi galat; perbaiki dahulu menurut temuan di atas.",
                checked.findings,
            )
        issuer = checked.reference.office.issuer
        names = {
            "Wilayah": tuple(checked.reference.regions),
            "Jenis Contoh Uji": tuple(checked.reference.sample_types),
            "Tarif": tuple(f"{t.sample_type}: {t.parameter}" for t in checked.reference.tariffs),
        }
    if what_if:
        jobs[schema.WHAT_IF.file] = lambda path: template.write_supposed(path, names, today, issuer)
    else:
        jobs[schema.INTAKE.file] = lambda path: template.write_intake(
            path, names, None, today, issuer
        )
    kept = [output / name for name in jobs if (output / name).exists()]
    new = [(output / name, job) for name, job in jobs.items() if output / name not in kept]
    return list(publish_files(new)), kept
