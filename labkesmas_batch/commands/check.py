"""``check``: read and validate only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from labkesmas_batch.commands.files import annotated_copies, publish_copies
from labkesmas_batch.commands.inputs import gather
from labkesmas_batch.findings import Finding
from labkesmas_batch.intake.review import review
from labkesmas_batch.intake.validate import validate
from labkesmas_batch.model.institution import US
from labkesmas_batch.planning.collect import checked_reference
from labkesmas_batch.precedence.pair_decisions import decision_findings
from labkesmas_batch.reference.read import holiday_findings


@dataclass(frozen=True, slots=True)
class Checked:
    """What ``check`` found; ``rows`` is None where errors in the reference came before."""

    reference_name: str
    packaged: bool
    rows: int | None
    on_hold: int
    findings: tuple[Finding, ...]
    annotated: tuple[Path, ...]
    remarks: tuple[str, ...]
    not_copied: tuple[str, ...]


def check(
    paths: Sequence[Path], reference: Path | None, output: Path | None, run_date: date
) -> Checked:
    """Read and validate only, and write the annotated copies."""
    inputs = gather(paths, reference)
    checked, found = checked_reference(inputs)
    on_hold, rows = 0, None
    if checked is not None:
        validated = validate(inputs.tables, checked, run_date)
        accepted = review(validated.requests, checked.policy, run_date).accepted
        told = decision_findings(
            checked.decisions, [each.request for each in accepted], checked.policy
        )
        last = run_date + timedelta(days=checked.policy.horizon_days)
        years = holiday_findings(checked, inputs.reference_source.name, run_date, last)
        found = (*validated.findings, *found, *told, *years)
        on_hold = len(validated.on_hold)
        rows = len(validated.requests) + len(validated.on_hold) + validated.copies
    sources = inputs.intakes
    if not inputs.packaged:
        sources = (*sources, inputs.reference_source)
    issuer = checked.office.issuer if checked else US
    copies = annotated_copies(sources, found, run_date, issuer)
    annotated = publish_copies(copies, output)
    return Checked(
        inputs.reference_source.name,
        inputs.packaged,
        rows,
        on_hold,
        found,
        annotated,
        inputs.remarks,
        copies.missing,
    )
