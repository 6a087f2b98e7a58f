"""The text that annotations and fields print on a PDF page: pdfium shows it only once the page is flattened.

The flattened page is loaded anew, but only what is new on it is read: its own objects, which come first, are put out of
sight meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from evidence.ingest.pdf import characters as glyphs
from evidence.ingest.pdf import legacy_text as old_letters
from evidence.ingest.pdf import pdfium as quick
from evidence.ingest.pdf.characters import Glyphs


def read(pdf: pdfium.PdfDocument, page: Any, index: int, own: Glyphs) -> tuple[Any, Glyphs]:
    """The page with annotations and fields drawn into it, and the characters that came with them."""
    before = quick.count_objects(quick.address(page.raw))
    if not _flatten(page):
        return page, glyphs.EMPTY
    page = pdf[index]
    items = quick.objects(quick.address(page.raw))
    if any(quick.type_of(item) != raw.FPDF_PAGEOBJ_FORM for item in items[before:]) or len(items) < before:
        return page, glyphs.only_after(own, old_letters.read(page)[0])
    return page, _without(page, items[:before]) if len(items) > before else glyphs.EMPTY


def _without(page: Any, items: Sequence[int]) -> Glyphs:
    """The characters of the page less those of these objects."""
    _show(items, False)
    try:
        return old_letters.read(page)[0]
    finally:
        _show(items, True)


def _show(items: Sequence[int], shown: bool) -> None:
    if not all(map(quick.set_active, items, repeat(shown))):
        raise pdfium.PdfiumError("An object of the page can be neither hidden nor shown.")


def _flatten(page: Any) -> bool:
    """Draws annotations and fields into the page (in memory only). True where there were any.

    Links without an appearance, as Word leaves them, draw nothing: such a page need not be read twice.
    """
    if not any(_draws(page, index) for index in range(raw.FPDFPage_GetAnnotCount(page.raw))):
        return False
    return bool(raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS)


def _draws(page: Any, index: int) -> bool:
    note = raw.FPDFPage_GetAnnot(page.raw, index)
    if not note:
        return True
    try:
        if raw.FPDFAnnot_GetSubtype(note) != raw.FPDF_ANNOT_LINK:
            return True
        return bool(raw.FPDFAnnot_HasKey(note, b"AP"))
    finally:
        raw.FPDFPage_CloseAnnot(note)
