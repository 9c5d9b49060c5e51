"""How long the documents of big finalizes take, and how big their workbooks get.

python -m benchmarks.documents [VISITS …]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from labkesmas_batch.commands import inputs
from labkesmas_batch.documents.numbering import assign
from labkesmas_batch.documents.registry import papers
from labkesmas_batch.documents.write import write_documents
from labkesmas_batch.model.documents import ApprovedSchedule
from labkesmas_batch.model.schedule import Visit
from labkesmas_batch.model.week import Week
from labkesmas_batch.planning.weekly import decide

ROOT = Path(__file__).resolve().parents[1]
RUN_DATE = date(2026, 11, 23)


def many(week: Week, count: int) -> tuple[Visit, ...]:
    """Return the example's visits over and over, two weeks apart, under numbers of their own."""
    visits = []
    for at in range(count):
        visit = week.plan.allocation.visits[at % len(week.plan.allocation.visits)]
        later = timedelta(days=14 * (at // len(week.plan.allocation.visits)))
        request = replace(visit.request, number=f"{visit.request.number}-{at}")
        ranked = replace(visit.ranked, reviewed=replace(visit.ranked.reviewed, request=request))
        visits.append(
            replace(visit, ranked=ranked, first=visit.first + later, last=visit.last + later)
        )
    return tuple(visits)


def measure(week: Week, count: int) -> None:
    """Print a line for one size."""
    final = ApprovedSchedule(
        "2026-11-23-r1",
        RUN_DATE,
        "Nama Kepala (contoh)",
        RUN_DATE,
        week.reference,
        many(week, count),
    )
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        numbers = assign(papers(final), {})
        numbered = time.perf_counter() - start
        files = write_documents(Path(folder), final, numbers)
        took = time.perf_counter() - start
        sizes = [path.stat().st_size for path in files]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count:>6} visits {len(numbers):>6} papers: numbered {numbered:5.1f} s, written "
        f"{took:5.1f} s, {sum(sizes) / 1e6:5.1f} MB, largest {max(sizes) / 1e6:4.1f} MB, "
        f"peak memory {memory:4.0f} MB"
    )


if __name__ == "__main__":
    intake = ROOT / "input_templates" / "contoh-permintaan.xlsx"
    example = decide(inputs.gather([intake], None), RUN_DATE)
    for size in map(int, sys.argv[1:] or ("33", "500")):
        measure(example, size)
