"""A small archive for the pages and a client for each role.

    def test_a_page(clients): assert clients["appraiser"].get("/").status_code == 200

Passwords are hashed with the cheapest parameters here; ``tests/archive/accounts`` holds the real ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from evidence.config import Settings
from evidence.web.app import create_app
from tests.support.past_the_program import copy_archive
from tests.support.service import BY_ROLE, fill_archive, sign_in, use_cheap_passwords


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The sample archive, made once; nobody writes there."""
    use_cheap_passwords()
    return fill_archive(tmp_path_factory.mktemp("service") / "home")


@pytest.fixture
def settings(sample_settings: Settings, tmp_path: Path) -> Settings:
    """A copy of it, for a test that writes."""
    return replace(sample_settings, home=copy_archive(sample_settings.home, tmp_path / "home"))


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    return create_app(settings)


@pytest.fixture
def anonymous(app: FastAPI) -> Iterator[TestClient]:
    """Nobody, over TLS, as behind a proxy."""
    with TestClient(app, base_url="https://testserver", raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def clients(anonymous: TestClient, app: FastAPI) -> dict[str, TestClient]:
    """Somebody signed in for each role, and ``anonymous``. All share one application."""
    signed_in = {}
    for role, name in BY_ROLE.items():
        client = TestClient(app, base_url="https://testserver", raise_server_exceptions=False)
        sign_in(client, name)
        signed_in[role] = client
    return {**signed_in, "anonymous": anonymous}
