"""An answer that is given before the body of its request has been read, comes through all the same.

A refused upload (too large, an old page, nobody signed in) is answered at its head, while the file is still on its way.
Where the connection ends with that answer (a proxy asks for it with every request), closing it over bytes that nobody
has read resets it, and the system throws the answer away with them: a proxy then says 502 where the person should have
read why. So the answer goes out whole, and what still comes is taken in and thrown away until it ends, until nothing
comes any more, or for as long as ``WHOLE_WAIT``: nginx's ``lingering_close``, with its times.
"""

from __future__ import annotations

from asyncio import timeout

from starlette.types import ASGIApp, Message, Receive, Scope, Send

WHOLE_WAIT, NEXT_WAIT = 30.0, 5.0  # seconds, of all that still comes and of its next piece: nginx's defaults


class UnreadBody:
    """Plain ASGI around the whole application, so that what answers for its failures is inside."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not has_body(scope):
            await self.app(scope, receive, send)
            return
        ended = False

        async def receive_watched() -> Message:
            nonlocal ended
            message = await receive()
            ended = ended or not message.get("more_body", False)  # a connection that is gone brings no more either
            return message

        async def send_then_read(message: Message) -> None:
            last = message["type"] == "http.response.body" and not message.get("more_body", False)
            if not last or ended:
                await send(message)
                return
            await send({**message, "more_body": True})
            try:
                async with timeout(WHOLE_WAIT):
                    while not ended:
                        async with timeout(NEXT_WAIT):
                            await receive_watched()
            except TimeoutError:
                pass  # whoever goes on sending is cut off
            await send({"type": "http.response.body", "body": b"", "more_body": False})

        await self.app(scope, receive_watched, send_then_read)


def has_body(scope: Scope) -> bool:
    """Whether the request says that it brings one."""
    headers: dict[bytes, bytes] = dict(scope["headers"])
    return headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers
