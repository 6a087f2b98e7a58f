"""A process that takes a first look at uploads for a server (``helper_process``).

    with UploadChecker(settings) as checker: fault = checker.check(file, "BC quy I.pdf")

Started with the first file and again where it ended; it reads one JSON line a file and answers with one.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from evidence.archive.uploads.first_look import look_at_upload
from evidence.config import Settings
from evidence.jobs.helper_process import HelperProcess, open_answers
from evidence.messages import Message


class UploadChecker:
    """One process for a server; requests of several threads wait for each other."""

    def __init__(self, settings: Settings) -> None:
        self._lock = threading.Lock()
        self._process = HelperProcess("evidence.jobs.upload_checker", settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._process.stop()

    def check(self, file: Path, name: str) -> Message | None:
        """Why the file cannot be read at all; None where nothing is known against it."""
        with self._lock:
            for _ in range(2):  # a process that ended in between is started again, once
                try:
                    return self._ask(file, name)
                except (OSError, ValueError):
                    self._process.stop()
        return None

    def _ask(self, file: Path, name: str) -> Message | None:
        sending, receiving = self._process.start()
        sending.write(json.dumps({"file": str(file), "name": name}).encode() + b"\n")
        answer = json.loads(receiving.readline())
        return Message(answer["code"], answer["params"]) if answer["code"] else None


def serve_looks(settings: Settings) -> None:
    """Looks at what is named on standard input until it ends."""
    out = open_answers()
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        fault = look_at_upload(Path(asked["file"]), asked["name"], settings)
        answer = {"code": fault.code, "params": dict(fault.params)} if fault else {"code": "", "params": {}}
        out.write(json.dumps(answer).encode() + b"\n")
        out.flush()


if __name__ == "__main__":
    serve_looks(Settings(home=Path(sys.argv[1])))
