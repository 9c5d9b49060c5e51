"""Contact data of requests that have their day: from a newer form into the register and papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from labkesmas_batch.commands import documents as reissue
from labkesmas_batch.documents.write import file_name
from labkesmas_batch.model.documents import DocumentKind
from labkesmas_batch.register.register import Register
from tests.support.builders import RUN_DATE, write_intake
from tests.support.paperwork import full_row, read
from tests.support.weekly import decided, done, on_sheet, scheduled, standings

pytestmark = pytest.mark.slow

LATER = date(2026, 6, 8)
OLD = {"telepon": "0812-1111-0000", "alamat": "Jalan Lama 1"}
NEW = {"telepon": "0812-2222-0000", "alamat": "Jalan Baru 2"}
OTHER = full_row("P-2", nama_customer="Puskesmas B", telepon="0812-3333-0000")


def one(**cells: Any) -> Mapping[str, Any]:
    return full_row("017/YAN/XI/2026", nama_customer="Hotel A", **cells)


def approved(folder: Path, *rows: Mapping[str, Any], day: date = RUN_DATE) -> Path:
    """Approve a week of these rows; return its folder."""
    schedule, _ = scheduled(folder, rows, day)
    assert not decided(schedule)
    return schedule.parent


def numbers(run: Path, kind: DocumentKind, folder: str = "documents") -> list[str]:
    return [sheet.number for sheet in read(run / folder, kind) if sheet.number]


def said(run: Path, kind: DocumentKind, folder: str = "documents") -> str:
    """Return all that the documents of a kind say."""
    return "\n".join(str(row) for sheet in read(run / folder, kind) for row in sheet.rows)


def known(run: Path) -> dict[str, Any]:
    history = Register(run.parent / "register.db").history()
    return {each.request.number: each for each in history.known}


def test_a_draft_alone_changes_nothing(tmp_path: Path) -> None:
    run = approved(tmp_path, one(**OLD))
    schedule, found = scheduled(tmp_path, [one(**NEW)], LATER)
    assert [each.kind.code for each in found] == ["R07"], "its day is over, and nothing else"
    assert known(run)["017/YAN/XI/2026"].request.phone == OLD["telepon"]
    change = on_sheet(schedule, "Perubahan")["017/YAN/XI/2026"]
    assert change["Perubahan"] == "berubah"
    assert "Alamat" in str(change["Sebab"]) and "Telepon" in str(change["Sebab"])


def test_the_next_approval_revises_what_says_something_else_and_nothing_more(
    tmp_path: Path,
) -> None:
    run = approved(tmp_path, one(**OLD), OTHER)
    before = known(run)
    later = approved(tmp_path, one(**NEW), OTHER, full_row("P-3"), day=LATER)
    now = known(run)["017/YAN/XI/2026"]
    assert (now.request.phone, now.request.address) == (NEW["telepon"], NEW["alamat"])
    assert now.run == run.name, "its day was given then"
    assert now.days == before["017/YAN/XI/2026"].days
    assert known(run)["P-2"] == before["P-2"]
    # The invoice and the field book show the address or the telephone; the SPT shows neither.
    (invoice,) = [each for each in numbers(later, DocumentKind.INVOICE) if each.endswith("-R1")]
    assert invoice == f"{numbers(run, DocumentKind.INVOICE)[0]}-R1"
    assert NEW["alamat"] in said(later, DocumentKind.INVOICE)
    assert OLD["alamat"] not in said(later, DocumentKind.INVOICE)
    book = said(later, DocumentKind.FIELD_BOOK)
    assert "+62 812-2222-0000" in book and "P-3" in book
    assert not any("-R" in each for each in numbers(later, DocumentKind.DUTY_LETTER))
    assert "P-2" not in said(later, DocumentKind.INVOICE)


def test_it_comes_into_the_papers_once(tmp_path: Path) -> None:
    approved(tmp_path, one(**OLD))
    approved(tmp_path, one(**NEW), full_row("P-3"), day=LATER)
    last = approved(tmp_path, one(**NEW), full_row("P-4"), day=date(2026, 6, 15))
    assert "Hotel A" not in said(last, DocumentKind.INVOICE)


def test_rows_that_disagree_leave_the_register_as_it_is(tmp_path: Path) -> None:
    run = approved(tmp_path, one(**OLD))
    approved(tmp_path, one(**NEW), one(**NEW | {"telepon": "0812-4444-0000"}), day=LATER)
    assert known(run)["017/YAN/XI/2026"].request.phone == OLD["telepon"]


def test_a_cell_that_cannot_be_read_leaves_the_registers_and_the_others_follow(
    tmp_path: Path,
) -> None:
    run = approved(tmp_path, one(**OLD))
    row = dict(one(**NEW)) | {"Telepon": 8123456789012345}
    schedule, found = scheduled(tmp_path, [row], LATER)
    assert [each.kind.code for each in found] == ["R12", "R07"]
    assert not decided(schedule)
    request = known(run)["017/YAN/XI/2026"].request
    assert (request.phone, request.address) == (OLD["telepon"], NEW["alamat"])


def again(run: Path, folder: Path, *rows: Mapping[str, Any]) -> reissue.Reissued:
    form = write_intake(folder / "betul.xlsx", list(rows))
    return reissue.reissue(str(run), None, None, None, None, intake=form)


def test_the_papers_of_a_run_again_with_a_form_are_its_revisions(tmp_path: Path) -> None:
    run = approved(tmp_path, one(**OLD), OTHER)
    made = again(run, tmp_path, one(**NEW), OTHER)
    assert made.corrected == ("017/YAN/XI/2026",)
    assert made.folder == run / "documents-2"
    assert NEW["alamat"] in said(run, DocumentKind.INVOICE, "documents-2")
    assert any(each.startswith("INV/") and each.endswith("-R1") for each in made.revised)
    assert not any(each.startswith("SPT/") for each in made.revised)
    assert known(run)["017/YAN/XI/2026"].request.phone == NEW["telepon"]
    once_more = again(run, tmp_path, one(**NEW), OTHER)
    assert (once_more.corrected, once_more.revised, once_more.written) == ((), (), ())


def test_a_form_that_says_the_same_leaves_all_as_it_is(tmp_path: Path) -> None:
    run = approved(tmp_path, one(**OLD))
    made = again(run, tmp_path, one(**OLD))
    assert (made.corrected, made.revised, made.written) == ((), (), ())


def test_a_visit_that_is_done_gets_its_invoice_with_the_new_address(tmp_path: Path) -> None:
    run = approved(tmp_path, one(**OLD))
    day = known(run)["017/YAN/XI/2026"].first
    assert not done(run / "realisasi.xlsx", day, day)
    made = again(run, tmp_path, one(**NEW))
    assert made.corrected == ("017/YAN/XI/2026",)
    assert NEW["alamat"] in said(run, DocumentKind.INVOICE, "documents-2")
    assert standings(run / "jadwal.xlsx")["017/YAN/XI/2026"].value == "selesai"
    assert known(run)["017/YAN/XI/2026"].actual == day


def test_papers_that_a_later_run_revised_are_put_right_there(tmp_path: Path) -> None:
    run = approved(tmp_path, one(**OLD))
    later = approved(tmp_path, one(**NEW), full_row("P-3"), day=LATER)
    newest = one(**NEW | {"alamat": "Jalan Terbaru 3"})
    made = again(run, tmp_path, newest)
    assert (made.corrected, made.elsewhere) == ((), (("017/YAN/XI/2026", later.name),))
    assert (made.revised, made.written) == ((), ())
    made = again(later, tmp_path, newest)
    assert made.corrected == ("017/YAN/XI/2026",)
    assert f"{numbers(run, DocumentKind.INVOICE)[0]}-R2" in made.revised
    assert file_name(DocumentKind.INVOICE) in made.written


def test_a_visit_that_is_moved_has_the_new_data_in_its_new_papers(tmp_path: Path) -> None:
    run = approved(tmp_path, one(**OLD, tanggal_usulan=date(2026, 6, 16)))
    schedule, _ = scheduled(tmp_path, [one(**NEW, tanggal_usulan=date(2026, 6, 16))], LATER)
    number = "017/YAN/XI/2026"
    assert not decided(
        schedule, jadwal={number: {"Keputusan": "Ubah", "Tanggal Baru": date(2026, 6, 17)}}
    )
    assert known(run)[number].request.phone == NEW["telepon"]
    assert numbers(schedule.parent, DocumentKind.INVOICE) == [
        f"{numbers(run, DocumentKind.INVOICE)[0]}-R1"
    ]
