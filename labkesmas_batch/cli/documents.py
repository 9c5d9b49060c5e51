"""``documents``: the documents of an approved run again."""

from __future__ import annotations

from pathlib import Path

import click

from labkesmas_batch.cli.messages import say_findings
from labkesmas_batch.cli.options import JSON, PATH, REGISTER, Command, options
from labkesmas_batch.cli.terminal import print_json, speaker


class KindOfDocument(click.ParamType[str]):
    """A kind of document by the word in its file's name."""

    name = "JENIS"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the word, or fail as wrong usage and suggest one."""
        from labkesmas_batch.documents import reissue

        kind, instead = reissue.kind_of(str(value))
        if not kind:
            meant = f" Maksudnya “{instead}”?" if instead else ""
            self.fail(
                f"“{value}” bukan jenis dokumen.{meant} Yang ada: {', '.join(reissue.KINDS)}.",
                param,
                ctx,
            )
        return kind


@click.command(cls=Command, short_help="Membuat lagi dokumen jadwal yang sudah disahkan.")
@click.argument("run", metavar="RUN")
@click.option(
    "--only", type=KindOfDocument(), help="Satu jenis saja, mis. penawaran, spt, invoice."
)
@click.option(
    "--reference",
    type=PATH,
    metavar="BERKAS",
    help="Acuan yang sudah dilengkapi (tarif, pejabat, NIP, teks). Tanggal dan tim tetap; dokumen "
    "yang isinya berubah mendapat akhiran revisi. Baku: acuan yang terakhir dipakai.",
)
@click.option(
    "--intake",
    type=PATH,
    metavar="FORMULIR",
    help="Formulir permintaan (berkas atau folder) dengan alamat, narahubung, telepon, email, "
    "parameter atau keterangan yang sudah dibetulkan; juga untuk kunjungan yang sudah selesai.",
)
@click.option(
    "--output",
    type=PATH,
    metavar="FOLDER",
    help="Folder hasil. Baku: folder di atas RUN, atau output.",
)
@options(REGISTER, JSON)
def documents(
    run: str,
    only: str | None,
    reference: Path | None,
    intake: Path | None,
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
      labkesmas-batch documents 2026-11-23-r1 --intake permintaan.xlsx
    """
    from labkesmas_batch.cli.document_messages import record, said
    from labkesmas_batch.commands.documents import reissue

    done = reissue(run, only, reference, output, register, speaker(True), intake)
    say = speaker(as_json)
    lines = list(said(done, intake))
    say(lines[0])
    say_findings(say, done.findings, most=1)
    for line in lines[1:]:
        say(line)
    if as_json:
        print_json(record(done))
