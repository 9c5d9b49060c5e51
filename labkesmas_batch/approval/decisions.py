"""Management's columns read back from a schedule workbook, and what else was changed in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, cast

from labkesmas_batch import findings
from labkesmas_batch.approval.changed_cells import NUMBER, SIGNED_BY, SIGNED_ON
from labkesmas_batch.findings import Finding, column_letters
from labkesmas_batch.forms import dates, schema
from labkesmas_batch.forms.raw import Grid, RawTable
from labkesmas_batch.forms.typed import Fault, Typed, fault, parse
from labkesmas_batch.model.decisions import Decisions, Order, SignOff, Verdict
from labkesmas_batch.model.reference import PairDecision
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.text.fillers import is_name
from labkesmas_batch.text.indonesian import short_date
from labkesmas_batch.text.names import fold, is_blank, number_key, tidy

# Words that ask for another schedule.
_NOT_AS_IT_IS = re.compile("batal|tunda|ubah|pindah|undur")


def read_decisions(
    reviewed: ReturnedSchedule,
    teams: Sequence[str],
    scheduled: Iterable[str],
    waiting: Iterable[str],
    run: str,
    days: tuple[date, date],
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
    days
        The first and the last day on which it can have been approved.

    Returns
    -------
    Decisions, findings
        Those that can be read, and an error for each that cannot; signed by '' where nobody did.
    """
    signed, found = _sign_off(reviewed, *days)
    known: dict[str, tuple[str, ...]] = {SheetName.TEAMS: tuple(teams)}
    orders: list[Order] = []
    for table, sheet, numbers in (
        (reviewed.jadwal, schema.REVIEWED, scheduled),
        (reviewed.antrean, schema.QUEUED, waiting),
    ):
        if table is not None:
            typed = parse(table, sheet, known)
            by_fold = {number_key(n): n for n in numbers}
            orders += _orders(typed, by_fold)
            found += _errors(typed, (*_check_orders(typed, by_fold, run), *_one_word_each(typed)))
    pairs: list[PairDecision] = []
    if reviewed.zona is not None:
        typed = parse(reviewed.zona, schema.SILENT, known)
        pairs, faults = _pairs(typed)
        found += _errors(typed, faults)
    signed = signed or SignOff("", date.min)
    return Decisions(tuple(orders), tuple(pairs), signed, reviewed.sha256), tuple(found)


def _sign_off(
    reviewed: ReturnedSchedule, first: date, last: date
) -> tuple[SignOff | None, list[Finding]]:
    """Read who signed and when, from the first day possible to the last, on Ringkasan."""
    said: dict[str, tuple[object, int]] = {}
    for at, row in enumerate(reviewed.grids.get(SheetName.SUMMARY, ()), start=1):
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
    elif not is_name(tidy(by)) or schema.PLACEHOLDER in fold(by):
        found.append(_on_summary(reviewed, findings.NO_SIGNATURE, by_row, SIGNED_BY, by))
    if parsed is not None and parsed.kind is not None and parsed.value is None:
        found.append(_on_summary(reviewed, parsed.kind, on_row, SIGNED_ON, on))
    elif parsed is not None and not first <= cast("date", parsed.value) <= last:
        kind, hint = findings.SIGNED_ANOTHER_DAY, f"{short_date(first)} dan {short_date(last)}"
        found.append(_on_summary(reviewed, kind, on_row, SIGNED_ON, parsed.value, hint))
    if found or parsed is None:
        return None, found
    return SignOff(tidy(by), cast("date", parsed.value)), []


def _on_summary(
    reviewed: ReturnedSchedule,
    kind: findings.FindingKind,
    row: int,
    header: str,
    value: object,
    hint: str = "",
) -> Finding:
    return findings.finding(
        kind,
        file=reviewed.file,
        sheet=SheetName.SUMMARY,
        row=row,
        column=2,
        header=header,
        value=value,
        hint=hint,
    )


def _errors(typed: Typed, faults: Iterable[Fault]) -> list[Finding]:
    """Return the errors of a sheet, those of its cells and those that checks found."""
    return [each for each in typed.with_faults(faults).findings(NUMBER) if each.is_error]


class _Decision(NamedTuple):
    """What management wrote into a row."""

    number: str | None
    verdict: str | None
    day: date | None
    team: str | None
    note: str | None


