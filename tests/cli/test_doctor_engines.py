"""`evidence doctor` where others keep the archive's database: it is asked, and what is wrong with it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.archive import diagnostics
from evidence.archive.diagnostics import examine_engines
from evidence.cli.commands.system.doctor import State, _engines
from evidence.store.folder import MarkerContent, write_marker
from evidence.store.objects.bucket import Bucket
from evidence.store.store import Store


def test_an_archive_in_its_folder_asks_nobody(tmp_path: Path) -> None:
    assert examine_engines(tmp_path / "none", None) == ()
    Store.open(tmp_path / "kho", create=True).close()
    if Store.open(tmp_path / "kho").database.engine.address is None:
        assert examine_engines(tmp_path / "kho", None) == ()


def test_a_database_that_is_away_is_told_with_the_way_out(tmp_path: Path) -> None:
    write_marker(tmp_path, MarkerContent("a1", "postgresql://an@/kho?host=/no/such/folder"))
    checks = list(_engines(tmp_path, "postgresql://an:bi-mat@/kho?host=/no/such/folder"))
    assert [(check.state, check.message.code, check.code) for check in checks] == [
        (State.BAD, "database-unreachable", 6),
        (State.BAD, "database-unreachable-hint", 6),
    ]
    assert "bi-mat" not in str(checks)


def test_an_object_store_that_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "chung").mkdir()
    good = diagnostics._examine_bucket(f"file://{tmp_path / 'chung'}", tmp_path)
    assert good.code == 0 and list((tmp_path / "chung").iterdir()) == []
    monkeypatch.setattr(Bucket, "_answer", lambda *_: {"fault": "refused", "detail": "403 AccessDenied"})
    bad = diagnostics._examine_bucket("s3://ho-so/kho", tmp_path)
    assert bad.code == 6 and bad.hint is not None and bad.hint.code == "archive-bucket-refused-hint"
