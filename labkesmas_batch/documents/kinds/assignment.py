"""Disposisi Surat Penugasan (SOP step 1): the Kepala passes the week's coordination on."""

from __future__ import annotations

from collections.abc import Iterator

from labkesmas_batch.documents.content import (
    Document,
    Fields,
    Gap,
    Head,
    Heading,
    Space,
    Table,
    Text,
)
from labkesmas_batch.documents.context import (
    COORDINATOR,
    HEAD_OF_INSTITUTION,
    HEAD_OF_SAMPLING,
    TREASURER,
    DocumentContext,
)
from labkesmas_batch.model.documents import DocumentKind
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.text.indonesian import long_date

_PASSED_ON = (
    Head("No.", align="center"), Head("Diteruskan kepada", 3), Head(Header.DATE, 2),
    Head("Paraf"),
)  # fmt: skip


def compose(context: DocumentContext) -> Iterator[Document]:
    """Yield the one disposition of the run date."""
    final = context.final
    days = [d.visit.first for d in context.visits if d.visit]
    told = f"{len(days)} kunjungan"
    if days:
        told += f", {long_date(min(days))} sampai dengan {long_date(max(days))}"
    instructions = (
        "Koordinasikan pelayanan dengan customer internal dan eksternal menurut jadwal yang "
        f"sudah disetujui: {told}.",
        "Terbitkan SPT setiap tim dan siapkan peralatan, wadah serta rencana sampling.",
        "Sampaikan jadwal kepada customer dan catat perubahan yang diminta.",
        "Laporkan pelaksanaan dan kendalanya sesudah pengambilan contoh uji selesai.",
    )
    passed_on = (HEAD_OF_SAMPLING, COORDINATOR, TREASURER)
    yield context.letter(
        DocumentKind.ASSIGNMENT,
        context.week,
        "Disposisi",
        Fields(
            (
                ("Asal surat", Gap("asal surat penugasan")),
                ("Nomor surat", Gap("nomor surat penugasan")),
                ("Tanggal surat", Gap("tanggal surat")),
                ("Diterima tanggal", Gap("tanggal diterima")),
                ("Nomor agenda", Gap("nomor agenda")),
                ("Sifat", "☐ Biasa     ☐ Segera     ☐ Sangat segera     ☐ Rahasia"),
                (
                    Header.SUBJECT,
                    "Penugasan koordinasi pelayanan laboratorium, pengaturan jadwal tanggal "
                    f"{long_date(final.run_date)}",
                ),
            )
        ),
        Space(),
        Table(
            _PASSED_ON,
            tuple((at, role, None, None) for at, role in enumerate(passed_on, start=1)),
            least=24.0,
        ),
        Heading("Isi disposisi"),
        *(Text(text, f"{at}.") for at, text in enumerate(instructions, start=1)),
        Heading(Header.REMARK),
        Table((Head("Catatan Kepala", 7),), ((None,),), least=70.0),
        context.signature(HEAD_OF_INSTITUTION),
    )
