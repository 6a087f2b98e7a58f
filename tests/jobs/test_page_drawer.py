"""Pages are drawn by other processes, which may be killed and take no longer than they may."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.archive.page_images.page_images import PageImages
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.ingest.page_images import PageImageRequest
from evidence.jobs import page_drawer
from evidence.jobs.page_drawer import PageDrawer
from evidence.model.assessment import Submission
from evidence.search.scope import units_only
from evidence.store.store import Store
from tests.support import papers, text_pipeline

SLEEPY = "import sys, time\nfor line in sys.stdin: time.sleep(600)\n"


@pytest.fixture
def drawer(tmp_path: Path) -> Iterator[PageDrawer]:
    with PageDrawer(Settings(tmp_path / "home")) as opened:
        yield opened


def ask(file: Path, page: int = 1, rotation: int = 0) -> PageImageRequest:
    return PageImageRequest(file, "application/pdf", page, 480, rotation)


def test_a_page_is_drawn_and_what_is_none_is_not(drawer: PageDrawer, tmp_path: Path) -> None:
    file = papers.digital(tmp_path / "to-trinh.pdf")
    (tmp_path / "hong.pdf").write_bytes(b"%PDF-1.7 nothing more")
    image = drawer.draw(ask(file))
    assert image is not None and image[8:12] == b"WEBP"
    assert drawer.draw(ask(tmp_path / "hong.pdf")) == b"" and drawer.draw(ask(file, page=9)) == b""
    assert drawer.draw(ask(tmp_path / "khong-co.pdf")) == b""
    process = drawer._processes[0]._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert drawer.draw(ask(file)) == image, "a process that was killed is started again"
    assert drawer._processes[1]._process is None, "who was free drew all of them"


def test_who_takes_too_long_is_killed(drawer: PageDrawer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "slow.py"
    slow.write_text(SLEEPY)
    monkeypatch.setattr(page_drawer, "LONGEST", 0.3)
    monkeypatch.setattr(sys, "executable", _script(tmp_path, slow))
    drawer.warm()
    process = drawer._processes[0]._process
    began = time.monotonic()
    assert drawer.draw(ask(tmp_path / "x.pdf")) == b"" and time.monotonic() - began < 5
    assert process is not None and process.poll() is not None


def _script(folder: Path, program: Path) -> str:
    """An interpreter that runs that program, whatever it is asked for."""
    file = folder / "python"
    file.write_text(f"#!/bin/sh\nexec {sys.executable} {program}\n")
    file.chmod(0o700)
    return str(file)


def test_none_is_drawn_for_who_may_not_see_it_and_none_twice(tmp_path: Path) -> None:
    file = papers.digital(tmp_path / "to-trinh.pdf")
    source = text_pipeline.source("SA/1.1/to-trinh.pdf", file.read_bytes())
    pdf = replace(source, media_type="application/pdf")
    document = replace(text_pipeline.document("Số: 1/TTr-SA"), source=pdf)
    asked: list[PageImageRequest] = []

    class Counting:
        answer: bytes | None = b"picture"

        def draw(self, request: PageImageRequest) -> bytes | None:
            asked.append(request)
            return self.answer

    with Store.open(tmp_path / "home", create=True) as store:
        store.put(document, text_pipeline.record(document), file, [Submission(pdf.sha256, pdf.path, "SA", "1.1")])
        images = PageImages(store, Settings(tmp_path / "home"))
        assert images.find_image(pdf.sha256, 1, 480, units_only(["SA"])) is None, "nobody draws"
        images.drawer = drawing = Counting()
        for scope, page in ((units_only(["SB"]), 1), (units_only(["SA"]), 2)):
            with pytest.raises(UsageError, match="page"):
                images.find_image(pdf.sha256, page, 480, scope)
        assert asked == []
        for _ in range(2):
            assert images.find_image(pdf.sha256, 1, 400, units_only(["SA"])) == b"picture"
        assert len(asked) == 1 and asked[0].width == 480
        drawing.answer = b""
        for _ in range(3):
            assert images.find_image(pdf.sha256, 1, 1200, units_only(["SA"])) is None
        assert len(asked) == 2, "what cannot be drawn is not tried again at once"
        drawing.answer = None
        for _ in range(3):
            assert images.find_image(pdf.sha256, 1, 800, units_only(["SA"])) is None
        assert len(asked) == 5, "where nobody was free it is asked for again"
