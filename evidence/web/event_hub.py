"""The events of all pages: one look at the archive a second for everybody together, and only while somebody listens.

A stream is told the names of units that its person sees, and who else looks at what (``people``: appraisers alone).
Streams end by themselves after ``LONGEST``: the browser comes again, and the guard asks anew who that is.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool

from evidence.archive.live_state.live_state import LiveSnapshot, list_changes
from evidence.archive.search.archive_search import Scope
from evidence.errors import EvidenceError
from evidence.model.account import Account, Capability

PAUSE = 1.0  # seconds between two looks
QUIET = 15.0  # seconds after which an empty line shows proxies that the stream lives
LONGEST = 120.0  # seconds
AWAY = 90.0  # seconds after which somebody who was not heard of looks no longer
MOST_STREAMS = 6  # of one account: a browser needs one


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody at an item (``unit/requirement``); ``at``: by the monotonic clock."""

    name: str
    item: str
    edits: bool
    at: float


@dataclass(eq=False, slots=True)
class _Listener:
    account: Account
    scope: Scope
    people: str = ""
    queue: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue)


class EventHub:
    """``look``: how things stand in the archive; called in a thread."""

    def __init__(self, look: Callable[[], LiveSnapshot]) -> None:
        self._look = look
        self._listeners: set[_Listener] = set()
        self._people: dict[int, Presence] = {}
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    def close(self) -> None:
        """Ends every stream at once; called in the server's own thread."""
        self._closed = True
        for listener in self._listeners:
            listener.queue.put_nowait(None)
        if self._task is not None:
            self._task.cancel()

    def has_room(self, account: Account) -> bool:
        """Whether that account may open another stream."""
        count = sum(1 for listener in self._listeners if listener.account.id == account.id)
        return not self._closed and count < MOST_STREAMS

    # --- who looks at what ------------------------------------------------------------------------------------------

    def note_presence(self, account: Account, item: str, edits: bool) -> None:
        """That person looks at that item now, or edits it."""
        self._people[account.id] = Presence(account.full_name, item, edits, time.monotonic())

    def list_others(self, account: Account, scope: Scope) -> dict[str, list[tuple[str, bool]]]:
        """Item -> who else is there, and whether they edit it; nothing for who appraises nothing."""
        if not account.can(Capability.APPRAISE):
            return {}
        now = time.monotonic()
        others: dict[str, list[tuple[str, bool]]] = {}
        for number, each in sorted(self._people.copy().items()):
            if number != account.id and now - each.at < AWAY and scope.sees(each.item.partition("/")[0]):
                others.setdefault(each.item, []).append((each.name, each.edits))
        return others

    # --- streams ----------------------------------------------------------------------------------------------------

    async def listen(self, account: Account, scope: Scope) -> AsyncIterator[str]:
        """The lines of a stream, until it has lasted long enough, or the server ends."""
        listener = _Listener(account, scope)
        self._listeners.add(listener)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._watch())
        end = time.monotonic() + LONGEST
        try:
            yield "retry: 1000\n\n"
            while not self._closed and time.monotonic() < end:
                try:
                    line = await asyncio.wait_for(listener.queue.get(), QUIET)
                except TimeoutError:
                    line = ": \n\n"
                if line is None:
                    return
                yield line
        finally:
            self._listeners.discard(listener)

    async def tell_once(self, account: Account, scope: Scope) -> str:
        """Everything that may be told now, as one stream: for whoever asks now and then."""
        snapshot = await run_in_threadpool(self._look)
        return "".join(_write_changes(LiveSnapshot(), snapshot, scope)) + self._write_people(account, scope)

    async def _watch(self) -> None:
        """Looks, and tells; until nobody listens. Where the archive cannot be read, it is looked at again."""
        before: LiveSnapshot | None = None
        while self._listeners and not self._closed:
            try:
                after = await run_in_threadpool(self._look)
            except EvidenceError:
                await asyncio.sleep(PAUSE)
                continue
            for listener in tuple(self._listeners):
                for line in _write_changes(before, after, listener.scope) if before is not None else ():
                    listener.queue.put_nowait(line)
                people = self._write_people(listener.account, listener.scope)
                if people != listener.people:
                    listener.people = people
                    listener.queue.put_nowait(people or _write_event("people", "{}"))
            before = after
            await asyncio.sleep(PAUSE)

    def _write_people(self, account: Account, scope: Scope) -> str:
        others = self.list_others(account, scope)
        return _write_event("people", json.dumps(others, ensure_ascii=False)) if others else ""


def _write_changes(before: LiveSnapshot, after: LiveSnapshot, scope: Scope) -> list[str]:
    return [_write_event(change.name, change.unit) for change in list_changes(before, after, scope)]


def _write_event(name: str, data: str) -> str:
    """An event as it goes over the wire; the data holds no line's end."""
    return f"event: {name}\ndata: {' '.join(data.splitlines())}\n\n"
