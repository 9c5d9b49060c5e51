"""Dates, times of day and weekdays as people type them; day first, always."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from labkesmas_batch import findings
from labkesmas_batch.forms.cells import Parsed
from labkesmas_batch.text.indonesian import (
    DAY_NUMBERS,
    DAYS,
    FIRST_YEAR,
    LAST_YEAR,
    MONTH_NUMBERS,
    short_date,
)
from labkesmas_batch.text.names import fold, plain, suggestion, tidy

_EXCEL_EPOCH = datetime(1899, 12, 30)
_TIME = re.compile(r"[ T,]+(?:pukul |pkl\.? |jam )?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?"
                   r"(?:\.\d+)?(?: ?wib)?$", re.I)  # fmt: skip
# Other programs write a plain date so; any other time in UTC is another day in Indonesia.
_MIDNIGHT_UTC = re.compile(r"t00:00(?::00(?:\.0+)?)?z$")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$")
_NUMERIC = re.compile(r"(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d+)$")
_NAMED = re.compile(r"(\d{1,2})[ /.'-]*([a-z]{3,})\.?[ /.,'-]*(\d+)$")
_WEEKDAY = re.compile(r"([a-z'’]+)[,.]? +(?=\d)")


def moment(value: object) -> Parsed:
    """Return a date with an optional time of day; the value is a datetime."""
    if isinstance(value, datetime):
        return _plausible(value, value)
    if isinstance(value, date):
        return _plausible(datetime(value.year, value.month, value.day), value)
    if isinstance(value, (bool, time, timedelta)):
        return Parsed(None, findings.DATE_UNREADABLE)
    if isinstance(value, (int, float)):
        return _serial(float(value))
    return _typed_moment(tidy(value))


def day(value: object) -> Parsed:
    """Return a date; a time of day in the cell is dropped."""
    parsed = moment(value)
    if isinstance(parsed.value, datetime):
        return Parsed(parsed.value.date(), parsed.kind, parsed.hint)
    return parsed


def numeric_day(text: str) -> int:
    """Return the day of a date typed in digits, day first; 0 for any other text."""
    found = _NUMERIC.match(tidy(text))
    return int(found[1]) if found else 0


def _serial(number: float) -> Parsed:
    first, last = _serial_of(FIRST_YEAR), _serial_of(LAST_YEAR + 1)
    if not first <= number < last:
        return Parsed(None, findings.DATE_UNREADABLE)
    found = _EXCEL_EPOCH + timedelta(seconds=round(number * 86400))
    return Parsed(found, findings.DATE_SERIAL, short_date(found))


def _serial_of(year: int) -> int:
    return (datetime(year, 1, 1) - _EXCEL_EPOCH).days


def _typed_moment(typed: str) -> Parsed:
    if re.fullmatch(r"\d{5}(?:\.\d+)?", typed):
        return _serial(float(typed))
    lower = unicodedata.normalize("NFKC", typed).casefold().strip("'` ").rstrip(".,;")
    lower = _MIDNIGHT_UTC.sub("", lower)
    clock = time()
    if found := _TIME.search(lower):
        hour, minute, second = (int(part or 0) for part in found.groups())
        if hour > 23 or minute > 59 or second > 59:
            return Parsed(None, findings.DATE_UNREADABLE)
        clock, lower = time(hour, minute, second), lower[: found.start()]
    weekday = None
    if (found := _WEEKDAY.match(lower)) and found[1] in DAY_NUMBERS:
        weekday, lower = DAY_NUMBERS[found[1]], lower[found.end() :]
    parsed = _typed_day(lower.strip(), clock)
    if weekday is not None and isinstance(parsed.value, datetime):
        actual = parsed.value.weekday()
        if weekday != actual:
            return Parsed(None, findings.DATE_OTHER_WEEKDAY, DAYS[actual])
    return parsed


def _typed_day(lower: str, clock: time) -> Parsed:
    if found := _ISO.match(lower):
        year, month, day_number = found[1], int(found[3]), int(found[4])
    elif found := _NUMERIC.match(lower):
        day_number, month, year = int(found[1]), int(found[3]), found[4]
    elif (found := _NAMED.match(lower)) and found[2] in MONTH_NUMBERS:
        day_number, month, year = int(found[1]), MONTH_NUMBERS[found[2]], found[3]
    else:
        return Parsed(None, findings.DATE_UNREADABLE)
    if len(year) == 2:
        return Parsed(None, findings.DATE_TWO_DIGIT_YEAR)
    if len(year) != 4:
        return Parsed(None, findings.DATE_UNREADABLE)
    try:
        found_day = date(int(year), month, day_number)
    except ValueError:
        return Parsed(None, findings.DATE_IMPOSSIBLE)
    return _plausible(datetime.combine(found_day, clock), found_day)


def _plausible(found: datetime, shown: date) -> Parsed:
    if FIRST_YEAR <= shown.year <= LAST_YEAR:
        return Parsed(found.replace(microsecond=0, tzinfo=None))
    return Parsed(None, findings.DATE_IMPLAUSIBLE)


_RANGE = re.compile(r"\s*[-–—]\s*|\s+(?:s\.? ?/?d\.?|sampai|hingga)\s+")


def weekdays(value: object) -> Parsed:
    """Read day names, as a ``;`` or ``,`` list or a range ``Senin-Jumat``.

    The value is a frozenset of weekday numbers, Monday 0.
    """
    found: set[int] = set()
    for part in map(fold, re.split(r"[;,\n]", plain(value))):
        ends = [DAY_NUMBERS.get(name.strip()) for name in _RANGE.split(part)]
        if not part.strip():
            continue
        if None in ends or len(ends) > 2:
            return Parsed(None, findings.DAY_UNKNOWN, suggestion(part, DAYS))
        first, last = ends[0] or 0, ends[-1] or 0
        found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return Parsed(frozenset(found))
