"""One design for everything that is printed: names, palette, typeface, formats of dates.

The workbooks, the templates, the documents and the marked copies take it from here. Colours that
stand beside each other differ in lightness, too, so that grey print and colour-blind eyes tell them
apart; a test measures it.
"""

from __future__ import annotations

from labkesmas_batch.xlsx.limits import cut, units

# So much of a name stands beside the title above an upright page.
_MOST_IN_HEAD = 48


def in_head(text: str) -> tuple[int, str]:
    """Return size and text beside the title above a page: smaller, then cut, if it is long.

    Ampersands are doubled, since one begins a code there.
    """
    size = 8 if units(text) <= _MOST_IN_HEAD else 6
    most = _MOST_IN_HEAD * 8 // 6
    shown = text if units(text) <= most else f"{cut(text, most - 1).rstrip()}…"
    # A digit right behind the size would be read as part of it.
    return size, (" " if shown[:1].isdigit() else "") + shown.replace("&", "&&")


FONT = "Arial"


DARK = "#1F3A5F"
# Headers of columns that may stay blank, of days off.
MUTED = "#66707F"
LINE = "#BFC7D1"
SHADE = "#E4E7EB"
GREY_TEXT = "#555555"
LINK = "#1155CC"

# The two classes of customers: a light and a dark one of each.
INTERNAL, EXTERNAL = "#D9E8F8", "#F4BE80"
INTERNAL_BAR, EXTERNAL_BAR = "#2F6DB5", "#E9A04A"

# What somebody should look at, what is wrong, where somebody writes.
ATTENTION, FAULT, INPUT = "#FFF2B3", "#F2A9B6", "#FFFBE6"
WARNING_TEXT = "#9C2A10"

# Tabs of sheets: for everyone, that wait for somebody, that are read on demand.
TAB_MAIN, TAB_ACTION, TAB_ATTENTION, TAB_DETAIL = DARK, "#C0504D", "#E0B93C", "#9AA5B1"


DATE = "[$-421]d mmm yyyy;@"
MOMENT = "[$-421]d mmm yyyy hh:mm;@"
LONG_DATE = "[$-421]d mmmm yyyy;@"


WHOLE = "[$-421]#,##0"
ONE_PLACE = "[$-421]0.0"
SIGNED = "[$-421]+0.0;[$-421]-0.0;0"
