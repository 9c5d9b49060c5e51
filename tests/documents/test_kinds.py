"""The documents one by one: numbers over reruns, gaps, links, pages, and what each of them says."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from labkesmas_batch.documents.amounts import date_in_words, rupiah_in_words
from labkesmas_batch.documents.case import deadline, span
from labkesmas_batch.documents.contact import international, is_address, is_mobile, mail, whatsapp
from labkesmas_batch.documents.content import Table
from labkesmas_batch.documents.layout import pages
from labkesmas_batch.documents.numbering import assign
from labkesmas_batch.documents.registry import compose, document_findings, identities
from labkesmas_batch.documents.sheets import MOST_SHEETS
from labkesmas_batch.documents.write import file_name, other_files, write_documents
from labkesmas_batch.model.documents import DocumentIdentity, DocumentKind, Numbered, SetAside
from labkesmas_batch.model.week import Week
from labkesmas_batch.text.indonesian import long_date
from tests.support.builders import OFFICE_ROWS, row
from tests.support.paperwork import (
    COMPLETE,
    final_of,
    finalized,
    from_words,
    full_row,
    read,
    week,
    write,
)

pytestmark = pytest.mark.slow

INTERNAL = {"jenis_customer": "Internal"}


def known(numbers: tuple[Numbered, ...]) -> dict[tuple[DocumentKind, str], Numbered]:
    return {(each.kind, each.key): each for each in numbers}


def texts(numbers: tuple[Numbered, ...], kind: DocumentKind) -> list[str]:
    return [each.text for each in numbers if each.kind is kind]


def on_hold(path: Path) -> str:
    """Everything that stands in a workbook's cells."""
    book = load_workbook(path)
    lines = (line for sheet in book.worksheets for line in sheet.iter_rows(values_only=True))
    return "\n".join(str(cell) for line in lines for cell in line if cell is not None)


def paper(key: str, says: str = "a", year: int = 2026) -> DocumentIdentity:
    return DocumentIdentity(DocumentKind.DUTY_LETTER, key, year, says)


def test_numbers_count_by_kind_and_year_and_go_on_where_they_stopped() -> None:
    first = assign(
        [paper("a"), paper("b"), DocumentIdentity(DocumentKind.INVOICE, "a", 2026, "x")], {}
    )
    assert [each.text for each in first] == ["SPT/2026/0001", "SPT/2026/0002", "INV/2026/0001"]
    more = assign([paper("c"), paper("d", year=2027)], known(first))
    assert [each.text for each in more] == ["SPT/2026/0003", "SPT/2027/0001"]


def test_a_rerun_keeps_the_number_and_a_revision_gets_the_next_suffix() -> None:
    first = assign([paper("a"), paper("b")], {})
    assert assign([paper("b"), paper("a")], known(first)) == first[::-1]
    second = assign([paper("a", "other")], known(first))
    assert [each.text for each in second] == ["SPT/2026/0001-R1"]
    third = assign([paper("a", "again", 2027)], known(first) | known(second))
    assert [each.text for each in third] == ["SPT/2026/0001-R2"]
    assert assign([paper("a", "again", 2027)], known(third)) == third


@given(st.lists(st.lists(st.tuples(st.sampled_from("abcdefg"), st.integers(0, 2)), max_size=7,
                         unique_by=lambda pair: pair[0]), max_size=6))  # fmt: skip
def test_no_number_is_ever_used_twice(runs: list[list[tuple[str, int]]]) -> None:
    register: dict[tuple[DocumentKind, str], Numbered] = {}
    given_out: dict[str, tuple[str, str]] = {}
    for run in runs:
        for each in assign([paper(key, str(says)) for key, says in run], register):
            mine = each.key, each.fingerprint
            assert given_out.setdefault(each.text, mine) == mine
            register[each.kind, each.key] = each


def test_a_rerun_of_a_finalize_keeps_every_number_and_every_byte(tmp_path: Path) -> None:
    decided = week(tmp_path, [full_row("P-1"), full_row("P-2", **INTERNAL)])
    first = assign(identities(finalized(decided)), {})
    write_documents(tmp_path / "a", finalized(decided), first)
    again = assign(identities(finalized(decided, run="2026-06-01-r2")), known(first))
    assert again == first
    time.sleep(1.1)  # a clock that came in would show
    for path in write_documents(tmp_path / "b", finalized(decided), again):
        assert path.read_bytes() == (tmp_path / "a" / path.name).read_bytes()


