"""Supposed changes, typed or filled into the form: the same Change, or a finding that helps."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from labkesmas_batch.commands.inputs import read_supposed
from labkesmas_batch.findings import Finding
from labkesmas_batch.forms import schema
from labkesmas_batch.model.policy import SETTINGS, ShortLead, SilentZone
from labkesmas_batch.what_if.form import read_changes, typed_change
from labkesmas_batch.what_if.types import SupposedChange
from tests.support.builders import (
    Error,
    Formula,
    equipment,
    leave,
    reference,
    region,
    row,
    sample_type,
    table,
    team,
    write_intake,
    write_reference,
)
from tests.support.dump import Answer, call

DAY = ("--date", "2026-06-01")
REFERENCE = reference(
    teams=[team("Tim 1", ["Air Minum"], 3, 40), team("Tim 2")],
    leaves=[leave("Tim 1", "2026-06-10", "2026-06-12")],
    regions=[region("Batam"), region("Lingga", 1)],
    sample_types=[sample_type("Air Minum"), sample_type("Udara Ambien")],
    equipment=[equipment("Kotak Pendingin", 4), equipment("Kotak Pendingin", 2)],
)
NUMBERS = ("P-1", "P-2")
Cells = Mapping[str, object]
Read = tuple[tuple[SupposedChange, ...], tuple[Finding, ...]]

LATE = [each.key for each in SETTINGS if each.late]


def typed(text: str) -> Read:
    return read_changes(typed_change(text, REFERENCE), REFERENCE, NUMBERS)


def filled(*rows: Cells) -> Read:
    raw = table(rows, schema.CHANGES, file="andaikan.xlsx")
    return read_changes(raw, REFERENCE, NUMBERS)


def the_one(read: Read) -> SupposedChange:
    changes, found = read
    assert [finding.problem for finding in found] == []
    (change,) = changes
    return change


def the_fault(read: Read) -> Finding:
    changes, found = read
    assert changes == ()
    (finding,) = found
    assert finding.is_error
    return finding


def cells(kind: str, name: object, **others: object) -> dict[str, object]:
    """A row of the form; a column is named as in ``jumlah_contoh_uji=3``."""
    by_name = {header.casefold().replace(" ", "_"): header for header in schema.CHANGES.headers}
    return {"Perubahan": kind, "Nama": name} | {by_name[key]: each for key, each in others.items()}


def supposed(
    kind: str,
    name: str,
    value: object = None,
    first: date | None = None,
    last: date | None = None,
    where: tuple[str, str, int] = ("", "", 0),
    *,
    said: str,
) -> SupposedChange:
    return SupposedChange(kind, name, value, first, last, *where, said)


# What is typed, the same in the form, and the change that both are.
SAME = {
    "Tim tambahan": (
        "Tim tambahan; Tim 5; Tim 2",
        cells("Tim tambahan", "Tim 5", nilai="Tim 2"),
        supposed("Tim tambahan", "Tim 5", "Tim 2", said="Tim tambahan; Tim 5; Tim 2"),
    ),
    "Tim tambahan, seperti tim pertama": (
        "Tim tambahan; Tim 6",
        cells("Tim tambahan", "Tim 6"),
        supposed("Tim tambahan", "Tim 6", said="Tim tambahan; Tim 6"),
    ),
    "Tanpa tim": (
        "Tanpa tim; Tim 2",
        cells("Tanpa tim", "Tim 2"),
        supposed("Tanpa tim", "Tim 2", said="Tanpa tim; Tim 2"),
    ),
    "Kunjungan per hari": (
        "Kunjungan per hari; Tim 1; 4",
        cells("Kunjungan per hari", "Tim 1", nilai=4.0),
        supposed("Kunjungan per hari", "Tim 1", (False, 4), said="Kunjungan per hari; Tim 1; 4"),
    ),
    "Contoh uji per hari": (
        "Contoh uji per hari; Semua; tambah 10",
        cells("Contoh uji per hari", "Semua", nilai="tambah 10"),
        supposed(
            "Contoh uji per hari", "Semua", (True, 10),
            said="Contoh uji per hari; Semua; tambah 10",
        ),
    ),
    "Menguasai": (
        "Menguasai; Tim 1; Udara Ambien",
        cells("Menguasai", "Tim 1", jenis_contoh_uji="Udara Ambien"),
        supposed(
            "Menguasai", "Tim 1", where=("", "Udara Ambien", 0),
            said="Menguasai; Tim 1; Udara Ambien",
        ),
    ),
    "Cuti": (
        "Cuti; Tim 2; 7 Des 2026; 11 Des 2026",
        cells("Cuti", "Tim 2", dari=date(2026, 12, 7), sampai=date(2026, 12, 11)),
        supposed(
            "Cuti", "Tim 2", None, date(2026, 12, 7), date(2026, 12, 11),
            said="Cuti; Tim 2; 7 Des 2026; 11 Des 2026",
        ),
    ),
    "Cuti sehari": (
        "Cuti; Tim 2; 7 Des 2026",
        cells("Cuti", "Tim 2", dari=datetime(2026, 12, 7)),
        supposed(
            "Cuti", "Tim 2", None, date(2026, 12, 7), date(2026, 12, 7),
            said="Cuti; Tim 2; 7 Des 2026",
        ),
    ),
    "Batal cuti": (
        "Batal cuti; Tim 1",
        cells("Batal cuti", "Tim 1"),
        supposed("Batal cuti", "Tim 1", said="Batal cuti; Tim 1"),
    ),
    "Kapasitas lab": (
        "Kapasitas lab; Air Minum; kurang 10",
        cells("Kapasitas lab", "Air Minum", nilai="kurang 10"),
        supposed(
            "Kapasitas lab", "Air Minum", (True, -10), said="Kapasitas lab; Air Minum; kurang 10"
        ),
    ),
    "Jumlah unit": (
        "Jumlah unit; Kotak Pendingin; 9",
        cells("Jumlah unit", "Kotak Pendingin", nilai=9.0),
        supposed(
            "Jumlah unit", "Kotak Pendingin", (False, 9), said="Jumlah unit; Kotak Pendingin; 9"
        ),
    ),
    "Hari libur": (
        "Hari libur; Pilkada; 9 Des 2026; 10 Des 2026",
        cells("Hari libur", "Pilkada", dari=date(2026, 12, 9), sampai=date(2026, 12, 10)),
        supposed(
            "Hari libur", "Pilkada", None, date(2026, 12, 9), date(2026, 12, 10),
            said="Hari libur; Pilkada; 9 Des 2026; 10 Des 2026",
        ),
    ),
    "Mendesak, yang sudah ada": (
        "Mendesak; P-2; 8 Des 2026",
        cells("Mendesak", "P-2", dari=date(2026, 12, 8)),
        supposed(
            "Mendesak", "P-2", None, date(2026, 12, 8), date(2026, 12, 8),
            said="Mendesak; P-2; 8 Des 2026",
        ),
    ),
    "Mendesak": (
        "Mendesak; U-1; 8 Des 2026; Lingga; Air Minum; 3",
        cells("Mendesak", "U-1", dari=date(2026, 12, 8), wilayah="Lingga",
              jenis_contoh_uji="Air Minum", jumlah_contoh_uji=3.0),
        supposed(
            "Mendesak", "U-1", None, date(2026, 12, 8), date(2026, 12, 8),
            ("Lingga", "Air Minum", 3), said="Mendesak; U-1; 8 Des 2026; Lingga; Air Minum; 3",
        ),
    ),
    "Ketentuan": (
        "Ketentuan; zona_antara; internal",
        cells("Ketentuan", "zona_antara", nilai="internal"),
        supposed(
            "Ketentuan", "zona_antara", SilentZone.INTERNAL,
            said="Ketentuan; zona_antara; internal",
        ),
    ),
}  # fmt: skip


def test_the_cases_hold_every_kind_of_change_there_is():
    assert {change.kind for *_, change in SAME.values()} == set(schema.CHANGE_KINDS)
    assert len(schema.CHANGE_KINDS) == 12


@pytest.mark.parametrize(("text", "form", "change"), SAME.values(), ids=SAME)
def test_a_change_is_the_same_typed_or_filled_in(text: str, form: Cells, change: SupposedChange):
    assert the_one(typed(text)) == change
    assert the_one(filled(form)) == change


def test_all_kinds_filled_into_one_workbook_are_read_from_it_in_their_order(tmp_path: Path):
    book = Workbook()
    book.active.title = "Andaikan"
    book.active.append(schema.CHANGES.headers)
    for _, form, _ in SAME.values():
        book.active.append([form.get(header) for header in schema.CHANGES.headers])
    book.save(tmp_path / "andaikan.xlsx")
    changes, found = read_changes(read_supposed(tmp_path / "andaikan.xlsx"), REFERENCE, NUMBERS)
    assert found == ()
    assert changes == tuple(change for *_, change in SAME.values())


@pytest.mark.parametrize(("text", "form", "change"), SAME.values(), ids=SAME)
def test_case_and_spaces_do_not_matter(text: str, form: Cells, change: SupposedChange):
    free = change.kind in ("Tim tambahan", "Hari libur", "Mendesak")  # these names are new ones
    kind, name, *others = text.split("; ")
    odd = [f"  {kind.upper()} ", name if free else f" {name.swapcase()}  "]
    odd += [f" {part.upper().replace(' ', '   ')} " for part in others]
    shouted = dict(zip(form, [f" {kind.upper()}", odd[1]], strict=False))
    shouted |= {
        header: cell.swapcase() if isinstance(cell, str) else cell
        for header, cell in list(form.items())[2:]
    }
    assert replace(the_one(typed(";".join(odd))), said="") == replace(change, said="")
    assert replace(the_one(filled(shouted)), said="") == replace(change, said="")


def test_a_semicolon_at_the_end_and_empty_parts_change_nothing():
    change = SAME["Cuti"][2]
    assert the_one(typed("Cuti; Tim 2; 7 Des 2026; 11 Des 2026;")) == change
    assert the_one(typed("Cuti; Tim 2; ; 7 Des 2026; 11 Des 2026")) == change


def test_place_kind_and_size_of_an_urgent_request_may_stand_in_any_order():
    change = SAME["Mendesak"][2]
    assert the_one(typed("Mendesak; U-1; 3; Air Minum; Lingga; 8 Des 2026")) == change
    assert the_one(typed("mendesak; U-1; Lingga; 8/12/2026; 3; air minum")) == change


@pytest.mark.parametrize(
    "said",
    [
        "2026-12-07", "2026/12/07", "2026.12.07", "07/12/2026", "7/12/2026", "7-12-2026",
        "7.12.2026", "7 Desember 2026", "7 Des 2026", "7 des 2026", "7-Des-2026", "7 December 2026",
        "Senin, 7 Desember 2026", "Senin 7/12/2026", "7 Des. 2026",
    ],
)  # fmt: skip
def test_dates_are_read_in_all_usual_ways(said: str):
    for change in (
        the_one(typed(f"Cuti; Tim 2; {said}")),
        the_one(filled(cells("Cuti", "Tim 2", dari=said))),
    ):
        assert (change.first, change.last) == (date(2026, 12, 7), date(2026, 12, 7))
        assert change.said == "Cuti; Tim 2; 7 Des 2026"


def test_a_bare_day_number_of_excel_is_a_date_with_a_warning():
    changes, (warning,) = filled(cells("Cuti", "Tim 2", dari=46363.0))
    assert [change.first for change in changes] == [date(2026, 12, 7)]
    assert (warning.kind.code, warning.is_error) == ("S06", False)


def test_the_first_date_is_the_first_day_however_close_they_are():
    change = the_one(typed("Hari libur; Rapat; 1/12/2026; 2/1/2027"))
    assert (change.first, change.last) == (date(2026, 12, 1), date(2027, 1, 2))


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("tambah 1", (True, 1)), ("Tambah 1", (True, 1)), ("tambah1", (True, 1)),
        ("+1", (True, 1)), ("+ 1", (True, 1)), ("kurang 1", (True, -1)), ("-1", (True, -1)),
        ("KURANG  12", (True, -12)), ("0", (False, 0)), ("12", (False, 12)),
        ("tambah 0", (True, 0)), ("1000000", (False, 10**6)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["Kunjungan per hari", "Kapasitas lab"])
def test_a_number_is_a_new_one_or_one_more_or_less(kind: str, said: str, value: tuple[bool, int]):
    name = "Tim 1" if kind == "Kunjungan per hari" else "Air Minum"
    assert the_one(typed(f"{kind}; {name}; {said}")).value == value
    assert the_one(filled(cells(kind, name, nilai=said))).value == value


@pytest.mark.parametrize(
    ("cell", "value"), [(1.0, (False, 1)), (-1.0, (True, -1)), (7, (False, 7))]
)
def test_a_number_cell_is_a_new_number_and_a_negative_one_is_so_many_less(
    cell: float, value: tuple[bool, int]
):
    change = the_one(filled(cells("Jumlah unit", "Kotak Pendingin", nilai=cell)))
    assert change.value == value


@pytest.mark.parametrize(
    ("key", "said", "value"),
    [
        ("tenggang_permintaan_hari", "14", 14),
        ("tenggang_kurang", "geser", ShortLead.SHIFT),
        ("selisih_internal_hari", "3", 3),
        ("selisih_eksternal_hari", "21", 21),
        ("zona_antara", "URUT_PERMINTAAN", SilentZone.FIRST_COME),
        ("jeda_terbit_hari", "0", 0),
        ("horizon_hari", "365", 365),
        ("hari_kerja", "Senin-Sabtu", frozenset(range(6))),
        ("hari_kerja", "Senin, Rabu, Jumat", frozenset({0, 2, 4})),
        *((key, "30", 30) for key in LATE),
    ],
)
def test_every_setting_can_be_supposed(key: str, said: str, value: object):
    assert the_one(typed(f"Ketentuan; {key}; {said}")).value == value
    assert the_one(filled(cells("Ketentuan", key, nilai=said))).value == value


def test_all_keys_of_ketentuan_are_tried_above():
    tried = {"tenggang_permintaan_hari", "tenggang_kurang", "selisih_internal_hari",
             "selisih_eksternal_hari", "zona_antara", "jeda_terbit_hari", "horizon_hari",
             "hari_kerja", *LATE}  # fmt: skip
    assert tried == set(schema.SETTING_KEYS)


def test_of_several_rows_each_is_read_and_a_faulty_one_is_found():
    changes, found = filled(
        cells("Cuti", "Tim 2", dari=date(2026, 12, 7)),
        cells("Tanpa tim", "Tim 9"),
        cells("Batal cuti", "Tim 1"),
        cells("Kapasitas lab", "Air Minum", nilai="banyak"),
    )
    assert [change.kind for change in changes] == ["Cuti", "Batal cuti"]
    assert [(each.kind.code, each.cell) for each in found] == [("A06", "B3"), ("A01", "C5")]


# What is typed, the same in the form; code, column, and parts of the problem and of the remedy.
WRONG = {
    "wrong kind": (
        "Tim tambah; Tim 5", cells("Tim tambah", "Tim 5"),
        "S10", "Perubahan", "Maksud Anda “Tim tambahan”?", "Pilih salah satu dari daftar",
    ),
    "no kind at all": (
        "entah apa; Tim 5", cells("entah apa", "Tim 5"),
        "S10", "Perubahan", "“entah apa” tidak dikenal", "Pilih salah satu dari daftar",
    ),
    "no name": (
        "Tanpa tim", cells("Tanpa tim", None),
        "S01", "Nama", "Nama belum diisi", "Isi kolom Nama",
    ),
    "unknown team": (
        "Tanpa tim; Tim 9", cells("Tanpa tim", "Tim 9"),
        "A06", "Nama", "“Tim 9” tidak ada di lembar Tim", "Samakan tulisannya dengan lembar Tim",
    ),
    "all teams gone": (
        "Tanpa tim; Semua", cells("Tanpa tim", "Semua"),
        "A06", "Nama", "“Semua” tidak ada di lembar Tim", "lembar Tim",
    ),
    "leave of all": (
        "Cuti; Semua; 7/12/2026", cells("Cuti", "Semua", dari=date(2026, 12, 7)),
        "A06", "Nama", "“Semua” tidak ada di lembar Tim", "lembar Tim",
    ),
    "unknown sample type": (
        "Kapasitas lab; Air Minm; 5", cells("Kapasitas lab", "Air Minm", nilai=5),
        "A06", "Nama", "Maksud Anda “Air Minum”?", "lembar Jenis Contoh Uji",
    ),
    "unknown equipment": (
        "Jumlah unit; Kotak Pendngin; 5", cells("Jumlah unit", "Kotak Pendngin", nilai=5),
        "A06", "Nama", "Maksud Anda “Kotak Pendingin”?", "lembar Peralatan",
    ),
    "unknown setting": (
        "Ketentuan; zona; internal", cells("Ketentuan", "zona", nilai="internal"),
        "A06", "Nama", "“zona” tidak ada di lembar Ketentuan", "lembar Ketentuan",
    ),
    "visits without number": (
        "Kunjungan per hari; Tim 1", cells("Kunjungan per hari", "Tim 1"),
        "S01", "Nilai", "Nilai belum diisi", "Isi kolom Nilai",
    ),
    "samples without number": (
        "Contoh uji per hari; Tim 1", cells("Contoh uji per hari", "Tim 1"),
        "S01", "Nilai", "Nilai belum diisi", "Isi kolom Nilai",
    ),
    "laboratory without number": (
        "Kapasitas lab; Air Minum", cells("Kapasitas lab", "Air Minum"),
        "S01", "Nilai", "Nilai belum diisi", "Isi kolom Nilai",
    ),
    "units without number": (
        "Jumlah unit; Kotak Pendingin", cells("Jumlah unit", "Kotak Pendingin"),
        "S01", "Nilai", "Nilai belum diisi", "Isi kolom Nilai",
    ),
    "setting without value": (
        "Ketentuan; zona_antara", cells("Ketentuan", "zona_antara"),
        "S01", "Nilai", "Nilai belum diisi", "Isi kolom Nilai",
    ),
    "competence of nothing": (
        "Menguasai; Tim 1", cells("Menguasai", "Tim 1"),
        "S01", "Jenis Contoh Uji", "Jenis Contoh Uji belum diisi", "Isi kolom Jenis Contoh Uji",
    ),
    "leave without day": (
        "Cuti; Tim 1", cells("Cuti", "Tim 1"),
        "S01", "Dari", "Dari belum diisi", "Isi kolom Dari",
    ),
    "holiday without day": (
        "Hari libur; Rapat", cells("Hari libur", "Rapat"),
        "S01", "Dari", "Dari belum diisi", "Isi kolom Dari",
    ),
    "urgent without day": (
        "Mendesak; P-1", cells("Mendesak", "P-1"),
        "S01", "Dari", "Dari belum diisi", "Isi kolom Dari",
    ),
    "new urgent without size": (
        "Mendesak; U-1; 8/12/2026; Batam; Air Minum",
        cells("Mendesak", "U-1", dari=date(2026, 12, 8), wilayah="Batam",
              jenis_contoh_uji="Air Minum"),
        "S01", "Jumlah Contoh Uji", "Jumlah Contoh Uji belum diisi", "Isi kolom Jumlah Contoh Uji",
    ),
    "urgent of no sample": (
        "Mendesak; U-1; 8/12/2026; Batam; Air Minum; 0",
        cells("Mendesak", "U-1", dari=date(2026, 12, 8), wilayah="Batam",
              jenis_contoh_uji="Air Minum", jumlah_contoh_uji=0),
        "S09", "Jumlah Contoh Uji", "“0” kurang dari 1", "Isi dengan angka 1 atau lebih",
    ),
    "last day before the first": (
        "Cuti; Tim 1; 11/12/2026; 7/12/2026",
        cells("Cuti", "Tim 1", dari=date(2026, 12, 11), sampai=date(2026, 12, 7)),
        "P02", "Sampai", "Sampai 7 Des 2026 lebih dahulu daripada Dari 11 Des 2026", "Tukar",
    ),
    "month before day": (
        "Cuti; Tim 1; 12/31/2026", cells("Cuti", "Tim 1", dari="12/31/2026"),
        "S03", "Dari", "“12/31/2026” tidak ada di kalender", "Tulis hari dahulu",
    ),
    "date without year": (
        "Cuti; Tim 1; 7 Des", cells("Cuti", "Tim 1", dari="7 Des"),
        "S02", "Dari", "“7 Des” tidak terbaca sebagai tanggal", "Tulis hari, bulan, tahun",
    ),
    "year of two digits": (
        "Cuti; Tim 1; 7/12/26", cells("Cuti", "Tim 1", dari="7/12/26"),
        "S04", "Dari", "hanya dua angka", "Tulis tahun lengkap",
    ),
    "number in words": (
        "Kunjungan per hari; Tim 1; banyak", cells("Kunjungan per hari", "Tim 1", nilai="banyak"),
        "A01", "Nilai", "“banyak”", "Isi dengan bilangan bulat, “tambah 1” atau “kurang 1”",
    ),
    "add without a number": (
        "Kapasitas lab; Air Minum; tambah", cells("Kapasitas lab", "Air Minum", nilai="tambah"),
        "A01", "Nilai", "“tambah”", "bilangan bulat",
    ),
    "too large": (
        "Jumlah unit; Kotak Pendingin; 1000001",
        cells("Jumlah unit", "Kotak Pendingin", nilai=1000001),
        "A01", "Nilai", "“1000001”", "bilangan bulat",
    ),
    "model team unknown": (
        "Tim tambahan; Tim 5; Tim 9", cells("Tim tambahan", "Tim 5", nilai="Tim 9"),
        "A01", "Nilai", "“Tim 9”", "Isi dengan nama salah satu tim: Tim 1, Tim 2",
    ),
    "setting of another kind": (
        "Ketentuan; zona_antara; nanti", cells("Ketentuan", "zona_antara", nilai="nanti"),
        "A01", "Nilai", "Nilai zona_antara tidak dapat dipakai: “nanti”",
        "Isi dengan urut_permintaan atau internal",
    ),
    "setting out of range": (
        "Ketentuan; horizon_hari; 99999", cells("Ketentuan", "horizon_hari", nilai=99999),
        "A01", "Nilai", "“99999”", "bilangan bulat 0 s.d. 3660",
    ),
    "setting below zero": (
        "Ketentuan; selisih_internal_hari; -1",
        cells("Ketentuan", "selisih_internal_hari", nilai=-1),
        "A01", "Nilai", "“-1”", "bilangan bulat 0 s.d. 3660",
    ),
    "workdays that are none": (
        "Ketentuan; hari_kerja; Sunin", cells("Ketentuan", "hari_kerja", nilai="Sunin"),
        "A01", "Nilai", "“Sunin”", "nama hari",
    ),
}  # fmt: skip
wrong = pytest.mark.parametrize(
    ("text", "form", "code", "header", "problem", "remedy"), WRONG.values(), ids=WRONG
)


@wrong
def test_what_cannot_be_read_is_one_finding_with_its_remedy(
    text: str, form: Cells, code: str, header: str, problem: str, remedy: str
):
    column = schema.CHANGES.headers.index(header)
    for read, place in ((typed(text), ""), (filled(form), f"{'ABCDEFGH'[column]}2")):
        finding = the_fault(read)
        assert (finding.kind.code, finding.header, finding.cell) == (code, header, place)
        assert problem in finding.problem
        assert remedy in finding.remedy
    assert the_fault(typed(text)).file == f"--what-if “{text}”"
    assert the_fault(filled(form)).file == "andaikan.xlsx"


def test_a_new_urgent_request_says_everything_that_is_missing():
    changes, found = typed("Mendesak; U-1")
    assert changes == ()
    assert [finding.header for finding in found] == [
        "Dari",
        "Wilayah",
        "Jenis Contoh Uji",
        "Jumlah Contoh Uji",
    ]


@pytest.mark.parametrize("cell", [2.5, True, "1,5", "satu", "tambah 1,5", "--1", date(2026, 12, 7)])
def test_a_cell_that_is_no_whole_number_is_refused(cell: object):
    finding = the_fault(filled(cells("Kunjungan per hari", "Semua", nilai=cell)))
    assert (finding.kind.code, finding.header) == ("A01", "Nilai")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A week of two requests with its reference."""
    write_intake(tmp_path / "permintaan.xlsx", [row("P-1"), row("P-2")])
    write_reference(tmp_path / "acuan.xlsx")
    return tmp_path


