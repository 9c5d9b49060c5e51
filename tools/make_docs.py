"""Write the generated pages of docs/ (``make docs``).

architecture.md follows from .importlinter and docstrings, findings.md and columns.md from the
catalogue and the schema, ways.md from the table of tests/support/ways.py, each row of which is a
test, perintah.md from the commands' own help. What is said once there is not said again, and a test
holds the pages to it. In the pages that people write, the output that is shown of a command is the
command's (tools/shown.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from labkesmas_batch.cli.main import cli
from labkesmas_batch.findings import CATALOGUE, FindingKind
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.schema import Column, Sheet, Type
from labkesmas_batch.model.history import Standing
from labkesmas_batch.model.life import LIFE, Event
from labkesmas_batch.model.policy import SETTINGS, Setting
from tests.support.ways import GROUPS, NAMES, Way
from tools.architecture_page import PICTURE, architecture_page, architecture_picture
from tools.shown import filled, on_a_terminal

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"

_GENERATED = "<!-- Made by tools/make_docs.py (make docs) from {source}. -->"
_FAMILIES = {
    "L": ("Sheets and headers", "About a sheet as a whole."),
    "S": ("Single cells", "About the content of one cell."),
    "B": ("Rows and what stands between them", "About a row, or rows that do not agree."),
    "R": (
        "Between weeks",
        "About what the register knows of earlier weeks and this week's form says otherwise.",
    ),
    "K": (
        "Management's decisions",
        "About a schedule workbook that comes back. An error here refuses `finalize`: nothing is "
        "changed until all of them are mended.",
    ),
    "H": (
        "What took place",
        "About `realisasi.xlsx`, the form for the time after the field days.",
    ),
    "D": (
        "Documents",
        "About what `finalize` had to leave blank on paper: a marked place for people, never an "
        "invention.",
    ),
    "P": (
        "Supposed changes",
        "About a change for `run --what-if`, typed or filled into `andaikan.xlsx`.",
    ),
    "A": (
        "Reference workbook",
        "About `acuan.xlsx`. An error here stops `run`: a schedule made with it could be unfair.",
    ),
}
# What stands in a cell of each type, in English.
_HOLDS = {
    Type.TEXT: "text on one line",
    Type.CODE: "number that names something, as text",
    Type.LONG_TEXT: "text, may have several lines",
    Type.PHONE: "telephone number as text, keeps its leading zero",
    Type.MOMENT: "date, time of day allowed",
    Type.DATE: "date",
    Type.WHOLE: "whole number",
    Type.DECIMAL: "number",
    Type.CHOICE: "choice",
    Type.LOOKUP: "name",
    Type.NAMES: "list, separated by `;`",
    Type.WEEKDAYS: "names of days, separated by `;`",
    Type.SETTING: "as the row's Keterangan says",
}


def findings_page() -> str:
    """Return docs/findings.md: every kind of finding, its level, and how to mend it."""
    return _page(
        _GENERATED.format(source="labkesmas_batch/findings.py"),
        "# Findings",
        "What the program says about data, as staff read it: on the terminal, in the comments of "
        "the annotated copy, and on the sheet `Kesalahan`. A **Galat** (error) holds its row, or "
        "stops the run where it is about the reference. A **Peringatan** (warning) blocks nothing "
        "and changes no exit code. In the texts, *value* is what stood in the cell, *header* the "
        "name of its column; other words in italics are filled in likewise.",
        *(block for letter in _FAMILIES for block in _family(letter)),
    )


def _family(letter: str) -> Iterator[str]:
    title, about = _FAMILIES[letter]
    yield f"## {letter}: {title}"
    yield about
    kinds = [kind for kind in CATALOGUE if kind.code.startswith(letter)]
    yield _table(("Kode", "Tingkat", "Masalah", "Perbaikan"), map(_finding_row, kinds))


def _finding_row(kind: FindingKind) -> tuple[str, ...]:
    return kind.code, kind.level.value, _slots(kind.problem), _slots(kind.remedy)


def _slots(text: str) -> str:
    """Show what is filled in later in italics; a hint is a sentence of its own."""
    return re.sub(r"\{(\w+)\}", r"*\1*", text.replace(".{hint}", ". *hint*"))


def columns_page() -> str:
    """Return docs/columns.md: every column of the intake and the reference workbook."""
    blocks: list[str] = []
    for workbook, about in (
        (schema.INTAKE, "The weekly form; staff fill one row a request."),
        (schema.REFERENCE, "The laboratory's own data. A blank cell means no limit."),
    ):
        blocks += [
            f"## {workbook.file}",
            f"{about} Template id `{workbook.id}`, version {workbook.version}.",
            *(block for sheet in workbook.sheets for block in _sheet(sheet)),
        ]
    return _page(
        _GENERATED.format(source="labkesmas_batch/forms/schema.py"),
        "# Columns of the input workbooks",
        "The header row is found by its names, wherever it stands in the first 20 rows and in "
        "whatever order; case, spaces and line breaks in a header do not matter. A required cell "
        "that is blank is an error; any other may stay blank. What the column means is quoted as "
        "staff read it in the template.",
        *blocks,
    )


def _sheet(sheet: Sheet) -> Iterator[str]:
    optional = "" if sheet.required else " The sheet may be missing."
    yield f"### {sheet.name}"
    yield f"{sheet.purpose}{optional}"
    rows = ((c.header, _holds(c), "yes" if c.required else "", c.meaning) for c in sheet.columns)
    yield _table(("Column", "Holds", "Required", "Arti"), rows)
    if sheet.name == "Ketentuan":
        yield "One row a setting; where one is missing its default is in force, with a warning:"
        yield _table(("Kunci", "Default", "Rule", "Arti"), map(_setting, SETTINGS))


def _setting(setting: Setting) -> tuple[str, ...]:
    return f"`{setting.key}`", str(setting.default), setting.rule or "", setting.meaning


def _holds(column: Column) -> str:
    said = _HOLDS[column.type]
    if column.choices:
        return f"{said}: {', '.join(column.choices)}"
    if column.source:
        return f"{said} from `acuan.xlsx`, sheet {column.source}"
    if column.type in (Type.WHOLE, Type.DECIMAL):
        return f"{said}, {column.least} or more"
    return said


def ways_page() -> str:
    """Return docs/ways.md: how people write or break things, and what comes out."""
    count = len(NAMES) + sum(map(len, GROUPS.values()))
    return _page(
        _GENERATED.format(source="tests/support/ways.py"),
        "# Ways to write or break a cell, a header, a row or a file",
        f"{count} ways, each one a test (`tests/end_to_end/test_ways.py`) that goes through the "
        "command line. What comes out is the value that is read, or the code of each finding and "
        "its cell (the codes stand in [findings.md](findings.md)), or a refusal: exit 3, one "
        "sentence, nothing written. Where no finding is named, there is none. The original's "
        "bytes never change.",
        *(block for title, ways in GROUPS.items() for block in _ways(title, ways)),
        "## Names that look like formulas",
        "As number, customer, place, remark, region and parameter, in requests that are "
        "scheduled, returned, queued and held: the same text in every sheet of `jadwal.xlsx` and "
        "in the annotated copy, never a formula and never a link.",
        _table(("Id", "Name"), ((f"`{key}`", f"`{name}`") for key, name in NAMES.items())),
    )


def _ways(title: str, ways: Sequence[Way]) -> Iterator[str]:
    yield f"## {title}"
    rows = ((f"`{way.id}`", way.did, _short(way)) for way in ways)
    yield _table(("Id", "What staff did", "What comes out"), rows)


def _short(way: Way) -> str:
    """Return what comes out; what is very long, or not yet so, is said to be."""
    said = re.sub(r"(\w)\1{80,}", r"\1\1\1…", way.outcome)
    many = re.sub(r"((?:\w+ at \w+, ){3})(?:\w+ at \w+, ){9,}", r"\1…, ", said)
    return f"{many} **Not yet:** {way.bug}" if way.bug else many


def life_page() -> str:
    """Return docs/life.md: the states of a request, and every step between them."""
    return _page(
        _GENERATED.format(source="labkesmas_batch/model/life.py"),
        "# The life of a request",
        "The register holds these states and takes no other step: a trigger in the database "
        "refuses it. A request that no approved schedule gave a state is new, whether its row is "
        "planned, returned or held. A draft changes nothing. What each state means for a row that "
        "comes again stands in [register.md](register.md).",
        _table(("What happens", "From", "To"), map(_step, Event)),
        "## From each state",
        _table(("State", "By what", "To"), map(_from, (None, *Standing))),
    )


def _step(event: Event) -> tuple[str, str, str]:
    before = [_state(state) for state, each in LIFE if each is event]
    (after,) = {after for (_, each), after in LIFE.items() if each is event}
    return event.value, ", ".join(before), after.value


def _from(state: Standing | None) -> tuple[str, str, str]:
    steps = {event: after for (before, event), after in LIFE.items() if before is state}
    by = dict.fromkeys(event.value.partition(":")[0] for event in steps)
    after = dict.fromkeys(each.value for each in steps.values())
    return _state(state), ", ".join(by), ", ".join(after)


def _state(state: Standing | None) -> str:
    return state.value if state else "new"


def commands_page() -> str:
    """Return docs/perintah.md: the help of every command, in Indonesian like itself."""
    return _page(
        _GENERATED.format(source="labkesmas_batch/cli/"),
        "# Perintah",
        "Bantuan setiap perintah, seperti yang ditampilkan `--help`. Perintah diketik di jendela "
        "terminal; cara memasang programnya ada di [instalasi.md](instalasi.md).",
        _help(),
        *(block for name in cli.commands for block in (f"## {name}", _help(name))),
    )


def _help(*command: str) -> str:
    return f"```text\n{on_a_terminal(*command, '--help').rstrip()}\n```"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("\n", " ")


def _page(*blocks: str) -> str:
    return "\n\n".join(blocks) + "\n"


def generated() -> dict[str, str]:
    """Return the pages that are made whole, by file name."""
    return {
        "findings.md": findings_page(),
        "columns.md": columns_page(),
        "ways.md": ways_page(),
        "life.md": life_page(),
        "perintah.md": commands_page(),
        "architecture.md": architecture_page(
            _GENERATED.format(source=".importlinter and the docstrings of labkesmas_batch/")
        ),
        PICTURE: architecture_picture(),
    }


def write_pages(folder: Path) -> None:
    """Write the pages that are made whole into a folder."""
    for name, text in generated().items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def fill_pages(pages: Iterable[Path]) -> None:
    """Put what commands print where the pages show it."""
    for path in pages:
        text = path.read_text("utf-8")
        if (now := filled(text)) != text:
            path.write_text(now, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_pages(DOCS)
    fill_pages([ROOT / "README.md", *sorted(DOCS.glob("*.md"))])
