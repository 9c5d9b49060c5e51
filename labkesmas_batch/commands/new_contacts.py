"""Contact data of a form into what the papers of an approved run are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from labkesmas_batch.commands.inputs import gather_requests
from labkesmas_batch.intake.validate import validate
from labkesmas_batch.model.documents import ApprovedSchedule, Given
from labkesmas_batch.model.history import Known, Standing, with_contact
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Visit
from labkesmas_batch.planning.carry_over import new_contacts
from labkesmas_batch.register.rows import run_order
from labkesmas_batch.text.names import number_key


@dataclass(frozen=True, slots=True)
class Followed:
    """A run's papers with the contact data of a form.

    Parameters
    ----------
    final
        What was decided, with the new data.
    requests
        Those whose data are new, as the register is to have them.
    elsewhere
        Numbers of requests whose data are new, too, but whose papers a later run revised: that run.
    """

    final: ApprovedSchedule
    requests: tuple[Request, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()


def follow(
    form: Path, final: ApprovedSchedule, known: Mapping[str, Known], given: Sequence[Given]
) -> Followed:
    """Take the contact data of a form for the visits of a run, those that are done among them.

    Parameters
    ----------
    form
        An intake workbook, or a folder of them.
    final
        What the run decided, without what was decided otherwise since.
    known
        Where requests stand now, by canonical number.
    given
        Every number ever given to a document.

    Raises
    ------
    InputError
        The form cannot be used.
    """
    settled = validate(gather_requests([form]), final.reference, final.run_date, known).settled
    newer = {
        number_key(each.number): each
        for each in new_contacts(settled, known, (Standing.LOCKED, Standing.DONE))
    }
    there = {
        number_key(visit.request.number)
        for visit in (*final.visits, *(each.visit for each in final.corrected))
    }
    newest = {}
    for each in sorted(given, key=lambda each: run_order(each.run)):
        newest[number_key(each.number.key)] = each.run
    ours = {key: each for key, each in newer.items() if key in there}
    later = {
        key: newest[key]
        for key in ours
        if key in newest and run_order(newest[key]) > run_order(final.run)
    }
    ours = {key: each for key, each in ours.items() if key not in later}
    return Followed(
        _with(final, ours),
        tuple(ours.values()),
        tuple((newer[key].number, run) for key, run in later.items()),
    )


def _with(final: ApprovedSchedule, newer: Mapping[str, Request]) -> ApprovedSchedule:
    def visits(some: Sequence[Visit]) -> Iterator[Visit]:
        for visit in some:
            new = newer.get(number_key(visit.request.number))
            yield visit.with_request(with_contact(visit.request, new)) if new else visit

    return replace(
        final,
        visits=tuple(visits(final.visits)),
        standing=tuple(visits(final.standing)),
        corrected=tuple(
            replace(each, visit=visit) for each in final.corrected for visit in visits([each.visit])
        ),
    )
