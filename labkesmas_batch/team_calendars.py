"""The calendar of each team as an iCalendar file (RFC 5545), for the telephones of its members."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from icalendar import Calendar, Event

from labkesmas_batch.model.schedule import Visit
from labkesmas_batch.text.names import fold, number_key

_PRODUCER = "-//labkesmas-batch//Kalender tim//ID"
_ZONE = "Asia/Jakarta"
# What Windows takes in no file name, and the names that it keeps for devices.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LONGEST_NAME = 200  # bytes; file systems end at 255


def write_calendars(
    folder: Path, run_date: date, version: int, visits: Sequence[Visit], before: Iterable[Visit]
) -> tuple[Path, ...]:
    """Write one ``<team>.ics`` for every team that has visits, or no longer has one.

    Parameters
    ----------
    folder
        Made where there is anything to write.
    version
        Grows with every schedule; by it a calendar knows which word about an event is the newest.
    visits
        Every visit that stands.
    before
        Visits as they were locked earlier; one that its team no longer has is called off.
    """
    standing = {_event_id(visit) for visit in visits}
    teams: dict[str, list[tuple[Visit, bool]]] = {}
    for visit in visits:
        teams.setdefault(visit.team, []).append((visit, True))
    for visit in before:
        if _event_id(visit) not in standing:
            teams.setdefault(visit.team, []).append((visit, False))
    if teams:
        folder.mkdir()
    names = file_names(teams)
    for team, events in teams.items():
        events.sort(key=lambda event: (event[0].first, number_key(event[0].request.number)))
        (folder / names[team]).write_bytes(_calendar(team, run_date, version, events))
    return tuple(folder / names[team] for team in teams)


def file_names(teams: Iterable[str]) -> dict[str, str]:
    """Return a file name for each team: one that every system takes, and no two alike."""
    names: dict[str, str] = {}
    for team in teams:
        short = team.encode()[:_LONGEST_NAME].decode(errors="ignore")
        plain = _FORBIDDEN.sub("-", short).strip(" .") or "tim"
        stem = f"{plain}-" if _DEVICES.fullmatch(plain) else plain
        free, number = stem, 1
        while f"{free}.ics".casefold() in {name.casefold() for name in names.values()}:
            number += 1
            free = f"{stem}-{number}"
        names[team] = f"{free}.ics"
    return names


def _event_id(visit: Visit) -> str:
    """Return an id for a request's visit by a team.

    Another day is the same event; another team has a calendar of its own and so another event,
    lest the one that is called off and the one that stands share an id.
    """
    whose = f"{number_key(visit.request.number)}\0{fold(visit.team)}"
    return f"{hashlib.sha256(whose.encode()).hexdigest()[:32]}@labkesmas-batch"


def _calendar(
    team: str, run_date: date, version: int, events: Iterable[tuple[Visit, bool]]
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Pengambilan contoh uji, {team}")
    calendar.add("x-wr-timezone", _ZONE)
    for visit, stands in events:
        calendar.add_component(_event(visit, run_date, version, stands=stands))
    data: bytes = calendar.to_ical()  # the library leaves the type open
    return data


def _event(visit: Visit, run_date: date, version: int, *, stands: bool) -> Event:
    """Return a visit as an event of whole days: the SOP and the schedule know no hours."""
    request = visit.request
    event = Event()
    event.add("uid", _event_id(visit))
    event.add("dtstamp", datetime.combine(run_date, time(), UTC))
    event.add("sequence", version)
    event.add("dtstart", visit.first)
    event.add("dtend", visit.last + timedelta(days=1))  # the day after, says the standard
    called_off = "" if stands else "BATAL: "
    what = f"{request.sample_type} ({request.samples})"
    event.add("summary", f"{called_off}{request.customer}: {what}")
    event.add("location", f"{request.site}, {request.region}")
    event.add("description", "\n".join(_lines(visit, stands=stands)))
    event.add("categories", [request.customer_class.value])
    event.add("status", "CONFIRMED" if stands else "CANCELLED")
    return event


def _lines(visit: Visit, *, stands: bool) -> Iterable[str]:
    """Yield what the event says; who answers the telephone is left to the paper of the field."""
    request = visit.request
    if not stands:
        yield "Kunjungan ini dibatalkan, ditunda, atau diserahkan kepada tim lain."
    yield f"No. Permintaan: {request.number}"
    yield f"Customer {request.customer_class.value}: {request.customer}"
    yield f"Jenis Contoh Uji: {request.sample_type}"
    yield f"Jumlah Contoh Uji: {request.samples}"
    if request.parameters:
        yield f"Parameter: {'; '.join(request.parameters)}"
