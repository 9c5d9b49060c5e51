"""docs/architecture.md and its picture, from .importlinter and the docstrings of the package."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from configparser import ConfigParser
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "labkesmas_batch"
PICTURE = "images/architecture.svg"

LINE = """\
    intake -> validate -> review -> rank -> allocate -> workbook        run
    decisions -> settle -> allocate -> documents                        finalize
    the register is read at the start of the line and written at its end

A command gathers its inputs, decides purely, writes, and commits the register last
(`commands/run.py`, `commands/finalize.py`). What lies between reading and writing touches no file,
clock, chance or screen: the date, the reference and the register's history come in as arguments."""

HOW = """\
A package imports only what stands below it; packages side by side do not know one another.
`.importlinter` says so, `make lint` checks it, and a new module needs no entry anywhere."""
WHERE = "## Where does it go?"


def layers() -> list[list[str]]:
    """Return the packages and modules at the top, layer by layer, the command line first."""
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter", "utf-8")
    lines = contracts["importlinter:contract:layers"]["layers"].split("\n")
    return [[name.strip() for name in line.split("|")] for line in lines if line.strip()]


def said(path: Path) -> str:
    """Return the first line of a module's docstring."""
    return (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n")[0]


def home(name: str) -> Path:
    """Return the file that has the docstring of a package or a module at the top."""
    folder = PACKAGE / name
    return folder / "__init__.py" if folder.is_dir() else PACKAGE / f"{name}.py"


def modules(name: str) -> Iterator[tuple[str, str]]:
    """Yield the modules of a package, by their path in it, with what they say of themselves."""
    for path in sorted((PACKAGE / name).rglob("*.py")):
        if path.name != "__init__.py":
            yield path.relative_to(PACKAGE / name).as_posix(), said(path)


def architecture_page(header: str) -> str:
    """Return docs/architecture.md."""
    names = [name for layer in layers() for name in layer]
    table = ["| | package | in one sentence |", "| --- | --- | --- |"]
    table += [
        f"| {floor} | `{name}` | {said(home(name))} |"
        for floor, layer in enumerate(layers(), start=1)
        for name in layer
    ]
    blocks = [
        header,
        "# Architecture",
        LINE,
        f"![The packages, layer by layer]({PICTURE})",
        HOW,
        "\n".join(table),
        where_it_goes(),
    ]
    for name in names:
        if (PACKAGE / name).is_dir():
            rows = [f"| `{path}` | {text} |" for path, text in modules(name)]
            blocks += [
                f"## {name}/",
                said(home(name)),
                "\n".join(["| module | |", "| --- | --- |", *rows]),
            ]
    return "\n\n".join(blocks) + "\n"


def where_it_goes() -> str:
    """Return what CONTRIBUTING says of where something new goes."""
    section = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition(WHERE)[2]
    table = "\n".join(line for line in section.split("\n") if line.startswith("|"))
    return f"{WHERE}\n\nPaths are below `labkesmas_batch/` unless they begin otherwise.\n\n{table}"


WIDTH, HEIGHT, GAP, MARGIN = 880, 34, 16, 12


def architecture_picture() -> str:
    """Return the layers as an SVG: a row a layer, a box a package; each imports only below."""
    every = layers()
    tall = MARGIN * 2 + len(every) * (HEIGHT + GAP) - GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {tall}" '
        f'width="{WIDTH}" height="{tall}" font-family="sans-serif" font-size="14">',
        "<title>The packages, layer by layer: each imports only what stands below it</title>",
        f'<rect width="{WIDTH}" height="{tall}" fill="#ffffff"/>',
    ]
    for at, layer in enumerate(every):
        parts += _row(layer, MARGIN + at * (HEIGHT + GAP))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _row(layer: Sequence[str], top: int) -> Iterator[str]:
    wide = (WIDTH - 2 * MARGIN - GAP * (len(layer) - 1)) // len(layer)
    for at, name in enumerate(layer):
        left = MARGIN + at * (wide + GAP)
        yield (
            f'<rect x="{left}" y="{top}" width="{wide}" height="{HEIGHT}" rx="5" '
            'fill="#e8eef4" stroke="#33475b"/>'
        )
        yield (
            f'<text x="{left + wide // 2}" y="{top + HEIGHT // 2 + 5}" '
            f'text-anchor="middle" fill="#1f2d3a">{escape(name)}</text>'
        )
