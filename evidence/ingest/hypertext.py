"""HTML -> lines: blocks and rows of tables as lines; scripts, styles and forms are left out."""

from __future__ import annotations

from typing import Any

from evidence.ingest import legacy, markup, textfile
from evidence.ingest.plain import Lines
from evidence.ingest.reading import Order, Reading

SILENT = frozenset({"script", "style", "noscript", "template", "head", "svg", "select", "button"})
BLOCKS = frozenset({
    "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "article", "header", "footer",
    "ul", "ol", "blockquote", "pre", "hr", "dt", "dd",
})  # fmt: skip


def read(order: Order) -> Reading:
    """The page's text. UnreadableError for an empty file."""
    found = legacy.decode(textfile.data(order))
    return text_of(found.text)


def text_of(source: str) -> Reading:
    """The text of a page of HTML."""
    lines = Lines()
    spoken: list[str] = []
    _walk(markup.page(source.encode("utf-8")), lines, spoken)
    _end(lines, spoken)
    page = lines.page()
    encoding = legacy.detect(page.text)
    if encoding is None:
        return Reading((page,))
    other = Lines()
    for line in page.lines:
        other.add(legacy.to_unicode(line.text, encoding), line.cell)
    return Reading((other.page(),), (), legacy.told(encoding))


def _walk(element: Any, lines: Lines, spoken: list[str]) -> None:
    """Walks the page with a stack of its own: a page nested 100,000 deep must not end the walk."""
    waiting: list[tuple[Any, str]] = [(element, "open")]
    while waiting:
        one, what = waiting.pop()
        name = markup.local(one)
        if what == "tail":
            spoken.append(one.tail or "")
            continue
        if what == "close":
            _end(lines, spoken)
            continue
        if one is not element:
            waiting.append((one, "tail"))
        if not name or name in SILENT:
            continue
        if name in BLOCKS:
            _end(lines, spoken)
            waiting.append((one, "close"))
        if name in ("td", "th"):
            spoken.append("\t")
        spoken.append(one.text or "")
        waiting += [(child, "open") for child in reversed(one)]


def _end(lines: Lines, spoken: list[str]) -> None:
    lines.add("".join(spoken))
    spoken.clear()
