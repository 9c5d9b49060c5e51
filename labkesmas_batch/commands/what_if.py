"""``run --what-if``: the same week with supposed changes, beside the week as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from labkesmas_batch.commands.inputs import gather, read_supposed
from labkesmas_batch.errors import RefusedError
from labkesmas_batch.explanation.days import clash
from labkesmas_batch.findings import Finding
from labkesmas_batch.model.history import REGISTER_FILE
from labkesmas_batch.model.week import Week
from labkesmas_batch.planning.weekly import decide
from labkesmas_batch.publishing.publish import publish_files
from labkesmas_batch.register.register import Register
from labkesmas_batch.text.indonesian import brief_span
from labkesmas_batch.what_if.compare import ComparedPlan, compare, plan_supposed
from labkesmas_batch.what_if.form import read_changes, typed_change
from labkesmas_batch.what_if.suppose import still_on_hold, suppose
from labkesmas_batch.what_if.types import Comparison, SupposedChange


def what_if(
    paths: Sequence[Path],
    reference: Path | None,
    output: Path,
    register: Path | None,
    run_date: date,
    supposed: Sequence[str],
) -> tuple[Week, Comparison, Path]:
    """Plan the week as it is and with the changes, and write both side by side.

    Visits that earlier weeks locked stay where they are in both.

    Parameters
    ----------
    register
        The one in the output folder where it is left out; it is only read.
    supposed
        Each a workbook with the sheet Andaikan, or a typed change.

    Raises
    ------
    RefusedError
        The reference has errors, or a change cannot be read.
    """
    history = Register(register or output / REGISTER_FILE).history()
    week = decide(gather(paths, reference), run_date, history)
    requests = [each.request for each in week.plan.ranked] + [
        back.request for back in week.plan.returned
    ]
    changes = _changes(supposed, week, [each.number for each in requests])
    try:
        made = suppose(changes, week.reference, requests, run_date)
    except ValueError as error:
        raise RefusedError(f"Perubahan tidak dapat diandaikan: {error}", ()) from error
    before = ComparedPlan(
        week.plan.allocation, week.plan.returned, week.summary, week.facts.on_hold, week.plan.locked
    )
    on_hold = still_on_hold(week.facts.on_hold, made.urgent)
    facts = replace(week.facts, on_hold=tuple(on_hold))
    after = plan_supposed(made, facts, week.plan.locked, history)
    blocked = tuple(
        f"{visit.request.number}: {clash(obstacle, visit)}"
        for visit, obstacle in after.allocation.conflicts
    )
    comparison = replace(compare(changes, before, after), blocked=blocked)
    target = output / f"andaikan-{run_date}.xlsx"
    (written,) = publish_files([(target, partial(_write, comparison, week))])
    return week, comparison, written


def _changes(
    supposed: Sequence[str], week: Week, numbers: Sequence[str]
) -> tuple[SupposedChange, ...]:
    reference, on_hold = week.reference, [each.number for each in week.facts.on_hold]
    locked = {each.request.number: brief_span(each.first, each.last) for each in week.plan.locked}
    changes: list[SupposedChange] = []
    found: list[Finding] = []
    for each in supposed:
        workbook = each.strip().casefold().endswith(".xlsx")
        table = read_supposed(Path(each.strip())) if workbook else typed_change(each, reference)
        added = [change.name for change in changes if change.kind == "Tim tambahan"]
        read, faults = read_changes(table, reference, numbers, added, on_hold, locked)
        changes += read
        found += faults
    if any(finding.is_error for finding in found):
        raise RefusedError("Perubahan yang diandaikan belum dapat dibaca.", tuple(found))
    if not changes:
        raise RefusedError("Tidak ada perubahan yang diandaikan pada lembar Andaikan.", ())
    return tuple(changes)


def _write(comparison: Comparison, week: Week, path: Path) -> None:
    from labkesmas_batch.workbooks.what_if import write_comparison  # noqa: PLC0415

    write_comparison(path, comparison, week)
