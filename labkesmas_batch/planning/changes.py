"""What changed against the last schedule: new, as it was, changed, gone; why, and whom to tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from labkesmas_batch.model.decisions import ASIDE_AS, Order, Verdict
from labkesmas_batch.model.history import (
    Change,
    ChangeKind,
    History,
    Past,
    differing,
)
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.requests import Request, RowOnHold
from labkesmas_batch.model.schedule import Returned, Unplaced, Visit
from labkesmas_batch.text.indonesian import listing
from labkesmas_batch.text.names import number_key

_DONE = {
    Verdict.CHANGED: "Diubah",
    Verdict.POSTPONED: Outcome.POSTPONED.value,
    Verdict.CANCELLED: "Dibatalkan",
}
_ORDER = (ChangeKind.CHANGED, ChangeKind.GONE, ChangeKind.NEW, ChangeKind.SAME)


def outcomes(
    visits: Iterable[Visit],
    unplaced: Iterable[Unplaced],
    returned: Iterable[Returned],
    aside: Iterable[tuple[Request, Order]] = (),
) -> dict[str, Past]:
    """Return what became of every request, by canonical number."""
    found = [Past(v.request, v.status, v.first, v.team) for v in visits]
    found += [Past(each.request, Outcome.WAITING) for each in unplaced]
    found += [Past(each.request, Outcome.RETURNED) for each in returned]
    found += [Past(request, ASIDE_AS[order.verdict]) for request, order in aside]
    return by_number(found)


def by_number(found: Iterable[Past]) -> dict[str, Past]:
    """Return them by the canonical number of their request."""
    return {number_key(each.request.number): each for each in found}


def decided(visits: Iterable[Visit], aside: Iterable[tuple[Request, Order]]) -> Mapping[str, str]:
    """Return in a sentence what management decided about each, by folded number."""
    orders = [(visit.request, visit.order) for visit in visits if visit.order is not None]
    found = {}
    for request, order in (*orders, *aside):
        if done := _DONE.get(order.verdict):
            note = f": {order.note.rstrip('.')}" if order.note else ""
            found[number_key(request.number)] = f"{done} menurut keputusan manajemen{note}."
    return found


def differences(
    now: Mapping[str, Past],
    on_hold: Iterable[RowOnHold],
    reasons: Mapping[str, Sequence[str]],
    history: History,
    run_date: date,
    words: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Change, ...]:
    """Compare with the last schedule; nothing where there is none.

    Parameters
    ----------
    now
        What became of every request, by folded number.
    on_hold
        Rows that wait for a correction.
    reasons
        Canonical number to what gave the request another day, in sentences.
    history
        With the last schedule.
    run_date
        Visits that were over by then are no longer spoken of.
    words
        Folded number to what management decided about it, in a sentence.

    Returns
    -------
    tuple of Change
        Changed ones first, then those that are gone, new ones, and those as they were.
    """
    last = history.last
    if last is None:
        return ()
    before = by_number(last.requests)
    waiting_for_correction = {number_key(each.number) for each in on_hold}
    found = [
        _compared(
            before.get(key), past, reasons.get(key, ()), words.get(key, ""), told=last.approved
        )
        for key, past in now.items()
    ]
    settled = _settled(history, run_date)
    for key, past in before.items():
        if key in now or key in settled:
            continue
        if key in waiting_for_correction:
            after = Past(past.request, Outcome.ON_HOLD)
            cause = "Baris pada formulir ditahan karena galat: lihat lembar Kesalahan."
            found.append(Change(ChangeKind.CHANGED, past.request, past, after, causes=(cause,)))
        else:
            found.append(_gone(past, last.run, approved=last.approved))
    return tuple(sorted(found, key=lambda each: _ORDER.index(each.kind)))


def _settled(history: History, run_date: date) -> set[str]:
    """Return the numbers of requests that are over: done, cancelled, or visited by now."""
    return {
        number_key(known.request.number)
        for known in history.known
        if known.standing.is_over or (known.last is not None and known.last < run_date)
    }


def _compared(
    before: Past | None, now: Past, reasons: Sequence[str], decided: str, *, told: bool
) -> Change:
    if before is None:
        said = (decided,) if decided else ()
        return Change(ChangeKind.NEW, now.request, None, now, causes=said, inform=_whom(None, now))
    fields = differing(before.request, now.request)
    moved = (before.first, before.team) != (now.first, now.team)
    same_fate = before.outcome.has_day == now.outcome.has_day
    same_fate = same_fate and (now.outcome.has_day or before.outcome == now.outcome)
    kind = ChangeKind.CHANGED if fields or moved or not same_fate else ChangeKind.SAME
    change = Change(kind, now.request, before, now, fields)
    if kind is ChangeKind.SAME:
        return change
    causes = [f"Isian berubah: {listing(fields, most=8)}."] if fields else []
    causes += [decided] if decided else [*_causes(before, now), *reasons]
    inform = _whom(before if told else None, now) if moved or not same_fate else ()
    return replace(change, causes=tuple(causes), inform=inform)


def _causes(before: Past, now: Past) -> Iterator[str]:
    if now.first == before.first and now.team != before.team and now.first is not None:
        yield "Timnya berganti; harinya tetap."
    elif now.first is not None and before.first is None:
        yield "Kini mendapat hari."


def _gone(past: Past, run: str, *, approved: bool) -> Change:
    if past.outcome is Outcome.RETURNED:
        cause = f"Dikembalikan pada jadwal {run} dan belum diajukan lagi."
    elif past.outcome in ASIDE_AS.values():
        cause = f"{past.outcome} oleh manajemen pada jadwal {run}."
    elif approved:
        cause = f"Tidak ada lagi pada formulir sejak jadwal {run}."
    else:
        cause = (
            f"Ada pada jadwal {run} yang belum disahkan, tidak ada lagi pada formulir. Masukkan "
            "kembali bila masih diminta."
        )
    told = _whom(past, None) if approved and past.outcome.has_day else ()
    return Change(ChangeKind.GONE, past.request, past, None, causes=(cause,), inform=told)


def _whom(before: Past | None, now: Past | None) -> tuple[str, ...]:
    """Return the customer, and the teams that have or had the visit."""
    request: Request | None = (now or before).request if (now or before) else None  # type: ignore[union-attr]  # one of them is there
    assert request is not None
    teams = dict.fromkeys(past.team for past in (before, now) if past is not None and past.team)
    return (request.customer, *teams)
