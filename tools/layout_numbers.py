"""How a checkout's package is laid out, in numbers: rooms at the top, arrows, floors, circles.

    python -m tools.layout_numbers [REVISION ...]     the working tree, and those commits beside it

A room is a module or package at the top of labkesmas_batch; an arrow is one that imports another,
in functions too; a floor is a step of the longest chain of arrows; a circle is a set of rooms that
import one another.
"""

from __future__ import annotations

import ast
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "labkesmas_batch"


def numbers(checkout: Path) -> dict[str, object]:
    """Return the numbers of a checkout."""
    package = checkout / NAME
    graph = _graph(package)
    files = sorted(package.rglob("*.py"))
    largest = max(files, key=_lines)
    rule = checkout / ".importlinter"
    return {
        "rooms at the top": len(graph),
        "arrows": sum(map(len, graph.values())),
        "floors": _floors(graph),
        "circles": len(_circles(graph)),
        "modules": len(files),
        "lines": sum(map(_lines, files)),
        "largest file": f"{largest.relative_to(package)} {_lines(largest)}",
        "lines of the import rule": _rule_lines(rule) if rule.is_file() else "-",
    }


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def _rule_lines(rule: Path) -> int:
    lines = rule.read_text("utf-8").splitlines()
    return sum(bool(line.strip()) and not line.startswith("#") for line in lines)


def _graph(package: Path) -> dict[str, set[str]]:
    rooms: dict[str, list[Path]] = {}
    for path in package.rglob("*.py"):
        first = path.relative_to(package).parts[0]
        if first != "__init__.py":
            rooms.setdefault(first.removesuffix(".py"), []).append(path)
    return {
        room: {name for path in paths for name in _imported(path) if name in rooms} - {room}
        for room, paths in rooms.items()
    }


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}".split(".")
                if full[0] == NAME:
                    yield full[1]


def _floors(graph: Mapping[str, set[str]]) -> int:
    below: dict[str, int] = {}

    def height(room: str, above: frozenset[str]) -> int:
        if room not in below:
            under = graph[room] - above
            below[room] = 1 + max((height(each, above | {room}) for each in under), default=0)
        return below[room]

    return max(height(room, frozenset()) for room in graph)


def _circles(graph: Mapping[str, set[str]]) -> set[frozenset[str]]:
    @cache
    def reach(room: str) -> frozenset[str]:
        found: set[str] = set()
        todo = [*graph[room]]
        while todo:
            if (each := todo.pop()) not in found:
                found.add(each)
                todo += graph[each]
        return frozenset(found)

    return {
        frozenset(other for other in graph if other in reach(room) and room in reach(other))
        for room in graph
        if room in reach(room)
    }


def main(revisions: list[str]) -> None:
    """Print the numbers, a column a checkout."""
    columns = {}
    for revision in revisions:
        with tempfile.TemporaryDirectory() as folder:
            command = ["git", "archive", revision]
            packed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
            with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
                archive.extractall(folder, filter="data")
            columns[revision[:12]] = numbers(Path(folder))
    columns["now"] = numbers(ROOT)
    sys.stdout.write(f"{'':<26}{''.join(f'{name:>36}' for name in columns)}\n")
    for key in columns["now"]:
        values = "".join(f"{each[key]!s:>36}" for each in columns.values())
        sys.stdout.write(f"{key:<26}{values}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
