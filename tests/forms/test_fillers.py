"""Cells that only fill their place, and names that are signatures."""

from __future__ import annotations

from datetime import date

import pytest

from labkesmas_batch import findings
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.typed import parse
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.text.fillers import is_filler, is_name
from tests.support.builders import row, table

FILLERS = ["-", "–", "—", "--", ".", "...", "…", "0", "00", "n/a", "N.A.", "Tidak", "tidak ada",
           "TIDAK  ADA", "tdk ada", "belum", "Belum ada.", "(belum)", "nihil", "kosong", "?",
           "\u200b-", "menyusul", "０"]  # fmt: skip
WORDS = ["D-1", "017/YAN/XI/2026", "Nol", "tidak ada alamat jalan", "belum tentu", "Ani", "10",
         "0812", "x", "Nadia", "Nihilah"]  # fmt: skip
OPTIONAL = [column.header for column in schema.REQUESTS.columns
            if column.is_text and not column.required]  # fmt: skip


@pytest.mark.parametrize("text", FILLERS)
def test_a_filler_is_one_in_whatever_spelling(text: str) -> None:
    assert is_filler(text)


@pytest.mark.parametrize("text", WORDS)
def test_words_and_numbers_are_no_fillers(text: str) -> None:
    assert not is_filler(text)


@pytest.mark.parametrize("header", OPTIONAL)
@pytest.mark.parametrize("text", [*FILLERS, 0, 0.0])
def test_a_filler_in_an_optional_text_cell_is_blank(header: str, text: object) -> None:
    typed = parse(table([row() | {header: text}]), schema.REQUESTS, {})
    assert not typed.columns[header][0]
    told = [each.kind for each in typed.faults if each.header == header]
    assert told == ([findings.FILLER] if header == Header.WAIVER else [])


@pytest.mark.parametrize("header", [Header.PROPOSED, Header.DEADLINE, Header.SAMPLES])
def test_a_filler_in_a_date_or_an_amount_stays_a_finding(header: str) -> None:
    typed = parse(table([row() | {header: "tidak ada"}]), schema.REQUESTS, {})
    assert any(each.header == header and each.is_error for each in typed.faults)


@pytest.mark.parametrize("header", [h for h in schema.REQUESTS.headers if h != Header.RECEIVED])
def test_digits_that_excel_rounded_are_refused_in_text_alone(header: str) -> None:
    column = schema.REQUESTS.column(header)
    for number, rounded in ((10**15, True), (1.2345678901234568e17, True), (10**15 - 1, False)):
        typed = parse(table([row() | {header: number}]), schema.REQUESTS, {})
        kinds = {each.kind for each in typed.faults if each.header == header}
        assert (findings.ROUNDED_NUMBER in kinds) is (rounded and column.is_text)


@pytest.mark.parametrize("text", ["dr. Ani", "Bu Sri Wahyuni, S.K.M.", "Kepala Balai", "Ny"])
def test_a_name_is_a_signature(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize(
    "text", ["-", "x", "……", "X.", "1", "19750101", "xx", "tidak ada", "A B C", str(date.max), ""]
)
def test_marks_and_digits_are_no_signature(text: str) -> None:
    assert not is_name(text)
