"""The entry point, and the group of commands, each loaded from its own file when it is called."""

from __future__ import annotations

import gettext
import os
import sys
from collections import UserDict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click

from labkesmas_batch import __version__
from labkesmas_batch.cli import screen
from labkesmas_batch.cli.messages import say_findings
from labkesmas_batch.cli.terminal import FAILED, speaker
from labkesmas_batch.errors import LabkesmasError, RefusedError

# Each command's function, in the order of the week's work, which help keeps.
COMMANDS = {
    "template": "template.template",
    "check": "check.check",
    "run": "run.run",
    "finalize": "finalize.finalize",
    "report": "report.report",
    "documents": "documents.documents",
    "register": "register.register_workbook",
    "explain": "explain.explain",
    "simulate": "simulate.simulate",
}


class LazyCommands(UserDict[str, click.Command]):
    """The commands by name; a command's file is imported when that command is asked for."""

    def __missing__(self, name: str) -> click.Command:
        """Load a command for the first time."""
        module, _, function = COMMANDS[name].partition(".")
        command = getattr(import_module(f"labkesmas_batch.cli.{module}"), function)
        assert isinstance(command, click.Command)
        self.data[name] = command
        return command

    def __contains__(self, name: object) -> bool:
        return name in COMMANDS

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class Commands(click.Group):
    """The commands in the order of the week's work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        """Return the names of all commands."""
        return list(self.commands)


@click.group(
    cls=Commands,
    commands=LazyCommands(),
    options_metavar="[OPSI]",
    subcommand_metavar="PERINTAH [ARGUMEN]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": screen.WIDEST},
)
@click.version_option(
    __version__,
    message="%(prog)s %(version)s",
    # click translates its own words for this one already here, before main() has set the language.
    help="Menampilkan versi program, lalu selesai.",
)
def cli() -> None:
    """Mengatur jadwal pengambilan contoh uji menurut SOP Koordinasi Pelayanan Laboratorium.

    Setiap pekan: isi permintaan.xlsx, periksa dengan “check”, susun jadwal dengan “run”, minta
    keputusan pimpinan, sahkan dengan “finalize”. INTAKE adalah buku kerja permintaan, atau folder
    yang berisi beberapa.

    \b
    Contoh:
      labkesmas-batch template
      labkesmas-batch check permintaan.xlsx
      labkesmas-batch run permintaan.xlsx
      labkesmas-batch finalize output/2026-11-23-r1/jadwal.xlsx
      labkesmas-batch run --help

    \b
    Kode keluar: 0 selesai; 1 selesai, ada yang ditahan, dikembalikan atau antre;
    2 salah pemakaian; 3 tidak dapat dijalankan dan tidak ada yang ditulis.
    """


def main() -> None:
    """Run the command line; every error becomes one clear message and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    _speak_indonesian()
    try:
        sys.exit(cli.main(prog_name="labkesmas-batch", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _fail("Dihentikan sebelum selesai.")
    except RefusedError as error:
        say_findings(speaker(True), error.findings)
        _fail(str(error))
    except LabkesmasError as error:
        _fail(str(error))
    except Exception as error:
        if os.environ.get("LABKESMAS_DEBUG"):
            raise
        _fail(
            f"Kesalahan di dalam program ({type(error).__name__}: {error}). Tidak ada yang "
            "ditulis. Jalankan lagi dengan LABKESMAS_DEBUG=1 dan kirimkan keluarannya kepada "
            "petugas TI."
        )


def _speak_indonesian() -> None:
    # click looks its own words ("Usage:", "No such option") up in gettext's global domain and
    # has no other way to change them. The people who run this read Indonesian whatever language
    # their machine is set to; of the variables that gettext asks, LANGUAGE comes first.
    gettext.bindtextdomain("messages", Path(__file__).parents[1] / "locale")
    os.environ["LANGUAGE"] = "id"


def _fail(message: str) -> None:
    speaker(True)(f"Galat: {message}")
    sys.exit(FAILED)
