"""A bucket of an object store, spoken with through a process of ours: this one may have to fork, and then holds no
threads.

Every method raises ArchiveError where the store does not answer, refuses, or fails.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

from evidence.errors import ArchiveError

MODULE = "evidence.store.objects.bucket_process"


class Bucket:
    """The objects below one address. The process ends with this one, which closes its input: not with the thread that
    started it, as the system's own signal would have it. ``home``: the archive's folder, for what people are told."""

    def __init__(self, url: str, home: Path) -> None:
        self.url = url
        self._home = home
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def put_once(self, name: str, file: Path) -> None:
        """Puts the file under that name where there is none yet; when this returns, it is durable."""
        self._ask("put", name, str(file))

    def holds(self, name: str) -> bool:
        """Whether there is an object of that name."""
        return bool(self._ask("holds", name)["here"])

    def fetch(self, name: str, file: Path) -> bool:
        """Writes the object into that file; False where there is none."""
        return bool(self._ask("fetch", name, str(file))["here"])

    def list_objects(self, folder: str = "") -> list[tuple[str, float]]:
        """The name of each, or of those below that folder, and when it was put (seconds since 1970)."""
        objects = self._ask("list", folder)["objects"]
        return [(str(name), float(at)) for name, at in objects] if isinstance(objects, list) else []

    def remove(self, name: str) -> None:
        """Removes the object of that name."""
        self._ask("remove", name)

    def close(self) -> None:
        """Ends the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        process.wait()

    def _ask(self, *request: str) -> dict[str, object]:
        with self._lock:
            try:
                answer = self._answer(json.dumps(request))
            except (OSError, ValueError) as error:
                self.close()
                raise self._fault(str(error)) from error
        if "fault" in answer:
            raise self._fault(str(answer["fault"]))
        return answer

    def _answer(self, request: str) -> dict[str, object]:
        process = self._process
        if process is None or process.poll() is not None:
            self.close()
            self._process = process = _start(self.url)
        if process.stdin is None or process.stdout is None:
            raise OSError("no pipe")
        process.stdin.write(request + "\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        if not isinstance(answer, dict):
            raise TypeError(f"{answer!r}")
        return answer

    def _fault(self, detail: str) -> ArchiveError:
        return ArchiveError("archive-bucket", "archive-bucket-hint", home=self._home, url=self.url, detail=detail)


def _start(url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", MODULE, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
