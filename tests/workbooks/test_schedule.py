"""jadwal.xlsx: the contract's sheets, typed cells, print set-up, and counts that reconcile."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from defusedxml.ElementTree import fromstring
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from labkesmas_batch.model.policy import SETTINGS
from tests.support.builders import row, settings, write_intake, write_reference
from tests.support.dump import EXAMPLE, Answer, call, records

SHEETS = ["Ringkasan", "Jadwal", "Kalender", "Prioritas", "Zona Antara", "Dikembalikan", "Antrean",
          "Kesalahan", "Perubahan", "Beban Tim", "Mutu Baku", "Ketentuan", "Jejak"]  # fmt: skip
TABLES = ["Jadwal", "Prioritas", "Dikembalikan", "Antrean", "Kesalahan", "Perubahan", "Ketentuan",
          "Jejak"]  # fmt: skip
JADWAL = [
    "Peringkat", "No. Permintaan", "Nama Customer", "Jenis Customer", "Tanggal Permintaan",
    "Tanggal Efektif", "Tanggal Usulan", "Tanggal Mulai", "Tanggal Selesai", "Tim", "Wilayah",
    "Lokasi Sampling", "Jenis Contoh Uji", "Jumlah Contoh Uji", "Status", "Klausul", "Sebab",
    "Alasan", "Keputusan", "Tanggal Baru", "Tim Baru", "Catatan",
]  # fmt: skip
KESALAHAN = ["Kode", "Tingkat", "Berkas", "Lembar", "Sel", "Kolom", "No. Permintaan", "Nilai",
             "Masalah", "Perbaikan"]  # fmt: skip
INDONESIAN = ("[$-421]d mmm yyyy;@", "[$-421]d mmm yyyy hh:mm;@")
DAY = ("--date", "2026-06-01")
OUTCOMES = ("Terjadwal", "Digeser", "Terkunci", "Dikembalikan", "Antrean", "Ditahan")


def run(
    folder: Path, rows: list[dict[str, object]], name: str = "permintaan.xlsx", **acuan: object
) -> Answer:
    """Schedule a week of these rows with a reference of its own."""
    write_intake(folder / name, rows)
    write_reference(folder / "acuan.xlsx", **acuan)
    return call("run", folder / name, "--output", folder / "output", "--json", *DAY)


def book_of(example_run: Answer) -> Workbook:
    return load_workbook(example_run.record["files"]["jadwal"])


@pytest.fixture(scope="module")
def book(example_run: Answer) -> Workbook:
    return book_of(example_run)


@pytest.fixture(scope="module")
def visits(book: Workbook) -> list[dict[str, object]]:
    return records(book["Jadwal"])


def headers(sheet: Worksheet) -> list[object]:
    return [cell.value for cell in sheet[1]]


def test_the_sheets_that_people_see_stand_in_the_contracts_order(book: Workbook):
    seen = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert seen == SHEETS
    assert book.active.title == "Ringkasan"


@pytest.mark.parametrize(("name", "expected"), [("Jadwal", JADWAL), ("Kesalahan", KESALAHAN)])
def test_the_columns_stand_in_the_contracts_order(book: Workbook, name: str, expected: list[str]):
    assert headers(book[name]) == expected


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("Dikembalikan", ["Hari Kurang", "Tanggal Terdekat", "Sebab", "Alasan"]),
        ("Antrean", ["Sebab", "Tanggal Terdekat", "Alasan", "Keputusan", "Catatan"]),
    ],
)
def test_the_last_columns_say_why_in_the_contracts_order(
    book: Workbook, name: str, last: list[str]
):
    assert headers(book[name])[0] == "No. Permintaan"
    assert headers(book[name])[-len(last) :] == last


def test_only_what_management_fills_in_can_be_typed_into_and_there_is_no_password(book: Workbook):
    asked = {
        "Jadwal": JADWAL[-4:], "Antrean": ["Keputusan", "Catatan"], "Zona Antara": ["Dahulukan"],
    }  # fmt: skip
    for sheet in book:
        assert sheet.protection.sheet, sheet.title
        assert sheet.protection.password is None, sheet.title
        assert not sheet.protection.autoFilter, "filtering stays allowed"
        names = headers(sheet)
        free = [cell for line in sheet.iter_rows() for cell in line if not cell.protection.locked]
        if sheet.title == "Ringkasan":
            signed = {sheet.cell(cell.row, 1).value for cell in free} - {None}
            assert signed == {"Disetujui oleh", "Tanggal", "Tanda tangan"}
            continue
        if sheet.title == "Mutu Baku":
            assert {names[cell.column - 1] for cell in free} == {"Waktu Nyata"}
            continue
        expected = {
            (at, names.index(header) + 1)
            for header in asked.get(sheet.title, ())
            for at in range(2, len(records(sheet)) + 2)
        }
        assert {(cell.row, cell.column) for cell in free} == expected, sheet.title


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_a_frozen_header_a_filter_and_repeats_its_header_on_paper(
    book: Workbook, name: str
):
    sheet = book[name]
    assert re.fullmatch(r"[A-Z]2", sheet.freeze_panes)
    last = sheet.cell(max(sheet.max_row, 2), len(headers(sheet))).coordinate
    if records(sheet):
        ((table, area),) = sheet.tables.items()
        assert table == f"tabel_{name.casefold()}"
        assert sheet.tables[table].autoFilter.ref == area == f"A1:{last}"
        assert [column.name for column in sheet.tables[table].tableColumns] == headers(sheet)
        assert sheet.auto_filter.ref is None  # Excel would repair a sheet with both
    else:
        assert sheet.auto_filter.ref == f"A1:{last}"
    assert sheet.print_title_rows == "$1:$1"


def test_every_sheet_prints_on_a4_with_page_numbers_and_the_sops_number(book: Workbook):
    for sheet in (each for each in book if each.sheet_state == "visible"):
        assert int(sheet.page_setup.paperSize) == 9, sheet.title
        assert "Halaman &P dari &N" in sheet.oddFooter.right.text
        assert "PR/LABKESMAS-BTM/05/5" in sheet.oddHeader.right.text


def test_the_summary_is_set_up_for_one_page(book: Workbook):
    sheet = book["Ringkasan"]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth in (None, 1)
    assert sheet.page_setup.fitToHeight in (None, 1)
    assert sheet.page_setup.orientation == "portrait"
    said = [cell.value for line in sheet.iter_rows() for cell in line]
    assert {"Disetujui oleh", "Tanggal"} <= set(said)


@pytest.mark.parametrize("name", TABLES)
def test_dates_are_real_dates_with_the_indonesian_format(book: Workbook, name: str):
    sheet, seen = book[name], 0
    for column in sheet.iter_cols():
        if not re.match("Tanggal|Batas Akhir", str(column[0].value)):
            continue
        for cell in column[1:]:
            if cell.value is not None:
                assert isinstance(cell.value, datetime), cell
                assert cell.number_format in INDONESIAN, cell
                has_time = cell.value.time() != datetime.min.time()
                assert ("hh:mm" in cell.number_format) == has_time, cell
                seen += 1
    # There is no schedule before the first one, so that Perubahan has no rows yet.
    assert seen or name in ("Kesalahan", "Perubahan", "Ketentuan", "Jejak")


def test_the_run_date_on_the_trail_is_a_real_date(book: Workbook):
    (cell,) = (line[1] for line in book["Jejak"].iter_rows(min_row=2) if "Tanggal" in line[0].value)
    assert cell.value == datetime(2026, 11, 23)
    assert cell.number_format in INDONESIAN


def test_numbers_are_real_numbers(visits: list[dict[str, object]]):
    for visit in visits:
        assert type(visit["Peringkat"]) is int
        assert type(visit["Jumlah Contoh Uji"]) is int


def _formulas(path: Path) -> list[tuple[str, bytes]]:
    """Every formula in a cell, by part; the ranges of charts and dropdowns are none."""
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets
        return [(n, f) for n in sheets for f in re.findall(rb"<f[ />].{0,40}", archive.read(n))]


def test_no_cell_holds_a_formula(example_run: Answer):
    assert _formulas(Path(example_run.record["files"]["jadwal"])) == []


EVIL = ('=HYPERLINK("http://contoh.example";"klik")', "+62 812", "-1+1", "@SUM(1)", "=1+1",
        "https://contoh.example", "mailto:a@contoh.example", "007", "{=1+1}", "'=1")  # fmt: skip


def test_text_that_looks_like_a_formula_a_link_or_a_number_stays_text_everywhere(tmp_path: Path):
    rows = [
        row(
            f"{text} {at}",
            nama_customer=text,
            lokasi_sampling=text,
            alamat=text,
            narahubung=text,
            email=text,
            keterangan=text,
            surat_dispensasi=text,
            parameter=text,
            wilayah="Batam" if at % 2 else text,
            tanggal_usulan=date(2026, 5, 6) if at == 3 else None,
            batas_akhir=date(2026, 6, 1) if at == 5 else None,
        )
        for at, text in enumerate(EVIL)
    ]
    rows[3]["Surat Dispensasi"] = None
    teams = [("=1+1", None, None, "Semua", None, None), ("@Tim", None, None, "Semua", 1, None)]
    answer = run(tmp_path, rows, tim=teams, tim_cuti=[])
    counts = answer.record["counts"]
    assert min(counts["terjadwal"], counts["ditahan"], counts["antrean"]) > 0
    assert counts["dikembalikan"] == 1
    for path in map(Path, (answer.record["files"]["jadwal"], *answer.record["files"]["diperiksa"])):
        assert _formulas(path) == []
        cells = [c for sheet in load_workbook(path) for line in sheet.iter_rows() for c in line]
        texts = [cell for cell in cells if cell.value in EVIL]
        assert len(texts) > len(EVIL)
        for cell in texts:
            assert cell.data_type == "s"
            assert cell.hyperlink is None
    jadwal = records(book_of(answer)["Jadwal"])
    assert {visit["Tim"] for visit in jadwal} <= {"=1+1", "@Tim"}
    assert {visit["Nama Customer"] for visit in jadwal} < set(EVIL)


def test_a_name_that_looks_like_xml_breaks_no_sheet(tmp_path: Path):
    name = "<r>CV Baru & <b></r>"
    answer = run(tmp_path, [row("<r>P-1</r>", nama_customer=name, lokasi_sampling=name)])
    book = book_of(answer)
    assert [line["Nama Customer"] for line in records(book["Jadwal"])] == [name]
    said = [str(cell.value) for line in book["Kalender"].iter_rows() for cell in line]
    assert any(name in text for text in said)
    assert any("<r>P-1</r>" in text for text in said)


def _dropdown(sheet: Worksheet, header: str) -> str:
    column = headers(sheet).index(header) + 1
    place = sheet.cell(2, column).coordinate
    (rule,) = (r for r in sheet.data_validations.dataValidation if place in r.sqref)
    last = sheet.cell(sheet.max_row, column).coordinate
    assert last in rule.sqref
    assert rule.type == "list"
    return str(rule.formula1)


def test_management_chooses_from_the_four_decisions_and_the_teams(book: Workbook):
    assert _dropdown(book["Jadwal"], "Keputusan") == '"Setuju,Ubah,Tunda,Batal"'
    assert _dropdown(book["Jadwal"], "Tim Baru") == "daftar_tim"
    assert [cell.value for cell in book["Daftar"]["A"]] == [
        "Tim",
        "Tim 1",
        "Tim 2",
        "Tim 3",
        "Tim 4",
    ]
    empty = [visit[header] for visit in records(book["Jadwal"]) for header in JADWAL[-4:]]
    assert set(empty) == {None}


@pytest.mark.parametrize("name", ["Tim 1, Batam", 'Tim "Mawar"'])
def test_a_team_name_with_a_comma_or_quote_does_not_break_the_dropdown(tmp_path: Path, name: str):
    teams = [(name, None, None, "Semua", None, None), ("Tim 2", None, None, "Semua", None, None)]
    answer = run(tmp_path, [row("P-1")], tim=teams, tim_cuti=[])
    for rule in book_of(answer)["Jadwal"].data_validations.dataValidation:
        if rule.type == "list" and str(rule.formula1).startswith('"'):
            assert name not in str(rule.formula1)


def _links(example_run: Answer) -> Iterator[tuple[dict[str, object], str, str]]:
    """Every finding with the file and the place in it that its link opens, '' without a link."""
    sheet = book_of(example_run)["Kesalahan"]
    for at, finding in enumerate(records(sheet), start=2):
        link = sheet.cell(at, KESALAHAN.index("Sel") + 1).hyperlink
        yield finding, unquote(link.target) if link else "", link.location if link else ""


def test_every_finding_with_a_cell_links_to_that_cell_of_the_annotated_copy(example_run: Answer):
    (copy,) = map(Path, example_run.record["files"]["diperiksa"])
    marked = load_workbook(copy)
    links = [link for link in _links(example_run) if link[0]["Berkas"] == EXAMPLE.name]
    assert len(links) > 5
    for finding, file, place in links:
        assert file == copy.name
        assert place == f"'{finding['Lembar']}'!{finding['Sel']}"
        said = marked[finding["Lembar"]][finding["Sel"]].comment.text
        assert f"{finding['Tingkat']} {finding['Kode']}: {finding['Masalah']}" in said
        assert finding["Perbaikan"] in said


@pytest.mark.parametrize(
    "name",
    ["permintaan pekan 1 & 2 (baru).xlsx", "Pak Budi's été 100%.xlsx", "permintaan #1.xlsx"],
)
def test_links_work_whatever_the_intake_is_called(tmp_path: Path, name: str):
    answer = run(tmp_path, [row("P-1", wilayah="Batm")], name)
    ((_, file, place),) = _links(answer)
    assert (file, place) == (f"{Path(name).stem}-diperiksa.xlsx", "'Permintaan'!J2")
    assert (answer.folder / file).is_file()


def test_a_sheet_name_with_an_apostrophe_is_quoted_in_the_link(tmp_path: Path):
    write_intake(tmp_path / "p.xlsx", [row("P-1", wilayah="Batm")], sheet="Data Jum'at")
    write_reference(tmp_path / "acuan.xlsx")
    answer = call("run", tmp_path / "p.xlsx", "--output", tmp_path / "output", "--json", *DAY)
    ((_, file, place),) = _links(answer)
    assert (file, place) == ("p-diperiksa.xlsx", "'Data Jum''at'!J2")


def test_a_finding_about_the_reference_has_no_link(tmp_path: Path):
    kinds = [("Air Minum", None, None, None, None), ("Udara Ambien", None, None, None, None)]
    teams = [("Tim 1", None, None, "Air Minum", None, None)]
    answer = run(tmp_path, [row("P-1")], jenis_contoh_uji=kinds, tim=teams)
    ((finding, file, place),) = _links(answer)
    assert (finding["Kode"], finding["Berkas"]) == ("A07", "acuan.xlsx")
    assert (file, place) == ("", "")


def _outcomes(sheet: Worksheet) -> dict[object, list[int]]:
    """The table of counts on Ringkasan, by its left column."""
    (corner,) = (c for line in sheet.iter_rows() for c in line if c.value == "Hasil")
    lines = sheet.iter_rows(
        min_row=corner.row,
        max_row=corner.row + 7,
        min_col=corner.column,
        max_col=corner.column + 4,
        values_only=True,
    )
    assert next(lines) == ("Hasil", "Internal", "Eksternal", "Tidak terbaca", "Jumlah")
    return {name: list(counts) for name, *counts in lines}


def test_the_summarys_counts_reconcile_with_each_other_and_with_every_sheet(
    example_run: Answer, book: Workbook, visits: list[dict[str, object]]
):
    table = _outcomes(book["Ringkasan"])
    assert tuple(table) == (*OUTCOMES, "Baris yang dibaca")
    for internal, external, unknown, total in table.values():
        assert internal + external + unknown == total
    columns = zip(*(table[name] for name in OUTCOMES), strict=True)
    assert [sum(column) for column in columns] == table["Baris yang dibaca"]
    counts = example_run.record["counts"]
    assert {name.lower(): table[name][-1] for name in OUTCOMES} == {
        name.lower(): counts[name.lower()] for name in OUTCOMES
    }
    by_class = Counter((visit["Status"], visit["Jenis Customer"]) for visit in visits)
    for status in ("Terjadwal", "Digeser"):
        assert table[status][:2] == [by_class[status, c] for c in ("Internal", "Eksternal")]
    for name in ("Dikembalikan", "Antrean"):
        assert table[name][-1] == len(records(book[name]))
    trail = {line["Hal"]: line["Nilai"] for line in records(book["Jejak"])}
    assert {name: trail[f"Jumlah {name}"] for name in counts} == counts


def test_the_charts_figures_are_the_visits(book: Workbook, visits: list[dict[str, object]]):
    sheet = book["Ringkasan"]
    cells = {str(c.value): c for line in sheet.iter_rows() for c in line if c.value is not None}
    weeks = _below(sheet, cells["Pekan mulai Senin"], 3)
    monday = Counter(
        v["Tanggal Mulai"].date() - timedelta(v["Tanggal Mulai"].weekday()) for v in visits
    )
    assert [internal + external for _, internal, external in weeks] == [
        monday[day] for day in sorted(monday)
    ]
    teams = {team: (count, samples) for team, count, samples in _below(sheet, cells["Tim"], 3)}
    by_team = Counter(visit["Tim"] for visit in visits)
    assert {team: count for team, (count, _) in teams.items() if count} == dict(by_team)
    assert sum(samples for _, samples in teams.values()) == sum(
        visit["Jumlah Contoh Uji"] for visit in visits
    )


def _below(sheet: Worksheet, header: object, width: int) -> list[tuple[object, ...]]:
    found = []
    for line in sheet.iter_rows(
        min_row=header.row + 1,
        min_col=header.column,
        max_col=header.column + width - 1,
        values_only=True,
    ):
        if line[0] is None:
            break
        found.append(line)
    return found


def test_every_ranked_request_stands_once_on_prioritas_and_on_jadwal_or_antrean(
    book: Workbook, visits: list[dict[str, object]]
):
    ranked = records(book["Prioritas"])
    assert [line["Peringkat"] for line in ranked] == list(range(1, len(ranked) + 1))
    placed = visits + records(book["Antrean"])
    place = {line["No. Permintaan"]: line["Peringkat"] for line in placed}
    assert len(place) == len(placed)
    assert place == {line["No. Permintaan"]: line["Peringkat"] for line in ranked}
    for upper, lower in pairwise(ranked):
        assert upper["Di Bawahnya"] == lower["No. Permintaan"]
        assert lower["Di Atasnya"] == upper["No. Permintaan"]
        assert upper["Klausul terhadap Bawah"] == lower["Klausul terhadap Atas"]
        assert upper["Tanggal Efektif"] <= lower["Tanggal Efektif"]
    assert [visit["Peringkat"] for visit in visits] == sorted(v["Peringkat"] for v in visits)


def test_every_visit_stands_on_the_calendar_on_its_days_in_its_teams_rows(
    book: Workbook, visits: list[dict[str, object]]
):
    months = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
    shown: set[tuple[str, str, date]] = set()
    days: list[date] = []
    year, team = 0, ""
    for line in book["Kalender"].iter_rows(min_row=3, values_only=True):
        first = str(line[0] or "")
        if first.startswith("Pekan "):
            year, team, days = int(first[-4:]), "", []
        elif first == "Tim":
            for text in line[1:8]:
                day, month = re.search(r"(\d+) (\w{3})", str(text)).groups()
                days.append(date(year, months.index(month) + 1, int(day)))
        elif days:
            team = first or team
            for day, cell in zip(days, line[1:8], strict=True):
                if number := re.match(r"(?:→ )?(P-\d+)\b", str(cell or "")):
                    shown.add((number[1], team, day))
    expected = {
        (str(v["No. Permintaan"]), str(v["Tim"]), v["Tanggal Mulai"].date() + timedelta(step))
        for v in visits
        for step in range((v["Tanggal Selesai"] - v["Tanggal Mulai"]).days + 1)
    }
    assert shown == expected
    assert len(expected) > len(visits)


def test_every_reason_stands_beside_a_sentence_and_a_clause(visits: list[dict[str, object]]):
    for visit in visits:
        assert (visit["Sebab"] is not None) == (visit["Status"] == "Digeser")
        assert str(visit["Alasan"]).endswith(".")
        assert visit["Klausul"] in visit["Alasan"]


def test_the_rules_in_force_are_the_references(tmp_path: Path):
    changed = settings(
        tenggang_permintaan_hari=14,
        zona_antara="internal",
        selisih_eksternal_hari=12,
        horizon_hari=60,
    )
    sheet = book_of(run(tmp_path, [row("P-1")], ketentuan=changed))["Ketentuan"]
    rules = records(sheet)
    assert {line["Aturan"] for line in rules} >= {
        "R-TENGGANG",
        "R-KAJI",
        "R-7A",
        "R-7B",
        "R-ANTARA",
        "R-URUT",
        "R-SERI",
    }
    values = {line["Kunci"]: line["Nilai"] for line in rules if line["Kunci"]}
    assert values == {
        "tenggang_permintaan_hari": 14,
        "tenggang_kurang": "kembalikan",
        "selisih_internal_hari": 7,
        "selisih_eksternal_hari": 12,
        "zona_antara": "internal",
        "T": 11,
        "jeda_terbit_hari": 1,
        "horizon_hari": 60,
        "hari_kerja": "Senin–Jumat",
        **{each.key: each.default for each in SETTINGS if each.late},
    }


def test_the_trail_has_the_sha256_of_every_input(tmp_path: Path):
    write_intake(tmp_path / "lain.xlsx", [row("P-2")])
    write_intake(tmp_path / "permintaan.xlsx", [row("P-1")])
    write_reference(tmp_path / "acuan.xlsx")
    inputs = [tmp_path / name for name in ("permintaan.xlsx", "lain.xlsx", "acuan.xlsx")]
    answer = call("run", *inputs[:2], "--output", tmp_path / "output", "--json", *DAY)
    trail = records(book_of(answer)["Jejak"])
    sums = {line["Keterangan"]: line["Nilai"] for line in trail if line["Hal"] == "SHA-256"}
    assert sums == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in inputs}
    assert trail[0] == {
        "Hal": "Nomor pengaturan jadwal",
        "Nilai": answer.record["run"],
        "Keterangan": None,
    }


def test_the_trail_names_the_templates_and_says_where_a_workbook_has_lost_its_mark(
    book: Workbook, tmp_path: Path
):
    trail = {line["Hal"]: line["Keterangan"] for line in records(book["Jejak"])}
    assert trail["Berkas permintaan"] == "templat labkesmas-permintaan/1"
    bare = records(book_of(run(tmp_path, [row("P-1")]))["Jejak"])
    said = {line["Hal"]: line["Keterangan"] for line in bare}
    assert "tanpa tanda templat" in said["Berkas permintaan"]


def assert_opens(path: Path) -> None:
    """Well-formed parts, no rule that Excel would repair, and two readers that agree."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        for name in names:
            if name.endswith((".xml", ".rels", ".vml")):
                fromstring(archive.read(name))
    calamine = CalamineWorkbook.from_path(str(path))
    for sheet in load_workbook(path):
        for rule in sheet.data_validations.dataValidation:
            formula = str(rule.formula1 or "")
            assert len(formula) <= 257, (sheet.title, formula)
            assert '"' not in formula[1:-1], (sheet.title, formula)
        merged = [set(area.cells) for area in sheet.merged_cells.ranges]
        assert sum(map(len, merged)) == len(set().union(*merged)), sheet.title
        grid = calamine.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False)
        texts = [c.value for line in sheet.iter_rows() for c in line if isinstance(c.value, str)]
        others = [cell for line in grid for cell in line if isinstance(cell, str) and cell]
        assert [text for text in texts if text] == others, sheet.title


