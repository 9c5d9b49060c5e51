"""Dokumen Registrasi Penerimaan Contoh Uji (SOP step 8): a row a sample, ready for the counter."""

from __future__ import annotations

from collections.abc import Iterator

from labkesmas_batch import findings
from labkesmas_batch.documents.case import CaseFile, deadline, request_gap
from labkesmas_batch.documents.content import Document, Gap, Head, Table, Text, Value
from labkesmas_batch.documents.context import HEAD_OF_SAMPLING, DocumentContext
from labkesmas_batch.model.documents import DocumentKind
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.text.indonesian import short_date

# A request beyond this gets one row with the range of its codes: nobody fills in so many.
MOST_ROWS = 2_000
_COLUMNS = (
    (4.0, Head("No.", align="center")),
    (13.0, Head("Kode contoh uji")),
    (17.0, Head("Customer")),
    (13.0, Head("Jenis contoh uji")),
    (12.0, Head("Rencana tiba", align="center")),
    (17.0, Head("Batas simpan")),
    (6.0, Head("Suhu (°C)", align="center")),
    (8.0, Head(Header.VOLUME)),
    (8.0, Head("Kondisi")),
    (8.0, Head("Terima / tolak", align="center")),
    (8.0, Head(Header.EXPLANATION)),
    (11.0, Head("Diserahkan oleh")),
    (9.0, Head("Diterima oleh")),
)
_OVER = "periksa: habis sebelum tiba"
_ADVICE = (
    f" Yang bertanda “{_OVER}” tidak tahan sampai tim kembali: rencanakan pengawetan, pengiriman "
    "lebih dahulu, atau pengujian di tempat."
)
GRID = tuple(width for width, _ in _COLUMNS)


def compose(context: DocumentContext) -> Iterator[Document]:
    """Yield the one list of the run date."""
    codes = [(d, code) for d in context.visits for code in _codes(d)]
    rows = tuple(
        (
            at,
            code,
            d.request.customer,
            d.sample_type,
            short_date(d.visit.last),
            _until(context, d),
            *[None] * 7,
        )
        for at, (d, code) in enumerate(codes, start=1)
        if d.visit
    )
    over = any(_over(context, case_file) for case_file in context.visits)
    yield context.sheet(
        DocumentKind.REGISTRATION,
        context.week,
        "Registrasi",
        GRID,
        Text(
            "Batas simpan dihitung sejak jam ambil yang dicatat di lapangan. Suhu sampai dengan "
            f"Diterima oleh diisi saat penerimaan.{_ADVICE if over else ''}",
            align="left",
        ),
        Table(tuple(head for _, head in _COLUMNS), rows, least=27.0),
        context.signature(HEAD_OF_SAMPLING),
    )


def _codes(case_file: CaseFile) -> Iterator[Value]:
    samples = case_file.request.samples
    if samples <= MOST_ROWS:
        yield from (case_file.sample_code(number) for number in range(1, samples + 1))
        return
    first, last = case_file.sample_code(1), case_file.sample_code(samples)
    yield request_gap(
        f"{first} s.d. {last}",
        findings.SAMPLES_TOGETHER,
        case_file.request,
        header=Header.SAMPLES,
        value=samples,
    )


def _over(context: DocumentContext, case_file: CaseFile) -> bool:
    """Tell whether a sample of the first day no longer keeps when the team is back."""
    visit, hours = case_file.visit, context.kind(case_file).storage_hours
    if visit is None or hours is None:
        return False
    region = context.final.reference.regions.get(case_file.request.region)
    away = 24 * (visit.last - visit.first).days
    return 0 < away >= hours or ((region and region.travel_hours) or 0) > hours


def _until(context: DocumentContext, case_file: CaseFile) -> str | Gap:
    hours = context.kind(case_file).storage_hours
    assert case_file.visit
    until = deadline(case_file.visit.first, hours)
    if _over(context, case_file):
        return f"{until}\n{_OVER}"
    return until or context.missing(
        "waktu simpan",
        findings.NO_METHOD,
        Header.SAMPLE_TYPE,
        header=Header.HOLDING_TIME,
        value=case_file.sample_type,
        words=Header.SAMPLE_TYPE,
    )
