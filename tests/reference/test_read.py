"""The acuan workbook: what it may leave out, what is refused, and what is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from labkesmas_batch.commands import inputs
from labkesmas_batch.errors import InputError
from labkesmas_batch.forms import schema, template
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.forms.tables import WorkbookReader
from labkesmas_batch.model.institution import Office
from labkesmas_batch.model.policy import (
    NOT_IN_SOP,
    SETTINGS,
    Policy,
    Rule,
    ShortLead,
    SilentZone,
    rule_source,
)
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.reference.read import CheckedReference, check_reference, holiday_findings
from tests.support.builders import (
    OFFICE_ROWS,
    REFERENCE_ROWS,
    decision,
    policy,
    reference_tables,
    settings,
    write_reference,
)

Rows = list[tuple[object, ...]]
OFFICE = {name.casefold().replace(" ", "_"): rows for name, rows in OFFICE_ROWS.items()}
DECIDED = (("P-1", "P-2", "Surat Kepala 12/2026"), ("P-3", "P-1", None))


def check(**sheets: object) -> CheckedReference:
    """Check a valid reference with some sheets replaced; it is None just where an error is."""
    checked = check_reference(reference_tables(**sheets), "acuan.xlsx")
    assert (checked.reference is None) == any(each.is_error for each in checked.findings)
    return checked


def valid(**sheets: object) -> Reference:
    found = check(**sheets)
    assert found.reference is not None, found.findings
    return found.reference


def codes(checked: CheckedReference) -> list[tuple[str, str, str]]:
    return [(each.kind.code, each.sheet, each.cell) for each in checked.findings]


def changed(sheet: str, at: int, **cells: object) -> Rows:
    """Rows of the valid reference with some cells of one row replaced, named by their position."""
    rows = [list(each) for each in REFERENCE_ROWS[sheet] or OFFICE_ROWS.get(sheet, DECIDED)]
    for position, value in cells.items():
        rows[at][int(position.removeprefix("c"))] = value
    return [tuple(each) for each in rows]


def with_setting(key: str, value: object) -> CheckedReference:
    return check(ketentuan=settings(**{key: value}))


def test_a_complete_reference_is_read_without_findings() -> None:
    checked = check()
    assert checked.findings == ()
    assert valid().policy == policy()


def test_every_sheet_arrives_in_the_model() -> None:
    made = valid()
    first, second = made.teams
    assert (first.name, first.leader, first.members) == ("Tim 1", "Ketua 1", "Anggota 1")
    assert (first.sample_types, first.visits_per_day, first.samples_per_day) == (None, 3, 40)
    assert second.sample_types == {"Air Minum", "Udara Ambien"}
    (leave,) = made.leaves
    assert (leave.team, leave.first, leave.last, leave.why) == (
        "Tim 1",
        date(2026, 6, 10),
        date(2026, 6, 12),
        "Pelatihan",
    )
    lingga = made.regions["Lingga"]
    assert (lingga.travel_days, lingga.departure_days, lingga.transport, lingga.travel_hours) == (
        1,
        {1, 3},
        "Feri",
        6.0,
    )
    water = made.sample_types["Air Minum"]
    assert (water.equipment, water.storage_hours, water.no_sampling_days, water.lab_capacity) == (
        ("Kotak Pendingin",),
        24.0,
        {4},
        40,
    )
    assert [(e.name, e.units, e.valid_until) for e in made.equipment] == [
        ("Kotak Pendingin", 4, None),
        ("High Volume Air Sampler", 1, date(2026, 12, 10)),
    ]
    assert [(t.sample_type, t.parameter, t.amount) for t in made.tariffs] == [
        ("Air Minum", "E. coli", 100_000.0),
        ("Udara Ambien", "PM10", None),
    ]
    assert made.holidays[date(2026, 6, 16)].name == "1 Muharam"
    assert [(o.role, o.name, o.number) for o in made.officials] == [
        ("Kepala", "Nama Kepala", "196501011990031001")
    ]


def test_the_workbook_on_disk_gives_the_same_as_the_tables(tmp_path: Path) -> None:
    book = WorkbookReader(write_reference(tmp_path / "acuan.xlsx"))
    assert check_reference(inputs.reference_tables(book), book.name) == check()


def test_our_own_template_is_read_and_told_to_be_an_example(tmp_path: Path) -> None:
    path = tmp_path / "acuan.xlsx"
    template.write_reference(path, template.reference_rows((2026, 2027)), date(2026, 6, 1))
    checked = check_reference(inputs.reference_tables(WorkbookReader(path)), path.name)
    assert [(code, sheet) for code, sheet, _ in codes(checked)] == [
        ("A10", "Tim"),
        ("A10", "Tim Cuti"),
        ("A10", "Tarif"),
        ("A10", "Pejabat"),
        ("A10", "Instansi"),
        ("A10", "Anggota Tim"),
        ("A10", "Cara Sampling"),
        ("A10", "Teks MoU"),
    ]
    assert checked.reference is not None
    assert checked.reference.policy == policy()
    assert {day.year for day in checked.reference.holidays} == {2026, 2027}


@pytest.mark.parametrize(
    ("sheet", "column"),
    [
        pytest.param(sheet, column, id=f"{sheet.name}: {column.header}")
        for sheet in schema.REFERENCE.sheets
        for column in sheet.columns
    ],
)
def test_a_cell_may_be_blank_unless_the_contract_requires_it(
    sheet: schema.Sheet, column: schema.Column
) -> None:
    rows = changed(sheet.name, 0, **{f"c{sheet.headers.index(column.header)}": None})
    found = check(**{sheet.name.casefold().replace(" ", "_"): rows}).findings
    if column.required:
        assert ("S01", column.header) in [(each.kind.code, each.header) for each in found]
    else:
        assert found == ()


def test_the_required_cells_are_those_of_the_contract() -> None:
    """Names, the dates of leave and holidays, a team's kinds and the values of Ketentuan."""
    required = {
        (sheet.name, column.header)
        for sheet in schema.REFERENCE.sheets
        for column in sheet.columns
        if column.required
    }
    assert required == {
        ("Ketentuan", "Kunci"),
        ("Ketentuan", "Nilai"),
        ("Tim", "Nama Tim"),
        ("Tim", "Jenis Contoh Uji"),
        ("Tim Cuti", "Nama Tim"),
        ("Tim Cuti", "Dari"),
        ("Tim Cuti", "Sampai"),
        ("Wilayah", "Wilayah"),
        ("Jenis Contoh Uji", "Jenis Contoh Uji"),
        ("Peralatan", "Peralatan"),
        ("Tarif", "Jenis Contoh Uji"),
        ("Tarif", "Parameter"),
        ("Hari Libur", "Tanggal"),
        ("Pejabat", "Jabatan"),
        ("Keputusan Pasangan", "No. Permintaan"),
        ("Keputusan Pasangan", "Didahulukan Atas"),
        ("Instansi", "Hal"),
        ("Anggota Tim", "Nama Tim"),
        ("Anggota Tim", "Nama"),
        ("Cara Sampling", "Jenis Contoh Uji"),
        ("Teks MoU", "Pasal"),
        ("Teks MoU", "Isi"),
    }


