"""What a PDF page's own text layer says and the page shows: its characters once each, those of annotations beside them,
and what stands in the layer but not on the page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from pypdfium2 import PdfDocument, PdfPage
from pypdfium2.raw import FPDF_TEXTPAGE

from evidence.ingest.layout.text_quality import BIG, FEW
from evidence.ingest.pdf.annotations import AnnotatedPage, read_annotations
from evidence.ingest.pdf.attachments import Attached
from evidence.ingest.pdf.characters import Flags, Glyphs, PageCoordinates, select_glyphs
from evidence.ingest.pdf.covers import locate_pictures
from evidence.ingest.pdf.doubles import find_doubles, mark_first
from evidence.ingest.pdf.file_probe import FileProbe
from evidence.ingest.pdf.hidden_text import TextPage, find_hidden, find_off_page, find_replaced_figures
from evidence.ingest.pdf.legacy_text import decode_glyphs
from evidence.ingest.pdf.outlines import locate_outlines
from evidence.ingest.pdf.page_objects import (
    DrawnObjects,
    ObjectSummary,
    append_objects,
    list_drawn,
    summarise_objects,
)
from evidence.ingest.pdf.typed_text import join_glyphs
from evidence.model.geometry import Box

MOSTLY = 2 / 3  # share of a page's characters that are hidden from which its layer is one beneath a picture


@dataclass(frozen=True, slots=True)
class PageText:
    """The page, annotations and fields drawn into it; its own characters and those of annotations and fields; the
    characters that it does not show; the old encoding of some of them; what its objects tell; the files attached to
    it; where it has images, rows of outlines (of the first page), and figures (of that) that the file gives another
    text for; whether characters are painted twice; stamps
    that the file says only the text of."""

    page: PdfPage
    own: Glyphs
    fields: Glyphs
    hidden: Glyphs
    encoding: str | None
    objects: ObjectSummary
    attached: list[Attached] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    outlines: list[Box] = field(default_factory=list)
    replaced: list[Box] = field(default_factory=list)
    doubled: bool = False
    stamps: tuple[str, ...] = ()


def read_page_text(pdf: PdfDocument, index: int, probe: FileProbe) -> PageText:
    """The text of one page (0-based). PdfiumError where pdfium cannot read the page."""
    page = pdf[index]
    textpage = page.get_textpage()
    try:
        coordinates = PageCoordinates(page)
        glyphs, encoding = decode_glyphs(textpage.raw, coordinates)
        drawn = list_drawn(page)
        objects = summarise_objects(page, drawn)
        annotated = read_annotations(pdf, page, index, glyphs, probe.about_page(index))
        copies = find_doubles(glyphs)
        away = find_off_page(glyphs, coordinates.width, coordinates.height)
        unseen: Flags | None = None
        pictures: list[Box] = []
        outlines: list[Box] = []
        replaced: list[Box] = []
        if not objects.hidden and not (objects.image > BIG and len(glyphs) < FEW):  # no layer of a scan
            source = _text_page(textpage.raw, glyphs, copies, drawn, annotated)
            unseen = find_hidden(source, coordinates, probe)
            pictures = locate_pictures(source.drawn, coordinates)
            if index == 0:
                outlines, replaced = locate_outlines(source.drawn, coordinates), find_replaced_figures(source)
    finally:
        textpage.close()
    fields, attached = annotated.glyphs, annotated.attached
    page_text = PageText(
        annotated.page, glyphs, fields, annotated.hidden, encoding, objects, attached, pictures, outlines, replaced
    )
    page_text = replace(page_text, stamps=annotated.stamps) if annotated.stamps else page_text
    return _take_out(page_text, copies, away, unseen)


def _take_out(page_text: PageText, copies: dict[int, list[int]], away: Flags | None, unseen: Flags | None) -> PageText:
    """The same without later copies and what is not shown. A layer that lies beneath a picture as a whole is left in,
    for OCR to go before it."""
    glyphs = page_text.own
    hidden = np.zeros(len(glyphs), np.bool_) if away is None else away
    if unseen is not None:
        if np.count_nonzero(unseen & ~hidden) > MOSTLY * np.count_nonzero(~hidden):
            page_text = replace(page_text, objects=replace(page_text.objects, hidden=True))
        else:
            hidden = hidden | unseen
    elif away is None and not copies:
        return page_text
    own = select_glyphs(glyphs, ~hidden & mark_first(len(glyphs), copies))
    return replace(page_text, own=own, hidden=join_glyphs(select_glyphs(glyphs, hidden), page_text.hidden))


def _text_page(
    text: FPDF_TEXTPAGE, glyphs: Glyphs, copies: dict[int, list[int]], own: DrawnObjects, annotated: AnnotatedPage
) -> TextPage:
    drawn = append_objects(own, annotated.items) if annotated.items else own

    def redraw() -> tuple[PdfPage, list[int]]:
        """Where annotations were drawn into the page it was loaded anew: its own objects come first there."""
        items = list_drawn(annotated.page).items if annotated.items else own.items
        return annotated.page, items

    return TextPage(text, glyphs, copies, own, drawn, redraw)
