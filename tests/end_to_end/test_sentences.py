"""Laboratories of three weeks whose every sentence is read: none of them is false.

``LABKESMAS_SENTENCES=200`` reads as many laboratories.
"""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from labkesmas_batch.documents.write import file_name
from labkesmas_batch.model.documents import DocumentKind
from tests.end_to_end.test_weeks_in_a_row import Laboratory, Orders, Schedule
from tests.support.dump import call
from tests.support.sentences.check import untrue
from tests.support.sentences.known import Known, Row
from tests.support.sentences.pages import explained, letters, load
from tests.support.weeks import Cells, Week, write_week

pytestmark = pytest.mark.slow

WEEKS = 3
LABORATORIES = range(1_014, 1_014 + int(os.environ.get("LABKESMAS_SENTENCES", "12")))
# What laboratories must say for their silence to mean anything.
OFTEN = ("Jadwal: pair", "Jadwal: blocked", "Jadwal: shifted", "Jadwal: locked", "Jadwal: decided",
         "Jadwal: first possible", "Antrean", "Dikembalikan", "Prioritas", "Zona Antara",
         "Perubahan", "Beban Tim", "explain", "Informasi Customer")  # fmt: skip


class Read(Laboratory):
    """A laboratory whose drafts and finals are read as they come out."""

    def __init__(self, seed: int, folder: Path) -> None:
        super().__init__(seed, folder)
        self.seed = seed
        self.sentences: Counter[str] = Counter()
        self.untrue: list[str] = []
        self.runs: list[Path] = []
        self.approved: set[Path] = set()
        self.decided: set[tuple[str, str]] = set()
        self.locked_in: dict[str, str] = {}
        self.last_known: list[Known] = []

    def check(self, draft: Schedule, counts: dict[str, int], intake: list[Cells]) -> None:
        super().check(draft, counts, intake)
        other = self.other_reading(intake) if self.seed % 4 == 0 and not self.decided else None
        self.read(draft.path, {}, set(), other)
        self.runs.append(draft.path.parent)

    def compare(
        self, draft: Schedule, final: Schedule, orders: Orders, pairs: dict[int, tuple[str, str]]
    ) -> None:
        super().compare(draft, final, orders, pairs)
        words = {number: order for (_, number), order in orders.items()}
        kept = {no: o for no, o in words.items() if o[0] in ("Setuju", "Ubah")}
        aside = {f"aside {no}": o for no, o in words.items() if no not in kept}
        run = final.path.parent
        self.read(final.path, kept | aside, set(pairs.values()), None)
        self.decided |= set(pairs.values())
        self.approved.add(run)
        before = draft.places(locked=True)
        for number, place in final.places().items():
            if before.get(number) != place or words.get(number, " ")[0] == "Ubah":
                self.locked_in[number] = run.name

    def read(
        self,
        path: Path,
        orders: dict[str, tuple[object, ...]],
        pairs: set[tuple[str, str]],
        other: dict[str, date] | None,
    ) -> None:
        run = path.parent
        earlier = self.runs[: self.runs.index(run)] if run in self.runs else self.runs
        last = earlier[-1] if earlier else None
        name = "jadwal-final.xlsx" if last in self.approved else "jadwal.xlsx"
        known = Known(
            self.world,
            path,
            pairs | self.decided,
            orders,
            last / name if last else None,
            last in self.approved,
            dict(self.locked_in),
        )
        self.last_known.append(known)
        found = untrue(known, self.sentences, other)
        for no in [no for no in known.rank if no in known.visits][:2]:
            out = call("explain", no, "--output", self.output).out
            found += explained(known, no, out, self.sentences)
        if path.name == "jadwal-final.xlsx":
            found += letters(known, run / "documents", self.sentences)
        self.untrue += [f"{self.seed} {run.name} {path.name}: {each}" for each in found]

    def other_reading(self, intake: list[Cells]) -> dict[str, date]:
        """Plan the same week under the other reading; return who gets which first day."""
        copy = self.folder / "lain"
        shutil.rmtree(copy, ignore_errors=True)
        if self.output.exists():
            shutil.copytree(self.output, copy / "output")
        reference = deepcopy(self.reference)
        for row in reference["Ketentuan"]:
            if row["Kunci"] == "zona_antara":
                row["Nilai"] = (
                    "internal" if row["Nilai"] == "urut_permintaan" else "urut_permintaan"
                )
        form, _ = write_week(Week(self.today, intake, reference), copy / "isian")
        command = ("run", form, "--output", copy / "output", "--date", self.today, "--json")
        answer = call(*command)
        planned = Schedule(Path(answer.record["files"]["jadwal"]))
        return {no: first for no, (first, _, _) in planned.places().items()}


