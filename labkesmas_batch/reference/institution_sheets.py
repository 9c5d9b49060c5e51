"""The typed sheets that only the documents need, made into an :class:`Office`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labkesmas_batch.forms.typed import Typed
from labkesmas_batch.model.institution import FACT_KEYS, Clause, Member, Method, Office
from labkesmas_batch.text.names import fold

_MEMBER = ("Nama Tim", "Nama", "NIP", "Pangkat/Golongan", "Jabatan")
_METHOD = ("Jenis Contoh Uji", "Satuan", "Wadah", "Volume", "Pengawetan", "Metode",
           "Pengendalian Mutu", "Persiapan Customer")  # fmt: skip
_KEYS = {fold(key): key for key in FACT_KEYS}


def read_office(typed: Mapping[str, Typed]) -> Office:
    """Return what the four sheets say; a sheet that the workbook lacks says nothing."""
    facts: dict[str, tuple[str, ...]] = {}
    for key, text, _ in _rows(typed["Instansi"], ("Hal", "Isi")):
        if fold(key) in _KEYS and text:
            known = _KEYS[fold(key)]
            facts[known] = (*facts.get(known, ()), text)
    methods = [Method(*row) for row in _rows(typed["Cara Sampling"], _METHOD)]
    return Office(
        members=tuple(Member(*row) for row in _rows(typed["Anggota Tim"], _MEMBER)),
        clauses=tuple(Clause(*row) for row in _rows(typed["Teks MoU"], ("Pasal", "Judul", "Isi"))),
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