def test_a_moved_visit_gets_suffixes_and_a_new_trip_a_new_spt(tmp_path: Path) -> None:
    decided = week(tmp_path, [full_row("P-1"), full_row("P-2", nama_customer="Hotel")])
    final = finalized(decided)
    first = assign(identities(final), {})
    old = final.visits[0]
    later = timedelta(days=7)
    moved = replace(old, first=old.first + later, last=old.last + later)
    new = finalized(decided, visits=(moved,), standing=final.visits[1:], withdrawn=(old,))
    second = assign(identities(new), known(first))
    assert texts(second, DocumentKind.INVOICE) == ["INV/2026/0001-R1"]
    assert texts(second, DocumentKind.SAMPLING_PLAN) == ["RS/2026/0001-R1"]
    # Its clause names no date, so it says the same as before.
    assert texts(second, DocumentKind.AGREEMENT) == ["MOU/2026/0001"]
    orders = texts(second, DocumentKind.DUTY_LETTER)
    new_serial = len(texts(first, DocumentKind.DUTY_LETTER)) + 1
    assert [o for o in orders if "-R" not in o] == [f"SPT/2026/{new_serial:04d}"]
    assert [o for o in orders if "-R" in o] == ["SPT/2026/0001-R1"]


def test_an_spt_names_the_standing_visits_of_its_trip(tmp_path: Path) -> None:
    decided = week(tmp_path, [full_row("P-1"), full_row("P-2")])
    first, second = decided.plan.allocation.visits
    together = replace(second, first=first.first, last=first.last, team=first.team)
    write(tmp_path / "d", finalized(decided, visits=(together,), standing=(first,)))
    (order,) = read(tmp_path / "d", DocumentKind.DUTY_LETTER)
    places = order.table("No.", "Customer dan lokasi")
    assert sorted(str(line[2]) for line in places) == ["P-1", "P-2"]
    assert len(read(tmp_path / "d", DocumentKind.SAMPLING_PLAN)) == 1


def test_an_spt_whose_visits_all_went_away_is_withdrawn(tmp_path: Path) -> None:
    decided = week(tmp_path, [full_row("P-1")])
    (gone,) = decided.plan.allocation.visits
    final = finalized(decided, visits=(), withdrawn=(gone,))
    numbers = assign(identities(final), known(assign(identities(finalized(decided)), {})))
    assert texts(numbers, DocumentKind.DUTY_LETTER) == ["SPT/2026/0001-R1"]
    write(tmp_path / "d", final)
    assert "ditarik kembali" in on_hold(tmp_path / "d" / file_name(DocumentKind.DUTY_LETTER))


def test_the_papers_say_their_number_and_nothing_of_the_run(tmp_path: Path) -> None:
    final = final_of(tmp_path)
    numbers = assign(identities(final), {})
    write_documents(tmp_path / "d", final, numbers)
    for each in numbers:
        assert each.text in on_hold(tmp_path / "d" / file_name(each.kind))
        assert final.run not in on_hold(tmp_path / "d" / file_name(each.kind))
    assert len({(each.kind, each.key) for each in numbers}) == len(numbers)


def marked(folder: Path, kind: DocumentKind) -> list[str]:
    """The texts of the marked cells of a kind."""
    book = load_workbook(folder / file_name(kind))
    return [
        str(cell.value)
        for sheet in book.worksheets
        for line in sheet.iter_rows()
        for cell in line
        if cell.value and cell.fill.patternType == "lightUp"
    ]


@pytest.mark.parametrize(
    ("cells", "sheets", "kind", "label", "code"),
    [
        ({"parameter": "Nitrat"}, {}, DocumentKind.QUOTATION, "(tarif)", "D01"),
        (
            {"parameter": "Nitrat"}, {}, DocumentKind.INVOICE, "(terbilang, sesudah tarif lengkap)",
            "D01",
        ),
        ({"parameter": None}, {}, DocumentKind.WORK_PLAN, "(parameter)", "D03"),
        ({}, {"pejabat": []}, DocumentKind.DUTY_LETTER, "(nama Kepala)", "D04"),
        ({}, {"pejabat": [("Kepala", None, "1965")]}, DocumentKind.TERMS, "(nama Kepala)", "D04"),
        (
            {}, {"pejabat": [("Kepala", "Nama", None)]}, DocumentKind.DUTY_LETTER, "NIP ……… (NIP)",
            "D05",
        ),
        ({}, {"anggota_tim": []}, DocumentKind.DUTY_LETTER, "(NIP)", "D06"),
        ({"telepon": None}, {}, DocumentKind.CUSTOMER_NOTICE, "(telepon)", "D08"),
        ({"telepon": "12"}, {}, DocumentKind.CUSTOMER_NOTICE, "(telepon; tertulis 12)", "D09"),
        ({}, {"instansi": []}, DocumentKind.QUOTATION, "(alamat)", "D11"),
        ({}, {"cara_sampling": []}, DocumentKind.SAMPLING_PLAN, "(wadah)", "D13"),
        ({}, {"teks_mou": []}, DocumentKind.AGREEMENT, "(pasal-pasal MoU)", "D14"),
    ],
)  # fmt: skip
def test_what_is_missing_is_a_marked_blank_and_a_finding(
    cells: dict[str, object],
    sheets: dict[str, object],
    kind: DocumentKind,
    label: str,
    code: str,
    tmp_path: Path,
) -> None:
    complete = final_of(tmp_path, full_row())
    assert document_findings(complete) == ()
    write(tmp_path / "a", complete)
    assert not any(label in text for text in marked(tmp_path / "a", kind))
    final = final_of(tmp_path, full_row(**cells), **sheets)
    write(tmp_path / "b", final)
    assert any(label in text for text in marked(tmp_path / "b", kind))
    assert code in {found.kind.code for found in document_findings(final)}


