"""What management decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.reference import PairDecision


class Verdict(StrEnum):
    """The column Keputusan."""

    AGREED = "Setuju"
    CHANGED = "Ubah"
    POSTPONED = "Tunda"
    CANCELLED = "Batal"


# What becomes of a request that management sets aside.
ASIDE_AS: Mapping[Verdict, Outcome] = {
    Verdict.POSTPONED: Outcome.POSTPONED,
    Verdict.CANCELLED: Outcome.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Order:
    """Management's word on one request, with the cells where it stands, by header."""

    number: str
    verdict: Verdict
    day: date | None
    team: str
    note: str
    sheet: str
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who approved a schedule, and when."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Decisions:
    """Everything that management wrote into a schedule workbook."""

    orders: tuple[Order, ...]
    pairs: tuple[PairDecision, ...]
    signed: SignOff
    sha256: str
