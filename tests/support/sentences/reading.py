"""Words into values: dates, spans of days, lists of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
LONG = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
        "Oktober", "November", "Desember")  # fmt: skip
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
DATE = rf"\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}"
DAY = rf"(?:{'|'.join(DAYS)}), {DATE}"
SPAN = rf"\d{{1,2}}(?: (?:{'|'.join(MONTHS)}))?(?:–\d{{1,2}})? (?:{'|'.join(MONTHS)})"
LONG_DAY = rf"(?:{'|'.join(DAYS)}), \d{{1,2}} (?:{'|'.join(LONG)})(?: \d{{4}})?"
_SPAN = re.compile(rf"(\d{{1,2}})(?: ({'|'.join(MONTHS)}))?(?:–(\d{{1,2}}))? ({'|'.join(MONTHS)})")


class UntrueError(Exception):
    """A sentence says something that is not so."""


def holds(what: object, said: str) -> None:
    """Raise where something that a sentence says does not hold."""
    if not what:
        raise UntrueError(said)


def a_day(text: str) -> date:
    """Return the date of ``10 Jun 2026`` or ``Rabu, 10 Jun 2026``; the weekday must be its own."""
    name, _, rest = text.rpartition(", ")
    number, month, year = rest.split()
    months = MONTHS if month in MONTHS else LONG
    found = date(int(year), months.index(month) + 1, int(number))
    holds(not name or DAYS[found.weekday()] == name, f"{rest} is no {name}")
    return found


def a_span(text: str, near: date) -> tuple[date, date]:
    """Return the days of ``3–4 Des`` in the year that lies nearest to a day."""
    found = _SPAN.fullmatch(text)
    assert found is not None, text
    first, month, last, until = found.groups()
    end = _nearest(int(last or first), until, near)
    begin = _nearest(int(first), month or until, end)
    return begin, end


def _nearest(number: int, month: str, near: date) -> date:
    at = MONTHS.index(month) + 1
    years = (near.year - 1, near.year, near.year + 1)
    found = [date(year, at, number) for year in years if at != 2 or number < 29 or year % 4 == 0]
    return min(found, key=lambda day: abs((day - near).days))


def each_day(first: date, last: date) -> Iterator[date]:
    """Yield the days from the first to the last."""
    return (first + timedelta(days=step) for step in range((last - first).days + 1))


def names(text: str) -> tuple[list[str], int]:
    """Return the names of ``A, B dan C``, and how many others ``dan 3 lainnya`` counts."""
    more = re.search(r" dan (?:sedikitnya )?(\d+) lainnya$", text)
    listed = text[: more.start()] if more else text
    return re.split(r", | dan ", listed), int(more[1]) if more else 0


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, each with its full stop."""
    text = text.replace("No. Permintaan", "No.Permintaan")
    return [each for each in re.split(r"(?<=\.) ", text) if each]
