"""Write a picture as a small PNG: a palette of few colours instead of three bytes a point.

Pages of a spreadsheet hold paper, ink and a few tints; what lies between comes from smoothed
letters and is not missed. Only the standard library is needed, and the same picture gives the same
bytes.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections import Counter
from pathlib import Path

MOST_COLOURS = 64
_HEAD = re.compile(rb"P6\s+(\d+)\s+(\d+)\s+255\s")


def write_small_png(picture: bytes, target: Path) -> None:
    """Write a PPM picture (P6, as pdftoppm makes it) as PNG."""
    head = _HEAD.match(picture)
    if head is None:
        raise ValueError("not a PPM picture of three bytes a point")
    width, height = int(head[1]), int(head[2])
    points = picture[head.end() :]
    coarse = bytes((min(value + 4, 255) // 8) * 255 // 31 for value in range(256))
    points = points.translate(coarse)
    colours = [points[at : at + 3] for at in range(0, len(points), 3)]
    counted = Counter(colours).most_common()
    palette = [colour for colour, _ in counted[:MOST_COLOURS]]
    index = {colour: _nearest(colour, palette) for colour, _ in counted}
    numbers = bytes(index[colour] for colour in colours)
    lines = b"".join(b"\0" + numbers[at : at + width] for at in range(0, len(numbers), width))
    target.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"PLTE", b"".join(palette))
        + _chunk(b"IDAT", zlib.compress(lines, 9))
        + _chunk(b"IEND", b"")
    )


def _nearest(colour: bytes, palette: list[bytes]) -> int:
    def distance(at: int) -> int:
        return sum((one - two) ** 2 for one, two in zip(colour, palette[at], strict=True))

    return min(range(len(palette)), key=distance)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
