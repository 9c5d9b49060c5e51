"""A slow, plain checker of a finished jadwal.xlsx, written from rules.md and contract.md alone.

`violations(week, jadwal)` reads the sheets Jadwal, Dikembalikan and Antrean and says in English
what breaks which rule; `misfits(week, plan)` judges a plan that is in no workbook. They share no
code with the package. Where the rules leave a detail open, the most literal reading is taken; such
places are marked "Open:".

By default the program may exchange the teams of placed visits, as "Better than greedy" has it.
With `exchange=False` it may not: the replay is strict, and every team is the tie-break's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import combinations
from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.support.weeks import Week

Row = dict[str, object]

DAY_NAMES = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
TOKENS = frozenset(
    (
        "DataSalah", "TenggangKurang", "UsulanTerlewat", "TanpaTimKompeten", "BukanHariKerja",
        "TimCuti", "AlatHabis", "KapasitasLab", "TimPenuh", "BatasAkhir", "Horizon",
    )
)  # fmt: skip
HEADERS = {
    "Jadwal": (
        "Peringkat", "No. Permintaan", "Nama Customer", "Jenis Customer", "Tanggal Permintaan",
        "Tanggal Efektif", "Tanggal Usulan", "Tanggal Mulai", "Tanggal Selesai", "Tim", "Wilayah",
        "Lokasi Sampling", "Jenis Contoh Uji", "Jumlah Contoh Uji", "Status", "Klausul", "Sebab",
        "Alasan", "Keputusan", "Tanggal Baru", "Tim Baru", "Catatan",
    ),
    "Dikembalikan": ("No. Permintaan", "Hari Kurang", "Tanggal Terdekat", "Sebab", "Alasan"),
    "Antrean": ("No. Permintaan", "Sebab", "Tanggal Terdekat", "Alasan"),
}  # fmt: skip
EXACT_UP_TO = 24  # visits a day up to which the choice of teams must be exact
SEARCH_LIMIT = 20_000  # steps after which the search for other teams gives up


@dataclass(frozen=True)
class Rules:
    """The values of Ketentuan."""

    lead: int
    returns: bool
    internal_days: int
    external_days: int
    between_internal: bool
    gap: int
    horizon: int
    workdays: frozenset[int]

    @property
    def threshold(self) -> int:
        """T of "One key, not a comparison"."""
        return self.external_days - 1 if self.between_internal else self.internal_days


@dataclass(frozen=True)
class Asked:
    """One request as the intake holds it."""

    no: str
    moment: datetime
    internal: bool
    region: str
    kind: str
    samples: int
    proposed: date | None
    latest: date | None
    waiver: bool

    @property
    def day(self) -> date:
        return self.moment.date()


@dataclass(frozen=True)
class Team:
    name: str
    kinds: tuple[str, ...]
    visits: int | None
    samples: int | None
    leave: tuple[tuple[date, date], ...]

    def serves(self, asked: Asked, days: Sequence[date]) -> bool:
        """Condition 2: competent, and not on leave on any of the days (both ends included)."""
        competent = "semua" in [k.lower() for k in self.kinds] or asked.kind in self.kinds
        return competent and not any(map(self.away, days))

    def away(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.leave)


@dataclass(frozen=True)
class Visit:
    """A placed request: its days follow from the region, not from the sheet."""

    asked: Asked
    start: date
    team: str
    length: int

    @cached_property
    def days(self) -> tuple[date, ...]:
        return tuple(self.start + timedelta(days=n) for n in range(self.length))

    @property
    def end(self) -> date:
        return self.days[-1]


@dataclass(frozen=True)
class Planned:
    """What a plan says of one visit."""

    no: str
    first: date
    last: date
    team: str


@dataclass(frozen=True)
class World:
    """The week in plain types; the rows of Wilayah, Jenis and Peralatan stay as they are.

    `exchange` tells whether placed visits may get other teams ("Better than greedy").
    """

    run_date: date
    rules: Rules
    asked: dict[str, Asked]
    teams: tuple[Team, ...]
    holidays: frozenset[date]
    regions: dict[str, Row]
    kinds: dict[str, Row]
    equipment: tuple[Row, ...]
    exchange: bool = True

    def length(self, asked: Asked) -> int:
        return 1 + whole(self.regions[asked.region]["Hari Perjalanan"], 0)

    def earliest(self, asked: Asked) -> date:
        """R-TENGGANG: a waiver exempts, so its earliest date is its Tanggal Permintaan itself."""
        return asked.day + timedelta(days=0 if asked.waiver else self.rules.lead)

    def returned(self, asked: Asked) -> bool:
        """R-KAJI: the branch "Tidak". A waiver row is never returned."""
        early = asked.proposed is not None and asked.proposed < self.earliest(asked)
        return self.rules.returns and early and not asked.waiver

    def target(self, asked: Asked) -> date:
        """The first day to try; under `geser` an early Tanggal Usulan becomes the earliest."""
        wanted = max(asked.proposed or self.earliest(asked), self.earliest(asked))
        return max(wanted, self.run_date + timedelta(days=self.rules.gap))

    @property
    def horizon(self) -> date:
        return self.run_date + timedelta(days=self.rules.horizon)

    def last(self, asked: Asked) -> date:
        # Open: Batas Akhir and the horizon bound the day on which a visit starts ("d runs from
        # the target day to Batas Akhir"), not the day on which it ends.
        return min(asked.latest or self.horizon, self.horizon)

    def key(self, asked: Asked) -> tuple[object, ...]:
        """The one sort key of rules.md."""
        return (effective(asked, self.rules), not asked.internal, asked.moment, natural(asked.no))


def read_world(week: Week) -> World:
    """Turn a week's cells into plain types."""
    sheets = week.reference
    return World(
        week.run_date,
        read_rules({str(row["Kunci"]): row["Nilai"] for row in sheets["Ketentuan"]}),
        {str(row["No. Permintaan"]): read_asked(row) for row in week.intake},
        tuple(read_team(row, sheets["Tim Cuti"]) for row in sheets["Tim"]),
        frozenset(a_date(row["Tanggal"]) for row in sheets["Hari Libur"]),
        {str(row["Wilayah"]): row for row in sheets["Wilayah"]},
        {str(row["Jenis Contoh Uji"]): row for row in sheets["Jenis Contoh Uji"]},
        tuple(sheets["Peralatan"]),
    )


