"""Bytes of a workbook in: what is wrong with the file, and how the reader is kept quiet."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from labkesmas_batch.errors import InputError

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
KNOWN_ERRORS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@contextmanager
def quiet() -> Iterator[None]:
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


def damaged(name: str, error: BaseException) -> BaseException:
    """Return what to raise where the reader gave up: an InputError, or a wish to stop as it is."""
    if isinstance(error, (KeyboardInterrupt, SystemExit, InputError)):
        return error
    return InputError(
        f"{name}: isi buku kerja tidak terbaca. Buka di Excel, lalu simpan kembali sebagai "
        "Buku Kerja Excel (.xlsx)."
    )
