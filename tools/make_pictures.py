"""Make the pictures in docs/images from the example week (``make pictures``).

Everything is made by the commands themselves, in folders of tools/shown.py: nobody needs to do
anything by hand. Needs LibreOffice (``soffice``) and poppler (``pdftoppm``, ``pdftotext``).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.shown import NEXT_DATE, RUN, Desks
from tools.small_png import write_small_png

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "input_templates"
IMAGES = ROOT / "docs" / "images"
RUN_DATE = "2026-11-23"
SUPPOSED = "Jumlah unit; High Volume Air Sampler; tambah 1"
RESOLUTION = "80"
_PAPERS = f"output/{RUN}/documents"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Pages of one workbook.

    Parameters
    ----------
    desk, file
        The workbook: a desk of tools/shown.py and the path in it.
    pictures
        Name of the picture to the sheet whose first page it shows, and words that stand there.
    """

    desk: str
    file: str
    pictures: dict[str, tuple[str, str]]


def _sheets(prefix: str, *names: str) -> dict[str, tuple[str, str]]:
    return {f"{prefix}-{name.lower().replace(' ', '-')}": (name, "") for name in names}


WANTED = (
    Wanted("awal", "kosong/permintaan.xlsx", _sheets("permintaan", "Petunjuk", "Permintaan")),
    Wanted("jadwal", f"output/{RUN}/jadwal.xlsx", _sheets(
        "jadwal", "Ringkasan", "Jadwal", "Kalender", "Prioritas", "Dikembalikan", "Antrean",
        "Kesalahan", "Beban Tim", "Zona Antara", "Mutu Baku",
    )),
    Wanted("jadwal", f"output/{RUN}/permintaan-diperiksa.xlsx",
           _sheets("contoh-permintaan-diperiksa", "Permintaan")),
    Wanted("diputuskan", f"output/{RUN}/jadwal.xlsx",
           {"keputusan-jadwal": ("Jadwal", "Keputusan")}),
    Wanted("dikunjungi", f"output/{RUN}/realisasi.xlsx", _sheets("realisasi", "Realisasi")),
    Wanted("berikutnya", f"output/{NEXT_DATE}-r1/jadwal.xlsx",
           _sheets("pekan-berikutnya", "Perubahan")),
    Wanted("andaikan", f"output/andaikan-{RUN_DATE}.xlsx", _sheets("andaikan", "Pengandaian")),
    Wanted("simulasi", f"output/simulasi-{RUN_DATE}.xlsx",
           _sheets("simulasi", "Tim", "Bacaan SOP")),
)  # fmt: skip
# Stands in the head of the list of messages, a paper of its own in the workbook of the notices.
MESSAGES = "DAFTAR PESAN"


def to_pdf(workbook: Path, work: Path) -> Path:
    """Print a workbook and return the PDF."""
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{work}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(work),
            str(workbook),
        ],
        check=True,
        capture_output=True,
    )
    return work / f"{workbook.stem}.pdf"


def pages(pdf: Path) -> list[str]:
    """Return the text of each page."""
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    return text.split("\f")[:-1]


def page_of(texts: Iterable[str], sheet: str, words: str) -> int:
    """Return the number of the sheet's first page with these words: its footer names the sheet."""
    for number, text in enumerate(texts, start=1):
        footer = re.split(r" {2,}|\n", "\n".join(text.rstrip().splitlines()[-2:]))
        # Behind the sheet's name the footer may say what it is for.
        named = {part.strip().partition(". ")[0] for part in footer}
        if sheet in named and words in text:
            return number
    raise LookupError(f"no page of {sheet} with {words!r}")


def picture(pdf: Path, number: int, name: str) -> None:
    """Write one page as PNG."""
    page = str(number)
    drawn = subprocess.run(
        ["pdftoppm", "-r", RESOLUTION, "-f", page, "-l", page, str(pdf)],
        check=True,
        capture_output=True,
    ).stdout
    write_small_png(drawn, IMAGES / f"{name}.png")


def workbook_pictures(wanted: Wanted, desks: Desks, work: Path) -> None:
    """Write the pictures of one workbook."""
    pdf = to_pdf(desks.desk(wanted.desk) / wanted.file, work)
    texts = pages(pdf)
    for name, (sheet, words) in wanted.pictures.items():
        picture(pdf, page_of(texts, sheet, words), name)


def document_pictures(desks: Desks, work: Path) -> Iterator[str]:
    """Write the first page of each document of the week approved as it stands, and its name."""
    for path in sorted((desks.desk("disetujui") / _PAPERS).glob("*.xlsx")):
        kind = path.stem.partition("-")[2]
        pdf = to_pdf(path, work)
        picture(pdf, 1, f"dokumen-{kind}")
        yield f"dokumen-{kind}"
        for number, text in enumerate(pages(pdf), start=1):
            if MESSAGES in text:
                picture(pdf, number, "dokumen-daftar-pesan")
                yield "dokumen-daftar-pesan"
                break


def main() -> None:
    """Picture the sheets of the example week."""
    for tool in ("soffice", "pdftoppm", "pdftotext"):
        if shutil.which(tool) is None:
            sys.exit(f"{tool} is needed: install LibreOffice Calc and poppler-utils.")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        desks = Desks(work / "desks")
        (desks.desk("awal") / "kosong").mkdir()
        shutil.copyfile(TEMPLATES / "permintaan.xlsx", desks.desk("awal") / WANTED[0].file)
        desks.add("andaikan", "awal", "run", "permintaan.xlsx", "--what-if", SUPPOSED)
        history = [sys.executable, "-m", "examples.history", str(work / "riwayat.xlsx")]
        subprocess.run(history, check=True, cwd=ROOT)
        desks.add(
            "simulasi", "awal", "simulate", str(work / "riwayat.xlsx"), "--reference", "acuan.xlsx"
        )
        made = {"benchmarks", *(name for wanted in WANTED for name in wanted.pictures)}
        for wanted in WANTED:
            workbook_pictures(wanted, desks, work)
        made.update(document_pictures(desks, work))
    for old in IMAGES.glob("*.png"):  # that of the benchmarks is made with them
        if old.stem not in made:
            old.unlink()


if __name__ == "__main__":
    main()