def test_the_example_week_opens(example_run: Answer):
    for path in (example_run.record["files"]["jadwal"], *example_run.record["files"]["diperiksa"]):
        assert_opens(Path(path))


def test_a_week_without_requests_writes_every_sheet_and_says_so(tmp_path: Path):
    answer = run(tmp_path, [])
    assert answer.code == 0
    assert_opens(Path(answer.record["files"]["jadwal"]))
    book = book_of(answer)
    assert book.sheetnames == SHEETS
    assert book["Ringkasan"]["A4"].value == "Tidak ada permintaan pada pekan ini."
    assert _outcomes(book["Ringkasan"])["Baris yang dibaca"] == [0, 0, 0, 0]
    for name in ("Jadwal", "Prioritas", "Dikembalikan", "Antrean"):
        assert records(book[name]) == []
        assert book[name].auto_filter.ref.startswith("A1:")
    assert [line["Kode"] for line in records(book["Kesalahan"])] == ["L02"]


def test_a_week_with_one_request_writes_every_sheet(tmp_path: Path):
    answer = run(tmp_path, [row("P-1")])
    assert answer.code == 0
    assert_opens(Path(answer.record["files"]["jadwal"]))
    book = book_of(answer)
    (visit,) = records(book["Jadwal"])
    assert (visit["No. Permintaan"], visit["Tanggal Mulai"]) == ("P-1", datetime(2026, 6, 2))
    assert visit["Tanggal Usulan"] is None
    assert (visit["Status"], visit["Klausul"]) == ("Terjadwal", None)
    (ranked,) = records(book["Prioritas"])
    assert ranked["Penjelasan"] == "Satu-satunya permintaan yang diurutkan."
    assert _outcomes(book["Ringkasan"])["Terjadwal"] == [0, 1, 0, 1]


def test_a_week_in_which_nothing_fits_still_opens(tmp_path: Path):
    rows = [row("P-1", wilayah="Batm"), row("P-2", tanggal_usulan=date(2026, 5, 6)),
            row("P-3", batas_akhir=date(2026, 6, 1))]  # fmt: skip
    answer = run(tmp_path, rows)
    assert answer.code == 1
    assert_opens(Path(answer.record["files"]["jadwal"]))
    book = book_of(answer)
    assert [len(records(book[name])) for name in ("Jadwal", "Dikembalikan", "Antrean")] == [0, 1, 1]


def test_a_week_with_many_teams_and_weeks_still_opens(tmp_path: Path):
    teams = [(f"Tim {n} dari pulau yang jauh", None, None, "Semua", 1, None) for n in range(40)]
    rows = [
        row(f"P-{n}", tanggal_usulan=date(2026, 6, 2) + timedelta(days=2 * n)) for n in range(44)
    ]
    answer = run(tmp_path, rows, tim=teams, tim_cuti=[])
    assert answer.code == 0
    assert_opens(Path(answer.record["files"]["jadwal"]))
    assert answer.record["counts"]["baris"] == 44