def tree(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    } | {str(path.relative_to(folder)): "folder" for path in folder.rglob("*") if path.is_dir()}


def ask(desk: Path, *supposed: object) -> Answer:
    options = [part for each in supposed for part in ("--what-if", each)]
    return call("run", desk / "permintaan.xlsx", "--output", desk / "output", *DAY, *options)


def write_changes(
    path: Path,
    *rows: Cells,
    headers: tuple[str, ...] = schema.CHANGES.headers,
    sheet: str = "Andaikan",
) -> Path:
    return write_intake(path, rows, headers, sheet=sheet)


def assert_refused(answer: Answer, *said: str) -> None:
    assert (answer.code, answer.out) == (3, "")
    for each in said:
        assert each in answer.err
    assert "Traceback" not in answer.err
    assert "Kesalahan di dalam program" not in answer.err
    assert answer.err.splitlines()[-1].startswith("Galat: ")


@wrong
def test_the_command_refuses_it_with_exit_3_and_leaves_no_file(
    desk: Path, text: str, form: Cells, code: str, header: str, problem: str, remedy: str
):
    write_changes(desk / "andaikan.xlsx", form)
    before = tree(desk)
    cell = f"{'ABCDEFGH'[schema.CHANGES.headers.index(header)]}2"
    asked = (
        (text, f"--what-if “{text}”:"),
        (desk / "andaikan.xlsx", f"andaikan.xlsx Andaikan!{cell}:"),
    )
    for supposed, place in asked:
        answer = ask(desk, supposed)
        assert_refused(answer, f"Galat {code} {place} ", remedy)
        assert answer.err.splitlines()[-1] == "Galat: Perubahan yang diandaikan belum dapat dibaca."
        assert tree(desk) == before


