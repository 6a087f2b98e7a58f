"""The labelled documents: the first set, that the rules were made with, the held-out set, that they were not, and the
new set, scans and photos of offices that stand in neither.

The first set is ``../shared/data/documents`` with its ``gold.jsonl``. The held-out set is ``held_out.json`` beside this
file: documents of ``../shared/data/unlabelled`` labelled by eye from page images and printed text, before the
program's own answers were looked at; where both differed, the page was looked at again. It holds facts only (hash,
values, group, source); ``open`` names fields on whose answer people differ, which are not judged.

The held-out set has two halves, by the first digit of the hash: even ones may be tuned on (``tune``); odd ones are
only ever measured (``test``), and no rule is made from what is seen there.

The new set is ``../shared/data/documents2`` with its ``gold.jsonl``.

What OCR makes of a page is kept under its image and all that reads (``ingest.ocr.fingerprint``), as an archive does:
files are opened and drawn anew, and no page is recognised twice as long as ``READING_VERSION`` stands. The cache lies
in ``out``, or in the folder that ``EVIDENCE_EVAL_CACHE`` names, which several checkouts may share.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from evidence import codec, config
from evidence.extract.record import read_record
from evidence.messages import Language
from evidence.model.document import Document
from evidence.pipeline import scheduler as pipeline
from evidence.pipeline.requests import RequestQueue, request_file
from evidence.report import record_json
from evidence.store.caches.ocr_cache import PageCache

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
DOCUMENTS, UNLABELLED = SHARED / "data" / "documents", SHARED / "data" / "unlabelled"
NEW_DOCUMENTS = SHARED / "data" / "documents2"
KEPT, KEPT_HELD_OUT, KEPT_NEW = ROOT / "out" / "eval", ROOT / "out" / "held-out", ROOT / "out" / "new"
CACHE_BYTES = 4_000_000_000
HALVES = {"tune": "02468ace", "test": "13579bdf"}
Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Case:
    """One document and what it says. ``want`` has the fields of ``gold.jsonl``; ``source`` is where it was taken from:
    documents of one source look alike, so cross-validation leaves out whole sources."""

    sha256: str
    file: Path
    group: str
    source: str
    want: Json
    open: frozenset[str] = field(default_factory=frozenset)


def load_score() -> ModuleType:
    """The scoring program as a module."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def first_set(score: ModuleType) -> list[Case]:
    return _labelled_folder(DOCUMENTS, score)


def new_set(score: ModuleType) -> list[Case]:
    return _labelled_folder(NEW_DOCUMENTS, score)


def _labelled_folder(folder: Path, score: ModuleType) -> list[Case]:
    """The documents of a folder with its ``gold.jsonl``; what the answers leave unsure is not judged."""
    lines = (folder / "gold.jsonl").read_text("utf-8").splitlines()
    golds = [json.loads(line) for line in lines if line.strip()]
    names = {answer: name for name, answer in score.GOLD_NAME.items()}
    for gold in golds:
        gold["open"] = [names.get(name, name) for name in gold.get("unsure", ())]
    return [_case(gold, folder / str(gold["file"]), score.group_of(gold), source_of(gold)) for gold in golds]


def held_out(half: str | None = None) -> list[Case]:
    """All held-out documents, or one half of them."""
    files = {file.name[:12]: file for file in UNLABELLED.iterdir()}
    golds = json.loads((Path(__file__).parent / "held_out.json").read_text("utf-8"))
    chosen = [one for one in golds if half is None or one["sha256"][0] in HALVES[half]]
    return [_case(one, files[one["sha256"][:12]], one["group"], one["source"]) for one in chosen]


def _case(gold: Json, file: Path, group: str, source: str) -> Case:
    return Case(str(gold["sha256"]), file, group, source, gold, frozenset(gold.get("open", ())))  # type: ignore[call-overload]


def source_of(gold: Json) -> str:
    """Where a document of the first set comes from: its portal, else the province or ministry that issued it."""
    notes = str(gold.get("notes") or "")
    if "Công Báo" in notes:
        return "gazette"
    if "VGP" in notes or "ĐẾN stamp" in notes:
        return "government portal"
    issuer = f"{gold.get('issuer_parent') or ''} {gold.get('issuer') or ''}".lower()
    provinces = ("lâm đồng", "quảng ngãi", "quảng bình", "bình thuận", "hải dương", "hậu giang", "thanh hóa")
    return next((place for place in provinces if place in issuer), issuer.strip() or "other")


def documents(cases: Iterable[Case], kept: Path, reuse: bool) -> Iterator[Document]:
    """The read pages of every case; kept, and taken from there with ``reuse``. Files are given under neutral names."""
    kept.mkdir(parents=True, exist_ok=True)
    settings = config.load_settings()
    with tempfile.TemporaryDirectory() as folder:
        requests = []
        for case in cases:
            page_file = kept / f"{case.sha256}.json"
            if reuse and page_file.exists():
                yield codec.decode(page_file.read_bytes(), Document)
                continue
            neutral = Path(folder) / f"{case.sha256}{case.file.suffix}"
            neutral.symlink_to(case.file)
            requests.append(request_file(neutral, settings.limits))
        queue = RequestQueue(requests)
        with closing(pipeline.read_queue(queue, settings, cache=page_cache())) as results:
            for result in results:
                queue.add(result.members)
                (kept / f"{result.source.sha256}.json").write_bytes(codec.encode(result.document))
                print(f"{result.seconds:6.1f} s  {result.source.sha256[:12]}", file=sys.stderr)
                yield result.document


def page_cache() -> PageCache:
    """Where the OCR of pages is kept."""
    folder = Path(os.environ.get("EVIDENCE_EVAL_CACHE") or ROOT / "out")
    folder.mkdir(parents=True, exist_ok=True)
    return PageCache(folder, CACHE_BYTES)


def records(cases: Iterable[Case], kept: Path, reuse: bool) -> dict[str, Json]:
    """The record of every case, by hash, in the shape that others rely on."""
    read = ((one.source.sha256, read_record(one)) for one in documents(cases, kept, reuse))
    return {sha256: record_json.render(record, Language.EN) for sha256, record in read}
