"""PDFs that print one thing and say another: the table of letters of their font (``/ToUnicode``) is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

from tests.support import papers

FONTS = Path("/usr/share/fonts/truetype")
NEXT_FIGURE = dict(pairwise("01234567890"))
NEXT_LETTER = dict(pairwise("abcdeghiklmnopqrstuvxya"))


def write_page(file: Path, said: Mapping[str, str], font: str = "Tinos-Regular", pages: int = 1) -> Path:
    """The letter of ``papers`` in that font; each letter of ``said`` is printed as it is, and said to be another."""
    face = FONTS / ("dejavu" if font.startswith("DejaVu") else "croscore") / f"{font}.ttf"
    if not face.exists():
        pytest.skip(f"no font at {face}")
    real = ttfonts.makeToUnicodeCMap

    def make(name: str, codes: list[int]) -> str:
        table: str = real(name, [ord(said.get(chr(code), chr(code))) for code in codes])
        return table

    pdfmetrics.registerFont(ttfonts.TTFont(font, str(face)))
    canvas = Canvas(str(file), pagesize=papers.A4)
    for _ in range(pages):
        for row, (left, right) in enumerate(zip(papers.LEFT, papers.RIGHT, strict=True)):
            canvas.setFont(font, 12)
            canvas.drawCentredString(150, 780 - 17 * row, left)
            canvas.drawCentredString(410, 780 - 17 * row, right)
        for row, line in enumerate(papers.BODY):
            canvas.drawString(85, 680 - 18 * row, line)
        canvas.showPage()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ttfonts, "makeToUnicodeCMap", make)
        canvas.save()
    return file
