"""Why one request is before another, and why one got its place and day, from a run's record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from labkesmas_batch import sentences
from labkesmas_batch.cells import fold, suggestion
from labkesmas_batch.clauses import clause
from labkesmas_batch.errors import InputError
from labkesmas_batch.model import CustomerClass, PairDecision, Request
from labkesmas_batch.policy import RULE_SOURCE, Policy, Rule, ShortLead, SilentZone
from labkesmas_batch.wording import day_date, short_date

Entry = Mapping[str, Any]
# Explanations need only the numbers of section 7; the rest of a policy plays no part in an order.
_ANY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer in lines for people, and as data for programs."""

    lines: tuple[str, ...]
    data: dict[str, object]


class Explainer:
    """Answers about one run.

    Parameters
    ----------
    record
        As :func:`labkesmas_batch.record.decisions_record` made it.
    """

    def __init__(self, record: Mapping[str, Any]) -> None:
        self._record = record
        self._ranked: Sequence[Entry] = record["permintaan"]
        self._groups: dict[str, Sequence[Entry]] = {
            "Diurutkan": record["permintaan"],
            "Dikembalikan": record["dikembalikan"],
            "Ditahan": record["ditahan"],
        }
        numbers = record["ketentuan"]
        self._policy = Policy(
            0, ShortLead.RETURN, numbers["selisih_internal_hari"],
            numbers["selisih_eksternal_hari"], SilentZone(numbers["zona_antara"]), 0, 0, _ANY_DAY,
        )  # fmt: skip

    def one(self, number: str) -> Explanation:
        """Say why a request has its place and its day, or why it has none.

        Raises
        ------
        InputError
            The run has no request of that number.
        """
        group, entries = self._find(number)
        if group == "Ditahan":
            return self._held(entries)
        (entry,) = entries
        if group == "Dikembalikan":
            lines = [f"{_title(entry)}: dikembalikan (TenggangKurang).", entry["alasan"]]
            return self._answer(lines, {"hasil": "Dikembalikan", **entry})
        lines = [f"{_title(entry)}: peringkat {entry['peringkat']} dari {len(self._ranked)}."]
        lines += [*self._key(entry), *self._neighbours(entry), *self._day(entry)]
        return self._answer(lines, {"hasil": entry["status"], **entry})

    def two(self, first: str, second: str) -> Explanation:
        """Say which of two requests goes first, and by which clause.

        Raises
        ------
        InputError
            The run has no request of that number, or both are the same one.
        """
        found = [(*self._find(number),) for number in (first, second)]
        waiting = [number for number, (group, _) in zip((first, second), found, strict=True)
                   if group != "Diurutkan"]  # fmt: skip
        if waiting:
            parts = [self.one(number) for number in waiting]
            lines = [line for part in parts for line in part.lines]
            lines.append("Yang tidak diurutkan tidak mempunyai tempat sebelum atau sesudah siapa "
                         "pun.")  # fmt: skip
            return self._answer(lines, {"tidak_diurutkan": [part.data for part in parts]})
        one, other = (entries[0] for _, entries in found)
        if one["no_permintaan"] == other["no_permintaan"]:
            raise InputError("Sebut dua permintaan yang berbeda, atau satu saja.")
        upper, lower = sorted((one, other), key=lambda entry: int(entry["peringkat"]))
        return self._pair(upper, lower)

    # --- parts ---------------------------------------------------------------------------------

    def _pair(self, upper: Entry, lower: Entry) -> Explanation:
        above, below = _request(upper), _request(lower)
        rule = clause(above, below, self._policy)
        decision = self._decision(upper, lower)
        by_pair = Rule.SILENT if decision else rule
        days = abs((above.received_on - below.received_on).days)
        natural = self._first_by_rule(above, below, rule)
        said = (
            sentences.precedence(above, below, by_pair, self._policy, decision)
            if decision or natural is above
            else "Berdua saja urutannya terbalik; keputusan Kepala tentang pasangan lain "
            f"mendahulukan {above.number} (lihat Keputusan Pasangan pada acuan)."
        )
        source, gist = RULE_SOURCE[rule]
        lines = [
            f"{above.number} (peringkat {upper['peringkat']}) sebelum {below.number} (peringkat "
            f"{lower['peringkat']}): {by_pair}.",
            said,
            f"Dasar: {source}. {gist}",
            *self._table(upper, lower),
            f"Selisih {days} hari; {self._numbers()}",
        ]
        if rule is Rule.SILENT and not decision:
            lines.append(
                "SOP tidak mengatur selisih ini: Kepala dapat memutuskan pasangan ini (lembar "
                "Zona Antara, atau Keputusan Pasangan pada acuan)."
            )
        data: dict[str, object] = {
            "pertama": dict(upper), "kedua": dict(lower), "klausul": by_pair.value,
            "selisih_hari": days, "kalimat": said, "keputusan_kepala": decision is not None,
        }  # fmt: skip
        return self._answer(lines, data)

    def _first_by_rule(self, one: Request, other: Request, rule: Rule) -> Request:
        """Return which of a pair the clause itself puts first."""
        if one.customer_class is other.customer_class or rule is Rule.ORDER:
            if one.received_on == other.received_on:
                return one  # by the time of day or the number, as the run has it
            return min(one, other, key=lambda request: request.received_on)
        internal, external = (one, other) if one.internal else (other, one)
        if rule is Rule.CLAUSE_7A:
            return internal
        if rule is Rule.CLAUSE_7B:
            return external
        return internal if self._policy.silent_zone is SilentZone.INTERNAL else external

    def _decision(self, upper: Entry, lower: Entry) -> PairDecision | None:
        for each in self._record["keputusan_kepala"]:
            pair = fold(each["no_permintaan"]), fold(each["atas"])
            if pair == (fold(upper["no_permintaan"]), fold(lower["no_permintaan"])):
                return PairDecision(each["no_permintaan"], each["atas"], each["dasar"], "", "", 0)
        return None

    def _table(self, upper: Entry, lower: Entry) -> Iterator[str]:
        """Yield the two keys beside each other, a line for each part."""
        rows = [
            ("", *(str(entry["no_permintaan"]) for entry in (upper, lower))),
            ("Jenis customer", *(str(entry["jenis_customer"]) for entry in (upper, lower))),
            ("Tanggal permintaan", *(_moment(entry) for entry in (upper, lower))),
            ("Dikurangi (T)", *(f"{self._less(entry)} hari" for entry in (upper, lower))),
            ("Tanggal efektif", *(_short(entry["tanggal_efektif"]) for entry in (upper, lower))),
            ("Peringkat", *(str(entry["peringkat"]) for entry in (upper, lower))),
            ("Hari dan tim", *(_place(entry) for entry in (upper, lower))),
        ]
        widths = [max(len(row[at]) for row in rows) for at in range(3)]
        for row in rows:
            yield (
                "  "
                + "  ".join(
                    text.ljust(width) for text, width in zip(row, widths, strict=True)
                ).rstrip()
            )

    def _less(self, entry: Entry) -> int:
        return self._policy.threshold if entry["jenis_customer"] == CustomerClass.INTERNAL else 0

    def _numbers(self) -> str:
        policy = self._policy
        return (
            f"Internal didahulukan sampai {policy.internal_gap} hari sesudah Eksternal, Eksternal "
            f"mulai {policy.external_gap} hari sebelumnya; di antaranya zona_antara = "
            f"{policy.silent_zone} (T = {policy.threshold})."
        )

    def _key(self, entry: Entry) -> Iterator[str]:
        less = self._less(entry)
        minus = f" − {less} hari" if less else ""
        yield (
            f"Kunci: {_moment(entry)}{minus} = Tanggal Efektif "
            f"{_short(entry['tanggal_efektif'])}, {entry['jenis_customer']}."
        )

    def _neighbours(self, entry: Entry) -> Iterator[str]:
        at = int(entry["peringkat"]) - 1
        for place, word in ((at - 1, "Di atasnya"), (at + 1, "Di bawahnya")):
            if 0 <= place < len(self._ranked):
                upper, lower = sorted((self._ranked[place], entry), key=lambda e: e["peringkat"])
                yield f"{word}: {self._pair(upper, lower).lines[1]}"
        for step, word in ((-1, "di atas"), (1, "di bawah")):
            if other := self._other_class(entry, step):
                upper, lower = sorted((other, entry), key=lambda e: e["peringkat"])
                yield f"Golongan lain terdekat {word}: {self._pair(upper, lower).lines[1]}"

    def _other_class(self, entry: Entry, step: int) -> Entry | None:
        """Return the nearest of the other class on that side, if it is not the neighbour itself."""
        at = int(entry["peringkat"]) - 1 + step
        neighbour = at
        while 0 <= at < len(self._ranked):
            if self._ranked[at]["jenis_customer"] != entry["jenis_customer"]:
                return self._ranked[at] if at != neighbour else None
            at += step
        return None

    def _day(self, entry: Entry) -> Iterator[str]:
        reason = f", {entry['sebab']}" if entry["sebab"] else ""
        if entry["status"] == "Antrean":
            yield f"Hari: belum ada (Antrean{reason}). {entry['alasan']}"
        else:
            day = day_date(date.fromisoformat(entry["mulai"]))
            yield f"Hari: {day}, {entry['tim']} ({entry['status']}{reason}). {entry['alasan']}"
        if "bacaan_lain" in entry:
            other = entry["bacaan_lain"]
            then = _short(other) if other else "tidak mendapat hari"
            yield f"Menurut bacaan lain zona_antara: {then} (lembar Zona Antara)."
        elif entry["bergantung_zona_antara"]:
            yield "Peringkatnya bergantung pada zona_antara, tanggalnya tidak."

    def _held(self, entries: Sequence[Entry]) -> Explanation:
        lines = []
        for entry in entries:
            lines.append(
                f"{entry['no_permintaan'] or 'Tanpa nomor'}: ditahan (DataSalah), "
                f"{entry['berkas']} baris {entry['baris']}."
            )
            lines += [f"  {problem}" for problem in entry["masalah"]]
        return self._answer(lines, {"hasil": "Ditahan", "baris": [dict(e) for e in entries]})

    def _find(self, number: str) -> tuple[str, list[Entry]]:
        for group, entries in self._groups.items():
            found = [e for e in entries if fold(e["no_permintaan"]) == fold(number)]
            if found:
                return group, found
        known = [str(e["no_permintaan"]) for entries in self._groups.values() for e in entries]
        raise InputError(
            f"{number} tidak ada pada jadwal {self._record['run']}.{suggestion(number, known)}"
        )

    def _answer(self, lines: Sequence[str], data: dict[str, object]) -> Explanation:
        return Explanation(tuple(lines), {"run": self._record["run"], **data})


def _title(entry: Entry) -> str:
    return (
        f"{entry['no_permintaan']} ({entry['jenis_customer']}, {_moment(entry)}), "
        f"{entry['customer']}"
    )


def _moment(entry: Entry) -> str:
    received = datetime.fromisoformat(entry["tanggal_permintaan"])
    clock = f" {received:%H:%M}" if (received.hour, received.minute) != (0, 0) else ""
    return f"{short_date(received.date())}{clock}"


def _short(day: str) -> str:
    return short_date(date.fromisoformat(day))


def _place(entry: Entry) -> str:
    return f"{_short(entry['mulai'])}, {entry['tim']}" if entry["mulai"] else "Antrean"


def _request(entry: Entry) -> Request:
    return Request(
        entry["no_permintaan"], datetime.fromisoformat(entry["tanggal_permintaan"]),
        CustomerClass(entry["jenis_customer"]), entry["customer"], "", "", "", "", "",
        entry["wilayah"], entry["jenis_contoh_uji"], (), entry["jumlah_contoh_uji"], None, None,
        "", "", "", 0,
    )  # fmt: skip
