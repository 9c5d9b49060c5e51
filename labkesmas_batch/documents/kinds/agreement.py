"""MoU (SOP steps 2 and 3): two parties, and the clauses that staff keep in the acuan workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator

from labkesmas_batch import findings
from labkesmas_batch.documents.amounts import date_in_words, rupiah, rupiah_in_words
from labkesmas_batch.documents.case import CaseFile
from labkesmas_batch.documents.content import (
    Block,
    Document,
    Fields,
    Gap,
    Heading,
    Rupiah,
    Signature,
    Signer,
    Space,
    Text,
    Value,
)
from labkesmas_batch.documents.context import HEAD_OF_INSTITUTION, DocumentContext
from labkesmas_batch.documents.customer import address
from labkesmas_batch.model.documents import DocumentKind
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.text.indonesian import listing

_WORD = re.compile(r"\{([^{}]*)\}")
_OPEN = "………………"


def compose(cabinet: DocumentContext) -> Iterator[Document]:
    """Yield an MoU for each request whose customer pays."""
    for dossier in cabinet.charged:
        request = dossier.request
        yield cabinet.letter(
            DocumentKind.AGREEMENT,
            request.number,
            request.number,
            Fields(
                (
                    ("Nomor Pihak Kesatu", Gap("nomor MoU balai")),
                    ("Nomor Pihak Kedua", Gap("nomor MoU customer")),
                )
            ),
            Space(),
            *_parties(cabinet, dossier),
            *_clauses(cabinet, dossier),
            Space(),
            Text(
                "MoU ini dibuat rangkap dua, masing-masing sama bunyinya dan mempunyai kekuatan "
                "yang sama sesudah ditandatangani kedua pihak."
            ),
            _signatures(cabinet, dossier),
            title=f"Memorandum of Understanding antara {cabinet.name} dan {request.customer}",
        )


def _parties(cabinet: DocumentContext, dossier: CaseFile) -> Iterator[Block]:
    signer = cabinet.signer(HEAD_OF_INSTITUTION)
    yield Text(
        f"Pada hari ini {date_in_words(cabinet.final.approved_on)}, kami yang bertanda tangan di "
        "bawah ini:"
    )
    yield Fields(
        (
            ("1.  Nama", signer.name),
            ("     Jabatan", signer.above[-1].rstrip(",")),
            ("     Alamat", cabinet.fact_or_gap(Header.ADDRESS)),
        )
    )
    yield Text(f"bertindak untuk {cabinet.name}, selanjutnya disebut Pihak Kesatu;", align="left")
    yield Fields(
        (
            ("2.  Nama", Gap("nama yang menandatangani")),
            ("     Jabatan", Gap("jabatan")),
            ("     Alamat", address(dossier.request)),
        )
    )
    yield Text(
        f"bertindak untuk {dossier.request.customer}, selanjutnya disebut Pihak Kedua;",
        align="left",
    )
    yield Text("sepakat mengadakan kerja sama dengan ketentuan sebagai berikut.", align="left")


def _clauses(cabinet: DocumentContext, dossier: CaseFile) -> Iterator[Block]:
    clauses = cabinet.final.reference.office.clauses
    known = words(cabinet, dossier)
    if not clauses:
        gap = cabinet.missing("pasal-pasal MoU", findings.NO_CLAUSES, SheetName.AGREEMENT_TEXT)
        for title in ("Tujuan", "Tata cara", "Pembiayaan"):
            yield Heading(title)
            yield Text(gap)
    for clause in clauses:
        title = f" {clause.title}" if clause.title else ""
        yield Heading(f"Pasal {clause.article}{title}")
        strange = [word for word in dict.fromkeys(_WORD.findall(clause.text)) if word not in known]
        yield Text(_WORD.sub(lambda found: known.get(found[1]) or _OPEN, clause.text))
        for word in strange:
            yield Text(
                cabinet.missing(
                    f"isi {{{word}}} di atas",
                    findings.PLACEHOLDER_UNKNOWN,
                    SheetName.AGREEMENT_TEXT,
                    row=clause.row,
                    header=Header.CONTENT,
                    value=word or "kosong",
                )
            )


def words(cabinet: DocumentContext, dossier: CaseFile) -> dict[str, str]:
    """Return what the placeholders of the clauses stand for; '' where it is not known."""
    request, total = dossier.request, dossier.total
    return {
        "nama_customer": request.customer,
        "nama_balai": cabinet.name,
        "no_permintaan": request.number,
        "jenis_contoh_uji": dossier.sample_type,
        "parameter": listing(request.parameters, most=50),
        "jumlah": dossier.amount,
        "lokasi": dossier.place,
        "tanggal": dossier.days,
        "tim": dossier.visit.team if dossier.visit else "",
        "nilai": rupiah(total.amount) if isinstance(total, Rupiah) else "",
        "terbilang": rupiah_in_words(total.amount).lower() if isinstance(total, Rupiah) else "",
    }


def _signatures(cabinet: DocumentContext, dossier: CaseFile) -> Signature:
    name: Value = Gap("nama yang menandatangani")
    theirs = Signer(("Pihak Kedua,", f"{dossier.request.customer},"), name, None)
    return Signature(theirs, cabinet.signer(HEAD_OF_INSTITUTION, "Pihak Kesatu,"))