def test_a_missing_tariff_makes_no_sum_of_the_others(tmp_path: Path) -> None:
    final = final_of(tmp_path, full_row(parameter="E. coli; Nitrat"))
    write(tmp_path / "d", final)
    (offer,) = read(tmp_path / "d", DocumentKind.QUOTATION)
    assert str(offer.value_after("Jumlah biaya pengujian (Rp)")).startswith("…")
    known_line, open_line = offer.table("No.", "Parameter", "Jumlah")
    assert known_line[4:] == (100_000, 200_000)
    assert all(str(cell).startswith("…") for cell in open_line[4:])
    said = on_hold(tmp_path / "d" / file_name(DocumentKind.QUOTATION))
    assert not re.search(r"^0$|Rp 0|nol rupiah", said, re.MULTILINE)


def test_two_tariffs_for_one_parameter_are_not_chosen_between(tmp_path: Path) -> None:
    twice = [*COMPLETE["tarif"], ("Air Minum", "E. coli", 90_000, None)]
    found = document_findings(final_of(tmp_path, tarif=twice))
    assert [each.kind.code for each in found] == ["D02"]
    same = [*COMPLETE["tarif"], ("Air Minum", "E. coli", 100_000, None)]
    assert document_findings(final_of(tmp_path, tarif=same)) == ()


def test_every_finding_is_behind_a_mark_and_people_s_blanks_have_none(tmp_path: Path) -> None:
    documents = compose(final_of(tmp_path, full_row()))
    gaps = [gap for found in documents.values() for each in found for gap in each.gaps()]
    labels = {gap.label for gap in gaps}
    assert {
        "nomor surat penugasan",
        "kode billing, dari sistem penerimaan negara",
        "NTPN, sesudah dibayar",
        "nomor MoU balai",
    } <= labels
    assert all(gap.finding is None for gap in gaps)


def test_an_older_reference_gives_all_documents_with_blanks(tmp_path: Path) -> None:
    late = dict.fromkeys(("instansi", "anggota_tim", "cara_sampling", "teks_mou", "pejabat"), None)
    final = final_of(tmp_path, row("P-1"), **late)
    written = write(tmp_path / "d", final)
    assert [path.name for path in written] == [file_name(kind) for kind in DocumentKind]
    assert "Ketua 1" in on_hold(tmp_path / "d" / file_name(DocumentKind.DUTY_LETTER))


@given(st.integers(0, 10**14))
def test_amounts_in_words_say_the_amount(amount: int) -> None:
    assert from_words(rupiah_in_words(amount)) == amount


def test_words_are_written_as_a_contract_writes_them() -> None:
    assert rupiah_in_words(1_111_000) == "Satu juta seratus sebelas ribu rupiah"
    assert date_in_words(date(2026, 11, 24)) == (
        "Selasa, tanggal dua puluh empat bulan November tahun dua ribu dua puluh enam"
    )


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("081234567890", "+6281234567890"),
        ("62812 3456 7890", "+6281234567890"),
        ("+62 (812) 3456-7890", "+6281234567890"),
        ("8123456789", "+628123456789"),
        ("WA: 0812 3456 7890 (Ibu Contoh)", "+6281234567890"),
        ("0812 3456 7890 / 0813 1111 2222", "+6281234567890"),
        ("0778-123456", "+62778123456"),
        ("+65 6123 4567", "+6561234567"),
        ("12", ""), ("lihat surat", ""), ("08123456789012345", ""),
    ],
)  # fmt: skip
def test_telephone_numbers_get_their_international_form(typed: str, number: str) -> None:
    assert international(typed) == number


