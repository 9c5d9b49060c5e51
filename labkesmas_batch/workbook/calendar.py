"""The sheet Kalender: a block for each week, teams by days, a cell for each visit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.model import Reference, Visit, Week
from labkesmas_batch.wording import DAYS, brief_span, number, short_date
from labkesmas_batch.workbook.styles import (
    CLASS_LOOK,
    DARK,
    EXTERNAL,
    INTERNAL,
    LINE,
    SHADE,
    Book,
    Look,
)

_DAY_WIDTH, _DAY_OFF_WIDTH = 25.0, 10.0
# What a line of a cell holds at the calendar's smaller size.
_CHARACTERS = 27
_LINE_HEIGHT = 12
_LINES_A_PAGE = 40
# With more visits nobody finds his own here: a cell then counts the visits of a team and day. And
# no sheet has more rows than this.
MOST_VISITS, MOST_ROWS = 5_000, 1_048_576
Slots = Mapping[tuple[str, date], list[tuple[Visit, int]]]


def write_calendar(book: Book, week: Week) -> None:
    """Write the sheet Kalender: weeks with visits only, internal and external coloured."""
    sheet = book.sheet("Kalender", "Kalender Pengambilan Contoh Uji", tab=DARK)
    sheet.set_column(0, 0, 11)
    for weekday in range(7):
        works = weekday in week.reference.policy.workdays
        sheet.set_column(weekday + 1, weekday + 1, _DAY_WIDTH if works else _DAY_OFF_WIDTH)
    row = _legend(book, sheet)
    slots = _slots(week.visits)
    write = _write_week
    if len(week.visits) > MOST_VISITS:
        write = _write_counts
        said = f"Lebih dari {number(MOST_VISITS)} kunjungan: tiap sel hanya menyebut jumlahnya."
        sheet.write_string(1, 0, f"{said} Rinciannya di lembar Jadwal.", book.format(italic=True))
    mondays = sorted({day - timedelta(days=day.weekday()) for _, day in slots})
    if not mondays:
        sheet.write_string(row, 0, "Belum ada kunjungan.", book.format(italic=True))
    breaks, lines = [], 2
    for monday in mondays:
        height = 3 * _week_rows(week, slots, monday) + 3
        if row + height > MOST_ROWS:
            sheet.write_string(row, 0, "Pekan sesudahnya hanya di lembar Jadwal.", book.format())
            break
        if lines + height > _LINES_A_PAGE and lines > 2:
            breaks.append(row)
            lines = 0
        lines += height
        row = write(book, sheet, week, slots, monday, row) + 1
    sheet.set_h_pagebreaks(breaks)
    sheet.set_print_scale(82)
    sheet.freeze_panes(2, 1)
    sheet.repeat_rows(0, 1)


def _legend(book: Book, sheet: Worksheet) -> int:
    centred = {"align": "center", "border": 1, "border_color": LINE}
    sheet.write_string(0, 0, "Keterangan", book.format(bold=True))
    sheet.write_string(0, 1, "Internal", book.format(bg_color=INTERNAL, **centred))
    sheet.write_string(0, 2, "Eksternal", book.format(bg_color=EXTERNAL, **centred))
    sheet.write_string(0, 3, "Libur atau cuti", book.format(bg_color=SHADE, **centred))
    sheet.write_string(
        0, 4, "Angka dalam kurung: jumlah contoh uji. → perjalanan berlanjut.", book.format()
    )
    return 2


def _slots(visits: tuple[Visit, ...]) -> Slots:
    """Return for each team and day the visits of that day, and which day of the visit it is."""
    slots: dict[tuple[str, date], list[tuple[Visit, int]]] = defaultdict(list)
    for visit in visits:
        for step in range((visit.last - visit.first).days + 1):
            slots[visit.team, visit.first + timedelta(days=step)].append((visit, step))
    for here in slots.values():
        here.sort(key=lambda slot: (slot[0].first, slot[0].ranked.rank))
    return slots


def _days(monday: date) -> list[date]:
    return [monday + timedelta(days=step) for step in range(7)]


def _team_rows(team: str, slots: Slots, monday: date) -> int:
    return max(1, *(len(slots.get((team, day), ())) for day in _days(monday)))


def _week_rows(week: Week, slots: Slots, monday: date) -> int:
    if len(week.allocation.visits) > MOST_VISITS:
        return len(week.reference.teams)
    return sum(_team_rows(team.name, slots, monday) for team in week.reference.teams)


def _write_week(
    book: Book, sheet: Worksheet, week: Week, slots: Slots, monday: date, row: int
) -> int:
    row = _write_heads(book, sheet, week, monday, row)
    for team in week.reference.teams:
        idle = [_why_idle(week.reference, team.name, day) for day in _days(monday)]
        row = _write_team(book, sheet, team.name, slots, monday, row, idle)
    return row


def _write_counts(
    book: Book, sheet: Worksheet, week: Week, slots: Slots, monday: date, row: int
) -> int:
    """Write a week with a row for each team, which counts visits and samples of its days."""
    row = _write_heads(book, sheet, week, monday, row)
    name, cell = book.body(Look.BOLD), book.body(Look.PLAIN, font_size=9)
    shaded = book.body(Look.PLAIN, bg_color=SHADE, font_size=8, italic=True)
    for team in week.reference.teams:
        sheet.write_string(row, 0, team.name, name)
        for column, day in enumerate(_days(monday), start=1):
            if here := slots.get((team.name, day)):
                sheet.write_string(row, column, _count(here), cell)
            elif (why := _why_idle(week.reference, team.name, day)) is not None:
                sheet.write_string(row, column, why, shaded)
            else:
                sheet.write_blank(row, column, None, cell)
        row += 1
    return row


def _count(slots: Sequence[tuple[Visit, int]]) -> str:
    starting = [visit for visit, step in slots if not step]
    samples = sum(visit.request.samples for visit in starting)
    on_the_way = f", {len(slots) - len(starting)} lanjutan" if len(slots) > len(starting) else ""
    return f"{len(starting)} kunjungan ({samples}){on_the_way}"


def _write_heads(book: Book, sheet: Worksheet, week: Week, monday: date, row: int) -> int:
    """Write the week's title and its days, and return the row below."""
    sunday = monday + timedelta(days=6)
    title = f"Pekan {brief_span(monday, sunday)} {sunday.year}"
    sheet.write_string(row, 0, title, book.format(bold=True, font_size=12, font_color=DARK))
    sheet.write_string(row + 1, 0, "Tim", book.header(align="center"))
    for column, day in enumerate(_days(monday), start=1):
        works = day.weekday() in week.reference.policy.workdays
        name = DAYS[day.weekday()] if works else DAYS[day.weekday()][:3]
        shown = short_date(day) if works else brief_span(day, day)
        looks = {} if works and day not in week.reference.holidays else {"bg_color": "#7A8696"}
        sheet.write_string(
            row + 1, column, f"{name}, {shown}", book.header(align="center", **looks)
        )
    return row + 2