@pytest.mark.parametrize(
    "name",
    [sheet.name for sheet in schema.REFERENCE.sheets if not (sheet.required or sheet.late)],
)
def test_an_optional_sheet_may_be_missing_and_the_reader_is_told(name: str) -> None:
    key = name.casefold().replace(" ", "_")
    kinds = [("Air Minum",) + (None,) * 4, ("Udara Ambien",) + (None,) * 4]
    checked = check(**{"jenis_contoh_uji": kinds, key: None})
    assert codes(checked) == [("L03", name, "")]
    assert checked.reference is not None


def test_a_workbook_older_than_the_late_sheets_is_read_without_a_word(tmp_path: Path) -> None:
    late = [sheet.name for sheet in schema.REFERENCE.sheets if sheet.late]
    assert late == ["Keputusan Pasangan", "Instansi", "Anggota Tim", "Cara Sampling", "Teks MoU"]
    without = dict.fromkeys((name.casefold().replace(" ", "_") for name in late), None)
    book = WorkbookReader(write_reference(tmp_path / "acuan.xlsx", **without))
    checked = check_reference(inputs.reference_tables(book), book.name)
    assert checked == check() == check(**without)
    assert checked.findings == ()
    assert checked.reference is not None
    assert checked.reference.decisions == ()
    assert checked.reference.office == Office()


