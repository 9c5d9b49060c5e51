"""The command line: exit codes, what goes where, and that a refusal leaves no trace."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from labkesmas_batch import __version__
from labkesmas_batch.cli.main import cli
from tests.support.builders import row, settings, write_intake, write_reference
from tests.support.counts import COUNTS
from tests.support.dump import EXAMPLE, EXAMPLE_DATE, ROOT, Answer, call, on_time, records
from tests.support.signing import fill_schedule

OUTCOMES = ("terjadwal", "digeser", "dikembalikan", "antrean", "ditahan", "terkunci")
DAY = ("--date", "2026-06-01")
HEAVY = ("pandas", "openpyxl", "xlsxwriter", "python_calamine", "holidays", "sqlite3", "numpy",
         "icalendar")  # fmt: skip


def shell(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as people do, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "labkesmas_batch", *map(str, arguments)],
        cwd=cwd, env=os.environ | environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    done.stderr = on_time(done.stderr)
    return done


def tree(folder: Path) -> dict[str, str]:
    """Every file and folder below, with a digest of its content."""
    return {
        str(path.relative_to(folder)): _digest(path) if path.is_file() else "folder"
        for path in sorted(folder.rglob("*"))
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with one good intake and its reference."""
    write_intake(tmp_path / "permintaan.xlsx", [row("P-1"), row("P-2")])
    write_reference(tmp_path / "acuan.xlsx")
    return tmp_path


def run(desk: Path, *arguments: object) -> Answer:
    """Run the desk's intake into its own output folder, the answer as JSON."""
    return call("run", desk / "permintaan.xlsx", "--output", desk / "output", "--json", *DAY,
                *arguments)  # fmt: skip


def sheet(answer: Answer, name: str) -> list[dict[str, object]]:
    return records(load_workbook(answer.record["files"]["jadwal"])[name])


def test_a_week_without_trouble_exits_with_0(desk: Path):
    done = shell("run", "permintaan.xlsx", *DAY, cwd=desk)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Dari 2 permintaan, 2 mendapat hari." in done.stdout
    assert (desk / "output" / "2026-06-01-r1" / "jadwal.xlsx").is_file()
    assert (desk / "output" / "register.db").is_file()


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ({"wilayah": "Batm"}, "ditahan"),
        ({"tanggal_usulan": date(2026, 5, 6)}, "dikembalikan"),
        ({"batas_akhir": date(2026, 6, 1)}, "antrean"),
    ],
)
def test_one_row_held_returned_or_unplaced_exits_with_1(
    desk: Path, cells: dict[str, object], outcome: str
):
    write_intake(desk / "permintaan.xlsx", [row("P-1"), row("P-2", **cells)])
    answer = run(desk)
    assert answer.code == 1
    assert answer.record["counts"][outcome] == 1
    assert answer.record["counts"]["terjadwal"] == 1


def test_a_warning_alone_changes_no_exit_code(desk: Path):
    write_intake(desk / "permintaan.xlsx", [row("P-1", parameter="Entah Apa")])
    assert run(desk).code == 0
    assert call("check", desk / "permintaan.xlsx", "--output", desk / "lihat", *DAY).code == 0
    assert [path.name for path in (desk / "lihat").iterdir()] == ["permintaan-diperiksa.xlsx"]


def test_check_exits_with_1_where_a_row_has_an_error(desk: Path):
    write_intake(desk / "permintaan.xlsx", [row("P-1", wilayah="Batm")])
    assert call("check", desk / "permintaan.xlsx", *DAY).code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("susun",),
        ("run",),
        ("check",),
        ("run", "permintaan.xlsx", "--entah"),
        ("run", "permintaan.xlsx", "--date", "01-06-2026"),
        ("run", "permintaan.xlsx", "--date", "2026-02-30"),
        ("run", "permintaan.xlsx", "--date", ""),
        ("check", "permintaan.xlsx", "--strict"),
        ("template", "permintaan.xlsx"),
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_2_and_writes_nothing(
    desk: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
):
    monkeypatch.chdir(desk)
    before = tree(desk)
    answer = call(*arguments)
    assert answer.code == 2
    assert answer.out == ""
    assert "labkesmas-batch" in answer.err.splitlines()[0]  # click shows the usage first
    assert tree(desk) == before


def test_a_wrong_date_is_told_in_indonesian_with_an_example():
    answer = call("run", "permintaan.xlsx", "--date", "1/6/2026")
    assert "1/6/2026 bukan tanggal; tulis seperti 2026-06-10." in answer.err


@pytest.mark.parametrize("day", ["0001-01-01", "1850-06-01", "9999-12-31"])
def test_a_date_that_no_workbook_can_hold_is_wrong_usage(desk: Path, day: str):
    answer = call("run", desk / "permintaan.xlsx", "--output", desk / "output", "--date", day)
    assert answer.code == 2


