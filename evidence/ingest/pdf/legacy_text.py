"""The characters of a PDF page set in fonts of before Unicode (``.VnTime``, ``VNI-Times``), as Unicode.

The font's name decides, character by character: only it tells TCVN3's capitals (``.VnTimeH``), and a page may mix old
and new fonts. Where the fonts were renamed, the page's letters decide (``detect_encoding``). U+00AD is an ư there.
"""

from __future__ import annotations

import ctypes
import re

import numpy as np
import pypdfium2.raw as raw
from pypdfium2 import PdfPage

from evidence.ingest.encoding import charsets
from evidence.ingest.pdf.characters import Glyphs, PageCoordinates, read_text_glyphs
from evidence.ingest.pdf.hyphens import SOFT_HYPHEN, mend_hyphens
from evidence.model.geometry import Box

# letters that the old fonts drew over and that Vietnamese in Unicode hardly ever needs
ODD = re.compile("[µ¶·¸¹»¼½¾©ª«¬®§¨ÞßøïûäåëöñæØÏÛÄÅËÖÑÆ]")
FEW = 5  # of them, from which a page is looked at a second time
NAME = 128  # bytes of a font's name


def read_page_glyphs(page: PdfPage) -> tuple[Glyphs, str | None]:
    """The page's characters, and the old encoding that some of them were in."""
    textpage = page.get_textpage()
    try:
        return decode_glyphs(textpage.raw, PageCoordinates(page))
    finally:
        textpage.close()


def decode_glyphs(text: raw.FPDF_TEXTPAGE, coordinates: PageCoordinates) -> tuple[Glyphs, str | None]:
    """The same of an open text page."""
    glyphs = read_text_glyphs(text, coordinates)
    if len(ODD.findall(glyphs.texts if isinstance(glyphs.texts, str) else "".join(glyphs.texts))) >= FEW:
        fonts = [_font_name(text, place) for place in glyphs.places.tolist()]
        encodings = [charsets.encoding_of_font(font) for font in fonts]
        if not any(encodings):
            pieces = (f" {text}" if white else text for text, white in zip(glyphs.texts, glyphs.parted, strict=True))
            encodings = [charsets.detect_encoding("".join(pieces))] * len(fonts)
        if named := next(filter(None, encodings), None):
            return _convert(glyphs, fonts, encodings), named
    return (mend_hyphens(glyphs) if SOFT_HYPHEN in glyphs.texts else glyphs), None


def _font_name(text: raw.FPDF_TEXTPAGE, index: int) -> str:
    """The name of the font that a character is set in."""
    buffer, flags = ctypes.create_string_buffer(NAME), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, buffer, NAME, ctypes.byref(flags))
    return buffer.value.decode("utf-8", "replace")


def _convert(glyphs: Glyphs, fonts: list[str], encodings: list[str | None]) -> Glyphs:
    """The same characters in Unicode; VNI's letter and mark become one."""
    texts: list[str] = []
    boxes: list[Box] = []
    kept: list[int] = []
    before: str | None = None  # the VNI letter that a mark may follow
    whites, own = glyphs.parted.tolist(), [tuple(box) for box in glyphs.boxes.tolist()]
    for index, (letter, box, encoding) in enumerate(zip(glyphs.texts, own, encodings, strict=True)):
        if encoding == "vni" and before and not whites[index]:
            joined = charsets.to_unicode(before + letter, "vni")
            if len(joined) == 1:
                texts[-1], boxes[-1], before = joined, _union(boxes[-1], box), None
                continue
        text = charsets.to_unicode(letter, encoding) if encoding else letter
        texts.append(text.upper() if charsets.is_capital_font(fonts[index]) else text)
        boxes.append(box)
        kept.append(index)
        before = letter if encoding == "vni" else None
    return Glyphs(texts, np.array(boxes).reshape(-1, 4), glyphs.parted[kept], glyphs.places[kept])


def _union(box: Box, other: Box) -> Box:
    left, top, right, bottom = zip(box, other, strict=True)
    return (min(left), min(top), max(right), max(bottom))
