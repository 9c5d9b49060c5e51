"""Perubahan, Beban Tim, the answers of explain, and the letters to customers."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from openpyxl import load_workbook

from labkesmas_batch.model.documents import DocumentKind
from tests.support.oracle import needs
from tests.support.paperwork import read
from tests.support.sentences.days import Case, block
from tests.support.sentences.known import Known, Row, as_day, read_rows
from tests.support.sentences.order import pair
from tests.support.sentences.reading import (
    DATE,
    DAYS,
    LONG,
    MONTHS,
    UntrueError,
    a_day,
    holds,
    sentences,
)

Seen = Counter[str]
Place = tuple[object, object, object]


def _places(rows: dict[str, list[Row]]) -> dict[str, Place]:
    """Return outcome, day and team of each request of a schedule."""
    found: dict[str, Place] = {}
    for row in rows["Jadwal"]:
        found[str(row["No. Permintaan"])] = row["Status"], as_day(row["Tanggal Mulai"]), row["Tim"]
    for sheet in ("Antrean", "Dikembalikan"):
        found |= {str(row["No. Permintaan"]): (sheet, None, None) for row in rows[sheet]}
    return found


def changes(known: Known, seen: Seen) -> Iterator[str]:
    """Yield what is untrue on Perubahan: what was, what is, of which kind, and the causes."""
    before = _places(read_rows(known.last)) if known.last else {}
    now = _places(known.rows)
    for row in known.rows["Perubahan"]:
        no = str(row["No. Permintaan"])
        old = row["Hasil Lama"], as_day(row["Tanggal Lama"]), row["Tim Lama"] or None
        new = row["Hasil Baru"], as_day(row["Tanggal Baru"]), row["Tim Baru"] or None
        if no in before and old != before[no]:
            yield f"Perubahan {no}: {old}, but it was {before[no]}"
        if no in now and new != now[no]:
            yield f"Perubahan {no}: {new}, but it is {now[no]}"
        kind = row["Perubahan"]
        if kind == "baru" and no in before:
            yield f"Perubahan {no}: it is not new"
        if kind == "tetap" and (old[1:] != new[1:] or (old[1] is None and old[0] != new[0])):
            yield f"Perubahan {no}: it did not stay"
        if kind == "hilang" and no in now:
            yield f"Perubahan {no}: it is not gone"
        for each in sentences(str(row["Sebab"] or "")):
            seen["Perubahan"] += 1
            try:
                _cause(known, no, old, new, each)
            except UntrueError as error:
                yield f"Perubahan {no}: {error}: {each}"


def _cause(known: Known, no: str, old: Place, new: Place, text: str) -> None:
    last = known.last.parent.name if known.last else ""
    order = known.orders.get(no) or known.orders.get(f"aside {no}") or ()
    if found := re.fullmatch(rf".+ harinya tetap ({DATE})\.", text):
        holds(a_day(found[1]) == old[1] != new[1], f"the day was {old[1]}")
    elif text == "Kini mendapat hari.":
        holds(old[1] is None and new[1] is not None, "it had one, or has none")
    elif text == "Timnya berganti; harinya tetap.":
        holds(old[1] == new[1] and old[2] != new[2], "the day or the team")
    elif found := re.fullmatch(
        r"(Ditunda|Dibatalkan|Diubah) menurut keputusan manajemen(?:: (.+))?\.", text
    ):
        said = {"Ditunda": "Tunda", "Dibatalkan": "Batal", "Diubah": "Ubah"}[found[1]]
        holds(order and order[0] == said and (found[2] or None) == (order[3] or None), f"{order}")
    elif found := re.fullmatch(r"(Ditunda|Batal) oleh manajemen pada jadwal (\S+)\.", text):
        holds(old[0] == found[1] and found[2] == last, f"{last}: {old[0]}")
    elif found := re.fullmatch(r"Dikembalikan pada jadwal (\S+) dan belum diajukan lagi\.", text):
        holds(found[1] == last and old[0] == "Dikembalikan", f"{last}: {old[0]}")
    elif found := re.fullmatch(r"Tidak ada lagi pada formulir sejak jadwal (\S+)\.", text):
        holds(found[1] == last and known.last_approved, f"{last} was not approved")
    elif found := re.fullmatch(
        r"Ada pada jadwal (\S+) yang belum disahkan, tidak ada lagi pada formulir\.", text
    ):
        holds(found[1] == last and not known.last_approved, f"{last} was approved")
    elif text in (
        "Masukkan kembali bila masih diminta.",
        "Baris pada formulir ditahan karena galat: lihat lembar Kesalahan.",
    ) or re.fullmatch(r"Isian berubah: .+\.", text):
        pass
    else:
        asked, day = known.world.asked[no], old[1]
        assert isinstance(day, date) or day is None
        until = day or known.world.last(asked)
        case = Case(
            known,
            asked,
            known.world.target(asked),
            max(until, known.world.target(asked)),
            known.before(no),
        )
        holds(block(case, text), "no pattern knows it")
        holds(day in case.covered, f"{day} is not spoken of")


def load(known: Known, seen: Seen) -> Iterator[str]:
    """Yield what is untrue on Beban Tim: loads, sums, shares and whom the week holds up."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows = [[*row, *[None] * 12] for row in load_workbook(known.path)["Beban Tim"].values]
    days: list[date | None] = []
    name = ""
    for row in rows:
        head = str(row[0] or "")
        if head.startswith("Tim, laboratorium"):
            days = [_head(cell, known.world.run_date) for cell in row[3:10]]
        elif row[1] in ("kunjungan", "contoh uji", "unit") and days:
            name = head or name
            yield from _loads(known, name, str(row[1]), row, days, seen)
        elif found := re.search(
            r"(?:: |^)(.+menahan \d+ permintaan \(.+\))\.$", head + str(row[3] or "")
        ):
            yield from _holding(known, found[1], seen)


