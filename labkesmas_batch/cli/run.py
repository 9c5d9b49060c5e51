"""``run``: the weekly batch, or the same week with supposed changes."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labkesmas_batch import __version__
from labkesmas_batch.cli.options import (
    DATE,
    INTAKES,
    JSON,
    PATH,
    REFERENCE,
    Command,
    options,
    today,
)
from labkesmas_batch.cli.terminal import exit_code, print_json, speaker, stages, uncollected

if TYPE_CHECKING:
    from labkesmas_batch.commands.run import Published


@click.command(cls=Command, short_help="Menyusun jadwal pekan ini.")
@INTAKES
@click.option(
    "--output",
    type=PATH,
    default=Path("output"),
    metavar="FOLDER",
    show_default=True,
    help="Folder untuk hasil; setiap pengaturan jadwal mendapat folder sendiri.",
)
@click.option(
    "--register",
    type=PATH,
    metavar="BERKAS",
    help="Register laboratorium. Baku: register.db di folder hasil.",
)
@click.option("--strict", is_flag=True, help="Satu galat pun pada data menghentikan penyusunan.")
@click.option(
    "--what-if",
    "supposed",
    multiple=True,
    metavar="PERUBAHAN",
    help="Mengandaikan perubahan, tanpa menulis jadwal atau register: andaikan.xlsx, atau satu "
    "perubahan yang diketik; boleh berulang.",
)
@options(REFERENCE, DATE, JSON)
def run(
    intakes: tuple[Path, ...],
    output: Path,
    register: Path | None,
    strict: bool,
    supposed: tuple[str, ...],
    reference: Path | None,
    run_date: date,
    as_json: bool,
) -> None:
    """Pekerjaan mingguan: memeriksa, mengurutkan, menjadwalkan, menulis jadwal.xlsx.

    \b
    Contoh:
      labkesmas-batch run permintaan.xlsx
      labkesmas-batch run folder-permintaan --reference acuan.xlsx
      labkesmas-batch run permintaan.xlsx --date 2026-11-23 --output hasil
      labkesmas-batch run permintaan.xlsx --what-if "Tim tambahan; Tim 5"
      labkesmas-batch run permintaan.xlsx --what-if "Cuti; Tim 2; 7 Des 2026"
      labkesmas-batch run permintaan.xlsx --what-if andaikan.xlsx
    """
    from labkesmas_batch.cli.run_messages import say_week
    from labkesmas_batch.commands.run import run as run_week

    if supposed:
        _what_if(intakes, reference, output, register, run_date, supposed, as_json=as_json)
    with uncollected(), stages() as watch:
        week, published = run_week(
            intakes,
            reference,
            output,
            register,
            run_date,
            strict=strict,
            watch=watch,
            say=speaker(True),
            today=today(),
        )
    say_week(speaker(as_json), week, published)
    counts = week.summary.counts
    if as_json:
        print_json(_record(published, counts))
    sys.exit(exit_code(counts))


def _what_if(
    intakes: tuple[Path, ...],
    reference: Path | None,
    output: Path,
    register: Path | None,
    day: date,
    supposed: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Answer ``run --what-if`` and leave."""
    from labkesmas_batch.cli.what_if_messages import comparison_record, say_comparison
    from labkesmas_batch.commands.what_if import what_if

    week, comparison, path = what_if(intakes, reference, output, register, day, supposed)
    say_comparison(speaker(as_json), week, comparison, path)
    if as_json:
        print_json(comparison_record(comparison, path))
    sys.exit(exit_code(comparison.after.counts))


def _record(published: Published, counts: Mapping[str, int]) -> dict[str, object]:
    """Return what ``--json`` prints of a run."""
    used = published.register
    assert used is not None
    annotated = [str(path) for path in published.annotated]
    return {
        "version": 2,
        "program": __version__,
        "run": published.run,
        "files": {"jadwal": str(published.schedule), "diperiksa": annotated},
        "register": {"path": str(used.path), "new": used.new, "locked": used.locked},
        "counts": counts,
    }
