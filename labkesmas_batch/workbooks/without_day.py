"""The sheets of requests that have no day: Dikembalikan, Antrean, Ditunda dan Batal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

from labkesmas_batch.explanation import no_day
from labkesmas_batch.explanation import order as sentences
from labkesmas_batch.explanation.week import SET_ASIDE
from labkesmas_batch.model.decisions import Verdict
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Reason, Returned, Unplaced, Visit
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.model.week import Week
from labkesmas_batch.workbooks.links import SheetLinks
from labkesmas_batch.xlsx.book import CLASS_LOOK, Look, WorkbookWriter
from labkesmas_batch.xlsx.palette import TAB_ACTION
from labkesmas_batch.xlsx.table import Field, write_table


def class_look(row: Visit | Returned | Unplaced) -> Look:
    """Return the look of a cell with the class of customers."""
    return CLASS_LOOK[row.request.customer_class]


def received(request: Request) -> object:
    """Return the request's date, with its time of day where it has one."""
    return request.received if request.received.time() != time() else request.received_on


def _request_fields(link: Callable[[Any], str]) -> tuple[Field, ...]:
    """Return the columns that name a request on Dikembalikan and Antrean."""
    return (
        Field(Header.NUMBER, 14, lambda r: r.request.number, lambda _: Look.BOLD, link=link),
        Field(Header.CUSTOMER, 28, lambda r: r.request.customer),
        Field(
            Header.CUSTOMER_CLASS, 11, lambda r: r.request.customer_class.value, class_look, True
        ),
        Field(Header.RECEIVED, 18, lambda r: received(r.request)),
        Field(Header.PROPOSED, 13, lambda r: r.request.proposed),
        Field(Header.DEADLINE, 13, lambda r: r.request.deadline),
        Field(Header.REGION, 16, lambda r: r.request.region),
        Field(Header.SAMPLE_TYPE, 18, lambda r: r.request.sample_type),
        Field(Header.SAMPLES, 9, lambda r: r.request.samples, centred=True),
    )


def write_returned(book: WorkbookWriter, week: Week, places: SheetLinks) -> None:
    """Write the sheet Dikembalikan."""
    policy = week.reference.policy
    fields = (
        *_request_fields(lambda r: places.change(r.request.number)),
        Field(Header.DAYS_SHORT, 8, lambda r: r.days_short, lambda _: Look.ATTENTION, True),
        Field(Header.NEAREST, 13, lambda r: r.ask_from),
        Field(Header.REASON, 17, lambda _: Reason.SHORT_LEAD.value),
        Field(Header.EXPLANATION, 56, lambda r: sentences.returned(r, policy)),
    )
    sheet = book.sheet(SheetName.RETURNED, "Permintaan yang Dikembalikan", tab=TAB_ACTION)
    write_table(
        book,
        sheet,
        fields,
        week.plan.returned,
        frozen=1,
        when_empty="Tidak ada permintaan yang dikembalikan.",
    )
    sheet.fit_to_pages(1, 0)


def write_set_aside(book: WorkbookWriter, week: Week, places: SheetLinks) -> None:
    """Write whom management postponed or cancelled; without any there is no such sheet."""
    if not week.plan.set_aside:
        return
    fields = (
        Field(Header.NUMBER, 14, lambda r: r[0].number, lambda _: Look.BOLD,
              link=lambda r: places.change(r[0].number)),
        Field(Header.CUSTOMER, 28, lambda r: r[0].customer),
        Field(Header.CUSTOMER_CLASS, 11, lambda r: r[0].customer_class.value,
              lambda r: CLASS_LOOK[r[0].customer_class], True),
        Field(Header.RECEIVED, 18, lambda r: received(r[0])),
        Field(Header.PROPOSED, 13, lambda r: r[0].proposed),
        Field(Header.REGION, 16, lambda r: r[0].region),
        Field(Header.SAMPLE_TYPE, 18, lambda r: r[0].sample_type),
        Field(Header.DECISION, 11, lambda r: r[1].verdict.value, lambda _: Look.ATTENTION, True),
        Field(Header.REMARK, 40, lambda r: r[1].note),
    )  # fmt: skip
    title = "Permintaan yang Ditunda atau Dibatalkan"
    sheet = book.sheet(SET_ASIDE, title, tab=TAB_ACTION)
    write_table(book, sheet, fields, week.plan.set_aside, frozen=1)
    sheet.fit_to_pages(1, 0)


def write_unplaced(book: WorkbookWriter, week: Week, places: SheetLinks) -> None:
    """Write the sheet Antrean, with space for management's word."""
    policy = week.reference.policy
    rank = Field(Header.RANK, 10, lambda u: u.ranked.rank, centred=True)
    asked = Look.PLAIN if week.plan.approved else Look.INPUT
    number, *request = _request_fields(lambda u: places.precedence(u.ranked.rank, u.request.number))
    fields = (
        number,
        rank,
        *request,
        Field(Header.REASON, 17, lambda u: u.obstacle.reason.value),
        Field(Header.NEAREST, 13, lambda u: u.nearest),
        Field(Header.EXPLANATION, 56, lambda u: no_day.unplaced(u, policy)),
        Field(Header.DECISION, 11, lambda _: "", lambda _: asked, True),
        Field(Header.REMARK, 22, lambda _: "", lambda _: asked),
    )
    sheet = book.sheet(SheetName.WAITING, "Permintaan yang Belum Mendapat Hari", tab=TAB_ACTION)
    write_table(
        book,
        sheet,
        fields,
        week.plan.allocation.unplaced,
        frozen=1,
        when_empty="Tidak ada permintaan dalam antrean.",
    )
    if week.plan.allocation.unplaced and not week.plan.approved:
        last, at = len(week.plan.allocation.unplaced), len(fields) - 2
        sheet.data_validation(
            1,
            at,
            last,
            at,
            {
                "validate": "list",
                "source": [Verdict.CANCELLED.value],
                "input_title": Header.DECISION,
                "input_message": "Batal bila ditarik; kosong berarti tetap menunggu.",
                "error_title": Header.DECISION,
                "error_message": "Pilih Batal, atau kosongkan.",
            },
        )
    sheet.fit_to_pages(1, 0)