def test_one_faulty_change_among_good_ones_stops_all(desk: Path):
    before = tree(desk)
    answer = ask(desk, "Tim tambahan; Tim 5", "Tanpa tim; Tim 9", "Cuti; Tim 2")
    assert_refused(answer, "Galat A06", "Galat S01")
    assert tree(desk) == before


@pytest.mark.parametrize("text", ["", " ", ";", ";;;"])
def test_nothing_at_all_is_refused(desk: Path, text: str):
    before = tree(desk)
    assert_refused(ask(desk, text), "Perubahan belum diisi.", "Nama belum diisi.")
    assert tree(desk) == before


def test_a_form_without_a_row_is_refused(desk: Path):
    write_changes(desk / "andaikan.xlsx")
    before = tree(desk)
    assert_refused(
        ask(desk, desk / "andaikan.xlsx"),
        "Tidak ada perubahan yang diandaikan pada lembar Andaikan.",
    )
    assert tree(desk) == before


def test_a_form_that_is_not_there_is_named(desk: Path):
    assert_refused(ask(desk, desk / "andaikan.xlsx"), "andaikan.xlsx tidak ditemukan")


@pytest.mark.parametrize("file", ["permintaan.xlsx", "data.xlsx"])
def test_a_workbook_that_is_no_form_is_named(desk: Path, file: str):
    if file == "data.xlsx":
        write_intake(desk / file, [("Pena", 2000)], ("Barang", "Harga"), sheet="Data")
    before = tree(desk)
    assert_refused(ask(desk, desk / file), f"{file}: ", "Andaikan")
    assert tree(desk) == before


