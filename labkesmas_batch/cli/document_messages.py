"""What ``documents`` made, in sentences and as a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from labkesmas_batch.commands.documents import Reissued
from labkesmas_batch.commands.files import DOCUMENTS
from labkesmas_batch.documents.kinds.archive_index import span
from labkesmas_batch.text.indonesian import listing


def said(done: Reissued, form: Path | None) -> Iterator[str]:
    """Yield what was made and where it is, in sentences; ``form`` had the newest contact data."""
    yield f"Dokumen jadwal {done.run}, menurut {done.reference}."
    yield from _numbered("Direvisi", done.revised)
    yield from _numbered("Baru", done.new)
    if done.left_out:
        yield (
            f"Tidak dibuat, sudah diputuskan lain sesudah jadwal ini "
            f"({len(done.left_out)}): {listing(done.left_out, most=12)}."
        )
    if done.corrected:
        yield (
            f"Data customer menurut formulir ({len(done.corrected)}): "
            f"{listing(done.corrected, most=12)}."
        )
    elif form is not None and not done.elsewhere:
        yield f"{form.name} tidak memuat data customer yang lain untuk jadwal ini."
    for number, run in done.elsewhere:
        yield (
            f"Surat {number} sudah direvisi pada jadwal {run}; datanya dibetulkan di sana: "
            f"documents {run} --intake."
        )
    if done.also:
        yield (
            f"Dengan acuan ini berubah juga: {listing(done.also)}. Jalankan lagi tanpa --only "
            "supaya semua dokumen seragam."
        )
    if not done.written:
        yield f"Sudah ada di {done.folder} dengan isi yang sama; tidak ada yang ditulis."
    elif len(done.written) < len(done.files):
        yield f"Ditulis kembali: {listing(done.written, most=12)}. Berkas yang lain tetap."
        yield f"Dokumen: {done.folder}"
    else:
        if done.folder.name != DOCUMENTS:
            yield "Berkas di folder documents yang terdahulu tidak diubah."
        yield f"Dokumen: {done.folder}"


def _numbered(what: str, numbers: Sequence[str]) -> Iterator[str]:
    """Say which documents, the numbers of a kind in one line."""
    if numbers:
        yield f"{what}: {len(numbers)} dokumen."
    for letters, found in groupby(numbers, lambda text: text.partition("/")[0]):
        yield f"  {letters:<4} {span(list(found))}"


def record(done: Reissued) -> dict[str, object]:
    """Return the same for ``--json``."""
    return {
        "run": done.run,
        "files": {"dokumen": str(done.folder), "berkas": [str(path) for path in done.files]},
        "written": list(done.written),
        "revised": list(done.revised),
        "new": list(done.new),
        "left_out": list(done.left_out),
        "corrected": list(done.corrected),
        "elsewhere": dict(done.elsewhere),
        "also": list(done.also),
    }