def _decisions(typed: Typed) -> Iterator[_Decision]:
    """Yield what each row of a sheet holds; Antrean has no columns for a new day and team."""
    nothing = (None,) * len(typed.table.rows)
    headers = (NUMBER, Header.DECISION, Header.NEW_DATE, Header.NEW_TEAM, Header.REMARK)
    columns = (typed.columns.get(header, nothing) for header in headers)
    return map(_Decision._make, zip(*columns, strict=True))


def _orders(typed: Typed, known: Mapping[str, str]) -> Iterator[Order]:
    """Yield the decisions about the numbers known, each a number by its folded form."""
    for row, said in zip(typed.table.rows, _decisions(typed), strict=True):
        if not said.verdict or said.number is None or number_key(said.number) not in known:
            continue
        cells = {
            header: f"{column_letters(column + 1)}{row.number}"
            for header, column in typed.table.columns.items()
        }
        yield Order(
            known[number_key(said.number)],
            Verdict(said.verdict),
            said.day,
            said.team or "",
            said.note or "",
            typed.table.sheet,
            cells,
        )


def _check_orders(typed: Typed, known: Collection[str], run: str) -> Iterator[Fault]:
    """Tell what cannot be a decision; ``known`` are the folded numbers that the sheet had."""
    bad = typed.bad_rows()
    for at, said in enumerate(_decisions(typed)):
        changed = said.verdict == Verdict.CHANGED
        for header, value in ((Header.NEW_DATE, said.day), (Header.NEW_TEAM, said.team)):
            if value is not None and value != "" and not changed:
                yield fault(at, header, findings.NEW_WITHOUT_CHANGE, value)
        if said.note and not said.verdict and _NOT_AS_IT_IS.search(fold(said.note)):
            yield fault(at, Header.REMARK, findings.WORD_WITHOUT_DECISION, said.note)
        if not said.verdict or said.number is None:
            continue
        if number_key(said.number) not in known:
            yield fault(at, NUMBER, findings.NOT_IN_SCHEDULE, said.number, hint=run)
        elif changed and not said.day and not said.team and at not in bad:
            yield fault(at, Header.DECISION, findings.NOTHING_NEW, said.verdict)


def _one_word_each(typed: Typed) -> Iterator[Fault]:
    """Refuse two decisions about one request on one sheet."""
    rows: dict[str, list[int]] = defaultdict(list)
    for at, number in enumerate(typed.columns[NUMBER]):
        if number and typed.columns[Header.DECISION][at]:
            rows[number_key(number)].append(at)
    for places in rows.values():
        for at in places if len(places) > 1 else ():
            others = ", ".join(
                f"baris {typed.table.rows[other].number}" for other in places if other != at
            )
            value = typed.columns[NUMBER][at]
            yield fault(at, NUMBER, findings.DECIDED_TWICE, value, hint=others)


def _pairs(typed: Typed) -> tuple[list[PairDecision], list[Fault]]:
    """Return the Kepala's preferences from Zona Antara; two that exclude each other are faults."""
    pairs: list[PairDecision] = []
    faults: list[Fault] = []
    answers: dict[tuple[str, str], int] = {}
    for at, row in enumerate(typed.table.rows):
        number, opponent, first = (
            cast("str | None", typed.columns[header][at])
            for header in (NUMBER, Header.OPPONENT, Header.GOES_FIRST)
        )
        if not first or not number:
            continue
        both = [each for each in (number, opponent) if each]
        chosen = next((each for each in both if number_key(each) == number_key(first)), None)
        if chosen is None or len(both) < 2:
            kind, hint = findings.OTHER_PREFERENCE, " dan ".join(both)
            faults.append(fault(at, Header.GOES_FIRST, kind, first, hint=hint))
            continue
        other = both[1] if chosen == both[0] else both[0]
        # A pair can stand there twice, once from each side.
        if (against := answers.get((number_key(other), number_key(chosen)))) is not None:
            for one, its in ((at, against), (against, at)):
                there = typed.table.rows[its].number
                cell = f"{column_letters(typed.table.columns[Header.GOES_FIRST] + 1)}{there}"
                said = typed.columns[Header.GOES_FIRST][one]
                faults.append(fault(one, Header.GOES_FIRST, findings.OPPOSED, said, hint=cell))
            continue
        answers[number_key(chosen), number_key(other)] = at
        table = typed.table
        pairs.append(
            PairDecision(chosen, other, SheetName.SILENT_ZONE, table.file, table.sheet, row.number)
        )
    return pairs, faults


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
