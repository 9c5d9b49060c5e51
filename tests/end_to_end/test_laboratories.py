"""Laboratories that live for weeks, played by chance: what must hold after each step.

On the pure core with a register in memory; ``LABKESMAS_STEPS=30000`` plays as many steps. And on
the real command line with files, ``LABKESMAS_COMMAND_STEPS=300``.
"""

from __future__ import annotations

import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from labkesmas_batch.allocation.conditions import equipment_held, valid_units
from labkesmas_batch.errors import RefusedError
from labkesmas_batch.model.decisions import Verdict
from labkesmas_batch.model.history import FieldReport, FieldResult, Known, Standing
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.schedule import Visit
from labkesmas_batch.model.week import Week
from labkesmas_batch.precedence.clauses import certain_from
from labkesmas_batch.text.names import number_key
from tests.support.builders import row
from tests.support.builders import settings as ketentuan
from tests.support.command_line_laboratory import CommandLineLaboratory
from tests.support.counts import adds_up
from tests.support.laboratory import MemoryLaboratory, Word

STEPS = int(os.environ.get("LABKESMAS_STEPS", "2000"))
COMMAND_STEPS = int(os.environ.get("LABKESMAS_COMMAND_STEPS", "40"))
PER_LABORATORY = 50
FIRST = date(2026, 6, 1)
OFTEN = ("drafts", "approved", "refused", "reports", "copies", "brought", "locked without a row",
         "held", "done rows", "cancelled rows", "moved", "Tunda", "Batal", "pairs")  # fmt: skip
SEEDS = st.integers(0, 2**32)
# What a state becomes by an approval and by a report; whatever stays stays.
BY_APPROVAL = {
    None: {Standing.LOCKED, Standing.WAITING, Standing.POSTPONED, Standing.CANCELLED},
    Standing.WAITING: {Standing.LOCKED, Standing.POSTPONED, Standing.CANCELLED},
    Standing.POSTPONED: {Standing.LOCKED, Standing.WAITING, Standing.CANCELLED},
    Standing.LOCKED: {Standing.POSTPONED, Standing.CANCELLED},
}
BY_REPORT = {Standing.LOCKED: {Standing.DONE, Standing.CANCELLED, Standing.POSTPONED}}


SEEN: Counter[str] = Counter()


