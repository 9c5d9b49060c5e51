"""What people changed in a schedule workbook outside the cells that are theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from difflib import SequenceMatcher

from labkesmas_batch import findings
from labkesmas_batch.findings import Finding
from labkesmas_batch.forms.raw import Grid
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.text.names import fold, is_blank, number_key, tidy

NUMBER = Header.NUMBER
SIGNED_BY, SIGNED_ON = Header.SIGNED_BY, Header.DATE
# A sheet that is laid out and longer than this is compared row by row as it stands.
_MOST_ALIGNED = 2_000
# So many changed cells are named one by one.
MOST_CHANGED = 50
# What people fill in, which is no change of the schedule.
_THEIRS: Mapping[str, set[Header]] = {
    SheetName.SCHEDULE: {Header.DECISION, Header.NEW_DATE, Header.NEW_TEAM, Header.REMARK},
    SheetName.WAITING: {Header.DECISION, Header.REMARK},
    SheetName.SILENT_ZONE: {Header.GOES_FIRST},
}
# What holds of a request whose row is gone from a sheet.
_STILL: Mapping[str, str] = {
    SheetName.WAITING: "permintaannya tetap menunggu",
    SheetName.SILENT_ZONE: "pasangannya tidak diputuskan di sana",
}


def changed_cells(
    file: str,
    original: Mapping[str, Grid],
    returned: Mapping[str, Grid],
    locked: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Return what people changed outside the decision columns.

    A warning for each cell; a row or a column that is gone is told once. A row of Jadwal that is
    gone is an error: whoever deletes it means to drop the visit, which a blank Keputusan approves.

    Parameters
    ----------
    original, returned
        Sheet to its rows, as the program wrote them and as they came back. Rows of a table are
        matched by their No. Permintaan and columns by their header, so that sorting is no change.
    locked
        Canonical numbers of visits that stay as they are without a word.
    """
    found = list(_changed(file, original, returned, locked))
    errors = [each for each in found if each.is_error]
    warnings = [each for each in found if not each.is_error]
    if len(warnings) > MOST_CHANGED:
        more, last = len(warnings) - MOST_CHANGED, warnings[MOST_CHANGED]
        rest = replace(last, problem=f"{last.problem} Begitu juga {more - 1} sel lain.")
        warnings = [*warnings[:MOST_CHANGED], rest]
    return (*errors, *warnings)


