"""Names of what the commands write, and the annotated copies that several of them write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

from labkesmas_batch.errors import NotCopiedError
from labkesmas_batch.findings import Finding
from labkesmas_batch.forms import schema
from labkesmas_batch.model.history import REGISTER_FILE
from labkesmas_batch.model.institution import US, Issuer
from labkesmas_batch.model.week import Source
from labkesmas_batch.publishing.publish import publish_files
from labkesmas_batch.publishing.unrecorded import sweep
from labkesmas_batch.register.register import Register
from labkesmas_batch.register.session import Session

SCHEDULE = "jadwal.xlsx"
FINAL = "jadwal-final.xlsx"
# What management decided and signed, where that was not done in the run's folder itself.
DECIDED = "jadwal-keputusan.xlsx"
FIELD_REPORT = "realisasi.xlsx"
DOCUMENTS = "documents"
# Where commands write unless told otherwise.
OUTPUT = Path("output")


@dataclass(frozen=True, slots=True)
class Copies:
    """Annotated copies, ready to be written: name and bytes; and why some could not be made."""

    files: dict[Source, tuple[str, bytes]]
    missing: tuple[str, ...]


def runs_folder(path: Path, output: Path | None, register: Path | None) -> Path:
    """Return the folder of all runs for a workbook that people filled in."""
    above = path.absolute().parent.parent
    return output or (above if register or (above / REGISTER_FILE).exists() else OUTPUT)


def publish_copies(copies: Copies, output: Path | None) -> tuple[Path, ...]:
    """Write the annotated copies only: beside their originals, or into one folder."""
    return publish_files(
        [
            ((output or source.path.parent) / name, partial(_write, content))
            for source, (name, content) in copies.files.items()
        ]
    )


def _write(content: bytes, path: Path) -> None:
    path.write_bytes(content)


def annotated_copies(
    sources: Sequence[Source], found: Sequence[Finding], run_date: date, issuer: Issuer = US
) -> Copies:
    """Make the annotated copy of each workbook that has a finding."""
    files_with_marks = {finding.file for finding in found if finding.cell}
    concerned = [source for source in sources if source.name in files_with_marks]
    files: dict[Source, tuple[str, bytes]] = {}
    missing: list[str] = []
    for source in concerned:
        from labkesmas_batch.workbooks.marked_copy import annotate  # noqa: PLC0415 - only with a finding

        here = [finding for finding in found if finding.file == source.name]
        try:
            content = annotate(source.path, here, datetime.combine(run_date, time()), issuer)
        except NotCopiedError as error:
            missing.append(str(error))
        else:
            files[source] = _free_name(source, {name for name, _ in files.values()}), content
    return Copies(files, tuple(missing))


def _free_name(source: Source, taken: set[str]) -> str:
    stem, number = source.path.stem.partition(schema.COPY_SUFFIX)[0], 1
    name = f"{stem}{schema.COPY_SUFFIX}.xlsx"
    while name in taken:
        number += 1
        name = f"{stem}-{number}{schema.COPY_SUFFIX}.xlsx"
    return name


def tidy_up(output: Path, memory: Register, session: Session) -> None:
    """Take away what killed commands left in the output folder."""

    def recorded(run: str, names: Sequence[str]) -> bool:
        if not names:
            return run in session.runs()
        issued = {each.folder for each in session.given_numbers() if each.run == run}
        later = (name for name in names if name.startswith(f"{DOCUMENTS}-"))
        return bool(session.approved_decisions(run)) and issued.issuperset(later)

    # The register's holder is alone in its own folder; elsewhere others may be at work.
    sweep(output, recorded, alone=memory.path.parent.resolve() == output.resolve())
