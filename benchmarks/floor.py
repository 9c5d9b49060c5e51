"""The floor: read the intake's cells, write the schedule's cells, and nothing else.

    python -m benchmarks.floor permintaan.xlsx jadwal.xlsx

calamine reads every cell of the intake's form. Then xlsxwriter in constant-memory mode writes each
value that stands in the schedule, sheet by sheet and row by row, without formats but for dates.
Values of the schedule are loaded before the clock starts; imports and start-up are not counted.
Prints one JSON object: CPU and wall seconds of reading and of writing, and how many cells.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

Cells = list[list[object]]


def values(path: Path) -> list[tuple[str, Cells]]:
    """Return name and rows of every sheet of a workbook."""
    book = CalamineWorkbook.from_path(path)
    return [
        (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        for name in book.sheet_names
    ]


def read(path: Path) -> int:
    """Read the form and return how many cells have a value."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Permintaan").to_python()
    return sum(value != "" for value in rows[-1])


def write(sheets: list[tuple[str, Cells]], path: Path) -> int:
    """Write the values and return how many they are."""
    options = {"constant_memory": True, "default_date_format": "d mmm yyyy"}
    options |= {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(path, options) as book:
        book.use_zip64()
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            text, number, moment = sheet.write_string, sheet.write_number, sheet.write_datetime
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value == "":
                        continue
                    count += 1
                    if isinstance(value, str):
                        text(at, column, value)
                    elif isinstance(value, date):
                        moment(at, column, value)
                    else:
                        number(at, column, value)
    return count


def main() -> None:
    """Measure and print."""
    intake, schedule = map(Path, sys.argv[1:])
    sheets = values(schedule)
    start = time.process_time(), time.perf_counter()
    read(intake)
    middle = time.process_time(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        count = write(sheets, Path(folder) / "floor.xlsx")
        end = time.process_time(), time.perf_counter()
        size = (Path(folder) / "floor.xlsx").stat().st_size
    print(
        json.dumps(
            {
                "read_cpu": middle[0] - start[0],
                "read_wall": middle[1] - start[1],
                "write_cpu": end[0] - middle[0],
                "write_wall": end[1] - middle[1],
                "cells": count,
                "bytes": size,
            }
        )
    )


if __name__ == "__main__":
    main()
