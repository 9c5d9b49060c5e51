"""The oracle can fail: a hand-made schedule passes, and each single mistake in it is seen."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime
from itertools import combinations
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.support.oracle import (
    HEADERS,
    Planned,
    first_of,
    misfits,
    natural,
    read_world,
    violations,
)
from tests.support.weeks import INTAKE_HEADERS, REFERENCE_HEADERS, Week, random_week, write_week

Rows = list[dict[str, object]]
Book = dict[str, Rows]
Change = Callable[[Book], object]

SETTINGS = {
    "tenggang_permintaan_hari": 21,
    "tenggang_kurang": "kembalikan",
    "selisih_internal_hari": 7,
    "selisih_eksternal_hari": 14,
    "zona_antara": "urut_permintaan",
    "jeda_terbit_hari": 1,
    "horizon_hari": 90,
    "hari_kerja": "Senin-Jumat",
}


def june(day: int) -> date:
    return date(2026, 6, day)


def may(day: int) -> date:
    return date(2026, 5, day)


def table(headers: tuple[str, ...], *rows: tuple[object, ...]) -> Rows:
    """Write rows under headers; a short row ends in blanks."""
    return [dict.fromkeys(headers) | dict(zip(headers, row, strict=False)) for row in rows]


def reference() -> dict[str, Rows]:
    """Two teams with one visit a day; 16 June is a holiday; Lingga takes a day of travel."""
    sheets: dict[str, tuple[tuple[object, ...], ...]] = {
        "Ketentuan": tuple(SETTINGS.items()),
        "Tim": (("Tim A", None, None, "Semua", 1, 20), ("Tim B", None, None, "Air Minum", 1, 10)),
        "Tim Cuti": (("Tim A", june(11), june(11), "Pelatihan"),),
        "Wilayah": (("Batam Kota", 0), ("Lingga", 1, "Senin; Selasa")),
        "Jenis Contoh Uji": (
            ("Air Minum", None, 24, None, 10),
            ("Air Limbah", "pH Meter", 48, "Jumat"),
        ),
        "Peralatan": (("pH Meter", 1, date(2026, 12, 31)),),
        "Tarif": (("Air Minum", "pH", 25000),),
        "Hari Libur": ((date(2026, 1, 1),), (june(16),), (date(2026, 8, 17),)),
        "Pejabat": (("Kepala", "Contoh"),),
    }
    return {name: table(REFERENCE_HEADERS[name], *rows) for name, rows in sheets.items()}


def request(no: str, day: date, customer: str, **more: object) -> dict[str, object]:
    """One intake row: four bottles of drinking water in Batam Kota, unless told otherwise."""
    row = dict.fromkeys(INTAKE_HEADERS) | {
        "No. Permintaan": no,
        "Tanggal Permintaan": day,
        "Jenis Customer": customer,
        "Nama Customer": f"Pelanggan {customer}",
        "Lokasi Sampling": "Titik 1",
        "Wilayah": "Batam Kota",
        "Jenis Contoh Uji": "Air Minum",
        "Jumlah Contoh Uji": 4,
    }
    names = {"proposed": "Tanggal Usulan", "latest": "Batas Akhir", "waiver": "Surat Dispensasi"}
    names |= {"region": "Wilayah", "kind": "Jenis Contoh Uji"}
    return row | {names[key]: value for key, value in more.items()}


def hand_week() -> Week:
    """Seven requests: 7 and 8 days between the classes, a trip, a return, a queue, a holiday."""
    return Week(
        june(1),
        [
            request("P-10", may(11), "Eksternal"),
            request("P-2", may(11), "Eksternal"),
            request("P-1", may(18), "Internal", kind="Air Limbah", proposed=june(8)),
            request("P-3", may(19), "Internal", region="Lingga"),
            request("P-4", may(20), "Eksternal", proposed=june(9)),
            request("P-5", may(25), "Eksternal", proposed=june(2), latest=june(2), waiver="DSP/1"),
            request("P-6", may(26), "Eksternal", proposed=june(16)),
        ],
        reference(),
    )


def planned(
    week: Week,
    rank: int,
    no: str,
    effective: date,
    days: tuple[date, date],
    team: str,
    status: str = "Terjadwal",
    cause: str | None = None,
) -> dict[str, object]:
    """One row of Jadwal, what the intake says copied into it."""
    asked = next(row for row in week.intake if row["No. Permintaan"] == no)
    row = {header: asked.get(header) for header in HEADERS["Jadwal"]}
    return row | {
        "Peringkat": rank,
        "Tanggal Efektif": effective,
        "Tanggal Mulai": days[0],
        "Tanggal Selesai": days[1],
        "Tim": team,
        "Status": status,
        "Sebab": cause,
    }


def hand_book(week: Week) -> Book:
    """The schedule of `hand_week`, worked out on paper."""
    return {
        "Jadwal": [
            planned(week, 1, "P-1", may(11), (june(8), june(8)), "Tim A"),
            planned(week, 2, "P-2", may(11), (june(2), june(2)), "Tim A"),
            planned(week, 3, "P-10", may(11), (june(2), june(2)), "Tim B"),
            planned(week, 4, "P-3", may(12), (june(9), june(10)), "Tim A"),
            planned(week, 6, "P-6", may(26), (june(17), june(17)), "Tim A", "Digeser",
                    "BukanHariKerja"),
        ],
        "Dikembalikan": table(
            HEADERS["Dikembalikan"], ("P-4", 1, june(10), "TenggangKurang", "satu hari")
        ),
        "Antrean": table(HEADERS["Antrean"], ("P-5", "BatasAkhir", june(3), "penuh")),
    }  # fmt: skip


def judge(week: Week, book: Book, folder: Path, *, exchange: bool = True) -> list[str]:
    """Write a schedule and let the oracle read it."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in book.items():
        sheet = workbook.create_sheet(name)
        sheet.append(list(HEADERS[name]))
        for row in rows:
            sheet.append([row[header] for header in HEADERS[name]])
    workbook.save(folder / "jadwal.xlsx")
    return violations(week, folder / "jadwal.xlsx", exchange=exchange)


