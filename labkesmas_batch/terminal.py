"""What the terminal says to people; ``say`` prints a line wherever the command wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from labkesmas_batch import sentences
from labkesmas_batch.wording import day_date

if TYPE_CHECKING:
    from labkesmas_batch.findings import Finding
    from labkesmas_batch.model import Week
    from labkesmas_batch.pipeline import Checked, Published

Say = Callable[[str], None]
# Of findings of one kind in one column so many are told in full.
MOST_ALIKE = 5


def say_week(say: Say, week: Week, published: Published) -> None:
    """Say what a run did, what needs attention, and where the files are."""
    say(f"Pengaturan jadwal {published.run}, {day_date(week.run_date)}")
    say(reference_line(week.reference_source.name, week.packaged))
    for remark in week.remarks:
        say(remark)
    say(sentences.week(week))
    attention = list(sentences.needs(week))
    if attention:
        say("Perlu perhatian:")
        for text in attention:
            say(f"  - {text}")
    say_copies(say, published.annotated, published.not_copied)
    say(f"Jadwal: {published.schedule}")


def reference_line(name: str, packaged: bool) -> str:
    """Return which reference was used."""
    return f"Acuan: {name}" + (" bawaan program (contoh)" if packaged else "")


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
        f"{checked.rows} baris dibaca, {checked.held} ditahan: {errors} galat, "
        f"{warnings} peringatan."
    )


def say_findings(say: Say, found: Iterable[Finding]) -> None:
    """Print findings, many of one kind and column as one: a few in full, then how many more."""
    groups: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding in found:
        key = finding.kind.code, finding.file, finding.sheet, finding.header
        groups.setdefault(key, []).append(finding)
    for group in groups.values():
        for finding in group[:MOST_ALIKE]:
            place = f"{finding.file} {finding.sheet}"
            place += f"!{finding.cell}" if finding.cell else ""
            number = f" {finding.number}" if finding.number else ""
            say(f"{finding.kind.level} {finding.kind.code} {place}{number}: {finding.problem}")
        say(f"    {group[0].remedy}")
        if len(group) > MOST_ALIKE:
            rows = ", ".join(str(finding.row) for finding in group[MOST_ALIKE : MOST_ALIKE + 12])
            more = len(group) - MOST_ALIKE
            say(f"    ... dan {more} lagi yang serupa: baris {rows}{', ...' if more > 12 else ''}")


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
