"""What a child may touch: its input, its scratch folder, its programs; nothing else."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence.config import Limits
from evidence.sandbox import policy as cage
from evidence.sandbox.policy import Permissions
from evidence.sandbox.pool import Pool, Task

needs_landlock = pytest.mark.skipif("landlock" in cage.lacking(), reason="this kernel has no Landlock")
needs_seccomp = pytest.mark.skipif("seccomp" in cage.lacking(), reason="seccomp or libseccomp2 is missing")


def told(stub: Callable[[], object], leave: Permissions) -> str:
    """What the stub gave back in a child, or the name of the error it met."""

    def run() -> bytes:
        try:
            return str(stub()).encode()
        except Exception as error:
            return type(error).__name__.encode()

    with Pool(1, Limits()) as pool:
        pool.start(Task(None, run, 10, leave))
        (reply,) = pool.wait()
    assert reply.data is not None, reply.failure
    return reply.data.decode()


@needs_landlock
def test_reads_its_input_and_not_its_neighbour(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine.pdf", tmp_path / "other.pdf"
    for file in (mine, other):
        file.write_text("x")
    assert told(mine.read_text, Permissions(reads=(mine,))) == "x"
    assert told(other.read_text, Permissions(reads=(mine,))) == "PermissionError"
    assert told(lambda: list(tmp_path.iterdir()), Permissions(reads=(mine,))) == "PermissionError"
    assert told(Path("/etc/passwd").read_text, Permissions()) == "PermissionError"
    assert told(lambda: list(Path.home().iterdir()), Permissions()) == "PermissionError"


@needs_landlock
def test_writes_into_its_scratch_folder_only(tmp_path: Path) -> None:
    scratch, input_file = tmp_path / "scratch", tmp_path / "a.pdf"
    scratch.mkdir()
    input_file.write_text("x")
    leave = Permissions((input_file,), (scratch,))
    assert told(lambda: (scratch / "1.png").write_text("page"), leave) == "4"
    assert told(lambda: (tmp_path / "b.txt").write_text("no"), leave) == "PermissionError"
    assert told(lambda: input_file.write_text("no"), leave) == "PermissionError"
    assert told(input_file.unlink, leave) == "PermissionError"
    assert input_file.read_text() == "x"


@needs_seccomp
@pytest.mark.parametrize("programs", [(), ("true",)])
def test_no_network(programs: tuple[str, ...]) -> None:
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
        assert told(lambda family=family: socket.socket(family), Permissions(programs=programs)) == "PermissionError"


@needs_seccomp
def test_no_process_where_no_program_is_named() -> None:
    assert told(os.fork, Permissions()) in ("PermissionError", "BlockingIOError")
    assert told(lambda: subprocess.run(["true"], check=True), Permissions()) in ("PermissionError", "BlockingIOError")
    assert told(lambda: os.execv("/bin/true", ["true"]), Permissions()) == "PermissionError"


@needs_landlock
def test_starts_exactly_the_program_named() -> None:
    leave = Permissions(programs=("true",))
    assert told(lambda: subprocess.run(["true"], check=True).returncode, leave) == "0"
    assert told(lambda: subprocess.run(["sh", "-c", "true"], check=True), leave) == "PermissionError"
    assert told(lambda: subprocess.run(["/usr/bin/env"], check=True), leave) == "PermissionError"


@needs_landlock
def test_signals_nobody_outside() -> None:
    if cage.landlockpy.abi_version() < 6:
        pytest.skip("Landlock of this kernel does not hold signals back (ABI 6)")
    parent = os.getpid()
    assert told(lambda: os.kill(parent, 0), Permissions(programs=("true",))) == "PermissionError"


def test_threads_are_no_processes() -> None:
    def count() -> int:
        seen: list[int] = []
        thread = threading.Thread(target=lambda: seen.append(1))
        thread.start()
        thread.join()
        return len(seen)

    assert told(count, Permissions()) == "1"  # OpenBLAS and libheif start some


def test_a_machine_without_walls_still_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cage, "lacking", lambda: ("landlock", "seccomp"))
    assert told(lambda: 42, Permissions()) == "42"


def test_without_seccomp_a_child_can_start_only_so_many_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cage, "lacking", lambda: ("seccomp",))
    most = int(told(lambda: resource.getrlimit(resource.RLIMIT_NPROC)[0], Permissions()))
    assert most <= cage._crowd() + cage.SPARE
