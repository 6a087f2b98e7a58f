"""Processes of ours that a server talks to over pipes: it holds threads, and who opens a file must fork.

``HelperProcess`` is one that stays, ``ask_process`` starts one for a single request. What such a process answers goes
to ``open_answers``; a whole one of the second kind is ``answer_request``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, BinaryIO, Protocol, TypeVar

from evidence import codec
from evidence.config import Settings, load_settings
from evidence.errors import UsageError
from evidence.messages import Language

LONGEST = 240.0  # seconds of a single request; an annex of a hundred pages takes some twenty
_ONE_AT_A_TIME = threading.Lock()


class _Request(Protocol):
    @property
    def language(self) -> Language: ...


Request = TypeVar("Request", bound=_Request)


class HelperProcess:
    """The process of a module, as long as it lives; it ends with the server, which closes its input."""

    def __init__(self, module: str, settings: Settings) -> None:
        self._module, self._settings = module, settings
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> tuple[IO[bytes], IO[bytes]]:
        """Its input and output; it is started where it does not run."""
        process = self._process
        if process is None or process.poll() is not None:
            self.stop()
            command = [sys.executable, "-m", self._module, str(self._settings.home)]
            self._process = process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, start_new_session=True
            )
        if process.stdin is None or process.stdout is None:
            raise OSError("no pipe")
        return process.stdin, process.stdout

    def stop(self) -> None:
        """Kills it with its child, which dies with its parent."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        process.wait()


def ask_process(module: str, settings: Settings, request: bytes, longest: float = LONGEST) -> bytes:
    """What that module's process, started for this alone, answers to the request. One at a time. UsageError: others are
    being read now, or this took too long, and was killed."""
    if not _ONE_AT_A_TIME.acquire(timeout=10):
        raise UsageError("set-files-busy")
    try:
        command = [sys.executable, "-m", module, str(settings.home)]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        ) as process:  # fmt: skip
            try:
                answer, _ = process.communicate(request, timeout=longest)
            except subprocess.TimeoutExpired:
                raise UsageError("set-files-slow", seconds=int(longest)) from None
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, 9)
        if process.returncode:
            raise UsageError("set-files-failed")
        return answer
    finally:
        _ONE_AT_A_TIME.release()


def answer_request(kind: type[Request], run: Callable[[Settings, Request], object]) -> None:
    """The whole of a process that ``ask_process`` starts: one request of that kind, one outcome."""
    out = open_answers()
    request = codec.decode(sys.stdin.buffer.read(), kind)
    outcome = run(load_settings(Path(sys.argv[1]), request.language.value), request)
    out.write(codec.encode(outcome))
    out.close()


def open_answers() -> BinaryIO:
    """Where answers go, in the process that gives them. What a library prints from now on is no answer: it goes to
    standard error."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return out
