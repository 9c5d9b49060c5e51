"""Twelve weeks of one laboratory: every number that is told adds up, and tells the same."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.builders import write_intake, write_reference
from tests.support.counts import COUNTS, SIX, adds_up
from tests.support.dump import Answer, call, records
from tests.support.paperwork import COMPLETE, full_row
from tests.support.signing import fill_schedule

pytestmark = pytest.mark.slow

FIRST = date(2026, 6, 1)  # a Monday
TEAMS = [("Tim 1", None, None, "Semua", 2, 20), ("Tim 2", None, None, "Air Minum", 1, 10)]
Row = dict[str, Any]
ASIDE = "Ditunda dan Batal"
TOLD = tuple[str, str, str]


class Laboratory:
    """Its forms, week after week; with ``cumulative`` each holds all requests so far."""

    def __init__(self, folder: Path, seed: int, *, cumulative: bool) -> None:
        self.folder, self.rng, self.cumulative = folder, random.Random(seed), cumulative
        self.rows: list[Row] = []
        self.told: set[TOLD] = set()
        write_reference(folder / "acuan.xlsx", **{**COMPLETE, "tim": TEAMS})

    def asked(self, week: int, day: date) -> list[Row]:
        """The new requests of a week: some held, some warned of, one returned."""
        rows = []
        for at in range(7):
            number = f"{week:03}/{at}/YAN/{day:%Y}"
            row = full_row(
                number,
                tanggal_permintaan=day - timedelta(days=self.rng.randint(0, 25)),
                jenis_customer=self.rng.choice(["Internal", "Eksternal"]),
                nama_customer=f"Puskesmas {number}",
                lokasi_sampling=f"Depot {number}",
                jenis_contoh_uji=self.rng.choice(["Air Minum", "Udara Ambien"]),
            )
            if at == 1:
                row["Parameter"] = f"Parameter {self.rng.randint(1, 5)}"
            if at == 2 and self.rng.random() < 0.5:
                row["Jumlah Contoh Uji"] = "dua"
            if at == 3 and self.rng.random() < 0.5:
                row["Tanggal Usulan"] = row["Tanggal Permintaan"] + timedelta(days=3)
            rows.append(row)
        return rows

    def form(self, week: int, day: date) -> list[Row]:
        new = self.asked(week, day)
        if week % 3 == 2:
            new.append(dict(new[0]))  # a row pasted twice
        rows = [*self.rows, *new] if self.cumulative else new
        self.rows = [*self.rows, *new]
        return rows

    def run(self, rows: list[Row], day: date) -> Answer:
        form = write_intake(self.folder / "permintaan.xlsx", rows)
        answer = call("run", form, "--output", self.output, "--date", day, "--json")
        assert answer.code in (0, 1), answer.err
        return answer

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def approve(self, answer: Answer, day: date) -> Answer:
        jadwal = {}
        for row in records(load_workbook(answer.folder / "jadwal.xlsx")["Jadwal"]):
            first = row["Tanggal Mulai"]
            if first.date() > day and self.rng.random() < 0.1:
                jadwal[str(row["No. Permintaan"])] = {
                    "Keputusan": self.rng.choice(["Tunda", "Batal"])
                }
        filled = fill_schedule(answer.folder / "jadwal.xlsx", on=day, jadwal=jadwal)
        final = call("finalize", filled, "--json")
        assert final.code == 0, final.err
        return final

    def report(self, folder: Path, day: date) -> None:
        """Report what lies behind, but for a visit now and then."""
        book = load_workbook(folder / "realisasi.xlsx")
        sheet = book["Realisasi"]
        at = {cell.value: number for number, cell in enumerate(sheet[1], 1)}
        for row in range(2, sheet.max_row + 1):
            planned = sheet.cell(row, at["Tanggal Mulai"]).value
            over = planned and planned.date() < day and not sheet.cell(row, at["Hasil"]).value
            if over and self.rng.random() < 0.8:
                sheet.cell(row, at["Hasil"]).value = "Selesai"
                sheet.cell(row, at["Tanggal Nyata"]).value = planned
                sheet.cell(row, at["Jumlah Nyata"]).value = 2
        path = self.folder / "realisasi.xlsx"
        book.save(path)
        answer = call("report", path, "--output", self.output, "--date", day)
        assert answer.code == 0, answer.err

    def registered(self, run: str) -> dict[str, int]:
        with closing(sqlite3.connect(self.output / "register.db")) as connection:
            row = connection.execute(
                f"SELECT {', '.join(COUNTS)} FROM runs WHERE run = ?", (run,)
            ).fetchone()
        return dict(zip(COUNTS, row, strict=True))


def check(answer: Answer, rows: int) -> dict[str, int]:
    """The counts of the terminal's JSON, against every sheet that tells of them."""
    counts: dict[str, int] = answer.record["counts"]
    assert adds_up(counts), counts
    assert counts["baris"] == rows
    book = load_workbook(answer.record["files"]["jadwal"])
    status = [row["Status"] for row in records(book["Jadwal"])]
    for name in ("Terjadwal", "Digeser", "Terkunci"):
        assert status.count(name) == counts[name.lower()], name
    for name in ("Dikembalikan", "Antrean"):
        assert len(records(book[name])) == counts[name.lower()], name
    summary = [
        [cell for cell in line if cell is not None]
        for line in book["Ringkasan"].iter_rows(max_col=5, values_only=True)
    ]
    table = {line[0]: line[-1] for line in summary if len(line) == 5}
    assert {name: table[name.capitalize()] for name in SIX} == {n: counts[n] for n in SIX}
    trail = {row["Hal"]: row["Nilai"] for row in records(book["Jejak"])}
    assert {name: trail[f"Jumlah {name}"] for name in counts} == counts
    said = next(str(line[0]) for line in summary if str(line[0]).startswith(("Dari ", "Tidak ada")))
    aside = len(records(book[ASIDE])) if ASIDE in book.sheetnames else 0
    asked = sum(counts[name] for name in SIX if name != "terkunci") + aside
    assert said.startswith(f"Dari {asked} permintaan, " if asked else "Tidak ada permintaan"), said
    return counts


