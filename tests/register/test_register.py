"""The register: one transaction a command, nothing lost, and no foreign file taken for one."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO

import pytest
from openpyxl import load_workbook

from labkesmas_batch.errors import InputError, OutputError, TakenError
from labkesmas_batch.model.history import NOTHING_KNOWN, Standing
from labkesmas_batch.model.week import Facts, Source
from labkesmas_batch.register import network_share as places
from labkesmas_batch.register import register
from labkesmas_batch.register.migrations import MIGRATIONS
from labkesmas_batch.register.network_share import file_system
from labkesmas_batch.register.register import Register
from labkesmas_batch.register.rows import KEPT_DRAFTS, RequestOutcome, RunRecord
from tests.support.builders import request, row, write_intake, write_reference
from tests.support.counts import COUNTS as NAMES
from tests.support.dump import call, records
from tests.support.signing import fill_schedule

DAY = date(2026, 11, 23)
COUNTS = dict.fromkeys(NAMES, 0) | {
    "baris": 42, "baru": 42, "terjadwal": 18, "digeser": 15, "dikembalikan": 2, "antrean": 2,
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


def run_record(run: str, day: date = DAY, counts: dict[str, int] = COUNTS) -> RunRecord:
    """A run of one request, which waits."""
    source = Source(Path("/entah/permintaan.xlsx"), "permintaan.xlsx", "0" * 64, "")
    facts = Facts(day, (source,), source, False, (), frozenset(), (), (), 0, 0, ())
    waiting = [RequestOutcome(request("P-1"), "Antrean", reason="TimPenuh")]
    return RunRecord(run, facts, counts, waiting, b"acuan", b"jadwal", date(2026, 6, 1))


def record(path: Path, run: str, day: date = DAY, counts: dict[str, int] = COUNTS) -> None:
    """Record a run during which nothing else happens."""
    with Register(path).holding("run") as session:
        session.record(run_record(run, day, counts))
        session.keep()


def test_looking_at_a_register_that_is_not_there_makes_no_file(tmp_path: Path):
    Register(tmp_path / "lain" / "register.db")
    assert list(tmp_path.iterdir()) == []


def test_the_first_record_makes_the_file_its_folder_and_its_tables(tmp_path: Path):
    path = tmp_path / "lain" / "register.db"
    record(path, "2026-11-23-r1", DAY, COUNTS)
    unsigned = dict.fromkeys(("approved_by", "approved_on", "decisions_sha256"), "")
    unsigned["made_on"] = "2026-06-01"
    assert rows(path) == [{"run": "2026-11-23-r1", "run_date": "2026-11-23"} | COUNTS | unsigned]
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
    with pytest.raises(ZeroDivisionError), Register(path).holding("run") as session:
        session.record(run_record("2026-11-23-r2"))
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
    answer = call(
        "run",
        tmp_path / "permintaan.xlsx",
        "--output",
        tmp_path / "output",
        "--date",
        "2026-06-01",
        "--json",
    )
    (recorded,) = rows(tmp_path / "output" / "register.db")
    counts = answer.record["counts"]
    assert {name: recorded[name] for name in counts} == counts
    assert (recorded["run"], recorded["run_date"]) == ("2026-06-01-r1", "2026-06-01")


def test_another_place_for_the_register_is_respected(tmp_path: Path):
    write_intake(tmp_path / "permintaan.xlsx", [row("P-1")])
    write_reference(tmp_path / "acuan.xlsx")
    answer = call(
        "run",
        tmp_path / "permintaan.xlsx",
        "--output",
        tmp_path / "output",
        "--register",
        tmp_path / "arsip" / "lab.db",
        "--date",
        "2026-06-01",
    )
    assert answer.code == 0
    assert len(rows(tmp_path / "arsip" / "lab.db")) == 1
    assert [path.name for path in (tmp_path / "output").iterdir()] == ["2026-06-01-r1"]


@pytest.mark.parametrize("started", [True, False])
def test_a_record_that_fails_changes_nothing(tmp_path: Path, started: bool):
    path = tmp_path / "register.db"
    if started:
        record(path, "2026-11-23-r1", DAY, COUNTS)
    before = (tables(path), rows(path)) if started else (set(), None)
    broken: dict[str, object] = COUNTS | {"ditahan": None}
    with pytest.raises(OutputError):
        record(path, "2026-11-23-r2", DAY, broken)  # type: ignore[arg-type]  # on purpose
    assert tables(path) == before[0]
    if started:
        assert rows(path) == before[1]


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


@contextmanager
def _held(desk: Path) -> Iterator[None]:
    """Hold a register as another command does."""
    register = desk / "output" / "register.db"
    record(register, "2026-05-25-r1", date(2026, 5, 25))
    with Register(register).holding("finalize"):
        yield


def _read(stream: IO[bytes], end: bytes) -> bytes:
    """Read what a process says until it has said ``end``, and fail where it never does."""
    said = b""
    while end not in said:
        more = stream.read(1)
        assert more, said
        said += more
    return said


def test_a_run_waits_for_another_command_says_for_whom_and_goes_on(tmp_path: Path):
    desk = _desk(tmp_path)
    with _held(desk):
        process = _start(desk)
        waiting = _read(process.stderr, b"...").decode()
        assert re.search(r"Menunggu register, dipakai “finalize” oleh .+ \(proses \d+\)", waiting)
        assert process.poll() is None
        assert sorted(path.name for path in (desk / "output").iterdir()) == [
            ".register.db-pemegang",
            "register.db",
        ], "nothing is made before the register is held"
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, (out, err)
    assert [each["run"] for each in rows(desk / "output" / "register.db")] == [
        "2026-05-25-r1",
        "2026-06-01-r1",
    ]


def test_a_command_that_is_killed_while_it_waits_leaves_nothing_behind(tmp_path: Path):
    desk = _desk(tmp_path)
    with _held(desk):
        process = _start(desk)
        _read(process.stderr, b"...")
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
    assert [path.name for path in (desk / "output").iterdir()] == ["register.db"]


def test_a_command_that_waits_too_long_says_who_holds_the_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(register, "TELL_AFTER_SECONDS", 0.05)
    monkeypatch.setattr(register, "WAIT_SECONDS", 0.2)
    desk, said = _desk(tmp_path), []
    ours = Register(desk / "output" / "register.db")
    refused = pytest.raises(OutputError, match=r"dipakai perintah lain, dipakai .finalize")
    with _held(desk), refused, ours.holding("run", said.append):
        pytest.fail("two hold it")
    assert len(said) == 1, "one word of waiting, not one a try"


def test_without_a_register_nothing_is_known_and_its_workbook_is_refused(tmp_path: Path):
    path = tmp_path / "register.db"
    assert Register(path).history() == NOTHING_KNOWN
    with pytest.raises(InputError, match="belum ada"):
        Register(path).tables()
    assert not path.exists()


def test_the_newest_drafts_are_kept_and_what_older_ones_read_is_forgotten(
    tmp_path: Path,
):
    path = tmp_path / "register.db"
    for number in range(1, KEPT_DRAFTS + 2):
        record(path, f"2026-11-23-r{number}")
    with Register(path).holding("finalize") as session:
        assert session.draft("2026-11-23-r1") is None
        assert session.draft("2026-11-23-r2") is not None
        draft = session.draft(f"2026-11-23-r{KEPT_DRAFTS + 1}")
    assert draft is not None
    assert (draft.reference, draft.schedule) == (b"acuan", b"jadwal")
    assert draft.facts.run_date == DAY
    assert str(draft.facts.intakes[0].path) == "permintaan.xlsx", "no path of this machine is kept"
    kept = {each["run"]: each["data"] is not None for each in rows(path, "SELECT * FROM requests")}
    assert [run for run, whole in kept.items() if not whole] == ["2026-11-23-r1"]
    assert len(rows(path, "SELECT * FROM workbooks")) == 2


def test_a_draft_gives_no_request_a_standing(tmp_path: Path):
    path = tmp_path / "register.db"
    record(path, "2026-11-23-r1")
    history = Register(path).history()
    assert history.known == ()
    assert history.last is not None
    assert (history.last.run, history.last.approved) == ("2026-11-23-r1", False)
    assert [past.outcome for past in history.last.requests] == ["Antrean"]


def test_a_request_s_history_tells_what_was_proposed_decided_approved_and_done_in_that_order(
    tmp_path: Path,
):
    desk = _desk(tmp_path)
    write_intake(desk / "permintaan.xlsx", [row("P-1"), row("P-2")])
    answer = call(
        "run",
        desk / "permintaan.xlsx",
        "--output",
        desk / "output",
        "--date",
        "2026-06-01",
        "--json",
    )
    decided = {
        "P-1": {"Keputusan": "Ubah", "Tanggal Baru": date(2026, 6, 4), "Catatan": "Customer minta"}
    }
    assert call("finalize", fill_schedule(answer.folder / "jadwal.xlsx", jadwal=decided)).code == 0
    form = load_workbook(answer.folder / "realisasi.xlsx")
    sheet = form["Realisasi"]
    at = {cell.value: cell.column for cell in sheet[1]}
    line = next(
        cells[0].row
        for cells in sheet.iter_rows(min_row=2)
        if "P-1" in [cell.value for cell in cells]
    )
    for header, value in (
        ("Hasil", "Selesai"),
        ("Tanggal Nyata", date(2026, 6, 5)),
        ("Jumlah Nyata", 3),
    ):
        sheet.cell(line, at[header]).value = value
    form.save(answer.folder / "realisasi.xlsx")
    reported = call(
        "report",
        answer.folder / "realisasi.xlsx",
        "--output",
        desk / "output",
        "--date",
        "2026-06-08",
    )
    assert reported.code == 0, reported.err
    said = call("register", "--output", desk / "output", "--number", "p-1", "--date", "2026-06-08")
    assert said.code == 0, said.err
    written = desk / "output" / "register-P-1-2026-06-08.xlsx"
    assert said.out == f"Riwayat P-1: {written}\n"
    book = load_workbook(written)
    assert book["Riwayat"].oddHeader.center.text == "Register P-1: Riwayat"
    told = records(book["Riwayat"])
    assert [
        (each["Peristiwa"], each["Hasil"], each["Tanggal Mulai"], each["Sebab atau Catatan"])
        for each in told
    ] == [
        ("Diusulkan", "Terjadwal", datetime(2026, 6, 2), None),
        ("Diputuskan", "Ubah", datetime(2026, 6, 4), "Customer minta"),
        ("Disahkan", "Terjadwal", datetime(2026, 6, 4), None),
        ("Dilaporkan", "Selesai", datetime(2026, 6, 5), None),
    ]
    assert {
        each["No. Permintaan"]
        for name in book.sheetnames
        for each in records(book[name])
        if "No. Permintaan" in each
    } == {"P-1"}


@pytest.mark.parametrize(
    ("number", "name"),
    [("3/VI/2026", "3-VI-2026"), ("..\\P 1", "P-1"), ("P:1*?", "P-1"), ("/", "permintaan"),
     ("Ü" * 90, "Ü" * 60)],
)  # fmt: skip
def test_any_number_makes_a_name_that_a_file_may_have(tmp_path: Path, number: str, name: str):
    desk = _desk(tmp_path)
    write_intake(desk / "permintaan.xlsx", [row(number)])
    output = desk / "output"
    assert call(
        "run", desk / "permintaan.xlsx", "--output", output, "--date", "2026-06-01", "--json"
    ).code in (0, 1)
    told = call("register", "--output", output, "--number", number, "--date", "2026-06-08")
    assert told.code == 0, told.err
    assert [path.name for path in output.rglob("register-*.xlsx")] == [
        f"register-{name}-2026-06-08.xlsx"
    ]


def test_whose_a_paper_is_stands_there_as_people_write_it(tmp_path: Path):
    desk = _desk(tmp_path)
    write_intake(desk / "permintaan.xlsx", [row("P-1", nama_customer="Klinik Rekaan Sehat")])
    answer = call(
        "run",
        desk / "permintaan.xlsx",
        "--output",
        desk / "output",
        "--date",
        "2026-06-01",
        "--json",
    )
    assert call("finalize", fill_schedule(answer.folder / "jadwal.xlsx")).code == 0
    told = call("register", "--output", desk / "output", "--date", "2026-06-08")
    written = desk / "output" / "register-2026-06-08.xlsx"
    assert told.out == f"Register: {written}\n"
    whose = {each["Milik"] for each in records(load_workbook(written)["Nomor Dokumen"])}
    assert {"1 Jun 2026, Klinik Rekaan Sehat", "1 Jun 2026", "P-1"} <= whose
    assert not [each for each in whose if "2026-" in str(each) or "klinik" in str(each)]


def test_a_number_that_the_register_never_heard_of_is_told_with_the_nearest(tmp_path: Path):
    path = approved(_desk(tmp_path))
    answer = call("register", "--output", path.parent, "--number", "P-11", "--date", "2026-06-08")
    assert answer.code == 3
    assert "“P-11” tidak ada di register. Maksud Anda “P-1”?" in answer.err
    assert not list(path.parent.glob("register-*.xlsx"))


def approved(desk: Path) -> Path:
    """A desk where a week was scheduled, signed and finalized; its register."""
    answer = call(
        "run",
        desk / "permintaan.xlsx",
        "--output",
        desk / "output",
        "--date",
        "2026-06-01",
        "--json",
    )
    assert answer.code == 0, answer.err
    done = call("finalize", fill_schedule(answer.folder / "jadwal.xlsx"))
    assert done.code == 0, done.err
    return desk / "output" / "register.db"


def test_the_backup_before_a_finalize_is_the_register_as_it_was_and_can_take_its_place(
    tmp_path: Path,
):
    path = approved(_desk(tmp_path))
    backup = path.parent / "cadangan" / "register-sebelum-finalize-2026-06-01-r1.db"
    assert [each.standing for each in Register(path).history().known] == [Standing.LOCKED]
    assert [each["approved_by"] for each in rows(backup)] == [""]
    assert rows(backup, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    # The way back that the README tells: copy it over the register, and finalize again.
    path.write_bytes(backup.read_bytes())
    assert Register(path).history().known == ()
    again = call("finalize", path.parent / "2026-06-01-r1" / "jadwal.xlsx")
    assert again.code == 0, again.err
    assert [each.standing for each in Register(path).history().known] == [Standing.LOCKED]
    assert sorted(each.name for each in backup.parent.iterdir()) == [
        "register-sebelum-finalize-2026-06-01-r1-2.db",
        "register-sebelum-finalize-2026-06-01-r1.db",
    ]


def old_register(path: Path) -> Path:
    """A register as the first version left it: runs and nothing else."""
    counts = ("baris", "terjadwal", "digeser", "terkunci", "dikembalikan", "antrean", "ditahan")
    names, marks = ", ".join(counts), ", ".join("1" for _ in counts)
    return fill(
        path,
        "CREATE TABLE migrations (name TEXT PRIMARY KEY) STRICT",
        *MIGRATIONS["001-runs"],
        "INSERT INTO migrations VALUES ('001-runs')",
        f"INSERT INTO runs (run, run_date, {names}) "
        f"VALUES ('2026-05-25-r1', '2026-05-25', {marks})",
    )


def test_a_register_of_an_older_version_is_backed_up_and_brought_up_to_date(tmp_path: Path):
    desk = _desk(tmp_path)
    (desk / "output").mkdir()
    path = old_register(desk / "output" / "register.db")
    assert Register(path).history() == NOTHING_KNOWN, "looking changes nothing"
    before = path.read_bytes()
    approved(desk)
    assert [each["run"] for each in rows(path)] == ["2026-05-25-r1", "2026-06-01-r1"]
    backup = path.parent / "cadangan" / "register-sebelum-002-weeks.db"
    assert rows(backup) == rows(old_register(tmp_path / "sama.db"))
    assert "standings" not in tables(backup)
    assert path.read_bytes() != before


def test_numbers_that_were_given_before_revisions_were_kept_stay_given(tmp_path: Path):
    number = "('penawaran', 'P-1', 2026, 7, 2, 'sidik', '2026-05-25-r1')"
    path = fill(
        old_register(tmp_path / "register.db"),
        *MIGRATIONS["002-weeks"],
        "INSERT INTO migrations VALUES ('002-weeks')",
        f"INSERT INTO document_numbers VALUES {number}",
    )
    with Register(path).holding("documents") as session:
        (given,) = session.given_numbers()
        assert session.papers("2026-05-25-r1") is None
    assert (given.run, given.folder) == ("2026-05-25-r1", "documents")
    assert (given.number.text, given.number.fingerprint) == ("PH/2026/0007-R2", "sidik")


def test_nothing_is_migrated_where_the_backup_cannot_be_written(tmp_path: Path):
    path = old_register(tmp_path / "register.db")
    (tmp_path / "cadangan").write_text("sebuah berkas di tempat foldernya")
    before = path.read_bytes()
    with pytest.raises(OutputError, match="Cadangan register tidak dapat ditulis"):
        record(path, "2026-11-23-r1")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/lab/register.db", "ext4"),
        ("/mnt/kantor/lab/register.db", "cifs"),
        ("/mnt/kantor lama/register.db", "nfs4"),
        ("/mnt/kantor2/register.db", "ext4"),
    ],
)
def test_the_file_system_is_that_of_the_deepest_mount(path: str, kind: str):
    mounts = [
        "/dev/sda1 / ext4 rw 0 0",
        "//server/lab /mnt/kantor cifs rw 0 0",
        "server:/lama /mnt/kantor\\040lama nfs4 rw 0 0",
        "tidak lengkap",
    ]
    assert file_system(Path(path), mounts) == kind


def test_a_register_on_a_network_share_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(places, "_SHARES", {file_system(tmp_path, _mounts())})
    answer = call(
        "run",
        _desk(tmp_path) / "permintaan.xlsx",
        "--output",
        tmp_path / "output",
        "--date",
        "2026-06-01",
    )
    assert answer.code == 3
    assert "terletak di folder jaringan" in answer.err
    assert not (tmp_path / "output").exists()


def _mounts() -> list[str]:
    return Path("/proc/mounts").read_text(encoding="utf-8").splitlines()


def test_a_register_on_a_full_disk_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "register.db"
    record(path, "2026-11-23-r1")
    monkeypatch.setattr(register, "_LEAST_FREE_BYTES", 1 << 62)
    with pytest.raises(OutputError, match="hampir habis"):
        Register(path)
