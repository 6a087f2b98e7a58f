"""A hit of a search for machines: the shape of the contract, then all that is known."""

from __future__ import annotations

from evidence.archive.search.archive_search import SearchHit
from evidence.messages import Language
from evidence.report import record_json


def hit_json(hit: SearchHit, language: Language) -> dict[str, object]:
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
        "record": record_json.render(hit.record, language),
    }