def _book(path: Path, title: str, *rows: tuple[object, ...]) -> None:
    book = Workbook()
    book.active.title = title
    for cells in rows:
        book.active.append(cells)
    book.save(path)


def _folder_without_workbooks(path: Path) -> None:
    path.mkdir()
    (path / "catatan.txt").write_text("bukan Excel")
    (path / "~$permintaan.xlsx").write_bytes(b"lock")
    (path / "acuan.xlsx").write_bytes(EXAMPLE.read_bytes())


UNUSABLE = {
    "missing file": lambda path: None,
    "empty file": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("No. Permintaan;Tanggal Permintaan"),
    "old .xls": lambda path: path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)),
    "encrypted": lambda path: path.write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    ),
    "cut off": lambda path: path.write_bytes(EXAMPLE.read_bytes()[:9000]),
    "no intake": lambda path: _book(path, "Data", ("Barang", "Harga"), ("Pena", 2000)),
    "unknown layout": lambda path: _book(path, "Permintaan", ("Nomor", "Nama"), (1, "A")),
    "column missing": lambda path: _book(path, "Permintaan", tuple(row())[:-1], (1, 2)),
    "header too low": lambda path: write_intake(path, [row("P-1")], above=20),
    "empty folder": lambda path: path.mkdir(),
    "folder without intakes": _folder_without_workbooks,
}


def assert_refused(answer: Answer, desk: Path, before: dict[str, str], named: str) -> None:
    """Nothing done: exit 3, one message for people that names the culprit, and no trace."""
    assert answer.code == 3
    assert answer.out == ""
    (message,) = answer.err.splitlines()
    assert message.startswith("Galat: ")
    assert message.endswith(".")
    assert named in message
    assert "Kesalahan di dalam program" not in message
    assert tree(desk) == before


@pytest.mark.parametrize("command", ["run", "check"])
@pytest.mark.parametrize("make", UNUSABLE.values(), ids=UNUSABLE)
def test_an_unusable_intake_is_named_and_nothing_is_written(desk: Path, make: object, command: str):
    (desk / "permintaan.xlsx").unlink()
    make(desk / "permintaan.xlsx")
    before = tree(desk)
    answer = call(command, desk / "permintaan.xlsx", "--output", desk / "output", "--json", *DAY)
    assert_refused(answer, desk, before, "permintaan.xlsx")


def test_one_unusable_intake_among_several_stops_all(desk: Path):
    before = tree(desk)
    answer = call("run", desk / "permintaan.xlsx", desk / "lain.xlsx", "--output", desk / "o", *DAY)
    assert_refused(answer, desk, before, "lain.xlsx")


@pytest.mark.parametrize("make", list(UNUSABLE.values())[:7], ids=list(UNUSABLE)[:7])
def test_an_unusable_reference_is_named_and_nothing_is_written(desk: Path, make: object):
    make(desk / "punya-kami.xlsx")
    before = tree(desk)
    answer = run(desk, "--reference", desk / "punya-kami.xlsx")
    assert_refused(answer, desk, before, "punya-kami.xlsx")


def test_a_reference_without_a_required_sheet_is_refused_by_the_sheet_it_lacks(desk: Path):
    write_reference(desk / "acuan.xlsx", tim=None)
    before = tree(desk)
    assert_refused(run(desk), desk, before, "lembar Tim tidak ada")


def test_a_reference_with_an_error_is_refused_with_all_its_findings(desk: Path):
    write_reference(
        desk / "acuan.xlsx",
        ketentuan=settings(tenggang_permintaan_hari="tiga"),
        tim_cuti=[("Tim 9", date(2026, 6, 10), date(2026, 6, 12), None)],
    )
    before = tree(desk)
    answer = run(desk)
    assert (answer.code, answer.out) == (3, "")
    assert "Galat A01 acuan.xlsx Ketentuan!B2" in answer.err
    assert "Galat S10 acuan.xlsx Tim Cuti!A2" in answer.err
    assert answer.err.splitlines()[-1].startswith("Galat: acuan.xlsx: acuan berisi galat")
    assert tree(desk) == before


@pytest.mark.parametrize("place", ["berkas", "berkas/dalam/lagi"])
@pytest.mark.parametrize("command", ["run", "check", "template"])
def test_an_output_folder_that_cannot_be_written_is_named(desk: Path, command: str, place: str):
    write_intake(desk / "permintaan.xlsx", [row("P-1", wilayah="Batm")])
    (desk / "berkas").write_text("di sini seharusnya folder")
    before = tree(desk)
    inputs = [] if command == "template" else [desk / "permintaan.xlsx"]
    answer = call(command, *inputs, "--output", desk / place, *DAY)
    assert_refused(answer, desk, before, "berkas")


def test_a_file_that_is_no_register_is_refused_before_any_work(desk: Path):
    (desk / "register.db").write_text("ini bukan basis data, tetapi cukup panjang untuk dibaca")
    before = tree(desk)
    assert_refused(run(desk, "--register", desk / "register.db"), desk, before, "register.db")


