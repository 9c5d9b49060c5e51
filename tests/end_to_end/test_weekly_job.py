"""The scripts that run the week's work unattended: exit codes, the log, the backup."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.builders import row, write_intake, write_reference
from tests.support.dump import ROOT

JOB = ROOT / "tools" / "mingguan"
needs_sh = pytest.mark.skipif(os.name == "nt", reason="a shell script")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "isian kita").mkdir()
    write_intake(tmp_path / "isian kita" / "permintaan.xlsx", [row("P-1")])
    write_reference(tmp_path / "isian kita" / "acuan.xlsx")
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m labkesmas_batch "$@" $MORE\n')
    program.chmod(0o755)
    return tmp_path


def job(desk: Path, **environment: str) -> int:
    places = {"PROGRAM": desk / "program", "ISIAN": desk / "isian kita", "HASIL": desk / "hasil",
              "LOG": desk / "log"}  # fmt: skip
    done = subprocess.run(
        [str(JOB / "mingguan.sh")],
        check=False,
        capture_output=True,
        cwd=desk,
        env=os.environ
        | {k: str(v) for k, v in places.items()}
        | {"MORE": "--date 2026-06-01"}
        | environment,
    )
    assert (done.stdout, done.stderr) == (b"", b"")
    return done.returncode


def log(desk: Path) -> str:
    (path,) = (desk / "log").iterdir()
    assert re.fullmatch(r"mingguan-\d{4}-\d\d\.log", path.name)
    return path.read_text("utf-8")


@needs_sh
def test_a_week_without_trouble_ends_with_0_and_stands_in_the_log(desk: Path):
    assert job(desk) == 0
    assert "Pengaturan jadwal 2026-06-01-r1" in log(desk)
    assert "Jadwal disusun;" not in log(desk)
    assert job(desk) == 0
    assert "2026-06-01-r1" in log(desk)
    assert "2026-06-01-r2" in log(desk)


@needs_sh
def test_rows_that_wait_for_people_are_no_failure_of_the_job(desk: Path):
    write_intake(desk / "isian kita" / "permintaan.xlsx", [row("P-1", wilayah="Batm")])
    assert job(desk) == 0
    assert "ada baris yang ditahan" in log(desk)


@needs_sh
@pytest.mark.parametrize(("more", "code"), [("--date kemarin", 2), ("--register acuan", 3)])
def test_a_failure_is_handed_on_and_told(desk: Path, more: str, code: int):
    (desk / "acuan").write_text("bukan register, hanya tulisan")
    assert job(desk, MORE=more, CADANGAN=str(desk / "cadangan")) == code
    assert f"GAGAL, kode {code}" in log(desk)
    assert "Galat: " in log(desk)
    assert not (desk / "cadangan").exists()


@needs_sh
def test_the_output_folder_is_copied_and_nothing_in_the_copy_is_deleted(desk: Path):
    (desk / "cadangan").mkdir()
    (desk / "cadangan" / "lama.txt").write_text("tetap")
    assert job(desk, CADANGAN=str(desk / "cadangan")) == 0
    for name in ("register.db", "2026-06-01-r1/jadwal.xlsx"):
        assert (desk / "cadangan" / name).read_bytes() == (desk / "hasil" / name).read_bytes()
    assert (desk / "cadangan" / "lama.txt").read_text() == "tetap"


@needs_sh
def test_a_copy_that_fails_is_told_and_the_schedule_stays(desk: Path):
    (desk / "cadangan").write_text("sebuah berkas")
    assert job(desk, CADANGAN=str(desk / "cadangan")) == 4
    assert "cadangan tidak tersalin" in log(desk)
    assert (desk / "hasil" / "2026-06-01-r1" / "jadwal.xlsx").is_file()


def test_the_windows_script_has_its_line_ends_and_no_letter_that_a_code_page_changes():
    text = (JOB / "mingguan.cmd").read_bytes()
    assert text.count(b"\n") == text.count(b"\r\n") > 20
    assert text.isascii()


def test_the_windows_script_goes_to_labels_that_are_there():
    text = (JOB / "mingguan.cmd").read_text("ascii")
    assert set(re.findall(r"\bgoto (\w+)", text)) == set(re.findall(r"^:(\w+)", text, re.M))


def test_both_scripts_know_the_same_places_and_say_the_same():
    windows, linux = ((JOB / name).read_text() for name in ("mingguan.cmd", "mingguan.sh"))
    assert re.findall(r'^set "([A-Z]+)=', windows, re.M)[:5] == re.findall(r"\{([A-Z]+):=", linux)
    for said in ("GAGAL, kode", "Jadwal disusun; ada baris", "cadangan tidak tersalin"):
        assert said in windows
        assert said in linux


def test_the_service_names_the_places_that_the_script_takes():
    service = (JOB / "labkesmas-mingguan.service").read_text()
    script = (JOB / "mingguan.sh").read_text()
    for name, place in re.findall(r"^Environment=([A-Z]+)=(.+)$", service, re.M):
        assert f"{{{name}:={place}}}" in script
    assert service.rstrip().endswith("/tools/mingguan/mingguan.sh")
