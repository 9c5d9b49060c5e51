"""Commands killed at any moment, ten at once, and registers that cannot be used."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.dump import EXAMPLE, EXAMPLE_DATE, ROOT, call

pytestmark = pytest.mark.slow

DAY = date.fromisoformat(EXAMPLE_DATE)
RUN = f"{EXAMPLE_DATE}-r1"
REFERENCE = ROOT / "input_templates" / "acuan.xlsx"
# All 200 with LABKESMAS_MOMENTS=200; they take a quarter of an hour.
MOMENTS = int(os.environ.get("LABKESMAS_MOMENTS", "20"))
ONE_EACH = 4  # of the ways to choose a moment


def command(name: str, folder: Path, *more: object) -> list[str]:
    """Return what the shell would be given."""
    arguments: list[object] = [sys.executable, "-m", "labkesmas_batch", name]
    if name == "run":
        arguments += [EXAMPLE, "--reference", REFERENCE, "--date", EXAMPLE_DATE]
    elif name == "documents":
        arguments += [RUN, "--reference", folder / "acuan-lengkap.xlsx"]
    else:
        arguments += [folder / "terisi.xlsx"]
    return [*map(str, [*arguments, "--output", folder / "output", *more])]


def finished(name: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(name, folder), capture_output=True, encoding="utf-8", timeout=300, check=False
    )


def sign(schedule: Path, target: Path) -> Path:
    book = load_workbook(schedule)
    for label, beside in book["Ringkasan"].iter_rows(max_col=2):
        if label.value in ("Disetujui oleh", "Tanggal"):
            beside.value = "Kepala Contoh" if label.value != "Tanggal" else DAY
    form = book["Jadwal"]
    column = next(cell.column for cell in form[1] if cell.value == "Keputusan")
    for at, verdict in ((2, "Setuju"), (3, "Tunda"), (4, "Batal")):
        form.cell(at, column).value = verdict
    book.save(target)
    return target


def complete(target: Path) -> None:
    """Write an acuan with a tariff and a NIP that the first one has not."""
    book = load_workbook(REFERENCE)
    book["Tarif"]["C2"] = 123_000
    book["Pejabat"]["C2"] = "196501011990031001"
    book.save(target)


@dataclass(frozen=True)
class Left:
    """What a command leaves: each run's files, and the register's rows."""

    files: dict[str, bytes]
    register: tuple[str, ...]

    def runs(self, *names: str) -> dict[str, bytes]:
        return {
            path: on_hold for path, on_hold in self.files.items() if path.split("/")[0] in names
        }


def left(folder: Path) -> Left:
    output = folder / "output"
    files = {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and path.parent.name != "cadangan" and path.name != "register.db"
    }
    with closing(sqlite3.connect(output / "register.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return Left(files, tuple(connection.iterdump()))


@dataclass(frozen=True)
class Undisturbed:
    """The same commands where nobody kills anything."""

    start: Path
    once: Left
    twice: Left
    seconds: float


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Undisturbed]:
    """Do each command once and once more, from a folder that stays as it is."""
    made = {}
    for name in ("run", "finalize", "documents"):
        start = tmp_path_factory.mktemp("mulai")
        (start / "output").mkdir()
        if name != "run":
            assert finished("run", start).returncode == 1
            sign(start / "output" / RUN / "jadwal.xlsx", start / "terisi.xlsx")
        if name == "documents":
            assert finished("finalize", start).returncode == 0
            complete(start / "acuan-lengkap.xlsx")
        folder = tmp_path_factory.mktemp("tenang") / "lab"
        shutil.copytree(start, folder)
        before = time.monotonic()
        done = finished(name, folder)
        seconds = time.monotonic() - before
        assert done.returncode == (1 if name == "run" else 0), done.stderr
        once = left(folder)
        finished(name, folder)
        made[name] = Undisturbed(start, once, left(folder), seconds)
    assert made["finalize"].twice == made["finalize"].once
    assert made["documents"].twice == made["documents"].once
    assert any(path.startswith(f"{RUN}/documents-2/") for path in made["documents"].once.files)
    assert made["run"].twice != made["run"].once
    return made


def passing(output: Path) -> bool:
    return any(output.glob(".sementara-*"))


def marked(output: Path) -> bool:
    return any(output.glob("*/.belum-tercatat"))


def written(output: Path) -> bool:
    return any(output.glob("*-journal"))


def kill(name: str, folder: Path, seconds: float, seed: int) -> str:
    """Kill the command at a random moment; return what it had come to."""
    rng = random.Random(seed)
    await_, most = ((None, seconds), (passing, seconds * 0.35), (written, 0.2), (marked, 0.02))[
        seed % ONE_EACH
    ]
    working = subprocess.Popen(
        command(name, folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if await_ is None:
        time.sleep(rng.uniform(0.1 * seconds, most))
    else:
        while working.poll() is None and not await_(folder / "output"):
            time.sleep(0.0005)
        time.sleep(rng.uniform(0, most))
    working.send_signal(signal.SIGKILL)
    code = working.wait()
    output = folder / "output"
    if code != -signal.SIGKILL:
        return "finished before"
    if marked(output):
        return "files in place, not recorded or not yet said to be"
    if passing(output):
        return "files half written"
    return "nothing written yet, or everything"


@pytest.fixture(scope="module")
def moments() -> Iterator[Counter[str]]:
    """Count what the killed commands had come to."""
    seen: Counter[str] = Counter()
    yield seen
    for what, count in sorted(seen.items()):
        print(f"{count:4} {what}")  # noqa: T201 - pytest -s shows it  # noqa: T201 - pytest shows it with -s


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills otherwise")
@pytest.mark.parametrize("seed", range(MOMENTS))
def test_a_killed_command_leaves_nothing_that_the_next_one_trips_over(
    seed: int, undisturbed: dict[str, Undisturbed], moments: Counter[str], tmp_path: Path
) -> None:
    name = ("run", "finalize", "documents")[seed // ONE_EACH % 3]
    calm, folder = undisturbed[name], tmp_path / "lab"
    shutil.copytree(calm.start, folder)
    moments[f"{name}: {kill(name, folder, calm.seconds, seed)}"] += 1
    if (folder / "output" / "register.db").exists():
        left(folder)  # sound already now
    again = finished(name, folder)
    assert again.returncode == (1 if name == "run" else 0), again.stderr
    now = left(folder)
    assert not [path for path in now.files if path.split("/")[-1].startswith(".")]
    assert not [*(folder / "output").rglob(".sementara-*"), *(folder / "output").rglob(".belum*")]
    # Killed after its record was kept, the first one was done; then this is the second.
    assert now in (calm.once, calm.twice)
    for copy in (folder / "output").glob("cadangan/*"):
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_ten_processes_on_one_register_end_well_or_say_why_and_nothing_is_doubled(
    undisturbed: dict[str, Undisturbed], tmp_path: Path
) -> None:
    folder = tmp_path / "lab"
    shutil.copytree(undisturbed["finalize"].start, folder)
    names = ["run", "finalize", "run", "finalize", "run"] * 2
    with ExitStack() as stack:
        working = [
            stack.enter_context(
                subprocess.Popen(
                    command(name, folder),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    encoding="utf-8",
                )
            )
            for name in names
        ]
        said = [each.communicate(timeout=300)[1] for each in working]
    for name, each, text in zip(names, working, said, strict=True):
        if each.returncode != (1 if name == "run" else 0):
            assert each.returncode == 3, text
            assert "tidak berlaku lagi" in text or "dipakai perintah lain" in text
    well = sum(each.returncode == 1 for each in working)
    assert well >= 1
    now = left(folder)
    assert not [path for path in now.files if path.split("/")[-1].startswith(".")]
    runs = [f"{EXAMPLE_DATE}-r{number}" for number in range(1, well + 2)]
    assert sorted({path.split("/")[0] for path in now.files}) == sorted(runs)
    with closing(sqlite3.connect(folder / "output" / "register.db")) as connection:
        ask = connection.execute
        assert sorted(run for (run,) in ask("SELECT run FROM runs")) == sorted(runs)
        approved = ask("SELECT run FROM runs WHERE approved_on != ''").fetchall()
        decided = ask("SELECT count(*) FROM decisions").fetchone()
        backups = len([*(folder / "output" / "cadangan").iterdir()] if approved else [])
    finalized = any(each.returncode == 0 for each in working)
    assert approved == ([(RUN,)] if finalized else [])
    assert decided == ((3,) if finalized else (0,))
    assert backups == finalized


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Lend a disk of 3 MB of its own."""
    disk = tmp_path / "cakram"
    disk.mkdir()
    made = (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)],
            capture_output=True,
            check=False,
        )
        if shutil.which("mount")
        else None
    )
    if made is None or made.returncode:
        pytest.skip("only root can mount a disk here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("there", [True, False], ids=["a register is there", "the first run"])
def test_a_full_disk_is_told_before_any_work(small_disk: Path, there: bool, tmp_path: Path):
    register = small_disk / "register.db"
    if there:
        register.touch()
    answer = call(
        "run",
        EXAMPLE,
        "--reference",
        REFERENCE,
        "--date",
        EXAMPLE_DATE,
        "--output",
        tmp_path / "output",
        "--register",
        register,
    )
    assert answer.code == 3
    assert answer.err.startswith("Galat: Ruang penyimpanan")
    assert not (tmp_path / "output").exists()
    assert [path.name for path in small_disk.iterdir()] == ["register.db"] * there


def test_an_output_folder_on_a_full_disk_leaves_nothing_behind(small_disk: Path, tmp_path: Path):
    (small_disk / "penuh").write_bytes(bytes(3_110_000))
    register = tmp_path / "register.db"
    answer = call(
        "run",
        EXAMPLE,
        "--reference",
        REFERENCE,
        "--date",
        EXAMPLE_DATE,
        "--output",
        small_disk / "output",
        "--register",
        register,
    )
    assert answer.code == 3
    assert answer.err.startswith(f"Galat: Folder {small_disk / 'output'} tidak dapat ditulisi.")
    assert [path.name for path in small_disk.iterdir()] == ["penuh"]
    assert not register.exists()


def test_a_register_that_may_only_be_read_is_told_before_any_work(
    small_disk: Path, undisturbed: dict[str, Undisturbed]
):
    start = undisturbed["finalize"].start
    shutil.copy(start / "output" / "register.db", small_disk)
    subprocess.run(["mount", "-o", "remount,ro,size=64m", str(small_disk)], check=True)
    before = left(start)
    for answer in (
        call(
            "run",
            EXAMPLE,
            "--reference",
            REFERENCE,
            "--date",
            EXAMPLE_DATE,
            "--output",
            start / "output",
            "--register",
            small_disk / "register.db",
        ),
        call(
            "finalize",
            start / "terisi.xlsx",
            "--output",
            start / "output",
            "--register",
            small_disk / "register.db",
        ),
    ):
        assert answer.code == 3
        assert "hanya boleh dibaca" in answer.err
    assert left(start) == before
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)


