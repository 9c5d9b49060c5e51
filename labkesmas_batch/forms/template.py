"""The schema in, blank workbooks out: ``permintaan.xlsx`` and ``acuan.xlsx``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from xlsxwriter.utility import xl_col_to_name

from labkesmas_batch.forms import schema
from labkesmas_batch.forms.example_reference import REFERENCE, holiday_rows
from labkesmas_batch.forms.guide import INTAKE_STEPS, REFERENCE_STEPS, SUPPOSED_STEPS, write_guide
from labkesmas_batch.forms.schema import Column, Sheet, Type
from labkesmas_batch.forms.template_sheet import Rows, list_name, write_sheet
from labkesmas_batch.model.institution import US, Issuer
from labkesmas_batch.model.policy import SETTINGS
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.xlsx.book import WorkbookWriter


def reference_rows(years: Sequence[int]) -> dict[str, Rows]:
    """Return the example reference: made-up teams, tariffs and so on, holidays of the years."""
    settings = tuple((setting.key, setting.default, setting.meaning) for setting in SETTINGS)
    return {SheetName.POLICY: settings, **REFERENCE, SheetName.HOLIDAYS: holiday_rows(years)}


def write_reference(path: Path, rows: Mapping[str, Rows], created: date) -> None:
    """Write ``acuan.xlsx`` with the given rows for each sheet."""
    book = WorkbookWriter(path, "Acuan layanan laboratorium", _midnight(created))
    lists = _reference_lists()
    write_guide(book, schema.REFERENCE, REFERENCE_STEPS)
    sheets = [
        write_sheet(book, schema.REFERENCE, sheet, rows.get(sheet.name, ()))
        for sheet in schema.REFERENCE.sheets
    ]
    _write_lists(book, schema.REFERENCE, lists)
    for source in {column.source for sheet in schema.REFERENCE.sheets for column in sheet.columns}:
        if source:
            book.workbook.define_name(list_name(source), f"='{source}'!$A$2:$A$500")
    sheets[0].activate()
    book.close()


def write_intake(
    path: Path,
    names: Mapping[str, Sequence[str]],
    rows: Rows | None,
    created: date,
    issuer: Issuer = US,
) -> None:
    """Write ``permintaan.xlsx``.

    Parameters
    ----------
    names
        For each reference sheet that the dropdowns need, the names in it; those of ``Tarif``
        as ``kind: parameter``.
    rows
        Filled rows for an example; None for the blank template, which has one example row.
    issuer
        Whose form it is.
    """
    book = WorkbookWriter(
        path, "Formulir permintaan pengambilan contoh uji", _midnight(created), issuer
    )
    offered = {column.header: "; ".join(names[column.source]) for column in _lookups()}
    parameters = {f"Parameter {kind}": said for kind, said in _parameters(names)}
    write_guide(book, schema.INTAKE, INTAKE_STEPS, offered | parameters)
    sheet = write_sheet(
        book,
        schema.INTAKE,
        schema.REQUESTS,
        (_example(names),) if rows is None else rows,
        example=rows is None,
    )
    lists = {list_name(column.header): tuple(names[column.source]) for column in _lookups()}
    lists |= {list_name(column.header): column.choices for column in _choices(schema.REQUESTS)}
    _write_lists(book, schema.INTAKE, lists)
    sheet.activate()
    book.close()


def write_supposed(
    path: Path, names: Mapping[str, Sequence[str]], created: date, issuer: Issuer = US
) -> None:
    """Write ``andaikan.xlsx``, the blank form for ``run --what-if``; names as for the intake."""
    book = WorkbookWriter(path, "Perubahan yang diandaikan", _midnight(created), issuer)
    kinds = (f"{kind}. {needs}" for kind, needs in schema.CHANGE_KINDS.items())
    write_guide(book, schema.WHAT_IF, (*SUPPOSED_STEPS, *kinds))
    sheet = write_sheet(book, schema.WHAT_IF, schema.CHANGES, ())
    lists = {list_name(column.header): tuple(names[column.source]) for column in _lookups()}
    lists |= {list_name(column.header): column.choices for column in _choices(schema.CHANGES)}
    _write_lists(book, schema.WHAT_IF, lists)
    sheet.activate()
    book.close()


def intake_names(rows: Mapping[str, Rows]) -> dict[str, tuple[str, ...]]:
    """Return the names that the intake offers, from reference rows."""
    offered = {
        column.source: tuple(str(row[0]) for row in rows[column.source]) for column in _lookups()
    }
    return offered | {
        SheetName.TARIFFS: tuple(f"{kind}: {name}" for kind, name, *_ in rows[SheetName.TARIFFS])
    }


def _parameters(names: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield each kind with its parameters, as a cell of the form takes them."""
    kinds: dict[str, list[str]] = {}
    for each in names.get(SheetName.TARIFFS, ()):
        kind, _, parameter = each.partition(": ")
        kinds.setdefault(kind, []).append(parameter)
    for kind, parameters in kinds.items():
        yield kind, "; ".join(parameters)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _lookups() -> list[Column]:
    return [column for column in schema.REQUESTS.columns if column.source]


def _choices(sheet: Sheet) -> list[Column]:
    return [column for column in sheet.columns if column.choices]


def _reference_lists() -> dict[str, tuple[str, ...]]:
    return {
        list_name(column.header): column.choices
        for sheet in schema.REFERENCE.sheets
        for column in _choices(sheet)
    }


def _example(names: Mapping[str, Sequence[str]]) -> tuple[object, ...]:
    return tuple(
        names[column.source][0] if column.source and names[column.source] else _typed(column)
        for column in schema.REQUESTS.columns
    )


def _typed(column: Column) -> object:
    if isinstance(column.example, str) and column.type in (Type.DATE, Type.MOMENT):
        return datetime.fromisoformat(column.example)
    return column.example


def _write_lists(
    book: WorkbookWriter, workbook: schema.Workbook, lists: Mapping[str, Sequence[str]]
) -> None:
    """Write the hidden sheet of dropdown lists, with template id and version in its first row."""
    sheet = book.workbook.add_worksheet(schema.LIST_SHEET)
    sheet.write_string(0, 0, workbook.id)
    sheet.write_number(0, 1, workbook.version)
    for at, (name, items) in enumerate(lists.items()):
        sheet.write_string(1, at, name)
        for row, item in enumerate(items, start=2):
            sheet.write_string(row, at, item)
        letter = xl_col_to_name(at)
        last = max(3, len(items) + 2)
        book.workbook.define_name(name, f"={schema.LIST_SHEET}!${letter}$3:${letter}${last}")
    sheet.hide()
    book.workbook.set_custom_property("template", f"{workbook.id}/{workbook.version}")
