"""Step 1 of the line: find the input workbooks and read them. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from labkesmas_batch.approval.decisions import ReturnedSchedule
from labkesmas_batch.errors import InputError
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.raw import Grid, RawTable
from labkesmas_batch.forms.tables import WorkbookReader
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.model.week import Source
from labkesmas_batch.planning.inputs import Inputs
from labkesmas_batch.text.names import fold, tidy


def gather(paths: Sequence[Path], reference: Path | None) -> Inputs:
    """Read the intake workbooks and the reference that belongs to them.

    Raises
    ------
    InputError
        A file cannot be used; the message names it.
    """
    files_found, passed_over = find_intakes(paths, reference)
    books = [
        WorkbookReader(path, name)
        for path, name in zip(files_found, display_names(files_found), strict=True)
    ]
    tables = [book.table_anywhere(schema.REQUESTS) for book in books]
    beside = files_found[0].parent / schema.REFERENCE.file
    chosen = reference or (beside if beside.is_file() else None)
    acuan = _reference_book(chosen)
    read = (*files_found, *([chosen] if chosen else []))
    return Inputs(
        intakes=tuple(book.source for book in books),
        tables=tuple(tables),
        remarks=tuple(_remarks(passed_over, read)),
        reference_source=acuan.source,
        packaged=chosen is None,
        reference_tables=reference_tables(acuan),
        reference_content=acuan.content,
    )


def gather_requests(paths: Sequence[Path]) -> list[RawTable]:
    """Read intake workbooks alone.

    Raises
    ------
    InputError
        A file cannot be used; the message names it.
    """
    found, _ = find_intakes(paths, None)
    names = display_names(found)
    books = (WorkbookReader(path, name) for path, name in zip(found, names, strict=True))
    return [book.table_anywhere(schema.REQUESTS) for book in books]


def gather_reference(reference: Path | None) -> tuple[Source, dict[str, RawTable | None]]:
    """Read the reference alone, the packaged one where none is named."""
    book = _reference_book(reference)
    return book.source, reference_tables(book)


@dataclass(frozen=True, slots=True)
class KeptBook:
    """A reference workbook with its bytes, which the register is to keep."""

    source: Source
    tables: dict[str, RawTable | None]
    content: bytes


def gather_kept(reference: Path) -> KeptBook:
    """Read a reference alone."""
    book = WorkbookReader(reference)
    return KeptBook(book.source, reference_tables(book), book.content)


def _reference_book(path: Path | None) -> WorkbookReader:
    if path is not None:
        return WorkbookReader(path)
    with as_file(files("labkesmas_batch") / "data" / schema.REFERENCE.file) as packaged:
        return WorkbookReader(packaged)


def _remarks(passed_over: Iterable[Path], read: Iterable[Path]) -> Iterator[str]:
    """Say which files were passed over, and which another program has open."""
    for path in passed_over:
        yield f"Dilewati: {path.name}, salinan bertanda; sebut namanya bila itu yang dipakai."
    for path in read:
        marks = (f"~${path.name}", f".~lock.{path.name}#")  # of Excel, of LibreOffice
        if any((path.parent / mark).exists() for mark in marks):
            yield (
                f"{path.name} sedang terbuka di program lain: yang dibaca adalah isi yang terakhir "
                "disimpan."
            )


def read_reference(path: Path) -> dict[str, RawTable | None]:
    """Read the reference workbook alone."""
    return reference_tables(WorkbookReader(path))


def read_supposed(path: Path) -> RawTable:
    """Read the sheet Andaikan of a workbook."""
    return WorkbookReader(path).table_anywhere(schema.CHANGES)


def reference_again(source: Source, content: bytes) -> dict[str, RawTable | None]:
    """Return the raw tables of a reference workbook as the register kept it."""
    return reference_tables(WorkbookReader(source.path, source.name, content))


def read_schedule(path: Path) -> ReturnedSchedule:
    """Read a schedule workbook that management has filled in.

    Raises
    ------
    InputError
        It is none, or it cannot be read.
    """
    book = WorkbookReader(path)
    grids = book.grids()
    run = next(
        (
            tidy(row[1])
            for row in grids.get(SheetName.AUDIT, ())
            if len(row) > 1 and fold(row[0]) == "nomor pengaturan jadwal"
        ),
        "",
    )
    jadwal = book.table(schema.REVIEWED)
    if not run or jadwal is None:
        raise InputError(
            f"{book.name}: bukan jadwal yang ditulis program (lembar Jadwal atau Jejak tidak ada). "
            "Sebut jadwal.xlsx dari folder hasil."
        )
    return ReturnedSchedule(
        book.name,
        book.source.sha256,
        run,
        jadwal,
        book.table(schema.QUEUED),
        book.table(schema.SILENT),
        grids,
    )


def grids_of(name: str, content: bytes) -> dict[str, Grid]:
    """Return the cells of every sheet of a workbook that the register kept."""
    return {**WorkbookReader(Path(name), name, content).grids()}


def read_field_forms(paths: Sequence[Path]) -> list[RawTable]:
    """Read the sheet Realisasi of workbooks, each called by a name of its own."""
    once = list({path.resolve(): path for path in paths}.values())
    named = zip(once, display_names(once), strict=True)
    return [WorkbookReader(path, name).table_anywhere(schema.FIELD_REPORT) for path, name in named]


def reference_tables(book: WorkbookReader) -> dict[str, RawTable | None]:
    """Return the raw tables of the reference workbook, None for an optional sheet it lacks."""
    tables = {sheet.name: book.table(sheet) for sheet in schema.REFERENCE.sheets}
    missing = [s.name for s in schema.REFERENCE.sheets if s.required and tables[s.name] is None]
    if missing:
        raise InputError(
            f"{book.name}: bukan buku kerja acuan, lembar {', '.join(missing)} tidak ada. "
            "Pakai acuan.xlsx dari perintah “labkesmas-batch template”."
        )
    return tables


def find_intakes(paths: Sequence[Path], reference: Path | None) -> tuple[list[Path], list[Path]]:
    """Return the intake files, and the annotated copies in folders, which are passed over.

    A folder stands for its .xlsx files, sorted by name, without lock files and the reference.
    """
    found: list[Path] = []
    copies: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        named = reference.resolve() if reference else None
        inside = [
            file
            for file in sorted(path.iterdir())
            if file.suffix.casefold() == ".xlsx"
            and not file.name.startswith(("~$", "."))
            and file.name != schema.REFERENCE.file
            and file.resolve() != named
        ]
        copies += [file for file in inside if schema.COPY_SUFFIX in file.stem]
        intakes = [file for file in inside if schema.COPY_SUFFIX not in file.stem]
        if not intakes:
            only = " selain salinan bertanda" if inside else ""
            raise InputError(f"Folder {path} tidak berisi berkas permintaan (.xlsx){only}.")
        found += intakes
    return list({file.resolve(): file for file in found}.values()), copies


def display_names(paths: Sequence[Path]) -> list[str]:
    """Return the files' names, with their folder where two files are called the same."""
    deepest = max(len(path.resolve().parts) for path in paths)
    for parts in range(1, deepest):
        names = ["/".join(path.resolve().parts[-parts:]) for path in paths]
        if len(set(names)) == len(names):
            return names
    return [str(path) for path in paths]
