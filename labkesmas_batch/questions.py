"""The lines that answer a question and decide nothing: ``run --what-if`` and ``simulate``.

They take the same stages as the weekly batch, and touch neither its schedule nor the register.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from labkesmas_batch.allocate import allocate
from labkesmas_batch.answers import (
    Change,
    Comparison,
    History,
    Scenario,
    ScenarioResult,
    SimulatedWeek,
    Simulation,
)
from labkesmas_batch.arrivals import from_history, from_rate, joined
from labkesmas_batch.changes import read_changes, typed_change
from labkesmas_batch.decide import checked_reference, decide
from labkesmas_batch.design import Issuer
from labkesmas_batch.errors import InputError, RefusedError
from labkesmas_batch.findings import Finding
from labkesmas_batch.gather import gather, gather_reference, read_supposed
from labkesmas_batch.memory import REGISTER_FILE
from labkesmas_batch.model import (
    Allocation,
    Held,
    RawTable,
    Reference,
    Request,
    Visit,
    Week,
)
from labkesmas_batch.publish import publish_files
from labkesmas_batch.rank import in_ranks, order, rank
from labkesmas_batch.reference import check_reference
from labkesmas_batch.register import Register
from labkesmas_batch.review import review
from labkesmas_batch.settle import clash
from labkesmas_batch.simulate import (
    BUSY,
    COOL_DOWN,
    NEXT_DAYS,
    READINGS,
    WARM_UP,
    assumptions,
    figures,
    play,
    prepared,
    scenarios,
)
from labkesmas_batch.summary import summarize
from labkesmas_batch.validate import validate
from labkesmas_batch.whatif import (
    Plan,
    Supposed,
    before_everybody,
    compare,
    still_held,
    suppose,
)
from labkesmas_batch.wording import brief_span, listing


@dataclass(frozen=True, slots=True)
class Asked:
    """What a simulation is to play; ``rate`` in requests a week, 0 draws from the history."""

    weeks: int
    seed: int
    rate: float
    internal_share: float


def what_if(
    paths: Sequence[Path], reference: Path | None, output: Path, register: Path | None,
    run_date: date, supposed: Sequence[str],
) -> tuple[Week, Comparison, Path]:  # fmt: skip
    """Plan the week as it is and with the changes, and write both side by side.

    Visits that earlier weeks locked stay where they are in both.

    Parameters
    ----------
    register
        The one in the output folder where it is left out; it is only read.
    supposed
        Each a workbook with the sheet Andaikan, or a typed change.

    Raises
    ------
    RefusedError
        The reference has errors, or a change cannot be read.
    """
    history = Register(register or output / REGISTER_FILE).history()
    week = decide(gather(paths, reference), run_date, history)
    requests = [each.request for each in week.ranked] + [back.request for back in week.returned]
    changes = _changes(supposed, week, [each.number for each in requests])
    try:
        made = suppose(changes, week.reference, requests, run_date)
    except ValueError as error:
        raise RefusedError(f"Perubahan tidak dapat diandaikan: {error}", ()) from error
    before = Plan(week.allocation, week.returned, week.summary, week.held, week.locked)
    after = _plan(made, still_held(week.held, made.urgent), week.locked, run_date)
    blocked = tuple(
        f"{visit.request.number}: {clash(obstacle, visit)}"
        for visit, obstacle in after.allocation.conflicts
    )
    comparison = replace(compare(changes, before, after), blocked=blocked)
    target = output / f"andaikan-{run_date}.xlsx"
    (written,) = publish_files([(target, partial(_write, comparison, week))])
    return week, comparison, written


def _changes(supposed: Sequence[str], week: Week, numbers: Sequence[str]) -> tuple[Change, ...]:
    reference, held = week.reference, [each.number for each in week.held]
    locked = {each.request.number: brief_span(each.first, each.last) for each in week.locked}
    changes: list[Change] = []
    found: list[Finding] = []
    for each in supposed:
        workbook = each.strip().casefold().endswith(".xlsx")
        table = read_supposed(Path(each.strip())) if workbook else typed_change(each, reference)
        added = [change.name for change in changes if change.kind == "Tim tambahan"]
        read, faults = read_changes(table, reference, numbers, added, held, locked)
        changes += read
        found += faults
    if any(finding.is_error for finding in found):
        raise RefusedError("Perubahan yang diandaikan belum dapat dibaca.", tuple(found))
    if not changes:
        raise RefusedError("Tidak ada perubahan yang diandaikan pada lembar Andaikan.", ())
    return tuple(changes)


def _plan(
    supposed: Supposed, held: Sequence[Held], locked: Sequence[Visit], run_date: date
) -> Plan:
    policy = supposed.reference.policy
    reviewed = review(supposed.requests, policy, run_date)
    decided = rank(reviewed.accepted, policy, supposed.reference.decisions)
    ranked = before_everybody(supposed.urgent, decided)
    allocation = allocate(ranked, supposed.reference, run_date, locked)
    summary = summarize(
        (*allocation.visits, *locked), reviewed.returned, allocation.unplaced, held,
        [team.name for team in supposed.reference.teams],
    )  # fmt: skip
    return Plan(allocation, reviewed.returned, summary, held, locked)


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
    history = _history(inputs.tables, checked, run_date) if inputs else History()
    weeks = _drawn(history, checked, source.name, run_date, asked)
    played = _play(prepared(checked), weeks, progress)
    groups = {
        group: tuple(figures(each) for each in played if each.scenario.group == group)
        for group in (BUSY, READINGS)
    }
    simulation = Simulation(
        weeks[WARM_UP].run_date, asked.weeks, history, asked.rate, source.name, packaged,
        inputs.remarks if inputs else (), checked.policy, NEXT_DAYS, groups[BUSY], groups[READINGS],
        assumptions(checked, weeks[-1].run_date.year, asked.seed),
    )  # fmt: skip
    target = output / f"simulasi-{run_date}.xlsx"
    (written,) = publish_files(
        [(target, partial(_write_simulation, simulation, checked.office.issuer))]
    )
    return simulation, written


def _history(tables: Sequence[RawTable], reference: Reference, run_date: date) -> History:
    """Validate each intake by itself: years that number their requests alike are no error."""
    checked = [validate([table], reference, run_date) for table in tables]
    requests = joined(each.requests for each in checked)
    held = sum(len(each.held) for each in checked)
    valid = sum(len(each.requests) for each in checked)
    faults = tuple(fault for each in checked for fault in each.findings if fault.is_error)
    return History(requests, valid + held, held, valid - len(requests), faults)


def _drawn(
    history: History, reference: Reference, name: str, run_date: date, asked: Asked
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
    lacking = [sheet for sheet, names in (("Wilayah", reference.regions),
               ("Jenis Contoh Uji", reference.sample_types)) if not names]  # fmt: skip
    if lacking and not history.requests:
        raise RefusedError(
            f"{name}: lembar {listing(lacking)} kosong, jadi permintaan tidak dapat dibuat dari "
            "--rate saja. Lengkapi lembar itu.",
            history.faults,
        )
    return from_rate(
        reference, history.requests, asked.rate, asked.internal_share, monday, weeks, asked.seed
    )


def _play(
    reference: Reference,
    weeks: Sequence[SimulatedWeek],
    progress: Callable[[int], AbstractContextManager[Callable[[], None]]],
) -> list[ScenarioResult]:
    """Play the scenario in force first, since it tells which team is the busiest."""
    first, *_ = scenarios(reference, Counter())
    results: list[ScenarioResult] = []
    with progress(len(weeks) * len(scenarios(reference, Counter()))) as step:

        def played(scenario: Scenario) -> None:
            for result in play(scenario, weeks, _plan_week):
                if result is None:
                    step()
                else:
                    results.append(result)

        played(first)
        load = Counter(served.team for served in results[0].served)
        for scenario in scenarios(reference, load)[1:]:
            played(scenario)
    return results


def _plan_week(
    requests: Sequence[Request], reference: Reference, run_date: date, locked: Sequence[Visit]
) -> Allocation:
    accepted = review(requests, reference.policy, run_date).accepted
    ranked = in_ranks(order(accepted, reference.policy), reference.policy)
    return allocate(ranked, reference, run_date, locked, explained=False)


def _write_simulation(simulation: Simulation, issuer: Issuer, path: Path) -> None:
    from labkesmas_batch.workbook.simulation import write_simulation  # noqa: PLC0415

    write_simulation(path, simulation, issuer)


def _write(comparison: Comparison, week: Week, path: Path) -> None:
    from labkesmas_batch.workbook.comparison import write_comparison  # noqa: PLC0415

    write_comparison(path, comparison, week)
