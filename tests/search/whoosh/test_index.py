"""Whoosh: what is never opened, and our quicker writer against the engine's own."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from whoosh import fields
from whoosh.analysis import Tokenizer
from whoosh.codec.whoosh3 import W3Codec
from whoosh.writing import SegmentWriter

from evidence.search.engine import FindRequest, IndexDamagedError, RankedDocument
from evidence.search.parser import parse_query
from evidence.search.planner import plan_steps
from evidence.search.scope import EVERYTHING
from evidence.search.whoosh.index import WhooshIndex
from evidence.search.whoosh.writer import TermField
from tests.search.corpus import ENTRIES


@pytest.fixture
def whoosh(tmp_path: Path) -> WhooshIndex:
    index = WhooshIndex(tmp_path, "me")
    with index.exclusive(wait=True):
        index.rebuild(ENTRIES.values())
    return index


def find(index: WhooshIndex, text: str) -> tuple[RankedDocument, ...]:
    step = next(plan_steps(parse_query(text), EVERYTHING, lambda words: words))
    return index.find(FindRequest(step.plan, None, 99, own=step.own)).ranked


class Trap:
    """What a hostile index would run when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self.file = str(file)

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return (open, (self.file, "w"))


@pytest.mark.parametrize("change", ["archive", "token", "writable", "link"])
def test_an_index_from_elsewhere_is_never_opened(tmp_path: Path, change: str) -> None:
    home = tmp_path / "kho"
    home.mkdir()
    index = WhooshIndex(home, "me")
    with index.exclusive(wait=True):
        index.rebuild(ENTRIES.values())
    (folder,) = home.glob("index-*")
    (toc,) = folder.glob("_*.toc")
    toc.write_bytes(pickle.dumps(Trap(tmp_path / "sprung")))
    marker = folder / "evidence-index.json"
    if change in ("archive", "token"):
        marker.write_text(json.dumps(json.loads(marker.read_text()) | {change: "other"}))
    elif change == "writable":
        folder.chmod(0o777)
    else:
        folder.rename(home / "elsewhere")
        folder.symlink_to(home / "elsewhere")
    with pytest.raises(IndexDamagedError):
        find(index, "cải cách")
    assert not (tmp_path / "sprung").exists()


QUERIES = ("cải cách hành chính", '"quý I"', "615/QĐ-UBND", "ngày 28/12/2016", "tổ in ấn")


def _own_field(*, analyzer: Tokenizer, phrase: bool = True, end: str | None = None) -> fields.TEXT:
    """The engine's own field, but for values that blanks do not part."""
    return TermField(analyzer=analyzer, phrase=phrase, end=end) if end else fields.TEXT(analyzer, phrase=phrase)


@pytest.mark.slow
def test_our_writer_finds_and_ranks_as_the_engine_s_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = []
    many = [replace(entry, sha256=f"{entry.sha256[:-2]}{at:02}") for entry in ENTRIES.values() for at in range(40)]
    for name in ("ours", "theirs"):
        if name == "theirs":
            monkeypatch.setattr("evidence.search.whoosh.index.IndexWriter", SegmentWriter)
            monkeypatch.setattr("evidence.search.whoosh.schema.TermField", _own_field)
        (tmp_path / name).mkdir()
        index = WhooshIndex(tmp_path / name, "me")
        index.rebuild(many)
        index.update(many[:3])
        answers.append(
            {query: [(hit.sha256, round(hit.score, 6), hit.bears) for hit in find(index, query)] for query in QUERIES}
        )
    assert all(answers[0].values()) and answers[0] == answers[1]


def test_an_index_on_disk_is_read_by_the_engines_own_codec(whoosh: WhooshIndex) -> None:
    """Not by a class of ours: an index stays readable when our modules move."""
    assert {type(segment.codec()) for segment in whoosh._open()._segments()} == {W3Codec}
