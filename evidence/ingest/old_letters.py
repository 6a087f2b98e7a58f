"""The characters of a PDF page set in fonts of before Unicode (``.VnTime``, ``VNI-Times``), as Unicode.

The font's name decides, character by character: only it tells TCVN3's capitals (``.VnTimeH``), and a page may mix old
and new fonts. Where the fonts were renamed, the page's letters decide (``legacy.detect``). U+00AD is an ư there.
"""

from __future__ import annotations

import ctypes
from functools import partial
from typing import Any

import pypdfium2.raw as raw

from evidence.ingest import glyphs, legacy
from evidence.ingest.glyphs import Glyph
from evidence.model import Box

# letters that the old fonts drew over and that Vietnamese in Unicode hardly ever needs
ODD = frozenset("µ¶·¸¹»¼½¾©ª«¬®§¨ÞßøïûäåëöñæØÏÛÄÅËÖÑÆ")
FEW = 5  # of them, from which a page is looked at a second time
NAME = 128  # bytes of a font's name

Glyphs = list[Glyph | None]


def read(page: Any) -> tuple[Glyphs, str | None]:
    """The page's characters, and the old encoding that some of them were in."""
    found = glyphs.glyphs(page)
    if sum(1 for one in found if one and one.text in ODD) < FEW:
        return found, None
    textpage = page.get_textpage()
    try:
        fonts: list[str] = []
        name = partial(_font, textpage.raw)
        again = glyphs.characters(textpage.raw, glyphs.Placing(page), lambda index: fonts.append(name(index)))
    finally:
        textpage.close()
    encodings = [legacy.of_font(font) for font in fonts]
    if not any(encodings):
        whole = legacy.detect("".join(one.text if one else " " for one in again))
        encodings = [whole] * len(fonts)
    named = next((one for one in encodings if one), None)
    return (_converted(again, fonts, encodings), named) if named else (found, None)


def _font(text: Any, index: int) -> str:
    """The name of the font that a character is set in."""
    buffer, flags = ctypes.create_string_buffer(NAME), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, buffer, NAME, ctypes.byref(flags))
    return buffer.value.decode("utf-8", "replace")


def _converted(found: Glyphs, fonts: list[str], encodings: list[str | None]) -> Glyphs:
    """The same characters in Unicode; VNI's letter and mark become one. White space has no font."""
    result: Glyphs = []
    place = -1
    before: str | None = None  # the VNI letter that a mark may follow
    for one in found:
        if one is None:
            result.append(None)
            before = None
            continue
        place += 1
        encoding = encodings[place]
        last = result[-1] if result else None
        if encoding == "vni" and before and last:
            joined = legacy.to_unicode(before + one.text, "vni")
            if len(joined) == 1:
                result[-1] = Glyph(joined, _around(last, one))
                before = None
                continue
        text = legacy.to_unicode(one.text, encoding) if encoding else one.text
        result.append(Glyph(text.upper() if legacy.capitals(fonts[place]) else text, one.box))
        before = one.text if encoding == "vni" else None
    return result


def _around(one: Glyph, two: Glyph) -> Box:
    left, top, right, bottom = zip(one.box, two.box, strict=True)
    return (min(left), min(top), max(right), max(bottom))
