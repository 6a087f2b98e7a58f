"""A citation graph as lines of text: the document and its force, then each chain, indented by its distance."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.messages import Language
from evidence.model.citation_graph import CitationGraph, DocumentForce, GraphEdge, GraphNode, WantedDocument
from evidence.report.citation_graph.network import clean_text
from evidence.report.document_title import format_partial_date
from evidence.report.labels import label

SUBJECT = 90  # letters


def render(graph: CitationGraph, language: Language) -> str:
    """What is known of the document, what it rests on, what rests on it."""
    nodes = {node.id: node for node in graph.nodes}
    center = nodes[graph.center]
    lines = [_describe(center, language)]
    lines += ["  " + line for line in render_force(center.force, language)] if center.force else []
    for side, head in ((-1, "graph-list-rests-on"), (1, "graph-list-rested-on")):
        chains = list(_chains(graph, nodes, center.id, side, {center.id}, language))
        lines += [label(head, language), *(chains or ["  " + label("graph-list-nothing", language)])]
    if graph.left_out:
        lines.append(label("graph-left-out", language, count=graph.left_out))
    return "\n".join(lines) + "\n"


def render_force(force: DocumentForce, language: Language) -> Iterator[str]:
    """The status, then each act that changed the document: by what, since when, where that is read."""
    yield label(f"force-{force.force.value}", language)
    for change in force.changes:
        day = format_partial_date(change.date, language) if change.date else label("force-no-date", language)
        by = clean_text(change.number or label("graph-no-number", language))
        doubt = "" if change.sure else " (?)"
        yield "  " + label(
            f"force-change-{change.relation.value}", language, by=by, day=day, sha256=change.sha256[:12],
            page=change.page,
        ) + doubt  # fmt: skip


def render_wanted(document: WantedDocument, language: Language) -> str:
    """One line: the number, how many cite it, how one of them names it."""
    return label(
        "graph-wanted", language, number=clean_text(document.number), count=document.citing,
        text=clean_text(document.text),
    )  # fmt: skip


def _chains(
    graph: CitationGraph, nodes: dict[str, GraphNode], start: str, side: int, seen: set[str], language: Language
) -> Iterator[str]:
    """Depth first; a document that was listed before is not gone into again."""
    for edge in graph.edges:
        near, far = (edge.source, edge.target) if side < 0 else (edge.target, edge.source)
        node = nodes[far]
        if near != start or node.level * side <= 0 or abs(node.level) <= abs(nodes[start].level):
            continue
        yield "  " * abs(node.level) + _relate(edge, side, language) + _describe(node, language)
        if far not in seen:
            seen.add(far)
            yield from _chains(graph, nodes, far, side, seen, language)


def _relate(edge: GraphEdge, side: int, language: Language) -> str:
    words = label(f"relation-{edge.relation.value}", language)
    return ("→ " if side < 0 else "← ") + words + ("" if edge.sure else " (?)") + ": "


def _describe(node: GraphNode, language: Language) -> str:
    day = format_partial_date(node.date, language) if node.date else None
    head = " ".join(part for part in (node.kind, node.number, day) if part) or label("graph-no-number", language)
    subject = clean_text(node.subject or "")
    subject = f" · {subject[:SUBJECT]}{'…' if len(subject) > SUBJECT else ''}" if subject else ""
    where = f"  ({node.sha256[:12]})" if node.sha256 else f"  ({label('graph-not-held', language)})"
    return clean_text(head + subject) + where
