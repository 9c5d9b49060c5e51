"""What a document says, as data: the kinds, their blocks, and the places that people fill in.

Composers make these, the layout turns them into lines and the writer into workbooks; so what a
document says can be hashed, numbered and searched for gaps without any file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from labkesmas_batch.findings import Finding
from labkesmas_batch.model.documents import DocumentKind


@dataclass(frozen=True, slots=True)
class Gap:
    """A place that people fill in: marked, never invented.

    Parameters
    ----------
    label
        What belongs there; printed small in the hatched cell.
    lead
        What stands before the blank: ``Nomor: ``.
    finding
        Why it is blank, where the data should have it; None where it is people's to give. Where
        the data stand is no part of what the document says.
    """

    label: str
    lead: str = ""
    finding: Finding | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Rupiah:
    """An amount in whole rupiah."""

    amount: int


@dataclass(frozen=True, slots=True)
class Link:
    """A text that opens an address."""

    text: str
    address: str


Value = str | int | date | Gap | Rupiah | Link | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A line in bold between parts."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, with the number that stands before it where it has one."""

    text: Value
    number: str = ""
    bold: bool = False
    align: str = "justify"


@dataclass(frozen=True, slots=True)
class Fields:
    """Lines of label, colon and value."""

    rows: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a table: its title, how many columns of the grid it takes, how it stands."""

    title: str
    span: int = 1
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A bordered table.

    Parameters
    ----------
    heads
        Their spans add up to the columns of the document's grid.
    rows
        A value for each head.
    total
        Rows below in bold: label, and the value in the last column.
    least
        Height of a row in points where people write into it.
    """

    heads: tuple[Head, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[tuple[str, Value], ...] = ()
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the lines above the signature, the name and the NIP; None for no NIP line."""

    above: tuple[str, ...]
    name: Value
    number: Value


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature block; one signer stands at the right."""

    right: Signer
    left: Signer | None = None


@dataclass(frozen=True, slots=True)
class Space:
    """Empty space in points."""

    points: float = 6.0


Block = Heading | Text | Fields | Table | Signature | Space


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The institution's head: its lines from the top, the address below, the SOP's number."""

    lines: tuple[Value, ...]
    address: Value
    sop: str


@dataclass(frozen=True, slots=True)
class Document:
    """One document.

    Parameters
    ----------
    kind, key
        Its identity over reruns; one of a kind and key in a run.
    year
        Of its running number.
    tab
        Wanted name of its sheet.
    title
        As printed in the middle below the head.
    official
        Label of the number that people give, '' where the document has none.
    grid
        Widths of the columns, in characters.
    blocks
        From the top.
    landscape
        A list rather than a letter.
    numbered
        It has a running number; a work list has none.
    """

    kind: DocumentKind
    key: str
    year: int
    tab: str
    title: str
    official: str
    head: Letterhead
    grid: tuple[float, ...]
    blocks: tuple[Block, ...]
    landscape: bool = False
    numbered: bool = True

    def gaps(self) -> Iterator[Gap]:
        """Yield every place that people fill in."""
        for value in (*self.head.lines, self.head.address):
            yield from _gaps(value)
        for block in self.blocks:
            for value in _values(block):
                yield from _gaps(value)


def _gaps(value: Value) -> Iterator[Gap]:
    if isinstance(value, Gap):
        yield value


def _values(block: Block) -> Iterator[Value]:
    match block:
        case Text():
            yield block.text
        case Fields():
            yield from (value for _, value in block.rows)
        case Table():
            for row in block.rows:
                yield from row
            yield from (value for _, value in block.total)
        case Signature():
            for signer in filter(None, (block.left, block.right)):
                yield signer.name
                yield signer.number
