"""A bucket of an object store, spoken with through a process of ours: this one may have to fork, and then holds no
threads.

Every method raises ArchiveError where the store does not answer, refuses, or fails.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

from evidence.errors import ArchiveError
from evidence.store.objects.faults import BucketFault

AWAY_SECONDS = 5.0  # that a store which did not answer is not asked again: who waits behind is told at once
OWNER = "evidence-archive.txt"  # the object that tells whose objects these are
PROBE = "evidence-try"
MODULE = "evidence.store.objects.bucket_process"


class Bucket:
    """The objects below one address. The process ends with this one, which closes its input: not with the thread that
    started it, as the system's own signal would have it. ``home``: the archive's folder, for what people are told."""

    def __init__(self, url: str, home: Path) -> None:
        self.url = url
        self._home = home
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._away: tuple[float, str] | None = None  # until when it is not asked, and what it said

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
        """The name of each, or of those below that folder, and when it was put (seconds since 1970); not that which
        tells whose they are."""
        objects = self._ask("list", folder)["objects"]
        listed = [(str(name), float(at)) for name, at in objects] if isinstance(objects, list) else []
        return [each for each in listed if each[0] != OWNER]

    def remove(self, name: str) -> None:
        """Removes the object of that name."""
        self._ask("remove", name)

    def claim(self, owner: str) -> str:
        """Writes down that the objects are that one's where nobody's name stands there; whose they are."""
        return str(self._ask("claim", OWNER, owner)["owner"])

    def take_over(self, owner: str) -> None:
        """The objects are that one's from now on, whoever's name stood there."""
        self._ask("replace", OWNER, owner)

    def try_rights(self) -> None:
        """ArchiveError where we may not write, read, list and remove there, or the store writes over what is there."""
        self._ask("try-rights", f"{PROBE}-{uuid.uuid4().hex}")

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
            if self._away is not None and time.monotonic() < self._away[0]:
                raise self._fault(BucketFault.AWAY, self._away[1])
            try:
                answer = self._answer(json.dumps(request))
            except (OSError, ValueError, TypeError) as error:
                self.close()
                raise self._fault(BucketFault.AWAY, str(error)) from error
            if "fault" not in answer:
                return answer
            kind, detail = BucketFault(str(answer["fault"])), str(answer["detail"])
            if kind is BucketFault.AWAY:
                self._away = (time.monotonic() + AWAY_SECONDS, detail)
        raise self._fault(kind, detail)

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

    def _fault(self, kind: BucketFault, detail: str) -> ArchiveError:
        hint = f"archive-bucket-{kind}-hint"
        return ArchiveError("archive-bucket", hint, home=self._home, url=self.url, detail=detail)


def _start(url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", MODULE, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
