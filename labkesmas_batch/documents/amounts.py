"""Numbers in words (terbilang), and dates as a contract writes them."""

from __future__ import annotations

from datetime import date

from num2words import num2words

from labkesmas_batch.text.indonesian import DAYS, MONTHS


def in_words(number: int) -> str:
    """Return a whole number in Indonesian words."""
    return str(num2words(number, lang="id"))


def rupiah_in_words(amount: int) -> str:
    """Return ``Dua ratus ribu rupiah``."""
    words = f"{in_words(amount)} rupiah"
    return words[0].upper() + words[1:]


def rupiah(amount: int) -> str:
    """Return ``Rp 200.000``."""
    return f"Rp {amount:,}".replace(",", ".")


def date_in_words(day: date) -> str:
    """Return ``Selasa, tanggal dua puluh empat bulan November tahun dua ribu …``."""
    return (
        f"{DAYS[day.weekday()]}, tanggal {in_words(day.day)} bulan {MONTHS[day.month - 1]} "
        f"tahun {in_words(day.year)}"
    )
