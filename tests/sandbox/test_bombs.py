"""Every bomb ends within its limits with a stated reason; the run goes on, and no child is left behind."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.config import Limits, Settings
from evidence.ingest.imaging.opencv import Grey
from evidence.ingest.ocr import engine as ocr
from evidence.messages import say
from evidence.model.document import Line
from evidence.model.record import Record, Status
from evidence.pipeline.requests import request_file
from evidence.pipeline.scheduler import read_files
from tests.support import bombs, papers

pytestmark = pytest.mark.slow

# smaller than the defaults, so that each case takes seconds; the walls are the same
SMALL = replace(
    Limits(), memory_bytes=600_000_000, cpu_seconds=3, document_seconds=10.0, page_seconds=5.0, part_bytes=10_000_000
)
HEADROOM = 60.0  # seconds for a case on a busy machine: the limits above and a second try


class Blind:
    """An engine that sees nothing and needs no program."""

    name, programs = "blind", ()

    def check(self) -> None: ...

    def read(self, image: Grey, scale: float) -> tuple[Line, ...]:
        return ()

    def detect_rotation(self, image: Grey) -> int:
        return 0


@pytest.fixture(autouse=True)
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ocr.ENGINES, "blind", Blind)


def run(file: Path, limits: Limits = SMALL) -> list[Record]:
    """The records of the bomb and of what is inside it; a good letter behind it must be read as ever."""
    good = papers.digital(file.with_name("good.pdf"))
    begun = time.monotonic()
    settings = Settings(Path("none"), jobs=1, engine="blind", limits=limits)
    outcomes = list(read_files([request_file(file, Limits()), request_file(good, Limits())], settings))
    assert time.monotonic() - begun < 2 * HEADROOM
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # no child is left
    (letter,) = (outcome for outcome in outcomes if outcome.source.path == str(good))
    assert letter.record.status is Status.READ
    records = [outcome.record for outcome in outcomes if outcome is not letter]
    for record in records:
        assert all(say(problem.message, language) for problem in record.problems for language in ("vi", "en"))
    return records


def codes(record: Record) -> set[str]:
    return {problem.code.value for problem in record.problems}


Maker = Callable[[Path], Path]
TABLE: list[tuple[str, Maker, set[str]]] = [
    ("flate.pdf", bombs.double_flate, {"damaged", "too-large", "time-out"}),
    ("letters.pdf", bombs.many_letters, {"damaged", "too-large", "time-out"}),
    ("laughs.pdf", bombs.laughing_forms, {"damaged", "too-large", "time-out"}),
    ("shut.pdf", bombs.shut, {"encrypted"}),
    ("pixels.png", bombs.huge_png, {"too-large"}),
    ("paragraphs.docx", bombs.docx, {"too-large"}),
    ("fat.zip", bombs.twenty_fat_members, {"too-large"}),
]


@pytest.mark.parametrize(("name", "make", "reasons"), TABLE, ids=[name for name, _, _ in TABLE])
def test_a_bomb_is_a_stated_reason(tmp_path: Path, name: str, make: Maker, reasons: set[str]) -> None:
    (record,) = run(make(tmp_path / name))
    assert record.status is Status.UNREADABLE or codes(record) & reasons
    assert codes(record) & reasons, record.problems


@pytest.mark.parametrize("make", [bombs.wide_page, bombs.huge_bitmap, bombs.xref_loop])
def test_a_strange_page_costs_no_more_than_its_limits(tmp_path: Path, make: Maker) -> None:
    (record,) = run(make(tmp_path / "page.pdf"), replace(SMALL, memory_bytes=1_500_000_000))
    assert record.status is not Status.READ
    assert record.problems


def test_postscript_is_never_run(tmp_path: Path) -> None:
    mark = tmp_path / "written by Ghostscript"
    (record,) = run(bombs.eps(tmp_path / "photo.jpg", mark))
    assert codes(record) == {"unsupported"}
    assert not mark.exists()


def test_only_so_many_frames_are_read(tmp_path: Path) -> None:
    (record,) = run(bombs.frames(tmp_path / "frames.tif"), replace(SMALL, frames=20))
    assert len(record.pages) == 20
    assert "too-large" in codes(record)


def test_packages_inside_packages_end(tmp_path: Path) -> None:
    records = run(bombs.quine_like(tmp_path / "deep.zip"))
    assert len(records) == 3
    assert codes(records[-1]) == {"too-large"}
