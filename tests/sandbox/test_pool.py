"""The disaster table: whatever a child does, the parent gets a reason and goes on."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evidence import codec
from evidence.config import Limits
from evidence.errors import MissingProgramError, UnreadableError
from evidence.model.document import Document
from evidence.sandbox import policy
from evidence.sandbox.policy import NO_PERMISSIONS, Permissions
from evidence.sandbox.pool import Pool
from evidence.sandbox.task import Failure, FailureReason, Reply, Task

LIMITS = replace(Limits(), memory_bytes=1_000_000_000, cpu_seconds=5, patience=1.0, reply_bytes=100_000)
FORKS = Permissions(programs=("true",))


def run(
    stub: Callable[[], bytes], seconds: float = 5, limits: Limits = LIMITS, permissions: Permissions = NO_PERMISSIONS
) -> Reply:
    with Pool(1, limits) as pool:
        pool.start(Task("key", stub, seconds, permissions))
        (reply,) = pool.wait()
    assert reply.key == "key"
    return reply


def abort() -> bytes:
    os.abort()


def hang() -> bytes:
    time.sleep(60)
    return b""


def spin() -> bytes:
    while True:
        pass


def swallow_memory() -> bytes:
    hoard = []
    while True:
        hoard.append(bytearray(50_000_000))


def say_too_much() -> bytes:
    return b"x" * 1_000_000


def permissions() -> bytes:
    os._exit(3)


def fail() -> bytes:
    raise ValueError("số lạ \udcff")


def recurse() -> bytes:
    return recurse()


def refuse() -> bytes:
    raise UnreadableError("encrypted", "encrypted-pdf")


def lack() -> bytes:
    raise MissingProgramError("antiword-missing", command="apt")


DISASTERS: list[tuple[Callable[[], bytes], FailureReason, str]] = [
    (abort, FailureReason.CRASHED, "SIGABRT"),
    (hang, FailureReason.TIME_OUT, "1"),
    (swallow_memory, FailureReason.MEMORY, ""),
    (say_too_much, FailureReason.TOO_MUCH, ""),
    (permissions, FailureReason.CRASHED, "exit 3"),
    (fail, FailureReason.RAISED, "ValueError"),
    (recurse, FailureReason.RAISED, "RecursionError"),
    (refuse, FailureReason.RAISED, ""),
    (lack, FailureReason.MISSING_PROGRAM, ""),
]


@pytest.mark.parametrize(("stub", "reason", "detail"), DISASTERS, ids=lambda value: getattr(value, "__name__", ""))
def test_disaster_has_a_reason(stub: Callable[[], bytes], reason: FailureReason, detail: str) -> None:
    reply = run(stub, seconds=1 if stub is hang else 10)
    assert reply.data is None
    assert reply.failure is not None
    assert reply.failure.reason is reason
    assert detail in reply.failure.detail


def test_good_child_is_heard() -> None:
    assert run(lambda: b"42").data == b"42"


def test_reply_larger_than_a_pipe_arrives_whole() -> None:
    data = run(lambda: b"y" * 99_000).data
    assert data == b"y" * 99_000


@pytest.mark.slow
def test_cpu_time_is_limited() -> None:
    failure = run(spin, seconds=30, limits=replace(LIMITS, cpu_seconds=1)).failure
    assert failure is not None
    assert failure.reason in (FailureReason.TIME_OUT, FailureReason.CRASHED)  # SIGXCPU, or SIGKILL at the hard limit


def work(seconds: float) -> bytes:
    while time.process_time() < seconds:
        pass
    return b"done"


def test_waiting_for_the_processor_costs_nothing() -> None:
    """A child that sleeps stands for one that a busy machine lets wait: it is within its processor time."""
    assert run(lambda: time.sleep(1) or b"late", seconds=0.3, limits=replace(LIMITS, patience=20.0)).data == b"late"


def test_a_child_that_works_is_ended_by_its_processor_time() -> None:
    limits = replace(LIMITS, patience=100.0)
    begun = time.monotonic()
    failure = run(lambda: work(20), seconds=0.5, limits=limits).failure
    assert failure is not None and failure.reason is FailureReason.TIME_OUT
    assert time.monotonic() - begun < 20  # and not by the fifty seconds of the clock
    assert run(lambda: work(0.2), seconds=0.5, limits=limits).data == b"done"


def test_a_child_that_sleeps_for_ever_is_ended_by_the_clock() -> None:
    begun = time.monotonic()
    failure = run(hang, seconds=0.4, limits=replace(LIMITS, patience=3.0)).failure
    assert failure is not None and failure.reason is FailureReason.TIME_OUT
    assert 1.2 <= time.monotonic() - begun < 30


def test_children_in_a_crowd_are_all_heard() -> None:
    """More work than the machine has cores: each takes far longer by the clock than of the processor."""
    jobs = 4 * (os.cpu_count() or 1)
    with Pool(jobs, replace(LIMITS, patience=60.0)) as pool:
        for number in range(jobs):
            pool.start(Task(number, lambda: work(0.3), 0.6))
        replies: list[Reply] = []
        while pool.busy:
            replies += pool.wait()
    assert [reply.data for reply in replies] == [b"done"] * jobs


def test_written_bytes_are_limited(tmp_path: Path) -> None:
    file = tmp_path / "full"

    def fill_disk() -> bytes:
        with file.open("wb") as out:
            while True:
                out.write(bytes(1_000_000))

    limits = replace(LIMITS, unpacked_bytes=5_000_000)
    assert run(fill_disk, limits=limits, permissions=Permissions(writes=(tmp_path,))).failure is not None
    assert file.stat().st_size <= 5_000_000


def test_errors_for_people_keep_their_sentence() -> None:
    failure = run(refuse).failure
    assert failure == Failure(
        FailureReason.RAISED, "", "encrypted", UnreadableError("encrypted", "encrypted-pdf").message
    )


@pytest.mark.parametrize("reply", [b"\xff\xfe", b"{", b"[]", b'{"source": 1, "pages": []}', b""])
def test_bad_reply_is_refused_by_the_parent(reply: bytes) -> None:
    data = run(lambda: reply).data
    assert data == reply
    with pytest.raises(ValueError):
        codec.decode(data, Document)


def test_grandchild_cannot_hold_the_pipe_or_live_on() -> None:
    def breed() -> bytes:
        if os.fork() == 0:
            time.sleep(60)
        return str(os.getpid()).encode()

    begun = time.monotonic()
    reply = run(breed, permissions=FORKS)
    assert time.monotonic() - begun < 3
    assert reply.data is not None
    with pytest.raises(ProcessLookupError):
        for _ in range(200):  # the killed grandchild must only be buried by init
            os.killpg(int(reply.data), 0)
            time.sleep(0.02)


def test_grandchild_of_a_child_that_died_is_killed() -> None:
    def breed_and_die() -> bytes:
        if os.fork() == 0:
            time.sleep(60)
        os._exit(1)

    begun = time.monotonic()
    assert run(breed_and_die, permissions=FORKS).failure is not None
    assert time.monotonic() - begun < 5


def test_child_has_no_open_files_of_the_parent() -> None:
    with Path(__file__).open("rb"):
        data = run(lambda: " ".join(entry.name for entry in Path("/proc/self/fd").iterdir()).encode()).data
    assert data is not None
    assert len(data.split()) <= 5  # three on /dev/null, the pipe, the listing itself


def test_close_kills_what_runs() -> None:
    pool = Pool(2, LIMITS)
    pids = []
    for _ in range(2):
        pool.start(Task(None, hang, 60))
    pids = [child.pid for child in pool._children.values()]
    begun = time.monotonic()
    pool.close()
    assert time.monotonic() - begun < 2
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_failure_leaves_the_pool_fit_for_the_next() -> None:
    with Pool(2, LIMITS) as pool:
        pool.start(Task("bad", abort, 5))
        pool.start(Task("good", lambda: b"ok", 5))
        replies: dict[object, Reply] = {}
        while pool.busy:
            replies.update((reply.key, reply) for reply in pool.wait())
    assert replies["good"].data == b"ok"
    assert replies["bad"].failure is not None


def test_a_caller_that_is_slow_times_nobody_out() -> None:
    with Pool(1, LIMITS) as pool:
        pool.start(Task(None, lambda: b"z" * 99_000, 0.5))
        time.sleep(1)
        (reply,) = pool.wait()
    assert reply.data is not None


PARENT = """
import os, time
from evidence.config import Limits
from evidence.sandbox.pool import Pool
from evidence.sandbox.task import Task
pool = Pool(1, Limits())
pool.start(Task(None, lambda: time.sleep(60) or b"", 60))
print(next(iter(pool._children.values())).pid, flush=True)
pool.wait()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="PR_SET_PDEATHSIG is Linux's")
def test_child_dies_with_a_killed_parent() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        time.sleep(0.2)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    with pytest.raises(ProcessLookupError):
        for _ in range(100):
            look_for(child)
            time.sleep(0.02)


