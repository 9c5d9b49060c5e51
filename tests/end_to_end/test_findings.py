"""The catalogue: each code is provoked here by real data, at the cell where it belongs."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from labkesmas_batch import findings
from labkesmas_batch.commands import inputs
from labkesmas_batch.commands.check import check
from labkesmas_batch.commands.report import report
from labkesmas_batch.documents.registry import document_findings
from labkesmas_batch.errors import RefusedError
from labkesmas_batch.findings import (
    CATALOGUE,
    Finding,
    FindingKind,
    Level,
    column_letters,
    finding,
    show,
)
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.tables import WorkbookReader
from labkesmas_batch.intake.validate import validate
from labkesmas_batch.model.history import REGISTER_NAME
from labkesmas_batch.planning.weekly import decide
from labkesmas_batch.reference.read import check_reference, holiday_findings, past_leaves
from labkesmas_batch.what_if.form import read_changes, typed_change
from tests.support.builders import (
    HEADERS,
    OFFICE_ROWS,
    REFERENCE_ROWS,
    RUN_DATE,
    Error,
    Formula,
    row,
    settings,
    write_intake,
    write_reference,
)
from tests.support.paperwork import COMPLETE, final_of, full_row
from tests.support.weekly import decided, reported, scheduled

pytestmark = pytest.mark.slow

Rows = Sequence[dict[str, object]]
FILES = ("permintaan.xlsx", "acuan.xlsx", "jadwal.xlsx", "realisasi.xlsx")


@dataclass(frozen=True)
class Case:
    """What provokes a code, and the cell at which it must stand ('' for a whole sheet)."""

    cell: str
    provoke: Callable[[Path], Sequence[Finding]]
    warning: bool = False


def intake(cell: str, *rows: dict[str, object], warning: bool = False, **more: object) -> Case:
    """An intake workbook with those rows, checked against a valid reference."""

    def provoke(folder: Path) -> Sequence[Finding]:
        form = WorkbookReader(write_intake(folder / "permintaan.xlsx", rows, **more))
        book = WorkbookReader(write_reference(folder / "acuan.xlsx", wilayah=PLACES))
        checked = check_reference(inputs.reference_tables(book), book.name)
        assert checked.reference is not None, checked.findings
        return validate(
            [form.table_anywhere(schema.REQUESTS)], checked.reference, RUN_DATE
        ).findings

    return Case(cell, provoke, warning)


def versions(cell: str) -> Case:
    """Two files that tell differently of a number."""

    def provoke(folder: Path) -> Sequence[Finding]:
        (folder / "isian").mkdir()
        write_intake(folder / "isian" / "a.xlsx", [row("P-1"), row("P-2")])
        write_intake(
            folder / "isian" / "permintaan.xlsx", [row("P-3"), row("P-2", jumlah_contoh_uji=7)]
        )
        book = write_reference(folder / "acuan.xlsx", wilayah=PLACES)
        return decide(inputs.gather([folder / "isian"], book), RUN_DATE).findings

    return Case(cell, provoke)


LOCKED = {"P-3": "3 Jun"}


def supposed(cell: str, text: str) -> Case:
    """A change typed after --what-if."""

    def provoke(folder: Path) -> Sequence[Finding]:
        book = WorkbookReader(write_reference(folder / "acuan.xlsx"))
        given = check_reference(inputs.reference_tables(book), book.name).reference
        assert given is not None
        return read_changes(
            typed_change(text, given), given, ["P-1"], (), ["P-2"], {"P-3": "3 Jun"}
        )[1]

    return Case(cell, provoke)


def acuan(cell: str, *, warning: bool = False, **sheets: object) -> Case:
    """A reference workbook with some sheets replaced, planned over its own year."""

    def provoke(folder: Path) -> Sequence[Finding]:
        book = WorkbookReader(write_reference(folder / "acuan.xlsx", **sheets))
        checked = check_reference(inputs.reference_tables(book), book.name, RUN_DATE)
        if checked.reference is None:
            return checked.findings
        planned = date(2026, 1, 1), date(2026, 12, 31)
        years = holiday_findings(checked.reference, book.name, *planned)
        past = past_leaves(checked.reference, None, book.name, RUN_DATE)
        return (*checked.findings, *years, *past)

    return Case(cell, provoke, warning)


def week(
    cell: str,
    *decisions: tuple[object, ...],
    requests: Rows,
    warning: bool = True,
    **sheets: object,
) -> Case:
    """A whole run of those requests with the Kepala's decisions about pairs."""

    def provoke(folder: Path) -> Sequence[Finding]:
        form = write_intake(folder / "permintaan.xlsx", requests)
        write_reference(folder / "acuan.xlsx", keputusan_pasangan=decisions, **sheets)
        return decide(inputs.gather([form], None), RUN_DATE).findings

    return Case(cell, provoke, warning)


