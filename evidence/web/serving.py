"""The server: one process of uvicorn over the application.

By default it listens on this machine alone, without TLS; for others to come in it needs a certificate and key of its
own, or a proxy before it that has them (then it still listens on this machine alone). Plain HTTP to others must be
asked for by name: passwords would cross the network in the open.
"""

from __future__ import annotations

import gc
import ipaddress
import socket
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn
from fastapi import FastAPI

from evidence.config import Settings
from evidence.errors import UsageError
from evidence.web.app import create_app
from evidence.web.event_hub import EventHub
from evidence.web.unread_body import UnreadBody

HOST, PORT = "127.0.0.1", 8615
GRACE = 3  # seconds that open streams are waited for when the server is asked to end
KEEP_ALIVE = 65  # seconds; longer than a proxy's, so that the proxy closes first


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the server listens. ``certificate`` and ``key``: PEM files; ``insecure``: plain HTTP to others, on purpose;
    ``proxies``: addresses whose word counts on who asked and by TLS or not."""

    host: str = HOST
    port: int = PORT
    certificate: Path | None = None
    key: Path | None = None
    insecure: bool = False
    proxies: str = "127.0.0.1,::1"

    @property
    def address(self) -> str:
        """What people type into their browser."""
        scheme = "https" if self.certificate else "http"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{self.port}/"


def check_listening(listening: Listening) -> None:
    """UsageError: passwords would cross the network in the open, or one of certificate and key is missing."""
    if (listening.certificate is None) != (listening.key is None):
        raise UsageError("serve-half-tls")
    for file in (listening.certificate, listening.key):
        if file is not None and not file.is_file():
            raise UsageError("serve-no-file", path=file)
    if not (is_own_machine(listening.host) or listening.certificate or listening.insecure):
        raise UsageError("serve-needs-tls", host=listening.host)


def is_own_machine(host: str) -> bool:
    """Whether only programs of this machine reach that address.

    >>> is_own_machine("127.0.0.1"), is_own_machine("localhost"), is_own_machine("::1"), is_own_machine("0.0.0.0")
    (True, True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve_archive(settings: Settings, listening: Listening) -> None:
    """Serves until SIGTERM or Ctrl-C; then no request begins, and after ``GRACE`` seconds none goes on."""
    check_listening(listening)
    app = create_app(settings, warm=True)
    config = uvicorn.Config(
        UnreadBody(app),
        host=listening.host,
        port=listening.port,
        ssl_certfile=listening.certificate,
        ssl_keyfile=listening.key,
        proxy_headers=True,
        forwarded_allow_ips=listening.proxies,
        server_header=False,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=KEEP_ALIVE,
    )
    _Server(config, app).run()


class _Server(uvicorn.Server):
    """Streams of events end as soon as the server is asked to: they would be waited for. What stands once it has begun,
    stays: it is not looked through for rings again and again, nor when the process ends (2 s of the processor)."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self.app = app

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        gc.collect()
        gc.freeze()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        events = getattr(self.app.state, "events", None)
        if isinstance(events, EventHub):
            events.close()
        super().handle_exit(sig, frame)
