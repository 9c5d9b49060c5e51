"""``run --what-if`` and ``simulate`` as people call them: answers that change nothing else."""

from __future__ import annotations

import hashlib
import json
import re
import runpy
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from labkesmas_batch.commands.inputs import gather
from labkesmas_batch.model.week import Week as Decided
from labkesmas_batch.planning.weekly import decide
from labkesmas_batch.simulation import sentences as simulation_sentences
from labkesmas_batch.simulation.play import COOL_DOWN, WARM_UP
from labkesmas_batch.simulation.types import RequestHistory, Simulation
from tests.support.builders import policy, row, settings, write_intake, write_reference
from tests.support.counts import six
from tests.support.dump import EXAMPLE, EXAMPLE_DATE, ROOT, Answer, call, records
from tests.support.signing import fill_schedule
from tests.support.weeks import Week, random_week, write_week

pytestmark = pytest.mark.slow

DAY = ("--date", "2026-06-01")
EXAMPLE_DAY = ("--date", EXAMPLE_DATE)
OUTCOMES = ("terjadwal", "digeser", "dikembalikan", "antrean", "ditahan", "terkunci")
SIMULATION = Simulation(
    date(2026, 6, 1), 4, RequestHistory(), 1.0, "acuan.xlsx", False, (), policy(), 7, (), (), ()
)
NOTHING = "Kunjungan per hari; Semua; tambah 0"


