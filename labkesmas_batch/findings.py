"""The catalogue of findings: code, level, what is wrong and how to fix it.

Every message that staff read about their data is written here and nowhere else; the sheet
``Kesalahan``, the terminal, the comments in the annotated copy and docs/findings.md follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from labkesmas_batch.frozen import frozen
from labkesmas_batch.text.indonesian import short_date


class Level(StrEnum):
    """An error holds its row; a warning blocks nothing."""

    ERROR = "Galat"
    WARNING = "Peringatan"


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding. The texts take the named fields of :func:`Kind.at`."""

    code: str
    level: Level
    problem: str
    remedy: str


@frozen
class Finding:
    """A finding with its place; ``row`` and ``column`` are 1-based, 0 where it has none."""

    kind: FindingKind
    file: str
    sheet: str
    row: int
    column: int
    header: str
    number: str
    value: str
    problem: str
    remedy: str

    @property
    def cell(self) -> str:
        """Return the address as in ``C12``, or '' for a finding about a whole sheet."""
        return f"{column_letters(self.column)}{self.row}" if self.row and self.column else ""

    @property
    def is_error(self) -> bool:
        """Tell whether the finding holds its row."""
        return self.kind.level is Level.ERROR


def column_letters(column: int) -> str:
    """Return the letters of a 1-based column: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def finding(
    kind: FindingKind,
    *,
    file: str,
    sheet: str,
    row: int = 0,
    column: int = 0,
    header: str = "",
    number: str = "",
    value: object = "",
    **words: object,
) -> Finding:
    """Return a finding of ``kind`` at a place, its texts filled from ``words``.

    Parameters
    ----------
    row, column
        1-based; 0 for a finding about the whole sheet.
    value
        The cell's content as it stood; it is shortened to 200 characters for display.
    words
        What the kind's texts name in braces beside ``header`` and ``value``.
    """
    shown = show(value)
    fields = {"header": header, "value": shown, "number": number, **words}
    return Finding(
        kind,
        file,
        sheet,
        row,
        column,
        header,
        number,
        shown,
        kind.problem.format(**fields),
        kind.remedy.format(**fields),
    )


def show(value: object) -> str:
    """Write a cell's value for people: numbers and dates the Indonesian way, long texts cut."""
    if value is None:
        return ""
    if isinstance(value, float):
        text = str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    elif isinstance(value, date):
        text = short_date(value)
        if isinstance(value, datetime) and value.time() != time():
            text += f" {value:%H:%M}"
    else:
        text = str(value)
    return text if len(text) <= 200 else text[:197] + "..."


_E, _W = Level.ERROR, Level.WARNING

SURPLUS_COLUMN = FindingKind(
    "L01", _W, "Kolom “{value}” tidak dikenal, isinya tidak dibaca.{hint}",
    "Biarkan bila memang catatan sendiri; bila salah tulis, perbaiki judul kolomnya.",
)  # fmt: skip
NO_ROWS = FindingKind(
    "L02", _W, "Lembar ini belum berisi satu pun permintaan.",
    "Isi satu baris untuk setiap permintaan, di bawah judul kolom.",
)  # fmt: skip
NO_SHEET = FindingKind(
    "L03", _W, "Lembar “{value}” tidak ada, dianggap kosong.",
    "Tambahkan lembar itu bila diperlukan; contohnya ada pada templat acuan.xlsx.",
)  # fmt: skip

HIDDEN_ROWS = FindingKind(
    "L04", _W, "Ada {value} baris tersembunyi atau tersaring ikut dibaca: baris {hint}.",
    "Tampilkan kembali baris itu untuk memeriksanya; hapus bila memang tidak berlaku.",
)  # fmt: skip
OTHER_SHEET = FindingKind(
    "L05", _W, "Lembar “{value}” juga memuat tabel permintaan, tetapi tidak dibaca.",
    "Pindahkan barisnya ke lembar {hint}, atau hapus lembar itu.",
)  # fmt: skip
OLD_TEMPLATE = FindingKind(
    "L06", _W, "Formulir ini dari templat versi {value}; program memakai versi {hint}.",
    "Pakai templat yang sesuai dari perintah labkesmas-batch template; isi yang ada tetap dibaca.",
)  # fmt: skip
REMARK_ROW = FindingKind(
    "L07", _W, "Baris ini tidak dibaca sebagai permintaan, hanya catatan: “{value}”.",
    "Biarkan bila memang catatan; bila permintaan, lengkapi kolom wajibnya.",
)  # fmt: skip

