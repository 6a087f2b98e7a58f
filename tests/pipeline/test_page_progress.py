"""How far a file is, is told while it is read, to who follows it."""

from __future__ import annotations

from pathlib import Path

from evidence.config import Settings
from evidence.pipeline.page_progress import following_pages, tell_pages
from evidence.pipeline.requests import request_file
from evidence.pipeline.scheduler import read_files
from tests.support import papers


def test_pages_are_told_as_they_are_read(tmp_path: Path) -> None:
    settings, told = Settings(tmp_path / "home"), list[tuple[str, int, int]]()
    request = request_file(papers.digital(tmp_path / "to-trinh.pdf", pages=3), settings.limits)
    with following_pages(lambda sha256, done, total: told.append((sha256, done, total))):
        (result,) = read_files([request], settings)
    assert told[-1] == (result.source.sha256, 3, 3)
    assert all(done <= total == 3 for _, done, total in told)
    tell_pages("x", 1, 2)
    assert told[-1][0] != "x", "nobody follows any more"
