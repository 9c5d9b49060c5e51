"""The sheets Ketepatan and Tren of the register: plans kept, and how long people wait.

pandas is imported here alone: groups by month and class are clearest in it, and nobody waits for
it but who asks for the register.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.model.history import FieldResult
from labkesmas_batch.model.requests import CustomerClass
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.text.indonesian import MONTHS, number
from labkesmas_batch.text.names import fold, number_key
from labkesmas_batch.xlsx.book import CLASS_LOOK, Look, WorkbookWriter
from labkesmas_batch.xlsx.palette import (
    DARK,
    EXTERNAL_BAR,
    FONT,
    GREY_TEXT,
    INTERNAL_BAR,
    LINE,
    ONE_PLACE,
    TAB_MAIN,
)

Rows = Sequence[tuple[object, ...]]
_BARS = {CustomerClass.INTERNAL: INTERNAL_BAR, CustomerClass.EXTERNAL: EXTERNAL_BAR}
# The row of the headers, and the last column that is printed.
_TOP, _PRINTED = 3, 8


def requests_of(names: Sequence[str], rows: Rows) -> pd.DataFrame:
    """Return the register's requests with the class and the date that are stored within them."""
    stored = [json.loads(str(row[names.index("data")])) for row in rows]
    frame = pd.DataFrame(
        {
            "key": [number_key(each["number"]) for each in stored],
            "class": [each["customer_class"] for each in stored],
            "received": [each["received"][:10] for each in stored],
            "first": [row[names.index("first")] for row in rows],
        }
    )
    for column in ("received", "first"):
        frame[column] = pd.to_datetime(frame[column])
    return frame


def punctuality(names: Sequence[str], rows: Rows, requests: pd.DataFrame) -> pd.DataFrame:
    """Return by month and class what became of planned visits.

    Parameters
    ----------
    names, rows
        The register's reports from field days.

    Returns
    -------
    DataFrame
        Columns month, class, reported, done, cancelled, postponed, on_time, share, late (mean of
        calendar days, of those done); in order of month and class.
    """
    reports = pd.DataFrame(
        [dict(zip(names, row, strict=True)) for row in rows], columns=list(names)
    )
    # A later report about a visit takes the place of an earlier one.
    reports["key"] = reports["number"].map(fold)
    reports = reports.drop_duplicates("key", keep="last")
    classes = dict(zip(requests["key"], requests["class"], strict=True))
    planned, actual = (pd.to_datetime(reports[name]) for name in ("planned", "actual"))
    done = reports["result"] == FieldResult.DONE
    days = (actual - planned).dt.days
    facts = pd.DataFrame(
        {
            "month": planned.dt.to_period("M"),
            "class": reports["key"].map(classes),
            "reported": 1,
            "done": done.astype(int),
            "cancelled": (reports["result"] == FieldResult.CANCELLED).astype(int),
            "postponed": (reports["result"] == FieldResult.POSTPONED).astype(int),
            "on_time": (done & (days == 0)).astype(int),
            "late": days.where(done),
        }
    )
    grouped = facts.groupby(["month", "class"], as_index=False)
    found = grouped[["reported", "done", "cancelled", "postponed", "on_time"]].sum()
    found["share"] = found["on_time"] / found["done"].where(found["done"] > 0)
    found["late"] = grouped["late"].mean()["late"]
    return found


def waiting(requests: pd.DataFrame) -> pd.DataFrame:
    """Return by month of the visit and class: visits, median and longest wait in calendar days."""
    placed = requests.dropna(subset=["first"])
    facts = pd.DataFrame(
        {
            "month": placed["first"].dt.to_period("M"),
            "class": placed["class"],
            "days": (placed["first"] - placed["received"]).dt.days,
        }
    )
    return facts.groupby(["month", "class"], as_index=False).agg(
        visits=("days", "size"), median=("days", "median"), longest=("days", "max")
    )


_PUNCTUAL = {
    "reported": "Dilaporkan", "done": FieldResult.DONE, "cancelled": FieldResult.CANCELLED,
    "postponed": FieldResult.POSTPONED,
    "on_time": "Tepat hari", "share": "Bagian tepat", "late": "Rata-rata terlambat (hari)",
}  # fmt: skip
_WAITING = {"visits": "Kunjungan", "median": "Median tunggu (hari)", "longest": "Terlama (hari)"}
_FORMATS = {"share": "0%", "late": ONE_PLACE, "median": ONE_PLACE}


