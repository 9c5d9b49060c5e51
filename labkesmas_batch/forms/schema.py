"""Every input sheet's columns, declared once.

The templates, the reader, the validation, the sheet Petunjuk and docs/columns.md all follow
from what stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from labkesmas_batch.forms import cells, dates
from labkesmas_batch.model.decisions import Verdict
from labkesmas_batch.model.history import FieldResult
from labkesmas_batch.model.institution import PLACEHOLDERS
from labkesmas_batch.model.policy import SETTINGS
from labkesmas_batch.model.sheets import Header, SheetName


class Type(StrEnum):
    """What a column holds, in the words that staff read."""

    TEXT = "teks"
    CODE = "nomor, sebagai teks"
    LONG_TEXT = "teks, boleh beberapa baris"
    PHONE = "nomor telepon"
    MOMENT = "tanggal, boleh dengan jam"
    DATE = "tanggal"
    WHOLE = "bilangan bulat"
    DECIMAL = "angka"
    CHOICE = "pilihan"
    LOOKUP = "pilihan dari acuan"
    NAMES = "daftar, dipisah titik koma"
    WEEKDAYS = "nama hari, dipisah titik koma"
    SETTING = "sesuai keterangan"


_TEXTS = (Type.TEXT, Type.CODE, Type.LONG_TEXT, Type.PHONE, Type.NAMES)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Parameters
    ----------
    header
        As in the workbook; case, spaces and line breaks do not matter on reading.
    type
        What a cell holds.
    meaning
        One or two Indonesian sentences, shown as header comment, input message and in Petunjuk.
    required
        A blank cell is an error.
    least, most
        Smallest and largest number allowed.
    choices
        For ``Type.CHOICE``.
    aliases
        Folded spelling to choice, for what people write instead.
    source
        The reference sheet whose first column holds the names, which a form offers: a cell of
        ``Type.LOOKUP`` holds one of them, one of ``Type.TEXT`` is spelled as there.
    spelling
        For ``Type.NAMES``: the sheet that spells each name; no form can offer several at once.
    decides
        What stands there changes the schedule: a cell that only fills the place is told.
    width
        Column width in characters.
    example
        As in the example row.
    """

    header: str
    type: Type
    meaning: str
    required: bool = False
    least: int = 0
    most: int | None = None
    choices: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    source: str = ""
    spelling: str = ""
    decides: bool = False
    width: int = 16
    example: object = None

    @property
    def is_text(self) -> bool:
        """Tell whether a cell holds words or a number as text, no amount and no date."""
        return self.type in _TEXTS

    def parser(self, known: tuple[str, ...] = ()) -> cells.Parser:
        """Return the parser of the column's cells; ``known`` are the names it is spelled by."""
        fixed: dict[Type, cells.Parser] = {
            Type.TEXT: cells.known_text(known) if known else cells.text,
            Type.CODE: cells.code,
            Type.LONG_TEXT: cells.long_text,
            Type.PHONE: cells.phone,
            Type.MOMENT: dates.moment,
            Type.DATE: dates.day,
            Type.NAMES: cells.known_names(known) if known else cells.names,
            Type.WEEKDAYS: dates.weekdays,
            Type.SETTING: cells.raw,
        }
        if self.type is Type.WHOLE:
            return cells.whole(self.least, self.most)
        if self.type is Type.DECIMAL:
            return cells.decimal(self.least)
        if self.type is Type.CHOICE:
            return cells.choice(self.choices, dict(self.aliases))
        if self.type is Type.LOOKUP:
            return cells.choice(known)
        return fixed[self.type]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, what it is for, and its columns in the template's order.

    ``late`` ones came later: a workbook that lacks them has no finding for it.
    """

    name: str
    purpose: str
    columns: tuple[Column, ...]
    required: bool = True
    late: bool = False

    def column(self, header: str) -> Column:
        """Return the column of that header."""
        return next(column for column in self.columns if column.header == header)

    @property
    def headers(self) -> tuple[str, ...]:
        """Return the headers in the template's order."""
        return tuple(column.header for column in self.columns)