def look_for(process: int) -> None:
    """ProcessLookupError: it is gone, or ended and waits to be taken note of by the system's first process."""
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(") ")[2][0]
    except (FileNotFoundError, ProcessLookupError):
        raise ProcessLookupError from None
    if state in "ZX":
        raise ProcessLookupError


def import_what_is_not_there() -> bytes:
    importlib.import_module("no_such_library")
    return b""


def test_a_missing_library_is_the_installation_s_fault() -> None:
    with Pool(1, Limits()) as pool:
        pool.start(Task("a", import_what_is_not_there, 20))
        (reply,) = pool.wait()
    assert reply.failure is not None and reply.failure.message is not None
    assert (reply.failure.reason, reply.failure.message.code) == (FailureReason.MISSING_PROGRAM, "library-missing")
    assert reply.failure.message.params == {"name": "no_such_library"}


def test_a_second_site_packages_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site-packages").mkdir()
    (tmp_path / "site-packages" / "second_library.py").write_text("NAME = b'here'")
    monkeypatch.syspath_prepend(str(tmp_path / "site-packages"))
    policy._library_paths.cache_clear()
    try:
        with Pool(1, Limits()) as pool:
            pool.start(Task("a", lambda: bytes(importlib.import_module("second_library").NAME), 20))
            (reply,) = pool.wait()
    finally:
        policy._library_paths.cache_clear()
    assert reply.data == b"here"
