"""How far the reading of a file is, told to whoever wants to know while it lasts.

with following_pages(listener): ... read files ...        # listener(sha256, pages done, pages in all)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

PageListener = Callable[[str, int, int], None]
_LISTENER: ContextVar[PageListener | None] = ContextVar("page_listener", default=None)


@contextmanager
def following_pages(listener: PageListener) -> Iterator[None]:
    """As long as the block lasts, ``listener`` is told of every page that was read. It must be quick."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def tell_pages(sha256: str, done: int, total: int) -> None:
    """Says that so many of the file's pages are read."""
    listener = _LISTENER.get()
    if listener is not None and total:
        listener(sha256, min(done, total), total)
