"""The canonical form of a No. Permintaan."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkesmas_batch.text.names import foreign_letters, natural, number_key


@pytest.mark.parametrize(
    ("number", "key"),
    [("P-1", "p-1"), ("P \u2013 1", "p-1"), ("p\u22121.", "p-1"),
     ("017 / YAN / XI / 2026", "017/yan/xi/2026"),
     ("017\u2044YAN", "017/yan"), ("1 2", "1 2"), ("1   2", "1 2"), ("A 12 B", "a12b"),
     ("\u0967\u0968", "12"),
     ("P\u200b-\u20601", "p-1"), ("No. 7", "no.7"), ("\u2116 7", "no7"),
     ("\ufb01-1", "fi-1"), ("P-1\u3164", "p-1"),
     ("Stra\u00dfe 1", "strasse1"), (".", ""), ("\u00e9-1", "\u00e9-1"),
     ("e\u0301-1", "\u00e9-1"), (7, "7"), (7.0, "7")],
)  # fmt: skip
def test_a_number_has_one_form(number: object, key: str) -> None:
    assert number_key(number) == key


@given(st.text(max_size=12))
def test_the_form_of_a_form_is_itself_and_holds_nothing_that_does_not_print(text: str) -> None:
    key = number_key(text)
    assert number_key(key) == key
    assert not any(unicodedata.category(sign) in ("Cf", "Cc", "Mn") for sign in key)
    assert natural(text) == natural(key)


@pytest.mark.parametrize(
    ("number", "foreign"),
    [("P-1", ()), ("\u0420-1", ("\u0420",)), ("\u03a1-1", ("\u03a1",)), ("\u00c9-1", ()),
     ("\uff30-1", ())],
)  # fmt: skip
def test_letters_of_other_scripts_are_named(number: str, foreign: tuple[str, ...]) -> None:
    assert foreign_letters(number) == foreign
