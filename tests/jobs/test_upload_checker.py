"""The first look at uploads, by a process beside the server."""

from __future__ import annotations

from pathlib import Path

from evidence.config import Limits, Settings
from evidence.jobs.upload_checker import UploadChecker
from tests.support import papers


def test_the_limits_of_the_archive_hold_for_what_is_looked_at(tmp_path: Path) -> None:
    file = papers.digital(tmp_path / "to-trinh.pdf")
    codes = []
    for limits in (Limits(), Limits(file_bytes=file.stat().st_size - 1)):
        with UploadChecker(Settings(tmp_path / "home", limits=limits)) as checker:
            fault = checker.check(file, file.name)
            codes.append(fault and fault.code)
    assert codes == [None, "too-large-file"]
