"""A document's blocks in; lines with their heights, broken into pages, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from labkesmas_batch.documents.content import (
    Block,
    Document,
    Fields,
    Gap,
    Head,
    Heading,
    Signature,
    Signer,
    Space,
    Table,
    Text,
    Value,
)
from labkesmas_batch.documents.lines import (
    Cell,
    Line,
    Props,
    height,
    last,
    middle,
    props,
    shown,
    wide,
    width,
)
from labkesmas_batch.xlsx.palette import GREY_TEXT, SHADE
from labkesmas_batch.xlsx.text_size import line_count

# Lists are printed smaller, in percent.
LIST_SCALE = 90
# A letter may be printed so much smaller where that spares it a page of little but a signature.
TIGHT_SCALE = 92
# Points that a page holds between its margins, with a little in reserve for other printers.
PORTRAIT, LANDSCAPE = 752.0, 498.0 * 100 / LIST_SCALE
_SIGNING_SPACE = 46.0
# A line below this height is space only.
_LEAST = 10.0


def pages(document: Document, number: str, *, stacked: bool, scale: int = 100) -> list[list[Line]]:
    """Break a document into pages.

    Parameters
    ----------
    number
        Its running number, '' for none.
    stacked
        It shares its sheet with others, so each page says itself which of how many it is.
    scale
        In percent, how a letter is printed; lists have a scale of their own.

    Returns
    -------
    list of pages
        Every page's lines from the top. A list across the page says its heads once: the sheet
        repeats them in print.
    """
    lines = [*_top(document, number), *_body(document)]
    space = LANDSCAPE if document.landscape else PORTRAIT * 100 / scale
    broken = _paginate(lines, space - (12.0 if stacked else 0.0), again=not document.landscape)
    if stacked:
        said = f"{number} · halaman {{}} dari {len(broken)}"
        small = props(font_size=8, align="right", font_color=GREY_TEXT)
        broken = [
            [Line(12.0, (wide(document, said.format(at), small),), keep=True), *page]
            for at, page in enumerate(broken, start=1)
        ]
    return broken


def _paginate(lines: Iterable[Line], space: float, *, again: bool) -> list[list[Line]]:
    """Break lines where a page is full, never between a line and one that it is kept with."""
    broken: list[list[Line]] = [[]]
    used, kept = 0.0, list[Line]()
    for line in lines:
        kept.append(line)
        if line.keep:
            continue
        tall = sum(each.height for each in kept)
        if broken[-1] and used + tall > space:
            broken.append([])
            used = 0.0
            if (head := kept[0].head) is not None:
                broken[-1] += [head] if again else []
                used = head.height
        broken[-1] += kept
        used += tall
        kept = []
    broken[-1] += kept
    return broken


def _top(document: Document, number: str) -> Iterator[Line]:
    head = document.head
    for text, size in zip(head.lines, (11, 11, 14), strict=True):
        looks = props(bold=True, font_size=size, align="center", valign="vcenter")
        value = text.upper() if isinstance(text, str) else text
        yield Line(size + 4.0, (wide(document, value, looks),), keep=True)
    looks = props(font_size=9, align="center", bottom=6, text_wrap=True)
    lines = line_count(shown(head.address), width(document, 0, last(document)) * 1.1)
    yield Line(12.0 * lines + 4, (wide(document, head.address, looks),), keep=True)
    yield Line(4.0, keep=True)
    yield _identity(document, number)
    yield Line(8.0, keep=True)
    looks = props(bold=True, font_size=12, align="center", underline=1, text_wrap=True)
    # Capitals in bold and two sizes larger leave space for six letters where ten stood.
    count = line_count(document.title, width(document, 0, last(document)) * 0.62)
    yield Line(16.0 * count + 2, (wide(document, document.title.upper(), looks),), keep=True)
    if document.official:
        looks = props(align="center", valign="vcenter")
        gap = Gap(document.official, "Nomor: ")
        yield Line(17.0, (wide(document, gap, looks),), keep=True)
    yield Line(8.0, keep=True)


def _identity(document: Document, number: str) -> Line:
    """Return the line with our running number at the left and the SOP's number at the right."""
    half = middle(document)
    left = f"No. urut kami: {number}" if number else ""
    cells = (
        Cell(0, half - 1, left, props(font_size=9)),
        Cell(
            half,
            last(document),
            f"SOP Nomor {document.head.sop}",
            props(font_size=9, align="right"),
        ),
    )
    return Line(13.0, cells, keep=True)


def _body(document: Document) -> Iterator[Line]:
    for block, after in pairwise((*document.blocks, None)):
        lines = list(_lines(document, block)) if block else []
        if isinstance(after, Signature) and lines:
            # A signature never stands alone on a page.
            lines[-1] = replace(lines[-1], keep=True)
            if lines[-1].height < _LEAST and len(lines) > 1:
                lines[-2] = replace(lines[-2], keep=True)
        yield from lines


