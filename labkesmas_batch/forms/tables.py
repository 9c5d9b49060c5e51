"""Workbook in, raw cells out: each knows the row and column it stood in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from operator import itemgetter
from pathlib import Path

from labkesmas_batch import findings
from labkesmas_batch.errors import InputError
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.headers import HEADER_ROWS, find_header, folded, require_columns
from labkesmas_batch.forms.raw import RawRow, RawTable
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.model.week import Source
from labkesmas_batch.text.indonesian import listing
from labkesmas_batch.text.names import fold, is_blank, tidy
from labkesmas_batch.xlsx.package import SheetScan
from labkesmas_batch.xlsx.reader import CellReader, read_bytes

Note = tuple[findings.FindingKind, int, str, str]
_THE_FORM = "Sebut berkas permintaannya."
_OTHER_FILE: Mapping[str, str] = {
    SheetName.FIELD_REPORT: "Sebut realisasi.xlsx dari folder yang sama."
}
_MAKE_FORM = "Buat formulirnya dengan perintah “labkesmas-batch template --what-if”."
_BESIDE = "Acuan ikut diperiksa bersama berkas permintaan di sampingnya."
_COPY_INTO_FORM = "Salin isinya ke templat dari perintah “labkesmas-batch template”."


class WorkbookReader:
    """An input workbook that is open for reading.

    Parameters
    ----------
    path
        The file; it is read once, as bytes, and never written to.
    name
        How findings and messages call it; the file's own name where it is left out.
    content
        The workbook itself, where it is not to be read from the file.

    Raises
    ------
    InputError
        The file is missing, locked, encrypted, damaged, or no .xlsx workbook.
    """

    def __init__(self, path: Path, name: str = "", content: bytes | None = None) -> None:
        data = read_bytes(path) if content is None else content
        self.path, self.name, self.content = path, name or path.name, data
        self._cells = CellReader(data, self.name)
        self.sheets = self._cells.sheets
        self.source = Source(path, self.name, hashlib.sha256(data).hexdigest(), self._template())

    def grids(self) -> dict[str, list[list[object]]]:
        """Return the cells of every sheet."""
        return {name: self._grid(name) for name in self.sheets}

    def _grid(self, name: str) -> list[list[object]]:
        grid, _ = self._cells.read(name)
        return grid

    def table(self, sheet: schema.Sheet) -> RawTable | None:
        """Return the table of a sheet, or None where no sheet of that name exists.

        Raises
        ------
        InputError
            The sheet's header cannot be found, or lacks a required column.
        """
        name = next((n for n in self.sheets if fold(n) == fold(sheet.name)), None)
        return None if name is None else self._table_in(name, sheet)

    def table_anywhere(self, sheet: schema.Sheet) -> RawTable:
        """Return the table of a sheet, under whatever name the sheet stands.

        Raises
        ------
        InputError
            No sheet, or more than one, carries the required headers.
        """
        if found := self.table(sheet):
            return found
        supposed = sheet is schema.CHANGES
        form = "pengandaian" if supposed else sheet.name.lower()
        if {SheetName.POLICY, SheetName.TEAMS, SheetName.REGIONS} <= set(self.sheets):
            raise InputError(
                f"{self.name}: ini buku kerja acuan, bukan formulir {form}. "
                + (_MAKE_FORM if supposed else _BESIDE)
            )
        if {SheetName.SCHEDULE, SheetName.AUDIT} <= set(self.sheets):
            raise InputError(
                f"{self.name}: ini jadwal yang ditulis program, bukan formulir {form}. "
                + (_MAKE_FORM if supposed else _OTHER_FILE.get(sheet.name, _THE_FORM))
            )
        fitting = [name for name in self.sheets if self._fits(name, sheet)]
        if len(fitting) == 1:
            return self._table_in(fitting[0], sheet)
        if fitting:
            raise InputError(
                f"{self.name}: lembar mana yang dibaca? {' dan '.join(fitting)} sama-sama memuat "
                f"tabel {sheet.name}. Beri nama {sheet.name} pada lembar yang benar."
            )
        raise InputError(
            f"{self.name}: tidak ada lembar {sheet.name} dan tidak ada lembar lain dengan judul "
            f"kolomnya, jadi berkas ini bukan formulir {form}. "
            + (_MAKE_FORM if supposed else _COPY_INTO_FORM)
        )

    def _fits(self, name: str, sheet: schema.Sheet) -> bool:
        top = self._grid(name)[:HEADER_ROWS]
        wanted = {folded(column.header) for column in sheet.columns if column.required}
        return any(wanted <= {folded(cell) for cell in row} for row in top)

    def _table_in(self, name: str, sheet: schema.Sheet) -> RawTable:
        grid, scan = self._cells.read(name)
        at, columns, headers = find_header(grid, sheet)
        require_columns(f"{self.name}, lembar {name}", headers, at, columns, sheet)
        known = set(columns.values())
        rows = _rows(grid, at, columns, sheet, _odd_rows(scan, known))
        return RawTable(
            file=self.name,
            sheet=name,
            header_row=at + 1,
            columns=columns,
            rows=rows,
            surplus=tuple(
                (index, tidy(header))
                for index, header in enumerate(headers)
                if index not in known and not is_blank(header)
            ),
            errors={place: shown for place, shown in scan.errors.items() if place[1] in known},
            uncalculated=frozenset(place for place in scan.uncalculated if place[1] in known),
            notes=(*self._hidden(scan, rows), *self._other_tables(name, sheet), *self._version()),
            epoch_1904=self._cells.epoch_1904,
        )

    @staticmethod
    def _hidden(scan: SheetScan, rows: Sequence[RawRow]) -> list[Note]:
        numbers = sorted(set(scan.hidden) & {row.number for row in rows})
        listed = listing(map(str, numbers), most=8)
        return [(findings.HIDDEN_ROWS, 0, str(len(numbers)), listed)] if numbers else []

    def _other_tables(self, name: str, sheet: schema.Sheet) -> list[Note]:
        """Name the sheets that hold requests too; only the form is a table that gets copied."""
        if sheet is not schema.REQUESTS:
            return []
        ours = {name, schema.GUIDE_SHEET, schema.LIST_SHEET}
        others = []
        for other in self.sheets:
            with suppress(InputError):  # another sheet's trouble is not the form's
                if other not in ours and self._fits(other, sheet):
                    others.append(other)
        return [(findings.OTHER_SHEET, 0, other, name) for other in others]

    def _version(self) -> list[Note]:
        for workbook in (schema.INTAKE, schema.REFERENCE):
            id_, _, version = self.source.template.partition("/")
            if id_ == workbook.id and version != str(workbook.version):
                return [(findings.OLD_TEMPLATE, 0, version, str(workbook.version))]
        return []

    def _template(self) -> str:
        """Return ``id/version`` as the list sheet carries it, '' where it was lost."""
        if schema.LIST_SHEET not in self.sheets:
            return ""
        top = self._grid(schema.LIST_SHEET)[:1]
        marks = [tidy(cell) for cell in top[0][:2]] if top else []
        return "/".join(marks) if len(marks) == 2 and marks[0].startswith("labkesmas-") else ""


def _odd_rows(scan: SheetScan, columns: set[int]) -> set[int]:
    return {row for row, column in (*scan.errors, *scan.uncalculated) if column in columns}


def _rows(
    grid: Sequence[Sequence[object]],
    at: int,
    columns: dict[str, int],
    sheet: schema.Sheet,
    odd: set[int],
) -> tuple[RawRow, ...]:
    """Return the rows below the header, in schema order, those with no content left out.

    ``odd`` are row numbers with an error cell or a formula without a value: these read as blank
    and are not.
    """
    present = [header for header in sheet.headers if header in columns]
    pick = itemgetter(*(columns[header] for header in present))
    one = len(present) == 1
    complete = len(present) == len(sheet.headers)
    slots = [present.index(h) if h in columns else -1 for h in sheet.headers]
    rows = []
    for number, row in enumerate(grid[at + 1 :], start=at + 2):
        picked = (pick(row),) if one else pick(row)
        if number not in odd and is_blank(picked[0]) and all(map(is_blank, picked)):
            continue
        cells = picked if complete else tuple(picked[s] if s >= 0 else None for s in slots)
        rows.append(RawRow(number, cells))
    blank = (None,) * len(sheet.headers)
    # The reader's grid ends with the last value; a formula without one may stand below.
    rows += [RawRow(number, blank) for number in sorted(odd) if number > max(len(grid), at + 1)]
    return tuple(rows)
