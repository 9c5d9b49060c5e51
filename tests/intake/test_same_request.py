"""Which names are one in different spellings."""

from __future__ import annotations

import pytest

from labkesmas_batch.intake.same_request import same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [("Puskesmas Batu Aji", "puskesmas  BATU-AJI"), ("PT. Maju Jaya", "Maju Jaya"),
     ("Puskesmas Sekupang", "Puskesmas Skupang"), ("RS Awal Bros", "R.S. Awal Bros"),
     ("CV Tirta", "CV Tirta Tbk")],
)  # fmt: skip
def test_one_name(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hotel A", "Hotel B"), ("Puskesmas Batu Aji", "Puskesmas Batu Ampar"),
     ("Depot 12", "Depot 13"),
     ("Puskesmas Sekupang", "Puskesmas Sekupang II"), ("PT", "CV"),
     ("Hotel Harapan", "Hotel Harmoni")],
)  # fmt: skip
def test_two_names(one: str, other: str) -> None:
    assert not same_name(one, other)
    assert not same_name(other, one)
