"""What ``run --what-if`` says."""

from __future__ import annotations

from pathlib import Path

from labkesmas_batch.cli.terminal import Say
from labkesmas_batch.explanation.week import reference_used
from labkesmas_batch.model.week import Week
from labkesmas_batch.text.indonesian import brief_span, day_date
from labkesmas_batch.what_if import sentences
from labkesmas_batch.what_if.types import Compared, Comparison

# So many requests that move are named one by one.
MOST_MOVED = 40


def say_comparison(say: Say, week: Week, comparison: Comparison, path: Path) -> None:
    """Say what supposed changes would do: who moves, by how many days, who gets in."""
    say(f"Pengandaian untuk jadwal {day_date(week.run_date)}; jadwal dan register tidak berubah.")
    say(reference_used(week.facts.reference_source.name, week.facts.packaged))
    for remark in week.facts.remarks:
        say(remark)
    if on_hold := sentences.without(week.facts.on_hold):
        say(on_hold)
    for change in comparison.changes:
        say(f"Diandaikan: {change.said}")
    say(f"Akibatnya: {sentences.effects(comparison)}")
    if hindered := sentences.blocked(comparison):
        say(hindered)
    moved = [each for each in comparison.requests if sentences.effect(each) != "tetap"]
    for each in moved[:MOST_MOVED]:
        say(f"  {each.request.number:<12} {_standing(each):<26} {sentences.effect(each)}")
    if len(moved) > MOST_MOVED:
        say(f"  ... dan {len(moved) - MOST_MOVED} lagi")
    say(f"Dengan perubahan itu {sentences.outcome(comparison.after)}")
    say(f"Perbandingan: {path}")


def _standing(compared: Compared) -> str:
    """Return day and team now and then, as in ``26 Nov Tim 1 → 27 Nov Tim 4``."""
    said = [
        f"{brief_span(each.first, each.first)} {each.team}" if each and each.first else "-"
        for each in (compared.before, compared.after)
    ]
    return " → ".join(said)


def comparison_record(comparison: Comparison, path: Path) -> dict[str, object]:
    """Return a comparison for ``--json``."""
    return {
        "files": {"andaikan": str(path)},
        "changes": [change.said for change in comparison.changes],
        "before": comparison.before.counts,
        "after": comparison.after.counts,
        "requests": [
            {
                "no_permintaan": each.request.number,
                "before": str(each.before.first) if each.before and each.before.first else None,
                "after": str(each.after.first) if each.after and each.after.first else None,
                "days": each.days,
                "akibat": sentences.effect(each),
            }
            for each in comparison.requests
            if sentences.effect(each) != "tetap"
        ],
    }