def _head(cell: object, near: date) -> date | None:
    found = re.search(rf"(\d+) ({'|'.join(MONTHS)})", str(cell))
    if found is None:
        return None
    at = MONTHS.index(found[2]) + 1
    days = [
        date(y, at, int(found[1]))
        for y in (near.year, near.year + 1)
        if (at, found[1]) != (2, "29") or y % 4 == 0
    ]
    return min(days, key=lambda d: abs((d - near).days))


def _loads(
    known: Known,
    name: str,
    unit: str,
    row: Sequence[object],
    days: Sequence[date | None],
    seen: Seen,
) -> Iterator[str]:
    world, total = known.world, 0
    kind = name.removeprefix("Lab: ")
    for day, cell in zip(days, row[3:10], strict=True):
        if day is None or not isinstance(cell, int):
            continue
        seen["Beban Tim"] += 1
        if day < world.run_date:
            yield f"Beban Tim {name} {day}: {cell}, though the day is over"
        visits = [v for v in known.visits.values() if day in v.days]
        if name.startswith("Lab: "):
            visits = [v for v in visits if v.end == day and v.asked.kind == kind]
        elif unit == "unit":
            visits = [v for v in visits if name in needs(world, v.asked)]
        else:
            visits = [v for v in visits if v.team == name]
        amount = sum(v.asked.samples for v in visits) if unit == "contoh uji" else len(visits)
        total += cell
        if cell != amount:
            yield f"Beban Tim {name} {unit} {day}: {cell}, but it is {amount}"
    if row[10] != total:
        yield f"Beban Tim {name} {unit}: Jumlah {row[10]}, but it is {total}"


def _holding(known: Known, text: str, seen: Seen) -> Iterator[str]:
    for each in text.split("; "):
        found = re.fullmatch(
            r"(.+?) (?:cuti|tidak cukup|melewati kapasitas laboratorium|terpakai), menahan (\d+) permintaan \((.+)\)",
            each,
        )
        if found is None:
            yield f"Beban Tim: no pattern knows: {each}"
            continue
        seen["Beban Tim"] += 1
        more = re.search(r" dan (\d+) lainnya$", found[3])
        listed = re.split(r", | dan ", found[3][: more.start()] if more else found[3])
        if len(listed) + (int(more[1]) if more else 0) != int(found[2]):
            yield f"Beban Tim: {each}: not {found[2]}"
        alasan = {
            str(r["No. Permintaan"]): str(r["Alasan"])
            for s in ("Jadwal", "Antrean")
            for r in known.rows[s]
        }
        yield from (f"Beban Tim: {no} is not held up: {each}" for no in listed if no not in alasan)


