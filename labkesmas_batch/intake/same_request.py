"""Whether a row means the request that the register knows under its number."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from labkesmas_batch.model.history import Known, Standing
from labkesmas_batch.model.requests import Request
from labkesmas_batch.text.names import fold

_SIGNS = re.compile(r"[\W_]+")
# Legal forms, which people write or leave out.
_FORMS = frozenset(("pt", "cv", "tbk", "persero", "ud", "fa"))
# A word of so many letters may be misspelled; a shorter one, or a number, names somebody else.
_LONG, _ALIKE = 4, 0.8
_BOTH = 2


def is_another(before: Known, row: Request) -> bool:
    """Tell whether a row is another request than the one known by its number.

    Another customer; another kind and another place; or, of one that is over, any of the two or
    another date ("beri nomor baru"), and of one that is locked a date after its approval.
    """
    known, over = before.request, before.standing.is_over
    if not same_name(known.customer, row.customer):
        return True
    differ = (known.sample_type != row.sample_type) + (fold(known.site) != fold(row.site))
    other_date = known.received_on != row.received_on
    if over:
        return bool(differ) or other_date or fold(known.customer) != fold(row.customer)
    approved_later = before.standing is Standing.LOCKED and other_date
    return differ == _BOTH or (approved_later and row.received_on.isoformat() > before.run[:10])


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """Return a name without what people write in one way or another: signs, case, legal forms."""
    return "".join(_words(name))


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are one in different spellings."""
    if name_key(one) == name_key(other):
        return True
    ours, theirs = _words(one), _words(other)
    return len(ours) == len(theirs) and all(map(_same_word, ours, theirs))


def _words(name: str) -> list[str]:
    words = _SIGNS.sub(" ", fold(name)).split()
    return [word for word in words if word not in _FORMS] or words


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < _LONG or not (one + other).isalpha():
        return False
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE
