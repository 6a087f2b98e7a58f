"""Answers page by page: a page goes on behind the last document of the one before, also where the index moved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from evidence.errors import UsageError
from evidence.search.engine import FindRequest, IndexAnswer, RankedDocument, SearchEngine

MARGIN = 50  # documents that may have come in before the last one shown
_CURSOR = re.compile(r"([0-9]{1,9})-([0-9a-f]{64})")


def encode_next(first: int, page: Sequence[RankedDocument], total: int) -> str | None:
    """Where the answer goes on behind a page that begins at ``first``: behind so many documents, the last of them that
    one. None where it ends."""
    end = first + len(page)
    return f"{end}-{page[-1].sha256}" if page and end < total else None


def find_place(hashes: Sequence[str], after: str | None) -> int:
    """Where in an answer the page behind ``after`` begins. UsageError: ``after`` is no cursor."""
    if after is None:
        return 0
    end, last = _read_cursor(after)
    return hashes.index(last) + 1 if last in hashes else min(end, len(hashes))


def find_page(engine: SearchEngine, request: FindRequest, after: str | None) -> tuple[IndexAnswer, int]:
    """The page behind ``after`` and the place of its first document. UsageError: ``after`` is no cursor."""
    if after is None:
        return engine.find(request), 0
    end, _ = _read_cursor(after)
    answer = engine.find(replace(request, limit=end + request.limit + MARGIN))
    first = find_place([document.sha256 for document in answer.ranked], after)
    return replace(answer, ranked=answer.ranked[first : first + request.limit]), first


def _read_cursor(after: str) -> tuple[int, str]:
    match = _CURSOR.fullmatch(after.strip())
    if match is None:
        raise UsageError("search-bad-cursor", cursor=after)
    return int(match[1]), match[2]
