"""The command line: parse, call the pipeline, print, exit code. Nothing is decided here.

Modules that read or write workbooks are imported by the commands that need them, so that
``--help`` answers at once.
"""

from __future__ import annotations

import gc
import gettext
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar

import click

from labkesmas_batch import __version__
from labkesmas_batch.cli import messages as terminal
from labkesmas_batch.cli import screen
from labkesmas_batch.errors import LabkesmasError, RefusedError
from labkesmas_batch.text.indonesian import FIRST_YEAR, LAST_YEAR

DONE, ATTENTION, USAGE, FAILED = 0, 1, 2, 3
# Nobody needs to be told how far a command is that ends within so many seconds.
PATIENCE = 2.0
# Asia/Jakarta has had no other offset since 1964, and Windows has no time zone data of its own.
JAKARTA = timezone(timedelta(hours=7))

Command = TypeVar("Command", bound=Callable[..., Any])


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


class DocumentKind(click.ParamType[str]):
    """A kind of document by the word in its file's name."""

    name = "JENIS"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the word, or fail as wrong usage and suggest one."""
        from labkesmas_batch.documents import reissue as documents_reissue  # noqa: PLC0415

        kind, instead = documents_reissue.kind_of(str(value))
        if not kind:
            meant = f" Maksudnya “{instead}”?" if instead else ""
            self.fail(f"“{value}” bukan jenis dokumen.{meant} Yang ada: "
                      f"{', '.join(documents_reissue.KINDS)}.", param, ctx)  # fmt: skip
        return kind


class _Number(click.FloatRange):
    """A number; click's own name of the type stands in its messages, in English."""

    name = "angka"


class _Whole(click.IntRange):
    """A whole number within bounds."""

    name = "bilangan bulat"


class _AnyWhole(click.types.IntParamType):
    """A whole number."""

    name = "bilangan bulat"


_PATH = click.Path(path_type=Path)


def _options(*chosen: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for option in reversed(chosen):
            command = option(command)
        return command

    return decorate


_REFERENCE = click.option(
    "--reference", type=_PATH, metavar="BERKAS",
    help="Buku kerja acuan. Baku: acuan.xlsx di samping berkas permintaan pertama, kalau tidak ada "
    "yang bawaan program.",
)  # fmt: skip
_DATE = click.option(
    "--date", "run_date", type=Day(), help="Tanggal pengaturan jadwal. Baku: hari ini (WIB)."
)
_TODAY = click.option(
    "--date", "run_date", type=Day(), help="Tanggal hari ini. Baku: menurut jam komputer (WIB)."
)
_JSON = click.option(
    "--json", "as_json", is_flag=True,
    help="Satu objek JSON di stdout; semua untuk orang di stderr.",
)  # fmt: skip
_INTAKES = click.argument("intakes", nargs=-1, required=True, type=_PATH, metavar="INTAKE...")


class _Command(click.Command):
    """A command whose usage says in Indonesian that it has options."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **{"options_metavar": "[OPSI]"} | named)


class _Commands(click.Group):
    """The commands in the order of the week's work, not of the alphabet."""

    command_class = _Command

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        return list(self.commands)


@click.group(
    cls=_Commands, options_metavar="[OPSI]", subcommand_metavar="PERINTAH [ARGUMEN]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": screen.WIDEST},
)  # fmt: skip
@click.version_option(
    __version__, message="%(prog)s %(version)s",
    # click translates its own words for this one already here, before main() has set the language.
    help="Menampilkan versi program, lalu selesai.",
)  # fmt: skip
def cli() -> None:
    """Mengatur jadwal pengambilan contoh uji menurut SOP Koordinasi Pelayanan Laboratorium.

    Setiap pekan: isi permintaan.xlsx, periksa dengan “check”, susun jadwal dengan “run”, minta
    keputusan pimpinan, sahkan dengan “finalize”. INTAKE adalah buku kerja permintaan, atau folder
    yang berisi beberapa.

    \b
    Contoh:
      labkesmas-batch template
      labkesmas-batch check permintaan.xlsx
      labkesmas-batch run permintaan.xlsx
      labkesmas-batch finalize output/2026-11-23-r1/jadwal.xlsx
      labkesmas-batch run --help

    \b
    Kode keluar: 0 selesai; 1 selesai, ada yang ditahan, dikembalikan atau antre;
    2 salah pemakaian; 3 tidak dapat dijalankan dan tidak ada yang ditulis.
    """


@cli.command(short_help="Menulis formulir: permintaan.xlsx dan acuan.xlsx.")
@click.option("--output", type=_PATH, default=Path("input_templates"), metavar="FOLDER",
              show_default=True, help="Folder untuk kedua templat.")  # fmt: skip
