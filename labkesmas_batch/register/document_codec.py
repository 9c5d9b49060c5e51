"""What a finalize decided, as far as documents follow from it, as JSON.

Of a visit that is its request, days, team, status and rank: documents say nothing of what stood in
its way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from labkesmas_batch.model.documents import ApprovedSchedule, Correction, SetAside
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import (
    Accepted,
    Obstacle,
    Ranked,
    Reason,
    Returned,
    Unplaced,
    Visit,
)
from labkesmas_batch.register.codec import dump_request, load_request


def dump_final(final: ApprovedSchedule) -> str:
    """Return what documents are made of as JSON, without the reference, which has its own place."""
    return json.dumps(
        {
            "run_date": final.run_date.isoformat(),
            "approved_by": final.approved_by,
            "approved_on": final.approved_on.isoformat(),
            "reference_file": final.reference_file,
            "visits": _visits(final.visits),
            "returned": [
                [
                    dump_request(each.request),
                    each.days_short,
                    each.nearest.isoformat(),
                    each.ask_from.isoformat() if each.ask_from else None,
                ]
                for each in final.returned
            ],
            "unplaced": [
                [
                    dump_request(each.request),
                    each.ranked.rank,
                    each.obstacle.reason.value,
                    each.obstacle.first.isoformat(),
                    each.obstacle.last.isoformat(),
                    each.nearest.isoformat() if each.nearest else None,
                ]
                for each in final.unplaced
            ],
            "standing": _visits(final.standing),
            "withdrawn": _visits(final.withdrawn),
            "set_aside": [
                [dump_request(each.request), each.cancelled, each.reason]
                for each in final.set_aside
            ],
            "corrected": [
                [*_visits([each.visit]), dump_request(each.before)] for each in final.corrected
            ],
            "files": [list(each) for each in final.files],
        },
        ensure_ascii=False,
    )


def load_final(run: str, text: str, reference: Reference) -> ApprovedSchedule:
    """Return what :func:`dump_final` wrote, with a reference."""
    values: Mapping[str, Any] = json.loads(text)
    return ApprovedSchedule(
        run=run,
        run_date=date.fromisoformat(values["run_date"]),
        approved_by=values["approved_by"],
        approved_on=date.fromisoformat(values["approved_on"]),
        reference=reference,
        visits=_load_visits(values["visits"]),
        returned=tuple(
            Returned(
                load_request(request),
                short,
                date.fromisoformat(near),
                date.fromisoformat(ask) if ask else None,
            )
            for request, short, near, ask in values["returned"]
        ),
        unplaced=tuple(_load_unplaced(*each) for each in values["unplaced"]),
        standing=_load_visits(values["standing"]),
        withdrawn=_load_visits(values["withdrawn"]),
        # Weeks that were approved before customers were told of it have none.
        set_aside=tuple(
            SetAside(load_request(request), cancelled, reason)
            for request, cancelled, reason in values.get("set_aside", ())
        ),
        corrected=tuple(
            Correction(_load_visits([visit])[0], load_request(before))
            for visit, before in values.get("corrected", ())
        ),
        reference_file=values["reference_file"],
        files=tuple((name, sha256) for name, sha256 in values["files"]),
    )


def _visits(visits: Iterable[Visit]) -> list[dict[str, Any]]:
    return [
        {
            "request": dump_request(each.request),
            "first": each.first.isoformat(),
            "last": each.last.isoformat(),
            "team": each.team,
            "status": each.status.value,
            "rank": each.ranked.rank,
        }
        for each in visits
    ]


def _load_visits(rows: Iterable[Mapping[str, Any]]) -> tuple[Visit, ...]:
    return tuple(
        Visit(
            _ranked(load_request(row["request"]), row["rank"]),
            date.fromisoformat(row["first"]),
            date.fromisoformat(row["last"]),
            row["team"],
            Outcome(row["status"]),
            None,
        )
        for row in rows
    )


def _load_unplaced(
    request: str, rank: int, reason: str, first: str, last: str, nearest: str | None
) -> Unplaced:
    obstacle = Obstacle(Reason(reason), date.fromisoformat(first), date.fromisoformat(last))
    near = date.fromisoformat(nearest) if nearest else None
    return Unplaced(_ranked(load_request(request), rank), obstacle, near)


def _ranked(request: Request, rank: int) -> Ranked:
    day = request.received_on
    return Ranked(rank, Accepted(request, day, day, None), day, None, None)
