"""Việc nền: what waits to be read, what is under way, how quickly it goes, and what could not be done and why."""

from __future__ import annotations

from fastapi.responses import Response

from evidence.messages import say
from evidence.model.account import Capability
from evidence.model.job import LEFT, JobState
from evidence.report.jobs.job_lines import rates_line
from evidence.web.rendering.formats import show_moment
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit

router = PageRouter()
PAGE = "/viec-nen"
MOST = 100  # rows
SHOWN = {
    "": LEFT,
    "xong": frozenset({JobState.DONE}),
    "hong": frozenset({JobState.FAILED}),
}


@router.get(PAGE, Capability.READ_AUDIT)
def show_jobs(visit: CurrentVisit, loc: str = "") -> Response:
    """The latest jobs: those that are not done yet or failed; ``loc``: those that are done, those that failed."""
    chosen = loc if loc in SHOWN else ""
    jobs = visit.archive.jobs.list_jobs(SHOWN[chosen], MOST)
    return visit.render(
        "jobs.html",
        jobs=jobs,
        files=visit.archive.uploads.name_files(jobs),
        rates=rates_line(visit.archive.jobs.measure(), visit.language, show_moment),
        reasons={job.id: say(job.message, visit.language) for job in jobs if job.message},
        chosen=chosen,
        choices=tuple(SHOWN),
    )
