"""Running numbers: the same after a rerun, with a suffix after a revision, never used twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from labkesmas_batch.documents.content import TITLES, Kind


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that will be made; ``fingerprint`` is a hash of all it says but its number."""

    kind: Kind
    key: str
    year: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paper with its number; ``revision`` 0 is the first issue."""

    kind: Kind
    key: str
    year: int
    serial: int
    revision: int
    fingerprint: str

    @property
    def text(self) -> str:
        """Return the number as printed: ``SPT/2026/0007-R1``."""
        suffix = f"-R{self.revision}" if self.revision else ""
        return f"{TITLES[self.kind][1]}/{self.year}/{self.serial:04d}{suffix}"


@dataclass(frozen=True, slots=True)
class Given:
    """A number of the register, with the run and the folder that it was first issued with."""

    run: str
    folder: str
    number: Numbered


def newest(given: Iterable[Given]) -> dict[tuple[Kind, str], Numbered]:
    """Return the newest revision of every paper.

    Parameters
    ----------
    given
        The revisions of a paper in their order.
    """
    return {(each.number.kind, each.number.key): each.number for each in given}


def recalled(
    papers: Iterable[Paper], given: Sequence[Given], run: str
) -> dict[tuple[Kind, str], Numbered]:
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
    papers: Iterable[Paper], known: Mapping[tuple[Kind, str], Numbered]
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
    last: dict[tuple[Kind, int], int] = defaultdict(int)
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
