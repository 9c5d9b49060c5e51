"""click's own words in Indonesian: what people see, and the catalogue behind it."""

from __future__ import annotations

import ast
import gettext
import json
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from labkesmas_batch.cli.main import cli
from tests.support.dump import ROOT

CATALOGUE = ROOT / "labkesmas_batch" / "locale" / "id" / "LC_MESSAGES" / "messages.po"
MAKE = runpy.run_path(str(ROOT / "tools" / "make_messages.py"))
CLICK = Path(click.__file__).parent
# What is typed, the exit code, and a sentence of the answer.
CASES = [
    ("", 2, "Pemakaian: labkesmas-batch [OPSI] PERINTAH [ARGUMEN]..."),
    ("--help", 0, "--version   Menampilkan versi program, lalu selesai."),
    ("--help", 0, "-h, --help  Menampilkan bantuan ini, lalu selesai."),
    ("--help", 0, "\nPerintah:\n  template "),
    ("run -h", 0, "\nOpsi:\n  --output FOLDER "),
    ("run -h", 0, "[baku: output]"),
    ("template -h", 0, "[baku: input_templates]"),
    ("check -h", 0, "Pemakaian: labkesmas-batch check [OPSI] INTAKE..."),
    ("fnalize", 2, "Galat: Tidak ada perintah 'fnalize'. Mungkin maksud Anda: 'finalize'?"),
    ("finalize x --regster y", 2, "Tidak ada opsi '--regster'. Mungkin maksud Anda: '--register'?"),
    ("finalize", 2, "Galat: Belum ada argumen 'JADWAL'."),
    ("rn", 2, "Galat: Tidak ada perintah 'rn'. Mungkin maksud Anda: 'run'?"),
    ("run", 2, "Galat: Belum ada argumen 'INTAKE...'."),
    ("run", 2, "Untuk bantuan, jalankan 'labkesmas-batch run --help'."),
    ("run --dat x", 2, "Galat: Tidak ada opsi '--dat'. Mungkin maksud Anda: '--date'?"),
    ("check --re x", 2, "Tidak ada opsi '--re'. Mungkin maksud Anda: '--date', '--help'?"),
    ("run x --date", 2, "Galat: Opsi '--date' harus diikuti 1 nilai."),
    ("run x --date foo", 2, "Galat: Nilai tidak sah untuk '--date': foo bukan tanggal"),
    ("run x --json=3", 2, "Galat: Opsi '--json' tidak menerima nilai."),
    ("simulate --rate abc", 2, "'abc' bukan angka yang sah."),
    ("simulate --rate 0", 2, "0.0 di luar rentang 0.1<=x<=2000."),
    ("simulate --weeks abc", 2, "'abc' bukan bilangan bulat yang sah."),
    ("simulate --seed 1.5", 2, "'1.5' bukan bilangan bulat yang sah."),
    ("simulate -h", 0, "--reference BERKAS"),
    ("template --nope", 2, "Galat: Tidak ada opsi '--nope'."),
    ("template x", 2, "Galat: Ada argumen yang berlebih (x)"),
    ("template x y", 2, "Galat: Ada argumen yang berlebih (x y)"),
]
TYPED = sorted({typed for typed, _, _ in CASES})
# Writes every string that click looks up, and what it got for it, to the file named first.
RECORDER = """
import atexit, gettext, json, pathlib, sys
found = []
def record(lookup):
    def asked(*arguments):
        answer = lookup(*arguments)
        found.append([arguments[0], answer])
        return answer
    return asked
gettext.gettext, gettext.ngettext = record(gettext.gettext), record(gettext.ngettext)
target = pathlib.Path(sys.argv.pop(1))
atexit.register(lambda: target.write_text(json.dumps(found), encoding="utf-8"))
from labkesmas_batch.cli.main import cli, main
found.clear()
main()
"""