def checked(cell: str, *decisions: tuple[object, ...], requests: Rows) -> Case:
    """What ``check`` finds where a run would be refused."""

    def provoke(folder: Path) -> Sequence[Finding]:
        form = write_intake(folder / "permintaan.xlsx", requests)
        write_reference(folder / "acuan.xlsx", keputusan_pasangan=decisions)
        return check([form], None, folder / "diperiksa", RUN_DATE).findings

    return Case(cell, provoke)


def paper(*rows: dict[str, object], **sheets: object) -> Case:
    """The documents of a week of those rows."""

    def provoke(folder: Path) -> Sequence[Finding]:
        return document_findings(final_of(folder, *rows, **sheets))

    return Case("", provoke, warning=True)


def again(
    cell: str,
    *rows: dict[str, object],
    warning: bool = True,
    words: dict[str, object] | None = None,
    unsigned: bool = False,
    day: date = date(2026, 6, 2),
    **sheets: object,
) -> Case:
    """The next day's run of those rows, after the week of TWO was approved, or left a draft."""

    def provoke(folder: Path) -> Sequence[Finding]:
        schedule, found = scheduled(folder, TWO)
        assert not found
        if not unsigned:
            assert not decided(schedule, **(words or {}))
        return scheduled(folder, rows, day, **sheets)[1]

    return Case(cell, provoke, warning)


def word(
    cell: str,
    *,
    rows: Rows | None = None,
    warning: bool = False,
    acuan: object = None,
    over: bool = False,
    **words: object,
) -> Case:
    """A schedule of TWO, or of other rows, that comes back with those words of management.

    With ``over`` it is that of the next week, when the visit of P-1 lies behind.
    """

    def provoke(folder: Path) -> Sequence[Finding]:
        sheets = {"tim": acuan} if acuan else {}
        schedule, found = scheduled(folder, rows or TWO, **sheets)
        assert not found
        if over:
            assert not decided(schedule)
            schedule, _ = scheduled(folder, TWO, date(2026, 6, 8))
        return decided(schedule, **words)

    return Case(cell, provoke, warning)


def twice(cell: str, *, warning: bool) -> Case:
    """A draft that is approved although a later one of the same day proposes otherwise."""

    def provoke(folder: Path) -> Sequence[Finding]:
        schedule, _ = scheduled(folder, TWO)
        scheduled(folder, [ONE])
        return decided(schedule)

    return Case(cell, provoke, warning)


def happened(
    cell: str,
    *,
    first: dict[str, object] | None = None,
    warning: bool = False,
    **cells: object,
) -> Case:
    """What is said of a visit of 2 June on that day, when other cells were reported first."""

    def provoke(folder: Path) -> Sequence[Finding]:
        schedule, _ = scheduled(folder, TWO)
        assert not decided(schedule)
        form, today = schedule.with_name("realisasi.xlsx"), date(2026, 6, 2)
        assert not reported(form, first or {}, today)
        return reported(form, cells, today)

    return Case(cell, provoke, warning)


