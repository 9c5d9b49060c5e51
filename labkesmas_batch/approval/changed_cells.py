"""What people changed in a schedule workbook outside the cells that are theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time

from labkesmas_batch import findings
from labkesmas_batch.findings import Finding
from labkesmas_batch.forms.raw import Grid
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.text.names import is_blank, number_key, tidy

NUMBER = Header.NUMBER
SIGNED_BY, SIGNED_ON = Header.SIGNED_BY, Header.DATE
# So many changed cells are named one by one.
MOST_CHANGED = 50
# What people fill in, which is no change of the schedule.
_THEIRS: Mapping[str, set[Header]] = {
    SheetName.SCHEDULE: {Header.DECISION, Header.NEW_DATE, Header.NEW_TEAM, Header.REMARK},
    SheetName.WAITING: {Header.DECISION, Header.REMARK},
    SheetName.SILENT_ZONE: {Header.GOES_FIRST},
}


def changed_cells(
    file: str, original: Mapping[str, Grid], returned: Mapping[str, Grid]
) -> tuple[Finding, ...]:
    """Return a warning for each cell outside the decision columns that holds something else.

    Rows of a table are matched by their No. Permintaan, so that sorting one is no change.
    """
    found = list(_changed(file, original, returned))
    if len(found) <= MOST_CHANGED:
        return tuple(found)
    more = len(found) - MOST_CHANGED
    last = found[MOST_CHANGED]
    rest = replace(last, problem=f"{last.problem} Begitu juga {more - 1} sel lain.")
    return (*found[:MOST_CHANGED], rest)


def _changed(
    file: str, original: Mapping[str, Grid], returned: Mapping[str, Grid]
) -> Iterator[Finding]:
    for name, before in original.items():
        after = returned.get(name)
        if after is None:
            yield findings.finding(
                findings.CHANGED_CELL,
                file=file,
                sheet=name,
                value="lembar tidak ada",
                hint="lembar ada",
            )
            continue
        headers = [tidy(cell) for cell in before[0]] if before else []
        keyed = NUMBER in headers and _all_different(before, headers.index(NUMBER))
        places = _places(before, after, headers.index(NUMBER)) if keyed else range(len(before))
        for at, (row, there) in enumerate(zip(before, places, strict=True)):
            now = after[there] if 0 <= there < len(after) else ()
            line = (there if there >= 0 else at) + 1
            yield from _in_row(file, name, headers if keyed else [], row, now, line)


def _places(before: Grid, after: Grid, column: int) -> Iterator[int]:
    """Yield where each row stands now, -1 for one that is gone."""
    ours, rows = _by_number(before, column), _by_number(after, column)
    for at, row in enumerate(before):
        key = number_key(row[column]) if at else ""
        if not key:
            yield at
        elif key in rows:
            yield rows[key]
        else:
            # Where a number was typed over, the row stayed, and this is one change.
            now = after[at][column] if at < len(after) and column < len(after[at]) else None
            yield -1 if number_key(now) in ours else at


def _all_different(grid: Grid, column: int) -> bool:
    numbers = [number_key(row[column]) for row in grid[1:] if column < len(row)]
    return len(set(numbers)) == len(numbers)


def _by_number(grid: Grid, column: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, row in enumerate(grid):
        if at and column < len(row) and not is_blank(row[column]):
            found.setdefault(number_key(row[column]), at)
    return found


def _in_row(
    file: str,
    sheet: str,
    headers: Sequence[str],
    before: Sequence[object],
    after: Sequence[object],
    row: int,
) -> Iterator[Finding]:
    theirs = _THEIRS.get(sheet, set())
    for column in range(max(len(before), len(after))):
        was = _plain(before[column]) if column < len(before) else ""
        now = _plain(after[column]) if column < len(after) else ""
        header = headers[column] if column < len(headers) else ""
        if was == now or header in theirs or (sheet == SheetName.SUMMARY and _is_signature(before)):
            continue
        yield findings.finding(
            findings.CHANGED_CELL,
            file=file,
            sheet=sheet,
            row=row,
            column=column + 1,
            header=header,
            value=now or "kosong",
            hint=was or "kosong",
        )


def _is_signature(row: Sequence[object]) -> bool:
    return bool(row) and tidy(row[0]) in (SIGNED_BY, SIGNED_ON, "Tanda tangan")


def _plain(value: object) -> str:
    """Return a value as all programs save it: dates without midnight, whole numbers alike."""
    if isinstance(value, datetime):
        # Programs round the seconds of a time differently.
        return str(value.date()) if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.6g}" if not value.is_integer() else str(int(value))
    return tidy(value)
