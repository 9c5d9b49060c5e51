"""CPU seconds of the stages between reading and writing, one run: prints one JSON object."""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path

from benchmarks import intakes
from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.commands.inputs import gather
from labkesmas_batch.intake.review import review
from labkesmas_batch.intake.validate import validate
from labkesmas_batch.planning.collect import checked_reference
from labkesmas_batch.precedence.clauses import sort_key
from labkesmas_batch.precedence.rank import rank


def main() -> None:
    """Measure and print."""
    gc.disable()
    seconds: dict[str, float] = {}
    start = time.process_time()

    def lap(name: str) -> None:
        nonlocal start
        now = time.process_time()
        seconds[name], start = now - start, now

    inputs = gather([Path(sys.argv[1])], None)
    lap("gather")
    reference, _ = checked_reference(inputs)
    assert reference is not None
    requests = validate(inputs.tables, reference, intakes.RUN_DATE).requests
    lap("validate")
    accepted = review(requests, reference.policy, intakes.RUN_DATE).accepted
    lap("review")
    sorted(accepted, key=lambda each: sort_key(each.request, reference.policy))
    lap("sort alone")
    ranked = rank(accepted, reference.policy)
    lap("rank")
    allocate(ranked, reference, intakes.RUN_DATE)
    lap("allocate")
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
