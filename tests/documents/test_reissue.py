"""Papers made again: numbers stay, suffixes come, and what lies there is never written over."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing, nullcontext
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from labkesmas_batch.commands import documents as reissue
from labkesmas_batch.commands import run as run_command
from labkesmas_batch.documents.case import span
from labkesmas_batch.documents.registry import identities
from labkesmas_batch.documents.reissue import kind_of
from labkesmas_batch.documents.write import file_name
from labkesmas_batch.errors import InputError, RefusedError
from labkesmas_batch.model.documents import ApprovedSchedule, DocumentKind
from labkesmas_batch.publishing.publish import publish_edition
from labkesmas_batch.register.document_codec import dump_final, load_final
from labkesmas_batch.register.register import Register
from labkesmas_batch.register.session import Session
from tests.support.builders import RUN_DATE, write_reference
from tests.support.dump import call
from tests.support.paperwork import COMPLETE, full_row, read
from tests.support.weekly import decided, reported, scheduled
from tests.support.weeks import random_week, write_week

pytestmark = pytest.mark.slow

RUN = f"{RUN_DATE}-r1"
CHEAP = [("Air Minum", "E. coli", 100_000, "contoh")]
DEAR = [("Air Minum", "E. coli", 120_000, "contoh")]
ROWS = (
    full_row("P-1", nama_customer="Hotel A"),
    full_row("P-2", nama_customer="Puskesmas B", jenis_customer="Internal"),
)
# Kinds in which a tariff is told, for the external customer.
PRICED = (DocumentKind.QUOTATION, DocumentKind.INVOICE)


def finalized_week(folder: Path, **sheets: object) -> Path:
    """Run and finalize a week of two requests; return the run's folder."""
    schedule, _ = scheduled(folder, ROWS, **{"tarif": CHEAP, **sheets})
    decided(schedule)
    return schedule.parent


def again(run: Path, only: str | None = None, reference: Path | None = None) -> reissue.Reissued:
    return reissue.reissue(str(run), only, reference, None, None)


def acuan(folder: Path, **sheets: object) -> Path:
    folder.mkdir(exist_ok=True)
    return write_reference(folder / "acuan-lengkap.xlsx", **{**COMPLETE, "tarif": DEAR, **sheets})


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def register_rows(run: Path) -> list[str]:
    with closing(sqlite3.connect(run.parent / "register.db")) as connection:
        return list(connection.iterdump())


def numbers(folder: Path, kind: DocumentKind) -> list[str]:
    return [sheet.number for sheet in read(folder, kind) if "urut kami" in str(sheet.rows[0][0])]


def totals(folder: Path) -> list[object]:
    label = "Jumlah biaya pengujian (Rp)"
    return [sheet.value_after(label) for sheet in read(folder, DocumentKind.QUOTATION)]


def test_the_same_again_writes_and_records_nothing(tmp_path: Path) -> None:
    run = finalized_week(tmp_path)
    files, rows = contents(run), register_rows(run)
    done = again(run)
    assert (done.written, done.revised, done.new, done.folder) == ((), (), (), run / "documents")
    assert contents(run) == files
    assert register_rows(run) == rows


def test_a_missing_file_comes_back_byte_for_byte_and_the_others_stay(tmp_path: Path) -> None:
    run = finalized_week(tmp_path)
    files = contents(run)
    for name in (file_name(DocumentKind.DUTY_LETTER), file_name(DocumentKind.INDEX)):
        (run / "documents" / name).unlink()
    done = again(run)
    assert done.written == (file_name(DocumentKind.DUTY_LETTER), file_name(DocumentKind.INDEX))
    assert contents(run) == files


def test_a_missing_folder_comes_back_although_the_schedule_was_filled_in_since(
    tmp_path: Path,
) -> None:
    run = finalized_week(tmp_path)
    files = contents(run)
    for path in (run / "documents").iterdir():
        path.unlink()
    (run / "documents").rmdir()
    (run / "realisasi.xlsx").write_bytes(b"sudah diisi")
    (run / "jadwal.xlsx").unlink()
    assert again(run).folder == run / "documents"
    assert contents(run / "documents") == {
        name.removeprefix("documents/"): content
        for name, content in files.items()
        if name.startswith("documents/")
    }