def told(answer: Answer) -> set[TOLD]:
    """Code, number and value of each warning about a row."""
    book = load_workbook(answer.record["files"]["jadwal"])
    return {
        (str(row["Kode"]), str(row["No. Permintaan"]), str(row["Nilai"]))
        for row in records(book["Kesalahan"])
        if row.get("Tingkat") == "Peringatan" and row["No. Permintaan"] and row["Lembar"]
    }


def settled(answer: Answer) -> set[str]:
    """The numbers that an approval of this draft takes: with a day, or waiting."""
    book = load_workbook(answer.record["files"]["jadwal"])
    return {str(row["No. Permintaan"]) for n in ("Jadwal", "Antrean") for row in records(book[n])}


@pytest.mark.parametrize("cumulative", [True, False], ids=["cumulative", "fresh"])
def test_twelve_weeks_add_up_everywhere(tmp_path: Path, *, cumulative: bool) -> None:
    laboratory = Laboratory(tmp_path, 7, cumulative=cumulative)
    new = 0
    for week in range(12):
        day = FIRST + timedelta(days=7 * week)
        rows = laboratory.form(week, day)
        drafted = laboratory.run(rows, day)
        counts = check(drafted, len(rows))
        assert counts["baru"] == 7
        new += counts["baru"]
        now = told(drafted)
        assert not now & laboratory.told, "an approval took it with the row"
        final = laboratory.approve(drafted, day)
        check(final, len(rows))
        assert laboratory.registered(drafted.record["run"]) == {
            name: final.record["counts"][name] for name in COUNTS
        }
        taken = settled(drafted)
        laboratory.told |= {each for each in now if each[1] in taken}
        laboratory.report(drafted.folder, day + timedelta(days=4))
    assert new == 84
