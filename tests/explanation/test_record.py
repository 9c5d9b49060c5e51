"""keputusan.json: every row once, cell by cell what jadwal.xlsx says, the same bytes every time."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.builders import HEADERS, row, settings, write_intake, write_reference
from tests.support.counts import six
from tests.support.dump import EXAMPLE, EXAMPLE_DATE, call, records
from tests.support.weeks import random_week, write_week

pytestmark = pytest.mark.slow

Cells = dict[str, object]
REQUEST = {
    "no_permintaan": "No. Permintaan",
    "customer": "Nama Customer",
    "jenis_customer": "Jenis Customer",
    "tanggal_usulan": "Tanggal Usulan",
    "wilayah": "Wilayah",
    "jenis_contoh_uji": "Jenis Contoh Uji",
    "jumlah_contoh_uji": "Jumlah Contoh Uji",
}
PLACE = {"peringkat": "Peringkat", "no_permintaan": "No. Permintaan"}
DAY = {
    "mulai": "Tanggal Mulai",
    "selesai": "Tanggal Selesai",
    "tim": "Tim",
    "status": "Status",
    "sebab": "Sebab",
}
TABLES = ("Jadwal", "Prioritas", "Zona Antara", "Dikembalikan", "Antrean")


@dataclass(frozen=True)
class Ran:
    """What one run read and left: its record, the counts it printed, and its sheets as tables."""

    raw: bytes
    counts: dict[str, int]
    intakes: tuple[Path, ...]
    sheets: dict[str, list[Cells]]

    @property
    def record(self) -> dict[str, object]:
        return json.loads(self.raw)

    @property
    def ranked(self) -> list[Cells]:
        return self.record["permintaan"]

    def with_status(self, *statuses: str) -> list[Cells]:
        return [entry for entry in self.ranked if entry["status"] in statuses]


def ran(folder: Path, day: object, *intakes: Path) -> Ran:
    """Run the weekly batch into the folder's output and read what it left."""
    answer = call("run", *intakes, "--output", folder / "output", "--date", day, "--json")
    assert answer.code in (0, 1), answer.err
    book = load_workbook(answer.folder / "jadwal.xlsx")
    sheets = {
        name: [line for line in records(book[name]) if line["Jenis Customer"]] for name in TABLES
    }
    sheets |= {name: records(book[name]) for name in ("Kesalahan", "Ketentuan")}
    raw = (answer.folder / "keputusan.json").read_bytes()
    return Ran(raw, answer.record["counts"], intakes, sheets)


def _example(folder: Path) -> Ran:
    return ran(folder, EXAMPLE_DATE, EXAMPLE)


def _drawn(seed: int) -> Callable[[Path], Ran]:
    def make(folder: Path) -> Ran:
        week = random_week(seed, requests=40, trips=seed % 2 == 0)
        intake, _ = write_week(week, folder)
        return ran(folder, week.run_date, intake)

    return make


def _damaged(folder: Path) -> Ran:
    """A random week with every kind of row that is held, and blank rows between."""
    week = random_week(5, requests=40)
    rows: list[Cells] = [dict(cells) for cells in week.intake]
    rows[3] |= {"Wilayah": "Entah", "Parameter": "Entah Apa"}  # an error, and a warning beside it
    rows[5]["No. Permintaan"] = str(rows[6]["No. Permintaan"]).upper()
    rows[8]["No. Permintaan"] = None
    rows[9]["No. Permintaan"] = date(2026, 3, 1)
    rows[11] |= {"Tanggal Usulan": "12/31/2026", "Jumlah Contoh Uji": 0}
    rows[13] |= {"Nama Customer": None, "Jenis Customer": "Entah", "Tanggal Permintaan": None}
    rows[15]["No. Permintaan"] = rows[16]["No. Permintaan"] = rows[17]["No. Permintaan"]
    rows[17]["Jenis Contoh Uji"] = "Entah"
    rows[10:10] = [{}, {}]
    intake, _ = write_week(replace(week, intake=rows), folder)
    return ran(folder, week.run_date, intake)


