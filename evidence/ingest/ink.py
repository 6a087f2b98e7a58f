"""Colour -> grey for OCR, with red ink let go.

Seals are red (NĐ 30/2020, Phụ lục I, ô 8) and lie over titles and names; print is black, signatures and handwritten
numbers are black or blue. In the red channel of a colour scan a red seal is nearly as white as the paper, while black
and blue stay dark, so most of the grey is that channel. The rest keeps red print (stamps of urgency) faintly there.
"""

from __future__ import annotations

from PIL import Image

RED_SHARE = 0.85


def grey(picture: Image.Image) -> Image.Image:
    """The picture as ``L``: red ink light, all other ink as dark as it was; other modes than RGB plainly."""
    if picture.mode != "RGB":
        return picture.convert("L")
    return Image.blend(picture.convert("L"), picture.getchannel("R"), RED_SHARE)
