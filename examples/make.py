"""Make the templates, the filled example and the packaged reference (``make example``).

Everything follows from ``labkesmas_batch/forms/example_reference.py`` and ``examples/week.py``;
the files are the same bytes on every machine.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from examples.week import INTAKE_ROWS, RUN_DATE
from labkesmas_batch.forms import template

ROOT = Path(__file__).resolve().parents[1]
YEARS = (RUN_DATE.year, RUN_DATE.year + 1)


def make(templates: Path, packaged: Path) -> None:
    """Write the three workbooks into ``templates`` and the reference into ``packaged`` too."""
    templates.mkdir(parents=True, exist_ok=True)
    packaged.mkdir(parents=True, exist_ok=True)
    rows = template.reference_rows(YEARS)
    names = template.intake_names(rows)
    template.write_reference(templates / "acuan.xlsx", rows, RUN_DATE)
    template.write_intake(templates / "permintaan.xlsx", names, None, RUN_DATE)
    template.write_intake(templates / "contoh-permintaan.xlsx", names, INTAKE_ROWS, RUN_DATE)
    shutil.copyfile(templates / "acuan.xlsx", packaged / "acuan.xlsx")


if __name__ == "__main__":
    make(ROOT / "input_templates", ROOT / "labkesmas_batch" / "data")