def test_links_carry_the_text_and_only_where_they_would_work() -> None:
    assert whatsapp("+6281234567890", "Jadwal: 1 & 2\nTerima kasih") == (
        "https://wa.me/6281234567890?text=Jadwal%3A%201%20%26%202%0ATerima%20kasih"
    )
    assert mail("a@b.example", "Jadwal", "x\ny") == (
        "mailto:a@b.example?subject=Jadwal&body=x%0D%0Ay"
    )
    assert whatsapp("+6281234567890", "x" * 2_100) == ""
    assert is_mobile("+6281234567890")
    assert not is_mobile("+62778123456")
    assert [is_address(each) for each in ("a@b.id", "a b@c.id", "a@b", "a@b.id?bcc=c@d.id")] == [
        True,
        False,
        False,
        False,
    ]


def links(folder: Path) -> list[str]:
    book = load_workbook(folder / file_name(DocumentKind.CUSTOMER_NOTICE))
    sheet = book["Daftar Pesan"]
    return [str(c.hyperlink.target) for line in sheet.iter_rows() for c in line if c.hyperlink]


def test_the_list_of_messages_links_to_those_that_can_be_reached(tmp_path: Path) -> None:
    rows = [
        full_row("P-1", email="ibu@contoh.example"),
        full_row("P-2", nama_customer="B", telepon="0778-123456"),
        full_row("P-3", nama_customer="C", telepon="lihat surat", email="dua@a.id; tiga@a.id"),
    ]
    write(tmp_path / "d", final_of(tmp_path, *rows))
    found = links(tmp_path / "d")
    assert [each.split("?")[0] for each in found] == [
        "https://wa.me/6281234567890",
        "mailto:ibu@contoh.example",
    ]
    assert all("P-1" in each for each in found)


def test_a_message_of_many_visits_is_shortened_until_the_link_carries_it(tmp_path: Path) -> None:
    many = [
        full_row(f"P-{n}", nama_customer="Hotel", lokasi_sampling=f"Tandon {n}")
        for n in range(1, 31)
    ]
    final = final_of(tmp_path, *many)
    write(tmp_path / "d", final)
    (found,) = links(tmp_path / "d")
    assert len(found) <= 2_000
    assert "permintaan%20lain" in found


@pytest.mark.parametrize("text", ["=1+1", "+62", "-x", "@nama", '=HYPERLINK("http://a")'])
def test_names_from_the_intake_stay_text(text: str, tmp_path: Path) -> None:
    write(tmp_path / "d", final_of(tmp_path, full_row(nama_customer=text, narahubung=text)))
    for kind in (
        DocumentKind.QUOTATION,
        DocumentKind.CUSTOMER_NOTICE,
        DocumentKind.FIELD_BOOK,
        DocumentKind.INDEX,
    ):
        for sheet in load_workbook(tmp_path / "d" / file_name(kind)).worksheets:
            for line in sheet.iter_rows():
                assert all(cell.data_type != "f" for cell in line)


def test_internal_customers_get_no_bill_unless_the_office_says_so(tmp_path: Path) -> None:
    rows = [full_row("P-1", **INTERNAL), full_row("P-2")]
    for name, wanted in (("Eksternal", 1), ("Semua", 2)):
        facts = [*OFFICE_ROWS["Instansi"], ("Surat Biaya Untuk", name, None)]
        write(tmp_path / name, final_of(tmp_path, *rows, instansi=facts))
        for kind in (DocumentKind.QUOTATION, DocumentKind.AGREEMENT, DocumentKind.INVOICE):
            assert len(read(tmp_path / name, kind)) == wanted
        assert len(read(tmp_path / name, DocumentKind.SAMPLING_PLAN)) == 2


def test_the_clauses_of_the_mou_come_from_the_acuan_with_their_words_filled(tmp_path: Path) -> None:
    text = "{nama_customer}|{no_permintaan}|{jumlah}|{nilai}|{terbilang}|{pelanggan}"
    write(tmp_path / "d", final_of(tmp_path, teks_mou=[("7", "Isi", text)]))
    said = on_hold(tmp_path / "d" / file_name(DocumentKind.AGREEMENT))
    assert "Pasal 7 Isi" in said
    assert "Puskesmas P-1|P-1|2 botol Air Minum|Rp 200.000|dua ratus ribu rupiah|………………" in said


def test_an_acting_head_signs_as_such(tmp_path: Path) -> None:
    write(tmp_path / "d", final_of(tmp_path))
    assert "Plt. Kepala," in on_hold(tmp_path / "d" / file_name(DocumentKind.DUTY_LETTER))


