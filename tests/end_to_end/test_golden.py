"""The example week, sheet by sheet: a change in any cell has to be read and approved.

``python -m tests.support.dump --write`` makes tests/golden anew; ``git diff tests/golden`` is the
review.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.dump import GOLDEN, golden_texts

AGAIN = (
    "If the change is meant: python -m tests.support.dump --write, and read git diff tests/golden."
)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return dict(golden_texts(tmp_path_factory.mktemp("golden")))


def test_every_sheet_of_the_example_week_has_its_golden_file(texts: dict[str, str]):
    assert sorted(texts) == sorted(path.name for path in GOLDEN.glob("*.txt")), AGAIN


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_the_example_week_reads_as_it_did(path: Path, texts: dict[str, str]):
    assert texts.get(path.name, "").splitlines() == path.read_text("utf-8").splitlines(), AGAIN


def test_the_example_week_shows_every_outcome_but_locked(texts: dict[str, str]):
    for outcome in ("Terjadwal", "Digeser"):
        assert f'"{outcome}"' in texts["Jadwal.txt"]
    for sheet in ("Dikembalikan", "Antrean", "Kesalahan"):
        assert "\nA2 " in texts[f"{sheet}.txt"]
    for clause in ("R-7A", "R-ANTARA", "R-URUT", "R-SERI"):
        assert f'"{clause}"' in texts["Jadwal.txt"]
