"""The blank templates: what staff see, what Excel checks for them, and that they read back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from examples.make import make
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.schema import Column, Type
from tests.support.builders import row, write_intake, write_reference
from tests.support.dump import EXAMPLE_DATE, ROOT, call, records

DAY = ("--date", EXAMPLE_DATE)
WORKBOOKS = (schema.INTAKE, schema.REFERENCE, schema.WHAT_IF)
FORMS = [(workbook, sheet) for workbook in WORKBOOKS for sheet in workbook.sheets]
NAMES = [f"{workbook.file} {sheet.name}" for workbook, sheet in FORMS]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("templat")
    assert call("template", "--output", made / "formulir", *DAY).code == 0
    return made / "formulir"


@pytest.fixture(scope="module")
def supposed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The blank form of supposed changes, alone in its folder."""
    made = tmp_path_factory.mktemp("andaikan")
    assert call("template", "--what-if", "--output", made, *DAY).code == 0
    return made / "andaikan.xlsx"


@pytest.fixture(scope="module")
def books(folder: Path, supposed: Path) -> dict[str, Workbook]:
    paths = (folder / "permintaan.xlsx", folder / "acuan.xlsx", supposed)
    return {path.name: load_workbook(path) for path in paths}


def validation(sheet: Worksheet, column: int) -> DataValidation | None:
    """The one rule of a column's first cell."""
    rules = [
        rule
        for rule in sheet.data_validations.dataValidation
        if sheet.cell(2, column).coordinate in rule.sqref
    ]
    assert len(rules) <= 1
    return rules[0] if rules else None


def column_format(sheet: Worksheet, column: int) -> str:
    """The number format that a cell of the column has as soon as somebody types into it."""
    return next(
        each.number_format
        for each in sheet.column_dimensions.values()
        if each.min <= column <= each.max
    )


def columns(book: Workbook, sheet: schema.Sheet) -> Iterator[tuple[int, Column]]:
    assert [cell.value for cell in book[sheet.name][1]] == list(sheet.headers)
    return enumerate(sheet.columns, start=1)


def choices(book: Workbook, name: str) -> list[object]:
    """The items of a dropdown's defined name."""
    sheet, area = next(iter(book.defined_names[name].destinations))
    return [cell.value for (cell,) in book[sheet][area] if cell.value is not None]


def test_both_templates_are_written_and_named(folder: Path, books: dict[str, Workbook]):
    assert sorted(path.name for path in folder.iterdir()) == ["acuan.xlsx", "permintaan.xlsx"]
    assert books["permintaan.xlsx"].sheetnames == ["Petunjuk", "Permintaan", "Daftar"]
    names = [sheet.name for sheet in schema.REFERENCE.sheets]
    assert books["acuan.xlsx"].sheetnames == ["Petunjuk", *names, "Daftar"]


def test_the_form_of_changes_is_written_alone_and_has_no_row(
    supposed: Path, books: dict[str, Workbook]
):
    assert [path.name for path in supposed.parent.iterdir()] == ["andaikan.xlsx"]
    assert books["andaikan.xlsx"].sheetnames == ["Petunjuk", "Andaikan", "Daftar"]
    assert records(books["andaikan.xlsx"]["Andaikan"]) == []


def test_the_form_opens_in_front_and_the_lists_are_hidden(books: dict[str, Workbook]):
    assert books["permintaan.xlsx"].active.title == "Permintaan"
    assert books["andaikan.xlsx"].active.title == "Andaikan"
    for book in books.values():
        assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["Daftar"]


@pytest.mark.parametrize("workbook", WORKBOOKS, ids=lambda w: w.file)
def test_template_id_and_version_are_inside(workbook: schema.Workbook, books: dict[str, Workbook]):
    book = books[workbook.file]
    assert [book["Daftar"]["A1"].value, book["Daftar"]["B1"].value] == [
        workbook.id,
        workbook.version,
    ]
    marks = {each.name: each.value for each in book.custom_doc_props.props}
    assert marks == {"template": f"{workbook.id}/{workbook.version}"}