def test_what_staff_filled_in_is_not_written_over(tmp_path: Path) -> None:
    run = finalized_week(tmp_path)
    fresh = contents(run / "documents")
    book = run / "documents" / file_name(DocumentKind.FIELD_BOOK)
    book.write_bytes(b"dengan catatan lapangan")
    files = contents(run)
    done = again(run)
    assert done.folder == run / "documents-2"
    assert contents(run / "documents-2") == fresh
    assert {name: contents(run)[name] for name in files} == files
    assert again(run).written == ()
    assert again(run, "buku-catatan").written == ()


def test_one_kind_alone_is_made_where_one_is_asked_for(tmp_path: Path) -> None:
    run = finalized_week(tmp_path)
    fresh = contents(run / "documents")
    (run / "documents" / file_name(DocumentKind.QUOTATION)).write_bytes(b"rusak")
    done = again(run, "penawaran")
    assert contents(run / "documents-2") == {
        file_name(DocumentKind.QUOTATION): fresh[file_name(DocumentKind.QUOTATION)]
    }
    assert done.files == (run / "documents-2" / file_name(DocumentKind.QUOTATION),)


def test_the_index_alone_names_the_other_files_as_they_were_issued(tmp_path: Path) -> None:
    run = finalized_week(tmp_path)
    fresh = contents(run / "documents")
    for path in (run / "documents").iterdir():
        path.unlink()
    again(run, "indeks-arsip")
    assert contents(run / "documents") == {
        file_name(DocumentKind.INDEX): fresh[file_name(DocumentKind.INDEX)]
    }


def test_a_new_tariff_revises_what_tells_it_and_nothing_else(tmp_path: Path) -> None:
    run = finalized_week(tmp_path)
    before = contents(run)
    done = again(run, reference=acuan(tmp_path / "baru"))
    old, new = run / "documents", run / "documents-2"
    assert done.folder == new
    for kind in DocumentKind:
        suffixed = [f"{each}-R1" for each in numbers(old, kind)]
        same = kind not in (*PRICED, DocumentKind.INDEX)
        assert numbers(new, kind) == (numbers(old, kind) if same else suffixed), kind
        if same:
            assert (new / file_name(kind)).read_bytes() == (old / file_name(kind)).read_bytes()
    assert totals(old) == [200_000]
    assert totals(new) == [240_000]
    assert sorted(done.revised) == sorted(
        number for kind in (*PRICED, DocumentKind.INDEX) for number in numbers(new, kind)
    )
    after = contents(run)
    assert {name: after[name] for name in before} == before


def test_the_new_reference_holds_from_then_on_and_the_old_one_gives_the_old_papers(
    tmp_path: Path,
) -> None:
    run = finalized_week(tmp_path)
    first = contents(run / "documents")
    again(run, reference=acuan(tmp_path / "baru"))
    rows = register_rows(run)
    assert again(run).folder == run / "documents-2"
    assert again(run, reference=tmp_path / "baru" / "acuan-lengkap.xlsx").written == ()
    back = again(run, reference=tmp_path / "acuan.xlsx")
    assert (back.folder, back.written, back.revised) == (run / "documents", (), ())
    assert contents(run / "documents") == first
    assert register_rows(run) == rows
    again(run, reference=acuan(tmp_path / "lagi", tarif=[("Air Minum", "E. coli", 1, "contoh")]))
    assert numbers(run / "documents-3", DocumentKind.QUOTATION) == ["PH/2026/0001-R2"]


def test_what_the_reference_lacked_is_a_blank_and_a_finding_until_it_is_filled_in(
    tmp_path: Path,
) -> None:
    nobody = [("Kepala", None, None), *COMPLETE["pejabat"][1:]]
    run = finalized_week(tmp_path, tarif=[], pejabat=nobody)
    found = again(run)
    assert {each.kind.code for each in found.findings} == {"D01", "D04"}
    assert str(totals(run / "documents")[0]).startswith("…")
    done = again(run, reference=acuan(tmp_path / "baru"))
    assert done.findings == ()
    assert totals(run / "documents-2") == [240_000]


def test_one_kind_revised_says_which_others_would_change(tmp_path: Path) -> None:
    run = finalized_week(tmp_path)
    new = acuan(tmp_path / "baru")
    done = again(run, "penawaran", new)
    assert done.revised == ("PH/2026/0001-R1",)
    assert done.also == ("invoice", "indeks-arsip")
    rest = again(run)
    assert len(rest.revised) == 2
    assert numbers(rest.folder, DocumentKind.QUOTATION) == ["PH/2026/0001-R1"]


