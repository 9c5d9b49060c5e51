"""Made-up weeks of requests, drawn from a laboratory's own history or from a rate.

Chance comes from the seed alone: the same seed draws the same weeks on every machine.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import CustomerClass, Request
from labkesmas_batch.simulation.types import SimulatedWeek

_MORNING = time(8)


def joined(intakes: Iterable[Sequence[Request]]) -> tuple[Request, ...]:
    """Return the requests of several intakes, each with a number of its own.

    Two years may both begin with number 1: a number that an earlier intake has gets the name of
    its file. A row that is the same in two intakes is one request.
    """
    taken, known = set[str](), set[Request]()
    found: list[Request] = []
    for requests in intakes:
        numbers = {request.number for request in requests}
        for request in requests:
            bare = replace(request, file="", row=0)
            if bare in known:
                continue
            known.add(bare)
            number = request.number
            name = f"{number} ({request.file})" if number in taken else number
            found.append(replace(request, number=name))
        taken |= numbers
    return tuple(found)


def from_history(
    history: Sequence[Request], first_monday: date, weeks: int, seed: int
) -> tuple[SimulatedWeek, ...]:
    """Draw whole weeks of the history, with replacement.

    Parameters
    ----------
    history
        Requests; the weeks without any between the first and the last count, too.
    first_monday
        Requests of the first week come from that day on, and are planned a week later.
    weeks
        How many to draw.

    Returns
    -------
    tuple of SimulatedWeek
        Requests keep weekday, class, place, size, and the days between their dates.
    """
    chance = random.Random(seed)
    by_week: dict[date, list[Request]] = defaultdict(list)
    for request in history:
        by_week[_monday(request.received_on)].append(request)
    span = (max(by_week) - min(by_week)).days // 7 + 1
    mondays = [min(by_week) + timedelta(days=7 * week) for week in range(span)]
    drawn = []
    for week in range(weeks):
        monday = first_monday + timedelta(days=7 * week)
        source = chance.choice(mondays)
        requests = [_moved(r, (monday - source).days, f"W{week + 1}-") for r in by_week[source]]
        drawn.append(SimulatedWeek(monday + timedelta(days=7), tuple(requests)))
    return tuple(drawn)


def from_rate(
    reference: Reference,
    pattern: Sequence[Request],
    rate: float,
    internal_share: float,
    first_monday: date,
    weeks: int,
    seed: int,
) -> tuple[SimulatedWeek, ...]:
    """Draw so many requests a week on average, each like one of the pattern.

    Parameters
    ----------
    pattern
        Requests to draw from; where there are none, place, kind and size come from the
        reference, every Wilayah and Jenis Contoh Uji alike, and ``internal_share`` are internal.
    rate
        Mean of a Poisson distribution.
    """
    chance = random.Random(seed)
    drawn = []
    for week in range(weeks):
        monday = first_monday + timedelta(days=7 * week)
        requests = []
        for number in range(_poisson(chance, rate)):
            day = monday + timedelta(days=chance.randrange(5))
            name = f"W{week + 1}-{number + 1}"
            if pattern:
                like = chance.choice(pattern)
                moved = _moved(like, (day - like.received_on).days, "")
                requests.append(replace(moved, number=name))
            else:
                requests.append(_any_request(chance, reference, internal_share, day, name))
        drawn.append(SimulatedWeek(monday + timedelta(days=7), tuple(requests)))
    return tuple(drawn)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _moved(request: Request, days: int, prefix: str) -> Request:
    later = timedelta(days=days)
    return replace(
        request,
        number=prefix + request.number,
        received=request.received + later,
        proposed=request.proposed + later if request.proposed else None,
        deadline=request.deadline + later if request.deadline else None,
    )


def _poisson(chance: random.Random, mean: float) -> int:
    """Draw by multiplying uniform numbers, in parts that do not underflow."""
    count = 0
    while mean > 0:
        part = min(mean, 50.0)
        mean -= part
        floor, product = math.exp(-part), chance.random()
        while product > floor:
            count += 1
            product *= chance.random()
    return count


def _any_request(
    chance: random.Random, reference: Reference, internal_share: float, day: date, number: str
) -> Request:
    internal = chance.random() < internal_share
    lead = reference.policy.lead_days + chance.randrange(15)
    return Request(
        number,
        datetime.combine(day, _MORNING),
        CustomerClass.INTERNAL if internal else CustomerClass.EXTERNAL,
        "Customer simulasi",
        "",
        "",
        "",
        "",
        "",
        chance.choice(list(reference.regions)),
        chance.choice(list(reference.sample_types)),
        (),
        chance.randint(1, 8),
        day + timedelta(days=lead),
        None,
        "",
        "",
        "",
        0,
    )