def read_rules(values: dict[str, object]) -> Rules:
    return Rules(
        whole(values["tenggang_permintaan_hari"]),
        values["tenggang_kurang"] == "kembalikan",
        whole(values["selisih_internal_hari"]),
        whole(values["selisih_eksternal_hari"]),
        values["zona_antara"] == "internal",
        whole(values["jeda_terbit_hari"]),
        whole(values["horizon_hari"]),
        weekdays(values["hari_kerja"]),
    )


def read_asked(row: Row) -> Asked:
    moment = row["Tanggal Permintaan"]
    if not isinstance(moment, datetime):
        # Open: a cell without time of day counts as midnight, as the key's date-time has it.
        moment = datetime.combine(a_date(moment), time())
    return Asked(
        str(row["No. Permintaan"]),
        moment,
        row["Jenis Customer"] == "Internal",
        str(row["Wilayah"]),
        str(row["Jenis Contoh Uji"]),
        whole(row["Jumlah Contoh Uji"]),
        maybe_date(row.get("Tanggal Usulan")),
        maybe_date(row.get("Batas Akhir")),
        bool(parts(row.get("Surat Dispensasi"))),
    )


def read_team(row: Row, leave: Iterable[Row]) -> Team:
    name = str(row["Nama Tim"])
    away = [(a_date(r["Dari"]), a_date(r["Sampai"])) for r in leave if r["Nama Tim"] == name]
    visits, samples = limit(row["Kunjungan per Hari"]), limit(row["Contoh Uji per Hari"])
    return Team(name, parts(row["Jenis Contoh Uji"]), visits, samples, tuple(away))


def parts(cell: object) -> tuple[str, ...]:
    """Split a `;` list; blank gives nothing."""
    return tuple(part.strip() for part in str(cell or "").split(";") if part.strip())


def weekdays(cell: object) -> frozenset[int]:
    """Read `Senin-Jumat` or a `;` list of day names; Monday is 0."""
    found: set[int] = set()
    for part in parts(cell):
        ends = [DAY_NAMES.index(name.strip()) for name in re.split("[-\u2013]", part)]
        found.update(range(ends[0], ends[-1] + 1))
    return frozenset(found)


def whole(cell: object, blank: int | None = None) -> int:
    """Read a whole number; blank gives the value named for it."""
    return blank if cell is None and blank is not None else int(str(cell))


def limit(cell: object) -> int | None:
    """Read a capacity; blank means no limit."""
    return None if cell is None else whole(cell)


def maybe_date(cell: object) -> date | None:
    return None if cell is None else a_date(cell)


