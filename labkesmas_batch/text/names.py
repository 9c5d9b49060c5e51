"""Names and numbers as people write them: tidied, folded, sorted naturally, the nearest one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches
from functools import lru_cache

# A run ranks the same requests a few times.
MOST_KEYS = 1 << 18
# Looking for the nearest name takes a moment; after so many nobody reads the hints.
MOST_HINTS = 300
Natural = tuple[tuple[int, str], ...]

# Zero-width and direction marks come along with text that is pasted from chats and web pages.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_DIGITS = re.compile(r"([0-9]+)")
_BLANKS = re.compile(r"\s+")
# One between two digits parts them.
_BLANK_ALONE = re.compile(r"(?<![0-9]) | (?![0-9])")
# Minus signs and hyphens that Unicode files under other categories than dashes, and slashes.
_DASHES = frozenset("\u2212\u2043\u02d7\u2796")
_SLASHES = frozenset("\u2044\u2215\u29f8\u2571\u27cb")
# Combining, control, format, private and unassigned ones; and letters and signs that show nothing.
_UNPRINTED = frozenset(("Mn", "Me", "Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"))
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def tidy(value: object) -> str:
    """Return the text on one line with single spaces, without invisible characters."""
    text = plain(value)
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    elif text.isprintable() and "  " not in text:
        return text.strip(" ")  # nearly every cell, at once
    return " ".join(_CONTROL.sub(" ", text).split())


def tidy_lines(value: object) -> str:
    """Return the text with its line breaks, each line tidied."""
    return "\n".join(tidy(line) for line in plain(value).strip().splitlines())


def fold(value: object) -> str:
    """Return the form in which names are compared: case, spaces and width do not matter."""
    text = tidy(value)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return text.casefold()


@lru_cache(maxsize=MOST_KEYS)
def number_key(value: object) -> str:
    """Return the canonical form of a No. Permintaan, by which a request is known.

    Case, width, dashes, digit scripts and what does not print do not matter; of blanks only the
    one between two digits does, and no closing dot.
    """
    text = plain(value).casefold()
    if text.isascii() and text.isprintable() and " " not in text:
        return text.rstrip(".")  # nearly every number, at once
    if not text.isascii():
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        text = "".join(map(_in_ascii, text))
    text = _BLANKS.sub(" ", text.strip())
    return _CONTROL.sub("", _BLANK_ALONE.sub("", text)).rstrip(".")


def _in_ascii(sign: str) -> str:
    """Return a sign of a number in its plain form, '' for one that does not print."""
    if sign.isascii():
        return sign
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category == "Pd" or sign in _DASHES:
        return "-"
    if sign in _SLASHES:
        return "/"
    if category == "Zs":
        return " "
    return "" if category in _UNPRINTED or sign in _FILLERS else sign


def foreign_letters(number: str) -> tuple[str, ...]:
    """Return the letters of a number that are not Latin, though they may look so, in order."""
    if number.isascii():
        return ()
    letters = (each for each in unicodedata.normalize("NFKC", number) if each.isalpha())
    return tuple(
        dict.fromkeys(
            each
            for each in letters
            if each not in _FILLERS and not unicodedata.name(each, "").startswith("LATIN ")
        )
    )


@lru_cache(maxsize=MOST_KEYS)
def natural(number: str) -> Natural:
    """Return a key by which P-2 sorts before P-10 (R-SERI); texts and numbers alternate in it.

    Digits are compared by their count and then as text, which is their order as numbers of any
    length.
    """
    parts = _DIGITS.split(number_key(number))
    return tuple(
        (len(part.lstrip("0")), part.lstrip("0")) if at % 2 else (0, part)
        for at, part in enumerate(parts)
    )


def is_blank(value: object) -> bool:
    """Tell whether a cell holds nothing that a person would see."""
    if not value:
        return value is None or value == ""
    return isinstance(value, str) and not value[0].isalnum() and not tidy(value)


def nearest(text: str, known: Sequence[str]) -> str:
    """Return the known name that the text is a near miss of, or ''."""
    if len(text) > 100:
        return ""
    by_fold = {fold(name): name for name in known}
    near = get_close_matches(fold(text), by_fold, n=1, cutoff=0.72)
    return by_fold[near[0]] if near else ""


def suggestion(text: str, known: Sequence[str]) -> str:
    """Return `` Maksud Anda “…”?`` for the nearest known name, or ''."""
    name = nearest(text, known)
    return f" Maksud Anda “{name}”?" if name else ""


def plain(value: object) -> str:
    """Return a cell's value as text, whole numbers without ``.0``."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "Benar" if value else "Salah"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return str(value)