def test_a_register_that_cannot_be_written_takes_the_run_back(desk: Path):
    (desk / "berkas").write_text("di sini seharusnya folder")
    before = tree(desk)
    answer = run(desk, "--register", desk / "berkas" / "register.db")
    assert_refused(answer, desk, before, "register.db")


def test_an_empty_output_folder_outlives_a_refusal(desk: Path):
    (desk / "output").mkdir()
    (desk / "berkas").write_text("di sini seharusnya folder")
    before = tree(desk)
    answer = run(desk, "--register", desk / "berkas" / "register.db")
    assert_refused(answer, desk, before, "register.db")


def test_no_parent_of_a_new_output_folder_is_left_behind(desk: Path):
    (desk / "berkas").write_text("di sini seharusnya folder")
    before = tree(desk)
    answer = call("run", desk / "permintaan.xlsx", "--output", desk / "a" / "b" / "c",
                  "--register", desk / "berkas" / "register.db", *DAY)  # fmt: skip
    assert_refused(answer, desk, before, "register.db")


def test_check_writes_the_copies_that_can_be_made_and_names_the_others(desk: Path):
    write_intake(desk / "permintaan.xlsx", [row("P-1", wilayah="Batm")])
    (desk / "lain").mkdir()
    write_intake(desk / "lain" / "lain.xlsx", [row("P-2", wilayah="Batm")])
    _spoil_styles(desk / "lain" / "lain.xlsx")
    answer = call("check", desk / "permintaan.xlsx", desk / "lain" / "lain.xlsx", *DAY)
    assert answer.code == 1
    assert "Salinan bertanda dari lain.xlsx tidak dapat dibuat" in answer.out
    assert (desk / "permintaan-diperiksa.xlsx").is_file()
    assert [path.name for path in (desk / "lain").iterdir()] == ["lain.xlsx"]