def test_a_form_without_a_required_column_names_it(desk: Path):
    write_changes(desk / "andaikan.xlsx", {"Perubahan": "Cuti"}, headers=("Perubahan", "Nilai"))
    assert_refused(ask(desk, desk / "andaikan.xlsx"), "kolom wajib tidak ada: Nama")


@pytest.mark.parametrize(
    ("cell", "code"), [(Error("#REF!"), "S12"), (Formula("=A1"), "S13")], ids=["error", "formula"]
)
def test_a_cell_without_a_value_of_its_own_is_told(desk: Path, cell: object, code: str):
    write_changes(
        desk / "andaikan.xlsx",
        {"Perubahan": "Kunjungan per hari", "Nama": "Tim 1", "Nilai": cell},
    )
    assert_refused(ask(desk, desk / "andaikan.xlsx"), f"Galat {code} andaikan.xlsx Andaikan!C2")


def test_a_form_of_ones_own_is_read_by_its_headers(desk: Path):
    """Another sheet's name, other columns beside, another order and spelling of the headers."""
    write_intake(
        desk / "usul.xlsx",
        [("setuju?", date(2026, 6, 3), " tim 1", "CUTI"), (None, None, None, None)],
        ("Catatan kami", "DARI", "nama", "Perubahan "),
        sheet="Lembar1",
        above=2,
    )
    answer = ask(desk, desk / "usul.xlsx")
    assert answer.code == 0
    assert "Diandaikan: Cuti; Tim 1; 3 Jun 2026\n" in answer.out


