"""A table of requests in, its typed columns out, names spelled as in the reference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from labkesmas_batch.forms import schema
from labkesmas_batch.forms.raw import RawTable
from labkesmas_batch.forms.typed import Typed, parse
from labkesmas_batch.model.reference import Reference
from labkesmas_batch.model.sheets import Header, SheetName
from labkesmas_batch.text.names import fold

NUMBER, RECEIVED, CLASS = Header.NUMBER, Header.RECEIVED, Header.CUSTOMER_CLASS
CUSTOMER, SITE, REGION, KIND = Header.CUSTOMER, Header.SITE, Header.REGION, Header.SAMPLE_TYPE
PARAMETERS, PROPOSED, DEADLINE = Header.PARAMETERS, Header.PROPOSED, Header.DEADLINE
WAIVER = Header.WAIVER


def typed_requests(table: RawTable, reference: Reference) -> Typed:
    """Type a table of requests.

    Parameters are spelled as the tariffs of the row's sample type spell them, so that their
    column cannot be parsed by itself; one that has no tariff stays as it is.
    """
    known: dict[str, tuple[str, ...]] = {
        SheetName.REGIONS: tuple(reference.regions),
        SheetName.SAMPLE_TYPES: tuple(reference.sample_types),
    }
    typed = parse(table, schema.REQUESTS, known)
    spellings = parameter_spellings(reference)

    @cache
    def spelled(kind: str | None, wanted: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if not kind or not wanted:
            return wanted
        known_as = spellings.get(kind, {})
        return tuple(dict.fromkeys(known_as.get(fold(name), name) for name in wanted))

    parameters = map(spelled, typed.columns[KIND], typed.columns[PARAMETERS])
    return replace(typed, columns={**typed.columns, PARAMETERS: tuple(parameters)})


def parameter_spellings(reference: Reference) -> Mapping[str, Mapping[str, str]]:
    """Return for each sample type that has tariffs its parameters, by their folded names."""
    spellings: dict[str, dict[str, str]] = defaultdict(dict)
    for tariff in reference.tariffs:
        spellings[tariff.sample_type][fold(tariff.parameter)] = tariff.parameter
    return spellings
