"""The table of prices and its total, the same on quotation, invoice and MoU."""

from __future__ import annotations

from labkesmas_batch.documents.amounts import rupiah_in_words
from labkesmas_batch.documents.case import CaseFile
from labkesmas_batch.documents.content import Block, Fields, Gap, Head, Rupiah, Table, Text, Value
from labkesmas_batch.model.sheets import Header

_HEADS = (
    Head("No.", align="center"),
    Head(Header.PARAMETERS, 2),
    Head("Jumlah", align="center"),
    Head(Header.UNIT, align="center"),
    Head(Header.TARIFF, align="right"),
    Head("Subtotal (Rp)", align="right"),
)
_TRAVEL = ("Transportasi tim", "Uang harian dan penginapan tim", "Pengiriman contoh uji")
_TRAVEL_HEADS = (Head("No.", align="center"), Head("Uraian", 2), Head("Rincian", 3),
                 Head("Jumlah (Rp)", align="right"))  # fmt: skip


def price_blocks(case_file: CaseFile) -> tuple[Block, ...]:
    """Return the lines with their total and its words, then the travel left to people."""
    rows = tuple(
        (at, line.parameter, line.samples, line.unit, line.tariff, line.subtotal)
        for at, line in enumerate(case_file.lines, start=1)
    )
    travel = tuple(
        (at, what, Gap("rincian"), Gap("jumlah")) for at, what in enumerate(_TRAVEL, start=1)
    )
    return (
        Table(_HEADS, rows, total=(("Jumlah biaya pengujian (Rp)", case_file.total),)),
        Fields((("Terbilang", in_words(case_file)),)),
        Text(
            "Biaya perjalanan, bila ada, menurut ketentuan yang berlaku dan belum termasuk dalam "
            "jumlah di atas:", align="left",
        ),
        Table(_TRAVEL_HEADS, travel),
    )  # fmt: skip


def in_words(case_file: CaseFile) -> Value:
    """Return the total in words, a gap where there is no total."""
    if isinstance(case_file.total, Rupiah):
        return rupiah_in_words(case_file.total.amount)
    return Gap("terbilang, sesudah tarif lengkap")


def bases(case_file: CaseFile) -> str:
    """Return what the tariffs rest on, each once."""
    return "; ".join(dict.fromkeys(line.basis for line in case_file.lines if line.basis))
