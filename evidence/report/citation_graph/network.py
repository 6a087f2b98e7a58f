"""A citation graph as one of networkx: what its layouts and its GraphML writer take."""

from __future__ import annotations

import re

import networkx

from evidence.messages import Language
from evidence.model.citation_graph import CitationGraph
from evidence.report.labels import label
from evidence.report.text.visible import escape_hidden

_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")  # besides controls: no letters of XML 1.0


def build_network(graph: CitationGraph, language: Language) -> networkx.MultiDiGraph:
    """Documents with ``level`` and what is known of them; edges from the citing to the cited, keyed by relation."""
    network = networkx.MultiDiGraph()
    for node in graph.nodes:
        known = {
            "number": node.number,
            "date": str(node.date) if node.date else None,
            "kind": node.kind,
            "issuer": node.issuer,
            "subject": node.subject,
            "force": node.force.force.value if node.force else None,
        }
        texts = {name: clean_text(value) for name, value in known.items() if value}
        texts["label"] = " ".join(texts[name] for name in ("kind", "number", "date") if name in texts) or node.id[:12]
        network.add_node(node.id, level=node.level, held=node.sha256 is not None, **texts)
    for edge in graph.edges:
        network.add_edge(
            edge.source, edge.target, edge.relation.value, relation=edge.relation.value, sure=edge.sure,
            label=label(f"relation-{edge.relation.value}", language), page=edge.page, text=clean_text(edge.text),
        )  # fmt: skip
    return network


def render_graphml(graph: CitationGraph, language: Language) -> str:
    """GraphML (graphml.graphdrawing.org), as Gephi, yEd and Cytoscape read it."""
    return "\n".join(networkx.generate_graphml(build_network(graph, language))) + "\n"


def clean_text(text: str) -> str:
    r"""One line of letters that XML may hold.

    >>> clean_text("a\x00b\x0cc\ud800")
    'a\\u0000b c?'
    """
    return _NO_XML.sub("?", escape_hidden(" ".join(text.split())))
