"""The sheets Ketentuan (the rules in force) and Jejak (what this run was made from)."""

from __future__ import annotations

from collections.abc import Iterator

from labkesmas_batch import __version__
from labkesmas_batch.model.policy import SETTINGS, Policy, Rule, rule_source
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.model.week import Week
from labkesmas_batch.text import indonesian
from labkesmas_batch.xlsx.book import Look, WorkbookWriter
from labkesmas_batch.xlsx.table import Field, write_table

_FAILED = "TIDAK TERPENUHI"


def write_rules(book: WorkbookWriter, policy: Policy) -> None:
    """Write the sheet Ketentuan: every rule id with the value in force."""
    fields = (
        Field("Aturan", 14, lambda r: r[0], lambda _: Look.BOLD),
        Field("Dasar SOP", 24, lambda r: r[1]),
        Field(Header.KEY, 28, lambda r: r[2]),
        Field(Header.VALUE, 20, lambda r: r[3], lambda _: Look.BOLD, centred=True),
        Field("Arti", 76, lambda r: r[4]),
    )
    sheet = book.sheet(SheetName.POLICY, "Ketentuan yang Berlaku")
    write_table(book, sheet, fields, _rules(policy), frozen=1)
    sheet.fit_to_pages(1, 0)


def _rules(policy: Policy) -> Iterator[tuple[object, ...]]:
    for rule in Rule:
        source, gist = rule_source(rule, policy)
        settings = [setting for setting in SETTINGS if setting.rule is rule]
        if not settings:
            yield rule.value, source, "", "", gist
        for setting in settings:
            shown = _shown(policy, setting.field)
            yield rule.value, source, setting.key, shown, setting.said(policy)
        if rule is Rule.SILENT:
            yield (
                rule.value,
                source,
                "T",
                policy.threshold,
                "Internal didahulukan bila dan hanya bila datang paling lama T hari sesudah "
                "Eksternal. Tanggal Efektif = Tanggal Permintaan, untuk Internal dikurangi T hari.",
            )
    for setting in SETTINGS:
        if setting.rule is None:
            yield (
                "Batas tanggal" if setting.late else "Penjadwalan",
                "",
                setting.key,
                _shown(policy, setting.field),
                setting.said(policy),
            )


def _shown(policy: Policy, field: str) -> object:
    value = getattr(policy, field)
    return indonesian.day_names(value) if isinstance(value, frozenset) else value


def write_audit(book: WorkbookWriter, week: Week, run: str) -> None:
    """Write the sheet Jejak: run id, versions, SHA-256 of every input, counts."""
    fields = (
        Field(Header.SUBJECT, 30, lambda r: r[0], lambda _: Look.BOLD),
        Field(Header.VALUE, 70, lambda r: r[1],
              lambda r: Look.FAULT if r[1] == _FAILED else Look.PLAIN, centred=True),
        Field(Header.NOTE, 40, lambda r: r[2]),
    )  # fmt: skip
    sheet = book.sheet(SheetName.AUDIT, "Jejak Pengaturan Jadwal")
    write_table(book, sheet, fields, _trail(week, run), frozen=1)
    sheet.fit_to_pages(1, 0)


def _trail(week: Week, run: str) -> Iterator[tuple[object, ...]]:
    yield "Nomor pengaturan jadwal", run, ""
    yield "Tanggal pengaturan jadwal", week.run_date, indonesian.day_date(week.run_date)
    yield "Versi program", __version__, "labkesmas-batch"
    for source in week.facts.intakes:
        yield "Berkas permintaan", source.name, _template(source.template)
        yield "SHA-256", source.sha256, source.name
    kept = "acuan bawaan program (contoh)" if week.facts.packaged else ""
    template = _template(week.facts.reference_source.template)
    yield (
        "Berkas acuan",
        week.facts.reference_source.name,
        "; ".join(filter(None, (template, kept))),
    )
    yield "SHA-256", week.facts.reference_source.sha256, week.facts.reference_source.name
    for text, holds in week.tests:
        yield "Uji urutan", "terpenuhi" if holds else _FAILED, text
    for name, count in week.summary.counts.items():
        yield f"Jumlah {name}", count, ""
    if week.facts.examples:
        yield "Baris contoh yang dilewati", week.facts.examples, "baris contoh dari templat"
    if week.facts.remark_rows:
        yield "Baris catatan yang dilewati", week.facts.remark_rows, "disebut di lembar Kesalahan"


def _template(mark: str) -> str:
    return f"templat {mark}" if mark else "tanpa tanda templat; dibaca menurut judul kolom"
