"""What the terminal says to people; ``say`` prints a line wherever the command wants it.

The modules that make the sentences are imported where one is said: ``--help`` says none.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from labkesmas_batch.text.indonesian import brief_span, day_date

if TYPE_CHECKING:
    from labkesmas_batch.commands.check import Checked
    from labkesmas_batch.commands.finalize import FinalizeResult
    from labkesmas_batch.commands.run import Published
    from labkesmas_batch.findings import Finding
    from labkesmas_batch.model.week import Week
    from labkesmas_batch.simulation.types import Simulation, WaitingTimes
    from labkesmas_batch.what_if.types import Compared, Comparison

Say = Callable[[str], None]
# So many places of the others are named.
_MOST_PLACES = 12
# Of findings of one kind in one column so many are told in full.
MOST_ALIKE = 5
# So many requests that move are named one by one.
MOST_MOVED = 40


def say_week(say: Say, week: Week, published: Published) -> None:
    """Say what a run did, what needs attention, and where the files are."""
    from labkesmas_batch.explanation import week as sentences  # noqa: PLC0415

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


def say_finalized(say: Say, done: FinalizeResult) -> None:
    """Say what an approval made, and what papers still lack."""
    from labkesmas_batch.explanation import week as sentences  # noqa: PLC0415

    say(f"Jadwal {done.run} disahkan oleh {done.by}.")
    if done.week is None:
        say("Sudah disahkan sebelumnya dengan keputusan yang sama; tidak ada yang berubah.")
    else:
        say(sentences.week(done.week))
    say_findings(say, done.findings, most=1)
    acuan = done.week.reference_source.name if done.week else ""
    if any(each.kind.code.startswith("D") and each.file == acuan for each in done.findings):
        again = f"labkesmas-batch documents {done.run} --reference acuan.xlsx"
        say(f"Sesudah acuan dilengkapi, dokumen dibuat lagi dengan: {again}")
    say(f"Jadwal final: {done.schedule}")
    say(f"Dokumen: {done.folder / 'documents'}")
    if done.calendars.is_dir():
        say(f"Kalender tim (.ics): {done.calendars}")
    say(f"Formulir realisasi: {done.form}")


def say_comparison(say: Say, week: Week, comparison: Comparison, path: Path) -> None:
    """Say what supposed changes would do: who moves, by how many days, who gets in."""
    from labkesmas_batch.what_if import sentences as outlook  # noqa: PLC0415

    say(f"Pengandaian untuk jadwal {day_date(week.run_date)}; jadwal dan register tidak berubah.")
    say(reference_line(week.reference_source.name, week.packaged))
    for remark in week.remarks:
        say(remark)
    if held := outlook.without(week.held):
        say(held)
    for change in comparison.changes:
        say(f"Diandaikan: {change.said}")
    say(f"Akibatnya: {outlook.effects(comparison)}")
    if hindered := outlook.blocked(comparison):
        say(hindered)
    moved = [each for each in comparison.requests if outlook.effect(each) != "tetap"]
    for each in moved[:MOST_MOVED]:
        say(f"  {each.request.number:<12} {_standing(each):<26} {outlook.effect(each)}")
    if len(moved) > MOST_MOVED:
        say(f"  ... dan {len(moved) - MOST_MOVED} lagi")
    say(f"Dengan perubahan itu {outlook.outcome(comparison.after)}")
    say(f"Perbandingan: {path}")


def _standing(compared: Compared) -> str:
    """Return day and team now and then, as in ``26 Nov Tim 1 → 27 Nov Tim 4``."""
    said = [
        f"{brief_span(each.first, each.first)} {each.team}" if each and each.first else "-"
        for each in (compared.before, compared.after)
    ]
    return " → ".join(said)


def comparison_record(comparison: Comparison, path: Path) -> dict[str, object]:
    """Return a comparison for ``--json``."""
    from labkesmas_batch.what_if import sentences as outlook  # noqa: PLC0415

    return {
        "files": {"andaikan": str(path)},
        "changes": [change.said for change in comparison.changes],
        "before": comparison.before.counts,
        "after": comparison.after.counts,
        "requests": [
            {
                "no_permintaan": each.request.number,
                "before": str(each.before.first) if each.before and each.before.first else None,
                "after": str(each.after.first) if each.after and each.after.first else None,
                "days": each.days,
                "akibat": outlook.effect(each),
            }
            for each in comparison.requests
            if outlook.effect(each) != "tetap"
        ],
    }


def say_simulation(say: Say, simulation: Simulation, path: Path) -> None:
    """Say the waiting times of every scenario, and where the workbook is."""
    from labkesmas_batch.simulation import sentences as simulation_sentences  # noqa: PLC0415

    say(f"Simulasi {simulation.weeks} pekan; {simulation_sentences.source(simulation)}")
    say(reference_line(simulation.reference, simulation.packaged))
    for remark in simulation.remarks:
        say(remark)
    say_findings(say, simulation.history.faults)
    if without := simulation_sentences.left_out(simulation.history):
        say(without)
    wide = max(len(each.name) for each in simulation.figures)
    for group in (simulation.teams, simulation.readings):
        say(f"{'':<{wide}} {'Internal':>16} {'Eksternal':>16} {'tepat':>6}")
        for each in group:
            waits = [_waits(times) for _, times in each.classes[:2]]
            on_time = f"{each.all.on_time:.0%}" if each.all.visits else "-"
            say(f"{each.name:<{wide}} {waits[0]:>16} {waits[1]:>16} {on_time:>6}")
    say("Hari dari permintaan ke kunjungan / hari terlambat dari yang diminta, rata-rata.")
    for text in simulation_sentences.overload(simulation.figures):
        say(text)
    say(f"Hasil: {path}")


def _waits(times: WaitingTimes) -> str:
    if not times.visits:
        return "-"
    return f"{times.mean:.1f} / {times.mean_late:.1f}".replace(".", ",")


def simulation_record(simulation: Simulation, path: Path) -> dict[str, object]:
    """Return a simulation for ``--json``."""
    from labkesmas_batch.simulation import sentences as simulation_sentences  # noqa: PLC0415

    return {
        "files": {"simulasi": str(path)},
        "weeks": simulation.weeks,
        "reference": simulation.reference,
        "packaged": simulation.packaged,
        "left_out": simulation_sentences.left_out(simulation.history),
        "scenarios": [
            {
                "name": each.name,
                "missed": each.missed,
                "never": each.never,
                "waiting": each.waiting,
                "grows": each.grows is not None,
                "classes": {name: _times(times) for name, times in each.classes},
            }
            for each in simulation.figures
        ],
    }


def _times(times: WaitingTimes) -> dict[str, object]:
    """Return the figures; null where there was no visit."""
    figures = {
        "mean": round(times.mean, 3),
        "median": times.median,
        "p90": times.ninth_decile,
        "longest": times.longest,
        "mean_late": round(times.mean_late, 3),
        "on_time": round(times.on_time, 4),
    }
    shown = figures if times.visits else dict.fromkeys(figures)
    return {"visits": times.visits, **shown}


def reference_line(name: str, packaged: bool) -> str:
    """Return which reference was used."""
    from labkesmas_batch.explanation import week as sentences  # noqa: PLC0415

    return sentences.reference_used(name, packaged)


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
            say(_table_row(("Tingkat", "Sel", "No.", "Masalah dan perbaikan"), width))
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
        f"{text[: room - 1]:<{room}}" for text, room in zip(cells, _COLUMNS, strict=False)
    )
    return _wrapped(fixed + cells[-1], width)


def _wrapped(line: str, width: int) -> str:
    if not width:
        return line
    indent = " " * sum(_COLUMNS)
    return textwrap.fill(
        line, max(60, width), subsequent_indent=indent, break_long_words=False,
        replace_whitespace=False, drop_whitespace=True,
    )  # fmt: skip


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
