"""Nothing in the repository is about a real person: addresses, telephones and NIPs are made up."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook

from tests.project.test_architecture import _contents, _tracked
from tests.support.dump import ROOT

# Reserved for examples (RFC 2606), one letter long, or the placeholder of a message.
MADE_UP_MAIL = re.compile(r"(?:[\w-]+\.)*example(?:\.\w+)?|\w\.\w+|\w|instansi\.go\.id", re.I)
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@([A-Za-z][\w-]*(?:\.[\w-]+)*)")
# No range is reserved in Indonesia: ours begin with 0812-0000, count up, or repeat their digits.
PHONE = re.compile(r"(?<![\w.,#-])(?:\+?62[ -]?|0)8\d(?:[ .-]?\d){7,10}(?![\w-])")
MADE_UP_PHONE = re.compile(
    r"(?:62|0)8(?:(\d)\1{7,}|120000\d{4,6}|123456789?0?|\d\d(\d)\2{3}(\d)\3{3})"
)
# A NIP begins with a birthday; that of a made-up one has its day and month alike, 0101 or 0202.
NIP = re.compile(r"(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])\d\d(?:19|20)\d{4}[12]\d{3}(?!\d)")
MADE_UP_NIP = re.compile(r"\d{4}(\d\d)\1")


def suspects(text: str) -> Iterator[str]:
    """Yield what could belong to somebody."""
    for hit in MAIL.finditer(text):
        if not MADE_UP_MAIL.fullmatch(hit[1].rstrip(".")):
            yield hit[0]
    for hit in PHONE.finditer(text):
        if not MADE_UP_PHONE.fullmatch(re.sub(r"\D", "", hit[0])):
            yield hit[0]
    for hit in NIP.finditer(text):
        if not MADE_UP_NIP.match(hit[0]):
            yield hit[0]


@pytest.mark.parametrize(
    "real",
    ["siti" + "@labkesmas-batam.co.id", "0813" + "-7123-4598", "+62 813" + " 7123 4598",
     "19771115" + "2006041001"],
)  # fmt: skip
def test_what_could_be_somebodys_is_noticed(real: str):
    assert list(suspects(f"Hubungi {real}.")) == [real]


@pytest.mark.parametrize(
    "fine", ["nama@contoh.example", "0812-0000-0042", "196501011990031001", "2026-11-23-r1"]
)
def test_what_is_made_up_is_not(fine: str):
    assert list(suspects(f"Hubungi {fine}.")) == []


def test_no_tracked_file_has_an_address_a_telephone_or_a_nip_of_somebody():
    found, searched = [], 0
    for path in _tracked():
        for name, data in _contents(path):
            if b"\0" in data[:1000]:
                continue
            searched += 1
            found += [f"{name}: {hit}" for hit in suspects(data.decode("utf-8", "replace"))]
    assert searched > 200
    assert found == []


def test_everybody_in_the_examples_says_that_he_is_made_up():
    form = load_workbook(ROOT / "input_templates" / "contoh-permintaan.xlsx")["Permintaan"]
    customers = [row[3] for row in form.iter_rows(min_row=2, values_only=True) if row[0]]
    assert len(customers) > 30
    assert [name for name in customers if "contoh" not in name.casefold()] == []
    acuan = load_workbook(ROOT / "input_templates" / "acuan.xlsx")
    for sheet, header in (("Pejabat", "Nama"), ("Anggota Tim", "Nama"), ("Tim", "Ketua")):
        rows = acuan[sheet].iter_rows(values_only=True)
        at = next(rows).index(header)
        names = [row[at] for row in rows if row[at]]
        assert names, sheet
        assert [name for name in names if "contoh" not in name.casefold()] == [], sheet
