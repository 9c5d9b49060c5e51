"""What an approval leaves: standings, what documents tell, what the register keeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from labkesmas_batch.allocation.conditions import equipment_held
from labkesmas_batch.commands.files import DOCUMENTS
from labkesmas_batch.commands.run import run_outcomes
from labkesmas_batch.model.decisions import Decisions, Verdict
from labkesmas_batch.model.documents import ApprovedSchedule, Correction, Numbered, SetAside
from labkesmas_batch.model.history import History, Known, Standing
from labkesmas_batch.model.life import Event, becomes
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.plan import Plan
from labkesmas_batch.model.requests import Request
from labkesmas_batch.model.schedule import Visit
from labkesmas_batch.model.week import Week
from labkesmas_batch.planning.told import taken
from labkesmas_batch.register.documents import DocumentSources
from labkesmas_batch.register.rows import Approval
from labkesmas_batch.text.names import number_key


def what_documents_tell(
    week: Week, drafted: Plan, decisions: Decisions, run: str, history: History
) -> ApprovedSchedule:
    """Return what documents are made of: visits of this week and those that management moved.

    The documents of other locked visits are made again where ``history`` has other contact data.
    """
    ours = [visit for visit in week.visits if visit.locked_in == "" or visit.order is not None]
    touched = {visit.request.number for visit in week.plan.locked if visit.order is not None}
    touched |= {request.number for request, _ in week.plan.set_aside}
    known = history.by_number if week.facts.contacts else {}
    return ApprovedSchedule(
        run,
        week.run_date,
        decisions.signed.by,
        decisions.signed.on,
        week.reference,
        tuple(ours),
        week.plan.returned,
        week.plan.allocation.unplaced,
        tuple(visit for visit in week.plan.locked if visit.order is None),
        tuple(visit for visit in drafted.locked if visit.request.number in touched),
        tuple(
            SetAside(request, order.verdict is Verdict.CANCELLED, order.note)
            for request, order in week.plan.set_aside
        ),
        tuple(
            Correction(visit, known[key].request)
            for key, visit in _corrected(week).items()
            if visit.order is None
        ),
        week.facts.reference_source.name,
    )


def _corrected(week: Week) -> dict[str, Visit]:
    """Return the locked visits with new contact data, by canonical number."""
    newer = {number_key(each.number) for each in week.facts.contacts}
    if not newer:
        return {}
    locked = {number_key(visit.request.number): visit for visit in week.plan.locked}
    return {key: visit for key, visit in locked.items() if key in newer and not visit.done}


def standings(week: Week, run: str, history: History) -> Iterator[Known]:
    """Yield where each request of an approved schedule stands from now on.

    ``history`` says where it stood.
    """
    known = history.by_number

    def after(request: Request, event: Event) -> Standing:
        before = known.get(number_key(request.number))
        return becomes(before.standing if before else None, event)

    for visit in week.visits:
        if visit.status is Outcome.LOCKED and visit.order is None:
            continue  # as before
        held = equipment_held(visit, week.reference)
        yield Known(
            visit.request,
            after(visit.request, Event.PLACED),
            run,
            visit.first,
            visit.last,
            visit.team,
            equipment=held if visit.equipment is None else visit.equipment,
        )
    for each in week.plan.allocation.unplaced:
        yield Known(each.request, after(each.request, Event.QUEUED), run)
    for request, order in week.plan.set_aside:
        later = order.verdict is Verdict.POSTPONED
        yield Known(request, after(request, Event.POSTPONED if later else Event.CANCELLED), run)


def approval(
    week: Week,
    decisions: Decisions,
    run: str,
    made_of: DocumentSources,
    numbers: Sequence[Numbered],
    history: History,
) -> Approval:
    """Return what the register keeps of an approved schedule."""
    now = list(standings(week, run, history))
    locked = (visit.request for visit in week.plan.locked)
    ours = {number_key(each.number) for each in (*(known.request for known in now), *locked)}
    return Approval(
        run,
        decisions,
        week.summary.counts,
        list(run_outcomes(week)),
        now,
        [visit.request for visit in _corrected(week).values() if visit.order is None],
        made_of,
        numbers,
        DOCUMENTS,
        taken(week.findings, ours),
    )