def test_typed_changes_and_forms_are_made_together_in_the_order_given(desk: Path):
    write_changes(
        desk / "andaikan.xlsx",
        cells("Kunjungan per hari", "Tim 1", nilai=1),
        cells("Hari libur", "Rapat kerja", dari=date(2026, 6, 3)),
    )
    answer = ask(desk, "Cuti; Tim 2; 2 Juni 2026", desk / "andaikan.xlsx", "Tim tambahan; Tim 3")
    said = [line for line in answer.out.splitlines() if line.startswith("Diandaikan: ")]
    assert said == [
        "Diandaikan: Cuti; Tim 2; 2 Jun 2026",
        "Diandaikan: Kunjungan per hari; Tim 1; 1",
        "Diandaikan: Hari libur; Rapat kerja; 3 Jun 2026",
        "Diandaikan: Tim tambahan; Tim 3",
    ]


def test_a_list_of_workdays_can_be_typed_as_ketentuan_shows_it():
    change = the_one(typed("Ketentuan; hari_kerja; Senin; Rabu; Jumat"))
    assert change.value == frozenset({0, 2, 4})


@pytest.mark.parametrize(
    "text",
    [
        "Kunjungan per hari; Tim 1; 3; 4",
        "Cuti; Tim 2; 7/12/2026; 8/12/2026; 9/12/2026",
        "Mendesak; U-1; 8/12/2026; Batam; Air Minum; 3; 4",
    ],
)
def test_a_part_too_many_is_refused(text: str):
    assert typed(text)[0] == ()