def in_two_forms(cell: str) -> Case:
    """A visit that two forms tell otherwise, handed in together."""

    def provoke(folder: Path) -> Sequence[Finding]:
        schedule, _ = scheduled(folder, TWO)
        assert not decided(schedule)
        form = schedule.with_name("realisasi.xlsx")
        book = load_workbook(form)
        for name, samples in (("tim-1.xlsx", 2), ("realisasi.xlsx", 3)):
            for address, value in (("I2", "Selesai"), ("J2", date(2026, 6, 2)), ("K2", samples)):
                book["Realisasi"][address] = value
            book.save(form.with_name(name))
        forms = [form.with_name("tim-1.xlsx"), form]
        with pytest.raises(RefusedError) as refused:
            report(forms, form.parents[1], None, date(2026, 6, 2))
        return refused.value.findings

    return Case(cell, provoke)


# One gets 2 June and one waits, its Batas Akhir being over.
ONE, WAITING = full_row("P-1"), full_row("P-2", batas_akhir=date(2026, 6, 1))
TWO = (ONE, WAITING)
CROWDED = [("Tim 1", None, None, "Semua", 1, None), ("Tim 2", None, None, "Udara Ambien", 1, None)]
PLACES = [*REFERENCE_ROWS["Wilayah"], ("Natuna", 0, None, None, 26)]
TEAMS, KINDS = REFERENCE_ROWS["Tim"], REFERENCE_ROWS["Jenis Contoh Uji"]
FACTS = OFFICE_ROWS["Instansi"]
BOUNDLESS = [("Tim 1", "Ketua 1", None, "Semua", None, None), TEAMS[1]]
ANY_KIND = [("Air Minum", "Kotak Pendingin", 24, None, None), KINDS[1]]
SAME = {"nama_customer": "Hotel A", "lokasi_sampling": "Dapur"}
JUNE, JULY = date(2026, 6, 10), date(2026, 7, 6)
HOLIDAYS = [(date(2026, 6, 16), "Libur", None, None)]
# Eight days apart, which the SOP leaves open, and one day, which is 7a.
SILENT = [
    full_row("P-1"),
    full_row("P-2", jenis_customer="Internal", tanggal_permintaan=date(2026, 5, 12)),
]
LATER = [
    row("P-1"),
    row("P-2", jenis_customer="Internal", tanggal_permintaan=date(2026, 5, 12)),
    row("P-3", jenis_customer="Internal", tanggal_permintaan=date(2026, 5, 5)),
]

