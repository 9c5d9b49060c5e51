"""The sheet Ketentuan in; the policy in force and findings out."""

from __future__ import annotations

from typing import cast

from labkesmas_batch import findings
from labkesmas_batch.forms import cells, dates
from labkesmas_batch.forms.typed import NO_ROW, Fault, Typed, fault
from labkesmas_batch.model.policy import SETTINGS, Policy, Setting, ShortLead, SilentZone
from labkesmas_batch.model.sheets import Header
from labkesmas_batch.text.names import fold, suggestion

# Ten years of days; more is a slip of the finger, and dates would leave the calendar.
MOST_DAYS = 3660


def read_policy(typed: Typed) -> tuple[Policy | None, tuple[Fault, ...]]:
    """Return the policy (rules R-TENGGANG to R-ANTARA) and what is wrong with the settings.

    It is None where a setting is wrong.
    """
    rows, faults = _rows(typed)
    values: dict[str, object] = {}
    for setting in SETTINGS:
        values[setting.field], found = _setting(typed, setting, rows.get(setting.key))
        faults += found
    inner, outer = values["internal_gap"], values["external_gap"]
    if isinstance(inner, int) and isinstance(outer, int) and inner >= outer:
        at = rows.get("selisih_internal_hari", rows.get("selisih_eksternal_hari", 0))
        faults.append(fault(at, Header.VALUE, findings.GAPS_REVERSED, inner, hint=outer))
    if any(each.is_error for each in (*typed.faults, *faults)) or None in values.values():
        return None, tuple(faults)
    policy = Policy(**values)  # type: ignore[arg-type]  # each value went through its own parser
    return policy, tuple(faults)


def _rows(typed: Typed) -> tuple[dict[str, int], list[Fault]]:
    """Return the row of each setting that the sheet has, and what is wrong with the keys."""
    known = {fold(setting.key): setting for setting in SETTINGS}
    rows: dict[str, int] = {}
    faults: list[Fault] = []
    for index, key in enumerate(typed.columns[Header.KEY]):
        setting = known.get(fold(key or ""))
        if setting is None and key:
            hint = suggestion(str(key), tuple(known))
            faults.append(fault(index, Header.KEY, findings.SETTING_UNKNOWN, key, hint=hint))
        elif setting is not None and setting.key in rows:
            other = f"baris {typed.table.rows[rows[setting.key]].number}"
            faults.append(fault(index, Header.KEY, findings.NAME_TWICE, key, hint=other))
        elif setting is not None:
            rows[setting.key] = index
    return rows, faults


def _setting(typed: Typed, setting: Setting, index: int | None) -> tuple[object, list[Fault]]:
    """Return a setting's value; its default where the row is missing, None where it is wrong."""
    faults = []
    raw: object = setting.default
    if index is not None:
        raw = typed.columns[Header.VALUE][index]
        if raw is None:
            return None, []  # the blank cell has its finding already
    elif not setting.late:
        kind = findings.SETTING_MISSING
        faults.append(fault(NO_ROW, "", kind, setting.key, hint=setting.default))
    value, expected = setting_value(setting, raw)
    if value is None:
        kind = findings.SETTING_INVALID
        faults.append(fault(index or 0, Header.VALUE, kind, raw, key=setting.key, hint=expected))
    return value, faults


def setting_value(setting: Setting, raw: object) -> tuple[object, str]:
    """Return the value that a cell means, None where it means none, and what is expected."""
    parser, expected = _setting_parser(setting)
    parsed = parser(raw)
    if parsed.kind or parsed.value in (None, frozenset()):
        return None, expected
    if setting.field == "short_lead":
        return ShortLead(cast(str, parsed.value)), expected
    if setting.field == "silent_zone":
        return SilentZone(cast(str, parsed.value)), expected
    return parsed.value, expected


def _setting_parser(setting: Setting) -> tuple[cells.Parser, str]:
    if setting.choices:
        return cells.choice(setting.choices), " atau ".join(setting.choices)
    if isinstance(setting.default, int):
        return cells.whole(0, MOST_DAYS), f"bilangan bulat 0 s.d. {MOST_DAYS}"
    return dates.weekdays, "nama hari, misalnya Senin-Jumat"
