"""Lines on a terminal: broken at 80, coloured where that is wanted, and elsewhere as they are."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from labkesmas_batch.cli.screen import dressed, wants_colours, width_of
from tests.support.builders import row, write_intake, write_reference

LONG = "Dari 42 permintaan, 33 mendapat hari (14 di antaranya digeser dari usulan); 2 antre."
PATH = "/arsip/laboratorium/kesehatan/masyarakat/tahun-2026/pekan-48/2026-11-23-r1/jadwal.xlsx"
COLOUR = re.compile(r"\x1b\[[\d;]*m")


def test_a_file_or_pipe_gets_the_line_as_it_is():
    assert dressed(f"Galat: {LONG}{LONG}", 0, colours=True) == f"Galat: {LONG}{LONG}"


class _Window(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("columns", "width"), [("40", 40), ("80", 80), ("200", 80)])
def test_a_line_is_no_wider_than_a_page_however_wide_the_window(
    columns: str, width: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", columns)
    assert width_of(_Window()) == width
    assert width_of(io.StringIO()) == 0


@pytest.mark.parametrize("width", [40, 80])
def test_a_long_line_is_broken_and_no_word_is_lost(width: int):
    shown = dressed(f"  - {LONG} {LONG}", width, colours=False)
    assert max(map(len, shown.splitlines())) <= width
    assert shown.split() == f"- {LONG} {LONG}".split()
    assert all(line.startswith("    ") for line in shown.splitlines()[1:])


def test_a_path_is_never_broken():
    assert PATH in dressed(f"Salinan bertanda: {PATH}", 40, colours=False).split()


def test_columns_stay_beside_one_another():
    line = "  Tanggal permintaan  " + "27 Okt 2026         " * 5 + "20 Okt 2026"
    assert dressed(line, 80, colours=False) == line


@pytest.mark.parametrize("word", ["Galat", "Peringatan", "Perlu perhatian:"])
def test_a_word_of_warning_is_coloured_and_the_words_stay(word: str):
    line = f"{word} S01 permintaan.xlsx"
    shown = dressed(line, 80, colours=True)
    assert shown.startswith("\x1b[")
    assert COLOUR.sub("", shown) == line
    assert dressed(line, 80, colours=False) == line


@pytest.mark.parametrize("line", ["Galatia", "Jadwal: Galat", ""])
def test_other_lines_have_no_colour(line: str):
    assert dressed(line, 80, colours=True) == line


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colours_are_left_out_where_nobody_wants_them(environment: dict[str, str], wanted: bool):
    assert wants_colours(environment) is wanted


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal of its own")
@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_a_command_on_a_terminal_uses_colours_unless_told_not_to(
    tmp_path: Path, no_color: str, coloured: bool
):
    write_intake(tmp_path / "permintaan.xlsx", [row("P-1", wilayah="Batm")])
    write_reference(tmp_path / "acuan.xlsx")
    reading, terminal = os.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "labkesmas_batch", "check", "permintaan.xlsx"],
        cwd=tmp_path, stdout=terminal, stderr=subprocess.PIPE, check=False,
        env=os.environ | {"NO_COLOR": no_color, "TERM": "xterm", "COLUMNS": "80"},
    )  # fmt: skip
    os.write(terminal, b"|")
    shown = os.read(reading, 65_536).decode()
    os.close(terminal)
    os.close(reading)
    assert done.returncode == 1
    assert "Batm" in shown
    assert bool(COLOUR.search(shown)) is coloured
