"""After a schedule is approved: what took place in the field, and the register as a workbook."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

from labkesmas_batch.cells import fold, suggestion
from labkesmas_batch.design import US, Issuer
from labkesmas_batch.errors import InputError, RefusedError
from labkesmas_batch.gather import read_happened, reference_again
from labkesmas_batch.happened import read_reports
from labkesmas_batch.memory import REGISTER_FILE
from labkesmas_batch.model import Source
from labkesmas_batch.pipeline import HAPPENED, runs_folder
from labkesmas_batch.publish import publish_files
from labkesmas_batch.reference import check_reference
from labkesmas_batch.register import Register, Say, silent
from labkesmas_batch.schema import REFERENCE

# What a number may not bring into the name of a file on any system, and how much of it.
_UNSAFE, _LONGEST_NAME = re.compile(r"[^\w.-]+"), 60


def report(
    path: Path, output: Path | None, register: Path | None, today: date, say: Say = silent
) -> tuple[int, dict[str, int]]:
    """Record what took place of locked visits; return how many, and how many of each result.

    Parameters
    ----------
    output
        Folder of all runs; where it is left out, the one that the form's folder lies in, or
        ``output`` for a form that was sent about.

    Raises
    ------
    RefusedError
        A row that cannot be; all of them are told and nothing is recorded.
    InputError
        There is no register.
    """
    path = path / HAPPENED if path.is_dir() else path
    table = read_happened(path)
    memory = Register(register or runs_folder(path, output, register) / REGISTER_FILE)
    memory.must_exist(
        "Jalankan report pada realisasi.xlsx di dalam folder hasilnya, atau sebut --output atau "
        "--register."
    )
    with memory.holding("report", say) as session:
        known = {fold(each.request.number): each for each in session.history().known}
        reports, found = read_reports(table, known, session.reported(), today)
        if found:
            raise RefusedError(f"{path.name} belum dapat dicatat; tidak ada yang diubah.", found)
        session.report(reports, today)
        session.keep()
    return len(reports), Counter(each.result.value for each in reports)


# --- the register as a workbook ---------------------------------------------------------------


def _issuer(kept: bytes) -> Issuer:
    """Return whose register it is, by the reference that it keeps of its newest run."""
    source = Source(Path(REFERENCE.file), REFERENCE.file, "", "")
    try:
        checked = check_reference(reference_again(source, kept), source.name).reference
    except InputError:
        return US
    return checked.office.issuer if checked else US


def write_register(register: Path, folder: Path, number: str, today: date) -> tuple[Path, str]:
    """Write the register as a workbook, or all that it knows of one request.

    Returns the file and the request's number as the register has it, '' for the whole register.

    Raises
    ------
    InputError
        There is no register, or it has never heard of the number.
    """
    from labkesmas_batch.workbook.register import write_register as write  # noqa: PLC0415

    memory = Register(register)
    tables = memory.tables()
    issuer = _issuer(memory.newest_reference())
    known = {fold(row[0]): str(row[0]) for name, _, rows in tables if name == "Riwayat"
             for row in rows}  # fmt: skip
    if number and fold(number) not in known:
        hint = suggestion(number, sorted(known.values()))
        raise InputError(f"No. Permintaan “{number}” tidak ada di register.{hint}")
    number = known.get(fold(number), "")
    safe = _UNSAFE.sub("-", number).strip("-.")[:_LONGEST_NAME] or "permintaan"
    whose = f"{safe}-" if number else ""
    target = folder / f"register-{whose}{today}.xlsx"

    def job(path: Path) -> None:
        write(path, tables, number, today, issuer)

    (written,) = publish_files([(target, job)])
    return written, number
