"""Indonesian sentences for days: why a visit has its day, and what stood in the way of others.

What management reads in Alasan and what the terminal says come from here, so they agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from labkesmas_batch.model.decisions import Verdict
from labkesmas_batch.model.policy import Policy, Rule
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Obstacle, Reason, Visit
from labkesmas_batch.model.week import Binding
from labkesmas_batch.text.indonesian import brief_span, day_date, listing, short_date

MOST_NAMED, MOST_SPANS = 6, 3
# With so many names or more an obstacle may have left some out.
MOST_COUNTED = 50
_SATURDAY = 5


def reasons(visits: Iterable[Visit], policy: Policy) -> dict[str, str]:
    """Return by No. Permintaan why each visit has its day: sheets and record say the same."""
    return {each.request.number: visit(each, policy) for each in visits}


def visit(placed: Visit, policy: Policy) -> str:
    """Say why a visit has its day, and whether its team changed for somebody's sake."""
    request = placed.request
    said = [waiver(request)] if request.waiver else []
    changed = placed.order is not None and placed.order.verdict is Verdict.CHANGED
    if placed.locked_in:
        if changed:
            said.append(_decided(placed))
        else:
            said.append(f"Terkunci sejak jadwal {placed.locked_in}; hari dan timnya tidak berubah.")
    elif placed.obstacle is not None:
        said.append(_moved(placed, placed.obstacle, policy))
    elif changed or _was_free_before(placed):
        said += spans(placed.also, placed.blocked_days, request.samples)
        said.append(_decided(placed))
    elif request.proposed is not None:
        said.append("Sesuai Tanggal Usulan.")
    else:
        target = placed.ranked.reviewed.target
        said.append(f"Tanpa Tanggal Usulan: hari pertama yang mungkin sejak {short_date(target)}.")
        said += spans(placed.also, placed.blocked_days, request.samples)
    if placed.team_changed_for:
        who = listing(placed.team_changed_for, MOST_NAMED)
        said.append(f"Timnya ditukar agar {who} mendapat hari yang lebih awal; harinya tetap.")
    return " ".join(said)


def _was_free_before(placed: Visit) -> bool:
    """Tell whether an earlier day than the one without a proposal is possible by now."""
    return placed.request.proposed is None and any(
        each.reason is Reason.DECIDED for each in placed.also
    )


def _passed(proposed: date, target: date, nearest: str, policy: Policy) -> str:
    """Say why a proposed day is too near: over by the run date, or while letters are signed."""
    run_date, why = target - timedelta(days=policy.issue_days), "sudah terlewat"
    if proposed >= run_date:
        signing = f"penandatanganan SPT memerlukan {policy.issue_days} hari"
        why = f"terlalu dekat: {signing} sejak {short_date(run_date)}"
    return f"Usulan {short_date(proposed)} {why}; kunjungan paling cepat {nearest}."


def _moved(placed: Visit, obstacle: Obstacle, policy: Policy) -> str:
    request, reviewed = placed.request, placed.ranked.reviewed
    proposed = short_date(request.proposed) if request.proposed else ""

    alone = obstacle.reason in (Reason.SHORT_LEAD, Reason.PROPOSAL_PASSED, Reason.DAY_OFF)
    nearest = placed.first_start or placed.first

    def shifted(reason: Reason) -> str:
        off = ""
        if placed.off:
            last = nearest - timedelta(days=1)
            off = f" ({brief_span(reviewed.target, last)} {placed.off})"
        if reason is Reason.SHORT_LEAD:
            return (
                f"Usulan {proposed} kurang dari {policy.lead_days} hari sejak permintaan; digeser "
                f"ke tanggal terdekat {short_date(nearest)}{off} ({Rule.REVIEW})."
            )
        if reason is Reason.PROPOSAL_PASSED and request.proposed:
            return _passed(request.proposed, reviewed.target, f"{short_date(nearest)}{off}", policy)
        return f"{brief_span(obstacle.first, obstacle.last)} {listing(obstacle.names)}."

    if alone:
        order = placed.order
        if order is None or order.verdict is Verdict.AGREED:
            return shifted(obstacle.reason)
        return f"{shifted(obstacle.reason)} {_decided(placed)}"
    said = []
    if reviewed.shift is not None:
        said.append(shifted(reviewed.shift))
    elif placed.off:
        last = nearest - timedelta(days=1)
        said.append(f"{brief_span(reviewed.target, last)} {placed.off}.")
    said += spans((obstacle, *placed.also), placed.blocked_days, request.samples)
    said.append(_decided(placed))
    return " ".join(said)


def _decided(placed: Visit) -> str:
    """Say how a visit came by its day: the rules, or management's word."""
    day, order = day_date(placed.first), placed.order
    if order is None:
        return f"Hari pertama yang mungkin {day}."
    if order.verdict is Verdict.AGREED:
        return f"{day} disetujui manajemen."
    note = f": {order.note.rstrip('. ')}" if order.note else ""
    what = [day] if order.day else []
    if order.team:
        what.append(order.team)
    return f"{listing(what)} ditetapkan manajemen{note}."


def spans(obstacles: Sequence[Obstacle], days: int, samples: int) -> list[str]:
    """Say what blocked the days one after another, days of one cause together."""
    spans: list[tuple[Obstacle, int]] = []
    for each in obstacles:
        if spans and _alike(spans[-1][0], each) and _next_to(spans[-1][0], each):
            before, count = spans[-1]
            spans[-1] = _together(before, each), count + 1
        else:
            spans.append((each, 1))
    said = [blocked(span, samples, several=count > 1) for span, count in spans[:MOST_SPANS]]
    rest = days - sum(count for _, count in spans[:MOST_SPANS])
    free = sum(count for each, count in spans[MOST_SPANS:] if each.reason is Reason.DECIDED)
    if free:
        next_ones = f"Dari {rest} hari keberangkatan berikutnya {free}"
        said.append(f"{next_ones} mungkin, tetapi manajemen memilih hari lain.")
    elif rest:
        said.append(f"{rest} hari keberangkatan berikutnya juga tidak tersedia.")
    return said


