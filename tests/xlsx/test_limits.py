"""Limits of the file format, counted in UTF-16 units, and the places that keep to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkesmas_batch.documents.sheets import _tab
from labkesmas_batch.xlsx.limits import SHEET_NAME, cut, units
from labkesmas_batch.xlsx.palette import in_head

_EMOJI = "\U0001f9ea"


@pytest.mark.parametrize(
    ("text", "long"), [("", 0), ("abc", 3), ("é", 1), (_EMOJI, 2), (f"a{_EMOJI}b", 4)]
)
def test_units_are_those_of_utf_16(text: str, long: int) -> None:
    assert units(text) == long


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.integers(0, 40))
def test_a_cut_text_is_a_beginning_that_fits_and_no_shorter_than_needed(
    text: str, most: int
) -> None:
    shown = cut(text, most)
    assert text.startswith(shown)
    assert units(shown) <= most
    assert shown == text or units(text[: len(shown) + 1]) > most


@pytest.mark.parametrize("before", range(34))
def test_a_sheet_is_never_called_more_than_excel_takes(before: int) -> None:
    """An emoji among the first 31 characters of a long name ended the issue of a whole week."""
    taken: set[str] = set()
    wanted = "P" * before + _EMOJI * 3 + "T Rumah Sakit Umum Daerah Kota Batam"
    names = [_tab(wanted, taken) for _ in range(12)]
    assert len({name.casefold() for name in names}) == 12
    assert all(0 < units(name) <= SHEET_NAME for name in names)
    assert "\ufffd" not in "".join(names)


def test_a_page_head_full_of_emoji_fits_beside_the_others() -> None:
    _, shown = in_head(_EMOJI * 200)
    assert units(shown) <= 64
