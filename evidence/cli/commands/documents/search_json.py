"""The answer of a search for machines: a line a hit, then counts, total and cursor."""

from __future__ import annotations

import json
from collections.abc import Iterator

from evidence.archive.search.archive_search import SearchHit, SearchResult
from evidence.cli.context import CliContext
from evidence.report import record_json


def render_hits(result: SearchResult, facets: bool, context: CliContext) -> Iterator[str]:
    for hit in result.hits:
        yield json.dumps(_json_hit(hit, context), ensure_ascii=False)
    if facets:
        rest = {"facets": result.facets, "total": result.total, "next": result.next}
        yield json.dumps(rest, ensure_ascii=False)


def _json_hit(hit: SearchHit, context: CliContext) -> dict[str, object]:
    """The shape of the contract, then all that is known."""
    record, first = hit.record, hit.snippets[0] if hit.snippets else None
    kind, issuer = record.kind.value, record.issuer.value
    return {
        "sha256": hit.sha256,
        "number": str(record.number.value) if record.number.value else None,
        "date": str(record.date.value) if record.date.value else None,
        "kind": kind.name if kind else None,
        "issuer": issuer.name if issuer else None,
        "subject": record.subject.value,
        "unit": hit.units[0] if hit.units else None,
        "units": list(hit.units),
        "draft": hit.draft,
        "bears": hit.bears,
        "cites": hit.cites,
        "page": first.page if first else None,
        "box": list(hit.box) if hit.box else None,
        "snippet": first.text if first else None,
        "score": round(hit.score, 4),
        "path": hit.path,
        "snippets": [
            {
                "page": snippet.page,
                "start": snippet.start,
                "text": snippet.text,
                "marks": [list(mark) for mark in snippet.marks],
            }
            for snippet in hit.snippets
        ],
        "record": record_json.render(hit.record, context.language),
    }
