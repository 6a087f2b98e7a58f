"""Dynamic XFA forms (Adobe LiveCycle): the PDF holds a page that asks to wait, the form itself is drawn by Adobe's
program alone (ISO 32000-1, 12.7.8; removed in ISO 32000-2)."""

from __future__ import annotations

import re

import pypdfium2.raw as raw
from pypdfium2 import PdfDocument

PLACEHOLDER = re.compile(r"please\s+wait|adobe\s+(?:acrobat\s+)?reader", re.IGNORECASE)
FORMS = (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND)
LETTERS = 40  # a page with fewer holds no form


def is_dynamic_xfa(pdf: PdfDocument) -> bool:
    """Whether the file is such a form and its pages hold none of it."""
    if pdf.get_formtype() not in FORMS or len(pdf) > 1:
        return False
    textpage = pdf[0].get_textpage()
    try:
        text = textpage.get_text_range()
    finally:
        textpage.close()
    empty = pdf.get_formtype() == raw.FORMTYPE_XFA_FULL and sum(map(str.isalnum, text)) < LETTERS
    return empty or bool(PLACEHOLDER.search(text))
