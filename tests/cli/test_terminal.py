"""What the terminal says: a table for people at a terminal, plain lines for a pipe."""

from __future__ import annotations

import pytest

from labkesmas_batch import findings
from labkesmas_batch.cli.messages import say_findings
from labkesmas_batch.findings import Finding


def blank(row: int = 3) -> Finding:
    return findings.finding(
        findings.BLANK, file="p.xlsx", sheet="Permintaan", row=row, column=13, number="P-2",
        header="Jumlah Contoh Uji",
    )  # fmt: skip


def said(found: list[Finding], width: int, capsys: pytest.CaptureFixture[str]) -> list[str]:
    say_findings(print, found, width)
    return capsys.readouterr().out.splitlines()


def test_a_pipe_gets_a_line_for_a_finding_and_its_remedy_below(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line, remedy = said([blank()], 0, capsys)
    assert line == "Galat S01 p.xlsx Permintaan!M3 P-2: Jumlah Contoh Uji belum diisi."
    assert remedy == "    Isi kolom Jumlah Contoh Uji pada baris ini."


def test_a_terminal_gets_a_table_below_the_file_and_sheet(
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = said([blank()], 80, capsys)
    assert table[1] == "p.xlsx, lembar Permintaan"
    assert table[3].split() == ["Galat", "M3", "P-2", "Jumlah", "Contoh", "Uji", "belum", "diisi."]
    assert "→ Isi kolom" in table[4]


@pytest.mark.parametrize("width", [0, 80])
def test_each_finding_of_a_kind_has_its_own_remedy(
    width: int, capsys: pytest.CaptureFixture[str]
) -> None:
    early = [
        findings.finding(
            findings.TOO_EARLY, file="jadwal.xlsx", sheet="Jadwal", row=row, column=20,
            header="Tanggal Baru", value="1 Jun 2026", hint=day,
        )
        for row, day in ((2, "Senin, 8 Jun 2026"), (3, "Senin, 8 Jun 2026"),
                         (4, "Rabu, 10 Jun 2026"))
    ]  # fmt: skip
    text = " ".join(" ".join(said(early, width, capsys)).split())
    assert text.count("Pilih Senin, 8 Jun 2026 atau sesudahnya") == 1
    assert text.count("Pilih Rabu, 10 Jun 2026 atau sesudahnya") == 1
    assert text.index("T4") > text.index("Pilih Senin")


@pytest.mark.parametrize("width", [0, 80])
def test_many_alike_are_told_a_few_times_and_then_counted(
    width: int, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = said([blank(row) for row in range(3, 1003)], width, capsys)
    assert len(lines) < 15
    assert "dan 995 lagi yang serupa: baris 8, 9, 10" in " ".join(" ".join(lines).split())


@pytest.mark.parametrize("width", [0, 80])
def test_whole_sheets_with_one_remedy_are_told_once_and_then_named(
    width: int, capsys: pytest.CaptureFixture[str]
) -> None:
    alike = [
        findings.finding(
            findings.STILL_EXAMPLE, file="acuan.xlsx", sheet=sheet, value=sheet, hint="2"
        )
        for sheet in ("Tim", "Tarif", "Pejabat")
    ]
    text = " ".join(" ".join(said(alike, width, capsys)).split())
    assert text.count("masih memuat isi contoh") == 1
    assert "... dan 2 lagi yang serupa: lembar Tarif, Pejabat" in text


@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_line_of_the_table_is_wider_than_the_terminal(
    width: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert max(map(len, said([blank()] * 8, width, capsys))) <= width
