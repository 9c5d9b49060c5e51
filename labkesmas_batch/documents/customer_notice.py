"""Informasi Customer (SOP step 8): a page a customer, and the messages that tell him."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labkesmas_batch import findings
from labkesmas_batch.cells import fold
from labkesmas_batch.documents import contact, customer
from labkesmas_batch.documents.cabinet import HEAD_OF_SAMPLING, Cabinet
from labkesmas_batch.documents.content import (
    Block,
    Document,
    Fields,
    Head,
    Heading,
    Kind,
    Link,
    Space,
    Table,
    Text,
    Value,
)
from labkesmas_batch.documents.dossier import Dossier, earliest, request_gap
from labkesmas_batch.wording import long_date

_VISITS = (
    Head("No.", align="center"), Head("Contoh uji dan lokasi", 2), Head("No. Permintaan"),
    Head("Tanggal", 2), Head("Tim"),
)  # fmt: skip
_WAITING = (
    Head("No.", align="center"), Head("Contoh uji dan lokasi", 2), Head("No. Permintaan"),
    Head("Keterangan", 2), Head("Tanggal terdekat"),
)  # fmt: skip
_MESSAGES = (
    (4.0, Head("No.", align="center")), (22.0, Head("Customer")), (17.0, Head("Narahubung")),
    (19.0, Head("Telepon")), (13.0, Head("WhatsApp", align="center")),
    (13.0, Head("Surel", align="center")), (47.0, Head("Teks siap kirim")),
)  # fmt: skip
_NO_LINK = "–"


@dataclass(frozen=True, slots=True)
class _Customer:
    """A customer with all of his dossiers in this run."""

    dossiers: tuple[Dossier, ...]

    @property
    def name(self) -> str:
        return self.dossiers[0].request.customer


def compose(cabinet: Cabinet) -> Iterator[Document]:
    """Yield a page for each customer, then the list of messages."""
    customers = _customers(cabinet.dossiers)
    for each in customers:
        yield cabinet.letter(
            Kind.CUSTOMER_NOTICE, f"{cabinet.week}|{fold(each.name)}", each.name,
            *_page(cabinet, each), cabinet.signature(HEAD_OF_SAMPLING), official="nomor surat",
        )  # fmt: skip
    yield cabinet.sheet(
        Kind.CUSTOMER_NOTICE, f"{cabinet.week}|", "Daftar Pesan",
        tuple(width for width, _ in _MESSAGES),
        Table(tuple(head for _, head in _MESSAGES), tuple(_messages(cabinet, customers))),
        title="Daftar Pesan kepada Customer", numbered=False,
    )  # fmt: skip


def _customers(dossiers: tuple[Dossier, ...]) -> list[_Customer]:
    """Return the customers in the order of their names."""
    by_name: dict[str, list[Dossier]] = {}
    for dossier in dossiers:
        by_name.setdefault(fold(dossier.request.customer), []).append(dossier)
    return [_Customer(tuple(by_name[name])) for name in sorted(by_name)]


# --- the page --------------------------------------------------------------------------------


def _page(cabinet: Cabinet, each: _Customer) -> Iterator[Block]:
    first = each.dossiers[0].request
    yield Fields((
        ("Kepada", each.name),
        ("Alamat", customer.address(first)),
        ("Narahubung", customer.person(first)),
        ("Telepon", customer.phone(first)),
    ))  # fmt: skip
    yield Space()
    visits = [d for d in each.dossiers if d.visit]
    if visits:
        yield Text("Dengan hormat, kami sampaikan jadwal pengambilan contoh uji sebagai berikut.")
        yield Table(_VISITS, tuple(
            (at, f"{d.amount}\n{d.place}", d.request.number, d.days,
             d.visit.team if d.visit else None)
            for at, d in enumerate(visits, start=1)
        ))  # fmt: skip
        yield Heading("Yang perlu disiapkan")
        yield from _preparations(cabinet, visits)
    waiting = [d for d in each.dossiers if not d.visit]
    if waiting:
        yield Heading("Permintaan yang belum mendapat jadwal")
        yield Table(_WAITING, tuple(
            (at, f"{d.amount}\n{d.place}", d.request.number, why(d), _nearest(d))
            for at, d in enumerate(waiting, start=1)
        ))  # fmt: skip
    yield Heading("Yang dapat dihubungi")
    yield Text(cabinet.fact_or_gap("Narahubung Layanan"), align="left")
    yield Text("Perubahan tanggal mohon disampaikan secepatnya agar dapat diatur kembali.")


def _preparations(cabinet: Cabinet, visits: list[Dossier]) -> Iterator[Block]:
    kinds = dict.fromkeys(d.sample_type for d in visits)
    methods = cabinet.final.reference.office.methods
    for at, kind in enumerate(kinds, start=1):
        method = methods.get(kind)
        if method and method.preparation:
            yield Text(f"{kind}: {method.preparation}.", f"{at}.", align="left")
            continue
        gap = cabinet.missing(
            f"persiapan untuk {kind}", findings.NO_METHOD, "Cara Sampling", value=kind,
            header="Persiapan Customer", words="Cara Sampling",
        )  # fmt: skip
        yield Text(gap, f"{at}.")


def why(dossier: Dossier) -> str:
    """Say to a customer why a request has no day yet."""
    if dossier.returned:
        return f"Dikembalikan: tenggang permintaan kurang {dossier.returned.days_short} hari"
    return "Belum ada hari yang mungkin; tetap dalam antrean"


def _nearest(dossier: Dossier) -> str:
    day = earliest(dossier)
    return long_date(day) if day else "belum ada"


# --- the messages ----------------------------------------------------------------------------


def _messages(cabinet: Cabinet, customers: list[_Customer]) -> Iterator[tuple[Value, ...]]:
    """Yield a row for each customer and way to reach him, with links where they would work."""
    at = 0
    for each in customers:
        ways: dict[tuple[str, str], list[Dossier]] = {}
        for dossier in each.dossiers:
            ways.setdefault((dossier.request.phone, dossier.request.email), []).append(dossier)
        for dossiers in ways.values():
            at += 1
            request = dossiers[0].request
            text = _fitting_text(cabinet, dossiers)
            phone = customer.phone(request)
            number = contact.international(request.phone) if isinstance(phone, str) else ""
            mobile = number and contact.is_mobile(number)
            whatsapp = Link("Buka WhatsApp", contact.whatsapp(number, text)) if mobile else _NO_LINK
            yield (at, request.customer, request.contact or _NO_LINK, phone, whatsapp,
                   _mail(dossiers[0], text), text)  # fmt: skip


def _mail(dossier: Dossier, text: str) -> Value:
    request = dossier.request
    if not request.email:
        return _NO_LINK
    if contact.is_address(request.email):
        subject = "Jadwal pengambilan contoh uji"
        return Link("Buka surel", contact.mail(request.email, subject, text))
    return request_gap(
        "alamat surel", findings.EMAIL_UNUSABLE, request, header="Email", value=request.email,
        words=request.customer,
    )  # fmt: skip


def _fitting_text(cabinet: Cabinet, dossiers: list[Dossier]) -> str:
    """Return the message, shortened from the end until a link can carry it."""
    for count in range(len(dossiers), -1, -1):
        text = message(cabinet, dossiers, count)
        if contact.carries(text):
            return text
    return f"Jadwal pengambilan contoh uji dari {cabinet.name[:200]}: lihat surat kami."


def message(cabinet: Cabinet, dossiers: list[Dossier], count: int) -> str:
    """Return the ready text that names the first ``count`` requests and says how many follow."""
    request = dossiers[0].request
    opening = f"{cabinet.name} menyampaikan jadwal pengambilan contoh uji {request.customer}:"
    lines = [f"Yth. {request.contact or request.customer},", "", opening]
    for d in dossiers[:count]:
        told = f"{d.days}, {d.visit.team}" if d.visit else f"{why(d)}, terdekat {_nearest(d)}"
        lines.append(f"- {d.request.number}, {d.amount}, {d.place}: {told}")
    if count < len(dossiers):
        lines.append(f"- dan {len(dossiers) - count} permintaan lain, lihat surat kami")
    desk = cabinet.fact("Narahubung Layanan")
    told = f" Pertanyaan: {desk}." if desk else ""
    lines += ["", f"Surat lengkap kami lampirkan.{told} Terima kasih."]
    return "\n".join(lines)