def test_the_quotation_holds_and_the_invoice_is_due_as_the_office_says(tmp_path: Path) -> None:
    final = final_of(tmp_path)
    write(tmp_path / "d", final)
    (offer,), (bill,) = (
        read(tmp_path / "d", kind) for kind in (DocumentKind.QUOTATION, DocumentKind.INVOICE)
    )
    assert offer.field("Masa berlaku penawaran") == "30 hari kalender, sampai dengan 1 Juli 2026"
    (visit,) = final.visits
    assert bill.field("Tanggal tagihan") == "1 Juni 2026"
    assert bill.field("Jatuh tempo") == long_date(visit.last + timedelta(days=14))


def test_no_invoice_is_due_before_the_service_however_far_off_that_is(tmp_path: Path) -> None:
    final = final_of(tmp_path, full_row(tanggal_usulan=date(2026, 7, 21), wilayah="Lingga"))
    (visit,) = final.visits
    assert (visit.first, visit.last) == (date(2026, 7, 21), date(2026, 7, 22))
    write(tmp_path / "d", final)
    (bill,) = read(tmp_path / "d", DocumentKind.INVOICE)
    assert bill.field("Jatuh tempo") == "5 Agustus 2026"


@pytest.mark.parametrize("header", ["telepon", "alamat", "narahubung", "parameter"])
def test_what_a_locked_request_lacks_is_completed_on_paper_not_in_its_row(
    header: str, tmp_path: Path
) -> None:
    found = document_findings(final_of(tmp_path, full_row(**{header: None})))
    (remedy,) = {each.remedy for each in found if each.kind.code in ("D03", "D08")}
    assert "engkapi dengan tangan pada dokumennya" in remedy
    assert remedy.endswith(f"si kolom {header.capitalize()} sejak permintaan berikutnya.")


@pytest.mark.parametrize(
    ("hours", "said"),
    [(24, "25 Nov 2026, jam ambil"), (36, "25 Nov 2026, jam ambil + 12 jam"),
     (6, "24 Nov 2026, jam ambil + 6 jam"), (2.5, "24 Nov 2026, jam ambil + 2,5 jam"),
     (None, "")],
)  # fmt: skip
def test_a_sample_keeps_so_long_from_when_it_was_taken(hours: float | None, said: str) -> None:
    assert deadline(date(2026, 11, 24), hours) == said


@pytest.mark.parametrize(
    ("region", "hours", "marked"),
    [
        ("Lingga", 24, True),   # out a night, and back when the day is over
        ("Lingga", 25, False),
        ("Lingga", 5, True),    # the way alone takes six hours
        ("Batam", 2, False),
        ("Batam", 0.5, True),   # the way takes an hour
        ("Lingga", None, False),
    ],
)  # fmt: skip
def test_a_sample_that_does_not_keep_until_it_arrives_is_marked(
    region: str, hours: float | None, marked: bool, tmp_path: Path
) -> None:
    kinds = [("Air Minum", None, hours, None, None)]
    final = final_of(
        tmp_path,
        full_row(wilayah=region),
        jenis_contoh_uji=kinds,
        tim=[("Tim 1", "Ketua 1", None, "Semua", None, None)],
        tarif=COMPLETE["tarif"][:2],
        cara_sampling=OFFICE_ROWS["Cara Sampling"][:1],
    )
    write(tmp_path / "d", final)
    (sheet,) = read(tmp_path / "d", DocumentKind.REGISTRATION)
    rows = sheet.table("No.", "Kode contoh uji")
    assert len(rows) == 2
    assert ["periksa: habis sebelum tiba" in str(row[5]) for row in rows] == [marked, marked]
    said = on_hold(tmp_path / "d" / file_name(DocumentKind.REGISTRATION))
    assert ("tidak tahan sampai tim kembali" in said) is marked


def test_no_head_of_a_list_is_hyphenated_and_every_word_has_room(tmp_path: Path) -> None:
    for documents in compose(final_of(tmp_path)).values():
        for document in documents:
            for table in (block for block in document.blocks if isinstance(block, Table)):
                at = 0
                for head in table.heads:
                    space = sum(document.grid[at : at + head.span])
                    at += head.span
                    assert "-" not in head.title
                    assert all(len(word) <= space for word in head.title.split()), head.title


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({}, "Puskesmas P-1\nDapur, Batam\nIbu Contoh\n+62 812-3456-7890"),
        ({"telepon": None}, "Puskesmas P-1\nDapur, Batam\nIbu Contoh"),
        ({"telepon": "ext. 12", "narahubung": None}, "Puskesmas P-1\nDapur, Batam\next. 12"),
    ],
)
def test_the_field_book_says_whom_to_call(
    cells: dict[str, object], told: str, tmp_path: Path
) -> None:
    write(tmp_path / "d", final_of(tmp_path, full_row(lokasi_sampling="Dapur", **cells)))
    (sheet,) = read(tmp_path / "d", DocumentKind.FIELD_BOOK)
    (row,) = sheet.table("No.", "No. Permintaan", "Tanggal", "Tim", "Customer dan lokasi")
    assert row[4] == told


