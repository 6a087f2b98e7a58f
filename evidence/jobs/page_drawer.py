"""Processes that draw pages for a server while somebody waits: no job, no table, no pause between two looks.

    with PageDrawer(settings) as drawer: image = drawer.draw(PageImageRequest(file, media_type, page=1, width=1200))

Each process (``helper_process``) reads one JSON line a page on its standard input, draws it in a contained child, and
answers with its length and its bytes. Started with the first page (``warm``: before), and again where one ended or
took too long.
"""

from __future__ import annotations

import json
import os
import queue
import select
import struct
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from evidence.archive.page_images.drawing import PageImageRequest, draw_page, prepare_drawing
from evidence.config import Settings
from evidence.jobs.helper_process import HelperProcess, open_answers

MODULE = "evidence.jobs.page_drawer"
PROCESSES = 2  # a page that takes long holds up no other
PATIENCE = 10.0  # seconds that a request waits for a free process
LONGEST = 30.0  # seconds for a page by the clock; the child's own limit is of the processor's time
HEAD = struct.Struct(">Q")


class _DrawingProcess(HelperProcess):
    """One process; one page at a time."""

    def ask(self, request: PageImageRequest) -> bytes:
        """The picture; empty where there is none. OSError: the process ended, or took too long, and is stopped."""
        try:
            sending, receiving = self.start()
            sending.write(_encode(request))
            end, pipe = time.monotonic() + LONGEST, receiving.fileno()
            (size,) = HEAD.unpack(_read(pipe, HEAD.size, end))
            return _read(pipe, size, end)
        except OSError:
            self.stop()
            raise


class PageDrawer:
    """The processes of one server; threads that find none free wait for their turn."""

    def __init__(self, settings: Settings) -> None:
        self._processes = [_DrawingProcess(MODULE, settings) for _ in range(PROCESSES)]
        self._free: queue.LifoQueue[_DrawingProcess] = queue.LifoQueue()
        for process in reversed(self._processes):
            self._free.put(process)
        self._closed = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        for process in self._processes:
            process.stop()

    def warm(self) -> None:
        """Starts the processes before the first page is asked for: it takes most of a second."""
        for process in self._processes:
            process.start()

    def draw(self, request: PageImageRequest) -> bytes | None:
        """The page as WebP; empty where it cannot be drawn or takes too long, None where nobody was free to draw it."""
        try:
            process = self._free.get(timeout=PATIENCE)
        except queue.Empty:
            return None
        try:
            for _ in range(2):  # a process that ended in between is started again, once
                if self._closed.is_set():
                    return None
                began = time.monotonic()
                try:
                    return process.ask(request)
                except OSError:
                    if time.monotonic() - began >= LONGEST:
                        break
            return b""
        finally:
            self._free.put(process)


def _encode(request: PageImageRequest) -> bytes:
    line = {
        "file": str(request.file), "media_type": request.media_type, "page": request.page, "width": request.width,
        "rotation": request.rotation,
    }  # fmt: skip
    return json.dumps(line).encode() + b"\n"


def _read(pipe: int, size: int, end: float) -> bytes:
    """So many bytes. OSError: they do not come, or not in time."""
    ready, data = select.poll(), bytearray()
    ready.register(pipe, select.POLLIN)
    while len(data) < size:
        if not ready.poll(max(0.0, end - time.monotonic()) * 1000):
            raise TimeoutError
        piece = os.read(pipe, size - len(data))
        if not piece:
            raise BrokenPipeError("the process ended")
        data += piece
    return bytes(data)


def serve_pages(settings: Settings) -> None:
    """Draws what is named on standard input until it ends."""
    out = open_answers()
    prepare_drawing()
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        request = PageImageRequest(
            Path(asked["file"]), asked["media_type"], asked["page"], asked["width"], asked["rotation"]
        )
        image = draw_page(request, settings)
        out.write(HEAD.pack(len(image)) + image)
        out.flush()


if __name__ == "__main__":
    serve_pages(Settings(home=Path(sys.argv[1])))
