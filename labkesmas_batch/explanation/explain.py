"""Why one request is before another, and why one got its place and day, from a run's record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from labkesmas_batch.errors import InputError
from labkesmas_batch.explanation import order as sentences
from labkesmas_batch.explanation.record_reader import (
    HeldRecord,
    RankedRecord,
    Recorded,
    UnrankedRecord,
)
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.policy import NOT_IN_SOP, Rule, rule_source
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.precedence.clauses import (
    Between,
    between,
    certain_from,
    clause,
    decided_pairs,
    sort_key,
    waits_for,
)
from labkesmas_batch.text.indonesian import day_date, listing, number, short_date
from labkesmas_batch.text.names import number_key, suggestion


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer in lines for people, and as data for programs."""

    lines: tuple[str, ...]
    data: dict[str, object]


class Explainer:
    """Answers about one run."""

    def __init__(self, record: Recorded) -> None:
        self._record = record
        self._ranked = record.ranked
        self._policy = record.policy
        requests = [entry.request for entry in record.ranked]
        self._decided = decided_pairs(requests, record.decisions)
        self._ranks = {entry.request.number: entry.rank for entry in record.ranked}

    def one(self, number: str) -> Explanation:
        """Say why a request has its place and its day, or why it has none.

        Raises
        ------
        InputError
            The run has no request of that number.
        """
        found = self._find(number)
        if isinstance(found, RankedRecord):
            return self._placed(found)
        if isinstance(found, UnrankedRecord):
            back = found.outcome == Outcome.RETURNED
            said = "dikembalikan (TenggangKurang)" if back else found.outcome.lower()
            lines = [f"{_title(found.request)}: {said}.", found.why]
            return self._answer(lines, {"hasil": found.outcome, **found.data})
        return self._held(found)

    def two(self, first: str, second: str) -> Explanation:
        """Say which of two requests goes first, and by which clause.

        Raises
        ------
        InputError
            The run has no request of that number, or both are the same one.
        """
        one, other = self._find(first), self._find(second)
        if number_key(first) == number_key(second):
            raise InputError("Sebut dua permintaan yang berbeda, atau satu saja.")
        if isinstance(one, RankedRecord) and isinstance(other, RankedRecord):
            return self._pair(*((one, other) if one.rank < other.rank else (other, one)))
        both = ((first, one), (second, other))
        parts = [self.one(number) for number, found in both if not isinstance(found, RankedRecord)]
        lines = [line for part in parts for line in part.lines]
        waiting = listing(
            _number(found) for _, found in both if not isinstance(found, RankedRecord)
        )
        placed = [found for _, found in both if isinstance(found, RankedRecord)]
        beside = "yang satu tidak mendahului yang lain"
        for entry in placed:
            beside = (
                f"tidak mempunyai tempat sebelum atau sesudah {entry.request.number} (peringkat "
                f"{entry.rank} dari {len(self._ranked)})"
            )
        lines.append(f"{waiting} tidak diurutkan pada jadwal ini, jadi {beside}.")
        return self._answer(lines, {"tidak_diurutkan": [part.data for part in parts]})

    def _pair(self, upper: RankedRecord, lower: RankedRecord) -> Explanation:
        above, below = upper.request, lower.request
        why, said, days = self._why(upper, lower)
        lines = [
            f"{above.number} (peringkat {upper.rank}) sebelum {below.number} (peringkat "
            f"{lower.rank}): {why.rule}.",
            said,
            self._basis(above, below, why),
            *self._table(upper, lower),
            f"Selisih {days} hari; {self._numbers()}",
            self._threshold(),
        ]
        if why == Between(Rule.SILENT):
            lines.append(
                "SOP tidak mengatur selisih ini: Kepala dapat memutuskan pasangan ini dengan satu "
                "baris di lembar Keputusan Pasangan pada acuan."
            )
        data: dict[str, object] = {
            "pertama": dict(upper.data), "kedua": dict(lower.data), "klausul": why.rule.value,
            "selisih_hari": days, "kalimat": said, "keputusan_kepala": why.by is not None,
            "akibat_keputusan_lain": why.turned,
        }  # fmt: skip
        return self._answer(lines, data)

    def _why(self, upper: RankedRecord, lower: RankedRecord) -> tuple[Between, str, int]:
        """Return what puts the one first, as a sentence too, and the days between."""
        above, below = upper.request, lower.request
        why = between(above, below, self._policy, self._decided)
        days = abs((above.received_on - below.received_on).days)
        on_hold = waits_for(below, self._decided, self._ranks) if why.turned else None
        if on_hold is None:
            return why, sentences.precedence(above, below, why.rule, self._policy, why.by), days
        first, by = on_hold
        rule = clause(above, below, self._policy)
        return why, sentences.turned(above, below, rule, first, self._ranks[first], by), days

    def _basis(self, above: Request, below: Request, why: Between) -> str:
        """Say what the order rests on: the SOP, where it says nothing the rule used, the Kepala."""
        rule = clause(above, below, self._policy)
        if why.by is None and not why.turned:
            source, gist = rule_source(rule, self._policy)
            if source == NOT_IN_SOP:
                return f"Dasar: {source}; yang dipakai: {gist[0].lower()}{gist[1:]}"
            return f"Dasar: {source}. {gist}"
        by, about = why.by, ""
        if by is None and (on_hold := waits_for(below, self._decided, self._ranks)):
            by, about = on_hold[1], f" tentang {on_hold[0]} dan {below.number}"
        letter = f", {by.basis}" if by and by.basis else ""
        alone = min(above, below, key=lambda request: sort_key(request, self._policy)).number
        return (
            f"Dasar: keputusan Kepala{about}{letter}. Tanpa keputusan itu {alone} yang "
            f"didahulukan ({rule})."
        )

    def _table(self, upper: RankedRecord, lower: RankedRecord) -> Iterator[str]:
        """Yield the two keys beside each other, a line for each part."""
        both = upper, lower
        rows = [
            ("", *(entry.request.number for entry in both)),
            ("Jenis customer", *(entry.request.customer_class.value for entry in both)),
            ("Tanggal permintaan", *(_moment(entry.request) for entry in both)),
            ("Dikurangi (T)", *(f"{self._less(entry.request)} hari" for entry in both)),
            ("Tanggal efektif", *(short_date(entry.effective) for entry in both)),
            (Header.RANK, *(str(entry.rank) for entry in both)),
            ("Hari dan tim", *(_place(entry) for entry in both)),
        ]
        widths = [max(len(row[at]) for row in rows) for at in range(3)]
        for row in rows:
            cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
            yield ("  " + "  ".join(cells)).rstrip()

    def _less(self, request: Request) -> int:
        return self._policy.threshold if request.internal else 0

    def _numbers(self) -> str:
        policy = self._policy
        return (
            f"Internal didahulukan sampai {policy.internal_gap} hari sesudah Eksternal, Eksternal "
            f"mulai {policy.external_gap} hari sebelumnya; di antaranya zona_antara = "
            f"{policy.silent_zone} (T = {policy.threshold})."
        )

    def _threshold(self) -> str:
        return (
            f"T = {self._policy.threshold}: untuk urutan, tanggal permintaan Internal dihitung "
            f"{self._policy.threshold} hari lebih awal. Tanggal efektif yang lebih dini "
            "didahulukan; bila sama, Internal."
        )

    def _placed(self, entry: RankedRecord) -> Explanation:
        lines = [f"{_title(entry.request)}: peringkat {entry.rank} dari {len(self._ranked)}."]
        sides = list(self._sides(entry))
        lines += [self._key(entry), sentences.certain(entry.request, self._policy)]
        lines += [*(f"{word}: {said}" for word, _, said in sides)]
        lines += self._day(entry)
        data = {"hasil": entry.status, **entry.data, "diurutkan": len(self._ranked)}
        data["peringkat_pasti_sejak"] = certain_from(entry.request, self._policy).isoformat()
        data["tetangga"] = [side for _, side, _ in sides]
        return self._answer(lines, data)

    def _key(self, entry: RankedRecord) -> str:
        effective, less = short_date(entry.effective), self._less(entry.request)
        moment = _moment(entry.request)
        if not entry.request.internal:
            return f"Dasar urutan: Tanggal Efektif {effective} = tanggal permintaan {moment}."
        return (
            f"Dasar urutan: Tanggal Efektif {effective} = tanggal permintaan {moment} − {less} "
            f"hari (Internal dihitung T = {less} hari lebih awal)."
        )

    def _sides(self, entry: RankedRecord) -> Iterator[tuple[str, dict[str, object], str]]:
        """Yield the neighbours and the nearest of the other class: word, data and sentence."""
        for word, step in (("Di atasnya", -1), ("Di bawahnya", 1)):
            if 0 <= entry.rank - 1 + step < len(self._ranked):
                yield word, *self._side(word, entry, self._ranked[entry.rank - 1 + step])
        for word, step in (
            ("Golongan lain terdekat di atas", -1),
            ("Golongan lain terdekat di bawah", 1),
        ):
            if other := self._other_class(entry, step):
                yield word, *self._side(word, entry, other)

    def _side(
        self, word: str, entry: RankedRecord, other: RankedRecord
    ) -> tuple[dict[str, object], str]:
        upper, lower = (other, entry) if other.rank < entry.rank else (entry, other)
        why, said, days = self._why(upper, lower)
        data: dict[str, object] = {
            "letak": word, "no_permintaan": other.request.number, "peringkat": other.rank,
            "klausul": why.rule.value, "selisih_hari": days, "kalimat": said,
        }  # fmt: skip
        return data, said

    def _other_class(self, entry: RankedRecord, step: int) -> RankedRecord | None:
        """Return the nearest of the other class on that side, if it is not the neighbour itself."""
        at = neighbour = entry.rank - 1 + step
        while 0 <= at < len(self._ranked):
            if self._ranked[at].request.internal is not entry.request.internal:
                return self._ranked[at] if at != neighbour else None
            at += step
        return None

    def _day(self, entry: RankedRecord) -> Iterator[str]:
        reason = f", {entry.reason}" if entry.reason else ""
        if entry.first is None:
            yield f"Hari: belum ada (Antrean{reason}). {entry.why}"
        else:
            day = day_date(entry.first)
            yield f"Hari: {day}, {entry.team} ({entry.status}{reason}). {entry.why}"
        if entry.there is not None:
            then = (
                short_date(entry.there) if isinstance(entry.there, date) else "tidak mendapat hari"
            )
            reading = self._policy.other_reading.silent_zone
            yield f"Menurut bacaan lain, zona_antara = {reading}: {then} (lembar Zona Antara)."
        elif entry.hangs and entry.rank > self._record.compared:
            yield (
                "Peringkatnya bergantung pada zona_antara; tanggal menurut bacaan lain dihitung "
                f"untuk {number(self._record.compared)} peringkat pertama saja."
            )
        elif entry.hangs and entry.first is None:
            yield "Peringkatnya bergantung pada zona_antara; menurut bacaan lain pun tanpa hari."
        elif entry.hangs:
            yield "Peringkatnya bergantung pada zona_antara, tanggalnya tidak."

    def _held(self, rows: Sequence[HeldRecord]) -> Explanation:
        lines = []
        for row in rows:
            lines.append(
                f"{row.number or 'Tanpa nomor'}: ditahan (DataSalah), {row.file} baris {row.row}."
            )
            lines += [f"  {problem}" for problem in row.problems]
        return self._answer(
            lines, {"hasil": Outcome.ON_HOLD, "baris": [dict(row.data) for row in rows]}
        )

    def _find(self, number: str) -> RankedRecord | UnrankedRecord | list[HeldRecord]:
        wanted, record = number_key(number), self._record
        ranked_or_back: list[RankedRecord | UnrankedRecord] = [*record.ranked, *record.returned]
        for each in ranked_or_back:
            if number_key(each.request.number) == wanted:
                return each
        if on_hold := [row for row in record.on_hold if number_key(row.number) == wanted]:
            return on_hold
        known = [each.request.number for each in ranked_or_back]
        known += [row.number for row in record.on_hold]
        raise InputError(f"{number} tidak ada pada jadwal {record.run}.{suggestion(number, known)}")

    def _answer(self, lines: Sequence[str], data: dict[str, object]) -> Explanation:
        return Explanation(tuple(lines), {"run": self._record.run, **data})


def _title(request: Request) -> str:
    moment = _moment(request)
    return f"{request.number} ({request.customer_class}, {moment}), {request.customer}"


def _moment(request: Request) -> str:
    clock = f" {request.received:%H:%M}" if request.received.time() != time() else ""
    return f"{short_date(request.received_on)}{clock}"


def _number(found: UnrankedRecord | list[HeldRecord]) -> str:
    return found.request.number if isinstance(found, UnrankedRecord) else found[0].number


def _place(entry: RankedRecord) -> str:
    return f"{short_date(entry.first)}, {entry.team}" if entry.first else Outcome.WAITING