def _lines(document: Document, block: Block) -> Iterator[Line]:
    match block:
        case Space():
            yield Line(block.points)
        case Heading():
            yield Line(4.0, keep=True)
            yield _paragraph(document, Text(block.text, bold=True, align="left"), keep=True)
        case Text():
            yield _paragraph(document, block, keep=False)
        case Fields():
            yield from (_field(document, label, value) for label, value in block.rows)
        case Table():
            yield from _table(document, block)
        case Signature():
            yield from _signature(document, block)


def _paragraph(document: Document, text: Text, *, keep: bool) -> Line:
    first = 1 if text.number else 0
    looks = props(text_wrap=True, align=text.align, bold=text.bold)
    cells = [Cell(first, last(document), text.text, looks)]
    if text.number:
        cells.insert(0, Cell(0, 0, text.number, props(bold=text.bold)))
    space = width(document, first, last(document))
    return Line(height(((text.text, space),)), tuple(cells), keep=keep)


def _field(document: Document, label: str, value: Value) -> Line:
    """Return a line of label, colon and value; the grid of a letter has a column for each."""
    looks = props(text_wrap=True)
    if isinstance(value, int):
        looks = props(text_wrap=True, align="left")
    cells = (Cell(0, 1, label, props(text_wrap=True)), Cell(2, 2, ":", props()),
             Cell(3, last(document), value, looks))  # fmt: skip
    texts = ((label, width(document, 0, 1)), (value, width(document, 3, last(document))))
    return Line(height(texts), cells)


def _table(document: Document, table: Table) -> Iterator[Line]:
    starts, at = [], 0
    for head in table.heads:
        starts.append((at, at + head.span - 1))
        at += head.span
    assert at == len(document.grid), (document.title, at)
    looks = props(
        bold=True, border=1, bg_color=SHADE, align="center", valign="vcenter", text_wrap=True
    )
    heads = list(zip(table.heads, starts, strict=True))
    top = Line(
        height((head.title, width(document, *place) * 0.9) for head, place in heads) + 3,
        tuple(Cell(*place, head.title, looks) for head, place in heads),
        keep=True,
    )
    yield top
    framed = [_framed(head) for head in table.heads]
    widths = [width(document, *place) - 1.5 for place in starts]
    for row in table.rows:
        cells = tuple(
            Cell(*place, value, look)
            for place, value, look in zip(starts, row, framed, strict=True)
        )
        tall = max(table.least, height(zip(row, widths, strict=True)))
        yield Line(tall, cells, head=top)
    for label, value in table.total:
        yield _sum(document, starts[-1][0], label, value)
    yield Line(6.0)


def _framed(head: Head) -> Props:
    """Return the looks of a cell of a column; text keeps off the border."""
    off = {} if head.align == "center" else {"indent": 1}
    return props(border=1, text_wrap=True, align=head.align, **off)


def _sum(document: Document, at: int, label: str, value: Value) -> Line:
    bold = props(border=1, bold=True, align="right", text_wrap=True, indent=1)
    end = last(document)
    texts = ((label, width(document, 0, at - 1) * 0.9), (value, width(document, at, end)))
    return Line(height(texts), (Cell(0, at - 1, label, bold), Cell(at, end, value, bold)))


def _signature(document: Document, block: Signature) -> Iterator[Line]:
    """Return the block's lines, kept together: what stands above, space to sign, name, NIP."""
    half = middle(document)
    sides = [(block.right, half, last(document))]
    if block.left:
        sides.insert(0, (block.left, 0, half - 1))
    yield Line(10.0, keep=True)
    most = max(len(signer.above) for signer, *_ in sides)
    for at in range(most):
        yield _side_by_side(document, sides, [_above(each, at, most) for each, *_ in sides])
    yield Line(_SIGNING_SPACE, keep=True)
    names: list[Value] = [signer.name for signer, *_ in sides]
    yield _side_by_side(document, sides, names, bold=True, underline=1)
    numbers: list[Value] = [
        f"NIP {signer.number}" if isinstance(signer.number, str) else signer.number
        for signer, *_ in sides
    ]
    closing = _side_by_side(document, sides, numbers)
    yield Line(closing.height, closing.cells)


def _above(signer: Signer, at: int, most: int) -> str:
    """Return a signer's line above the signature; shorter ones stand at the bottom."""
    gap = most - len(signer.above)
    return signer.above[at - gap] if at >= gap else ""


def _side_by_side(
    document: Document,
    sides: list[tuple[Signer, int, int]],
    values: list[Value],
    **looks: object,
) -> Line:
    look = props(align="center", text_wrap=True, **looks)
    cells = [
        Cell(start, end, value, look)
        for (_, start, end), value in zip(sides, values, strict=True)
        if value not in (None, "")
    ]
    texts = [(cell.value, width(document, cell.first, cell.last)) for cell in cells]
    return Line(height(texts), tuple(cells), keep=True)
