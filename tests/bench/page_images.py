"""How long people wait for the picture of a page: drawn for the first time, and kept.

    .venv/bin/python -m tests.bench.page_images [--reading] [folder ...]

``evidence serve`` runs over an archive of the sample dossier, of made scans (300 dpi, colour, noise) and of the first
pages of the PDF and picture files of the folders named; a browser's requests, one after the other, by the clock.
``--reading``: while the worker reads a folder of scans beside it. The first request is sent once the server answers.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.model.assessment import Submission
from evidence.store.store import Store
from tests.bench.people import hand_in
from tests.support import papers, text_pipeline
from tests.support.service import DOSSIER, PASSWORD, fill_archive

ROOT = Path(__file__).resolve().parents[2]
TYPES = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".tif": "image/tiff"}
COLD, CACHED = 800, 50  # milliseconds, the bars


def make_scans(folder: Path, count: int) -> None:
    """Letters at 300 dpi in colour, with the noise of a scanner: as JPEG, as PNG, inside a PDF."""
    grey = np.asarray(papers.picture(300).convert("RGB"), dtype=np.int16)
    for at in range(count):
        noise = np.random.default_rng(at).normal(0, 6, grey.shape)
        image = Image.fromarray(np.clip(grey - 12 + noise, 0, 255).astype(np.uint8))
        ending = ("jpg", "png", "pdf")[at % 3]
        image.save(folder / f"scan{at:03}.{ending}", **({} if ending == "png" else {"quality": 85}), dpi=(300, 300))


def put_file(store: Store, file: Path) -> str:
    """Stores the file with a record of one page, unread; its hash."""
    content = text_pipeline.source(str(file), file.read_bytes())
    source = replace(content, path=f"SXD/1.1/{file.name}", media_type=TYPES[file.suffix.casefold()])
    document = replace(text_pipeline.document(f"Số: 1/BC-SXD {source.sha256}"), source=source)
    place = Submission(source.sha256, source.path, "SXD", "1.1")
    store.put(document, text_pipeline.record(document), file, [place])
    return source.sha256


def list_pages(home: Path) -> list[tuple[str, int]]:
    """Every page of the archive that can be drawn."""
    with Archive.open(Settings(home)) as archive:
        hashes = [file.name for file in sorted((home / "originals").rglob("*")) if file.is_file()]
        records = archive._store.records(hashes)
        return [
            (sha256, page.number)
            for sha256, record in records.items()
            if record.source.media_type in TYPES.values()
            for page in record.pages
        ]


class Browser:
    """Somebody signed in."""

    def __init__(self, address: str) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener, self.address = urllib.request.build_opener(jar), address

    def get(self, path: str) -> bytes:
        with self.opener.open(self.address + path, timeout=60) as answer:
            body: bytes = answer.read()
        return body

    def sign_in(self) -> None:
        token = re.search(rb'name="csrf" content="([0-9a-f]{64})"', self.get("/dang-nhap"))
        assert token
        fields = {"name": "lanh", "password": PASSWORD, "csrf": token[1].decode()}
        self.opener.open(f"{self.address}/dang-nhap", urllib.parse.urlencode(fields).encode()).close()

    def ask(self, sha256: str, page: int) -> float:
        """Milliseconds until the picture is here."""
        began = time.perf_counter()
        image = self.get(f"/van-ban/{sha256}/trang/{page}.webp")
        assert image[8:12] == b"WEBP" and len(image) <= 120_000
        return (time.perf_counter() - began) * 1000


def tell(name: str, spent: list[float], bar: int) -> None:
    ranked = sorted(spent)
    slow = ranked[len(ranked) * 95 // 100]
    over = sum(1 for each in spent if each > bar)
    print(
        f"{name:8} {len(spent):4} pages  median {statistics.median(spent):6.0f} ms  95 % {slow:6.0f}"
        f"  most {ranked[-1]:6.0f}  over {bar}: {over}"
    )


def run(home: Path, address: str) -> None:
    pages, browser = list_pages(home), Browser(address)
    began = time.monotonic()
    while True:
        try:
            browser.sign_in()
            break
        except OSError:
            assert time.monotonic() - began < 60
            time.sleep(0.05)
    print(f"first    picture of a server that has just begun {browser.ask(*pages[0]):6.0f} ms")
    cold = [browser.ask(*page) for page in pages[1:]]
    tell("cold", cold, COLD)
    tell("cached", [browser.ask(*page) for page in pages for _ in range(3)], CACHED)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--reading", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, scans = Path(folder) / "home", Path(folder) / "scans"
        scans.mkdir()
        settings = fill_archive(home)
        make_scans(scans, 12)
        named = [file for place in arguments.folders for file in sorted(place.iterdir())]
        with Store.open(home) as store:
            for file in (*scans.iterdir(), *named):
                if file.suffix.casefold() in TYPES:
                    put_file(store, file)
        if arguments.reading:
            unread = shutil.copytree(DOSSIER / "SXD", Path(folder) / "unread")
            make_scans(unread, 6)
            hand_in(settings, [file for file in sorted(unread.rglob("*")) if file.suffix.casefold() in TYPES])
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "evidence", "--home", str(home), "serve", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
        try:
            run(home, f"http://127.0.0.1:{port}")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(10)


if __name__ == "__main__":
    main()
