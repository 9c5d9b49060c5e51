"""Time the whole command on weeks of several sizes, against importing its libraries.

Run with ``make bench``. Machines differ and are noisy: compare the ratios of one run.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "examples"))

from week import INTAKE_ROWS, RUN_DATE  # noqa: E402 - found through the line above

from labkesmas_batch import template  # noqa: E402

SIZES = (42, 1_000, 10_000)
REPEATS = 5
LIBRARIES = "import pandas, openpyxl, xlsxwriter, click, python_calamine"


def seconds(command: list[str]) -> float:
    """Return the median wall time of a command over ``REPEATS`` runs after one warm-up."""
    times = []
    for _ in range(REPEATS + 1):
        start = time.perf_counter()
        subprocess.run(command, check=False, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def write_week(folder: Path, size: int) -> Path:
    """Write an intake of ``size`` rows by repeating the example week under other numbers."""
    rows = template.reference_rows((RUN_DATE.year, RUN_DATE.year + 1))
    names = template.intake_names(rows)
    template.write_reference(folder / "acuan.xlsx", rows, RUN_DATE)
    week = [
        (f"{row[0]}-{number}", *row[1:])
        for number, row in ((n, INTAKE_ROWS[n % len(INTAKE_ROWS)]) for n in range(size))
    ]
    path = folder / f"permintaan-{size}.xlsx"
    template.write_intake(path, names, week, RUN_DATE + timedelta(days=0))
    return path


def main() -> None:
    """Print a table of times and ratios."""
    libraries = seconds([sys.executable, "-c", LIBRARIES])
    print(f"importing pandas, openpyxl, xlsxwriter, click, python-calamine: {libraries:.2f} s")
    program = [sys.executable, "-m", "labkesmas_batch"]
    print(f"--help: {seconds([*program, '--help']) / libraries:.2f} of that")
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            intake = write_week(Path(folder), size)
            options = ["--date", str(RUN_DATE), "--output", f"{folder}/out"]
            taken = seconds([*program, "run", str(intake), *options])
            checked = seconds([*program, "check", str(intake), "--date", str(RUN_DATE)])
            print(f"{size:>7} rows: run {taken:.2f} s ({taken / libraries:.1f} times), "
                  f"check {checked:.2f} s")  # fmt: skip


if __name__ == "__main__":
    main()
