"""The line of ``explain``: a run's record in, an answer out. It reads no workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from labkesmas_batch.explanation.explain import Explainer, Explanation
from labkesmas_batch.explanation.record import FORMAT
from labkesmas_batch.explanation.record_reader import recorded
from labkesmas_batch.publishing.run_folder import RECORD, read_record
from labkesmas_batch.text.indonesian import listing


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
        No such run or request, or the run's record cannot be read.
    """
    read = read_record(output, run)
    record = recorded(read.content, str(read.path), FORMAT)
    explainer = Explainer(record)
    said = explainer.one(numbers[0]) if len(numbers) == 1 else explainer.two(*numbers)
    if run is not None or not read.passed_over:
        return said
    note = (
        f"Catatan: jadwal {listing(read.passed_over)} lebih baru, tetapi tanpa {RECORD}; yang "
        f"dijelaskan di sini {record.run}."
    )
    return Explanation((note, *said.lines), {**said.data, "catatan": note})