@dataclass(frozen=True, slots=True)
class Workbook:
    """An input workbook: template id and version, file name, and its sheets."""

    id: str
    version: int
    file: str
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet:
        """Return the sheet of that name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)


LIST_SHEET = SheetName.LISTS
GUIDE_SHEET = SheetName.GUIDE
EXAMPLE_NUMBER = "CONTOH"
PLACEHOLDER = "contoh, ganti"
CORRECTS = "Ya"
# Ends the name of an annotated copy.
COPY_SUFFIX = "-diperiksa"

_CLASS_ALIASES = (("external", "Eksternal"), ("ekternal", "Eksternal"), ("intern", "Internal"),
                  ("ekstern", "Eksternal"), ("extern", "Eksternal"))  # fmt: skip

REQUESTS = Sheet(
    SheetName.REQUESTS,
    "Satu baris untuk satu permintaan pengambilan contoh uji.",
    (
        Column(Header.NUMBER, Type.CODE,
               "Nomor permintaan. Setiap permintaan mempunyai nomor sendiri.",
               required=True, width=16, example=EXAMPLE_NUMBER),
        Column(Header.RECEIVED, Type.MOMENT,
               "Tanggal permintaan diterima (waktu permintaan menurut SOP). Boleh dengan jam; "
               "tidak sesudah tanggal pengaturan jadwal.",
               required=True, width=20, example="2026-06-01 09:30"),
        Column(Header.CUSTOMER_CLASS, Type.CHOICE, "Internal atau Eksternal.",
               required=True, choices=("Internal", "Eksternal"), aliases=_CLASS_ALIASES,
               width=14, example="Eksternal"),
        Column(Header.CUSTOMER, Type.TEXT, "Nama instansi atau orang yang meminta layanan.",
               required=True, width=28, example="Puskesmas Contoh"),
        Column(Header.ADDRESS, Type.LONG_TEXT, "Alamat customer untuk surat dan tagihan.",
               width=28, example="Jalan Contoh No. 1"),
        Column(Header.CONTACT, Type.TEXT, "Nama orang yang dapat dihubungi.",
               width=18, example="Nama narahubung"),
        Column(Header.PHONE, Type.PHONE, "Nomor telepon atau WhatsApp narahubung, dengan angka 0 "
               "di depan.", width=16, example="0800000000"),
        Column(Header.EMAIL, Type.TEXT, "Alamat surel customer.", width=30,
               example="nama@contoh.example"),
        Column(Header.SITE, Type.TEXT, "Tempat contoh uji diambil.",
               required=True, width=26, example="Lokasi contoh"),
        Column(Header.REGION, Type.LOOKUP, "Wilayah lokasi sampling; menentukan lama perjalanan.",
               required=True, source=SheetName.REGIONS, width=18),
        Column(Header.SAMPLE_TYPE, Type.LOOKUP, "Jenis contoh uji yang diambil.",
               required=True, source=SheetName.SAMPLE_TYPES, width=20),
        Column(Header.PARAMETERS, Type.NAMES,
               "Parameter uji, dipisah titik koma (;). Nama yang dikenal "
               "ada pada Petunjuk.", width=26),
        Column(Header.SAMPLES, Type.WHOLE, "Banyaknya contoh uji, angka saja, 1 atau lebih.",
               required=True, least=1, most=1_000_000, width=12, example=2),
        Column(Header.PROPOSED, Type.DATE, "Tanggal pengambilan yang diusulkan customer. Kosong "
               "berarti tanggal terdekat yang memenuhi ketentuan.",
               width=15, example="2026-06-24"),
        Column(Header.DEADLINE, Type.DATE,
               "Hari terakhir pengambilan masih berguna. Kosong berarti "
               "tanpa batas.", width=15),
        Column(Header.WAIVER, Type.TEXT, "Nomor surat dispensasi dari Kepala bila tenggang "
               "3 minggu tidak diberlakukan.", decides=True, width=20),
        Column(Header.NOTE, Type.LONG_TEXT, "Catatan bebas.", width=30,
               example="Baris contoh, tidak dibaca program. Boleh dihapus."),
    ),
)  # fmt: skip

INTAKE = Workbook("labkesmas-permintaan", 1, "permintaan.xlsx", (REQUESTS,))

REFERENCE = Workbook("labkesmas-acuan", 1, "acuan.xlsx", (
    Sheet(SheetName.POLICY, "Angka-angka SOP yang berlaku.", (
        Column(Header.KEY, Type.TEXT, "Nama ketentuan; jangan diubah.", required=True, width=28),
        Column(Header.VALUE, Type.SETTING, "Nilai yang berlaku.", required=True, width=18),
        Column(Header.NOTE, Type.LONG_TEXT, "Arti ketentuan dan langkah SOP-nya.", width=80),
    )),
    Sheet(SheetName.TEAMS, "Tim pengambil contoh uji.", (
        Column(Header.TEAM_NAME, Type.TEXT, "Nama tim, satu baris satu tim. Urutan baris menjadi "
               "penentu terakhir bila beberapa tim sama-sama dapat.", required=True, width=14),
        Column(Header.LEADER, Type.TEXT, "Nama ketua tim.", width=30),
        Column(Header.MEMBERS, Type.TEXT, "Nama anggota, dipisah titik koma (;).", width=42),
        Column(Header.SAMPLE_TYPE, Type.NAMES, "Jenis contoh uji yang dikuasai tim, dipisah "
               "titik koma (;), atau Semua.", required=True, spelling=Header.SAMPLE_TYPE, width=44),
        Column(Header.VISITS_PER_DAY, Type.WHOLE, "Kunjungan paling banyak sehari. Kosong berarti "
               "tanpa batas.", width=14),
        Column(Header.SAMPLES_PER_DAY, Type.WHOLE, "Contoh uji paling banyak sehari. Kosong "
               "berarti tanpa batas.", width=14),
    )),
    Sheet(SheetName.LEAVE, "Hari-hari sebuah tim tidak bertugas.", (
        Column(Header.TEAM_NAME, Type.LOOKUP, "Nama tim seperti pada lembar Tim.", required=True,
               source=SheetName.TEAMS, width=14),
        Column(Header.FROM, Type.DATE, "Hari pertama cuti.", required=True, width=15),
        Column(Header.UNTIL, Type.DATE, "Hari terakhir cuti.", required=True, width=15),
        Column(Header.EXPLANATION, Type.TEXT, "Alasan cuti, misalnya pelatihan.", width=40),
    ), required=False),
    Sheet(SheetName.REGIONS, "Wilayah layanan dan perjalanannya.", (
        Column(Header.REGION, Type.TEXT, "Nama wilayah.", required=True, width=20),
        Column(Header.TRAVEL_DAYS, Type.WHOLE, "Hari tambahan di luar hari pengambilan: 0 berarti "
               "pergi dan pulang pada hari yang sama.", most=30, width=12),
        Column(Header.DEPARTURE_DAYS, Type.WEEKDAYS,
               "Hari keberangkatan yang mungkin, dipisah titik "
               "koma (;). Kosong berarti setiap hari.", width=24),
        Column(Header.TRANSPORT, Type.TEXT, "Sarana perjalanan.", width=30),
        Column(Header.TRAVEL_HOURS, Type.DECIMAL,
               "Lama perjalanan contoh uji ke laboratorium, dalam "
               "jam.", width=12),
    )),
    Sheet(SheetName.SAMPLE_TYPES, "Jenis contoh uji dan kebutuhannya.", (
        Column(Header.SAMPLE_TYPE, Type.TEXT, "Nama jenis contoh uji.", required=True, width=22),
        Column(Header.EQUIPMENT, Type.NAMES, "Peralatan yang dibawa, satu unit setiap kunjungan, "
               "dipisah titik koma (;).", spelling=Header.EQUIPMENT, width=46),
        Column(Header.HOLDING_TIME, Type.DECIMAL, "Waktu simpan paling lama sebelum diuji, dalam "
               "jam.", width=12),
        Column(Header.NO_SAMPLING_DAYS, Type.WEEKDAYS, "Hari contoh uji ini tidak diambil, "
               "dipisah titik koma (;).", width=24),
        Column(Header.LAB_CAPACITY, Type.WHOLE, "Contoh uji jenis ini yang dapat diterima "
               "laboratorium sehari. Kosong berarti tanpa batas.", width=14),
    )),
    Sheet(SheetName.EQUIPMENT, "Peralatan sampling, jumlah dan kalibrasinya.", (
        Column(Header.EQUIPMENT, Type.TEXT, "Nama peralatan. Unit dengan tanggal kalibrasi yang "
               "berbeda ditulis pada baris sendiri.", required=True, width=34),
        Column(Header.UNITS, Type.WHOLE, "Banyaknya unit. Kosong berarti tanpa batas.", width=12),
        Column(Header.CALIBRATED_UNTIL, Type.DATE, "Hari terakhir kalibrasi berlaku. Kosong "
               "berarti tanpa batas.", width=18),
    ), required=False),
    Sheet(SheetName.TARIFFS, "Tarif layanan untuk penawaran dan tagihan.", (
        Column(Header.SAMPLE_TYPE, Type.LOOKUP, "Jenis contoh uji seperti pada lembar Jenis "
               "Contoh Uji.", required=True, source=SheetName.SAMPLE_TYPES, width=22),
        Column(Header.PARAMETERS, Type.TEXT, "Nama parameter.", required=True, width=32),
        Column(Header.TARIFF, Type.DECIMAL, "Tarif satu contoh uji dalam rupiah. Kosong berarti "
               "belum ditetapkan.", width=14),
        Column(Header.BASIS, Type.TEXT, "Peraturan yang menjadi dasar tarif.", width=34),
    ), required=False),
    Sheet(SheetName.HOLIDAYS, "Hari libur nasional, cuti bersama dan libur daerah.", (
        Column(Header.DATE, Type.DATE, "Tanggal libur.", required=True, width=15),
        Column(Header.NOTE, Type.TEXT, "Nama hari libur.", width=48),
        Column(Header.KIND, Type.CHOICE, "Libur Nasional, Cuti Bersama atau Libur Daerah.",
               choices=("Libur Nasional", "Cuti Bersama", "Libur Daerah"), width=16),
        Column(Header.BASIS, Type.TEXT, "Peraturan yang menjadi dasar.", width=70),
    ), required=False),
    Sheet(SheetName.OFFICIALS, "Pejabat yang menandatangani dokumen.", (
        Column(Header.POSITION, Type.TEXT, "Nama jabatan.", required=True, width=36),
        Column(Header.NAME, Type.TEXT, "Nama pejabat.", width=36),
        Column(Header.STAFF_NUMBER, Type.TEXT, "Nomor Induk Pegawai.", width=24),
    ), required=False),
    Sheet(SheetName.PAIR_DECISIONS, "Keputusan Kepala tentang pasangan yang tidak diatur SOP.", (
        Column(Header.NUMBER, Type.CODE, "Permintaan yang didahulukan.", required=True,
               width=16),
        Column(Header.LOWER, Type.CODE, "Permintaan yang dilayani sesudahnya.",
               required=True, width=18),
        Column(Header.BASIS, Type.TEXT, "Surat, rapat atau alasan yang menjadi dasar keputusan.",
               width=60),
    ), required=False, late=True),
    Sheet(SheetName.INSTITUTION, "Kepala surat dan keterangan balai untuk dokumen.", (
        Column(Header.SUBJECT, Type.TEXT,
               "Nama keterangan; jangan diubah. Dasar Hukum boleh beberapa "
               "baris.", required=True, width=28),
        Column(Header.CONTENT, Type.LONG_TEXT,
               "Isi keterangan. Yang kosong menjadi isian bertanda pada "
               "dokumen.", width=70),
        Column(Header.NOTE, Type.LONG_TEXT, "Untuk apa keterangan ini.", width=50),
    ), required=False, late=True),
    Sheet(SheetName.TEAM_MEMBERS, "Petugas setiap tim, seperti ditulis pada SPT.", (
        # A row that nobody uses is no reason to stop a schedule, so these are no lookups.
        Column(Header.TEAM_NAME, Type.TEXT, "Nama tim seperti pada lembar Tim.", required=True,
               source=SheetName.TEAMS, width=14),
        Column(Header.NAME, Type.TEXT, "Nama petugas dengan gelarnya; ketua tim ditulis pertama.",
               required=True, width=36),
        Column(Header.STAFF_NUMBER, Type.CODE, "Nomor Induk Pegawai, sebagai teks.", width=24),
        Column(Header.GRADE, Type.TEXT, "Misalnya Penata Muda / III-a.", width=24),
        Column(Header.POSITION, Type.TEXT, "Jabatan petugas.", width=36),
    ), required=False, late=True),
    Sheet(SheetName.SAMPLING_METHODS, "Wadah, pengawetan dan metode setiap jenis contoh uji.", (
        Column(Header.SAMPLE_TYPE, Type.TEXT, "Jenis contoh uji seperti pada lembar Jenis "
               "Contoh Uji.", required=True, source=SheetName.SAMPLE_TYPES, width=22),
        Column(Header.UNIT, Type.TEXT, "Satuan contoh uji, misalnya botol, titik atau spesimen.",
               width=14),
        Column(Header.CONTAINER, Type.LONG_TEXT, "Wadah contoh uji.", width=34),
        Column(Header.VOLUME, Type.TEXT, "Volume atau banyaknya setiap contoh uji.", width=20),
        Column(Header.PRESERVATION, Type.LONG_TEXT, "Pengawetan dan suhu simpan.", width=34),
        Column(Header.METHOD, Type.LONG_TEXT, "Metode pengambilan.", width=36),
        Column(Header.QUALITY_CONTROL, Type.LONG_TEXT,
               "Blanko, duplikat dan sebagainya.", width=36),
        Column(Header.PREPARATION, Type.LONG_TEXT, "Yang perlu disiapkan customer sebelum tim "
               "datang.", width=44),
    ), required=False, late=True),
    Sheet(SheetName.AGREEMENT_TEXT, "Pasal-pasal MoU; boleh disunting.", (
        Column(Header.ARTICLE, Type.TEXT, "Nomor pasal.", required=True, width=10),
        Column(Header.TITLE, Type.TEXT, "Judul pasal.", width=28),
        Column(Header.CONTENT, Type.LONG_TEXT,
               "Isi pasal. Kata dalam kurung kurawal diganti program: "
               + ", ".join(f"{{{word}}} {meaning}" for word, meaning in PLACEHOLDERS.items())
               + ".", required=True, width=100),
    ), required=False, late=True),
))  # fmt: skip

# Kinds of change for ``run --what-if``, with what each needs beside its name.
CHANGE_KINDS = {
    "Tim tambahan": "Nama: tim baru. Nilai: tim yang ditiru kemampuan dan kapasitasnya; kosong "
    "berarti tim pertama.",
    "Tanpa tim": "Nama: tim yang tidak ada.",
    "Kunjungan per hari": "Nama: tim, atau Semua. Nilai: angka baru, “tambah 1” atau “kurang 1”.",
    "Contoh uji per hari": "Nama: tim, atau Semua. Nilai: angka baru, “tambah 10” atau "
    "“kurang 10”.",
    "Menguasai": "Nama: tim. Jenis Contoh Uji: yang dikuasainya juga.",
    "Cuti": "Nama: tim. Dari dan Sampai: hari cuti; Sampai kosong berarti satu hari.",
    "Batal cuti": "Nama: tim yang semua cutinya dibatalkan.",
    "Kapasitas lab": "Nama: jenis contoh uji. Nilai: angka baru, “tambah 10” atau “kurang 10”.",
    "Jumlah unit": "Nama: peralatan. Nilai: angka baru, “tambah 1” atau “kurang 1”; unit tambahan "
    "dianggap berlaku kalibrasinya.",
    "Hari libur": "Nama: keterangan libur. Dari dan Sampai: harinya.",
    "Mendesak": "Nama: No. Permintaan. Dari: hari yang harus didapat. Untuk permintaan yang belum "
    "ada pada formulir juga Wilayah, Jenis Contoh Uji dan Jumlah Contoh Uji.",
    SheetName.POLICY: "Nama: kunci pada lembar Ketentuan. Nilai: nilai yang diandaikan.",
}

CHANGES = Sheet(
    SheetName.SUPPOSED,
    "Satu baris untuk satu perubahan yang diandaikan.",
    (
        Column(Header.CHANGE, Type.CHOICE, "Perubahan apa; pilih dari daftar.", required=True,
               choices=tuple(CHANGE_KINDS), width=22),
        Column(Header.NAME, Type.TEXT,
               "Tim, jenis contoh uji, peralatan, No. Permintaan atau kunci "
               "ketentuan yang diubah.", required=True, width=26),
        Column(Header.VALUE, Type.SETTING,
               "Angka atau nilai baru; atau tulis “tambah 1”, “kurang 1” "
               "dengan kata, karena +1 disimpan Excel sebagai 1.", width=20),
        Column(Header.FROM, Type.DATE, "Hari pertama.", width=15),
        Column(Header.UNTIL, Type.DATE,
               "Hari terakhir; kosong berarti sama dengan Dari.", width=15),
        Column(Header.REGION, Type.LOOKUP, "Hanya untuk permintaan mendesak yang belum ada.",
               source=SheetName.REGIONS, width=18),
        Column(Header.SAMPLE_TYPE, Type.LOOKUP, "Untuk Menguasai, dan untuk permintaan mendesak "
               "yang belum ada.", source=SheetName.SAMPLE_TYPES, width=20),
        Column(Header.SAMPLES, Type.WHOLE, "Hanya untuk permintaan mendesak yang belum ada.",
               least=1, most=1_000_000, width=12),
    ),
)  # fmt: skip

# What management fills in, in the schedule workbook.
VERDICTS = tuple(Verdict)
_VERDICT_ALIASES = (
    ("ok", Verdict.AGREED), ("oke", Verdict.AGREED), ("ya", Verdict.AGREED),
    ("disetujui", Verdict.AGREED), ("diubah", Verdict.CHANGED), ("ditunda", Verdict.POSTPONED),
    ("dibatalkan", Verdict.CANCELLED), ("batalkan", Verdict.CANCELLED),
)  # fmt: skip
_NUMBER = Column(Header.NUMBER, Type.CODE, "Nomor permintaan; jangan diubah.", required=True)
REVIEWED = Sheet(SheetName.SCHEDULE, "Keputusan manajemen untuk setiap kunjungan.", (
    _NUMBER,
    Column(Header.DECISION, Type.CHOICE, "Setuju, Ubah, Tunda atau Batal. Kosong berarti mengikuti "
           "usulan.", choices=VERDICTS, aliases=_VERDICT_ALIASES),
    Column(Header.NEW_DATE, Type.DATE, "Diisi bila keputusannya Ubah."),
    Column(Header.NEW_TEAM, Type.LOOKUP, "Diisi bila timnya diganti.", source=SheetName.TEAMS),
    Column(Header.REMARK, Type.LONG_TEXT, "Alasan keputusan."),
))  # fmt: skip
QUEUED = Sheet(SheetName.WAITING, "Keputusan manajemen untuk permintaan tanpa hari.", (
    _NUMBER,
    Column(Header.DECISION, Type.CHOICE, "Batal bila ditarik; kosong berarti tetap menunggu.",
           choices=(Verdict.CANCELLED,),
           aliases=(("dibatalkan", Verdict.CANCELLED), ("batalkan", Verdict.CANCELLED))),
    Column(Header.REMARK, Type.LONG_TEXT, "Alasan keputusan."),
))  # fmt: skip
SILENT = Sheet(SheetName.SILENT_ZONE, "Pasangan yang tidak diatur SOP.", (
    _NUMBER,
    Column(Header.OPPONENT, Type.CODE, "Nomor lawannya; jangan diubah."),
    Column(Header.GOES_FIRST, Type.CODE, "Nomor yang didahulukan Kepala."),
))  # fmt: skip

# What took place on the field days.
FIELD_REPORT = Sheet(
    SheetName.FIELD_REPORT, "Satu baris untuk satu kunjungan yang sudah disahkan.", (
    _NUMBER,
    Column(Header.FIRST_DAY, Type.DATE, "Hari yang direncanakan, ditulis program."),
    Column(Header.RESULT, Type.CHOICE, "Selesai, Batal, atau Ditunda (kembali ke antrean).",
           choices=tuple(FieldResult),
           aliases=(("tunda", FieldResult.POSTPONED), ("dibatalkan", FieldResult.CANCELLED),
                    ("sudah", FieldResult.DONE))),
    Column(Header.ACTUAL_DATE, Type.DATE, "Hari pengambilan yang sebenarnya."),
    Column(Header.ACTUAL_SAMPLES, Type.WHOLE, "Banyaknya contoh uji yang benar-benar diambil.",
           most=1_000_000),
    Column(Header.NOTE, Type.LONG_TEXT, "Catatan lapangan, misalnya sebab batal."),
    Column(Header.CORRECTION, Type.CHOICE, "Ya, bila baris ini membetulkan hasil Selesai yang "
           "sudah dicatat.", choices=(CORRECTS,), aliases=(("y", CORRECTS),)),
))  # fmt: skip

WHAT_IF = Workbook("labkesmas-andaikan", 1, "andaikan.xlsx", (CHANGES,))

SETTING_KEYS = tuple(setting.key for setting in SETTINGS)
