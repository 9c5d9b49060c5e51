"""What to ask people about: requests that are gone, visits that nobody reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from labkesmas_batch import findings
from labkesmas_batch.findings import Finding
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.model.history import REGISTER_NAME, History, Known, Standing
from labkesmas_batch.text.indonesian import short_date
from labkesmas_batch.text.names import number_key


def reminders(tables: Sequence[RawTable], history: History, run_date: date) -> Iterator[Finding]:
    """Yield what to ask people about: requests that are gone, visits that nobody reported."""
    yield from _missing(tables, history, run_date)
    yield from _unreported(history, run_date)


def _missing(tables: Sequence[RawTable], history: History, run_date: date) -> Iterator[Finding]:
    """Ask about requests that the last form had and this one has not; nothing is dropped."""
    here = {number_key(row.cells[0]) for table in tables for row in table.rows}
    known = history.by_number
    if history.last is not None and not history.last.approved:
        gone = [
            past.request.number
            for past in history.last.requests
            if number_key(past.request.number) not in here | known.keys()
        ]
        yield from _asked(findings.GONE_FROM_DRAFT, gone, history.last.run)
    open_ones = {
        key: each.request.number
        for key, each in known.items()
        if each.standing.waits or _is_ahead(each, run_date)
    }
    still = [number for key, number in open_ones.items() if key not in here]
    if 2 * len(still) > len(open_ones):
        return  # the form does not go on with the last one: each week has one of its own
    yield from _asked(findings.NOT_REPEATED, still, "")


def _is_ahead(known: Known, run_date: date) -> bool:
    locked = known.standing is Standing.LOCKED
    return locked and known.last is not None and known.last >= run_date


def _unreported(history: History, run_date: date) -> Iterator[Finding]:
    """Remind of visits that are over and of which nobody said what took place."""
    for each in history.known:
        if each.standing is Standing.LOCKED and each.last is not None and each.last < run_date:
            number = each.request.number
            yield findings.finding(
                findings.NOT_REPORTED,
                file=REGISTER_NAME,
                sheet="",
                number=number,
                value=number,
                day=short_date(each.last),
            )


def _asked(kind: findings.FindingKind, numbers: Sequence[str], run: str) -> Iterator[Finding]:
    for number in numbers:
        yield findings.finding(
            kind, file=REGISTER_NAME, sheet="", number=number, value=number, hint=number, run=run
        )