def test_what_the_documents_need_arrives_in_the_model() -> None:
    office = valid(**OFFICE).office
    assert [(m.team, m.name, m.number, m.row) for m in office.members] == [
        ("Tim 1", "Ketua 1", "197501012000031001", 2),
        ("Tim 2", "Ketua 2", "197601012001031002", 3),
    ]
    assert (office.methods["Air Minum"].unit, office.methods["Air Minum"].preparation) == (
        "botol",
        "Akses",
    )
    assert [(c.article, c.title, c.row) for c in office.clauses] == [("1", "Tujuan", 2)]
    assert office.facts["Alamat"] == ("Jalan Contoh 1",)
    twice = [("dasar  hukum", "UU A", None), ("Dasar Hukum", "UU B", None), ("Kota", None, None)]
    assert valid(instansi=twice).office.facts == {"Dasar Hukum": ("UU A", "UU B")}


def test_names_of_the_office_sheets_are_spelt_as_in_their_own_sheet() -> None:
    office = valid(
        anggota_tim=[("TIM  1", "Ketua", None, None, None)],
        cara_sampling=[("air minum", "botol", *[None] * 6)],
    ).office
    assert office.members[0].team == "Tim 1"
    assert list(office.methods) == ["Air Minum"]


def test_a_sampling_method_that_comes_twice_is_refused() -> None:
    rows = [("Air Minum", "botol", *[None] * 6), ("air minum", "kaleng", *[None] * 6)]
    assert codes(check(cara_sampling=rows)) == [("A05", "Cara Sampling", "A3")]


@pytest.mark.parametrize(
    "name", [sheet.name for sheet in schema.REFERENCE.sheets if sheet.required]
)
def test_a_workbook_without_a_required_sheet_is_no_reference(name: str, tmp_path: Path) -> None:
    key = name.casefold().replace(" ", "_")
    book = WorkbookReader(write_reference(tmp_path / "lain.xlsx", **{key: None}))
    with pytest.raises(InputError, match=name) as error:
        inputs.reference_tables(book)
    assert "lain.xlsx" in str(error.value)


def test_an_optional_column_may_be_missing() -> None:
    tables = reference_tables()
    kinds = tables["Jenis Contoh Uji"]
    assert isinstance(kinds, RawTable)
    old = {h: at for h, at in kinds.columns.items() if h != "Kapasitas Lab per Hari"}
    rows = tuple(replace(each, cells=(*each.cells[:-1], None)) for each in kinds.rows)
    tables["Jenis Contoh Uji"] = replace(kinds, columns=old, rows=rows)
    checked = check_reference(tables, "acuan.xlsx")
    assert checked.findings == ()
    assert checked.reference is not None
    assert checked.reference.sample_types["Air Minum"].lab_capacity is None


def test_blank_capacities_days_and_dates_mean_no_limit() -> None:
    made = valid(
        tim=[("Tim 1", None, None, "Semua", None, None)],
        tim_cuti=[],
        wilayah=[("Batam",) + (None,) * 4],
        jenis_contoh_uji=[("Air Minum", "Kotak Pendingin", None, None, None)],
        peralatan=[("Kotak Pendingin", None, None)],
        tarif=[],
    )
    assert (made.teams[0].visits_per_day, made.teams[0].samples_per_day) == (None, None)
    place = made.regions["Batam"]
    assert (place.travel_days, place.departure_days, place.travel_hours) == (0, None, None)
    kind = made.sample_types["Air Minum"]
    assert (kind.storage_hours, kind.no_sampling_days, kind.lab_capacity) == (None, set(), None)
    assert (made.equipment[0].units, made.equipment[0].valid_until) == (None, None)


def test_a_capacity_of_zero_is_zero_and_not_without_limit() -> None:
    made = valid(
        tim=changed("Tim", 0, c4=0, c5=0),
        peralatan=changed("Peralatan", 0, c1=0),
        jenis_contoh_uji=changed("Jenis Contoh Uji", 0, c4=0),
    )
    assert (made.teams[0].visits_per_day, made.teams[0].samples_per_day) == (0, 0)
    assert made.equipment[0].units == 0
    assert made.sample_types["Air Minum"].lab_capacity == 0


