"""A citation graph as an SVG drawing: what the document rests on to the left, what rests on it to the right.

One column a level; in each, documents stand near those they are tied to. Lines run from the citing to the cited
document, with the relation in words at the outer end.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import networkx

from evidence.messages import Language
from evidence.model.citation_graph import CitationGraph, Force, GraphNode
from evidence.model.record import Relation
from evidence.report.citation_graph.network import clean_text
from evidence.report.document_title import format_partial_date
from evidence.report.labels import label
from evidence.report.templates import load_template

BOX, TALL, ROW, GAP, EDGE, HEAD = 300, 90, 110, 190, 24, 64  # pixels: width and height of a box, a row, between columns
MOST_IN_COLUMN = 30  # documents drawn of one level; the rest is counted
LETTERS, BOLD_LETTERS = 46, 33  # that fit into a row of a box, also of broad letters
WEIGHT = [
    Relation.REPEALS, Relation.REPLACES, Relation.AMENDS, Relation.BASED_ON, Relation.IMPLEMENTS, Relation.GUIDES,
    Relation.ATTACHED_TO, Relation.CITES,
]  # fmt: skip
ENDING, CHANGING, PLAIN = 2.6, 2.0, 1.2  # widths of lines: they tell kinds apart where nothing is coloured
WIDTHS = {Relation.REPEALS: ENDING, Relation.REPLACES: ENDING, Relation.AMENDS: CHANGING}
COLOURS = {Relation.REPEALS: "#b3261e", Relation.REPLACES: "#b3261e", Relation.AMENDS: "#9a6700"}


@dataclass(frozen=True, slots=True)
class _Link:
    """All relations of two documents, the weightiest first."""

    source: str
    target: str
    relations: tuple[Relation, ...]
    sure: bool


def render(graph: CitationGraph, language: Language) -> str:
    """The drawing, by itself in one file: no script, no font, nothing from elsewhere."""
    columns, hidden = _sort_columns(graph)
    places = _lay_out(columns)
    drawn = {node.id: node for column in columns.values() for node in column}
    links = [link for link in _links(graph) if link.source in drawn and link.target in drawn]
    first, last = min(columns), max(columns)
    tallest = max(map(len, columns.values()))
    return load_template("citation_graph.svg").render(
        lang=language.value,
        width=(last - first + 1) * BOX + (last - first) * GAP + 2 * EDGE,
        height=HEAD + tallest * ROW + 2 * EDGE + 24,
        box=BOX,
        tall=TALL,
        title=label("graph-title", language, document=_name(drawn[graph.center], language)),
        heads=[(EDGE + (level - first) * (BOX + GAP), _head(level, language)) for level in sorted(columns)],
        boxes=[_box(node, places[node.id], node.id == graph.center, language) for node in drawn.values()],
        lines=_lines(links, places, drawn, _lanes(columns, places), language),
        foot=_foot(graph, hidden, language),
        foot_y=HEAD + tallest * ROW + 2 * EDGE + 4,
    )


def _sort_columns(graph: CitationGraph) -> tuple[dict[int, list[GraphNode]], int]:
    """The documents of each level, those with the weightiest relations first; how many there was no room for."""
    best: dict[str, int] = {}
    for edge in graph.edges:
        for end in (edge.source, edge.target):
            best[end] = min(best.get(end, len(WEIGHT)), WEIGHT.index(edge.relation))
    columns: dict[int, list[GraphNode]] = defaultdict(list)
    for node in sorted(graph.nodes, key=lambda node: (best.get(node.id, 0), node.sha256 is None, str(node.date))):
        columns[node.level].append(node)
    hidden = sum(max(0, len(column) - MOST_IN_COLUMN) for column in columns.values())
    cut = {level: column[:MOST_IN_COLUMN] for level, column in columns.items()}
    near = defaultdict(set)
    for edge in graph.edges:
        near[edge.source].add(edge.target)
        near[edge.target].add(edge.source)
    for level in sorted(cut, key=abs):
        inner = {node.id: at for at, node in enumerate(cut.get(level - (1 if level > 0 else -1), []))}
        if abs(level) > 1:
            cut[level] = sorted(cut[level], key=lambda node: _mean_place(near[node.id], inner))
    return cut, hidden


def _mean_place(near: set[str], inner: Mapping[str, int]) -> float:
    places = [inner[node] for node in near if node in inner]
    return sum(places) / len(places) if places else len(inner)


def _lay_out(columns: Mapping[int, list[GraphNode]]) -> dict[str, tuple[float, float]]:
    """The top left of each box: levels side by side, each centred on the middle line."""
    network = networkx.Graph()
    for level in sorted(columns):
        network.add_nodes_from((node.id for node in columns[level]), level=level)
    layout = networkx.multipartite_layout(network, subset_key="level", align="vertical", scale=1)
    tallest = max(map(len, columns.values()))
    first = min(columns)
    places: dict[str, tuple[float, float]] = {}
    for level, column in columns.items():
        spots = sorted(float(layout[node.id][1]) for node in column)
        step = (spots[-1] - spots[0]) / (len(spots) - 1) if len(spots) > 1 else 1.0
        top = HEAD + EDGE + (tallest - len(column)) * ROW / 2
        for node, spot in zip(column, spots, strict=True):
            places[node.id] = (EDGE + (level - first) * (BOX + GAP), top + round((spot - spots[0]) / step) * ROW)
    return places


def _links(graph: CitationGraph) -> list[_Link]:
    relations: dict[tuple[str, str], set[Relation]] = defaultdict(set)
    sure: dict[tuple[str, str], bool] = defaultdict(bool)
    for edge in graph.edges:
        relations[edge.source, edge.target].add(edge.relation)
        sure[edge.source, edge.target] |= edge.sure
    return [
        _Link(source, target, tuple(sorted(kinds, key=WEIGHT.index)), sure[source, target])
        for (source, target), kinds in relations.items()
    ]


def _lanes(
    columns: Mapping[int, list[GraphNode]], places: Mapping[str, tuple[float, float]]
) -> dict[int, tuple[float, list[float]]]:
    """The left edge of each column, and the heights at which a line may pass it between the boxes."""
    lanes = {}
    for level, column in columns.items():
        tops = [places[node.id][1] for node in column]
        free = (ROW - TALL) / 2
        lanes[level] = (places[column[0].id][0], [min(tops) - free, *(top + TALL + free for top in tops)])
    return lanes


def _route(
    start: tuple[float, float], end: tuple[float, float], between: list[tuple[float, list[float]]], bend: float
) -> str:
    """A curve from start to end, straight and between the boxes where it passes columns."""
    step = 1 if end[0] > start[0] else -1
    path, at = f"M{start[0]:.0f},{start[1]:.0f}", start
    for left, lanes in between:
        share = (left - start[0]) / (end[0] - start[0])
        height = min(lanes, key=lambda lane: abs(lane - start[1] - share * (end[1] - start[1])))
        near, far = (left, left + BOX) if step > 0 else (left + BOX, left)
        path += _curve(at, (near, height), (near - at[0]) / 2) + f" L{far:.0f},{height:.0f}"
        at = (far, height)
    return path + _curve(at, end, (end[0] - at[0]) / 2 if end[0] != at[0] else bend)


def _curve(start: tuple[float, float], end: tuple[float, float], bend: float) -> str:
    handle = end[0] - bend if start[0] != end[0] else end[0] + bend
    return f" C{start[0] + bend:.0f},{start[1]:.0f} {handle:.0f},{end[1]:.0f} {end[0]:.0f},{end[1]:.0f}"


def _lines(
    links: list[_Link],
    places: Mapping[str, tuple[float, float]],
    nodes: Mapping[str, GraphNode],
    lanes: Mapping[int, tuple[float, list[float]]],
    language: Language,
) -> list[dict[str, object]]:
    """Each line with its words, which stand at the end farther from the middle."""
    lines = []
    used: dict[str, int] = defaultdict(int)
    for link in links:
        outer = max((link.source, link.target), key=lambda end: abs(nodes[end].level))
        words = " · ".join(label(f"relation-{relation.value}", language) for relation in link.relations[:2])
        (x1, y1), (x2, y2) = places[link.source], places[link.target]
        right = x2 >= x1
        start, end = (x1 + BOX if right else x1, y1 + TALL / 2), (x2 if right else x2 + BOX, y2 + TALL / 2)
        if x1 == x2:
            start, end = (x1 + BOX, start[1]), (x2 + BOX, end[1])
        levels = sorted((nodes[link.source].level, nodes[link.target].level))
        passed = [lanes[level] for level in range(levels[0] + 1, levels[1]) if level in lanes]
        at = start if outer == link.source else end
        below = at[1] > (end if at == start else start)[1]  # the line rises from there: its words stand under it
        outward = 1 if nodes[outer].level > 0 else -1
        lines.append(
            {
                "path": _route(start, end, passed if right else passed[::-1], GAP / 2),
                "words": words + ("" if link.sure else " (?)"),
                "x": at[0] - outward * 12 if x1 != x2 else at[0] + 12,
                "y": at[1] + (15 + 14 * used[outer] if below else -5 - 14 * used[outer]),
                "anchor": "end" if outward > 0 and x1 != x2 else "start",
                "colour": COLOURS.get(link.relations[0], "#57606a"),
                "width": WIDTHS.get(link.relations[0], PLAIN),
                "sure": link.sure,
            }
        )
        used[outer] += 1
    return lines


def _box(node: GraphNode, place: tuple[float, float], center: bool, language: Language) -> dict[str, object]:
    """Number; kind and date; subject or issuer; and, where it is more than in force, its force."""
    subject = clean_text(node.subject or node.issuer or "")
    force = node.force.force if node.force else None
    if node.sha256 is None:
        state = label("graph-not-held", language)
    elif force in (Force.ENDED, Force.AMENDED, Force.DOUBTFUL, Force.DRAFT):
        state = label(f"force-{force.value}", language)
    else:
        state = ""
    about = [clean_text(node.kind or ""), format_partial_date(node.date, language) if node.date else ""]
    return {
        "x": place[0],
        "y": place[1],
        "number": _cut(clean_text(node.number or label("graph-no-number", language)), BOLD_LETTERS),
        "about": _cut(" · ".join(part for part in about if part), LETTERS),
        "subject": _wrap(subject, 2),
        "state": _cut(state, LETTERS),
        "whole": f"{_name(node, language)} {subject}".strip(),
        "kind": "center" if center else "cited" if node.sha256 is None else "held",
        "ended": force in (Force.ENDED, Force.DOUBTFUL),
    }


def _name(node: GraphNode, language: Language) -> str:
    day = format_partial_date(node.date, language) if node.date else None
    return clean_text(" ".join(part for part in (node.kind, node.number, day) if part) or node.id[:12])


def _cut(text: str, letters: int) -> str:
    return textwrap.shorten(text, letters, placeholder="…") if len(text) > letters else text


def _wrap(text: str, most: int) -> list[str]:
    """The text on that many rows at most."""
    rows = textwrap.wrap(text, LETTERS)
    return rows if len(rows) <= most else [*rows[: most - 1], _cut(" ".join(rows[most - 1 :]), LETTERS)]


def _head(level: int, language: Language) -> str:
    if level == 0:
        return label("graph-center", language)
    return label("graph-rests-on" if level < 0 else "graph-rested-on", language, step=abs(level))


def _foot(graph: CitationGraph, hidden: int, language: Language) -> str:
    left_out = hidden + graph.left_out
    more = " " + label("graph-left-out", language, count=left_out) if left_out else ""
    return label("graph-foot", language) + more