def _changed(
    file: str,
    original: Mapping[str, Grid],
    returned: Mapping[str, Grid],
    locked: Collection[str],
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
        if NUMBER in headers and _all_different(before, headers.index(NUMBER)):
            yield from _in_table(file, name, before, after, locked)
        else:
            yield from _in_page(file, name, before, after)


def _in_table(
    file: str, sheet: str, before: Grid, after: Grid, locked: Collection[str]
) -> Iterator[Finding]:
    """Compare a table row by row, by number, and cell by cell, by header."""
    headers = [tidy(cell) for cell in before[0]]
    now = [fold(cell) for cell in after[0]] if after else []
    columns = [_column(header, at, now) for at, header in enumerate(headers)]
    column = headers.index(NUMBER)
    theirs = _THEIRS.get(sheet, set())
    for header in (each for each, at in zip(headers, columns, strict=True) if at < 0):
        kind = findings.COLUMN_DELETED if header in theirs else findings.CHANGED_CELL
        value = header if header in theirs else "kolom tidak ada"
        yield findings.finding(
            kind, file=file, sheet=sheet, value=value, words=sheet, hint=f"kolom {header}"
        )
    if columns[column] < 0:
        return
    places = list(_places(before, after, column, columns[column]))
    for at, (row, there) in enumerate(zip(before, places, strict=True)):
        if at and there < 0:
            yield _gone(file, sheet, row[column], locked)
        elif at:
            cells = after[there] if there < len(after) else ()
            yield from _in_row(file, sheet, headers, row, _cells(row, cells, columns), there + 1)
    if theirs:
        word = columns[headers.index(Header.DECISION)] if Header.DECISION in theirs else -1
        decided = {at for at, row in enumerate(after) if 0 <= word < len(row) and tidy(row[word])}
        known = {"", *_by_number(before, column)}
        yield from _added(file, sheet, after, columns[column], known, {0, *places, *decided})


def _column(header: str, at: int, now: Sequence[str]) -> int:
    """Return where a column stands now, -1 for one that is gone."""
    if at < len(now) and now[at] == fold(header):
        return at
    return now.index(fold(header)) if fold(header) in now else -1


def _cells(
    before: Sequence[object], after: Sequence[object], columns: Sequence[int]
) -> list[object]:
    """Return a row's cells in the columns that it had; of a column gone what it held."""
    return [
        was if to < 0 else after[to] if to < len(after) else None
        for was, to in zip(before, columns, strict=False)
    ]


def _gone(file: str, sheet: str, number: object, locked: Collection[str]) -> Finding:
    """Tell a row that is gone."""
    value = tidy(number)
    if sheet == SheetName.SCHEDULE and number_key(number) not in locked:
        return findings.finding(
            findings.ROW_DELETED, file=file, sheet=sheet, number=value, value=value, words=sheet
        )
    stays = "kunjungan yang terkunci itu tetap"
    hint = stays if sheet == SheetName.SCHEDULE else _STILL.get(sheet, "jadwal tidak berubah")
    return findings.finding(
        findings.ROW_GONE, file=file, sheet=sheet, number=value, value=value, hint=hint, words=sheet
    )


def _added(
    file: str,
    sheet: str,
    after: Grid,
    column: int,
    known: Collection[str],
    ours: Collection[int],
) -> Iterator[Finding]:
    """Tell each row that the table did not have.

    ``ours`` are where its rows stand now, also those whose number was typed over, and decisions,
    which are refused without this.
    """
    for at, row in enumerate(after):
        value = tidy(row[column]) if column < len(row) else ""
        if at not in ours and number_key(value) not in known:
            yield findings.finding(
                findings.ROW_ADDED,
                file=file,
                sheet=sheet,
                row=at + 1,
                column=column + 1,
                header=NUMBER,
                number=value,
                value=value,
                words=sheet,
            )


def _in_page(file: str, sheet: str, before: Grid, after: Grid) -> Iterator[Finding]:
    """Compare a sheet that is laid out; where it has fewer rows, the others are found again."""
    places = list(range(len(before)))
    if len(after) < len(before) <= _MOST_ALIGNED:
        was, now = ([tuple(map(_plain, row)) for row in grid] for grid in (before, after))
        for tag, first, last, there, _ in SequenceMatcher(None, was, now, False).get_opcodes():
            for at in range(first, last):
                places[at] = -1 if tag == "delete" else there + at - first
    for at, (row, there) in enumerate(zip(before, places, strict=True)):
        if there < 0:
            if any(map(_plain, row)):
                yield findings.finding(
                    findings.CHANGED_CELL,
                    file=file,
                    sheet=sheet,
                    row=at + 1,
                    value="baris tidak ada",
                    hint=next(filter(None, map(_plain, row))),
                )
            continue
        cells = after[there] if there < len(after) else ()
        yield from _in_row(file, sheet, [], row, cells, there + 1)


def _places(before: Grid, after: Grid, column: int, now: int) -> Iterator[int]:
    """Yield where each row stands now, -1 for one that is gone."""
    ours, rows = _by_number(before, column), _by_number(after, now)
    for at, row in enumerate(before):
        key = number_key(row[column]) if at and column < len(row) else ""
        if not key:
            yield at
        elif key in rows:
            yield rows[key]
        else:
            # Where a number was typed over, the row stayed, and this is one change.
            cell = after[at][now] if at < len(after) and now < len(after[at]) else None
            yield -1 if is_blank(cell) or number_key(cell) in ours else at


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
