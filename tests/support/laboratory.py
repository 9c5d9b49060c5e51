"""A laboratory on the pure core, its register in memory: weeks in milliseconds."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from labkesmas_batch.commands.approved import approval
from labkesmas_batch.commands.decided import applied_decisions
from labkesmas_batch.commands.run import run_outcomes
from labkesmas_batch.model.decisions import Decisions, Order, SignOff, Verdict
from labkesmas_batch.model.history import FieldReport, History, Known
from labkesmas_batch.model.reference import PairDecision, Reference
from labkesmas_batch.model.week import Source, Week
from labkesmas_batch.planning.collect import collect
from labkesmas_batch.planning.describe import describe
from labkesmas_batch.planning.inputs import Inputs
from labkesmas_batch.planning.locked_visits import locked_visits
from labkesmas_batch.planning.plan import contradicted, plan, settle
from labkesmas_batch.planning.plan_again import plan_again
from labkesmas_batch.register.documents import DocumentSources
from labkesmas_batch.register.migrations import bring_up_to_date
from labkesmas_batch.register.rows import RunRecord
from labkesmas_batch.register.session import Session
from tests.support.builders import reference_tables, table

Row = Mapping[str, Any]
Word = tuple[Verdict, date | None, str]


class MemoryLaboratory:
    """Its register, and the reference of each of its runs."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        bring_up_to_date(self._connection)
        self._session = Session(self._connection, lambda _: None)
        self._references: dict[str, Reference] = {}

    def close(self) -> None:
        self._connection.close()

    @property
    def known(self) -> dict[str, Known]:
        """Where each request stands, by canonical number."""
        return self._session.history().by_number

    def run(self, forms: Sequence[Sequence[Row]], day: date, **sheets: Any) -> tuple[str, Week]:
        """Draft a week of these forms."""
        tables = [table(rows, file=f"isian-{at}.xlsx") for at, rows in enumerate(forms, 1)]
        sources = [Source(Path(each.file), each.file, "", "") for each in tables]
        acuan = Source(Path("acuan.xlsx"), "acuan.xlsx", "", "")
        inputs = Inputs(tuple(sources), tuple(tables), (), acuan, False, reference_tables(**sheets))
        history = self._history()
        reference, facts = collect(inputs, day, history)
        locked = locked_visits(history, reference.policy, day, facts.contacts)
        week = describe(plan(facts, reference, locked), facts, history)
        run = f"{day}-r{self._session.last_number(day) + 1}"
        outcomes = list(run_outcomes(week))
        counts = week.summary.counts
        # Each draft has a reference workbook of its own; here its name stands for its bytes.
        content = run.encode()
        self._session.record(RunRecord(run, facts, counts, outcomes, content, b"", day))
        self._references[run] = reference
        return run, week

    def _history(self, before: str = "") -> History:
        history = self._session.history(before)
        if history.last is None:
            return history
        reference = self._references[history.last.run]
        return replace(history, last=replace(history.last, reference=reference))

    def approve(
        self, run: str, words: Mapping[str, Word], pairs: Sequence[tuple[str, str]] = ()
    ) -> Week | None:
        """Approve a draft with these decisions; None where it is refused."""
        draft = self._session.draft(run)
        if draft is None or self._session.approved_decisions(run):
            return None
        reference, history = self._references[run], self._history(run)
        facts, drafted, differs = plan_again(
            draft.facts, self._session.proposed(run), reference, history
        )
        if differs:
            return None
        orders = tuple(
            Order(number, verdict, day, team, "", "Jadwal", {"Keputusan": "S2"})
            for number, (verdict, day, team) in words.items()
        )
        decided = tuple(
            PairDecision(first, second, "Zona Antara", "jadwal.xlsx", "Zona Antara", at)
            for at, (first, second) in enumerate(pairs, 2)
        )
        decisions = Decisions(orders, decided, SignOff("Kepala Contoh", facts.run_date), run)
        applied = applied_decisions(decisions, drafted, facts, "jadwal.xlsx")
        if applied.findings or list(contradicted(drafted, facts, decisions, applied)):
            return None
        week = describe(settle(drafted, facts, decisions, applied), facts, history)
        made_of = DocumentSources(run, "", run.encode())
        self._session.approve(approval(week, decisions, run, made_of, (), history))
        return week

    def report(self, reports: Sequence[FieldReport], today: date) -> None:
        """Record what took place."""
        self._session.report(reports, today)