def a_date(cell: object) -> date:
    """Read a date cell; anything else is a mistake of the caller's."""
    if not isinstance(cell, date):
        raise TypeError(f"{cell!r} is not a date")
    return cell.date() if isinstance(cell, datetime) else cell


class Book:
    """The finished schedule: rows by sheet, and what could not be read."""

    def __init__(self, path: Path) -> None:
        """Read the three sheets."""
        self.problems: list[str] = []
        workbook = load_workbook(path, data_only=True)
        self.rows = {name: self._rows(workbook, name) for name in HEADERS}
        workbook.close()

    def _rows(self, workbook: Workbook, name: str) -> list[Row]:
        if name not in workbook.sheetnames:
            self.problems.append(f"contract: the sheet {name} is missing")
            return []
        lines = list(workbook[name].iter_rows(values_only=True))
        headers = [str(cell) for cell in lines[0]] if lines else []
        for header in HEADERS[name]:
            if header not in headers:
                self.problems.append(f"contract: {name} has no column {header!r} in row 1")
        rows = [dict[str, object](zip(headers, line, strict=True)) for line in lines[1:]]
        return [row for row in rows if row.get("No. Permintaan") is not None]

    def day(self, row: Row, header: str) -> date | None:
        """Read a date cell; a cell that is neither blank nor a date is a problem."""
        cell = row.get(header)
        if cell is None or isinstance(cell, date):
            return maybe_date(cell)
        self.problems.append(f"contract: {number(row)}: {header} holds {cell!r}, not a date")
        return None


def number(row: Row) -> str:
    return str(row["No. Permintaan"])


def violations(week: Week, jadwal: Path, *, exchange: bool = True) -> list[str]:
    """Compare a finished schedule with its week; empty means that no rule is broken.

    Parameters
    ----------
    week : Week
        The input that the schedule was made from, with an empty register and no pair decisions.
    jadwal : Path
        The schedule workbook.
    exchange : bool
        Whether a visit may have another team than the one it had when it was placed. False
        replays strictly: teams as given, each the one that the tie-break names.

    Returns
    -------
    list of str
        One English sentence a violation, led by its rule id or condition number.
    """
    world, book = replace(read_world(week), exchange=exchange), Book(jadwal)
    if book.problems:
        return book.problems
    found = conservation(world, book)
    for name, rows in book.rows.items():  # go on with the first row of every known request
        known = {number(row): row for row in reversed(rows) if number(row) in world.asked}
        book.rows[name] = [row for row in rows if row is known.get(number(row))]
    found += review(world, book)
    found += ranking(world, book)
    visits, unreadable = read_visits(world, book)
    found += unreadable
    found += unfit(world, visits)
    found += [text for row in book.rows["Jadwal"] for text in status_and_dates(world, book, row)]
    found += echoes(world, book)
    found += [
        f"Sebab: {number(row)} in Antrean has {row['Sebab']!r}, which is no known reason"
        for row in book.rows["Antrean"]
        if row["Sebab"] not in TOKENS
    ]
    found += greedy(world, visits, book)
    return list(dict.fromkeys(found + book.problems))


def misfits(week: Week, plan: Iterable[Planned]) -> list[str]:
    """Judge a plan that is in no workbook: days, teams and capacities, whatever the order.

    Parameters
    ----------
    week : Week
        The input that the plan was made from.
    plan : iterable of Planned
        Each request at most once; locked visits count like others.

    Returns
    -------
    list of str
        As of `violations`.
    """
    world, visits, found = read_world(week), [], []
    for row in plan:
        asked = world.asked[row.no]
        visits.append(Visit(asked, row.first, row.team, world.length(asked)))
        if row.last != visits[-1].end:
            found.append(f"condition 1: {row.no} ends {row.last}, not {visits[-1].end}")
    return found + unfit(world, visits)


def unfit(world: World, visits: Sequence[Visit]) -> list[str]:
    """What visits break by themselves and together, in whatever order they were placed."""
    alone = [text for visit in visits for text in visit_alone(world, visit)]
    return alone + overbooking(world, visits)


def conservation(world: World, book: Book) -> list[str]:
    """Each request stands in exactly one of the three sheets, once."""
    places = defaultdict(list)
    for name, rows in book.rows.items():
        for row in rows:
            places[number(row)].append(name)
    found = [f"conservation: {no} stands in no sheet" for no in world.asked if no not in places]
    for no, sheets in places.items():
        if no not in world.asked:
            found.append(f"conservation: {no} in {sheets[0]} was never asked for")
        elif len(sheets) > 1:
            found.append(f"conservation: {no} stands in {' and '.join(sheets)}")
    return found


