"""Every workbook that the program writes, from the real commands, for tests that look at all.

    python -m tests.support.outputs FOLDER    writes them there, to be looked at

Weeks of none, one, the example's and 2,000 requests; the example week is approved, reported and
followed by the next week, which knows of it.
"""

from __future__ import annotations

import shutil
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.support.builders import row, write_intake
from tests.support.dump import EXAMPLE, EXAMPLE_DATE, ROOT, Answer, call, columns
from tests.support.signing import fill_schedule

ACUAN = ROOT / "input_templates" / "acuan.xlsx"
RUN = date.fromisoformat(EXAMPLE_DATE)
KINDS = ("Air Minum", "Air Bersih", "Air Limbah", "Usap Alat")
MANY = 2_000


def write_outputs(folder: Path, *, many: bool = True) -> dict[str, Path]:
    """Write every kind of workbook into ``folder`` and return them by a name of their own."""
    work = folder / "kerja"
    work.mkdir(parents=True)
    found = _approved_week(work)
    weeks = {"kosong": [], "satu": _rows(1)}
    if many:
        weeks["banyak"] = _rows(MANY)
    for name, rows in weeks.items():
        form = write_intake(work / f"{name}.xlsx", rows)
        found[f"jadwal-{name}"] = _schedule(form, work / name).folder / "jadwal.xlsx"
    found |= _templates(work) | _questions(work)
    named = {}
    for name, path in found.items():
        named[name] = folder / f"{name}.xlsx"
        shutil.copyfile(path, named[name])
    return named


def _rows(count: int) -> list[dict[str, Any]]:
    """Valid rows that spread over kinds, classes, places and the weeks asked for."""
    places = ("Batam", "Tanjungpinang", "Bintan", "Karimun", "Natuna")
    return [
        row(
            f"P-{at}",
            tanggal_permintaan=RUN - timedelta(days=at % 20 + 1),
            jenis_customer="Internal" if at % 3 == 0 else "Eksternal",
            nama_customer=f"Puskesmas Rekaan Nomor {at}",
            wilayah=places[at % 5],
            jenis_contoh_uji=KINDS[at % 4],
            jumlah_contoh_uji=at % 7 + 1,
            tanggal_usulan=RUN + timedelta(days=21 + at % 30),
        )
        for at in range(1, count + 1)
    ]


def _schedule(form: Path, output: Path, day: date = RUN) -> Answer:
    return call("run", form, "--reference", ACUAN, "--date", day, "--output", output, "--json")


def _approved_week(work: Path) -> dict[str, Path]:
    """The example week from intake to field days, and the week after it."""
    output = work / "contoh"
    first = _schedule(EXAMPLE, output)
    found = {
        "jadwal": first.folder / "jadwal.xlsx",
        "diperiksa": Path(first.record["files"]["diperiksa"][0]),
    }
    shutil.copyfile(found["jadwal"], work / "draf.xlsx")
    fill_schedule(
        found["jadwal"],
        on=RUN,
        jadwal={
            "P-1": {"Keputusan": "Ubah", "Tanggal Baru": date(2026, 12, 15), "Catatan": "Pagi"},
            "P-2": {"Keputusan": "Setuju"},
            "P-3": {"Keputusan": "Tunda", "Catatan": "Menunggu surat"},
            "P-6": {"Keputusan": "Batal"},
        },
    )
    done = call("finalize", found["jadwal"])
    assert done.code in (0, 1), done.err
    documents = sorted((first.folder / "documents").rglob("*.xlsx"))
    found |= {f"dokumen-{path.stem}": path for path in documents}
    found["jadwal"] = work / "draf.xlsx"
    found["jadwal-final"] = first.folder / "jadwal-final.xlsx"
    found["realisasi"] = work / "realisasi.xlsx"
    shutil.copyfile(first.folder / "realisasi.xlsx", found["realisasi"])
    _report(first.folder / "realisasi.xlsx", output)
    found["jadwal-berikut"] = _schedule(EXAMPLE, output, RUN + timedelta(days=7)).folder / (
        "jadwal.xlsx"
    )
    told = call("register", "--output", output, "--date", RUN + timedelta(days=7))
    assert told.code == 0, told.err
    (found["register"],) = output.glob("register-*.xlsx")
    return found


def _report(form: Path, output: Path) -> None:
    """Record that a few visits took place, one of them a day late."""
    book = load_workbook(form)
    sheet = book["Realisasi"]
    headers = columns(sheet)
    results = ("Selesai", "Selesai", "Batal", "Ditunda")
    for at, result in enumerate(results, start=2):
        planned = sheet.cell(at, headers["Tanggal Mulai"]).value
        assert isinstance(planned, date)
        sheet.cell(at, headers["Hasil"]).value = result
        if result == "Selesai":
            sheet.cell(at, headers["Tanggal Nyata"]).value = planned + timedelta(days=at - 2)
            sheet.cell(at, headers["Jumlah Nyata"]).value = 3
    book.save(form)
    told = call("report", form, "--output", output, "--date", RUN + timedelta(days=7))
    assert told.code == 0, told.err


def _templates(work: Path) -> dict[str, Path]:
    output = work / "templat"
    for more in ((), ("--what-if",)):
        told = call("template", *more, "--output", output, "--date", EXAMPLE_DATE)
        assert told.code == 0, told.err
    return {f"templat-{path.stem}": path for path in sorted(output.glob("*.xlsx"))}


def _questions(work: Path) -> dict[str, Path]:
    output = work / "tanya"
    asked = call(
        "run",
        EXAMPLE,
        "--reference",
        ACUAN,
        "--date",
        EXAMPLE_DATE,
        "--output",
        output,
        "--what-if",
        "Tim tambahan; Tim 5",
    )
    assert asked.code in (0, 1), asked.err
    tried = call(
        "simulate", "--rate", "6", "--weeks", "6", "--date", EXAMPLE_DATE, "--output", output
    )
    assert tried.code == 0, tried.err
    return {path.stem.partition("-")[0]: path for path in sorted(output.glob("*.xlsx"))}


if __name__ == "__main__":
    for name, path in write_outputs(Path(sys.argv[1])).items():
        sys.stdout.write(f"{name}: {path}\n")
