"""A register while one command holds it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date

from labkesmas_batch.model.decisions import Decisions, SignOff
from labkesmas_batch.model.documents import Given, Numbered
from labkesmas_batch.model.history import FieldReport, History, Past
from labkesmas_batch.model.requests import Request
from labkesmas_batch.register import decisions, history, rows
from labkesmas_batch.register import documents as papers
from labkesmas_batch.register.documents import DocumentSources
from labkesmas_batch.register.reports import add_reports, read_reports
from labkesmas_batch.register.rows import Approval, Draft, RunRecord


def copy_name(run: str) -> str:
    """Return what the copy of the register is called that is made before an approval."""
    return f"sebelum-finalize-{run}"


class Session:
    """A register while one command holds it: it reads, and writes what lasts once it is kept."""

    def __init__(self, connection: sqlite3.Connection, back_up: Callable[[str], object]) -> None:
        self._connection, self._back_up = connection, back_up

    def history(self, before: str = "") -> History:
        """Return what is known of earlier weeks; with ``before``, as that run found it."""
        return history.read_history(self._connection, before)

    def last_number(self, run_date: date) -> int:
        """Return the highest N of the runs ``<date>-r<N>`` that the register knows, or 0."""
        prefix = f"{run_date}-r"
        found = (run for run in self.runs() if run.startswith(prefix))
        return max((int(run.removeprefix(prefix)) for run in found), default=0)

    def runs(self) -> list[str]:
        """Return the ids of all runs, oldest first."""
        return rows.run_ids(self._connection)

    def record(self, record: RunRecord) -> None:
        """Record a run in draft."""
        rows.add_run(self._connection, record)

    def draft(self, run: str) -> Draft | None:
        """Return a run as it was recorded, None where that was too many drafts ago."""
        return rows.read_draft(self._connection, run)

    def proposed(self, run: str) -> tuple[Past, ...]:
        """Return what a draft that is kept proposed for each of its requests."""
        return history.read_schedule(self._connection, run).requests

    def later_drafts(self, run: str) -> list[str]:
        """Return the drafts of the same date that were made after a run and are not approved."""
        runs, day = self.runs(), run.rpartition("-r")[0]
        later = (each for each in runs[runs.index(run) + 1 :] if each.rpartition("-r")[0] == day)
        return [each for each in later if not self.approved_decisions(each)]

    def approved_decisions(self, run: str) -> str:
        """Return the SHA-256 of the decisions with which a run was approved, '' for a draft."""
        return decisions.approved_decisions(self._connection, run)

    def reference_of(self, run: str) -> bytes:
        """Return the reference workbook of a run, b"" where the register has it no more."""
        return rows.reference_of(self._connection, run)

    def sign_off(self, run: str) -> SignOff:
        """Return who approved a run, and when."""
        return decisions.sign_off(self._connection, run)

    def papers(self, run: str) -> DocumentSources | None:
        """Return what the documents of a run are made of, None where the register does not know."""
        return papers.read_papers(self._connection, run)

    def given_numbers(self) -> tuple[Given, ...]:
        """Return every number ever given, the revisions of a document in their order."""
        return papers.given_numbers(self._connection)

    def issue(self, made_of: DocumentSources, numbers: Sequence[Numbered], folder: str) -> None:
        """Write that documents of an approved run were issued once more."""
        papers.issue(self._connection, made_of, numbers, folder)

    def put_contacts(self, requests: Sequence[Request]) -> None:
        """Write new contact data of requests that stand as they did."""
        rows.put_contacts(self._connection, requests)

    def approve(self, approval: Approval) -> None:
        """Write the decisions of a run and where its requests stand; a copy is kept before."""
        self._back_up(copy_name(approval.run))
        rows.approve(self._connection, approval)

    def last_approved(self) -> str:
        """Return the run that was approved last, '' where none was."""
        return decisions.last_approved(self._connection)

    def was_signed_with(self, run: str, sha256: str) -> bool:
        """Tell whether a run bore the signature of that workbook, now or before."""
        return decisions.was_signed_with(self._connection, run, sha256)

    def has_decisions(self, run: str, decided: Decisions) -> bool:
        """Tell whether a run was approved with just these decisions, whoever signed them."""
        return decisions.has_decisions(self._connection, run, decided)

    def sign_again(self, run: str, decided: Decisions) -> None:
        """Write another signature under a run; a copy is kept before."""
        self._back_up(f"sebelum-tanda-tangan-{run}")
        decisions.sign_again(self._connection, run, decided)

    def reported(self) -> tuple[FieldReport, ...]:
        """Return what was reported of field days, oldest first."""
        return read_reports(self._connection)

    def report(self, reports: Sequence[FieldReport], reported_on: date) -> None:
        """Write what took place on field days."""
        add_reports(self._connection, reports, reported_on)

    def keep(self) -> None:
        """Make everything that was written last."""
        self._connection.execute("COMMIT")
