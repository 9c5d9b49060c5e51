"""``template``: the blank forms."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from labkesmas_batch.cli.options import FIRST_DAY, PATH, REFERENCE, Command, options


@click.command(cls=Command, short_help="Menulis formulir: permintaan.xlsx dan acuan.xlsx.")
@click.option(
    "--output",
    type=PATH,
    default=Path("input_templates"),
    metavar="FOLDER",
    show_default=True,
    help="Folder untuk kedua templat.",
)
@click.option("--what-if", is_flag=True, help="Menulis andaikan.xlsx untuk “run --what-if” saja.")
@options(REFERENCE, FIRST_DAY)
def template(output: Path, what_if: bool, reference: Path | None, run_date: date) -> None:
    """Menulis permintaan.xlsx yang kosong dan acuan.xlsx.

    Dengan --reference, daftar pilihan pada permintaan.xlsx mengikuti acuan itu, dan acuan.xlsx
    tidak ditulis. Berkas yang sudah ada tidak ditimpa.

    \b
    Contoh:
      labkesmas-batch template
      labkesmas-batch template --reference acuan.xlsx --output formulir
      labkesmas-batch template --what-if
    """
    from labkesmas_batch.commands.template import write_templates

    written, kept = write_templates(output, reference, run_date, what_if=what_if)
    for path in written:
        click.echo(f"Ditulis: {path}")
    for path in kept:
        click.echo(f"Sudah ada, tidak ditimpa: {path}")