def test_days_are_named_in_full() -> None:
    assert span(date(2026, 11, 24), date(2026, 11, 24)) == "Selasa, 24 November 2026"
    assert span(date(2026, 11, 30), date(2026, 12, 2)) == (
        "Senin, 30 November s.d. Rabu, 2 Desember 2026"
    )
    assert span(date(2026, 12, 31), date(2027, 1, 1)) == (
        "Kamis, 31 Desember 2026 s.d. Jumat, 1 Januari 2027"
    )


def test_a_returned_request_is_told_and_reviewed_but_not_billed(tmp_path: Path) -> None:
    short = full_row("P-9", tanggal_usulan=date(2026, 5, 20))
    final = final_of(tmp_path, full_row("P-1"), short)
    assert [each.request.number for each in final.returned] == ["P-9"]
    write(tmp_path / "d", final)
    said = on_hold(tmp_path / "d" / file_name(DocumentKind.CUSTOMER_NOTICE))
    assert "Dikembalikan: tenggang permintaan kurang" in said
    plans = [
        each.field("Nomor permintaan") for each in read(tmp_path / "d", DocumentKind.WORK_PLAN)
    ]
    assert plans == ["P-1", "P-9"]
    assert len(read(tmp_path / "d", DocumentKind.INVOICE)) == 1


def aside(decided: Week, number: str, cancelled: bool, reason: str = "") -> SetAside:
    (request,) = (v.request for v in decided.plan.allocation.visits if v.request.number == number)
    return SetAside(request, cancelled, reason)


def page_and_message(folder: Path, customer: str) -> tuple[str, str]:
    """What the page of a customer says, and the ready text for him."""
    book = load_workbook(folder / file_name(DocumentKind.CUSTOMER_NOTICE))
    (page,) = (
        "\n".join(str(cell) for line in sheet.iter_rows(values_only=True) for cell in line if cell)
        for sheet in book.worksheets
        if sheet.title == customer
    )
    rows = [line for line in book["Daftar Pesan"].iter_rows(values_only=True) if customer in line]
    (message,) = (str([cell for cell in line if cell][-1]) for line in rows)
    return page, message


@pytest.mark.parametrize(
    ("cancelled", "word", "follows"),
    [
        (False, "ditunda", "tetap dengan tanggal permintaan semula, 1 Mei 2026."),
        (True, "dibatalkan", "mohon ajukan permintaan baru, yang akan mendapat nomor baru."),
    ],
)
@pytest.mark.parametrize("known_before", [True, False])
def test_who_is_postponed_or_cancelled_gets_a_page_and_a_message(
    cancelled: bool, word: str, follows: str, known_before: bool, tmp_path: Path
) -> None:
    decided = week(
        tmp_path,
        [
            full_row("P-1", nama_customer="Hotel A", tanggal_permintaan=date(2026, 5, 1)),
            full_row("P-2", nama_customer="Hotel B"),
        ],
    )
    gone, stays = sorted(decided.plan.allocation.visits, key=lambda v: v.request.number)
    final = finalized(
        decided,
        visits=(stays,),
        withdrawn=(gone,) if known_before else (),
        set_aside=(aside(decided, "P-1", cancelled, "jalan terputus"),),
    )
    write(tmp_path / "d", final)
    told = f"Kunjungan {span(gone.first, gone.last)} tidak jadi dilaksanakan."
    for text in page_and_message(tmp_path / "d", "Hotel A"):
        assert f"Permintaan {word} atas keputusan pimpinan. Alasan: jalan terputus." in text
        assert follows in text
        assert (told in text) is known_before
        assert "P-1" in text
    # Whoever keeps his visit hears nothing of it, and no other paper is made of it.
    assert all(word not in text for text in page_and_message(tmp_path / "d", "Hotel B"))
    plans = [
        each.field("Nomor permintaan") for each in read(tmp_path / "d", DocumentKind.WORK_PLAN)
    ]
    assert plans == ["P-2"]


