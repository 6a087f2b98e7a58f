from __future__ import annotations

from pathlib import Path

import pytest

from evidence.config import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "kho", jobs=2)
