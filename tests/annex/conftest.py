from __future__ import annotations

import sys
from pathlib import Path

import pytest

from evidence.config import Settings

sys.path.insert(0, str(Path(__file__).parent))  # for ``annexes``, which importlib mode does not find


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "kho", jobs=2)
