"""``check``: reads and validates only."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from labkesmas_batch.cli import messages, screen
from labkesmas_batch.cli.options import DATE, INTAKES, JSON, PATH, REFERENCE, Command, options
from labkesmas_batch.cli.terminal import ATTENTION, DONE, print_json, speaker, uncollected


@click.command(cls=Command, short_help="Memeriksa isian; tidak menyusun jadwal.")
@INTAKES
@click.option(
    "--output",
    type=PATH,
    metavar="FOLDER",
    help="Folder untuk salinan yang diberi tanda. Baku: di samping berkasnya.",
)
@options(REFERENCE, DATE, JSON)
def check(
    intakes: tuple[Path, ...],
    output: Path | None,
    reference: Path | None,
    run_date: date,
    as_json: bool,
) -> None:
    """Hanya membaca dan memeriksa; menulis salinan yang diberi tanda dan semua temuannya.

    \b
    Contoh:
      labkesmas-batch check permintaan.xlsx
      labkesmas-batch check folder-permintaan --output diperiksa
    """
    from labkesmas_batch.commands.check import check as read_and_check
    from labkesmas_batch.explanation.week import reference_used

    with uncollected():
        checked = read_and_check(intakes, reference, output, run_date)
    say = speaker(as_json)
    say(reference_used(checked.reference_name, checked.packaged))
    for remark in checked.remarks:
        say(remark)
    messages.say_findings(say, checked.findings, 0 if as_json else screen.width_of(sys.stdout))
    errors = sum(finding.is_error for finding in checked.findings)
    say(messages.checked_line(checked, errors))
    messages.say_copies(say, checked.annotated, checked.not_copied)
    if as_json:
        print_json(
            {
                "files": {"diperiksa": [str(path) for path in checked.annotated]},
                "counts": {
                    "baris": checked.rows or 0,
                    "ditahan": checked.on_hold,
                    "galat": errors,
                    "peringatan": len(checked.findings) - errors,
                },
                "findings": [messages.finding_record(finding) for finding in checked.findings],
            }
        )
    sys.exit(ATTENTION if errors else DONE)
