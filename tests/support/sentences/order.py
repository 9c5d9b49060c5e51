"""Who is before whom: the sentences of R-7A to R-SERI, and the sheets Prioritas and Zona Antara."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from tests.support.oracle import Asked, effective, first_of
from tests.support.sentences.known import Known, as_day
from tests.support.sentences.reading import DATE, UntrueError, a_day, holds

_NAMED = rf"(\S+) \((Internal|Eksternal), ({DATE})\)"
_PAIRS = {
    "decided": rf"{_NAMED} didahulukan atas {_NAMED} menurut keputusan Kepala(?:, dasar: .+)? \((R-[A-Z0-9]+)\)\.",
    "series": rf"{_NAMED} dan {_NAMED} diterima pada tanggal yang sama; diurutkan menurut (jam permintaan|No\.Permintaan) \((R-SERI)\)\.",
    "order": rf"{_NAMED} diterima (\d+) hari lebih dahulu daripada {_NAMED} \((R-URUT)\)\.",
    "7a": rf"{_NAMED} datang (\d+ hari sesudah|pada hari yang sama dengan) {_NAMED}; sampai selisih (\d+) hari Internal didahulukan \((R-7A)\)\.",
    "7b": rf"{_NAMED} datang (\d+) hari sebelum {_NAMED}; mulai selisih (\d+) hari Eksternal didahulukan \((R-7B)\)\.",
    "silent": rf"{_NAMED} dan {_NAMED} berselisih (\d+) hari, yang tidak diatur SOP; menurut zona_antara = (\w+), (\S+) didahulukan \((R-ANTARA)\)\.",
    "turned": rf"{_NAMED} mendahului {_NAMED} karena (\S+) menunggu (\S+) \(peringkat (\d+)\) menurut keputusan Kepala tentang pasangan lain(?:, dasar: .+)? \(R-ANTARA\); berdua saja urutannya terbalik \((R-[A-Z0-9]+)\)\.",
}  # fmt: skip


def pair(known: Known, sentence: str) -> tuple[str, str, str] | None:
    """Check a sentence about a pair; return the upper, the lower and the clause, None for others."""
    for kind, pattern in _PAIRS.items():
        if found := re.fullmatch(pattern, sentence):
            return _PARTS[kind](known, found.groups())
    return None


def _who(known: Known, no: str, group: str, day: str) -> Asked:
    asked = known.world.asked.get(no)
    if asked is None or no not in known.rank:
        raise UntrueError(f"{no} is not ranked")
    holds(asked.internal == (group == "Internal"), f"{no} is not {group}")
    holds(asked.day == a_day(day), f"{no} was not received on {day}")
    return asked


def _order(known: Known, upper: Asked, lower: Asked, clause: str) -> tuple[str, str, str]:
    """Hold that the pair stands so, and by which clause of its own."""
    holds(known.rank[upper.no] < known.rank[lower.no], f"{upper.no} is not before {lower.no}")
    first, why = first_of(upper, lower, known.world.rules)
    holds(first.no == upper.no and why == clause, f"{upper.no} before {lower.no}: {why}")
    return upper.no, lower.no, clause


def _days(upper: Asked, lower: Asked, said: str) -> None:
    days = abs((upper.day - lower.day).days)
    holds(days == int(said), f"{upper.no} and {lower.no} are {days} days apart")


def _series(known: Known, parts: Sequence[str]) -> tuple[str, str, str]:
    upper, lower = _who(known, *parts[:3]), _who(known, *parts[3:6])
    holds(upper.day == lower.day, f"{upper.no} and {lower.no}: not the same day")
    by_time = upper.moment != lower.moment
    holds(by_time == (parts[6] == "jam permintaan"), f"{upper.no}, {lower.no}: {parts[6]}")
    return _order(known, upper, lower, parts[7])


def _first_come(known: Known, parts: Sequence[str]) -> tuple[str, str, str]:
    upper, lower = _who(known, *parts[:3]), _who(known, *parts[4:7])
    _days(upper, lower, parts[3])
    holds(upper.day < lower.day, f"{upper.no} did not come first")
    return _order(known, upper, lower, parts[7])


def _seven(known: Known, parts: Sequence[str]) -> tuple[str, str, str]:
    upper, lower = _who(known, *parts[:3]), _who(known, *parts[4:7])
    _days(upper, lower, "0" if parts[3].startswith("pada") else parts[3].split()[0])
    rules = known.world.rules
    gap = rules.internal_days if parts[8] == "R-7A" else rules.external_days
    holds(int(parts[7]) == gap, f"Ketentuan says {gap}")
    return _order(known, upper, lower, parts[8])


def _silent(known: Known, parts: Sequence[str]) -> tuple[str, str, str]:
    upper, lower = _who(known, *parts[:3]), _who(known, *parts[3:6])
    _days(upper, lower, parts[6])
    setting = "internal" if known.world.rules.between_internal else "urut_permintaan"
    holds(parts[7] == setting, f"zona_antara is {setting}")
    holds(parts[8] == upper.no, f"{parts[8]} is not {upper.no}")
    return _order(known, upper, lower, parts[9])


def _decided(known: Known, parts: Sequence[str]) -> tuple[str, str, str]:
    upper, lower = _who(known, *parts[:3]), _who(known, *parts[3:6])
    holds((upper.no, lower.no) in known.pairs, f"nobody decided {upper.no} before {lower.no}")
    holds(known.rank[upper.no] < known.rank[lower.no], f"{upper.no} is not before {lower.no}")
    return upper.no, lower.no, parts[6]


def _turned(known: Known, parts: Sequence[str]) -> tuple[str, str, str]:
    upper, lower = _who(known, *parts[:3]), _who(known, *parts[3:6])
    waits, first, place, rule = parts[6:10]
    holds(waits == lower.no, f"{waits} is not {lower.no}")
    holds((first, waits) in known.pairs, f"nobody decided {first} before {waits}")
    holds(known.rank[first] == int(place), f"{first} has rank {known.rank[first]}")
    natural, why = first_of(upper, lower, known.world.rules)
    holds(natural.no == lower.no and why == rule, f"alone {natural.no} would be first: {why}")
    holds(known.rank[upper.no] < known.rank[lower.no], f"{upper.no} is not before {lower.no}")
    return upper.no, lower.no, rule


_PARTS = {
    "decided": _decided,
    "series": _series,
    "order": _first_come,
    "7a": _seven,
    "7b": _seven,
    "silent": _silent,
    "turned": _turned,
}


def precedence(known: Known) -> Iterator[str]:
    """Yield what is untrue on Prioritas: the key, the neighbours, the days between, the clauses."""
    rules, rows = known.world.rules, known.rows["Prioritas"]
    listed = [known.world.asked[str(row["No. Permintaan"])] for row in rows]
    if not known.pairs and [a.no for a in listed] != [
        a.no for a in sorted(listed, key=known.world.key)
    ]:
        yield "Prioritas is not in the order of the key"
    for at, (row, asked) in enumerate(zip(rows, listed, strict=True)):
        less = rules.threshold if asked.internal else 0
        certain = asked.day + timedelta(days=1 if asked.internal else rules.threshold + 1)
        expected: dict[str, object] = {
            "Peringkat": at + 1,
            "Tanggal Efektif": effective(asked, rules),
            "Peringkat Pasti Sejak": certain,
            "Dikurangi (Hari)": less,
            "Di Atasnya": listed[at - 1].no if at else None,
            "Di Bawahnya": listed[at + 1].no if at + 1 < len(listed) else None,
        }
        for header, other in (
            ("Selisih Hari dari Atas", at - 1),
            ("Selisih Hari ke Bawah", at + 1),
        ):
            there = 0 <= other < len(listed)
            expected[header] = abs((asked.day - listed[other].day).days) if there else None
        for header, value in expected.items():
            said = as_day(row[header]) if isinstance(value, date) else row[header]
            if said != value and (said or value):
                yield f"Prioritas {asked.no}: {header} {said}, but it is {value}"
        yield from _clauses(known, row, listed, at)


def _clauses(
    known: Known, row: dict[str, object], listed: Sequence[Asked], at: int
) -> Iterator[str]:
    pairs = (("Klausul terhadap Atas", at - 1, at), ("Klausul terhadap Bawah", at, at + 1))
    for header, upper, lower in pairs:
        if upper < 0 or lower >= len(listed):
            continue
        first, why = first_of(listed[upper], listed[lower], known.world.rules)
        if first.no == listed[upper].no and row[header] != why:
            yield f"Prioritas {listed[at].no}: {header} {row[header]}, but it is {why}"
        if first.no != listed[upper].no and not known.pairs:
            yield f"Prioritas {listed[at].no}: nobody put {listed[upper].no} first"


_ZONE = rf"(\S+) \((Internal), ({DATE})\) datang (\d+) hari sesudah (\S+) \((Eksternal), ({DATE})\)\. Kini (\S+) didahulukan; menurut bacaan lain (\S+)\."
_ALONE = "Tidak ada pasangannya sendiri yang bergantung pada bacaan SOP; tanggalnya berubah karena permintaan lain berpindah."


def silent_zone(known: Known, other: dict[str, date] | None) -> Iterator[str]:
    """Yield what is untrue on Zona Antara.

    Parameters
    ----------
    other
        First days under the other reading, planned by themselves; None where nobody planned so.
    """
    for row in known.rows["Zona Antara"]:
        no, here = str(row["No. Permintaan"]), as_day(row["Tanggal Kini"])
        there = as_day(row["Tanggal Bacaan Lain"])
        days = (there - here).days if here and there else None
        try:
            now = known.visits[no].start if no in known.visits else None
            holds(here == now, f"Tanggal Kini {here}, but it is {now}")
            if other is not None:
                holds(there == other.get(no), f"Tanggal Bacaan Lain is {other.get(no)}")
            holds(row["Selisih Hari"] == days, f"Selisih Hari is {days}")
            _opponents(known, no, str(row["Permintaan Lawan"] or ""), str(row["Penjelasan"]))
        except UntrueError as error:
            yield f"Zona Antara {no}: {error}: {row['Penjelasan']}"


def _opponents(known: Known, no: str, lawan: str, said: str) -> None:
    """Check why a date depends on the reading, and on which pair."""
    rules = known.world.rules
    if not lawan:
        holds(said == _ALONE, "there is no other")
        return
    found = re.fullmatch(_ZONE, said)
    if found is None:
        raise UntrueError("no pattern knows it")
    inner, outer = _who(known, *found.groups()[:3]), _who(known, *found.groups()[4:7])
    _days(inner, outer, found[4])
    holds({inner.no, outer.no} == {no, lawan}, f"the pair is {inner.no} and {outer.no}")
    silent = rules.internal_days < int(found[4]) < rules.external_days
    holds(silent, f"{found[4]} days are regulated")
    first, second = (inner, outer) if rules.between_internal else (outer, inner)
    if not known.pairs:
        holds((found[8], found[9]) == (first.no, second.no), f"{first.no} is first now")
