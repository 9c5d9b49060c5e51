"""What a command shows and returns: lines for people, JSON, progress, exit codes."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import click

from labkesmas_batch.cli import screen

Say = Callable[[str], None]

DONE, ATTENTION, USAGE, FAILED = 0, 1, 2, 3
# Nobody needs to be told how far a command is that ends within so many seconds.
SHOW_AFTER_SECONDS = 2.0


def exit_code(counts: Mapping[str, int]) -> int:
    """Return whether rows wait for people: on hold, returned or without a day."""
    waiting = counts["ditahan"] or counts["dikembalikan"] or counts["antrean"]
    return ATTENTION if waiting else DONE


@contextmanager
def uncollected() -> Iterator[None]:
    """Let nobody look for cycles meanwhile: a run makes many objects, hardly a cycle, and ends."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.freeze()  # nor at the end, through millions of objects that are about to go
            gc.enable()


@contextmanager
def stages() -> Iterator[Callable[[str, float], None]]:
    """Show stage and share on stderr where a terminal is there, once it takes over two seconds."""
    shown, start = False, time.monotonic()

    def watch(stage: str, share: float) -> None:
        nonlocal shown
        if sys.stderr.isatty() and time.monotonic() - start > SHOW_AFTER_SECONDS:
            click.echo(f"\r\x1b[K{share:4.0%}  {stage} …", err=True, nl=False)
            shown = True

    try:
        yield watch
    finally:
        if shown:
            click.echo("\r\x1b[K", err=True, nl=False)


@contextmanager
def progress(steps: int) -> Iterator[Callable[[], None]]:
    """Show a bar on stderr where a terminal is there."""
    with click.progressbar(
        length=steps, label="Simulasi", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        yield lambda: bar.update(1)


def speaker(to_stderr: bool) -> Say:
    """Return what prints a line for people, as wide as the terminal, on stdout or else stderr."""
    width = screen.width_of(sys.stderr if to_stderr else sys.stdout)
    colours = screen.wants_colours(os.environ)
    return lambda text: click.echo(screen.dressed(text, width, colours=colours), err=to_stderr)


def print_json(record: dict[str, object]) -> None:
    """Print the one object of ``--json``."""
    click.echo(json.dumps(record, ensure_ascii=False, indent=2))
