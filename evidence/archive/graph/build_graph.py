"""The graph around one document: chains of what it rests on, and of what rests on it, to a depth."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evidence.archive.citation_links import citation_identity, citing_documents, match_identity, resolve_citation
from evidence.archive.graph.force import judge_force
from evidence.archive.search.visibility import sees_document
from evidence.model.citation_graph import CitationGraph, GraphEdge, GraphNode
from evidence.model.record import Citation, Record, Relation
from evidence.search.scope import Scope
from evidence.store.store import Store
from evidence.values.number import Number

MOST_NODES = 400
MOST_CANDIDATES = 5  # documents that one citation may mean

Step = tuple[GraphEdge, GraphNode]


def build_graph(store: Store, sha256: str, depth: int, scope: Scope) -> CitationGraph:
    """The graph around that document, as far as the scope shows it. A document outside the scope is known by what
    visible ones say of it alone. A bare mention beside a relation of the same two documents is left out."""
    return _Builder(store, scope).build(sha256, depth)


class _Builder:
    def __init__(self, store: Store, scope: Scope) -> None:
        self._store = store
        self._scope = scope
        self._nodes: dict[str, GraphNode] = {}
        self._edges: dict[tuple[str, str, str], GraphEdge] = {}
        self._left_out: set[str] = set()
        self._visible: dict[str, bool] = {}

    def build(self, sha256: str, depth: int) -> CitationGraph:
        center = self._document_node(sha256, 0)
        if center is not None:
            self._nodes[sha256] = center
        self._walk(sha256, depth, -1, self._rests_on)
        self._walk(sha256, depth, 1, self._rested_on)
        named = {(edge.source, edge.target) for edge in self._edges.values() if edge.relation is not Relation.CITES}
        edges = tuple(
            edge
            for edge in self._edges.values()
            if {edge.source, edge.target} <= self._nodes.keys()
            and (edge.relation is not Relation.CITES or (edge.source, edge.target) not in named)
        )
        return CitationGraph(sha256, depth, tuple(self._nodes.values()), edges, len(self._left_out))

    def _walk(self, center: str, depth: int, side: int, steps: Callable[[str, int], Iterator[Step]]) -> None:
        """Adds what is reached from the center on that side, level by level."""
        frontier = [center]
        for distance in range(1, depth + 1):
            reached: list[str] = []
            for sha256 in frontier:
                for edge, node in steps(sha256, side * distance):
                    known = node.id in self._nodes
                    if not known and len(self._nodes) >= MOST_NODES:
                        self._left_out.add(node.id)
                        continue
                    self._add_edge(edge)
                    if not known:
                        self._nodes[node.id] = node
                        reached += [node.id] if node.sha256 else []
            frontier = reached

    def _add_edge(self, edge: GraphEdge) -> None:
        """Each relation of two documents once, the surest mention of it."""
        place = (edge.source, edge.target, edge.relation.value)
        known = self._edges.get(place)
        if known is None or (edge.sure and not known.sure):
            self._edges[place] = edge

    def _rests_on(self, sha256: str, level: int) -> Iterator[Step]:
        record = self._store.record(sha256)
        for document in (record, *record.parts) if record else ():
            for citation in document.citations:
                if citation.number is not None:
                    yield from self._cited(sha256, citation, citation.number, level)

    def _cited(self, sha256: str, citation: Citation, number: Number, level: int) -> Iterator[Step]:
        target = resolve_citation(self._store, citation, sha256)
        candidates = [target.sha256] if target.sha256 else list(target.may_be[:MOST_CANDIDATES])
        shown = [candidate for candidate in candidates if self._sees(candidate)]
        for candidate in shown:
            node = self._document_node(candidate, level)
            if node is not None:
                yield _edge(sha256, candidate, citation, target.sha256 is not None), node
        if not shown:
            node = _cited_node(citation, number, level)
            yield _edge(sha256, node.id, citation, True), node

    def _rested_on(self, sha256: str, level: int) -> Iterator[Step]:
        record = self._store.record(sha256)
        for document in (record, *record.parts) if record else ():
            for citing, citation in citing_documents(self._store, document):
                node = self._document_node(citing, level) if self._sees(citing) and citation.number else None
                if node is not None and citation.number is not None:
                    sure = match_identity(citation_identity(citation, citation.number), document) is True
                    yield _edge(citing, sha256, citation, sure), node

    def _document_node(self, sha256: str, level: int) -> GraphNode | None:
        known = self._nodes.get(sha256)
        record = None if known else self._store.record(sha256)
        return known or (self._describe(record, level) if record else None)

    def _describe(self, record: Record, level: int) -> GraphNode:
        kind, issuer = record.kind.value, record.issuer.value
        return GraphNode(
            record.source.sha256,
            level,
            record.source.sha256,
            str(record.number.value) if record.number.value else None,
            record.date.value,
            kind.name if kind else None,
            issuer.name if issuer else None,
            record.subject.value,
            judge_force(self._store, record, self._scope),
        )

    def _sees(self, sha256: str) -> bool:
        if sha256 not in self._visible:
            self._visible[sha256] = sees_document(self._store, sha256, self._scope)
        return self._visible[sha256]


def _edge(source: str, target: str, citation: Citation, sure: bool) -> GraphEdge:
    return GraphEdge(source, target, citation.relation, sure, citation.span.page, citation.text)


def _cited_node(citation: Citation, number: Number, level: int) -> GraphNode:
    """A document that is only cited: one number of one year is one document, as far as citations tell."""
    period = number.year or (citation.date.year if citation.date else "")
    return GraphNode(
        f"number:{number.key}:{period}",
        level,
        None,
        str(number),
        citation.date,
        citation.kind.name if citation.kind else None,
        citation.issuer_agency.name if citation.issuer_agency else citation.issuer,
    )
