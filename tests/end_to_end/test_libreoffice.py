"""Other programs: every output opens in LibreOffice, and what they save still reads the same."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from openpyxl import load_workbook

from labkesmas_batch.commands import inputs
from labkesmas_batch.forms import schema
from labkesmas_batch.model.documents import DocumentKind
from labkesmas_batch.planning.weekly import decide
from tests.support.builders import row, write_intake
from tests.support.dump import EXAMPLE, EXAMPLE_DATE, ROOT, Answer, call, dump_sheet, records
from tests.support.paperwork import finalized, read, write

pytestmark = pytest.mark.slow

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
RUN = date.fromisoformat(EXAMPLE_DATE)
DECIDED = ("Jadwal", "Dikembalikan", "Antrean")
Test = TypeVar("Test", bound=Callable[..., object])
ERRORS = re.compile(r"#(?:REF!|NAME\?|VALUE!|DIV/0!|N/A|NULL!|NUM!)|\bErr:\d+")

_INSTALLED = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def needs_office(test: Test) -> Test:
    """Mark a test that opens something in LibreOffice, and skip it where there is none."""
    marked: Test = pytest.mark.libreoffice(_INSTALLED(test))
    return marked


needs_pages = pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext is not installed")


def convert(kind: str, output: Path, *files: Path) -> dict[str, Path]:
    """Convert files with a LibreOffice of our own, and return the results by name."""
    profile = output.parent / f"profil-{output.name}"
    done = subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(output),
            *map(str, files),
        ],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    made = {path.stem: path for path in output.glob(f"*.{kind}")}
    assert sorted(made) == sorted(path.stem for path in files), done.stdout + done.stderr
    return made


def pages(pdf: Path) -> list[str]:
    done = subprocess.run(
        [str(PDFTOTEXT), "-layout", str(pdf), "-"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.split("\f")[:-1]


def schedule(intake: Path, output: Path) -> Answer:
    reference = ROOT / "input_templates" / "acuan.xlsx"
    return call(
        "run",
        intake,
        "--reference",
        reference,
        "--date",
        EXAMPLE_DATE,
        "--output",
        output,
        "--json",
    )


def decided(answer: Answer) -> dict[str, str]:
    book = load_workbook(answer.record["files"]["jadwal"])
    return {name: dump_sheet(book[name]) for name in DECIDED}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    answer = schedule(EXAMPLE, tmp_path_factory.mktemp("asli"))
    assert all("\nA2 " in text for text in decided(answer).values())
    return answer


@pytest.fixture(scope="module")
def printed(original: Answer, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every kind of output as PDF, from one start of LibreOffice."""
    folder = tmp_path_factory.mktemp("cetak")
    quiet = {
        "kosong": schedule(ROOT / "input_templates" / "permintaan.xlsx", folder / "kosong"),
        "satu": schedule(write_intake(folder / "p.xlsx", [row("P-1")]), folder / "satu"),
    }
    assert call("template", "--what-if", "--output", folder, "--date", EXAMPLE_DATE).code == 0
    files = [original.record["files"]["jadwal"], *original.record["files"]["diperiksa"],
             ROOT / "input_templates" / "permintaan.xlsx",
             ROOT / "input_templates" / "acuan.xlsx", folder / "andaikan.xlsx"]  # fmt: skip
    for name, answer in quiet.items():
        files.append(folder / f"{name}.xlsx")
        shutil.copyfile(answer.record["files"]["jadwal"], files[-1])
    return convert("pdf", folder / "pdf", *map(Path, files))


@needs_office
def test_a_template_saved_by_libreoffice_gives_the_same_schedule(original: Answer, tmp_path: Path):
    saved = convert("xlsx", tmp_path / "disimpan", EXAMPLE)[EXAMPLE.stem]
    assert saved.read_bytes() != EXAMPLE.read_bytes()
    answer = schedule(saved, tmp_path / "output")
    assert answer.record["counts"] == original.record["counts"]
    assert decided(answer) == decided(original)


def test_a_template_saved_by_openpyxl_gives_the_same_schedule(original: Answer, tmp_path: Path):
    load_workbook(EXAMPLE).save(tmp_path / EXAMPLE.name)
    assert (tmp_path / EXAMPLE.name).read_bytes() != EXAMPLE.read_bytes()
    answer = schedule(tmp_path / EXAMPLE.name, tmp_path / "output")
    assert answer.record["counts"] == original.record["counts"]
    assert decided(answer) == decided(original)


def test_values_alone_in_a_bare_workbook_give_the_same_schedule(original: Answer, tmp_path: Path):
    """A workbook that lost template mark, formats and lists is read by its headers."""
    rows = load_workbook(EXAMPLE)["Permintaan"].iter_rows(min_row=2, values_only=True)
    headers = schema.REQUESTS.headers
    kept = [list(cells)[: len(headers)] for cells in rows]
    write_intake(tmp_path / EXAMPLE.name, [c for c in kept if any(c)], sheet="Lembar1", above=3)
    answer = schedule(tmp_path / EXAMPLE.name, tmp_path / "output")
    assert decided(answer) == decided(original)


