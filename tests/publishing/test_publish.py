"""Outputs appear whole or not at all, under the next free name, and never over an older one."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from labkesmas_batch.errors import OutputError
from labkesmas_batch.publishing.publish import publish_files, publish_into, publish_run
from labkesmas_batch.publishing.unrecorded import sweep

DAY = date(2026, 11, 23)


def build(folder: Path, run: str) -> None:
    (folder / "jadwal.xlsx").write_text(run)
    (folder / "documents").mkdir()
    (folder / "documents" / "spt.docx").write_text("SPT")


def disk_full(folder: Path, run: str) -> None:
    build(folder, run)
    raise OSError("No space left on device")


def bug(folder: Path, run: str) -> None:
    build(folder, run)
    raise ZeroDivisionError


@contextmanager
def record(run: str) -> Iterator[None]:
    """What a register does, which these tests leave alone."""
    yield


def publish_file(target: Path, build: Callable[[Path], None]) -> Path:
    """Publish one file."""
    return publish_files([(target, build)])[0]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_run_gets_a_folder_of_its_own_named_by_date_and_number(tmp_path: Path):
    folder, run = publish_run(tmp_path / "output", DAY, lambda: 0, build, record)
    assert run == "2026-11-23-r1"
    assert folder == tmp_path / "output" / run
    assert (folder / "jadwal.xlsx").read_text() == run
    assert (folder / "documents" / "spt.docx").is_file()
    assert names(tmp_path / "output") == [run]


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ([], "2026-11-23-r1"),
        (["2026-11-23-r1"], "2026-11-23-r2"),
        (["2026-11-23-r2", "2026-11-23-r9", "2026-11-23-r10"], "2026-11-23-r11"),
        (
            ["2026-11-22-r7", "2026-11-23-r", "2026-11-23-r4-lama", "x2026-11-23-r5"],
            "2026-11-23-r1",
        ),
    ],
)
def test_the_number_follows_the_highest_one_of_that_day(
    tmp_path: Path, there: list[str], expected: str
):
    for name in there:
        (tmp_path / name).mkdir()
    assert publish_run(tmp_path, DAY, lambda: 0, build, record)[1] == expected


@pytest.mark.parametrize(("last", "expected"), [(0, 3), (1, 3), (2, 3), (3, 4), (9, 10)])
def test_the_number_is_higher_than_any_folders_and_than_the_registers_last(
    tmp_path: Path, last: int, expected: int
):
    (tmp_path / "2026-11-23-r2").mkdir()
    assert publish_run(tmp_path, DAY, lambda: last, build, record)[1] == f"2026-11-23-r{expected}"


def test_a_file_that_bears_a_run_name_is_not_overwritten(tmp_path: Path):
    (tmp_path / "2026-11-23-r1").write_text("arsip")
    assert publish_run(tmp_path, DAY, lambda: 0, build, record)[1] == "2026-11-23-r2"
    assert (tmp_path / "2026-11-23-r1").read_text() == "arsip"


def test_older_runs_stay_as_they_were(tmp_path: Path):
    first, _ = publish_run(tmp_path, DAY, lambda: 0, build, record)
    (first / "catatan.txt").write_text("ditulis tangan")
    publish_run(tmp_path, DAY, lambda: 0, build, record)
    assert names(first) == ["catatan.txt", "documents", "jadwal.xlsx"]
    assert (first / "jadwal.xlsx").read_text() == "2026-11-23-r1"


def test_nothing_stands_at_the_final_name_while_it_is_being_built(tmp_path: Path):
    seen: list[list[str]] = []

    def watch(folder: Path, run: str) -> None:
        build(folder, run)
        seen.append([name for name in names(tmp_path) if not name.startswith(".")])
        assert folder.parent == tmp_path

    publish_run(tmp_path, DAY, lambda: 0, watch, record)
    assert seen == [[]]


def test_another_run_that_took_the_name_meanwhile_keeps_it(tmp_path: Path):
    runs: list[str] = []

    def overtaken(folder: Path, run: str) -> None:
        runs.append(run)
        build(folder, run)
        if len(runs) == 1:
            (tmp_path / run).mkdir()
            (tmp_path / run / "jadwal.xlsx").write_text("dari perintah lain")

    folder, run = publish_run(tmp_path, DAY, lambda: 0, overtaken, record)
    assert runs == ["2026-11-23-r1", "2026-11-23-r2"]
    assert (folder / "jadwal.xlsx").read_text() == run == "2026-11-23-r2"
    assert (tmp_path / "2026-11-23-r1" / "jadwal.xlsx").read_text() == "dari perintah lain"
    assert names(tmp_path) == ["2026-11-23-r1", "2026-11-23-r2"]


def test_the_published_folder_is_readable_for_colleagues(tmp_path: Path):
    folder, _ = publish_run(tmp_path, DAY, lambda: 0, build, record)
    assert stat.S_IMODE(folder.stat().st_mode) & 0o055 == 0o055


@pytest.mark.parametrize(("failing", "error"), [(disk_full, OutputError), (bug, ZeroDivisionError)])
@pytest.mark.parametrize("existing", [True, False])
def test_a_failure_while_building_leaves_the_output_folder_as_it_was(
    tmp_path: Path, failing: object, error: type[Exception], existing: bool
):
    output = tmp_path / "output"
    if existing:
        publish_run(output, DAY, lambda: 0, build, record)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(error):
        publish_run(output, DAY, lambda: 0, failing, record)
    assert sorted(tmp_path.rglob("*")) == before


def test_an_existing_empty_output_folder_survives_a_failure(tmp_path: Path):
    with pytest.raises(OutputError):
        publish_run(tmp_path, DAY, lambda: 0, disk_full, record)
    assert tmp_path.is_dir()
    assert names(tmp_path) == []


@pytest.mark.parametrize("place", ["berkas", "berkas/output"])
def test_a_file_in_the_folders_place_is_refused_by_name(tmp_path: Path, place: str):
    (tmp_path / "berkas").write_text("isi")
    with pytest.raises(OutputError, match="berkas") as refused:
        publish_run(tmp_path / place, DAY, lambda: 0, build, record)
    assert "tidak dapat ditulisi" in str(refused.value)
    assert (tmp_path / "berkas").read_text() == "isi"


def test_a_run_that_cannot_be_recorded_is_taken_back_and_the_others_stay(tmp_path: Path):
    @contextmanager
    def refuse(run: str) -> Iterator[None]:
        yield
        raise OutputError(run)

    first, _ = publish_run(tmp_path, DAY, lambda: 0, build, record)
    with pytest.raises(OutputError, match="2026-11-23-r2"):
        publish_run(tmp_path, DAY, lambda: 0, build, refuse)
    assert names(tmp_path) == [first.name]
    with pytest.raises(OutputError):
        publish_run(tmp_path / "baru", DAY, lambda: 0, build, refuse)
    assert names(tmp_path) == [first.name]


def test_a_folder_gets_its_name_while_the_register_is_held(tmp_path: Path):
    seen = []

    @contextmanager
    def watch(run: str) -> Iterator[None]:
        seen.append(run in names(tmp_path))
        yield
        seen.append(run in names(tmp_path))

    publish_run(tmp_path, DAY, lambda: 0, build, watch)
    assert seen == [False, True]


def test_the_next_command_may_take_the_mark_away_as_soon_as_the_run_is_recorded(tmp_path: Path):
    """It holds the register from the moment at which this one has kept its record."""

    @contextmanager
    def recorded_and_swept(run: str) -> Iterator[None]:
        yield
        sweep(tmp_path, lambda _, __: True, alone=True)

    def second(new: Path, run: str) -> None:
        (new / "2").mkdir()
        build(new / "2", run)

    folder, run = publish_run(tmp_path, DAY, lambda: 0, build, recorded_and_swept)
    assert names(folder) == ["documents", "jadwal.xlsx"]
    publish_into(folder, lambda new: second(new, run), lambda: recorded_and_swept(run))
    assert names(folder / "2") == ["documents", "jadwal.xlsx"]


def test_of_several_files_all_appear_or_none(tmp_path: Path):
    def fail(path: Path) -> None:
        raise OSError("disk full")

    good = tmp_path / "a" / "satu.xlsx", lambda path: path.write_text("isi") and None
    with pytest.raises(OutputError):
        publish_files([good, (tmp_path / "b" / "dua.xlsx", fail)])
    assert names(tmp_path) == []


def test_a_file_appears_at_its_name_and_makes_its_folder(tmp_path: Path):
    target = tmp_path / "baru" / "permintaan-diperiksa.xlsx"
    assert publish_file(target, lambda path: path.write_text("isi") and None) == target
    assert target.read_text() == "isi"
    assert names(target.parent) == [target.name]


def test_a_file_that_is_there_already_is_kept_and_the_new_one_numbered(tmp_path: Path):
    target = tmp_path / "permintaan-diperiksa.xlsx"
    texts = ("satu", "dua", "tiga")
    made = [publish_file(target, lambda p, t=text: p.write_text(t) and None) for text in texts]
    assert [path.name for path in made] == [
        "permintaan-diperiksa.xlsx",
        "permintaan-diperiksa-2.xlsx",
        "permintaan-diperiksa-3.xlsx",
    ]
    assert [path.read_text() for path in made] == list(texts)
    assert len(names(tmp_path)) == 3


@pytest.mark.parametrize(
    ("raised", "error"),
    [(OSError("disk full"), OutputError), (ZeroDivisionError(), ZeroDivisionError)],
)
def test_a_failing_file_leaves_neither_file_nor_folder(
    tmp_path: Path, raised: Exception, error: type[Exception]
):
    def fail(path: Path) -> None:
        path.write_text("setengah jadi")
        raise raised

    with pytest.raises(error):
        publish_file(tmp_path / "baru" / "a.xlsx", fail)
    assert names(tmp_path) == []
    (tmp_path / "a.xlsx").write_text("lama")
    with pytest.raises(error):
        publish_file(tmp_path / "a.xlsx", fail)
    assert names(tmp_path) == ["a.xlsx"]
    assert (tmp_path / "a.xlsx").read_text() == "lama"


def test_a_failing_file_leaves_no_parent_folder_either(tmp_path: Path):
    def fail(path: Path) -> None:
        raise OSError("disk full")

    with pytest.raises(OutputError):
        publish_file(tmp_path / "a" / "b" / "c" / "a.xlsx", fail)
    assert names(tmp_path) == []


MARK, RUN = ".belum-tercatat", "2026-11-23-r1"


def swept(output: Path) -> None:
    """What a command does first in an output folder, with a register that knows of nothing."""
    sweep(output, lambda run, names: False, alone=True)


@pytest.mark.parametrize("name", ["jadwal-final.xlsx", "documents", "documents/spt.docx"])
def test_what_a_killed_command_left_in_its_run_is_taken_away(tmp_path: Path, name: str):
    (tmp_path / RUN).mkdir()
    build(tmp_path / RUN, RUN)
    (tmp_path / RUN / "jadwal-final.xlsx").write_text("separuh")
    (tmp_path / RUN / MARK).write_text(name)
    swept(tmp_path)
    assert not (tmp_path / RUN / name).exists()
    assert (tmp_path / RUN / "jadwal.xlsx").is_file()
    assert not (tmp_path / RUN / MARK).exists()


@pytest.mark.parametrize(
    "named",
    [
        "../../luar",
        "../tetangga",
        "..",
        ".",
        "documents/..",
        "documents/../../../luar",
        "tautan/berharga.txt",
        "{outside}/berharga.txt",
        "jadwal.xlsx\n../../luar",
        "documents\\..\\..\\..\\luar",
        "C:berharga.txt",
        "*\njadwal.xlsx",
        b"\xff\xfe",
    ],
)
def test_a_mark_removes_nothing_outside_its_run(tmp_path: Path, named: str | bytes):
    output, outside = tmp_path / "output", tmp_path / "luar"
    for folder in (outside, output / RUN, output / "tetangga"):
        folder.mkdir(parents=True)
        (folder / "berharga.txt").write_text("simpan")
    build(output / RUN, RUN)
    (output / RUN / "tautan").symlink_to(outside, target_is_directory=True)
    mark = named if isinstance(named, bytes) else named.format(outside=outside).encode()
    (output / RUN / MARK).write_bytes(mark)
    before = sorted(tmp_path.rglob("*"))
    swept(output)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("folder", ["x", "arsip-2026", "2026-11-23-r1-lama", "2026-11-23"])
@pytest.mark.parametrize("named", ["*", "berharga.txt"])
def test_a_mark_in_a_folder_that_is_no_run_removes_nothing(tmp_path: Path, folder: str, named: str):
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "berharga.txt").write_text("simpan")
    (tmp_path / folder / MARK).write_text(named)
    swept(tmp_path)
    assert names(tmp_path / folder) == [MARK, "berharga.txt"]


def test_a_run_that_is_a_link_to_another_folder_is_left_alone(tmp_path: Path):
    output, outside = tmp_path / "output", tmp_path / "luar"
    outside.mkdir()
    output.mkdir()
    (outside / "berharga.txt").write_text("simpan")
    (outside / MARK).write_text("*")
    (output / RUN).symlink_to(outside, target_is_directory=True)
    swept(output)
    assert (outside / "berharga.txt").is_file()
