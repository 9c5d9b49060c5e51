"""``explain``: which of two goes first and by which clause, why one has its place, day or none."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, reduce
from itertools import combinations, pairwise
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook

from tests.support.builders import row, settings, write_intake, write_reference
from tests.support.dump import EXAMPLE, EXAMPLE_DATE, Answer, call, records
from tests.support.weeks import random_week, write_week

Cells = dict[str, object]
DAY = "2026-06-01"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
FIRST_LINE = re.compile(r"(.+) \(peringkat (\d+)\) sebelum (.+) \(peringkat (\d+)\): (R-\w+)\.")


def short(moment: datetime) -> str:
    """A date as people read it, with its time of day where it has one."""
    clock = f" {moment:%H:%M}" if (moment.hour, moment.minute) != (0, 0) else ""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}{clock}"


@dataclass(frozen=True)
class Ran:
    """An output folder and the sheets of one run in it, to ask and to check the answers by."""

    output: Path
    folder: Path

    def ask(self, *arguments: object) -> Answer:
        return call("explain", *arguments, "--output", self.output)

    def said(self, *arguments: object) -> list[str]:
        """What stands on stdout where all is well, but for the schedule that it speaks of."""
        answer = self.ask(*arguments)
        assert (answer.code, answer.err) == (0, ""), answer
        *lines, source = answer.out.splitlines()
        assert re.fullmatch(r"Menurut rancangan jadwal \S+, belum disahkan\.", source)
        return lines

    def record(self, *arguments: object) -> Cells:
        answer = self.ask(*arguments, "--json")
        assert answer.code == 0, answer
        return answer.record

    @cached_property
    def _book(self) -> object:
        return load_workbook(self.folder / "jadwal.xlsx")

    def sheet(self, name: str) -> dict[str, Cells]:
        """The rows of a sheet by No. Permintaan."""
        rows = records(self._book[name])
        return {str(line["No. Permintaan"]): line for line in rows if line["Jenis Customer"]}


def run(folder: Path, *intakes: Path, day: object = DAY) -> Ran:
    """Run the weekly batch on intakes, of the folder itself where none is named."""
    given = intakes or (folder / "permintaan.xlsx",)
    answer = call("run", *given, "--output", folder / "output", "--date", day, "--json")
    assert answer.code in (0, 1), answer.err
    return Ran(folder / "output", answer.folder)


def desk(folder: Path, *rows: Cells, **sheets: object) -> Ran:
    """Run a week of these rows; sheets of the reference replaced by name."""
    folder.mkdir(exist_ok=True)
    write_reference(folder / "acuan.xlsx", **sheets)
    write_intake(folder / "permintaan.xlsx", rows)
    return run(folder)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return run(tmp_path_factory.mktemp("contoh"), EXAMPLE, day=EXAMPLE_DATE)


def may(day: int) -> date:
    """Days counted from 1 May 2026, past its end too."""
    return date(2026, 5, 1) + timedelta(days=day - 1)


def asked(number: str, day: int, customer_class: str = "Eksternal", **cells: object) -> Cells:
    return row(number, tanggal_permintaan=may(day), jenis_customer=customer_class, **cells)


FIRST_COME = "yang tidak diatur SOP; menurut zona_antara = urut_permintaan,"
TEN_PAIRS = {
    "older internal, 7 days": (
        "P-7", "P-14", "R-URUT",
        "P-7 (Internal, 21 Okt 2026) diterima 7 hari lebih dahulu daripada P-14 (Eksternal, "
        "28 Okt 2026) (R-URUT).",
    ),
    "older internal, 2 days": (
        "P-35", "P-38", "R-URUT",
        "P-35 (Internal, 17 Nov 2026) diterima 2 hari lebih dahulu daripada P-38 (Eksternal, "
        "19 Nov 2026) (R-URUT).",
    ),
    "7a, 7 days": (
        "P-8", "P-5", "R-7A",
        "P-8 (Internal, 27 Okt 2026) datang 7 hari sesudah P-5 (Eksternal, 20 Okt 2026); sampai "
        "selisih 7 hari Internal didahulukan (R-7A).",
    ),
    "7a, one day": (
        "P-31", "P-30", "R-7A",
        "P-31 (Internal, 13 Nov 2026) datang pada hari yang sama dengan P-30 (Eksternal, 13 Nov "
        "2026); sampai selisih 7 hari Internal didahulukan (R-7A).",
    ),
    "silent, 8 days": (
        "P-15", "P-22", "R-ANTARA",
        f"P-15 (Eksternal, 29 Okt 2026) dan P-22 (Internal, 6 Nov 2026) berselisih 8 hari, "
        f"{FIRST_COME} P-15 didahulukan (R-ANTARA).",
    ),
    "silent, 13 days": (
        "P-20", "P-32", "R-ANTARA",
        f"P-20 (Eksternal, 3 Nov 2026) dan P-32 (Internal, 16 Nov 2026) berselisih 13 hari, "
        f"{FIRST_COME} P-20 didahulukan (R-ANTARA).",
    ),
    "7b, 14 days": (
        "P-1", "P-9", "R-7B",
        "P-1 (Eksternal, 12 Okt 2026) datang 14 hari sebelum P-9 (Internal, 26 Okt 2026); mulai "
        "selisih 14 hari Eksternal didahulukan (R-7B).",
    ),
    "7b, 35 days": (
        "P-2", "P-35", "R-7B",
        "P-2 (Eksternal, 13 Okt 2026) datang 35 hari sebelum P-35 (Internal, 17 Nov 2026); mulai "
        "selisih 14 hari Eksternal didahulukan (R-7B).",
    ),
    "one class, 3 days": (
        "P-16", "P-17", "R-URUT",
        "P-16 (Eksternal, 30 Okt 2026) diterima 3 hari lebih dahulu daripada P-17 (Eksternal, "
        "2 Nov 2026) (R-URUT).",
    ),
    "one class, one day": (
        "P-2", "P-10", "R-SERI",
        "P-2 (Eksternal, 13 Okt 2026) dan P-10 (Eksternal, 13 Okt 2026) diterima pada tanggal yang "
        "sama; diurutkan menurut No. Permintaan (R-SERI).",
    ),
}  # fmt: skip
pairs = pytest.mark.parametrize(
    ("first", "second", "clause", "sentence"), TEN_PAIRS.values(), ids=TEN_PAIRS
)


def table(lines: Sequence[str]) -> dict[str, list[str]]:
    """The printed table: the heading under '', then each line's two cells by its name."""
    rows = [re.split(r"\s{2,}", line.strip()) for line in lines if line.startswith("  ")]
    return {"": rows[0]} | {name: cells for name, *cells in rows[1:]}