@click.option("--what-if", is_flag=True, help="Menulis andaikan.xlsx untuk “run --what-if” saja.")
@_options(_REFERENCE, _DATE)
def template(output: Path, what_if: bool, reference: Path | None, run_date: date | None) -> None:
    """Menulis permintaan.xlsx yang kosong dan acuan.xlsx.

    Dengan --reference, daftar pilihan pada permintaan.xlsx mengikuti acuan itu, dan acuan.xlsx
    tidak ditulis. Berkas yang sudah ada tidak ditimpa.

    \b
    Contoh:
      labkesmas-batch template
      labkesmas-batch template --reference acuan.xlsx --output formulir
      labkesmas-batch template --what-if
    """
    from labkesmas_batch.commands.template import write_templates  # noqa: PLC0415

    written, kept = write_templates(output, reference, run_date or _today(), what_if=what_if)
    for path in written:
        click.echo(f"Ditulis: {path}")
    for path in kept:
        click.echo(f"Sudah ada, tidak ditimpa: {path}")


@cli.command(short_help="Memeriksa isian; tidak menyusun jadwal.")
@_INTAKES
@click.option(
    "--output", type=_PATH, metavar="FOLDER",
    help="Folder untuk salinan yang diberi tanda. Baku: di samping berkasnya.",
)  # fmt: skip
@_options(_REFERENCE, _DATE, _JSON)
def check(
    intakes: tuple[Path, ...],
    output: Path | None,
    reference: Path | None,
    run_date: date | None,
    as_json: bool,
) -> None:
    """Hanya membaca dan memeriksa; menulis salinan yang diberi tanda dan semua temuannya.

    \b
    Contoh:
      labkesmas-batch check permintaan.xlsx
      labkesmas-batch check folder-permintaan --output diperiksa
    """
    from labkesmas_batch.commands import check as commands_check  # noqa: PLC0415

    with _uncollected():
        checked = commands_check.check(intakes, reference, output, run_date or _today())
    say = _speaker(as_json)
    say(terminal.reference_line(checked.reference_name, checked.packaged))
    for remark in checked.remarks:
        say(remark)
    terminal.say_findings(say, checked.findings, 0 if as_json else screen.width_of(sys.stdout))
    errors = sum(finding.is_error for finding in checked.findings)
    say(terminal.checked_line(checked, errors))
    terminal.say_copies(say, checked.annotated, checked.not_copied)
    if as_json:
        _print_json(
            {
                "files": {"diperiksa": [str(path) for path in checked.annotated]},
                "counts": {"baris": checked.rows or 0, "ditahan": checked.held, "galat": errors,
                           "peringatan": len(checked.findings) - errors},
                "findings": [terminal.finding_record(finding) for finding in checked.findings],
            }
        )  # fmt: skip
    sys.exit(ATTENTION if errors else DONE)


@cli.command(short_help="Menyusun jadwal pekan ini.")
@_INTAKES
@click.option(
    "--output", type=_PATH, default=Path("output"), metavar="FOLDER", show_default=True,
    help="Folder untuk hasil; setiap pengaturan jadwal mendapat folder sendiri.",
)  # fmt: skip
@click.option("--register", type=_PATH, metavar="BERKAS",
              help="Register laboratorium. Baku: register.db di folder hasil.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Satu galat pun pada data menghentikan penyusunan.")
@click.option(
    "--what-if", "supposed", multiple=True, metavar="PERUBAHAN",
    help="Mengandaikan perubahan, tanpa menulis jadwal atau register: andaikan.xlsx, atau satu "
    "perubahan yang diketik; boleh berulang.",
)  # fmt: skip
@_options(_REFERENCE, _DATE, _JSON)
def run(
    intakes: tuple[Path, ...],
    output: Path,
    register: Path | None,
    strict: bool,
    supposed: tuple[str, ...],
    reference: Path | None,
    run_date: date | None,
    as_json: bool,
) -> None:
    """Pekerjaan mingguan: memeriksa, mengurutkan, menjadwalkan, menulis jadwal.xlsx.

    \b
    Contoh:
      labkesmas-batch run permintaan.xlsx
      labkesmas-batch run folder-permintaan --reference acuan.xlsx
      labkesmas-batch run permintaan.xlsx --date 2026-11-23 --output hasil
      labkesmas-batch run permintaan.xlsx --what-if "Tim tambahan; Tim 5"
      labkesmas-batch run permintaan.xlsx --what-if "Cuti; Tim 2; 7 Des 2026"
      labkesmas-batch run permintaan.xlsx --what-if andaikan.xlsx
    """
    from labkesmas_batch.commands import run as pipeline  # noqa: PLC0415

    day = run_date or _today()
    if supposed:
        _what_if(intakes, reference, output, register, day, supposed, as_json=as_json)
    with _uncollected(), _stages() as watch:
        week, published = pipeline.run(
            intakes, reference, output, register, day,
            strict=strict, watch=watch, say=_speaker(True),
        )  # fmt: skip
    terminal.say_week(_speaker(as_json), week, published)
    counts = week.summary.counts
    if as_json:
        files = {
            "jadwal": str(published.schedule),
            "diperiksa": [str(path) for path in published.annotated],
        }
        _print_json({"run": published.run, "files": files, "counts": counts})
    sys.exit(
        ATTENTION if counts["ditahan"] or counts["dikembalikan"] or counts["antrean"] else DONE
    )


