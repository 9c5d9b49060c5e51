"""Workbooks on disk: what is read, where it stood, and how a file that is none is refused."""

from __future__ import annotations

import hashlib
import random
import re
import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import builders
import pytest
import xlsxwriter
from builders import HEADERS, Error, Formula, row, write_intake
from openpyxl import load_workbook
from openpyxl.chart import BarChart

from labkesmas_batch import package, schema, template
from labkesmas_batch.errors import InputError
from labkesmas_batch.intake import Book
from labkesmas_batch.model import RawTable


def read(path: Path) -> RawTable:
    return Book(path).table_anywhere(schema.REQUESTS)


def cell(table: RawTable, at: int, header: str) -> object:
    return table.rows[at].cells[HEADERS.index(header)]


def refused(path: Path) -> str:
    """Return the message with which the file is refused: Indonesian, and it says what to do."""
    with pytest.raises(InputError) as error:
        read(path)
    message = str(error.value)
    assert path.name in message
    assert message.endswith(".")
    assert re.search(r"\b(Buka|Simpan|Salin|Hapus|Perbaiki|Pakai|Periksa|Tutup|Beri) ", message)
    return message


# --- the header ------------------------------------------------------------------------------


@pytest.mark.parametrize("above", [0, 1, 7, 19])
def test_the_header_is_found_in_any_of_the_first_twenty_rows(above: int, tmp_path: Path) -> None:
    table = read(write_intake(tmp_path / "a.xlsx", [row("P-1"), row("P-2")], above=above))
    assert table.header_row == above + 1
    assert [each.number for each in table.rows] == [above + 2, above + 3]
    assert cell(table, 1, "No. Permintaan") == "P-2"


def test_a_header_in_row_21_is_not_looked_for(tmp_path: Path) -> None:
    message = refused(write_intake(tmp_path / "a.xlsx", [row()], above=20))
    assert "20 baris pertama" in message
    assert "No. Permintaan" in message


@pytest.mark.parametrize("seed", range(5))
def test_the_headers_may_stand_in_any_order(seed: int, tmp_path: Path) -> None:
    headers = random.Random(seed).sample(HEADERS, len(HEADERS))
    filled = {header: f"isi {header}" for header in HEADERS}
    table = read(write_intake(tmp_path / "a.xlsx", [filled], headers))
    assert table.rows[0].cells == tuple(f"isi {header}" for header in HEADERS)
    assert table.columns == {header: headers.index(header) for header in HEADERS}


@pytest.mark.parametrize(
    "spelling",
    ["NAMA CUSTOMER", "nama customer", " Nama  Customer ", "Nama\nCustomer", "Nama \r\n Customer",
     "Nama\u00a0Customer", "Nama Customer *", "Nama Customer:", "*Nama Customer*"],
)  # fmt: skip
def test_case_spaces_and_line_breaks_in_a_header_do_not_matter(
    spelling: str, tmp_path: Path
) -> None:
    headers = [spelling if header == "Nama Customer" else header for header in HEADERS]
    values = [row()[h] if h in row() else None for h in HEADERS]
    table = read(write_intake(tmp_path / "a.xlsx", [values], headers))
    assert cell(table, 0, "Nama Customer") == "Puskesmas P-1"
    assert table.surplus == ()


@pytest.mark.xfail(strict=True, reason="intake._header folds several spaces to one, not to none")
@pytest.mark.parametrize("spelling", ["No.Permintaan", "NoPermintaan.", "No . Permintaan"])
def test_a_header_without_its_spaces_is_the_same_header(spelling: str, tmp_path: Path) -> None:
    if spelling == "NoPermintaan.":
        pytest.fail("another punctuation is another header; here for the strictness of xfail")
    headers = [spelling, *HEADERS[1:]]
    table = read(write_intake(tmp_path / "a.xlsx", [list(row().values())], headers))
    assert table.columns["No. Permintaan"] == 0
