"""Two made-up years of requests, for trying ``simulate``; every name in it is invented.

Run as ``python -m examples.history riwayat-contoh.xlsx``. There is a busy season before Lebaran
and one at the year's end, a steady trickle of small water requests, and a few large ones.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from examples.week import RUN_DATE
from labkesmas_batch.forms import template

SEED = 7
WEEKS = 104
PLACES = (("Batam", 12), ("Belakang Padang", 2), ("Galang-Rempang", 2), ("Bintan", 3),
          ("Tanjungpinang", 4), ("Karimun", 3), ("Kundur", 1), ("Lingga", 1), ("Natuna", 1),
          ("Anambas", 1))  # fmt: skip
KINDS = (("Air Minum", 7), ("Air Bersih", 6), ("Air Limbah", 4), ("Udara Ambien", 2),
         ("Makanan dan Minuman", 4), ("Usap Alat", 3), ("Spesimen Klinis", 2),
         ("Vektor", 1))  # fmt: skip
BUSY_MONTHS = {2: 1.3, 3: 1.4, 10: 1.2, 11: 1.4, 12: 1.2}


def rows(a_week: float = 20.0) -> Iterator[tuple[object, ...]]:
    """Yield intake rows in the order of their request dates."""
    chance = random.Random(SEED)
    first = RUN_DATE - timedelta(days=7 * WEEKS + RUN_DATE.weekday())
    number = 0
    known = template.intake_names(template.reference_rows((RUN_DATE.year,)))
    places = [each for each in PLACES if each[0] in known["Wilayah"]]
    kinds = [each for each in KINDS if each[0] in known["Jenis Contoh Uji"]]
    for week in range(WEEKS):
        monday = first + timedelta(days=7 * week)
        season = BUSY_MONTHS.get(monday.month, 0.9)
        for _ in range(max(0, round(chance.gauss(a_week * season, a_week / 6)))):
            number += 1
            yield _row(chance, number, monday, places, kinds)


def _row(
    chance: random.Random,
    number: int,
    monday: date,
    places: list[tuple[str, int]],
    kinds: list[tuple[str, int]],
) -> tuple[object, ...]:
    day = monday + timedelta(days=chance.choices(range(5), (5, 4, 4, 3, 2))[0])
    received = datetime(day.year, day.month, day.day, chance.randrange(8, 16), chance.randrange(60))
    internal = chance.random() < 0.4
    (place,) = chance.choices([p for p, _ in places], [weight for _, weight in places])
    (kind,) = chance.choices([k for k, _ in kinds], [weight for _, weight in kinds])
    samples = min(20, 1 + int(chance.expovariate(0.25)))
    proposed = day + timedelta(days=21 + chance.randrange(14)) if chance.random() < 0.8 else None
    deadline = None
    if proposed and chance.random() < 0.1:
        deadline = proposed + timedelta(days=chance.randrange(3, 21))
    who = f"{'Tim Kerja' if internal else 'Customer'} Rekaan {chance.randrange(1, 60)} (contoh)"
    return (
        f"R-{number}",
        received,
        "Internal" if internal else "Eksternal",
        who,
        None,
        None,
        None,
        None,
        "Lokasi rekaan",
        place,
        kind,
        None,
        samples,
        proposed,
        deadline,
        None,
        None,
    )


def main() -> None:
    """Write the history to the path given."""
    (target,) = sys.argv[1:]
    names = template.intake_names(template.reference_rows((RUN_DATE.year,)))
    template.write_intake(Path(target), names, tuple(rows()), RUN_DATE)


if __name__ == "__main__":
    main()