def _spoil_styles(path: Path) -> None:
    """Make a workbook that the reader reads and openpyxl, which makes the copy, cannot."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    good = parts["xl/styles.xml"]
    parts["xl/styles.xml"] = good.replace(b'"gray125"', b'"entah"')
    assert parts["xl/styles.xml"] != good
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_no_traceback_reaches_the_shell(desk: Path):
    (desk / "permintaan.xlsx").write_bytes(b"PK\x03\x04 rusak")
    done = shell("run", "permintaan.xlsx", "--json", *DAY, cwd=desk)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert not (desk / "output").exists()


def _open_once_read(pipe: Path, process: subprocess.Popen[bytes]) -> int:
    """Open the writing end of a pipe as soon as the command waits at the other one."""
    for _ in range(1200):
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            assert process.poll() is None, "ended before it read its intake"
            time.sleep(0.05)
    raise TimeoutError


def _interrupted(process: subprocess.Popen[bytes]) -> bytes:
    """Interrupt a command as people do: again, where the first time nothing happens.

    A signal that comes just before the read begins is seen by Python only when the read ends.
    """
    for _ in range(12):
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=5)[1]
    raise TimeoutError


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe to stop at")
def test_an_interrupted_command_does_not_claim_to_be_done(desk: Path):
    os.mkfifo(desk / "pipa.xlsx")
    command = [sys.executable, "-m", "labkesmas_batch", "run", "pipa.xlsx", *DAY]
    # A suite that runs in the background ignores the signal, and so would all it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(command, cwd=desk, stderr=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, before)
    try:
        end = _open_once_read(desk / "pipa.xlsx", process)
        said = on_time(_interrupted(process).decode())
        os.close(end)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 3
    assert said.strip().startswith("Galat: ")
    assert "Kesalahan di dalam program" not in said
    assert not (desk / "output").exists()


def test_run_prints_one_json_object_on_stdout_and_the_rest_on_stderr(tmp_path: Path):
    done = shell("run", EXAMPLE, "--date", EXAMPLE_DATE, "--json", cwd=tmp_path)
    assert done.returncode == 1
    record = json.loads(done.stdout)
    assert list(record) == ["version", "program", "run", "files", "register", "counts"]
    assert (record["version"], record["program"]) == (2, __version__)
    register = {"path": str(Path("output") / "register.db"), "new": True, "locked": 0}
    assert record["register"] == register
    assert record["run"] == f"{EXAMPLE_DATE}-r1"
    assert set(record["files"]) == {"jadwal", "diperiksa"}
    assert (tmp_path / record["files"]["jadwal"]).is_file()
    assert [(tmp_path / path).is_file() for path in record["files"]["diperiksa"]] == [True]
    assert set(record["counts"]) == set(COUNTS)
    assert record["counts"]["baris"] == sum(record["counts"][name] for name in OUTCOMES) == 42
    for said in ("Pengaturan jadwal", "Acuan: ", "Perlu perhatian:", "Jadwal: "):
        assert said in done.stderr


def test_counts_are_the_rows_of_the_sheets(tmp_path: Path):
    answer = call("run", EXAMPLE, "--date", EXAMPLE_DATE, "--json", "--output", tmp_path)
    counts = answer.record["counts"]
    status = [line["Status"] for line in sheet(answer, "Jadwal")]
    assert counts["terjadwal"] == status.count("Terjadwal") > 0
    assert counts["digeser"] == status.count("Digeser") > 0
    assert counts["terkunci"] == status.count("Terkunci") == 0
    assert counts["dikembalikan"] == len(sheet(answer, "Dikembalikan")) > 0
    assert counts["antrean"] == len(sheet(answer, "Antrean")) > 0
    on_hold = {(f["Berkas"], str(f["Sel"]).lstrip("ABCDEFGHIJKLMNOPQ"))
            for f in sheet(answer, "Kesalahan") if f["Tingkat"] == "Galat"}  # fmt: skip
    assert counts["ditahan"] == len(on_hold) > 0


def test_digeser_means_later_than_the_date_proposed_and_nothing_else(tmp_path: Path):
    answer = call("run", EXAMPLE, "--date", EXAMPLE_DATE, "--json", "--output", tmp_path)
    visits = sheet(answer, "Jadwal")
    assert any(visit["Tanggal Usulan"] is None for visit in visits)
    for visit in visits:
        proposed, first = visit["Tanggal Usulan"], visit["Tanggal Mulai"]
        assert (visit["Status"] == "Digeser") == (proposed is not None and first > proposed)


def test_check_prints_every_finding_as_json(desk: Path):
    write_intake(desk / "permintaan.xlsx", [row("P-1", wilayah="Batm", parameter="Entah Apa")])
    answer = call("check", desk / "permintaan.xlsx", "--json", *DAY)
    counts, found = answer.record["counts"], answer.record["findings"]
    assert (counts["baris"], counts["ditahan"]) == (1, 1)
    assert (counts["galat"], counts["peringatan"]) == (1, 1)
    assert [finding["kode"] for finding in found] == ["S10", "S11"]
    assert [finding["sel"] for finding in found] == ["J2", "L2"]
    assert all(finding["masalah"] and finding["perbaikan"] for finding in found)
    assert "Galat S10 permintaan.xlsx Permintaan!J2 P-1" in answer.err


def test_check_and_run_count_the_same_rows(desk: Path):
    call("template", "--output", desk / "formulir", *DAY)
    blank = desk / "formulir" / "permintaan.xlsx"
    checked = call("check", blank, "--json", *DAY).record["counts"]["baris"]
    ran = call("run", blank, "--json", "--output", desk / "o", *DAY).record["counts"]["baris"]
    assert checked == ran


def test_people_read_the_same_on_stdout_without_json(desk: Path):
    with_json = run(desk)
    plain = call("run", desk / "permintaan.xlsx", "--output", desk / "output", *DAY)
    assert plain.err == ""
    assert plain.out.replace("-r2", "-r1") == with_json.err


def _team(desk: Path, name: str, folder: str = ".", file: str = "acuan.xlsx") -> Path:
    (desk / folder).mkdir(exist_ok=True)
    return write_reference(
        desk / folder / file, tim=[(name, None, None, "Semua", None, None)], tim_cuti=[]
    )


def test_the_reference_beside_the_intake_is_taken_and_named(desk: Path):
    _team(desk, "Tim Samping")
    answer = run(desk)
    assert "Acuan: acuan.xlsx\n" in answer.err
    assert {visit["Tim"] for visit in sheet(answer, "Jadwal")} == {"Tim Samping"}


def test_the_packaged_reference_is_taken_where_none_lies_beside_and_is_called_an_example(
    desk: Path,
):
    (desk / "acuan.xlsx").unlink()
    answer = run(desk)
    assert "Acuan: acuan.xlsx bawaan program (contoh)\n" in answer.err
    assert {visit["Tim"] for visit in sheet(answer, "Jadwal")} <= {f"Tim {n}" for n in range(1, 5)}
    trail = {(line["Hal"], line["Nilai"]) for line in sheet(answer, "Jejak")}
    packaged = ROOT / "labkesmas_batch" / "data" / "acuan.xlsx"
    assert ("SHA-256", _digest(packaged)) in trail


def test_a_named_reference_wins_over_the_one_beside(desk: Path):
    answer = run(desk, "--reference", _team(desk, "Tim Disebut", "lain", "acuan-baru.xlsx"))
    assert "Acuan: acuan-baru.xlsx\n" in answer.err
    assert {visit["Tim"] for visit in sheet(answer, "Jadwal")} == {"Tim Disebut"}


def test_of_several_intakes_the_reference_beside_the_first_counts(desk: Path):
    _team(desk, "Tim Kedua", "kedua")
    write_intake(desk / "kedua" / "lain.xlsx", [row("P-3")])
    _team(desk, "Tim Pertama")
    answer = run(desk, desk / "kedua" / "lain.xlsx")
    assert {visit["Tim"] for visit in sheet(answer, "Jadwal")} == {"Tim Pertama"}
    assert answer.record["counts"]["baris"] == 3


def _read(answer: Answer) -> list[object]:
    return [line["Nilai"] for line in sheet(answer, "Jejak") if line["Hal"] == "Berkas permintaan"]


def test_a_folder_stands_for_its_intakes_only(desk: Path):
    folder = desk / "pekan"
    folder.mkdir()
    write_intake(folder / "b.xlsx", [row("P-1"), row("P-2")])
    write_intake(folder / "a.xlsx", [row("P-3", wilayah="Batm")])
    assert call("check", folder, "--output", folder, *DAY).code == 1
    assert (folder / "a-diperiksa.xlsx").is_file()
    (folder / "~$b.xlsx").write_bytes(b"kunci Excel")
    (folder / ".~lock.b.xlsx#").write_bytes(b"kunci LibreOffice")
    (folder / "catatan.txt").write_text("catatan")
    _team(desk, "Tim Folder", "pekan")
    answer = call("run", folder, "--output", desk / "output", "--json", *DAY)
    assert _read(answer) == ["a.xlsx", "b.xlsx"]
    assert answer.record["counts"]["baris"] == 3
    assert {visit["Tim"] for visit in sheet(answer, "Jadwal")} == {"Tim Folder"}


def test_annotated_copies_in_a_folder_are_named_as_remarks(desk: Path):
    write_intake(desk / "permintaan.xlsx", [row("P-1", wilayah="Batm")])
    assert call("check", desk, *DAY).code == 1
    for answer in (
        call("check", desk, "--json", "--output", desk / "lihat", *DAY),
        run(desk, desk),
    ):
        (line,) = (line for line in answer.err.splitlines() if line.startswith("Dilewati: "))
        assert "permintaan-diperiksa.xlsx" in line
        assert answer.record["counts"]["baris"] == 1


def test_an_annotated_copy_is_an_intake_where_it_is_named(desk: Path):
    write_intake(desk / "permintaan.xlsx", [row("P-1", wilayah="Batm")])
    copy = desk / "permintaan-diperiksa.xlsx"
    assert call("check", desk / "permintaan.xlsx", *DAY).code == 1
    answer = call("check", copy, "--json", *DAY)
    assert answer.record["counts"] == {"baris": 1, "ditahan": 1, "galat": 1, "peringatan": 0}
    assert answer.record["files"]["diperiksa"] == [str(desk / "permintaan-diperiksa-2.xlsx")]


def test_an_intake_that_is_named_twice_is_read_once(desk: Path):
    answer = run(desk, desk, desk / "permintaan.xlsx")
    assert _read(answer) == ["permintaan.xlsx"]
    assert answer.record["counts"]["baris"] == 2


def _two_of_one_name(desk: Path, *folders: str) -> list[Path]:
    paths = [desk / folder / "permintaan.xlsx" for folder in folders]
    for number, path in enumerate(paths, start=1):
        path.parent.mkdir(parents=True)
        write_intake(path, [row(f"P-{number}", wilayah=f"Batm{number}")])
    return paths


@pytest.mark.parametrize("folders", [("utara", "selatan"), ("utara/pekan", "selatan/pekan")])
def test_two_intakes_of_one_name_keep_their_findings_apart(desk: Path, folders: tuple[str, ...]):
    intakes = _two_of_one_name(desk, *folders)
    answer = call("run", *intakes, "--reference", desk / "acuan.xlsx", "--json",
                  "--output", desk / "output", *DAY)  # fmt: skip
    assert answer.record["counts"]["ditahan"] == 2
    assert len(set(_read(answer))) == 2
    copies = answer.record["files"]["diperiksa"]
    assert len(set(copies)) == 2
    said = [load_workbook(copy)["Permintaan"]["J2"].comment.text for copy in copies]
    assert ["Batm1" in said[0], "Batm2" in said[0]] == [True, False]
    assert ["Batm1" in said[1], "Batm2" in said[1]] == [False, True]
    problems = load_workbook(answer.record["files"]["jadwal"])["Kesalahan"]
    targets = [problems.cell(at, 5).hyperlink.target for at in (2, 3)]
    assert targets == [Path(copy).name for copy in copies]


def test_two_intakes_of_one_name_are_told_apart_by_their_folder(desk: Path):
    intakes = _two_of_one_name(desk, "utara", "selatan")
    answer = call("run", *intakes, "--json", "--output", desk / "output", *DAY)
    assert _read(answer) == ["utara/permintaan.xlsx", "selatan/permintaan.xlsx"]


def test_a_number_that_stands_in_two_intakes_is_held_in_both(desk: Path):
    write_intake(desk / "lain.xlsx", [row("P-2", jumlah_contoh_uji=9), row("P-3")])
    answer = run(desk, desk / "lain.xlsx")
    assert answer.record["counts"]["ditahan"] == 2
    assert {visit["No. Permintaan"] for visit in sheet(answer, "Jadwal")} == {"P-1", "P-3"}


def test_the_intake_and_the_reference_are_never_written_to(desk: Path):
    write_intake(desk / "permintaan.xlsx", [row("P-1", wilayah="Batm")])
    before = {path: path.read_bytes() for path in desk.iterdir()}
    assert run(desk).code == 1
    assert call("check", desk / "permintaan.xlsx", *DAY).code == 1
    assert {path: path.read_bytes() for path in before} == before


def test_strict_stops_at_an_error_with_all_findings_and_writes_nothing(desk: Path):
    write_intake(
        desk / "permintaan.xlsx",
        [row("P-1"), row("P-2", wilayah="Batm"), row("P-3", jumlah_contoh_uji=None)],
    )
    before = tree(desk)
    answer = run(desk, "--strict")
    assert (answer.code, answer.out) == (3, "")
    assert "Galat S10 permintaan.xlsx Permintaan!J3 P-2" in answer.err
    assert "Galat S01 permintaan.xlsx Permintaan!M4 P-3" in answer.err
    assert answer.err.splitlines()[-1].startswith("Galat: 2 galat pada data; dengan --strict")
    assert tree(desk) == before


def test_strict_lets_warnings_and_returned_requests_pass(desk: Path):
    write_intake(
        desk / "permintaan.xlsx",
        [row("P-1", parameter="Entah Apa"), row("P-2", tanggal_usulan=date(2026, 5, 6))],
    )
    answer = run(desk, "--strict")
    assert answer.code == 1
    assert answer.record["counts"]["dikembalikan"] == 1


def test_an_older_run_is_never_touched(desk: Path):
    first = run(desk).folder
    before = tree(first)
    second = run(desk).folder
    assert (first.name, second.name) == ("2026-06-01-r1", "2026-06-01-r2")
    assert tree(first) == before


@pytest.mark.parametrize("way", ["folder removed", "two outputs of one name, one register"])
def test_a_run_number_never_comes_again(desk: Path, way: str):
    shared = desk / "register.db"
    first = run(desk, "--register", shared)
    assert (first.code, first.record["run"]) == (0, "2026-06-01-r1")
    if way == "folder removed":
        for path in first.folder.iterdir():
            path.unlink()
        first.folder.rmdir()
        output = desk / "output"
    else:
        output = desk / "lain" / "output"
    again = run(desk, "--register", shared, "--output", output)
    assert (again.code, again.record["run"]) == (0, "2026-06-01-r2")


def test_two_runs_differ_in_nothing_but_the_run_number_and_what_is_said_of_the_first(
    tmp_path: Path,
):
    first, second = (
        call("run", EXAMPLE, "--date", EXAMPLE_DATE, "--json", "--output", tmp_path).folder
        for _ in range(2)
    )
    assert {path.name for path in first.iterdir()} == {path.name for path in second.iterdir()}
    copy = f"{EXAMPLE.stem}-diperiksa.xlsx"
    assert (first / copy).read_bytes() == (second / copy).read_bytes()
    one, two = _cells(first / "jadwal.xlsx"), _cells(second / "jadwal.xlsx")
    compared = one.pop("Perubahan"), two.pop("Perubahan")
    assert [len(grid) for grid in compared] == [1, 43 - 5], "every row but those held"
    assert {line[0] for line in compared[1][1:]} == {"tetap"}
    assert one != two
    assert one == {
        sheet: [[_as_first(value) for value in line] for line in grid]
        for sheet, grid in two.items()
    }


def _cells(path: Path) -> dict[str, list[list[object]]]:
    return {
        sheet.title: [list(line) for line in sheet.iter_rows(values_only=True)]
        for sheet in load_workbook(path)
    }


def _as_first(value: object) -> object:
    return value.replace("-r2", "-r1") if isinstance(value, str) else value


def test_a_fresh_output_folder_gets_identical_bytes_wherever_and_whoever_runs_it(tmp_path: Path):
    folders = [tmp_path / "satu", tmp_path / "dua"]
    surroundings = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Jakarta", "LC_ALL": "C.UTF-8", "USER": "rina"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C", "USER": "budi"},
    ]
    for folder, environment in zip(folders, surroundings, strict=True):
        folder.mkdir()
        done = shell("run", EXAMPLE, "--date", EXAMPLE_DATE, cwd=folder, **environment)
        assert done.returncode == 1
    first, second = (tree(folder) for folder in folders)
    assert len(first) == 6  # output, register, run, schedule, annotated copy
    assert first == second


def test_check_writes_the_copy_beside_the_intake_and_keeps_older_ones(desk: Path):
    write_intake(desk / "permintaan.xlsx", [row("P-1", wilayah="Batm")])
    assert call("check", desk / "permintaan.xlsx", *DAY).code == 1
    older = (desk / "permintaan-diperiksa.xlsx").read_bytes()
    write_intake(desk / "permintaan.xlsx", [row("P-1", jenis_customer="Entah")])
    answer = call("check", desk / "permintaan.xlsx", "--json", *DAY)
    assert answer.record["files"]["diperiksa"] == [str(desk / "permintaan-diperiksa-2.xlsx")]
    assert (desk / "permintaan-diperiksa.xlsx").read_bytes() == older
    newer = load_workbook(desk / "permintaan-diperiksa-2.xlsx")["Permintaan"]
    assert [newer["C2"].comment is None, newer["J2"].comment is None] == [False, True]
    assert sorted(path.name for path in desk.iterdir()) == [
        "acuan.xlsx", "permintaan-diperiksa-2.xlsx", "permintaan-diperiksa.xlsx", "permintaan.xlsx",
    ]  # fmt: skip


def test_check_without_findings_writes_nothing_at_all(desk: Path):
    before = tree(desk)
    answer = call("check", desk, "--output", desk / "lihat", *DAY)
    assert (answer.code, answer.err) == (0, "")
    assert "2 baris dibaca" in answer.out
    assert "0 galat, 0 peringatan." in answer.out
    assert tree(desk) == before


def test_check_marks_a_reference_of_the_laboratorys_own_too(desk: Path):
    write_reference(desk / "acuan.xlsx", wilayah=[("Batam", "dua", None, None, None)])
    answer = call("check", desk / "permintaan.xlsx", "--output", desk / "lihat", "--json", *DAY)
    assert answer.code == 1
    assert "berkas permintaan belum diperiksa" in answer.err
    assert [path.name for path in (desk / "lihat").iterdir()] == ["acuan-diperiksa.xlsx"]
    marked = load_workbook(desk / "lihat" / "acuan-diperiksa.xlsx")["Wilayah"]["B2"]
    assert "Galat S07" in marked.comment.text


@pytest.mark.parametrize(
    "arguments", [("--help",), ("-h",), ("--version",), ("run", "--help"), ("check", "-h")]
)
def test_help_and_version_answer_without_loading_a_library(
    tmp_path: Path, arguments: tuple[str, ...]
):
    script = (
        "import sys\n"
        "from labkesmas_batch.cli.main import main\n"
        "try:\n    main()\n"
        "except SystemExit as stop:\n    code = stop.code\n"
        f"print(code, sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.stderr == "0 []\n"
    assert "labkesmas-batch" in done.stdout


def test_a_run_loads_the_libraries_that_it_needs_and_no_other(desk: Path):
    script = (
        "import sys\n"
        "from labkesmas_batch.cli.main import main\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "run", "permintaan.xlsx", *DAY],
        cwd=desk, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert "['python_calamine', 'sqlite3', 'xlsxwriter']" in done.stderr


def test_version_is_the_packages():
    from labkesmas_batch import __version__  # noqa: PLC0415 - only here

    assert call("--version").out == f"labkesmas-batch {__version__}\n"


every_command = pytest.mark.parametrize("command", list(cli.commands))


def examples(*command: str) -> list[str]:
    """What stands below Contoh in a command's help."""
    lines = call(*command, "--help").out.partition("Contoh:\n")[2].partition("\n\n")[0]
    return lines.splitlines()


