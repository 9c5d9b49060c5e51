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
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from labkesmas_batch.errors import InputError
from labkesmas_batch.xlsx.extent import IN_TAG, TAG, UP_TO_AT, Corner, Extent, column_of

# Real workbooks unpack to some ten times their size; small ones may be very regular.
MOST_BYTES, MOST_RATIO, SMALL_BYTES = 4 * 1024**3, 60, 60 * 1024**2
_SMALL_PART = 64 * 1024**2
_CHUNK = 4 * 1024**2
# More than this without the end of a cell or row is no sheet that a program wrote.
_MOST_PENDING = 16 * 1024**2
# The first day that a number cannot mean: 1 January 10000.
TIMELESS = 2_958_466
# Whole numbers from here on are shown with an exponent, as they were written.
_LONGEST = 1e16

_END = rb"</(?:[A-Za-z0-9_]+:)?"
_VALUE = TAG + rb"v>([^<]*)" + _END + rb"v>"
_INNER_FORMULA = TAG + rb"f\b[^<>]*?(?:/>|>[^<]*" + _END + rb"f>)\s*+"
_ERROR = re.compile(
    TAG + rb"""c\s(?=[^<>]*\bt\s*=\s*["']e["'])""" + UP_TO_AT + IN_TAG + rb">\s*+"
    rb"(?:" + _INNER_FORMULA + rb")?(?:" + _VALUE + rb")?"
)  # fmt: skip
_FORMULA = re.compile(
    TAG + rb"""c\s(?![^<>]*\bt\s*=\s*["']str["'])""" + UP_TO_AT + IN_TAG + rb">\s*+"
    + _INNER_FORMULA
    + rb"(?:" + _VALUE + rb"|" + TAG + rb"v\s*/>)?\s*" + _END + rb"c>"
)  # fmt: skip
_HIDDEN = re.compile(
    TAG + rb"""row\s(?=[^<>]*\bhidden\s*=\s*["'](?:1|true)["'])[^<>]*?"""
    rb"""\br\s*=\s*["']([0-9]{1,7})["']"""
)
# An attribute that hides the end of its tag from the patterns above; no program writes one.
_VEILED = re.compile(rb"""=\s*(?:"[^"<>]*>[^"<>]*"\s*[\w/>]|'[^'<>]*>[^'<>]*'\s*[\w/>])""")
_NUMBER = re.compile(
    rb"(" + TAG + rb"""c\s(?![^<>]*\bt\s*=)[^<>]*)(?<!/)(>\s*(?:""" + _INNER_FORMULA + rb")?"
    + TAG + rb"v>)([^<]*)(?=<)"
)  # fmt: skip
_CELL_END = re.compile(_END + rb"(?:c|row)>")


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
            ) from error

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
        corner = Corner()
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
        extent = Extent()
        for chunk in self._chunks(sheet):
            extent.add(chunk)
        if extent.is_too_far:
            raise InputError(
                f"{self._name}, lembar {sheet}: ada isi yang jauh sekali dari tabel "
                f"({extent.farthest}). Hapus baris dan kolom kosong sesudah tabel, lalu simpan "
                "kembali."
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


def _place(letters: bytes, row: bytes) -> tuple[int, int]:
    return int(row), column_of(letters)
