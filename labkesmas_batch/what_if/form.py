"""What somebody supposes, from the sheet Andaikan or typed: texts in, checked changes out.

A typed change is the sheet's columns between semicolons; both take the same way through the
schema.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import cast

from labkesmas_batch import findings
from labkesmas_batch.findings import Finding
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.cells import whole
from labkesmas_batch.forms.raw import RawRow, RawTable
from labkesmas_batch.forms.typed import Fault, fault, parse
from labkesmas_batch.model.policy import SETTINGS, Setting
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.reference.policy_sheet import setting_value
from labkesmas_batch.text.indonesian import listing
from labkesmas_batch.text.names import fold, plain, suggestion, tidy
from labkesmas_batch.what_if.types import SupposedChange

_DATE_LIKE = re.compile(r"\d+\s*[-/. ]\s*\w+")
_RELATIVE = re.compile(r"(tambah|kurang|\+|-)\s*([0-9]{1,6})", re.IGNORECASE)
_NUMBER = whole(0, 1_000_000)
Names = Mapping[str, tuple[str, tuple[str, ...]]]


def typed_change(text: str, reference: Reference) -> RawTable:
    """Return what somebody typed as a table of one row, each part under the column it fits."""
    headers = schema.CHANGES.headers
    cells: dict[str, object] = {}
    parts = [tidy(part) for part in text.split(";")]
    kinds, regions = (
        {fold(name) for name in names} for names in (reference.sample_types, reference.regions)
    )
    urgent = fold(parts[0]) == "mendesak"
    teams = {fold(team.name) for team in reference.teams}
    for place, part in enumerate(parts):
        dated = fold(part) not in teams and _is_date(part)
        free: list[str] = [Header.FROM, Header.UNTIL] if dated else [Header.VALUE]
        if fold(part) in regions:
            free = [Header.REGION]
        elif fold(part) in kinds:
            free = [Header.SAMPLE_TYPE]
        elif urgent:
            free = [Header.SAMPLES] if _amount(part) else [Header.REGION, Header.SAMPLE_TYPE]
        elif fold(parts[0]) == "menguasai":
            free = [Header.SAMPLE_TYPE]
        if urgent and dated:
            free = [Header.FROM, Header.UNTIL]
        if place < 2:
            free = [headers[place]]
        header = next((each for each in free if each not in cells), Header.VALUE)
        # A part too many stays to be seen: no kind takes two values, but for a list of days.
        cells[header] = f"{cells[header]}; {part}" if cells.get(header) else part or None
    row = RawRow(1, tuple(cells.get(header) for header in headers))
    return RawTable(f"--what-if “{text}”", "", 1, {}, (row,))


def _is_date(part: str) -> bool:
    return bool(_DATE_LIKE.search(part)) and _amount(part) is None


def read_changes(
    table: RawTable,
    reference: Reference,
    numbers: Collection[str],
    added: Sequence[str] = (),
    on_hold: Collection[str] = (),
    locked: Mapping[str, str] = MappingProxyType({}),
) -> tuple[tuple[SupposedChange, ...], tuple[Finding, ...]]:
    """Type and check supposed changes.

    Parameters
    ----------
    table
        The sheet Andaikan, or what :func:`typed_change` made of a text.
    reference
        Names the teams, sample types and so on.
    numbers
        No. Permintaan of the week's requests.
    added
        Teams that earlier changes of the same question add.
    on_hold
        No. Permintaan of the rows on hold, of which nothing is known.
    locked
        The days of the visits that stay where they are, by No. Permintaan.
    """
    known: dict[str, tuple[str, ...]] = {
        SheetName.REGIONS: tuple(reference.regions),
        SheetName.SAMPLE_TYPES: tuple(reference.sample_types),
    }
    typed = parse(table, schema.CHANGES, known)
    bad = typed.bad_rows()
    changes: list[SupposedChange] = []
    faults: list[Fault] = []
    for index in range(len(table.rows)):
        if index in bad:
            continue
        cells = {header: column[index] for header, column in typed.columns.items()}
        new = (each.name for each in changes if each.kind == "Tim tambahan")
        names = _known_names(reference, (*added, *new))
        wrong = [*_check_locked(cells, index, locked)] or [
            *_check(cells, index, names, numbers, on_hold)
        ]
        if not wrong:
            changes.append(_change(cells, names))
        faults += wrong
    return tuple(changes), tuple(typed.with_faults(faults).findings())


def _known_names(reference: Reference, added: Sequence[str]) -> Names:
    """Return for each kind of change that needs a known name the sheet and the names."""
    teams = SheetName.TEAMS, (*(team.name for team in reference.teams), *added)
    every = SheetName.TEAMS, (*teams[1], "Semua")
    return {
        "Tanpa tim": teams,
        "Kunjungan per hari": every,
        "Contoh uji per hari": every,
        "Menguasai": teams,
        "Cuti": teams,
        "Batal cuti": teams,
        "Kapasitas lab": (SheetName.SAMPLE_TYPES, tuple(reference.sample_types)),
        "Jumlah unit": (
            SheetName.EQUIPMENT,
            tuple(dict.fromkeys(e.name for e in reference.equipment)),
        ),
        SheetName.POLICY: (SheetName.POLICY, schema.SETTING_KEYS),
    }


_NEEDED: Mapping[str, tuple[str, ...]] = {
    "Kunjungan per hari": (Header.VALUE,),
    "Contoh uji per hari": (Header.VALUE,),
    "Menguasai": (Header.SAMPLE_TYPE,),
    "Cuti": (Header.FROM,),
    "Kapasitas lab": (Header.VALUE,),
    "Jumlah unit": (Header.VALUE,),
    "Hari libur": (Header.FROM,),
    "Mendesak": (Header.FROM,),
    SheetName.POLICY: (Header.VALUE,),
}
_DAYS, _NEW = (Header.FROM, Header.UNTIL), (Header.REGION, Header.SAMPLE_TYPE, Header.SAMPLES)
_USED: Mapping[str, tuple[str, ...]] = {
    "Tim tambahan": (Header.VALUE,),
    "Tanpa tim": (),
    "Kunjungan per hari": (Header.VALUE,),
    "Contoh uji per hari": (Header.VALUE,),
    "Menguasai": (Header.SAMPLE_TYPE,),
    "Cuti": _DAYS,
    "Batal cuti": (),
    "Kapasitas lab": (Header.VALUE,),
    "Jumlah unit": (Header.VALUE,),
    "Hari libur": _DAYS,
    "Mendesak": (Header.FROM, *_NEW),
    SheetName.POLICY: (Header.VALUE,),
}
_NUMBERS = ("Kunjungan per hari", "Contoh uji per hari", "Kapasitas lab", "Jumlah unit")


def _check(
    cells: Mapping[str, object],
    index: int,
    names: Names,
    numbers: Collection[str],
    on_hold: Collection[str],
) -> Iterator[Fault]:
    """Tell what is wrong with the cells of one row; each finding is an error."""
    kind, name = str(cells[Header.CHANGE]), str(cells[Header.NAME])
    if kind in names and _match(name, names[kind][1]) is None:
        sheet, known = names[kind]
        hint = suggestion(name, known)
        yield fault(index, Header.NAME, findings.UNKNOWN_REFERENCE, name, words=sheet, hint=hint)
    if kind == "Tim tambahan" and _match(name, names["Cuti"][1]):
        yield fault(index, Header.NAME, findings.NAME_TWICE, name, hint="lembar Tim")
    needed = _NEEDED.get(kind, ())
    if kind == "Mendesak":
        needed = _needed_of_urgent(cells, numbers, on_hold)
        yield from _check_urgent(cells, index, numbers, on_hold)
    for header in schema.CHANGES.headers[2:]:
        if cells[header] is not None and header not in _USED[kind]:
            yield fault(index, header, findings.NOT_USED, cells[header], words=kind)
    for header in needed:
        if cells[header] is None:
            yield fault(index, header, findings.BLANK)
    first, last = cells[Header.FROM], cells[Header.UNTIL]
    if isinstance(first, date) and isinstance(last, date) and last < first:
        yield fault(index, Header.UNTIL, findings.SPAN_REVERSED, last, hint=findings.show(first))
    if expected := _expected_value(kind, name, cells[Header.VALUE], names["Cuti"][1]):
        invalid = findings.SETTING_INVALID
        yield fault(index, Header.VALUE, invalid, cells[Header.VALUE], key=name, hint=expected)


def _check_locked(
    cells: Mapping[str, object], index: int, locked: Mapping[str, str]
) -> Iterator[Fault]:
    """Refuse to suppose another day for what earlier weeks promised."""
    if cells[Header.CHANGE] == "Mendesak" and (listed := _match(str(cells[Header.NAME]), locked)):
        yield fault(index, Header.NAME, findings.LOCKED_ROW, listed, hint=locked[listed])


def _check_urgent(
    cells: Mapping[str, object], index: int, numbers: Collection[str], on_hold: Collection[str]
) -> Iterator[Fault]:
    """Tell what would not count of a request on the form, and what is unknown of one on hold."""
    name = str(cells[Header.NAME])
    if listed := _match(name, numbers):
        for header in _NEW:
            if cells[header] is not None:
                yield fault(index, header, findings.ON_THE_FORM, cells[header], words=listed)
    elif (lacking := _lacking(cells)) and _match(name, on_hold) is not None:
        yield fault(index, Header.NAME, findings.HELD_ROW, name, hint=listing(lacking))


def _needed_of_urgent(
    cells: Mapping[str, object], numbers: Collection[str], on_hold: Collection[str]
) -> tuple[str, ...]:
    """Return what an urgent request needs beside its name: its day, and what no form says of it.

    What one on hold lacks is told at its name.
    """
    name = str(cells[Header.NAME])
    if _match(name, numbers) or (_lacking(cells) and _match(name, on_hold) is not None):
        return (Header.FROM,)
    return (Header.FROM, *_NEW)


def _lacking(cells: Mapping[str, object]) -> list[str]:
    return [header for header in _NEW if cells[header] is None]


def _expected_value(kind: str, name: str, value: object, teams: tuple[str, ...]) -> str:
    """Return what a value should have been, '' where it is good."""
    expected = ""
    if kind in _NUMBERS and value is not None and _amount(value) is None:
        expected = "bilangan bulat, “tambah 1” atau “kurang 1”"
    elif kind == SheetName.POLICY and value is not None:
        if fold(name) in schema.SETTING_KEYS:
            parsed, said = setting_value(_setting(fold(name)), value)
            expected = said if parsed is None else ""
    elif kind == "Tim tambahan" and value is not None and not _match(plain(value), teams):
        expected = f"nama salah satu tim: {', '.join(teams)}"
    return expected


def _setting(key: str) -> Setting:
    return next(each for each in SETTINGS if each.key == key)


def _match(name: str, known: Collection[str]) -> str | None:
    return next((each for each in known if fold(each) == fold(name)), None)


def _amount(value: object) -> tuple[bool, int] | None:
    """Return whether the number is relative, and the number; None where it is none."""
    text = tidy(plain(value))
    if match := _RELATIVE.fullmatch(text):
        less = match[1].casefold() in ("kurang", "-")
        return True, -int(match[2]) if less else int(match[2])
    parsed = _NUMBER(value)
    return None if parsed.kind else (False, cast(int, parsed.value))


def _change(cells: Mapping[str, object], names: Names) -> SupposedChange:
    kind, name = str(cells[Header.CHANGE]), str(cells[Header.NAME])
    value: object = None
    if kind in names:
        name = _match(name, names[kind][1]) or name
    if kind in _NUMBERS:
        value = _amount(cells[Header.VALUE])
    elif kind == SheetName.POLICY:
        value = setting_value(_setting(name), cells[Header.VALUE])[0]
    elif kind == "Tim tambahan" and cells[Header.VALUE] is not None:
        value = _match(plain(cells[Header.VALUE]), names["Cuti"][1])
    said = [kind, name]
    for header in schema.CHANGES.headers[2:]:
        if cells[header] is not None:
            said.append(findings.show(cells[header]))
    first = cast(date | None, cells[Header.FROM])
    return SupposedChange(
        kind,
        name,
        value,
        first,
        cast(date | None, cells[Header.UNTIL]) or first,
        str(cells[Header.REGION] or ""),
        str(cells[Header.SAMPLE_TYPE] or ""),
        cast(int | None, cells[Header.SAMPLES]) or 0,
        "; ".join(said),
    )
