"""Indonesian sentences for every decision, each with its rule id or reason.

What management reads in Alasan and what the terminal says come from here, so they agree.
"""

from __future__ import annotations

from collections.abc import Iterator

from labkesmas_batch.model import (
    Obstacle,
    Ranked,
    Reason,
    Request,
    Returned,
    Unplaced,
    Visit,
    Week,
)
from labkesmas_batch.policy import Policy, Rule
from labkesmas_batch.wording import brief_span, day_date, listing, number, short_date

MOST_NAMED = 6


def precedence(upper: Request, lower: Request, rule: Rule, policy: Policy) -> str:
    """Say why ``upper`` goes before ``lower``, with the days between them."""
    days = abs((upper.received_on - lower.received_on).days)
    first, second = _named(upper), _named(lower)
    if rule is Rule.SERIES:
        by = "jam permintaan" if upper.received != lower.received else "No. Permintaan"
        return (
            f"{first} dan {second} diterima pada tanggal yang sama; diurutkan menurut {by} "
            f"({rule})."
        )
    if rule is Rule.ORDER:
        return f"{first} diterima {days} hari lebih dahulu daripada {second} ({rule})."
    later = "pada hari yang sama dengan" if days == 0 else f"{days} hari sesudah"
    if rule is Rule.CLAUSE_7A:
        return (
            f"{first} datang {later} {second}; sampai selisih {policy.internal_gap} hari Internal "
            f"didahulukan ({rule})."
        )
    if rule is Rule.CLAUSE_7B:
        return (
            f"{first} datang {days} hari sebelum {second}; mulai selisih {policy.external_gap} "
            f"hari Eksternal didahulukan ({rule})."
        )
    return (
        f"{first} dan {second} berselisih {days} hari, yang tidak diatur SOP; menurut zona_antara "
        f"= {policy.silent_zone}, {upper.number} didahulukan ({rule})."
    )


def place_in_order(
    ranked: Ranked, above: Request | None, below: Request | None, policy: Policy
) -> str:
    """Say what gave a request its rank: the pair with the one above, else the one below."""
    if above is not None and ranked.above is not None:
        return precedence(above, ranked.request, ranked.above, policy)
    if below is not None and ranked.below is not None:
        return precedence(ranked.request, below, ranked.below, policy)
    return "Satu-satunya permintaan yang diurutkan."


def visit(placed: Visit, policy: Policy) -> str:
    """Say why a visit has its day."""
    request = placed.request
    said = [_waiver(request)] if request.waiver else []
    if placed.obstacle is not None:
        said.append(_moved(placed, placed.obstacle, policy))
    elif request.proposed is not None:
        said.append("Sesuai Tanggal Usulan.")
    else:
        target = placed.ranked.reviewed.target
        said.append(f"Tanpa Tanggal Usulan: hari pertama yang mungkin sejak {short_date(target)}.")
    return " ".join(said)


def _moved(placed: Visit, obstacle: Obstacle, policy: Policy) -> str:
    request, reviewed = placed.request, placed.ranked.reviewed
    proposed = short_date(request.proposed) if request.proposed else ""
    shifts = {
        Reason.SHORT_LEAD: f"Usulan {proposed} kurang dari {policy.lead_days} hari sejak "
        f"permintaan; digeser ke tanggal terdekat {short_date(reviewed.earliest)} ({Rule.REVIEW}).",
        Reason.PROPOSAL_PASSED: f"Usulan {proposed} sudah terlewat; kunjungan paling cepat "
        f"{short_date(reviewed.target)}.",
        Reason.DAY_OFF: f"{brief_span(obstacle.first, obstacle.last)} {listing(obstacle.names)}.",
    }
    if obstacle.reason in shifts:
        return shifts[obstacle.reason]
    asked = reviewed.shift
    before = f"{shifts[asked]} " if asked is not None else ""
    return f"{before}{blocked(obstacle, request.samples)}"


def blocked(obstacle: Obstacle, samples: int) -> str:
    """Name the days that were not to be had, what was short, and who holds it."""
    span = brief_span(obstacle.first, obstacle.last)
    names = listing(obstacle.names, MOST_NAMED)
    by = f" oleh {listing(obstacle.holders, MOST_NAMED)}" if obstacle.holders else ""
    if obstacle.reason is Reason.LEAVE:
        return f"{names} cuti pada {span}."
    if obstacle.reason is Reason.EQUIPMENT:
        short = f"terpakai{by}" if by else "tidak mempunyai unit dengan kalibrasi yang berlaku"
        return f"{names} {short} pada {span}."
    if obstacle.reason is Reason.LABORATORY:
        used = f"terpakai{by}" if by else f"tidak cukup untuk {samples} contoh uji"
        return f"Kapasitas laboratorium untuk {names} pada {span} {used}."
    if not names:
        return f"Tidak ada tim yang berkunjung pada {span}."
    full = f"penuh {span}{by}" if by else f"tidak sanggup membawa {samples} contoh uji sehari"
    return f"{names} {full}."


def returned(back: Returned, policy: Policy) -> str:
    """Say why a request goes back to its customer."""
    request = back.request
    proposed = short_date(request.proposed) if request.proposed else ""
    days = policy.lead_days - back.days_short
    after = f"hanya {days} hari sesudah" if days >= 0 else f"{-days} hari sebelum"
    return (
        f"Usulan {proposed} {after} permintaan {short_date(request.received_on)}; kurang "
        f"{back.days_short} hari dari {policy.lead_days} hari ({Rule.LEAD}). Ajukan "
        f"{short_date(back.ask_from)} atau sesudahnya, atau lampirkan Surat Dispensasi."
    )


