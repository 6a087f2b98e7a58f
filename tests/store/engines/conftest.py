"""The server that the tests of PostgreSQL itself ask."""

from __future__ import annotations

import pytest

from tests.support.servers.postgres_archives import PostgresArchives


@pytest.fixture
def server(postgres_archives: PostgresArchives | None) -> PostgresArchives:
    if postgres_archives is None:
        pytest.skip("asks PostgreSQL: `make test-postgres` starts one and runs this")
    return postgres_archives
