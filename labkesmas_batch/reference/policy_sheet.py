"""The sheet Ketentuan in; the policy in force and findings out."""

from __future__ import annotations

from typing import cast

from labkesmas_batch import findings
from labkesmas_batch.forms import cells, dates
from labkesmas_batch.forms.typed import NO_ROW, Typed
from labkesmas_batch.model.policy import SETTINGS, Policy, Setting, ShortLead, SilentZone
from labkesmas_batch.text.names import fold, suggestion

# Ten years of days; more is a slip of the finger, and dates would leave the calendar.
MOST_DAYS = 3660


def read_policy(typed: Typed) -> Policy | None:
    """Return the policy, None where a setting is wrong (rules R-TENGGANG to R-ANTARA)."""
    known = {fold(setting.key): setting for setting in SETTINGS}
    rows: dict[str, int] = {}
    for index, key in enumerate(typed.columns["Kunci"]):
        setting = known.get(fold(key or ""))
        if setting is None and key:
            typed.fault(
                index,
                "Kunci",
                findings.SETTING_UNKNOWN,
                key,
                hint=suggestion(str(key), tuple(known)),
            )
        elif setting is not None and setting.key in rows:
            other = f"baris {typed.table.rows[rows[setting.key]].number}"
            typed.fault(index, "Kunci", findings.NAME_TWICE, key, hint=other)
        elif setting is not None:
            rows[setting.key] = index
    values = {
        setting.field: _setting(typed, setting, rows.get(setting.key)) for setting in SETTINGS
    }
    inner, outer = values["internal_gap"], values["external_gap"]
    if isinstance(inner, int) and isinstance(outer, int) and inner >= outer:
        at = rows.get("selisih_internal_hari", rows.get("selisih_eksternal_hari", 0))
        typed.fault(at, "Nilai", findings.GAPS_REVERSED, inner, hint=outer)
    if typed.bad or None in values.values():
        return None
    return Policy(**values)  # type: ignore[arg-type]  # each value went through its own parser


def _setting(typed: Typed, setting: Setting, index: int | None) -> object:
    """Return a setting's value; its default where the row is missing, None where it is wrong."""
    raw: object = setting.default
    if index is not None:
        raw = typed.columns["Nilai"][index]
        if raw is None:
            return None  # the blank cell has its finding already
    else:
        typed.fault(NO_ROW, "", findings.SETTING_MISSING, setting.key, hint=setting.default)
    value, expected = setting_value(setting, raw)
    if value is None:
        typed.fault(
            index or 0, "Nilai", findings.SETTING_INVALID, raw, key=setting.key, hint=expected
        )
    return value


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
