"""The life of a request as one table: its states, what happens to it, and what it becomes.

Nothing else changes a standing. A row of the week's form that is held or returned has none: it is
a new request each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from labkesmas_batch.model.history import FieldResult, Standing


class Event(StrEnum):
    """What a command does to a request, in the words of the page made from this."""

    PLACED = "`finalize`: a day and a team, its first ones or others"
    QUEUED = "`finalize`: no day found"
    POSTPONED = "`finalize`: Tunda"
    CANCELLED = "`finalize`: Batal"
    REPORTED_DONE = "`report`: Selesai"
    REPORTED_POSTPONED = "`report`: Ditunda"
    REPORTED_CANCELLED = "`report`: Batal"
    CORRECTED_DONE = "`report` with Koreksi: Selesai"
    CORRECTED_POSTPONED = "`report` with Koreksi: Ditunda"
    CORRECTED_CANCELLED = "`report` with Koreksi: Batal"


_OPEN = (None, Standing.WAITING, Standing.POSTPONED)
_OVER = tuple(each for each in Standing if each.is_over)
_FROM_TO: Mapping[Event, tuple[tuple[Standing | None, ...], Standing]] = {
    Event.PLACED: ((*_OPEN, Standing.LOCKED), Standing.LOCKED),
    Event.QUEUED: (_OPEN, Standing.WAITING),
    Event.POSTPONED: ((*_OPEN, Standing.LOCKED), Standing.POSTPONED),
    Event.CANCELLED: ((*_OPEN, Standing.LOCKED), Standing.CANCELLED),
    Event.REPORTED_DONE: ((Standing.LOCKED,), Standing.DONE),
    Event.REPORTED_POSTPONED: ((Standing.LOCKED,), Standing.POSTPONED),
    Event.REPORTED_CANCELLED: ((Standing.LOCKED,), Standing.CANCELLED),
    Event.CORRECTED_DONE: (_OVER, Standing.DONE),
    Event.CORRECTED_POSTPONED: (_OVER, Standing.POSTPONED),
    Event.CORRECTED_CANCELLED: (_OVER, Standing.CANCELLED),
}
# State, None for a request that the register does not know, and event to the state after it.
LIFE: Mapping[tuple[Standing | None, Event], Standing] = MappingProxyType(
    {(state, event): after for event, (before, after) in _FROM_TO.items() for state in before}
)


def becomes(before: Standing | None, event: Event) -> Standing:
    """Return the state after an event.

    Raises
    ------
    ValueError
        The table has no such step.
    """
    after = LIFE.get((before, event))
    if after is None:
        raise ValueError(f"no step of a request's life: {before or 'new'}, {event}")
    return after


_REPORTED = {
    FieldResult.DONE: (Event.REPORTED_DONE, Event.CORRECTED_DONE),
    FieldResult.POSTPONED: (Event.REPORTED_POSTPONED, Event.CORRECTED_POSTPONED),
    FieldResult.CANCELLED: (Event.REPORTED_CANCELLED, Event.CORRECTED_CANCELLED),
}


def reported(before: Standing | None, result: FieldResult) -> Event:
    """Return what a report does: of a request that is over it is a correction."""
    return _REPORTED[result][before in _OVER]
