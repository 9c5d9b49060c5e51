"""The sheet Petunjuk of each form: how to fill it in, for somebody who sees it for the first time.

What a column means comes from the schema; only the steps are said here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.forms import schema
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.xlsx.book import Look, WorkbookWriter
from labkesmas_batch.xlsx.palette import DARK, LINE, MUTED, SHADE
from labkesmas_batch.xlsx.text_size import LINE_HEIGHT, PADDING, line_count

INTAKE_STEPS = (
    "Isi lembar Permintaan: satu baris untuk satu permintaan, mulai pada baris kosong pertama di "
    "bawah judul kolom. Dua jenis contoh uji ditulis sebagai dua permintaan, pada dua baris.",
    "Kolom berjudul biru tua wajib diisi; kolom berjudul abu-abu boleh kosong.",
    "No. Permintaan diberikan laboratorium, misalnya P-17 atau 017/YAN/2026. Satu nomor untuk satu "
    "permintaan, dan tidak dipakai lagi untuk permintaan lain.",
    "Tanggal ditulis hari dahulu: 10/06/2026 atau 10 Juni 2026. Hari dan bulan tidak pernah "
    "ditukar. Sesudah mengetik, lihat bulan yang tampil di sel; bila lain dari maksudnya, ketik "
    "tahun dahulu: 2026-06-10.",
    "Jenis Customer, Wilayah dan Jenis Contoh Uji dipilih dari daftar: klik selnya, lalu panah di "
    "kanannya. Nama yang dikenal ada di bawah pada halaman ini.",
    "Permintaan disampaikan paling sedikit 3 minggu sebelum pengambilan (SOP langkah 4), jadi "
    "Tanggal Usulan paling dini 21 hari sesudah Tanggal Permintaan. Bila lebih dini dan ada izin "
    "Kepala, isi nomor Surat Dispensasi.",
    "Baris CONTOH tidak dibaca program; boleh dihapus. Judul kolom jangan diubah.",
    "Simpan sebagai Buku Kerja Excel (.xlsx) tanpa kata sandi, tutup, lalu serahkan kepada petugas "
    "yang menjalankan program.",
    "Bila program menemukan kesalahan, buka berkas berakhiran -diperiksa.xlsx: sel yang salah "
    "diberi warna dan catatan cara memperbaikinya.",
    "Pekan berikutnya: permintaan pada jadwal yang sudah disahkan diingat program; barisnya boleh "
    "dihapus atau dibiarkan. Yang ditahan atau dikembalikan diperbaiki pada barisnya, dengan No. "
    "dan Tanggal Permintaan semula.",
)
REFERENCE_STEPS = (
    "Berkas ini memuat acuan laboratorium: ketentuan SOP, tim, wilayah, jenis contoh uji, "
    "peralatan, tarif, hari libur dan pejabat. Letakkan di samping permintaan.xlsx.",
    "Semua isinya contoh rekaan, kecuali Ketentuan dan Hari Libur. Ganti seluruhnya sebelum "
    "dipakai, juga yang tidak bertanda “contoh, ganti”: jam tempuh, waktu simpan, kapasitas, "
    "peralatan. Hapus semua baris contoh: yang menyebut nama yang sudah tidak ada ditolak, atau "
    "(di Anggota Tim dan Cara Sampling) diberi peringatan dan tidak dipakai.",
    "Mulai dari Jenis Contoh Uji dan Wilayah, lalu Peralatan, Tim, Anggota Tim dan Tim Cuti; "
    "sesudah itu Tarif, Pejabat, Instansi, Cara Sampling dan Teks MoU untuk dokumen.",
    "Nama tim, wilayah, jenis contoh uji dan peralatan harus sama tulisannya di semua lembar.",
    "Kapasitas, hari atau tanggal yang kosong berarti tanpa batas.",
    "Daftar dipisah titik koma, misalnya Senin; Rabu; Jumat.",
    "Sesudah Wilayah, Jenis Contoh Uji atau Tarif berubah, buat formulir permintaan yang baru "
    "dengan perintah: labkesmas-batch template --reference acuan.xlsx --output baru",
    "Periksa hari libur setiap tahun menurut SKB 3 Menteri.",
)
SUPPOSED_STEPS = (
    "Isi lembar Andaikan: satu baris untuk satu perubahan. Beberapa baris berlaku bersama-sama.",
    "Simpan, lalu jalankan: labkesmas-batch run permintaan.xlsx --what-if andaikan.xlsx",
    "Jadwal dan register tidak berubah; hasilnya buku kerja andaikan-….xlsx yang membandingkan "
    "jadwal ini dengan yang diandaikan. Perubahan yang dapat dipilih:",
)

_NAME_WIDTH, _MEANING_WIDTH, _HOLDS_WIDTH, _NEED_WIDTH = 24, 62, 22, 8
_STEP_WIDTH = _NAME_WIDTH + _MEANING_WIDTH + _HOLDS_WIDTH + _NEED_WIDTH
# The cells of the tables are of nine points: so much more stands on a line than in ten.
_SMALL = 1.1
_HOLDS = {
    schema.Type.CHOICE: "pilih dari daftar",
    schema.Type.LOOKUP: "pilih dari daftar",
    schema.Type.LONG_TEXT: "teks",
}
# More lines than this would be too small to read on one page.
_ONE_PAGE = 70


def write_guide(
    book: WorkbookWriter,
    workbook: schema.Workbook,
    steps: Iterable[str],
    offered: Mapping[str, str] | None = None,
) -> None:
    """Write the sheet Petunjuk.

    Parameters
    ----------
    steps
        What to do, one after the other.
    offered
        The names that a column knows, by its header.
    """
    guide = book.sheet(schema.GUIDE_SHEET, "Petunjuk Pengisian", landscape=False)
    for at, width in enumerate((4, _NAME_WIDTH, _MEANING_WIDTH, _HOLDS_WIDTH, _NEED_WIDTH)):
        guide.set_column(at, at, width)
    title = f"Petunjuk pengisian {workbook.file}"
    guide.write_string(0, 0, title, book.format(bold=True, font_size=16, font_color=DARK))
    guide.set_row(0, 26)
    row = 1
    for number, step in enumerate(steps, start=1):
        guide.set_row(row, line_count(step, _STEP_WIDTH) * LINE_HEIGHT + PADDING + 2)
        guide.write_number(row, 0, number, book.format(bold=True, font_color=DARK, align="center"))
        guide.merge_range(row, 1, row, 4, step, book.format(text_wrap=True))
        row += 1
    row += 1
    for at, text in enumerate((Header.COLUMN, "Arti", Header.CONTENT, "Wajib"), start=1):
        guide.write_string(row, at, text, book.header())
    for sheet in workbook.sheets:
        row = _sheet(book, guide, sheet, row + 1, named=len(workbook.sheets) > 1)
    if offered:
        row = _names(book, guide, offered, row + 2)
    guide.print_area(0, 0, row, 4)
    guide.fit_to_pages(1, 1 if row < _ONE_PAGE else 0)
    guide.set_first_sheet()


def _sheet(
    book: WorkbookWriter, guide: Worksheet, sheet: schema.Sheet, row: int, *, named: bool
) -> int:
    """Write what each column of a sheet means; return the last row."""
    if named:
        look = book.body(Look.LINK, bg_color=SHADE, bold=True)
        guide.write_url(row, 1, f"internal:'{sheet.name}'!A1", look, sheet.name)
        guide.merge_range(row, 2, row, 4, sheet.purpose, book.body(Look.BOLD, bg_color=SHADE))
        row += 1
    for column in sheet.columns:
        cell = book.format(border=1, border_color=LINE, text_wrap=True, font_size=9)
        name = book.format(
            border=1,
            border_color=LINE,
            text_wrap=True,
            font_size=9,
            bold=True,
            font_color="#FFFFFF",
            bg_color=DARK if column.required else MUTED,
        )
        guide.write_string(row, 1, column.header, name)
        guide.write_string(row, 2, column.meaning, cell)
        holds = _HOLDS.get(column.type, column.type.value)
        guide.write_string(row, 3, holds, cell)
        guide.write_string(row, 4, "wajib" if column.required else "", cell)
        lines = max(
            line_count(column.meaning, _MEANING_WIDTH * _SMALL),
            line_count(holds, _HOLDS_WIDTH * _SMALL),
        )
        guide.set_row(row, lines * LINE_HEIGHT + PADDING)
        row += 1
    return row - 1


def _names(book: WorkbookWriter, guide: Worksheet, offered: Mapping[str, str], row: int) -> int:
    """Write which names the columns know; return the last row."""
    guide.write_string(row, 1, Header.COLUMN, book.header())
    guide.merge_range(row, 2, row, 4, "Nama yang dikenal", book.header())
    cell = book.format(border=1, border_color=LINE, text_wrap=True, font_size=9)
    width = _MEANING_WIDTH + _HOLDS_WIDTH + _NEED_WIDTH
    for header, names in offered.items():
        row += 1
        guide.write_string(row, 1, header, cell)
        guide.merge_range(row, 2, row, 4, names, cell)
        lines = max(line_count(names, width * _SMALL), line_count(header, _NAME_WIDTH * _SMALL))
        guide.set_row(row, lines * LINE_HEIGHT + PADDING)
    return row
