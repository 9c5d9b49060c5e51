"""Ways in which people write or break a cell, a header, a row, a sheet or a file.

One :class:`Way` a row: what staff did, and what comes out. ``test_ways.py`` takes every row
through the command line; ``tools/make_docs.py`` makes docs/ways.md of the same table.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import Request
from labkesmas_batch.text.indonesian import long_date
from tests.support.builders import (
    HEADERS,
    REFERENCE_ROWS,
    Error,
    Formula,
    row,
    settings,
    write_intake,
    write_reference,
)

RUN_DATE = "2026-06-01"
INTAKE, REFERENCE = "permintaan.xlsx", "acuan.xlsx"
Make = Callable[[Path], Sequence[Path] | Path | None]

# What a way may say of a value that was read; a header of the form, or one of acuan.
READ: Mapping[str, Callable[[Request, Reference], object]] = {
    "No. Permintaan": lambda request, _: request.number,
    "Tanggal Permintaan": lambda request, _: request.received,
    "Jenis Customer": lambda request, _: str(request.customer_class),
    "Nama Customer": lambda request, _: request.customer,
    "Alamat": lambda request, _: request.address,
    "Telepon": lambda request, _: request.phone,
    "Lokasi Sampling": lambda request, _: request.site,
    "Wilayah": lambda request, _: request.region,
    "Jenis Contoh Uji": lambda request, _: request.sample_type,
    "Parameter": lambda request, _: "; ".join(request.parameters),
    "Jumlah Contoh Uji": lambda request, _: request.samples,
    "Tanggal Usulan": lambda request, _: request.proposed,
    "Keterangan": lambda request, _: request.note,
    "Tarif (Rp)": lambda _, reference: reference.tariffs[0].amount,
    "Contoh Uji per Hari": lambda _, reference: reference.teams[0].samples_per_day,
    "Kapasitas Lab per Hari": lambda _, reference: (
        next(iter(reference.sample_types.values())).lab_capacity
    ),
    "Hari Berangkat": lambda _, reference: sorted(
        next(iter(reference.regions.values())).departure_days or ()
    ),
    "selisih_internal_hari": lambda _, reference: reference.policy.internal_gap,
}


@dataclass(frozen=True)
class Way:
    """One way, and what comes out.

    Parameters
    ----------
    id
        Unique, short; the test's name.
    did
        What staff did: English, with the Indonesian that they typed in backquotes.
    make
        Does so in a folder; returns what to give to the command, None for ``permintaan.xlsx``.
    reads
        Header to the value that is read.
    finds
        ``code cell`` of every finding, the cell left out for one about a sheet or a file.
    says
        Words that stand in a finding's text, or in the refusal.
    refused
        Exit 3 with one sentence; nothing is written.
    rows
        Data rows that are counted, found in whatever place.
    copy
        Words that the copy's list of findings says beside them.
    tells
        Words on the terminal beside the findings.
    gives
        In words, what the table cannot say from the above.
    bug
        Why the way fails today; the test is then expected to.
    """

    id: str
    did: str
    make: Make
    reads: Mapping[str, object] = field(default_factory=dict)
    finds: tuple[str, ...] = ()
    says: str = ""
    refused: bool = False
    rows: int | None = 1
    copy: str = ""
    tells: str = ""
    gives: str = ""
    bug: str = ""

    @property
    def outcome(self) -> str:
        """What comes out, in one line for the page."""
        if self.refused:
            return f"Refused, exit 3: “… {self.says} …”"
        parts = [f"{header} = {shown(value)}" for header, value in self.reads.items()]
        said = [f"{code} at {cell}" if cell else code for code, _, cell in map(_split, self.finds)]
        finds = ", ".join(said)
        if finds and self.says:
            finds += f": “… {self.says} …”"
        parts += [finds] if finds else []
        parts += [f"the terminal says “… {self.tells} …”"] if self.tells else []
        parts += [f"the copy says “… {self.copy} …”"] if self.copy else []
        parts += [self.gives] if self.gives else []
        if self.rows not in (1, None):
            parts.append(f"{self.rows} rows counted")
        return "; ".join(parts) or "read, no finding"


def _split(found: str) -> tuple[str, str, str]:
    return found.partition(" ")


def shown(value: object) -> str:
    """Write a value for the page."""
    if isinstance(value, datetime):
        clock = f" {value:%H.%M}" if (value.hour, value.minute) != (0, 0) else ""
        return long_date(value) + clock
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, str):
        return f"`{value}`" if value else "blank"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def typed(**cells: Any) -> Make:
    """One request with some cells typed so."""
    return rows(row(**cells))


def rows(*given: Mapping[str, object] | Sequence[object], **how: Any) -> Make:
    """An intake of these rows."""

    def make(folder: Path) -> None:
        write_intake(folder / INTAKE, given, **how)

    return make


def changed(change: Callable[[Worksheet], object], *given: Mapping[str, object]) -> Make:
    """An intake in which something was done to the sheet."""

    def make(folder: Path) -> None:
        path = write_intake(folder / INTAKE, given or [row()])
        book = load_workbook(path)
        change(book["Permintaan"])
        book.save(path)

    return make


def acuan(*requests: Mapping[str, object], **sheets: Sequence[Sequence[object]] | None) -> Make:
    """A clean intake beside a reference with some sheets replaced."""

    def make(folder: Path) -> None:
        write_intake(folder / INTAKE, requests or [row()])
        write_reference(folder / REFERENCE, **sheets)

    return make


def file(name: str, content: bytes) -> Make:
    """A file of these bytes."""

    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def renamed(name: str) -> Make:
    """A good workbook under another name."""

    def make(folder: Path) -> Path:
        return write_intake(folder / INTAKE, [row()]).rename(folder / name)

    return make


def bytes_changed(change: Callable[[bytes], bytes]) -> Make:
    """A good workbook whose bytes were changed."""

    def make(folder: Path) -> None:
        path = write_intake(folder / INTAKE, [row()])
        path.write_bytes(change(path.read_bytes()))

    return make


def xml(part: str, old: str, new: str, *given: Mapping[str, object], name: str = INTAKE) -> Make:
    """A workbook one of whose parts was changed: ``old`` is a pattern."""

    def change(content: bytes) -> bytes:
        changed_text, count = re.subn(old, lambda _: new, content.decode(), count=1, flags=re.S)
        assert count == 1, (part, old)
        return changed_text.encode()

    def make(folder: Path) -> Path:
        path = write_intake(folder / name, given or [row()])
        repack(path, {part: change})
        return path

    return make


def repack(
    path: Path,
    changes: Mapping[str, Callable[[bytes], bytes]],
    more: Mapping[str, bytes] | None = None,
) -> None:
    """Write an archive anew with some parts changed and some added."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        parts[name] = change(parts[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | dict(more or {})).items():
            archive.writestr(name, content)


