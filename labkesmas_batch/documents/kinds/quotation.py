"""Penawaran Harga (SOP steps 2 and 3): a request's prices, for its customer to agree to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from labkesmas_batch.documents.case import CaseFile
from labkesmas_batch.documents.content import Document, Fields, Gap, Signer, Space, Text
from labkesmas_batch.documents.context import HEAD_OF_INSTITUTION, DocumentContext
from labkesmas_batch.documents.customer import addressee
from labkesmas_batch.documents.prices import bases, price_blocks
from labkesmas_batch.model.documents import DocumentKind
from labkesmas_batch.text.indonesian import long_date


def compose(context: DocumentContext) -> Iterator[Document]:
    """Yield a quotation for each request whose customer pays."""
    for case_file in context.charged:
        yield _quotation(context, case_file)


def _quotation(context: DocumentContext, case_file: CaseFile) -> Document:
    request = case_file.request
    customer = Signer(("", "Menyetujui,", f"{request.customer},"), Gap("nama dan jabatan"), None)
    return context.letter(
        DocumentKind.QUOTATION,
        request.number,
        request.number,
        Fields(
            (
                *addressee(case_file),
                ("Nomor permintaan", request.number),
                ("Tanggal permintaan", long_date(request.received_on)),
                ("Jenis contoh uji", case_file.sample_type),
                ("Lokasi sampling", case_file.place),
                ("Tanggal pengambilan", case_file.days),
            )
        ),
        Space(),
        Text(
            "Bersama ini kami sampaikan penawaran harga pengujian atas permintaan tersebut, "
            "dengan rincian sebagai berikut:"
        ),
        *price_blocks(case_file),
        Fields(
            (
                ("Dasar tarif", bases(case_file) or Gap("dasar tarif")),
                ("Masa berlaku penawaran", validity(context)),
            )
        ),
        Text(
            "Mohon penawaran ini ditandatangani dan dikembalikan kepada kami sebagai tanda "
            "persetujuan sebelum tanggal pengambilan contoh uji."
        ),
        context.signature(HEAD_OF_INSTITUTION, customer),
        official="nomor surat penawaran",
    )


def validity(context: DocumentContext) -> str | Gap:
    """Return how long the offer holds."""
    days = context.days("Penawaran Berlaku (Hari)")
    if isinstance(days, Gap):
        return days
    last = context.final.approved_on + timedelta(days=days)
    return f"{days} hari kalender, sampai dengan {long_date(last)}"
