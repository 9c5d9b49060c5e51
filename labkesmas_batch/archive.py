"""The records of earlier runs, each in its run's folder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from labkesmas_batch.errors import InputError

RECORD = "keputusan.json"
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def write_record(folder: Path, record: Mapping[str, object]) -> None:
    """Write a run's record into its folder: a line for each part, and for each of its entries."""
    with (folder / RECORD).open("w", encoding="utf-8", newline="\n") as file:
        for at, (name, part) in enumerate(record.items()):
            file.write(f"{',' if at else '{'}\n{_ENCODE(name)}: ")
            if isinstance(part, (str, Mapping)) or not isinstance(part, Iterable):
                file.write(_ENCODE(part))
                continue
            between = "["
            for entry in part:
                file.write(f"{between}\n {_ENCODE(entry)}")
                between = ","
            file.write("[]" if between == "[" else "\n]")
        file.write("\n}\n")


def read_record(output: Path, run: str | None) -> dict[str, Any]:
    """Read the record of a run, of the newest one where none is named.

    Raises
    ------
    InputError
        There is no such run, or its record cannot be read.
    """
    pattern = re.compile(r"(\d{4}-\d{2}-\d{2})-r(\d+)")
    runs = sorted(
        (match[1], int(match[2]), folder)
        for folder in (output.iterdir() if output.is_dir() else ())
        if (match := pattern.fullmatch(folder.name)) and (folder / RECORD).is_file()
    )
    chosen = [folder for _, _, folder in runs if run in (None, folder.name)]
    if not chosen:
        which = f"jadwal {run}" if run else "jadwal yang dapat dijelaskan"
        raise InputError(
            f"Di folder {output} tidak ada {which}. Jalankan “run” dahulu, atau sebut foldernya "
            "dengan --output."
        )
    try:
        record: dict[str, Any] = json.loads((chosen[-1] / RECORD).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"{chosen[-1] / RECORD} tidak dapat dibaca. Jalankan “run” lagi untuk jadwal yang baru."
        ) from error
    return record
