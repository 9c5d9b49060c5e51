"""A made-up week of requests: the filled example intake, in ``permintaan.xlsx``'s column order.

Every customer, address, contact, telephone number and e-mail address is invented; only the names
of the islands are real. The comment beside each row says what it exercises. "Clause pairs" share
a target day and one scarce thing (a single air sampler, a single specimen box, the laboratory's
day), so that the order between the two decides who gets the day.
"""

from datetime import date, datetime
from typing import Final

RUN_DATE: Final = date(2026, 11, 23)

# No. Permintaan, Tanggal Permintaan, Jenis Customer, Nama Customer,
# Alamat, Narahubung, Telepon, Email,
# Lokasi Sampling, Wilayah, Jenis Contoh Uji, Parameter, Jumlah Contoh Uji,
# Tanggal Usulan, Batas Akhir, Surat Dispensasi, Keterangan
# Unformatted, because one cell a line would hide the rows.
# fmt: off
INTAKE_ROWS: Final[tuple[tuple[object, ...], ...]] = (
    (  # proposed day already past (UsulanTerlewat); same customer as P-32, other class
        "P-1", date(2026, 10, 12), "Eksternal", "Puskesmas Teratai (contoh)",
        "Jl. Contoh No. 1, Batam", "Petugas Kesling (contoh)", "0812-0000-0001",
        "teratai@contoh.example",
        "Depot air minum binaan", "Batam", "Air Minum", "E. coli; Total Koliform", 10,
        date(2026, 11, 20), None, None, "Tertunda dari minggu sebelumnya",
    ),
    (  # equal date, no time of day, with P-10: natural order, P-2 first; lab day of 40 is too small
        "P-2", date(2026, 10, 13), "Eksternal", "PT Tirta Rekaan (contoh)",
        "Jl. Contoh No. 2, Batam", "Bagian Mutu (contoh)", "0812-0000-0002",
        "mutu.tirta@contoh.example",
        "Instalasi pengolahan air", "Batam", "Air Minum", "E. coli; pH; Kekeruhan", 25,
        date(2026, 11, 25), None, None, None,
    ),
    (  # same class, different date, with P-15: this one is older (external)
        "P-3", date(2026, 10, 15), "Eksternal", "Hotel Ombak Jingga (contoh)",
        "Jl. Contoh No. 3, Bintan", "Manajer Teknik (contoh)", "0812-0000-0003",
        "teknik.ombak@contoh.example",
        "Tandon air hotel", "Bintan", "Air Bersih", "E. coli; pH", 24,
        date(2026, 11, 25), None, None, None,
    ),
    (  # number used twice, first row
        "P-4", date(2026, 10, 16), "Eksternal", "Sekolah Pelita Rekaan (contoh)",
        "Jl. Contoh No. 4, Batam", "Tata Usaha (contoh)", "0812-0000-0004", None,
        "Keran cuci tangan", "Batam", "Air Bersih", "E. coli; Kekeruhan", 6,
        date(2026, 12, 3), None, None, None,
    ),
    (  # number used twice, second row: another customer, same No. Permintaan
        "P-4", date(2026, 10, 19), "Eksternal", "Asrama Camar Rekaan (contoh)",
        "Jl. Contoh No. 42, Batam", "Pengelola Asrama (contoh)", "0812-0000-0042", None,
        "Dapur asrama", "Batam", "Makanan dan Minuman", "Boraks; Formalin", 5,
        date(2026, 12, 3), None, None, None,
    ),
    (  # 7a, 7 days, with P-8: the internal one goes first; one air sampler
        "P-5", date(2026, 10, 20), "Eksternal", "PT Galangan Rekaan (contoh)",
        "Jl. Contoh No. 5, Batam", "Bagian K3 (contoh)", "0812-0000-0005",
        "k3.galangan@contoh.example",
        "Batas pagar galangan", "Batam", "Udara Ambien", "PM10; SO2; NO2", 4,
        date(2026, 11, 25), None, None, None,
    ),
    (  # equal date with time of day, with P-7: came in the afternoon, so second (internal)
        "P-6", datetime(2026, 10, 21, 14, 5), "Internal", "Tim Kerja Surveilans Penyakit (contoh)",
        "Balai, Lantai Contoh 1", "Penanggung Jawab Vektor (contoh)", "0812-0000-0006", None,
        "Permukiman pesisir", "Belakang Padang", "Vektor", "Identifikasi Nyamuk", 8,
        date(2026, 11, 30), None, None, None,
    ),
    (  # equal date with time of day, with P-6: came in the morning, so first (internal)
        "P-7", datetime(2026, 10, 21, 8, 40), "Internal", "Tim Kerja Penanggulangan KLB (contoh)",
        "Balai, Lantai Contoh 2", "Penanggung Jawab KLB (contoh)", "0812-0000-0007", None,
        "Sekitar sekolah", "Galang-Rempang", "Vektor", "Identifikasi Jentik", 10,
        date(2026, 11, 30), None, None, None,
    ),
    (  # 7a, 7 days (the limit), with P-5: goes first though it came later
        "P-8", date(2026, 10, 27), "Internal", "Tim Kerja Mutu Lingkungan (contoh)",
        "Balai, Lantai Contoh 1", "Penanggung Jawab Udara (contoh)", "0812-0000-0008",
        "lingkungan@contoh.example",
        "Simpang jalan raya", "Batam", "Udara Ambien", "PM10; CO", 5,
        date(2026, 11, 25), None, None, None,
    ),
    (  # equal date, no time of day, with P-11: natural order; forgivable "INTERNAL "
        "P-9", date(2026, 10, 26), "INTERNAL ", "Tim Kerja Penanggulangan KLB (contoh)",
        "Balai, Lantai Contoh 2", "Penanggung Jawab KLB (contoh)", "0812-0000-0007", None,
        "Kantin sekolah", "Batam", "Makanan dan Minuman", "Salmonella; Boraks", 18,
        date(2026, 11, 26), None, None, None,
    ),
    (  # equal date, no time of day, with P-2: P-10 is second; entered late, ranked by its date
        "P-10", date(2026, 10, 13), "Eksternal", "Depot Mata Air Rekaan (contoh)",
        "Jl. Contoh No. 10, Tanjungpinang", "Pengelola Depot (contoh)", "0812-0000-0010", None,
        "Depot air minum", "Tanjungpinang", "Air Minum", "E. coli; Total Koliform", 20,
        date(2026, 11, 25), None, None, "Surat diterima 13 Oktober, dicatat kemudian",
    ),
    (  # equal date, no time of day, with P-9: P-11 is second; Friday is closed to this kind
        "P-11", date(2026, 10, 26), "Internal", "Tim Kerja Surveilans Penyakit (contoh)",
        "Balai, Lantai Contoh 1", "Penanggung Jawab Pangan (contoh)", "0812-0000-0011", None,
        "Pasar ikan", "Batam", "Makanan dan Minuman", "Salmonella; Formalin", 15,
        date(2026, 11, 26), None, None, None,
    ),
    (  # equal date with time of day, with P-13: first (external)
        "P-12", datetime(2026, 10, 28, 10, 20), "Eksternal", "RS Bahtera Biru (contoh)",
        "Jl. Contoh No. 12, Batam", "Petugas Sanitasi (contoh)", "0812-0000-0012",
        "sanitasi.bahtera@contoh.example",
        "Instalasi gizi", "Batam", "Usap Alat", "Angka Lempeng Total; E. coli", 12,
        date(2026, 12, 1), None, None, None,
    ),
    (  # equal date with time of day, with P-12: second; Telepon without dashes
        "P-13", datetime(2026, 10, 28, 13, 45), "Eksternal", "Katering Nusa Rekaan (contoh)",
        "Jl. Contoh No. 13, Batam", "Kepala Dapur (contoh)", "081200000013", None,
        "Dapur produksi", "Batam", "Usap Alat", "Angka Lempeng Total; Staphylococcus aureus", 12,
        date(2026, 12, 1), None, None, "- mohon sebelum pukul 10",
    ),
    (  # 7b, 20 days, with P-35: the external one goes first; one specimen box
        "P-14", date(2026, 10, 28), "Eksternal", "Klinik Kerang Rekaan (contoh)",
        "Jl. Contoh No. 14, Karimun", "Perawat Penghubung (contoh)", "0812-0000-0014", None,
        "Klinik", "Karimun", "Spesimen Klinis", "Mikroskopis Malaria", 12,
        date(2026, 12, 9), None, None, None,
    ),
    (  # same class, different date, with P-3 (younger); Batas Akhir that cannot be met
        "P-15", date(2026, 10, 29), "Eksternal", "Resor Pasir Rekaan (contoh)",
        "Jl. Contoh No. 15, Bintan", "Manajer Operasional (contoh)", "0812-0000-0015",
        "resor.pasir@contoh.example",
        "Kolam dan tandon", "Bintan", "Air Bersih", "pH; Kekeruhan", 22,
        date(2026, 11, 25), date(2026, 11, 25), None, "Harus selesai sebelum tamu datang",
    ),
    (  # silent, 13 days, with P-27: first under urut_permintaan, second under internal
        "P-16", date(2026, 10, 30), "Eksternal", "PT Kawasan Rekaan (contoh)",
        "Jl. Contoh No. 16, Batam", "Bagian Lingkungan (contoh)", "0812-0000-0016",
        "kawasan@contoh.example",
        "Gerbang kawasan", "Batam", "Udara Ambien", "PM10; SO2", 4,
        date(2026, 12, 3), None, None, None,
    ),
    (  # silent, 8 days, with P-24: first under urut_permintaan, second under internal
        "P-17", date(2026, 11, 2), "Eksternal", "RS Bahtera Biru (contoh)",
        "Jl. Contoh No. 12, Batam", "Petugas Laboratorium (contoh)", "0812-0000-0017",
        "sanitasi.bahtera@contoh.example",
        "Ruang rawat", "Batam", "Spesimen Klinis", "Usap Dubur", 10,
        date(2026, 12, 1), None, None, None,
    ),
    (  # trip of three days (30 Nov - 2 Dec); 26 travel hours above 24 storage hours: a warning
        "P-18", date(2026, 11, 2), "Internal", "Tim Kerja Mutu Lingkungan (contoh)",
        "Balai, Lantai Contoh 1", "Penanggung Jawab Air (contoh)", "0812-0000-0018",
        "lingkungan@contoh.example",
        "Sumber air pulau", "Natuna", "Air Minum", "E. coli; Nitrat", 8,
        date(2026, 11, 30), None, None, "Perjalanan bersama tim daerah",
    ),
    (  # 7b, 14 days (the limit), with P-34: the external one goes first
        "P-19", date(2026, 11, 3), "Eksternal", "PT Semen Rekaan (contoh)",
        "Jl. Contoh No. 19, Batam", "Bagian K3 (contoh)", "0812-0000-0019", None,
        "Area bongkar muat", "Batam", "Udara Ambien", "PM10", 6,
        date(2026, 12, 8), None, None, None,
    ),
    (  # 7a, 3 days, with P-22: second; forgivable number as text
        "P-20", date(2026, 11, 3), "Eksternal", "RS Kasuari Rekaan (contoh)",
        "Jl. Contoh No. 20, Batam", "Petugas Sanitasi (contoh)", "0812-0000-0020",
        "ipal.kasuari@contoh.example",
        "IPAL rumah sakit", "Batam", "Air Limbah", "BOD; COD; TSS", "12",
        date(2026, 12, 2), date(2026, 12, 18), None, None,
    ),
    (  # internal is older, with P-23: first come, first served
        "P-21", date(2026, 11, 4), "Internal", "Tim Kerja Mutu Lingkungan (contoh)",
        "Balai, Lantai Contoh 1", "Penanggung Jawab Udara (contoh)", "0812-0000-0008",
        "lingkungan@contoh.example",
        "Terminal penumpang", "Tanjungpinang", "Udara Ambien", "PM10; NO2", 4,
        date(2026, 12, 1), None, None, None,
    ),
    (  # 7a, 3 days, with P-20: goes first; lab day of 20 is too small for both
        "P-22", date(2026, 11, 6), "Internal", "Tim Kerja Surveilans Penyakit (contoh)",
        "Balai, Lantai Contoh 1", "Penanggung Jawab Air (contoh)", "0812-0000-0018", None,
        "Saluran pembuangan pasar", "Batam", "Air Limbah", "BOD; Amonia", 10,
        date(2026, 12, 2), None, None, None,
    ),
    (  # internal is older, with P-21: the external one is second
        "P-23", date(2026, 11, 9), "Eksternal", "Pengelola Pelabuhan Rekaan (contoh)",
        "Jl. Contoh No. 23, Tanjungpinang", "Bagian Umum (contoh)", "0812-0000-0023", None,
        "Dermaga", "Tanjungpinang", "Udara Ambien", "SO2; CO", 4,
        date(2026, 12, 1), None, None, None,
    ),
    (  # silent, 8 days, with P-17; exactly 21 days ahead; forgivable "10 Nopember 2026"
        "P-24", "10 Nopember 2026", "Internal", "Tim Kerja Penanggulangan KLB (contoh)",
        "Balai, Lantai Contoh 2", "Penanggung Jawab KLB (contoh)", "0812-0000-0007", None,
        "Posko kesehatan", "Batam", "Spesimen Klinis", "PCR Virus Pernapasan", 9,
        date(2026, 12, 1), None, None, None,
    ),
    (  # trip of three days, leaves on Senin or Rabu only; forgivable lower-case class
        "P-25", date(2026, 11, 10), "eksternal", "Puskesmas Cemara Laut (contoh)",
        "Jl. Contoh No. 25, Anambas", "Petugas Kesling (contoh)", "0812-0000-0025", None,
        "Sumur warga", "Anambas", "Air Bersih", "E. coli; Mangan (Mn)", 14,
        date(2026, 12, 7), date(2026, 12, 18), None, None,
    ),
    (  # no Tanggal Usulan; trip of two days, leaves on Selasa or Kamis only
        "P-26", date(2026, 11, 11), "Eksternal", "Puskesmas Kenari Laut (contoh)",
        "Jl. Contoh No. 26, Lingga", "Petugas Kesling (contoh)", "0812-0000-0026", None,
        "Sarana air bersih desa", "Lingga", "Air Bersih", "E. coli; pH", 10,
        None, None, None, "Tanggal menyesuaikan",
    ),
    (  # silent, 13 days, with P-16; exactly 21 days ahead
        "P-27", date(2026, 11, 12), "Internal", "Tim Kerja Surveilans Penyakit (contoh)",
        "Balai, Lantai Contoh 1", "Penanggung Jawab Udara (contoh)", "0812-0000-0008", None,
        "Lingkungan sekolah", "Batam", "Udara Ambien", "PM10; CO", 3,
        date(2026, 12, 3), None, None, None,
    ),
    (  # same class, different date, with P-32: older (internal); last day of the calibration
        "P-28", date(2026, 11, 12), "Internal", "Tim Kerja Mutu Lingkungan (contoh)",
        "Balai, Lantai Contoh 1", "Penanggung Jawab Udara (contoh)", "0812-0000-0008",
        "lingkungan@contoh.example",
        "Taman kota", "Karimun", "Udara Ambien", "PM10; NO2", 4,
        date(2026, 12, 10), None, None, None,
    ),
    (  # error: 12/31/2026 has no month 31 and is never swapped
        "P-29", date(2026, 11, 13), "Eksternal", "Hotel Karang Rekaan (contoh)",
        "Jl. Contoh No. 29, Batam", "Manajer Dapur (contoh)", "0812-0000-0029",
        "dapur.karang@contoh.example",
        "Dapur hotel", "Batam", "Makanan dan Minuman", "Angka Lempeng Total", 6,
        "12/31/2026", None, None, None,
    ),
    (  # 7a, 0 days, with P-31: second; no Tanggal Usulan
        "P-30", date(2026, 11, 13), "Eksternal", "Klinik Lokan Rekaan (contoh)",
        "Jl. Contoh No. 30, Tanjungpinang", "Perawat Penghubung (contoh)", "0812-0000-0030", None,
        "Klinik", "Tanjungpinang", "Spesimen Klinis", "Usap Dubur; Mikroskopis Malaria", 8,
        None, None, None, None,
    ),
    (  # 7a, 0 days, with P-30: goes first; no Tanggal Usulan
        "P-31", date(2026, 11, 13), "Internal", "Tim Kerja Surveilans Penyakit (contoh)",
        "Balai, Lantai Contoh 1", "Penanggung Jawab Klinis (contoh)", "0812-0000-0031", None,
        "Pos surveilans", "Batam", "Spesimen Klinis", "PCR Virus Pernapasan", 12,
        None, None, None, None,
    ),
    (  # as P-28, younger; no calibrated air sampler left; "16/11/2026"; see P-1 (both classes)
        "P-32", "16/11/2026", "Internal", "Puskesmas Teratai (contoh)",
        "Jl. Contoh No. 1, Batam", "Petugas Kesling (contoh)", "0812-0000-0001",
        "teratai@contoh.example",
        "Halaman puskesmas", "Batam", "Udara Ambien", "PM10", 2,
        date(2026, 12, 10), None, None, "Kegiatan program bersama Balai",
    ),
    (  # internal is older, with P-39
        "P-33", date(2026, 11, 16), "Internal", "Tim Kerja Penanggulangan KLB (contoh)",
        "Balai, Lantai Contoh 2", "Penanggung Jawab KLB (contoh)", "0812-0000-0007", None,
        "Barak pekerja", "Batam", "Spesimen Klinis", "PCR Virus Pernapasan", 14,
        date(2026, 12, 15), None, None, None,
    ),
    (  # 7b, 14 days (the limit), with P-19: the internal one is second; exactly 21 days ahead
        "P-34", date(2026, 11, 17), "Internal", "Tim Kerja Mutu Lingkungan (contoh)",
        "Balai, Lantai Contoh 1", "Penanggung Jawab Udara (contoh)", "0812-0000-0008",
        "lingkungan@contoh.example",
        "Perumahan dekat pelabuhan", "Batam", "Udara Ambien", "PM10; SO2", 4,
        date(2026, 12, 8), None, None, None,
    ),
    (  # 7b, 20 days, with P-14: the internal one is second
        "P-35", date(2026, 11, 17), "Internal", "Tim Kerja Surveilans Penyakit (contoh)",
        "Balai, Lantai Contoh 1", "Penanggung Jawab Klinis (contoh)", "0812-0000-0031", None,
        "Kampung nelayan", "Kundur", "Spesimen Klinis", "Mikroskopis Malaria", 10,
        date(2026, 12, 9), None, None, None,
    ),
    (  # lead time 7 days short: returned
        "P-36", date(2026, 11, 18), "Eksternal", "Restoran Kepiting Rekaan (contoh)",
        "Jl. Contoh No. 36, Batam", "Kepala Dapur (contoh)", "0812-0000-0036", None,
        "Dapur restoran", "Batam", "Usap Alat", "Angka Lempeng Total", 5,
        date(2026, 12, 2), None, None, None,
    ),
    (  # lead time 1 day short: returned
        "P-37", date(2026, 11, 19), "Internal", "Tim Kerja Mutu Lingkungan (contoh)",
        "Balai, Lantai Contoh 1", "Penanggung Jawab Air (contoh)", "0812-0000-0018",
        "lingkungan@contoh.example",
        "Tempat wisata pantai", "Galang-Rempang", "Air Bersih", "E. coli", 6,
        date(2026, 12, 9), None, None, None,
    ),
    (  # lead time short, but a waiver letter; fits 26 Nov only where P-9 moves from Tim 2 to Tim 4
        "P-38", date(2026, 11, 19), "Eksternal", "Puskesmas Pandan Rekaan (contoh)",
        "Jl. Contoh No. 38, Belakang Padang", "Petugas Kesling (contoh)", "0812-0000-0038", None,
        "Depot air minum", "Belakang Padang", "Air Minum", "E. coli; Total Koliform", 6,
        date(2026, 11, 26), date(2026, 12, 4), "DISPENSASI-CONTOH-01", "Dugaan air tercemar",
    ),
    (  # internal is older, with P-33: the external one is second
        "P-39", date(2026, 11, 20), "Eksternal", "Klinik Kerang Rekaan (contoh)",
        "Jl. Contoh No. 14, Karimun", "Perawat Penghubung (contoh)", "0812-0000-0014", None,
        "Klinik", "Karimun", "Spesimen Klinis", "Usap Dubur", 8,
        date(2026, 12, 15), None, None, None,
    ),
    (  # error: Jenis Contoh Uji unknown, a near miss of Air Minum
        "P-40", date(2026, 11, 20), "Eksternal", "PT Tirta Rekaan (contoh)",
        "Jl. Contoh No. 2, Batam", "Bagian Mutu (contoh)", "0812-0000-0002",
        "mutu.tirta@contoh.example",
        "Gudang air kemasan", "Batam", "Air Minun", "E. coli", 8,
        date(2026, 12, 14), None, None, None,
    ),
    (  # error: Jumlah Contoh Uji blank; received on a Sunday
        "P-41", date(2026, 11, 22), "Eksternal", "Hotel Ombak Jingga (contoh)",
        "Jl. Contoh No. 3, Bintan", "Manajer Teknik (contoh)", "0812-0000-0003",
        "teknik.ombak@contoh.example",
        "Dapur hotel", "Bintan", "Makanan dan Minuman", "Salmonella", None,
        date(2026, 12, 14), None, None, "Diterima lewat e-mail",
    ),
)
# fmt: on