@pytest.mark.parametrize(("cells", "told"), [(0, []), (1, ["1 sel"]), (3, ["3 sel"])])
def test_made_up_content_of_the_template_is_counted_and_told_once_a_sheet(
    cells: int, told: list[str]
) -> None:
    rows = [("Kepala", f"Nama {n} ({schema.PLACEHOLDER})", None) for n in range(cells)]
    found = check(pejabat=[*rows, ("Bendahara", "Nama", None)]).findings
    assert [each.kind.code for each in found] == ["A10"] * len(told)
    assert all(text in each.problem for text, each in zip(told, found, strict=True))


def test_the_keys_and_defaults_are_those_of_the_contract() -> None:
    assert {setting.key: setting.default for setting in SETTINGS} == {
        "tenggang_permintaan_hari": 21,
        "tenggang_kurang": "kembalikan",
        "selisih_internal_hari": 7,
        "selisih_eksternal_hari": 14,
        "zona_antara": "urut_permintaan",
        "jeda_terbit_hari": 1,
        "horizon_hari": 90,
        "hari_kerja": "Senin-Jumat",
        "umur_permintaan_hari": 90,
        "umur_permintaan_terlama_hari": 365,
        "tanggal_terjauh_hari": 365,
        "cuti_terlama_hari": 100,
        "libur_terjauh_hari": 730,
        "selisih_realisasi_hari": 14,
    }
    assert tuple(setting.key for setting in SETTINGS) == schema.SETTING_KEYS


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("tenggang_permintaan_hari", 0, policy(lead_days=0)),
        ("tenggang_permintaan_hari", "30", policy(lead_days=30)),
        ("tenggang_kurang", "geser", policy(short_lead=ShortLead.SHIFT)),
        ("tenggang_kurang", " GESER ", policy(short_lead=ShortLead.SHIFT)),
        ("selisih_internal_hari", 0, policy(internal_gap=0)),
        ("selisih_internal_hari", 13, policy(internal_gap=13)),
        ("selisih_eksternal_hari", 8, policy(external_gap=8)),
        ("zona_antara", "internal", policy(silent_zone=SilentZone.INTERNAL)),
        ("jeda_terbit_hari", 0, policy(issue_days=0)),
        ("horizon_hari", 365.0, policy(horizon_days=365)),
        ("hari_kerja", "Senin-Sabtu", policy(workdays=frozenset(range(6)))),
        ("hari_kerja", "Senin; Rabu; Jumat", policy(workdays=frozenset({0, 2, 4}))),
        ("hari_kerja", "senin, selasa", policy(workdays=frozenset({0, 1}))),
        ("hari_kerja", "Sabtu-Selasa", policy(workdays=frozenset({5, 6, 0, 1}))),
        ("umur_permintaan_hari", 60, policy(asked_age_days=60)),
        ("umur_permintaan_terlama_hari", 180, policy(most_age_days=180)),
        ("tanggal_terjauh_hari", 200, policy(ahead_days=200)),
        ("cuti_terlama_hari", 30, policy(leave_days=30)),
        ("libur_terjauh_hari", 400, policy(holiday_days=400)),
        ("selisih_realisasi_hari", 7, policy(apart_days=7)),
        ("hari_kerja", "Minggu", policy(workdays=frozenset({6}))),
        ("hari_kerja", "Senin–Kamis; Jum'at", policy(workdays=frozenset(range(5)))),
    ],
)
def test_a_setting_is_taken_from_its_row(key: str, value: object, expected: Policy) -> None:
    checked = with_setting(key, value)
    assert checked.findings == ()
    assert checked.reference is not None
    assert checked.reference.policy == expected


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("tenggang_permintaan_hari", -1),
        ("tenggang_permintaan_hari", 2.5),
        ("tenggang_permintaan_hari", "tiga minggu"),
        ("tenggang_permintaan_hari", date(1900, 1, 21)),
        ("tenggang_kurang", "tolak"),
        ("tenggang_kurang", 1),
        ("selisih_internal_hari", -7),
        ("selisih_eksternal_hari", "14 hari"),
        ("zona_antara", "eksternal"),
        ("jeda_terbit_hari", "-1"),
        ("jeda_terbit_hari", True),
        ("horizon_hari", "∞"),
        ("hari_kerja", "Senin-Jumaat"),
        ("hari_kerja", 5),
        ("hari_kerja", ";"),
    ],
)
def test_a_setting_out_of_range_is_refused_at_its_cell(key: str, value: object) -> None:
    checked = with_setting(key, value)
    at = 2 + schema.SETTING_KEYS.index(key)
    assert codes(checked) == [("A01", "Ketentuan", f"B{at}")]
    assert key in checked.findings[0].problem


