"""One cell's value in, a typed value out: dates, numbers, names and lists as people type them.

Every parser takes a cell that is not blank and returns a :class:`Parsed`. Nothing is guessed:
what has two readings is an error, what was read in an unusual way is a warning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import cast

from labkesmas_batch import findings
from labkesmas_batch.frozen import frozen
from labkesmas_batch.text.names import MOST_HINTS, fold, plain, suggestion, tidy, tidy_lines


@frozen
class Parsed:
    """A value, or None with the kind of finding that says why; a warning has both."""

    value: object
    kind: findings.FindingKind | None = None
    hint: str = ""


Parser = Callable[[object], Parsed]


def text(value: object) -> Parsed:
    """One line of text."""
    return Parsed(tidy(value))


def code(value: object) -> Parsed:
    """Read a number that names something, as text; Excel may have made a date of it."""
    if isinstance(value, date):
        return Parsed(None, findings.NUMBER_BECAME_DATE)
    return Parsed(tidy(value).strip("'`’ "))


def long_text(value: object) -> Parsed:
    """Text that may have line breaks."""
    return Parsed(tidy_lines(value))


def phone(value: object) -> Parsed:
    """Return a telephone number as text, with the zero that Excel drops from a number."""
    digits = tidy(value).strip("'`’ ")
    if isinstance(value, (int, float)) and re.fullmatch(r"(?!62|0)\d{8,12}", digits):
        digits = "0" + digits
    return Parsed(digits)


def names(value: object) -> Parsed:
    """Read a ``;`` list of names, doubles left out; the value is a tuple of str."""
    parts = (tidy(part) for part in plain(value).replace("\n", ";").split(";"))
    return Parsed(tuple(dict.fromkeys(part for part in parts if part)))


def known_text(known: Sequence[str]) -> Parser:
    """Return a parser of one line of text, spelled as the known name that it means."""
    by_fold = {fold(name): name for name in known}

    def parse(value: object) -> Parsed:
        said = tidy(value)
        return Parsed(by_fold.get(fold(said), said))

    return parse


def known_names(known: Sequence[str]) -> Parser:
    """Return a parser of a ``;`` list of names, each spelled as the known one that it means."""
    by_fold = {fold(name): name for name in known}

    def parse(value: object) -> Parsed:
        said = cast("tuple[str, ...]", names(value).value)
        return Parsed(tuple(dict.fromkeys(by_fold.get(fold(name), name) for name in said)))

    return parse


def raw(value: object) -> Parsed:
    """Return the cell as it is, for a column whose rows differ in type."""
    return Parsed(tidy(value) if isinstance(value, str) else value)


_RUPIAH = re.compile(r"^rp\.?\s*|,(?:-+|–)$", re.IGNORECASE)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
# Three digits after a comma may be thousands written the English way: two readings, so an error.
_DECIMAL_COMMA = re.compile(r"[+-]?(?:0,\d+|\d+(?:,\d{1,2}|,\d{4,})?)")
_DECIMAL_POINT = re.compile(r"[+-]?\d+\.\d{1,2}")


def _number(value: object) -> float | None:
    """Read a number; text the Indonesian way (``1.500`` is 1500, ``2,5`` is two and a half)."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return float(value)
    if not isinstance(value, str):
        return None
    typed = unicodedata.normalize("NFKC", tidy(value)).strip("'` ")
    typed = _RUPIAH.sub("", typed).strip(". ")
    if _THOUSANDS.fullmatch(typed) or _DECIMAL_COMMA.fullmatch(typed):
        return float(typed.replace(".", "").replace(",", "."))
    return float(typed) if _DECIMAL_POINT.fullmatch(typed) else None


def decimal(least: float | None) -> Parser:
    """Return a parser for a number of at least ``least``."""

    def parse(value: object) -> Parsed:
        found = _number(value)
        if found is None:
            return Parsed(None, findings.NUMBER_UNREADABLE)
        if least is not None and found < least:
            return Parsed(None, findings.NUMBER_TOO_SMALL, f"{least:g}")
        return Parsed(found)

    return parse


def whole(least: int, most: int | None = None) -> Parser:
    """Return a parser for a whole number from ``least`` to ``most``."""
    any_number = decimal(None)

    def parse(value: object) -> Parsed:
        parsed = any_number(value)
        if parsed.kind or not isinstance(parsed.value, float):
            return parsed
        if not parsed.value.is_integer():
            return Parsed(None, findings.NUMBER_NOT_WHOLE)
        if parsed.value < least:
            return Parsed(None, findings.NUMBER_TOO_SMALL, str(least))
        if most is not None and parsed.value > most:
            return Parsed(None, findings.NUMBER_TOO_LARGE, str(most))
        return Parsed(int(parsed.value))

    return parse


def choice(known: Sequence[str], aliases: Mapping[str, str] | None = None) -> Parser:
    """Return a parser that knows the names given, whatever their case and spaces."""
    by_fold = {fold(name): name for name in known} | dict(aliases or {})
    misses = 0

    def parse(value: object) -> Parsed:
        nonlocal misses
        found = by_fold.get(fold(value).strip("'`’\" "))
        if found is not None:
            return Parsed(found)
        misses += 1
        hint = suggestion(tidy(value), known) if misses <= MOST_HINTS else ""
        return Parsed(None, findings.UNKNOWN_CHOICE, hint)

    return parse
