"""The documents most cited that nobody handed in."""

from __future__ import annotations

from collections import defaultdict

from evidence.archive.search.visibility import sees_document
from evidence.model.citation_graph import WantedDocument
from evidence.search.scope import Scope
from evidence.store import queries
from evidence.store.store import Store

MENTIONS = 20  # looked at of each


def rank_wanted_documents(store: Store, most: int, scope: Scope) -> tuple[WantedDocument, ...]:
    """By how many documents that the scope shows cite it; a number that several bodies gave counts as one."""
    seen: dict[str, bool] = {}

    def sees(sha256: str) -> bool:
        if sha256 not in seen:
            seen[sha256] = sees_document(store, sha256, scope)
        return seen[sha256]

    with store.database.reading() as session:
        borne, cited = queries.list_borne_numbers(session), queries.list_citing_documents(session)
    held = {key for key, sha256 in borne if sees(sha256)}
    citing: dict[str, set[str]] = defaultdict(set)
    for key, sha256 in cited:
        if key not in held and sees(sha256):
            citing[key].add(sha256)
    ranked = sorted(citing, key=lambda key: (-len(citing[key]), key))[:most]
    wanted = (_describe(store, key, citing[key]) for key in ranked)
    return tuple(document for document in wanted if document is not None)


def _describe(store: Store, key: str, citing: set[str]) -> WantedDocument | None:
    mentions = [citation for sha256, citation in store.cited_by(key, MENTIONS) if sha256 in citing]
    first = next((citation for citation in mentions if citation.number), None)
    if first is None:
        return None
    fullest = max(mentions, key=lambda citation: (citation.kind is not None, citation.date is not None))
    issuer = fullest.issuer_agency.name if fullest.issuer_agency else fullest.issuer
    dates = tuple(sorted({str(citation.date) for citation in mentions if citation.date}))
    kind = fullest.kind.name if fullest.kind else None
    return WantedDocument(str(first.number), len(citing), kind, dates, issuer, fullest.text, tuple(sorted(citing)))
