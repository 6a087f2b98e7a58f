"""Answers page by page: a page goes on behind the last document of the one before, also where the index moved."""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.errors import UsageError
from evidence.search.engine import FindRequest, IndexAnswer, SearchEngine

MARGIN = 50  # documents that may have come in before the last one shown
_CURSOR = re.compile(r"([0-9]{1,9})-([0-9a-f]{64})")


def encode_cursor(end: int, sha256: str) -> str:
    """Where a page ended: behind so many documents, the last of them that one."""
    return f"{end}-{sha256}"


def find_page(engine: SearchEngine, request: FindRequest, after: str | None) -> tuple[IndexAnswer, int]:
    """The page behind ``after`` and the place of its first document. UsageError: ``after`` is no cursor."""
    if after is None:
        return engine.find(request), 0
    match = _CURSOR.fullmatch(after.strip())
    if match is None:
        raise UsageError("search-bad-cursor", cursor=after)
    end, last = int(match[1]), match[2]
    answer = engine.find(replace(request, limit=end + request.limit + MARGIN))
    names = [document.sha256 for document in answer.ranked]
    first = names.index(last) + 1 if last in names else min(end, len(names))
    return replace(answer, ranked=answer.ranked[first : first + request.limit]), first
