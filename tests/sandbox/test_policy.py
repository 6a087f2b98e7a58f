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
from evidence.sandbox import policy
from evidence.sandbox.policy import Permissions
from evidence.sandbox.pool import Pool
from evidence.sandbox.task import Task

needs_landlock = pytest.mark.skipif("landlock" in policy.missing_mechanisms(), reason="this kernel has no Landlock")
needs_seccomp = pytest.mark.skipif("seccomp" in policy.missing_mechanisms(), reason="seccomp or libseccomp2 is missing")


def run_in_child(stub: Callable[[], object], permissions: Permissions) -> str:
    """What the stub gave back in a child, or the name of the error it met."""

    def run() -> bytes:
        try:
            return str(stub()).encode()
        except Exception as error:
            return type(error).__name__.encode()

    with Pool(1, Limits()) as pool:
        pool.start(Task(None, run, 10, permissions))
        (reply,) = pool.wait()
    assert reply.data is not None, reply.failure
    return reply.data.decode()


@needs_landlock
def test_reads_its_input_and_not_its_neighbour(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine.pdf", tmp_path / "other.pdf"
    for file in (mine, other):
        file.write_text("x")
    assert run_in_child(mine.read_text, Permissions(reads=(mine,))) == "x"
    assert run_in_child(other.read_text, Permissions(reads=(mine,))) == "PermissionError"
    assert run_in_child(lambda: list(tmp_path.iterdir()), Permissions(reads=(mine,))) == "PermissionError"
    assert run_in_child(Path("/etc/passwd").read_text, Permissions()) == "PermissionError"
    assert run_in_child(lambda: list(Path.home().iterdir()), Permissions()) == "PermissionError"


@needs_landlock
def test_writes_into_its_scratch_folder_only(tmp_path: Path) -> None:
    scratch, input_file = tmp_path / "scratch", tmp_path / "a.pdf"
    scratch.mkdir()
    input_file.write_text("x")
    permissions = Permissions((input_file,), (scratch,))
    assert run_in_child(lambda: (scratch / "1.png").write_text("page"), permissions) == "4"
    assert run_in_child(lambda: (tmp_path / "b.txt").write_text("no"), permissions) == "PermissionError"
    assert run_in_child(lambda: input_file.write_text("no"), permissions) == "PermissionError"
    assert run_in_child(input_file.unlink, permissions) == "PermissionError"
    assert input_file.read_text() == "x"


@needs_seccomp
@pytest.mark.parametrize("programs", [(), ("true",)])
def test_no_network(programs: tuple[str, ...]) -> None:
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
        assert (
            run_in_child(lambda family=family: socket.socket(family), Permissions(programs=programs))
            == "PermissionError"
        )


@needs_seccomp
def test_no_process_where_no_program_is_named() -> None:
    assert run_in_child(os.fork, Permissions()) in ("PermissionError", "BlockingIOError")
    assert run_in_child(lambda: subprocess.run(["true"], check=True), Permissions()) in (
        "PermissionError",
        "BlockingIOError",
    )
    assert run_in_child(lambda: os.execv("/bin/true", ["true"]), Permissions()) == "PermissionError"


@needs_landlock
def test_starts_exactly_the_program_named() -> None:
    permissions = Permissions(programs=("true",))
    assert run_in_child(lambda: subprocess.run(["true"], check=True).returncode, permissions) == "0"
    assert run_in_child(lambda: subprocess.run(["sh", "-c", "true"], check=True), permissions) == "PermissionError"
    assert run_in_child(lambda: subprocess.run(["/usr/bin/env"], check=True), permissions) == "PermissionError"


@needs_landlock
def test_signals_nobody_outside() -> None:
    if policy.landlockpy.abi_version() < 6:
        pytest.skip("Landlock of this kernel does not hold signals back (ABI 6)")
    parent = os.getpid()
    assert run_in_child(lambda: os.kill(parent, 0), Permissions(programs=("true",))) == "PermissionError"


def test_threads_are_no_processes() -> None:
    def count() -> int:
        seen: list[int] = []
        thread = threading.Thread(target=lambda: seen.append(1))
        thread.start()
        thread.join()
        return len(seen)

    assert run_in_child(count, Permissions()) == "1"  # OpenBLAS and libheif start some


def test_a_machine_without_walls_still_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "missing_mechanisms", lambda: ("landlock", "seccomp"))
    assert run_in_child(lambda: 42, Permissions()) == "42"


def test_without_seccomp_a_child_can_start_only_so_many_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "missing_mechanisms", lambda: ("seccomp",))
    most = int(run_in_child(lambda: resource.getrlimit(resource.RLIMIT_NPROC)[0], Permissions()))
    assert most <= policy._count_user_processes() + policy.SPARE_PROCESSES
