"""Kills, full disks and failing disks: what was told as stored is stored, and the next run completes."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING
from evidence.config import Settings
from evidence.errors import ArchiveError, EvidenceError
from evidence.ingest.sources.walk import walk
from evidence.search.engine import EngineName
from tests.disasters import index_kills, kill_loop
from tests.support import text_pipeline
from tests.support.servers.search_engines import ARCHIVE_ENGINES

pytestmark = pytest.mark.slow

FILES = 30  # of 60 kB: more than the small disk holds


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "hồ sơ"
    place.mkdir()
    for at in range(FILES):
        (place / f"{at}.txt").write_bytes(f"Số: {at + 1}/BC-SNV\n".encode() + os.urandom(30_000).hex().encode())
    return place


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    place = tmp_path / "đĩa"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("only root, where it may mount, can make a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_few_kills() -> None:
    """Four of the hundreds of ``make disasters``."""
    assert kill_loop.run(rounds=2, files=40, seed=7, headers=True) == []


@pytest.mark.parametrize("engine", ARCHIVE_ENGINES)
def test_a_killed_writer_leaves_an_index_that_answers(engine: EngineName) -> None:
    """Two of the hundred of ``make disasters``."""
    assert index_kills.run(kills=2, seed=7, engine=engine) == []


def test_a_disk_that_is_really_full(small: Path, folder: Path) -> None:
    settings, stored = Settings(home=small / "kho"), []
    with Archive.open(settings, create=True) as archive:
        with pytest.raises(ArchiveError) as caught:
            for outcome in archive.ingest(walk([folder])):
                stored.append(outcome.sha256)
        assert caught.value.message.code == "archive-disk-full"
        assert stored and all(archive.show(str(sha256), EVERYTHING) for sha256 in stored)
        assert [fault for fault in archive.verify() if not fault.message.code.startswith("verify-index")] == []
        with pytest.raises(EvidenceError) as caught_too:
            archive.backup(small / "b.zip")
        assert caught_too.value.message.code == "backup-disk-full"
        assert not [file for file in small.iterdir() if file.name != "kho"]
    subprocess.run(["mount", "-o", "remount,size=40m", str(small)], check=True)
    with Archive.open(settings) as archive:
        assert len(list(archive.ingest(walk([folder])))) == FILES
        assert archive.volume().documents == FILES
        assert archive.verify() == ()


@pytest.mark.parametrize("at", [1, 2, 5])
def test_a_disk_that_fails(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    count = 0

    def failing(_descriptor: int) -> None:
        nonlocal count
        count += 1
        if count >= at:
            raise OSError(errno.EIO, "Input/output error")

    settings = Settings(home=tmp_path / "kho")
    with Archive.open(settings, create=True) as archive:
        with monkeypatch.context() as broken:
            broken.setattr(os, "fsync", failing)
            with pytest.raises(ArchiveError) as caught:
                list(archive.ingest(walk([folder])))
        assert caught.value.message.code == "archive-disk-error"
        assert archive.verify() == ()
        assert len(list(archive.ingest(walk([folder])))) == FILES
        assert archive.verify() == ()
