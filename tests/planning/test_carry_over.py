"""What the register knows beside this week's rows: carried, recognised, and asked about."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from labkesmas_batch.forms import schema
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.intake.validate import Validated
from labkesmas_batch.model.history import REGISTER_NAME, History, Known, Standing
from labkesmas_batch.model.requests import Request
from labkesmas_batch.planning.carry_over import Recognised, carried_table, recognise
from labkesmas_batch.planning.reminders import reminders
from tests.support.builders import RUN_DATE, request, row, table
from tests.support.models import june


def known(
    standing: Standing = Standing.WAITING,
    *,
    number: str = "P-1",
    received: date = date(2026, 5, 4),
    first: date | None = None,
    last: date | None = None,
) -> Known:
    return Known(
        request(number, received), standing, "jadwal-2026-05-25-r1", first, last or first, "Tim 1"
    )


def recognised(before: Known, *rows: Request) -> Recognised:
    validated = Validated(rows, (), (), 0, 0)
    tables = {one.file: table([row(one.number)]) for one in rows}
    return recognise(validated, History((before,)), tables)


def test_a_carried_row_holds_dates_without_a_time() -> None:
    carried = carried_table(History((known(),)), [])
    assert carried is not None
    cell = carried.rows[0].cells[schema.REQUESTS.headers.index("Tanggal Permintaan")]
    assert cell == date(2026, 5, 4)
    assert not isinstance(cell, datetime)
    assert carried.file == REGISTER_NAME


def test_the_registered_tanggal_permintaan_counts_and_the_new_one_is_asked_about() -> None:
    before = known(received=date(2026, 4, 1))
    now = recognised(before, request("P-1", date(2026, 5, 4)))
    assert [each.received_on for each in now.requests] == [date(2026, 4, 1)]
    assert [each.kind.code for each in now.findings] == ["R03"]


def form(*numbers: str) -> RawTable:
    return table([row(number) for number in numbers])


@pytest.mark.parametrize(
    ("standing", "first", "last", "asked"),
    [
        (Standing.WAITING, None, None, True),
        (Standing.LOCKED, june(8), june(8), True),
        (Standing.LOCKED, date(2026, 5, 31), RUN_DATE, True),
        (Standing.LOCKED, date(2026, 5, 30), date(2026, 5, 31), False),
        (Standing.CANCELLED, june(8), june(8), False),
        (Standing.DONE, june(8), june(8), False),
    ],
)
def test_asked_about_is_what_waits_or_is_still_to_be_visited(
    standing: Standing, first: date | None, last: date | None, asked: bool
) -> None:
    """A trip under way on the run date is; what is cancelled is not, though its day is to come."""
    gone = known(standing, first=first, last=last)
    stays = known(number="P-2")
    found = reminders([form("P-2")], History((gone, stays)), RUN_DATE)
    assert ("R06" in [each.kind.code for each in found]) is asked
