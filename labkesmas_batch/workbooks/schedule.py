"""``jadwal.xlsx`` as a whole, and the sheet Jadwal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from labkesmas_batch.explanation import days as day_sentences
from labkesmas_batch.forms import schema
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.schedule import Visit
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.model.week import Week
from labkesmas_batch.workbooks.audit import write_audit, write_rules
from labkesmas_batch.workbooks.calendar import write_calendar
from labkesmas_batch.workbooks.calendar_layout import lay_out
from labkesmas_batch.workbooks.changes import write_changes
from labkesmas_batch.workbooks.findings import write_problems
from labkesmas_batch.workbooks.links import SheetLinks
from labkesmas_batch.workbooks.load import write_loads
from labkesmas_batch.workbooks.precedence import Neighbours, write_precedence
from labkesmas_batch.workbooks.silent_zone import write_pairs, write_silent_zone
from labkesmas_batch.workbooks.standard_times import write_standard_times
from labkesmas_batch.workbooks.summary import write_summary
from labkesmas_batch.workbooks.without_day import (
    class_look,
    received,
    write_returned,
    write_set_aside,
    write_unplaced,
)
from labkesmas_batch.xlsx.book import LISTS, Look, WorkbookWriter
from labkesmas_batch.xlsx.palette import DARK
from labkesmas_batch.xlsx.table import Field, column, print_in_two, write_table


def write_schedule(
    path: Path,
    week: Week,
    run: str,
    annotated: Mapping[str, str],
    reasons: Mapping[str, str] | None = None,
) -> None:
    """Write the schedule workbook.

    Parameters
    ----------
    path
        The file to write.
    week
        What the run decided.
    run
        Run id, as in ``2026-11-22-r1``.
    annotated
        Name of an intake to the name of its annotated copy, for links.
    reasons
        :func:`labkesmas_batch.explanation.days.reasons` of the visits, where they are known.
    """
    if reasons is None:
        reasons = day_sentences.reasons(week.visits, week.reference.policy)
    book = WorkbookWriter(
        path, f"Jadwal {run}", datetime.combine(week.run_date, time()), week.issuer
    )
    neighbours = Neighbours(week.plan.ranked)
    layout = lay_out(week)
    places = SheetLinks(week, layout.places)
    write_summary(book, week, run, places)
    count = _write_visits(book, week, neighbours, places, reasons)
    write_calendar(book, week, run, layout, places)
    write_precedence(book, week, neighbours, places)
    write_silent_zone(book, week, places)
    write_returned(book, week, places)
    write_unplaced(book, week, places)
    write_set_aside(book, week, places)
    write_problems(book, week, annotated, places)
    write_changes(book, week, places)
    write_loads(book, week)
    write_standard_times(book, week)
    write_rules(book, week.reference.policy)
    write_audit(book, week, run)
    teams = [team.name for team in week.reference.teams] if count else []
    if teams or week.plan.zone:
        _write_lists(book, week, teams)
    for sheet in book.workbook.worksheets():
        book.protect(sheet)
    book.close()


def _status_look(visit: Visit) -> Look:
    return Look.ATTENTION if visit.status is Outcome.MOVED else Look.PLAIN


def _fields(
    week: Week, neighbours: Neighbours, places: SheetLinks, reasons: Mapping[str, str]
) -> tuple[Field, ...]:
    """Return the columns of Jadwal; the last four are for management to fill in."""
    policy = week.reference.policy

    def why(visit: Visit) -> str:
        said = reasons[visit.request.number]
        return f"{said} {neighbours.sentence(visit.ranked, policy)}" if visit.ranked.rank else said

    asked = Look.PLAIN if week.plan.approved else Look.INPUT
    team_look = Look.PLAIN if week.plan.approved else Look.TYPED

    def word(part: str) -> Callable[[Visit], object]:
        return lambda visit: getattr(visit.order, part) if visit.order else ""

    return (
        Field(Header.RANK, 9, lambda v: v.ranked.rank or None, centred=True),
        Field(
            Header.NUMBER,
            13,
            lambda v: v.request.number,
            lambda _: Look.BOLD,
            link=lambda v: places.precedence(v.ranked.rank, v.request.number),
        ),
        Field(Header.CUSTOMER, 24, lambda v: v.request.customer),
        Field(Header.CUSTOMER_CLASS, 10.5, lambda v: v.request.customer_class.value, class_look,
              True),
        Field(Header.RECEIVED, 18, lambda v: received(v.request)),
        Field(Header.EFFECTIVE, 12, lambda v: v.ranked.effective),
        Field(Header.PROPOSED, 12, lambda v: v.request.proposed),
        Field(
            Header.FIRST_DAY,
            12,
            lambda v: v.first,
            lambda _: Look.BOLD,
            link=lambda v: places.calendar(v.request.number),
        ),
        Field(Header.LAST_DAY, 12, lambda v: v.last),
        Field(Header.TEAM, 9, lambda v: v.team, lambda _: Look.BOLD, True),
        Field(Header.REGION, 16, lambda v: v.request.region),
        Field(Header.SITE, 23, lambda v: v.request.site),
        Field(Header.SAMPLE_TYPE, 16, lambda v: v.request.sample_type),
        Field(Header.SAMPLES, 9, lambda v: v.request.samples, centred=True),
        Field(Header.STATUS, 10.5, lambda v: v.status.value, _status_look, True),
        Field(
            Header.CLAUSE,
            11,
            lambda v: v.ranked.clause or "",
            centred=True,
            link=lambda v: places.silent_zone(v.request.number),
        ),
        Field(Header.REASON, 15, lambda v: v.obstacle.reason.value if v.obstacle else ""),
        Field(Header.EXPLANATION, 92, why),
        Field(Header.DECISION, 11, word("verdict"), lambda _: asked, True),
        Field(Header.NEW_DATE, 12, word("day"), lambda _: asked),
        Field(Header.NEW_TEAM, 10, word("team"), lambda _: team_look, True),
        Field(Header.REMARK, 26, word("note"), lambda _: asked),
    )  # fmt: skip


def _write_visits(
    book: WorkbookWriter,
    week: Week,
    neighbours: Neighbours,
    places: SheetLinks,
    reasons: Mapping[str, str],
) -> int:
    """Write the sheet Jadwal and return how many visits it has."""
    fields = _fields(week, neighbours, places, reasons)
    title = f"Jadwal Pengambilan Contoh Uji ({'disahkan' if week.plan.approved else 'usulan'})"
    sheet = book.sheet(SheetName.SCHEDULE, title, tab=DARK, wide=True)
    count = write_table(
        book,
        sheet,
        fields,
        week.visits,
        frozen=3,
        when_empty="Tidak ada permintaan yang mendapat hari.",
    )
    # Two pages side by side: what is planned, then why and the decision, under the same names.
    if count:
        print_in_two(sheet, 15, 2)
    else:
        sheet.fit_to_pages(1, 0)
    if count and not week.plan.approved:
        _decision_inputs(sheet, fields, count, bool(week.reference.teams))
    return count


def _decision_inputs(
    sheet: Worksheet, fields: Sequence[Field], count: int, has_teams: bool
) -> None:
    """Let management choose from lists, and warn of what is no date."""
    decision, day, team = (
        column(fields, header) for header in (Header.DECISION, Header.NEW_DATE, Header.NEW_TEAM)
    )
    sheet.data_validation(
        1,
        decision,
        count,
        decision,
        {
            "validate": "list",
            "source": list(schema.VERDICTS),
            "input_title": Header.DECISION,
            "input_message": "Setuju, Ubah, Tunda atau Batal.",
            "error_title": Header.DECISION,
            "error_message": "Pilih Setuju, Ubah, Tunda atau Batal.",
        },
    )
    sheet.data_validation(
        1,
        day,
        count,
        day,
        {
            "validate": "date",
            "criteria": ">=",
            "value": datetime(2000, 1, 1),
            "input_title": Header.NEW_DATE,
            "input_message": "Diisi bila keputusannya Ubah.",
            "error_title": Header.NEW_DATE,
            "error_message": "Isi dengan tanggal, mis. 10/06/2026.",
        },
    )
    if has_teams:
        sheet.data_validation(
            1,
            team,
            count,
            team,
            {
                "validate": "list",
                "source": "=daftar_tim",
                "error_title": Header.NEW_TEAM,
                "error_message": "Pilih nama tim dari daftar.",
            },
        )


def _write_lists(book: WorkbookWriter, week: Week, teams: list[str]) -> None:
    """Write what the dropdowns offer on a hidden sheet; a list in the rule is short."""
    lists = book.workbook.add_worksheet(LISTS)
    lists.write_string(0, 0, Header.TEAM)
    for row, team in enumerate(teams, start=1):
        lists.write_string(row, 0, team)
    if teams:
        book.workbook.define_name("daftar_tim", f"={LISTS}!$A$2:$A${len(teams) + 1}")
    write_pairs(lists, week)
    lists.hide()
