"""The lines that answer a question and decide nothing: ``run --what-if`` and ``simulate``.

They take the same stages as the weekly batch, and touch neither its schedule nor the register.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from labkesmas_batch.allocate import allocate
from labkesmas_batch.changes import read_changes, typed_change
from labkesmas_batch.errors import RefusedError
from labkesmas_batch.findings import Finding
from labkesmas_batch.gather import gather, read_supposed
from labkesmas_batch.model import Change, Comparison, Held, Reference, Week
from labkesmas_batch.pipeline import decide
from labkesmas_batch.publish import publish_files
from labkesmas_batch.rank import rank
from labkesmas_batch.review import review
from labkesmas_batch.summary import summarize
from labkesmas_batch.whatif import Plan, Supposed, before_everybody, compare, suppose


def what_if(
    paths: Sequence[Path], reference: Path | None, output: Path, run_date: date,
    supposed: Sequence[str],
) -> tuple[Week, Comparison, Path]:  # fmt: skip
    """Plan the week as it is and with the changes, and write both side by side.

    Parameters
    ----------
    supposed
        Each a workbook with the sheet Andaikan, or a typed change.

    Raises
    ------
    RefusedError
        The reference has errors, or a change cannot be read.
    """
    week = decide(gather(paths, reference), run_date)
    requests = [each.request for each in week.ranked] + [back.request for back in week.returned]
    changes = _changes(supposed, week.reference, [request.number for request in requests])
    try:
        made = suppose(changes, week.reference, requests, run_date)
    except ValueError as error:
        raise RefusedError(f"Perubahan tidak dapat diandaikan: {error}", ()) from error
    before = Plan(week.allocation, week.returned, week.summary)
    comparison = compare(changes, before, _plan(made, week.held, run_date))
    target = output / f"andaikan-{run_date}.xlsx"
    (written,) = publish_files([(target, partial(_write, comparison, week))])
    return week, comparison, written


def _changes(
    supposed: Sequence[str], reference: Reference, numbers: Sequence[str]
) -> tuple[Change, ...]:
    changes: list[Change] = []
    found: list[Finding] = []
    for each in supposed:
        workbook = each.strip().casefold().endswith(".xlsx")
        table = read_supposed(Path(each.strip())) if workbook else typed_change(each, reference)
        read, faults = read_changes(table, reference, numbers)
        changes += read
        found += faults
    if any(finding.is_error for finding in found):
        raise RefusedError("Perubahan yang diandaikan belum dapat dibaca.", tuple(found))
    if not changes:
        raise RefusedError("Tidak ada perubahan yang diandaikan pada lembar Andaikan.", ())
    return tuple(changes)


def _plan(supposed: Supposed, held: Sequence[Held], run_date: date) -> Plan:
    policy = supposed.reference.policy
    reviewed = review(supposed.requests, policy, run_date)
    ranked = before_everybody(supposed.urgent, rank(reviewed.accepted, policy))
    allocation = allocate(ranked, supposed.reference, run_date)
    summary = summarize(
        allocation.visits, reviewed.returned, allocation.unplaced, held,
        [team.name for team in supposed.reference.teams],
    )  # fmt: skip
    return Plan(allocation, reviewed.returned, summary)


def _write(comparison: Comparison, week: Week, path: Path) -> None:
    from labkesmas_batch.workbook.comparison import write_comparison  # noqa: PLC0415

    write_comparison(path, comparison, week)
