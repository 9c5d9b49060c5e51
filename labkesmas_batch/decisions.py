"""Management's columns read back from a schedule workbook, and what else was changed in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import cast

from labkesmas_batch import dates, findings, schema
from labkesmas_batch.cells import fold, is_blank, tidy
from labkesmas_batch.findings import Finding, column_letters
from labkesmas_batch.memory import Decisions, Grid, Order, Reviewed, SignOff, Verdict
from labkesmas_batch.model import PairDecision
from labkesmas_batch.parse import Typed, parse

NUMBER = "No. Permintaan"
SIGNED_BY, SIGNED_ON = "Disetujui oleh", "Tanggal"
# So many changed cells are named one by one.
MOST_CHANGED = 50
# What people fill in, which is no change of the schedule.
_THEIRS = {
    "Jadwal": {"Keputusan", "Tanggal Baru", "Tim Baru", "Catatan"},
    "Antrean": {"Keputusan", "Catatan"},
    "Zona Antara": {"Dahulukan"},
}


def read_decisions(
    reviewed: Reviewed,
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


# --- the sign-off ----------------------------------------------------------------------------


def _sign_off(reviewed: Reviewed) -> tuple[SignOff | None, list[Finding]]:
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
    reviewed: Reviewed, kind: findings.Kind, row: int, header: str, value: object
) -> Finding:
    return findings.finding(
        kind, file=reviewed.file, sheet="Ringkasan", row=row, column=2, header=header,
        value=value, hint="",
    )  # fmt: skip


# --- decisions on requests -------------------------------------------------------------------


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
            known[fold(number)], Verdict(verdict), day, team or "", note or "",
            typed.table.sheet, cells,
        )  # fmt: skip


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


# --- what else was changed -------------------------------------------------------------------


def changed_cells(
    file: str, original: Mapping[str, Grid], returned: Mapping[str, Grid]
) -> tuple[Finding, ...]:
    """Return a warning for each cell outside the decision columns that holds something else.

    Rows of a table are matched by their No. Permintaan, so that sorting one is no change.
    """
    found = list(_changed(file, original, returned))
    if len(found) <= MOST_CHANGED:
        return tuple(found)
    more = len(found) - MOST_CHANGED
    last = found[MOST_CHANGED]
    rest = replace(last, problem=f"{last.problem} Begitu juga {more - 1} sel lain.")
    return (*found[:MOST_CHANGED], rest)


def _changed(
    file: str, original: Mapping[str, Grid], returned: Mapping[str, Grid]
) -> Iterator[Finding]:
    for name, before in original.items():
        after = returned.get(name)
        if after is None:
            yield findings.finding(
                findings.CHANGED_CELL, file=file, sheet=name, value="lembar tidak ada",
                hint="lembar ada",
            )  # fmt: skip
            continue
        headers = [tidy(cell) for cell in before[0]] if before else []
        keyed = NUMBER in headers and _all_different(before, headers.index(NUMBER))
        places = _places(before, after, headers.index(NUMBER)) if keyed else range(len(before))
        for at, (row, there) in enumerate(zip(before, places, strict=True)):
            now = after[there] if 0 <= there < len(after) else ()
            line = (there if there >= 0 else at) + 1
            yield from _in_row(file, name, headers if keyed else [], row, now, line)


def _places(before: Grid, after: Grid, column: int) -> Iterator[int]:
    """Yield where each row stands now, -1 for one that is gone."""
    ours, rows = _by_number(before, column), _by_number(after, column)
    for at, row in enumerate(before):
        key = fold(row[column]) if at else ""
        if not key:
            yield at
        elif key in rows:
            yield rows[key]
        else:
            # Where a number was typed over, the row stayed, and this is one change.
            now = after[at][column] if at < len(after) and column < len(after[at]) else None
            yield -1 if fold(now) in ours else at


def _all_different(grid: Grid, column: int) -> bool:
    numbers = [fold(row[column]) for row in grid[1:] if column < len(row)]
    return len(set(numbers)) == len(numbers)


def _by_number(grid: Grid, column: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, row in enumerate(grid):
        if at and column < len(row) and not is_blank(row[column]):
            found.setdefault(fold(row[column]), at)
    return found


def _in_row(
    file: str, sheet: str, headers: Sequence[str], before: Sequence[object],
    after: Sequence[object], row: int,
) -> Iterator[Finding]:  # fmt: skip
    theirs = _THEIRS.get(sheet, set())
    for column in range(max(len(before), len(after))):
        was = _plain(before[column]) if column < len(before) else ""
        now = _plain(after[column]) if column < len(after) else ""
        header = headers[column] if column < len(headers) else ""
        if was == now or header in theirs or (sheet == "Ringkasan" and _is_signature(before)):
            continue
        yield findings.finding(
            findings.CHANGED_CELL, file=file, sheet=sheet, row=row, column=column + 1,
            header=header, value=now or "kosong", hint=was or "kosong",
        )  # fmt: skip


def _is_signature(row: Sequence[object]) -> bool:
    return bool(row) and tidy(row[0]) in (SIGNED_BY, SIGNED_ON, "Tanda tangan")


def _plain(value: object) -> str:
    """Return a value as all programs save it: dates without midnight, whole numbers alike."""
    if isinstance(value, datetime):
        # Programs round the seconds of a time differently.
        return str(value.date()) if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.6g}" if not value.is_integer() else str(int(value))
    return tidy(value)
