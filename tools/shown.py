"""What the commands print, for the pages that show it (``make docs`` puts it there).

A page says where with a comment before a block of text:

    <!-- shown jadwal: explain P-8 P-5 -->

The first word names a desk: a folder in which the example week has come so far. ``[0:3]`` behind
it takes those lines only. The command runs in a copy of that desk and believes itself on a terminal
of 80 columns; the desk's own path is left out.
"""

from __future__ import annotations

import io
import math
import os
import re
import shlex
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from labkesmas_batch.cli import main, screen, terminal
from labkesmas_batch.cli import options as cli_options
from tests.support.dump import EXAMPLE, EXAMPLE_DATE, call, columns
from tests.support.signing import fill_schedule

ROOT = Path(__file__).resolve().parents[1]

NEXT_DATE = "2026-11-30"
RUN = f"{EXAMPLE_DATE}-r1"
SCHEDULE, FORM = f"output/{RUN}/jadwal.xlsx", f"output/{RUN}/realisasi.xlsx"
_SIGNED_BY, _SIGNED_ON = "Nama Kepala (contoh)", date(2026, 11, 24)
_DECIDED: Mapping[str, Mapping[str, object]] = {
    "P-1": {"Keputusan": "Ubah", "Tanggal Baru": date(2026, 12, 1), "Catatan": "permintaan RT"},
    "P-2": {"Keputusan": "Setuju"},
    "P-13": {"Keputusan": "Batal", "Catatan": "ditarik customer"},
    "P-19": {"Keputusan": "Tunda", "Catatan": "menunggu izin kawasan"},
}
_IMPOSSIBLE: Mapping[str, Mapping[str, object]] = {
    "P-1": {"Keputusan": "Ubah"},
    "P-20": {"Keputusan": "Ubah", "Tanggal Baru": date(2026, 12, 5)},
}
_MARK = re.compile(
    r"(<!-- shown (\w+)(?: \[(\d*):(\d*)\])?: (.+?) -->\n```text\n).*?(?<=\n)```", re.S
)


def filled(page: str) -> str:
    """Return a page with what its commands print today."""
    with tempfile.TemporaryDirectory() as folder:
        desks = Desks(Path(folder))

        def anew(mark: re.Match[str]) -> str:
            head, desk, first, last, command = mark.groups()
            lines = desks.output(desk, command)
            chosen = lines[int(first or 0) : int(last or len(lines))]
            cut = ["..."] if len(chosen) < len(lines) and last else []
            return head + "\n".join([*chosen, *cut]) + "\n```"

        return _MARK.sub(anew, page)


class _Terminal(io.StringIO):
    """Takes what is printed and passes for a terminal."""

    def isatty(self) -> bool:
        """Return True."""
        return True


def on_a_terminal(*arguments: str) -> str:
    """Return what a command prints on a terminal without colours."""
    shown, before = _Terminal(), (sys.argv, terminal.SHOW_AFTER_SECONDS, dict(os.environ))
    sys.argv, terminal.SHOW_AFTER_SECONDS = ["labkesmas-batch", *arguments], math.inf
    far, cli_options.FAR_DAYS = cli_options.FAR_DAYS, sys.maxsize  # pages do not age
    os.environ |= {"COLUMNS": str(screen.WIDEST), "NO_COLOR": "1"}
    try:
        with redirect_stdout(shown), redirect_stderr(shown):
            main.main()
    except SystemExit:
        pass
    finally:
        sys.argv, terminal.SHOW_AFTER_SECONDS = before[:2]
        cli_options.FAR_DAYS = far
        os.environ.clear()
        os.environ.update(before[2])
    return shown.getvalue()


class Desks:
    """The folders in which the example week stands at some point of its way."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._count = 0

    def output(self, desk: str, command: str) -> list[str]:
        """Return the lines that a command prints in a copy of a desk."""
        self._count += 1
        copy = self._folder / f"{desk}-{self._count}"
        shutil.copytree(self.desk(desk), copy)
        with _inside(copy):
            said = on_a_terminal(*shlex.split(command))
        return said.replace(f"{copy}{os.sep}", "").rstrip().splitlines()

    def add(self, name: str, before: str, *arguments: str) -> None:
        """Make one more desk from another, by a command on the example's day."""
        shutil.copytree(self.desk(before), self._folder / name)
        with _inside(self._folder / name):
            call(*arguments, "--date", EXAMPLE_DATE)

    def desk(self, name: str) -> Path:
        """Return a desk, made on first use."""
        target = self._folder / name
        if not target.exists():
            before, work = DESKS[name]
            if before:
                shutil.copytree(self.desk(before), target)
            else:
                target.mkdir()
            with _inside(target), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of what openpyxl drops
                work()
        return target


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _inputs() -> None:
    shutil.copyfile(EXAMPLE, "permintaan.xlsx")
    shutil.copyfile(EXAMPLE.with_name("acuan.xlsx"), "acuan.xlsx")


def _scheduled() -> None:
    call("run", "permintaan.xlsx", "--date", EXAMPLE_DATE)


def _next_week() -> None:
    call("run", "permintaan.xlsx", "--date", NEXT_DATE)


def _decided_wrongly() -> None:
    fill_schedule(Path(SCHEDULE), by=None, on=None, jadwal=_IMPOSSIBLE)


def _plain_heads(path: Path) -> None:
    """Take line breaks out of page headers, which openpyxl would write as ``_x000a_``."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        head = sheet.oddHeader
        for part in (head.left, head.center, head.right) if head else ():
            if part is not None:
                part.text = re.sub(r"\s+|_x000[aAdD]_", " ", part.text or "").strip() or None
    book.save(path)


def _decided() -> None:
    fill_schedule(Path(SCHEDULE), by=_SIGNED_BY, on=_SIGNED_ON, jadwal=_DECIDED)
    _plain_heads(Path(SCHEDULE))


def _agreed() -> None:
    fill_schedule(Path(SCHEDULE), by=_SIGNED_BY, on=_SIGNED_ON)
    _finalized()


def _finalized() -> None:
    answer = call("finalize", SCHEDULE)
    assert answer.code == 0, answer


def _visited() -> None:
    book = load_workbook(FORM)
    sheet = book["Realisasi"]
    header = columns(sheet)
    for at in range(2, 8):
        result = "Selesai" if at < 7 else "Ditunda"
        sheet.cell(at, header["Hasil"]).value = result
        if result == "Selesai":
            sheet.cell(at, header["Tanggal Nyata"]).value = sheet.cell(
                at, header["Tanggal Mulai"]
            ).value
            sheet.cell(at, header["Jumlah Nyata"]).value = sheet.cell(
                at, header["Jumlah Contoh Uji"]
            ).value
        else:
            sheet.cell(at, header["Keterangan"]).value = "hujan lebat"
    book.save(FORM)


# Name to the desk that it starts from and what is done there.
DESKS: Mapping[str, tuple[str, Callable[[], None]]] = {
    "awal": ("", _inputs),
    "jadwal": ("awal", _scheduled),
    "keliru": ("jadwal", _decided_wrongly),
    "diputuskan": ("jadwal", _decided),
    "sah": ("diputuskan", _finalized),
    "disetujui": ("jadwal", _agreed),
    "dikunjungi": ("sah", _visited),
    "berikutnya": ("sah", _next_week),
}
