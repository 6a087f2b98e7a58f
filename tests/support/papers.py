"""Files made on the spot: Vietnamese PDFs, scans, photos, DOCX, and broken ones."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"  # Debian: fonts-croscore; setup.sh installs it
A4 = (595.0, 842.0)
LEFT = ["UBND TỈNH LẠNG SƠN", "SỞ NỘI VỤ", "", "Số: 187/TTr-SNV"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "", "Lạng Sơn, ngày 28 tháng 8 năm 2025"]
BODY = [
    "TỜ TRÌNH",
    "Về việc ban hành Kế hoạch cải cách hành chính nhà nước năm 2025",
    "Kính gửi: Ủy ban nhân dân tỉnh Lạng Sơn",
    "Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ ban hành Chương trình",
    "tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030, Sở Nội vụ kính trình",
    "Ủy ban nhân dân tỉnh xem xét, quyết định./.",
]


def canvas(file: Path | io.BytesIO, encrypt: StandardEncryption | None = None) -> Canvas:
    if not Path(FONT).exists():
        pytest.skip(f"no font with Vietnamese letters at {FONT}: apt-get install fonts-croscore")
    if "Serif" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Serif", FONT))
    return Canvas(str(file) if isinstance(file, Path) else file, pagesize=A4, encrypt=encrypt)


def header(page: Canvas, left: list[str] = LEFT, right: list[str] = RIGHT) -> None:
    page.setFont("Serif", 13)
    for row, (issuer, motto) in enumerate(zip(left, right, strict=True)):
        page.drawCentredString(165, 780 - 17 * row, issuer)
        page.drawCentredString(410, 780 - 17 * row, motto)


def body(page: Canvas, lines: list[str] = BODY, top: float = 680) -> None:
    page.setFont("Serif", 13)
    for row, line in enumerate(lines):
        page.drawString(85, top - 18 * row, line)


def digital(file: Path, pages: int = 1, encrypt: StandardEncryption | None = None) -> Path:
    page = canvas(file, encrypt)
    for _ in range(pages):
        header(page)
        body(page)
        page.showPage()
    page.save()
    return file


def picture(dpi: int = 200) -> Image.Image:
    """The same letter as a greyscale image."""
    buffer = io.BytesIO()
    page = canvas(buffer)
    header(page)
    body(page)
    page.showPage()
    page.save()
    with pypdfium2.PdfDocument(buffer.getvalue()) as pdf:
        image: Image.Image = pdf[0].render(scale=dpi / 72, grayscale=True).to_pil()
    return image


def scanned(
    file: Path, layer: list[str] | None = None, notice: list[str] | None = None, pages: int = 1, marked: int = 0
) -> Path:
    """A page that is one image; ``layer`` is written invisibly over it, ``notice`` visibly at its top. The page with
    the number ``marked`` bears a black square (``is_marked``)."""
    page = canvas(file)
    image = ImageReader(picture())
    for number in range(1, pages + 1):
        page.drawImage(image, 0, 0, *A4)
        if number == marked:
            page.rect(300, 60, 30, 30, fill=1)
        if layer:
            text = page.beginText(85, 680)
            text.setFont("Serif", 13)
            text.setTextRenderMode(3)
            text.textLines("\n".join(layer))
            page.drawText(text)
        page.setFont("Serif", 6)
        for row, line in enumerate(notice or []):
            page.drawString(180, 835 - 7 * row, line)
        page.showPage()
    page.save()
    return file


def is_marked(picture: np.ndarray) -> bool:
    """Whether the black square stands on the page's picture."""
    high, wide = picture.shape
    return bool(picture[round(high * (A4[1] - 75) / A4[1]), round(wide * 315 / A4[0])] < 50)


def word(file: Path) -> Path:
    paper = docx.Document()
    paper.sections[0].header.paragraphs[0].text = "2"
    table = paper.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "\n".join(LEFT)
    table.cell(0, 1).text = "\n".join(RIGHT)
    for line in BODY:
        paper.add_paragraph(line)
    paper.save(str(file))
    return file
