"""Dokumen Perencanaan Pekerjaan (SOP step 4) with the review of step 6 (ISO/IEC 17025, 7.1)."""

from __future__ import annotations

from collections.abc import Iterator

from labkesmas_batch.documents.case import CaseFile, earliest
from labkesmas_batch.documents.content import (
    Document,
    Fields,
    Gap,
    Head,
    Heading,
    Table,
    Text,
    Value,
)
from labkesmas_batch.documents.context import HEAD_OF_SAMPLING, DocumentContext
from labkesmas_batch.documents.customer import addressee
from labkesmas_batch.documents.kinds.customer_notice import why
from labkesmas_batch.documents.kinds.sampling_plan import parameters
from labkesmas_batch.model.documents import DocumentKind
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.text.indonesian import listing, long_date

_REVIEW = (
    Head("No.", align="center"), Head("Yang dikaji", 2), Head("Hasil kaji ulang", 3),
    Head("Paraf", align="center"),
)  # fmt: skip


def compose(context: DocumentContext) -> Iterator[Document]:
    """Yield a page for each request, with a visit or without."""
    for case_file in context.case_files:
        request = case_file.request
        yield context.letter(
            DocumentKind.WORK_PLAN,
            request.number,
            request.number,
            Heading("A. Permintaan"),
            Fields(
                (
                    ("Nomor permintaan", request.number),
                    ("Diterima tanggal", long_date(request.received_on)),
                    *addressee(case_file),
                    ("Contoh uji", case_file.amount),
                    (Header.PARAMETERS, parameters(case_file)),
                    ("Lokasi", case_file.place),
                    (
                        "Tanggal usulan",
                        long_date(request.proposed) if request.proposed else "tidak disebut",
                    ),
                    (
                        "Batas akhir",
                        long_date(request.deadline) if request.deadline else "tidak disebut",
                    ),
                )
            ),
            Heading("B. Kaji ulang permintaan (ISO/IEC 17025 klausul 7.1)"),
            Table(
                _REVIEW,
                tuple(
                    (at, what, told, None)
                    for at, (what, told) in enumerate(_review(context, case_file), start=1)
                ),
            ),
            Heading("C. Keputusan"),
            Text(_outcome(case_file), align="left"),
            Text(
                "☐ Diterima     ☐ Diterima dengan perubahan     ☐ Ditolak     "
                "Paraf: …………     Tanggal: …………",
                align="left",
            ),
            context.signature(HEAD_OF_SAMPLING),
        )


def _review(context: DocumentContext, case_file: CaseFile) -> Iterator[tuple[str, Value]]:
    reference, request = context.final.reference, case_file.request
    kind = context.kind(case_file)
    clear: Value = "Jelas: jenis, jumlah, lokasi dan parameter disebut"
    yield "Persyaratan customer jelas", clear if request.parameters else Gap("tanya parameter")
    yield "Tenggang permintaan", _lead_time(context, case_file)
    teams = [team.name for team in reference.teams if team.can_sample(case_file.sample_type)]
    mastered = f"Mampu: {listing(teams)} menguasai {case_file.sample_type}"
    yield "Personel mampu", mastered if teams else f"Tidak ada tim untuk {case_file.sample_type}"
    yield "Peralatan tersedia", _equipment(context, case_file)
    yield "Metode mampu dan sesuai", Gap("metode uji, diputuskan laboratorium")
    capacity = kind.lab_capacity
    yield (
        "Kapasitas laboratorium",
        (
            f"{request.samples} contoh uji dari kapasitas {capacity} sehari"
            if capacity is not None
            else f"{request.samples} contoh uji; kapasitas tanpa batas"
        ),
    )
    yield "Subkontraktor", Gap("perlu / tidak, nama")
    yield "Perbedaan dengan permintaan", Gap("ada / tidak, penyelesaian")


def _lead_time(context: DocumentContext, case_file: CaseFile) -> str:
    request, wanted = case_file.request, context.final.reference.policy.lead_days
    if case_file.returned:
        short = case_file.returned.days_short
        return f"Kurang {short} hari dari ketentuan {wanted} hari (R-TENGGANG)"
    if request.waiver:
        return f"Dikecualikan: Surat Dispensasi {request.waiver}"
    if not case_file.visit:
        return f"Cukup menurut ketentuan {wanted} hari (R-TENGGANG)"
    days = (case_file.visit.first - request.received_on).days
    return f"Cukup: {days} hari, ketentuan {wanted} hari (R-TENGGANG)"


def _equipment(context: DocumentContext, case_file: CaseFile) -> str:
    """Say what the kind needs; whether a unit is free that day the allocation has seen to."""
    kind = context.kind(case_file)
    if not kind.equipment:
        return "Tidak ada peralatan yang disyaratkan pada acuan"
    told = listing(kind.equipment, most=20)
    return f"Tersedia pada hari itu: {told}" if case_file.visit else f"Diperlukan: {told}"


def _outcome(case_file: CaseFile) -> str:
    visit = case_file.visit
    if visit is None:
        day = earliest(case_file)
        near = f"; tanggal terdekat {long_date(day)}" if day else ""
        return f"Hasil pengaturan jadwal: {why(case_file)}{near}."
    moved = " (digeser dari tanggal usulan)" if visit.status is Outcome.MOVED else ""
    return f"Hasil pengaturan jadwal: {case_file.days}, {visit.team}{moved}."
