"""One sheet of a blank form: headers with comments, formats, checks of its cells, and its rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.forms import schema
from labkesmas_batch.forms.schema import Column, Sheet, Type
from labkesmas_batch.model.policy import SETTINGS
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.xlsx.book import WorkbookWriter
from labkesmas_batch.xlsx.palette import DATE, MOMENT
from labkesmas_batch.xlsx.table import head_height, head_width
from labkesmas_batch.xlsx.text_size import LINE_HEIGHT, PADDING, line_count

_LAST_ROW = 1_048_575
_FIRST_DAY, _LAST_DAY = datetime(2000, 1, 1), datetime(2100, 12, 31, 23, 59, 59)
Rows = Sequence[Sequence[object]]


def write_sheet(
    book: WorkbookWriter,
    workbook: schema.Workbook,
    sheet: Sheet,
    rows: Rows,
    *,
    example: bool = False,
) -> Worksheet:
    """Write one input sheet: headers with comments, formats, checks, and its rows."""
    form = book.sheet(sheet.name, sheet.name, purpose=sheet.purpose)
    form.hide_gridlines(0)
    widths = [max(column.width, head_width(column.header)) for column in sheet.columns]
    form.set_row(0, head_height(sheet.headers, widths))
    form.set_selection(1, 0, 1, 0)
    form.freeze_panes(1, 1)
    form.repeat_rows(0)
    for at, column in enumerate(sheet.columns):
        form.set_column(at, at, widths[at], book.format(**_cell_format(column)))
        header = book.header(align="center") if column.required else _optional_header(book)
        form.write_string(0, at, column.header, header)
        form.write_comment(0, at, _explain(column), {"x_scale": 1.9, "y_scale": 1.1})
        _check_cells(form, workbook, column, at)
        if column.type is Type.MOMENT:
            _show_time(book, form, at)
    _write_rows(book, form, sheet, rows, example=example)
    if sheet.name == SheetName.POLICY:
        _check_settings(form, rows)
    if not example and rows:
        form.autofilter(0, 0, len(rows), len(sheet.columns) - 1)
    if sheet is schema.REQUESTS:
        # Two pages side by side under the same numbers: who and where, then what and when.
        form.set_print_scale(66)
        form.set_v_pagebreaks([sheet.headers.index(Header.REGION)])
        form.repeat_columns(0)
        form.print_across()
    else:
        form.fit_to_pages(1, 0)
    return form


def _show_time(book: WorkbookWriter, form: Worksheet, at: int) -> None:
    """Show the time of day only where a cell has one."""
    letter = xl_col_to_name(at)
    form.conditional_format(
        1,
        at,
        _LAST_ROW,
        at,
        {
            "type": "formula",
            "criteria": f"=IF(ISNUMBER({letter}2),MOD({letter}2,1)>0)",
            "format": book.workbook.add_format({"num_format": MOMENT}),
        },
    )


def _write_rows(
    book: WorkbookWriter, form: Worksheet, sheet: Sheet, rows: Rows, *, example: bool
) -> None:
    grey: dict[str, object] = {"italic": True, "font_color": "#7F7F7F"} if example else {}
    for number, row in enumerate(rows, start=1):
        tallest = 1
        for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _write_value(form, number, at, value, book.format(**_cell_format(column), **grey))
            if isinstance(value, str):
                tallest = max(tallest, line_count(value, column.width))
        if tallest > 1:
            form.set_row(number, tallest * LINE_HEIGHT + PADDING)


def _optional_header(book: WorkbookWriter) -> Format:
    return book.muted_header(align="center")


def _cell_format(column: Column) -> dict[str, object]:
    numbers = {
        Type.DATE: DATE, Type.MOMENT: DATE, Type.WHOLE: "0", Type.DECIMAL: "#,##0.##",
        Type.SETTING: "General",
    }  # fmt: skip
    centred = column.type in (Type.DATE, Type.MOMENT, Type.WHOLE, Type.DECIMAL, Type.SETTING)
    looks: dict[str, object] = {"num_format": numbers.get(column.type, "@"), "text_wrap": True}
    if column.header == Header.TARIFF:
        looks["num_format"] = "#,##0"
    return looks | ({"align": "center"} if centred else {})


def _explain(column: Column) -> str:
    need = "Wajib diisi." if column.required else "Boleh kosong."
    return f"{column.meaning}\n{need} Isi: {column.type}."


def _check_cells(form: Worksheet, workbook: schema.Workbook, column: Column, at: int) -> None:
    """Let the spreadsheet program refuse what the reader would refuse."""
    rule: dict[str, object] = {
        "ignore_blank": True,
        "input_title": column.header[:32],
        "input_message": _explain(column)[:255],
        "error_title": column.header[:32],
    }
    if column.type in (Type.DATE, Type.MOMENT):
        rule |= {
            "validate": "date",
            "criteria": "between",
            "minimum": _FIRST_DAY,
            "maximum": _LAST_DAY,
            "error_message": "Isi dengan tanggal, misalnya 10/06/2026.",
        }
    elif column.type is Type.WHOLE:
        rule |= {
            "validate": "integer",
            "criteria": ">=",
            "value": column.least,
            "error_message": f"Isi dengan bilangan bulat mulai {column.least}.",
        }
    elif column.type is Type.DECIMAL:
        rule |= {
            "validate": "decimal",
            "criteria": ">=",
            "value": column.least,
            "error_message": f"Isi dengan angka, {column.least} atau lebih.",
        }
    elif source := _list_source(workbook, column):
        rule |= {
            "validate": "list",
            "source": source,
            "error_message": "Pilih salah satu dari daftar.",
        }
    elif column.type is Type.SETTING:
        return  # each key has a check of its own
    else:
        rule |= {"validate": "any"}
    form.data_validation(1, at, _LAST_ROW, at, rule)


def _check_settings(form: Worksheet, rows: Rows) -> None:
    """Offer a setting's choices, and hold numbers to whole ones."""
    by_key = {setting.key: setting for setting in SETTINGS}
    for row, (key, *_) in enumerate(rows, start=1):
        setting = by_key[str(key)]
        rule: dict[str, object] = {"validate": "any"}
        if setting.choices:
            rule = {"validate": "list", "source": list(setting.choices),
                    "error_message": f"Pilih {' atau '.join(setting.choices)}."}  # fmt: skip
        elif isinstance(setting.default, int):
            rule = {"validate": "integer", "criteria": ">=", "value": 0,
                    "error_message": "Isi dengan bilangan bulat mulai 0."}  # fmt: skip
        titles = {"input_title": setting.key, "error_title": setting.key}
        message = {"input_message": setting.meaning[:255]}
        form.data_validation(row, 1, row, 1, rule | titles | message)


def _list_source(workbook: schema.Workbook, column: Column) -> str:
    if column.choices:
        return f"={list_name(column.header)}"
    if column.source and workbook is not schema.REFERENCE:
        return f"={list_name(column.header)}"
    if column.source:
        return f"={list_name(column.source)}"
    return ""


def _write_value(form: Worksheet, row: int, at: int, value: object, look: Format) -> None:
    if value is None:
        form.write_blank(row, at, None, look)
    elif isinstance(value, str):
        form.write_string(row, at, value, look)
    elif isinstance(value, date):
        form.write_datetime(row, at, value, look)
    elif isinstance(value, (int, float)):
        form.write_number(row, at, value, look)
    else:
        raise TypeError(repr(value))


def list_name(header: str) -> str:
    """Return the defined name of the list that a column offers."""
    return "daftar_" + header.casefold().replace(" ", "_")
