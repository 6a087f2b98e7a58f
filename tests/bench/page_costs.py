"""What a page costs the server, page by page: the archive of ``tests.bench.people`` asked without a network.

    .venv/bin/python -m tests.bench.page_costs --home FOLDER [--page "hoa /tham-dinh?don-vi=S05"]

The application is called as uvicorn calls it, so no client is in the sum. Printed: the least and the middle of forty
requests, milliseconds of processor time of the process, of an archive on PostgreSQL with the least of the server's
processes for it; then by the clock the first and the least. The least is the better one where other programs run.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import re
import statistics
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, urlsplit

from fastapi import FastAPI

from evidence.cli.main import UNHURRIED
from evidence.config import Settings
from evidence.web.app import create_app
from tests.bench.server_time import find_backends, name_connections, read_processor_time
from tests.support.service import PASSWORD, use_cheap_passwords

REQUESTS = 40
FORM = "application/x-www-form-urlencoded"
PAGES = (
    "lanh /", "hoa /", "lanh /?xem=tieu-chi&linh-vuc=3", "hoa /tham-dinh",
    "hoa /tham-dinh?don-vi=S05&ket-luan=tat-ca&muc=S05/3.4/kh", "lanh /don-vi/S07", "s03 /don-vi/S03", "lanh /don-vi",
    "s03 /don-vi/S03/nam", "s03 /nop", "s03 /ke-hoach", "s03 /tai-khoan", "lanh /xep-hang", "lanh /vong",
    "lanh /bo-tieu-chi", "lanh /khao-sat", "lanh /tra-cuu", "lanh /viec-nen", "lanh /tra-cuu?q=cải cách hành chính",
    "s03 /tra-cuu?q=kế hoạch",
)  # fmt: skip
Event = MutableMapping[str, object]


@dataclass
class Visitor:
    """Somebody at the application's door, with the cookies they were given."""

    app: FastAPI
    cookies: dict[str, str]
    status: int = 0
    body: bytes = b""

    async def ask(self, address: str, form: str = "") -> None:
        """Asks for that page, or posts the form there."""
        url, self.body = urlsplit(address), b""
        headers = [("host", "testserver"), ("cookie", "; ".join(f"{name}={of}" for name, of in self.cookies.items()))]
        headers += [("content-type", FORM), ("content-length", str(len(form)))] if form else []
        scope: Event = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST" if form else "GET",
            "scheme": "https", "path": url.path, "raw_path": quote(url.path).encode(), "root_path": "", "state": {},
            "query_string": quote(url.query, safe="=&/%+").encode(), "client": ("127.0.0.1", 1),
            "server": ("testserver", 443), "headers": [(name.encode(), of.encode()) for name, of in headers],
        }  # fmt: skip
        told = False

        async def receive() -> Event:
            nonlocal told
            if told:
                await asyncio.Event().wait()  # nothing more comes
            told = True
            return {"type": "http.request", "body": form.encode(), "more_body": False}

        call: Callable[..., Awaitable[None]] = self.app
        await call(scope, receive, self._take)

    async def _take(self, event: Event) -> None:
        if event["type"] == "http.response.start":
            status, headers = event["status"], event["headers"]
            assert isinstance(status, int) and isinstance(headers, list)
            self.status = status
            given = [of.decode().split(";")[0].partition("=") for name, of in headers if name == b"set-cookie"]
            self.cookies |= {name: of for name, _, of in given}
        else:
            part = event.get("body", b"")
            assert isinstance(part, bytes)
            self.body += part


async def sign_in(app: FastAPI, name: str) -> Visitor:
    """That person, signed in."""
    visitor = Visitor(app, {})
    await visitor.ask("/dang-nhap")
    token = re.search(rb'name="csrf" content="([0-9a-f]{64})"', visitor.body)
    await visitor.ask("/dang-nhap", f"name={name}&password={quote(PASSWORD)}&csrf={token[1].decode() if token else ''}")
    return visitor


async def measure_pages(app: FastAPI, pages: list[str], requests: int, database: str | None) -> None:
    """Prints what each costs; a page is ``account address``."""
    async with app.router.lifespan_context(app):
        visitors = {name: await sign_in(app, name) for name in sorted({page.split()[0] for page in pages})}
        for page in pages:
            name, _, address = page.partition(" ")
            visitor, spent = visitors[name], []
            for _ in range(requests + 2):
                backends = find_backends(database)
                before, began = read_processor_time(backends), time.perf_counter()
                await visitor.ask(address)
                spent.append((read_processor_time(backends).since(before), time.perf_counter() - began))
            own, server = ([getattr(each, name) * 1000 for each, _ in spent[2:]] for name in ("own", "server"))
            clock = [seconds * 1000 for _, seconds in spent[2:]]
            told = f"{min(own):6.1f} {statistics.median(own):6.1f} ms" + (f" + {min(server):5.1f}" if backends else "")
            shown = f"{visitor.status} {len(visitor.body):7} bytes  {page}"
            print(f"{told}  first {spent[0][1] * 1000:5.0f}, least {min(clock):5.0f}  {shown}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--engine", default="tantivy")
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--page", action="append", default=[])
    options = parser.parse_args()
    gc.set_threshold(*UNHURRIED)  # as the server runs
    use_cheap_passwords()
    database = name_connections(options.home)
    settings = Settings(home=options.home, jobs=1, database=database)
    app = create_app(replace(settings, search_engine=options.engine))
    asyncio.run(measure_pages(app, options.page or list(PAGES), options.requests, database))


if __name__ == "__main__":
    main()
