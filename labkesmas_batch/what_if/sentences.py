"""Indonesian sentences about what is only supposed; terminal and workbook say the same."""

from __future__ import annotations

from collections.abc import Sequence

from labkesmas_batch.model.requests import RowOnHold
from labkesmas_batch.model.week import Summary
from labkesmas_batch.text.indonesian import listing, number, short_date
from labkesmas_batch.what_if.types import Compared, Comparison


def effect(compared: Compared) -> str:
    """Say what supposed changes do to a request."""
    before, after, days = compared.before, compared.after, compared.days
    if before is None or after is None:
        now = after.first if after else None
        return f"baru: {short_date(now)}" if now else "baru: tidak mendapat hari"
    if before.first is None and after.first is not None:
        return f"masuk: mendapat {short_date(after.first)}"
    if after.first is None and before.first is not None:
        return f"keluar: {after.outcome.lower()} ({after.why})"
    if days:
        return f"{'mundur' if days > 0 else 'maju'} {abs(days)} hari"
    if before.team != after.team:
        return "hari tetap, tim berganti"
    return "tetap" if before.outcome == after.outcome else f"menjadi {after.outcome.lower()}"


def effects(comparison: Comparison) -> str:
    """Say in one sentence what supposed changes do to the week."""
    days = [each.days or 0 for each in comparison.requests]
    got = sum(effect(each).startswith("masuk") for each in comparison.requests)
    lost = sum(effect(each).startswith("keluar") for each in comparison.requests)
    earlier, later = [day for day in days if day < 0], [day for day in days if day > 0]
    said = []
    if earlier:
        said.append(f"{len(earlier)} permintaan maju (jumlah {-sum(earlier)} hari)")
    if later:
        said.append(f"{len(later)} permintaan mundur (jumlah {sum(later)} hari)")
    if got:
        said.append(f"{got} permintaan jadi mendapat hari")
    if lost:
        said.append(f"{lost} permintaan kehilangan harinya")
    new = [each.after for each in comparison.requests if each.before is None and each.after]
    if fitting := sum(each.first is not None for each in new):
        said.append(f"{fitting} permintaan baru mendapat hari")
    if len(new) > fitting:
        said.append(f"{len(new) - fitting} permintaan baru tidak mendapat hari")
    return f"{listing(said)}." if said else "Tidak ada tanggal yang berubah."


def outcome(plan: Summary) -> str:
    """Say how many of all rows get a day, and what becomes of the others."""
    counts = plan.counts
    rest = [
        f"{number(counts[key])} {label}"
        for key, label in (
            ("dikembalikan", "dikembalikan"),
            ("antrean", "masuk antrean"),
            ("ditahan", "ditahan"),
        )
        if counts[key]
    ]
    said = f"{number(plan.dated)} dari {number(plan.open)} permintaan mendapat hari"
    return f"{'; '.join((said, ', '.join(rest))) if rest else said}."


def without(on_hold: Sequence[RowOnHold]) -> str:
    """Name the rows that take no part because they are on hold, '' where all take part."""
    if not on_hold:
        return ""
    named = [f"{each.number or 'tanpa nomor'} ({each.file} baris {each.row})" for each in on_hold]
    return (
        f"{len(on_hold)} baris ditahan karena datanya salah dan tidak ikut dibandingkan: "
        f"{listing(named)}. Perbaiki dahulu, lalu ulangi."
    )


def blocked(comparison: Comparison) -> str:
    """Say which locked visits the changes would hinder, '' where none."""
    if not comparison.blocked:
        return ""
    return (
        f"Kunjungan terkunci yang akan terhalang, dan tetap di harinya sampai manajemen "
        f"memutuskan lain: {'; '.join(comparison.blocked)}."
    )
