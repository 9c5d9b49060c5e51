"""Indonesian sentences for every decision, each with its rule id or reason.

What management reads in Alasan and what the terminal says come from here, so they agree.
"""

from __future__ import annotations

from labkesmas_batch.model.policy import Policy, Rule
from labkesmas_batch.model.reference import PairDecision
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Ranked, Returned
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.precedence.clauses import certain_from
from labkesmas_batch.text.indonesian import short_date


def precedence(
    upper: Request, lower: Request, rule: Rule, policy: Policy, by: PairDecision | None = None
) -> str:
    """Say why ``upper`` goes before ``lower``, with the days between them."""
    days = abs((upper.received_on - lower.received_on).days)
    first, second = named(upper), named(lower)
    if by is not None:
        basis = f", dasar: {by.basis}" if by.basis else ""
        return f"{first} didahulukan atas {second} menurut keputusan Kepala{basis} ({rule})."
    if rule is Rule.SERIES:
        order = "jam permintaan" if upper.received != lower.received else Header.NUMBER
        return (
            f"{first} dan {second} diterima pada tanggal yang sama; diurutkan menurut {order} "
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


def turned(
    upper: Request, lower: Request, rule: Rule, first: str, place: int, by: PairDecision
) -> str:
    """Say why ``upper`` goes before ``lower`` though the clause has it the other way round.

    ``lower`` waits for ``first``, who is in that place, by the Kepala's decision.
    """
    basis = f", dasar: {by.basis}" if by.basis else ""
    return (
        f"{named(upper)} mendahului {named(lower)} karena {lower.number} menunggu {first} "
        f"(peringkat {place}) menurut keputusan Kepala tentang pasangan lain{basis} "
        f"({Rule.SILENT}); berdua saja urutannya terbalik ({rule})."
    )


def place_in_order(
    ranked: Ranked, above: Request | None, below: Request | None, policy: Policy
) -> str:
    """Say what gave a request its rank: the pair with the one above, else the one below."""
    if above is not None and ranked.above is not None:
        return precedence(above, ranked.request, ranked.above, policy, ranked.above_by)
    if below is not None and ranked.below is not None:
        return precedence(ranked.request, below, ranked.below, policy, ranked.below_by)
    return "Satu-satunya permintaan yang diurutkan."


def returned(back: Returned, policy: Policy) -> str:
    """Say why a request goes back to its customer."""
    request = back.request
    proposed = short_date(request.proposed) if request.proposed else ""
    days = policy.lead_days - back.days_short
    after = f"hanya {days} hari sesudah" if days >= 0 else f"{-days} hari sebelum"
    said = (
        f"Usulan {proposed} {after} permintaan {short_date(request.received_on)}; kurang "
        f"{back.days_short} hari dari {policy.lead_days} hari ({Rule.LEAD})."
    )
    if back.ask_from is not None:
        day = short_date(back.ask_from)
        return f"{said} Ajukan {day} atau sesudahnya, atau lampirkan Surat Dispensasi."
    if request.deadline is None:
        return f"{said} Lampirkan Surat Dispensasi."
    return (
        f"{said} Sampai Batas Akhir {short_date(request.deadline)} tidak ada hari yang "
        "memenuhinya: undurkan Batas Akhir, atau lampirkan Surat Dispensasi."
    )


# What can still change a rank after the day from which it is certain.
UNLESS = (
    "kecuali surat permintaan lama yang terlambat dicatat, keputusan Kepala tentang suatu "
    "pasangan, atau Ketentuan yang diubah"
)


def certain(request: Request, policy: Policy) -> str:
    """Say from when the rank of a request is certain, and what can still change it."""
    return f"Peringkat pasti sejak {short_date(certain_from(request, policy))}, {UNLESS}."


def named(request: Request) -> str:
    """Return a request's number with its class and the day it was received."""
    return f"{request.number} ({request.customer_class}, {short_date(request.received_on)})"
