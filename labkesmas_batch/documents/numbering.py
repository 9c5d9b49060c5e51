"""Running numbers: the same after a rerun, with a suffix after a revision, never used twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from labkesmas_batch.model.documents import DocumentIdentity, DocumentKind, Given, Numbered


def newest(given: Iterable[Given]) -> dict[tuple[DocumentKind, str], Numbered]:
    """Return the newest revision of every paper.

    Parameters
    ----------
    given
        The revisions of a paper in their order.
    """
    return {(each.number.kind, each.number.key): each.number for each in given}


def recalled(
    papers: Iterable[DocumentIdentity], given: Sequence[Given], run: str
) -> dict[tuple[DocumentKind, str], Numbered]:
    """Return for each paper the number under which it was issued saying just this.

    Where it never said this, that is its newest number, from which a revision counts on.
    """
    said = {(each.kind, each.key): each.fingerprint for each in papers}
    found = newest(given)
    # What this run issued comes last and so prevails.
    for each in sorted(given, key=lambda each: each.run == run):
        paper = each.number.kind, each.number.key
        if said.get(paper) == each.number.fingerprint:
            found[paper] = each.number
    return found


def assign(
    papers: Iterable[DocumentIdentity], known: Mapping[tuple[DocumentKind, str], Numbered]
) -> tuple[Numbered, ...]:
    """Give every paper its number.

    Parameters
    ----------
    papers
        In the order in which new ones are counted; no kind and key twice.
    known
        Each paper's number that the register gave, newest revision; or the one that it had when it
        said the same.

    Returns
    -------
    tuple of Numbered
        In the order of ``papers``. One that is known keeps year and serial, and gets the next
        revision if it says something else now; the others get the next serial of their kind
        and year.
    """
    last: dict[tuple[DocumentKind, int], int] = defaultdict(int)
    for old in known.values():
        last[old.kind, old.year] = max(last[old.kind, old.year], old.serial)
    numbered: list[Numbered] = []
    for paper in papers:
        old_one = known.get((paper.kind, paper.key))
        if old_one is None:
            last[paper.kind, paper.year] += 1
            serial = last[paper.kind, paper.year]
            numbered.append(
                Numbered(paper.kind, paper.key, paper.year, serial, 0, paper.fingerprint)
            )
        elif old_one.fingerprint == paper.fingerprint:
            numbered.append(old_one)
        else:
            revised = replace(old_one, revision=old_one.revision + 1, fingerprint=paper.fingerprint)
            numbered.append(revised)
    return tuple(numbered)
