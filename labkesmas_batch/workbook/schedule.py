"""``jadwal.xlsx`` as a whole, and the sheets Jadwal, Dikembalikan and Antrean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from pathlib import Path

from labkesmas_batch import placing, sentences
from labkesmas_batch.model import Reason, Request, Returned, Status, Unplaced, Visit, Week
from labkesmas_batch.policy import Policy
from labkesmas_batch.workbook.audit import write_audit, write_rules
from labkesmas_batch.workbook.calendar import write_calendar
from labkesmas_batch.workbook.change_list import write_changes
from labkesmas_batch.workbook.load import write_loads
from labkesmas_batch.workbook.precedence import Neighbours, write_precedence
from labkesmas_batch.workbook.problems import write_problems
from labkesmas_batch.workbook.silence import write_pairs, write_silence
from labkesmas_batch.workbook.standard_times import write_standard_times
from labkesmas_batch.workbook.styles import CLASS_LOOK, DARK, LISTS, Book, Look
from labkesmas_batch.workbook.summary import write_summary
from labkesmas_batch.workbook.table import Field, write_table

DECISIONS = ("Setuju", "Ubah", "Tunda", "Batal")


def write_schedule(path: Path, week: Week, run: str, annotated: Mapping[str, str]) -> None:
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
    """
    book = Book(path, f"Jadwal {run}", datetime.combine(week.run_date, time()))
    neighbours = Neighbours(week.ranked)
    write_summary(book, week, run)
    count = _write_visits(book, week, neighbours)
    write_calendar(book, week)
    write_precedence(book, week, neighbours)
    write_silence(book, week)
    _write_returned(book, week)
    _write_unplaced(book, week)
    write_problems(book, week, annotated)
    write_changes(book, week)
    write_loads(book, week)
    write_standard_times(book, week)
    write_rules(book, week.reference.policy)
    write_audit(book, week, run)
    teams = [team.name for team in week.reference.teams] if count else []
    if count and not week.approved:
        _decision_inputs(book, count, teams)
    if teams or week.zone:
        _write_lists(book, week, teams)
    for sheet in book.workbook.worksheets():
        book.protect(sheet)
    book.close()


def _class_look(row: Visit | Returned | Unplaced) -> Look:
    return CLASS_LOOK[row.request.customer_class]


def received(request: Request) -> object:
    """Return the request's date, with its time of day where it has one."""
    return request.received if request.received.time() != time() else request.received_on


def _status_look(visit: Visit) -> Look:
    return Look.ATTENTION if visit.status is Status.MOVED else Look.PLAIN


def _write_visits(book: Book, week: Week, neighbours: Neighbours) -> int:
    """Write the sheet Jadwal and return how many visits it has."""
    policy = week.reference.policy

    def why(visit: Visit) -> str:
        said = placing.visit(visit, policy)
        return f"{said} {neighbours.sentence(visit.ranked, policy)}" if visit.ranked.rank else said

    asked = Look.PLAIN if week.approved else Look.INPUT

    def word(part: str) -> Callable[[Visit], object]:
        return lambda visit: getattr(visit.order, part) if visit.order else ""

    fields = (
        Field("Peringkat", 9, lambda v: v.ranked.rank or None, centred=True),
        Field("No. Permintaan", 11, lambda v: v.request.number),
        Field("Nama Customer", 24, lambda v: v.request.customer),
        Field("Jenis Customer", 10.5, lambda v: v.request.customer_class.value, _class_look, True),
        Field("Tanggal Permintaan", 18, lambda v: received(v.request)),
        Field("Tanggal Efektif", 12, lambda v: v.ranked.effective),
        Field("Tanggal Usulan", 12, lambda v: v.request.proposed),
        Field("Tanggal Mulai", 12, lambda v: v.first, lambda _: Look.BOLD),
        Field("Tanggal Selesai", 12, lambda v: v.last),
        Field("Tim", 9, lambda v: v.team, lambda _: Look.BOLD, True),
        Field("Wilayah", 16, lambda v: v.request.region),
        Field("Lokasi Sampling", 23, lambda v: v.request.site),
        Field("Jenis Contoh Uji", 16, lambda v: v.request.sample_type),
        Field("Jumlah Contoh Uji", 9, lambda v: v.request.samples, centred=True),
        Field("Status", 10.5, lambda v: v.status.value, _status_look, True),
        Field("Klausul", 11, lambda v: v.ranked.clause or "", centred=True),
        Field("Sebab", 15, lambda v: v.obstacle.reason.value if v.obstacle else ""),
        Field("Alasan", 92, why),
        Field("Keputusan", 11, word("verdict"), lambda _: asked, True),
        Field("Tanggal Baru", 12, word("day"), lambda _: asked),
        Field("Tim Baru", 10, word("team"), lambda _: asked, True),
        Field("Catatan", 26, word("note"), lambda _: asked),
    )
    title = "Jadwal Pengambilan Contoh Uji"
    sheet = book.sheet("Jadwal", f"{title} (disahkan)" if week.approved else title, tab=DARK)
    count = write_table(
        book, sheet, fields, week.visits, frozen=3,
        when_empty="Tidak ada permintaan yang mendapat hari.",
    )  # fmt: skip
    # Two pages side by side: what is planned, then why and the decision, under the same names.
    sheet.set_print_scale(63)
    sheet.set_v_pagebreaks([15])
    sheet.repeat_columns(0, 1)
    sheet.print_across()
    return count


