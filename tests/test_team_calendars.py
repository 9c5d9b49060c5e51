"""The teams' calendars: whole days, stable ids, later words about the same event, safe names."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from labkesmas_batch.commands import finalize as finalize_command
from labkesmas_batch.model.schedule import Visit
from labkesmas_batch.team_calendars import file_names, write_calendars
from tests.support.builders import RUN_DATE, region, request, row, team
from tests.support.models import plan, reference, visit_of
from tests.support.signing import fill_schedule
from tests.support.weekly import decided, scheduled

NEXT_WEEK = RUN_DATE + timedelta(days=7)


def events(path: Path) -> list[Event]:
    return list(Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def only(path: Path) -> Event:
    (event,) = events(path)
    return event


def visit(number: str = "P-1", **fields: object) -> Visit:
    return visit_of(plan([request(number, **fields)]), number)


def feed(folder: Path, *visits: Visit, before: tuple[Visit, ...] = (), version: int = 1) -> Path:
    """The file of the one team that visits or visited."""
    (path,) = write_calendars(folder, RUN_DATE, version, visits, before)
    return path


def test_a_visit_is_an_event_of_one_whole_day(tmp_path: Path):
    planned = visit()
    event = only(feed(tmp_path / "k", planned))
    assert event["DTSTART"].dt == planned.first
    assert event["DTEND"].dt == planned.first + timedelta(days=1)
    assert type(event["DTSTART"].dt) is type(event["DTEND"].dt) is date
    assert event["DTSTART"].params["VALUE"] == "DATE"


def test_a_journey_ends_on_the_day_after_its_last(tmp_path: Path):
    given = reference(regions=[region("Natuna", travel_days=2)])
    planned = visit_of(plan([request("P-1", region="Natuna")], given), "P-1")
    event = only(feed(tmp_path / "k", planned))
    assert (planned.last - planned.first).days == 2
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=3)


def test_an_event_says_who_where_what_and_how_many(tmp_path: Path):
    planned = visit(
        customer="Depot; Baru, dan Jaya",
        site="Jl. A, no. 3",
        samples=12,
        parameters=("E. coli", "pH"),
        phone="0812-0000-0000",
        contact="Ibu Contoh",
    )
    path = feed(tmp_path / "k", planned)
    event, asked = only(path), planned.request
    assert event["SUMMARY"] == f"Depot; Baru, dan Jaya: {asked.sample_type} (12)"
    assert event["LOCATION"] == f"Jl. A, no. 3, {asked.region}"
    said = str(event["DESCRIPTION"])
    for part in ("P-1", "Depot; Baru, dan Jaya", asked.sample_type, "12", "E. coli; pH"):
        assert part in said
    # A calendar is copied to servers of strangers.
    assert "0812" not in said
    assert "Ibu Contoh" not in said


def test_the_calendar_names_its_team_and_its_time_zone(tmp_path: Path):
    calendar = Calendar.from_ical(feed(tmp_path / "k", visit()).read_bytes())
    assert visit().team in calendar["X-WR-CALNAME"]
    assert calendar["X-WR-TIMEZONE"] == "Asia/Jakarta"
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")


def test_lines_end_and_fold_as_the_standard_wants(tmp_path: Path):
    data = feed(tmp_path / "k", visit(customer="Puskesmas “Ujung” " * 12)).read_bytes()
    assert data.replace(b"\r\n", b"").count(b"\n") == 0
    assert max(map(len, data.split(b"\r\n"))) <= 75


def test_the_same_schedule_gives_the_same_bytes(tmp_path: Path):
    one, two = (feed(tmp_path / name, visit()) for name in "ab")
    assert one.read_bytes() == two.read_bytes()
    assert only(one)["DTSTAMP"].dt == datetime.combine(RUN_DATE, datetime.min.time(), UTC)


def test_without_a_visit_there_is_no_folder(tmp_path: Path):
    assert write_calendars(tmp_path / "k", RUN_DATE, 1, (), ()) == ()
    assert not (tmp_path / "k").exists()


def test_a_visit_that_another_team_takes_over_is_called_off_for_the_first(tmp_path: Path):
    given = reference(teams=[team("Tim 1"), team("Tim 2")])
    was = visit_of(plan([request("P-1")], given), "P-1")
    (spare,) = {"Tim 1", "Tim 2"} - {was.team}
    now = Visit(was.ranked, was.first, was.last, spare, was.status, None)
    write_calendars(tmp_path / "k", RUN_DATE, 2, [now], [was])
    off, on = (only(tmp_path / "k" / f"{name}.ics") for name in (was.team, spare))
    assert (off["STATUS"], on["STATUS"]) == ("CANCELLED", "CONFIRMED")
    assert off["UID"] != on["UID"], "in one calendar with both files neither hides the other"


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A folder with a finalized week of two visits of Tim 1 on the next day."""
    schedule, _ = scheduled(tmp_path, [row("P-1"), row("P-2")])
    decided(schedule)
    return tmp_path


