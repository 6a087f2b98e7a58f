"""What is drawn on a sheet and says something (ECMA-376, DrawingML): text boxes, of which a letterhead or a note is
often one, charts and diagrams."""

from __future__ import annotations

from evidence.ingest.formats.safe_xml import Element, local_name
from evidence.ingest.office.graphics import read_graphics
from evidence.ingest.office.package import Package

DEEPEST = 50  # shapes grouped in one another
PARAGRAPH = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"


def read_text_boxes(package: Package, part: str) -> list[tuple[int, str]]:
    """The row (from 0) at which each text box, chart and diagram of a drawing begins, and what it says (of a chart its
    titles), in the order of the rows."""
    root = package.parse_if_whole(part)
    boxes: list[tuple[int, str]] = []
    for anchor in () if root is None else root:
        row = _first_row(anchor)
        boxes += [(row, text) for text in (*_shape_texts(anchor, 0), *read_graphics(package, part, anchor)) if text]
    return sorted(boxes, key=lambda box: box[0])


def paragraphs_of(body: Element) -> str:
    """The paragraphs of a shape's text, each a line."""
    return "\n".join(filter(str.strip, map(paragraph_text, body.iter(PARAGRAPH))))


def paragraph_text(paragraph: Element) -> str:
    """What a paragraph of DrawingML says."""
    texts: list[str] = []
    for node in paragraph.iter():
        name = local_name(node)
        if name == "t":
            texts.append(node.text or "")
        elif name in ("br", "tab"):
            texts.append("\n" if name == "br" else "\t")
    return "".join(texts)


def _shape_texts(element: Element, depth: int) -> list[str]:
    """The texts of shapes, of two ways to draw one the first."""
    texts: list[str] = []
    for child in element if depth < DEEPEST else ():
        name = local_name(child)
        if name == "txBody":
            texts.append(paragraphs_of(child))
        elif name == "AlternateContent":
            branches = [text for branch in child if (text := _shape_texts(branch, depth + 1))]
            texts += branches[0] if branches else []
        elif name and not _is_hidden(child):
            texts += _shape_texts(child, depth + 1)
    return texts


def _is_hidden(shape: Element) -> bool:
    """Whether a shape is not shown (its ``cNvPr`` says so)."""
    for properties in shape:
        if local_name(properties).startswith("nv"):
            return any(local_name(item) == "cNvPr" and item.get("hidden") in ("1", "true") for item in properties)
    return False


def _first_row(anchor: Element) -> int:
    for start in anchor:
        if local_name(start) == "from":
            rows = [item.text or "" for item in start if local_name(item) == "row"]
            return int(rows[0]) if rows and rows[0].isdecimal() else 0
    return 0