CASES: dict[str, Case] = {
    "L01": intake("R1", row(), headers=[*HEADERS, "Paraf"], warning=True),
    "L02": intake("", warning=True),
    "L03": acuan("", pejabat=None, warning=True),
    "S01": intake("D2", row(nama_customer=None)),
    "S02": intake("N2", row(tanggal_usulan="minggu depan")),
    "S03": intake("N2", row(tanggal_usulan="12/31/2026")),
    "S04": intake("B2", row(tanggal_permintaan="04/05/26")),
    "S05": intake("B2", row(tanggal_permintaan=datetime(1926, 5, 4))),
    "S06": intake("N2", row(tanggal_usulan=46183), warning=True),
    "S07": intake("M2", row(jumlah_contoh_uji="dua botol")),
    "S08": intake("M2", row(jumlah_contoh_uji=2.5)),
    "S09": intake("M2", row(jumlah_contoh_uji=0)),
    "S10": intake("K3", row("P-1"), row("P-2", jenis_contoh_uji="Air Minun")),
    "S11": intake("L2", row(parameter="E. colli"), warning=True),
    "S12": intake("N2", row(tanggal_usulan=Error("#REF!"))),
    "S13": intake("N2", row(tanggal_usulan=Formula("=TODAY()"))),
    "S14": acuan("C2", wilayah=[("Batam", 0, "Senen", None, None)]),
    "B09": intake("B3", row("P-1"), {"No. Permintaan": "P-2", "Nama Customer": "Hotel A"}),
    "L04": intake("", row(), row("P-2"), warning=True, hidden=(3,)),
    "L06": intake("", row(), warning=True, others={"Daftar": [["labkesmas-permintaan", 0]]}),
    "L05": intake("", row(), warning=True, others={"Lembar2": [list(row()), list(row().values())]}),
    "L07": intake(
        "A3", row(), {"No. Permintaan": "Mohon dijadwalkan sebelum akhir bulan"}, warning=True
    ),
    "S17": intake("A2", row() | {"No. Permintaan": JUNE}),
    "S16": intake("N2", row(tanggal_usulan="Senin, 10 Juni 2026")),
    "S15": intake("M2", row(jumlah_contoh_uji=1_000_001)),
    "S18": intake("P2", row(surat_dispensasi="tidak ada"), warning=True),
    "S19": intake("G2", row(telepon=6281234567890123)),
    "B01": intake("A2", row("P-1"), row("P-1", nama_customer="Lain")),
    "B02": intake("B2", row(tanggal_permintaan=date(2026, 6, 2))),
    "B03": intake("O2", row(tanggal_usulan=JUNE, batas_akhir=date(2026, 6, 9))),
    "B15": intake("B2", row(tanggal_permintaan=date(2026, 2, 1)), warning=True),
    "B16": intake("B2", row(tanggal_permintaan=date(2025, 5, 1))),
    "B17": intake("N2", row(tanggal_usulan=date(2025, 6, 10))),
    "B18": intake("N2", row(tanggal_usulan=date(2027, 6, 10)), warning=True),
    "B19": intake(
        "N2",
        *(
            row(f"P-{at}", tanggal_usulan=day, lokasi_sampling=f"Depot {at}")
            for at, day in enumerate((JULY, "13/07/2026", JULY, "25/07/2026"))
        ),
        warning=True,
    ),
    "B04": intake("P2", row(tanggal_usulan=JUNE, surat_dispensasi="D-1"), warning=True),
    "B05": intake("A3", row("P-1", **SAME), row("P-2", **SAME), warning=True),
    "B06": intake(
        "D2",
        row("P-1", nama_customer="Hotel A"),
        row("P-2", nama_customer="Hotel A", jenis_customer="Internal"),
        warning=True,
    ),
    "B07": intake("J2", row(wilayah="Natuna"), warning=True),
    "B13": intake("A4", row("P-1"), row("P-2"), row("P-1"), warning=True),
    "B14": versions("A3"),
    "B10": intake("A2", row("\u0420-1")),
    "B11": intake("A2", row("-")),
    "B12": intake("A3", row("P-1"), row("P-01"), warning=True),
    "B08": intake("A2", row("CONTOH")),
    "A01": acuan("B8", ketentuan=settings(horizon_hari=-1)),
    "A02": acuan("", ketentuan=settings()[1:], warning=True),
    "A03": acuan("A16", ketentuan=[*settings(), ("horison_hari", 1, None)], warning=True),
    "A04": acuan("B4", ketentuan=settings(selisih_internal_hari=14)),
    "A05": acuan("A4", tim=[*TEAMS, TEAMS[0]]),
    "A06": acuan("B2", jenis_contoh_uji=[("Air Minum", "Bor", None, None, None), KINDS[1]]),
    "A07": acuan("A3", tim=[("Tim 1", None, None, "Air Minum", None, None)], warning=True),
    "A08": acuan("C2", tim_cuti=[("Tim 1", JUNE, date(2026, 6, 9), None)]),
    "A18": acuan("C2", tim_cuti=[("Tim 1", JUNE, date(2026, 12, 1), None)], warning=True),
    "A19": acuan(
        "A2", tim_cuti=[("Tim 1", date(2025, 6, 1), date(2025, 6, 9), None)], warning=True
    ),
    "A20": acuan(
        "A3", hari_libur=[*HOLIDAYS, (date(2029, 1, 1), "Libur", None, None)], warning=True
    ),
    "A09": acuan("", hari_libur=[], warning=True),
    "A10": acuan("", pejabat=[("Kepala", f"Nama ({schema.PLACEHOLDER})", None)], warning=True),
    "A11": week("B3", ("P-2", "P-1", None), ("P-2", "P-9", "Rapat"), requests=LATER),
    "A12": week("A2", ("P-1", "P-3", None), ("P-2", "P-1", None), requests=LATER),
    "A13": acuan("B2", keputusan_pasangan=[("p-1", "P-1", None)]),
    "A14": checked("A3", ("P-1", "P-2", None), ("p-2", "p-1", None), requests=LATER),
    "A16": acuan("A2", instansi=[("Alamt", "Jalan Contoh 1", None)], warning=True),
    "A15": acuan("A2", anggota_tim=[("Tim 9", "Petugas", None, None, None)], warning=True),
    "A17": acuan("C2", pejabat=[("Kepala", "Nama Kepala", 197501012000031001)], warning=True),
    "D01": paper(full_row(parameter="Nitrat")),
    "D02": paper(tarif=[("Air Minum", "E. coli", 100_000.5, None)]),
    "D03": paper(full_row(parameter=None)),
    "D04": paper(pejabat=COMPLETE["pejabat"][:2]),
    "D05": paper(pejabat=[("Kepala", "Nama Kepala", None), *COMPLETE["pejabat"][1:]]),
    "D06": paper(anggota_tim=[("Tim 2", "Ketua 2", "1976", "III-c", "Ketua Tim")]),
    "D07": paper(anggota_tim=[("Tim 1", "Ketua 1", "1975", None, None)]),
    "D08": paper(full_row(telepon=None)),
    "D09": paper(full_row(telepon="lihat surat")),
    "D10": paper(full_row(email="ibu contoh")),
    "D11": paper(instansi=FACTS[1:]),
    "D12": paper(instansi=[*FACTS[:2], ("Penawaran Berlaku (Hari)", "sebulan", None), FACTS[3]]),
    "D13": paper(cara_sampling=None),
    "D14": paper(teks_mou=None),
    "D15": paper(teks_mou=[("1", None, "Milik {pelanggan}.")]),
    "D16": paper(full_row(jumlah_contoh_uji=2_001), tim=BOUNDLESS, jenis_contoh_uji=ANY_KIND),
    "R12": again("A2", ONE | {"Telepon": 8123456789012345}, WAITING),
    "R11": again("", ONE, WAITING | {"Wilayah": "Lingga"}, wilayah=PLACES[1:]),
    "R09": again("A4", ONE, WAITING, WAITING | {"Jumlah Contoh Uji": 3}),
    "R10": again("A2", ONE | {"No. Permintaan": "P-9"}),
    "R08": again("A2", ONE | {"Nama Customer": "Hotel Lain"}, WAITING, warning=False),
    "R02": again("A2", ONE | {"Jumlah Contoh Uji": 3}, WAITING),
    "R03": again("B3", ONE, WAITING | {"Tanggal Permintaan": date(2026, 4, 1)}),
    "R04": again("", *TWO, tim_cuti=[("Tim 1", date(2026, 6, 2), date(2026, 6, 2), None)]),
    "R05": again("", WAITING, unsigned=True),
    "R06": again("", WAITING),
    "R07": again("", WAITING, day=date(2026, 6, 8)),
    "K01": word("B48", on=None),
    "K13": word("B47", by="x"),
    "K14": word("B48", on=date(2026, 5, 31)),
    "K17": word(
        "S2",
        rows=SILENT,
        acuan=CROWDED,
        jadwal={"P-1": {"Keputusan": "Setuju"}},
        zona={"P-1": {"Dahulukan": "P-2"}},
    ),
    "K16": twice("", warning=True),
    "K15": word("V2", jadwal={"P-1": {"Catatan": "dibatalkan saja"}}),
    "K02": word("S2", jadwal={"P-1": {"Keputusan": "Ubah"}}),
    "K03": word("U2", jadwal={"P-1": {"Keputusan": "Setuju", "Tim Baru": "Tim 2"}}),
    "K04": word("T2", jadwal={"P-1": {"Keputusan": "Ubah", "Tanggal Baru": date(2026, 6, 1)}}),
    "K05": word("T2", jadwal={"P-1": {"Keputusan": "Ubah", "Tanggal Baru": date(2026, 9, 1)}}),
    "K06": word("T2", jadwal={"P-1": {"Keputusan": "Ubah", "Tanggal Baru": date(2026, 6, 6)}}),
    "K07": word("B3", cells={"Jadwal": {"B3": "P-7", "S3": "Setuju"}}),
    "K08": word("B3", cells={"Jadwal": {"B3": "P-1", "S2": "Setuju", "S3": "Batal"}}),
    "K09": word("J2", cells={"Jadwal": {"J2": "Tim 2"}}, warning=True),
    "K18": word("", cells={"Jadwal": {"B2": None}}),
    "K19": word("", cells={"Antrean": {"A2": None}}, warning=True),
    "K20": word("", cells={"Jadwal": {"S1": "Kata Kepala"}}),
    "K21": word("B9", cells={"Jadwal": {"B9": "P-99"}}, warning=True),
    "K10": word("S2", over=True, jadwal={"P-1": {"Keputusan": "Batal"}}),
    "K11": word("K2", rows=SILENT, acuan=CROWDED, zona={"P-1": {"Dahulukan": "P-7"}}),
    "H01": happened("A3", A3="P-2", I3="Batal"),
    "H02": happened("J2", I2="Selesai", K2=2),
    "H03": happened("J2", I2="Selesai", J2=date(2026, 6, 3), K2=2),
    "H08": in_two_forms("I2"),
    "H04": happened("D2", D2=date(2026, 6, 3), I2="Batal"),
    "H05": happened("J2", I2="Selesai", J2=date(2025, 6, 2), K2=2),
    "H06": happened("J2", I2="Selesai", J2=date(2026, 5, 12), K2=2, warning=True),
    "H07": happened("I2", first={"I2": "Selesai", "J2": date(2026, 6, 2), "K2": 2}, I2="Ditunda"),
    "K12": word(
        "K2",
        rows=SILENT,
        acuan=CROWDED,
        zona={"P-1": {"Dahulukan": "P-1"}, "P-2": {"Dahulukan": "P-2"}},
    ),
    "P05": supposed("", "Mendesak; P-3; 3 Des 2026"),
    "P01": supposed("", "Tanpa tim; Tim 1; 7 Des 2026"),
    "P02": supposed("", "Cuti; Tim 1; 11 Des 2026; 7 Des 2026"),
    "P03": supposed("", "Mendesak; P-2; 11 Des 2026"),
    "P04": supposed("", "Mendesak; P-1; 11 Des 2026; Batam"),
}


