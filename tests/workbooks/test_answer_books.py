"""andaikan-….xlsx and simulasi-….xlsx: they open, fit their page, and their charts show cells."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook

from tests.end_to_end.test_libreoffice import ERRORS, convert, needs_office, needs_pages, pages
from tests.support.builders import row, write_intake, write_reference
from tests.support.dump import EXAMPLE, EXAMPLE_DATE, ROOT, Answer, call
from tests.support.labels import CHART, DRAWN, charts, english, texts

pytestmark = pytest.mark.slow

ACUAN = ROOT / "input_templates" / "acuan.xlsx"
DAY = ("--date", EXAMPLE_DATE)
# The sheets that are made for one printed page, by a text that stands in the head of its page.
ONE_PAGE = {
    "andaikan": ["Pengandaian Jadwal"],
    "simulasi": ["Simulasi: Banyaknya Tim", "Simulasi: Bacaan SOP"],
}
SHEETS = {
    "andaikan": ["Pengandaian", "Permintaan"],
    "simulasi": ["Tim", "Bacaan SOP", "Angka", "Anggapan"],
}
CHARTS = {"andaikan": 1, "simulasi": 5}


def kind(name: str) -> str:
    return name.partition("-")[0]


def ask(folder: Path, intake: Path, *supposed: str) -> Answer:
    asked = [part for each in supposed for part in ("--what-if", each)]
    return call("run", intake, "--reference", ACUAN, "--output", folder, "--json", *DAY, *asked)


def simulate(folder: Path, *arguments: object) -> Answer:
    return call("simulate", *arguments, "--output", folder, "--json", *DAY)


def _answers(folder: Path) -> Iterator[tuple[str, Answer]]:
    """Weeks full, of one request and of none; simulations large, tiny and of a single team."""
    one = write_intake(
        folder / "satu.xlsx",
        [row("P-1", tanggal_permintaan=date(2026, 11, 2), tanggal_usulan=date(2026, 11, 26))],
    )
    none = write_intake(folder / "tanpa.xlsx", [])
    many = [f"Hari libur; Rapat {n}; {n} Des 2026" for n in range(1, 12)]
    yield (
        "andaikan-penuh",
        ask(
            folder,
            EXAMPLE,
            "Tim tambahan; Tim 5; Tim 3",
            "Cuti; Tim 2; 7 Des 2026; 11 Des 2026",
            "Mendesak; U-1; 8 Des 2026; Batam; Air Minum; 3",
        ),
    )
    yield "andaikan-banyak", ask(folder, EXAMPLE, *many, "Tanpa tim; Tim 3")
    yield "andaikan-diam", ask(folder, EXAMPLE, "Kunjungan per hari; Semua; tambah 0")
    yield "andaikan-satu", ask(folder, one, "Hari libur; Rapat; 26 Nov 2026")
    yield "andaikan-keluar", ask(folder, one, "Kunjungan per hari; Semua; 0")
    yield "andaikan-kosong", ask(folder, none, "Tanpa tim; Tim 1")
    yield "simulasi-laju", simulate(folder, "--rate", 12, "--weeks", 12, "--reference", ACUAN)
    yield "simulasi-sepi", simulate(folder, "--rate", 0.5, "--weeks", 4, "--reference", ACUAN)
    write_reference(
        folder / "satu-tim.xlsx",
        tim=[("Tim Satu-Satunya", None, None, "Semua", 1, None)],
        tim_cuti=[],
    )
    yield (
        "simulasi-satu-tim",
        simulate(folder, "--rate", 6, "--weeks", 4, "--reference", folder / "satu-tim.xlsx"),
    )
    history = write_intake(
        folder / "riwayat.xlsx",
        [
            row(
                f"R-{n}",
                tanggal_permintaan=date(2026, 9, 7) + timedelta(days=n // 3),
                jenis_customer="Internal" if n % 2 else "Eksternal",
            )
            for n in range(60)
            if n // 3 % 7 < 5
        ],
    )
    yield "simulasi-riwayat", simulate(folder, history, "--weeks", 8)
    write_reference(folder / "tanpa-tim.xlsx", tim=[], tim_cuti=[])
    yield (
        "simulasi-tanpa-tim",
        simulate(folder, "--rate", 3, "--weeks", 4, "--reference", folder / "tanpa-tim.xlsx"),
    )


NAMES = [
    "andaikan-penuh", "andaikan-banyak", "andaikan-diam", "andaikan-satu", "andaikan-keluar",
    "andaikan-kosong", "simulasi-laju", "simulasi-sepi", "simulasi-satu-tim", "simulasi-riwayat",
    "simulasi-tanpa-tim",
]  # fmt: skip
every_book = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("jawaban")
    found = {}
    for name, answer in _answers(folder):
        assert answer.code in (0, 1), answer.err
        found[name] = folder / f"{name}.xlsx"
        shutil.copyfile(answer.record["files"][kind(name)], found[name])
    assert list(found) == NAMES
    return found


@pytest.fixture(scope="module")
def printed(files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every workbook as PDF, from one start of LibreOffice."""
    return convert("pdf", tmp_path_factory.mktemp("cetak") / "pdf", *files.values())


