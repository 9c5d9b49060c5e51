"""What several commands say: findings, and where the annotated copies are."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from labkesmas_batch.cli.terminal import Say
from labkesmas_batch.model.sheets import Header

if TYPE_CHECKING:
    from labkesmas_batch.commands.check import Checked
    from labkesmas_batch.findings import Finding

# So many places of the others are named.
_MOST_PLACES = 12
# Of findings of one kind in one column so many are told in full.
MOST_ALIKE = 5


def say_copies(say: Say, copies: Iterable[Path], missing: Iterable[str]) -> None:
    """Name the annotated copies, and why some could not be made."""
    for path in copies:
        say(f"Salinan bertanda: {path}")
    for why in missing:
        say(why)


def checked_line(checked: Checked, errors: int) -> str:
    """Return what a check counted."""
    warnings = len(checked.findings) - errors
    if checked.rows is None:
        return f"Acuan berisi {errors} galat: perbaiki dahulu, berkas permintaan belum diperiksa."
    return (
        f"{checked.rows} baris dibaca, {checked.on_hold} ditahan: {errors} galat, "
        f"{warnings} peringatan."
    )


def say_findings(
    say: Say, found: Iterable[Finding], width: int = 0, most: int = MOST_ALIKE
) -> None:
    """Print findings, those alike as one: ``most`` of them in full, then how many more.

    Alike are those of one kind and column, and those about whole sheets with one remedy. A remedy
    stands below the last of those in a row that have it. As a
    table where ``width``, the terminal's, is given; as plain lines for a pipe.
    """
    groups: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding in found:
        place = finding.sheet if finding.row else finding.remedy
        key = finding.kind.code, finding.file, place, finding.header
        groups.setdefault(key, []).append(finding)
    place = ""
    for group in groups.values():
        if width and place != (place := f"{group[0].file}, lembar {group[0].sheet}"):
            say(f"\n{place}")
            say(_table_row((Header.LEVEL, Header.CELL, "No.", "Masalah dan perbaikan"), width))
        full = group[: most if group[0].row else 1]
        indent = " " * sum(_COLUMNS) if width else "    "
        for finding, after in zip(full, (*full[1:], None), strict=True):
            say(_table_line(finding, width) if width else _plain_line(finding))
            if after is None or after.remedy != finding.remedy:
                said = f"{indent}→ {finding.remedy}" if width else indent + finding.remedy
                say(_wrapped(said, width))
        if rest := group[len(full) :]:
            say(_wrapped(indent + _more(rest), width))


def _more(rest: Sequence[Finding]) -> str:
    """Return where the findings stand that are not told in full."""
    rows = any(finding.row for finding in rest)
    places = [str(finding.row) if rows else finding.sheet for finding in rest]
    # Several may be about one sheet as a whole.
    named = list(dict.fromkeys(places))
    more = ", ..." if len(named) > _MOST_PLACES else ""
    what = "baris" if rows else "lembar"
    said = ", ".join(named[:_MOST_PLACES])
    return f"... dan {len(rest)} lagi yang serupa: {what} {said}{more}"


_COLUMNS = (12, 7, 10)


def _plain_line(finding: Finding) -> str:
    place = f"{finding.file} {finding.sheet}".rstrip()
    place += f"!{finding.cell}" if finding.cell else ""
    number = f" {finding.number}" if finding.number else ""
    return f"{finding.kind.level} {finding.kind.code} {place}{number}: {finding.problem}"


def _table_line(finding: Finding, width: int) -> str:
    cells = finding.kind.level.value, finding.cell, finding.number, finding.problem
    return _table_row(cells, width)


def _table_row(cells: tuple[str, str, str, str], width: int) -> str:
    fixed = "".join(
        f"{text[: width - 1]:<{width}}" for text, width in zip(cells, _COLUMNS, strict=False)
    )
    return _wrapped(fixed + cells[-1], width)


def _wrapped(line: str, width: int) -> str:
    if not width:
        return line
    indent = " " * sum(_COLUMNS)
    return textwrap.fill(
        line,
        max(60, width),
        subsequent_indent=indent,
        break_long_words=False,
        replace_whitespace=False,
        drop_whitespace=True,
    )


def finding_record(finding: Finding) -> dict[str, object]:
    """Return a finding for ``--json``."""
    return {
        "kode": finding.kind.code,
        "tingkat": finding.kind.level.value,
        "berkas": finding.file,
        "lembar": finding.sheet,
        "sel": finding.cell,
        "kolom": finding.header,
        "no_permintaan": finding.number,
        "nilai": finding.value,
        "masalah": finding.problem,
        "perbaikan": finding.remedy,
    }