@pairs
def test_a_pair_of_the_example_is_explained(
    example: Ran, first: str, second: str, clause: str, sentence: str
):
    lines = example.said(first, second)
    order, visits = example.sheet("Prioritas"), example.sheet("Jadwal")
    ranks = [order[number]["Peringkat"] for number in (first, second)]
    assert ranks[0] < ranks[1]
    assert lines[0] == (
        f"{first} (peringkat {ranks[0]}) sebelum {second} (peringkat {ranks[1]}): {clause}."
    )
    assert lines[1] == sentence
    assert lines[2].startswith("Dasar: ")
    both = [order[number] for number in (first, second)]
    assert table(lines) == {
        "": [first, second],
        "Jenis customer": [line["Jenis Customer"] for line in both],
        "Tanggal permintaan": [short(line["Tanggal Permintaan"]) for line in both],
        "Dikurangi (T)": [f"{line['Dikurangi (Hari)']} hari" for line in both],
        "Tanggal efektif": [short(line["Tanggal Efektif"]) for line in both],
        "Peringkat": [str(rank) for rank in ranks],
        "Hari dan tim": [
            f"{short(visits[number]['Tanggal Mulai'])}, {visits[number]['Tim']}"
            if number in visits
            else "Antrean"
            for number in (first, second)
        ],
    }
    days = abs((both[0]["Tanggal Permintaan"].date() - both[1]["Tanggal Permintaan"].date()).days)
    (numbers,) = (line for line in lines if line.startswith(f"Selisih {days} hari; "))
    assert "7 hari sesudah Eksternal" in numbers
    assert "14 hari sebelumnya" in numbers
    assert "zona_antara = urut_permintaan (T = 7)" in numbers
    assert lines[lines.index(numbers) + 1] == (
        "T = 7: untuk urutan, tanggal permintaan Internal dihitung 7 hari lebih awal. Tanggal "
        "efektif yang lebih dini didahulukan; bila sama, Internal."
    )


SOURCES = {
    "R-7A": "Dasar: langkah 7a. ",
    "R-7B": "Dasar: langkah 7b. ",
    "R-ANTARA": "Dasar: SOP tidak mengatur; yang dipakai: zona_antara = urut_permintaan untuk "
    "selisih 8 s.d. 13 hari: yang datang dahulu didahulukan.",
    "R-URUT": "Dasar: SOP tidak mengatur; yang dipakai: sesama golongan, atau ",
    "R-SERI": "Dasar: SOP tidak mengatur; yang dipakai: tanggal sama dalam satu golongan: ",
}


@pairs
def test_a_pair_names_the_step_of_the_sop_or_that_it_is_silent(
    example: Ran, first: str, second: str, clause: str, sentence: str
):
    lines = example.said(first, second)
    assert lines[2].startswith(SOURCES[clause])
    kepala = [line for line in lines if "Kepala dapat memutuskan pasangan ini" in line]
    assert len(kepala) == (clause == "R-ANTARA")


@pairs
def test_the_order_of_the_two_arguments_does_not_matter(
    example: Ran, first: str, second: str, clause: str, sentence: str
):
    assert example.said(second, first) == example.said(first, second)
    assert example.record(second, first) == example.record(first, second)


def test_a_pair_of_one_day_with_times_goes_by_the_time(example: Ran):
    lines = example.said("P-6", "P-7")
    assert lines[0] == "P-7 (peringkat 4) sebelum P-6 (peringkat 5): R-SERI."
    assert lines[1].endswith("diurutkan menurut jam permintaan (R-SERI).")
    assert table(lines)["Tanggal permintaan"] == ["21 Okt 2026 08:40", "21 Okt 2026 14:05"]


@pytest.mark.parametrize("typed", ["p-8", " P-8 ", "\tp-8\u00a0", "\uff30-\uff18", "P-8\u200b"])
def test_case_and_spaces_of_a_number_do_not_matter(example: Ran, typed: str):
    assert example.said(typed, "P-5") == example.said("P-8", "P-5")
    assert example.said("P-5", typed) == example.said("P-8", "P-5")
    assert example.said(typed) == example.said("P-8")


def test_spaces_inside_a_number_do_not_matter(tmp_path: Path):
    ran = desk(tmp_path, asked("Lab  7 / 1", 1), asked("Lab 7 / 2", 2))
    assert ran.said("lab 7  / 1", "LAB 7 /   2") == ran.said("Lab 7 / 1", "Lab 7 / 2")


@dataclass(frozen=True)
class Numbers:
    """The settings of Ketentuan that decide pairs."""

    inner: int
    outer: int
    zone: str


def natural(number: str) -> list[tuple[int, object]]:
    """P-2 before P-10: runs of digits count as numbers."""
    parts = re.findall(r"\d+|\D+", number.casefold())
    return [(0, int(part)) if part.isdigit() else (1, part) for part in parts]


def rule(one: Cells, other: Cells, numbers: Numbers) -> tuple[str, Cells | None]:
    """The clause for two rows of an intake and who goes first by it; None where neither does."""
    days = {id(each): _moment(each).date() for each in (one, other)}
    if one["Jenis Customer"] == other["Jenis Customer"]:
        if days[id(one)] != days[id(other)]:
            return "R-URUT", min(one, other, key=lambda each: days[id(each)])
        keys = [(_moment(each), natural(str(each["No. Permintaan"]))) for each in (one, other)]
        if keys[0] == keys[1]:
            return "R-SERI", None
        return "R-SERI", one if keys[0] < keys[1] else other
    internal, external = (one, other) if one["Jenis Customer"] == "Internal" else (other, one)
    later = (days[id(internal)] - days[id(external)]).days
    if later < 0:
        return "R-URUT", internal
    if later <= numbers.inner:
        return "R-7A", internal
    if later >= numbers.outer:
        return "R-7B", external
    return "R-ANTARA", external if numbers.zone == "urut_permintaan" else internal


def _moment(line: Cells) -> datetime:
    value = line["Tanggal Permintaan"]
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)


@pytest.mark.parametrize("seed", [7, 15, 33, 46, 57])
def test_every_pair_of_a_random_week_is_explained_by_the_rule(seed: int, tmp_path: Path):
    week = random_week(seed, requests=26)
    values = {line["Kunci"]: line["Nilai"] for line in week.reference["Ketentuan"]}
    numbers = Numbers(
        values["selisih_internal_hari"], values["selisih_eksternal_hari"], values["zona_antara"]
    )
    intake, _ = write_week(week, tmp_path)
    ran = run(tmp_path, intake, day=week.run_date)
    lines = {str(line["No. Permintaan"]): line for line in week.intake}
    ranks = {number: line["Peringkat"] for number, line in ran.sheet("Prioritas").items()}
    seen = set()
    for one, other in combinations(ranks, 2):
        said = ran.said(other, one)
        first, rank, second, worse, clause = FIRST_LINE.fullmatch(said[0]).groups()
        assert {first, second} == {one, other}
        assert (int(rank), int(worse)) == (ranks[first], ranks[second])
        assert int(rank) < int(worse)
        expected, ahead = rule(lines[one], lines[other], numbers)
        assert clause == expected, said[0]
        assert ahead is None or ahead["No. Permintaan"] == first, said[0]
        assert said[1].endswith(f"({clause}).")
        seen.add(clause)
    assert seen == SOURCES.keys()


GAPS = {-1: "R-URUT", 0: "R-7A", 1: "R-7A", 7: "R-7A", 8: "R-ANTARA", 13: "R-ANTARA",
        14: "R-7B", 30: "R-7B"}  # fmt: skip


