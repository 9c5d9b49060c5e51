"""What tests look at: a command's answer, and a workbook as text that people can review.

    python -m tests.support.dump book.xlsx   prints a workbook: sheet, cell, value, number format
    python -m tests.support.dump --write     makes tests/golden anew; then read its `git diff`

A dump holds what a reader of the sheet gets: values, number formats, links and comments. Column
widths, colours and fonts are left out, so that a change of looks alone changes no golden file.
"""

from __future__ import annotations

import io
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from labkesmas_batch.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
EXAMPLE = ROOT / "input_templates" / "contoh-permintaan.xlsx"
EXAMPLE_DATE = "2026-11-23"
_SHA = re.compile(r"\b[0-9a-f]{64}\b")


@dataclass(frozen=True)
class Answer:
    """What a command left: exit code, stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def record(self) -> dict[str, Any]:
        """The one JSON object on stdout."""
        record: dict[str, Any] = json.loads(self.out)
        return record

    @property
    def folder(self) -> Path:
        """The run's folder, of a run with --json."""
        return Path(self.record["files"]["jadwal"]).parent


def call(*arguments: object) -> Answer:
    """Run the command line in this process, as the shell would."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in "oe")
    before, sys.argv = sys.argv, ["labkesmas-batch", *map(str, arguments)]
    code: object = 0
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as stop:
        code = stop.code or 0
    finally:
        sys.argv = before
    return Answer(int(str(code)), _text(out), _text(err))


def on_time(shown: str) -> str:
    """Leave out that the example's date is far from the clock's."""
    return re.sub(r"Perhatikan: --date .*\r?\n", "", shown)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    kept = stream.buffer
    assert isinstance(kept, io.BytesIO)
    return kept.getvalue().decode("utf-8")


def dump(path: Path) -> str:
    """Return a workbook as text, a line for each cell that holds something."""
    book = load_workbook(path)
    return "\n".join(f"== {sheet.title} ==\n{dump_sheet(sheet)}" for sheet in book.worksheets)


def dump_sheet(sheet: Worksheet) -> str:
    """Return one sheet's cells, row by row."""
    lines = [_line(cell) for row in sheet.iter_rows() for cell in row if _holds(cell)]
    return _SHA.sub("<sha256>", "".join(f"{line}\n" for line in lines))


def records(sheet: Worksheet) -> list[dict[str, Any]]:
    """Return a sheet that is one table as its rows by header."""
    rows = sheet.iter_rows(values_only=True)
    headers = [str(header) for header in next(rows)]
    return [dict(zip(headers, row, strict=True)) for row in rows if any(c is not None for c in row)]


def columns(sheet: Worksheet) -> dict[str, int]:
    """Return where each header of a sheet that is one table stands, from 1."""
    return {str(cell.value): at for at, cell in enumerate(sheet[1], start=1)}


def _holds(cell: Cell | MergedCell) -> bool:
    return cell.value not in (None, "") or cell.comment is not None or cell.hyperlink is not None


def _line(cell: Cell | MergedCell) -> str:
    said = f"{cell.coordinate:<6} {_value(cell.value)}"
    if cell.number_format != "General":
        said += f"  [{cell.number_format}]"
    if cell.hyperlink:
        said += f"  -> {cell.hyperlink.target or ''}#{cell.hyperlink.location or ''}"
    if cell.comment:
        said += f"  // {json.dumps(cell.comment.text, ensure_ascii=False)}"
    return said


def _value(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes").removesuffix(" 00:00")
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def golden_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of every golden file, from a run of the example week in ``folder``.

    One for each sheet of the schedule, one for the cells marked in the annotated copy, and one
    for what the terminal says.
    """
    (folder / EXAMPLE.name).write_bytes(EXAMPLE.read_bytes())
    with chdir(folder):
        answer = call("run", EXAMPLE.name, "--date", EXAMPLE_DATE)
        run = Path("output") / f"{EXAMPLE_DATE}-r1"
        yield "terminal.txt", f"{answer.out}{answer.err}kode keluar {answer.code}\n"
        for sheet in load_workbook(run / "jadwal.xlsx").worksheets:
            yield f"{sheet.title}.txt", dump_sheet(sheet)
        marked = load_workbook(run / f"{EXAMPLE.stem}-diperiksa.xlsx")["Permintaan"]
        cells = (cell for row in marked.iter_rows(min_row=2) for cell in row if cell.comment)
        yield "diperiksa.txt", "".join(f"{_line(cell)}\n" for cell in cells)


def write_golden() -> None:
    """Write tests/golden anew; files that no longer have a sheet go."""
    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        texts = dict(golden_texts(Path(folder)))
    for old in GOLDEN.glob("*.txt"):
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        (GOLDEN / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        write_golden()
    elif len(sys.argv) == 2:
        sys.stdout.write(dump(Path(sys.argv[1])))
    else:
        sys.exit(__doc__)
