"""The tests of several machines: they start servers and a dozen processes, so that ``make cluster`` alone runs them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.cluster.site import Site, run_site

ASKED = "EVIDENCE_CLUSTER"


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """Two machines and their archive."""
    if ASKED not in os.environ:
        pytest.skip("`make cluster` installs PostgreSQL and an S3 store and runs this")
    with run_site(2) as opened:
        yield opened
