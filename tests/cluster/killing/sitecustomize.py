"""Ends processes at the points between an original's put and the commit of what knows it, by SIGKILL and at random:
``EVIDENCE_KILL_CHANCE`` says how likely. Each notes its point in the file ``EVIDENCE_KILL_LOG``. For processes that are
started with this folder in ``PYTHONPATH`` and write originals."""

import json
import os
import random
import signal
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
WRITERS = {"--child", "ingest", "tests.cluster.storing"}


def is_time() -> bool:
    """By chance."""
    return random.random() < float(os.environ["EVIDENCE_KILL_CHANCE"])


def die_at(point: str) -> None:
    """Notes the point first."""
    with Path(os.environ["EVIDENCE_KILL_LOG"]).open("a") as log:
        log.write(f"{point}\n")
    os.kill(os.getpid(), signal.SIGKILL)


def dying(point: str, call: Callable[P, R]) -> Callable[P, R]:
    """The call, with that point before and behind it."""

    @wraps(call)
    def act(*arguments: P.args, **named: P.kwargs) -> R:
        if is_time():
            die_at(f"before {point}")
        result = call(*arguments, **named)
        if is_time():
            die_at(f"behind {point}")
        return result

    return act


if WRITERS & set(sys.orig_argv):
    from evidence.store.jobs.job_table import JobTable
    from evidence.store.objects import removal_marks
    from evidence.store.objects.bucket import Bucket
    from evidence.store.originals import Originals

    removal_marks.LONGEST = 45.0  # seconds: the store here answers sooner, and is away for three
    answer = Bucket._answer

    def ask_and_die(bucket: Bucket, request: str) -> dict[str, object]:
        """A request that is on its way when who asked is gone."""
        process, act = bucket._process, json.loads(request)[0]
        if process is not None and process.stdin is not None and act in ("put", "remove") and is_time():
            process.stdin.write(request + "\n")
            process.stdin.flush()
            die_at(f"within {act}")
        return answer(bucket, request)

    Bucket._answer = ask_and_die  # type: ignore[method-assign]
    Bucket.put_once = dying("put", Bucket.put_once)  # type: ignore[method-assign]
    Bucket.remove = dying("remove", Bucket.remove)  # type: ignore[method-assign]
    Originals.confirm = dying("confirm", Originals.confirm)  # type: ignore[method-assign]
    JobTable.end = dying("end of job", JobTable.end)  # type: ignore[method-assign]