def test_every_code_of_the_catalogue_is_provoked_and_no_other() -> None:
    assert sorted(CASES) == [kind.code for kind in CATALOGUE]


@pytest.mark.parametrize("kind", CATALOGUE, ids=lambda kind: kind.code)
def test_a_code_is_provoked_by_data_at_the_cell_where_it_belongs(
    kind: FindingKind, tmp_path: Path
) -> None:
    case = CASES[kind.code]
    found = case.provoke(tmp_path)
    assert (kind.code, case.cell) in [(each.kind.code, each.cell) for each in found]
    assert {each.kind.code for each in found} == {kind.code}, "one mistake, one kind of finding"
    assert kind.level is (Level.WARNING if case.warning else Level.ERROR)


@pytest.mark.parametrize("kind", CATALOGUE, ids=lambda kind: kind.code)
def test_a_finding_is_told_in_whole_sentences_that_name_what_is_wrong(
    kind: FindingKind, tmp_path: Path
) -> None:
    for each in CASES[kind.code].provoke(tmp_path):
        for text in (each.problem, each.remedy):
            assert text.strip() == text
            assert text[-1] in ".?"
            assert text[0].isupper() or text[0] == "“" or text.startswith("selisih_")
            assert not re.search(r"[{}]|\bNone\b|  ", text), text
        if each.value and "{value}" in kind.problem:
            assert each.value in each.problem
        if each.file.startswith("--what-if") or each.file == REGISTER_NAME:
            assert each.sheet == ""
        else:
            assert each.file in FILES
            assert each.sheet


