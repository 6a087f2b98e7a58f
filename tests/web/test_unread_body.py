"""What is answered before its body was read: the answer arrives whole, and what comes after it ends in bounded time."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send

from evidence.config import Settings
from evidence.web import unread_body
from evidence.web.unread_body import UnreadBody
from tests.web.test_serving import connect, find_free_port

ROOT = Path(__file__).resolve().parents[2]
POST: Scope = {"type": "http", "headers": [(b"content-length", b"3000")]}
REFUSAL: list[Message] = [
    {"type": "http.response.start", "status": 403, "headers": []},
    {"type": "http.response.body", "body": b"no"},
]


async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
    for message in REFUSAL:
        await send(message)


def answer(scope: Scope, receive: Receive) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        async with asyncio.timeout(5):
            await UnreadBody(refuse)(scope, receive, send)

    asyncio.run(run())
    return sent


def give(pieces: list[Message], then: Callable[[], Awaitable[Message]]) -> Receive:
    async def receive() -> Message:
        return pieces.pop(0) if pieces else await then()

    return receive


async def never() -> Message:
    await asyncio.Event().wait()
    raise AssertionError


async def dribble() -> Message:
    await asyncio.sleep(0.02)
    return {"type": "http.request", "body": b"x", "more_body": True}


def more(last: bool = False) -> Message:
    return {"type": "http.request", "body": b"x" * 1000, "more_body": not last}


def test_the_answer_is_out_before_the_rest_is_taken_in() -> None:
    pieces = [more(), more(), more(last=True)]
    sent = answer(POST, give(pieces, never))
    assert not pieces, "the whole body is taken in before the connection may end"
    assert [message.get("more_body", False) for message in sent] == [False, True, False]
    assert b"".join(message.get("body", b"") for message in sent) == b"no"


@pytest.mark.parametrize("then", [never, dribble])
def test_whoever_stops_or_never_ends_is_cut_off(
    then: Callable[[], Awaitable[Message]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unread_body, "NEXT_WAIT", 0.1)
    monkeypatch.setattr(unread_body, "WHOLE_WAIT", 0.3)
    assert answer(POST, give([more()], then))[-1] == {"type": "http.response.body", "body": b"", "more_body": False}


def test_a_connection_that_is_gone_is_not_waited_for() -> None:
    assert len(answer(POST, give([{"type": "http.disconnect"}], never))) == 3


@pytest.mark.parametrize("headers", [[], [(b"content-length", b"0")]])
def test_nothing_is_waited_for_where_nothing_comes(headers: list[tuple[bytes, bytes]]) -> None:
    assert answer({"type": "http", "headers": headers}, never) == REFUSAL


@pytest.mark.slow
@pytest.mark.parametrize("size", [30_000_000, 300_000_000])
def test_a_refusal_arrives_on_a_connection_that_ends_with_it(settings: Settings, size: int) -> None:
    """As nginx asks for it by default: the sender writes its whole body before it looks at the answer."""
    port = find_free_port()
    command = [sys.executable, "-m", "evidence", "--home", str(settings.home), "serve", "--no-worker"]
    server = subprocess.Popen([*command, "--port", str(port)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        with connect(port, server) as sender:
            head = ("POST /nop/tep?ten=1.2/a.bin HTTP/1.1", "Host: x", "Connection: close", f"Content-Length: {size}")
            sender.sendall("\r\n".join((*head, "", "")).encode())
            for _ in range(size // 1_000_000):
                sender.sendall(bytes(1_000_000))
            sender.shutdown(socket.SHUT_WR)
            assert b" 401 " in sender.recv(4096)
    finally:
        server.terminate()
        server.wait(20)
