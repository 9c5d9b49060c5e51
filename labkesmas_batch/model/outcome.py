"""What becomes of a request in one schedule: every row ends in exactly one of these."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """The contract's words; ``POSTPONED`` and ``CANCELLED`` are management's."""

    SCHEDULED = "Terjadwal"
    MOVED = "Digeser"
    LOCKED = "Terkunci"
    RETURNED = "Dikembalikan"
    WAITING = "Antrean"
    ON_HOLD = "Ditahan"
    POSTPONED = "Ditunda"
    CANCELLED = "Batal"

    @property
    def has_day(self) -> bool:
        """Tell whether there is a visit."""
        return self in (Outcome.SCHEDULED, Outcome.MOVED, Outcome.LOCKED)


# What a run can make of a row, in the order in which counts are shown.
OF_A_RUN = tuple(Outcome)[:6]