@pytest.mark.parametrize(
    "case",
    [
        intake("", row("P-1"), row("P-2")),
        acuan(""),
        week("", ("P-2", "P-1", ""), requests=LATER),
        again("", *TWO),
        word("", jadwal={"P-1": {"Keputusan": "Setuju"}}),
        word("", rows=SILENT, acuan=CROWDED, zona={"P-1": {"Dahulukan": "P-2"}}),
        happened("", I2="Selesai", J2=date(2026, 6, 2), K2=2),
        paper(),
        paper(full_row(jumlah_contoh_uji=2_000), tim=BOUNDLESS, jenis_contoh_uji=ANY_KIND),
    ],
    ids=["intake", "acuan", "week", "again", "word", "pair", "happened", "paper", "big paper"],
)
def test_the_data_that_the_cases_are_made_of_provokes_nothing(case: Case, tmp_path: Path) -> None:
    assert list(case.provoke(tmp_path)) == []


def test_the_catalogue_holds_every_kind_once_in_the_order_of_its_code() -> None:
    codes = [kind.code for kind in CATALOGUE]
    assert codes == sorted(set(codes))
    defined = {value for value in vars(findings).values() if isinstance(value, FindingKind)}
    assert set(CATALOGUE) == defined
    assert all(re.fullmatch(r"[LSBADPRKH]\d\d", code) for code in codes)