def _two_files(folder: Path) -> Ran:
    """Two intakes of one name: one number stands in both, another is wrong in each of them."""
    paths = [folder / name / "permintaan.xlsx" for name in ("utara", "selatan")]
    for at, path in enumerate(paths, start=1):
        path.parent.mkdir(parents=True)
        write_intake(
            path,
            [
                row(f"P-{at}"),
                row("P-5", jumlah_contoh_uji=at),
                row(f"P-1{at}", wilayah=f"Batm{at}"),
            ],
            above=at,
        )
    write_reference(folder / "utara" / "acuan.xlsx")
    return ran(folder, "2026-06-01", *paths)


def _of(rows: Iterable[Cells], **sheets: object) -> Callable[[Path], Ran]:
    def make(folder: Path) -> Ran:
        folder.mkdir(exist_ok=True)
        write_reference(folder / "acuan.xlsx", **sheets)
        intake = write_intake(folder / "permintaan.xlsx", rows)
        return ran(folder, "2026-06-01", intake)

    return make


def may(day: int) -> date:
    return date(2026, 5, 1) + timedelta(days=day - 1)


# The Kepala turns P-1 and P-3 round; P-2 then goes before P-1 though it came later.
DECIDED = [
    row("P-1", tanggal_permintaan=may(1)),
    row("P-2", tanggal_permintaan=may(2)),
    row("P-3", tanggal_permintaan=may(11), jenis_customer="Internal"),
]
WEEKS = {
    "example": _example,
    **{f"random {seed}": _drawn(seed) for seed in range(8)},
    "damaged": _damaged,
    "two files": _two_files,
    "decided": _of(DECIDED, keputusan_pasangan=[("p-3", " P-1 ", "Nota 4/2026"),
                                                ("P-3", "P-99", None)]),
    "other reading": _of(DECIDED, ketentuan=settings(zona_antara="internal")),
    "all returned": _of([row("P-1", tanggal_usulan=may(5)), row("P-2", tanggal_usulan=may(6))]),
    "all queued": _of([row("P-1", batas_akhir=date(2026, 6, 1))]),
    "all held": _of([row("P-1", wilayah="Entah"), row("P-2", jumlah_contoh_uji=None)]),
    "one request": _of([row("P-1")]),
    "empty": _of([]),
}  # fmt: skip


