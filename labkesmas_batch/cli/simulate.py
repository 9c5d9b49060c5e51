"""``simulate``: many weeks under several suppositions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from labkesmas_batch.cli.options import (
    FIRST_DAY,
    JSON,
    PATH,
    REFERENCE,
    AnyWhole,
    Command,
    Number,
    Whole,
    options,
)
from labkesmas_batch.cli.terminal import print_json, progress, speaker


@click.command(cls=Command, short_help="Menyimulasikan setahun, untuk menimbang tim dan aturan.")
@click.argument("intakes", nargs=-1, type=PATH, metavar="[INTAKE...]")
@click.option(
    "--rate",
    type=Number(0.1, 2000),
    default=None,
    metavar="N",
    help="Permintaan sepekan, rata-rata. Baku: pekan-pekan diundi dari riwayat INTAKE.",
)
@click.option(
    "--internal-share",
    type=Whole(0, 100),
    default=50,
    show_default=True,
    metavar="PERSEN",
    help="Bagian customer Internal, bila tanpa riwayat.",
)
@click.option(
    "--weeks",
    type=Whole(4, 520),
    default=52,
    show_default=True,
    metavar="N",
    help="Banyaknya pekan yang dihitung.",
)
@click.option(
    "--seed",
    type=AnyWhole(),
    default=1,
    show_default=True,
    metavar="N",
    help="Benih undian; benih yang sama memberi hasil yang sama.",
)
@click.option(
    "--output",
    type=PATH,
    default=Path("output"),
    metavar="FOLDER",
    show_default=True,
    help="Folder untuk simulasi-….xlsx.",
)
@options(REFERENCE, FIRST_DAY, JSON)
def simulate(
    intakes: tuple[Path, ...],
    rate: float | None,
    internal_share: int,
    weeks: int,
    seed: int,
    output: Path,
    reference: Path | None,
    run_date: date,
    as_json: bool,
) -> None:
    """Menyimulasikan setahun: waktu tunggu menurut bacaan SOP dan banyaknya tim.

    Pekan-pekannya diundi dari riwayat permintaan (INTAKE), atau dibuat menurut --rate. Jadwal dan
    register tidak berubah.

    \b
    Contoh:
      labkesmas-batch simulate riwayat-2025.xlsx riwayat-2026.xlsx
      labkesmas-batch simulate --rate 30 --internal-share 40
    """
    from labkesmas_batch.cli.simulation_messages import say_simulation, simulation_record
    from labkesmas_batch.commands.simulate import Asked
    from labkesmas_batch.commands.simulate import simulate as play_weeks

    asked = Asked(weeks, seed, rate or 0.0, internal_share / 100)
    simulation, path = play_weeks(intakes, reference, output, run_date, asked, progress)
    say_simulation(speaker(as_json), simulation, path)
    if as_json:
        print_json(simulation_record(simulation, path))
