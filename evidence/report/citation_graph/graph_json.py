"""A citation graph, and a document's force, as JSON."""

from __future__ import annotations

import json

from evidence.messages import Language
from evidence.model.citation_graph import CitationGraph, DocumentForce, GraphNode, WantedDocument


def render(graph: CitationGraph, _language: Language) -> str:
    """One object: what was asked for, the nodes, the edges from the citing to the cited."""
    tree = {
        "center": graph.center,
        "depth": graph.depth,
        "left_out": graph.left_out,
        "nodes": [_node(node) for node in graph.nodes],
        "edges": [
            {
                "source": edge.source,
                "target": edge.target,
                "relation": edge.relation.value,
                "sure": edge.sure,
                "page": edge.page,
                "text": edge.text,
            }
            for edge in graph.edges
        ],
    }
    return json.dumps(tree, ensure_ascii=False)


def render_force(force: DocumentForce) -> dict[str, object]:
    """Status, and what changed the document, as a tree."""
    changes = [
        {
            "relation": change.relation.value,
            "sha256": change.sha256,
            "number": change.number,
            "date": str(change.date) if change.date else None,
            "sure": change.sure,
            "page": change.page,
            "text": change.text,
        }
        for change in force.changes
    ]
    return {"status": force.force.value, "changes": changes}


def render_wanted(document: WantedDocument) -> str:
    """One line: a number that is cited and that nobody handed in."""
    tree = {
        "number": document.number,
        "citing": document.citing,
        "kind": document.kind,
        "dates": list(document.dates),
        "issuer": document.issuer,
        "text": document.text,
        "cited_by": list(document.documents),
    }
    return json.dumps(tree, ensure_ascii=False)


def _node(node: GraphNode) -> dict[str, object]:
    return {
        "id": node.id,
        "level": node.level,
        "sha256": node.sha256,
        "number": node.number,
        "date": str(node.date) if node.date else None,
        "kind": node.kind,
        "issuer": node.issuer,
        "subject": node.subject,
        "force": render_force(node.force) if node.force else None,
    }
