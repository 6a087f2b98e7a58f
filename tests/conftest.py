"""Where the real documents are absent, the tests marked ``real`` are skipped, each with the same words."""

from __future__ import annotations

from pathlib import Path

import pytest

REAL_DATA = Path(__file__).parents[2] / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if REAL_DATA.is_dir():
        return
    absent = pytest.mark.skip(reason="the real documents (../shared/data) do not lie beside the project")
    for item in items:
        if item.get_closest_marker("real"):
            item.add_marker(absent)