@needs_office
def test_a_form_of_changes_saved_by_libreoffice_asks_the_same(tmp_path: Path):
    assert call("template", "--what-if", "--output", tmp_path, "--date", EXAMPLE_DATE).code == 0
    book = load_workbook(tmp_path / "andaikan.xlsx")
    rows = (
        {"Perubahan": "Kunjungan per hari", "Nama": "Semua", "Nilai": "kurang 1"},
        {"Perubahan": "Jumlah unit", "Nama": "Kotak Pendingin", "Nilai": 2},
        {"Perubahan": "Cuti", "Nama": "Tim 2", "Dari": date(2026, 12, 7),
         "Sampai": "11 Desember 2026"},
        {"Perubahan": "Mendesak", "Nama": "U-1", "Dari": date(2026, 12, 8), "Wilayah": "Batam",
         "Jenis Contoh Uji": "Air Minum", "Jumlah Contoh Uji": 3},
    )  # fmt: skip
    for at, cells in enumerate(rows, start=2):
        for column, header in enumerate(schema.CHANGES.headers, start=1):
            book["Andaikan"].cell(at, column).value = cells.get(header)
    filled = tmp_path / "diisi.xlsx"
    book.save(filled)
    saved = convert("xlsx", tmp_path / "disimpan", filled)["diisi"]
    assert saved.read_bytes() != filled.read_bytes()
    one, other = (
        call(
            "run",
            EXAMPLE,
            "--date",
            EXAMPLE_DATE,
            "--what-if",
            form,
            "--json",
            "--reference",
            ROOT / "input_templates" / "acuan.xlsx",
            "--output",
            tmp_path / form.parent.name / "output",
        ).record
        for form in (filled, saved)
    )
    assert len(one["changes"]) == 4
    assert len(one["requests"]) > 3
    assert [one[key] for key in ("changes", "before", "after", "requests")] == [
        other[key] for key in ("changes", "before", "after", "requests")
    ]


@needs_office
def test_every_output_becomes_a_pdf(printed: dict[str, Path]):
    assert sorted(printed) == [
        "acuan",
        "andaikan",
        "contoh-permintaan-diperiksa",
        "jadwal",
        "kosong",
        "permintaan",
        "satu",
    ]
    for path in printed.values():
        assert path.read_bytes().startswith(b"%PDF")


@needs_office
@needs_pages
def test_no_page_of_any_output_shows_an_error(printed: dict[str, Path]):
    for name, path in printed.items():
        text = "\n".join(pages(path))
        assert len(text) > 200, name
        assert ERRORS.findall(text) == [], name


@needs_office
@needs_pages
@pytest.mark.parametrize("name", ["jadwal", "kosong", "satu"])
def test_the_summary_is_printed_on_one_page_up_to_the_sign_off(printed: dict[str, Path], name: str):
    headed = [page for page in pages(printed[name]) if "Ringkasan Pengaturan Jadwal" in page]
    (page,) = headed
    for said in ("Jumlah permintaan", "Baris yang dibaca", "Disetujui oleh", "Tanda tangan"):
        assert said in page
    assert "Data grafik" not in page


@needs_office
@needs_pages
def test_the_guides_are_printed_on_one_page_and_that_of_the_reference_on_two(
    printed: dict[str, Path],
):
    for name, most in (("permintaan", 1), ("acuan", 2), ("andaikan", 1)):
        assert sum("Petunjuk Pengisian" in page for page in pages(printed[name])) == most


@needs_office
@needs_pages
def test_every_visit_is_printed_with_its_decision_column(
    original: Answer, printed: dict[str, Path]
):
    text = "\n".join(pages(printed["jadwal"]))
    assert "Keputusan" in text
    assert "Catatan" in text
    visits = records(load_workbook(original.record["files"]["jadwal"])["Jadwal"])
    numbers = [str(visit["No. Permintaan"]) for visit in visits]
    assert [number for number in numbers if not re.search(rf"\b{number}\b", text)] == []


@needs_office
def test_a_marked_copy_that_is_mended_and_saved_by_libreoffice_is_accepted(
    original: Answer, tmp_path: Path
):
    """The way of a person: mend the coloured cells, save in another program, hand it in."""
    (copy,) = map(Path, original.record["files"]["diperiksa"])
    book = load_workbook(copy)
    sheet = book["Permintaan"]
    faulty = {
        finding["Sel"]
        for finding in records(load_workbook(original.record["files"]["jadwal"])["Kesalahan"])
        if finding["Tingkat"] == "Galat"
    }
    assert faulty == {"A5", "A6", "N31", "K42", "M43"}
    sheet["A5"], sheet["N31"], sheet["K42"], sheet["M43"] = "P-4B", "31/12/2026", "Air Minum", 4
    mended = tmp_path / copy.name
    book.save(mended)
    saved = convert("xlsx", tmp_path / "simpan", mended)[mended.stem]
    answer = schedule(saved, tmp_path / "hasil")
    counts = answer.record["counts"]
    assert (counts["ditahan"], counts["baris"]) == (0, original.record["counts"]["baris"])
    again = call(
        "check",
        saved,
        "--reference",
        ROOT / "input_templates" / "acuan.xlsx",
        "--date",
        EXAMPLE_DATE,
        "--output",
        tmp_path / "lagi",
        "--json",
    )
    assert again.code == 0, again.out
    sheet = load_workbook(again.record["files"]["diperiksa"][0])["Permintaan"]
    assert sheet["N31"].comment is None
    assert sheet["N31"].fill.fill_type is None


@needs_office
@needs_pages
def test_documents_print_as_many_pages_as_their_index_says(tmp_path: Path):
    """Each letter says its own pages in the footer, so their count has to be the printer's."""
    week = decide(inputs.gather([EXAMPLE], ROOT / "input_templates" / "acuan.xlsx"), RUN)
    written = write(tmp_path / "d", finalized(week))
    index = read(tmp_path / "d", DocumentKind.INDEX)[0].table("No.", "Berkas", "Jenis")
    said = {Path(str(line[1])).stem: line[4] for line in index}
    made = convert("pdf", tmp_path / "pdf", *written)
    assert {name: len(pages(pdf)) for name, pdf in made.items()} == said
    for name, pdf in made.items():
        for page in pages(pdf):
            assert re.search(r"Halaman \d+ dari \d+\s*$", page), name
            assert not ERRORS.search(page)
