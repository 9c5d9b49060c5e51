"""Management's columns read back from a schedule workbook, and what else was changed in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from labkesmas_batch import findings
from labkesmas_batch.approval.changed_cells import NUMBER, SIGNED_BY, SIGNED_ON
from labkesmas_batch.findings import Finding, column_letters
from labkesmas_batch.forms import dates, schema
from labkesmas_batch.forms.raw import Grid, RawTable
from labkesmas_batch.forms.typed import Typed, parse
from labkesmas_batch.model.decisions import Decisions, Order, SignOff, Verdict
from labkesmas_batch.model.reference import PairDecision
from labkesmas_batch.text.names import fold, is_blank, tidy


def read_decisions(
    reviewed: ReturnedSchedule,
    teams: Sequence[str],
    scheduled: Iterable[str],
    waiting: Iterable[str],
    run: str,
) -> tuple[Decisions, tuple[Finding, ...]]:
    """Read management's decisions.

    Parameters
    ----------
    teams
        Names that Tim Baru may have.
    scheduled, waiting
        Numbers on Jadwal and on Antrean, as the program wrote them.
    run
        The schedule's id, for messages.

    Returns
    -------
    Decisions, findings
        Those that can be read, and an error for each that cannot; signed by '' where nobody did.
    """
    signed, found = _sign_off(reviewed)
    known = {"Tim": tuple(teams)}
    jadwal = parse(reviewed.jadwal, schema.REVIEWED, known)
    orders = [*_orders(jadwal, {fold(n): n for n in scheduled}, run)]
    typed = [jadwal]
    if reviewed.antrean is not None:
        antrean = parse(reviewed.antrean, schema.QUEUED, known)
        orders += _orders(antrean, {fold(n): n for n in waiting}, run)
        typed.append(antrean)
    pairs: list[PairDecision] = []
    if reviewed.zona is not None:
        zona = parse(reviewed.zona, schema.SILENT, known)
        pairs += _pairs(zona)
        typed.append(zona)
    for each in typed:
        _one_word_each(each)
        found += [f for f in each.findings(NUMBER) if f.is_error]
    signed = signed or SignOff("", date.min)
    return Decisions(tuple(orders), tuple(pairs), signed, reviewed.sha256), tuple(found)


def _sign_off(reviewed: ReturnedSchedule) -> tuple[SignOff | None, list[Finding]]:
    """Read who signed and when, from beside their labels on Ringkasan."""
    said: dict[str, tuple[object, int]] = {}
    for at, row in enumerate(reviewed.grids.get("Ringkasan", ()), start=1):
        label = tidy(row[0]) if row else ""
        if label in (SIGNED_BY, SIGNED_ON):
            said[label] = (row[1] if len(row) > 1 else None), at
    found = []
    by, by_row = said.get(SIGNED_BY, (None, 0))
    on, on_row = said.get(SIGNED_ON, (None, 0))
    parsed = dates.day(on) if not is_blank(on) else None
    if is_blank(by):
        found.append(_on_summary(reviewed, findings.NOT_SIGNED, by_row, SIGNED_BY, None))
    if is_blank(on):
        found.append(_on_summary(reviewed, findings.NOT_SIGNED, on_row, SIGNED_ON, None))
    if parsed is not None and parsed.kind is not None and parsed.value is None:
        found.append(_on_summary(reviewed, parsed.kind, on_row, SIGNED_ON, on))
    if found or parsed is None:
        return None, found
    return SignOff(tidy(by), cast("date", parsed.value)), []


def _on_summary(
    reviewed: ReturnedSchedule, kind: findings.FindingKind, row: int, header: str, value: object
) -> Finding:
    return findings.finding(
        kind,
        file=reviewed.file,
        sheet="Ringkasan",
        row=row,
        column=2,
        header=header,
        value=value,
        hint="",
    )


def _orders(typed: Typed, known: Mapping[str, str], run: str) -> Iterator[Order]:
    """Yield the decisions of a sheet; a fault is noted for what cannot be one."""
    columns = typed.columns
    for at, row in enumerate(typed.table.rows):
        number = cast("str | None", columns[NUMBER][at])
        verdict = cast("str | None", columns["Keputusan"][at])
        day = cast("date | None", columns.get("Tanggal Baru", [None] * (at + 1))[at])
        team = cast("str | None", columns.get("Tim Baru", [None] * (at + 1))[at])
        for header, value in (("Tanggal Baru", day), ("Tim Baru", team)):
            if value is not None and value != "" and verdict != Verdict.CHANGED:
                typed.fault(at, header, findings.NEW_WITHOUT_CHANGE, value)
        if not verdict or number is None:
            continue
        if fold(number) not in known:
            typed.fault(at, NUMBER, findings.NOT_IN_SCHEDULE, number, hint=run)
            continue
        blank_cells = at in typed.bad
        if verdict == Verdict.CHANGED and not day and not team and not blank_cells:
            typed.fault(at, "Keputusan", findings.NOTHING_NEW, verdict)
        note = cast("str | None", columns["Catatan"][at])
        cells = {
            header: f"{column_letters(column + 1)}{row.number}"
            for header, column in typed.table.columns.items()
        }
        yield Order(
            known[fold(number)],
            Verdict(verdict),
            day,
            team or "",
            note or "",
            typed.table.sheet,
            cells,
        )


def _one_word_each(typed: Typed) -> None:
    """Refuse two decisions about one request on one sheet."""
    if "Keputusan" not in typed.columns:
        return
    rows: dict[str, list[int]] = defaultdict(list)
    for at, number in enumerate(typed.columns[NUMBER]):
        if number and typed.columns["Keputusan"][at]:
            rows[fold(number)].append(at)
    for places in rows.values():
        for at in places if len(places) > 1 else ():
            others = ", ".join(
                f"baris {typed.table.rows[other].number}" for other in places if other != at
            )
            value = typed.columns[NUMBER][at]
            typed.fault(at, NUMBER, findings.DECIDED_TWICE, value, hint=others)


def _pairs(typed: Typed) -> Iterator[PairDecision]:
    """Yield the Kepala's preferences from Zona Antara; two that exclude each other are faults."""
    answers: dict[tuple[str, str], int] = {}
    for at, row in enumerate(typed.table.rows):
        number, opponent, first = (
            cast("str | None", typed.columns[header][at])
            for header in (NUMBER, "Permintaan Lawan", "Dahulukan")
        )
        if not first or not number:
            continue
        both = [each for each in (number, opponent) if each]
        chosen = next((each for each in both if fold(each) == fold(first)), None)
        if chosen is None or len(both) < 2:
            typed.fault(at, "Dahulukan", findings.OTHER_PREFERENCE, first, hint=" dan ".join(both))
            continue
        other = both[1] if chosen == both[0] else both[0]
        # A pair can stand there twice, once from each side.
        if (against := answers.get((fold(other), fold(chosen)))) is not None:
            for one, its in ((at, against), (against, at)):
                there = typed.table.rows[its].number
                cell = f"{column_letters(typed.table.columns['Dahulukan'] + 1)}{there}"
                said = typed.columns["Dahulukan"][one]
                typed.fault(one, "Dahulukan", findings.OPPOSED, said, hint=cell)
            continue
        answers[fold(chosen), fold(other)] = at
        yield PairDecision(
            chosen, other, "Zona Antara", typed.table.file, typed.table.sheet, row.number
        )


@dataclass(frozen=True, slots=True)
class ReturnedSchedule:
    """A schedule workbook as it came back.

    Parameters
    ----------
    run
        The schedule's id, as the workbook itself says.
    jadwal, antrean, zona
        The sheets that people fill in; None for one that is not there.
    grids
        Every sheet.
    """

    file: str
    sha256: str
    run: str
    jadwal: RawTable
    antrean: RawTable | None
    zona: RawTable | None
    grids: Mapping[str, Grid]
