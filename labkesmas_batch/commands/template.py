"""``template``: the blank forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from labkesmas_batch.commands.inputs import read_reference
from labkesmas_batch.errors import RefusedError
from labkesmas_batch.forms import schema, template
from labkesmas_batch.model.institution import US
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.publishing.publish import publish_files
from labkesmas_batch.reference.read import check_reference


def write_templates(
    output: Path, reference: Path | None, today: date, *, what_if: bool = False
) -> tuple[list[Path], list[Path]]:
    """Write the blank templates and return those written and those that were there already.

    ``what_if`` asks for the form of supposed changes instead.
    """
    rows = template.reference_rows((today.year, today.year + 1))
    names = template.intake_names(rows)
    issuer = US
    jobs: dict[str, Callable[[Path], None]] = {}
    if reference is None and not what_if:
        jobs[schema.REFERENCE.file] = lambda path: template.write_reference(path, rows, today)
    elif reference is not None:
        checked = check_reference(read_reference(reference), reference.name)
        if checked.reference is None:
            raise RefusedError(
                f"{reference.name}: acuan berisi galat; perbaiki dahulu menurut temuan di atas.",
                checked.findings,
            )
        issuer = checked.reference.office.issuer
        names = {
            SheetName.REGIONS: tuple(checked.reference.regions),
            SheetName.SAMPLE_TYPES: tuple(checked.reference.sample_types),
            SheetName.TARIFFS: tuple(
                f"{t.sample_type}: {t.parameter}" for t in checked.reference.tariffs
            ),
        }
    if what_if:
        jobs[schema.WHAT_IF.file] = lambda path: template.write_supposed(path, names, today, issuer)
    else:
        jobs[schema.INTAKE.file] = lambda path: template.write_intake(
            path, names, None, today, issuer
        )
    kept = [output / name for name in jobs if (output / name).exists()]
    new = [(output / name, job) for name, job in jobs.items() if output / name not in kept]
    return list(publish_files(new)), kept
