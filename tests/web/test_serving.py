"""The server: whom it lets in, and that it ends when it is asked to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from evidence.config import Settings
from evidence.errors import UsageError
from evidence.web.serving import Listening, check_listening
from tests.support.service import PASSWORD, read_csrf

ROOT = Path(__file__).resolve().parents[2]
# A server with a stream that never ends, as a page's stream of events.
PROGRAM = """
import itertools, sys, time
from pathlib import Path
from fastapi.responses import StreamingResponse
from evidence.config import Settings
from evidence.model.account import Capability
from evidence.web import app, serving
from evidence.web.pages import ROUTERS
from evidence.web.routing import PageRouter
endless = PageRouter()
@endless.get("/mai", Capability.PUBLIC)
async def stream() -> StreamingResponse:
    async def lines():
        import asyncio
        while True:
            yield b"data: x\\n\\n"
            await asyncio.sleep(0.1)
    return StreamingResponse(lines(), media_type="text/event-stream")
serving.create_app = lambda settings, **more: app.create_app(settings, (*ROUTERS, endless), **more)
serving.serve_archive(Settings(home=Path(sys.argv[1])), serving.Listening(port=int(sys.argv[2])))
"""


@pytest.mark.parametrize(
    ("listening", "code"),
    [
        (Listening(host="0.0.0.0"), "serve-needs-tls"),
        (Listening(host="192.168.1.5"), "serve-needs-tls"),
        (Listening(certificate=Path("a.pem")), "serve-half-tls"),
        (Listening(certificate=Path("khong-co.pem"), key=Path("khong-co.key")), "serve-no-file"),
    ],
)
def test_passwords_do_not_cross_the_network_in_the_open(listening: Listening, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_listening(listening)
    assert caught.value.message.code == code


def test_what_is_let_in(tmp_path: Path) -> None:
    for name in ("a.pem", "a.key"):
        (tmp_path / name).write_text("x")
    for listening in (
        Listening(), Listening(host="::1"), Listening(host="localhost"), Listening(host="0.0.0.0", insecure=True),
        Listening(host="0.0.0.0", certificate=tmp_path / "a.pem", key=tmp_path / "a.key"),
    ):  # fmt: skip
        check_listening(listening)


@pytest.mark.slow
def test_it_ends_in_five_seconds_with_a_stream_open(settings: Settings) -> None:
    port = find_free_port()
    command = [sys.executable, "-c", PROGRAM, str(settings.home), str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        stream = connect(port, process)
        stream.sendall(b"GET /mai HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200 OK" in stream.recv(4096)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        assert time.monotonic() - began < 5
        stream.close()
    finally:
        process.kill()


@pytest.mark.slow
def test_it_ends_at_once_with_people_at_the_events(settings: Settings) -> None:
    """Streams of events end when the server is asked to: nobody waits for them to be broken off."""
    port = find_free_port()
    command = [sys.executable, "-m", "evidence", "--home", str(settings.home), "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        connect(port, process).close()
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            token = read_csrf(client.get("/dang-nhap").text)
            client.post("/dang-nhap", data={"name": "hoa", "password": PASSWORD, "csrf": token})
            with client.stream("GET", "/su-kien") as stream:
                lines = stream.iter_lines()
                assert stream.status_code == 200 and next(lines) == "retry: 1000"
                began = time.monotonic()
                process.send_signal(signal.SIGTERM)
                assert "" in list(lines), "the stream ends whole"
                process.wait(10)
                assert time.monotonic() - began < 5
    finally:
        process.kill()


def find_free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def connect(port: int, process: subprocess.Popen[bytes]) -> socket.socket:
    for _ in range(300):
        assert process.poll() is None, "the server ended"
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=20)
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not answer")
