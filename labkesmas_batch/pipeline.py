"""The line from intake to schedule on one screen. No rules live here.

Step 1 gathers inputs, step 2 decides and is pure, step 3 writes results.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from labkesmas_batch import schema
from labkesmas_batch.allocate import allocate
from labkesmas_batch.archive import write_record
from labkesmas_batch.errors import NotCopiedError, RefusedError
from labkesmas_batch.findings import Finding
from labkesmas_batch.gather import Inputs, gather, read_reference
from labkesmas_batch.model import Reference, Source, Week, ZoneEffect
from labkesmas_batch.publish import publish_files, publish_run
from labkesmas_batch.rank import decision_findings, order, rank
from labkesmas_batch.record import decisions_record
from labkesmas_batch.reference import check_reference, holiday_findings
from labkesmas_batch.register import Register
from labkesmas_batch.review import review
from labkesmas_batch.selftest import self_test
from labkesmas_batch.summary import summarize
from labkesmas_batch.utilization import utilize
from labkesmas_batch.validate import validate
from labkesmas_batch.zone import zone_effects

SCHEDULE = "jadwal.xlsx"
REGISTER = "register.db"

Watch = Callable[[str, float], None]
"""Is told the stage that begins, and the share of a large run that usually lies behind it."""


def unwatched(stage: str, share: float) -> None:
    """Watch nothing."""


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


# --- step 2: decide, purely ------------------------------------------------------------------


def checked_reference(inputs: Inputs) -> tuple[Reference | None, tuple[Finding, ...]]:
    """Return the reference, None where it has an error, with its findings."""
    checked = check_reference(inputs.reference_tables, inputs.reference_source.name)
    return checked.reference, checked.findings


def decide(inputs: Inputs, run_date: date, watch: Watch = unwatched) -> Week:
    """Take the inputs through validation, review, rank and allocation.

    Raises
    ------
    RefusedError
        The reference has errors: a schedule made with it could be unfair.
    """
    reference, found = checked_reference(inputs)
    if reference is None:
        raise RefusedError(
            f"{inputs.reference_source.name}: acuan berisi galat, jadwal tidak disusun.", found
        )
    watch("Memeriksa isian", 0.1)
    validated = validate(inputs.tables, reference, run_date)
    watch("Mengurutkan", 0.18)
    reviewed = review(validated.requests, reference.policy, run_date)
    accepted, policy, decisions = reviewed.accepted, reference.policy, reference.decisions
    ranked = rank(accepted, policy, decisions)
    watch("Menentukan hari dan tim", 0.22)
    allocation = allocate(ranked, reference, run_date)
    watch("Membandingkan bacaan SOP", 0.4)
    loads = utilize(allocation, reference)
    zone: tuple[ZoneEffect, ...] = ()
    if any(each.silent for each in ranked):
        there = order(accepted, policy.other_reading, decisions)
        other = allocate(there, reference, run_date, explained=False)
        zone = zone_effects(ranked, allocation, other, policy)
    by_key = order(accepted, policy) if decisions else ranked
    again = order(accepted[::-1], policy, decisions)
    tests = self_test(ranked, by_key, again, policy, decisions)
    last = run_date + timedelta(days=reference.policy.horizon_days)
    years = holiday_findings(reference, inputs.reference_source.name, run_date, last)
    unused = decision_findings(decisions, [each.request for each in ranked], policy)
    summary = summarize(
        allocation.visits, reviewed.returned, allocation.unplaced, validated.held,
        [team.name for team in reference.teams],
    )  # fmt: skip
    week = Week(
        run_date, inputs.intakes, inputs.reference_source, inputs.packaged, reference,
        validated.held, reviewed.returned, ranked, allocation, loads, zone, tests, summary,
        (*validated.findings, *found, *unused, *years), validated.examples,
        validated.remarks, inputs.remarks,
    )  # fmt: skip
    _conserve(inputs, week)
    return week


def _conserve(inputs: Inputs, week: Week) -> None:
    """Every row in ends in exactly one place; anything else is a bug, not bad data."""
    rows = sum(len(table.rows) for table in inputs.tables) - week.examples
    rows -= week.remark_rows
    assert rows == week.summary.counts["baris"], (rows, week.summary.counts)


# --- step 3: write ---------------------------------------------------------------------------


def publish(week: Week, output: Path, memory: Register, watch: Watch = unwatched) -> Published:
    """Write the schedule and the annotated copies into a folder of their own, then record it."""
    from labkesmas_batch.workbook import write_schedule  # noqa: PLC0415 - check does without

    copies = annotated_copies(week.intakes, week.findings, week.run_date)

    def build(folder: Path, run: str) -> None:
        for name, content in copies.files.values():
            (folder / name).write_bytes(content)
        names = {source.name: name for source, (name, _) in copies.files.items()}
        watch("Menulis jadwal", 0.6)
        write_schedule(folder / SCHEDULE, week, run, names)
        watch("Menulis catatan keputusan", 0.93)
        write_record(folder, decisions_record(week, run))

    def recording(run: str) -> AbstractContextManager[None]:
        return memory.recording(run, week.run_date, week.summary.counts)

    def last() -> int:
        return memory.last_number(week.run_date)

    folder, run = publish_run(output, week.run_date, last, build, recording)
    paths = tuple(folder / name for name, _ in copies.files.values())
    return Published(run, folder / SCHEDULE, paths, copies.missing)


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


def annotated_copies(sources: Sequence[Source], found: Sequence[Finding], run_date: date) -> Copies:
    """Make the annotated copy of each workbook that has a finding."""
    files_with_marks = {finding.file for finding in found if finding.cell}
    concerned = [source for source in sources if source.name in files_with_marks]
    files: dict[Source, tuple[str, bytes]] = {}
    missing: list[str] = []
    for source in concerned:
        from labkesmas_batch.annotate import annotate  # noqa: PLC0415 - only with a finding

        here = [finding for finding in found if finding.file == source.name]
        try:
            content = annotate(source.path, here, datetime.combine(run_date, time()))
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
) -> tuple[Week, Published]:
    """Do the weekly batch.

    Raises
    ------
    RefusedError
        The reference has errors, or the intake has and ``strict`` is set.
    """
    memory = Register(register or output / REGISTER)
    watch("Membaca berkas", 0.0)
    week = decide(gather(paths, reference), run_date, watch)
    if strict and week.errors:
        raise RefusedError(
            f"{week.errors} galat pada data; dengan --strict jadwal tidak disusun.", week.findings
        )
    return week, publish(week, output, memory, watch)


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
    copies = annotated_copies(sources, found, run_date)
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
        names = {
            "Wilayah": tuple(checked.reference.regions),
            "Jenis Contoh Uji": tuple(checked.reference.sample_types),
        }
    if what_if:
        jobs[schema.WHAT_IF.file] = lambda path: template.write_supposed(path, names, today)
    else:
        jobs[schema.INTAKE.file] = lambda path: template.write_intake(path, names, None, today)
    kept = [output / name for name in jobs if (output / name).exists()]
    new = [(output / name, job) for name, job in jobs.items() if output / name not in kept]
    return list(publish_files(new)), kept