@pytest.mark.parametrize("zone", ["urut_permintaan", "internal"])
def test_the_boundaries_of_the_clauses_under_both_readings(tmp_path: Path, zone: str):
    rows = [asked("E", 2), *(asked(f"I{gap}", 2 + gap, "Internal") for gap in GAPS)]
    ran = desk(tmp_path, *rows, ketentuan=settings(zona_antara=zone))
    for gap, clause in GAPS.items():
        internal_first = gap <= (7 if zone == "urut_permintaan" else 13)
        first, second = (f"I{gap}", "E") if internal_first else ("E", f"I{gap}")
        lines = ran.said("E", f"I{gap}")
        assert re.sub(r" \(peringkat \d+\)", "", lines[0]) == f"{first} sebelum {second}: {clause}."
        if clause == "R-ANTARA":
            assert f"zona_antara = {zone}, {first} didahulukan" in lines[1]
        threshold = 7 if zone == "urut_permintaan" else 13
        assert f"(T = {threshold})" in "\n".join(lines)
        assert sorted(table(lines)["Dikurangi (T)"]) == sorted(["0 hari", f"{threshold} hari"])


def test_other_numbers_of_ketentuan_are_the_ones_named(tmp_path: Path):
    numbers = settings(selisih_internal_hari=3, selisih_eksternal_hari=6)
    ran = desk(
        tmp_path,
        asked("E", 1),
        asked("I3", 4, "Internal"),
        asked("I6", 7, "Internal"),
        ketentuan=numbers,
    )
    near, far = ran.said("E", "I3"), ran.said("E", "I6")
    assert "sampai selisih 3 hari Internal didahulukan (R-7A)" in near[1]
    assert "mulai selisih 6 hari Eksternal didahulukan (R-7B)" in far[1]
    for lines in (near, far):
        assert "sampai 3 hari sesudah Eksternal, Eksternal mulai 6 hari" in "\n".join(lines)


def test_the_silent_days_named_are_those_of_ketentuan(tmp_path: Path):
    numbers = settings(selisih_internal_hari=3, selisih_eksternal_hari=6)
    ran = desk(tmp_path, asked("E", 1), asked("I", 5, "Internal"), ketentuan=numbers)
    lines = ran.said("E", "I")
    assert lines[0].endswith(": R-ANTARA.")
    assert "8 s.d. 13" not in "\n".join(lines)
    assert "untuk selisih 4 s.d. 5 hari" in lines[2]
    rules = [
        str(cell.value)
        for line in load_workbook(ran.folder / "jadwal.xlsx")["Ketentuan"].iter_rows()
        for cell in line
    ]
    assert any("tidak diatur SOP (4 s.d. 5 hari)" in text for text in rules)
    assert not any("8 s.d. 13" in text for text in rules)


LETTER = "Nota Dinas 04/LAB/2026"


def decided(folder: Path, *pairs: tuple[str, str, str | None], rows: Sequence[Cells] = ()) -> Ran:
    """A week with decisions: E1 on day 1, E2 and E1b likewise, I ten days later, and more rows."""
    usual = (asked("E1", 1), asked("E1b", 1), asked("E2", 2), asked("I", 11, "Internal"))
    return desk(folder, *usual, *rows, keputusan_pasangan=pairs)


def test_a_decision_of_the_kepala_is_named_with_its_basis(tmp_path: Path):
    ran = decided(tmp_path, ("I", "E1", LETTER))
    lines = ran.said("E1", "I")
    assert lines[0] == "I (peringkat 3) sebelum E1 (peringkat 4): R-ANTARA."
    assert lines[1] == (
        "I (Internal, 11 Mei 2026) didahulukan atas E1 (Eksternal, 1 Mei 2026) menurut keputusan "
        f"Kepala, dasar: {LETTER} (R-ANTARA)."
    )
    assert not [line for line in lines if "dapat memutuskan" in line]
    record = ran.record("E1", "I")
    assert (record["keputusan_kepala"], record["klausul"]) == (True, "R-ANTARA")
    assert LETTER in record["kalimat"]


def test_a_decision_without_a_basis_is_named_without_one(tmp_path: Path):
    lines = decided(tmp_path, ("I", "E1", None)).said("I", "E1")
    assert "menurut keputusan Kepala (R-ANTARA)." in lines[1]


def test_a_decision_that_confirms_the_order_is_named_too(tmp_path: Path):
    lines = decided(tmp_path, ("E1", "I", LETTER)).said("I", "E1")
    assert lines[0].startswith("E1 (peringkat 1) sebelum I ")
    assert "keputusan Kepala" in lines[1]


def test_the_numbers_of_a_decision_may_be_typed_in_any_way(tmp_path: Path):
    lines = decided(tmp_path, (" i ", "e1", LETTER)).said("I", "E1")
    assert lines[0].startswith("I (peringkat 3) sebelum E1 ")
    assert LETTER in lines[1]


def test_of_two_rows_about_one_pair_the_first_gives_the_basis(tmp_path: Path):
    lines = decided(tmp_path, ("I", "E1", LETTER), ("I", "E1", "Rapat")).said("I", "E1")
    assert LETTER in lines[1]


def test_a_request_beside_its_decided_neighbour_names_the_decision(tmp_path: Path):
    ran = decided(tmp_path, ("I", "E1", LETTER))
    for number, word in (("I", "Di bawahnya: "), ("E1", "Di atasnya: ")):
        (line,) = (line for line in ran.said(number) if line.startswith(word))
        assert f"keputusan Kepala, dasar: {LETTER}" in line


def test_a_pair_turned_round_by_a_decision_about_others_says_so(tmp_path: Path):
    ran = decided(tmp_path, ("I", "E1", LETTER))
    lines = ran.said("E1", "E2")
    assert lines[0].startswith("E2 (peringkat 2) sebelum E1 (peringkat 4)")
    assert "terbalik" in lines[1]
    assert "keputusan Kepala tentang pasangan lain" in lines[1]
    assert "lebih dahulu daripada" not in lines[1]
    assert ran.record("E1", "E2")["kalimat"] == lines[1]
    assert ran.record("E1", "E2")["keputusan_kepala"] is False


def test_two_classes_turned_round_by_a_decision_about_others_say_so(tmp_path: Path):
    """By 7a I4 goes before E1, too; it waits for E2, and E1 does not."""
    ran = decided(tmp_path, ("E2", "I4", LETTER), rows=[asked("I4", 4, "Internal")])
    lines = ran.said("E1", "I4")
    assert lines[0].startswith("E1 (peringkat 1) sebelum I4 (peringkat 4)")
    assert "terbalik" in lines[1]
    assert "Internal didahulukan" not in lines[1]


def test_a_pair_that_no_decision_touches_is_explained_as_ever(tmp_path: Path):
    ran = decided(tmp_path, ("I", "E1", LETTER))
    assert ran.said("E1b", "E2")[1].endswith(
        "diterima 1 hari lebih dahulu daripada E2 (Eksternal, 2 Mei 2026) (R-URUT)."
    )


def test_a_decision_about_a_request_that_is_not_ranked_changes_nothing(tmp_path: Path):
    ran = decided(
        tmp_path, ("I", "E9", LETTER), ("I", "E8", LETTER), rows=[asked("E8", 1, wilayah="Entah")]
    )
    assert ran.said("I", "E1")[0].startswith("E1 (peringkat 1) sebelum I ")
    assert "keputusan" not in ran.said("I", "E1")[1]


