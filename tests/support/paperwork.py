"""A finalize for tests of the documents, and the written documents read back as people see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from labkesmas_batch.commands import inputs
from labkesmas_batch.documents.numbering import assign
from labkesmas_batch.documents.registry import identities
from labkesmas_batch.documents.write import file_name, write_documents
from labkesmas_batch.model.documents import ApprovedSchedule, DocumentKind
from labkesmas_batch.model.week import Week
from labkesmas_batch.planning.weekly import decide
from tests.support.builders import OFFICE_ROWS, RUN_DATE, row, write_intake, write_reference

# A reference that leaves nothing open.
COMPLETE: Mapping[str, Sequence[Sequence[object]]] = {
    "pejabat": [
        ("Plt. Kepala", "Nama Kepala", "196501011990031001"),
        ("Kepala Instalasi Sampling", "Nama Kepala Instalasi", "197001011995031002"),
        ("Bendahara Penerimaan", "Nama Bendahara", "198001012005031003"),
        ("Koordinator Pelayanan", "Nama Koordinator", "198501012010031004"),
    ],
    "tarif": [
        ("Air Minum", "E. coli", 100_000, "contoh"),
        ("Air Minum", "pH", 15_000, "contoh"),
        ("Udara Ambien", "PM10", 200_000, "contoh"),
    ],
    **{name.casefold().replace(" ", "_"): rows for name, rows in OFFICE_ROWS.items()},
}
REACHABLE = {
    "alamat": "Jl. Contoh 1",
    "narahubung": "Ibu Contoh",
    "telepon": "0812-3456-7890",
    "parameter": "E. coli",
}


def full_row(number: str = "P-1", **cells: Any) -> dict[str, object]:
    """A row of the intake that leaves nothing open."""
    return row(number, **(REACHABLE | cells))


def week(folder: Path, rows: Iterable[Mapping[str, object]], **sheets: Any) -> Week:
    """Decide a week of these rows with the complete reference, some of its sheets replaced."""
    form = write_intake(folder / "permintaan.xlsx", list(rows))
    write_reference(folder / "acuan.xlsx", **{**COMPLETE, **sheets})
    return decide(inputs.gather([form], None), RUN_DATE)


def finalized(decided: Week, **changes: Any) -> ApprovedSchedule:
    """The finalize that approves a week as it is."""
    return ApprovedSchedule(
        **{
            "run": f"{decided.run_date}-r1",
            "run_date": decided.run_date,
            "approved_by": "Nama Kepala",
            "approved_on": decided.run_date,
            "reference": decided.reference,
            "visits": decided.plan.allocation.visits,
            "returned": decided.plan.returned,
            "unplaced": decided.plan.allocation.unplaced,
            **changes,
        }
    )


def final_of(folder: Path, *rows: Mapping[str, object], **sheets: Any) -> ApprovedSchedule:
    """The finalize of a week of these rows."""
    return finalized(week(folder, rows or [full_row()], **sheets))


def write(folder: Path, final: ApprovedSchedule, **options: Any) -> tuple[Path, ...]:
    """Number and write the documents of a first finalize."""
    return write_documents(folder, final, assign(identities(final), {}), **options)


@dataclass(frozen=True)
class Sheet:
    """One document as rows of cell values, without the empty cells."""

    rows: tuple[tuple[object, ...], ...]

    @property
    def number(self) -> str:
        """Our running number."""
        return str(self.rows[0][0]).removeprefix("No. urut kami: ")

    def field(self, label: str) -> object:
        """The value that stands behind a label."""
        return next(r[2] for r in self.rows if len(r) == 3 and r[:2] == (label, ":"))

    def table(self, *heads: str) -> list[tuple[object, ...]]:
        """Rows below the row that begins with these heads, until one that has no number."""
        at = next(i for i, r in enumerate(self.rows) if r[: len(heads)] == heads)
        found = []
        for each in self.rows[at + 1 :]:
            if each[: len(heads)] == heads:
                continue  # said again on the next page
            if not each or not isinstance(each[0], int):
                break
            found.append(each)
        return found

    def value_after(self, label: str) -> object:
        """The value beside a label in the same row."""
        return next(r[1] for r in self.rows if r and r[0] == label)


def read(folder: Path, kind: DocumentKind) -> list[Sheet]:
    """Every document of a kind, whether it has a sheet of its own or shares one."""
    return list(_documents(folder / file_name(kind)))


def _documents(path: Path) -> Iterator[Sheet]:
    for sheet in load_workbook(path).worksheets:
        document: list[tuple[object, ...]] = []
        for cells in sheet.iter_rows(values_only=True):
            on_hold = tuple(cell for cell in cells if cell is not None)
            if on_hold and str(on_hold[0]).startswith("No. urut kami"):
                if document:
                    yield Sheet(tuple(document))
                document = []
            if document or (on_hold and str(on_hold[0]).startswith("No. urut kami")):
                document.append(on_hold)
        if document:
            yield Sheet(tuple(document))


_ONES = [
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
]
_SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def from_words(text: str) -> int:
    """The number that Indonesian words say; written apart from the library that makes them."""
    total = part = last = 0
    for word in text.casefold().replace("rupiah", "").split():
        if word in _ONES:
            last = _ONES.index(word)
        elif word == "belas":
            part, last = part + 10 + last, 0
        elif word == "puluh":
            part, last = part + 10 * last, 0
        elif word == "seratus":
            part += 100
        elif word == "ratus":
            part, last = part + 100 * last, 0
        elif word == "seribu":
            total += 1000
        else:
            total += (part + last) * _SCALES[word]
            part = last = 0
    return total + part + last
