"""The types of ``run --what-if``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.week import Summary


@dataclass(frozen=True, slots=True)
class SupposedChange:
    """One change that is only supposed; which fields it has, schema.CHANGE_KINDS tells."""

    kind: str
    name: str
    value: object
    first: date | None
    last: date | None
    region: str
    sample_type: str
    samples: int
    said: str


@dataclass(frozen=True, slots=True)
class Position:
    """Where a request stands in one of two plans: its outcome, and its day and team if any."""

    outcome: str
    first: date | None
    team: str
    why: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A request in the plain plan and in the supposed one; None where it is not in that one."""

    request: Request
    before: Position | None
    after: Position | None

    @property
    def days(self) -> int | None:
        """Return by how many days it is later, negative for earlier, None without two days."""
        if not (self.before and self.after and self.before.first and self.after.first):
            return None
        return (self.after.first - self.before.first).days


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same week twice: as it is, and with the changes.

    Parameters
    ----------
    blocked
        Of each locked visit that the changes would hinder the number and what hinders it.
    """

    changes: tuple[SupposedChange, ...]
    before: Summary
    after: Summary
    requests: tuple[Compared, ...]
    blocked: tuple[str, ...] = ()
