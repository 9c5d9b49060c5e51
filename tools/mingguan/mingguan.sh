#!/bin/sh
# Pekerjaan mingguan: menyusun jadwal, mencatat hasilnya, menyalin cadangan.
# Tempatnya diatur di sini atau lewat lingkungan (systemd, cron). Lihat docs/instalasi.md.
set -u
: "${PROGRAM:=/opt/labkesmas/program/.venv/bin/labkesmas-batch}"
: "${ISIAN:=/srv/labkesmas/isian}"
: "${HASIL:=/srv/labkesmas/hasil}"
: "${LOG:=/var/log/labkesmas}"
: "${CADANGAN:=}"

mkdir -p "$LOG" || exit 3
catatan="$LOG/mingguan-$(date +%Y-%m).log"

{
    echo
    echo "=== $(date '+%Y-%m-%d %H:%M:%S')"
    "$PROGRAM" run "$ISIAN" --output "$HASIL"
    kode=$?
    case $kode in
    0) ;;
    1) echo "Jadwal disusun; ada baris yang ditahan, dikembalikan atau antre." ;;
    *)
        echo "GAGAL, kode $kode: jadwal tidak disusun. Pesannya ada di atas."
        exit $kode
        ;;
    esac
    if [ -n "$CADANGAN" ]; then
        if ! { mkdir -p "$CADANGAN" && cp -Rp "$HASIL/." "$CADANGAN/"; }; then
            echo "GAGAL: cadangan tidak tersalin ke $CADANGAN. Jadwalnya sendiri sudah disusun."
            exit 4
        fi
    fi
} >>"$catatan" 2>&1
