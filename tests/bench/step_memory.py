"""Peak memory of each step: ``.venv/bin/python -m tests.bench.step_memory FILE ...``.

Each step runs as in the pipeline, in a child forked from a parent that holds what the pipeline's holds (modules,
tables, models), for every file given; the most that one of them held is told (RSS, with what it shares with its
parent), how much of that came on top of what it was forked with, and the most of the largest process that it started.
"""

from __future__ import annotations

import datetime
import json
import os
import resource
import sys
import tempfile
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

from evidence import codec, config
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING, SearchRequest
from evidence.criteria.loader import load_criteria
from evidence.extract.preload import load_tables
from evidence.ingest.digital_signatures import SIGNED, preload
from evidence.ingest.formats import registry
from evidence.ingest.ocr.engine import create_engine
from evidence.ingest.ocr.page import RecognisedPage, preload_engine
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.ingest.sources import identify
from evidence.ingest.sources.walk import walk
from evidence.model.document import Document, Page, Source
from evidence.pipeline import child_tasks as steps

ROOT = Path(__file__).resolve().parents[2]
SECOND = 2  # a page after the first
NAMES = {
    "identify": "identify (hash, type)",
    "sign": "signatures of a PDF",
    "read": "read a stretch of pages, images for OCR included",
    "first": "OCR of a first page, with the second look",
    "later": "OCR of a later page",
    "extract": "extract",
    "store": "store 23 documents (samples), OCR remembered",
    "index": "index them",
    "search": "search",
    "check": "check",
}


class Peaks:
    """The most that a step held, and the most on top of its start, in MB."""

    def __init__(self) -> None:
        self.most: dict[str, float] = {}
        self.more: dict[str, float] = {}
        self.begun: dict[str, float] = {}
        self.runs: dict[str, int] = {}

    def run(self, step: str, job: Callable[[], bytes | None]) -> bytes:
        """Runs the step in a child; what it gave back."""
        with tempfile.TemporaryDirectory() as place:
            answer = Path(place) / "answer"
            if os.fork() == 0:
                _measured(job, answer)
            os.wait()
            facts = json.loads(answer.with_suffix(".json").read_text())
            data = answer.read_bytes()
        self.most[step] = max(self.most.get(step, 0.0), facts["peak"])
        self.more[step] = max(self.more.get(step, 0.0), facts["peak"] - facts["start"])
        self.begun[step] = max(self.begun.get(step, 0.0), facts["begun"])
        self.runs[step] = self.runs.get(step, 0) + 1
        return data

    def table(self) -> str:
        rows = ["| step | runs | peak | on top of the start | what it started |", "|---|---|---|---|---|"]
        for step, name in NAMES.items():
            if step in self.most:
                own = f"{self.most[step]:.0f} MB | {self.more[step]:.0f} MB"
                begun = f"{self.begun[step]:.0f} MB" if self.begun[step] else "–"
                rows.append(f"| {name} | {self.runs[step]} | {own} | {begun} |")
        return "\n".join(rows)


def _measured(job: Callable[[], bytes | None], answer: Path) -> None:
    code = 1
    try:
        start = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
        answer.write_bytes(job() or b"")
        both = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
        own, begun = (resource.getrusage(who).ru_maxrss / 1024 for who in both)
        answer.with_suffix(".json").write_text(json.dumps({"start": start, "peak": own, "begun": begun}))
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def document(peaks: Peaks, file: Path, settings: config.Settings, scratch: Path) -> None:
    """All steps of one file."""
    reader, limits = create_engine(settings.engine), settings.limits
    source = codec.decode(peaks.run("identify", lambda: codec.encode(identify.identify(file, limits))), Source)
    if registry.load_reader(source.media_type) is None:
        return
    if source.media_type in SIGNED:
        preload()
        peaks.run("sign", lambda: steps.signed(file, source.media_type, ()))
    order = ReadRequest(file, scratch, limits)
    reading = codec.decode(peaks.run("read", lambda: steps.read(source, order)), ReadResult)
    pages: list[Page] = list(reading.pages)
    for one in reading.page_images[:SECOND]:
        preload_engine(reader)
        run = partial(steps.recognise, (one,), reader)
        read = codec.decode(peaks.run("first" if one.number == 1 else "later", run), tuple[RecognisedPage, ...])
        pages.append(read[0].page)
    whole = Document(source, tuple(sorted(pages, key=lambda page: page.number)))
    peaks.run("extract", lambda: steps.extract(whole))


def archive(peaks: Peaks, settings: config.Settings) -> None:
    """The steps of an archive, on the samples."""
    offered = tuple(walk([ROOT / "samples" / "dossier"], manifest=ROOT / "samples" / "manifest.csv"))
    criteria, day = load_criteria(ROOT / "samples" / "criteria.yaml"), datetime.date(2026, 1, 31)

    def store() -> None:
        with Archive.open(settings, create=True) as opened:
            list(opened.ingest(offered))

    def asked(job: Callable[[Archive], object]) -> None:
        with Archive.open(settings) as opened:
            job(opened)

    peaks.run("store", store)
    peaks.run("index", lambda: asked(lambda one: one.reindex()))
    peaks.run("search", lambda: asked(lambda one: one.search(SearchRequest("cải cách hành chính"), EVERYTHING)))
    peaks.run("check", lambda: asked(lambda one: one.check(criteria, (), day)))


def main(files: list[str]) -> None:
    peaks = Peaks()
    with tempfile.TemporaryDirectory() as place:
        settings = config.load_settings(home=Path(place) / "home")
        archive(peaks, settings)
        load_tables()
        for name in files:
            with tempfile.TemporaryDirectory(dir=place) as scratch:
                document(peaks, Path(name), settings, Path(scratch))
    print(peaks.table())


if __name__ == "__main__":
    main(sys.argv[1:])