@pytest.mark.parametrize(
    "key",
    ["tenggang_permintaan_hari", "selisih_eksternal_hari", "jeda_terbit_hari", "horizon_hari"],
)
def test_a_number_of_days_beyond_the_calendar_is_refused(key: str) -> None:
    assert with_setting(key, 9_999_999).reference is None


def test_ten_years_of_days_are_still_accepted() -> None:
    assert with_setting("horizon_hari", 3660).findings == ()
    assert with_setting("horizon_hari", 3661).reference is None


def test_a_fraction_with_three_decimals_is_no_number_of_thousands() -> None:
    assert with_setting("horizon_hari", 7.125).reference is None


def test_a_blank_setting_is_refused_once() -> None:
    assert codes(with_setting("horizon_hari", None)) == [("S01", "Ketentuan", "B8")]


@pytest.mark.parametrize("key", schema.SETTING_KEYS)
def test_a_missing_setting_has_its_default_and_is_told_unless_it_came_late(key: str) -> None:
    checked = check(ketentuan=[each for each in REFERENCE_ROWS["Ketentuan"] if each[0] != key])
    late = next(setting.late for setting in SETTINGS if setting.key == key)
    assert [each.kind.code for each in checked.findings] == ([] if late else ["A02"])
    assert all(key in each.problem for each in checked.findings)
    assert checked.reference is not None
    assert checked.reference.policy == policy()


def test_a_ketentuan_without_any_row_is_told() -> None:
    checked = check(ketentuan=[])
    assert [each.kind.code for each in checked.findings] == ["A02"] * 8


def test_an_unknown_setting_is_told_with_a_suggestion() -> None:
    rows = [*REFERENCE_ROWS["Ketentuan"], ("horison_hari", 10, None), ("xyz", 1, None)]
    checked = check(ketentuan=rows)
    assert codes(checked) == [("A03", "Ketentuan", "A16"), ("A03", "Ketentuan", "A17")]
    assert "Maksud Anda “horizon_hari”?" in checked.findings[0].problem
    assert "Maksud" not in checked.findings[1].problem
    assert checked.reference is not None


@pytest.mark.parametrize("again", ["horizon_hari", "HORIZON_HARI "])
def test_a_setting_given_twice_is_refused(again: str) -> None:
    checked = check(ketentuan=[*REFERENCE_ROWS["Ketentuan"], (again, 30, None)])
    assert codes(checked) == [("A05", "Ketentuan", "A16")]
    assert "baris 8" in checked.findings[0].problem


@pytest.mark.parametrize(
    ("inner", "outer", "fine"), [(7, 14, True), (13, 14, True), (14, 14, False), (15, 14, False)]
)
def test_gaps_that_meet_or_cross_are_refused(inner: int, outer: int, fine: bool) -> None:
    rows = settings(selisih_internal_hari=inner, selisih_eksternal_hari=outer)
    assert codes(check(ketentuan=rows)) == ([] if fine else [("A04", "Ketentuan", "B4")])


def test_a_gap_that_crosses_the_default_of_a_missing_one_is_refused() -> None:
    rows = [
        each for each in settings(selisih_internal_hari=20) if each[0] != "selisih_eksternal_hari"
    ]
    assert {code for code, _, _ in codes(check(ketentuan=rows))} == {"A02", "A04"}


@pytest.mark.parametrize(
    ("silent_zone", "threshold"), [(SilentZone.FIRST_COME, 7), (SilentZone.INTERNAL, 13)]
)
def test_one_threshold_follows_from_the_setting_for_the_silent_days(
    silent_zone: SilentZone, threshold: int
) -> None:
    assert policy(silent_zone=silent_zone).threshold == threshold


@pytest.mark.parametrize(
    ("internal", "external", "said"),
    [(7, 14, "8 s.d. 13 hari"), (7, 9, "8 hari"), (7, 8, "tidak ada")],
)
def test_the_days_of_which_the_sop_says_nothing(internal: int, external: int, said: str) -> None:
    assert policy(internal_gap=internal, external_gap=external).silent_days == said


@pytest.mark.parametrize(
    ("reading", "said"),
    [(SilentZone.FIRST_COME, "yang datang dahulu"), (SilentZone.INTERNAL, "Internal")],
)
def test_ketentuan_says_who_goes_first_in_the_silent_days(reading: SilentZone, said: str) -> None:
    source, text = rule_source(Rule.SILENT, policy(silent_zone=reading))
    assert source == NOT_IN_SOP
    assert text.endswith(f": {said} didahulukan.")


