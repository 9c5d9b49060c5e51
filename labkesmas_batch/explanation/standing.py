"""Which schedule an answer speaks of, and what has become of a request since."""

from __future__ import annotations

from labkesmas_batch.explanation.record_reader import Recorded
from labkesmas_batch.model.history import Known, Standing
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.text.indonesian import day_date, short_date
from labkesmas_batch.text.names import number_key


def source(record: Recorded) -> str:
    """Say from which schedule an answer comes, and whether anybody approved it."""
    if record.approved is None:
        return f"Menurut rancangan jadwal {record.run}, belum disahkan."
    by, on = record.approved.by, short_date(record.approved.on)
    return f"Menurut jadwal yang disahkan {on} oleh {by} ({record.run})."


def in_order(record: Recorded, number: str) -> bool:
    """Tell whether a run gave a request of that number a rank."""
    wanted = number_key(number)
    return any(number_key(each.request.number) == wanted for each in record.ranked)


def since(known: Known, record: Recorded) -> str:
    """Say what the register knows of a request beyond the schedule explained, or nothing."""
    number, standing = known.request.number, known.standing
    key = number_key(number)
    unranked = (each for each in record.returned if number_key(each.request.number) == key)
    outcome = next((each.outcome for each in unranked), "")
    if standing is Standing.DONE and known.actual is not None:
        return f"{number} Selesai: kunjungannya dilaksanakan {day_date(known.actual)}."
    if standing is Standing.CANCELLED and outcome != Outcome.CANCELLED:
        return f"{number} Batal: kunjungannya tidak dilaksanakan."
    if standing is Standing.POSTPONED and outcome != Outcome.POSTPONED:
        if known.run == record.run:
            return f"{number} Ditunda: kunjungannya direncanakan lagi pada jadwal berikutnya."
        return f"{number} Ditunda pada jadwal {known.run}; hari barunya baru usulan."
    if standing is Standing.LOCKED and known.first is not None and record.approved is None:
        day = f"{day_date(known.first)}, {known.team}"
        return f"{number} sudah disahkan pada jadwal {known.run}: {day}."
    return ""
