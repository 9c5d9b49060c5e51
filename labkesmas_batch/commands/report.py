"""``report``: what took place in the field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from labkesmas_batch.approval.field_reports import read_forms
from labkesmas_batch.commands.drafts import kept_reference
from labkesmas_batch.commands.files import FIELD_REPORT, runs_folder
from labkesmas_batch.commands.inputs import read_field_forms
from labkesmas_batch.errors import RefusedError
from labkesmas_batch.findings import Finding
from labkesmas_batch.model.history import REGISTER_FILE
from labkesmas_batch.model.policy import APART_DAYS
from labkesmas_batch.register.register import Register, Say, silent
from labkesmas_batch.register.session import Session
from labkesmas_batch.text.indonesian import listing


def report(
    paths: Sequence[Path],
    output: Path | None,
    register: Path | None,
    today: date,
    say: Say = silent,
) -> tuple[dict[str, int], tuple[Finding, ...]]:
    """Record what took place of locked visits; return how many of each result, and warnings.

    Parameters
    ----------
    paths
        Forms of field days, or the folders of their runs; all of them are recorded or none.
    output
        Folder of all runs; where it is left out, the one that the first form's folder lies in, or
        ``output`` for a form that was sent about.

    Raises
    ------
    RefusedError
        A row that cannot be; all of them are told and nothing is recorded.
    InputError
        There is no register.
    """
    forms = [path / FIELD_REPORT if path.is_dir() else path for path in paths]
    tables = read_field_forms(forms)
    memory = Register(register or runs_folder(forms[0], output, register) / REGISTER_FILE)
    memory.must_exist(
        "Jalankan report pada realisasi.xlsx di dalam folder hasilnya, atau sebut --output atau "
        "--register."
    )
    with memory.holding("report", say) as session:
        known = session.history().by_number
        apart = _apart_days(session)
        reports, found = read_forms(tables, known, session.reported(), today, apart)
        if any(each.is_error for each in found):
            told = listing([table.file for table in tables])
            raise RefusedError(f"{told} belum dapat dicatat; tidak ada yang diubah.", found)
        session.report(reports, today)
        session.keep()
    return Counter(each.result.value for each in reports), found


def _apart_days(session: Session) -> int:
    """Return ``selisih_realisasi_hari`` as the newest approved schedule had it."""
    content = session.reference_of(session.last_approved())
    reference = kept_reference(content) if content else None
    return reference.policy.apart_days if reference else APART_DAYS
