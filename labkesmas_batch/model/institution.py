"""What only the documents need of the acuan workbook: who we are, who goes, how samples are taken.

All of it came later than the rest of the reference, so a workbook may lack any of these sheets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from labkesmas_batch.model.sheets import Header

# What holds where no acuan workbook says otherwise.
INSTITUTION = "Balai Laboratorium Kesehatan Masyarakat Batam"
SOP_NUMBER = "SOP PR/LABKESMAS-BTM/05/5"
SOP_NAME = "Koordinasi Pelayanan Laboratorium"
SOP = f"{SOP_NUMBER} {SOP_NAME}"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues a workbook, and by which SOP, as its printed pages say."""

    name: str = INSTITUTION
    sop_number: str = SOP_NUMBER
    sop_name: str = SOP_NAME

    @property
    def sop(self) -> str:
        """Return number and name of the SOP."""
        return f"{self.sop_number} {self.sop_name}"


US = Issuer()


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a team, as an SPT names him (sheet Anggota Tim)."""

    team: str
    name: str
    number: str
    grade: str
    position: str
    row: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One article of the MoU (sheet Teks MoU); ``text`` may hold ``{placeholders}``."""

    article: str
    title: str
    text: str
    row: int


@dataclass(frozen=True, slots=True)
class Method:
    """How samples of one kind are taken and kept (sheet Cara Sampling); '' is not known."""

    sample_type: str
    unit: str
    container: str
    volume: str
    preservation: str
    method: str
    quality: str
    preparation: str
    row: int


@dataclass(frozen=True, slots=True)
class Office:
    """The four sheets; ``facts`` has a list for each key of the sheet Instansi, in its order."""

    members: tuple[Member, ...] = ()
    clauses: tuple[Clause, ...] = ()
    methods: Mapping[str, Method] = field(default_factory=dict)
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def issuer(self) -> Issuer:
        """Return who issues the workbooks; what the sheet Instansi leaves out, the SOP says."""
        name, number, sop = (
            next(iter(self.facts.get(key, ())), "") for key in ("Balai", "Nomor SOP", "Nama SOP")
        )
        if number and not number.casefold().startswith("sop"):
            number = f"SOP {number}"
        return Issuer(name or INSTITUTION, number or SOP_NUMBER, sop or SOP_NAME)


@dataclass(frozen=True, slots=True)
class Fact:
    """A key of the sheet Instansi, what it means, and what holds where the row is missing."""

    key: str
    meaning: str
    default: tuple[str, ...] = ()


# The defaults are what the SOP itself says. Of everything else nothing is known.
FACTS = (
    Fact("Kementerian", "Baris pertama kepala surat.", ("Kementerian Kesehatan RI",)),
    Fact("Direktorat Jenderal", "Baris kedua kepala surat.",
         ("Direktorat Jenderal Kesehatan Primer dan Komunitas",)),
    Fact("Balai", "Nama balai pada kepala surat dan dalam kalimat.",
         (INSTITUTION,)),
    Fact("Nomor SOP", "Nomor SOP yang dirujuk setiap dokumen.", (SOP_NUMBER.removeprefix("SOP "),)),
    Fact("Nama SOP", "Nama SOP itu.", (SOP_NAME,)),
    Fact("Dasar Hukum", "Dasar pada SPT dan MoU; satu baris satu peraturan.", (
        "Undang-Undang Nomor 17 Tahun 2023 tentang Kesehatan",
        "Peraturan Menteri Kesehatan Republik Indonesia Nomor 21 Tahun 2024 tentang Organisasi "
        "dan Tata Kerja Kementerian Kesehatan",
        "Peraturan Menteri Kesehatan Republik Indonesia Nomor 25 Tahun 2023 tentang Organisasi "
        "dan Tata Kerja Unit Pelaksana Teknis Bidang Laboratorium Kesehatan Masyarakat",
    )),
    Fact(Header.ADDRESS, "Alamat balai untuk kepala surat."),
    Fact(Header.PHONE, "Telepon balai untuk kepala surat."),
    Fact(Header.EMAIL, "Alamat surel balai untuk kepala surat."),
    Fact("Kota", "Kota tempat surat ditandatangani.", ("Batam",)),
    Fact("Narahubung Layanan", "Nama dan telepon yang dapat dihubungi customer."),
    Fact("Penawaran Berlaku (Hari)", "Masa berlaku penawaran harga, hari kalender."),
    Fact("Jatuh Tempo Tagihan (Hari)", "Batas bayar sejak hari terakhir kunjungan, hari kalender."),
    Fact("Surat Biaya Untuk", "Eksternal atau Semua: customer yang menerima penawaran, MoU dan "
         "tagihan.", ("Eksternal",)),
)  # fmt: skip
FACT_KEYS = tuple(fact.key for fact in FACTS)
# Words of the MoU that stand for what is agreed with one customer.
PLACEHOLDERS = {
    "nama_customer": "nama customer",
    "nama_balai": "nama balai",
    "no_permintaan": "nomor permintaan",
    "jenis_contoh_uji": "jenis contoh uji",
    "parameter": "daftar parameter",
    "jumlah": "jumlah contoh uji dengan satuannya",
    "lokasi": "lokasi sampling dan wilayahnya",
    "tanggal": "tanggal pengambilan",
    "tim": "nama tim",
    "nilai": "jumlah biaya pengujian dalam rupiah",
    "terbilang": "jumlah itu dengan huruf",
}