def again(folder: Path, word: dict[str, object]) -> tuple[Event, Event]:
    """P-1's event in the locked week and, after a word on it, in the next; P-2 stays."""
    (before,) = [p for p in folder.glob("output/*/kalender/*.ics") if b"P-1" in p.read_bytes()]
    schedule, _ = scheduled(folder, [], date(2026, 6, 1))
    assert decided(schedule, jadwal={"P-1": word}) is not None
    after = schedule.parent / "kalender" / before.name
    first, second = (
        [event for event in events(path) if "P-1\n" in event["DESCRIPTION"]]
        for path in (before, after)
    )
    return first[0], second[0]


def test_finalize_writes_the_calendars_and_says_where(locked: Path):
    (run,) = (locked / "output").glob("*-r1")
    (path,) = (run / "kalender").iterdir()
    assert {str(event["DESCRIPTION"]).split("\n")[0] for event in events(path)} == {
        "No. Permintaan: P-1",
        "No. Permintaan: P-2",
    }
    said = finalize_command.finalize(run / "jadwal.xlsx", None, None)
    assert said.calendars == run / "kalender"


def test_another_day_is_the_same_event_with_a_later_word(locked: Path):
    first, second = again(locked, {"Keputusan": "Ubah", "Tanggal Baru": datetime(2026, 6, 9)})
    assert first["UID"] == second["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert (second["STATUS"], second["DTSTART"].dt) == ("CONFIRMED", date(2026, 6, 9))


@pytest.mark.parametrize("word", ["Batal", "Tunda"])
def test_a_locked_visit_that_is_called_off_later_is_cancelled_in_the_calendar(
    locked: Path, word: str
):
    first, second = again(locked, {"Keputusan": word, "Catatan": "banjir"})
    assert first["UID"] == second["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert second["STATUS"] == "CANCELLED"
    assert second["DTSTART"].dt == first["DTSTART"].dt


def test_the_same_decisions_on_the_same_register_give_the_same_calendars(tmp_path: Path):
    (tmp_path / "a").mkdir()
    schedule, _ = scheduled(tmp_path / "a", [row("P-1")])
    fill_schedule(schedule)
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    done = [
        finalize_command.finalize(
            tmp_path / name / schedule.relative_to(tmp_path / "a"), None, None
        )
        for name in "ab"
    ]
    one, two = (sorted(each.calendars.iterdir()) for each in done)
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Tim 1", "Tim 1.ics"),
        ("Air/Udara: A?", "Air-Udara- A-.ics"),
        ("../../rahasia", "-..-rahasia.ics"),
        ("Tim 1. ", "Tim 1.ics"),
        ("CON", "CON-.ics"),
        ("nul.x", "nul.x-.ics"),
        ("...", "tim.ics"),
    ],
)
def test_a_teams_name_becomes_a_name_that_every_system_takes(name: str, file: str):
    assert file_names([name]) == {name: file}


@given(st.lists(st.text(max_size=300), unique=True, max_size=6))
def test_names_of_files_are_safe_and_no_two_alike(teams: list[str]):
    names = list(file_names(teams).values())
    assert len({name.casefold() for name in names}) == len(teams)
    for name in names:
        assert len(name.encode()) <= 255
        assert not set(name) & set('<>:"/\\|?*\x00\n')
        assert name.rstrip(" .") == name