class Laboratories(RuleBasedStateMachine):
    """Forms, drafts, decisions, approvals, reports and changes of the reference, by chance."""

    kind: type[MemoryLaboratory | CommandLineLaboratory] = MemoryLaboratory

    def __init__(self) -> None:
        super().__init__()
        self.laboratory = self.kind()
        self.day = FIRST
        self.rows: list[dict[str, Any]] = []
        self.drafts: list[tuple[str, Week]] = []
        self.sheets: dict[str, Any] = {}
        self.made = self.step = 0

    def chance(self, seed: int) -> random.Random:
        """Another source of chance for each step, also where the seeds are small and alike."""
        self.step += 1
        return random.Random(f"{seed}/{self.step}")

    def teardown(self) -> None:
        self.laboratory.close()

    @initialize(seed=SEEDS)
    def found(self, seed: int) -> None:
        rng = self.chance(seed)
        teams = [(f"Tim {n}", None, None, "Semua", rng.choice([1, 1, 2]), rng.choice([None, 12]))
                 for n in range(1, rng.randint(2, 3))]  # fmt: skip
        self.sheets = {
            "tim": teams,
            "tim_cuti": [],
            "peralatan": [("Kotak Pendingin", rng.randint(1, 3), None), ("Impinger", 1, None)],
            "jenis_contoh_uji": [
                ("Air Minum", "Kotak Pendingin", 24, None, rng.choice([6, None])),
                ("Udara Ambien", "Impinger", 72, None, None),
            ],
            "tarif": [],
            "cara_sampling": [],
            "ketentuan": ketentuan(),
        }

    # What people do.

    @rule(seed=SEEDS)
    def ask(self, seed: int) -> None:
        """Customers write."""
        rng = self.chance(seed)
        for _ in range(rng.randint(2, 8)):
            self.made += 1
            self.rows.append(self.request(rng, f"{self.made}/YAN/2026"))

    def request(self, rng: random.Random, number: str) -> dict[str, Any]:
        received = self.day - timedelta(days=rng.randint(0, 30))
        cells: dict[str, Any] = {
            "tanggal_permintaan": received,
            "jenis_customer": rng.choice(["Internal", "Eksternal"]),
            "nama_customer": f"Puskesmas {rng.randint(1, 400)}",
            "lokasi_sampling": f"Depot {rng.randint(1, 400)}",
            "jenis_contoh_uji": rng.choice(self.kinds()),
            "jumlah_contoh_uji": rng.randint(1, 5),
        }
        if rng.random() < 0.4:
            cells["tanggal_usulan"] = received + timedelta(days=rng.randint(15, 40))
        if rng.random() < 0.1:
            cells["batas_akhir"] = received + timedelta(days=rng.randint(41, 60))
        if rng.random() < 0.05:
            cells["jumlah_contoh_uji"] = "dua"
        return row(number, **cells)

    def kinds(self) -> list[str]:
        return [str(each[0]) for each in self.sheets["jenis_contoh_uji"]]

    @precondition(lambda self: self.rows)
    @rule(seed=SEEDS)
    def change_a_row(self, seed: int) -> None:
        """A correction, another spelling, or a number used again."""
        rng = self.chance(seed)
        cells = dict(rng.choice(self.rows))
        kind = rng.choice(["contact", "amount", "spelling", "reuse", "copy"])
        if kind == "contact":
            cells["Telepon"] = f"0812{rng.randint(10**7, 10**8)}"
        elif kind == "amount":
            cells["Jumlah Contoh Uji"] = rng.randint(1, 5)
        elif kind == "spelling":
            cells["No. Permintaan"] = f" {str(cells['No. Permintaan']).lower()} "
        elif kind == "reuse":
            cells = self.request(rng, str(cells["No. Permintaan"]))
        if kind in ("contact", "amount"):
            at = next(i for i, each in enumerate(self.rows)
                      if each["No. Permintaan"] == cells["No. Permintaan"])  # fmt: skip
            self.rows[at] = cells
        else:
            self.rows.append(cells)

    @rule(seed=SEEDS)
    def change_the_reference(self, seed: int) -> None:
        """Leave, a kind renamed, a rule changed."""
        rng = self.chance(seed)
        kind = rng.choice(["leave", "rename", "rule", "team"])
        if kind == "leave":
            first = self.day + timedelta(days=rng.randint(1, 20))
            last = first + timedelta(days=rng.randint(0, 4))
            self.sheets["tim_cuti"] = [(self.sheets["tim"][0][0], first, last, "Pelatihan")]
        elif kind == "rename":
            old = rng.choice(self.kinds())
            new = f"{old.split(' #')[0]} #{rng.randint(1, 3)}"
            if new not in self.kinds():
                self.sheets["jenis_contoh_uji"] = [
                    (new, *each[1:]) if each[0] == old else each
                    for each in self.sheets["jenis_contoh_uji"]
                ]
        elif kind == "rule":
            zone = rng.choice(["urut_permintaan", "internal"])
            self.sheets["ketentuan"] = ketentuan(zona_antara=zone)
        else:
            self.sheets["tim"] = [
                (*each[:4], max(1, each[4] + rng.choice([-1, 0, 1])), each[5])
                for each in self.sheets["tim"]
            ]

    @rule(days=st.integers(1, 9))
    def time_passes(self, days: int) -> None:
        self.day += timedelta(days=days)

    @rule(seed=SEEDS, on=st.integers(-3, 3))
    def draft(self, seed: int, on: int) -> None:
        """A draft of a fresh form, of all rows, of some, of a form and its copy; on any date."""
        rng = self.chance(seed)
        kind = rng.choice(["all", "all", "some", "new", "copy"])
        rows = list(self.rows)
        if kind == "some":
            rows = [each for each in rows if rng.random() < 0.5]
        elif kind == "new":
            rows = rows[-5:]
        rng.shuffle(rows)
        forms = [rows, rows[: len(rows) // 2]] if kind == "copy" else [rows]
        before = self.laboratory.known
        day = max(FIRST, self.day + timedelta(days=on))
        run, week = self.laboratory.run(forms, day, **self.sheets)
        assert self.laboratory.known == before, "a draft changes nothing"
        self.drafts.append((run, week))
        SEEN["drafts"] += 1
        SEEN["copies"] += week.facts.copies
        SEEN["locked without a row"] += week.summary.counts["terkunci_tanpa_baris"]
        SEEN["brought"] += week.summary.counts["dibawa"]
        SEEN["held"] += len(week.facts.on_hold)
        SEEN["done rows"] += week.summary.counts["selesai"]
        SEEN["cancelled rows"] += week.summary.counts["batal"]
        SEEN["moved"] += week.summary.counts["digeser"]
        self.holds(week, sum(map(len, forms)), before)
        self.certain(week)

    @precondition(lambda self: self.drafts)
    @rule(seed=SEEDS)
    def approve(self, seed: int) -> None:
        """Management decides in the newest draft, or in an older one."""
        rng = self.chance(seed)
        run, week = self.drafts[-1] if rng.random() < 0.8 else rng.choice(self.drafts)
        before = self.laboratory.known
        words = self.words(rng, week)
        pairs = [
            tuple(rng.sample([effect.request.number, effect.opponent.number], 2))
            for effect in week.plan.zone
            if effect.opponent and rng.random() < 0.5
        ]
        final = None
        for decided in ((words, pairs), ({}, pairs), (words, ()), ({}, ())):
            try:
                final = self.laboratory.approve(run, *decided)
            except RefusedError:  # pairs that contradict each other
                final = None
            if final is not None:
                break
            assert self.laboratory.known == before, "refused, so nothing changed"
        SEEN["refused" if final is None else "approved"] += 1
        if final is None:
            return
        for _, order in final.plan.set_aside:
            SEEN[order.verdict.value] += 1
        SEEN["pairs"] += len(decided[1])
        self.steps(before, BY_APPROVAL, final)
        self.holds(final, week.summary.counts["baris"], before)

    def words(self, rng: random.Random, week: Week) -> dict[str, Word]:
        found: dict[str, Word] = {}
        for visit in week.visits:
            if rng.random() < 0.7 or visit.last < week.run_date:
                continue
            verdict = rng.choice(list(Verdict))
            day = None
            if verdict is Verdict.CHANGED:
                day = visit.first + timedelta(days=rng.randint(0, 9))
            found[visit.request.number] = verdict, day, ""
        return found

    @rule(seed=SEEDS)
    def report(self, seed: int) -> None:
        """What took place of the visits that lie behind."""
        rng = self.chance(seed)
        before = self.laboratory.known
        reports = []
        for known in before.values():
            over = known.standing is Standing.LOCKED and known.first and known.first <= self.day
            if over and rng.random() < 0.7:
                result = rng.choice([*[FieldResult.DONE] * 4, *FieldResult])
                actual = known.first if result is FieldResult.DONE else None
                samples = 2 if actual else None
                reports.append(FieldReport(known.request.number, result, actual, samples, ""))
        self.laboratory.report(reports, self.day)
        SEEN["reports"] += len(reports)
        self.steps(before, BY_REPORT, None)

    @rule(seed=SEEDS)
    def live_a_week(self, seed: int) -> None:
        """What mostly happens, one after the other."""
        self.ask(seed)
        self.draft(seed, 0)
        self.approve(seed)
        self.time_passes(7)
        self.report(seed)

    # What must hold.

    def steps(self, before: dict[str, Known], allowed: Any, final: Week | None) -> None:
        """States change along the table alone, and nobody who was known is forgotten."""
        now = self.laboratory.known
        assert before.keys() <= now.keys(), "nobody is forgotten"
        for key, known in now.items():
            was = before[key].standing if key in before else None
            assert known.standing is was or known.standing in allowed.get(was, set()), (key, was)
            if was is not None and known.request.received != before[key].request.received:
                raise AssertionError(f"{key}: another Tanggal Permintaan")
        if final is not None:
            placed = {number_key(v.request.number): v for v in final.visits}
            for key, visit in placed.items():
                if now[key].standing is Standing.LOCKED:
                    assert (now[key].first, now[key].team) == (visit.first, visit.team)

    def holds(self, week: Week, rows: int, known: dict[str, Known]) -> None:
        """Rows counted once, nobody lost or twice, nothing booked twice, nobody overtaken."""
        counts = week.summary.counts
        assert adds_up(counts), counts
        assert counts["baris"] == rows
        numbers = Counter(
            number_key(each.number)
            for each in (
                *(visit.request for visit in week.visits),
                *(each.request for each in week.plan.allocation.unplaced),
                *(back.request for back in week.plan.returned),
                *(request for request, _ in week.plan.set_aside),
            )
        )
        assert set(numbers.values()) <= {1}, "served twice"
        # A draft binds nobody who came to wait after it was made.
        drafted = week.plan.approved is None
        waiting = {key for key, each in known.items() if each.standing.waits and drafted}
        on_hold = {number_key(each.number) for each in week.facts.on_hold}
        assert waiting <= numbers.keys() | on_hold, "who waits comes along"
        locked = {key for key, each in known.items() if each.standing is Standing.LOCKED}
        assert locked <= numbers.keys(), "who has a day keeps it"
        self.fits(week.visits, week.plan.reference, week.run_date)
        self.in_order(week)

    def fits(self, visits: Iterable[Visit], reference: Reference, run_date: date) -> None:
        """No team, unit or laboratory place twice, on any day with a visit of this week."""
        teams = {team.name: team for team in reference.teams}
        by_day: dict[date, list[Visit]] = defaultdict(list)
        for visit in visits:
            for step in range((visit.last - visit.first).days + 1):
                by_day[visit.first + timedelta(days=step)].append(visit)
        for day, here in by_day.items():
            new = [visit for visit in here if visit.status is not Outcome.LOCKED]
            for visit in new:
                team = teams[visit.team]
                same = [each for each in here if each.team == visit.team]
                if team.visits_per_day is not None:
                    assert len(same) <= team.visits_per_day, (day, team.name)
                if team.samples_per_day is not None:
                    assert sum(e.request.samples for e in same) <= team.samples_per_day
                for name in equipment_held(visit, reference):
                    used = sum(name in equipment_held(each, reference) for each in here)
                    units = valid_units(reference.equipment, name, day)
                    assert units is None or used <= units, (day, name)
                kind = reference.sample_types[visit.request.sample_type]
                if kind.lab_capacity is not None:
                    alike = [e for e in here if e.request.sample_type == kind.name]
                    assert sum(e.request.samples for e in alike) <= kind.lab_capacity
                assert visit.first > run_date

    def in_order(self, week: Week) -> None:
        """No external request behind an internal one two weeks younger, save by a decision."""
        if week.reference.decisions:
            return
        gap = timedelta(days=week.reference.policy.external_gap)
        latest = date.min
        for each in week.plan.ranked:
            if each.request.internal:
                latest = max(latest, each.request.received_on)
            else:
                assert latest < each.request.received_on + gap, each.request.number

    def certain(self, week: Week) -> None:
        """Nobody received on or after its day gets ahead of whoever's rank is certain."""
        policy = week.reference.policy
        if week.reference.decisions:
            return
        ahead: list[Any] = []
        for each in week.plan.ranked:
            day = certain_from(each.request, policy)
            assert all(other.received_on < day for other in ahead), each.request.number
            ahead.append(each.request)


@pytest.mark.slow
def test_laboratories_live_by_the_rules() -> None:
    play = settings(
        max_examples=max(1, STEPS // PER_LABORATORY),
        stateful_step_count=PER_LABORATORY,
        deadline=None,
    )
    Laboratories.TestCase.settings = play
    SEEN.clear()
    Laboratories.TestCase("runTest").runTest()
    print(dict(SEEN))  # noqa: T201 - with -s it shows what was played
    rare = [name for name in OFTEN if SEEN[name] < 10]
    assert not rare, "the laboratories live too quiet a life"


class OnTheCommandLine(Laboratories):
    """The same life through the commands, with workbooks that people fill in."""

    kind = CommandLineLaboratory


@pytest.mark.slow
def test_laboratories_on_the_command_line_live_by_the_same_rules() -> None:
    play = settings(max_examples=max(1, COMMAND_STEPS // 20), stateful_step_count=20, deadline=None)
    OnTheCommandLine.TestCase.settings = play
    SEEN.clear()
    OnTheCommandLine.TestCase("runTest").runTest()
    print(dict(SEEN))  # noqa: T201 - with -s it shows what was played
    assert SEEN["drafts"] and SEEN["approved"], "the laboratories live too quiet a life"
