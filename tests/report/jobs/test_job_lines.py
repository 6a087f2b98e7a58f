"""Jobs are told in words, each with the file it reads; how the queue stands is told with them."""

from __future__ import annotations

import datetime
import json

import pytest

from evidence.messages import Language, Message
from evidence.model.job import Job, JobKind, JobRequest, JobState, QueueRates
from evidence.report.jobs.job_lines import job_json, job_line, rates_json, rates_line

AT = datetime.datetime(2026, 3, 15, 8, tzinfo=datetime.UTC)


def make_job(kind: JobKind, state: JobState = JobState.WAITING, message: Message | None = None) -> Job:
    return Job(7, JobRequest(kind, "12", b"1", "SNV"), state, 0, 0, 0, message, AT, None, None)


@pytest.mark.parametrize("kind", JobKind)
@pytest.mark.parametrize("language", Language)
def test_every_kind_has_words(kind: JobKind, language: Language) -> None:
    assert kind.value not in job_line(make_job(kind), language)
    assert json.loads(job_json(make_job(kind), language))["kind"] == kind.value


def test_the_file_and_the_reason_are_told() -> None:
    message = Message("job-poison", {"attempts": "4"})
    job = make_job(JobKind.READ_UPLOAD, JobState.FAILED, message)
    line = job_line(job, Language.EN, "bc quý I.pdf")
    assert line.startswith("7 · Read a file that was handed in: bc quý I.pdf · SNV · failed · Given up after 4 starts")
    assert json.loads(job_json(job, Language.EN, "bc quý I.pdf"))["file"] == "bc quý I.pdf"
    assert json.loads(job_json(job, Language.EN))["file"] is None


def show(moment: datetime.datetime) -> str:
    return f"{moment:%d/%m/%Y}"


def test_how_the_queue_stands() -> None:
    line = rates_line(QueueRates(3, 1, 2, 40, 900, 1.25, AT), Language.EN, show)
    assert line.startswith("3 waiting, 1 under way, 2 failed. 40 done within the last hour, 900 within the last day.")
    assert "1.2 seconds" in line and "15/03/2026" in line
    idle = QueueRates(0, 0, 0, 0, 0, None, None)
    assert "seconds" not in rates_line(idle, Language.EN, show)
    assert json.loads(rates_json(idle))["oldest"] is None
