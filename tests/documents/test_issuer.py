"""Whose workbooks they are: the institution that acuan names stands on every page."""

from __future__ import annotations

import zipfile
from datetime import datetime, time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from labkesmas_batch.model.institution import FACTS, INSTITUTION, SOP, SOP_NUMBER, Office
from labkesmas_batch.xlsx.book import WorkbookWriter
from labkesmas_batch.xlsx.palette import in_head
from tests.support.builders import OFFICE_ROWS, RUN_DATE, row, write_intake, write_reference
from tests.support.dump import call
from tests.support.signing import fill_schedule

NAME, NUMBER, SOP_NAME = "Balai Rekaan & Kawan", "PR/REKAAN/7", "Pelayanan Rekaan"
OURS = [*OFFICE_ROWS["Instansi"], ("Balai", NAME, None), ("Nomor SOP", NUMBER, None),
        ("Nama SOP", SOP_NAME, None)]  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every workbook of a laboratory with a name of its own, by its command's word."""
    desk = tmp_path_factory.mktemp("rekaan")
    form = write_intake(
        desk / "permintaan.xlsx", [row("P-1"), row("P-2"), row("P-3", wilayah="Batm")]
    )
    acuan = write_reference(desk / "acuan.xlsx", instansi=OURS)
    output, today = desk / "output", ("--date", RUN_DATE)
    run = call("run", form, *today, "--output", output, "--json")
    assert run.code == 1, run.err
    for more in ((), ("--what-if",)):
        call("template", *more, "--reference", acuan, *today, "--output", desk / "templat")
    call("run", form, *today, "--output", output, "--what-if", "Tim tambahan; Tim 5")
    call(
        "simulate", "--rate", "3", "--weeks", "4", "--reference", acuan, *today, "--output", output
    )
    schedule = run.folder / "jadwal.xlsx"
    fill_schedule(schedule)
    assert call("finalize", schedule).code == 0
    call("register", "--output", output, *today)
    found = [*desk.glob("templat/*.xlsx"), *output.glob("*.xlsx"), *run.folder.glob("*.xlsx")]
    return {path.name: path for path in found}


def test_every_page_of_every_workbook_names_the_institution_of_acuan(written: dict[str, Path]):
    assert sorted(written) == sorted(
        [
            "andaikan.xlsx",
            "permintaan.xlsx",
            f"andaikan-{RUN_DATE}.xlsx",
            f"simulasi-{RUN_DATE}.xlsx",
            f"register-{RUN_DATE}.xlsx",
            "jadwal.xlsx",
            "jadwal-final.xlsx",
            "permintaan-diperiksa.xlsx",
            "realisasi.xlsx",
        ]
    )
    for name, path in written.items():
        for sheet in load_workbook(path):
            if sheet.sheet_state != "visible":
                continue
            if name == "permintaan-diperiksa.xlsx" and sheet.title != "Temuan":
                continue  # the staff's own sheets
            head = sheet.oddHeader
            assert (head.left.text or "").replace("&&", "&") == NAME, (name, sheet.title)
            assert head.right.text == f"SOP {NUMBER}", (name, sheet.title)


def test_properties_and_ringkasan_say_it_too(written: dict[str, Path]):
    for name in ("jadwal.xlsx", "realisasi.xlsx"):
        properties = load_workbook(written[name]).properties
        assert (properties.creator, properties.subject) == (NAME, f"SOP {NUMBER} {SOP_NAME}")
    assert load_workbook(written["jadwal.xlsx"])["Ringkasan"]["A3"].value == (
        f"SOP {NUMBER} {SOP_NAME}"
    )
    for path in written.values():
        with zipfile.ZipFile(path) as archive:
            on_hold = b"".join(archive.read(name) for name in archive.namelist())
        assert INSTITUTION.encode() not in on_hold, path.name
        assert SOP_NUMBER.encode() not in on_hold, path.name


def test_an_office_that_says_nothing_is_the_one_of_the_sop():
    issuer = Office().issuer
    assert (issuer.name, issuer.sop_number, issuer.sop) == (INSTITUTION, SOP_NUMBER, SOP)
    defaults = Office(facts={fact.key: fact.default for fact in FACTS})
    assert defaults.issuer == issuer
    assert Office(facts={"Nomor SOP": ("SOP 12",)}).issuer.sop_number == "SOP 12"


@pytest.mark.parametrize("name", ["3 Balai", "B" * 49, "Balai & " * 5, "&P", "B" * 5000])
def test_no_name_breaks_the_head_of_a_page(tmp_path: Path, name: str):
    issuer = Office(facts={"Balai": (name,), "Nomor SOP": (name,)}).issuer
    book = WorkbookWriter(tmp_path / "uji.xlsx", "Uji", datetime.combine(RUN_DATE, time()), issuer)
    book.sheet("Uji", "Uji").write_string(0, 0, "Uji")
    book.close()
    head = load_workbook(tmp_path / "uji.xlsx")["Uji"].oddHeader
    said = (head.left.text or "").strip().replace("&&", "&")
    assert head.left.size in (6, 8)
    assert said == name.strip() or (said.endswith("…") and name.startswith(said[:-1]))
    assert len(in_head(name)[1]) < 80