@pytest.mark.parametrize("clock", [False, True])
def test_a_pair_of_one_day_turned_round_by_a_decision_about_others_says_so(
    tmp_path: Path, clock: bool
):
    early = datetime(2026, 5, 1, 8, 0) if clock else may(1)
    late = datetime(2026, 5, 1, 9, 0) if clock else may(1)
    ran = desk(
        tmp_path,
        row("E1", tanggal_permintaan=early),
        row("E2", tanggal_permintaan=late),
        asked("I", 11, "Internal"),
        keputusan_pasangan=[("I", "E1", LETTER)],
    )
    lines = ran.said("E1", "E2")
    assert lines[0] == "E2 (peringkat 1) sebelum E1 (peringkat 3): R-ANTARA."
    assert lines[1] == (
        "E2 (Eksternal, 1 Mei 2026) mendahului E1 (Eksternal, 1 Mei 2026) karena E1 menunggu I "
        f"(peringkat 2) menurut keputusan Kepala tentang pasangan lain, dasar: {LETTER} "
        "(R-ANTARA); berdua saja urutannya terbalik (R-SERI)."
    )
    assert lines[2] == (
        f"Dasar: keputusan Kepala tentang I dan E1, {LETTER}. Tanpa keputusan itu E1 yang "
        "didahulukan (R-SERI)."
    )
    assert ran.record("E1", "E2")["akibat_keputusan_lain"] is True


def test_of_several_whom_a_request_waits_for_the_last_one_is_named(tmp_path: Path):
    ran = decided(tmp_path, ("E2", "E1", "Rapat"), ("I", "E1", LETTER), rows=[asked("E3", 12)])
    order = list(ran.sheet("Prioritas"))
    assert order == ["E1b", "E2", "I", "E1", "E3"]
    said = ran.said("E1b", "E1")[1]
    assert (
        f"karena E1 menunggu I (peringkat 3) menurut keputusan Kepala tentang pasangan lain, "
        f"dasar: {LETTER}" in said
    )


@pytest.mark.parametrize("seed", range(4))
def test_no_pair_of_a_decided_week_is_put_down_to_a_clause_that_it_goes_against(
    seed: int, tmp_path: Path
):
    """Every pair goes by its clause, by its decision, or by whom the later one waits for."""
    drawn = Random(seed)
    rows = [
        asked(f"P-{at}", drawn.randint(1, 25), drawn.choice(("Internal", "Eksternal")))
        for at in range(9)
    ]
    hidden = drawn.sample([str(each["No. Permintaan"]) for each in rows], 9)
    decisions = {tuple(sorted(drawn.sample(range(9), 2))) for _ in range(5)}
    pairs = [(hidden[one], hidden[other], LETTER) for one, other in decisions]
    ran = desk(tmp_path, *rows, keputusan_pasangan=pairs)
    by_number = {str(each["No. Permintaan"]): each for each in rows}
    ranks = {number: line["Peringkat"] for number, line in ran.sheet("Prioritas").items()}
    assert ranks.keys() == by_number.keys()
    turned = 0
    for first, second in combinations(ranks, 2):
        lines = ran.said(second, first)
        clause, ahead = rule(by_number[first], by_number[second], Numbers(7, 14, "urut_permintaan"))
        if (first, second, LETTER) in pairs:
            assert "didahulukan atas" in lines[1]
            clause = "R-ANTARA"
        elif ahead is not None and ahead["No. Permintaan"] != first:
            turned += 1
            waits = re.search(rf"karena {second} menunggu (P-\d) \(peringkat (\d)\)", lines[1])
            assert waits, lines[1]
            assert (waits[1], second, LETTER) in pairs
            assert int(waits[2]) == ranks[waits[1]] > ranks[first]
            clause = "R-ANTARA"
        else:
            assert "keputusan Kepala" not in lines[1]
        assert lines[0].endswith(f": {clause}.")
    assert turned


def test_a_pair_turned_round_is_not_put_down_to_the_clause_that_it_goes_against(tmp_path: Path):
    ran = decided(tmp_path, ("I", "E1", LETTER))
    lines = ran.said("E1", "E2")  # E2 came later and goes first
    assert not lines[0].endswith(": R-URUT.")
    assert "yang datang dahulu dilayani dahulu" not in lines[2]


def test_the_basis_of_a_decided_pair_is_not_the_clause_that_it_overrules(tmp_path: Path):
    ran = decided(tmp_path, ("E1", "I4", LETTER), rows=[asked("I4", 4, "Internal")])
    lines = ran.said("E1", "I4")
    assert lines[0].startswith("E1 (peringkat 1) sebelum I4 ")
    assert "keputusan Kepala" in lines[1]
    assert lines[2] == (
        f"Dasar: keputusan Kepala, {LETTER}. Tanpa keputusan itu I4 yang didahulukan (R-7A)."
    )
    assert "Customer Internal didahulukan" not in "\n".join(lines)


def test_a_rank_that_the_kepala_has_settled_does_not_depend_on_the_reading(tmp_path: Path):
    ranks, said = [], []
    for zone in ("urut_permintaan", "internal"):
        ran = desk(
            tmp_path,
            asked("E", 1),
            asked("I", 11, "Internal"),
            keputusan_pasangan=[("I", "E", LETTER)],
            ketentuan=settings(zona_antara=zone),
        )
        ranks.append([line["Peringkat"] for line in ran.sheet("Prioritas").values()])
        said += ran.said("E")
    assert ranks[0] == ranks[1]
    assert not [line for line in said if "bergantung pada zona_antara" in line]


def test_a_scheduled_request_has_its_rank_key_and_day(example: Ran):
    lines = example.said("P-8")
    visit = example.sheet("Jadwal")["P-8"]
    assert visit["Status"] == "Terjadwal"
    assert lines[0] == (
        f"P-8 (Internal, 27 Okt 2026), {visit['Nama Customer']}: peringkat 9 dari 35."
    )
    assert lines[1] == (
        "Dasar urutan: Tanggal Efektif 20 Okt 2026 = tanggal permintaan 27 Okt 2026 − 7 hari "
        "(Internal dihitung T = 7 hari lebih awal)."
    )
    assert (
        f"Hari: Rabu, {short(visit['Tanggal Mulai'])}, {visit['Tim']} (Terjadwal). Sesuai "
        "Tanggal Usulan." in lines
    )


def test_an_external_requests_key_is_its_date(example: Ran):
    assert example.said("P-5")[1] == (
        "Dasar urutan: Tanggal Efektif 20 Okt 2026 = tanggal permintaan 20 Okt 2026."
    )


def test_the_day_of_every_visit_is_the_one_on_jadwal_with_status_and_cause(example: Ran):
    order = example.sheet("Prioritas")
    for number, visit in example.sheet("Jadwal").items():
        start = visit["Tanggal Mulai"]
        cause = f", {visit['Sebab']}" if visit["Sebab"] else ""
        why = visit["Alasan"].removesuffix(order[number]["Penjelasan"]).rstrip()
        assert (
            f"Hari: {WEEKDAYS[start.weekday()]}, {short(start)}, {visit['Tim']} "
            f"({visit['Status']}{cause}). {why}"
        ) in example.said(number)