@pytest.mark.parametrize(("workbook", "sheet"), FORMS, ids=NAMES)
def test_every_header_says_what_belongs_there_and_stays_in_view(
    workbook: schema.Workbook, sheet: schema.Sheet, books: dict[str, Workbook]
):
    form = books[workbook.file][sheet.name]
    assert form.freeze_panes == "B2"
    assert form.print_title_rows == "$1:$1"
    assert int(form.page_setup.paperSize) == 9
    for at, column in columns(books[workbook.file], sheet):
        comment = form.cell(1, at).comment.text
        assert column.meaning in comment
        assert ("Wajib diisi." if column.required else "Boleh kosong.") in comment


def test_the_guide_names_every_column_and_fits_the_page(books: dict[str, Workbook]):
    for workbook in WORKBOOKS:
        guide = books[workbook.file]["Petunjuk"]
        said = {str(cell.value) for line in guide.iter_rows() for cell in line if cell.value}
        for sheet in workbook.sheets:
            assert set(sheet.headers) <= said
        page = guide.page_setup
        assert int(page.paperSize) == 9
        assert page.fitToWidth in (None, 1)  # 1 is what Excel takes where nothing is written
        # All sheets of the reference on one page would be too small to read.
        assert page.fitToHeight in ((None, 1) if workbook.file != "acuan.xlsx" else (0,))
        assert guide.sheet_properties.pageSetUpPr.fitToPage


def test_the_guide_of_the_form_offers_the_names_that_the_reference_knows(
    books: dict[str, Workbook],
):
    guide, known = books["permintaan.xlsx"]["Petunjuk"], books["acuan.xlsx"]
    said = {str(line[1].value): str(line[2].value) for line in guide.iter_rows() if line[1].value}
    for sheet in ("Wilayah", "Jenis Contoh Uji"):
        names = [str(each[sheet]) for each in records(known[sheet])]
        assert said[sheet].split("; ") == names
    for kind in names:
        parameters = [
            str(each["Parameter"])
            for each in records(known["Tarif"])
            if each["Jenis Contoh Uji"] == kind
        ]
        assert parameters
        assert said[f"Parameter {kind}"].split("; ") == parameters


def test_the_guide_of_the_reference_leads_to_every_sheet(books: dict[str, Workbook]):
    guide = books["acuan.xlsx"]["Petunjuk"]
    links = [
        cell.hyperlink.location for line in guide.iter_rows() for cell in line if cell.hyperlink
    ]
    assert links == [f"'{sheet.name}'!A1" for sheet in schema.REFERENCE.sheets]


def test_the_guide_of_changes_says_of_each_kind_what_it_needs(books: dict[str, Workbook]):
    guide = books["andaikan.xlsx"]["Petunjuk"]
    said = [str(cell.value) for line in guide.iter_rows() for cell in line if cell.value]
    for kind, needs in schema.CHANGE_KINDS.items():
        assert f"{kind}. {needs}" in said
    assert any("run permintaan.xlsx --what-if andaikan.xlsx" in text for text in said)


@pytest.mark.parametrize(("workbook", "sheet"), FORMS, ids=NAMES)
def test_dates_and_numbers_are_checked_and_dates_have_the_indonesian_format(
    workbook: schema.Workbook, sheet: schema.Sheet, books: dict[str, Workbook]
):
    form = books[workbook.file][sheet.name]
    for at, column in columns(books[workbook.file], sheet):
        rule = validation(form, at)
        if column.type in (Type.DATE, Type.MOMENT):
            assert rule.type == "date"
            assert (rule.operator or "between", rule.formula1) == ("between", "36526")
            assert column_format(form, at) == "[$-421]d mmm yyyy;@"
        if column.type is Type.WHOLE:
            assert (rule.type, rule.operator) == ("whole", "greaterThanOrEqual")
            assert int(rule.formula1) == column.least
        if column.type is Type.DECIMAL:
            assert rule.type == "decimal"