def row_of(book: Book, no: str) -> dict[str, object]:
    return next(row for rows in book.values() for row in rows if row["No. Permintaan"] == no)


def put(no: str, **cells: object) -> Change:
    """A change of cells: `Tanggal_Mulai=...` stands for the column Tanggal Mulai."""
    named = {key.replace("_", " "): value for key, value in cells.items()}
    return lambda book: row_of(book, no).update(named)


def start(no: str, day: date, **cells: object) -> Change:
    return put(no, Tanggal_Mulai=day, Tanggal_Selesai=day, **cells)


def swap(header: str, one: str, other: str) -> Change:
    def change(book: Book) -> None:
        a, b = row_of(book, one), row_of(book, other)
        a[header], b[header] = b[header], a[header]

    return change


def lose(sheet: str) -> Change:
    return lambda book: book[sheet].pop()


def repeat(sheet: str) -> Change:
    return lambda book: book[sheet].append(dict(book[sheet][0]))


def bring_back(no: str) -> Change:
    """Return a request of Jadwal's or Antrean's to the customer."""

    def change(book: Book) -> None:
        for name in ("Jadwal", "Antrean"):
            book[name] = [row for row in book[name] if row["No. Permintaan"] != no]
        book["Dikembalikan"] += table(HEADERS["Dikembalikan"], (no, 1, june(9), "TenggangKurang"))

    return change


def queue(no: str, nearest: date | None) -> Change:
    """Leave a request of Jadwal's in the queue."""

    def change(book: Book) -> None:
        book["Jadwal"] = [row for row in book["Jadwal"] if row["No. Permintaan"] != no]
        book["Antrean"] += table(HEADERS["Antrean"], (no, "TimPenuh", nearest))

    return change


def place_p5(book: Book) -> None:
    """Give P-5 the day after its Batas Akhir."""
    days = (june(3), june(3))
    row = planned(hand_week(), 5, "P-5", may(25), days, "Tim A", "Digeser", "TimPenuh")
    book["Jadwal"].append(row)
    book["Antrean"].clear()


