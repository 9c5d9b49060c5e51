"""What jadwal-final.xlsx says of decisions: its charts, counts and lists agree with one another."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from labkesmas_batch.explanation.week import SET_ASIDE
from tests.support.builders import row
from tests.support.dump import records
from tests.support.weekly import decided, scheduled

# Below their header in row 10, beside the printed page of Ringkasan.
_HEADS, _DATA = 10, 14


def figures(sheet: Worksheet) -> dict[str, list[list[object]]]:
    """The figures that charts are drawn from: first header to the rows below."""
    found: dict[str, list[list[object]]] = {}
    left = _DATA
    while sheet.cell(_HEADS, left).value:
        right = left
        while sheet.cell(_HEADS, right).value:
            right += 1
        block = sheet.iter_rows(_HEADS + 1, sheet.max_row, left, right - 1, values_only=True)
        found[str(sheet.cell(_HEADS, left).value)] = [list(r) for r in block if r[0] is not None]
        left = right + 1
    return found


def counts(sheet: Worksheet) -> dict[str, int]:
    """The table of counts on Ringkasan, by outcome."""
    rows = sheet.iter_rows(_HEADS + 1, sheet.max_row, 1, 5, values_only=True)
    found = {}
    for name, *_, total in rows:
        found[str(name)] = int(str(total))
        if name == "Baris yang dibaca":
            break
    return found


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workbook, Workbook]:
    """A week of ten requests as proposed and as approved, with a decision of every kind."""
    folder = tmp_path_factory.mktemp("putusan")
    usual = date(2026, 6, 8)
    rows = [
        row(
            f"P-{at}",
            tanggal_permintaan=date(2026, 5, 4) + timedelta(days=at % 3),
            tanggal_usulan=usual,
            nama_customer=f"Puskesmas Rekaan {at}",
            jumlah_contoh_uji=1 + at % 4,
        )
        for at in range(1, 9)
    ]
    rows += [row("P-9", tanggal_usulan=date(2026, 5, 6)), row("P-10", wilayah="Batm")]
    schedule, _ = scheduled(folder, rows)
    draft = load_workbook(schedule)
    words = {
        "P-1": {"Keputusan": "Ubah", "Tanggal Baru": date(2026, 6, 17), "Catatan": "Pagi"},
        "P-2": {"Keputusan": "Tunda", "Catatan": "Menunggu surat"},
        "P-3": {"Keputusan": "Batal", "Catatan": "Ditarik"},
        "P-4": {"Keputusan": "Setuju"},
    }
    refused = [each for each in decided(schedule, jadwal=words) if each.is_error]
    assert not refused, refused
    return draft, load_workbook(schedule.parent / "jadwal-final.xlsx")


def test_every_chart_counts_what_the_table_counts(books: tuple[Workbook, Workbook]):
    for book in books:
        sheet = book["Ringkasan"]
        counted, charts = counts(sheet), figures(sheet)
        dated = sum(counted[name] for name in ("Terjadwal", "Digeser", "Terkunci"))
        assert len(records(book["Jadwal"])) == dated > 0
        assert sum(int(str(a)) + int(str(b)) for _, a, b in charts["Pekan mulai Senin"]) == dated
        assert sum(int(str(r[-1])) for r in charts["Golongan"]) == dated
        assert sum(int(str(r[1])) for r in charts["Tim"]) == dated
        assert sum(int(str(r[1])) for r in charts["Sebab digeser"]) == counted["Digeser"] > 0
        statuses = [each["Status"] for each in records(book["Jadwal"])]
        assert statuses.count("Digeser") == counted["Digeser"]


def test_a_visit_that_management_moved_says_so(books: tuple[Workbook, Workbook]):
    draft, final = (dict(map(tuple, figures(b["Ringkasan"])["Sebab digeser"])) for b in books)
    assert "keputusan manajemen" not in draft
    assert final["keputusan manajemen"] == 1


def test_a_single_visit_moved_by_management_has_its_chart(tmp_path: Path):
    schedule, _ = scheduled(tmp_path, [row("P-1", tanggal_usulan=date(2026, 6, 8))])
    word = {"P-1": {"Keputusan": "Ubah", "Tanggal Baru": date(2026, 6, 17)}}
    assert not [each for each in decided(schedule, jadwal=word) if each.is_error]
    said = "Tidak ada kunjungan yang digeser dari usulannya."

    def texts(path: Path) -> list[object]:
        sheet = load_workbook(path)["Ringkasan"]
        return [value for line in sheet.iter_rows(values_only=True) for value in line]

    assert said in texts(schedule)
    assert said not in texts(schedule.parent / "jadwal-final.xlsx")


def test_mutu_baku_counts_everything_that_was_read(books: tuple[Workbook, Workbook]):
    draft, final = (
        [each["Jumlah Pekan Ini"] for each in records(book["Mutu Baku"])][:6] for book in books
    )
    assert draft == final
    assert final[3] == counts(books[1]["Ringkasan"])["Baris yang dibaca"] == 10
    assert final[5] == 9  # one row is held


def test_who_was_set_aside_stands_on_a_sheet_with_the_word(books: tuple[Workbook, Workbook]):
    draft, final = books
    assert SET_ASIDE not in draft.sheetnames
    told = [
        (each["No. Permintaan"], each["Nama Customer"], each["Keputusan"], each["Catatan"])
        for each in records(final[SET_ASIDE])
    ]
    assert told == [
        ("P-3", "Puskesmas Rekaan 3", "Batal", "Ditarik"),
        ("P-2", "Puskesmas Rekaan 2", "Tunda", "Menunggu surat"),
    ]
    sheet = final["Ringkasan"]
    (line,) = [
        cell.row
        for (cell,) in sheet.iter_rows(max_col=1)
        if "ditunda atau dibatalkan" in str(cell.value)
    ]
    links = {
        sheet.cell(line, at).value: sheet.cell(line, at).hyperlink.location
        for at in range(9, 13)
        if sheet.cell(line, at).hyperlink
    }
    assert links == {"P-3": f"'{SET_ASIDE}'!A2", "P-2": f"'{SET_ASIDE}'!A3"}
    (tile,) = [cell for cell in sheet[7] if cell.value == "+ ditunda atau batal"]
    assert tile.hyperlink.location == f"'{SET_ASIDE}'!A2"


def test_the_page_of_jadwal_says_whether_it_is_approved(books: tuple[Workbook, Workbook]):
    said = [book["Jadwal"].oddHeader.center.text for book in books]
    assert said == [f"Jadwal Pengambilan Contoh Uji ({word})" for word in ("usulan", "disahkan")]


def test_beban_tim_says_why_its_sum_may_be_larger(books: tuple[Workbook, Workbook]):
    assert "dapat melebihi banyaknya kunjungan" in str(books[0]["Beban Tim"]["A1"].value)
