"""The words of charts and of diagrams (SmartArt), which lie in parts of their own beside a sheet, slide or text
(ECMA-376, DrawingML: chart, diagram)."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.ingest.formats.safe_xml import Element, local_name, relationship_id
from evidence.ingest.office.package import Package

HAS_TEXT = frozenset({"", "node", "asst", "doc"})  # kinds of a diagram's points that a person wrote; others are layout
MOST = 200  # points of a diagram, titles of a chart
PARAGRAPHS = "{*}p"


def read_graphics(package: Package, part: str, element: Element) -> list[str]:
    """The texts of the charts and diagrams that an element of that part shows, each with its paragraphs as lines."""
    texts: list[str] = []
    for item in element.iter("{*}chart", "{*}relIds"):
        name = relationship_id(item) if local_name(item) == "chart" else _data_id(item)
        relationship = package.relationships(part).get(name)
        root = package.parse_if_whole(relationship.target) if relationship and not relationship.outside else None
        if root is not None:
            found = _chart_titles(root) if local_name(item) == "chart" else _diagram_texts(root)
            texts.append("\n".join(found))
    return list(filter(None, texts))


def _data_id(item: Element) -> str:
    """The relationship to a diagram's points."""
    return next((value for key, value in item.items() if key.endswith("/relationships}dm")), "")


def _chart_titles(root: Element) -> list[str]:
    """The title of a chart and those of its axes: written there, or taken from a cell."""
    titles: list[str] = []
    for title in root.iter("{*}title"):
        cached = (value.text or "" for cache in title.iter("{*}strCache") for value in cache.iter("{*}v"))
        titles += list(_paragraphs(title)) or [" ".join(" ".join(cached).split())]
    return list(filter(None, titles))[:MOST]


def _diagram_texts(root: Element) -> list[str]:
    points = (point for point in root.iter("{*}pt") if point.get("type", "") in HAS_TEXT)
    bodies = (body for point in points for body in point.iterchildren("{*}t"))
    return [text for body in bodies for text in _paragraphs(body)][:MOST]


def _paragraphs(body: Element) -> Iterator[str]:
    for paragraph in body.iter(PARAGRAPHS):
        text = " ".join("".join(run.text or "" for run in paragraph.iter("{*}t")).split())
        if text:
            yield text
