"""Compile click's words in Indonesian: every messages.po in the package to messages.mo beside it.

Run it after a change of a messages.po and commit both files:

    .venv/bin/python -m tools.make_messages

The same .po always gives the same bytes, whatever the machine and the day, and only the standard
library is needed; ``tests/cli/test_messages.py`` compares. Of the .po format it reads what a
catalogue written by hand needs: comments, ``msgid``, ``msgid_plural``, ``msgstr``, ``msgstr[n]``
and strings continued on further lines. It stops at anything else (``msgctxt``, say), at an entry
without a translation, and at one that comes twice.
"""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Iterator
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[1] / "labkesmas_batch" / "locale"
MAGIC = 0x950412DE
HEADER = struct.Struct("<7I")
PLACE = struct.Struct("<2I")
LINE = re.compile(r'(?:(msgid|msgid_plural|msgstr|msgstr\[\d\]) )?(".*")')

Entry = dict[str, str]


def entries(text: str) -> Iterator[Entry]:
    """Yield the entries of a .po file, each from keyword (``msgid`` ...) to string."""
    entry: Entry = {}
    keyword = ""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        match = LINE.fullmatch(line)
        if match is None or not (match[1] or keyword):
            raise ValueError(f"line {number}: cannot read {line}")
        keyword = match[1] or keyword
        if match[1] == "msgid" and entry:
            yield entry
            entry = {}
        if match[1] in entry:
            raise ValueError(f"line {number}: a second {keyword} in one entry")
        # A C string with the escapes of a catalogue is a Python string too.
        entry[keyword] = entry.get(keyword, "") + ast.literal_eval(match[2])
    if entry:
        yield entry


def catalogue(text: str) -> dict[str, str]:
    """Return original to translation as a .mo file spells them: forms joined by NUL."""
    pairs: dict[str, str] = {}
    for entry in entries(text):
        original = [entry[key] for key in ("msgid", "msgid_plural") if key in entry]
        translated = [entry[key] for key in sorted(entry) if key.startswith("msgstr")]
        if not translated or not all(translated):
            raise ValueError(f"{original[0]!r} is not translated")
        key = "\0".join(original)
        if key in pairs:
            raise ValueError(f"{original[0]!r} comes twice")
        pairs[key] = "\0".join(translated)
    return pairs


def compiled(text: str) -> bytes:
    """Return the .mo file for the text of a .po file."""
    pairs = sorted((key.encode(), value.encode()) for key, value in catalogue(text).items())
    columns = list(zip(*pairs, strict=True))
    originals = HEADER.size
    translations = originals + PLACE.size * len(pairs)
    start = translations + PLACE.size * len(pairs)
    places, strings = b"", b""
    for column in columns:
        for string in column:
            places += PLACE.pack(len(string), start + len(strings))
            strings += string + b"\0"
    # The last two say that there is no hash table.
    header = HEADER.pack(MAGIC, 0, len(pairs), originals, translations, 0, start)
    return header + places + strings


def main() -> None:
    """Compile every catalogue."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        source.with_suffix(".mo").write_bytes(compiled(source.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
