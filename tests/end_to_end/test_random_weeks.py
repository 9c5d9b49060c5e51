"""Random weeks through the real files: the plain checker finds no broken rule in any of them."""

from __future__ import annotations

import json
import re
import shutil
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from python_calamine import CalamineWorkbook

from labkesmas_batch.cli.main import cli
from labkesmas_batch.forms import schema
from labkesmas_batch.intake.validate import validate
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Visit
from labkesmas_batch.reference.read import check_reference
from tests.support.builders import table
from tests.support.counts import six
from tests.support.dump import dump_sheet
from tests.support.exhaustive import exchanged
from tests.support.models import plan
from tests.support.oracle import Planned, misfits, violations
from tests.support.weeks import Week, random_week, write_week

pytestmark = pytest.mark.slow

DECIDED = ("Ringkasan", "Jadwal", "Kalender", "Prioritas", "Dikembalikan", "Antrean")


def drawn(seed: int) -> Week:
    """Sixty requests; every other week knows trips."""
    return random_week(seed, requests=60, trips=seed % 2 == 0)


def schedule(week: Week, folder: Path, shuffle_seed: int | None = None) -> tuple[Path, dict]:
    """Write the week's files into the folder and run the weekly batch on them."""
    write_week(week, folder, shuffle_seed)
    return run(week, folder)


def run(week: Week, folder: Path) -> tuple[Path, dict]:
    """Run the weekly batch on the folder's files; return jadwal.xlsx and the JSON record."""
    arguments = ["run", folder / "permintaan.xlsx", "--output", folder / "output"]
    arguments += ["--date", week.run_date.isoformat(), "--json"]
    result = CliRunner().invoke(cli, [str(each) for each in arguments])
    assert result.exit_code in (0, 1), result.output
    record = json.loads(result.stdout)
    waiting = sum(record["counts"][name] for name in ("dikembalikan", "antrean", "ditahan"))
    assert result.exit_code == (1 if waiting else 0)
    return Path(record["files"]["jadwal"]), record


