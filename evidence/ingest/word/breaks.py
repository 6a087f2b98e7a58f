"""Where a Word document breaks its pages by order of its author (ECMA-376): breaks in the text, before paragraphs, of
sections. Where a page ends because it is full nobody knows before the document is laid out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from evidence.ingest.formats.safe_xml import Element
from evidence.ingest.word.names import OFF, VAL, w

PAGE = "\f"  # in the text of a paragraph
ON_THE_SAME_PAGE = frozenset({"continuous", "nextColumn"})


class Breaks:
    """The breaks of one document, ``parts`` of which the body alone has sections."""

    def __init__(self, parts: Sequence[Element]) -> None:
        inner = [section for part in parts for section in part.iterfind(f".//{w('pPr')}/{w('sectPr')}")]
        sections = [*inner, *(section for part in parts for section in part.iterfind(w("sectPr")))]
        self._last = [section for section, after in pairwise(sections) if not _continues_page(after)]

    def before(self, paragraph: Element) -> bool:
        """Whether the paragraph itself asks for a new page."""
        flag = paragraph.find(f"{w('pPr')}/{w('pageBreakBefore')}")
        return flag is not None and flag.get(VAL, "1") not in OFF

    def after(self, paragraph: Element) -> bool:
        """Whether the paragraph is the last of a section behind which a new page begins."""
        section = paragraph.find(f"{w('pPr')}/{w('sectPr')}") if self._last else None
        return section is not None and any(section is last for last in self._last)


def is_page_break(mark: Element) -> bool:
    """Whether a ``w:br`` breaks the page, not only the line."""
    return bool(mark.tag == w("br") and mark.get(w("type")) == "page")


def _continues_page(section: Element) -> bool:
    kind = section.find(w("type"))
    return kind is not None and kind.get(VAL) in ON_THE_SAME_PAGE
