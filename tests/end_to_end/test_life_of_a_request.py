"""What becomes of a request over several weeks, through the real commands."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.support.builders import row
from tests.support.weekly import decided, scheduled


def test_a_long_name_with_an_emoji_gets_all_its_papers(tmp_path: Path) -> None:
    name = "\U0001f9ea RSUD Embung Fatimah Kota Batam, Instalasi Sanitasi \U0001f9ea"
    schedule, _ = scheduled(tmp_path, [row("017/YAN/XI/2026", nama_customer=name)])
    decided(schedule)
    papers = sorted((schedule.parent / "documents").glob("*.xlsx"))
    assert len(papers) >= 10
    for paper in papers:
        load_workbook(paper)
