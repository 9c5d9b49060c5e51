"""Fingerprints of documents: registers hold them for years, so they outlive names in the code."""

from __future__ import annotations

from pathlib import Path

from labkesmas_batch.documents.registry import identities
from labkesmas_batch.model.documents import DocumentKind
from tests.support.paperwork import final_of, full_row

# As version 0.1.0 wrote them into registers.
WRITTEN = {
    "disposisi/2026-06-01": "2dd7550044cd0994",
    "ketentuan-waktu/2026-06-01": "0ee3dbec2835f0f4",
    "penawaran/P-1": "a77aeb57f797ec94",
    "mou/P-1": "cd8cc0b781db6351",
    "rencana-sampling/P-2": "0e5623f6b5315783",
    "rencana-sampling/P-1": "de2f11672d76feb0",
    "spt/Tim 1|2026-06-02|Batam": "c66d77bb69b0a802",
    "invoice/P-1": "301cf680ebacbd43",
    "buku-catatan/2026-06-01": "6b6833dbd8f0c2c6",
    "informasi-customer/2026-06-01|puskesmas p-1": "d265a1d3d87a604b",
    "informasi-customer/2026-06-01|puskesmas p-2": "de68a0e4b945b34f",
    "registrasi/2026-06-01": "fb007fbf6e2596da",
    "perencanaan/P-2": "a6a7bd45342cbe57",
    "perencanaan/P-1": "394b9d8d5181561b",
    "indeks-arsip/2026-06-01": "d05436c80d59d5ab",
}


def test_a_document_that_says_the_same_has_the_fingerprint_that_older_registers_hold(
    tmp_path: Path,
):
    """Else every document of an approved week would come out as a revision after an upgrade."""
    made = identities(
        final_of(tmp_path, full_row("P-1"), full_row("P-2", jenis_customer="Internal"))
    )
    assert {each.kind for each in made} == set(DocumentKind)
    assert {f"{each.kind}/{each.key}": each.fingerprint[:16] for each in made} == WRITTEN
