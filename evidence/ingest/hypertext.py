"""HTML -> lines: blocks and rows of tables as lines; scripts, styles and forms are left out.

Word saves pages as HTML with its fonts in ``face`` and ``style``: old letters are told by them.
"""

from __future__ import annotations

import codecs
import re
from typing import Any

from evidence.ingest import legacy, markup, old_fonts, textfile
from evidence.ingest.old_fonts import OldFonts, Piece
from evidence.ingest.plain import Lines
from evidence.ingest.reading import Order, Reading

SILENT = frozenset({"script", "style", "noscript", "template", "head", "svg", "select", "button"})
BLOCKS = frozenset({
    "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "article", "header", "footer",
    "ul", "ol", "blockquote", "pre", "hr", "dt", "dd",
})  # fmt: skip
FAMILY = re.compile(r"""font-family\s*:\s*["']?([^"',;]+)""", re.IGNORECASE)
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Paragraph = list[Piece]


def read(order: Order) -> Reading:
    """The page's text. UnreadableError for an empty file."""
    return text_of(_decoded(textfile.data(order)))


def _decoded(data: bytes) -> str:
    """The source, old letters left as they are: the fonts tell them better, since they know the capitals."""
    if data.startswith(UTF_16):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        found = legacy.decode(data)
        return data.decode("latin-1") if found.encoding in legacy.NAMES else found.text


def text_of(source: str) -> Reading:
    """The text of a page of HTML."""
    paragraphs = _paragraphs(markup.page(source.encode("utf-8", "replace")))
    fonts = OldFonts(piece for one in paragraphs for piece in one)
    lines = Lines()
    for one in paragraphs:
        lines.add(fonts.text(one))
    return old_fonts.reading(lines, fonts)


def _paragraphs(element: Any) -> list[Paragraph]:
    """Walks the page with a stack of its own: a page nested 100,000 deep must not end the walk."""
    found: list[Paragraph] = [[]]
    waiting: list[tuple[Any, str, str]] = [(element, "open", "")]
    while waiting:
        one, what, font = waiting.pop()
        name = markup.local(one)
        if what == "tail":
            found[-1].append(Piece(one.tail or "", font))
            continue
        if what == "close":
            found.append([])
            continue
        if one is not element:
            waiting.append((one, "tail", font))
        if not name or name in SILENT:
            continue
        font = _font(one) or font
        if name in BLOCKS:
            found.append([])
            waiting.append((one, "close", font))
        if name in ("td", "th"):
            found[-1].append(Piece("\t", font))
        found[-1].append(Piece(one.text or "", font))
        waiting += [(child, "open", font) for child in reversed(one)]
    return found


def _font(element: Any) -> str:
    """The font that an element itself names."""
    named = FAMILY.search(element.get("style") or "")
    return named[1].strip() if named else (element.get("face") or "").partition(",")[0].strip()
