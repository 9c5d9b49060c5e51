"""Tagihan (SOP step 5): as the quotation; what the state's payment system gives is left blank."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from labkesmas_batch.documents.case import CaseFile
from labkesmas_batch.documents.content import Document, Fields, Gap, Space, Text, Value
from labkesmas_batch.documents.context import TREASURER, DocumentContext
from labkesmas_batch.documents.customer import addressee
from labkesmas_batch.documents.prices import bases, price_blocks
from labkesmas_batch.model.documents import DocumentKind
from labkesmas_batch.text.indonesian import long_date


def compose(cabinet: DocumentContext) -> Iterator[Document]:
    """Yield an invoice for each request whose customer pays."""
    for dossier in cabinet.charged:
        yield _invoice(cabinet, dossier)


def _invoice(cabinet: DocumentContext, dossier: CaseFile) -> Document:
    request = dossier.request
    return cabinet.letter(
        DocumentKind.INVOICE,
        request.number,
        request.number,
        Fields(
            (
                *addressee(dossier),
                ("Nomor permintaan", request.number),
                ("Jenis contoh uji", dossier.sample_type),
                ("Lokasi dan tanggal", f"{dossier.place}; {dossier.days}"),
                ("Tanggal tagihan", cabinet.date),
                ("Jatuh tempo", due(cabinet, dossier)),
                ("Kode billing", Gap("kode billing, dari sistem penerimaan negara")),
                ("NTPN", Gap("NTPN, sesudah dibayar")),
            )
        ),
        Space(),
        *price_blocks(dossier),
        Fields((("Dasar tarif", bases(dossier) or Gap("dasar tarif")),)),
        Text(
            "Pembayaran hanya melalui sistem penerimaan negara dengan kode billing di atas; "
            "petugas tidak menerima uang tunai. Bukti bayar yang memuat NTPN agar disampaikan "
            "kepada kami."
        ),
        cabinet.signature(TREASURER),
        official="nomor tagihan",
    )


def due(cabinet: DocumentContext, dossier: CaseFile) -> Value:
    """Return until when the invoice is to be paid: a bill is owed once the service is done."""
    days = cabinet.days("Jatuh Tempo Tagihan (Hari)")
    if isinstance(days, Gap):
        return days
    assert dossier.visit
    return long_date(dossier.visit.last + timedelta(days=days))
