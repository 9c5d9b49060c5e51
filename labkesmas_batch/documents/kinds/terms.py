"""Ketentuan Waktu Permintaan (SOP steps 2 and 3): the rules in force in words for customers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from labkesmas_batch.documents.content import Block, Document, Heading, Space, Table, Text
from labkesmas_batch.documents.content import Head as Column
from labkesmas_batch.documents.context import HEAD_OF_INSTITUTION, DocumentContext
from labkesmas_batch.model.documents import DocumentKind
from labkesmas_batch.model.policy import Policy, ShortLead, SilentZone
from labkesmas_batch.text.indonesian import day_names, long_date

_EXAMPLE = (
    Column("Customer", 3), Column("Permintaan diterima", 2), Column("Selisih", align="center"),
    Column("Dilayani", align="center"),
)  # fmt: skip


def compose(context: DocumentContext) -> Iterator[Document]:
    """Yield the one announcement of the run date."""
    policy = context.final.reference.policy
    yield context.letter(
        DocumentKind.TERMS,
        context.week,
        "Ketentuan Waktu",
        Text(
            "Agar pelayanan pengambilan contoh uji teratur dan adil, permintaan customer "
            "internal dan eksternal dilayani menurut ketentuan berikut."
        ),
        Space(),
        *(Text(text, f"{at}.") for at, text in enumerate(_rules(policy), start=1)),
        *_first_example(policy, context.final.run_date),
        *_second_example(policy, context.final.run_date),
        Space(),
        Text("Demikian ketentuan ini disampaikan untuk menjadi pedoman bersama."),
        context.signature(HEAD_OF_INSTITUTION),
        official="nomor surat",
    )


def _rules(policy: Policy) -> Iterator[str]:
    yield (
        f"Permintaan disampaikan paling lambat {policy.lead_days} hari kalender sebelum tanggal "
        "pengambilan contoh uji. Waktu permintaan adalah tanggal permintaan itu kami terima."
    )
    if policy.short_lead is ShortLead.RETURN:
        yield (
            "Permintaan dengan tanggal usulan yang lebih dekat dikembalikan kepada customer, "
            "disertai tanggal terdekat yang memenuhi ketentuan."
        )
    else:
        yield (
            "Permintaan dengan tanggal usulan yang lebih dekat dijadwalkan mulai tanggal terdekat "
            "yang memenuhi ketentuan."
        )
    yield "Pengecualian hanya dengan surat dispensasi dari Kepala."
    yield (
        "Customer internal didahulukan apabila permintaannya datang paling lama "
        f"{policy.internal_gap} hari sesudah permintaan customer eksternal."
    )
    yield (
        "Customer eksternal didahulukan apabila permintaannya datang paling sedikit "
        f"{policy.external_gap} hari sebelum permintaan customer internal."
    )
    yield from _silent_zone(policy)
    yield (
        "Selebihnya, juga antara sesama golongan, permintaan yang datang lebih dahulu dilayani "
        "lebih dahulu."
    )
    yield (
        f"Pengambilan dilaksanakan pada hari kerja ({day_names(policy.workdays)}), paling jauh "
        f"{policy.horizon_days} hari sesudah tanggal pengaturan jadwal."
    )


def _silent_zone(policy: Policy) -> Iterator[str]:
    """Say what holds on the days between, of which the SOP says nothing."""
    if policy.external_gap - policy.internal_gap > 1:
        first = (
            "customer eksternal, yang datang lebih dahulu,"
            if policy.silent_zone is SilentZone.FIRST_COME
            else "customer internal"
        )
        between = f"{policy.internal_gap + 1} sampai {policy.external_gap - 1} hari"
        yield (
            f"Selisih {between} tidak diatur SOP; balai mendahulukan {first} kecuali Kepala "
            "memutuskan lain."
        )


def _first_example(policy: Policy, day: date) -> Iterator[Block]:
    """Show the lead time and internal before external, at the last day that allows it."""
    later = day + timedelta(days=policy.internal_gap)
    earliest = day + timedelta(days=policy.lead_days)
    yield Heading("Contoh 1: customer internal didahulukan")
    yield Table(
        _EXAMPLE,
        (
            ("Customer eksternal", long_date(day), "", "kedua"),
            ("Customer internal", long_date(later), f"{policy.internal_gap} hari", "pertama"),
        ),
    )
    yield Text(
        f"Tanggal pengambilan yang paling dini untuk customer eksternal itu {long_date(earliest)}, "
        f"{policy.lead_days} hari sesudah permintaannya diterima."
    )


def _second_example(policy: Policy, day: date) -> Iterator[Block]:
    """Show external before internal, at the first day that asks for it."""
    later = day + timedelta(days=policy.external_gap)
    earliest = later + timedelta(days=policy.lead_days)
    yield Heading("Contoh 2: customer eksternal didahulukan")
    yield Table(
        _EXAMPLE,
        (
            ("Customer eksternal", long_date(day), "", "pertama"),
            ("Customer internal", long_date(later), f"{policy.external_gap} hari", "kedua"),
        ),
    )
    yield Text(
        f"Tanggal pengambilan yang paling dini untuk customer internal itu {long_date(earliest)}, "
        f"{policy.lead_days} hari sesudah permintaannya diterima."
    )