MOVED = {
    "team full": ("P-17", "TimPenuh", "Tim 3 dan Tim 4", date(2026, 12, 1), ("P-6", "P-21")),
    "equipment": ("P-35", "AlatHabis", "Kotak Pendingin Spesimen", date(2026, 12, 9),
                  ("P-14",)),
    "laboratory": ("P-10", "KapasitasLab", "kapasitas laboratorium untuk Air Minum",
                   date(2026, 11, 25), ("P-2",)),
}  # fmt: skip


@pytest.mark.parametrize(("number", "cause", "what", "day", "holders"), MOVED.values(), ids=MOVED)
def test_a_moved_request_names_the_days_that_were_blocked_and_by_whom(
    example: Ran, number: str, cause: str, what: str, day: date, holders: tuple[str, ...]
):
    (line,) = (line for line in example.said(number) if line.startswith("Hari: "))
    assert f"(Digeser, {cause})" in line
    assert what.casefold() in line.casefold()
    assert f" {day.day} {MONTHS[day.month - 1]}" in line
    assert f"oleh {' dan '.join(holders)}" in line
    visits = example.sheet("Jadwal")
    for holder in holders:  # who is named is better-ranked and really there on that day
        first, last = visits[holder]["Tanggal Mulai"].date(), visits[holder]["Tanggal Selesai"]
        assert first <= day <= last.date()
        assert visits[holder]["Peringkat"] < visits[number]["Peringkat"]
    assert visits[number]["Tanggal Mulai"].date() > day


@pytest.mark.parametrize("number", ["P-15", "P-32"])
def test_an_unplaced_request_says_so_with_its_cause(example: Ran, number: str):
    waiting = example.sheet("Antrean")[number]
    lines = example.said(number)
    assert f"peringkat {waiting['Peringkat']} dari 35." in lines[0]
    assert f"Hari: belum ada (Antrean, {waiting['Sebab']}). {waiting['Alasan']}" in lines
    assert example.record(number)["hasil"] == "Antrean"


def test_a_returned_request_names_the_days_short_and_what_to_do(example: Ran):
    back = example.sheet("Dikembalikan")["P-36"]
    assert example.said("P-36") == [
        f"P-36 (Eksternal, 18 Nov 2026), {back['Nama Customer']}: dikembalikan (TenggangKurang).",
        back["Alasan"],
    ]
    assert f"kurang {back['Hari Kurang']} hari" in back["Alasan"]
    assert short(back["Tanggal Terdekat"]) in back["Alasan"]


@pytest.mark.parametrize(
    ("number", "cell", "remedy"),
    [
        ("P-29", "N31", "Tulis hari dahulu, lalu bulan dan tahun"),
        ("P-40", "K42", "Maksud Anda “Air Minum”?"),
        ("P-41", "M43", "Isi kolom Jumlah Contoh Uji"),
    ],
)
def test_a_held_request_names_the_cell_and_the_remedy(
    example: Ran, number: str, cell: str, remedy: str
):
    first, *problems = example.said(number)
    assert first == f"{number}: ditahan (DataSalah), contoh-permintaan.xlsx baris {cell[1:]}."
    assert [line.startswith(f"  Permintaan!{cell}: ") for line in problems] == [True]
    assert remedy in problems[0]


def test_a_row_with_several_errors_names_them_all(tmp_path: Path):
    ran = desk(tmp_path, row("P-1"), row("P-2", wilayah="Batm", jumlah_contoh_uji=None))
    first, *problems = ran.said("P-2")
    assert first == "P-2: ditahan (DataSalah), permintaan.xlsx baris 3."
    assert [line.split(":")[0] for line in problems] == ["  Permintaan!J3", "  Permintaan!M3"]


def test_a_doubled_number_names_both_rows(example: Ran):
    lines = example.said("p-4")
    assert [line for line in lines if not line.startswith(" ")] == [
        "P-4: ditahan (DataSalah), contoh-permintaan.xlsx baris 5.",
        "P-4: ditahan (DataSalah), contoh-permintaan.xlsx baris 6.",
    ]
    assert [line.split(":")[0].strip() for line in lines[1::2]] == [
        "Permintaan!A5",
        "Permintaan!A6",
    ]
    assert [entry["baris"] for entry in example.record("P-4")["baris"]] == [5, 6]


def test_the_first_has_nobody_above_and_the_last_nobody_below(example: Ran):
    first, last = example.said("P-1"), example.said("P-39")
    assert "peringkat 1 dari 35." in first[0]
    assert "peringkat 35 dari 35." in last[0]
    assert [line.split(":")[0] for line in first[3:5]] == [
        "Di bawahnya",
        "Golongan lain terdekat di bawah",
    ]
    assert [line.split(":")[0] for line in last[3:5]] == [
        "Di atasnya",
        "Golongan lain terdekat di atas",
    ]


def test_the_only_request_of_a_week_has_rank_1_of_1_and_no_neighbours(tmp_path: Path):
    lines = desk(tmp_path, asked("P-1", 4)).said("P-1")
    assert "peringkat 1 dari 1." in lines[0]
    assert not [line for line in lines if line.startswith(("Di ", "Golongan"))]
    assert lines[-1].startswith("Hari: Selasa, 2 Jun 2026, Tim 1 (Terjadwal).")


def test_a_week_of_one_class_has_no_other_class_to_name(tmp_path: Path):
    ran = desk(tmp_path, *(asked(f"P-{day}", day) for day in range(1, 6)))
    for number in range(1, 6):
        assert not [line for line in ran.said(f"P-{number}") if line.startswith("Golongan lain")]


def test_a_waiver_is_said_beside_the_day(example: Ran):
    waived = [
        number
        for number, line in example.sheet("Jadwal").items()
        if "Surat Dispensasi" in line["Alasan"]
    ]
    assert len(waived) == 1
    assert "Tenggang dikecualikan dengan Surat Dispensasi" in "\n".join(example.said(*waived))


def test_the_other_readings_date_is_the_one_on_zona_antara(example: Ran):
    zone = example.sheet("Zona Antara")
    assert len(zone) == 4
    order = example.sheet("Prioritas")
    for number, line in order.items():
        last = example.said(number)[-1]
        if number in zone:
            there = short(zone[number]["Tanggal Bacaan Lain"])
            assert last == (
                f"Menurut bacaan lain, zona_antara = internal: {there} (lembar Zona Antara)."
            )
        else:
            only_the_rank = last in (
                "Peringkatnya bergantung pada zona_antara, tanggalnya tidak.",
                "Peringkatnya bergantung pada zona_antara; menurut bacaan lain pun tanpa hari.",
            )
            assert "tanpa hari" not in last or number in example.sheet("Antrean")
            assert only_the_rank == (line["Bergantung R-ANTARA"] == "Ya")


