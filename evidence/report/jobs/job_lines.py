"""Jobs for people and machines: a line each, and how the queue stands."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable

from evidence.messages import Language, Message, say
from evidence.model.job import Job, JobState, QueueRates
from evidence.report.labels import label


def job_line(job: Job, language: Language, name: str = "") -> str:
    """``12 · Read a file that was handed in: bc.pdf · SNV · waiting · 0/1``, and why it failed. ``name``: of the
    file."""
    kind = say(Message(f"job-kind-{job.request.kind}"), language)
    steps = f"{job.done}/{job.total}" if job.total else ""
    what = f"{kind}: {name}" if name else kind
    parts = [str(job.id), what, job.request.unit or "-", label(f"job-{job.state}", language), steps]
    if job.attempts > 1 and job.state is JobState.RUNNING:
        parts.append(f"×{job.attempts}")
    if job.message:
        parts.append(say(job.message, language))
    return " · ".join(part for part in parts if part)


def job_json(job: Job, language: Language, name: str = "") -> str:
    """The same as one object of JSON."""
    times = {
        name: moment.isoformat() if moment else None
        for name, moment in (("created", job.created_at), ("started", job.started_at), ("ended", job.ended_at))
    }
    row = {
        "id": job.id,
        "kind": job.request.kind.value,
        "subject": job.request.subject,
        "file": name or None,
        "unit": job.request.unit,
        "state": job.state.value,
        "attempts": job.attempts,
        "done": job.done,
        "total": job.total,
        "message": say(job.message, language) if job.message else None,
        **times,
    }
    return json.dumps(row, ensure_ascii=False)


def rates_line(rates: QueueRates, language: Language, show_moment: Callable[[datetime.datetime], str]) -> str:
    """How many wait, how quickly they are done, and since when the oldest waits; ``show_moment``: as moments are
    written where it is read."""
    counts = {name: str(getattr(rates, name)) for name in ("waiting", "running", "failed")}
    done = {"hour": str(rates.last_hour), "day": str(rates.last_day)}
    parts = [say(Message("web-jobs-rates", counts), language), say(Message("web-jobs-done", done), language)]
    if rates.mean_seconds is not None:
        parts.append(say(Message("web-jobs-mean", {"seconds": f"{rates.mean_seconds:.1f}"}), language))
    if rates.oldest is not None:
        parts.append(f"{say(Message('web-jobs-oldest'), language)} {show_moment(rates.oldest)}.")
    return " ".join(parts)


def rates_json(rates: QueueRates) -> str:
    """The same as one object of JSON."""
    row = {
        "waiting": rates.waiting,
        "running": rates.running,
        "failed": rates.failed,
        "last_hour": rates.last_hour,
        "last_day": rates.last_day,
        "mean_seconds": round(rates.mean_seconds, 3) if rates.mean_seconds is not None else None,
        "oldest": rates.oldest.isoformat() if rates.oldest else None,
    }
    return json.dumps(row)
