"""What ``simulate`` says."""

from __future__ import annotations

from pathlib import Path

from labkesmas_batch.cli.messages import say_findings
from labkesmas_batch.cli.terminal import Say
from labkesmas_batch.explanation.week import reference_used
from labkesmas_batch.simulation import sentences
from labkesmas_batch.simulation.types import Simulation, WaitingTimes


def say_simulation(say: Say, simulation: Simulation, path: Path) -> None:
    """Say the waiting times of every scenario, and where the workbook is."""
    say(f"Simulasi {simulation.weeks} pekan; {sentences.source(simulation)}")
    say(reference_used(simulation.reference, simulation.packaged))
    for remark in simulation.remarks:
        say(remark)
    say_findings(say, simulation.history.faults)
    if without := sentences.left_out(simulation.history):
        say(without)
    wide = max(len(each.name) for each in simulation.figures)
    for group in (simulation.teams, simulation.readings):
        say(f"{'':<{wide}} {'Internal':>16} {'Eksternal':>16} {'tepat':>6}")
        for each in group:
            waits = [_waits(times) for _, times in each.classes[:2]]
            on_time = f"{each.all.on_time:.0%}" if each.all.visits else "-"
            say(f"{each.name:<{wide}} {waits[0]:>16} {waits[1]:>16} {on_time:>6}")
    say("Hari dari permintaan ke kunjungan / hari terlambat dari yang diminta, rata-rata.")
    for text in sentences.overload(simulation.figures):
        say(text)
    say(f"Hasil: {path}")


def _waits(times: WaitingTimes) -> str:
    if not times.visits:
        return "-"
    return f"{times.mean:.1f} / {times.mean_late:.1f}".replace(".", ",")


def simulation_record(simulation: Simulation, path: Path) -> dict[str, object]:
    """Return a simulation for ``--json``."""
    return {
        "files": {"simulasi": str(path)},
        "weeks": simulation.weeks,
        "reference": simulation.reference,
        "packaged": simulation.packaged,
        "left_out": sentences.left_out(simulation.history),
        "scenarios": [
            {
                "name": each.name,
                "missed": each.missed,
                "never": each.never,
                "waiting": each.waiting,
                "grows": each.grows is not None,
                "classes": {name: _times(times) for name, times in each.classes},
            }
            for each in simulation.figures
        ],
    }


def _times(times: WaitingTimes) -> dict[str, object]:
    """Return the figures; null where there was no visit."""
    figures = {
        "mean": round(times.mean, 3),
        "median": times.median,
        "p90": times.ninth_decile,
        "longest": times.longest,
        "mean_late": round(times.mean_late, 3),
        "on_time": round(times.on_time, 4),
    }
    shown = figures if times.visits else dict.fromkeys(figures)
    return {"visits": times.visits, **shown}