@every_book
def test_the_sheets_stand_in_their_order_and_the_first_is_in_front(
    files: dict[str, Path], name: str
):
    book = load_workbook(files[name])
    assert book.sheetnames == SHEETS[kind(name)]
    assert book.active.title == book.sheetnames[0]
    assert all(sheet.sheet_state == "visible" for sheet in book)


@every_book
def test_no_cell_is_a_formula_or_an_error(files: dict[str, Path], name: str):
    book = load_workbook(files[name])
    kinds = {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line}
    assert kinds <= {"s", "n", "d", "inlineStr"}


@every_book
def test_the_sheets_are_set_up_for_a4_and_the_pages_for_one_sheet_of_it(
    files: dict[str, Path], name: str
):
    book = load_workbook(files[name])
    for sheet in book:
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)
    for sheet in list(book)[: len(ONE_PAGE[kind(name)])]:
        assert sheet.page_setup.orientation == "portrait"
        assert sheet.page_setup.fitToHeight in (None, 1)


def said(part: Element | None) -> str:
    """The text of a title."""
    return "" if part is None else "".join(each.text or "" for each in part.iter(f"{DRAWN}t"))


def cells_of(book: Workbook, formula: str) -> list[object]:
    """The values of the cells that a series refers to; every one has to be there."""
    found: list[object] = []
    for part in formula.strip("()").split(","):
        match = re.fullmatch(r"'?([^'!]+)'?!(\$[A-Z]+\$\d+(?::\$[A-Z]+\$\d+)?)", part)
        assert match, part
        sheet = book[match[1]]
        left, top, right, bottom = range_boundaries(match[2].replace("$", ""))
        assert right <= sheet.max_column, part
        assert bottom <= sheet.max_row, part
        found += [
            sheet.cell(line, column).value
            for line in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]
    return found


@every_book
def test_every_chart_has_an_axis_that_says_what_it_shows(files: dict[str, Path], name: str):
    found = charts(files[name])
    assert len(found) == CHARTS[kind(name)]
    for chart in found:
        axes = [*chart.iter(f"{CHART}valAx")]
        assert axes
        assert all(said(axis.find(f"{CHART}title")) for axis in axes)
        assert list(chart.iter(f"{CHART}legend"))


@every_book
def test_every_series_refers_to_cells_that_are_there(files: dict[str, Path], name: str):
    book = load_workbook(files[name])
    for chart in charts(files[name]):
        series = list(chart.iter(f"{CHART}ser"))
        assert series
        for each in series:
            title = each.find(f"{CHART}tx")
            reference = title.find(f".//{CHART}f")
            names = (
                cells_of(book, reference.text)
                if reference is not None
                else [title.find(f".//{CHART}v").text]
            )
            assert all(isinstance(text, str) and text for text in names)
            labels = cells_of(book, each.find(f"{CHART}cat").find(f".//{CHART}f").text)
            values = cells_of(book, each.find(f"{CHART}val").find(f".//{CHART}f").text)
            assert len(labels) == len(values) > 0
            assert all(label not in (None, "") for label in labels)
            # A class without a visit has no median, and an empty cell makes no bar.
            assert all(isinstance(value, (int, float, type(None))) for value in values)


@every_book
def test_what_a_chart_remembers_of_its_cells_is_what_they_hold(files: dict[str, Path], name: str):
    """A viewer that does not calculate shows the chart from this memory."""
    book = load_workbook(files[name])
    for chart in charts(files[name]):
        for part in (*chart.iter(f"{CHART}cat"), *chart.iter(f"{CHART}val")):
            on_hold = [each.text for each in part.iter(f"{CHART}v")]
            if not on_hold:
                continue
            values = cells_of(book, part.find(f".//{CHART}f").text)
            if part.tag.endswith("val"):
                assert [float(text) for text in on_hold] == pytest.approx([v or 0 for v in values])
            else:
                assert on_hold == [str(value) for value in values]


