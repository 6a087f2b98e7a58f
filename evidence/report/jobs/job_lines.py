"""Jobs for people and machines: a line each."""

from __future__ import annotations

import json

from evidence.messages import Language, say
from evidence.model.job import Job, JobState
from evidence.report.labels import label


def job_line(job: Job, language: Language) -> str:
    """``12 read-upload SNV waiting 0/1``, and why it failed."""
    steps = f"{job.done}/{job.total}" if job.total else ""
    parts = [str(job.id), job.request.kind.value, job.request.unit or "-", label(f"job-{job.state}", language), steps]
    if job.attempts > 1 and job.state is JobState.RUNNING:
        parts.append(f"×{job.attempts}")
    if job.message:
        parts.append(say(job.message, language))
    return " · ".join(part for part in parts if part)


def job_json(job: Job, language: Language) -> str:
    """The same as one object of JSON."""
    times = {
        name: moment.isoformat() if moment else None
        for name, moment in (("created", job.created_at), ("started", job.started_at), ("ended", job.ended_at))
    }
    row = {
        "id": job.id,
        "kind": job.request.kind.value,
        "subject": job.request.subject,
        "unit": job.request.unit,
        "state": job.state.value,
        "attempts": job.attempts,
        "done": job.done,
        "total": job.total,
        "message": say(job.message, language) if job.message else None,
        **times,
    }
    return json.dumps(row, ensure_ascii=False)