MISTAKES: dict[str, tuple[Change, str]] = {
    "a visit on a holiday": (
        start("P-6", june(16), Status="Terjadwal", Sebab=None), "condition 1: P-6"),
    "a visit on a Saturday": (start("P-6", june(20)), "condition 1: P-6"),
    "a trip over a holiday": (
        put("P-3", Tanggal_Mulai=june(15), Tanggal_Selesai=june(16)), "condition 1: P-3"),
    "a trip on no day of departure": (
        put("P-3", Tanggal_Mulai=june(17), Tanggal_Selesai=june(18)), "condition 1: P-3"),
    "a day without sampling": (start("P-1", june(12), Status="Digeser", Sebab="TimPenuh"),
                               "condition 1: P-1"),
    "an end that forgets the trip": (put("P-3", Tanggal_Selesai=june(9)), "condition 1: P-3"),
    "a team that is not competent": (put("P-1", Tim="Tim B"), "condition 2: P-1"),
    "a team on leave": (start("P-1", june(11)), "condition 2: P-1"),
    "a team that does not exist": (put("P-1", Tim="Tim C"), "condition 2: P-1"),
    "two in one slot": (put("P-10", Tim="Tim A"), "condition 3: Tim A"),
    "a slot on a trip's second day": (start("P-1", june(10)), "condition 3: Tim A"),
    "ranks swapped against 7a": (swap("Peringkat", "P-1", "P-2"), "R-7A: P-1"),
    "ranks swapped in the zone between": (swap("Peringkat", "P-10", "P-3"), "R-ANTARA: P-10"),
    "ranks swapped against natural order": (swap("Peringkat", "P-2", "P-10"), "R-SERI: P-2"),
    "ranks swapped within a class": (swap("Peringkat", "P-2", "P-6"), "R-URUT: P-2"),
    "one rank twice": (put("P-2", Peringkat=1), "rank: P-1 and P-2"),
    "a wrong Tanggal Efektif": (put("P-3", Tanggal_Efektif=may(19)), "key: P-3"),
    "a return one day short": (put("P-4", Tanggal_Terdekat=june(9)), "R-TENGGANG: P-4"),
    "a wrong Hari Kurang": (put("P-4", Hari_Kurang=2), "R-KAJI: P-4"),
    "a return that need not be": (bring_back("P-6"), "R-KAJI: P-6"),
    "a waiver that is returned": (bring_back("P-5"), "R-KAJI: P-5"),
    "a lost request": (lose("Jadwal"), "conservation: P-6"),
    "a lost return": (lose("Dikembalikan"), "conservation: P-4"),
    "a request listed twice": (repeat("Jadwal"), "conservation: P-1"),
    "a request in two sheets": (
        lambda book: book["Antrean"].append(
            dict(book["Antrean"][0]) | {"No. Permintaan": "P-4"}), "conservation: P-4"),
    "an unknown request": (put("P-4", **{"No._Permintaan": "P-99"}), "conservation: P-99"),
    "a visit before its target day": (start("P-2", june(1)), "target day: P-2"),
    "a visit after Batas Akhir": (place_p5, "BatasAkhir: P-5"),
    "a visit after the horizon": (start("P-2", date(2026, 8, 31)), "Horizon: P-2"),
    "a visit later than need be": (start("P-2", june(3)), "first day: P-2"),
    "teams against the tie-break": (swap("Tim", "P-2", "P-10"), "team: P-2"),
    "a needless wait": (queue("P-6", june(17)), "Antrean: P-6"),
    "no Tanggal Terdekat": (put("P-5", Tanggal_Terdekat=None), "Antrean: P-5"),
    "a late Tanggal Terdekat": (put("P-5", Tanggal_Terdekat=june(4)), "Antrean: P-5"),
    "a moved visit called Terjadwal": (put("P-6", Status="Terjadwal"), "Status: P-6"),
    "a moved visit without a reason": (put("P-6", Sebab=None), "Sebab: P-6"),
    "a reason for a visit on time": (put("P-1", Sebab="TimPenuh"), "Sebab: P-1"),
    "an unknown reason in Antrean": (put("P-5", Sebab="Penuh"), "Sebab: P-5"),
    "a date written as text": (put("P-1", Tanggal_Mulai="8 Juni 2026"), "contract: P-1"),
    "a wrong Wilayah": (put("P-1", Wilayah="Lingga"), "contract: P-1"),
}  # fmt: skip


BOTH = pytest.mark.parametrize("exchange", [True, False], ids=["exchange", "strict"])


@BOTH
def test_a_correct_schedule_breaks_no_rule(exchange: bool, tmp_path: Path) -> None:
    week = hand_week()
    assert judge(week, hand_book(week), tmp_path, exchange=exchange) == []


@BOTH
@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_in_the_schedule_is_seen(name: str, exchange: bool, tmp_path: Path) -> None:
    week = hand_week()
    book = hand_book(week)
    change, expected = MISTAKES[name]
    change(book)
    found = judge(week, book, tmp_path, exchange=exchange)
    assert any(text.startswith(expected) for text in found), found


