"""People's journeys in a real browser: ``make journeys``.

    def test_search(people): page = people("docgia"); page.goto("/tra-cuu") ...

``evidence serve`` runs in a process of its own over a copy of the sample archive; Debian's Chromium is driven by
Playwright. Every page asked for from another machine fails the journey. Screenshots go to ``out/journeys/``.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.service import PASSWORD, fill_archive, use_cheap_passwords

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "out" / "journeys"
WINDOW = {"width": 1366, "height": 625}  # what an office PC of 1366 x 768 leaves of the screen
HERE = Path(__file__).parent
SHORT = "test_signing_in_and_the_account"
People = Callable[[str], Page]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Among all tests one short journey runs; the others where they are asked for by name."""
    absent = pytest.mark.skip(reason=f"no Chromium at {CHROMIUM}: apt-get install chromium, or make journeys")
    long = pytest.mark.skip(reason="a long journey: make journeys")
    asked = any("journeys" in str(argument) for argument in config.invocation_params.args)
    for item in items:
        if HERE not in item.path.parents:
            continue
        item.add_marker(pytest.mark.slow)
        if not CHROMIUM.exists():
            item.add_marker(absent)
        elif not asked and item.name != SHORT:
            item.add_marker(long)


@pytest.fixture(scope="session")
def journey_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    use_cheap_passwords()
    home = tmp_path_factory.mktemp("journeys") / "home"
    fill_archive(home)
    return home


@pytest.fixture(scope="module")
def server(journey_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a copy of the archive; it ends with the module."""
    home = shutil.copytree(journey_home, tmp_path_factory.mktemp("served") / "home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "evidence", "--home", str(home), "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_served(address, process)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Ends with the module: other tests look for processes that were left running."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def people(server: str, browser: Browser) -> Iterator[People]:
    """A window in which that person is signed in; faults of scripts and foreign requests fail the journey."""
    contexts, faults = [], []

    def open_window(name: str) -> Page:
        context = browser.new_context(base_url=server, viewport=WINDOW, locale="vi-VN")
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
        page.on("request", lambda sent: None if sent.url.startswith((server, "data:")) else faults.append(sent.url))
        if name:
            page.goto("/dang-nhap")
            page.fill("#name", name)
            page.fill("#password", PASSWORD)
            page.press("#password", "Enter")
            page.wait_for_url(lambda url: "/dang-nhap" not in url)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert faults == []


def wait_until_served(address: str, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers; AssertionError where it ended, or said nothing for a minute."""
    for _ in range(300):
        assert process.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(f"{address}/dang-nhap", timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not answer")
