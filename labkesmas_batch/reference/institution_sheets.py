"""The typed sheets that only the documents need, made into an :class:`Office`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labkesmas_batch.forms.typed import Typed
from labkesmas_batch.model.institution import FACT_KEYS, Clause, Member, Method, Office
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.text.names import fold

_MEMBER = (Header.TEAM_NAME, Header.NAME, Header.STAFF_NUMBER, Header.GRADE, Header.POSITION)
_METHOD = (
    Header.SAMPLE_TYPE, Header.UNIT, Header.CONTAINER, Header.VOLUME, Header.PRESERVATION,
    Header.METHOD, Header.QUALITY_CONTROL, Header.PREPARATION,
)  # fmt: skip
_KEYS = {fold(key): key for key in FACT_KEYS}


def read_office(typed: Mapping[str, Typed]) -> Office:
    """Return what the four sheets say; a sheet that the workbook lacks says nothing."""
    facts: dict[str, tuple[str, ...]] = {}
    for key, text, _ in _rows(typed[SheetName.INSTITUTION], (Header.SUBJECT, Header.CONTENT)):
        if fold(key) in _KEYS and text:
            known = _KEYS[fold(key)]
            facts[known] = (*facts.get(known, ()), text)
    methods = [Method(*row) for row in _rows(typed[SheetName.SAMPLING_METHODS], _METHOD)]
    return Office(
        members=tuple(Member(*row) for row in _rows(typed[SheetName.TEAM_MEMBERS], _MEMBER)),
        clauses=tuple(
            Clause(*row)
            for row in _rows(
                typed[SheetName.AGREEMENT_TEXT], (Header.ARTICLE, Header.TITLE, Header.CONTENT)
            )
        ),
        methods={method.sample_type: method for method in methods},
        facts=facts,
    )


def _rows(typed: Typed, headers: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """Return each row's texts in the order of the headers, and its number at the end."""
    columns = [typed.columns[header] for header in headers]
    return [
        (*("" if cell is None else str(cell) for cell in cells), row.number)
        for row, *cells in zip(typed.table.rows, *columns, strict=True)
    ]
