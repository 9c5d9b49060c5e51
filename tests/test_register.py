"""The register: one transaction a command, nothing lost, and no foreign file taken for one."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from builders import row, write_intake, write_reference
from dump import call

from labkesmas_batch.errors import InputError, OutputError, TakenError
from labkesmas_batch.register import MIGRATIONS, Register

DAY = date(2026, 11, 23)
COUNTS = {
    "baris": 42, "terjadwal": 18, "digeser": 15, "terkunci": 0, "dikembalikan": 2, "antrean": 2,
    "ditahan": 5,
}  # fmt: skip


def rows(path: Path, query: str = "SELECT * FROM runs ORDER BY run") -> list[dict[str, object]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(each) for each in connection.execute(query)]


def tables(path: Path) -> set[object]:
    return {each["name"] for each in rows(path, "SELECT name FROM sqlite_master")}


def fill(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


# --- recording -------------------------------------------------------------------------------


def test_looking_at_a_register_that_is_not_there_makes_no_file(tmp_path: Path):
    Register(tmp_path / "lain" / "register.db")
    assert list(tmp_path.iterdir()) == []


def record(path: Path, run: str, day: date, counts: dict[str, int]) -> None:
    """Record a run during which nothing else happens."""
    with Register(path).recording(run, day, counts):
        pass


def test_the_first_record_makes_the_file_its_folder_and_its_tables(tmp_path: Path):
    path = tmp_path / "lain" / "register.db"
    record(path, "2026-11-23-r1", DAY, COUNTS)
    assert rows(path) == [{"run": "2026-11-23-r1", "run_date": "2026-11-23"} | COUNTS]
    applied = [each["name"] for each in rows(path, "SELECT name FROM migrations ORDER BY name")]
    assert applied == sorted(MIGRATIONS)


def test_later_records_are_added_and_the_migrations_run_once(tmp_path: Path):
    path = tmp_path / "register.db"
    for number in (1, 2, 3):
        record(path, f"2026-11-23-r{number}", DAY, COUNTS)
    assert [each["run"] for each in rows(path)] == [f"2026-11-23-r{n}" for n in (1, 2, 3)]
    assert len(rows(path, "SELECT * FROM migrations")) == len(MIGRATIONS)


def test_the_last_number_is_the_highest_of_its_day_and_0_where_there_is_none(tmp_path: Path):
    path = tmp_path / "register.db"
    assert Register(path).last_number(DAY) == 0
    for run in ("2026-11-23-r2", "2026-11-23-r10", "2026-11-23-r9", "2026-11-22-r40"):
        record(path, run, DAY, COUNTS)
    assert Register(path).last_number(DAY) == 10
    assert Register(path).last_number(date(2026, 11, 24)) == 0


def test_a_run_that_fails_while_it_is_recorded_leaves_no_record(tmp_path: Path):
    path = tmp_path / "register.db"
    record(path, "2026-11-23-r1", DAY, COUNTS)
    with pytest.raises(ZeroDivisionError), Register(path).recording("2026-11-23-r2", DAY, COUNTS):
        raise ZeroDivisionError
    assert [each["run"] for each in rows(path)] == ["2026-11-23-r1"]


def test_a_run_id_cannot_be_recorded_twice(tmp_path: Path):
    path = tmp_path / "register.db"
    record(path, "2026-11-23-r1", DAY, COUNTS)
    with pytest.raises(TakenError):
        record(path, "2026-11-23-r1", DAY, COUNTS | {"baris": 1})
    assert [each["baris"] for each in rows(path)] == [42]


def test_a_run_of_the_program_is_recorded_with_the_counts_that_it_prints(tmp_path: Path):
    write_intake(tmp_path / "permintaan.xlsx", [row("P-1"), row("P-2", wilayah="Batm")])
    write_reference(tmp_path / "acuan.xlsx")
    answer = call("run", tmp_path / "permintaan.xlsx", "--output", tmp_path / "output",
                  "--date", "2026-06-01", "--json")  # fmt: skip
    (recorded,) = rows(tmp_path / "output" / "register.db")
    counts = answer.record["counts"]
    assert {name: recorded[name] for name in counts} == counts
    assert (recorded["run"], recorded["run_date"]) == ("2026-06-01-r1", "2026-06-01")


def test_another_place_for_the_register_is_respected(tmp_path: Path):
    write_intake(tmp_path / "permintaan.xlsx", [row("P-1")])
    write_reference(tmp_path / "acuan.xlsx")
    answer = call("run", tmp_path / "permintaan.xlsx", "--output", tmp_path / "output",
                  "--register", tmp_path / "arsip" / "lab.db", "--date", "2026-06-01")  # fmt: skip
    assert answer.code == 0
    assert len(rows(tmp_path / "arsip" / "lab.db")) == 1
    assert [path.name for path in (tmp_path / "output").iterdir()] == ["2026-06-01-r1"]


@pytest.mark.parametrize("started", [True, False])
def test_a_record_that_fails_changes_nothing(tmp_path: Path, started: bool):
    path = tmp_path / "register.db"
    if started:
        record(path, "2026-11-23-r1", DAY, COUNTS)
    before = (tables(path), rows(path)) if started else (set(), None)
    incomplete = {name: count for name, count in COUNTS.items() if name != "ditahan"}
    with pytest.raises(OutputError):
        record(path, "2026-11-23-r2", DAY, incomplete)
    assert tables(path) == before[0]
    if started:
        assert rows(path) == before[1]


# --- what is no register ---------------------------------------------------------------------


def test_a_text_file_is_no_register(tmp_path: Path):
    path = tmp_path / "register.db"
    path.write_text("ini bukan basis data, hanya tulisan yang cukup panjang")
    with pytest.raises(InputError, match=r"register\.db: bukan register"):
        Register(path)


def test_a_damaged_register_is_refused_and_left_as_it_is(tmp_path: Path):
    path = tmp_path / "register.db"
    record(path, "2026-11-23-r1", DAY, COUNTS)
    damaged = path.read_bytes()[:16] + b"\xff" * 4000
    path.write_bytes(damaged)
    with pytest.raises((InputError, OutputError), match="register"):
        Register(path)
    assert path.read_bytes() == damaged


def test_a_folder_is_no_register(tmp_path: Path):
    with pytest.raises((InputError, OutputError), match="register"):
        Register(tmp_path)


def test_a_register_of_a_newer_program_is_refused_by_the_step_it_knows(tmp_path: Path):
    path = tmp_path / "register.db"
    record(path, "2026-11-23-r1", DAY, COUNTS)
    fill(path, "INSERT INTO migrations VALUES ('999-masa-depan')")
    with pytest.raises(InputError, match=r"lebih baru \(999-masa-depan\)"):
        Register(path)


def test_a_database_of_another_program_is_no_register(tmp_path: Path):
    path = fill(tmp_path / "lain.db", "CREATE TABLE pasien (nama TEXT)")
    before = path.read_bytes()
    with pytest.raises(InputError, match="bukan register"):
        record(path, "2026-11-23-r1", DAY, COUNTS)
    assert path.read_bytes() == before


# --- two commands at once --------------------------------------------------------------------


def _desk(folder: Path) -> Path:
    write_intake(folder / "permintaan.xlsx", [row("P-1")])
    write_reference(folder / "acuan.xlsx")
    return folder


def _start(desk: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "labkesmas_batch", "run", "permintaan.xlsx",
               "--date", "2026-06-01"]  # fmt: skip
    return subprocess.Popen(command, cwd=desk, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_runs_at_the_same_time_each_get_a_number_and_a_record(tmp_path: Path):
    desk = _desk(tmp_path)
    started = [_start(desk) for _ in range(4)]
    said = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0] * 4, said
    runs = [f"2026-06-01-r{number}" for number in (1, 2, 3, 4)]
    output = desk / "output"
    assert sorted(path.name for path in output.iterdir()) == [*runs, "register.db"]
    assert all((output / run / "jadwal.xlsx").is_file() for run in runs)
    assert [each["run"] for each in rows(output / "register.db")] == runs


def _held(desk: Path) -> sqlite3.Connection:
    """Hold a register the way another command would, and return the connection."""
    (desk / "output").mkdir()
    register = desk / "output" / "register.db"
    record(register, "2026-05-25-r1", DAY, COUNTS)
    holder = sqlite3.connect(register, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    return holder


def _wait_for(found: object, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, "gave up waiting"
        time.sleep(0.02)


def test_a_run_waits_for_another_command_that_holds_the_register(tmp_path: Path):
    desk = _desk(tmp_path)
    with closing(_held(desk)) as holder:
        process = _start(desk)
        _wait_for(lambda: any(desk.glob("output/*2026-06-01*")) or any(desk.glob("output/.*")))
        time.sleep(1.0)
        assert process.poll() is None
        holder.execute("ROLLBACK")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b""), out
    assert [each["run"] for each in rows(desk / "output" / "register.db")] == [
        "2026-05-25-r1", "2026-06-01-r1",
    ]  # fmt: skip


def test_a_command_that_is_killed_while_it_waits_leaves_no_run_behind(tmp_path: Path):
    desk = _desk(tmp_path)
    with closing(_held(desk)):
        process = _start(desk)
        _wait_for(lambda: any(desk.glob("output/*2026-06-01*")) or any(desk.glob("output/.*")))
        time.sleep(1.0)
        assert process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
    assert [path.name for path in (desk / "output").iterdir() if path.name[0] != "."] == [
        "register.db"
    ]
