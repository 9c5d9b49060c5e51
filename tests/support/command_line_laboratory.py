"""The same laboratory through the real commands, with its files in a folder of its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

from openpyxl import load_workbook

from labkesmas_batch.commands import finalize as finalize_command
from labkesmas_batch.commands import run as run_command
from labkesmas_batch.model.history import FieldReport, Known
from labkesmas_batch.model.week import Week
from labkesmas_batch.register.register import Register
from tests.support.builders import write_intake, write_reference
from tests.support.dump import Answer, call, columns, records
from tests.support.laboratory import Row, Word
from tests.support.signing import fill_schedule


class CommandLineLaboratory:
    """Writes forms, runs commands, fills in what comes out, and watches what must not change."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="laboratorium-"))
        self._output = self._folder / "hasil"
        self._drafts: dict[str, bytes] = {}
        self._approved: list[str] = []

    def close(self) -> None:
        shutil.rmtree(self._folder)

    @property
    def known(self) -> dict[str, Known]:
        """Where each request stands, by canonical number."""
        return Register(self._output / "register.db").history().by_number

    def run(self, forms: Sequence[Sequence[Row]], day: date, **sheets: Any) -> tuple[str, Week]:
        """Draft a week of these forms."""
        paths = [self._folder / f"isian-{at}.xlsx" for at, _ in enumerate(forms, 1)]
        for path, rows in zip(paths, forms, strict=True):
            write_intake(path, list(rows))
        write_reference(self._folder / "acuan.xlsx", **sheets)
        before = [path.read_bytes() for path in paths]
        made: list[Week] = []
        work = run_command.run

        def kept(*given: Any, **named: Any) -> Any:
            week, published = work(*given, **named)
            made.append(week)
            return week, published

        with mock.patch.object(run_command, "run", kept):
            answer = self._call("run", *paths, "--output", self._output, "--date", day, "--json")
        assert [path.read_bytes() for path in paths] == before, "a form is never written to"
        (week,) = made
        counts = answer.record["counts"]
        assert counts == week.summary.counts
        assert answer.code == (
            1 if any(counts[key] for key in ("ditahan", "dikembalikan", "antrean")) else 0
        )
        run = str(answer.record["run"])
        self._drafts[run] = self._schedule(run).read_bytes()
        self._on_the_sheets(self._schedule(run), counts)
        return run, week

    def approve(
        self, run: str, words: Mapping[str, Word], pairs: Sequence[tuple[str, str]] = ()
    ) -> Week | None:
        """Approve a draft with these decisions; None where it is refused."""
        if run in self._approved:
            return None
        schedule = self._schedule(run)
        schedule.write_bytes(self._drafts[run])
        jadwal = {
            number: {"Keputusan": verdict.value, "Tanggal Baru": day, "Tim Baru": team or None}
            for number, (verdict, day, team) in words.items()
        }
        zone = records(load_workbook(schedule)["Zona Antara"])
        zona = {
            str(row["No. Permintaan"]): {"Dahulukan": first}
            for first, second in pairs
            for row in zone
            if {row["No. Permintaan"], row["Permintaan Lawan"]} == {first, second}
        }
        fill_schedule(schedule, jadwal=jadwal, zona=zona)
        made: list[Week] = []
        work = finalize_command.finalize

        def kept(*given: Any, **named: Any) -> Any:
            done = work(*given, **named)
            made.extend([done.week] if done.week else [])
            return done

        before = self.known
        with mock.patch.object(finalize_command, "finalize", kept):
            answer = self._call("finalize", schedule, "--json", refused=True)
        if answer.code == 3:
            assert self.known == before, "refused, so nothing changed"
            return None
        self._approved.append(run)
        (week,) = made
        assert answer.record["counts"] == week.summary.counts
        self._ask(run, week)
        return week

    def report(self, reports: Sequence[FieldReport], today: date) -> None:
        """Record what took place, in the newest form of field days."""
        if not reports:
            return
        form = self._output / self._approved[-1] / "realisasi.xlsx"
        book = load_workbook(form)
        sheet = book["Realisasi"]
        at = columns(sheet)
        rows = {
            sheet.cell(row, at["No. Permintaan"]).value: row for row in range(2, sheet.max_row + 1)
        }
        for each in reports:
            values = {
                "Hasil": each.result.value,
                "Tanggal Nyata": each.actual,
                "Jumlah Nyata": each.samples,
            }
            for header, value in values.items():
                sheet.cell(rows[each.number], at[header]).value = value
        filled = self._folder / "realisasi.xlsx"
        book.save(filled)
        self._call("report", filled, "--output", self._output, "--date", today)

    def _ask(self, run: str, week: Week) -> None:
        """Ask for answers and papers of an approved schedule; none of it changes what there is."""
        before = self.known
        for visit in week.visits[:1]:
            self._call("explain", visit.request.number, "--output", self._output)
        again = self._call("documents", run, "--output", self._output, "--json")
        assert again.record["written"] == []
        self._call("register", "--output", self._output)
        assert self.known == before

    def _call(self, name: str, *arguments: object, refused: bool = False) -> Answer:
        """Run a command; files that lie in run folders stay as they are."""
        before = self._files()
        answer = call(name, *arguments)
        assert "Kesalahan di dalam program" not in answer.err, answer.err
        assert "Traceback" not in answer.err, answer.err
        assert answer.code in (0, 1) or (refused and answer.code == 3), (name, answer.err)
        now = self._files()
        assert {path: now.get(path) for path in before} == before, "older outputs are not touched"
        if answer.code == 3:
            assert now == before, "refused, so nothing is written"
        return answer

    def _files(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self._output)): path.read_bytes()
            for path in sorted(self._output.glob("*-r*/**/*"))
            if path.is_file()
        }

    def _schedule(self, run: str) -> Path:
        return self._output / run / "jadwal.xlsx"

    @staticmethod
    def _on_the_sheets(schedule: Path, counts: Mapping[str, int]) -> None:
        """Hold that the sheets have as many rows as the counts say."""
        book = load_workbook(schedule)
        for sheet, keys in (
            ("Jadwal", ("terjadwal", "digeser")),
            ("Antrean", ("antrean",)),
            ("Dikembalikan", ("dikembalikan",)),
        ):
            rows = [row for row in records(book[sheet]) if row.get("No. Permintaan")]
            mine = [row for row in rows if row.get("Status") != "Terkunci"]
            assert len(mine) == sum(counts[key] for key in keys), sheet