def echoes(world: World, book: Book) -> list[str]:
    """Jadwal repeats what the intake says."""
    found = []
    for row in book.rows["Jadwal"]:
        asked = world.asked[number(row)]
        said: dict[str, object] = {
            "Jenis Customer": "Internal" if asked.internal else "Eksternal",
            "Wilayah": asked.region,
            "Jenis Contoh Uji": asked.kind,
            "Jumlah Contoh Uji": asked.samples,
        }
        shown: Row = {header: row[header] for header in said}
        for header, day in (("Permintaan", asked.day), ("Usulan", asked.proposed)):
            said[header], shown[header] = day, book.day(row, f"Tanggal {header}")
        found += [
            f"contract: {asked.no}: Jadwal shows {header} {shown[header]}, the intake {value}"
            for header, value in said.items()
            if shown[header] != value
        ]
    return found


def review(world: World, book: Book) -> list[str]:
    """Exactly the right requests are returned, with the right days."""
    found = []
    rows = {number(row): row for row in book.rows["Dikembalikan"]}
    for no, asked in world.asked.items():
        row = rows.get(no)
        if row is None:
            if world.returned(asked):
                found.append(
                    f"R-KAJI: {no} must be returned: Usulan {asked.proposed} is before "
                    f"{world.earliest(asked)}"
                )
        elif not world.returned(asked):
            why = "it has a waiver" if asked.waiver else "its Usulan is not too early"
            why = why if world.rules.returns else "tenggang_kurang is geser"
            found.append(f"R-KAJI: {no} must not be returned: {why}")
        else:
            found += returned_row(world, book, asked, row)
    return found


def returned_row(world: World, book: Book, asked: Asked, row: Row) -> list[str]:
    """Hari Kurang, Tanggal Terdekat and Sebab of a returned request."""
    earliest = world.earliest(asked)
    assert asked.proposed is not None
    found = []
    short = (earliest - asked.proposed).days
    if row["Hari Kurang"] != short:
        found.append(f"R-KAJI: {asked.no}: Hari Kurang is {row['Hari Kurang']}, not {short}")
    nearest, expected = book.day(row, "Tanggal Terdekat"), may_ask(world, asked)
    if nearest != expected:
        found.append(f"R-TENGGANG: {asked.no}: Tanggal Terdekat is {nearest}, not {expected}")
    if row["Sebab"] != "TenggangKurang":
        found.append(f"Sebab: {asked.no} is returned for {row['Sebab']!r}, not TenggangKurang")
    return found


def may_ask(world: World, asked: Asked) -> date | None:
    """The first day still to come that keeps the lead time and condition 1, by Batas Akhir."""
    day = max(world.earliest(asked), world.run_date + timedelta(days=world.rules.gap))
    for step in range(400):
        start = day + timedelta(days=step)
        if asked.latest and start > asked.latest:
            return None
        if calendar_problem(world, asked, start) is None:
            return start
    return None


def natural(no: str) -> tuple[object, ...]:
    """Natural order: digit runs as whole numbers, text without case, ties by the raw string."""
    pieces = re.split("([0-9]+)", no)  # text, digits, text, ... so that like meets like
    return (tuple(int(p) if n % 2 else p.casefold() for n, p in enumerate(pieces)), no)


def effective(asked: Asked, rules: Rules) -> date:
    """Tanggal Efektif."""
    return asked.day - timedelta(days=rules.threshold if asked.internal else 0)


def first_of(a: Asked, b: Asked, rules: Rules) -> tuple[Asked, str]:
    """Return which of two requests goes first, and the rule that says so."""
    if a.internal == b.internal:
        if a.day != b.day:
            return (a if a.day < b.day else b), "R-URUT"
        return min(a, b, key=lambda r: (r.moment.time(), natural(r.no))), "R-SERI"
    inside, outside = (a, b) if a.internal else (b, a)
    later = (inside.day - outside.day).days
    if later < 0:
        return inside, "R-URUT"
    if later <= rules.internal_days:
        return inside, "R-7A"
    if later >= rules.external_days:
        return outside, "R-7B"
    return (inside if rules.between_internal else outside), "R-ANTARA"


