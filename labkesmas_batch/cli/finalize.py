"""``finalize``: management's decisions lock a schedule and issue its documents."""

from __future__ import annotations

from pathlib import Path

import click

from labkesmas_batch.cli.options import JSON, PATH, REGISTER, Command, options, today
from labkesmas_batch.cli.terminal import print_json, speaker


@click.command(
    cls=Command, short_help="Mengesahkan jadwal yang sudah diputuskan; menulis dokumennya."
)
@click.argument("schedule", type=PATH, metavar="JADWAL")
@click.option(
    "--output",
    type=PATH,
    metavar="FOLDER",
    help="Folder hasil. Baku: folder di atas folder JADWAL, atau output.",
)
@options(REGISTER, JSON)
def finalize(schedule: Path, output: Path | None, register: Path | None, as_json: bool) -> None:
    """Membaca keputusan manajemen dari JADWAL, mengunci jadwal, dan membuat dokumennya.

    JADWAL adalah jadwal.xlsx yang kolom Keputusannya sudah diisi dan lembar Ringkasannya sudah
    ditandatangani. Bila ada keputusan yang tidak mungkin, semuanya disebut dan tidak ada yang
    diubah.

    \b
    Contoh:
      labkesmas-batch finalize output/2026-11-23-r1/jadwal.xlsx
    """
    from labkesmas_batch.cli.finalize_messages import say_finalized
    from labkesmas_batch.commands.finalize import finalize as approve

    done = approve(schedule, output, register, speaker(True), today())
    say_finalized(speaker(as_json), done)
    if as_json:
        files = {
            "jadwal": str(done.schedule),
            "realisasi": str(done.form),
            "dokumen": str(done.documents),
            "kalender": str(done.calendars),
        }
        counts = done.week.summary.counts if done.week else {}
        print_json({"run": done.run, "files": files, "counts": counts})
