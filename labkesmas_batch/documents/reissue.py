"""Documents of an approved run made again: what still holds, and which numbers they bear."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from labkesmas_batch.documents.numbering import assign, recalled
from labkesmas_batch.model.documents import (
    ApprovedSchedule,
    DocumentIdentity,
    DocumentKind,
    Given,
    Numbered,
    SetAside,
)
from labkesmas_batch.model.history import Known, Standing
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Visit
from labkesmas_batch.text.names import fold, number_key

KINDS = tuple(kind.value for kind in DocumentKind)
# What people call some of the kinds.
_SPOKEN = {
    "tagihan": "invoice", "harga": "penawaran", "surat-tugas": "spt", "kontrak": "mou",
    "indeks": "indeks-arsip", "logbook": "buku-catatan", "penugasan": "disposisi",
    "rencana": "rencana-sampling", "ketentuan": "ketentuan-waktu",
}  # fmt: skip


def kind_of(word: str) -> tuple[str, str]:
    """Return the kind that a word names, or else one that it may have meant; '' for none."""
    said = re.sub(r"^\d+[-.]|\.xlsx$", "", fold(word)).replace(" ", "-").replace("_", "-")
    if said in KINDS:
        return said, ""
    if said in _SPOKEN:
        return "", _SPOKEN[said]
    near = difflib.get_close_matches(said, (*KINDS, *_SPOKEN), 1, 0.6)
    return "", _SPOKEN.get(near[0], near[0]) if near else ""


def still_in_force(
    final: ApprovedSchedule, known: Mapping[str, Known]
) -> tuple[ApprovedSchedule, tuple[str, ...]]:
    """Leave out what later schedules or the field days decided otherwise.

    Parameters
    ----------
    known
        Where requests stand now, by folded number.

    Returns
    -------
    final, gone
        Without the requests whose numbers are ``gone``.
    """

    def stands(request: Request, standings: Collection[Standing], run: str = "") -> bool:
        now = known.get(number_key(request.number))
        return now is not None and now.standing in standings and run in ("", now.run)

    held = {Standing.LOCKED, Standing.DONE}
    left = replace(
        final,
        visits=tuple(v for v in final.visits if stands(v.request, held, final.run)),
        unplaced=tuple(
            u for u in final.unplaced if stands(u.request, {Standing.WAITING}, final.run)
        ),
        standing=tuple(v for v in final.standing if stands(v.request, held)),
        corrected=tuple(each for each in final.corrected if _where_it_was(each.visit, known)),
        set_aside=tuple(
            each for each in final.set_aside if stands(each.request, {_aside(each)}, final.run)
        ),
    )
    kept = set(_numbers(left))
    return left, tuple(number for number in _numbers(final) if number not in kept)


def _where_it_was(visit: Visit, known: Mapping[str, Known]) -> bool:
    """Tell whether a visit of an earlier run has the day and team that it had."""
    now = known.get(number_key(visit.request.number))
    here = visit.first, visit.team
    return now is not None and now.standing.has_day and (now.first, now.team) == here


def _aside(each: SetAside) -> Standing:
    return Standing.CANCELLED if each.cancelled else Standing.POSTPONED


def _requests(final: ApprovedSchedule) -> list[Request]:
    return [
        *(each.request for each in final.visits),
        *(each.request for each in final.returned),
        *(each.request for each in final.unplaced),
    ]


def _numbers(final: ApprovedSchedule) -> list[str]:
    aside = (each.request for each in final.set_aside)
    return [request.number for request in (*_requests(final), *aside)]


def lacking(final: ApprovedSchedule) -> dict[str, list[str]]:
    """Return what the reference does not have, though requests are locked with it, by name."""
    found: dict[str, list[str]] = {}
    for request in _requests(final):
        if request.sample_type not in final.reference.sample_types:
            found.setdefault(f"Jenis Contoh Uji {request.sample_type}", []).append(request.number)
    teams = {team.name for team in final.reference.teams}
    for visit in (*final.visits, *final.standing):
        if visit.team not in teams:
            found.setdefault(f"tim {visit.team}", []).append(visit.request.number)
    return found


def number_again(
    papers: Iterable[DocumentIdentity],
    given: Sequence[Given],
    run: str,
    later: Callable[[str], bool],
) -> tuple[tuple[Numbered, ...], tuple[str, ...]]:
    """Give the documents of a run their numbers once more.

    Parameters
    ----------
    given
        Every number ever given, the revisions of a document in their order.
    later
        Tells whether a run came after this one.

    Returns
    -------
    numbers, overtaken
        What says the same has the same number, what says something else the next suffix; but
        where a later run has revised the document meanwhile, that one holds, and its number is
        among ``overtaken``.
    """
    wanted = tuple(papers)
    known = recalled(wanted, given, run)
    last = {(each.number.kind, each.number.key): each for each in given}
    ours: list[DocumentIdentity] = []
    overtaken: list[str] = []
    for paper in wanted:
        before = last.get((paper.kind, paper.key))
        if (
            before is not None
            and later(before.run)
            and known[paper.kind, paper.key].fingerprint != paper.fingerprint
        ):
            overtaken.append(before.number.text)
        else:
            ours.append(paper)
    return assign(ours, known), tuple(overtaken)
