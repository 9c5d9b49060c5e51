"""Registers that older programs made: read as they are, brought up to date, and gone on with.

``005-identity`` is two approved weeks of made-up requests and a draft, as the program left them
before the counts of rows and the equipment of locked visits were kept: P-1 done, P-2 cancelled,
P-3 postponed and then locked, P-4 and P-7 locked, P-5 without a day, P-6 returned, P-8 new in the
draft.
"""

from __future__ import annotations

import gzip
import shutil
from datetime import date
from pathlib import Path

import pytest

from labkesmas_batch.model.history import Standing
from labkesmas_batch.register.register import Register
from tests.support.counts import adds_up
from tests.support.dump import call
from tests.support.paperwork import full_row
from tests.support.signing import fill_schedule
from tests.support.weekly import decided, on_sheet, scheduled

FIXTURE = Path(__file__).with_name("fixtures") / "005-identity"
DAY = date(2026, 6, 15)
ROWS = [
    *(
        full_row(f"P-{n}", tanggal_usulan=date(2026, 6, 3), parameter="E. colli")
        for n in range(1, 5)
    ),
    full_row("P-5", batas_akhir=date(2026, 6, 1)),
    full_row("P-6", tanggal_permintaan=date(2026, 5, 20), tanggal_usulan=date(2026, 6, 3)),
    full_row("P-7"),
]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A laboratory's folder with the older register in its output, and the draft of its week."""
    draft = tmp_path / "output" / f"{DAY}-r1"
    draft.mkdir(parents=True)
    content = gzip.decompress((FIXTURE / "register.db.gz").read_bytes())
    (tmp_path / "output" / "register.db").write_bytes(content)
    shutil.copy(FIXTURE / "jadwal.xlsx", draft)
    return tmp_path


def test_looking_changes_nothing(desk: Path) -> None:
    path = desk / "output" / "register.db"
    before = path.read_bytes()
    register = Register(path)
    assert {each.request.number: each.standing for each in register.history().known} == {
        "P-1": Standing.DONE,
        "P-2": Standing.CANCELLED,
        "P-3": Standing.LOCKED,
        "P-4": Standing.LOCKED,
        "P-5": Standing.WAITING,
        "P-7": Standing.LOCKED,
    }
    known = register.standing("p – 7")
    assert known is not None
    assert known.equipment is None
    assert [name for name, *_ in register.tables()]
    assert path.read_bytes() == before


def test_a_week_goes_on_from_it(desk: Path) -> None:
    schedule, found = scheduled(desk, [*ROWS, full_row("P-9")], DAY)
    assert schedule.parent.name == f"{DAY}-r2"
    assert not [each for each in found if each.is_error]
    jadwal = on_sheet(schedule, "Jadwal")
    status = {number: row["Status"] for number, row in jadwal.items()}
    assert status == dict.fromkeys(("P-3", "P-4", "P-7"), "Terkunci") | {"P-9": "Terjadwal"}
    backups = [each.name for each in (desk / "output" / "cadangan").iterdir()]
    assert backups == ["register-sebelum-006-counts.db"]
    assert not [each for each in decided(schedule) if each.is_error]


def test_its_weeks_stand_beside_this_one(desk: Path) -> None:
    history = Register(desk / "output" / "register.db").history()
    assert [(week.run, week.counts["baru"]) for week in history.trend] == [
        ("2026-06-01-r1", 6),
        ("2026-06-08-r1", 1),
    ]


def test_its_draft_is_approved(desk: Path) -> None:
    filled = fill_schedule(desk / "output" / f"{DAY}-r1" / "jadwal.xlsx")
    final = call("finalize", filled, "--json")
    assert final.code == 0, final.err
    assert adds_up(final.record["counts"]), final.record["counts"]
    standing = Register(desk / "output" / "register.db").standing("P-8")
    assert standing is not None
    assert standing.standing is Standing.LOCKED
    assert standing.equipment == ("Kotak Pendingin",)
