"""Sự kiện: the stream of events that one tab of a browser listens to for all, and who looks at what."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form
from fastapi.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from evidence.model.account import Capability
from evidence.web.error_pages import page_not_found
from evidence.web.event_hub import EventHub
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit

router = PageRouter()
STREAM = "text/event-stream"
ITEM_LETTERS = 200
HEADERS = {"X-Accel-Buffering": "no"}  # a proxy hands each line on at once


@router.get("/su-kien", Capability.SIGNED_IN)
async def stream_events(visit: CurrentVisit, mot: bool = False) -> Response:
    """``jobs`` and ``findings`` with the code of a unit where something changed, ``people`` with who else looks at
    what. ``mot``: what is known now and no more. 204 tells a browser that has enough streams to ask for no more."""
    hub = _hub(visit)
    if mot:
        return PlainTextResponse(await hub.tell_once(visit.person, visit.scope), media_type=STREAM)
    if not hub.has_room(visit.person):
        return Response(status_code=204)
    return StreamingResponse(hub.listen(visit.person, visit.scope), media_type=STREAM, headers=HEADERS)


@router.post("/su-kien/dang-xem", Capability.APPRAISE)
def tell_presence(visit: CurrentVisit, muc: Annotated[str, Form()] = "", sua: Annotated[str, Form()] = "") -> Response:
    """This person looks at that item, or edits it (``sua``); who else does. It warns, it locks nothing."""
    unit, _, requirement = muc.partition("/")
    if not requirement or len(muc) > ITEM_LETTERS or not visit.scope.sees(unit):
        raise page_not_found()
    hub = _hub(visit)
    hub.note_presence(visit.person, muc, bool(sua))
    return JSONResponse({"others": hub.list_others(visit.person, visit.scope).get(muc, [])})


def _hub(visit: Visit) -> EventHub:
    hub: EventHub = visit.request.app.state.events
    return hub
