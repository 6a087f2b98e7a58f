"""Text drawn as shapes, as drawing programs and signing software put it on a page: no letter of it is in the file."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import FILL_EVEN_ODD, Canvas

from tests.support import papers

FINE = 10  # pixels a point in which the shapes are traced


def draw_outlines(canvas: Canvas, text: str, left: float, base: float, size: float = 13, whole: bool = False) -> None:
    """The text as one filled shape a letter; ``whole``: as one for all."""
    font = ImageFont.truetype(papers.FONT, round(size * FINE))
    for part in [text] if whole else text:
        path = canvas.beginPath()
        for contour in _trace(part, font):
            places = [(left + across / FINE - 1, base + size + 1 - down / FINE) for across, down in contour]
            path.moveTo(*places[0])
            for place in places[1:]:
                path.lineTo(*place)
            path.close()
        canvas.drawPath(path, stroke=0, fill=1, fillMode=FILL_EVEN_ODD)
        left += font.getlength(part) / FINE


def _trace(text: str, font: ImageFont.FreeTypeFont) -> list[list[tuple[int, int]]]:
    """The borders of the letters' ink, in pixels from a point above and before the first letter's base."""
    picture = Image.new("L", (round(font.getlength(text)) + 2 * FINE, 2 * round(font.size)), 0)
    ImageDraw.Draw(picture).text((FINE, FINE + round(font.size)), text, font=font, fill=255, anchor="ls")
    contours, _ = cv2.findContours(np.asarray(picture), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_TC89_L1)
    return [[(int(across), int(down)) for across, down in contour[:, 0]] for contour in contours if len(contour) > 2]
