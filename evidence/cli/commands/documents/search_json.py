"""The answer of a search for machines: a line a hit, then counts, total and cursor."""

from __future__ import annotations

import json
from collections.abc import Iterator

from evidence.archive.search.archive_search import SearchResult
from evidence.archive.search.hit_json import hit_json
from evidence.cli.context import CliContext


def render_hits(result: SearchResult, facets: bool, context: CliContext) -> Iterator[str]:
    for hit in result.hits:
        yield json.dumps(hit_json(hit, context.language), ensure_ascii=False)
    if facets:
        rest = {"facets": result.facets, "total": result.total, "next": result.next}
        yield json.dumps(rest, ensure_ascii=False)
