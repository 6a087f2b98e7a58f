"""What the child of a queue's worker makes of a job that fails: the file's fault, or a database that is away."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.errors import ArchiveError, EvidenceError, UsageError
from evidence.jobs import roles
from evidence.jobs.queue import child
from evidence.model.job import Job, JobKind, JobRequest, JobState, WorkerRole


@pytest.mark.parametrize(
    ("error", "state", "answer"),
    [
        (ArchiveError("archive-busy", "archive-busy-hint", home="kho"), JobState.RUNNING, {"again": "archive-busy"}),
        (UsageError("job-gone"), JobState.FAILED, {}),
    ],
)
def test_only_what_is_the_job_s_own_fault_ends_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: EvidenceError,
    state: JobState,
    answer: dict[str, str],
) -> None:
    def fail(archive: Archive, job: Job) -> None:
        raise error

    settings, answers = Settings(tmp_path / "home"), io.BytesIO()
    with Archive.open(settings, create=True) as archive:
        number = archive.jobs.add(JobRequest(JobKind.REREAD, "stale", b""))
    monkeypatch.setattr(roles, "RUN", {JobKind.REREAD: fail})
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(["do", number]) + "\n"))
    monkeypatch.setattr(child, "open_answers", lambda: answers)
    monkeypatch.setattr(child.os, "nice", lambda _: 0)
    child.answer_requests(settings, WorkerRole.READING, "reading-1")
    assert json.loads(answers.getvalue()) == answer
    assert (error.say(settings.language) in capsys.readouterr().err) == bool(answer)  # who keeps the machine is told
    with Archive.open(settings) as archive:
        assert [job.state for job in archive.jobs.find(JobKind.REREAD, "stale")] == [state]
