"""Alasan on Jadwal, Dikembalikan and Antrean, sentence by sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from tests.support.oracle import Asked, may_ask
from tests.support.sentences.days import Case, all_told, block, days_off, remedies
from tests.support.sentences.known import Known, Row, as_day
from tests.support.sentences.order import pair
from tests.support.sentences.reading import (
    DATE,
    DAY,
    SPAN,
    UntrueError,
    a_day,
    a_span,
    holds,
    sentences,
)

Seen = Counter[str]
_AFTER_OFF = rf"(?: \(({SPAN}) [^()]+\))?"


def reasons(known: Known, seen: Seen) -> Iterator[str]:
    """Yield what is untrue in the column Alasan of the three sheets."""
    for sheet, check in (("Jadwal", _placed), ("Dikembalikan", _returned), ("Antrean", _queued)):
        for row in known.rows[sheet]:
            asked = known.world.asked[str(row["No. Permintaan"])]
            try:
                check(known, asked, row, seen)
            except UntrueError as error:
                yield f"{sheet} {asked.no}: {error}: {row['Alasan']}"


def _case(known: Known, asked: Asked, until: date) -> Case:
    return Case(known, asked, known.world.target(asked), until, known.before(asked.no))


def _placed(known: Known, asked: Asked, row: Row, seen: Seen) -> None:
    start = known.visits[asked.no].start
    case = _case(known, asked, start - timedelta(days=1))
    told, order = set[str](), known.orders.get(asked.no)
    for each in sentences(str(row["Alasan"])):
        kind = _sentence(known, case, asked, row, each)
        seen[f"Jadwal: {kind}"] += 1
        told.add(kind)
    locked = known.status[asked.no] == "Terkunci"
    holds(locked or told & {"pair", "alone"}, "nothing says why it has its rank")
    if not locked and not (order and order[0] == "Ubah"):
        all_told(case, start - timedelta(days=1))


def _sentence(known: Known, case: Case, asked: Asked, row: Row, text: str) -> str:
    """Check a sentence of Jadwal and return its kind."""
    world, start = known.world, known.visits[asked.no].start
    if (both := pair(known, text)) is not None:
        holds(asked.no in both[:2], f"{both[0]} and {both[1]} are others")
        holds(row["Klausul"] == both[2], f"Klausul is {row['Klausul']}")
        return "pair"
    if text == "Satu-satunya permintaan yang diurutkan.":
        holds(len(known.rank) == 1, "others are ranked, too")
        return "alone"
    if text == "Sesuai Tanggal Usulan.":
        holds(asked.proposed == start, "it is not the proposed day")
        return "as proposed"
    if found := re.fullmatch(
        rf"Tanpa Tanggal Usulan: hari pertama yang mungkin sejak ({DATE})\.", text
    ):
        holds(asked.proposed is None, "a day was proposed")
        holds(a_day(found[1]) == world.target(asked), f"the target is {world.target(asked)}")
        earlier = case.allowed(case.first, start - timedelta(days=1))
        holds(not any(map(case.possible, earlier)), "an earlier day is possible")
        return "without proposal"
    if found := re.fullmatch(
        r"Tenggang dikecualikan dengan Surat Dispensasi (.+) \(R-TENGGANG\)\.", text
    ):
        holds(asked.waiver, "there is no letter")
        return "waiver"
    if found := re.fullmatch(r"Terkunci sejak jadwal (\S+); hari dan timnya tidak berubah\.", text):
        holds(row["Status"] == "Terkunci", "it is not locked")
        holds(known.locked_in.get(asked.no) == found[1], f"{known.locked_in.get(asked.no)}")
        return "locked"
    if found := re.fullmatch(rf"Hari pertama yang mungkin ({DAY})\.", text):
        holds(a_day(found[1]) == start, f"it starts on {start}")
        return "first possible"
    if found := re.fullmatch(rf"({DAY}) disetujui manajemen\.", text):
        holds(a_day(found[1]) == start and known.orders[asked.no][0] == "Setuju", "nobody agreed")
        return "agreed"
    if found := re.fullmatch(rf"({DAY})?(?: dan )?(.*?) ?ditetapkan manajemen(?:: (.+))?\.", text):
        verdict, day, team, note = known.orders[asked.no]
        holds(verdict == "Ubah", "nobody changed it")
        holds((a_day(found[1]) if found[1] else None) == day, f"the day was {day}")
        holds((found[2] or None) == team, f"the team was {team}")
        holds((found[3] or None) == (note or None), f"the note was {note}")
        return "decided"
    if found := re.fullmatch(
        r"Timnya ditukar agar (.+) mendapat hari yang lebih awal; harinya tetap\.", text
    ):
        for no in re.split(r", | dan (?!\d+ lainnya)", re.sub(r" dan \d+ lainnya$", "", found[1])):
            holds(known.rank[no] > known.rank[asked.no], f"{no} is not ranked after")
        return "exchanged"
    if _shifted(known, case, asked, row, text):
        return "shifted"
    if block(case, text):
        return "blocked"
    raise UntrueError(f"no pattern knows: {text}")


def _shifted(known: Known, case: Case, asked: Asked, row: Row, text: str) -> bool:
    """Check why a proposed day was not taken; False for another sentence."""
    world = known.world
    if found := re.fullmatch(
        rf"Usulan ({DATE}) kurang dari (\d+) hari sejak permintaan; digeser ke tanggal terdekat ({DATE}){_AFTER_OFF} \(R-KAJI\)\.",
        text,
    ):
        holds(int(found[2]) == world.rules.lead, f"the lead time is {world.rules.lead}")
        holds(a_day(found[1]) < world.earliest(asked), "the proposal was early enough")
    elif found := re.fullmatch(
        rf"Usulan ({DATE}) (sudah terlewat|terlalu dekat: penandatanganan SPT memerlukan \d+ hari sejak {DATE}); kunjungan paling cepat ({DATE}){_AFTER_OFF}\.",
        text,
    ):
        over = a_day(found[1]) < world.run_date
        holds(over == (found[2] == "sudah terlewat"), f"{found[1]} against {world.run_date}")
        near = a_day(found[1]) < world.run_date + timedelta(days=world.rules.gap)
        holds(near, f"{found[1]} was not too near")
        if said := re.search(rf"memerlukan (\d+) hari sejak ({DATE})", found[2]):
            holds(int(said[1]) == world.rules.gap and a_day(said[2]) == world.run_date, found[2])
    else:
        return False
    holds(a_day(found[1]) == asked.proposed, f"{asked.proposed} was proposed")
    nearest, span = a_day(found[3]), found[4]
    holds(nearest == case.allowed(case.first, case.first + timedelta(days=400))[0], found[3])
    if span:
        days_off(case, span)
        first, last = a_span(span, case.first)
        ends = first == case.first and last == nearest - timedelta(days=1)
        holds(ends, f"{span} is not what lies between {case.first} and {nearest}")
    else:
        holds(nearest == case.first, f"the days from {case.first} on are not told")
    return True


def _returned(known: Known, asked: Asked, row: Row, seen: Seen) -> None:
    world = known.world
    short = (world.earliest(asked) - asked.proposed).days if asked.proposed else 0
    holds(row["Hari Kurang"] == short > 0, f"{short} days are short")
    holds(as_day(row["Tanggal Terdekat"]) == may_ask(world, asked), f"{may_ask(world, asked)}")
    for each in sentences(str(row["Alasan"])):
        if found := re.fullmatch(
            rf"Usulan ({DATE}) (?:hanya (\d+) hari sesudah|(\d+) hari sebelum) permintaan ({DATE}); kurang (\d+) hari dari (\d+) hari \(R-TENGGANG\)\.",
            each,
        ):
            days = int(found[2]) if found[2] else -int(found[3])
            holds((a_day(found[1]), a_day(found[4])) == (asked.proposed, asked.day), "other days")
            holds(asked.proposed and (asked.proposed - asked.day).days == days, f"not {days} days")
            holds((int(found[5]), int(found[6])) == (short, world.rules.lead), f"{short} short")
        elif found := re.fullmatch(
            rf"Ajukan ({DATE}) atau sesudahnya, atau lampirkan Surat Dispensasi\.", each
        ):
            holds(
                a_day(found[1]) == may_ask(world, asked), f"it may ask for {may_ask(world, asked)}"
            )
        elif found := re.fullmatch(
            rf"Sampai Batas Akhir ({DATE}) tidak ada hari yang memenuhinya: undurkan Batas Akhir, atau lampirkan Surat Dispensasi\.",
            each,
        ):
            holds(a_day(found[1]) == asked.latest and may_ask(world, asked) is None, "there is one")
        elif each == "Lampirkan Surat Dispensasi.":
            holds(may_ask(world, asked) is None and asked.latest is None, "it may ask for a day")
        else:
            raise UntrueError(f"no pattern knows: {each}")
        seen["Dikembalikan"] += 1


_UNTIL = rf"Tidak ada hari yang mungkin dari ({DATE}) sampai (Batas Akhir {DATE}|batas rencana(?: \d+ hari)?): (.+)"
_ON = rf"Tidak mungkin pada ({DATE}), (?:hari yang diminta|hari paling cepat yang dapat direncanakan) sekaligus Batas Akhir: (.+)"
_WITH = r"Dapat dijadwalkan(?: dalam Batas Akhir)? bila (.+), selama yang peringkatnya lebih tinggi tetap pada harinya\."
_OFF_ONLY = (
    r"(?:Hari itu|Hari-harinya) (?:[^,.()]+)\.",
    r"Tidak ada hari kerja di antaranya\.",
    r"semuanya .+\.",
)


def _queued(known: Known, asked: Asked, row: Row, seen: Seen) -> None:
    world, case = known.world, _case(known, asked, known.world.last(asked))
    queue = sentences(str(row["Alasan"]))
    complete, later = False, case
    if known.path.name == "jadwal-final.xlsx":  # nobody gives up his day any more
        later = Case(known, asked, case.first, case.until, list(known.visits.values()))
    while queue:
        each = queue.pop(0)
        seen["Antrean"] += 1
        if found := re.fullmatch(_UNTIL, each):
            holds(a_day(found[1]) == case.first, f"the target is {case.first}")
            if found[2].startswith("Batas Akhir"):
                holds(
                    a_day(found[2].removeprefix("Batas Akhir ")) == asked.latest, f"{asked.latest}"
                )
            else:
                case.until = world.horizon
            if days := re.search(r"\d+ hari$", found[2]):
                holds(
                    int(days[0].split()[0]) == world.rules.horizon,
                    f"the horizon is {world.rules.horizon}",
                )
            complete = True
            queue.insert(0, found[3])
        elif found := re.fullmatch(_ON, each):
            holds(a_day(found[1]) == asked.latest == case.first, f"{asked.latest}, {case.first}")
            complete = True
            queue.insert(0, found[2])
        elif found := re.fullmatch(
            rf"Hari pertama yang mungkin ({DAY}), bila Batas Akhir diundur\.", each
        ):
            day = a_day(found[1])
            holds(as_day(row["Tanggal Terdekat"]) == day, "Tanggal Terdekat says another day")
            holds(later.possible(day, exchange=True), f"{day} is not possible")
            for earlier in case.allowed(case.first, day - timedelta(days=1)):
                holds(not later.possible(earlier), f"{earlier} is possible, too")
        elif found := re.fullmatch(
            rf"Batas Akhir ({DATE}) lebih dahulu daripada ({DATE}), (?:hari yang diminta|hari paling cepat yang dapat direncanakan)\.",
            each,
        ):
            holds((a_day(found[1]), a_day(found[2])) == (asked.latest, case.first), f"{case.first}")
            holds(asked.latest and asked.latest < case.first, "it is not before")
        elif found := re.fullmatch(
            rf"Tanggal ({DATE}) melewati batas rencana, (\d+) hari sejak pengaturan jadwal\.", each
        ):
            holds(a_day(found[1]) == case.first > world.horizon, f"the horizon is {world.horizon}")
            holds(int(found[2]) == world.rules.horizon, f"{world.rules.horizon} days")
        elif found := re.fullmatch(_WITH, each):
            remedies(later, found[1])
        elif re.fullmatch(
            r"Tenggang dikecualikan dengan Surat Dispensasi .+ \(R-TENGGANG\)\.", each
        ):
            holds(asked.waiver, "there is no letter")
        elif found := re.fullmatch(r"Tidak ada tim yang menguasai (.+)\.", each):
            holds(not case.competent(), f"{case.competent()} sample it")
        elif any(re.fullmatch(pattern, each) for pattern in _OFF_ONLY):
            holds(not case.allowed(case.first, case.until), "a visit can start in between")
        elif each == "Lengkapi lembar Tim." or block(case, each) or _never(case, asked, each):
            pass
        else:
            raise UntrueError(f"no pattern knows: {each}")
    if complete:
        all_told(case, case.until)


def _never(case: Case, asked: Asked, text: str) -> bool:
    """Check why a request fits no day at all."""
    alone = Case(case.known, asked, case.first, case.until, [])
    days = alone.allowed(case.first, case.until)
    never = (
        r"Peralatan untuk .+ tidak mempunyai unit dengan kalibrasi yang berlaku selama masa rencana\.",
        r"(\d+) contoh uji melebihi kapasitas laboratorium sehari untuk (.+)\.",
        r"Tidak ada tim yang dalam sehari dapat melayani (\d+) contoh uji (.+)\.",
    )
    if any(re.fullmatch(pattern, text) for pattern in never):
        holds(not any(map(alone.possible, days)), "alone it would fit")
        return True
    return bool(
        re.fullmatch(
            r"Perbarui kalibrasi atau jumlahnya pada lembar Peralatan\.|Pecah permintaan ini menjadi beberapa, atau sesuaikan acuan\.",
            text,
        )
    )