BLANK = FindingKind(
    "S01", _E, "{header} belum diisi.", "Isi kolom {header} pada baris ini.",
)  # fmt: skip
DATE_UNREADABLE = FindingKind(
    "S02", _E, "“{value}” tidak terbaca sebagai tanggal.",
    "Tulis hari, bulan, tahun, misalnya 10/06/2026 atau 10 Juni 2026.",
)  # fmt: skip
DATE_IMPOSSIBLE = FindingKind(
    "S03", _E, "Tanggal “{value}” tidak ada di kalender (dibaca hari dahulu, lalu bulan).",
    "Tulis hari dahulu, lalu bulan dan tahun, misalnya 31/12/2026. Hari dan bulan tidak pernah "
    "ditukar oleh program.",
)  # fmt: skip
DATE_TWO_DIGIT_YEAR = FindingKind(
    "S04", _E, "Tahun pada “{value}” hanya dua angka.",
    "Tulis tahun lengkap empat angka, misalnya 10/06/2026.",
)  # fmt: skip
DATE_IMPLAUSIBLE = FindingKind(
    "S05", _E, "Tahun pada “{value}” tidak masuk akal (yang diterima 2000 s.d. 2100).",
    "Periksa tahunnya, lalu tulis kembali tanggalnya.",
)  # fmt: skip
DATE_OTHER_WEEKDAY = FindingKind(
    "S16", _E, "Hari dan tanggal pada “{value}” tidak cocok: tanggal itu hari {hint}.",
    "Perbaiki nama hari atau tanggalnya; nama hari boleh dihapus.",
)  # fmt: skip
DATE_SERIAL = FindingKind(
    "S06", _W, "Sel berisi angka {value}; dibaca sebagai tanggal Excel {hint}.",
    "Pastikan tanggalnya benar, lalu beri sel itu format tanggal.",
)  # fmt: skip
NUMBER_UNREADABLE = FindingKind(
    "S07", _E, "“{value}” bukan angka.", "Isi {header} dengan angka saja, tanpa satuan.",
)  # fmt: skip
NUMBER_NOT_WHOLE = FindingKind(
    "S08", _E, "“{value}” bukan bilangan bulat.", "Isi {header} dengan bilangan bulat.",
)  # fmt: skip
NUMBER_TOO_SMALL = FindingKind(
    "S09", _E, "{header} “{value}” kurang dari {hint}.",
    "Isi dengan angka {hint} atau lebih.",
)  # fmt: skip
NUMBER_TOO_LARGE = FindingKind(
    "S15", _E, "{header} “{value}” lebih dari {hint}.", "Isi dengan angka {hint} atau kurang.",
)  # fmt: skip
NUMBER_BECAME_DATE = FindingKind(
    "S17", _E, "{header} terbaca sebagai tanggal ({value}): Excel mengubah nomornya.",
    "Beri sel itu format Teks, lalu ketik kembali nomornya.",
)  # fmt: skip
UNKNOWN_CHOICE = FindingKind(
    "S10", _E, "{header} “{value}” tidak dikenal.{hint}",
    "Pilih salah satu dari daftar; nama yang memang baru ditambahkan dahulu di acuan.xlsx.",
)  # fmt: skip
UNKNOWN_PARAMETER = FindingKind(
    "S11", _W, "Parameter “{value}” tidak ada di lembar Tarif untuk {words}.{hint}",
    "Perbaiki namanya, pisahkan beberapa parameter dengan titik koma (;), atau tambahkan tarifnya "
    "di acuan.xlsx; jadwal tidak terpengaruh.",
)  # fmt: skip
CELL_ERROR = FindingKind(
    "S12", _E, "Sel menampilkan galat Excel {value}.",
    "Ganti rumus atau isinya dengan nilai yang benar.",
)  # fmt: skip
NOT_CALCULATED = FindingKind(
    "S13", _E, "Sel berisi rumus yang hasilnya belum tersimpan.",
    "Buka berkas di Excel lalu simpan kembali, atau ketik nilainya langsung.",
)  # fmt: skip
DAY_UNKNOWN = FindingKind(
    "S14", _E, "Nama hari pada “{value}” tidak dikenal.{hint}",
    "Tulis nama hari dipisah titik koma, misalnya Senin; Rabu; Jumat.",
)  # fmt: skip
FILLER = FindingKind(
    "S18", _W, "{header} “{value}” dianggap kosong, jadi tidak menentukan apa pun.",
    "Kosongkan selnya; bila memang ada, tulis nomor atau namanya.",
)  # fmt: skip
ROUNDED_NUMBER = FindingKind(
    "S19", _E, "{header} {value} tersimpan sebagai angka: Excel membulatkan angka sepanjang itu.",
    "Beri sel itu format Teks, lalu ketik kembali seluruh nomornya.",
)  # fmt: skip

