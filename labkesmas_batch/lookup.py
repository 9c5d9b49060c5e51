"""The line of ``explain``: a run's record in, an answer out. It reads no workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from labkesmas_batch.archive import read_record
from labkesmas_batch.explain import Explainer, Explanation


def explain(output: Path, run: str | None, numbers: Sequence[str]) -> Explanation:
    """Say why one request is before another, or why one has its place and day.

    Parameters
    ----------
    run
        Run id, None for the newest one in the output folder.
    numbers
        One or two.

    Raises
    ------
    InputError
        No such run or request.
    """
    explainer = Explainer(read_record(output, run))
    return explainer.one(numbers[0]) if len(numbers) == 1 else explainer.two(*numbers)