_REGISTER = click.option(
    "--register", type=_PATH, metavar="BERKAS",
    help="Register laboratorium. Baku: register.db di folder hasil.",
)  # fmt: skip


@cli.command(short_help="Mengesahkan jadwal yang sudah diputuskan; menulis dokumennya.")
@click.argument("schedule", type=_PATH, metavar="JADWAL")
@click.option("--output", type=_PATH, metavar="FOLDER",
              help="Folder hasil. Baku: folder di atas folder JADWAL, atau output.")  # fmt: skip
@_options(_REGISTER, _JSON)
def finalize(schedule: Path, output: Path | None, register: Path | None, as_json: bool) -> None:
    """Membaca keputusan manajemen dari JADWAL, mengunci jadwal, dan membuat dokumennya.

    JADWAL adalah jadwal.xlsx yang kolom Keputusannya sudah diisi dan lembar Ringkasannya sudah
    ditandatangani. Bila ada keputusan yang tidak mungkin, semuanya disebut dan tidak ada yang
    diubah.

    \b
    Contoh:
      labkesmas-batch finalize output/2026-11-23-r1/jadwal.xlsx
    """
    from labkesmas_batch.commands import files as commands_files  # noqa: PLC0415
    from labkesmas_batch.commands import finalize as approval  # noqa: PLC0415

    done = approval.finalize(schedule, output, register, _speaker(True))
    terminal.say_finalized(_speaker(as_json), done)
    if as_json:
        files = {"jadwal": str(done.schedule), "realisasi": str(done.form),
                 "dokumen": str(done.folder / commands_files.DOCUMENTS),
                 "kalender": str(done.calendars)}  # fmt: skip
        counts = done.week.summary.counts if done.week else {}
        _print_json({"run": done.run, "files": files, "counts": counts})


@cli.command(short_help="Mencatat hasil hari lapangan dari realisasi.xlsx.")
@click.argument("form", type=_PATH, metavar="REALISASI")
@click.option("--output", type=_PATH, metavar="FOLDER",
              help="Folder hasil. Baku: folder di atas folder REALISASI, atau output.")  # fmt: skip
@_options(_REGISTER, _TODAY)
def report(form: Path, output: Path | None, register: Path | None, run_date: date | None) -> None:
    """Mencatat hasil kunjungan dari realisasi.xlsx ke register.

    \b
    Contoh:
      labkesmas-batch report output/2026-11-23-r1/realisasi.xlsx
    """
    from labkesmas_batch.commands import report as afterwards  # noqa: PLC0415

    total, counts = afterwards.report(form, output, register, run_date or _today(), _speaker(True))
    parts = ", ".join(f"{count} {name}" for name, count in counts.items())
    none = "Tidak ada yang baru: kolom Hasil kosong, atau isinya sudah dicatat."
    _speaker(False)(f"{total} kunjungan dicatat: {parts}." if total else none)


@cli.command(short_help="Membuat lagi dokumen jadwal yang sudah disahkan.")
@click.argument("run", metavar="RUN")
@click.option("--only", type=DocumentKind(), help="Satu jenis saja, mis. penawaran, spt, invoice.")
@click.option(
    "--reference", type=_PATH, metavar="BERKAS",
    help="Acuan yang sudah dilengkapi (tarif, pejabat, NIP, teks). Tanggal dan tim tetap; dokumen "
    "yang isinya berubah mendapat akhiran revisi. Baku: acuan yang terakhir dipakai.",
)  # fmt: skip
@click.option("--output", type=_PATH, metavar="FOLDER",
              help="Folder hasil. Baku: folder di atas RUN, atau output.")  # fmt: skip
