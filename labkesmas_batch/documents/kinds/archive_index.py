"""Indeks Arsip: every file of the run, every document in it, and which procedure takes over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from labkesmas_batch.documents.content import Block, Document, Gap, Head, Link, Table, Text, Value
from labkesmas_batch.documents.context import HEAD_OF_SAMPLING, DocumentContext
from labkesmas_batch.findings import Finding
from labkesmas_batch.model.documents import TITLES, DocumentKind
from labkesmas_batch.model.sheets import Header

_INFORMATION = "SOP Pelayanan Informasi Customer"
_CONTRACTS = "SOP Kaji Ulang Tender dan Kontrak"
_SAMPLING = "SOP Pengambilan Sampel Uji"
_RECEPTION = "SOP Alur Penerimaan Sampel di Pelayanan"
_COVID = "SOP Alur Penerimaan dan Pengujian Sampel Covid-19"
_PCR = "SOP Pelaporan PCR di New All Record"
_SATISFACTION = "SOP Kepuasan Pelanggan"
TAKES_OVER = {
    DocumentKind.ASSIGNMENT: _INFORMATION,
    DocumentKind.TERMS: _INFORMATION,
    DocumentKind.QUOTATION: _CONTRACTS,
    DocumentKind.AGREEMENT: _CONTRACTS,
    DocumentKind.SAMPLING_PLAN: _SAMPLING,
    DocumentKind.DUTY_LETTER: _SAMPLING,
    DocumentKind.INVOICE: _SATISFACTION,
    DocumentKind.FIELD_BOOK: _SAMPLING,
    DocumentKind.CUSTOMER_NOTICE: _INFORMATION,
    DocumentKind.REGISTRATION: _RECEPTION,
    DocumentKind.WORK_PLAN: _CONTRACTS,
    DocumentKind.INDEX: "",
}
_PROCEDURES = (
    (_INFORMATION, "Disposisi, Ketentuan Waktu Permintaan dan Informasi Customer", "Customer tahu "
     "ketentuan dan jadwalnya; pertanyaan dijawab menurut SOP itu."),
    (_CONTRACTS, "Penawaran Harga, MoU dan Dokumen Perencanaan Pekerjaan", "Persetujuan customer "
     "dan kaji ulang diselesaikan sebelum hari pengambilan."),
    (_SAMPLING, "Rencana Sampling, SPT dan Buku Catatan Turun Sampling", "Tim mengambil contoh "
     "uji dan melengkapi catatan lapangan."),
    (_RECEPTION, "Dokumen Registrasi Penerimaan Contoh Uji", "Petugas penerimaan memeriksa dan "
     "mencatat setiap contoh uji."),
    (_COVID, "Dokumen Registrasi, untuk spesimen Covid-19", "Spesimen diterima dan diuji menurut "
     "alur tersendiri."),
    (_PCR, "Hasil uji PCR", "Hasil dilaporkan pada New All Record."),
    (_SATISFACTION, "Tagihan, sesudah layanan selesai", "Survei kepuasan disampaikan bersama "
     "penyelesaian layanan."),
)  # fmt: skip

_FILES = (
    (4.0, Head("No.", align="center")), (25.0, Head(Header.FILE)), (20.0, Head(Header.KIND)),
    (19.0, Head("No. urut kami")), (8.0, Head("Halaman", align="center")), (28.0, Head("SHA-256")),
    (13.0, Head("Tempat arsip")), (18.0, Head("Prosedur lanjutan")),
)  # fmt: skip
_PAPERS = (
    (5.0, Head("No.", align="center")), (20.0, Head("No. urut kami")), (42.0, Head("Dokumen")),
    (34.0, Head("Untuk")), (34.0, Head(Header.FILE)),
)  # fmt: skip
_STEPS = ((5.0, Head("No.", align="center")), (46.0, Head("Prosedur terkait")),
          (42.0, Head("Mengambil alih dari")), (44.0, Head("Selanjutnya")))  # fmt: skip
_OPEN = (
    (5.0, Head("No.", align="center")), (7.0, Head(Header.CODE, align="center")),
    (22.0, Head(Header.FILE)), (18.0, Head(Header.SHEET)), (9.0, Head("Baris", align="center")),
    (40.0, Head("Yang belum ada")), (34.0, Head(Header.REMEDY)),
)  # fmt: skip
OTHER_KINDS = (
    ("-diperiksa.xlsx", "Salinan permintaan bertanda"), ("jadwal.xlsx", "Jadwal dengan keputusan"),
    ("jadwal-final.xlsx", "Jadwal yang disahkan"), ("realisasi.xlsx", "Formulir realisasi"),
    ("keputusan.json", "Catatan keputusan program"),
    ("keputusan-final.json", "Catatan jadwal yang disahkan"), (".ics", "Kalender tim"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the run; pages None where only a printer knows them."""

    name: str
    kind: DocumentKind | None
    numbers: tuple[str, ...]
    pages: int | None
    sha256: str


