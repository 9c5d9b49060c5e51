"""A workbook's bytes in, the cells of its sheets out, or what is wrong with the file.

python-calamine is called directly, after :mod:`labkesmas_batch.xlsx.package` has looked inside.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Set
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from labkesmas_batch.errors import InputError
from labkesmas_batch.xlsx.package import Package, SheetScan

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_KNOWN_ERRORS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class CellReader:
    """The sheets of a workbook and their cells.

    Parameters
    ----------
    data
        The workbook's bytes.
    name
        How messages call it.

    Raises
    ------
    InputError
        The bytes are no workbook, it is damaged, or it has no sheet.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._package = Package(data, name)
        try:
            with _quiet():
                self._workbook = CalamineWorkbook.from_filelike(BytesIO(data))
            self.sheets = tuple(self._workbook.sheet_names)
        except BaseException as error:  # a panic of the Rust reader is no Exception
            raise _damaged(name, error) from error
        if not self.sheets:
            raise InputError(f"{name}: buku kerja ini tidak mempunyai lembar yang terbaca.")
        self.epoch_1904 = self._package.epoch_1904

    def read(self, sheet: str) -> tuple[list[list[object]], SheetScan]:
        """Return a sheet's cells from A1 on, and what the reader does not show of them.

        Raises
        ------
        InputError
            The sheet is damaged, or has cells too far away.
        """
        scan = self._package.scan(sheet)
        unknown = {shown for shown in scan.errors.values() if shown not in _KNOWN_ERRORS}
        try:
            try:
                return self._grid(sheet, unknown, timeless=False), scan
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException:  # a panic of the Rust reader is no Exception
                return self._grid(sheet, unknown, timeless=True), scan
        except BaseException as error:
            raise _damaged(self._name, error) from error

    def _grid(self, sheet: str, unknown: Set[str], *, timeless: bool) -> list[list[object]]:
        """Read a sheet, where need be without what the reader gives up on."""
        with _quiet():
            book = self._workbook
            if unknown or timeless:
                data = self._package.for_the_reader(sheet, unknown, timeless=timeless)
                book = CalamineWorkbook.from_filelike(BytesIO(data))
            rows: list[list[Any]] = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        return rows


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the Rust reader prints when it panics off the terminal."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def read_bytes(path: Path) -> bytes:
    """Return the content of a workbook's file.

    Raises
    ------
    InputError
        The file is missing, open elsewhere, empty, encrypted, or no .xlsx workbook.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"Berkas {path} tidak ditemukan. Periksa nama dan foldernya.") from None
    except (PermissionError, IsADirectoryError, OSError) as error:
        raise InputError(
            f"Berkas {path} tidak dapat dibaca. Tutup dahulu di program lain, dan periksa izinnya."
        ) from error
    if path.name.startswith(("~$", ".~lock.")):
        raise InputError(
            f"{path.name}: hanya tanda bahwa berkasnya sedang terbuka di program lain. Sebut "
            "berkas aslinya."
        )
    if not data:
        raise InputError(f"{path.name}: berkas kosong (0 byte). Simpan atau minta kirim ulang.")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise InputError(
                f"{path.name}: berkas terkunci kata sandi. Buka di Excel, hapus kata sandinya "
                "(menu Berkas, Info, Proteksi Buku Kerja), lalu simpan kembali."
            )
        raise InputError(
            f"{path.name}: format Excel lama (.xls). Buka di Excel, lalu simpan sebagai "
            "Buku Kerja Excel (.xlsx)."
        )
    if not data.startswith(b"PK"):
        raise InputError(
            f"{path.name}: bukan buku kerja Excel. Buka berkasnya di Excel, lalu simpan sebagai "
            "Buku Kerja Excel (.xlsx)."
        )
    return data


def _damaged(name: str, error: BaseException) -> BaseException:
    """Return what to raise where the reader gave up: an InputError, or a wish to stop as it is."""
    if isinstance(error, (KeyboardInterrupt, SystemExit, InputError)):
        return error
    return InputError(
        f"{name}: isi buku kerja tidak terbaca. Buka di Excel, lalu simpan kembali sebagai "
        "Buku Kerja Excel (.xlsx)."
    )
