"""The final schedule and its record, beside the workbook that was signed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from labkesmas_batch.commands.files import DECIDED, FINAL
from labkesmas_batch.explanation.days import reasons as reasons_of
from labkesmas_batch.explanation.record import decisions_record
from labkesmas_batch.model.week import Week
from labkesmas_batch.publishing.run_folder import FINAL_RECORD, write_record


def write_final(
    into: Path, folder: Path, signed: Path, week: Week, called: Callable[[str], str] = str
) -> None:
    """Write what a signature makes of a schedule.

    Parameters
    ----------
    into, folder
        Where it is written, and the run's folder that it is for.
    signed
        The workbook that management filled in.
    called
        Gives each file its name in the run's folder.
    """
    from labkesmas_batch.workbooks.schedule import write_schedule  # noqa: PLC0415 - a refusal does without

    if signed.absolute().parent != folder.absolute():
        shutil.copyfile(signed, into / called(DECIDED))
    reasons = reasons_of(week.visits, week.reference.policy)
    write_schedule(into / called(FINAL), week, folder.name, {}, reasons)
    write_record(into / called(FINAL_RECORD), decisions_record(week, folder.name, reasons))
