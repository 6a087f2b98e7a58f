"""Hyphens that are printed but coded as soft hyphens (U+00AD), as some makers of PDFs map the hyphen of their fonts.

A soft hyphen that is drawn is a hyphen: ``615/QĐ-UBND``. It is dropped only where it parts a word at a line's end.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evidence.ingest.pdf.characters import Glyphs, select_glyphs

SOFT_HYPHEN = "\u00ad"
DRAWN = 0.05  # share of the height that a mark must be wide to be one that is drawn
SAME_ROW = 0.5  # share of the height by which neighbours of one row differ at most


def mend_hyphens(glyphs: Glyphs) -> Glyphs:
    """The same characters, the soft hyphens that are printed as hyphens, the others gone."""
    texts = list(glyphs.texts)
    kept = np.ones(len(glyphs), np.bool_)
    for place in [place for place, text in enumerate(texts) if text == SOFT_HYPHEN]:
        left, top, right, bottom = glyphs.boxes[place].tolist()
        kept[place] = right - left > DRAWN * (bottom - top) and not _parts_word(glyphs, place)
        texts[place] = "-"
    return select_glyphs(replace(glyphs, texts=texts), kept)


def _parts_word(glyphs: Glyphs, place: int) -> bool:
    """Whether the mark stands at a line's end between small letters."""
    if place == 0 or place + 1 == len(glyphs):
        return False
    height = glyphs.boxes[place, 3] - glyphs.boxes[place, 1]
    next_row = abs(glyphs.boxes[place + 1, 1] - glyphs.boxes[place, 1]) > SAME_ROW * height
    return bool(next_row and glyphs.texts[place - 1].islower() and glyphs.texts[place + 1].islower())