@pytest.mark.parametrize("seed", LABORATORIES)
def test_no_sentence_is_false(seed: int, tmp_path: Path) -> None:
    laboratory = Read(seed, tmp_path)
    for week in range(WEEKS):
        laboratory.live(week)
    assert not laboratory.untrue, "\n".join(laboratory.untrue)


# The reader can fail: one word changed by hand, and it is seen.


SPOKEN: Counter[str] = Counter()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Known]:
    """Schedules of a few laboratories that say nothing false."""
    found = []
    SPOKEN.clear()
    for seed in (1_014, 1_015, 1_020, 1_026, 1_029):
        laboratory = Read(seed, tmp_path_factory.mktemp(f"lab{seed}"))
        for week in range(WEEKS):
            laboratory.live(week)
        assert not laboratory.untrue
        SPOKEN.update(laboratory.sentences)
        found += laboratory.last_known
    return found


def test_the_laboratories_say_something_of_everything(told: list[Known]) -> None:
    assert len(told) > 12
    assert not [kind for kind in OFTEN if not SPOKEN[kind]], SPOKEN


def more(found: re.Match[str]) -> str:
    return str(int(found[0]) + 1)


def another_day(found: re.Match[str]) -> str:
    return f"{int(found[1]) % 27 + 1} {found[2]}"


MONTH = r"(?:Jan|Feb|Mar|Apr|Mei|Jun|Jul|Agu|Sep|Okt|Nov|Des)"
CHANGES: dict[str, tuple[str, str, str, str | Callable[[re.Match[str]], str]]] = {
    "a holder": ("Jadwal", "Alasan", r"(?<= oleh )\S+", "P-SIAPA"),
    "a blocked day": ("Jadwal", "Alasan", rf"(?<=pada )(\d+) ({MONTH})(?= oleh)", another_day),
    "a team": ("Jadwal", "Alasan", r"Tim \w+ \d+(?= penuh)", "Tim Bayangan"),
    "an equipment": ("Jadwal", "Alasan", r"[\w ]+(?= terpakai oleh)", "Alat Lain"),
    "the first day possible": ("Jadwal", "Alasan", rf"(?<=Hari pertama yang mungkin )\w+, (\d+) ({MONTH})", "Senin, 1 Jan"),
    "the nearest day": ("Jadwal", "Alasan", rf"(?<=paling cepat )(\d+) ({MONTH})", another_day),
    "days between two": ("Jadwal", "Alasan", r"(?<=diterima )\d+(?= hari)", more),
    "a clause": ("Jadwal", "Alasan", r"R-URUT", "R-7A"),
    "a tie-break": ("Jadwal", "Alasan", "menurut jam permintaan", "menurut No. Permintaan"),
    "a proposal": ("Jadwal", "Alasan", r"Tanpa Tanggal Usulan: hari pertama.*?\d{4}\.", "Sesuai Tanggal Usulan."),
    "a count of days": ("Antrean", "Alasan", r"\d+(?= hari keberangkatan)", more),
    "a cause of days off": ("Jadwal", "Alasan", rf"\((\d+)–(\d+) ({MONTH}) bukan", r"(\1–2\2 \3 bukan"),
    "who is first": ("Jadwal", "Alasan", r"(M\d\S* \(\w+, [^)]+\))( diterima \d+ hari lebih dahulu daripada )(M\d\S* \(\w+, [^)]+\))", r"\3\2\1"),
    "an earlier run": ("Jadwal", "Alasan", r"(?<=Terkunci sejak jadwal )\S+(?=;)", "2020-01-01-r1"),
    "a sentence of its own": ("Jadwal", "Alasan", r"$", " Semuanya baik."),
    "a column's clause": ("Jadwal", "Klausul", r".+", "R-LAIN"),
    "days that are short": ("Dikembalikan", "Alasan", r"(?<=kurang )\d+", more),
    "a day to ask for": ("Dikembalikan", "Alasan", rf"(?<=Ajukan )(\d+) ({MONTH})", another_day),
    "the reason of a queue": ("Antrean", "Alasan", rf"(?<=Hari pertama yang mungkin )\w+, (\d+) ({MONTH})", "Senin, 1 Jan"),
    "the deadline of a queue": ("Antrean", "Alasan", rf"(?<=Batas Akhir )(\d+) ({MONTH})", another_day),
    "a remedy": ("Antrean", "Alasan", r"(?<=satu unit ).+?(?= lagi)", "Alat Lain"),
    "the horizon": ("Antrean", "Alasan", r"(?<=batas rencana )\d+(?= hari)", more),
    "a clause of Prioritas": ("Prioritas", "Klausul terhadap Atas", r".+", "R-LAIN"),
    "the pair of a zone": ("Zona Antara", "Penjelasan", r"(?<=Kini )\S+", "P-SIAPA"),
    "the days of a zone": ("Zona Antara", "Penjelasan", r"(?<=datang )\d+", more),
    "a cause of a change": ("Perubahan", "Sebab", r"Kini mendapat hari\.", "Timnya berganti; harinya tetap."),
    "a run of a change": ("Perubahan", "Sebab", r"(?<=pada jadwal )\S+", "2020-01-01-r1"),
}  # fmt: skip


