"""A wrong name or date under an approved schedule: one more finalize puts just that right."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from labkesmas_batch.commands.finalize import FinalizeResult, finalize
from labkesmas_batch.errors import InputError, RefusedError
from labkesmas_batch.model.documents import DocumentKind
from labkesmas_batch.register.register import Register
from tests.support.builders import RUN_DATE
from tests.support.dump import call
from tests.support.paperwork import full_row, read
from tests.support.signing import SIGNED_BY, fill_schedule
from tests.support.weekly import decided, done, on_sheet, scheduled, standings

pytestmark = pytest.mark.slow

NEXT = RUN_DATE + timedelta(days=1)
LATER = date(2026, 6, 8)
HEAD = "dr. Kepala Balai (contoh)"
ROWS = [full_row("017/YAN/XI/2026"), full_row("P-2", nama_customer="Puskesmas B")]
WORDS = {"P-2": {"Keputusan": "Tunda", "Catatan": "Alat dipakai"}}


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """The workbook of an approved week, with a decision."""
    schedule, _ = scheduled(tmp_path, ROWS)
    assert not decided(schedule, jadwal=WORDS)
    return schedule


def again(schedule: Path, today: date = NEXT, **words: Any) -> FinalizeResult:
    return finalize(fill_schedule(schedule, **words), None, None, today=today)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "jadwal.xlsx"
    }


def sign_off(run: Path) -> tuple[str, date]:
    (row,) = [
        (each[names.index("approved_by")], each[names.index("approved_on")])
        for name, names, rows in Register(run.parent / "register.db").tables()
        if name == "Jadwal"
        for each in rows
    ]
    return str(row[0]), date.fromisoformat(str(row[1]))


def on_summary(schedule: Path) -> dict[object, object]:
    return {row[0].value: row[1].value for row in load_workbook(schedule)["Ringkasan"].iter_rows()}


def test_the_name_and_the_date_are_put_right_and_nothing_else(signed: Path) -> None:
    run = signed.parent
    before, where = files(run), standings(signed)
    made = again(signed, by=HEAD, on=NEXT)
    assert made.signed_before is not None
    assert (made.signed_before.by, made.signed_before.on) == (SIGNED_BY, RUN_DATE)
    assert sign_off(run) == (HEAD, NEXT)
    assert standings(signed) == where
    now = files(run)
    assert {name: now[name] for name in before} == before, "what was issued stays as it was"
    assert made.schedule == run / "jadwal-final-2.xlsx"
    assert made.documents == run / "documents-2"
    assert (on_summary(made.schedule)["Disetujui oleh"], on_summary(made.schedule)["Tanggal"]) == (
        HEAD,
        "2 Jun 2026",
    )
    jadwal = on_sheet(run / "jadwal-final.xlsx", "Jadwal")
    assert on_sheet(made.schedule, "Jadwal") == jadwal
    (one,) = {str(sheet.number) for sheet in read(run / "documents-2", DocumentKind.TERMS)}
    assert one.endswith("-R1")


def test_the_register_remembers_both_signatures(signed: Path) -> None:
    again(signed, by=HEAD, on=NEXT)
    tables = Register(signed.parents[1] / "register.db").tables()
    (rows,) = [rows for name, _, rows in tables if name == "Pengesahan"]
    run = signed.parent.name
    assert rows == [
        (run, SIGNED_BY, str(RUN_DATE), "dibetulkan"),
        (run, HEAD, str(NEXT), "berlaku"),
    ]


def test_explain_names_the_one_who_signed(signed: Path) -> None:
    again(signed, by=HEAD, on=NEXT)
    output = str(signed.parents[1])
    said = call("explain", "017/YAN/XI/2026", "--output", output)
    assert f"disahkan 2 Jun 2026 oleh {HEAD}" in said.out
    answer = call("explain", "P-2", "--output", output, "--json")
    assert answer.record["sumber"]["oleh"] == HEAD


def test_it_is_put_right_once_and_then_again(signed: Path) -> None:
    again(signed, by=HEAD, on=NEXT)
    after = files(signed.parent)
    assert again(signed, by=HEAD, on=NEXT).signed_before is None
    assert files(signed.parent) == after
    assert again(signed, by=f"{HEAD}, M.Kes", on=NEXT).documents.name == "documents-3"


def test_the_first_workbook_handed_in_again_does_not_turn_it_back(
    signed: Path, tmp_path: Path
) -> None:
    first = Path(shutil.copy(signed, tmp_path / "semula.xlsx"))
    again(signed, by=HEAD, on=NEXT)
    made = finalize(first, signed.parents[1], None, today=NEXT)
    assert (made.week, made.signed_before, made.by) == (None, None, HEAD)
    assert sign_off(signed.parent) == (HEAD, NEXT)


def test_a_workbook_that_was_only_saved_again_changes_nothing(signed: Path) -> None:
    before = files(signed.parent)
    load_workbook(signed).save(signed)
    made = finalize(signed, None, None, today=NEXT)
    assert (made.week, made.signed_before) == (None, None)
    assert files(signed.parent) == before


@pytest.mark.parametrize(
    "words",
    [
        {"P-2": {"Keputusan": "Batal"}},
        {"P-2": {"Catatan": "Alasan lain"}},
        {"017/YAN/XI/2026": {"Keputusan": "Setuju"}},
    ],
)
def test_another_decision_is_refused(signed: Path, words: dict[str, Any]) -> None:
    before = files(signed.parent)
    with pytest.raises(InputError, match="keputusan yang lain"):
        again(signed, by=HEAD, jadwal=words)
    assert files(signed.parent) == before


@pytest.mark.parametrize(
    ("by", "on"),
    [("-", RUN_DATE), (HEAD, date(2001, 6, 1)), (HEAD, date(2099, 6, 1)), (None, NEXT)],
)
def test_it_is_as_strict_as_the_first_time(signed: Path, by: str | None, on: date) -> None:
    with pytest.raises(RefusedError):
        again(signed, by=by, on=on)
    assert sign_off(signed.parent) == (SIGNED_BY, RUN_DATE)


def test_after_another_approval_it_is_too_late(signed: Path, tmp_path: Path) -> None:
    later, _ = scheduled(tmp_path, [*ROWS, full_row("P-3")], LATER)
    assert not decided(later)
    with pytest.raises(InputError, match=r"sesudahnya jadwal 2026-06-08-r1"):
        again(signed, by=HEAD)


def test_a_draft_and_a_report_in_between_hinder_nothing(signed: Path, tmp_path: Path) -> None:
    scheduled(tmp_path, [*ROWS, full_row("P-3")], NEXT)
    day = date(2026, 6, 2)
    assert done(signed.with_name("realisasi.xlsx"), day, day) == []
    where = standings(signed)
    assert again(signed, by=HEAD).signed_before is not None
    assert standings(signed) == where


def test_without_the_copy_from_before_the_approval_it_is_refused(signed: Path) -> None:
    for path in (signed.parents[1] / "cadangan").iterdir():
        path.unlink()
    with pytest.raises(InputError, match="Salinan register"):
        again(signed, by=HEAD)


def test_the_terminal_says_what_was_put_right(signed: Path) -> None:
    fill_schedule(signed, by=HEAD)
    said = call("finalize", str(signed))
    assert said.code == 0
    assert "Tanda tangan dibetulkan; semula Kepala Contoh, 1 Jun 2026." in said.out
    assert "documents-2" in said.out
