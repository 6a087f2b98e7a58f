"""The served process killed while a program hands files in by HTTP: every receipt that was given is there with its
file, and after a day nothing of what was cut off. ``make disasters`` kills fifty times."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING
from evidence.archive.uploads.uploads import Uploads
from evidence.config import Settings
from evidence.store.store import Store

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("EVIDENCE_KILLS", "1"))
PADDING = " đáp ứng tiêu chí" * 20_000  # 480 kB: a file takes long enough to be cut off
PROGRAM = """
import sys
from pathlib import Path
import uvicorn
from evidence.config import Settings
from evidence.web.app import create_app
uvicorn.run(create_app(Settings(home=Path(sys.argv[1]))), port=int(sys.argv[2]), log_level="error")
"""


@pytest.mark.slow
def test_every_receipt_s_file_is_there_after_the_server_was_killed(settings: Settings) -> None:
    with Archive.open(settings) as archive:
        account = next(each for each in archive.accounts.list_accounts() if each.name == "sxd")
        token = archive.accounts.make_access_token(account, "thử", 1)
    told, chance = [], random.Random(615)
    for kill in range(KILLS):
        told += hand_in_until_killed(settings, token, kill, chance.uniform(0.0, 0.8))
    with Store.open(settings.home) as store:
        uploads = Uploads(store, settings)
        received = [file.sha256 for receipt in uploads.list_receipts(EVERYTHING) for file in receipt.files]
        assert told and set(told) <= set(received)
        for sha256 in received:
            assert hashlib.sha256(store.originals.path(sha256).read_bytes()).hexdigest() == sha256
        later = Uploads(store, settings, lambda: time.time() + 86_500)
        later.sweep()
        assert [path.name for path in (settings.home / "tmp").iterdir() if path.name.startswith("staged-")] == []
        print(f"{KILLS} kills, {len(told)} receipts told, {len(received)} there")
    with Archive.open(settings) as archive:
        assert archive.verify() == ()


def hand_in_until_killed(settings: Settings, token: str, kill: int, seconds: float) -> list[str]:
    """The hashes of which receipts came back before the server was killed, so long after the first of them."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", PROGRAM, str(settings.home), str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    told: list[str] = []
    try:
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers={"Authorization": f"Bearer {token}"}, timeout=60
        ) as client:
            wait_for(client, process)
            for number in range(10_000):
                content = f"Kế hoạch {kill} {number}{PADDING}".encode()
                answer = client.post("/api/tai-lieu", params={"ten": f"1.1/{kill}-{number}.txt"}, content=content)
                assert answer.status_code == 201, answer.text
                told.append(str(answer.json()["files"][0]["sha256"]))
                if number == 0:
                    threading.Timer(seconds, process.kill).start()
    except httpx.TransportError:
        assert process.wait(10) == -signal.SIGKILL and told
    finally:
        process.kill()
    return told


def wait_for(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the server ended"
        try:
            client.get("/dang-nhap")
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("nobody answers")