def tree(folder: Path) -> dict[str, str]:
    """Every file and folder below, with a digest of its content."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file()
        else "folder"
        for path in folder.rglob("*")
    }


def new(folder: Path, before: dict[str, str]) -> list[str]:
    """What is there now and was not; everything else has to be as it was."""
    now = tree(folder)
    assert {name: now.get(name) for name in before} == before
    return sorted(now.keys() - before.keys())


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with one good intake and a reference whose team makes one visit a day."""
    asked = [row(f"P-{n}", tanggal_usulan=date(2026, 6, 3)) for n in (1, 2, 3)]
    write_intake(tmp_path / "permintaan.xlsx", asked)
    write_reference(
        tmp_path / "acuan.xlsx", tim=[("Tim 1", None, None, "Semua", 1, None)], tim_cuti=[]
    )
    return tmp_path


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example week and its reference."""
    for name in (EXAMPLE.name, "acuan.xlsx"):
        shutil.copyfile(ROOT / "input_templates" / name, tmp_path / name)
    return tmp_path


def ask(
    folder: Path,
    *supposed: object,
    intake: str = "permintaan.xlsx",
    day: tuple[str, ...] = DAY,
    options: tuple[object, ...] = ("--json",),
) -> Answer:
    asked = [part for each in supposed for part in ("--what-if", each)]
    return call("run", folder / intake, "--output", folder / "output", *day, *asked, *options)


def ask_example(folder: Path, *supposed: object, **more: object) -> Answer:
    return ask(folder, *supposed, intake=EXAMPLE.name, day=EXAMPLE_DAY, **more)


def requests(answer: Answer) -> list[dict[str, object]]:
    return records(load_workbook(answer.record["files"]["andaikan"])["Permintaan"])


def side(answer: Answer, which: str) -> dict[str, tuple[object, object, object]]:
    """Outcome, day and team of every request on one side of the comparison."""
    return {
        str(line["No. Permintaan"]): (
            line[f"Status {which}"],
            line[f"Tanggal {which}"],
            line[f"Tim {which}"],
        )
        for line in requests(answer)
    }


def plain(week: Decided) -> dict[str, tuple[object, object, object]]:
    """The same of what a plain run decides."""
    found: dict[str, tuple[object, object, object]] = {
        visit.request.number: (
            visit.status.value,
            date_cell(visit.first),
            visit.team,
        )
        for visit in week.plan.allocation.visits
    }
    found |= {
        each.request.number: ("Antrean", None, None) for each in week.plan.allocation.unplaced
    }
    return found | {
        each.request.number: ("Dikembalikan", None, None) for each in week.plan.returned
    }


def date_cell(day: date) -> datetime:
    """A date as openpyxl reads it from a cell."""
    return datetime.combine(day, time())


@pytest.fixture
def locked(desk: Path) -> Path:
    """The same desk after its week was approved: each of the three has its day."""
    ran = call("run", desk / "permintaan.xlsx", "--output", desk / "output", "--json", *DAY)
    schedule = fill_schedule(Path(ran.record["files"]["jadwal"]))
    assert call("finalize", schedule).code == 0
    write_intake(desk / "permintaan.xlsx", [row("P-4", tanggal_usulan=date(2026, 6, 3))])
    return desk


def test_locked_visits_hold_their_day_on_both_sides_and_the_register_stays_as_it_is(locked: Path):
    before = tree(locked)
    answer = ask(locked, "Tim tambahan; Tim 2")
    assert new(locked, before) == ["output/andaikan-2026-06-01.xlsx"]
    now, then = side(answer, "Sekarang"), side(answer, "Diandaikan")
    promised = {("Terkunci", date_cell(date(2026, 6, day)), "Tim 1") for day in (3, 4, 8)}
    assert {now[f"P-{n}"] for n in (1, 2, 3)} == promised
    assert {then[f"P-{n}"] for n in (1, 2, 3)} == promised
    assert now["P-4"] == ("Digeser", date_cell(date(2026, 6, 9)), "Tim 1")
    assert then["P-4"] == ("Terjadwal", date_cell(date(2026, 6, 3)), "Tim 2")
    assert answer.record["before"]["terkunci"] == answer.record["after"]["terkunci"] == 3


def test_a_locked_visit_that_the_changes_hinder_is_named_and_not_moved(locked: Path):
    answer = ask(locked, "Cuti; Tim 1; 4 Jun 2026", options=())
    assert re.search(
        r"terkunci yang akan terhalang.*P-\d: Tim 1 cuti pada Kamis, 4 Jun 2026", answer.out
    )
    assert {
        each[1]
        for number, each in side(ask(locked, "Cuti; Tim 1; 4 Jun 2026"), "Diandaikan").items()
        if number != "P-4"
    } == {date_cell(date(2026, 6, day)) for day in (3, 4, 8)}


def test_another_day_for_a_locked_visit_is_refused(locked: Path):
    before = tree(locked)
    answer = ask(locked, "Mendesak; P-2; 9 Jun 2026")
    assert answer.code == 3
    assert "P-2 sudah terkunci pada" in answer.err
    assert tree(locked) == before


def test_the_plain_side_is_what_a_plain_run_of_the_same_files_writes(example: Path):
    answer = ask_example(example, "Ketentuan; zona_antara; internal")
    ran = call("run", example / EXAMPLE.name, "--output", example / "lain", "--json", *EXAMPLE_DAY)
    book = load_workbook(ran.record["files"]["jadwal"])
    jadwal = {
        str(line["No. Permintaan"]): (line["Status"], line["Tanggal Mulai"], line["Tim"])
        for line in records(book["Jadwal"])
    }
    for name in ("Antrean", "Dikembalikan"):
        jadwal |= {str(line["No. Permintaan"]): (name, None, None) for line in records(book[name])}
    assert side(answer, "Sekarang") == jadwal
    assert len(jadwal) == 37
    assert answer.record["before"] == ran.record["counts"]


@pytest.mark.parametrize("seed", range(6))
def test_the_plain_side_of_a_random_week_is_a_plain_run(seed: int, tmp_path: Path):
    week = random_week(seed, requests=40, trips=seed % 2 == 0)
    intake, _ = write_week(week, tmp_path)
    run_date = ("--date", str(week.run_date))
    answer = ask(tmp_path, "Tim tambahan; Tim Baru", day=run_date)
    assert side(answer, "Sekarang") == plain(decide(gather([intake], None), week.run_date))


Edit = Callable[[Week], tuple[str, Week]]


def _edit(week: Week) -> tuple[Week, dict[str, list[dict[str, object]]]]:
    copy = deepcopy(week)
    return copy, copy.reference


def _more_teams(week: Week) -> tuple[str, Week]:
    edited, sheets = _edit(week)
    model = sheets["Tim"][-1]
    sheets["Tim"].append(model | {"Nama Tim": "Tim Baru"})
    return f"Tim tambahan; Tim Baru; {model['Nama Tim']}", edited


def _without_team(week: Week) -> tuple[str, Week]:
    edited, sheets = _edit(week)
    name = sheets["Tim"][0]["Nama Tim"]
    sheets["Tim"] = sheets["Tim"][1:]
    sheets["Tim Cuti"] = [line for line in sheets["Tim Cuti"] if line["Nama Tim"] != name]
    return f"Tanpa tim; {name}", edited


def _number(header: str, text: str, change: Callable[[int], int]) -> Edit:
    def edit(week: Week) -> tuple[str, Week]:
        edited, sheets = _edit(week)
        for line in sheets["Tim"]:
            if line[header] is not None:
                line[header] = max(0, change(int(str(line[header]))))
        return f"{header}; Semua; {text}", edited

    return edit


def _competence(week: Week) -> tuple[str, Week]:
    edited, sheets = _edit(week)
    kind, line = sheets["Jenis Contoh Uji"][-1]["Jenis Contoh Uji"], sheets["Tim"][0]
    if line["Jenis Contoh Uji"] != "Semua":
        line["Jenis Contoh Uji"] = f"{line['Jenis Contoh Uji']}; {kind}"
    return f"Menguasai; {line['Nama Tim']}; {kind}", edited


def _leave(week: Week) -> tuple[str, Week]:
    edited, sheets = _edit(week)
    name, first = sheets["Tim"][0]["Nama Tim"], week.run_date + timedelta(days=2)
    last = first + timedelta(days=16)
    sheets["Tim Cuti"].append({"Nama Tim": name, "Dari": first, "Sampai": last})
    return f"Cuti; {name}; {first}; {last}", edited


def _no_leave(week: Week) -> tuple[str, Week]:
    edited, sheets = _edit(week)
    names = [line["Nama Tim"] for line in sheets["Tim Cuti"]] or [sheets["Tim"][0]["Nama Tim"]]
    kept = [line for line in sheets["Tim Cuti"] if line["Nama Tim"] != names[0]]
    sheets["Tim Cuti"] = kept
    return f"Batal cuti; {names[0]}", edited


def _laboratory(week: Week) -> tuple[str, Week]:
    edited, sheets = _edit(week)
    sheets["Jenis Contoh Uji"][0]["Kapasitas Lab per Hari"] = 12
    return f"Kapasitas lab; {sheets['Jenis Contoh Uji'][0]['Jenis Contoh Uji']}; 12", edited


def _fewer_units(week: Week) -> tuple[str, Week]:
    edited, sheets = _edit(week)
    line = sheets["Peralatan"][0]
    if line["Jumlah Unit"] is not None:
        line["Jumlah Unit"] = max(0, int(str(line["Jumlah Unit"])) - 1)
    return f"Jumlah unit; {line['Peralatan']}; kurang 1", edited


def _more_units(week: Week) -> tuple[str, Week]:
    edited, sheets = _edit(week)
    line = sheets["Peralatan"][0]
    if line["Jumlah Unit"] is not None:
        sheets["Peralatan"].append({"Peralatan": line["Peralatan"], "Jumlah Unit": 2})
    return f"Jumlah unit; {line['Peralatan']}; tambah 2", edited


def _holiday(week: Week) -> tuple[str, Week]:
    edited, sheets = _edit(week)
    first = week.run_date + timedelta(days=3)
    days = [first + timedelta(days=step) for step in range(9)]
    known = {line["Tanggal"] for line in sheets["Hari Libur"]}
    sheets["Hari Libur"] += [
        {"Tanggal": day, "Keterangan": "Rapat"} for day in days if day not in known
    ]
    return f"Hari libur; Rapat; {first}; {days[-1]}", edited


def _setting(key: str, value: object) -> Edit:
    def edit(week: Week) -> tuple[str, Week]:
        edited, sheets = _edit(week)
        for line in sheets["Ketentuan"]:
            if line["Kunci"] == key:
                line["Nilai"] = value
        return f"Ketentuan; {key}; {value}", edited

    return edit


EDITS: dict[str, Edit] = {
    "Tim tambahan": _more_teams,
    "Tanpa tim": _without_team,
    "Kunjungan per Hari +": _number("Kunjungan per Hari", "tambah 1", lambda count: count + 1),
    "Kunjungan per Hari -": _number("Kunjungan per Hari", "kurang 2", lambda count: count - 2),
    "Contoh Uji per Hari": _number("Contoh Uji per Hari", "kurang 5", lambda count: count - 5),
    "Menguasai": _competence,
    "Cuti": _leave,
    "Batal cuti": _no_leave,
    "Kapasitas lab": _laboratory,
    "Jumlah unit -": _fewer_units,
    "Jumlah unit +": _more_units,
    "Hari libur": _holiday,
    "tenggang_permintaan_hari": _setting("tenggang_permintaan_hari", 10),
    "tenggang_kurang": _setting("tenggang_kurang", "geser"),
    "selisih_internal_hari": _setting("selisih_internal_hari", 0),
    "selisih_eksternal_hari": _setting("selisih_eksternal_hari", 30),
    "zona_antara": _setting("zona_antara", "internal"),
    "jeda_terbit_hari": _setting("jeda_terbit_hari", 5),
    "horizon_hari": _setting("horizon_hari", 15),
    "hari_kerja": _setting("hari_kerja", "Selasa-Sabtu"),
}


# Random weeks that each of the changes matters in, at least in one of them.
SEEDS = (4, 10, 11, 14)


@pytest.mark.parametrize("name", EDITS)
def test_the_supposed_side_is_a_plain_run_with_the_reference_changed_by_hand(
    name: str, tmp_path: Path
):
    changed = 0
    for seed in SEEDS:
        week = random_week(seed, requests=30, trips=seed % 2 == 0)
        write_week(week, tmp_path / "asli")
        text, edited = EDITS[name](week)
        intake, _ = write_week(edited, tmp_path / "ubah")
        answer = ask(tmp_path / "asli", text, day=("--date", str(week.run_date)))
        assert answer.code in (0, 1), answer.err
        by_hand = decide(gather([intake], None), week.run_date)
        assert side(answer, "Diandaikan") == plain(by_hand)
        assert answer.record["after"] == by_hand.summary.counts
        changed += side(answer, "Sekarang") != side(answer, "Diandaikan")
    assert changed


def test_the_kepalas_decisions_hold_in_the_supposed_plan_too(desk: Path):
    """P-1 is ten days older: the SOP is silent, and the Kepala has put P-2 first."""
    write_intake(
        desk / "permintaan.xlsx",
        [
            row("P-1", tanggal_permintaan=date(2026, 4, 1), tanggal_usulan=date(2026, 6, 3)),
            row(
                "P-2",
                tanggal_permintaan=date(2026, 4, 11),
                tanggal_usulan=date(2026, 6, 3),
                jenis_customer="Internal",
            ),
        ],
    )
    write_reference(
        desk / "acuan.xlsx",
        tim=[("Tim 1", None, None, "Semua", 1, None)],
        tim_cuti=[],
        keputusan_pasangan=[("P-2", "P-1", "Nota Dinas 7")],
    )
    answer = ask(desk, NOTHING)
    assert side(answer, "Sekarang")["P-2"][1] == date_cell(date(2026, 6, 3))
    assert side(answer, "Diandaikan") == side(answer, "Sekarang")


def test_nothing_is_written_but_the_answer(desk: Path):
    before = tree(desk)
    answer = ask(desk, "Tanpa tim; Tim 1")
    assert answer.record["files"] == {"andaikan": str(desk / "output" / "andaikan-2026-06-01.xlsx")}
    assert new(desk, before) == ["output", "output/andaikan-2026-06-01.xlsx"]


def test_the_register_and_older_outputs_stay_as_they_are_to_the_byte(desk: Path):
    assert call("run", desk / "permintaan.xlsx", "--output", desk / "output", *DAY).code == 0
    assert ask(desk, NOTHING).code == 0
    before = tree(desk)
    assert "output/register.db" in before
    answer = ask(desk, "Kunjungan per hari; Tim 1; 5")
    assert new(desk, before) == ["output/andaikan-2026-06-01-2.xlsx"]
    assert answer.record["files"]["andaikan"].endswith("andaikan-2026-06-01-2.xlsx")
    again = call("run", desk / "permintaan.xlsx", "--output", desk / "output", "--json", *DAY)
    assert again.record["run"] == "2026-06-01-r2"


def test_a_register_that_is_named_is_not_even_made(desk: Path):
    answer = ask(desk, NOTHING, options=("--json", "--register", desk / "lain" / "register.db"))
    assert answer.code == 0
    assert not (desk / "lain").exists()


def test_the_same_question_gives_the_same_bytes(desk: Path):
    first, second = (
        Path(ask(desk, "Cuti; Tim 1; 3/6/2026").record["files"]["andaikan"]).read_bytes()
        for _ in range(2)
    )
    assert first == second


def test_the_answer_does_not_hang_on_the_order_of_the_rows(example: Path):
    texts = ("Tanpa tim; Tim 2", "Ketentuan; zona_antara; internal")
    first = side(ask_example(example, *texts), "Diandaikan")
    lines = list(load_workbook(example / EXAMPLE.name)["Permintaan"].iter_rows(values_only=True))
    write_intake(example / EXAMPLE.name, [list(cells) for cells in lines[:0:-1]], lines[0])
    assert side(ask_example(example, *texts), "Diandaikan") == first


@pytest.mark.parametrize("text", ["Tanpa tim; Tim 9", "Ketentuan; selisih_internal_hari; 20"])
def test_a_refusal_leaves_no_trace(desk: Path, text: str):
    before = tree(desk)
    answer = ask(desk, text)
    assert (answer.code, answer.out) == (3, "")
    assert new(desk, before) == []


def test_gaps_that_contradict_each_other_are_refused_in_a_sentence(desk: Path):
    answer = ask(desk, "Ketentuan; selisih_internal_hari; 14")
    assert answer.err == (
        "Galat: Perubahan tidak dapat diandaikan: selisih_internal_hari harus lebih kecil "
        "daripada selisih_eksternal_hari.\n"
    )


def test_a_reference_with_an_error_or_an_unusable_intake_is_refused(desk: Path):
    write_reference(desk / "salah.xlsx", ketentuan=settings(horizon_hari="lama"))
    before = tree(desk)
    answer = ask(desk, NOTHING, options=("--reference", desk / "salah.xlsx"))
    assert (answer.code, answer.out) == (3, "")
    assert "Galat A01 salah.xlsx Ketentuan!" in answer.err
    answer = ask(desk, NOTHING, intake="tidak-ada.xlsx")
    assert (answer.code, answer.out) == (3, "")
    assert "tidak-ada.xlsx tidak ditemukan" in answer.err
    assert new(desk, before) == []


def test_an_output_folder_that_cannot_be_written_is_named(desk: Path):
    (desk / "output").write_text("di sini seharusnya folder")
    before = tree(desk)
    answer = ask(desk, NOTHING)
    assert (answer.code, answer.out) == (3, "")
    assert "output tidak dapat ditulisi" in answer.err
    assert new(desk, before) == []


def test_the_json_holds_both_counts_and_whoever_is_not_as_before(example: Path):
    answer = ask_example(example, "Ketentuan; zona_antara; internal")
    record = answer.record
    assert list(record) == ["files", "changes", "before", "after", "requests"]
    assert record["changes"] == ["Ketentuan; zona_antara; internal"]
    for counts in (record["before"], record["after"]):
        assert six(counts)
        assert counts["baris"] == sum(counts[name] for name in OUTCOMES) == 42
    assert record["requests"] == [
        {
            "no_permintaan": number,
            "before": f"2026-12-{before:02}",
            "after": f"2026-12-{after:02}",
            "days": after - before,
            "akibat": f"{'mundur' if after > before else 'maju'} 1 hari",
        }
        for number, before, after in (
            ("P-16", 3, 4),
            ("P-17", 2, 3),
            ("P-24", 3, 2),
            ("P-27", 4, 3),
        )
    ]
    assert "Akibatnya: 2 permintaan maju (jumlah 2 hari) dan 2 permintaan mundur" in answer.err


def test_the_json_is_the_only_thing_on_stdout(example: Path):
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "labkesmas_batch",
            "run",
            EXAMPLE.name,
            "--json",
            *EXAMPLE_DAY,
            "--what-if",
            "Tanpa tim; Tim 2",
        ],
        cwd=example,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert json.loads(done.stdout)["changes"] == ["Tanpa tim; Tim 2"]
    assert "Pengandaian untuk jadwal Senin, 23 Nov 2026" in done.stderr
    assert (example / json.loads(done.stdout)["files"]["andaikan"]).is_file()


def test_people_read_the_same_on_stdout_without_json(desk: Path):
    with_json = ask(desk, "Kunjungan per hari; Tim 1; 3")
    without = ask(desk, "Kunjungan per hari; Tim 1; 3", options=())
    assert without.err == ""
    assert without.out.replace("01-2.xlsx", "01.xlsx") == with_json.err


def test_the_answer_in_words(desk: Path):
    urgent = "Mendesak; U-1; 3/6/2026; Batam; Air Minum; 2"
    answer = ask(desk, "Kunjungan per hari; Tim 1; 2", urgent, options=())
    assert answer.out.splitlines() == [
        "Pengandaian untuk jadwal Senin, 1 Jun 2026; jadwal dan register tidak berubah.",
        "Acuan: acuan.xlsx",
        "Diandaikan: Kunjungan per hari; Tim 1; 2",
        "Diandaikan: Mendesak; U-1; 3 Jun 2026; Batam; Air Minum; 2",
        "Akibatnya: 1 permintaan maju (jumlah 4 hari) dan 1 permintaan baru mendapat hari.",
        "  P-3          8 Jun Tim 1 → 4 Jun Tim 1  maju 4 hari",
        "  U-1          - → 3 Jun Tim 1            baru: 3 Jun 2026",
        "Dengan perubahan itu 4 dari 4 permintaan mendapat hari.",
        f"Perbandingan: {desk / 'output' / 'andaikan-2026-06-01.xlsx'}",
    ]


def test_a_change_that_does_nothing_says_so(desk: Path):
    answer = ask(desk, NOTHING)
    assert answer.code == 0
    assert "Akibatnya: Tidak ada tanggal yang berubah.\n" in answer.err
    assert answer.record["requests"] == []
    assert answer.record["before"] == answer.record["after"]
    assert {line["Akibat"] for line in requests(answer)} == {"tetap"}
    page = load_workbook(answer.record["files"]["andaikan"])["Pengandaian"]
    said = [cell.value for line in page.iter_rows() for cell in line]
    assert "Tidak ada tanggal yang berubah." in said


def test_of_many_who_move_some_are_named_and_the_rest_counted(tmp_path: Path):
    write_intake(tmp_path / "permintaan.xlsx", [row(f"P-{n}") for n in range(1, 60)])
    write_reference(tmp_path / "acuan.xlsx", tim_cuti=[])
    answer = ask(tmp_path, "Hari libur; Rapat; 1/6/2026; 5/6/2026")
    moved = len(answer.record["requests"])
    assert moved > 40
    lines = [line for line in answer.err.splitlines() if line.startswith("  ")]
    assert len(lines) == 41
    assert lines[-1] == f"  ... dan {moved - 40} lagi"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (NOTHING, 0),
        ("Cuti; Tim 1; 3/6/2026; 12/6/2026", 0),
        ("Tanpa tim; Tim 1", 1),
        ("Ketentuan; tenggang_permintaan_hari; 60", 1),
        ("Mendesak; U-1; 6/6/2026; Batam; Air Minum; 2", 1),
        ("Mendesak; U-1; 4/6/2026; Batam; Air Minum; 2", 0),
    ],
)
def test_the_exit_code_is_that_of_the_supposed_week(desk: Path, text: str, code: int):
    assert ask(desk, text).code == code


def test_a_change_that_mends_the_week_exits_with_0(desk: Path):
    write_intake(desk / "permintaan.xlsx", [row("P-1", tanggal_usulan=date(2026, 5, 6))])
    assert ask(desk, NOTHING).code == 1
    assert ask(desk, "Ketentuan; tenggang_kurang; geser").code == 0


def test_held_rows_are_held_on_both_sides_and_exit_with_1(desk: Path):
    write_intake(desk / "permintaan.xlsx", [row("P-1"), row("P-2", wilayah="Batm")])
    answer = ask(desk, "Tim tambahan; Tim 2")
    assert answer.code == 1
    assert [answer.record[key]["ditahan"] for key in ("before", "after")] == [1, 1]
    assert [line["No. Permintaan"] for line in requests(answer)] == ["P-1"]


def test_held_rows_and_remarks_are_spoken_of(desk: Path):
    write_intake(desk / "permintaan.xlsx", [row("P-1"), row("P-2", wilayah="Batm")])
    (desk / "~$permintaan.xlsx").write_bytes(b"")
    answer = ask(desk, "Tim tambahan; Tim 2")
    on_hold = (
        "1 baris ditahan karena datanya salah dan tidak ikut dibandingkan: "
        "P-2 (permintaan.xlsx baris 3). Perbaiki dahulu, lalu ulangi."
    )
    remark = "permintaan.xlsx sedang terbuka di program lain: "
    outcome = "Dengan perubahan itu 1 dari 2 permintaan mendapat hari; 1 ditahan."
    for said in (on_hold, remark, outcome):
        assert said in answer.err
    page = load_workbook(answer.record["files"]["andaikan"])["Pengandaian"]
    written = " ".join(str(cell.value) for line in page.iter_rows() for cell in line)
    assert on_hold in written
    assert remark in written
    assert "Acuan: acuan.xlsx" in written


def test_an_urgent_request_whose_row_is_held_is_counted_once(desk: Path):
    held = [row("P-2", wilayah=name) for name in ("Batm", "Btm")]
    write_intake(desk / "permintaan.xlsx", [row("P-1"), *held])
    answer = ask(desk, "Mendesak; p-2; 3/6/2026; Batam; Air Minum; 3")
    record = answer.record
    assert record["after"]["baris"] == record["before"]["baris"] == 3
    assert [record[side]["ditahan"] for side in ("before", "after")] == [2, 1]
    assert side(answer, "Sekarang")["p-2"] == ("Ditahan", None, None)
    assert "Akibatnya: 1 permintaan jadi mendapat hari." in answer.err


def test_an_urgent_request_whose_row_is_held_needs_its_place_kind_and_size(desk: Path):
    write_intake(desk / "permintaan.xlsx", [row("P-1"), row("P-2", wilayah="Batm")])
    answer = ask(desk, "Mendesak; P-2; 3/6/2026")
    assert answer.code == 3
    assert "P-2 ada pada formulir, tetapi barisnya ditahan" in answer.err


def test_a_week_of_one_request_and_a_week_of_none(desk: Path):
    write_intake(desk / "permintaan.xlsx", [row("P-1", tanggal_usulan=date(2026, 6, 3))])
    answer = ask(desk, "Hari libur; Rapat; 3/6/2026")
    assert (answer.code, len(requests(answer))) == (0, 1)
    assert answer.record["requests"][0]["days"] == 1
    write_intake(desk / "permintaan.xlsx", [])
    answer = ask(desk, "Tanpa tim; Tim 1")
    assert (answer.code, requests(answer)) == (0, [])
    assert answer.record["after"]["baris"] == 0


def test_the_reference_that_is_named_counts_and_is_said(desk: Path):
    write_reference(
        desk / "baru.xlsx", tim=[("Tim X", None, None, "Semua", None, None)], tim_cuti=[]
    )
    answer = ask(desk, "Tanpa tim; Tim X", options=("--json", "--reference", desk / "baru.xlsx"))
    assert "Acuan: baru.xlsx\n" in answer.err
    assert {team for _, _, team in side(answer, "Sekarang").values()} == {"Tim X"}


def page_figures(answer: Answer) -> dict[str, list[object]]:
    page = load_workbook(answer.record["files"]["andaikan"])["Pengandaian"]
    return {
        str(cells[0]): list(cells[1:4])
        for cells in page.iter_rows(values_only=True)
        if cells[0] is not None
    }


def test_the_page_counts_what_the_json_counts(example: Path):
    answer = ask_example(example, "Kapasitas lab; Air Minum; kurang 25", "Tanpa tim; Tim 3")
    found, record = page_figures(answer), answer.record
    for name in OUTCOMES:
        before, after = record["before"][name], record["after"][name]
        assert found[name.capitalize()] == [before, after, after - before]
    assert record["after"]["antrean"] > record["before"]["antrean"]


def test_the_page_tells_the_median_wait_of_both_classes(desk: Path):
    asked = [
        row("P-1", tanggal_permintaan=date(2026, 5, 4), tanggal_usulan=date(2026, 6, 3)),
        row("P-2", tanggal_permintaan=date(2026, 5, 5), tanggal_usulan=date(2026, 6, 3)),
    ]
    write_intake(desk / "permintaan.xlsx", asked)
    found = page_figures(ask(desk, "Kunjungan per hari; Tim 1; 2"))
    assert found["Eksternal"] == [30, 29.5, -0.5]  # 30 and 30 days, then 30 and 29
    assert found["Internal"] == [None, None, None]


def test_whoever_changes_stands_first_and_the_others_keep_their_order(example: Path):
    lines = requests(ask_example(example, "Ketentuan; zona_antara; internal"))
    said = [line["Akibat"] == "tetap" for line in lines]
    assert said == sorted(said)
    assert [line["No. Permintaan"] for line in lines[:4]] == ["P-16", "P-17", "P-24", "P-27"]
    assert [line["Selisih Hari"] for line in lines[:4]] == [1, 1, -1, -1]


def test_text_of_an_intake_stays_text(desk: Path):
    write_intake(desk / "permintaan.xlsx", [row("=1+1", nama_customer="=HYPERLINK(1)")])
    answer = ask(desk, "Mendesak; =U-1; 3/6/2026; Batam; Air Minum; 2")
    book = load_workbook(answer.record["files"]["andaikan"])
    kinds = {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line}
    assert "f" not in kinds
    assert {line["No. Permintaan"] for line in requests(answer)} == {"=1+1", "=U-1"}


def simulate(folder: Path, *arguments: object, day: tuple[str, ...] = DAY) -> Answer:
    return call("simulate", *arguments, "--output", folder / "output", "--json", *day)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Three weeks of requests of a laboratory with one team."""
    asked = [
        row(
            f"R-{n}",
            tanggal_permintaan=date(2026, 3, 2) + timedelta(days=n),
            tanggal_usulan=date(2026, 3, 30) + timedelta(days=n // 2),
            jenis_customer="Internal" if n % 3 else "Eksternal",
        )
        for n in range(19)
        if n % 7 < 5
    ]
    write_intake(tmp_path / "riwayat.xlsx", asked)
    write_reference(
        tmp_path / "acuan.xlsx",
        tim=[("Tim 1", None, None, "Semua", 1, None), ("Tim 2", None, None, "Air Minum", 1, None)],
        tim_cuti=[],
    )
    return tmp_path


NAMES = [
    "Ketentuan dan tim sekarang", "Satu tim lagi, seperti Tim 1", "Satu tim kurang, tanpa Tim 2",
    "zona_antara = urut_permintaan (berlaku)", "zona_antara = internal",
    "urut tanggal permintaan saja",
]  # fmt: skip


def test_the_json_of_a_simulation_holds_every_scenario_with_its_classes(history: Path):
    answer = simulate(history, history / "riwayat.xlsx", "--weeks", 6)
    assert answer.code == 0
    record = answer.record
    assert list(record) == ["files", "weeks", "reference", "packaged", "left_out", "scenarios"]
    assert record["weeks"] == 6
    assert [each["name"] for each in record["scenarios"]] == NAMES
    ends = set()
    for each in record["scenarios"]:
        assert list(each["classes"]) == ["Internal", "Eksternal", "Semua"]
        internal, external, every = (each["classes"][name]["visits"] for name in each["classes"])
        assert internal + external == every
        ends.add(every + each["missed"] + each["never"] + each["waiting"])
        for times in each["classes"].values():
            assert list(times) == [
                "visits",
                "mean",
                "median",
                "p90",
                "longest",
                "mean_late",
                "on_time",
            ]
            assert times["median"] <= times["p90"] <= times["longest"]
    assert len(ends) == 1  # the same requests in every scenario
    assert "Simulasi 6 pekan; 15 permintaan sebagai riwayat." in answer.err


def test_a_simulation_writes_its_workbook_and_nothing_else(history: Path):
    assert call("run", history / "riwayat.xlsx", "--output", history / "output", *DAY).code in (
        0,
        1,
    )
    before = tree(history)
    first = simulate(history, history / "riwayat.xlsx", "--weeks", 4)
    assert new(history, before) == ["output/simulasi-2026-06-01.xlsx"]
    before = tree(history)
    second = simulate(history, history / "riwayat.xlsx", "--weeks", 4)
    assert new(history, before) == ["output/simulasi-2026-06-01-2.xlsx"]
    one, other = (Path(each.record["files"]["simulasi"]) for each in (first, second))
    assert one.read_bytes() == other.read_bytes()


def test_the_same_files_and_seed_give_the_same_bytes_in_another_process(history: Path):
    command = [sys.executable, "-m", "labkesmas_batch", "simulate", "--rate", "3", "--weeks", "4",
               "--seed", "9", "--reference", "acuan.xlsx", *DAY]  # fmt: skip
    written = []
    for folder, seed in (("satu", "1"), ("dua", "2")):
        done = subprocess.run(
            [*command, "--output", folder],
            cwd=history,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        written.append((history / folder / "simulasi-2026-06-01.xlsx").read_bytes())
    assert written[0] == written[1]


def test_another_seed_gives_another_result(history: Path):
    results = [
        simulate(history, history / "riwayat.xlsx", "--weeks", 8, "--seed", seed).record[
            "scenarios"
        ]
        for seed in (1, 2, 1)
    ]
    assert results[0] == results[2]
    assert results[0] != results[1]


def test_one_week_of_history_is_every_week(history: Path):
    write_intake(history / "riwayat.xlsx", [row("R-1", tanggal_permintaan=date(2026, 5, 4))])
    answer = simulate(history, history / "riwayat.xlsx", "--weeks", 5)
    for each in answer.record["scenarios"]:
        assert each["classes"]["Semua"] == {
            "visits": 5,
            "mean": 21,
            "median": 21,
            "p90": 21,
            "longest": 21,
            "mean_late": 0,
            "on_time": 1,
        }


def test_a_rate_alone_and_a_rate_with_a_history(history: Path):
    alone = simulate(history, "--rate", 2.5, "--weeks", 4, "--reference", history / "acuan.xlsx")
    assert "rata-rata 2,5 permintaan sepekan, pola dari acuan." in alone.err
    like = simulate(history, history / "riwayat.xlsx", "--rate", 2.5, "--weeks", 4)
    assert "rata-rata 2,5 permintaan sepekan, pola dari 15 permintaan sebagai riwayat." in like.err
    for share, name in ((100, "Internal"), (0, "Eksternal")):
        only = simulate(history, "--rate", 4, "--weeks", 4, "--internal-share", share)
        now = only.record["scenarios"][0]["classes"]
        assert now[name]["visits"] == now["Semua"]["visits"] > 0


def test_the_workbook_counts_the_weeks_between_warm_up_and_cool_down(history: Path):
    answer = simulate(history, history / "riwayat.xlsx", "--weeks", 4)
    book = load_workbook(answer.record["files"]["simulasi"])
    first = date(2026, 6, 1) + timedelta(days=7 * (WARM_UP + 1))
    said = book["Tim"]["A2"].value
    assert said.startswith("4 pekan sejak Senin, ")
    assert f"{first.day} " in said
    assert COOL_DOWN == 8
    weekly = [cells[0] for cells in book["Angka"].iter_rows(values_only=True)]
    assert weekly[weekly.index("Pekan") + 1 :] == [1, 2, 3, 4]


def test_the_figures_of_the_workbook_are_those_of_the_json(history: Path):
    answer = simulate(history, history / "riwayat.xlsx", "--weeks", 6)
    rows = records(load_workbook(answer.record["files"]["simulasi"])["Angka"])
    figures = {(line["Skenario"], line["Golongan"]): line for line in rows if line["Golongan"]}
    for each in answer.record["scenarios"]:
        for name, times in each["classes"].items():
            line = figures.pop((each["name"], name))
            assert line["Kunjungan"] == times["visits"]
            assert line["Tunggu rata-rata (hari)"] == pytest.approx(times["mean"], abs=1e-3)
            assert line["Tunggu median (hari)"] == times["median"]
            assert line["Sembilan dari sepuluh paling lama (hari)"] == times["p90"]
            assert line["Terlama (hari)"] == times["longest"]
            assert line["Terlambat rata-rata (hari)"] == pytest.approx(times["mean_late"], abs=1e-3)
            assert line["Tepat hari yang diminta"] == pytest.approx(times["on_time"], abs=1e-4)
        assert line["Lewat Batas Akhir"] == each["missed"]
        assert line["Tidak dapat dilayani"] == each["never"]
        assert line["Menunggu pada akhir"] == each["waiting"]
        late = [value for header, value in line.items() if header.startswith("Terlambat: ")]
        assert len(late) == 5
        assert sum(late) == pytest.approx(1)
        assert late[0] == pytest.approx(each["classes"]["Semua"]["on_time"], abs=1e-4)
    assert not {each["name"] for each in answer.record["scenarios"]} & {name for name, _ in figures}


def test_the_made_up_history_of_the_examples_can_be_simulated(tmp_path: Path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "examples"))
    monkeypatch.setattr(sys, "argv", ["history.py", str(tmp_path / "riwayat.xlsx")])
    runpy.run_path(str(ROOT / "examples" / "history.py"), run_name="__main__")
    answer = simulate(tmp_path, tmp_path / "riwayat.xlsx", "--weeks", 4, day=EXAMPLE_DAY)
    assert answer.code == 0
    lines = records(load_workbook(tmp_path / "riwayat.xlsx")["Permintaan"])
    count = f"{len(lines):,}".replace(",", ".")
    assert len(lines) > 1500
    assert f"{count} permintaan sebagai riwayat." in answer.err  # all of them are valid
    assert all(each["classes"]["Semua"]["visits"] for each in answer.record["scenarios"])


@pytest.mark.parametrize(
    "arguments",
    [("--rate", 0), ("--rate", 2001), ("--rate", "banyak"), ("--rate", 1, "--weeks", 3),
     ("--rate", 1, "--weeks", 521), ("--rate", 1, "--internal-share", 101),
     ("--rate", 1, "--seed", "x"), ("--rate", 1, "--what-if", "Tanpa tim; Tim 1")],
)  # fmt: skip
def test_numbers_out_of_range_are_wrong_usage(tmp_path: Path, arguments: tuple[object, ...]):
    answer = simulate(tmp_path, *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert list(tmp_path.iterdir()) == []


def _refusals(folder: Path) -> Iterator[tuple[tuple[object, ...], str]]:
    write_reference(folder / "salah.xlsx", ketentuan=settings(horizon_hari="lama"))
    write_intake(folder / "kosong.xlsx", [])
    yield (), "memerlukan riwayat"
    yield (folder / "kosong.xlsx",), "memerlukan riwayat"
    yield (folder / "tidak-ada.xlsx",), "tidak ditemukan"
    yield ("--rate", 2, "--reference", folder / "salah.xlsx"), "Acuan berisi galat"
    yield (folder / "kosong.xlsx", "--reference", folder / "salah.xlsx"), "Acuan berisi galat"
    yield ("--rate", 2, "--reference", folder / "tidak-ada.xlsx"), "tidak ditemukan"


def test_a_simulation_that_cannot_be_run_says_why_and_leaves_no_trace(tmp_path: Path):
    cases = list(_refusals(tmp_path))
    before = tree(tmp_path)
    for arguments, said in cases:
        answer = simulate(tmp_path, *arguments)
        assert (answer.code, answer.out) == (3, "")
        assert said in answer.err.splitlines()[-1]
        assert "Kesalahan di dalam program" not in answer.err
        assert new(tmp_path, before) == []


def test_no_team_at_all_serves_nobody(tmp_path: Path):
    write_reference(tmp_path / "acuan.xlsx", tim=[], tim_cuti=[])
    answer = simulate(tmp_path, "--rate", 3, "--weeks", 4, "--reference", tmp_path / "acuan.xlsx")
    assert answer.code == 0
    (now, *readings) = answer.record["scenarios"]
    assert now["classes"]["Semua"]["visits"] == 0
    assert now["never"] > 0
    assert len(readings) == 3


def test_the_reference_of_a_simulation_is_said(history: Path):
    answer = simulate(history, "--rate", 1, "--weeks", 4)
    assert "Acuan: acuan.xlsx bawaan program (contoh)" in answer.err


def test_rows_of_the_history_that_do_not_count_are_said(history: Path):
    """Two years that number their requests alike: only the faulty row is left out."""
    write_intake(history / "lain.xlsx", [row("R-1"), row("R-2"), row("X-1", wilayah="Batm")])
    answer = simulate(history, history / "riwayat.xlsx", history / "lain.xlsx", "--weeks", 4)
    assert "17 permintaan sebagai riwayat" in answer.err  # of 18 rows
    said = (
        "Dari 18 baris riwayat, yang tidak dihitung: 1 ditahan karena datanya salah "
        "(kolom Wilayah)."
    )
    assert said in answer.err
    assert "Galat S10 lain.xlsx Permintaan!" in answer.err
    assert answer.record["left_out"] == said
    page = load_workbook(answer.record["files"]["simulasi"])["Tim"]
    assert said in [cell.value for line in page.iter_rows() for cell in line]


def test_a_year_that_is_named_twice_counts_once(history: Path):
    shutil.copyfile(history / "riwayat.xlsx", history / "salinan.xlsx")
    once = simulate(history, history / "riwayat.xlsx", "--weeks", 4)
    twice = simulate(history, history / "riwayat.xlsx", history / "salinan.xlsx", "--weeks", 4)
    assert "15 permintaan sebagai riwayat" in twice.err
    assert "15 sama persis dengan baris di berkas lain" in twice.err
    assert twice.record["scenarios"] == once.record["scenarios"]


def test_a_history_without_a_valid_row_says_what_is_wrong_with_it(history: Path):
    write_intake(history / "riwayat.xlsx", [row("R-1", wilayah="Batm")])
    answer = simulate(history, history / "riwayat.xlsx", "--weeks", 4)
    assert answer.code == 3
    assert "Batm" in answer.err
    assert "tidak memuat satu pun permintaan yang sah" in answer.err.splitlines()[-1]


@pytest.mark.parametrize("sheet", ["wilayah", "jenis_contoh_uji"])
def test_a_rate_without_any_place_or_kind_is_refused_in_a_sentence(tmp_path: Path, sheet: str):
    empty = {"jenis_contoh_uji": [], "tarif": []} if sheet == "jenis_contoh_uji" else {sheet: []}
    write_reference(
        tmp_path / "acuan.xlsx", tim_cuti=[], tim=[("Tim 1", None, None, "Semua", 1, None)], **empty
    )
    answer = simulate(tmp_path, "--rate", 3, "--weeks", 4, "--reference", tmp_path / "acuan.xlsx")
    assert answer.code == 3
    assert "Kesalahan di dalam program" not in answer.err
    name = {"wilayah": "Wilayah", "jenis_contoh_uji": "Jenis Contoh Uji"}[sheet]
    assert f"lembar {name} kosong" in answer.err


def test_a_team_keeps_the_point_in_its_name(history: Path):
    write_reference(
        history / "acuan.xlsx", tim_cuti=[], tim=[("dr. Ani", None, None, "Semua", 1, None)]
    )
    answer = simulate(history, history / "riwayat.xlsx", "--weeks", 4)
    assert "Satu tim lagi, seperti dr. Ani" in answer.err


@pytest.mark.parametrize(("rate", "said"), [(0.25, "0,25"), (1500, "1.500"), (2, "2")])
def test_the_rate_is_said_as_it_was_asked_for(rate: float, said: str):
    given = replace(SIMULATION, rate=rate)
    assert (
        simulation_sentences.source(given)
        == f"rata-rata {said} permintaan sepekan, pola dari acuan."
    )


@pytest.mark.parametrize(("gap", "said"), [(7, "8 hari atau lebih"), (9, "10 hari atau lebih")])
def test_the_note_on_the_readings_speaks_of_the_days_in_force(gap: int, said: str):
    given = replace(SIMULATION, policy=policy(internal_gap=gap), next_days=5)
    assert said in simulation_sentences.reading_note(given)
    assert "kunjungan 5 hari berikutnya" in simulation_sentences.reading_note(given)


def test_where_the_gap_is_less_than_a_week_the_readings_may_differ_among_requests_of_a_week():
    given = replace(SIMULATION, policy=policy(internal_gap=5))
    assert "jadwal yang sama" not in simulation_sentences.reading_note(given)


def test_a_simulation_without_a_visit_makes_no_statement_about_lateness(tmp_path: Path):
    write_reference(tmp_path / "acuan.xlsx", tim=[], tim_cuti=[])
    answer = simulate(tmp_path, "--rate", 3, "--weeks", 4, "--reference", tmp_path / "acuan.xlsx")
    page = load_workbook(answer.record["files"]["simulasi"])["Tim"]
    said = " ".join(str(cell.value) for line in page.iter_rows() for cell in line if cell.value)
    assert "0% kunjungan tepat" not in said
    assert "terlambat rata-rata 0" not in said
    assert "Tidak ada satu pun kunjungan" in said
    nobody = answer.record["scenarios"][0]["classes"]["Semua"]
    assert nobody == {"visits": 0, **dict.fromkeys(list(nobody)[1:])}
    now = next(line for line in answer.err.splitlines() if line.startswith("Ketentuan dan tim"))
    assert now.split()[-3:] == ["-", "-", "-"]


def test_a_chart_of_one_scenario_has_no_title_of_its_own(tmp_path: Path):
    write_reference(tmp_path / "acuan.xlsx", tim=[], tim_cuti=[])
    answer = simulate(tmp_path, "--rate", 3, "--weeks", 4, "--reference", tmp_path / "acuan.xlsx")
    with zipfile.ZipFile(answer.record["files"]["simulasi"]) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        assert len(charts) == 5
        for name in charts:
            assert b'<c:autoTitleDeleted val="1"/>' in archive.read(name)


def test_more_than_can_be_served_is_said_on_the_page_and_on_the_terminal(history: Path):
    write_reference(
        history / "acuan.xlsx", tim_cuti=[], tim=[("Tim 1", None, None, "Semua", 1, None)]
    )
    answer = simulate(history, "--rate", 8, "--weeks", 24, "--reference", history / "acuan.xlsx")
    said = "Beban melebihi kemampuan pada “Ketentuan dan tim sekarang”"
    assert said in answer.err
    assert answer.record["scenarios"][0]["grows"] is True
    for sheet in ("Tim", "Bacaan SOP"):
        page = load_workbook(answer.record["files"]["simulasi"])[sheet]
        assert any("Beban melebihi" in str(c.value) for line in page.iter_rows() for c in line)
    calm = simulate(history, "--rate", 2, "--weeks", 24, "--reference", history / "acuan.xlsx")
    assert "Beban melebihi kemampuan" not in calm.err
