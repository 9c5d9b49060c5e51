"""One design for all workbooks: typeface, palette, formats, page set-up."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import xlsxwriter
import xlsxwriter.workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from labkesmas_batch.model.institution import US, Issuer
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.xlsx.limits import PROPERTY, cut
from labkesmas_batch.xlsx.palette import (
    ATTENTION,
    DARK,
    EXTERNAL,
    FAULT,
    FONT,
    GREY_TEXT,
    INPUT,
    INTERNAL,
    LINE,
    LINK,
    MUTED,
    in_head,
)
from labkesmas_batch.xlsx.rows import PlainSheet, RowSheet

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

# A third of the work of packing for a quarter more bytes; xlsxwriter has no option for it.
xlsxwriter.workbook.ZipFile = partial(ZipFile, compresslevel=3)
# The hidden sheet of what dropdowns offer.
LISTS = SheetName.LISTS
# On screen; wide tables show more of themselves.
_ZOOM, _WIDE_ZOOM = 100, 90


class Look(StrEnum):
    """How a cell looks, beside what it holds."""

    PLAIN = "plain"
    INTERNAL = "internal"
    EXTERNAL = "external"
    ATTENTION = "attention"
    FAULT = "fault"
    INPUT = "input"
    TYPED = "typed"
    BOLD = "bold"
    LINK = "link"


_LOOKS: dict[Look, dict[str, object]] = {
    Look.PLAIN: {},
    Look.INTERNAL: {"bg_color": INTERNAL},
    Look.EXTERNAL: {"bg_color": EXTERNAL},
    Look.ATTENTION: {"bg_color": ATTENTION},
    Look.FAULT: {"bg_color": FAULT},
    Look.INPUT: {"bg_color": INPUT, "locked": False},
    # As text: a number such as 0012 stays what it is.
    Look.TYPED: {"bg_color": INPUT, "locked": False, "num_format": "@"},
    Look.BOLD: {"bold": True},
    Look.LINK: {"font_color": LINK, "underline": 1, "bold": True},
}
CLASS_LOOK = {"Internal": Look.INTERNAL, "Eksternal": Look.EXTERNAL}


class WorkbookWriter:
    """A workbook to be written, with its formats made once.

    Parameters
    ----------
    path
        The file to write.
    title
        For the document's properties.
    created
        Stands in for the clock, so that the same input gives the same bytes.
    issuer
        Whose workbook it is.
    """

    def __init__(self, path: Path, title: str, created: datetime, issuer: Issuer = US) -> None:
        self.issuer = issuer
        self.workbook: Workbook = xlsxwriter.Workbook(
            str(path),
            {
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": {"font_name": FONT, "font_size": 10},
            },
        )
        self.workbook.worksheet_class = PlainSheet
        self.workbook.set_properties(
            {
                "title": title,
                "subject": cut(issuer.sop, PROPERTY),
                "created": created,
                **dict.fromkeys(("company", "author"), cut(issuer.name, PROPERTY)),
            }
        )
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def share(self, text: str) -> int:
        """Return the place of a text in the table of strings that cells share."""
        place: int = self.workbook.str_table._get_shared_string_index(text)
        return place

    def format(self, **properties: object) -> Format:
        """Return the format with these xlsxwriter properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base: dict[str, Any] = {"font_name": FONT, "font_size": 10, "valign": "top"}
            self._formats[key] = self.workbook.add_format(base | properties)
        return self._formats[key]

    def body(self, look: Look, **properties: object) -> Format:
        """Return the format of a table cell."""
        framed: dict[str, object] = {"border": 1, "border_color": LINE, "text_wrap": True}
        return self.format(**(framed | _LOOKS[look] | properties))

    def header(self, **properties: object) -> Format:
        """Return the format of a column header."""
        looks: dict[str, object] = {
            "bold": True, "bg_color": DARK, "font_color": "#FFFFFF", "text_wrap": True,
            "valign": "vcenter", "border": 1, "border_color": LINE,
        }  # fmt: skip
        return self.format(**(looks | properties))

    def muted_header(self, **properties: object) -> Format:
        """Return the format of a header that stands back: optional columns, days off."""
        return self.header(bg_color=MUTED, **properties)

    def heading(self, size: int = 11) -> Format:
        """Return the format of a title on a sheet that is laid out."""
        return self.format(bold=True, font_size=size, font_color=DARK, valign="vcenter")

    def remark(self) -> Format:
        """Return the format of a remark beside what counts."""
        return self.format(italic=True, font_size=9, font_color=GREY_TEXT, text_wrap=True)

    def sheet(
        self,
        name: str,
        title: str,
        *,
        landscape: bool = True,
        tab: str = "",
        wide: bool = False,
        purpose: str = "",
    ) -> RowSheet:
        """Add a sheet that is set up for A4, with the institution's head and page numbers.

        Parameters
        ----------
        title
            On paper it stands between institution and SOP number; a second line would not come
            through openpyxl.
        wide
            More columns than a screen shows at its full size.
        purpose
            Stands beside the sheet's name at the foot of the page.
        """
        sheet = self.workbook.add_worksheet(name, RowSheet)
        assert isinstance(sheet, RowSheet)
        sheet.hide_gridlines(2)
        sheet.set_zoom(_WIDE_ZOOM if wide else _ZOOM)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
        plain = f'&"{FONT},Regular"&8'
        bold = f'&"{FONT},Bold"&11'
        left, right = (
            f'&"{FONT},Regular"&{size}{text}'
            for size, text in map(in_head, (self.issuer.name, self.issuer.sop_number))
        )
        sheet.set_header(f"&L{left}&C{bold}{in_print(title)}&R{right}")
        name_and_purpose = f"&A. {in_print(purpose)}" if purpose else "&A"
        sheet.set_footer(f"&L{plain}&F&C{plain}{name_and_purpose}&R{plain}Halaman &P dari &N")
        if tab:
            sheet.set_tab_color(tab)
        return sheet

    def protect(self, sheet: Worksheet) -> None:
        """Lock what is not meant to be filled in against slips; there is no password."""
        sheet.protect(
            "",
            {
                "autofilter": True,
                "sort": True,
                "format_columns": True,
                "format_rows": True,
                "objects": True,
                "scenarios": True,
            },
        )

    def close(self) -> None:
        """Write the file.

        Raises
        ------
        OSError
            The disk is full, or the folder may not be written to.
        """
        try:
            self.workbook.close()
        except FileCreateError as error:
            raise OSError(*getattr(error.args[0], "args", error.args)) from error


def in_print(text: str) -> str:
    """Return a text for a header or footer, where an ampersand begins a code."""
    return text.replace("&", "&&")


def index_of(look: Format) -> int:
    """Return the number by which cells name a format; its properties may not change any more."""
    number: int = look._get_xf_index()
    return number


def in_pixels(points: float) -> float:
    """Return the height of a row in whole pixels, as spreadsheet programs keep it, in points."""
    return int(points * 4 / 3 + 0.5) * 0.75
