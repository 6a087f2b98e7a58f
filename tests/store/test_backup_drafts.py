"""What a killed backup leaves beside its place: the next one removes it, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.store.backup import write_backup
from evidence.store.backup_drafts import draft_folder
from evidence.store.store import Store
from tests.support import text_pipeline


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    file = tmp_path / "bc.txt"
    file.write_text("Số: 7/BC-SNV")
    with Store.open(tmp_path / "kho", create=True) as opened:
        document = text_pipeline.document("Số: 7/BC-SNV", str(file))
        opened.put(document, text_pipeline.record(document), file, [text_pipeline.submission(document)])
        yield opened


def killed_backup(tmp_path: Path) -> Path:
    """A backup that is killed while it writes, and the folder that it leaves."""
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom evidence.store import backup\n"
        "from evidence.store.store import Store\nbackup._whole = lambda *_: os.kill(os.getpid(), 9)\n"
        "backup.write_backup(Store.open(Path(sys.argv[1])), Path(sys.argv[2]))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "kho"), str(tmp_path / "hôm qua.zip")]
    assert subprocess.run(command, check=False).returncode == -9
    (left,) = tmp_path.glob(".*")
    assert (left / "backup").is_file()
    return left


def test_what_a_killed_backup_left_is_swept_by_the_next(store: Store, tmp_path: Path) -> None:
    killed_backup(tmp_path)
    older = tmp_path / ".hôm nay.zip.x8_k2abc"  # as earlier versions named them
    older.mkdir()
    (older / "archive.db").write_text("x")
    write_backup(store, tmp_path / "hôm nay.zip")
    assert list(tmp_path.glob(".*")) == []


def test_the_sweep_leaves_what_is_not_ours(store: Store, tmp_path: Path) -> None:
    left = killed_backup(tmp_path)
    (left / "ghi chú.txt").write_text("của tôi")
    other = tmp_path / ".b.zip.x8_k2abc"
    other.mkdir()
    (other / "quý.txt").write_text("của tôi")
    with draft_folder(tmp_path / "khác.zip") as busy:
        (busy / "backup").write_text("đang ghi")
        write_backup(store, tmp_path / "b.zip")
        assert sorted(path.name for path in busy.iterdir()) == ["backup"]
    assert sorted(tmp_path.glob(".*")) == sorted([left, other])
    assert (other / "quý.txt").read_text() == (left / "ghi chú.txt").read_text() == "của tôi"