def _why_idle(reference: Reference, team: str, day: date) -> str | None:
    """Return why the team has no visit that day, '' for a weekend, None where it could."""
    if holiday := reference.holidays.get(day):
        return holiday.name
    if day.weekday() not in reference.policy.workdays:
        return ""
    for leave in reference.leaves:
        if leave.team == team and leave.first <= day <= leave.last:
            return f"Cuti: {leave.why}" if leave.why else "Cuti"
    return None


def _write_team(
    book: Book, sheet: Worksheet, team: str, slots: Slots, monday: date, row: int,
    idle: list[str | None],
) -> int:  # fmt: skip
    height = _team_rows(team, slots, monday)
    for line in range(height):
        sheet.set_row(row + line, 3 * _LINE_HEIGHT)
        sheet.write_string(
            row + line, 0, team if line == 0 else "",
            book.body(Look.BOLD, valign="vcenter", top=1 if line == 0 else 0),
        )  # fmt: skip
        for column, day in enumerate(_days(monday), start=1):
            here, why = slots.get((team, day), ()), idle[column - 1]
            if line < len(here):
                visit, step = here[line]
                look = CLASS_LOOK[visit.request.customer_class]
                sheet.write_string(
                    row + line, column, _label(visit, step), book.body(look, font_size=9)
                )
            elif why is not None:
                shaded = book.body(Look.PLAIN, bg_color=SHADE, font_size=8, italic=True)
                sheet.write_string(row + line, column, why if line == 0 else "", shaded)
            else:
                sheet.write_blank(row + line, column, None, book.body(Look.PLAIN))
    return row + height


def _label(visit: Visit, step: int) -> str:
    """Return what, for whom and where; a later day of a trip only says that it goes on."""
    request = visit.request
    if step:
        return f"→ {request.number}\n{_cut(request.region)}"
    what = f"{request.number} · {request.sample_type}"
    samples = f" ({request.samples})"
    return "\n".join(
        (_cut(what, len(samples)) + samples, _cut(request.customer), _cut(request.region))
    )


def _cut(text: str, taken: int = 0) -> str:
    """Shorten a line so that it stays one line of the cell."""
    most = _CHARACTERS - taken
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
