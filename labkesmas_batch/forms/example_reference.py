"""Example reference data that ships in ``acuan.xlsx``.

Everything here is invented, so that the program runs before staff have typed their own data:
no real person, tariff or capacity. Rows that name a person or an amount say "contoh, ganti".
Only the place names are real. Holidays come from the ``holidays`` package, see `holiday_rows`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from labkesmas_batch.model.institution import FACTS
from labkesmas_batch.model.sheets import Header, SheetName

EXAMPLE: Final = "contoh, ganti"

_POSITIONS: Final = ("Ketua Tim", "Pengambil Contoh", "Pengambil Contoh")
# What the SOP says of the institution is in office.FACTS; this is the rest.
_FACTS: Final = {
    Header.ADDRESS: f"Jalan Contoh No. 1, Batam ({EXAMPLE})",
    Header.PHONE: f"(0778) 000000 ({EXAMPLE})",
    Header.EMAIL: f"layanan@contoh.example ({EXAMPLE})",
    "Narahubung Layanan": f"Nama Petugas Layanan, 0812-0000-0000 ({EXAMPLE})",
    "Penawaran Berlaku (Hari)": "30",
    "Jatuh Tempo Tagihan (Hari)": "14",
}
# Jenis Contoh Uji, Satuan, Wadah, Volume, Pengawetan, Metode, Pengendalian Mutu,
# Persiapan Customer
_METHODS: Final = (
    ("Air Minum", "botol", "Botol kaca steril bertutup ulir", "500 mL",
     "Didinginkan dalam kotak pendingin, terlindung cahaya", "Sesaat, dari keran atau kemasan",
     "Blanko lapangan dan satu duplikat setiap 10 contoh uji",
     "Sediakan akses ke keran dan depot; jangan membersihkan keran pada hari itu"),
    ("Air Bersih", "botol", "Botol polietilena dan botol kaca steril", "1 L",
     "Didinginkan dalam kotak pendingin, terlindung cahaya", "Sesaat, pada titik keluar sumber",
     "Blanko lapangan dan satu duplikat setiap 10 contoh uji",
     "Sediakan akses ke sumur atau tandon dan petugas pendamping"),
    ("Air Limbah", "botol", "Botol polietilena dan botol kaca gelap", "2 L",
     "Didinginkan; bahan pengawet menurut parameter", "Sesaat, di titik masuk dan keluar IPAL",
     "Blanko lapangan dan satu duplikat setiap 10 contoh uji",
     "Pastikan IPAL bekerja biasa dan titik pengambilan aman dicapai"),
    ("Udara Ambien", "titik", "Filter dan tabung penjerap", "Satu set setiap titik",
     "Tertutup rapat, terlindung panas", "Aktif dengan pompa, menurut waktu paparan parameter",
     "Blanko filter dan pemeriksaan laju alir sebelum dan sesudah",
     "Sediakan listrik dan tempat terbuka yang aman untuk alat"),
    ("Makanan dan Minuman", "bungkus", "Kantong steril bersegel", "250 g",
     "Didinginkan dalam kotak pendingin", "Aseptik, mewakili menu atau partai",
     "Satu duplikat setiap 10 contoh uji dan catatan suhu",
     "Sediakan makanan siap saji dan catatan waktu masaknya"),
    ("Vektor", "wadah", "Tabung atau gelas kertas berkasa", "Satu wadah setiap titik",
     "Kelembapan dijaga, tidak terkena panas", "Penangkapan dan penyisiran habitat",
     "Label ganda pada setiap wadah",
     "Beri tahu warga dan jangan melakukan pengasapan tiga hari sebelumnya"),
    ("Spesimen Klinis", "spesimen", "Media pengangkut steril", "Satu spesimen setiap orang",
     "Kotak pendingin spesimen, tegak", "Menurut pedoman pengambilan spesimen",
     "Kontrol media pengangkut dan pemeriksaan kebocoran",
     "Siapkan daftar orang yang diambil spesimennya dan ruang tertutup"),
    ("Usap Alat", "usapan", "Tabung berisi larutan pengencer steril", "Satu usapan setiap alat",
     "Didinginkan dalam kotak pendingin", "Usap aseptik pada luas permukaan tertentu",
     "Blanko usap setiap hari pengambilan",
     "Siapkan alat makan atau alat masak yang sudah dicuci dan siap pakai"),
)  # fmt: skip
# Judul, Isi
_CLAUSES: Final = (
    ("Maksud dan Tujuan",
     "Para pihak sepakat bekerja sama dalam pengambilan dan pengujian {jenis_contoh_uji} milik "
     "{nama_customer} menurut permintaan nomor {no_permintaan}, agar hasilnya dapat dipakai dan "
     f"ditelusuri ({EXAMPLE})."),
    ("Ruang Lingkup",
     "Pihak Kesatu mengambil {jumlah} di {lokasi} untuk parameter {parameter}."),
    ("Waktu dan Tata Cara",
     "Pengambilan dilaksanakan {tim} pada {tanggal} menurut SOP yang berlaku pada Pihak Kesatu. "
     "Perubahan tanggal disepakati tertulis sebelum hari pengambilan."),
    ("Hak dan Kewajiban",
     "Pihak Kesatu menjaga mutu, kerahasiaan dan ketertelusuran hasil. Pihak Kedua menyediakan "
     "akses, pendamping dan keterangan yang benar tentang lokasi."),
    ("Pembiayaan",
     "Biaya pengujian menurut tarif yang berlaku sebesar {nilai} ({terbilang}), belum termasuk "
     "biaya perjalanan. Pembayaran hanya melalui sistem penerimaan negara dengan kode billing."),
    ("Penyelesaian Perselisihan",
     "Perbedaan pendapat diselesaikan dengan musyawarah."),
)  # fmt: skip

REFERENCE: Final[dict[str, tuple[tuple[object, ...], ...]]] = {
    # Nama Tim, Ketua, Anggota, Jenis Contoh Uji, Kunjungan per Hari, Contoh Uji per Hari
    SheetName.TEAMS: (
        (
            "Tim 1",
            f"Nama Ketua Tim 1 ({EXAMPLE})",
            f"Nama Petugas 1 ({EXAMPLE}); Nama Petugas 2 ({EXAMPLE})",
            "Air Minum; Air Bersih; Air Limbah",
            3,
            40,
        ),
        (
            "Tim 2",
            f"Nama Ketua Tim 2 ({EXAMPLE})",
            f"Nama Petugas 3 ({EXAMPLE}); Nama Petugas 4 ({EXAMPLE})",
            "Air Minum; Air Bersih; Makanan dan Minuman; Usap Alat",
            3,
            30,
        ),
        (
            "Tim 3",
            f"Nama Ketua Tim 3 ({EXAMPLE})",
            f"Nama Petugas 5 ({EXAMPLE}); Nama Petugas 6 ({EXAMPLE})",
            "Udara Ambien; Vektor; Air Limbah; Spesimen Klinis",
            2,
            20,
        ),
        (
            "Tim 4",
            f"Nama Ketua Tim 4 ({EXAMPLE})",
            f"Nama Petugas 7 ({EXAMPLE}); Nama Petugas 8 ({EXAMPLE})",
            "Semua",
            2,
            30,
        ),
    ),
    # Nama Tim, Dari, Sampai, Alasan
    SheetName.LEAVE: (
        ("Tim 3", date(2026, 11, 26), date(2026, 11, 27), f"Pelatihan petugas ({EXAMPLE})"),
        ("Tim 1", date(2026, 12, 7), date(2026, 12, 8), f"Cuti tahunan ({EXAMPLE})"),
        ("Tim 2", date(2026, 12, 16), date(2026, 12, 16), f"Rapat kerja ({EXAMPLE})"),
        ("Tim 4", date(2026, 12, 28), date(2026, 12, 31), f"Cuti tahunan ({EXAMPLE})"),
    ),
    # Wilayah, Hari Perjalanan, Hari Berangkat, Moda, Jam Tempuh
    SheetName.REGIONS: (
        ("Batam", 0, None, "Darat", 1),
        ("Belakang Padang", 0, None, "Perahu motor", 1),
        ("Galang-Rempang", 0, None, "Darat", 2),
        ("Tanjungpinang", 0, None, "Feri", 2),
        ("Bintan", 0, None, "Feri dan darat", 3),
        ("Karimun", 0, None, "Feri", 2.5),
        ("Kundur", 1, None, "Feri", 4),
        ("Lingga", 1, "Selasa; Kamis", "Feri", 6),
        ("Anambas", 2, "Senin; Rabu", "Feri", 12),
        # The only Jam Tempuh above a Waktu Simpan below: Air Minum, 24 hours.
        ("Natuna", 2, "Senin; Rabu", "Kapal laut", 26),
    ),
    # Jenis Contoh Uji, Peralatan, Waktu Simpan (Jam), Hari Tanpa Pengambilan,
    # Kapasitas Lab per Hari. No sampling where the incubation would end on a weekend.
    SheetName.SAMPLE_TYPES: (
        ("Air Minum", "Kotak Pendingin; Set Botol Steril", 24, "Jumat", 40),
        ("Air Bersih", "Kotak Pendingin; pH Meter Portabel", 48, None, 40),
        ("Air Limbah", "Kotak Pendingin; pH Meter Portabel; DO Meter Portabel", 48, None, 20),
        ("Udara Ambien", "High Volume Air Sampler; Set Impinger", 72, None, 12),
        ("Makanan dan Minuman", "Kotak Pendingin; Termometer Digital", 36, "Jumat", 30),
        ("Vektor", "Set Perangkap Nyamuk", 72, None, 20),
        ("Spesimen Klinis", "Kotak Pendingin Spesimen", 48, None, 25),
        ("Usap Alat", "Kotak Pendingin; Set Usap Alat", 36, "Kamis; Jumat", 20),
    ),
    # Peralatan, Jumlah Unit, Kalibrasi Berlaku Sampai
    SheetName.EQUIPMENT: (
        ("Kotak Pendingin", 8, None),
        ("Kotak Pendingin Spesimen", 1, None),
        ("Set Botol Steril", 6, None),
        ("pH Meter Portabel", 4, date(2027, 6, 30)),
        ("DO Meter Portabel", 2, date(2027, 3, 31)),
        ("Termometer Digital", 3, date(2027, 5, 31)),
        ("High Volume Air Sampler", 1, date(2026, 12, 10)),
        ("Set Impinger", 2, date(2027, 4, 30)),
        ("Set Perangkap Nyamuk", 1, None),
        ("Set Usap Alat", 4, None),
    ),
    # Jenis Contoh Uji, Parameter, Tarif (Rp), Dasar
    SheetName.TARIFFS: (
        ("Air Minum", "E. coli", 100_000, EXAMPLE),
        ("Air Minum", "Total Koliform", 100_000, EXAMPLE),
        ("Air Minum", "pH", 10_000, EXAMPLE),
        ("Air Minum", "Kekeruhan", 20_000, EXAMPLE),
        ("Air Minum", "Besi (Fe)", 50_000, EXAMPLE),
        ("Air Minum", "Nitrat", 50_000, EXAMPLE),
        ("Air Bersih", "E. coli", 100_000, EXAMPLE),
        ("Air Bersih", "pH", 10_000, EXAMPLE),
        ("Air Bersih", "Kekeruhan", 20_000, EXAMPLE),
        ("Air Bersih", "Mangan (Mn)", 50_000, EXAMPLE),
        ("Air Limbah", "BOD", 100_000, EXAMPLE),
        ("Air Limbah", "COD", 100_000, EXAMPLE),
        ("Air Limbah", "TSS", 50_000, EXAMPLE),
        ("Air Limbah", "Minyak dan Lemak", 150_000, EXAMPLE),
        ("Air Limbah", "Amonia", 50_000, EXAMPLE),
        ("Udara Ambien", "PM10", 200_000, EXAMPLE),
        ("Udara Ambien", "SO2", 150_000, EXAMPLE),
        ("Udara Ambien", "NO2", 150_000, EXAMPLE),
        ("Udara Ambien", "CO", 150_000, EXAMPLE),
        ("Makanan dan Minuman", "Salmonella", 200_000, EXAMPLE),
        ("Makanan dan Minuman", "Angka Lempeng Total", 100_000, EXAMPLE),
        ("Makanan dan Minuman", "Boraks", 50_000, EXAMPLE),
        ("Makanan dan Minuman", "Formalin", 50_000, EXAMPLE),
        ("Vektor", "Identifikasi Nyamuk", 100_000, EXAMPLE),
        ("Vektor", "Identifikasi Jentik", 100_000, EXAMPLE),
        ("Vektor", "Uji Resistensi", 300_000, EXAMPLE),
        ("Spesimen Klinis", "Usap Dubur", 100_000, EXAMPLE),
        ("Spesimen Klinis", "Mikroskopis Malaria", 50_000, EXAMPLE),
        ("Spesimen Klinis", "PCR Virus Pernapasan", 500_000, EXAMPLE),
        ("Usap Alat", "Angka Lempeng Total", 100_000, EXAMPLE),
        ("Usap Alat", "E. coli", 100_000, EXAMPLE),
        ("Usap Alat", "Staphylococcus aureus", 150_000, EXAMPLE),
    ),
    # Jabatan, Nama, NIP
    SheetName.OFFICIALS: (
        ("Kepala", f"Nama Kepala ({EXAMPLE})", None),
        ("Kepala Instalasi Sampling", f"Nama Kepala Instalasi Sampling ({EXAMPLE})", None),
        ("Bendahara Penerimaan", f"Nama Bendahara Penerimaan ({EXAMPLE})", None),
        ("Koordinator Pelayanan", f"Nama Koordinator Pelayanan ({EXAMPLE})", None),
    ),
    # Hal, Isi, Keterangan
    SheetName.INSTITUTION: tuple(
        (fact.key, text, fact.meaning)
        for fact in FACTS
        for text in fact.default or (_FACTS[fact.key],)
    ),
    # Nama Tim, Nama, NIP, Pangkat/Golongan, Jabatan
    SheetName.TEAM_MEMBERS: tuple(
        (team, f"{name} ({EXAMPLE})", None, f"Gol. ({EXAMPLE})", position)
        for team, *people in (
            ("Tim 1", "Nama Ketua Tim 1", "Nama Petugas 1", "Nama Petugas 2"),
            ("Tim 2", "Nama Ketua Tim 2", "Nama Petugas 3", "Nama Petugas 4"),
            ("Tim 3", "Nama Ketua Tim 3", "Nama Petugas 5", "Nama Petugas 6"),
            ("Tim 4", "Nama Ketua Tim 4", "Nama Petugas 7", "Nama Petugas 8"),
        )
        for name, position in zip(people, _POSITIONS, strict=True)
    ),
    SheetName.SAMPLING_METHODS: tuple((*row[:-1], f"{row[-1]} ({EXAMPLE})") for row in _METHODS),
    SheetName.AGREEMENT_TEXT: tuple((str(n), *row) for n, row in enumerate(_CLAUSES, start=1)),
}


def holiday_rows(years: Sequence[int]) -> tuple[tuple[date, str, str, str], ...]:
    """Return the rows of the sheet Hari Libur for some years, from the ``holidays`` package.

    Parameters
    ----------
    years
        Calendar years, in any order. A year that the package knows nothing about gives no rows.

    Returns
    -------
    tuple of (Tanggal, Keterangan, Jenis, Dasar)
        Sorted by date, one row a date. Where a date is both a public holiday and a cuti bersama,
        the public holiday is kept. The package estimates some dates ("perkiraan"), so every row
        asks to be checked against the ministers' joint decree (SKB 3 Menteri) of its year.

    """
    # The package is large, and only writing the template needs it.
    from holidays import country_holidays  # noqa: PLC0415  importing this module stays cheap

    wanted = sorted(set(years))
    names: dict[date, tuple[str, str]] = {}
    # Public comes last, and so wins.
    for category, kind in (("government", "Cuti Bersama"), ("public", "Libur Nasional")):
        found = country_holidays("ID", years=wanted, categories=(category,), language="id")
        for day, name in found.items():
            names[day] = (name, "Cuti Bersama" if "cuti bersama" in name.casefold() else kind)
    return tuple(
        (
            day,
            name,
            kind,
            f"Terisi otomatis; cocokkan dengan SKB 3 Menteri tahun {day.year}",
        )
        for day, (name, kind) in sorted(names.items())
    )
