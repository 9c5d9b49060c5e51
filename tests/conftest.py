"""What the whole suite shares: how properties are tried, and one run of the example week.

Properties draw the same examples each time, so that what fails once fails again; no example has a
deadline, since a busy machine is no fault. ``LABKESMAS_EXPLORE=20 pytest ...`` draws at random, and
twenty times as many.
"""

from __future__ import annotations

import os
import sys

import pytest
from hypothesis import HealthCheck, settings

from labkesmas_batch.cli import options
from tests.support.dump import EXAMPLE, EXAMPLE_DATE, Answer, call

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "repeatable", deadline=None, derandomize=True, database=None, suppress_health_check=SLOW
)
settings.register_profile(
    "explore",
    deadline=None,
    suppress_health_check=SLOW,
    max_examples=100 * int(os.environ.get("LABKESMAS_EXPLORE", "1")),
)
# Example weeks lie where they lie, whatever day it is; the remark has a test of its own.
options.FAR_DAYS = sys.maxsize
settings.load_profile("explore" if "LABKESMAS_EXPLORE" in os.environ else "repeatable")


@pytest.fixture(scope="session")
def example_run(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    """The draft of the example week, with --json; only for tests that read it."""
    output = tmp_path_factory.mktemp("contoh")
    return call("run", EXAMPLE, "--date", EXAMPLE_DATE, "--output", output, "--json")
