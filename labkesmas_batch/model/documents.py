"""Which documents there are, and what one approval decided about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Returned, Unplaced, Visit


class DocumentKind(StrEnum):
    """The documents of one run, in the order of the SOP's steps; the values name files."""

    ASSIGNMENT = "disposisi"
    TERMS = "ketentuan-waktu"
    QUOTATION = "penawaran"
    AGREEMENT = "mou"
    SAMPLING_PLAN = "rencana-sampling"
    DUTY_LETTER = "spt"
    INVOICE = "invoice"
    FIELD_BOOK = "buku-catatan"
    CUSTOMER_NOTICE = "informasi-customer"
    REGISTRATION = "registrasi"
    WORK_PLAN = "perencanaan"
    INDEX = "indeks-arsip"

    def __repr__(self) -> str:
        """Return it as the fingerprints in registers have it, whatever this type is called now."""
        return f"<Kind.{self.name}: {self.value!r}>"


# Name of each kind on paper, and the letters of its running number.
TITLES = {
    DocumentKind.ASSIGNMENT: ("Disposisi Surat Penugasan", "DSP"),
    DocumentKind.TERMS: ("Ketentuan Waktu Permintaan", "KWP"),
    DocumentKind.QUOTATION: ("Penawaran Harga", "PH"),
    DocumentKind.AGREEMENT: ("Memorandum of Understanding (MoU)", "MOU"),
    DocumentKind.SAMPLING_PLAN: ("Rencana Sampling", "RS"),
    DocumentKind.DUTY_LETTER: ("Surat Perintah Tugas (SPT)", "SPT"),
    DocumentKind.INVOICE: ("Tagihan (Invoice)", "INV"),
    DocumentKind.FIELD_BOOK: ("Buku Catatan Turun Sampling", "BCS"),
    DocumentKind.CUSTOMER_NOTICE: ("Informasi Customer", "INF"),
    DocumentKind.REGISTRATION: ("Dokumen Registrasi Penerimaan Contoh Uji", "REG"),
    DocumentKind.WORK_PLAN: ("Dokumen Perencanaan Pekerjaan", "DPP"),
    DocumentKind.INDEX: ("Indeks Arsip", "IA"),
}


@dataclass(frozen=True, slots=True)
class SetAside:
    """A request that management postponed or else cancelled, with the reason that it gave."""

    request: Request
    cancelled: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A locked visit whose request has new contact data, with the request as it stood before."""

    visit: Visit
    before: Request


@dataclass(frozen=True, slots=True)
class ApprovedSchedule:
    """What one ``finalize`` decided, as far as documents follow from it.

    Parameters
    ----------
    run, run_date
        Of the schedule that was finalized.
    approved_by, approved_on
        Who signed off, and the date that the documents bear.
    reference, reference_file
        The reference in force, and the name of its workbook for findings.
    visits
        Those that this finalize locked or changed.
    returned, unplaced
        Requests without a day, for what customers are told.
    standing
        Other locked visits; a trip that they share with ``visits`` has one SPT for all.
    withdrawn
        Visits as they stood before this finalize moved or cancelled them: the SPT of such a trip
        is made again for who remains, or withdrawn where nobody does.
    set_aside
        Requests that this finalize postponed or cancelled; their customers are told. Those whose
        visit had been told already are among ``withdrawn``, too.
    corrected
        Visits among ``standing`` of which the documents that say something else now become
        revisions.
    files
        Name and SHA-256 of the run's other files, for the index.
    """

    run: str
    run_date: date
    approved_by: str
    approved_on: date
    reference: Reference
    visits: tuple[Visit, ...]
    returned: tuple[Returned, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    standing: tuple[Visit, ...] = ()
    withdrawn: tuple[Visit, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    corrected: tuple[Correction, ...] = ()
    reference_file: str = "acuan.xlsx"
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentIdentity:
    """A document that will be made; ``fingerprint`` is a hash of all it says but its number."""

    kind: DocumentKind
    key: str
    year: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A document with its number; ``revision`` 0 is the first issue."""

    kind: DocumentKind
    key: str
    year: int
    serial: int
    revision: int
    fingerprint: str

    @property
    def text(self) -> str:
        """Return the number as printed: ``SPT/2026/0007-R1``."""
        suffix = f"-R{self.revision}" if self.revision else ""
        return f"{TITLES[self.kind][1]}/{self.year}/{self.serial:04d}{suffix}"


@dataclass(frozen=True, slots=True)
class Given:
    """A number of the register, with the run and the folder that it was first issued with."""

    run: str
    folder: str
    number: Numbered
