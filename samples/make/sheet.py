"""Paper -> PDF as Nghị định 30/2020/NĐ-CP lays it out (Phụ lục I): A4, Times, two-column header, numbered pages.

Margins 20/20/30/18 mm; page numbers centred in the top margin from page 2 on; sizes 13-14. With ``fields`` the number
and the day are not drawn on the page but stand in form fields, as signing software leaves them.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from make import ink
from make.paper import Annex, Grid, Paper, Text

FONTS = "/usr/share/fonts/truetype/croscore/Tinos"
WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 30 * mm, 18 * mm, 20 * mm, 20 * mm
INNER = WIDTH - LEFT - RIGHT
ISSUER_X = LEFT + INNER * 0.20  # centre of boxes 2 and 3
MOTTO_X = LEFT + INNER * 0.72  # centre of boxes 1 and 4


@dataclass(frozen=True, slots=True)
class Look:
    """How the paper is drawn: with seal and signature, number and day in form ``fields``, under a ``password``.

    ``annexes`` are page images that stand in for the paper's own annex pages.
    """

    sealed: bool = True
    fields: bool = False
    password: str | None = None
    annexes: tuple[Image.Image, ...] = ()


def fonts() -> None:
    """Registers the four cuts of the serif face once."""
    if "Serif" in pdfmetrics.getRegisteredFontNames():
        return
    for name, cut in (("Serif", "Regular"), ("SerifB", "Bold"), ("SerifI", "Italic"), ("SerifBI", "BoldItalic")):
        pdfmetrics.registerFont(TTFont(name, f"{FONTS}-{cut}.ttf"))


def _style(name: str, **rest: Any) -> ParagraphStyle:
    given = {"fontName": "Serif", "fontSize": 13.5, "leading": 18, "alignment": TA_JUSTIFY, "spaceAfter": 5}
    return ParagraphStyle(name, **(given | rest))


STYLES = {
    "para": _style("para", firstLineIndent=1.0 * 28.35),
    "item": _style("item", firstLineIndent=1.0 * 28.35),
    "base": _style("base", firstLineIndent=1.0 * 28.35, fontName="SerifI"),
    "head": _style("head", firstLineIndent=1.0 * 28.35, fontName="SerifB", spaceBefore=3, keepWithNext=1),
    "centre": _style("centre", fontName="SerifB", alignment=TA_CENTER, spaceBefore=3, spaceAfter=8),
    "title": _style("title", fontName="SerifB", fontSize=14, alignment=TA_CENTER, spaceAfter=0),
    "cell": _style("cell", fontSize=12, leading=15, alignment=TA_CENTER, spaceAfter=0),
    "celltop": _style("celltop", fontName="SerifB", fontSize=12, leading=15, alignment=TA_CENTER, spaceAfter=0),
    "to": _style("to", fontName="SerifBI", fontSize=12, leading=15, spaceAfter=0),
    "list": _style("list", fontSize=11, leading=13.5, alignment=0, spaceAfter=0),
    "sign": _style("sign", fontName="SerifB", alignment=TA_CENTER, spaceAfter=0),
}


def draw(paper: Paper, look: Look | None = None) -> bytes:
    """The PDF of the paper; equal bytes for equal papers, but for an encrypted one."""
    fonts()
    look = look or Look()
    out = io.BytesIO()
    height = _header_height(paper)
    body = Frame(LEFT, BOTTOM, INNER, HEIGHT - TOP - BOTTOM, 0, 0, 0, 0)
    first = Frame(LEFT, BOTTOM, INNER, HEIGHT - TOP - BOTTOM - height, 0, 0, 0, 0)
    secret = pdfencrypt.StandardEncryption(look.password, strength=128) if look.password else None
    book = BaseDocTemplate(
        out, pagesize=A4, invariant=1, encrypt=secret, title=paper.subject, author=paper.issuer, creator="samples"
    )
    book.addPageTemplates(
        [
            PageTemplate("first", [first], onPage=lambda canvas, _: header(canvas, paper, look)),
            PageTemplate("next", [body], onPage=_numbered),
            *[PageTemplate(f"scan{order}", [body], onPage=_pictured(one)) for order, one in enumerate(look.annexes)],
        ]
    )
    book.build(_flow(paper, look))
    return out.getvalue()


def _numbered(canvas: Canvas, book: Any) -> None:
    canvas.setFont("Serif", 13)
    canvas.drawCentredString(WIDTH / 2, HEIGHT - 13 * mm, str(book.page))


def _pictured(picture: Image.Image) -> Callable[[Canvas, Any], None]:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=45, dpi=(200, 200))

    def put(canvas: Canvas, _: Any) -> None:
        canvas.drawImage(ImageReader(io.BytesIO(out.getvalue())), 0, 0, WIDTH, HEIGHT)

    return put


def _header_height(paper: Paper) -> float:
    rows = len(paper.parent_lines) + len(paper.issuer_lines)
    under = 14 * len(_wrap("V/v " + paper.subject)) + 6 if paper.letter else 0
    return max(rows, 2) * 15 + 34 + under + 12


def _wrap(text: str, limit: int = 36) -> list[str]:
    lines, row = [], ""
    for word in text.split():
        if row and len(row) + len(word) >= limit:
            lines.append(row)
            row = word
        else:
            row = f"{row} {word}".strip()
    return [*lines, row]


def header(canvas: Canvas, paper: Paper, look: Look) -> None:
    """Boxes 1 to 4 (and 5b of a công văn) on the first page."""
    top = y = HEIGHT - TOP - 12
    for lines, face in ((paper.parent_lines, "Serif"), (paper.issuer_lines, "SerifB")):
        canvas.setFont(face, 12.5)
        for line in lines:
            canvas.drawCentredString(ISSUER_X, y, line)
            y -= 15
    canvas.setLineWidth(0.7)
    canvas.line(ISSUER_X - 32, y + 10, ISSUER_X + 32, y + 10)
    canvas.setFont("SerifB", 12.5)
    canvas.drawCentredString(MOTTO_X, top, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    canvas.setFont("SerifB", 13.5)
    motto = "Độc lập - Tự do - Hạnh phúc"
    canvas.drawCentredString(MOTTO_X, top - 15, motto)
    half = pdfmetrics.stringWidth(motto, "SerifB", 13.5) / 2
    canvas.line(MOTTO_X - half, top - 20, MOTTO_X + half, top - 20)
    row = min(y, top - 30) - 12
    if look.fields:
        _fields(canvas, paper, row)
    else:
        canvas.setFont("Serif", 13)
        canvas.drawCentredString(ISSUER_X, row, paper.number_line)
        canvas.setFont("SerifI", 13.5)
        canvas.drawCentredString(MOTTO_X, row, paper.date_line)
    if paper.letter:
        canvas.setFont("Serif", 12.5)
        for order, line in enumerate(_wrap("V/v " + paper.subject)):
            canvas.drawCentredString(ISSUER_X, row - 20 - 14 * order, line)


def _fields(canvas: Canvas, paper: Paper, row: float) -> None:
    """The rows with gaps on the page and the values in read-only fields over the gaps."""
    assert paper.date is not None
    canvas.setFont("Serif", 13)
    x = ISSUER_X - pdfmetrics.stringWidth(f"Số:          /{paper.symbol}", "Serif", 13) / 2
    canvas.drawString(x, row, "Số:")
    canvas.drawString(x + 48, row, f"/{paper.symbol}")
    _field(canvas, "so", str(paper.serial), x + 22, row, 26)
    canvas.setFont("SerifI", 13.5)
    x = MOTTO_X - 110
    for text, name, value in (
        (f"{paper.place}, ngày", "ngay", f"{paper.date.day:02d}"),
        ("tháng", "thang", str(paper.date.month)),
    ):
        canvas.drawString(x, row, text)
        x += pdfmetrics.stringWidth(text, "SerifI", 13.5) + 2
        _field(canvas, name, value, x, row, 20)
        x += 22
    canvas.drawString(x, row, f"năm {paper.date.year}")


def _field(canvas: Canvas, name: str, value: str, x: float, row: float, width: float) -> None:
    canvas.acroForm.textfield(
        name=name, value=value, x=x, y=row - 4, width=width, height=16, fontName="Times-Roman", fontSize=12,
        borderWidth=0, borderColor=None, fillColor=None, textColor=black, fieldFlags="readOnly", forceBorder=False,
    )  # fmt: skip


def _flow(paper: Paper, look: Look) -> list[Flowable]:
    flow: list[Flowable] = [NextPageTemplate("next")]
    if not paper.letter:
        flow += _title(paper.kind.upper(), paper.subject)
    if paper.deciding:
        flow += [Paragraph(paper.deciding, STYLES["centre"])]
    if paper.to:
        flow += _addressed(paper.to)
    flow += [_block(block) for block in paper.blocks]
    flow.append(_closing(paper, look))
    for order in range(len(look.annexes)):
        flow += [NextPageTemplate(f"scan{order}"), PageBreak(), Spacer(1, 1)]
    for annex in () if look.annexes else paper.annexes:
        flow += [PageBreak(), *_annex(annex)]
    return flow


def _title(kind: str, subject: str) -> list[Flowable]:
    rule = HRFlowable(width=90, thickness=0.7, color=black, spaceBefore=3, spaceAfter=12)
    return [Paragraph(kind, STYLES["title"]), Paragraph(subject, STYLES["title"]), rule]


def _addressed(to: tuple[str, ...]) -> list[Flowable]:
    if len(to) == 1:
        return [Paragraph(f"Kính gửi: {to[0]}", _style("one", alignment=TA_CENTER, spaceAfter=10, spaceBefore=4))]
    rows = [[Paragraph("Kính gửi:" if order == 0 else "", STYLES["list13"]), Paragraph(f"- {one}", STYLES["list13"])]
            for order, one in enumerate(to)]  # fmt: skip
    return [Spacer(1, 4), Table(rows, colWidths=[70, 260], style=[("TOPPADDING", (0, 0), (-1, -1), 1)]), Spacer(1, 8)]


STYLES["list13"] = _style("list13", alignment=0, spaceAfter=0)


def _block(block: Text | Grid) -> Flowable:
    if isinstance(block, Text):
        return Paragraph(str(block).replace("&", "&amp;"), STYLES[block.style])
    rows = [
        [Paragraph(cell, STYLES["celltop" if order == 0 else "cell"]) for cell in row]
        for order, row in enumerate(block.rows)
    ]
    lined = TableStyle([("GRID", (0, 0), (-1, -1), 0.6, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    table = Table(rows, colWidths=[share * INNER for share in block.widths], style=lined, repeatRows=1)
    table.spaceBefore, table.spaceAfter = 4, 10
    return table


class _Mark(Flowable):
    """Room for the hand's signature, with seal and signature in it."""

    def __init__(self, unit: str, name: str, sealed: bool) -> None:
        super().__init__()
        self.width, self.height = INNER * 0.5, 100
        self.unit, self.name, self.sealed = unit, name, sealed

    def draw(self) -> None:
        if not self.sealed:
            return
        middle = self.width / 2
        hand = ImageReader(ink.signature(self.name))
        self.canv.drawImage(hand, middle - 50, 20, 116, 62, mask="auto")
        seal = ImageReader(ink.seal(self.unit))
        self.canv.drawImage(seal, middle - 116, 4, 92, 92, mask="auto")


def _closing(paper: Paper, look: Look) -> Flowable:
    receivers = [Paragraph("Nơi nhận:", STYLES["to"])]
    last = len(paper.recipients) - 1
    for order, one in enumerate(paper.recipients):
        receivers.append(Paragraph(f"- {one}{'.' if order == last else ';'}".replace("&", "&amp;"), STYLES["list"]))
    signed: list[Flowable] = [Paragraph(line, STYLES["sign"]) for line in paper.signature.authority]
    signed.append(Paragraph(paper.signature.title, STYLES["sign"]))
    signed.append(_Mark(" ".join(paper.issuer_lines), paper.signature.name, look.sealed))
    signed.append(Paragraph(paper.signature.name, STYLES["sign"]))
    top = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, 0), 0)])
    return KeepTogether(
        [Spacer(1, 10), Table([[receivers, signed]], colWidths=[INNER * 0.46, INNER * 0.54], style=top)]
    )


def _annex(annex: Annex) -> list[Flowable]:
    return [*_title(annex.title.upper(), annex.subject), *[_block(block) for block in annex.blocks]]
