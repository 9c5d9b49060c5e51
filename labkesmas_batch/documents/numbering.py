"""Running numbers: the same after a rerun, with a suffix after a revision, never used twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from labkesmas_batch.model.documents import DocumentIdentity, DocumentKind, Given, Numbered


def newest(given: Iterable[Given]) -> dict[tuple[DocumentKind, str], Numbered]:
    """Return the newest revision of every document.

    Parameters
    ----------
    given
        The revisions of a document in their order.
    """
    return {(each.number.kind, each.number.key): each.number for each in given}


def recalled(
    identities: Iterable[DocumentIdentity], given: Sequence[Given], run: str
) -> dict[tuple[DocumentKind, str], Numbered]:
    """Return for each document the number under which it was issued saying just this.

    Where it never said this, that is its newest number, from which a revision counts on.
    """
    said = {(each.kind, each.key): each.fingerprint for each in identities}
    found = newest(given)
    # What this run issued comes last and so prevails.
    for each in sorted(given, key=lambda each: each.run == run):
        identity = each.number.kind, each.number.key
        if said.get(identity) == each.number.fingerprint:
            found[identity] = each.number
    return found


def assign(
    identities: Iterable[DocumentIdentity], known: Mapping[tuple[DocumentKind, str], Numbered]
) -> tuple[Numbered, ...]:
    """Give every document its number.

    Parameters
    ----------
    identities
        In the order in which new ones are counted; no kind and key twice.
    known
        Each document's number that the register gave, newest revision; or the one that it had
        when it said the same.

    Returns
    -------
    tuple of Numbered
        In the order of ``identities``. One that is known keeps year and serial, and gets the next
        revision if it says something else now; the others get the next serial of their kind
        and year.
    """
    last: dict[tuple[DocumentKind, int], int] = defaultdict(int)
    for old in known.values():
        last[old.kind, old.year] = max(last[old.kind, old.year], old.serial)
    numbered: list[Numbered] = []
    for identity in identities:
        old_one = known.get((identity.kind, identity.key))
        if old_one is None:
            last[identity.kind, identity.year] += 1
            serial = last[identity.kind, identity.year]
            numbered.append(
                Numbered(
                    identity.kind, identity.key, identity.year, serial, 0, identity.fingerprint
                )
            )
        elif old_one.fingerprint == identity.fingerprint:
            numbered.append(old_one)
        else:
            revised = replace(
                old_one, revision=old_one.revision + 1, fingerprint=identity.fingerprint
            )
            numbered.append(revised)
    return tuple(numbered)
