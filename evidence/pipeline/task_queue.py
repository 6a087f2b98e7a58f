"""The tasks that wait for a child, in the order in which they are started."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heappop, heappush
from itertools import count

from evidence.pipeline.state import URGENCY, TaskKey
from evidence.sandbox.pool import Pool
from evidence.sandbox.task import Task


class TaskQueue:
    """Tasks of the oldest file come first, and of that file's what ends it first."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._heap: list[tuple[tuple[int, int], int, Task]] = []
        self._order = count()

    @property
    def has_room(self) -> bool:
        """Whether children are free that no waiting task will take."""
        return self._pool.free > len(self._heap)

    def add(self, tasks: Iterable[Task]) -> None:
        """Puts them among those that wait."""
        for task in tasks:
            assert isinstance(task.key, TaskKey)
            urgency = (task.key.number, URGENCY[task.key.stage])
            heappush(self._heap, (urgency, next(self._order), task))

    def start(self) -> None:
        """Starts as many as there are free children."""
        while self._pool.free and self._heap:
            self._pool.start(heappop(self._heap)[2])
