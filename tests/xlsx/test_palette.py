"""The palette: what stands beside each other stays apart in grey print and for every eye."""

from __future__ import annotations

from itertools import pairwise

import pytest

from labkesmas_batch.workbooks import simulation_charts
from labkesmas_batch.xlsx import palette as design

# How the three kinds of colour-blind eyes mix linear red, green and blue (Machado et al. 2009).
EYES = {
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
# What is told apart by its colour where it stands side by side.
PAIRS = [
    (design.INTERNAL, design.EXTERNAL),
    (design.INTERNAL_BAR, design.EXTERNAL_BAR),
    (design.ATTENTION, design.FAULT),
    (design.DARK, design.MUTED),
    (design.EXTERNAL, design.SHADE),
]
Colour = tuple[float, float, float]


def linear(colour: str) -> Colour:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def luminance(colour: Colour) -> float:
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lightness(colour: Colour) -> float:
    """L* of CIE: 0 is black, 100 white, one step is about what an eye tells apart."""
    value = luminance(colour)
    return 903.3 * value if value <= 0.008856 else 116 * value ** (1 / 3) - 16


def seen(colour: Colour, eye: str) -> Colour:
    red, green, blue = (
        min(1.0, max(0.0, sum(part * of for part, of in zip(colour, row, strict=True))))
        for row in EYES[eye]
    )
    return red, green, blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted(luminance(linear(each)) for each in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_colours_side_by_side_differ_in_grey_print(one: str, other: str):
    assert abs(lightness(linear(one)) - lightness(linear(other))) >= 7


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_colours_side_by_side_differ_for_colour_blind_eyes(one: str, other: str, eye: str):
    first, second = seen(linear(one), eye), seen(linear(other), eye)
    far = sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5
    assert far > 0.1 or abs(lightness(first) - lightness(second)) >= 7


def test_the_first_palette_would_have_failed_in_grey():
    assert abs(lightness(linear("#CFE2F7")) - lightness(linear("#FBD9B5"))) < 7


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("#FFFFFF", design.DARK),
        ("#FFFFFF", design.MUTED),
        ("#000000", design.EXTERNAL),
        ("#000000", design.FAULT),
        ("#000000", design.SHADE),
        (design.LINK, "#FFFFFF"),
        (design.LINK, design.ATTENTION),
        (design.DARK, design.ATTENTION),
        (design.GREY_TEXT, "#FFFFFF"),
        (design.WARNING_TEXT, "#FFFFFF"),
    ],
)
def test_text_can_be_read_on_its_ground(text: str, ground: str):
    assert contrast(text, ground) >= 4.5


def test_steps_of_lateness_grow_darker():
    steps = [lightness(linear(colour)) for colour in simulation_charts._LATE]
    assert all(light - dark >= 7 for light, dark in pairwise(steps))
