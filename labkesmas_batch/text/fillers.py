"""What people type into a cell that they leave empty, and what is no signature."""

from __future__ import annotations

import re

from labkesmas_batch.text.names import fold

# As they read without punctuation; a cell of punctuation alone is a filler whatever it holds.
_FILLERS = frozenset(
    (
        "0",
        "n a",
        "na",
        "nil",
        "none",
        "null",
        "nihil",
        "kosong",
        "tidak",
        "tdk",
        "tidak ada",
        "tidak ada isinya",
        "tdk ada",
        "tak ada",
        "tiada",
        "tidak perlu",
        "tidak tersedia",
        "belum",
        "blm",
        "belum ada",
        "blm ada",
        "belum tersedia",
        "menyusul",
    )
)
_LONGEST = max(map(len, _FILLERS))
_LETTERS = 2
_NO_WORD = re.compile(r"[\W_]+")


def is_filler(text: str) -> bool:
    """Tell whether a text that is not blank says that there is nothing to say."""
    words = _NO_WORD.sub(" ", fold(text)).strip()
    return not words.strip("0 ") or (len(words) <= _LONGEST and words in _FILLERS)


def is_name(text: str) -> bool:
    """Tell whether a text can be a signature: two letters or more in a word, and no filler."""
    words = _NO_WORD.sub(" ", fold(text)).split()
    return not is_filler(text) and any(
        sum(letter.isalpha() for letter in word) >= _LETTERS and len(set(word)) > 1
        for word in words
    )