def test_a_date_that_is_lost_under_the_other_reading_says_so(tmp_path: Path):
    """Team and day are enough for one: under the other reading the internal one gets it."""
    end = date(2026, 6, 2)
    ran = desk(
        tmp_path,
        asked("E", 1, batas_akhir=end),
        asked("I", 11, "Internal", batas_akhir=end),
        tim=[("Tim 1", None, None, "Semua", 1, None)],
        tim_cuti=[],
        ketentuan=settings(tenggang_permintaan_hari=7),
    )
    reading = "Menurut bacaan lain, zona_antara = internal:"
    assert f"{reading} tidak mendapat hari (lembar Zona Antara)." in ran.said("E")
    assert f"{reading} 2 Jun 2026 (lembar Zona Antara)." in ran.said("I")


def neighbour_lines(ran: Ran, number: str) -> dict[str, str]:
    words = ("Di atasnya", "Di bawahnya", "Golongan lain terdekat di atas",
             "Golongan lain terdekat di bawah")  # fmt: skip
    split = (line.partition(": ") for line in ran.said(number))
    return {word: rest for word, _, rest in split if word in words}


def expected_neighbours(line: Cells) -> Iterator[tuple[str, str, str]]:
    """Word, number and clause of each line that is due, from a row of the sheet Prioritas."""
    for side in ("Atas", "Bawah"):
        if neighbour := line[f"Di {side}nya"]:
            yield f"Di {side.lower()}nya", neighbour, line[f"Klausul terhadap {side}"]
        if other := line[f"Golongan Lain Terdekat di {side}"]:
            name, _, clause = other.split(", ")
            if name != neighbour:
                yield f"Golongan lain terdekat di {side.lower()}", name, clause


def assert_neighbours(ran: Ran) -> None:
    order = ran.sheet("Prioritas")
    for number, line in order.items():
        lines, due = neighbour_lines(ran, number), list(expected_neighbours(line))
        assert lines.keys() == {word for word, _, _ in due}
        for word, other, clause in due:
            assert lines[word].endswith(f"({clause})."), lines[word]
            first, second = (
                (other, number) if word.endswith(("atasnya", "atas")) else (number, other)
            )
            named = [
                lines[word].find(f"{each} ({order[each]['Jenis Customer']}, ")
                for each in (first, second)
            ]
            assert 0 == named[0] < named[1], lines[word]


def test_neighbours_and_the_nearest_of_the_other_class_are_those_on_prioritas(example: Ran):
    assert_neighbours(example)


@pytest.mark.parametrize("seed", [2, 5, 9])
def test_neighbours_in_a_random_week_are_those_on_prioritas(seed: int, tmp_path: Path):
    week = random_week(seed, requests=30)
    intake, _ = write_week(week, tmp_path)
    assert_neighbours(run(tmp_path, intake, day=week.run_date))


def test_a_neighbours_sentence_is_that_of_the_pair(example: Ran):
    order = list(example.sheet("Prioritas"))
    for upper, lower in pairwise(order):
        sentence = example.said(upper, lower)[1]
        assert neighbour_lines(example, upper)["Di bawahnya"] == sentence
        assert neighbour_lines(example, lower)["Di atasnya"] == sentence


@pytest.mark.parametrize("other", ["P-36", "P-29", "P-4"])
def test_a_pair_with_one_that_is_not_ranked_explains_that_one(example: Ran, other: str):
    *lines, last = example.said("P-8", other)
    assert lines == example.said(other)
    assert last == (
        f"{other} tidak diurutkan pada jadwal ini, jadi tidak mempunyai tempat sebelum atau "
        "sesudah P-8 (peringkat 9 dari 35)."
    )
    assert example.said(other, "P-8") == [*lines, last]


def test_a_pair_of_which_neither_is_ranked_explains_both(example: Ran):
    *lines, last = example.said("p-36", "P-29")
    assert last == (
        "P-36 dan P-29 tidak diurutkan pada jadwal ini, jadi yang satu tidak mendahului yang lain."
    )
    assert lines == [*example.said("P-36"), *example.said("P-29")]
    both = example.record("P-36", "P-29")["tidak_diurutkan"]
    assert [each["hasil"] for each in both] == ["Dikembalikan", "Ditahan"]


def test_a_pair_of_one_and_the_same_is_refused(example: Ran):
    refused(example.ask("P-8", " p-8"), "dua permintaan yang berbeda")


@pytest.mark.parametrize("number", ["P-36", "P-29", "P-4"])
def test_one_that_is_not_ranked_is_not_explained_twice(example: Ran, number: str):
    refused(example.ask(number, number.lower()), "dua permintaan yang berbeda")


@pairs
def test_json_has_the_same_facts_and_nothing_else_on_stdout(
    example: Ran, first: str, second: str, clause: str, sentence: str
):
    lines, answer = example.said(first, second), example.ask(first, second, "--json")
    assert answer.code == 0
    assert answer.err.splitlines()[:-1] == lines
    record = json.loads(answer.out)
    assert record["run"] == f"{EXAMPLE_DATE}-r1"
    assert (record["klausul"], record["kalimat"]) == (clause, sentence)
    assert record["keputusan_kepala"] is False
    assert f"Selisih {record['selisih_hari']} hari; " in "\n".join(lines)
    cells = table(lines)
    for at, name in enumerate(("pertama", "kedua")):
        entry = record[name]
        assert entry["no_permintaan"] == cells[""][at]
        assert entry["jenis_customer"] == cells["Jenis customer"][at]
        received = datetime.fromisoformat(entry["tanggal_permintaan"])
        assert short(received) == cells["Tanggal permintaan"][at]
        effective = datetime.fromisoformat(entry["tanggal_efektif"])
        assert short(effective) == cells["Tanggal efektif"][at]
        assert str(entry["peringkat"]) == cells["Peringkat"][at]
        if entry["mulai"]:
            start = short(datetime.fromisoformat(entry["mulai"]))
            assert f"{start}, {entry['tim']}" == cells["Hari dan tim"][at]
        else:
            assert cells["Hari dan tim"][at] == entry["status"] == "Antrean"


@pytest.mark.parametrize("number", ["P-8", "P-17", "P-15", "P-36", "P-29", "P-4"])
def test_json_of_one_request_is_what_the_record_says_of_it(example: Ran, number: str):
    answer = example.ask(number, "--json")
    assert answer.code == 0
    assert answer.err.splitlines()[:-1] == example.said(number)
    record = dict(answer.record)
    source = {"run": record["run"], "disahkan": None, "oleh": None}
    assert (record.pop("sumber"), record.pop("keadaan")) == (source, [])
    kept = json.loads((example.folder / "keputusan.json").read_text("utf-8"))
    assert record.pop("run") == kept["run"]
    result = record.pop("hasil")
    for group, name in (("permintaan", None), ("dikembalikan", "Dikembalikan")):
        for entry in kept[group]:
            if entry["no_permintaan"] == number:
                if name is None:
                    assert record.pop("diurutkan") == len(kept["permintaan"])
                    assert record.pop("tetangga")
                    certain = sheet_day(example, number, "Peringkat Pasti Sejak")
                    assert record.pop("peringkat_pasti_sejak") == certain
                assert (record, result) == (entry, name or entry["status"])
                return
    on_hold = [entry for entry in kept["ditahan"] if entry["no_permintaan"] == number]
    assert (record, result) == ({"baris": on_hold}, "Ditahan")


def sheet_day(ran: Ran, number: str, header: str) -> str:
    """A date of Prioritas as ISO text."""
    day = ran.sheet("Prioritas")[number][header]
    assert isinstance(day, datetime)
    return day.date().isoformat()


