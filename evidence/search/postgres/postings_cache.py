"""Postings that were read, kept as long as the index stands still: the least used are forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock

from evidence.search.matching import Ids

KEPT = 64_000_000  # bytes
EACH = 200  # bytes of a key and what holds it


class PostingsCache:
    """For one index at a time; whatever is asked of another state of it makes it empty."""

    def __init__(self) -> None:
        self._state: tuple[int, int] | None = None
        self._kept: OrderedDict[str, Ids] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def find(self, state: tuple[int, int], keys: Iterable[str]) -> dict[str, Ids]:
        """What is kept of them."""
        with self._lock:
            if state != self._state:
                return {}
            held = {key: self._kept[key] for key in keys if key in self._kept}
            for key in held:
                self._kept.move_to_end(key)
            return held

    def keep(self, state: tuple[int, int], postings: Mapping[str, Ids]) -> None:
        with self._lock:
            if state != self._state:
                if self._state is not None and state < self._state:
                    return  # of a reader that began earlier
                self._state, self._bytes = state, 0
                self._kept.clear()
            for key, ids in postings.items():
                if key not in self._kept:
                    self._kept[key] = ids
                    self._bytes += ids.nbytes + EACH
            while self._bytes > KEPT:
                self._bytes -= self._kept.popitem(last=False)[1].nbytes + EACH