@pytest.fixture(scope="module", params=WEEKS.values(), ids=WEEKS)
def week(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return request.param(tmp_path_factory.mktemp("pekan"))


def cell(value: object) -> object:
    """A cell as the record writes it: dates as ISO text, blank as None."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return None if value == "" else value


def facts(lines: Iterable[Cells], names: dict[str, str]) -> list[Cells]:
    """Some columns of a sheet under the record's names."""
    return [{key: cell(line[header]) for key, header in names.items()} for line in lines]


def part(entries: Iterable[Cells], names: Iterable[str]) -> list[Cells]:
    return [{key: entry[key] for key in names} for entry in entries]


def moments(lines: Iterable[Cells]) -> list[object]:
    return [line["Tanggal Permintaan"].isoformat() for line in lines]


def rows_of(path: Path) -> dict[int, str]:
    """The No. Permintaan of every data row by its row number."""
    sheet = load_workbook(path)["Permintaan"]
    lines = list(enumerate(sheet.iter_rows(values_only=True), start=1))
    top = next(at for at, cells in lines if HEADERS[0] in cells)
    return {at: str(cells[0]) for at, cells in lines if at > top and any(cells)}


def test_every_data_row_is_ranked_returned_or_held_exactly_once(week: Ran):
    record, read = week.record, {path: rows_of(path) for path in week.intakes}
    name = {path: str(path.name) for path in read}
    if len(set(name.values())) < len(read):
        name = {path: f"{path.parent.name}/{path.name}" for path in read}
    every = {(name[path], at): number for path, rows in read.items() for at, number in rows.items()}
    on_hold = [(entry["berkas"], entry["baris"]) for entry in record["ditahan"]]
    assert len(set(on_hold)) == len(on_hold)
    assert set(on_hold) <= every.keys()
    rest = Counter(number for place, number in every.items() if place not in on_hold)
    named = [*record["permintaan"], *record["dikembalikan"]]
    assert Counter(entry["no_permintaan"] for entry in named) == rest
    assert not rest or max(rest.values()) == 1


def test_the_record_counts_what_the_run_counts(week: Ran):
    record = week.record
    rows = sum(len(record[name]) for name in ("permintaan", "dikembalikan", "ditahan"))
    assert week.counts["baris"] == rows
    assert six(week.counts) == {
        "terjadwal": len(week.with_status("Terjadwal")),
        "digeser": len(week.with_status("Digeser")),
        "terkunci": len(week.with_status("Terkunci")),
        "antrean": len(week.with_status("Antrean")),
        "dikembalikan": len(record["dikembalikan"]),
        "ditahan": len(record["ditahan"]),
    }


def test_the_weeks_of_this_file_hold_every_outcome(tmp_path: Path):
    counts = Counter()
    for name in ("example", "random 2", "damaged"):
        counts.update(WEEKS[name](tmp_path / name.replace(" ", "-")).counts)
    outcomes = ("terjadwal", "digeser", "antrean", "dikembalikan", "ditahan")
    assert all(counts[name] > 2 for name in outcomes), counts


def test_an_empty_week_has_a_record_of_nothing(tmp_path: Path):
    record = WEEKS["empty"](tmp_path).record
    assert [record[name] for name in ("permintaan", "dikembalikan", "ditahan")] == [[], [], []]
    assert (record["run"], record["tanggal"]) == ("2026-06-01-r1", "2026-06-01")
    assert record["ketentuan"]["T"] == 7


def test_one_request_stands_alone(tmp_path: Path):
    (entry,) = WEEKS["one request"](tmp_path).ranked
    assert (entry["peringkat"], entry["atas"], entry["bawah"]) == (1, None, None)
    assert entry["bergantung_zona_antara"] is False
    assert "bacaan_lain" not in entry


def test_the_record_agrees_with_jadwal(week: Ran):
    lines = sorted(week.sheets["Jadwal"], key=lambda line: line["Peringkat"])
    visits = week.with_status("Terjadwal", "Digeser", "Terkunci")
    names = PLACE | REQUEST | DAY | {"tanggal_efektif": "Tanggal Efektif"}
    assert part(visits, names) == facts(lines, names)
    assert [entry["tanggal_permintaan"] for entry in visits] == moments(lines)


def test_alasan_in_jadwal_is_the_records_reason_and_then_that_of_the_rank(week: Ran):
    order = {line["No. Permintaan"]: line["Penjelasan"] for line in week.sheets["Prioritas"]}
    said = {line["No. Permintaan"]: line["Alasan"] for line in week.sheets["Jadwal"]}
    visits = week.with_status("Terjadwal", "Digeser", "Terkunci")
    assert said == {
        number: f"{entry['alasan']} {order[number]}"
        for entry in visits
        for number in [entry["no_permintaan"]]
    }


def test_the_record_agrees_with_antrean(week: Ran):
    names = PLACE | REQUEST | {"sebab": "Sebab", "terdekat": "Tanggal Terdekat", "alasan": "Alasan"}
    waiting = week.with_status("Antrean")
    lines = sorted(week.sheets["Antrean"], key=lambda line: line["Peringkat"])
    assert part(waiting, names) == facts(lines, names)
    assert [entry["tanggal_permintaan"] for entry in waiting] == moments(lines)
    for entry in waiting:
        assert [entry[name] for name in ("mulai", "selesai", "tim")] == [None, None, None]


def test_the_record_agrees_with_prioritas(week: Ran):
    names = PLACE | {
        "customer": "Nama Customer",
        "jenis_customer": "Jenis Customer",
        "tanggal_efektif": "Tanggal Efektif",
        "atas": "Di Atasnya",
        "bawah": "Di Bawahnya",
    }
    lines = week.sheets["Prioritas"]
    assert part(week.ranked, names) == facts(lines, names)
    assert [entry["tanggal_permintaan"] for entry in week.ranked] == moments(lines)
    assert [entry["bergantung_zona_antara"] for entry in week.ranked] == [
        line["Bergantung R-ANTARA"] == "Ya" for line in lines
    ]


def test_the_effective_date_is_the_request_date_less_t_days_for_internal(week: Ran):
    less = {"Internal": week.record["ketentuan"]["T"], "Eksternal": 0}
    lines = {line["No. Permintaan"]: line["Dikurangi (Hari)"] for line in week.sheets["Prioritas"]}
    for entry in week.ranked:
        received = datetime.fromisoformat(entry["tanggal_permintaan"]).date()
        days = (received - date.fromisoformat(entry["tanggal_efektif"])).days
        assert days == less[entry["jenis_customer"]] == lines[entry["no_permintaan"]]


def test_the_ranked_stand_in_order_of_rank_and_name_their_neighbours(week: Ran):
    numbers = [entry["no_permintaan"] for entry in week.ranked]
    assert [entry["peringkat"] for entry in week.ranked] == list(range(1, len(numbers) + 1))
    assert [entry["atas"] for entry in week.ranked] == [None, *numbers][: len(numbers)]
    assert [entry["bawah"] for entry in week.ranked] == [*numbers[1:], None][: len(numbers)]


def test_the_record_agrees_with_dikembalikan(week: Ran):
    names = REQUEST | {"alasan": "Alasan"}
    lines, back = week.sheets["Dikembalikan"], week.record["dikembalikan"]
    assert part(back, names) == facts(lines, names)
    assert [entry["tanggal_permintaan"] for entry in back] == moments(lines)


def test_the_record_agrees_with_zona_antara(week: Ran):
    concerned = [entry for entry in week.ranked if "bacaan_lain" in entry]
    lines = week.sheets["Zona Antara"]
    names = PLACE | {
        "customer": "Nama Customer",
        "jenis_customer": "Jenis Customer",
        "lawan": "Permintaan Lawan",
    }
    assert part(concerned, names) == facts(lines, names)
    here = [entry["mulai"] or "belum dapat" for entry in concerned]
    there = [entry["bacaan_lain"] or "belum dapat" for entry in concerned]
    assert here == [cell(line["Tanggal Kini"]) for line in lines]
    assert there == [cell(line["Tanggal Bacaan Lain"]) for line in lines]


def test_the_problems_of_held_rows_are_those_on_kesalahan(week: Ran):
    problems = defaultdict(list)
    for line in week.sheets["Kesalahan"]:
        if line.get("Tingkat") == "Galat":
            at = int("".join(filter(str.isdigit, line["Sel"])))
            said = f"{line['Lembar']}!{line['Sel']}: {line['Masalah']} {line['Perbaikan']}"
            problems[line["Berkas"], line["Lembar"], at].append(said)
    on_hold = {
        (entry["berkas"], entry["lembar"], entry["baris"]): entry["masalah"]
        for entry in week.record["ditahan"]
    }
    # Of two files that differ one finding tells for all their rows.
    told_elsewhere = {key for key, said in on_hold.items() if "lembar Kesalahan" in said[0]}
    assert {key: sorted(said) for key, said in on_hold.items() if key not in told_elsewhere} == {
        key: sorted(said) for key, said in problems.items()
    }
    assert all(on_hold.values())


def test_a_warning_is_no_problem_of_a_held_row(tmp_path: Path):
    week = _of([row("P-1", wilayah="Entah", parameter="Entah Apa")])(tmp_path)
    assert [line["Tingkat"] for line in week.sheets["Kesalahan"]] == ["Galat", "Peringatan"]
    ((problem,),) = (entry["masalah"] for entry in week.record["ditahan"])
    assert problem.startswith("Permintaan!J2: Wilayah “Entah”")


def test_the_policy_in_the_record_is_the_one_in_force(week: Ran):
    there = {line["Kunci"]: line["Nilai"] for line in week.sheets["Ketentuan"]}
    policy = dict(week.record["ketentuan"])
    first_come = policy["zona_antara"] == "urut_permintaan"
    gaps = policy["selisih_internal_hari"], policy["selisih_eksternal_hari"] - 1
    assert policy.pop("T") == gaps[0 if first_come else 1]
    assert policy == {key: there[key] for key in policy}
    assert policy.keys() == {"selisih_internal_hari", "selisih_eksternal_hari", "zona_antara"}


@pytest.mark.parametrize("seed", range(20, 32))
def test_many_random_weeks_agree_on_every_sheet(seed: int, tmp_path: Path):
    week = _drawn(seed)(tmp_path)
    test_every_data_row_is_ranked_returned_or_held_exactly_once(week)
    test_the_record_agrees_with_jadwal(week)
    test_alasan_in_jadwal_is_the_records_reason_and_then_that_of_the_rank(week)
    test_the_record_agrees_with_antrean(week)
    test_the_record_agrees_with_prioritas(week)
    test_the_record_agrees_with_dikembalikan(week)
    test_the_record_agrees_with_zona_antara(week)


def test_the_decisions_stand_in_the_record_with_their_basis_and_in_the_order_they_made(
    tmp_path: Path,
):
    week = WEEKS["decided"](tmp_path)
    assert week.record["keputusan_kepala"] == [
        {"no_permintaan": "p-3", "atas": "P-1", "dasar": "Nota 4/2026"},
        {"no_permintaan": "P-3", "atas": "P-99", "dasar": ""},
    ]
    assert [entry["no_permintaan"] for entry in week.ranked] == ["P-2", "P-3", "P-1"]


def test_without_decisions_the_list_is_empty(tmp_path: Path):
    assert WEEKS["one request"](tmp_path).record["keputusan_kepala"] == []


def _no_double(pairs: list[tuple[str, object]]) -> dict[str, object]:
    assert len({key for key, _ in pairs}) == len(pairs), pairs
    return dict(pairs)


def _no_constant(name: str) -> object:
    raise AssertionError(name)


def test_the_record_is_strict_json_in_utf_8(week: Ran):
    text = week.raw.decode("utf-8", errors="strict")
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    record = json.loads(text, object_pairs_hook=_no_double, parse_constant=_no_constant)
    assert record["format"] == 1
    assert {"run", "tanggal", "ketentuan", "permintaan", "dikembalikan", "ditahan"} <= set(record)


ODD = ["=1+1", "+62 778", "-5", "@rina", 'PT "Kutip" \\ Miring', "Café Ñandú – “Laut”", "健康 🧪"]


def test_names_stay_the_text_they_are(tmp_path: Path):
    rows = [row(f"P-{at}", nama_customer=name) for at, name in enumerate(ODD, start=1)]
    week = _of(rows)(tmp_path)
    assert [entry["customer"] for entry in week.ranked] == ODD
    assert "Café Ñandú – “Laut”".encode() in week.raw
    assert "健康 🧪".encode() in week.raw


def test_numbers_of_digits_only_are_text(tmp_path: Path):
    week = _of([row(12), row("007", wilayah="Entah")])(tmp_path)
    assert [entry["no_permintaan"] for entry in week.ranked] == ["12"]
    assert [entry["no_permintaan"] for entry in week.record["ditahan"]] == ["007"]


def test_the_time_of_day_is_kept_and_a_day_alone_is_midnight(tmp_path: Path):
    rows = [row("P-1", tanggal_permintaan=datetime(2026, 5, 4, 13, 45)), row("P-2")]
    moment = {e["no_permintaan"]: e["tanggal_permintaan"] for e in _of(rows)(tmp_path).ranked}
    assert moment == {"P-1": "2026-05-04T13:45:00", "P-2": "2026-05-04T00:00:00"}


def test_the_same_input_gives_the_same_bytes_wherever_and_whoever_runs_it(tmp_path: Path):
    surroundings = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Jakarta", "LC_ALL": "C.UTF-8", "USER": "rina"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C", "USER": "budi"},
    ]
    found = []
    for at, environment in enumerate(surroundings):
        folder = tmp_path / str(at)
        folder.mkdir()
        arguments = [sys.executable, "-m", "labkesmas_batch", "run", str(EXAMPLE)]
        done = subprocess.run(
            [*arguments, "--date", EXAMPLE_DATE],
            cwd=folder,
            env=os.environ | environment,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 1
        found.append((folder / "output" / f"{EXAMPLE_DATE}-r1" / "keputusan.json").read_bytes())
    assert found[0] == found[1]


def test_running_again_changes_nothing_but_the_run_number(tmp_path: Path):
    first, second = (ran(tmp_path, EXAMPLE_DATE, EXAMPLE) for _ in range(2))
    assert first.record["run"] == f"{EXAMPLE_DATE}-r1"
    assert second.raw == first.raw.replace(b"-r1", b"-r2")


@pytest.mark.parametrize("seed", [0, 2, 7])
def test_shuffling_the_rows_changes_no_byte(seed: int, tmp_path: Path):
    week = random_week(seed, requests=40)
    intakes = [write_week(week, tmp_path / str(at), at or None)[0] for at in range(3)]
    found = {ran(path.parent, week.run_date, path).raw for path in intakes}
    assert len(found) == 1


def test_shuffling_changes_only_the_row_numbers_of_held_rows(tmp_path: Path):
    rows = [row(f"P-{n}", **({"wilayah": "Entah"} if n % 4 == 0 else {})) for n in range(1, 13)]
    mixed = random.Random(1).sample(rows, len(rows))
    one, other = _of(rows)(tmp_path / "a").record, _of(mixed)(tmp_path / "b").record
    on_hold = [
        {e["no_permintaan"]: e["masalah"][0].partition(": ")[2] for e in each.pop("ditahan")}
        for each in (one, other)
    ]
    assert one == other
    assert on_hold[0] == on_hold[1]
    assert on_hold[0].keys() == {"P-4", "P-8", "P-12"}


def test_a_new_record_leaves_the_older_one_alone(tmp_path: Path):
    intake = write_intake(tmp_path / "permintaan.xlsx", [row("P-1")])
    write_reference(tmp_path / "acuan.xlsx")
    first = ran(tmp_path, "2026-06-01", intake)
    write_intake(intake, [row("P-1", wilayah="Entah"), row("P-2")])
    second = ran(tmp_path, "2026-06-01", intake)
    older = tmp_path / "output" / "2026-06-01-r1" / "keputusan.json"
    assert older.read_bytes() == first.raw
    assert [entry["no_permintaan"] for entry in second.ranked] == ["P-2"]


@pytest.mark.parametrize("arguments", [("--strict",), ("--what-if", "Tim tambahan; Tim 9")])
def test_where_no_schedule_is_written_there_is_no_record_either(
    tmp_path: Path, arguments: tuple[str, ...]
):
    intake = write_intake(tmp_path / "permintaan.xlsx", [row("P-1"), row("P-2", wilayah="Entah")])
    write_reference(tmp_path / "acuan.xlsx")
    call("run", intake, "--output", tmp_path / "output", "--date", "2026-06-01", *arguments)
    assert not list(tmp_path.rglob("keputusan.json"))
