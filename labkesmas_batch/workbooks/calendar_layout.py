"""Where everything stands on the sheet Kalender, before a cell of it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xlsxwriter.utility import xl_rowcol_to_cell

from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.schedule import Visit
from labkesmas_batch.model.week import Week
from labkesmas_batch.xlsx.paging import MOST_BREAKS, paginate
from labkesmas_batch.xlsx.text_size import line_count

# With more visits nobody finds his own here: a cell then counts the visits of a team and day. And
# no sheet has more rows than this.
MOST_VISITS, MOST_ROWS = 5_000, 1_048_576
DAY_WIDTH, DAY_OFF_WIDTH = 25.0, 11.0
# Legend and remark, which every page repeats.
TOP_ROWS = 2
# Heights in points: the top, a week's title, a line, a team without visits, between weeks.
_TOP, TITLE, LINE, IDLE, GAP = 40.0, 20.0, 12.0, 18.0, 12.0
# A visit takes so many rows: what, for whom, where.
LINES = 3
# The largest at which its width fits the page, in percent.
_MOST_SCALE = 83


@dataclass(frozen=True, slots=True)
class Slot:
    """A day of a visit: ``step`` 0 is its first day, ``more`` says that it goes on."""

    visit: Visit
    step: int
    more: bool


Lane = Mapping[int, Slot]
"""Days of the week, from 0, to what takes place."""


@dataclass(frozen=True, slots=True)
class TeamRows:
    """A team's rows in a week: a lane for each visit of its fullest day; one row where none."""

    team: str
    lanes: tuple[Lane, ...]

    @property
    def rows(self) -> int:
        """Return how many rows it takes."""
        return LINES * len(self.lanes) or 1

    @property
    def height(self) -> float:
        """Return its height in points."""
        return LINE * self.rows if self.lanes else IDLE


@dataclass(frozen=True, slots=True)
class Block:
    """A week: the row of its title, its days, its teams, the height of the row of days."""

    row: int
    monday: date
    teams: tuple[TeamRows, ...]
    head: float

    @property
    def days(self) -> list[date]:
        """Return the seven days."""
        return [self.monday + timedelta(days=step) for step in range(7)]

    @property
    def rows(self) -> int:
        """Return how many rows it takes, with a blank one below."""
        return 3 + sum(team.rows for team in self.teams)

    @property
    def height(self) -> float:
        """Return its height in points."""
        return TITLE + self.head + GAP + sum(team.height for team in self.teams)


@dataclass(frozen=True, slots=True)
class Layout:
    """The sheet.

    Parameters
    ----------
    blocks
        Weeks with visits, in order.
    cut
        There are more weeks than the sheet has rows.
    scale
        Of the print, in percent.
    breaks
        Rows before which a page begins.
    places
        No. Permintaan to the cell of its first day; empty where cells only count visits.
    """

    blocks: tuple[Block, ...]
    cut: bool
    scale: int
    breaks: tuple[int, ...]
    places: Mapping[str, str]


def lay_out(week: Week) -> Layout:
    """Give every week with visits its block, and break pages between weeks."""
    counted = len(week.ahead) > MOST_VISITS
    by_week = _by_week(week.ahead)
    blocks: list[Block] = []
    row = TOP_ROWS
    for monday in sorted(by_week):
        here: Mapping[str, Sequence[Visit]] = by_week[monday]
        gone = sorted(here.keys() - {team.name for team in week.reference.teams})
        teams = tuple(
            TeamRows(name, () if counted else _lanes(here.get(name, ()), monday))
            for name in (*(team.name for team in week.reference.teams), *gone)
        )
        block = Block(row, monday, teams, _head_height(week.reference, monday))
        if row + block.rows > MOST_ROWS:
            break
        blocks.append(block)
        row += block.rows
    scale, breaks = _pages(blocks)
    places = {} if counted else dict(_places(blocks))
    return Layout(tuple(blocks), len(blocks) < len(by_week), scale, breaks, places)


def _by_week(visits: Iterable[Visit]) -> dict[date, dict[str, list[Visit]]]:
    """Return the visits of each team in each week, by its Monday."""
    found: dict[date, dict[str, list[Visit]]] = defaultdict(lambda: defaultdict(list))
    for visit in visits:
        monday = visit.first - timedelta(days=visit.first.weekday())
        while monday <= visit.last:
            found[monday][visit.team].append(visit)
            monday += timedelta(days=7)
    return found


def _lanes(visits: Sequence[Visit], monday: date) -> tuple[Lane, ...]:
    """Return rows in which no two visits share a day, and each keeps its row while it lasts."""
    lanes: list[dict[int, Slot]] = []
    sunday = monday + timedelta(days=6)
    for visit in sorted(visits, key=lambda v: (v.first, v.ranked.rank, v.request.number)):
        first, last = max(visit.first, monday), min(visit.last, sunday)
        days = range((first - monday).days, (last - monday).days + 1)
        lane = next((lane for lane in lanes if not lane.keys() & set(days)), None)
        if lane is None:
            lane = {}
            lanes.append(lane)
        for day in days:
            on = monday + timedelta(days=day)
            lane[day] = Slot(visit, (on - visit.first).days, on < visit.last)
    return tuple(lanes)


def _head_height(reference: Reference, monday: date) -> float:
    names = [reference.holidays.get(monday + timedelta(days=step)) for step in range(7)]
    lines = [
        line_count(day.name, (DAY_WIDTH if step < 5 else DAY_OFF_WIDTH) * 0.9)
        for step, day in enumerate(names)
        if day
    ]
    return (1 + max(lines, default=0)) * LINE + 6


def _pages(blocks: Sequence[Block]) -> tuple[int, tuple[int, ...]]:
    """Return the scale at which the tallest week fits a page, and where pages begin."""
    scale, starts, space = paginate([block.height for block in blocks], _MOST_SCALE, _TOP)
    breaks = {blocks[place].row for place in starts}
    for block in blocks:
        if block.height > space:
            breaks |= set(_within(block, space))
    return scale, tuple(sorted(breaks)[:MOST_BREAKS])


def _within(block: Block, space: float) -> Iterator[int]:
    """Yield where a week that no page holds is parted: between teams as far as they fit."""
    used, row = TITLE + block.head, block.row + 2
    for team in block.teams:
        if used + team.height > space and row > block.row + 2:
            yield row
            used = 0.0
        used += team.height
        row += team.rows


def _places(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        row = block.row + 2
        for team in block.teams:
            for at, lane in enumerate(team.lanes):
                for day, slot in lane.items():
                    if not slot.step:
                        cell = xl_rowcol_to_cell(row + LINES * at, day + 1)
                        yield slot.visit.request.number, cell
            row += team.rows
