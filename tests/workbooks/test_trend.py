"""Week beside week: what the register tells Ringkasan, and how well plans were kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from labkesmas_batch.model.history import Trend
from labkesmas_batch.model.requests import CustomerClass
from labkesmas_batch.model.week import RowCounts, Waiting, Week
from labkesmas_batch.register.register import Register
from labkesmas_batch.workbooks.punctuality import punctuality, requests_of, waiting
from labkesmas_batch.workbooks.trend import against_earlier
from tests.support.builders import RUN_DATE, row
from tests.support.dump import Answer, call
from tests.support.models import week_of
from tests.support.outputs import ACUAN, EXAMPLE, RUN
from tests.support.signing import fill_schedule
from tests.support.weekly import decided, scheduled

pytestmark = pytest.mark.slow

INTERNAL, EXTERNAL = CustomerClass.INTERNAL.value, CustomerClass.EXTERNAL.value


def earlier(rows: int, day: int = 1, **waited: float) -> Trend:
    counts = dict.fromkeys(
        ("terjadwal", "digeser", "terkunci", "dikembalikan", "antrean", "ditahan"), 0
    )
    return Trend(
        f"2026-06-{day:02}-r1",
        date(2026, 6, day),
        {"baris": rows, "baru": rows, **counts, "terjadwal": rows},
        waited,
    )


def now(rows: int, *trend: Trend, **waited: float) -> Week:
    week = week_of()
    summary = replace(
        week.summary,
        outcomes={**week.summary.outcomes, "Terjadwal": (rows, 0, 0)},
        rows=RowCounts(new=rows),
        waiting=tuple(Waiting(name, rows, median, 90) for name, median in waited.items()),
    )
    return replace(week, summary=summary, trend=trend)


def test_the_first_week_has_nothing_to_be_compared_with() -> None:
    said = "Belum ada jadwal yang disahkan sebelum ini, jadi belum ada pembandingnya."
    assert against_earlier(now(0)) == against_earlier(now(5_000, Internal=3.0)) == said


@pytest.mark.parametrize(
    ("rows", "before", "said"),
    [
        (0, [1], "0 permintaan baru, di bawah jadwal sebelumnya (1)."),
        (1, [1], "1 permintaan baru, sama dengan jadwal sebelumnya (1)."),
        (5_000, [1], "5.000 permintaan baru, di atas jadwal sebelumnya (1)."),
        (2, [1, 2], "2 permintaan baru, di atas rata-rata 2 jadwal sebelumnya (1,5)."),
    ],
)
def test_the_weeks_are_compared_in_a_sentence(rows: int, before: list[int], said: str) -> None:
    assert against_earlier(now(rows, *(earlier(each) for each in before))) == said


def test_a_class_is_compared_where_both_weeks_have_it() -> None:
    week = now(3, earlier(3, Internal=30.0), earlier(3, Eksternal=12.0), Internal=28.5)
    assert against_earlier(week) == (
        "3 permintaan baru, sama dengan rata-rata 2 jadwal sebelumnya (3); median tunggu "
        "Internal 28,5 hari, di bawah sebelumnya (30)."
    )


def _trend_lines(sheet: Worksheet) -> list[tuple[object, ...]]:
    (head,) = [c for line in sheet.iter_rows() for c in line if c.value == "Tunggu Internal"]
    lines = sheet.iter_rows(
        min_row=head.row + 1, min_col=head.column - 4, max_col=head.column + 1, values_only=True
    )
    return [line for line in lines if isinstance(line[0], datetime)]


def test_ringkasan_shows_the_last_eight_approved_schedules(tmp_path: Path) -> None:
    for week in range(10):
        day = RUN_DATE + timedelta(days=7 * week)
        first = day + timedelta(days=2)
        rows = [
            row(
                f"P-{week}-{n}",
                tanggal_permintaan=day - timedelta(days=22),
                jenis_customer=INTERNAL if n == 2 else EXTERNAL,
                tanggal_usulan=first,
            )
            for n in range(min(week, 3))
        ]
        schedule, _ = scheduled(tmp_path, rows, day)
        if week != 4:  # a draft that nobody signed
            assert not [f for f in decided(schedule, on=day) if f.is_error]
    lines = _trend_lines(load_workbook(schedule)["Ringkasan"])
    days = [line[0].date() for line in lines]
    weeks = [0, 1, 2, 3, 5, 6, 7, 8, 9]
    assert days == [RUN_DATE + timedelta(days=7 * week) for week in weeks]
    assert lines[0] == (datetime(2026, 6, 1), 0, 0, 0, "–", "–")
    assert lines[1][1:4] == (1, 1, 0)
    assert lines[1][4] == "–"  # no internal request
    assert lines[1][5] >= 24


def test_the_median_is_that_of_the_weeks_own_ringkasan(tmp_path: Path) -> None:
    """What the register works out agrees with what the week itself said."""
    output = tmp_path / "output"

    def run(day: date) -> Answer:
        return call(
            "run", EXAMPLE, "--reference", ACUAN, "--date", day, "--output", output, "--json"
        )

    schedule = run(RUN).folder / "jadwal.xlsx"
    assert call("finalize", fill_schedule(schedule, on=RUN)).code in (0, 1)
    final = _trend_lines(load_workbook(schedule.parent / "jadwal-final.xlsx")["Ringkasan"])
    after = run(RUN + timedelta(days=7)).folder / "jadwal.xlsx"
    assert _trend_lines(load_workbook(after)["Ringkasan"])[0] == final[-1]
    (trend,) = Register(output / "register.db").history().trend
    assert {*trend.waiting.values()} == {*final[-1][4:]}


NAMES = ("number", "result", "planned", "actual", "samples", "note", "reported_on")


def stored(number: str, of: str, received: str, first: str | None) -> tuple[object, ...]:
    data = {"number": number, "customer_class": of, "received": f"{received}T08:00:00"}
    return number, first, json.dumps(data)


def report(number: str, result: str, planned: str, actual: str | None = None) -> tuple[object, ...]:
    return number, result, planned, actual, 1, "", "2026-07-01"


REQUESTS = requests_of(
    ("number", "first", "data"),
    [
        stored("P-1", INTERNAL, "2026-05-01", "2026-06-02"),
        stored("P-2", EXTERNAL, "2026-05-02", "2026-06-02"),
        stored("P-3", EXTERNAL, "2026-05-03", "2026-06-30"),
        stored("P-4", EXTERNAL, "2026-05-04", "2026-07-01"),
        stored("P-5", EXTERNAL, "2026-05-05", None),
    ],
)


def test_punctuality_counts_planned_visits_by_month_and_class() -> None:
    found = punctuality(
        NAMES,
        [
            report("P-1", "Ditunda", "2026-06-02"),
            report("p-1", "Selesai", "2026-06-02", "2026-06-02"),  # took its place
            report("P-2", "Selesai", "2026-06-02", "2026-06-05"),
            report("P-3", "Selesai", "2026-06-30", "2026-06-30"),
            report("P-4", "Batal", "2026-07-01"),
        ],
        REQUESTS,
    )
    lines = {(str(line["month"]), line["class"]): line for line in found.to_dict("records")}
    june = lines["2026-06", EXTERNAL]
    assert (june["reported"], june["done"], june["on_time"], june["share"]) == (2, 2, 1, 0.5)
    assert june["late"] == 1.5
    assert lines["2026-06", INTERNAL]["postponed"] == 0
    assert lines["2026-06", INTERNAL]["share"] == 1
    july = lines["2026-07", EXTERNAL]
    assert (july["done"], july["cancelled"]) == (0, 1)
    assert july["share"] != july["share"]  # nothing done, so no share of it


def test_waiting_is_counted_by_the_month_of_the_visit() -> None:
    found = waiting(REQUESTS)
    lines = [
        (str(m), c, visits, median, longest)
        for m, c, visits, median, longest in found.itertuples(index=False)
    ]
    assert sorted(lines) == [
        ("2026-06", EXTERNAL, 2, 44.5, 58),
        ("2026-06", INTERNAL, 1, 32.0, 32),
        ("2026-07", EXTERNAL, 1, 58.0, 58),
    ]


def test_an_empty_register_has_both_sheets_and_says_that_they_are_empty(tmp_path: Path) -> None:
    scheduled(tmp_path, [row("P-1")])
    told = call("register", "--output", tmp_path / "output", "--date", RUN_DATE)
    assert told.code == 0, told.err
    (path,) = (tmp_path / "output").glob("register-*.xlsx")
    book = load_workbook(path)
    for name in ("Ketepatan", "Tren"):
        said = [cell.value for line in book[name].iter_rows() for cell in line]
        assert "Belum ada isinya." in said
    assert book["Ketepatan"]["A2"].value == "Belum ada kunjungan selesai yang dilaporkan."
