"""The body of a request as a file on its way in: never whole in memory, whatever its size."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool

from evidence.model.receipt import UploadDraft
from evidence.web.visit import Visit

BLOCK = 1 << 20  # bytes that are written at once


async def take_in_stream(visit: Visit, unit: str, name: str) -> UploadDraft:
    """The body of that visit's request as a draft of the unit. UsageError: the name is none, the body empty or too
    large. ClientDisconnect: it broke off. Neither leaves anything behind."""
    uploads, by = visit.archive.uploads, visit.person.full_name
    with await run_in_threadpool(uploads.begin, unit, name, by, visit.scope) as writer:
        block = bytearray()
        async for piece in visit.request.stream():
            block += piece
            if len(block) >= BLOCK:
                await run_in_threadpool(writer.write, bytes(block))
                block.clear()
        if block:
            await run_in_threadpool(writer.write, bytes(block))
        return await run_in_threadpool(writer.finish)