def ranking(world: World, book: Book) -> list[str]:
    """Every pair in Jadwal stands as the pairwise rules say, and as the key says."""
    found = []
    ranks: dict[str, int] = {}
    for row in book.rows["Jadwal"]:
        asked, rank = world.asked[number(row)], row["Peringkat"]
        if isinstance(rank, int) and rank >= 1:
            ranks[asked.no] = rank
        else:
            found.append(f"rank: {asked.no}: Peringkat is {rank!r}, not a number from 1 on")
        shown = book.day(row, "Tanggal Efektif")
        due = effective(asked, world.rules)
        if shown != due:
            found.append(f"key: {asked.no}: Tanggal Efektif is {shown}, not {due}")
    for a, b in combinations(ranks, 2):
        if ranks[a] == ranks[b]:
            found.append(f"rank: {a} and {b} share Peringkat {ranks[a]}")
            continue
        better, rule = first_of(world.asked[a], world.asked[b], world.rules)
        worse = b if better.no == a else a
        if ranks[better.no] > ranks[worse]:
            found.append(
                f"{rule}: {better.no} must stand before {worse}, but has Peringkat "
                f"{ranks[better.no]} against {ranks[worse]}"
            )
    # Open: Peringkat may have gaps where a ranked request stands in Antrean; the order counts.
    listed = sorted(ranks, key=lambda no: (ranks[no], no))
    due_order = sorted(ranks, key=lambda no: world.key(world.asked[no]))
    for at, (is_there, belongs) in enumerate(zip(listed, due_order, strict=True), 1):
        if is_there != belongs:
            found.append(f"key: place {at} of Jadwal is {is_there}'s; the key gives {belongs}")
            break
    return found


class Ledger:
    """Which visits stand on which day."""

    def __init__(self, visits: Iterable[Visit] = ()) -> None:
        self.visits: dict[str, Visit] = {}
        self.by_day: dict[date, list[Visit]] = defaultdict(list)
        self.full: dict[tuple[date, str, str, int], bool | None] = {}
        for visit in visits:
            self.add(visit)

    def add(self, visit: Visit) -> None:
        self.visits[visit.asked.no] = visit
        for day in visit.days:
            self.by_day[day].append(visit)

    def on(self, day: date, team: str | None = None) -> list[Visit]:
        """The visits on a day, of one team or of all."""
        return [v for v in self.by_day.get(day, ()) if team is None or v.team == team]


def calendar_problem(world: World, asked: Asked, start: date) -> str | None:
    """Condition 1: working days throughout, and a first day that region and type allow."""
    for offset in range(world.length(asked)):
        day = start + timedelta(days=offset)
        if day.weekday() not in world.rules.workdays:
            return f"{day} is no working day"
        if day in world.holidays:
            return f"{day} is a holiday"
    depart = weekdays(world.regions[asked.region]["Hari Berangkat"])
    if depart and start.weekday() not in depart:
        return f"{start} is no Hari Berangkat of {asked.region}"
    if start.weekday() in weekdays(world.kinds[asked.kind]["Hari Tanpa Pengambilan"]):
        return f"{start} is a Hari Tanpa Pengambilan of {asked.kind}"
    return None


def team_day_problem(team: Team, crowd: Sequence[Visit]) -> str | None:
    """Condition 3 for one team's visits of one day."""
    if team.visits is not None and len(crowd) > team.visits:
        return f"{len(crowd)} visits, Kunjungan per Hari is {team.visits}"
    # Open: a visit counts with all its contoh uji on each of its days ("On each of the days").
    samples = sum(visit.asked.samples for visit in crowd)
    if team.samples is not None and samples > team.samples:
        return f"{samples} contoh uji, Contoh Uji per Hari is {team.samples}"
    if len({visit.asked.region for visit in crowd}) > 1:
        return "visits in more than one Wilayah"
    return None


def equipment_problem(world: World, name: str, day: date, users: Sequence[Visit]) -> str | None:
    """Condition 4 for one kind of equipment on one day; valid up to and including its date."""
    units = 0
    for row in world.equipment:
        until = maybe_date(row["Kalibrasi Berlaku Sampai"])
        if row["Peralatan"] == name and (until is None or day <= until):
            if row["Jumlah Unit"] is None:
                return None
            units += whole(row["Jumlah Unit"])
    return f"{len(users)} units needed, {units} valid" if len(users) > units else None


def lab_problem(world: World, kind: str, arriving: Sequence[Visit]) -> str | None:
    """Condition 5 for what arrives of one sample type on one day."""
    capacity = limit(world.kinds[kind]["Kapasitas Lab per Hari"])
    samples = sum(visit.asked.samples for visit in arriving)
    if capacity is not None and samples > capacity:
        return f"{samples} contoh uji arrive, Kapasitas Lab per Hari is {capacity}"
    return None


def needs(world: World, asked: Asked) -> tuple[str, ...]:
    return parts(world.kinds[asked.kind]["Peralatan"])


