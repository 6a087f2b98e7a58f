"""Colour -> grey for OCR, with red ink let go.

Seals are red (NĐ 30/2020, Phụ lục I, ô 8) and lie over titles and names; print is black, signatures and handwritten
numbers are black or blue. In the red channel of a colour scan a red seal is nearly as white as the paper, while black
and blue stay dark, so most of the grey is that channel. The rest keeps red print (stamps of urgency, names stamped in
red) faintly there; only round seals are let go wholly (``seals``). Blue stamps stay: numbers and
dates are written in the same blue.
"""

from __future__ import annotations

import numpy as np

from evidence.ingest.imaging import seals
from evidence.ingest.imaging.opencv import Grey, cv

RED_SHARE = 0.85
LOOK = 3  # every so-manieth pixel, across and down, is asked whether it has a colour


def to_grey(colour: Grey, dpi: float) -> Grey:
    """The picture (height, width, red-green-blue) in grey: red ink light, all other ink as dark as it was."""
    few = colour[::LOOK, ::LOOK]
    if (few[..., 0] == few[..., 1]).all() and (few[..., 1] == few[..., 2]).all():
        return np.ascontiguousarray(colour[..., 0])
    plain = cv().cvtColor(colour, cv().COLOR_RGB2GRAY)
    red, green, blue = cv().split(colour)
    faint = cv().addWeighted(plain, 1 - RED_SHARE, red, RED_SHARE, 0)
    return seals.remove_red_seals(faint, (red, green, blue), dpi)