def zipped(name: str, **parts: bytes) -> Make:
    """An archive that is no .xlsx."""

    def make(folder: Path) -> Path:
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in parts.items():
                archive.writestr(part.replace("__", "/").replace("_", "."), content)
        return folder / name

    return make


SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"


def _saved(value: str, kind: str = "") -> Make:
    """A formula in M2 (Jumlah Contoh Uji) with the value that Excel saved."""
    new = f'<c r="M2"{kind}><f>1+1</f><v>{value}</v></c>'
    return xml(SHEET, r'<c r="M2"[^>]*>.*?</c>', new)


def _book(sheet: Worksheet) -> Workbook:
    book = sheet.parent
    assert isinstance(book, Workbook)
    return book


def _epoch_1904(sheet: Worksheet) -> None:
    _book(sheet).epoch = CALENDAR_MAC_1904
    sheet["B2"] = datetime(2026, 5, 4)
    sheet["B2"].number_format = "dd/mm/yyyy"
    sheet["N2"] = datetime(2026, 6, 15)
    sheet["N2"].number_format = "dd/mm/yyyy"


def _general_1904(sheet: Worksheet) -> None:
    _epoch_1904(sheet)
    sheet["B2"] = 44684  # 4 May 2026 by the calendar of 1904
    sheet["B2"].number_format = "General"


def _merged_title(sheet: Worksheet) -> None:
    """Customer over D:H, a sub-title for each column below it."""
    sheet.insert_rows(1)
    sheet["D1"] = "Customer"
    sheet.merge_cells("D1:H1")
    for letter, title in zip(
        "DEFGH", ("Nama", "Alamat", "Narahubung", "Telepon", "Email"), strict=True
    ):
        sheet[f"{letter}2"] = title


def _two_lines(sheet: Worksheet) -> None:
    sheet.insert_rows(1)
    for at, cell in enumerate(sheet[2], start=1):
        above, _, below = str(cell.value).partition(" ")
        if below:
            sheet.cell(1, at, above)
            cell.value = below


def _merged_down(sheet: Worksheet) -> None:
    """Each title merged over two rows, as in printed forms."""
    sheet.insert_rows(2)
    for column in range(1, len(HEADERS) + 1):
        sheet.merge_cells(start_row=1, start_column=column, end_row=2, end_column=column)


def _titles(**other: str) -> Make:
    """The form with some titles spelt otherwise, by their position in the form."""
    headers = [other.get(f"c{at}", header) for at, header in enumerate(HEADERS)]
    return rows([row().get(header) for header in HEADERS], headers=headers)


def _inserted(sheet: Worksheet) -> None:
    sheet.insert_cols(3)
    sheet["C1"], sheet["C2"] = "Diterima oleh", "Ani"


def _nameless(sheet: Worksheet) -> None:
    sheet.insert_cols(3)
    sheet["C2"] = "v"


