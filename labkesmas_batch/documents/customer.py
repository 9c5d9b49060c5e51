"""How a customer is addressed and reached, with gaps for what the intake leaves open."""

from __future__ import annotations

from labkesmas_batch import findings
from labkesmas_batch.documents import contact
from labkesmas_batch.documents.case import CaseFile, request_gap
from labkesmas_batch.documents.content import Value
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.sheets import Header


def address(request: Request) -> Value:
    """Return the customer's address."""
    return request.address or request_gap(
        "alamat customer",
        findings.NO_CONTACT,
        request,
        header=Header.ADDRESS,
        words=request.customer,
    )


def person(request: Request) -> Value:
    """Return who speaks for the customer."""
    return request.contact or request_gap(
        "narahubung", findings.NO_CONTACT, request, header=Header.CONTACT, words=request.customer
    )


def phone(request: Request) -> Value:
    """Return the telephone number in the international form."""
    if not request.phone:
        return request_gap(
            "telepon", findings.NO_CONTACT, request, header=Header.PHONE, words=request.customer
        )
    number = contact.international(request.phone)
    if number:
        return contact.readable(number)
    return request_gap(
        f"telepon; tertulis {request.phone}",
        findings.PHONE_UNUSABLE,
        request,
        header=Header.PHONE,
        value=request.phone,
        words=request.customer,
    )


def addressee(case_file: CaseFile) -> tuple[tuple[str, Value], ...]:
    """Return the fields that open a letter to the customer about one request."""
    request = case_file.request
    return (
        ("Nama customer", request.customer),
        (Header.ADDRESS, address(request)),
        (Header.CONTACT, person(request)),
        (Header.PHONE, phone(request)),
    )