@pytest.mark.parametrize(
    "text",
    [
        "Tanpa tim; Tim 2; 7 Des 2026; 8 Des 2026",
        "Kunjungan per hari; Semua; tambah 1; 7 Des 2026",
        "Batal cuti; Tim 1; 10 Jun 2026",
        "Tim tambahan; Tim 5; Tim 2; 7 Des 2026",
    ],
)
def test_a_field_that_the_kind_does_not_have_is_refused_or_not_repeated(text: str):
    changes, _ = typed(text)
    assert all("2026" not in change.said for change in changes)


@pytest.mark.parametrize("text", ["Tim tambahan; Tim 1", "Tim tambahan; tim 2; Tim 1"])
def test_an_additional_team_needs_a_name_of_its_own(text: str):
    assert the_fault(typed(text)).header == "Nama"


def test_a_team_that_is_added_can_be_changed_in_the_same_question(desk: Path):
    answer = ask(desk, "Tim tambahan; Tim 5; Tim 2", "Kunjungan per hari; Tim 5; 1")
    assert answer.code == 0


def test_a_model_team_with_a_number_in_its_name_is_found():
    given = reference(teams=[team("Tim 1 Batam"), team("Tim 2 Lingga", visits_per_day=1)])
    raw = typed_change("Tim tambahan; Tim 3; Tim 2 Lingga", given)
    assert the_one(read_changes(raw, given, ())).value == "Tim 2 Lingga"


