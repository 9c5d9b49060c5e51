"""Indonesian sentences for every decision, each with its rule id or reason.

What management reads in Alasan and what the terminal says come from here, so they agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labkesmas_batch.model import (
    MOST_COMPARED,
    PairDecision,
    Ranked,
    Reason,
    Request,
    Returned,
    Week,
    ZoneEffect,
)
from labkesmas_batch.policy import Policy, Rule
from labkesmas_batch.wording import number, short_date

# The sheet of those whom management postponed or cancelled.
SET_ASIDE = "Ditunda dan Batal"


def precedence(
    upper: Request, lower: Request, rule: Rule, policy: Policy, by: PairDecision | None = None
) -> str:
    """Say why ``upper`` goes before ``lower``, with the days between them."""
    days = abs((upper.received_on - lower.received_on).days)
    first, second = _named(upper), _named(lower)
    if by is not None:
        basis = f", dasar: {by.basis}" if by.basis else ""
        return f"{first} didahulukan atas {second} menurut keputusan Kepala{basis} ({rule})."
    if rule is Rule.SERIES:
        order = "jam permintaan" if upper.received != lower.received else "No. Permintaan"
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
        f"{_named(upper)} mendahului {_named(lower)} karena {lower.number} menunggu {first} "
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
    return (
        f"Usulan {proposed} {after} permintaan {short_date(request.received_on)}; kurang "
        f"{back.days_short} hari dari {policy.lead_days} hari ({Rule.LEAD}). Ajukan "
        f"{short_date(back.ask_from)} atau sesudahnya, atau lampirkan Surat Dispensasi."
    )


def _named(request: Request) -> str:
    return f"{request.number} ({request.customer_class}, {short_date(request.received_on)})"


# --- the week as a whole ---------------------------------------------------------------------


def reference_used(name: str, packaged: bool) -> str:
    """Say which reference was used."""
    return f"Acuan: {name}" + (" bawaan program (contoh)" if packaged else "")


def week(decided: Week) -> str:
    """Say the week in one sentence, true for any counts."""
    counts = decided.summary.counts
    if not counts["baris"]:
        return "Tidak ada permintaan pada pekan ini."
    dated = counts["terjadwal"] + counts["digeser"] + counts["terkunci"]
    said = f"Dari {number(counts['baris'])} permintaan, {number(dated)} mendapat hari"
    if not dated:
        said = f"Dari {number(counts['baris'])} permintaan, tidak satu pun mendapat hari"
    moved = f" ({number(counts['digeser'])} di antaranya digeser dari usulan)"
    said += moved if counts["digeser"] else ""
    rest = [
        f"{number(counts[key])} {label}"
        for key, label in (
            ("dikembalikan", "dikembalikan"),
            ("antrean", "masuk antrean"),
            ("ditahan", "ditahan karena datanya salah"),
            ("ditunda", "ditunda"),
            ("batal", "dibatalkan"),
        )
        if counts.get(key)
    ]
    return f"{said}; {', '.join(rest)}." if rest else f"{said}."


def hanging(decided: Week) -> str:
    """Say how much hangs on the reading of the SOP's silence."""
    policy = decided.reference.policy
    silent = number(sum(ranked.silent for ranked in decided.ranked))
    ranked = number(len(decided.ranked))
    order = (
        f"Selisih {policy.silent_days} tidak diatur SOP (R-ANTARA, zona_antara = "
        f"{policy.silent_zone}): urutan {silent} dari {ranked} permintaan bergantung "
        "padanya"
    )
    dates = f"{ranked} tanggal"
    if len(decided.ranked) > MOST_COMPARED:
        dates = f"{number(MOST_COMPARED)} tanggal pertama"
    if not decided.zone:
        none = (
            "tidak satu pun tanggalnya"
            if len(decided.ranked) <= MOST_COMPARED
            else (f"tidak satu pun dari {dates}")
        )
        return f"{order}, tetapi {none}."
    return f"{order}, dan {number(len(decided.zone))} dari {dates}: lihat lembar Zona Antara."