def unplaced(without: Unplaced, policy: Policy) -> str:
    """Say why a request fits no day, and what would have to change."""
    request, obstacle = without.request, without.obstacle
    target = short_date(without.ranked.reviewed.target)
    said = f"{_waiver(request)} " if request.waiver else ""
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
    nearest = f"Hari pertama yang mungkin {day_date(without.nearest)}." if without.nearest else ""
    if request.deadline and request.deadline < first:
        return (
            f"Batas Akhir {deadline} lebih dahulu daripada {target}, hari yang diminta. {nearest}"
        )
    why = " ".join(blocked(obstacle, request.samples) for obstacle in without.blocked)
    why = why or "Tidak ada hari kerja di antaranya."
    return (
        f"Tidak ada hari yang mungkin dari {target} sampai Batas Akhir {deadline}: {why} {nearest}"
    )


def _beyond_horizon(without: Unplaced, policy: Policy, target: str) -> str:
    if not without.blocked:
        return f"{target} lebih jauh daripada batas rencana {policy.horizon_days} hari."
    said = " ".join(blocked(obstacle, without.request.samples) for obstacle in without.blocked)
    return (
        f"Tidak ada hari yang mungkin dari {target} sampai batas rencana {policy.horizon_days} "
        f"hari, dari awal sampai akhirnya: {said}"
    )


def _never(without: Unplaced) -> str:
    request = without.request
    what = {
        Reason.EQUIPMENT: f"Peralatan untuk {request.sample_type} tidak mempunyai unit dengan "
        "kalibrasi yang berlaku selama masa rencana",
        Reason.LABORATORY: f"{request.samples} contoh uji melebihi kapasitas laboratorium sehari "
        f"untuk {request.sample_type}",
        Reason.TEAM_FULL: f"Tidak ada tim yang kunjungan dan contoh ujinya sehari cukup untuk "
        f"{request.samples} contoh uji {request.sample_type}",
    }[without.obstacle.reason]
    return f"{what}. Bagi permintaannya, atau ubah acuan."


def _waiver(request: Request) -> str:
    return f"Tenggang dikecualikan dengan Surat Dispensasi {request.waiver} ({Rule.LEAD})."


def _named(request: Request) -> str:
    return f"{request.number} ({request.customer_class}, {short_date(request.received_on)})"


# --- the week as a whole ---------------------------------------------------------------------


def week(decided: Week) -> str:
    """Say the week in one sentence, true for any counts."""
    counts = decided.summary.counts
    if not counts["baris"]:
        return "Tidak ada permintaan pada pekan ini."
    dated = counts["terjadwal"] + counts["digeser"] + counts["terkunci"]
    said = f"Dari {number(counts['baris'])} permintaan, {number(dated)} mendapat hari"
    moved = f" ({number(counts['digeser'])} di antaranya digeser dari usulan)"
    said += moved if counts["digeser"] else ""
    rest = [
        f"{number(counts[key])} {label}"
        for key, label in (
            ("dikembalikan", "dikembalikan"),
            ("antrean", "masuk antrean"),
            ("ditahan", "ditahan karena datanya salah"),
        )
        if counts[key]
    ]
    return f"{said}; {', '.join(rest)}." if rest else f"{said}."


def needs(decided: Week) -> Iterator[str]:
    """Yield what waits for somebody, a sentence each."""
    counts = decided.summary.counts
    if decided.errors:
        yield (
            f"{counts['ditahan']} baris ditahan ({Reason.BAD_DATA}): perbaiki menurut lembar "
            "Kesalahan dan salinan -diperiksa."
        )
    if decided.returned:
        yield (
            f"{len(decided.returned)} permintaan dikembalikan karena tenggangnya kurang: beri tahu "
            "customer tanggal terdekatnya (lembar Dikembalikan)."
        )
    if decided.allocation.unplaced:
        waiting = len(decided.allocation.unplaced)
        yield f"{waiting} permintaan belum mendapat hari (lembar Antrean)."
    silent = sum(ranked.silent for ranked in decided.ranked)
    reading = decided.reference.policy.silent_zone
    if silent:
        yield (
            f"Urutan {silent} dari {len(decided.ranked)} permintaan bergantung pada selisih yang "
            f"tidak diatur SOP (R-ANTARA, zona_antara = {reading}): lihat lembar Prioritas."
        )
    waived = sum(bool(v.request.waiver) for v in decided.allocation.visits)
    if waived:
        yield f"{waived} kunjungan dijadwalkan dengan Surat Dispensasi: periksa suratnya."
    warnings = len(decided.findings) - decided.errors
    if warnings:
        yield f"{warnings} peringatan pada data, tidak menahan apa pun (lembar Kesalahan)."
    if decided.packaged:
        yield (
            "Acuan yang dipakai adalah contoh bawaan program: letakkan acuan.xlsx laboratorium di "
            "samping berkas permintaan."
        )
    if decided.allocation.visits:
        yield "Tuliskan keputusan untuk setiap kunjungan pada kolom Keputusan di lembar Jadwal."
