"""Indonesian sentences about a simulation; terminal and workbook say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labkesmas_batch.simulation.types import RequestHistory, ScenarioFigures, Simulation
from labkesmas_batch.text.indonesian import listing, number

_COMMA = str.maketrans(",.", ".,")
# Requests of one week lie at most so many days apart.
_WITHIN_A_WEEK = 6


def source(simulation: Simulation) -> str:
    """Say what the weeks are drawn from."""
    count = len(simulation.history.requests)
    said = f"{number(count)} permintaan sebagai riwayat" if count else "acuan"
    if simulation.rate:
        rate = f"{simulation.rate:,.6f}".rstrip("0").rstrip(".").translate(_COMMA)
        said = f"rata-rata {rate} permintaan sepekan, pola dari {said}"
    return f"{said}."


def left_out(history: RequestHistory) -> str:
    """Say how many rows of the history do not count and why, '' where all do."""
    said = []
    if history.on_hold:
        headers = dict.fromkeys(fault.header for fault in history.faults if fault.header)
        where = f" (kolom {listing(headers)})" if headers else ""
        said.append(f"{number(history.on_hold)} ditahan karena datanya salah{where}")
    if history.doubled:
        said.append(f"{number(history.doubled)} sama persis dengan baris di berkas lain")
    if not said:
        return ""
    return f"Dari {number(history.rows)} baris riwayat, yang tidak dihitung: {listing(said)}."


def overload(figures: Iterable[ScenarioFigures]) -> Iterator[str]:
    """Say of each scenario whose queue grows all the time that its waiting times have no end."""
    for each in figures:
        if each.grows is not None:
            first, last = (number(round(mean)) for mean in each.grows)
            yield (
                f"Beban melebihi kemampuan pada “{each.name}”: yang menunggu terus bertambah, dari "
                f"rata-rata {first} permintaan pada seperempat pertama menjadi {last} pada "
                "seperempat terakhir. Waktu tunggunya tidak mempunyai batas: makin lama masa "
                "simulasi, makin besar angkanya."
            )


def reading_note(simulation: Simulation) -> str:
    """Say what to know before the readings are compared: which visits stay, and why no more."""
    said = (
        f"Pada halaman ini setiap pekan hanya kunjungan {simulation.next_days} hari berikutnya "
        "yang tetap; sisanya disusun lagi. Karena itu angkanya lain daripada halaman Tim, tempat "
        "setiap kunjungan tetap sejak mendapat hari."
    )
    zone = simulation.policy.internal_gap + 1
    if zone <= _WITHIN_A_WEEK:
        return said
    return (
        f"{said} Bila semua kunjungan tetap, urutan hanya berlaku di antara permintaan satu pekan, "
        f"yang tidak pernah berselisih {zone} hari atau lebih: kedua bacaan zona_antara lalu "
        "memberi jadwal yang sama."
    )
