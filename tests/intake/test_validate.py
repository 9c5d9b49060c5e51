"""Rows of the intake: what holds a row, what only warns, and that none is lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from labkesmas_batch.forms import schema, template
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.forms.tables import WorkbookReader
from labkesmas_batch.intake.validate import Validated, validate
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import CustomerClass
from tests.support import builders
from tests.support.builders import (
    RUN_DATE,
    Error,
    Formula,
    policy,
    reference,
    region,
    row,
    sample_type,
    table,
    tariff,
    write_intake,
)

REFERENCE = reference(
    regions=[region("Batam", travel_hours=1), region("Natuna", travel_hours=26)],
    sample_types=[
        sample_type("Air Minum", storage_hours=24),
        sample_type("Air Bersih", storage_hours=48),
        sample_type("Vektor"),
    ],
    tariffs=[tariff("Air Minum", "E. coli"), tariff("Air Minum", "pH"), tariff("Air Bersih", "Mn")],
)


def check(*rows: dict[str, object], using: Reference = REFERENCE) -> Validated:
    return tables(table(rows), using=using)


def tables(*of: RawTable, using: Reference = REFERENCE) -> Validated:
    """Validate, and hold that every row is a request or held, and that only errors hold."""
    found = validate(of, using, RUN_DATE)
    in_rows = [(each.file, line.number) for each in of for line in each.rows]
    out_rows = [(each.file, each.row) for each in (*found.requests, *found.on_hold)]
    assert len(out_rows) + found.examples + found.copies == len(in_rows)
    assert len(set(out_rows)) == len(out_rows)
    assert set(out_rows) <= set(in_rows)
    with_errors = {(each.file, each.row) for each in found.findings if each.is_error}
    on_hold = {(each.file, each.row) for each in found.on_hold}
    if any(each.kind.code == "B14" for each in found.findings):  # told of all at one of them
        assert with_errors < on_hold
    else:
        assert with_errors == on_hold
    return found


def codes(found: Validated) -> list[tuple[str, str]]:
    return [(each.kind.code, each.cell) for each in found.findings]


def numbers(requests: Iterable[object]) -> list[str]:
    return [each.number for each in requests]


def test_a_row_becomes_a_request_with_all_that_it_says() -> None:
    full = row(
        "P-7",
        tanggal_permintaan=datetime(2026, 5, 4, 9, 30),
        jenis_customer=" INTERNAL",
        nama_customer="Tim Mutu",
        alamat="Jl. A\nBatam",
        narahubung="Ani",
        telepon=81200000001.0,
        email="a@b.example",
        lokasi_sampling="Depot",
        wilayah="batam",
        jenis_contoh_uji="air  minum",
        parameter="PH; e. coli",
        jumlah_contoh_uji="12",
        tanggal_usulan="10 Juni 2026",
        batas_akhir=date(2026, 6, 30),
        surat_dispensasi="D-1",
        keterangan="- pagi",
    )
    (made,) = check(full).requests
    expected = builders.request(
        "P-7",
        "2026-05-04 09:30",
        "Internal",
        customer="Tim Mutu",
        address="Jl. A\nBatam",
        contact="Ani",
        phone="081200000001",
        email="a@b.example",
        site="Depot",
        region="Batam",
        sample_type="Air Minum",
        parameters=("pH", "E. coli"),
        samples=12,
        proposed="2026-06-10",
        deadline="2026-06-30",
        waiver="D-1",
        note="- pagi",
    )
    assert made == expected


def test_a_number_of_samples_beyond_reason_is_held() -> None:
    assert codes(check(row("P-1", jumlah_contoh_uji=1_000_000))) == []
    assert codes(check(row("P-1", jumlah_contoh_uji=1_000_001))) == [("S15", "M2")]


def test_a_row_with_the_required_cells_only_is_valid() -> None:
    found = check(row("P-1"))
    assert codes(found) == []
    (made,) = found.requests
    assert (made.proposed, made.deadline, made.parameters, made.phone) == (None, None, (), "")


@pytest.mark.parametrize(
    ("typed", "customer_class"),
    [
        ("Internal", "Internal"),
        ("EKSTERNAL ", "Eksternal"),
        ("external", "Eksternal"),
        ("Ekternal", "Eksternal"),
        ("Ekstern", "Eksternal"),
        ("intern", "Internal"),
    ],
)
def test_the_class_is_known_in_its_usual_spellings(typed: str, customer_class: str) -> None:
    (made,) = check(row(jenis_customer=typed)).requests
    assert made.customer_class is CustomerClass(customer_class)


@pytest.mark.parametrize("text", ["=1+1", "+62", "-abc", "@x", '=HYPERLINK("http://x")', "{x}"])
def test_text_that_begins_like_a_formula_stays_that_text(text: str, tmp_path: Path) -> None:
    cells = row(text, nama_customer=text, lokasi_sampling=text, keterangan=text, telepon=text)
    book = WorkbookReader(write_intake(tmp_path / "a.xlsx", [cells]))
    (made,) = tables(book.table_anywhere(schema.REQUESTS)).requests
    assert (made.number, made.customer, made.site, made.note, made.phone) == (text,) * 5


def test_a_held_row_keeps_what_could_be_read_of_it() -> None:
    first, second = check(
        row("P-1", jumlah_contoh_uji=0, nama_customer="Hotel A"),
        row(None, jenis_customer="?", nama_customer=None),
    ).on_hold
    assert (first.number, first.customer, first.customer_class) == ("P-1", "Hotel A", "Eksternal")
    assert (second.number, second.customer, second.customer_class) == ("", "", "")
    assert (first.file, first.sheet, first.row) == ("permintaan.xlsx", "Permintaan", 2)


def test_one_bad_row_does_not_hold_the_others() -> None:
    found = check(row("P-1"), row("P-2", wilayah="?"), row("P-3"))
    assert (numbers(found.requests), numbers(found.on_hold)) == (["P-1", "P-3"], ["P-2"])


def test_findings_stand_in_the_order_of_files_rows_and_columns() -> None:
    one = table([row("P-1", jumlah_contoh_uji=0, wilayah="?"), row("P-2", wilayah="?")], file="a")
    two = table([row("P-3", wilayah="?")], file="b")
    found = tables(one, two).findings
    assert [(each.file, each.cell) for each in found] == [
        ("a", "J2"),
        ("a", "M2"),
        ("a", "J3"),
        ("b", "J2"),
    ]


@pytest.mark.parametrize("again", ["P-1", "p-1", " P-1 ", "Ｐ-1"])
def test_a_number_used_twice_holds_every_row_that_has_it(again: str) -> None:
    found = check(row("P-1"), row("P-2"), row(again, nama_customer="Lain"))
    assert (numbers(found.requests), len(found.on_hold)) == (["P-2"], 2)
    assert codes(found) == [("B01", "A2"), ("B01", "A4")]
    assert "permintaan.xlsx baris 4" in found.findings[0].problem
    assert "permintaan.xlsx baris 2" in found.findings[1].problem


def test_a_number_used_in_two_files_holds_the_rows_of_both() -> None:
    one = table([row("P-1"), row("P-2")], file="a.xlsx")
    two = table([row("P-9"), row("P-2", nama_customer="Lain")], file="b.xlsx")
    found = tables(one, two)
    assert numbers(found.requests) == ["P-1", "P-9"]
    assert [(each.file, each.row) for each in found.on_hold] == [("a.xlsx", 3), ("b.xlsx", 3)]
    (told,) = found.findings
    assert (told.kind.code, told.file, told.cell) == ("B14", "b.xlsx", "A3")
    assert told.problem.startswith("Berkas ini dan a.xlsx memuat nomor yang sama")


def test_two_versions_of_a_form_are_told_once_and_hold_what_differs() -> None:
    new = [row("P-1"), row("P-2", jumlah_contoh_uji=3), row("P-3", jumlah_contoh_uji=4), row("P-4")]
    found = tables(
        table([row(f"P-{n}") for n in (1, 2, 3)], file="a.xlsx"), table(new, file="b.xlsx")
    )
    assert [(each.kind.code, each.value) for each in found.findings if each.is_error] == [
        ("B14", "P-2 dan P-3")
    ]
    assert numbers(found.requests) == ["P-1", "P-4"]
    assert found.copies == 1
    assert sorted((each.file, each.number) for each in found.on_hold) == [
        ("a.xlsx", "P-2"), ("a.xlsx", "P-3"), ("b.xlsx", "P-2"), ("b.xlsx", "P-3"),
    ]  # fmt: skip


def test_a_copy_of_a_form_counts_once_with_one_warning() -> None:
    rows = [row(f"P-{n}") for n in range(1, 40)]
    found = tables(table(rows, file="a.xlsx"), table(rows, file="salinan.xlsx"))
    assert (len(found.requests), found.copies, found.on_hold) == (39, 39, ())
    (told,) = found.findings
    assert (told.kind.code, told.file, told.value) == ("B13", "salinan.xlsx", "39")
    assert "baris di a.xlsx" in told.problem


def test_a_row_that_stands_twice_in_one_form_counts_once() -> None:
    found = check(row("P-1"), row("P-2"), row("P-1"))
    assert numbers(found.requests) == ["P-1", "P-2"]
    assert [(each.kind.code, each.row) for each in found.findings] == [("B13", 4)]


def test_rows_without_a_number_are_no_copies_of_each_other() -> None:
    assert len(check(row(None), row(None)).on_hold) == 2


def test_a_number_as_number_and_as_text_is_the_same_number() -> None:
    assert len(check(row(12.0), row("12", nama_customer="Lain")).on_hold) == 2


def test_numbers_that_only_look_alike_are_different() -> None:
    assert len(check(row("P-1"), row("P-01"), row("P1"), row("P-10")).requests) == 4


def test_a_number_is_doubled_also_where_one_of_the_rows_has_another_error() -> None:
    found = check(row("P-1", jumlah_contoh_uji=0), row("P-1", nama_customer="Lain"))
    assert [code for code, _ in codes(found)] == ["B01", "S09", "B01"]
    assert found.requests == ()


def test_blank_numbers_are_blank_and_not_doubled() -> None:
    assert codes(check(row(None), row(" "))) == [("S01", "A2"), ("S01", "A3")]


def test_a_number_used_very_often_is_told_in_a_short_sentence() -> None:
    found = check(*(row("P", nama_customer=f"C {n}") for n in range(300)))
    assert {each.kind.code for each in found.findings} == {"B01"}
    assert len(found.on_hold) == 300
    assert all("lainnya" in each.problem and len(each.problem) < 200 for each in found.findings)


def test_a_request_from_after_the_run_date_is_held() -> None:
    tomorrow = RUN_DATE + timedelta(days=1)
    assert codes(check(row(tanggal_permintaan=tomorrow))) == [("B02", "B2")]


def test_a_request_from_the_run_date_itself_is_valid_at_any_time_of_day() -> None:
    late = datetime(RUN_DATE.year, RUN_DATE.month, RUN_DATE.day, 23, 59, 59)
    assert codes(check(row("P-1", tanggal_permintaan=late))) == []


def test_a_deadline_before_the_proposed_date_is_held_and_one_on_the_day_is_not() -> None:
    day = date(2026, 6, 10)
    before = row("P-1", tanggal_usulan=day, batas_akhir=day - timedelta(days=1))
    same = row("P-2", tanggal_usulan=day, batas_akhir=day)
    assert codes(check(before, same)) == [("B03", "O2")]


def test_a_deadline_without_a_proposed_date_is_valid() -> None:
    assert codes(check(row(batas_akhir=date(2026, 6, 10)))) == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"tanggal_usulan": Error("#VALUE!")}, [("S12", "N2")]),
        ({"wilayah": Error("#N/A")}, [("S12", "J2")]),
        ({"tanggal_usulan": Formula("=TODAY()")}, [("S13", "N2")]),
        ({"jumlah_contoh_uji": Formula("=1+1")}, [("S13", "M2")]),
    ],
)
def test_error_cells_and_formulas_without_value_hold_the_row_even_where_blank_is_allowed(
    cells: dict[str, object], expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    book = WorkbookReader(write_intake(tmp_path / "a.xlsx", [row("P-1", **cells)]))
    found = tables(book.table_anywhere(schema.REQUESTS))
    assert codes(found) == expected
    assert numbers(found.on_hold) == ["P-1"]


def test_an_unknown_parameter_warns_and_keeps_the_name() -> None:
    found = check(row(parameter="pH; E. colli; Xyz"))
    assert codes(found) == [("S11", "L2"), ("S11", "L2")]
    assert found.requests[0].parameters == ("pH", "E. colli", "Xyz")
    assert "Maksud Anda “E. coli”?" in found.findings[0].problem
    assert "Maksud" not in found.findings[1].problem


def test_a_parameter_of_another_kind_of_sample_is_unknown() -> None:
    assert codes(check(row(parameter="Mn"))) == [("S11", "L2")]


def test_a_parameter_is_written_as_in_the_tariff() -> None:
    assert check(row(parameter="PH;e.  COLI")).requests[0].parameters == ("pH", "E. coli")


def test_a_parameter_named_twice_in_two_spellings_counts_once() -> None:
    assert check(row(parameter="pH; PH; E. coli")).requests[0].parameters == ("pH", "E. coli")


@pytest.mark.parametrize(("days", "told"), [(20, []), (21, [("B04", "P2")]), (22, [("B04", "P2")])])
def test_a_waiver_that_is_not_needed_is_told(days: int, told: list[tuple[str, str]]) -> None:
    received = date(2026, 5, 4)
    cells = row(surat_dispensasi="D-1", tanggal_usulan=received + timedelta(days=days))
    assert codes(check(cells)) == told


def test_whether_a_waiver_is_needed_follows_the_setting() -> None:
    shorter = reference(policy=policy(lead_days=7))
    cells = row(surat_dispensasi="D-1", tanggal_usulan=date(2026, 5, 12))
    assert codes(check(cells, using=shorter)) == [("B04", "P2")]


def test_a_waiver_without_a_proposed_date_is_not_told() -> None:
    assert codes(check(row(surat_dispensasi="D-1"))) == []


def test_the_same_request_under_two_numbers_warns_and_blocks_nothing() -> None:
    same = {"nama_customer": "Hotel A", "lokasi_sampling": "Dapur"}
    found = check(row("P-1", **same), row("P-2", **(same | {"nama_customer": "HOTEL  a"})))
    assert codes(found) == [("B05", "A3")]
    assert "P-1 (permintaan.xlsx baris 2)" in found.findings[0].problem
    assert len(found.requests) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"nama_customer": "Hotel B"},
        {"lokasi_sampling": "Kolam"},
        {"jenis_contoh_uji": "Vektor"},
        {"tanggal_permintaan": date(2026, 5, 5)},
    ],
)
def test_requests_that_differ_in_one_of_the_four_are_two(change: dict[str, object]) -> None:
    same = {"nama_customer": "Hotel A", "lokasi_sampling": "Dapur"}
    assert codes(check(row("P-1", **same), row("P-2", **(same | change)))) == []


def test_one_customer_in_both_classes_warns_once_and_names_the_numbers() -> None:
    found = check(
        row("P-1", nama_customer="Hotel A"),
        row("P-2", nama_customer="hotel a ", jenis_customer="Internal"),
        row("P-3", nama_customer="Hotel A", lokasi_sampling="Lain"),
    )
    assert codes(found) == [("B06", "D2")]
    assert "Internal: P-2" in found.findings[0].problem
    assert "Eksternal: P-1 dan P-3" in found.findings[0].problem
    assert len(found.requests) == 3


def test_a_trip_longer_than_the_storage_time_warns_once_for_each_pair() -> None:
    found = check(
        row("P-1", wilayah="Natuna"),
        row("P-2", wilayah="Natuna"),
        row("P-3", wilayah="Natuna", jenis_contoh_uji="Air Bersih"),
        row("P-4", wilayah="Natuna", jenis_contoh_uji="Vektor"),
        row("P-5"),
    )
    assert codes(found) == [("B07", "J2")]
    assert "P-1 dan P-2" in found.findings[0].problem
    assert len(found.requests) == 5


@pytest.mark.parametrize(("hours", "told"), [(23.5, 0), (24, 0), (24.5, 1)])
def test_a_trip_as_long_as_the_storage_time_is_in_time(hours: float, told: int) -> None:
    using = reference(
        regions=[region("Batam", travel_hours=hours)], sample_types=[sample_type(storage_hours=24)]
    )
    assert len(check(row(), using=using).findings) == told


def test_an_empty_form_is_told() -> None:
    found = tables(table([], file="kosong.xlsx"), table([row()], file="isi.xlsx"))
    assert [(each.kind.code, each.file) for each in found.findings] == [("L02", "kosong.xlsx")]
    assert not found.findings[0].is_error


def example(**changes: object) -> dict[str, object]:
    known = {"Wilayah": "Batam", "Jenis Contoh Uji": "Air Minum"}
    cells = {column.header: column.example for column in schema.REQUESTS.columns} | known
    return cells | changes


def test_the_untouched_example_row_is_no_data() -> None:
    found = check(example(), row("P-1"))
    assert (found.examples, numbers(found.requests), codes(found)) == (1, ["P-1"], [])


def test_the_example_row_of_our_own_template_is_no_data(tmp_path: Path) -> None:
    path = tmp_path / "permintaan.xlsx"
    names = {"Wilayah": ("Batam",), "Jenis Contoh Uji": ("Air Minum",)}
    template.write_intake(path, names, None, RUN_DATE)
    found = tables(WorkbookReader(path).table_anywhere(schema.REQUESTS))
    assert (found.examples, [code for code, _ in codes(found)]) == (1, ["L02"])


@pytest.mark.parametrize("header", ["Nama Customer", "Lokasi Sampling"])
def test_an_example_row_that_somebody_filled_is_held_until_it_has_a_number(header: str) -> None:
    found = check(example(**{header: "Hotel A", "Tanggal Permintaan": date(2026, 5, 4)}))
    assert found.examples == 0
    assert codes(found) == [("B08", "A2")]


def test_an_example_row_with_a_number_of_its_own_is_a_request() -> None:
    changed = example(**{"No. Permintaan": "P-1", "Tanggal Permintaan": date(2026, 5, 4)})
    found = check(changed)
    assert (found.examples, numbers(found.requests)) == (0, ["P-1"])


def test_the_order_of_the_rows_changes_neither_requests_nor_held_rows() -> None:
    twice = row("P-3"), row("P-3", jumlah_contoh_uji=9)
    rows = [row("P-1"), row("P-2", wilayah="?"), *twice, row("P-4")]
    forth, back = check(*rows), check(*reversed(rows))
    assert sorted(numbers(forth.requests)) == sorted(numbers(back.requests)) == ["P-1", "P-4"]
    assert sorted(numbers(forth.on_hold)) == sorted(numbers(back.on_hold)) == ["P-2", "P-3", "P-3"]
