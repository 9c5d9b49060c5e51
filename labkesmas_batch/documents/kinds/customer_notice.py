"""Informasi Customer (SOP step 8): a page a customer, and the messages that tell him."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from labkesmas_batch import findings
from labkesmas_batch.allocation.workdays import first_start
from labkesmas_batch.documents import contact, customer
from labkesmas_batch.documents.case import CaseFile, earliest, request_gap, span
from labkesmas_batch.documents.content import (
    Block,
    Document,
    Fields,
    Head,
    Heading,
    Link,
    Space,
    Table,
    Text,
    Value,
)
from labkesmas_batch.documents.context import HEAD_OF_SAMPLING, DocumentContext
from labkesmas_batch.explanation.order import UNLESS
from labkesmas_batch.model.documents import DocumentKind, SetAside
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Returned
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.precedence.clauses import certain_from
from labkesmas_batch.text.indonesian import day_names, long_date
from labkesmas_batch.text.names import fold

_VISITS = (
    Head("No.", align="center"), Head("Contoh uji dan lokasi", 2), Head(Header.NUMBER),
    Head(Header.DATE, 2), Head(Header.TEAM),
)  # fmt: skip
_UNVISITED = (
    Head("No.", align="center"), Head("Contoh uji dan lokasi", 2), Head(Header.NUMBER),
    Head(Header.NOTE, 3),
)  # fmt: skip
_MESSAGES = (
    (4.0, Head("No.", align="center")), (22.0, Head("Customer")), (17.0, Head(Header.CONTACT)),
    (19.0, Head(Header.PHONE)), (13.0, Head("WhatsApp", align="center")),
    (13.0, Head("Surel", align="center")), (47.0, Head("Teks siap kirim")),
)  # fmt: skip
_NO_LINK = "–"


@dataclass(frozen=True, slots=True)
class _Customer:
    """A customer with all of his case files in this run."""

    case_files: tuple[CaseFile, ...]

    @property
    def name(self) -> str:
        return self.case_files[0].request.customer


def compose(context: DocumentContext) -> Iterator[Document]:
    """Yield a page for each customer, then the list of messages."""
    customers = _customers((*context.case_files, *context.set_aside))
    for each in customers:
        yield context.letter(
            DocumentKind.CUSTOMER_NOTICE,
            f"{context.week}|{fold(each.name)}",
            each.name,
            *_page(context, each),
            context.signature(HEAD_OF_SAMPLING),
            official="nomor surat",
        )
    yield context.sheet(
        DocumentKind.CUSTOMER_NOTICE,
        f"{context.week}|",
        "Daftar Pesan",
        tuple(width for width, _ in _MESSAGES),
        Table(tuple(head for _, head in _MESSAGES), tuple(_messages(context, customers))),
        title="Daftar Pesan kepada Customer",
        numbered=False,
    )


def _customers(case_files: tuple[CaseFile, ...]) -> list[_Customer]:
    """Return the customers in the order of their names."""
    by_name: dict[str, list[CaseFile]] = {}
    for case_file in case_files:
        by_name.setdefault(fold(case_file.request.customer), []).append(case_file)
    return [_Customer(tuple(by_name[name])) for name in sorted(by_name)]


def _page(context: DocumentContext, each: _Customer) -> Iterator[Block]:
    first = each.case_files[0].request
    yield Fields(
        (
            ("Kepada", each.name),
            (Header.ADDRESS, customer.address(first)),
            (Header.CONTACT, customer.person(first)),
            (Header.PHONE, customer.phone(first)),
        )
    )
    yield Space()
    visits = [d for d in each.case_files if d.visit]
    about = "jadwal" if visits else "keputusan mengenai permintaan"
    yield Text(f"Dengan hormat, kami sampaikan {about} pengambilan contoh uji sebagai berikut.")
    if visits:
        yield Table(
            _VISITS,
            tuple(
                (
                    at,
                    f"{d.amount}\n{d.place}",
                    d.request.number,
                    d.days,
                    d.visit.team if d.visit else None,
                )
                for at, d in enumerate(visits, start=1)
            ),
        )
        yield Heading("Yang perlu disiapkan")
        yield from _preparations(context, visits)
    yield from _unvisited(
        context,
        "Permintaan yang belum mendapat jadwal",
        [d for d in each.case_files if not d.visit and not d.aside],
    )
    yield from _unvisited(
        context, "Permintaan yang ditunda atau dibatalkan", [d for d in each.case_files if d.aside]
    )
    yield Heading("Yang dapat dihubungi")
    yield Text(context.fact_or_gap("Narahubung Layanan"), align="left")
    if visits:
        yield Text("Perubahan tanggal mohon disampaikan secepatnya agar dapat diatur kembali.")


def _unvisited(
    context: DocumentContext, heading: str, case_files: list[CaseFile]
) -> Iterator[Block]:
    if case_files:
        yield Heading(heading)
        yield Table(
            _UNVISITED,
            tuple(
                (at, f"{d.amount}\n{d.place}", d.request.number, _told(context, d))
                for at, d in enumerate(case_files, start=1)
            ),
        )


def _preparations(context: DocumentContext, visits: list[CaseFile]) -> Iterator[Block]:
    kinds = dict.fromkeys(d.sample_type for d in visits)
    methods = context.final.reference.office.methods
    for at, kind in enumerate(kinds, start=1):
        method = methods.get(kind)
        if method and method.preparation:
            yield Text(f"{kind}: {method.preparation}.", f"{at}.", align="left")
            continue
        gap = context.missing(
            f"persiapan untuk {kind}",
            findings.NO_METHOD,
            SheetName.SAMPLING_METHODS,
            value=kind,
            header=Header.PREPARATION,
            words=SheetName.SAMPLING_METHODS,
        )
        yield Text(gap, f"{at}.")


def why(case_file: CaseFile) -> str:
    """Say to a customer why a request has no day yet."""
    if case_file.returned:
        return f"Dikembalikan: tenggang permintaan kurang {case_file.returned.days_short} hari"
    return "Belum ada hari yang mungkin; tetap dalam antrean"


def _told(context: DocumentContext, case_file: CaseFile) -> str:
    """Tell a customer what became of a request without a visit, and what comes next."""
    if case_file.aside:
        said = _set_aside(case_file, case_file.aside)
        if case_file.aside.cancelled:
            return said
        return f"{said} {_certain(context, case_file.request)}"
    if case_file.returned:
        return f"{why(case_file)}. {_propose(context, case_file.request, case_file.returned)}"
    day = earliest(case_file)
    near = f" Hari pertama yang mungkin {long_date(day)}, bila batas akhir diundur." if day else ""
    return f"{why(case_file)}.{near} {_certain(context, case_file.request)}"


def _certain(context: DocumentContext, request: Request) -> str:
    day = certain_from(request, context.final.reference.policy)
    return f"Peringkat pasti sejak {long_date(day)}, {UNLESS}."


def _set_aside(case_file: CaseFile, aside: SetAside) -> str:
    verdict = "dibatalkan" if aside.cancelled else "ditunda"
    told = case_file.told
    off = f"Kunjungan {span(told.first, told.last)} tidak jadi dilaksanakan. " if told else ""
    reason = f" Alasan: {aside.reason.rstrip('. ')}." if aside.reason else ""
    follows = (
        "Bila pengambilan contoh uji masih diperlukan, mohon ajukan permintaan baru, yang akan "
        "mendapat nomor baru."
        if aside.cancelled
        else "Permintaan ikut diatur pada jadwal berikutnya, tetap dengan tanggal permintaan "
        f"semula, {long_date(case_file.request.received_on)}."
    )
    return f"{off}Permintaan {verdict} atas keputusan pimpinan.{reason} {follows}"


def _propose(context: DocumentContext, request: Request, returned: Returned) -> str:
    """Ask for another day: one that is still to come when the letter is read."""
    final = context.final
    day = returned.ask_from
    if day is not None:
        tomorrow = final.approved_on + timedelta(days=1)
        day = first_start(max(day, tomorrow), request, final.reference)
    if day is None:
        later = "ajukan batas akhir yang lebih lambat, atau " if request.deadline else ""
        return f"Mohon {later}lampirkan surat dispensasi dari Kepala."
    region = final.reference.regions.get(request.region)
    departures = region.departure_days if region else None
    on = (
        f"pada hari keberangkatan ke {request.region} ({day_names(departures)})"
        if departures
        else f"pada hari kerja ({day_names(final.reference.policy.workdays)})"
    )
    return (
        f"Mohon ajukan tanggal pengambilan yang baru: paling cepat {long_date(day)}, {on}, selama "
        "tim tersedia; atau lampirkan surat dispensasi dari Kepala."
    )


def _messages(context: DocumentContext, customers: list[_Customer]) -> Iterator[tuple[Value, ...]]:
    """Yield a row for each customer and way to reach him, with links where they would work."""
    at = 0
    for each in customers:
        ways: dict[tuple[str, str], list[CaseFile]] = {}
        for case_file in each.case_files:
            ways.setdefault((case_file.request.phone, case_file.request.email), []).append(
                case_file
            )
        for case_files in ways.values():
            at += 1
            request = case_files[0].request
            text = _fitting_text(context, case_files)
            phone = customer.phone(request)
            number = contact.international(request.phone) if isinstance(phone, str) else ""
            mobile = number and contact.is_mobile(number)
            whatsapp = Link("Buka WhatsApp", contact.whatsapp(number, text)) if mobile else _NO_LINK
            yield (
                at,
                request.customer,
                request.contact or _NO_LINK,
                phone,
                whatsapp,
                _mail(case_files, text),
                text,
            )


def _subject(case_files: list[CaseFile]) -> str:
    what = "jadwal" if any(d.visit for d in case_files) else "perihal permintaan"
    return f"{what} pengambilan contoh uji"


def _mail(case_files: list[CaseFile], text: str) -> Value:
    request = case_files[0].request
    if not request.email:
        return _NO_LINK
    if contact.is_address(request.email):
        subject = _subject(case_files)
        subject = subject[0].upper() + subject[1:]
        return Link("Buka surel", contact.mail(request.email, subject, text))
    return request_gap(
        "alamat surel",
        findings.EMAIL_UNUSABLE,
        request,
        header=Header.EMAIL,
        value=request.email,
        words=request.customer,
    )


def _fitting_text(context: DocumentContext, case_files: list[CaseFile]) -> str:
    """Return the message, shortened from the end until a link can carry it."""
    for count in range(len(case_files), -1, -1):
        text = message(context, case_files, count)
        if contact.carries(text):
            return text
    return f"Pengambilan contoh uji, dari {context.name[:200]}: lihat surat kami."


def message(context: DocumentContext, case_files: list[CaseFile], count: int) -> str:
    """Return the ready text that names the first ``count`` requests and says how many follow."""
    request = case_files[0].request
    opening = f"{context.name} menyampaikan {_subject(case_files)} {request.customer}:"
    lines = [f"Yth. {request.contact or request.customer},", "", opening]
    for d in case_files[:count]:
        told = f"{d.days}, {d.visit.team}" if d.visit else _told(context, d)
        lines.append(f"- {d.request.number}, {d.amount}, {d.place}: {told}")
    if count < len(case_files):
        lines.append(f"- dan {len(case_files) - count} permintaan lain, lihat surat kami")
    desk = context.fact("Narahubung Layanan")
    told = f" Pertanyaan: {desk}." if desk else ""
    lines += ["", f"Surat lengkap kami lampirkan.{told} Terima kasih."]
    return "\n".join(lines)
