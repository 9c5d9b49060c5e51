"""The sheet Prioritas: each request's key and the two neighbours that it is decided against."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from labkesmas_batch.explanation import order as sentences
from labkesmas_batch.explanation.order import UNLESS
from labkesmas_batch.model.policy import Policy
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Ranked
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.model.week import Week
from labkesmas_batch.precedence.clauses import Decided, between, certain_from, decided_pairs
from labkesmas_batch.workbooks.links import SheetLinks
from labkesmas_batch.xlsx.book import CLASS_LOOK, Look, WorkbookWriter
from labkesmas_batch.xlsx.palette import DARK
from labkesmas_batch.xlsx.table import Field, column, write_table


class Neighbours:
    """Who stands just above and just below each ranked request."""

    def __init__(self, ranked: Sequence[Ranked]) -> None:
        self._ranked = ranked
        self._other_above = _last_of_other_class(ranked)
        self._other_below = _last_of_other_class(ranked[::-1])

    def above(self, ranked: Ranked) -> Request | None:
        """Return the request just above, None for the first."""
        return self._ranked[ranked.rank - 2].request if ranked.rank > 1 else None

    def below(self, ranked: Ranked) -> Request | None:
        """Return the request just below, None for the last."""
        return self._ranked[ranked.rank].request if ranked.rank < len(self._ranked) else None

    def other_above(self, ranked: Ranked) -> Request | None:
        """Return the nearest request of the other class above, None where there is none."""
        return self._other_above.get(ranked.request.number)

    def other_below(self, ranked: Ranked) -> Request | None:
        """Return the nearest request of the other class below, None where there is none."""
        return self._other_below.get(ranked.request.number)

    def sentence(self, ranked: Ranked, policy: Policy) -> str:
        """Say what gave the request its rank."""
        return sentences.place_in_order(ranked, self.above(ranked), self.below(ranked), policy)


def _last_of_other_class(ranked: Sequence[Ranked]) -> dict[str, Request]:
    """Return for each request the last one of the other class before it in the sequence."""
    found: dict[str, Request] = {}
    last: dict[bool, Request] = {}
    for each in ranked:
        if other := last.get(not each.request.internal):
            found[each.request.number] = other
        last[each.request.internal] = each.request
    return found


def _apart(upper: Request, lower: Request, policy: Policy, decided: Decided) -> str:
    """Say the days between two and what puts the one first, as in ``8 hari, R-ANTARA``."""
    why = between(upper, lower, policy, decided)
    said = f"{abs((upper.received_on - lower.received_on).days)} hari, {why.rule}"
    if why.by is not None:
        return f"{said} (keputusan Kepala)"
    return f"{said} (akibat keputusan Kepala)" if why.turned else said


def write_precedence(
    book: WorkbookWriter, week: Week, neighbours: Neighbours, places: SheetLinks
) -> None:
    """Write the sheet Prioritas."""
    policy = week.reference.policy

    def received(ranked: Ranked) -> object:
        request = ranked.request
        return request.received if request.received.time() != time() else request.received_on

    def tie_break(ranked: Ranked) -> str:
        clock = ranked.request.received.time()
        return f"{clock:%H:%M}, {ranked.request.number}" if clock != time() else "nomor"

    def number(request: Request | None) -> str:
        return request.number if request else ""

    def days(upper: Request | None, lower: Request | None) -> object:
        return abs((upper.received_on - lower.received_on).days) if upper and lower else None

    decided = decided_pairs([r.request for r in week.plan.ranked], week.reference.decisions)

    def far_above(ranked: Ranked) -> str:
        other = neighbours.other_above(ranked)
        return f"{other.number}, {_apart(other, ranked.request, policy, decided)}" if other else ""

    def far_below(ranked: Ranked) -> str:
        other = neighbours.other_below(ranked)
        return f"{other.number}, {_apart(ranked.request, other, policy, decided)}" if other else ""

    fields = (
        Field(Header.RANK, 9, lambda r: r.rank, centred=True),
        Field(Header.NUMBER, 13, lambda r: r.request.number, lambda _: Look.BOLD,
              link=lambda r: places.standing(r.request.number)),
        Field(Header.CUSTOMER, 22, lambda r: r.request.customer),
        Field(Header.CUSTOMER_CLASS, 11, lambda r: r.request.customer_class.value,
              lambda r: CLASS_LOOK[r.request.customer_class], centred=True),
        Field(Header.RECEIVED, 17, received),
        Field("Dikurangi (Hari)", 10,
              lambda r: policy.threshold if r.request.internal else 0, centred=True),
        Field(Header.EFFECTIVE, 12, lambda r: r.effective, lambda _: Look.BOLD),
        Field(Header.CERTAIN_FROM, 12, lambda r: certain_from(r.request, policy)),
        Field("Penentu Seri", 14, tie_break),
        Field("Di Atasnya", 10, lambda r: number(neighbours.above(r))),
        Field("Selisih Hari dari Atas", 10,
              lambda r: days(neighbours.above(r), r.request), centred=True),
        Field("Klausul terhadap Atas", 12, lambda r: r.above or "", centred=True),
        Field("Di Bawahnya", 11, lambda r: number(neighbours.below(r))),
        Field("Selisih Hari ke Bawah", 10,
              lambda r: days(r.request, neighbours.below(r)), centred=True),
        Field("Klausul terhadap Bawah", 12, lambda r: r.below or "", centred=True),
        Field("Golongan Lain Terdekat di Atas", 22, far_above),
        Field("Golongan Lain Terdekat di Bawah", 22, far_below),
        Field("Bergantung R-ANTARA", 12, lambda r: "Ya" if r.silent else "",
              lambda r: Look.ATTENTION if r.silent else Look.PLAIN, centred=True),
        Field("Penjelasan", 50, lambda r: neighbours.sentence(r, policy)),
    )  # fmt: skip
    sheet = book.sheet(SheetName.PRECEDENCE, "Urutan Prioritas dan Alasannya", tab=DARK, wide=True)
    write_table(
        book, sheet, fields, week.plan.ranked, when_empty="Tidak ada permintaan yang diurutkan."
    )
    at = column(fields, Header.CERTAIN_FROM)
    sheet.write_comment(0, at, f"{UNLESS[0].upper()}{UNLESS[1:]}.", {"x_scale": 2, "y_scale": 1})
    sheet.fit_to_pages(1, 0)