def visit_alone(world: World, visit: Visit) -> list[str]:
    """What one visit must keep whatever the others do: days and team."""
    asked, no = visit.asked, visit.asked.no
    found = []
    if visit.start < world.target(asked):
        found.append(f"target day: {no} starts {visit.start}, before {world.target(asked)}")
    if asked.latest is not None and visit.start > asked.latest:
        found.append(f"BatasAkhir: {no} starts {visit.start}, after {asked.latest}")
    if visit.start > world.horizon:
        found.append(f"Horizon: {no} starts {visit.start}, after {world.horizon}")
    problem = calendar_problem(world, asked, visit.start)
    if problem:
        found.append(f"condition 1: {no} starts {visit.start}: {problem}")
    team = next(team for team in world.teams if team.name == visit.team)
    if not team.serves(asked, visit.days):
        found.append(f"condition 2: {no}: {team.name} is not competent or on leave")
    return found


def overbooking(world: World, visits: Sequence[Visit]) -> list[str]:
    """Conditions 3, 4 and 5 over the whole schedule, one sentence a day and resource."""
    ledger = Ledger(visits)
    found: list[str] = []

    def note(condition: int, day: date, what: str, crowd: list[Visit], text: str | None) -> None:
        if text:
            numbers = ", ".join(visit.asked.no for visit in crowd)
            found.append(f"condition {condition}: {what} on {day}: {text} ({numbers})")

    for day in sorted(ledger.by_day):
        for team in world.teams:
            crowd = ledger.on(day, team.name)
            note(3, day, team.name, crowd, team_day_problem(team, crowd))
        for name in sorted({str(row["Peralatan"]) for row in world.equipment}):
            crowd = [v for v in ledger.on(day) if name in needs(world, v.asked)]
            note(4, day, name, crowd, equipment_problem(world, name, day, crowd))
        for kind in world.kinds:
            crowd = [v for v in ledger.on(day) if v.end == day and v.asked.kind == kind]
            note(5, day, kind, crowd, lab_problem(world, kind, crowd))
    return found


def read_visits(world: World, book: Book) -> tuple[list[Visit], list[str]]:
    """The visits of Jadwal whose day and team can be read, and what cannot."""
    visits, found = [], []
    for row in book.rows["Jadwal"]:
        asked, start = world.asked[number(row)], book.day(row, "Tanggal Mulai")
        if row["Tim"] not in [team.name for team in world.teams]:
            found.append(f"condition 2: {asked.no}: there is no team {row['Tim']!r}")
        elif start is None:
            found.append(f"contract: {asked.no} has no Tanggal Mulai")
        else:
            visits.append(Visit(asked, start, str(row["Tim"]), world.length(asked)))
    return visits, found


def status_and_dates(world: World, book: Book, row: Row) -> list[str]:
    """Tanggal Selesai, Status and Sebab of one row of Jadwal."""
    asked, start = world.asked[number(row)], book.day(row, "Tanggal Mulai")
    if start is None:
        return []
    found = []
    due_end = start + timedelta(days=world.length(asked) - 1)
    end = book.day(row, "Tanggal Selesai")
    if end != due_end:
        found.append(f"condition 1: {asked.no}: Tanggal Selesai is {end}, not {due_end}")
    moved = asked.proposed is not None and start > asked.proposed
    due = "Digeser" if moved else "Terjadwal"
    if row["Status"] != due:
        found.append(f"Status: {asked.no} is {row['Status']!r}, not {due}")
    if moved and row["Sebab"] not in TOKENS:
        found.append(f"Sebab: {asked.no} is moved for {row['Sebab']!r}, which is no known reason")
    if not moved and row["Sebab"] not in (None, ""):
        found.append(f"Sebab: {asked.no} is Terjadwal, yet has the reason {row['Sebab']!r}")
    return found


# "Better than greedy" lets the program give placed visits other teams, so a finished schedule
# shows each visit's last team, not the one it had when its neighbour was placed. Days on which
# that must have happened (and days tied to them by trips) are "shaken": there the tie-break
# between teams says nothing, and dates are judged by whether any choice of teams fits. Without
# exchanges no day is shaken, and a day is possible only with the teams as they are.


