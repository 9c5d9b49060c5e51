"""The case files of a run with what all documents share: head, officials, the institution."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from labkesmas_batch import findings
from labkesmas_batch.documents.case import CaseFile, Trip, open_case_files, open_set_aside, trips
from labkesmas_batch.documents.content import (
    Block,
    Document,
    Gap,
    Letterhead,
    Signature,
    Signer,
    Value,
)
from labkesmas_batch.model import institution as office
from labkesmas_batch.model.documents import TITLES, ApprovedSchedule, DocumentKind
from labkesmas_batch.model.reference import Official, SampleType
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.text.indonesian import long_date
from labkesmas_batch.text.names import fold

HEAD_OF_INSTITUTION = "Kepala"
HEAD_OF_SAMPLING = "Kepala Instalasi Sampling"
TREASURER = "Bendahara Penerimaan"
COORDINATOR = "Koordinator Pelayanan"
# A letter has these columns: number, label, colon, and four for what follows.
LETTER = (4.0, 23.0, 2.0, 14.0, 12.0, 13.0, 15.0)
_ACTING = ("plt. ", "plt ", "plh. ", "plh ", "pjs. ", "pjs ")


@dataclass(frozen=True)
class DocumentContext:
    """Everything that the composers draw on. Not slotted, for what is worked out once."""

    final: ApprovedSchedule

    @cached_property
    def case_files(self) -> tuple[CaseFile, ...]:
        """Return a case file for each request, those with a visit first."""
        return open_case_files(self.final)

    @cached_property
    def set_aside(self) -> tuple[CaseFile, ...]:
        """Return the case files of what management postponed or cancelled, for their customers."""
        return open_set_aside(self.final)

    @cached_property
    def visits(self) -> tuple[CaseFile, ...]:
        """Return the case files that have a visit, by date."""
        return tuple(case_file for case_file in self.case_files if case_file.visit)

    @cached_property
    def charged(self) -> tuple[CaseFile, ...]:
        """Return the case files whose customer gets quotation, MoU and invoice."""
        everybody = fold(self.fact("Surat Biaya Untuk")) == "semua"
        return tuple(d for d in self.visits if everybody or not d.request.internal)

    @cached_property
    def trips(self) -> tuple[Trip, ...]:
        """Return the trips that need an SPT."""
        return trips(self.final, self.case_files)

    def facts(self, key: str) -> tuple[str, ...]:
        """Return the lines of a key of the sheet Instansi, or what the SOP says."""
        known = self.final.reference.office.facts.get(key)
        return known or next(fact.default for fact in office.FACTS if fact.key == key)

    def fact(self, key: str) -> str:
        """Return the first line of a key, '' where nothing is known."""
        return next(iter(self.facts(key)), "")

    def fact_or_gap(self, key: str) -> str | Gap:
        """Return the first line of a key, or a gap with its finding."""
        return self.fact(key) or self.missing(
            key.casefold(),
            findings.NO_FACT,
            SheetName.INSTITUTION,
            value=key,
            header=Header.CONTENT,
        )

    def days(self, key: str) -> int | Gap:
        """Return a number of days of the sheet Instansi, or a gap with its finding."""
        text = self.fact_or_gap(key)
        if isinstance(text, Gap):
            return text
        if text.isdecimal() and 1 <= int(text) <= 366:
            return int(text)
        return self.missing(
            key.casefold(),
            findings.FACT_UNUSABLE,
            SheetName.INSTITUTION,
            value=text,
            words=key,
            hint="bilangan bulat dari 1 sampai 366",
            header=Header.CONTENT,
        )

    def missing(self, label: str, kind: findings.FindingKind, sheet: str, **words: object) -> Gap:
        """Return a gap for something that the reference leaves open."""
        found = findings.finding(
            kind,
            file=self.final.reference_file,
            sheet=sheet,
            **words,  # type: ignore[arg-type]  # named fields of the kind's texts
        )
        return Gap(label, finding=found)

    @cached_property
    def name(self) -> str:
        """Return the institution's name."""
        return self.fact("Balai")

    @cached_property
    def head(self) -> Letterhead:
        """Return the institution's head."""
        lines = (self.fact("Kementerian"), self.fact("Direktorat Jenderal"), self.name)
        address = self.fact_or_gap(Header.ADDRESS)
        if isinstance(address, str):
            contact = (
                (Header.PHONE, self.fact(Header.PHONE)),
                (Header.EMAIL, self.fact(Header.EMAIL)),
            )
            said = (f"{label} {value}" for label, value in contact if value)
            address = " · ".join((address, *said))
        return Letterhead(lines, address, self.fact("Nomor SOP"))

    def kind(self, case_file: CaseFile) -> SampleType:
        """Return what the reference says of a Jenis Contoh Uji.

        A visit that was locked with one that has left the reference since keeps it; then nothing
        is known of what it needs.
        """
        name = case_file.sample_type
        nothing = SampleType(name, (), None, frozenset(), None)
        return self.final.reference.sample_types.get(name, nothing)

    def official(self, role: str) -> Official | None:
        """Return who holds an office, acting ones included, None where nobody is named."""
        for official in self.final.reference.officials:
            held = fold(official.role)
            for acting in _ACTING:
                held = held.removeprefix(acting)
            if held in (fold(role), f"{fold(role)} {fold(self.name)}", f"{fold(role)} balai"):
                return official if official.name else None
        return None

    def signer(self, role: str, *above: str) -> Signer:
        """Return the signer that holds an office, with lines above; gaps where unknown."""
        official = self.official(role)
        if official is None:
            name = self.missing(
                f"nama {role}",
                findings.NO_OFFICIAL,
                SheetName.OFFICIALS,
                value=role,
                header=Header.NAME,
            )
            return Signer((*above, f"{role},"), name, Gap(Header.STAFF_NUMBER, "NIP "))
        number: Value = official.number or replace(
            self.missing(
                Header.STAFF_NUMBER,
                findings.NO_STAFF_NUMBER,
                SheetName.OFFICIALS,
                value=official.name,
                words=SheetName.OFFICIALS,
                header=Header.STAFF_NUMBER,
            ),
            lead="NIP ",
        )
        return Signer((*above, f"{official.role},"), official.name, number)

    def signature(self, role: str, left: Signer | None = None) -> Signature:
        """Return the signature block of an official, with place and date."""
        return Signature(self.signer(role, f"{self.fact('Kota')}, {self.date}"), left)

    @cached_property
    def date(self) -> str:
        """Return the date that the documents bear."""
        return long_date(self.final.approved_on)

    def letter(
        self,
        kind: DocumentKind,
        key: str,
        tab: str,
        *blocks: Block,
        official: str = "",
        title: str = "",
        grid: tuple[float, ...] = LETTER,
    ) -> Document:
        """Return a letter of a kind."""
        return Document(
            kind,
            key,
            self.final.approved_on.year,
            tab,
            title or TITLES[kind][0],
            official,
            self.head,
            grid,
            blocks,
        )

    def sheet(
        self,
        kind: DocumentKind,
        key: str,
        tab: str,
        grid: tuple[float, ...],
        *blocks: Block,
        title: str = "",
        numbered: bool = True,
    ) -> Document:
        """Return a list of a kind, across the page."""
        return Document(
            kind,
            key,
            self.final.approved_on.year,
            tab,
            title or TITLES[kind][0],
            "",
            self.head,
            grid,
            blocks,
            landscape=True,
            numbered=numbered,
        )

    @cached_property
    def week(self) -> str:
        """Return the key of documents that come once a run date."""
        return self.final.run_date.isoformat()
