"""What .importlinter cannot say of the package: owners of libraries, purity, sizes, docstrings.

Who imports whom stands in .importlinter alone, which ``make lint`` runs. Nothing here has an entry
for each module: a new one needs none.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from configparser import ConfigParser
from io import BytesIO
from pathlib import Path

import pytest

from tests.support.dump import ROOT

PACKAGE = "labkesmas_batch"

# A library, and the packages that may import it.
OWNERS = {
    "click": {"cli"},
    "defusedxml": {"xlsx"},
    "holidays": {"forms"},
    "icalendar": {"team_calendars"},
    "num2words": {"documents"},
    "openpyxl": {"workbooks"},
    "pandas": {"workbooks"},
    "phonenumbers": {"documents"},
    "python_calamine": {"xlsx"},
    "sqlite3": {"register"},
    "xlsxwriter": {"documents", "forms", "workbooks", "xlsx"},
}

CONTRACTS = ConfigParser()
CONTRACTS.read(ROOT / ".importlinter", "utf-8")
# The packages that .importlinter keeps from files and the clock; calls are looked at here.
PURE = {
    name.removeprefix(f"{PACKAGE}.")
    for name in CONTRACTS["importlinter:contract:pure"]["source_modules"].split()
}
IMPURE_CALLS = {"input", "open", "print", "now", "today", "utcnow", "monotonic", "perf_counter"}

# As the formatter lays code out, one argument a line where they do not fit on one.
MOST_LINES, MOST_FUNCTION_LINES = 310, 50
# Known to be longer, and why; each still has a limit.
LONG_FILES = {
    "allocation.allocate": 395,  # one planner that must see all of its state
    "findings": 700,  # a catalogue
    "forms.schema": 440,  # a line for each column of every sheet
    "allocation.ledger": 440,  # one class that must see all of its state
    "register.register": 335,  # one class that must see all of its file
}
LONG_FUNCTIONS = {
    "field_form.write_happened": 70,  # a line for each column
    "record_reader._recorded": 55,  # one constructor call
    "precedence.write_precedence": 65,  # a line for each column
    "silent_zone.write_silence": 45,  # a line for each column
    "schedule._fields": 60,  # a line for each column
}


def _modules() -> dict[str, tuple[Path, ast.Module]]:
    """Every module by its dotted name below the package, a package by its own name."""
    found = {}
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        parts = list(path.relative_to(ROOT / PACKAGE).with_suffix("").parts)
        if len(parts) > 1 and parts[-1] == "__init__":
            parts.pop()
        found[".".join(parts)] = path, ast.parse(path.read_text("utf-8"))
    return found


MODULES = _modules()
every_module = pytest.mark.parametrize("name", MODULES)


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported, in functions and for type checking too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full.removeprefix(f"{PACKAGE}.") in MODULES else str(node.module)


def package(name: str) -> str:
    """The package or module at the top that a module belongs to."""
    return name.partition(".")[0]


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_has_one_owner(library: str):
    users = {
        name
        for name, (_, tree) in MODULES.items()
        if any(each.split(".")[0] == library for each in imports(tree))
    }
    assert users
    assert {package(name) for name in users} <= OWNERS[library]


def test_no_other_library_is_used_than_those_with_an_owner():
    found = {each.split(".")[0] for _, tree in MODULES.values() for each in imports(tree)}
    assert found - set(sys.stdlib_module_names) - {PACKAGE} | {"sqlite3"} == set(OWNERS)


@pytest.mark.parametrize("name", sorted(name for name in MODULES if package(name) in PURE))
def test_a_pure_module_calls_no_file_clock_or_screen(name: str):
    called = set()
    for node in ast.walk(MODULES[name][1]):
        if isinstance(node, ast.Call):
            of = node.func
            called.add(of.id if isinstance(of, ast.Name) else getattr(of, "attr", ""))
    assert called & IMPURE_CALLS == set()


def test_no_import_is_relative():
    for _, tree in MODULES.values():
        assert not any(isinstance(n, ast.ImportFrom) and n.level for n in ast.walk(tree))


def test_every_layer_stands_and_is_named():
    layers = CONTRACTS["importlinter:contract:layers"]["layers"]
    assert set(re.findall(r"\w+", layers)) == {package(name) for name in MODULES} - {"__init__"}


def test_the_clock_is_read_by_the_command_line_alone():
    readers = {
        name
        for name, (_, tree) in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow")
    }
    assert {package(name) for name in readers} == {"cli"}


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _length(function: ast.FunctionDef) -> int:
    """Lines of a function without its docstring."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


@every_module
def test_a_file_is_one_room(name: str):
    path, tree = MODULES[name]
    assert len(path.read_text("utf-8").splitlines()) <= LONG_FILES.get(name, MOST_LINES)
    for function in _functions(tree):
        known = f"{name.rpartition('.')[2]}.{function.name}"
        most = LONG_FUNCTIONS.get(known, MOST_FUNCTION_LINES)
        assert _length(function) <= most, f"{known}: {_length(function)} lines"


@every_module
def test_every_module_and_everything_public_in_it_has_a_docstring(name: str):
    tree = MODULES[name][1]
    assert ast.get_docstring(tree)
    for node in tree.body:
        members = [node, *node.body] if isinstance(node, ast.ClassDef) else [node]
        if isinstance(node, ast.ClassDef) and node.name.startswith("_"):
            continue
        for member in members:
            if isinstance(member, (ast.ClassDef, ast.FunctionDef)) and member.name[0] != "_":
                assert ast.get_docstring(member), f"{name}.{member.name}"


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = (ROOT / name.decode() for name in listed.stdout.split(b"\0") if name)
    return [path for path in paths if path.is_file()]


def _contents(path: Path) -> Iterator[tuple[str, bytes]]:
    data = path.read_bytes()
    yield path.name, data
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for part in archive.namelist():
                yield f"{path.name}!{part}", archive.read(part)


def test_no_tracked_file_holds_a_path_of_somebodys_machine():
    # Put together here, so that this file does not hold what it looks for.
    homes = rb"(?<![\w.])/(?:" + b"|".join((b"home", b"Users", b"root", b"work")) + rb")/[\w.]"
    windows = rb"[A-Z]:\\+" + b"Users" + rb"\\"
    here = re.escape(str(ROOT).encode()) + rb"\b"
    machine = re.compile(b"|".join((homes, windows, here)))
    found, searched = [], 0
    for path in _tracked():
        for name, data in _contents(path):
            searched += 1
            found += [f"{name}: {hit.decode()}" for hit in machine.findall(data)]
    assert searched > 50
    assert found == []


def test_the_search_for_machine_paths_reads_inside_workbooks():
    parts = [name for name, _ in _contents(ROOT / "input_templates" / "acuan.xlsx")]
    assert "acuan.xlsx!docProps/core.xml" in parts
