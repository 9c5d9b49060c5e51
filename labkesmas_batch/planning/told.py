"""Warnings that an approval took: of a row that stays as it was they are not told again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from labkesmas_batch import findings
from labkesmas_batch.findings import Finding
from labkesmas_batch.model.history import Told
from labkesmas_batch.text.names import number_key

_SAYS_WHAT = (findings.LOCKED_CHANGED, findings.CONTACT_UNREAD)


def told_as(finding: Finding) -> Told:
    """Return by what a warning is known again, wherever its row stands."""
    # What a locked request's row says now stands in the sentence; elsewhere it names other rows.
    said = finding.problem if finding.kind in _SAYS_WHAT else ""
    return finding.kind.code, number_key(finding.number), str(finding.value), said


def to_tell(found: Iterable[Finding], told: Collection[Told]) -> Iterator[Finding]:
    """Leave out the warnings about rows that an approval took with them."""
    for each in found:
        if not (_of_a_row(each) and told_as(each) in told):
            yield each


def taken(found: Iterable[Finding], numbers: Collection[str]) -> frozenset[Told]:
    """Return the warnings about rows of these canonical numbers, for the next weeks."""
    return frozenset(
        told_as(each) for each in found if _of_a_row(each) and number_key(each.number) in numbers
    )


def _of_a_row(finding: Finding) -> bool:
    """Tell whether it warns of a row; what the register reminds of stands in none."""
    return bool(finding.number and finding.row) and not finding.is_error
