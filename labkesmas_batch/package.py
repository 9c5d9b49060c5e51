"""The look inside the .xlsx package before any reader opens it.

Two things must be known beforehand. A single cell far away from the table makes a reader ask
for the whole rectangle in between, up to hundreds of gigabytes. And the fast reader shows
error cells and formulas without a saved value as blanks, so they have to be found here.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from labkesmas_batch.errors import InputError
from labkesmas_batch.findings import column_letters

# The largest sheet that Excel can hold, with the form's columns and a few more, fits in this.
MOST_CELLS = 20_000_000
# A sheet this empty is an accident or an attack; below the lower bound nobody minds.
SPARSE_CELLS, MOST_SPARSE = 6_000_000, 20
# Real workbooks unpack to some ten times their size; small ones may be very regular.
MOST_BYTES, MOST_RATIO, SMALL_BYTES = 4 * 1024**3, 60, 60 * 1024**2
_SMALL_PART = 64 * 1024**2
_CHUNK = 4 * 1024**2
# More than this without the end of a cell or row is no sheet that a program wrote.
_MOST_PENDING = 16 * 1024**2
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
# The first day that a number cannot mean: 1 January 10000.
TIMELESS = 2_958_466
# Whole numbers from here on are shown with an exponent, as they were written.
_LONGEST = 1e16

# Other programs write prefixes, single quotes and line breaks where Excel writes none.
_TAG = rb"<(?:[A-Za-z0-9_]+:)?"
_END = rb"</(?:[A-Za-z0-9_]+:)?"
_AT = rb"""\br\s*=\s*["']([A-Za-z]{1,12})([0-9]{1,12})["']"""
_IN_TAG = rb"[^<>]*"
_CELL = re.compile(_TAG + rb"c\s[^<>]*?" + _AT + _IN_TAG + rb"(?<!/)>")
_VALUE = _TAG + rb"v>([^<]*)" + _END + rb"v>"
_INNER_FORMULA = _TAG + rb"f\b[^<>]*?(?:/>|>[^<]*" + _END + rb"f>)\s*"
_ERROR = re.compile(
    _TAG + rb"""c\s(?=[^<>]*\bt\s*=\s*["']e["'])[^<>]*?""" + _AT + _IN_TAG + rb">\s*"
    rb"(?:" + _INNER_FORMULA + rb")?(?:" + _VALUE + rb")?"
)  # fmt: skip
_FORMULA = re.compile(
    _TAG + rb"""c\s(?![^<>]*\bt\s*=\s*["']str["'])[^<>]*?""" + _AT + _IN_TAG + rb">\s*"
    + _INNER_FORMULA
    + rb"(?:" + _VALUE + rb"|" + _TAG + rb"v\s*/>)?\s*" + _END + rb"c>"
)  # fmt: skip
_HIDDEN = re.compile(
    _TAG + rb"""row\s(?=[^<>]*\bhidden\s*=\s*["'](?:1|true)["'])[^<>]*?"""
    rb"""\br\s*=\s*["']([0-9]{1,7})["']"""
)
_ANY_CELL = re.compile(_TAG + rb"c[\s/>]")
_ANY_PLACED = re.compile(_TAG + rb"c\s[^<>]*?" + _AT)
_ROW = re.compile(_TAG + rb"""row\b(?:[^<>]*?\br\s*=\s*["']([0-9]{1,12})["'])?""")
# An attribute that hides the end of its tag from the patterns above; no program writes one.
_VEILED = re.compile(rb"""=\s*(?:"[^"<>]*>[^"<>]*"\s*[\w/>]|'[^'<>]*>[^'<>]*'\s*[\w/>])""")
_NUMBER = re.compile(
    rb"(" + _TAG + rb"""c\s(?![^<>]*\bt\s*=)[^<>]*)(?<!/)(>\s*(?:""" + _INNER_FORMULA + rb")?"
    + _TAG + rb"v>)([^<]*)(?=<)"
)  # fmt: skip
_CELL_END = re.compile(_END + rb"(?:c|row)>")
# Cells that do not say where they are, as programs do.
_UNPLACED = re.compile(rb"<c(?![of]| r=)")
# Those that do not say that it is in the columns A to S, more than the form has, and in the rows up
# to 299,999, or up to the last one: without them no sheet needs to be measured by the cell.
_COLUMNS, _FEW_ROWS = 19, 299_999
_BEYOND_FEW = re.compile(rb"""<c(?![of]| r="[A-S](?:[0-9]{1,5}|[12][0-9]{5})")""")
_BEYOND_ALL = re.compile(
    rb"""<c(?![of]| r="[A-S](?:[0-9]{1,6}|10(?:[0-3][0-9]{4}"""
    rb"""|4(?:[0-7][0-9]{3}|8(?:[0-4][0-9]{2}|5(?:[0-6][0-9]|7[0-6])))))")"""
)


@dataclass(frozen=True, slots=True)
class SheetScan:
    """What a pass over one sheet's XML found; addresses are (row from 1, column from 0)."""

    errors: Mapping[tuple[int, int], str]
    uncalculated: frozenset[tuple[int, int]]
    hidden: tuple[int, ...] = ()


class Package:
    """An opened .xlsx archive: its sheets' names and their parts.

    Raises
    ------
    InputError
        The bytes are no such archive, it is damaged, or it would unpack to more than 4 GiB.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
            self.unpacked = sum(part.file_size for part in self._archive.infolist())
            if self.unpacked > min(MOST_BYTES, SMALL_BYTES + MOST_RATIO * len(data)):
                raise InputError(
                    f"{name}: isi berkas menjadi terlalu besar bila dibuka "
                    f"({self.unpacked // 1024**2} MB). Salin tabelnya ke templat yang baru."
                )
            self.parts = self._sheet_parts()
        except (
            zipfile.BadZipFile,
            LookupError,
            ParseError,
            DefusedXmlException,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
            ValueError,
            AttributeError,
            zlib.error,
        ) as error:
            raise InputError(
                f"{name}: berkas rusak atau bukan buku kerja Excel (.xlsx). Buka di Excel, lalu "
                "simpan kembali sebagai Buku Kerja Excel (.xlsx)."
            ) from error  # fmt: skip

    def _small(self, part: str) -> bytes:
        if self._archive.getinfo(part).file_size > _SMALL_PART:
            raise ValueError(part)
        return self._archive.read(part)

    def _sheet_parts(self) -> dict[str, str]:
        workbook = "xl/workbook.xml"
        self.epoch_1904 = False
        for relation in fromstring(self._small("_rels/.rels")):
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                workbook = str(relation.get("Target")).lstrip("/")
        folder, file = posixpath.split(workbook)
        targets = {
            relation.get("Id"): str(relation.get("Target"))
            for relation in fromstring(self._small(f"{folder}/_rels/{file}.rels"))
        }
        parts = {}
        for element in fromstring(self._small(workbook)).iter():
            tag = element.tag.rpartition("}")[2]
            if tag == "workbookPr":
                self.epoch_1904 = element.get("date1904") in ("1", "true")
            if tag == "sheet":
                key = next((v for k, v in element.attrib.items() if k.endswith("}id")), None)
                target = targets.get(key, "")
                path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
                parts[str(element.get("name"))] = posixpath.normpath(path)
        return parts

    def scan(self, sheet: str) -> SheetScan:
        """Scan one sheet for far cells, error cells and formulas without a value.

        Raises
        ------
        InputError
            The rectangle from A1 to the farthest cell with content holds more than
            ``MOST_CELLS`` cells, or the part cannot be unpacked.
        """
        errors: dict[tuple[int, int], str] = {}
        uncalculated: set[tuple[int, int]] = set()
        hidden: list[int] = []
        corner = _Corner()
        for chunk in self._chunks(sheet):
            if _VEILED.search(chunk):
                raise self._broken(sheet)
            corner.add(chunk)
            if b"hidden" in chunk:
                hidden += map(int, _HIDDEN.findall(chunk))
            if b'"e"' in chunk or b"'e'" in chunk:
                for letters, row, shown in _ERROR.findall(chunk):
                    errors[_place(letters, row)] = shown.decode("utf-8", "replace") or "#"
            if b"<f" in chunk or b":f" in chunk:
                uncalculated.update(
                    _place(letters, row)
                    for letters, row, value in _FORMULA.findall(chunk)
                    if not value
                )
        if not corner.holds_all:
            self._refuse_far(sheet)
        return SheetScan(errors, frozenset(uncalculated), tuple(hidden))

    def for_the_reader(self, sheet: str, codes: Iterable[str], *, timeless: bool) -> bytes:
        """Return the archive without what makes the reader give up on a sheet.

        Parameters
        ----------
        codes
            Error codes that it does not know; they become ``#N/A``.
        timeless
            Whether numbers that no date can be become text: the format of a date may be on them.
        """
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as changed:
            for part in self._archive.namelist():
                content = self._archive.read(part)
                if part == self.parts[sheet]:
                    for code in codes:
                        content = content.replace(f">{code}<".encode(), b">#N/A<")
                    if timeless:
                        content = _NUMBER.sub(_timeless_as_text, content)
                changed.writestr(part, content)
        return buffer.getvalue()

    def _refuse_far(self, sheet: str) -> None:
        extent = _Extent()
        for chunk in self._chunks(sheet):
            extent.add(chunk)
        rows, columns = extent.last_row, extent.last_column
        most = min(MOST_CELLS, max(SPARSE_CELLS, MOST_SPARSE * extent.cells))
        if rows * columns <= most and rows <= LAST_ROW and columns <= LAST_COLUMN:
            return
        cell = f"baris {rows}" if columns < 200 else f"kolom {column_letters(columns)}"
        raise InputError(
            f"{self._name}, lembar {sheet}: ada isi yang jauh sekali dari tabel ({cell}). "
            "Hapus baris dan kolom kosong sesudah tabel, lalu simpan kembali."
        )

    def _broken(self, sheet: str) -> InputError:
        return InputError(
            f"{self._name}, lembar {sheet}: isinya rusak. Buka di Excel, lalu simpan kembali."
        )

    def _chunks(self, sheet: str) -> Iterator[bytes]:
        """Yield the sheet's XML in pieces that end with a whole cell."""
        try:
            with self._archive.open(self.parts[sheet]) as stream:
                rest = b""
                while data := stream.read(_CHUNK):
                    rest += data
                    cut = _last_end(rest)
                    if not cut and len(rest) > _MOST_PENDING:
                        raise ValueError("no cell ends")
                    if cut:
                        yield rest[:cut]
                        rest = rest[cut:]
                yield rest
        except (
            zipfile.BadZipFile,
            LookupError,
            EOFError,
            RuntimeError,
            OSError,
            NotImplementedError,
            ValueError,
            zlib.error,
        ) as error:
            raise self._broken(sheet) from error


class _Corner:
    """Whether all cells stand in the upper left corner of the sheet, which is quickly seen."""

    def __init__(self) -> None:
        self._few = self._placed = True
        self._cells = 0

    def add(self, chunk: bytes) -> None:
        """Take in a piece of the sheet's XML that ends with a whole cell or row."""
        self._cells += chunk.count(b"</c>")
        if b":c" in chunk:  # a prefix, which the patterns do not know
            self._few = self._placed = False
        self._few = self._few and not _BEYOND_FEW.search(chunk)
        if not self._few:
            self._placed = self._placed and not _BEYOND_ALL.search(chunk)

    @property
    def holds_all(self) -> bool:
        """Tell whether no rectangle around the cells can be too large or too empty."""
        if self._few:
            return min(SPARSE_CELLS, MOST_CELLS) >= _COLUMNS * _FEW_ROWS
        full = min(MOST_CELLS, MOST_SPARSE * self._cells) >= _COLUMNS * LAST_ROW
        return self._placed and full


class _Extent:
    """How far a sheet's cells reach, and how many there are with content."""

    def __init__(self) -> None:
        self.cells = self.last_row = 0
        self._letters: set[bytes] = set()
        self._unplaced = 0
        self._row = 0

    @property
    def last_column(self) -> int:
        """Return the 1-based last column."""
        placed = max((_column(letters) for letters in self._letters), default=-1) + 1
        return max(placed, self._unplaced)

    def add(self, chunk: bytes) -> None:
        """Take in a piece of the sheet's XML that ends with a whole cell or row."""
        if found := _CELL.findall(chunk):
            self.cells += len(found)
            self._letters.update({letters for letters, _ in found})
            self.last_row = max(self.last_row, *map(int, {row for _, row in found}))
        # Cells without an address stand where the reader counts them; programs write addresses.
        if _UNPLACED.search(chunk) or b":c" in chunk:
            self._count(chunk)

    def _count(self, chunk: bytes) -> None:
        if len(_ANY_CELL.findall(chunk)) == len(_ANY_PLACED.findall(chunk)):
            return
        starts = [(found.start(), found[1]) for found in _ROW.finditer(chunk)]
        pieces = [(0, b""), *starts, (len(chunk), b"")]
        for (start, number), (end, _) in pairwise(pieces):
            if start or number:
                self._row = int(number) if number else self._row + 1
            cells = len(_ANY_CELL.findall(chunk, start, end))
            if cells:
                self.last_row = max(self.last_row, self._row)
                self._unplaced = max(self._unplaced, cells)
                self.cells += cells


def _last_end(data: bytes) -> int:
    """Return where the last whole cell or row of the data ends, 0 where none does."""
    for start in (max(0, len(data) - 4096), 0):
        ends = [found.end() for found in _CELL_END.finditer(data, start)]
        if ends:
            return ends[-1]
    return 0


def _timeless_as_text(cell: re.Match[bytes]) -> bytes:
    start, between, value = cell.groups()
    try:
        number = float(value)
    except ValueError:
        return cell[0]
    text = f"{number:.0f}".encode() if number.is_integer() and abs(number) < _LONGEST else value
    return cell[0] if 0 <= number < TIMELESS else start + b' t="str"' + between + text


def _column(letters: bytes) -> int:
    """Return the 0-based column of its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _place(letters: bytes, row: bytes) -> tuple[int, int]:
    return int(row), _column(letters)
