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


def compose(cabinet: DocumentContext) -> Iterator[Document]:
    """Yield a page for each request, with a visit or without."""
    for dossier in cabinet.dossiers:
        request = dossier.request
        yield cabinet.letter(
            DocumentKind.WORK_PLAN,
            request.number,
            request.number,
            Heading("A. Permintaan"),
            Fields(
                (
                    ("Nomor permintaan", request.number),
                    ("Diterima tanggal", long_date(request.received_on)),
                    *addressee(dossier),
                    ("Contoh uji", dossier.amount),
                    (Header.PARAMETERS, parameters(dossier)),
                    ("Lokasi", dossier.place),
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
                    for at, (what, told) in enumerate(_review(cabinet, dossier), start=1)
                ),
            ),
            Heading("C. Keputusan"),
            Text(_outcome(dossier), align="left"),
            Text(
                "☐ Diterima     ☐ Diterima dengan perubahan     ☐ Ditolak     "
                "Paraf: …………     Tanggal: …………",
                align="left",
            ),
            cabinet.signature(HEAD_OF_SAMPLING),
        )


def _review(cabinet: DocumentContext, dossier: CaseFile) -> Iterator[tuple[str, Value]]:
    reference, request = cabinet.final.reference, dossier.request
    kind = cabinet.kind(dossier)
    clear: Value = "Jelas: jenis, jumlah, lokasi dan parameter disebut"
    yield "Persyaratan customer jelas", clear if request.parameters else Gap("tanya parameter")
    yield "Tenggang permintaan", _lead_time(cabinet, dossier)
    teams = [team.name for team in reference.teams if team.can_sample(dossier.sample_type)]
    mastered = f"Mampu: {listing(teams)} menguasai {dossier.sample_type}"
    yield "Personel mampu", mastered if teams else f"Tidak ada tim untuk {dossier.sample_type}"
    yield "Peralatan tersedia", _equipment(cabinet, dossier)
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


def _lead_time(cabinet: DocumentContext, dossier: CaseFile) -> str:
    request, wanted = dossier.request, cabinet.final.reference.policy.lead_days
    if dossier.returned:
        short = dossier.returned.days_short
        return f"Kurang {short} hari dari ketentuan {wanted} hari (R-TENGGANG)"
    if request.waiver:
        return f"Dikecualikan: Surat Dispensasi {request.waiver}"
    if not dossier.visit:
        return f"Cukup menurut ketentuan {wanted} hari (R-TENGGANG)"
    days = (dossier.visit.first - request.received_on).days
    return f"Cukup: {days} hari, ketentuan {wanted} hari (R-TENGGANG)"


def _equipment(cabinet: DocumentContext, dossier: CaseFile) -> str:
    """Say what the kind needs; whether a unit is free that day the allocation has seen to."""
    kind = cabinet.kind(dossier)
    if not kind.equipment:
        return "Tidak ada peralatan yang disyaratkan pada acuan"
    told = listing(kind.equipment, most=20)
    return f"Tersedia pada hari itu: {told}" if dossier.visit else f"Diperlukan: {told}"


def _outcome(dossier: CaseFile) -> str:
    visit = dossier.visit
    if visit is None:
        day = earliest(dossier)
        near = f"; tanggal terdekat {long_date(day)}" if day else ""
        return f"Hasil pengaturan jadwal: {why(dossier)}{near}."
    moved = " (digeser dari tanggal usulan)" if visit.status is Outcome.MOVED else ""
    return f"Hasil pengaturan jadwal: {dossier.days}, {visit.team}{moved}."