def shell(
    *arguments: str, cwd: Path, start: tuple[str, ...] = ("-m", "labkesmas_batch")
) -> subprocess.CompletedProcess[str]:
    """Run the command on a machine that is set to English."""
    english = {"LANGUAGE": "en", "LC_ALL": "en_US.UTF-8", "LANG": "en_US.UTF-8"}
    return subprocess.run(
        [sys.executable, *start, *arguments],
        cwd=cwd, env=os.environ | english, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def translatable() -> Iterator[tuple[str, ...]]:
    """Every string, with its plural if it has one, that click's source hands to gettext."""
    for source in sorted(CLICK.glob("*.py")):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                count = {"_": 1, "ngettext": 2}.get(node.func.id, 0)
                strings = [a.value for a in node.args[:count] if isinstance(a, ast.Constant)]
                if strings:
                    yield tuple(map(str, strings))


def words(text: str) -> set[str]:
    """The words of a text; names of commands' parts, as OPTIONS or --date, are none."""
    plain = re.sub(r"%?\([a-z]+\)s|\{[^}]*\}|--?[a-z]+|'[^']*'", " ", text)
    return {word.lower() for word in re.findall(r"\b[A-Za-z]{2,}\b", plain) if not word.isupper()}


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\([a-z]+\)s|\{[^}]*\}", text))


@pytest.mark.parametrize(("typed", "code", "sentence"), CASES)
def test_the_command_line_answers_in_indonesian(
    tmp_path: Path, typed: str, code: int, sentence: str
):
    done = shell(*typed.split(), cwd=tmp_path)
    assert done.returncode == code
    assert sentence in done.stdout + done.stderr


@pytest.mark.parametrize("typed", TYPED)
def test_no_word_of_clicks_english_is_left(tmp_path: Path, typed: str):
    done = shell(*typed.split(), cwd=tmp_path)
    english = set[str]().union(*(words(string) for pair in translatable() for string in pair))
    assert {"usage", "options", "show", "try", "error", "such", "did"} <= english
    assert words(done.stdout + done.stderr) & english == set()


@pytest.mark.parametrize("typed", TYPED)
def test_every_string_that_an_answer_looks_up_is_translated(tmp_path: Path, typed: str):
    record = tmp_path / "record.json"
    shell(str(record), *typed.split(), cwd=tmp_path, start=("-c", RECORDER))
    found = json.loads(record.read_text(encoding="utf-8"))
    assert found
    assert [asked for asked, answer in found if answer == asked] == []


def test_the_commands_work_without_main_as_tests_call_them():
    result = CliRunner().invoke(cli, ["run", "--help"])
    assert result.exit_code == 0
    assert "--date YYYY-MM-DD" in result.output


def test_the_compiled_catalogue_is_what_the_script_makes_of_the_written_one():
    text = CATALOGUE.read_text(encoding="utf-8")
    assert CATALOGUE.with_suffix(".mo").read_bytes() == MAKE["compiled"](text)


def test_gettext_reads_from_the_compiled_catalogue_what_is_written():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    written = MAKE["catalogue"](CATALOGUE.read_text(encoding="utf-8"))
    assert len(written) > 60
    for key, translation in written.items():
        one, _, many = key.partition("\0")
        if many:
            assert {read.ngettext(one, many, count) for count in (0, 1, 2)} == {translation}
        else:
            assert read.gettext(one) == translation


def test_every_string_that_click_can_translate_is_in_the_catalogue_and_no_other():
    written = set(MAKE["catalogue"](CATALOGUE.read_text(encoding="utf-8")))
    # click looks "required" up through a variable; "" is the catalogue's own header.
    assert written == {"\0".join(strings) for strings in translatable()} | {"required", ""}


def test_a_translation_has_the_placeholders_of_its_original():
    for key, translation in MAKE["catalogue"](CATALOGUE.read_text(encoding="utf-8")).items():
        one, _, many = key.partition("\0")
        if many:
            assert placeholders(translation) <= placeholders(one) | placeholders(many), one
        else:
            assert placeholders(translation) == placeholders(one), one


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('msgid "Usage:"\nmsgstr ""\n', "not translated"),
        ('msgid "Usage:"\n', "not translated"),
        ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', "comes twice"),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', "line 3: a second msgstr"),
        ('msgctxt "menu"\nmsgid "a"\nmsgstr "b"\n', "line 1: cannot read msgctxt"),
        ('"a"\n', "line 1: cannot read"),
    ],
)
def test_the_script_stops_at_a_catalogue_that_it_cannot_read_whole(text: str, complaint: str):
    with pytest.raises(ValueError, match=complaint):
        MAKE["compiled"](text)