def test_json_of_one_request_has_the_neighbours_clauses_too(example: Ran):
    order = example.sheet("Prioritas")
    for number in ("P-35", "P-1", "P-15"):
        record, line = example.record(number), order[number]
        got = {
            each["letak"]: (each["no_permintaan"], each["klausul"]) for each in record["tetangga"]
        }
        due = {word: (other, clause) for word, other, clause in expected_neighbours(line)}
        assert got == due
        for each in record["tetangga"]:
            assert each["peringkat"] == order[each["no_permintaan"]]["Peringkat"]
            assert f"{each['letak']}: {each['kalimat']}" in example.said(number)
            both = [order[n]["Tanggal Permintaan"].date() for n in (number, each["no_permintaan"])]
            assert each["selisih_hari"] == abs((both[0] - both[1]).days)


def test_without_json_nothing_goes_to_stderr_and_nothing_looks_like_json(example: Ran):
    answer = example.ask("P-8", "P-5")
    assert answer.err == ""
    assert "{" not in answer.out


def test_an_older_run_is_explained_by_its_own_record(tmp_path: Path):
    rows = [asked("E", 1), asked("I", 11, "Internal")]
    older = desk(tmp_path, *rows)
    before, alone = older.said("E", "I"), older.said("E")
    # The next run knows another reading, a Kepala's decision, another customer and no Tim 1.
    rows[0] = asked("E", 2, nama_customer="Nama Baru")
    newer = desk(
        tmp_path,
        *rows,
        asked("E0", 1),
        ketentuan=settings(zona_antara="internal", selisih_internal_hari=5),
        keputusan_pasangan=[("I", "E0", LETTER)],
        tim=[("Tim Baru", None, None, "Semua", None, None)],
        tim_cuti=[],
    )
    for path in (tmp_path / "permintaan.xlsx", tmp_path / "acuan.xlsx"):
        path.unlink()
    (tmp_path / "output" / "register.db").unlink()
    assert newer.said("E", "I", "--run", "2026-06-01-r1") == before
    assert newer.said("E", "--run", "2026-06-01-r1") == alone
    assert newer.said("E", "I", "--run", "2026-06-01-r2") == newer.said("E", "I")
    assert newer.said("E", "I")[0].startswith("I (peringkat ")
    assert "Nama Baru" in newer.said("E")[0]
    assert before[0].startswith("E (peringkat 1)")
    refused(newer.ask("E0", "--run", "2026-06-01-r1"), "E0 tidak ada pada jadwal 2026-06-01-r1")


def test_the_tenth_run_of_a_day_is_newer_than_the_ninth(tmp_path: Path):
    for at in range(1, 11):
        ran = desk(tmp_path, asked("P-1", 1, nama_customer=f"Nama ke-{at}"))
    assert ran.folder.name == "2026-06-01-r10"
    assert ran.record("P-1")["run"] == "2026-06-01-r10"
    assert "Nama ke-10" in ran.said("P-1")[0]
    assert "Nama ke-9" in ran.said("P-1", "--run", "2026-06-01-r9")[0]
    assert "Nama ke-1:" in ran.said("P-1", "--run", "2026-06-01-r1")[0]


def test_a_later_day_is_newer_than_a_higher_number(tmp_path: Path):
    for _ in range(2):
        desk(tmp_path, asked("P-1", 1))
    later = run(tmp_path, day="2026-06-08")
    run(tmp_path, day="2026-05-25")
    assert later.record("P-1")["run"] == "2026-06-08-r1"


def test_other_things_in_the_output_folder_do_not_matter(tmp_path: Path):
    ran = desk(tmp_path, asked("P-1", 1))
    for name in ("2026-06-01-r3-lama", "Salinan 2026-06-01-r4", "2026-06-01-rx", "arsip"):
        shutil.copytree(ran.folder, ran.output / name)
    (ran.output / "2026-06-01-r9").write_text("sebuah berkas")
    assert ran.record("P-1")["run"] == "2026-06-01-r1"


def test_a_newest_run_without_a_record_is_not_passed_over_in_silence(tmp_path: Path):
    desk(tmp_path, asked("P-1", 1))
    newer = run(tmp_path)
    (newer.folder / "keputusan.json").unlink()
    note, *lines = newer.said("P-1")
    assert note == (
        "Catatan: jadwal 2026-06-01-r2 lebih baru, tetapi tanpa keputusan.json; yang dijelaskan di "
        "sini 2026-06-01-r1."
    )
    assert lines == newer.said("P-1", "--run", "2026-06-01-r1")
    assert newer.record("P-1")["catatan"] == note


def test_a_named_run_without_a_record_is_not_said_to_be_missing(tmp_path: Path):
    ran = desk(tmp_path, asked("P-1", 1))
    (ran.folder / "keputusan.json").unlink()
    answer = ran.ask("P-1", "--run", "2026-06-01-r1")
    refused(answer, "Jadwal 2026-06-01-r1 tidak dapat dijelaskan", "tidak ada keputusan.json")


def refused(answer: Answer, *named: str) -> None:
    """Exit 3 and one Indonesian sentence or two that name the culprit, and no traceback."""
    assert (answer.code, answer.out) == (3, ""), answer
    (message,) = answer.err.splitlines()
    assert message.startswith("Galat: ")
    assert message.endswith((".", "?"))
    assert "Kesalahan di dalam program" not in message
    assert "Traceback" not in message
    for each in named:
        assert each in message


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_an_unknown_number_is_refused_with_the_nearest(example: Ran, more: tuple[str, ...]):
    missing = f"P-99 tidak ada pada jadwal {EXAMPLE_DATE}-r1."
    refused(example.ask("P-99", *more), missing, "Maksud Anda “P-9”?")
    refused(example.ask("P-8", "P-99", *more), missing)
    refused(example.ask("P-99", "P-8", *more), missing)


def test_a_near_miss_suggests_returned_and_held_requests_too(tmp_path: Path):
    ran = desk(
        tmp_path, row("PERMOHONAN-17", wilayah="Entah"), row("USULAN-23", tanggal_usulan=may(5))
    )
    refused(ran.ask("PERMOHONAN-71"), "Maksud Anda “PERMOHONAN-17”?")
    refused(ran.ask("USULN-23"), "Maksud Anda “USULAN-23”?")


def test_a_number_like_no_other_is_refused_without_a_suggestion(example: Ran):
    answer = example.ask("Surat Jalan Nomor Sekian")
    refused(answer, "Surat Jalan Nomor Sekian tidak ada")
    assert "Maksud Anda" not in answer.err


def test_of_an_empty_week_nothing_can_be_explained(tmp_path: Path):
    refused(desk(tmp_path).ask("P-1"), "P-1 tidak ada pada jadwal 2026-06-01-r1")


@pytest.mark.parametrize("run_id", ["2026-11-23-r7", "2026-11-23", "r1", "../output", "", "."])
def test_an_unknown_run_is_refused(example: Ran, run_id: str):
    refused(example.ask("P-8", "--run", run_id), str(example.output))


