"""A large upload goes to the disk as it comes: the server's memory does not grow with it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from evidence.config import Settings
from tests.support.service import PASSWORD, read_csrf
from tests.web.test_serving import ROOT, connect, find_free_port

MEGABYTES = 199  # the most that is taken is 200
MORE = 20_000  # kB of the server's memory


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="a process's peak is read from Linux' /proc")
def test_an_upload_costs_no_memory(settings: Settings) -> None:
    """As the page's script sends it, and as the plain form without scripts does."""
    port = find_free_port()
    command = [sys.executable, "-m", "evidence", "--home", str(settings.home), "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        connect(port, process).close()
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
            token = read_csrf(client.get("/dang-nhap").text)
            client.post("/dang-nhap", data={"name": "sxd", "password": PASSWORD, "csrf": token})
            client.headers["X-CSRF-Token"] = read_csrf(client.get("/tai-khoan").text)
            for way in ("stream", "form"):
                read_peak(process.pid)
                assert hand_in(client, way, 1).status_code in (200, 303)
                before = read_peak(process.pid)
                answer = hand_in(client, way, MEGABYTES)
                assert answer.status_code in (200, 303), answer.text
                more = read_peak(process.pid) - before
                print(f"{MEGABYTES} MB by {way}: {more} kB more memory")
                assert more <= MORE
    finally:
        process.terminate()
        process.wait(60)


def hand_in(client: httpx.Client, way: str, megabytes: int) -> httpx.Response:
    """A file of so many MB that is no document."""
    head, tail, kind = b"", b"", "application/octet-stream"
    if way == "form":
        head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="lon.bin"\r\n\r\n'
        tail, kind = b"\r\n--x--\r\n", "multipart/form-data; boundary=x"
    block = os.urandom(1_000_000)

    def pieces() -> Iterator[bytes]:
        yield head
        for _ in range(megabytes):
            yield block
        yield tail

    size = len(head) + megabytes * len(block) + len(tail)
    address = "/nop/tep?ten=1.2/lon.bin" if way == "stream" else "/nop"
    return client.post(address, content=pieces(), headers={"Content-Length": str(size), "Content-Type": kind})


def read_peak(pid: int) -> int:
    """The most memory that the process had since this was asked last, in kB."""
    status = Path(f"/proc/{pid}/status").read_text()
    Path(f"/proc/{pid}/clear_refs").write_text("5")
    match = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert match
    return int(match[1])