def test_what_is_no_register_of_ours_is_refused_by_every_command_before_any_work(
    undisturbed: dict[str, Undisturbed], tmp_path: Path
):
    start = undisturbed["finalize"].start
    text, newer, torn = (tmp_path / name for name in ("teks.db", "baru.db", "rusak.db"))
    text.write_text("Ini bukan register.\n" * 50)
    shutil.copy(start / "output" / "register.db", newer)
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute("INSERT INTO migrations VALUES ('999-nanti')")
    on_hold = bytearray((start / "output" / "register.db").read_bytes())
    on_hold[8192:40960] = bytes(32768)
    torn.write_bytes(on_hold)
    before = left(start)
    for register, message in (
        (text, "bukan register"),
        (newer, "lebih baru"),
        (torn, "register yang rusak"),
    ):
        content = register.read_bytes()
        for name, subject in (
            ("run", EXAMPLE),
            ("finalize", start / "terisi.xlsx"),
            ("documents", RUN),
            ("register", None),
        ):
            answer = call(
                name,
                *([subject] if subject else []),
                "--output",
                start / "output",
                "--register",
                register,
            )
            assert (answer.code, message in answer.err) == (3, True), (name, answer)
        assert register.read_bytes() == content
    assert left(start) == before


def test_the_copy_in_cadangan_put_back_takes_the_register_to_before_finalize(
    undisturbed: dict[str, Undisturbed], tmp_path: Path
):
    folder = tmp_path / "lab"
    shutil.copytree(undisturbed["finalize"].start, folder)
    output = folder / "output"
    before = left(folder)
    assert finished("finalize", folder).returncode == 0
    after = left(folder)
    assert after.register != before.register
    (copy,) = (output / "cadangan").iterdir()
    assert copy.name == f"register-sebelum-finalize-{RUN}.db"
    shutil.copy(copy, output / "register.db")
    assert left(folder).register == before.register
    # Management may now decide otherwise, or the same again.
    assert finished("finalize", folder).returncode == 0
    assert left(folder) == after
