"""``simulate``: many weeks under several suppositions.

It takes the weekly batch's own stages, and touches neither its schedule nor the register.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from labkesmas_batch.commands.inputs import gather, gather_reference
from labkesmas_batch.errors import InputError, RefusedError
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.intake.validate import validate
from labkesmas_batch.model.institution import Issuer
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.sheets import SheetName
from labkesmas_batch.planning.collect import checked_reference
from labkesmas_batch.publishing.publish import publish_files
from labkesmas_batch.reference.read import check_reference
from labkesmas_batch.simulation.arrivals import from_history, from_rate, joined
from labkesmas_batch.simulation.play import (
    BUSY,
    COOL_DOWN,
    NEXT_DAYS,
    READINGS,
    WARM_UP,
    assumptions,
    figures,
    play_scenarios,
    prepared,
)
from labkesmas_batch.simulation.types import (
    RequestHistory,
    SimulatedWeek,
    Simulation,
)
from labkesmas_batch.text.indonesian import listing

_ANY_AGE = 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a simulation is to play; ``rate`` in requests a week, 0 draws from the history."""

    weeks: int
    seed: int
    rate: float
    internal_share: float


def simulate(
    paths: Sequence[Path],
    reference: Path | None,
    output: Path,
    run_date: date,
    asked: Asked,
    progress: Callable[[int], AbstractContextManager[Callable[[], None]]],
) -> tuple[Simulation, Path]:
    """Play many weeks under several scenarios and write what waiting comes of them.

    Parameters
    ----------
    paths
        Intakes whose requests are the history; may be empty where a rate is given.
    progress
        Takes the number of steps, returns a context whose value is called after each.

    Raises
    ------
    InputError
        Neither history nor rate.
    RefusedError
        The reference has errors, or no row of the history is valid.
    """
    inputs = gather(paths, reference) if paths else None
    if inputs is not None:
        source, packaged = inputs.reference_source, inputs.packaged
        checked, found = checked_reference(inputs)
    else:
        source, tables = gather_reference(reference)
        packaged, result = reference is None, check_reference(tables, source.name)
        checked, found = result.reference, result.findings
    if checked is None:
        raise RefusedError("Acuan berisi galat, simulasi tidak dijalankan.", found)
    history = _history(inputs.tables, checked, run_date) if inputs else RequestHistory()
    weeks = _drawn(history, checked, source.name, run_date, asked)
    played = play_scenarios(prepared(checked), weeks, progress)
    groups = {
        group: tuple(figures(each) for each in played if each.scenario.group == group)
        for group in (BUSY, READINGS)
    }
    simulation = Simulation(
        weeks[WARM_UP].run_date,
        asked.weeks,
        history,
        asked.rate,
        source.name,
        packaged,
        inputs.remarks if inputs else (),
        checked.policy,
        NEXT_DAYS,
        groups[BUSY],
        groups[READINGS],
        assumptions(checked, weeks[-1].run_date.year, asked.seed),
    )
    target = output / f"simulasi-{run_date}.xlsx"
    (written,) = publish_files(
        [(target, partial(_write_simulation, simulation, checked.office.issuer))]
    )
    return simulation, written


def _history(tables: Sequence[RawTable], reference: Reference, run_date: date) -> RequestHistory:
    """Validate each intake by itself: years that number their requests alike are no error."""
    # A history is old, and nobody is asked about that.
    policy = replace(reference.policy, asked_age_days=_ANY_AGE, most_age_days=_ANY_AGE)
    using = replace(reference, policy=policy)
    checked = [validate([table], using, run_date) for table in tables]
    requests = joined(each.requests for each in checked)
    on_hold = sum(len(each.on_hold) for each in checked)
    valid = sum(len(each.requests) for each in checked)
    faults = tuple(fault for each in checked for fault in each.findings if fault.is_error)
    return RequestHistory(requests, valid + on_hold, on_hold, valid - len(requests), faults)


def _drawn(
    history: RequestHistory, reference: Reference, name: str, run_date: date, asked: Asked
) -> tuple[SimulatedWeek, ...]:
    monday = run_date - timedelta(days=run_date.weekday())
    weeks = WARM_UP + asked.weeks + COOL_DOWN
    if not asked.rate:
        if history.rows and not history.requests:
            raise RefusedError(
                "Riwayat tidak memuat satu pun permintaan yang sah; simulasi tidak dijalankan.",
                history.faults,
            )
        if not history.requests:
            raise InputError(
                "Simulasi memerlukan riwayat (berkas permintaan) atau --rate, banyaknya "
                "permintaan sepekan."
            )
        return from_history(history.requests, monday, weeks, asked.seed)
    lacking = [
        sheet
        for sheet, names in (
            (SheetName.REGIONS, reference.regions),
            (SheetName.SAMPLE_TYPES, reference.sample_types),
        )
        if not names
    ]
    if lacking and not history.requests:
        raise RefusedError(
            f"{name}: lembar {listing(lacking)} kosong, jadi permintaan tidak dapat dibuat dari "
            "--rate saja. Lengkapi lembar itu.",
            history.faults,
        )
    return from_rate(
        reference, history.requests, asked.rate, asked.internal_share, monday, weeks, asked.seed
    )


def _write_simulation(simulation: Simulation, issuer: Issuer, path: Path) -> None:
    from labkesmas_batch.workbooks.simulation import write_simulation  # noqa: PLC0415

    write_simulation(path, simulation, issuer)
