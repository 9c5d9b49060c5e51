"""Columns: typed values, one finding a faulty cell, and where each finding stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from labkesmas_batch import findings
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.forms.typed import Typed, fault, parse
from tests.support.builders import HEADERS, row, table

KNOWN = {"Wilayah": ("Batam", "Lingga"), "Jenis Contoh Uji": ("Air Minum",)}
PROPOSED = HEADERS.index("Tanggal Usulan")


def parsed(of: RawTable, sheet: schema.Sheet = schema.REQUESTS) -> Typed:
    return parse(of, sheet, KNOWN)


def codes(typed: Typed) -> list[tuple[str, str]]:
    return [(each.kind.code, each.cell) for each in typed.findings("No. Permintaan")]


def test_a_clean_row_has_typed_values_and_no_findings() -> None:
    typed = parsed(table([row("P-1", parameter="pH; BOD")]))
    assert codes(typed) == []
    assert typed.bad_rows() == set()
    assert typed.columns["Tanggal Permintaan"] == (datetime(2026, 5, 4),)
    assert typed.columns["Jumlah Contoh Uji"] == (2,)
    assert typed.columns["Parameter"] == (("pH", "BOD"),)
    assert typed.columns["Batas Akhir"] == (None,)


def test_every_faulty_cell_is_found_not_only_the_first() -> None:
    faulty = row("P-1", jumlah_contoh_uji=0, wilayah="Jakarta", tanggal_usulan="31/02/2026")
    typed = parsed(table([faulty, row("P-2", tanggal_permintaan=None)]))
    assert codes(typed) == [("S10", "J2"), ("S09", "M2"), ("S03", "N2"), ("S01", "B3")]
    assert typed.bad_rows() == {0, 1}


@pytest.mark.parametrize("column", schema.REQUESTS.columns, ids=lambda column: column.header)
def test_a_blank_cell_is_an_error_in_a_required_column_only(column: schema.Column) -> None:
    typed = parsed(table([row("P-1") | {column.header: " "}]))
    expected = [column.header] if column.required else []
    assert [each.header for each in typed.findings()] == expected
    assert typed.columns[column.header] == (None,)


def test_a_finding_names_file_sheet_row_cell_header_number_and_value() -> None:
    typed = parsed(table([row("P-1"), row("P-2", wilayah="Lingaa")], file="juni.xlsx"))
    (found,) = typed.findings("No. Permintaan")
    assert (found.file, found.sheet, found.row, found.cell) == ("juni.xlsx", "Permintaan", 3, "J3")
    assert (found.header, found.number, found.value) == ("Wilayah", "P-2", "Lingaa")
    assert found.problem == "Wilayah “Lingaa” tidak dikenal. Maksud Anda “Lingga”?"
    assert found.is_error


def test_a_finding_stands_where_the_column_stands_in_the_workbook() -> None:
    moved = replace(table([row(jumlah_contoh_uji=0)]), columns={"Jumlah Contoh Uji": 27})
    assert codes(parsed(moved)) == [("S09", "AB2")]


def test_equal_faulty_cells_each_have_their_own_finding() -> None:
    typed = parsed(table([row(n, wilayah="Jakarta") for n in range(3)]))
    assert codes(typed) == [("S10", "J2"), ("S10", "J3"), ("S10", "J4")]


def test_a_number_and_the_same_text_are_read_apart() -> None:
    rows = [row(1, jumlah_contoh_uji=1), row(2, jumlah_contoh_uji=True), row(3, telepon="81234567")]
    typed = parsed(table([*rows, row(4, telepon=81234567.0)]))
    assert typed.columns["Jumlah Contoh Uji"] == (1, None, 2, 2)
    assert typed.columns["Telepon"] == (None, None, "81234567", "081234567")


@pytest.mark.parametrize("header", ["Tanggal Usulan", "Wilayah"])
def test_an_error_cell_and_a_formula_without_value_are_not_blank(header: str) -> None:
    place = (2, HEADERS.index(header))
    blank = table([row() | {header: ""}])
    for changed, kind in (
        (replace(blank, errors={place: "#REF!"}), findings.CELL_ERROR),
        (replace(blank, uncalculated=frozenset({place})), findings.NOT_CALCULATED),
    ):
        (found,) = parsed(changed).findings()
        assert (found.kind, found.header) == (kind, header)
        assert found.is_error


def test_an_error_belongs_to_its_own_row_only() -> None:
    two = table([row(tanggal_usulan=date(2026, 6, 10)), row(tanggal_usulan="")])
    assert codes(parsed(replace(two, errors={(2, PROPOSED): "#REF!"}))) == []
    assert codes(parsed(replace(two, errors={(3, PROPOSED): "#REF!"}))) == [("S12", "N3")]


def test_a_further_fault_makes_another_table_and_leaves_the_first_as_it_was() -> None:
    typed = parsed(table([row("P-1"), row("P-2")]))
    checked = typed.with_faults([fault(1, "Wilayah", findings.UNKNOWN_CHOICE, "Batam", hint="")])
    assert (codes(typed), codes(checked)) == ([], [("S10", "J3")])
    assert (typed.bad_rows(), checked.bad_rows()) == (set(), {1})


def test_a_warning_keeps_its_value_and_holds_nothing() -> None:
    typed = parsed(table([row(tanggal_usulan=46183)]))
    assert codes(typed) == [("S06", "N2")]
    assert typed.bad_rows() == set()
    assert str(typed.columns["Tanggal Usulan"][0]) == "2026-06-10"


def surplus(of: RawTable, *headers: str, lacks: str = "", sheet: schema.Sheet) -> list[str]:
    """Return the problems told about surplus headers, with one column of the schema missing."""
    columns = {header: at for header, at in of.columns.items() if header != lacks}
    named = tuple((len(columns) + at, header) for at, header in enumerate(headers))
    found = parsed(replace(of, columns=columns, surplus=named), sheet).findings()
    assert {each.kind for each in found} <= {findings.SURPLUS_COLUMN}
    assert not any(each.is_error for each in found)
    return [f"{each.cell} {each.problem}" for each in found]


def test_a_surplus_column_is_named_at_its_header() -> None:
    told = surplus(table([row()]), "Paraf", "Catatan admin", sheet=schema.REQUESTS)
    assert [each.partition(",")[0] for each in told] == [
        "R1 Kolom “Paraf” tidak dikenal",
        "S1 Kolom “Catatan admin” tidak dikenal",
    ]
    assert not any("Maksud Anda" in each for each in told)


def test_a_near_miss_of_a_missing_column_is_suggested() -> None:
    (told,) = surplus(table([row()]), "Bats Akhir", lacks="Batas Akhir", sheet=schema.REQUESTS)
    assert told.endswith("Maksud Anda “Batas Akhir”?")


def test_a_column_that_is_there_is_not_suggested_again() -> None:
    (told,) = surplus(table([row()]), "Bats Akhir", sheet=schema.REQUESTS)
    assert "Maksud Anda" not in told


TEAMS = schema.REFERENCE.sheet("Tim")
TEAM_ROW = ("Tim 1", None, None, "Semua", None, None)


def test_a_near_miss_in_a_sheet_of_the_reference_is_suggested_from_that_sheet() -> None:
    teams = table([TEAM_ROW], TEAMS)
    (told,) = surplus(teams, "Kunjungan perhari", lacks="Kunjungan per Hari", sheet=TEAMS)
    assert told.endswith("Maksud Anda “Kunjungan per Hari”?")


def test_a_near_miss_is_suggested_whatever_the_case_of_the_sheet_name() -> None:
    teams = replace(table([TEAM_ROW], TEAMS), sheet="TIM")
    (told,) = surplus(teams, "Kunjungan perhari", lacks="Kunjungan per Hari", sheet=TEAMS)
    assert told.endswith("Maksud Anda “Kunjungan per Hari”?")


def test_a_near_miss_is_suggested_in_a_form_under_the_name_of_another_sheet() -> None:
    form = replace(table([row()]), sheet="Tim")
    (told,) = surplus(form, "Bats Akhir", lacks="Batas Akhir", sheet=schema.REQUESTS)
    assert told.endswith("Maksud Anda “Batas Akhir”?")


ALL_SHEETS = (*schema.INTAKE.sheets, *schema.REFERENCE.sheets)


@pytest.mark.parametrize("sheet", ALL_SHEETS, ids=lambda sheet: sheet.name)
def test_every_column_of_the_schema_has_a_parser_that_can_be_called(sheet: schema.Sheet) -> None:
    for column in sheet.columns:
        parse_cell = column.parser(("Batam",))
        assert parse_cell("Batam").kind is None or column.type not in (
            schema.Type.TEXT,
            schema.Type.LONG_TEXT,
            schema.Type.LOOKUP,
            schema.Type.NAMES,
        )


@pytest.mark.parametrize("sheet", ALL_SHEETS, ids=lambda sheet: sheet.name)
def test_headers_of_a_sheet_differ_and_are_all_explained(sheet: schema.Sheet) -> None:
    assert len({header.casefold() for header in sheet.headers}) == len(sheet.headers)
    assert all(column.meaning.endswith(".") for column in sheet.columns)


CONTRACT = {
    "Permintaan": "No. Permintaan, Tanggal Permintaan, Jenis Customer, Nama Customer, Alamat, "
    "Narahubung, Telepon, Email, Lokasi Sampling, Wilayah, Jenis Contoh Uji, Parameter, "
    "Jumlah Contoh Uji, Tanggal Usulan, Batas Akhir, Surat Dispensasi, Keterangan",
    "Ketentuan": "Kunci, Nilai, Keterangan",
    "Tim": "Nama Tim, Ketua, Anggota, Jenis Contoh Uji, Kunjungan per Hari, Contoh Uji per Hari",
    "Tim Cuti": "Nama Tim, Dari, Sampai, Alasan",
    "Wilayah": "Wilayah, Hari Perjalanan, Hari Berangkat, Moda, Jam Tempuh",
    "Jenis Contoh Uji": "Jenis Contoh Uji, Peralatan, Waktu Simpan (Jam), Hari Tanpa Pengambilan, "
    "Kapasitas Lab per Hari",
    "Peralatan": "Peralatan, Jumlah Unit, Kalibrasi Berlaku Sampai",
    "Tarif": "Jenis Contoh Uji, Parameter, Tarif (Rp), Dasar",
    "Hari Libur": "Tanggal, Keterangan, Jenis, Dasar",
    "Pejabat": "Jabatan, Nama, NIP",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_the_columns_are_those_of_the_contract(name: str) -> None:
    sheet = next(sheet for sheet in ALL_SHEETS if sheet.name == name)
    assert list(sheet.headers[: CONTRACT[name].count(",") + 1]) == CONTRACT[name].split(", ")


def test_the_required_columns_of_the_form_are_those_of_the_contract() -> None:
    required = [column.header for column in schema.REQUESTS.columns if column.required]
    assert required == [
        "No. Permintaan",
        "Tanggal Permintaan",
        "Jenis Customer",
        "Nama Customer",
        "Lokasi Sampling",
        "Wilayah",
        "Jenis Contoh Uji",
        "Jumlah Contoh Uji",
    ]