def _together(before: Obstacle, each: Obstacle) -> Obstacle:
    """Return both days as one obstacle, who holds both of them counted once.

    Those without a name may be the same on both days (a trip), so that only the larger number of
    them is sure.
    """
    holders = tuple(dict.fromkeys((*before.holders, *each.holders)))
    least = max(len(day.holders) + day.more_holders for day in (before, each))
    return replace(
        before,
        last=each.last,
        holders=holders,
        more_holders=max(0, least - len(holders)),
        elsewhere=before.elsewhere or each.elsewhere,
    )


def _next_to(one: Obstacle, other: Obstacle) -> bool:
    """Tell whether at most a weekend lies between."""
    gap = (other.first - one.last).days
    return all((one.last + timedelta(days=step)).weekday() >= _SATURDAY for step in range(1, gap))


def _alike(one: Obstacle, other: Obstacle) -> bool:
    return (one.reason, one.names, one.absent, one.exchanged, bool(one.holders)) == (
        other.reason,
        other.names,
        other.absent,
        other.exchanged,
        bool(other.holders),
    )


def blocked(obstacle: Obstacle, samples: int, *, several: bool = False) -> str:
    """Name the days that were not to be had, what was short, and who holds it.

    ``several`` tells that the obstacle is that of several days together.
    """
    span = brief_span(obstacle.first, obstacle.last)
    names = listing(obstacle.names, MOST_NAMED)
    by = _holders(obstacle, several)
    if obstacle.reason is Reason.LEAVE:
        return f"{names} cuti pada {span}."
    if obstacle.reason is Reason.EQUIPMENT:
        short = f"terpakai{by}" if by else "tidak mempunyai unit dengan kalibrasi yang berlaku"
        return f"{names} {short} pada {span}."
    if obstacle.reason is Reason.LABORATORY:
        left = f"laboratorium untuk {names} pada {span} tidak cukup"
        if by:
            return f"Sisa kapasitas {left}, sudah dipakai{by}."
        return f"Kapasitas {left} untuk {samples} contoh uji."
    if not names:
        free = f"{span} mungkin, tetapi manajemen memilih hari lain."
        none = f"Tidak ada tim yang berkunjung pada {span}."
        return free if obstacle.reason is Reason.DECIDED else none
    taken = "penuh atau di Wilayah lain" if obstacle.elsewhere else "penuh"
    full = (
        f"{taken} pada {span}{by}" if by else f"tidak sanggup membawa {samples} contoh uji sehari"
    )
    exchanged = ", juga bila timnya dipertukarkan" if obstacle.exchanged else ""
    absent = f"; {listing(obstacle.absent, MOST_NAMED)} cuti" if obstacle.absent else ""
    return f"{names} {full}{exchanged}{absent}."


def _holders(obstacle: Obstacle, several: bool) -> str:
    """Name the best-ranked of those who hold it, and count the others."""
    if not obstacle.holders:
        return ""
    beyond = len(obstacle.holders) + obstacle.more_holders - MOST_NAMED
    if beyond <= 0:
        return f" oleh {listing(obstacle.holders, MOST_NAMED)}"
    least = "sedikitnya " if several and len(obstacle.holders) >= MOST_COUNTED else ""
    return f" oleh {', '.join(obstacle.holders[:MOST_NAMED])} dan {least}{beyond} lainnya"


def binding(bindings: Sequence[Binding]) -> str:
    """Say what kept how many requests from days of a week."""
    if not bindings:
        return "tidak ada permintaan yang tertahan."
    said = []
    for each in bindings:
        what = {
            Reason.LEAVE: "cuti",
            Reason.EQUIPMENT: "tidak cukup",
            Reason.LABORATORY: "melewati kapasitas laboratorium",
            Reason.TEAM_FULL: "terpakai",
        }[each.reason]
        who = listing(each.requests, MOST_NAMED)
        said.append(
            f"{listing(each.names, MOST_NAMED)} {what}, menahan {len(each.requests)} permintaan "
            f"({who})"
        )
    return f"{'; '.join(said)}."


def waiver(request: Request) -> str:
    """Say that a letter waived the lead time."""
    return f"Tenggang dikecualikan dengan Surat Dispensasi {request.waiver} ({Rule.LEAD})."


def clash(obstacle: Obstacle, visit: Visit) -> str:
    """Say in a few words what a visit that is to stay where it is breaks."""
    day, names = day_date(obstacle.first), listing(obstacle.names)
    others = [number for number in obstacle.holders if number != visit.request.number]
    by = f" bersama {listing(others)}" if others else ""
    return {
        Reason.DAY_OFF: f"{day} {names}",
        Reason.NO_TEAM: f"{names} tidak menguasai {visit.request.sample_type}, atau bukan tim",
        Reason.LEAVE: f"{names} cuti pada {day}",
        Reason.EQUIPMENT: f"{names} tidak cukup pada {day}{by}",
        Reason.LABORATORY: f"kapasitas laboratorium untuk {names} terlampaui pada {day}{by}",
        Reason.TEAM_FULL: f"{names} melebihi kapasitas, atau ke lebih dari satu Wilayah, pada "
        f"{day}{by}",
    }.get(obstacle.reason, f"{obstacle.reason} {day}")