def test_the_bars_of_a_simulation_are_its_scenarios_by_class(files: dict[str, Path]):
    book = load_workbook(files["simulasi-laju"])
    late, backlog, shares, *_ = charts(files["simulasi-laju"])
    figures = {
        (line[0], line[1]): line
        for line in book["Angka"].iter_rows(min_row=2, max_row=19, values_only=True)
    }
    names = list(dict.fromkeys(name for name, _ in figures))[:3]
    assert [name.partition(",")[0] for name in names] == [
        "Ketentuan dan tim sekarang",
        "Satu tim lagi",
        "Satu tim kurang",
    ]
    for chart in (late, shares):
        for part in chart.iter(f"{CHART}cat"):
            assert cells_of(book, part.find(f".//{CHART}f").text) == names
    for series, name in zip(late.iter(f"{CHART}ser"), ("Internal", "Eksternal"), strict=True):
        assert series.find(f"{CHART}tx").find(f".//{CHART}v").text == name
        values = cells_of(book, series.find(f"{CHART}val").find(f".//{CHART}f").text)
        assert values == [figures[each, name][7] for each in names]
    assert len(list(backlog.iter(f"{CHART}ser"))) == 3
    stacked = [
        cells_of(book, series.find(f"{CHART}val").find(f".//{CHART}f").text)
        for series in shares.iter(f"{CHART}ser")
    ]
    assert [sum(parts) for parts in zip(*stacked, strict=True)] == pytest.approx([1, 1, 1])


@every_book
def test_no_word_is_english(files: dict[str, Path], name: str):
    found = list(texts(files[name]))
    assert len(found) > 20
    assert english(found) == set()


@every_book
def test_numbers_in_sentences_are_written_the_indonesian_way(files: dict[str, Path], name: str):
    sentences = [text for text in texts(files[name]) if " " in text]
    assert [text for text in sentences if re.search(r"\d\.\d\b(?!\d\d)", text)] == []


def test_a_week_without_requests_says_so(files: dict[str, Path]):
    found = list(texts(files["andaikan-kosong"]))
    assert "Tidak ada permintaan." in found
    assert "Tidak ada tanggal yang berubah." in found


def test_the_note_says_that_nothing_was_decided(files: dict[str, Path]):
    for name in NAMES[:6]:
        assert "Hanya pengandaian: jadwal dan register tidak berubah." in set(texts(files[name]))


@needs_office
def test_every_answer_becomes_a_pdf(printed: dict[str, Path]):
    assert sorted(printed) == sorted(NAMES)
    for path in printed.values():
        assert path.read_bytes().startswith(b"%PDF")


@needs_office
@needs_pages
@every_book
def test_no_page_shows_an_error_or_cells_too_narrow(printed: dict[str, Path], name: str):
    text = "\n".join(pages(printed[name]))
    assert len(text) > 200
    assert ERRORS.findall(text) == []
    assert "###" not in text


@needs_office
@needs_pages
@every_book
def test_the_pages_for_management_are_one_page_each(printed: dict[str, Path], name: str):
    found = pages(printed[name])
    for title in ONE_PAGE[kind(name)]:
        heads = [" ".join(page.splitlines()[:3]) for page in found]
        assert sum(title in head for head in heads) == 1, title
    assert "Halaman 1 dari" in found[0]


@needs_office
@needs_pages
@every_book
def test_the_printed_charts_show_their_axis_and_legend(printed: dict[str, Path], name: str):
    text = "\n".join(pages(printed[name]))
    for legend in ("Internal", "Eksternal"):
        assert legend in text
    if kind(name) == "andaikan":
        assert "Waktu tunggu menurut golongan" in text
        assert "Jadwal ini" in text
        return
    for axis in ("Pekan", "Bagian kunjungan menurut keterlambatannya", "lebih dari 28 hari"):
        assert axis in text
    assert "Ketentuan dan tim sekarang" in text


@needs_office
@needs_pages
def test_the_printed_page_shows_what_was_supposed_and_what_comes_of_it(printed: dict[str, Path]):
    (first, *_) = pages(printed["andaikan-penuh"])
    for line in (
        "Tim tambahan; Tim 5; Tim 3",
        "Cuti; Tim 2; 7 Des 2026; 11 Des 2026",
        "Mendesak; U-1; 8 Des 2026; Batam; Air Minum; 3",
        "Akibatnya",
        "Median hari",
        "Selisih",
    ):
        assert line in first
