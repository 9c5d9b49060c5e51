"""What is wrong between the cells and the rows of requests; ``CHECKS`` is the table of contents.

A check looks at all rows of the week and yields faults, each with the place of its table.
"""

from __future__ import annotations

from collections import defaultdict

from labkesmas_batch import findings
from labkesmas_batch.forms import schema
from labkesmas_batch.forms.typed import UNTOLD
from labkesmas_batch.intake import date_checks
from labkesmas_batch.intake.rows import Faults, Intake, Row, groups
from labkesmas_batch.intake.same_request import name_key
from labkesmas_batch.intake.typed_requests import (
    CLASS,
    CUSTOMER,
    KIND,
    NUMBER,
    PARAMETERS,
    PROPOSED,
    RECEIVED,
    REGION,
    SITE,
    WAIVER,
    parameter_spellings,
)
from labkesmas_batch.model.requests import CustomerClass
from labkesmas_batch.text.indonesian import listing, number
from labkesmas_batch.text.names import (
    MOST_HINTS,
    fold,
    foreign_letters,
    natural,
    number_key,
    suggestion,
)


def _example_number(intake: Intake) -> Faults:
    example = fold(schema.EXAMPLE_NUMBER)
    for row, value in intake.each(NUMBER):
        if value and fold(value) == example:
            yield row.fault(NUMBER, findings.EXAMPLE_NUMBER, value)


def _readable_numbers(intake: Intake) -> Faults:
    """Refuse letters that only look like those of another number, and numbers of signs alone."""
    for row, value in intake.each(NUMBER):
        if value and not any(map(str.isalnum, number_key(value))):
            yield row.fault(NUMBER, findings.NO_NUMBER, value)
        elif value and (foreign := foreign_letters(value)):
            named = (f"{each} (U+{ord(each):04X})" for each in foreign)
            yield row.fault(NUMBER, findings.FOREIGN_LETTER, value, hint=listing(named))


def _alike_numbers(intake: Intake) -> Faults:
    """Warn of numbers that differ in leading zeros alone."""

    def key(row: Row) -> object:
        return natural(row.get(NUMBER)) if row.get(NUMBER) else ""

    for group in groups(intake.rows, key):
        first, *others = intake.known_first(group)
        for row in others:
            if number_key(row.get(NUMBER)) != number_key(first.get(NUMBER)):
                hint = f"{first.get(NUMBER)} ({first.place})"
                yield row.fault(NUMBER, findings.ALIKE_NUMBERS, row.get(NUMBER), hint=hint)


def _unique_numbers(intake: Intake) -> Faults:
    """Put every row of a doubled number on hold: which is right only people know (R-SERI)."""
    for rows in groups(intake.rows, lambda row: number_key(row.get(NUMBER) or "")):
        places = [row.place for row in rows]
        if intake.knows(rows[0]):
            for row in rows[1:]:
                yield row.fault(NUMBER, findings.KNOWN_TWICE, row.get(NUMBER), hint=places[0])
            continue
        if len({row.table for row in rows}) == len(rows):
            continue  # once in each of several files: _two_versions
        for at, row in enumerate(rows):
            others = listing((*places[:at][:4], *places[at + 1 : at + 5]), most=3)
            others = others if len(rows) <= 4 else f"{places[at == 0]} dan {len(rows) - 2} lainnya"
            yield row.fault(NUMBER, findings.DUPLICATE_NUMBER, row.get(NUMBER), hint=others)


def _two_versions(intake: Intake) -> Faults:
    """Put the rows of a number on hold that differ between files; one finding for two files."""
    pairs: dict[tuple[int, int], list[tuple[Row, Row]]] = defaultdict(list)
    for rows in groups(intake.rows, lambda row: number_key(row.get(NUMBER) or "")):
        if len({row.table for row in rows}) == len(rows) and not intake.knows(rows[0]):
            for row in rows[1:]:
                pairs[rows[0].table, row.table].append((rows[0], row))
    for both in pairs.values():
        first, told = both[0]
        numbers = listing([str(row.get(NUMBER)) for row, _ in both], most=6)
        file = first.typed.table.file
        yield told.fault(NUMBER, findings.TWO_VERSIONS, numbers, hint=file)
        for pair in both:
            for row in pair:
                if row is not told:
                    yield row.fault(NUMBER, findings.TWO_VERSIONS, numbers, **{UNTOLD: True})


