"""Files taken as they arrive below watched folders, for ever.

A look goes through the folders as ``walk`` does and notes each file's stamp (``file_stamps``). A file whose stamp is
the same in two looks at least ``SETTLE`` seconds apart has settled: it is offered, once, and again only when its stamp
changes. So a file that is still being copied waits, one that is replaced is taken again, and what is remembered is
what lies there now, nothing more. When to look is said by a process of its own that listens to the system
(``ingest.sources.watcher``); where that cannot be (network drives, no inotify) looks come by the clock alone.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from types import TracebackType

from evidence.errors import UsageError
from evidence.ingest.sources.walk import OfferedFile
from evidence.store.file_stamps import Stamp, read_stamp

SETTLE = 2.0  # seconds without a change; a slow scanner's pauses within one file stay under one second
QUIET = 60.0  # seconds between looks where the system says nothing: events of network drives never come
POLL = 5.0  # the same where nobody listens
SHARE = 10  # a look may take a tenth of the time: the next comes no sooner than ten times its length


class ChangeListener:
    """The listening process. ``wait`` ends when something changed or the time is over."""

    def __init__(self, folders: Iterable[Path]) -> None:
        command = [sys.executable, "-m", "evidence.ingest.sources.watcher", str(os.getpid()), *map(str, folders)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for us; we end it
        )

    def __enter__(self) -> ChangeListener:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    @property
    def listening(self) -> bool:
        """Whether the process lives."""
        return self._process.poll() is None

    def wait(self, seconds: float) -> None:
        """Returns when something changed, or after that long."""
        pipe = self._process.stdout
        if pipe is None or not self.listening:
            time.sleep(seconds)
            return
        if select.select([pipe], [], [], seconds)[0] and not os.read(pipe.fileno(), 1 << 16):
            time.sleep(min(seconds, POLL))  # it has just ended


def watch_folders(
    offered: Callable[[], Iterable[OfferedFile]], folders: Iterable[Path], settle: float = SETTLE
) -> Generator[tuple[OfferedFile, ...], None, None]:
    """Lots of files that have settled, as they do; never ends. ``offered`` walks the folders anew.

    Where a folder is gone for a while (a network drive), what is known stays known, and looks go on.
    """
    state = _FolderState(settle)
    with ChangeListener(folders) as listener:
        while True:
            began = time.monotonic()
            try:
                lot = tuple(state.settled(offered()))
            except UsageError:
                lot = ()
            if lot:
                yield lot
            took = time.monotonic() - began
            pause = settle if state.waiting else (QUIET if listener.listening else POLL)
            time.sleep(min(took * SHARE, QUIET) if not lot else 0.0)
            listener.wait(pause)


class _FolderState:
    """What lies there: each file's stamp, since when it is so, and whether it was offered like that."""

    def __init__(self, settle: float) -> None:
        self._settle = settle
        self._seen: dict[bytes, tuple[str, float, bool]] = {}
        self.waiting = False

    def settled(self, offered: Iterable[OfferedFile]) -> list[OfferedFile]:
        """One look: the files that have settled since the last one."""
        now = time.monotonic()
        lots: dict[bytes, tuple[Stamp, list[OfferedFile]]] = {}  # a file may stand in several rows of a manifest
        for file in offered:
            stamp = read_stamp(file.path)
            if stamp is not None:
                lots.setdefault(stamp.path, (stamp, []))[1].append(file)
        there: dict[bytes, tuple[str, float, bool]] = {}
        ready: list[OfferedFile] = []
        for path, (stamp, lot) in lots.items():
            text, since, is_offered = self._seen.get(path, (stamp.text, now, False))
            if text != stamp.text:
                since, is_offered = now, False
            if not is_offered and now - since >= self._settle:
                is_offered = True
                ready += lot
            there[path] = (stamp.text, since, is_offered)
        self._seen = there
        self.waiting = any(not is_offered for _, _, is_offered in there.values())
        return ready
