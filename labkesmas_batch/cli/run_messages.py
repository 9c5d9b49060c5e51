"""What ``run`` says of a week."""

from __future__ import annotations

from labkesmas_batch.cli.messages import say_copies
from labkesmas_batch.cli.terminal import Say
from labkesmas_batch.commands.run import Published
from labkesmas_batch.explanation import week as sentences
from labkesmas_batch.model.week import Week
from labkesmas_batch.text.indonesian import day_date


def say_week(say: Say, week: Week, published: Published) -> None:
    """Say what a run did, what needs attention, and where the files are."""
    say(f"Pengaturan jadwal {published.run}, {day_date(week.run_date)}")
    say(sentences.reference_used(week.facts.reference_source.name, week.facts.packaged))
    for remark in week.facts.remarks:
        say(remark)
    say(sentences.week(week))
    attention = list(sentences.needs(week))
    if attention:
        say("Perlu perhatian:")
        for text in attention:
            say(f"  - {text}")
    say_copies(say, published.annotated, published.not_copied)
    say(f"Jadwal: {published.schedule}")
