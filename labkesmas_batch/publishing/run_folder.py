"""The records of earlier runs, each in its run's folder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from labkesmas_batch.errors import InputError
from labkesmas_batch.text.editions import editions, names_in

# Of the run as it was proposed, and of what was approved of it.
RECORD, FINAL_RECORD = "keputusan.json", "keputusan-final.json"
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def write_record(path: Path, record: Mapping[str, object]) -> None:
    """Write a run's record: a line for each part, and for each of its entries."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
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


def newest_edition(folder: Path, name: str) -> Path | None:
    """Return the newest edition of a file or folder of a run, None where there is none."""
    found = editions(name, names_in(folder))
    return folder / found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Read:
    """A run's record as it was found, and the newer runs that have none; of a named run none."""

    path: Path
    content: object
    passed_over: tuple[str, ...]


def read_record(output: Path, run: str | None) -> Read:
    """Read the record of a run, where none is named of the newest one that has one.

    Of an approved run it is the record of what was approved.

    Raises
    ------
    InputError
        There is no such run, it has no record, or its record is no JSON.
    """
    runs = _runs(output)
    if run is None:
        records = RECORD, FINAL_RECORD
        readable = [each for each in runs if any((each / name).is_file() for name in records)]
        chosen = readable[-1:]
    else:
        chosen = [folder for folder in runs if folder.name == run]
    if not chosen:
        which = f"jadwal {run}" if run else "jadwal yang dapat dijelaskan"
        raise InputError(
            f"Di folder {output} tidak ada {which}. Jalankan “run” dahulu, atau sebut foldernya "
            "dengan --output."
        )
    path = newest_edition(chosen[0], FINAL_RECORD) or chosen[0] / RECORD
    if not path.is_file():
        raise InputError(
            f"Jadwal {run} tidak dapat dijelaskan: di foldernya tidak ada {RECORD} (terhapus, atau "
            "jadwal itu dibuat program versi lama). Alasannya masih dapat dibaca di jadwal.xlsx."
        )
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(
            f"{path} tidak dapat dibaca. Jalankan “run” lagi untuk jadwal yang baru."
        ) from error
    newer = () if run else tuple(each.name for each in runs[runs.index(chosen[0]) + 1 :])
    return Read(path, content, newer)


def _runs(output: Path) -> list[Path]:
    """Return the folders of all runs, oldest first."""
    pattern = re.compile(r"(\d{4}-\d{2}-\d{2})-r(\d+)")
    runs = [
        (match[1], int(match[2]), folder)
        for folder in (output.iterdir() if output.is_dir() else ())
        if (match := pattern.fullmatch(folder.name)) and folder.is_dir()
    ]
    return [folder for _, _, folder in sorted(runs)]
