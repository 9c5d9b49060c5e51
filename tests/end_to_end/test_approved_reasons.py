"""Why each visit has its day in an approved schedule: told of that schedule, not of its draft."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from labkesmas_batch.text.indonesian import day_date
from tests.support.paperwork import full_row
from tests.support.weekly import decided, on_sheet, scheduled

ONE_A_DAY = [("Tim 1", None, None, "Semua", 1, None)]
KIND = [("Air Minum", None, None, None, 40), ("Udara Ambien", None, None, None, 40)]
NOT_AWAY = {"jenis_contoh_uji": KIND, "tim_cuti": []}
WISH = date(2026, 6, 9)  # a Tuesday
FIVE = [
    full_row(
        f"P-{n}",
        jenis_contoh_uji="Udara Ambien",
        tanggal_permintaan=date(2026, 5, n),
        tanggal_usulan=WISH,
    )
    for n in range(1, 6)
]


def approved(folder: Path, **orders: dict[str, object]) -> dict[str, dict[str, object]]:
    """Approve the five of one day with these decisions by number; return the rows of Jadwal."""
    schedule, _ = scheduled(folder, FIVE, tim=ONE_A_DAY, **NOT_AWAY)
    words = {name.replace("_", "-"): said for name, said in orders.items()}
    assert not [each for each in decided(schedule, jadwal=words) if each.is_error]
    return on_sheet(schedule.with_name("jadwal-final.xlsx"), "Jadwal")


def test_an_agreed_day_is_explained_by_those_who_are_still_there(tmp_path: Path) -> None:
    seen = approved(
        tmp_path,
        P_1={"Keputusan": "Batal"},
        P_2={"Keputusan": "Tunda"},
        P_4={"Keputusan": "Setuju"},
    )
    days = {number: f"{each['Tanggal Mulai']:%d}" for number, each in seen.items()}
    assert days == {"P-3": "09", "P-4": "12", "P-5": "10"}
    assert str(seen["P-4"]["Alasan"]).startswith(
        "Tim 1 penuh pada 9 Jun oleh P-3. 10\N{EN DASH}11 Jun mungkin, tetapi "
        "manajemen memilih hari lain. "
        "Jumat, 12 Jun 2026 disetujui manajemen."
    )
    assert seen["P-4"]["Sebab"] == "TimPenuh"
    assert str(seen["P-5"]["Alasan"]).startswith(
        "Tim 1 penuh pada 9 Jun oleh P-3. Hari pertama yang mungkin Rabu, 10 Jun 2026."
    )
    assert not any(
        "P-1" in str(each["Alasan"]) or "P-2" in str(each["Alasan"]) for each in seen.values()
    )


@pytest.mark.parametrize(
    ("number", "why", "said"),
    [
        (
            "P-1",
            "Keputusan",
            "9\N{EN DASH}12 Jun mungkin, tetapi manajemen memilih hari lain. Senin, 15 Jun 2026 "
            "ditetapkan manajemen: rapat.",
        ),
        (
            "P-2",
            "TimPenuh",
            "Tim 1 penuh pada 9 Jun oleh P-1. 10\N{EN DASH}12 Jun mungkin, tetapi "
            "manajemen memilih hari lain. Senin, 15 Jun 2026 ditetapkan manajemen: rapat.",
        ),
    ],
)
def test_a_later_day_that_management_chose_has_its_cause(
    tmp_path: Path, number: str, why: str, said: str
) -> None:
    order = {"Keputusan": "Ubah", "Tanggal Baru": date(2026, 6, 15), "Catatan": "rapat."}
    moved = approved(tmp_path, **{number.replace("-", "_"): order})[number]
    assert moved["Sebab"] == why
    assert str(moved["Alasan"]).startswith(said)


def test_a_team_that_management_chose_is_named(tmp_path: Path) -> None:
    teams = [("Tim 1", None, None, "Semua", 1, None), ("Tim 2", None, None, "Semua", 1, None)]
    schedule, _ = scheduled(tmp_path, FIVE[:1], tim=teams, **NOT_AWAY)
    word = {"P-1": {"Keputusan": "Ubah", "Tim Baru": "Tim 2"}}
    assert not [each for each in decided(schedule, jadwal=word) if each.is_error]
    seen = on_sheet(schedule.with_name("jadwal-final.xlsx"), "Jadwal")["P-1"]
    assert str(seen["Alasan"]).startswith("Tim 2 ditetapkan manajemen.")
    assert not seen["Sebab"]


def test_days_that_are_summed_up_are_told_apart_from_those_that_were_possible(
    tmp_path: Path,
) -> None:
    """The days are taken, taken, on leave, taken; and then two that worse ranks have now."""
    leave = [("Tim 1", date(2026, 6, 11), date(2026, 6, 11), "Rapat")]
    rows = [*FIVE, full_row("P-6", tanggal_permintaan=date(2026, 5, 6), tanggal_usulan=WISH)]
    schedule, _ = scheduled(tmp_path, rows, tim=ONE_A_DAY, **NOT_AWAY | {"tim_cuti": leave})
    words: dict[str, dict[str, object]] = {
        "P-3": {"Keputusan": "Ubah", "Tanggal Baru": date(2026, 6, 12)},
        "P-4": {"Keputusan": "Ubah", "Tanggal Baru": date(2026, 6, 18)},
    }
    assert not [each for each in decided(schedule, jadwal=words) if each.is_error]
    seen = on_sheet(schedule.with_name("jadwal-final.xlsx"), "Jadwal")
    days = {number: f"{row['Tanggal Mulai']:%d}" for number, row in seen.items()}
    assert days == {"P-1": "09", "P-2": "10", "P-3": "12", "P-4": "18", "P-5": "15", "P-6": "17"}
    assert (
        "Tim 1 penuh pada 12 Jun oleh P-3. Dari 2 hari keberangkatan berikutnya 2 mungkin, tetapi "
        "manajemen memilih hari lain. Kamis, 18 Jun 2026 ditetapkan manajemen."
    ) in str(seen["P-4"]["Alasan"])


def test_an_agreed_day_is_not_called_the_first_where_an_earlier_one_is_free_by_now(
    tmp_path: Path,
) -> None:
    rows = [row | {"Tanggal Usulan": None} for row in FIVE]
    schedule, _ = scheduled(tmp_path, rows, tim=ONE_A_DAY, **NOT_AWAY)
    words = {"P-1": {"Keputusan": "Batal"}, "P-5": {"Keputusan": "Setuju"}}
    assert not [each for each in decided(schedule, jadwal=words) if each.is_error]
    seen = on_sheet(schedule.with_name("jadwal-final.xlsx"), "Jadwal")
    days = {number: f"{row['Tanggal Mulai']:%d}" for number, row in seen.items()}
    assert days == {"P-2": "02", "P-3": "03", "P-4": "04", "P-5": "08"}
    assert str(seen["P-5"]["Alasan"]).startswith(
        "Tim 1 penuh pada 2\N{EN DASH}4 Jun oleh P-2, P-3 dan P-4. 5 Jun mungkin, tetapi manajemen "
        "memilih hari lain. Senin, 8 Jun 2026 disetujui manajemen."
    )


TRIPS = {
    "tim": [("Tim 1", None, None, "Semua", None, None), ("Tim 2", None, None, "Semua", None, None)],
    "tim_cuti": [],
    "tarif": [],
    "cara_sampling": [],
    "anggota_tim": [],
    "wilayah": [("Batam", 0, None, None, 1), ("Lingga", 1, None, None, 5)],
    "jenis_contoh_uji": [("Air Minum", "Kotak Pendingin", 48, None, None)],
    "peralatan": [("Kotak Pendingin", 1, None)],
}


def test_the_earliest_day_of_a_trip_is_the_one_on_which_it_may_set_out(tmp_path: Path) -> None:
    """The equipment is short on its second day only."""
    rows = [
        full_row("P-1", wilayah="Batam", tanggal_usulan=date(2026, 6, 3)),
        full_row(
            "P-2",
            wilayah="Lingga",
            tanggal_permintaan=date(2026, 5, 5),
            tanggal_usulan=date(2026, 5, 29),
        ),
    ]
    schedule, _ = scheduled(tmp_path, rows, **TRIPS)
    why = str(on_sheet(schedule, "Jadwal")["P-2"]["Alasan"])
    assert "Usulan 29 Mei 2026 sudah terlewat; kunjungan paling cepat 2 Jun 2026." in why
    assert "Kotak Pendingin terpakai oleh P-1 pada 3 Jun." in why


def test_after_the_approval_the_next_day_is_one_that_nobody_has(tmp_path: Path) -> None:
    rows = [full_row("P-1", batas_akhir=date(2026, 6, 1)), full_row("P-2"), full_row("P-3")]
    schedule, _ = scheduled(tmp_path, rows, tim=[("Tim 1", None, None, "Semua", 1, None)])

    def nearest(path: Path) -> object:
        row = on_sheet(path, "Antrean")["P-1"]
        assert isinstance(row["Tanggal Terdekat"], datetime)
        assert day_date(row["Tanggal Terdekat"].date()) in str(row["Alasan"])
        return row["Tanggal Terdekat"].date()

    assert nearest(schedule) == date(2026, 6, 2), "it goes first"
    assert not decided(schedule)
    assert nearest(schedule.with_name("jadwal-final.xlsx")) == date(2026, 6, 4)
