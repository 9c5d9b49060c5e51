"""Names of sheets and columns stand once, in model/sheets.py, and those of outcomes in outcome.py.

Elsewhere the package says ``Header.NUMBER``, so that a slip of the finger is an error of mypy.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from labkesmas_batch.forms import schema
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.sheets import Header, SheetName
from tests.support.dump import ROOT

PACKAGE = ROOT / "labkesmas_batch"
WORDS = {*Header, *SheetName, *Outcome}
FILES = sorted(PACKAGE.rglob("*.py"))


def bare(source: str) -> Iterator[tuple[int, str]]:
    """Every string that is such a name, but for docstrings, sentences and bodies of enums."""
    tree = ast.parse(source)
    said: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            said.update(node.values)
        if isinstance(node, ast.Expr):
            said.add(node.value)
        if isinstance(node, ast.ClassDef) and any("Enum" in ast.unparse(b) for b in node.bases):
            said.update(each.value for each in node.body if isinstance(each, ast.Assign))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in WORDS and node not in said:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_name_of_a_sheet_column_or_outcome_is_written_by_hand(path: Path):
    assert list(bare(path.read_text("utf-8"))) == []


def test_a_name_written_by_hand_is_seen():
    source = '''
class Kind(StrEnum):
    """Tim"""
    TEAM = "Tim"
def f(row):
    """Tim"""
    return row["No. Permintaan"], f"kolom {x}", "kolom Tim", {"Antrean": 1}
'''
    assert [word for _, word in bare(source)] == ["No. Permintaan", "Antrean"]


def test_every_column_and_sheet_of_the_schema_has_its_name():
    sheets = [*schema.INTAKE.sheets, *schema.REFERENCE.sheets, *schema.WHAT_IF.sheets]
    sheets += [schema.REVIEWED, schema.QUEUED, schema.SILENT, schema.FIELD_REPORT]
    assert all(type(sheet.name) is SheetName for sheet in sheets)
    assert all(type(header) is Header for sheet in sheets for header in sheet.headers)


@pytest.mark.parametrize("name", ["Header.NUMBR", "SheetName.SCHEDUEL", "Outcome.WAITIN"])
def test_a_misspelt_name_fails_the_type_checker(tmp_path: Path, name: str):
    pytest.importorskip("mypy")
    kind = name.partition(".")[0]
    module = "outcome" if kind == "Outcome" else "sheets"
    (tmp_path / "slip.py").write_text(
        f"from labkesmas_batch.model.{module} import {kind}\n\nWORD = {name}\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "", str(tmp_path / "slip.py")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f'"type[{kind}]" has no attribute' in done.stdout
