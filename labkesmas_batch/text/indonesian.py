"""Indonesian names of days and months, how dates and lists are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

# Dates outside these years are slips of the finger.
FIRST_YEAR, LAST_YEAR = 2000, 2100
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
MONTHS_SHORT = (
    "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
)  # fmt: skip
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
# Of a weekend, a holiday, or a weekday on which the laboratory is closed.
OFF = "bukan hari kerja"

# Spellings that staff type beside the names above: old orthography, English, abbreviations.
_MONTH_VARIANTS = {
    1: "january", 2: "pebruari february peb", 3: "march mrt", 4: "avril", 5: "may",
    6: "june", 7: "july", 8: "august agt ags agst aug", 9: "sept", 10: "october oct",
    11: "nopember nop", 12: "december dec",
}  # fmt: skip
MONTH_NUMBERS: dict[str, int] = {
    name: number
    for number, (full, short) in enumerate(zip(MONTHS, MONTHS_SHORT, strict=True), start=1)
    for name in (full.casefold(), short.casefold(), *_MONTH_VARIANTS[number].split())
}
_DAY_VARIANTS = {
    0: "sen monday", 1: "sel tuesday", 2: "rab wednesday", 3: "kam thursday",
    4: "jum jum'at jum’at friday", 5: "sab saturday", 6: "min ahad sunday",
}  # fmt: skip
DAY_NUMBERS: dict[str, int] = {
    name: number
    for number, full in enumerate(DAYS)
    for name in (full.casefold(), *_DAY_VARIANTS[number].split())
}


def long_date(day: date) -> str:
    """Return ``10 Juni 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Return ``10 Jun 2026``."""
    return f"{day.day} {MONTHS_SHORT[day.month - 1]} {day.year}"


def day_date(day: date) -> str:
    """Return ``Rabu, 10 Jun 2026``."""
    return f"{DAYS[day.weekday()]}, {short_date(day)}"


def brief_span(first: date, last: date) -> str:
    """Return ``3–4 Des``, ``30 Nov–2 Des`` or ``3 Des``; the year is left to the context."""
    if first == last:
        return f"{first.day} {MONTHS_SHORT[first.month - 1]}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {MONTHS_SHORT[last.month - 1]}"
    return f"{brief_span(first, first)}–{brief_span(last, last)}"


def listing(items: Iterable[str], most: int = 6) -> str:
    """Join ``a, b dan c``; past ``most`` items the rest is counted, not named."""
    names = list(items)
    if len(names) > most:
        return f"{', '.join(names[:most])} dan {len(names) - most} lainnya"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} dan {names[-1]}"


def day_names(days: Iterable[int]) -> str:
    """Return ``Senin–Jumat`` for an unbroken run of three or more, else the names in a list."""
    numbers: Sequence[int] = sorted(days)
    unbroken = list(numbers) == list(range(numbers[0], numbers[-1] + 1)) if numbers else False
    if unbroken and len(numbers) > 2:
        return f"{DAYS[numbers[0]]}–{DAYS[numbers[-1]]}"
    return listing((DAYS[number] for number in numbers), most=7)


def number(value: float) -> str:
    """Write a number the Indonesian way: ``1.500`` and ``2,5``."""
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
    return text.translate(str.maketrans(",.", ".,"))