def test_a_customer_with_a_visit_and_a_postponed_one_has_both_on_one_page(tmp_path: Path) -> None:
    rows = [full_row(f"P-{n}", nama_customer="Hotel") for n in (1, 2)]
    decided = week(tmp_path, rows)
    _, stays = sorted(decided.plan.allocation.visits, key=lambda v: v.request.number)
    final = finalized(decided, visits=(stays,), set_aside=(aside(decided, "P-1", False),))
    write(tmp_path / "d", final)
    page, message = page_and_message(tmp_path / "d", "Hotel")
    assert "kami sampaikan jadwal pengambilan contoh uji sebagai berikut." in page
    assert "Permintaan yang ditunda atau dibatalkan" in page
    assert "Alasan" not in page + message
    assert message.index("P-2") < message.index("P-1")


@pytest.mark.parametrize(
    ("region", "signed_after", "day", "on"),
    [
        ("Batam", 0, "8 Juni 2026", "pada hari kerja (Senin–Jumat)"),
        ("Lingga", 0, "9 Juni 2026", "pada hari keberangkatan ke Lingga (Selasa dan Kamis)"),
        ("Batam", 10, "15 Juni 2026", "pada hari kerja (Senin–Jumat)"),
    ],
)
def test_a_returned_request_is_asked_for_a_new_day_that_is_still_to_come(
    region: str, signed_after: int, day: str, on: str, tmp_path: Path
) -> None:
    asked = full_row(
        "P-9",
        nama_customer="Hotel",
        wilayah=region,
        tanggal_usulan=date(2026, 6, 2),
        tanggal_permintaan=date(2026, 5, 15),
    )
    final = final_of(tmp_path, asked)
    (back,) = final.returned
    # The 21 days end on Friday 5 June, on which the laboratory takes no samples of that kind.
    assert back.nearest == date(2026, 6, 5)
    assert back.ask_from == date(2026, 6, 8 if region == "Batam" else 9)
    signed = final.approved_on + timedelta(days=signed_after)
    write(tmp_path / "d", replace(final, approved_on=signed))
    page, message = page_and_message(tmp_path / "d", "Hotel")
    assert "kami sampaikan keputusan mengenai permintaan pengambilan contoh uji" in page
    for text in (page, message):
        assert f"Mohon ajukan tanggal pengambilan yang baru: paling cepat {day}, {on}, " in text
    assert "menyampaikan perihal permintaan pengambilan contoh uji Hotel:" in message


def test_one_kind_alone_is_written_the_same_and_leaves_the_others(tmp_path: Path) -> None:
    final = final_of(tmp_path)
    before = {path.name: path.read_bytes() for path in write(tmp_path / "d", final)}
    (alone,) = write(tmp_path / "e", final, only="spt")
    assert alone.read_bytes() == before[alone.name]
    (index,) = write(tmp_path / "d", final, only="indeks-arsip")
    assert index.read_bytes() == before[index.name]


def test_the_index_names_other_files_of_the_run(tmp_path: Path) -> None:
    run = tmp_path / "jadwal"
    run.mkdir()
    schedule = run / "jadwal.xlsx"
    schedule.write_bytes(b"jadwal")
    note = tmp_path / "baru" / "jadwal-final.xlsx"
    note.parent.mkdir()
    note.write_bytes(b"final")
    (run / "~$jadwal.xlsx").write_bytes(b"terbuka")
    (run / "kalender").mkdir()
    (run / "kalender" / "Tim 1.ics").write_bytes(b"kalender")
    (run / "documents-2").mkdir()
    (run / "documents-2" / "06-spt.xlsx").write_bytes(b"dokumen")
    files = other_files(run, note.parent)
    week_folder = tmp_path / "pekan"
    week_folder.mkdir()
    write(tmp_path / "d", replace(final_of(week_folder), files=files))
    rows = read(tmp_path / "d", DocumentKind.INDEX)[0].table("No.", "Berkas", "Jenis")
    assert [row[1:3] for row in rows[:2]] == [
        ("jadwal-final.xlsx", "Jadwal yang disahkan"),
        ("jadwal.xlsx", "Jadwal dengan keputusan"),
    ]
    assert hashlib.sha256(b"jadwal").hexdigest() in rows[1]
    assert hashlib.sha256(b"final").hexdigest() in rows[0]
    assert rows[2][1:3] == ("kalender/Tim 1.ics", "Kalender tim")
    assert rows[3][1] == file_name(DocumentKind.ASSIGNMENT)


