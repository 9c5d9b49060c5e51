"""The pure middle of the line in one call: inputs and history in, a described week out."""

from __future__ import annotations

from datetime import date

from labkesmas_batch.model.history import NOTHING_KNOWN, History
from labkesmas_batch.model.week import Week
from labkesmas_batch.planning.collect import collect
from labkesmas_batch.planning.describe import describe
from labkesmas_batch.planning.inputs import Inputs
from labkesmas_batch.planning.locked_visits import locked_visits
from labkesmas_batch.planning.plan import plan


def decide(inputs: Inputs, run_date: date, history: History = NOTHING_KNOWN) -> Week:
    """Take the inputs through validation, review, rank and allocation.

    Raises
    ------
    RefusedError
        The reference has errors: a schedule made with it could be unfair.
    """
    reference, facts = collect(inputs, run_date, history)
    locked = locked_visits(history, reference.policy, run_date, facts.contacts)
    return describe(plan(facts, reference, locked), facts, history)