def plan_of(book: Book) -> list[Planned]:
    """The same schedule without a workbook."""
    headers = ("No. Permintaan", "Tanggal Mulai", "Tanggal Selesai", "Tim")
    return [Planned(*(row[header] for header in headers)) for row in book["Jadwal"]]


def test_a_correct_plan_breaks_no_rule() -> None:
    week = hand_week()
    assert misfits(week, plan_of(hand_book(week))) == []


@pytest.mark.parametrize(
    "name",
    [
        "a visit on a holiday", "a trip over a holiday", "a trip on no day of departure",
        "a day without sampling", "an end that forgets the trip", "a team that is not competent",
        "a team on leave", "two in one slot", "a slot on a trip's second day",
        "a visit before its target day", "a visit after Batas Akhir", "a visit after the horizon",
    ],
)  # fmt: skip
def test_each_mistake_of_days_and_teams_is_seen_in_a_plan(name: str) -> None:
    week = hand_week()
    book = hand_book(week)
    change, expected = MISTAKES[name]
    change(book)
    found = misfits(week, plan_of(book))
    assert any(text.startswith(expected) for text in found), found


@pytest.mark.parametrize(
    ("sheet", "row", "header", "value", "expected"),
    [
        ("Ketentuan", 1, "Nilai", "geser", "R-KAJI: P-4"),
        ("Ketentuan", 2, "Nilai", 6, "R-ANTARA: P-2"),
        ("Ketentuan", 4, "Nilai", "internal", "R-ANTARA: P-3"),
        ("Ketentuan", 5, "Nilai", 2, "target day: P-2"),
        ("Tim", 0, "Contoh Uji per Hari", 3, "condition 3: Tim A"),
        ("Peralatan", 0, "Jumlah Unit", 0, "condition 4: pH Meter"),
        ("Peralatan", 0, "Kalibrasi Berlaku Sampai", june(7), "condition 4: pH Meter"),
        ("Jenis Contoh Uji", 0, "Kapasitas Lab per Hari", 7, "condition 5: Air Minum"),
    ],
)
def test_a_schedule_made_under_other_rules_is_seen(
    sheet: str, row: int, header: str, value: object, expected: str, tmp_path: Path
) -> None:
    week = hand_week()
    book = hand_book(week)
    week.reference[sheet][row][header] = value
    found = judge(week, book, tmp_path)
    assert any(text.startswith(expected) for text in found), found


def test_calibration_is_valid_on_its_last_day(tmp_path: Path) -> None:
    week = hand_week()
    week.reference["Peralatan"][0]["Kalibrasi Berlaku Sampai"] = june(8)
    assert judge(week, hand_book(week), tmp_path) == []


def test_external_goes_first_from_selisih_eksternal_on(tmp_path: Path) -> None:
    week = hand_week()
    week.reference["Ketentuan"][3]["Nilai"] = 8
    book = hand_book(week)
    assert judge(week, book, tmp_path) == []
    swap("Peringkat", "P-10", "P-3")(book)
    assert any(text.startswith("R-7B: P-10") for text in judge(week, book, tmp_path))


def test_two_wilayah_on_one_team_day_are_seen(tmp_path: Path) -> None:
    week = hand_week()
    week.reference["Tim"][0]["Kunjungan per Hari"] = 2
    book = hand_book(week)
    start("P-1", june(9), Status="Digeser", Sebab="TimPenuh")(book)
    found = judge(week, book, tmp_path)
    assert any("more than one Wilayah" in text for text in found), found


def test_a_date_with_a_time_of_day_is_the_same_day(tmp_path: Path) -> None:
    week = hand_week()
    book = hand_book(week)
    row_of(book, "P-1")["Tanggal Mulai"] = datetime(2026, 6, 8)
    assert judge(week, book, tmp_path) == []


def exchanged() -> tuple[Week, Book]:
    """P-1 would take Tim A; P-2 needs Tim A, so P-1 gives way to Tim B and both go at once."""
    first = request("P-1", may(11), "Eksternal")
    second = request("P-2", may(12), "Eksternal", kind="Air Limbah")
    week = Week(june(1), [first, second], reference())
    rows = [
        planned(week, 1, "P-1", may(11), (june(2), june(2)), "Tim B"),
        planned(week, 2, "P-2", may(12), (june(2), june(2)), "Tim A"),
    ]
    return week, {"Jadwal": rows, "Dikembalikan": [], "Antrean": []}


