"""The counts of a run: how they add up (rules.md, "The life of a request")."""

from __future__ import annotations

from collections.abc import Mapping

SIX = ("terjadwal", "digeser", "dikembalikan", "antrean", "ditahan", "terkunci")
COUNTS = ("baris", "dibawa", "terkunci_tanpa_baris", "baru", "ganda", *SIX, "selesai", "batal")


def adds_up(counts: Mapping[str, int]) -> bool:
    """Every row and every request without one ends in exactly one place."""
    given = counts["baris"] + counts["dibawa"] + counts["terkunci_tanpa_baris"]
    ends = sum(counts[name] for name in ("ganda", *SIX, "selesai", "batal"))
    return given == ends + counts.get("ditunda", 0)


def six(counts: Mapping[str, int]) -> dict[str, int]:
    """The six of a first week without copies, which add up to its rows, all of them new."""
    assert set(counts) == set(COUNTS), counts
    rest = {name: counts[name] for name in COUNTS if name not in (*SIX, "baris", "baru")}
    assert not any(rest.values()), rest
    assert counts["baru"] == counts["baris"] == sum(counts[name] for name in SIX), counts
    return {name: counts[name] for name in SIX}