DUPLICATE_NUMBER = FindingKind(
    "B01", _E, "No. Permintaan {value} dipakai lebih dari satu kali: juga di {hint}.",
    "Beri nomor yang berbeda, atau hapus baris yang berlebih. Selama ganda, semua baris "
    "bernomor ini ditahan.",
)  # fmt: skip
FUTURE_REQUEST = FindingKind(
    "B02", _E, "Tanggal Permintaan {value} sesudah tanggal pengaturan jadwal {hint}.",
    "Perbaiki Tanggal Permintaan: tanggal surat atau pesan itu diterima.",
)  # fmt: skip
DEADLINE_BEFORE_PROPOSAL = FindingKind(
    "B03", _E, "Batas Akhir {value} lebih dahulu daripada Tanggal Usulan {hint}.",
    "Perbaiki salah satunya: Batas Akhir paling dini sama dengan Tanggal Usulan.",
)  # fmt: skip
WAIVER_NOT_NEEDED = FindingKind(
    "B04", _W, "Surat Dispensasi {value} tidak diperlukan: tenggang permintaan ini cukup.",
    "Periksa apakah surat itu milik permintaan lain.",
)  # fmt: skip
LOOKS_TWICE = FindingKind(
    "B05", _W, "Sama dengan {hint}: customer, lokasi, jenis contoh uji dan tanggalnya sama.",
    "Bila permintaan yang sama tercatat dua kali, hapus salah satu barisnya.",
)  # fmt: skip
BOTH_CLASSES = FindingKind(
    "B06", _W, "{value} tercatat sebagai Internal dan juga Eksternal ({hint}).",
    "Periksa Jenis Customer: golongan menentukan urutan layanan.",
)  # fmt: skip
TRAVEL_BEYOND_STORAGE = FindingKind(
    "B07", _W, "Perjalanan dari {value} ({hours} jam) lebih lama daripada waktu simpan "
    "{sample_type} ({storage} jam): {hint}.",
    "Rencanakan pengawetan, rute yang lebih cepat, atau pengujian di tempat.",
)  # fmt: skip
EXAMPLE_NUMBER = FindingKind(
    "B08", _E, "Baris ini masih bernomor CONTOH, padahal isinya sudah diganti.",
    "Ganti CONTOH dengan No. Permintaan yang sebenarnya.",
)  # fmt: skip

FOREIGN_LETTER = FindingKind(
    "B10", _E, "No. Permintaan {value} memuat huruf yang bukan Latin, walaupun mungkin "
    "mirip: {hint}.",
    "Ketik kembali nomornya.",
)  # fmt: skip
NO_NUMBER = FindingKind(
    "B11", _E, "No. Permintaan “{value}” tidak memuat huruf atau angka.",
    "Isi nomor permintaan yang sebenarnya.",
)  # fmt: skip
ALIKE_NUMBERS = FindingKind(
    "B12", _W, "No. Permintaan {value} hampir sama dengan {hint}; keduanya dibaca sebagai "
    "permintaan yang berbeda.",
    "Bila yang dimaksud sama, perbaiki nomornya.",
)  # fmt: skip
COPIED_ROWS = FindingKind(
    "B13", _W, "Ada {value} baris yang sama seluruhnya dengan baris di {hint}; masing-masing "
    "dihitung satu kali.",
    "Hapus salinannya bila tidak diperlukan.",
)  # fmt: skip
TWO_VERSIONS = FindingKind(
    "B14", _E, "Berkas ini dan {hint} memuat nomor yang sama dengan isi yang berbeda: {value}. "
    "Semua barisnya ditahan.",
    "Pakai satu berkas saja, atau samakan isinya.",
)  # fmt: skip
OLD_REQUEST = FindingKind(
    "B15", _W, "Tanggal Permintaan {value} sudah {hint} hari sebelum tanggal pengaturan jadwal; "
    "makin tua, makin dahulu dilayani.",
    "Pastikan tanggal dan tahunnya: tanggal surat atau pesan itu diterima.",
)  # fmt: skip
TOO_OLD_REQUEST = FindingKind(
    "B16", _E, "Tanggal Permintaan {value} sudah {hint} hari sebelum tanggal pengaturan jadwal.",
    "Perbaiki tanggal atau tahunnya; permintaan yang benar setua itu diajukan lagi dengan tanggal "
    "baru.",
)  # fmt: skip
BEFORE_THE_REQUEST = FindingKind(
    "B17", _E, "{header} {value} sebelum Tanggal Permintaan {hint}.",
    "Perbaiki tanggal yang salah.",
)  # fmt: skip
FAR_AHEAD = FindingKind(
    "B18", _W, "{header} {value} lebih dari {hint} hari sesudah tanggal pengaturan jadwal.",
    "Periksa tahunnya.",
)  # fmt: skip
SWAPPED_DATES = FindingKind(
    "B19", _W, "Kolom {value}: tanggal dan bulan mungkin tertukar oleh komputer yang menulisnya. "
    "Semua sel tanggalnya berhari 1 s.d. 12 ({hint}), sedangkan yang lain tertulis sebagai teks "
    "({words}).",
    "Cocokkan kolom ini dengan suratnya; pakai komputer dengan format tanggal Indonesia.",
)  # fmt: skip
INCOMPLETE = FindingKind(
    "B09", _E, "Baris ini belum lengkap: {hint} belum diisi.",
    "Lengkapi kolom wajibnya, atau hapus barisnya bila bukan permintaan.",
)  # fmt: skip

