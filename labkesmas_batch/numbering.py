"""Our running numbers of documents: the same after a rerun, with a suffix after a revision."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paper's number, as the register keeps it.

    Parameters
    ----------
    kind, key
        What paper it is, and whose.
    year, serial
        The running number within its kind and year.
    revision
        0 for the first version.
    fingerprint
        Hash of what the paper says.
    """

    kind: str
    key: str
    year: int
    serial: int
    revision: int
    fingerprint: str
