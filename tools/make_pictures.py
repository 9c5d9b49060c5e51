"""Make the pictures in docs/images from the example week (``make pictures``).

Needs LibreOffice (``soffice``) and poppler (``pdftoppm``, ``pdftotext``).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "input_templates"
IMAGES = ROOT / "docs" / "images"
RUN_DATE = "2026-11-23"
# Workbook to the sheets whose first page becomes a picture.
WANTED = {
    "jadwal.xlsx": (
        "Ringkasan", "Jadwal", "Kalender", "Prioritas", "Dikembalikan", "Antrean", "Kesalahan",
        "Beban Tim", "Zona Antara",
    ),
    "permintaan.xlsx": ("Petunjuk", "Permintaan"),
    "contoh-permintaan-diperiksa.xlsx": ("Permintaan",),
    "andaikan.xlsx": ("Pengandaian",),
    "simulasi.xlsx": ("Tim", "Bacaan SOP"),
}  # fmt: skip
SUPPOSED = "Jumlah unit; High Volume Air Sampler; tambah 1"
RESOLUTION = "80"


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


def picture(workbook: Path, sheets: tuple[str, ...], work: Path) -> None:
    """Write one PNG for the first page of each sheet."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to",
         "pdf", "--outdir", str(work), str(workbook)],
        check=True, capture_output=True,
    )  # fmt: skip
    pdf = work / f"{workbook.stem}.pdf"
    first: dict[str, int] = {}
    for number, page in enumerate(pages(pdf), start=1):
        first.setdefault(sheet_of(page), number)
    for sheet in sheets:
        target = IMAGES / f"{workbook.stem}-{sheet.lower().replace(' ', '-')}"
        page = str(first[sheet])
        subprocess.run(
            ["pdftoppm", "-r", RESOLUTION, "-png", "-singlefile", "-f", page, "-l", page,
             str(pdf), str(target)],
            check=True,
        )  # fmt: skip


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


if __name__ == "__main__":
    main()