def test_the_intakes_dropdowns_are_defined_names_with_the_references_names(
    books: dict[str, Workbook],
):
    form, acuan = books["permintaan.xlsx"], books["acuan.xlsx"]
    offered = {}
    for at, column in columns(form, schema.REQUESTS):
        rule = validation(form["Permintaan"], at)
        if column.type in (Type.CHOICE, Type.LOOKUP):
            assert rule.type == "list"
            offered[column.header] = choices(form, rule.formula1)
        else:
            assert rule.type != "list"
    assert offered == {
        "Jenis Customer": ["Internal", "Eksternal"],
        "Wilayah": [line["Wilayah"] for line in records(acuan["Wilayah"])],
        "Jenis Contoh Uji": [
            line["Jenis Contoh Uji"] for line in records(acuan["Jenis Contoh Uji"])
        ],
    }


def test_the_dropdowns_of_the_form_of_changes_hold_the_kinds_and_the_references_names(
    books: dict[str, Workbook],
):
    form, acuan = books["andaikan.xlsx"], books["acuan.xlsx"]
    offered = {}
    for at, column in columns(form, schema.CHANGES):
        rule = validation(form["Andaikan"], at)
        if rule is not None and rule.type == "list":
            offered[column.header] = choices(form, rule.formula1)
            assert rule.showErrorMessage
            assert rule.error == "Pilih salah satu dari daftar."
    assert offered == {
        "Perubahan": list(schema.CHANGE_KINDS),
        "Wilayah": [line["Wilayah"] for line in records(acuan["Wilayah"])],
        "Jenis Contoh Uji": [
            line["Jenis Contoh Uji"] for line in records(acuan["Jenis Contoh Uji"])
        ],
    }


def test_a_value_of_a_change_is_not_turned_into_another_type(books: dict[str, Workbook]):
    """“tambah 1”, 4 and internal all stand in one column: no check, and no date format."""
    form = books["andaikan.xlsx"]["Andaikan"]
    at = schema.CHANGES.headers.index("Nilai") + 1
    assert validation(form, at) is None
    assert column_format(form, at) == "General"
    assert "karena +1 disimpan Excel sebagai 1" in form.cell(1, at).comment.text


@pytest.mark.parametrize(("workbook", "sheet"), FORMS, ids=NAMES)
def test_no_dropdown_points_at_cells_of_another_sheet(
    workbook: schema.Workbook, sheet: schema.Sheet, books: dict[str, Workbook]
):
    """Excel moves such a list to an extension that openpyxl drops from the annotated copy."""
    rules = books[workbook.file][sheet.name].data_validations.dataValidation
    lists = [rule.formula1 for rule in rules if rule.type == "list"]
    assert len(lists) >= sum(column.type is Type.CHOICE for column in sheet.columns)
    assert [formula for formula in lists if "!" in formula] == []


def test_a_blank_template_runs_and_its_example_row_is_no_request(folder: Path, tmp_path: Path):
    form = load_workbook(folder / "permintaan.xlsx")["Permintaan"]
    assert form["A2"].value == schema.EXAMPLE_NUMBER
    assert isinstance(form["B2"].value, datetime)
    answer = call("run", folder / "permintaan.xlsx", "--output", tmp_path, "--json", *DAY)
    assert answer.code == 0
    assert set(answer.record["counts"].values()) == {0}
    assert answer.record["files"]["diperiksa"] == []


def test_the_blank_templates_have_no_error_and_say_that_they_are_examples(folder: Path):
    answer = call("check", folder / "permintaan.xlsx", "--json", *DAY)
    assert answer.record["counts"]["galat"] == 0
    said = {(finding["berkas"], finding["kode"]) for finding in answer.record["findings"]}
    assert said == {("permintaan.xlsx", "L02"), ("acuan.xlsx", "A10")}


def test_the_example_row_may_stay_above_real_ones(folder: Path, tmp_path: Path):
    book = load_workbook(folder / "permintaan.xlsx")
    request = row("P-1") | {"Tanggal Permintaan": date(2026, 11, 2)}
    for at, header in enumerate(schema.REQUESTS.headers, start=1):
        book["Permintaan"].cell(3, at).value = request.get(header)
    book.save(tmp_path / "permintaan.xlsx")
    answer = call("run", tmp_path / "permintaan.xlsx", "--output", tmp_path, "--json", *DAY)
    assert (answer.code, answer.record["counts"]["baris"]) == (0, 1)


