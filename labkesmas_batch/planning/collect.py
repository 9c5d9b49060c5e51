"""Inputs and the register's history to the facts of a week: validated, what is known told apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from labkesmas_batch.errors import RefusedError
from labkesmas_batch.findings import Finding
from labkesmas_batch.intake.validate import validate
from labkesmas_batch.model.history import History, LastSchedule
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.week import Facts
from labkesmas_batch.planning.carry_over import carried_table, recognise
from labkesmas_batch.planning.inputs import Inputs
from labkesmas_batch.planning.reminders import reminders
from labkesmas_batch.planning.told import to_tell
from labkesmas_batch.reference.read import check_reference, holiday_findings, past_leaves

Watch = Callable[[str, float], None]
"""Is told the stage that begins, and the share of a large run that usually lies behind it."""


def unwatched(stage: str, share: float) -> None:
    """Watch nothing."""


def checked_reference(
    inputs: Inputs, run_date: date | None = None
) -> tuple[Reference | None, tuple[Finding, ...]]:
    """Return the reference, None where it has an error, with its findings.

    With a run date, dates are asked about that are far from it.
    """
    checked = check_reference(inputs.reference_tables, inputs.reference_source.name, run_date)
    return checked.reference, checked.findings


def collect(
    inputs: Inputs, run_date: date, history: History, watch: Watch = unwatched
) -> tuple[Reference, Facts]:
    """Validate the inputs and recognise what the register knows.

    Raises
    ------
    RefusedError
        The reference has errors.
    """
    reference, found = checked_reference(inputs, run_date)
    if reference is None:
        raise RefusedError(
            f"{inputs.reference_source.name}: acuan berisi galat, jadwal tidak disusun.", found
        )
    watch("Memeriksa isian", 0.1)
    carried = carried_table(history, inputs.tables)
    tables = (*inputs.tables, *([carried] if carried else ()))
    validated = validate(tables, reference, run_date, history.by_number)
    by_file = {table.file: table for table in tables}
    seen = recognise(validated, history, by_file)
    brought = tuple(
        each
        for each in seen.brought
        if each.region in reference.regions and each.sample_type in reference.sample_types
    )
    last = run_date + timedelta(days=reference.policy.horizon_days)
    years = holiday_findings(reference, inputs.reference_source.name, run_date, last)
    gone = reminders(inputs.tables, history, run_date)
    facts = Facts(
        run_date,
        inputs.intakes,
        inputs.reference_source,
        inputs.packaged,
        (*seen.requests, *brought),
        seen.repeated,
        seen.on_hold,
        tuple(to_tell((*validated.findings, *seen.findings, *found, *years, *gone), history.told)),
        validated.examples,
        validated.remarks,
        inputs.remarks,
        validated.copies + seen.copies,
        history.pairs,
        seen.contacts,
    )
    rows = sum(len(table.rows) for table in tables) - facts.examples - facts.remark_rows
    kept = len(facts.requests) + len(facts.on_hold) + len(facts.repeated) + facts.copies
    assert rows + len(brought) == kept, (rows, brought, kept)
    return reference, facts


def with_past_leaves(facts: Facts, reference: Reference, last: LastSchedule | None) -> Facts:
    """Return the facts with a question about leave that is past and new in the reference.

    Nothing is new where nobody has the reference of the last schedule any more.
    """
    if last is not None and last.reference is None:
        return facts
    before = last.reference if last else None
    past = past_leaves(reference, before, facts.reference_source.name, facts.run_date)
    return replace(facts, findings=(*facts.findings, *past))
