@echo off
rem Pekerjaan mingguan: menyusun jadwal, mencatat hasilnya, menyalin cadangan.
rem Sesuaikan lima baris "set" di bawah; selebihnya tidak perlu diubah. Lihat docs\instalasi.md.
setlocal
chcp 65001 >nul
set "PROGRAM=C:\labkesmas\program\.venv\Scripts\labkesmas-batch.exe"
set "ISIAN=C:\labkesmas\isian"
set "HASIL=C:\labkesmas\hasil"
set "LOG=C:\labkesmas\log"
set "CADANGAN="

if not exist "%LOG%" mkdir "%LOG%"
set "BULAN=semua"
for /f %%t in ('powershell -NoProfile -Command "Get-Date -Format yyyy-MM"') do set "BULAN=%%t"
set "CATATAN=%LOG%\mingguan-%BULAN%.log"

>>"%CATATAN%" echo.
>>"%CATATAN%" echo === %DATE% %TIME%
"%PROGRAM%" run "%ISIAN%" --output "%HASIL%" >>"%CATATAN%" 2>&1
set "KODE=%ERRORLEVEL%"
if "%KODE%"=="0" goto selesai
if "%KODE%"=="1" goto perhatian
>>"%CATATAN%" echo GAGAL, kode %KODE%: jadwal tidak disusun. Pesannya ada di atas.
exit /b %KODE%

:perhatian
>>"%CATATAN%" echo Jadwal disusun; ada baris yang ditahan, dikembalikan atau antre.

:selesai
if not defined CADANGAN exit /b 0
robocopy "%HASIL%" "%CADANGAN%" /E /R:2 /W:5 /NP /NFL /NDL >>"%CATATAN%" 2>&1
if errorlevel 8 goto cadangan
exit /b 0

:cadangan
>>"%CATATAN%" echo GAGAL: cadangan tidak tersalin ke %CADANGAN%. Jadwalnya sendiri sudah disusun.
exit /b 4