def write_punctuality(
    book: WorkbookWriter, tables: Mapping[str, tuple[Sequence[str], Rows]]
) -> None:
    """Write both sheets from the register's tables, by their names."""
    requests = requests_of(*tables[SheetName.REQUESTS])
    kept = punctuality(*tables[SheetName.FIELD_REPORT], requests)
    done, on_time = (int(kept[name].sum()) for name in ("done", "on_time"))
    said = "Belum ada kunjungan selesai yang dilaporkan."
    if done:
        said = f"Tepat pada hari rencana: {number(on_time)} dari {number(done)} kunjungan selesai."
    title = "Ketepatan kunjungan menurut bulan rencana"
    _write(book, "Ketepatan", title, said, kept, _PUNCTUAL, ("share", "Bagian tepat", "0%"))
    waited = waiting(requests)
    said = "Hari kalender dari Tanggal Permintaan sampai Tanggal Mulai pada jadwal yang disahkan."
    title = "Waktu tunggu menurut bulan kunjungan"
    chart = "median", "Median hari", ONE_PLACE
    _write(book, "Tren", title, said, waited, _WAITING, chart)


def _write(
    book: WorkbookWriter,
    name: str,
    title: str,
    said: str,
    frame: pd.DataFrame,
    heads: Mapping[str, str],
    drawn: tuple[str, str, str],
) -> None:
    """Write a line for each month and class, and a chart of one of the figures."""
    sheet = book.sheet(name, f"Register: {title}", tab=TAB_MAIN)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, len(heads) + 1, 13)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, title, book.heading(16))
    sheet.write_string(1, 0, said, book.format(italic=True, font_color=GREY_TEXT))
    for column, text in enumerate(("Bulan", Header.CUSTOMER_CLASS, *heads.values())):
        sheet.write_string(_TOP, column, text, book.header(align="center"))
    sheet.set_row(_TOP, 42)
    frame = frame.sort_values(["month", "class"], ascending=[True, False])
    for row, line in enumerate(frame.to_dict("records"), start=_TOP + 1):
        of = str(line["class"])
        sheet.write_string(row, 0, _month(line["month"]), book.body(Look.BOLD))
        sheet.write_string(row, 1, of, book.body(CLASS_LOOK[of], align="center"))
        for column, key in enumerate(heads, start=2):
            look = book.body(Look.PLAIN, align="center", num_format=_FORMATS.get(key, "0"))
            if pd.isna(line[key]):
                sheet.write_string(row, column, "–", look)
            else:
                sheet.write_number(row, column, float(line[key]), look)
    if frame.empty:
        sheet.write_string(_TOP + 1, 0, "Belum ada isinya.", book.format(italic=True))
    else:
        _figures(book, sheet, frame, heads, drawn)
        sheet.print_area(0, 0, _TOP + len(frame) + 18, _PRINTED)
    sheet.freeze_panes(_TOP + 1, 0)
    sheet.fit_to_pages(1, 0)


def _figures(
    book: WorkbookWriter,
    sheet: Worksheet,
    frame: pd.DataFrame,
    heads: Mapping[str, str],
    drawn: tuple[str, str, str],
) -> None:
    """Write a figure with a line for each month and a column for each class, and draw it."""
    key, axis, shown = drawn
    left = _PRINTED + 3
    figures = frame.pivot_table(index="month", columns="class", values=key).reindex(
        columns=[each.value for each in CustomerClass]
    )
    sheet.set_column(left, left + 2, 13)
    for column, text in enumerate(("Data grafik", *figures.columns), start=left):
        sheet.write_string(_TOP, column, text, book.header(align="center"))
    for row, (month, values) in enumerate(figures.iterrows(), start=_TOP + 1):
        sheet.write_string(row, left, _month(month), book.body(Look.PLAIN))
        for column, value in enumerate(values, start=left + 1):
            if not pd.isna(value):
                look = book.body(Look.PLAIN, align="center", num_format=shown)
                sheet.write_number(row, column, float(value), look)
    chart = book.workbook.add_chart({"type": "column"})
    font = {"name": FONT, "size": 9}
    last = _TOP + len(figures)
    for column, of in enumerate(CustomerClass, start=left + 1):
        chart.add_series(
            {
                "name": of.value,
                "categories": [sheet.name, _TOP + 1, left, last, left],
                "values": [sheet.name, _TOP + 1, column, last, column],
                "gap": 80,
                "fill": {"color": _BARS[of]},
                "data_labels": {"value": True, "num_format": shown, "font": font},
            },
        )
    _dress(chart, f"{heads[key]} per bulan", axis, shown)
    sheet.insert_chart(_TOP + len(frame) + 2, 0, chart)


def _dress(chart: Chart, title: str, axis: str, shown: str) -> None:
    font = {"name": FONT, "size": 9}
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 11, "color": DARK}})
    chart.set_x_axis({"name": "Bulan", "name_font": font, "num_font": font})
    chart.set_y_axis(
        {
            "name": axis,
            "min": 0,
            "name_font": font,
            "num_font": font,
            "num_format": shown,
            "major_gridlines": {"visible": True, "line": {"color": LINE}},
        }
    )
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_size({"width": 690, "height": 285})


def _month(month: Any) -> str:
    """Return a month of pandas as in ``Desember 2026``."""
    return f"{MONTHS[month.month - 1]} {month.year}"
