"""Whether a document is still in force, as far as the documents read say: law on issuing normative documents
(Luật 63/2025/QH15, Điều 57): a document ends where one of the same body or above replaces or repeals it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidence.archive.citation_links import CHANGES, ENDS, citation_identity, citing_part, match_identity
from evidence.model.citation_graph import DocumentForce, Force, ForceChange
from evidence.model.record import SURE, Citation, Record, Relation
from evidence.search.entries import is_draft
from evidence.store.store import Store


def judge_force(store: Store, record: Record, citing: Iterable[tuple[str, Citation]]) -> DocumentForce:
    """What those documents say of this one that cite it (``citing_documents``): what changed it, the surest first, then
    the earliest. ``record``: of a file that holds several, one of them."""
    if is_draft(record):
        return DocumentForce(Force.DRAFT)
    if record.number.value is None:
        return DocumentForce(Force.UNKNOWN)
    changes = sorted(_find_changes(store, record, citing), key=lambda change: (not change.sure, str(change.date)))
    ends = [change for change in changes if change.relation in ENDS]
    if ends:
        force = Force.ENDED if ends[0].sure else Force.DOUBTFUL
    else:
        force = Force.AMENDED if any(change.sure for change in changes) else Force.IN_FORCE
    return DocumentForce(force, tuple(changes))


def _find_changes(store: Store, record: Record, citing: Iterable[tuple[str, Citation]]) -> Iterator[ForceChange]:
    """Each document and act once; of a file that holds several, the one that says so."""
    seen: dict[tuple[str, int | None, Relation], ForceChange] = {}
    changing = [(sha256, citation) for sha256, citation in citing if citation.relation in CHANGES]
    files = store.records(dict.fromkeys(sha256 for sha256, _ in changing)) if changing else {}
    for sha256, citation in changing:
        file = files.get(sha256)
        by = citing_part(file, citation) if file else None
        change = _make_change(record, by, citation)
        act = (sha256, by.first_page if by else None, citation.relation)
        known = seen.get(act)
        if change is not None and (known is None or (change.sure and not known.sure)):
            seen[act] = change
    yield from seen.values()


def _make_change(record: Record, by: Record | None, citation: Citation) -> ForceChange | None:
    """None where the act is surely older than the document: then another one of that number is meant."""
    if by is None or citation.number is None:
        return None
    dated = by.date.sure and record.date.sure and by.date.value is not None and record.date.value is not None
    if dated and str(by.date.value)[:4] < str(record.date.value)[:4]:
        return None
    if dated and str(by.date.value) < str(record.date.value) and by.date.value and by.date.value.whole:
        return None
    meant = match_identity(citation_identity(citation, citation.number), record) is True
    sure = meant and by.date.sure and not is_draft(by) and citation.confidence >= SURE
    number = str(by.number.value) if by.number.value else None
    return ForceChange(
        citation.relation, by.source.sha256, number, by.date.value, citation.text, citation.span.page, sure
    )