def explained(known: Known, no: str, out: str, seen: Seen) -> Iterator[str]:
    """Yield what is untrue in an answer of explain about a ranked request."""
    asked, rules = known.world.asked[no], known.world.rules
    certain = asked.day + timedelta(days=1 if asked.internal else rules.threshold + 1)
    alasan = {str(row["No. Permintaan"]): str(row["Alasan"]) for row in known.rows["Jadwal"]}
    for text in out.splitlines():
        seen["explain"] += 1
        said = text.replace("No. Permintaan", "No.Permintaan")
        try:
            if found := re.fullmatch(
                r"(\S+) \((\w+), (\d+ \w+ \d+)(?: [\d:]+)?\), (.+): peringkat (\d+) dari (\d+)\.",
                text,
            ):
                holds(found[1] == no and a_day(found[3]) == asked.day, "another request")
                holds(
                    (int(found[5]), int(found[6])) == (known.rank[no], len(known.rank)),
                    f"{known.rank[no]}",
                )
            elif found := re.match(rf"Peringkat pasti sejak ({DATE}), kecuali", text):
                holds(a_day(found[1]) == certain, f"it is {certain}")
            elif found := re.fullmatch(
                r"(?:Di atasnya|Di bawahnya|Golongan lain terdekat di (?:atas|bawah)): (.+)", said
            ):
                holds(no in (pair(known, found[1]) or ()), "no pattern knows it")
            elif found := re.fullmatch(
                rf"Hari: ((?:{'|'.join(DAYS)}), {DATE})(?: s\.d\. .+?)?, (.+?) \((\w+)(?:, \w+)?\)\. (.+)",
                text,
            ):
                visit = known.visits[no]
                holds(
                    (a_day(found[1]), found[2]) == (visit.start, visit.team),
                    f"{visit.start} {visit.team}",
                )
                holds(found[3] == known.status[no] and alasan[no].startswith(found[4]), alasan[no])
            elif found := re.match(rf"Dasar urutan: Tanggal Efektif ({DATE}) =", text):
                days = rules.threshold if asked.internal else 0
                holds(a_day(found[1]) == asked.day - timedelta(days=days), "another day")
            elif not _OTHER.match(text):
                raise UntrueError("no pattern knows it")
        except UntrueError as error:
            yield f"explain {no}: {error}: {text}"


_OTHER = re.compile(
    r"Menurut (?:jadwal yang disahkan|rancangan jadwal)|Antrean|Tidak masuk jadwal|Peringkatnya|Urutan|Tidak |Belum |$|"
    r"Bila |Pada bacaan|Menurut bacaan|Tanggalnya|Zona|\S+ (?:Selesai|Batal|Ditunda|sudah disahkan)"
)


def _first_day(text: str) -> date:
    """Return the first day of ``Senin, 30 November s.d. Rabu, 2 Desember 2026``."""
    first = text.partition(" s.d. ")[0]
    return a_day(first if first[-4:].isdigit() else f"{first} {text[-4:]}")


def letters(known: Known, documents: Path, seen: Seen) -> Iterator[str]:
    """Yield what is untrue in the letters to customers: days, teams, days asked for, certain ranks."""
    rules = known.world.rules
    for sheet in read(documents, DocumentKind.CUSTOMER_NOTICE):
        for row in sheet.rows:
            texts = [str(cell) for cell in row]
            if len(row) < 4 or texts[2] not in known.world.asked:
                continue
            no = texts[2]
            asked = known.world.asked[no]
            seen["Informasi Customer"] += 1
            if len(row) == 5:
                visit = known.visits.get(no)
                day = _first_day(texts[3]) if visit else None
                if visit is None or (day, texts[4]) != (visit.start, visit.team):
                    yield f"letter {no}: {texts[3]}, {texts[4]}, but it is {visit}"
                continue
            if found := re.search(
                rf"Peringkat pasti sejak (\d+ (?:{'|'.join(LONG)}) \d+)", texts[3]
            ):
                certain = asked.day + timedelta(days=1 if asked.internal else rules.threshold + 1)
                if a_day(found[1]) != certain:
                    yield f"letter {no}: {found[0]}, but it is {certain}"
            if found := re.search(r"kurang (\d+) hari", texts[3]):
                short = (known.world.earliest(asked) - asked.proposed).days if asked.proposed else 0
                if int(found[1]) != short:
                    yield f"letter {no}: {found[0]}, but {short} are short"
