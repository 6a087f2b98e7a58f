"""How fast extraction is, without OCR: ``python -m tests.bench.extract [FILE...]``. Measures nothing but time.

Body text: all digital PDF, DOCX and DOC files given (default: the samples), read once, extracted in one process.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from evidence.config import Limits, Settings
from evidence.extract.citations.reader import read_text_citations
from evidence.extract.fields.issuer import read_issuer
from evidence.extract.fields.kind_subject import read_kind, read_subject
from evidence.extract.fields.number_date import read_date, read_number
from evidence.extract.layout.zones import split_zones
from evidence.extract.record import read_record
from evidence.model.document import Document, Origin
from evidence.pipeline import scheduler as pipeline
from evidence.pipeline.requests import request_file

ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = {".pdf", ".docx", ".doc"}


def documents(files: list[Path]) -> list[Document]:
    """Those of the files that have text on every page."""
    with tempfile.TemporaryDirectory() as home:
        sources = [request_file(file, Limits()) for file in files]
        found = [one.document for one in pipeline.read_files(sources, Settings(home=Path(home)))]
    return [one for one in found if one.pages and all(page.origin is not Origin.OCR for page in one.pages)]


def seconds(job: Callable[[], object]) -> float:
    began = time.process_time()
    job()
    return time.process_time() - began


def head(document: Document) -> None:
    places = split_zones(document)
    if places is not None:
        number = read_number(places)
        read_date(places), read_issuer(places), read_kind(places, number), read_subject(places)


def main() -> None:
    files = [Path(name) for name in sys.argv[1:]] or [
        file for file in sorted((ROOT / "samples" / "dossier").rglob("*")) if file.suffix in SUFFIXES
    ]
    read = documents(files)
    for one in read:
        read_record(one)  # fills the caches
    pages, spent = sum(len(one.pages) for one in read), sum(seconds(lambda one=one: read_record(one)) for one in read)
    heads = [1000 * seconds(lambda one=one: head(one)) for one in read]
    print(f"{len(read)} documents, {pages} pages: {pages / spent:.0f} pages/s")
    print(f"header: median {statistics.median(heads):.1f} ms, 95 % {sorted(heads)[int(0.95 * len(heads))]:.1f} ms")
    unit = "cải cách hành chính theo Quyết định số 15/QĐ-UBND ngày 15/3/2019 của UBND tỉnh và nội dung khác "
    for size in (1, 5):
        text = unit * (size * 1_000_000 // len(unit.encode()))
        print(f"{size} MB without a full stop: {seconds(lambda text=text: read_text_citations(text)):.1f} s")


if __name__ == "__main__":
    main()
