"""Who goes when: a week planned, before anything is said of it."""

from __future__ import annotations

from dataclasses import dataclass

from labkesmas_batch.model.decisions import Order, SignOff
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import (
    Accepted,
    Allocation,
    Ranked,
    Returned,
    Visit,
    ZoneEffect,
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A week's requests, each with its place in the order and its days, or without.

    Parameters
    ----------
    reference
        What it was planned with, the Kepala's decisions about pairs among it.
    accepted, returned
        The requests by step 6, those that were set aside later among them.
    by_key
        Who is in the order, sorted by the key alone: what decisions about pairs start from.
    ranked
        The order itself (step 7).
    allocation
        Days and teams of the ranked requests.
    locked
        Visits of earlier weeks that keep their day, by date.
    zone
        Requests whose date depends on ``zona_antara``, in order of rank. Of an approved plan those
        of which it can be told beside what management decided.
    set_aside
        Requests that management postponed or cancelled, with its word.
    approved
        Who approved it; None for a draft.
    """

    reference: Reference
    accepted: tuple[Accepted, ...]
    returned: tuple[Returned, ...]
    by_key: tuple[Accepted, ...]
    ranked: tuple[Ranked, ...]
    allocation: Allocation
    locked: tuple[Visit, ...] = ()
    zone: tuple[ZoneEffect, ...] = ()
    set_aside: tuple[tuple[Request, Order], ...] = ()
    approved: SignOff | None = None

    @property
    def visits(self) -> tuple[Visit, ...]:
        """Return every visit, this week's in order of rank before the locked ones."""
        return (*self.allocation.visits, *self.locked)

    @property
    def reviewed(self) -> tuple[Request, ...]:
        """Return this week's valid requests, also those that were returned or set aside."""
        accepted = (each.request for each in self.accepted)
        return (*accepted, *(back.request for back in self.returned))
