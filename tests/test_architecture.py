"""Who imports whom, who owns which library, what the pure stages may not touch.

The rules are those of the house: cli -> pipeline -> stages -> vocabulary. A new module has to be
entered in one of the tables below, which is the moment to ask where it belongs.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from dump import ROOT

PACKAGE = "labkesmas_batch"

# What everybody may speak of; these import one another and nothing else of ours.
VOCABULARY = {
    "answers",
    "cells",
    "dates",
    "design",
    "errors",
    "findings",
    "frozen",
    "memory",
    "model",
    "office",
    "policy",
    "schema",
    "wording",
}
# The stages of the line; none imports another, only the pipeline joins them.
STAGES = {
    "allocate", "annotate", "archive", "arrivals", "changes", "documents", "explain", "feeds",
    "gather", "publish", "rank",
    "record", "reference", "register", "review", "selftest", "simulate", "summary",
    "template", "utilization", "validate", "whatif", "workbook", "zone",
    "decisions", "difference", "happened", "recall", "settle",
}  # fmt: skip
# Parts of a stage in a file of their own, and the stages that may use them.
PARTS = {
    "clauses": {"explain", "rank", "recall", "workbook"},
    "conflicts": {"allocate"},
    "data_rows": {"validate"},
    "exchange": {"allocate"},
    "extent": {"package"},
    "guide": {"template"},
    "headers": {"intake"},
    "intake": {"gather"},
    "ledger": {"allocate", "conflicts", "exchange", "obstacles"},
    "masks": {"exchange", "ledger", "obstacles"},
    "obstacles": {"allocate", "conflicts"},
    "office_rows": {"reference"},
    "outlook": {"terminal", "workbook"},
    "package": {"intake"},
    "packing": {"exchange", "teamwork"},
    "parse": {
        "changes",
        "decisions",
        "happened",
        "office_rows",
        "reference",
        "settings",
        "validate",
    },
    "placing": {"record", "terminal", "workbook"},
    "seed": {"template"},
    "recorded": {"explain"},
    # What the terminal says and what the workbook says are the same sentences.
    "sentences": {"explain", "record", "terminal", "workbook"},
    "settings": {"changes", "reference"},
    "teamwork": {"exchange", "ledger"},
    "workdays": {"allocate", "conflicts", "simulate"},
    # A paper's number is what the register keeps of it.
    "documents.content": {"documents", "register"},
    "documents.numbering": {"documents", "register"},
    # What papers are made of, the register keeps, too.
    "documents.dossier": {"documents", "register"},
    # The design of all workbooks is in one place, which the templates share.
    "workbook.styles": {"documents", "guide", "template", "workbook"},
    "workbook.table": {"template", "workbook"},
}
ENDS = {
    "__init__", "__main__", "afterwards", "approval", "cli", "decide", "lookup", "pipeline",
    "questions", "reissue", "screen", "terminal",
}  # fmt: skip
# The weekly line, and the lines that answer questions.
LINES = {"afterwards", "approval", "lookup", "pipeline", "questions", "reissue"}

OWNERS = {
    "click": {"cli"},
    "python_calamine": {"intake"},
    "defusedxml": {"package"},
    "xlsxwriter": {"documents", "guide", "template", "workbook"},
    "num2words": {"documents"},
    "phonenumbers": {"documents"},
    "openpyxl": {"annotate"},
    "sqlite3": {"register"},
    "holidays": {"seed"},
    "icalendar": {"feeds"},
    "pandas": {"workbook"},
}

PURE = {
    "allocate", "cells", "changes", "clauses", "conflicts", "data_rows", "dates", "design",
    "errors", "exchange", "explain", "extent", "findings", "frozen", "headers", "ledger", "masks",
    "obstacles", "office", "office_rows", "outlook", "packing", "parse", "placing", "policy",
    "rank", "record", "recorded", "reference", "review", "schema", "selftest", "sentences",
    "settings", "simulate", "summary", "teamwork", "utilization", "validate", "whatif", "wording",
    "workdays", "zone",
}  # fmt: skip
IMPURE_MODULES = {"glob", "io", "logging", "os", "pathlib", "random", "secrets", "shutil", "socket",
                  "subprocess", "sys", "tempfile", "threading", "time", "uuid"}  # fmt: skip
IMPURE_CALLS = {"input", "open", "print", "now", "today", "utcnow", "monotonic", "perf_counter"}

MOST_LINES, MOST_FUNCTION_LINES = 300, 40
# Known to be longer, and why; each still has a limit.
LONG_FILES = {
    "allocate": 335,  # one planner that must see all of its state
    "findings": 540,  # a catalogue
    "questions": 320,  # nothing but the steps of two lines
    "schema": 430,  # a line for each column of every sheet
    "cli": 680,  # help texts
    "ledger": 405,  # one class that must see all of its state
    "model": 715,  # nothing but the types of the line
    "publish": 340,  # whatever is published is marked and taken back alike
    "register": 335,  # one class that must see all of its file
    "register.rows": 330,  # a statement or two for each kind of row
    "template": 350,
    "terminal": 330,  # nothing but what is said
    "validate": 330,
}
LONG_FUNCTIONS = {
    "decide.arrange": 70,  # one constructor call
    "happened.write_happened": 50,  # a line for each column
    "record.decisions_record": 50,  # one dictionary
    "precedence.write_precedence": 60,  # a line for each column
    "silence.write_silence": 45,  # a line for each column
    "reference._build": 52,  # one constructor call
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
            assert node.level == 0, "relative import"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full.removeprefix(f"{PACKAGE}.") in MODULES else str(node.module)


def ours(name: str) -> set[str]:
    """Modules of the package that a module imports; the package itself carries the version."""
    found = set(imports(MODULES[name][1])) - {PACKAGE}
    return {each.removeprefix(f"{PACKAGE}.") for each in found if each.startswith(f"{PACKAGE}.")}


def stage(name: str) -> str:
    """The stage a module belongs to: all of workbook/ is one."""
    return name.partition(".")[0]


# --- who imports whom ------------------------------------------------------------------------


def test_every_module_has_its_place():
    known = VOCABULARY | STAGES | set(PARTS) | ENDS
    assert {name for name in MODULES if name not in known and stage(name) not in STAGES} == set()
    assert known - set(MODULES) == set()


@pytest.mark.parametrize("name", sorted(VOCABULARY))
def test_the_vocabulary_imports_nothing_but_itself(name: str):
    assert ours(name) <= VOCABULARY


@pytest.mark.parametrize("name", sorted(set(MODULES) - VOCABULARY - ENDS))
def test_a_stage_imports_no_other_stage(name: str):
    users = {stage(name)} | PARTS.get(name, set())
    for other in ours(name) - VOCABULARY:
        allowed = PARTS.get(other, {stage(other)})
        assert stage(other) == stage(name) or allowed & users, f"{name} imports {other}"


def test_only_the_pipeline_joins_stages():
    assert ours("decide") - VOCABULARY <= STAGES
    # Why a visit has its day is said once, for the sheet and for the record.
    assert ours("pipeline") - VOCABULARY <= STAGES | {"decide", "placing"}
    for line in ("afterwards", "approval", "questions", "reissue"):
        joined = {stage(name) for name in ours(line)}
        assert joined - VOCABULARY <= STAGES | {"decide", "pipeline", "placing"}
    assert {"validate", "review", "rank", "allocate"} <= ours("decide")
    users = {name for name in MODULES if LINES & ours(name)}
    # The last for the types of what it says.
    assert users == {"afterwards", "approval", "cli", "reissue", "terminal"}


def test_the_command_line_calls_the_pipeline_and_no_stage():
    assert ours("cli") - VOCABULARY == {*LINES, "screen", "terminal"}


@pytest.mark.parametrize("name", sorted({"validate", "review", "rank", "allocate", "summary"}))
def test_a_pure_stage_reaches_no_impure_module_even_through_others(name: str):
    reached, todo = set(), {name}
    while todo:
        reached |= todo
        todo = {other for each in todo for other in ours(each)} - reached
    assert reached - PURE <= {"memory", "model"}


# --- one owner a library ---------------------------------------------------------------------


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_has_one_owner(library: str):
    users = {
        name
        for name, (_, tree) in MODULES.items()
        if any(each.split(".")[0] == library for each in imports(tree))
    }
    assert users
    assert {stage(name) for name in users} <= OWNERS[library]


def test_no_other_library_is_used_than_those_with_an_owner():
    found = {each.split(".")[0] for _, tree in MODULES.values() for each in imports(tree)}
    assert found - set(sys.stdlib_module_names) - {PACKAGE} | {"sqlite3"} == set(OWNERS)


# --- purity ----------------------------------------------------------------------------------

# Of the documents only the writers know files and workbooks.
PURE |= {name for name in MODULES if name.startswith("documents.")} - {
    "documents.paper", "documents.write",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(PURE))
def test_a_pure_module_touches_no_file_clock_chance_or_screen(name: str):
    tree = MODULES[name][1]
    assert {each.split(".")[0] for each in imports(tree)} & IMPURE_MODULES == set()
    called = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            of = node.func
            called.add(of.id if isinstance(of, ast.Name) else getattr(of, "attr", ""))
    assert called & IMPURE_CALLS == set()


def test_the_clock_is_read_by_the_command_line_alone():
    readers = {
        name
        for name, (_, tree) in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow")
    }
    assert readers == {"cli"}


# --- size and words --------------------------------------------------------------------------


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


# --- tracked files ---------------------------------------------------------------------------


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
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
