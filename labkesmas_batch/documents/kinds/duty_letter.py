"""SPT (SOP steps 5 to 7): one a team and trip, with everyone it sends and everywhere it goes."""

from __future__ import annotations

from collections.abc import Iterator

from labkesmas_batch import findings
from labkesmas_batch.documents.case import Trip, span
from labkesmas_batch.documents.content import (
    Block,
    Document,
    Gap,
    Head,
    Heading,
    Space,
    Table,
    Text,
    Value,
)
from labkesmas_batch.documents.context import HEAD_OF_INSTITUTION, DocumentContext
from labkesmas_batch.model.documents import DocumentKind
from labkesmas_batch.model.institution import Member
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.text.indonesian import brief_span, long_date

_GRID = (4.0, 22.0, 2.0, 20.0, 19.0, 18.0)
_PEOPLE = (
    Head("No.", align="center"), Head(Header.NAME, 2), Head(Header.STAFF_NUMBER),
    Head(Header.GRADE), Head(Header.POSITION),
)  # fmt: skip
_PLACES = (
    Head("No.", align="center"), Head("Customer dan lokasi", 3), Head(Header.NUMBER),
    Head("Contoh uji"),
)  # fmt: skip


def compose(context: DocumentContext) -> Iterator[Document]:
    """Yield an SPT for each trip that this finalize touched."""
    for trip in context.trips:
        tab = f"{trip.team} {brief_span(trip.first, trip.first)}"
        blocks = _order(context, trip) if trip.case_files else _withdrawal(trip)
        yield context.letter(
            DocumentKind.DUTY_LETTER,
            trip.key,
            tab,
            *blocks,
            context.signature(HEAD_OF_INSTITUTION),
            official="nomor SPT",
            grid=_GRID,
            title="Surat Perintah Tugas",
        )


def _order(context: DocumentContext, trip: Trip) -> Iterator[Block]:
    region = context.final.reference.regions.get(trip.region)
    transport = region.transport if region else ""
    yield Heading(Header.BASIS)
    basis = (
        *context.facts("Dasar Hukum"),
        f"SOP Nomor {context.fact('Nomor SOP')} tentang {context.fact('Nama SOP')}",
        "Jadwal pengambilan contoh uji hasil pengaturan jadwal tanggal "
        f"{long_date(context.final.run_date)}, disetujui {context.date} oleh "
        f"{context.final.approved_by}",
    )
    for number, text in enumerate(basis, start=1):
        yield Text(f"{text}.", f"{number}.")
    yield Space()
    yield Text("MEMERINTAHKAN", bold=True, align="center")
    yield Heading("Kepada")
    yield Table(_PEOPLE, tuple(people(context, trip.team)))
    yield Heading("Untuk")
    yield Text(
        f"Melaksanakan pengambilan contoh uji di wilayah {trip.region} pada "
        f"{span(trip.first, trip.last)}"
        + (f" dengan sarana perjalanan {transport.lower()}" if transport else "")
        + ", pada tempat berikut:",
        "1.",
    )
    yield Table(
        _PLACES,
        tuple(
            (at, f"{d.request.customer}\n{d.request.site}", d.request.number, d.amount)
            for at, d in enumerate(trip.case_files, start=1)
        ),
    )
    yield Text(
        "Mencatat keadaan lapangan pada Buku Catatan Turun Sampling dan menyerahkan contoh "
        "uji kepada petugas penerimaan sesudah kembali.",
        "2.",
    )
    yield Text(
        f"Melaporkan hasil pelaksanaan tugas secara tertulis kepada Kepala {context.name} "
        "segera sesudah tugas selesai.",
        "3.",
    )
    yield Text("Melaksanakan perintah ini dengan penuh tanggung jawab.", "4.")
    yield Space()
    yield Text("Surat perintah ini dibuat untuk dilaksanakan sebagaimana mestinya.")


def _withdrawal(trip: Trip) -> Iterator[Block]:
    yield Text(
        f"Surat perintah tugas {trip.team} ke wilayah {trip.region} pada "
        f"{span(trip.first, trip.last)} ditarik kembali: tidak ada lagi kunjungan yang "
        "dijadwalkan pada perjalanan itu. Surat yang sudah ditandatangani agar dikembalikan untuk "
        "diarsipkan."
    )


def people(context: DocumentContext, team: str) -> Iterator[tuple[Value, ...]]:
    """Yield a row for each person of a team: number, name, NIP, rank, position."""
    members = [m for m in context.final.reference.office.members if m.team == team]
    if not members:
        yield from _from_team_sheet(context, team)
    for at, member in enumerate(members, start=1):
        yield (
            at,
            member.name,
            _number(context, member),
            member.grade or _blank(context, member, Header.GRADE),
            member.position or _blank(context, member, Header.POSITION),
        )


def _number(context: DocumentContext, member: Member) -> Value:
    return member.number or context.missing(
        Header.STAFF_NUMBER,
        findings.NO_STAFF_NUMBER,
        SheetName.TEAM_MEMBERS,
        row=member.row,
        header=Header.STAFF_NUMBER,
        value=member.name,
        words=SheetName.TEAM_MEMBERS,
    )


def _blank(context: DocumentContext, member: Member, header: str) -> Gap:
    return context.missing(
        header.casefold(),
        findings.NO_GRADE,
        SheetName.TEAM_MEMBERS,
        row=member.row,
        header=header,
        value=member.name,
    )


def _from_team_sheet(context: DocumentContext, team: str) -> Iterator[tuple[Value, ...]]:
    """Yield the names that the sheet Tim has; NIP and rank are not known then."""
    # A team may have left the reference since its visit was locked.
    found = next((each for each in context.final.reference.teams if each.name == team), None)
    leader, members = (found.leader, found.members) if found else ("", "")
    names = [name for name in (leader, *map(str.strip, members.split(";"))) if name]
    hint = "NIP dan pangkat pada SPT dikosongkan" if names else "SPT belum menyebut nama"
    gap = context.missing(
        Header.STAFF_NUMBER if names else "nama petugas",
        findings.NO_MEMBERS,
        SheetName.TEAM_MEMBERS,
        value=team,
        hint=hint,
    )
    for at, name in enumerate(names, start=1):
        position = "Ketua Tim" if at == 1 and leader else Gap("jabatan")
        yield at, name, gap, Gap("pangkat"), position
    if not names:
        yield 1, gap, Gap(Header.STAFF_NUMBER), Gap("pangkat"), Gap("jabatan")