def _known_parameters(intake: Intake) -> Faults:
    """Tell the parameters that are not spelled as in any tariff of the row's sample type."""
    spellings = {
        kind: dict.fromkeys(known.values())
        for kind, known in parameter_spellings(intake.reference).items()
    }
    misses = 0
    for row, kind, wanted in intake.each(KIND, PARAMETERS):
        if not kind or not wanted:
            continue
        known = spellings.get(kind, {})
        for name in wanted:
            if name not in known:
                misses += 1
                hint = suggestion(name, tuple(known)) if misses <= MOST_HINTS else ""
                yield row.fault(PARAMETERS, findings.UNKNOWN_PARAMETER, name, words=kind, hint=hint)


def _waivers_needed(intake: Intake) -> Faults:
    policy = intake.reference.policy
    for row, received, proposed, waiver in intake.each(RECEIVED, PROPOSED, WAIVER):
        if waiver and received and proposed and proposed >= policy.earliest(received.date()):
            yield row.fault(WAIVER, findings.WAIVER_NOT_NEEDED, waiver)


def _looks_twice(intake: Intake) -> Faults:
    def key(row: Row) -> object:
        parts = (row.get(CUSTOMER), row.get(SITE), row.get(KIND), row.get(RECEIVED))
        if not all(parts):
            return ""
        return (name_key(parts[0]), name_key(parts[1]), parts[2], parts[3].date())

    for group in groups(intake.rows, key):
        numbers = {number_key(row.get(NUMBER) or "") for row in group}
        if len(numbers) < len(group):
            continue  # a doubled number is the one mistake here, and already told
        rows = intake.known_first(group)
        for row in rows[1:]:
            first = f"{rows[0].get(NUMBER)} ({rows[0].place})"
            yield row.fault(NUMBER, findings.LOOKS_TWICE, row.get(NUMBER), hint=first)


def _one_class_each(intake: Intake) -> Faults:
    for rows in groups(intake.rows, lambda row: fold(row.get(CUSTOMER) or "")):
        if not set(CustomerClass) <= {row.get(CLASS) for row in rows}:
            continue
        by_class = {
            name: [str(row.get(NUMBER)) for row in rows if row.get(CLASS) == name]
            for name in CustomerClass
        }
        hint = "; ".join(f"{name}: {listing(which)}" for name, which in by_class.items())
        row = next((each for each in rows if not intake.knows(each)), rows[0])
        yield row.fault(CUSTOMER, findings.BOTH_CLASSES, row.get(CUSTOMER), hint=hint)


def _travel_within_storage(intake: Intake) -> Faults:
    """One warning for each pair of place and kind, not one for each row."""
    new = [row for row in intake.rows if not intake.knows(row)]
    for rows in groups(new, lambda row: _pair(row.get(REGION), row.get(KIND)), least=1):
        row = rows[0]
        region = intake.reference.regions[row.get(REGION)]
        kind = intake.reference.sample_types[row.get(KIND)]
        if region.travel_hours is None or kind.storage_hours is None:
            continue
        if region.travel_hours > kind.storage_hours:
            yield row.fault(
                REGION,
                findings.TRAVEL_BEYOND_STORAGE,
                region.name,
                hours=number(region.travel_hours),
                storage=number(kind.storage_hours),
                sample_type=kind.name,
                hint=listing(str(each.get(NUMBER)) for each in rows),
            )


def _pair(first: object, second: object) -> object:
    return (first, second) if first and second else ""


CHECKS = (
    _example_number,
    _readable_numbers,
    _alike_numbers,
    _unique_numbers,
    _two_versions,
    date_checks.received_by_the_run,
    date_checks.age,
    date_checks.days_asked_for,
    date_checks.dates_in_order,
    _known_parameters,
    _waivers_needed,
    _looks_twice,
    _one_class_each,
    _travel_within_storage,
)
