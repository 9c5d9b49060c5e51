"""What management does with a schedule: it decides, signs and saves, here by openpyxl."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.support.dump import columns

SIGNED_BY, SIGNED_ON = "Kepala Contoh", date(2026, 6, 1)
OF_THE_RUN = object()
Words = Mapping[str, Mapping[str, Any]]


def fill_schedule(
    path: Path,
    *,
    by: Any = SIGNED_BY,
    on: Any = OF_THE_RUN,
    jadwal: Words | None = None,
    antrean: Words | None = None,
    zona: Words | None = None,
    cells: Mapping[str, Mapping[str, Any]] | None = None,
) -> Path:
    """Fill in a schedule workbook where it stands and return its path.

    ``jadwal``, ``antrean`` and ``zona`` give cells by No. Permintaan and header; ``cells`` give
    them by sheet and address. It is signed on the day of its run, which its folder tells.
    """
    if on is OF_THE_RUN:
        on = _run_date(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl drops
        book = load_workbook(path)
    summary = book["Ringkasan"]
    for label, value in (("Disetujui oleh", by), ("Tanggal", on)):
        (at,) = [line[0].row for line in summary.iter_rows(max_col=1) if line[0].value == label]
        summary.cell(at, 2).value = value
    words = {"Jadwal": jadwal, "Antrean": antrean, "Zona Antara": zona}
    for name, given in words.items():
        sheet = book[name]
        headers = columns(sheet)
        numbers = {
            sheet.cell(at, headers["No. Permintaan"]).value: at
            for at in range(2, sheet.max_row + 1)
            if "No. Permintaan" in headers
        }
        for number, values in (given or {}).items():
            for header, value in values.items():
                sheet.cell(numbers[number], headers[header]).value = value
    for name, values in (cells or {}).items():
        for address, value in values.items():
            book[name][address] = value
    book.save(path)
    return path


def _run_date(path: Path) -> date:
    try:
        return date.fromisoformat(path.parent.name[:10])
    except ValueError:
        return SIGNED_ON
