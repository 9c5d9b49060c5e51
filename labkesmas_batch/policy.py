"""The SOP's numbers as the sheet ``Ketentuan`` gives them, each with the rule it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """The rule ids that every printed decision names."""

    LEAD = "R-TENGGANG"
    REVIEW = "R-KAJI"
    CLAUSE_7A = "R-7A"
    CLAUSE_7B = "R-7B"
    SILENT = "R-ANTARA"
    ORDER = "R-URUT"
    SERIES = "R-SERI"


RULE_SOURCE = {
    Rule.LEAD: ("langkah 4", "Permintaan disampaikan 3 minggu sebelum pengaturan jadwal."),
    Rule.REVIEW: ("langkah 6, cabang “Tidak”", "Permintaan yang tenggangnya kurang."),
    Rule.CLAUSE_7A: ("langkah 7a", "Customer Internal didahulukan bila selisih hanya 1 minggu."),
    Rule.CLAUSE_7B: ("langkah 7b", "Customer Eksternal didahulukan bila selisih 2 minggu."),
    Rule.SILENT: ("SOP tidak mengatur", "Selisih di antara 7a dan 7b (8 s.d. 13 hari)."),
    Rule.ORDER: (
        "SOP tidak mengatur",
        "Sesama golongan, atau Internal yang lebih dahulu: yang datang dahulu dilayani dahulu.",
    ),
    Rule.SERIES: (
        "SOP tidak mengatur",
        "Tanggal sama dalam satu golongan: jam permintaan, lalu No. Permintaan (P-2 sebelum P-10).",
    ),
}


class ShortLead(StrEnum):
    """``tenggang_kurang``: what happens to a proposed date that comes too early (R-KAJI)."""

    RETURN = "kembalikan"
    SHIFT = "geser"


class SilentZone(StrEnum):
    """``zona_antara``: who goes first on the days of which the SOP is silent (R-ANTARA)."""

    FIRST_COME = "urut_permintaan"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings in force.

    Parameters
    ----------
    lead_days
        ``tenggang_permintaan_hari``, calendar days from request to earliest sampling (step 4).
    short_lead
        ``tenggang_kurang`` (step 6).
    internal_gap
        ``selisih_internal_hari``: internal first up to so many days after external (step 7a).
    external_gap
        ``selisih_eksternal_hari``: external first from so many days before internal (step 7b).
    silent_zone
        ``zona_antara``, the days between the two.
    issue_days
        ``jeda_terbit_hari``, calendar days from the run to the first possible sampling (step 7).
    horizon_days
        ``horizon_hari``, calendar days after the run date past which nothing is planned.
    workdays
        ``hari_kerja`` as weekday numbers, Monday 0.
    """

    lead_days: int
    short_lead: ShortLead
    internal_gap: int
    external_gap: int
    silent_zone: SilentZone
    issue_days: int
    horizon_days: int
    workdays: frozenset[int]

    @property
    def threshold(self) -> int:
        """T in days: internal goes first if and only if it came at most T days later."""
        if self.silent_zone is SilentZone.FIRST_COME:
            return self.internal_gap
        return self.external_gap - 1


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of ``Ketentuan``: key, rule, default as typed into the cell, and its meaning."""

    key: str
    field: str
    rule: Rule | None
    default: int | str
    meaning: str
    choices: tuple[str, ...] = ()


SETTINGS = (
    Setting("tenggang_permintaan_hari", "lead_days", Rule.LEAD, 21,
            "Hari kalender paling sedikit antara Tanggal Permintaan dan pengambilan contoh uji "
            "(SOP langkah 4: 3 minggu)."),
    Setting("tenggang_kurang", "short_lead", Rule.REVIEW, "kembalikan",
            "Bila Tanggal Usulan terlalu dini: kembalikan = dikembalikan ke customer; "
            "geser = dijadwalkan mulai tanggal terdekat yang memenuhi.", tuple(ShortLead)),
    Setting("selisih_internal_hari", "internal_gap", Rule.CLAUSE_7A, 7,
            "Internal didahulukan bila datang paling lama sekian hari sesudah Eksternal "
            "(SOP langkah 7a: 1 minggu)."),
    Setting("selisih_eksternal_hari", "external_gap", Rule.CLAUSE_7B, 14,
            "Eksternal didahulukan bila datang sekian hari atau lebih sebelum Internal "
            "(SOP langkah 7b: 2 minggu)."),
    Setting("zona_antara", "silent_zone", Rule.SILENT, "urut_permintaan",
            "Selisih yang tidak diatur SOP (8 s.d. 13 hari): urut_permintaan = yang datang dahulu; "
            "internal = Internal dahulu.", tuple(SilentZone)),
    Setting("jeda_terbit_hari", "issue_days", None, 1,
            "Hari kalender sesudah tanggal pengaturan jadwal untuk penandatanganan SPT "
            "(SOP langkah 7: 1 hari)."),
    Setting("horizon_hari", "horizon_days", None, 90,
            "Jadwal tidak disusun lebih jauh dari sekian hari sesudah tanggal pengaturan jadwal."),
    Setting("hari_kerja", "workdays", None, "Senin-Jumat",
            "Hari kerja: rentang (Senin-Jumat) atau daftar (Senin; Rabu; Jumat)."),
)  # fmt: skip