def shared_problem(world: World, trial: Visit, ledger: Ledger) -> str | None:
    """Conditions 1, 4 and 5 for one more visit: whatever team takes it."""
    problem = calendar_problem(world, trial.asked, trial.start)
    if problem:
        return problem
    for name in needs(world, trial.asked):
        for day in trial.days:
            users = [v for v in ledger.on(day) if name in needs(world, v.asked)]
            problem = problem or equipment_problem(world, name, day, [*users, trial])
    kind = trial.asked.kind
    arriving = [v for v in ledger.on(trial.end) if v.end == trial.end and v.asked.kind == kind]
    return problem or lab_problem(world, kind, [*arriving, trial])


def team_fits(team: Team, trial: Visit, ledger: Ledger) -> bool:
    """Conditions 2 and 3 for one more visit, all other teams as they are."""
    return team.serves(trial.asked, trial.days) and not any(
        team_day_problem(team, [*ledger.on(day, team.name), trial]) for day in trial.days
    )


def chosen_team(world: World, trial: Visit, ledger: Ledger) -> str | None:
    """The team that the tie-break names, or nothing where no team fits."""
    if shared_problem(world, trial, ledger):
        return None

    def order(place: int) -> tuple[bool, int, int]:
        # Open: "that day" is the first day of the visit, also for a trip of several days; a
        # trip of the team that merely passes over that day counts as one of its visits.
        there = ledger.on(trial.start, world.teams[place].name)
        same = any(visit.asked.region == trial.asked.region for visit in there)
        return (not same, len(there), place)

    fitting = [n for n, team in enumerate(world.teams) if team_fits(team, trial, ledger)]
    return world.teams[min(fitting, key=order)].name if fitting else None


def tied(days: Iterable[date], ledger: Ledger) -> tuple[set[date], list[Visit]]:
    """The days and visits that hang together with these days through visits of several days."""
    reached, visits, todo = set(), {}, list(days)
    while todo:
        day = todo.pop()
        if day not in reached:
            reached.add(day)
            for visit in ledger.on(day):
                visits[visit.asked.no] = visit
                todo.extend(visit.days)
    return reached, list(visits.values())


def shaken_days(world: World, ranked: Sequence[Visit]) -> set[date]:
    """Days on which teams must have been exchanged: the plain choice has no team left there."""
    if not world.exchange:
        return set()
    shaken: set[date] = set()
    ledger = Ledger()
    given = {visit.asked.no: visit for visit in ranked}
    for visit in ranked:
        team = None if shaken & set(visit.days) else chosen_team(world, visit, ledger)
        if team is not None:
            ledger.add(replace(visit, team=team))
            continue
        shaken |= tied(visit.days, ledger)[0]
        known = [v for v in ledger.visits.values() if not shaken & set(v.days)]
        known += [given[no] for no, v in ledger.visits.items() if shaken & set(v.days)]
        ledger = Ledger([*known, visit])
    return shaken


def too_many(world: World, visits: Sequence[Visit]) -> bool:
    """Tell whether all teams that are there together could not take so many, whoever goes."""
    for day in {day for visit in visits for day in visit.days}:
        crowd = [visit for visit in visits if day in visit.days]
        there = [team for team in world.teams if not team.away(day)]
        seats = [team.visits for team in there if team.visits is not None]
        space = [team.samples for team in there if team.samples is not None]
        if len(seats) == len(there) and len(crowd) > sum(seats):
            return True
        wanted = sum(visit.asked.samples for visit in crowd)
        if len(space) == len(there) and wanted > sum(space):
            return True
    return False


def other_teams(world: World, visits: Sequence[Visit]) -> bool | None:
    """Tell whether some choice of teams fits all these visits; None where the search gave up."""
    options = {v: [t for t in world.teams if t.serves(v.asked, v.days)] for v in visits}
    order = sorted(
        visits, key=lambda v: (-v.length, len(options[v]), v.asked.region, -v.asked.samples)
    )
    visits_by_team: dict[tuple[str, date], list[Visit]] = defaultdict(list)
    dead: set[object] = set()
    steps = 0

    def state(at: int) -> object:
        """What the rest depends on: each team's count, samples and region a day."""
        return at, frozenset(
            (slot, len(crowd), sum(v.asked.samples for v in crowd), crowd[0].asked.region)
            for slot, crowd in visits_by_team.items()
            if crowd
        )

    def place(at: int) -> bool:
        nonlocal steps
        steps += 1
        if at == len(order):
            return True
        here = state(at)
        if here in dead or steps > SEARCH_LIMIT:
            return False
        visit = order[at]
        for team in options[visit]:
            mine = [visits_by_team[team.name, day] for day in visit.days]
            if not any(team_day_problem(team, [*crowd, visit]) for crowd in mine):
                for crowd in mine:
                    crowd.append(visit)
                if place(at + 1):
                    return True
                for crowd in mine:
                    crowd.pop()
        dead.add(here)
        return False

    return place(0) or (None if steps > SEARCH_LIMIT else False)


