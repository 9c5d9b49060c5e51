"""Random weeks: well-formed intake and reference data for the property tests.

A week is plain data, drawn from one seed, so that a failing seed can be written down. Every row
is valid; which requests are returned, moved or queued follows from the rules alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from openpyxl import Workbook

Cells = dict[str, object]

INTAKE_HEADERS = (
    "No. Permintaan", "Tanggal Permintaan", "Jenis Customer", "Nama Customer", "Alamat",
    "Narahubung", "Telepon", "Email", "Lokasi Sampling", "Wilayah", "Jenis Contoh Uji",
    "Parameter", "Jumlah Contoh Uji", "Tanggal Usulan", "Batas Akhir", "Surat Dispensasi",
    "Keterangan",
)  # fmt: skip
REFERENCE_HEADERS = {
    "Ketentuan": ("Kunci", "Nilai", "Keterangan"),
    "Tim": ("Nama Tim", "Ketua", "Anggota", "Jenis Contoh Uji", "Kunjungan per Hari",
            "Contoh Uji per Hari"),
    "Tim Cuti": ("Nama Tim", "Dari", "Sampai", "Alasan"),
    "Wilayah": ("Wilayah", "Hari Perjalanan", "Hari Berangkat", "Moda", "Jam Tempuh"),
    "Jenis Contoh Uji": ("Jenis Contoh Uji", "Peralatan", "Waktu Simpan (Jam)",
                         "Hari Tanpa Pengambilan", "Kapasitas Lab per Hari"),
    "Peralatan": ("Peralatan", "Jumlah Unit", "Kalibrasi Berlaku Sampai"),
    "Tarif": ("Jenis Contoh Uji", "Parameter", "Tarif (Rp)", "Dasar"),
    "Hari Libur": ("Tanggal", "Keterangan", "Jenis", "Dasar"),
    "Pejabat": ("Jabatan", "Nama", "NIP"),
}  # fmt: skip

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
PEOPLE = (
    "Rina Hartati", "Budi Santoso", "Dewi Lestari", "Agus Salim", "Siti Aminah", "Joko Purnomo",
    "Maya Sari", "Hendra Wijaya", "Nur Aisyah", "Eko Prasetyo", "Lina Marlina", "Rudi Hermawan",
    "Fitri Handayani", "Yusuf Hakim", "Tuti Alawiyah", "Dian Permata",
)  # fmt: skip
REGIONS = ("Batam Kota", "Sekupang", "Nongsa", "Galang", "Belakang Padang", "Bintan", "Karimun",
           "Lingga", "Natuna")  # fmt: skip
SAMPLE_TYPES = {
    "Air Minum": ("E. coli", "Total Coliform", "pH", "Kekeruhan"),
    "Air Limbah": ("BOD", "COD", "TSS", "Amonia"),
    "Udara Ambien": ("SO2", "NO2", "PM10", "PM2.5"),
    "Makanan": ("Salmonella", "Formalin", "Boraks"),
    "Usap Alat": ("Angka Kuman", "E. coli Usap"),
}
EQUIPMENT = ("pH Meter", "High Volume Air Sampler", "Cool Box Vaksin", "DO Meter")
INTERNAL = ("Instalasi Mikrobiologi", "Instalasi Kimia Kesehatan", "Tim Kerja Surveilans",
            "Instalasi Patologi Klinik")  # fmt: skip
EXTERNAL = ("PT Bahari Sejahtera", "Puskesmas Sei Langkai", "RSUD Melati", "CV Tirta Segar",
            "Hotel Pantai Indah", "PT Galangan Nusantara")  # fmt: skip


@dataclass(frozen=True)
class Week:
    """One week's input: the run date, the intake rows and the nine reference sheets."""

    run_date: date
    intake: list[Cells]
    reference: dict[str, list[Cells]]