SETTING_INVALID = FindingKind(
    "A01", _E, "Nilai {key} tidak dapat dipakai: “{value}”.", "Isi dengan {hint}.",
)  # fmt: skip
SETTING_MISSING = FindingKind(
    "A02", _W, "Ketentuan {value} tidak ada; dipakai nilai baku {hint}.",
    "Tambahkan baris {value} pada lembar Ketentuan.",
)  # fmt: skip
SETTING_UNKNOWN = FindingKind(
    "A03", _W, "Ketentuan “{value}” tidak dikenal dan tidak dipakai.{hint}",
    "Perbaiki nama kuncinya atau hapus barisnya.",
)  # fmt: skip
GAPS_REVERSED = FindingKind(
    "A04", _E, "selisih_internal_hari ({value}) harus lebih kecil daripada "
    "selisih_eksternal_hari ({hint}).",
    "Perbaiki salah satunya; menurut SOP 7 dan 14.",
)  # fmt: skip
NAME_TWICE = FindingKind(
    "A05", _E, "{header} “{value}” tertulis lebih dari satu kali: juga di {hint}.",
    "Hapus baris yang berlebih, atau beri nama lain.",
)  # fmt: skip
UNKNOWN_REFERENCE = FindingKind(
    "A06", _E, "“{value}” tidak ada di lembar {words}.{hint}",
    "Samakan tulisannya dengan lembar {words}, atau tambahkan di sana.",
)  # fmt: skip
NOBODY_SAMPLES = FindingKind(
    "A07", _W, "Tidak ada tim yang dapat mengambil contoh uji {value}.",
    "Tambahkan jenis ini pada kompetensi sebuah tim di lembar Tim.",
)  # fmt: skip
LEAVE_REVERSED = FindingKind(
    "A08", _E, "Sampai {value} lebih dahulu daripada Dari {hint}.",
    "Tukar atau perbaiki tanggal cuti itu.",
)  # fmt: skip
NOT_USED = FindingKind(
    "P01", _E, "{header} tidak dipakai untuk “{words}”: {value}.",
    "Kosongkan, atau pakai perubahan lain; lihat Petunjuk pada andaikan.xlsx.",
)  # fmt: skip
SPAN_REVERSED = FindingKind(
    "P02", _E, "Sampai {value} lebih dahulu daripada Dari {hint}.",
    "Tukar atau perbaiki kedua tanggal itu.",
)  # fmt: skip
HELD_ROW = FindingKind(
    "P03", _E, "{value} ada pada formulir, tetapi barisnya ditahan karena datanya salah, jadi "
    "{hint} belum diketahui.",
    "Perbaiki dahulu baris itu pada formulir, atau lengkapi perubahan ini seperti untuk "
    "permintaan baru.",
)  # fmt: skip
ON_THE_FORM = FindingKind(
    "P04", _E, "{words} sudah ada pada formulir, jadi {header} “{value}” tidak dipakai.",
    "Kosongkan: yang berlaku adalah isi formulir. Untuk permintaan lain, pakai nama yang lain.",
)  # fmt: skip
LOCKED_ROW = FindingKind(
    "P05", _E, "{value} sudah terkunci pada {hint}; pengandaian tidak memindahkannya.",
    "Andaikan permintaan lain; kunjungan yang terkunci dipindahkan dengan keputusan Ubah dan "
    "finalize.",
)  # fmt: skip
STILL_EXAMPLE = FindingKind(
    "A10", _W, "Lembar {value} masih memuat isi contoh (“contoh, ganti”) pada {hint} sel.",
    "Ganti dengan data laboratorium yang sebenarnya.",
)  # fmt: skip
DECISION_UNUSED = FindingKind(
    "A11", _W, "Keputusan ini tidak dipakai: {value} tidak ada di antara permintaan yang "
    "diurutkan.",
    "Periksa nomornya; bila permintaannya sudah selesai, baris ini boleh dihapus.",
)  # fmt: skip
DECISION_OUTSIDE = FindingKind(
    "A12", _W, "Pasangan {value} sudah diatur ({hint}), tidak termasuk zona yang tidak diatur SOP; "
    "keputusan ini tetap dipakai.",
    "Pastikan Kepala memang memutuskan pasangan ini; bila tidak, hapus barisnya.",
)  # fmt: skip
DECISION_ON_ITSELF = FindingKind(
    "A13", _E, "{value} tidak dapat didahulukan atas dirinya sendiri.",
    "Isi Didahulukan Atas dengan No. Permintaan yang lain.",
)  # fmt: skip
DECISION_CIRCLE = FindingKind(
    "A14", _E, "Keputusan saling bertentangan: {value} (baris {hint}).",
    "Hapus salah satu barisnya; selama bertentangan, jadwal tidak dapat disusun.",
)  # fmt: skip
FACT_UNKNOWN = FindingKind(
    "A16", _W, "Hal “{value}” tidak dikenal dan tidak dipakai.{hint}",
    "Perbaiki nama halnya, atau hapus barisnya.",
)  # fmt: skip
ROW_UNUSED = FindingKind(
    "A15", _W, "“{value}” tidak ada di lembar {words}; baris ini tidak dipakai.{hint}",
    "Samakan tulisannya dengan lembar {words}, atau hapus barisnya.",
)  # fmt: skip
ROUNDED_IN_REFERENCE = FindingKind(
    "A17", _W, "{header} {value} tersimpan sebagai angka: Excel membulatkan angka sepanjang itu. "
    "Pada dokumen menjadi isian kosong.",
    "Beri sel itu format Teks, lalu ketik kembali seluruh nomornya.",
)  # fmt: skip
LONG_LEAVE = FindingKind(
    "A18", _W, "Cuti {words} s.d. {value} lamanya {hint} hari.", "Periksa tanggal dan tahunnya.",
)  # fmt: skip
PAST_LEAVE = FindingKind(
    "A19", _W, "Cuti {words} s.d. {value} baru ditulis dan sudah lewat.",
    "Periksa tahunnya; bila benar, tidak perlu apa-apa.",
)  # fmt: skip
FAR_HOLIDAY = FindingKind(
    "A20", _W, "Hari libur {value} lebih dari {hint} hari ke depan.", "Periksa tahunnya.",
)  # fmt: skip
YEAR_WITHOUT_HOLIDAYS = FindingKind(
    "A09", _W, "Lembar Hari Libur tidak memuat satu pun hari libur tahun {value}.",
    "Lengkapi hari libur tahun itu menurut SKB 3 Menteri, agar jadwal tidak jatuh pada hari libur.",
)  # fmt: skip