def test_an_exchange_of_teams_that_frees_a_day_is_right(tmp_path: Path) -> None:
    week, book = exchanged()
    assert judge(week, book, tmp_path) == []


def test_a_day_lost_for_want_of_an_exchange_is_seen(tmp_path: Path) -> None:
    week, book = exchanged()
    start("P-2", june(3))(book)
    put("P-1", Tim="Tim A")(book)
    assert any(text.startswith("first day: P-2") for text in judge(week, book, tmp_path))


def test_a_trip_that_stands_in_the_way_though_another_team_could_take_it_is_seen(
    tmp_path: Path,
) -> None:
    week, book = exchanged()
    week.intake[0]["Wilayah"] = "Lingga"
    for row in week.reference["Wilayah"]:
        row["Hari Berangkat"] = None
    put("P-1", Wilayah="Lingga", Tanggal_Selesai=june(3))(book)
    assert judge(week, book, tmp_path) == []
    start("P-2", june(4))(book)
    put("P-1", Tim="Tim A")(book)
    assert any(text.startswith("first day: P-2") for text in judge(week, book, tmp_path))
    assert judge(week, book, tmp_path, exchange=False) == []


def test_without_exchanges_only_the_greedy_schedule_is_right(tmp_path: Path) -> None:
    week, book = exchanged()
    assert [text.split(";")[0] for text in judge(week, book, tmp_path, exchange=False)] == [
        "team: P-1 goes with Tim B"
    ]
    start("P-2", june(3))(book)
    put("P-1", Tim="Tim A")(book)
    assert judge(week, book, tmp_path, exchange=False) == []


def test_without_exchanges_a_queue_is_judged_by_the_teams_as_given(tmp_path: Path) -> None:
    week, book = exchanged()
    week.intake[1]["Batas Akhir"] = june(2)
    queue("P-2", june(3))(book)
    put("P-1", Tim="Tim A")(book)
    assert judge(week, book, tmp_path, exchange=False) == []
    assert [text.split(",")[0] for text in judge(week, book, tmp_path)] == ["Antrean: P-2 waits"]
    put("P-1", Tim="Tim B")(book)
    found = judge(week, book, tmp_path, exchange=False)
    assert any(text.startswith("Antrean: P-2 waits") for text in found), found


def test_without_exchanges_the_tie_break_holds_beside_an_overfull_day(tmp_path: Path) -> None:
    week, book = exchanged()
    put("P-1", Tim="Tim A")(book)
    found = judge(week, book, tmp_path, exchange=False)
    assert "team: P-2 goes with Tim A; no team was possible" in found


def test_a_missing_sheet_or_column_is_named(tmp_path: Path) -> None:
    week = hand_week()
    book = hand_book(week)
    del book["Antrean"]
    assert judge(week, book, tmp_path) == ["contract: the sheet Antrean is missing"]


def test_numbers_stand_in_natural_order() -> None:
    numbers = ["P-10b", "P-010a", "P-10", "p-3", "P-010", "P-2", "Lab-9"]
    assert sorted(numbers, key=natural) == [
        "Lab-9",
        "P-2",
        "p-3",
        "P-010",
        "P-10",
        "P-010a",
        "P-10b",
    ]


@pytest.mark.parametrize("seed", range(10))
def test_the_key_agrees_with_the_pairwise_rules(seed: int) -> None:
    world = read_world(random_week(seed))
    for a, b in combinations(world.asked.values(), 2):
        by_key = min(a, b, key=world.key)
        assert first_of(a, b, world.rules)[0] is by_key


def test_a_seed_gives_one_week_and_a_shuffle_keeps_its_rows(tmp_path: Path) -> None:
    week = random_week(7)
    assert week == random_week(7) == deepcopy(week)
    plain, _ = write_week(week, tmp_path / "plain")
    mixed, _ = write_week(week, tmp_path / "mixed", shuffle_seed=1)
    rows = [
        list(load_workbook(path)["Permintaan"].iter_rows(values_only=True))
        for path in (plain, mixed)
    ]
    assert rows[0] != rows[1]
    assert sorted(rows[0], key=str) == sorted(rows[1], key=str)


@pytest.mark.parametrize("seed", range(5))
def test_without_trips_every_visit_lasts_one_day(seed: int) -> None:
    week = random_week(seed, requests=5, trips=False)
    assert {row["Hari Perjalanan"] for row in week.reference["Wilayah"]} == {0}
    assert len(week.intake) == 5