def random_week(seed: int, requests: int = 60, trips: bool = True) -> Week:
    """Draw a week of well-formed rows; without `trips` every visit lasts one day."""
    rng = random.Random(seed)
    run_date = date(2026, 1, 1) + timedelta(days=rng.randrange(720))
    settings = _settings(rng)
    horizon = run_date + timedelta(days=settings["horizon_hari"])  # type: ignore[arg-type]
    kinds = rng.sample(sorted(SAMPLE_TYPES), rng.randint(2, len(SAMPLE_TYPES)))
    equipment = rng.sample(EQUIPMENT, rng.randint(1, len(EQUIPMENT)))
    teams = _teams(rng, kinds)
    reference: dict[str, list[Cells]] = {
        "Ketentuan": [_cells("Ketentuan", key, value, None) for key, value in settings.items()],
        "Tim": teams,
        "Tim Cuti": _leave(rng, teams, run_date, horizon),
        "Wilayah": _regions(rng, trips),
        "Jenis Contoh Uji": [_sample_type(rng, kind, equipment) for kind in kinds],
        "Peralatan": [_equipment(rng, name, run_date, horizon) for name in equipment],
        "Tarif": [
            _cells("Tarif", kind, name, rng.randrange(20, 500) * 1000, "Contoh, ganti")
            for kind in kinds
            for name in SAMPLE_TYPES[kind]
        ],
        "Hari Libur": _holidays(rng, run_date, horizon),
        "Pejabat": [
            _cells("Pejabat", "Kepala", "Zainal Contoh, S.T.", "197001011995031001"),
            _cells("Pejabat", "Kepala Instalasi Sampling", "Ratna Contoh", "198002022005012002"),
        ],
    }
    return Week(run_date, _intake(rng, run_date, requests, reference), reference)


def write_week(week: Week, folder: Path, shuffle_seed: int | None = None) -> tuple[Path, Path]:
    """Write permintaan.xlsx and acuan.xlsx; a shuffle seed reorders the intake rows only."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rows = list(week.intake)
    if shuffle_seed is not None:
        random.Random(shuffle_seed).shuffle(rows)
    intake, reference = folder / "permintaan.xlsx", folder / "acuan.xlsx"
    _write(intake, {"Permintaan": (INTAKE_HEADERS, rows)})
    _write(reference, {s: (h, week.reference[s]) for s, h in REFERENCE_HEADERS.items()})
    return intake, reference


def _write(path: Path, sheets: dict[str, tuple[tuple[str, ...], list[Cells]]]) -> None:
    """Write sheets with their header in row 1; dates become real date cells."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, (headers, rows) in sheets.items():
        sheet = workbook.create_sheet(title)
        sheet.append(list(headers))
        for row in rows:
            sheet.append([row.get(header) for header in headers])
    workbook.save(path)


def _cells(sheet: str, *values: object) -> Cells:
    """Pair a reference sheet's headers with one row's values."""
    return dict(zip(REFERENCE_HEADERS[sheet], values, strict=True))


def _maybe(rng: random.Random, chance: float, value: object) -> object | None:
    """Return the value with that chance, else a blank cell."""
    return value if rng.random() < chance else None


def _days(rng: random.Random, most: int) -> str:
    """Draw a `;` list of one to `most` of Monday to Saturday, in the week's order."""
    return "; ".join(sorted(rng.sample(DAYS[:6], rng.randint(1, most)), key=DAYS.index))


def _settings(rng: random.Random) -> dict[str, object]:
    """Draw the values of Ketentuan within what the rules allow."""
    internal = rng.randint(0, 10)
    some_days = sorted(rng.sample(DAYS[:6], rng.randint(3, 6)), key=DAYS.index)
    return {
        "tenggang_permintaan_hari": rng.choice([0, 7, 14, 21, 21, 21, 28]),
        "tenggang_kurang": rng.choice(["kembalikan", "geser"]),
        "selisih_internal_hari": internal,
        "selisih_eksternal_hari": internal + rng.randint(1, 9),
        "zona_antara": rng.choice(["urut_permintaan", "internal"]),
        "jeda_terbit_hari": rng.randint(0, 3),
        "horizon_hari": rng.randint(10, 90),
        "hari_kerja": rng.choice(["Senin-Jumat"] * 2 + ["Senin-Sabtu", ";".join(some_days)]),
    }


