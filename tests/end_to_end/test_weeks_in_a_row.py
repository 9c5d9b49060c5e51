"""Twelve weeks in a row through the command line: promises are kept, and nobody is lost.

What the register is to know is written down here beside it, from what the commands said alone;
the plain checker of tests/support/oracle.py judges days, teams and capacities.
"""

from __future__ import annotations

import os
import random
import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.counts import adds_up
from tests.support.dump import Answer, call, records
from tests.support.oracle import Visit, World, overbooking, read_world, visit_alone
from tests.support.weeks import Cells, Week, random_week, write_week

pytestmark = pytest.mark.slow

WEEKS = 12
# More laboratories are drawn with LABKESMAS_LABORATORIES=40.
LABORATORIES = range(int(os.environ.get("LABKESMAS_LABORATORIES", "4")))
NUMBER = "No. Permintaan"
SHEETS = ("Jadwal", "Dikembalikan", "Antrean")
WAIT = {"antrean", "ditunda"}
Place = tuple[date, date, str]
Orders = dict[tuple[str, str], tuple[object, ...]]


def day(cell: object) -> date:
    assert isinstance(cell, datetime)
    return cell.date()


@dataclass
class Schedule:
    """A schedule workbook: the rows of its sheets, and whom it lists where."""

    path: Path
    rows: dict[str, list[Cells]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        book = load_workbook(self.path)
        for name in (*SHEETS, "Prioritas", "Zona Antara", "Kesalahan"):
            self.rows[name] = [row for row in records(book[name]) if row.get(NUMBER)]

    def numbers(self, sheet: str) -> list[str]:
        return [str(row[NUMBER]) for row in self.rows[sheet]]

    def places(self, *, locked: bool | None = None) -> dict[str, Place]:
        return {
            str(row[NUMBER]): (
                day(row["Tanggal Mulai"]),
                day(row["Tanggal Selesai"]),
                str(row["Tim"]),
            )
            for row in self.rows["Jadwal"]
            if locked is None or (row["Status"] == "Terkunci") == locked
        }


class Laboratory:
    """A laboratory from week to week, and what its register has to know."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.rng = random.Random(seed)
        self.first = random_week(seed, requests=1, trips=seed % 2 == 0)
        self.reference = self.first.reference
        self.folder, self.output = folder, folder / "output"
        self.form: dict[str, Cells] = {}  # every row that customers ever sent
        self.asked: dict[str, Cells] = {}  # as the register has to hold it
        self.standing: dict[str, str] = {}
        self.place: dict[str, Place] = {}
        self.reported: set[str] = set()
        self.seen: Counter[str] = Counter()
        self.finals: list[Path] = []
        self.returned: set[str] = set()
        self.beside: dict[str, int] = {}

    def live(self, week: int) -> None:
        self.today = self.first.run_date + timedelta(days=7 * week)
        self.report()
        self.change_reference(week)
        intake = self.intake(week)
        draft, counts = self.run(intake)
        self.check(draft, counts, intake)
        if self.rng.random() < 0.2:
            self.seen["weeks without approval"] += 1
            return
        if self.rng.random() < 0.25:
            # Another draft refuses none: the older one is approved.
            self.check(*self.run(intake), intake)
            self.seen["older ones approved"] += 1
        self.approve(draft, counts, week)

    def run(self, intake: list[Cells]) -> tuple[Schedule, dict[str, int]]:
        write_week(Week(self.today, intake, self.reference), self.folder / "isian")
        before = self.register()
        answer = call(
            "run",
            self.folder / "isian" / "permintaan.xlsx",
            "--output",
            self.output,
            "--date",
            self.today,
            "--json",
        )
        assert answer.code in (0, 1), answer.err
        assert self.register() == before, "a draft changes nothing"
        return Schedule(Path(answer.record["files"]["jadwal"])), answer.record["counts"]

    def intake(self, week: int) -> list[Cells]:
        """Draw new requests; repeat none, some or all of the earlier ones."""
        drawn = random_week(self.rng.randrange(10**6), requests=self.rng.randint(4, 14))
        new = [self.fitted(row, drawn, week) for row in drawn.intake]
        kind = self.rng.choice(["new", "all", "some", "some"])
        earlier = list(self.form.values())
        if kind == "new":
            earlier = []
        elif kind == "some":
            earlier = [self.changed(row) for row in earlier if self.rng.random() < 0.3]
        rows = [*map(self.as_approved, earlier), *new]
        self.form |= {str(row[NUMBER]): row for row in rows}
        self.rng.shuffle(rows)
        for row in rows:
            self.remember(row)
        return rows

    def fitted(self, row: Cells, drawn: Week, week: int) -> Cells:
        """Move a drawn request into this week and onto this laboratory's reference."""
        ahead = self.today - drawn.run_date
        kind = self.rng.choice(self.reference["Jenis Contoh Uji"])["Jenis Contoh Uji"]
        moved = {
            header: cell + ahead if isinstance(cell, date) else cell for header, cell in row.items()
        }
        return moved | {
            NUMBER: f"M{week}/{row[NUMBER]}",
            "Wilayah": self.rng.choice(self.reference["Wilayah"])["Wilayah"],
            "Jenis Contoh Uji": kind,
            "Parameter": None,
        }

    def as_approved(self, row: Cells) -> Cells:
        """Give a row that has had its day or its end the registered date: another is refused."""
        if (known := self.standing.get(str(row[NUMBER]))) is None or known in WAIT:
            return row
        return row | {"Tanggal Permintaan": self.asked[str(row[NUMBER])]["Tanggal Permintaan"]}

    def changed(self, row: Cells) -> Cells:
        """Let a customer change his mind now and then, or the office the date."""
        if self.rng.random() < 0.2:
            row = row | {"Jumlah Contoh Uji": self.rng.randint(1, 6)}
        if self.rng.random() < 0.1:
            row = row | {"Tanggal Permintaan": self.today}
            row = row | {"Tanggal Usulan": None, "Batas Akhir": None}
        return row

    def remember(self, row: Cells) -> None:
        """Note what counts: a date once registered stays, and so does a visit."""
        number = str(row[NUMBER])
        known = self.standing.get(number)
        if known in WAIT:
            self.asked[number] = row | {
                "Tanggal Permintaan": self.asked[number]["Tanggal Permintaan"]
            }
        elif known is None:
            self.asked[number] = row

    def change_reference(self, week: int) -> None:
        """In the middle of the year calibrations are renewed and a team gets leave."""
        if week == 5:
            for row in self.reference["Peralatan"]:
                row["Kalibrasi Berlaku Sampai"] = None
        if week == 7:
            team = self.reference["Tim"][-1]["Nama Tim"]
            away = self.today + timedelta(days=3), self.today + timedelta(days=6)
            leave = ("Nama Tim", "Dari", "Sampai", "Alasan")
            self.reference["Tim Cuti"] = [
                row for row in self.reference["Tim Cuti"] if row["Nama Tim"] != team
            ] + [dict(zip(leave, (team, *away, "Pelatihan"), strict=True))]

    @property
    def world(self) -> World:
        return read_world(Week(self.today, list(self.asked.values()), self.reference))

    def check(self, draft: Schedule, counts: dict[str, int], intake: list[Cells]) -> None:
        repeated = {str(row[NUMBER]) for row in intake}
        cancelled = {n for n in repeated if self.standing.get(n) == "batal"}
        locked = {
            number
            for number, standing in self.standing.items()
            if standing in ("terkunci", "selesai")
            and (standing == "terkunci" or self.place[number][1] >= self.today)
        }
        waiting = {n for n, standing in self.standing.items() if standing in WAIT}
        listed = Counter(number for sheet in SHEETS for number in draft.numbers(sheet))
        assert set(listed.values()) <= {1}, "in one place only"
        over = {n for n in repeated - locked if self.standing.get(n) == "selesai"}
        everybody = (repeated | waiting | locked) - cancelled - over
        assert set(listed) == everybody, "nobody lost, nobody new"
        assert draft.places(locked=True) == {number: self.place[number] for number in locked}
        self.beside = {
            "baris": len(intake),
            "dibawa": len(waiting - repeated),
            "terkunci_tanpa_baris": len(locked - repeated),
            "baru": len(repeated - set(self.standing) - self.returned),
            "ganda": 0,
            "ditahan": 0,
            "selesai": len(over),
            "batal": len(cancelled),
        }
        self.count(draft, counts)
        self.fits(draft, draft.places(locked=False))
        self.in_order(draft, set())
        self.seen["locked visits met again"] += len(locked)
        self.seen["carried over"] += len(waiting - repeated)
        self.seen["cancelled ones again"] += len(cancelled)
        self.seen["done ones again"] += len(over)

    def count(
        self, schedule: Schedule, counts: dict[str, int], orders: Orders | None = None
    ) -> None:
        """Every row ends in one place, and the counts are those of the sheets."""
        status = Counter(str(row["Status"]) for row in schedule.rows["Jadwal"])
        aside = Counter(str(order[0]) for order in (orders or {}).values())
        said = dict(counts)
        assert adds_up(counts)
        assert said.pop("ditunda", 0) == aside["Tunda"]
        assert said == self.beside | {
            "batal": self.beside["batal"] + aside["Batal"],
            "terjadwal": status["Terjadwal"],
            "digeser": status["Digeser"],
            "terkunci": status["Terkunci"],
            "dikembalikan": len(schedule.rows["Dikembalikan"]),
            "antrean": len(schedule.rows["Antrean"]),
        }

    def fits(self, schedule: Schedule, new: dict[str, Place]) -> None:
        """Nothing is overbooked, and this week's visits keep every rule of their own."""
        world = self.world
        visits = {
            number: Visit(world.asked[number], first, team, (last - first).days + 1)
            for number, (first, last, team) in schedule.places().items()
        }
        for number, each in visits.items():
            assert each.length == world.length(world.asked[number])
        assert overbooking(world, list(visits.values())) == []
        assert [text for number in new for text in visit_alone(world, visits[number])] == []

    def in_order(self, schedule: Schedule, decided: set[str]) -> None:
        """No external request is behind an internal one that came the SOP's two weeks later."""
        world = self.world
        ranked = [world.asked[number] for number in schedule.numbers("Prioritas")]
        assert [row["Peringkat"] for row in schedule.rows["Prioritas"]] == [
            *range(1, len(ranked) + 1)
        ]
        internal: list[date] = []
        for asked in ranked:
            if asked.internal:
                internal.append(asked.day)
            elif asked.no not in decided:
                late = asked.day + timedelta(days=world.rules.external_days)
                assert all(day < late for day in internal), asked.no
                self.seen["external ones compared"] += len(internal)

    def approve(self, draft: Schedule, counts: dict[str, int], week: int) -> None:
        orders, pairs = self.decide(draft)
        for _ in range(40):
            before = self.register(), self.files()
            filled = self.fill(draft, orders, pairs)
            answer = self.finalize(filled)
            if answer.code == 0:
                break
            assert answer.code == 3, answer.err
            assert (self.register(), self.files()) == before, "refused, so nothing changed"
            self.seen["refused"] += 1
            if any(said in answer.err for said in ("saling bertentangan", "melingkar", "K12")):
                pairs = {}
            else:
                self.drop_refused(answer.err, draft, orders)
        assert answer.code == 0, answer.err
        final = Schedule(Path(answer.record["files"]["jadwal"]))
        self.compare(draft, final, orders, pairs)
        self.count(final, answer.record["counts"], orders)
        self.take_over(final, orders)
        new = {n: p for n, p in final.places().items() if n not in draft.places(locked=True)}
        self.fits(final, new)
        self.in_order(final, {number for pair in pairs.values() for number in pair})
        assert self.register() == self.expected()
        self.once_more(filled)
        self.finals.append(final.path)

    def decide(self, draft: Schedule) -> tuple[Orders, dict[int, tuple[str, str]]]:
        """Draw decisions on some requests, and whom the Kepala prefers."""
        orders: Orders = {}
        teams = [str(row["Nama Tim"]) for row in self.reference["Tim"]]
        for number, (first, _, _) in draft.places().items():
            locked = number in draft.places(locked=True)
            if self.rng.random() < (0.8 if locked else 0.5):
                continue
            if locked and self.place[number][1] < self.today:
                continue
            verdict = self.rng.choice(["Setuju", "Setuju", "Setuju", "Ubah", "Tunda", "Batal"])
            new, team = None, None
            if verdict == "Ubah":
                new = first + timedelta(days=self.rng.randint(-2, 12))
                team = self.rng.choice([None, self.rng.choice(teams)])
            orders["Jadwal", number] = (verdict, new, team, f"Catatan {verdict}")
        for number in draft.numbers("Antrean"):
            if self.rng.random() < 0.1:
                orders["Antrean", number] = ("Batal", None, None, "Ditarik customer")
        pairs = {}
        for at, row in enumerate(draft.rows["Zona Antara"], start=2):
            both = [str(row[NUMBER]), str(row["Permintaan Lawan"] or "")]
            if both[1] and self.rng.random() < 0.3:
                self.rng.shuffle(both)
                pairs[at] = (both[0], both[1])
        return orders, pairs

    def fill(self, draft: Schedule, orders: Orders, pairs: dict[int, tuple[str, str]]) -> Path:
        book = load_workbook(draft.path)
        for (sheet, number), order in orders.items():
            headers = {cell.value: cell.column for cell in book[sheet][1]}
            at = draft.numbers(sheet).index(number) + 2
            names = ("Keputusan", "Tanggal Baru", "Tim Baru", "Catatan")
            for header, value in zip(names, order, strict=True):
                if value is not None:
                    book[sheet].cell(at, headers[header]).value = value
        zone = book["Zona Antara"]
        column = next(cell.column for cell in zone[1] if cell.value == "Dahulukan")
        for at, (preferred, _) in pairs.items():
            zone.cell(at, column).value = preferred
        for label, beside in book["Ringkasan"].iter_rows(max_col=2):
            if label.value in ("Disetujui oleh", "Tanggal"):
                beside.value = "Kepala Contoh" if label.value != "Tanggal" else self.today
        path = self.folder / f"{draft.path.parent.name}-terisi.xlsx"
        book.save(path)
        return path

    def finalize(self, filled: Path) -> Answer:
        return call("finalize", filled, "--output", self.output, "--json")

    def drop_refused(self, said: str, draft: Schedule, orders: Orders) -> None:
        """Take back what the list of cells names."""
        rows = map(int, re.findall(r"Galat K(?:0[456]|17) .*?Jadwal![STU](\d+)", said))
        named = {draft.numbers("Jadwal")[row - 2] for row in rows}
        assert named, said
        for number in named:
            assert orders["Jadwal", number][0] in ("Ubah", "Setuju")
            del orders["Jadwal", number]

    def compare(
        self, draft: Schedule, final: Schedule, orders: Orders, pairs: dict[int, tuple[str, str]]
    ) -> None:
        """What management said took place; what it said nothing about kept its lock."""
        before, after = draft.places(), final.places()
        for (_, number), (verdict, new, team, _) in orders.items():
            self.seen[str(verdict)] += 1
            if verdict == "Setuju":
                assert after[number] == before[number]
            elif verdict == "Ubah":
                assert after[number][0] == (new or before[number][0])
                assert after[number][2] == (team or before[number][2])
            else:
                assert number not in {n for sheet in SHEETS for n in final.numbers(sheet)}
        decided = {number for _, number in orders}
        for number, place in draft.places(locked=True).items():
            assert number in decided or after[number] == place
        if not pairs and not {order[0] for order in orders.values()} - {"Setuju"}:
            assert after == before
        self.seen["Dahulukan"] += len(pairs)
        moved = [n for n in before if n in after and n not in decided and before[n] != after[n]]
        self.seen["placed again"] += len(moved)

    def take_over(self, final: Schedule, orders: Orders) -> None:
        for number, place in final.places().items():
            if self.standing.get(number) != "selesai":
                self.standing[number], self.place[number] = "terkunci", place
        for number in final.numbers("Antrean"):
            self.standing[number] = "antrean"
        self.returned |= set(final.numbers("Dikembalikan"))
        for (_, number), (verdict, *_) in orders.items():
            if verdict in ("Tunda", "Batal"):
                self.standing[number] = "ditunda" if verdict == "Tunda" else "batal"
                self.place.pop(number, None)

    def once_more(self, filled: Path) -> None:
        before = self.register(), self.files()
        assert self.finalize(filled).code == 0
        assert (self.register(), self.files()) == before, "the same workbook again does nothing"

    def report(self) -> None:
        """Report what took place of last week's schedule; a few visits fell through."""
        if not self.finals or self.rng.random() < 0.4:
            return
        path = self.finals[-1].with_name("realisasi.xlsx")
        book = load_workbook(path)
        form = book["Realisasi"]
        headers = {cell.value: cell.column for cell in form[1]}
        done = {}
        for at in range(2, form.max_row + 1):
            number = str(form.cell(at, headers[NUMBER]).value or "")
            if self.standing.get(number) != "terkunci" or self.place[number][1] >= self.today:
                continue
            result = self.rng.choice(["Selesai"] * 5 + ["Batal", "Ditunda"])
            form.cell(at, headers["Hasil"]).value = result
            if result == "Selesai":
                form.cell(at, headers["Tanggal Nyata"]).value = self.place[number][0]
                form.cell(at, headers["Jumlah Nyata"]).value = 2
            done[number] = result
        filled = self.folder / "realisasi.xlsx"
        book.save(filled)
        answer = call("report", filled, "--output", self.output, "--date", self.today)
        assert answer.code == 0, answer.err
        for number, result in done.items():
            self.seen[f"reported {result}"] += 1
            standings = {"Selesai": "selesai", "Batal": "batal", "Ditunda": "ditunda"}
            self.standing[number] = standings[result]
            if result != "Selesai":
                self.place.pop(number)
        self.finals.pop()

    def register(self) -> dict[str, tuple[str, Place | None]]:
        """Return where the register has each request; nothing before the first week."""
        path = self.output / "register.db"
        if not path.exists():
            return {}
        query = "SELECT number, standing, first, last, team FROM standings"
        with closing(sqlite3.connect(path)) as connection:
            return {
                number: (
                    standing,
                    (date.fromisoformat(first), date.fromisoformat(last), team)
                    if first and standing in ("terkunci", "selesai")
                    else None,
                )
                for number, standing, first, last, team in connection.execute(query)
            }

    def expected(self) -> dict[str, tuple[str, Place | None]]:
        return {
            number: (standing, self.place.get(number)) for number, standing in self.standing.items()
        }

    def files(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.output)): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file() and path.name != "register.db"
        }


@pytest.fixture(scope="module")
def seen() -> Counter[str]:
    return Counter()


@pytest.mark.parametrize("seed", LABORATORIES)
def test_twelve_weeks_keep_their_promises(seed: int, tmp_path: Path, seen: Counter[str]) -> None:
    laboratory = Laboratory(seed, tmp_path)
    for week in range(WEEKS):
        laboratory.live(week)
    assert laboratory.register() == laboratory.expected()