def test_a_text_with_braces_or_percent_signs_is_quoted_as_it_stands() -> None:
    odd = "{value} %s {0} {header.__class__}"
    made = finding(findings.DATE_UNREADABLE, file="a", sheet="b", value=odd)
    assert made.value == odd
    assert odd in made.problem


def test_every_field_of_a_text_is_filled_by_somebody() -> None:
    known = {"value", "header", "number", "hint", "words", "key", "hours", "storage", "sample_type",
             "run", "day", "registered"}  # fmt: skip
    for kind in CATALOGUE:
        for text in (kind.problem, kind.remedy):
            assert {name for _, name, _, _ in string.Formatter().parse(text) if name} <= known


@pytest.mark.parametrize(
    ("column", "letters"),
    [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA"),
     (16384, "XFD"), (0, "")],
)  # fmt: skip
def test_columns_have_their_letters(column: int, letters: str) -> None:
    assert column_letters(column) == letters


@pytest.mark.parametrize(
    ("row_number", "column", "cell"), [(12, 3, "C12"), (0, 3, ""), (12, 0, ""), (0, 0, "")]
)
def test_a_finding_has_a_cell_only_where_it_has_row_and_column(
    row_number: int, column: int, cell: str
) -> None:
    made = finding(findings.NO_ROWS, file="a", sheet="b", row=row_number, column=column)
    assert made.cell == cell


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (12.0, "12"),
        (12.5, "12,5"),
        (date(2026, 6, 10), "10 Jun 2026"),
        (datetime(2026, 6, 10), "10 Jun 2026"),
        (datetime(2026, 6, 10, 9, 5), "10 Jun 2026 09:05"),
        (12, "12"),
        ("=1+1", "=1+1"),
        (1e300, str(int(1e300))[:197] + "..."),
        ("x" * 200, "x" * 200),
        ("x" * 201, "x" * 197 + "..."),
    ],
)
def test_values_are_shown_as_people_wrote_them_and_cut_where_long(
    value: object, shown: str
) -> None:
    assert show(value) == shown
