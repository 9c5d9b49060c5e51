"""What commands share of their options: types of values, and the options themselves."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar

import click

from labkesmas_batch.text.indonesian import FIRST_YEAR, LAST_YEAR

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

# Asia/Jakarta has had no other offset since 1964, and Windows has no time zone data of its own.
JAKARTA = timezone(timedelta(hours=7))
# A date further from the clock's is a slip of the finger more often than not.
FAR_DAYS = 14


def today() -> date:
    """Return the date in Asia/Jakarta."""
    return datetime.now(JAKARTA).date()


def _watched(ctx: click.Context, _: click.Parameter, day: date) -> date:
    """Return a date; one far from the clock's is told once the command has done its work."""
    apart = (day - today()).days
    if abs(apart) > FAR_DAYS:
        ctx.call_on_close(partial(_say_far, day, apart))
    return day


def _say_far(day: date, apart: int) -> None:
    """Say on stderr, and nowhere else; a command that failed has one thing to say."""
    if not isinstance(sys.exc_info()[1], (SystemExit, NoneType)):
        return
    side = "sesudah" if apart > 0 else "sebelum"
    click.echo(
        f"Perhatikan: --date {day} {abs(apart)} hari {side} tanggal jam komputer ini.", err=True
    )


class Command(click.Command):
    """A command whose usage says in Indonesian that it has options."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **{"options_metavar": "[OPSI]"} | named)


class Day(click.ParamType[date]):
    """A date as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the date, or fail as wrong usage."""
        if isinstance(value, date):
            return value
        try:
            day = datetime.strptime(str(value), "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"{value} bukan tanggal; tulis seperti 2026-06-10.", param, ctx)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail(f"tahun {day.year} di luar {FIRST_YEAR} s.d. {LAST_YEAR}.", param, ctx)
        return day


class Number(click.FloatRange):
    """A number; click's own name of the type stands in its messages, in English."""

    name = "angka"


class Whole(click.IntRange):
    """A whole number within bounds."""

    name = "bilangan bulat"


class AnyWhole(click.types.IntParamType):
    """A whole number."""

    name = "bilangan bulat"


PATH = click.Path(path_type=Path)


def options(*chosen: Callable[[Decorated], Decorated]) -> Callable[[Decorated], Decorated]:
    """Add several options to a command, in the order in which its help lists them."""

    def decorate(command: Decorated) -> Decorated:
        for option in reversed(chosen):
            command = option(command)
        return command

    return decorate


REFERENCE = click.option(
    "--reference",
    type=PATH,
    metavar="BERKAS",
    help="Buku kerja acuan. Baku: acuan.xlsx di samping berkas permintaan pertama, kalau tidak ada "
    "yang bawaan program.",
)


def _day(said: str, **more: Any) -> Callable[[Decorated], Decorated]:
    """Return the option ``--date``, today where it is left out."""
    return click.option("--date", "run_date", type=Day(), default=today, help=said, **more)


_OF_THE_SCHEDULE = "Tanggal pengaturan jadwal. Baku: hari ini (WIB)."
DATE = _day(_OF_THE_SCHEDULE, callback=_watched)
# Of what is made of no week of the laboratory: any day will do.
FIRST_DAY = _day(_OF_THE_SCHEDULE)
TODAY = _day("Tanggal hari ini. Baku: menurut jam komputer (WIB).", callback=_watched)
JSON = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Satu objek JSON di stdout; semua untuk orang di stderr.",
)
INTAKES = click.argument("intakes", nargs=-1, required=True, type=PATH, metavar="INTAKE...")
REGISTER = click.option(
    "--register",
    type=PATH,
    metavar="BERKAS",
    help="Register laboratorium. Baku: register.db di folder hasil.",
)