@every_command
def test_every_command_has_help_with_an_example_that_names_it(command: str):
    lines = examples(command)
    assert lines
    assert all(line.startswith(f"    labkesmas-batch {command} ") or
               line == f"    labkesmas-batch {command}" for line in lines)  # fmt: skip


@every_command
def test_every_example_in_a_help_can_be_typed(command: str):
    for line in examples(command):
        arguments = shlex.split(line)[2:]
        with cli.commands[command].make_context(command, arguments) as context:
            assert context.params


@every_command
def test_every_command_stands_in_the_list_with_a_whole_sentence(command: str):
    (line,) = re.findall(rf"^  {command} +(.*)$", call("--help").out, re.MULTILINE)
    assert line.endswith(".")
    assert not line.endswith("...")


def test_the_commands_are_listed_in_the_order_of_the_weeks_work():
    listed = re.findall(r"^  ([a-z]+)  ", call("--help").out.partition("Perintah:")[2], re.M)
    assert listed[:5] == ["template", "check", "run", "finalize", "report"]
    assert sorted(listed) == sorted(cli.commands)


@pytest.mark.parametrize("command", ["", *cli.commands])
def test_help_is_no_wider_than_80(command: str):
    lines = call(*command.split(), "--help").out.splitlines()
    assert [line for line in lines if len(line) > 80] == []
    assert not any("\\b" in line for line in lines)


