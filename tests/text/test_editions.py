"""What comes once more gets the next number, and no number twice."""

from __future__ import annotations

import pytest

from labkesmas_batch.text.editions import editions, next_edition

THERE = [
    "documents-10",
    "documents",
    "documents-2",
    "documents-2.xlsx",
    "documents-lama",
    "xdocuments-3",
]


def test_editions_come_in_the_order_of_their_numbers() -> None:
    assert editions("documents", THERE) == ["documents", "documents-2", "documents-10"]
    assert editions("jadwal-final.xlsx", ["jadwal-final-2.xlsx", "jadwal-final.xlsx"]) == [
        "jadwal-final.xlsx",
        "jadwal-final-2.xlsx",
    ]


@pytest.mark.parametrize(
    ("name", "there", "follows"),
    [("documents", THERE, "documents-11"), ("documents", ["lain"], "documents"),
     ("a.xlsx", ["a.xlsx"], "a-2.xlsx"), ("a.xlsx", ["a-3.xlsx"], "a-4.xlsx")],
)  # fmt: skip
def test_the_next_edition_follows_the_last(name: str, there: list[str], follows: str) -> None:
    assert next_edition(name, there) == follows
