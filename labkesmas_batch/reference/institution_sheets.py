"""The typed sheets that only the documents need, made into an :class:`Office`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labkesmas_batch import findings
from labkesmas_batch.forms.typed import Typed
from labkesmas_batch.model.institution import FACT_KEYS, Clause, Member, Method, Office
from labkesmas_batch.text.names import fold, suggestion

_MEMBER = ("Nama Tim", "Nama", "NIP", "Pangkat/Golongan", "Jabatan")
_METHOD = ("Jenis Contoh Uji", "Satuan", "Wadah", "Volume", "Pengawetan", "Metode",
           "Pengendalian Mutu", "Persiapan Customer")  # fmt: skip
_KEYS = {fold(key): key for key in FACT_KEYS}


def check_office(typed: Mapping[str, Typed]) -> None:
    """Warn of rows of Instansi that nobody reads, and of a kind of sample that comes twice."""
    _known(typed, "Anggota Tim", "Nama Tim", "Tim")
    _known(typed, "Cara Sampling", "Jenis Contoh Uji", "Jenis Contoh Uji")
    facts, methods = typed["Instansi"], typed["Cara Sampling"]
    for index, key in enumerate(facts.columns["Hal"]):
        if key and fold(key) not in _KEYS:
            hint = suggestion(str(key), FACT_KEYS)
            facts.fault(index, "Hal", findings.FACT_UNKNOWN, key, hint=hint)
    seen: dict[object, int] = {}
    for index, name in enumerate(methods.columns["Jenis Contoh Uji"]):
        first = seen.setdefault(name, index)
        if name and first != index:
            place = f"baris {methods.table.rows[first].number}"
            methods.fault(index, "Jenis Contoh Uji", findings.NAME_TWICE, name, hint=place)


def _known(typed: Mapping[str, Typed], sheet: str, header: str, source: str) -> None:
    """Spell the names of a column as in their own sheet, and warn of those that it lacks."""
    names = [str(name) for name in next(iter(typed[source].columns.values())) if name]
    by_fold = {fold(name): name for name in names}
    column = typed[sheet].columns[header]
    for index, name in enumerate(column):
        column[index] = by_fold.get(fold(name or ""), name)
        if name and fold(name) not in by_fold:
            hint = suggestion(str(name), names)
            typed[sheet].fault(index, header, findings.ROW_UNUSED, name, words=source, hint=hint)


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
