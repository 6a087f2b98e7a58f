"""Small indexes of given fields, in several parts, some documents deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from whoosh.index import FileIndex, create_in

from evidence.search.whoosh.schema import PAIRS, build_schema
from evidence.search.whoosh.writer import IndexWriter

Fields = Mapping[str, object]


def describe_document(name: str, body: Sequence[str], title: Sequence[str] = ()) -> Fields:
    """A document of those words."""
    pairs = " ".join(f"{left}_{right}" for left, right in pairwise(body))
    return {"id": name, "body_f": " ".join(body), PAIRS: pairs, "title_f": " ".join(title), "sort": "document"}


def make_index(folder: Path, parts: Sequence[Sequence[Fields]], deleted: Sequence[str] = ()) -> FileIndex:
    """An index of as many parts, without the documents of those names."""
    index = create_in(str(folder), build_schema())
    for part in parts:
        writer = IndexWriter(index)
        for fields in part:
            writer.add_document(**fields)
        writer.commit()
    if deleted:
        writer = IndexWriter(index)
        for name in deleted:
            writer.delete_by_term("id", name)
        writer.commit()
    return index