def test_an_unknown_run_is_named(example: Ran):
    refused(example.ask("P-8", "--run", "2026-11-23-r7"), "jadwal 2026-11-23-r7")


@pytest.mark.parametrize("make", [None, Path.mkdir, Path.touch], ids=["none", "empty", "a file"])
def test_without_an_output_folder_it_says_what_to_do(tmp_path: Path, make: object):
    folder = tmp_path / "hasil"
    if make is not None:
        make(folder)
    refused(call("explain", "P-1", "--output", folder), str(folder), "“run”", "--output")


DAMAGED = {
    "empty": lambda raw: b"",
    "cut off": lambda raw: raw[: len(raw) // 2],
    "not UTF-8": lambda raw: raw.replace(b"Puskesmas", b"Pusk\xe9smas"),
    "text": lambda raw: b"Jadwal pekan ini",
    "null bytes": lambda raw: bytes(len(raw)),
    "workbook": lambda raw: EXAMPLE.read_bytes(),
}
MISSHAPEN = {
    "no object": lambda raw: b"[]",
    "null": lambda raw: b"null",
    "empty object": lambda raw: b"{}",
    "a part missing": lambda raw: raw.replace(b'"ditahan"', b'"tahanan"'),
    "a field missing": lambda raw: raw.replace(b'"peringkat"', b'"rank"'),
    "a date unreadable": lambda raw: raw.replace(b"2026-05-01T00:00:00", b"kemarin"),
    "a class unknown": lambda raw: raw.replace(b'"Eksternal"', b'"Luar"'),
    "a setting unknown": lambda raw: raw.replace(b'"urut_permintaan"', b'"entah"'),
    "a setting that is text": lambda raw: raw.replace(b'_hari": 7', b'_hari": "tujuh"'),
    "a rank that is true": lambda raw: raw.replace(b'"peringkat": 1', b'"peringkat": true'),
    "a rank twice": lambda raw: raw.replace(b'"peringkat": 2', b'"peringkat": 1'),
    "a reason that is a list": lambda raw: raw.replace(b'"alasan": "', b'"alasan": [], "lama": "'),
    "a request that is text": lambda raw: raw.replace(b'"permintaan": [', b'"permintaan": ["P-1",'),
}


def _damaged(folder: Path, damage: object) -> Answer:
    ran = desk(folder, asked("P-1", 1), asked("P-2", 2))
    path = ran.folder / "keputusan.json"
    raw = path.read_bytes()
    path.write_bytes(damage(raw))
    assert path.read_bytes() != raw
    return ran.ask("P-1", "P-2")


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_record_is_named(tmp_path: Path, damage: object):
    refused(_damaged(tmp_path, damage), "keputusan.json tidak dapat dibaca", "“run”")


@pytest.mark.parametrize("damage", MISSHAPEN.values(), ids=MISSHAPEN)
def test_json_that_is_no_record_is_named(tmp_path: Path, damage: object):
    refused(_damaged(tmp_path, damage), "keputusan.json tidak dapat dibaca: isinya bukan catatan")


def test_a_record_of_a_newer_program_is_not_called_damaged(tmp_path: Path):
    newer = {b'"format": 1': b'"format": 2', b'"peringkat"': b'"urutan"'}
    answer = _damaged(
        tmp_path, lambda raw: reduce(lambda text, one: text.replace(*one), newer.items(), raw)
    )
    refused(answer, "keputusan.json dibuat oleh program yang lebih baru")


def test_a_record_of_a_newer_program_that_still_has_all_parts_is_explained(tmp_path: Path):
    answer = _damaged(tmp_path, lambda raw: raw.replace(b'"format": 1', b'"format": 2'))
    assert answer.code == 0


@pytest.mark.parametrize(
    ("numbers", "said"),
    [((), "NO [NO]"), (("P-1", "P-2", "P-3"), "Sebut satu atau dua No. Permintaan.")],
)
def test_none_or_three_numbers_are_wrong_usage(example: Ran, numbers: tuple[str, ...], said: str):
    answer = example.ask(*numbers)
    assert (answer.code, answer.out) == (2, "")
    first, *_, last = answer.err.splitlines()
    assert first.startswith("Pemakaian: labkesmas-batch explain")
    assert last.startswith("Galat: ")
    assert said in last


def test_help_has_an_example():
    text = call("explain", "--help").out
    assert "labkesmas-batch explain P-8 P-5" in text.split("Contoh:")[1]


def shell(ran: Ran, *arguments: str, flags: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Ask as people do, with ``output`` in the working folder."""
    return subprocess.run(
        [sys.executable, *flags, "-m", "labkesmas_batch", "explain", *arguments],
        cwd=ran.output.parent,
        env=os.environ | {"LC_ALL": "C"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Everything below a folder: when it was last written to, and what is in it."""
    return {
        str(path.relative_to(folder)): (
            path.stat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in sorted([folder, *folder.rglob("*")])
    }


@pytest.mark.parametrize(
    "arguments", [("P-8", "P-5"), ("P-17",), ("P-8", "--json"), ("P-99",), ("P-8", "--run", "x")],
    ids=" ".join,
)  # fmt: skip
def test_nothing_is_written(example: Ran, arguments: tuple[str, ...]):
    before = tree(example.output.parent)
    done = shell(example, *arguments)
    assert done.returncode == (3 if {"P-99", "x"} & set(arguments) else 0)
    assert tree(example.output.parent) == before


def test_a_shell_gets_the_same_answer(example: Ran):
    done = shell(example, "P-8", "P-5")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:-1] == example.said("P-8", "P-5")


def test_a_folder_that_may_only_be_read_is_enough(tmp_path: Path):
    ran = desk(tmp_path, asked("P-1", 1))
    for path in [*ran.output.rglob("*"), ran.output]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert ran.said("P-1")[0].endswith("peringkat 1 dari 1.")
    finally:
        for path in [ran.output, *ran.output.rglob("*")]:
            path.chmod(0o755)


def test_it_answers_well_under_a_second(example: Ran):
    """Seconds of the processor, so that a busy machine does not count."""
    before = os.times()
    for _ in range(3):
        assert shell(example, "P-8", "P-5").returncode == 0
    after = os.times()
    spent = sum(after[2:4]) - sum(before[2:4])  # of the children, in user and system mode
    assert spent / 3 < 0.6


def imported(ran: Ran) -> set[str]:
    """The modules that an explanation imports."""
    done = shell(ran, "P-8", "P-5", flags=["-X", "importtime"])
    assert done.returncode == 0
    lines = (line.rpartition("|")[2].strip() for line in done.stderr.splitlines())
    found = set(lines)
    assert "labkesmas_batch.explanation.explain" in found
    return found


def test_an_answer_needs_no_library_for_workbooks_or_tables(example: Ran):
    heavy = {"pandas", "numpy", "openpyxl", "xlsxwriter", "python_calamine", "holidays"}
    assert not heavy & imported(example)


def test_the_example_in_the_help_is_true(example: Ran):
    """The numbers that the help names exist in the example week."""
    text = call("explain", "--help").out.split("Contoh:")[1]
    found = re.findall(r"labkesmas-batch explain ([^\n]*)", text)
    assert len(found) == 3
    for arguments in found:
        assert example.ask(*arguments.split()).code == 0, arguments
