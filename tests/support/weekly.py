"""Weeks through the real commands: scheduled, decided and signed, and what took place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from labkesmas_batch.commands import finalize as finalize_command
from labkesmas_batch.commands import report as report_command
from labkesmas_batch.commands import run as run_command
from labkesmas_batch.errors import RefusedError
from labkesmas_batch.findings import Finding
from labkesmas_batch.model.history import Standing
from labkesmas_batch.register.register import Register
from tests.support.builders import RUN_DATE, write_intake, write_reference
from tests.support.paperwork import COMPLETE
from tests.support.signing import fill_schedule

Rows = Sequence[Mapping[str, Any]]


def scheduled(
    folder: Path, rows: Rows, day: date = RUN_DATE, *, made_on: date | None = None, **sheets: Any
) -> tuple[Path, Sequence[Finding]]:
    """Run a week of these rows; return its schedule workbook and its findings."""
    form = write_intake(folder / "permintaan.xlsx", list(rows))
    write_reference(folder / "acuan.xlsx", **{**COMPLETE, **sheets})
    week, published = run_command.run(
        [form], None, folder / "output", None, day, strict=False, today=made_on
    )
    return published.schedule, week.findings


def decided(schedule: Path, today: date | None = None, **words: Any) -> Sequence[Finding]:
    """Fill in a schedule, finalize it, and return what is said of it, refused or not."""
    try:
        return finalize_command.finalize(
            fill_schedule(schedule, **words), None, None, today=today
        ).findings
    except RefusedError as error:
        return error.findings


def approved_form(folder: Path, rows: Rows, **sheets: Any) -> Path:
    """Approve the first week and return its form of field days."""
    schedule, _ = scheduled(folder, rows, **sheets)
    assert not decided(schedule)
    return schedule.with_name("realisasi.xlsx")


def reported(form: Path, cells: Mapping[str, Any], today: date, row: int = 2) -> Sequence[Finding]:
    """Fill in a form of field days, record it, and return what is said of it.

    A cell is named by its address, or by its header for one of that row.
    """
    book = load_workbook(form)
    sheet = book["Realisasi"]
    headers = {cell.value: f"{get_column_letter(at)}{row}" for at, cell in enumerate(sheet[1], 1)}
    for address, value in cells.items():
        sheet[headers.get(address, address)] = value
    book.save(form)
    try:
        return report_command.report([form], form.parents[1], None, today)[1]
    except RefusedError as error:
        return error.findings


def done(form: Path, day: date, today: date, row: int = 2, **more: object) -> list[str]:
    """Report the visit of a row as done; return the codes of what is said of it."""
    cells = {"Hasil": "Selesai", "Tanggal Nyata": day, "Jumlah Nyata": 2} | more
    return [each.kind.code for each in reported(form, cells, today, row)]


def standings(schedule: Path) -> dict[str, Standing]:
    """Where each request stands in the register beside a schedule's folder."""
    history = Register(schedule.parents[1] / "register.db").history()
    return {each.request.number: each.standing for each in history.known}


def on_sheet(workbook: Path, sheet: str) -> dict[str, dict[str, object]]:
    """Return the rows of a sheet by header, by No. Permintaan."""
    headers, *rows = load_workbook(workbook)[sheet].iter_rows(values_only=True)
    found: list[dict[str, object]] = [
        dict(zip(map(str, headers), line, strict=True)) for line in rows
    ]
    return {str(each["No. Permintaan"]): each for each in found}
