"""Every document of a finalize, by kind; their identities, numbers and findings follow."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from labkesmas_batch.documents.case import unique_findings
from labkesmas_batch.documents.content import Document
from labkesmas_batch.documents.context import DocumentContext
from labkesmas_batch.documents.kinds import (
    agreement,
    assignment,
    customer_notice,
    duty_letter,
    field_book,
    invoice,
    quotation,
    registration,
    sampling_plan,
    terms,
    work_plan,
)
from labkesmas_batch.findings import Finding
from labkesmas_batch.model.documents import ApprovedSchedule, DocumentIdentity, DocumentKind

COMPOSERS: Mapping[DocumentKind, Callable[[DocumentContext], Iterator[Document]]] = {
    DocumentKind.ASSIGNMENT: assignment.compose,
    DocumentKind.TERMS: terms.compose,
    DocumentKind.QUOTATION: quotation.compose,
    DocumentKind.AGREEMENT: agreement.compose,
    DocumentKind.SAMPLING_PLAN: sampling_plan.compose,
    DocumentKind.DUTY_LETTER: duty_letter.compose,
    DocumentKind.INVOICE: invoice.compose,
    DocumentKind.FIELD_BOOK: field_book.compose,
    DocumentKind.CUSTOMER_NOTICE: customer_notice.compose,
    DocumentKind.REGISTRATION: registration.compose,
    DocumentKind.WORK_PLAN: work_plan.compose,
}
# Ends the key and the tab of a list of the week for requests of earlier weeks.
_NEW_DATA = " (data baru)"


def compose(
    final: ApprovedSchedule, only: DocumentKind | None = None
) -> dict[DocumentKind, tuple[Document, ...]]:
    """Return every document by kind, of one kind where one is asked for, but for the index."""
    composed = _compose(final, only)
    if final.corrected:
        again = _corrected(final, only)
        composed = {
            kind: (*found, *_beside(found, again[kind])) for kind, found in composed.items()
        }
    return composed


def _compose(
    final: ApprovedSchedule, only: DocumentKind | None
) -> dict[DocumentKind, tuple[Document, ...]]:
    context = DocumentContext(final)
    return {
        kind: tuple(composer(context))
        for kind, composer in COMPOSERS.items()
        if only in (None, kind)
    }


def _beside(found: Iterable[Document], again: Iterable[Document]) -> Iterator[Document]:
    """Yield documents under keys of their own, beside those of the week."""
    there = {each.key for each in found}
    for each in again:
        beside = replace(each, key=f"{each.key}{_NEW_DATA}", tab=f"{each.tab}{_NEW_DATA}")
        yield beside if each.key in there else each


def _corrected(
    final: ApprovedSchedule, only: DocumentKind | None
) -> dict[DocumentKind, tuple[Document, ...]]:
    """Return the documents of visits with new contact data that say something else with them."""
    visits = tuple(each.visit for each in final.corrected)
    now = replace(final, visits=visits, returned=(), unplaced=(), withdrawn=(), set_aside=())
    was = replace(
        now, visits=tuple(each.visit.with_request(each.before) for each in final.corrected)
    )
    before = _compose(was, only)
    said = {(kind, each.key): fingerprint(each) for kind, found in before.items() for each in found}
    return {
        kind: tuple(each for each in found if said.get((kind, each.key)) != fingerprint(each))
        for kind, found in _compose(now, only).items()
    }


def identities(final: ApprovedSchedule) -> tuple[DocumentIdentity, ...]:
    """Return the identity of every document that gets a running number, in the order of kinds.

    The index comes last; it says something else whenever one of the others does.
    """
    found = [
        DocumentIdentity(document.kind, document.key, document.year, fingerprint(document))
        for documents in compose(final).values()
        for document in documents
        if document.numbered
    ]
    whole = "\n".join(paper.fingerprint for paper in found)
    week = final.run_date.isoformat()
    index = DocumentIdentity(DocumentKind.INDEX, week, final.approved_on.year, _hash(whole))
    return (*found, index)


def fingerprint(document: Document) -> str:
    """Return a hash of all that a document says but its number."""
    return _hash(repr(document))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def document_findings(
    final: ApprovedSchedule, only: DocumentKind | None = None
) -> tuple[Finding, ...]:
    """Return why documents have gaps that the data should fill, each reason once."""
    composed = compose(final, only).values()
    return findings_of(document for documents in composed for document in documents)


def findings_of(documents: Iterable[Document]) -> tuple[Finding, ...]:
    """Return the findings behind the gaps of some documents."""
    return unique_findings(gap for document in documents for gap in document.gaps())
