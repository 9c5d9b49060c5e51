"""The pages in docs/: generated ones are what the package says, and links lead somewhere."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

import pytest

from labkesmas_batch.cli.main import cli
from labkesmas_batch.findings import CATALOGUE
from labkesmas_batch.forms import schema
from labkesmas_batch.model.policy import SETTINGS, Rule
from labkesmas_batch.model.schedule import Reason
from tests.support.dump import ROOT
from tools.make_docs import columns_page, findings_page, generated, write_pages
from tools.shown import DESKS, filled

DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
AGAIN = "make it anew: make docs"


def lines(page: str) -> list[list[str]]:
    """The cells of every table line of a page."""
    found = (line.strip("|").split(" | ") for line in page.splitlines() if line.startswith("| "))
    return [[cell.strip(" |") for cell in cells] for cells in found]


@pytest.mark.parametrize("name", generated())
def test_a_generated_page_is_what_its_source_says(name: str):
    assert (DOCS / name).read_text("utf-8") == generated()[name], AGAIN


def test_every_kind_of_finding_stands_on_its_page_once_with_level_and_remedy():
    rows = [cells for cells in lines(findings_page()) if re.fullmatch(r"[A-Z]\d\d", cells[0])]
    assert [cells[0] for cells in rows] != []
    assert sorted(cells[0] for cells in rows) == [kind.code for kind in CATALOGUE]
    assert {cells[0]: cells[1] for cells in rows} == {k.code: k.level.value for k in CATALOGUE}
    assert all(len(cells) == 4 and all(cells) for cells in rows)
    assert not re.search(r"\{\w*\}", findings_page())


def test_the_catalogue_has_no_code_twice_and_every_text_is_a_sentence():
    assert len({kind.code for kind in CATALOGUE}) == len(CATALOGUE)
    for kind in CATALOGUE:
        assert kind.problem.removesuffix("{hint}").endswith("."), kind.code
        assert kind.remedy.endswith("."), kind.code


def test_every_column_stands_below_its_sheet_on_the_columns_page():
    for workbook in (schema.INTAKE, schema.REFERENCE):
        part = columns_page().split(f"\n## {workbook.file}\n")[1].split("\n## ")[0]
        for sheet in workbook.sheets:
            rows = lines(part.split(f"\n### {sheet.name}\n")[1].split("\n### ")[0])
            assert [cells[0] for cells in rows[2 : 2 + len(sheet.columns)]] == list(sheet.headers)
            required = {cells[0] for cells in rows if "yes" in cells[2:3]}
            assert required == {column.header for column in sheet.columns if column.required}


def test_every_setting_stands_on_the_columns_page_with_its_default():
    shown = {cells[0]: cells[1] for cells in lines(columns_page())}
    for setting in SETTINGS:
        assert shown[f"`{setting.key}`"] == str(setting.default)


def test_the_tool_writes_every_page(tmp_path: Path):
    write_pages(tmp_path)
    files = (path for path in tmp_path.rglob("*") if path.is_file())
    pages = {path.relative_to(tmp_path).as_posix(): path.read_text("utf-8") for path in files}
    assert pages == generated()


@pytest.mark.parametrize("word", [*Rule, *Reason, *(setting.key for setting in SETTINGS)])
def test_every_rule_reason_and_setting_is_explained_in_the_rules(word: str):
    assert re.search(rf"\b{word}\b", (DOCS / "rules.md").read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_pictures_lead_to_files_that_are_there(page: Path):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_the_search_for_links_finds_those_of_the_readme():
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", (ROOT / "README.md").read_text("utf-8"))
    assert "docs/rules.md" in links


SHOWING = [page for page in PAGES if "<!-- shown " in page.read_text("utf-8")]
typed = re.compile(r"labkesmas-batch(?:\.exe)?[\"']? ([^`\n#|>]+)")


@pytest.mark.parametrize("page", SHOWING, ids=lambda page: page.name)
def test_what_a_page_shows_of_a_command_is_what_it_prints(page: Path):
    text = page.read_text("utf-8")
    assert text.count("<!-- shown ") == len(re.findall(rf"<!-- shown ({'|'.join(DESKS)})\b", text))
    assert text == filled(text), AGAIN


def test_the_pages_for_staff_show_commands():
    assert {"panduan.md", "instalasi.md"} <= {page.name for page in SHOWING}


def test_another_output_would_be_noticed():
    page = "<!-- shown awal [0:1]: --version -->\n```text\nlabkesmas-batch 0\n```\n"
    assert f"\n{cli.name or 'labkesmas-batch'} 0\n" not in filled(page)


def commands_in(page: Path) -> list[str]:
    """Every command line that a page says to type, without redirections and remarks."""
    written = re.sub(r"<!-- shown .*?\n```\n", "", page.read_text("utf-8"), flags=re.DOTALL)
    found = typed.findall(written)
    lines = (line.strip() for line in found)
    # Brackets stand in the line of a command's usage.
    return [line for line in lines if re.match(r"[a-z]+( |$)|-", line) and "[" not in line]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_in_a_page_can_be_typed(page: Path):
    for line in commands_in(page):
        name, *arguments = shlex.split(line.replace("\\", "/"))
        if name.startswith("-"):
            assert name in ("--version", "--help"), line
            continue
        assert name in cli.commands, line
        if arguments and "--help" not in arguments:
            with cli.commands[name].make_context(name, arguments) as context:
                assert context.params


def test_the_readme_names_every_command_and_exit_code():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert {name for name in cli.commands if f"| `{name}" not in readme} == set()
    assert all(re.search(rf"^\| {code} \|", readme, re.M) for code in range(4))


def test_the_search_for_commands_finds_those_of_the_readme_and_of_windows():
    assert "run isian" in commands_in(ROOT / "README.md")
    assert any("C:\\" in line for line in commands_in(DOCS / "instalasi.md"))


def said_by_the_program() -> str:
    """Every string in the package, what is filled in taken out."""
    found = []
    for path in sorted((ROOT / "labkesmas_batch").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = (p.value if isinstance(p, ast.Constant) else "…" for p in node.values)
                found.append("".join(map(str, parts)))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(re.sub(r"\{\w*\}", "…", node.value))
    return "\n".join(found)


def test_the_guide_explains_messages_that_there_are():
    part = (DOCS / "panduan.md").read_text("utf-8").split("## 12. ")[1].split("\n## ")[0]
    messages = [
        each
        for line in part.splitlines()
        if line.startswith("| `")
        for each in re.findall(r"`([^`]+)`", line.split(" | ")[0])
    ]
    assert len(messages) > 10
    said = said_by_the_program()
    # Names, values and dates are filled in: what stands between them is the program's.
    filled_in = r"…|“[^”]*”|\b[PR]-\d+\b|\S+\.xlsx?\b:?"
    lost = [
        (message, words)
        for message in messages
        for words in map(str.strip, re.split(filled_in, message))
        if len(words) > 3 and words not in said
    ]
    assert lost == []


def test_the_guide_explains_every_sheet_of_the_schedule():
    part = (DOCS / "panduan.md").read_text("utf-8").split("\n## 5. ")[1].split("\n## ")[0]
    sheets = {page.stem for page in (ROOT / "tests" / "golden").glob("[A-Z]*.txt")} - {"Daftar"}
    assert {"Jadwal", "Mutu Baku"} < sheets
    assert {name for name in sheets if f"**{name}**" not in part} == set()


def test_every_file_that_contributing_names_is_there():
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = set(re.findall(r"`([\w./-]+(?:\.py|\.md|/))`", page))
    assert len(named) > 25
    places = (ROOT, ROOT / "labkesmas_batch")
    assert {name for name in named if not any((at / name).exists() for at in places)} == set()


def test_the_page_on_architecture_has_every_module():
    page = (DOCS / "architecture.md").read_text("utf-8")
    package = ROOT / "labkesmas_batch"
    for path in package.glob("*/**/*.py"):
        _, *inside = path.relative_to(package).parts
        assert path.name == "__init__.py" or f"| `{'/'.join(inside)}` |" in page
