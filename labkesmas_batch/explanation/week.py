"""Indonesian sentences about the week as a whole, and what needs a decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labkesmas_batch.explanation.order import named
from labkesmas_batch.findings import LOOKS_TWICE, OLD_REQUEST, TWIN_IN_REGISTER
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.schedule import MOST_COMPARED, Reason, ZoneEffect
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.model.week import Week
from labkesmas_batch.text.indonesian import listing, number

_TWINS = (LOOKS_TWICE, TWIN_IN_REGISTER)
# The sheet of those whom management postponed or cancelled.
SET_ASIDE = SheetName.SET_ASIDE


def reference_used(name: str, packaged: bool) -> str:
    """Say which reference was used."""
    return f"Acuan: {name}" + (" bawaan program (contoh)" if packaged else "")


def week(decided: Week) -> str:
    """Say the week in one sentence, true for any counts."""
    counts, asked = decided.summary.counts, decided.summary.open
    locked = f"{number(counts['terkunci'])} kunjungan terkunci tetap pada harinya"
    if not asked:
        if not counts["terkunci"]:
            return "Tidak ada permintaan pada pekan ini."
        return f"Tidak ada permintaan baru atau yang menunggu pada pekan ini; {locked}."
    dated = decided.summary.dated
    said = f"Dari {number(asked)} permintaan, {number(dated)} mendapat hari"
    if not dated:
        said = f"Dari {number(asked)} permintaan, tidak satu pun mendapat hari"
    moved = f" ({number(counts['digeser'])} di antaranya digeser dari usulan)"
    said += moved if counts["digeser"] else ""
    rest = [
        f"{number(counts[key])} {label}"
        for key, label in (
            ("dikembalikan", "dikembalikan"),
            ("antrean", "masuk antrean"),
            ("ditahan", "ditahan karena datanya salah"),
        )
        if counts.get(key)
    ]
    for name, label in ((Outcome.POSTPONED, "ditunda"), (Outcome.CANCELLED, "dibatalkan")):
        if count := sum(decided.summary.outcomes.get(name, ())):
            rest.append(f"{number(count)} {label}")
    if counts["terkunci"]:
        rest.append(locked)
    return f"{said}; {', '.join(rest)}." if rest else f"{said}."


def rows(decided: Week) -> str:
    """Say how the rows of the forms come to these requests, '' where each row is one of them."""
    counts, beside = decided.summary.counts, decided.summary.rows
    taken = [
        f"{sign} {number(count)} {label}"
        for sign, count, label in (
            ("+", beside.copies, "ganda"),
            ("+", beside.done, "sudah selesai"),
            ("+", beside.cancelled, "sudah batal"),
            ("−", beside.brought, "dibawa register"),
            ("−", beside.locked_alone, "terkunci tanpa baris"),
        )
        if count
    ]
    if not taken:
        return ""
    here = sum(map(sum, decided.summary.outcomes.values()))
    return f"Formulir: {number(counts['baris'])} baris = {number(here)} {' '.join(taken)}."


def depending_on_reading(decided: Week) -> str:
    """Say how much depends on the reading of the gap in the SOP."""
    policy = decided.reference.policy
    silent = number(sum(ranked.silent for ranked in decided.plan.ranked))
    ranked = number(len(decided.plan.ranked))
    order = (
        f"Selisih {policy.silent_days} tidak diatur SOP (R-ANTARA, zona_antara = "
        f"{policy.silent_zone}): urutan {silent} dari {ranked} permintaan bergantung "
        "padanya"
    )
    dates = f"{ranked} tanggal"
    if len(decided.plan.ranked) > MOST_COMPARED:
        dates = f"{number(MOST_COMPARED)} tanggal pertama"
    if not decided.plan.zone:
        none = (
            "tidak satu pun tanggalnya"
            if len(decided.plan.ranked) <= MOST_COMPARED
            else (f"tidak satu pun dari {dates}")
        )
        return f"{order}, tetapi {none}."
    return f"{order}, dan {number(len(decided.plan.zone))} dari {dates}: lihat lembar Zona Antara."


def zone_effect(effect: ZoneEffect) -> str:
    """Say why a date depends on the reading, and on which pair."""
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
        f"{named(internal)} datang {days} hari sesudah {named(external)}. Kini {now.number} "
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
            SheetName.AUDIT,
        )
    open_ones = [v.request.number for v in decided.plan.locked if v.last < decided.run_date]
    if open_ones:
        yield Need(
            f"{number(len(open_ones))} kunjungan sudah lewat dan belum dilaporkan "
            f"({listing(open_ones, most=5)}): isi realisasi.xlsx yang terbaru, lalu jalankan "
            "report.",
            SheetName.SCHEDULE,
            tuple(open_ones),
        )
    yield from _on_rows(decided)
    yield from _on_requests(decided)
    warnings = len(decided.findings) - decided.errors
    if warnings:
        yield Need(
            f"{number(warnings)} peringatan pada data, tidak menahan apa pun (lembar Kesalahan).",
            SheetName.FINDINGS,
        )
    if decided.facts.packaged:
        yield Need(
            "Acuan yang dipakai adalah contoh bawaan program: letakkan acuan.xlsx laboratorium di "
            "samping berkas permintaan."
        )
    yield from _against_earlier(decided)
    if decided.visits and decided.plan.approved is None:
        yield Need(
            "Tuliskan keputusan pada kolom Keputusan di lembar Jadwal dan persetujuan di lembar "
            "Ringkasan, lalu jalankan finalize.",
            SheetName.SCHEDULE,
        )


def _on_rows(decided: Week) -> Iterator[Need]:
    """Yield what is to be looked at in the forms."""
    counts = decided.summary.counts
    if decided.errors:
        yield Need(
            f"{number(counts['ditahan'])} baris ditahan ({Reason.BAD_DATA}): perbaiki menurut "
            "lembar Kesalahan dan salinan -diperiksa.",
            SheetName.FINDINGS,
            tuple(each.number for each in decided.facts.on_hold if each.number),
        )
    twins = [each.number for each in decided.findings if each.kind in _TWINS]
    if twins:
        yield Need(
            f"{number(len(twins))} permintaan mungkin tercatat dua kali "
            f"({listing(twins, most=5)}): putuskan mana yang berlaku (B05 dan R10, lembar "
            "Kesalahan).",
            SheetName.FINDINGS,
            tuple(twins),
        )
    if old := _old_requests(decided):
        yield Need(
            f"{number(len(old))} permintaan baru sangat tua dan mendahului permintaan lain "
            f"({listing(old, most=5)}): pastikan Tanggal Permintaannya (B15, lembar Kesalahan).",
            SheetName.FINDINGS,
            tuple(old),
        )


def _on_requests(decided: Week) -> Iterator[Need]:
    """Yield what waits for somebody before requests can go on."""
    if decided.plan.returned:
        yield Need(
            f"{number(len(decided.plan.returned))} permintaan dikembalikan karena tenggangnya "
            "kurang: beri tahu customer tanggal terdekatnya (lembar Dikembalikan).",
            SheetName.RETURNED,
            tuple(each.request.number for each in decided.plan.returned),
        )
    if waiting := decided.plan.allocation.unplaced:
        yield Need(
            f"{number(len(waiting))} permintaan belum mendapat hari (lembar Antrean).",
            SheetName.WAITING,
            tuple(each.request.number for each in waiting),
        )
    if aside := [request.number for request, _ in decided.plan.set_aside]:
        yield Need(
            f"{number(len(aside))} permintaan ditunda atau dibatalkan menurut keputusan: beri tahu "
            f"customernya (lembar {SET_ASIDE}).",
            SET_ASIDE,
            tuple(aside),
        )
    if any(ranked.silent for ranked in decided.plan.ranked):
        numbers = tuple(effect.request.number for effect in decided.plan.zone)
        yield Need(depending_on_reading(decided), SheetName.SILENT_ZONE if numbers else "", numbers)
    if waived := [v.request.number for v in decided.plan.allocation.visits if v.request.waiver]:
        yield Need(
            f"{number(len(waived))} kunjungan dijadwalkan dengan Surat Dispensasi: periksa "
            "suratnya.",
            SheetName.SCHEDULE,
            tuple(waived),
        )


def _old_requests(decided: Week) -> list[str]:
    """Return the old requests that are asked about and are ahead of somebody."""
    asked = {each.number for each in decided.findings if each.kind is OLD_REQUEST}
    ahead = (each.request.number for each in decided.plan.ranked[:-1])
    return [number for number in ahead if number in asked]


def _against_earlier(decided: Week) -> Iterator[Need]:
    """Yield what earlier schedules make to be looked at."""
    if broken := [visit.request.number for visit, _ in decided.plan.allocation.conflicts]:
        yield Need(
            f"{number(len(broken))} kunjungan terkunci kini terhalang: lihat R04 pada lembar "
            "Kesalahan.",
            SheetName.SCHEDULE,
            tuple(broken),
        )
    changed = [each for each in decided.changes if each.kind in ("berubah", "hilang")]
    if changed:
        yield Need(
            f"{number(len(changed))} permintaan berubah atau hilang terhadap jadwal "
            f"{decided.last_run} (lembar Perubahan).",
            SheetName.CHANGES,
            tuple(each.request.number for each in changed),
        )
