"""Rows of tables, written as XML straight into a sheet.

xlsxwriter keeps an object for each cell and calls a few functions for each, which is most of what
a large schedule takes. Here a chunk of rows is made column by column, and what a value looks like
in XML is remembered; strings stand in their cells, as in xlsxwriter's own constant-memory mode.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import repeat
from typing import IO, TypeGuard, cast

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.xlsx import limits

# A text that has to be written as XML is cut here, before the XML is.
_MOST_ESCAPED = 5_000
# Excel keeps 65,530 links on a sheet.
MOST_LINKS = 65_000
_DAY_ZERO = date(1899, 12, 30).toordinal()
# Parts joined texts; one that has it beside a space takes the longer way.
_BETWEEN = "█"
_COPIED = 1 << 20


class PlainSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter carries no types
    """A worksheet in which a text stays what it is."""

    def _write_string(
        self, row: int, col: int, string: str, cell_format: Format | None = None
    ) -> int:
        """Write a text, which all of xlsxwriter's functions call for a single one.

        xlsxwriter takes what stands between ``<r>`` and ``</r>`` for XML of its own making, so
        that anybody's name could break a workbook.
        """
        if string.startswith("<r>") and string.endswith("</r>"):
            text = _escaped(string[:_MOST_ESCAPED])
            string = f'<r><t xml:space="preserve">{text}</t></r>'
        found: int = super()._write_string(row, col, string, cell_format)
        return found


class RowSheet(PlainSheet):
    """A worksheet that takes whole rows as XML; those hide cells that are written one by one.

    Attributes
    ----------
    widths
        Of the columns of its table, in characters.
    """

    def __init__(self) -> None:
        super().__init__()
        self._rows: IO[bytes] | None = None
        self._links: list[str] = []
        self.widths: tuple[float, ...] = ()

    def append_rows(self, xml: str, last_row: int, last_column: int) -> None:
        """Write rows below those written before.

        Parameters
        ----------
        xml
            ``<row>`` elements.
        last_row, last_column
            The last cell among them, from 0.
        """
        if self._rows is None:
            self._rows = tempfile.TemporaryFile(dir=self.tmpdir)  # noqa: SIM115 - closed below
            self._check_dimensions(0, 0)
        self._check_dimensions(last_row, last_column)
        self._rows.write(xml.encode())

    def add_links(self, column: str, first: int, places: Sequence[str]) -> bool:
        """Link cells of a column to other places of the workbook; not beside ``write_url``.

        Parameters
        ----------
        column
            Its letters.
        first
            Number of the row of the first cell, from 1.
        places
            As in ``'Zona Antara'!B5``; '' for a cell without a link.

        Returns
        -------
        bool
            Whether Excel keeps them all; those beyond its limit are left out.
        """
        found = [
            f'<hyperlink ref="{column}{row}" location="{place}"/>'
            for row, place in enumerate(places, start=first)
            if place
        ]
        space = MOST_LINKS - len(self._links)
        self._links += found[:space]
        return len(found) <= space

    def make_table(self, name: str, headers: Sequence[str], rows: int) -> None:
        """Make an Excel table of the header in row 1 and so many rows below, with a filter.

        It has no style of its own: the cells carry theirs.
        """
        self.add_table(
            0,
            0,
            1,
            len(headers) - 1,
            {
                "name": name,
                "style": None,
                "banded_rows": False,
                "columns": [{"header": header} for header in headers],
            },
        )
        # xlsxwriter notes every cell of a table, which takes long; its extent is set afterwards.
        area = xl_range(0, 0, rows, len(headers) - 1)
        self.tables[-1] |= {"range": area, "a_range": area, "autofilter": area}

    def _write_hyperlinks(self) -> None:
        """Write the element of all links, which xlsxwriter calls on closing the workbook."""
        if not self._links:
            super()._write_hyperlinks()
            return
        assert not self.hyperlinks, self.name
        self._xml_start_tag("hyperlinks")
        self.fh.write("".join(self._links))
        self._xml_end_tag("hyperlinks")

    def _write_sheet_data(self) -> None:
        """Write the element of all rows, which xlsxwriter calls on closing the workbook."""
        if self._rows is None:
            super()._write_sheet_data()
            return
        # xlsxwriter notes the header and the links itself; any other cell would be lost.
        noted = {(row, column) for row, cells in self.table.items() if row for column in cells}
        linked = {(row, column) for row, cells in self.hyperlinks.items() for column in cells}
        assert noted <= linked, self.name
        self._xml_start_tag("sheetData")
        self.fh.flush()
        with self._rows as rows:
            rows.seek(0)
            shutil.copyfileobj(rows, self.fh.buffer, _COPIED)
        self._xml_end_tag("sheetData")


class Shapes:
    """What cells with values of one column look like as XML.

    They carry no address, which the format leaves to the writer: each row begins in column A and
    leaves none out. Addresses would be more than half of what is compressed.

    Parameters
    ----------
    plain, day, moment, blank
        Indices of the formats for text and numbers, dates, dates with a time, and empty cells.
    share
        Gives a text its place in the workbook's table of shared strings; those that stand in many
        cells of the column go there.
    """

    # A column of which most values differ is not worth remembering.
    MOST = 10_000
    OFTEN = 4

    def __init__(
        self, plain: int, day: int, moment: int, blank: int, share: Callable[[str], int]
    ) -> None:
        self._plain, self._day, self._moment, self._blank = plain, day, moment, blank
        self._share = share
        self._known: dict[object, str] = {}

    def of(self, values: Sequence[object]) -> list[str]:
        """Return the XML of a cell for each value.

        Raises
        ------
        TypeError
            No cell can hold a value of that type.
        """
        found = list(map(self._known.get, values))
        if None not in found:
            return cast("list[str]", found)
        often = self.OFTEN * len(set(values)) <= len(values)
        if not often and _all_plain(values):
            start, end = f'<c s="{self._plain}" t="inlineStr"><is><t>', "</t></is></c>"
            blank = f'<c s="{self._blank}"/>'
            return [f"{start}{value}{end}" if value else blank for value in values]
        return [
            self._remembered(value, often) if shape is None else shape
            for value, shape in zip(values, found, strict=True)
        ]

    def _remembered(self, value: object, often: bool) -> str:
        if value in self._known:
            return self._known[value]
        short = isinstance(value, str) and 0 < len(value) <= limits.CELL // 2
        if often and short and _is_plain(str(value)):
            made = f'<c s="{self._plain}" t="s"><v>{self._share(str(value))}</v></c>'
        else:
            made = self._made(value)
        if len(self._known) < self.MOST:
            self._known[value] = made
        return made

    def _made(self, value: object) -> str:
        if isinstance(value, str):
            if not value:
                return f'<c s="{self._blank}"/>'
            return f'<c s="{self._plain}" t="inlineStr"><is>{_text(value)}</is></c>'
        if isinstance(value, (int, float)):
            return f'<c s="{self._plain}"><v>{value:.16G}</v></c>'
        if isinstance(value, datetime) and (value.hour or value.minute or value.second):
            seconds = value.hour * 3600 + value.minute * 60 + value.second
            serial = value.toordinal() - _DAY_ZERO + seconds / 86_400
            return f'<c s="{self._moment}"><v>{serial:.16G}</v></c>'
        if isinstance(value, date):
            return f'<c s="{self._day}"><v>{value.toordinal() - _DAY_ZERO}</v></c>'
        if value is None:
            return f'<c s="{self._blank}"/>'
        raise TypeError(repr(value))


def _text(value: str) -> str:
    value = limits.cut(value, limits.CELL)
    if _is_plain(value):
        return f"<t>{value}</t>"
    space = ' xml:space="preserve"' if value != value.strip() else ""
    return f"<t{space}>{_escaped(Worksheet._escape_control_characters(value))}</t>"


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _all_plain(values: Sequence[object]) -> TypeGuard[Sequence[str]]:
    """Tell whether all are texts that stand in XML as they are: one look instead of thousands."""
    if set(map(type, values)) != {str}:
        return False
    texts = cast("Sequence[str]", values)
    joined = _BETWEEN.join(texts)
    return (
        _is_plain(joined)
        and f"{_BETWEEN} " not in joined
        and f" {_BETWEEN}" not in joined
        and max(map(len, texts)) <= limits.CELL // 2
    )


def _is_plain(value: str) -> bool:
    """Tell whether a text stands in XML as it is; nearly every one does, so this is quick."""
    return (
        value.isprintable()
        and "<" not in value
        and "&" not in value
        and ">" not in value
        and "_x" not in value  # how Excel escapes what XML cannot hold
        and not value.startswith(" ")
        and not value.endswith(" ")
    )


def rows_xml(first: int, columns: Sequence[Sequence[str]], heights: Sequence[float]) -> str:
    """Return rows as XML.

    Parameters
    ----------
    first
        Number of the first row, from 1.
    columns
        For each column from A on what :meth:`Shapes.of` made of its values.
    heights
        Of the rows in points; 0 where a row has the sheet's own.
    """
    numbers = range(first, first + len(heights))
    if any(heights):
        starts = list(map(_row_start, numbers, heights))
    else:
        starts = [f'<row r="{number}">' for number in numbers]
    rows = zip(starts, *columns, repeat("</row>", len(heights)), strict=True)
    return "".join(map("".join, rows))


def _row_start(number: int, height: float) -> str:
    tall = f' ht="{height:.16g}" customHeight="1"' if height else ""
    return f'<row r="{number}"{tall}>'