def _teams(rng: random.Random, kinds: list[str]) -> list[Cells]:
    """Draw one to five teams; not every sample type need have a competent one."""
    people = rng.sample(PEOPLE, len(PEOPLE))
    rows = []
    for index in range(rng.randint(1, 5)):
        some = "; ".join(rng.sample(kinds, rng.randint(1, len(kinds))))
        leader, *members = people[3 * index : 3 * index + 3]
        visits = _maybe(rng, 0.85, rng.randint(1, 4))
        samples = _maybe(rng, 0.6, rng.randint(10, 40))
        # A team without any limit would swallow the week; now and then it may.
        if visits is None and samples is None and rng.random() < 0.8:
            visits = 4
        can = rng.choice(["Semua", some, some])
        name = f"Tim {rng.choice(['Melati', 'Mawar', 'Anggrek'])} {index + 1}"
        rows.append(_cells("Tim", name, leader, "; ".join(members), can, visits, samples))
    return rows


def _leave(rng: random.Random, teams: list[Cells], first: date, last: date) -> list[Cells]:
    """Draw up to two leaves a team that do not touch each other."""
    rows = []
    for team in teams:
        start = first + timedelta(days=rng.randint(-3, 20))
        while start <= last and rng.random() < 0.35:
            until = start + timedelta(days=rng.choice([0, 0, 1, 2, 4, 9]))
            reason = rng.choice(["Cuti tahunan", "Pelatihan", "Dinas luar"])
            rows.append(_cells("Tim Cuti", team["Nama Tim"], start, until, reason))
            start = until + timedelta(days=rng.randint(2, 25))
    return rows


def _regions(rng: random.Random, trips: bool) -> list[Cells]:
    """Draw two to six regions with travel days and, sometimes, fixed days of departure."""
    rows = []
    for name in rng.sample(REGIONS, rng.randint(2, 6)):
        travel = rng.choices([0, 1, 2], [5, 3, 2])[0] if trips else 0
        hours = rng.randint(1, 6) / 2 if travel == 0 else rng.randint(4, 30)
        mode = "Darat" if travel == 0 else rng.choice(["Laut", "Udara"])
        rows.append(_cells("Wilayah", name, travel, _maybe(rng, 0.25, _days(rng, 3)), mode, hours))
    return rows


def _sample_type(rng: random.Random, kind: str, equipment: list[str]) -> Cells:
    """Draw what a sample type needs: equipment, days without sampling, laboratory capacity."""
    needs = "; ".join(rng.sample(equipment, rng.randint(1, min(2, len(equipment)))))
    return _cells(
        "Jenis Contoh Uji",
        kind,
        _maybe(rng, 0.6, needs),
        rng.choice([6, 24, 48, 168]),
        _maybe(rng, 0.3, _days(rng, 2)),
        _maybe(rng, 0.5, rng.randint(15, 50)),
    )


def _equipment(rng: random.Random, name: str, first: date, last: date) -> Cells:
    """Draw an equipment row: few units, the calibration sometimes ending within the horizon."""
    within = first + timedelta(days=rng.randrange((last - first).days + 1))
    after = last + timedelta(days=rng.randint(1, 300))
    until = rng.choice([None, within, after])
    return _cells("Peralatan", name, _maybe(rng, 0.85, rng.randint(1, 3)), until)