@pytest.mark.parametrize("command", ["", *cli.commands])
def test_help_has_no_english_placeholder(command: str):
    usage = call(*command.split(), "--help").out.partition("\n")[0]
    assert not set(re.findall(r"\w+", usage)) & {"OPTIONS", "COMMAND", "ARGS", "CHANGES"}


@pytest.mark.parametrize(
    ("words", "offered"),
    [("labkesmas-batch fi", "finalize"), ("labkesmas-batch finalize --reg", "--register")],
)
def test_bash_completes_commands_and_options_as_documented(
    tmp_path: Path, words: str, offered: str
):
    done = shell(
        cwd=tmp_path, _LABKESMAS_BATCH_COMPLETE="bash_complete", COMP_WORDS=words,
        COMP_CWORD=str(len(words.split()) - 1),
    )  # fmt: skip
    assert done.stdout.split() == [f"plain,{offered}"]
    guide = (ROOT / "docs" / "instalasi.md").read_text("utf-8")
    assert "_LABKESMAS_BATCH_COMPLETE=bash_source" in guide


def on_a_terminal(desk: Path, patience: float) -> str:
    """What a run shows on a stderr that is a terminal, run by a script of its own."""
    script = (
        "from labkesmas_batch.cli import main, terminal\n"
        f"terminal.SHOW_AFTER_SECONDS = {patience}\nmain.main()\n"
    )
    reading, terminal = os.openpty()
    done = subprocess.run(
        [sys.executable, "-c", script, "run", "permintaan.xlsx", *DAY],
        cwd=desk, stderr=terminal, stdout=subprocess.PIPE, check=False,
    )  # fmt: skip
    os.write(terminal, b"|")
    shown = os.read(reading, 65_536).decode()
    os.close(terminal)
    os.close(reading)
    assert done.returncode == 0
    return on_time(shown.removesuffix("|"))


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal of its own")
def test_a_long_run_shows_its_stage_and_share_on_a_terminal_and_takes_them_away(desk: Path):
    shown = on_a_terminal(desk, -1)
    assert "60%  Menulis jadwal …" in shown
    assert shown.endswith("\r\x1b[K")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal of its own")