def test_customers_who_pay_by_the_new_reference_get_new_numbers(tmp_path: Path) -> None:
    run = finalized_week(tmp_path)
    office = [row for row in COMPLETE["instansi"] if row[0] != "Surat Biaya Untuk"]
    everybody = [*office, ("Surat Biaya Untuk", "Semua", None)]
    done = again(run, reference=acuan(tmp_path / "baru", instansi=everybody, tarif=CHEAP))
    assert "PH/2026/0002" in done.new
    assert numbers(done.folder, DocumentKind.QUOTATION) == ["PH/2026/0002", "PH/2026/0001"]


def next_week(folder: Path, words: Mapping[str, Mapping[str, object]]) -> None:
    """Run and finalize the week after, with one more visit on the first one's trip."""
    rows = (*ROWS, full_row("P-3", nama_customer="Hotel C", tanggal_permintaan=date(2026, 4, 1)))
    schedule, _ = scheduled(folder, rows, RUN_DATE + timedelta(days=1), tarif=CHEAP)
    decided(schedule, jadwal=words, on=RUN_DATE + timedelta(days=1))
    assert (schedule.parent / "documents").is_dir()


def test_an_older_run_gives_its_papers_as_they_were(tmp_path: Path) -> None:
    run = finalized_week(tmp_path)
    files = contents(run / "documents")
    next_week(tmp_path, {})
    for path in (run / "documents").iterdir():
        path.unlink()
    again(run)
    assert contents(run / "documents") == files


def test_a_revision_of_an_older_run_leaves_out_what_was_decided_otherwise_since(
    tmp_path: Path,
) -> None:
    run = finalized_week(tmp_path)
    next_week(tmp_path, {"P-2": {"Keputusan": "Batal"}})
    done = again(run, reference=acuan(tmp_path / "baru", pejabat=None))
    assert "P-2" in done.left_out
    plans = read(done.folder, DocumentKind.SAMPLING_PLAN)
    assert [sheet.field("Nomor permintaan") for sheet in plans] == ["P-1"]
    later = run.parent / f"{RUN_DATE + timedelta(days=1)}-r1" / "documents"
    newer = {sheet.number for sheet in read(later, DocumentKind.DUTY_LETTER)}
    again_made = {sheet.number for sheet in read(done.folder, DocumentKind.DUTY_LETTER)}
    assert not newer & again_made


@pytest.mark.parametrize(("word", "said"), [("Tunda", "ditunda"), ("Batal", "dibatalkan")])
def test_a_locked_visit_that_is_set_aside_is_told_with_its_day_also_when_made_again(
    word: str, said: str, tmp_path: Path
) -> None:
    run = finalized_week(tmp_path)
    (before,) = (v for v in _kept(run).visits if v.request.number == "P-2")
    next_week(tmp_path, {"P-2": {"Keputusan": word, "Catatan": "gedung ditutup"}})
    later = run.parent / f"{RUN_DATE + timedelta(days=1)}-r1"
    path = later / "documents" / file_name(DocumentKind.CUSTOMER_NOTICE)
    told = [cell.value for line in load_workbook(path)["Puskesmas B"] for cell in line]
    (sentence,) = (text for text in told if "keputusan pimpinan" in str(text))
    assert sentence.startswith(
        f"Kunjungan {span(before.first, before.last)} tidak jadi dilaksanakan. Permintaan {said} "
        "atas keputusan pimpinan. Alasan: gedung ditutup."
    )
    made = path.read_bytes()
    path.unlink()
    assert again(later).written == (path.name,)
    assert path.read_bytes() == made
    # With another acuan it is still said, as nothing was decided otherwise since.
    done = again(later, reference=acuan(tmp_path / "baru", pejabat=None))
    assert "P-2" not in done.left_out
    assert "Puskesmas B" in load_workbook(done.folder / path.name).sheetnames


def test_a_visit_that_did_not_take_place_is_not_invoiced_again(tmp_path: Path) -> None:
    run = finalized_week(tmp_path)
    form = load_workbook(run / "realisasi.xlsx")["Realisasi"]
    cells = {cell.value: cell for line in form.iter_rows() for cell in line}
    address = f"{cells['Hasil'].column_letter}{cells['P-1'].row}"
    assert not reported(run / "realisasi.xlsx", {address: "Batal"}, date(2026, 12, 31))
    done = again(run, reference=acuan(tmp_path / "baru"))
    assert done.left_out == ("P-1",)
    assert read(done.folder, DocumentKind.INVOICE) == []
    assert len(read(run / "documents", DocumentKind.INVOICE)) == 1


