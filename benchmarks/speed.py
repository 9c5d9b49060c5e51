"""The whole command against the floor, from 60 requests to the largest sheet of Excel.

    python -m benchmarks.speed 60 1000 10000 100000    measures these sizes
    python -m benchmarks.speed all                     those and 1,048,575, which takes half an hour

Run and floor take turns, each in a process of its own; the middle of a few rounds counts. CPU
seconds are those of the process, wall seconds those of the clock. Results go to
``benchmarks/results.json`` and from there, with those of ``peers.py``, to docs/benchmarks.md.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import intakes

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"
SIZES = (60, 1_000, 10_000, 100_000)
LIBRARIES = "import pandas, openpyxl, xlsxwriter, click, python_calamine"
Figures = dict[str, float]


def process(command: Sequence[object]) -> tuple[Figures, str]:
    """Run a command and return CPU seconds, wall seconds, peak megabytes, and what it printed."""
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        child = subprocess.Popen(list(map(str, command)), stdout=out, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        printed = out.read().decode()
    if child.returncode not in (0, 1):
        raise SystemExit(f"{command}: {child.returncode}")
    cpu = used.ru_utime + used.ru_stime
    return {"cpu": cpu, "wall": wall, "megabytes": used.ru_maxrss / 1024}, printed


def middle(rounds: Sequence[Figures]) -> Figures:
    """Return the median of each figure."""
    return {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}


def program(*arguments: object) -> list[object]:
    """Return the command line of the program."""
    return [sys.executable, "-m", "labkesmas_batch", *arguments]


def against_floor(size: int, folder: Path) -> dict[str, Any]:
    """Measure run, floor and check on one size."""
    intake = intakes.write(folder / "in", size)
    runs, floors = [], []
    rounds = 5 if size <= 10_000 else 3 if size <= 100_000 else 1
    for number in range(rounds):
        output = folder / f"out{number}"
        taken, printed = process(
            program("run", intake, "--date", intakes.RUN_DATE, "--output", output, "--json")
        )
        answer = json.loads(printed)
        runs.append(taken)
        schedule = answer["files"]["jadwal"]
        floors.append(json.loads(process([sys.executable, HERE / "floor.py", intake, schedule])[1]))
    checked = process(program("check", intake, "--date", intakes.RUN_DATE))[0]
    stages = json.loads(process([sys.executable, HERE / "stages.py", intake])[1])
    run, floor = middle(runs), middle(floors)
    both = {kind: floor[f"read_{kind}"] + floor[f"write_{kind}"] for kind in ("cpu", "wall")}
    return {
        "size": size, "rounds": rounds, "run": run, "floor": both, "cells": floor["cells"],
        "check": checked, "stages": stages, "counts": answer["counts"],
        "bytes": Path(schedule).stat().st_size, "floor_bytes": floor["bytes"],
    }  # fmt: skip


def start_up(folder: Path) -> dict[str, Figures]:
    """Measure a usual week, --help and --version, and what they are compared with."""
    intake = intakes.write(folder / "week", 60)
    commands: dict[str, list[object]] = {
        "libraries": [sys.executable, "-c", LIBRARIES],
        "click": [sys.executable, "-c", "import click"],
        "--help": program("--help"),
        "--version": program("--version"),
        "run 60": program("run", intake, "--date", intakes.RUN_DATE, "--output", folder / "out"),
        "check 60": program("check", intake, "--date", intakes.RUN_DATE),
    }
    rounds: dict[str, list[Figures]] = {name: [] for name in commands}
    for _ in range(9):
        for name, command in commands.items():
            rounds[name].append(process(command)[0])
    return {name: middle(each[1:]) for name, each in rounds.items()}


def machine() -> dict[str, object]:
    """Describe what was measured on."""
    model = platform.processor() or platform.machine()
    with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
        model = next((x.split(":")[1].strip() for x in lines if "model name" in x), model)
    import openpyxl  # noqa: PLC0415
    import xlsxwriter  # noqa: PLC0415

    return {
        "processor": model, "cores": os.cpu_count(), "system": platform.system(),
        "python": platform.python_version(), "xlsxwriter": xlsxwriter.__version__,
        "openpyxl": openpyxl.__version__,
        "memory": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3),
    }  # fmt: skip


def remember(name: str, figures: object) -> None:
    """Put figures among the results."""
    results = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    results[name] = figures
    RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", "utf-8")


def main() -> None:
    """Measure the sizes named."""
    asked = sys.argv[1:]
    sizes = [*SIZES, intakes.LARGEST] if asked == ["all"] else list(map(int, asked)) or SIZES
    remember("machine", machine())
    with tempfile.TemporaryDirectory() as folder:
        remember("start", start_up(Path(folder)))
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            found = against_floor(size, Path(folder))
        remember(f"size {size:>7}", found)
        ratio = found["run"]["cpu"] / found["floor"]["cpu"]
        print(
            f"{size:>9} requests: run {found['run']['cpu']:.2f} s CPU, {ratio:.2f} of the floor, "
            f"{found['run']['megabytes']:.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