def test_every_made_up_person_and_tariff_says_replace_me(books: dict[str, Workbook]):
    acuan = books["acuan.xlsx"]
    for sheet, header in (
        ("Tim", "Ketua"),
        ("Tim", "Anggota"),
        ("Tarif", "Dasar"),
        ("Pejabat", "Nama"),
        ("Tim Cuti", "Alasan"),
    ):
        values = [line[header] for line in records(acuan[sheet])]
        assert values
        assert all("contoh, ganti" in str(value) for value in values)


def test_holidays_of_both_years_are_there_with_cuti_bersama(books: dict[str, Workbook]):
    lines = records(books["acuan.xlsx"]["Hari Libur"])
    days = [line["Tanggal"].date() for line in lines]
    assert days == sorted(set(days))
    assert {day.year for day in days} == {2026, 2027}
    assert {date(2026, 1, 1), date(2026, 8, 17), date(2026, 12, 25), date(2027, 8, 17)} <= set(days)
    assert {line["Jenis"] for line in lines} == {"Libur Nasional", "Cuti Bersama"}


def test_the_lists_of_a_given_reference_are_offered(tmp_path: Path):
    acuan = write_reference(
        tmp_path / "acuan.xlsx",
        wilayah=[("Pulau Baru", 0, None, None, None), ("=Aneh", 0, None, None, None)],
    )
    answer = call("template", "--reference", acuan, "--output", tmp_path / "formulir", *DAY)
    assert answer.code == 0
    assert [path.name for path in (tmp_path / "formulir").iterdir()] == ["permintaan.xlsx"]
    book = load_workbook(tmp_path / "formulir" / "permintaan.xlsx")
    assert choices(book, "daftar_wilayah") == ["Pulau Baru", "=Aneh"]
    assert choices(book, "daftar_jenis_contoh_uji") == ["Air Minum", "Udara Ambien"]
    assert {cell.data_type for line in book["Daftar"].iter_rows() for cell in line} <= {"s", "n"}


def test_the_names_of_a_given_reference_are_offered_in_the_form_of_changes(tmp_path: Path):
    acuan = write_reference(
        tmp_path / "acuan.xlsx",
        wilayah=[("Pulau Baru", 0, None, None, None), ("=Aneh", 0, None, None, None)],
    )
    answer = call(
        "template", "--what-if", "--reference", acuan, "--output", tmp_path / "formulir", *DAY
    )
    assert answer.code == 0
    assert [path.name for path in (tmp_path / "formulir").iterdir()] == ["andaikan.xlsx"]
    book = load_workbook(tmp_path / "formulir" / "andaikan.xlsx")
    assert choices(book, "daftar_wilayah") == ["Pulau Baru", "=Aneh"]
    assert choices(book, "daftar_jenis_contoh_uji") == ["Air Minum", "Udara Ambien"]
    assert {cell.data_type for line in book["Daftar"].iter_rows() for cell in line} <= {"s", "n"}


@pytest.mark.parametrize("option", [(), ("--what-if",)], ids=["plain", "what-if"])
def test_a_reference_with_an_error_gives_no_template(tmp_path: Path, option: tuple[str, ...]):
    acuan = write_reference(tmp_path / "acuan.xlsx", wilayah=[("Batam", "dua", None, None, None)])
    answer = call(
        "template", "--reference", acuan, "--output", tmp_path / "formulir", *DAY, *option
    )
    assert (answer.code, answer.out) == (3, "")
    assert "Galat S07 acuan.xlsx Wilayah!B2" in answer.err
    assert not (tmp_path / "formulir").exists()


def test_an_existing_file_is_not_overwritten_and_the_answer_says_so(tmp_path: Path):
    write_intake(tmp_path / "permintaan.xlsx", [row("P-1")])
    before = (tmp_path / "permintaan.xlsx").read_bytes()
    answer = call("template", "--output", tmp_path, *DAY)
    assert answer.code == 0
    assert f"Ditulis: {tmp_path / 'acuan.xlsx'}" in answer.out
    assert f"Sudah ada, tidak ditimpa: {tmp_path / 'permintaan.xlsx'}" in answer.out
    assert (tmp_path / "permintaan.xlsx").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["acuan.xlsx", "permintaan.xlsx"]


