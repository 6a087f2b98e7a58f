"""The server that archives move to in these tests."""

from __future__ import annotations

import pytest

from evidence.store.engines import opening
from tests.support.servers.postgres_archives import MAKE, PostgresArchives


@pytest.fixture
def server(postgres_archives: PostgresArchives | None, monkeypatch: pytest.MonkeyPatch) -> PostgresArchives:
    """New archives lie in a file here, whatever the other tests' do."""
    if postgres_archives is None:
        pytest.skip("asks PostgreSQL: `make test-postgres` starts one and runs this")
    monkeypatch.setattr(opening, "make_database", MAKE)
    return postgres_archives