NUMBER_TAKEN = FindingKind(
    "R08", _E, "No. Permintaan {value} sudah dipakai permintaan lain pada register: {hint}.",
    "Beri nomor lain pada baris ini; bila penomoran mulai lagi setiap tahun, tambahkan tahunnya, "
    "misalnya P-1/2026.",
)  # fmt: skip
KNOWN_TWICE = FindingKind(
    "R09", _W, "Permintaan {value} sudah tercatat di register dan ada lagi di {hint}; yang dipakai "
    "menurut register.",
    "Hapus baris yang berlebih.",
)  # fmt: skip
TWIN_IN_REGISTER = FindingKind(
    "R10", _W, "Sama dengan {hint} pada register: customer, lokasi, jenis contoh uji dan "
    "tanggalnya sama.",
    "Bila permintaan yang sama tercatat dengan dua nomor, hapus baris ini.",
)  # fmt: skip
LOCKED_CHANGED = FindingKind(
    "R02", _W, "Permintaan {value} sudah terjadwal {day} (jadwal {run}) dan tidak berpindah, "
    "tetapi isinya berubah: {hint}.",
    "Bila jadwalnya harus berubah, manajemen memutuskannya pada kolom Keputusan; bila tidak, "
    "samakan kembali isinya.",
)  # fmt: skip
DATE_CHANGED = FindingKind(
    "R03", _W, "Tanggal Permintaan berubah menjadi {value}; yang dipakai tetap {registered}, yang "
    "tercatat sejak jadwal {run}.",
    "Samakan dengan yang tercatat; bila yang tercatat salah, batalkan permintaannya dan beri "
    "nomor baru.",
)  # fmt: skip
CONTACT_UNREAD = FindingKind(
    "R12", _W, "Data permintaan {value}, yang sudah terjadwal {day}, tidak terbaca: {hint}. Yang "
    "tercatat tetap dipakai.",
    "Betulkan sel itu; data yang terbaca masuk surat pada pengesahan berikutnya.",
)  # fmt: skip
LOCKED_WITHOUT_NAME = FindingKind(
    "R11", _W, "{value} tidak ada lagi pada acuan, tetapi dipakai kunjungan yang terkunci: {hint}. "
    "Yang dipesan saat disahkan tetap dihitung, selama alatnya masih ada pada acuan.",
    "Kembalikan nama itu pada acuan selama kunjungannya belum selesai, atau putuskan kunjungannya "
    "pada kolom Keputusan.",
)  # fmt: skip
LOCKED_BREAKS = FindingKind(
    "R04", _W, "Kunjungan {value} yang terkunci kini terhalang: {hint}.",
    "Kunjungan itu tidak dipindahkan program; manajemen memutuskan Ubah, Tunda atau Batal.",
)  # fmt: skip
GONE_FROM_DRAFT = FindingKind(
    "R05", _W, "{hint} ada pada jadwal {run} yang belum disahkan, tetapi tidak ada lagi pada "
    "formulir.",
    "Masukkan kembali bila masih diminta; biarkan bila memang ditarik.",
)  # fmt: skip
NOT_REPEATED = FindingKind(
    "R06", _W, "{hint} tidak ada lagi pada formulir, tetapi masih tercatat di register dan tetap "
    "diperhitungkan.",
    "Tanyakan kepada customer; bila ditarik, manajemen menulis Batal pada kolom Keputusan.",
)  # fmt: skip
NOT_REPORTED = FindingKind(
    "R07", _W, "Kunjungan {value} pada {day} sudah lewat, tetapi hasilnya belum dicatat.",
    "Isi barisnya pada realisasi.xlsx, lalu jalankan report.",
)  # fmt: skip

