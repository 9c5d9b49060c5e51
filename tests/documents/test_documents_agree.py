"""The documents of random weeks against each other, the input and the schedule, as read back.

The weeks are run, decided, signed and finalized. Nothing here asks the code what it meant:
workbooks are opened, and what stands in them is added up and compared.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path

import pytest
from openpyxl import load_workbook

from labkesmas_batch.commands import documents as reissue
from labkesmas_batch.commands import finalize as finalize_command
from labkesmas_batch.commands import run as run_command
from labkesmas_batch.documents.write import file_name
from labkesmas_batch.model.documents import DocumentKind
from tests.support.builders import OFFICE_ROWS
from tests.support.dump import records
from tests.support.paperwork import Sheet, from_words
from tests.support.paperwork import read as read_anew
from tests.support.signing import fill_schedule
from tests.support.weeks import Week, random_week, write_week

pytestmark = pytest.mark.slow

SEEDS = (3, 8, 11, 20)
read = cache(read_anew)
PRICED = (DocumentKind.QUOTATION, DocumentKind.INVOICE)
PRICE_HEADS = ("No.", "Parameter", "Jumlah", "Satuan", "Tarif (Rp)", "Subtotal (Rp)")
TOTAL = "Jumlah biaya pengujian (Rp)"


@dataclass(frozen=True)
class Done:
    """A finalized random week: what went in, and the folder with what came out."""

    week: Week
    run: Path
    set_aside: Mapping[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return self.run / "documents"

    @property
    def asked(self) -> dict[str, dict[str, object]]:
        return {str(row["No. Permintaan"]): row for row in self.week.intake}

    def listed(self, sheet: str) -> list[dict[str, object]]:
        rows = records(load_workbook(self.run / "jadwal-final.xlsx")[sheet])
        return [row for row in rows if row.get("No. Permintaan")]

    @cached_property
    def trips(self) -> dict[str, tuple[date, str, object]]:
        """First day, team and Wilayah of each visit, as the final schedule has them."""
        found = {}
        for row in self.listed("Jadwal"):
            first = row["Tanggal Mulai"]
            assert isinstance(first, datetime)
            number = str(row["No. Permintaan"])
            found[number] = first.date(), str(row["Tim"]), self.asked[number]["Wilayah"]
        return found

    @property
    def visited(self) -> set[str]:
        return set(self.trips)


@pytest.fixture(scope="module", params=SEEDS)
def done(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Done:
    folder = tmp_path_factory.mktemp(f"week{request.param}")
    week = random_week(request.param)
    form, acuan = write_week(week, folder)
    if request.param % 2:
        _add_office(acuan)
    _, draft = run_command.run([form], None, folder / "output", None, week.run_date, strict=False)
    drafted = Done(week, _as_final(draft.schedule)).listed("Jadwal")
    first, second, *_ = (str(row["No. Permintaan"]) for row in drafted)
    words = {first: {"Keputusan": "Tunda"}, second: {"Keputusan": "Batal"}}
    fill_schedule(draft.schedule, on=week.run_date, jadwal=words)
    finalize_command.finalize(draft.schedule, None, None)
    aside = {first: "ditunda", second: "dibatalkan"}
    finished = Done(week, draft.schedule.parent, aside)
    assert len(finished.visited) > 5
    assert not finished.visited & {first, second}
    return finished


def _as_final(schedule: Path) -> Path:
    """Put a draft where a final schedule would be, in a folder of its own, and return that."""
    folder = schedule.parent.parent / "rancangan"
    folder.mkdir()
    (folder / "jadwal-final.xlsx").write_bytes(schedule.read_bytes())
    return folder


def _add_office(acuan: Path) -> None:
    """Give a random week the sheets that say who we are; who is in a team it says itself."""
    book = load_workbook(acuan)
    for name in ("Instansi", "Teks MoU"):
        sheet = book.create_sheet(name)
        sheet.append(("Hal", "Isi") if name == "Instansi" else ("Pasal", "Judul", "Isi"))
        for row in OFFICE_ROWS[name]:
            sheet.append(row[:2] if name == "Instansi" else row)
    book.save(acuan)


def _lines(sheet: Sheet) -> list[tuple[object, ...]]:
    return sheet.table(*PRICE_HEADS)


@pytest.mark.parametrize("kind", PRICED)
def test_every_total_is_the_sum_of_its_lines_and_its_words_say_the_same(
    done: Done, kind: DocumentKind
) -> None:
    complete = 0
    for sheet in read(done.folder, kind):
        lines, total, words = _lines(sheet), sheet.value_after(TOTAL), sheet.field("Terbilang")
        asked = done.asked[str(sheet.field("Nomor permintaan"))]
        names = [name for name in str(asked["Parameter"] or "").split("; ") if name]
        if not names:
            assert str(total).startswith("…")
            assert str(words).startswith("…")
            continue
        complete += 1
        assert [line[1] for line in lines] == names
        for _, name, count, _, tariff, subtotal in lines:
            assert count == asked["Jumlah Contoh Uji"]
            assert tariff == _tariff(done, str(asked["Jenis Contoh Uji"]), str(name))
            assert subtotal == count * tariff
        assert total == sum(line[5] for line in lines)
        assert from_words(str(words)) == total
    assert complete


def _tariff(done: Done, kind: str, parameter: str) -> object:
    (amount,) = (
        row["Tarif (Rp)"]
        for row in done.week.reference["Tarif"]
        if (row["Jenis Contoh Uji"], row["Parameter"]) == (kind, parameter)
    )
    return amount


def test_the_invoice_bills_what_the_quotation_offered(done: Done) -> None:
    offered, billed = (
        {
            sheet.field("Nomor permintaan"): (_lines(sheet), sheet.value_after(TOTAL))
            for sheet in read(done.folder, kind)
        }
        for kind in PRICED
    )
    assert offered == billed
    external = {n for n in done.visited if done.asked[n]["Jenis Customer"] == "Eksternal"}
    assert set(offered) == external


def _ordered(done: Done) -> Iterator[tuple[Sheet, tuple[object, ...]]]:
    heads = ("No.", "Customer dan lokasi", "No. Permintaan", "Contoh uji")
    for sheet in read(done.folder, DocumentKind.DUTY_LETTER):
        yield from ((sheet, row) for row in sheet.table(*heads))


def _noticed(done: Done) -> Iterator[tuple[Sheet, tuple[object, ...]]]:
    heads = ("No.", "Contoh uji dan lokasi", "No. Permintaan", "Tanggal", "Tim")
    for sheet in read(done.folder, DocumentKind.CUSTOMER_NOTICE):
        if any(row[:5] == heads for row in sheet.rows):
            yield from ((sheet, row) for row in sheet.table(*heads))


def _booked(done: Done) -> list[tuple[object, ...]]:
    (sheet,) = read(done.folder, DocumentKind.FIELD_BOOK)
    return sheet.table("No.", "No. Permintaan", "Tanggal", "Tim", "Customer dan lokasi")


def test_each_visit_is_in_one_spt_one_row_of_the_field_book_one_page_of_its_customer(
    done: Done,
) -> None:
    once = Counter(done.visited)
    assert Counter(row[2] for _, row in _ordered(done)) == once
    assert Counter(row[1] for row in _booked(done)) == once
    assert Counter(row[2] for _, row in _noticed(done)) == once
    assert Counter(
        s.field("Nomor permintaan") for s in read(done.folder, DocumentKind.SAMPLING_PLAN)
    ) == (once)


def test_whoever_was_postponed_or_cancelled_is_told_so(done: Done) -> None:
    heads = ("No.", "Contoh uji dan lokasi", "No. Permintaan", "Keterangan")
    told = {}
    for sheet in read(done.folder, DocumentKind.CUSTOMER_NOTICE):
        at = [i for i, line in enumerate(sheet.rows) if "ditunda atau dibatalkan" in str(line)]
        if at:
            told |= {row[2]: (sheet, row[3]) for row in Sheet(sheet.rows[at[0] :]).table(*heads)}
    assert told.keys() == set(done.set_aside)
    for number, word in done.set_aside.items():
        sheet, text = told[number]
        assert str(text).startswith(f"Permintaan {word} atas keputusan pimpinan.")
        assert sheet.field("Kepada") == done.asked[number]["Nama Customer"]


def test_an_spt_sends_one_team_to_one_region_from_one_day(done: Done) -> None:
    trips: dict[str, set[tuple[object, ...]]] = {}
    for sheet, row in _ordered(done):
        trips.setdefault(sheet.number, set()).add(done.trips[str(row[2])])
    assert all(len(keys) == 1 for keys in trips.values())
    keys = [key for found in trips.values() for key in found]
    assert (
        len(keys)
        == len(set(keys))
        == len(trips)
        == len(read(done.folder, DocumentKind.DUTY_LETTER))
    )


def test_each_sample_has_one_row_of_the_registration(done: Done) -> None:
    (sheet,) = read(done.folder, DocumentKind.REGISTRATION)
    rows = sheet.table("No.", "Kode contoh uji", "Customer", "Jenis contoh uji", "Rencana tiba")
    codes = [str(row[1]) for row in rows]
    assert len(set(codes)) == len(codes)
    by_request = Counter(code.rpartition("/")[0] for code in codes)
    assert by_request == {n: done.asked[n]["Jumlah Contoh Uji"] for n in done.visited}
    for row in rows:
        asked = done.asked[str(row[1]).rpartition("/")[0]]
        assert row[2:4] == (asked["Nama Customer"], asked["Jenis Contoh Uji"])


def test_names_and_dates_of_a_request_agree_across_its_documents(done: Done) -> None:
    plans = {s.field("Nomor permintaan"): s for s in read(done.folder, DocumentKind.SAMPLING_PLAN)}
    dates = {number: plan.field("Tanggal") for number, plan in plans.items()}
    teams = {number: plan.field("Tim") for number, plan in plans.items()}
    for number, plan in plans.items():
        assert plan.field("Customer") == done.asked[str(number)]["Nama Customer"]
        asked = done.asked[str(number)]
        assert plan.field("Tempat") == f"{asked['Lokasi Sampling']}, {asked['Wilayah']}"
    for sheet, row in _noticed(done):
        assert (row[3], row[4]) == (dates[row[2]], teams[row[2]])
        assert sheet.field("Kepada") == done.asked[str(row[2])]["Nama Customer"]
    for sheet in read(done.folder, DocumentKind.QUOTATION):
        number = sheet.field("Nomor permintaan")
        assert sheet.field("Tanggal pengambilan") == dates[number]
        assert sheet.field("Nama customer") == plans[number].field("Customer")
    for sheet in read(done.folder, DocumentKind.INVOICE):
        day = dates[sheet.field("Nomor permintaan")]
        assert str(sheet.field("Lokasi dan tanggal")).endswith(f"; {day}")
    for row in _booked(done):
        first = re.match(r"\d+", str(row[2]))
        assert first
        assert re.search(rf"\b{first[0]} \w+", str(dates[row[1]]))
        assert row[3] == teams[row[1]]


def test_every_request_has_a_work_plan_whether_it_has_a_day_or_not(done: Done) -> None:
    planned = [s.field("Nomor permintaan") for s in read(done.folder, DocumentKind.WORK_PLAN)]
    others = [*done.listed("Dikembalikan"), *done.listed("Antrean")]
    waiting = [str(row["No. Permintaan"]) for row in others]
    assert Counter(planned) == Counter([*done.visited, *waiting])


def test_the_index_names_every_file_with_its_hash(done: Done) -> None:
    sheet = read(done.folder, DocumentKind.INDEX)[0]
    rows = sheet.table("No.", "Berkas", "Jenis")
    beside = sorted(
        path.relative_to(done.run).as_posix()
        for path in done.run.rglob("*")
        if path.is_file() and path.parent != done.folder
    )
    assert {"jadwal.xlsx", "jadwal-final.xlsx", "realisasi.xlsx", "keputusan.json"} <= set(beside)
    assert [row[1] for row in rows] == [*beside, *(file_name(kind) for kind in DocumentKind)]
    for row in rows[:-1]:
        assert row[2] != "Berkas lain"
        path = done.run / str(row[1])
        content = (path if path.exists() else done.folder / path.name).read_bytes()
        assert hashlib.sha256(content).hexdigest() in row


def test_dearer_tariffs_revise_the_prices_of_all_papers_alike_and_nothing_else(
    done: Done, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    shutil.copytree(done.run.parent, output)
    run, acuan = output / done.run.name, tmp_path / "acuan.xlsx"
    assert reissue.reissue(str(run), None, None, None, None).written == ()
    book = load_workbook(done.run.parent.parent / "acuan.xlsx")
    (column,) = (cell.column for cell in book["Tarif"][1] if cell.value == "Tarif (Rp)")
    for row in range(2, book["Tarif"].max_row + 1):
        tariff = book["Tarif"].cell(row, column)
        assert isinstance(tariff.value, int)
        tariff.value += 1_000
    book.save(acuan)
    again = reissue.reissue(str(run), None, acuan, None, None)
    assert again.folder == run / "documents-2"
    revised = {number.removesuffix("-R1") for number in again.revised}
    assert (len(revised), again.new, again.left_out) == (len(again.revised), (), ())
    for kind in PRICED:
        for before, after in zip(read(done.folder, kind), read(again.folder, kind), strict=True):
            dearer = [
                line[5] + 1_000 * line[2] for line in _lines(before) if isinstance(line[5], int)
            ]
            assert [line[5] for line in _lines(after) if isinstance(line[5], int)] == dearer
            priced = isinstance(total := after.value_after(TOTAL), int)
            assert (before.number in revised) == priced
            assert not priced or from_words(str(after.field("Terbilang"))) == total
    for kind in set(DocumentKind) - {*PRICED, DocumentKind.AGREEMENT, DocumentKind.INDEX}:
        name = file_name(kind)
        assert (again.folder / name).read_bytes() == (done.folder / name).read_bytes()
