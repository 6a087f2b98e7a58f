"""The characters of a PDF page set in fonts of before Unicode (``.VnTime``, ``VNI-Times``), as Unicode.

The font's name decides, character by character: only it tells TCVN3's capitals (``.VnTimeH``), and a page may mix old
and new fonts. Where the fonts were renamed, the page's letters decide (``legacy.detect``). U+00AD is an ư there.
"""

from __future__ import annotations

import ctypes
import re
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from evidence.ingest.encoding import charsets
from evidence.ingest.pdf import characters as glyphs
from evidence.ingest.pdf.characters import Glyphs
from evidence.model.geometry import Box

# letters that the old fonts drew over and that Vietnamese in Unicode hardly ever needs
ODD = re.compile("[µ¶·¸¹»¼½¾©ª«¬®§¨ÞßøïûäåëöñæØÏÛÄÅËÖÑÆ]")
FEW = 5  # of them, from which a page is looked at a second time
NAME = 128  # bytes of a font's name


def read(page: Any) -> tuple[Glyphs, str | None]:
    """The page's characters, and the old encoding that some of them were in."""
    textpage = page.get_textpage()
    try:
        placing = glyphs.Placing(page)
        found = glyphs.characters(textpage.raw, placing)
        if len(ODD.findall("".join(found.texts))) < FEW:
            return found, None
        again = glyphs.characters(textpage.raw, placing, soft=True)
        fonts = [_font(textpage.raw, place) for place in again.places.tolist()]
    finally:
        textpage.close()
    encodings = [charsets.encoding_of_font(font) for font in fonts]
    if not any(encodings):
        pieces = (f" {text}" if white else text for text, white in zip(again.texts, again.parted, strict=True))
        encodings = [charsets.detect_encoding("".join(pieces))] * len(fonts)
    named = next((one for one in encodings if one), None)
    return (_converted(again, fonts, encodings), named) if named else (found, None)


def _font(text: Any, index: int) -> str:
    """The name of the font that a character is set in."""
    buffer, flags = ctypes.create_string_buffer(NAME), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, buffer, NAME, ctypes.byref(flags))
    return buffer.value.decode("utf-8", "replace")


def _converted(found: Glyphs, fonts: list[str], encodings: list[str | None]) -> Glyphs:
    """The same characters in Unicode; VNI's letter and mark become one."""
    texts: list[str] = []
    boxes: list[Box] = []
    kept: list[int] = []
    before: str | None = None  # the VNI letter that a mark may follow
    whites, own = found.parted.tolist(), [tuple(box) for box in found.boxes.tolist()]
    for index, (one, box, encoding) in enumerate(zip(found.texts, own, encodings, strict=True)):
        if encoding == "vni" and before and not whites[index]:
            joined = charsets.to_unicode(before + one, "vni")
            if len(joined) == 1:
                texts[-1], boxes[-1], before = joined, _around(boxes[-1], box), None
                continue
        text = charsets.to_unicode(one, encoding) if encoding else one
        texts.append(text.upper() if charsets.is_capital_font(fonts[index]) else text)
        boxes.append(box)
        kept.append(index)
        before = one if encoding == "vni" else None
    return Glyphs(texts, np.array(boxes).reshape(-1, 4), found.parted[kept], found.places[kept])


def _around(one: Box, two: Box) -> Box:
    left, top, right, bottom = zip(one, two, strict=True)
    return (min(left), min(top), max(right), max(bottom))