@pytest.mark.parametrize("way", ["typed", "form"])
def test_a_number_with_a_point_for_thousands_is_read_as_in_every_other_column(way: str):
    read = (
        typed("Kapasitas lab; Air Minum; 1.500")
        if way == "typed"
        else filled(cells("Kapasitas lab", "Air Minum", nilai="1.500"))
    )
    assert the_one(read).value == (False, 1500)


def test_digits_of_another_kind_are_read_as_in_every_other_column_or_refused(desk: Path):
    assert the_one(typed("Kunjungan per hari; Tim 1; ²")).value == (False, 2)
    assert the_one(filled(cells("Kunjungan per hari", "Tim 1", nilai="１２"))).value == (False, 12)
    for odd in ("½", "tambah ²", "Ⅻ"):
        assert_refused(ask(desk, f"Kunjungan per hari; Tim 1; {odd}"), "Galat A01")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Menguasai; Tim 1; Air Minm", "Air Minm"),
        ("Mendesak; U-1; 8/12/2026; Batm; Air Minum; 3", "Batm"),
    ],
)
def test_a_misspelt_name_that_is_typed_is_named_in_its_finding(text: str, name: str):
    assert f"“{name}”" in the_fault(typed(text)).problem


def test_the_remedy_for_days_of_a_holiday_speaks_of_no_leave():
    finding = the_fault(typed("Hari libur; Rapat; 9/12/2026; 7/12/2026"))
    assert "cuti" not in finding.remedy


