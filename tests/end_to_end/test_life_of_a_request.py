"""What becomes of a request over several weeks, through the real commands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from labkesmas_batch import findings
from labkesmas_batch.commands.finalize import finalize
from labkesmas_batch.errors import InputError
from labkesmas_batch.model.history import Standing
from labkesmas_batch.register.register import Register
from tests.support.builders import RUN_DATE, row
from tests.support.dump import call
from tests.support.paperwork import full_row
from tests.support.signing import fill_schedule
from tests.support.weekly import (
    approved_form,
    decided,
    done,
    on_sheet,
    reported,
    scheduled,
    standings,
)

# One team, one visit a day.
NARROW = [("Tim 1", None, None, "Semua", 1, None)]
LATER = date(2026, 6, 8)


def test_a_long_name_with_an_emoji_gets_all_its_papers(tmp_path: Path) -> None:
    name = "\U0001f9ea RSUD Embung Fatimah Kota Batam, Instalasi Sanitasi \U0001f9ea"
    schedule, _ = scheduled(tmp_path, [row("017/YAN/XI/2026", nama_customer=name)])
    decided(schedule)
    papers = sorted((schedule.parent / "documents").glob("*.xlsx"))
    assert len(papers) >= 10
    for paper in papers:
        load_workbook(paper)


@pytest.mark.parametrize("other", [date(2027, 6, 1), date(2026, 5, 29), RUN_DATE])
def test_no_other_draft_refuses_a_signed_one(tmp_path: Path, other: date) -> None:
    """One with a mistyped year, one of an earlier day, one that says the same."""
    rows = [full_row("P-1"), full_row("P-2")]
    signed, _ = scheduled(tmp_path, rows)
    fill_schedule(signed)
    scheduled(tmp_path, rows, other)
    assert not decided(signed)
    assert standings(signed) == {"P-1": Standing.LOCKED, "P-2": Standing.LOCKED}


def test_a_later_week_is_approved_beside_a_draft_of_next_year(tmp_path: Path) -> None:
    rows = [full_row("P-1")]
    scheduled(tmp_path, rows, date(2027, 6, 1))
    for day in (RUN_DATE, LATER):
        schedule, _ = scheduled(tmp_path, [*rows, full_row(f"Q-{day.day}")], day)
        decided(schedule)
        assert standings(schedule)[f"Q-{day.day}"] is Standing.LOCKED


def test_a_draft_that_would_come_out_otherwise_now_is_refused_with_what_differs(
    tmp_path: Path,
) -> None:
    signed, _ = scheduled(tmp_path, [full_row("P-1")], tim=NARROW)
    fill_schedule(signed)
    other, _ = scheduled(tmp_path, [full_row("P-0")], tim=NARROW)
    decided(other)
    day_before = standings(other)
    with pytest.raises(InputError, match=r"tidak berlaku lagi.*P-1: semula Terjadwal .*2 Jun 2026"):
        finalize(signed, None, None)
    assert standings(other) == day_before


def test_a_draft_is_approved_beside_what_came_to_wait_since(tmp_path: Path) -> None:
    signed, _ = scheduled(tmp_path, [full_row("P-1")], tim=NARROW)
    fill_schedule(signed)
    waits = full_row("P-9", tanggal_permintaan=date(2026, 5, 6))
    other, _ = scheduled(tmp_path, [waits], tim=NARROW)
    decided(other, jadwal={"P-9": {"Keputusan": "Tunda"}})
    assert not decided(signed)
    assert standings(signed) == {"P-1": Standing.LOCKED, "P-9": Standing.POSTPONED}


def test_a_draft_is_refused_where_what_came_to_wait_since_goes_first(tmp_path: Path) -> None:
    signed, _ = scheduled(tmp_path, [full_row("P-1")], tim=NARROW)
    fill_schedule(signed)
    waits = full_row("P-0", tanggal_permintaan=date(2026, 5, 1))
    other, _ = scheduled(tmp_path, [waits], tim=NARROW)
    decided(other, jadwal={"P-0": {"Keputusan": "Tunda"}})
    with pytest.raises(InputError, match="P-1: semula"):
        finalize(signed, None, None)


def test_a_later_draft_of_the_same_day_that_proposes_otherwise_is_told(tmp_path: Path) -> None:
    signed, _ = scheduled(tmp_path, [full_row("P-1"), full_row("P-2")])
    fill_schedule(signed)
    scheduled(tmp_path, [full_row("P-1")])
    (told,) = decided(signed)
    assert told.kind is findings.OTHER_DRAFT
    assert "P-2" in told.problem


@pytest.mark.parametrize(
    ("on", "well"),
    [("2026-05-29", True), ("2026-05-28", False), ("2026-06-03", True), ("2026-06-04", False),
     ("2001-06-01", False), ("2099-06-01", False)],
)  # fmt: skip
def test_a_signing_date_lies_between_the_making_and_today(
    tmp_path: Path, on: str, *, well: bool
) -> None:
    """The schedule of Monday was made on Friday, and comes back signed on Wednesday."""
    schedule, _ = scheduled(tmp_path, [full_row("P-1")], made_on=date(2026, 5, 29))
    told = decided(schedule, today=date(2026, 6, 3), on=date.fromisoformat(on))
    assert [each.kind for each in told] == ([] if well else [findings.SIGNED_ANOTHER_DAY])


def test_agreeing_to_an_unchanged_locked_visit_does_nothing(tmp_path: Path) -> None:
    rows = [full_row("P-1", tanggal_usulan=LATER)]
    approved_form(tmp_path, rows)
    schedule, _ = scheduled(tmp_path, rows, date(2026, 6, 2))
    assert not decided(schedule, jadwal={"P-1": {"Keputusan": "Setuju"}})
    (known,) = Register(schedule.parents[1] / "register.db").history().known
    assert known.run == f"{RUN_DATE}-r1"
    letters = load_workbook(schedule.parent / "documents" / "06-spt.xlsx")
    assert letters.sheetnames == ["Kosong"]


def test_a_visit_done_early_frees_the_day_on_which_it_was_planned(tmp_path: Path) -> None:
    rows = [full_row("P-1", tanggal_usulan=date(2026, 6, 25))]
    form = approved_form(tmp_path, rows, tim=NARROW)
    assert done(form, date(2026, 6, 11), date(2026, 6, 11)) == []
    rows.append(full_row("P-2", tanggal_usulan=date(2026, 6, 25)))
    schedule, _ = scheduled(tmp_path, rows, date(2026, 6, 15), tim=NARROW)
    rows_now = on_sheet(schedule, "Jadwal")
    assert rows_now["P-2"]["Status"] == "Terjadwal"
    assert "P-1" not in rows_now  # over; its row is counted as done


def test_a_form_of_another_planned_day_reports_nothing(tmp_path: Path) -> None:
    """An old form marked the visit that was planned anew as done before it took place."""
    form = approved_form(tmp_path, [full_row("P-1", tanggal_usulan=date(2026, 6, 3))])
    old = form.with_name("lama.xlsx")
    old.write_bytes(form.read_bytes())
    assert reported(form, {"I2": "Ditunda"}, date(2026, 6, 4)) == ()
    schedule, _ = scheduled(tmp_path, [], LATER)
    assert not decided(schedule)
    assert done(old, date(2026, 6, 3), LATER) == ["H04"]
    assert standings(schedule) == {"P-1": Standing.LOCKED}


@pytest.mark.parametrize(
    ("day", "codes"),
    [("2026-06-02", []), ("2025-06-02", ["H05"]), ("2026-05-03", ["H05"]), ("2026-05-18", ["H06"]),
     ("2026-05-19", []), ("2026-07-01", ["H03"])],
)  # fmt: skip
def test_an_actual_date_lies_near_the_plan(tmp_path: Path, day: str, codes: list[str]) -> None:
    form = approved_form(tmp_path, [full_row("P-1", tanggal_permintaan=date(2026, 5, 4))])
    assert done(form, date.fromisoformat(day), date(2026, 6, 30)) == codes
    well = not codes or codes == ["H06"]
    assert standings(form)["P-1"] is (Standing.DONE if well else Standing.LOCKED)


def test_what_was_done_is_told_otherwise_by_a_correction_alone(tmp_path: Path) -> None:
    form = approved_form(tmp_path, [full_row("P-1")])
    day = date(2026, 6, 2)
    assert done(form, day, day) == []
    assert reported(form, {"I2": "Ditunda"}, day)[0].kind.code == "H07"
    assert standings(form)["P-1"] is Standing.DONE
    assert done(form, day, day, Koreksi="Ya", **{"Jumlah Nyata": 3}) == []
    assert standings(form)["P-1"] is Standing.DONE


def test_a_visit_reported_as_cancelled_by_mistake_is_put_right_by_a_correction(
    tmp_path: Path,
) -> None:
    form = approved_form(tmp_path, [full_row("P-1")])
    day = date(2026, 6, 2)
    assert not reported(form, {"Hasil": "Batal"}, day)
    assert standings(form)["P-1"] is Standing.CANCELLED
    assert done(form, day, day) == ["H07"]
    assert standings(form)["P-1"] is Standing.CANCELLED
    assert done(form, day, day, Koreksi="Ya") == []
    assert standings(form)["P-1"] is Standing.DONE


def test_a_correction_may_go_back_to_what_was_told_first(tmp_path: Path) -> None:
    form = approved_form(tmp_path, [full_row("P-1")])
    day = date(2026, 6, 2)
    assert done(form, day, day) == []
    assert not reported(form, {"Hasil": "Batal", "Koreksi": "Ya"}, day)
    assert standings(form)["P-1"] is Standing.CANCELLED
    assert done(form, day, day, Koreksi="Ya") == []
    assert standings(form)["P-1"] is Standing.DONE


TOLD = {"Hasil": "Selesai", "Tanggal Nyata": date(2026, 6, 2), "Jumlah Nyata": 2}


def filled(form: Path, name: str, *rows: dict[str, object]) -> Path:
    """Fill in a copy of a form of field days, a row each from the first on."""
    book = load_workbook(form)
    sheet = book["Realisasi"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for line, cells in enumerate(rows, start=2):
        for header, value in cells.items():
            sheet.cell(line, at[header]).value = value
    book.save(form.with_name(name))
    return form.with_name(name)


def test_forms_handed_in_together_count_a_visit_once(tmp_path: Path) -> None:
    form = approved_form(tmp_path, [full_row("P-1"), full_row("P-2")])
    one, two = filled(form, "tim-1.xlsx", TOLD), filled(form, "tim-2.xlsx", TOLD, TOLD)
    said = call("report", one, two, "--date", "2026-06-02")
    assert said.out.startswith("2 kunjungan dicatat: 2 Selesai."), said.err
    assert set(standings(form).values()) == {Standing.DONE}


def test_a_visit_told_otherwise_in_two_forms_is_refused_with_both_cells(tmp_path: Path) -> None:
    form = approved_form(tmp_path, [full_row("P-1"), full_row("P-2")])
    one = filled(form, "tim-1.xlsx", TOLD, TOLD)
    two = filled(form, "tim-2.xlsx", TOLD | {"Jumlah Nyata": 3}, TOLD)
    said = call("report", one, two, "--date", "2026-06-02")
    assert said.code == 3
    assert said.err.count("H08") == 1
    assert "tim-2.xlsx Realisasi!I2 P-1" in said.err
    assert "dilaporkan lain di tim-1.xlsx Realisasi!I2" in said.err
    assert set(standings(form).values()) == {Standing.LOCKED}, "all or none"


def test_what_management_cancelled_is_no_visit_to_report(tmp_path: Path) -> None:
    form = approved_form(tmp_path, [full_row("P-1")])
    schedule, _ = scheduled(tmp_path, [full_row("P-1")], RUN_DATE)
    assert not decided(schedule, jadwal={"P-1": {"Keputusan": "Batal"}})
    assert done(form, date(2026, 6, 2), date(2026, 6, 2), Koreksi="Ya") == ["H01"]


def test_an_approved_workbook_handed_in_again_weeks_later_changes_nothing(tmp_path: Path) -> None:
    signed, _ = scheduled(tmp_path, [full_row("P-1")])
    assert not decided(signed)
    scheduled(tmp_path, [full_row("P-1")], LATER)
    assert finalize(signed, None, None).week is None


EIGHT_APART = [
    full_row("E-1"),
    full_row("I-1", jenis_customer="Internal", tanggal_permintaan=date(2026, 5, 12)),
]
AGREED = {"Keputusan": "Setuju"}


@pytest.mark.parametrize(
    ("jadwal", "first", "codes"),
    [({}, "I-1", []), ({"E-1": AGREED}, "I-1", ["K17"]), ({"I-1": AGREED}, "I-1", ["K17"]),
     ({"E-1": AGREED, "I-1": AGREED}, "I-1", ["K17", "K17"]),
     ({"E-1": AGREED, "I-1": AGREED}, "E-1", [])],
)  # fmt: skip
def test_agreeing_beside_a_contrary_pair_is_refused(
    tmp_path: Path, jadwal: dict[str, dict[str, str]], first: str, codes: list[str]
) -> None:
    schedule, _ = scheduled(tmp_path, EIGHT_APART, tim=NARROW)
    told = decided(schedule, jadwal=jadwal, zona={"E-1": {"Dahulukan": first}})
    assert [each.kind.code for each in told] == codes
    assert all("Zona Antara!K2" in each.problem for each in told)
    assert bool(standings(schedule)) is not bool(codes)


def test_a_visit_planned_anew_after_a_correction_is_asked_about_again(tmp_path: Path) -> None:
    form = approved_form(tmp_path, [full_row("P-1")])
    day = date(2026, 6, 2)
    assert done(form, day, day) == []
    assert done(form, day, day, Hasil="Ditunda", Koreksi="Ya") == []
    schedule, _ = scheduled(tmp_path, [], LATER)
    assert not decided(schedule)
    asked = load_workbook(schedule.with_name("realisasi.xlsx"))["Realisasi"]
    assert asked["A2"].value == "P-1"


ANY = [("Tim 1", None, None, "Semua", None, None)]
RENAMED = [
    ("Air Minum", "Kotak Pendingin", 24, None, 40),
    ("Udara Sekitar", "High Volume Air Sampler; Kotak Pendingin", 72, None, 3),
]


@pytest.mark.parametrize(
    ("sheets", "names"),
    [
        ({"jenis_contoh_uji": RENAMED}, ["Udara Ambien"]),
        ({"jenis_contoh_uji": RENAMED[:1]}, ["Udara Ambien"]),
        (
            {"wilayah": [("Nongsa", 0, None, "Darat", 1)], "jenis_contoh_uji": RENAMED},
            ["Udara Ambien", "Batam"],
        ),
        (
            {"peralatan": [("Kotak Pendingin", 4, None)], "jenis_contoh_uji": RENAMED[:1]},
            ["Udara Ambien", "High Volume Air Sampler"],
        ),
    ],
)
def test_what_an_approval_fixed_keeps_what_it_held(
    tmp_path: Path, sheets: dict[str, object], names: list[str]
) -> None:
    day = date(2026, 6, 15)
    air = {"jenis_contoh_uji": "Udara Ambien", "tanggal_usulan": day}
    rows = [full_row("P-1", **air)]
    schedule, _ = scheduled(tmp_path, rows)
    assert not [each for each in decided(schedule) if each.is_error]
    kind = str(sheets["jenis_contoh_uji"][-1][0])  # type: ignore[index]
    place = "Nongsa" if "wilayah" in sheets else "Batam"
    rows.append(full_row("P-2", **air | {"jenis_contoh_uji": kind, "wilayah": place}))
    given: dict[str, object] = {"tim": ANY, "tarif": [], "cara_sampling": [], **sheets}
    schedule, found = scheduled(tmp_path, rows, date(2026, 6, 2), **given)
    told = [each for each in found if each.kind is findings.LOCKED_WITHOUT_NAME]
    assert [each.value for each in told] == names
    assert all("P-1" in each.problem for each in told)
    assert not [each for each in found if each.is_error]
    jadwal = on_sheet(schedule, "Jadwal")
    assert jadwal["P-1"]["Status"] == "Terkunci"
    same_unit = kind == "Udara Sekitar"
    assert jadwal["P-2"]["Sebab"] == ("AlatHabis" if same_unit else None)


def test_a_draft_is_approved_after_a_report_of_its_locked_visits(tmp_path: Path) -> None:
    day = date(2026, 6, 2)
    rows = [full_row("P-1", tanggal_usulan=day)]
    form = approved_form(tmp_path, rows)
    schedule, _ = scheduled(tmp_path, [*rows, full_row("P-2")], LATER)
    assert done(form, day, LATER) == []
    assert not decided(schedule)
    assert standings(schedule) == {"P-1": Standing.DONE, "P-2": Standing.LOCKED}


def ranks(schedule: Path) -> list[str]:
    """The numbers on Prioritas, in their order."""
    return list(on_sheet(schedule, "Prioritas"))


def test_a_pair_decision_comes_along_while_both_wait(tmp_path: Path) -> None:
    schedule, _ = scheduled(tmp_path, EIGHT_APART, tim=NARROW)
    assert ranks(schedule) == ["E-1", "I-1"]
    both = {"E-1": {"Keputusan": "Tunda"}, "I-1": {"Keputusan": "Tunda"}}
    assert not decided(schedule, jadwal=both, zona={"E-1": {"Dahulukan": "I-1"}})
    schedule, _ = scheduled(tmp_path, [], LATER, tim=NARROW)
    assert ranks(schedule) == ["I-1", "E-1"]
    said = str(on_sheet(schedule, "Prioritas")["E-1"]["Penjelasan"])
    assert "menurut keputusan Kepala, dasar: jadwal 2026-06-01-r1 (R-ANTARA)" in said
    # A newer word counts, and the older one is no contradiction of it.
    newer = [("E-1", "I-1", "Nota 7")]
    schedule, found = scheduled(tmp_path, [], LATER, tim=NARROW, keputusan_pasangan=newer)
    assert not [each for each in found if each.is_error]
    assert ranks(schedule) == ["E-1", "I-1"]
    # The draft that it stands in is approved with it.
    schedule, _ = scheduled(tmp_path, [], date(2026, 6, 9), tim=NARROW)
    assert not decided(schedule, jadwal=both)
    schedule, _ = scheduled(tmp_path, [], date(2026, 6, 15), tim=NARROW)
    assert ranks(schedule) == ["I-1", "E-1"]
    assert not decided(schedule, jadwal={"I-1": {"Keputusan": "Batal"}})
    assert ranks(schedule.with_name("jadwal-final.xlsx")) == ["E-1"]


def test_visits_that_nobody_reported_stay_in_front(tmp_path: Path) -> None:
    """On Jadwal, first in what needs a decision, and first in every new form of field days."""
    day = date(2026, 6, 3)
    rows = [full_row(f"P-{n}", tanggal_usulan=day) for n in (1, 2)]
    form = approved_form(tmp_path, rows)
    assert done(form, day, day) == []
    new = full_row("P-9", tanggal_permintaan=date(2026, 5, 20))
    schedule, _ = scheduled(tmp_path, [new], date(2026, 6, 15))  # a form of its own
    assert on_sheet(schedule, "Jadwal")["P-2"]["Status"] == "Terkunci"
    summary = load_workbook(schedule)["Ringkasan"]
    said = [str(cell.value) for line in summary.iter_rows() for cell in line if cell.value]
    at = said.index("Perlu keputusan atau tindak lanjut")
    assert said[at + 1].startswith("•  1 kunjungan sudah lewat dan belum dilaporkan (P-2)")
    assert not [each for each in decided(schedule) if each.is_error]
    asked = load_workbook(schedule.with_name("realisasi.xlsx"))["Realisasi"]
    assert [asked.cell(row, 1).value for row in (2, 3)] == ["P-2", "P-9"]
    assert done(schedule.with_name("realisasi.xlsx"), day, date(2026, 6, 16)) == []
    assert standings(schedule)["P-2"] is Standing.DONE