@_options(_REGISTER, _JSON)
def documents(
    run: str,
    only: str | None,
    reference: Path | None,
    output: Path | None,
    register: Path | None,
    as_json: bool,
) -> None:
    """Membuat lagi dokumen jadwal yang sudah disahkan, dengan nomor urut yang sama.

    RUN adalah nomor jadwal, folder, atau berkas di dalamnya. Dokumen yang sudah ada tidak
    ditimpa: yang hilang ditulis kembali; bila ada yang isinya lain, susunan yang baru ditulis ke
    documents-2, documents-3, dan seterusnya.

    \b
    Contoh:
      labkesmas-batch documents 2026-11-23-r1
      labkesmas-batch documents 2026-11-23-r1 --only penawaran
      labkesmas-batch documents 2026-11-23-r1 --reference acuan.xlsx
    """
    from labkesmas_batch.commands import documents as reissue  # noqa: PLC0415

    done = reissue.reissue(run, only, reference, output, register, _speaker(True))
    say = _speaker(as_json)
    lines = list(reissue.said(done))
    say(lines[0])
    terminal.say_findings(say, done.findings, most=1)
    for line in lines[1:]:
        say(line)
    if as_json:
        _print_json(reissue.record(done))


@cli.command("register", short_help="Menulis isi register sebagai buku kerja.")
@click.option("--output", type=_PATH, default=Path("output"), metavar="FOLDER", show_default=True,
              help="Folder hasil; register-….xlsx ditulis di sini.")  # fmt: skip
@click.option("--number", default="", metavar="NO", help="Riwayat satu permintaan saja.")
@_options(_REGISTER, _TODAY)
def register_(output: Path, number: str, register: Path | None, run_date: date | None) -> None:
    """Menulis register sebagai buku kerja.

    \b
    Contoh:
      labkesmas-batch register
      labkesmas-batch register --number P-7
    """
    from labkesmas_batch.commands import register as commands_register  # noqa: PLC0415

    today = run_date or _today()
    path = register or output / "register.db"
    written, known = commands_register.write_register(path, output, number.strip(), today)
    click.echo(f"Riwayat {known}: {written}" if known else f"Register: {written}")


@cli.command(short_help="Menjelaskan urutan dan hari sebuah permintaan.")
@click.argument("numbers", nargs=-1, required=True, metavar="NO [NO]")
@click.option("--run", metavar="RUN", help="Nomor jadwal, mis. 2026-11-23-r1. Baku: yang terbaru.")
@click.option(
    "--output",
    type=_PATH,
    default=Path("output"),
    metavar="FOLDER",
    show_default=True,
    help="Folder hasil.",
)
@_options(_JSON)
def explain(numbers: tuple[str, ...], run: str | None, output: Path, as_json: bool) -> None:
    """Menjelaskan mengapa sebuah permintaan sebelum yang lain, atau tempat dan harinya sendiri.

    \b
    Contoh:
      labkesmas-batch explain P-8 P-5
      labkesmas-batch explain P-35
      labkesmas-batch explain P-8 P-5 --run 2026-11-23-r1 --json
    """
    if len(numbers) > 2:
        raise click.UsageError("Sebut satu atau dua No. Permintaan.")
    from labkesmas_batch.commands import explain as lookup  # noqa: PLC0415

    explanation = lookup.explain(output, run, numbers)
    say = _speaker(as_json)
    for line in explanation.lines:
        say(line)
    if as_json:
        _print_json(explanation.data)


@cli.command(short_help="Menyimulasikan setahun, untuk menimbang tim dan aturan.")
@click.argument("intakes", nargs=-1, type=_PATH, metavar="[INTAKE...]")
@click.option(
    "--rate",
    type=_Number(0.1, 2000),
    default=None,
    metavar="N",
    help="Permintaan sepekan, rata-rata. Baku: pekan-pekan diundi dari riwayat INTAKE.",
)
@click.option(
    "--internal-share",
    type=_Whole(0, 100),
    default=50,
    show_default=True,
    metavar="PERSEN",
    help="Bagian customer Internal, bila tanpa riwayat.",
)
@click.option(
    "--weeks",
    type=_Whole(4, 520),
    default=52,
    show_default=True,
    metavar="N",
    help="Banyaknya pekan yang dihitung.",
)
@click.option(
    "--seed",
    type=_AnyWhole(),
    default=1,
    show_default=True,
    metavar="N",
    help="Benih undian; benih yang sama memberi hasil yang sama.",
)
@click.option(
    "--output",
    type=_PATH,
    default=Path("output"),
    metavar="FOLDER",
    show_default=True,
    help="Folder untuk simulasi-….xlsx.",
)
@_options(_REFERENCE, _DATE, _JSON)
def simulate(
    intakes: tuple[Path, ...],
    rate: float | None,
    internal_share: int,
    weeks: int,
    seed: int,
    output: Path,
    reference: Path | None,
    run_date: date | None,
    as_json: bool,
) -> None:
    """Menyimulasikan setahun: waktu tunggu menurut bacaan SOP dan banyaknya tim.

    Pekan-pekannya diundi dari riwayat permintaan (INTAKE), atau dibuat menurut --rate. Jadwal dan
    register tidak berubah.

    \b
    Contoh:
      labkesmas-batch simulate riwayat-2025.xlsx riwayat-2026.xlsx
      labkesmas-batch simulate --rate 30 --internal-share 40
    """
    from labkesmas_batch.commands import simulate as questions  # noqa: PLC0415

    asked = questions.Asked(weeks, seed, rate or 0.0, internal_share / 100)
    simulation, path = questions.simulate(
        intakes, reference, output, run_date or _today(), asked, _progress
    )
    terminal.say_simulation(_speaker(as_json), simulation, path)
    if as_json:
        _print_json(terminal.simulation_record(simulation, path))


