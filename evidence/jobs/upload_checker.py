"""A process that takes a first look at uploads for a server: the server holds threads, and who opens a file must fork.

    with UploadChecker(settings) as checker: fault = checker.check(file, "BC quy I.pdf")

Started with the first file and again where it ended; it reads one JSON line a file and answers with one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from evidence.archive.uploads.first_look import look_at_upload
from evidence.config import Settings
from evidence.messages import Message


class UploadChecker:
    """One process for a server; requests of several threads wait for each other."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._stop()

    def check(self, file: Path, name: str) -> Message | None:
        """Why the file cannot be read at all; None where nothing is known against it."""
        with self._lock:
            for _ in range(2):  # a process that ended in between is started again, once
                try:
                    return self._ask(file, name)
                except (OSError, ValueError):
                    self._stop()
        return None

    def _ask(self, file: Path, name: str) -> Message | None:
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "evidence.jobs.upload_checker", str(self._settings.home)]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        sending, receiving = self._process.stdin, self._process.stdout
        if sending is None or receiving is None:
            raise OSError("no pipe")
        sending.write(json.dumps({"file": str(file), "name": name}).encode() + b"\n")
        sending.flush()
        answer = json.loads(receiving.readline())
        return Message(answer["code"], answer["params"]) if answer["code"] else None

    def _stop(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()
        self._process = None


def serve_looks(settings: Settings) -> None:
    """Looks at what is named on standard input until it ends."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        fault = look_at_upload(Path(asked["file"]), asked["name"], settings)
        answer = {"code": fault.code, "params": dict(fault.params)} if fault else {"code": "", "params": {}}
        out.write(json.dumps(answer).encode() + b"\n")
        out.flush()


if __name__ == "__main__":
    serve_looks(Settings(home=Path(sys.argv[1])))