def test_visits_whose_team_or_kind_left_the_reference_still_have_their_papers(
    tmp_path: Path,
) -> None:
    rows = [full_row(f"P-{n}", nama_customer=f"Hotel {n}") for n in (1, 2, 3)]
    one = [("Tim 1", "Ketua 1", None, "Semua", 3, None)]
    schedule, _ = scheduled(tmp_path, rows, tim=one, tim_cuti=None, anggota_tim=None)
    decided(schedule)
    # The next week has another team and no Air Minum, and one of the trip is put off.
    other = [("Tim 9", "Ketua 9", None, "Semua", 3, None)]
    kinds = [("Udara Ambien", None, 72, None, None)]
    day = RUN_DATE + timedelta(days=1)
    schedule, _ = scheduled(
        tmp_path,
        [full_row("P-9", jenis_contoh_uji="Udara Ambien", parameter="PM10")],
        day,
        tim=other,
        tim_cuti=None,
        anggota_tim=None,
        jenis_contoh_uji=kinds,
        tarif=[("Udara Ambien", "PM10", 200_000, "contoh")],
        cara_sampling=None,
    )
    found = decided(
        schedule, on=day, jadwal={"P-1": {"Keputusan": "Tunda"}, "P-2": {"Keputusan": "Setuju"}}
    )
    assert {"D06", "D13"} <= {each.kind.code for each in found}
    revised = [
        s
        for s in read(schedule.parent / "documents", DocumentKind.DUTY_LETTER)
        if s.number.endswith("-R1")
    ]
    assert len(revised) == 1
    heads = ("No.", "Customer dan lokasi", "No. Permintaan", "Contoh uji")
    assert {row[2] for row in revised[0].table(*heads)} == {"P-2", "P-3"}


def test_a_draft_an_unknown_run_and_a_missing_register_are_each_refused_in_a_sentence(
    tmp_path: Path,
) -> None:
    schedule, _ = scheduled(tmp_path, ROWS)
    with pytest.raises(InputError, match="masih rancangan"):
        again(schedule.parent)
    decided(schedule)
    with pytest.raises(InputError, match=rf"tidak tercatat.*yang sudah disahkan: {RUN}"):
        reissue.reissue("2026-06-09-r4", None, None, tmp_path / "output", None)
    with pytest.raises(InputError, match="bukan nomor jadwal"):
        reissue.reissue("jadwal", None, None, tmp_path / "output", None)
    with pytest.raises(InputError, match=r"Register .* tidak ada"):
        reissue.reissue(RUN, None, None, tmp_path / "lain", None)


def test_a_run_from_before_the_register_kept_papers_is_refused(tmp_path: Path) -> None:
    run = finalized_week(tmp_path)
    with closing(sqlite3.connect(run.parent / "register.db")) as connection:
        connection.execute("DELETE FROM papers")
        connection.commit()
    with pytest.raises(InputError, match="program yang lama"):
        again(run)


def test_a_reference_without_a_locked_team_or_with_errors_changes_nothing(tmp_path: Path) -> None:
    run = finalized_week(tmp_path)
    files, rows = contents(run), register_rows(run)
    other = [("Tim Z", None, None, "Semua", 2, None)]
    with pytest.raises(InputError, match=r"tidak memuat tim .*P-1"):
        again(run, reference=acuan(tmp_path / "a", tim=other, anggota_tim=None, tim_cuti=None))
    with pytest.raises(RefusedError):
        again(run, reference=acuan(tmp_path / "b", tim=[("Tim 1", None, None, "Entah", 2, None)]))
    assert contents(run) == files
    assert register_rows(run) == rows


@pytest.mark.parametrize(
    ("word", "kind", "instead"),
    [
        ("spt", "spt", ""),
        ("SPT", "spt", ""),
        ("06-spt.xlsx", "spt", ""),
        ("Buku Catatan", "buku-catatan", ""),
        ("penawran", "", "penawaran"),
        ("tagihan", "", "invoice"),
        ("tagihn", "", "invoice"),
        ("zzz", "", ""),
    ],
)
def test_a_wrong_word_for_a_kind_gets_a_suggestion(word: str, kind: str, instead: str) -> None:
    assert kind_of(word) == (kind, instead)