def test_each_rule_of_the_sop_names_its_step_and_says_something() -> None:
    for rule in Rule:
        source, text = rule_source(rule, policy())
        assert source.startswith(("langkah", NOT_IN_SOP)), rule
        assert text.endswith("."), rule


def test_every_setting_of_the_sop_names_its_rule() -> None:
    by_key = {setting.key: setting.rule for setting in SETTINGS}
    assert by_key["tenggang_permintaan_hari"] is Rule.LEAD
    assert by_key["tenggang_kurang"] is Rule.REVIEW
    assert by_key["selisih_internal_hari"] is Rule.CLAUSE_7A
    assert by_key["selisih_eksternal_hari"] is Rule.CLAUSE_7B
    assert by_key["zona_antara"] is Rule.SILENT


@pytest.mark.parametrize(
    ("sheet", "again"),
    [
        ("Tim", ("TIM  1", None, None, "Semua", None, None)),
        ("Wilayah", ("batam ", 0, None, None, None)),
        ("Jenis Contoh Uji", ("Air minum", None, None, None, None)),
    ],
)
def test_a_name_written_twice_is_refused_with_the_other_row(
    sheet: str, again: tuple[object, ...]
) -> None:
    key = sheet.casefold().replace(" ", "_")
    checked = check(**{key: [*REFERENCE_ROWS[sheet], again]})
    assert codes(checked) == [("A05", sheet, "A4")]
    assert "baris 2" in checked.findings[0].problem


def test_equipment_may_stand_on_several_rows() -> None:
    rows = [*REFERENCE_ROWS["Peralatan"], ("Kotak Pendingin", 2, date(2026, 7, 1))]
    assert len(valid(peralatan=rows).equipment) == 3


def test_a_team_for_an_unknown_kind_is_refused_with_a_suggestion() -> None:
    checked = check(tim=changed("Tim", 1, c3="Air Minum; Udara Ambient; Tanah"))
    assert codes(checked) == [("A06", "Tim", "D3"), ("A06", "Tim", "D3")]
    assert "Maksud Anda “Udara Ambien”?" in checked.findings[0].problem
    assert checked.findings[1].value == "Tanah"


@pytest.mark.parametrize(
    ("typed", "types"),
    [
        ("Semua", None),
        (" SEMUA ", None),
        ("Air Minum; semua", None),
        ("air minum", {"Air Minum"}),
        ("Udara  Ambien;AIR MINUM;", {"Air Minum", "Udara Ambien"}),
        ("Air Minum\nUdara Ambien", {"Air Minum", "Udara Ambien"}),
    ],
)
def test_the_competence_of_a_team_is_a_list_or_all(typed: str, types: set[str] | None) -> None:
    assert valid(tim=changed("Tim", 1, c3=typed)).teams[1].sample_types == types


def test_equipment_that_is_not_listed_is_refused_with_a_suggestion() -> None:
    checked = check(jenis_contoh_uji=changed("Jenis Contoh Uji", 0, c1="Kotak Pendinginn; Bor"))
    assert codes(checked) == [("A06", "Jenis Contoh Uji", "B2")] * 2
    assert "Maksud Anda “Kotak Pendingin”?" in checked.findings[0].problem


def test_equipment_is_named_as_in_its_own_sheet_and_once() -> None:
    rows = changed("Jenis Contoh Uji", 0, c1="KOTAK pendingin; Kotak Pendingin")
    assert valid(jenis_contoh_uji=rows).sample_types["Air Minum"].equipment == ("Kotak Pendingin",)


@pytest.mark.parametrize(
    ("sheet", "row"),
    [
        ("Tim Cuti", ("Tim 9", date(2026, 6, 1), date(2026, 6, 2), None)),
        ("Tarif", ("Tanah", "Pb", 1, None)),
    ],
)
def test_a_row_about_an_unknown_team_or_kind_is_refused(
    sheet: str, row: tuple[object, ...]
) -> None:
    key = sheet.casefold().replace(" ", "_")
    assert codes(check(**{key: [row]})) == [("S10", sheet, "A2")]


