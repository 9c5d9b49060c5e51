"""``report``: what took place in the field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from labkesmas_batch.cli.options import PATH, REGISTER, TODAY, Command, options
from labkesmas_batch.cli.terminal import speaker


@click.command(cls=Command, short_help="Mencatat hasil hari lapangan dari realisasi.xlsx.")
@click.argument("forms", nargs=-1, required=True, type=PATH, metavar="REALISASI...")
@click.option(
    "--output",
    type=PATH,
    metavar="FOLDER",
    help="Folder hasil. Baku: folder di atas folder REALISASI, atau output.",
)
@options(REGISTER, TODAY)
def report(
    forms: tuple[Path, ...], output: Path | None, register: Path | None, run_date: date
) -> None:
    """Mencatat hasil kunjungan dari realisasi.xlsx ke register.

    Beberapa formulir dicatat bersama: semuanya, atau tidak satu pun bila ada yang salah.

    \b
    Contoh:
      labkesmas-batch report output/2026-11-23-r1/realisasi.xlsx
    """
    from labkesmas_batch.cli.messages import say_findings
    from labkesmas_batch.commands.report import report as record_visits

    counts, found = record_visits(forms, output, register, run_date, speaker(True))
    say_findings(speaker(False), found)
    total = sum(counts.values())
    parts = ", ".join(f"{count} {name}" for name, count in counts.items())
    none = "Tidak ada yang baru: kolom Hasil kosong, atau isinya sudah dicatat."
    speaker(False)(f"{total} kunjungan dicatat: {parts}." if total else none)
