"""Buku Catatan Turun Sampling (SOP step 5): a row a visit, space for what the field adds."""

from __future__ import annotations

from collections.abc import Iterator

from labkesmas_batch.documents import contact
from labkesmas_batch.documents.case import CaseFile
from labkesmas_batch.documents.content import Document, Head, Table, Text
from labkesmas_batch.documents.context import HEAD_OF_SAMPLING, DocumentContext
from labkesmas_batch.model.documents import DocumentKind
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.text.indonesian import brief_span

_COLUMNS = (
    (4.0, Head("No.", align="center")),
    (11.0, Head(Header.NUMBER)),
    (12.0, Head(Header.DATE, align="center")),
    (7.0, Head(Header.TEAM, align="center")),
    (21.0, Head("Customer dan lokasi")),
    (11.0, Head("Contoh uji")),
    (6.0, Head("Jam mulai", align="center")),
    (7.0, Head("Jam selesai", align="center")),
    (6.0, Head("Suhu (°C)", align="center")),
    (10.0, Head("Koordinat")),
    (9.0, Head("Cuaca, kondisi")),
    (13.8, Head("Penyimpangan")),
    (8.0, Head("Saksi")),
    (6.0, Head("Paraf")),
)
GRID = tuple(width for width, _ in _COLUMNS)


def compose(context: DocumentContext) -> Iterator[Document]:
    """Yield the one list of the run date."""
    rows = tuple(
        (
            at,
            d.request.number,
            f"{brief_span(d.visit.first, d.visit.last)} {d.visit.last.year}",
            d.visit.team,
            _where(d),
            d.amount,
            *[None] * 8,
        )
        for at, d in enumerate(context.visits, start=1)
        if d.visit
    )
    yield context.sheet(
        DocumentKind.FIELD_BOOK,
        context.week,
        "Buku Catatan",
        GRID,
        Text(
            "Kolom jam, suhu, koordinat, kondisi, penyimpangan, saksi dan paraf diisi di lapangan.",
            align="left",
        ),
        Table(tuple(head for _, head in _COLUMNS), rows, least=42.0),
        context.signature(HEAD_OF_SAMPLING),
    )


def _where(case_file: CaseFile) -> str:
    """Return customer and place, and whom the team calls on the way, as far as it is known."""
    request = case_file.request
    number = contact.international(request.phone)
    phone = contact.readable(number) if number else request.phone
    return "\n".join(filter(None, (request.customer, case_file.place, request.contact, phone)))
