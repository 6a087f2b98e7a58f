"""The copy block SAO Y at the foot of a paper copy (NĐ 30/2020, Điều 25): its own number, date and signer.

The number, date and signer of the copy are not those of the document: a reader must not mix them.
"""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from make import ink
from make.scan import Overlay

FONTS = "/usr/share/fonts/truetype/croscore/Tinos"


def block(page: int, top: float) -> Overlay:
    """Draws the block on that page (from 0), ``top`` being a share of the page's height."""

    def put(picture: Image.Image, order: int) -> None:
        if order != page:
            return
        wide, tall = picture.size
        pen = ImageDraw.Draw(picture)
        y = round(tall * top)
        step = round(tall * 0.021)
        pen.line((wide * 0.14, y, wide * 0.91, y), fill=(20, 20, 20), width=2)
        left, right = wide * 0.30, wide * 0.70
        rows = (
            (left, 1, "UBND TỈNH SƠN HÀ", "Regular"), (left, 2, "SỞ XÂY DỰNG", "Bold"),
            (left, 3.3, "Số: 12/SY-SXD", "Regular"), (right, 1, "SAO Y", "Bold"),
            (right, 2, "Sơn Hà, ngày 21 tháng 7 năm 2025", "Italic"), (right, 3.3, "TL. GIÁM ĐỐC", "Bold"),
            (right, 4.3, "CHÁNH VĂN PHÒNG", "Bold"), (right, 8.6, "Tạ Thu Quế", "Bold"),
        )  # fmt: skip
        for x, line, text, cut in rows:
            face = ImageFont.truetype(f"{FONTS}-{cut}.ttf", round(tall * 0.0145))
            pen.text((x, y + step * line), text, font=face, fill=(20, 20, 20), anchor="mm")
        hand = _scaled(ink.signature("Tạ Thu Quế"), 300)
        picture.paste(hand, (round(right - 130), round(y + step * 4.8)), hand)
        seal = _scaled(ink.seal("SỞ XÂY DỰNG"), 270)
        picture.paste(seal, (round(right - 320), round(y + step * 3.9)), seal)

    return put


def _scaled(file: io.BytesIO, wide: int) -> Image.Image:
    picture = Image.open(file).convert("RGBA")
    return picture.resize((wide, round(wide * picture.height / picture.width)), Image.Resampling.LANCZOS)
