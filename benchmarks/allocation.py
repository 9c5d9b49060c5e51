"""Time rank and allocate alone from 100 to 100,000 requests, teams in proportion.

Run with ``make bench``. Machines differ and are noisy: compare the lines of one run.
"""

from __future__ import annotations

import random
import time
from datetime import date, datetime, timedelta
from math import log2

from labkesmas_batch.allocation.allocate import allocate
from labkesmas_batch.intake.review import review
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Ranked
from labkesmas_batch.precedence.rank import rank
from tests.support.builders import policy, reference, region, request, sample_type, team

RUN_DATE = date(2026, 6, 1)
SIZES = (100, 1_000, 10_000, 100_000)
REQUESTS_A_TEAM = 625
KINDS = ("Air Minum", "Air Limbah", "Udara", "Makanan", "Usap Alat", "Tanah")
PLACES = ("Batam", "Bintan", "Karimun", "Lingga", "Natuna", "Anambas")


def laboratory(teams: int, visits_per_day: int) -> Reference:
    """Return a laboratory whose teams are each competent for most of the kinds."""
    chance = random.Random(teams)
    return reference(
        policy=policy(horizon_days=90),
        teams=[
            team(f"Tim {n}", chance.sample(KINDS, 4), visits_per_day, 60)
            for n in range(1, teams + 1)
        ],
        regions=[region(name, int(name in PLACES[4:])) for name in PLACES],
        sample_types=[sample_type(name) for name in KINDS],
    )


def requests(size: int) -> list[Request]:
    """Return requests of the last five weeks, each for a day three to eight weeks after it."""
    chance = random.Random(size)
    found = []
    for number in range(size):
        ago = chance.randrange(35)
        received = datetime.combine(RUN_DATE, datetime.min.time()) - timedelta(days=ago)
        found.append(
            request(
                f"P-{number}",
                received,
                chance.choice(["Internal", "Eksternal"]),
                region=chance.choices(PLACES, [8, 4, 3, 2, 1, 1])[0],
                sample_type=chance.choice(KINDS),
                samples=chance.randint(1, 12),
                proposed=received.date() + timedelta(days=chance.randint(21, 80)),
            )
        )
    return found


def measure(size: int, visits_per_day: int) -> None:
    """Print a line of the table."""
    lab = laboratory(max(1, size // REQUESTS_A_TEAM), visits_per_day)
    accepted = review(requests(size), lab.policy, RUN_DATE).accepted
    start = time.perf_counter()
    ranked: tuple[Ranked, ...] = rank(accepted, lab.policy)
    middle = time.perf_counter()
    allocation = allocate(ranked, lab, RUN_DATE)
    end = time.perf_counter()
    total = end - start
    moved = sum(visit.obstacle is not None for visit in allocation.visits)
    exchanged = sum(bool(visit.team_changed_for) for visit in allocation.visits)
    print(
        f"{size:>8} {len(lab.teams):>5} {middle - start:>8.3f} {end - middle:>9.3f} "
        f"{total / size / log2(size) * 1e9:>12.0f} {moved:>8} {len(allocation.unplaced):>8} "
        f"{exchanged:>9}",
        flush=True,
    )


def main() -> None:
    """Print tables for a laboratory with room and for one that is overloaded."""
    for visits, title in ((24, "with room"), (8, "overloaded")):
        print(f"{title}, {visits} visits a team and day")
        print("requests teams   rank s allocate s ns/(n log n)    moved unplaced exchanged")
        for size in SIZES:
            measure(size, visits)


if __name__ == "__main__":
    main()
