"""Makes intakes of any size, with a laboratory in proportion, from a seed. All of it is made up.

    python -m benchmarks.intakes 100000 folder

writes ``permintaan.xlsx`` and ``acuan.xlsx`` into the folder, straight with xlsxwriter: no data
validation, no comments, so that the reader has nothing to do but read cells.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter

from labkesmas_batch.forms import schema, template

RUN_DATE = date(2026, 6, 1)
REQUESTS_A_TEAM = 625
VISITS_A_DAY = 18
LARGEST = 1_048_575
SITES = ("Sumur", "Kolam", "Dapur", "Menara air", "Saluran buang", "Halaman")
NAMES = ("Puskesmas", "Rumah Sakit", "Hotel", "Kantin", "Depot Air", "Pabrik")


def write(folder: Path, size: int, seed: int = 8) -> Path:
    """Write the intake and its reference into the folder, and return the intake's path."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = template.reference_rows((RUN_DATE.year, RUN_DATE.year + 1))
    rows |= _laboratory(rows, size)
    template.write_reference(folder / schema.REFERENCE.file, rows, RUN_DATE)
    path = folder / schema.INTAKE.file
    with xlsxwriter.Workbook(
        path, {"constant_memory": True, "default_date_format": "d mmm yyyy"}
    ) as book:
        sheet = book.add_worksheet(schema.REQUESTS.name)
        sheet.write_row(0, 0, schema.REQUESTS.headers)
        for at, row in enumerate(_requests(rows, size, random.Random(seed)), start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(at, column, value)
                elif isinstance(value, date):
                    sheet.write_datetime(at, column, value)
                elif value is not None:
                    sheet.write_number(at, column, value)
    return path


def _laboratory(rows: dict[str, template.Rows], size: int) -> dict[str, template.Rows]:
    """Return teams, equipment and capacities in proportion to the requests."""
    teams = max(4, size // REQUESTS_A_TEAM)
    times = max(1, teams * VISITS_A_DAY // 8)
    kinds = [str(row[0]) for row in rows["Jenis Contoh Uji"]]
    chance = random.Random(teams)
    return {
        "Tim": [
            (f"Tim {n}", "", "", "; ".join(chance.sample(kinds, 5)) if n > 2 else "Semua",
             VISITS_A_DAY, None)
            for n in range(1, teams + 1)
        ],
        "Tim Cuti": [
            (f"Tim {n}", day, day + timedelta(days=chance.randrange(5)), "cuti")
            for n in range(1, teams + 1)
            for day in [RUN_DATE + timedelta(days=chance.randrange(10, 80))]
        ],
        "Jenis Contoh Uji": [
            (*row[:2], None, row[3], row[4] * times) for row in rows["Jenis Contoh Uji"]
        ],
        "Peralatan": [(row[0], row[1] * times, None) for row in rows["Peralatan"]],
        "Hari Libur": [row for row in rows["Hari Libur"] if row[0] != date(2026, 6, 1)],
    }  # fmt: skip


def _requests(
    rows: dict[str, template.Rows], size: int, chance: random.Random
) -> Iterator[tuple[object, ...]]:
    regions = [str(row[0]) for row in rows["Wilayah"]]
    weights = [12, 3, 3, 6, 4, 4, 2, 1, 1, 1][: len(regions)]
    kinds = [str(row[0]) for row in rows["Jenis Contoh Uji"]]
    parameters = {kind: [str(row[1]) for row in rows["Tarif"] if row[0] == kind] for kind in kinds}
    midnight = datetime(RUN_DATE.year, RUN_DATE.month, RUN_DATE.day)
    for number in range(1, size + 1):
        received = midnight - timedelta(days=chance.randrange(1, 36))
        if chance.random() < 0.5:
            received += timedelta(minutes=chance.randrange(7 * 60, 16 * 60))
        internal = chance.random() < 0.4
        kind = chance.choice(kinds)
        customer = f"{chance.choice(NAMES)} Contoh {chance.randrange(max(10, size // 5))}"
        if internal:
            customer = f"Unit Contoh {chance.randrange(max(4, size // 10))}"
        proposed = received.date() + timedelta(days=chance.randrange(22, 76))
        deadline = proposed + timedelta(days=chance.randrange(10, 40))
        known = parameters[kind]
        yield (
            f"P-{number}",
            received,
            "Internal" if internal else "Eksternal",
            customer,
            f"Jalan Contoh No. {chance.randrange(1, 900)}",
            f"Narahubung {number % 997}",
            f"0800{chance.randrange(10**6):06}",
            f"kontak{number % 9973}@contoh.example",
            f"{chance.choice(SITES)} {number}",
            chance.choices(regions, weights)[0],
            kind,
            "; ".join(chance.sample(known, min(len(known), 2))) or None,
            chance.randint(1, 6),
            proposed if chance.random() < 0.9 else None,
            deadline if chance.random() < 0.1 else None,
            None,
            "catatan contoh" if chance.random() < 0.1 else None,
        )


if __name__ == "__main__":
    print(write(Path(sys.argv[2]), int(sys.argv[1])))
