"""Every word that somebody can read in a workbook, and which of them are English."""

from __future__ import annotations

import ast
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.dump import ROOT

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

# Words that an English programmer would leave behind, none of which is Indonesian too.
WORDS = """
    all allocation and after apply are assumption assumptions average backlog batch been before
    better binding both busy by capacity change changed changes chart class column compare
    comparison count date day days deadline delay delayed due each earlier early effect empty end
    equipment error errors every external false figure figures first fixed for from full given has
    have held holiday holidays how idle if in increase is it kept laboratory last late later
    lateness lead leave less load locked long longest lost made make mean missed more moved name
    never new none not now number of on one only or order other outcome over planned policy queue
    rate reading readings reason reference request requests result results rule run same samples
    scenario scenarios seed served share sheet shown simulate simulated simulation since size source
    spread sum summary supposed team teams than that the their then there these they this those time
    times title to today total true type under units unplaced until up urgent used value visit
    visits wait waited waiting was week weekly weeks were what when where which who why will with
    without work workdays year years you your
"""

# Commands and options have English names, and a few keys that the reference workbook gives.
TYPED = re.compile(
    r"labkesmas-batch(?: report| run| template)?|--[a-z-]+|perintah run\b|"
    r"jalankan (?:finalize|report|run)\b|"
    r"perintah “\w+”|[\w/.-]+\.(?:json|md|xlsx|db)\b|"
    r"zona_antara|urut_permintaan|\binternal\b|[0-9a-f]{64}|\S+@\S+|"
    # Names: of the ministry's system and of the SOP's paper, of an instrument.
    r"New All Record|memorandum of understanding|High Volume Air Sampler|e-mail",
    re.IGNORECASE,
)
# Words of our own names in the code that are Indonesian, the SOP's, or somebody's name as well.
OURS_TOO = frozenset(
    re.findall(
        "[a-z]+",
        """
        acuan antrean area customer data email filter final horizon internal invoice iso jadwal lab
        label labkesmas median min parameter per register rupiah sampling set sha sop status
        subtotal terminal total unit volume whatsapp zona
        """,
    )
)


def charts(path: Path) -> list[Element]:
    """The charts of a workbook."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        return [fromstring(archive.read(name)) for name in sorted(names)]


def texts(path: Path) -> Iterator[str]:
    """Everything that somebody can read: cells, notes, dropdowns, headers, charts, properties."""
    book = load_workbook(path)
    for sheet in book:
        yield from _in_sheet(sheet)
    yield from (book.properties.title or "", book.properties.subject or "")
    for chart in charts(path):
        yield from (
            each.text or "" for tag in (f"{DRAWN}t", f"{CHART}v") for each in chart.iter(tag)
        )
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/drawings/drawing"):
                yield from (
                    each.text or "" for each in fromstring(archive.read(name)).iter(f"{DRAWN}t")
                )


def _in_sheet(sheet: Worksheet) -> Iterator[str]:
    yield sheet.title
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                yield cell.value
            if cell.comment:
                yield cell.comment.text
    for part in filter(None, (sheet.oddHeader, sheet.oddFooter)):
        yield from (each.text or "" for each in (part.left, part.center, part.right) if each)
    for rule in sheet.data_validations.dataValidation:
        yield from (
            each or "" for each in (rule.promptTitle, rule.prompt, rule.errorTitle, rule.error)
        )


def names_in_code() -> set[str]:
    """The words of every name in our code: a label that was never translated is one of them."""
    found: set[str] = set()
    for path in (ROOT / "labkesmas_batch").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                found.add(node.name)
            elif isinstance(node, ast.arg):
                found.add(node.arg)
            elif isinstance(node, ast.Name):
                found.add(node.id)
            elif isinstance(node, ast.Attribute):
                found.add(node.attr)
    words = {word for name in found for word in re.findall(r"[A-Z]?[a-z]{3,}", name)}
    return {word.casefold() for word in words}


ENGLISH = frozenset(re.findall(r"[a-z]+", WORDS)) - OURS_TOO


def english(said: Iterable[str], words: Iterable[str] = ENGLISH) -> set[tuple[str, str]]:
    """The English words among texts, each with the text that it stands in."""
    known = frozenset(words)
    return {
        (word, text)
        for text in said
        for word in re.findall(r"[a-z]+", TYPED.sub(" ", text).casefold())
        if word in known
    }
