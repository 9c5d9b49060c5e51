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


def compose(context: DocumentContext) -> Iterator[Document]:
    """Yield an MoU for each request whose customer pays."""
    for case_file in context.charged:
        request = case_file.request
        yield context.letter(
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
            *_parties(context, case_file),
            *_clauses(context, case_file),
            Space(),
            Text(
                "MoU ini dibuat rangkap dua, masing-masing sama bunyinya dan mempunyai kekuatan "
                "yang sama sesudah ditandatangani kedua pihak."
            ),
            _signatures(context, case_file),
            title=f"Memorandum of Understanding antara {context.name} dan {request.customer}",
        )


def _parties(context: DocumentContext, case_file: CaseFile) -> Iterator[Block]:
    signer = context.signer(HEAD_OF_INSTITUTION)
    yield Text(
        f"Pada hari ini {date_in_words(context.final.approved_on)}, kami yang bertanda tangan di "
        "bawah ini:"
    )
    yield Fields(
        (
            ("1.  Nama", signer.name),
            ("     Jabatan", signer.above[-1].rstrip(",")),
            ("     Alamat", context.fact_or_gap(Header.ADDRESS)),
        )
    )
    yield Text(f"bertindak untuk {context.name}, selanjutnya disebut Pihak Kesatu;", align="left")
    yield Fields(
        (
            ("2.  Nama", Gap("nama yang menandatangani")),
            ("     Jabatan", Gap("jabatan")),
            ("     Alamat", address(case_file.request)),
        )
    )
    yield Text(
        f"bertindak untuk {case_file.request.customer}, selanjutnya disebut Pihak Kedua;",
        align="left",
    )
    yield Text("sepakat mengadakan kerja sama dengan ketentuan sebagai berikut.", align="left")


def _clauses(context: DocumentContext, case_file: CaseFile) -> Iterator[Block]:
    clauses = context.final.reference.office.clauses
    known = words(context, case_file)
    if not clauses:
        gap = context.missing("pasal-pasal MoU", findings.NO_CLAUSES, SheetName.AGREEMENT_TEXT)
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
                context.missing(
                    f"isi {{{word}}} di atas",
                    findings.PLACEHOLDER_UNKNOWN,
                    SheetName.AGREEMENT_TEXT,
                    row=clause.row,
                    header=Header.CONTENT,
                    value=word or "kosong",
                )
            )


def words(context: DocumentContext, case_file: CaseFile) -> dict[str, str]:
    """Return what the placeholders of the clauses stand for; '' where it is not known."""
    request, total = case_file.request, case_file.total
    return {
        "nama_customer": request.customer,
        "nama_balai": context.name,
        "no_permintaan": request.number,
        "jenis_contoh_uji": case_file.sample_type,
        "parameter": listing(request.parameters, most=50),
        "jumlah": case_file.amount,
        "lokasi": case_file.place,
        "tanggal": case_file.days,
        "tim": case_file.visit.team if case_file.visit else "",
        "nilai": rupiah(total.amount) if isinstance(total, Rupiah) else "",
        "terbilang": rupiah_in_words(total.amount).lower() if isinstance(total, Rupiah) else "",
    }


def _signatures(context: DocumentContext, case_file: CaseFile) -> Signature:
    name: Value = Gap("nama yang menandatangani")
    theirs = Signer(("Pihak Kedua,", f"{case_file.request.customer},"), name, None)
    return Signature(theirs, context.signer(HEAD_OF_INSTITUTION, "Pihak Kesatu,"))
