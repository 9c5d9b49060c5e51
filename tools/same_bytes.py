"""Whether this working tree writes the same bytes as an earlier commit: for moves of code.

    python -m tools.same_bytes REVISION     compares with that commit

The example and five random weeks go through every command, each followed by a second week that
knows of the first. Both programs get the same inputs; what a person fills in is filled in once, in
the older program's workbook, where both wrote the same one. Compared are every file that is left,
the register among them, and what each command said and returned.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from openpyxl import load_workbook

from tests.support.dump import EXAMPLE, EXAMPLE_DATE, columns
from tests.support.signing import fill_schedule
from tests.support.weeks import random_week, write_week

ROOT = Path(__file__).resolve().parents[1]

SEEDS = range(5)
DECISIONS = ("Setuju", "Tunda", "Batal", "", "", "")
RESULTS = ("Selesai", "Selesai", "Batal", "Ditunda", "")
WEEK = timedelta(days=7)


@dataclass
class Comparison:
    """Two folders in which the same commands run, one with each program."""

    folder: Path
    programs: tuple[Path, Path]
    commands: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def places(self) -> tuple[Path, Path]:
        """The working directories, of the same length so that no message is wrapped elsewhere."""
        return self.folder / "earlier", self.folder / "current"

    def run(self, *arguments: object) -> None:
        """Run a command with both programs and note what differs in what they say."""
        told: list[tuple[int, bytes, bytes]] = []
        for program, place in zip(self.programs, self.places, strict=True):
            result = subprocess.run(
                [sys.executable, "-m", "labkesmas_batch", *map(str, arguments)],
                cwd=place,
                env={**os.environ, "PYTHONPATH": str(program)},
                capture_output=True,
                check=False,
            )
            here = f"{place}{os.sep}".encode()
            out, err = (each.replace(here, b"") for each in (result.stdout, result.stderr))
            told.append((result.returncode, out, err))
        self.commands += 1
        if told[0] != told[1]:
            self.differences.append(
                f"{' '.join(map(str, arguments))}: {told[0]!r}\n   now: {told[1]!r}"
            )
        elif told[0][0] not in (0, 1):
            refused = told[0][2].decode()
            raise SystemExit(f"both refuse {' '.join(map(str, arguments))}: {refused}")

    def share(self, path: Path) -> Path:
        """Return where to fill in a workbook; ``shared`` hands it to the other program."""
        return self.places[0] / path

    def shared(self, path: Path) -> None:
        """Give the other program what was filled in, unless it had written another workbook."""
        shutil.copyfile(self.places[0] / path, self.places[1] / path)

    def compare(self) -> int:
        """Compare all files that the commands left and return how many there are."""
        found = [
            {path.relative_to(place): path.read_bytes() for path in _files(place)}
            for place in self.places
        ]
        for path in sorted(found[0].keys() | found[1].keys()):
            earlier, current = (each.get(path) for each in found)
            if earlier != current:
                absent = "only earlier" if current is None else "only now"
                both = earlier is not None and current is not None
                self.differences.append(f"{path}: {'other bytes' if both else absent}")
        return len(found[0].keys() | found[1].keys())


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _decide(schedule: Path, day: date) -> list[str]:
    """Fill in and sign a draft; return the numbers of its first two rows."""
    sheet = load_workbook(schedule, read_only=True)["Jadwal"]
    rows = list(sheet.iter_rows(values_only=True))
    at, status = rows[0].index("No. Permintaan"), rows[0].index("Status")
    words = {
        str(row[at]): {"Keputusan": DECISIONS[i % len(DECISIONS)]}
        for i, row in enumerate(row for row in rows[1:] if row[at])
        if DECISIONS[i % len(DECISIONS)] and row[status] != "Terkunci"
    }
    fill_schedule(schedule, by="Kepala Contoh", on=day, jadwal=words)
    return [str(row[at]) for row in rows[1:3]]


def _report(form: Path) -> date:
    """Fill in a form of field days and return the last day told."""
    book = load_workbook(form)
    sheet = book["Realisasi"]
    at = columns(sheet)
    last = date.min
    for i in range(2, sheet.max_row + 1):
        planned, result = sheet.cell(i, at["Tanggal Mulai"]).value, RESULTS[i % len(RESULTS)]
        if not isinstance(planned, datetime):
            continue
        last = max(last, planned.date())
        sheet.cell(i, at["Hasil"]).value = result or None
        if result == "Selesai":
            sheet.cell(i, at["Tanggal Nyata"]).value = planned
            sheet.cell(i, at["Jumlah Nyata"]).value = 1
    book.save(form)
    return last


def play(both: Comparison, weeks: Sequence[Path], day: date) -> None:
    """Take weeks that follow one another through every command."""
    output = Path("out")
    for at, intake in enumerate(weeks):
        monday = day + at * WEEK
        run = f"{monday}-r1"
        draft, form = (output / run / name for name in ("jadwal.xlsx", "realisasi.xlsx"))
        dated = ("--date", monday)
        both.run("check", intake, "--output", "checked", *dated)
        both.run("run", intake, "--output", output, *dated, "--json")
        both.run("run", intake, "--output", output, *dated, "--what-if", "Tim tambahan; Tim Baru")
        before = len(both.differences)
        both.compare()
        if len(both.differences) > before:
            return  # what follows would only differ for the same cause
        numbers = _decide(both.share(draft), monday)
        both.shared(draft)
        both.run("finalize", draft, "--json")
        both.run("explain", *numbers, "--output", output)
        reported = max(_report(both.share(form)), monday)
        both.shared(form)
        both.run("report", form, "--date", reported + timedelta(days=1))
        both.run("documents", run, "--output", output)
    both.run("register", "--output", output, "--date", day + len(weeks) * WEEK)


def main(revision: str) -> int:
    """Compare and say what differs; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        earlier = Path(folder) / "program"
        packed = subprocess.run(
            ["git", "archive", revision, "labkesmas_batch"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(earlier, filter="data")
        commands = files = 0
        differences: list[str] = []
        for name in (EXAMPLE.stem, *map(str, SEEDS)):
            both = Comparison(Path(folder) / name, (earlier, ROOT))
            _play_one(both, name)
            files += both.compare()
            commands += both.commands
            differences += dict.fromkeys(f"{name}: {each}" for each in both.differences)
            shutil.rmtree(both.folder)
    for each in differences:
        sys.stdout.write(f"{each}\n")
    sys.stdout.write(f"{commands} commands, {files} files, {len(differences)} differences\n")
    return 1 if differences else 0


def _play_one(both: Comparison, name: str) -> None:
    first, second = both.places
    first.mkdir(parents=True)
    if name == EXAMPLE.stem:
        shutil.copyfile(EXAMPLE, first / EXAMPLE.name)
    else:
        write_week(random_week(int(name)), first / "forms")
    shutil.copytree(first, second)
    if name != EXAMPLE.stem:
        # The same form again: locked visits and waiting requests are recognised in the second week.
        play(both, [Path("forms")] * 2, random_week(int(name)).run_date)
        return
    day = date.fromisoformat(EXAMPLE_DATE)
    both.run("template", "--output", "forms", "--date", day)
    both.run("template", "--what-if", "--output", "forms", "--date", day)
    play(both, [Path(EXAMPLE.name)] * 2, day)
    both.run("simulate", "--rate", 6, "--weeks", 6, "--date", day, "--output", "rate")
    both.run("simulate", EXAMPLE.name, "--weeks", 4, "--date", day, "--output", "history", "--json")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
