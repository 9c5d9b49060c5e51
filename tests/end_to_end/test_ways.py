"""Every way in ways.py, taken through the command line; and the page that is made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from labkesmas_batch.commands import check
from labkesmas_batch.intake import validate as intake_validate
from tests.support.builders import row, write_intake, write_reference
from tests.support.counts import adds_up
from tests.support.dump import ROOT, Answer, call
from tests.support.ways import GROUPS, INTAKE, NAMES, READ, REFERENCE, ROWS, RUN_DATE, WAYS, Way
from tools.make_docs import ways_page

pytestmark = pytest.mark.slow

SHOWN = sorted(way.id for way in WAYS)


def marked(ways: Iterable[Way]) -> Iterator[object]:
    for way in ways:
        mark = pytest.mark.xfail(strict=True, reason=way.bug)
        yield pytest.param(way, id=way.id, marks=[mark] if way.bug else [])


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[tuple]:
    """What the command handed on: (validated, reference) of each check."""
    seen: list[tuple] = []
    honest = intake_validate.validate

    def spy(tables, reference, run_date):
        validated = honest(tables, reference, run_date)
        seen.append((validated, reference))
        return validated

    monkeypatch.setattr(check, "validate", spy)
    return seen


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("way", list(marked(WAYS)))
def test_what_comes_out(way: Way, tmp_path: Path, read: list[tuple]):
    write_reference(tmp_path / REFERENCE)
    made = way.make(tmp_path) or tmp_path / INTAKE
    paths = [made] if isinstance(made, Path) else made
    before = contents(tmp_path)
    answer = call("check", *paths, "--date", RUN_DATE, "--output", tmp_path / "o", "--json")
    after = contents(tmp_path)
    assert {path: after.get(path) for path in before} == before  # originals are never written to
    if way.refused:
        assert refusal(answer, way) and after == before
        return
    found = answer.record["findings"]
    assert sorted(f"{each['kode']} {each['sel']}".strip() for each in found) == sorted(way.finds)
    errors = [each for each in found if each["tingkat"] == "Galat"]
    assert answer.code == (1 if errors else 0)
    assert not found or any(way.says in each["masalah"] for each in found)
    assert way.tells in answer.err
    assert all(each["masalah"] and each["perbaikan"] for each in found)
    if way.rows is None:
        assert read == [] and answer.record["counts"]["baris"] == 0
        return
    ((validated, reference),) = read
    assert answer.record["counts"]["baris"] == way.rows
    assert len(validated.requests) + len(validated.on_hold) + validated.copies == way.rows
    for header, value in way.reads.items():
        assert READ[header](validated.requests[0], reference) == value
    check_copies(answer, found, way)


def refusal(answer: Answer, way: Way) -> bool:
    """One sentence or two on one line, that says the right thing; no traceback."""
    assert (answer.code, answer.out) == (3, ""), answer.err
    assert re.fullmatch(r"Galat: [^\n]*\.\n", answer.err), answer.err
    assert "Kesalahan di dalam program" not in answer.err
    assert way.says in answer.err
    return True


def check_copies(answer: Answer, found: list[dict[str, str]], way: Way) -> None:
    """Every cell that was found faulty is filled and commented in the copy, with the code."""
    copies = [load_workbook(path) for path in answer.record["files"]["diperiksa"]]
    assert len(copies) == len({each["berkas"] for each in found if each["sel"]})
    for each in found[:20]:
        if each["sel"]:
            sheets = [book[each["lembar"]] for book in copies if each["lembar"] in book.sheetnames]
            cells = [seen(sheet, each["sel"]) for sheet in sheets]
            said = [cell.comment.text for cell in cells if cell.comment]
            assert any(each["kode"] in text for text in said), each
            assert any(cell.fill.fill_type == "solid" for cell in cells)
    if way.copy:
        assert way.copy in str(copies[0]["Temuan"]["A3"].value)


def seen(sheet: Worksheet, address: str) -> Cell:
    """The cell, or for one under a merge the corner that people see."""
    merged = [area for area in sheet.merged_cells.ranges if address in area]
    return sheet.cell(merged[0].min_row, merged[0].min_col) if merged else sheet[address]


@pytest.mark.parametrize("way", list(marked(way for way in ROWS if way.id != "row-thousand")))
def test_a_run_counts_every_row_in_one_place(way: Way, tmp_path: Path):
    write_reference(tmp_path / REFERENCE)
    way.make(tmp_path)
    answer = call(
        "run", tmp_path / INTAKE, "--date", RUN_DATE, "--output", tmp_path / "o", "--json"
    )
    assert answer.code in (0, 1), answer.err
    counts = answer.record["counts"]
    assert adds_up(counts)
    assert counts["baris"] == way.rows


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_that_looks_like_a_formula_stays_the_same_text_everywhere(name: str, tmp_path: Path):
    write_reference(tmp_path / REFERENCE)
    said = {"nama_customer": name, "keterangan": name, "lokasi_sampling": name}
    week = [
        row("P-1", **said),
        row("P-2", **said, jenis_contoh_uji="Udara Ambien", tanggal_usulan="10/05/2026"),
        row("P-3", **said, tanggal_permintaan="11/05/2026", jumlah_contoh_uji=500),
        row("P-4", **said, tanggal_permintaan="12/05/2026", wilayah=name),
        row(name, **said, tanggal_permintaan="13/05/2026", parameter=name),
    ]
    answer = call(
        "run",
        write_intake(tmp_path / INTAKE, week),
        "--date",
        RUN_DATE,
        "--output",
        tmp_path / "o",
        "--json",
    )
    assert answer.code == 1, answer.err
    files = answer.record["files"]
    shown_on = set()
    for path in (files["jadwal"], *files["diperiksa"]):
        for sheet in load_workbook(path).worksheets:
            for cells in sheet.iter_rows():
                for cell in cells:
                    value = str(cell.value)
                    if value == name:
                        assert cell.data_type == "s", (sheet.title, cell.coordinate)
                        shown_on.add(sheet.title)
                    if cell.data_type == "f":
                        assert name not in value, (sheet.title, cell.coordinate)
                    if cell.hyperlink:
                        assert not cell.hyperlink.target or name not in cell.hyperlink.target
    expected = {"Jadwal", "Prioritas", "Dikembalikan", "Antrean", "Kesalahan", "Permintaan"}
    assert expected <= shown_on


def test_there_are_enough_ways_and_each_has_a_name_of_its_own():
    assert len(SHOWN) + len(NAMES) >= 70
    assert len({*SHOWN, *NAMES}) == len(SHOWN) + len(NAMES)


def test_the_page_is_what_the_table_says():
    page = (ROOT / "docs" / "ways.md").read_text("utf-8")
    assert page == ways_page(), "make it anew: make docs"


def test_every_way_stands_on_the_page_once_below_its_group():
    page = ways_page()
    for title, ways in GROUPS.items():
        part = page.split(f"\n## {title}\n")[1].split("\n## ")[0]
        ids = re.findall(r"^\| `([\w-]+)` \|", part, re.MULTILINE)
        assert ids == [way.id for way in ways]