@contextmanager
def changed(row: Row, header: str, value: object) -> Iterator[None]:
    """Let a cell hold something else for a while."""
    before, row[header] = row[header], value
    try:
        yield
    finally:
        row[header] = before


@pytest.mark.parametrize("what", CHANGES)
def test_a_word_changed_by_hand_is_seen(told: list[Known], what: str) -> None:
    sheet, header, pattern, other = CHANGES[what]
    for known in told:
        for row in known.rows[sheet]:
            before, asked = row[header], known.world.asked[str(row["No. Permintaan"])]
            if known.world.length(asked) > 1:
                continue  # of a trip a span names days in between, and less can be counted
            after = re.sub(pattern, other, str(before or ""), count=1)
            if before and after != before:
                with changed(row, header, after):
                    seen = untrue(known)
                assert any(str(row["No. Permintaan"]) in each for each in seen), (before, after)
                return
    pytest.fail(f"no laboratory says anything of {what}")


@pytest.mark.parametrize(
    ("sheet", "header"),
    [("Prioritas", "Selisih Hari dari Atas"), ("Prioritas", "Peringkat Pasti Sejak"),
     ("Prioritas", "Tanggal Efektif"), ("Prioritas", "Dikurangi (Hari)"),
     ("Zona Antara", "Tanggal Kini"), ("Zona Antara", "Selisih Hari"),
     ("Perubahan", "Tanggal Lama"), ("Perubahan", "Tanggal Baru"),
     ("Dikembalikan", "Hari Kurang"), ("Dikembalikan", "Tanggal Terdekat")],
)  # fmt: skip
def test_a_figure_changed_by_hand_is_seen(told: list[Known], sheet: str, header: str) -> None:
    for known in told:
        for row in known.rows[sheet]:
            before = row[header]
            if isinstance(before, (int, datetime)):
                step = timedelta(days=1) if isinstance(before, datetime) else 1
                with changed(row, header, before + step):  # type: ignore[operator]  # of its own kind
                    seen = untrue(known)
                assert seen
                return
    pytest.fail(f"no laboratory has {header} on {sheet}")


def changed_copy(
    path: Path, folder: Path, sheet: str, change: Callable[[Worksheet], bool]
) -> Path | None:
    """Return a copy of a workbook with a cell changed, None where there was none to change."""
    book = load_workbook(path)
    if not any(change(each) for each in book.worksheets if sheet in (each.title, "")):
        return None
    copy = folder / path.parent.name / path.name
    copy.parent.mkdir(parents=True, exist_ok=True)
    book.save(copy)
    return copy


def test_a_load_changed_by_hand_is_seen(told: list[Known], tmp_path: Path) -> None:
    def busier(sheet: Worksheet) -> bool:
        for cells in sheet.iter_rows():
            if cells[1].value in ("kunjungan", "contoh uji", "unit") and isinstance(
                cells[4].value, int
            ):
                cells[4].value += 1
                return True
        return False

    known = told[0]
    path = changed_copy(known.path, tmp_path, "Beban Tim", busier)
    assert path is not None
    assert not list(load(known, Counter()))
    assert list(load(replace(known, path=path), Counter()))


def test_a_letter_changed_by_hand_is_seen(told: list[Known], tmp_path: Path) -> None:
    known = next(each for each in told if each.path.name == "jadwal-final.xlsx" and each.visits)
    documents = known.path.parent / "documents"
    name = file_name(DocumentKind.CUSTOMER_NOTICE)

    def another_team(sheet: Worksheet) -> bool:
        for cells in sheet.iter_rows():
            for cell in cells:
                if str(cell.value or "").startswith("Tim ") and cells[0].value == 1:
                    cell.value = "Tim Bayangan"
                    return True
        return False

    path = changed_copy(documents / name, tmp_path, "", another_team)
    assert path is not None
    assert not list(letters(known, documents, Counter()))
    assert list(letters(known, path.parent, Counter()))


@pytest.mark.parametrize(
    "pattern", [r"(?<=peringkat )\d+", r"(?<=Tanggal Efektif )\d+", r"(?<=pasti sejak )\d+"]
)
def test_an_answer_changed_by_hand_is_seen(told: list[Known], pattern: str) -> None:
    known = next(each for each in told if each.path.name == "jadwal-final.xlsx" and each.visits)
    no = next(no for no in known.rank if no in known.visits)
    out = call("explain", no, "--output", known.path.parents[1]).out
    assert not list(explained(known, no, out, Counter()))
    assert list(
        explained(
            known, no, re.sub(pattern, lambda m: str(int(m[0]) % 27 + 1), out, count=1), Counter()
        )
    )
