"""Paper -> DOCX: the header and the closing stand in the cells of borderless tables, as offices write them."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from make.paper import Grid, Paper, Text

CENTRE, SIDES, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def draw(paper: Paper) -> bytes:
    """The DOCX of the paper; equal bytes for equal papers."""
    book = Document()
    _page(book)
    _header(book, paper)
    if not paper.letter:
        _line(book, paper.kind.upper(), CENTRE, bold=True, size=14)
        _line(book, paper.subject, CENTRE, bold=True, size=14)
        _line(book, "____________", CENTRE)
    if paper.to:
        _line(book, "Kính gửi: " + "; ".join(paper.to), CENTRE)
    for block in paper.blocks:
        _block(book, block)
    _closing(book, paper)
    for annex in paper.annexes:
        book.add_page_break()
        _line(book, annex.title.upper(), CENTRE, bold=True, size=14)
        _line(book, annex.subject, CENTRE, bold=True, size=14)
        for block in annex.blocks:
            _block(book, block)
    return _timeless(book)


def _page(book: Any) -> None:
    section = book.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.8)
    style = book.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13.5)
    style.paragraph_format.space_after = Pt(4)


def _line(where: Any, text: str, align: Any = SIDES, **face: Any) -> Any:
    paragraph = where.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.bold, run.italic = face.get("bold", False), face.get("italic", False)
    if "size" in face:
        run.font.size = Pt(face["size"])
    return paragraph


def _cell(cell: Any, rows: list[tuple[str, dict[str, Any]]], align: Any = CENTRE) -> None:
    for order, (text, face) in enumerate(rows):
        paragraph = cell.paragraphs[0] if order == 0 else cell.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.bold, run.italic = face.get("bold", False), face.get("italic", False)
        run.font.size = Pt(face.get("size", 13))


def _header(book: Any, paper: Paper) -> None:
    table = book.add_table(rows=2, cols=2)
    left: list[tuple[str, dict[str, Any]]] = [(line, {"size": 12.5}) for line in paper.parent_lines]
    left += [(line, {"bold": True, "size": 12.5}) for line in paper.issuer_lines]
    _cell(table.cell(0, 0), left)
    motto = [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {"bold": True, "size": 12}),
             ("Độc lập - Tự do - Hạnh phúc", {"bold": True})]  # fmt: skip
    _cell(table.cell(0, 1), motto)
    under: list[tuple[str, dict[str, Any]]] = [(paper.number_line, {})]
    if paper.letter:
        under.append((f"V/v {paper.subject}", {"size": 12.5}))
    _cell(table.cell(1, 0), under)
    _cell(table.cell(1, 1), [(paper.date_line, {"italic": True})])
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Cm(6.6), Cm(9.6)
    book.add_paragraph()


def _block(book: Any, block: Text | Grid) -> None:
    if isinstance(block, Text):
        align = CENTRE if block.style == "centre" else SIDES
        face = {"bold": block.style in ("head", "centre"), "italic": block.style == "base"}
        paragraph = _line(book, str(block), align, **face)
        paragraph.paragraph_format.first_line_indent = None if align == CENTRE else Cm(1)
        return
    table = book.add_table(rows=0, cols=len(block.widths))
    table.style = "Table Grid"
    for order, row in enumerate(block.rows):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            _cell(cell, [(text, {"bold": order == 0, "size": 12})])
    book.add_paragraph()


def _closing(book: Any, paper: Paper) -> None:
    table = book.add_table(rows=1, cols=2)
    last = len(paper.recipients) - 1
    receivers: list[tuple[str, dict[str, Any]]] = [("Nơi nhận:", {"bold": True, "italic": True, "size": 12})]
    for order, one in enumerate(paper.recipients):
        receivers.append((f"- {one}{'.' if order == last else ';'}", {"size": 11}))
    _cell(table.cell(0, 0), receivers, LEFT)
    bold: dict[str, Any] = {"bold": True, "size": 13.5}
    signed = [(line, bold) for line in (*paper.signature.authority, paper.signature.title)]
    signed += [("", {})] * 4 + [(paper.signature.name, bold)]
    _cell(table.cell(0, 1), signed)


def _timeless(book: Any) -> bytes:
    """The file without the time at which it was made."""
    book.core_properties.created = book.core_properties.modified = datetime.datetime(2025, 1, 1)
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as had, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in had.namelist():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, had.read(name))
    return out.getvalue()