NOT_SIGNED = FindingKind(
    "K01", _E, "{header} belum diisi pada lembar Ringkasan: jadwal belum disetujui.",
    "Isi nama penyetuju dan tanggalnya, simpan, lalu jalankan finalize lagi.",
)  # fmt: skip
NOTHING_NEW = FindingKind(
    "K02", _E, "Keputusan Ubah, tetapi Tanggal Baru dan Tim Baru kosong.",
    "Isi Tanggal Baru atau Tim Baru, atau ganti keputusannya.",
)  # fmt: skip
NEW_WITHOUT_CHANGE = FindingKind(
    "K03", _E, "{header} diisi ({value}), tetapi Keputusan bukan Ubah.",
    "Pilih Ubah pada kolom Keputusan, atau kosongkan {header}.",
)  # fmt: skip
TOO_EARLY = FindingKind(
    "K04", _E, "Tanggal Baru {value} terlalu dini: permintaan ini paling cepat {hint}.",
    "Pilih {hint} atau sesudahnya; bila customer setuju lebih awal, ubah Tanggal Usulan atau "
    "tambahkan Surat Dispensasi pada formulir, lalu jalankan run lagi.",
)  # fmt: skip
TOO_LATE = FindingKind(
    "K05", _E, "Tanggal Baru {value} sesudah {hint}.",
    "Pilih hari yang lebih awal, atau keputusan Tunda.",
)  # fmt: skip
BREAKS_RULE = FindingKind(
    "K06", _E, "Keputusan untuk {value} tidak mungkin: {hint}.",
    "Pilih hari atau tim lain, atau ubah keputusan yang bertabrakan dengannya.",
)  # fmt: skip
NOT_IN_SCHEDULE = FindingKind(
    "K07", _E, "No. Permintaan “{value}” tidak ada pada jadwal {hint}.",
    "Tulis kembali nomor yang asli, atau pakai berkas jadwal yang asli.",
)  # fmt: skip
DECIDED_TWICE = FindingKind(
    "K08", _E, "{value} diputuskan lebih dari satu kali: juga di {hint}.",
    "Biarkan satu keputusan saja.",
)  # fmt: skip
CHANGED_CELL = FindingKind(
    "K09", _W, "Isi sel diubah di luar kolom keputusan: semula “{hint}”, kini “{value}”. Perubahan "
    "ini tidak dipakai.",
    "Tulis perubahan jadwal pada kolom Keputusan; isi data diperbaiki di formulir permintaan.",
)  # fmt: skip
VISIT_OVER = FindingKind(
    "K10", _E, "Kunjungan {value} sudah lewat ({hint}) dan tidak dapat diputuskan lagi.",
    "Catat hasilnya dengan realisasi.xlsx; kosongkan keputusan ini.",
)  # fmt: skip
OTHER_PREFERENCE = FindingKind(
    "K11", _E, "Dahulukan “{value}” bukan salah satu dari {hint}.",
    "Pilih salah satu dari kedua nomor itu, atau kosongkan.",
)  # fmt: skip
OPPOSED = FindingKind(
    "K12", _E, "Dahulukan “{value}” bertentangan dengan jawaban tentang pasangan yang sama di sel "
    "{hint}.",
    "Isi nomor yang sama pada kedua sel itu, atau kosongkan salah satunya.",
)  # fmt: skip
NO_SIGNATURE = FindingKind(
    "K13", _E, "{header} “{value}” bukan nama: jadwal belum disetujui.",
    "Isi nama yang menyetujui, bukan tanda atau angka.",
)  # fmt: skip
SIGNED_ANOTHER_DAY = FindingKind(
    "K14", _E, "Tanggal persetujuan {value} tidak mungkin: jadwal ini disetujui antara {hint}.",
    "Isi tanggal jadwal ini disetujui.",
)  # fmt: skip
WORD_WITHOUT_DECISION = FindingKind(
    "K15", _E, "{header} berbunyi “{value}”, tetapi Keputusan kosong.",
    "Pilih Setuju, Ubah, Tunda atau Batal pada kolom Keputusan; Setuju bila jadwalnya tetap.",
)  # fmt: skip
AGREED_AGAINST_PAIR = FindingKind(
    "K17", _E, "Setuju untuk {value} mempertahankan harinya, padahal Dahulukan di sel {hint} "
    "menuntut hari yang lain.",
    "Kosongkan Keputusan itu supaya harinya dihitung lagi, atau kosongkan Dahulukan.",
)  # fmt: skip
OTHER_DRAFT = FindingKind(
    "K16", _W, "Rancangan {value} dari tanggal yang sama dan disusun kemudian mengusulkan lain: "
    "{hint}.",
    "Pastikan rancangan yang ditandatangani memang yang dimaksud.",
)  # fmt: skip

