"""A run's record read back: typed where it is one, refused where it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from labkesmas_batch.errors import InputError
from labkesmas_batch.model.decisions import SignOff
from labkesmas_batch.model.outcome import Outcome
from labkesmas_batch.model.policy import Policy, ShortLead, SilentZone
from labkesmas_batch.model.reference import PairDecision
from labkesmas_batch.model.requests import CustomerClass, Request
from labkesmas_batch.text.indonesian import day_date

# Explanations need only the numbers of section 7; the rest of a policy plays no part in an order.
_ANY_DAY = frozenset(range(7))
_TEXT = (str, type(None))


@dataclass(frozen=True, slots=True)
class RankedRecord:
    """A ranked request with its place and its day; ``data`` is the record's own entry.

    ``there`` is its day under the other reading, '' for none, None where the day is the same.
    """

    request: Request
    rank: int
    effective: date
    hangs: bool
    status: str
    reason: str | None
    first: date | None
    team: str | None
    why: str
    there: date | str | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class UnrankedRecord:
    """A request that was returned or set aside, or has its day since an earlier week, and why."""

    request: Request
    why: str
    data: Mapping[str, Any]
    outcome: str = Outcome.RETURNED


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A row that is on hold, and what is wrong with it."""

    number: str
    file: str
    row: int
    problems: tuple[str, ...]
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a run decided; ``ranked`` stands in order of rank."""

    run: str
    policy: Policy
    decisions: tuple[PairDecision, ...]
    ranked: tuple[RankedRecord, ...]
    returned: tuple[UnrankedRecord, ...]
    on_hold: tuple[HeldRecord, ...]
    # Ranks up to this one were compared with the other reading.
    compared: int
    # Who approved it; None for a draft.
    approved: SignOff | None = None


def recorded(record: object, name: str, newest_format: int) -> Recorded:
    """Type a record.

    Parameters
    ----------
    record
        As :func:`labkesmas_batch.explanation.record.decisions_record` made it, or anything at all.
    name
        Of its file, for the message.

    Raises
    ------
    InputError
        It is something else, or of a newer program.
    """
    try:
        read = _recorded(_is(record, dict))
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(record, dict) and _newer(record.get("format"), newest_format):
            raise InputError(
                f"{name} dibuat oleh program yang lebih baru. Pakai program itu, atau jalankan "
                "“run” lagi."
            ) from error
        raise InputError(
            f"{name} tidak dapat dibaca: isinya bukan catatan keputusan. Jalankan “run” lagi untuk "
            "jadwal yang baru."
        ) from error
    return read


def _newer(given: object, newest: int) -> bool:
    return isinstance(given, int) and given > newest


def _is(value: Any, *kinds: type) -> Any:
    """Return a value that is of one of the kinds; true and false are no numbers."""
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise TypeError(value)
    return value


def _recorded(record: Mapping[str, Any]) -> Recorded:
    numbers = _is(record["ketentuan"], dict)
    policy = Policy(
        0,
        ShortLead.RETURN,
        _is(numbers["selisih_internal_hari"], int),
        _is(numbers["selisih_eksternal_hari"], int),
        SilentZone(numbers["zona_antara"]),
        0,
        0,
        _ANY_DAY,
    )
    decisions = tuple(
        PairDecision(
            _is(each["no_permintaan"], str),
            _is(each["atas"], str),
            _is(each["dasar"], str),
            "",
            "",
            0,
        )
        for each in _entries(record["keputusan_kepala"])
    )
    ranked = tuple(_ranked(each) for each in _entries(record["permintaan"]))
    if [each.rank for each in ranked] != list(range(1, len(ranked) + 1)):
        raise ValueError("ranks")
    on_hold = tuple(_row(each) for each in _entries(record["ditahan"]))
    signed = record.get("disahkan")
    return Recorded(
        _is(record["run"], str),
        policy,
        decisions,
        ranked,
        _unranked(record),
        on_hold,
        _is(record.get("dibandingkan_sampai", len(ranked)), int),
        SignOff(_is(signed["oleh"], str), date.fromisoformat(signed["tanggal"]))
        if signed is not None
        else None,
    )


def _unranked(record: Mapping[str, Any]) -> tuple[UnrankedRecord, ...]:
    unranked = tuple(
        UnrankedRecord(_request(each), _is(each["alasan"], str), each)
        for each in _entries(record["dikembalikan"])
    )
    # Records of older programs know no locked visits.
    unranked += tuple(
        UnrankedRecord(
            _request(each),
            f"{_is(each['alasan'], str)} {_is(each['tim'], str)}, "
            f"{day_date(date.fromisoformat(each['mulai']))}.",
            each,
            Outcome.LOCKED,
        )
        for each in _entries(record.get("terkunci", []))
    )
    # What management set aside stands in the records of approved schedules alone.
    unranked += tuple(
        UnrankedRecord(_request(each), _is(each["alasan"], str), each, Outcome(each["hasil"]))
        for each in _entries(record.get("disisihkan", []))
    )
    return unranked


def _entries(value: object) -> Sequence[Mapping[str, Any]]:
    return [_is(each, dict) for each in _is(value, list)]


def _ranked(entry: Mapping[str, Any]) -> RankedRecord:
    first = entry["mulai"]
    return RankedRecord(
        request=_request(entry),
        rank=_is(entry["peringkat"], int),
        effective=date.fromisoformat(entry["tanggal_efektif"]),
        hangs=_is(entry["bergantung_zona_antara"], bool),
        status=_is(entry["status"], str),
        reason=_is(entry["sebab"], *_TEXT),
        first=None if first is None else date.fromisoformat(first),
        team=_is(entry["tim"], *_TEXT),
        why=_is(entry["alasan"], str),
        there=_there(entry),
        data=entry,
    )


def _there(entry: Mapping[str, Any]) -> date | str | None:
    if "bacaan_lain" not in entry:
        return None
    return date.fromisoformat(entry["bacaan_lain"]) if entry["bacaan_lain"] else ""


def _row(entry: Mapping[str, Any]) -> HeldRecord:
    problems = tuple(_is(each, str) for each in _is(entry["masalah"], list))
    number, file = _is(entry["no_permintaan"], str), _is(entry["berkas"], str)
    return HeldRecord(number, file, _is(entry["baris"], int), problems, entry)


def _request(entry: Mapping[str, Any]) -> Request:
    return Request(
        _is(entry["no_permintaan"], str),
        datetime.fromisoformat(entry["tanggal_permintaan"]),
        CustomerClass(entry["jenis_customer"]),
        _is(entry["customer"], str),
        "",
        "",
        "",
        "",
        "",
        _is(entry["wilayah"], str),
        _is(entry["jenis_contoh_uji"], str),
        (),
        _is(entry["jumlah_contoh_uji"], int),
        None,
        None,
        "",
        "",
        "",
        0,
    )