def _holidays(rng: random.Random, first: date, last: date) -> list[Cells]:
    """Draw holidays in the horizon, and two fixed ones in every planned year."""
    names: dict[date, tuple[str, str]] = {}
    for year in range(first.year, last.year + 2):
        names[date(year, 1, 1)] = ("Tahun Baru Masehi", "Libur Nasional")
        names[date(year, 8, 17)] = ("Hari Kemerdekaan", "Libur Nasional")
    span = (last - first).days
    for _ in range(rng.randint(1, 3 + span // 10)):
        day = first + timedelta(days=rng.randrange(span + 5))
        kind = rng.choice(["Libur Nasional", "Cuti Bersama", "Libur Daerah"])
        names.setdefault(day, ("Libur contoh", kind))
    return [_cells("Hari Libur", day, *names[day], "Contoh") for day in sorted(names)]


def _numbers(rng: random.Random, count: int) -> list[str]:
    """Draw request numbers that tell natural order from text order (P-2, P-10, P-010a, p-7)."""
    numbers: dict[str, str] = {}  # keyed by lower case: numbers never differ in case alone
    while len(numbers) < count:
        value = rng.randint(1, 2 * count + 10)
        digits = rng.choice([str(value), str(value), f"{value:03d}"])
        number = rng.choice(["P-", "P-", "P-", "p-", "Lab/7-"]) + digits
        number += rng.choice(["", "", "", "a", "B"])
        numbers.setdefault(number.lower(), number)
    return list(numbers.values())


def _intake(
    rng: random.Random, run_date: date, count: int, reference: dict[str, list[Cells]]
) -> list[Cells]:
    """Draw the requests of the six weeks before the run date, many of them on the same days."""
    days = [run_date - timedelta(days=rng.randint(0, 42)) for _ in range(max(3, count // 2))]
    return [_request(rng, no, rng.choice(days), run_date, reference) for no in _numbers(rng, count)]


def _request(
    rng: random.Random, no: str, day: date, run_date: date, reference: dict[str, list[Cells]]
) -> Cells:
    """Draw one row of the intake, in the order of its headers."""
    internal = rng.random() < 0.5
    clock = time(rng.randint(7, 16), rng.choice([0, 5, 30, 59]))
    moment = datetime.combine(day, clock) if rng.random() < 0.35 else day
    kind = rng.choice(reference["Jenis Contoh Uji"])["Jenis Contoh Uji"]
    names = [row["Parameter"] for row in reference["Tarif"] if row["Jenis Contoh Uji"] == kind]
    wanted = "; ".join(map(str, rng.sample(names, rng.randint(1, len(names)))))
    proposed, latest = _dates(rng, day, run_date, _lead_time(reference["Ketentuan"]))
    values = (
        no,
        moment,
        "Internal" if internal else "Eksternal",
        rng.choice(INTERNAL if internal else EXTERNAL),
        _maybe(rng, 0.7, f"Jl. Contoh No. {rng.randint(1, 99)}"),
        _maybe(rng, 0.7, rng.choice(PEOPLE)),
        _maybe(rng, 0.7, f"0812{rng.randrange(10**7):07d}"),
        _maybe(rng, 0.5, f"pelanggan{rng.randint(1, 99)}@contoh.id"),
        f"Titik sampling {rng.randint(1, 40)}",
        rng.choice(reference["Wilayah"])["Wilayah"],
        kind,
        _maybe(rng, 0.6, wanted),
        rng.choice([rng.randint(1, 6), rng.randint(1, 12), rng.randint(1, 20)]),
        proposed,
        latest,
        _maybe(rng, 0.15, f"DSP/{rng.randint(1, 99):03d}/{day.year}"),
        _maybe(rng, 0.2, "Mohon dijadwalkan pagi hari"),
    )
    return dict(zip(INTAKE_HEADERS, values, strict=True))


def _lead_time(settings: Iterable[Cells]) -> int:
    """Read the lead time back from the drawn Ketentuan."""
    values = {row["Kunci"]: row["Nilai"] for row in settings}
    return int(str(values["tenggang_permintaan_hari"]))


def _dates(
    rng: random.Random, day: date, run_date: date, lead: int
) -> tuple[date | None, date | None]:
    """Draw Tanggal Usulan (before or after the compliant date) and Batas Akhir, or blanks."""
    early = day + timedelta(days=rng.randint(0, max(lead - 1, 0)))
    late = day + timedelta(days=lead + rng.choice([0, 1, rng.randint(0, 14), rng.randint(0, 30)]))
    proposed = rng.choice([None, early, late, late])
    start = max(proposed or day + timedelta(days=lead), run_date)
    latest = start + timedelta(days=rng.choice([0, 3, 7, 14, 21]))
    return proposed, latest if rng.random() < 0.3 else None
