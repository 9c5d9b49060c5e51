"""Write docs/benchmarks.md and its plot from benchmarks/results.json and benchmarks/changes.md."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
PLOT = DOCS / "images" / "benchmarks.png"
HEAD = """# How fast

Made by `make bench` (`benchmarks/`); a few minutes, half an hour with `BENCH=all`. Machine: {processor}, {cores} cores, {memory} GB,
{system}, Python {python}, xlsxwriter {xlsxwriter}. Machines differ and are noisy: compare the figures of one line, not those of two
machines. Intakes are made up from a seed, with one team for each 625 requests.
"""
FLOOR = """
## The whole run against the floor

The floor is what any such program has to do: calamine reads the intake's cells, and xlsxwriter in constant-memory mode writes the
values of the schedule, without formats, and nothing else; start-up and imports are not counted for it, and are for the run. Both
take turns; the middle of the rounds counts. CPU seconds of the process, in brackets seconds of the clock; peak memory of the run.

| requests | cells | run, s | floor, s | ratio, CPU | memory, MB | check, s | rank, s | allocate, s | of the run |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
"""
START = """
## A usual week

Whole processes, CPU seconds and in brackets seconds of the clock. A run imports no pandas: the summary is counted without it.

| | s | ratio | to |
|---|---:|---:|---|
"""


def _floor(results: dict[str, Any]) -> str:
    lines = []
    for size in _sizes(results):
        run, floor, stages = size["run"], size["floor"], size["stages"]
        between = stages["rank"] + stages["allocate"]
        lines.append(
            f"| {size['size']:,} | {size['cells']:,} | {run['cpu']:.2f} ({run['wall']:.2f}) "
            f"| {floor['cpu']:.2f} ({floor['wall']:.2f}) | **{run['cpu'] / floor['cpu']:.2f}** "
            f"| {run['megabytes']:.0f} | {size['check']['cpu']:.2f} | {stages['rank']:.3f} "
            f"| {stages['allocate']:.3f} | {between / run['cpu']:.0%} |"
        )
    return FLOOR + "\n".join(lines) + "\n\n![CPU seconds against rows](images/benchmarks.png)\n"


def _start(results: dict[str, Any]) -> str:
    found, lines = results["start"], []
    pairs = (("run 60", "libraries"), ("check 60", "libraries"), ("--help", "click"),
             ("--version", "click"))  # fmt: skip
    names = {
        "libraries": "importing pandas, openpyxl, xlsxwriter, click, python-calamine",
        "click": '`python -c "import click"`',
    }
    for name, than in pairs:
        one, other = found[name], found[than]
        lines.append(
            f"| {name} | {one['cpu']:.2f} ({one['wall']:.2f}) | {one['cpu'] / other['cpu']:.2f} "
            f"| {names[than]}: {other['cpu']:.2f} ({other['wall']:.2f}) |"
        )
    return START + "\n".join(lines) + "\n"


def _peers(results: dict[str, Any]) -> str:
    text = """
## Rank and allocate against others

CPU seconds on the same made-up instances; "equal" compares every place and every date. "Pairs" orders by asking the clauses about
all pairs. CP-SAT finds for one request after another the best day with all better-ranked dates fixed. The hospital-resident solver of
`matching` gets days as hospitals that rank by the program's order.

| | requests | ours, s | theirs, s | how many times faster | equal |
|---|---:|---:|---:|---:|---|
"""
    for one in results.get("rank", ()):
        for name, key in (("the sort of rank alone", "sort"), ("pairs", "pairwise")):
            if key in one:
                text += _line(name, one["size"], one["rank"], one[key], one["equal"])
    for one in results.get("peers", ()):
        name = {"ortools": "OR-Tools CP-SAT", "matching": "`matching`"}[one["peer"]]
        text += _line(name, one["size"], one["allocate"], one["theirs"], one["equal"])
    return text


def _line(name: str, size: int, ours: float, theirs: float, equal: bool) -> str:
    return (
        f"| {name} | {size:,} | {ours:.4f} | {theirs:.4f} | {theirs / ours:.1f} "
        f"| {'yes' if equal else 'NO'} |\n"
    )


def _sizes(results: dict[str, Any]) -> list[dict[str, Any]]:
    found = [each for name, each in results.items() if name.startswith("size ")]
    return sorted(found, key=lambda each: int(each["size"]))


def _plot(results: dict[str, Any]) -> None:
    if find_spec("matplotlib") is None:
        print("matplotlib is not installed: the plot is left as it is")
        return
    import matplotlib as mpl  # noqa: PLC0415

    mpl.use("Agg")
    from matplotlib import pyplot  # noqa: PLC0415

    sizes = _sizes(results)
    rows = [each["size"] for each in sizes]
    lines = (
        ("run", "#1F3A5F", "o-", [each["run"]["cpu"] for each in sizes]),
        ("floor: read and write the cells", "#E08A2E", "s--", [e["floor"]["cpu"] for e in sizes]),
        ("rank and allocate", "#2F6DB5", "^:",
         [each["stages"]["rank"] + each["stages"]["allocate"] for each in sizes]),
    )  # fmt: skip
    figure, axes = pyplot.subplots(figsize=(7.5, 4.5), dpi=110)
    for name, colour, style, seconds in lines:
        axes.loglog(rows, seconds, style, color=colour, label=name)
    axes.set_xlabel("requests")
    axes.set_ylabel("CPU seconds")
    axes.grid(visible=True, which="major", color="#DDDDDD")
    axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(PLOT, metadata={"Software": None})


def main() -> None:
    """Write the page and the plot."""
    results = json.loads((HERE / "results.json").read_text("utf-8"))
    page = HEAD.format(**results["machine"]) + _floor(results) + _start(results) + _peers(results)
    page += "\n" + (HERE / "changes.md").read_text("utf-8")
    (DOCS / "benchmarks.md").write_text(page, "utf-8")
    _plot(results)


if __name__ == "__main__":
    main()