ROW_DELETED = FindingKind(
    "K18", _E, "Baris {value} tidak ada lagi pada lembar {words}. Baris yang dihapus bukan "
    "keputusan: tanpa Keputusan kunjungannya disahkan seperti diusulkan.",
    "Kembalikan barisnya, atau tulis nomornya pada baris kosong di lembar itu dengan Keputusan "
    "Setuju, Tunda atau Batal.",
)  # fmt: skip
ROW_GONE = FindingKind(
    "K19", _W, "Baris {value} tidak ada lagi pada lembar {words}; {hint}.",
    "Tidak perlu apa-apa bila memang begitu; bila tidak, putuskan pada jadwal berikutnya.",
)  # fmt: skip
COLUMN_DELETED = FindingKind(
    "K20", _E, "Kolom {value} tidak ada lagi pada lembar {words}, sehingga keputusan di dalamnya "
    "hilang.",
    "Kembalikan kolom itu dengan judulnya, atau isi lagi jadwal.xlsx dari rancangan yang sama.",
)  # fmt: skip
ROW_ADDED = FindingKind(
    "K21", _W, "{value} ditambahkan pada lembar {words}, padahal tidak ada dalam jadwal ini. Baris "
    "itu tidak dipakai.",
    "Masukkan permintaan baru ke formulir permintaan, lalu jalankan run.",
)  # fmt: skip

NOT_LOCKED = FindingKind(
    "H01", _E, "{value} tidak tercatat sebagai kunjungan yang terkunci.",
    "Periksa nomornya; yang belum disahkan tidak dapat dicatat hasilnya.",
)  # fmt: skip
ACTUAL_MISSING = FindingKind(
    "H02", _E, "Hasil Selesai, tetapi {header} belum diisi.", "Isi {header}.",
)  # fmt: skip
NOT_YET = FindingKind(
    "H03", _E, "Tanggal Nyata {value} sesudah hari ini ({hint}).",
    "Catat kunjungan sesudah dilaksanakan.",
)  # fmt: skip
OTHER_VISIT = FindingKind(
    "H04", _E, "Formulir ini memuat kunjungan {value}, padahal kini direncanakan {hint}.",
    "Pakai realisasi.xlsx dari jadwal yang terakhir disahkan.",
)  # fmt: skip
REPORTED_BEFORE = FindingKind(
    "H07", _E, "Kunjungan {value} sudah dicatat {hint}, dan baris ini mengatakan lain.",
    "Isi kolom Koreksi dengan Ya bila memang membetulkan; bila tidak, samakan kembali. Pada "
    "formulir lama tambahkan dahulu judul kolom Koreksi.",
)  # fmt: skip
TOLD_OTHERWISE = FindingKind(
    "H08", _E, "Kunjungan {value} dilaporkan lain di {hint}.",
    "Samakan kedua baris, atau kosongkan Hasil pada yang salah.",
)  # fmt: skip
BEFORE_REQUEST = FindingKind(
    "H05", _E, "Tanggal Nyata {value} sebelum Tanggal Permintaan ({hint}).",
    "Periksa tahun dan bulannya.",
)  # fmt: skip
FAR_FROM_PLAN = FindingKind(
    "H06", _W, "Tanggal Nyata {value} jauh dari yang direncanakan ({hint}).",
    "Periksa tahun dan bulannya; bila benar, biarkan.",
)  # fmt: skip

