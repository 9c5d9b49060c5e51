"""Every workbook of every command, as somebody opens it: errors, pages, clipped heads, words."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from labkesmas_batch.model.institution import INSTITUTION, SOP
from labkesmas_batch.xlsx.book import WorkbookWriter
from labkesmas_batch.xlsx.palette import DARK, FONT, MUTED, SHADE
from labkesmas_batch.xlsx.table import Field, write_table
from tests.end_to_end.test_libreoffice import ERRORS, convert, needs_office, needs_pages, pages
from tests.support.labels import ENGLISH, OURS_TOO, english, names_in_code, texts
from tests.support.outputs import write_outputs

pytestmark = pytest.mark.slow

SCHEDULES = ("jadwal", "jadwal-final", "jadwal-berikut", "jadwal-kosong", "jadwal-satu")
# Those that LibreOffice would print for half a minute are looked at without it.
LARGE = ("jadwal-banyak",)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_outputs(tmp_path_factory.mktemp("keluaran"))


@pytest.fixture(scope="module")
def printed(outputs: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    files = [path for name, path in outputs.items() if name not in LARGE]
    return convert("pdf", tmp_path_factory.mktemp("cetak") / "pdf", *files)


@pytest.fixture(scope="module")
def saved(outputs: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    files = [path for name, path in outputs.items() if name not in LARGE]
    return convert("xlsx", tmp_path_factory.mktemp("simpan") / "xlsx", *files)


def test_every_kind_of_workbook_is_looked_at(outputs: dict[str, Path]):
    kinds = {name.partition("-")[0] for name in outputs}
    assert kinds == {
        "andaikan",
        "diperiksa",
        "dokumen",
        "jadwal",
        "realisasi",
        "register",
        "simulasi",
        "templat",
    }
    assert sum(name.startswith("dokumen-") for name in outputs) == 12
    assert {*SCHEDULES, *LARGE} <= outputs.keys()


def error_cells(path: Path) -> list[str]:
    book = load_workbook(path, data_only=True)
    return [
        f"{sheet.title}!{cell.coordinate} {cell.value}"
        for sheet in book
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "e"
    ]


@needs_office
def test_no_cell_is_an_error_after_libreoffice_has_calculated(saved: dict[str, Path]):
    assert {name: found for name, path in saved.items() if (found := error_cells(path))} == {}


@needs_office
@needs_pages
def test_no_page_shows_an_error_or_a_cell_that_is_too_narrow(printed: dict[str, Path]):
    for name, path in printed.items():
        text = "\n".join(pages(path))
        assert len(text) > 100, name
        assert ERRORS.findall(text) == [], name
        assert "###" not in text, name


@needs_office
def test_the_search_for_errors_finds_one(tmp_path: Path):
    book = Workbook()
    book.active["A1"] = "=1/0"
    book.save(tmp_path / "salah.xlsx")
    made = convert("xlsx", tmp_path / "hasil", tmp_path / "salah.xlsx")
    assert error_cells(made["salah"]) == ["Sheet!A1 #DIV/0!"]


def pages_of(path: Path, sheet: str) -> int:
    """How many printed pages have the sheet's name in the middle of their footer."""
    return sum(bool(re.search(rf"\s{sheet}\s+Halaman \d+ dari \d+", page)) for page in pages(path))


@needs_office
@needs_pages
@pytest.mark.parametrize("name", SCHEDULES)
def test_the_summary_is_one_page(printed: dict[str, Path], name: str):
    assert pages_of(printed[name], "Ringkasan") == 1


@needs_office
@needs_pages
def test_the_count_of_pages_finds_a_second_one(outputs: dict[str, Path], tmp_path: Path):
    book = load_workbook(outputs["jadwal"])
    book["Ringkasan"].sheet_properties.pageSetUpPr.fitToPage = False
    book["Ringkasan"].page_setup.scale = 140
    book.save(tmp_path / "besar.xlsx")
    made = convert("pdf", tmp_path / "pdf", tmp_path / "besar.xlsx")
    assert pages_of(made["besar"], "Ringkasan") > 1


@needs_office
@needs_pages
def test_the_schedule_prints_on_two_pages_side_by_side(printed: dict[str, Path]):
    """The columns of each half fit their page: no third page with what is left over."""
    for name in SCHEDULES:
        found = [page for page in pages(printed[name]) if re.search(r"\sJadwal\s+Halaman", page)]
        assert all("Nama Customer" in page or "Alasan" in page for page in found), name


@needs_office
@needs_pages
def test_no_week_of_the_calendar_is_parted_by_a_page(printed: dict[str, Path]):
    for name in SCHEDULES:
        book = [page for page in pages(printed[name]) if re.search(r"\sKalender\s+Halaman", page)]
        for page in book:
            days = re.findall(r"\b(Senin|Min), \d", page)
            assert days.count("Senin") == days.count("Min") == page.count("Pekan "), name


