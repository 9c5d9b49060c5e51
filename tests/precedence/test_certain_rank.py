"""From when a rank is certain: who is received on that day or later gets ahead of nobody."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from labkesmas_batch.intake.review import review
from labkesmas_batch.model.policy import SilentZone
from labkesmas_batch.precedence.clauses import certain_from, sort_key
from labkesmas_batch.precedence.rank import rank
from tests.support.builders import RUN_DATE, policy, request

CLASSES = st.sampled_from(["Internal", "Eksternal"])
DAYS = st.integers(0, 60)
RULES = st.builds(
    lambda silent, inner, gap: policy(
        silent_zone=silent, internal_gap=inner, external_gap=inner + gap
    ),
    st.sampled_from(list(SilentZone)),
    st.integers(0, 10),
    st.integers(1, 10),
)


def asked(number: str, customer_class: str, day: int):  # type: ignore[no-untyped-def]
    received = date(2026, 1, 1) + timedelta(days=day)
    return request(number, received, customer_class=customer_class)


@given(RULES, CLASSES, DAYS, CLASSES, DAYS)
def test_it_is_the_first_day_from_which_nobody_gets_ahead(
    rules: object, mine: str, day: int, other: str, later: int
) -> None:
    one, two = asked("P-2", mine, day), asked("P-1", other, later)
    ahead = sort_key(two, rules) < sort_key(one, rules)  # type: ignore[arg-type]
    certain = certain_from(one, rules)  # type: ignore[arg-type]
    if two.received_on >= certain:
        assert not ahead
    # The day before it somebody still can: an internal one with a smaller number.
    last = asked("P-1", "Internal", (certain - date(2026, 1, 2)).days)
    assert sort_key(last, rules) < sort_key(one, rules)  # type: ignore[arg-type]


@given(
    st.lists(st.tuples(CLASSES, DAYS), min_size=1, max_size=12),
    st.lists(st.tuples(CLASSES, DAYS), max_size=12),
)
def test_requests_of_later_days_change_no_certain_rank(
    first: list[tuple[str, int]], more: list[tuple[str, int]]
) -> None:
    rules = policy(lead_days=0)
    ours = [asked(f"P-{at}", *each) for at, each in enumerate(first)]
    theirs = [asked(f"N-{at}", *each) for at, each in enumerate(more)]

    def ranks(requests: list) -> dict[str, int]:  # type: ignore[type-arg]
        accepted = review(requests, rules, RUN_DATE).accepted
        return {each.request.number: each.rank for each in rank(accepted, rules, ())}

    before = ranks(ours)
    for each in ours:
        late = [other for other in theirs if other.received_on >= certain_from(each, rules)]
        assert ranks([*ours, *late])[each.number] == before[each.number]
