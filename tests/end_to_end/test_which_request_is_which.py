"""A request is known by its number: rows, weeks after it was approved, that mean it or another."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from labkesmas_batch import findings
from labkesmas_batch.model.history import Standing
from tests.support.paperwork import full_row
from tests.support.weekly import approved_form, decided, done, on_sheet, scheduled, standings

LATER = date(2026, 6, 8)

SPELLINGS = ["p-1", "P\u20131", "P \u2212 1", "P\u20111.", "\uff30\uff0d\uff11", "P-\u0661",
             "P-\u200b1", " P-1 ", "P\u00ad-1"]  # fmt: skip


@pytest.mark.parametrize("number", SPELLINGS)
def test_a_number_in_another_spelling_is_the_same_request(tmp_path: Path, number: str) -> None:
    mine = full_row("P-1", tanggal_usulan=LATER)
    approved_form(tmp_path, [mine])
    again = mine | {"No. Permintaan": number}
    schedule, found = scheduled(tmp_path, [again], date(2026, 6, 2))
    assert found == ()
    assert [each["Status"] for each in on_sheet(schedule, "Jadwal").values()] == ["Terkunci"]


@pytest.mark.parametrize("state", ["terkunci", "selesai", "batal", "ditunda", "antrean"])
@pytest.mark.parametrize(
    "other",
    [{"Nama Customer": "Hotel Harapan"},
     {"Jenis Contoh Uji": "Udara Ambien", "Lokasi Sampling": "Halaman belakang"}],
)  # fmt: skip
def test_a_number_used_again_for_another_request_swallows_nobody(
    tmp_path: Path, state: str, other: dict[str, object]
) -> None:
    first = full_row("P-1", batas_akhir=date(2026, 6, 1) if state == "antrean" else None)
    schedule, _ = scheduled(tmp_path, [first])
    word = {"batal": "Batal", "ditunda": "Tunda"}.get(state)
    decided(schedule, jadwal={"P-1": {"Keputusan": word}} if word else {})
    if state == "selesai":
        assert done(schedule.with_name("realisasi.xlsx"), date(2026, 6, 2), date(2026, 6, 2)) == []
    before = standings(schedule)
    assert before == {"P-1": Standing(state)}
    again, found = scheduled(tmp_path, [first | other], date(2026, 6, 2))
    (told,) = [each for each in found if each.is_error]
    assert (told.kind, told.cell) == (findings.NUMBER_TAKEN, "A2")
    assert standings(again) == before
    # The one that waits comes along all the same.
    book = load_workbook(again)
    listed = [line[:2] for name in ("Jadwal", "Antrean") for line in book[name].values]
    assert any("P-1" in line for line in listed) is (state != "batal")


def test_a_customer_spelled_otherwise_stays_the_same_request(tmp_path: Path) -> None:
    first = full_row("P-1", nama_customer="PT. Sumber Makmur Sejahtera", tanggal_usulan=LATER)
    approved_form(tmp_path, [first])
    again = first | {"Nama Customer": "Sumber Makmur Sejahterah, PT"}
    schedule, found = scheduled(tmp_path, [again], date(2026, 6, 2))
    assert [each.kind for each in found] == [findings.LOCKED_CHANGED]
    assert [each["Status"] for each in on_sheet(schedule, "Jadwal").values()] == ["Terkunci"]


def test_a_date_after_the_approval_is_another_request(tmp_path: Path) -> None:
    first = full_row("P-1", tanggal_usulan=date(2026, 6, 25))
    approved_form(tmp_path, [first])
    again = first | {"Tanggal Permintaan": date(2026, 6, 3), "Tanggal Usulan": date(2026, 6, 29)}
    _, found = scheduled(tmp_path, [again], LATER)
    assert findings.NUMBER_TAKEN in {each.kind for each in found}


def test_locked_requests_whose_numbers_meet_all_live_on(tmp_path: Path) -> None:
    """A register from before numbers had one canonical form may hold P-1 and P\u20131."""
    rows = [full_row(number, tanggal_usulan=LATER) for number in ("P-1", "Q-1", "R-1")]
    schedule, _ = scheduled(tmp_path, rows)
    assert not decided(schedule)
    with closing(sqlite3.connect(schedule.parents[1] / "register.db")) as register:
        for key, number in (("q-1", "P\u20131"), ("r-1", "P\u22121")):
            register.execute(
                "UPDATE standings SET number = :number, key = lower(:number), "
                "data = json_set(data, '$.number', :number) WHERE key = :key",
                {"number": number, "key": key},
            )
        register.execute("DELETE FROM migrations WHERE name = '005-identity'")
        register.commit()
    later, _ = scheduled(tmp_path, [], date(2026, 6, 2))
    there = on_sheet(later, "Jadwal")
    assert {number: each["Status"] for number, each in there.items()} == {
        "P-1": "Terkunci",
        "P\u20131 (ganda)": "Terkunci",
        "P\u22121 (ganda 2)": "Terkunci",
    }
    days = {str(each["Tanggal Mulai"])[:10] for each in there.values()}
    assert days == {str(LATER)}


def test_a_form_of_its_own_each_week_is_not_asked_about_the_others(tmp_path: Path) -> None:
    rows = [full_row(f"P-{n}", tanggal_usulan=date(2026, 6, 15)) for n in range(1, 7)]
    schedule, _ = scheduled(tmp_path, rows)
    assert not [each for each in decided(schedule) if each.is_error]

    def asked(*numbers: int) -> list[str]:
        repeated = [rows[n - 1] for n in numbers]
        _, found = scheduled(tmp_path, [*repeated, full_row("P-9")], date(2026, 6, 2))
        return [each.number for each in found if each.kind is findings.NOT_REPEATED]

    assert asked() == asked(1) == asked(1, 2) == []
    assert asked(1, 2, 3, 4, 6) == ["P-5"]


NAMED = {"nama_customer": "PT. Sumber Makmur", "lokasi_sampling": "Depot A-1, Sei Panas"}
SPELLED = {"nama_customer": "sumber makmur, PT", "lokasi_sampling": "DEPOT A1 Sei  Panas"}
TWIN = "1 permintaan mungkin tercatat dua kali (017/YAN/XI/2026)"


@pytest.mark.parametrize("state", ["terkunci", "antrean", "selesai"])
@pytest.mark.parametrize("cells", [NAMED, SPELLED])
def test_another_number_for_a_request_of_the_register_is_told_and_asked_about(
    tmp_path: Path, state: str, cells: dict[str, str]
) -> None:
    limit = {"batas_akhir": date(2026, 6, 1)} if state == "antrean" else {}
    first = full_row("P-1", **NAMED, **limit)
    form = approved_form(tmp_path, [first])
    if state == "selesai":
        assert not done(form, date(2026, 6, 2), date(2026, 6, 2))
    assert standings(form)["P-1"].value == state
    twin = full_row("017/YAN/XI/2026", **cells)
    for rows in ([twin], [first, twin]):  # a fresh form, and a cumulative one
        schedule, found = scheduled(tmp_path, rows, date(2026, 6, 2))
        told = [each for each in found if each.kind.code in ("B05", "R10", "B12")]
        assert [each.number for each in told] == ["017/YAN/XI/2026"], "once"
        assert "P-1" in told[0].problem
        needs = [cell for line in load_workbook(schedule)["Ringkasan"].values for cell in line]
        assert any(TWIN in str(each) for each in needs)
    assert not decided(schedule)
    _, found = scheduled(tmp_path, [first, twin], date(2026, 6, 2))
    assert not [each for each in found if each.kind.code in ("B05", "R10")], "an approval took it"


@pytest.mark.parametrize("rows", [0, 1])
def test_a_number_that_differs_in_zeros_alone_is_told_against_the_register(
    tmp_path: Path, rows: int
) -> None:
    first = full_row("P-1")
    approved_form(tmp_path, [first])
    other = full_row("P-01", nama_customer="Hotel Lain", lokasi_sampling="Dapur lain")
    _, found = scheduled(tmp_path, [*[first] * rows, other], date(2026, 6, 2))
    assert [(each.kind.code, each.number) for each in found if each.kind.code == "B12"] == [
        ("B12", "P-01")
    ]
