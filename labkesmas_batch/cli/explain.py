"""``explain``: why this day, why before that one."""

from __future__ import annotations

from pathlib import Path

import click

from labkesmas_batch.cli.options import JSON, PATH, REGISTER, Command, options
from labkesmas_batch.cli.terminal import print_json, speaker


@click.command(cls=Command, short_help="Menjelaskan urutan dan hari sebuah permintaan.")
@click.argument("numbers", nargs=-1, required=True, metavar="NO [NO]")
@click.option(
    "--run",
    metavar="RUN",
    help="Nomor jadwal, mis. 2026-11-23-r1. Baku: yang mengesahkannya, atau yang terbaru.",
)
@click.option(
    "--output",
    type=PATH,
    default=Path("output"),
    metavar="FOLDER",
    show_default=True,
    help="Folder hasil.",
)
@options(REGISTER, JSON)
def explain(
    numbers: tuple[str, ...], run: str | None, output: Path, register: Path | None, as_json: bool
) -> None:
    """Menjelaskan mengapa sebuah permintaan sebelum yang lain, atau tempat dan harinya sendiri.

    \b
    Contoh:
      labkesmas-batch explain P-8 P-5
      labkesmas-batch explain P-35
      labkesmas-batch explain P-8 P-5 --run 2026-11-23-r1 --json
    """
    if len(numbers) > 2:
        raise click.UsageError("Sebut satu atau dua No. Permintaan.")
    from labkesmas_batch.commands.explain import explain as look_up

    explanation = look_up(output, register, run, numbers)
    say = speaker(as_json)
    for line in explanation.lines:
        say(line)
    if as_json:
        print_json(explanation.data)