def test_a_reference_in_place_of_the_form_is_called_no_form_of_changes(desk: Path):
    assert "formulir permintaan" not in ask(desk, desk / "acuan.xlsx").err


def test_what_is_said_of_a_known_urgent_request_is_refused():
    changes, found = typed("Mendesak; p-1; 8/12/2026; Lingga; Udara Ambien; 9")
    assert changes == ()
    assert [(each.kind.code, each.header, each.value) for each in found] == [
        ("P04", "Wilayah", "Lingga"),
        ("P04", "Jenis Contoh Uji", "Udara Ambien"),
        ("P04", "Jumlah Contoh Uji", "9"),
    ]
    assert found[0].problem.startswith("P-1 sudah ada pada formulir, jadi Wilayah “Lingga”")


def test_of_a_held_row_the_place_kind_and_size_have_to_be_said():
    def asked(text: str) -> Read:
        return read_changes(typed_change(text, REFERENCE), REFERENCE, NUMBERS, (), ("H-1",))

    fault = the_fault(asked("Mendesak; h-1; 8/12/2026"))
    assert (fault.kind.code, fault.header) == ("P03", "Nama")
    assert "Wilayah, Jenis Contoh Uji dan Jumlah Contoh Uji belum diketahui" in fault.problem
    fault = the_fault(asked("Mendesak; H-1; 8/12/2026; Batam; 4"))
    assert "jadi Jenis Contoh Uji belum diketahui" in fault.problem
    assert the_one(asked("Mendesak; H-1; 8/12/2026; Batam; Air Minum; 4")).samples == 4


def test_an_intake_or_a_schedule_in_place_of_the_form_is_told_how_to_make_one(desk: Path):
    assert call("run", desk / "permintaan.xlsx", "--output", desk / "o", *DAY).code in (0, 1)
    schedule = next((desk / "o").glob("*/jadwal.xlsx"))
    for given in (desk / "permintaan.xlsx", desk / "acuan.xlsx", schedule):
        said = ask(desk, given).err
        assert "bukan formulir pengandaian" in said
        assert "template --what-if" in said