def compose(
    context: DocumentContext,
    entries: Sequence[Entry],
    papers: Iterable[tuple[str, Document, str, str]],
    found: Sequence[Finding],
) -> Iterator[Document]:
    """Yield the index, the list of documents, the procedures, and what is still open.

    Parameters
    ----------
    entries
        Every file of the run.
    documents
        Of every numbered document running number, document, file name and where in it it begins.
    found
        Why documents have gaps that the data should fill.
    """
    yield _sheet(
        context,
        context.week,
        "Indeks Arsip",
        _FILES,
        _files(entries),
        Text(
            "Disimpan sebagai data manual (hardfile) dan elektronik (softfile). Berkas yang "
            "berubah isinya mempunyai SHA-256 yang lain.",
            align="left",
        ),
        context.signature(HEAD_OF_SAMPLING),
        numbered=True,
    )
    rows = [
        (at, Link(number, f"external:{file}#{place}"), TITLES[document.kind][0], document.tab, file)
        for at, (number, document, file, place) in enumerate(papers, start=1)
    ]
    yield _sheet(context, "dokumen", "Daftar Dokumen", _PAPERS, rows)
    steps = [(at, *procedure) for at, procedure in enumerate(_PROCEDURES, start=1)]
    yield _sheet(context, "prosedur", "Prosedur Terkait", _STEPS, steps)
    yield _sheet(
        context,
        "perlu",
        "Perlu Dilengkapi",
        _OPEN,
        [
            (at, each.kind.code, each.file, each.sheet, each.row or None, each.problem, each.remedy)
            for at, each in enumerate(found, start=1)
        ],
        Text(
            "Sesudah acuan dilengkapi, dokumen dibuat lagi dengan perintah “documents” dan acuan "
            "itu; lihat docs/dokumen.md.",
            align="left",
        ),
    )


def _sheet(
    context: DocumentContext,
    key: str,
    tab: str,
    columns: Sequence[tuple[float, Head]],
    rows: Iterable[tuple[Value, ...]],
    *after: Block,
    numbered: bool = False,
) -> Document:
    table = Table(tuple(head for _, head in columns), tuple(rows))
    grid = tuple(width for width, _ in columns)
    return context.sheet(
        DocumentKind.INDEX, key, tab, grid, table, *after, title=tab, numbered=numbered
    )


def _files(entries: Sequence[Entry]) -> Iterator[tuple[Value, ...]]:
    for at, entry in enumerate(entries, start=1):
        kind = TITLES[entry.kind][0] if entry.kind else _other_kind(entry.name)
        after = TAKES_OVER[entry.kind] if entry.kind else ""
        pages: Value = Gap("saat dicetak") if entry.pages is None else entry.pages
        if not entry.name.endswith(".xlsx"):
            pages = "–"  # for programs, not for the printer
        yield at, entry.name, kind, span(entry.numbers), pages, entry.sha256, None, after


def _other_kind(name: str) -> str:
    return next((kind for end, kind in OTHER_KINDS if name.endswith(end)), "Berkas lain")


def span(numbers: Sequence[str]) -> str:
    """Return the one number, or the first and last of several with their count."""
    if len(numbers) < 2:
        return "".join(numbers)
    return f"{numbers[0]} s.d. {numbers[-1]} ({len(numbers)} dokumen)"