def test_a_filled_form_of_changes_is_not_overwritten(tmp_path: Path):
    (tmp_path / "andaikan.xlsx").write_bytes(b"isian orang lain")
    answer = call("template", "--what-if", "--output", tmp_path, *DAY)
    assert answer.code == 0
    assert f"Sudah ada, tidak ditimpa: {tmp_path / 'andaikan.xlsx'}" in answer.out
    assert (tmp_path / "andaikan.xlsx").read_bytes() == b"isian orang lain"
    assert [path.name for path in tmp_path.iterdir()] == ["andaikan.xlsx"]


def test_the_form_of_changes_is_the_same_file_every_time(supposed: Path, tmp_path: Path):
    assert call("template", "--what-if", "--output", tmp_path, *DAY).code == 0
    assert (tmp_path / "andaikan.xlsx").read_bytes() == supposed.read_bytes()


def test_a_blank_form_of_changes_supposes_nothing_and_is_refused(
    folder: Path, supposed: Path, tmp_path: Path
):
    answer = call(
        "run",
        folder / "permintaan.xlsx",
        "--what-if",
        supposed,
        "--output",
        tmp_path / "output",
        *DAY,
    )
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == "Galat: Tidak ada perubahan yang diandaikan pada lembar Andaikan.\n"
    assert not (tmp_path / "output").exists()


def test_a_filled_form_of_changes_answers_the_question(
    folder: Path, supposed: Path, tmp_path: Path
):
    """As staff do it: one row for each kind of cell, in the columns that the form has."""
    book = load_workbook(supposed)
    rows = (
        {"Perubahan": "Kunjungan per hari", "Nama": "Semua", "Nilai": "tambah 1"},
        {"Perubahan": "Cuti", "Nama": "Tim 2", "Dari": date(2026, 12, 7),
         "Sampai": date(2026, 12, 11)},
        {"Perubahan": "Mendesak", "Nama": "U-1", "Dari": date(2026, 12, 8), "Wilayah": "Batam",
         "Jenis Contoh Uji": "Air Minum", "Jumlah Contoh Uji": 3},
        {"Perubahan": "Ketentuan", "Nama": "horizon_hari", "Nilai": 60},
    )  # fmt: skip
    for at, cells in enumerate(rows, start=2):
        for column, header in enumerate(schema.CHANGES.headers, start=1):
            book["Andaikan"].cell(at, column).value = cells.get(header)
    book.save(tmp_path / "andaikan.xlsx")
    answer = call(
        "run",
        folder / "permintaan.xlsx",
        "--what-if",
        tmp_path / "andaikan.xlsx",
        "--output",
        tmp_path / "output",
        "--json",
        *DAY,
    )
    assert answer.code == 0
    assert answer.record["changes"] == [
        "Kunjungan per hari; Semua; tambah 1",
        "Cuti; Tim 2; 7 Des 2026; 11 Des 2026",
        "Mendesak; U-1; 8 Des 2026; Batam; Air Minum; 3",
        "Ketentuan; horizon_hari; 60",
    ]
    assert [each["after"] for each in answer.record["requests"]] == ["2026-12-08"]


def test_the_templates_go_to_input_templates_where_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    assert call("template", *DAY).code == 0
    made = sorted(str(path) for path in Path("input_templates").iterdir())
    assert made == ["input_templates/acuan.xlsx", "input_templates/permintaan.xlsx"]


def test_what_ships_is_what_examples_make_makes(tmp_path: Path):
    make(tmp_path / "input_templates", tmp_path / "data")
    made = {path.name: path.read_bytes() for path in (tmp_path / "input_templates").iterdir()}
    assert set(made) == {"permintaan.xlsx", "acuan.xlsx", "contoh-permintaan.xlsx"}
    shipped = {path.name for path in (ROOT / "input_templates").iterdir()}
    assert shipped == set(made), "input_templates holds the templates and the example only"
    changed = [
        name
        for name, data in made.items()
        if data != (ROOT / "input_templates" / name).read_bytes()
    ]
    assert changed == [], "make them anew: make example"
    packaged = (ROOT / "labkesmas_batch" / "data" / "acuan.xlsx").read_bytes()
    assert packaged == made["acuan.xlsx"], "make it anew: make example"
