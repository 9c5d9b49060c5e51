"""The sheet Kesalahan: every finding with a link to its cell in the annotated copy."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from labkesmas_batch.findings import Finding
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.model.week import Week
from labkesmas_batch.workbooks.links import SheetLinks
from labkesmas_batch.xlsx.book import Look, WorkbookWriter
from labkesmas_batch.xlsx.palette import TAB_ACTION
from labkesmas_batch.xlsx.rows import MOST_LINKS
from labkesmas_batch.xlsx.table import Field, write_table

_CELL_COLUMN, _NUMBER_COLUMN = 4, 6


def _link(name: str) -> str:
    """Return a file name as a link writes it; # would end the name, and % begins a sign."""
    return quote(name) if set(name) & set("#%") else name


def write_problems(
    book: WorkbookWriter, week: Week, annotated: Mapping[str, str], places: SheetLinks
) -> None:
    """Write the sheet Kesalahan.

    ``annotated`` is the name of an intake to that of its annotated copy in the same folder.
    """

    def link(finding: Finding) -> str:
        target = _link(annotated.get(finding.file, ""))
        name = finding.sheet.replace("'", "''")
        return f"external:{target}#'{name}'!{finding.cell}" if target and finding.cell else ""

    def level_look(finding: Finding) -> Look:
        return Look.FAULT if finding.is_error else Look.ATTENTION

    fields = (
        Field(Header.CODE, 7, lambda f: f.kind.code, centred=True),
        Field(Header.LEVEL, 11, lambda f: f.kind.level.value, level_look, True),
        Field(Header.FILE, 20, lambda f: f.file),
        Field(Header.SHEET, 14, lambda f: f.sheet),
        Field(
            Header.CELL, 7, lambda f: f.cell, lambda f: Look.LINK if link(f) else Look.PLAIN, True
        ),
        Field(Header.COLUMN, 18, lambda f: f.header),
        Field(
            Header.NUMBER,
            14,
            lambda f: f.number,
            lambda f: Look.LINK if places.standing(f.number) else Look.PLAIN,
        ),
        Field(Header.VALUE, 18, lambda f: f.value),
        Field(Header.PROBLEM, 44, lambda f: f.problem),
        Field(Header.REMEDY, 44, lambda f: f.remedy),
    )
    sheet = book.sheet(SheetName.FINDINGS, "Kesalahan dan Peringatan pada Data", tab=TAB_ACTION)
    write_table(book, sheet, fields, week.findings, when_empty="Tidak ada kesalahan.")
    for row, finding in enumerate(week.findings[: MOST_LINKS // 2], start=1):
        if target := link(finding):
            sheet.write_url(row, _CELL_COLUMN, target, None, finding.cell)
        if place := places.standing(finding.number):
            sheet.write_url(row, _NUMBER_COLUMN, f"internal:{place}", None, finding.number)
    sheet.fit_to_pages(1, 0)
