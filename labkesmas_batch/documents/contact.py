"""Telephone numbers in the international form, and links with a text that is ready to send."""

from __future__ import annotations

import re
from urllib.parse import quote

import phonenumbers

_REGION = "ID"
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
# Excel takes no longer address.
_LONGEST = 2000


def international(phone: str) -> str:
    """Return the first valid number in a text as ``+6281234567890``, '' where there is none.

    Numbers without a country code are Indonesian ones.
    """
    for found in phonenumbers.PhoneNumberMatcher(phone, _REGION):
        return phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164)
    try:
        number = phonenumbers.parse(phone, _REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def readable(number: str) -> str:
    """Return ``+62 812-3456-7890`` for ``+6281234567890``."""
    parsed = phonenumbers.parse(number)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def is_mobile(number: str) -> bool:
    """Tell whether a message can reach the number: a mobile one, or one that may be."""
    kind = phonenumbers.number_type(phonenumbers.parse(number))
    return kind in (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )


def whatsapp(number: str, text: str) -> str:
    """Return the address that opens WhatsApp with a text, '' where it would be too long."""
    return _fitting(f"https://wa.me/{number.removeprefix('+')}?text={quote(text)}")


def is_address(email: str) -> bool:
    """Tell whether the text is one e-mail address and nothing else."""
    return _ADDRESS.fullmatch(email) is not None


def mail(email: str, subject: str, text: str) -> str:
    """Return the address that opens a letter, '' where it would be too long."""
    body = quote(text.replace("\n", "\r\n"))
    return _fitting(f"mailto:{email}?subject={quote(subject)}&body={body}")


def _fitting(address: str) -> str:
    return address if len(address) <= _LONGEST else ""


def carries(text: str) -> bool:
    """Tell whether links of both kinds can carry a text, with space for number or address."""
    return len(quote(text.replace("\n", "\r\n"))) <= _LONGEST - 200