def test_a_short_run_shows_no_progress(desk: Path):
    assert on_a_terminal(desk, 600) == ""


def test_a_run_shows_no_progress_where_stderr_is_no_terminal(desk: Path):
    assert shell("run", "permintaan.xlsx", *DAY, cwd=desk).stderr == ""


def postponed(desk: Path) -> Path:
    """The form of a finalized week, with one visit that did not take place."""
    schedule = fill_schedule(Path(run(desk).record["files"]["jadwal"]))
    assert call("finalize", schedule).code == 0
    form = schedule.with_name("realisasi.xlsx")
    book = load_workbook(form)
    sheet = book["Realisasi"]
    headers = [cell.value for cell in sheet[1]]
    sheet.cell(2, headers.index("Hasil") + 1).value = "Ditunda"
    book.save(form)
    return form


def test_a_report_finds_its_register_by_the_folder_of_the_form(desk: Path):
    assert call("report", postponed(desk), *DAY).out == "1 kunjungan dicatat: 1 Ditunda.\n"


def test_a_schedule_that_was_sent_about_is_finalized_in_its_own_folder(
    desk: Path, monkeypatch: pytest.MonkeyPatch
):
    schedule = Path(run(desk).record["files"]["jadwal"])
    draft = schedule.read_bytes()
    sent = Path(shutil.copyfile(schedule, desk / "jadwal dari Kepala.xlsx"))
    fill_schedule(sent)
    monkeypatch.chdir(desk)
    assert call("finalize", sent).code == 0
    assert (schedule.parent / "jadwal-final.xlsx").is_file()
    assert not (desk.parent / "jadwal-final.xlsx").exists()
    # What was signed stays with what follows from it, and the draft as it was.
    assert (schedule.parent / "jadwal-keputusan.xlsx").read_bytes() == sent.read_bytes()
    assert schedule.read_bytes() == draft


def test_a_form_that_was_sent_about_is_recorded_where_commands_write(
    desk: Path, monkeypatch: pytest.MonkeyPatch
):
    form = postponed(desk).rename(desk / "realisasi-terisi.xlsx")
    monkeypatch.chdir(desk)
    assert call("report", form, *DAY).code == 0


def test_a_report_without_a_register_says_where_it_looked_and_makes_none(
    desk: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
):
    form = postponed(desk)
    elsewhere = tmp_path_factory.mktemp("unduhan")
    monkeypatch.chdir(elsewhere)
    form = form.rename(elsewhere / form.name)
    answer = call("report", form, *DAY)
    assert answer.code == 3
    assert f"Register {Path('output', 'register.db')} tidak ada." in answer.err
    assert list(elsewhere.iterdir()) == [form]
    assert call("report", form, "--output", desk / "output", *DAY).code == 0
