"""The graph around one document: chains of what it rests on, and of what rests on it, to a depth."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evidence.archive.citation_links import (
    citation_identity,
    cited_within,
    citing_part,
    find_part,
    first_citing_documents,
    list_documents,
    match_identity,
    resolve_citation,
)
from evidence.archive.graph.force import judge_force
from evidence.model.citation_graph import CitationGraph, GraphEdge, GraphNode
from evidence.model.record import Citation, Record, Relation
from evidence.search.scope import Scope
from evidence.store.store import Store
from evidence.values.number import Number

MOST_NODES = 400
MOST_CANDIDATES = 5  # documents that one citation may mean

Step = tuple[GraphEdge, GraphNode]


def build_graph(store: Store, sha256: str, depth: int, scope: Scope, number: Number | None = None) -> CitationGraph:
    """The graph around that file, as far as the scope shows it; of a file that holds several documents, around the one
    of that ``number``, or all of them as one. A document outside the scope is known by what visible ones say of it
    alone. A bare mention beside a relation of the same two documents is left out."""
    return _Builder(store, scope).build(sha256, depth, number)


class _Builder:
    """Ids of nodes: the hash for the first document of a file, with the page for a further one (``hash#7``)."""

    def __init__(self, store: Store, scope: Scope) -> None:
        self._store = store
        self._scope = scope
        self._nodes: dict[str, GraphNode] = {}
        self._edges: dict[tuple[str, str, str], GraphEdge] = {}
        self._left_out: set[str] = set()
        self._unread = 0  # places that cite a document of the graph and were not looked at
        self._whole: str | None = None  # the file of which all documents are one node

    def build(self, sha256: str, depth: int, number: Number | None) -> CitationGraph:
        record = self._store.record(sha256)
        center = sha256
        if record is not None:
            document = record if number is None else find_part(record, number)
            self._whole = sha256 if number is None else None
            center = self._id(record, document)
            self._nodes[center] = self._describe(record, document, 0)
        self._walk(center, depth, -1, self._rests_on)
        self._walk(center, depth, 1, self._rested_on)
        named = {(edge.source, edge.target) for edge in self._edges.values() if edge.relation is not Relation.CITES}
        edges = tuple(
            edge
            for edge in self._edges.values()
            if {edge.source, edge.target} <= self._nodes.keys()
            and (edge.relation is not Relation.CITES or (edge.source, edge.target) not in named)
        )
        return CitationGraph(center, depth, tuple(self._nodes.values()), edges, len(self._left_out) + self._unread)

    def _walk(self, center: str, depth: int, side: int, steps: Callable[[str, int], Iterator[Step]]) -> None:
        """Adds what is reached from the center on that side, level by level."""
        frontier = [center]
        for distance in range(1, depth + 1):
            reached: list[str] = []
            for name in frontier:
                for edge, node in steps(name, side * distance):
                    known = node.id in self._nodes
                    if edge.source == edge.target:
                        continue
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

    def _rests_on(self, name: str, level: int) -> Iterator[Step]:
        for document in self._documents(name):
            for citation in document.citations:
                if citation.number is not None:
                    yield from self._cited(name, citation, citation.number, level)

    def _cited(self, name: str, citation: Citation, number: Number, level: int) -> Iterator[Step]:
        own = self._store.record(name.partition("#")[0])
        sibling = cited_within(own, citation) if own else None
        if own is not None and sibling is not None:
            node = self._node(own, sibling, level)
            yield _edge(name, node.id, citation, True), node
            return
        target = resolve_citation(self._store, citation, name.partition("#")[0], self._scope)
        shown = [target.sha256] if target.sha256 else list(target.may_be[:MOST_CANDIDATES])
        for candidate in shown:
            record = self._store.record(candidate)
            if record is not None:
                node = self._node(record, find_part(record, number), level)
                yield _edge(name, node.id, citation, target.sha256 is not None), node
        if not shown:
            node = _cited_node(citation, number, level)
            yield _edge(name, node.id, citation, True), node

    def _rested_on(self, name: str, level: int) -> Iterator[Step]:
        for document in self._documents(name):
            places = first_citing_documents(self._store, document, self._scope, MOST_NODES)
            self._unread += places.unread
            for sha256, citation in places.citations:
                record = self._store.record(sha256) if citation.number else None
                if record is not None and citation.number is not None:
                    node = self._node(record, citing_part(record, citation), level)
                    sure = match_identity(citation_identity(citation, citation.number), document) is True
                    yield _edge(node.id, name, citation, sure), node

    def _documents(self, name: str) -> tuple[Record, ...]:
        """The documents that a node stands for: one, or all of the file that was asked for."""
        record = self._store.record(name.partition("#")[0])
        documents = list_documents(record) if record else ()
        return tuple(document for document in documents if record and self._id(record, document) == name)

    def _id(self, record: Record, document: Record) -> str:
        sha256 = record.source.sha256
        return sha256 if document is record or sha256 == self._whole else f"{sha256}#{document.first_page}"

    def _node(self, record: Record, document: Record, level: int) -> GraphNode:
        return self._nodes.get(self._id(record, document)) or self._describe(record, document, level)

    def _describe(self, record: Record, document: Record, level: int) -> GraphNode:
        kind, issuer = document.kind.value, document.issuer.value
        return GraphNode(
            self._id(record, document),
            level,
            record.source.sha256,
            str(document.number.value) if document.number.value else None,
            document.date.value,
            kind.name if kind else None,
            issuer.name if issuer else None,
            document.subject.value,
            judge_force(self._store, document, first_citing_documents(self._store, document, self._scope, 0).citations),
        )


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