NO_TARIFF = FindingKind(
    "D01", _W, "Tarif {value} untuk {words} belum ada; pada penawaran dan tagihan dikosongkan.",
    "Isi tarifnya pada lembar Tarif, lalu buat ulang dokumennya.",
)  # fmt: skip
TARIFF_UNUSABLE = FindingKind(
    "D02", _W, "Tarif {value} untuk {words} tidak dapat dipakai: {hint}.",
    "Perbaiki lembar Tarif: satu tarif, dalam rupiah bulat, untuk setiap parameter.",
)  # fmt: skip
NO_PARAMETER = FindingKind(
    "D03", _W, "Parameter permintaan {number} belum disebut; biayanya dikosongkan.",
    "Tanyakan parameternya kepada customer dan lengkapi dengan tangan pada dokumennya. Isi kolom "
    "Parameter sejak permintaan berikutnya.",
)  # fmt: skip
NO_OFFICIAL = FindingKind(
    "D04", _W, "Nama {value} tidak ada pada lembar Pejabat; tanda tangannya dikosongkan.",
    "Isi Jabatan dan Nama pada lembar Pejabat.",
)  # fmt: skip
NO_STAFF_NUMBER = FindingKind(
    "D05", _W, "NIP {value} belum diisi.", "Isi NIP pada lembar {words}.",
)  # fmt: skip
NO_MEMBERS = FindingKind(
    "D06", _W, "Petugas {value} belum ada pada lembar Anggota Tim; {hint}.",
    "Isi lembar Anggota Tim, satu baris satu petugas.",
)  # fmt: skip
NO_GRADE = FindingKind(
    "D07", _W, "{header} {value} belum diisi.", "Isi {header} pada lembar Anggota Tim.",
)  # fmt: skip
NO_CONTACT = FindingKind(
    "D08", _W, "{header} {words} belum diisi.",
    "Lengkapi dengan tangan pada dokumennya: permintaan {number} sudah terkunci dan tidak dibaca "
    "lagi. Isi kolom {header} sejak permintaan berikutnya.",
)  # fmt: skip
PHONE_UNUSABLE = FindingKind(
    "D09", _W, "Telepon {words} “{value}” tidak dapat dijadikan nomor internasional; tautan "
    "WhatsApp tidak dibuat.",
    "Tulis satu nomor lengkap, misalnya 0812-3456-7890; nomor luar negeri diawali + dan kode "
    "negara.",
)  # fmt: skip
EMAIL_UNUSABLE = FindingKind(
    "D10", _W, "Email {words} “{value}” tidak dapat dipakai; tautan surel tidak dibuat.",
    "Tulis satu alamat surel, misalnya nama@instansi.go.id.",
)  # fmt: skip
NO_FACT = FindingKind(
    "D11", _W, "{value} belum diisi pada lembar Instansi.",
    "Isi baris {value} pada lembar Instansi.",
)  # fmt: skip
FACT_UNUSABLE = FindingKind(
    "D12", _W, "{words} pada lembar Instansi tidak dapat dipakai: “{value}”.", "Isi dengan {hint}.",
)  # fmt: skip
NO_METHOD = FindingKind(
    "D13", _W, "{header} untuk {value} belum diisi.",
    "Isi {header} {value} pada lembar {words}.",
)  # fmt: skip
NO_CLAUSES = FindingKind(
    "D14", _W, "Teks MoU belum ada pada acuan; pasal-pasalnya dikosongkan.",
    "Isi lembar Teks MoU; contohnya ada pada templat acuan.xlsx.",
)  # fmt: skip
PLACEHOLDER_UNKNOWN = FindingKind(
    "D15", _W, "Kata “{value}” dalam kurung kurawal pada Teks MoU tidak dikenal; dikosongkan.",
    "Perbaiki kata itu; yang dikenal ada pada catatan judul kolom Isi.",
)  # fmt: skip
SAMPLES_TOGETHER = FindingKind(
    "D16", _W, "Permintaan {number} berisi {value} contoh uji; pada registrasi ditulis satu baris "
    "rentang kode.",
    "Buat baris registrasinya sendiri, atau bagi permintaannya.",
)  # fmt: skip

CATALOGUE: tuple[FindingKind, ...] = tuple(
    sorted(
        (value for value in globals().values() if isinstance(value, FindingKind)),
        key=lambda k: k.code,
    )
)

# What no check yields any more, and drafts of older programs still hold.
RETIRED: tuple[FindingKind, ...] = (
    FindingKind(
        "R01", _E, "Permintaan {value} sudah dibatalkan pada jadwal {run}.",
        "Hapus barisnya; bila diminta lagi, beri nomor baru.",
    ),
)  # fmt: skip
