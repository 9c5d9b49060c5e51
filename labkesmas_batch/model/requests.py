"""Requests as the intake has them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from labkesmas_batch.frozen import frozen


class CustomerClass(StrEnum):
    """The two customers of the SOP."""

    INTERNAL = "Internal"
    EXTERNAL = "Eksternal"


@frozen
class Request:
    """A valid row of the intake (SOP steps 4 and 5)."""

    number: str
    received: datetime
    customer_class: CustomerClass
    customer: str
    address: str
    contact: str
    phone: str
    email: str
    site: str
    region: str
    sample_type: str
    parameters: tuple[str, ...]
    samples: int
    proposed: date | None
    deadline: date | None
    waiver: str
    note: str
    file: str
    row: int
    # Waktu permintaan as the SOP counts it, a calendar date, and whether the customer is internal:
    # kept here since the order asks for them, many times.
    received_on: date = field(init=False, repr=False, compare=False)
    internal: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep at hand what the order asks for."""
        object.__setattr__(self, "received_on", self.received.date())
        object.__setattr__(self, "internal", self.customer_class is CustomerClass.INTERNAL)


@dataclass(frozen=True, slots=True)
class RowOnHold:
    """A data row with an error: it waits until somebody fixes it. '' is what is unreadable."""

    number: str
    customer: str
    customer_class: str
    file: str
    sheet: str
    row: int
