"""The text that annotations and fields print on a PDF page: pdfium shows it only once the page is flattened.

The flattened page is loaded anew, but only what is new on it is read: its own objects, which come first, are hidden
meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

import pypdfium2.raw as raw
from pypdfium2 import PdfDocument, PdfiumError, PdfPage

from evidence.ingest.pdf.characters import EMPTY, Glyphs, select_added
from evidence.ingest.pdf.legacy_text import read_page_glyphs
from evidence.ingest.pdf.pdfium_calls import count_objects, handle_address, list_objects, object_type, set_active


def read_annotations(pdf: PdfDocument, page: PdfPage, index: int, own: Glyphs) -> tuple[PdfPage, Glyphs]:
    """The page with annotations and fields drawn into it, and the characters that came with them. PdfiumError where
    pdfium cannot."""
    before = count_objects(handle_address(page.raw))
    if not _flatten(page):
        return page, EMPTY
    page = pdf[index]
    items = list_objects(handle_address(page.raw))
    if any(object_type(item) != raw.FPDF_PAGEOBJ_FORM for item in items[before:]) or len(items) < before:
        return page, select_added(own, read_page_glyphs(page)[0])
    return page, _read_without(page, items[:before]) if len(items) > before else EMPTY


def _read_without(page: PdfPage, items: Sequence[int]) -> Glyphs:
    """The characters of the page less those of these objects."""
    _set_shown(items, False)
    try:
        return read_page_glyphs(page)[0]
    finally:
        _set_shown(items, True)


def _set_shown(items: Sequence[int], shown: bool) -> None:
    if not all(map(set_active, items, repeat(shown))):
        raise PdfiumError("An object of the page can be neither hidden nor shown.")


def _flatten(page: PdfPage) -> bool:
    """Draws annotations and fields into the page (in memory only). True where there were any.

    Links without an appearance, as Word leaves them, draw nothing: such a page need not be read twice.
    """
    if not any(_draws(page, index) for index in range(raw.FPDFPage_GetAnnotCount(page.raw))):
        return False
    return bool(raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS)


def _draws(page: PdfPage, index: int) -> bool:
    annotation = raw.FPDFPage_GetAnnot(page.raw, index)
    if not annotation:
        return True
    try:
        if raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_LINK:
            return True
        return bool(raw.FPDFAnnot_HasKey(annotation, b"AP"))
    finally:
        raw.FPDFPage_CloseAnnot(annotation)