def test_the_command_line_takes_name_folder_or_file_and_says_what_it_did(tmp_path: Path) -> None:
    run = finalized_week(tmp_path)
    for named in (run, run / "jadwal-final.xlsx", run / "documents" / "06-spt.xlsx"):
        answer = call("documents", named)
        assert (answer.code, answer.out.splitlines()[-1]) == (
            0,
            f"Sudah ada di {run / 'documents'} dengan isi yang sama; tidak ada yang ditulis.",
        )
    (run / "documents" / "06-spt.xlsx").unlink()
    answer = call("documents", RUN, "--output", run.parent, "--only", "spt", "--json")
    assert answer.record["written"] == ["06-spt.xlsx"]
    assert answer.record["files"]["dokumen"] == str(run / "documents")
    wrong = call("documents", RUN, "--output", run.parent, "--only", "penawran")
    assert wrong.code == 2
    assert "Maksudnya “penawaran”?" in wrong.err
    revised = call("documents", run, "--reference", acuan(tmp_path / "baru"))
    assert "Direvisi: 3 dokumen.\n  PH   PH/2026/0001-R1\n  INV  INV/2026/0001-R1" in revised.out
    assert call("documents", "2026-06-09-r4", "--output", run.parent).code == 3


@pytest.mark.parametrize("seed", [3, 8])
def test_what_the_register_keeps_makes_the_same_papers(tmp_path: Path, seed: int) -> None:
    week = random_week(seed)
    form, _ = write_week(week, tmp_path)
    output = tmp_path / "output"
    _, draft = run_command.run([form], None, output, None, week.run_date, strict=False)
    decided(draft.schedule, on=week.run_date)
    kept = _kept(draft.schedule.parent)
    assert kept.unplaced or kept.returned
    text = dump_final(kept)
    loaded = load_final(kept.run, text, kept.reference)
    assert dump_final(loaded) == text
    with Register(output / "register.db").holding("test") as session:
        given = {(e.number.kind, e.number.key): e.number for e in session.given_numbers()}
    assert {(p.kind, p.key): p.fingerprint for p in identities(loaded)} == {
        key: number.fingerprint for key, number in given.items()
    }


def _kept(run: Path) -> ApprovedSchedule:
    with Register(run.parent / "register.db").holding("test") as session:
        return reissue.papers_of(run.name, session)[1]


@pytest.mark.parametrize("keeps", [False, True])
def test_a_revision_that_is_cut_off_is_taken_back_unless_it_was_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, keeps: bool
) -> None:
    run = finalized_week(tmp_path)
    files, rows = contents(run), register_rows(run)
    keep = Session.keep

    def cut_off(session: Session) -> None:
        if keeps:
            keep(session)
        raise SystemExit(9)

    monkeypatch.setattr(Session, "keep", cut_off)
    # What a killed command would leave: nothing of its own clearing up is done.
    monkeypatch.setattr("labkesmas_batch.publishing.publish.take_back", lambda _: None)
    with pytest.raises(SystemExit):
        again(run, reference=acuan(tmp_path / "baru"))
    assert (run / "documents-2").is_dir()
    monkeypatch.undo()
    again(run)
    if keeps:
        assert numbers(run / "documents-2", DocumentKind.QUOTATION) == ["PH/2026/0001-R1"]
    else:
        assert contents(run) == files
        assert register_rows(run) == rows
    assert not (run / ".belum-tercatat").exists()


def test_an_edition_that_is_added_to_is_the_newest_alone(tmp_path: Path) -> None:
    def put(**files: str) -> tuple[str, tuple[str, ...]]:
        def build(folder: Path) -> None:
            folder.mkdir()
            for name, text in files.items():
                (folder / name).write_text(text)

        folder, written = publish_edition(
            tmp_path / "run", "documents", build, (), lambda _: nullcontext()
        )
        return folder.name, written

    assert put(a="1", b="1") == ("documents", ("a", "b"))
    assert put(a="2") == ("documents-2", ("a",))
    assert put(b="1") == ("documents", ())
    assert put(b="2") == ("documents-2", ("b",))
    assert put(a="1", c="1") == ("documents-3", ("a", "c"))
    assert [path.name for path in tmp_path.iterdir()] == ["run"]