def test_the_index_opens_every_paper_where_it_begins(tmp_path: Path) -> None:
    rows = [full_row(f"P-{n}", nama_customer=f"Hotel #{n} 'A'") for n in range(1, MOST_SHEETS + 2)]
    kinds = [("Air Minum", None, 24, None, None)]
    wide = [("Tim 1", "Ketua 1", None, "Semua", None, None)]
    final = final_of(
        tmp_path,
        *rows,
        tim=wide,
        jenis_contoh_uji=kinds,
        tarif=COMPLETE["tarif"][:2],
        cara_sampling=OFFICE_ROWS["Cara Sampling"][:1],
    )
    write(tmp_path / "d", final)
    sheet = load_workbook(tmp_path / "d" / file_name(DocumentKind.INDEX))["Daftar Dokumen"]
    links = {
        cell.value: cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink
    }
    assert len(links) == len(identities(final)) - 1  # all but the index itself
    books = {path.name: load_workbook(path) for path in (tmp_path / "d").iterdir()}
    for number, link in links.items():
        name, _, address = link.location.rpartition("!")
        place = books[link.target][name.strip("'")]
        top = place[address].row
        on_hold = [str(cell.value) for line in place.iter_rows(top, top + 9) for cell in line]
        assert f"No. urut kami: {number}" in on_hold, (link.target, link.location)


def test_nothing_decided_still_gives_every_file(tmp_path: Path) -> None:
    decided = week(tmp_path, [full_row()])
    written = write(tmp_path / "d", finalized(decided, visits=()))
    assert [path.name for path in written] == [file_name(kind) for kind in DocumentKind]


def test_a_page_ends_before_it_is_full_and_no_signature_stands_alone(tmp_path: Path) -> None:
    names = "; ".join(f"Parameter {n}" for n in range(1, 60))
    for kind, documents in compose(final_of(tmp_path, full_row(parameter=names))).items():
        for document in documents:
            broken = pages(document, "X/2026/0001", stacked=False)
            space = 562 if document.landscape else 756
            assert all(sum(line.height for line in page) <= space for page in broken), kind
            if len(broken) > 1 and not document.landscape:
                assert len([line for line in broken[-1] if line.cells]) > 3


def test_a_long_title_has_room_for_all_of_its_lines(tmp_path: Path) -> None:
    name = "Perseroan Terbatas Pengelola Kawasan Industri Terpadu Nusantara Sejahtera Abadi Batam"
    write(tmp_path / "d", final_of(tmp_path, full_row(nama_customer=name)), only="mou")
    (sheet,) = load_workbook(tmp_path / "d" / file_name(DocumentKind.AGREEMENT)).worksheets
    (title,) = (
        cell
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value).startswith("MEMORANDUM")
    )
    # Sixty such letters fill a line, as printed.
    lines = -(-len(str(title.value)) // 60)
    assert lines == 3
    assert (sheet.row_dimensions[title.row].height or 0) >= 16 * lines


def test_a_letter_that_is_a_little_too_long_is_printed_smaller_on_one_page(tmp_path: Path) -> None:
    def written(parameters: int) -> tuple[object, int]:
        folder = tmp_path / str(parameters)
        folder.mkdir()
        names = "; ".join(f"Parameter {n}" for n in range(1, parameters + 1))
        write(folder / "d", final_of(folder, full_row(parameter=names)), only="penawaran")
        (sheet,) = load_workbook(folder / "d" / file_name(DocumentKind.QUOTATION)).worksheets
        return sheet.page_setup.scale, len(sheet.row_breaks.brk) + 1

    found = dict.fromkeys(written(count) for count in range(1, 20, 2))
    assert list(found) == [(None, 1), (92, 1), (None, 2)]


def test_beyond_a_handy_number_letters_share_a_sheet_and_say_their_own_pages(
    tmp_path: Path,
) -> None:
    count = MOST_SHEETS + 1
    rows = [full_row(f"P-{n}", nama_customer="Hotel") for n in range(1, count + 1)]
    final = final_of(
        tmp_path,
        *rows,
        tim=[("Tim 1", "Ketua 1", None, "Semua", None, None)],
        jenis_contoh_uji=[("Air Minum", None, 24, None, None)],
        tarif=COMPLETE["tarif"][:2],
        cara_sampling=OFFICE_ROWS["Cara Sampling"][:1],
    )
    write(tmp_path / "d", final)
    book = load_workbook(tmp_path / "d" / file_name(DocumentKind.QUOTATION))
    (sheet,) = book.worksheets
    assert len(sheet.row_breaks.brk) == count - 1
    assert len(read(tmp_path / "d", DocumentKind.QUOTATION)) == count
    assert "PH/2026/0041 · halaman 1 dari 1" in on_hold(
        tmp_path / "d" / file_name(DocumentKind.QUOTATION)
    )
