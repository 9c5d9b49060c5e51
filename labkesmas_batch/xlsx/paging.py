"""How large a sheet of blocks is printed, and where its pages begin."""

from __future__ import annotations

from collections.abc import Sequence

# What A4 across holds at full size in points, with a little in reserve for other programs; no
# sheet is printed smaller than this, in percent.
ACROSS, DOWN, LEAST_SCALE = 775.0, 480.0, 50
# Points of a character of a column's width, and between columns.
_CHARACTER, _BETWEEN = 5.75, 3.75
# Excel takes 1,023 page breaks a sheet.
MOST_BREAKS = 1_000


def scale_for_width(widths: Sequence[float], most: int = 100, least: int = LEAST_SCALE) -> int:
    """Return the scale, in percent, at which columns of these widths fit A4 across."""
    broadest = sum(_CHARACTER * width + _BETWEEN for width in widths)
    return max(least, min(most, int(100 * ACROSS / broadest)))


def paginate(heights: Sequence[float], most: int, top: float = 0) -> tuple[int, list[int], float]:
    """Put blocks on pages, none of them on two if it can be helped.

    Parameters
    ----------
    heights
        Of the blocks, in points.
    most
        The largest scale, in percent.
    top
        Height of what every page repeats.

    Returns
    -------
    scale, starts, space
        The scale at which the tallest block fits a page, the places of blocks that begin a page,
        and what a page holds of blocks, in points.
    """
    tallest = max(heights, default=0.0)
    scale = max(LEAST_SCALE, min(most, int(100 * DOWN / (tallest + top)) if tallest else most))
    space = 100 * DOWN / scale - top
    starts, used = [], 0.0
    for place, height in enumerate(heights):
        if used and used + height > space:
            starts.append(place)
            used = 0.0
        used = min(space, used + height)
    return scale, starts[:MOST_BREAKS], space
