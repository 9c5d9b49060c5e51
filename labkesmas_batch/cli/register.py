"""``register``: the register as a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from labkesmas_batch.cli.options import PATH, REGISTER, TODAY, Command, options


@click.command("register", cls=Command, short_help="Menulis isi register sebagai buku kerja.")
@click.option(
    "--output",
    type=PATH,
    default=Path("output"),
    metavar="FOLDER",
    show_default=True,
    help="Folder hasil; register-….xlsx ditulis di sini.",
)
@click.option("--number", default="", metavar="NO", help="Riwayat satu permintaan saja.")
@options(REGISTER, TODAY)
def register_workbook(output: Path, number: str, register: Path | None, run_date: date) -> None:
    """Menulis register sebagai buku kerja.

    \b
    Contoh:
      labkesmas-batch register
      labkesmas-batch register --number P-7
    """
    from labkesmas_batch.commands.register import write_register

    path = register or output / "register.db"
    written, known = write_register(path, output, number.strip(), run_date)
    click.echo(f"Riwayat {known}: {written}" if known else f"Register: {written}")