def _decision_inputs(book: Book, count: int, teams: list[str]) -> None:
    sheet = book.workbook.get_worksheet_by_name("Jadwal")
    assert sheet is not None
    sheet.data_validation(
        1, 18, count, 18,
        {"validate": "list", "source": list(DECISIONS), "input_title": "Keputusan",
         "input_message": "Setuju, Ubah, Tunda atau Batal.", "error_title": "Keputusan",
         "error_message": "Pilih Setuju, Ubah, Tunda atau Batal."},
    )  # fmt: skip
    sheet.data_validation(
        1, 19, count, 19,
        {"validate": "date", "criteria": ">=", "value": datetime(2000, 1, 1),
         "input_title": "Tanggal Baru", "input_message": "Diisi bila keputusannya Ubah.",
         "error_title": "Tanggal Baru", "error_message": "Isi dengan tanggal, mis. 10/06/2026."},
    )  # fmt: skip
    if teams:
        sheet.data_validation(
            1, 20, count, 20,
            {"validate": "list", "source": "=daftar_tim", "error_title": "Tim Baru",
             "error_message": "Pilih nama tim dari daftar."},
        )  # fmt: skip


def _write_lists(book: Book, week: Week, teams: list[str]) -> None:
    """Write what the dropdowns offer on a hidden sheet; a list in the rule is short."""
    lists = book.workbook.add_worksheet(LISTS)
    lists.write_string(0, 0, "Tim")
    for row, team in enumerate(teams, start=1):
        lists.write_string(row, 0, team)
    if teams:
        book.workbook.define_name("daftar_tim", f"={LISTS}!$A$2:$A${len(teams) + 1}")
    write_pairs(lists, week)
    lists.hide()


def _request_fields() -> tuple[Field, ...]:
    """Return the columns that name a request on Dikembalikan and Antrean."""
    return (
        Field("No. Permintaan", 14, lambda r: r.request.number, lambda _: Look.BOLD),
        Field("Nama Customer", 28, lambda r: r.request.customer),
        Field("Jenis Customer", 11, lambda r: r.request.customer_class.value, _class_look, True),
        Field("Tanggal Permintaan", 18, lambda r: received(r.request)),
        Field("Tanggal Usulan", 13, lambda r: r.request.proposed),
        Field("Batas Akhir", 13, lambda r: r.request.deadline),
        Field("Wilayah", 16, lambda r: r.request.region),
        Field("Jenis Contoh Uji", 18, lambda r: r.request.sample_type),
        Field("Jumlah Contoh Uji", 9, lambda r: r.request.samples, centred=True),
    )


def _write_returned(book: Book, week: Week) -> None:
    policy: Policy = week.reference.policy
    fields = (
        *_request_fields(),
        Field("Hari Kurang", 8, lambda r: r.days_short, lambda _: Look.ATTENTION, True),
        Field("Tanggal Terdekat", 13, lambda r: r.nearest),
        Field("Sebab", 17, lambda _: Reason.SHORT_LEAD.value),
        Field("Alasan", 56, lambda r: sentences.returned(r, policy)),
    )
    sheet = book.sheet("Dikembalikan", "Permintaan yang Dikembalikan", tab="#C0504D")
    write_table(
        book, sheet, fields, week.returned, frozen=1,
        when_empty="Tidak ada permintaan yang dikembalikan.",
    )  # fmt: skip
    sheet.fit_to_pages(1, 0)


def _write_unplaced(book: Book, week: Week) -> None:
    policy: Policy = week.reference.policy
    rank = Field("Peringkat", 10, lambda u: u.ranked.rank, centred=True)
    asked = Look.PLAIN if week.approved else Look.INPUT
    fields = (
        *_request_fields()[:1],
        rank,
        *_request_fields()[1:],
        Field("Sebab", 17, lambda u: u.obstacle.reason.value),
        Field("Tanggal Terdekat", 13, lambda u: u.nearest),
        Field("Alasan", 56, lambda u: placing.unplaced(u, policy)),
        Field("Keputusan", 11, lambda _: "", lambda _: asked, True),
        Field("Catatan", 22, lambda _: "", lambda _: asked),
    )
    sheet = book.sheet("Antrean", "Permintaan yang Belum Mendapat Hari", tab="#C0504D")
    write_table(
        book, sheet, fields, week.allocation.unplaced, frozen=1,
        when_empty="Tidak ada permintaan dalam antrean.",
    )  # fmt: skip
    if week.allocation.unplaced and not week.approved:
        last, at = len(week.allocation.unplaced), len(fields) - 2
        sheet.data_validation(
            1, at, last, at,
            {"validate": "list", "source": ["Batal"], "input_title": "Keputusan",
             "input_message": "Batal bila ditarik; kosong berarti tetap menunggu.",
             "error_title": "Keputusan", "error_message": "Pilih Batal, atau kosongkan."},
        )  # fmt: skip
    sheet.fit_to_pages(1, 0)
