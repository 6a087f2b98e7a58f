"""The texts of a workbook: the shared ones, and those in a cell, as stretches each with its font.

Readings of Japanese letters (``rPh``) are no text. Excel writes letters that XML has no place for as ``_x000D_``.
"""

from __future__ import annotations

import io
import re

from lxml import etree

from evidence.ingest.formats.safe_xml import Element, local_attribute, local_name

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
CONTROLS = frozenset(range(32)) - {9, 10, 13}

RichText = tuple[tuple[str, str], ...]  # text and font; an empty font is the cell's own


def read_shared_strings(data: bytes) -> list[RichText]:
    """The shared strings by their place. XMLSyntaxError where the part is no XML."""
    texts: list[RichText] = []
    parser = etree.iterparse(
        io.BytesIO(data), tag="{*}si", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    for _, element in parser:
        texts.append(read_rich_text(element))
        element.clear()
    return texts


def read_rich_text(element: Element) -> RichText:
    """The text of a string, without readings."""
    pieces: list[tuple[str, str]] = []
    for child in element:
        name = local_name(child)
        if name == "t":
            pieces.append((unescape_text(child.text or ""), ""))
        elif name == "r":
            pieces.append((_run_text(child), _run_font(child)))
    return tuple(pieces)


def unescape_text(text: str) -> str:
    """The letters that Excel wrote by their numbers.

    >>> unescape_text("a_x000D_b"), unescape_text("_x005F_x0041_")
    ('a\\rb', '_x0041_')
    """
    return ESCAPED.sub(_letter, text) if "_x" in text else text


def _letter(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return "" if code in CONTROLS or 0xD800 <= code <= 0xDFFF else chr(code)


def _run_text(run: Element) -> str:
    return "".join(unescape_text(child.text or "") for child in run if local_name(child) == "t")


def _run_font(run: Element) -> str:
    properties = (child for child in run if local_name(child) == "rPr")
    fonts = (local_attribute(font, "val") for part in properties for font in part if local_name(font) == "rFont")
    return next(fonts, "")