@cache
def _typeface() -> str:
    """The file of Arial, or of a typeface that is exactly as wide."""
    if shutil.which("fc-match") is None:
        return ""
    done = subprocess.run(
        ["fc-match", "-f", "%{family}|%{file}", f"{FONT}:bold"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    family, _, file = done.stdout.partition("|")
    return file if re.search("Arial|Liberation Sans", family) else ""


def _measure(text: str, points: float) -> float:
    """Return the width of a bold text in pixels of a screen."""
    font = pytest.importorskip("PIL.ImageFont")
    return float(font.truetype(_typeface(), 100).getlength(text)) * points / 100 * 96 / 72


# Pixels that a cell keeps free at its sides, and those of the button of a filter.
_SIDES, _FILTER = 5, 17


def _is_head(cell: Cell) -> bool:
    fills = {f"FF{colour.removeprefix('#')}" for colour in (DARK, MUTED, SHADE)}
    return (
        isinstance(cell.value, str)
        and bool(cell.font.b)
        and cell.fill.fill_type == "solid"
        and cell.fill.fgColor.rgb in fills
    )


def _widths(sheet: Worksheet) -> dict[int, float]:
    """The width of every column in pixels."""
    found = {}
    for dimension in sheet.column_dimensions.values():
        for column in range(dimension.min or 0, (dimension.max or 0) + 1):
            found[column] = int((dimension.width or 8.43) * 7 + 0.5)
    return found


def _remaining(
    sheet: Worksheet, cell: Cell, widths: dict[int, float]
) -> tuple[float, float | None]:
    """Return what a cell has: width in pixels, height in points or None where it grows."""
    merged = next((m for m in sheet.merged_cells.ranges if cell.coordinate in m), None)
    last_column = merged.max_col if merged else cell.column
    last_row = merged.max_row if merged else cell.row
    heights = [sheet.row_dimensions[row].height for row in range(cell.row, last_row + 1)]
    width = sum(widths.get(column, 64) for column in range(cell.column, last_column + 1))
    return width, None if None in heights else sum(heights)


def clipped(path: Path) -> Iterator[str]:
    """Yield the heads of columns that their column or row cuts off."""
    for sheet in load_workbook(path):
        if sheet.sheet_state != "visible":
            continue
        widths = _widths(sheet)
        filtered = {area.split(":")[0] for area in (t.ref for t in sheet.tables.values())}
        filtered |= {str(sheet.auto_filter.ref).split(":", maxsplit=1)[0]}
        rows = {int(re.sub(r"\D", "", place) or 0) for place in filtered if place != "None"}
        for line in sheet.iter_rows():
            for cell in line:
                if _is_head(cell) and (why := _cut(sheet, cell, widths, cell.row in rows)):
                    yield f"{sheet.title}!{cell.coordinate} {cell.value!r}: {why}"


def _cut(sheet: Worksheet, cell: Cell, widths: dict[int, float], filtered: bool) -> str:
    width, height = _remaining(sheet, cell, widths)
    space, points = width - _SIDES, cell.font.sz
    lines = 0
    for part in str(cell.value).split("\n"):
        lines, used = lines + 1, 0.0
        # A hyphen may end a line.
        for word in re.findall(r"[^\s-]+-?", part):
            long = _measure(word, points)
            if long > space - (_FILTER if filtered else 0):
                return f"{word} is {long:.0f} wide of {space}"
            step = long + (_measure(" ", points) if used else 0)
            lines, used = (lines + 1, long) if used + step > space else (lines, used + step)
    need = lines * points * 1.15
    return f"{lines} lines in {height}" if height is not None and need > height else ""


needs_typeface = pytest.mark.skipif(not _typeface(), reason="no typeface as wide as Arial")


@needs_typeface
def test_no_head_of_a_column_is_cut_off(outputs: dict[str, Path]):
    assert {name: cut for name, path in outputs.items() if (cut := list(clipped(path)))} == {}


@needs_typeface
def test_the_heads_are_found_and_measured(outputs: dict[str, Path], tmp_path: Path):
    """The measure can fail: a column a little narrower, a row a little lower, is noticed."""
    for name, path in outputs.items():
        sheets = load_workbook(path).worksheets
        heads = [c for sheet in sheets for line in sheet.iter_rows() for c in line if _is_head(c)]
        assert heads or name.startswith("dokumen-"), name
    book = load_workbook(outputs["jadwal"])
    book["Antrean"].column_dimensions["A"].width = 9
    book["Kesalahan"].row_dimensions[1].height = 8
    book.save(tmp_path / "sempit.xlsx")
    found = list(clipped(tmp_path / "sempit.xlsx"))
    assert any(each.startswith("Antrean!A1 'No. Permintaan': Permintaan is") for each in found)
    assert any(each.startswith("Kesalahan!A1 'Kode': 1 lines in 8") for each in found)


@needs_typeface
def test_a_long_head_makes_its_column_wide_enough(tmp_path: Path):
    book = WorkbookWriter(tmp_path / "uji.xlsx", "Uji", datetime(2026, 6, 1))
    fields = (Field("Ketidaksesuaian Pengambilan", 3, lambda _: 1), Field("No", 1, lambda _: 2))
    write_table(book, book.sheet("Uji", "Uji"), fields, [0])
    book.close()
    assert list(clipped(tmp_path / "uji.xlsx")) == []


def _page_heads(sheet: Worksheet) -> tuple[str, str, str]:
    parts = (sheet.oddHeader.left, sheet.oddHeader.center, sheet.oddHeader.right)
    left, centre, right = (re.sub(r"&[A-Z]", "", part.text or "") for part in parts)
    return left, centre, right


def overlapping(path: Path) -> Iterator[str]:
    """Yield the sheets of which the heads of printed pages run into one another."""
    for sheet in load_workbook(path):
        left, centre, right = _page_heads(sheet)
        across = 842 if sheet.page_setup.orientation == "landscape" else 595
        half = (across - (sheet.page_margins.left + sheet.page_margins.right) * 72) / 2
        # At a scale below 100 % they are smaller, too.
        scale = (sheet.page_setup.scale or 100) / 100
        widths = [
            _measure(text, size) * 72 / 96 * scale
            for text, size in ((left, 8), (centre, 11), (right, 8))
        ]
        if widths[1] / 2 + max(widths[0], widths[2]) > half:
            yield f"{sheet.title}: {centre}"


@needs_typeface
def test_the_heads_of_printed_pages_do_not_run_into_one_another(outputs: dict[str, Path]):
    assert {name: cut for name, path in outputs.items() if (cut := list(overlapping(path)))} == {}


@needs_typeface
def test_heads_of_pages_that_would_overlap_are_found(outputs: dict[str, Path], tmp_path: Path):
    book = load_workbook(outputs["templat-acuan"])
    sheet = book["Keputusan Pasangan"]
    sheet.oddHeader.center.text = f"{sheet.title}: {'keputusan tentang pasangan ' * 4}"
    book.save(tmp_path / "acuan.xlsx")
    (found,) = overlapping(tmp_path / "acuan.xlsx")
    assert found.startswith("Keputusan Pasangan: ")


def test_no_word_is_english_and_no_label_is_a_name_from_the_code(outputs: dict[str, Path]):
    words = (ENGLISH | names_in_code()) - OURS_TOO
    assert len(words) > 800
    found = {name: english(texts(path), words) for name, path in outputs.items()}
    assert {name: said for name, said in found.items() if said} == {}


def test_an_english_word_would_be_found_wherever_it_stands(
    outputs: dict[str, Path], tmp_path: Path
):
    words = (ENGLISH | names_in_code()) - OURS_TOO
    book = load_workbook(outputs["jadwal"])
    book["Jadwal"]["A1"] = "Rank"
    book["Antrean"]["A1"] = "Customer class"
    book["Kalender"].oddFooter.center.text = "Page"
    book["Jadwal"].data_validations.dataValidation[0].prompt = "Choose a verdict"
    book.properties.title = "Schedule"
    book.save(tmp_path / "campur.xlsx")
    found = {word for word, _ in english(texts(tmp_path / "campur.xlsx"), words)}
    assert {"rank", "class", "page", "verdict", "schedule"} <= found


def test_one_typeface_is_used(outputs: dict[str, Path]):
    others = {
        (name, sheet.title, cell.coordinate, cell.font.name)
        for name, path in outputs.items()
        if name not in LARGE
        for sheet in load_workbook(path)
        for line in sheet.iter_rows()
        for cell in line
        if cell.value is not None and cell.font.name != FONT and sheet.sheet_state == "visible"
    }
    assert others == set()


def test_every_workbook_says_what_it_is_and_of_whom(outputs: dict[str, Path]):
    ours = {name: path for name, path in outputs.items() if name != "diperiksa"}
    for name, path in ours.items():
        properties = load_workbook(path).properties
        assert properties.title, name
        assert properties.subject == SOP, name
        with zipfile.ZipFile(path) as archive:
            assert INSTITUTION in archive.read("docProps/app.xml").decode(), name
        # Pinned to the run's day, not to the clock.
        assert properties.created.time() == datetime.min.time(), name


def test_every_visible_sheet_prints_on_a4_with_its_page_and_the_sops_number(
    outputs: dict[str, Path],
):
    for name, path in outputs.items():
        for sheet in load_workbook(path):
            if sheet.sheet_state != "visible":
                continue
            parts = [
                part.text or ""
                for end in (sheet.oddHeader, sheet.oddFooter)
                for part in (end.left, end.center, end.right)
            ]
            assert int(sheet.page_setup.paperSize or 0) == 9, (name, sheet.title)
            assert any("PR/LABKESMAS-BTM/05/5" in part for part in parts), (name, sheet.title)
            assert any("&P" in part for part in parts), (name, sheet.title)