def zone_effect(effect: ZoneEffect) -> str:
    """Say why a date hangs on the reading, and on which pair."""
    request, other = effect.request, effect.opponent
    if other is None:
        return (
            "Tidak ada pasangannya sendiri yang bergantung pada bacaan SOP; tanggalnya berubah "
            "karena permintaan lain berpindah."
        )
    days = abs((request.received_on - other.received_on).days)
    internal, external = (request, other) if request.internal else (other, request)
    now, then = (request, other) if effect.ahead else (other, request)
    return (
        f"{_named(internal)} datang {days} hari sesudah {_named(external)}. Kini {now.number} "
        f"didahulukan; menurut bacaan lain {then.number}."
    )


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for somebody.

    Parameters
    ----------
    sheet
        Where more of it stands, '' for nowhere.
    numbers
        The requests concerned, where they can be named.
    """

    text: str
    sheet: str = ""
    numbers: tuple[str, ...] = ()


def needs(decided: Week) -> Iterator[str]:
    """Yield what waits for somebody, a sentence each."""
    return (need.text for need in pending(decided))


def pending(decided: Week) -> Iterator[Need]:
    """Yield what waits for somebody, the most urgent first."""
    failed = [text for text, holds in decided.tests if not holds]
    if failed:
        yield Need(
            f"JANGAN PAKAI JADWAL INI: uji urutan gagal ({'; '.join(failed)}). Laporkan kepada "
            "petugas TI (lembar Jejak).",
            "Jejak",
        )
    yield from _on_requests(decided)
    warnings = len(decided.findings) - decided.errors
    if warnings:
        yield Need(
            f"{number(warnings)} peringatan pada data, tidak menahan apa pun (lembar Kesalahan).",
            "Kesalahan",
        )
    if decided.packaged:
        yield Need(
            "Acuan yang dipakai adalah contoh bawaan program: letakkan acuan.xlsx laboratorium di "
            "samping berkas permintaan."
        )
    yield from _against_earlier(decided)
    if decided.visits and decided.approved is None:
        yield Need(
            "Tuliskan keputusan pada kolom Keputusan di lembar Jadwal dan persetujuan di lembar "
            "Ringkasan, lalu jalankan finalize.",
            "Jadwal",
        )


def _on_requests(decided: Week) -> Iterator[Need]:
    """Yield what waits for somebody before requests can go on."""
    counts = decided.summary.counts
    if decided.errors:
        yield Need(
            f"{number(counts['ditahan'])} baris ditahan ({Reason.BAD_DATA}): perbaiki menurut "
            "lembar Kesalahan dan salinan -diperiksa.",
            "Kesalahan",
            tuple(each.number for each in decided.held if each.number),
        )
    if decided.returned:
        yield Need(
            f"{number(len(decided.returned))} permintaan dikembalikan karena tenggangnya kurang: "
            "beri tahu customer tanggal terdekatnya (lembar Dikembalikan).",
            "Dikembalikan",
            tuple(each.request.number for each in decided.returned),
        )
    if waiting := decided.allocation.unplaced:
        yield Need(
            f"{number(len(waiting))} permintaan belum mendapat hari (lembar Antrean).",
            "Antrean",
            tuple(each.request.number for each in waiting),
        )
    if aside := [request.number for request, _ in decided.set_aside]:
        yield Need(
            f"{number(len(aside))} permintaan ditunda atau dibatalkan menurut keputusan: beri tahu "
            f"customernya (lembar {SET_ASIDE}).",
            SET_ASIDE,
            tuple(aside),
        )
    if any(ranked.silent for ranked in decided.ranked):
        numbers = tuple(effect.request.number for effect in decided.zone)
        yield Need(hanging(decided), "Zona Antara" if numbers else "", numbers)
    if waived := [v.request.number for v in decided.allocation.visits if v.request.waiver]:
        yield Need(
            f"{number(len(waived))} kunjungan dijadwalkan dengan Surat Dispensasi: periksa "
            "suratnya.",
            "Jadwal",
            tuple(waived),
        )


def _against_earlier(decided: Week) -> Iterator[Need]:
    """Yield what earlier schedules make to be looked at."""
    if broken := [visit.request.number for visit, _ in decided.allocation.conflicts]:
        yield Need(
            f"{number(len(broken))} kunjungan terkunci kini terhalang: lihat R04 pada lembar "
            "Kesalahan.",
            "Jadwal",
            tuple(broken),
        )
    changed = [each for each in decided.changes if each.kind in ("berubah", "hilang")]
    if changed:
        yield Need(
            f"{number(len(changed))} permintaan berubah atau hilang terhadap jadwal "
            f"{decided.last_run} (lembar Perubahan).",
            "Perubahan",
            tuple(each.request.number for each in changed),
        )
