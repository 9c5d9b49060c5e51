"""What ``finalize`` says of an approval."""

from __future__ import annotations

from labkesmas_batch.cli.messages import say_findings
from labkesmas_batch.cli.terminal import Say
from labkesmas_batch.commands.finalize import FinalizeResult
from labkesmas_batch.explanation import week as sentences
from labkesmas_batch.text.indonesian import short_date


def say_finalized(say: Say, done: FinalizeResult) -> None:
    """Say what an approval made, and what papers still lack."""
    say(f"Jadwal {done.run} disahkan oleh {done.by}.")
    if (before := done.signed_before) is not None:
        say(
            f"Tanda tangan dibetulkan; semula {before.by}, {short_date(before.on)}. Keputusan, "
            "hari dan tim tetap. Jadwal final dan dokumen terbit lagi di samping yang terdahulu."
        )
    elif done.week is None:
        say("Sudah disahkan sebelumnya dengan keputusan yang sama; tidak ada yang berubah.")
    else:
        say(sentences.week(done.week))
    say_findings(say, done.findings, most=1)
    acuan = done.week.facts.reference_source.name if done.week else ""
    if any(each.kind.code.startswith("D") and each.file == acuan for each in done.findings):
        again = f"labkesmas-batch documents {done.run} --reference acuan.xlsx"
        say(f"Sesudah acuan dilengkapi, dokumen dibuat lagi dengan: {again}")
    say(f"Jadwal final: {done.schedule}")
    say(f"Dokumen: {done.documents}")
    if done.calendars.is_dir():
        say(f"Kalender tim (.ics): {done.calendars}")
    say(f"Formulir realisasi: {done.form}")
