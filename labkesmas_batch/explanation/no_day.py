"""Indonesian sentences for requests without a day: why there is none, and what would give one."""

from __future__ import annotations

from labkesmas_batch.explanation.days import spans, waiver
from labkesmas_batch.model.decisions import Order, Verdict
from labkesmas_batch.model.policy import Policy
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Reason, Remedy, Unplaced
from labkesmas_batch.text.indonesian import OFF, day_date, listing, short_date


def unplaced(without: Unplaced, policy: Policy) -> str:
    """Say why a request fits no day, and what would have to change."""
    said = _why_unplaced(without, policy).rstrip()
    changes = [
        f"{_change(each, without.request)} ({short_date(each.day)})" for each in without.remedies
    ]
    if not changes:
        return said
    within = "dijadwalkan dalam Batas Akhir" if without.request.deadline else "dijadwalkan"
    return (
        f"{said} Dapat {within} bila {', atau '.join(changes)}, selama yang peringkatnya lebih "
        "tinggi tetap pada harinya."
    )


def set_aside(order: Order) -> str:
    """Say that management postponed or cancelled a request, in its words."""
    note = f": {order.note.rstrip('. ')}" if order.note else ""
    if order.verdict is Verdict.CANCELLED:
        return f"Dibatalkan manajemen{note}."
    return f"Ditunda manajemen{note}. Direncanakan lagi pada jadwal berikutnya."


def _change(remedy: Remedy, request: Request) -> str:
    return {
        Reason.NO_TEAM: f"{remedy.name} juga menguasai {request.sample_type}",
        Reason.LEAVE: f"{remedy.name} tidak cuti",
        Reason.TEAM_FULL: f"{remedy.name} menerima satu kunjungan lagi sehari",
        Reason.EQUIPMENT: f"ada satu unit {remedy.name} lagi yang berlaku kalibrasinya",
        Reason.LABORATORY: f"laboratorium menerima lebih banyak {remedy.name} sehari",
    }[remedy.reason]


def _why_unplaced(without: Unplaced, policy: Policy) -> str:
    request, obstacle = without.request, without.obstacle
    target = short_date(without.ranked.reviewed.target)
    said = f"{waiver(request)} " if request.waiver else ""
    if obstacle.reason is Reason.NO_TEAM:
        return f"{said}Tidak ada tim yang menguasai {request.sample_type}. Lengkapi lembar Tim."
    if obstacle.reason is Reason.DEADLINE:
        return said + _after_deadline(without, target)
    if obstacle.reason is Reason.DAY_OFF:
        return (
            f"{said}Tidak ada hari yang mungkin dari {target} sampai batas rencana: semuanya "
            f"{listing(obstacle.names)}."
        )
    if obstacle.reason is Reason.HORIZON:
        return said + _beyond_horizon(without, policy, target)
    return said + _never(without)


def _after_deadline(without: Unplaced, target: str) -> str:
    request, first = without.request, without.ranked.reviewed.target
    deadline = short_date(request.deadline) if request.deadline else ""
    nearest = ""
    if without.nearest:
        nearest = (
            f"Hari pertama yang mungkin {day_date(without.nearest)}, bila Batas Akhir diundur."
        )
    what = "hari paling cepat yang dapat direncanakan"
    if first == request.proposed:
        what = "hari yang diminta"
    if request.deadline and request.deadline < first:
        return f"Batas Akhir {deadline} lebih dahulu daripada {target}, {what}. {nearest}"
    why = " ".join(spans(without.blocked, without.blocked_days, request.samples))
    off = without.obstacle.names
    if not why and off and off != (OFF,):
        days = "Hari itu" if first == request.deadline else "Hari-harinya"
        why = f"{days} {' atau '.join(off)}."
    if first == request.deadline:
        why = why or f"Hari itu {OFF}."
        return f"Tidak mungkin pada {target}, {what} sekaligus Batas Akhir: {why} {nearest}"
    why = why or "Tidak ada hari kerja di antaranya."
    return (
        f"Tidak ada hari yang mungkin dari {target} sampai Batas Akhir {deadline}: {why} {nearest}"
    )


def _beyond_horizon(without: Unplaced, policy: Policy, target: str) -> str:
    if not without.blocked:
        return (
            f"Tanggal {target} melewati batas rencana, {policy.horizon_days} hari sejak pengaturan "
            "jadwal."
        )
    said = " ".join(spans(without.blocked, without.blocked_days, without.request.samples))
    return (
        f"Tidak ada hari yang mungkin dari {target} sampai batas rencana {policy.horizon_days} "
        f"hari: {said}"
    )


def _never(without: Unplaced) -> str:
    request = without.request
    what = {
        Reason.EQUIPMENT: f"Peralatan untuk {request.sample_type} tidak mempunyai unit dengan "
        "kalibrasi yang berlaku selama masa rencana",
        Reason.LABORATORY: f"{request.samples} contoh uji melebihi kapasitas laboratorium sehari "
        f"untuk {request.sample_type}",
        Reason.TEAM_FULL: f"Tidak ada tim yang dalam sehari dapat melayani {request.samples} "
        f"contoh uji {request.sample_type}",
    }[without.obstacle.reason]
    if without.obstacle.reason is Reason.EQUIPMENT:
        return f"{what}. Perbarui kalibrasi atau jumlahnya pada lembar Peralatan."
    return f"{what}. Pecah permintaan ini menjadi beberapa, atau sesuaikan acuan."