def _filtered(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A1:Q3"
    sheet.auto_filter.add_filter_column(2, ["Internal"])
    sheet.row_dimensions[3].hidden = True


def _looks(sheet: Worksheet) -> None:
    sheet["B2"].number_format = "General"
    sheet["A2"].comment = Comment("sudah ditelepon", "Ani")
    sheet.column_dimensions["E"].hidden = True
    sheet.protection.sheet = True
    sheet.protection.password = "rahasia"


def _chart(sheet: Worksheet) -> None:
    sheet["M2"] = "dua"
    sheet.add_chart(BarChart(), "T3")


def _far(sheet: Worksheet) -> None:
    sheet["XFD1048576"] = "x"


def _other_sheet(sheet: Worksheet) -> None:
    notes = _book(sheet).create_sheet("Catatan", 0)
    notes["A1"] = "Rapat hari Senin"


def _second_table(sheet: Worksheet) -> None:
    other = _book(sheet).copy_worksheet(sheet)
    other.title = "Permintaan lama"


def _two_candidates(sheet: Worksheet) -> None:
    sheet.title = "Mei"
    _book(sheet).copy_worksheet(sheet).title = "Juni"


def _old_template(sheet: Worksheet) -> None:
    marks = _book(sheet).create_sheet("Daftar")
    marks["A1"], marks["B1"] = "labkesmas-permintaan", "0"


def _hidden_sheet(sheet: Worksheet) -> None:
    _book(sheet).create_sheet("Lain")
    _book(sheet).active = 1
    sheet.sheet_state = "hidden"


def _example_row() -> dict[str, Any]:
    return row(
        "CONTOH",
        tanggal_permintaan="2026-06-01 09:30",
        nama_customer="Puskesmas Contoh",
        alamat="Jalan Contoh No. 1",
        narahubung="Nama narahubung",
        telepon="0800000000",
        email="nama@contoh.example",
        lokasi_sampling="Lokasi contoh",
        jumlah_contoh_uji=2,
        tanggal_usulan="2026-06-24",
        keterangan="Baris contoh, tidak dibaca program. Boleh dihapus.",
    )


def _two_files(
    first: Iterable[Mapping[str, object]], second: Iterable[Mapping[str, object]]
) -> Make:
    def make(folder: Path) -> list[Path]:
        return [
            write_intake(folder / "batam.xlsx", first),
            write_intake(folder / "lingga.xlsx", second),
        ]

    return make


def _same_names(folder: Path) -> list[Path]:
    paths = []
    for place in ("batam", "lingga"):
        (folder / place).mkdir()
        write_reference(folder / place / REFERENCE)
        paths.append(write_intake(folder / place / INTAKE, [row("P-1")]))
    return paths


def _same_file_twice(folder: Path) -> list[Path]:
    path = write_intake(folder / INTAKE, [row()])
    return [path, folder]


def _folder_with_locks(folder: Path) -> Path:
    write_intake(folder / INTAKE, [row()])
    (folder / f"~${INTAKE}").write_bytes(b"\x05Ani" + b" " * 160)
    (folder / f".~lock.{INTAKE}#").write_text(",ani,pc,01.06.2026 08:00,file:///C:/ani;")
    (folder / "catatan.docx").write_bytes(b"PK")
    return folder


def _open_elsewhere(folder: Path) -> Path:
    return _folder_with_locks(folder) / INTAKE


def _empty_folder(folder: Path) -> Path:
    (folder / "kosong").mkdir()
    return folder / "kosong"


def _lock_file_itself(folder: Path) -> Path:
    write_intake(folder / INTAKE, [row()])
    (folder / f"~${INTAKE}").write_bytes(b"\x05Ani" + b" " * 160)
    return folder / f"~${INTAKE}"


def _reference_as_intake(folder: Path) -> Path:
    return folder / REFERENCE


def _zero_reference(folder: Path) -> None:
    write_intake(folder / INTAKE, [row()])
    write_reference(folder / REFERENCE, wilayah=None)


def _macros(folder: Path) -> Path:
    path = write_intake(folder / "permintaan.xlsm", [row(jumlah_contoh_uji="dua")])
    plain, macro = b"sheet.main+xml", b"sheet.macroEnabled.main+xml"
    old = b"application/vnd.openxmlformats-officedocument.spreadsheetml." + plain
    new = b"application/vnd.ms-excel." + macro
    repack(
        path,
        {"[Content_Types].xml": lambda content: content.replace(old, new)},
        {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro"},
    )
    return path


def _external_link(folder: Path) -> None:
    path = write_intake(folder / INTAKE, [row(jumlah_contoh_uji="dua")])
    repack(path, {}, {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})


def _bomb(folder: Path) -> None:
    path = write_intake(folder / INTAKE, [row()])
    repack(path, {}, {"xl/media/image1.bmp": bytes(80 * 1024**2)})


def _swapped(folder: Path) -> Path:
    path = folder / "gambar.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    return path


def _blank_book(folder: Path) -> None:
    Workbook().save(folder / INTAKE)


def _old_schedule(folder: Path) -> Path:
    book = Workbook()
    book.worksheets[0].title = "Jadwal"
    book.create_sheet("Jejak")
    book.save(folder / "jadwal.xlsx")
    return folder / "jadwal.xlsx"


def _missing_file(folder: Path) -> Path:
    return folder / "tidak-ada.xlsx"


_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENTITIES = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;&b;">]>'
_TARIFFS = (("Air Minum", "E. coli", 100_000, "contoh"),)
_CSV = b"No. Permintaan;Tanggal Permintaan;Nama Customer\nP-1;04/05/2026;Puskesmas\n"


def tariff(amount: object) -> Make:
    """A reference with one tariff."""
    return acuan(tarif=[("Air Minum", "E. coli", amount, "contoh")])


def capacity(number: object) -> Make:
    """A reference whose first team has this capacity."""
    return acuan(tim=[("Tim 1", None, None, "Semua", 3, number)])


MAY_4 = datetime(2026, 5, 4)
_RECEIVED, _PROPOSED = "Tanggal Permintaan", "Tanggal Usulan"


def _date(id_: str, written: object, did: str = "", **more: Any) -> Way:
    """A date that is read as 4 May 2026."""
    told = {"reads": {_RECEIVED: MAY_4}} | more
    return Way(id_, did or f"date as text `{written}`", typed(tanggal_permintaan=written), **told)


def _wrong_date(id_: str, written: object, code: str, did: str = "", says: str = "") -> Way:
    did = did or f"date `{written}`"
    return Way(id_, did, typed(tanggal_permintaan=written), finds=(f"{code} B2",), says=says)


def _class(id_: str, written: str, value: str, did: str = "") -> Way:
    did = did or f"Jenis Customer `{written}`"
    return Way(id_, did, typed(jenis_customer=written), reads={"Jenis Customer": value})


DATES = (
    _date("date-cell", date(2026, 5, 4), "a real date cell"),
    _date("date-iso", "2026-05-04"),
    _date("date-iso-slashes", "2026/05/04"),
    _date("date-slashes", "04/05/2026", "`04/05/2026`: day first, always"),
    _date("date-hyphens", "04-05-2026"),
    _date("date-points", "04.05.2026"),
    _date("date-short", "4/5/2026"),
    _date("date-spaces-inside", "4 / 5 / 2026"),
    _date("date-month-name", "4 Mei 2026"),
    _date("date-upper-case", "4 MEI 2026"),
    _date("date-english-month", "4 May 2026"),
    _date("date-abbreviated", "04-Mei-2026"),
    _date("date-old-nopember", "10 Nopember 2025", finds=("B15 B2",),
          reads={_RECEIVED: datetime(2025, 11, 10)}),
    _date("date-old-pebruari", "10 Pebruari 2026", finds=("B15 B2",),
          reads={_RECEIVED: datetime(2026, 2, 10)}),
    _date("date-agt", "17 Agt 2025", finds=("B15 B2",),
          reads={_RECEIVED: datetime(2025, 8, 17)}),
    _date("date-sept", "1 Sept. 2025", finds=("B15 B2",),
          reads={_RECEIVED: datetime(2025, 9, 1)}),
    _date("date-no-spaces", "4Mei2026"),
    _date("date-weekday", "Senin, 4 Mei 2026"),
    _date("date-weekday-friday", "Jum'at, 8 Mei 2026", reads={_RECEIVED: datetime(2026, 5, 8)}),
    _date("date-weekday-slashes", "Sen 04/05/2026"),
    _date("date-typed-with-apostrophe", "'04/05/2026"),
    _date("date-full-width", "０４/０５/２０２６", "full-width digits `０４/０５/２０２６`"),
    _date("date-nbsp", "\u00a04\u00a0Mei\u00a02026 ", "`4 Mei 2026` with non-breaking spaces"),
    _date("date-time", "04/05/2026 14:30", reads={_RECEIVED: datetime(2026, 5, 4, 14, 30)}),
    _date("date-time-wib", "4 Mei 2026 pukul 14.30 WIB",
          reads={_RECEIVED: datetime(2026, 5, 4, 14, 30)}),
    _date("date-time-cell", datetime(2026, 5, 4, 14, 30), "a date-time cell, 14.30",
          reads={_RECEIVED: datetime(2026, 5, 4, 14, 30)}),
    _date("date-iso-t", "2026-05-04T14:30:00", reads={_RECEIVED: datetime(2026, 5, 4, 14, 30)}),
    _date("date-comma-time", "Senin, 4 Mei 2026, 09:00",
          reads={_RECEIVED: datetime(2026, 5, 4, 9)}),
    _date("date-trailing-point", "4 Mei 2026."),
    _date("date-leading-zero", "04 mei 2026"),
    _date("date-serial", 46146, "`46146`: an Excel serial in a cell without date format",
          finds=("S06 B2",)),
    _date("date-serial-text", "46146", "the serial `46146` as text", finds=("S06 B2",)),
    Way("date-1904", "a workbook with the 1904 date system (Excel for Mac)",
        changed(_epoch_1904), reads={_RECEIVED: MAY_4, _PROPOSED: date(2026, 6, 15)}),
    Way("date-1904-serial", "a serial without date format in a 1904 workbook: `44684`",
        changed(_general_1904), reads={_RECEIVED: MAY_4, _PROPOSED: date(2026, 6, 15)},
        finds=("S06 B2",)),
    _wrong_date("date-american", "12/31/2025", "S03", says="hari dahulu"),
    _wrong_date("date-february-30", "30 Februari 2026", "S03"),
    _wrong_date("date-february-29", "29/02/2026", "S03", "`29/02/2026`, no leap year"),
    _wrong_date("date-two-digit-year", "04/05/26", "S04"),
    _wrong_date("date-wrong-century", "04/05/1026", "S05"),
    _wrong_date("date-year-3026", "4 Mei 3026", "S05"),
    _wrong_date("date-wrong-weekday", "Selasa, 4 Mei 2026", "S16", says="hari Senin"),
    _wrong_date("date-no-year", "4 Mei", "S02"),
    _wrong_date("date-words", "minggu depan", "S02"),
    _wrong_date("date-unknown-month", "4 Mai 2026", "S02"),
    _wrong_date("date-two-dates", "4-5 Mei 2026", "S02", "two days in one cell, `4-5 Mei 2026`"),
    _wrong_date("date-25-hours", "04/05/2026 25:00", "S02"),
    _wrong_date("date-number", 7, "S02", "`7`, no plausible serial"),
    _wrong_date("date-eight-digits", 20260504, "S02", "`20260504` as a number"),
    _wrong_date("date-question-mark", "?", "S02"),
    _wrong_date("date-month-only", "Mei 2026", "S02"),
    _wrong_date("date-zero", 0, "S02", "`0`"),
    _wrong_date("date-letter-o", "O4/05/2026", "S02", "the letter O for a zero, `O4/05/2026`"),
    _wrong_date("date-english-order", "May 4, 2026", "S02"),
    _wrong_date("date-named-two-digits", "4-Mei-26", "S04"),
)  # fmt: skip


def _samples(id_: str, written: object, did: str = "", **more: Any) -> Way:
    did = did or f"Jumlah Contoh Uji `{written}` as text"
    return Way(id_, did, typed(jumlah_contoh_uji=written), **more)


def _phone(id_: str, written: object, value: str, did: str, bug: str = "") -> Way:
    return Way(id_, did, typed(telepon=written), reads={"Telepon": value}, bug=bug)


_TWO = {"Jumlah Contoh Uji": 2}
NUMBERS = (
    _samples("number-as-text", "2", reads=_TWO),
    _samples("number-with-spaces", " 2 ", reads=_TWO),
    _samples("number-apostrophe", "'2", reads=_TWO),
    _samples("number-full-width", "２", "full-width digit `２`", reads=_TWO),
    _samples("number-thousands", "1.500", reads={"Jumlah Contoh Uji": 1500}),
    _samples("number-decimals", "1.500,00", reads={"Jumlah Contoh Uji": 1500}),
    _samples("number-float", 2.0, "`2.0`, a number from another program", reads=_TWO),
    _samples("number-unit", "2 botol", finds=("S07 M2",)),
    _samples("number-word", "dua", finds=("S07 M2",)),
    _samples("number-fraction", 2.5, "`2,5`", finds=("S08 M2",)),
    _samples("number-zero", 0, "`0`", finds=("S09 M2",)),
    _samples("number-negative", -3, "`-3`", finds=("S09 M2",)),
    _samples("number-range", "2-3", finds=("S07 M2",)),
    _samples("number-english-thousands", "1,500", "`1,500`: 1500 or one and a half",
             finds=("S07 M2",)),
    _samples("number-huge", 9_000_000, "`9000000`", finds=("S15 M2",)),
    _samples("number-in-words-too", "5 (lima)", finds=("S07 M2",)),
    _samples("number-about", "± 5", finds=("S07 M2",)),
    _samples("number-one-and-a-half", 1.5, "`1.500` that an English Excel made 1.5",
             finds=("S08 M2",)),
    _samples("number-true", True, "`BENAR` (a logical value)", finds=("S07 M2",)),
    Way("tariff-thousands", "tariff `1.500` as text", tariff("1.500"),
        reads={"Tarif (Rp)": 1500.0}),
    Way("tariff-decimals", "tariff `1.500,00` as text", tariff("1.500,00"),
        reads={"Tarif (Rp)": 1500.0}),
    Way("tariff-rp", "tariff `Rp 125.000,-`", tariff("Rp 125.000,-"),
        reads={"Tarif (Rp)": 125000.0}),
    Way("tariff-rp-point", "tariff `Rp. 1.250.000`", tariff("Rp. 1.250.000"),
        reads={"Tarif (Rp)": 1250000.0}),
    Way("capacity-thousands", "a team's capacity `1.500` as text", capacity("1.500"),
        reads={"Contoh Uji per Hari": 1500}),
    Way("capacity-decimals", "a team's capacity `1.500,00` as text", capacity("1.500,00"),
        reads={"Contoh Uji per Hari": 1500}),
    _phone("phone-number", 81234567890, "081234567890", "a telephone number that Excel made a "
           "number: `81234567890`"),
    _phone("phone-land-line", 2172345678, "02172345678", "a land line that Excel made a number: "
           "`2172345678`"),
    _phone("phone-text", "0812-3456-7890", "0812-3456-7890", "telephone as text"),
    _phone("phone-plus", "+62 812 3456 7890", "+62 812 3456 7890", "`+62 812 3456 7890`"),
    _phone("phone-apostrophe", "'08123456789", "08123456789", "telephone `'08123456789`"),
    Way("code-number", "No. Permintaan as a number: `17`", rows(row(17)),
        reads={"No. Permintaan": "17"}),
    _phone("phone-country-code", 6281234567890, "6281234567890", "a number with the country "
           "code: `6281234567890`"),
    Way("code-became-date", "No. Permintaan `1/6` that Excel made a date",
        rows(row(date(2026, 6, 1))), finds=("S17 A2",)),
    Way("code-leading-zero", "No. Permintaan `007`, as text", rows(row("007")),
        reads={"No. Permintaan": "007"}),
)  # fmt: skip

TEXTS = (
    _class("class-upper", "INTERNAL ", "Internal", "Jenis Customer `INTERNAL ` with a space"),
    _class("class-lower", "eksternal", "Eksternal"),
    _class("class-english", "External", "Eksternal"),
    _class("class-apostrophe", "'Internal", "Internal"),
    _class("class-nbsp", "Eksternal\u00a0", "Eksternal", "Jenis Customer with a non-breaking "
           "space behind"),
    _class("class-full-width", "Ｉｎｔｅｒｎａｌ", "Internal"),
    Way("class-misspelt", "Jenis Customer `Ekstrnal`", typed(jenis_customer="Ekstrnal"),
        finds=("S10 C2",), says="Maksud Anda “Eksternal”?"),
    Way("class-both", "Jenis Customer `Internal/Eksternal`",
        typed(jenis_customer="Internal/Eksternal"), finds=("S10 C2",)),
    Way("class-letter", "Jenis Customer `E`", typed(jenis_customer="E"), finds=("S10 C2",)),
    Way("text-nbsp", "Nama Customer with non-breaking and double spaces",
        typed(nama_customer="\u00a0Puskesmas\u00a0 Batu   Aji "),
        reads={"Nama Customer": "Puskesmas Batu Aji"}),
    Way("text-line-break", "Lokasi Sampling with a line break inside",
        typed(lokasi_sampling="Depot Air\nBatu Aji"),
        reads={"Lokasi Sampling": "Depot Air Batu Aji"}),
    Way("text-zero-width", "Nama Customer pasted from a chat, with zero-width characters",
        typed(nama_customer="\ufeffPuskesmas\u200b Aji"),
        reads={"Nama Customer": "Puskesmas Aji"}),
    Way("text-right-to-left", "Nama Customer with right-to-left marks",
        typed(nama_customer="Puskesmas \u202eijA\u202c\u200f"),
        reads={"Nama Customer": "Puskesmas ijA"}),
    Way("text-control", "Keterangan with control characters",
        xml(SHEET, r'<c r="D2"[^>]*>.*?</c>',
            '<c r="D2" t="inlineStr"><is><t>Puskesmas_x0007_ Aji_x000D_</t></is></c>'),
        reads={"Nama Customer": "Puskesmas Aji"}),
    Way("text-longest", "Keterangan of 32,767 characters, the most that a cell holds",
        typed(keterangan="a" * 32_767), reads={"Keterangan": "a" * 32_767}),
    Way("text-longest-in-class", "32,767 characters in Jenis Customer",
        typed(jenis_customer="a" * 32_767), finds=("S10 C2",)),
    Way("text-number-as-name", "Nama Customer is the number `-5`", typed(nama_customer=-5),
        reads={"Nama Customer": "-5"}),
    Way("text-blank-name", "Nama Customer left blank", typed(nama_customer=None),
        finds=("S01 D2",)),
    Way("text-spaces-only", "Nama Customer holds spaces only", typed(nama_customer=" \u00a0 "),
        finds=("S01 D2",)),
    Way("text-three-blank", "three required cells left blank: one finding, not three",
        typed(nama_customer=None, wilayah=None, jumlah_contoh_uji=None), finds=("B09 D2",)),
    Way("region-case", "Wilayah `BATAM`", typed(wilayah="BATAM"), reads={"Wilayah": "Batam"}),
    Way("region-unknown", "unknown Wilayah `Btam`", typed(wilayah="Btam"), finds=("S10 J2",),
        says="Maksud Anda “Batam”?"),
    Way("kind-unknown", "unknown Jenis Contoh Uji `Air Minim`",
        typed(jenis_contoh_uji="Air Minim"), finds=("S10 K2",), says="Maksud Anda “Air Minum”?"),
    Way("kind-elsewhere", "a Jenis Contoh Uji unlike any: `Tanah`",
        typed(jenis_contoh_uji="Tanah"), finds=("S10 K2",)),
    Way("parameter-unknown", "unknown Parameter `E. colli`", typed(parameter="E. colli"),
        finds=("S11 L2",), says="Maksud Anda “E. coli”?"),
    Way("parameter-list", "Parameter `e. coli ; E. COLI;`, twice and in other cases",
        typed(parameter="e. coli ; E. COLI;"), reads={"Parameter": "E. coli"}),
    Way("parameter-commas", "Parameter separated by commas: `E. coli, Total Coliform`",
        acuan(row(parameter="E. coli, Total Coliform"),
              tarif=[*_TARIFFS, ("Air Minum", "Total Coliform", 1, "contoh")]),
        finds=("S11 L2",)),
    Way("text-rich", "a name in two colours (rich text)",
        xml(SHEET, r'<c r="D2"[^>]*>.*?</c>',
            '<c r="D2" t="inlineStr"><is><r><t>Puskes</t></r><r><t>mas</t></r></is></c>'),
        reads={"Nama Customer": "Puskesmas"}),
    Way("parameter-lines", "Parameter on two lines of one cell",
        acuan(row(parameter="E. coli\nTotal Coliform"),
              tarif=[*_TARIFFS, ("Air Minum", "Total Coliform", 1, "contoh")]),
        reads={"Parameter": "E. coli; Total Coliform"}),
)  # fmt: skip

CELLS = (
    Way("formula-saved", "a formula with its saved value", _saved("2"), reads=_TWO),
    Way("formula-unsaved", "a formula whose value was never saved",
        typed(jumlah_contoh_uji=Formula("=1+1")), finds=("S13 M2",)),
    Way("formula-unsaved-optional", "such a formula in a column that may stay blank",
        typed(tanggal_usulan=Formula("=B2+21")), finds=("S13 N2",)),
    Way("formula-text", "a formula whose saved value is a text",
        xml(SHEET, r'<c r="D2"[^>]*>.*?</c>', '<c r="D2" t="str"><f>A1</f><v>Puskesmas</v></c>'),
        reads={"Nama Customer": "Puskesmas"}),
    Way("formula-empty-text", "a formula whose saved value is an empty text",
        xml(SHEET, r'<c r="D2"[^>]*>.*?</c>', '<c r="D2" t="str"><f>IF(1,"")</f><v></v></c>'),
        finds=("S01 D2",)),
    Way("error-ref", "a cell that shows `#REF!`", typed(wilayah=Error("#REF!")),
        finds=("S12 J2",), says="#REF!"),
    Way("error-na", "a cell that shows `#N/A`", typed(tanggal_usulan=Error("#N/A")),
        finds=("S12 N2",), says="#N/A"),
    Way("error-formula", "a formula that ends in `#VALUE!`",
        _saved("#VALUE!", ' t="e"'), finds=("S12 M2",), says="#VALUE!"),
    Way("looks", "a comment, a hidden column, and a sheet protected by a password",
        changed(_looks), reads={_RECEIVED: MAY_4}, finds=("S06 B2",)),
)  # fmt: skip

_AT_5 = {"above": 4}
HEADER_ROWS = (
    Way("header-row-5", "the header in row 5, a title above", rows(row(), **_AT_5),
        reads={"No. Permintaan": "P-1"}),
    Way("header-row-5-cell", "the same, with a fault: the true row is told",
        rows(row(wilayah="Btam"), **_AT_5), finds=("S10 J6",)),
    Way("header-row-21", "the header in row 21", rows(row(), above=20), refused=True,
        says="20 baris pertama"),
    Way("header-order", "the columns in another order",
        rows(row(wilayah="Btam"), headers=tuple(reversed(HEADERS))), finds=("S10 H2",)),
    Way("header-case", "titles in capitals with double spaces",
        _titles(c0="NO.  PERMINTAAN", c1="TANGGAL PERMINTAAN", c9="wilayah "),
        reads={"No. Permintaan": "P-1", "Wilayah": "Batam"}),
    Way("header-line-break", "titles with line breaks: `Tanggal↵Permintaan`",
        _titles(c1="Tanggal\nPermintaan", c12="Jumlah\r\nContoh Uji"),
        reads={"No. Permintaan": "P-1", "Jumlah Contoh Uji": 2}),
    Way("header-colon", "titles with a colon or an asterisk: `Wilayah*`, `Nama Customer :`",
        _titles(c9="Wilayah*", c3="Nama Customer :"), reads={"Wilayah": "Batam"}),
    Way("header-merged-title", "a merged title `Customer` over `Nama`, `Alamat`, …",
        changed(_merged_title), reads={"Nama Customer": "Puskesmas P-1"}),
    Way("header-two-lines", "every title broken over two rows",
        changed(_two_lines), reads={"No. Permintaan": "P-1", "Wilayah": "Batam"}),
    Way("header-merged-down", "every title merged over two rows",
        changed(_merged_down), reads={"No. Permintaan": "P-1", "Wilayah": "Batam"}),
    Way("header-inserted-column", "a column of one's own, `Diterima oleh`", changed(_inserted),
        finds=("L01 C1",), says="Diterima oleh"),
    Way("header-nameless-column", "an inserted column without a title", changed(_nameless),
        reads={"Nama Customer": "Puskesmas P-1"}),
    Way("header-misspelt", "a required title misspelt: `Wilayh`", _titles(c9="Wilayh"),
        refused=True, says="Wilayah (tertulis “Wilayh”?)"),
    Way("header-misspelt-optional", "an optional title misspelt: `Tanggal Usulam`",
        _titles(c13="Tanggal Usulam"), finds=("L01 N1",), says="Maksud Anda “Tanggal Usulan”?"),
    Way("header-missing", "a required column deleted",
        rows(row(), headers=[h for h in HEADERS if h != "Wilayah"]), refused=True,
        says="kolom wajib tidak ada: Wilayah"),
    Way("header-optional-missing", "optional columns deleted", rows(row(), headers=[
        h for h in HEADERS if h not in ("Alamat", "Telepon", "Keterangan")]),
        reads={"No. Permintaan": "P-1", "Telepon": ""}),
    Way("header-twice", "the title `Wilayah` on two columns", _titles(c4="Wilayah"),
        refused=True, says="judul kolom ganda"),
)  # fmt: skip

ROWS = (
    Way("row-blank-between", "blank rows between the requests; row numbers stay true",
        rows(row("P-1"), {}, {}, row("P-2", wilayah="Btam")), finds=("S10 J5",), rows=2),
    Way("row-hidden", "a hidden row is read, and told", rows(row("P-1"), row("P-2"), hidden=[3]),
        finds=("L04",), says="baris 3", rows=2),
    Way("row-filtered", "rows filtered away are read, and told",
        changed(_filtered, row("P-1"), row("P-2")), finds=("L04",), says="baris 3", rows=2),
    Way("row-remark", "a remark below the table: `Dibuat oleh Ani, 1 Juni`",
        rows(row(), {}, {"No. Permintaan": "Dibuat oleh Ani, 1 Juni"}), finds=("L07 A4",),
        says="Dibuat oleh Ani"),
    Way("row-remark-elsewhere", "a remark below the table, in another column",
        rows(row(), {"Nama Customer": "Mohon dicek lagi ya"}), finds=("L07 A3",),
        says="Mohon dicek"),
    Way("row-signature", "a signature block: `Mengetahui,` / `Kepala Instalasi` / `NIP. …`",
        rows(row(), {}, {"Surat Dispensasi": "Mengetahui,"},
             {"Surat Dispensasi": "Kepala Instalasi"},
             {"Surat Dispensasi": "NIP. 19650101 199003 1 001"}),
        finds=("L07 A4", "L07 A5", "L07 A6")),
    Way("row-column-numbers", "a row of column numbers below the header: `1`, `2`, `3`, …",
        rows(list(range(1, len(HEADERS) + 1)), row()), finds=("L07 A2",)),
    Way("row-merged-customer", "one Nama Customer merged over two requests: never guessed",
        changed(lambda sheet: sheet.merge_cells("D2:D3"), row("P-1"), row("P-2")),
        finds=("S01 D3",), rows=2),
    Way("row-same-number-typed", "`17` once as number, once as text",
        rows(row(17), row("17", nama_customer="Lain")), finds=("B01 A2", "B01 A3"), rows=2),
    Way("row-total", "a line of totals below the table: `Total`, 2",
        rows(row(), {"No. Permintaan": "Total", "Jumlah Contoh Uji": 2}), finds=("L07 A3",),
        says="Total"),
    Way("row-number-only", "a row that holds only a number: a request begun",
        rows(row("P-1"), {"No. Permintaan": "P-2"}), finds=("B09 B3",), rows=2),
    Way("row-header-again", "the header repeated in the middle, as on a second page",
        rows(row("P-1"), list(HEADERS), row("P-2")), rows=2, finds=("L07 A3",)),
    Way("row-example", "the template's example row still there",
        rows(_example_row(), row()), reads={"No. Permintaan": "P-1"},
        gives="the example row is no request"),
    Way("row-example-reused", "the example row overtyped, its number `CONTOH` kept",
        rows(row("CONTOH")), finds=("B08 A2",)),
    Way("row-none", "a form without a request", rows(), finds=("L02",), rows=0),
    Way("row-duplicate", "one number on two rows: both are held",
        rows(row("P-1"), row("p-1 ", nama_customer="Depot Lain")), finds=("B01 A2", "B01 A3"),
        says="permintaan.xlsx baris 3", rows=2),
    Way("row-looks-twice", "the same customer, place, kind and date under two numbers",
        rows(row("P-1"), row("P-2", nama_customer="puskesmas  P-1", lokasi_sampling="Depot P-1")),
        finds=("B05 A3",), says="P-1 (permintaan.xlsx baris 2)", rows=2),
    Way("row-both-classes", "one customer once Internal, once Eksternal",
        rows(row("P-1"), row("P-2", nama_customer="Puskesmas P-1", jenis_customer="Internal")),
        finds=("B06 D2",), rows=2),
    Way("row-deadline", "Batas Akhir before Tanggal Usulan",
        typed(tanggal_usulan="20/06/2026", batas_akhir="19/06/2026"), finds=("B03 O2",)),
    Way("row-future", "Tanggal Permintaan after the run date",
        typed(tanggal_permintaan="02/06/2026"), finds=("B02 B2",)),
    Way("row-run-date", "Tanggal Permintaan on the run date, with time of day",
        typed(tanggal_permintaan="01/06/2026 23:59"),
        reads={_RECEIVED: datetime(2026, 6, 1, 23, 59)}),
    Way("row-waiver", "a waiver letter where the lead time is long enough",
        typed(tanggal_usulan="15/06/2026", surat_dispensasi="SD-1"), finds=("B04 P2",)),
    Way("row-travel", "the way is longer than the sample keeps",
        acuan(row(), wilayah=[("Batam", 0, None, "Feri", 30)]), finds=("B07 J2",)),
    Way("row-one-mistake", "a number and a date broken in one row: each told once",
        typed(tanggal_permintaan="31/06/2025", jumlah_contoh_uji="dua"),
        finds=("S03 B2", "S07 M2")),
    Way("row-thousand", "a thousand rows with the same mistake: five in full, then a count",
        rows(*(row(f"P-{n}", wilayah="Btam") for n in range(1000))),
        finds=tuple(f"S10 J{n + 2}" for n in range(1000)), tells="995 lagi yang serupa",
        rows=1000),
)  # fmt: skip

SHEETS = (
    Way("sheet-others", "a sheet of notes before the form", changed(_other_sheet),
        reads={"No. Permintaan": "P-1"}),
    Way("sheet-renamed", "the sheet called `Sheet1`", rows(row(), sheet="Sheet1"),
        reads={"No. Permintaan": "P-1"}),
    Way("sheet-case", "the sheet called `PERMINTAAN `", rows(row(), sheet="PERMINTAAN "),
        reads={"No. Permintaan": "P-1"}),
    Way("sheet-second-table", "last month's requests on a second sheet",
        changed(_second_table), finds=("L05",), says="Permintaan lama"),
    Way("sheet-two-candidates", "two sheets `Mei` and `Juni`, both with the form's header",
        changed(_two_candidates), refused=True, says="lembar mana yang dibaca"),
    Way("sheet-hidden", "the form on a hidden sheet", changed(_hidden_sheet),
        reads={"No. Permintaan": "P-1"}),
    Way("sheet-older-template", "an older version of the template", changed(_old_template),
        finds=("L06",), says="versi 0"),
    Way("sheet-blank-book", "a new, blank workbook", _blank_book, refused=True,
        says="bukan formulir permintaan"),
    Way("sheet-far-cell", "a lone cell in XFD1048576", changed(_far), refused=True,
        says="jauh sekali dari tabel"),
    Way("files-two", "two intake files in one check", _two_files([row("P-1")], [row("P-2")]),
        rows=2),
    Way("files-same-number", "the same number in two files: both places are named",
        _two_files([row("P-1")], [row("P-1", nama_customer="Lain")]),
        finds=("B14 A2",), says="batam.xlsx memuat nomor yang sama", rows=2),
    Way("files-same-name", "two files of one name in two folders: told apart by the folder",
        _same_names, finds=("B13 A2",), says="baris di batam/permintaan.xlsx", rows=2),
    Way("files-same-file-twice", "the file and its folder both named: read once",
        _same_file_twice, reads={"No. Permintaan": "P-1"}),
)  # fmt: skip

ACUAN = (
    Way("acuan-team-twice", "a team twice", acuan(
        tim=[("Tim 1", None, None, "Semua", 1, 1), ("TIM 1", None, None, "Semua", 1, 1)]),
        finds=("A05 A3",), rows=None),
    Way("acuan-leave-unknown", "leave for an unknown team `Tim 9`",
        acuan(tim_cuti=[("Tim 9", date(2026, 6, 10), date(2026, 6, 12), None)]),
        finds=("S10 A2",), rows=None),
    Way("acuan-leave-reversed", "leave that ends before it begins",
        acuan(tim_cuti=[("Tim 1", date(2026, 6, 12), date(2026, 6, 10), None)]),
        finds=("A08 C2",), rows=None),
    Way("acuan-nobody", "a kind that no team samples",
        acuan(tim=[("Tim 1", None, None, "Air Minum", 1, 9)]), finds=("A07 A3",)),
    Way("acuan-team-unknown-kind", "a team samples an unknown kind `Air Minom`",
        acuan(tim=[("Tim 1", None, None, "Air Minom; Air Minum; Udara Ambien", 1, 9)]),
        finds=("A06 D2",), says="Maksud Anda “Air Minum”?", rows=None),
    Way("acuan-equipment", "a kind needs equipment that is not listed",
        acuan(peralatan=[("High Volume Air Sampler", 1, None)]),
        finds=("A06 B2", "A06 B3"), says="Kotak Pendingin", rows=None),
    Way("acuan-negative", "a negative capacity", capacity(-4), finds=("S09 F2",), rows=None),
    Way("acuan-weekday", "departure days `Senen; Kamis`",
        acuan(wilayah=[("Batam", 0, "Senen; Kamis", None, 1)]), finds=("S14 C2",), rows=None),
    Way("acuan-weekday-range", "departure days `Senin s.d. Rabu`",
        acuan(wilayah=[("Batam", 0, "Senin s.d. Rabu", None, 1)]),
        reads={"Hari Berangkat": [0, 1, 2]}),
    Way("acuan-no-holidays", "a planned year without one holiday", acuan(hari_libur=[]),
        finds=("A09",), says="2026"),
    Way("acuan-kind-twice", "a kind twice", acuan(
        jenis_contoh_uji=[("Air Minum", None, None, None, 1), ("Air  minum", None, 1, None, 1)],
        tim=[("Tim 1", None, None, "Semua", 1, 1)], tarif=[]), finds=("A05 A3",), rows=None),
    Way("acuan-calibration", "a calibration date `31/02/2026`",
        acuan(peralatan=[("Kotak Pendingin", 1, "31/02/2026"),
                         ("High Volume Air Sampler", 1, None)]), finds=("S03 C2",), rows=None),
    Way("acuan-leave-open", "leave without its last day",
        acuan(tim_cuti=[("Tim 1", date(2026, 6, 12), None, None)]), finds=("S01 C2",), rows=None),
    Way("acuan-no-teams", "no team at all: the kinds that nobody samples are told",
        acuan(tim=[], tim_cuti=[]), finds=("A07 A2", "A07 A3")),
    Way("acuan-setting-missing", "a key of Ketentuan deleted: the default, and a warning",
        acuan(ketentuan=[row for row in REFERENCE_ROWS["Ketentuan"] if row[0] != "hari_kerja"]),
        finds=("A02",), says="hari_kerja"),
    Way("acuan-setting", "selisih_internal_hari `tujuh`",
        acuan(ketentuan=settings(selisih_internal_hari="tujuh")), finds=("A01 B4",), rows=None),
    Way("acuan-setting-text", "selisih_internal_hari `7` as text",
        acuan(ketentuan=settings(selisih_internal_hari="7")), reads={"selisih_internal_hari": 7}),
    Way("acuan-setting-unknown", "a misspelt key `horison_hari`",
        acuan(ketentuan=[*REFERENCE_ROWS["Ketentuan"], ("horison_hari", 60, None)]),
        finds=("A03 A16",), says="Maksud Anda “horizon_hari”?"),
    Way("acuan-gaps", "selisih_internal_hari 14, selisih_eksternal_hari 14",
        acuan(ketentuan=settings(selisih_internal_hari=14)), finds=("A04 B4",), rows=None),
    Way("acuan-no-tariffs", "a sheet that may be missing, Tarif, deleted", acuan(tarif=None),
        finds=("L03",)),
    Way("acuan-no-regions", "a sheet that is needed, Wilayah, deleted", _zero_reference,
        refused=True, says="Wilayah tidak ada"),
    Way("acuan-as-intake", "acuan.xlsx given as the intake", _reference_as_intake, refused=True,
        says="bukan formulir permintaan"),
)  # fmt: skip

FILES = (
    Way("file-missing", "a name that is no file", _missing_file, refused=True,
        says="tidak ditemukan"),
    Way("file-empty", "a file of zero bytes", file(INTAKE, b""), refused=True, says="kosong"),
    Way("file-encrypted", "a workbook with a password", file(
        INTAKE, _OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le")), refused=True,
        says="kata sandi"),
    Way("file-xls", "the old format, .xls", file(
        "permintaan.xls", _OLE + bytes(512) + "Workbook".encode("utf-16-le")), refused=True,
        says="(.xlsx)"),
    Way("file-xlsb", "the binary format, .xlsb", zipped(
        "permintaan.xlsb", _rels___rels=b"<a/>", xl__workbook_bin=b"\x83\x01"), refused=True,
        says=".xlsb"),
    Way("file-ods", "LibreOffice's own format, .ods", zipped(
        "permintaan.ods", mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
        content_xml=b"<a/>"), refused=True, says=".ods"),
    Way("file-csv", "a .csv", file("permintaan.csv", _CSV), refused=True, says="csv"),
    Way("file-csv-called-xlsx", "a .csv called permintaan.xlsx", file(INTAKE, _CSV), refused=True,
        says="simpan sebagai Buku Kerja Excel"),
    Way("file-html-called-xls", "a web page called .xls, as portals give out",
        file("unduhan.xls", b"<html><table><tr><td>P-1</td></tr></table></html>"), refused=True,
        says="simpan sebagai Buku Kerja Excel"),
    Way("file-picture", "a picture called .xlsx", _swapped, refused=True,
        says="bukan buku kerja Excel"),
    Way("file-docx", "a Word document called .xlsx", zipped(
        INTAKE, _Content_Types__xml=b"<a/>", word__document_xml=b"<a/>"), refused=True,
        says="bukan buku kerja Excel"),
    Way("file-called-xls", "a good workbook called .xls", renamed("permintaan.xls"),
        reads={"No. Permintaan": "P-1"}),
    Way("file-called-pdf", "a good workbook called .PDF", renamed("permintaan.PDF"),
        reads={"No. Permintaan": "P-1"}),
    Way("file-capital-extension", "`PERMINTAAN.XLSX`", renamed("PERMINTAAN.XLSX"),
        reads={"No. Permintaan": "P-1"}),
    Way("file-truncated", "half a file, the download broke off",
        bytes_changed(lambda data: data[: len(data) // 2]), refused=True, says="rusak"),
    Way("file-corrupt", "bytes in the middle overwritten",
        bytes_changed(lambda data: data[:300] + b"\0" * 3000 + data[3300:]), refused=True,
        says="tidak terbaca"),
    Way("file-broken-xml", "a sheet whose XML breaks off",
        xml(SHEET, r"</row>.*", "</row><row"), refused=True, says="tidak terbaca"),
    Way("file-entity-bomb", "an XML entity bomb",
        xml(BOOK, r"^(?:<\?xml[^>]*\?>)?", _ENTITIES), refused=True, says="rusak"),
    Way("file-bomb", "an archive that grows out of all proportion", _bomb, refused=True,
        says="terlalu besar"),
    Way("file-macros", "a workbook with macros, .xlsm: never run, named in the copy", _macros,
        finds=("S07 M2",), copy="makro"),
    Way("file-chart", "a chart beside the table", changed(_chart), finds=("S07 M2",),
        copy="grafik"),
    Way("file-external-link", "a link to another workbook", _external_link, finds=("S07 M2",),
        copy="tautan ke berkas lain"),
    Way("file-lock-beside", "a folder with Excel's and LibreOffice's lock files beside the form",
        _folder_with_locks, reads={"No. Permintaan": "P-1"}),
    Way("file-lock-itself", "the lock file `~$permintaan.xlsx` itself", _lock_file_itself,
        refused=True, says="terbuka di program lain"),
    Way("file-name", "spaces, brackets and accents in the file's name",
        renamed("permintaan Juni (2) – é.xlsx"), reads={"No. Permintaan": "P-1"}),
    Way("file-copy-again", "an annotated copy, not mended, handed in again",
        renamed("permintaan-diperiksa.xlsx"), reads={"No. Permintaan": "P-1"}),
    Way("file-open-elsewhere", "the form, while it is open in Excel: read as last saved, and told",
        _open_elsewhere, tells="sedang terbuka di program lain"),
    Way("file-empty-folder", "a folder without a workbook", _empty_folder, refused=True,
        says="tidak berisi berkas permintaan"),
    Way("file-schedule", "jadwal.xlsx given as the intake", _old_schedule, refused=True,
        says="bukan formulir permintaan"),
)  # fmt: skip

# Typed as a customer's name, a place and a remark; run, and looked for in every workbook.
NAMES = {
    "name-hyperlink": '=HYPERLINK("http://contoh.example","klik")',
    "name-command": "=cmd|' /C calc'!A0",
    "name-plus": "+62 812 3456 7890",
    "name-at": "@puskesmas",
    "name-minus": "-5",
    "name-tab": "=1+1",
    "name-web": "http://contoh.example",
}

GROUPS: Mapping[str, tuple[Way, ...]] = {
    "Dates": DATES,
    "Numbers, tariffs, telephones": NUMBERS,
    "Names and choices": TEXTS,
    "Formulas, errors, looks": CELLS,
    "Headers": HEADER_ROWS,
    "Rows": ROWS,
    "Sheets and several files": SHEETS,
    "The reference workbook": ACUAN,
    "Files": FILES,
}
WAYS = tuple(way for group in GROUPS.values() for way in group)
