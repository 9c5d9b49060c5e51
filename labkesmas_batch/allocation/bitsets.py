"""Sets of teams as bit masks, in the order of the sheet Tim: the lowest bit is the first team."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def bits(teams: int) -> tuple[int, ...]:
    """Return the teams of a mask, in the sheet's order."""
    found: list[int] = []
    for at, byte in enumerate(teams.to_bytes((teams.bit_length() + 7) // 8, "little")):
        if byte:
            found += _bits_of(at, byte)
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def _bits_of(at: int, byte: int) -> tuple[int, ...]:
    """Return the teams that the byte at that place of a mask stands for."""
    return tuple(8 * at + bit for bit in range(8) if byte >> bit & 1)
