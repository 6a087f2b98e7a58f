"""The worker does what waits, comes back from any kill, and ends when it is told to."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evidence.archive.facade import Archive
from evidence.archive.uploads.uploads import HandedUpload, HandInRequest, ReceiptView
from evidence.config import Settings
from evidence.criteria.loader import parse_criteria
from evidence.model.kept_finding import FindingFilter
from evidence.search.scope import EVERYTHING, units_only
from evidence.store.criteria_sets import CriteriaSetStore
from tests.archive.stored_findings.test_refresh import DUE, SET
from tests.support import papers

pytestmark = pytest.mark.slow

OF_A = units_only(["SA"])


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(Settings(tmp_path / "home"), create=True) as opened:
        text = SET.format(name="bo", due=DUE)
        parse_criteria(text)
        CriteriaSetStore(opened._store).put("bo", text, "bo.yaml", "0" * 64)
        yield opened


def hand_in(archive: Archive, *files: Path) -> int:
    drafts = [archive.uploads.spool("SA", file.name, "Hoa", [file.read_bytes()], OF_A) for file in files]
    handed = tuple(HandedUpload(draft.token, "1.1") for draft in drafts)
    return archive.uploads.hand_in(HandInRequest("SA", "bo", "Hoa", handed), OF_A).number


def start(archive: Archive, *options: str) -> subprocess.Popen[bytes]:
    home = str(archive._store.folder)
    return subprocess.Popen([sys.executable, "-m", "evidence", "--home", home, "worker", *options])


def wait_for(condition: Callable[[], bool], seconds: float) -> float:
    """How long it took; fails where it does not come."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, "waited too long"
        time.sleep(0.05)
    return time.monotonic() - began


def states(view: ReceiptView) -> list[str]:
    return [file.job.state.value if file.job else "-" for file in view.files]


def test_once_reads_what_was_handed_in_and_finds_findings(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "hong.pdf").write_bytes(b"%PDF-1.7 nothing more")
    number = hand_in(archive, papers.digital(tmp_path / "to-trinh.pdf"), tmp_path / "hong.pdf")
    assert states(archive.uploads.show_receipt(number, OF_A)) == ["waiting", "waiting"]
    assert start(archive, "--once").wait(120) == 0
    view = archive.uploads.show_receipt(number, OF_A)
    assert states(view) == ["done", "done"]
    good, broken = (file.record for file in view.files)
    assert good and str(good.number.value) == "187/TTr-SNV" and broken and broken.problems
    assert [submission.path for submission in archive._store.submissions(good.source.sha256)] == ["SA/1.1/to-trinh.pdf"]
    assert sum(count.every for count in archive.findings.count_left("bo", FindingFilter(), EVERYTHING)) == 12
    assert not archive.findings.tell_state("bo", EVERYTHING).pending and archive.verify() == ()
    assert archive.search is not None and archive.volume().documents == 2


def test_a_killed_reader_s_job_comes_back_and_sigterm_ends_everything(archive: Archive, tmp_path: Path) -> None:
    worker = start(archive)
    try:
        number = hand_in(archive, papers.scanned(tmp_path / "quet.pdf", pages=6))
        wait_for(lambda: states(archive.uploads.show_receipt(number, OF_A)) == ["running"], 60)
        reader = _child(worker.pid, "reading")
        os.kill(reader, signal.SIGKILL)
        again = wait_for(lambda: _attempts(archive, number) == 2, 30)
        assert again < 30
        began = time.monotonic()
        worker.terminate()
        worker.wait(10)
        assert time.monotonic() - began < 5, "SIGTERM has to end it within five seconds"
        assert not _children(worker.pid)
        assert states(archive.uploads.show_receipt(number, OF_A)) in (["waiting"], ["done"])
    finally:
        worker.kill()
        worker.wait()


def _attempts(archive: Archive, number: int) -> int:
    (file,) = archive.uploads.show_receipt(number, OF_A).files
    return file.job.attempts if file.job else 0


def _children(parent: int) -> dict[str, int]:
    """The processes of the worker by role: those it started itself, not what they fork, which bear the same words."""
    children = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            begun_by = (folder / "stat").read_text().rpartition(") ")[2].split()[1]
            if int(begun_by) == parent and b"--role" in words:
                children[words[words.index(b"--role") + 1].decode()] = int(folder.name)
        except OSError:
            continue
    return children


def _child(parent: int, role: str) -> int:
    wait_for(lambda: role in _children(parent), 10)
    return _children(parent)[role]


def test_jobs_are_listed_for_people_and_machines(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, papers.digital(tmp_path / "to-trinh.pdf"))
    command = [sys.executable, "-m", "evidence", "--home", str(archive._store.folder), "jobs"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Đọc tệp đã nộp: to-trinh.pdf · SA · đang chờ" in shown and "1 việc đang chờ" in shown
    row = json.loads(subprocess.run([*command, "--json"], capture_output=True, text=True, check=True).stdout)
    assert (row["state"], row["attempts"], row["unit"], row["message"]) == ("waiting", 0, "SA", None)
