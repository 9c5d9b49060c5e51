"""From nothing to a finalized schedule with ten requests of one's own, by what the README says."""

from __future__ import annotations

import re
import shlex
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path

import pytest
from openpyxl import load_workbook

from labkesmas_batch.cli import options
from labkesmas_batch.forms import schema
from tests.support.dump import ROOT, Answer, call, records
from tests.support.signing import fill_schedule

README = (ROOT / "README.md").read_text("utf-8")
STEPS = re.findall(r"^    (labkesmas-batch [^#\n]+?) +#", README.split("## Use it")[1], re.M)
# As Petunjuk asks for them: class, customer, place, region, kind, parameters, samples, days from
# today to request and from request to the day proposed.
REQUESTS = (
    ("Eksternal", "Depot Air Bening", "Depot", "Batam", "Air Minum", "E. coli; pH", 4, -21, 28),
    ("Internal", "Tim Surveilans", "Pasar", "Batam", "Makanan dan Minuman", "Boraks", 6, -20, 28),
    ("Eksternal", "RS Contoh Laut", "IPAL", "Bintan", "Air Limbah", "BOD; COD", 3, -20, None),
    ("Eksternal", "PT Rekaan", "Gerbang", "Batam", "Udara Ambien", "PM10", 2, -19, 30),
    ("Internal", "Tim Mutu", "Sumur", "Karimun", "Air Bersih", "pH", 5, -18, None),
    ("Eksternal", "Hotel Rekaan", "Tandon", "Batam", "Air Minum", "pH", 2, -3, 11),
    ("Eksternal", "Katering Contoh", "Dapur", "Batam", "Usap Alat", None, 8, -17, 27),
    ("Internal", "Tim KLB", "Posko", "Batam", "Spesimen Klinis", None, 10, -14, 24),
    ("Eksternal", "Puskesmas Rekaan", "Sumur", "Natuna", "Air Minum", "Nitrat", 2, -13, None),
    ("Eksternal", "Sekolah Contoh", "Kantin", "Batam", "Vektor", None, 3, -1, None),
)


def fill_in(form: Path, today: date) -> None:
    """Type the requests below the example row, each cell under its header."""
    book = load_workbook(form)
    sheet = book["Permintaan"]
    headers = [cell.value for cell in sheet[1]]
    for at, request in enumerate(REQUESTS, start=1):
        kind, customer, site, region, sample, parameters, samples, received, proposed = request
        day = today + timedelta(days=received)
        row: dict[str, object] = {
            "No. Permintaan": f"{at:03}/YAN/2026", "Tanggal Permintaan": day,
            "Jenis Customer": kind, "Nama Customer": customer, "Lokasi Sampling": site,
            "Wilayah": region, "Jenis Contoh Uji": sample, "Parameter": parameters,
            "Jumlah Contoh Uji": samples,
            "Tanggal Usulan": day + timedelta(days=proposed) if proposed else None,
        }  # fmt: skip
        for header, value in row.items():
            sheet.cell(at + 2, headers.index(header) + 1).value = value
    book.save(form)


def report_all(form: Path) -> None:
    """Say of the first visit that it took place another day."""
    book = load_workbook(form)
    headers = [cell.value for cell in book["Realisasi"][1]]
    book["Realisasi"].cell(2, headers.index("Hasil") + 1).value = "Ditunda"
    book.save(form)


def step(line: str, run: str) -> Answer:
    _, *arguments = shlex.split(line.replace("2026-11-23-r1", run))
    return call(*arguments)


def test_the_readme_has_the_steps_of_a_week():
    assert [line.split()[1] for line in STEPS] == ["template", "check", "run", "finalize", "report"]


def test_the_steps_of_the_readme_lead_from_nothing_to_the_next_week(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    today = date(2026, 8, 3)
    monkeypatch.chdir(tmp_path)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.combine(today, time(8), tz)

    monkeypatch.setattr(options, "datetime", Clock)
    run = f"{today}-r1"
    template, check, plan, finalize, report = STEPS

    assert step(template, run).code == 0
    fill_in(tmp_path / "isian" / "permintaan.xlsx", today)
    checked = step(check, run)
    assert checked.code == 0, checked.err
    assert "10 baris dibaca, 0 ditahan: 0 galat" in checked.out
    planned = step(plan, run)
    assert planned.code == 1, planned.err  # one came too late and goes back
    assert "Dari 10 permintaan, 9 mendapat hari" in planned.out

    refused = step(finalize, run)
    assert (refused.code, "belum disetujui" in refused.err) == (3, True)
    schedule = tmp_path / "output" / run / "jadwal.xlsx"
    fill_schedule(schedule, on=today, jadwal={"003/YAN/2026": {"Keputusan": "Tunda"}})
    done = step(finalize, run)
    assert done.code == 0, done.err
    made = {path.name for path in schedule.parent.iterdir()}
    assert {"jadwal-final.xlsx", "documents", "kalender", "realisasi.xlsx"} <= made

    report_all(schedule.with_name("realisasi.xlsx"))
    assert step(report, run).out == "1 kunjungan dicatat: 1 Ditunda.\n"
    later = call("run", "isian", "--date", today + timedelta(days=7), "--json")
    assert later.record["counts"]["terkunci"] == 7, "two of nine wait again"
    again = records(load_workbook(later.record["files"]["jadwal"])["Jadwal"])
    assert {"003/YAN/2026"} <= {row["No. Permintaan"] for row in again}


def test_the_columns_that_are_filled_in_are_those_that_have_to_be():
    required = {column.header for column in schema.REQUESTS.columns if column.required}
    assert required <= {
        "No. Permintaan",
        "Tanggal Permintaan",
        "Jenis Customer",
        "Nama Customer",
        "Lokasi Sampling",
        "Wilayah",
        "Jenis Contoh Uji",
        "Jumlah Contoh Uji",
    }
