"""Colour -> grey for OCR, with red ink let go.

Seals are red (NĐ 30/2020, Phụ lục I, ô 8) and lie over titles and names; print is black, signatures and handwritten
numbers are black or blue. In the red channel of a colour scan a red seal is nearly as white as the paper, while black
and blue stay dark, so most of the grey is that channel. The rest keeps red print (stamps of urgency, names stamped in
red) faintly there; only round seals are let go wholly (``seals``). Blue stamps stay: numbers and
dates are written in the same blue.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

from evidence.ingest import seals

RED_SHARE = 0.85


def grey(picture: Image.Image, dpi: float) -> Image.Image:
    """The picture as ``L``: red ink light, all other ink as dark as it was; other modes than RGB plainly."""
    if picture.mode != "RGB":
        return picture.convert("L")
    faint = Image.blend(picture.convert("L"), picture.getchannel("R"), RED_SHARE)
    return Image.fromarray(seals.without_red(np.asarray(faint), np.asarray(picture), dpi))
