"""Rencana Sampling (SOP step 6): how, with what and by whom the samples of a request are taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from labkesmas_batch import findings
from labkesmas_batch.documents.case import CaseFile, request_gap
from labkesmas_batch.documents.content import (
    Block,
    Document,
    Fields,
    Gap,
    Head,
    Heading,
    Signer,
    Table,
    Value,
)
from labkesmas_batch.documents.context import HEAD_OF_SAMPLING, DocumentContext
from labkesmas_batch.documents.kinds.duty_letter import people
from labkesmas_batch.model.documents import DocumentKind
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.text.indonesian import listing, long_date, number

_TOOLS = (
    Head("No.", align="center"), Head(Header.EQUIPMENT, 2), Head("Kalibrasi berlaku sampai", 2),
    Head("Kode alat"), Head("Diperiksa"),
)  # fmt: skip
_CUSTODY = (
    Head("No.", align="center"), Head("Diserahkan oleh", 2), Head("Diterima oleh", 2),
    Head("Tanggal, jam"), Head("Paraf"),
)  # fmt: skip


def compose(context: DocumentContext) -> Iterator[Document]:
    """Yield a plan for each visit."""
    for case_file in context.visits:
        request = case_file.request
        planner = _leader(context, case_file)
        yield context.letter(
            DocumentKind.SAMPLING_PLAN,
            request.number,
            request.number,
            *_scope(case_file),
            Heading("Peralatan dan kalibrasi"),
            Table(_TOOLS, tuple(_tools(context, case_file))),
            Heading("Wadah, pengawetan dan metode"),
            Fields(tuple(_handling(context, case_file))),
            Heading("Rantai pengawasan contoh uji"),
            Table(_CUSTODY, tuple((at, None, None, None, None) for at in (1, 2)), least=18.0),
            context.signature(HEAD_OF_SAMPLING, planner),
        )


def _leader(context: DocumentContext, case_file: CaseFile) -> Signer:
    """Return the team's leader as the SPT names him: first of the team's people."""
    assert case_file.visit
    _, name, staff_number, *_ = next(people(context, case_file.visit.team))
    if isinstance(staff_number, Gap):
        staff_number = replace(staff_number, label=Header.STAFF_NUMBER, lead="NIP ")
    return Signer(("Disusun oleh:", "Ketua Tim,"), name, staff_number)


def parameters(case_file: CaseFile) -> Value:
    """Return the parameters asked for, a gap where the request names none."""
    return listing(case_file.request.parameters, most=50) or request_gap(
        "parameter", findings.NO_PARAMETER, case_file.request, header=Header.PARAMETERS
    )


def _scope(case_file: CaseFile) -> Iterator[Block]:
    request = case_file.request
    yield Fields(
        (
            ("Nomor permintaan", request.number),
            ("Customer", request.customer),
            ("Tujuan", f"Pengambilan contoh uji {case_file.sample_type} atas permintaan customer"),
            ("Ruang lingkup, parameter", parameters(case_file)),
            (Header.DATE, case_file.days),
            (Header.TEAM, case_file.visit.team if case_file.visit else None),
            ("Tempat", case_file.place),
            ("Jumlah titik/contoh uji", case_file.amount),
            ("Rincian titik", Gap("titik pengambilan, bersama customer")),
        )
    )


def _tools(context: DocumentContext, case_file: CaseFile) -> Iterator[tuple[Value, ...]]:
    """Yield the tools that the kind needs; of several calibrations those that hold on the day."""
    kind = context.kind(case_file)
    at = 0
    for name in kind.equipment:
        for tool in context.final.reference.equipment:
            until = tool.valid_until
            if tool.name != name or (until and case_file.visit and until < case_file.visit.last):
                continue
            at += 1
            yield at, name, long_date(until) if until else "tidak dibatasi", None, None
    if not at:
        gap = context.missing(
            "peralatan",
            findings.NO_METHOD,
            Header.SAMPLE_TYPE,
            header=Header.EQUIPMENT,
            value=case_file.sample_type,
            words=Header.SAMPLE_TYPE,
        )
        yield 1, gap, None, None, None


def _handling(context: DocumentContext, case_file: CaseFile) -> Iterator[tuple[str, Value]]:
    method = case_file.method
    texts = {
        Header.CONTAINER: method.container if method else "",
        Header.VOLUME: method.volume if method else "",
        Header.PRESERVATION: method.preservation if method else "",
        Header.METHOD: method.method if method else "",
        Header.QUALITY_CONTROL: method.quality if method else "",
    }
    for header, text in texts.items():
        yield (
            header.capitalize(),
            text
            or context.missing(
                header.casefold(),
                findings.NO_METHOD,
                SheetName.SAMPLING_METHODS,
                header=header,
                value=case_file.sample_type,
                words=SheetName.SAMPLING_METHODS,
            ),
        )
    hours = context.kind(case_file).storage_hours
    yield (
        "Waktu simpan",
        storage(hours)
        or context.missing(
            "waktu simpan",
            findings.NO_METHOD,
            Header.SAMPLE_TYPE,
            header=Header.HOLDING_TIME,
            value=case_file.sample_type,
            words=Header.SAMPLE_TYPE,
        ),
    )


def storage(hours: float | None) -> str:
    """Return ``24 jam sejak diambil``, '' where it is not known."""
    return "" if hours is None else f"{number(hours)} jam sejak diambil"