def test_names_are_taken_over_in_the_spelling_of_their_own_sheet() -> None:
    made = valid(
        tim_cuti=[("tim 2", date(2026, 6, 1), date(2026, 6, 2), None)],
        tarif=[("AIR MINUM", "pH", 1, None)],
    )
    assert (made.leaves[0].team, made.tariffs[0].sample_type) == ("Tim 2", "Air Minum")


def test_a_kind_that_nobody_samples_is_told_and_not_refused() -> None:
    checked = check(tim=[("Tim 1", None, None, "Air Minum", None, None)])
    assert codes(checked) == [("A07", "Jenis Contoh Uji", "A3")]
    assert checked.reference is not None


def test_a_reference_without_teams_says_so_for_every_kind() -> None:
    checked = check(tim=[], tim_cuti=[])
    assert [code for code, _, _ in codes(checked)] == ["A07", "A07"]


def test_decisions_arrive_in_the_model_with_the_place_where_they_stand(tmp_path: Path) -> None:
    expected = (
        decision("P-1", "P-2", "Surat Kepala 12/2026", row=2),
        decision("P-3", "P-1", "", row=3),
    )
    assert valid(keputusan_pasangan=DECIDED).decisions == expected
    book = WorkbookReader(write_reference(tmp_path / "acuan.xlsx", keputusan_pasangan=DECIDED))
    checked = check_reference(inputs.reference_tables(book), book.name)
    assert checked.findings == ()
    assert checked.reference is not None
    assert checked.reference.decisions == expected


def test_a_blank_row_between_decisions_shifts_no_row_number(tmp_path: Path) -> None:
    rows = [DECIDED[0], (None, None, None), DECIDED[1]]
    book = WorkbookReader(write_reference(tmp_path / "acuan.xlsx", keputusan_pasangan=rows))
    checked = check_reference(inputs.reference_tables(book), book.name)
    assert checked.reference is not None
    assert [each.row for each in checked.reference.decisions] == [2, 4]


def test_a_number_that_excel_holds_as_a_number_is_still_a_request_number() -> None:
    (made,) = valid(keputusan_pasangan=[(12.0, "'7", None)]).decisions
    assert (made.first, made.second) == ("12", "7")


@pytest.mark.parametrize("again", ["P-1", "p-1", " P-1 ", "'P-1", "Ｐ-1"])
def test_a_request_cannot_go_before_itself_however_it_is_written(again: str) -> None:
    checked = check(keputusan_pasangan=[DECIDED[0], ("P-1", again, None)])
    assert codes(checked) == [("A13", "Keputusan Pasangan", "B3")]
    assert checked.findings[0].problem.startswith(again.strip(" '"))


def test_a_pair_may_stand_twice_and_numbers_need_no_request_yet() -> None:
    checked = check(keputusan_pasangan=[DECIDED[0], DECIDED[0], ("X-1", "X-2", None)])
    assert checked.findings == ()


def test_a_number_that_excel_made_a_date_of_is_refused_at_its_cell() -> None:
    checked = check(keputusan_pasangan=[("P-1", date(2026, 6, 1), None)])
    assert codes(checked) == [("S17", "Keputusan Pasangan", "B2")]


@pytest.mark.parametrize(
    ("first", "last", "fine"),
    [(10, 12, True), (10, 10, True), (10, 9, False)],
)
def test_leave_that_ends_before_it_begins_is_refused(first: int, last: int, fine: bool) -> None:
    rows = [("Tim 1", date(2026, 6, first), date(2026, 6, last), None)]
    assert codes(check(tim_cuti=rows)) == ([] if fine else [("A08", "Tim Cuti", "C2")])


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        (None, None),
        ("Senin", {0}),
        ("Selasa; Kamis", {1, 3}),
        ("Selasa, Kamis", {1, 3}),
        ("Senin-Rabu", {0, 1, 2}),
        ("senin; senin", {0}),
        ("Jum'at", {4}),
    ],
)
def test_departure_days_are_a_list_of_day_names(typed: str | None, days: set[int] | None) -> None:
    assert valid(wilayah=changed("Wilayah", 1, c2=typed)).regions["Lingga"].departure_days == days


def test_days_without_sampling_are_a_list_of_day_names() -> None:
    rows = changed("Jenis Contoh Uji", 0, c3="Kamis; Jumat")
    assert valid(jenis_contoh_uji=rows).sample_types["Air Minum"].no_sampling_days == {3, 4}


