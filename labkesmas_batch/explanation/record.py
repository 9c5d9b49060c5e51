"""A run's decisions as plain data, for ``explain`` and other programs: ``keputusan.json``.

Beside an approved schedule ``keputusan-final.json`` says the same of what was approved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from labkesmas_batch.explanation import no_day
from labkesmas_batch.explanation import order as sentences
from labkesmas_batch.model.decisions import ASIDE_AS
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import MOST_COMPARED, Ranked, Unplaced, Visit
from labkesmas_batch.model.week import Week

FORMAT = 1
# Of a number that differs between two files one finding tells, at the first of its rows.
TOLD_ELSEWHERE = (
    "Nomornya ada juga di berkas lain dengan isi yang berbeda: lihat lembar Kesalahan (B14)."
)
Record = dict[str, object]


def decisions_record(week: Week, run: str, reasons: Mapping[str, str]) -> Record:
    """Return everything that explains the run: policy, every request, and why.

    Dates are ISO texts, absent values None. ``permintaan`` stands in order of rank, and is made
    while it is read, once: written out it is larger than everything else of a run.
    """
    policy = week.reference.policy
    return {
        "format": FORMAT,
        "run": run,
        "tanggal": week.run_date.isoformat(),
        "ketentuan": {
            "selisih_internal_hari": policy.internal_gap,
            "selisih_eksternal_hari": policy.external_gap,
            "zona_antara": policy.silent_zone.value,
            "T": policy.threshold,
        },
        "keputusan_kepala": [
            {"no_permintaan": each.first, "atas": each.second, "dasar": each.basis}
            for each in week.reference.decisions
        ],
        # Beyond it nobody asked what the other reading would give.
        "dibandingkan_sampai": MOST_COMPARED,
        "permintaan": _entries(week, reasons),
        "dikembalikan": [
            _request(back.request) | {"alasan": sentences.returned(back, policy)}
            for back in week.plan.returned
        ],
        "terkunci": [
            _request(visit.request)
            | {
                "mulai": visit.first.isoformat(),
                "selesai": visit.last.isoformat(),
                "tim": visit.team,
                "alasan": reasons[visit.request.number],
            }
            for visit in week.plan.locked
        ],
        "ditahan": _held(week),
        "disisihkan": [
            _request(request)
            | {"hasil": ASIDE_AS[order.verdict].value, "alasan": no_day.set_aside(order)}
            for request, order in week.plan.set_aside
        ],
        "disahkan": (
            {"oleh": week.plan.approved.by, "tanggal": week.plan.approved.on.isoformat()}
            if week.plan.approved
            else None
        ),
    }


def _entries(week: Week, reasons: Mapping[str, str]) -> Iterator[Record]:
    days: list[Visit | Unplaced] = [*week.plan.allocation.visits, *week.plan.allocation.unplaced]
    placed = {each.request.number: each for each in days}
    there = {effect.request.number: effect for effect in week.plan.zone}
    for at, each in enumerate(week.plan.ranked):
        entry = _ranked(each)
        entry["atas"] = week.plan.ranked[at - 1].request.number if at else None
        entry["bawah"] = (
            week.plan.ranked[at + 1].request.number if at + 1 < len(week.plan.ranked) else None
        )
        entry |= _day(placed[each.request.number], week, reasons)
        if effect := there.get(each.request.number):
            entry["bacaan_lain"] = _iso(effect.there)
            entry["lawan"] = effect.opponent.number if effect.opponent else None
        yield entry


def _iso(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else None


def _request(request: Request) -> Record:
    return {
        "no_permintaan": request.number,
        "customer": request.customer,
        "jenis_customer": request.customer_class.value,
        "tanggal_permintaan": request.received.isoformat(),
        "tanggal_usulan": _iso(request.proposed),
        "wilayah": request.region,
        "jenis_contoh_uji": request.sample_type,
        "jumlah_contoh_uji": request.samples,
    }


def _ranked(ranked: Ranked) -> Record:
    return _request(ranked.request) | {
        "peringkat": ranked.rank,
        "tanggal_efektif": ranked.effective.isoformat(),
        "bergantung_zona_antara": ranked.silent,
    }


def _day(placed: Visit | Unplaced, week: Week, reasons: Mapping[str, str]) -> Record:
    policy = week.reference.policy
    reason = placed.obstacle.reason.value if placed.obstacle else None
    if isinstance(placed, Unplaced):
        return {"status": Outcome.WAITING, "sebab": reason, "mulai": None, "selesai": None,
                "tim": None, "terdekat": _iso(placed.nearest),
                "alasan": no_day.unplaced(placed, policy)}  # fmt: skip
    return {"status": placed.status.value, "sebab": reason, "mulai": placed.first.isoformat(),
            "selesai": placed.last.isoformat(), "tim": placed.team,
            "alasan": reasons[placed.request.number]}  # fmt: skip


def _held(week: Week) -> list[Record]:
    problems = defaultdict(list)
    for finding in week.findings:
        if finding.is_error:
            said = f"{finding.sheet}!{finding.cell}: {finding.problem} {finding.remedy}"
            problems[finding.file, finding.sheet, finding.row].append(said)
    return [
        {
            "no_permintaan": each.number,
            "customer": each.customer,
            "berkas": each.file,
            "lembar": each.sheet,
            "baris": each.row,
            "masalah": problems[each.file, each.sheet, each.row] or [TOLD_ELSEWHERE],
        }
        for each in week.facts.on_hold
    ]