def cells(path: Path, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()


def column(path: Path, sheet: str, header: str) -> list[object]:
    headers, *rows = cells(path, sheet)
    at, number = headers.index(header), headers.index("No. Permintaan")
    return [row[at] for row in rows if row[number]]


@pytest.mark.parametrize("seed", range(200))
def test_a_random_week_breaks_no_rule_and_its_counts_add_up(seed: int, tmp_path: Path) -> None:
    week = drawn(seed)
    path, record = schedule(week, tmp_path)
    assert violations(week, path, exchange=True) == []
    counts = six(record["counts"])
    assert record["counts"]["baris"] == len(week.intake)
    statuses = Counter(column(path, "Jadwal", "Status"))
    assert counts == {
        "terjadwal": statuses["Terjadwal"],
        "digeser": statuses["Digeser"],
        "terkunci": 0,
        "dikembalikan": len(column(path, "Dikembalikan", "No. Permintaan")),
        "antrean": len(column(path, "Antrean", "No. Permintaan")),
        "ditahan": 0,
    }


def test_the_random_weeks_are_not_all_easy(tmp_path: Path) -> None:
    """A dozen of them hold every outcome and nearly every reason, or the test above is idle."""
    seen: Counter[object] = Counter()
    for seed in range(12):
        path, record = schedule(drawn(seed), tmp_path / str(seed))
        seen.update(record["counts"])
        for sheet in ("Jadwal", "Dikembalikan", "Antrean"):
            seen.update(column(path, sheet, "Sebab"))
        seen.update(column(path, "Prioritas", "Klausul terhadap Atas"))
    missing = {
        "terjadwal",
        "digeser",
        "dikembalikan",
        "antrean",
        "TenggangKurang",
        "UsulanTerlewat",
        "BukanHariKerja",
        "TimCuti",
        "AlatHabis",
        "KapasitasLab",
        "TimPenuh",
        "BatasAkhir",
        "Horizon",
        "R-7A",
        "R-7B",
        "R-ANTARA",
        "R-URUT",
        "R-SERI",
    } - {name for name, count in seen.items() if count}
    assert not missing


def in_memory(week: Week) -> tuple[Reference, tuple[Request, ...]]:
    """What the program makes of the week's cells, without a workbook."""
    tables = {
        sheet.name: table(week.reference[sheet.name], sheet)
        if sheet.name in week.reference
        else None
        for sheet in schema.REFERENCE.sheets
    }
    reference = check_reference(tables, "acuan.xlsx").reference
    assert reference is not None
    validated = validate([table(week.intake)], reference, week.run_date)
    assert not validated.on_hold
    return reference, validated.requests


def planned(visits: Iterable[Visit]) -> list[Planned]:
    return [Planned(v.request.number, v.first, v.last, v.team) for v in visits]


@pytest.mark.parametrize("first", range(200, 1000, 50))
def test_no_random_week_is_overbooked_nor_is_one_with_locked_visits(first: int) -> None:
    """In every third week a part of the requests was finalised the week before."""
    with_locked = with_exchange = 0
    for seed in range(first, first + 50):
        week = drawn(seed)
        reference, requests = in_memory(week)
        before = requests[: 20 if seed % 3 == 0 else 0]
        earlier = plan(before, reference, week.run_date).visits
        locked = [replace(visit, status=Outcome.LOCKED) for visit in earlier]
        allocation = plan(requests[len(before) :], reference, week.run_date, locked)
        visits = [*locked, *allocation.visits]
        assert misfits(week, planned(visits)) == [], f"seed {seed}"
        with_locked += bool(locked)
        with_exchange += exchanged(allocation)
    assert with_locked >= 10
    assert with_exchange >= 5


def shuffled(seed: int, folder: Path) -> tuple[Path, Path]:
    """The schedules of one week with its rows in two orders."""
    week = drawn(seed)
    plain, _ = schedule(week, folder / "plain")
    mixed, _ = schedule(week, folder / "mixed", shuffle_seed=seed)
    order = [cells(folder / name / "permintaan.xlsx", "Permintaan") for name in ("plain", "mixed")]
    assert order[0] != order[1]
    return plain, mixed


@pytest.mark.parametrize("seed", range(6))
def test_shuffling_the_intakes_rows_changes_no_decision(seed: int, tmp_path: Path) -> None:
    plain, mixed = shuffled(seed, tmp_path)
    for sheet in DECIDED:
        assert cells(plain, sheet) == cells(mixed, sheet), sheet
    if seed == 2:  # a week with several returned requests
        assert len(column(plain, "Dikembalikan", "No. Permintaan")) > 2


def charts(path: Path) -> dict[str, bytes]:
    """The parts of a workbook that hold its charts."""
    with zipfile.ZipFile(path) as book:
        names = [name for name in book.namelist() if re.match("xl/charts/", name)]
        assert names
        return {name: book.read(name) for name in names}


def sheets(path: Path) -> dict[str, str]:
    return {sheet.title: dump_sheet(sheet) for sheet in load_workbook(path)}


@pytest.mark.parametrize("seed", range(3))
def test_running_twice_differs_in_the_run_number_and_in_what_is_said_of_the_first_run(
    seed: int, tmp_path: Path
) -> None:
    week = drawn(seed)
    write_week(week, tmp_path)
    first, one = run(week, tmp_path)
    second, two = run(week, tmp_path)
    day = week.run_date.isoformat()
    assert (one["run"], two["run"]) == (f"{day}-r1", f"{day}-r2")
    assert one["counts"] == two["counts"]
    assert first != second
    assert charts(first) == charts(second)
    before, after = sheets(first), sheets(second)
    assert before.pop("Perubahan") != after["Perubahan"]
    kinds = Counter(column(second, "Perubahan", "Perubahan"))
    assert kinds == {"tetap": two["counts"]["baris"] - two["counts"]["ditahan"]}
    del after["Perubahan"]
    assert {name: text.replace(one["run"], two["run"]) for name, text in before.items()} == {
        # Who has no row elsewhere leads to the one there.
        name: re.sub(r"  -> #'?Perubahan'?!\w+", "", text)
        for name, text in after.items()
    }


@pytest.mark.parametrize("seed", range(3))
def test_the_same_week_in_another_folder_gives_the_same_bytes(seed: int, tmp_path: Path) -> None:
    week = drawn(seed)
    write_week(week, tmp_path / "here")
    # Copied, not written again: openpyxl writes the time of day into a workbook.
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    here, _ = run(week, tmp_path / "here")
    there, _ = run(week, tmp_path / "there")
    assert here != there
    assert here.read_bytes() == there.read_bytes()


def setting(week: Week, key: str) -> dict[str, object]:
    return next(row for row in week.reference["Ketentuan"] if row["Kunci"] == key)


@cache
def weeks_that_depend_on(zone: str) -> tuple[int, ...]:
    """A few seeds of one zona_antara whose two thresholds may move by one day either way."""
    found = []
    for seed in range(100):
        week = drawn(seed)
        inner = setting(week, "selisih_internal_hari")["Nilai"]
        outer = setting(week, "selisih_eksternal_hari")["Nilai"]
        if setting(week, "zona_antara")["Nilai"] == zone and 1 <= inner < outer - 1:
            found.append(seed)
    return tuple(found[:4])


@pytest.mark.parametrize(
    ("zone", "key", "days", "rule"),
    [
        ("urut_permintaan", "selisih_internal_hari", -1, "R-7A"),
        ("urut_permintaan", "selisih_internal_hari", +1, "R-ANTARA"),
        ("internal", "selisih_eksternal_hari", -1, "R-ANTARA"),
        ("internal", "selisih_eksternal_hari", +1, "R-7B"),
    ],
)
def test_the_checker_notices_a_threshold_turned_by_one_day(
    zone: str, key: str, days: int, rule: str, tmp_path: Path
) -> None:
    found: list[str] = []
    seeds = weeks_that_depend_on(zone)
    assert len(seeds) == 4
    for seed in seeds:
        week, turned = drawn(seed), deepcopy(drawn(seed))
        setting(turned, key)["Nilai"] += days
        path, _ = schedule(turned, tmp_path / str(seed))
        assert violations(turned, path, exchange=True) == []
        found += violations(week, path, exchange=True)
    assert any(text.startswith(f"{rule}:") for text in found), found


def schedule_alone(path: Path) -> Workbook:
    """The three sheets that the checker reads, to be edited by hand."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl drops what it does not know
        book = load_workbook(path)
    for name in set(book.sheetnames) - {"Jadwal", "Dikembalikan", "Antrean"}:
        del book[name]
    return book


class Jadwal:
    """The sheet, a visit a row, cells by header."""

    def __init__(self, book: Workbook) -> None:
        self.book, self.sheet = book, book["Jadwal"]
        headers = [cell.value for cell in self.sheet[1]]
        self._column = {header: at for at, header in enumerate(headers, start=1)}
        self.rows = [
            row
            for row in range(2, self.sheet.max_row + 1)
            if self.cell(row, "No. Permintaan").value is not None
        ]

    def cell(self, row: int, header: str) -> Cell:
        return self.sheet.cell(row, self._column[header])

    def judged_with(self, week: Week, path: Path, row: int, **edit: object) -> list[str]:
        """What the checker says with those cells; they are put back afterwards."""
        before = {header: self.cell(row, header).value for header in edit}
        for header, value in edit.items():
            self.cell(row, header).value = value
        self.book.save(path)
        for header, value in before.items():
            self.cell(row, header).value = value
        return violations(week, path, exchange=True)

    def some(self, count: int) -> list[int]:
        """A few rows from first to last."""
        return self.rows[:: -(-len(self.rows) // count)]


@pytest.mark.parametrize("seed", [0, 1, 3, 6, 7])
def test_the_checker_notices_a_visit_that_was_put_on_another_day(seed: int, tmp_path: Path) -> None:
    """Selesai, Status and Sebab are edited with it, so that nothing but the day is wrong."""
    week = drawn(seed)
    jadwal = Jadwal(schedule_alone(schedule(week, tmp_path)[0]))
    assert jadwal.judged_with(week, tmp_path / "as it was.xlsx", jadwal.rows[0]) == []
    for row in jadwal.some(3):
        first, last, proposed = (
            jadwal.cell(row, f"Tanggal {name}").value for name in ("Mulai", "Selesai", "Usulan")
        )
        for days in (-1, 1, 7):
            by = timedelta(days=days)
            moved = proposed is not None and first + by > proposed
            edit = {
                "Tanggal Mulai": first + by,
                "Tanggal Selesai": last + by,
                "Status": "Digeser" if moved else "Terjadwal",
                "Sebab": "TimPenuh" if moved else None,
            }
            number = jadwal.cell(row, "No. Permintaan").value
            found = jadwal.judged_with(week, tmp_path / "edited.xlsx", row, **edit)
            assert any(number in text for text in found), (number, days, found)


@pytest.mark.parametrize("seed", [3, 10, 13])
def test_the_checker_notices_a_visit_that_was_given_to_another_team(
    seed: int, tmp_path: Path
) -> None:
    """In weeks without exchange, where the tie-break alone says which team goes."""
    week = drawn(seed)
    reference, requests = in_memory(week)
    assert not exchanged(plan(requests, reference, week.run_date))
    jadwal = Jadwal(schedule_alone(schedule(week, tmp_path)[0]))
    for row in jadwal.some(3):
        number, own = (jadwal.cell(row, header).value for header in ("No. Permintaan", "Tim"))
        others = [team.name for team in reference.teams if team.name != own]
        assert others
        for name in others:
            found = jadwal.judged_with(week, tmp_path / "edited.xlsx", row, Tim=name)
            assert any(number in text for text in found), (number, name, found)