@pytest.mark.parametrize(
    ("sheet", "at", "value", "found"),
    [
        ("Wilayah", "c2", "Senen", ("S14", "C2")),
        ("Wilayah", "c1", "satu", ("S07", "B2")),
        ("Wilayah", "c1", 0.5, ("S08", "B2")),
        ("Wilayah", "c1", -1, ("S09", "B2")),
        ("Wilayah", "c1", 31, ("S15", "B2")),
        ("Wilayah", "c4", -1, ("S09", "E2")),
        ("Tim", "c4", "banyak", ("S07", "E2")),
        ("Peralatan", "c2", "31/02/2027", ("S03", "C2")),
        ("Hari Libur", "c0", "16/06/26", ("S04", "A2")),
        ("Hari Libur", "c0", "minggu depan", ("S02", "A2")),
        ("Hari Libur", "c2", "Libur Bersama", ("S10", "C2")),
        ("Tarif", "c2", "gratis", ("S07", "C2")),
    ],
)
def test_cells_are_read_with_the_same_care_as_in_the_form(
    sheet: str, at: str, value: object, found: tuple[str, str]
) -> None:
    key = sheet.casefold().replace(" ", "_")
    checked = check(**{key: changed(sheet, 0, **{at: value})})
    assert [(code, cell) for code, _, cell in codes(checked)] == [found]


def test_a_holiday_written_twice_is_one_day_off() -> None:
    rows = [
        (date(2026, 6, 16), "1 Muharam", "Libur Nasional", None),
        ("16/06/2026", "Lagi", "Cuti Bersama", None),
    ]
    made = valid(hari_libur=rows)
    assert [(each.day, each.name) for each in made.holidays.values()] == [
        (date(2026, 6, 16), "1 Muharam")
    ]


@pytest.mark.parametrize("kind", ["Libur Nasional", "cuti bersama", "LIBUR DAERAH", None])
def test_the_three_kinds_of_holiday_are_known_and_may_be_blank(kind: str | None) -> None:
    assert valid(hari_libur=[(date(2026, 6, 16), None, kind, None)]).holidays


def years(made: Reference, first: date, last: date) -> list[str]:
    found = holiday_findings(made, "acuan.xlsx", first, last)
    assert all(each.kind.code == "A09" and not each.is_error for each in found)
    return [each.value for each in found]


def test_each_planned_year_without_a_holiday_is_told() -> None:
    made = valid()
    assert years(made, date(2026, 1, 1), date(2026, 12, 31)) == []
    assert years(made, date(2026, 12, 31), date(2027, 1, 1)) == ["2027"]
    assert years(made, date(2025, 12, 1), date(2027, 2, 1)) == ["2025", "2027"]


def test_all_findings_of_all_sheets_are_told_together() -> None:
    checked = check(
        ketentuan=settings(horizon_hari=-1),
        tim=changed("Tim", 1, c3="Tanah"),
        tim_cuti=[("Tim 1", date(2026, 6, 2), date(2026, 6, 1), None)],
        wilayah=changed("Wilayah", 0, c1="x"),
    )
    assert [(code, sheet) for code, sheet, _ in codes(checked)] == [
        ("A01", "Ketentuan"),
        ("A06", "Tim"),
        ("A08", "Tim Cuti"),
        ("S07", "Wilayah"),
    ]


@pytest.mark.parametrize(
    ("sheet", "rejected"),
    [("tim_cuti", True), ("tarif", True), ("anggota_tim", False), ("cara_sampling", False)],
)
def test_a_row_of_a_name_that_is_gone_is_an_error_only_where_the_schedule_needs_it(
    sheet: str, rejected: bool
) -> None:
    """The guide and Petunjuk say so of these four."""
    rows: dict[str, object] = {
        "tim_cuti": ("Tim Lama", date(2026, 6, 9), date(2026, 6, 9), None),
        "tarif": ("Jenis Lama", "E. coli", 1_000, None),
        "anggota_tim": ("Tim Lama", "Petugas", None, None, None),
        "cara_sampling": {"Jenis Contoh Uji": "Jenis Lama"},
    }
    checked = check(**{sheet: [rows[sheet]]})
    found = [each for each in checked.findings if "Lama" in str(each.value)]
    assert found
    assert any(each.is_error for each in found) is rejected
    assert rejected or {each.kind.code for each in found} == {"A15"}
