"""Everything that a schedule says, checked; what is untrue comes out."""

from __future__ import annotations

from collections import Counter
from datetime import date

from tests.support.sentences.known import Known
from tests.support.sentences.order import precedence, silent_zone
from tests.support.sentences.pages import changes, load
from tests.support.sentences.reasons import reasons


def untrue(
    known: Known, seen: Counter[str] | None = None, other: dict[str, date] | None = None
) -> list[str]:
    """Return what a schedule workbook says that is not so.

    Parameters
    ----------
    seen
        Counts the sentences by kind.
    other
        First days under the other reading of the gap in the SOP; None where nobody planned so.
    """
    seen = Counter() if seen is None else seen
    seen["Prioritas"] += len(known.rows["Prioritas"])
    seen["Zona Antara"] += len(known.rows["Zona Antara"])
    return [
        *reasons(known, seen),
        *precedence(known),
        *silent_zone(known, other),
        *changes(known, seen),
        *load(known, seen),
    ]
