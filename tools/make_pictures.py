"""Make the pictures in docs/images from the example week (``make pictures``).

Needs LibreOffice (``soffice``) and poppler (``pdftoppm``, ``pdftotext``).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "input_templates"
IMAGES = ROOT / "docs" / "images"
RUN_DATE = "2026-11-23"
# Workbook to the sheets whose first page becomes a picture.
WANTED = {
    "jadwal.xlsx": (
        "Ringkasan", "Jadwal", "Kalender", "Prioritas", "Dikembalikan", "Antrean", "Kesalahan",
        "Beban Tim", "Zona Antara", "Mutu Baku",
    ),
    "permintaan.xlsx": ("Petunjuk", "Permintaan"),
    "contoh-permintaan-diperiksa.xlsx": ("Permintaan",),
    "andaikan.xlsx": ("Pengandaian",),
    "simulasi.xlsx": ("Tim", "Bacaan SOP"),
}  # fmt: skip
SUPPOSED = "Jumlah unit; High Volume Air Sampler; tambah 1"
RESOLUTION = "80"
# Stands in the head of the list of messages.
MESSAGES = "DAFTAR PESAN"


def pages(pdf: Path) -> list[str]:
    """Return the text of each page."""
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    return text.split("\f")[:-1]


def sheet_of(page: str) -> str:
    """Return the sheet that a page belongs to: the middle of its footer."""
    footer = page.rstrip().splitlines()[-1].split("  ")
    return [part.strip() for part in footer if part.strip()][1]


def to_pdf(workbook: Path, work: Path) -> Path:
    """Print a workbook and return the PDF."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to",
         "pdf", "--outdir", str(work), str(workbook)],
        check=True, capture_output=True,
    )  # fmt: skip
    return work / f"{workbook.stem}.pdf"


def page_picture(pdf: Path, number: int, target: Path) -> None:
    """Write one page as PNG; the target is named without its suffix."""
    page = str(number)
    subprocess.run(
        ["pdftoppm", "-r", RESOLUTION, "-png", "-singlefile", "-f", page, "-l", page,
         str(pdf), str(target)],
        check=True,
    )  # fmt: skip


def picture(workbook: Path, sheets: tuple[str, ...], work: Path) -> None:
    """Write one PNG for the first page of each sheet."""
    pdf = to_pdf(workbook, work)
    first: dict[str, int] = {}
    for number, page in enumerate(pages(pdf), start=1):
        first.setdefault(sheet_of(page), number)
    for sheet in sheets:
        target = IMAGES / f"{workbook.stem}-{sheet.lower().replace(' ', '-')}"
        page_picture(pdf, first[sheet], target)


def document_pictures(work: Path) -> None:
    """Write one PNG for the first page of each kind of document, and of the list of messages.

    The example week is taken as approved as it stands.
    """
    from labkesmas_batch import documents, gather, pipeline  # noqa: PLC0415 - this part only

    day = date.fromisoformat(RUN_DATE)
    inputs = gather.gather([TEMPLATES / "contoh-permintaan.xlsx"], TEMPLATES / "acuan.xlsx")
    week = pipeline.decide(inputs, day)
    final = documents.Finalized(
        f"{RUN_DATE}-r1", day, "Nama Kepala (contoh, ganti)", day, week.reference,
        week.allocation.visits, week.returned, week.allocation.unplaced,
    )  # fmt: skip
    numbers = documents.assign(documents.papers(final), {})
    for path in documents.write_documents(work / "documents", final, numbers):
        kind = path.stem.partition("-")[2]
        pdf = to_pdf(path, work)
        page_picture(pdf, 1, IMAGES / f"dokumen-{kind}")
        if kind == documents.Kind.CUSTOMER_NOTICE:
            lists = [n for n, text in enumerate(pages(pdf), start=1) if MESSAGES in text]
            page_picture(pdf, lists[0], IMAGES / "dokumen-daftar-pesan")


def program(work: Path, *arguments: str) -> None:
    """Run the program on the example's day; some rows wait for people, so its code may be 1."""
    subprocess.run(
        [sys.executable, "-m", "labkesmas_batch", *arguments, "--date", RUN_DATE,
         "--output", str(work / "out")],
        check=False, capture_output=True,
    )  # fmt: skip


def main() -> None:
    """Run the example and picture its sheets."""
    for tool in ("soffice", "pdftoppm", "pdftotext"):
        if shutil.which(tool) is None:
            sys.exit(f"{tool} is needed: install LibreOffice Calc and poppler-utils.")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        example = str(TEMPLATES / "contoh-permintaan.xlsx")
        program(work, "run", example)
        program(work, "run", example, "--what-if", SUPPOSED)
        run = work / "out" / f"{RUN_DATE}-r1"
        (work / "out" / f"andaikan-{RUN_DATE}.xlsx").rename(run / "andaikan.xlsx")
        history = str(work / "riwayat.xlsx")
        subprocess.run([sys.executable, str(ROOT / "examples" / "history.py"), history], check=True)
        program(work, "simulate", history, "--reference", str(TEMPLATES / "acuan.xlsx"))
        (work / "out" / f"simulasi-{RUN_DATE}.xlsx").rename(run / "simulasi.xlsx")
        for name, sheets in WANTED.items():
            source = run / name if (run / name).exists() else TEMPLATES / name
            picture(source, sheets, work)
        document_pictures(work)


if __name__ == "__main__":
    main()
