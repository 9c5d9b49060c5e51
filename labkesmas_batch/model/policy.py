"""The SOP's numbers as the sheet ``Ketentuan`` gives them, each with the rule it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
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


NOT_IN_SOP = "SOP tidak mengatur"
_SOURCES = {
    Rule.LEAD: ("langkah 4", "Permintaan disampaikan 3 minggu sebelum pengaturan jadwal."),
    Rule.REVIEW: ("langkah 6, cabang “Tidak”", "Permintaan yang tenggangnya kurang."),
    Rule.CLAUSE_7A: ("langkah 7a", "Customer Internal didahulukan bila selisih hanya 1 minggu."),
    Rule.CLAUSE_7B: ("langkah 7b", "Customer Eksternal didahulukan bila selisih 2 minggu."),
    Rule.ORDER: (
        NOT_IN_SOP,
        "Sesama golongan, atau Internal yang lebih dahulu: yang datang dahulu dilayani dahulu.",
    ),
    Rule.SERIES: (
        NOT_IN_SOP,
        "Tanggal sama dalam satu golongan: jam permintaan, lalu No. Permintaan (P-2 sebelum P-10).",
    ),
}


class ShortLead(StrEnum):
    """``tenggang_kurang``: what happens to a proposed date that comes too early (R-KAJI)."""

    RETURN = "kembalikan"
    SHIFT = "geser"


class SilentZone(StrEnum):
    """``zona_antara``: who goes first on the days of which the SOP says nothing (R-ANTARA)."""

    FIRST_COME = "urut_permintaan"
    INTERNAL = "internal"

    @property
    def other(self) -> SilentZone:
        """The other reading."""
        return SilentZone.INTERNAL if self is SilentZone.FIRST_COME else SilentZone.FIRST_COME


# Windows of dates, in days, which a workbook without their rows gets.
_ASKED_AGE, _MOST_AGE, _AHEAD, _LEAVE, _HOLIDAY, APART_DAYS = 90, 365, 365, 100, 730, 14


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
    asked_age_days, most_age_days
        ``umur_permintaan_hari`` and ``umur_permintaan_terlama_hari``: a new request that is older
        by the run date is asked about, and held.
    ahead_days
        ``tanggal_terjauh_hari``: a proposed day or deadline further ahead is asked about.
    leave_days
        ``cuti_terlama_hari``: longer leave is asked about.
    holiday_days
        ``libur_terjauh_hari``: a holiday further ahead is asked about.
    apart_days
        ``selisih_realisasi_hari``: an actual day further from the planned one is asked about.
    """

    lead_days: int
    short_lead: ShortLead
    internal_gap: int
    external_gap: int
    silent_zone: SilentZone
    issue_days: int
    horizon_days: int
    workdays: frozenset[int]
    asked_age_days: int = _ASKED_AGE
    most_age_days: int = _MOST_AGE
    ahead_days: int = _AHEAD
    leave_days: int = _LEAVE
    holiday_days: int = _HOLIDAY
    apart_days: int = APART_DAYS

    def earliest(self, received_on: date, waiver: str = "") -> date:
        """Return the earliest day of sampling by R-TENGGANG (SOP step 4).

        So many calendar days after the request date; a waiver letter exempts altogether.
        """
        return received_on + timedelta(days=0 if waiver else self.lead_days)

    @property
    def threshold(self) -> int:
        """T in days: internal goes first if and only if it came at most T days later."""
        if self.silent_zone is SilentZone.FIRST_COME:
            return self.internal_gap
        return self.external_gap - 1

    @property
    def other_reading(self) -> Policy:
        """The policy with the other value of ``zona_antara``."""
        return replace(self, silent_zone=self.silent_zone.other)

    @property
    def silent_days(self) -> str:
        """The days of which the SOP says nothing, as in ``8 s.d. 13 hari``."""
        return _silent_days(self.internal_gap, self.external_gap)


def _silent_days(internal_gap: int, external_gap: int) -> str:
    first, last = internal_gap + 1, external_gap - 1
    if first > last:
        return "tidak ada"
    return f"{first} hari" if first == last else f"{first} s.d. {last} hari"


def rule_source(rule: Rule, policy: Policy) -> tuple[str, str]:
    """Return the SOP's step, or that it says nothing, and what the rule says in one sentence."""
    if rule is Rule.SILENT:
        days = policy.silent_days
        first = "yang datang dahulu" if policy.silent_zone is SilentZone.FIRST_COME else "Internal"
        return NOT_IN_SOP, (
            f"zona_antara = {policy.silent_zone} untuk selisih {days}: {first} didahulukan."
        )
    return _SOURCES[rule]


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of ``Ketentuan``: key, rule, default as typed into the cell, and its meaning.

    A workbook without a row that came ``late`` is not asked for it.
    """

    key: str
    field: str
    rule: Rule | None
    default: int | str
    meaning: str
    choices: tuple[str, ...] = ()
    late: bool = False

    def said(self, policy: Policy) -> str:
        """Return the meaning with the numbers in force, where it names any."""
        return self.meaning.replace(_DEFAULT_SILENT_DAYS, policy.silent_days)


_DEFAULT_SILENT_DAYS = _silent_days(7, 14)
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
            f"Selisih yang tidak diatur SOP ({_DEFAULT_SILENT_DAYS}): urut_permintaan = yang "
            "datang dahulu; internal = Internal dahulu.", tuple(SilentZone)),
    Setting("jeda_terbit_hari", "issue_days", None, 1,
            "Hari kalender sesudah tanggal pengaturan jadwal untuk penandatanganan SPT "
            "(SOP langkah 7: 1 hari)."),
    Setting("horizon_hari", "horizon_days", None, 90,
            "Jadwal tidak disusun lebih jauh dari sekian hari sesudah tanggal pengaturan jadwal."),
    Setting("hari_kerja", "workdays", None, "Senin-Jumat",
            "Hari kerja: rentang (Senin-Jumat) atau daftar (Senin; Rabu; Jumat)."),
    Setting("umur_permintaan_hari", "asked_age_days", None, _ASKED_AGE,
            "Permintaan baru yang lebih tua dari sekian hari pada tanggal pengaturan jadwal "
            "ditanyakan: tanggal yang salah ketik mendahului orang lain.", late=True),
    Setting("umur_permintaan_terlama_hari", "most_age_days", None, _MOST_AGE,
            "Permintaan baru yang lebih tua dari sekian hari ditahan.", late=True),
    Setting("tanggal_terjauh_hari", "ahead_days", None, _AHEAD,
            "Tanggal Usulan atau Batas Akhir yang lebih jauh dari sekian hari ke depan "
            "ditanyakan.", late=True),
    Setting("cuti_terlama_hari", "leave_days", None, _LEAVE,
            "Cuti tim yang lebih lama dari sekian hari ditanyakan.", late=True),
    Setting("libur_terjauh_hari", "holiday_days", None, _HOLIDAY,
            "Hari libur yang lebih jauh dari sekian hari ke depan ditanyakan.", late=True),
    Setting("selisih_realisasi_hari", "apart_days", None, APART_DAYS,
            "Tanggal Nyata yang berbeda lebih dari sekian hari dari rencana ditanyakan.",
            late=True),
)  # fmt: skip
