"""The sheet Kalender: a block for each week, teams by days, a cell for each visit.

Made to be printed and pinned to the wall: a page breaks between weeks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.allocation.conditions import is_workday
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.schedule import Visit
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.model.week import Week
from labkesmas_batch.text.indonesian import DAYS, brief_span, number, short_date
from labkesmas_batch.workbooks.calendar_layout import (
    DAY_OFF_WIDTH,
    DAY_WIDTH,
    IDLE,
    LINES,
    MOST_VISITS,
    TITLE,
    TOP_ROWS,
    Block,
    Layout,
    Slot,
    TeamRows,
)
from labkesmas_batch.workbooks.calendar_layout import LINE as LINE_HEIGHT
from labkesmas_batch.workbooks.links import SheetLinks
from labkesmas_batch.xlsx.book import CLASS_LOOK, Look, WorkbookWriter
from labkesmas_batch.xlsx.palette import DARK, EXTERNAL, INTERNAL, LINE, SHADE

# What a line of a cell holds at the calendar's smaller size, bold for what is done.
_CHARACTERS = 27
_LAST = 7
# Who is with a team on a day, of a week with too many visits to name them.
Crowd = dict[tuple[str, date], list[Slot]]


def write_calendar(
    book: WorkbookWriter, week: Week, run: str, layout: Layout, places: SheetLinks
) -> None:
    """Write the sheet Kalender: weeks with visits only, internal and external coloured."""
    sheet = book.sheet(SheetName.CALENDAR, "Kalender Pengambilan Contoh Uji", tab=DARK)
    sheet.set_column(0, 0, 11)
    for weekday in range(7):
        works = weekday in week.reference.policy.workdays
        sheet.set_column(weekday + 1, weekday + 1, DAY_WIDTH if works else DAY_OFF_WIDTH)
    _legend(book, sheet)
    remark = f"Jadwal {run}: {_standing(week)}."
    if len(week.ahead) > MOST_VISITS:
        said = f"Lebih dari {number(MOST_VISITS)} kunjungan: tiap sel hanya menyebut jumlahnya."
        remark = f"{remark} {said} Rinciannya di lembar Jadwal."
    sheet.write_string(1, 0, remark, book.format(italic=True, valign="vcenter"))
    last = TOP_ROWS
    crowd = _visits_by_day(week.ahead) if len(week.ahead) > MOST_VISITS else None
    for block in layout.blocks:
        _Week(book, sheet, week, block, places, crowd).write()
        last = block.row + block.rows - 1
    if not layout.blocks:
        sheet.write_string(last, 0, "Belum ada kunjungan.", book.format(italic=True))
    elif layout.cut:
        sheet.write_string(last, 0, "Pekan sesudahnya hanya di lembar Jadwal.", book.format())
        last += 1
    sheet.set_h_pagebreaks(layout.breaks)
    sheet.set_print_scale(layout.scale)
    sheet.print_area(0, 0, last, _LAST)
    sheet.center_horizontally()
    sheet.freeze_panes(TOP_ROWS, 1)
    sheet.repeat_rows(0, TOP_ROWS - 1)


def _standing(week: Week) -> str:
    """Say whether the printed page on the wall holds."""
    if signed := week.plan.approved:
        return f"disahkan oleh {signed.by} pada {short_date(signed.on)}"
    return f"usulan {short_date(week.run_date)}, belum disahkan"


def _legend(book: WorkbookWriter, sheet: Worksheet) -> None:
    centred = {"align": "center", "valign": "vcenter", "border": 1, "border_color": LINE}
    sheet.set_row(0, 18)
    sheet.set_row(1, 18)
    sheet.write_string(0, 0, Header.NOTE, book.format(bold=True, valign="vcenter"))
    sheet.write_string(0, 1, "Internal", book.format(bg_color=INTERNAL, **centred))
    sheet.write_string(0, 2, "Eksternal", book.format(bg_color=EXTERNAL, **centred))
    sheet.write_string(0, 3, "Libur, akhir pekan, cuti", book.format(bg_color=SHADE, **centred))
    framed = centred | {"border": 2, "border_color": DARK}
    sheet.write_string(0, 4, "■ Terkunci, tidak pindah", book.format(**framed))
    text = "(…) jumlah contoh uji; → perjalanan berlanjut"
    sheet.merge_range(0, 5, 0, _LAST, text, book.format(valign="vcenter", indent=1, font_size=9))


class _Week:
    """Writes one week: its title, its days, and the rows of its teams."""

    def __init__(
        self,
        book: WorkbookWriter,
        sheet: Worksheet,
        week: Week,
        block: Block,
        places: SheetLinks,
        crowd: Crowd | None,
    ) -> None:
        self._book, self._sheet, self._block, self._places = book, sheet, block, places
        self._reference = week.reference
        self._by_team = crowd

    def write(self) -> None:
        """Write it where the layout has it."""
        self._write_heads()
        row = self._block.row + 2
        for team in self._block.teams:
            self._write_team(team, row)
            row += team.rows

    def _write_heads(self) -> None:
        row, monday = self._block.row, self._block.monday
        sunday = monday + timedelta(days=6)
        title = f"Pekan {brief_span(monday, sunday)} {sunday.year}"
        self._sheet.set_row(row, TITLE)
        self._sheet.write_string(row, 0, title, self._book.heading(12))
        self._sheet.set_row(row + 1, self._block.head)
        self._sheet.write_string(row + 1, 0, Header.TEAM, self._book.header(align="center"))
        for column, day in enumerate(self._block.days, start=1):
            works = day.weekday() in self._reference.policy.workdays
            holiday = self._reference.holidays.get(day)
            text = f"{DAYS[day.weekday()]}, {short_date(day)}"
            if not works:
                text = f"{DAYS[day.weekday()][:3]}, {brief_span(day, day)}"
            if holiday:
                text = f"{text}\n{holiday.name}"
            look = self._book.header if works and not holiday else self._book.muted_header
            size = {} if works else {"font_size": 9}
            self._sheet.write_string(row + 1, column, text, look(align="center", **size))

    def _write_team(self, team: TeamRows, row: int) -> None:
        idle = [_why_idle(self._reference, team.team, day) for day in self._block.days]
        for at in range(team.rows):
            self._sheet.set_row(row + at, LINE_HEIGHT if team.lanes else IDLE)
            sides = _sides(at == 0, at + 1 == team.rows)
            name = self._book.body(
                Look.BOLD, valign="vcenter" if team.rows == 1 else "top", **sides
            )
            self._sheet.write_string(row + at, 0, team.team if not at else "", name)
            for day, why in enumerate(idle):
                text = self._count(team.team, day) or (why or "" if not at else "")
                self._write_text(row + at, day + 1, text, sides, shaded=why is not None)
        for at, lane in enumerate(team.lanes):
            for day, slot in lane.items():
                self._write_visit(row + LINES * at, day + 1, slot)

    def _write_text(
        self, row: int, column: int, text: str, sides: Mapping[str, object], *, shaded: bool
    ) -> None:
        looks: dict[str, object] = {"font_size": 9, "text_wrap": False, **sides}
        if shaded and self._by_team is None:
            looks |= {"bg_color": SHADE, "font_size": 8, "italic": True}
        look = self._book.body(Look.PLAIN, **looks)
        if text:
            self._sheet.write_string(row, column, text, look)
        else:
            self._sheet.write_blank(row, column, None, look)

    def _write_visit(self, row: int, column: int, slot: Slot) -> None:
        """Write a day of a visit: framed where it is locked, open to the days it goes on."""
        visit = slot.visit
        frame: dict[str, object] = {}
        if visit.status is Outcome.LOCKED:
            frame = dict.fromkeys(("left", "right", "top", "bottom"), 2)
            frame |= {f"{side}_color": DARK for side in ("left", "right", "top", "bottom")}
        fill = CLASS_LOOK[visit.request.customer_class]
        place = self._places.standing(visit.request.number)
        for at, text in enumerate(_lines(slot)):
            sides = frame | {
                side: 0
                for side, inner in (
                    ("top", at > 0),
                    ("bottom", at + 1 < LINES),
                    ("left", slot.step > 0),
                    ("right", slot.more),
                )
                if inner
            }
            looks = {"font_size": 9, "text_wrap": False, "bold": not at, **sides}
            look = self._book.body(fill, **looks)
            self._sheet.write_string(row + at, column, text, look)
            if not at:
                self._sheet.write_url(row, column, f"internal:{place}", look, text)

    def _count(self, team: str, day: int) -> str:
        """Count the visits of a team and day, where there are too many to name them."""
        if self._by_team is None:
            return ""
        here = self._by_team.get((team, self._block.days[day]), ())
        if not here:
            return ""
        starting = [slot.visit for slot in here if not slot.step]
        samples = sum(visit.request.samples for visit in starting)
        later = len(here) - len(starting)
        on_the_way = f", {later} lanjutan" if later else ""
        return f"{len(starting)} kunjungan ({samples}){on_the_way}"


def _visits_by_day(visits: Sequence[Visit]) -> Crowd:
    found: Crowd = defaultdict(list)
    for visit in visits:
        for step in range((visit.last - visit.first).days + 1):
            on = visit.first + timedelta(days=step)
            found[visit.team, on].append(Slot(visit, step, on < visit.last))
    return found


def _why_idle(reference: Reference, team: str, day: date) -> str | None:
    """Return why the team has no visit that day, '' where its column says so, None for none."""
    if not is_workday(day, reference.policy.workdays, reference.holidays):
        return ""
    leave = reference.leave_of(team, day)
    if leave is None:
        return None
    return f"Cuti: {leave.why}" if leave.why else "Cuti"


def _sides(first: bool, last: bool) -> dict[str, object]:
    """Return the borders of a row of a block of rows."""
    return {"top": 1 if first else 0, "bottom": 1 if last else 0}


def _lines(slot: Slot) -> tuple[str, str, str]:
    """Return what, for whom and where; a later day of a trip only says that it goes on."""
    request = slot.visit.request
    locked = " ■" if slot.visit.status is Outcome.LOCKED else ""
    if slot.step:
        return f"→ {request.number}{locked}", _cut(request.region), ""
    what = f"{request.number} · {request.sample_type}"
    samples = f" ({request.samples}){locked}"
    where = f"{request.site}, {request.region}"
    return _cut(what, len(samples)) + samples, _cut(request.customer), _cut(where)


def _cut(text: str, taken: int = 0) -> str:
    """Shorten a line so that it stays within its cell."""
    most = _CHARACTERS - taken
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
