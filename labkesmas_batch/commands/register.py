"""``register``: the register as a workbook."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from labkesmas_batch.commands.inputs import reference_again
from labkesmas_batch.errors import InputError
from labkesmas_batch.forms.schema import REFERENCE
from labkesmas_batch.model.institution import US, Issuer
from labkesmas_batch.model.week import Source
from labkesmas_batch.publishing.publish import publish_files
from labkesmas_batch.reference.read import check_reference
from labkesmas_batch.register.register import Register
from labkesmas_batch.text.names import number_key, suggestion

# What a number may not bring into the name of a file on any system, and how much of it.
_UNSAFE, _LONGEST_NAME = re.compile(r"[^\w.-]+"), 60


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
    from labkesmas_batch.workbooks.register import write_register as write  # noqa: PLC0415

    memory = Register(register)
    tables = memory.tables()
    issuer = _issuer(memory.newest_reference())
    known = {
        number_key(row[0]): str(row[0])
        for name, _, rows in tables
        if name == "Riwayat"
        for row in rows
    }
    if number and number_key(number) not in known:
        hint = suggestion(number, sorted(known.values()))
        raise InputError(f"No. Permintaan “{number}” tidak ada di register.{hint}")
    number = known.get(number_key(number), "")
    safe = _UNSAFE.sub("-", number).strip("-.")[:_LONGEST_NAME] or "permintaan"
    whose = f"{safe}-" if number else ""
    target = folder / f"register-{whose}{today}.xlsx"

    def job(path: Path) -> None:
        write(path, tables, number, today, issuer)

    (written,) = publish_files([(target, job)])
    return written, number