@contextmanager
def _uncollected() -> Iterator[None]:
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
def _stages() -> Iterator[Callable[[str, float], None]]:
    """Show stage and share on stderr where a terminal is there, once it takes over two seconds."""
    shown, start = False, time.monotonic()

    def watch(stage: str, share: float) -> None:
        nonlocal shown
        if sys.stderr.isatty() and time.monotonic() - start > PATIENCE:
            click.echo(f"\r\x1b[K{share:4.0%}  {stage} …", err=True, nl=False)
            shown = True

    try:
        yield watch
    finally:
        if shown:
            click.echo("\r\x1b[K", err=True, nl=False)


@contextmanager
def _progress(steps: int) -> Iterator[Callable[[], None]]:
    """Show a bar on stderr where a terminal is there."""
    with click.progressbar(
        length=steps, label="Simulasi", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        yield lambda: bar.update(1)


def _what_if(
    intakes: tuple[Path, ...], reference: Path | None, output: Path, register: Path | None,
    day: date, supposed: tuple[str, ...], *, as_json: bool,
) -> None:  # fmt: skip
    """Answer ``run --what-if`` and leave."""
    from labkesmas_batch.commands import what_if as commands_what_if  # noqa: PLC0415

    week, comparison, path = commands_what_if.what_if(
        intakes, reference, output, register, day, supposed
    )
    terminal.say_comparison(_speaker(as_json), week, comparison, path)
    counts = comparison.after.counts
    if as_json:
        _print_json(terminal.comparison_record(comparison, path))
    sys.exit(
        ATTENTION if counts["ditahan"] or counts["dikembalikan"] or counts["antrean"] else DONE
    )


# --- output ---------------------------------------------------------------------------------


def _speaker(to_stderr: bool) -> Callable[[str], None]:
    width = screen.width_of(sys.stderr if to_stderr else sys.stdout)
    colours = screen.wants_colours(os.environ)
    return lambda text: click.echo(screen.dressed(text, width, colours=colours), err=to_stderr)


def _print_json(record: dict[str, object]) -> None:
    click.echo(json.dumps(record, ensure_ascii=False, indent=2))


def _today() -> date:
    return datetime.now(JAKARTA).date()


# --- entry point -----------------------------------------------------------------------------


def main() -> None:
    """Run the command line; every error becomes one clear message and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    _speak_indonesian()
    try:
        sys.exit(cli.main(prog_name="labkesmas-batch", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _fail("Dihentikan sebelum selesai.")
    except RefusedError as error:
        terminal.say_findings(_speaker(True), error.findings)
        _fail(str(error))
    except LabkesmasError as error:
        _fail(str(error))
    except Exception as error:
        if os.environ.get("LABKESMAS_DEBUG"):
            raise
        _fail(
            f"Kesalahan di dalam program ({type(error).__name__}: {error}). Tidak ada yang "
            "ditulis. Jalankan lagi dengan LABKESMAS_DEBUG=1 dan kirimkan keluarannya kepada "
            "petugas TI."
        )


def _speak_indonesian() -> None:
    # click looks its own words ("Usage:", "No such option") up in gettext's global domain and
    # has no other way to change them. The people who run this read Indonesian whatever language
    # their machine is set to; of the variables that gettext asks, LANGUAGE comes first.
    gettext.bindtextdomain("messages", Path(__file__).parents[1] / "locale")
    os.environ["LANGUAGE"] = "id"


def _fail(message: str) -> None:
    _speaker(True)(f"Galat: {message}")
    sys.exit(FAILED)
