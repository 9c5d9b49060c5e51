"""Requests and what belongs to them as JSON, the form in which the register keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from operator import attrgetter
from pathlib import Path
from typing import Any

from labkesmas_batch.findings import CATALOGUE, RETIRED, Finding
from labkesmas_batch.model.reference import PairDecision
from labkesmas_batch.model.requests import CustomerClass, Request, RowOnHold
from labkesmas_batch.model.week import Facts, Source

_KINDS = {kind.code: kind for kind in (*CATALOGUE, *RETIRED)}
_STORED = tuple(each.name for each in fields(Request) if each.init)
_STORED_OF = attrgetter(*_STORED)
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_DATES = ("proposed", "deadline")


def dump_request(request: Request) -> str:
    """Return a request as JSON, dates in ISO form."""
    values = dict(zip(_STORED, _STORED_OF(request), strict=True))
    values["received"] = request.received.isoformat()
    for name in _DATES:
        values[name] = values[name].isoformat() if values[name] else None
    return _ENCODE(values)


def load_request(text: str) -> Request:
    """Return the request that :func:`dump_request` wrote."""
    values: dict[str, Any] = json.loads(text)
    values["received"] = datetime.fromisoformat(values["received"])
    values["customer_class"] = CustomerClass(values["customer_class"])
    values["parameters"] = tuple(values["parameters"])
    for name in _DATES:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return Request(**values)


def dump_facts(facts: Facts) -> str:
    """Return what validation left of a run as JSON, without the requests, which have rows."""
    return json.dumps(
        {
            "run_date": facts.run_date.isoformat(),
            "intakes": [_source(source) for source in facts.intakes],
            "reference_source": _source(facts.reference_source),
            "packaged": facts.packaged,
            "repeated": sorted(facts.repeated),
            "held": [_values(on_hold) for on_hold in facts.on_hold],
            "findings": [_finding(finding) for finding in facts.findings],
            "examples": facts.examples,
            "remark_rows": facts.remark_rows,
            "remarks": list(facts.remarks),
            "copies": facts.copies,
            "pairs": [_values(pair) for pair in facts.pairs],
            "contacts": [dump_request(each) for each in facts.contacts],
        },
        ensure_ascii=False,
    )


def load_facts(text: str, requests: tuple[Request, ...]) -> Facts:
    """Return the facts that :func:`dump_facts` wrote, with the requests."""
    values: dict[str, Any] = json.loads(text)
    return Facts(
        run_date=date.fromisoformat(values["run_date"]),
        intakes=tuple(_load_source(each) for each in values["intakes"]),
        reference_source=_load_source(values["reference_source"]),
        packaged=values["packaged"],
        requests=requests,
        repeated=frozenset(values["repeated"]),
        on_hold=tuple(RowOnHold(**each) for each in values["held"]),
        findings=tuple(_load_finding(each) for each in values["findings"]),
        examples=values["examples"],
        remark_rows=values["remark_rows"],
        remarks=tuple(values["remarks"]),
        # Drafts of older programs counted and kept none.
        copies=values.get("copies", 0),
        pairs=tuple(
            PairDecision(**{**each, "columns": tuple(each["columns"])})
            for each in values.get("pairs", ())
        ),
        contacts=tuple(map(load_request, values.get("contacts", ()))),
    )


def _values(record: object) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).__slots__}  # type: ignore[attr-defined]  # all of ours are slotted


def _source(source: Source) -> dict[str, Any]:
    # Where a file lay is of no use on another machine, and its name is kept beside.
    return _values(source) | {"path": source.path.name}


def _load_source(values: Mapping[str, Any]) -> Source:
    return Source(**{**values, "path": Path(values["path"])})


def _finding(finding: Finding) -> dict[str, Any]:
    return _values(finding) | {"kind": finding.kind.code}


def _load_finding(values: Mapping[str, Any]) -> Finding:
    return Finding(**{**values, "kind": _KINDS[values["kind"]]})
