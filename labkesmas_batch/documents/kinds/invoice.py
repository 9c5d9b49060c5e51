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


def compose(context: DocumentContext) -> Iterator[Document]:
    """Yield an invoice for each request whose customer pays."""
    for case_file in context.charged:
        yield _invoice(context, case_file)


def _invoice(context: DocumentContext, case_file: CaseFile) -> Document:
    request = case_file.request
    return context.letter(
        DocumentKind.INVOICE,
        request.number,
        request.number,
        Fields(
            (
                *addressee(case_file),
                ("Nomor permintaan", request.number),
                ("Jenis contoh uji", case_file.sample_type),
                ("Lokasi dan tanggal", f"{case_file.place}; {case_file.days}"),
                ("Tanggal tagihan", context.date),
                ("Jatuh tempo", due(context, case_file)),
                ("Kode billing", Gap("kode billing, dari sistem penerimaan negara")),
                ("NTPN", Gap("NTPN, sesudah dibayar")),
            )
        ),
        Space(),
        *price_blocks(case_file),
        Fields((("Dasar tarif", bases(case_file) or Gap("dasar tarif")),)),
        Text(
            "Pembayaran hanya melalui sistem penerimaan negara dengan kode billing di atas; "
            "petugas tidak menerima uang tunai. Bukti bayar yang memuat NTPN agar disampaikan "
            "kepada kami."
        ),
        context.signature(TREASURER),
        official="nomor tagihan",
    )


def due(context: DocumentContext, case_file: CaseFile) -> Value:
    """Return until when the invoice is to be paid: a bill is owed once the service is done."""
    days = context.days("Jatuh Tempo Tagihan (Hari)")
    if isinstance(days, Gap):
        return days
    assert case_file.visit
    return long_date(case_file.visit.last + timedelta(days=days))
