"""The private names of xlsxwriter that labkesmas_batch/xlsx builds on, and that it uses no other.

setup.cfg bounds the versions; a new one is tried with this test before the bound is raised.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from xlsxwriter.format import Format
from xlsxwriter.sharedstrings import SharedStringTable
from xlsxwriter.worksheet import Worksheet

from tests.support.dump import ROOT

# Owner, name, and the parameters that it is called with or overridden by.
PRIVATE = {
    "_write_string": (Worksheet, ("self", "row", "col", "string", "cell_format")),
    "_write_hyperlinks": (Worksheet, ("self",)),
    "_write_sheet_data": (Worksheet, ("self",)),
    "_check_dimensions": (Worksheet, ("self", "row", "col")),
    "_xml_start_tag": (Worksheet, ("self", "tag")),
    "_xml_end_tag": (Worksheet, ("self", "tag")),
    "_escape_control_characters": (Worksheet, ("data",)),
    "_get_shared_string_index": (SharedStringTable, ("self", "string")),
    "_get_xf_index": (Format, ("self",)),
}


@pytest.mark.parametrize("name", PRIVATE)
def test_xlsxwriter_still_has_what_the_package_builds_on(name: str):
    owner, parameters = PRIVATE[name]
    found = getattr(owner, name, None)
    assert callable(found), f"xlsxwriter has no {owner.__name__}.{name} any more"
    known = tuple(inspect.signature(found).parameters)
    assert known[: len(parameters)] == parameters, f"{owner.__name__}.{name}{known}"


def test_the_package_uses_no_other_private_name_of_xlsxwriter():
    sources = (ROOT / "labkesmas_batch" / "xlsx").glob("*.py")
    used = set().union(*(_private(path) for path in sources))
    inherited = {name for name in dir(Worksheet) if name.startswith("_") and name[1] != "_"}
    ours = set(PRIVATE) | {"_rows", "_links", "_share", "_known", "_made"}
    assert (used & (inherited | set(dir(Format)) | set(dir(SharedStringTable)))) <= ours


def _private(path: Path) -> set[str]:
    source = path.read_text("utf-8")
    if "xlsxwriter" not in source:
        return set()
    return set(re.findall(r"(?:\.|def )(_[a-z]\w*)", source))