def with_other_teams(
    world: World, trial: Visit, present: list[Visit], ledger: Ledger
) -> bool | None:
    """The same, remembering where one like the trial found no room: days only fill up."""
    asked = trial.asked
    like = (trial.start, asked.region, asked.kind, asked.samples)
    if like not in ledger.full:
        found = False if too_many(world, present) else other_teams(world, present)
        if found:
            return True
        ledger.full[like] = found
    return ledger.full[like]


def possible(world: World, trial: Visit, ledger: Ledger, shaken: set[date]) -> bool | None:
    """Tell whether a request could start on a day when its turn came; None where it is open."""
    if shared_problem(world, trial, ledger):
        return False
    plain = any(team_fits(team, trial, ledger) for team in world.teams)
    if not world.exchange:
        return plain
    # Open: exactness is promised for one-day visits; trips are held to it, too, where no more than
    # so many visits hang together through them.
    present = [*tied(trial.days, ledger)[1], trial]
    if len(present) <= EXACT_UP_TO:
        return plain or with_other_teams(world, trial, present, ledger)
    if plain:
        return None if shaken & set(trial.days) else True
    serving = any(team.serves(trial.asked, trial.days) for team in world.teams)
    return None if serving else False


def greedy(world: World, visits: Sequence[Visit], book: Book) -> list[str]:
    """Replay rank by rank: first possible day, team by the tie-break, nothing left for Antrean."""
    placed = {visit.asked.no: visit for visit in visits}
    queued = {number(row): row for row in book.rows["Antrean"] if number(row) not in placed}
    ranked = sorted(map(world.asked.__getitem__, [*placed, *queued]), key=world.key)
    shaken = shaken_days(world, [placed[asked.no] for asked in ranked if asked.no in placed])
    ledger = Ledger()
    found: list[str] = []
    for asked in ranked:
        if asked.no not in placed:
            nearest = book.day(queued[asked.no], "Tanggal Terdekat")
            found += queue_row(world, asked, nearest, ledger, shaken)
            continue
        visit = placed[asked.no]
        day = first_possible(world, asked, visit.start - timedelta(days=1), ledger, shaken)
        if day:
            found.append(f"first day: {asked.no} starts {visit.start}; {day} was possible")
        team = None if shaken & set(visit.days) else chosen_team(world, visit, ledger)
        if team not in (None, visit.team):
            found.append(f"team: {asked.no} goes with {visit.team}; the tie-break names {team}")
        elif team is None and not world.exchange:
            found.append(f"team: {asked.no} goes with {visit.team}; no team was possible")
        ledger.add(visit)
    return found


def outlook(
    world: World, asked: Asked, last: date, ledger: Ledger, shaken: set[date]
) -> Iterable[tuple[date, bool | None]]:
    """Each day from the target day to the last, with whether the request could start on it."""
    day = world.target(asked)
    while day <= last:
        yield day, possible(world, Visit(asked, day, "", world.length(asked)), ledger, shaken)
        day += timedelta(days=1)


def first_possible(
    world: World, asked: Asked, last: date, ledger: Ledger, shaken: set[date]
) -> date | None:
    """The first day on which the request surely could start, up to the last one allowed."""
    last = min(last, world.last(asked))
    days = outlook(world, asked, last, ledger, shaken)
    return next((day for day, can in days if can), None)


def queue_row(
    world: World, asked: Asked, nearest: date | None, ledger: Ledger, shaken: set[date]
) -> list[str]:
    """A row of Antrean: no day when its turn came, and the right Tanggal Terdekat."""
    day = first_possible(world, asked, world.last(asked), ledger, shaken)
    if day:
        return [f"Antrean: {asked.no} waits, though {day} was possible when its turn came"]
    maybe, due = [], None
    # Open: "possible ignoring Batas Akhir" is judged at the request's own turn, with other teams
    # tried as for any day, and within the horizon.
    for day, can in outlook(world, asked, world.horizon, ledger, shaken):
        if can:
            due = day
            break
        if can is None and day > world.last(asked):
            maybe.append(day)
    if nearest == due:
        return []
    if nearest in maybe:
        trial = Visit(asked, nearest, "", world.length(asked))
        if other_teams(world, [*tied(trial.days, ledger)[1], trial]) is not False:
            return []
    return [f"Antrean: {asked.no}: Tanggal Terdekat is {nearest}, not {due}"]
